//! An incident on screen: a design that worked, complaints, and a learner who asks the network what
//! its users would see, until everything works again.
//!
//! Asking counts: a probe says only what the sender sees, and costs one; the analyzer shows the
//! whole way, and costs [`ANALYSIS`]. Who reaches whom, and the lights of sent packets, are not to
//! be had here: they would answer for nothing.

use std::time::Duration;

use crate::{
    app::{
        Action, Around, Effect, Go, Input, MouseKind, Scope, Seen, Target,
        bench::{Bench, Pane, Told, surround::Surround},
    },
    cloud::{Change, Leg, Network, Probe, Rules, Verdict, verdict},
    course::{
        Allowed, NamedPacket, Scene,
        incident::{self, Level, Symptom, inject},
        scene::print_probe,
    },
};

mod kept;

pub use kept::{DIGITS, Draft, draft, short};

/// How many probes the whole way of one packet costs.
pub const ANALYSIS: u32 = 3;

/// An incident on screen.
#[derive(Debug)]
pub struct Incident {
    design: Scene,
    level: Level,
    seed: u64,
    /// Is the design one of the learner's own?
    own: bool,
    broken: incident::Incident,
    bench: Bench,
    /// What was seen of each demanded packet last, and of those that were made here.
    seen: Vec<(Probe, Sight)>,
    /// The packet that was asked last.
    asked: Option<Probe>,
    probes: u32,
    row: usize,
    panel: Option<Panel>,
    over: Over,
    /// Is there something that the journal does not know yet?
    is_news: bool,
}

/// How many answers there are when it is over.
pub const ANSWERS: usize = 4;

/// What whoever sends a packet sees of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// An answer comes.
    Answered,
    /// It does not go as it must, so.
    Trouble(Symptom),
    /// No answer comes, as it must be.
    KeptOut,
    /// Something was changed since it was looked at.
    Stale,
}

/// How an incident ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Not yet.
    No,
    /// Everything works, and the learner was not told yet.
    Untold,
    /// Everything works.
    Mended,
    /// The learner wanted to know.
    GivenUp,
}

/// A box over the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// What happened.
    Brief,
    /// It is over: another one, back, or stay?
    Over(usize),
}

/// One row of the pane between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A packet that must fare well (or be kept out): Enter asks.
    Ask(usize),
    /// The whole way of the packet that was asked last.
    Analyse,
    /// Take a step back.
    Undo,
    /// Make it again.
    Redo,
    /// Tell what was broken.
    GiveUp,
    /// Make the changes that mend it, once one has given up.
    Mend,
}

impl Surround for Incident {
    fn bench_mut(&mut self) -> &mut Bench {
        &mut self.bench
    }

    fn take(
        &mut self,
        input: &Input,
        around: Around<'_>,
        told: &mut Vec<Told>,
        _: &mut Vec<Effect>,
    ) -> Option<Go> {
        match (input, self.panel) {
            (Input::Act(action), Some(panel)) => self.act_in_panel(panel, *action),
            (Input::Act(action), None) => {
                match action {
                    Action::Goals => self.bench.look_at(Pane::Task),
                    Action::Hint | Action::Reset | Action::Board => {}
                    _ => self.bench.act(*action, around, told),
                }
                None
            }
            (Input::Mouse(mouse, target), Some(panel)) => match (target, panel) {
                (Some(Target::Item(at)), Panel::Over(_)) if mouse.kind == MouseKind::Down => {
                    self.act_in_panel(Panel::Over((*at).min(ANSWERS - 1)), Action::Confirm)
                }
                (_, Panel::Brief) if mouse.kind == MouseKind::Down => {
                    self.panel = None;
                    None
                }
                _ => None,
            },
            (Input::Mouse(mouse, Some(Target::Row(Pane::Task, at))), None)
                if mouse.kind == MouseKind::Down =>
            {
                self.bench.look_at(Pane::Task);
                self.row = *at;
                self.do_row(told, around);
                None
            }
            _ => {
                self.bench.update(input, around, told);
                None
            }
        }
    }

    fn hear(
        &mut self,
        told: Told,
        around: Around<'_>,
        more: &mut Vec<Told>,
        _: &mut Vec<Effect>,
    ) -> Option<Go> {
        match told {
            Told::Changed => {
                self.changed();
                None
            }
            Told::Asked(probe) => {
                self.ask(probe);
                None
            }
            Told::Unused(action) if self.bench.focus() == Pane::Task => {
                let last = self.rows().len().saturating_sub(1);
                match action {
                    Action::Up | Action::Previous => self.row = self.row.saturating_sub(1),
                    Action::Down | Action::Next => self.row = (self.row + 1).min(last),
                    Action::First => self.row = 0,
                    Action::Last => self.row = last,
                    Action::Confirm => self.do_row(more, around),
                    Action::Back => self.bench.look_at(Pane::Map),
                    _ => {}
                }
                None
            }
            Told::Unused(Action::Back) => Some(Go::Back),
            Told::Predicted(_) | Told::Unused(_) => None,
        }
    }

    fn settle(&mut self) {
        self.row = self.row.min(self.rows().len().saturating_sub(1));
    }

    fn rest(&mut self) {
        let looking = self.bench.focus() == Pane::Flight && self.bench.flight().travel().is_some();
        if self.over == Over::Untold && !looking && self.bench.form().is_none() {
            self.over = Over::Mended;
            self.is_news = true;
            self.panel = Some(Panel::Over(0));
        }
    }
}

impl Incident {
    /// Breaks a design, the same for the same seed. `None` when nothing of it can be broken so that it can be mended.
    pub fn open(design: Scene, level: Level, seed: u64) -> Option<Self> {
        let (design, own) = kept::as_kept(design);
        let incident = inject(&design, level, seed)?;
        let network = &incident.network;
        let name = format!("incident:{}", design.name);
        let mut bench = Bench::new(name, network, Allowed::Everything, None).blind();
        let mut seen: Vec<(Probe, Sight)> =
            incident.demands.iter().map(|demand| (demand.probe, Sight::Stale)).collect();
        // What people complain about is known; the rest is to be asked.
        for complaint in incident.complaints(network) {
            if let Some(at) = seen.iter().position(|(probe, _)| *probe == complaint.probe) {
                seen[at].1 = Sight::Trouble(complaint.symptom);
            }
        }
        bench.offer(packets(&design, &incident, network));
        Some(Self {
            design,
            level,
            seed,
            own,
            broken: incident,
            bench,
            seen,
            asked: None,
            probes: 0,
            row: 0,
            panel: Some(Panel::Brief),
            over: Over::No,
            is_news: true,
        })
    }

    // -- what the screen shows

    /// The bench that it is worked on.
    pub fn bench(&self) -> &Bench {
        &self.bench
    }

    /// The design, as it was when it worked.
    pub fn design(&self) -> &Scene {
        &self.design
    }

    /// How many faults there are.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The number by which the same design breaks in the same way again.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What was broken, and what must be so again.
    pub fn incident(&self) -> &incident::Incident {
        &self.broken
    }

    /// What was seen of the packets.
    pub fn seen(&self) -> &[(Probe, Sight)] {
        &self.seen
    }

    /// How many probes it took so far.
    pub fn probes(&self) -> u32 {
        self.probes
    }

    /// How it ended.
    pub fn over(&self) -> Over {
        self.over
    }

    /// The box over it.
    pub fn panel(&self) -> Option<Panel> {
        self.panel
    }

    /// The rows of the pane between.
    pub fn rows(&self) -> Vec<Row> {
        let (undo, redo) = self.bench.steps();
        let mut rows: Vec<Row> = (0..self.seen.len()).map(Row::Ask).collect();
        rows.extend(self.asked.map(|_| Row::Analyse));
        rows.extend((undo > 0).then_some(Row::Undo));
        rows.extend((redo > 0).then_some(Row::Redo));
        rows.extend((self.over == Over::No).then_some(Row::GiveUp));
        let untouched = undo == 0 && self.over == Over::GivenUp;
        rows.extend(untouched.then_some(Row::Mend));
        rows
    }

    /// The chosen one.
    pub fn row(&self) -> usize {
        self.row
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, now: Duration) -> Option<Duration> {
        self.bench.wakes_in(now)
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.panel.is_some() {
            return vec![Scope::LabPanel];
        }
        let scopes = self.bench.scopes();
        if scopes.is_empty() { vec![Scope::LabGoals, Scope::LabTools] } else { scopes }
    }

    /// Would this key do anything now?
    pub fn offers(&self, action: Action, seen: &Seen) -> bool {
        match (self.panel, self.bench.focus(), action) {
            (Some(Panel::Brief), _, Action::Up | Action::Down)
            | (None, _, Action::Hint | Action::Reset | Action::Board) => false,
            (Some(_), ..) | (None, Pane::Task, Action::Up | Action::Down | Action::Confirm) => true,
            _ => self.bench.offers(action, seen),
        }
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        self.panel.is_none() && self.bench.typing()
    }

    // -- what happens

    /// Takes an input.
    pub fn update(
        &mut self,
        input: &Input,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let go = self.hand_over(input, around, effects);
        if std::mem::take(&mut self.is_news) {
            effects.push(self.kept());
        }
        go
    }

    /// What was seen before the change says nothing any more.
    fn changed(&mut self) {
        self.is_news = true;
        if self.over == Over::GivenUp {
            return;
        }
        for (_, sight) in &mut self.seen {
            *sight = Sight::Stale;
        }
        if self.broken.is_over(self.bench.network()) {
            for at in 0..self.seen.len() {
                self.seen[at].1 = self.look(self.seen[at].0);
            }
            if self.over == Over::No {
                self.over = Over::Untold;
            }
        } else if self.over != Over::No {
            // One goes on trying, and breaks it again.
            self.over = Over::No;
        }
    }

    /// Sends a packet, and sees what its sender sees.
    fn ask(&mut self, probe: Probe) {
        self.probes += 1;
        self.is_news = true;
        self.asked = Some(probe);
        let sight = self.look(probe);
        let known = self.seen.iter().position(|(seen, _)| *seen == probe);
        self.row = known.unwrap_or(self.seen.len());
        self.seen.resize(self.seen.len().max(self.row + 1), (probe, sight));
        self.seen[self.row].1 = sight;
        self.bench.look_at(Pane::Task);
    }

    fn look(&self, probe: Probe) -> Sight {
        let verdict = verdict(self.bench.network(), probe, &Rules::AWS);
        let demand = self.broken.demands.iter().find(|demand| demand.probe == probe);
        let as_it_must = demand.is_some_and(|demand| demand.wanted.is(&verdict));
        match verdict {
            Verdict::Delivered if demand.is_some() && !as_it_must => Sight::Trouble(Symptom::LetIn),
            Verdict::Delivered => Sight::Answered,
            _ if as_it_must => Sight::KeptOut,
            Verdict::Refused => Sight::Trouble(Symptom::Refused),
            Verdict::Dropped { leg: Leg::Forward, .. } => Sight::Trouble(Symptom::TimesOut),
            Verdict::Dropped { leg: Leg::Reply, .. } => Sight::Trouble(Symptom::OneWay),
        }
    }

    fn do_row(&mut self, told: &mut Vec<Told>, around: Around<'_>) {
        match self.rows().get(self.row) {
            Some(Row::Ask(at)) => self.ask(self.seen[*at].0),
            Some(Row::Analyse) => self.analyse(around),
            Some(Row::Undo) => self.bench.act(Action::Undo, around, told),
            Some(Row::Redo) => self.bench.act(Action::Redo, around, told),
            Some(Row::GiveUp) => {
                self.over = Over::GivenUp;
                self.is_news = true;
                self.panel = Some(Panel::Over(0));
            }
            Some(Row::Mend) => {
                let way = self.broken.way.clone();
                self.make(&way, told);
            }
            None => {}
        }
    }

    /// Makes these changes as one step, as if the learner had.
    pub fn make(&mut self, changes: &[Change], told: &mut Vec<Told>) {
        self.bench.change(changes, told);
    }

    /// Shows the whole way of the packet that was asked last.
    fn analyse(&mut self, around: Around<'_>) {
        if let Some(probe) = self.asked {
            self.probes += ANALYSIS;
            self.is_news = true;
            self.bench.show_way(probe, around);
        }
    }

    fn act_in_panel(&mut self, panel: Panel, action: Action) -> Option<Go> {
        match (panel, action) {
            (Panel::Brief, Action::Confirm | Action::Send | Action::Back)
            | (Panel::Over(_), Action::Back)
            | (Panel::Over(3), Action::Confirm) => self.panel = None,
            (Panel::Over(at), Action::Up | Action::Previous) => {
                self.panel = Some(Panel::Over((at + ANSWERS - 1) % ANSWERS));
            }
            (Panel::Over(at), Action::Down | Action::Next) => {
                self.panel = Some(Panel::Over((at + 1) % ANSWERS));
            }
            (Panel::Over(_), Action::Option(digit @ 1..=4)) => {
                return self.act_in_panel(Panel::Over(usize::from(digit) - 1), Action::Confirm);
            }
            (Panel::Over(0), Action::Confirm) => return Some(Go::Another),
            (Panel::Over(1), Action::Confirm) => return Some(Go::SameAgain),
            (Panel::Over(2), Action::Confirm) => return Some(Go::Back),
            _ => {}
        }
        None
    }
}

/// The packets on offer: those of the design by their names, then the rest of what is demanded.
fn packets(design: &Scene, incident: &incident::Incident, network: &Network) -> Vec<NamedPacket> {
    let mut packets = design.packets.clone();
    for demand in &incident.demands {
        if packets.iter().all(|packet| packet.probe != demand.probe) {
            let written = print_probe(network, &demand.probe);
            packets.push(NamedPacket { name: "".into(), probe: demand.probe, written });
        }
    }
    packets
}
