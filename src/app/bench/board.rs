//! Who reaches whom, all at once: a board of senders and receivers, with what the last step changed
//! marked in it.

use crate::{
    app::{Action, bench::Bench},
    cloud::{
        InterfaceId, Network, Thing,
        reach::{End, Matrix, Passage, Traffic, matrix},
    },
};

/// The board, as it was when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    now: Matrix,
    /// Before the last step, if there was one.
    before: Option<Matrix>,
    ends: Vec<End>,
    /// The chosen row (who sends) and column (who receives).
    at: (usize, usize),
}

/// What the last step did to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// Nothing.
    Same,
    /// Something passes where nothing did.
    Opened,
    /// Nothing passes any more.
    Shut,
    /// Something else passes.
    Changed,
}

impl Board {
    fn new(network: &Network, before: Option<&Network>, subject: Option<Thing>) -> Self {
        let now = matrix(network, &Traffic::ALL);
        let ends: Vec<End> = now.ends().collect();
        let group = |thing| network.interfaces_of(thing).first().and_then(|id| now.group_of(*id));
        let column = subject.and_then(|thing| match thing {
            Thing::OnPremises(id) => Some(End::OnPremises(id)),
            thing => group(thing),
        });
        let column = column.and_then(|end| ends.iter().position(|it| *it == end));
        // Who asks about a thing asks who reaches it, and first of all whether the internet does.
        let at = (ends.len() - 1, column.unwrap_or(0));
        let before = before.map(|before| matrix(before, &Traffic::ALL));
        Self { now, before, ends, at }
    }

    /// The rows and columns.
    pub fn ends(&self) -> &[End] {
        &self.ends
    }

    /// Who stands for these together: they cannot be told apart by anybody.
    pub fn members(&self, end: End) -> &[InterfaceId] {
        match end {
            End::Group(place) => &self.now.groups[place],
            End::OnPremises(_) | End::Internet => &[],
        }
    }

    /// The chosen row (who sends) and column (who receives).
    pub fn at(&self) -> (usize, usize) {
        self.at
    }

    /// What passes from one to the other, and is answered.
    pub fn passages(&self, from: End, to: End) -> &[Passage] {
        self.now.passages(from, to)
    }

    /// What the last step did to this cell.
    pub fn turned(&self, from: End, to: End) -> Turned {
        let Some(before) = &self.before else { return Turned::Same };
        // Groups are formed anew by every change: one member stands for them.
        let then = |end| match end {
            End::Group(_) => before.group_of(*self.members(end).first()?),
            End::OnPremises(id) => before.sites.contains(&id).then_some(end),
            End::Internet => Some(End::Internet),
        };
        // Of one alone nothing passes to itself, of many something may.
        if from == to {
            return Turned::Same;
        }
        let now = self.now.comparable(from, to, before);
        let then = match (then(from), then(to)) {
            (Some(from), Some(to)) => before.comparable(from, to, &self.now),
            _ => Vec::new(),
        };
        match (then.is_empty(), now.is_empty()) {
            (true, true) => Turned::Same,
            (true, false) => Turned::Opened,
            (false, true) => Turned::Shut,
            (false, false) if now.iter().map(|it| &it.0).eq(then.iter().map(|it| &it.0)) => {
                Turned::Same
            }
            (false, false) => Turned::Changed,
        }
    }

    fn step(&mut self, action: Action) {
        let last = self.ends.len() - 1;
        let (row, column) = &mut self.at;
        match action {
            Action::Up => *row = row.saturating_sub(1),
            Action::Down => *row = (*row + 1).min(last),
            Action::Left | Action::Previous => *column = column.saturating_sub(1),
            Action::Right | Action::Next => *column = (*column + 1).min(last),
            Action::First => *column = 0,
            Action::Last => *column = last,
            Action::PageUp => *row = 0,
            Action::PageDown => *row = last,
            _ => {}
        }
    }

    /// Chooses a cell, by its place among all of them, row by row.
    fn choose(&mut self, cell: usize) {
        let count = self.ends.len();
        if cell < count * count {
            self.at = (cell / count, cell % count);
        }
    }
}

impl Bench {
    /// The board, while it is open.
    pub fn board(&self) -> Option<&Board> {
        self.board.as_ref()
    }

    /// Opens the board: who reaches what is selected, or anything.
    pub(super) fn open_board(&mut self) {
        let before = self.before_last_step();
        self.board = Some(Board::new(&self.network, before.as_ref(), self.subject()));
    }

    pub(super) fn act_on_board(&mut self, action: Action) {
        match action {
            Action::Back | Action::Confirm | Action::Board => self.board = None,
            _ => {
                if let Some(board) = &mut self.board {
                    board.step(action);
                }
            }
        }
    }

    pub(super) fn click_on_board(&mut self, cell: usize) {
        if let Some(board) = &mut self.board {
            board.choose(cell);
        }
    }

    /// The network before the last step; `None` when nothing was changed yet.
    fn before_last_step(&self) -> Option<Network> {
        let step = self.done.last()?;
        let mut network = self.network.clone();
        for made in step.made.iter().rev() {
            network.undo(made.undo.clone());
        }
        Some(network)
    }
}
