//! The glossary: what a term is called in both languages, and what it means.

use std::collections::BTreeMap;

use crate::{
    course::{
        Fault, Faults, Pack,
        document::{self, Section},
    },
    i18n::{Words, fault},
};

/// Every term of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glossary {
    /// The terms, by the name that links use.
    pub terms: BTreeMap<String, Term>,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is called.
    pub name: Words,
    /// What it means, in a sentence.
    pub says: Words,
    /// The page that says so.
    pub source: String,
}

impl Glossary {
    /// The file of a pack that holds it.
    pub const FILE: &'static str = "glossary.toml";

    /// Reads a pack's glossary; a pack without one has no terms.
    pub fn read(pack: &Pack) -> (Self, Vec<Fault>) {
        let mut faults = Faults::new(Self::FILE);
        let mut terms = BTreeMap::new();
        let Some(text) = pack.text(Self::FILE) else { return (Self::default(), Vec::new()) };
        let table = document::parse(text, &mut faults);
        let root = Section::root(text, &table);
        for (key, mut section) in root.into_sections(&mut faults) {
            let ko = section.need_text("ko", &mut faults);
            let en = section.need_text("en", &mut faults);
            let says = section.need_words("says", &mut faults).to_words();
            let source = section.need_text("source", &mut faults);
            section.close(&mut faults);
            for text in [&ko, &en].into_iter().flatten() {
                if text.value.trim().is_empty() {
                    faults.error(text.span.clone(), fault::empty_words("ko/en"));
                }
            }
            if let Some(source) = &source
                && !source.value.starts_with("https://")
            {
                faults.error(source.span.clone(), fault::bad_link(&source.value));
            }
            let value = |text: Option<document::Text>| text.map(|t| t.value).unwrap_or_default();
            let name = Words { ko: value(ko), en: value(en) };
            terms.insert(key.name, Term { name, says, source: value(source) });
        }
        (Self { terms }, faults.into_list())
    }

    /// The term of this name; upper and lower case do not matter.
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms.get(name).or_else(|| {
            let name = name.to_lowercase();
            self.terms.iter().find(|(key, _)| key.to_lowercase() == name).map(|(_, term)| term)
        })
    }
}
