//! The mouse on the bench.

use crate::app::{
    Action, Around, MouseKind, Target,
    bench::{Bench, Pane, Selection, Told, outline},
};

impl Bench {
    pub(super) fn mouse(
        &mut self,
        kind: MouseKind,
        target: Option<Target>,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        match kind {
            MouseKind::Down => {
                if let Some(target) = target {
                    self.click(target, around, told);
                }
            }
            MouseKind::WheelUp | MouseKind::WheelDown => {
                let down = kind == MouseKind::WheelDown;
                if let Some(Target::Spot(_) | Target::Pane(Pane::Map)) = target {
                    // The window goes where the wheel turns it, until the next key.
                    self.free = true;
                    let y = self.pan.1;
                    self.pan.1 = if down { y.saturating_add(3) } else { y.saturating_sub(3) };
                } else {
                    self.act(if down { Action::Down } else { Action::Up }, around, told);
                }
            }
            _ => {}
        }
    }

    fn click(&mut self, target: Target, around: Around<'_>, told: &mut Vec<Told>) {
        let (now, motion) = (around.now, around.look.motion);
        if self.board.is_some() {
            match target {
                Target::Cell(cell) => self.click_on_board(cell),
                Target::Box => {}
                // Beside the box: it closes.
                _ => self.board = None,
            }
            return;
        }
        match target {
            Target::Spot(spot) => {
                self.form = None;
                if self.focus == Pane::Map && self.selection == (Selection { spot, thing: None }) {
                    self.focus = Pane::Inspect;
                } else {
                    self.select(spot);
                    self.focus = Pane::Map;
                }
            }
            Target::Pane(pane) => {
                self.look_at(pane);
            }
            Target::Row(Pane::Map, index) => {
                let lines = outline::outline(&self.network);
                self.form = None;
                self.focus = Pane::Map;
                if self.list_at(&lines) == Some(index) {
                    self.focus = Pane::Inspect;
                } else {
                    self.take_line(&lines, Some(index));
                }
            }
            Target::Row(Pane::Inspect, index) => {
                self.focus = Pane::Inspect;
                self.row = index;
                self.act_in_inspector(Action::Confirm, around, told);
            }
            Target::Field(index) => {
                if let Some(form) = &mut self.form {
                    form.at = index.min(form.count().saturating_sub(1));
                    let button = form.at.checked_sub(form.fields.len());
                    let button = button.and_then(|index| form.buttons().get(index).copied());
                    if let Some(button) = button {
                        self.press(button, around, told);
                    }
                }
            }
            Target::Known(index) => {
                if let Some(form) = &mut self.form {
                    let field = form.at;
                    form.take(field, index);
                }
            }
            Target::Item(index) if self.form.is_none() => {
                self.focus = Pane::Flight;
                if self.flight.is_idle() && index >= self.flight.packets().len() {
                    self.own_packet();
                } else {
                    let said = self.flight.pick(index, &self.network, now, motion);
                    self.heard(said, told);
                }
            }
            Target::Hop(hop) => {
                self.focus = Pane::Flight;
                let said = self.flight.show(hop);
                self.heard(said, told);
            }
            _ => {}
        }
    }
}
