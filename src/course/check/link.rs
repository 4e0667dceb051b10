//! Links to the web: a page that is named once in the pack, a slip away from one that is named otherwise.

use std::collections::BTreeMap;

use super::Checker;
use crate::{
    course::{Faults, Pack},
    i18n::fault,
};

/// Every page of the web that the pack names, and how often.
pub(super) fn links(pack: &Pack) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for text in pack.files.values() {
        let text: &str = text.as_ref();
        for (at, _) in text.match_indices("https://") {
            *counted.entry(link_at(text, at).to_owned()).or_default() += 1;
        }
    }
    counted
}

/// The link that begins here.
pub(super) fn link_at(text: &str, at: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || "\"')>`".contains(c);
    let length = text[at..].find(ends).unwrap_or(text.len() - at);
    text[at..at + length].trim_end_matches(['.', ','])
}

/// Are two texts so near that one is a slip of the other: one letter more, less or other, or two
/// letters that changed places?
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    // Numbers at the end of a name are no slips.
    let digits = a.iter().chain(b).all(char::is_ascii_digit);
    !digits && matches!((a.len(), b.len()), (0, 1) | (1, 0 | 1))
        || matches!((a, b), ([a, b], [c, d]) if a == d && b == c)
}

impl Checker<'_> {
    /// The links of `lesson.toml`.
    pub(super) fn links(&self, faults: &mut Faults) {
        let text = self.text("lesson.toml");
        for (at, _) in text.match_indices("https://") {
            self.link(link_at(text, at), at, faults);
        }
    }

    /// A link that nothing else in the pack names, one letter off another that is named.
    pub(super) fn link(&self, link: &str, at: usize, faults: &mut Faults) {
        if self.known.links.get(link).is_some_and(|times| *times > 1) {
            return;
        }
        let near = self.known.links.keys().find(|other| *other != link && is_slip(other, link));
        if let Some(near) = near {
            faults.error(at..at + link.len(), fault::near_link(link, near));
        }
    }
}
