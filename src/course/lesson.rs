//! Lessons.

use std::collections::BTreeMap;

use crate::{
    course::{Lab, Page, Question, Scene},
    i18n::{Lang, Words},
};

/// Names a lesson; stable for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LessonId(pub String);

/// One lesson, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Its stable name.
    pub id: LessonId,
    /// What it is called.
    pub title: Words,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What one can do afterwards.
    pub objectives: Vec<Objective>,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// The prose, per language; both have the same number of pages and the same live pieces.
    pub pages: BTreeMap<Lang, Vec<Page>>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
    /// Its labs, in order.
    pub labs: Vec<Lab>,
    /// Its scenes, by name.
    pub scenes: BTreeMap<String, Scene>,
}

/// Something one can do after a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Its stable name within the lesson.
    pub id: String,
    /// What it says.
    pub text: Words,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The page.
    pub url: String,
    /// What it is a source for.
    pub about: Words,
}
