//! A lab on screen: a bench, with goals that turn true or false, hints, and every step kept.

pub mod goals;
pub mod help;

use std::{sync::Arc, time::Duration};

use crate::{
    app::{
        Action, Around, Effect, Go, Input, MouseKind, Scope, Seen, Target,
        bench::{Bench, Notice, Pane, Told, surround::Surround},
    },
    cloud::Change,
    course::{self, GoalCheck, LabId, Lesson, NamedPacket, scene::print_probe},
    journal::{Event, Progress},
};

use goals::{GoalRow, Ladder, State};
use help::Help;

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
    bench: Bench,
    /// How far each goal is.
    states: Vec<State>,
    hints: usize,
    /// What the computed rungs say, once they are on screen.
    help: Option<Help>,
    goal_row: usize,
    panel: Option<Panel>,
    solved: Solved,
    /// What else would have solved it, once it is solved.
    others: (Vec<Vec<Change>>, usize),
}

impl Surround for Lab {
    fn bench_mut(&mut self) -> &mut Bench {
        &mut self.bench
    }

    fn take(
        &mut self,
        input: &Input,
        around: Around<'_>,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match (input, self.panel) {
            (Input::Act(action), _) => self.act(*action, around, told, effects),
            (Input::Mouse(mouse, target), panel) if mouse.kind == MouseKind::Down => {
                self.click(*target, input, panel, around, told, effects)
            }
            // Nothing under a box can be hit.
            (Input::Mouse(..), Some(_)) => None,
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
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match told {
            Told::Changed => self.changed(effects),
            Told::Predicted(event) => effects.push(Effect::Record(event)),
            Told::Unused(action) if self.bench.focus() == Pane::Task => {
                return self.act_in_goals(action, around, more, effects);
            }
            Told::Unused(Action::Back) => return Some(Go::Back),
            Told::Asked(_) | Told::Unused(_) => {}
        }
        None
    }

    fn settle(&mut self) {
        let live = self.goal_rows().iter().filter(|row| row.is_live()).count();
        self.goal_row = self.goal_row.min(live.saturating_sub(1));
    }

    fn rest(&mut self) {
        self.praise();
    }
}

impl Lab {
    /// Opens a lab where the learner left it; `None` when the lesson has none of that name.
    pub fn open(lesson: &Arc<Lesson>, id: &LabId, progress: &Progress) -> Option<Self> {
        let index =
            lesson.labs.iter().position(|lab| lab.id == *id || lab.aliases.contains(&id.0))?;
        let lab = &lesson.labs[index];
        let kept = progress.lab(&lab.id.0);
        let saved = kept.and_then(|kept| kept.saved());
        let bench = Bench::new(lab.id.0.clone(), &lab.scene.network, lab.allowed.clone(), saved);
        let hints = kept.map_or(0, |kept| {
            let shown = kept.hints().into_iter().next_back().map_or(0, |rung| rung as usize + 1);
            shown.min(lab.hints.len() + help::rungs(lab))
        });
        let mut this = Self {
            lesson: Arc::clone(lesson),
            index,
            panel: bench.is_fresh().then_some(Panel::Brief),
            bench,
            states: Vec::new(),
            hints,
            help: None,
            goal_row: 0,
            solved: Solved::No,
            others: (Vec::new(), 0),
        };
        this.bench.aim(lab.goals.clone());
        this.look_at_goals();
        this.look_for_help();
        if this.all_goals_hold() {
            this.solved = Solved::Yes;
        }
        this.offer_packets();
        Some(this)
    }

    // -- what the screen shows

    /// The bench that it is worked on.
    pub fn bench(&self) -> &Bench {
        &self.bench
    }

    /// The lab.
    pub fn lab(&self) -> &course::Lab {
        &self.lesson.labs[self.index]
    }

    /// The box over the lab.
    pub fn panel(&self) -> Option<Panel> {
        self.panel
    }

    /// How many hints are on screen, the computed ones among them.
    pub fn hints(&self) -> usize {
        self.hints
    }

    /// How many hints there are: the written ones, then the computed ones.
    pub fn rungs(&self) -> usize {
        self.lab().hints.len() + help::rungs(self.lab())
    }

    /// What the computed hints say, while they are on screen.
    pub fn help(&self) -> Option<&Help> {
        self.help.as_ref()
    }

    /// What else would have solved the lab with the fewest changes, and how many ways there are.
    pub fn others(&self) -> (&[Vec<Change>], usize) {
        (&self.others.0, self.others.1)
    }

    /// Do all goals hold?
    pub fn is_solved(&self) -> bool {
        self.solved != Solved::No
    }

    /// The state of each goal.
    pub fn goals(&self) -> &[State] {
        &self.states
    }

    /// The rows of the goals pane.
    pub fn goal_rows(&self) -> Vec<GoalRow> {
        let ladder = Ladder {
            shown: self.hints,
            written: self.lab().hints.len(),
            of: self.rungs(),
            leads_on: self.help().is_some_and(|help| !help.way.step().is_empty()),
        };
        goals::rows(self.goals(), ladder, self.bench.steps())
    }

    /// The chosen row of the goals pane, among those that can be chosen.
    pub fn goal_row(&self) -> usize {
        self.goal_row
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

    /// Would this key do anything now? See [`Bench::offers`].
    pub fn offers(&self, action: Action, seen: &Seen) -> bool {
        if let Some(panel) = self.panel {
            return panel != Panel::Brief || !matches!(action, Action::Up | Action::Down);
        }
        if self.bench.is_asking() {
            return true;
        }
        match (self.bench.focus(), action) {
            (_, Action::Hint) => self.hints < self.rungs(),
            (Pane::Task, Action::Up | Action::Down | Action::Confirm) => {
                let live = self.goal_rows().iter().filter(|row| row.is_live()).count();
                live > usize::from(action != Action::Confirm)
            }
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
        self.hand_over(input, around, effects)
    }

    /// Does what a key means.
    fn act(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        if let Some(panel) = self.panel {
            return self.act_in_panel(panel, action, told);
        }
        match action {
            _ if self.bench.is_asking() => self.bench.act(action, around, told),
            Action::Reset => self.panel = Some(Panel::Reset(1)),
            Action::Hint => self.hint(effects),
            Action::Goals => self.bench.look_at(Pane::Task),
            _ => self.bench.act(action, around, told),
        }
        None
    }

    fn click(
        &mut self,
        target: Option<Target>,
        input: &Input,
        panel: Option<Panel>,
        around: Around<'_>,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match (panel, target?) {
            (Some(panel), Target::Item(index @ 0..=1)) => {
                let panel = match panel {
                    Panel::Solved(_) => Panel::Solved(index),
                    Panel::Reset(_) => Panel::Reset(index),
                    Panel::Brief => Panel::Brief,
                };
                return self.act_in_panel(panel, Action::Confirm, told);
            }
            (Some(_), _) => {}
            (None, Target::Row(Pane::Task, index)) => {
                self.bench.look_at(Pane::Task);
                self.goal_row = index;
                return self.act_in_goals(Action::Confirm, around, told, effects);
            }
            (None, _) => self.bench.update(input, around, told),
        }
        None
    }

    /// Offers the packets of the scene, then those of the goals.
    fn offer_packets(&mut self) {
        let lab = &self.lesson.labs[self.index];
        let mut packets: Vec<NamedPacket> = lab.scene.packets.clone();
        let goals = lab.goals.iter().flat_map(|goal| &goal.checks).filter_map(GoalCheck::probe);
        for probe in goals {
            if !packets.iter().any(|packet| packet.probe == probe) {
                let written = print_probe(self.bench.network(), &probe);
                packets.push(NamedPacket { name: "".into(), probe, written });
            }
        }
        self.bench.offer(packets);
    }

    /// The network or what was seen is not what it was: everything that follows from it.
    fn changed(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Record(Event::LabSaved {
            lab: self.lab().id.0.clone(),
            changes: self.bench.saved(),
        }));
        self.offer_packets();
        self.look_at_goals();
        self.look_for_help();
        if !self.all_goals_hold() {
            self.solved = Solved::No;
        } else if self.solved == Solved::No {
            effects.push(Effect::Record(Event::LabSolved {
                lab: self.lab().id.0.clone(),
                cost: self.bench.cost(),
                par: self.lab().par,
                hints: self.hints as u32,
            }));
            self.others = help::others(self.lab(), &self.bench.changes());
            self.solved = Solved::Untold;
        }
    }

    /// Computes what the computed rungs say, as soon as they are on screen.
    fn look_for_help(&mut self) {
        let wanted = self.hints > self.lab().hints.len();
        self.help = wanted.then(|| Help::of(self.lab(), self.bench.network()));
    }

    fn look_at_goals(&mut self) {
        let (network, sent) = (self.bench.network(), self.bench.sent());
        let goals = &self.lesson.labs[self.index].goals;
        self.states = goals.iter().map(|goal| goals::state(goal, network, sent)).collect();
        let met = |state: &State| state.checks.iter().map(|check| check.holds).collect();
        self.bench.stands(self.states.iter().map(met).collect());
    }

    fn all_goals_hold(&self) -> bool {
        !self.states.is_empty() && self.states.iter().all(State::holds)
    }

    /// Says that the lab is solved, but not over a packet that is still looked at.
    fn praise(&mut self) {
        let bench = &self.bench;
        let looking = bench.focus() == Pane::Flight && bench.flight().travel().is_some();
        if self.solved == Solved::Untold && !looking && !bench.is_asking() {
            self.solved = Solved::Yes;
            self.panel = Some(Panel::Solved(0));
        }
    }

    // -- goals and hints

    fn act_in_goals(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
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
                    let down = match check {
                        Some(GoalCheck::ZoneDown { zone, .. }) => Some(zone.clone()),
                        _ => None,
                    };
                    if let Some(probe) = check.and_then(GoalCheck::probe) {
                        self.bench.send_while(down, probe, around, told);
                    }
                }
                Some(GoalRow::Step) => {
                    let step = self.help().map(|help| help.way.step().to_vec());
                    self.bench.change(&step.unwrap_or_default(), told);
                }
                Some(GoalRow::Do(action)) => return self.act(*action, around, told, effects),
                _ => {}
            },
            Action::Back => self.bench.look_at(Pane::Map),
            _ => {}
        }
        None
    }

    fn hint(&mut self, effects: &mut Vec<Effect>) {
        if self.hints >= self.rungs() {
            self.bench.say(Notice::NoMoreHints);
            return;
        }
        let rung = self.hints as u32;
        self.hints += 1;
        self.look_for_help();
        self.bench.look_at(Pane::Task);
        // The pane shows the chosen row: the first below the hints, so that the new one is seen.
        let rows = self.goal_rows();
        let last = rows.iter().rposition(|row| row.is_rung()).unwrap_or(0);
        let above = rows[..=last].iter().filter(|row| row.is_live()).count();
        self.goal_row = above;
        effects.push(Effect::Record(Event::HintShown { lab: self.lab().id.0.clone(), rung }));
    }

    // -- boxes over the lab

    fn act_in_panel(&mut self, panel: Panel, action: Action, told: &mut Vec<Told>) -> Option<Go> {
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
                    self.bench.start_over(told);
                }
            }
            (Panel::Solved(_) | Panel::Reset(_), Action::Option(digit @ 1..=2)) => {
                let at = usize::from(digit - 1);
                let panel = match panel {
                    Panel::Solved(_) => Panel::Solved(at),
                    _ => Panel::Reset(at),
                };
                return self.act_in_panel(panel, Action::Confirm, told);
            }
            _ => {}
        }
        None
    }
}
