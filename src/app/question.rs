//! A question on screen.

use std::{sync::Arc, time::Duration};

use crate::{
    app::{Action, Around, Effect, Go, Input, Scope},
    course::{self, QuestionId},
    journal::Progress,
};

/// A question on screen.
#[derive(Debug)]
pub struct Question {
    /// The lesson that it is asked in.
    pub lesson: Arc<course::Lesson>,
    /// Which of its questions.
    pub index: usize,
}

impl Question {
    /// Opens a question; `None` when the lesson has none of that name.
    pub fn open(
        lesson: &Arc<course::Lesson>,
        id: &QuestionId,
        _progress: &Progress,
        _now: Duration,
    ) -> Option<Self> {
        let index = lesson.questions.iter().position(|question| question.id == *id)?;
        Some(Self { lesson: Arc::clone(lesson), index })
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, _now: Duration) -> Option<Duration> {
        None
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Choosing]
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        false
    }

    /// Takes an input.
    pub fn update(
        &mut self,
        input: &Input,
        _around: Around<'_>,
        _effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        match input {
            Input::Act(Action::Back) => Some(Go::Back),
            _ => None,
        }
    }
}
