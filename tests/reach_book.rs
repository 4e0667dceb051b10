//! Who reaches whom in networks of many kinds, to the letter; and, at every edge that a network has,
//! packet by packet.
//!
//! `tests/reach/NAME.txt` has cases about `NAME.scene.toml`, an empty line between them: after `#`
//! what a case is about, after `?` who is reached, and with what when not with everything; then,
//! indented, every block of packets with what becomes of it and what decided so. A line
//! `? everybody` stands for the matrix. `HANULGIL_WRITE_REACH=1` writes the answers anew: read what
//! has changed before it is kept.

#[path = "support/fares.rs"]
mod fares;

use std::{
    collections::BTreeSet,
    env, fs,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
};

use fares::{answered, dials_itself, dropped_at, fate, is_strangers, responsible};
use hanulgil::{
    cloud::{
        InterfaceId, Network, OnPremisesId, Probe, ProbeEnd, Rules, Thing, matrix, reach,
        reach::{Addresses, End, Fate, Passage, ReachEntry, Sources, Traffic, opens},
        trace,
    },
    course::Scene,
    i18n::Lang,
    net::{Cidr, Ports, Protocol},
    tell::Teller,
};

#[test]
fn behind_balancers_and_endpoints_exactly_these_reach_exactly_that() {
    check("shop");
}

#[test]
fn between_joined_networks_and_offices_exactly_these_reach_exactly_that() {
    check("joined");
}

#[test]
fn where_networks_have_ipv6_exactly_these_reach_exactly_that() {
    check("six");
}

#[test]
fn where_addresses_are_used_twice_exactly_these_reach_exactly_that() {
    check("twins");
}

#[test]
fn at_every_edge_of_the_books_networks_packets_fare_as_is_said() {
    for path in scenes_in("tests/reach") {
        at_every_edge(&path, 40);
    }
}

#[test]
fn at_edges_of_the_templates_and_of_repaired_networks_packets_fare_as_is_said() {
    for folder in ["assets/templates", "tests/remedies"] {
        for path in scenes_in(folder) {
            at_every_edge(&path, 8);
        }
    }
}

// ---- the book

/// A hole of own addresses is closed where the whole is a block, as a rule would write it; and only
/// there.
#[test]
fn ranges_around_own_addresses_are_told_as_the_block_that_they_make_up() {
    let text = r#"
        [vpc.main]
        cidr = "10.0.0.0/16"
        [internet_gateway.igw]
        vpc = "main"
        [subnet.a]
        cidr = "10.0.1.0/24"
        [instance.web]
        subnet = "a"
        public_ip = "203.0.113.10"
    "#;
    let network = Scene::parse("own", text).0.unwrap().network;
    let range = |first: u8, last: u8| Addresses {
        first: Ipv4Addr::new(203, 0, 113, first).into(),
        last: Ipv4Addr::new(203, 0, 113, last).into(),
    };
    for (ranges, told) in [
        (vec![range(0, 9), range(11, 255)], vec![range(0, 255)]),
        (vec![range(8, 9), range(11, 15)], vec![range(8, 15)]),
        // As many as a block has, but not where one begins; and neither.
        (vec![range(4, 9), range(11, 11)], vec![range(4, 9), range(11, 11)]),
        (vec![range(0, 9), range(11, 12)], vec![range(0, 9), range(11, 12)]),
        // The hole is a stranger's, too.
        (vec![range(8, 9), range(12, 15)], vec![range(8, 9), range(12, 15)]),
    ] {
        assert_eq!(Addresses::joined_over_own(&network, &ranges), told);
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn check(name: &str) {
    let at = |end: &str| root().join("tests/reach").join(format!("{name}.{end}"));
    let (scene, _) = opened(&at("scene.toml"));
    let cases = fs::read_to_string(at("txt")).unwrap();
    let found: Vec<String> = cases.trim_end().split("\n\n").map(|it| told(&scene, it)).collect();
    let found = found.join("\n\n") + "\n";
    if env::var_os("HANULGIL_WRITE_REACH").is_some() {
        fs::write(at("txt"), &found).unwrap();
    }
    for (case, found) in cases.trim_end().split("\n\n").zip(found.trim_end().split("\n\n")) {
        assert_eq!(found, case);
    }
}

fn opened(path: &Path) -> (Scene, String) {
    let text = fs::read_to_string(path).unwrap();
    let (scene, faults) = Scene::parse("world.scene.toml", &text);
    assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    (scene.unwrap(), text)
}

/// A case with its answer.
fn told(scene: &Scene, case: &str) -> String {
    let mut lines: Vec<String> =
        case.lines().filter(|it| !it.starts_with(' ')).map(String::from).collect();
    let question = lines.last().and_then(|it| it.strip_prefix("? ")).unwrap().to_owned();
    let (who, with) = question.split_once(": ").unwrap_or((&question, "all"));
    let teller = Teller::new(&scene.network, Lang::En);
    let answer = if who == "everybody" {
        everybody(&teller, &asked(with))
    } else {
        interfaces(scene, who).into_iter().flat_map(|it| one(&teller, it, &asked(with))).collect()
    };
    lines.extend(answer.into_iter().map(|it| format!("    {it}")));
    lines.join("\n")
}

fn interfaces(scene: &Scene, who: &str) -> Vec<InterfaceId> {
    match scene.end(who) {
        Ok(ProbeEnd::Interface(id)) => vec![id],
        Ok(ProbeEnd::Named(named)) => scene.network.interfaces_of(Thing::from(named)),
        other => panic!("{who}: {other:?}"),
    }
}

/// `all`, `tcp`, `tcp 443`.
fn asked(with: &str) -> Traffic {
    let (protocol, ports) = with.split_once(' ').unwrap_or((with, ""));
    let ports = if ports.is_empty() { Ports::ALL } else { Ports::one(ports.parse().unwrap()) };
    match protocol {
        "all" => Traffic::ALL,
        "tcp" => Traffic::to(Protocol::TCP, ports),
        "udp" => Traffic::to(Protocol::UDP, ports),
        "icmp" => Traffic::to(Protocol::ICMP, Ports::ALL),
        _ => panic!("{with}"),
    }
}

fn one(teller: &Teller<'_>, to: InterfaceId, asked: &Traffic) -> Vec<String> {
    let found = reach(teller.network(), to, asked);
    let entry = |it: &ReachEntry| {
        let by = teller.decided(it);
        let (from, with) = (all(teller, &it.sources), teller.traffic(&it.traffic));
        let fate = teller.fate(it.fate);
        format!("{from} → {}: {with}: {fate} [{}]", it.dialled, by.join("; "))
    };
    let gets_in = found.admitted().map(|it| format!("+ {}", entry(it)));
    let others = found.entries.iter().filter(|it| !it.fate.gets_in());
    gets_in.chain(others.map(|it| format!("- {}", entry(it)))).collect()
}

/// Some ends, none left out.
fn all(teller: &Teller<'_>, ends: &Sources) -> String {
    match ends {
        Sources::Interfaces(ids) => {
            ids.iter().map(|it| teller.interfaces(&[*it])).collect::<Vec<_>>().join(", ")
        }
        _ => teller.sources(ends),
    }
}

fn everybody(teller: &Teller<'_>, asked: &Traffic) -> Vec<String> {
    let board = matrix(teller.network(), asked);
    let name = |end| match end {
        End::Group(place) => {
            let members = board.groups[place].iter().map(|it| teller.interfaces(&[*it]));
            members.collect::<Vec<_>>().join(" = ")
        }
        End::OnPremises(id) => teller.thing(Thing::OnPremises(id)),
        End::Internet => "internet".to_owned(),
    };
    let mut lines = Vec::new();
    for from in board.ends() {
        for to in board.ends() {
            for Passage { traffic, far } in board.passages(from, to) {
                let site = [from, to].into_iter().find_map(|it| match it {
                    End::OnPremises(id) => Some(id),
                    _ => None,
                });
                let far = match site {
                    _ if far.is_empty() => String::new(),
                    Some(id) => format!(", {}", teller.on_premises(id, far)),
                    None => format!(", {}", teller.internet(far)),
                };
                lines.push(format!(
                    "{} → {}{far}: {}",
                    name(from),
                    name(to),
                    teller.traffic(traffic)
                ));
            }
        }
    }
    lines
}

// ---- every edge

fn scenes_in(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|it| it.unwrap().path());
    let mut scenes: Vec<PathBuf> =
        files.filter(|it| it.to_str().unwrap().ends_with(".scene.toml")).collect();
    scenes.sort();
    assert!(!scenes.is_empty());
    scenes
}

/// Every number that a network distinguishes, and its neighbours.
struct Edges {
    addresses: Vec<IpAddr>,
    ports: Vec<u16>,
    protocols: Vec<Protocol>,
}

impl Edges {
    /// All numbers and blocks that a scene's text has, and the addresses that interfaces got.
    fn of(text: &str, network: &Network) -> Self {
        let mut blocks: BTreeSet<Cidr> = BTreeSet::new();
        let mut ports: BTreeSet<u16> = BTreeSet::new();
        let written = |it: char| !(it.is_ascii_hexdigit() || matches!(it, '.' | ':' | '/'));
        for word in text.lines().flat_map(|it| it.split('#').next().unwrap().split(written)) {
            blocks.extend(word.parse::<Cidr>());
            blocks.extend(word.parse::<IpAddr>().map(Cidr::host));
        }
        for word in text.split(|it: char| !it.is_ascii_digit()) {
            ports.extend(word.parse::<u16>());
        }
        let reserved = ["10.0.0.0/8", "172.16.0.0/12", "169.254.169.254/32", "100.64.0.0/10"];
        blocks.extend(reserved.map(|it| it.parse::<Cidr>().unwrap()));
        let interfaces = network.interfaces().iter();
        blocks.extend(interfaces.flat_map(|(_, it)| it.every_address()).map(Cidr::host));
        ports.extend([53, 80, 123, 443, 1688, 32768, 49152, 60999]);
        Self {
            addresses: blocks.iter().flat_map(|it| around(it.first(), it.last())).collect(),
            ports: ports
                .iter()
                .flat_map(|it| [it.saturating_sub(1), *it, it.saturating_add(1)])
                .collect(),
            protocols: [6, 17, 1, 58, 47, 50].map(Protocol).into(),
        }
    }
}

fn around(first: IpAddr, last: IpAddr) -> Vec<IpAddr> {
    let step = |it: IpAddr, up: bool| match it {
        IpAddr::V4(it) => {
            let at = it.to_bits();
            IpAddr::V4(if up { at.saturating_add(1) } else { at.saturating_sub(1) }.into())
        }
        IpAddr::V6(it) => {
            let at = it.to_bits();
            IpAddr::V6(if up { at.saturating_add(1) } else { at.saturating_sub(1) }.into())
        }
    };
    vec![step(first, false), first, last, step(last, true)]
}

/// Numbers that are the same every time.
struct Draw(u64);

impl Draw {
    fn of<T: Copy>(&mut self, some: &[T]) -> T {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        some[(self.0 >> 33) as usize % some.len()]
    }
}

/// Traces packets that differ from an example of each block in one way, and some that differ in
/// every way, and holds them against the blocks of [`reach`] and the cells of [`matrix`].
fn at_every_edge(path: &Path, draws: usize) {
    let (scene, text) = opened(path);
    let (network, name) = (&scene.network, path.to_str().unwrap());
    let edges = Edges::of(&text, network);
    let mut draw = Draw(text.len() as u64);
    for (to, interface) in network.interfaces().iter() {
        let found = reach(network, to, &Traffic::ALL);
        let mut probes = Vec::new();
        for dialled in interface.every_address() {
            let senders = senders(network, &edges, to, dialled);
            let of = found.entries.iter().filter(|it| it.dialled == dialled);
            for example in of.map(ReachEntry::example) {
                probes.extend(varied(example, &senders, &edges, draws, &mut draw));
            }
        }
        for probe in probes {
            let with: Vec<&ReachEntry> =
                found.entries.iter().filter(|it| it.contains(&probe)).collect();
            let [entry] = with[..] else {
                panic!("{name}: {} entries hold {probe:?}", with.len());
            };
            if dials_itself(network, probe) {
                assert_eq!(entry.fate, Fate::Astray);
                continue;
            }
            let trace = trace(network, probe, &Rules::AWS);
            assert_eq!(entry.fate, fate(&trace, to), "{name}: {probe:?} in {entry:?}");
            assert_eq!(entry.at, dropped_at(&trace), "{name}: {probe:?}");
            let by = responsible(&trace, entry.fate);
            assert_eq!(entry.by, by, "{name}: {probe:?} in {entry:?}");
        }
    }
    matrix_at_every_edge(name, network, &edges, draws, &mut draw);
}

/// Packets like an example in all but one way, or in no way.
fn varied(
    example: Probe,
    senders: &[ProbeEnd],
    edges: &Edges,
    draws: usize,
    draw: &mut Draw,
) -> Vec<Probe> {
    let v4 = !matches!(example.to, ProbeEnd::Address(IpAddr::V6(_)));
    let speaks = |it: &Protocol| *it != if v4 { Protocol::ICMPV6 } else { Protocol::ICMP };
    let protocols: Vec<Protocol> = edges.protocols.iter().copied().filter(speaks).collect();
    let clients: Vec<u16> = edges.ports.iter().copied().filter(|it| *it >= 1024).collect();
    let mut probes = vec![example];
    if !senders.is_empty() {
        probes.extend(senders.iter().map(|from| Probe { from: *from, ..example }));
    }
    for protocol in &protocols {
        probes.push(Probe {
            source_port: example.source_port.max(1024),
            ..Probe::new(example.from, example.to, *protocol, example.port)
        });
    }
    if example.protocol.has_ports() {
        probes.extend(edges.ports.iter().map(|port| Probe { port: *port, ..example }));
        probes.extend(clients.iter().map(|it| Probe { source_port: *it, ..example }));
    }
    for _ in 0..draws {
        let from = if senders.is_empty() { example.from } else { draw.of(senders) };
        let protocol = draw.of(&protocols);
        let probe = Probe::new(from, example.to, protocol, draw.of(&edges.ports));
        probes.push(Probe { source_port: draw.of(&clients), ..probe });
    }
    for it in &mut probes {
        if !it.protocol.has_ports() {
            (it.port, it.source_port) = (0, 0);
        }
    }
    probes
}

/// Everyone who may send to an address of an interface.
fn senders(network: &Network, edges: &Edges, to: InterfaceId, dialled: IpAddr) -> Vec<ProbeEnd> {
    let receiver = &network.interfaces()[to];
    let mut senders: Vec<ProbeEnd> = network
        .interfaces()
        .iter()
        .map(|it| it.0)
        .filter(|it| *it != to && opens(network, *it, &|at| receiver.has(at)))
        .map(ProbeEnd::Interface)
        .collect();
    let like = |it: &&IpAddr| it.is_ipv4() == dialled.is_ipv4();
    if dialled.is_ipv6() || receiver.public_addresses().any(|it| it == dialled) {
        let strangers =
            edges.addresses.iter().filter(like).filter(|it| is_strangers(network, **it));
        senders.extend(strangers.map(|it| ProbeEnd::Address(*it)));
    }
    if receiver.addresses.contains(&dialled) {
        for (id, _) in network.on_premises().iter() {
            senders.extend(on_site(network, edges, id, dialled.is_ipv4()));
        }
    }
    senders
}

fn on_site(network: &Network, edges: &Edges, id: OnPremisesId, v4: bool) -> Vec<ProbeEnd> {
    let site = &network.on_premises()[id];
    let there = edges.addresses.iter().filter(|it| it.is_ipv4() == v4 && site.contains(**it));
    there.map(|it| ProbeEnd::OnPremises(id, Some(*it))).collect()
}

fn matrix_at_every_edge(
    name: &str,
    network: &Network,
    edges: &Edges,
    draws: usize,
    draw: &mut Draw,
) {
    let board = matrix(network, &Traffic::ALL);
    let sites: Vec<OnPremisesId> = network.on_premises().iter().map(|it| it.0).collect();
    let outside = |v4: bool| {
        let strangers = edges.addresses.iter().filter(|it| is_strangers(network, **it));
        let mut ends: Vec<(ProbeEnd, End)> = strangers
            .filter(|it| it.is_ipv4() == v4)
            .map(|it| (ProbeEnd::Address(*it), End::Internet))
            .collect();
        for &id in &sites {
            let there = on_site(network, edges, id, v4);
            ends.extend(there.into_iter().map(|it| (it, End::OnPremises(id))));
        }
        ends
    };
    let inside: Vec<(ProbeEnd, End)> = network
        .interfaces()
        .iter()
        .map(|(id, _)| (ProbeEnd::Interface(id), board.group_of(id).unwrap()))
        .collect();
    let outside = [outside(true), outside(false)].concat();
    let mut pairs = Vec::new();
    for &one in &inside {
        pairs.extend(inside.iter().filter(|it| it.0 != one.0).map(|it| (one, *it)));
        pairs.extend(outside.iter().flat_map(|it| [(one, *it), (*it, one)]));
    }
    for ((from, row), (to, column)) in pairs {
        let passages = board.passages(row, column);
        let example = passages.first().map(|it| it.traffic);
        let clients: Vec<u16> = edges.ports.iter().copied().filter(|it| *it >= 1024).collect();
        for at in 0..draws.div_ceil(10) {
            let mut protocol = draw.of(&edges.protocols);
            let mut port = draw.of(&edges.ports);
            // Half of them nearly as one that passes.
            if at % 2 == 0
                && let Some(traffic) = example
            {
                protocol = traffic.protocols.iter().next().unwrap();
                port = traffic.ports.low;
            }
            let mut probe = Probe::new(from, to, protocol, port);
            if protocol.has_ports() {
                probe.source_port = draw.of(&clients);
            }
            if is_of_another_family(&probe) {
                continue;
            }
            let there = |at: IpAddr| match to {
                ProbeEnd::Interface(to) => network.interfaces()[to].has(at),
                ProbeEnd::OnPremises(to, _) => network.on_premises()[to].contains(at),
                _ => is_strangers(network, at),
            };
            let opens = !matches!(from, ProbeEnd::Interface(from) if !opens(network, from, &there));
            let passes = passages.iter().filter(|it| it.contains(&probe)).count();
            let trace = trace(network, probe, &Rules::AWS);
            let through = opens && answered(&trace, to);
            assert_eq!(passes, usize::from(through), "{name}: {probe:?}");
        }
    }
}

/// Of the two ICMPs, one speaks to the addresses outside of a family.
fn is_of_another_family(probe: &Probe) -> bool {
    let outside = [probe.from, probe.to].into_iter().find_map(|it| match it {
        ProbeEnd::Address(it) | ProbeEnd::OnPremises(_, Some(it)) => Some(it),
        _ => None,
    });
    let other = |it: IpAddr| if it.is_ipv4() { Protocol::ICMPV6 } else { Protocol::ICMP };
    outside.is_some_and(|it| probe.protocol == other(it))
}
