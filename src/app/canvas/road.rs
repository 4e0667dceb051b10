//! The roads that packets take: along streets, and best along the wires that lead where they go.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use crate::{
    app::canvas::{Arms, Canvas, Spot, Wire, WireKind, home_of, layout::cell, spot_of_place},
    cloud::{Hop, Network, Place, SubnetId, Thing, Trace},
};

/// A cell of the canvas.
type Cell = (u16, u16);

/// Where packets may go without crossing boxes or fences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Streets {
    /// Straight pieces, both ends included.
    pieces: Vec<(Cell, Cell)>,
    /// The streets around each subnet.
    subnets: BTreeMap<SubnetId, Street>,
    /// Where packets stop at what sits on a fence: in its middle, on the wire.
    stops: BTreeMap<Spot, Cell>,
}

/// The streets around a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Street {
    /// The column of the lane that leads up to the gateway.
    pub(super) left: u16,
    /// The column of the last lane on the other side.
    pub(super) right: u16,
    /// The column just inside the subnet's border, and its rows.
    pub(super) inner: (u16, u16, u16),
}

impl Streets {
    pub(super) fn down(&mut self, x: u32, from: u32, to: u32) {
        self.pieces.push(((cell(x), cell(from.min(to))), (cell(x), cell(from.max(to)))));
    }

    pub(super) fn across(&mut self, y: u32, from: u32, to: u32) {
        self.pieces.push(((cell(from.min(to)), cell(y)), (cell(from.max(to)), cell(y))));
    }

    pub(super) fn subnet(&mut self, id: SubnetId, street: Street) {
        self.subnets.insert(id, street);
    }

    pub(super) fn stop(&mut self, spot: Spot, x: u32, y: u32) {
        self.stops.insert(spot, (cell(x), cell(y)));
    }

    pub(super) fn stop_at(&self, spot: Spot) -> Option<(u32, u32)> {
        self.stops.get(&spot).map(|(x, y)| (u32::from(*x), u32::from(*y)))
    }
}

/// What a step onto a cell costs. The right wire, and the way in or out of a subnet, are so much
/// cheaper than other streets that packets keep to wires where some lead; and any street is so much
/// cheaper than a way through boxes that no packet leaves the streets while one leads there.
const WIRE: u32 = 1;
const STREET: u32 = 30;
const ELSEWHERE: u32 = 100_000;
/// What a bend costs on top.
const BEND: u32 = 2;

/// The ways of one packet over a canvas, from each hop of its trace to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roads(Vec<Vec<Cell>>);

impl Roads {
    /// The way to a hop from the one before, cell by cell, both ends included. Empty for the first
    /// hop, and where one of the two is not on the canvas.
    pub fn to(&self, hop: usize) -> &[Cell] {
        let way = hop.checked_sub(1).and_then(|index| self.0.get(index));
        way.map_or(&[], Vec::as_slice)
    }
}

impl Canvas {
    /// All ways of a packet: what is not to be done again for each frame that shows it. `network`
    /// is the one that it was traced in.
    pub fn roads(&self, network: &Network, trace: &Trace) -> Roads {
        let hops = &trace.hops;
        let way = |(index, pair): (usize, &[Hop])| {
            self.road(network, pair[0].place, pair[1].place, &along(network, hops, index))
        };
        Roads(hops.windows(2).enumerate().map(way).collect())
    }

    /// The way a packet takes from one place of its trace to the next, cell by cell, both ends
    /// included: along the wires of what it comes from and goes to, else along the streets beside
    /// subnets, between zones, and through gates. `along` names other objects whose wires it keeps
    /// to. Empty when one of the places is not on the canvas.
    pub fn road(&self, network: &Network, from: Place, to: Place, along: &[Thing]) -> Vec<Cell> {
        let (Some(a), Some(b)) = (self.stop_of(network, from), self.stop_of(network, to)) else {
            return Vec::new();
        };
        if a == b {
            return vec![a];
        }
        let edge = self.by_edge(network, from, to).or_else(|| self.by_edge(network, to, from));
        let mut things: Vec<Thing> = along.to_vec();
        let mut ground = Ground::new(self.width, self.height);
        for (from, to) in &self.streets.pieces {
            ground.pave(*from, *to, STREET);
        }
        for (place, stop) in [(from, a), (to, b)] {
            let spot = spot_of_place(network, place);
            things.extend(spot.and_then(|spot| spot.thing(network)));
            things.extend(owner(network, place));
            let home = spot.and_then(|spot| subnet_of(network, spot));
            if let Some(street) = home.and_then(|home| self.streets.subnets.get(&home)) {
                let (inner, top, bottom) = street.inner;
                ground.pave((street.left, stop.1), (street.right, stop.1), WIRE);
                // Not through the upper border, into the subnet that stands above.
                ground.pave((inner, top + 1), (inner, bottom), WIRE);
            }
        }
        // The table of a gateway has wires of its own: only what it sends elsewhere runs there.
        things.retain(|thing| edge.is_none_or(|edge| edge.kind != WireKind::Edge(*thing)));
        let own = self.wires.iter().filter(|wire| {
            !matches!(wire.kind, WireKind::Edge(_))
                && things.iter().any(|thing| leads(network, wire.kind, *thing))
        });
        for (x, y, arms) in edge.into_iter().chain(own).flat_map(|wire| &wire.cells) {
            ground.lead((*x, *y), *arms);
        }
        ground.way(a, b)
    }

    /// The wire from the table of a gateway to an appliance in the subnet of the other place.
    fn by_edge(&self, network: &Network, gateway: Place, other: Place) -> Option<&Wire> {
        let Place::GatewayTable(table) = gateway else { return None };
        let kind = WireKind::Edge(network.gateway_of_table(table)?);
        let home = subnet_of(network, spot_of_place(network, other)?)?;
        let leads = |wire: &&Wire| {
            wire.kind == kind && wire.ends.iter().any(|end| home_of(network, *end) == Some(home))
        };
        self.wires.iter().find(leads)
    }

    /// The cell where a packet stands while a place looks at it.
    pub fn stop_of(&self, network: &Network, place: Place) -> Option<Cell> {
        let spot = spot_of_place(network, place)?;
        if let Some(stop) = self.streets.stops.get(&spot) {
            return Some(*stop);
        }
        let label = self.shown(network, spot)?.label;
        Some((label.x, label.y))
    }
}

/// The subnet in or on whose edge something stands.
fn subnet_of(network: &Network, spot: Spot) -> Option<SubnetId> {
    match spot {
        Spot::Table(subnet) | Spot::Acl(subnet) | Spot::Thing(Thing::Subnet(subnet)) => {
            Some(subnet)
        }
        other => home_of(network, other),
    }
}

/// The object whose part a place is.
pub(super) fn owner(network: &Network, place: Place) -> Option<Thing> {
    match place {
        Place::Interface(id, _) => Some(network.owner_of(id)),
        Place::LoadBalancer(id, _) => Some(Thing::LoadBalancer(id)),
        Place::TransitGatewayAttachment(id, _) => {
            let row = network.transit_gateway_attachments().get(id)?;
            Some(Thing::TransitGateway(row.gateway))
        }
        Place::TransitGatewayRouteTable(id, _) => {
            let row = network.transit_gateway_route_tables().get(id)?;
            Some(Thing::TransitGateway(row.gateway))
        }
        _ => None,
    }
}

/// What a packet keeps to the wires of between here and the next such place: whatever is more than
/// an interface, a list or a table.
pub fn hub(network: &Network, place: Place) -> Option<Thing> {
    match place {
        Place::Interface(id, _) => match network.owner_of(id) {
            Thing::Interface(_) | Thing::Instance(_) | Thing::Task(_) | Thing::Database(_) => None,
            thing => Some(thing),
        },
        Place::Subnet(_) | Place::NetworkAcl(..) | Place::RouteTable(..) | Place::Amazon(_) => None,
        Place::TransitGatewayAttachment(..) | Place::TransitGatewayRouteTable(..) => {
            owner(network, place)
        }
        Place::LoadBalancer(id, _) => Some(Thing::LoadBalancer(id)),
        other => spot_of_place(network, other)?.thing(network),
    }
}

/// Whose wires a packet keeps to on its way from a hop to the next: those of the last great thing
/// that it passed, or of the first before it has passed any.
fn along(network: &Network, hops: &[Hop], index: usize) -> Vec<Thing> {
    let leg = hops[index + 1].leg;
    let hub = |hop: &Hop| (hop.leg == leg).then(|| hub(network, hop.place)).flatten();
    let before = hops[..=index].iter().rev().find_map(hub);
    before.or_else(|| hops[index + 1..].iter().find_map(hub)).into_iter().collect()
}

/// Is this wire one of the object's?
fn leads(network: &Network, kind: WireKind, thing: Thing) -> bool {
    match kind {
        WireKind::Route(Thing::Interface(id)) => {
            thing == Thing::Interface(id) || thing == network.owner_of(id)
        }
        WireKind::Attachment(it)
        | WireKind::Route(it)
        | WireKind::Edge(it)
        | WireKind::Part(it)
        | WireKind::Line(it) => it == thing,
        WireKind::Targets(group) => {
            thing == Thing::TargetGroup(group)
                || network.balancer_of_group(group).map(Thing::LoadBalancer) == Some(thing)
        }
    }
}

/// What each cell costs, and which ways the right wires leave it: along them alone a step is cheap,
/// not from one to another that runs beside it.
struct Ground {
    width: u16,
    height: u16,
    costs: Vec<u32>,
    wires: Vec<Arms>,
}

impl Ground {
    fn new(width: u16, height: u16) -> Self {
        let cells = usize::from(width) * usize::from(height);
        Self { width, height, costs: vec![ELSEWHERE; cells], wires: vec![Arms::default(); cells] }
    }

    fn index(&self, (x, y): Cell) -> Option<usize> {
        let inside = x < self.width && y < self.height;
        inside.then(|| usize::from(y) * usize::from(self.width) + usize::from(x))
    }

    fn set(&mut self, at: Cell, cost: u32) {
        if let Some(index) = self.index(at) {
            self.costs[index] = cost;
        }
    }

    fn lead(&mut self, at: Cell, arms: Arms) {
        if let Some(index) = self.index(at) {
            self.wires[index] = self.wires[index] | arms;
        }
    }

    fn pave(&mut self, from: Cell, to: Cell, cost: u32) {
        for y in from.1..=to.1.min(self.height.saturating_sub(1)) {
            for x in from.0..=to.0.min(self.width.saturating_sub(1)) {
                self.set((x, y), cost);
            }
        }
    }

    /// The cheapest way, straight where it can be.
    fn way(&self, from: Cell, to: Cell) -> Vec<Cell> {
        let (Some(start), Some(end)) = (self.index(from), self.index(to)) else {
            return vec![from];
        };
        // Right, down, left, up: the state is a cell and how it was entered.
        let states = self.costs.len() * 4;
        let mut best = vec![u32::MAX; states];
        let mut came = vec![u8::MAX; states];
        let mut open = BinaryHeap::new();
        for way in 0..4 {
            best[start * 4 + way] = 0;
            open.push(Reverse((0, start * 4 + way)));
        }
        let width = usize::from(self.width);
        let mut last = None;
        while let Some(Reverse((at, state))) = open.pop() {
            if best[state] < at {
                continue;
            }
            let (place, way) = (state / 4, state % 4);
            if place == end {
                last = Some(state);
                break;
            }
            let (x, y) = (place % width, place / width);
            for next in 0..4 {
                let to = match next {
                    0 if x + 1 < width => place + 1,
                    1 if y + 1 < usize::from(self.height) => place + width,
                    2 if x > 0 => place - 1,
                    3 if y > 0 => place - width,
                    _ => continue,
                };
                let bend = if next == way { 0 } else { BEND };
                let (here, there) = (self.wires[place], self.wires[to]);
                let wired = match next {
                    0 => here.right || there.left,
                    1 => here.down || there.up,
                    2 => here.left || there.right,
                    _ => here.up || there.down,
                };
                let cost = at + if wired { WIRE } else { self.costs[to] } + bend;
                let state = to * 4 + next;
                if cost < best[state] {
                    best[state] = cost;
                    came[state] = way as u8;
                    open.push(Reverse((cost, state)));
                }
            }
        }
        let mut way = Vec::new();
        let mut state = last;
        while let Some(at) = state {
            let place = at / 4;
            way.push((cell((place % width) as u32), cell((place / width) as u32)));
            state = (place != start && came[at] < 4).then(|| {
                let back = match at % 4 {
                    0 => place - 1,
                    1 => place - width,
                    2 => place + 1,
                    _ => place + width,
                };
                back * 4 + usize::from(came[at])
            });
        }
        way.reverse();
        way
    }
}
