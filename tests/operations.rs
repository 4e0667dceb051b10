//! What comes of every operation: AWS's refusal, or all that changes in the network, with what the
//! operation did not name: routes that lead nowhere any more, routes that were learned and forgotten,
//! addresses that were given and freed.
//!
//! `tests/operations/NAME.txt` has cases about `NAME.scene.toml`, an empty line between them: after
//! `#` what a case is about and where AWS says so, after `-` an operation that only prepares it, after
//! `>` an operation with what came of it below, indented, and after `?` what then becomes of a packet
//! (after `??` with its way).
//! `HANULGIL_WRITE_EFFECTS=1` writes what comes of all anew: read what has changed before it is kept.

use std::{collections::BTreeSet, env, fs, net::IpAddr, path::Path};

use hanulgil::{
    cloud::{
        Health, Interface, InterfaceKind, Leg, Named, Network, Origin, Outcome, Rules, Subject,
        Target, Thing, TransitOrigin, TransitTarget, Verdict, trace,
    },
    course::{
        Scene,
        edit::{self, Failed},
        export,
    },
    i18n::Lang,
    tell::{Teller, written},
};
use toml::de::{DeTable, DeValue};

#[test]
fn operations_on_vpcs_do_this_and_nothing_else() {
    check("vpc");
}

#[test]
fn operations_on_balancers_endpoints_and_managed_services_do_this_and_nothing_else() {
    check("services");
}

#[test]
fn operations_on_what_joins_networks_do_this_and_nothing_else() {
    check("joined");
}

fn check(name: &str) {
    let at = |end: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations").join(format!("{name}.{end}"))
    };
    let world = fs::read_to_string(at("scene.toml")).unwrap();
    let cases = fs::read_to_string(at("txt")).unwrap();
    let (scene, faults) = Scene::parse("world.scene.toml", &world);
    let scene = scene.unwrap_or_else(|| panic!("{faults:#?}"));
    let found: Vec<String> =
        cases.trim_end().split("\n\n").map(|it| answered(scene.clone(), it)).collect();
    let found = found.join("\n\n") + "\n";
    if env::var_os("HANULGIL_WRITE_EFFECTS").is_some() {
        fs::write(at("txt"), &found).unwrap();
    }
    for (case, found) in cases.trim_end().split("\n\n").zip(found.trim_end().split("\n\n")) {
        assert_eq!(found, case);
    }
}

/// A case with what comes of its operations and packets.
fn answered(mut scene: Scene, case: &str) -> String {
    let mut lines = Vec::new();
    for line in case.lines().filter(|it| !it.starts_with(' ')) {
        lines.push(line.to_owned());
        let (sign, rest) = line.split_once(' ').unwrap();
        let answer = match sign {
            "#" => Vec::new(),
            "-" => {
                edit::carry_out(&mut scene.network, rest)
                    .unwrap_or_else(|it| panic!("{rest}: {}", refused(&scene.network, it)));
                Vec::new()
            }
            ">" => effects(&mut scene, rest),
            "?" => vec![end(&scene, rest)],
            "??" => way(&scene, rest),
            _ => panic!("{line}"),
        };
        lines.extend(answer.into_iter().map(|it| format!("    {it}")));
    }
    reads_back(&scene, case);
    lines.join("\n")
}

/// Whatever became of a network can be saved and opened again.
fn reads_back(scene: &Scene, case: &str) {
    let toml = export::to_toml(scene);
    let (again, faults) = Scene::parse("again.scene.toml", &toml);
    let again = again.unwrap_or_else(|| panic!("{case}\n{faults:#?}\n{toml}"));
    let (lost, came) = (said(scene), said(&again));
    let lost: Vec<_> = lost.symmetric_difference(&came).collect();
    assert!(lost.is_empty(), "{case}\n{lost:#?}\n{toml}");
    assert_eq!(learned(&again.network), learned(&scene.network), "{case}");
}

fn refused(network: &Network, failed: Failed) -> String {
    match failed {
        Failed::Unreadable(slip) => panic!("{slip:?}"),
        Failed::Refused(it) => {
            let why = Teller::new(network, Lang::En).reason(&it.reason);
            format!("{}: {why}", it.code)
        }
    }
}

/// Carries an operation out, and says what differs: a line for each fact that went or came.
fn effects(scene: &mut Scene, line: &str) -> Vec<String> {
    let before = facts(scene);
    if let Err(failed) = edit::carry_out(&mut scene.network, line) {
        return vec![refused(&scene.network, failed)];
    }
    let after = facts(scene);
    let gone = before.difference(&after).map(|it| (it, '-'));
    let new = after.difference(&before).map(|it| (it, '+'));
    let mut all: Vec<_> = gone.chain(new).collect();
    all.sort_by_key(|(fact, sign)| {
        (fact.split(' ').next().map(str::to_owned), *sign == '+', *fact)
    });
    if all.is_empty() {
        return vec!["nothing".to_owned()];
    }
    all.into_iter().map(|(fact, sign)| format!("{sign} {fact}")).collect()
}

fn end(scene: &Scene, line: &str) -> String {
    let probe = scene.probe(line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
    let trace = trace(&scene.network, probe, &Rules::AWS);
    match trace.verdict {
        Verdict::Delivered => {
            let source = trace.received().map(|it| it.source.to_string()).unwrap_or_default();
            let place = trace.receiver().map(|it| written::place(&scene.network, it));
            format!("{} sees {source}", place.unwrap_or_default())
        }
        Verdict::Refused => "refused".to_owned(),
        Verdict::Dropped { leg, place, cause } => {
            let leg = if leg == Leg::Forward { "there" } else { "back" };
            format!("{leg}: {} at {}", cause.code(), written::place(&scene.network, place))
        }
    }
}

/// The places of a packet's way there, and what becomes of it.
fn way(scene: &Scene, line: &str) -> Vec<String> {
    let probe = scene.probe(line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
    let trace = trace(&scene.network, probe, &Rules::AWS);
    let places = trace.leg(Leg::Forward).map(|it| written::place(&scene.network, it.place));
    vec![places.collect::<Vec<_>>().join(", "), end(scene, line)]
}

/// Everything that is so in a network, each as a line that stands for itself: what its scene says,
/// and what scenes leave to AWS.
fn facts(scene: &Scene) -> BTreeSet<String> {
    let mut facts = said(scene);
    facts.extend(learned(&scene.network));
    facts.extend(given(&scene.network));
    facts
}

fn said(scene: &Scene) -> BTreeSet<String> {
    let scene = Scene { packets: Vec::new(), ..scene.clone() };
    let toml = export::to_toml(&scene);
    let table = DeTable::parse(&toml).unwrap().into_inner();
    let mut facts = BTreeSet::new();
    for (kind, rows) in &table {
        tell("", kind.get_ref(), rows.get_ref(), &mut facts);
    }
    facts
}

/// What a value says under a key of a subject.
fn tell(subject: &str, key: &str, value: &DeValue<'_>, facts: &mut BTreeSet<String>) {
    match value {
        // Those of interfaces are told with them.
        _ if ["addresses", "ipv6_addresses", "public_ips"].contains(&key) => {}
        DeValue::Table(rows) => {
            let subject =
                if subject.is_empty() { key.to_owned() } else { format!("{subject}.{key}") };
            if subject.contains('.') {
                facts.insert(subject.clone());
            }
            for (key, value) in rows {
                tell(&subject, key.get_ref(), value.get_ref(), facts);
            }
        }
        DeValue::Array(all) => {
            facts.extend(all.iter().map(|it| format!("{subject} {key}: {}", plain(it.get_ref()))));
        }
        one => {
            facts.insert(format!("{subject} {key}: {}", plain(one)));
        }
    }
}

fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(it) => it.to_string(),
        DeValue::Integer(it) => it.as_str().to_owned(),
        DeValue::Boolean(it) => it.to_string(),
        other => panic!("{other:?}"),
    }
}

fn name(network: &Network, thing: Thing) -> String {
    network.name(thing).map(ToString::to_string).unwrap_or_default()
}

/// What tables know by themselves.
fn learned(network: &Network) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for (_, table) in network.route_tables().iter() {
        for route in &table.routes {
            let to = match (route.origin, &route.target) {
                (Origin::Local, Target::Local) => "local".to_owned(),
                (Origin::Propagated, Target::VirtualPrivateGateway(id)) => {
                    name(network, Thing::VirtualPrivateGateway(*id))
                }
                (Origin::PrefixList(list), _) => name(network, Thing::PrefixList(list)),
                (Origin::Static | Origin::Local, _) => continue,
                (Origin::Propagated, other) => panic!("{other:?}"),
            };
            facts.insert(format!("route_table.{} has: {} by {to}", table.name, route.destination));
        }
    }
    for (id, table) in network.transit_gateway_route_tables().iter() {
        for route in network.transit_routes(id).iter() {
            if route.origin == TransitOrigin::Static {
                continue;
            }
            let TransitTarget::Attachment(from) = route.target else { panic!("{route:?}") };
            let from = name(network, Thing::TransitGatewayAttachment(from));
            facts.insert(format!(
                "transit_gateway_route_table.{} has: {} by {from}",
                table.name, route.destination
            ));
        }
    }
    facts
}

/// The addresses that AWS chooses.
fn given(network: &Network) -> Vec<String> {
    let mut facts = Vec::new();
    for (_, interface) in network.interfaces().iter() {
        if let InterfaceKind::Instance(_) | InterfaceKind::Unattached = interface.kind {
            continue;
        }
        facts.push(format!("interface.{} at {}", interface.name, addresses(interface)));
    }
    for (_, gateway) in network.nat_gateways().iter() {
        if let Some(subnet) = gateway.subnet() {
            let subnet = name(network, Thing::Subnet(subnet));
            facts.push(format!("nat_gateway.{} stands in {subnet}", gateway.name));
        }
        for zone in gateway.regional().into_iter().flat_map(|it| &it.zones) {
            for address in &zone.addresses {
                facts.push(format!("nat_gateway.{} in {}: {address}", gateway.name, zone.zone.0));
            }
        }
    }
    for (_, front) in network.distributions().iter() {
        let (address, asks) = (front.address, front.origin_facing);
        facts.push(format!("cdn.{} at {address}, asks from {asks}", front.name));
    }
    for (_, api) in network.apis().iter() {
        facts.extend(api.address.map(|it| format!("api.{} at {it}", api.name)));
    }
    facts
}

fn addresses(interface: &Interface) -> String {
    let own = interface.addresses.iter().map(IpAddr::to_string);
    let public = interface.public_address.map(|it| it.address.to_string());
    own.chain(public).collect::<Vec<_>>().join(", ")
}

/// A scene of this folder.
fn world(name: &str) -> Network {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations");
    let text = fs::read_to_string(file.join(format!("{name}.scene.toml"))).unwrap();
    Scene::parse("world.scene.toml", &text).0.unwrap().network
}

fn thing(network: &Network, name: &str) -> Thing {
    let mut found = network.find(name);
    found.next().unwrap_or_else(|| panic!("{name}"))
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn an_address_leads_to_whoever_has_it_first_by_its_public_one() {
    let mut network = world("vpc");
    let owner = |network: &Network, address| {
        network.interface_at(ip(address)).map(|it| name(network, network.owner_of(it)))
    };
    assert_eq!(owner(&network, "10.0.1.10").as_deref(), Some("web"));
    assert_eq!(owner(&network, "203.0.113.10").as_deref(), Some("web"));
    assert_eq!(owner(&network, "10.1.1.10").as_deref(), Some("till"));
    assert_eq!(owner(&network, "10.0.1.99"), None);
    // A subnet is looked for in its own VPC, whatever another has at the same addresses.
    let block = "10.0.0.0/16".parse().unwrap();
    let (Thing::Vpc(shop), twin) = (thing(&network, "shop"), network.insert_vpc("twin", &[block]))
    else {
        unreachable!()
    };
    let subnet = network.subnet_in(shop, ip("10.0.1.10")).map(Thing::Subnet);
    assert_eq!(subnet, Some(thing(&network, "pub-a")));
    assert_eq!(network.subnet_in(twin, ip("10.0.1.10")), None);
    assert_eq!(network.subnet_in(shop, ip("10.0.200.1")), None);
}

#[test]
fn made_up_public_addresses_are_hosts_of_the_blocks_for_documentation() {
    let mut network = Network::new();
    for last in 10..=254 {
        let address = ip(&format!("203.0.113.{last}"));
        assert_eq!(network.free_public_address().map(IpAddr::V4), Some(address));
        let line = format!("create-host h{last} {address}");
        edit::carry_out(&mut network, &line).unwrap();
    }
    assert_eq!(network.free_public_address().map(IpAddr::V4), Some(ip("198.51.100.10")));
}

#[test]
fn what_stands_outside_every_vpc_is_found_by_its_name() {
    let network = world("services");
    let address = |name: &str| {
        let named = Named::of(thing(&network, name)).unwrap();
        network.public_address_of_name(named).map(|it| it.to_string())
    };
    assert_eq!(address("sqs").as_deref(), Some("198.19.2.10"));
    assert_eq!(address("door").as_deref(), Some("203.0.113.15"));
    assert_eq!(address("site").as_deref(), Some("203.0.113.16"));
    assert_eq!(address("fn"), None);
}

#[test]
fn only_endpoints_of_gateway_load_balancers_are_targets_of_routes() {
    let network = world("services");
    let leads = |endpoint: &str| {
        let mut interfaces = network.interfaces().iter();
        let (interface, _) = interfaces.find(|(_, it)| *it.name == *endpoint).unwrap();
        let found = network.gateway_load_balancer_endpoint_of(interface);
        found.map(|it| name(&network, Thing::InterfaceEndpoint(it)))
    };
    assert_eq!(leads("fence").as_deref(), Some("fence"));
    assert_eq!(leads("queue"), None);
    assert_eq!(leads("bought-a"), None);
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html>
#[test]
fn an_application_load_balancer_is_a_healthy_target_while_it_answers() {
    let mut network = world("services");
    let health = |network: &Network| {
        let find = |name: &str| network.find(name).find(|it| matches!(it, Thing::TargetGroup(_)));
        let Some(Thing::TargetGroup(front)) = find("front") else { unreachable!() };
        let node = network.interfaces_of(thing(network, "inner"))[0];
        let target = network.target_groups()[front].targets[0];
        network.health(front, &target, node, &Rules::AWS)
    };
    assert_eq!(health(&network), Health::Healthy);
    edit::carry_out(&mut network, "delete-listener web 80").unwrap();
    assert_eq!(health(&network), Health::Unhealthy);
}

/// <https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>
#[test]
fn what_joins_networks_tells_what_it_is_joined_with() {
    let network = world("joined");
    let joined = |thing| {
        let names: Vec<String> =
            network.joined_with(thing).into_iter().map(|it| name(&network, it)).collect();
        names.join(" ")
    };
    for (name, expected) in [
        ("hub", "att-a att-b att-c dx-hub branch bridge part spokes lone unused"),
        ("far", "att-d bridge far-default"),
        ("att-a", "a a hub spokes"),
        ("dx-hub", "dx hub"),
        ("branch", "plant hub"),
        ("spokes", "hub att-a att-b"),
        ("unused", "hub"),
        ("vgw", "a line fixed"),
        ("loose", ""),
        ("line", "vgw line-router"),
        ("line-router", "office"),
        ("dx", "office"),
        ("office", "dx part line fixed"),
    ] {
        assert_eq!(joined(thing(&network, name)), expected, "{name}");
    }
}

#[test]
fn who_takes_the_first_route_that_matches_looks_no_further() {
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/vpc.scene.toml"),
    );
    let scene = Scene::parse("world.scene.toml", &text.unwrap()).0.unwrap();
    let probe = scene.probe("web -> 10.1.1.99 tcp/443").unwrap();
    let outcomes = |rules: &Rules| {
        let trace = trace(&scene.network, probe, rules);
        let routes = trace.hops.iter().flat_map(|it| &it.checks);
        let routes = routes.filter(|it| matches!(it.subject, Subject::Route(..)));
        routes
            .map(|it| it.outcome)
            .filter(|it| !matches!(it, Outcome::NoMatch(_)))
            .collect::<Vec<_>>()
    };
    // To everywhere through the internet gateway, and to the peer.
    assert_eq!(outcomes(&Rules::AWS), [Outcome::LessSpecific, Outcome::Allows]);
    let first = Rules { longest_prefix_wins: false, ..Rules::AWS };
    assert_eq!(outcomes(&first)[..2], [Outcome::Allows, Outcome::NotReached]);
}
