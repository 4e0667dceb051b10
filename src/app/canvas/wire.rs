//! Wires inside a VPC: which there are, the lanes and rows they run in, and their cells.
//!
//! A wire is a net of everything that one object is wired to: the subnets whose tables lead to it,
//! the parts it has in subnets, the targets it sends to. In each zone a net runs down a lane of its
//! own, beside the subnets; between zones, and to what stands above or below them, along a row of
//! its own. So no two nets ever run along each other, and none runs through a box.

use std::collections::BTreeMap;

use crate::{
    app::canvas::{
        Arms, Scale, Spot, WireKind,
        layout::{Builder, Column, Gate, LEFT, Placed, Rect, SubnetPlan, VpcPlan, cell, tops},
        outside::behind,
        spot_of_interface,
    },
    cloud::{
        AttachmentOf, CdnOrigin, Integration, InterfaceId, InternetGatewayId, LoadBalancerId,
        Network, Registered, SubnetId, Target, TargetGroupId, Thing, TransitGatewayId, VpcId,
    },
};

/// One wire inside a VPC, before its place is known.
pub(super) struct Net {
    pub(super) kind: WireKind,
    /// Subnets whose tables lead here: the wire begins where the table stands.
    pub(super) members: Vec<SubnetId>,
    /// What stands in subnets and is wired.
    ends: Vec<Spot>,
    pub(super) trunk: Trunk,
    /// The row of its bus, from the fence, when it has one.
    pub(super) bus: Option<u32>,
    /// The lane in each zone that it touches.
    lanes: BTreeMap<usize, u32>,
}

/// What holds the pieces of a net together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trunk {
    /// Nothing but the lane; a row of the upper bus when it runs from zone to zone.
    Lanes,
    /// A row of the upper bus, with an object at its head, that may go on through the right fence.
    Rail { head: Option<Spot>, indent: u32, exit: bool },
    /// A row of the upper bus, and up through the upper fence at one of its egress-only gateways.
    Up(usize),
    /// A row of the lower bus, and down through the lower fence at this gate.
    Down(usize),
    /// A row of the upper bus, and up to the internet gateway, beside its own wire.
    FromInternet,
    /// A row of the lower bus, and down to this gate, beside its own wire.
    FromGate(usize),
}

impl Net {
    fn new(kind: WireKind, trunk: Trunk) -> Self {
        let (members, ends) = (Vec::new(), Vec::new());
        Self { kind, members, ends, trunk, bus: None, lanes: BTreeMap::new() }
    }

    fn rail(kind: WireKind, head: Option<Thing>, exit: bool) -> Self {
        Self::new(kind, Trunk::Rail { head: head.map(Spot::Thing), indent: 0, exit })
    }

    fn to(mut self, ends: impl IntoIterator<Item = Spot>) -> Self {
        self.ends.extend(ends);
        self.ends.sort();
        self.ends.dedup();
        self
    }

    /// Does it run in the lower bus?
    fn is_low(&self) -> bool {
        matches!(self.trunk, Trunk::Down(_) | Trunk::FromGate(_))
    }

    /// Does it leave by the right fence?
    pub(super) fn exits(&self) -> bool {
        matches!(self.trunk, Trunk::Rail { exit: true, .. })
    }
}

impl Builder<'_> {
    /// All nets of a VPC, and how many rows the upper and the lower bus need.
    pub(super) fn nets(
        &self,
        vpc: VpcId,
        columns: &mut [Column],
        rows: &[u32],
        gates: &[Gate],
    ) -> (Vec<Net>, u32, u32) {
        let mut nets = self.out(vpc);
        // Above the heads of rails, which it must not run through.
        nets.extend(self.edges(vpc, gates));
        nets.extend(self.rails(vpc));
        nets.extend(self.lanes(vpc));
        nets.extend(self.down(vpc, gates));
        self.routes(columns, &mut nets);
        nets.retain(|net| {
            net.trunk != Trunk::Lanes
                || !(net.members.is_empty() && matches!(net.kind, WireKind::Route(_)))
        });

        // Rows relative to the first subnet; the upper bus is above all of them, the lower below.
        let tops = tops(rows);
        let deep = i64::from(rows.iter().sum::<u32>()) + 8;
        let (mut bus, mut under) = (1, 0);
        let mut taken: Vec<Vec<Vec<(i64, i64)>>> = vec![Vec::new(); columns.len()];
        for net in &mut nets {
            let mut touched: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
            for (index, column) in columns.iter().enumerate() {
                for (row, subnet) in column.subnets.iter().enumerate() {
                    if net.members.contains(&subnet.id) {
                        let bottom = tops[row] + subnet.height - 1;
                        touched.entry(index).or_default().push(i64::from(bottom));
                    }
                    for end in &net.ends {
                        if let Some(y) = self.entrance(subnet, *end) {
                            touched.entry(index).or_default().push(i64::from(tops[row] + y));
                        }
                    }
                }
            }
            match net.trunk {
                Trunk::Lanes if touched.len() < 2 => {}
                Trunk::Down(_) | Trunk::FromGate(_) if touched.is_empty() => {}
                Trunk::Down(_) | Trunk::FromGate(_) => {
                    net.bus = Some(under);
                    under += 1;
                }
                _ => {
                    net.bus = Some(bus);
                    bus += 1;
                }
            }
            for (index, mut ys) in touched {
                if net.bus.is_some() {
                    ys.push(if net.is_low() { deep } else { -1 });
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
        let network = self.network;
        let has_nat =
            network.nat_gateways().iter().any(|(_, nat)| nat.subnet().is_some() && nat.vpc == vpc);
        for (column, lanes) in columns.iter_mut().zip(&taken) {
            column.lanes = (lanes.len() as u32).max(u32::from(has_nat));
        }
        (nets, bus, under)
    }

    /// Up through the fence.
    fn out(&self, vpc: VpcId) -> Vec<Net> {
        let gateways = self.network.egress_only_gateways().iter();
        let own = gateways.filter(|(_, row)| row.vpc == vpc).enumerate();
        own.map(|(at, (id, _))| {
            Net::new(WireKind::Route(Thing::EgressOnlyGateway(id)), Trunk::Up(at))
        })
        .collect()
    }

    /// From the gateways that have tables of their own to the appliances that these lead to.
    fn edges(&self, vpc: VpcId, gates: &[Gate]) -> Vec<Net> {
        let edge = |gateway: Thing, trunk: Trunk| {
            let appliances = self.appliances(vpc, gateway);
            (!appliances.is_empty())
                .then(|| Net::new(WireKind::Edge(gateway), trunk).to(appliances))
        };
        let gateway = self.gateway_on(vpc).map(Thing::InternetGateway);
        let internet = gateway.and_then(|gateway| edge(gateway, Trunk::FromInternet));
        let gates = gates.iter().enumerate().filter_map(|(at, gate)| match gate.spot {
            Some(Spot::Thing(thing @ Thing::VirtualPrivateGateway(_))) => {
                edge(thing, Trunk::FromGate(at))
            }
            _ => None,
        });
        internet.into_iter().chain(gates).collect()
    }

    /// The appliances of a VPC that the table of a gateway leads to, if it has one of its own.
    pub(super) fn appliances(&self, vpc: VpcId, gateway: Thing) -> Vec<Spot> {
        let network = self.network;
        let table = match gateway {
            Thing::InternetGateway(id) => network.internet_gateways()[id].route_table,
            Thing::VirtualPrivateGateway(id) => network.virtual_private_gateways()[id].route_table,
            Thing::NatGateway(id) => network.nat_gateways()[id].regional().map(|it| it.route_table),
            _ => None,
        };
        let table = table.and_then(|id| network.route_tables().get(id));
        let targets = table.into_iter().flat_map(|table| &table.routes);
        let targets = targets.filter_map(|route| match route.target {
            Target::Interface(id) if network.interfaces().get(id).is_some() => Some(id),
            _ => None,
        });
        spots(network, targets.collect(), vpc)
    }

    /// What belongs to the VPC as a whole and has parts in its subnets, each at the head of a rail;
    /// and the wires by which what stands outside of it comes in.
    fn rails(&self, vpc: VpcId) -> Vec<Net> {
        let network = self.network;
        let parts = |thing: Thing| spots(network, network.interfaces_of(thing), vpc);
        let mut nets = Vec::new();
        let regional = network.nat_gateways().iter();
        for (id, _) in regional.filter(|(_, row)| row.vpc == vpc && row.regional().is_some()) {
            let thing = Thing::NatGateway(id);
            let appliances = self.appliances(vpc, thing);
            nets.push(Net::rail(WireKind::Route(thing), Some(thing), false).to(appliances));
        }
        let mut groups = Vec::new();
        for (id, row) in network.load_balancers().iter().filter(|(_, row)| row.vpc == vpc) {
            let thing = Thing::LoadBalancer(id);
            nets.push(Net::rail(WireKind::Part(thing), Some(thing), false).to(parts(thing)));
            for group in row.listeners.iter().flat_map(|listener| &listener.target_groups) {
                if network.target_groups().get(*group).is_some_and(|it| it.vpc == vpc)
                    && !groups.contains(group)
                {
                    groups.push(*group);
                    nets.push(self.target_rail(*group, 2));
                }
            }
        }
        for (id, row) in network.target_groups().iter() {
            if row.vpc == vpc && !groups.contains(&id) {
                nets.push(self.target_rail(id, 0));
            }
        }
        for (id, _) in network.interface_endpoints().iter().filter(|(_, row)| row.vpc == vpc) {
            let thing = Thing::InterfaceEndpoint(id);
            nets.push(Net::rail(WireKind::Part(thing), Some(thing), true).to(parts(thing)));
        }
        for (id, _) in network.gateway_endpoints().iter().filter(|(_, row)| row.vpc == vpc) {
            let thing = Thing::GatewayEndpoint(id);
            // Where its service is not in the picture, its wire ends at it.
            let (services, hosts) = behind(network, thing);
            let exit = !services.is_empty() || !hosts.is_empty();
            nets.push(Net::rail(WireKind::Route(thing), Some(thing), exit));
        }
        // Without a head: what stands outside.
        let mut doors: Vec<(Thing, Vec<Spot>)> = Vec::new();
        for (id, _) in network.functions().iter() {
            doors.push((Thing::Function(id), parts(Thing::Function(id))));
        }
        let nodes = |id: LoadBalancerId| parts(Thing::LoadBalancer(id));
        for (id, row) in network.apis().iter() {
            if let Integration::VpcLink { through, to } = &row.integration {
                let own = parts(Thing::Api(id));
                doors.push((Thing::Api(id), if through.is_empty() { nodes(*to) } else { own }));
            }
        }
        for (id, row) in network.distributions().iter() {
            let inside = match row.origin {
                CdnOrigin::PrivateBalancer(to) => nodes(to),
                CdnOrigin::PrivateInterface(to) => spots(network, vec![to], vpc),
                _ => continue,
            };
            doors.push((Thing::Distribution(id), inside));
        }
        for (id, row) in network.endpoint_services().iter() {
            let inside = row.load_balancers.iter().flat_map(|id| nodes(*id)).collect();
            doors.push((Thing::EndpointService(id), inside));
        }
        let doors = doors.into_iter().filter(|(_, ends)| !ends.is_empty());
        nets.extend(
            doors.map(|(thing, ends)| Net::rail(WireKind::Part(thing), None, true).to(ends)),
        );
        nets
    }

    fn target_rail(&self, id: TargetGroupId, indent: u32) -> Net {
        let network = self.network;
        let row = &network.target_groups()[id];
        let mut ends = Vec::new();
        let mut exit = false;
        for registration in &row.targets {
            match registration.target {
                Registered::LoadBalancer(to) => {
                    let nodes = network.interfaces_of(Thing::LoadBalancer(to));
                    ends.extend(spots(network, nodes, row.vpc));
                }
                Registered::Function(to) => exit |= network.functions().get(to).is_some(),
                target => {
                    let own = network.target_interface(row, target);
                    ends.extend(spots(network, own.into_iter().collect(), row.vpc));
                }
            }
        }
        let head = Some(Spot::Thing(Thing::TargetGroup(id)));
        Net::new(WireKind::Targets(id), Trunk::Rail { head, indent, exit }).to(ends)
    }

    /// To NAT gateways and appliances: from subnet to subnet.
    fn lanes(&self, vpc: VpcId) -> Vec<Net> {
        let network = self.network;
        let mut nets: BTreeMap<Thing, Net> = BTreeMap::new();
        for (_, table) in network.route_tables().iter().filter(|(_, table)| table.vpc == vpc) {
            for route in &table.routes {
                let (thing, target) = match route.target {
                    Target::NatGateway(id) => {
                        (Thing::NatGateway(id), Spot::Thing(Thing::NatGateway(id)))
                    }
                    Target::Interface(id) => (Thing::Interface(id), spot_of_interface(network, id)),
                    _ => continue,
                };
                let home = self.home(target).and_then(|home| network.subnets().get(home));
                if home.is_some_and(|home| home.vpc == vpc) {
                    let net = || Net::new(WireKind::Route(thing), Trunk::Lanes).to([target]);
                    nets.entry(thing).or_insert_with(net);
                }
            }
        }
        nets.into_values().collect()
    }

    /// Down through the lower fence.
    fn down(&self, vpc: VpcId, gates: &[Gate]) -> Vec<Net> {
        let network = self.network;
        let mut seen: Vec<TransitGatewayId> = Vec::new();
        let mut nets = Vec::new();
        for (at, gate) in gates.iter().enumerate() {
            let trunk = Trunk::Down(at);
            let Some(Spot::Thing(Thing::TransitGatewayAttachment(id))) = gate.spot else {
                nets.push(Net::new(WireKind::Route(gate.to), trunk));
                continue;
            };
            let row = &network.transit_gateway_attachments()[id];
            let kind = if seen.contains(&row.gateway) {
                WireKind::Part(Thing::TransitGatewayAttachment(id))
            } else {
                seen.push(row.gateway);
                WireKind::Route(gate.to)
            };
            let landings = match &row.of {
                AttachmentOf::Vpc { subnets, .. } => &subnets[..],
                _ => &[],
            };
            let own = landings
                .iter()
                .filter(|subnet| network.subnets().get(**subnet).is_some_and(|it| it.vpc == vpc));
            nets.push(Net::new(kind, trunk).to(own.map(|subnet| Spot::Landing(id, *subnet))));
        }
        nets
    }

    /// Which subnets' tables lead to each net.
    fn routes(&self, columns: &[Column], nets: &mut [Net]) {
        let network = self.network;
        for subnet in columns.iter().flat_map(|column| &column.subnets) {
            let table = &network.route_tables()[network.route_table_of(subnet.id)];
            for route in &table.routes {
                let thing = match route.target {
                    Target::NatGateway(id) => Thing::NatGateway(id),
                    Target::Interface(id) => Thing::Interface(id),
                    Target::EgressOnlyGateway(id) => Thing::EgressOnlyGateway(id),
                    Target::GatewayEndpoint(id) => Thing::GatewayEndpoint(id),
                    Target::Peering(id) => Thing::Peering(id),
                    Target::TransitGateway(id) => Thing::TransitGateway(id),
                    Target::VirtualPrivateGateway(id) => Thing::VirtualPrivateGateway(id),
                    Target::Local | Target::InternetGateway(_) | Target::Gone(_) => continue,
                };
                let kind = WireKind::Route(thing);
                let Some(net) = nets.iter_mut().find(|net| net.kind == kind) else { continue };
                // Far away both are the same box.
                let within = self.scale == Scale::Far
                    && net.trunk == Trunk::Lanes
                    && net.ends.iter().any(|end| self.home(*end) == Some(subnet.id));
                if !within && !net.members.contains(&subnet.id) {
                    net.members.push(subnet.id);
                }
            }
        }
    }

    /// The row of a subnet's box where a wire to this target enters, if it stands there.
    fn entrance(&self, subnet: &SubnetPlan, target: Spot) -> Option<u32> {
        if self.scale == Scale::Far {
            return (self.home(target) == Some(subnet.id)).then_some(1);
        }
        let (_, place) = subnet.items.iter().find(|(spot, _)| *spot == target)?;
        Some(place.y + if place.h > 2 { place.h / 2 } else { 0 })
    }

    /// Draws the wires of a VPC, whose subnets stand in these boxes.
    pub(super) fn lay(
        &mut self,
        plan: &VpcPlan,
        placed: &Placed,
        boxes: &BTreeMap<SubnetId, Rect>,
        igw: Option<(InternetGatewayId, u32)>,
        out: &[(Thing, u32)],
    ) {
        let fence = placed.fence;
        let (x, y) = (fence.x, fence.y);
        let mut left = x + 1;
        let mut right_lanes = Vec::new();
        for column in &plan.columns {
            right_lanes.push(left + LEFT + column.width + 1);
            left += column.outer();
        }
        if let Some((id, middle)) = igw {
            self.lay_to_gateway(plan, fence, boxes, id, middle);
        }
        for net in &plan.nets {
            let mut run = Run::default();
            let bus = net
                .bus
                .map(|row| if net.is_low() { fence.bottom() - 1 - row } else { y + 1 + row });
            // Where the row begins and ends, and subnets in whose edge the wire ends.
            let (mut ends, mut crowded) = (Vec::new(), Vec::new());
            for (index, column) in plan.columns.iter().enumerate() {
                let Some(lane) = net.lanes.get(&index) else { continue };
                let lane = right_lanes[index] + lane;
                let mut ys: Vec<u32> = bus.into_iter().collect();
                for subnet in &column.subnets {
                    let place = boxes[&subnet.id];
                    if net.members.contains(&subnet.id) {
                        run.across(place.bottom(), place.right(), lane);
                        ys.push(place.bottom());
                    }
                    for end in &net.ends {
                        let Some(row) = self.entrance(subnet, *end) else { continue };
                        let row = place.y + row;
                        let item = subnet.items.iter().find(|(spot, _)| spot == end);
                        let start = match item {
                            Some((spot, _)) if subnet.crowd.contains(spot) => {
                                crowded.push(Spot::Thing(Thing::Subnet(subnet.id)));
                                place.right()
                            }
                            Some((_, item)) if item.h > 2 => place.x + item.right(),
                            Some((_, item)) => {
                                let start = place.x + item.right() + 2;
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
            let mut about = net.ends.clone();
            about.extend(crowded);
            about.extend(net.members.iter().map(|subnet| Spot::Thing(Thing::Subnet(*subnet))));
            match net.trunk {
                Trunk::Rail { head, indent, exit } => {
                    let row = bus.unwrap_or(y + 1);
                    if let Some(head) = head {
                        about.push(head);
                        let start = x + 1 + LEFT + self.head_width(net) + 1;
                        if exit || !ends.is_empty() {
                            run.arm(start, row, Arms { left: true, ..Arms::default() });
                            ends.push(start);
                        }
                        if indent > 0 {
                            self.lay_to_balancer(plan, net, x + 1 + LEFT, y);
                        }
                    }
                    if exit {
                        about.push(Spot::Thing(Thing::Vpc(plan.id)));
                        ends.push(fence.right());
                    }
                }
                Trunk::Up(at) if !ends.is_empty() => {
                    if let (Some((thing, gate)), Some(row)) = (out.get(at), bus) {
                        about.push(Spot::Thing(*thing));
                        run.down(*gate, y + 1, row);
                        run.arm(*gate, y + 1, Arms { up: true, ..Arms::default() });
                        ends.push(*gate);
                    }
                }
                Trunk::Down(at) if !ends.is_empty() => {
                    if let (Some(gate), Some(row)) = (placed.gates.get(at), bus) {
                        let last = fence.bottom() - 1;
                        run.down(*gate, row, last);
                        run.arm(*gate, last, Arms { down: true, ..Arms::default() });
                        if let Some(spot) = plan.gates[at].spot {
                            about.push(spot);
                        } else {
                            run.down(*gate, last, fence.bottom());
                            about.push(Spot::Thing(Thing::Vpc(plan.id)));
                        }
                        ends.push(*gate);
                    }
                }
                Trunk::FromInternet => {
                    if let (Some((id, middle)), Some(row)) = (igw, bus) {
                        about.push(Spot::Thing(Thing::InternetGateway(id)));
                        let column = beside(middle, &plan.lanes(x)).unwrap_or(middle);
                        run.down(column, y + 1, row);
                        run.arm(column, y + 1, Arms { up: true, ..Arms::default() });
                        self.streets.across(y, middle, column);
                        self.streets.down(column, y, row);
                        ends.push(column);
                    }
                }
                Trunk::FromGate(at) if !ends.is_empty() => {
                    if let (Some(gate), Some(row)) = (placed.gates.get(at), bus) {
                        about.extend(plan.gates[at].spot);
                        let last = fence.bottom() - 1;
                        let column = beside(*gate, &plan.lanes(x)).unwrap_or(*gate);
                        run.down(column, row, last);
                        run.arm(column, last, Arms { down: true, ..Arms::default() });
                        self.streets.across(fence.bottom(), *gate, column);
                        self.streets.down(column, row, fence.bottom());
                        ends.push(column);
                    }
                }
                Trunk::Lanes | Trunk::Up(_) | Trunk::Down(_) | Trunk::FromGate(_) => {}
            }
            if let (Some(row), Some(low), Some(high)) = (bus, ends.iter().min(), ends.iter().max())
            {
                run.across(row, *low, *high);
            }
            self.wire(net.kind, net.members.clone(), about, run);
        }
    }

    /// Routes to the internet gateway: left-hand lanes, and the first row of the bus; beside the heads
    /// of rails, those of regional NAT gateways.
    fn lay_to_gateway(
        &mut self,
        plan: &VpcPlan,
        fence: Rect,
        boxes: &BTreeMap<SubnetId, Rect>,
        id: InternetGatewayId,
        middle: u32,
    ) {
        let mut run = Run::default();
        let mut members = Vec::new();
        let mut ends = Vec::new();
        let y = fence.y;
        for subnet in plan.columns.iter().flat_map(|column| &column.subnets) {
            if leads_to(self.network, subnet.id, &Target::InternetGateway(id)) {
                let place = boxes[&subnet.id];
                let lane = place.x - 2;
                run.across(y + 1, lane, middle);
                run.down(lane, y + 1, place.bottom());
                run.across(place.bottom(), lane, place.x);
                members.push(subnet.id);
            }
        }
        // A regional NAT gateway has a table of its own.
        for net in &plan.nets {
            let WireKind::Route(Thing::NatGateway(nat)) = net.kind else { continue };
            let regional = self.network.nat_gateways()[nat].regional();
            let table = regional.and_then(|it| self.network.route_tables().get(it.route_table));
            let leads = table.is_some_and(|table| {
                table.routes.iter().any(|route| route.target == Target::InternetGateway(id))
            });
            if let (true, Some(row)) = (leads, net.bus) {
                let column = fence.x + LEFT;
                run.across(y + 1, column, middle);
                run.down(column, y + 1, y + 1 + row);
                let head = Arms { right: true, ..Arms::default() };
                run.arm(column, y + 1 + row, head);
                ends.push(Spot::Thing(Thing::NatGateway(nat)));
            }
        }
        ends.extend(members.iter().map(|subnet| Spot::Thing(Thing::Subnet(*subnet))));
        if !ends.is_empty() {
            run.arm(middle, y + 1, Arms { up: true, ..Arms::default() });
            let thing = Thing::InternetGateway(id);
            ends.push(Spot::Thing(thing));
            self.wire(WireKind::Route(thing), members, ends, run);
        }
    }

    /// From a target group's rail up to that of its load balancer.
    fn lay_to_balancer(&mut self, plan: &VpcPlan, net: &Net, x: u32, y: u32) {
        let WireKind::Targets(group) = net.kind else { return };
        let owner = plan.nets.iter().rfind(|other| {
            other.bus < net.bus && matches!(other.kind, WireKind::Part(Thing::LoadBalancer(_)))
        });
        let Some((owner, WireKind::Part(thing))) = owner.map(|owner| (owner, owner.kind)) else {
            return;
        };
        let (Some(from), Some(to)) = (owner.bus, net.bus) else { return };
        let (from, to) = (y + 1 + from + 1, y + 1 + to);
        let mut run = Run::default();
        run.arm(x, from, Arms { up: true, ..Arms::default() });
        run.down(x, from, to);
        run.across(to, x, x + 1);
        run.arm(x + 1, to, Arms { right: true, ..Arms::default() });
        let ends = vec![Spot::Thing(thing), Spot::Thing(Thing::TargetGroup(group))];
        self.wire(WireKind::Targets(group), Vec::new(), ends, run);
    }
}

/// Where a second wire leaves a gateway whose own is in this column: beside it, clear of lanes.
pub(super) fn beside(middle: u32, lanes: &[u32]) -> Option<u32> {
    [middle + 2, middle - 2, middle + 1, middle - 1].into_iter().find(|x| !lanes.contains(x))
}

/// Where interfaces are that lie in a VPC.
fn spots(network: &Network, interfaces: Vec<InterfaceId>, vpc: VpcId) -> Vec<Spot> {
    let here = |id: &InterfaceId| {
        let row = network.interfaces().get(*id);
        row.and_then(|row| network.subnets().get(row.subnet)).is_some_and(|it| it.vpc == vpc)
    };
    interfaces.into_iter().filter(here).map(|id| spot_of_interface(network, id)).collect()
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
