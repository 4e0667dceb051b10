//! A lab on screen: a network to be looked at and changed, goals that turn true or false, packets
//! to be sent, and every step of it undoable and kept.

pub mod edit;
pub mod form;
pub mod goals;
pub mod inspect;
pub mod outline;
pub mod saved;

use std::{sync::Arc, time::Duration};

use crate::{
    app::{
        Action, Area, Around, Effect, Go, Input, MouseKind, Scope, Seen, Target,
        canvas::{self, Canvas, Scale, Spot, Way},
        flight::{Flight, Said, Stage},
    },
    cloud::{Change, Network, Probe, Refusal, Thing},
    course::{self, GoalCheck, LabId, Lesson, NamedPacket, scene::print_probe},
    journal::{Event, Progress},
};

use edit::{Edit, Made, Order, carry_out};
use form::{Button, Form, Purpose};
use goals::{GoalRow, State};
use inspect::{Enter, Row};

/// The parts of the screen; in a small window they take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// The network, as a map or a list.
    Map,
    /// What is selected.
    Inspect,
    /// The goals, the hints, the counts.
    Goals,
    /// The packet.
    Flight,
}

impl Pane {
    /// In the order of their digits.
    pub const ALL: [Self; 4] = [Self::Map, Self::Inspect, Self::Goals, Self::Flight];
}

/// How the network is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// As a map, as near as it fits.
    Fit,
    /// As a map at this scale.
    Map(Scale),
    /// As a list.
    List,
}

/// What is selected: a place on the map, and the object, where it has no place of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The place on the map where the arrows go on from.
    pub spot: Spot,
    /// An object without a place of its own: a group, a table that no subnet uses.
    pub thing: Option<Thing>,
}

/// A box over the lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// What this lab is about.
    Brief,
    /// All goals hold: go on, or keep experimenting.
    Solved(usize),
    /// Really start over?
    Reset(usize),
}

/// What is to be said about what was just done.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// AWS would refuse this.
    Refused(Refusal),
    /// This was done: the lines of its changes.
    Done(Vec<String>),
    /// This was taken back.
    Undone(Vec<String>),
    /// This was done again.
    Redone(Vec<String>),
    /// Everything is as it was at the beginning.
    StartedOver,
    /// There is nothing to take back.
    NothingToUndo,
    /// There is nothing to do again.
    NothingToRedo,
    /// The lab does not allow this.
    NotAllowed,
    /// There is no further hint.
    NoMoreHints,
    /// The chosen row is nothing that could be taken away.
    NothingToDelete,
    /// So many saved steps do not fit this lab any more.
    Lost(usize),
}

/// One step of the learner: one edit, made of one or more changes.
#[derive(Debug, Clone)]
pub struct Step {
    /// The changes, and what takes them back.
    pub made: Vec<Made>,
    /// The changes as lines, written in the network as it was before each.
    pub lines: Vec<String>,
}

impl Step {
    /// What it counts against par.
    pub fn cost(&self) -> u32 {
        self.made.iter().map(|made| made.change.cost()).sum()
    }

    fn changes(&self) -> Vec<Change> {
        self.made.iter().map(|made| made.change.clone()).collect()
    }
}

/// Do all goals hold?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Solved {
    No,
    /// They do, and the learner has not been told yet.
    Untold,
    Yes,
}

/// A lab on screen.
#[derive(Debug)]
pub struct Lab {
    lesson: Arc<Lesson>,
    index: usize,
    network: Network,
    done: Vec<Step>,
    undone: Vec<Step>,
    sent: Vec<Probe>,
    hints: usize,
    own: Vec<NamedPacket>,
    flight: Flight,
    focus: Pane,
    details: bool,
    view: View,
    pan: (u16, u16),
    free: bool,
    selection: Selection,
    /// The column of the map in which a walk up or down began.
    column: Option<u16>,
    trail: Vec<(Selection, usize)>,
    row: usize,
    goal_row: usize,
    form: Option<Form>,
    panel: Option<Panel>,
    notice: Option<Notice>,
    solved: Solved,
}

impl Lab {
    /// Opens a lab where the learner left it; `None` when the lesson has none of that name.
    pub fn open(lesson: &Arc<Lesson>, id: &LabId, progress: &Progress) -> Option<Self> {
        let index =
            lesson.labs.iter().position(|lab| lab.id == *id || lab.aliases.contains(&id.0))?;
        let lab = &lesson.labs[index];
        let kept = progress.lab(&lab.id.0);
        let saved = saved::restore(&lab.scene.network, kept.and_then(|kept| kept.saved()));
        let hints = kept.map_or(0, |kept| {
            let shown = kept.hints().into_iter().next_back().map_or(0, |rung| rung as usize + 1);
            shown.min(lab.hints.len())
        });
        let fresh = saved.done.is_empty() && saved.undone.is_empty() && saved.sent.is_empty();
        let selection = first_selection(&saved.network);
        let mut this = Self {
            lesson: Arc::clone(lesson),
            index,
            network: saved.network,
            done: saved.done,
            undone: saved.undone,
            sent: saved.sent,
            hints,
            own: Vec::new(),
            flight: Flight::new(lab.id.0.clone(), Vec::new(), true),
            focus: Pane::Map,
            details: false,
            view: View::Fit,
            pan: (0, 0),
            free: false,
            selection,
            column: None,
            trail: Vec::new(),
            row: 0,
            goal_row: 0,
            form: None,
            panel: fresh.then_some(Panel::Brief),
            notice: (saved.lost > 0).then_some(Notice::Lost(saved.lost)),
            solved: Solved::No,
        };
        if this.all_goals_hold() {
            this.solved = Solved::Yes;
        }
        this.offer_packets();
        Some(this)
    }

    // -- what the screen shows

    /// The lab.
    pub fn lab(&self) -> &course::Lab {
        &self.lesson.labs[self.index]
    }

    /// The network as it is now.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The flight of packets.
    pub fn flight(&self) -> &Flight {
        &self.flight
    }

    /// Which part has the keyboard.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// In a small window: the hops in detail, rather than the packet on the map?
    pub fn details(&self) -> bool {
        self.details
    }

    /// How the network is shown.
    pub fn view(&self) -> View {
        self.view
    }

    /// What is selected.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// The object that the inspector shows; `None` for the rest of the internet.
    pub fn subject(&self) -> Option<Thing> {
        self.selection.thing.or_else(|| self.selection.spot.thing(&self.network))
    }

    /// What is marked on the map: the selected thing, or the place that is pointed at while one
    /// thinks about where a packet will be dropped.
    pub fn pointed(&self) -> Option<Spot> {
        match (self.focus, self.flight.stage()) {
            (Pane::Flight, Stage::Where { cursor, suspects }) => {
                let (_, place) = suspects.get(*cursor)?;
                canvas::spot_of_place(&self.network, *place)
            }
            (Pane::Flight, _) => None,
            _ => Some(self.selection.spot),
        }
    }

    /// The form that is open.
    pub fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// The box over the lab.
    pub fn panel(&self) -> Option<Panel> {
        self.panel
    }

    /// What is to be said about what was just done.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// What the changes count so far.
    pub fn cost(&self) -> u32 {
        self.done.iter().map(Step::cost).sum()
    }

    /// How many steps can be taken back, and done again.
    pub fn steps(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }

    /// How many hints are on screen.
    pub fn hints(&self) -> usize {
        self.hints
    }

    /// Do all goals hold?
    pub fn is_solved(&self) -> bool {
        self.solved != Solved::No
    }

    /// The state of each goal.
    pub fn goals(&self) -> Vec<State> {
        self.lab().goals.iter().map(|goal| goals::state(goal, &self.network, &self.sent)).collect()
    }

    /// The rows of the goals pane.
    pub fn goal_rows(&self) -> Vec<GoalRow> {
        goals::rows(self.lab(), &self.goals(), self.hints, self.steps())
    }

    /// The chosen row of the goals pane, among those that can be chosen.
    pub fn goal_row(&self) -> usize {
        self.goal_row
    }

    /// The rows of the inspector.
    pub fn rows(&self) -> Vec<Row> {
        match self.subject() {
            Some(thing) => inspect::rows(&self.network, thing, &self.lab().allowed),
            None => inspect::elsewhere(),
        }
    }

    /// The chosen row of the inspector, among those that can be chosen.
    pub fn row(&self) -> usize {
        self.row
    }

    /// The map for a window this large.
    pub fn canvas(&self, width: u16, height: u16) -> Canvas {
        match self.view {
            View::Map(scale) => canvas::layout(&self.network, scale, width),
            View::Fit | View::List => canvas::fit(&self.network, width, height),
        }
    }

    /// Is the network shown as a list in a window this large?
    pub fn is_list(&self, width: u16, height: u16) -> bool {
        match self.view {
            View::List => true,
            View::Map(_) => false,
            View::Fit => width < 36 || height < 9,
        }
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, now: Duration) -> Option<Duration> {
        self.flight.wakes_in(now)
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.panel.is_some() {
            return vec![Scope::LabPanel];
        }
        if self.form.is_some() {
            return vec![Scope::LabForm];
        }
        match self.focus {
            Pane::Map => vec![Scope::Lab, Scope::LabTools],
            Pane::Inspect => vec![Scope::LabInspect, Scope::LabTools],
            Pane::Goals => vec![Scope::LabGoals, Scope::LabTools],
            Pane::Flight if self.flight.travel().is_some() => {
                vec![Scope::LabTravel, Scope::LabTools]
            }
            Pane::Flight => vec![Scope::LabPacket],
        }
    }

    /// Would this key do anything now? See [`Flight::offers`].
    pub fn offers(&self, action: Action, seen: &Seen) -> bool {
        if let Some(panel) = self.panel {
            return panel != Panel::Brief || !matches!(action, Action::Up | Action::Down);
        }
        if self.form.is_some() {
            return true;
        }
        match (self.focus, action) {
            (_, Action::Undo) => !self.done.is_empty(),
            (_, Action::Redo) => !self.undone.is_empty(),
            (_, Action::Hint) => self.hints < self.lab().hints.len(),
            (Pane::Map, Action::Left | Action::Right) => !self.is_list(seen.map.0, seen.map.1),
            (Pane::Inspect, Action::Up | Action::Down | Action::Confirm | Action::Delete) => {
                let rows = self.rows();
                let live: Vec<&Row> = rows.iter().filter(|row| row.is_live()).collect();
                match action {
                    Action::Confirm => live.get(self.row).is_some_and(|row| row.enter.is_some()),
                    Action::Delete => live.get(self.row).is_some_and(|row| row.delete.is_some()),
                    _ => live.len() > 1,
                }
            }
            (Pane::Goals, Action::Up | Action::Down | Action::Confirm) => {
                let live = self.goal_rows().iter().filter(|row| row.is_live()).count();
                live > usize::from(action != Action::Confirm)
            }
            // Below the packets of the lab stands the row for one's own.
            (Pane::Flight, Action::Up | Action::Down | Action::Confirm)
                if self.flight.is_idle() =>
            {
                true
            }
            (Pane::Flight, Action::Next) => !seen.wide,
            (Pane::Flight, _) => self.flight.offers(action),
            _ => true,
        }
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        self.panel.is_none() && self.form.as_ref().is_some_and(Form::typing)
    }

    // -- what happens

    /// Takes an input.
    pub fn update(
        &mut self,
        input: &Input,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let go = match input {
            Input::Act(action) => {
                self.notice = None;
                self.free = false;
                self.act(*action, around, effects)
            }
            Input::Type(key) => {
                if let Some(form) = &mut self.form {
                    form.type_key(*key);
                }
                None
            }
            Input::Paste(text) => {
                if let Some(form) = &mut self.form {
                    form.paste(text);
                }
                None
            }
            Input::Mouse(mouse, target) => self.mouse(mouse.kind, *target, around, effects),
            Input::Tick => {
                let said = self.flight.tick(around.now, around.look.motion);
                self.heard(said, effects);
                None
            }
            Input::Seen => None,
        };
        if !matches!(input, Input::Tick | Input::Seen) {
            self.settle();
        }
        self.praise();
        self.follow(around);
        go
    }

    fn act(&mut self, action: Action, around: Around<'_>, effects: &mut Vec<Effect>) -> Option<Go> {
        if let Some(panel) = self.panel {
            return self.act_in_panel(panel, action, effects);
        }
        if self.form.is_some() {
            self.act_in_form(action, around, effects);
            return None;
        }
        match action {
            Action::Undo => self.undo(effects),
            Action::Redo => self.redo(effects),
            Action::Reset => self.panel = Some(Panel::Reset(1)),
            Action::Hint => self.hint(effects),
            Action::Goals => self.look_at(Pane::Goals),
            Action::ZoomIn => self.zoom(around, true),
            Action::ZoomOut => self.zoom(around, false),
            Action::List => {
                self.view = if self.view == View::List { View::Fit } else { View::List };
            }
            Action::Option(digit) if !self.digits_choose() => {
                if let Some(pane) = Pane::ALL.get(usize::from(digit).wrapping_sub(1)) {
                    self.look_at(*pane);
                }
            }
            Action::Send if self.focus != Pane::Flight => self.look_at(Pane::Flight),
            _ => {
                return match self.focus {
                    Pane::Map => self.act_on_map(action, around, effects),
                    Pane::Inspect => {
                        self.act_in_inspector(action, around, effects);
                        None
                    }
                    Pane::Goals => self.act_in_goals(action, around, effects),
                    Pane::Flight => {
                        self.act_in_flight(action, around, effects);
                        None
                    }
                };
            }
        }
        None
    }

    fn look_at(&mut self, pane: Pane) {
        self.focus = pane;
        if pane == Pane::Flight {
            self.details = false;
        }
    }

    // -- the map

    fn act_on_map(
        &mut self,
        action: Action,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let (width, height) = around.seen.map;
        if self.is_list(width, height) {
            match action {
                Action::Up | Action::Previous => self.step_in_list(false),
                Action::Down | Action::Next => self.step_in_list(true),
                Action::First => self.jump_in_list(false),
                Action::Last => self.jump_in_list(true),
                _ => return self.act_on_selection(action, around, effects),
            }
            return None;
        }
        let canvas = self.canvas(width, height);
        let ways = [
            (Action::Up, Way::Up),
            (Action::Down, Way::Down),
            (Action::Left, Way::Left),
            (Action::Right, Way::Right),
        ];
        if let Some((_, way)) = ways.iter().find(|(arrow, _)| *arrow == action) {
            let from = canvas.shown(&self.network, self.selection.spot).map(|node| node.spot);
            let column = from.and_then(|from| self.column.or_else(|| canvas.column(from)));
            let next = match from {
                Some(from) => canvas.toward(from, *way, column),
                None => canvas.ring().first().copied(),
            };
            if let Some(spot) = next {
                self.select(spot);
                self.column = column.filter(|_| matches!(way, Way::Up | Way::Down));
            }
            return None;
        }
        let ring = canvas.ring();
        let at = ring.iter().position(|spot| *spot == self.selection.spot);
        let next = match (action, at) {
            (Action::Next, Some(at)) => (at + 1) % ring.len(),
            (Action::Previous, Some(at)) => (at + ring.len() - 1) % ring.len(),
            (Action::Next | Action::First, _) => 0,
            (Action::Previous | Action::Last, _) => ring.len().saturating_sub(1),
            _ => return self.act_on_selection(action, around, effects),
        };
        if let Some(spot) = ring.get(next) {
            self.select(*spot);
        }
        None
    }

    fn act_on_selection(
        &mut self,
        action: Action,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match action {
            Action::Confirm | Action::Edit => {
                self.row = 0;
                self.focus = Pane::Inspect;
            }
            Action::Delete => {
                if let Some(thing) = self.subject() {
                    self.edit(Edit::Delete(thing), around, effects);
                }
            }
            Action::Back => return Some(Go::Back),
            _ => {}
        }
        None
    }

    /// Selects a place on the map.
    fn select(&mut self, spot: Spot) {
        let selection = Selection { spot, thing: None };
        if selection != self.selection {
            self.selection = selection;
            self.trail.clear();
            self.row = 0;
        }
        self.column = None;
    }

    /// Selects an object, on the map when it has a place there.
    fn select_thing(&mut self, thing: Thing) {
        let spot = canvas::spot_of_thing(&self.network, thing);
        self.selection = match spot {
            // The same table at the subnet where one is, rather than at the first that uses it.
            Some(_) if self.selection.spot.thing(&self.network) == Some(thing) => {
                Selection { spot: self.selection.spot, thing: None }
            }
            Some(spot) => Selection { spot, thing: None },
            None => Selection { spot: self.selection.spot, thing: Some(thing) },
        };
        self.column = None;
        self.row = 0;
    }

    fn list_at(&self, lines: &[outline::Line]) -> Option<usize> {
        let thing = self.subject();
        lines.iter().position(|line| match line.entry.subject(&self.network) {
            Some((_, Some(other))) => thing == Some(other),
            Some((Some(spot), None)) => thing.is_none() && spot == self.selection.spot,
            _ => false,
        })
    }

    fn step_in_list(&mut self, forward: bool) {
        let lines = outline::outline(&self.network);
        let at = self.list_at(&lines);
        let live = |index: &usize| lines[*index].entry.subject(&self.network).is_some();
        let next = match (at, forward) {
            (Some(at), true) => (at + 1..lines.len()).find(live),
            (Some(at), false) => (0..at).rev().find(live),
            (None, _) => (0..lines.len()).find(live),
        };
        self.take_line(&lines, next);
    }

    fn jump_in_list(&mut self, end: bool) {
        let lines = outline::outline(&self.network);
        let live = |index: &usize| lines[*index].entry.subject(&self.network).is_some();
        let mut indices = 0..lines.len();
        let next = if end { indices.rfind(live) } else { indices.find(live) };
        self.take_line(&lines, next);
    }

    fn take_line(&mut self, lines: &[outline::Line], index: Option<usize>) {
        let subject = index.and_then(|index| lines.get(index)?.entry.subject(&self.network));
        match subject {
            Some((_, Some(thing))) => {
                self.select_thing(thing);
                self.trail.clear();
            }
            Some((Some(spot), None)) => self.select(spot),
            _ => {}
        }
    }

    fn zoom(&mut self, around: Around<'_>, nearer: bool) {
        let now = match self.view {
            View::Map(scale) => scale,
            View::Fit | View::List => self.canvas(around.seen.map.0, around.seen.map.1).scale,
        };
        self.view = View::Map(if nearer { now.nearer() } else { now.farther() });
    }

    /// Where a window this large onto the map begins: no further from where it was than needed to
    /// keep what is looked at in sight.
    pub fn window(&self, canvas: &Canvas, width: u16, height: u16) -> (u16, u16) {
        let most = (canvas.width.saturating_sub(width), canvas.height.saturating_sub(height));
        let travel = self.flight.travel().filter(|_| self.focus == Pane::Flight);
        let focus = match travel {
            _ if self.free => None,
            Some(travel) => {
                let place = travel.trace.hops.get(travel.hop()).map(|hop| hop.place);
                let cell = place.and_then(|place| canvas.stop_of(&self.network, place));
                cell.map(|(x, y)| Area { x, y, width: 1, height: 1 })
            }
            None => self
                .pointed()
                .and_then(|spot| canvas.shown(&self.network, spot))
                .map(|node| node.label),
        };
        match focus {
            Some(area) => (
                canvas::pan(canvas.width, width, self.pan.0, (area.x, area.width), 6),
                canvas::pan(canvas.height, height, self.pan.1, (area.y, area.height), 3),
            ),
            None => (self.pan.0.min(most.0), self.pan.1.min(most.1)),
        }
    }

    /// Moves the window onto the map after what is looked at.
    fn follow(&mut self, around: Around<'_>) {
        let (width, height) = around.seen.map;
        if width > 0 && height > 0 && !self.is_list(width, height) {
            let canvas = self.canvas(width, height);
            self.pan = self.window(&canvas, width, height);
        }
    }

    // -- the inspector

    fn act_in_inspector(&mut self, action: Action, around: Around<'_>, effects: &mut Vec<Effect>) {
        let rows = self.rows();
        let live: Vec<&Row> = rows.iter().filter(|row| row.is_live()).collect();
        match action {
            Action::Up | Action::Previous => self.row = self.row.saturating_sub(1),
            Action::Down | Action::Next => {
                self.row = (self.row + 1).min(live.len().saturating_sub(1));
            }
            Action::First => self.row = 0,
            Action::Last => self.row = live.len().saturating_sub(1),
            Action::Confirm | Action::Edit => {
                if let Some(enter) = live.get(self.row).and_then(|row| row.enter) {
                    self.enter(enter, around, effects);
                }
            }
            Action::Delete => match live.get(self.row).and_then(|row| row.delete) {
                Some(edit) => self.edit(edit, around, effects),
                None => self.notice = Some(Notice::NothingToDelete),
            },
            Action::Back => match self.trail.pop() {
                Some((selection, row)) => {
                    self.selection = selection;
                    self.row = row;
                }
                None => self.focus = Pane::Map,
            },
            _ => {}
        }
    }

    fn enter(&mut self, enter: Enter, around: Around<'_>, effects: &mut Vec<Effect>) {
        match enter {
            Enter::Show(thing) => {
                self.trail.push((self.selection, self.row));
                self.select_thing(thing);
            }
            Enter::Edit(edit) => self.edit(edit, around, effects),
            Enter::Packet => self.own_packet(),
        }
    }

    /// A packet of one's own, from what is selected.
    fn own_packet(&mut self) {
        let from = match self.subject() {
            Some(Thing::Instance(id)) => {
                self.network.instances().get(id).map(|row| row.name.to_string())
            }
            Some(Thing::Host(id)) => self.network.hosts().get(id).map(|row| row.name.to_string()),
            Some(thing @ Thing::Interface(_)) => self.network.name(thing).map(ToString::to_string),
            None if self.selection.spot == Spot::Elsewhere => Some("internet".to_owned()),
            _ => None,
        };
        self.form = Some(Form::packet(&self.network, from.as_deref()));
        self.focus = Pane::Flight;
        self.details = false;
    }

    // -- edits

    /// Makes an edit, or asks for what it needs.
    fn edit(&mut self, edit: Edit, around: Around<'_>, effects: &mut Vec<Effect>) {
        if !edit.is_allowed(&self.lab().allowed) {
            self.notice = Some(Notice::NotAllowed);
        } else if let Some(form) = Form::of(edit, &self.network) {
            self.form = Some(form);
            self.focus = Pane::Inspect;
        } else if let Some(changes) = edit.at_once(&self.network) {
            let orders = changes.into_iter().map(Order::Change).collect();
            if self.make(orders, effects) {
                self.show_made(edit, around);
            }
        }
    }

    /// In a small window, what was just made shows on the map, if it can be seen there.
    fn show_made(&mut self, edit: Edit, around: Around<'_>) {
        if !around.seen.wide && edit.shows_on_map() {
            self.focus = Pane::Map;
        }
    }

    /// Carries orders out as one step; answers whether AWS would.
    fn make(&mut self, orders: Vec<Order>, effects: &mut Vec<Effect>) -> bool {
        let allowed = &self.lab().allowed;
        let forbidden = orders.iter().any(|order| match order {
            Order::Change(change) => !allowed.allows(change),
            Order::AttachMade(_) => !allowed.allows_verb("attach-internet-gateway"),
        });
        if forbidden {
            self.notice = Some(Notice::NotAllowed);
            return false;
        }
        let mut before = self.network.clone();
        match carry_out(&mut self.network, orders) {
            Ok(made) => {
                let lines = saved::lines(&mut before, &made);
                self.notice = Some(Notice::Done(lines.clone()));
                self.done.push(Step { made, lines });
                self.undone.clear();
                self.changed(effects);
                true
            }
            Err(refusal) => {
                self.notice = Some(Notice::Refused(refusal));
                false
            }
        }
    }

    fn undo(&mut self, effects: &mut Vec<Effect>) {
        let Some(step) = self.done.pop() else {
            self.notice = Some(Notice::NothingToUndo);
            return;
        };
        for made in step.made.iter().rev() {
            self.network.undo(made.undo.clone());
        }
        self.notice = Some(Notice::Undone(step.lines.clone()));
        self.undone.push(step);
        self.changed(effects);
    }

    fn redo(&mut self, effects: &mut Vec<Effect>) {
        let Some(step) = self.undone.pop() else {
            self.notice = Some(Notice::NothingToRedo);
            return;
        };
        let orders = step.changes().into_iter().map(Order::Change).collect();
        if let Ok(made) = carry_out(&mut self.network, orders) {
            self.notice = Some(Notice::Redone(step.lines.clone()));
            self.done.push(Step { made, lines: step.lines });
            self.changed(effects);
        }
    }

    fn start_over(&mut self, effects: &mut Vec<Effect>) {
        while let Some(step) = self.done.pop() {
            for made in step.made.into_iter().rev() {
                self.network.undo(made.undo);
            }
        }
        self.undone.clear();
        self.sent.clear();
        self.own.clear();
        self.flight.close();
        self.notice = Some(Notice::StartedOver);
        self.focus = Pane::Map;
        self.changed(effects);
    }

    /// The network or what was seen is not what it was: everything that follows from it.
    fn changed(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Record(Event::LabSaved {
            lab: self.lab().id.0.clone(),
            changes: saved::save(&self.done, &self.undone, &self.sent, &self.network),
        }));
        self.offer_packets();
        if !self.all_goals_hold() {
            self.solved = Solved::No;
        } else if self.solved == Solved::No {
            effects.push(Effect::Record(Event::LabSolved {
                lab: self.lab().id.0.clone(),
                cost: self.cost(),
                par: self.lab().par,
                hints: self.hints as u32,
            }));
            self.solved = Solved::Untold;
        }
    }

    fn all_goals_hold(&self) -> bool {
        let goals = self.goals();
        !goals.is_empty() && goals.iter().all(State::holds)
    }

    /// Says that the lab is solved, but not over a packet that is still looked at.
    fn praise(&mut self) {
        let looking = self.focus == Pane::Flight && self.flight.travel().is_some();
        if self.solved == Solved::Untold && !looking && self.form.is_none() {
            self.solved = Solved::Yes;
            self.panel = Some(Panel::Solved(0));
        }
    }

    /// What is selected may be gone, and rows with it.
    fn settle(&mut self) {
        let gone = |selection: Selection, network: &Network| match (selection.thing, selection.spot)
        {
            (Some(thing), _) => network.name(thing).is_none(),
            (None, Spot::Elsewhere) => false,
            (None, spot) => spot.thing(network).is_none(),
        };
        if gone(self.selection, &self.network) {
            self.selection = first_selection(&self.network);
            self.trail.clear();
        }
        self.trail.retain(|(selection, _)| !gone(*selection, &self.network));
        let live = self.rows().iter().filter(|row| row.is_live()).count();
        self.row = self.row.min(live.saturating_sub(1));
        let live = self.goal_rows().iter().filter(|row| row.is_live()).count();
        self.goal_row = self.goal_row.min(live.saturating_sub(1));
    }

    // -- the form

    fn act_in_form(&mut self, action: Action, around: Around<'_>, effects: &mut Vec<Effect>) {
        let Some(form) = &mut self.form else { return };
        match action {
            Action::Up => form.turn(false),
            Action::Down => form.turn(true),
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
                            self.send_off(around, effects);
                        }
                    }
                    Some(button) => self.press(button, around, effects),
                }
            }
            _ => {}
        }
    }

    fn press(&mut self, button: Button, around: Around<'_>, effects: &mut Vec<Effect>) {
        match button {
            Button::Make => self.send_off(around, effects),
            Button::Remove(edit) => {
                self.form = None;
                self.edit(edit, around, effects);
            }
            Button::Cancel => self.form = None,
        }
    }

    /// Sends the form off: to AWS, so to speak, or as a packet.
    fn send_off(&mut self, around: Around<'_>, effects: &mut Vec<Effect>) {
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
                    self.send(probe, around, effects);
                }
            }
            Purpose::Edit(edit) => {
                let Some(orders) = form.orders(&self.network) else { return };
                if orders.is_empty() {
                    self.form = None;
                } else if self.make(orders, effects) {
                    self.form = None;
                    self.show_made(edit, around);
                }
            }
        }
    }

    // -- packets

    /// Offers the packets of the scene, then those of the goals, then one's own.
    fn offer_packets(&mut self) {
        let lab = &self.lesson.labs[self.index];
        let mut packets: Vec<NamedPacket> = lab.scene.packets.clone();
        let goals = lab.goals.iter().flat_map(|goal| &goal.checks).filter_map(GoalCheck::probe);
        for probe in goals.chain(self.own.iter().map(|packet| packet.probe)) {
            if !packets.iter().any(|packet| packet.probe == probe) {
                let written = print_probe(&self.network, &probe);
                packets.push(NamedPacket { name: "".into(), probe, written });
            }
        }
        self.flight.offer(packets);
    }

    /// Begins the flight of this packet.
    fn send(&mut self, probe: Probe, around: Around<'_>, effects: &mut Vec<Effect>) {
        if !self.flight.packets().iter().any(|packet| packet.probe == probe) {
            let written = print_probe(&self.network, &probe);
            self.own.push(NamedPacket { name: "".into(), probe, written });
            self.offer_packets();
        }
        let index = self.flight.packets().iter().position(|packet| packet.probe == probe);
        if let Some(index) = index {
            self.focus = Pane::Flight;
            self.details = false;
            self.flight.close();
            let motion = around.look.motion;
            let said = self.flight.choose(index, &self.network, around.now, motion);
            self.heard(said, effects);
        }
    }

    fn act_in_flight(&mut self, action: Action, around: Around<'_>, effects: &mut Vec<Effect>) {
        let (now, motion) = (around.now, around.look.motion);
        let stale = self.flight.travel().is_some_and(|travel| travel.network != self.network);
        let said = match action {
            // The row below the packets: one of one's own.
            Action::Down if self.flight.is_idle() && self.at_last_packet() => {
                self.own_packet();
                return;
            }
            Action::Add if self.flight.is_idle() => {
                self.own_packet();
                return;
            }
            Action::Next | Action::Previous if self.flight.travel().is_some() => {
                self.details = !self.details;
                return;
            }
            Action::Again if self.flight.travel().is_some() => {
                self.flight.again(&self.network, now, motion)
            }
            Action::Confirm | Action::Send if stale => {
                self.flight.again(&self.network, now, motion)
            }
            _ => self.flight.act(action, &self.network, now, motion),
        };
        if said.contains(&Said::Unused) && action == Action::Back {
            self.focus = Pane::Map;
        }
        self.heard(said, effects);
    }

    fn at_last_packet(&self) -> bool {
        self.flight.cursor() + 1 >= self.flight.packets().len()
    }

    fn heard(&mut self, said: Vec<Said>, effects: &mut Vec<Effect>) {
        for said in said {
            match said {
                Said::Left(Some(event)) => effects.push(Effect::Record(event)),
                Said::Landed(probe) => {
                    if !self.sent.contains(&probe) {
                        self.sent.push(probe);
                        self.changed(effects);
                    }
                }
                Said::Left(None) | Said::Unused => {}
            }
        }
    }

    // -- goals and hints

    fn act_in_goals(
        &mut self,
        action: Action,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let rows = self.goal_rows();
        let live: Vec<&GoalRow> = rows.iter().filter(|row| row.is_live()).collect();
        match action {
            Action::Up | Action::Previous => self.goal_row = self.goal_row.saturating_sub(1),
            Action::Down | Action::Next => {
                self.goal_row = (self.goal_row + 1).min(live.len().saturating_sub(1));
            }
            Action::First => self.goal_row = 0,
            Action::Last => self.goal_row = live.len().saturating_sub(1),
            Action::Confirm => match live.get(self.goal_row) {
                Some(GoalRow::Check(goal, check)) => {
                    let check =
                        self.lab().goals.get(*goal).and_then(|goal| goal.checks.get(*check));
                    if let Some(probe) = check.and_then(GoalCheck::probe) {
                        self.send(probe, around, effects);
                    }
                }
                Some(GoalRow::Do(action)) => return self.act(*action, around, effects),
                _ => {}
            },
            Action::Back => self.focus = Pane::Map,
            _ => {}
        }
        None
    }

    fn hint(&mut self, effects: &mut Vec<Effect>) {
        if self.hints >= self.lab().hints.len() {
            self.notice = Some(Notice::NoMoreHints);
            return;
        }
        let rung = self.hints as u32;
        self.hints += 1;
        self.focus = Pane::Goals;
        effects.push(Effect::Record(Event::HintShown { lab: self.lab().id.0.clone(), rung }));
    }

    // -- boxes over the lab

    fn act_in_panel(
        &mut self,
        panel: Panel,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match (panel, action) {
            (_, Action::Back) | (Panel::Brief, Action::Confirm | Action::Send) => {
                self.panel = None;
            }
            (Panel::Solved(at), Action::Up | Action::Down | Action::Next | Action::Previous) => {
                self.panel = Some(Panel::Solved(1 - at));
            }
            (Panel::Reset(at), Action::Up | Action::Down | Action::Next | Action::Previous) => {
                self.panel = Some(Panel::Reset(1 - at));
            }
            (Panel::Solved(at), Action::Confirm) => {
                self.panel = None;
                if at == 0 {
                    return Some(Go::Back);
                }
            }
            (Panel::Reset(at), Action::Confirm) => {
                self.panel = None;
                if at == 0 {
                    self.start_over(effects);
                }
            }
            (Panel::Solved(_) | Panel::Reset(_), Action::Option(digit @ 1..=2)) => {
                let at = usize::from(digit - 1);
                let panel = match panel {
                    Panel::Solved(_) => Panel::Solved(at),
                    _ => Panel::Reset(at),
                };
                return self.act_in_panel(panel, Action::Confirm, effects);
            }
            _ => {}
        }
        None
    }

    // -- the mouse

    fn mouse(
        &mut self,
        kind: MouseKind,
        target: Option<Target>,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match kind {
            MouseKind::Down => {
                self.notice = None;
                self.click(target?, around, effects)
            }
            MouseKind::WheelUp | MouseKind::WheelDown => {
                let down = kind == MouseKind::WheelDown;
                if let Some(Target::Spot(_) | Target::Pane(Pane::Map)) = target {
                    // The window goes where the wheel turns it, until the next key.
                    self.free = true;
                    let y = self.pan.1;
                    self.pan.1 = if down { y.saturating_add(3) } else { y.saturating_sub(3) };
                } else if self.panel.is_none() {
                    let action = if down { Action::Down } else { Action::Up };
                    return self.act(action, around, effects);
                }
                None
            }
            _ => None,
        }
    }

    fn click(
        &mut self,
        target: Target,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let (now, motion) = (around.now, around.look.motion);
        if let Some(panel) = self.panel {
            if let Target::Item(index @ 0..=1) = target {
                let panel = match panel {
                    Panel::Solved(_) => Panel::Solved(index),
                    Panel::Reset(_) => Panel::Reset(index),
                    Panel::Brief => Panel::Brief,
                };
                return self.act_in_panel(panel, Action::Confirm, effects);
            }
            return None;
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
                self.form = None;
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
                self.act_in_inspector(Action::Confirm, around, effects);
            }
            Target::Row(Pane::Goals, index) => {
                self.form = None;
                self.focus = Pane::Goals;
                self.goal_row = index;
                return self.act_in_goals(Action::Confirm, around, effects);
            }
            Target::Field(index) => {
                if let Some(form) = &mut self.form {
                    form.at = index.min(form.count().saturating_sub(1));
                    let button = form.at.checked_sub(form.fields.len());
                    let button = button.and_then(|index| form.buttons().get(index).copied());
                    if let Some(button) = button {
                        self.press(button, around, effects);
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
                    self.heard(said, effects);
                }
            }
            Target::Hop(hop) => {
                self.focus = Pane::Flight;
                let said = self.flight.show(hop);
                self.heard(said, effects);
            }
            _ => {}
        }
        None
    }

    /// Do digits choose what is listed, rather than the part of the screen?
    pub fn digits_choose(&self) -> bool {
        self.focus == Pane::Flight && self.flight.travel().is_none()
    }

    /// Is a packet being chosen, predicted or followed?
    pub fn is_flying(&self) -> bool {
        self.focus == Pane::Flight || matches!(self.flight.stage(), Stage::Travel(_))
    }
}

/// What is selected at the start: the first VPC, else the internet.
fn first_selection(network: &Network) -> Selection {
    let vpc = network.vpcs().iter().next().map(|(id, _)| Spot::Thing(Thing::Vpc(id)));
    Selection { spot: vpc.unwrap_or(Spot::Elsewhere), thing: None }
}
