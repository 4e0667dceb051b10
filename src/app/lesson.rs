//! A lesson on screen: its pages, and the live pieces in them.

use std::{sync::Arc, time::Duration};

use crate::{
    app::{Action, Around, Effect, Go, Input, Scope},
    course,
    journal::{Event, Progress},
};

/// A lesson on screen.
#[derive(Debug)]
pub struct Lesson {
    /// The lesson.
    pub lesson: Arc<course::Lesson>,
    /// The page one is on.
    pub page: usize,
}

impl Lesson {
    /// Opens a lesson at a page.
    pub fn open(lesson: Arc<course::Lesson>, page: usize, effects: &mut Vec<Effect>) -> Self {
        effects.push(Effect::Record(Event::PageReached {
            lesson: lesson.id.0.clone(),
            page: page as u32,
        }));
        Self { lesson, page }
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self, _now: Duration) -> Option<Duration> {
        None
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Lesson]
    }

    /// Is there a text field that takes letters?
    pub fn typing(&self) -> bool {
        false
    }

    /// One comes back from a question or lab.
    pub fn returned(&mut self, _progress: &Progress) {}

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
