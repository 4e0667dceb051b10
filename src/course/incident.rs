//! Incidents: a design that works, a fault or several put into it, and only the symptoms told.
//!
//! What must work is what works in the design: its named packets, or, when it names none, who
//! reaches whom in it. The faults are drawn by a seed, so an incident can be told to somebody else
//! and played again. How few changes mend it is computed ([`mod@crate::cloud::fix`]), never typed.

mod mishap;

use std::collections::BTreeSet;

use crate::{
    cloud::{
        Change, InterfaceKind, Leg, Listening, Network, Probe, ProbeEnd, Rules, Verdict,
        fix::{Demand, Limits, Wanted, smallest},
        verdict,
    },
    course::Scene,
    net::Protocol,
};

pub use mishap::{Mishap, mishaps};

/// How hard an incident is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// One fault.
    One,
    /// Two faults.
    Two,
    /// Three faults, which may hide one another.
    Three,
}

impl Level {
    /// The easiest first.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// How many faults that is.
    pub fn faults(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// A network that used to work.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The network with its faults.
    pub network: Network,
    /// What was done to the design, in order: told when the incident is over.
    pub faults: Vec<Change>,
    /// What must be so again, and what must not become so.
    pub demands: Vec<Demand>,
    /// The cost of the smallest set of changes after which everything is as demanded: computed.
    pub par: u32,
    /// One such set, in the order in which to make the changes.
    pub way: Vec<Change>,
}

/// What people notice of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symptom {
    /// No answer comes, and the receiver never saw anything.
    TimesOut,
    /// The receiver sees the request and answers, but no answer comes back.
    OneWay,
    /// The answer is a refusal.
    Refused,
    /// It worked before and must not have: what is forbidden gets in.
    LetIn,
}

/// One line of the report that opens an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complaint {
    /// What was tried.
    pub probe: Probe,
    /// What came of it.
    pub symptom: Symptom,
}

impl Incident {
    /// What people complain about in this network: each demand that is not met.
    pub fn complaints(&self, network: &Network) -> Vec<Complaint> {
        complaints(&self.demands, network)
    }

    /// Is everything as demanded in this network?
    pub fn is_over(&self, network: &Network) -> bool {
        self.demands.iter().all(|demand| demand.holds(network))
    }
}

fn complaints(demands: &[Demand], network: &Network) -> Vec<Complaint> {
    let of = |demand: &Demand| {
        let verdict = verdict(network, demand.probe, &Rules::AWS);
        let symptom = match verdict {
            _ if demand.wanted.is(&verdict) => return None,
            Verdict::Delivered => Symptom::LetIn,
            Verdict::Refused => Symptom::Refused,
            Verdict::Dropped { leg: Leg::Forward, .. } => Symptom::TimesOut,
            Verdict::Dropped { leg: Leg::Reply, .. } => Symptom::OneWay,
        };
        Some(Complaint { probe: demand.probe, symptom })
    };
    demands.iter().filter_map(of).collect()
}

/// How many connections that work, and how many that do not, make up what is demanded of a design
/// that names no packets.
const MOST: (usize, usize) = (10, 6);

/// What a design promises: its named packets fare as they do now. Where it names none, some of its
/// own connections go on working, and some of those that it keeps out stay out.
pub fn promises(scene: &Scene) -> Vec<Demand> {
    let network = &scene.network;
    let promise = |probe: Probe| {
        let delivered = verdict(network, probe, &Rules::AWS) == Verdict::Delivered;
        let wanted = if delivered { Wanted::Delivered } else { Wanted::NotDelivered };
        Demand { probe, wanted }
    };
    let mut named: Vec<Demand> = Vec::new();
    for packet in &scene.packets {
        let demand = promise(packet.probe);
        if !named.contains(&demand) {
            named.push(demand);
        }
    }
    if named.iter().any(|demand| demand.wanted == Wanted::Delivered) {
        return named;
    }
    let (works, kept_out): (Vec<Demand>, Vec<Demand>) =
        (everyday(network).into_iter().map(promise))
            .partition(|demand| demand.wanted == Wanted::Delivered);
    spread(works, MOST.0).chain(spread(kept_out, MOST.1)).collect()
}

/// So many of these, from everywhere in the list.
fn spread(demands: Vec<Demand>, most: usize) -> impl Iterator<Item = Demand> {
    let count = demands.len();
    let step = count.div_ceil(most).max(1);
    demands.into_iter().step_by(step).take(most)
}

/// The connections that one would try: everybody to what every server listens on, and every server
/// to the hosts of the internet.
fn everyday(network: &Network) -> Vec<Probe> {
    let mut servers: Vec<(ProbeEnd, Vec<(Protocol, u16)>)> = Vec::new();
    for (id, interface) in network.interfaces().iter() {
        if let InterfaceKind::Instance(instance) = interface.kind {
            servers
                .push((ProbeEnd::Interface(id), ports(&network.instances()[instance].listening)));
        }
    }
    let hosts: Vec<(ProbeEnd, Vec<(Protocol, u16)>)> = (network.hosts().iter())
        .map(|(id, host)| (ProbeEnd::Host(id), ports(&host.listening)))
        .collect();
    let internet = ProbeEnd::Address(Network::INTERNET);
    let mut listed: Vec<Probe> = Vec::new();
    let from = (servers.iter().map(|it| it.0)).chain(hosts.iter().map(|it| it.0)).chain([internet]);
    for from in from {
        for (to, open) in servers.iter().chain(&hosts) {
            let inside = |end: ProbeEnd| matches!(end, ProbeEnd::Interface(_));
            if from == *to || !inside(from) && !inside(*to) {
                continue;
            }
            for &(protocol, port) in open {
                let probe = Probe::new(from, *to, protocol, port);
                if !listed.contains(&probe) {
                    listed.push(probe);
                }
            }
        }
    }
    listed
}

/// The ports to try: those that are listened on, HTTPS where nothing is known.
fn ports(listening: &Listening) -> Vec<(Protocol, u16)> {
    match listening {
        Listening::Everywhere => vec![(Protocol::TCP, 443)],
        Listening::On(open) => {
            open.iter().map(|(protocol, ports)| (*protocol, ports.low)).take(3).collect()
        }
    }
}

/// The search for par: an incident whose smallest fix is not found within this is not given out.
const SEARCH: Limits = Limits { cost: 4, networks: 20_000 };

/// How many draws before a design is taken as one that cannot be broken so.
const DRAWS: usize = 24;

/// Breaks a working design, the same for the same seed. `None` when nothing that could happen to it
/// would break a promise, or none of it could be mended in a few changes.
pub fn inject(scene: &Scene, level: Level, seed: u64) -> Option<Incident> {
    let demands = promises(scene);
    let mut dice = fastrand::Rng::with_seed(seed);
    (0..DRAWS).find_map(|_| draw(scene, &demands, level, &mut dice))
}

fn draw(
    scene: &Scene,
    demands: &[Demand],
    level: Level,
    dice: &mut fastrand::Rng,
) -> Option<Incident> {
    let mut network = scene.network.clone();
    let mut faults = Vec::new();
    let mut kinds = Vec::new();
    for _ in 0..level.faults() {
        let before = complaints(demands, &network);
        // One kind of mishap after another, so that the many rules do not crowd out the few
        // gateways.
        let mut left = mishaps(&network);
        left.retain(|mishap| !kinds.contains(&mishap.kind));
        let mishap = loop {
            let all: BTreeSet<_> = left.iter().map(|mishap| mishap.kind).collect();
            let kind = *all.iter().nth(pick(dice, all.len())?)?;
            let places: Vec<usize> =
                (0..left.len()).filter(|&place| left[place].kind == kind).collect();
            let mishap = left.swap_remove(places[pick(dice, places.len())?]);
            let mut tried = network.clone();
            let done = mishap.changes.iter().all(|change| tried.apply(change.clone()).is_ok());
            // A further fault shows, or hides behind an earlier one; one that nobody would ever
            // notice is no incident.
            if done && (complaints(demands, &tried) != before || hidden(demands, scene, &mishap)) {
                network = tried;
                break mishap;
            }
        };
        kinds.push(mishap.kind);
        faults.extend(mishap.changes);
    }
    let found = smallest(&network, demands, |_| true, SEARCH).ok()?;
    let (par, way) = (found.cost, found.ways.into_iter().next()?);
    (par > 0).then_some(Incident { network, faults, demands: demands.to_vec(), par, way })
}

/// Would the mishap alone break a promise?
fn hidden(demands: &[Demand], scene: &Scene, mishap: &Mishap) -> bool {
    let mut network = scene.network.clone();
    mishap.changes.iter().all(|change| network.apply(change.clone()).is_ok())
        && !complaints(demands, &network).is_empty()
}

fn pick(dice: &mut fastrand::Rng, count: usize) -> Option<usize> {
    (count > 0).then(|| dice.usize(..count))
}

#[cfg(test)]
mod tests;
