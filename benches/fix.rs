//! What it costs to find the smallest fix.
//!
//! Promises: at lab size every smallest fix, ranked by what it exposes, is found within 16 ms: one
//! frame.

use divan::{Bencher, black_box};
use hanulgil::{
    cloud::{
        Network, Probe,
        fix::{Limits, fix},
    },
    course::Scene,
};

fn main() {
    divan::main();
}

/// A lab: where it starts, what must pass, what must not.
struct Lab {
    network: Network,
    want: Vec<Probe>,
    forbid: Vec<Probe>,
}

fn lab(scene: &str, want: &[&str], forbid: &[&str]) -> Lab {
    let (scene, faults) = Scene::parse("bench.scene.toml", scene);
    let scene = scene.unwrap_or_else(|| panic!("{faults:?}"));
    let probes = |lines: &[&str]| -> Vec<Probe> {
        lines.iter().map(|line| scene.probe(line).expect("the packet is written well")).collect()
    };
    Lab { network: scene.network.clone(), want: probes(want), forbid: probes(forbid) }
}

fn run(bencher: Bencher, lab: &Lab, cost: u32) {
    let everything = |_: &_| true;
    let find =
        || fix(black_box(&lab.network), &lab.want, &lab.forbid, everything, Limits::default());
    assert_eq!(find().map(|it| it.cost), Ok(cost));
    bencher.bench_local(find);
}

/// Lab 02: gateway, route and address are missing.
#[divan::bench]
fn open_the_gate(bencher: Bencher) {
    let lab = lab(
        r#"
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
security_groups = ["web"]
[host.repo]
address = "192.0.2.80"
"#,
        &["internet -> web tcp/443", "web -> repo tcp/443"],
        &["internet -> web tcp/22"],
    );
    run(bencher, &lab, 3);
}

/// Lab 05: one rule is too wide, another is missing.
#[divan::bench]
fn chain_the_groups(bencher: Bencher) {
    let lab = lab(
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
security_groups = ["app"]
[instance.batch]
subnet = "priv-a"
security_groups = ["bastion"]
[instance.db]
subnet = "data-a"
security_groups = ["db"]
"#,
        &["web -> app tcp/8080", "app -> db tcp/5432"],
        &["web -> db tcp/5432", "bastion -> db tcp/5432", "batch -> db tcp/5432"],
    );
    run(bencher, &lab, 2);
}

/// Lab 06: a list without the way back, and an attacker to keep out.
#[divan::bench]
fn mend_the_list(bencher: Bencher) {
    let lab = lab(
        r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[network_acl.guard]
vpc = "main"
inbound = ["100 allow tcp 443 from 0.0.0.0/0"]
[subnet.pub-a]
cidr = "10.0.0.0/24"
routes = ["0.0.0.0/0 -> igw"]
network_acl = "guard"
[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]
[instance.web]
subnet = "pub-a"
public_ip = "198.51.100.10"
security_groups = ["web"]
"#,
        &[
            "203.0.113.9 -> web tcp/443",
            "203.0.113.9:62000 -> web tcp/443",
            "203.0.113.9:2048 -> web tcp/443",
            "198.51.100.20 -> web tcp/443",
        ],
        &["198.51.100.7 -> web tcp/443"],
    );
    run(bencher, &lab, 2);
}

/// Lab 07: out through a NAT gateway that has to be made.
#[divan::bench]
fn go_out_through_nat(bencher: Bencher) {
    let lab = lab(
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
        &["app -> repo tcp/443"],
        &["internet -> app tcp/443"],
    );
    run(bencher, &lab, 2);
}
