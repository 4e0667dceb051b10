//! Home: the modules and their lessons, what is done, where to continue.

use std::time::Duration;

use crate::{
    app::{Action, Around, Effect, Go, Input, MouseKind, Scope, Target},
    course::{Course, LessonEntry},
    journal::Progress,
};

/// The first screen.
#[derive(Debug)]
pub struct Home {
    /// The lesson that is chosen, counted through all modules.
    pub chosen: usize,
}

impl Home {
    /// Home, with the lesson to continue chosen.
    pub fn new(course: &Course, progress: &Progress) -> Self {
        let last = progress.last_lesson().and_then(|(id, lesson)| {
            let at = lessons(course).position(|entry| entry.id.0 == id)?;
            Some(if lesson.is_open() { at } else { at + 1 })
        });
        let count = lessons(course).count();
        Self { chosen: last.unwrap_or(0).min(count.saturating_sub(1)) }
    }

    /// When time must go by for something to happen.
    pub fn wakes_in(&self) -> Option<Duration> {
        None
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Home]
    }

    /// Takes an input.
    pub fn update(
        &mut self,
        input: &Input,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        let count = lessons(around.course).count();
        let last = count.saturating_sub(1);
        match *input {
            Input::Act(Action::Up) => self.chosen = self.chosen.saturating_sub(1),
            Input::Act(Action::Down) => self.chosen = (self.chosen + 1).min(last),
            Input::Act(Action::First) => self.chosen = 0,
            Input::Act(Action::Last) => self.chosen = last,
            Input::Act(Action::Confirm) => {
                return lessons(around.course)
                    .nth(self.chosen)
                    .map(|entry| Go::Lesson(entry.id.clone()));
            }
            Input::Mouse(mouse, Some(Target::Item(at))) if mouse.kind == MouseKind::Down => {
                if at == self.chosen {
                    return self.update(&Input::Act(Action::Confirm), around, effects);
                }
                self.chosen = at.min(last);
            }
            _ => {}
        }
        None
    }
}

/// All lessons of the course, in order.
pub fn lessons(course: &Course) -> impl Iterator<Item = &LessonEntry> {
    course.modules.iter().flat_map(|module| &module.lessons)
}
