//! A scene as TOML again: what [`Scene::parse`](crate::course::Scene::parse) reads back.
//!
//! For networks that somebody built or changed. Names that a scene cannot have, or has already,
//! are made fit. What scenes have no words for is left out: learned routes, and all but the first
//! of several nodes that a load balancer has in one subnet.

mod interface;
mod service;

use std::{collections::BTreeSet, net::IpAddr};

use crate::{
    cloud::{
        Api, BlockMode, BlockPublicAccess, Connectivity, Database, Direction, Distribution,
        EgressOnlyGateway, EndpointPolicy, EndpointService, ExclusionMode, ExclusionOf, Forwarding,
        Function, GatewayEndpoint, Host, Instance, InstanceState, Interface, InterfaceEndpoint,
        InterfaceKind, InternetGateway, Listening, LoadBalancer, Name, NatGateway, NatGatewayState,
        Network, NetworkAcl, Origin, Peer, Peering, PeeringState, PrefixList, RouteTable,
        SecurityGroup, SecurityGroupId, SecurityGroupRule, Service, Subnet, Target, TargetGroup,
        Task, Vpc,
    },
    course::{Scene, grammar, names, scene::print_probe},
    net::{Cidr, Ports},
    text::clean::clean,
};

/// The scene as TOML. What comes with a VPC stands before what people made, as when it is read.
pub fn to_toml(scene: &Scene) -> String {
    let network = &named(&scene.network);
    let mut out = Lines::default();
    for (_, vpc) in network.vpcs().iter() {
        out.table("vpc", &vpc.name);
        match vpc.cidrs.as_slice() {
            [one] => out.text("cidr", &one.to_string()),
            many => out.list("cidrs", many.iter().map(ToString::to_string)),
        }
        match vpc.ipv6_cidrs.as_slice() {
            [] => {}
            [one] => out.text("ipv6_cidr", &one.to_string()),
            many => out.list("ipv6_cidrs", many.iter().map(ToString::to_string)),
        }
        if !vpc.dns_support {
            out.flag("dns_support", false);
        }
        if vpc.dns_hostnames {
            out.flag("dns_hostnames", true);
        }
    }
    for (_, gateway) in network.internet_gateways().iter() {
        out.table("internet_gateway", &gateway.name);
        if let Some(vpc) = gateway.vpc.and_then(|id| network.vpcs().get(id)) {
            out.text("vpc", &vpc.name);
        }
        let table = gateway.route_table.and_then(|id| network.route_tables().get(id));
        if let Some(table) = table {
            out.text("route_table", &table.name);
        }
    }
    for (_, gateway) in network.egress_only_gateways().iter() {
        out.table("egress_only_gateway", &gateway.name);
        vpc_line(network, gateway.vpc, &mut out);
    }
    for (_, list) in network.prefix_lists().iter() {
        out.table("prefix_list", &list.name);
        out.list("cidrs", list.cidrs.iter().map(ToString::to_string));
        if list.by_aws {
            out.flag("aws", true);
        }
    }
    for (_, peering) in network.peerings().iter() {
        self::peering(network, peering, &mut out);
    }
    route_tables(network, &mut out);
    subnets(network, &mut out);
    security_groups(network, &mut out);
    network_acls(network, &mut out);
    for (_, endpoint) in network.gateway_endpoints().iter() {
        gateway_endpoint(network, endpoint, &mut out);
    }
    for (_, gateway) in network.nat_gateways().iter() {
        nat_gateway(network, gateway, &mut out);
    }
    for (_, instance) in network.instances().iter() {
        self::instance(network, instance, &mut out);
    }
    interface::interfaces(network, &mut out);
    for (_, host) in network.hosts().iter() {
        out.table("host", &host.name);
        out.text("address", &host.address.to_string());
        out.listens(&host.listening);
    }
    service::services(network, &mut out);
    block_public_access(network, &mut out);
    if !scene.packets.is_empty() {
        out.0.push_str("\n[packets]\n");
        let mut taken = BTreeSet::new();
        for packet in &scene.packets {
            let name = fit(&packet.name, "packet", &mut taken);
            out.text(&key(&name), &print_probe(network, &packet.probe));
        }
    }
    out.0.trim_start().to_owned()
}

/// The network with names that a scene can have.
fn named(network: &Network) -> Network {
    let mut named = network.clone();
    macro_rules! rename {
        ($kind:ty, $table:ident, $word:literal, $taken:expr, $keep:expr) => {
            let taken = $taken;
            for (id, row) in network.$table().iter() {
                if $keep(id) {
                    continue;
                }
                let name = fit(&row.name, $word, taken);
                named.update(id, |row: &mut $kind| row.name = Name::from(&name));
            }
        };
    }
    rename!(Vpc, vpcs, "vpc", &mut BTreeSet::new(), |_| false);
    rename!(InternetGateway, internet_gateways, "igw", &mut BTreeSet::new(), |_| false);
    rename!(PrefixList, prefix_lists, "list", &mut BTreeSet::new(), |_| false);
    rename!(Peering, peerings, "pcx", &mut BTreeSet::new(), |_| false);
    rename!(GatewayEndpoint, gateway_endpoints, "endpoint", &mut BTreeSet::new(), |_| false);
    rename!(EgressOnlyGateway, egress_only_gateways, "eigw", &mut BTreeSet::new(), |_| false);
    rename!(Subnet, subnets, "subnet", &mut BTreeSet::new(), |_| false);
    rename!(RouteTable, route_tables, "table", &mut BTreeSet::new(), |_| false);
    rename!(NetworkAcl, network_acls, "acl", &mut BTreeSet::new(), |_| false);
    let own: BTreeSet<_> =
        network.vpcs().iter().map(|(_, vpc)| vpc.default_security_group).collect();
    let mut groups = BTreeSet::from(["default".to_owned()]);
    rename!(SecurityGroup, security_groups, "rules", &mut groups, |id| own.contains(&id));
    // Those that packets may name share one space.
    let mut ends = BTreeSet::new();
    rename!(Instance, instances, "instance", &mut ends, |_| false);
    rename!(Host, hosts, "host", &mut ends, |_| false);
    rename!(NatGateway, nat_gateways, "nat", &mut ends, |_| false);
    rename!(LoadBalancer, load_balancers, "balancer", &mut ends, |_| false);
    rename!(Service, services, "service", &mut ends, |_| false);
    rename!(Function, functions, "function", &mut ends, |_| false);
    rename!(Api, apis, "api", &mut ends, |_| false);
    rename!(Distribution, distributions, "cdn", &mut ends, |_| false);
    rename!(InterfaceEndpoint, interface_endpoints, "endpoint", &mut ends, |_| false);
    rename!(Database, databases, "database", &mut ends, |_| false);
    rename!(Task, tasks, "task", &mut ends, |_| false);
    rename!(TargetGroup, target_groups, "targets", &mut BTreeSet::new(), |_| false);
    rename!(EndpointService, endpoint_services, "offer", &mut BTreeSet::new(), |_| false);
    // Interfaces that have no name of their own in a scene must not be mistaken for others.
    for (id, _) in network.interfaces().iter() {
        named.update(id, |row: &mut Interface| row.name = format!("#{}", id.index()).into());
    }
    interface::name(network, &mut named, &mut ends);
    // Databases, tasks and endpoints that routes lead to are called by their own names.
    let of_databases: Vec<_> =
        named.databases().iter().map(|(_, it)| (it.interface, it.name.clone())).collect();
    let of_tasks: Vec<_> =
        named.tasks().iter().map(|(_, it)| (it.interface, it.name.clone())).collect();
    let of_endpoints: Vec<_> = (named.interface_endpoints().iter())
        .filter(|(_, it)| it.interfaces.len() == 1)
        .map(|(_, it)| (it.interfaces[0], it.name.clone()))
        .collect();
    for (id, name) in of_databases.into_iter().chain(of_tasks).chain(of_endpoints) {
        named.update(id, |row: &mut Interface| row.name = name);
    }
    for (_, instance) in network.instances().iter() {
        let mut taken = BTreeSet::new();
        for id in instance.interfaces.iter().skip(1) {
            let Some(row) = network.interfaces().get(*id) else { continue };
            let name = fit(&row.name, "eth", &mut taken);
            named.update(*id, |row: &mut Interface| row.name = Name::from(&name));
        }
    }
    named
}

/// A name that scenes can have and that nothing else has.
fn fit(name: &str, word: &str, taken: &mut BTreeSet<String>) -> String {
    let letters: String = clean(name)
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' })
        .take(48)
        .collect();
    let letters = letters.trim_start_matches('-');
    let kept = if grammar::is_name(letters) && !grammar::is_reserved(letters) {
        letters.to_owned()
    } else {
        format!("{word}-{letters}").trim_end_matches('-').to_owned()
    };
    let mut unique = kept.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{kept}-{number}");
        number += 1;
    }
    unique
}

fn key(name: &str) -> String {
    let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare && !name.is_empty() { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn table(&mut self, kind: &str, name: &str) {
        self.0.extend(["\n[", kind, ".", &key(name), "]\n"]);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.0.extend([name, " = ", &quoted(value), "\n"]);
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.0.extend([name, " = ", if value { "true" } else { "false" }, "\n"]);
    }

    fn number(&mut self, name: &str, value: u16) {
        self.0.extend([name, " = ", &value.to_string(), "\n"]);
    }

    fn list(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().map(|value| quoted(&value)).collect();
        let line = values.join(", ");
        if line.chars().count() <= 90 {
            self.0.extend([name, " = [", &line, "]\n"]);
        } else {
            self.0.extend([name, " = [\n  ", &values.join(",\n  "), ",\n]\n"]);
        }
    }

    fn listens(&mut self, listening: &Listening) {
        if let Listening::On(open) = listening {
            let lines = open.iter().filter(|(protocol, _)| protocol.has_ports());
            let lines =
                lines.map(|(protocol, ports)| grammar::print_traffic(Some(*protocol), *ports));
            self.list("listens", lines);
        }
    }
}

fn vpc_line(network: &Network, vpc: crate::cloud::VpcId, out: &mut Lines) {
    if let Some(vpc) = network.vpcs().get(vpc).filter(|_| network.vpcs().len() > 1) {
        out.text("vpc", &vpc.name);
    }
}

fn route_tables(network: &Network, out: &mut Lines) {
    let is_main = |id, table: &RouteTable| {
        network.vpcs().get(table.vpc).is_some_and(|vpc| vpc.main_route_table == id)
    };
    let mut tables: Vec<_> = network.route_tables().iter().collect();
    tables.sort_by_key(|(id, table)| !is_main(*id, table));
    for (id, table) in tables {
        let vpc = network.vpcs().get(table.vpc);
        let main = is_main(id, table);
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
            let line = format!("{to} -> {}", target(network, &route.target));
            if !routes.contains(&line) {
                routes.push(line);
            }
        }
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

/// What a route leads to; an interface that scenes have no words for counts as gone.
fn target(network: &Network, target: &Target) -> String {
    match target {
        Target::Interface(id)
            if !network.interfaces().get(*id).is_some_and(|row| {
                matches!(row.kind, InterfaceKind::Instance(_) | InterfaceKind::Endpoint(_))
                    || interface::stands_alone(row)
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

fn subnets(network: &Network, out: &mut Lines) {
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
        if subnet.auto_assign_public_ip {
            out.flag("auto_assign_public_ip", true);
        }
    }
}

fn security_groups(network: &Network, out: &mut Lines) {
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

fn rule_line(network: &Network, rule: &SecurityGroupRule, way: Direction) -> String {
    let far = match rule.peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::Group(group) => format!("group {}", group_name(network, group)),
        Peer::PrefixList(list) => format!("prefix-list {}", names::word(network, list)),
    };
    let traffic = grammar::print_traffic(rule.protocol, rule.ports);
    format!("{traffic} {} {far}", grammar::preposition(way))
}

fn group_name(network: &Network, group: SecurityGroupId) -> String {
    network.security_groups().get(group).map_or_else(String::new, |row| row.name.to_string())
}

fn network_acls(network: &Network, out: &mut Lines) {
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

fn block_public_access(network: &Network, out: &mut Lines) {
    let switch = network.block_public_access();
    if *switch == BlockPublicAccess::default() {
        return;
    }
    out.0.push_str("\n[block_public_access]\n");
    out.text(
        "mode",
        match switch.mode {
            BlockMode::Off => "off",
            BlockMode::Bidirectional => "block-bidirectional",
            BlockMode::Ingress => "block-ingress",
        },
    );
    let lines = switch.exclusions.iter().map(|it| {
        let of = match it.of {
            ExclusionOf::Vpc(id) => format!("vpc {}", names::word(network, id)),
            ExclusionOf::Subnet(id) => format!("subnet {}", names::word(network, id)),
        };
        let mode = match it.mode {
            ExclusionMode::AllowBidirectional => "allow-bidirectional",
            ExclusionMode::AllowEgress => "allow-egress",
        };
        format!("{of} {mode}")
    });
    if !switch.exclusions.is_empty() {
        out.list("exclusions", lines);
    }
}

fn peering(network: &Network, peering: &Peering, out: &mut Lines) {
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
}

fn gateway_endpoint(network: &Network, endpoint: &GatewayEndpoint, out: &mut Lines) {
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

fn nat_gateway(network: &Network, gateway: &NatGateway, out: &mut Lines) {
    let Some(subnet) = network.subnets().get(gateway.subnet) else { return };
    out.table("nat_gateway", &gateway.name);
    out.text("subnet", &subnet.name);
    if gateway.connectivity == Connectivity::Private {
        out.text("connectivity", "private");
    }
    if let Some(interface) = network.interfaces().get(gateway.interface) {
        if let Some(address) = interface.addresses.first() {
            out.text("address", &address.to_string());
        }
        if let Some(public) = interface.public_address {
            out.text("public_ip", &public.address.to_string());
        }
    }
    match gateway.state {
        NatGatewayState::Available => {}
        NatGatewayState::Pending => out.text("state", "pending"),
        NatGatewayState::Failed => out.text("state", "failed"),
    }
}

fn instance(network: &Network, instance: &Instance, out: &mut Lines) {
    let mut interfaces = instance.interfaces.iter().filter_map(|id| network.interfaces().get(*id));
    let Some(primary) = interfaces.next() else { return };
    let Some(subnet) = network.subnets().get(primary.subnet) else { return };
    out.table("instance", &instance.name);
    card(network, primary, out);
    match primary.public_address {
        Some(public) if public.elastic => out.text("elastic_ip", &public.address.to_string()),
        Some(public) => out.text("public_ip", &public.address.to_string()),
        None if subnet.auto_assign_public_ip => out.flag("public_ip", false),
        None => {}
    }
    out.listens(&instance.listening);
    if instance.state == InstanceState::Stopped {
        out.text("state", "stopped");
    }
    match instance.forwarding {
        Forwarding::Off => {}
        Forwarding::Routes => out.text("forwarding", "routes"),
        Forwarding::Inspects => out.text("forwarding", "inspects"),
        Forwarding::Translates => out.text("forwarding", "translates"),
    }
    for interface in interfaces.filter(|row| matches!(row.kind, InterfaceKind::Instance(_))) {
        let path = format!("instance.{}.interface", key(&instance.name));
        out.table(&path, &interface.name);
        card(network, interface, out);
    }
}

/// What every interface has.
fn card(network: &Network, interface: &Interface, out: &mut Lines) {
    let Some(subnet) = network.subnets().get(interface.subnet) else { return };
    out.text("subnet", &subnet.name);
    if let Some(address) = interface.addresses.iter().find(|it| it.is_ipv4()) {
        out.text("address", &address.to_string());
    }
    if let Some(address) = interface.addresses.iter().find(|it| it.is_ipv6()) {
        out.text("ipv6", &address.to_string());
    }
    let (v4, v6): (Vec<&IpAddr>, Vec<&IpAddr>) =
        interface.addresses.iter().partition(|it| it.is_ipv4());
    let further = v4.iter().skip(1).chain(v6.iter().skip(1));
    let further: Vec<String> = further.map(ToString::to_string).collect();
    if !further.is_empty() {
        out.list("further_addresses", further);
    }
    let default = network.vpcs().get(subnet.vpc).map(|vpc| vpc.default_security_group);
    if interface.security_groups.iter().copied().map(Some).ne([default]) {
        let groups = interface.security_groups.iter().map(|id| group_name(network, *id));
        out.list("security_groups", groups);
    }
    if !interface.source_dest_check {
        out.flag("source_dest_check", false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Rules, trace},
        course::{Pack, Scene},
    };

    /// What is written reads back, is written the same again, and its packets fare the same.
    fn check(scene: &Scene) {
        let written = to_toml(scene);
        let (again, faults) = Scene::parse(&format!("{}.scene.toml", scene.name), &written);
        let again = again.unwrap_or_else(|| panic!("{written}\n{faults:#?}"));
        assert_eq!(to_toml(&again), written);
        for (before, after) in scene.packets.iter().zip(&again.packets) {
            let follow = |scene: &Scene, packet| trace(&scene.network, packet, &Rules::AWS);
            let (before, after) = (follow(scene, before.probe), follow(&again, after.probe));
            let codes = |trace: &crate::cloud::Trace| {
                (trace.hops.len(), trace.verdict.code(), trace.is_delivered())
            };
            assert_eq!(codes(&before), codes(&after), "{written}");
        }
    }

    #[test]
    fn every_scene_of_the_built_in_pack_reads_back_from_its_export() {
        let pack = Pack::builtin();
        for (path, text) in &pack.files {
            if path.ends_with(".scene.toml") {
                check(&Scene::parse(path, text).0.expect("it has no faults"));
            }
        }
    }

    #[test]
    fn everything_that_a_scene_can_say_is_said_again() {
        let text = r#"
[vpc.main]
cidrs = ["10.0.0.0/16", "100.64.0.0/16"]
ipv6_cidr = "2001:db8:1::/56"
[vpc.other]
cidr = "10.1.0.0/16"
[internet_gateway.igw]
vpc = "main"
route_table = "edge"
[internet_gateway.spare]
[route_table.edge]
vpc = "main"
routes = ["10.0.0.0/24 -> box"]
[route_table.roads]
vpc = "main"
main = true
routes = ["0.0.0.0/0 -> nat", "198.51.100.0/24 -> old (deleted)"]
[subnet.a]
vpc = "main"
cidr = "10.0.0.0/24"
ipv6_cidr = "2001:db8:1::/64"
zone = "b"
routes = ["0.0.0.0/0 -> igw", "::/0 -> eigw", "192.0.2.0/24 -> box", "prefix-list office -> pcx", "10.1.0.0/16 -> pcx"]
network_acl = "strict"
auto_assign_public_ip = true
[subnet.b]
vpc = "other"
cidr = "10.1.0.0/24"
[network_acl.strict]
vpc = "main"
inbound = ["100 allow all from 0.0.0.0/0", "90 deny tcp 22 from 192.0.2.0/24"]
outbound = ["100 allow all to 0.0.0.0/0"]
[network_acl.mine]
vpc = "other"
default = true
inbound = []
[security_group.shut]
vpc = "other"
default = true
inbound = []
[security_group.web]
vpc = "main"
inbound = ["tcp 443 from 0.0.0.0/0", "all from group default", "icmp from group web", "udp 53 from prefix-list office"]
outbound = []
[egress_only_gateway.eigw]
vpc = "main"
[block_public_access]
mode = "block-ingress"
exclusions = ["subnet a allow-egress", "vpc main allow-bidirectional"]
[prefix_list.office]
cidrs = ["198.51.100.0/25", "192.0.2.128/25"]
[peering.pcx]
requester = "main"
accepter = "other"
[peering.old]
requester = "other"
accepter = "main"
state = "expired"
[gateway_endpoint.s3]
vpc = "main"
route_tables = ["a"]
policy = "deny"
[nat_gateway.nat]
subnet = "a"
state = "pending"
[instance.box]
subnet = "a"
ipv6 = true
public_ip = false
security_groups = ["web", "default"]
source_dest_check = false
forwarding = "translates"
listens = ["tcp 443", "udp 53"]
further_addresses = ["10.0.0.77", "2001:db8:1::77"]
[instance.box.interface.eth1]
subnet = "a"
ipv6 = "2001:db8:1::99"
further_addresses = ["10.0.0.78"]
[network_interface.cache]
subnet = "a"
address = "10.0.0.90"
security_groups = ["web"]
public_ip = "203.0.113.90"
[network_interface.spare]
subnet = "b"
of = "nothing"
source_dest_check = false
[subnet.c]
vpc = "main"
cidr = "10.0.2.0/24"
zone = "c"
[load_balancer.front]
type = "network"
subnets = ["a", "c"]
addresses = ["10.0.0.40", "10.0.2.40"]
public_ips = ["203.0.113.140", "203.0.113.141"]
listeners = ["tcp 443 -> boxes"]
[target_group.boxes]
vpc = "main"
protocol = "tcp"
port = 443
targets = ["box"]
[interface_endpoint.queue]
service = "sqs"
subnets = ["a", "c"]
addresses = ["10.0.0.50", "10.0.2.50"]
private_dns = false
[lambda.worker]
subnets = ["c"]
addresses = ["10.0.2.60"]
security_groups = ["web"]
[database.store]
subnets = ["a", "c"]
address = "10.0.2.70"
public_ip = "203.0.113.170"
port = 5432
[instance."서버"]
subnet = "a"
elastic_ip = true
state = "stopped"
listens = []
[host.client]
address = "192.0.2.9"
[packets]
https = "client:50000 -> box tcp/443"
out = "서버 -> internet icmp"
six = "[2001:db8:ffff::2]:5000 -> box tcp/443"
nat = "internet -> nat tcp/1"
cache = "box -> cache tcp/6379"
front = "internet -> front tcp/443"
work = "worker -> store tcp/5432"
store = "10.0.0.77 -> store tcp/5432"
"#;
        let (scene, faults) = Scene::parse("s.scene.toml", text);
        check(&scene.unwrap_or_else(|| panic!("{faults:#?}")));
    }

    #[test]
    fn odd_names_are_made_fit() {
        let mut taken = BTreeSet::new();
        let names = ["web", "web", "w b", "", "internet", "10.0.0.1", "-x", "한글 이름", "->"];
        let fitted = names.map(|name| fit(name, "host", &mut taken));
        assert_eq!(
            fitted,
            [
                "web",
                "web-2",
                "w-b",
                "host",
                "host-internet",
                "10-0-0-1",
                "x",
                "한글-이름",
                "host-2"
            ]
        );
    }
}
