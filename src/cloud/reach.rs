//! Who can reach this? The exact set of packets that get in, as ranges, with the rules responsible.
//!
//! The space of packets is cut into blocks in which every packet fares the same by the same rules.
//! One packet is traced for each block, by the one engine, and [`alike`] reads from the trace how
//! far it speaks for others; what remains is cut and traced again until nothing remains. So the
//! answer is as exact as [`trace`](crate::cloud::trace()) itself, and costs as many traces as the
//! network makes distinctions.
//!
//! # The space
//! - Senders: every other interface that opens connections of its own (see [`opens`]: a NAT gateway's
//!   does not, a load balancer's only to its targets);
//!   every address that a host on the internet can have, that is, none that is private or reserved,
//!   and none that belongs to an interface here (who sends from that is the interface); and every
//!   address of every on-premises network.
//! - Addresses that they dial: each of the receiver's own, private and public. The internet dials
//!   the public ones, on-premises networks the private ones and IPv6.
//! - Every IP protocol (of the two ICMPs, the one of the address's family), every destination port,
//!   and every port that clients send from ([`CLIENT_PORTS`]).
//!
//! Senders with forged addresses are not in it.
//!
//! A load balancer and an interface endpoint hand on what they get. Who reaches one of their
//! interfaces is whom it takes a packet from; that is answered when what is behind answers, and
//! unanswered otherwise.

use std::{collections::BTreeMap, net::IpAddr};

use crate::{
    cloud::{
        Cause, Direction, Hop, Integration, InterfaceId, InterfaceKind, Leg, Network, OnPremisesId,
        Outcome, Place, Probe, ProbeEnd, Registered, Rules, ServiceSubject, Subject, Thing, Trace,
        Verdict, trace::trace_with_others,
    },
    net::Protocol,
};

mod alike;
mod crowd;
mod matrix;
mod outside;
mod plain;
mod space;

pub use matrix::{End, Matrix, Passage, ends, matrix};
pub use space::{Addresses, CLIENT_PORTS, Protocols, Traffic};

use alike::alike;
use crowd::Crowds;
use outside::Outside;
pub(super) use outside::own_addresses;
pub(super) use plain::by_address;
pub(super) use space::{Block, Range, address, join_blocks, number};

/// Who can reach an interface: see [`reach`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The interface.
    pub to: InterfaceId,
    /// The whole space of packets in blocks that share nothing, those that get in first.
    pub entries: Vec<ReachEntry>,
}

impl Reach {
    /// What gets in, answered or not.
    pub fn admitted(&self) -> impl Iterator<Item = &ReachEntry> {
        self.entries.iter().filter(|it| it.fate.gets_in())
    }
}

/// A block of packets that fare the same by the same rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachEntry {
    /// Who sends.
    pub sources: Sources,
    /// The address that they dial.
    pub dialled: IpAddr,
    /// What they send.
    pub traffic: Traffic,
    /// What becomes of it.
    pub fate: Fate,
    /// The interface that dropped the request, coming in or going out; `None` where something else
    /// did, and where it was the sender itself, of which there may be many.
    pub at: Option<(InterfaceId, Direction)>,
    /// What decided so, in the order of the way: for what arrives, every rule and route that let the
    /// request or the answer pass; for what does not, what dropped it. What knows a connection again
    /// is no rule, and named only where it drops.
    pub by: Vec<Subject>,
}

impl ReachEntry {
    /// Is the packet in this block?
    pub fn contains(&self, probe: &Probe) -> bool {
        let from = match probe.from {
            ProbeEnd::Interface(id) => self.sources.has_interface(id),
            ProbeEnd::Address(address) => self.sources.has_address(address),
            ProbeEnd::OnPremises(id, Some(address)) => self.sources.has_on_premises(id, address),
            ProbeEnd::Host(_)
            | ProbeEnd::PublicAddressOf(_)
            | ProbeEnd::NameOf(_)
            | ProbeEnd::NameOfHost(_)
            | ProbeEnd::Named(_)
            | ProbeEnd::OnPremises(_, None) => false,
        };
        from && probe.to == ProbeEnd::Address(self.dialled)
            && self.traffic.contains(probe.protocol, probe.port, probe.source_port)
    }

    /// A packet of the block, to be traced.
    ///
    /// # Panics
    /// Never for what [`reach`] gives: no entry is empty.
    pub fn example(&self) -> Probe {
        let from = match &self.sources {
            Sources::Interfaces(ids) => ProbeEnd::Interface(ids[0]),
            Sources::Internet(ranges) => ProbeEnd::Address(ranges[0].first),
            Sources::OnPremises(id, ranges) => ProbeEnd::OnPremises(*id, Some(ranges[0].first)),
        };
        let block = Block::new(&self.traffic, Range::POINT);
        let (protocol, port, source_port, _) = block.corner().expect("no entry is empty");
        Probe { source_port, ..Probe::new(from, ProbeEnd::Address(self.dialled), protocol, port) }
            .normal()
    }
}

/// Who sends the packets of a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sources {
    /// These interfaces, the oldest first.
    Interfaces(Vec<InterfaceId>),
    /// Hosts on the internet with these addresses, the lowest first.
    Internet(Vec<Addresses>),
    /// Hosts of an on-premises network with these addresses, the lowest first.
    OnPremises(OnPremisesId, Vec<Addresses>),
}

impl Sources {
    /// Is the interface one of them?
    pub fn has_interface(&self, id: InterfaceId) -> bool {
        matches!(self, Self::Interfaces(ids) if ids.binary_search(&id).is_ok())
    }

    /// Is the address on the internet one of them?
    pub fn has_address(&self, address: IpAddr) -> bool {
        matches!(self, Self::Internet(ranges) if ranges.iter().any(|it| it.contains(address)))
    }

    /// Is the address one of them, in this on-premises network?
    pub fn has_on_premises(&self, id: OnPremisesId, address: IpAddr) -> bool {
        matches!(self, Self::OnPremises(own, ranges)
            if *own == id && ranges.iter().any(|it| it.contains(address)))
    }

    /// How many there are.
    pub fn count(&self) -> u128 {
        match self {
            Self::Interfaces(ids) => ids.len() as u128,
            Self::Internet(ranges) | Self::OnPremises(_, ranges) => {
                ranges.iter().fold(0, |sum, it| sum.saturating_add(it.count()))
            }
        }
    }
}

/// What becomes of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It arrives, and the answer comes back.
    Answered,
    /// It arrives at a closed port, and the refusal comes back.
    Refused,
    /// It arrives; the answer is dropped on its way, or, behind a load balancer or an endpoint, the
    /// request is.
    Unanswered(Cause),
    /// Somebody else gets it: who dials an address that two networks use reaches the one in his own.
    Astray,
    /// It does not arrive.
    KeptOut(Cause),
}

impl Fate {
    /// Does the request arrive?
    pub fn gets_in(self) -> bool {
        !matches!(self, Self::KeptOut(_) | Self::Astray)
    }

    /// What became of a packet that was meant for `to`.
    fn of(trace: &Trace, to: InterfaceId) -> Self {
        match (trace.verdict, arrives(trace, to)) {
            (Verdict::Delivered, true) => Self::Answered,
            (Verdict::Refused, true) => Self::Refused,
            (Verdict::Dropped { cause, .. }, true) => Self::Unanswered(cause),
            (Verdict::Dropped { leg: Leg::Forward, cause, .. }, false) => Self::KeptOut(cause),
            (_, false) => Self::Astray,
        }
    }
}

/// Did the request come to the interface, to stay or to be handed on to what is behind?
fn arrives(trace: &Trace, to: InterfaceId) -> bool {
    let door = Place::Interface(to, Direction::Ingress);
    let takes = |hop: &Hop| match hop.place {
        Place::LoadBalancer(_, node) | Place::Endpoint(_, node) => {
            node == to && hop.packet_out.is_some()
        }
        _ => false,
    };
    let there = |it: &&[Hop]| it.iter().all(|hop| hop.leg == Leg::Forward);
    trace.receiver() == Some(door)
        || trace.hops.windows(2).filter(there).any(|it| it[0].place == door && takes(&it[1]))
}

/// Who can reach an interface with the asked traffic: every packet of the space, in blocks.
///
/// Exact: every packet of an entry has the entry's fate, and every packet of the space is in exactly
/// one entry. An interface that was deleted has none.
pub fn reach(network: &Network, to: InterfaceId, asked: &Traffic) -> Reach {
    let mut entries = Entries::default();
    if let Some(interface) = network.interfaces.get(to) {
        let internets = [true, false].map(|v4| Outside::internet(network, v4));
        let sites = [true, false].map(|v4| Outside::sites(network, v4));
        let crowds = Crowds::of(network);
        for dialled in interface.every_address() {
            let asked = of_family(asked, dialled);
            let decided = |trace: &Trace| Some(Decided::of(trace, to));
            for members in crowds.iter() {
                // Who has the dialled address too, in another VPC, talks to itself.
                let (selves, members): (Vec<InterfaceId>, Vec<InterfaceId>) = members
                    .iter()
                    .filter(|it| **it != to && opens(network, **it, &|at| interface.has(at)))
                    .partition(|it| network.interfaces[**it].has(dialled));
                if !selves.is_empty() {
                    let block = Block::new(&asked, Range::POINT);
                    let itself = Decided { fate: Fate::Astray, at: None, by: Vec::new() };
                    entries.of(dialled, &itself, &block).0.extend(selves);
                }
                let Some(&one) = members.first() else { continue };
                let ask = |protocol, port, source_port, _| {
                    let ends = (ProbeEnd::Interface(one), ProbeEnd::Address(dialled));
                    probe(ends, protocol, port, source_port)
                };
                let region = Block::new(&asked, Range::POINT);
                for (decided, blocks) in cut(network, region, None, ask, decided) {
                    for block in blocks {
                        entries.of(dialled, &decided, &block).0.extend(&members);
                    }
                }
            }
            let outside = |outside: &Outside, entries: &mut Entries, site: Option<OnPremisesId>| {
                let ask = |protocol, port, source_port, at| {
                    let ends = (outside.end(at), ProbeEnd::Address(dialled));
                    probe(ends, protocol, port, source_port)
                };
                for &region in outside.regions() {
                    let region = Block::new(&asked, region);
                    for (decided, blocks) in cut(network, region, Some(outside), ask, decided) {
                        for block in blocks {
                            let addresses = outside.addresses(block.far);
                            let of = entries.of(dialled, &decided, &block);
                            match site {
                                Some(site) => of.2.entry(site).or_default().extend(addresses),
                                None => of.1.extend(addresses),
                            }
                        }
                    }
                }
            };
            let place = usize::from(!dialled.is_ipv4());
            if dialled.is_ipv6() || interface.public_addresses().any(|it| it == dialled) {
                outside(&internets[place], &mut entries, None);
            }
            if interface.addresses.contains(&dialled) {
                for (id, site) in &sites[place] {
                    outside(site, &mut entries, Some(*id));
                }
            }
        }
    }
    Reach { to, entries: entries.into_list() }
}

/// Does an interface open connections of its own to whom `is_there` finds at an address?
///
/// Those of NAT gateways and of endpoints never do: they hand on what others opened. A load
/// balancer's nodes connect to the targets of its listeners
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>),
/// the interfaces of a VPC link to the balancer behind it.
pub fn opens(network: &Network, from: InterfaceId, is_there: &dyn Fn(IpAddr) -> bool) -> bool {
    let node_is_there = |balancer| {
        let nodes = network.interfaces_of(Thing::LoadBalancer(balancer));
        nodes.iter().flat_map(|it| &network.interfaces[*it].addresses).any(|it| is_there(*it))
    };
    match network.interfaces[from].kind {
        InterfaceKind::NatGateway | InterfaceKind::Endpoint(_) => false,
        InterfaceKind::LoadBalancer(id) => {
            let listeners = network.load_balancers[id].listeners.iter();
            let groups = listeners.flat_map(|it| &it.target_groups);
            groups.filter_map(|it| network.target_groups.get(*it)).any(|group| {
                group.targets.iter().any(|it| match it.target {
                    Registered::LoadBalancer(id) => node_is_there(id),
                    target => network.target_address(group, target).is_some_and(is_there),
                })
            })
        }
        InterfaceKind::VpcLink(id) => match network.apis[id].integration {
            Integration::VpcLink { to, .. } => node_is_there(to),
            _ => false,
        },
        _ => true,
    }
}

/// Of the two ICMPs, one speaks to addresses of a family.
fn of_family(asked: &Traffic, address: IpAddr) -> Traffic {
    let other = if address.is_ipv4() { Protocol::ICMPV6 } else { Protocol::ICMP };
    Traffic { protocols: asked.protocols.without(Protocols::one(other)), ..*asked }
}

fn probe(
    (from, to): (ProbeEnd, ProbeEnd),
    protocol: Protocol,
    port: u16,
    source_port: u16,
) -> Probe {
    Probe { from, to, protocol, port, source_port }.normal()
}

impl Probe {
    /// The same question without ports where there are none.
    fn normal(self) -> Self {
        if self.protocol.has_ports() { self } else { Self { port: 0, source_port: 0, ..self } }
    }
}

/// Cuts a region into blocks that fare the same, joined where neighbours do. `ask` says which probe
/// stands for a protocol, a port, a client port and the number of a far address in `outside`;
/// `label` what is to be told about a packet: what it gives `None` for is left out.
fn cut<L: PartialEq>(
    network: &Network,
    region: Block,
    outside: Option<&Outside>,
    ask: impl Fn(Protocol, u16, u16, u128) -> Probe,
    label: impl Fn(&Trace) -> Option<L>,
) -> Vec<(L, Vec<Block>)> {
    let mut parts: Vec<(L, Vec<Block>)> = Vec::new();
    let mut open = vec![region];
    while let Some(region) = open.pop() {
        let Some((protocol, port, source_port, far)) = region.corner() else { continue };
        let asked = ask(protocol, port, source_port, far);
        let (trace, others) = trace_with_others(network, asked, &Rules::AWS);
        let block = alike(network, &trace, &others, &region, outside.map(|it| (it, far)));
        open.extend(region.minus(&block));
        let Some(label) = label(&trace) else { continue };
        match parts.iter_mut().find(|it| it.0 == label) {
            Some((_, blocks)) => blocks.push(block),
            None => parts.push((label, vec![block])),
        }
    }
    for (_, blocks) in &mut parts {
        join_blocks(blocks);
    }
    parts
}

/// What becomes of a packet, where it was dropped, and what decided so: see [`ReachEntry`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Decided {
    fate: Fate,
    at: Option<(InterfaceId, Direction)>,
    by: Vec<Subject>,
}

impl Decided {
    fn of(trace: &Trace, to: InterfaceId) -> Self {
        let fate = Fate::of(trace, to);
        let at = match trace.verdict {
            Verdict::Dropped { leg: Leg::Forward, place: Place::Interface(id, way), .. } => {
                let sends = way == Direction::Egress && trace.probe.from == ProbeEnd::Interface(id);
                (!sends).then_some((id, way))
            }
            _ => None,
        };
        Self { fate, at, by: responsible(trace, fate) }
    }
}

/// What decided about a packet: see [`ReachEntry::by`]. Of a security group's rules every one that
/// lets the packet pass, for closing one of them would not keep it out.
fn responsible(trace: &Trace, fate: Fate) -> Vec<Subject> {
    let mut by: Vec<Subject> = Vec::new();
    let kept_out = matches!(fate, Fate::KeptOut(_));
    for (place, hop) in trace.hops.iter().enumerate() {
        let last = place + 1 == trace.hops.len() && trace.verdict.dropped().is_some();
        // What let a packet pass that was dropped later on is not why.
        if kept_out && !last {
            continue;
        }
        for check in &hop.checks {
            let counts = match check.subject {
                // Nor is what let it pass where it was dropped after all.
                _ if kept_out && check.outcome == Outcome::Allows => false,
                // State and open ports are no rules.
                Subject::TrackedConnection
                | Subject::Listening
                | Subject::Expected
                | Subject::NatConnection(_)
                | Subject::EgressOnlyConnection(_)
                | Subject::KnownFlow(_)
                | Subject::Service(ServiceSubject::BalancedConnection(_)) => last && check.decisive,
                Subject::SecurityGroupRule(..) | Subject::Service(ServiceSubject::Listener(..)) => {
                    check.outcome == Outcome::Allows
                }
                // Nor is the sender itself, of which there may be many.
                Subject::InstanceState(id) | Subject::SourceDestCheck(id)
                    if trace.probe.from == ProbeEnd::Interface(id) =>
                {
                    false
                }
                _ => check.decisive,
            };
            if counts && !by.contains(&check.subject) {
                by.push(check.subject);
            }
        }
    }
    by
}

/// All that two entries must agree in to become one, but for the traffic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    decided: Decided,
    dialled: IpAddr,
}

/// Who sends the packets of an entry under way.
type Senders = (Vec<InterfaceId>, Vec<Addresses>, BTreeMap<OnPremisesId, Vec<Addresses>>);

/// Entries under way: what shares a key, and among interfaces the traffic, becomes one.
#[derive(Default)]
struct Entries(BTreeMap<Key, BTreeMap<Traffic, Senders>>);

impl Entries {
    fn of(&mut self, dialled: IpAddr, decided: &Decided, block: &Block) -> &mut Senders {
        let key = Key { decided: decided.clone(), dialled };
        self.0.entry(key).or_default().entry(block.traffic()).or_default()
    }

    fn into_list(self) -> Vec<ReachEntry> {
        let mut list = Vec::new();
        for (Key { decided: Decided { fate, at, by }, dialled }, blocks) in self.0 {
            let mut say = |sources: Sources, traffic: Traffic| {
                list.push(ReachEntry { sources, dialled, traffic, fate, at, by: by.clone() });
            };
            let mut internet = Vec::new();
            let mut sites: BTreeMap<OnPremisesId, Vec<(Traffic, Vec<Addresses>)>> = BTreeMap::new();
            for (traffic, (mut interfaces, addresses, far)) in blocks {
                if !interfaces.is_empty() {
                    interfaces.sort_unstable();
                    say(Sources::Interfaces(interfaces), traffic);
                }
                internet.push((traffic, addresses));
                for (site, addresses) in far {
                    sites.entry(site).or_default().push((traffic, addresses));
                }
            }
            for (ranges, all) in by_address(internet) {
                for it in all {
                    say(Sources::Internet(ranges.clone()), it);
                }
            }
            for (site, parts) in sites {
                for (ranges, all) in by_address(parts) {
                    let sources = Sources::OnPremises(site, ranges);
                    for it in all {
                        say(sources.clone(), it);
                    }
                }
            }
        }
        list.sort_by(|a, b| {
            let key = |it: &ReachEntry| (it.fate, it.dialled, it.traffic);
            key(a)
                .cmp(&key(b))
                .then_with(|| (a.at, &a.by).cmp(&(b.at, &b.by)))
                .then_with(|| a.sources.cmp(&b.sources))
        });
        list
    }
}

/// Ranges that share nothing, the lowest first, those that touch as one.
fn joined(mut ranges: Vec<Addresses>) -> Vec<Addresses> {
    ranges.sort_unstable();
    let mut joined: Vec<Addresses> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if last.touches(range) => last.last = range.last,
            _ => joined.push(range),
        }
    }
    joined
}
