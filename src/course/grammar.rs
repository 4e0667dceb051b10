//! The short lines that people write in scenes and edits: rules, routes, ports, packets.
//! What is wrong is said at the word that is wrong.

use std::{net::IpAddr, ops::Range};

use crate::{
    cloud::{AclAction, Direction},
    i18n::fault::{self, Said},
    net::{Cidr, Ports, Protocol},
};

/// What is wrong with a line, and which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The bytes of the line.
    pub range: Range<usize>,
    /// What is wrong there.
    pub said: Box<Said>,
}

/// What was read, or what is wrong.
pub type Read<T> = Result<T, Slip>;

/// One word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'t> {
    /// The word; for a quoted one, what stands between the quotes, escapes undone.
    pub text: std::borrow::Cow<'t, str>,
    /// Its bytes in the line, quotes included.
    pub range: Range<usize>,
    /// Was it quoted? Then it is a name, whatever it looks like.
    pub quoted: bool,
}

impl Token<'_> {
    /// This word is wrong.
    pub fn slip(&self, said: Said) -> Slip {
        Slip { range: self.range.clone(), said: said.into() }
    }

    /// Is it this keyword?
    pub fn is(&self, word: &str) -> bool {
        !self.quoted && self.text.eq_ignore_ascii_case(word)
    }
}

/// The words of a line, one after the other.
#[derive(Debug, Clone)]
pub struct Line<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    at: usize,
}

impl<'t> Line<'t> {
    /// Splits a line at spaces and behind `=`. `->` and `→` are words of their own, and `"..."`
    /// is one word.
    pub fn new(text: &'t str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let start = text.len() - rest.len();
            let length = match letter {
                c if c.is_whitespace() => {
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
                '-' if rest.starts_with("->") => 2,
                '→' => letter.len_utf8(),
                '"' => {
                    let (name, length) = quoted(rest);
                    let range = start..start + length;
                    tokens.push(Token { text: name.into(), range, quoted: true });
                    rest = &rest[length..];
                    continue;
                }
                _ => word_length(rest),
            };
            let range = start..start + length;
            tokens.push(Token { text: text[range.clone()].into(), range, quoted: false });
            rest = &rest[length..];
        }
        Self { text, tokens, at: 0 }
    }

    /// The next word, left where it is.
    pub fn peek(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.at)
    }

    /// Takes the next word.
    pub fn take(&mut self) -> Option<Token<'t>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Takes the next word; `wanted` says what should stand there.
    pub fn need(&mut self, wanted: &str) -> Read<Token<'t>> {
        self.take().ok_or_else(|| self.nothing(wanted))
    }

    /// Takes the next word if it is this keyword.
    pub fn accept(&mut self, word: &str) -> bool {
        let there = self.peek().is_some_and(|token| token.is(word));
        self.at += usize::from(there);
        there
    }

    /// Takes `->`.
    pub fn arrow(&mut self) -> Read<()> {
        if self.accept("->") || self.accept("→") {
            return Ok(());
        }
        Err(self.unexpected("`->`"))
    }

    /// The next word (or the end) is not what was wanted.
    pub fn unexpected(&self, wanted: &str) -> Slip {
        match self.peek() {
            Some(token) => token.slip(fault::expected(wanted, &token.text)),
            None => self.nothing(wanted),
        }
    }

    fn nothing(&self, wanted: &str) -> Slip {
        let end = self.text.trim_end().len();
        Slip { range: end..end, said: fault::expected(wanted, "").into() }
    }

    /// Nothing may be left.
    pub fn end(&mut self) -> Read<()> {
        match self.take() {
            None => Ok(()),
            Some(token) => {
                let range = token.range.start..self.text.trim_end().len();
                let said = fault::left_over(&self.text[range.clone()]);
                Err(Slip { range, said: said.into() })
            }
        }
    }

    /// Everything behind the word before: what is left of the line.
    pub fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }
}

fn word_length(rest: &str) -> usize {
    let mut at = 0;
    for letter in rest.chars() {
        let here = &rest[at..];
        if letter.is_whitespace() || letter == '→' || (at > 0 && here.starts_with("->")) {
            break;
        }
        at += letter.len_utf8();
        // `zone=a`: the key is a word, and what follows is one.
        if letter == '=' {
            break;
        }
    }
    at
}

/// A quoted word: what it says, and how many bytes it takes. An unclosed one goes to the end.
fn quoted(rest: &str) -> (String, usize) {
    let mut name = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (name, at + 1),
            '\\' => match letters.next() {
                Some((_, 'n')) => name.push('\n'),
                Some((_, other)) => name.push(other),
                None => {}
            },
            other => name.push(other),
        }
    }
    (name, rest.len())
}

/// A name as one word of a line: bare when it reads back as itself, quoted otherwise.
pub fn quote(name: &str) -> String {
    if is_name(name) && !is_reserved(name) {
        return name.to_owned();
    }
    let mut quoted = String::from("\"");
    for letter in name.chars() {
        match letter {
            '\n' => quoted.push_str("\\n"),
            '"' | '\\' => quoted.extend(['\\', letter]),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// May an object have this name? Letters of any script, digits, `-` and `_`.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= 64
        && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && !name.starts_with('-')
}

/// Has the word a meaning of its own in routes, rules or packets?
pub fn is_reserved(name: &str) -> bool {
    ["internet", "local", "blackhole", "all", "group", "from", "to", "default-list"].contains(&name)
        || name.parse::<IpAddr>().is_ok()
}

/// An address block.
pub fn cidr(token: &Token) -> Read<Cidr> {
    token.text.parse().map_err(|why| token.slip(fault::bad_cidr(&token.text, why)))
}

/// An address.
pub fn address(token: &Token) -> Read<IpAddr> {
    token.text.parse().map_err(|_| token.slip(fault::bad_address(&token.text)))
}

/// A protocol; `None` is all of them.
pub fn protocol(token: &Token) -> Read<Option<Protocol>> {
    if token.is("all") {
        return Ok(None);
    }
    token.text.parse().map(Some).map_err(|()| token.slip(fault::bad_protocol(&token.text)))
}

/// A port or range; `all` is every port.
pub fn ports(token: &Token) -> Read<Ports> {
    if token.is("all") {
        return Ok(Ports::ALL);
    }
    token.text.parse().map_err(|()| token.slip(fault::bad_ports(&token.text)))
}

/// Type and code of ICMP, `8` or `3/4`; `all` is every type.
pub fn icmp(token: &Token) -> Read<Ports> {
    if token.is("all") {
        return Ok(Ports::ALL);
    }
    Ports::from_icmp_text(&token.text).ok_or_else(|| token.slip(fault::bad_icmp(&token.text)))
}

/// `tcp 443`, `udp 1024-65535`, `icmp`, `icmp 8`, `icmp 3/4`, `all`: a protocol and, for those that
/// have them, ports; of ICMP one type, with one code or with all.
pub fn traffic(line: &mut Line) -> Read<(Option<Protocol>, Ports)> {
    let token = line.need("`tcp`, `udp`, `icmp`, `all`")?;
    let protocol = protocol(&token)?;
    let next = line.peek().filter(|next| !next.is("from") && !next.is("to")).cloned();
    match (protocol, next) {
        (Some(p), Some(next)) if p.has_ports() => {
            line.take();
            Ok((protocol, ports(&next)?))
        }
        (Some(p), Some(next)) if p.is_icmp() => {
            line.take();
            Ok((protocol, icmp(&next)?))
        }
        (Some(p), Some(next)) if next.text.parse::<Ports>().is_ok() => {
            Err(next.slip(fault::no_ports(&p.to_string())))
        }
        (None, Some(next)) if next.text.parse::<Ports>().is_ok() => {
            Err(next.slip(fault::no_ports("all")))
        }
        _ => Ok((protocol, Ports::ALL)),
    }
}

/// Prints [`traffic`].
pub fn print_traffic(protocol: Option<Protocol>, ports: Ports) -> String {
    match protocol {
        None => "all".into(),
        Some(p) if p.has_ports() && ports == Ports::ALL => format!("{p} all"),
        Some(p) if p.has_ports() => format!("{p} {ports}"),
        Some(p) => match ports.icmp_text().filter(|_| p.is_icmp()) {
            Some(kind) => format!("{p} {kind}"),
            None => p.to_string(),
        },
    }
}

/// The far end of a rule as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Far<'t> {
    /// Addresses.
    Cidr(Cidr),
    /// A security group, by name.
    Group(Token<'t>),
    /// A prefix list, by name.
    PrefixList(Token<'t>),
}

/// `from` (inbound) or `to` (outbound).
pub fn preposition(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    }
}

fn far_word(line: &mut Line, direction: Direction) -> Read<()> {
    let (wanted, other) = match direction {
        Direction::Ingress => ("from", "to"),
        Direction::Egress => ("to", "from"),
    };
    if line.accept(wanted) {
        return Ok(());
    }
    match line.peek() {
        Some(token) if token.is(other) => Err(token.slip(fault::wrong_direction(wanted))),
        _ => Err(line.unexpected(&format!("`{wanted}`"))),
    }
}

/// A security group rule: `tcp 443 from 0.0.0.0/0`, `all to group db`.
pub fn group_rule<'t>(
    line: &mut Line<'t>,
    direction: Direction,
) -> Read<(Option<Protocol>, Ports, Far<'t>)> {
    let rule = far_rule(line, direction)?;
    line.end()?;
    Ok(rule)
}

/// The same, where the line may go on.
pub fn far_rule<'t>(
    line: &mut Line<'t>,
    direction: Direction,
) -> Read<(Option<Protocol>, Ports, Far<'t>)> {
    let (protocol, ports) = traffic(line)?;
    far_word(line, direction)?;
    let far = if line.accept("group") {
        Far::Group(line.need("`group NAME`")?)
    } else if line.accept("prefix-list") {
        Far::PrefixList(line.need("`prefix-list NAME`")?)
    } else {
        let token = line.need("`10.0.0.0/16`, `group NAME`")?;
        Far::Cidr(cidr(&token)?)
    };
    Ok((protocol, ports, far))
}

/// The number of a network ACL entry: 1 to 32766
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
pub fn acl_number(token: &Token) -> Read<u16> {
    token
        .text
        .parse()
        .ok()
        .filter(|number| (1..=32766).contains(number))
        .ok_or_else(|| token.slip(fault::out_of_range(1, 32766)))
}

/// A network ACL entry: `100 allow tcp 443 from 0.0.0.0/0`.
pub fn acl_entry(line: &mut Line, direction: Direction) -> Read<crate::cloud::AclEntry> {
    let number = acl_number(&line.need("`100`")?)?;
    let action = if line.accept("allow") {
        AclAction::Allow
    } else if line.accept("deny") {
        AclAction::Deny
    } else {
        return Err(line.unexpected("`allow`, `deny`"));
    };
    let (protocol, ports) = traffic(line)?;
    far_word(line, direction)?;
    let token = line.need("`0.0.0.0/0`")?;
    if token.is("group") {
        return Err(token.slip(fault::acl_wants_cidr()));
    }
    let cidr = cidr(&token)?;
    line.end()?;
    Ok(crate::cloud::AclEntry { number, action, protocol, ports, cidr })
}

/// Prints [`acl_entry`].
pub fn print_acl_entry(entry: &crate::cloud::AclEntry, direction: Direction) -> String {
    let action = match entry.action {
        AclAction::Allow => "allow",
        AclAction::Deny => "deny",
    };
    format!(
        "{} {action} {} {} {}",
        entry.number,
        print_traffic(entry.protocol, entry.ports),
        preposition(direction),
        entry.cidr
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Line::new(text).tokens.into_iter().map(|t| t.text.into_owned()).collect()
    }

    #[test]
    fn arrows_need_no_spaces_and_hyphens_are_letters() {
        assert_eq!(words("web-a->internet tcp/443"), ["web-a", "->", "internet", "tcp/443"]);
        assert_eq!(words("a → b"), ["a", "→", "b"]);
        assert_eq!(words("a→b"), ["a", "→", "b"]);
        assert_eq!(words("  "), [""; 0]);
    }

    #[test]
    fn every_name_reads_back_as_itself() {
        for name in ["web", "웹-1", "a b", "q\"uo\\te", "", "internet", "10.0.0.1", "->", "a\nb"] {
            let quoted = quote(name);
            assert_eq!(words(&quoted), [name], "{quoted}");
        }
    }

    #[test]
    fn a_rule_is_wrong_at_the_word_that_is_wrong() {
        for (rule, wrong, at) in [
            ("tcp 443 from 0.0.0.0/33", "bad-cidr", "0.0.0.0/33"),
            ("tcp 443 from 10.0.0.1", "bad-cidr", "10.0.0.1"),
            ("tpc 443 from 0.0.0.0/0", "bad-protocol", "tpc"),
            ("tcp 80,443 from 0.0.0.0/0", "bad-ports", "80,443"),
            ("tcp 443-80 from 0.0.0.0/0", "bad-ports", "443-80"),
            ("47 8 from 0.0.0.0/0", "bad-ports", "8"),
            ("icmp 256 from 0.0.0.0/0", "bad-icmp", "256"),
            ("icmp 3/ from 0.0.0.0/0", "bad-icmp", "3/"),
            ("icmpv6 8-9 from ::/0", "bad-icmp", "8-9"),
            ("tcp 443 to 0.0.0.0/0", "bad-line", "to"),
            ("tcp 443 0.0.0.0/0", "bad-line", "0.0.0.0/0"),
            ("tcp 443 from", "bad-line", ""),
            ("tcp 443 from group web extra words", "bad-line", "extra words"),
            ("", "bad-line", ""),
        ] {
            let slip = group_rule(&mut Line::new(rule), Direction::Ingress).unwrap_err();
            assert_eq!((slip.said.rule, &rule[slip.range]), (wrong, at), "{rule}");
        }
    }

    #[test]
    fn a_rule_for_one_type_of_icmp_reads_back_as_itself() {
        for (text, ports) in [
            ("icmp", Ports::ALL),
            ("icmp 8", Ports { low: 0x0800, high: 0x08ff }),
            ("icmp 0", Ports { low: 0, high: 0xff }),
            ("icmp 0/0", Ports::one(0)),
            ("icmp 3/4", Ports::one(0x0304)),
            ("icmpv6 255/255", Ports::one(u16::MAX)),
            ("icmpv6 128", Ports { low: 0x8000, high: 0x80ff }),
        ] {
            let line = format!("{text} from 0.0.0.0/0");
            let (protocol, read, _) =
                group_rule(&mut Line::new(&line), Direction::Ingress).unwrap();
            assert_eq!(read, ports, "{text}");
            assert_eq!(print_traffic(protocol, read), text);
        }
    }

    #[test]
    fn an_entry_is_wrong_at_the_word_that_is_wrong() {
        for (entry, wrong, at) in [
            ("0 allow all from 0.0.0.0/0", "out-of-range", "0"),
            ("32767 allow all from 0.0.0.0/0", "out-of-range", "32767"),
            ("100 permit all from 0.0.0.0/0", "bad-line", "permit"),
            ("100 allow all from group web", "bad-line", "group"),
        ] {
            let slip = acl_entry(&mut Line::new(entry), Direction::Ingress).unwrap_err();
            assert_eq!((slip.said.rule, &entry[slip.range]), (wrong, at), "{entry}");
        }
    }
}
