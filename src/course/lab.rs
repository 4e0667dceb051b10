//! Labs: a scene, what may be changed, what must become true, and help on the way.

use crate::{
    cloud::{Change, Code, Network, Probe},
    course::Scene,
    i18n::Words,
};

/// Names a lab; stable for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabId(pub String);

/// One lab.
#[derive(Debug, Clone, PartialEq)]
pub struct Lab {
    /// Its stable name.
    pub id: LabId,
    /// Names it had before.
    pub aliases: Vec<String>,
    /// What it is called.
    pub title: Words,
    /// The situation and the task, as a paragraph.
    pub brief: Words,
    /// Where it starts.
    pub scene: Scene,
    /// What the learner may change.
    pub allowed: Allowed,
    /// What must become true.
    pub goals: Vec<Goal>,
    /// Help, from a nudge to the answer.
    pub hints: Vec<Words>,
    /// Ways to solve it, for the tests and the last hint.
    pub solutions: Vec<Vec<Change>>,
    /// The fewest changes that solve it, computed.
    pub par: u32,
}

/// What a lab lets one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// Nothing: the lab is for looking.
    Nothing,
    /// Everything.
    Everything,
    /// Only these operations, named as in AWS's CLI: `create-route`, `attach-internet-gateway`.
    Only(Vec<String>),
}

/// One thing that must become true.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What it says, written by the author or generated from the check.
    pub sentence: Words,
    /// What is checked; all must hold.
    pub checks: Vec<GoalCheck>,
}

/// One check of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalCheck {
    /// This packet must fare so.
    Packet {
        /// The packet, resolved against the network as it is when the goal is checked.
        probe: Probe,
        /// What must become of it.
        wanted: Wanted,
    },
    /// The learner must have sent this packet and seen what happens (labs for looking).
    Sent(Probe),
}

/// What must become of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It arrives and is answered.
    Delivered,
    /// It arrives and is refused.
    Refused,
    /// It is dropped; for this reason, when one is given.
    Dropped(Option<Code>),
}

impl Goal {
    /// Does the goal hold in this network, with these packets already sent?
    pub fn holds(&self, network: &Network, sent: &[Probe]) -> bool {
        let _ = (network, sent);
        todo!()
    }
}
