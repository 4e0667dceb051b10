//! Where everything of a network is drawn: from a network, a scale and a width to places in cells.
//!
//! ```text
//! ┌ internet ──────────────────────────────┐   hosts outside, on a strip across the top
//! │ ○ elsewhere   ● client 203.0.113.9     │
//! └──────────────────┬─────────────────────┘   the strait: gateways that are not attached float here
//! ╔ VPC main ══════[◆ igw]═════════════════╗   the fence, with its gateway on it
//! ║  ┌───────────────┘                     ║   the bus: wires from the gateway to the zones
//! ║┌╌│╌ a ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐┌╌ b ╌╌╌╌╌╌╌╌╌┐║   zones side by side, corridors for wires beside their
//! ║╎ │ ┌ pub-a ─────────┐  ╎╎             ╎║   subnets: to the gateway on the left, to NAT gateways
//! ║╎ │ │ ▣ web          │  ╎╎             ╎║   and appliances on the right
//! ║╎ │ │ ◈ nat ─────────┼─┐╎╎             ╎║
//! ║╎ └─┴ ⇉ public ──────┘ │╎╎             ╎║   a subnet's table and list sit on its lower edge: a
//! ║╎   ┌ priv-a ────────┐ │╎╎             ╎║   wire starts where the table stands that sends it
//! ║╎   │ ▣ app          │ │╎╎             ╎║
//! ║╎   └ ⇉ private ─────┴─┘╎╎             ╎║
//! ```
//!
//! Pure geometry: knows no colours, no signs, no language. Room for what a change is likely to
//! bring (the gateway's lane, the strait) is kept free beforehand, so that edits move little.

use std::collections::BTreeMap;

use crate::{
    app::Area,
    cloud::{
        Interface, InterfaceId, InterfaceKind, InternetGatewayId, Name, Network, Place, SubnetId,
        Target, Thing, VpcId, Zone,
    },
    text::width::width,
};

/// How much of each object is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Subnets with counts of what stands in them.
    Far,
    /// Every object, one or two lines each.
    Middle,
    /// Every object as a box with its addresses and groups.
    Near,
}

impl Scale {
    /// From near to far.
    pub const ALL: [Self; 3] = [Self::Near, Self::Middle, Self::Far];

    /// One step nearer, or the same at the end.
    #[must_use]
    pub fn nearer(self) -> Self {
        if self == Self::Far { Self::Middle } else { Self::Near }
    }

    /// One step further away, or the same at the end.
    #[must_use]
    pub fn farther(self) -> Self {
        if self == Self::Near { Self::Middle } else { Self::Far }
    }
}

/// Something that has a place on the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The strip of everything outside.
    Internet,
    /// The rest of the internet: every address that no host of the scene has.
    Elsewhere,
    /// An availability zone of a VPC, by its place from the left.
    Zone(VpcId, u16),
    /// An object of the network.
    Thing(Thing),
    /// The route table that decides for a subnet, on the subnet's edge.
    Table(SubnetId),
    /// The network ACL that guards a subnet, on the subnet's edge.
    Acl(SubnetId),
}

impl Spot {
    /// The object that stands here; `None` when it is gone or no object at all.
    pub fn thing(self, network: &Network) -> Option<Thing> {
        let exists = |subnet: SubnetId| network.subnets().get(subnet).is_some();
        match self {
            Self::Internet | Self::Elsewhere | Self::Zone(..) => None,
            Self::Thing(thing) => network.name(thing).map(|_| thing),
            Self::Table(subnet) => {
                exists(subnet).then(|| Thing::RouteTable(network.route_table_of(subnet)))
            }
            Self::Acl(subnet) => {
                exists(subnet).then(|| Thing::NetworkAcl(network.network_acl_of(subnet)))
            }
        }
    }

    /// May it be selected?
    pub fn is_selectable(self) -> bool {
        !matches!(self, Self::Internet | Self::Zone(..))
    }
}

/// One box (or line) of the canvas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub spot: Spot,
    /// All of it, border included.
    pub area: Area,
    /// Where its name stands: the whole of a small thing, the title of a box. Arrows move between
    /// these.
    pub label: Area,
    /// The innermost box around it, as an index into [`Canvas::nodes`]; smaller than its own.
    pub inside: Option<usize>,
    /// Its name; empty for what the interface names.
    pub name: Name,
}

/// Which ways a wire leaves a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent ways")]
#[expect(missing_docs, reason = "each field names its way")]
pub struct Arms {
    pub up: bool,
    pub down: bool,
    pub left: bool,
    pub right: bool,
}

impl std::ops::BitOr for Arms {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self {
            up: self.up | other.up,
            down: self.down | other.down,
            left: self.left | other.left,
            right: self.right | other.right,
        }
    }
}

/// What a wire stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WireKind {
    /// An attached internet gateway reaches the internet.
    Attachment(InternetGatewayId),
    /// Routes of one or more subnets lead to this object.
    Route(Thing),
}

/// A wire: every cell it covers, in rows from the top. Where it meets a box its last cell lies on
/// the box's border.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// What it stands for.
    pub kind: WireKind,
    /// The subnets whose tables make it (none for an attachment).
    pub subnets: Vec<SubnetId>,
    /// Its cells.
    pub cells: Vec<(u16, u16, Arms)>,
}

/// A network laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    /// How much of each object is shown.
    pub scale: Scale,
    /// How many columns everything takes.
    pub width: u16,
    /// How many rows everything takes.
    pub height: u16,
    /// Every box, outer before inner.
    pub nodes: Vec<Node>,
    /// Every wire.
    pub wires: Vec<Wire>,
    /// The roads that packets take; see [`Canvas::road`].
    roads: Roads,
}

/// Which way an arrow key points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant names its way")]
pub enum Way {
    Up,
    Down,
    Left,
    Right,
}

/// Lays a network out at one scale. `width` is the room there is: boxes grow a little to use it,
/// and never shrink below what they need.
pub fn layout(network: &Network, scale: Scale, width: u16) -> Canvas {
    Builder::new(network, scale).build(u32::from(width))
}

/// Lays a network out as near as it fits into the room. When a middling view overflows only a
/// little it is preferred to a far one: one can pan, and sees what one edits.
pub fn fit(network: &Network, width: u16, height: u16) -> Canvas {
    let near = layout(network, Scale::Near, width);
    if near.width <= width && near.height <= height {
        return near;
    }
    let middle = layout(network, Scale::Middle, width);
    let slack = |room: u16| room.saturating_add(room / 2);
    if middle.width <= slack(width) && middle.height <= slack(height) {
        return middle;
    }
    let far = layout(network, Scale::Far, width);
    if far.width <= width && far.height <= height { far } else { middle }
}

impl Canvas {
    /// The box of something, if it is shown at this scale.
    pub fn node(&self, spot: Spot) -> Option<&Node> {
        self.nodes.iter().find(|node| node.spot == spot)
    }

    /// The box that shows something: its own, or that of the subnet it stands in when the scale
    /// shows no more.
    pub fn shown(&self, network: &Network, spot: Spot) -> Option<&Node> {
        if let Some(node) = self.node(spot) {
            return Some(node);
        }
        let subnet = match spot {
            Spot::Table(subnet) | Spot::Acl(subnet) => subnet,
            Spot::Thing(Thing::Instance(id)) => {
                let interface = *network.instances().get(id)?.interfaces.first()?;
                network.interfaces().get(interface)?.subnet
            }
            Spot::Thing(Thing::Interface(id)) => {
                let own = spot_of_interface(network, id);
                if own != spot
                    && let Some(node) = self.node(own)
                {
                    return Some(node);
                }
                network.interfaces().get(id)?.subnet
            }
            Spot::Thing(Thing::NatGateway(id)) => network.nat_gateways().get(id)?.subnet,
            Spot::Thing(Thing::Host(_)) => return self.node(Spot::Internet),
            _ => return None,
        };
        self.node(Spot::Thing(Thing::Subnet(subnet)))
    }

    /// Where an arrow leads. `column` is the one that a walk up or down began in, if it has begun;
    /// see [`Canvas::column`].
    ///
    /// Everything selectable stands in lines of text, one per row of cells.
    ///
    /// - Right and left go along the line, and at its end on to the next one, from the last line to
    ///   the first: **either of them alone goes once through everything and comes back to where
    ///   one began**. No name stands on another, so the order is a total one.
    /// - Up and down go to the nearest line that has something in this street, and there to what
    ///   is nearest to the column. A street is one zone, and all that stands in no zone: hosts,
    ///   gateways, fences. `None` where the street ends; never sideways into another zone.
    pub fn toward(&self, from: Spot, way: Way, column: Option<u16>) -> Option<Spot> {
        let node = self.node(from)?;
        let places = self.nodes.iter().filter(|node| node.spot.is_selectable());
        if let Way::Left | Way::Right = way {
            let mut lines: Vec<&Node> = places.collect();
            lines.sort_by_key(|node| (node.label.y, node.label.x));
            let at = lines.iter().position(|node| node.spot == from)?;
            let step = if way == Way::Right { 1 } else { lines.len() - 1 };
            return Some(lines[(at + step) % lines.len()].spot);
        }
        let column = column.unwrap_or_else(|| self.column(from).unwrap_or(node.label.x));
        let street = self.zone_around(node).or_else(|| self.zone_at(column));
        places
            .filter_map(|other| {
                let ahead = match way {
                    Way::Up => node.label.y.checked_sub(other.label.y)?,
                    _ => other.label.y.checked_sub(node.label.y)?,
                };
                let zone = self.zone_around(other);
                let open = ahead > 0 && (zone.is_none() || zone == street);
                open.then_some((ahead, apart(other.label, column), other.label.x, other.spot))
            })
            .min()
            .map(|(.., spot)| spot)
    }

    /// The column in which a walk up or down from here begins: where the name does.
    pub fn column(&self, from: Spot) -> Option<u16> {
        self.node(from).map(|node| node.label.x)
    }

    /// The zone that something stands in.
    fn zone_around(&self, node: &Node) -> Option<Spot> {
        let mut around = node.inside;
        while let Some(outer) = around {
            let outer = &self.nodes[outer];
            if let Spot::Zone(..) = outer.spot {
                return Some(outer.spot);
            }
            around = outer.inside;
        }
        None
    }

    /// The zone in this column, or nearest to it.
    fn zone_at(&self, column: u16) -> Option<Spot> {
        let zones = self.nodes.iter().filter(|node| matches!(node.spot, Spot::Zone(..)));
        zones.min_by_key(|zone| apart(zone.area, column)).map(|zone| zone.spot)
    }

    /// Everything that may be selected, in reading order: what Tab goes through.
    pub fn ring(&self) -> Vec<Spot> {
        self.nodes.iter().map(|node| node.spot).filter(|spot| spot.is_selectable()).collect()
    }

    /// What lies at a cell, innermost first.
    pub fn at(&self, x: u16, y: u16) -> Option<Spot> {
        self.nodes
            .iter()
            .rev()
            .find(|node| node.spot.is_selectable() && node.area.contains(x, y))
            .map(|node| node.spot)
    }
}

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

/// Where the window onto a canvas should begin so that the focus is inside, with a little of its
/// surroundings, moving no more than needed. All in cells; a canvas that fits begins at 0.
pub fn pan(content: u16, window: u16, at: u16, focus: (u16, u16), margin: u16) -> u16 {
    let most = content.saturating_sub(window);
    let (start, length) = focus;
    let margin = margin.min(window.saturating_sub(length) / 2);
    let low = start.saturating_add(length).saturating_add(margin).saturating_sub(window);
    let high = start.saturating_sub(margin);
    // When the focus is larger than the window its beginning counts.
    at.max(low).min(high).min(most)
}

/// Where a trace's place is on the canvas; what is not drawn is nowhere.
pub fn spot_of_place(network: &Network, place: Place) -> Option<Spot> {
    Some(match place {
        Place::Internet(_, Some(host)) => Spot::Thing(Thing::Host(host)),
        Place::Internet(_, None) => Spot::Elsewhere,
        Place::Interface(id, _) | Place::LoadBalancer(_, id) | Place::Endpoint(_, id) => {
            spot_of_interface(network, id)
        }
        Place::Subnet(subnet) => Spot::Thing(Thing::Subnet(subnet)),
        Place::NetworkAcl(_, subnet, _) => Spot::Acl(subnet),
        Place::RouteTable(_, subnet) => Spot::Table(subnet),
        Place::InternetGateway(id, _) => Spot::Thing(Thing::InternetGateway(id)),
        Place::NatGateway(id, _) => Spot::Thing(Thing::NatGateway(id)),
        Place::EgressOnlyGateway(..)
        | Place::Peering(_)
        | Place::GatewayTable(_)
        | Place::GatewayEndpoint(..)
        | Place::TransitGatewayAttachment(..)
        | Place::TransitGatewayRouteTable(..)
        | Place::VirtualPrivateGateway(..)
        | Place::Link(..)
        | Place::OnPremises(..)
        | Place::Amazon(_) => return None,
        Place::Service(_) | Place::Function(_) | Place::Api(_) | Place::Distribution(_) => {
            return None;
        }
    })
}

/// Where an object is on the canvas. Tables and lists stand at the first subnet that uses them;
/// groups, and what no subnet uses, have no place.
pub fn spot_of_thing(network: &Network, thing: Thing) -> Option<Spot> {
    network.name(thing)?;
    match thing {
        Thing::RouteTable(table) => network
            .subnets()
            .iter()
            .find(|(id, _)| network.route_table_of(*id) == table)
            .map(|(id, _)| Spot::Table(id)),
        Thing::NetworkAcl(acl) => network
            .subnets()
            .iter()
            .find(|(id, _)| network.network_acl_of(*id) == acl)
            .map(|(id, _)| Spot::Acl(id)),
        Thing::SecurityGroup(_) => None,
        Thing::Interface(id) => Some(spot_of_interface(network, id)),
        other => Some(Spot::Thing(other)),
    }
}

/// An instance stands for its first interface, a NAT gateway for its own.
fn spot_of_interface(network: &Network, id: InterfaceId) -> Spot {
    let own = Spot::Thing(Thing::Interface(id));
    let Some(interface) = network.interfaces().get(id) else { return own };
    match interface.kind {
        InterfaceKind::Instance(instance) => {
            let first = network.instances().get(instance).and_then(|i| i.interfaces.first());
            if first == Some(&id) { Spot::Thing(Thing::Instance(instance)) } else { own }
        }
        InterfaceKind::NatGateway => network
            .nat_gateways()
            .iter()
            .find(|(_, nat)| nat.interface == id)
            .map_or(own, |(nat, _)| Spot::Thing(Thing::NatGateway(nat))),
        InterfaceKind::Service
        | InterfaceKind::Unattached
        | InterfaceKind::LoadBalancer(_)
        | InterfaceKind::Endpoint(_)
        | InterfaceKind::Function(_)
        | InterfaceKind::Database(_)
        | InterfaceKind::Task(_)
        | InterfaceKind::VpcLink(_) => own,
    }
}

/// How many columns an area is away from one; 0 when it covers it.
fn apart(area: Area, column: u16) -> u16 {
    let last = area.x.saturating_add(area.width.saturating_sub(1));
    area.x.saturating_sub(column).max(column.saturating_sub(last))
}

// ---------------------------------------------------------------------------------------------
// Building

/// The columns between a zone's left border and its subnets: a space, the gateway's lane, a stub.
const LEFT: u32 = 4;
/// The longest part of a name that sizes a box; longer names are cut when drawn.
const NAME: u32 = 18;
/// Cells kept for the words that stand for the rest of the internet.
const ELSEWHERE: u32 = 18;
/// Boxes grow to at most this width when there is room.
const WIDEST: u32 = 72;

/// A rectangle before it is known to fit into a screen's numbers.
#[derive(Debug, Clone, Copy, Default)]
struct Rect {
    x: u32,
    y: u32,
    w: u32,
    h: u32,
}

impl Rect {
    fn area(self) -> Area {
        Area { x: cell(self.x), y: cell(self.y), width: cell(self.w), height: cell(self.h) }
    }
    fn right(self) -> u32 {
        self.x + self.w.saturating_sub(1)
    }
    fn bottom(self) -> u32 {
        self.y + self.h.saturating_sub(1)
    }
}

fn cell(n: u32) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

fn cells(text: &str, most: u32) -> u32 {
    u32::try_from(width(text)).unwrap_or(most).min(most)
}

struct Builder<'a> {
    network: &'a Network,
    scale: Scale,
    nodes: Vec<Node>,
    wires: Vec<Wire>,
    roads: Roads,
}

/// A VPC before its place is known.
struct VpcPlan<'a> {
    id: VpcId,
    columns: Vec<Column<'a>>,
    /// Heights of the rows of subnets, shared by all zones.
    rows: Vec<u32>,
    /// Wires to NAT gateways and appliances, and which row of the bus each needs (if any).
    nets: Vec<Net>,
    /// Rows between the fence and the zones.
    bus: u32,
    /// Columns that the title and the gateway on the fence need.
    fence: u32,
}

/// A zone before its place is known.
struct Column<'a> {
    zone: &'a Zone,
    subnets: Vec<SubnetPlan>,
    /// The width of its subnets.
    width: u32,
    /// How many lanes for wires it needs on the right.
    lanes: u32,
}

impl Column<'_> {
    fn outer(&self) -> u32 {
        LEFT + self.width + 1 + self.lanes + 1
    }
}

/// A subnet before its place is known.
struct SubnetPlan {
    id: SubnetId,
    /// What stands in it, each with its place inside the border.
    items: Vec<(Spot, Rect)>,
    width: u32,
    height: u32,
    table: u32,
    acl: u32,
}

/// A wire to a NAT gateway or appliance.
struct Net {
    target: Spot,
    thing: Thing,
    members: Vec<SubnetId>,
    /// The row of the bus, when the wire runs from zone to zone.
    bus: Option<u32>,
    /// The lane in each zone that it touches.
    lanes: BTreeMap<usize, u32>,
}

/// What packets need to know of the streets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Roads {
    /// The row of the strait.
    strait: u16,
    /// The streets around each subnet.
    subnets: BTreeMap<SubnetId, Street>,
    /// Per gateway: its column and its VPC's bus row.
    gateways: BTreeMap<InternetGatewayId, (u16, u16)>,
    /// Per wire to a NAT gateway or appliance and subnet: its lane beside the subnet.
    lanes: BTreeMap<(Thing, SubnetId), u16>,
}

/// The streets around a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Street {
    /// The column of the lane that leads up to the gateway.
    lane: u16,
    /// The row of the bus.
    bus: u16,
    /// The column just inside the subnet's border.
    inner: u16,
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

    // -- wires to NAT gateways and appliances

    /// Which wires run in the right-hand corridors, in which lanes, and how many rows the bus needs.
    fn nets(&self, vpc: VpcId, columns: &mut [Column], rows: &[u32]) -> (Vec<Net>, u32) {
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
        let mut right_lanes = Vec::new();
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
            right_lanes.push(zone.x + LEFT + column.width + 1);
            zone_x += column.outer();
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
fn tops(rows: &[u32]) -> Vec<u32> {
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

/// Does a route of the subnet's table lead to this target?
fn leads_to(network: &Network, subnet: SubnetId, target: &Target) -> bool {
    let table = &network.route_tables()[network.route_table_of(subnet)];
    table.routes.iter().any(|route| route.target == *target)
}

/// Public: its table has a route to an internet gateway
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
pub fn is_public(network: &Network, subnet: SubnetId) -> bool {
    let table = &network.route_tables()[network.route_table_of(subnet)];
    table.routes.iter().any(|route| matches!(route.target, Target::InternetGateway(_)))
}

/// Straight pieces of one wire, gathered into cells.
#[derive(Default)]
struct Run(BTreeMap<(u16, u16), Arms>);

impl Run {
    fn arm(&mut self, x: u32, y: u32, arms: Arms) {
        let own = self.0.entry((cell(y), cell(x))).or_default();
        *own = *own | arms;
    }

    /// A piece of a column, both ends included.
    fn down(&mut self, x: u32, from: u32, to: u32) {
        let (low, high) = (from.min(to), from.max(to));
        for y in low..high {
            self.arm(x, y, Arms { down: true, ..Arms::default() });
            self.arm(x, y + 1, Arms { up: true, ..Arms::default() });
        }
    }

    /// A piece of a row, both ends included.
    fn across(&mut self, y: u32, from: u32, to: u32) {
        let (low, high) = (from.min(to), from.max(to));
        for x in low..high {
            self.arm(x, y, Arms { right: true, ..Arms::default() });
            self.arm(x + 1, y, Arms { left: true, ..Arms::default() });
        }
    }

    fn cells(self) -> Vec<(u16, u16, Arms)> {
        self.0.into_iter().map(|((y, x), arms)| (x, y, arms)).collect()
    }
}
