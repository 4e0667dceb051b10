//! The list of places where a packet may be dropped says nothing about where it is: it is the same
//! whatever the components are set to. And the truth is always on it.

use std::time::Duration;

use hanulgil::{
    app::{
        Action,
        flight::{Flight, Stage},
    },
    cloud::{Interface, InterfaceKind, InternetGateway, Leg, Place, Probe, Rules, trace},
    course::{
        NamedPacket, Scene,
        question::Claim,
        suspect::{options, suspects, truth},
    },
};
use proptest::prelude::*;

/// What somebody may have set up, rightly or wrongly. Who is there stays the same.
#[derive(Debug, Clone)]
struct Settings {
    attached: bool,
    public_routes: &'static str,
    private_routes: &'static str,
    lists: [(&'static str, &'static str); 2],
    groups: [(&'static str, &'static str); 2],
    address: bool,
    listens: &'static str,
    running: [bool; 2],
    nat: &'static str,
}

const ROUTES: [&str; 5] = [
    "",
    r#""0.0.0.0/0 -> igw""#,
    r#""0.0.0.0/0 -> nat""#,
    r#""0.0.0.0/0 -> blackhole""#,
    r#""203.0.113.0/24 -> igw""#,
];
const LISTS: [&str; 3] = [r#""100 allow all ADDRESS""#, "", r#""100 allow tcp 443 ADDRESS""#];
const GROUPS: [&str; 3] = [r#""all ADDRESS""#, "", r#""tcp 22 ADDRESS""#];

fn settings() -> impl Strategy<Value = Settings> {
    let pair = |of: [&'static str; 3]| {
        let one = || prop::sample::select(of.to_vec());
        prop::array::uniform2((one(), one()))
    };
    let routes = || prop::sample::select(ROUTES.to_vec());
    (
        (prop::bool::weighted(0.8), routes(), routes()),
        (pair(LISTS), pair(GROUPS)),
        (prop::bool::weighted(0.7), prop::sample::select(vec!["tcp 443", "tcp 80"])),
        prop::array::uniform2(prop::bool::weighted(0.9)),
        prop::sample::select(vec!["", "state = \"failed\"", "connectivity = \"private\""]),
    )
        .prop_map(
            |((attached, public_routes, private_routes), (lists, groups), web, running, nat)| {
                Settings {
                    attached,
                    public_routes,
                    private_routes,
                    lists,
                    groups,
                    address: web.0,
                    listens: web.1,
                    running,
                    nat,
                }
            },
        )
}

fn scene(it: &Settings, with_nat: bool) -> Scene {
    let rules = |inbound: &str, outbound: &str| {
        format!(
            "inbound = [{}]\noutbound = [{}]",
            inbound.replace("ADDRESS", "from 0.0.0.0/0"),
            outbound.replace("ADDRESS", "to 0.0.0.0/0")
        )
    };
    // Without one, there is no route to one either.
    let route = |route: &'static str| if with_nat || !route.contains("nat") { route } else { "" };
    let state = |running: bool| if running { "" } else { "state = \"stopped\"" };
    let text = format!(
        r#"
        [vpc.main]
        cidr = "10.0.0.0/16"
        [internet_gateway.igw]
        vpc = "main"
        [route_table.public]
        routes = [{public}]
        [route_table.private]
        routes = [{private}]
        [network_acl.edge]
        {edge}
        [network_acl.inner]
        {inner}
        [subnet.pub]
        cidr = "10.0.0.0/24"
        route_table = "public"
        network_acl = "edge"
        [subnet.priv]
        cidr = "10.0.1.0/24"
        route_table = "private"
        network_acl = "inner"
        {nat}
        [security_group.web]
        {web}
        [security_group.app]
        {app}
        [instance.web]
        subnet = "pub"
        security_groups = ["web"]
        listens = ["{listens}"]
        elastic_ip = "198.51.100.10"
        {web_state}
        [instance.app]
        subnet = "priv"
        security_groups = ["app"]
        {app_state}
        [host.client]
        address = "203.0.113.9"
        "#,
        public = route(it.public_routes),
        private = route(it.private_routes),
        edge = rules(it.lists[0].0, it.lists[0].1),
        inner = rules(it.lists[1].0, it.lists[1].1),
        nat = if with_nat {
            format!("[nat_gateway.nat]\nsubnet = \"pub\"\n{}", it.nat)
        } else {
            String::new()
        },
        web = rules(it.groups[0].0, it.groups[0].1),
        app = rules(it.groups[1].0, it.groups[1].1),
        listens = it.listens,
        web_state = state(it.running[0]),
        app_state = state(it.running[1]),
    );
    let (scene, faults) = Scene::parse("test", &text);
    assert!(faults.is_empty(), "{faults:?}\n{text}");
    let mut scene = scene.unwrap();
    // What no scene may begin with, but a lab may come to.
    let network = &mut scene.network;
    if !it.attached {
        let (gateway, _) = network.internet_gateways().iter().next().unwrap();
        network.update(gateway, |row: &mut InternetGateway| row.vpc = None);
    }
    if !it.address {
        let web = network
            .interfaces()
            .iter()
            .find(|(_, row)| row.kind != InterfaceKind::NatGateway)
            .map(|(id, _)| id)
            .unwrap();
        network.update(web, |row: &mut Interface| row.public_address = None);
    }
    scene
}

const PACKETS: [&str; 8] = [
    "client -> web tcp/443",
    "internet -> web tcp/22",
    "web -> client tcp/443",
    "app -> client tcp/443",
    "app -> web tcp/443",
    "web -> app icmp",
    "client -> app tcp/443",
    "client -> web icmp",
];

/// What a packet question offers.
fn asked(scene: &Scene, probe: Probe) -> Vec<Claim> {
    let trace = trace(&scene.network, probe, &Rules::AWS);
    let options = options(&scene.network, &trace, &[]);
    assert_eq!(options.iter().filter(|option| option.right).count(), 1);
    options.into_iter().map(|option| option.claim).collect()
}

/// What a flight offers to whoever says that the packet will be dropped.
fn predicted(scene: &Scene, probe: Probe) -> Vec<(Leg, Place)> {
    let packet = NamedPacket { name: "it".into(), probe, written: String::new() };
    let mut flight = Flight::new("test", vec![packet], true);
    for action in [Action::Confirm, Action::Option(3)] {
        flight.act(action, &scene.network, Duration::ZERO, false);
    }
    match flight.stage() {
        Stage::Where { suspects, .. } => suspects.clone(),
        stage => panic!("not asked where, but {stage:?}"),
    }
}

proptest! {
    #[test]
    fn the_answers_on_offer_do_not_tell_what_happens(
        one in settings(), other in settings(), with_nat in any::<bool>(),
    ) {
        let (one, other) = (scene(&one, with_nat), scene(&other, with_nat));
        for packet in PACKETS {
            let (Ok(probe), Ok(same)) = (one.probe(packet), other.probe(packet)) else {
                panic!("{packet}")
            };
            prop_assert_eq!(probe, same);
            prop_assert_eq!(asked(&one, probe), asked(&other, probe), "{}", packet);
            prop_assert_eq!(predicted(&one, probe), predicted(&other, probe), "{}", packet);
        }
    }

    #[test]
    fn the_truth_is_on_offer_and_both_lists_are_one(it in settings(), with_nat in any::<bool>()) {
        let scene = scene(&it, with_nat);
        for packet in PACKETS {
            let probe = scene.probe(packet).unwrap();
            let trace = trace(&scene.network, probe, &Rules::AWS);
            let list = suspects(&scene.network, &trace);
            if let Claim::Dropped(leg, place) = truth(&trace) {
                prop_assert!(list.contains(&(leg, place)), "{packet}: {place:?} is missing");
            }
            prop_assert_eq!(&predicted(&scene, probe), &list);
            let dropped: Vec<_> = asked(&scene, probe)
                .into_iter()
                .filter_map(|claim| match claim {
                    Claim::Dropped(leg, place) => Some((leg, place)),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(dropped, list);
        }
    }
}
