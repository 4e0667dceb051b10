//! Laws of the reach sets: they say exactly what a trace says, for every packet there is.

#[path = "support/fares.rs"]
mod fares;
#[path = "support/networks.rs"]
mod networks;
#[path = "support/services.rs"]
mod services;
#[path = "support/transit.rs"]
mod transit;

use std::net::IpAddr;

use fares::{answered, dials_itself, dropped_at, fate, is_strangers, responsible};
use hanulgil::{
    cloud::{
        InterfaceId, InterfaceKind, Network, OnPremisesId, Probe, ProbeEnd, Rules, matrix, reach,
        reach::{End, Fate, Protocols, ReachEntry, Sources, Traffic, ends, opens},
        trace,
    },
    net::{Ports, Protocol},
};
use networks::Dice;
use proptest::{collection::vec, prelude::*};

fn choices() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..420)
}

/// In most cases with load balancers, endpoints and the like, in some joined by transit gateways.
fn made(row: &[u16]) -> Network {
    let mut dice = Dice::new(row);
    let plain = dice.below(4) == 0;
    let joined = dice.one_in(3);
    let mut network =
        if plain { networks::network(&mut dice) } else { services::with_services(&mut dice) };
    if joined {
        transit::join(&mut network, &mut dice);
    }
    network
}

/// An interface; in half of all cases one that hands on what it gets, where there is such a one.
fn someone(network: &Network, interfaces: &[InterfaceId], seed: usize) -> InterfaceId {
    let hands_on = |it: &&InterfaceId| {
        let kind = network.interfaces()[**it].kind;
        matches!(kind, InterfaceKind::LoadBalancer(_) | InterfaceKind::Endpoint(_))
    };
    let special: Vec<InterfaceId> = interfaces.iter().filter(hands_on).copied().collect();
    let of = if special.is_empty() || seed.is_multiple_of(2) { interfaces } else { &special };
    of[seed / 2 % of.len()]
}

/// Addresses on the internet at and around every edge that the networks have.
const ON_THE_INTERNET: [&str; 20] = [
    "2001:db8:ffff::9",
    "2001:db8:ffff::8",
    "2001:db8:fffe:ffff:ffff:ffff:ffff:ffff",
    "2600::1",
    "203.0.113.9",
    "203.0.113.8",
    "203.0.113.127",
    "203.0.113.128",
    "203.0.113.0",
    "203.0.112.255",
    "192.0.2.80",
    "192.0.2.81",
    "198.51.100.255",
    "198.51.101.0",
    "1.1.1.1",
    "127.255.255.255",
    "128.0.0.0",
    "255.255.255.254",
    "11.0.0.0",
    "198.18.1.1",
];

const PORTS: [u16; 16] =
    [443, 442, 444, 22, 21, 0, 65535, 1023, 1024, 400, 500, 501, 5000, 49151, 61000, 61001];

const PROTOCOLS: [Protocol; 6] =
    [Protocol::TCP, Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol(47), Protocol(200)];

/// A packet of the space of [`reach`]; some are not, and that is said.
fn some_packet(dice: &mut Dice, network: &Network, to: InterfaceId) -> Option<Probe> {
    let interface = &network.interfaces()[to];
    let public = interface.public_address.map(|it| IpAddr::V4(it.address));
    let dialled: Vec<IpAddr> = interface.addresses.iter().copied().chain(public).collect();
    let dialled = dice.pick(&dialled);
    let open = dialled.is_ipv6() || Some(dialled) == public;
    let private = interface.addresses.contains(&dialled);
    let sites: Vec<(OnPremisesId, Vec<IpAddr>)> = if private {
        let like = |it: &IpAddr| it.is_ipv4() == dialled.is_ipv4();
        let sites = network.on_premises().iter().map(|it| it.0);
        sites.map(|id| (id, on_site(network, id).into_iter().filter(like).collect())).collect()
    } else {
        Vec::new()
    };
    let sites: Vec<_> = sites.into_iter().filter(|it| !it.1.is_empty()).collect();
    let from = if dice.one_in(2) && !sites.is_empty() {
        let (site, addresses) = dice.pick(&sites);
        ProbeEnd::OnPremises(site, Some(dice.pick(&addresses)))
    } else if dice.one_in(2) && open {
        let address: IpAddr = dice.pick(&ON_THE_INTERNET).parse().unwrap();
        if address.is_ipv4() != dialled.is_ipv4() {
            return None;
        }
        // Who sends from an interface's address is the interface.
        if !is_strangers(network, address) {
            return None;
        }
        ProbeEnd::Address(address)
    } else {
        let others: Vec<InterfaceId> = network
            .interfaces()
            .iter()
            .map(|it| it.0)
            .filter(|it| *it != to && opens(network, *it, &|at| network.interfaces()[to].has(at)))
            .collect();
        if others.is_empty() {
            return None;
        }
        ProbeEnd::Interface(dice.pick(&others))
    };
    Some(some_traffic(dice, from, ProbeEnd::Address(dialled)))
}

/// Addresses of an on-premises network, at and around its edges and those of others.
fn on_site(network: &Network, id: OnPremisesId) -> Vec<IpAddr> {
    let site = &network.on_premises()[id];
    let mut some: Vec<IpAddr> = vec![site.address];
    some.extend(site.cidrs.iter().flat_map(|it| [it.first(), it.last()]));
    let others = ["172.16.0.7", "172.16.0.8", "172.16.0.15", "172.16.127.255", "172.16.128.0"];
    some.extend(others.iter().map(|it| it.parse::<IpAddr>().unwrap()));
    some.extend(
        ["10.0.1.10", "10.0.1.12", "192.168.0.127"].map(|it| it.parse::<IpAddr>().unwrap()),
    );
    some.retain(|it| site.contains(*it));
    some
}

fn on_the_internet(address: IpAddr) -> bool {
    hanulgil::cloud::host::is_on_the_internet(address)
}

fn some_traffic(dice: &mut Dice, from: ProbeEnd, to: ProbeEnd) -> Probe {
    let v6 = matches!(to, ProbeEnd::Address(IpAddr::V6(_)));
    let protocol = match dice.pick(&PROTOCOLS) {
        Protocol::ICMP if v6 => Protocol::ICMPV6,
        other => other,
    };
    let probe = Probe::new(from, to, protocol, dice.pick(&PORTS));
    if !protocol.has_ports() {
        return probe;
    }
    let source_port =
        dice.pick(&[49152, 1024, 1025, 4999, 5000, 32767, 32768, 61000, 61001, 65535]);
    Probe { source_port, ..probe }
}

fn entry_of<'r>(entries: &'r [ReachEntry], probe: &Probe) -> Result<&'r ReachEntry, TestCaseError> {
    let mut with = entries.iter().filter(|it| it.contains(probe));
    let found = with.next();
    prop_assert!(found.is_some(), "no entry holds {probe:?}");
    let second = with.next();
    prop_assert!(second.is_none(), "two entries hold {probe:?}: {found:?} and {second:?}");
    Ok(found.unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    /// Every packet of the space is in exactly one entry, and fares as the entry says.
    #[test]
    fn a_packet_fares_as_the_one_entry_that_holds_it_says(
        row in choices(),
        packets in vec(vec(any::<u16>(), 8), 24),
    ) {
        let network = made(&row);
        let interfaces: Vec<InterfaceId> = network.interfaces().iter().map(|it| it.0).collect();
        let to = someone(&network, &interfaces, row.len());
        let reach = reach(&network, to, &Traffic::ALL);
        for packet in packets {
            let Some(probe) = some_packet(&mut Dice::new(&packet), &network, to) else { continue };
            let entry = entry_of(&reach.entries, &probe)?;
            if dials_itself(&network, probe) {
                prop_assert_eq!(entry.fate, Fate::Astray);
                continue;
            }
            let trace = trace(&network, probe, &Rules::AWS);
            prop_assert_eq!(entry.fate, fate(&trace, to), "{:?} in {:?}", probe, entry);
            let by = responsible(&trace, entry.fate);
            prop_assert_eq!(&entry.by, &by, "{:?} in {:?}", probe, entry);
            prop_assert_eq!(entry.at, dropped_at(&trace), "{:?}", probe);
        }
    }

    /// The corners of every entry are traced too: the sampled packets might miss a narrow one.
    #[test]
    fn the_corners_of_an_entry_fare_as_it_says(row in choices()) {
        let network = made(&row);
        let interfaces: Vec<InterfaceId> = network.interfaces().iter().map(|it| it.0).collect();
        let to = someone(&network, &interfaces, row.len());
        let reach = reach(&network, to, &Traffic::ALL);
        for entry in &reach.entries {
            for probe in corners(entry) {
                prop_assert_eq!(entry, entry_of(&reach.entries, &probe)?);
                if dials_itself(&network, probe) {
                    continue;
                }
                let trace = trace(&network, probe, &Rules::AWS);
                prop_assert_eq!(entry.fate, fate(&trace, to), "{:?} in {:?}", probe, entry);
                prop_assert_eq!(&entry.by, &responsible(&trace, entry.fate), "{:?}", probe);
            }
        }
    }

    /// The blocks hold as many packets as there are.
    #[test]
    fn the_entries_fill_the_space(row in choices()) {
        let network = made(&row);
        let interfaces: Vec<InterfaceId> = network.interfaces().iter().map(|it| it.0).collect();
        let to = someone(&network, &interfaces, row.len());
        let interface = &network.interfaces()[to];
        let tcp = Traffic::to(Protocol::TCP, Ports::ALL);
        let reach = reach(&network, to, &tcp);
        let mut found = std::collections::BTreeMap::new();
        for entry in &reach.entries {
            let from_internet = match entry.sources {
                Sources::Interfaces(_) => 0,
                Sources::Internet(_) => 1,
                Sources::OnPremises(..) => 2,
            };
            if from_internet == 1 && entry.dialled.is_ipv6() {
                // More than can be counted.
                continue;
            }
            let source_ports = u128::from(entry.traffic.source_ports.high - entry.traffic.source_ports.low) + 1;
            *found.entry((entry.dialled, from_internet)).or_insert(0u128) +=
                entry.sources.count() * entry.traffic.count() * source_ports;
        }
        let packets = 65_536 * (65_536 - 1024);
        for address in interface.addresses.iter().copied() {
            let senders = interfaces.iter().filter(|it| **it != to && opens(&network, **it, &|at| network.interfaces()[to].has(at))).count();
            let all = senders as u128 * packets;
            prop_assert_eq!(found.get(&(address, 0)).copied().unwrap_or(0), all);
            let hosts: u128 = network.on_premises().iter()
                .flat_map(|it| &it.1.cidrs)
                .filter(|it| it.is_ipv4() == address.is_ipv4())
                .map(|it| it.size())
                .sum();
            prop_assert_eq!(found.get(&(address, 2)).copied().unwrap_or(0), hosts * packets);
        }
        if let Some(public) = interface.public_address.map(|it| IpAddr::V4(it.address)) {
            let own: std::collections::BTreeSet<IpAddr> = network.interfaces().iter()
                .flat_map(|(_, it)| it.every_address())
                .filter(|it| it.is_ipv4() && on_the_internet(*it))
                .collect();
            // Private, shared, loopback, link-local, multicast with what lies behind, and 0/8.
            let not = (1u128 << 24) * 3 + (1 << 20) + (1 << 16) * 2 + (1 << 22) + (1 << 28) + 1;
            let all = ((1u128 << 32) - not - own.len() as u128) * packets;
            prop_assert_eq!(found.get(&(public, 1)).copied(), Some(all));
        }
    }

    /// The matrix says of every pair what a trace says.
    #[test]
    fn the_matrix_is_the_trace_of_every_pair(
        row in choices(),
        packets in vec(vec(any::<u16>(), 8), 24),
    ) {
        let network = made(&row);
        let matrix = matrix(&network, &Traffic::ALL);
        prop_assert_eq!(ends(&network), matrix.ends().count());
        let interfaces: Vec<InterfaceId> = network.interfaces().iter().map(|it| it.0).collect();
        for packet in packets {
            let mut dice = Dice::new(&packet);
            let (from, to) = (dice.pick(&interfaces), dice.pick(&interfaces));
            let (mut row, mut column) = (matrix.group_of(from).unwrap(), matrix.group_of(to).unwrap());
            let (mut from, mut to) = (ProbeEnd::Interface(from), ProbeEnd::Interface(to));
            let far: IpAddr = dice.pick(&ON_THE_INTERNET).parse().unwrap();
            let real = is_strangers(&network, far);
            let site = network.on_premises().iter().map(|it| it.0).next();
            let there = site.map(|it| ProbeEnd::OnPremises(it, Some(dice.pick(&on_site(&network, it)))));
            match dice.below(6) {
                4 if site.is_some() => (from, row) = (there.unwrap(), End::OnPremises(site.unwrap())),
                5 if site.is_some() => (to, column) = (there.unwrap(), End::OnPremises(site.unwrap())),
                0 if real => (from, row) = (ProbeEnd::Address(far), End::Internet),
                1 if real => (to, column) = (ProbeEnd::Address(far), End::Internet),
                _ if from == to => continue,
                _ => {}
            }
            // What opens no connections of its own there, has none that could pass.
            let there = |at: IpAddr| match to {
                ProbeEnd::Interface(to) => network.interfaces()[to].has(at),
                ProbeEnd::OnPremises(to, _) => network.on_premises()[to].contains(at),
                _ => on_the_internet(at),
            };
            if let ProbeEnd::Interface(from) = from && !opens(&network, from, &there) {
                let passages = matrix.passages(row, column);
                prop_assert!(passages.is_empty(), "{:?}", passages);
                continue;
            }
            let probe = some_traffic(&mut dice, from, to);
            let passes = matrix.passages(row, column).iter().filter(|it| it.contains(&probe)).count();
            let trace = trace(&network, probe, &Rules::AWS);
            prop_assert_eq!(passes, usize::from(answered(&trace, to)), "{:?}", probe);
        }
    }

    /// Asking about less gives the same answer about less.
    #[test]
    fn a_narrower_question_has_the_same_answer(row in choices(), seed in any::<[u16; 8]>()) {
        let network = made(&row);
        let interfaces: Vec<InterfaceId> = network.interfaces().iter().map(|it| it.0).collect();
        let to = someone(&network, &interfaces, row.len());
        let asked = Traffic::to(Protocol::TCP, Ports::one(443));
        let (all, some) = (reach(&network, to, &Traffic::ALL), reach(&network, to, &asked));
        prop_assert!(some.entries.iter().all(|it| it.traffic.protocols == Protocols::one(Protocol::TCP)));
        let Some(mut probe) = some_packet(&mut Dice::new(&seed), &network, to) else { return Ok(()) };
        (probe.protocol, probe.port, probe.source_port) = (Protocol::TCP, 443, 49152);
        prop_assert_eq!(entry_of(&all.entries, &probe)?.fate, entry_of(&some.entries, &probe)?.fate);
    }
}

/// How many networks a law is tried on: more when `HANULGIL_CASES_PER_LAW` says so, or
/// `HANULGIL_EXHAUSTIVE` is set.
fn cases() -> u32 {
    let exhaustive = std::env::var_os("HANULGIL_EXHAUSTIVE").is_some();
    let usual = if exhaustive { 2_000 } else { 64 };
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

fn corners(entry: &ReachEntry) -> Vec<Probe> {
    let sources: Vec<ProbeEnd> = match &entry.sources {
        Sources::Interfaces(ids) => ids.iter().copied().map(ProbeEnd::Interface).collect(),
        Sources::Internet(ranges) => {
            ranges.iter().flat_map(|it| [it.first, it.last]).map(ProbeEnd::Address).collect()
        }
        Sources::OnPremises(id, ranges) => ranges
            .iter()
            .flat_map(|it| [it.first, it.last])
            .map(|it| ProbeEnd::OnPremises(*id, Some(it)))
            .collect(),
    };
    // The outermost and some between: entries may have hundreds of senders.
    let step = sources.len().div_ceil(6).max(1);
    let sources: Vec<ProbeEnd> =
        sources.iter().step_by(step).chain(sources.last()).copied().collect();
    let protocols: Vec<Protocol> = entry.traffic.protocols.iter().collect();
    let few = [protocols[0], protocols[protocols.len() / 2], *protocols.last().unwrap()];
    let mut probes = vec![entry.example()];
    for from in sources {
        for protocol in few {
            for port in [entry.traffic.ports.low, entry.traffic.ports.high] {
                for source_port in [entry.traffic.source_ports.low, entry.traffic.source_ports.high]
                {
                    let probe = Probe::new(from, ProbeEnd::Address(entry.dialled), protocol, port);
                    let source_port = if protocol.has_ports() { source_port } else { 0 };
                    probes.push(Probe { source_port, ..probe });
                }
            }
        }
    }
    probes
}

#[test]
fn a_balancer_opens_connections_to_its_targets_alone() {
    let text = include_str!("../assets/templates/three-tier.scene.toml");
    let scene = hanulgil::course::Scene::parse("three-tier.scene.toml", text).0.unwrap();
    let network = &scene.network;
    let called = |name: &str| match scene.end(name) {
        Ok(ProbeEnd::Interface(id)) => id,
        Ok(ProbeEnd::Named(named)) => network.interfaces_of(named.into())[0],
        other => panic!("{other:?}"),
    };
    let [node, app, orders] = ["front", "app-1", "orders"].map(called);
    let matrix = matrix(network, &Traffic::ALL);
    let talks = |from: InterfaceId, to: InterfaceId| {
        let [from, to] = [from, to].map(|it| matrix.group_of(it).unwrap());
        !matrix.passages(from, to).is_empty()
    };
    assert!(talks(node, app) && talks(app, node) && talks(app, orders));
    assert!(!talks(node, orders));
    let from = matrix.group_of(node).unwrap();
    assert!(matrix.passages(from, End::Internet).is_empty());
    assert!(!matrix.passages(End::Internet, from).is_empty());
}

#[test]
fn an_address_that_is_given_out_changes_no_way() {
    let text = include_str!("../assets/templates/three-tier.scene.toml");
    let more = "[instance.bastion]\nsubnet = \"public-a\"\nelastic_ip = true\n\n[host.client]";
    let scenes = [text.to_owned(), text.replace("[host.client]", more)]
        .map(|it| hanulgil::course::Scene::parse("a.scene.toml", &it).0.unwrap());
    let boards = scenes.each_ref().map(|it| matrix(&it.network, &Traffic::ALL));
    let app = scenes.each_ref().map(|it| match it.end("app-1") {
        Ok(ProbeEnd::Interface(id)) => id,
        other => panic!("{other:?}"),
    });
    let from = [0, 1].map(|it| boards[it].group_of(app[it]).unwrap());
    let all = [0, 1].map(|it| boards[it].passages(from[it], End::Internet));
    assert_ne!(all[0], all[1], "the address has left the internet");
    let strange = [0, 1].map(|it| {
        let found = boards[it].comparable(from[it], End::Internet, &boards[1 - it]);
        found.into_iter().map(|it| it.0).collect::<Vec<_>>()
    });
    assert!(!strange[0].is_empty());
    assert_eq!(strange[0], strange[1]);
}
