//! What stands in VPCs as TOML: tables, subnets, groups, lists, gateways.

use std::collections::BTreeSet;

use super::{Lines, fit};
use crate::{
    cloud::{
        BlockPublicAccess, Connectivity, Direction, EndpointPolicy, ExclusionOf, GatewayEndpoint,
        InterfaceKind, NatGateway, NatGatewayState, NatSeat, Network, NetworkAcl, Origin, Peer,
        Peering, PeeringState, Quota, RouteTable, SecurityGroup, SecurityGroupId,
        SecurityGroupRule, Target, Thing,
    },
    course::{grammar, names},
    net::{Cidr, Ports},
    text::clean::clean,
};

pub(super) fn vpc_line(network: &Network, vpc: crate::cloud::VpcId, out: &mut Lines) {
    if let Some(vpc) = network.vpcs().get(vpc).filter(|_| network.vpcs().len() > 1) {
        out.text("vpc", &vpc.name);
    }
}

pub(super) fn route_tables(network: &Network, out: &mut Lines) {
    let is_main = |id, table: &RouteTable| {
        network.vpcs().get(table.vpc).is_some_and(|vpc| vpc.main_route_table == id)
    };
    // A regional NAT gateway's own is written with it.
    let own = |(id, _): &(_, &RouteTable)| network.nat_gateway_of_table(*id).is_none();
    let mut tables: Vec<_> = network.route_tables().iter().filter(own).collect();
    // The reader makes a main table with its VPC, so main tables go first, in the order of VPCs.
    tables.sort_by_key(
        |(id, table)| if is_main(*id, table) { (false, Some(table.vpc)) } else { (true, None) },
    );
    for (id, table) in tables {
        let vpc = network.vpcs().get(table.vpc);
        let main = is_main(id, table);
        let routes = routes(network, table);
        let usual = vpc.is_some_and(|vpc| *table.name == format!("{}-main", vpc.name));
        if main && usual && routes.is_empty() {
            continue;
        }
        out.table("route_table", &table.name);
        vpc_line(network, table.vpc, out);
        if main {
            out.flag("main", true);
        }
        if !routes.is_empty() {
            out.list("routes", routes);
        }
    }
}

/// The routes of a table that somebody wrote.
fn routes(network: &Network, table: &RouteTable) -> Vec<String> {
    let mut routes: Vec<String> = Vec::new();
    for route in &table.routes {
        let to = match route.origin {
            Origin::Static => route.destination.to_string(),
            // The VPC's own route is written where it leads elsewhere.
            Origin::Local if route.target != Target::Local => route.destination.to_string(),
            Origin::PrefixList(list) if !matches!(route.target, Target::GatewayEndpoint(_)) => {
                format!("prefix-list {}", names::word(network, list))
            }
            _ => continue,
        };
        let line = format!("{to} -> {}", target(network, &left(network, table, &route.target)));
        if !routes.contains(&line) {
            routes.push(line);
        }
    }
    routes
}

/// A gateway that serves another VPC now counts as gone: no scene may lead to it.
fn left(network: &Network, table: &RouteTable, target: &Target) -> Target {
    let (thing, vpc) = match *target {
        Target::InternetGateway(id) => {
            (Thing::InternetGateway(id), network.internet_gateways().get(id).and_then(|it| it.vpc))
        }
        Target::VirtualPrivateGateway(id) => (
            Thing::VirtualPrivateGateway(id),
            network.virtual_private_gateways().get(id).and_then(|it| it.vpc),
        ),
        _ => return target.clone(),
    };
    match network.name(thing) {
        Some(name) if vpc.is_some_and(|it| it != table.vpc) => Target::Gone(name.clone()),
        _ => target.clone(),
    }
}

/// What a route leads to; an interface that scenes have no words for counts as gone.
pub(super) fn target(network: &Network, target: &Target) -> String {
    match target {
        Target::Interface(id)
            if !network.interfaces().get(*id).is_some_and(|row| {
                matches!(row.kind, InterfaceKind::Instance(_) | InterfaceKind::Endpoint(_))
                    || super::interface::stands_alone(row)
            }) =>
        {
            "blackhole".to_owned()
        }
        Target::Gone(name) => {
            names::target_word(network, &Target::Gone(clean(name).as_str().into()))
        }
        target => names::target_word(network, target),
    }
}

pub(super) fn subnets(network: &Network, out: &mut Lines) {
    for (_, subnet) in network.subnets().iter() {
        out.table("subnet", &subnet.name);
        vpc_line(network, subnet.vpc, out);
        out.text("cidr", &subnet.cidr.to_string());
        if let Some(cidr) = subnet.ipv6_cidr {
            out.text("ipv6_cidr", &cidr.to_string());
        }
        if *subnet.zone.0 != *"a" {
            out.text("zone", &fit(&subnet.zone.0, "zone", &mut BTreeSet::new()));
        }
        if let Some(table) = subnet.route_table.and_then(|id| network.route_tables().get(id)) {
            out.text("route_table", &table.name);
        }
        if let Some(acl) = subnet.network_acl.and_then(|id| network.network_acls().get(id)) {
            out.text("network_acl", &acl.name);
        }
        if subnet.dns64 {
            out.flag("dns64", true);
        }
        if subnet.auto_assign_public_ip {
            out.flag("auto_assign_public_ip", true);
        }
    }
}

pub(super) fn security_groups(network: &Network, out: &mut Lines) {
    let is_default = |id, group: &SecurityGroup| {
        network.vpcs().get(group.vpc).is_some_and(|vpc| vpc.default_security_group == id)
    };
    let mut groups: Vec<_> = network.security_groups().iter().collect();
    groups.sort_by_key(|(id, group)| !is_default(*id, group));
    for (id, group) in groups {
        let vpc = network.vpcs().get(group.vpc);
        let default = is_default(id, group);
        let everything = |peer| SecurityGroupRule { protocol: None, ports: Ports::ALL, peer };
        let mut open = vec![everything(Peer::Cidr(Cidr::ANY_V4))];
        if vpc.is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty()) {
            open.push(everything(Peer::Cidr(Cidr::ANY_V6)));
        }
        let given = if default { vec![everything(Peer::Group(id))] } else { Vec::new() };
        if default && group.ingress == given && group.egress == open {
            continue;
        }
        match vpc.filter(|_| default && network.vpcs().len() > 1) {
            Some(vpc) => out.table("security_group", &format!("{}-default", vpc.name)),
            None => out.table("security_group", &group.name),
        }
        vpc_line(network, group.vpc, out);
        if default {
            out.flag("default", true);
        }
        let lines = |rules: &[SecurityGroupRule], way: Direction| -> Vec<String> {
            rules.iter().map(|rule| rule_line(network, rule, way)).collect()
        };
        if group.ingress != given {
            out.list("inbound", lines(&group.ingress, Direction::Ingress));
        }
        if group.egress != open {
            out.list("outbound", lines(&group.egress, Direction::Egress));
        }
    }
}

pub(super) fn rule_line(network: &Network, rule: &SecurityGroupRule, way: Direction) -> String {
    let far = match rule.peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::Group(group) => format!("group {}", group_name(network, group)),
        Peer::PrefixList(list) => format!("prefix-list {}", names::word(network, list)),
    };
    let traffic = grammar::print_traffic(rule.protocol, rule.ports);
    format!("{traffic} {} {far}", grammar::preposition(way))
}

pub(super) fn group_name(network: &Network, group: SecurityGroupId) -> String {
    network.security_groups().get(group).map_or_else(String::new, |row| row.name.to_string())
}

pub(super) fn network_acls(network: &Network, out: &mut Lines) {
    let is_default = |id, acl: &NetworkAcl| {
        network.vpcs().get(acl.vpc).is_some_and(|vpc| vpc.default_network_acl == id)
    };
    let mut acls: Vec<_> = network.network_acls().iter().collect();
    acls.sort_by_key(|(id, acl)| !is_default(*id, acl));
    for (id, acl) in acls {
        let vpc = network.vpcs().get(acl.vpc);
        let default = is_default(id, acl);
        let usual = vpc.is_some_and(|vpc| *acl.name == format!("{}-default", vpc.name));
        let lines = |way: Direction| -> Vec<String> {
            acl.entries(way).iter().map(|entry| grammar::print_acl_entry(entry, way)).collect()
        };
        let (inbound, outbound) = (lines(Direction::Ingress), lines(Direction::Egress));
        let ipv6 = vpc.is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty());
        let count = if ipv6 { 2 } else { 1 };
        let given = inbound == ["100 allow all from 0.0.0.0/0", "101 allow all from ::/0"][..count]
            && outbound == ["100 allow all to 0.0.0.0/0", "101 allow all to ::/0"][..count];
        if default && usual && given {
            continue;
        }
        out.table("network_acl", &acl.name);
        vpc_line(network, acl.vpc, out);
        if default {
            out.flag("default", true);
        }
        if default || !inbound.is_empty() {
            out.list("inbound", inbound);
        }
        if default || !outbound.is_empty() {
            out.list("outbound", outbound);
        }
    }
}

pub(super) fn block_public_access(network: &Network, out: &mut Lines) {
    let switch = network.block_public_access();
    if *switch == BlockPublicAccess::default() {
        return;
    }
    out.0.push_str("\n[block_public_access]\n");
    out.text("mode", switch.mode.as_str());
    let lines = switch.exclusions.iter().map(|it| {
        let of = match it.of {
            ExclusionOf::Vpc(id) => format!("vpc {}", names::word(network, id)),
            ExclusionOf::Subnet(id) => format!("subnet {}", names::word(network, id)),
        };
        format!("{of} {}", it.mode.as_str())
    });
    if !switch.exclusions.is_empty() {
        out.list("exclusions", lines);
    }
}

pub(super) fn peering(network: &Network, peering: &Peering, out: &mut Lines) {
    let name = |vpc| network.vpcs().get(vpc).map_or("", |row| row.name.as_str());
    out.table("peering", &peering.name);
    out.text("requester", name(peering.requester));
    out.text("accepter", name(peering.accepter));
    match peering.state {
        PeeringState::Active => {}
        PeeringState::PendingAcceptance => out.text("state", "pending"),
        PeeringState::Rejected => out.text("state", "rejected"),
        PeeringState::Expired => out.text("state", "expired"),
    }
    if peering.inter_region {
        out.flag("inter_region", true);
    }
    let names = peering.private_names;
    for (key, on) in [("requester_dns", names.requester), ("accepter_dns", names.accepter)] {
        if on {
            out.flag(key, true);
        }
    }
}

pub(super) fn gateway_endpoint(network: &Network, endpoint: &GatewayEndpoint, out: &mut Lines) {
    out.table("gateway_endpoint", &endpoint.name);
    vpc_line(network, endpoint.vpc, out);
    if let Some(list) = network.prefix_lists().get(endpoint.list) {
        out.text("prefix_list", &list.name);
    }
    let tables = endpoint.route_tables.iter();
    let tables = tables.filter_map(|id| network.route_tables().get(*id));
    out.list("route_tables", tables.map(|table| table.name.to_string()));
    if endpoint.policy == EndpointPolicy::Denies {
        out.text("policy", "deny");
    }
}

pub(super) fn nat_gateway(network: &Network, gateway: &NatGateway, out: &mut Lines) {
    let (subnet, interface) = match &gateway.seat {
        NatSeat::Zonal { subnet, interface } => (*subnet, *interface),
        NatSeat::Regional(regional) => {
            let Some(vpc) = network.vpcs().get(gateway.vpc) else { return };
            out.table("nat_gateway", &gateway.name);
            out.flag("regional", true);
            out.text("vpc", &vpc.name);
            if !regional.automatic {
                out.list(
                    "zones",
                    regional.zones.iter().map(|it| {
                        let addresses = it.addresses.iter().map(ToString::to_string);
                        let words: Vec<String> =
                            std::iter::once(grammar::quote(&it.zone.0)).chain(addresses).collect();
                        words.join(" ")
                    }),
                );
            }
            if let Some(table) = network.route_tables().get(regional.route_table) {
                // AWS writes the way to the internet by itself.
                let internet = network.internet_gateway_of(gateway.vpc).map(|it| {
                    format!("0.0.0.0/0 -> {}", target(network, &Target::InternetGateway(it)))
                });
                let mut routes = routes(network, table);
                routes.retain(|it| Some(it) != internet.as_ref());
                if !routes.is_empty() {
                    out.list("routes", routes);
                }
            }
            nat_state(gateway, out);
            return;
        }
    };
    let Some(subnet) = network.subnets().get(subnet) else { return };
    out.table("nat_gateway", &gateway.name);
    out.text("subnet", &subnet.name);
    if gateway.connectivity == Connectivity::Private {
        out.text("connectivity", "private");
    }
    if let Some(interface) = network.interfaces().get(interface) {
        if let Some(address) = interface.addresses.first() {
            out.text("address", &address.to_string());
        }
        if let Some(public) = interface.public_address {
            out.text("public_ip", &public.address.to_string());
        }
    }
    nat_state(gateway, out);
}

fn nat_state(gateway: &NatGateway, out: &mut Lines) {
    match gateway.state {
        NatGatewayState::Available => {}
        NatGatewayState::Pending => out.text("state", "pending"),
        NatGatewayState::Failed => out.text("state", "failed"),
    }
}

/// What the account must be granted for all this, and what it was granted.
pub(super) fn quotas(network: &Network, out: &mut Lines) {
    let needed = |quota| network.used(quota).max(network.quota(quota));
    let raised = Quota::ADJUSTABLE.into_iter().filter(|it| needed(it.0) > it.0.limit());
    for (place, (quota, key)) in raised.enumerate() {
        if place == 0 {
            out.0.push_str("\n[quotas]\n");
        }
        out.0.extend([key, " = ", &needed(quota).to_string(), "\n"]);
    }
}
