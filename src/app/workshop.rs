//! The workshop: where one builds freely, and where one mends what was broken on purpose.

use crate::{
    app::{
        Action, Around, Effect, Go, Input, MouseKind, Scope, Target,
        incident::{self, Draft},
    },
    course::{design::Design, incident::Level},
    journal::Progress,
};

/// The workshop.
#[derive(Debug)]
pub struct Workshop {
    /// What is chosen, among [`Workshop::choices`].
    pub chosen: usize,
    /// How hard the next incident is.
    pub level: Level,
    /// The number of the incident that is wanted, as far as it was typed.
    pub seed: String,
    /// The incident that one did not finish.
    pub draft: Option<Draft>,
    /// The scenes that were saved, by their names; `None` until that was looked up.
    pub saved: Option<Vec<String>>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// To go on with the incident that one did not finish.
    Resume,
    /// To build from nothing.
    Empty,
    /// To build on from a design.
    Build(usize),
    /// To go on with a scene that was saved.
    Saved(String),
    /// To mend a design.
    Mend(usize),
}

impl Workshop {
    /// The workshop, before anything is known of what was saved.
    pub fn open(progress: &Progress, effects: &mut Vec<Effect>) -> Self {
        effects.push(Effect::ListScenes);
        let draft = incident::draft(progress);
        Self { chosen: 0, level: Level::One, seed: String::new(), draft, saved: None }
    }

    /// Looks again at what is kept: one comes back.
    pub fn look(&mut self, progress: &Progress) {
        let had = self.draft.is_some();
        self.draft = incident::draft(progress);
        // The row that one chose stays chosen.
        self.chosen = match (had, self.draft.is_some()) {
            (false, true) => self.chosen + 1,
            (true, false) => self.chosen.saturating_sub(1),
            _ => self.chosen,
        };
    }

    /// What can be chosen, from the top.
    pub fn choices(&self) -> Vec<Choice> {
        let designs = 0..Design::ALL.len();
        let saved = self.saved.iter().flatten().cloned().map(Choice::Saved);
        let draft = self.draft.as_ref().map(|_| Choice::Resume);
        draft
            .into_iter()
            .chain([Choice::Empty])
            .chain(designs.clone().map(Choice::Build))
            .chain(saved)
            .chain(designs.map(Choice::Mend))
            .collect()
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Workshop]
    }

    /// Would this key do anything now?
    pub fn offers(&self, action: Action) -> bool {
        match action {
            Action::Left | Action::Right => self.mends(),
            Action::Undo => self.mends() && !self.seed.is_empty(),
            _ => true,
        }
    }

    /// Is a design to be mended chosen?
    pub fn mends(&self) -> bool {
        matches!(self.choices().get(self.chosen), Some(Choice::Mend(_)))
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, _: Around<'_>) -> Option<Go> {
        let choices = self.choices();
        let last = choices.len() - 1;
        let at = self.chosen.min(last);
        self.chosen = match *input {
            Input::Act(Action::Up) => at.saturating_sub(1),
            Input::Act(Action::Down) => (at + 1).min(last),
            Input::Act(Action::PageUp | Action::First) => 0,
            Input::Act(Action::PageDown | Action::Last) => last,
            Input::Act(Action::Left) => {
                self.turn(false);
                at
            }
            Input::Act(Action::Right) => {
                self.turn(true);
                at
            }
            Input::Act(Action::Option(digit)) if self.mends() => {
                if self.seed.len() < incident::DIGITS {
                    self.seed.push(char::from(b'0' + digit));
                }
                at
            }
            Input::Act(Action::Undo) => {
                self.seed.pop();
                at
            }
            Input::Act(Action::Confirm) => return Some(self.enter(&choices[at])),
            Input::Act(Action::Back) => return Some(Go::Back),
            Input::Mouse(mouse, Some(Target::Item(to))) if mouse.kind == MouseKind::Down => {
                let to = to.min(last);
                // How hard an incident is to be is chosen before it is opened.
                if to == at || !matches!(choices[to], Choice::Mend(_)) {
                    self.chosen = to;
                    return Some(self.enter(&choices[to]));
                }
                to
            }
            Input::Mouse(mouse, _) if mouse.kind == MouseKind::WheelUp => at.saturating_sub(1),
            Input::Mouse(mouse, _) if mouse.kind == MouseKind::WheelDown => (at + 1).min(last),
            _ => at,
        };
        None
    }

    fn turn(&mut self, harder: bool) {
        let at = Level::ALL.iter().position(|level| *level == self.level).unwrap_or(0);
        let to = if harder { at + 1 } else { at.saturating_sub(1) };
        self.level = Level::ALL[to.min(Level::ALL.len() - 1)];
    }

    fn enter(&self, choice: &Choice) -> Go {
        match choice {
            Choice::Empty => Go::Sandbox(None),
            Choice::Build(design) => Go::Sandbox(Some(*design)),
            Choice::Saved(name) => Go::Saved(name.clone()),
            Choice::Mend(design) => Go::Incident(*design, self.level, self.seed.parse().ok()),
            Choice::Resume => Go::Resume,
        }
    }
}
