//! What the program knows, and how it changes: one [`Model`], one door [`update`].
//!
//! Names no terminal, no database, no clock: messages come in, effects go out. A screen answers
//! where it leads ([`Go`]) and knows no other screen.

pub mod flight;
pub mod home;
pub mod input;
pub mod keys;
pub mod lab;
pub mod lesson;
pub mod question;
pub mod seen;

pub use input::{Key, KeyCode, Mouse, MouseKind};
pub use keys::{Action, Scope};
pub use seen::{Area, Seen, Target};

use std::time::Duration;

use crate::{
    course::{Course, LabId, LessonId, QuestionId},
    i18n::Lang,
};

/// Everything the program knows.
#[derive(Debug)]
pub struct Model {
    /// The language on screen.
    pub lang: Lang,
    /// The pack.
    pub course: Course,
    /// The screen one is on.
    pub screen: Screen,
    /// At most one box over it.
    pub modal: Option<Modal>,
    /// The terminal's size in cells.
    pub size: (u16, u16),
    /// What the last frame taught: where things are.
    pub seen: Seen,
    /// Time since the program started, as the last tick said.
    pub now: Duration,
}

/// The screens.
#[derive(Debug)]
#[expect(missing_docs, reason = "each variant names its screen")]
pub enum Screen {
    Home(home::Home),
    Lesson(lesson::Lesson),
    Question(question::Question),
    Lab(lab::Lab),
}

/// A box over a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modal {
    /// The keys of the screen one is on.
    Help,
}

/// Where a screen leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// Back to where one came from.
    Back,
    /// To the start.
    Home,
    /// To a lesson, at the page where one left off.
    Lesson(LessonId),
    /// To a question of a lesson.
    Question(LessonId, QuestionId),
    /// To a lab of a lesson.
    Lab(LessonId, LabId),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size in cells.
    Resize(u16, u16),
    /// Time went by: since the start.
    Tick(Duration),
    /// What the frame that was just drawn taught.
    Seen(Seen),
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Leave the program.
    Quit,
}
