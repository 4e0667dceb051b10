//! What is outside every VPC: the column at the right (AWS's edge above, the services of the Region
//! below it), and what connects private networks underneath: peerings, transit gateways, lines, and
//! the networks on premises.
//!
//! Wires run in rows of the strait above the fences, in lanes of the corridors beside them, and in
//! rows below. Below, what comes from above stands in even columns and what goes down in odd ones,
//! so wires cross and never cover each other.

use std::collections::BTreeMap;

use crate::{
    app::canvas::{
        Arms, Scale, Spot, WireKind, head_detail,
        layout::{Builder, Field, NAME, Placed, Rect, VpcPlan, cells, gateway_width, title},
        name_of,
        wire::Run,
    },
    cloud::{
        ApiKind, AttachmentOf, CdnOrigin, EndpointTo, HostId, Integration, InternetGatewayId, Link,
        LinkEnd, LoadBalancerId, Name, Network, Registered, Thing, TransitGatewayId, VpcId,
        VpnSide,
    },
};

/// Cells kept for the titles of the boxes outside.
const TITLE: u32 = 22;

/// Before rows are known, those of the edge are counted from here below 0, those of the shelf from
/// here; the rows of the strait come half way down, the rails of VPCs at their own numbers.
const EDGE: i64 = 20_000;
const SHELF: i64 = 20_000;

// -- the column at the right

/// What stands in the column at the right.
pub(super) struct Side {
    /// At AWS's edge: each with its width.
    pub(super) edge: Vec<(Spot, u32)>,
    /// In the Region, outside every VPC.
    shelf: Vec<(Spot, u32)>,
    /// Rows for one of them.
    step: u32,
    /// The widest name.
    name: u32,
}

impl Side {
    pub(super) fn plan(network: &Network, scale: Scale) -> Self {
        let (mut edge, mut shelf) = (Vec::new(), Vec::new());
        let mut longest = 0;
        let mut put = |list: &mut Vec<(Spot, u32)>, thing: Thing| {
            let spot = Spot::Thing(thing);
            let detail = match scale {
                Scale::Far => 0,
                _ => cells(&head_detail(network, spot), NAME + 6),
            };
            let name = 2 + cells(&name_of(network, spot), NAME);
            longest = longest.max(name);
            list.push((spot, name + detail + u32::from(detail > 0)));
        };
        for (id, _) in network.distributions().iter() {
            put(&mut edge, Thing::Distribution(id));
        }
        for (id, row) in network.apis().iter() {
            let list = if row.kind == ApiKind::Edge { &mut edge } else { &mut shelf };
            put(list, Thing::Api(id));
        }
        for (id, _) in network.services().iter() {
            put(&mut shelf, Thing::Service(id));
        }
        for (id, _) in network.endpoint_services().iter() {
            put(&mut shelf, Thing::EndpointService(id));
        }
        for (id, _) in network.functions().iter() {
            put(&mut shelf, Thing::Function(id));
        }
        Self { edge, shelf, step: if scale == Scale::Near { 2 } else { 1 }, name: longest }
    }

    /// Narrower by so many columns, where that can be: what stands behind names is cut then. Not
    /// where one looks closely, and not where it would not suffice.
    pub(super) fn tighten(&mut self, by: u32) {
        let Some(most) = self.width().checked_sub(by + 4) else { return };
        if by == 0 || self.step > 1 || most < self.name.max(TITLE) {
            return;
        }
        for (_, width) in self.edge.iter_mut().chain(&mut self.shelf) {
            *width = (*width).min(most);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edge.is_empty() && self.shelf.is_empty()
    }

    /// The width of the column.
    pub(super) fn width(&self) -> u32 {
        let widest = self.edge.iter().chain(&self.shelf).map(|(_, width)| *width).max();
        widest.map_or(0, |widest| widest.max(TITLE) + 4)
    }

    pub(super) fn edge_height(&self) -> u32 {
        if self.edge.is_empty() { 0 } else { self.edge.len() as u32 + 2 }
    }

    /// The row of something: less than 0 at the edge, far below the rails on the shelf.
    fn row(&self, spot: Spot) -> Option<i64> {
        let at = |list: &[(Spot, u32)]| {
            let index = list.iter().position(|(it, _)| *it == spot)?;
            i64::try_from(index).ok()
        };
        if let Some(index) = at(&self.edge) {
            return Some(index - EDGE);
        }
        at(&self.shelf).map(|index| SHELF + index * i64::from(self.step))
    }
}

/// A wire above and beside the VPCs.
struct Outer {
    kind: WireKind,
    /// Rails of VPCs that go on outside: the VPC by its place, and the rail's row.
    exits: Vec<(usize, u32)>,
    /// What stands in the column at the right.
    items: Vec<Spot>,
    gateways: Vec<InternetGatewayId>,
    hosts: Vec<HostId>,
    /// Its row in the strait, if it needs one.
    row: Option<u32>,
    /// Its lane in each corridor.
    lanes: BTreeMap<usize, u32>,
}

/// All wires above and beside the VPCs.
#[derive(Default)]
pub(super) struct Upper {
    outers: Vec<Outer>,
    /// How many lanes each corridor has.
    lanes: Vec<u32>,
    rows: u32,
    beside: bool,
}

impl Upper {
    pub(super) fn plan(network: &Network, plans: &[VpcPlan], side: &Side) -> Self {
        let last = plans.len().saturating_sub(1);
        let mut outers = outers(network, plans, side);
        let mut rows = 0;
        for outer in &mut outers {
            let away = outer.exits.iter().any(|(vpc, _)| *vpc != last);
            if away || !outer.gateways.is_empty() || !outer.hosts.is_empty() {
                outer.row = Some(rows);
                rows += 1;
            }
        }
        let mut taken: Vec<Vec<Vec<(i64, i64)>>> = vec![Vec::new(); last + 1];
        for outer in &mut outers {
            let mut ys: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
            for (vpc, row) in &outer.exits {
                ys.entry(*vpc).or_default().push(i64::from(1 + row));
            }
            for row in outer.items.iter().filter_map(|spot| side.row(*spot)) {
                ys.entry(last).or_default().push(row);
            }
            for (corridor, mut ys) in ys {
                ys.extend(outer.row.map(|row| i64::from(row) - EDGE / 2));
                let (low, high) = (*ys.iter().min().unwrap(), *ys.iter().max().unwrap());
                let lanes = &mut taken[corridor];
                let free = lanes
                    .iter()
                    .position(|lane| lane.iter().all(|(l, h)| high < *l || low > *h))
                    .unwrap_or_else(|| {
                        lanes.push(Vec::new());
                        lanes.len() - 1
                    });
                lanes[free].push((low, high));
                outer.lanes.insert(corridor, free as u32);
            }
        }
        let lanes = taken.iter().map(|lanes| lanes.len() as u32).collect();
        Self { outers, lanes, rows, beside: !side.is_empty() }
    }

    /// How many rows of the strait wires take.
    pub(super) fn rows(&self) -> u32 {
        self.rows
    }

    fn lanes_in(&self, corridor: usize) -> u32 {
        self.lanes.get(corridor).copied().unwrap_or(0)
    }

    /// The width of the corridor behind a VPC.
    pub(super) fn corridor(&self, index: usize) -> u32 {
        let last = index + 1 >= self.lanes.len();
        match (self.lanes_in(index), last) {
            (_, true) if !self.beside => 0,
            (lanes, true) => lanes.max(1) + 2,
            (0, false) => 2,
            (lanes, false) => lanes + 2,
        }
    }

    /// How much more than usual all corridors take.
    pub(super) fn width(&self) -> u32 {
        let gaps = 2 * (self.lanes.len() as u32).saturating_sub(1);
        (0..self.lanes.len()).map(|index| self.corridor(index)).sum::<u32>().saturating_sub(gaps)
    }

    /// Do wires come down from hosts?
    pub(super) fn hosts(&self) -> impl Iterator<Item = HostId> {
        self.outers.iter().flat_map(|outer| outer.hosts.iter().copied())
    }
}

/// Which wires there are above and beside the VPCs.
fn outers(network: &Network, plans: &[VpcPlan], side: &Side) -> Vec<Outer> {
    let mut outers: Vec<Outer> = Vec::new();
    let empty = |kind| Outer {
        kind,
        exits: Vec::new(),
        items: Vec::new(),
        gateways: Vec::new(),
        hosts: Vec::new(),
        row: None,
        lanes: BTreeMap::new(),
    };
    for (index, plan) in plans.iter().enumerate() {
        for net in plan.nets.iter().filter(|net| net.exits()) {
            let Some(row) = net.bus else { continue };
            let (kind, items, hosts) = match net.kind {
                WireKind::Targets(id) => {
                    let targets = network.target_groups()[id].targets.iter();
                    let functions = targets.filter_map(|it| match it.target {
                        Registered::Function(id) => Some(Spot::Thing(Thing::Function(id))),
                        _ => None,
                    });
                    (net.kind, functions.collect(), Vec::new())
                }
                WireKind::Part(thing) | WireKind::Route(thing) => {
                    let (items, hosts) = behind(network, thing);
                    (WireKind::Line(thing), items, hosts)
                }
                _ => continue,
            };
            match outers.iter_mut().find(|outer| outer.kind == kind) {
                Some(outer) => outer.exits.push((index, row)),
                None => {
                    outers.push(Outer { exits: vec![(index, row)], items, hosts, ..empty(kind) });
                }
            }
        }
    }
    let gateway_of = |vpc: VpcId| network.internet_gateway_of(vpc).into_iter().collect::<Vec<_>>();
    let balancer = |id: LoadBalancerId| {
        network.load_balancers().get(id).map_or_else(Vec::new, |row| gateway_of(row.vpc))
    };
    for (id, row) in network.apis().iter() {
        let thing = Thing::Api(id);
        let (mut items, mut gateways, mut hosts) = (vec![Spot::Thing(thing)], vec![], vec![]);
        match &row.integration {
            Integration::Function(to) => items.push(Spot::Thing(Thing::Function(*to))),
            Integration::PublicBalancer(to) => gateways = balancer(*to),
            Integration::PublicHost(to) => hosts.push(*to),
            Integration::Mock | Integration::VpcLink { .. } => continue,
        }
        outers.push(Outer { items, gateways, hosts, ..empty(WireKind::Line(thing)) });
    }
    for (id, row) in network.distributions().iter() {
        let thing = Thing::Distribution(id);
        let (mut items, mut gateways, mut hosts) = (vec![Spot::Thing(thing)], vec![], vec![]);
        match row.origin {
            CdnOrigin::PublicBalancer(to) => gateways = balancer(to),
            CdnOrigin::PublicInterface(to) if network.interfaces().get(to).is_some() => {
                gateways = gateway_of(network.vpc_of(to));
            }
            CdnOrigin::Host(to) => hosts.push(to),
            CdnOrigin::Bucket { service, .. } => items.push(Spot::Thing(Thing::Service(service))),
            _ => continue,
        }
        outers.push(Outer { items, gateways, hosts, ..empty(WireKind::Line(thing)) });
    }
    for outer in &mut outers {
        outer.items.retain(|spot| side.row(*spot).is_some());
        outer.hosts.retain(|host| network.hosts().get(*host).is_some());
        // Two gateways, hosts or doors alone are no wire of this kind.
    }
    outers.retain(|outer| {
        let ends = outer.exits.len() + outer.items.len() + outer.gateways.len() + outer.hosts.len();
        ends > 1 && outer.exits.len() < ends
    });
    outers
}

/// What stands outside behind a door of a VPC.
pub(super) fn behind(network: &Network, thing: Thing) -> (Vec<Spot>, Vec<HostId>) {
    let one = |thing: Thing| (vec![Spot::Thing(thing)], Vec::new());
    match thing {
        Thing::InterfaceEndpoint(id) => match network.interface_endpoints()[id].to {
            EndpointTo::Service(to) => one(Thing::Service(to)),
            EndpointTo::Offered(to) => one(Thing::EndpointService(to)),
        },
        Thing::GatewayEndpoint(id) => {
            let Some(list) = network.prefix_lists().get(network.gateway_endpoints()[id].list)
            else {
                return (Vec::new(), Vec::new());
            };
            let services = network.services().iter();
            let services: Vec<Spot> = services
                .filter(|(_, row)| row.ranges.iter().any(|it| list.contains(it.first())))
                .map(|(id, _)| Spot::Thing(Thing::Service(id)))
                .collect();
            if !services.is_empty() {
                return (services, Vec::new());
            }
            let hosts = network.hosts().iter();
            let hosts = hosts.filter(|(_, row)| list.contains(row.address)).map(|(id, _)| id);
            (Vec::new(), hosts.collect())
        }
        other => one(other),
    }
}

impl Builder<'_> {
    pub(super) fn place_side(&mut self, side: &Side, upper: &Upper, field: &Field) {
        let width = side.width();
        let x = field.side_x;
        let mut lowest = field.strait_row;
        if !side.edge.is_empty() {
            let place = Rect { x, y: 0, w: width, h: field.strip.h };
            let own = self.push(Spot::Edge, place, title(place), None, &Name::from(""));
            for ((spot, w), y) in side.edge.iter().zip(1..) {
                self.put(*spot, Rect { x: x + 2, y, w: *w, h: 1 }, own);
                self.streets.across(y, x - 2, x + 2);
            }
        }
        if !side.shelf.is_empty() {
            let h = side.shelf.len() as u32 * side.step + 2;
            let place = Rect { x, y: field.shelf, w: width, h };
            let own = self.push(Spot::Shelf, place, title(place), None, &Name::from(""));
            for ((spot, w), index) in side.shelf.iter().zip(0..) {
                let y = field.shelf + 1 + index * side.step;
                self.put(*spot, Rect { x: x + 2, y, w: *w, h: side.step }, own);
                self.streets.across(y, x - 2, x + 2);
            }
            lowest = place.bottom();
        }
        if !side.is_empty() {
            let highest = if side.edge.is_empty() { field.strait_row } else { 1 };
            let lanes = upper.lanes_in(field.last).max(1);
            for lane in x - 1 - lanes..x - 1 {
                self.streets.down(lane, highest, lowest);
            }
            for y in (1..field.strip.bottom()).chain(field.shelf..=lowest) {
                // Every lane reaches every stub.
                self.streets.across(y, x - 1 - lanes, x - 2);
            }
        }
    }

    fn put(&mut self, spot: Spot, place: Rect, inside: usize) {
        let name = name_of(self.network, spot);
        self.push(spot, place, place, Some(inside), &name);
    }

    pub(super) fn lay_upper(
        &mut self,
        upper: &Upper,
        plans: &[VpcPlan],
        placed: &[Placed],
        side: &Side,
        field: &Field,
    ) {
        let last = field.last;
        let lane_x = |corridor: usize, lane: u32| {
            if corridor == last && !side.is_empty() {
                field.side_x - 1 - upper.lanes_in(last) + lane
            } else {
                placed[corridor].fence.right() + 1 + lane
            }
        };
        let mut all = Vec::new();
        for (corridor, vpc) in placed.iter().enumerate() {
            for lane in 0..upper.lanes_in(corridor) {
                let x = lane_x(corridor, lane);
                all.push(x);
                self.streets.down(x, field.strait_row, vpc.fence.bottom());
            }
        }
        for row in 1..=upper.rows {
            let right = field.side_x.saturating_sub(2);
            self.streets.across(field.strait_row + row, 0, right);
        }
        for outer in &upper.outers {
            let mut run = Run::default();
            let mut about = Vec::new();
            let row = outer.row.map(|row| field.strait_row + 1 + row);
            let mut ys: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
            for (vpc, bus) in &outer.exits {
                let Some(lane) = outer.lanes.get(vpc) else { continue };
                let (fence, y) = (placed[*vpc].fence, placed[*vpc].fence.y + 1 + bus);
                run.across(y, fence.right(), lane_x(*vpc, *lane));
                self.streets.across(y, fence.right(), lane_x(*vpc, *lane));
                ys.entry(*vpc).or_default().push(y);
                about.push(Spot::Thing(Thing::Vpc(plans[*vpc].id)));
            }
            for spot in &outer.items {
                let (Some(lane), Some(at)) = (outer.lanes.get(&last), side.row(*spot)) else {
                    continue;
                };
                let y = if at < 0 {
                    u32::try_from(at + EDGE + 1).unwrap_or(1)
                } else {
                    field.shelf + 1 + u32::try_from(at - SHELF).unwrap_or(0)
                };
                run.across(y, lane_x(last, *lane), field.side_x);
                ys.entry(last).or_default().push(y);
                about.push(*spot);
            }
            let mut columns = Vec::new();
            for (corridor, mut ys) in ys {
                ys.extend(row);
                let x = lane_x(corridor, outer.lanes[&corridor]);
                let (low, high) = (*ys.iter().min().unwrap(), *ys.iter().max().unwrap());
                run.down(x, low, high);
                columns.push(x);
            }
            for id in &outer.gateways {
                let spot = Spot::Thing(Thing::InternetGateway(*id));
                if let Some((x, _)) = self.streets.stop_at(spot) {
                    columns.push(x);
                    about.push(spot);
                }
            }
            for id in &outer.hosts {
                let node = self.nodes.iter().find(|it| it.spot == Spot::Thing(Thing::Host(*id)));
                let (Some(node), Some(row)) = (node, row) else { continue };
                let x = self.clear_of_wires(u32::from(node.label.x), &all);
                run.down(x, field.strip.bottom(), row);
                columns.push(x);
                about.extend([Spot::Internet, Spot::Thing(Thing::Host(*id))]);
            }
            if let (Some(row), Some(low), Some(high)) =
                (row, columns.iter().min(), columns.iter().max())
            {
                run.across(row, *low, *high);
            }
            self.wire(outer.kind, Vec::new(), about, run);
        }
    }

    /// A column near this one in which no gateway's wire and no lane runs.
    fn clear_of_wires(&self, x: u32, lanes: &[u32]) -> u32 {
        let gateways = self
            .wires
            .iter()
            .filter(|wire| matches!(wire.kind, WireKind::Attachment(_)))
            .filter_map(|wire| wire.cells.first().map(|(x, ..)| u32::from(*x)));
        let taken: Vec<u32> = gateways.chain(lanes.iter().copied()).collect();
        let most = x + taken.len() as u32;
        (x..=most).find(|x| !taken.contains(x)).unwrap_or(x)
    }
}

// -- underneath

/// Something that stands underneath, between the VPCs and the networks on premises.
struct Hub {
    spot: Spot,
    /// What is listed in its box; none for what is one line.
    lines: Vec<Spot>,
    place: Rect,
    /// How many wires come from above, and leave below.
    ports: (u32, u32),
}

impl Hub {
    /// The column of the next wire from above, or below.
    fn port(&mut self, above: bool) -> u32 {
        let port = if above { &mut self.ports.0 } else { &mut self.ports.1 };
        *port += 1;
        self.place.x + if self.place.h > 1 { 2 } else { 0 } + 2 * (*port - 1)
    }
}

/// A wire between gates and hubs.
struct Under {
    kind: WireKind,
    /// Gates: the VPC by its place, and the gate by its own.
    gates: Vec<(usize, usize)>,
    hubs: Vec<Thing>,
}

impl Builder<'_> {
    /// Places everything underneath, from the first free row.
    pub(super) fn place_under(&mut self, plans: &[VpcPlan], placed: &[Placed], first: u32) {
        let network = self.network;
        let mut hubs = self.hubs();
        if hubs.is_empty() && network.on_premises().is_empty() {
            return;
        }
        let nets = self.unders(plans);
        let links = links(network);

        // Ports decide how wide each is, and what it is wired to where it would stand best.
        let count = |thing: Thing| nets.iter().filter(|net| net.hubs.contains(&thing)).count();
        let mut wanted = Vec::new();
        for hub in &mut hubs {
            let Spot::Thing(thing) = hub.spot else { continue };
            let below = links.iter().filter(|(from, ..)| *from == thing).count();
            hub.place.w = hub.place.w.max(2 * count(thing).max(below) as u32 + 3);
            let mine = nets.iter().filter(|net| net.hubs.contains(&thing));
            let columns: Vec<u32> = mine
                .flat_map(|net| &net.gates)
                .map(|(vpc, gate)| placed[*vpc].gates[*gate])
                .collect();
            let mean = columns.iter().sum::<u32>().checked_div(columns.len() as u32);
            wanted.push(mean.map_or(u32::MAX, |mean| mean.saturating_sub(hub.place.w / 2)));
        }
        let mut order: Vec<usize> = (0..hubs.len()).collect();
        order.sort_by_key(|index| wanted[*index]);
        let mut x = 3;
        for index in order {
            let hub = &mut hubs[index];
            let best = if wanted[index] == u32::MAX { x } else { wanted[index].max(x) };
            hub.place.x = best | 1;
            x = hub.place.x + hub.place.w + 3;
        }

        // The columns of each wire, and the row that it gets.
        let mut ports: Vec<Vec<u32>> = Vec::new();
        let mut rows: Vec<Vec<(u32, u32)>> = Vec::new();
        let mut row_of = Vec::new();
        for net in &nets {
            let mut columns: Vec<u32> =
                net.gates.iter().map(|(vpc, gate)| placed[*vpc].gates[*gate]).collect();
            for thing in &net.hubs {
                let hub = hubs.iter_mut().find(|hub| hub.spot == Spot::Thing(*thing));
                columns.extend(hub.map(|hub| hub.port(true)));
            }
            row_of.push(free_row(&mut rows, &columns));
            ports.push(columns);
        }
        let top = first + (rows.len() as u32).max(1);
        for ((net, columns), row) in nets.iter().zip(&ports).zip(&row_of) {
            if columns.len() < 2 {
                continue;
            }
            let (mut run, mut about) = (Run::default(), Vec::new());
            let y = first + row;
            for ((vpc, gate), x) in net.gates.iter().zip(columns) {
                let fence = placed[*vpc].fence;
                let from = if let Some(spot) = plans[*vpc].gates[*gate].spot {
                    about.push(spot);
                    run.arm(*x, fence.bottom() + 1, Arms { up: true, ..Arms::default() });
                    fence.bottom() + 1
                } else {
                    about.push(Spot::Thing(Thing::Vpc(plans[*vpc].id)));
                    fence.bottom()
                };
                run.down(*x, from, y);
                self.streets.down(*x, from, y);
            }
            for x in &columns[net.gates.len()..] {
                run.down(*x, y, top - 1);
                run.arm(*x, top - 1, Arms { down: true, ..Arms::default() });
                self.streets.down(*x, y, top);
            }
            about.extend(net.hubs.iter().map(|thing| Spot::Thing(*thing)));
            let (low, high) = (columns.iter().min().unwrap(), columns.iter().max().unwrap());
            run.across(y, *low, *high);
            self.wire(net.kind, Vec::new(), about, run);
        }

        // The hubs themselves.
        let tallest = hubs.iter().map(|hub| hub.place.h).max().unwrap_or(0);
        let mut widest = x;
        for hub in &mut hubs {
            hub.place.y = top;
            let name = name_of(network, hub.spot);
            let label = if hub.place.h > 1 { title(hub.place) } else { hub.place };
            let own = self.push(hub.spot, hub.place, label, None, &name);
            for (spot, y) in hub.lines.iter().zip(top + 1..) {
                let w = hub.place.w.saturating_sub(4);
                self.put(*spot, Rect { x: hub.place.x + 2, y, w, h: 1 }, own);
            }
            let door = hub.place.x + if hub.place.h > 1 { 2 } else { 0 };
            self.streets.across(top, hub.place.x, door);
            self.streets.down(door, first, hub.place.bottom());
        }

        // Lines to the networks on premises.
        let below = top + tallest;
        let slots = self.slots(&links);
        let mut rows: Vec<Vec<(u32, u32)>> = Vec::new();
        let mut drawn = Vec::new();
        for (from, kind, to) in &links {
            let hub = hubs.iter_mut().find(|hub| hub.spot == Spot::Thing(*from));
            let Some((hub, x)) = hub.zip(slots.columns.get(&(*to, *kind))) else { continue };
            let port = hub.port(false);
            let row = free_row(&mut rows, &[port, *x]);
            drawn.push((*kind, *from, *to, (port, hub.place.bottom() + 1), *x, row));
        }
        let bottom = below + (rows.len() as u32).max(1);
        for (kind, from, to, (port, start), x, row) in drawn {
            let mut run = Run::default();
            let y = below + row;
            run.arm(port, start, Arms { up: true, ..Arms::default() });
            run.down(port, start, y);
            run.across(y, port, x);
            run.down(x, y, bottom - 1);
            run.arm(x, bottom - 1, Arms { down: true, ..Arms::default() });
            self.streets.down(port, top, y);
            self.streets.down(x, y, bottom);
            self.wire(kind, Vec::new(), vec![Spot::Thing(from), Spot::Thing(to)], run);
        }
        widest = widest.max(placed.iter().map(|it| it.fence.right() + 1).max().unwrap_or(0));
        for row in first..top {
            self.streets.across(row, 0, widest);
        }
        if network.on_premises().is_empty() {
            return;
        }
        for row in below..bottom {
            self.streets.across(row, 0, widest.max(slots.width));
        }
        for hub in &hubs {
            let door = hub.place.x + if hub.place.h > 1 { 2 } else { 0 };
            self.streets.down(door, hub.place.bottom(), bottom - 1);
        }
        if hubs.is_empty() {
            self.streets.down(0, first, bottom);
        }
        let strip = Rect { x: 0, y: bottom, w: slots.width.max(widest), h: 3 };
        let label = Rect { w: TITLE.min(strip.w - 2), ..title(strip) };
        let own = self.push(Spot::Premises, strip, label, None, &Name::from(""));
        for (spot, place) in slots.places {
            let place = Rect { y: bottom + place.y, ..place };
            let middle = place.x + place.w / 2;
            self.put(spot, place, own);
            if place.y == bottom {
                self.streets.stop(spot, middle, bottom);
                self.streets.down(middle, below, bottom + 1);
            } else {
                // In by the lines, if there are any.
                let Spot::Thing(thing) = spot else { continue };
                let own = links.iter().filter(|(_, _, to)| ends_at(network, *to, thing));
                let columns: Vec<u32> = own
                    .filter_map(|(_, kind, to)| slots.columns.get(&(*to, *kind)))
                    .copied()
                    .collect();
                for column in columns.iter().copied().chain(columns.is_empty().then_some(place.x)) {
                    self.streets.down(column, below, place.y);
                    self.streets.across(place.y, place.x, column.max(place.x + place.w));
                }
            }
        }
    }

    /// What stands underneath, without places.
    fn hubs(&self) -> Vec<Hub> {
        let network = self.network;
        let chip = |thing: Thing| {
            let spot = Spot::Thing(thing);
            let width = 2 + cells(&name_of(network, spot), NAME);
            let place = Rect { x: 0, y: 0, w: width, h: 1 };
            Hub { spot, lines: Vec::new(), place, ports: (0, 0) }
        };
        let mut hubs: Vec<Hub> = Vec::new();
        let private = network.virtual_private_gateways().iter();
        let loose = private.filter(|(_, row)| row.vpc.is_none());
        hubs.extend(loose.map(|(id, _)| chip(Thing::VirtualPrivateGateway(id))));
        hubs.extend(network.peerings().iter().map(|(id, _)| chip(Thing::Peering(id))));
        for (id, row) in network.transit_gateways().iter() {
            let tables = network.transit_gateway_route_tables().iter();
            let tables = tables
                .filter(|(_, table)| table.gateway == id)
                .map(|(table, _)| Thing::TransitGatewayRouteTable(table));
            let attachments = network.transit_gateway_attachments().iter();
            let attachments = attachments
                .filter(|(_, it)| it.gateway == id && !matches!(it.of, AttachmentOf::Vpc { .. }))
                .map(|(attachment, _)| Thing::TransitGatewayAttachment(attachment));
            let lines: Vec<Spot> = tables.chain(attachments).map(Spot::Thing).collect();
            let widths = lines.iter().map(|spot| 2 + cells(&name_of(network, *spot), NAME));
            let width = widths.max().unwrap_or(0).max(4 + cells(&row.name, NAME)) + 4;
            let place = Rect { x: 0, y: 0, w: width, h: lines.len() as u32 + 2 };
            let spot = Spot::Thing(Thing::TransitGateway(id));
            hubs.push(Hub { spot, lines, place, ports: (0, 0) });
        }
        hubs.extend(network.vpn_connections().iter().map(|(id, _)| chip(Thing::VpnConnection(id))));
        let direct = network.direct_connect_gateways().iter();
        hubs.extend(direct.map(|(id, _)| chip(Thing::DirectConnectGateway(id))));
        hubs
    }

    /// Which wires run between the gates and what stands underneath.
    fn unders(&self, plans: &[VpcPlan]) -> Vec<Under> {
        let network = self.network;
        let gates = |to: Thing| -> Vec<(usize, usize)> {
            plans
                .iter()
                .enumerate()
                .flat_map(|(vpc, plan)| {
                    let own = plan.gates.iter().enumerate();
                    own.filter(|(_, gate)| gate.to == to).map(move |(gate, _)| (vpc, gate))
                })
                .collect()
        };
        let mut nets = Vec::new();
        for (id, _) in network.peerings().iter() {
            let thing = Thing::Peering(id);
            nets.push(Under {
                kind: WireKind::Line(thing),
                gates: gates(thing),
                hubs: vec![thing],
            });
        }
        let attached = |id: TransitGatewayId| {
            let rows = network.transit_gateway_attachments().iter();
            rows.filter(move |(_, row)| row.gateway == id)
        };
        for (id, _) in network.transit_gateways().iter() {
            let thing = Thing::TransitGateway(id);
            let mut hubs = vec![thing];
            hubs.extend(attached(id).filter_map(|(_, row)| match row.of {
                AttachmentOf::Vpn(vpn) => Some(Thing::VpnConnection(vpn)),
                AttachmentOf::DirectConnect(gateway) => Some(Thing::DirectConnectGateway(gateway)),
                _ => None,
            }));
            nets.push(Under { kind: WireKind::Line(thing), gates: gates(thing), hubs });
            for (attachment, row) in attached(id) {
                let AttachmentOf::Peering { other } = row.of else { continue };
                let far = network.transit_gateway_attachments().get(other).map(|it| it.gateway);
                // Each peering has an attachment at either end; it is one wire.
                if let Some(far) = far.filter(|far| *far > id) {
                    let kind = WireKind::Line(Thing::TransitGatewayAttachment(attachment));
                    let hubs = vec![thing, Thing::TransitGateway(far)];
                    nets.push(Under { kind, gates: Vec::new(), hubs });
                }
            }
        }
        for (id, row) in network.virtual_private_gateways().iter() {
            let thing = Thing::VirtualPrivateGateway(id);
            let mut hubs = if row.vpc.is_none() { vec![thing] } else { Vec::new() };
            let lines = network.vpn_connections().iter();
            let own = lines.filter(|(_, it)| it.side == VpnSide::VirtualPrivateGateway(id));
            hubs.extend(own.map(|(line, _)| Thing::VpnConnection(line)));
            let direct = network.direct_connect_gateways().iter();
            let own = direct.filter(|(_, it)| it.gateways.contains(&id));
            hubs.extend(own.map(|(line, _)| Thing::DirectConnectGateway(line)));
            nets.push(Under { kind: WireKind::Line(thing), gates: gates(thing), hubs });
        }
        nets
    }

    /// Where the networks on premises stand, with their gateways on the fence above them.
    fn slots(&self, links: &[(Thing, WireKind, Thing)]) -> Slots {
        let network = self.network;
        let mut slots = Slots { places: Vec::new(), columns: BTreeMap::new(), width: TITLE + 4 };
        let mut x = TITLE + 4;
        for (id, row) in network.on_premises().iter() {
            let thing = Thing::OnPremises(id);
            let spot = Spot::Thing(thing);
            let detail = cells(&head_detail(network, spot), NAME);
            let w = 2 + cells(&row.name, NAME) + 1 + detail;
            slots.places.push((spot, Rect { x, y: 1, w, h: 1 }));
            let mut gate_x = x;
            for (gate, row) in network.customer_gateways().iter() {
                if row.on_premises != id {
                    continue;
                }
                let w = gateway_width(&row.name);
                let odd = (gate_x + w / 2) % 2;
                let place = Rect { x: gate_x + odd, y: 0, w, h: 1 };
                let own = Thing::CustomerGateway(gate);
                // One gateway ends several lines: the first in its middle, the others beside it.
                for ((_, kind, _), at) in links.iter().filter(|(_, _, to)| *to == own).zip(0u32..) {
                    slots.columns.insert((own, *kind), place.x + w / 2 + 2 * at);
                }
                let lines = links.iter().filter(|(_, _, to)| *to == own).count() as u32;
                slots.places.push((Spot::Thing(own), place));
                gate_x = (place.x + w).max(place.x + w / 2 + 2 * lines) + 2;
            }
            let mut column = gate_x.next_multiple_of(2);
            for (_, kind, _) in links.iter().filter(|(_, _, to)| *to == thing) {
                slots.columns.insert((thing, *kind), column);
                column += 2;
            }
            x = (x + w).max(column).max(gate_x) + 2;
        }
        slots.width = slots.width.max(x + 1);
        slots
    }
}

/// Where the networks on premises stand.
struct Slots {
    places: Vec<(Spot, Rect)>,
    /// In which column each line arrives at a gateway or a network.
    columns: BTreeMap<(Thing, WireKind), u32>,
    width: u32,
}

/// The lines to networks on premises: from what stands underneath, as which wire, to what.
fn links(network: &Network) -> Vec<(Thing, WireKind, Thing)> {
    let mut lines = Vec::new();
    for (id, row) in network.vpn_connections().iter() {
        let thing = Thing::VpnConnection(id);
        lines.push((thing, WireKind::Line(thing), Thing::CustomerGateway(row.customer_gateway)));
    }
    for (id, row) in network.direct_connect_gateways().iter() {
        let thing = Thing::DirectConnectGateway(id);
        lines.push((thing, WireKind::Line(thing), Thing::OnPremises(row.on_premises)));
    }
    for (id, _) in network.on_premises().iter() {
        for (link, end) in network.links_of(id) {
            if let (Link::Connect(attachment), LinkEnd::Attachment(_)) = (link, end)
                && let Some(row) = network.transit_gateway_attachments().get(attachment)
            {
                let kind = WireKind::Line(Thing::TransitGatewayAttachment(attachment));
                lines.push((Thing::TransitGateway(row.gateway), kind, Thing::OnPremises(id)));
            }
        }
    }
    lines
}

/// Does a line that ends here lead to this network?
fn ends_at(network: &Network, end: Thing, on_premises: Thing) -> bool {
    match end {
        Thing::CustomerGateway(id) => {
            let row = network.customer_gateways().get(id);
            row.map(|row| Thing::OnPremises(row.on_premises)) == Some(on_premises)
        }
        other => other == on_premises,
    }
}

/// The first row in which nothing is in the way of a wire between these columns.
fn free_row(rows: &mut Vec<Vec<(u32, u32)>>, columns: &[u32]) -> u32 {
    let (Some(low), Some(high)) = (columns.iter().min(), columns.iter().max()) else { return 0 };
    let free = rows.iter().position(|row| row.iter().all(|(l, h)| high < l || low > h));
    let row = free.unwrap_or_else(|| {
        rows.push(Vec::new());
        rows.len() - 1
    });
    rows[row].push((*low, *high));
    row as u32
}
