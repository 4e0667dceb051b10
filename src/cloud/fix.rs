//! The smallest fix: the fewest changes that make wanted packets pass and let no forbidden one pass.
//!
//! The search goes by cost ([`Change::cost`]): first everything that costs nothing, then 1, then 2,
//! so the first ways found are the cheapest, and all of that cost are found. At each step it takes
//! a packet that does not fare as demanded and tries what could change its fate: as long as nothing
//! that it met is changed, it fares as it did, so every way contains such a change. What was tried
//! in one order is not tried in another.
//!
//! # The candidate space
//! "Smallest" is meant among the sets of these changes, each allowed by AWS and by the caller:
//! - **Security groups**: a rule for a block of addresses, or for a group that the far end carries;
//!   any rule taken away, or written anew as one of its kind; an interface's groups with one more,
//!   one less, one for another, or one alone; a new group with one rule. Blocks and ports are the
//!   narrowest around any of the packets at stake that one rule can hold; a service of AWS's is meant
//!   by its range or its list, a load balancer by all its nodes.
//! - **Network ACLs**: an entry like that, to allow or to deny, before the one that decided or
//!   before any earlier one of its kind; an entry taken away; an entry written anew, to hold the
//!   packet or just not to, and then perhaps another; another list for the subnet, or a new one.
//!   Entries for answers are for the ports that clients use.
//! - **Routes**: a new route, another target, a route taken away, for the narrowest destinations
//!   around the addresses at stake or for everything, to the VPC's internet gateway, its NAT
//!   gateways (IPv4), its egress-only gateway (IPv6), its peerings (accepted first where they wait),
//!   its transit and virtual private gateways (attached first where they are not), its instances
//!   that forward, or to a gateway or a peering made for it; a gateway endpoint for the table, made
//!   or led there; another route table for the subnet, another main table, a new table. Not: detours
//!   inside a VPC.
//! - **Transit gateways**: attachments of VPCs made (through a subnet of the sender's zone, alone or
//!   with one in every other zone), accepted, deleted, brought into a zone, put into appliance mode;
//!   a table associated, taken away or changed for another; propagations switched; routes for the
//!   same destinations, to any attachment or to nowhere, written, led elsewhere, deleted; references
//!   to groups. Not: gateways or tables made.
//! - **Private lines**: virtual private gateways attached and detached; their routes propagated to a
//!   table or not; routes of VPN connections that have them written by hand; Direct Connect gateways
//!   associated; tunnels brought up.
//! - **Load balancers**: a listener to a target group that there is or to a new one, a listener
//!   taken away or led elsewhere; instances, tasks, databases, functions and load balancers of the
//!   group's VPC registered and deregistered; the client's address kept or not; sending across
//!   zones, one more zone; other groups for its nodes.
//! - **Interface endpoints**: made in any subnet of the sender's VPC, with any of its groups and the
//!   service's usual name; that name given to one that is there; accepted, deleted; their policies and
//!   groups; the VPC's DNS attributes where a name needs them.
//! - **Block Public Access**: another mode; exclusions of the subnet or its VPC, put and deleted.
//! - **IPv6**: addresses given to instances and taken, with a range for the subnet where it has none,
//!   and with a block for the VPC where one end speaks IPv6 alone; the address types of load balancers,
//!   interface endpoints (and their records), functions and databases; DNS64, and routes to NAT
//!   gateways for it. Not: tasks, which would have to be started anew.
//! - **The rest**: internet gateways attached (an idle one, else a new one) and detached, public
//!   addresses given and taken, NAT gateways made (in any subnet, or as regional ones) and deleted,
//!   regional ones brought into a zone, source/destination checks switched, instances started and
//!   stopped, ports listened on, interfaces attached.
//!
//! "Somewhere on the internet" ([`Network::INTERNET`]) stands for everywhere: rules for it are for
//! `0.0.0.0/0`. Nothing is ever made that only a packet outside the demands would need.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::cloud::{
    Change, Code, Network, Probe, Rules, Undo, Verdict, Zone, trace::trace_with_others, verdict,
};

mod exposure;
mod header;
mod knob;
mod remedy;
mod wider;

pub use exposure::{Exposure, Opening};

use exposure::Before;
use header::Known;
use knob::sets_again;
use remedy::{Asked, remedies};

/// What must become of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Demand {
    /// The packet.
    pub probe: Probe,
    /// Its fate.
    pub wanted: Wanted,
}

/// What must become of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It arrives and is answered.
    Delivered,
    /// It arrives and is refused.
    Refused,
    /// It is dropped; for this reason, when one is given.
    Dropped(Option<Code>),
    /// Anything but delivered: what is forbidden.
    NotDelivered,
}

impl Wanted {
    /// Is this verdict what is wanted?
    pub fn is(self, verdict: &Verdict) -> bool {
        match self {
            Self::Delivered => *verdict == Verdict::Delivered,
            Self::Refused => *verdict == Verdict::Refused,
            Self::Dropped(None) => verdict.dropped().is_some(),
            Self::Dropped(Some(code)) => verdict.code() == Some(code),
            Self::NotDelivered => *verdict != Verdict::Delivered,
        }
    }

    fn excludes_delivery(self) -> bool {
        self != Self::Delivered
    }
}

impl Demand {
    /// Does the packet fare so?
    pub fn holds(&self, network: &Network) -> bool {
        self.wanted.is(&verdict(network, self.probe, &Rules::AWS))
    }
}

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The highest cost of a fix.
    pub cost: u32,
    /// How many networks to look at.
    pub networks: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cost: 6, networks: 200_000 }
    }
}

/// The smallest fixes: see [`fix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixes {
    /// What each costs.
    pub cost: u32,
    /// All of them, the one that exposes least first.
    pub fixes: Vec<Fix>,
    /// How many networks were looked at.
    pub tried: usize,
}

/// Changes that make everything fare as demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The changes, in the order in which to make them.
    pub changes: Vec<Change>,
    /// What else they do.
    pub exposure: Exposure,
}

/// The cheapest ways to satisfy demands: see [`smallest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smallest {
    /// What each costs.
    pub cost: u32,
    /// Every way of that cost, each in the order in which to make its changes.
    pub ways: Vec<Vec<Change>>,
    /// How many networks were looked at.
    pub tried: usize,
}

/// Why there is no fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFix {
    /// Nothing in the candidate space helps, at whatever cost.
    Impossible {
        /// How many networks were looked at.
        tried: usize,
    },
    /// None that costs as little as the limit.
    TooDear {
        /// Every cost up to this was searched.
        cost: u32,
        /// How many networks were looked at.
        tried: usize,
    },
    /// There is too much to try: every fix costs more than this.
    GaveUp {
        /// Every cost up to this was searched; `None` when not even that was finished.
        cost: Option<u32>,
        /// How many networks were looked at.
        tried: usize,
    },
}

/// The smallest fixes: the cheapest sets of changes after which every packet of `want` is delivered
/// and none of `forbid`, all of them, those first that open least to others (and then those that
/// shut least). `allowed` says which changes may be made.
///
/// # Errors
/// Why there is none, and how far it was searched.
pub fn fix(
    network: &Network,
    want: &[Probe],
    forbid: &[Probe],
    allowed: impl Fn(&Change) -> bool,
    limits: Limits,
) -> Result<Fixes, NoFix> {
    let wanted = want.iter().map(|&probe| Demand { probe, wanted: Wanted::Delivered });
    let forbidden = forbid.iter().map(|&probe| Demand { probe, wanted: Wanted::NotDelivered });
    let demands: Vec<Demand> = wanted.chain(forbidden).collect();
    let Smallest { cost, ways, tried } = smallest(network, &demands, allowed, limits)?;
    let before = Before::of(network);
    let mut fixed = network.clone();
    let mut fixes: Vec<Fix> = ways
        .into_iter()
        .map(|changes| {
            let mut undos = Vec::new();
            for change in &changes {
                undos.extend(fixed.apply(change.clone()).map(|it| it.undo));
            }
            let exposure = before.exposure(&fixed);
            take_back(&mut fixed, undos);
            Fix { changes, exposure }
        })
        .collect();
    fixes.sort_by_cached_key(|it| {
        let gives_address = |it: &&Change| matches!(it, Change::AssociateAddress { .. });
        let addresses = it.changes.iter().filter(gives_address).count();
        let exposure = &it.exposure;
        (exposure.opened(), exposure.shut(), addresses, exposure.opened_outwards())
    });
    Ok(Fixes { cost, fixes, tried })
}

/// The cheapest sets of changes after which every demand holds: all of them.
///
/// `allowed` says which changes may be made. Proven: no cheaper set of the candidate space (see
/// [the module](self)) does it, and none of the same cost is left out.
///
/// # Errors
/// Why there is none, and how far it was searched.
pub fn smallest(
    network: &Network,
    demands: &[Demand],
    allowed: impl Fn(&Change) -> bool,
    limits: Limits,
) -> Result<Smallest, NoFix> {
    smallest_in_zones(network, demands, &[], allowed, limits)
}

/// The same, where some demands are about the network as it is when a zone has failed: `down` says
/// for each demand which; those beyond its end are about the network as it is.
///
/// # Errors
/// Why there is none, and how far it was searched.
pub fn smallest_in_zones(
    network: &Network,
    demands: &[Demand],
    down: &[Option<Zone>],
    allowed: impl Fn(&Change) -> bool,
    limits: Limits,
) -> Result<Smallest, NoFix> {
    let mut search = Search {
        demands,
        down,
        allowed: &allowed,
        networks: limits.networks,
        tried: 0,
        cut: false,
        pool: Vec::new(),
        seen: BTreeSet::new(),
        known: Known::default(),
        found: BTreeMap::new(),
    };
    // What is wanted and forbidden at once needs no search.
    let contradicted = |one: &Demand| {
        let fates = demands.iter().filter(|it| it.probe == one.probe).map(|it| it.wanted);
        one.wanted == Wanted::Delivered && fates.into_iter().any(Wanted::excludes_delivery)
    };
    if down.is_empty() && demands.iter().any(contradicted) {
        return Err(NoFix::Impossible { tried: 0 });
    }
    let mut network = network.clone();
    for cost in 0..=limits.cost {
        search.seen.clear();
        search.cut = false;
        if search.within(&mut network, cost, &mut Vec::new(), 0).is_none() {
            return Err(NoFix::GaveUp { cost: cost.checked_sub(1), tried: search.tried });
        }
        if !search.found.is_empty() {
            let ways = wider::narrowest(&network, search.found.into_values().collect());
            return Ok(Smallest { cost, ways, tried: search.tried });
        }
        if !search.cut {
            return Err(NoFix::Impossible { tried: search.tried });
        }
    }
    Err(NoFix::TooDear { cost: limits.cost, tried: search.tried })
}

struct Search<'d> {
    demands: &'d [Demand],
    down: &'d [Option<Zone>],
    allowed: &'d dyn Fn(&Change) -> bool,
    networks: usize,
    tried: usize,
    /// Was there a way that would have cost more?
    cut: bool,
    /// Every change that was made, to name it by its place.
    pool: Vec<Change>,
    /// The sets of changes from which the search went on.
    seen: BTreeSet<Vec<usize>>,
    known: Known,
    found: BTreeMap<Vec<usize>, Vec<Change>>,
}

impl Search<'_> {
    /// The network that a demand is about.
    fn seen_by<'n>(&self, network: &'n Network, demand: usize) -> Cow<'n, Network> {
        match self.down.get(demand) {
            Some(Some(zone)) => Cow::Owned(network.without_zone(zone)),
            _ => Cow::Borrowed(network),
        }
    }

    /// Finds every way from here with changes that cost `left`; `suspect` is the demand that most
    /// likely does not hold. `None` when there is too much to try.
    fn within(
        &mut self,
        network: &mut Network,
        left: u32,
        way: &mut Vec<Change>,
        suspect: usize,
    ) -> Option<()> {
        if self.tried == self.networks {
            return None;
        }
        self.tried += 1;
        let others = (0..self.demands.len()).filter(|it| *it != suspect);
        let failing = [suspect].into_iter().chain(others).find_map(|place| {
            let demand = self.demands.get(place)?;
            (!demand.holds(&self.seen_by(network, place))).then_some(place)
        });
        let Some(place) = failing else {
            let key = self.key(way);
            self.found.entry(key).or_insert_with(|| way.clone());
            return Some(());
        };
        if left == 0 {
            self.cut = true;
            return Some(());
        }
        let key = self.key(way);
        if !self.seen.insert(key) {
            return Some(());
        }
        let seen = self.seen_by(network, place);
        let (demands, known) = (self.demands, &mut self.known);
        let (trace, others) = trace_with_others(&seen, demands[place].probe, &Rules::AWS);
        let ways = (&trace, &others[..]);
        let asked = Asked { demands, allowed: self.allowed, left };
        let (remedies, dear) = remedies(&seen, asked, &demands[place], ways, known);
        drop(seen);
        self.cut |= dear;
        for remedy in remedies {
            let remedy_starts = way.len();
            if let Some(undos) = self.make(network, remedy, way) {
                let cost: u32 = way[remedy_starts..].iter().map(Change::cost).sum();
                let went = self.within(network, left - cost, way, place);
                take_back(network, undos);
                way.truncate(remedy_starts);
                went?;
            }
        }
        Some(())
    }

    /// Makes changes and writes them down, unless one is refused, not allowed or takes an earlier
    /// one back.
    fn make(
        &self,
        network: &mut Network,
        remedy: Vec<Change>,
        way: &mut Vec<Change>,
    ) -> Option<Vec<Undo>> {
        let set = |it: &Change| way.iter().any(|before| sets_again(it, before));
        if !remedy.iter().all(|it| (self.allowed)(it) && !set(it)) {
            return None;
        }
        let mut undos = Vec::with_capacity(remedy.len());
        for change in &remedy {
            let Ok(applied) = network.apply(change.clone()) else {
                take_back(network, undos);
                return None;
            };
            undos.push(applied.undo);
        }
        way.extend(remedy);
        Some(undos)
    }

    /// A set of changes, whatever their order.
    fn key(&mut self, way: &[Change]) -> Vec<usize> {
        let mut key: Vec<usize> = way
            .iter()
            .map(|change| {
                let known = self.pool.iter().position(|it| it == change);
                let place = known.unwrap_or(self.pool.len());
                if known.is_none() {
                    self.pool.push(change.clone());
                }
                place
            })
            .collect();
        key.sort_unstable();
        key
    }
}

fn take_back(network: &mut Network, undos: Vec<Undo>) {
    for undo in undos.into_iter().rev() {
        network.undo(undo);
    }
}
