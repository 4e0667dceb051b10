//! JSON with the place of every value, so that whatever is wrong or not understood can be pointed
//! at. Numbers stay as they were written; strings borrow from the text unless they have escapes.

use std::{borrow::Cow, collections::BTreeSet, ops::Range};

/// How deep values may lie in each other. What the AWS CLI prints is far flatter.
const DEEPEST: usize = 100;

/// Objects with more keys than this are searched for twins with a set.
const FEW_KEYS: usize = 24;

/// A value and the bytes of the text that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'t> {
    start: u32,
    end: u32,
    /// The value.
    pub value: Value<'t>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// As it was written.
    Number(&'t str),
    /// With its escapes resolved.
    Text(Cow<'t, str>),
    /// `[...]`
    List(Vec<Node<'t>>),
    /// `{...}`, in the order of the text. No key comes twice.
    Object(Vec<(Cow<'t, str>, Node<'t>)>),
}

/// Where a text stops being JSON, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The bytes that are wrong.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub why: Why,
}

/// What is wrong with a text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is nothing in it.
    Empty,
    /// It ends in the middle.
    Ends,
    /// No value can begin so.
    NotAValue,
    /// A key in quotes is expected.
    NotAKey,
    /// A colon is expected behind a key.
    NoColon,
    /// A comma or the end of the list or object is expected.
    NoComma,
    /// Not how JSON writes numbers.
    Number,
    /// Not an escape of JSON's.
    Escape,
    /// A control character inside a string.
    Control,
    /// The object has the key already.
    Twice(String),
    /// Values in values in values, without an end.
    TooDeep,
}

impl<'t> Node<'t> {
    /// The bytes of the text that it is.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The value of a key, when this is an object that has it. `null` counts as not there.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        let Value::Object(entries) = &self.value else { return None };
        let (_, node) = entries.iter().find(|(it, _)| same_key(it, key))?;
        (node.value != Value::Null).then_some(node)
    }

    /// Is it the same, wherever it stands?
    pub fn same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::List(one), Value::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.same(two))
            }
            (Value::Object(one), Value::Object(two)) => {
                one.len() == two.len()
                    && one.iter().all(|(key, node)| {
                        two.iter().any(|(other, twin)| other == key && twin.same(node))
                    })
            }
            (one, two) => one == two,
        }
    }

    /// How to get to the value at `span` from here: `Vpcs[0].CidrBlock`.
    pub fn path_to(&self, span: &Range<usize>) -> String {
        let mut path = String::new();
        let mut node = self;
        let holds = |it: &Node| it.span().start <= span.start && span.end <= it.span().end;
        loop {
            if node.span() == *span {
                return path;
            }
            let inner = match &node.value {
                Value::List(items) => {
                    let at = items.partition_point(|it| it.span().end < span.end);
                    items.get(at).filter(|it| holds(it)).map(|it| (format!("[{at}]"), it))
                }
                Value::Object(entries) => {
                    let at = entries.partition_point(|(_, it)| it.span().end < span.end);
                    entries.get(at).filter(|(_, it)| holds(it)).map(|(key, it)| {
                        let dot = if path.is_empty() { "" } else { "." };
                        (format!("{dot}{key}"), it)
                    })
                }
                _ => None,
            };
            let Some((step, next)) = inner else { return path };
            path.push_str(&step);
            node = next;
        }
    }
}

/// The same key, whichever way its first letter is written: `Vpcs` of the AWS CLI is `vpcs` for other
/// tools, and Direct Connect's `virtualInterfaces` is `VirtualInterfaces` for some.
pub fn same_key(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.len() == other.len()
        && one.get(1..) == other.get(1..)
        && one.first().map(u8::to_ascii_lowercase) == other.first().map(u8::to_ascii_lowercase)
}

/// Reads every value of a text: one, or several behind each other, as pages that were put into one
/// file are. The text must be shorter than 4 GiB.
///
/// # Errors
/// The first place where it is not JSON.
pub fn parse(text: &str) -> Result<Vec<Node<'_>>, Broken> {
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0 };
    let mut values = Vec::new();
    loop {
        parser.space();
        if parser.at == text.len() {
            break;
        }
        values.push(parser.value(0)?);
    }
    if values.is_empty() {
        return Err(Broken { span: 0..0, why: Why::Empty });
    }
    Ok(values)
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// What is wrong with the letter here, or with the end of the text when there is none.
    fn wrong<T>(&self, why: Why) -> Result<T, Broken> {
        match self.text[self.at..].chars().next() {
            Some(letter) => Err(Broken { span: self.at..self.at + letter.len_utf8(), why }),
            None => Err(Broken { span: self.at..self.at, why: Why::Ends }),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node<'t>, Broken> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if depth == DEEPEST => return self.wrong(Why::TooDeep),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') if self.word("true") => Value::Flag(true),
            Some(b'f') if self.word("false") => Value::Flag(false),
            Some(b'n') if self.word("null") => Value::Null,
            _ => return self.wrong(Why::NotAValue),
        };
        Ok(Node { start: start as u32, end: self.at as u32, value })
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.text[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn list(&mut self, depth: usize) -> Result<Value<'t>, Broken> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::List(items));
                }
                _ => return self.wrong(Why::NoComma),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'t>, Broken> {
        self.at += 1;
        let mut entries: Vec<(Cow<'t, str>, Node<'t>)> = Vec::new();
        let mut seen = BTreeSet::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(entries));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return self.wrong(Why::NotAKey);
            }
            let start = self.at;
            let key = self.string()?;
            let twice = if entries.len() < FEW_KEYS {
                entries.iter().any(|(it, _)| *it == key)
            } else {
                if seen.is_empty() {
                    seen.extend(entries.iter().map(|(key, _)| key.clone()));
                }
                !seen.insert(key.clone())
            };
            if twice {
                let why = Why::Twice(key.into_owned());
                return Err(Broken { span: start..self.at, why });
            }
            self.space();
            if self.peek() != Some(b':') {
                return self.wrong(Why::NoColon);
            }
            self.at += 1;
            self.space();
            let value = self.value(depth + 1)?;
            entries.push((key, value));
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Object(entries));
                }
                _ => return self.wrong(Why::NoComma),
            }
        }
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    fn number(&mut self) -> Result<Value<'t>, Broken> {
        let start = self.at;
        let digits = |it: &mut Self| {
            let from = it.at;
            while let Some(b'0'..=b'9') = it.peek() {
                it.at += 1;
            }
            it.at - from
        };
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.at;
        let whole = digits(self);
        if whole == 0 || whole > 1 && self.bytes[first] == b'0' {
            return self.wrong(Why::Number);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if digits(self) == 0 {
                return self.wrong(Why::Number);
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            if digits(self) == 0 {
                return self.wrong(Why::Number);
            }
        }
        Ok(Value::Number(&self.text[start..self.at]))
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Broken> {
        self.at += 1;
        let mut start = self.at;
        let mut built = String::new();
        loop {
            match self.peek() {
                None => return self.wrong(Why::Ends),
                Some(b'"') => {
                    let rest = &self.text[start..self.at];
                    self.at += 1;
                    if built.is_empty() {
                        return Ok(Cow::Borrowed(rest));
                    }
                    built.push_str(rest);
                    return Ok(Cow::Owned(built));
                }
                Some(b'\\') => {
                    built.push_str(&self.text[start..self.at]);
                    built.push(self.escape()?);
                    start = self.at;
                }
                Some(..b' ') => return self.wrong(Why::Control),
                Some(_) => self.at += 1,
            }
        }
    }

    /// One escape. Halves of pairs that stand alone become the replacement sign.
    fn escape(&mut self) -> Result<char, Broken> {
        let start = self.at;
        self.at += 1;
        let letter = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                let first = self.four_digits(start)?;
                if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
                    let back = self.at;
                    self.at += 2;
                    let second = self.four_digits(back)?;
                    if (0xdc00..0xe000).contains(&second) {
                        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                        return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    self.at = back;
                }
                return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => return self.wrong(Why::Escape),
        };
        self.at += 1;
        Ok(letter)
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, Broken> {
        let digits = self.bytes.get(self.at..self.at + 4);
        let Some(digits) = digits else {
            self.at = self.text.len();
            return self.wrong(Why::Ends);
        };
        let mut code = 0;
        for digit in digits {
            let Some(value) = char::from(*digit).to_digit(16) else {
                return Err(Broken { span: start..self.at, why: Why::Escape });
            };
            code = code * 16 + value;
        }
        self.at += 4;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, at: usize, why: Why) {
        let broken = parse(text).unwrap_err();
        assert_eq!((broken.span.start, broken.why), (at, why), "{text}");
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        check("", 0, Why::Empty);
        check(" \n", 0, Why::Empty);
        check("{", 1, Why::Ends);
        check(r#"{"a": [1, 2"#, 11, Why::Ends);
        check(r#"{"a" 1}"#, 5, Why::NoColon);
        check(r#"{"a": 1,}"#, 8, Why::NotAKey);
        check("{a: 1}", 1, Why::NotAKey);
        check("[1 2]", 3, Why::NoComma);
        check("[1,]", 3, Why::NotAValue);
        check("[01]", 3, Why::Number);
        check("[1.]", 3, Why::Number);
        check("[-]", 2, Why::Number);
        check(r#"["\x"]"#, 3, Why::Escape);
        check(r#"["\u12"]"#, 2, Why::Escape);
        check("[\"a\nb\"]", 3, Why::Control);
        check(r#"{"a": 1, "b": 2, "a": 3}"#, 17, Why::Twice("a".into()));
        check(&"[".repeat(1_000_000), DEEPEST, Why::TooDeep);
        check("----", 1, Why::Number);
        check("한", 0, Why::NotAValue);
    }

    #[test]
    fn a_twin_is_found_among_many_keys() {
        let keys: Vec<String> = (0..40).map(|it| format!("\"k{it}\": 0")).collect();
        let text = format!("{{{}, \"k3\": 1}}", keys.join(", "));
        let broken = parse(&text).unwrap_err();
        assert_eq!(broken.why, Why::Twice("k3".into()));
    }

    #[test]
    fn values_know_their_place() {
        let text = r#"{"Vpcs": [{"VpcId": "vpc-1"}, {"VpcId": null, "Tags": []}]} {"x": "가\n\u00e9\ud83d\ude00"}"#;
        let values = parse(text).unwrap();
        let list = values[0].get("Vpcs").unwrap();
        let Value::List(items) = &list.value else { panic!() };
        let id = items[0].get("VpcId").unwrap();
        assert_eq!(&text[id.span()], "\"vpc-1\"");
        assert_eq!(values[0].path_to(&id.span()), "Vpcs[0].VpcId");
        assert_eq!(values[0].path_to(&items[1].span()), "Vpcs[1]");
        assert!(items[1].get("VpcId").is_none(), "null counts as not there");
        assert_eq!(values[1].get("x").unwrap().value, Value::Text("가\né😀".into()));
    }

    /// What `serde_json` makes of the same text; numbers by their digits.
    fn plain(node: &Node) -> String {
        let list = |items: Vec<String>| items.join(",");
        match &node.value {
            Value::Null => "null".into(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(_) => "number".into(),
            Value::Text(text) => format!("{text:?}"),
            Value::List(items) => format!("[{}]", list(items.iter().map(plain).collect())),
            Value::Object(entries) => {
                let entry = |(key, value): &(Cow<str>, Node)| format!("{key:?}:{}", plain(value));
                format!("{{{}}}", list(entries.iter().map(entry).collect()))
            }
        }
    }

    fn by_serde(value: &serde_json::Value) -> String {
        use serde_json::Value as Json;
        let list = |items: Vec<String>| items.join(",");
        match value {
            Json::Null => "null".into(),
            Json::Bool(flag) => flag.to_string(),
            Json::Number(_) => "number".into(),
            Json::String(text) => format!("{text:?}"),
            Json::Array(items) => format!("[{}]", list(items.iter().map(by_serde).collect())),
            Json::Object(entries) => {
                let entry = |(key, value): (&String, &Json)| format!("{key:?}:{}", by_serde(value));
                format!("{{{}}}", list(entries.iter().map(entry).collect()))
            }
        }
    }

    proptest::proptest! {
        /// Twins among keys, halves of pairs and numbers without an end are where the two differ on
        /// purpose; none of them is made here.
        #[test]
        fn what_is_json_is_what_serde_json_takes(
            text in r#"([\[\]{}:, ]|"[a-c가\\\\nu0/"]{0,3}"|-?[0-9.e]{1,3}|true|null|fals){0,9}"#,
        ) {
            let known = serde_json::from_str::<serde_json::Value>(&text);
            match (parse(&text), known) {
                (Ok(values), Ok(known)) => {
                    proptest::prop_assert_eq!(values.len(), 1);
                    proptest::prop_assert_eq!(plain(&values[0]), by_serde(&known));
                }
                (Ok(values), Err(why)) => {
                    let far = why.to_string().contains("out of range");
                    proptest::prop_assert!(values.len() > 1 || far, "{}: {}", text, why);
                }
                (Err(broken), Ok(_)) => {
                    let twins = matches!(broken.why, Why::Twice(_));
                    proptest::prop_assert!(twins, "{}: {:?}", text, broken);
                }
                (Err(_), Err(_)) => {}
            }
        }
    }
}
