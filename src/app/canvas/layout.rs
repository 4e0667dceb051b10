//! Boxes: what each object needs, and the place that it gets.

use std::collections::BTreeMap;

use crate::{
    app::{
        Area,
        canvas::{
            Arms, Canvas, Node, Scale, Spot, Wire, WireKind, head_detail, home_of, is_public,
            name_of,
            outside::{Side, Upper},
            public_addresses,
            road::{Street, Streets},
            spot_of_interface,
            wire::{Net, Run, Trunk, beside},
        },
    },
    cloud::{
        AttachmentOf, EgressOnlyGatewayId, Interface, InternetGatewayId, Name, Network, SubnetId,
        Target, Thing, VpcId, Zone,
    },
    text::width::width,
};

/// Lays a network out at one scale. `width` is the room there is: boxes grow a little to use it,
/// and never shrink below what they need.
pub fn layout(network: &Network, scale: Scale, width: u16) -> Canvas {
    Builder::new(network, scale).build(u32::from(width))
}

/// The columns between a zone's left border and its subnets: a space, the gateway's lane, a stub.
pub(super) const LEFT: u32 = 4;
/// The longest part of a name that sizes a box; longer names are cut when drawn.
pub(super) const NAME: u32 = 18;
/// Cells kept for the words that stand for the rest of the internet.
const ELSEWHERE: u32 = 18;
/// Boxes grow to at most this width when there is room.
const WIDEST: u32 = 72;

/// A rectangle before it is known to fit into a screen's numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rect {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) w: u32,
    pub(super) h: u32,
}

impl Rect {
    fn area(self) -> Area {
        Area { x: cell(self.x), y: cell(self.y), width: cell(self.w), height: cell(self.h) }
    }
    pub(super) fn right(self) -> u32 {
        self.x + self.w.saturating_sub(1)
    }
    pub(super) fn bottom(self) -> u32 {
        self.y + self.h.saturating_sub(1)
    }
}

pub(super) fn cell(n: u32) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

pub(super) fn cells(text: &str, most: u32) -> u32 {
    u32::try_from(width(text)).unwrap_or(most).min(most)
}

pub(super) struct Builder<'a> {
    pub(super) network: &'a Network,
    pub(super) scale: Scale,
    pub(super) nodes: Vec<Node>,
    pub(super) wires: Vec<Wire>,
    pub(super) streets: Streets,
}

/// A VPC before its place is known.
pub(super) struct VpcPlan<'a> {
    pub(super) id: VpcId,
    pub(super) columns: Vec<Column<'a>>,
    /// Heights of the rows of subnets, shared by all zones.
    pub(super) rows: Vec<u32>,
    /// Every wire but those to the internet gateway.
    pub(super) nets: Vec<Net>,
    /// Rows between the fence and the zones.
    pub(super) bus: u32,
    /// Rows between the zones and the lower fence.
    pub(super) under: u32,
    /// What sits on the lower fence.
    pub(super) gates: Vec<Gate>,
    /// Columns that the title and the gateways on the fence need.
    fence: u32,
}

/// A gate in the lower fence.
pub(super) struct Gate {
    /// What sits there; for a peering, whose place is outside, only its wire goes through.
    pub(super) spot: Option<Spot>,
    /// What it leads to.
    pub(super) to: Thing,
    width: u32,
}

/// A zone before its place is known.
pub(super) struct Column<'a> {
    zone: &'a Zone,
    pub(super) subnets: Vec<SubnetPlan>,
    /// The width of its subnets.
    pub(super) width: u32,
    /// How many lanes for wires it needs on the right.
    pub(super) lanes: u32,
}

impl Column<'_> {
    pub(super) fn outer(&self) -> u32 {
        LEFT + self.width + 1 + self.lanes + 1
    }
}

/// A subnet before its place is known.
pub(super) struct SubnetPlan {
    pub(super) id: SubnetId,
    /// What stands in it, each with its place inside the border.
    pub(super) items: Vec<(Spot, Rect)>,
    /// Does something stand between an item and the right border? Then wires to it end there.
    pub(super) crowd: Vec<Spot>,
    width: u32,
    pub(super) height: u32,
    table: u32,
    acl: u32,
}

/// Where a VPC was placed.
pub(super) struct Placed {
    pub(super) fence: Rect,
    /// The columns of its lower gates.
    pub(super) gates: Vec<u32>,
}

impl<'a> Builder<'a> {
    fn new(network: &'a Network, scale: Scale) -> Self {
        Self { network, scale, nodes: Vec::new(), wires: Vec::new(), streets: Streets::default() }
    }

    fn build(mut self, room: u32) -> Canvas {
        let mut plans: Vec<_> = self.network.vpcs().iter().map(|(id, _)| self.plan(id)).collect();
        let mut side = Side::plan(self.network, self.scale);
        let upper = Upper::plan(self.network, &plans, &side);
        side.tighten((used(&plans) + side.width() + upper.width()).saturating_sub(room));
        stretch(&mut plans, room.saturating_sub(side.width() + upper.width()));

        // Where each VPC begins, and the lanes behind it.
        let mut xs = Vec::new();
        let mut x = 0;
        for (index, plan) in plans.iter().enumerate() {
            xs.push(x);
            x += plan.width() + upper.corridor(index);
        }
        let last = plans.len().saturating_sub(1);
        let vpcs_wide = x.saturating_sub(upper.corridor(last));

        let hosts: Vec<_> = self.network.hosts().iter().collect();
        let host_widths: Vec<u32> = std::iter::once(ELSEWHERE)
            .chain(hosts.iter().map(|(_, host)| {
                let address = match self.scale {
                    Scale::Far => 0,
                    _ => 1 + cells(&host.address.to_string(), 20),
                };
                2 + cells(&host.name, NAME) + address
            }))
            .collect();
        let one_row = host_widths.iter().sum::<u32>() + 2 * host_widths.len() as u32 + 2;
        let widest_host = host_widths.iter().copied().max().unwrap_or(0) + 4;
        // A strip of several rows is not wider than the fences below need.
        let beside = if side.is_empty() { 0 } else { side.width() + upper.corridor(last) };
        let room = room.saturating_sub(if side.edge.is_empty() { 0 } else { beside });
        let wanted = if one_row <= room { one_row } else { room / 2 };
        let mut wide = vpcs_wide.max(widest_host);
        if side.edge.is_empty() {
            wide = (wide + beside).max(wanted);
        } else {
            wide = wide.max(wanted);
        }
        // The column of what is outside every VPC begins behind the fences, and behind the strip
        // when there is something beside that.
        let side_x = if side.edge.is_empty() { vpcs_wide } else { wide } + upper.corridor(last);

        // The internet and who is on it.
        let mut places = Vec::new();
        let (mut x, mut y) = (2, 1);
        for w in host_widths {
            if x > 2 && x + w + 2 > wide {
                (x, y) = (2, y + 1);
            }
            places.push(Rect { x, y, w, h: 1 });
            x += w + 2;
        }
        let strip = Rect { x: 0, y: 0, w: wide, h: (y + 2).max(side.edge_height()) };
        let outside = self.push(Spot::Internet, strip, title(strip), None, &Name::from(""));
        for (place, index) in places.iter().zip(0usize..) {
            let (spot, name) = match index.checked_sub(1) {
                None => (Spot::Elsewhere, Name::from("")),
                Some(n) => (Spot::Thing(Thing::Host(hosts[n].0)), hosts[n].1.name.clone()),
            };
            self.push(spot, *place, *place, Some(outside), &name);
        }

        // The strait, and the gateways that float there.
        let strait = if self.scale == Scale::Near { 3 } else { 1 };
        let strait_row = strip.h + strait / 2;
        let top = strip.h + strait + upper.rows();
        for place in &places {
            self.streets.down(place.x, place.y, strait_row);
        }
        let busy: Vec<u32> = (places.iter().skip(1).zip(&hosts))
            .filter(|(_, (id, _))| upper.hosts().any(|host| host == *id))
            .map(|(place, _)| place.x)
            .collect();
        self.float(&plans, &xs, wide, strait_row, busy);

        // The VPCs, and what is outside of them.
        let mut placed = Vec::new();
        for (plan, x) in plans.iter().zip(&xs) {
            placed.push(self.place_vpc(plan, *x, top, strip, strait_row));
        }
        // What leaves the last fence stays above the shelf: no two wires meet in one row.
        let exits = plans.last().into_iter().flat_map(|plan| &plan.nets);
        let exits = exits.filter(|net| net.exits()).filter_map(|net| net.bus).max();
        let shelf = top + exits.map_or(0, |row| row + 1);
        let field = Field { strip, strait_row, shelf, side_x, last };
        self.place_side(&side, &upper, &field);
        self.lay_upper(&upper, &plans, &placed, &side, &field);
        let bottom = self.nodes.iter().map(|n| n.area.y + n.area.height).max().unwrap_or(0);
        self.place_under(&plans, &placed, u32::from(bottom).max(top));

        let right = self.nodes.iter().map(|n| n.area.x.saturating_add(n.area.width)).max();
        let wired = self.wires.iter().flat_map(|wire| &wire.cells).map(|(x, ..)| x + 1).max();
        let bottom = self.nodes.iter().map(|n| n.area.y.saturating_add(n.area.height)).max();
        // Gateways that float beyond the edge widen the strip with them.
        let width = right.max(wired).unwrap_or(0);
        let wired = self.wires.iter().flat_map(|wire| &wire.cells).map(|(_, y, _)| y + 1).max();
        let height = bottom.max(wired).unwrap_or(0);
        if side.edge.is_empty() {
            self.nodes[outside].area.width = width;
        }
        self.streets.across(strait_row, 0, u32::from(width).saturating_sub(1));
        Canvas {
            scale: self.scale,
            width,
            height,
            nodes: self.nodes,
            wires: self.wires,
            streets: self.streets,
        }
    }

    /// Gateways that are attached to nothing float in the strait, clear of every wire.
    fn float(&mut self, plans: &[VpcPlan], xs: &[u32], wide: u32, row: u32, busy: Vec<u32>) {
        let free = plans
            .iter()
            .zip(xs)
            .find(|(plan, _)| self.gateway_on(plan.id).is_none())
            .map_or(wide / 2, |(plan, x)| x + self.gateway_column(plan));
        let wires: Vec<u32> = plans
            .iter()
            .zip(xs)
            .flat_map(|(plan, x)| {
                let igw = self.gateway_on(plan.id);
                let igw = igw.map(|id| {
                    let w = gateway_width(&self.network.internet_gateways()[id].name);
                    x + self.gateway_column(plan) + w / 2
                });
                let out =
                    self.egress_gates(plan, *x).into_iter().map(|(_, place)| place.x + place.w / 2);
                igw.into_iter().chain(out).collect::<Vec<_>>()
            })
            .chain(busy)
            .collect();
        let mut x = free;
        let loose: Vec<_> =
            self.network.internet_gateways().iter().filter(|(_, g)| g.vpc.is_none()).collect();
        for (id, gateway) in loose {
            let w = gateway_width(&gateway.name);
            while let Some(wire) = wires.iter().find(|wire| x <= **wire + 1 && **wire <= x + w) {
                x = wire + 2;
            }
            let place = Rect { x, y: row, w, h: 1 };
            let spot = Spot::Thing(Thing::InternetGateway(id));
            self.streets.stop(spot, x + w / 2, row);
            self.push(spot, place, place, None, &gateway.name);
            x += w + 2;
        }
    }

    pub(super) fn push(
        &mut self,
        spot: Spot,
        area: Rect,
        label: Rect,
        inside: Option<usize>,
        name: &Name,
    ) -> usize {
        self.nodes.push(Node {
            spot,
            area: area.area(),
            label: label.area(),
            inside,
            name: name.clone(),
        });
        self.nodes.len() - 1
    }

    pub(super) fn gateway_on(&self, vpc: VpcId) -> Option<InternetGatewayId> {
        let mut gateways = self.network.internet_gateways().iter();
        gateways.find(|(_, g)| g.vpc == Some(vpc)).map(|(id, _)| id)
    }

    /// Where the gateway sits on the fence: in the middle, or right of the title.
    pub(super) fn gateway_column(&self, plan: &VpcPlan) -> u32 {
        let w = self.gateway_slot(plan.id);
        let mut column = (plan.width().saturating_sub(w + self.egress_width(plan.id)) / 2)
            .max(vpc_title(self.network, plan.id) + 4);
        // The wires of its table need a column that is nobody's lane.
        if plan.nets.iter().any(|net| net.trunk == Trunk::FromInternet) {
            let lanes = plan.lanes(0);
            while beside(column + w / 2, &lanes).is_none() {
                column += 1;
            }
        }
        column
    }

    /// The width of the gateway that is attached, or of the first one that could be.
    fn gateway_slot(&self, vpc: VpcId) -> u32 {
        let gateways = self.network.internet_gateways();
        let attached = gateways.iter().find(|(_, g)| g.vpc == Some(vpc));
        attached
            .or_else(|| gateways.iter().find(|(_, g)| g.vpc.is_none()))
            .map_or(0, |(_, gateway)| gateway_width(&gateway.name))
    }

    fn egress_gateways(&self, vpc: VpcId) -> impl Iterator<Item = (EgressOnlyGatewayId, &'a Name)> {
        let gateways = self.network.egress_only_gateways().iter();
        gateways.filter(move |(_, row)| row.vpc == vpc).map(|(id, row)| (id, &row.name))
    }

    fn egress_width(&self, vpc: VpcId) -> u32 {
        self.egress_gateways(vpc).map(|(_, name)| gateway_width(name) + 2).sum()
    }

    /// Egress-only gateways sit on the fence behind the internet gateway.
    fn egress_gates(&self, plan: &VpcPlan, x: u32) -> Vec<(EgressOnlyGatewayId, Rect)> {
        let slot = self.gateway_slot(plan.id);
        let lanes = plan.lanes(x);
        let mut x = x + self.gateway_column(plan) + if slot == 0 { 0 } else { slot + 2 };
        self.egress_gateways(plan.id)
            .map(|(id, name)| {
                let w = gateway_width(name);
                while lanes.contains(&(x + w / 2)) {
                    x += 1;
                }
                let place = Rect { x, y: 0, w, h: 1 };
                x += place.w + 2;
                (id, place)
            })
            .collect()
    }

    // -- sizes

    fn plan(&self, id: VpcId) -> VpcPlan<'a> {
        let network = self.network;
        let mut zones: Vec<&Zone> = network
            .subnets()
            .iter()
            .filter(|(_, subnet)| subnet.vpc == id)
            .map(|(_, subnet)| &subnet.zone)
            .collect();
        zones.sort();
        zones.dedup();
        let mut inhabitants: BTreeMap<SubnetId, Vec<_>> = BTreeMap::new();
        for (interface, row) in network.interfaces().iter() {
            inhabitants.entry(row.subnet).or_default().push((interface, row));
        }
        let targets = self.targets();
        let mut columns: Vec<Column> = zones
            .into_iter()
            .map(|zone| {
                let mut ids: Vec<SubnetId> = network
                    .subnets()
                    .iter()
                    .filter(|(_, subnet)| subnet.vpc == id && subnet.zone == *zone)
                    .map(|(subnet, _)| subnet)
                    .collect();
                // Public above private, else as they were made.
                ids.sort_by_key(|subnet| !is_public(network, *subnet));
                let subnets: Vec<_> = ids
                    .into_iter()
                    .map(|id| {
                        let inside = inhabitants.get(&id).map_or(&[][..], |it| it);
                        self.subnet(id, inside, &targets)
                    })
                    .collect();
                let title = cells(&zone.0, NAME) + 8;
                let width = subnets.iter().map(|s| s.width).max().unwrap_or(0);
                let width = width.max(title.saturating_sub(LEFT));
                Column { zone, subnets, width, lanes: 0 }
            })
            .collect();
        let most = columns.iter().map(|c| c.subnets.len()).max().unwrap_or(0);
        let rows: Vec<u32> = (0..most)
            .map(|row| {
                columns.iter().filter_map(|c| c.subnets.get(row)).map(|s| s.height).max().unwrap()
            })
            .collect();
        let gates = self.gates(id);
        let (nets, bus, under) = self.nets(id, &mut columns, &rows, &gates);
        // What stands at the head of a rail stands above the first zone's subnets.
        let heads = nets.iter().map(|net| self.head_width(net)).max().unwrap_or(0);
        if let Some(first) = columns.first_mut() {
            first.width = first.width.max(heads);
        }
        let slot = self.gateway_slot(id);
        let upper = vpc_title(network, id)
            + 4
            + if slot == 0 { 2 } else { slot + 2 }
            + self.egress_width(id);
        // Gates step aside for lanes.
        let aside = columns.iter().map(|column| column.lanes + 1).sum::<u32>();
        let lower = gates.iter().map(|gate| gate.width + 4).sum::<u32>()
            + if gates.is_empty() { 0 } else { 4 + 2 * aside };
        let at_edge = nets.iter().any(|net| net.trunk == Trunk::FromInternet);
        let upper_aside = if self.egress_width(id) == 0 && !at_edge { 0 } else { aside };
        let fence = (upper + upper_aside).max(lower).max(heads + LEFT + 4);
        VpcPlan { id, columns, rows, nets, bus, under, gates, fence }
    }

    /// The width of what stands at the head of a net's rail.
    pub(super) fn head_width(&self, net: &Net) -> u32 {
        let Trunk::Rail { head: Some(spot), indent, .. } = net.trunk else { return 0 };
        let detail = head_detail(self.network, spot);
        let detail = if detail.is_empty() { 0 } else { 1 + cells(&detail, NAME) };
        indent + 2 + cells(&name_of(self.network, spot), NAME) + detail
    }

    /// What leaves a VPC by the lower fence.
    fn gates(&self, vpc: VpcId) -> Vec<Gate> {
        let network = self.network;
        let chip = |thing: Thing, to: Thing| {
            let name = network.name(thing).map_or(0, |name| cells(name, NAME));
            Gate { spot: Some(Spot::Thing(thing)), to, width: name + 4 }
        };
        let private = network.virtual_private_gateways().iter();
        let private = private.filter(|(_, row)| row.vpc == Some(vpc));
        let private = private.map(|(id, _)| Thing::VirtualPrivateGateway(id));
        let attachments = network.transit_gateway_attachments().iter().filter(
            |(_, row)| matches!(&row.of, AttachmentOf::Vpc { vpc: behind, .. } if *behind == vpc),
        );
        let peerings = network.peerings().iter();
        let peerings = peerings
            .filter(|(_, row)| (row.requester == vpc) != (row.accepter == vpc))
            .map(|(id, _)| Gate { spot: None, to: Thing::Peering(id), width: 1 });
        private
            .map(|thing| chip(thing, thing))
            .chain(attachments.map(|(id, row)| {
                chip(Thing::TransitGatewayAttachment(id), Thing::TransitGateway(row.gateway))
            }))
            .chain(peerings)
            .collect()
    }

    fn subnet(
        &self,
        id: SubnetId,
        inside: &[(crate::cloud::InterfaceId, &Interface)],
        targets: &[Spot],
    ) -> SubnetPlan {
        let network = self.network;
        let subnet = &network.subnets()[id];
        let name = cells(&subnet.name, NAME);
        if self.scale == Scale::Far {
            let width = name.max(10) + 5;
            let (items, crowd) = (Vec::new(), Vec::new());
            return SubnetPlan { id, items, crowd, width, height: 3, table: 0, acl: 0 };
        }
        let table = 2 + cells(&network.route_tables()[network.route_table_of(id)].name, 10);
        let acl = 2 + cells(&network.network_acls()[network.network_acl_of(id)].name, 10);
        let title = name + 1 + cells(&subnet.cidr.to_string(), 18) + 5;

        // Whatever only answers or sends in a grid; what wires lead to below it, each in a row of
        // its own, so that a wire can leave to the right.
        let (mut grid, mut alone) = (Vec::new(), Vec::new());
        for (interface, row) in inside {
            let spot = spot_of_interface(network, *interface);
            let wired = match spot {
                Spot::Thing(Thing::NatGateway(_)) => true,
                Spot::Thing(Thing::Interface(_)) => crate::app::canvas::is_part(row.kind),
                _ => false,
            };
            if wired { &mut alone } else { &mut grid }.push((spot, self.item(spot, row)));
        }
        for (attachment, row) in network.transit_gateway_attachments().iter() {
            if matches!(&row.of, AttachmentOf::Vpc { subnets, .. } if subnets.contains(&id)) {
                let width = 2 + cells(&row.name, NAME);
                alone.push((Spot::Landing(attachment, id), (width, 1)));
            }
        }
        let per_column = if self.scale == Scale::Near { 3 } else { 6 };
        let count = grid.len() as u32;
        let rows = per_column.max(count.div_ceil(3)).min(count.max(1));
        if count > rows {
            // A wire to an appliance must not run through its neighbours.
            let (wired, others): (Vec<_>, Vec<_>) =
                grid.into_iter().partition(|(spot, _)| targets.contains(spot));
            grid = others;
            alone.extend(wired);
        }
        let count = grid.len() as u32;
        let rows = per_column.max(count.div_ceil(3)).min(count.max(1));
        let mut items = Vec::new();
        let mut heights = vec![0; rows as usize];
        for (index, (_, (_, h))) in grid.iter().enumerate() {
            let height = &mut heights[index % rows as usize];
            *height = (*height).max(*h);
        }
        let (mut x, mut widest) = (2, 0);
        for column in grid.chunks(rows as usize) {
            let w = column.iter().map(|(_, (w, _))| *w).max().unwrap_or(0);
            let mut y = 1;
            for ((spot, (_, h)), height) in column.iter().zip(&heights) {
                items.push((*spot, Rect { x, y, w, h: *h }));
                y += height;
            }
            x += w + 2;
            widest = x;
        }
        let crowd =
            if count > rows { grid.iter().map(|(spot, _)| *spot).collect() } else { vec![] };
        let mut y = 1 + heights.iter().sum::<u32>();
        for (spot, (w, h)) in alone {
            items.push((spot, Rect { x: 2, y, w, h }));
            y += h;
            widest = widest.max(w + 5);
        }
        let height = y.max(2) + 1;
        let width = widest.max(title).max(table + acl + 6).max(16);
        SubnetPlan { id, items, crowd, width, height, table, acl }
    }

    /// The size of one thing inside a subnet.
    fn item(&self, spot: Spot, interface: &Interface) -> (u32, u32) {
        let name = cells(&name_of(self.network, spot), NAME);
        let address = interface.addresses.first().map_or(0, |a| cells(&a.to_string(), 18));
        let public = public_addresses(interface).map_or(0, |text| cells(&text, 19));
        match self.scale {
            Scale::Near => ((name + 2).max(2 + public.max(17)).max(address + 2) + 4, 5),
            _ => ((2 + name + 1 + address).max(4 + public), if public > 0 { 2 } else { 1 }),
        }
    }

    /// What routes lead to.
    fn targets(&self) -> Vec<Spot> {
        let tables = self.network.route_tables().iter();
        let mut targets: Vec<Spot> = tables
            .flat_map(|(_, table)| &table.routes)
            .filter_map(|route| match route.target {
                Target::Interface(id) => Some(spot_of_interface(self.network, id)),
                _ => None,
            })
            .collect();
        targets.sort();
        targets.dedup();
        targets
    }

    // -- places

    fn place_vpc(&mut self, plan: &VpcPlan, x: u32, y: u32, strip: Rect, strait: u32) -> Placed {
        let network = self.network;
        let vpc = &network.vpcs()[plan.id];
        let zones_top = y + 1 + plan.bus;
        let stack: u32 = plan.rows.iter().sum();
        let zone_height = if plan.columns.is_empty() { 1 } else { stack + 2 };
        let fence = Rect { x, y, w: plan.width(), h: 1 + plan.bus + zone_height + plan.under + 1 };

        let gateway = self.gateway_on(plan.id);
        let column = x + self.gateway_column(plan);
        let label = Rect { x: x + 2, y, w: vpc_title(network, plan.id), h: 1 };
        let outer = self.push(Spot::Thing(Thing::Vpc(plan.id)), fence, label, None, &vpc.name);
        let mut igw = None;
        if let Some(id) = gateway {
            let row = &network.internet_gateways()[id];
            let place = Rect { x: column, y, w: gateway_width(&row.name), h: 1 };
            let middle = self.gate(Thing::InternetGateway(id), place, outer, &row.name, strip);
            self.streets.down(middle, strait, y + 1);
            igw = Some((id, middle));
        }
        let mut out = Vec::new();
        for (id, place) in self.egress_gates(plan, x) {
            let name = &network.egress_only_gateways()[id].name;
            let thing = Thing::EgressOnlyGateway(id);
            let middle = self.gate(thing, Rect { y, ..place }, outer, name, strip);
            self.streets.down(middle, strait, y + 1);
            out.push((thing, middle));
        }

        // Zones and what is in them.
        let tops = tops(&plan.rows);
        let mut boxes: BTreeMap<SubnetId, Rect> = BTreeMap::new();
        let mut zone_x = x + 1;
        let lowest = fence.bottom() - 1;
        for (index, column) in plan.columns.iter().enumerate() {
            let zone = Rect { x: zone_x, y: zones_top, w: column.outer(), h: zone_height };
            let label = Rect { x: zone.x + LEFT, y: zone.y, w: column.width, h: 1 };
            let spot = Spot::Zone(plan.id, cell(index as u32));
            let zone_node = self.push(spot, zone, label, Some(outer), &column.zone.0);
            let left = zone.x + LEFT - 2;
            let right = zone.x + LEFT + column.width + 1;
            self.streets.down(left, y + 1, lowest);
            for lane in right..right + column.lanes {
                self.streets.down(lane, y + 1, lowest);
            }
            for (row, subnet) in column.subnets.iter().enumerate() {
                let place = Rect {
                    x: zone.x + LEFT,
                    y: zones_top + 1 + tops[row],
                    w: column.width,
                    h: subnet.height,
                };
                boxes.insert(subnet.id, place);
                let street = Street {
                    left: cell(left),
                    right: cell(right + column.lanes.max(1) - 1),
                    inner: (cell(place.x + 1), cell(place.y), cell(place.bottom())),
                };
                self.streets.subnet(subnet.id, street);
                self.place_subnet(subnet, place, zone_node);
            }
            zone_x += column.outer();
        }

        // Rails, and the rows of both buses.
        let (first, last) = (x + 1, fence.right() - 1);
        for row in 0..plan.bus {
            self.streets.across(y + 1 + row, first, last);
        }
        for row in 0..plan.under {
            self.streets.across(lowest - row, first, last);
        }
        for net in &plan.nets {
            if let Trunk::Rail { head: Some(spot), indent, .. } = net.trunk {
                let w = self.head_width(net) - indent;
                let x = x + 1 + LEFT + indent;
                let place = Rect { x, y: y + 1 + net.bus.unwrap_or(0), w, h: 1 };
                let name = name_of(network, spot);
                self.push(spot, place, place, Some(outer), &name);
            }
        }

        // Gates in the lower fence stand in even columns, what is below in odd ones: their wires
        // cross, and never run along each other.
        let lanes = plan.lanes(x);
        let mut gates = Vec::new();
        let mut gate_x = x + 3;
        for gate in &plan.gates {
            let place = Rect { x: gate_x, y: fence.bottom(), w: gate.width, h: 1 };
            let mut middle = (place.x + place.w / 2).next_multiple_of(2);
            while lanes.contains(&middle) || beside(middle, &lanes).is_none() {
                middle += 2;
            }
            let place = Rect { x: middle - place.w / 2, ..place };
            if let Some(spot) = gate.spot {
                let name = name_of(network, spot);
                self.push(spot, place, place, Some(outer), &name);
                self.streets.stop(spot, middle, place.y);
            }
            self.streets.down(middle, fence.bottom() - plan.under.max(1), fence.bottom() + 1);
            gates.push(middle);
            gate_x = place.x + place.w + 2;
        }

        let placed = Placed { fence, gates };
        self.lay(plan, &placed, &boxes, igw, &out);
        placed
    }

    /// A gate on the upper fence, and its wire to the internet. Answers its column.
    fn gate(&mut self, thing: Thing, place: Rect, outer: usize, name: &Name, strip: Rect) -> u32 {
        let spot = Spot::Thing(thing);
        self.push(spot, place, place, Some(outer), name);
        let middle = place.x + place.w / 2;
        self.streets.stop(spot, middle, place.y);
        let mut run = Run::default();
        run.down(middle, strip.bottom(), place.y - 1);
        run.arm(middle, place.y - 1, Arms { down: true, ..Arms::default() });
        self.wire(WireKind::Attachment(thing), Vec::new(), vec![spot, Spot::Internet], run);
        middle
    }

    /// Keeps a wire, if it is one.
    pub(super) fn wire(
        &mut self,
        kind: WireKind,
        subnets: Vec<SubnetId>,
        mut ends: Vec<Spot>,
        run: Run,
    ) {
        let cells = run.cells();
        ends.sort();
        ends.dedup();
        if cells.len() > 1 {
            self.wires.push(Wire { kind, subnets, ends, cells });
        }
    }

    fn place_subnet(&mut self, subnet: &SubnetPlan, place: Rect, zone: usize) {
        let network = self.network;
        let row = &network.subnets()[subnet.id];
        let spot = Spot::Thing(Thing::Subnet(subnet.id));
        let own = self.push(spot, place, title(place), Some(zone), &row.name);
        if self.scale == Scale::Far {
            return;
        }
        for (spot, item) in &subnet.items {
            let item = Rect { x: place.x + item.x, y: place.y + item.y, ..*item };
            let name = name_of(network, *spot);
            let label = if item.h > 2 { title(item) } else { item };
            self.push(*spot, item, label, Some(own), &name);
        }
        // Names get what they need when the box has the room, else what was kept for them.
        let table_name = &network.route_tables()[network.route_table_of(subnet.id)].name;
        let acl_name = &network.network_acls()[network.network_acl_of(subnet.id)].name;
        let (table, acl) = match (2 + cells(table_name, 24), 2 + cells(acl_name, 24)) {
            (table, acl) if table + acl + 6 <= place.w => (table, acl),
            (table, _) if table + subnet.acl + 6 <= place.w => (table, subnet.acl),
            _ => (subnet.table, subnet.acl),
        };
        let table = Rect { x: place.x + 2, y: place.bottom(), w: table, h: 1 };
        self.push(Spot::Table(subnet.id), table, table, Some(own), table_name);
        let acl = Rect { x: table.x + table.w + 2, y: place.bottom(), w: acl, h: 1 };
        self.push(Spot::Acl(subnet.id), acl, acl, Some(own), acl_name);
    }

    /// The subnet that something stands in, if it does.
    pub(super) fn home(&self, spot: Spot) -> Option<SubnetId> {
        home_of(self.network, spot)
    }
}

/// Where the great parts of the picture are.
pub(super) struct Field {
    /// The internet.
    pub(super) strip: Rect,
    /// The row in which packets cross from the strip to the gateways.
    pub(super) strait_row: u32,
    /// The row of the shelf's upper edge.
    pub(super) shelf: u32,
    /// Where the column of what is outside every VPC begins.
    pub(super) side_x: u32,
    /// The last VPC, by its place from the left.
    pub(super) last: usize,
}

impl VpcPlan<'_> {
    /// The columns of all lanes when it begins at `x`.
    pub(super) fn lanes(&self, x: u32) -> Vec<u32> {
        let mut lanes = Vec::new();
        let mut zone = x + 1;
        for column in &self.columns {
            lanes.push(zone + LEFT - 2);
            let right = zone + LEFT + column.width + 1;
            lanes.extend(right..right + column.lanes);
            zone += column.outer();
        }
        lanes
    }

    pub(super) fn width(&self) -> u32 {
        (self.columns.iter().map(Column::outer).sum::<u32>() + 2).max(self.fence + 2).max(24)
    }
}

/// Where each row of subnets begins, counted from the first.
pub(super) fn tops(rows: &[u32]) -> Vec<u32> {
    rows.iter()
        .scan(0, |y, height| {
            let top = *y;
            *y += height;
            Some(top)
        })
        .collect()
}

/// The width of all VPCs, with the least between them.
fn used(plans: &[VpcPlan]) -> u32 {
    plans.iter().map(VpcPlan::width).sum::<u32>() + 2 * (plans.len() as u32).max(1) - 2
}

/// Gives the zones what is left of the width.
fn stretch(plans: &mut [VpcPlan], room: u32) {
    let used = used(plans);
    let columns = plans.iter().map(|plan| plan.columns.len() as u32).sum::<u32>();
    let Some(each) = room.saturating_sub(used).checked_div(columns) else { return };
    for column in plans.iter_mut().flat_map(|plan| &mut plan.columns) {
        if column.width < WIDEST {
            column.width = (column.width + each).min(WIDEST);
        }
    }
}

/// The title row of a box, between its corners.
pub(super) fn title(place: Rect) -> Rect {
    Rect { x: place.x + 1, y: place.y, w: place.w.saturating_sub(2), h: 1 }
}

pub(super) fn gateway_width(name: &Name) -> u32 {
    cells(name, NAME) + 4
}

fn vpc_title(network: &Network, id: VpcId) -> u32 {
    let vpc = &network.vpcs()[id];
    let cidr = vpc.cidrs.first().map_or(0, |cidr| 1 + cells(&cidr.to_string(), 18));
    let more = if vpc.cidrs.len() > 1 { 3 } else { 0 };
    6 + cells(&vpc.name, NAME) + cidr + more
}
