//! What a screen may look at besides itself.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    app::{Look, Seen},
    course::Course,
    i18n::Lang,
    journal::Progress,
};

/// What a screen may look at, and not change.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The language on screen.
    pub lang: Lang,
    /// The pack.
    pub course: &'a Course,
    /// What the learner has done.
    pub progress: &'a Progress,
    /// What the last frame taught.
    pub seen: &'a Seen,
    /// Time since the program started.
    pub now: Duration,
    /// The moment on the clock on the wall, if it is known.
    pub moment: Option<Timestamp>,
    /// How the screen may look.
    pub look: Look,
}
