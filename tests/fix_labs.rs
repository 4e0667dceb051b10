//! The smallest fix on networks as the labs have them: what it costs, and which ways there are.

use std::fmt::Write as _;

use hanulgil::{
    cloud::fix::{Demand, Limits, NoFix, Smallest, Wanted, smallest},
    course::{Scene, edit},
};

fn scene(text: &str) -> Scene {
    let (scene, faults) = Scene::parse("test.scene.toml", text);
    assert!(faults.is_empty(), "{faults:?}");
    scene.unwrap()
}

/// Demands as lines: `internet -> web tcp/443 = delivered`.
fn demands(scene: &Scene, lines: &[&str]) -> Vec<Demand> {
    lines
        .iter()
        .map(|line| {
            let (packet, wanted) = line.rsplit_once('=').unwrap();
            let wanted = match wanted.trim() {
                "delivered" => Wanted::Delivered,
                "dropped" => Wanted::Dropped(None),
                "not" => Wanted::NotDelivered,
                code => Wanted::Dropped(Some(
                    *hanulgil::cloud::Code::ALL.iter().find(|it| it.as_str() == code).unwrap(),
                )),
            };
            Demand { probe: scene.probe(packet.trim()).unwrap(), wanted }
        })
        .collect()
}

fn fixes(scene: &Scene, lines: &[&str]) -> Result<Smallest, NoFix> {
    smallest(&scene.network, &demands(scene, lines), |_| true, Limits::default())
}

/// Each way as the lines of its changes.
fn printed(scene: &Scene, fixes: &Smallest) -> Vec<Vec<String>> {
    let print = |way: &Vec<_>| {
        let mut network = scene.network.clone();
        way.iter()
            .map(|change| {
                let line = edit::print(&network, change);
                network.apply(hanulgil::cloud::Change::clone(change)).unwrap();
                line
            })
            .collect()
    };
    fixes.ways.iter().map(print).collect()
}

fn check(text: &str, lines: &[&str], cost: u32, among: &[&str]) {
    let scene = scene(text);
    let fixes = fixes(&scene, lines).unwrap();
    let printed = printed(&scene, &fixes);
    println!("cost {} tried {} ways {}", fixes.cost, fixes.tried, fixes.ways.len());
    for way in &printed {
        println!("  {}", way.join("; "));
    }
    assert_eq!(fixes.cost, cost);
    assert!(printed.iter().any(|it| it == among), "{printed:#?}");
}

const OPEN_THE_GATE: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
[route_table.pub]
vpc = "main"
[subnet.pub-a]
cidr = "10.0.0.0/24"
route_table = "pub"
[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]
[instance.web]
subnet = "pub-a"
address = "10.0.0.10"
security_groups = ["web"]
[host.client]
address = "203.0.113.9"
[host.repo]
address = "192.0.2.80"
"#;

#[test]
fn lab_02_opens_the_gate_with_three_changes() {
    check(
        OPEN_THE_GATE,
        &[
            "internet -> web tcp/443 = delivered",
            "client -> web tcp/443 = delivered",
            "web -> repo tcp/443 = delivered",
            "internet -> web tcp/22 = ENI_SG_RULES_MISMATCH",
        ],
        3,
        &[
            "attach-internet-gateway igw main",
            "associate-address web",
            "create-route pub 0.0.0.0/0 -> igw",
        ],
    );
}

#[test]
fn lab_03_is_on_the_wrong_table() {
    check(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[route_table.public]
vpc = "main"
routes = ["0.0.0.0/0 -> igw"]
[subnet.pub-a]
cidr = "10.0.0.0/24"
[subnet.priv-a]
cidr = "10.0.1.0/24"
[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]
[instance.web]
subnet = "pub-a"
address = "10.0.0.10"
public_ip = "198.51.100.10"
security_groups = ["web"]
[instance.app-a]
subnet = "priv-a"
"#,
        &[
            "internet -> web tcp/443 = delivered",
            "app-a -> internet tcp/443 = NO_ROUTE_TO_DESTINATION",
        ],
        1,
        &["associate-route-table pub-a public"],
    );
}

#[test]
fn lab_04_has_a_blackhole_for_one_partner() {
    check(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[route_table.public]
vpc = "main"
routes = ["0.0.0.0/0 -> igw", "203.0.113.0/24 -> old-nat (deleted)"]
[subnet.pub-a]
cidr = "10.0.0.0/24"
route_table = "public"
[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]
[instance.web]
subnet = "pub-a"
public_ip = "198.51.100.10"
security_groups = ["web"]
"#,
        &["203.0.113.9 -> web tcp/443 = delivered", "198.51.100.20 -> web tcp/443 = delivered"],
        1,
        &["delete-route public 203.0.113.0/24"],
    );
}

#[test]
fn lab_05_chains_groups() {
    check(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[subnet.pub-a]
cidr = "10.0.0.0/24"
[subnet.priv-a]
cidr = "10.0.10.0/24"
[subnet.data-a]
cidr = "10.0.20.0/24"
[security_group.web]
[security_group.bastion]
[security_group.app]
inbound = ["tcp 8080 from group web"]
[security_group.db]
inbound = ["tcp 5432 from 10.0.0.0/16"]
[instance.web]
subnet = "pub-a"
security_groups = ["web"]
[instance.bastion]
subnet = "pub-a"
security_groups = ["bastion"]
[instance.app]
subnet = "priv-a"
address = "10.0.10.10"
security_groups = ["app"]
[instance.batch]
subnet = "priv-a"
address = "10.0.10.11"
security_groups = ["bastion"]
[instance.app-2]
subnet = "priv-a"
address = "10.0.10.12"
security_groups = ["app"]
[instance.db]
subnet = "data-a"
security_groups = ["db"]
"#,
        &[
            "web -> app tcp/8080 = delivered",
            "app -> db tcp/5432 = delivered",
            "app-2 -> db tcp/5432 = delivered",
            "web -> db tcp/5432 = dropped",
            "bastion -> db tcp/5432 = dropped",
            "batch -> db tcp/5432 = dropped",
            "internet -> db tcp/5432 = dropped",
        ],
        2,
        &[
            "revoke-security-group-ingress db tcp 5432 from 10.0.0.0/16",
            "authorize-security-group-ingress db tcp 5432 from group app",
        ],
    );
}

/// The rule itself is written anew where one block holds who is to pass and nobody else.
#[test]
fn a_rule_that_is_too_wide_is_narrowed_in_one_step() {
    check(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[subnet.one]
cidr = "10.0.1.0/24"
[security_group.db]
inbound = ["tcp 5432 from 10.0.0.0/16"]
[instance.app]
subnet = "one"
address = "10.0.1.10"
[instance.app-2]
subnet = "one"
address = "10.0.1.11"
[instance.batch]
subnet = "one"
address = "10.0.1.30"
[instance.db]
subnet = "one"
security_groups = ["db"]
"#,
        &[
            "app -> db tcp/5432 = delivered",
            "app-2 -> db tcp/5432 = delivered",
            "batch -> db tcp/5432 = dropped",
        ],
        1,
        &[
            "modify-security-group-rules db in tcp 5432 from 10.0.0.0/16 -> tcp 5432 from 10.0.1.10/31",
        ],
    );
}

const NACL: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[network_acl.nacl-web]
vpc = "main"
inbound = ["100 allow tcp 443 from 0.0.0.0/0"]
[subnet.pub-a]
cidr = "10.0.0.0/24"
routes = ["0.0.0.0/0 -> igw"]
network_acl = "nacl-web"
[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]
[instance.web]
subnet = "pub-a"
public_ip = "198.51.100.10"
security_groups = ["web"]
[host.client]
address = "203.0.113.9"
"#;

#[test]
fn lab_06_needs_the_way_back_and_one_deny() {
    check(
        NACL,
        &[
            "client -> web tcp/443 = delivered",
            "client:62000 -> web tcp/443 = delivered",
            "client:2048 -> web tcp/443 = delivered",
            "198.51.100.20 -> web tcp/443 = delivered",
            "198.51.100.7 -> web tcp/443 = SUBNET_ACL_RESTRICTION",
        ],
        2,
        &[
            "create-network-acl-entry nacl-web out 100 allow tcp 1024-65535 to 0.0.0.0/0",
            "create-network-acl-entry nacl-web in 90 deny tcp 443 from 198.51.100.7/32",
        ],
    );
}

#[test]
fn lab_07_goes_out_through_a_nat_gateway() {
    check(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[route_table.private]
vpc = "main"
[subnet.pub-a]
cidr = "10.0.0.0/24"
routes = ["0.0.0.0/0 -> igw"]
[subnet.priv-a]
cidr = "10.0.1.0/24"
route_table = "private"
[instance.app]
subnet = "priv-a"
[host.repo]
address = "192.0.2.80"
"#,
        &[
            "app -> repo tcp/443 = delivered",
            "internet -> app tcp/443 = dropped",
            "internet -> app tcp/22 = dropped",
        ],
        2,
        &["create-nat-gateway nat-1 pub-a", "create-route private 0.0.0.0/0 -> nat-1"],
    );
}

#[test]
fn a_peering_needs_both_routes_and_a_rule() {
    check(
        r#"
[vpc.one]
cidr = "10.0.0.0/16"
[vpc.two]
cidr = "10.1.0.0/16"
[peering.pcx]
requester = "one"
accepter = "two"
[subnet.a]
vpc = "one"
cidr = "10.0.0.0/24"
[subnet.b]
vpc = "two"
cidr = "10.1.0.0/24"
[security_group.web]
vpc = "one"
[security_group.db]
vpc = "two"
[instance.web]
subnet = "a"
address = "10.0.0.10"
security_groups = ["web"]
[instance.db]
subnet = "b"
address = "10.1.0.10"
security_groups = ["db"]
"#,
        &["web -> db tcp/5432 = delivered"],
        3,
        &[
            "create-route one-main 10.1.0.10/32 -> pcx",
            "authorize-security-group-ingress db tcp 5432 from 10.0.0.10/32",
            "create-route two-main 10.0.0.10/32 -> pcx",
        ],
    );
}

/// Two VPCs with a transit gateway between them; `more` says what is attached.
fn hub(more: &str) -> String {
    let mut text = String::from("[transit_gateway.hub]\n");
    for (vpc, block) in [("one", "10.1"), ("two", "10.2")] {
        let _ = write!(
            text,
            "[vpc.{vpc}]\ncidr = \"{block}.0.0/16\"\n\
             [security_group.{vpc}-open]\nvpc = \"{vpc}\"\ndefault = true\n\
             inbound = [\"all from 10.0.0.0/8\"]\n\
             [route_table.from-{vpc}]\nvpc = \"{vpc}\"\n\
             [subnet.{vpc}]\nvpc = \"{vpc}\"\ncidr = \"{block}.0.0/24\"\nroute_table = \"from-{vpc}\"\n\
             [instance.{vpc}]\nsubnet = \"{vpc}\"\naddress = \"{block}.0.10\"\n"
        );
    }
    text + more
}

#[test]
fn vpcs_are_attached_to_a_transit_gateway_that_there_is() {
    let attached = hub(
        "[transit_gateway_attachment.att-one]\ngateway = \"hub\"\nvpc = \"one\"\nsubnets = [\"one\"]\n",
    );
    check(
        &attached,
        &["one -> two tcp/443 = delivered"],
        3,
        &[
            "create-route from-one 10.2.0.10/32 -> hub",
            "create-transit-gateway-vpc-attachment attachment-1 hub two two",
            "create-route from-two 10.1.0.10/32 -> hub",
        ],
    );
    // Without an attachment on either side a peering is as short, and the gateway is one longer.
    let scene = scene(&hub(""));
    let line = ["one -> two tcp/443 = delivered"];
    assert_eq!(fixes(&scene, &line).unwrap().cost, 3);
    let demands = demands(&scene, &line);
    let without_peering =
        |it: &hanulgil::cloud::Change| edit::verb(it) != "create-vpc-peering-connection";
    let found = smallest(&scene.network, &demands, without_peering, Limits::default()).unwrap();
    assert_eq!(found.cost, 4);
}

const BOTH: &str = "[transit_gateway_attachment.att-one]\ngateway = \"hub\"\nvpc = \"one\"\nsubnets = [\"one\"]\n\
    [transit_gateway_attachment.att-two]\ngateway = \"hub\"\nvpc = \"two\"\nsubnets = [\"two\"]\n";

fn routed(more: &str) -> String {
    hub(&format!("{BOTH}{more}"))
        .replace("[subnet.one]", "routes = [\"10.2.0.0/16 -> hub\"]\n[subnet.one]")
        .replace("[subnet.two]", "routes = [\"10.1.0.0/16 -> hub\"]\n[subnet.two]")
}

#[test]
fn tables_of_a_transit_gateway_learn_routes_or_have_them_written() {
    let text = routed(
        "[transit_gateway_route_table.spokes]\ngateway = \"hub\"\n\
         associations = [\"att-one\", \"att-two\"]\npropagations = [\"att-one\"]\n",
    );
    let line = ["one -> two tcp/443 = delivered"];
    check(&text, &line, 1, &["enable-transit-gateway-route-table-propagation spokes att-two"]);
    check(&text, &line, 1, &["create-transit-gateway-route spokes 10.2.0.10/32 -> att-two"]);
}

#[test]
fn a_route_of_a_transit_gateway_is_led_elsewhere() {
    let text = routed(
        "[transit_gateway_route_table.spokes]\ngateway = \"hub\"\n\
         associations = [\"att-one\", \"att-two\"]\npropagations = [\"att-one\"]\n\
         routes = [\"10.2.0.0/16 -> blackhole\"]\n",
    );
    let line = ["one -> two tcp/443 = delivered"];
    check(&text, &line, 1, &["replace-transit-gateway-route spokes 10.2.0.0/16 -> att-two"]);
}

#[test]
fn what_a_transit_gateway_joins_is_kept_apart_by_its_tables() {
    let text = routed("");
    let scene = scene(&text);
    let lines = ["one -> two tcp/443 = not", "two -> one tcp/443 = not"];
    let found = fixes(&scene, &lines).unwrap();
    assert_eq!(found.cost, 1);
    let printed = printed(&scene, &found);
    assert!(
        printed.contains(&vec!["delete-transit-gateway-attachment att-two".into()]),
        "{printed:#?}"
    );
}

#[test]
fn a_table_learns_what_a_virtual_private_gateway_knows() {
    check(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[virtual_private_gateway.vgw]
[on_premises.office]
cidrs = ["192.168.0.0/16"]
[vpn.line]
on_premises = "office"
gateway = "vgw"
[route_table.app]
vpc = "main"
[subnet.app]
cidr = "10.0.1.0/24"
route_table = "app"
[instance.app]
subnet = "app"
"#,
        &["app -> office tcp/443 = delivered"],
        2,
        &["attach-vpn-gateway vgw main", "enable-vgw-route-propagation app vgw"],
    );
}
