//! What copying promises: whatever a person can make can be copied or says why not; a copy stands
//! where it is put, fares as what it was made of, and goes in one step.

#[path = "copies/carried.rs"]
mod carried;
#[path = "support/whole.rs"]
mod made;

use std::{collections::BTreeSet, net::IpAddr};

use hanulgil::{
    app::{
        bench::{
            Bench,
            clip::{Bar, Clip, Pasted, Place},
            edit::{Order, carry_out},
            inspect,
            pick::Stock,
        },
        canvas::Spot,
    },
    cloud::{
        InterfaceId, Network, Probe, ProbeEnd, Rules, SubnetId, Thing, Verdict, VpcId, verdict,
    },
    course::{Allowed, Course, Pack, edit::Failed},
    i18n::Lang,
    net::Protocol,
};

use made::whole;

const ALL: &Allowed = &Allowed::Everything;

/// The whole network, and those of every lab of the pack.
fn networks() -> Vec<Network> {
    let (course, _) = Course::open(Pack::builtin());
    let lessons: Vec<_> = course.lessons().map(|entry| entry.id.clone()).collect();
    let labs = lessons.iter().flat_map(|id| course.lesson(id).0.unwrap().labs);
    labs.map(|lab| lab.scene.network).chain([whole()]).collect()
}

fn thing(network: &Network, name: &str) -> Thing {
    network.find(name).next().unwrap_or_else(|| panic!("nothing is called `{name}`"))
}

/// Where one is when this is selected.
fn beside(network: &Network, subject: Thing) -> Place {
    let stock = Stock {
        network,
        allowed: ALL,
        subject: Some(subject),
        spot: Spot::Elsewhere,
        clip: None,
        lang: Lang::En,
    };
    Place { vpc: stock.vpc(), subnet: stock.subnet(false), subject: Some(subject) }
}

fn vpc(network: &Network, name: &str) -> VpcId {
    match network.find(name).find(|it| matches!(it, Thing::Vpc(_))) {
        Some(Thing::Vpc(id)) => id,
        other => panic!("{name}: {other:?}"),
    }
}

fn subnet(network: &Network, name: &str) -> SubnetId {
    match thing(network, name) {
        Thing::Subnet(id) => id,
        other => panic!("{name}: {other:?}"),
    }
}

/// Pastes, takes it back, and answers what it was like.
fn there_and_back(network: &Network, pasted: &Pasted) -> Result<Network, Failed> {
    let mut after = network.clone();
    let made = carry_out(&mut after, pasted.orders.clone())?;
    let with = after.clone();
    for made in made.into_iter().rev() {
        after.undo(made.undo);
    }
    assert!(after == *network, "undo is no inverse");
    Ok(with)
}

/// What this adds, of the same kind.
fn added(before: &Network, after: &Network, like: Thing) -> Vec<Thing> {
    let is_new = |it: &Thing| before.name(*it).is_none();
    let same = |it: &Thing| std::mem::discriminant(it) == std::mem::discriminant(&like);
    after.things().filter(|it| is_new(it) && same(it)).collect()
}

#[test]
fn everything_can_be_copied_or_says_why_not() {
    let (mut copied, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for network in networks() {
        for thing in network.things() {
            let kind = format!("{thing:?}").split('(').next().unwrap().to_owned();
            let clip = match Clip::of(&network, thing) {
                Ok(clip) => clip,
                Err(Bar::OfAws) => {
                    let list = matches!(thing, Thing::PrefixList(_) | Thing::Interface(_));
                    assert!(list || matches!(thing, Thing::Service(_)), "{thing:?}");
                    continue;
                }
                Err(Bar::Joins) => {
                    let attachment = matches!(thing, Thing::TransitGatewayAttachment(_));
                    assert!(attachment || matches!(thing, Thing::Peering(_)), "{thing:?}");
                    continue;
                }
                Err(Bar::PartOf(owner)) => {
                    assert!(matches!(thing, Thing::Interface(_)), "{thing:?}");
                    assert!(Clip::can_be_of(&network, owner), "{owner:?}");
                    continue;
                }
                Err(bar) => panic!("{thing:?}: {bar:?}"),
            };
            let pasted = clip
                .orders(&network, beside(&network, thing), ALL)
                .unwrap_or_else(|bar| panic!("{thing:?} beside itself: {bar:?}"));
            match there_and_back(&network, &pasted) {
                Ok(after) => {
                    copied.insert(kind.clone());
                    let new = after.things().filter(|it| network.name(*it).is_none()).count();
                    assert!(new > 0, "{thing:?}: {pasted:?}");
                    // One name for each, so that everything can be spoken of.
                    for it in added(&network, &after, thing) {
                        if matches!(it, Thing::Interface(_)) {
                            continue;
                        }
                        let name = after.name(it).unwrap();
                        let named = after.find(name).filter(|other| {
                            std::mem::discriminant(other) == std::mem::discriminant(&it)
                                && !matches!(it, Thing::SecurityGroup(_))
                        });
                        assert!(named.count() <= 1, "two are called {name}");
                    }
                }
                Err(Failed::Refused(refusal)) => {
                    refused.insert(format!("{kind} {}", refusal.code));
                }
                Err(Failed::Unreadable(slip)) => panic!("{thing:?}: {slip:?}"),
            }
        }
    }
    eprintln!("refused: {refused:#?}");
    let all = [
        "Vpc",
        "Subnet",
        "RouteTable",
        "InternetGateway",
        "EgressOnlyGateway",
        "NatGateway",
        "PrefixList",
        "GatewayEndpoint",
        "SecurityGroup",
        "NetworkAcl",
        "Instance",
        "Interface",
        "Host",
        "LoadBalancer",
        "TargetGroup",
        "InterfaceEndpoint",
        "Function",
        "Database",
        "Task",
        "Api",
        "Distribution",
        "TransitGateway",
        "TransitGatewayRouteTable",
        "VirtualPrivateGateway",
        "CustomerGateway",
        "VpnConnection",
        "DirectConnectGateway",
        "OnPremises",
    ];
    let missing: Vec<_> = all.iter().filter(|kind| !copied.contains(**kind)).collect();
    assert!(missing.is_empty(), "never copied: {missing:?}");
}

#[test]
fn everything_can_be_pasted_into_another_vpc_or_says_why_not() {
    let (mut made, mut refused) = (0, BTreeSet::new());
    for network in networks() {
        let homes: Vec<VpcId> = network.vpcs().iter().map(|(id, _)| id).collect();
        for thing in network.things() {
            let Ok(clip) = Clip::of(&network, thing) else { continue };
            for home in &homes {
                let place = beside(&network, Thing::Vpc(*home));
                match clip.orders(&network, place, ALL) {
                    Ok(pasted) => match there_and_back(&network, &pasted) {
                        Ok(_) => made += 1,
                        Err(Failed::Refused(refusal)) => {
                            let kind = format!("{thing:?}");
                            let kind = kind.split('(').next().unwrap().to_owned();
                            refused.insert(format!("{kind} {}", refusal.code));
                        }
                        Err(Failed::Unreadable(slip)) => panic!("{thing:?}: {slip:?}"),
                    },
                    Err(Bar::NeedsSubnet | Bar::NoRoom) => {}
                    Err(bar) => panic!("{thing:?} in {home:?}: {bar:?}"),
                }
            }
        }
    }
    eprintln!("{made} made, refused: {refused:#?}");
    assert!(made > 400, "{made}");
}

/// The interface of the copy that stands for one of the original: by its place in the block.
fn twin(n: &Network, old: VpcId, new: VpcId, interface: InterfaceId) -> Option<InterfaceId> {
    let bits = |address: IpAddr| match address {
        IpAddr::V4(it) => u128::from(it.to_bits()),
        IpAddr::V6(it) => it.to_bits(),
    };
    let own = n.interfaces().get(interface)?.private_ipv4()?;
    let pairs = n.vpcs()[old].cidrs.iter().zip(&n.vpcs()[new].cidrs);
    let (was, is) = pairs.into_iter().find(|(was, _)| was.contains(own))?;
    n.interface_in(new, is.nth(bits(own) - bits(was.first()))?)
}

#[test]
fn in_the_copy_of_a_vpc_packets_fare_as_in_the_vpc() {
    let (mut compared, mut delivered) = (0, 0);
    for network in networks() {
        for (old, row) in network.vpcs().iter() {
            let clip = Clip::of(&network, Thing::Vpc(old)).unwrap();
            let place = beside(&network, Thing::Vpc(old));
            let pasted = clip.orders(&network, place, ALL).unwrap();
            let Ok(after) = there_and_back(&network, &pasted) else {
                panic!("{} cannot be copied", row.name);
            };
            let new = after.vpcs().iter().last().unwrap().0;
            assert_ne!(old, new);
            let mut pairs: Vec<(InterfaceId, InterfaceId)> = Vec::new();
            for (_, instance) in network.instances().iter() {
                for id in &instance.interfaces {
                    if network.vpc_of(*id) == old {
                        let twin = twin(&after, old, new, *id);
                        pairs.push((*id, twin.unwrap_or_else(|| panic!("{id:?} has no twin"))));
                    }
                }
            }
            // What joins the VPC to others stays with it: only what is inside is compared.
            let alone = pasted.left == 0;
            let fate = |from, to, port| {
                let probe = Probe::new(from, to, Protocol::TCP, port);
                match verdict(&after, probe, &Rules::AWS) {
                    Verdict::Delivered => "delivered".to_owned(),
                    other => format!("{:?}", other.code()),
                }
            };
            for (from, from_twin) in &pairs {
                for (to, to_twin) in &pairs {
                    for port in [22, 80, 443, 5432] {
                        if from == to {
                            continue;
                        }
                        let (a, b) = (ProbeEnd::Interface(*from), ProbeEnd::Interface(*to));
                        let (c, d) =
                            (ProbeEnd::Interface(*from_twin), ProbeEnd::Interface(*to_twin));
                        let (was, is) = (fate(a, b, port), fate(c, d, port));
                        assert_eq!(was, is, "{} {from:?} -> {to:?} {port}", row.name);
                        compared += 1;
                        delivered += usize::from(was == "delivered");
                    }
                }
                if alone {
                    let internet = ProbeEnd::Address(Network::INTERNET);
                    for port in [80, 443] {
                        let out = fate(ProbeEnd::Interface(*from), internet, port);
                        let twin = fate(ProbeEnd::Interface(*from_twin), internet, port);
                        assert_eq!(out, twin, "{} {from:?} out", row.name);
                        let incoming = fate(internet, ProbeEnd::PublicAddressOf(*from), port);
                        let twin = fate(internet, ProbeEnd::PublicAddressOf(*from_twin), port);
                        assert_eq!(incoming, twin, "{} {from:?} in", row.name);
                        compared += 2;
                    }
                }
            }
        }
    }
    assert!(compared > 500 && delivered > 50, "{compared} compared, {delivered} delivered");
}

#[test]
fn rows_can_be_copied_into_what_is_like_that_which_held_them() {
    let (mut made, mut kinds) = (0, BTreeSet::new());
    for network in networks() {
        for holder in network.things() {
            for row in inspect::rows(&network, holder, ALL) {
                let Some(clip) = Clip::of_row(&network, &row.says) else { continue };
                let like =
                    |it: &Thing| std::mem::discriminant(it) == std::mem::discriminant(&holder);
                for other in network.things().filter(like) {
                    match clip.orders(&network, beside(&network, other), ALL) {
                        Ok(pasted) => match there_and_back(&network, &pasted) {
                            Ok(_) => {
                                made += 1;
                                let says = format!("{:?}", row.says);
                                let end = says.find(['#', '0', '1', '2']).unwrap_or(says.len());
                                kinds.insert(says[..end].to_owned());
                            }
                            Err(Failed::Refused(_)) => {}
                            Err(Failed::Unreadable(slip)) => panic!("{:?}: {slip:?}", row.says),
                        },
                        Err(Bar::Gone | Bar::NoSuchList | Bar::NoRoom | Bar::Into(_)) => {}
                        Err(bar) => panic!("{:?}: {bar:?}", row.says),
                    }
                }
                // Where it cannot stand it says what is to be selected.
                let nowhere = Place { vpc: None, subnet: None, subject: None };
                let bar = clip.orders(&network, nowhere, ALL);
                assert!(matches!(bar, Err(Bar::Into(_) | Bar::NoSuchList)), "{bar:?}");
            }
        }
    }
    for kind in ["Rule(", "Entry(", "Line(Listener", "Line(Target(", "Line(TransitRoute"] {
        assert!(kinds.iter().any(|it| it.starts_with(kind)), "never: {kind} {kinds:#?}");
    }
    assert!(made > 100, "{made}");
}

fn paste(network: &Network, what: &str, place: Place) -> (Network, Pasted) {
    let clip = Clip::of(network, thing(network, what)).unwrap();
    let pasted = clip.orders(network, place, ALL).unwrap();
    let after = there_and_back(network, &pasted).unwrap_or_else(|it| panic!("{what}: {it:?}"));
    (after, pasted)
}

#[test]
fn a_subnet_comes_with_what_was_launched_in_it() {
    let network = whole();
    let (after, _) = paste(&network, "priv-a", beside(&network, thing(&network, "priv-a")));
    let twin = subnet(&after, "priv-a-2");
    assert_eq!(after.subnets()[twin].zone, after.subnets()[subnet(&after, "priv-a")].zone);
    for name in ["app-2", "stopped-2", "eni-2", "job-2"] {
        let own = after.interfaces_of(thing(&after, name));
        assert_eq!(after.interfaces()[own[0]].subnet, twin, "{name}");
    }
    let state = |name| match thing(&after, name) {
        Thing::Instance(id) => after.instances()[id].state,
        other => panic!("{other:?}"),
    };
    assert_eq!(state("stopped-2"), state("stopped"));
}

#[test]
fn a_load_balancer_brings_the_groups_that_only_one_may_lead_to() {
    let network = whole();
    let (after, pasted) = paste(&network, "alb", beside(&network, thing(&network, "alb")));
    assert_eq!(pasted.left, 0);
    let Thing::LoadBalancer(twin) = thing(&after, "alb-2") else { panic!() };
    let Thing::TargetGroup(group) = thing(&after, "targets-2") else { panic!() };
    let row = &after.load_balancers()[twin];
    assert_eq!(row.listeners[0].target_groups, [group]);
    assert_eq!(after.target_groups()[group].targets.len(), 1);
    assert_eq!(row.nodes.len(), 2);
}

#[test]
fn a_transit_gateway_comes_with_its_tables_and_an_attachment_joins_another_vpc() {
    let network = whole();
    let (after, pasted) = paste(&network, "tgw", beside(&network, thing(&network, "tgw")));
    let Thing::TransitGateway(twin) = thing(&after, "tgw-2") else { panic!() };
    let tables = |gateway| after.transit_gateway_route_tables().count(|row| row.gateway == gateway);
    let Thing::TransitGateway(old) = thing(&after, "tgw") else { panic!() };
    assert_eq!(tables(twin), tables(old));
    // Its route leads to an attachment of the old one.
    assert!(pasted.left > 0);
    let mut network = network;
    let line = "create-subnet third-a 10.2.1.0/24 vpc=third zone=a".to_owned();
    carry_out(&mut network, vec![Order::Line(line)]).unwrap();
    let place = Place { vpc: Some(vpc(&network, "third")), subnet: None, subject: None };
    let (after, _) = paste(&network, "tgw-main", place);
    let Thing::TransitGatewayAttachment(twin) = thing(&after, "tgw-main-2") else { panic!() };
    let Thing::TransitGatewayAttachment(old) = thing(&after, "tgw-main") else { panic!() };
    let row = |id| after.transit_gateway_attachments()[id].clone();
    assert_eq!(row(twin).association, row(old).association);
    assert_eq!(row(twin).propagations, row(old).propagations);
}

#[test]
fn what_was_deleted_since_can_still_be_pasted_under_its_name() {
    let network = whole();
    let clip = Clip::of(&network, thing(&network, "app")).unwrap();
    let mut gone = network.clone();
    let lines = ["deregister-targets targets instance app", "terminate-instances app"];
    carry_out(&mut gone, lines.map(|line| Order::Line(line.into())).to_vec()).unwrap();
    let at = subnet(&network, "priv-a");
    let place = Place { vpc: Some(vpc(&network, "main")), subnet: Some(at), subject: None };
    let pasted = clip.orders(&gone, place, ALL).unwrap();
    carry_out(&mut gone, pasted.orders).unwrap();
    assert!(gone.find("app").next().is_some());
}

#[test]
fn a_copy_keeps_to_what_may_be_changed_at_all() {
    let network = whole();
    let clip = Clip::of(&network, thing(&network, "door")).unwrap();
    let place = beside(&network, thing(&network, "door"));
    let only = Allowed::Only(vec!["run-instances".into()]);
    let pasted = clip.orders(&network, place, &only).unwrap();
    assert_eq!(pasted.orders.len(), 1, "{pasted:?}");
    assert!(pasted.left > 0);
    assert!(clip.orders(&network, place, ALL).unwrap().orders.len() > 1);
}

#[test]
fn pasting_is_one_step() {
    let network = whole();
    let mut bench = Bench::new("test", &network, Allowed::Everything, None);
    let clip = Clip::of(&network, Thing::Vpc(vpc(&network, "main"))).unwrap();
    let place = beside(&network, Thing::Vpc(vpc(&network, "main")));
    let pasted = clip.orders(&network, place, ALL).unwrap();
    let changes: Vec<_> = pasted
        .orders
        .into_iter()
        .map(|order| match order {
            Order::Change(change) => change,
            Order::Line(line) => panic!("{line}"),
        })
        .collect();
    assert!(changes.len() > 30, "{}", changes.len());
    let mut told = Vec::new();
    bench.change(&changes, &mut told);
    assert_eq!(bench.steps(), (1, 0));
    // What was saved of it is made again, line by line.
    let again = Bench::new("test", &network, Allowed::Everything, Some(&bench.saved()));
    assert!(again.network() == bench.network(), "what was saved is not what was made");
}
