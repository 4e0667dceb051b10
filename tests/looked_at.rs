//! What a hop says of the lines that did not decide: that is what a learner reads.

use hanulgil::{
    cloud::{
        Change, Network, Origin, Outcome, Place, Probe, ProbeEnd, PublicAtLaunch, Route, Rules,
        Subject, Target, Thing, Zone, trace,
    },
    net::{Cidr, Protocol},
};

fn block(text: &str) -> Cidr {
    text.parse().unwrap()
}

#[test]
fn each_route_of_a_table_says_why_it_was_not_taken() {
    let mut network = Network::new();
    let vpc = network.insert_vpc("vpc", &[block("10.0.0.0/16")]);
    let make = |network: &mut Network, change| network.apply(change).unwrap().made;
    let name = "subnet".into();
    let (zone, cidr) = (Zone("a".into()), block("10.0.0.0/24"));
    let change = Change::CreateSubnet { name, vpc, zone, cidr };
    let Some(Thing::Subnet(subnet)) = make(&mut network, change) else { unreachable!() };
    let change = Change::RunInstance {
        name: "web".into(),
        subnet,
        address: None,
        public_address: PublicAtLaunch::No,
        groups: Vec::new(),
        listening: hanulgil::cloud::Listening::Everywhere,
    };
    let Some(Thing::Instance(web)) = make(&mut network, change) else { unreachable!() };
    let web = network.instances()[web].interfaces[0];
    let table = network.vpcs()[vpc].main_route_table;
    let gone = |text: &str, origin| Route {
        destination: block(text),
        target: Target::Gone("gone".into()),
        origin,
    };
    network.update(table, |it| {
        it.routes.extend([
            gone("0.0.0.0/0", Origin::Static),
            gone("192.0.2.0/24", Origin::Static),
            gone("203.0.113.0/24", Origin::Propagated),
            gone("203.0.113.0/24", Origin::Static),
        ]);
    });
    let to = ProbeEnd::Address("203.0.113.9".parse().unwrap());
    let probe = Probe::new(ProbeEnd::Interface(web), to, Protocol::TCP, 443);
    let trace = trace(&network, probe, &Rules::AWS);
    let hop = trace.hops.iter().find(|it| matches!(it.place, Place::RouteTable(..))).unwrap();
    let told: Vec<_> = hop
        .checks
        .iter()
        .filter(|it| matches!(it.subject, Subject::Route(..)))
        .map(|it| (it.outcome, it.decisive))
        .collect();
    assert!(matches!(told[0], (Outcome::NoMatch(_), false)), "{told:?}");
    assert_eq!(told[1], (Outcome::LessSpecific, false));
    assert!(matches!(told[2], (Outcome::NoMatch(_), false)), "{told:?}");
    assert_eq!(told[3], (Outcome::LowerPriority, false));
    assert_eq!(told[4], (Outcome::Denies, true));
}
