//! A bench: a network that is looked at and changed, packets that are sent through it, and every
//! step of it undoable.
//!
//! The screens that put a bench to use (a lab first of all) say what the work is for: they hand the
//! bench what it may do, hear from it what happened ([`Told`]), and own the pane between what is
//! selected and the packet ([`Pane::Task`]). The bench knows none of them.

pub mod board;
pub mod clip;
pub mod edit;
pub mod flows;
pub mod form;
pub mod inspect;
pub mod lines;
pub mod members;
pub mod outline;
pub mod outlook;
pub mod palette;
pub mod pick;
pub mod property;
pub mod saved;
pub mod surround;
pub mod wire;

mod mouse;
mod packet;
mod plot;
mod tools;
mod walk;
mod work;

use std::time::Duration;

use serde_json::Value;

use crate::{
    app::{
        Action, Around, Input, MouseKind, Scope, Seen,
        canvas::{self, Scale, Spot},
        flight::{Flight, Stage},
    },
    cloud::{Change, Network, Probe, Refusal, Thing, Verdict},
    course::{Allowed, Goal, NamedPacket, edit::Failed},
    i18n::Words,
    journal::Event,
};

use board::Board;
use clip::{Bar, Clip};
use edit::Made;
use form::Form;
use inspect::Row;
use mouse::Press;
use outlook::Foresight;
use pick::{Need, Picker};
use plot::Plots;
use wire::Why;

pub use mouse::Drag;

/// The parts of the screen; in a small window they take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// The network, as a map or a list.
    Map,
    /// What is selected.
    Inspect,
    /// What the work is for: the goals of a lab.
    Task,
    /// The packet.
    Flight,
}

impl Pane {
    /// In the order of their digits.
    pub const ALL: [Self; 4] = [Self::Map, Self::Inspect, Self::Task, Self::Flight];
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

/// What is to be said about what was just done.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// AWS would refuse this.
    Refused(Refusal),
    /// An edit cannot be read: what is wrong with it.
    Unreadable(Words),
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
    /// This is not allowed here.
    NotAllowed,
    /// These cannot be wired.
    NoWire(Why),
    /// Something is missing that the new thing stands on.
    Needs(Need),
    /// This was copied.
    Copied(String),
    /// What is selected cannot be copied; why, if something is.
    NothingToCopy(Option<Bar>),
    /// Nothing was copied yet.
    NothingToPaste,
    /// What was copied has no place here.
    NoPlaceToPaste(Bar),
    /// A copy stands there: what it is, by how many changes, and how many parts do not hold here.
    Pasted(Option<Thing>, usize, usize),
    /// There is no further hint.
    NoMoreHints,
    /// The chosen row is nothing that could be taken away.
    NothingToDelete,
    /// So many saved steps do not fit the network any more.
    Lost(usize),
}

impl Notice {
    fn of(failed: Failed) -> Self {
        match failed {
            Failed::Refused(refusal) => Self::Refused(refusal),
            Failed::Unreadable(slip) => Self::Unreadable(slip.said.message.clone()),
        }
    }
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

/// What the screen around hears from the bench.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// The network, or what was seen of it, is not what it was.
    Changed,
    /// A packet was predicted: what the journal shall remember.
    Predicted(Event),
    /// A packet was sent from a [blind](Bench::blind) bench: whoever is around says what its sender
    /// sees of it.
    Asked(Probe),
    /// The bench makes nothing of this: it is for the screen around.
    Unused(Action),
}

/// A bench.
#[derive(Debug)]
pub struct Bench {
    network: Network,
    allowed: Allowed,
    /// Does it keep the way of packets to itself?
    blind: bool,
    done: Vec<Step>,
    undone: Vec<Step>,
    sent: Vec<Probe>,
    /// What became of those before the last step.
    were: Vec<(Probe, Verdict)>,
    /// The packets that the screen around offers.
    given: Vec<NamedPacket>,
    /// Those that were made here.
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
    form: Option<Form>,
    board: Option<Board>,
    picker: Option<Picker>,
    clip: Option<Clip>,
    press: Option<Press>,
    /// What shall become true, if the screen around says so.
    goals: Vec<Goal>,
    foresight: Foresight,
    plots: Plots,
    notice: Option<Notice>,
}

impl Bench {
    /// A bench over this network, with the work that was saved of it. `scene` is what the journal
    /// calls it.
    pub fn new(
        scene: impl Into<String>,
        start: &Network,
        allowed: Allowed,
        saved: Option<&Value>,
    ) -> Self {
        let saved = saved::restore(start, saved);
        let selection = first_selection(&saved.network);
        Self {
            network: saved.network,
            allowed,
            blind: false,
            done: saved.done,
            undone: saved.undone,
            sent: saved.sent,
            were: Vec::new(),
            given: Vec::new(),
            own: Vec::new(),
            flight: Flight::new(scene, Vec::new(), true),
            focus: Pane::Map,
            details: false,
            view: View::Fit,
            pan: (0, 0),
            free: false,
            selection,
            column: None,
            trail: Vec::new(),
            row: 0,
            form: None,
            board: None,
            picker: None,
            clip: None,
            press: None,
            goals: Vec::new(),
            foresight: Foresight::default(),
            plots: Plots::default(),
            notice: (saved.lost > 0).then_some(Notice::Lost(saved.lost)),
        }
    }

    /// The same bench, where packets show nothing of their way: no hops, no lights, no board. What
    /// is sent from it is [asked](Told::Asked) of the screen around.
    #[must_use]
    pub fn blind(self) -> Self {
        Self { blind: true, ..self }
    }

    /// Does it keep the way of packets to itself?
    pub fn is_blind(&self) -> bool {
        self.blind
    }

    /// What shall become true: what a change would do to that is told before it is made.
    pub fn aim(&mut self, goals: Vec<Goal>) {
        self.goals = goals;
    }

    /// How far that is: which checks of each goal hold now. Told anew after every change, so that
    /// what a change would turn is not asked of the network as it is.
    pub fn stands(&mut self, met: Vec<Vec<bool>>) {
        self.foresight.stands(met);
    }

    // -- what the screen shows

    /// What shall become true.
    pub fn goals(&self) -> &[Goal] {
        &self.goals
    }

    /// What may be changed.
    pub fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    /// Was nothing done yet?
    pub fn is_fresh(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty() && self.sent.is_empty()
    }

    /// The packets that were followed to their end.
    pub fn sent(&self) -> &[Probe] {
        &self.sent
    }

    /// The work, to be kept.
    pub fn saved(&self) -> Value {
        saved::save(&self.done, &self.undone, &self.sent, &self.network)
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
            // What is looked at has no place there.
            (Pane::Inspect, _) if self.selection.thing.is_some() => None,
            _ => Some(self.selection.spot),
        }
    }

    /// The form that is open.
    pub fn form(&self) -> Option<&Form> {
        self.form.as_ref()
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

    /// The rows of the inspector.
    pub fn rows(&self) -> Vec<Row> {
        match self.subject() {
            Some(thing) => inspect::rows(&self.network, thing, &self.allowed),
            None => inspect::elsewhere(&self.network, &self.allowed),
        }
    }

    /// The chosen row of the inspector, among those that can be chosen.
    pub fn row(&self) -> usize {
        self.row
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
        let scrolls = self.scrolls_in(now);
        let flies = self.flight.wakes_in(now);
        scrolls.into_iter().chain(flies).min()
    }

    /// The scopes that hold; none while the keyboard is in the part of the screen around.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.board.is_some() {
            return vec![Scope::BenchBoard];
        }
        if self.picker.is_some() {
            return vec![Scope::BenchPick];
        }
        if self.form.is_some() {
            return vec![Scope::LabForm];
        }
        match self.focus {
            Pane::Map => vec![Scope::Lab, Scope::LabTools],
            Pane::Inspect => vec![Scope::LabInspect, Scope::LabTools],
            Pane::Task => Vec::new(),
            Pane::Flight if self.is_forked() => vec![Scope::LabFutures, Scope::LabTools],
            Pane::Flight if self.flight.travel().is_some() => {
                vec![Scope::LabTravel, Scope::LabTools]
            }
            Pane::Flight => vec![Scope::LabPacket],
        }
    }

    /// Would this key do anything now? See [`Flight::offers`].
    pub fn offers(&self, action: Action, seen: &Seen) -> bool {
        if self.board.is_some() || self.is_asking() {
            return true;
        }
        match (self.focus, action) {
            (_, Action::Wire) => *self.allowed() != Allowed::Nothing,
            (_, Action::New) => match self.allowed() {
                Allowed::Nothing => false,
                Allowed::Everything => true,
                Allowed::Only(verbs) => verbs.iter().any(|verb| {
                    ["create-", "run-", "register-"].iter().any(|makes| verb.starts_with(makes))
                }),
            },
            (_, Action::Paste) => self.clip.is_some(),
            (_, Action::Undo) => !self.done.is_empty(),
            (_, Action::Redo) => !self.undone.is_empty(),
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
            // Below the packets on offer stands the row for one's own.
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
        self.picker.is_some() || self.form.as_ref().is_some_and(Form::typing)
    }

    /// Is there a form or a list that wants an answer?
    pub fn is_asking(&self) -> bool {
        self.form.is_some() || self.picker.is_some()
    }

    // -- what happens

    /// Takes an input. The screen around calls [`Bench::settle`] when it has done its own part.
    pub fn update(&mut self, input: &Input, around: Around<'_>, told: &mut Vec<Told>) {
        match input {
            Input::Act(action) => self.act(*action, around, told),
            Input::Type(key) if self.picker.is_some() => {
                let row = self.picker.as_mut().and_then(|picker| picker.type_key(*key));
                if let Some(row) = row {
                    self.pick(row, around, told);
                }
            }
            Input::Paste(text) if self.picker.is_some() => {
                for letter in text.trim().chars() {
                    if let Some(picker) = &mut self.picker {
                        picker.type_key(crate::app::Key::char(letter));
                    }
                }
            }
            Input::Type(key) => {
                if let Some(form) = &mut self.form {
                    form.type_key(*key);
                }
            }
            Input::Paste(text) => {
                if let Some(form) = &mut self.form {
                    form.paste(text);
                }
            }
            Input::Mouse(mouse, target) => self.mouse(*mouse, *target, around, told),
            Input::Tick => {
                self.scroll_along(around);
                let said = self.flight.tick(around.now, around.look.motion);
                self.heard(said, told);
            }
            Input::Seen => {}
        }
    }

    /// Something new begins: what was said of the last is over, and the window onto the map goes
    /// back to what is selected.
    pub fn begin(&mut self, input: &Input) {
        match input {
            Input::Act(_) => {
                self.notice = None;
                self.free = false;
            }
            Input::Mouse(mouse, _) if mouse.kind == MouseKind::Down => self.notice = None,
            _ => {}
        }
    }

    /// Does what a key means.
    pub fn act(&mut self, action: Action, around: Around<'_>, told: &mut Vec<Told>) {
        // What is dragged is let fall where nothing comes of it.
        if action == Action::Back && self.let_fall() {
            return;
        }
        if self.board.is_some() {
            self.act_on_board(action);
            return;
        }
        if self.picker.is_some() {
            self.act_in_picker(action, around, told);
            return;
        }
        if self.form.is_some() {
            self.act_in_form(action, around, told);
            return;
        }
        match action {
            Action::Board if !self.blind => self.open_board(),
            Action::Wire
            | Action::New
            | Action::Find
            | Action::Copy
            | Action::Paste
            | Action::Duplicate => self.act_in_tools(action, around, told),
            Action::Undo => self.undo(told),
            Action::Redo => self.redo(told),
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
            _ => match self.focus {
                Pane::Map => self.act_on_map(action, around, told),
                Pane::Inspect => self.act_in_inspector(action, around, told),
                Pane::Task => told.push(Told::Unused(action)),
                Pane::Flight => self.act_in_flight(action, around, told),
            },
        }
    }

    /// Says this, until something else is done.
    pub fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// Gives this part the keyboard.
    pub fn look_at(&mut self, pane: Pane) {
        self.form = None;
        self.board = None;
        self.picker = None;
        self.focus = pane;
        if pane == Pane::Flight {
            self.details = false;
        }
    }

    /// What is selected may be gone, and rows with it; and something else may be about to be done.
    pub fn settle(&mut self, around: Around<'_>) {
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
        self.foresee(around.lang);
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
