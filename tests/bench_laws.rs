//! What wiring, making and copying promise, over whole networks: everything that is offered can be
//! read, is made or refused with a code, and can be taken back.

use hanulgil::{
    app::bench::{
        edit::{Edit, Order, carry_out},
        form::Form,
        pick::{Chosen, Pick, Picker, Stock, Trouble},
        wire::{End, Why, Wiring, why_not, wirings},
    },
    app::canvas::Spot,
    cloud::{Network, Thing},
    course::{Allowed, Course, Pack, Scene, edit::Failed},
    i18n::Lang,
};

/// A network with something of everything.
const WHOLE: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[vpc.other]
cidr = "10.1.0.0/16"
[internet_gateway.igw]
[internet_gateway.spare]
[subnet.pub-a]
vpc = "main"
cidr = "10.0.1.0/24"
zone = "a"
[subnet.pub-b]
vpc = "main"
cidr = "10.0.2.0/24"
zone = "b"
[subnet.priv-a]
vpc = "main"
cidr = "10.0.11.0/24"
zone = "a"
[subnet.far]
vpc = "other"
cidr = "10.1.1.0/24"
zone = "a"
[route_table.pub]
vpc = "main"
[route_table.priv]
vpc = "main"
[security_group.web]
vpc = "main"
inbound = ["tcp 80 from 0.0.0.0/0"]
[security_group.db]
vpc = "main"
inbound = ["tcp 5432 from group web"]
[network_acl.strict]
vpc = "main"
inbound = ["100 allow tcp 443 from 0.0.0.0/0"]
[instance.web]
subnet = "pub-a"
security_groups = ["web"]
listens = ["tcp 80"]
[instance.app]
subnet = "priv-a"
[instance.away]
subnet = "far"
[host.client]
address = "203.0.113.9"
[prefix_list.s3]
cidrs = ["52.219.0.0/16"]
aws = true
"#;

/// What is made on top of it, by edits.
const MORE: &[&str] = &[
    "attach-internet-gateway igw main",
    "create-nat-gateway nat pub-a",
    "create-network-interface eni pub-a",
    "create-egress-only-internet-gateway eigw main",
    "create-transit-gateway tgw",
    "create-transit-gateway tgw-b",
    "create-transit-gateway-vpc-attachment tgw-main tgw main pub-a",
    "create-transit-gateway-route-table extra tgw",
    "create-vpn-gateway vgw",
    "create-on-premises office 192.168.0.0/16",
    "create-customer-gateway cgw office",
    "create-vpc-endpoint to-s3 main s3",
    "create-target-group targets main http 80 instance",
    "create-target-group ips main tcp 80 ip",
    "create-load-balancer alb application internet-facing subnet=pub-a subnet=pub-b group=web",
    "create-load-balancer nlb network internal subnet=pub-a",
    "create-listener alb http 80 target-group=targets",
    "create-function worker subnet=priv-a group=web",
    "create-db-instance store 5432 subnet=pub-a subnet=pub-b group=db",
    "run-task job fargate priv-a",
    "create-vpc-endpoint-service-configuration offered balancer=nlb",
];

fn scene(text: &str) -> Network {
    let (scene, faults) = Scene::parse("test", text);
    assert_eq!(faults, []);
    scene.unwrap().network
}

fn whole() -> Network {
    let mut network = scene(WHOLE);
    for line in MORE {
        carry_out(&mut network, vec![Order::Line((*line).to_owned())])
            .unwrap_or_else(|failed| panic!("{line}: {failed:?}"));
    }
    network
}

/// The whole network, and those of every lab of the pack.
fn networks() -> Vec<Network> {
    let (course, _) = Course::open(Pack::builtin());
    let lessons: Vec<_> = course.lessons().map(|entry| entry.id.clone()).collect();
    let labs = lessons.iter().flat_map(|id| course.lesson(id).0.unwrap().labs);
    labs.map(|lab| lab.scene.network).chain([whole()]).collect()
}

fn ends(network: &Network) -> Vec<End> {
    network.things().map(End::Thing).chain([End::Elsewhere]).collect()
}

fn thing(network: &Network, name: &str) -> Thing {
    network.find(name).next().unwrap_or_else(|| panic!("nothing is called `{name}`"))
}

fn wired(network: &Network, from: &str, to: &str) -> Vec<String> {
    let end = |name: &str| match name {
        "internet" => End::Elsewhere,
        name => End::Thing(thing(network, name)),
    };
    let found = wirings(network, end(from), end(to));
    found
        .iter()
        .flat_map(|wiring| match wiring {
            Wiring::Packet(probe) => {
                vec![hanulgil::course::scene::print_probe(network, probe)]
            }
            wiring => wiring.lines(network),
        })
        .collect()
}

/// Carries edits out and takes them back.
fn there_and_back(network: &Network, orders: Vec<Order>) -> Result<(), Failed> {
    let mut after = network.clone();
    let made = carry_out(&mut after, orders)?;
    for made in made.into_iter().rev() {
        after.undo(made.undo);
    }
    assert_eq!(after, *network);
    Ok(())
}

#[test]
fn wiring_means_what_one_expects() {
    let network = whole();
    let rows: &[(&str, &str, &[&str])] = &[
        ("spare", "other", &["attach-internet-gateway spare other"]),
        ("other", "spare", &["attach-internet-gateway spare other"]),
        ("igw", "main", &[]),
        ("vgw", "main", &["attach-vpn-gateway vgw main"]),
        ("pub-a", "pub", &["associate-route-table pub-a pub"]),
        ("pub", "pub-a", &["associate-route-table pub-a pub"]),
        ("pub", "igw", &["create-route pub 0.0.0.0/0 -> igw"]),
        ("pub", "nat", &["create-route pub 0.0.0.0/0 -> nat"]),
        ("pub", "app", &["create-route pub 0.0.0.0/0 -> app"]),
        ("pub", "eigw", &["create-route pub ::/0 -> eigw"]),
        ("pub", "main", &["replace-route-table-association main pub"]),
        ("strict", "pub-a", &["replace-network-acl-association pub-a strict"]),
        ("client", "app", &["client -> app tcp/443"]),
        ("app", "client", &["app -> client tcp/443"]),
        ("internet", "app", &["internet -> app tcp/443"]),
        ("app", "away", &["app -> away tcp/443"]),
        ("client", "alb", &["client -> alb tcp/80"]),
        ("nat", "pub-b", &["create-nat-gateway nat-2 pub-b"]),
        (
            "main",
            "other",
            &[
                "create-vpc-peering-connection peering main other",
                "accept-vpc-peering-connection peering",
            ],
        ),
        ("tgw", "other", &["create-transit-gateway-vpc-attachment tgw-other tgw other far"]),
        ("eni", "app", &["attach-network-interface eni app"]),
        ("priv", "to-s3", &["modify-vpc-endpoint to-s3 priv"]),
        ("alb", "priv-a", &["set-subnets alb subnet=pub-a subnet=pub-b subnet=priv-a"]),
        ("targets", "app", &["register-targets targets instance app"]),
        ("priv-a", "targets", &["register-targets targets instance app"]),
        ("web", "store", &["modify-db-instance store groups=these group=db group=web"]),
        ("store", "web", &["modify-db-instance store groups=these group=db group=web"]),
        ("job", "pub-b", &["run-task job-2 fargate pub-b group=main/default"]),
        ("tgw-main", "priv", &["create-route priv 0.0.0.0/0 -> tgw"]),
        ("ips", "nlb", &["create-listener nlb tcp 80 target-group=ips"]),
    ];
    for (from, to, expected) in rows {
        let found = wired(&network, from, to);
        for line in *expected {
            assert!(found.iter().any(|it| it == line), "{from} -> {to}: {found:?}");
        }
    }
    let db = End::Thing(thing(&network, "db"));
    let app = End::Thing(thing(&network, "app"));
    let join = "modify-network-interface-attribute app groups default db".to_owned();
    let found = wirings(&network, db, app);
    assert!(
        found
            .iter()
            .any(|wiring| matches!(wiring, Wiring::Make(lines) if lines[0].ends_with("db"))),
        "{found:?}, not {join}"
    );
}

#[test]
fn what_makes_no_sense_says_why() {
    let network = whole();
    let why = |from: &str, to: &str| {
        let (from, to) = (End::Thing(thing(&network, from)), End::Thing(thing(&network, to)));
        assert_eq!(wirings(&network, from, to), []);
        why_not(&network, from, to)
    };
    assert_eq!(why("db", "pub-a"), Why::GroupOnSubnet);
    assert_eq!(why("strict", "app"), Why::AclOnInterface);
    assert_eq!(why("strict", "client"), Why::Nothing);
    assert_eq!(why("eigw", "main"), Why::Settled);
    assert_eq!(why("store", "priv-a"), Why::Settled);
    assert_eq!(why("pub", "far"), Why::OtherVpc);
}

#[test]
fn every_wiring_can_be_read_and_taken_back() {
    let (mut made, mut refused) = (0, 0);
    for network in networks() {
        let ends = ends(&network);
        for from in &ends {
            assert_eq!(wirings(&network, *from, *from), []);
            for to in &ends {
                for wiring in wirings(&network, *from, *to) {
                    let lines = wiring.lines(&network);
                    assert_eq!(lines.is_empty(), matches!(wiring, Wiring::Packet(_)));
                    let orders = lines.iter().cloned().map(Order::Line).collect();
                    match there_and_back(&network, orders) {
                        Ok(()) => made += 1,
                        Err(Failed::Refused(_)) => refused += 1,
                        Err(Failed::Unreadable(slip)) => panic!("{lines:?}: {slip:?}"),
                    }
                }
            }
        }
    }
    assert!(made > 10 * refused, "{made} made, {refused} refused");
}

#[test]
fn a_form_that_a_wiring_fills_in_orders_what_it_promised() {
    for network in networks() {
        let ends = ends(&network);
        for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (from, to))) {
            for wiring in wirings(&network, *from, *to) {
                let form = match &wiring {
                    Wiring::Route(table, destination, target) => {
                        Form::of_route(&network, *table, *destination, target)
                    }
                    Wiring::Rule(group, way, peer) => Form::of_rule(&network, *group, *way, peer),
                    _ => continue,
                };
                let form = form.unwrap_or_else(|| panic!("no form for {wiring:?}"));
                assert_eq!(form.first_problem(&network), None, "{wiring:?}");
                let orders = form.orders(&network).unwrap();
                let promised = wiring.lines(&network).into_iter().map(Order::Line).collect();
                let outcome = |orders| {
                    let mut after = network.clone();
                    carry_out(&mut after, orders).map(|_| after)
                };
                assert_eq!(outcome(orders), outcome(promised), "{wiring:?}");
            }
        }
    }
}

fn stock(network: &Network, subject: Option<Thing>) -> Stock<'_> {
    let allowed = &Allowed::Everything;
    Stock { network, allowed, subject, spot: Spot::Elsewhere, clip: None, lang: Lang::En }
}

#[test]
fn everything_of_the_palette_can_be_made_with_what_its_form_offers() {
    let network = whole();
    let rows = stock(&network, None).choices(&Picker::new(Pick::New));
    assert!(rows.len() > 25, "{}", rows.len());
    let mut made = 0;
    for row in rows {
        let Chosen::Edit(edit) = row.what else {
            // There is no service of AWS's in this network, but one that is offered.
            panic!("{}: {:?}", row.name, row.trouble);
        };
        let form = Form::of(edit, &network).unwrap();
        assert_eq!(form.first_problem(&network), None, "{}", row.name);
        let orders = form.orders(&network).unwrap();
        match there_and_back(&network, orders) {
            Ok(()) => made += 1,
            // A second gateway for a VPC, and the like.
            Err(Failed::Refused(refusal)) => eprintln!("{}: {refusal:?}", row.name),
            Err(Failed::Unreadable(slip)) => panic!("{}: {slip:?}", row.name),
        }
    }
    assert!(made > 25, "{made}");
}

#[test]
fn an_empty_palette_says_what_is_missing() {
    let network = Network::new();
    let rows = stock(&network, None).choices(&Picker::new(Pick::New));
    let first = rows.first().unwrap();
    assert_eq!(first.what, Chosen::Edit(Edit::CreateVpc));
    for row in rows {
        match row.what {
            Chosen::Edit(edit) => {
                let orders = Form::of(edit, &network).unwrap().orders(&network).unwrap();
                there_and_back(&network, orders)
                    .unwrap_or_else(|it| panic!("{}: {it:?}", row.name));
            }
            Chosen::Nothing => assert!(matches!(row.trouble, Some(Trouble::Needs(_)))),
            other => panic!("{other:?}"),
        }
    }
}
