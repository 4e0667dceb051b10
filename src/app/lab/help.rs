//! The last rungs of the ladder of hints: computed for the network as it is, not written by anybody.

use crate::{
    cloud::{
        Blocker, Change, Network, Probe, Rules, Verdict, Zone, blockers, fix::Limits, verdict,
    },
    course::{
        Allowed, GoalCheck, Lab, Wanted,
        par::{self, Wanting},
    },
};

/// How many rungs are computed: what stops the packets, and the fewest changes from here.
pub const RUNGS: usize = 2;

/// The search for the fewest changes, when it takes too long, gives up.
const SEARCH: Limits = Limits { cost: 6, networks: 20_000 };

/// How many other ways are told when a lab is solved.
const OTHERS: usize = 3;

/// What can be said about the way that is left.
#[derive(Debug, Clone, PartialEq)]
pub struct Help {
    /// The packets that do not fare as a goal wants them to.
    pub stuck: Vec<Stuck>,
    /// The fewest changes from here.
    pub way: Way,
}

/// A packet that does not fare as a goal wants it to.
#[derive(Debug, Clone, PartialEq)]
pub struct Stuck {
    /// The packet.
    pub probe: Probe,
    /// The zone that fails, where the goal is about that.
    pub down: Option<Zone>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Everything that would stop it, there and back.
    pub blockers: Vec<Blocker>,
}

/// The fewest changes from here to where all goals hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// These, in this order.
    Changes(Vec<Change>),
    /// Nothing is left to change: packets are left to be sent, or nothing at all.
    Nothing,
    /// None is known from here; from the start there is one.
    StartOver,
}

impl Way {
    /// The changes that make up the next step: one that counts, with the halves before it.
    pub fn step(&self) -> &[Change] {
        let Self::Changes(changes) = self else { return &[] };
        let counts = changes.iter().position(|change| change.cost() > 0);
        &changes[..counts.map_or(changes.len(), |at| at + 1)]
    }
}

/// How many rungs a lab's ladder has beyond the written ones: none where nothing can be changed.
pub fn rungs(lab: &Lab) -> usize {
    if lab.allowed == Allowed::Nothing { 0 } else { RUNGS }
}

impl Help {
    /// What can be said in this network.
    pub fn of(lab: &Lab, network: &Network) -> Self {
        let checks = lab.goals.iter().flat_map(|goal| &goal.checks);
        let mut stuck: Vec<Stuck> = Vec::new();
        let mut look = |network: &Network, probe, wanted: Wanted, down: Option<&Zone>| {
            let verdict = verdict(network, probe, &Rules::AWS);
            let known = |it: &Stuck| it.probe == probe && it.down.as_ref() == down;
            if !wanted.is(&verdict) && !stuck.iter().any(known) {
                let (down, blockers) = (down.cloned(), blockers(network, probe));
                stuck.push(Stuck { probe, down, verdict, blockers });
            }
        };
        for check in checks {
            match check {
                GoalCheck::Packet { probe, wanted } => look(network, *probe, *wanted, None),
                GoalCheck::ZoneDown { zone, probe, wanted } => {
                    look(&network.without_zone(zone), *probe, *wanted, Some(zone));
                }
                GoalCheck::Sent(_) | GoalCheck::Subnets(_) => {}
            }
        }
        Self { stuck, way: way(lab, network) }
    }
}

fn way(lab: &Lab, network: &Network) -> Way {
    let written = || {
        let cheapest = lab.solutions.iter().min_by_key(|way| cost(way));
        match cheapest {
            Some(way) if *network == lab.scene.network => Way::Changes(way.clone()),
            _ => Way::StartOver,
        }
    };
    match par::wanting(lab, network) {
        Wanting::Nothing => Way::Nothing,
        // The search knows packets only.
        Wanting::More => written(),
        Wanting::Packets => match par::solutions(lab, network, SEARCH) {
            Ok(found) => found.ways.into_iter().next().map_or(Way::Nothing, Way::Changes),
            Err(_) => written(),
        },
    }
}

fn cost(way: &[Change]) -> u32 {
    way.iter().map(Change::cost).sum()
}

/// What else would have solved a lab with the fewest changes, other than what was done: some of it,
/// and how many ways there are in all. Each is told in the network that the lab begins with.
pub fn others(lab: &Lab, done: &[Change]) -> (Vec<Vec<Change>>, usize) {
    let mut ways = match par::wanting(lab, &lab.scene.network) {
        Wanting::Packets => par::solutions(lab, &lab.scene.network, SEARCH)
            .map_or_else(|_| lab.solutions.clone(), |it| it.ways),
        _ => lab.solutions.clone(),
    };
    ways.retain(|way| {
        cost(way) == lab.par
            && !(way.len() == done.len() && way.iter().all(|change| done.contains(change)))
    });
    let count = ways.len();
    ways.truncate(OTHERS);
    (ways, count)
}
