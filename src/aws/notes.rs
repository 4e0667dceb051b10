//! What is found while a description is read: faults, which make it unusable, and what was not
//! understood. And the values of JSON, read with both.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    ops::Range,
};

use super::json::{Node, Value};
use crate::{
    i18n::{
        aws::{self as say, value},
        fault::{Pair, Said},
    },
    net::Cidr,
};

/// A value, and the file in which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'d> {
    /// Which of the files.
    pub file: usize,
    /// The value.
    pub node: &'d Node<'d>,
}

impl<'d> Item<'d> {
    /// The value of a key; `null` counts as not there.
    pub fn get(self, key: &str) -> Option<Self> {
        Some(Self { file: self.file, node: self.node.get(key)? })
    }

    /// The keys of an object and their values.
    pub fn entries(self) -> impl Iterator<Item = (&'d str, Self)> {
        let entries = match &self.node.value {
            Value::Object(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(move |(key, node)| (&**key, Self { file: self.file, node }))
    }

    /// The items of a list; none when it is not one.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let items = match &self.node.value {
            Value::List(items) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(move |node| Self { file: self.file, node })
    }

    /// Is it an object?
    pub fn is_object(self) -> bool {
        matches!(self.node.value, Value::Object(_))
    }

    /// The text, when it is one.
    pub fn as_text(self) -> Option<&'d str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Is nothing said by it: `null`, an empty text, list or object?
    pub fn is_nothing(self) -> bool {
        match &self.node.value {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            Value::Flag(_) | Value::Number(_) => false,
        }
    }

    fn kind(self) -> Pair {
        match &self.node.value {
            Value::Null => ("null", "null"),
            Value::Flag(_) => value::FLAG,
            Value::Number(it) if it.contains(['.', 'e', 'E']) => value::FRACTION,
            Value::Number(_) => value::NUMBER,
            Value::Text(_) => value::TEXT,
            Value::List(_) => value::LIST,
            Value::Object(_) => value::OBJECT,
        }
    }
}

/// One object of AWS's: everything that the files say about it. What several files say the same is
/// here once.
#[derive(Debug, Clone)]
pub(super) struct Record<'d> {
    /// Its id.
    pub id: &'d str,
    /// What is said of it, the first word counts.
    pub sources: Vec<Item<'d>>,
    /// The account and Region that the files' names and the keys around it speak of.
    pub around: super::home::Around<'d>,
}

impl<'d> Record<'d> {
    /// The value of a key: the first that is there, and not empty.
    pub fn get(&self, key: &str) -> Option<Item<'d>> {
        let mut found = None;
        for source in &self.sources {
            let Some(item) = source.get(key) else { continue };
            match &item.node.value {
                Value::List(items) if items.is_empty() => found = found.or(Some(item)),
                Value::Text(text) if text.is_empty() => found = found.or(Some(item)),
                _ => return Some(item),
            }
        }
        found
    }

    /// Where it stands first.
    pub fn item(&self) -> Item<'d> {
        self.sources[0]
    }
}

/// Where something was found, before lines are counted.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub file: usize,
    pub span: Range<usize>,
    pub said: Said,
    pub matters: bool,
    pub count: usize,
}

/// Collects what is found. Shared by all who read, so that none of them has to own it.
#[derive(Debug, Default)]
pub(super) struct Notes {
    faults: RefCell<Vec<Found>>,
    unread: RefCell<Unread>,
    /// What is described, and gone all the same.
    gone: RefCell<BTreeSet<String>>,
}

#[derive(Debug, Default)]
struct Unread {
    list: Vec<Found>,
    known: BTreeMap<String, usize>,
}

impl Notes {
    /// Something that makes the files unusable.
    pub fn fault(&self, item: Item, said: Said) {
        self.fault_at(item.file, item.node.span(), said);
    }

    /// The same at a place that is no value.
    pub fn fault_at(&self, file: usize, span: Range<usize>, said: Said) {
        // A thousand wrong values are one wrong file.
        let mut faults = self.faults.borrow_mut();
        if faults.len() < 100 {
            faults.push(Found { file, span, said, matters: true, count: 1 });
        }
    }

    /// Something was not understood that may influence answers.
    pub fn matters(&self, item: Item, said: Said) {
        self.unread(item.file, item.node.span(), said, true);
    }

    /// Something was not understood that cannot influence answers.
    pub fn harmless(&self, item: Item, said: Said) {
        self.unread(item.file, item.node.span(), said, false);
    }

    /// Something is deleted, or going: it is taken to be gone.
    pub fn gone(&self, item: Item, id: &str) {
        self.gone.borrow_mut().insert(id.to_owned());
        self.harmless(item, say::deleted(id));
    }

    /// Was it said of this that it is gone?
    pub fn is_gone(&self, id: &str) -> bool {
        self.gone.borrow().contains(id)
    }

    /// An object cannot stand without something that is not there. What needs what is gone is on its
    /// way too.
    pub fn left_out(&self, item: Item, id: &str, needs: &str) {
        if self.is_gone(needs) {
            self.gone(item, id);
        } else {
            self.matters(item, say::left_out(id, needs));
        }
    }

    /// A part of an object is not there.
    pub fn without_part(&self, item: Item, id: &str, part: &str) {
        if !self.is_gone(part) {
            self.matters(item, say::without_part(id, part));
        }
    }

    /// The same words again only count.
    pub fn unread(&self, file: usize, span: Range<usize>, said: Said, matters: bool) {
        let mut unread = self.unread.borrow_mut();
        let Unread { list, known } = &mut *unread;
        let place = *known.entry(said.message.en.clone()).or_insert(list.len());
        match list.get_mut(place) {
            Some(found) => found.count += 1,
            None => list.push(Found { file, span, said, matters, count: 1 }),
        }
    }

    /// Everything: faults, and what was not understood.
    pub fn into_parts(self) -> (Vec<Found>, Vec<Found>) {
        (self.faults.into_inner(), self.unread.into_inner().list)
    }

    /// Are there faults?
    pub fn are_bad(&self) -> bool {
        !self.faults.borrow().is_empty()
    }

    // ---- values

    fn wrong<T>(&self, item: Item, wanted: Pair) -> Option<T> {
        self.fault(item, say::wrong_type(wanted, item.kind()));
        None
    }

    /// A string.
    pub fn text<'d>(&self, item: Option<Item<'d>>) -> Option<&'d str> {
        let item = item?;
        match &item.node.value {
            Value::Text(text) => Some(text).filter(|it| !it.is_empty()).map(|it| &**it),
            // How PowerShell writes the values of closed sets.
            Value::Object(entries) if entries.len() == 1 && item.get("Value").is_some() => {
                self.text(item.get("Value"))
            }
            _ => self.wrong(item, value::TEXT),
        }
    }

    /// `true` or `false`.
    pub fn flag(&self, item: Option<Item>) -> Option<bool> {
        let item = item?;
        match item.node.value {
            Value::Flag(flag) => Some(flag),
            _ => self.wrong(item, value::FLAG),
        }
    }

    /// A whole number; in quotes too, as some tools write them.
    pub fn number(&self, item: Option<Item>) -> Option<i64> {
        let item = item?;
        let digits = match &item.node.value {
            Value::Number(digits) => digits,
            Value::Text(digits) => &**digits,
            _ => return self.wrong(item, value::NUMBER),
        };
        match digits.parse() {
            Ok(number) => Some(number),
            Err(_) => self.wrong(item, value::NUMBER),
        }
    }

    /// The objects of a list.
    pub fn objects<'d>(&self, item: Option<Item<'d>>) -> Vec<Item<'d>> {
        let Some(item) = item else { return Vec::new() };
        if !matches!(item.node.value, Value::List(_)) {
            self.wrong::<()>(item, value::LIST);
            return Vec::new();
        }
        let is_object =
            |it: &Item| it.is_object() || self.wrong::<()>(*it, value::OBJECT).is_some();
        item.items().filter(is_object).collect()
    }

    /// What a word means, by the words that are known: `none` when there is none, and for a word that
    /// nobody knows `other`, which is written down. `id` is whose word it is.
    pub fn word<T: Copy>(
        &self,
        item: Option<Item>,
        id: &str,
        known: &[(&str, T)],
        (none, other): (T, T),
    ) -> T {
        let Some(text) = self.text(item) else { return none };
        if let Some((_, means)) = known.iter().find(|(word, _)| *word == text) {
            return *means;
        }
        if let Some(item) = item {
            self.matters(item, say::unknown_mode(id, &super::shown(text)));
        }
        other
    }

    /// A range of addresses. Bits behind the prefix are cleared, as AWS does.
    pub fn cidr(&self, item: Option<Item>) -> Option<Cidr> {
        let text = self.text(item)?;
        self.parsed(item?, text.parse(), value::CIDR)
    }

    /// An address.
    pub fn address(&self, item: Option<Item>) -> Option<IpAddr> {
        let text = self.text(item)?;
        self.parsed(item?, text.parse(), value::ADDRESS)
    }

    /// An IPv4 address.
    pub fn ipv4(&self, item: Option<Item>) -> Option<std::net::Ipv4Addr> {
        let text = self.text(item)?;
        self.parsed(item?, text.parse(), value::ADDRESS_V4)
    }

    fn parsed<T, E>(&self, item: Item, read: Result<T, E>, wanted: Pair) -> Option<T> {
        read.map_err(|_| self.bad_value(item, wanted)).ok()
    }

    /// A text that does not say what it should.
    pub fn bad_value(&self, item: Item, wanted: Pair) {
        let written = match &item.node.value {
            Value::Text(text) => crate::text::clean::escape(text).chars().take(60).collect(),
            Value::Number(digits) => digits.chars().take(60).collect(),
            _ => String::new(),
        };
        self.fault(item, say::bad_value(&written, wanted));
    }

    /// Writes down the keys of an object that nobody knows. `noun` is what the object is a part of.
    pub fn only(&self, noun: &str, item: Item, known: impl Fn(&str) -> bool) {
        for (key, value) in item.entries() {
            let known = |key: &str| known(key) || is_bookkeeping(key);
            if !known(key) && !known(&flipped(key)) && !value.is_nothing() {
                let key: String = crate::text::clean::escape(key).chars().take(60).collect();
                self.matters(value, say::unknown_key(noun, &key));
            }
        }
    }
}

/// A key with its first letter in the other case.
pub(super) fn flipped(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|it| {
        if it.is_ascii_lowercase() { it.to_ascii_uppercase() } else { it.to_ascii_lowercase() }
    });
    first.into_iter().chain(letters).collect()
}

/// Keys of any object that no packet depends on.
pub(super) fn is_bookkeeping(key: &str) -> bool {
    matches!(
        key,
        "Tags"
            | "TagSet"
            | "tags"
            | "TagList"
            | "OwnerId"
            | "OwnerAccountId"
            | "OwnerAlias"
            | "Description"
            | "CreateTime"
            | "CreationTime"
            | "CreatedTime"
            | "CreationTimestamp"
            | "DeleteTime"
            | "DeletionTime"
            | "LastUpdatedTimestamp"
            | "LastUpdateTimestamp"
            | "ServiceManaged"
            | "Operator"
            | "Managed"
            | "ResponseMetadata"
            | "ResultMetadata"
            | "NextToken"
            | "NextMarker"
            | "nextToken"
            | "Marker"
            | "PaginationToken"
            | "IsTruncated"
            | "status_code"
            | "ClientToken"
    ) || key.ends_with("Arn")
}
