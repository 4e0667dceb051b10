//! What the program knows, and how it changes: one [`Model`], one door [`update`].
//!
//! Names no terminal, no database, no clock: messages come in, effects go out. A screen answers
//! where it leads ([`Go`]) and knows no other screen.

pub mod around;
pub mod bench;
pub mod canvas;
pub mod effect;
pub mod flight;
pub mod home;
pub mod incident;
pub mod input;
pub mod keys;
pub mod lab;
pub mod lesson;
pub mod look;
pub mod question;
pub mod sandbox;
pub mod seen;
pub mod workshop;

pub use around::Around;
pub use effect::{Effect, Go};
pub use input::{Input, Key, KeyCode, Mouse, MouseKind};
pub use keys::{Action, Scope};
pub use look::{Colors, Look};
pub use seen::{Area, Seen, Target};

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    course::{
        Course, Lesson, LessonId, QuestionId, Scene,
        design::Design,
        glossary::{Glossary, Term},
        incident::Level,
    },
    i18n::Lang,
    journal::{self, Aliases, Entry, Event, Progress},
    text::clean::clean,
};

/// Everything the program knows.
#[derive(Debug)]
pub struct Model {
    /// The language on screen.
    pub lang: Lang,
    /// How the screen may look.
    pub look: Look,
    /// Does the program have the mouse, or the terminal?
    pub mouse: bool,
    /// The pack.
    pub course: Course,
    /// What the learner has done.
    pub progress: Progress,
    /// The screen one is on.
    pub screen: Screen,
    /// The screens one came from, the last on top.
    pub behind: Vec<Screen>,
    /// At most one box over it.
    pub modal: Option<Modal>,
    /// What there is to tell about something that happened outside.
    pub notice: Option<String>,
    /// The terminal's size in cells.
    pub size: (u16, u16),
    /// What the last frame taught: where things are.
    pub seen: Seen,
    /// Time since the program started, as the last tick said.
    pub now: Duration,
    /// What the clock on the wall said when the program started; without, nothing is ever due.
    pub began: Option<Timestamp>,
    /// The questions that are due again and still to be asked in this go.
    due: Vec<(LessonId, QuestionId)>,
    /// The terms, once somebody has asked for them.
    glossary: Option<Glossary>,
    /// The lessons that were read, and those that could not be.
    shelf: BTreeMap<LessonId, Option<Arc<Lesson>>>,
}

/// The screens.
#[derive(Debug)]
#[expect(missing_docs, reason = "each variant names its screen")]
pub enum Screen {
    Home(Box<home::Home>),
    Lesson(Box<lesson::Lesson>),
    Question(Box<question::Question>),
    Lab(Box<lab::Lab>),
    Workshop(Box<workshop::Workshop>),
    Sandbox(Box<sandbox::Sandbox>),
    Incident(Box<incident::Incident>),
}

/// A box over a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modal {
    /// The keys of the screen one is on, from this line on.
    Help(u16),
    /// The terms and the sources of the lesson one is in, from this line on.
    Terms(u16),
    /// What can be done from anywhere, without a letter key; this one is chosen.
    Menu(usize),
}

impl Modal {
    /// What the menu offers.
    pub const MENU: [Action; 5] =
        [Action::Back, Action::Language, Action::MouseToggle, Action::Help, Action::Quit];
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed (or repeats).
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size in cells.
    Resize(u16, u16),
    /// Time went by: since the start. Sent before every other message, so that [`Model::now`] is
    /// never old, and when [`Model::wakes_in`] asks for it.
    Tick(Duration),
    /// What the frame that was just drawn taught.
    Seen(Seen),
    /// All that the journal tells. Comes at the start, before any input: until then the model may
    /// go by a digest of it.
    Remembered(Box<Progress>),
    /// This was written into the journal (or waits to be: it counts all the same).
    Recorded(Box<Entry>),
    /// There is something to tell in the status line, until the next key.
    Notice(String),
    /// The scenes that were saved, by name.
    Scenes(Vec<String>),
    /// A scene that was asked for: where it is, and what was read.
    Opened(PathBuf, String),
    /// A scene was written, to this file.
    Saved(PathBuf),
}

/// The one door: takes a message in, answers what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => model.key(key, &mut effects),
        Msg::Mouse(mouse) => model.mouse(mouse, &mut effects),
        Msg::Paste(text) => model.paste(&text, &mut effects),
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Tick(now) => {
            model.now = now;
            model.read_ahead();
            model.pass(&Input::Tick, &mut effects);
        }
        Msg::Seen(seen) => {
            model.seen = seen;
            model.pass(&Input::Seen, &mut effects);
        }
        Msg::Remembered(progress) => model.remember(*progress),
        Msg::Recorded(entry) => model.progress.apply(&entry),
        Msg::Notice(text) => model.notice = Some(text),
        Msg::Scenes(names) => {
            if let Screen::Workshop(workshop) = &mut model.screen {
                workshop.saved = Some(names);
            }
        }
        Msg::Opened(path, text) => model.open_scene(path, &text),
        Msg::Saved(path) => model.saved(path, &mut effects),
    }
    effects
}

impl Model {
    /// The program at its start: at home, with what the learner did before.
    pub fn new(
        course: Course,
        progress: Progress,
        lang: Lang,
        look: Look,
        size: (u16, u16),
    ) -> Self {
        let mouse = progress.setting("mouse") != Some("off");
        let home = home::Home::new(&course, &progress);
        Self {
            lang,
            look,
            mouse,
            course,
            progress,
            screen: Screen::Home(Box::new(home)),
            behind: Vec::new(),
            modal: None,
            notice: None,
            size,
            seen: Seen::default(),
            now: Duration::ZERO,
            began: None,
            due: Vec::new(),
            glossary: None,
            shelf: BTreeMap::new(),
        }
    }

    fn remember(&mut self, progress: Progress) {
        self.progress = progress;
        for lesson in self.shelf.values().flatten() {
            self.progress.learn(old_names(lesson));
        }
        if let Screen::Home(home) = &mut self.screen {
            **home = home::Home::new(&self.course, &self.progress);
        }
    }

    /// When time must go by for something to happen: a [`Msg::Tick`] is due after so long.
    /// `None` sleeps until somebody does something.
    pub fn wakes_in(&self) -> Option<Duration> {
        match &self.screen {
            Screen::Home(_) => self.to_read().map(|_| Duration::ZERO),
            Screen::Lesson(lesson) => lesson.wakes_in(self.now),
            Screen::Question(question) => question.wakes_in(self.now),
            Screen::Lab(lab) => lab.wakes_in(self.now),
            Screen::Workshop(_) => None,
            Screen::Sandbox(sandbox) => sandbox.wakes_in(self.now),
            Screen::Incident(incident) => incident.wakes_in(self.now),
        }
    }

    /// The scopes that hold, the innermost first, without [`Scope::Everywhere`].
    pub fn scopes(&self) -> Vec<Scope> {
        match (&self.modal, &self.screen) {
            (Some(Modal::Help(_) | Modal::Terms(_)), _) => vec![Scope::Help],
            (Some(Modal::Menu(_)), _) => vec![Scope::Menu],
            (None, Screen::Home(home)) => home.scopes(),
            (None, Screen::Lesson(lesson)) => lesson.scopes(),
            (None, Screen::Question(question)) => question.scopes(),
            (None, Screen::Lab(lab)) => lab.scopes(),
            (None, Screen::Workshop(workshop)) => workshop.scopes(),
            (None, Screen::Sandbox(sandbox)) => sandbox.scopes(),
            (None, Screen::Incident(incident)) => incident.scopes(),
        }
    }

    /// Would this key do anything now? The footer shows no other. `seen` is what the frame under
    /// way has learned so far.
    pub fn offers(&self, action: Action, seen: &Seen) -> bool {
        match (&self.modal, &self.screen) {
            (Some(Modal::Help(_) | Modal::Terms(_)), _) => {
                !matches!(action, Action::Up | Action::Down) || seen.box_content > seen.box_viewport
            }
            (Some(Modal::Menu(_)), _) | (None, Screen::Home(_)) => true,
            (None, Screen::Lesson(lesson)) => lesson.offers(action, self.lang, seen),
            (None, Screen::Question(question)) => question.offers(action),
            (None, Screen::Lab(lab)) => lab.offers(action, seen),
            (None, Screen::Workshop(workshop)) => workshop.offers(action),
            (None, Screen::Sandbox(sandbox)) => sandbox.offers(action, seen),
            (None, Screen::Incident(incident)) => incident.offers(action, seen),
        }
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        self.modal.is_none()
            && match &self.screen {
                Screen::Home(_) | Screen::Workshop(_) => false,
                Screen::Lesson(lesson) => lesson.typing(),
                Screen::Question(question) => question.typing(),
                Screen::Lab(lab) => lab.typing(),
                Screen::Sandbox(sandbox) => sandbox.typing(),
                Screen::Incident(incident) => incident.typing(),
            }
    }

    fn key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        self.notice = None;
        if self.typing() && belongs_to_a_field(key) {
            self.pass(&Input::Type(key), effects);
            return;
        }
        for key in keys::pressed(key) {
            match keys::find(&self.scopes(), key) {
                Some(action) => self.act(action, effects),
                None if self.typing() => self.pass(&Input::Type(key), effects),
                None => {}
            }
        }
    }

    fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.typing() {
            let clean = text.chars().filter(|letter| !letter.is_control()).collect();
            self.pass(&Input::Paste(clean), effects);
        }
    }

    fn mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        let target = self.seen.hit(mouse.x, mouse.y);
        match (self.modal, mouse.kind, target) {
            (_, MouseKind::Down, Some(Target::Action(action))) => self.act(action, effects),
            (Some(Modal::Menu(_)), MouseKind::Down, Some(Target::Item(at))) => {
                self.modal = Some(Modal::Menu(at));
                self.act(Action::Confirm, effects);
            }
            (Some(Modal::Terms(_)), MouseKind::Down, Some(Target::Link(at))) => {
                self.act(Action::Option(u8::try_from(at + 1).unwrap_or(0)), effects);
            }
            (Some(_), MouseKind::Down, None) => self.modal = None,
            (Some(Modal::Help(_) | Modal::Terms(_)), MouseKind::WheelDown, _) => {
                self.act(Action::Down, effects);
            }
            (Some(Modal::Help(_) | Modal::Terms(_)), MouseKind::WheelUp, _) => {
                self.act(Action::Up, effects);
            }
            (Some(_), _, _) => {}
            (None, _, _) => self.pass(&Input::Mouse(mouse, target), effects),
        }
    }

    /// Does what a key means.
    fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Quit => effects.push(Effect::Quit),
            Action::Language => {
                self.lang = self.lang.other();
                let lang = self.lang.code().to_owned();
                effects.push(Effect::Record(Event::LanguageChosen { lang }));
            }
            Action::MouseToggle => {
                self.mouse = !self.mouse;
                effects.push(Effect::CaptureMouse(self.mouse));
                let value = if self.mouse { "on" } else { "off" };
                effects.push(Effect::Record(Event::SettingChanged {
                    key: "mouse".into(),
                    value: value.into(),
                }));
            }
            Action::Help => {
                self.modal = match self.modal {
                    Some(Modal::Help(_)) => None,
                    _ => Some(Modal::Help(0)),
                };
            }
            Action::Menu => self.modal = Some(Modal::Menu(0)),
            Action::Terms if self.modal.is_none() => {
                self.glossary.get_or_insert_with(|| self.course.glossary().0);
                self.modal = Some(Modal::Terms(0));
            }
            _ => match self.modal {
                Some(modal) => self.act_in(modal, action, effects),
                None => self.pass(&Input::Act(action), effects),
            },
        }
    }

    fn act_in(&mut self, modal: Modal, action: Action, effects: &mut Vec<Effect>) {
        let half = self.seen.box_viewport / 2;
        let last = self.seen.box_content.saturating_sub(self.seen.box_viewport);
        let scrolled = |line: u16| match action {
            Action::Up => line.saturating_sub(1),
            Action::Down => line + 1,
            Action::PageUp => line.saturating_sub(half),
            Action::PageDown => line + half,
            Action::First => 0,
            Action::Last => last,
            _ => line,
        };
        if let (Modal::Terms(_), Action::Option(at)) = (modal, action)
            && let Some(id) = self.referred(at)
        {
            self.modal = None;
            self.go(Go::Lesson(id), effects);
            return;
        }
        self.modal = match (modal, action) {
            (_, Action::Back) | (Modal::Terms(_), Action::Terms) => None,
            (Modal::Help(line), _) => Some(Modal::Help(scrolled(line).min(last))),
            (Modal::Terms(line), _) => Some(Modal::Terms(scrolled(line).min(last))),
            (Modal::Menu(at), Action::Up) => {
                Some(Modal::Menu(at.checked_sub(1).unwrap_or(Modal::MENU.len() - 1)))
            }
            (Modal::Menu(at), Action::Down) => Some(Modal::Menu((at + 1) % Modal::MENU.len())),
            (Modal::Menu(at), Action::Confirm) => {
                self.modal = None;
                match Modal::MENU[at] {
                    Action::Back => {}
                    action => self.act(action, effects),
                }
                return;
            }
            (modal, _) => Some(modal),
        };
    }

    /// The nth lesson that the page on screen refers to.
    fn referred(&self, at: u8) -> Option<LessonId> {
        let Screen::Lesson(lesson) = &self.screen else { return None };
        let at = usize::from(at).checked_sub(1)?;
        lesson.lessons(self.lang).get(at).map(|id| LessonId((*id).into()))
    }

    /// The screen, and what it may look at.
    fn parts(&mut self) -> (&mut Screen, Around<'_>) {
        let around = Around {
            lang: self.lang,
            course: &self.course,
            progress: &self.progress,
            seen: &self.seen,
            now: self.now,
            moment: self.began.and_then(|began| began.checked_add(self.now).ok()),
            look: self.look,
        };
        (&mut self.screen, around)
    }

    /// Hands an input to the screen, and goes where that leads.
    fn pass(&mut self, input: &Input, effects: &mut Vec<Effect>) {
        let (screen, around) = self.parts();
        let go = match screen {
            Screen::Home(home) => home.update(input, around),
            Screen::Lesson(lesson) => lesson.update(input, around, effects),
            Screen::Question(question) => question.update(input, around, effects),
            Screen::Lab(lab) => lab.update(input, around, effects),
            Screen::Workshop(workshop) => workshop.update(input, around),
            Screen::Sandbox(sandbox) => sandbox.update(input, around, effects),
            Screen::Incident(incident) => incident.update(input, around, effects),
        };
        if let Some(go) = go {
            self.go(go, effects);
        }
    }

    fn go(&mut self, go: Go, effects: &mut Vec<Effect>) {
        let screen = match go {
            Go::Back => {
                if let Some(screen) = self.behind.pop() {
                    self.show(screen);
                }
                None
            }
            Go::Home => {
                self.behind.clear();
                let home = home::Home::new(&self.course, &self.progress);
                self.show(Screen::Home(Box::new(home)));
                None
            }
            Go::Lesson(id) => self.lesson(&id).map(|lesson| {
                let page = self.progress.lesson(&id.0).map_or(0, journal::LessonProgress::page);
                let lesson = lesson::Lesson::open(lesson, page as usize, &self.progress, effects);
                Screen::Lesson(Box::new(lesson))
            }),
            Go::Question(lesson, id) => self
                .lesson(&lesson)
                .and_then(|lesson| question::Question::open(&lesson, &id, &self.progress, self.now))
                .map(|question| Screen::Question(Box::new(question))),
            Go::Review => {
                if let Screen::Home(home) = &self.screen {
                    self.due = home.due.iter().rev().cloned().collect();
                }
                let asked = matches!(self.screen, Screen::Question(_));
                let next = self.next_due();
                if asked && let Some(screen) = self.behind.pop() {
                    self.show(screen);
                    if next.is_none() {
                        let words = &self.lang.strings().home;
                        self.notice = Some(words.review_done.to_owned());
                    }
                }
                next.map(|question| Screen::Question(Box::new(question)))
            }
            Go::Lab(lesson, id) => self
                .lesson(&lesson)
                .and_then(|lesson| lab::Lab::open(&lesson, &id, &self.progress))
                .map(|lab| Screen::Lab(Box::new(lab))),
            Go::Workshop => {
                let workshop = workshop::Workshop::open(&self.progress, effects);
                Some(Screen::Workshop(Box::new(workshop)))
            }
            Go::Sandbox(design) => {
                let sandbox = sandbox::Sandbox::open(design, &self.progress);
                Some(Screen::Sandbox(Box::new(sandbox)))
            }
            Go::Saved(name) => {
                effects.push(Effect::ReadScene(name));
                None
            }
            Go::Incident(design, level, seed) => {
                let design = Design::ALL.get(design).map(|design| design.scene());
                design.and_then(|design| self.incident(design, level, seed, effects))
            }
            Go::Resume => incident::Incident::resume(&self.progress)
                .map(|incident| Screen::Incident(Box::new(incident))),
            Go::Break(level) => match &self.screen {
                Screen::Sandbox(sandbox) => {
                    let design = sandbox.scene();
                    self.incident(design, level, None, effects)
                }
                _ => None,
            },
            Go::Another | Go::SameAgain => {
                let same = match &self.screen {
                    Screen::Incident(it) => Some((it.design().clone(), it.level(), it.seed())),
                    _ => None,
                };
                let next = same.and_then(|(design, level, seed)| {
                    let seed = (go == Go::SameAgain).then_some(seed);
                    self.incident(design, level, seed, effects)
                });
                if let Some(screen) = next {
                    self.show(screen);
                }
                None
            }
        };
        if let Some(screen) = screen {
            self.behind.push(std::mem::replace(&mut self.screen, screen));
            self.seen = Seen::default();
        }
    }

    /// A design, broken by chance or as a number says; tells in the status line when it cannot be.
    fn incident(
        &mut self,
        design: Scene,
        level: Level,
        seed: Option<u64>,
        effects: &mut Vec<Effect>,
    ) -> Option<Screen> {
        let began = self.began.map_or(0, |began| began.as_millisecond().cast_unsigned());
        let now = began.wrapping_add(self.now.as_millis() as u64);
        let seed = seed.unwrap_or_else(|| incident::short(now));
        let incident = incident::Incident::open(design, level, seed);
        match &incident {
            Some(incident) => effects.push(incident.kept_design()),
            None => self.notice = Some(self.lang.strings().workshop.unbreakable.to_owned()),
        }
        incident.map(|incident| Screen::Incident(Box::new(incident)))
    }

    /// Opens a scene of the learner's own; `path` is where it is written back to.
    pub fn work_on(&mut self, path: Option<PathBuf>, scene: Scene) {
        let sandbox = Screen::Sandbox(Box::new(sandbox::Sandbox::of_file(path, scene)));
        self.behind.push(std::mem::replace(&mut self.screen, sandbox));
        self.seen = Seen::default();
    }

    fn open_scene(&mut self, path: PathBuf, text: &str) {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let (scene, faults) = Scene::parse(&file.unwrap_or_default(), &clean(text));
        if let Some(scene) = scene {
            self.work_on(Some(path), scene);
        } else {
            let fault = faults.first().map(|fault| fault.message.get(self.lang).to_owned());
            let words = &self.lang.strings().workshop;
            self.notice = Some((words.unreadable)(&fault.unwrap_or_default()));
        }
    }

    fn saved(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        self.notice = Some((self.lang.strings().workshop.saved_to)(&path.to_string_lossy()));
        if let Screen::Sandbox(sandbox) = &mut self.screen
            && let Some(go) = sandbox.saved(path)
        {
            self.go(go, effects);
        }
    }

    /// The next question that is due again.
    fn next_due(&mut self) -> Option<question::Question> {
        while let Some((lesson, id)) = self.due.pop() {
            let left = self.due.len();
            let question = self.lesson(&lesson).and_then(|lesson| {
                question::Question::review(&lesson, &id, left, &self.progress, self.now)
            });
            if question.is_some() {
                return question;
            }
        }
        None
    }

    /// Shows a screen that one comes back to.
    fn show(&mut self, screen: Screen) {
        self.screen = screen;
        self.seen = Seen::default();
        let (screen, around) = self.parts();
        match screen {
            Screen::Home(home) => {
                **home = home::Home::new(around.course, around.progress);
                home.look(&around);
            }
            Screen::Lesson(lesson) => lesson.returned(),
            Screen::Workshop(workshop) => workshop.look(around.progress),
            Screen::Question(_) | Screen::Lab(_) | Screen::Sandbox(_) | Screen::Incident(_) => {}
        }
    }

    /// A term of the pack's glossary, once somebody has asked for terms.
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.glossary.as_ref()?.term(name)
    }

    /// A lesson that was read already.
    pub fn on_shelf(&self, id: &LessonId) -> Option<&Lesson> {
        self.shelf.get(id)?.as_deref()
    }

    /// Puts a lesson on the shelf, whatever the pack says of it.
    pub fn shelve(&mut self, lesson: Lesson) {
        self.progress.learn(old_names(&lesson));
        self.shelf.insert(lesson.id.clone(), Some(Arc::new(lesson)));
    }

    /// A lesson, read once; says so in the status line when that cannot be done.
    fn lesson(&mut self, id: &LessonId) -> Option<Arc<Lesson>> {
        if let Some(Some(lesson)) = self.shelf.get(id) {
            return Some(Arc::clone(lesson));
        }
        let (lesson, faults) = self.course.lesson(id);
        if let Some(lesson) = &lesson {
            self.progress.learn(old_names(lesson));
        }
        let lesson = lesson.map(Arc::new);
        if lesson.is_none() {
            let fault = faults
                .first()
                .map_or_else(String::new, |fault| fault.message.get(self.lang).to_owned());
            self.notice = Some((self.lang.strings().common.lesson_unreadable)(&id.0, &fault));
        }
        self.shelf.insert(id.clone(), lesson.clone());
        lesson
    }

    /// The lesson of which home would like to show more than its title. Read after the first
    /// frame, which needs titles only.
    fn to_read(&self) -> Option<LessonId> {
        let Screen::Home(home) = &self.screen else { return None };
        let entry = home.lesson(&self.course)?;
        (!self.shelf.contains_key(&entry.id)).then(|| entry.id.clone())
    }

    fn read_ahead(&mut self) {
        if let Some(id) = self.to_read() {
            let (lesson, _) = self.course.lesson(&id);
            if let Some(lesson) = &lesson {
                self.progress.learn(old_names(lesson));
            }
            self.shelf.insert(id, lesson.map(Arc::new));
        }
    }
}

/// The names that questions and labs of a lesson had before: what was done under them still counts.
fn old_names(lesson: &Lesson) -> Aliases {
    let mut names = Aliases::default();
    for question in &lesson.questions {
        for old in &question.aliases {
            // A question is told apart by its lesson too.
            let old =
                if old.contains('/') { old.clone() } else { format!("{}/{old}", lesson.id.0) };
            names.rename_question(old, question.id.0.clone());
        }
    }
    for lab in &lesson.labs {
        for old in &lab.aliases {
            names.rename_lab(old.clone(), lab.id.0.clone());
        }
    }
    names
}

/// Keys that a text field needs itself.
fn belongs_to_a_field(key: Key) -> bool {
    key.types()
        || matches!(
            key.code,
            KeyCode::Left
                | KeyCode::Right
                | KeyCode::Home
                | KeyCode::End
                | KeyCode::Backspace
                | KeyCode::Delete
        )
}
