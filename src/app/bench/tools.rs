//! Wiring, making, copying and searching.

use crate::{
    app::{
        Action, Around,
        bench::{
            Bench, Notice, Pane, Told,
            clip::{Bar, Clip, Pasted, Place},
            edit::{Edit, Order},
            form::{Form, Purpose},
            inspect::{Enter, Row, Says},
            pick::{Choice, Chosen, Pick, Picker, Stock, Trouble},
            wire::{End, Why, Wiring, why_not, wirings},
        },
        canvas::Spot,
    },
    cloud::Thing,
    i18n::Lang,
};

impl Bench {
    /// What lists are made from.
    pub fn stock(&self, lang: Lang) -> Stock<'_> {
        Stock {
            network: &self.network,
            allowed: &self.allowed,
            subject: self.subject(),
            spot: self.selection.spot,
            clip: self.clip.as_ref(),
            lang,
        }
    }

    /// The list that is open.
    pub fn picker(&self) -> Option<&Picker> {
        self.picker.as_ref()
    }

    /// What is selected, as an end of a wire.
    fn selected_end(&self) -> End {
        self.subject().map_or(End::Elsewhere, End::Thing)
    }

    /// Opens a list.
    pub(super) fn open(&mut self, pick: Pick) {
        self.form = None;
        self.picker = Some(Picker::new(pick));
    }

    /// What a key means beside the list.
    pub(super) fn act_in_tools(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        match action {
            Action::Wire => {
                let pick = Pick::Wire(self.selected_end());
                if self.stock(around.lang).choices(&Picker::new(pick)).is_empty() {
                    self.notice = Some(Notice::NoWire(Why::Nothing));
                } else {
                    self.open(pick);
                }
            }
            Action::New => self.open(Pick::New),
            Action::Find => self.open(Pick::Find),
            Action::Copy => self.copy(),
            Action::Paste => self.paste(told),
            Action::Duplicate => self.duplicate(told),
            _ => {}
        }
    }

    /// What a key means in the list.
    pub(super) fn act_in_picker(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        let Some(picker) = &self.picker else { return };
        let choices = self.stock(around.lang).choices(picker);
        let last = choices.len().saturating_sub(1);
        let at = picker.at.min(last);
        let to = match action {
            Action::Up | Action::Previous => at.checked_sub(1).unwrap_or(last),
            Action::Down | Action::Next => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            Action::PageUp => at.saturating_sub(8),
            Action::PageDown => (at + 8).min(last),
            Action::Back => {
                self.picker = None;
                return;
            }
            Action::Confirm => {
                if let Some(choice) = choices.into_iter().nth(at) {
                    self.choose(choice, around, told);
                }
                return;
            }
            _ => return,
        };
        if let Some(picker) = &mut self.picker {
            picker.at = to;
        }
    }

    /// Chooses the nth row of the list.
    pub(super) fn pick(&mut self, index: usize, around: Around<'_>, told: &mut Vec<Told>) {
        let Some(picker) = &mut self.picker else { return };
        picker.at = index;
        let picker = picker.clone();
        let choice = self.stock(around.lang).choices(&picker).into_iter().nth(index);
        if let Some(choice) = choice {
            self.choose(choice, around, told);
        }
    }

    fn choose(&mut self, choice: Choice, around: Around<'_>, told: &mut Vec<Told>) {
        match choice.trouble {
            Some(Trouble::Refused(refusal)) => {
                self.notice = Some(Notice::Refused(refusal));
                return;
            }
            Some(Trouble::NotAllowed) => {
                self.notice = Some(Notice::NotAllowed);
                return;
            }
            Some(Trouble::Needs(need)) => {
                self.notice = Some(Notice::Needs(need));
                return;
            }
            None => {}
        }
        self.picker = None;
        match choice.what {
            Chosen::Wire(_, wiring) => self.carry_out_wiring(&wiring, around, told),
            Chosen::Edit(edit) => self.edit(edit, around, told),
            Chosen::Show(Some(thing)) => {
                self.select_thing(thing);
                self.trail.clear();
                self.focus = Pane::Map;
            }
            Chosen::Show(None) => {
                self.select(Spot::Elsewhere);
                self.focus = Pane::Map;
            }
            Chosen::Copy => self.copy(),
            Chosen::Paste => self.paste(told),
            Chosen::Duplicate => self.duplicate(told),
            Chosen::Nothing => {}
        }
    }

    /// Wires two ends: at once when it means one thing, else asks which.
    pub(super) fn wire(&mut self, from: End, to: End, around: Around<'_>, told: &mut Vec<Told>) {
        let mut found = wirings(&self.network, from, to);
        match found.len() {
            0 => self.notice = Some(Notice::NoWire(why_not(&self.network, from, to))),
            1 => {
                let wiring = found.remove(0);
                self.carry_out_wiring(&wiring, around, told);
            }
            _ => self.open(Pick::Meaning(from, to)),
        }
    }

    fn carry_out_wiring(&mut self, wiring: &Wiring, around: Around<'_>, told: &mut Vec<Told>) {
        let form = match wiring {
            Wiring::Make(lines) => {
                let orders = lines.iter().cloned().map(Order::Line).collect();
                if self.make(orders, told) && !around.seen.wide {
                    self.focus = Pane::Map;
                }
                return;
            }
            Wiring::Packet(probe) => {
                self.send(*probe, around, told);
                return;
            }
            Wiring::Route(table, destination, target) => {
                Form::of_route(&self.network, *table, *destination, target)
            }
            Wiring::Rule(group, direction, peer) => {
                Form::of_rule(&self.network, *group, *direction, peer)
            }
        };
        let Some(form) = form else { return };
        if let Purpose::Edit(edit) = form.purpose
            && !edit.is_allowed(&self.allowed)
        {
            self.notice = Some(Notice::NotAllowed);
            return;
        }
        self.form = Some(form);
    }

    // -- copying

    /// The row of the inspector that is chosen, while one is there.
    pub(super) fn chosen_row(&self) -> Option<Row> {
        if self.focus != Pane::Inspect {
            return None;
        }
        self.rows().into_iter().filter(Row::is_live).nth(self.row)
    }

    /// What one would copy: the row of the inspector that is chosen, the thing that it leads to, or
    /// what is selected.
    fn copied(&self) -> Result<Clip, Option<Bar>> {
        if let Some(row) = self.chosen_row() {
            if let Some(clip) = Clip::of_row(&self.network, &row.says) {
                return Ok(clip);
            }
            if let Some(Enter::Show(thing)) = row.enter {
                return Clip::of(&self.network, thing).map_err(Some);
            }
        }
        Clip::of(&self.network, self.subject().ok_or(None)?).map_err(Some)
    }

    fn copy(&mut self) {
        self.notice = Some(match self.copied() {
            Ok(clip) => {
                let name = clip.name.clone();
                self.clip = Some(clip);
                Notice::Copied(name)
            }
            Err(bar) => Notice::NothingToCopy(bar),
        });
    }

    fn paste(&mut self, told: &mut Vec<Told>) {
        match self.clip.clone() {
            Some(clip) => self.put(self.pasted_here(&clip), told),
            None => self.notice = Some(Notice::NothingToPaste),
        }
    }

    /// What pasting this here orders.
    pub(super) fn pasted_here(&self, clip: &Clip) -> Result<Pasted, Bar> {
        let stock = self.stock(Lang::Ko);
        let place =
            Place { vpc: stock.vpc(), subnet: stock.subnet(false), subject: self.subject() };
        clip.orders(&self.network, place, &self.allowed)
    }

    /// What another one like this orders, beside it.
    pub(super) fn twin_of(&self, thing: Thing) -> Result<Pasted, Bar> {
        let clip = Clip::of(&self.network, thing)?;
        let stock = self.stock(Lang::Ko);
        let spot = if self.subject() == Some(thing) { stock.spot } else { Spot::Elsewhere };
        let stock = Stock { subject: Some(thing), spot, ..stock };
        let place = Place { vpc: stock.vpc(), subnet: stock.subnet(false), subject: Some(thing) };
        clip.orders(&self.network, place, &self.allowed)
    }

    /// What was copied.
    pub(super) fn clip(&self) -> Option<&Clip> {
        self.clip.as_ref()
    }

    fn put(&mut self, pasted: Result<Pasted, Bar>, told: &mut Vec<Told>) {
        match pasted {
            Ok(Pasted { orders, left }) => {
                let changes = orders.len();
                if self.make(orders, told) && (left > 0 || changes > SPELLED_OUT) {
                    let step = self.done.last();
                    let made = step.and_then(|step| step.made.iter().find_map(|made| made.made));
                    self.notice = Some(Notice::Pasted(made, changes, left));
                }
            }
            Err(bar) => self.notice = Some(Notice::NoPlaceToPaste(bar)),
        }
    }

    fn duplicate(&mut self, told: &mut Vec<Told>) {
        let row = self.chosen_row();
        // AWS refuses a second rule that says the same: it is changed before it is made.
        let form = row.as_ref().and_then(|row| match row.says {
            Says::Rule(group, direction, index) => {
                Some((Edit::EditRule(group, direction, index), Edit::AddRule(group, direction)))
            }
            Says::Entry(acl, direction, number) => {
                Some((Edit::EditEntry(acl, direction, number), Edit::AddEntry(acl, direction)))
            }
            Says::Route(table, index) => {
                let row = self.network.route_tables().get(table);
                let route = row.and_then(|row| row.routes.get(index));
                route
                    .map(|route| (Edit::EditRoute(table, route.destination), Edit::AddRoute(table)))
            }
            Says::Line(line) => Some((Edit::EditLine(line), Edit::AddLine(line.table()))),
            _ => None,
        });
        if let Some((old, new)) = form {
            if new.is_allowed(&self.allowed) {
                self.form = Form::alike(old, new, &self.network);
            } else {
                self.notice = Some(Notice::NotAllowed);
            }
            return;
        }
        let shown = row.and_then(|row| match row.enter {
            Some(Enter::Show(thing)) => Some(thing),
            _ => None,
        });
        match shown.or_else(|| self.subject()) {
            Some(thing) => self.put(self.twin_of(thing), told),
            None => self.notice = Some(Notice::NothingToCopy(None)),
        }
    }
}

/// With so few changes, a copy says each of them.
const SPELLED_OUT: usize = 3;
