//! Boxes: what each object needs, and the place that it gets.

use std::collections::BTreeMap;

use crate::{
    app::{
        Area,
        canvas::{
            Arms, Canvas, Node, Scale, Spot, Wire, WireKind, is_public, spot_of_interface,
            wire::{Net, Roads, Run, Street},
        },
    },
    cloud::{Interface, InternetGatewayId, Name, Network, SubnetId, Target, Thing, VpcId, Zone},
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
const NAME: u32 = 18;
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

fn cells(text: &str, most: u32) -> u32 {
    u32::try_from(width(text)).unwrap_or(most).min(most)
}

pub(super) struct Builder<'a> {
    pub(super) network: &'a Network,
    pub(super) scale: Scale,
    pub(super) nodes: Vec<Node>,
    pub(super) wires: Vec<Wire>,
    pub(super) roads: Roads,
}

/// A VPC before its place is known.
pub(super) struct VpcPlan<'a> {
    pub(super) id: VpcId,
    pub(super) columns: Vec<Column<'a>>,
    /// Heights of the rows of subnets, shared by all zones.
    pub(super) rows: Vec<u32>,
    /// Wires to NAT gateways and appliances, and which row of the bus each needs (if any).
    pub(super) nets: Vec<Net>,
    /// Rows between the fence and the zones.
    pub(super) bus: u32,
    /// Columns that the title and the gateway on the fence need.
    pub(super) fence: u32,
}

/// A zone before its place is known.
pub(super) struct Column<'a> {
    pub(super) zone: &'a Zone,
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
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) table: u32,
    pub(super) acl: u32,
}

impl<'a> Builder<'a> {
    fn new(network: &'a Network, scale: Scale) -> Self {
        Self { network, scale, nodes: Vec::new(), wires: Vec::new(), roads: Roads::default() }
    }

    fn build(mut self, room: u32) -> Canvas {
        let mut plans: Vec<_> = self.network.vpcs().iter().map(|(id, _)| self.plan(id)).collect();
        stretch(&mut plans, room);

        let vpcs_wide: u32 =
            plans.iter().map(VpcPlan::width).sum::<u32>() + 2 * (plans.len() as u32).max(1) - 2;
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
        let wanted = if one_row <= room { one_row } else { room / 2 };
        let wide = vpcs_wide.max(widest_host).max(wanted);

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
        let strip = Rect { x: 0, y: 0, w: wide, h: y + 2 };
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
        self.roads.strait = cell(strait_row);
        let top = strip.h + strait;
        let free = plans
            .iter()
            .scan(0, |x, plan| {
                let start = *x;
                *x += plan.width() + 2;
                Some((start, plan))
            })
            .find(|(_, plan)| self.gateway_on(plan.id).is_none())
            .map_or(wide / 2, |(x, plan)| x + self.gateway_column(plan));
        let mut x = free;
        let floating: Vec<_> =
            self.network.internet_gateways().iter().filter(|(_, g)| g.vpc.is_none()).collect();
        for (id, gateway) in floating {
            let w = gateway_width(&gateway.name);
            let place = Rect { x, y: strait_row, w, h: 1 };
            let spot = Spot::Thing(Thing::InternetGateway(id));
            self.roads.gateways.insert(id, (cell(x + w / 2), cell(strait_row)));
            self.push(spot, place, place, None, &gateway.name);
            x += w + 2;
        }

        // The VPCs.
        let mut x = 0;
        for plan in &plans {
            self.place_vpc(plan, x, top, strip);
            x += plan.width() + 2;
        }

        let right = self.nodes.iter().map(|n| n.area.x.saturating_add(n.area.width)).max();
        let bottom = self.nodes.iter().map(|n| n.area.y.saturating_add(n.area.height)).max();
        // Gateways that float beyond the edge widen the strip with them.
        let width = right.unwrap_or(0);
        self.nodes[outside].area.width = width;
        Canvas {
            scale: self.scale,
            width,
            height: bottom.unwrap_or(0),
            nodes: self.nodes,
            wires: self.wires,
            roads: self.roads,
        }
    }

    fn push(
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

    fn gateway_on(&self, vpc: VpcId) -> Option<InternetGatewayId> {
        let mut gateways = self.network.internet_gateways().iter();
        gateways.find(|(_, g)| g.vpc == Some(vpc)).map(|(id, _)| id)
    }

    /// Where the gateway sits on the fence: in the middle, or right of the title.
    fn gateway_column(&self, plan: &VpcPlan) -> u32 {
        let w = self.gateway_slot(plan.id);
        (plan.width().saturating_sub(w) / 2).max(vpc_title(self.network, plan.id) + 4)
    }

    /// The width of the gateway that is attached, or of the first one that could be.
    fn gateway_slot(&self, vpc: VpcId) -> u32 {
        let gateways = self.network.internet_gateways();
        let attached = gateways.iter().find(|(_, g)| g.vpc == Some(vpc));
        attached
            .or_else(|| gateways.iter().find(|(_, g)| g.vpc.is_none()))
            .map_or(0, |(_, gateway)| gateway_width(&gateway.name))
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
                let subnets: Vec<_> = ids.into_iter().map(|id| self.subnet(id)).collect();
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
        let (nets, bus) = self.nets(id, &mut columns, &rows);
        let slot = self.gateway_slot(id);
        let fence = vpc_title(network, id) + 4 + if slot == 0 { 2 } else { slot + 2 };
        VpcPlan { id, columns, rows, nets, bus, fence }
    }

    fn subnet(&self, id: SubnetId) -> SubnetPlan {
        let network = self.network;
        let subnet = &network.subnets()[id];
        let name = cells(&subnet.name, NAME);
        if self.scale == Scale::Far {
            let width = name.max(10) + 5;
            return SubnetPlan { id, items: Vec::new(), width, height: 3, table: 0, acl: 0 };
        }
        let table = 2 + cells(&network.route_tables()[network.route_table_of(id)].name, 10);
        let acl = 2 + cells(&network.network_acls()[network.network_acl_of(id)].name, 10);
        let title = name + 1 + cells(&subnet.cidr.to_string(), 18) + 5;

        // Instances and loose interfaces in a grid; NAT gateways and what routes lead to below
        // it, each in a row of its own, so that a wire can leave to the right.
        let (mut grid, mut alone) = (Vec::new(), Vec::new());
        for (interface, row) in network.interfaces().iter().filter(|(_, i)| i.subnet == id) {
            let spot = spot_of_interface(network, interface);
            let wired = matches!(spot, Spot::Thing(Thing::NatGateway(_)));
            if wired { &mut alone } else { &mut grid }.push((spot, self.item(spot, row)));
        }
        let per_column = if self.scale == Scale::Near { 3 } else { 6 };
        let count = grid.len() as u32;
        let rows = per_column.max(count.div_ceil(3)).min(count.max(1));
        if count > rows {
            // A wire to an appliance must not run through its neighbours.
            let (targets, others): (Vec<_>, Vec<_>) =
                grid.into_iter().partition(|(spot, _)| self.is_target(*spot));
            grid = others;
            alone.extend(targets);
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
        let mut y = 1 + heights.iter().sum::<u32>();
        for (spot, (w, h)) in alone {
            items.push((spot, Rect { x: 2, y, w, h }));
            y += h;
            widest = widest.max(w + 5);
        }
        let height = y.max(2) + 1;
        let width = widest.max(title).max(table + acl + 6).max(16);
        SubnetPlan { id, items, width, height, table, acl }
    }

    /// The size of one thing inside a subnet.
    fn item(&self, spot: Spot, interface: &Interface) -> (u32, u32) {
        let name = match spot {
            Spot::Thing(thing) => self.network.name(thing),
            _ => None,
        };
        let name = name.map_or(0, |name| cells(name, NAME));
        let address = interface.addresses.first().map_or(0, |a| cells(&a.to_string(), 18));
        let public = interface.public_address.map_or(0, |p| cells(&p.address.to_string(), 15));
        match self.scale {
            Scale::Near => ((name + 2).max(2 + public.max(17)).max(address + 2) + 4, 5),
            _ => ((2 + name + 1 + address).max(4 + public), if public > 0 { 2 } else { 1 }),
        }
    }

    /// Does a route lead to it?
    fn is_target(&self, spot: Spot) -> bool {
        self.network.route_tables().iter().any(|(_, table)| {
            table.routes.iter().any(|route| match route.target {
                Target::Interface(id) => spot_of_interface(self.network, id) == spot,
                _ => false,
            })
        })
    }

    // -- places

    fn place_vpc(&mut self, plan: &VpcPlan, x: u32, y: u32, strip: Rect) {
        let network = self.network;
        let vpc = &network.vpcs()[plan.id];
        let zones_top = y + 1 + plan.bus;
        let stack: u32 = plan.rows.iter().sum();
        let zone_height = if plan.columns.is_empty() { 1 } else { stack + 2 };
        let fence = Rect { x, y, w: plan.width(), h: 1 + plan.bus + zone_height + 1 };

        let gateway = self.gateway_on(plan.id);
        let column = x + self.gateway_column(plan);
        let title = Rect { x: x + 2, y, w: vpc_title(network, plan.id), h: 1 };
        let outer = self.push(Spot::Thing(Thing::Vpc(plan.id)), fence, title, None, &vpc.name);
        let mut igw = None;
        if let Some(id) = gateway {
            let row = &network.internet_gateways()[id];
            let place = Rect { x: column, y, w: gateway_width(&row.name), h: 1 };
            let spot = Spot::Thing(Thing::InternetGateway(id));
            self.push(spot, place, place, Some(outer), &row.name);
            let middle = column + place.w / 2;
            self.roads.gateways.insert(id, (cell(middle), cell(y + 1)));
            igw = Some((id, middle));
            let mut run = Run::default();
            run.down(middle, strip.bottom(), y - 1);
            run.arm(middle, y - 1, Arms { down: true, ..Arms::default() });
            self.wires.push(Wire {
                kind: WireKind::Attachment(id),
                subnets: Vec::new(),
                cells: run.cells(),
            });
        }

        // Zones and what is in them.
        let tops = tops(&plan.rows);
        let mut boxes: BTreeMap<SubnetId, Rect> = BTreeMap::new();
        let mut zone_x = x + 1;
        for (index, column) in plan.columns.iter().enumerate() {
            let zone = Rect { x: zone_x, y: zones_top, w: column.outer(), h: zone_height };
            let label = Rect { x: zone.x + LEFT, y: zone.y, w: column.width, h: 1 };
            let spot = Spot::Zone(plan.id, cell(index as u32));
            let zone_node = self.push(spot, zone, label, Some(outer), &column.zone.0);
            for (row, subnet) in column.subnets.iter().enumerate() {
                let place = Rect {
                    x: zone.x + LEFT,
                    y: zones_top + 1 + tops[row],
                    w: column.width,
                    h: subnet.height,
                };
                boxes.insert(subnet.id, place);
                let (lane, bus) = (cell(zone.x + LEFT - 2), cell(y + 1));
                let street = Street { lane, bus, inner: cell(place.x + 1) };
                self.roads.subnets.insert(subnet.id, street);
                self.place_subnet(subnet, place, zone_node);
            }
            zone_x += column.outer();
        }

        self.lay(plan, x, y, &boxes, igw);
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
            let name = match spot {
                Spot::Thing(thing) => network.name(*thing).cloned(),
                _ => None,
            };
            let label = if self.scale == Scale::Near { title(item) } else { item };
            self.push(*spot, item, label, Some(own), &name.unwrap_or_else(|| Name::from("")));
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
}

impl VpcPlan<'_> {
    fn width(&self) -> u32 {
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

/// Gives the zones what is left of the width.
fn stretch(plans: &mut [VpcPlan], room: u32) {
    let used = plans.iter().map(VpcPlan::width).sum::<u32>() + 2 * (plans.len() as u32).max(1) - 2;
    let columns = plans.iter().map(|plan| plan.columns.len() as u32).sum::<u32>();
    let Some(each) = room.saturating_sub(used).checked_div(columns) else { return };
    for column in plans.iter_mut().flat_map(|plan| &mut plan.columns) {
        if column.width < WIDEST {
            column.width = (column.width + each).min(WIDEST);
        }
    }
}

/// The title row of a box, between its corners.
fn title(place: Rect) -> Rect {
    Rect { x: place.x + 1, y: place.y, w: place.w.saturating_sub(2), h: 1 }
}

fn gateway_width(name: &Name) -> u32 {
    cells(name, NAME) + 4
}

fn vpc_title(network: &Network, id: VpcId) -> u32 {
    let vpc = &network.vpcs()[id];
    let cidr = vpc.cidrs.first().map_or(0, |cidr| 1 + cells(&cidr.to_string(), 18));
    let more = if vpc.cidrs.len() > 1 { 3 } else { 0 };
    6 + cells(&vpc.name, NAME) + cidr + more
}
