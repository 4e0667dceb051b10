//! The smallest fix where somebody speaks IPv6 alone: what AWS allows is found, and as commands.

use hanulgil::{
    aws::{commands::commands, home::Homes},
    cloud::{
        Change, Probe,
        fix::{Limits, NoFix, fix},
    },
    course::{Scene, edit},
};

const VPC: &str = "[vpc.main]
cidr = \"10.0.0.0/16\"
dns_hostnames = true
[security_group.open]
inbound = [\"all from 0.0.0.0/0\", \"all from ::/0\"]
[host.far]
address = \"2001:db8:f::9\"
";

fn scene(more: &str) -> Scene {
    let (scene, faults) = Scene::parse("case.scene.toml", &format!("{VPC}{more}"));
    scene.unwrap_or_else(|| panic!("{faults:#?}"))
}

/// Every smallest fix, its lines in their order.
fn fixes(scene: &Scene, want: &str) -> Result<Vec<Vec<String>>, NoFix> {
    let want: Probe = scene.probe(want).unwrap();
    let found = fix(&scene.network, &[want], &[], |_| true, Limits::default())?;
    let lines = |changes: &[Change]| {
        let mut network = scene.network.clone();
        let print = |change: &Change| {
            let line = edit::print(&network, change);
            network.apply(change.clone()).unwrap();
            line
        };
        changes.iter().map(print).collect()
    };
    Ok(found.fixes.iter().map(|it| lines(&it.changes)).collect())
}

fn has(scene: &Scene, want: &str, expected: &[&str]) {
    let found = fixes(scene, want).unwrap();
    assert!(found.iter().any(|it| it == expected), "{expected:#?} is none of {found:#?}");
}

const PRIVATE: &str = "[subnet.app]
cidr = \"10.0.1.0/24\"
routes = []
[instance.app]
subnet = \"app\"
security_groups = [\"open\"]
";

#[test]
fn a_vpc_without_ipv6_gets_a_block_a_range_an_address_a_gateway_and_a_route() {
    let scene = scene(PRIVATE);
    has(
        &scene,
        "app -> far tcp/443",
        &[
            "associate-vpc-cidr-block main 2001:db8:a0::/56",
            "associate-subnet-cidr-block app 2001:db8:a0::/64",
            "assign-ipv6-addresses app",
            "create-egress-only-internet-gateway eigw-1 main",
            "create-route app ::/0 -> eigw-1",
        ],
    );
    let want = scene.probe("app -> far tcp/443").unwrap();
    let found = fix(&scene.network, &[want], &[], |_| true, Limits::default()).unwrap();
    let calls = commands(&scene.network, &found.fixes[0].changes, str::to_owned, Homes::NONE);
    let lines: Vec<String> = calls.concat().into_iter().map(|it| it.line).collect();
    let all = lines.join("\n");
    assert!(all.contains("--amazon-provided-ipv6-cidr-block"), "{all}");
    assert!(all.contains("--ipv6-cidr-block \"${BLOCK%00::/56}00::/64\""), "{all}");
}

const PUBLIC: &str = "[internet_gateway.igw]
vpc = \"main\"
[subnet.a]
cidr = \"10.0.2.0/24\"
routes = [\"0.0.0.0/0 -> igw\", \"::/0 -> igw\"]
[subnet.b]
cidr = \"10.0.3.0/24\"
zone = \"b\"
routes = [\"0.0.0.0/0 -> igw\", \"::/0 -> igw\"]
";

#[test]
fn a_load_balancer_gets_ipv6_in_all_its_subnets() {
    let text = format!(
        "{PRIVATE}{PUBLIC}[target_group.apps]
protocol = \"http\"
targets = [\"app\"]
[load_balancer.alb]
subnets = [\"a\", \"b\"]
security_groups = [\"open\"]
listeners = [\"http 80 -> apps\"]
"
    );
    has(
        &scene(&text),
        "far -> alb tcp/80",
        &[
            "associate-vpc-cidr-block main 2001:db8:a0::/56",
            "associate-subnet-cidr-block a 2001:db8:a0::/64",
            "associate-subnet-cidr-block b 2001:db8:a0:1::/64",
            "set-ip-address-type alb dualstack",
        ],
    );
}

const SIX: &str = "ipv6_cidr = \"2001:db8:1::/56\"
[security_group.more]
inbound = [\"all from 0.0.0.0/0\", \"all from ::/0\"]
[subnet.six]
cidr = \"2001:db8:1:6::/64\"
routes = []
[instance.six]
subnet = \"six\"
security_groups = [\"more\"]
";

fn six(more: &str) -> Scene {
    let base = VPC.replacen("dns_hostnames = true\n", "dns_hostnames = true\nIPV6", 1);
    let (range, rest) = SIX.split_once('\n').unwrap();
    let text = format!("{}{rest}{more}", base.replacen("IPV6", &format!("{range}\n"), 1));
    let (scene, faults) = Scene::parse("case.scene.toml", &text);
    scene.unwrap_or_else(|| panic!("{faults:#?}"))
}

#[test]
fn endpoints_functions_and_databases_get_both_families() {
    let subnets = "[subnet.a]
cidr = \"10.0.2.0/24\"
ipv6_cidr = \"2001:db8:1:2::/64\"
routes = [\"::/0 -> eigw\"]
[egress_only_gateway.eigw]
vpc = \"main\"
[subnet.b]
cidr = \"10.0.3.0/24\"
zone = \"b\"
routes = []
";
    let endpoint = six(&format!(
        "{subnets}[interface_endpoint.door]
service = \"sqs\"
subnets = [\"a\"]
security_groups = [\"open\"]
"
    ));
    has(
        &endpoint,
        "six -> sqs tcp/443",
        &["modify-endpoint-address-type door addresses=dualstack"],
    );
    let function = six(&format!(
        "{subnets}[lambda.fn]
subnets = [\"a\"]
security_groups = [\"open\"]
"
    ));
    has(&function, "fn -> far tcp/443", &["update-function-configuration fn ipv6=on"]);
    let database = six(&format!(
        "{subnets}[database.db]
subnets = [\"a\", \"b\"]
security_groups = [\"open\"]
"
    ));
    // One of the subnets of its group has no IPv6 yet.
    has(
        &database,
        "six -> db tcp/5432",
        &[
            "associate-subnet-cidr-block b 2001:db8:1::/64",
            "modify-db-instance db network-type=dual",
        ],
    );
}

#[test]
fn who_has_ipv6_alone_gets_to_ipv4_by_dns64_and_a_nat_gateway() {
    let scene = six("[internet_gateway.igw]
vpc = \"main\"
[subnet.pub]
cidr = \"10.0.2.0/24\"
routes = [\"0.0.0.0/0 -> igw\"]
[nat_gateway.nat]
subnet = \"pub\"
[host.old]
address = \"192.0.2.80\"
");
    has(
        &scene,
        "six -> old.name tcp/80",
        &["modify-subnet-attribute six dns64 on", "create-route six 64:ff9b::/96 -> nat"],
    );
    // An address that is dialled as it is has no other family.
    assert!(fixes(&scene, "six -> old tcp/80").is_err());
}

#[test]
fn a_private_database_is_opened_to_the_internet_by_public_access_alone() {
    let scene = six("[internet_gateway.igw]
vpc = \"main\"
[subnet.a]
cidr = \"10.0.2.0/24\"
ipv6_cidr = \"2001:db8:1:2::/64\"
routes = [\"::/0 -> igw\"]
[subnet.b]
cidr = \"10.0.3.0/24\"
ipv6_cidr = \"2001:db8:1:3::/64\"
zone = \"b\"
routes = []
[database.db]
subnets = [\"a\", \"b\"]
security_groups = [\"open\"]
network_type = \"dual\"
");
    has(&scene, "far -> db tcp/5432", &["modify-db-instance db public=on"]);
}

#[test]
fn an_endpoint_for_inspection_carries_ipv6_after_its_load_balancer_does() {
    let text = "[internet_gateway.igw]
vpc = \"main\"
[vpc.sec]
cidr = \"10.8.0.0/16\"
[subnet.app]
vpc = \"main\"
cidr = \"10.0.1.0/24\"
ipv6_cidr = \"2001:db8:1:1::/64\"
routes = [\"::/0 -> insp\"]
[subnet.gw]
vpc = \"main\"
cidr = \"10.0.9.0/24\"
ipv6_cidr = \"2001:db8:1:9::/64\"
routes = [\"::/0 -> igw\", \"2001:db8:1:1::/64 -> insp\"]
[subnet.sec]
vpc = \"sec\"
cidr = \"10.8.1.0/24\"
[load_balancer.gwlb]
type = \"gateway\"
subnets = [\"sec\"]
listeners = [\"geneve 6081 -> walls\"]
[target_group.walls]
vpc = \"sec\"
protocol = \"geneve\"
port = 6081
targets = [\"wall\"]
[endpoint_service.svc]
load_balancers = [\"gwlb\"]
[interface_endpoint.insp]
endpoint_service = \"svc\"
subnets = [\"gw\"]
[security_group.wall]
vpc = \"sec\"
inbound = [\"udp 6081 from 10.8.0.0/16\"]
[instance.wall]
subnet = \"sec\"
security_groups = [\"wall\"]
forwarding = \"routes\"
source_dest_check = false
[security_group.six]
vpc = \"main\"
outbound = [\"all to ::/0\"]
[instance.app]
subnet = \"app\"
ipv6 = true
security_groups = [\"six\"]
[host.far]
address = \"2001:db8:f::9\"
";
    let head = "[vpc.main]\ncidr = \"10.0.0.0/16\"\nipv6_cidr = \"2001:db8:1::/56\"\n";
    let (scene, faults) = Scene::parse("case.scene.toml", &format!("{head}{text}"));
    let scene = scene.unwrap_or_else(|| panic!("{faults:#?}"));
    // One change leads past the inspection.
    has(&scene, "app -> far tcp/443", &["replace-route app ::/0 -> igw"]);

    // Where nobody may be led past it, the endpoint has to carry IPv6.
    let want = scene.probe("app -> far tcp/443").unwrap();
    let keeps = |change: &Change| !format!("{change:?}").contains("Route");
    let found = fix(&scene.network, &[want], &[], keeps, Limits::default()).unwrap();
    let mut network = scene.network.clone();
    let mut lines = Vec::new();
    for change in &found.fixes[0].changes {
        lines.push(edit::print(&network, change));
        network.apply(change.clone()).unwrap();
    }
    assert_eq!(
        lines,
        [
            "associate-vpc-cidr-block sec 2001:db8:a0::/56",
            "associate-subnet-cidr-block sec 2001:db8:a0::/64",
            "set-ip-address-type gwlb dualstack",
            "modify-endpoint-address-type insp addresses=dualstack",
        ]
    );
}
