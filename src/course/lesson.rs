//! Lessons.

use std::collections::BTreeMap;

use crate::{
    course::{
        Fault, Faults, Lab, LabId, LessonEntry, Pack, Page, Question, QuestionId, Scene,
        document::{self, Section},
    },
    i18n::{Lang, Words, fault},
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

/// What the first screen needs of a lesson, from what stands above its first table. The faults
/// that only a whole reading finds are left to it.
pub(crate) fn entry(pack: &Pack, folder: &str, found: &mut Vec<Fault>) -> Option<LessonEntry> {
    let file = format!("{folder}/lesson.toml");
    let text = pack.text(&file)?;
    let mut faults = Faults::new(&file);
    let head = document::head(text);
    let mut read = |text: &str| {
        faults = Faults::new(&file);
        let table = document::parse(text, &mut faults);
        let mut root = Section::root(text, &table);
        let id = root.need_text("id", &mut faults);
        let aliases = root.texts("aliases", &mut faults).unwrap_or_default();
        let title = root.need_words("title", &mut faults).to_words();
        if !root.has("minutes") {
            root.missing("minutes", &mut faults);
        }
        let minutes = root.whole("minutes", 1..=120, &mut faults);
        (id, aliases, title, minutes, faults.broken)
    };
    let (id, aliases, title, minutes, broken) = match read(head) {
        // A line within a value may look like a table.
        (.., true) => read(text),
        found => found,
    };
    let id = id.filter(|_| !broken);
    let of_kind = |kind: &'static str| {
        document::headers(text).filter(move |(found, _)| *found == kind).map(|(_, name)| name)
    };
    let entry = id.map(|id| LessonEntry {
        questions: of_kind("question")
            .map(|name| QuestionId(format!("{}/{name}", id.value)))
            .collect(),
        labs: of_kind("lab").map(|name| LabId(name.to_owned())).collect(),
        id: LessonId(id.value),
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
        title,
        minutes: minutes.map_or(0, |(minutes, _)| u32::try_from(minutes).unwrap_or_default()),
        folder: folder.to_owned(),
    });
    if entry.is_none() && !faults.has_errors() {
        faults.error(0..0, fault::missing_key("id"));
    }
    found.extend(faults.into_list());
    entry
}

/// Reads a lesson whole.
pub(crate) fn read(pack: &Pack, entry: &LessonEntry) -> (Option<Lesson>, Vec<Fault>) {
    let _ = (pack, entry);
    (None, Vec::new())
}
