//! Home: the modules and their lessons, what is done, where to continue.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    app::{Action, Around, Go, Input, MouseKind, Scope, Target},
    course::{Course, LessonEntry, LessonId, QuestionId},
    journal::Progress,
};

/// The first screen.
#[derive(Debug)]
pub struct Home {
    /// What is chosen.
    pub chosen: Chosen,
    /// The questions that are due again, with the lessons that ask them.
    pub due: Vec<(LessonId, QuestionId)>,
    /// When that was looked up.
    looked: Option<Duration>,
}

/// How often it is looked up what is due, while somebody is at home.
const LOOK: Duration = Duration::from_secs(60);

/// What can be chosen at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The questions that are due again.
    Review,
    /// A lesson, counted through all modules.
    Lesson(usize),
    /// The workshop.
    Workshop,
}

/// How many questions are asked again in one go: a handful, however much is due.
pub const REVIEW: usize = 10;

/// The questions that are due again, the most valuable first, with the lessons that ask them.
fn due(
    course: &Course,
    progress: &Progress,
    moment: Option<Timestamp>,
) -> Vec<(LessonId, QuestionId)> {
    let Some(moment) = moment else { return Vec::new() };
    let lesson_of = |id: &str| {
        lessons(course).find_map(|entry| {
            let question = entry.questions.iter().find(|question| question.0 == id)?;
            Some((entry.id.clone(), question.clone()))
        })
    };
    let asked = lessons(course).flat_map(|entry| &entry.questions).map(|id| id.0.as_str());
    progress.due(asked, moment, REVIEW).into_iter().filter_map(lesson_of).collect()
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
        Self { chosen: Chosen::Lesson(last.unwrap_or(0)), due: Vec::new(), looked: None }
    }

    /// Was nothing studied yet?
    pub fn is_first(&self, progress: &Progress) -> bool {
        progress.last_lesson().is_none()
    }

    /// The scopes that hold.
    pub fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Home]
    }

    /// The lesson that is chosen, if it is one.
    pub fn lesson<'a>(&self, course: &'a Course) -> Option<&'a LessonEntry> {
        match self.chosen {
            Chosen::Lesson(at) => lessons(course).nth(at),
            Chosen::Review | Chosen::Workshop => None,
        }
    }

    /// Everything that can be chosen, from the top.
    fn choices(&self, course: &Course) -> Vec<Chosen> {
        let review = (!self.due.is_empty()).then_some(Chosen::Review);
        let lessons = (0..lessons(course).count()).map(Chosen::Lesson);
        review.into_iter().chain(lessons).chain([Chosen::Workshop]).collect()
    }

    /// Looks up what is due.
    pub fn look(&mut self, around: &Around<'_>) {
        self.looked = Some(around.now);
        self.due = due(around.course, around.progress, around.moment);
        if self.due.is_empty() && self.chosen == Chosen::Review {
            self.chosen = Self::new(around.course, around.progress).chosen;
        }
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input, around: Around<'_>) -> Option<Go> {
        let recent = self.looked.is_some_and(|then| around.now.saturating_sub(then) < LOOK);
        if *input == Input::Tick && !recent {
            self.look(&around);
        }
        let choices = self.choices(around.course);
        let at = choices.iter().position(|choice| *choice == self.chosen).unwrap_or(0);
        let last = choices.len().saturating_sub(1);
        let to = match *input {
            Input::Act(Action::Up) => at.saturating_sub(1),
            Input::Act(Action::Down) => at + 1,
            Input::Act(Action::PageUp) => at.saturating_sub(8),
            Input::Act(Action::PageDown) => at + 8,
            Input::Act(Action::First) => 0,
            Input::Act(Action::Last) => last,
            Input::Act(Action::Confirm) => return self.open(around.course),
            Input::Mouse(mouse, Some(Target::Item(to))) if mouse.kind == MouseKind::Down => {
                self.chosen = *choices.get(to)?;
                return self.open(around.course);
            }
            Input::Mouse(mouse, _) if mouse.kind == MouseKind::WheelUp => at.saturating_sub(1),
            Input::Mouse(mouse, _) if mouse.kind == MouseKind::WheelDown => at + 1,
            _ => return None,
        };
        if let Some(choice) = choices.get(to.min(last)) {
            self.chosen = *choice;
        }
        None
    }

    fn open(&self, course: &Course) -> Option<Go> {
        match self.chosen {
            Chosen::Review => Some(Go::Review),
            Chosen::Workshop => Some(Go::Workshop),
            Chosen::Lesson(_) => self.lesson(course).map(|entry| Go::Lesson(entry.id.clone())),
        }
    }
}

/// All lessons of the course, in order.
pub fn lessons(course: &Course) -> impl Iterator<Item = &LessonEntry> {
    course.modules.iter().flat_map(|module| &module.lessons)
}
