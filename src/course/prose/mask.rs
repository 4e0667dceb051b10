//! `{{...}}` under a mask: while Markdown is parsed a mark of the same length stands in its place, so
//! that nothing inside it (stars, bars) means anything and every place stays true. Afterwards what the
//! simulator computed is filled in.

use std::{borrow::Cow, ops::Range};

use crate::{
    course::{
        Faults,
        reference::{Facts, Reference, moved},
    },
    i18n::Lang,
};

/// Stands for a reference while Markdown is parsed.
const MARK: char = '\u{e000}';

/// Replaces references by marks, and the spaces of `](term:security group)` by `+`: the same
/// number of bytes each.
pub(super) fn mask<'t>(text: &'t str, references: &[Reference]) -> Cow<'t, str> {
    let mut masked = Cow::Borrowed(text);
    for reference in references {
        let mut mark = String::from(MARK);
        mark.extend(std::iter::repeat_n('x', reference.range.len() - MARK.len_utf8()));
        masked.to_mut().replace_range(reference.range.clone(), &mark);
    }
    let mut at = 0;
    while let Some(start) = masked[at..].find("](term:").map(|start| at + start + 2) {
        let mut depth = 0;
        let end = masked[start..].char_indices().find_map(|(offset, c)| {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return Some(start + offset),
                ')' => depth -= 1,
                _ => {}
            }
            None
        });
        let Some(end) = end else { break };
        // A term may stand on two lines of the source, but not over an empty one.
        if masked[start..end].contains(' ') || masked[start..end].contains('\n') {
            let joined = masked[start..end].replace([' ', '\n'], "+");
            if !masked[start..end].contains("\n\n") {
                masked.to_mut().replace_range(start..end, &joined);
            }
        }
        at = end;
    }
    masked
}

/// Text with its references filled in: the parts, and whether each was computed.
pub(super) fn filled(
    facts: Option<(Facts, Lang)>,
    references: &[Reference],
    source: &str,
    text: &str,
    range: Range<usize>,
    faults: &mut Faults,
) -> Vec<(String, bool)> {
    let mut here = references.iter().filter(|reference| {
        range.start <= reference.range.start && reference.range.end <= range.end
    });
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(MARK) {
        let Some(reference) = here.next() else { break };
        let end = (start + reference.range.len()).min(rest.len());
        if !rest.is_char_boundary(end) {
            break;
        }
        if start > 0 {
            parts.push((rest[..start].to_owned(), false));
        }
        rest = &rest[end..];
        let inside = &source[reference.inside.clone()];
        match facts.map(|(facts, lang)| facts.fill(inside, lang)) {
            Some(Ok(Some(value))) => {
                parts.push((value.text, true));
                if !value.particle.is_empty() {
                    parts.push((value.particle.to_owned(), false));
                }
            }
            Some(Err(slip)) => {
                let slip = moved(slip, reference.inside.start);
                faults.error(slip.range, slip.said);
                parts.push((source[reference.range.clone()].to_owned(), false));
            }
            Some(Ok(None)) | None => {
                parts.push((source[reference.range.clone()].to_owned(), false));
            }
        }
    }
    if !rest.is_empty() {
        parts.push((rest.to_owned(), false));
    }
    parts
}

pub(super) fn filled_text(
    facts: Option<(Facts, Lang)>,
    references: &[Reference],
    source: &str,
    text: &str,
    range: Range<usize>,
    faults: &mut Faults,
) -> String {
    filled(facts, references, source, text, range, faults)
        .into_iter()
        .map(|(text, _)| text)
        .collect()
}
