//! Scenes read, and what is said of those that are wrong.

use std::net::IpAddr;

use super::*;
use crate::{
    cloud::{InstanceState, NatGatewayState, Rules, Subnet, Target, Verdict, trace},
    course::names,
};

const SMALL: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"

[internet_gateway.igw]
vpc = "main"

[subnet.public]
cidr = "10.0.1.0/24"
routes = ["0.0.0.0/0 -> igw"]

[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]

[instance.web]
subnet = "public"
public_ip = true
security_groups = ["web"]
listens = ["tcp 443"]

[packets]
https = "internet -> web tcp/443"
"#;

/// The rules and places of the faults of a scene: `rule: place`.
fn faults(text: &str) -> Vec<String> {
    let (_, faults) = Scene::parse("t.scene.toml", text);
    faults.iter().map(|f| format!("{}: {}", f.rule, &text[f.span.clone()])).collect()
}

fn scene(text: &str) -> Scene {
    let (scene, faults) = Scene::parse("lessons/t.scene.toml", text);
    scene.unwrap_or_else(|| panic!("{faults:#?}"))
}

/// The small scene with one line more.
fn with(line: &str) -> String {
    format!("{SMALL}{line}\n")
}

#[test]
fn a_scene_is_named_after_its_file_and_works() {
    let scene = scene(SMALL);
    assert_eq!(scene.name, "t");
    assert_eq!(scene.packets[0].written, "internet -> web tcp/443");
    let trace = trace(&scene.network, scene.packets[0].probe, &Rules::AWS);
    assert_eq!(trace.verdict, Verdict::Delivered);
}

#[test]
fn every_fault_stands_under_the_word_that_is_wrong() {
    for (from, to, wanted) in [
        ("\"10.0.0.0/16\"", "\"10.0.0.0/33\"", "bad-cidr: 10.0.0.0/33"),
        ("\"10.0.0.0/16\"", "\"10.0.0.0\"", "bad-cidr: 10.0.0.0"),
        ("\"10.0.0.0/16\"", "\"10.0.0.0/8\"", "refused: 10.0.0.0/8"),
        ("\"10.0.0.0/16\"", "7", "wrong-type: 7"),
        ("[vpc.main]\ncidr", "[vpc.main]\ncird", "unknown-key: cird"),
        ("vpc = \"main\"", "vpc = \"mian\"", "unknown-object: mian"),
        ("\"10.0.1.0/24\"", "\"10.1.1.0/24\"", "refused: \"10.1.1.0/24\""),
        ("-> igw", "-> ige", "unknown-object: ige"),
        ("-> igw", "=> igw", "bad-line: ="),
        ("0.0.0.0/0 -> igw", "10.0.0.0/16 -> igw", "refused: 10.0.0.0/16 -> igw"),
        ("tcp 443 from", "tpc 443 from", "bad-protocol: tpc"),
        ("tcp 443 from", "tcp 443 to", "bad-line: to"),
        ("from 0.0.0.0/0", "from group wbe", "unknown-object: wbe"),
        ("subnet = \"public\"", "subnet = \"pubilc\"", "unknown-object: pubilc"),
        ("public_ip = true", "public_ip = 1", "wrong-type: 1"),
        ("public_ip = true", "public_ip = \"10.0.0.1\"", "refused: \"10.0.0.1\""),
        ("public_ip = true", "address = \"10.0.1.1\"", "refused: \"10.0.1.1\""),
        ("public_ip = true", "public_ip = true\nelastic_ip = true", "both-keys: true"),
        ("[\"web\"]", "[\"web\", \"nobody\"]", "unknown-object: nobody"),
        ("[\"tcp 443\"]", "[\"icmp\"]", "bad-line: icmp"),
        ("[\"tcp 443\"]", "[\"tcp 70000\"]", "bad-ports: 70000"),
        ("[instance.web]", "[instance.internet]", "bad-name: internet"),
        ("[instance.web]", "[instance.\"w b\"]", "bad-name: \"w b\""),
        ("internet -> web tcp/443", "internet -> wbe tcp/443", "unknown-object: wbe"),
        ("internet -> web tcp/443", "internet -> web tcp", "bad-packet: tcp"),
        ("internet -> web tcp/443", "internet -> web icmp/8", "bad-ports: 8"),
        ("internet -> web tcp/443", "internet web tcp/443", "bad-line: web"),
        ("internet -> web tcp/443", "internet:99999 -> web tcp/443", "bad-ports: 99999"),
        (
            "[packets]",
            "[load_balancer.lb]\ntype = \"gateway\"\nsubnets = [\"public\"]\n\
             guards_private_link = false\n[packets]",
            "key-of-other-balancer: false",
        ),
        ("[packets]", "[hsot.x]\naddress = \"192.0.2.1\"\n[packets]", "unknown-key: hsot"),
    ] {
        assert!(SMALL.contains(from), "{from}");
        let found = faults(&SMALL.replacen(from, to, 1));
        assert!(found.iter().any(|fault| fault == wanted), "{to}: {found:#?}");
    }
}

#[test]
fn one_defect_is_not_reported_again_by_those_who_refer_to_it() {
    let text = SMALL.replace("\"10.0.1.0/24\"", "\"10.0.1.0/99\"");
    assert_eq!(faults(&text), ["bad-cidr: 10.0.1.0/99"]);
    let text = SMALL.replace("\"10.0.0.0/16\"", "\"10.0.0.0/99\"");
    assert_eq!(faults(&text), ["bad-cidr: 10.0.0.0/99"]);
}

#[test]
fn all_faults_come_at_once() {
    let text = SMALL
        .replace("from 0.0.0.0/0", "from 0.0.0.0/33")
        .replace("-> igw", "-> nowhere")
        .replace("tcp/443", "tcp/https");
    let found = faults(&text);
    assert_eq!(found, ["unknown-object: nowhere", "bad-cidr: 0.0.0.0/33", "bad-ports: https"]);
}

#[test]
fn a_near_name_is_suggested() {
    let text = SMALL.replace("-> igw", "-> igv");
    let (_, faults) = Scene::parse("t", &text);
    let help = faults[0].help.as_ref().unwrap();
    assert_eq!((help.ko.as_str(), help.en.as_str()), ("혹시 `igw`입니까?", "did you mean `igw`?"));
}

#[test]
fn what_is_left_out_gets_what_aws_gives() {
    let scene = scene(SMALL);
    let network = &scene.network;
    let web = names::interface_called(network, "web").unwrap();
    assert_eq!(network.interfaces()[web].addresses, ["10.0.1.4".parse::<IpAddr>().unwrap()]);
    assert!(network.interfaces()[web].public_address.is_some_and(|public| !public.elastic));
    let subnet = names::only::<Subnet>(network, "public").unwrap();
    assert_eq!(&*network.subnets()[subnet].zone.0, "a");
    assert_eq!(&*network.route_tables()[network.route_table_of(subnet)].name, "public");
}

#[test]
fn addresses_that_are_given_never_depend_on_the_order() {
    let text = with(
        "[instance.first]\nsubnet = \"public\"\n[instance.second]\nsubnet = \"public\"\naddress = \"10.0.1.4\"",
    );
    let scene = scene(&text);
    let address = |name| {
        let id = names::interface_called(&scene.network, name).unwrap();
        scene.network.interfaces()[id].addresses[0].to_string()
    };
    assert_eq!(address("second"), "10.0.1.4");
    assert_eq!([address("web"), address("first")], ["10.0.1.5", "10.0.1.6"]);
}

#[test]
fn a_main_table_and_default_lists_can_be_filled() {
    let scene = scene(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[route_table.roads]
main = true
routes = ["10.0.0.0/16 -> local", "0.0.0.0/0 -> igw", "192.0.2.0/24 -> blackhole", "198.51.100.0/24 -> old-nat (deleted)"]
[network_acl.list]
default = true
inbound = ["100 deny tcp 22 from 0.0.0.0/0", "200 allow all from 0.0.0.0/0"]
[security_group.default]
inbound = []
[subnet.a]
cidr = "10.0.0.0/24"
"#,
    );
    let network = &scene.network;
    assert_eq!((network.route_tables().len(), network.network_acls().len()), (1, 1));
    let (_, table) = network.route_tables().iter().next().unwrap();
    assert_eq!((&*table.name, table.routes.len()), ("roads", 4));
    assert_eq!(table.routes[3].target, Target::Gone("old-nat".into()));
    let (_, acl) = network.network_acls().iter().next().unwrap();
    assert_eq!((&*acl.name, acl.ingress.len(), acl.egress.len()), ("list", 2, 1));
    let (_, group) = network.security_groups().iter().next().unwrap();
    assert_eq!((group.ingress.len(), group.egress.len()), (0, 1));
}

#[test]
fn states_and_extra_interfaces_can_be_written() {
    let text = with(
        r#"
[subnet.inside]
cidr = "10.0.2.0/24"
network_acl = "shut"
[network_acl.shut]
[nat_gateway.nat]
subnet = "public"
state = "failed"
[nat_gateway.inner]
subnet = "inside"
connectivity = "private"
[instance.box]
subnet = "public"
elastic_ip = "203.0.113.77"
source_dest_check = false
forwarding = "translates"
state = "stopped"
[instance.box.interface.eth1]
subnet = "inside"
address = "10.0.2.20"
"#,
    );
    let scene = scene(&text);
    let network = &scene.network;
    let states: Vec<_> = network.nat_gateways().iter().map(|(_, nat)| nat.state).collect();
    assert_eq!(states, [NatGatewayState::Failed, NatGatewayState::Available]);
    let (_, host) =
        network.instances().iter().find(|(_, instance)| *instance.name == *"box").unwrap();
    assert_eq!((host.state, host.interfaces.len()), (InstanceState::Stopped, 2));
    let eth1 = names::interface_called(network, "box.eth1").unwrap();
    assert_eq!(network.interfaces()[eth1].addresses[0].to_string(), "10.0.2.20");
    let eth0 = &network.interfaces()[host.interfaces[0]];
    assert!(!eth0.source_dest_check && eth0.public_address.is_some_and(|p| p.elastic));
}

#[test]
fn packets_name_ends_in_many_ways() {
    let text = with("[host.client]\naddress = \"192.0.2.9\"");
    let text = text
        .replace("[packets]\nhttps", "[packets]\nother")
        .replace("[host.client]", "\n[host.client]");
    let scene = scene(&text);
    let network = &scene.network;
    for (written, printed) in [
        ("internet -> web tcp/443", None),
        ("internet->web tcp/443", Some("internet -> web tcp/443")),
        ("internet → web tcp 443", Some("internet -> web tcp/443")),
        ("client:62000 -> web.public udp/53", None),
        ("192.0.2.9 -> web icmp", Some("client -> web icmp")),
        ("192.0.2.10:5000 -> 10.0.1.4 tcp/1", None),
        ("web -> internet 47", None),
        ("[2001:db8::1]:99 -> web tcp/443", None),
        ("internet:5000 -> web tcp/443", None),
        ("internet:linux -> web tcp/443", Some("internet:32768 -> web tcp/443")),
    ] {
        let probe = parse_probe(network, written).unwrap_or_else(|e| panic!("{written}: {e:?}"));
        assert_eq!(print_probe(network, &probe), printed.unwrap_or(written));
    }
    assert_eq!(scene.probe(" other ").unwrap(), scene.packets[0].probe);
    assert_eq!(scene.probe("othre").unwrap_err().said.rule, "unknown-packet");
}

/// Two VPCs and an office around a transit gateway, with the tables as they are given.
fn hub(tables: &str) -> Scene {
    let text = format!(
        r#"
[vpc.a]
cidr = "10.1.0.0/16"
[vpc.b]
cidr = "10.2.0.0/16"
[subnet.a]
vpc = "a"
cidr = "10.1.0.0/24"
routes = ["0.0.0.0/0 -> hub"]
[subnet.b]
vpc = "b"
cidr = "10.2.0.0/24"
routes = ["0.0.0.0/0 -> hub"]
[security_group.a]
vpc = "a"
inbound = ["all from 0.0.0.0/0"]
[security_group.b]
vpc = "b"
inbound = ["all from 0.0.0.0/0"]
[instance.one]
subnet = "a"
security_groups = ["a"]
[instance.two]
subnet = "b"
security_groups = ["b"]
[transit_gateway.hub]
[transit_gateway_attachment.to-a]
gateway = "hub"
vpc = "a"
subnets = ["a"]
[transit_gateway_attachment.to-b]
gateway = "hub"
vpc = "b"
subnets = ["b"]
[on_premises.office]
cidrs = ["192.168.0.0/16"]
[vpn.line]
on_premises = "office"
gateway = "hub"
{tables}
[packets]
across = "one -> two tcp/443"
home = "one -> office tcp/443"
back = "office/192.168.3.4 -> two tcp/443"
"#
    );
    let (scene, faults) = Scene::parse("hub.scene.toml", &text);
    scene.unwrap_or_else(|| panic!("{faults:#?}"))
}

/// The codes with which the three packets end; `None` where the answer comes back.
fn ends(scene: &Scene) -> Vec<Option<String>> {
    let end = |probe| crate::cloud::trace(&scene.network, probe, &crate::cloud::Rules::AWS).verdict;
    scene.packets.iter().map(|it| end(it.probe).code().map(|it| it.to_string())).collect()
}

#[test]
fn a_transit_gateway_joins_all_that_is_attached_by_default() {
    assert_eq!(ends(&hub("")), [None, None, None]);
}

#[test]
fn tables_of_a_transit_gateway_keep_vpcs_apart() {
    let scene = hub(r#"
[transit_gateway_route_table.vpcs]
gateway = "hub"
associations = ["to-a", "to-b"]
propagations = ["line"]
[transit_gateway_route_table.offices]
gateway = "hub"
associations = ["line"]
propagations = ["to-a", "to-b"]
routes = ["10.2.0.0/16 -> blackhole"]
"#);
    let apart = Some("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT".to_owned());
    let hole = Some("TGW_RTB_BAD_STATE_ROUTE".to_owned());
    assert_eq!(ends(&scene), [apart, None, hole]);
}
