//! What goes wrong with networks: a route deleted, a rule typed with the wrong port, a list that
//! forgot about answers.

use crate::{
    cloud::{
        AclAction, AclEntry, BlockMode, Change, Direction, EndpointPolicy, InstanceState,
        InterfaceKind, Listening, Network, Origin, Peer, SecurityGroupRule, ServiceChange, Target,
        TransitChange, TransitOrigin, Tunnel, VpcId,
    },
    net::{Cidr, Ports, Protocol},
};

/// One thing that may have happened to a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mishap {
    /// What sort of thing it is.
    pub kind: MishapKind,
    /// The changes that somebody made.
    pub changes: Vec<Change>,
}

/// A sort of mishap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MishapKind {
    /// A route was deleted.
    RouteDeleted,
    /// A route leads somewhere else.
    RouteAstray,
    /// A subnet uses another table.
    OtherTable,
    /// A rule of a security group was taken away.
    RuleRevoked,
    /// A rule was written again, with another port.
    WrongPort,
    /// A rule was written again, for fewer addresses.
    WrongSource,
    /// A rule lets more in than it should.
    TooOpen,
    /// An interface has another group.
    OtherGroup,
    /// A network ACL denies something before it allows it.
    AclDenies,
    /// A network ACL lost an entry: answers, or requests.
    AclForgot,
    /// A subnet uses another list.
    OtherAcl,
    /// A server lost its public address.
    AddressLost,
    /// The internet gateway was detached.
    GatewayDetached,
    /// The NAT gateway was deleted.
    NatDeleted,
    /// A server is stopped.
    Stopped,
    /// The program listens on another port.
    OtherPort,
    /// The check of source and destination is on again.
    CheckOn,
    /// The account blocks public access.
    PublicAccessBlocked,
    /// A peering is gone.
    PeeringDeleted,
    /// A subnet's table lost the route of a gateway endpoint, or an endpoint's policy denies.
    EndpointShut,
    /// An interface endpoint no longer answers to the service's usual name.
    PrivateDnsOff,
    /// A target group lost a target.
    TargetLost,
    /// A table of a transit gateway no longer learns of an attachment, or lost a route.
    TransitForgot,
    /// The tunnels of a VPN connection are down.
    TunnelsDown,
}

impl Mishap {
    fn one(kind: MishapKind, change: Change) -> Self {
        Self { kind, changes: vec![change] }
    }
}

/// Everything that may happen to a network, in one order: not all of it does harm, and AWS may
/// refuse some.
pub fn mishaps(network: &Network) -> Vec<Mishap> {
    let mut found = routes(network);
    found.extend(groups(network));
    found.extend(lists(network));
    found.extend(servers(network));
    found.extend(gateways(network));
    found.extend(services(network));
    found.extend(transit(network));
    found
}

fn routes(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (table, it) in network.route_tables().iter() {
        for route in it.routes.iter().filter(|route| route.origin == Origin::Static) {
            let destination = route.destination;
            found.push(Mishap::one(
                MishapKind::RouteDeleted,
                Change::DeleteRoute { table, destination },
            ));
            for target in others(network, it.vpc, &route.target) {
                let change = Change::ReplaceRoute { table, destination, target };
                found.push(Mishap::one(MishapKind::RouteAstray, change));
            }
        }
    }
    for (subnet, it) in network.subnets().iter() {
        let own = network.route_table_of(subnet);
        for (table, other) in network.route_tables().iter() {
            if other.vpc == it.vpc && table != own {
                let change = Change::AssociateRouteTable { subnet, table: Some(table) };
                found.push(Mishap::one(MishapKind::OtherTable, change));
            }
        }
    }
    found
}

/// Where else a route of this VPC could lead by mistake.
fn others(network: &Network, vpc: VpcId, right: &Target) -> Vec<Target> {
    let gateways = (network.internet_gateway_of(vpc)).map(Target::InternetGateway);
    let nats = (network.nat_gateways().iter())
        .filter(|(_, nat)| nat.vpc == vpc)
        .map(|(id, _)| Target::NatGateway(id));
    let peerings = (network.peerings().iter())
        .filter(|(_, peering)| peering.other_end(vpc).is_some())
        .map(|(id, _)| Target::Peering(id));
    gateways.into_iter().chain(nats).chain(peerings).filter(|target| target != right).collect()
}

/// The ports that people mix up, by the right one.
fn mixed_up(ports: Ports) -> Option<Ports> {
    (ports.low == ports.high).then(|| match ports.low {
        80 => Ports::one(8080),
        443 | 8080 => Ports::one(80),
        3306 => Ports::one(5432),
        5432 => Ports::one(3306),
        22 => Ports::one(2222),
        other => Ports::one(if other == u16::MAX { other - 1 } else { other + 1 }),
    })
}

fn groups(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (group, it) in network.security_groups().iter() {
        for direction in [Direction::Ingress, Direction::Egress] {
            for rule in it.rules(direction) {
                let revoke = Change::RevokeSecurityGroup { group, direction, rule: rule.clone() };
                let instead = |kind, rule: SecurityGroupRule| Mishap {
                    kind,
                    changes: vec![
                        revoke.clone(),
                        Change::AuthorizeSecurityGroup { group, direction, rule },
                    ],
                };
                found.push(Mishap::one(MishapKind::RuleRevoked, revoke.clone()));
                let has_ports = rule.protocol.is_some_and(Protocol::has_ports);
                if let Some(ports) = mixed_up(rule.ports).filter(|_| has_ports) {
                    let rule = SecurityGroupRule { ports, ..rule.clone() };
                    found.push(instead(MishapKind::WrongPort, rule));
                }
                if let Some(peer) = narrower(network, it.vpc, &rule.peer) {
                    let rule = SecurityGroupRule { peer, ..rule.clone() };
                    found.push(instead(MishapKind::WrongSource, rule));
                }
                let open = Peer::Cidr(Cidr::ANY_V4);
                if direction == Direction::Ingress && rule.peer != open {
                    let rule = SecurityGroupRule { peer: open, ..rule.clone() };
                    found.push(instead(MishapKind::TooOpen, rule));
                }
            }
        }
    }
    for (interface, it) in network.interfaces().iter() {
        if !matches!(it.kind, InterfaceKind::Instance(_)) {
            continue;
        }
        let vpc = network.vpc_of(interface);
        for (group, other) in network.security_groups().iter() {
            if other.vpc == vpc && it.security_groups != [group] {
                let change = Change::ModifyInterfaceGroups { interface, groups: vec![group] };
                found.push(Mishap::one(MishapKind::OtherGroup, change));
            }
        }
    }
    found
}

/// A source that somebody may have written instead: the next subnet's block, or an old address.
fn narrower(network: &Network, vpc: VpcId, peer: &Peer) -> Option<Peer> {
    let blocks = || network.subnets().iter().filter(move |(_, it)| it.vpc == vpc);
    match peer {
        Peer::Cidr(cidr) if *cidr == Cidr::ANY_V4 => {
            network.vpcs()[vpc].cidrs.iter().copied().find(|it| it.is_ipv4()).map(Peer::Cidr)
        }
        Peer::Cidr(cidr) => blocks()
            .map(|(_, it)| it.cidr)
            .find(|other| !other.covers(*cidr) && other.is_ipv4() == cidr.is_ipv4())
            .map(Peer::Cidr),
        Peer::Group(_) => blocks().map(|(_, it)| it.cidr).next().map(Peer::Cidr),
        Peer::PrefixList(_) => None,
    }
}

fn lists(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (acl, it) in network.network_acls().iter() {
        for direction in [Direction::Ingress, Direction::Egress] {
            let entries = it.entries(direction);
            for entry in entries {
                let number = entry.number;
                found.push(Mishap::one(
                    MishapKind::AclForgot,
                    Change::DeleteNetworkAclEntry { acl, direction, number },
                ));
                // Open for the ports of services alone: what goes to clients has no way out.
                if entry.action == AclAction::Allow && entry.ports.high == u16::MAX {
                    let entry =
                        AclEntry { protocol: Some(Protocol::TCP), ports: WELL_KNOWN, ..*entry };
                    let change = Change::ReplaceNetworkAclEntry { acl, direction, entry };
                    found.push(Mishap::one(MishapKind::AclForgot, change));
                }
            }
            let first = entries.iter().map(|it| it.number).min().unwrap_or(100);
            for (protocol, ports) in DENIED {
                let number = first.saturating_sub(10).max(1);
                if number == first {
                    continue;
                }
                let entry = AclEntry {
                    number,
                    action: AclAction::Deny,
                    protocol: Some(protocol),
                    ports,
                    cidr: Cidr::ANY_V4,
                };
                let change = Change::CreateNetworkAclEntry { acl, direction, entry };
                found.push(Mishap::one(MishapKind::AclDenies, change));
            }
        }
    }
    for (subnet, it) in network.subnets().iter() {
        let own = network.network_acl_of(subnet);
        for (acl, other) in network.network_acls().iter() {
            if other.vpc == it.vpc && acl != own {
                let change = Change::AssociateNetworkAcl { subnet, acl: Some(acl) };
                found.push(Mishap::one(MishapKind::OtherAcl, change));
            }
        }
    }
    found
}

/// The ports of services, as opposed to those of clients.
const WELL_KNOWN: Ports = Ports { low: 0, high: 1023 };

/// What somebody may have denied in a hurry.
const DENIED: [(Protocol, Ports); 5] = [
    (Protocol::TCP, Ports::one(443)),
    (Protocol::TCP, Ports::one(80)),
    (Protocol::TCP, Ports::one(22)),
    (Protocol::TCP, Ports::one(5432)),
    (Protocol::TCP, Ports { low: 1024, high: u16::MAX }),
];

fn servers(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (instance, it) in network.instances().iter() {
        if it.state == InstanceState::Running {
            found.push(Mishap::one(MishapKind::Stopped, Change::StopInstance { instance }));
        }
        if let Listening::On(open) = &it.listening {
            for place in 0..open.len() {
                let mut moved = open.clone();
                let Some(ports) = mixed_up(moved[place].1) else { continue };
                moved[place].1 = ports;
                let change = Change::ConfigureInstance {
                    instance,
                    listening: Some(Listening::On(moved)),
                    forwarding: None,
                };
                found.push(Mishap::one(MishapKind::OtherPort, change));
            }
        }
    }
    for (interface, it) in network.interfaces().iter() {
        if !matches!(it.kind, InterfaceKind::Instance(_)) {
            continue;
        }
        if it.public_address.is_some() {
            let change = Change::DisassociateAddress { interface };
            found.push(Mishap::one(MishapKind::AddressLost, change));
        }
        if !it.source_dest_check {
            let change = Change::ModifySourceDestCheck { interface, on: true };
            found.push(Mishap::one(MishapKind::CheckOn, change));
        }
    }
    found
}

fn gateways(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (gateway, it) in network.internet_gateways().iter() {
        if it.vpc.is_some() {
            let change = Change::DetachInternetGateway { gateway };
            found.push(Mishap::one(MishapKind::GatewayDetached, change));
        }
    }
    for (gateway, _) in network.nat_gateways().iter() {
        found.push(Mishap::one(MishapKind::NatDeleted, Change::DeleteNatGateway { gateway }));
    }
    for (peering, _) in network.peerings().iter() {
        found.push(Mishap::one(MishapKind::PeeringDeleted, Change::DeletePeering { peering }));
    }
    if network.block_public_access().mode == BlockMode::Off {
        for mode in [BlockMode::Ingress, BlockMode::Bidirectional] {
            let change = Change::ModifyBlockPublicAccess { mode };
            found.push(Mishap::one(MishapKind::PublicAccessBlocked, change));
        }
    }
    found
}

fn services(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (endpoint, it) in network.gateway_endpoints().iter() {
        for table in &it.route_tables {
            let tables = it.route_tables.iter().copied().filter(|other| other != table).collect();
            let change = Change::ModifyGatewayEndpoint { endpoint, tables };
            found.push(Mishap::one(MishapKind::EndpointShut, change));
        }
        let policy = EndpointPolicy::Denies;
        let change = Change::ModifyGatewayEndpointPolicy { endpoint, policy };
        found.push(Mishap::one(MishapKind::EndpointShut, change));
    }
    for (endpoint, it) in network.interface_endpoints().iter() {
        if it.private_dns {
            let (policy, groups) = (None, None);
            let change = ServiceChange::ModifyInterfaceEndpoint {
                endpoint,
                private_dns: Some(false),
                policy,
                groups,
            };
            found.push(Mishap::one(MishapKind::PrivateDnsOff, change.into()));
        }
    }
    for (group, it) in network.target_groups().iter() {
        for registration in &it.targets {
            let (target, port) = (registration.target, registration.port);
            let change = ServiceChange::DeregisterTarget { group, target, port };
            found.push(Mishap::one(MishapKind::TargetLost, change.into()));
        }
    }
    found
}

fn transit(network: &Network) -> Vec<Mishap> {
    let mut found = Vec::new();
    for (table, it) in network.transit_gateway_route_tables().iter() {
        for route in it.routes.iter().filter(|route| route.origin == TransitOrigin::Static) {
            let destination = route.destination;
            let change = TransitChange::DeleteTransitGatewayRoute { table, destination };
            found.push(Mishap::one(MishapKind::TransitForgot, change.into()));
        }
        for (attachment, other) in network.transit_gateway_attachments().iter() {
            if other.propagations.contains(&table) {
                let change =
                    TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table };
                found.push(Mishap::one(MishapKind::TransitForgot, change.into()));
            }
        }
    }
    for (vpn, it) in network.vpn_connections().iter() {
        if it.tunnels.contains(&Tunnel::Up) {
            let tunnels = [Tunnel::Down; 2];
            let change = TransitChange::ConfigureVpnTunnels { vpn, tunnels };
            found.push(Mishap::one(MishapKind::TunnelsDown, change.into()));
        }
    }
    found
}
