//! Home: the modules and their lessons, what is done, where to continue.

use crate::{
    app::{Action, Around, Go, Input, MouseKind, Scope, Target},
    course::{Course, LessonEntry},
    journal::Progress,
};

/// The first screen.
#[derive(Debug)]
pub struct Home {
    /// The lesson that is chosen, counted through all modules.
    pub chosen: usize,
}

/// How far a lesson was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Never opened.
    New,
    /// Opened, and read to this page, from 0.
    Begun(u32),
    /// Read to its end at least once.
    Finished,
}

impl Reading {
    /// How far a lesson was read.
    pub fn of(entry: &LessonEntry, progress: &Progress) -> Self {
        match progress.lesson(&entry.id.0) {
            None => Self::New,
            Some(lesson) if lesson.finished().is_some() => Self::Finished,
            Some(lesson) => Self::Begun(lesson.page()),
        }
    }
}

impl Home {
    /// Home, with the lesson to continue chosen: the one that was read last, or after a finished
    /// one the next that is not.
    pub fn new(course: &Course, progress: &Progress) -> Self {
        let last = progress.last_lesson().and_then(|(id, lesson)| {
            let at = lessons(course).position(|entry| entry.id.0 == id)?;
            if lesson.is_open() && lesson.finished().is_none() {
                return Some(at);
            }
            let unfinished =
                |entry: &LessonEntry| Reading::of(entry, progress) != Reading::Finished;
            let after = lessons(course).skip(at).position(unfinished).map(|more| at + more);
            after.or_else(|| lessons(course).position(unfinished)).or(Some(at))
        });
        Self { chosen: last.unwrap_or(0) }
    }

    /// Was nothing studied yet?
    pub fn is_first(&self, progress: &Progress) -> bool {
        progress.last_lesson().is_none()
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Home]
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, around: Around<'_>) -> Option<Go> {
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
                    return self.update(&Input::Act(Action::Confirm), around);
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
