//! What it costs to know who can reach whom.
//!
//! Promises: everything to everything, every protocol and port, for 10,000 interfaces takes about a
//! second. The cost follows the number of different interfaces (their square), not their number.

use divan::{Bencher, black_box};
use hanulgil::{
    cloud::{
        AclAction, AclEntry, Instance, InstanceState, Interface, InterfaceId, InterfaceKind,
        InternetGateway, Listening, Network, NetworkAcl, Peer, PublicAddress, Route, RouteTable,
        SecurityGroup, SecurityGroupRule, Subnet, Target, Zone, matrix, reach, reach::Traffic,
    },
    net::{Cidr, Ports, Protocol},
};

fn main() {
    divan::main();
}

/// A company's VPC: `tiers` tiers in three zones, each with its subnets and its group, which lets
/// the tier before it in; the first is public and lets the internet in; an administrator's group is
/// let in everywhere. The public subnets have a list of their own. Interfaces are spread evenly.
fn company(interfaces: usize, tiers: usize) -> (Network, InterfaceId) {
    let mut network = Network::new();
    let vpc = network.insert_vpc("company", &[block("10.0.0.0/8")]);
    let gateway =
        network.insert(InternetGateway { name: "igw".into(), vpc: Some(vpc), route_table: None });
    let routes = vec![
        Route::local(block("10.0.0.0/8")),
        Route {
            destination: Cidr::ANY_V4,
            target: Target::InternetGateway(gateway),
            origin: hanulgil::cloud::Origin::Static,
        },
    ];
    let public = network.insert(RouteTable { name: "public".into(), vpc, routes });
    let entry = |number, ports, cidr| AclEntry {
        number,
        action: AclAction::Allow,
        protocol: Some(Protocol::TCP),
        ports,
        cidr,
    };
    let ephemeral = Ports::new(1024, u16::MAX).unwrap();
    let ingress = vec![
        entry(100, Ports::one(443), Cidr::ANY_V4),
        entry(110, ephemeral, Cidr::ANY_V4),
        entry(120, Ports::ALL, block("10.0.0.0/8")),
    ];
    let egress =
        vec![entry(100, ephemeral, Cidr::ANY_V4), entry(110, Ports::ALL, block("10.0.0.0/8"))];
    let acl = network.insert(NetworkAcl { name: "public".into(), vpc, ingress, egress });

    let everything = || SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
    let admin = network.insert(SecurityGroup {
        name: "admin".into(),
        vpc,
        ingress: Vec::new(),
        egress: vec![everything()],
    });
    let mut groups = Vec::new();
    for tier in 0..tiers {
        let port = 8000 + tier as u16;
        let before = groups.last().map_or(Peer::Cidr(Cidr::ANY_V4), |it| Peer::Group(*it));
        let port = if tier == 0 { 443 } else { port };
        let rule = |port, peer| SecurityGroupRule {
            protocol: Some(Protocol::TCP),
            ports: Ports::one(port),
            peer,
        };
        groups.push(network.insert(SecurityGroup {
            name: format!("tier-{tier}").into(),
            vpc,
            ingress: vec![rule(port, before), rule(22, Peer::Group(admin))],
            egress: vec![everything()],
        }));
    }
    let mut subnets = Vec::new();
    for tier in 0..tiers {
        for zone in ["a", "b", "c"] {
            let number = subnets.len() as u128;
            let id = network.insert(Subnet {
                name: format!("{tier}-{zone}").into(),
                vpc,
                zone: Zone(zone.into()),
                cidr: Cidr::new(block("10.0.0.0/8").nth(number << 16).unwrap(), 16).unwrap(),
                ipv6_cidr: None,
                route_table: (tier == 0).then_some(public),
                network_acl: (tier == 0).then_some(acl),
                auto_assign_public_ip: false,
                dns64: false,
            });
            subnets.push((tier, id));
        }
    }
    let mut some = None;
    for number in 0..interfaces {
        let (tier, subnet) = subnets[number % subnets.len()];
        let name = format!("server-{number}");
        let place = 10 + (number / subnets.len()) as u128;
        let instance = network.insert(Instance {
            name: name.as_str().into(),
            state: InstanceState::Running,
            interfaces: Vec::new(),
            listening: Listening::Everywhere,
            forwarding: hanulgil::cloud::Forwarding::Off,
        });
        let public_address = (tier == 0).then(|| PublicAddress {
            address: (0xCB00_0000 + number as u32).into(),
            elastic: true,
        });
        let address = network.subnets()[subnet].cidr.nth(place).unwrap();
        let security_groups = vec![if number % 100 == 99 { admin } else { groups[tier] }];
        let interface = network.insert(Interface {
            name: name.into(),
            subnet,
            kind: InterfaceKind::Instance(instance),
            addresses: vec![address],
            public_address,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups,
            source_dest_check: true,
        });
        network.update(instance, |it| it.interfaces.push(interface));
        some = Some(interface);
    }
    (network, some.unwrap())
}

fn block(text: &str) -> Cidr {
    text.parse().unwrap()
}

/// More interfaces of the same kinds.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5)]
fn everything_to_everything(bencher: Bencher, interfaces: usize) {
    let (network, _) = company(interfaces, 20);
    bencher.bench_local(|| matrix(black_box(&network), &Traffic::ALL));
}

/// More kinds of the same number of interfaces.
#[divan::bench(args = [5, 10, 20, 40, 80], sample_count = 3)]
fn everything_to_everything_by_tiers(bencher: Bencher, tiers: usize) {
    let (network, _) = company(10_000, tiers);
    bencher.bench_local(|| matrix(black_box(&network), &Traffic::ALL));
}

#[divan::bench(args = [10, 1_000, 10_000], sample_count = 20)]
fn who_can_reach_one(bencher: Bencher, interfaces: usize) {
    let (network, to) = company(interfaces, if interfaces < 100 { 3 } else { 20 });
    bencher.bench_local(|| reach(black_box(&network), to, &Traffic::ALL));
}
