//! What is wrong with a pack or scene, for its author. Both languages stand side by side: a fault
//! carries both, so that a report can be shown in either without reading the files again.
//!
//! Each file below speaks of one thing that an author writes; a fault is named without it, as
//! `fault::unknown_key`.

use crate::{i18n::Words, text::particle::settle};

/// The words of one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which rule is broken, for machines. Stable.
    pub rule: &'static str,
    /// What is wrong, in one sentence.
    pub message: Words,
    /// What would be right.
    pub help: Option<Words>,
}

impl Said {
    /// Adds what would be right.
    #[must_use]
    pub fn help(mut self, help: Words) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds the name that was probably meant, when there is one, and nothing better is said.
    #[must_use]
    pub fn did_you_mean(self, name: Option<&str>) -> Self {
        match name {
            Some(name) if self.help.is_none() => self.help(Words {
                ko: settle(&format!("혹시 `{name}`입니까?")),
                en: format!("did you mean `{name}`?"),
            }),
            _ => self,
        }
    }
}

/// Fills in both languages; particles such as `이(가)` are settled afterwards.
macro_rules! words {
    ($ko:literal, $en:literal $(,)?) => {
        Words { ko: settle(&format!($ko)), en: format!($en) }
    };
}

/// The words of one fault: rule, Korean, English.
macro_rules! said {
    ($rule:literal, $ko:literal, $en:literal $(,)?) => {
        Said { rule: $rule, message: words!($ko, $en), help: None }
    };
}

/// Words for the same thing in both languages: `(Korean, English)`.
pub type Pair = (&'static str, &'static str);

mod document;
mod lab;
mod lesson;
mod line;
mod pack;
mod parity;
mod question;
mod reference;
mod scene;
mod stale;
mod wording;

pub use self::{
    document::*, lab::*, lesson::*, line::*, pack::*, parity::*, question::*, reference::*,
    scene::*, stale::*, wording::*,
};
