//! Putting things into order, and pairing them: what keys and the mouse do while the answer is
//! being arranged. Arrows choose, Enter or Space lifts and puts down, digits go straight to a
//! place, and everything can be taken back.

use super::{Hint, Question, Stage, seed, shuffled};
use crate::{
    app::{Action, Around, Effect, MouseKind, Scope, Target, question::Response},
    course::Kind,
};

/// An answer that is being arranged. Rows are places on screen, from 0; behind the last one stands
/// the row that answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrangement {
    /// What things are paired with, in the order on screen, by their place in the question; nothing
    /// in questions of order.
    pub partners: Vec<usize>,
    /// The partner of each item so far, both by their place in the question.
    pub pairs: Vec<Option<usize>>,
    /// What is in the air.
    pub lifted: Option<Lifted>,
    /// How it was before each step, the last one last.
    before: Vec<Before>,
    /// The order at first, which is never right.
    first: Vec<usize>,
}

/// The order and the pairs before a step.
type Before = (Vec<usize>, Vec<Option<usize>>);

/// Something that was lifted and not put down yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifted {
    /// How things stood when it was lifted.
    before: Before,
    /// The row that it was lifted from.
    pub from: usize,
    /// The row of the partner that is pointed at (pairing).
    pub partner: usize,
    /// Does the mouse hold it, and has it moved since?
    held: Option<bool>,
}

impl Arrangement {
    /// Is there nothing that could be taken back?
    pub fn is_fresh(&self) -> bool {
        self.before.is_empty()
    }
}

impl Question {
    /// Is it answered by arranging?
    pub fn is_arranged(&self) -> bool {
        matches!(self.question().kind, Kind::Order(_) | Kind::Match { .. })
    }

    /// Is it answered by pairing?
    pub fn is_paired(&self) -> bool {
        matches!(self.question().kind, Kind::Match { .. })
    }

    /// Is the row that answers pointed at?
    pub fn at_answer(&self) -> bool {
        self.cursor.is_some_and(|at| at >= self.order.len())
    }

    /// The item that is lifted, by its place in the question.
    pub fn in_the_air(&self) -> Option<usize> {
        let lifted = self.arrangement.lifted.as_ref()?;
        let row = if self.is_paired() { lifted.from } else { self.cursor? };
        self.order.get(row).copied()
    }

    /// The scopes that hold while it is being arranged.
    pub(super) fn arranging(&self) -> Scope {
        match (self.arrangement.lifted.is_some(), self.is_paired()) {
            (true, true) => Scope::Pairing,
            (true, false) => Scope::Carrying,
            (false, _) if self.at_answer() => Scope::Arranged,
            (false, _) => Scope::Arranging,
        }
    }

    /// Puts everything at its place for a new attempt: never the right order, and never every
    /// partner beside its item.
    pub(super) fn arrange(&mut self, attempt: usize) {
        let (count, partners) = match &self.question().kind {
            Kind::Order(steps) => (steps.len(), 0),
            Kind::Match { items, partners } => (items.len(), partners.len()),
            _ => return,
        };
        let mut state = seed(&self.question().id.0, attempt);
        loop {
            let order = shuffled(count, &mut state);
            let beside = shuffled(partners, &mut state);
            if !self.gives_away(&order, &beside) {
                self.order.clone_from(&order);
                self.cursor = Some(0);
                self.arrangement = Arrangement {
                    partners: beside,
                    pairs: vec![None; if partners > 0 { count } else { 0 }],
                    first: order,
                    ..Arrangement::default()
                };
                return;
            }
        }
    }

    /// Is this order the answer already, or can it be read straight across?
    fn gives_away(&self, order: &[usize], beside: &[usize]) -> bool {
        match &self.question().kind {
            Kind::Order(steps) => {
                let ranks = order.iter().map(|at| steps[*at].rank);
                ranks.is_sorted() && steps.iter().any(|step| step.rank != steps[0].rank)
            }
            Kind::Match { items, partners } => {
                let across = |(item, partner): (&usize, &usize)| items[*item].partner == *partner;
                partners.len() > 1 && order.iter().zip(beside).all(across)
            }
            _ => false,
        }
    }

    /// Shows an arrangement that was answered with.
    pub(super) fn show_arrangement(&mut self, response: &Response) {
        match response {
            Response::Order(order) => self.order.clone_from(order),
            Response::Pairs(pairs) => {
                self.arrangement.pairs = pairs.iter().copied().map(Some).collect();
            }
            Response::Options(_) | Response::Text(_) => {}
        }
        self.arrangement.lifted = None;
    }

    /// The answer as it stands; the first item without a partner when there is one.
    fn arranged(&self) -> Result<Response, usize> {
        if !self.is_paired() {
            return Ok(Response::Order(self.order.clone()));
        }
        let pairs = &self.arrangement.pairs;
        let whole: Option<Vec<usize>> = pairs.iter().copied().collect();
        whole.map(Response::Pairs).ok_or_else(|| {
            let open = |item: &usize| pairs.get(*item).is_some_and(Option::is_none);
            self.order.iter().position(open).unwrap_or_default()
        })
    }

    /// What a key does; `false` when it is none of these.
    pub(super) fn act_arranging(
        &mut self,
        action: Action,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let rows = self.order.len();
        let row = self.cursor.unwrap_or(0).min(rows);
        self.top = None;
        if self.arrangement.lifted.is_some() {
            return self.act_lifted(action);
        }
        match action {
            Action::Up => self.cursor = Some(row.saturating_sub(1)),
            Action::Down => self.cursor = Some((row + 1).min(rows)),
            Action::First => self.cursor = Some(0),
            Action::Last => self.cursor = Some(rows),
            Action::Confirm | Action::Toggle | Action::Right if row < rows => self.lift(row),
            Action::Confirm | Action::Toggle => self.hand_in(around, effects),
            Action::Option(n) if usize::from(n) <= rows => self.lift(usize::from(n) - 1),
            Action::Undo => {
                if let Some((order, pairs)) = self.arrangement.before.pop() {
                    self.order = order;
                    self.arrangement.pairs = pairs;
                }
            }
            _ => return false,
        }
        true
    }

    fn act_lifted(&mut self, action: Action) -> bool {
        let paired = self.is_paired();
        let last = if paired { self.arrangement.partners.len() } else { self.order.len() } - 1;
        let at = if paired {
            self.arrangement.lifted.as_ref().map_or(0, |lifted| lifted.partner)
        } else {
            self.cursor.unwrap_or(0)
        };
        match action {
            Action::Up => self.carry(at.saturating_sub(1)),
            Action::Down => self.carry((at + 1).min(last)),
            Action::First => self.carry(0),
            Action::Last => self.carry(last),
            Action::Confirm | Action::Toggle => self.put_down(),
            Action::Option(n) if usize::from(n) <= last + 1 => {
                self.carry(usize::from(n) - 1);
                self.put_down();
            }
            Action::Back | Action::Undo => self.put_back(),
            Action::Left if paired => self.put_back(),
            _ => return false,
        }
        true
    }

    /// Answers, when everything has its place.
    fn hand_in(&mut self, around: &Around<'_>, effects: &mut Vec<Effect>) {
        match self.arranged() {
            Err(row) => {
                self.cursor = Some(row);
                self.hint = Some(Hint::ChooseFirst);
            }
            Ok(Response::Order(order)) if order == self.arrangement.first => {
                self.hint = Some(Hint::ChooseFirst);
            }
            Ok(response) => self.answer(response, around, effects),
        }
    }

    fn lift(&mut self, row: usize) {
        self.cursor = Some(row);
        let item = self.order[row];
        let known = self.arrangement.pairs.get(item).copied().flatten();
        let partner = known
            .and_then(|known| self.arrangement.partners.iter().position(|shown| *shown == known));
        self.arrangement.lifted = Some(Lifted {
            before: (self.order.clone(), self.arrangement.pairs.clone()),
            from: row,
            partner: partner.unwrap_or(0),
            held: None,
        });
    }

    /// Moves what is lifted to this row, or points at the partner there.
    fn carry(&mut self, to: usize) {
        let paired = self.is_paired();
        let Some(lifted) = &mut self.arrangement.lifted else { return };
        if paired {
            lifted.partner = to.min(self.arrangement.partners.len().saturating_sub(1));
            return;
        }
        let (Some(from), to) = (self.cursor, to.min(self.order.len() - 1)) else { return };
        let item = self.order.remove(from);
        self.order.insert(to, item);
        self.cursor = Some(to);
    }

    fn put_down(&mut self) {
        let Some(lifted) = self.arrangement.lifted.take() else { return };
        if self.is_paired()
            && let (Some(item), Some(partner)) =
                (self.order.get(lifted.from), self.arrangement.partners.get(lifted.partner))
        {
            self.arrangement.pairs[*item] = Some(*partner);
            // On to the next one that is without; else to the row that answers.
            let open = |row: &usize| self.arrangement.pairs[self.order[*row]].is_none();
            let rows = self.order.len();
            let next = (lifted.from + 1..rows).chain(0..lifted.from).find(open);
            self.cursor = Some(next.unwrap_or(rows));
        }
        let now = (&self.order, &self.arrangement.pairs);
        if (&lifted.before.0, &lifted.before.1) != now {
            self.arrangement.before.push(lifted.before);
        }
    }

    fn put_back(&mut self) {
        let Some(lifted) = self.arrangement.lifted.take() else { return };
        (self.order, self.arrangement.pairs) = lifted.before;
        self.cursor = Some(lifted.from);
    }

    /// What the mouse does: a click lifts and the next one puts down, or it is dragged there.
    /// Items come first among the targets, then the row that answers, then the partners.
    pub(super) fn mouse_arranging(
        &mut self,
        kind: MouseKind,
        target: Option<Target>,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) {
        if matches!(self.stage, Stage::Answered { .. }) {
            return;
        }
        let rows = self.order.len();
        let (row, partner) = match target {
            Some(Target::Item(at)) if at < rows => (Some(at), None),
            Some(Target::Item(at)) if at > rows => (None, Some(at - rows - 1)),
            _ => (None, None),
        };
        let place = if self.is_paired() { partner } else { row };
        let held = self.arrangement.lifted.as_ref().map(|lifted| lifted.held);
        match (kind, held) {
            (MouseKind::Down, None) => {
                self.hint = None;
                match (row, target) {
                    (Some(row), _) => {
                        self.lift(row);
                        self.hold(Some(false));
                    }
                    (None, Some(Target::Item(at))) if at == rows => {
                        self.cursor = Some(rows);
                        self.hand_in(around, effects);
                    }
                    _ => {}
                }
            }
            (MouseKind::Down, Some(_)) => match (place, row) {
                (Some(place), _) => {
                    self.carry(place);
                    self.put_down();
                }
                // Another item instead.
                (None, Some(row)) => {
                    let same = self.arrangement.lifted.as_ref().is_some_and(|it| it.from == row);
                    self.put_back();
                    if !same {
                        self.lift(row);
                        self.hold(Some(false));
                    }
                }
                (None, None) => self.put_back(),
            },
            (MouseKind::Drag, Some(Some(_))) => {
                if let Some(place) = place
                    && (self.is_paired() || self.cursor != Some(place))
                {
                    self.carry(place);
                    self.hold(Some(true));
                }
            }
            (MouseKind::Up, Some(Some(moved))) => {
                if moved && (place.is_some() || !self.is_paired()) {
                    self.put_down();
                } else {
                    self.hold(None);
                }
            }
            _ => {}
        }
    }

    fn hold(&mut self, held: Option<bool>) {
        if let Some(lifted) = &mut self.arrangement.lifted {
            lifted.held = held;
        }
    }
}
