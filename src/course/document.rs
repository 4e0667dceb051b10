//! A TOML file with the place of everything in it, read key by key: what is there is handed out
//! once, what is missing or of the wrong kind becomes a fault, and what nobody asked for is
//! reported when a section is closed.

use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    course::fault::{Fault, Faults, nearest},
    i18n::{Words, fault},
    text::clean,
};

/// A string value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says, clean and normalised.
    pub value: String,
    /// Its place, quotes included.
    pub span: Range<usize>,
    /// Where the value begins in the file, when it stands there letter for letter.
    inner: Option<usize>,
}

impl Text {
    /// A key, as if it were a string.
    pub fn of(key: &Key) -> Self {
        Self { value: key.name.clone(), span: key.span.clone(), inner: None }
    }

    /// A part of the value, as if it stood there alone.
    #[must_use]
    pub fn part(&self, part: Range<usize>) -> Self {
        let inner = self.inner.map(|start| start + part.start);
        Self { value: self.value[part.clone()].to_owned(), span: self.at(part), inner }
    }

    /// The place in the file of a part of the value; the whole string when that cannot be said
    /// (strings with escapes).
    pub fn at(&self, part: Range<usize>) -> Range<usize> {
        match self.inner {
            Some(start) if part.end <= self.value.len() => start + part.start..start + part.end,
            _ => self.span.clone(),
        }
    }
}

/// A key and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Its place.
    pub span: Range<usize>,
}

/// A table of a file, with the keys that were asked for so far.
#[derive(Debug, Clone)]
pub struct Section<'d> {
    text: &'d str,
    table: &'d DeTable<'d>,
    /// The place of the key or header that opens it; empty at 0 for the file itself.
    pub span: Range<usize>,
    known: Vec<&'static str>,
}

type Value<'d> = Spanned<DeValue<'d>>;

/// Parses a file; what cannot be read becomes faults, and the rest is read anyway.
pub fn parse<'t>(text: &'t str, faults: &mut Faults) -> Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        faults.broken = true;
        let span = error.span().unwrap_or(0..0);
        faults.error(span, fault::syntax(error.message()));
    }
    table
}

impl<'d> Section<'d> {
    /// The file's own keys.
    pub fn root(text: &'d str, table: &'d Spanned<DeTable<'d>>) -> Self {
        Self { text, table: table.get_ref(), span: 0..0, known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'d Value<'d>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn read(&self, text: &str, span: Range<usize>, faults: &mut Faults) -> Text {
        let value = if clean::is_clean(text) {
            text.to_owned()
        } else {
            if let Some(c) = text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t') {
                faults.error(span.clone(), fault::control_character(c.into()));
            }
            clean::clean(text)
        };
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let inside = raw.len().checked_sub(quotes).and_then(|end| raw.get(quotes..end));
        let inner = (inside == Some(&*value)).then_some(span.start + quotes);
        Text { value, span, inner }
    }

    /// Is the key there? It counts as asked for.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.take(key).is_some()
    }

    /// The place of a key's value.
    pub fn span_of(&self, key: &str) -> Option<Range<usize>> {
        self.table.get(key).map(Spanned::span)
    }

    /// A string, when the key is there.
    pub fn text(&mut self, key: &'static str, faults: &mut Faults) -> Option<Text> {
        let value = self.take(key)?;
        self.as_text(value, faults)
    }

    fn as_text(&self, value: &Value<'d>, faults: &mut Faults) -> Option<Text> {
        match value.get_ref() {
            DeValue::String(text) => Some(self.read(text, value.span(), faults)),
            other => {
                faults.error(value.span(), fault::wrong_type(STRING, kind(other)));
                None
            }
        }
    }

    /// A string that must be there.
    pub fn need_text(&mut self, key: &'static str, faults: &mut Faults) -> Option<Text> {
        if !self.table.contains_key(key) {
            self.missing(key, faults);
        }
        self.text(key, faults)
    }

    /// A string list; a single string counts as a list of one.
    pub fn texts(&mut self, key: &'static str, faults: &mut Faults) -> Option<Vec<Text>> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::Array(items) => {
                Some(items.iter().filter_map(|item| self.as_text(item, faults)).collect())
            }
            DeValue::String(_) => Some(self.as_text(value, faults).into_iter().collect()),
            other => {
                faults.error(value.span(), fault::wrong_type(STRINGS, kind(other)));
                None
            }
        }
    }

    /// A list of string lists.
    pub fn text_lists(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Vec<(Range<usize>, Vec<Text>)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(lists) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(LISTS, kind(value.get_ref())));
            return Vec::new();
        };
        let mut found = Vec::new();
        for list in lists {
            match list.get_ref() {
                DeValue::Array(items) => found.push((
                    list.span(),
                    items.iter().filter_map(|item| self.as_text(item, faults)).collect(),
                )),
                other => faults.error(list.span(), fault::wrong_type(STRINGS, kind(other))),
            }
        }
        found
    }

    /// `true` or `false`, when the key is there.
    pub fn flag(&mut self, key: &'static str, faults: &mut Faults) -> Option<(bool, Range<usize>)> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some((*flag, value.span())),
            other => {
                faults.error(value.span(), fault::wrong_type(BOOLEAN, kind(other)));
                None
            }
        }
    }

    /// A flag, or a string.
    pub fn flag_or_text(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<(FlagOrText, Range<usize>)> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some((FlagOrText::Flag(*flag), value.span())),
            DeValue::String(text) => {
                Some((FlagOrText::Text(self.read(text, value.span(), faults)), value.span()))
            }
            other => {
                faults.error(value.span(), fault::wrong_type(FLAG_OR_STRING, kind(other)));
                None
            }
        }
    }

    /// A whole number within a range, when the key is there.
    pub fn whole(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
        faults: &mut Faults,
    ) -> Option<(i64, Range<usize>)> {
        let value = self.take(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(INTEGER, kind(value.get_ref())));
            return None;
        };
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) if range.contains(&number) => Some((number, value.span())),
            _ => {
                faults.error(value.span(), fault::out_of_range(*range.start(), *range.end()));
                None
            }
        }
    }

    /// A number, or a string (for computed numbers), when the key is there.
    pub fn number_or_text(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<(NumberOrText, Range<usize>)> {
        let value = self.take(key)?;
        let span = value.span();
        match value.get_ref() {
            DeValue::String(text) => {
                Some((NumberOrText::Text(self.read(text, span.clone(), faults)), span))
            }
            DeValue::Integer(number) => i32::from_str_radix(number.as_str(), number.radix())
                .map(|number| (NumberOrText::Number(number.into()), span.clone()))
                .map_err(|_| {
                    faults.error(span, fault::out_of_range(i32::MIN.into(), i32::MAX.into()));
                })
                .ok(),
            DeValue::Float(number) => number
                .as_str()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .map(|number| (NumberOrText::Number(number), span)),
            other => {
                faults.error(span, fault::wrong_type(NUMBER, kind(other)));
                None
            }
        }
    }

    /// A string in both languages, `{ ko = "...", en = "..." }`, when the key is there. What is
    /// missing or empty is a fault, and comes out empty.
    pub fn words(&mut self, key: &'static str, faults: &mut Faults) -> Option<Phrase> {
        let value = self.take(key)?;
        self.as_words(value, faults)
    }

    fn as_words(&self, value: &'d Value<'d>, faults: &mut Faults) -> Option<Phrase> {
        let DeValue::Table(table) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(WORDS, kind(value.get_ref())));
            return None;
        };
        let mut section = Section { text: self.text, table, span: value.span(), known: Vec::new() };
        let mut half = |key: &'static str| {
            let there = section.table.contains_key(key);
            let text = section.text(key, faults);
            match text {
                Some(text) if text.value.trim().is_empty() => {
                    faults.error(text.span.clone(), fault::empty_words(key));
                    text
                }
                Some(text) => text,
                None => {
                    if !there {
                        faults.error(value.span(), fault::missing_words(key));
                    }
                    Text { value: String::new(), span: value.span(), inner: None }
                }
            }
        };
        let (ko, en) = (half("ko"), half("en"));
        section.close(faults);
        Some(Phrase { ko, en, span: value.span() })
    }

    /// A string in both languages of which a half may be empty: units have no word in English.
    pub fn words_or_empty(&mut self, key: &'static str, faults: &mut Faults) -> Option<Phrase> {
        let mut found = Faults::new("");
        let phrase = self.words(key, &mut found);
        for fault in found.into_list().into_iter().filter(|fault| fault.rule != "empty-words") {
            let Fault { rule, message, help, span, .. } = fault;
            faults.error(span, fault::Said { rule, message, help });
        }
        phrase
    }

    /// A string in both languages that must be there.
    pub fn need_words(&mut self, key: &'static str, faults: &mut Faults) -> Phrase {
        if !self.table.contains_key(key) {
            self.missing(key, faults);
        }
        let span = self.span.clone();
        self.words(key, faults).unwrap_or_else(|| Phrase::nothing(span))
    }

    /// A list of strings in both languages.
    pub fn words_list(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Phrase> {
        let Some(value) = self.take(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().filter_map(|item| self.as_words(item, faults)).collect()
            }
            other => {
                faults.error(value.span(), fault::wrong_type(TABLES, kind(other)));
                Vec::new()
            }
        }
    }

    /// Every table of this section, whatever it is called, in the order of the file.
    pub fn into_sections(self, faults: &mut Faults) -> Vec<(Key, Section<'d>)> {
        self.tables(self.table, faults)
    }

    /// The one table of a key, `[key]`.
    pub fn section(&mut self, key: &'static str, faults: &mut Faults) -> Option<Section<'d>> {
        let value = self.take(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(TABLE, kind(value.get_ref())));
            return None;
        };
        let (name, _) = self.table.get_key_value(key)?;
        Some(Section { text: self.text, table, span: name.span(), known: Vec::new() })
    }

    /// The tables below a key, `[key.NAME]`, in the order of the file.
    pub fn sections(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(Key, Section<'d>)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(TABLE, kind(value.get_ref())));
            return Vec::new();
        };
        self.tables(table, faults)
    }

    fn tables(&self, table: &'d DeTable<'d>, faults: &mut Faults) -> Vec<(Key, Section<'d>)> {
        let mut found = Vec::new();
        for (name, value) in table {
            match value.get_ref() {
                DeValue::Table(table) => found.push((
                    Key { name: clean::clean(name.get_ref()), span: name.span() },
                    Section { text: self.text, table, span: name.span(), known: Vec::new() },
                )),
                other => faults.error(value.span(), fault::wrong_type(TABLE, kind(other))),
            }
        }
        found.sort_by_key(|(key, _)| key.span.start);
        found
    }

    /// The strings below a key, `[key] NAME = "..."`, in the order of the file.
    pub fn entries(&mut self, key: &'static str, faults: &mut Faults) -> Vec<(Key, Text)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(TABLE, kind(value.get_ref())));
            return Vec::new();
        };
        let mut found: Vec<_> = table
            .iter()
            .filter_map(|(name, value)| {
                let key = Key { name: clean::clean(name.get_ref()), span: name.span() };
                Some((key, self.as_text(value, faults)?))
            })
            .collect();
        found.sort_by_key(|(key, _)| key.span.start);
        found
    }

    /// The tables of a list, `[[key]]`, in order.
    pub fn items(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Section<'d>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            faults.error(value.span(), fault::wrong_type(TABLES, kind(value.get_ref())));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => found.push(Section {
                    text: self.text,
                    table,
                    span: first_line(self.text, item.span()),
                    known: Vec::new(),
                }),
                other => faults.error(item.span(), fault::wrong_type(TABLE, kind(other))),
            }
        }
        found
    }

    /// A key that is not there but must be.
    pub fn missing(&self, key: &str, faults: &mut Faults) {
        let near = self.unknown().find_map(|(name, _)| nearest(name, [key]).map(|_| name));
        if near.is_none() {
            faults.error(self.span.clone(), fault::missing_key(key));
        }
    }

    fn unknown(&self) -> impl Iterator<Item = (&'d str, Range<usize>)> {
        self.table
            .keys()
            .map(|key| (key.get_ref().as_ref(), key.span()))
            .filter(|(name, _)| !self.known.contains(name))
    }

    /// Were more keys asked for than those that every question has? If not, its kind is unknown,
    /// and so is which keys it may have.
    pub(crate) fn knows_more_than_a_kind(&self) -> bool {
        self.known.len() > 5
    }

    /// Reports the keys that nobody asked for.
    pub fn close(self, faults: &mut Faults) {
        for (name, span) in self.unknown() {
            let shown = clean::escape(name);
            faults.error(
                span,
                match nearest(name, self.known.iter().copied()) {
                    Some(near) => fault::misspelt_key(&shown, near),
                    None => fault::unknown_key(&shown, &list(self.known.iter().copied())),
                },
            );
        }
    }
}

/// Names for a message: `` `a`, `b`, `c` ``.
pub fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<Cow<str>> = names.into_iter().map(|n| format!("`{n}`").into()).collect();
    names.join(", ")
}

fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let part = text.get(span.clone()).unwrap_or_default();
    let line = part.lines().next().unwrap_or_default();
    span.start..span.start + line.len()
}

/// A string in both languages, and where each half stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The Korean half.
    pub ko: Text,
    /// The English half.
    pub en: Text,
    /// The place of both.
    pub span: Range<usize>,
}

impl Phrase {
    fn nothing(span: Range<usize>) -> Self {
        let text = Text { value: String::new(), span: span.clone(), inner: None };
        Self { ko: text.clone(), en: text, span }
    }

    /// The words without their places.
    pub fn to_words(&self) -> Words {
        Words { ko: self.ko.value.clone(), en: self.en.value.clone() }
    }
}

/// A flag or a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagOrText {
    /// `true` or `false`.
    Flag(bool),
    /// A string.
    Text(Text),
}

/// A number or a string.
#[derive(Debug, Clone, PartialEq)]
pub enum NumberOrText {
    /// A number.
    Number(f64),
    /// A string.
    Text(Text),
}

fn kind(value: &DeValue) -> fault::Pair {
    match value {
        DeValue::String(_) => STRING,
        DeValue::Integer(_) => INTEGER,
        DeValue::Float(_) => ("소수", "a decimal number"),
        DeValue::Boolean(_) => BOOLEAN,
        DeValue::Datetime(_) => ("날짜", "a date"),
        DeValue::Array(_) => ("배열", "a list"),
        DeValue::Table(_) => TABLE,
    }
}

const STRING: fault::Pair = ("문자열", "a string");
const STRINGS: fault::Pair = ("문자열 배열", "a list of strings");
const LISTS: fault::Pair = ("문자열 배열의 배열", "a list of lists of strings");
const BOOLEAN: fault::Pair = ("`true` 또는 `false`", "`true` or `false`");
const FLAG_OR_STRING: fault::Pair = ("`true`, `false` 또는 문자열", "`true`, `false` or a string");
const INTEGER: fault::Pair = ("정수", "a whole number");
const NUMBER: fault::Pair = ("숫자", "a number");
const TABLE: fault::Pair = ("표", "a table");
const TABLES: fault::Pair = ("표의 배열", "a list of tables");
const WORDS: fault::Pair = ("`{ ko = \"...\", en = \"...\" }`", "`{ ko = \"...\", en = \"...\" }`");

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text`, gives what `read` sees and the faults as `rule@place`.
    fn check<T>(text: &str, read: impl FnOnce(&mut Section, &mut Faults) -> T) -> (T, Vec<String>) {
        let mut faults = Faults::new("t.toml");
        let table = parse(text, &mut faults);
        let mut root = Section::root(text, &table);
        let value = read(&mut root, &mut faults);
        root.close(&mut faults);
        let shown = faults
            .into_list()
            .into_iter()
            .map(|fault| format!("{} @ {}", fault.rule, &text[fault.span.clone()]))
            .collect();
        (value, shown)
    }

    #[test]
    fn every_key_that_nobody_asked_for_is_reported() {
        let ((), faults) = check("cidr = \"a\"\nzoen = \"b\"\nother = 1\n", |root, faults| {
            root.text("cidr", faults);
            root.text("zone", faults);
        });
        assert_eq!(faults, ["unknown-key @ zoen", "unknown-key @ other"]);
    }

    #[test]
    fn a_misspelt_key_is_not_reported_as_missing_too() {
        let ((), faults) = check("cird = \"a\"\n", |root, faults| {
            root.need_text("cidr", faults);
        });
        assert_eq!(faults, ["unknown-key @ cird"]);
    }

    #[test]
    fn places_reach_inside_strings() {
        let text = "rule = \"tcp 443 from 0.0.0.0/33\"\nesc = \"a\\tb\"\n";
        let ((rule, escaped), _) = check(text, |root, faults| {
            (root.text("rule", faults).unwrap(), root.text("esc", faults).unwrap())
        });
        assert_eq!(&text[rule.at(13..23)], "0.0.0.0/33");
        assert_eq!(&text[escaped.at(0..1)], "\"a\\tb\"");
    }

    #[test]
    fn several_syntax_errors_are_all_reported() {
        let ((), faults) = check("a = \nb = 1\nb = 2\nc = [1 2]\n", |root, faults| {
            root.need_text("missing", faults);
        });
        assert!(faults.iter().filter(|f| f.starts_with("syntax")).count() >= 3, "{faults:?}");
        assert!(!faults.iter().any(|f| f.starts_with("missing")), "{faults:?}");
    }

    #[test]
    fn a_missing_or_empty_half_is_a_fault() {
        let text = "a = { ko = \"가\" }\nb = { ko = \"\", en = \"b\" }\nc = \"c\"\n";
        let ((), faults) = check(text, |root, faults| {
            root.need_words("a", faults);
            root.need_words("b", faults);
            root.need_words("c", faults);
            root.need_words("d", faults);
        });
        assert_eq!(
            faults,
            [
                "missing-key @ ",
                "missing-words @ { ko = \"가\" }",
                "empty-words @ \"\"",
                "wrong-type @ \"c\"",
            ]
        );
    }
}
