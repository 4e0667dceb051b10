//! What must become true, how far it is, and what the goals pane lists.

use crate::{
    app::Action,
    cloud::{Network, Probe},
    course::{Goal, lab::Now},
};

/// How far a goal is.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Each of its checks.
    pub checks: Vec<CheckState>,
}

/// How far one check of a goal is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckState {
    /// How things are now.
    pub now: Now,
    /// Is it as it must be?
    pub holds: bool,
}

impl State {
    /// Does the goal hold?
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }
}

/// How far a goal is in this network, with these packets sent.
pub fn state(goal: &Goal, network: &Network, sent: &[Probe]) -> State {
    let checks = goal.checks.iter().map(|check| {
        let now = check.now(network);
        CheckState { now, holds: check.is_met(now, sent) }
    });
    State { checks: checks.collect() }
}

/// One row of the goals pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalRow {
    /// What the lab is about.
    Brief,
    /// A goal.
    Goal(usize),
    /// A check of a goal that does not hold: Enter sends its packet.
    Check(usize, usize),
    /// What the changes count, against par.
    Count,
    /// A hint that was asked for.
    Hint(usize),
    /// Everything that stops packets which must pass: a computed hint.
    Stuck,
    /// The fewest changes from here: a computed hint.
    Way,
    /// The next of them: Enter makes it.
    Step,
    /// Something to be done.
    Do(Action),
    /// An empty row.
    Gap,
}

impl GoalRow {
    /// Is it a hint, written or computed?
    pub fn is_rung(self) -> bool {
        matches!(self, Self::Hint(_) | Self::Stuck | Self::Way)
    }

    /// Can it be chosen?
    pub fn is_live(self) -> bool {
        matches!(self, Self::Check(..) | Self::Step | Self::Do(_))
    }
}

/// How far one is on the ladder of hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ladder {
    /// How many rungs are on screen.
    pub shown: usize,
    /// How many were written; those after them are computed.
    pub written: usize,
    /// How many there are.
    pub of: usize,
    /// Is there a next step to be made together?
    pub leads_on: bool,
}

/// The rows of the goals pane.
pub fn rows(goals: &[State], ladder: Ladder, (undo, redo): (usize, usize)) -> Vec<GoalRow> {
    let mut rows = Vec::new();
    for (index, state) in goals.iter().enumerate() {
        rows.push(GoalRow::Goal(index));
        let failing = state.checks.iter().enumerate().filter(|(_, check)| !check.holds);
        rows.extend(failing.map(|(check, _)| GoalRow::Check(index, check)));
    }
    rows.extend([GoalRow::Gap, GoalRow::Count]);
    rows.extend((0..ladder.shown.min(ladder.written)).map(GoalRow::Hint));
    if ladder.shown > ladder.written {
        rows.push(GoalRow::Stuck);
    }
    if ladder.shown > ladder.written + 1 {
        rows.push(GoalRow::Way);
        if ladder.leads_on {
            rows.push(GoalRow::Step);
        }
    }
    rows.push(GoalRow::Gap);
    if ladder.shown < ladder.of {
        rows.push(GoalRow::Do(Action::Hint));
    }
    if undo > 0 {
        rows.push(GoalRow::Do(Action::Undo));
    }
    if redo > 0 {
        rows.push(GoalRow::Do(Action::Redo));
    }
    if undo + redo > 0 {
        rows.push(GoalRow::Do(Action::Reset));
    }
    rows.extend([GoalRow::Gap, GoalRow::Brief]);
    rows
}
