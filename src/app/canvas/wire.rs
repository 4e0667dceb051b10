//! Wires to NAT gateways and appliances, and the roads that packets take along them.

use std::collections::BTreeMap;

use crate::{
    app::canvas::{
        Arms, Canvas, Scale, Spot, Wire, WireKind,
        layout::{Builder, Column, LEFT, Rect, SubnetPlan, VpcPlan, cell, tops},
        spot_of_interface, spot_of_place,
    },
    cloud::{InternetGatewayId, Network, Place, SubnetId, Target, Thing, VpcId},
};

impl Canvas {
    /// The way a packet takes from one place of its trace to the next, cell by cell, both ends
    /// included: inside a subnet, along the lanes and the bus, through the gateway, across the
    /// strait. Empty when one of them is not on the canvas.
    pub fn road(&self, network: &Network, from: Place, to: Place) -> Vec<(u16, u16)> {
        let ends = (self.stop(network, from), self.stop(network, to));
        let (Some((a, from)), Some((b, to))) = ends else { return Vec::new() };
        if a == b {
            return vec![a];
        }
        let mut corners = vec![a];
        match (from, to) {
            (End::Inside(s, _), End::Inside(t, _)) if s == t => {
                if let Some(street) = self.roads.subnets.get(&s) {
                    corners.extend([(street.inner, a.1), (street.inner, b.1)]);
                }
            }
            (End::Inside(s, out), End::Inside(t, into)) => {
                let lane = |thing: Thing, subnet| self.roads.lanes.get(&(thing, subnet)).copied();
                let shared = into
                    .or(out)
                    .and_then(|thing| Some((lane(thing, s)?, lane(thing, t)?)))
                    .filter(|(l, m)| l == m);
                let streets = (self.roads.subnets.get(&s), self.roads.subnets.get(&t));
                if let Some((lane, _)) = shared {
                    corners.extend([(lane, a.1), (lane, b.1)]);
                } else if let (Some(s), Some(t)) = streets {
                    corners.push((s.lane, a.1));
                    if s.lane != t.lane {
                        corners.extend([(s.lane, s.bus), (t.lane, t.bus)]);
                    }
                    corners.push((t.lane, b.1));
                }
            }
            (End::Inside(s, _), End::Gateway(bus)) => {
                if let Some(street) = self.roads.subnets.get(&s) {
                    corners.extend([(street.lane, a.1), (street.lane, bus), (b.0, bus)]);
                }
            }
            (End::Gateway(bus), End::Inside(t, _)) => {
                if let Some(street) = self.roads.subnets.get(&t) {
                    corners.extend([(a.0, bus), (street.lane, bus), (street.lane, b.1)]);
                }
            }
            _ => corners.extend([(a.0, self.roads.strait), (b.0, self.roads.strait)]),
        }
        corners.push(b);
        straighten(&corners)
    }

    /// The cell where a packet stands while a place looks at it.
    pub fn stop_of(&self, network: &Network, place: Place) -> Option<(u16, u16)> {
        self.stop(network, place).map(|(cell, _)| cell)
    }

    fn stop(&self, network: &Network, place: Place) -> Option<((u16, u16), End)> {
        let node = self.shown(network, spot_of_place(network, place)?)?;
        let cell = (node.label.x, node.label.y);
        let interface_in = |id| network.interfaces().get(id).map(|row| row.subnet);
        Some(match place {
            Place::Internet(..) => (cell, End::Outside),
            Place::InternetGateway(id, _) => {
                let (x, bus) = *self.roads.gateways.get(&id)?;
                ((x, cell.1), End::Gateway(bus))
            }
            Place::NetworkAcl(_, subnet, _) | Place::RouteTable(_, subnet) => {
                (cell, End::Inside(subnet, None))
            }
            Place::Subnet(subnet) => (cell, End::Inside(subnet, None)),
            Place::EgressOnlyGateway(..)
            | Place::Peering(_)
            | Place::GatewayTable(_)
            | Place::GatewayEndpoint(..)
            | Place::TransitGatewayAttachment(..)
            | Place::TransitGatewayRouteTable(..)
            | Place::VirtualPrivateGateway(..)
            | Place::Link(..)
            | Place::OnPremises(..)
            | Place::Amazon(_)
            | Place::Service(_)
            | Place::Function(_)
            | Place::Api(_)
            | Place::Distribution(_) => return None,
            Place::Interface(id, _) | Place::LoadBalancer(_, id) | Place::Endpoint(_, id) => {
                (cell, End::Inside(interface_in(id)?, Some(Thing::Interface(id))))
            }
            Place::NatGateway(id, _) => {
                let subnet = network.nat_gateways().get(id)?.subnet;
                (cell, End::Inside(subnet, Some(Thing::NatGateway(id))))
            }
        })
    }
}

/// Which streets a place lies on.
#[derive(Clone, Copy)]
enum End {
    /// On the internet.
    Outside,
    /// On the fence; with the row of the bus behind it.
    Gateway(u16),
    /// In a subnet; with what a wire may lead to.
    Inside(SubnetId, Option<Thing>),
}

/// The cells of a way given by its corners. A step that is no straight line goes across first.
fn straighten(corners: &[(u16, u16)]) -> Vec<(u16, u16)> {
    let mut way: Vec<(u16, u16)> = corners.first().copied().into_iter().collect();
    for &(x, y) in corners {
        while let Some(&(at_x, at_y)) = way.last()
            && (at_x, at_y) != (x, y)
        {
            let toward = |at: u16, to: u16| if at < to { at + 1 } else { at - 1 };
            way.push(if at_x == x { (x, toward(at_y, y)) } else { (toward(at_x, x), at_y) });
        }
    }
    way
}

/// A wire to a NAT gateway or appliance.
pub(super) struct Net {
    pub(super) target: Spot,
    pub(super) thing: Thing,
    pub(super) members: Vec<SubnetId>,
    /// The row of the bus, when the wire runs from zone to zone.
    pub(super) bus: Option<u32>,
    /// The lane in each zone that it touches.
    pub(super) lanes: BTreeMap<usize, u32>,
}

/// What packets need to know of the streets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Roads {
    /// The row of the strait.
    pub(super) strait: u16,
    /// The streets around each subnet.
    pub(super) subnets: BTreeMap<SubnetId, Street>,
    /// Per gateway: its column and its VPC's bus row.
    pub(super) gateways: BTreeMap<InternetGatewayId, (u16, u16)>,
    /// Per wire to a NAT gateway or appliance and subnet: its lane beside the subnet.
    pub(super) lanes: BTreeMap<(Thing, SubnetId), u16>,
}

/// The streets around a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Street {
    /// The column of the lane that leads up to the gateway.
    pub(super) lane: u16,
    /// The row of the bus.
    pub(super) bus: u16,
    /// The column just inside the subnet's border.
    pub(super) inner: u16,
}

impl Builder<'_> {
    /// Which wires run in the right-hand corridors, in which lanes, and how many rows the bus needs.
    pub(super) fn nets(&self, vpc: VpcId, columns: &mut [Column], rows: &[u32]) -> (Vec<Net>, u32) {
        let network = self.network;
        let mut nets: BTreeMap<Thing, Net> = BTreeMap::new();
        for column in columns.iter() {
            for subnet in &column.subnets {
                let table = &network.route_tables()[network.route_table_of(subnet.id)];
                for route in &table.routes {
                    let (thing, target, home) = match route.target {
                        Target::NatGateway(id) => {
                            let Some(nat) = network.nat_gateways().get(id) else { continue };
                            (Thing::NatGateway(id), Spot::Thing(Thing::NatGateway(id)), nat.subnet)
                        }
                        Target::Interface(id) => {
                            let Some(row) = network.interfaces().get(id) else { continue };
                            (Thing::Interface(id), spot_of_interface(network, id), row.subnet)
                        }
                        _ => continue,
                    };
                    if network.subnets().get(home).is_none_or(|home| home.vpc != vpc)
                        || (self.scale == Scale::Far && home == subnet.id)
                    {
                        continue;
                    }
                    let net = nets.entry(thing).or_insert_with(|| Net {
                        target,
                        thing,
                        members: Vec::new(),
                        bus: None,
                        lanes: BTreeMap::new(),
                    });
                    if !net.members.contains(&subnet.id) {
                        net.members.push(subnet.id);
                    }
                }
            }
        }
        let mut nets: Vec<Net> = nets.into_values().collect();

        // Rows relative to the first subnet; the bus is above all of them.
        let tops = tops(rows);
        let mut bus = 1;
        let mut taken: Vec<Vec<Vec<(i64, i64)>>> = vec![Vec::new(); columns.len()];
        for net in &mut nets {
            let mut touched: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
            for (index, column) in columns.iter().enumerate() {
                for (row, subnet) in column.subnets.iter().enumerate() {
                    if net.members.contains(&subnet.id) {
                        let bottom = tops[row] + subnet.height - 1;
                        touched.entry(index).or_default().push(i64::from(bottom));
                    }
                    if let Some(y) = self.entrance(subnet, net.target) {
                        touched.entry(index).or_default().push(i64::from(tops[row] + y));
                    }
                }
            }
            if touched.len() > 1 {
                net.bus = Some(bus);
                bus += 1;
            }
            for (index, mut ys) in touched {
                if net.bus.is_some() {
                    ys.push(-1);
                }
                let (low, high) = (*ys.iter().min().unwrap(), *ys.iter().max().unwrap());
                let lanes = &mut taken[index];
                let free = lanes
                    .iter()
                    .position(|lane| lane.iter().all(|(l, h)| high < *l || low > *h))
                    .unwrap_or_else(|| {
                        lanes.push(Vec::new());
                        lanes.len() - 1
                    });
                lanes[free].push((low, high));
                net.lanes.insert(index, free as u32);
            }
        }
        // The first route to a NAT gateway shall not push the zones apart: keep its lane free.
        let has_nat = network
            .nat_gateways()
            .iter()
            .any(|(_, nat)| network.subnets().get(nat.subnet).is_some_and(|s| s.vpc == vpc));
        for (column, lanes) in columns.iter_mut().zip(&taken) {
            column.lanes = (lanes.len() as u32).max(u32::from(has_nat));
        }
        (nets, bus)
    }

    /// The row of a subnet's box where a wire to this target enters, if it stands there.
    fn entrance(&self, subnet: &SubnetPlan, target: Spot) -> Option<u32> {
        if self.scale == Scale::Far {
            let home = match target {
                Spot::Thing(Thing::NatGateway(id)) => self.network.nat_gateways().get(id)?.subnet,
                Spot::Thing(Thing::Interface(id)) => self.network.interfaces().get(id)?.subnet,
                Spot::Thing(Thing::Instance(id)) => {
                    let first = self.network.instances().get(id)?.interfaces.first()?;
                    self.network.interfaces().get(*first)?.subnet
                }
                _ => return None,
            };
            return (home == subnet.id).then_some(1);
        }
        let (_, place) = subnet.items.iter().find(|(spot, _)| *spot == target)?;
        Some(place.y + if self.scale == Scale::Near { place.h / 2 } else { 0 })
    }

    /// Draws the wires of a VPC, whose subnets stand in these boxes.
    pub(super) fn lay(
        &mut self,
        plan: &VpcPlan,
        x: u32,
        y: u32,
        boxes: &BTreeMap<SubnetId, Rect>,
        igw: Option<(InternetGatewayId, u32)>,
    ) {
        let network = self.network;
        let mut left = x + 1;
        let mut right_lanes = Vec::new();
        for column in &plan.columns {
            right_lanes.push(left + LEFT + column.width + 1);
            left += column.outer();
        }

        // Routes to the gateway: left-hand lanes, and one row of the bus.
        if let Some((id, middle)) = igw {
            let mut run = Run::default();
            let mut members = Vec::new();
            for column in &plan.columns {
                for subnet in &column.subnets {
                    if leads_to(network, subnet.id, &Target::InternetGateway(id)) {
                        let place = boxes[&subnet.id];
                        let lane = place.x - 2;
                        run.across(y + 1, lane, middle);
                        run.down(lane, y + 1, place.bottom());
                        run.across(place.bottom(), lane, place.x);
                        members.push(subnet.id);
                    }
                }
            }
            if !members.is_empty() {
                run.arm(middle, y + 1, Arms { up: true, ..Arms::default() });
                self.wires.push(Wire {
                    kind: WireKind::Route(Thing::InternetGateway(id)),
                    subnets: members,
                    cells: run.cells(),
                });
            }
        }

        // Routes to NAT gateways and appliances: right-hand lanes, and their own rows of the bus.
        for net in &plan.nets {
            let mut run = Run::default();
            let bus = net.bus.map(|row| y + 1 + row);
            let mut ends = Vec::new();
            for (index, column) in plan.columns.iter().enumerate() {
                let Some(lane) = net.lanes.get(&index) else { continue };
                let lane = right_lanes[index] + lane;
                let mut ys: Vec<u32> = bus.into_iter().collect();
                for subnet in &column.subnets {
                    let place = boxes[&subnet.id];
                    self.roads.lanes.insert((net.thing, subnet.id), cell(lane));
                    if net.members.contains(&subnet.id) {
                        run.across(place.bottom(), place.right(), lane);
                        ys.push(place.bottom());
                    }
                    if let Some(row) = self.entrance(subnet, net.target) {
                        let row = place.y + row;
                        let start = match subnet.items.iter().find(|(s, _)| *s == net.target) {
                            Some((_, item)) if self.scale == Scale::Near => place.x + item.right(),
                            Some((_, item)) => {
                                let start = place.x + item.right() + 1;
                                run.arm(start, row, Arms { left: true, ..Arms::default() });
                                start
                            }
                            None => place.right(),
                        };
                        run.across(row, start, lane);
                        ys.push(row);
                    }
                }
                let (low, high) = (*ys.iter().min().unwrap(), *ys.iter().max().unwrap());
                run.down(lane, low, high);
                ends.push(lane);
            }
            if let (Some(row), Some(low), Some(high)) = (bus, ends.iter().min(), ends.iter().max())
            {
                run.across(row, *low, *high);
            }
            self.wires.push(Wire {
                kind: WireKind::Route(net.thing),
                subnets: net.members.clone(),
                cells: run.cells(),
            });
        }
    }
}

/// Does a route of the subnet's table lead to this target?
fn leads_to(network: &Network, subnet: SubnetId, target: &Target) -> bool {
    let table = &network.route_tables()[network.route_table_of(subnet)];
    table.routes.iter().any(|route| route.target == *target)
}

/// Straight pieces of one wire, gathered into cells.
#[derive(Default)]
pub(super) struct Run(BTreeMap<(u16, u16), Arms>);

impl Run {
    pub(super) fn arm(&mut self, x: u32, y: u32, arms: Arms) {
        let own = self.0.entry((cell(y), cell(x))).or_default();
        *own = *own | arms;
    }

    /// A piece of a column, both ends included.
    pub(super) fn down(&mut self, x: u32, from: u32, to: u32) {
        let (low, high) = (from.min(to), from.max(to));
        for y in low..high {
            self.arm(x, y, Arms { down: true, ..Arms::default() });
            self.arm(x, y + 1, Arms { up: true, ..Arms::default() });
        }
    }

    /// A piece of a row, both ends included.
    pub(super) fn across(&mut self, y: u32, from: u32, to: u32) {
        let (low, high) = (from.min(to), from.max(to));
        for x in low..high {
            self.arm(x, y, Arms { right: true, ..Arms::default() });
            self.arm(x + 1, y, Arms { left: true, ..Arms::default() });
        }
    }

    pub(super) fn cells(self) -> Vec<(u16, u16, Arms)> {
        self.0.into_iter().map(|((y, x), arms)| (x, y, arms)).collect()
    }
}
