//! The built-in pack's table of contents, read when the program was built.

use crate::{
    course::{Course, Fault, LabId, LessonEntry, LessonId, Module, Pack, QuestionId},
    i18n::Words,
};

struct Contents {
    id: &'static str,
    title: Pair,
    modules: &'static [Part],
}

/// A module.
struct Part {
    id: &'static str,
    title: Pair,
    summary: Pair,
    lessons: &'static [Row],
}

/// A lesson; questions and labs by the names of their tables.
struct Row {
    id: &'static str,
    aliases: &'static [&'static str],
    title: Pair,
    minutes: u32,
    folder: &'static str,
    questions: &'static [&'static str],
    labs: &'static [&'static str],
}

/// Korean and English.
type Pair = (&'static str, &'static str);

/// `None` when the pack could not be read then.
static CONTENTS: Option<Contents> = include!(concat!(env!("OUT_DIR"), "/contents.rs"));

impl Course {
    /// The built-in course: what [`Course::open`] makes of the built-in pack, without parsing it.
    pub fn builtin() -> (Self, Vec<Fault>) {
        let pack = Pack::builtin();
        let Some(contents) = &CONTENTS else { return Self::open(pack) };
        let course = Self {
            pack,
            id: contents.id.to_owned(),
            title: words(contents.title),
            modules: contents.modules.iter().map(Part::module).collect(),
        };
        (course, Vec::new())
    }
}

impl Part {
    fn module(&self) -> Module {
        Module {
            id: self.id.to_owned(),
            title: words(self.title),
            summary: words(self.summary),
            lessons: self.lessons.iter().map(Row::entry).collect(),
        }
    }
}

impl Row {
    fn entry(&self) -> LessonEntry {
        let question = |name: &&str| QuestionId(format!("{}/{name}", self.id));
        LessonEntry {
            id: LessonId(self.id.to_owned()),
            aliases: self.aliases.iter().map(|&alias| alias.to_owned()).collect(),
            title: words(self.title),
            minutes: self.minutes,
            folder: self.folder.to_owned(),
            questions: self.questions.iter().map(question).collect(),
            labs: self.labs.iter().map(|&name| LabId(name.to_owned())).collect(),
        }
    }
}

fn words((ko, en): Pair) -> Words {
    Words { ko: ko.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_contents_says_what_the_pack_says() {
        assert!(CONTENTS.is_some(), "`hanulgil check lessons` tells what is wrong with the pack");
        let (built, _) = Course::builtin();
        let (read, faults) = Course::open(Pack::builtin());
        assert_eq!(faults, []);
        assert_eq!((built.id, built.title), (read.id, read.title));
        assert_eq!(built.modules, read.modules);
    }
}
