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

mod layout;
mod outside;
mod road;
mod walk;
mod wire;

use crate::{
    app::Area,
    cloud::{
        Interface, InterfaceId, InterfaceKind, LoadBalancerKind, Name, NatGateway, Network, Place,
        SubnetId, Target, TargetGroupId, Thing, TransitGatewayAttachmentId, VpcId,
    },
};

pub use layout::layout;
pub use road::{Roads, hub};
pub use walk::Way;

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
    /// The interface that a transit gateway's attachment has in a subnet.
    Landing(TransitGatewayAttachmentId, SubnetId),
    /// The box of what stands at AWS's edge.
    Edge,
    /// The box of what stands in the Region, outside every VPC.
    Shelf,
    /// The strip of the networks on premises.
    Premises,
}

impl Spot {
    /// The object that stands here; `None` when it is gone or no object at all.
    pub fn thing(self, network: &Network) -> Option<Thing> {
        let exists = |subnet: SubnetId| network.subnets().get(subnet).is_some();
        match self {
            Self::Internet
            | Self::Elsewhere
            | Self::Zone(..)
            | Self::Edge
            | Self::Shelf
            | Self::Premises => None,
            Self::Landing(attachment, _) => {
                let thing = Thing::TransitGatewayAttachment(attachment);
                network.name(thing).map(|_| thing)
            }
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
        !matches!(self, Self::Internet | Self::Zone(..) | Self::Edge | Self::Shelf | Self::Premises)
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
    /// An attached gateway reaches the internet.
    Attachment(Thing),
    /// Routes of one or more subnets lead to this object.
    Route(Thing),
    /// The table of this gateway leads to appliances.
    Edge(Thing),
    /// Joins an object with its parts inside a VPC: a load balancer with its nodes.
    Part(Thing),
    /// A target group with its targets, or with its load balancer.
    Targets(TargetGroupId),
    /// Joins objects outside the VPCs; whose wire it is.
    Line(Thing),
}

/// A wire: every cell it covers, in rows from the top. Where it meets a box its last cell lies on
/// the box's border.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// What it stands for.
    pub kind: WireKind,
    /// The subnets whose tables make it (none for an attachment).
    pub subnets: Vec<SubnetId>,
    /// Everything that it joins.
    pub ends: Vec<Spot>,
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
    /// Where packets may go; see [`Canvas::road`].
    streets: road::Streets,
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

/// Lays a network out for a page that is this wide, where nobody can pan or zoom: from afar when
/// nothing else fits.
pub fn on_page(network: &Network, width: u16) -> Canvas {
    let middle = layout(network, Scale::Middle, width);
    if middle.width > width { layout(network, Scale::Far, width) } else { middle }
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
        if let Spot::Thing(Thing::Interface(id)) = spot {
            let own = spot_of_interface(network, id);
            if own != spot
                && let Some(node) = self.node(own)
            {
                return Some(node);
            }
        }
        let subnet = match spot {
            Spot::Table(subnet) | Spot::Acl(subnet) => subnet,
            Spot::Thing(Thing::Host(_)) => return self.node(Spot::Internet),
            spot => home_of(network, spot)?,
        };
        self.node(Spot::Thing(Thing::Subnet(subnet)))
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
        Place::Interface(id, _) | Place::LoadBalancer(_, id) => spot_of_interface(network, id),
        Place::Subnet(subnet) => Spot::Thing(Thing::Subnet(subnet)),
        Place::NetworkAcl(_, subnet, _) => Spot::Acl(subnet),
        Place::RouteTable(_, subnet) => Spot::Table(subnet),
        Place::GatewayTable(table) => Spot::Thing(network.gateway_of_table(table)?),
        Place::InternetGateway(id, _) => Spot::Thing(Thing::InternetGateway(id)),
        Place::EgressOnlyGateway(id, _) => Spot::Thing(Thing::EgressOnlyGateway(id)),
        Place::NatGateway(id, _) => Spot::Thing(Thing::NatGateway(id)),
        Place::Peering(id) => Spot::Thing(Thing::Peering(id)),
        Place::GatewayEndpoint(id, _) => Spot::Thing(Thing::GatewayEndpoint(id)),
        Place::Endpoint(id, _) => Spot::Thing(Thing::InterfaceEndpoint(id)),
        Place::Service(id) => Spot::Thing(Thing::Service(id)),
        Place::Function(id) => Spot::Thing(Thing::Function(id)),
        Place::Api(id) => Spot::Thing(Thing::Api(id)),
        Place::Distribution(id) => Spot::Thing(Thing::Distribution(id)),
        Place::TransitGatewayAttachment(id, _) => Spot::Thing(Thing::TransitGatewayAttachment(id)),
        Place::TransitGatewayRouteTable(id, _) => Spot::Thing(Thing::TransitGatewayRouteTable(id)),
        Place::VirtualPrivateGateway(id, _) => Spot::Thing(Thing::VirtualPrivateGateway(id)),
        Place::Link(link, _) => Spot::Thing(link.thing()),
        Place::OnPremises(id, _) => Spot::Thing(Thing::OnPremises(id)),
        // Amazon's own servers answer inside the VPC, at no place that is drawn.
        Place::Amazon(_) => return None,
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
        Thing::SecurityGroup(_) | Thing::PrefixList(_) => None,
        Thing::Interface(id) => Some(spot_of_interface(network, id)),
        other => Some(Spot::Thing(other)),
    }
}

/// An instance stands for its first interface; what has but one stands for that.
fn spot_of_interface(network: &Network, id: InterfaceId) -> Spot {
    let own = Thing::Interface(id);
    Spot::Thing(match network.owner_of(id) {
        Thing::Instance(instance) => {
            let first = network.instances().get(instance).and_then(|it| it.interfaces.first());
            if first == Some(&id) { Thing::Instance(instance) } else { own }
        }
        thing @ (Thing::NatGateway(_) | Thing::Database(_) | Thing::Task(_)) => thing,
        _ => own,
    })
}

/// Is such an interface a part of something that is more than it?
fn is_part(kind: InterfaceKind) -> bool {
    matches!(
        kind,
        InterfaceKind::LoadBalancer(_)
            | InterfaceKind::Endpoint(_)
            | InterfaceKind::Function(_)
            | InterfaceKind::VpcLink(_)
    )
}

/// The subnet that something stands in.
fn home_of(network: &Network, spot: Spot) -> Option<SubnetId> {
    let interface = match spot {
        Spot::Landing(_, subnet) => return Some(subnet),
        Spot::Thing(Thing::NatGateway(id)) => network.nat_gateways().get(id)?.interface()?,
        Spot::Thing(Thing::Instance(id)) => *network.instances().get(id)?.interfaces.first()?,
        Spot::Thing(Thing::Database(id)) => network.databases().get(id)?.interface,
        Spot::Thing(Thing::Task(id)) => network.tasks().get(id)?.interface,
        Spot::Thing(Thing::Interface(id)) => id,
        _ => return None,
    };
    Some(network.interfaces().get(interface)?.subnet)
}

/// What something is called on the canvas: a part after the whole.
fn name_of(network: &Network, spot: Spot) -> Name {
    let thing = match spot {
        Spot::Thing(Thing::Interface(id)) => {
            let part = network.interfaces().get(id).is_some_and(|row| is_part(row.kind));
            if part { Some(network.owner_of(id)) } else { Some(Thing::Interface(id)) }
        }
        spot => spot.thing(network),
    };
    thing.and_then(|thing| network.name(thing)).cloned().unwrap_or_else(|| Name::from(""))
}

/// The public addresses of something in a subnet, as far as they are said there: the first, and how
/// many there are besides.
pub fn public_addresses(row: &Interface) -> Option<String> {
    let mut all = row.public_addresses();
    let first = all.next()?;
    Some(match all.count() {
        0 => first.to_string(),
        more => format!("{first} +{more}"),
    })
}

/// What is said behind the name of something that stands outside subnets: ports, a kind, a block.
pub fn head_detail(network: &Network, spot: Spot) -> String {
    let Spot::Thing(thing) = spot else { return String::new() };
    let detail = match thing {
        Thing::LoadBalancer(id) => network.load_balancers().get(id).map(|row| {
            let kind = match row.kind {
                LoadBalancerKind::Application => "ALB",
                LoadBalancerKind::Network => "NLB",
                LoadBalancerKind::Gateway => "GWLB",
                LoadBalancerKind::Classic => "CLB",
            };
            let ports = row.listeners.iter().map(|it| format!(" :{}", it.port));
            format!("{kind}{}", ports.collect::<String>())
        }),
        Thing::NatGateway(id) => {
            network.nat_gateways().get(id).and_then(NatGateway::regional).map(|regional| {
                let zones: Vec<&str> = regional.zones.iter().map(|it| it.zone.0.as_str()).collect();
                zones.join(" ")
            })
        }
        Thing::TargetGroup(id) => network.target_groups().get(id).map(|it| format!(":{}", it.port)),
        Thing::Service(id) => network.services().get(id).map(|row| match &row.region {
            Some(region) => format!("{} {region}", row.kind.title()),
            None => row.kind.title().to_owned(),
        }),
        Thing::Function(_) => Some("Lambda".to_owned()),
        Thing::Api(_) => Some("API Gateway".to_owned()),
        Thing::Distribution(_) => Some("CloudFront".to_owned()),
        Thing::EndpointService(_) => Some("PrivateLink".to_owned()),
        Thing::OnPremises(id) => {
            network.on_premises().get(id).and_then(|row| Some(row.cidrs.first()?.to_string()))
        }
        _ => None,
    };
    detail.unwrap_or_default()
}

/// Public: its table has a route to an internet gateway
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
pub fn is_public(network: &Network, subnet: SubnetId) -> bool {
    let table = &network.route_tables()[network.route_table_of(subnet)];
    table.routes.iter().any(|route| matches!(route.target, Target::InternetGateway(_)))
}
