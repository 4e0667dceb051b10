//! Questions: their objectives, options that are the same, and what gives a key away.

use super::{Checker, giveaway};
use crate::{
    course::{Choice, Faults, Kind, Lesson, document::Phrase, fault::nearest, wording::Role},
    i18n::{Lang, fault},
};

impl Checker<'_> {
    pub(super) fn questions(&self, lesson: &Lesson, faults: &mut Faults) {
        let known = || lesson.objectives.iter().map(|objective| objective.id.as_str());
        for question in &lesson.questions {
            let name = question.id.0.rsplit('/').next().unwrap_or_default();
            let span = self.whole.questions.get(name).cloned().unwrap_or_default();
            if question.objectives.is_empty() {
                faults.error(span.clone(), fault::no_objective());
            }
            for objective in &question.objectives {
                if !known().any(|id| id == objective) {
                    let said = fault::unknown_objective(objective);
                    faults.error(span.clone(), said.did_you_mean(nearest(objective, known())));
                }
            }
            if let Kind::Single(choices) | Kind::Multiple(choices) = &question.kind {
                self.giveaway(choices, faults);
            }
            if let Kind::Single(choices) | Kind::Multiple(choices) = &question.kind {
                for (at, choice) in choices.iter().enumerate() {
                    let same = |other: &Choice| {
                        other.text.ko == choice.text.ko || other.text.en == choice.text.en
                    };
                    if choices[..at].iter().any(same) {
                        faults.error(span.clone(), fault::same_option(&choice.id));
                    }
                }
            }
        }
    }

    /// What tells the right option from the others, to whoever knows nothing.
    fn giveaway(&self, choices: &[Choice], faults: &mut Faults) {
        for lang in Lang::ALL {
            let right = choices.iter().find(|choice| choice.right);
            let (Some(said), Some(right)) = (giveaway::of(choices, lang), right) else { continue };
            let spoken = self
                .whole
                .spoken
                .iter()
                .find(|spoken| spoken.role == Role::Option && spoken.words == right.text);
            let half = |phrase: &Phrase| lang.pick(&phrase.ko, &phrase.en).span.clone();
            let span = spoken.map(|spoken| half(&spoken.phrase)).unwrap_or_default();
            faults.warning(span, said);
        }
    }
}
