//! The sandbox: a bench without goals, over nothing, a design, or a scene's file.

use std::{path::PathBuf, time::Duration};

use crate::{
    app::{
        Action, Around, Effect, Go, Input, MouseKind, Scope, Seen, Target,
        bench::{Bench, Pane, Told, surround::Surround},
    },
    cloud::Network,
    course::{Allowed, NamedPacket, Scene, design::Design, export::to_toml, incident::Level},
    journal::{Event, Progress},
};

/// The sandbox.
#[derive(Debug)]
pub struct Sandbox {
    of: Of,
    /// What it is called: the file's or the design's name.
    name: String,
    packets: Vec<NamedPacket>,
    bench: Bench,
    /// The network as it was written to its file last.
    kept: Network,
    /// The scene that its file holds, as a plain export, and the one that is being written to it.
    written: String,
    writing: String,
    row: usize,
    panel: Option<Panel>,
    /// Leave as soon as it is written.
    leaving: bool,
}

/// What a sandbox is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Nothing.
    Nothing,
    /// A design.
    Design(usize),
    /// A scene's file; without a path it has none yet (what it came from is no scene).
    File(Option<PathBuf>),
}

/// A box over the sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Really start over?
    Reset(usize),
    /// Changes were not written: save, leave, or stay?
    Leave(usize),
}

impl Panel {
    /// How many answers there are.
    pub fn count(self) -> usize {
        match self {
            Self::Reset(_) => 2,
            Self::Leave(_) => 3,
        }
    }

    /// The answer that is chosen.
    pub fn at(self) -> usize {
        match self {
            Self::Reset(at) | Self::Leave(at) => at,
        }
    }

    fn with(self, at: usize) -> Self {
        match self {
            Self::Reset(_) => Self::Reset(at),
            Self::Leave(_) => Self::Leave(at),
        }
    }
}

/// One row of the pane between: something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Write the network as a scene.
    Save,
    /// Break it, to be mended.
    Break(Level),
    /// Take a step back.
    Undo,
    /// Make it again.
    Redo,
    /// Start over.
    Reset,
}

impl Surround for Sandbox {
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
            (Input::Act(action), Some(panel)) => self.act_in_panel(panel, *action, told, effects),
            (Input::Act(action), None) => self.act(*action, around, told, effects),
            (Input::Mouse(mouse, target), Some(panel)) => match target {
                Some(Target::Item(at)) if mouse.kind == MouseKind::Down && *at < panel.count() => {
                    self.act_in_panel(panel.with(*at), Action::Confirm, told, effects)
                }
                _ => None,
            },
            (Input::Mouse(mouse, Some(Target::Row(Pane::Task, at))), None)
                if mouse.kind == MouseKind::Down && self.bench.board().is_none() =>
            {
                self.bench.look_at(Pane::Task);
                self.row = *at;
                self.do_row(told, around, effects)
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
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match told {
            Told::Changed => {
                // A file is written when one says so; the rest is kept by itself.
                if let Some(lab) = key_of(&self.of) {
                    let changes = self.bench.saved();
                    effects.push(Effect::Record(Event::LabSaved { lab, changes }));
                }
                None
            }
            Told::Unused(action) if self.bench.focus() == Pane::Task => {
                self.act_in_rows(action, around, more, effects)
            }
            Told::Unused(Action::Back) if self.is_unsaved() => {
                self.panel = Some(Panel::Leave(0));
                None
            }
            Told::Unused(Action::Back) => Some(Go::Back),
            Told::Predicted(_) | Told::Asked(_) | Told::Unused(_) => None,
        }
    }

    fn settle(&mut self) {
        self.row = self.row.min(self.rows().len() - 1);
    }
}

impl Sandbox {
    /// Over a design, or nothing: as it was left.
    pub fn open(design: Option<usize>, progress: &Progress) -> Self {
        let (of, scene) = match design.and_then(|at| Some((at, Design::ALL.get(at)?))) {
            Some((at, design)) => (Of::Design(at), design.scene()),
            None => (Of::Nothing, nothing()),
        };
        let key = key_of(&of);
        let saved = key.as_deref().and_then(|key| progress.lab(key)).and_then(|kept| kept.saved());
        Self::over(of, scene, saved)
    }

    /// Over a scene of the learner's own. `path` is where it is written back to.
    pub fn of_file(path: Option<PathBuf>, scene: Scene) -> Self {
        Self::over(Of::File(path), scene, None)
    }

    fn over(of: Of, scene: Scene, saved: Option<&serde_json::Value>) -> Self {
        let key = key_of(&of).unwrap_or_else(|| format!("scene:{}", scene.name));
        let written = to_toml(&scene);
        let mut bench = Bench::new(key, &scene.network, Allowed::Everything, saved);
        bench.offer(scene.packets.clone());
        Self {
            of,
            name: scene.name,
            packets: scene.packets,
            bench,
            kept: scene.network,
            writing: written.clone(),
            written,
            row: 0,
            panel: None,
            leaving: false,
        }
    }

    // -- what the screen shows

    /// The bench that it is worked on.
    pub fn bench(&self) -> &Bench {
        &self.bench
    }

    /// What it is over.
    pub fn of(&self) -> &Of {
        &self.of
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The box over it.
    pub fn panel(&self) -> Option<Panel> {
        self.panel
    }

    /// The rows of the pane between.
    pub fn rows(&self) -> Vec<Row> {
        let (undo, redo) = self.bench.steps();
        let mut rows = vec![Row::Save];
        rows.extend(Level::ALL.map(Row::Break));
        rows.extend((undo > 0).then_some(Row::Undo));
        rows.extend((redo > 0).then_some(Row::Redo));
        rows.extend((undo + redo > 0).then_some(Row::Reset));
        rows
    }

    /// The chosen one.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Is there something that its file does not know?
    pub fn is_unsaved(&self) -> bool {
        matches!(self.of, Of::File(_)) && self.kept != *self.bench.network()
    }

    /// The network with its packets, as a scene.
    pub fn scene(&self) -> Scene {
        let network = self.bench.network().clone();
        let mut packets = self.packets.clone();
        for packet in self.bench.flight().packets() {
            if packets.iter().all(|known| known.probe != packet.probe) {
                let mut number = packets.len() + 1;
                let name = loop {
                    let name = format!("packet-{number}");
                    if packets.iter().all(|known| known.name.as_str() != name) {
                        break name;
                    }
                    number += 1;
                };
                packets.push(NamedPacket { name: name.as_str().into(), ..packet.clone() });
            }
        }
        Scene { name: self.name.clone(), network, packets }
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
        let mut scopes = self.bench.scopes();
        if scopes.is_empty() {
            scopes = vec![Scope::LabGoals, Scope::LabTools];
        }
        scopes.insert(0, Scope::Sandbox);
        scopes
    }

    /// Would this key do anything now?
    pub fn offers(&self, action: Action, seen: &Seen) -> bool {
        match (self.panel, self.bench.focus(), action) {
            (None, _, Action::Hint) => false,
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
        self.hand_over(input, around, effects)
    }

    fn act(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match action {
            Action::Save => self.save(effects),
            Action::Reset if self.bench.form().is_none() => self.panel = Some(Panel::Reset(1)),
            Action::Goals => self.bench.look_at(Pane::Task),
            _ => self.bench.act(action, around, told),
        }
        None
    }

    fn act_in_rows(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let last = self.rows().len() - 1;
        match action {
            Action::Up | Action::Previous => self.row = self.row.saturating_sub(1),
            Action::Down | Action::Next => self.row = (self.row + 1).min(last),
            Action::First => self.row = 0,
            Action::Last => self.row = last,
            Action::Confirm => return self.do_row(told, around, effects),
            Action::Back => self.bench.look_at(Pane::Map),
            _ => {}
        }
        None
    }

    fn do_row(
        &mut self,
        told: &mut Vec<Told>,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match *self.rows().get(self.row)? {
            Row::Save => self.save(effects),
            Row::Break(level) => return Some(Go::Break(level)),
            Row::Undo => self.bench.act(Action::Undo, around, told),
            Row::Redo => self.bench.act(Action::Redo, around, told),
            Row::Reset => self.panel = Some(Panel::Reset(1)),
        }
        None
    }

    fn save(&mut self, effects: &mut Vec<Effect>) {
        let path = match &self.of {
            Of::File(path) => path.clone(),
            Of::Nothing | Of::Design(_) => None,
        };
        let (was, text) = (self.written.clone(), to_toml(&self.scene()));
        self.writing.clone_from(&text);
        effects.push(Effect::SaveScene { path, name: self.name.clone(), was, text });
    }

    /// The scene was written, to this file.
    pub fn saved(&mut self, path: PathBuf) -> Option<Go> {
        if let Of::File(own) = &mut self.of {
            own.get_or_insert(path);
            self.written.clone_from(&self.writing);
            self.kept = self.bench.network().clone();
        }
        self.leaving.then_some(Go::Back)
    }

    fn act_in_panel(
        &mut self,
        panel: Panel,
        action: Action,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let count = panel.count();
        match action {
            Action::Back => self.panel = None,
            Action::Up | Action::Previous => {
                self.panel = Some(panel.with((panel.at() + count - 1) % count));
            }
            Action::Down | Action::Next => self.panel = Some(panel.with((panel.at() + 1) % count)),
            Action::Option(digit) if usize::from(digit).wrapping_sub(1) < count => {
                let panel = panel.with(usize::from(digit) - 1);
                return self.act_in_panel(panel, Action::Confirm, told, effects);
            }
            Action::Confirm => {
                self.panel = None;
                match panel {
                    Panel::Reset(0) => self.bench.start_over(told),
                    Panel::Leave(0) => {
                        self.leaving = true;
                        self.save(effects);
                    }
                    Panel::Leave(1) => return Some(Go::Back),
                    Panel::Reset(_) | Panel::Leave(_) => {}
                }
            }
            _ => {}
        }
        None
    }
}

/// Under which name the journal keeps it; what has a file is kept there.
fn key_of(of: &Of) -> Option<String> {
    match of {
        Of::Nothing => Some("sandbox:empty".to_owned()),
        Of::Design(at) => Some(format!("sandbox:{}", Design::ALL.get(*at)?.id)),
        Of::File(_) => None,
    }
}

/// A cloud with nothing in it.
fn nothing() -> Scene {
    Scene { name: "my-cloud".to_owned(), network: Network::new(), packets: Vec::new() }
}
