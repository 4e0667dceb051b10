//! Changing the network: edits, forms, and the history.

use crate::{
    app::{
        Action, Around,
        bench::{
            Bench, Notice, Pane, Step, Told,
            edit::{Edit, Made, Order, carry_out},
            form::{Button, Form, Purpose},
            inspect::Enter,
            saved,
        },
    },
    cloud::{Change, Network},
};

impl Bench {
    /// Makes an edit, or asks for what it needs.
    pub(super) fn edit(&mut self, edit: Edit, around: Around<'_>, told: &mut Vec<Told>) {
        if !edit.is_allowed(&self.allowed) {
            self.notice = Some(Notice::NotAllowed);
        } else if let Some(mut form) = Form::of(edit, &self.network) {
            // What is selected is what the new thing is about.
            if let (Edit::New(_) | Edit::AddLine(_), Some(thing)) = (edit, self.subject()) {
                form.prefer(thing);
            }
            self.form = Some(form);
            self.focus = Pane::Inspect;
        } else if let Some(orders) = edit.at_once(&self.network)
            && self.make(orders, told)
        {
            self.show_made(edit, around);
        }
    }

    /// Asks whether an edit that needs no values shall be made, where what it would do is told.
    pub(super) fn ask_first(&mut self, edit: Edit) {
        if !edit.is_allowed(&self.allowed) {
            self.notice = Some(Notice::NotAllowed);
        } else if edit.at_once(&self.network).is_some() {
            self.form = Some(Form::confirm(edit));
        } else {
            self.notice = Some(Notice::NothingToDelete);
        }
    }

    /// In a small window, what was just made shows on the map, if it can be seen there.
    fn show_made(&mut self, edit: Edit, around: Around<'_>) {
        // What is changed in something without a place on the map is seen in the inspector.
        if !around.seen.wide && edit.shows_on_map() && self.selection.thing.is_none() {
            self.focus = Pane::Map;
        }
    }

    /// The network as it would be with these orders carried out, and what was made for that; else
    /// what is to be said.
    pub(super) fn try_out(&self, orders: Vec<Order>) -> Result<(Network, Vec<Made>), Notice> {
        let mut after = self.network.clone();
        let made = carry_out(&mut after, orders).map_err(Notice::of)?;
        if made.is_empty() || !made.iter().all(|made| self.allowed.allows(&made.change)) {
            return Err(Notice::NotAllowed);
        }
        Ok((after, made))
    }

    /// Carries orders out as one step; answers whether AWS would.
    pub(super) fn make(&mut self, orders: Vec<Order>, told: &mut Vec<Told>) -> bool {
        let (after, made) = match self.try_out(orders) {
            Ok(done) => done,
            Err(notice) => {
                self.notice = Some(notice);
                return false;
            }
        };
        self.remember_lights();
        let mut before = std::mem::replace(&mut self.network, after);
        let lines = saved::lines(&mut before, &made);
        self.notice = Some(Notice::Done(lines.clone()));
        self.done.push(Step { made, lines });
        self.undone.clear();
        self.network_changed();
        told.push(Told::Changed);
        self.show_new();
        true
    }

    /// What was just made is what one goes on with.
    fn show_new(&mut self) {
        let made = self.done.last().and_then(|step| step.made.iter().find_map(|made| made.made));
        if let Some(thing) = made.filter(|thing| self.network.name(*thing).is_some()) {
            self.select_thing(thing);
            self.trail.clear();
            // What has no place on the map is seen in the inspector only.
            let placed = self.selection.thing.is_none();
            self.focus = if placed { Pane::Map } else { Pane::Inspect };
        }
    }

    /// The network is another one: what was known of it is not any more.
    fn network_changed(&mut self) {
        self.foresight.forget();
        self.plots.forget();
        self.flight.changed(&self.network, !self.blind);
    }

    /// Makes these changes as one step, as if the learner had: for help that goes along.
    pub fn change(&mut self, changes: &[Change], told: &mut Vec<Told>) {
        self.make(changes.iter().cloned().map(Order::Change).collect(), told);
    }

    /// Everything that was changed so far, in order.
    pub fn changes(&self) -> Vec<Change> {
        self.done.iter().flat_map(Step::changes).collect()
    }

    pub(super) fn undo(&mut self, told: &mut Vec<Told>) {
        let Some(step) = self.done.pop() else {
            self.notice = Some(Notice::NothingToUndo);
            return;
        };
        self.remember_lights();
        for made in step.made.iter().rev() {
            self.network.undo(made.undo.clone());
        }
        self.notice = Some(Notice::Undone(step.lines.clone()));
        self.undone.push(step);
        self.network_changed();
        told.push(Told::Changed);
    }

    pub(super) fn redo(&mut self, told: &mut Vec<Told>) {
        let Some(step) = self.undone.pop() else {
            self.notice = Some(Notice::NothingToRedo);
            return;
        };
        let orders = step.changes().into_iter().map(Order::Change).collect();
        self.remember_lights();
        if let Ok(made) = carry_out(&mut self.network, orders) {
            self.notice = Some(Notice::Redone(step.lines.clone()));
            self.done.push(Step { made, lines: step.lines });
            self.network_changed();
            told.push(Told::Changed);
        }
    }

    /// Takes every step back, for good, and forgets what was sent.
    pub fn start_over(&mut self, told: &mut Vec<Told>) {
        while let Some(step) = self.done.pop() {
            for made in step.made.into_iter().rev() {
                self.network.undo(made.undo);
            }
        }
        self.undone.clear();
        self.network_changed();
        self.sent.clear();
        self.were.clear();
        self.own.clear();
        self.flight.close();
        self.notice = Some(Notice::StartedOver);
        self.focus = Pane::Map;
        told.push(Told::Changed);
    }

    pub(super) fn act_in_form(&mut self, action: Action, around: Around<'_>, told: &mut Vec<Told>) {
        let Some(form) = &mut self.form else { return };
        match action {
            Action::Up => form.turn(false, &self.network),
            Action::Down => form.turn(true, &self.network),
            Action::Next => form.step(true),
            Action::Previous => form.step(false),
            Action::Back => self.form = None,
            Action::Confirm => {
                let button = form.at.checked_sub(form.fields.len());
                match button.and_then(|index| form.buttons().get(index).copied()) {
                    None => {
                        form.step(true);
                        if form.at >= form.fields.len() {
                            form.at = form.fields.len();
                            self.send_off(around, told);
                        }
                    }
                    Some(button) => self.press(button, around, told),
                }
            }
            _ => {}
        }
    }

    pub(super) fn press(&mut self, button: Button, around: Around<'_>, told: &mut Vec<Told>) {
        match button {
            Button::Make => self.send_off(around, told),
            Button::Remove(edit) => {
                self.form = None;
                self.edit(edit, around, told);
            }
            Button::Cancel => self.form = None,
        }
    }

    /// Sends the form off: to AWS, so to speak, or as a packet.
    fn send_off(&mut self, around: Around<'_>, told: &mut Vec<Told>) {
        let Some(form) = &mut self.form else { return };
        form.tried = true;
        if let Some((field, _)) = form.first_problem(&self.network) {
            form.at = field;
            return;
        }
        match form.purpose {
            Purpose::Packet => {
                if let Some(probe) = form.probe(&self.network) {
                    self.form = None;
                    self.send(probe, around, told);
                }
            }
            Purpose::Edit(edit) => {
                let Some(orders) = form.orders(&self.network) else { return };
                if orders.is_empty() {
                    self.form = None;
                } else if self.make(orders, told) {
                    self.form = None;
                    self.show_made(edit, around);
                    // What is done once is often done again: a list that grew may have moved it.
                    let rows = self.rows();
                    let mut live = rows.iter().filter(|row| row.is_live());
                    if let Some(at) = live.position(|row| row.enter == Some(Enter::Edit(edit))) {
                        self.row = at;
                    }
                }
            }
        }
    }
}
