//! Rules, routes and packets exactly as the scene format writes them, the same in every language.

use crate::{
    cloud::{
        AclAction, AclEntry, AmazonService, AttachmentState, Connectivity, Direction, InterfaceId,
        InterfaceKind, NatGatewayState, Network, NetworkAclId, Peer, Place, Probe, ProbeEnd, Route,
        RouteTableId, SecurityGroupId, SecurityGroupRule, Target, Thing,
        TransitGatewayAttachmentId, TransitGatewayRouteTableId, TransitRoute, TransitTarget,
        Tunnel,
    },
    net::{Ports, Protocol},
};

/// What stands for an object that was deleted.
pub(super) const GONE: &str = "?";

/// The closing rule of a network ACL.
pub const ACL_DEFAULT: &str = "* deny all";

/// `in` or `out`.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    }
}

/// `from` or `to`: which end of the packet a rule's addresses are.
fn preposition(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    }
}

/// `tcp 443`, `udp 0-65535`, `icmp`, `icmp 8`, `icmp 3/4`, `47`, `all`.
fn service(protocol: Option<Protocol>, ports: Ports) -> String {
    match protocol {
        None => "all".to_owned(),
        Some(protocol) if protocol.has_ports() => format!("{protocol} {ports}"),
        Some(protocol) => match ports.icmp_text().filter(|_| protocol.is_icmp()) {
            Some(kind) => format!("{protocol} {kind}"),
            None => protocol.to_string(),
        },
    }
}

/// A rule of a security group: `tcp 443 from 0.0.0.0/0`, `all to group db`.
pub fn group_rule(network: &Network, rule: &SecurityGroupRule, way: Direction) -> String {
    let peer = match rule.peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::PrefixList(list) => {
            format!("prefix-list {}", name(network, Thing::PrefixList(list)))
        }
        Peer::Group(group) => format!("group {}", name(network, Thing::SecurityGroup(group))),
    };
    format!("{} {} {peer}", service(rule.protocol, rule.ports), preposition(way))
}

/// The rule at this place of a group's list.
pub fn group_rule_at(
    network: &Network,
    group: SecurityGroupId,
    way: Direction,
    index: usize,
) -> String {
    let rules = network.security_groups().get(group).map(|group| match way {
        Direction::Ingress => &group.ingress,
        Direction::Egress => &group.egress,
    });
    rules
        .and_then(|rules| rules.get(index))
        .map_or_else(|| GONE.to_owned(), |rule| group_rule(network, rule, way))
}

/// An entry of a network ACL: `100 allow tcp 443 from 0.0.0.0/0`.
pub fn acl_entry(entry: &AclEntry, way: Direction) -> String {
    let action = match entry.action {
        AclAction::Allow => "allow",
        AclAction::Deny => "deny",
    };
    format!(
        "{} {action} {} {} {}",
        entry.number,
        service(entry.protocol, entry.ports),
        preposition(way),
        entry.cidr
    )
}

/// The entry with this number.
pub fn acl_entry_at(network: &Network, acl: NetworkAclId, way: Direction, number: u16) -> String {
    let entries = network.network_acls().get(acl).map(|acl| match way {
        Direction::Ingress => &acl.ingress,
        Direction::Egress => &acl.egress,
    });
    entries
        .and_then(|entries| entries.iter().find(|entry| entry.number == number))
        .map_or_else(|| number.to_string(), |entry| acl_entry(entry, way))
}

/// A route: `0.0.0.0/0 -> igw`.
pub fn route(network: &Network, route: &Route) -> String {
    format!("{} -> {}", route.destination, target(network, &route.target))
}

/// The route at this place of a table.
pub fn route_at(network: &Network, table: RouteTableId, index: usize) -> String {
    network
        .route_tables()
        .get(table)
        .and_then(|table| table.routes.get(index))
        .map_or_else(|| GONE.to_owned(), |it| route(network, it))
}

/// Where the route at this place leads, when it is to an object.
pub(super) fn route_target(network: &Network, table: RouteTableId, index: usize) -> Option<Thing> {
    match &network.route_tables().get(table)?.routes.get(index)?.target {
        Target::InternetGateway(id) => Some(Thing::InternetGateway(*id)),
        Target::Peering(id) => Some(Thing::Peering(*id)),
        Target::GatewayEndpoint(id) => Some(Thing::GatewayEndpoint(*id)),
        Target::EgressOnlyGateway(id) => Some(Thing::EgressOnlyGateway(*id)),
        Target::NatGateway(id) => Some(Thing::NatGateway(*id)),
        Target::Interface(id) => Some(Thing::Interface(*id)),
        Target::TransitGateway(id) => Some(Thing::TransitGateway(*id)),
        Target::VirtualPrivateGateway(id) => Some(Thing::VirtualPrivateGateway(*id)),
        Target::Local | Target::Gone(_) => None,
    }
}

/// The target of a route: `igw`, `local`, `blackhole`, `old-nat (deleted)`.
pub fn target(network: &Network, target: &Target) -> String {
    match target {
        Target::Local => "local".to_owned(),
        Target::InternetGateway(id) => name(network, Thing::InternetGateway(*id)),
        Target::Peering(id) => name(network, Thing::Peering(*id)),
        Target::GatewayEndpoint(id) => name(network, Thing::GatewayEndpoint(*id)),
        Target::EgressOnlyGateway(id) => name(network, Thing::EgressOnlyGateway(*id)),
        Target::NatGateway(id) => name(network, Thing::NatGateway(*id)),
        Target::Interface(id) => interface(network, *id),
        Target::TransitGateway(id) => name(network, Thing::TransitGateway(*id)),
        Target::VirtualPrivateGateway(id) => name(network, Thing::VirtualPrivateGateway(*id)),
        Target::Gone(name) if name.is_empty() || name.as_str() == "blackhole" => {
            "blackhole".to_owned()
        }
        Target::Gone(name) => format!("{name} (deleted)"),
    }
}

/// A probe as the scene format names packets: `internet -> web tcp/443`.
pub fn probe(network: &Network, probe: &Probe) -> String {
    let from = end(network, probe.from);
    let to = end(network, probe.to);
    let Probe { protocol, port, source_port, .. } = probe;
    if !protocol.has_ports() {
        format!("{from} -> {to} {protocol}")
    } else if *source_port == Probe::SOURCE_PORT {
        format!("{from} -> {to} {protocol}/{port}")
    } else {
        format!("{from}:{source_port} -> {to} {protocol}/{port}")
    }
}

/// One end of a probe: `internet`, `web`, `web.public`, `203.0.113.9`.
pub fn end(network: &Network, end: ProbeEnd) -> String {
    match end {
        ProbeEnd::Interface(id) => interface(network, id),
        ProbeEnd::PublicAddressOf(id) => format!("{}.public", interface(network, id)),
        ProbeEnd::NameOf(id) => format!("{}.name", interface(network, id)),
        ProbeEnd::NameOfHost(id) => format!("{}.name", name(network, Thing::Host(id))),
        ProbeEnd::Host(id) => name(network, Thing::Host(id)),
        ProbeEnd::Named(named) => super::service::named(network, named),
        ProbeEnd::OnPremises(id, None) => name(network, Thing::OnPremises(id)),
        ProbeEnd::OnPremises(id, Some(address)) => {
            format!("{}/{address}", name(network, Thing::OnPremises(id)))
        }
        ProbeEnd::Address(Network::INTERNET) => "internet".to_owned(),
        ProbeEnd::Address(address) => address.to_string(),
    }
}

/// What a place is called, without its kind: `igw`, `web`, `strict`, `internet`, `192.0.2.7`.
pub fn place(network: &Network, place: Place) -> String {
    match place {
        Place::Internet(_, Some(id)) => name(network, Thing::Host(id)),
        Place::Internet(Network::INTERNET, None) => "internet".to_owned(),
        Place::Internet(address, None) => address.to_string(),
        Place::Interface(id, _) => interface(network, id),
        Place::NetworkAcl(id, ..) => name(network, Thing::NetworkAcl(id)),
        Place::RouteTable(id, _) | Place::GatewayTable(id) => name(network, Thing::RouteTable(id)),
        Place::InternetGateway(id, _) => name(network, Thing::InternetGateway(id)),
        Place::Peering(id) => name(network, Thing::Peering(id)),
        Place::GatewayEndpoint(id, _) => name(network, Thing::GatewayEndpoint(id)),
        Place::EgressOnlyGateway(id, _) => name(network, Thing::EgressOnlyGateway(id)),
        Place::NatGateway(id, _) => name(network, Thing::NatGateway(id)),
        Place::Subnet(id) => name(network, Thing::Subnet(id)),
        Place::Amazon(service) => amazon(service).to_owned(),
        Place::LoadBalancer(..)
        | Place::Endpoint(..)
        | Place::Service(_)
        | Place::Function(_)
        | Place::Api(_)
        | Place::Distribution(_) => super::service::thing_of_place(place)
            .map_or_else(String::new, |thing| name(network, thing)),
        Place::TransitGatewayAttachment(id, _) => {
            name(network, Thing::TransitGatewayAttachment(id))
        }
        Place::TransitGatewayRouteTable(id, _) => {
            name(network, Thing::TransitGatewayRouteTable(id))
        }
        Place::VirtualPrivateGateway(id, _) => name(network, Thing::VirtualPrivateGateway(id)),
        Place::Link(link, _) => name(network, link.thing()),
        Place::OnPremises(id, _) => name(network, Thing::OnPremises(id)),
    }
}

/// A listener: `http 80`.
pub fn listener(network: &Network, id: crate::cloud::LoadBalancerId, place: usize) -> String {
    let listener = network.load_balancers().get(id).and_then(|it| it.listeners.get(place));
    listener.map_or_else(|| GONE.to_owned(), |it| format!("{} {}", it.protocol.as_str(), it.port))
}

/// A target of a group: `app-1`, `app-2:8080`, `10.0.3.7`.
pub fn target_of(network: &Network, group: crate::cloud::TargetGroupId, place: usize) -> String {
    super::service::registered(network, group, place)
}

/// A service that AWS answers inside every VPC.
pub fn amazon(service: AmazonService) -> &'static str {
    match service {
        AmazonService::Resolver => "resolver",
        AmazonService::InstanceMetadata => "instance-metadata",
        AmazonService::TaskMetadata => "task-metadata",
        AmazonService::TimeSync => "time-sync",
        AmazonService::WindowsActivation => "windows-activation",
        AmazonService::Dhcp => "dhcp",
    }
}

/// An interface by the name of what it belongs to: the instance's (primary interface) or the NAT
/// gateway's; else its own.
pub fn interface(network: &Network, id: InterfaceId) -> String {
    match owner(network, id) {
        Some(Thing::Instance(instance))
            if network.instances()[instance].interfaces.first() != Some(&id) =>
        {
            name(network, Thing::Interface(id))
        }
        Some(owner) => name(network, owner),
        None => name(network, Thing::Interface(id)),
    }
}

/// The same, with the subnet where what it belongs to has interfaces in several: the nodes of a load
/// balancer, the doors of an endpoint.
pub fn apart(network: &Network, id: InterfaceId) -> String {
    let word = interface(network, id);
    let many = |owner: Thing| {
        !matches!(owner, Thing::Instance(_)) && network.interfaces_of(owner).len() > 1
    };
    match (owner(network, id).is_some_and(many), network.interfaces().get(id)) {
        (true, Some(row)) => format!("{word} ({})", name(network, Thing::Subnet(row.subnet))),
        _ => word,
    }
}

/// The instance or NAT gateway that an interface belongs to, if it exists.
pub fn owner(network: &Network, id: InterfaceId) -> Option<Thing> {
    match network.interfaces().get(id)?.kind {
        InterfaceKind::Instance(instance) => {
            network.instances().get(instance).map(|_| Thing::Instance(instance))
        }
        InterfaceKind::NatGateway => network
            .nat_gateways()
            .iter()
            .find(|(_, gateway)| gateway.interface() == Some(id))
            .map(|(gateway, _)| Thing::NatGateway(gateway)),
        InterfaceKind::Service | InterfaceKind::Unattached => None,
        kind => super::service::owner_of(network, kind),
    }
}

/// A route of a transit gateway: `10.2.0.0/16 -> app`, `10.9.0.0/16 -> blackhole`.
pub fn transit_route(network: &Network, route: &TransitRoute) -> String {
    let target = match &route.target {
        TransitTarget::Attachment(id) => name(network, Thing::TransitGatewayAttachment(*id)),
        TransitTarget::Blackhole => "blackhole".to_owned(),
        TransitTarget::Gone(name) => format!("{name} (deleted)"),
    };
    format!("{} -> {target}", route.destination)
}

/// The route at this place of a transit gateway's table, written or propagated.
pub fn transit_route_at(
    network: &Network,
    table: TransitGatewayRouteTableId,
    index: usize,
) -> String {
    let routes = network.transit_routes(table);
    routes.get(index).map_or_else(|| GONE.to_owned(), |it| transit_route(network, it))
}

/// Where the route at this place leads, when it is to an attachment.
pub(super) fn transit_target_at(
    network: &Network,
    table: TransitGatewayRouteTableId,
    index: usize,
) -> Option<TransitGatewayAttachmentId> {
    match network.transit_routes(table).get(index)?.target {
        TransitTarget::Attachment(id) => Some(id),
        TransitTarget::Blackhole | TransitTarget::Gone(_) => None,
    }
}

/// An attachment's state, as AWS spells it.
pub fn attachment_state(state: AttachmentState) -> &'static str {
    match state {
        AttachmentState::PendingAcceptance => "pendingAcceptance",
        AttachmentState::Pending => "pending",
        AttachmentState::Available => "available",
        AttachmentState::Modifying => "modifying",
        AttachmentState::Deleting => "deleting",
        AttachmentState::Failed => "failed",
        AttachmentState::Rejected => "rejected",
    }
}

/// A NAT gateway's state, as AWS spells it.
pub fn nat_state(state: NatGatewayState) -> &'static str {
    match state {
        NatGatewayState::Pending => "pending",
        NatGatewayState::Available => "available",
        NatGatewayState::Failed => "failed",
    }
}

/// What a NAT gateway is for, as AWS spells it.
pub fn connectivity(connectivity: Connectivity) -> &'static str {
    match connectivity {
        Connectivity::Public => "public",
        Connectivity::Private => "private",
    }
}

/// `up` or `down`.
pub fn tunnel(tunnel: Tunnel) -> &'static str {
    match tunnel {
        Tunnel::Up => "up",
        Tunnel::Down => "down",
    }
}

/// What an object is called.
pub(super) fn name(network: &Network, thing: Thing) -> String {
    network.name(thing).map_or_else(|| GONE.to_owned(), ToString::to_string)
}
