//! What wiring one thing to another means: one table for the mouse and for the keyboard.
//!
//! The meanings are lines of edits (see [`edit`](crate::course::edit)), values for a form, or a
//! packet. What AWS would refuse for a reason worth learning is a meaning too: the refusal says
//! why. What makes no sense is none.

use crate::{
    app::bench::form::{free_name, written_peer},
    cloud::{
        ApiId, AttachmentOf, Change, Direction, EndpointTo, InstanceId, InterfaceId, InterfaceKind,
        Listening, LoadBalancerId, LoadBalancerKind, Named, NatGateway, Network, Peer,
        PeeringState, Probe, ProbeEnd, PublicAtLaunch, RouteTableId, SecurityGroupId, SubnetId,
        Target, TargetGroupId, TargetKind, Thing, TransitGatewayAttachmentId,
        TransitGatewayRouteTableId, VpcId,
    },
    course::{
        edit,
        grammar::quote,
        names::{interface_word, target_word, word},
    },
    net::{Cidr, Protocol},
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
    if let (End::Thing(from), End::Thing(to)) = (from, to) {
        found.extend(one_way(network, from, to));
        found.extend(either_way(network, from, to));
        found.extend(either_way(network, to, from));
    }
    found.extend(rule(network, from, to));
    found
}

/// Why wiring these means nothing.
pub fn why_not(network: &Network, from: End, to: End) -> Why {
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
    } else {
        Why::Nothing
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

// ---------------------------------------------------------------- packets

/// Who sends, if it may.
pub(super) fn sender(n: &Network, end: End) -> Option<ProbeEnd> {
    Some(match end {
        End::Elsewhere => ProbeEnd::Address(Network::INTERNET),
        End::Thing(Thing::Host(id)) => ProbeEnd::Host(id),
        End::Thing(Thing::OnPremises(id)) => ProbeEnd::OnPremises(id, None),
        End::Thing(Thing::Function(id)) => ProbeEnd::Named(Named::Function(id)),
        End::Thing(thing @ (Thing::Instance(_) | Thing::Interface(_) | Thing::Task(_))) => {
            ProbeEnd::Interface(*interfaces(n, thing).first()?)
        }
        End::Thing(_) => return None,
    })
}

/// Who is meant, and at which port, if it may be.
pub(super) fn receiver(n: &Network, end: End) -> Option<(ProbeEnd, Protocol, u16)> {
    let first = |listening: &Listening| match listening {
        Listening::On(open) => open.first().map_or((Protocol::TCP, 443), |(protocol, ports)| {
            (*protocol, if ports.low == 0 { 443 } else { ports.low })
        }),
        Listening::Everywhere => (Protocol::TCP, 443),
    };
    let https = (Protocol::TCP, 443);
    let (end, (protocol, port)) = match end {
        End::Elsewhere => (ProbeEnd::Address(Network::INTERNET), https),
        End::Thing(Thing::Host(id)) => (ProbeEnd::Host(id), first(&n.hosts().get(id)?.listening)),
        End::Thing(Thing::OnPremises(id)) => {
            (ProbeEnd::OnPremises(id, None), first(&n.on_premises().get(id)?.listening))
        }
        End::Thing(thing @ Thing::Instance(id)) => {
            let interface = *interfaces(n, thing).first()?;
            (ProbeEnd::Interface(interface), first(&n.instances().get(id)?.listening))
        }
        End::Thing(Thing::Interface(id)) => {
            let listening = match n.interfaces().get(id)?.kind {
                InterfaceKind::Instance(instance) => first(&n.instances().get(instance)?.listening),
                InterfaceKind::Unattached => return None,
                _ => https,
            };
            (ProbeEnd::Interface(id), listening)
        }
        End::Thing(thing @ Thing::Task(id)) => {
            let interface = *interfaces(n, thing).first()?;
            (ProbeEnd::Interface(interface), first(&n.tasks().get(id)?.listening))
        }
        End::Thing(Thing::Database(id)) => {
            let row = n.databases().get(id)?;
            (ProbeEnd::Interface(row.interface), (Protocol::TCP, row.port))
        }
        End::Thing(Thing::LoadBalancer(id)) => {
            let port = n.load_balancers().get(id)?.listeners.first().map_or(443, |it| it.port);
            (ProbeEnd::Named(Named::LoadBalancer(id)), (Protocol::TCP, port))
        }
        End::Thing(Thing::Service(id)) => (ProbeEnd::Named(Named::Service(id)), https),
        End::Thing(Thing::InterfaceEndpoint(id)) => (ProbeEnd::Named(Named::Endpoint(id)), https),
        End::Thing(Thing::Api(id)) => (ProbeEnd::Named(Named::Api(id)), https),
        End::Thing(Thing::Distribution(id)) => (ProbeEnd::Named(Named::Distribution(id)), https),
        End::Thing(_) => return None,
    };
    Some((end, protocol, port))
}

/// Can this be an end of a packet that passes a network we look at?
fn packet(n: &Network, from: End, to: End) -> Option<Probe> {
    let outside = |end| matches!(end, End::Elsewhere | End::Thing(Thing::Host(_)));
    if outside(from) && outside(to) {
        return None;
    }
    // An interface waits for its instance: to join them is all that makes sense.
    if either_way_things(from, to).is_some_and(|(a, b)| is_waiting(n, a) || is_waiting(n, b)) {
        return None;
    }
    let from = sender(n, from)?;
    let (to, protocol, port) = receiver(n, to)?;
    (from != to).then(|| Probe::new(from, to, protocol, port))
}

fn either_way_things(from: End, to: End) -> Option<(Thing, Thing)> {
    match (from, to) {
        (End::Thing(from), End::Thing(to)) => Some((from, to)),
        _ => None,
    }
}

fn is_waiting(n: &Network, thing: Thing) -> bool {
    match thing {
        Thing::Interface(id) => {
            n.interfaces().get(id).is_some_and(|row| row.kind == InterfaceKind::Unattached)
        }
        _ => false,
    }
}

// ---------------------------------------------------------------- rules

/// A rule that lets one in where the other's group stands.
fn rule(n: &Network, from: End, to: End) -> Vec<Wiring> {
    let peer = |end: End, vpc: VpcId| match end {
        End::Elsewhere => Some(Peer::Cidr(Cidr::ANY_V4)),
        End::Thing(Thing::Host(id)) => {
            n.hosts().get(id).map(|row| Peer::Cidr(Cidr::host(row.address)))
        }
        End::Thing(Thing::OnPremises(id)) => {
            n.on_premises().get(id)?.cidrs.first().map(|cidr| Peer::Cidr(*cidr))
        }
        End::Thing(Thing::PrefixList(id)) => Some(Peer::PrefixList(id)),
        End::Thing(Thing::SecurityGroup(id)) => {
            (n.security_groups().get(id)?.vpc == vpc).then_some(Peer::Group(id))
        }
        End::Thing(_) => None,
    };
    let vpc_of = |group| n.security_groups().get(group).map(|row| row.vpc);
    let rules = |group, far: End, ways: &[Direction]| {
        let peer = vpc_of(group).and_then(|vpc| peer(far, vpc));
        let rule = |way: &Direction| peer.map(|peer| Wiring::Rule(group, *way, peer));
        ways.iter().filter_map(rule).collect()
    };
    match (from, to) {
        (_, End::Thing(Thing::SecurityGroup(group))) => rules(group, from, &[Direction::Ingress]),
        // Whom a group meets is let in more often than it is called.
        (End::Thing(Thing::SecurityGroup(group)), _) => {
            rules(group, to, &[Direction::Ingress, Direction::Egress])
        }
        _ => Vec::new(),
    }
}

// ---------------------------------------------------------------- routes

/// The target that a route to this thing has.
fn target_of(n: &Network, thing: Thing) -> Option<Target> {
    Some(match thing {
        Thing::InternetGateway(id) => Target::InternetGateway(id),
        Thing::EgressOnlyGateway(id) => Target::EgressOnlyGateway(id),
        Thing::NatGateway(id) => Target::NatGateway(id),
        Thing::Peering(id) => Target::Peering(id),
        Thing::TransitGateway(id) => Target::TransitGateway(id),
        Thing::VirtualPrivateGateway(id) => Target::VirtualPrivateGateway(id),
        Thing::Interface(id) => Target::Interface(id),
        Thing::Instance(id) => Target::Interface(*n.instances().get(id)?.interfaces.first()?),
        _ => return None,
    })
}

/// A route from a table to this thing, for the destination that one would want it for.
fn route(n: &Network, table: RouteTableId, thing: Thing) -> Option<Wiring> {
    let row = n.route_tables().get(table)?;
    let target = target_of(n, thing)?;
    let destination = match thing {
        Thing::InternetGateway(id) => {
            // One that stands at another VPC is no target here, whatever one wishes.
            let elsewhere = n.internet_gateways().get(id)?.vpc.is_some_and(|vpc| vpc != row.vpc);
            (!elsewhere).then_some(Cidr::ANY_V4)?
        }
        Thing::EgressOnlyGateway(id) => {
            (n.egress_only_gateways().get(id)?.vpc == row.vpc).then_some(Cidr::ANY_V6)?
        }
        Thing::NatGateway(id) => {
            (n.nat_gateways().get(id)?.vpc == row.vpc).then_some(Cidr::ANY_V4)?
        }
        Thing::Peering(id) => {
            let other = n.peerings().get(id)?.other_end(row.vpc)?;
            *n.vpcs().get(other)?.cidrs.first()?
        }
        Thing::TransitGateway(id) => {
            let behind = n.transit_gateway_attachments().iter().filter(|(_, it)| it.gateway == id);
            let blocks = behind.filter(
                |(_, it)| !matches!(it.of, AttachmentOf::Vpc { vpc, .. } if vpc == row.vpc),
            );
            let mut blocks = blocks.flat_map(|(at, _)| blocks_behind(n, at));
            let free = |cidr: &Cidr| !row.routes.iter().any(|route| route.destination == *cidr);
            blocks.find(free).unwrap_or(Cidr::ANY_V4)
        }
        Thing::VirtualPrivateGateway(id) => {
            let known = n.blocks_known_to(id);
            let sites = n.on_premises().iter().flat_map(|(_, row)| row.cidrs.clone());
            known.first().copied().or_else(|| sites.into_iter().next()).unwrap_or(Cidr::ANY_V4)
        }
        Thing::Interface(_) | Thing::Instance(_) => {
            let Target::Interface(id) = target else { return None };
            // AWS leads no route to an interface that it keeps for a service of its own.
            let kind = n.interfaces().get(id)?.kind;
            if !matches!(kind, InterfaceKind::Instance(_) | InterfaceKind::Unattached) {
                return None;
            }
            (n.vpc_of(id) == row.vpc).then_some(Cidr::ANY_V4)?
        }
        _ => return None,
    };
    let there = route_to(n, table, destination);
    (there != Some(&target)).then_some(Wiring::Route(table, destination, target))
}

/// The target of the route for exactly this block.
fn route_to(n: &Network, table: RouteTableId, destination: Cidr) -> Option<&Target> {
    let row = n.route_tables().get(table)?;
    row.routes.iter().find(|route| route.destination == destination).map(|route| &route.target)
}

/// The blocks behind an attachment of a transit gateway.
fn blocks_behind(n: &Network, attachment: TransitGatewayAttachmentId) -> Vec<Cidr> {
    let Some(row) = n.transit_gateway_attachments().get(attachment) else { return Vec::new() };
    match &row.of {
        AttachmentOf::Vpc { vpc, .. } => {
            n.vpcs().get(*vpc).map(|vpc| vpc.cidrs.clone()).unwrap_or_default()
        }
        AttachmentOf::Vpn(vpn) => n
            .vpn_connections()
            .get(*vpn)
            .map(|vpn| vpn.routing.prefixes().to_vec())
            .unwrap_or_default(),
        AttachmentOf::Connect { prefixes, .. } => prefixes.clone(),
        _ => Vec::new(),
    }
}

// ---------------------------------------------------------------- edits

/// What depends on which of the two is taken to the other.
fn one_way(n: &Network, from: Thing, to: Thing) -> Vec<Wiring> {
    let mut found = Vec::new();
    match (from, to) {
        (Thing::Vpc(one), Thing::Vpc(other)) if n.peering_between(one, other).is_none() => {
            let name = quote(&free_name(n, "peering"));
            let (one, other) = (word(n, one), word(n, other));
            found.push(Wiring::Make(vec![
                format!("create-vpc-peering-connection {name} {one} {other}"),
                format!("accept-vpc-peering-connection {name}"),
            ]));
        }
        // A subnet to a gateway: a route of the table that steers the subnet.
        (
            Thing::Subnet(subnet),
            Thing::NatGateway(_) | Thing::Instance(_) | Thing::Interface(_),
        ) if n.subnets().get(subnet).is_some() => {
            found.extend(route(n, n.route_table_of(subnet), to));
        }
        (Thing::Instance(instance), Thing::Subnet(subnet)) => {
            found.extend(alike(n, instance, subnet));
        }
        (Thing::NatGateway(nat), Thing::Subnet(subnet)) => {
            let zonal = |row: &&NatGateway| row.subnet().is_some_and(|own| own != subnet);
            let Some(row) = n.nat_gateways().get(nat).filter(zonal) else {
                return found;
            };
            let kind = match row.connectivity {
                crate::cloud::Connectivity::Private => " private",
                crate::cloud::Connectivity::Public => "",
            };
            let name = quote(&free_name(n, stem(&row.name)));
            let subnet = word(n, subnet);
            found.push(Wiring::Make(vec![format!("create-nat-gateway {name} {subnet}{kind}")]));
        }
        (
            Thing::LoadBalancer(balancer),
            Thing::Instance(_) | Thing::Interface(_) | Thing::Function(_),
        ) => {
            let Some(row) = n.load_balancers().get(balancer) else { return found };
            let groups = row.listeners.iter().flat_map(|listener| &listener.target_groups);
            found.extend(groups.flat_map(|group| register(n, *group, to)));
        }
        (Thing::TransitGateway(one), Thing::TransitGateway(other)) => {
            let name = quote(&free_name(n, "tgw-peering"));
            let (one, other) = (word(n, one), word(n, other));
            let line = format!("create-transit-gateway-peering-attachment {name} {one} {other}");
            found.push(Wiring::Make(vec![line]));
        }
        _ => {}
    }
    found
}

/// What is the same whichever of the two is taken to the other.
fn either_way(n: &Network, a: Thing, b: Thing) -> Vec<Wiring> {
    let make = |line: String| vec![Wiring::Make(vec![line])];
    match (a, b) {
        (Thing::InternetGateway(gateway), Thing::Vpc(vpc)) => {
            let Some(row) = n.internet_gateways().get(gateway) else { return Vec::new() };
            let (gateway, to) = (word(n, gateway), word(n, vpc));
            let attach = format!("attach-internet-gateway {gateway} {to}");
            match row.vpc {
                None => make(attach),
                Some(at) if at == vpc => Vec::new(),
                Some(_) => {
                    vec![Wiring::Make(vec![format!("detach-internet-gateway {gateway}"), attach])]
                }
            }
        }
        (Thing::VirtualPrivateGateway(gateway), Thing::Vpc(vpc)) => {
            let Some(row) = n.virtual_private_gateways().get(gateway) else { return Vec::new() };
            let (gateway, to) = (word(n, gateway), word(n, vpc));
            let attach = format!("attach-vpn-gateway {gateway} {to}");
            match row.vpc {
                None => make(attach),
                Some(at) if at == vpc => Vec::new(),
                Some(at) => vec![Wiring::Make(vec![
                    format!("detach-vpn-gateway {gateway} {}", word(n, at)),
                    attach,
                ])],
            }
        }
        (Thing::RouteTable(table), Thing::Subnet(subnet)) => {
            let Some(row) = n.subnets().get(subnet) else { return Vec::new() };
            if row.route_table == Some(table) || !is_in(n, Thing::RouteTable(table), row.vpc) {
                return Vec::new();
            }
            make(format!("associate-route-table {} {}", word(n, subnet), word(n, table)))
        }
        (Thing::RouteTable(table), Thing::Vpc(vpc)) => {
            let main = n.vpcs().get(vpc).is_some_and(|row| row.main_route_table == table);
            if main || !is_in(n, a, vpc) {
                return Vec::new();
            }
            make(format!("replace-route-table-association {} {}", word(n, vpc), word(n, table)))
        }
        (
            Thing::RouteTable(table),
            Thing::InternetGateway(_)
            | Thing::EgressOnlyGateway(_)
            | Thing::NatGateway(_)
            | Thing::Peering(_)
            | Thing::TransitGateway(_)
            | Thing::Interface(_)
            | Thing::Instance(_),
        ) => route(n, table, b).into_iter().collect(),
        (Thing::RouteTable(table), Thing::VirtualPrivateGateway(gateway)) => {
            let Some(row) = n.virtual_private_gateways().get(gateway) else { return Vec::new() };
            let mut found: Vec<Wiring> = route(n, table, b).into_iter().collect();
            if !row.propagates_to.contains(&table) {
                let (table, gateway) = (word(n, table), word(n, gateway));
                found.push(Wiring::Make(vec![format!(
                    "enable-vgw-route-propagation {table} {gateway}"
                )]));
            }
            found
        }
        (
            Thing::Subnet(subnet),
            Thing::InternetGateway(_)
            | Thing::EgressOnlyGateway(_)
            | Thing::Peering(_)
            | Thing::TransitGateway(_)
            | Thing::VirtualPrivateGateway(_),
        ) if n.subnets().get(subnet).is_some() => {
            route(n, n.route_table_of(subnet), b).into_iter().collect()
        }
        (Thing::NetworkAcl(acl), Thing::Subnet(subnet)) => {
            let Some(row) = n.subnets().get(subnet) else { return Vec::new() };
            if n.network_acl_of(subnet) == acl || !is_in(n, a, row.vpc) {
                return Vec::new();
            }
            let default = n.vpcs().get(row.vpc).is_some_and(|vpc| vpc.default_network_acl == acl);
            let acl = if default { "default-list".to_owned() } else { word(n, acl) };
            make(format!("replace-network-acl-association {} {acl}", word(n, subnet)))
        }
        (Thing::SecurityGroup(group), _) => join(n, group, b),
        (Thing::Interface(interface), Thing::Instance(instance)) if is_waiting(n, a) => {
            let (interface, instance) = (interface_word(n, interface), word(n, instance));
            make(format!("attach-network-interface {interface} {instance}"))
        }
        (Thing::Peering(peering), Thing::Vpc(vpc)) => {
            let asked = n.peerings().get(peering).is_some_and(|row| {
                row.state == PeeringState::PendingAcceptance && row.accepter == vpc
            });
            if !asked {
                return Vec::new();
            }
            make(format!("accept-vpc-peering-connection {}", word(n, peering)))
        }
        (Thing::PrefixList(list), Thing::Vpc(vpc)) => {
            let is_there =
                |(_, row): (_, &crate::cloud::GatewayEndpoint)| row.vpc == vpc && row.list == list;
            let by_aws = n.prefix_lists().get(list).is_some_and(|row| row.by_aws);
            if n.gateway_endpoints().iter().any(is_there) || !by_aws {
                return Vec::new();
            }
            let name = format!("to-{}", n.prefix_lists()[list].name);
            let name = quote(&free_name(n, &name));
            make(format!("create-vpc-endpoint {name} {} {}", word(n, vpc), word(n, list)))
        }
        (Thing::GatewayEndpoint(_), Thing::RouteTable(table)) => into_endpoint(n, a, table),
        (Thing::GatewayEndpoint(_), Thing::Subnet(subnet)) if n.subnets().get(subnet).is_some() => {
            into_endpoint(n, a, n.route_table_of(subnet))
        }
        (Thing::Service(_) | Thing::EndpointService(_), Thing::Vpc(vpc)) => {
            endpoint(n, a, &zone_subnets(n, vpc))
        }
        (Thing::Service(_) | Thing::EndpointService(_), Thing::Subnet(subnet)) => {
            endpoint(n, a, &[subnet])
        }
        (Thing::TargetGroup(group), Thing::LoadBalancer(balancer)) => listen(n, group, balancer),
        (
            Thing::TargetGroup(group),
            Thing::Instance(_) | Thing::Interface(_) | Thing::Function(_),
        ) => register(n, group, b),
        (Thing::LoadBalancer(balancer), Thing::Subnet(subnet)) => {
            let Some(row) = n.load_balancers().get(balancer) else { return Vec::new() };
            let mut subnets = standing_in(n, &row.nodes);
            if subnets.contains(&subnet) || !is_in(n, b, row.vpc) {
                return Vec::new();
            }
            subnets.push(subnet);
            make(format!("set-subnets {}{}", word(n, balancer), listed(n, "subnet", &subnets)))
        }
        (Thing::Function(function), Thing::Subnet(subnet)) => {
            let Some(row) = n.functions().get(function) else { return Vec::new() };
            let mut subnets = standing_in(n, &row.interfaces);
            if subnets.contains(&subnet) {
                return Vec::new();
            }
            subnets.push(subnet);
            let groups = carried(n, row.interfaces.first());
            make(format!(
                "update-function-configuration {}{}{}",
                word(n, function),
                listed(n, "subnet", &subnets),
                listed(n, "group", &groups)
            ))
        }
        (Thing::TransitGateway(gateway), Thing::Vpc(vpc)) => {
            let subnets = zone_subnets(n, vpc);
            let attached = n.transit_gateway_attachments().iter().any(|(_, row)| {
                row.gateway == gateway
                    && matches!(row.of, AttachmentOf::Vpc { vpc: at, .. } if at == vpc)
            });
            if attached || subnets.is_empty() {
                return Vec::new();
            }
            let stem = format!("{}-{}", n.transit_gateways()[gateway].name, n.vpcs()[vpc].name);
            let name = quote(&free_name(n, &stem));
            let subnets: Vec<String> = subnets.iter().map(|subnet| word(n, *subnet)).collect();
            make(format!(
                "create-transit-gateway-vpc-attachment {name} {} {} {}",
                word(n, gateway),
                word(n, vpc),
                subnets.join(" ")
            ))
        }
        (Thing::TransitGatewayAttachment(attachment), Thing::Subnet(subnet)) => {
            let Some(AttachmentOf::Vpc { subnets, vpc, .. }) =
                n.transit_gateway_attachments().get(attachment).map(|row| &row.of)
            else {
                return Vec::new();
            };
            if subnets.contains(&subnet) || !is_in(n, b, *vpc) {
                return Vec::new();
            }
            let subnets = subnets.iter().copied().chain([subnet]);
            let subnets: Vec<String> = subnets.map(|subnet| word(n, subnet)).collect();
            make(format!(
                "modify-transit-gateway-vpc-attachment {} subnets {}",
                word(n, attachment),
                subnets.join(" ")
            ))
        }
        (Thing::TransitGatewayRouteTable(table), Thing::TransitGatewayAttachment(attachment)) => {
            to_transit_table(n, table, attachment)
        }
        (Thing::TransitGatewayRouteTable(table), Thing::Vpc(vpc)) => {
            let Some(row) = n.transit_gateway_route_tables().get(table) else { return Vec::new() };
            let through = n.transit_gateway_attachments().iter().find(|(_, it)| {
                it.gateway == row.gateway
                    && matches!(it.of, AttachmentOf::Vpc { vpc: at, .. } if at == vpc)
            });
            through.map_or_else(Vec::new, |(attachment, _)| to_transit_table(n, table, attachment))
        }
        (
            Thing::CustomerGateway(customer),
            Thing::VirtualPrivateGateway(_) | Thing::TransitGateway(_),
        ) => {
            let Some(row) = n.customer_gateways().get(customer) else { return Vec::new() };
            let name = quote(&free_name(n, "vpn"));
            vpn(n, &name, &word(n, customer), b, row.on_premises).into_iter().collect()
        }
        (Thing::OnPremises(site), Thing::VirtualPrivateGateway(_) | Thing::TransitGateway(_)) => {
            let customer = quote(&free_name(n, "cgw"));
            let name = quote(&free_name(n, "vpn"));
            let Some(Wiring::Make(mut lines)) = vpn(n, &name, &customer, b, site) else {
                return Vec::new();
            };
            lines.insert(0, format!("create-customer-gateway {customer} {}", word(n, site)));
            vec![Wiring::Make(lines)]
        }
        (Thing::DirectConnectGateway(line), Thing::VirtualPrivateGateway(gateway)) => {
            make(format!(
                "create-direct-connect-gateway-association {} {}",
                word(n, line),
                word(n, gateway)
            ))
        }
        (Thing::DirectConnectGateway(line), Thing::TransitGateway(gateway)) => make(format!(
            "attach-direct-connect-gateway {} {} {}",
            quote(&free_name(n, "dx-attachment")),
            word(n, gateway),
            word(n, line)
        )),
        (Thing::Api(api), Thing::LoadBalancer(balancer)) => {
            link(n, api, balancer).map_or_else(Vec::new, make)
        }
        _ => Vec::new(),
    }
}

/// The edit that leads an API to a load balancer: over interfaces of its own beside the nodes, or
/// over `PrivateLink` to a Network Load Balancer.
pub fn link(n: &Network, api: ApiId, balancer: LoadBalancerId) -> Option<String> {
    let row = n.load_balancers().get(balancer)?;
    let subnets = match row.kind {
        LoadBalancerKind::Network => Vec::new(),
        _ => standing_in(n, &row.nodes),
    };
    let (api, balancer) = (word(n, api), word(n, balancer));
    Some(format!("create-vpc-link {api} {balancer}{}", listed(n, "subnet", &subnets)))
}

/// Another instance like this one in another subnet: an instance itself cannot move.
pub fn alike(n: &Network, instance: InstanceId, subnet: SubnetId) -> Option<Wiring> {
    let row = n.instances().get(instance)?;
    let interface = n.interfaces().get(*row.interfaces.first()?)?;
    if interface.subnet == subnet {
        return None;
    }
    copy_of(n, instance, subnet).map(|line| Wiring::Make(vec![line]))
}

/// The edit that launches another instance like this one.
pub fn copy_of(n: &Network, instance: InstanceId, subnet: SubnetId) -> Option<String> {
    let row = n.instances().get(instance)?;
    let interface = n.interfaces().get(*row.interfaces.first()?)?;
    let vpc = n.subnets().get(subnet)?.vpc;
    let here = |id: &SecurityGroupId| n.security_groups().get(*id).is_some_and(|it| it.vpc == vpc);
    let change = Change::RunInstance {
        name: free_name(n, stem(&row.name)).as_str().into(),
        subnet,
        address: None,
        public_address: PublicAtLaunch::AsSubnet,
        groups: interface.security_groups.iter().copied().filter(here).collect(),
        listening: row.listening.clone(),
    };
    Some(edit::print(n, &change))
}

/// A name without the number that made it free: `web-2` is another `web`.
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((stem, number)) if !stem.is_empty() && number.parse::<u16>().is_ok() => stem,
        _ => name,
    }
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

/// A group put on something.
fn join(n: &Network, group: SecurityGroupId, to: Thing) -> Vec<Wiring> {
    let Some(vpc) = n.security_groups().get(group).map(|row| row.vpc) else { return Vec::new() };
    let own = interfaces(n, to);
    let Some(first) = own.first().and_then(|id| n.interfaces().get(*id)) else { return Vec::new() };
    if n.vpc_of(own[0]) != vpc || first.security_groups.contains(&group) {
        return Vec::new();
    }
    let groups: Vec<_> = first.security_groups.iter().copied().chain([group]).collect();
    let line = match to {
        Thing::Instance(_) | Thing::Interface(_) => {
            if first.kind == InterfaceKind::NatGateway {
                return Vec::new();
            }
            let groups: Vec<String> = groups.iter().map(|id| word(n, *id)).collect();
            format!(
                "modify-network-interface-attribute {} groups {}",
                interface_word(n, own[0]),
                groups.join(" ")
            )
        }
        Thing::LoadBalancer(id) => {
            format!("set-security-groups {}{}", word(n, id), listed(n, "group", &groups))
        }
        Thing::InterfaceEndpoint(id) => {
            format!("modify-interface-endpoint {}{}", word(n, id), listed(n, "group", &groups))
        }
        Thing::Function(id) => format!(
            "update-function-configuration {}{}{}",
            word(n, id),
            listed(n, "subnet", &standing_in(n, &own)),
            listed(n, "group", &groups)
        ),
        _ => return Vec::new(),
    };
    vec![Wiring::Make(vec![line])]
}

fn into_endpoint(n: &Network, endpoint: Thing, table: RouteTableId) -> Vec<Wiring> {
    let Thing::GatewayEndpoint(endpoint) = endpoint else { return Vec::new() };
    let Some(row) = n.gateway_endpoints().get(endpoint) else { return Vec::new() };
    if row.route_tables.contains(&table) || !is_in(n, Thing::RouteTable(table), row.vpc) {
        return Vec::new();
    }
    let tables = row.route_tables.iter().copied().chain([table]);
    let tables: Vec<String> = tables.map(|table| word(n, table)).collect();
    let line = format!("modify-vpc-endpoint {} {}", word(n, endpoint), tables.join(" "));
    vec![Wiring::Make(vec![line])]
}

/// An interface endpoint to a service, in these subnets.
fn endpoint(n: &Network, to: Thing, subnets: &[SubnetId]) -> Vec<Wiring> {
    let Some(vpc) = subnets.first().and_then(|id| n.subnets().get(*id)).map(|row| row.vpc) else {
        return Vec::new();
    };
    let (to_whom, kind, service, name, dns) = match to {
        Thing::Service(id) => {
            let Some(row) = n.services().get(id) else { return Vec::new() };
            let private = " private-dns=on";
            (EndpointTo::Service(id), "service", word(n, id), row.name.to_string(), private)
        }
        Thing::EndpointService(id) => {
            let Some(row) = n.endpoint_services().get(id) else { return Vec::new() };
            (EndpointTo::Offered(id), "offered", word(n, id), row.name.to_string(), "")
        }
        _ => return Vec::new(),
    };
    let there = n.interface_endpoints().iter().any(|(_, row)| row.vpc == vpc && row.to == to_whom);
    if there {
        return Vec::new();
    }
    let name = quote(&free_name(n, &format!("{name}-endpoint")));
    vec![Wiring::Make(vec![format!(
        "create-interface-endpoint {name} {kind} {service}{}{dns}",
        listed(n, "subnet", subnets)
    )])]
}

/// Something put behind a target group.
fn register(n: &Network, group: TargetGroupId, target: Thing) -> Vec<Wiring> {
    let Some(row) = n.target_groups().get(group) else { return Vec::new() };
    let first = interfaces(n, target).first().copied();
    if first.is_some_and(|id| n.vpc_of(id) != row.vpc) {
        return Vec::new();
    }
    let written = match (row.kind, target) {
        (TargetKind::Instance, Thing::Instance(id)) => format!("instance {}", word(n, id)),
        (TargetKind::Ip, Thing::Instance(_) | Thing::Interface(_)) => {
            let address = first.and_then(|id| n.interfaces().get(id)?.private_ipv4());
            let Some(address) = address else { return Vec::new() };
            format!("ip {address}")
        }
        (TargetKind::Function, Thing::Function(id)) => format!("lambda {}", word(n, id)),
        (TargetKind::LoadBalancer, Thing::LoadBalancer(id)) => format!("alb {}", word(n, id)),
        _ => return Vec::new(),
    };
    let line = format!("register-targets {} {written}", word(n, group));
    // What is registered already would be refused as no change at all.
    let known = row.targets.iter().any(|it| match (it.target, target) {
        (crate::cloud::Registered::Instance(a), Thing::Instance(b)) => a == b,
        (crate::cloud::Registered::Function(a), Thing::Function(b)) => a == b,
        (crate::cloud::Registered::LoadBalancer(a), Thing::LoadBalancer(b)) => a == b,
        (crate::cloud::Registered::Address(address), _) => {
            first.and_then(|id| n.interfaces().get(id)?.private_ipv4()) == Some(address)
        }
        _ => false,
    });
    if known { Vec::new() } else { vec![Wiring::Make(vec![line])] }
}

/// A listener of a load balancer that leads to a target group.
fn listen(n: &Network, group: TargetGroupId, balancer: LoadBalancerId) -> Vec<Wiring> {
    let (Some(row), Some(to)) = (n.load_balancers().get(balancer), n.target_groups().get(group))
    else {
        return Vec::new();
    };
    if to.kind == TargetKind::LoadBalancer && row.kind == LoadBalancerKind::Application {
        return register(n, group, Thing::LoadBalancer(balancer));
    }
    let leads = row.listeners.iter().any(|listener| listener.target_groups.contains(&group));
    if leads || to.vpc != row.vpc {
        return Vec::new();
    }
    let taken = |port: u16| row.listeners.iter().any(|listener| listener.port == port);
    let port = [to.port, 80, 443]
        .into_iter()
        .find(|port| !taken(*port))
        .unwrap_or_else(|| (8080..u16::MAX).find(|port| !taken(*port)).unwrap_or(8080));
    vec![Wiring::Make(vec![format!(
        "create-listener {} {} {port} target-group={}",
        word(n, balancer),
        to.protocol.as_str(),
        word(n, group)
    )])]
}

/// What one may do with a table of a transit gateway and an attachment.
fn to_transit_table(
    n: &Network,
    table: TransitGatewayRouteTableId,
    attachment: TransitGatewayAttachmentId,
) -> Vec<Wiring> {
    let (Some(row), Some(at)) = (
        n.transit_gateway_route_tables().get(table),
        n.transit_gateway_attachments().get(attachment),
    ) else {
        return Vec::new();
    };
    if row.gateway != at.gateway {
        return Vec::new();
    }
    let words = format!("{} {}", word(n, table), word(n, attachment));
    let mut found = Vec::new();
    if at.association != Some(table) {
        let mut lines = Vec::new();
        if let Some(before) = at.association {
            lines.push(format!(
                "disassociate-transit-gateway-route-table {} {}",
                word(n, before),
                word(n, attachment)
            ));
        }
        lines.push(format!("associate-transit-gateway-route-table {words}"));
        found.push(Wiring::Make(lines));
    }
    if !at.propagations.contains(&table) {
        let line = format!("enable-transit-gateway-route-table-propagation {words}");
        found.push(Wiring::Make(vec![line]));
    }
    let known = |cidr: &Cidr| n.transit_routes(table).iter().any(|it| it.destination == *cidr);
    let block = blocks_behind(n, attachment).into_iter().find(|cidr| !known(cidr));
    if let Some(block) = block {
        found.push(Wiring::Make(vec![format!(
            "create-transit-gateway-route {} {block} -> {}",
            word(n, table),
            word(n, attachment)
        )]));
    }
    found
}

/// A VPN connection between a customer gateway and one of AWS's.
fn vpn(
    n: &Network,
    name: &str,
    customer: &str,
    to: Thing,
    site: crate::cloud::OnPremisesId,
) -> Option<Wiring> {
    let side = match to {
        Thing::VirtualPrivateGateway(id) => format!("vpn-gateway {}", word(n, id)),
        Thing::TransitGateway(id) => format!("transit-gateway {}", word(n, id)),
        _ => return None,
    };
    let blocks: Vec<String> =
        n.on_premises().get(site)?.cidrs.iter().map(ToString::to_string).collect();
    let blocks = blocks.join(" ");
    Some(Wiring::Make(vec![format!("create-vpn-connection {name} {customer} {side} bgp {blocks}")]))
}
