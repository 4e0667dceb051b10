//! Where lines break, counted in cells.
//!
//! The rules, in order of weight:
//!
//! 1. No line is wider than its room, and a wide letter never straddles the right edge.
//! 2. Nothing is lost but the spaces at a break (from a width of 2 on).
//! 3. No line begins with closing punctuation (`. , ! ? ) ] } 」 』 ” ’ … : ;` and their kin), none
//!    ends with an opening bracket: such a mark stays with its word, even across a space.
//! 4. Lines break at spaces. A Korean word keeps its particles, because it is never cut while it
//!    fits on a line of its own; runs without a space between them are one word, whatever
//!    their styles.
//! 5. A word wider than a line begins a line of its own and is cut: best before an opening
//!    bracket, then after `/` `-` `_` `.` and the like, then between Korean syllables or where the
//!    script changes, then before a particle, then anywhere between clusters. No last syllable
//!    and no particle is left alone, and no line half empty, if there is another way.
//!
//! Line feeds are honoured; `a\n` is two lines, the second empty, as is a text without letters.
//! Control characters are dropped (a tab is a space): a text should have passed
//! [`clean`](super::clean::clean) anyway. No-break spaces do not break.
//!
//! Below two cells not every letter fits: what is wider than the whole room shows as `>` at a
//! width of 1, as editors do, and not at all at a width of 0.

use std::ops::Range;

use super::cluster::{Cluster, clusters};
use super::width::width;

/// Shown where a single letter is wider than all the room there is.
const TOO_WIDE: char = '>';

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Run<S> {
    /// The letters.
    pub text: String,
    /// Whatever the caller wants to find again in the lines.
    pub style: S,
}

impl<S> Run<S> {
    /// A run.
    pub fn new(text: impl Into<String>, style: S) -> Self {
        Self { text: text.into(), style }
    }
}

/// One line of the result: no line feed in it, neighbouring runs differ in style, none is empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line<S> {
    /// The cells to leave blank before the text.
    pub indent: usize,
    /// The text.
    pub runs: Vec<Run<S>>,
    /// The cells of the text, without the indent.
    pub width: usize,
}

impl<S> Line<S> {
    /// The letters of all runs, without the indent.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The room for a text: how wide, and how far its lines stand in.
///
/// A number is a room without indents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Room {
    /// Cells from edge to edge, the indent included.
    pub width: usize,
    /// Cells left blank before the first line.
    pub first: usize,
    /// Cells left blank before every other line.
    pub rest: usize,
}

impl Room {
    /// Indents give way where they would leave fewer cells than a wide letter needs.
    fn indents(self) -> (usize, usize) {
        let most = self.width.saturating_sub(2);
        (self.first.min(most), self.rest.min(most))
    }
}

impl From<usize> for Room {
    fn from(width: usize) -> Self {
        Self { width, first: 0, rest: 0 }
    }
}

/// Breaks a text into lines that fit; there is always at least one.
///
/// ```
/// # use hanulgil::text::line::{Run, break_lines};
/// let runs = [Run::new("상태(stateful)", "bold"), Run::new("이고 응답은 다시 보지 않습니다.", "")];
/// let lines = break_lines(&runs, 20);
/// assert_eq!(lines[0].text(), "상태(stateful)이고");
/// assert_eq!(lines[1].text(), "응답은 다시 보지");
/// assert_eq!(lines[2].text(), "않습니다.");
/// ```
pub fn break_lines<S: Clone + PartialEq>(runs: &[Run<S>], room: impl Into<Room>) -> Vec<Line<S>> {
    let room = room.into();
    let (first, rest) = room.indents();
    let widest = room.width - first.max(rest);
    let source = Source::new(runs, widest);
    let mut breaker = Breaker {
        atoms: atoms(&source.text, widest),
        first: room.width - first,
        rest: room.width - rest,
        lines: Vec::new(),
    };
    breaker.run();
    let indents = std::iter::once(first).chain(std::iter::repeat(rest));
    breaker
        .lines
        .iter()
        .zip(indents)
        .map(|(line, indent)| Line {
            indent,
            runs: source.runs(&breaker.atoms[line.clone()]),
            width: breaker.cells(line),
        })
        .collect()
}

/// [`break_lines`] for plain text, the indents written out as spaces.
///
/// ```
/// # use hanulgil::text::line::break_text;
/// assert_eq!(break_text("no route to the internet", 12), ["no route to", "the internet"]);
/// ```
pub fn break_text(text: &str, room: impl Into<Room>) -> Vec<String> {
    break_lines(&[Run::new(text, ())], room)
        .iter()
        .map(|line| match line.runs.as_slice() {
            [] => String::new(),
            _ => format!("{}{}", " ".repeat(line.indent), line.text()),
        })
        .collect()
}

/// The cells of the widest word: the narrowest room in which no word is cut, for the columns of
/// a table.
pub fn widest_word(text: &str) -> usize {
    let atoms = atoms(text, usize::MAX);
    let mut widest = 0;
    let mut at = 0;
    while at < atoms.len() {
        let unit = unit_from(&atoms, at);
        widest = widest.max(cells(&atoms[unit.clone()]));
        at = unit.end.max(at + 1);
    }
    widest
}

// ------------------------------------------------------------------ the text

/// The letters of all runs in one string, so that words and clusters reach across runs.
struct Source<'a, S> {
    text: String,
    /// Where each run ends in `text`, and its style.
    ends: Vec<(usize, &'a S)>,
}

impl<'a, S: Clone + PartialEq> Source<'a, S> {
    fn new(runs: &'a [Run<S>], widest: usize) -> Self {
        let mut text = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
        let mut ends = Vec::with_capacity(runs.len());
        for run in runs {
            // Three cells is the widest that a single letter gets.
            if widest < 3 || run.text.contains(|c: char| is_line_end(c) || c.is_control()) {
                push_plain(&mut text, &run.text, widest);
            } else {
                text.push_str(&run.text);
            }
            ends.push((text.len(), &run.style));
        }
        Self { text, ends }
    }

    /// The runs of a line. A cluster has the style of its first letter.
    fn runs(&self, line: &[Atom]) -> Vec<Run<S>> {
        let mut runs: Vec<Run<S>> = Vec::new();
        let (Some(first), Some(last)) = (line.first(), line.last()) else { return runs };
        let mut at = first.start;
        let from = self.ends.partition_point(|(end, _)| *end <= at);
        for (end, style) in &self.ends[from..] {
            let next = line.partition_point(|atom| atom.start < *end);
            let end = line.get(next).map_or(last.end, |atom| atom.start);
            if end > at {
                match runs.last_mut() {
                    Some(last) if last.style == **style => last.text.push_str(&self.text[at..end]),
                    _ => runs.push(Run::new(&self.text[at..end], (*style).clone())),
                }
                at = end;
            }
            if at == last.end {
                break;
            }
        }
        runs
    }
}

/// Appends what can be shown of `from`.
fn push_plain(text: &mut String, from: &str, widest: usize) {
    let mut letters = from.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            letter if is_line_end(letter) => text.push('\n'),
            '\t' if widest > 0 => text.push(' '),
            letter if letter.is_control() => {}
            letter if width(letter.encode_utf8(&mut [0; 4])) <= widest => text.push(letter),
            _ if widest > 0 => text.push(TOO_WIDE),
            _ => {}
        }
    }
}

fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

// ------------------------------------------------------------------ its atoms

/// A cluster, as far as breaking lines cares.
#[derive(Debug, Clone, Copy)]
struct Atom {
    start: usize,
    end: usize,
    width: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Breaks lines and vanishes there.
    Space,
    /// A line feed.
    Feed,
    /// Begins no line.
    Close,
    /// Ends no line.
    Open,
    /// Joins the parts of addresses, paths and names; begins no line where a word is cut.
    Joint,
    /// The sign after a number, such as `%`: stays with it.
    Unit,
    /// Letters and digits that read best together: Latin and all that is not listed.
    Letter,
    /// Hangul, Han and whatever else is wide.
    Wide,
    /// A part of a cluster that is wider than the room: on a line of its own.
    Alone,
}

fn atoms(text: &str, widest: usize) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(text.len() / 2 + 1);
    let mut start = 0;
    for cluster in clusters(text) {
        if cluster.width > widest {
            push_parts(&mut atoms, cluster, start, widest);
        } else {
            let kind = kind(cluster, atoms.last());
            atoms.push(Atom { start, end: start + cluster.text.len(), width: cluster.width, kind });
        }
        start += cluster.text.len();
    }
    atoms
}

/// Cuts a cluster that is wider than the room: rows of loose jamo or of voicing marks.
fn push_parts(atoms: &mut Vec<Atom>, cluster: Cluster<'_>, start: usize, widest: usize) {
    let mut from = 0;
    let mut used = 0;
    for (at, letter) in cluster.text.char_indices() {
        // Letters that join take less room than each alone, but for one behind a selector.
        let most = match letter {
            '\u{fe00}'..='\u{fe0f}' => 1,
            _ => width(letter.encode_utf8(&mut [0; 4])),
        };
        if at > from && used + most > widest {
            atoms.push(part(start, from..at, cluster.text));
            (from, used) = (at, 0);
        }
        used += most;
    }
    atoms.push(part(start, from..cluster.text.len(), cluster.text));
}

fn part(start: usize, range: Range<usize>, text: &str) -> Atom {
    Atom {
        start: start + range.start,
        end: start + range.end,
        width: width(&text[range]),
        kind: Kind::Alone,
    }
}

fn kind(cluster: Cluster<'_>, before: Option<&Atom>) -> Kind {
    let mut letters = cluster.text.chars();
    let Some(letter) = letters.next() else { return Kind::Letter };
    match letter {
        // A space that carries an accent is something to see.
        ' '
        | '\u{1680}'
        | '\u{2000}'..='\u{2006}'
        | '\u{2008}'..='\u{200a}'
        | '\u{205f}'
        | '\u{3000}'
            if letters.next().is_none() =>
        {
            Kind::Space
        }
        '\n' => Kind::Feed,
        '가'..='힣' => Kind::Wide,
        'a'..='z' | 'A'..='Z' | '0'..='9' => Kind::Letter,
        '.' | ',' | '!' | '?' | ')' | ']' | '}' | ':' | ';' | '…' | '”' | '’' | '»' | '›'
        | '、' | '。' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞'
        | '〟' | '！' | '）' | '，' | '．' | '：' | '；' | '？' | '］' | '｝' | '｠' | '｡'
        | '｣' | '､' | '‥' | '‼' | '⁇' | '⁈' | '⁉' | '々' | 'ー' | '・' => {
            Kind::Close
        }
        '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '〈' | '《' | '「' | '『' | '【' | '〔'
        | '〖' | '〘' | '〚' | '〝' | '（' | '［' | '｛' | '｟' | '｢' => Kind::Open,
        // A straight quote opens where a word begins and closes everywhere else.
        '"' | '\'' => match before.map(|atom| atom.kind) {
            None | Some(Kind::Space | Kind::Feed | Kind::Open) => Kind::Open,
            _ => Kind::Close,
        },
        '/' | '-' | '_' | '\\' | '=' | '&' | '|' | '+' | '@' | '#' | '~' | '‐' | '–' | '—'
        | '·' => Kind::Joint,
        '%' | '°' | '℃' | '‰' | '′' | '″' => Kind::Unit,
        _ if cluster.width >= 2 => Kind::Wide,
        _ => Kind::Letter,
    }
}

fn cells(atoms: &[Atom]) -> usize {
    atoms.iter().map(|atom| atom.width).sum()
}

/// The end of the atoms from `at` on that are (or are not) spaces.
fn span(atoms: &[Atom], at: usize, wanted: impl Fn(Kind) -> bool) -> usize {
    atoms[at..].iter().position(|atom| !wanted(atom.kind)).map_or(atoms.len(), |len| at + len)
}

fn is_word(kind: Kind) -> bool {
    !matches!(kind, Kind::Space | Kind::Feed | Kind::Alone)
}

/// The word at `at` with what must not part from it: `( web` and `web !` are one.
///
/// Empty where no word begins.
fn unit_from(atoms: &[Atom], at: usize) -> Range<usize> {
    let mut end = span(atoms, at, is_word);
    while end > at {
        let next = span(atoms, end, |kind| kind == Kind::Space);
        let glued = atoms.get(next).is_some_and(|atom| {
            is_word(atom.kind) && (atom.kind == Kind::Close || atoms[end - 1].kind == Kind::Open)
        });
        if !glued {
            break;
        }
        end = span(atoms, next, is_word);
    }
    at..end
}

// ------------------------------------------------------------------ its lines

/// How good a place inside a word is to cut it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    /// Against the rules; only where there is no other.
    Never,
    /// Inside a Latin word or a number, or before the last syllable.
    Poor,
    /// Before a particle.
    Tail,
    /// Between syllables, or where the script changes.
    Fair,
    /// Where the parts of a name or an address meet.
    Good,
    /// Before an opening bracket, or at a space.
    Best,
}

struct Breaker {
    atoms: Vec<Atom>,
    /// The cells for text on the first line.
    first: usize,
    /// The cells for text on the others.
    rest: usize,
    /// The atoms of each finished line.
    lines: Vec<Range<usize>>,
}

impl Breaker {
    fn room(&self) -> usize {
        if self.lines.is_empty() { self.first } else { self.rest }
    }

    fn cells(&self, part: &Range<usize>) -> usize {
        cells(&self.atoms[part.clone()])
    }

    fn run(&mut self) {
        // The line being filled: its atoms up to `end`, and their cells.
        let mut start = 0;
        let mut end = 0;
        let mut used = 0;
        let mut at = 0;
        while at < self.atoms.len() {
            match self.atoms[at].kind {
                Kind::Feed => {
                    self.lines.push(start..self.fill(end, at, used));
                    at += 1;
                    (start, end, used) = (at, at, 0);
                }
                Kind::Alone => {
                    if end > start {
                        self.lines.push(start..end);
                    }
                    self.lines.push(at..at + 1);
                    at += 1;
                    // A line that nothing follows is not begun.
                    if at == self.atoms.len() {
                        return;
                    }
                    if self.atoms[at].kind == Kind::Feed {
                        at += 1;
                    }
                    (start, end, used) = (at, at, 0);
                }
                Kind::Space => at = span(&self.atoms, at, |kind| kind == Kind::Space),
                _ => {
                    let unit = unit_from(&self.atoms, at);
                    let gap = self.cells(&(end..at));
                    let need = self.cells(&unit);
                    if used + gap + need <= self.room() {
                        used += gap + need;
                    } else {
                        if end > start {
                            self.lines.push(start..end);
                            start = at;
                        } else if need <= self.rest
                            || 2 * gap > self.room()
                            || gap + 3 > self.room()
                        {
                            // Only spaces so far, which vanish; before a word that is cut they
                            // stay, if they leave enough room.
                            start = at;
                        }
                        (start, used) = self.cut(start, unit.clone());
                    }
                    at = unit.end;
                    end = at;
                }
            }
        }
        self.lines.push(start..self.fill(end, at, used));
    }

    /// How far the spaces up to `to` still fit after what is used.
    fn fill(&self, from: usize, to: usize, used: usize) -> usize {
        let mut left = self.room().saturating_sub(used);
        let fitting = self.atoms[from..to].iter().take_while(|atom| {
            let fits = atom.width <= left;
            left = left.saturating_sub(atom.width);
            fits
        });
        from + fitting.count()
    }

    /// Lays a unit on lines from `start` on (which may lie in spaces before it), cutting it as
    /// often as needed. The start and the cells of its last line, which is not finished.
    fn cut(&mut self, mut start: usize, unit: Range<usize>) -> (usize, usize) {
        let mut from = unit.start;
        loop {
            let lead = self.cells(&(start..from));
            let room = self.room() - lead;
            let mut used = 0;
            let mut fits = from;
            while fits < unit.end && used + self.atoms[fits].width <= room {
                used += self.atoms[fits].width;
                fits += 1;
            }
            if fits == unit.end {
                return (start, lead + used);
            }
            let next = self.place(&unit, from, (fits, used), room);
            let end = self.trim(from, next);
            self.lines.push(start..end);
            from = span(&self.atoms, next, |kind| kind == Kind::Space);
            start = from;
        }
    }

    /// The end of the atoms before `end` without the spaces there.
    fn trim(&self, from: usize, end: usize) -> usize {
        let spaces =
            self.atoms[from..end].iter().rev().take_while(|atom| atom.kind == Kind::Space).count();
        end - spaces
    }

    /// Where to cut the unit so that the part from `from` ends at `fits` at the latest, where it
    /// would take `used` cells of the room.
    fn place(
        &self,
        unit: &Range<usize>,
        from: usize,
        (fits, mut used): (usize, usize),
        room: usize,
    ) -> usize {
        let mut best = (Cut::Never, fits);
        // From the far end: the fullest line wins, unless an emptier one ends better. A line may
        // stay half empty for the best places only, or where there is no other.
        for at in (from + 1..=fits).rev() {
            if best.0 > Cut::Never && 4 * used < room {
                break;
            }
            let cut = self.cut_at(unit, at);
            let worth = 2 * used >= room || cut == Cut::Best || best.0 == Cut::Never;
            if cut > best.0 && worth {
                best = (cut, at);
            }
            if best.0 == Cut::Best {
                break;
            }
            used -= self.atoms[at - 1].width;
        }
        best.1
    }

    /// How good it is to cut the unit before the atom `at`.
    fn cut_at(&self, unit: &Range<usize>, at: usize) -> Cut {
        let before = self.atoms[at - 1].kind;
        if matches!(before, Kind::Open | Kind::Space) {
            return Cut::Never; // A cut behind spaces is the one before them.
        }
        let next = span(&self.atoms[..unit.end], at, |kind| kind == Kind::Space);
        let Some(after) = self.atoms[..unit.end].get(next).map(|atom| atom.kind) else {
            return Cut::Never;
        };
        if after == Kind::Close {
            return Cut::Never;
        }
        if next > at {
            return Cut::Best;
        }
        match (before, after) {
            (_, Kind::Open) => Cut::Best,
            (_, Kind::Joint | Kind::Unit) => Cut::Poor,
            (Kind::Joint, _) | (Kind::Close, Kind::Letter) => Cut::Good,
            (Kind::Wide, Kind::Wide) if self.is_tail(unit, at, 1) => Cut::Poor,
            (Kind::Letter | Kind::Close | Kind::Unit, Kind::Wide) if self.is_tail(unit, at, 3) => {
                Cut::Tail
            }
            (Kind::Wide | Kind::Close, _) | (_, Kind::Wide) => Cut::Fair,
            _ => Cut::Poor,
        }
    }

    /// Whether at most so many syllables are left of the word from `at` on.
    fn is_tail(&self, unit: &Range<usize>, at: usize, most: usize) -> bool {
        let rest = &self.atoms[at..unit.end];
        let len = rest.iter().take(most + 1).take_while(|atom| atom.kind == Kind::Wide).count();
        let ends = |kind| matches!(kind, Kind::Close | Kind::Space);
        len <= most && rest.get(len).is_none_or(|atom| ends(atom.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, room: usize, lines: &[&str]) {
        assert_eq!(break_text(text, room), lines, "{text:?} in {room}");
    }

    #[test]
    fn lines_break_between_words() {
        check("가 나다라마", 8, &["가", "나다라마"]);
        check("the route table", 10, &["the route", "table"]);
        check("보안 그룹은 상태를 기억합니다.", 14, &["보안 그룹은", "상태를", "기억합니다."]);
        check("abc", 3, &["abc"]);
        check("", 9, &[""]);
    }

    #[test]
    fn spaces_vanish_at_a_break_and_stay_elsewhere() {
        check("a  b", 9, &["a  b"]);
        check("aaa   bbb", 4, &["aaa", "bbb"]);
        check("  aaa bbb", 5, &["  aaa", "bbb"]);
        check("   가나", 4, &["가나"]);
        check("aa   ", 4, &["aa  "]);
        check("10\u{a0}초 동안", 6, &["10\u{a0}초", "동안"]);
        check("   ", 2, &["  "]);
    }

    #[test]
    fn line_feeds_are_honoured() {
        check("a\nb", 9, &["a", "b"]);
        check("a\n\nb\n", 9, &["a", "", "b", ""]);
        check("a\r\nb\rc", 9, &["a", "b", "c"]);
        check("가나 \n다", 4, &["가나", "다"]);
    }

    #[test]
    fn closing_marks_stay_with_their_word() {
        check("서브넷 (web)", 8, &["서브넷", "(web)"]);
        check("가나다라 .", 8, &["가나", "다라 ."]);
        check("그룹 ! 경로", 6, &["그룹 !", "경로"]);
        check("a ( web ) b", 7, &["a", "( web )", "b"]);
        check("“가나” 다", 5, &["“가", "나”", "다"]);
        check("say \"yes\" now", 7, &["say", "\"yes\"", "now"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_where_its_parts_meet() {
        check("10.0.0.0/16", 9, &["10.0.0.0/", "16"]);
        check("subnet-a-public", 10, &["subnet-a-", "public"]);
        check(
            "https://docs.aws.amazon.com/vpc/latest/userguide",
            20,
            &["https://docs.aws.", "amazon.com/vpc/", "latest/userguide"],
        );
        check("인터넷게이트웨이(internet)는", 20, &["인터넷게이트웨이", "(internet)는"]);
        check("abcdefghij", 4, &["abcd", "efgh", "ij"]);
    }

    #[test]
    fn a_word_that_fits_on_a_line_is_never_cut() {
        check("대상 subnet-a 입니다", 12, &["대상", "subnet-a", "입니다"]);
        check("로 10.0.0.0/16", 12, &["로", "10.0.0.0/16"]);
    }

    #[test]
    fn a_cut_leaves_neither_a_particle_nor_a_last_syllable_alone() {
        check("네트워크는", 8, &["네트워", "크는"]);
        check("게이트웨이(igw)에서는", 14, &["게이트웨이", "(igw)에서는"]);
        check("상태(stateful)를", 12, &["상태", "(stateful)를"]);
        check("blackhole이면?", 12, &["blackhole", "이면?"]);
        check("네트워크 ACL에서는", 6, &["네트", "워크", "ACL에", "서는"]);
        // Where nothing else is left, the width decides.
        check("가나", 2, &["가", "나"]);
    }

    #[test]
    fn a_wide_letter_never_straddles_the_edge() {
        check("가나다라마바", 5, &["가나", "다라", "마바"]);
        check("👩‍💻👩‍💻", 3, &["👩‍💻", "👩‍💻"]);
        check("가", 1, &[">"]);
        check("a가b", 1, &["a", ">", "b"]);
        check("a가b\n", 0, &["", ""]);
    }

    #[test]
    fn clusters_stay_whole() {
        check("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]);
        check("🇰🇷🇺🇸", 2, &["🇰🇷", "🇺🇸"]);
        // A cluster wider than the room is the exception.
        check("\u{1100}\u{1100}\u{1100}", 4, &["\u{1100}\u{1100}", "\u{1100}"]);
    }

    #[test]
    fn control_characters_do_not_reach_the_lines() {
        check("a\u{1b}[0m\tb\u{7}", 9, &["a[0m b"]);
    }

    #[test]
    fn runs_without_a_space_between_them_are_one_word() {
        let runs =
            [Run::new("가 상태(stateful)", 'b'), Run::new("이고 ", 'n'), Run::new("끝", 'n')];
        let lines = break_lines(&runs, 18);
        let texts: Vec<_> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["가", "상태(stateful)이고", "끝"]);
        assert_eq!(lines[1].runs, [Run::new("상태(stateful)", 'b'), Run::new("이고", 'n')]);
        assert_eq!(lines[1].width, 18);
    }

    #[test]
    fn neighbours_of_one_style_become_one_run() {
        let runs = [Run::new("a", 1), Run::new("", 2), Run::new("b", 1), Run::new("c", 2)];
        assert_eq!(break_lines(&runs, 9)[0].runs, [Run::new("ab", 1), Run::new("c", 2)]);
    }

    #[test]
    fn an_accent_has_the_style_of_its_letter() {
        let runs = [Run::new("e", 1), Run::new("\u{301}f", 2)];
        assert_eq!(break_lines(&runs, 9)[0].runs, [Run::new("e\u{301}", 1), Run::new("f", 2)]);
    }

    #[test]
    fn indents_take_their_room() {
        let room = Room { width: 10, first: 0, rest: 2 };
        assert_eq!(
            break_text("- aaaa bbbb cccc dddd", room),
            ["- aaaa", "  bbbb", "  cccc", "  dddd"]
        );
        let lines = break_lines(&[Run::new("가나다", ())], Room { width: 4, first: 9, rest: 0 });
        assert_eq!((lines[0].indent, lines[0].width), (2, 2));
        assert_eq!((lines[1].indent, lines[1].width), (0, 4));
    }

    #[test]
    fn the_widest_word_is_the_narrowest_room() {
        assert_eq!(widest_word("the route table"), 5);
        assert_eq!(widest_word("보안 그룹은\n상태를 !"), 8);
        assert_eq!(widest_word(""), 0);
    }
}
