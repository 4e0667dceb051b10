//! Terms: what a lesson introduces in brackets must be in the glossary, and its first use in the
//! course leads there. And figures that change, which need a source.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    course::glossary::Glossary,
    i18n::fault::{self, Said},
};

/// A Korean term with its English in brackets: `[탄력성](term:elasticity)(elasticity)`.
fn introduced(text: &str) -> Vec<(Range<usize>, &str, bool)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('(') {
        let Some(length) = text[at..].find([')', '\n']) else { continue };
        let end = at + length;
        if !text[end..].starts_with(')') {
            continue;
        }
        let inside = &text[at + 1..end];
        let before = text[..at].trim_end_matches('*');
        let linked = before.ends_with(')')
            && before
                .rfind("](term:")
                .is_some_and(|link| !before[link..before.len() - 1].contains(')'));
        let korean = before.ends_with(|c: char| ('가'..='힣').contains(&c));
        let is_term = inside.len() > 3
            && inside.chars().all(|c| c.is_ascii_alphabetic() || " -".contains(c))
            && inside.starts_with(|c: char| c.is_ascii_lowercase());
        // Inside emphasis it is a gloss, not the introduction of a term.
        let gloss = text[end + 1..].starts_with("**");
        if is_term && (linked || korean && !gloss) {
            found.push((at + 1..end, inside, linked));
        }
    }
    found
}

/// Bracketed English that no term of the glossary is called.
pub fn unlisted(text: &str, glossary: &Glossary) -> Vec<(Range<usize>, Said)> {
    let known = |english: &str| {
        let english = english.to_lowercase();
        let is = |name: &str| {
            let name = name.to_lowercase();
            name == english || name.trim_end_matches('s') == english.trim_end_matches('s')
        };
        glossary.terms.iter().any(|(key, term)| is(key) || is(&term.name.en))
    };
    let fences = super::prose::fences(text);
    introduced(text)
        .into_iter()
        .filter(|(at, _, _)| !fences.iter().any(|fence| fence.contains(&at.start)))
        .filter(|(_, english, linked)| !linked && !known(english))
        .map(|(at, english, _)| (at, fault::unlisted_term(english)))
        .collect()
}

/// Terms of the glossary that a lesson introduces in brackets without leading to them.
pub fn unlinked(text: &str, glossary: &Glossary) -> Vec<(Range<usize>, Said)> {
    let by_english: BTreeMap<String, &str> = glossary
        .terms
        .iter()
        .flat_map(|(key, term)| {
            [(term.name.en.to_lowercase(), key.as_str()), (key.to_lowercase(), key)]
        })
        .collect();
    let fences = super::prose::fences(text);
    introduced(text)
        .into_iter()
        .filter(|(at, _, linked)| !linked && !fences.iter().any(|fence| fence.contains(&at.start)))
        .filter_map(|(at, english, _)| {
            let key = by_english.get(&english.to_lowercase())?;
            Some((at, fault::unlinked_term(key)))
        })
        .filter(|(_, said)| {
            // Once is enough.
            let link = said.help.as_ref().map_or("", |help| help.en.as_str());
            let key = link.split("term:").nth(1).and_then(|rest| rest.split(')').next());
            !key.is_some_and(|key| text.contains(&format!("(term:{key})")))
        })
        .collect()
}

/// Figures that change with the years, as numbers, at their bytes: a year with its month, dollars,
/// and what stands before `(2026년 기준)` or `(as of 2026)` on its line.
pub fn figures(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let fences = super::prose::fences(text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if fences.iter().any(|fence| fence.contains(&at)) {
            continue;
        }
        for (place, number) in numbers(line) {
            let (before, after) = (&line[..place.start], &line[place.end..]);
            let year = number.len() == 4 && number.starts_with("20");
            let dated = year
                && (after.starts_with("년 ")
                    && after.chars().nth(2).is_some_and(|c| c.is_ascii_digit())
                    || MONTHS.iter().any(|month| before.trim_end().ends_with(month)));
            let money =
                after.starts_with("달러") || before.ends_with("USD ") || before.ends_with('$');
            if dated || money {
                found.push((at + place.start..at + place.end, number));
            }
        }
    }
    found
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn numbers(line: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find(|c: char| c.is_ascii_digit()).map(|it| at + it) {
        let length = line[start..]
            .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .unwrap_or(line.len() - start);
        let word = line[start..start + length].trim_end_matches(['.', ',']);
        found.push((start..start + word.len(), word.replace(',', "")));
        at = start + length;
    }
    found
}

/// Figures that no source of the lesson speaks of.
pub fn unsourced(text: &str, about: &[&str]) -> Vec<(Range<usize>, Said)> {
    figures(text)
        .into_iter()
        .filter(|(_, number)| !about.iter().any(|about| about.replace(',', "").contains(number)))
        .map(|(at, number)| (at, fault::no_source(&number)))
        .collect()
}
