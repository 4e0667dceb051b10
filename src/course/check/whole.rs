//! What shows only when all lessons are held against each other: ids that stand twice, keys that could be
//! guessed, files that nothing leads to.

use std::collections::BTreeSet;

use super::giveaway;
use crate::{
    course::{Choice, Course, Fault, Faults, Kind, LessonEntry, Pack, lesson::Whole},
    i18n::{Lang, fault},
};

/// Questions whose keys could be guessed from how the others came out.
pub(super) fn balance(pack: &Pack, lessons: &[(LessonEntry, Whole)]) -> Vec<Fault> {
    // Of the whole pack its first line speaks.
    let head = 0..pack.text("pack.toml").and_then(|text| text.lines().next()).map_or(0, str::len);
    let questions = || {
        let lessons = lessons.iter().filter_map(|(_, whole)| whole.lesson.as_ref());
        lessons.flat_map(|lesson| &lesson.questions)
    };
    let mut faults = Faults::new("pack.toml");
    let singles: Vec<&Vec<Choice>> = questions()
        .filter_map(|question| match &question.kind {
            Kind::Single(choices) => Some(choices),
            _ => None,
        })
        .collect();
    let all = singles.len();
    if all >= 6 {
        for lang in Lang::ALL {
            let longest = singles.iter().filter(|it| giveaway::is_longest(it, lang)).count();
            if longest * 2 > all {
                faults.warning(head.clone(), fault::longest_is_right(longest, all, lang.code()));
            }
        }
        for place in 0..4 {
            let there = |it: &&&Vec<Choice>| it.get(place).is_some_and(|choice| choice.right);
            let count = singles.iter().filter(there).count();
            if count * 2 > all {
                faults.warning(head.clone(), fault::places_unbalanced(place + 1, count, all));
            }
        }
    }
    let keys: Vec<bool> = questions()
        .filter_map(|question| match question.kind {
            Kind::TrueFalse { key, .. } => Some(key),
            _ => None,
        })
        .collect();
    let truths = keys.iter().filter(|key| **key).count();
    if keys.len() >= 6 && (truths * 4 > keys.len() * 3 || truths * 4 < keys.len()) {
        faults.warning(head.clone(), fault::truths_unbalanced(truths, keys.len()));
    }
    faults.into_list()
}

/// Ids that must be unique in the whole pack.
pub(super) fn twice(lessons: &[(LessonEntry, Whole)]) -> Vec<Fault> {
    let mut found = Vec::new();
    let (mut names, mut labs) = (BTreeSet::new(), BTreeSet::new());
    for (entry, whole) in lessons {
        let mut faults = Faults::new(&format!("{}/lesson.toml", entry.folder));
        for text in whole.id.iter().chain(&whole.aliases) {
            if !names.insert(text.value.clone()) {
                faults.error(text.span.clone(), fault::duplicate_name(&text.value));
            }
        }
        for (lab, span) in &whole.labs {
            if !labs.insert(lab.clone()) {
                faults.error(span.clone(), fault::duplicate_name(lab));
            }
        }
        let lesson = whole.lesson.as_ref();
        for lab in lesson.into_iter().flat_map(|lesson| &lesson.labs) {
            for alias in &lab.aliases {
                if !labs.insert(alias.clone()) {
                    let span = whole.labs.get(&lab.id.0).cloned().unwrap_or_default();
                    faults.error(span, fault::duplicate_name(alias));
                }
            }
        }
        let mut questions: BTreeSet<String> = whole.questions.keys().cloned().collect();
        for question in lesson.into_iter().flat_map(|lesson| &lesson.questions) {
            for alias in &question.aliases {
                if !questions.insert(alias.clone()) {
                    let name = question.id.0.rsplit('/').next().unwrap_or_default();
                    let span = whole.questions.get(name).cloned().unwrap_or_default();
                    faults.error(span, fault::duplicate_name(alias));
                }
            }
        }
        found.extend(faults.into_list());
    }
    found
}

/// Files that nothing leads to, and scenes outside lessons.
pub(super) fn strays(pack: &Pack, course: &Course, lessons: &[(LessonEntry, Whole)]) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut stray = |path: &str| {
        let mut faults = Faults::new(path);
        faults.warning(0..0, fault::stray_file());
        found.extend(faults.into_list());
    };
    for path in pack.files.keys() {
        let parts: Vec<&str> = path.split('/').collect();
        let wanted = match parts.as_slice() {
            [file] => ["pack.toml", "glossary.toml", "README.md", "LICENSE.md"].contains(file),
            [module, file] => {
                course.modules.iter().any(|found| found.id == *module)
                    && (*file == "module.toml" || file.ends_with(".scene.toml"))
            }
            [.., file] => {
                let folder = &path[..path.len() - file.len() - 1];
                lessons.iter().any(|(entry, _)| entry.folder == folder)
                    && (["lesson.toml", "ko.md", "en.md"].contains(file)
                        || file.ends_with(".scene.toml"))
            }
            [] => true,
        };
        // Of a lesson that is not listed, its first file speaks for all.
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let spoken_for = !path.ends_with("/lesson.toml")
            && pack.text(&format!("{folder}/lesson.toml")).is_some()
            && !lessons.iter().any(|(entry, _)| entry.folder == folder);
        if !wanted && !spoken_for {
            stray(path);
        }
    }
    found
}
