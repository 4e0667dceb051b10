//! A scene as TOML again: what [`Scene::parse`](crate::course::Scene::parse) reads back.
//!
//! For networks that somebody built or changed. Names that a scene cannot have, or has already,
//! are made fit. What scenes have no words for is left out: learned routes, and all but the first
//! of several nodes that a load balancer has in one subnet.

mod hybrid;
mod instance;
mod interface;
mod service;
mod transit;
mod vpc;

use std::collections::BTreeSet;

use crate::{
    cloud::{
        Api, CustomerGateway, Database, DirectConnectGateway, Distribution, EgressOnlyGateway,
        EndpointService, Function, GatewayEndpoint, Host, Instance, Interface, InterfaceEndpoint,
        InternetGateway, Listening, LoadBalancer, Name, NatGateway, Network, NetworkAcl,
        OnPremises, Peering, PrefixList, RouteTable, SecurityGroup, Service, Subnet, TargetGroup,
        Task, TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable,
        VirtualPrivateGateway, Vpc, VpnConnection,
    },
    course::{
        Scene, grammar,
        scene::{parse_probe, print_probe},
    },
    text::clean::clean,
};

/// The scene as TOML. What comes with a VPC stands before what people made, as when it is read.
pub fn to_toml(scene: &Scene) -> String {
    let network = &named(&scene.network);
    let mut out = Lines::default();
    vpc::quotas(network, &mut out);
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
        vpc::vpc_line(network, gateway.vpc, &mut out);
    }
    for (_, list) in network.prefix_lists().iter() {
        out.table("prefix_list", &list.name);
        out.list("cidrs", list.cidrs.iter().map(ToString::to_string));
        if list.by_aws {
            out.flag("aws", true);
        }
    }
    for (_, peering) in network.peerings().iter() {
        vpc::peering(network, peering, &mut out);
    }
    vpc::route_tables(network, &mut out);
    vpc::subnets(network, &mut out);
    vpc::security_groups(network, &mut out);
    vpc::network_acls(network, &mut out);
    for (_, endpoint) in network.gateway_endpoints().iter() {
        vpc::gateway_endpoint(network, endpoint, &mut out);
    }
    // Regional ones last, those to which AWS gives addresses behind those that say theirs: as they
    // are read.
    for turn in 0..3 {
        let place = |it: &NatGateway| match it.regional() {
            None => 0,
            Some(it) if it.automatic || it.zones.iter().any(|it| it.addresses.is_empty()) => 2,
            Some(_) => 1,
        };
        let gateways = network.nat_gateways().iter().filter(|(_, it)| place(it) == turn);
        for (_, gateway) in gateways {
            vpc::nat_gateway(network, gateway, &mut out);
        }
    }
    for (_, instance) in network.instances().iter() {
        instance::instance(network, instance, &mut out);
    }
    interface::interfaces(network, &mut out);
    for (_, host) in network.hosts().iter() {
        out.table("host", &host.name);
        out.text("address", &host.address.to_string());
        out.listens(&host.listening);
    }
    hybrid::hybrid(network, &mut out);
    transit::transit(network, &mut out);
    service::services(network, &mut out);
    vpc::block_public_access(network, &mut out);
    // Nobody can send what one end is gone of.
    let packets = scene.packets.iter().filter_map(|packet| {
        let line = print_probe(network, &packet.probe);
        parse_probe(network, &line).is_ok().then_some((packet, line))
    });
    let mut packets = packets.peekable();
    if packets.peek().is_some() {
        out.0.push_str("\n[packets]\n");
        let mut taken = BTreeSet::new();
        for (packet, line) in packets {
            out.text(&key(&fit(&packet.name, "packet", &mut taken)), &line);
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
    rename!(OnPremises, on_premises, "site", &mut ends, |_| false);
    let mut gateways = BTreeSet::new();
    rename!(TransitGateway, transit_gateways, "tgw", &mut gateways, |_| false);
    rename!(VirtualPrivateGateway, virtual_private_gateways, "vgw", &mut gateways, |_| false);
    rename!(
        TransitGatewayRouteTable,
        transit_gateway_route_tables,
        "table",
        &mut BTreeSet::new(),
        |_| false
    );
    rename!(CustomerGateway, customer_gateways, "router", &mut BTreeSet::new(), |_| false);
    rename!(DirectConnectGateway, direct_connect_gateways, "line", &mut BTreeSet::new(), |_| false);
    // The attachment of a VPN connection has its name.
    let mut attached = BTreeSet::new();
    rename!(VpnConnection, vpn_connections, "vpn", &mut attached, |_| false);
    rename!(
        TransitGatewayAttachment,
        transit_gateway_attachments,
        "attachment",
        &mut attached,
        |_| false
    );
    let of_vpns: Vec<_> = (named.vpn_connections().iter())
        .filter_map(|(id, it)| Some((named.attachment_of_vpn(id)?, it.name.clone())))
        .collect();
    for (id, name) in of_vpns {
        named.update(id, |row: &mut TransitGatewayAttachment| row.name = name);
    }
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
further_addresses = ["10.0.0.77 -> 203.0.113.77", "2001:db8:1::77"]
[instance.box.interface.eth1]
subnet = "a"
ipv6 = "2001:db8:1::99"
elastic_ip = "203.0.113.78"
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
    fn everything_that_joins_networks_is_said_again() {
        let text = r#"
[vpc.a]
cidr = "10.0.0.0/16"
[vpc.b]
cidr = "10.1.0.0/16"
[subnet.a1]
vpc = "a"
cidr = "10.0.1.0/24"
routes = ["10.1.0.0/16 -> hub", "192.168.0.0/16 -> vgw"]
[subnet.a2]
vpc = "a"
cidr = "10.0.2.0/24"
zone = "b"
routes = ["198.51.100.0/24 -> blackhole"]
[subnet.b1]
vpc = "b"
cidr = "10.1.1.0/24"
routes = ["0.0.0.0/0 -> far", "10.0.0.0/16 -> hub"]
[instance.one]
subnet = "a1"
[instance.two]
subnet = "b1"
forwarding = "inspects"
[prefix_list.offices]
cidrs = ["192.168.0.0/17", "192.168.128.0/17"]
[on_premises.office]
cidrs = ["192.168.0.0/16", "2001:db8:7::/48"]
address = "192.168.9.9"
listens = ["tcp 443"]
[on_premises.plant]
cidrs = ["172.16.0.0/16"]
[customer_gateway.edge]
on_premises = "plant"
address = "203.0.113.7"
[virtual_private_gateway.vgw]
vpc = "a"
propagates_to = ["a2"]
route_table = "edge"
[route_table.edge]
vpc = "a"
[virtual_private_gateway.spare]
[direct_connect.dx]
on_premises = "office"
virtual_private_gateways = ["vgw", "spare"]
prefixes = ["192.168.0.0/17"]
up = false
[direct_connect.transit-line]
on_premises = "plant"
[vpn.line]
on_premises = "office"
gateway = "vgw"
routes = ["192.168.0.0/16"]
tunnels = ["up", "down"]
[vpn.plant-line]
customer_gateway = "edge"
gateway = "hub"
prefixes = ["172.16.0.0/17"]
private = true
state = "modifying"
[transit_gateway.hub]
group_references = true
default_propagation = "main"
[transit_gateway.far]
default_association = false
default_propagation = false
[transit_gateway.plain]
[transit_gateway_attachment.att-a]
gateway = "hub"
vpc = "a"
subnets = ["a1", "a2"]
appliance_mode = true
group_references = false
[transit_gateway_attachment.att-b]
gateway = "hub"
vpc = "b"
subnets = ["b1"]
state = "pending-acceptance"
[transit_gateway_attachment.att-b-far]
gateway = "far"
vpc = "b"
subnets = ["b1"]
[transit_gateway_attachment.to-far]
gateway = "hub"
peer = "far"
[transit_gateway_attachment.to-hub]
gateway = "far"
peer = "hub"
[transit_gateway_attachment.private]
gateway = "hub"
direct_connect = "transit-line"
[transit_gateway_attachment.branch]
gateway = "hub"
connect = "office"
prefixes = ["192.168.4.0/24"]
[transit_gateway_attachment.att-plain]
gateway = "plain"
vpc = "a"
subnets = ["a1"]
[transit_gateway_route_table.main]
gateway = "hub"
associations = ["att-a", "att-b", "to-far", "plant-line", "private"]
propagations = ["att-a", "plant-line", "private", "branch"]
routes = [
  "10.9.0.0/16 -> blackhole",
  "10.8.0.0/16 -> old (deleted)",
  "0.0.0.0/0 -> to-far",
  "prefix-list offices -> branch",
]
[packets]
across = "one -> two tcp/443"
home = "one -> office tcp/443"
host = "office/192.168.7.7 -> one tcp/22"
"#;
        let (scene, faults) = Scene::parse("s.scene.toml", text);
        let scene = scene.unwrap_or_else(|| panic!("{faults:#?}"));
        check(&scene);
        let written = to_toml(&scene);
        for line in text.lines().filter(|line| line.starts_with("[trans") || line.contains("state"))
        {
            assert!(written.contains(line), "{line} is lost:\n{written}");
        }
    }

    #[test]
    fn one_section_stands_for_both_sides_of_a_peering() {
        let text = r#"
[vpc.a]
cidr = "10.0.0.0/16"
[transit_gateway.hub]
[transit_gateway.far]
[transit_gateway_attachment.bridge]
gateway = "hub"
peer = "far"
[transit_gateway_route_table.t]
gateway = "far"
associations = ["bridge"]
routes = ["10.0.0.0/16 -> bridge"]
"#;
        let (scene, faults) = Scene::parse("s.scene.toml", text);
        let scene = scene.unwrap_or_else(|| panic!("{faults:#?}"));
        assert_eq!(scene.network.transit_gateway_attachments().len(), 2);
        check(&scene);
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
