//! A question on screen: the answer as it is being given, and what is said about it then.

pub mod arrange;
pub mod grade;

use std::{sync::Arc, time::Duration};

use tui_input::InputRequest;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::{
    app::{
        Action, Around, Effect, Go, Input, Key, KeyCode, MouseKind, Scope, Seen, Target,
        flight::{self, Flight},
    },
    course::{self, Kind, QuestionId},
    journal::{Event, Progress},
};

pub use arrange::Arrangement;
pub use grade::{Grade, Response};

/// How long after Enter a typed answer is read: the last syllable may still be on its way.
pub const SETTLES: Duration = Duration::from_millis(50);

/// A question on screen.
#[derive(Debug)]
pub struct Question {
    /// The lesson that it is asked in.
    pub lesson: Arc<course::Lesson>,
    /// Which of its questions.
    pub index: usize,
    /// The options in the order in which they are shown, by their place in the question. The same
    /// in every language.
    pub order: Vec<usize>,
    /// The option that is pointed at, by its place on screen.
    pub cursor: Option<usize>,
    /// The options that are marked, by their place in the question (multiple choice).
    pub marked: Vec<usize>,
    /// What is being put into order or paired.
    pub arrangement: Arrangement,
    /// What is typed so far.
    pub field: tui_input::Input,
    /// Did the learner say that this is a guess?
    pub unsure: bool,
    /// Where the question stands.
    pub stage: Stage,
    /// What is to be said before anything counts.
    pub hint: Option<Hint>,
    /// The first line that is shown, where the learner scrolled; else as it fits.
    pub top: Option<u16>,
    /// Did the learner step through the packet's way last? Then that is what is kept in sight.
    pub stepping: bool,
    /// The packet of a packet question on its way, once it was answered.
    pub flight: Option<Flight>,
    /// Is it asked again because it is due, and how many more are?
    pub review: Option<usize>,
    /// The typed answer about which the learner was asked whether it is complete.
    asked_about: Option<String>,
    /// How many answers there were before.
    attempts: usize,
    /// Since when this attempt is on screen.
    since: Duration,
}

/// Where a question stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It waits for an answer.
    Asking,
    /// Enter was pressed; the answer is read at this moment.
    Settling(Duration),
    /// It was answered.
    Answered {
        /// With this.
        response: Response,
        /// Was that right?
        right: bool,
        /// Was it answered just now, or does the journal tell of it?
        now: bool,
    },
}

/// What is to be said before anything counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Nothing is chosen yet.
    ChooseFirst,
    /// The answer cannot be read.
    Unreadable,
    /// The last syllable seems to be missing from this.
    Unfinished(String),
}

impl Question {
    /// Opens a question; `None` when the lesson has none of that name. One that was answered shows
    /// its last answer.
    pub fn open(
        lesson: &Arc<course::Lesson>,
        id: &QuestionId,
        progress: &Progress,
        now: Duration,
    ) -> Option<Self> {
        let index = lesson.questions.iter().position(|question| question.id == *id)?;
        let mut opened = Self {
            lesson: Arc::clone(lesson),
            index,
            order: Vec::new(),
            cursor: None,
            marked: Vec::new(),
            arrangement: Arrangement::default(),
            field: tui_input::Input::default(),
            unsure: false,
            stage: Stage::Asking,
            hint: None,
            top: None,
            stepping: false,
            flight: None,
            review: None,
            asked_about: None,
            attempts: 0,
            since: now,
        };
        let history = progress.question(&id.0).map_or(&[][..], |past| past.history());
        opened.attempts = history.len();
        let last = history.last().and_then(|last| {
            Some((grade::response(opened.question(), &last.given)?, last.sure == Some(false)))
        });
        match last {
            Some((response, unsure)) => {
                opened.shuffle(history.len() - 1);
                let right = grade::grade(opened.question(), &response) == Grade::Right;
                opened.unsure = unsure;
                opened.settle(response, right, false);
            }
            None => opened.shuffle(history.len()),
        }
        Some(opened)
    }

    /// Opens a question that is due again, whatever was answered before. `left` more are due.
    pub fn review(
        lesson: &Arc<course::Lesson>,
        id: &QuestionId,
        left: usize,
        progress: &Progress,
        now: Duration,
    ) -> Option<Self> {
        let mut opened = Self::open(lesson, id, progress, now)?;
        opened.again(now);
        opened.review = Some(left);
        Some(opened)
    }

    /// The question.
    pub fn question(&self) -> &course::Question {
        &self.lesson.questions[self.index]
    }

    /// Does one type the answer?
    pub fn is_typed(&self) -> bool {
        matches!(self.question().kind, Kind::Text { .. } | Kind::Number { .. } | Kind::Cidr { .. })
    }

    /// May several options be right?
    pub fn is_multiple(&self) -> bool {
        matches!(self.question().kind, Kind::Multiple(_))
    }

    /// Is an option (by its place in the question) part of the answer as it stands?
    pub fn is_picked(&self, option: usize) -> bool {
        match &self.stage {
            Stage::Answered { response: Response::Options(picked), .. } => picked.contains(&option),
            Stage::Answered { .. } => false,
            _ if self.is_multiple() => self.marked.contains(&option),
            _ => self.cursor.is_some_and(|at| self.order.get(at) == Some(&option)),
        }
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, now: Duration) -> Option<Duration> {
        match self.stage {
            Stage::Settling(at) => Some(at.saturating_sub(now)),
            _ => self.flight.as_ref()?.wakes_in(now),
        }
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        match self.stage {
            Stage::Answered { .. } if self.flight.is_some() => {
                vec![Scope::Answered, Scope::Flight]
            }
            Stage::Answered { .. } => vec![Scope::Answered],
            _ if self.is_typed() => vec![Scope::Typing],
            _ if self.is_arranged() => vec![self.arranging()],
            _ if self.is_multiple() => vec![Scope::Marking],
            _ => vec![Scope::Choosing],
        }
    }

    /// Would this key do anything now? See [`Flight::offers`].
    pub fn offers(&self, action: Action) -> bool {
        if action == Action::Undo && self.arrangement.is_fresh() {
            return false;
        }
        match (&self.stage, &self.flight) {
            (Stage::Answered { .. }, Some(flight)) => match action {
                Action::Left | Action::Right | Action::First | Action::Last => {
                    flight.offers(action)
                }
                _ => true,
            },
            _ => true,
        }
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        self.is_typed() && !matches!(self.stage, Stage::Answered { .. })
    }

    /// Takes an input.
    pub fn update(
        &mut self,
        input: &Input,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match input {
            Input::Act(action) => return self.act(*action, &around, effects),
            Input::Type(key) => self.type_key(*key),
            Input::Paste(text) => {
                for letter in text.chars() {
                    self.field.handle(InputRequest::InsertChar(letter));
                }
                self.typed();
            }
            Input::Mouse(mouse, target) => {
                self.mouse(mouse.kind, *target, &around, effects);
            }
            Input::Tick => {
                if let Stage::Settling(at) = self.stage
                    && at <= around.now
                {
                    let response = Response::Text(self.field.value().to_owned());
                    self.stage = Stage::Asking;
                    self.answer(response, &around, effects);
                }
                if let Some(flight) = &mut self.flight {
                    flight.tick(around.now, around.look.motion);
                }
            }
            Input::Seen => {
                if let Some(flight) = &mut self.flight {
                    flight.keep_on_page(around.seen.page);
                }
            }
        }
        None
    }

    fn act(
        &mut self,
        action: Action,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        if action == Action::Back && self.arrangement.lifted.is_none() {
            return Some(Go::Back);
        }
        if matches!(self.stage, Stage::Answered { .. }) {
            return self.act_answered(action, around);
        }
        self.hint = None;
        if self.is_arranged() && self.act_arranging(action, around, effects) {
            return None;
        }
        let seen = around.seen;
        match action {
            Action::Sure => self.unsure = !self.unsure,
            Action::PageUp => self.scroll_to(seen.top.saturating_sub(half(seen)), seen),
            Action::PageDown => self.scroll_to(seen.top + half(seen), seen),
            Action::Confirm if self.is_typed() => {
                self.stage = Stage::Settling(around.now + SETTLES);
            }
            Action::Confirm => {
                let picked = if self.is_multiple() {
                    self.marked.clone()
                } else {
                    self.cursor.and_then(|at| self.order.get(at)).copied().into_iter().collect()
                };
                self.answer(Response::Options(picked), around, effects);
            }
            Action::Up => self.point(self.cursor.map_or(usize::MAX, |at| at.saturating_sub(1))),
            Action::Down => self.point(self.cursor.map_or(0, |at| at + 1)),
            Action::First => self.point(0),
            Action::Last => self.point(usize::MAX),
            Action::Toggle => self.toggle(),
            Action::Option(n) if usize::from(n) <= self.order.len() => {
                self.point(usize::from(n) - 1);
                self.toggle();
            }
            _ => {}
        }
        None
    }

    fn act_answered(&mut self, action: Action, around: &Around<'_>) -> Option<Go> {
        let seen = around.seen;
        match action {
            Action::Confirm if self.review.is_some() => return Some(Go::Review),
            Action::Confirm => return Some(Go::Back),
            Action::Again => self.again(around.now),
            Action::Up => self.scroll_to(seen.top.saturating_sub(1), seen),
            Action::Down => self.scroll_to(seen.top + 1, seen),
            Action::PageUp => self.scroll_to(seen.top.saturating_sub(half(seen)), seen),
            Action::PageDown => self.scroll_to(seen.top + half(seen), seen),
            action => {
                if let (Some(flight), Kind::Packet(packet)) =
                    (&mut self.flight, &self.lesson.questions[self.index].kind)
                {
                    let network = &packet.scene.network;
                    self.top = None;
                    self.stepping = true;
                    flight.act(action, network, around.now, around.look.motion);
                }
            }
        }
        None
    }

    fn mouse(
        &mut self,
        kind: MouseKind,
        target: Option<Target>,
        around: &Around<'_>,
        effects: &mut Vec<Effect>,
    ) {
        let seen = around.seen;
        match (kind, target) {
            (MouseKind::WheelUp, _) => self.scroll_to(seen.top.saturating_sub(3), seen),
            (MouseKind::WheelDown, _) => self.scroll_to(seen.top + 3, seen),
            _ if self.is_arranged() => self.mouse_arranging(kind, target, around, effects),
            (MouseKind::Down, Some(Target::Hop(hop))) => {
                if let Some(flight) = &mut self.flight {
                    flight.show(hop);
                    self.top = None;
                    self.stepping = true;
                }
            }
            (MouseKind::Down, Some(Target::Item(at)))
                if !matches!(self.stage, Stage::Answered { .. }) && at < self.order.len() =>
            {
                self.hint = None;
                if self.is_multiple() {
                    self.cursor = Some(at);
                    self.toggle();
                } else if self.cursor == Some(at) {
                    self.act(Action::Confirm, around, effects);
                } else {
                    self.cursor = Some(at);
                }
            }
            _ => {}
        }
    }

    fn type_key(&mut self, key: Key) {
        let request = match (key.code, key.ctrl || key.alt) {
            (KeyCode::Char(letter), false) => InputRequest::InsertChar(letter),
            (KeyCode::Backspace, false) => InputRequest::DeletePrevChar,
            (KeyCode::Backspace | KeyCode::Char('w'), true) => InputRequest::DeletePrevWord,
            (KeyCode::Delete, _) => InputRequest::DeleteNextChar,
            (KeyCode::Left, false) => InputRequest::GoToPrevChar,
            (KeyCode::Right, false) => InputRequest::GoToNextChar,
            (KeyCode::Left, true) => InputRequest::GoToPrevWord,
            (KeyCode::Right, true) => InputRequest::GoToNextWord,
            (KeyCode::Home, _) | (KeyCode::Char('a'), true) => InputRequest::GoToStart,
            (KeyCode::End, _) | (KeyCode::Char('e'), true) => InputRequest::GoToEnd,
            (KeyCode::Char('u'), true) => InputRequest::DeleteFromStart,
            (KeyCode::Char('k'), true) => InputRequest::DeleteTillEnd,
            _ => return,
        };
        self.field.handle(request);
        self.typed();
    }

    /// Letters may arrive as their parts (NFD): keeps the field composed, and the cursor behind
    /// the same letter.
    fn typed(&mut self) {
        self.hint = None;
        self.top = None;
        if !is_nfc(self.field.value()) {
            let before: String = self.field.value().chars().take(self.field.cursor()).collect();
            let cursor = before.nfc().count();
            let value: String = self.field.value().nfc().collect();
            self.field = tui_input::Input::new(value).with_cursor(cursor);
        }
    }

    fn point(&mut self, at: usize) {
        self.top = None;
        if !self.order.is_empty() {
            self.cursor = Some(at.min(self.order.len() - 1));
        }
    }

    fn toggle(&mut self) {
        self.top = None;
        if !self.is_multiple() {
            if self.cursor.is_none() {
                self.point(0);
            }
            return;
        }
        let Some(option) = self.cursor.and_then(|at| self.order.get(at)).copied() else {
            self.point(0);
            return;
        };
        if let Some(at) = self.marked.iter().position(|marked| *marked == option) {
            self.marked.remove(at);
        } else {
            self.marked.push(option);
            self.marked.sort_unstable();
        }
    }

    /// Reads an answer: it counts, or there is a hint.
    fn answer(&mut self, response: Response, around: &Around<'_>, effects: &mut Vec<Effect>) {
        self.top = None;
        let right = match grade::grade(self.question(), &response) {
            Grade::Right => true,
            Grade::Wrong => false,
            Grade::Unreadable => {
                let typed = matches!(&response, Response::Text(text) if !text.trim().is_empty());
                self.hint = Some(if typed { Hint::Unreadable } else { Hint::ChooseFirst });
                return;
            }
            Grade::Unfinished => {
                let Response::Text(text) = &response else { return };
                let hint = Hint::Unfinished(text.clone());
                // Whoever insists means it.
                if self.asked_about.as_deref() != Some(text) {
                    self.asked_about = Some(text.clone());
                    self.hint = Some(hint);
                    return;
                }
                false
            }
        };
        let question = self.question();
        effects.push(Effect::Record(Event::QuestionAnswered {
            lesson: self.lesson.id.0.clone(),
            question: question.id.0.clone(),
            given: grade::given(question, &response),
            right,
            sure: self.unsure.then_some(false),
            hinted: false,
            millis: around.now.saturating_sub(self.since).as_millis() as u64,
        }));
        self.attempts += 1;
        self.settle(response, right, true);
    }

    fn settle(&mut self, response: Response, right: bool, now: bool) {
        if let (Kind::Packet(packet), Response::Options(picked)) =
            (&self.lesson.questions[self.index].kind, &response)
        {
            let claim = picked.first().and_then(|at| packet.options.get(*at));
            let mut flight = Flight::replay(
                packet.scene.network.clone(),
                packet.trace.clone(),
                claim.map(|option| option.claim),
            );
            // It opens where the prediction and the truth part, else at the end.
            let hop = flight.travel().map_or(0, |travel| travel.parting().unwrap_or(travel.last()));
            flight.show(flight.travel().map_or(0, flight::Travel::last));
            flight.show(hop);
            self.flight = Some(flight);
        }
        self.hint = None;
        self.show_arrangement(&response);
        self.stage = Stage::Answered { response, right, now };
    }

    /// Asks once more, with the options in another order.
    fn again(&mut self, now: Duration) {
        self.stage = Stage::Asking;
        self.cursor = None;
        self.marked.clear();
        self.field = tui_input::Input::default();
        self.unsure = false;
        self.asked_about = None;
        self.flight = None;
        self.top = None;
        self.stepping = false;
        self.since = now;
        self.shuffle(self.attempts);
    }

    fn scroll_to(&mut self, line: u16, seen: &Seen) {
        self.top = Some(line.min(seen.content.saturating_sub(seen.viewport)));
    }

    /// Puts the options in the order of this attempt: the same every time, and in both languages.
    /// True and false, and the places on a packet's way, stay in theirs.
    fn shuffle(&mut self, attempt: usize) {
        if self.is_arranged() {
            self.arrange(attempt);
            return;
        }
        let count = grade::option_count(self.question());
        self.order = match self.question().kind {
            Kind::Single(_) | Kind::Multiple(_) => {
                shuffled(count, &mut seed(&self.question().id.0, attempt))
            }
            _ => (0..count).collect(),
        };
    }
}

/// Half of what is visible, in lines.
fn half(seen: &Seen) -> u16 {
    (seen.viewport / 2).max(1)
}

/// FNV-1a over the question's name and the attempt: the same on every machine.
fn seed(id: &str, attempt: usize) -> u64 {
    let bytes = id.bytes().chain((attempt as u64).to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// `0..count` in an order that follows from the state.
fn shuffled(count: usize, state: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        *state = next_random(*state);
        let at = (*state >> 33) as usize % (last + 1);
        order.swap(last, at);
    }
    order
}

/// Knuth's MMIX generator: its upper bits are good enough to shuffle a handful of options.
fn next_random(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}
