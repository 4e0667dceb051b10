//! What a change is said to do before it is made is what it does when it is made.

use hanulgil::{
    app::bench::{
        Bench,
        edit::{Edit, Order, carry_out},
        form::Form,
        inspect::{self, Enter},
        outlook::{Comes, Turns, WaysTurn},
    },
    app::flight::{Flight, Open},
    cloud::{
        Change, Connection, InterfaceId, Network, Probe, Rules, Verdict,
        reach::{End, Matrix, Traffic, matrix},
        trace, verdict,
    },
    course::{Allowed, Course, Goal, NamedPacket, Pack, design::Design, scene::print_probe},
};
use proptest::prelude::*;
use serde_json::json;

/// A network to try changes on, what is sent through it, and what is wanted of it.
struct Ground {
    name: String,
    network: Network,
    packets: Vec<NamedPacket>,
    goals: Vec<Goal>,
}

/// Every design and every lab.
fn grounds() -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Design::ALL
        .iter()
        .map(|design| {
            let scene = design.scene();
            let (network, packets) = (scene.network, scene.packets);
            Ground { name: design.id.to_owned(), network, packets, goals: Vec::new() }
        })
        .collect();
    let (course, _) = Course::open(Pack::builtin());
    for entry in course.lessons() {
        for lab in course.lesson(&entry.id).0.unwrap().labs {
            let (network, packets) = (lab.scene.network, lab.scene.packets);
            grounds.push(Ground { name: lab.id.0, network, packets, goals: lab.goals });
        }
    }
    grounds
}

/// A bench over it, where these packets were sent already.
fn bench(ground: &Ground, network: &Network, sent: &[Probe]) -> Bench {
    let lines: Vec<String> = sent.iter().map(|probe| print_probe(network, probe)).collect();
    let saved = json!({ "done": [], "undone": [], "sent": lines });
    let mut bench = Bench::new("test", network, Allowed::Everything, Some(&saved));
    bench.offer(ground.packets.clone());
    bench.aim(ground.goals.clone());
    bench
}

/// Everything that the inspector offers: as it is, or with what its form proposes.
fn orders(network: &Network) -> Vec<Vec<Order>> {
    let rows =
        network.things().flat_map(|thing| inspect::rows(network, thing, &Allowed::Everything));
    let mut found = Vec::new();
    for row in rows {
        let entered = match row.enter {
            Some(Enter::Edit(edit)) => Some(edit),
            _ => None,
        };
        found.extend(entered.into_iter().chain(row.delete).filter_map(|edit| of(network, edit)));
    }
    found
}

fn of(network: &Network, edit: Edit) -> Option<Vec<Order>> {
    match Form::of(edit, network) {
        Some(form) => form.orders(network).filter(|orders| !orders.is_empty()),
        None => edit.at_once(network),
    }
}

fn group(matrix: &Matrix, id: InterfaceId) -> Option<End> {
    matrix.group_of(id)
}

/// The same count, pair by pair.
fn counted(now: &Network, then: &Network) -> (u64, u64, u64) {
    let (was, will) = (matrix(now, &Traffic::ALL), matrix(then, &Traffic::ALL));
    let mut all: Vec<InterfaceId> =
        was.groups.iter().chain(&will.groups).flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let mut sites: Vec<_> = was.sites.iter().chain(&will.sites).copied().collect();
    sites.sort_unstable();
    sites.dedup();
    // Each end as the two boards have it.
    let site = |matrix: &Matrix, id| matrix.sites.contains(&id).then_some(End::OnPremises(id));
    let inside = all.iter().map(|id| (group(&was, *id), group(&will, *id), true));
    let outside = sites.iter().map(|id| (site(&was, *id), site(&will, *id), false));
    let internet = [(Some(End::Internet), Some(End::Internet), false)];
    let ends: Vec<_> = inside.chain(outside).chain(internet).collect();
    let mut turn = (0, 0, 0);
    for (a, from) in ends.iter().enumerate() {
        for (b, to) in ends.iter().enumerate() {
            if a == b || !from.2 && !to.2 {
                continue;
            }
            // An address that is given out is no way that changes.
            let of = |matrix: &Matrix, from: Option<End>, to: Option<End>, other: &Matrix| {
                let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
                let found = matrix.comparable(from, to, other).into_iter();
                found.map(|it| it.0).collect::<Vec<_>>()
            };
            let (one, other) = (of(&was, from.0, to.0, &will), of(&will, from.1, to.1, &was));
            if one == other {
            } else if one.is_empty() {
                turn.0 += 1;
            } else if other.is_empty() {
                turn.1 += 1;
            } else {
                turn.2 += 1;
            }
        }
    }
    turn
}

/// Asks what these orders would do, makes them, and compares.
fn tried(ground: &Ground, network: &Network, orders: &[Order], sent: &[Probe]) -> Option<Network> {
    let mut bench = bench(ground, network, sent);
    let foretold = bench.what_comes_of(orders);
    assert_eq!(bench.network(), network, "looking ahead changes nothing");
    assert_eq!(bench.cost(), 0);
    let mut after = network.clone();
    let made = carry_out(&mut after, orders.to_vec());
    let turns = match (foretold, made) {
        (Comes::Turns(turns), Ok(made)) => {
            let changes: Vec<Change> = made.into_iter().map(|made| made.change).collect();
            bench.change(&changes, &mut Vec::new());
            turns
        }
        (Comes::Not(notice), Err(_)) => {
            // The same is said when it is tried.
            bench.change(&refused(network, orders), &mut Vec::new());
            assert_eq!(bench.notice(), Some(&notice));
            assert_eq!(bench.network(), network);
            return None;
        }
        (foretold, made) => panic!("{}: {foretold:?}, but {made:?}", ground.name),
    };
    let Turns { after: promised, goals, packets, ways } = *turns;
    assert_eq!(bench.network(), &promised);
    let met = |network: &Network| ground.goals.iter().filter(|it| it.holds(network, sent)).count();
    match goals {
        Some(goals) => {
            assert_eq!((goals.now, goals.then), (met(network), met(&promised)));
            assert_eq!(goals.of, ground.goals.len());
            for (index, holds) in goals.named {
                assert_eq!(ground.goals[index].holds(&promised, sent), holds);
                assert_ne!(ground.goals[index].holds(network, sent), holds);
                let probes = ground.goals[index].checks.iter().filter_map(|check| {
                    let turned = check.holds(network, sent) != check.holds(&promised, sent);
                    check.probe().filter(|_| turned)
                });
                for probe in probes {
                    assert!(sent.contains(&probe), "a goal about an unsent packet is not named");
                }
            }
        }
        None => assert!(ground.goals.is_empty()),
    }
    let fares = |network: &Network, probe| verdict(network, probe, &Rules::AWS);
    let kind = |it: &Verdict| (std::mem::discriminant(it), it.code());
    for packet in &ground.packets {
        let (now, then) = (fares(network, packet.probe), fares(&promised, packet.probe));
        let told = packets.iter().find(|it| it.packet.probe == packet.probe);
        let turns = sent.contains(&packet.probe) && kind(&now) != kind(&then);
        assert_eq!(told.is_some(), turns, "{}: {}", ground.name, packet.written);
        if let Some(told) = told {
            assert_eq!((told.now, told.then), (now, then));
        }
    }
    let ways: WaysTurn = ways.expect("these are small");
    assert_eq!((ways.opened, ways.shut, ways.changed), counted(network, &promised));
    // What is named is true, and no secret.
    if let Some(link) = &ways.gained {
        for packet in &ground.packets {
            let same = link.passage.contains(&packet.probe);
            let opens =
                !verdict_is_good(network, packet.probe) && verdict_is_good(&promised, packet.probe);
            let named = same && opens && ends_are(link, packet.probe);
            assert!(!named || sent.contains(&packet.probe), "{}", packet.written);
        }
    }
    Some(promised)
}

fn verdict_is_good(network: &Network, probe: Probe) -> bool {
    verdict(network, probe, &Rules::AWS) == Verdict::Delivered
}

fn ends_are(link: &hanulgil::app::bench::outlook::Link, probe: Probe) -> bool {
    use hanulgil::{app::bench::outlook::Who, cloud::ProbeEnd};
    let is = |who: &Who, end: ProbeEnd| match (who, end) {
        (Who::Interfaces(all), ProbeEnd::Interface(id)) => all.contains(&id),
        (Who::Internet, ProbeEnd::Host(_) | ProbeEnd::Address(_)) => true,
        _ => false,
    };
    is(&link.from, probe.from) && is(&link.to, probe.to)
}

/// The changes of orders that are refused, as far as they can be read.
fn refused(network: &Network, orders: &[Order]) -> Vec<Change> {
    let mut after = network.clone();
    let mut changes = Vec::new();
    for order in orders {
        let change = match order {
            Order::Change(change) => change.clone(),
            Order::Line(line) => match hanulgil::course::edit::parse(&after, line) {
                Ok(change) => change,
                Err(_) => break,
            },
        };
        let done = after.apply(change.clone()).is_ok();
        changes.push(change);
        if !done {
            break;
        }
    }
    changes
}

/// Follows every packet of a ground to its end, changes the network under it, and looks at both of
/// its futures.
fn both(ground: &Ground, network: &Network, orders: &[Order]) {
    let now = std::time::Duration::ZERO;
    let mut after = network.clone();
    if carry_out(&mut after, orders.to_vec()).is_err() {
        return;
    }
    for index in 0..ground.packets.len() {
        let mut flight = Flight::new("test", ground.packets.clone(), false);
        flight.choose(index, network, now, false);
        let before = flight.travel().unwrap().clone();
        flight.show(before.last());
        flight.changed(&after, true);
        let travel = flight.travel().unwrap();
        let probe = travel.trace.probe;
        let fresh = trace(&after, probe, &Rules::AWS);
        let Some(fork) = travel.fork() else {
            assert_eq!(travel.trace, fresh, "it goes the same way");
            continue;
        };
        assert_eq!((&travel.trace, &fork.now.trace), (&before.trace, &fresh));
        let (was, new): (Vec<_>, Vec<_>) = fork.rows.iter().map(|row| (row.was, row.now)).unzip();
        assert!(was.into_iter().flatten().eq(0..travel.trace.hops.len()), "{:?}", fork.rows);
        assert!(new.into_iter().flatten().eq(0..fresh.hops.len()), "{:?}", fork.rows);
        assert!(fork.rows.iter().all(|row| row.was.is_some() || row.now.is_some()));
        // Before the row where they part, both meet the same.
        for row in &fork.rows[..fork.parts] {
            let (one, other) =
                (&travel.trace.hops[row.was.unwrap()], &fresh.hops[row.now.unwrap()]);
            assert_eq!(
                (one.leg, one.place, one.packet_out),
                (other.leg, other.place, other.packet_out)
            );
        }
        // An open connection lives on, or is cut, as the cloud says.
        let lives = Connection::open(network, probe).map(|it| it.still_open(&after));
        match fork.open {
            Some(Open::LivesOn) => assert_eq!(lives, Some(true)),
            Some(_) => assert_eq!(lives, Some(false)),
            None => assert!(lives.is_none() || fresh.is_delivered()),
        }
        // Scrubbing goes through every row, and shows of each as much as there is.
        for row in 0..fork.rows.len() {
            flight.show(row);
            let travel = flight.travel().unwrap();
            let fork = travel.fork().unwrap();
            if let Some(hop) = fork.rows[row].was {
                assert_eq!(travel.hop(), hop);
            }
            if let Some(hop) = fork.rows[row].now {
                assert_eq!(fork.now.hop(), hop);
            }
        }
        // Taken back, it has the one future that it had.
        flight.changed(network, true);
        let travel = flight.travel().unwrap();
        assert!(travel.fork().is_none() && !travel.is_stale());
        assert_eq!(travel.trace, before.trace);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_foretold_is_what_happens(
        at in any::<prop::sample::Index>(),
        walk in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        seen in any::<u8>(),
    ) {
        let grounds = grounds();
        let ground = &grounds[at.index(grounds.len())];
        let mut network = ground.network.clone();
        let packets = ground.packets.iter().enumerate();
        let sent: Vec<Probe> = packets
            .filter(|(index, _)| seen >> (index % 8) & 1 == 1)
            .map(|(_, packet)| packet.probe)
            .collect();
        for step in walk {
            let all = orders(&network);
            if all.is_empty() {
                break;
            }
            let orders = &all[step.index(all.len())];
            // A packet from what is gone cannot be kept as a line.
            let kept: Vec<Probe> = sent
                .iter()
                .filter(|probe| {
                    let line = print_probe(&network, probe);
                    hanulgil::course::scene::parse_probe(&network, &line).ok() == Some(**probe)
                })
                .copied()
                .collect();
            if let Some(after) = tried(ground, &network, orders, &kept) {
                network = after;
            }
        }
    }

    #[test]
    fn both_futures_are_whole_whatever_is_changed(
        at in any::<prop::sample::Index>(),
        step in any::<prop::sample::Index>(),
    ) {
        let grounds = grounds();
        let ground = &grounds[at.index(grounds.len())];
        let all = orders(&ground.network);
        both(ground, &ground.network, &all[step.index(all.len())]);
    }
}
