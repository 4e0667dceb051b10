//! What is wrong with a pack or scene, where, and what would be right.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::i18n::{Lang, Words, fault::Said};

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the pack works.
    Warning,
    /// Must be mended.
    Error,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// Which rule is broken, for machines: `unknown-key`. Stable.
    pub rule: &'static str,
    /// The file, relative to the pack or as the person named it.
    pub file: Arc<str>,
    /// The bytes of the file that it is about; empty at 0 when it is about the file as a whole.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: Words,
    /// What would be right, if that can be said.
    pub help: Option<Words>,
}

/// The faults of one file, as they are found.
#[derive(Debug, Clone)]
pub struct Faults {
    file: Arc<str>,
    list: Vec<Fault>,
    /// The file could not be read whole: what is missing may only be unreadable.
    pub(crate) broken: bool,
}

impl Faults {
    /// No faults yet.
    pub fn new(file: &str) -> Self {
        Self { file: file.into(), list: Vec::new(), broken: false }
    }

    /// Something that must be mended.
    pub fn error(&mut self, span: Range<usize>, said: impl Into<Box<Said>>) {
        self.add(Severity::Error, span, *said.into());
    }

    /// Something worth a look.
    pub fn warning(&mut self, span: Range<usize>, said: impl Into<Box<Said>>) {
        self.add(Severity::Warning, span, *said.into());
    }

    fn add(&mut self, severity: Severity, span: Range<usize>, said: Said) {
        if self.broken && said.rule.starts_with("missing-") {
            return;
        }
        let Said { rule, message, help } = said;
        let fault = Fault { severity, rule, file: Arc::clone(&self.file), span, message, help };
        if !self.list.contains(&fault) {
            self.list.push(fault);
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Is there an error among them?
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|fault| fault.severity == Severity::Error)
    }

    /// The faults, in the order of the file.
    pub fn into_list(mut self) -> Vec<Fault> {
        self.list.sort_by_key(|fault| (fault.span.start, fault.span.end));
        self.list
    }
}

impl Fault {
    /// The fault as one JSON object: `severity`, `rule`, `file`, `line` and `column` (from 1, in
    /// characters; absent for the file as a whole), `message`, `help`.
    pub fn to_json(
        &self,
        files: &BTreeMap<String, impl AsRef<str>>,
        lang: Lang,
    ) -> serde_json::Value {
        let mut object = serde_json::Map::new();
        object.insert("severity".into(), severity_word(self.severity).into());
        object.insert("rule".into(), self.rule.into());
        object.insert("file".into(), (&*self.file).into());
        if let Some(text) = files.get(&*self.file)
            && !(self.span.is_empty() && self.span.start == 0)
        {
            let (line, column) = place(text.as_ref(), self.span.start);
            object.insert("line".into(), line.into());
            object.insert("column".into(), column.into());
        }
        object.insert("message".into(), self.message.get(lang).into());
        if let Some(help) = &self.help {
            object.insert("help".into(), help.get(lang).into());
        }
        object.into()
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The line and column (both from 1; columns in characters) of a byte.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (line, before[start..].chars().count() + 1)
}

/// The faults as a person reads them in a terminal: the line, a caret under the place, the help.
/// Carets align under Hangul. Control characters of the files never come through.
pub fn render(
    files: &BTreeMap<String, impl AsRef<str>>,
    faults: &[Fault],
    lang: Lang,
    colour: bool,
) -> String {
    use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for fault in faults {
        let level = match fault.severity {
            Severity::Warning => Level::WARNING.with_name(lang.pick("주의", "warning")),
            Severity::Error => Level::ERROR.with_name(lang.pick("오류", "error")),
        };
        let title = level.primary_title(printable(fault.message.get(lang))).id(fault.rule);
        let text = files.get(&*fault.file).map(AsRef::as_ref);
        let path = printable(&fault.file);
        let whole = fault.span.is_empty() && fault.span.start == 0;
        let mut group = match text {
            Some(text) if !whole && !text.is_empty() => {
                let (shown, span) = tame(text, fault.span.clone());
                title.element(
                    Snippet::source(shown)
                        .path(path)
                        .fold(true)
                        .annotation(AnnotationKind::Primary.span(span)),
                )
            }
            _ => title.element(Origin::path(path)),
        };
        if let Some(help) = &fault.help {
            let level = Level::HELP.with_name(lang.pick("도움말", "help"));
            group = group.element(level.message(printable(help.get(lang))));
        }
        let report: &[Group] = &[group];
        out.push_str(&renderer.render(report));
        out.push_str("\n\n");
    }
    out
}

/// Tabs become spaces and other control characters the replacement sign; the span follows.
fn tame(text: &str, span: Range<usize>) -> (String, Range<usize>) {
    let mut shown = String::with_capacity(text.len());
    let (mut start, mut end) = (None, None);
    for (at, letter) in text.char_indices() {
        if start.is_none() && at >= span.start {
            start = Some(shown.len());
        }
        if end.is_none() && at >= span.end {
            end = Some(shown.len());
        }
        match letter {
            '\n' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            '\r' => {}
            c if unprintable(c) => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
    }
    let start = start.unwrap_or(shown.len());
    let end = end.unwrap_or(shown.len()).max(start);
    (shown, start..end)
}

/// The text without what a terminal would obey.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && unprintable(c) { '\u{fffd}' } else { c }).collect()
}

/// Control characters, and the invisible ones that reorder text.
pub(crate) fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The one of `known` that `word` was probably meant to be: a third of its letters may differ.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let allowed = (word.len() / 3).max(1);
    known
        .into_iter()
        .map(|name| {
            let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).take(64).collect();
            (distance(&word, &letters), name)
        })
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: [Vec<usize>; 3] = [Vec::new(), (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for (i, x) in a.iter().enumerate() {
        rows[2] = vec![0; b.len() + 1];
        rows[2][0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let mut best =
                (rows[1][j + 1] + 1).min(rows[2][j] + 1).min(rows[1][j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(rows[0][j - 1] + 1);
            }
            rows[2][j + 1] = best;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_forgives_a_slip_but_not_another_word() {
        let known = ["cidr", "zone", "routes", "route_table", "네트워크"];
        for (word, wanted) in [
            ("cird", Some("cidr")),
            ("route", Some("routes")),
            ("rotue_table", Some("route_table")),
            ("Zone", Some("zone")),
            ("네트워쿠", Some("네트워크")),
            ("address", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), wanted, "{word}");
        }
    }

    #[test]
    fn places_count_characters_from_one() {
        let text = "첫째\n둘째 줄";
        assert_eq!(place(text, 0), (1, 1));
        assert_eq!(place(text, "첫째\n둘째 ".len()), (2, 4));
        assert_eq!(place(text, 9999), (2, 5));
    }
}
