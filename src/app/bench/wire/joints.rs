//! The edits behind the pairs that take more than a line.

use crate::{
    app::bench::{
        clip::{Clip, Place},
        edit::Order,
        form::free_name,
        wire::{Wiring, interfaces, is_in, listed, routes::blocks_behind, standing_in, stem},
    },
    cloud::{
        ApiId, Change, EndpointTo, InstanceId, InterfaceKind, LoadBalancerId, LoadBalancerKind,
        Network, PrefixListId, PublicAtLaunch, RouteTableId, SecurityGroupId, SubnetId,
        TargetGroupId, TargetKind, TaskId, Thing, TransitGatewayAttachmentId,
        TransitGatewayRouteTableId,
    },
    course::{
        Allowed, edit,
        grammar::quote,
        names::{interface_word, word},
    },
    net::Cidr,
};

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

/// A group put on something.
pub(super) fn join(n: &Network, group: SecurityGroupId, to: Thing) -> Vec<Wiring> {
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
        Thing::Database(id) => {
            let groups = listed(n, "group", &groups);
            format!("modify-db-instance {} groups=these{groups}", word(n, id))
        }
        _ => return Vec::new(),
    };
    vec![Wiring::Make(vec![line])]
}

pub(super) fn into_endpoint(n: &Network, endpoint: Thing, table: RouteTableId) -> Vec<Wiring> {
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
pub(super) fn endpoint(n: &Network, to: Thing, subnets: &[SubnetId]) -> Vec<Wiring> {
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
pub(super) fn register(n: &Network, group: TargetGroupId, target: Thing) -> Vec<Wiring> {
    registering(n, group, target).map(|line| Wiring::Make(vec![line])).into_iter().collect()
}

/// Everything in a subnet that a target group takes, put behind it as one step.
pub(super) fn register_all(n: &Network, group: TargetGroupId, subnet: SubnetId) -> Vec<Wiring> {
    let instances = n.instances().iter().map(|(id, _)| Thing::Instance(id));
    let tasks = n.tasks().iter().map(|(id, _)| Thing::Task(id));
    let stands = |thing: &Thing| {
        let first = interfaces(n, *thing).first().copied();
        first.and_then(|id| n.interfaces().get(id)).is_some_and(|row| row.subnet == subnet)
    };
    let all = instances.chain(tasks).filter(stands);
    let lines: Vec<String> = all.filter_map(|thing| registering(n, group, thing)).collect();
    if lines.is_empty() { Vec::new() } else { vec![Wiring::Make(lines)] }
}

fn registering(n: &Network, group: TargetGroupId, target: Thing) -> Option<String> {
    let row = n.target_groups().get(group)?;
    let first = interfaces(n, target).first().copied();
    if first.is_some_and(|id| n.vpc_of(id) != row.vpc) {
        return None;
    }
    let written = match (row.kind, target) {
        (TargetKind::Instance, Thing::Instance(id)) => format!("instance {}", word(n, id)),
        (
            TargetKind::Ip,
            Thing::Instance(_) | Thing::Interface(_) | Thing::Task(_) | Thing::Database(_),
        ) => {
            let address = first.and_then(|id| n.interfaces().get(id)?.private_ipv4())?;
            format!("ip {address}")
        }
        (TargetKind::Function, Thing::Function(id)) => format!("lambda {}", word(n, id)),
        (TargetKind::LoadBalancer, Thing::LoadBalancer(id)) => format!("alb {}", word(n, id)),
        _ => return None,
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
    (!known).then_some(line)
}

/// A gateway endpoint for a list of AWS's, in a route table: one of the VPC's that is there, or a
/// new one.
pub(super) fn list_into_table(n: &Network, list: PrefixListId, table: RouteTableId) -> Vec<Wiring> {
    let (Some(list_row), Some(row)) = (n.prefix_lists().get(list), n.route_tables().get(table))
    else {
        return Vec::new();
    };
    if !list_row.by_aws || row.list_target(list).is_some() {
        return Vec::new();
    }
    let vpc = row.vpc;
    let there = n.gateway_endpoints().find(|_, row| row.vpc == vpc && row.list == list);
    if let Some(endpoint) = there {
        return into_endpoint(n, Thing::GatewayEndpoint(endpoint), table);
    }
    let name = quote(&free_name(n, &format!("to-{}", list_row.name)));
    let (vpc, list, table) = (word(n, vpc), word(n, list), word(n, table));
    vec![Wiring::Make(vec![format!("create-vpc-endpoint {name} {vpc} {list} {table}")])]
}

/// Another task like this one in another subnet: a task itself cannot move.
pub(super) fn task_alike(n: &Network, task: TaskId, subnet: SubnetId) -> Option<Wiring> {
    let row = n.tasks().get(task)?;
    if n.interfaces().get(row.interface)?.subnet == subnet {
        return None;
    }
    let place = Place { vpc: None, subnet: Some(subnet), subject: Some(Thing::Subnet(subnet)) };
    let clip = Clip::of(n, Thing::Task(task)).ok()?;
    let pasted = clip.orders(n, place, &Allowed::Everything).ok()?;
    match pasted.orders.as_slice() {
        [Order::Change(change)] => Some(Wiring::Make(vec![edit::print(n, change)])),
        _ => None,
    }
}

/// A listener of a load balancer that leads to a target group.
pub(super) fn listen(n: &Network, group: TargetGroupId, balancer: LoadBalancerId) -> Vec<Wiring> {
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
pub(super) fn to_transit_table(
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
pub(super) fn vpn(
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
