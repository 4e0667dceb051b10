//! The words of a lesson's questions and labs: references filled in, emphasis checked, and every
//! phrase kept for the lint.

use crate::{
    course::{
        Faults, Scene,
        document::{Phrase, Text},
        prose::checked_inlines,
        reference::{Facts, find},
    },
    i18n::{Lang, Words, fault},
};

/// What a phrase is for; the lint asks different things of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant names the key")]
pub enum Role {
    Title,
    Objective,
    Source,
    Prompt,
    Explanation,
    Option,
    Why,
    Unit,
    Hint,
    Goal,
}

/// A phrase that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// What it is for.
    pub role: Role,
    /// As it is written.
    pub phrase: Phrase,
    /// With its references filled in.
    pub words: Words,
}

/// Reads words.
#[derive(Debug)]
pub struct Wording<'f> {
    /// What references refer to.
    pub facts: Facts<'f>,
    /// Everything said so far.
    pub spoken: Vec<Spoken>,
}

impl<'f> Wording<'f> {
    /// Nothing said yet.
    pub fn new(facts: Facts<'f>) -> Self {
        Self { facts, spoken: Vec::new() }
    }

    /// A phrase with its references filled in.
    pub fn say(&mut self, phrase: &Phrase, role: Role, faults: &mut Faults) -> Words {
        let words = Words {
            ko: self.fill(&phrase.ko, Lang::Ko, faults),
            en: self.fill(&phrase.en, Lang::En, faults),
        };
        self.spoken.push(Spoken { role, phrase: phrase.clone(), words: words.clone() });
        words
    }

    fn fill(&self, text: &Text, lang: Lang, faults: &mut Faults) -> String {
        let plain = find(&text.value).0.is_empty();
        let mut slips = Vec::new();
        let (filled, _) = self.facts.fill_all(&text.value, lang, &mut slips);
        for slip in slips {
            faults.error(text.at(slip.range), slip.said);
        }
        for stars in checked_inlines(&filled).1 {
            let run = filled.get(stars.clone()).unwrap_or("*");
            let span = if plain { text.at(stars.clone()) } else { text.span.clone() };
            faults.error(span, fault::open_emphasis(run));
        }
        filled
    }

    /// A string that is the same in both languages, with its references filled in; none when one
    /// cannot be, which was said.
    pub fn value(&self, text: &Text, faults: &mut Faults) -> Option<String> {
        let mut slips = Vec::new();
        let (filled, whole) = self.facts.fill_all(&text.value, Lang::En, &mut slips);
        for slip in slips {
            faults.error(text.at(slip.range), slip.said);
        }
        whole.then_some(filled)
    }

    /// The scene that a string names.
    pub fn scene(&self, text: &Text, faults: &mut Faults) -> Option<&'f Scene> {
        if let Some(scene) = self.facts.scenes.get(text.value.trim()) {
            scene.as_ref()
        } else {
            let known = self.facts.scenes.keys().map(String::as_str);
            let near = crate::course::fault::nearest(text.value.trim(), known);
            let said = fault::unknown_scene(text.value.trim()).did_you_mean(near);
            faults.error(text.span.clone(), said);
            None
        }
    }
}
