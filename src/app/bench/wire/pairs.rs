//! Which edit joins which two kinds of things.

use crate::{
    app::bench::{
        form::free_name,
        wire::{
            Wiring, carried, is_in,
            joints::{
                alike, endpoint, into_endpoint, join, link, list_into_table, listen, register,
                register_all, task_alike, to_transit_table, vpn,
            },
            listed,
            packets::is_waiting,
            routes::{route, route_through},
            standing_in, stem, zone_subnets,
        },
    },
    cloud::{AttachmentOf, NatGateway, Network, PeeringState, Thing},
    course::{
        grammar::quote,
        names::{interface_word, word},
    },
};

/// What depends on which of the two is taken to the other.
pub(super) fn one_way(n: &Network, from: Thing, to: Thing) -> Vec<Wiring> {
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
        (Thing::Task(task), Thing::Subnet(subnet)) => {
            found.extend(task_alike(n, task, subnet));
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
            Thing::Instance(_) | Thing::Interface(_) | Thing::Function(_) | Thing::Task(_),
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
pub(super) fn either_way(n: &Network, a: Thing, b: Thing) -> Vec<Wiring> {
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
        (Thing::PrefixList(list), Thing::RouteTable(table)) => list_into_table(n, list, table),
        (Thing::PrefixList(list), Thing::Subnet(subnet)) if n.subnets().get(subnet).is_some() => {
            list_into_table(n, list, n.route_table_of(subnet))
        }
        (
            Thing::RouteTable(table),
            Thing::TransitGatewayAttachment(_) | Thing::VpnConnection(_),
        ) => route_through(n, table, b).into_iter().collect(),
        (Thing::Subnet(subnet), Thing::VpnConnection(_)) if n.subnets().get(subnet).is_some() => {
            route_through(n, n.route_table_of(subnet), b).into_iter().collect()
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
            Thing::Instance(_)
            | Thing::Interface(_)
            | Thing::Function(_)
            | Thing::Task(_)
            | Thing::Database(_),
        ) => register(n, group, b),
        (Thing::TargetGroup(group), Thing::Subnet(subnet)) => register_all(n, group, subnet),
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
        (Thing::TransitGatewayRouteTable(table), Thing::VpnConnection(vpn)) => n
            .attachment_of_vpn(vpn)
            .map_or_else(Vec::new, |attachment| to_transit_table(n, table, attachment)),
        (Thing::TransitGatewayRouteTable(table), Thing::DirectConnectGateway(line)) => {
            let gateway = n.transit_gateway_route_tables().get(table).map(|row| row.gateway);
            let through = n.transit_gateway_attachments().find(|_, row| {
                row.of == AttachmentOf::DirectConnect(line) && Some(row.gateway) == gateway
            });
            through.map_or_else(Vec::new, |attachment| to_transit_table(n, table, attachment))
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
