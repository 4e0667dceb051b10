//! What wiring one thing to another means: one table for the mouse and for the keyboard.
//!
//! The meanings are lines of edits (see [`edit`](crate::course::edit)), values for a form, or a
//! packet. What AWS would refuse for a reason worth learning is a meaning too: the refusal says
//! why. What makes no sense is none.

mod joints;
mod packets;
mod pairs;
mod routes;
mod rules;

pub use joints::{alike, copy_of, link};
pub(super) use packets::{receiver, sender};

use crate::{
    app::bench::form::written_peer,
    cloud::{
        AttachmentOf, Direction, InterfaceId, Network, Peer, Probe, RouteTableId, SecurityGroupId,
        SubnetId, Target, Thing, VpcId,
    },
    course::names::{target_word, word},
    net::Cidr,
};
use {
    packets::packet,
    pairs::{either_way, one_way},
    routes::{route_to, target_of},
    rules::rule,
};

/// One end of a wire: a thing, or any address of the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// An object of the network.
    Thing(Thing),
    /// The rest of the internet.
    Elsewhere,
}

/// What wiring two things means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wiring {
    /// These edits, as one step.
    Make(Vec<String>),
    /// A route; its form opens filled in.
    Route(RouteTableId, Cidr, Target),
    /// A rule of a group; its form opens filled in.
    Rule(SecurityGroupId, Direction, Peer),
    /// A packet to be predicted and sent.
    Packet(Probe),
}

/// Why two things cannot be wired, where that is worth a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A group guards interfaces, not subnets.
    GroupOnSubnet,
    /// A network ACL guards subnets, not interfaces.
    AclOnInterface,
    /// A route table steers subnets, not single instances.
    TableOnInstance,
    /// They stand in two VPCs.
    OtherVpc,
    /// What joins them is settled when one of them is made.
    Settled,
    /// They already are.
    Already,
    /// There is nothing that would join them.
    Nothing,
}

impl Wiring {
    /// The edits that it stands for, before anything in its form is changed; none for a packet.
    pub fn lines(&self, network: &Network) -> Vec<String> {
        match self {
            Self::Make(lines) => lines.clone(),
            Self::Route(table, destination, target) => {
                let taken = route_to(network, *table, *destination).is_some();
                let verb = if taken { "replace-route" } else { "create-route" };
                let table = word(network, *table);
                vec![format!("{verb} {table} {destination} -> {}", target_word(network, target))]
            }
            Self::Rule(group, direction, peer) => {
                let (verb, far) = match direction {
                    Direction::Ingress => ("authorize-security-group-ingress", "from"),
                    Direction::Egress => ("authorize-security-group-egress", "to"),
                };
                let (group, peer) = (word(network, *group), written_peer(network, peer));
                vec![format!("{verb} {group} tcp 443 {far} {peer}")]
            }
            Self::Packet(_) => Vec::new(),
        }
    }
}

/// Everything that wiring `from` to `to` may mean, the most likely first.
pub fn wirings(network: &Network, from: End, to: End) -> Vec<Wiring> {
    if from == to {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(packet(network, from, to).map(Wiring::Packet));
    // An interface that AWS keeps for a service is that service.
    let (from, to) = (whole(network, from), whole(network, to));
    if from == to {
        return found;
    }
    if let (End::Thing(from), End::Thing(to)) = (from, to) {
        found.extend(one_way(network, from, to));
        found.extend(either_way(network, from, to));
        found.extend(either_way(network, to, from));
    }
    found.extend(rule(network, from, to));
    found
}

fn whole(n: &Network, end: End) -> End {
    match end {
        End::Thing(Thing::Interface(id)) => match n.owner_of(id) {
            Thing::Instance(_) => end,
            owner => End::Thing(owner),
        },
        end => end,
    }
}

/// Why wiring these means nothing.
pub fn why_not(network: &Network, from: End, to: End) -> Why {
    let (from, to) = (whole(network, from), whole(network, to));
    let (End::Thing(from), End::Thing(to)) = (from, to) else { return Why::Nothing };
    let either = |pair: fn(Thing, Thing) -> bool| pair(from, to) || pair(to, from);
    if either(|a, b| matches!((a, b), (Thing::SecurityGroup(_), Thing::Subnet(_) | Thing::Vpc(_))))
    {
        Why::GroupOnSubnet
    } else if either(|a, b| {
        matches!((a, b), (Thing::NetworkAcl(_), Thing::Instance(_) | Thing::Interface(_)))
    }) {
        Why::AclOnInterface
    } else if are_joined(network, from, to) || are_joined(network, to, from) {
        Why::Already
    } else if either(|a, b| matches!((a, b), (Thing::RouteTable(_), Thing::Instance(_)))) {
        Why::TableOnInstance
    } else if either(is_local) && stand_apart(network, from, to) {
        Why::OtherVpc
    } else if either(is_settled) {
        Why::Settled
    } else {
        Why::Nothing
    }
}

/// Would these be joined, if they stood in one VPC?
fn is_local(a: Thing, b: Thing) -> bool {
    use Thing as T;
    match a {
        T::RouteTable(_) => matches!(
            b,
            T::Subnet(_)
                | T::Interface(_)
                | T::NatGateway(_)
                | T::EgressOnlyGateway(_)
                | T::InternetGateway(_)
                | T::GatewayEndpoint(_)
        ),
        T::Subnet(_) => matches!(
            b,
            T::NetworkAcl(_)
                | T::NatGateway(_)
                | T::InternetGateway(_)
                | T::EgressOnlyGateway(_)
                | T::LoadBalancer(_)
                | T::TargetGroup(_)
                | T::GatewayEndpoint(_)
                | T::TransitGatewayAttachment(_)
        ),
        T::SecurityGroup(_) => matches!(
            b,
            T::SecurityGroup(_)
                | T::Instance(_)
                | T::Interface(_)
                | T::LoadBalancer(_)
                | T::InterfaceEndpoint(_)
                | T::Function(_)
                | T::Database(_)
        ),
        T::TargetGroup(_) => matches!(
            b,
            T::LoadBalancer(_) | T::Instance(_) | T::Interface(_) | T::Task(_) | T::Database(_)
        ),
        T::Interface(_) => matches!(b, T::Instance(_)),
        _ => false,
    }
}

/// Do both stand in a VPC, and not in the same?
fn stand_apart(n: &Network, a: Thing, b: Thing) -> bool {
    let home = |thing: Thing| match thing {
        Thing::Subnet(id) => n.subnets().get(id).map(|row| row.vpc),
        Thing::RouteTable(id) => n.route_tables().get(id).map(|row| row.vpc),
        Thing::NetworkAcl(id) => n.network_acls().get(id).map(|row| row.vpc),
        Thing::SecurityGroup(id) => n.security_groups().get(id).map(|row| row.vpc),
        Thing::TargetGroup(id) => n.target_groups().get(id).map(|row| row.vpc),
        Thing::GatewayEndpoint(id) => n.gateway_endpoints().get(id).map(|row| row.vpc),
        Thing::EgressOnlyGateway(id) => n.egress_only_gateways().get(id).map(|row| row.vpc),
        Thing::NatGateway(id) => n.nat_gateways().get(id).map(|row| row.vpc),
        Thing::InternetGateway(id) => n.internet_gateways().get(id)?.vpc,
        Thing::TransitGatewayAttachment(id) => match n.transit_gateway_attachments().get(id)?.of {
            AttachmentOf::Vpc { vpc, .. } => Some(vpc),
            _ => None,
        },
        thing => interfaces(n, thing).first().map(|id| n.vpc_of(*id)),
    };
    home(a).zip(home(b)).is_some_and(|(a, b)| a != b)
}

/// Is what could join these settled when one of them is made?
fn is_settled(a: Thing, b: Thing) -> bool {
    use Thing as T;
    match a {
        T::Vpc(_) => matches!(
            b,
            T::Subnet(_)
                | T::RouteTable(_)
                | T::NetworkAcl(_)
                | T::EgressOnlyGateway(_)
                | T::NatGateway(_)
                | T::TargetGroup(_)
                | T::GatewayEndpoint(_)
                | T::InterfaceEndpoint(_)
        ),
        T::Task(_) => matches!(b, T::SecurityGroup(_)),
        T::Subnet(_) => matches!(b, T::Database(_) | T::InterfaceEndpoint(_)),
        T::EndpointService(_) => matches!(b, T::LoadBalancer(_)),
        T::InterfaceEndpoint(_) => matches!(b, T::Service(_) | T::EndpointService(_)),
        T::Api(_) => matches!(b, T::Function(_) | T::Host(_)),
        T::Distribution(_) => {
            matches!(b, T::LoadBalancer(_) | T::Host(_) | T::Service(_) | T::Instance(_))
        }
        T::OnPremises(_) => matches!(b, T::CustomerGateway(_) | T::DirectConnectGateway(_)),
        T::TransitGateway(_) => matches!(b, T::TransitGatewayRouteTable(_)),
        _ => false,
    }
}

/// Is what wiring would make there already?
fn are_joined(n: &Network, a: Thing, b: Thing) -> bool {
    match (a, b) {
        (Thing::InternetGateway(gateway), Thing::Vpc(vpc)) => {
            n.internet_gateways().get(gateway).is_some_and(|row| row.vpc == Some(vpc))
        }
        (Thing::VirtualPrivateGateway(gateway), Thing::Vpc(vpc)) => {
            n.virtual_private_gateways().get(gateway).is_some_and(|row| row.vpc == Some(vpc))
        }
        (Thing::RouteTable(table), Thing::Subnet(subnet)) => {
            n.subnets().get(subnet).is_some_and(|row| row.route_table == Some(table))
        }
        (Thing::NetworkAcl(acl), Thing::Subnet(subnet)) => {
            n.subnets().get(subnet).is_some() && n.network_acl_of(subnet) == acl
        }
        (Thing::RouteTable(table), Thing::Vpc(vpc)) => {
            n.vpcs().get(vpc).is_some_and(|row| row.main_route_table == table)
        }
        (Thing::SecurityGroup(group), thing) => {
            let carried = |id: &InterfaceId| {
                n.interfaces().get(*id).is_some_and(|row| row.security_groups.contains(&group))
            };
            interfaces(n, thing).iter().any(carried)
        }
        (Thing::Vpc(one), Thing::Vpc(other)) => n.peering_between(one, other).is_some(),
        (Thing::RouteTable(table), thing) => {
            let target = target_of(n, thing);
            let routes = n.route_tables().get(table).map(|row| &row.routes);
            target.is_some_and(|target| {
                routes.is_some_and(|routes| routes.iter().any(|route| route.target == target))
            })
        }
        _ => false,
    }
}

/// A name without the number that made it free: `web-2` is another `web`.
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((stem, number)) if !stem.is_empty() && number.parse::<u16>().is_ok() => stem,
        _ => name,
    }
}

/// A name for another thing like this one, that none of these has: its own where that is free, else
/// the next number.
pub fn another_name(n: &Network, like: &str, clashes: impl Fn(Thing) -> bool) -> String {
    let base = stem(like);
    let number = like.strip_prefix(base).and_then(|rest| rest.strip_prefix('-')?.parse().ok());
    let next = number.map_or(2, |number: u16| u32::from(number) + 1);
    let numbered = (next..next + 10_000).map(|number| format!("{base}-{number}"));
    let mut all = std::iter::once(like.to_owned()).chain(numbered);
    all.find(|name| !n.find(name).any(&clashes)).unwrap_or_default()
}

fn is_in(n: &Network, thing: Thing, vpc: VpcId) -> bool {
    match thing {
        Thing::RouteTable(id) => n.route_tables().get(id).is_some_and(|row| row.vpc == vpc),
        Thing::NetworkAcl(id) => n.network_acls().get(id).is_some_and(|row| row.vpc == vpc),
        Thing::SecurityGroup(id) => n.security_groups().get(id).is_some_and(|row| row.vpc == vpc),
        Thing::Subnet(id) => n.subnets().get(id).is_some_and(|row| row.vpc == vpc),
        _ => false,
    }
}

/// The first subnet of each zone.
pub fn zone_subnets(n: &Network, vpc: VpcId) -> Vec<SubnetId> {
    let mut zones = Vec::new();
    let mut found = Vec::new();
    for (id, row) in n.subnets().iter().filter(|(_, row)| row.vpc == vpc) {
        if !zones.contains(&&row.zone) {
            zones.push(&row.zone);
            found.push(id);
        }
    }
    found
}

/// The interfaces that carry what a thing does.
fn interfaces(n: &Network, thing: Thing) -> Vec<InterfaceId> {
    match thing {
        Thing::Instance(id) => {
            n.instances().get(id).map(|row| row.interfaces.clone()).unwrap_or_default()
        }
        Thing::Interface(id) => n.interfaces().get(id).map(|_| vec![id]).unwrap_or_default(),
        _ => n.interfaces_of(thing),
    }
}

fn standing_in(n: &Network, nodes: &[InterfaceId]) -> Vec<SubnetId> {
    nodes.iter().filter_map(|id| n.interfaces().get(*id).map(|row| row.subnet)).collect()
}

fn carried(n: &Network, interface: Option<&InterfaceId>) -> Vec<SecurityGroupId> {
    interface
        .and_then(|id| n.interfaces().get(*id))
        .map(|row| row.security_groups.clone())
        .unwrap_or_default()
}

fn listed<T: crate::course::names::Named>(
    n: &Network,
    key: &str,
    ids: &[crate::cloud::Id<T>],
) -> String {
    spelled(&format!(" {key}="), ids.iter().map(|id| word(n, *id)))
}

/// Words in a row, each behind the same sign.
pub(super) fn spelled(before: &str, words: impl Iterator<Item = String>) -> String {
    words.fold(String::new(), |line, word| line + before + &word)
}
