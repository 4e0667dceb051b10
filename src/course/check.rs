//! Everything that can be wrong with a pack: what its readers find, and what only shows when the
//! files are held against each other and against the simulator.

mod giveaway;
mod lab;
mod link;
mod parity;
mod prose;
mod question;
mod stale;
mod terms;
mod whole;

pub use lab::SEARCH;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    course::{
        Course, Fault, Faults, Lesson, LessonEntry, Pack,
        glossary::Glossary,
        lesson::{Whole, read_whole},
        lint,
        wording::Role,
    },
    i18n::{Lang, fault},
    text::line::widest_word,
};
use parity::references;

/// How many cells a lesson's text has in a terminal of 80 columns, the smallest that the course
/// promises to look right in.
pub const COLUMN: usize = 76;

/// Checks a pack. The faults of one file stand together, in the order of the file.
pub fn check(pack: &Pack) -> Vec<Fault> {
    let (course, mut found) = Course::open(pack.clone());
    let listed = found.is_empty();
    let (glossary, faults) = course.glossary();
    found.extend(faults);
    let lessons: Vec<(LessonEntry, Whole)> =
        course.lessons().map(|entry| (entry.clone(), read_whole(pack, entry))).collect();
    let known = Known {
        links: link::links(pack),
        glossary: &glossary,
        terms: glossary.terms.keys().map(|term| term.to_lowercase()).collect(),
        lessons: course
            .lessons()
            .flat_map(|entry| std::iter::once(&entry.id.0).chain(&entry.aliases))
            .cloned()
            .collect(),
    };
    found.extend(whole::twice(&lessons));
    found.extend(whole::balance(pack, &lessons));
    for (entry, whole) in &lessons {
        found.extend(whole.faults.iter().cloned());
        found.extend(Checker { pack, entry, whole, known: &known }.check());
    }
    // Only a list that could be read says what is not on it.
    if listed {
        found.extend(whole::strays(pack, &course, &lessons));
    }
    tidy(found)
}

/// Faults that several readers found count once; a file's faults stand together; and what only
/// follows from a plainer fault is left out.
fn tidy(mut found: Vec<Fault>) -> Vec<Fault> {
    found.sort_by(|a, b| {
        (&a.file, a.span.start, a.span.end, a.rule).cmp(&(
            &b.file,
            b.span.start,
            b.span.end,
            b.rule,
        ))
    });
    found.dedup();
    let plain: BTreeSet<(String, usize)> = found
        .iter()
        .filter(|fault| !FOLLOWING.contains(&fault.rule))
        .map(|fault| (fault.file.to_string(), fault.span.start))
        .collect();
    found.retain(|fault| match fault.rule {
        "structure-differs" => !plain.contains(&(fault.file.to_string(), fault.span.start)),
        "references-differ" if fault.file.ends_with(".md") => {
            !plain.iter().any(|(file, _)| *file == *fault.file)
        }
        _ => true,
    });
    found
}

/// Rules that are often broken because another one is.
const FOLLOWING: [&str; 3] = ["structure-differs", "references-differ", "register"];

/// What links may lead to.
struct Known<'g> {
    glossary: &'g Glossary,
    /// How often each page of the web is named in the pack.
    links: BTreeMap<String, usize>,
    terms: BTreeSet<String>,
    lessons: BTreeSet<String>,
}

/// Checks one lesson.
struct Checker<'c> {
    pack: &'c Pack,
    entry: &'c LessonEntry,
    whole: &'c Whole,
    known: &'c Known<'c>,
}

impl Checker<'_> {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::new(&format!("{}/lesson.toml", self.entry.folder));
        let mut found = Vec::new();
        if let Some(lesson) = &self.whole.lesson {
            self.contents(lesson, &mut faults);
            self.questions(lesson, &mut faults);
            for lab in &lesson.labs {
                self.lab(lab, &mut faults);
            }
            let facts = self.facts();
            self.words(&facts, &mut faults);
            self.links(&mut faults);
            for lang in Lang::ALL {
                if let Some(prose) = self.whole.prose.get(&lang) {
                    found.extend(self.prose(lesson, lang, prose, &facts));
                }
            }
            self.placed(lesson, &mut faults);
            found.extend(self.unused_scenes());
        }
        if let (Some(ko), Some(en)) =
            (self.whole.prose.get(&Lang::Ko), self.whole.prose.get(&Lang::En))
        {
            found.extend(self.structure(ko, en));
        }
        let mut all = faults.into_list();
        all.extend(found);
        all
    }

    fn file(&self, lang: Lang) -> String {
        format!("{}/{lang}.md", self.entry.folder)
    }

    fn contents(&self, lesson: &Lesson, faults: &mut Faults) {
        if lesson.objectives.is_empty() {
            faults.error(0..0, fault::missing_key("[[objective]]"));
        }
        if lesson.sources.is_empty() {
            faults.error(0..0, fault::missing_key("[[source]]"));
        }
        for objective in &lesson.objectives {
            let tested =
                |question: &crate::course::Question| question.objectives.contains(&objective.id);
            if !lesson.questions.iter().any(tested) {
                let span = self.whole.objectives.get(&objective.id).cloned().unwrap_or_default();
                faults.warning(span, fault::untested_objective(&objective.id));
            }
        }
    }

    fn text(&self, file: &str) -> &str {
        self.pack.text(&format!("{}/{file}", self.entry.folder)).unwrap_or_default()
    }

    /// What the sources of the lesson say they are about.
    fn about(&self, lang: Lang) -> Vec<&str> {
        let sources = self.whole.lesson.iter().flat_map(|lesson| &lesson.sources);
        sources.map(|source| source.about.get(lang)).collect()
    }

    /// What the scenes of the lesson know, and what stands in its files.
    fn facts(&self) -> stale::Facts {
        let scenes = self.whole.scenes.values().flatten();
        let names = self.whole.scenes.keys().map(|name| format!("{name}.scene.toml"));
        let names: Vec<String> = names.chain(["lesson.toml".into()]).collect();
        let files: Vec<&str> = names.iter().map(|name| self.text(name)).collect();
        stale::Facts::of(scenes, &files)
    }

    fn words(&self, facts: &stale::Facts, faults: &mut Faults) {
        let has_lab = self.whole.lesson.as_ref().is_some_and(|lesson| !lesson.labs.is_empty());
        for spoken in &self.whole.spoken {
            let (ko, en) = (&spoken.phrase.ko, &spoken.phrase.en);
            if spoken.role == Role::Unit || ko.value.is_empty() || en.value.is_empty() {
                continue;
            }
            if lint::is_untranslated(&ko.value) {
                let said =
                    if ko.value == en.value { fault::same_words() } else { fault::untranslated() };
                faults.error(ko.span.clone(), said);
            }
            if lint::has_korean(&en.value) {
                faults.error(en.span.clone(), fault::hangul_in_english());
            }
            for (at, said) in lint::korean(&ko.value) {
                faults.warning(ko.at(at), said);
            }
            if let Some(at) = lint::unfit_end(&ko.value) {
                let word = ko.value[at.clone()].to_owned();
                faults.warning(ko.at(at), fault::register(&word));
            }
            for text in [ko, en] {
                for at in lint::double_spaces(&text.value) {
                    faults.warning(text.at(at), fault::double_space());
                }
            }
            if !matches!(spoken.role, Role::Source | Role::Title) {
                for (lang, text) in [(Lang::Ko, ko), (Lang::En, en)] {
                    for (at, said) in facts.typed(&text.value, lang, has_lab) {
                        faults.warning(text.at(at), said);
                    }
                }
            }
            for (text, words) in [(ko, &spoken.words.ko), (en, &spoken.words.en)] {
                let widest = widest_word(words);
                if widest > COLUMN - 6 {
                    faults.error(text.span.clone(), fault::too_wide(widest, COLUMN - 6));
                }
            }
            let (in_ko, in_en) = (references(&ko.value), references(&en.value));
            if in_ko != in_en {
                faults.warning(spoken.phrase.span.clone(), fault::references_differ());
            }
        }
    }
}
