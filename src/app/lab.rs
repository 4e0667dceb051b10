//! (being built)

use std::{sync::Arc, time::Duration};

use crate::{
    app::{Action, Around, Effect, Go, Input, Scope},
    course::{LabId, Lesson},
    journal::Progress,
};

/// Being built.
#[derive(Debug)]
pub struct Lab;

impl Lab {
    /// Opens a lab; `None` when the lesson has none of that name.
    pub fn open(lesson: &Arc<Lesson>, id: &LabId, _progress: &Progress) -> Option<Self> {
        lesson.labs.iter().any(|lab| lab.id == *id).then_some(Self)
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, _now: Duration) -> Option<Duration> {
        None
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Lab]
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
