//! Running text: emphasis, code, links.
//!
//! By `CommonMark`'s rules the stars of `**상태(stateful)**이고` do not close, because a closing run
//! that follows punctuation must not be followed by a letter. Korean glues particles to words, so it
//! needs that. Every run of stars is taken back from the parser and decided anew: a run closes what is
//! open unless a space stands before it, and opens unless a space stands behind it. A run that does
//! neither, or an emphasis that never closes, is a fault.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    Reader,
    mask::{filled, mask},
};
use crate::{
    course::{Block, Faults, Inline, Style},
    i18n::fault,
};

/// Stands before text that must not begin a block.
const GUARD: char = '\u{e001}';

/// The text of a question or lab with its emphasis and code: one paragraph, whatever it holds.
/// Stars that do not pair are shown as stars.
pub fn inlines(text: &str) -> Vec<Inline> {
    checked_inlines(text).0
}

/// As [`inlines`], with the bytes of every run of stars that does not pair.
pub fn checked_inlines(text: &str) -> (Vec<Inline>, Vec<Range<usize>>) {
    let guarded: String = std::iter::once(GUARD)
        .chain(text.chars().map(|c| if c == '\n' { ' ' } else { c }))
        .collect();
    let mut faults = Faults::new("");
    let masked = mask(&guarded, &[]);
    let mut reader = Reader::new(&masked, &guarded, &[], &mut faults);
    reader.plain = true;
    let blocks = reader.blocks(None, 0);
    let mut inlines = match blocks.into_iter().next() {
        Some(Block::Paragraph(inlines)) => inlines,
        _ => vec![Inline { text: guarded.clone(), style: Style::default(), link: None }],
    };
    for inline in &mut inlines {
        inline.text.retain(|c| c != GUARD);
    }
    inlines.retain(|inline| !inline.text.is_empty());
    let shift = GUARD.len_utf8();
    let stars = faults
        .into_list()
        .into_iter()
        .filter(|fault| fault.rule == "open-emphasis")
        .map(|fault| fault.span.start.saturating_sub(shift)..fault.span.end.saturating_sub(shift))
        .collect();
    (inlines, stars)
}

/// A piece of running text before emphasis is decided.
enum Piece {
    Text(Inline),
    Stars { count: usize, range: Range<usize> },
}

impl Reader<'_, '_> {
    /// Running text up to `until`, or up to the next block.
    pub(super) fn inlines(&mut self, until: Option<TagEnd>, in_cell: bool) -> Vec<Inline> {
        let mut pieces = Vec::new();
        let mut style = Style::default();
        let mut link: Option<String> = None;
        // Where the last text ended: what stands between was eaten by the parser.
        let mut shown_to = usize::MAX;
        while let Some((event, range)) = self.events.peek().cloned() {
            match event {
                Event::End(end) if Some(end) == until => {
                    self.events.next();
                    break;
                }
                Event::Start(ref tag @ (Tag::Emphasis | Tag::Strong)) => {
                    let strong = matches!(tag, Tag::Strong);
                    let count = if strong { 2 } else { 1 };
                    if self.masked.as_bytes().get(range.start) == Some(&b'*') {
                        let range = range.start..range.start + count;
                        pieces.push(Piece::Stars { count, range });
                    } else if strong {
                        style.strong = true;
                    } else {
                        style.emphasis = true;
                    }
                }
                Event::End(ref tag @ (TagEnd::Emphasis | TagEnd::Strong)) => {
                    let strong = matches!(tag, TagEnd::Strong);
                    let count = if strong { 2 } else { 1 };
                    if self.masked.as_bytes().get(range.end - 1) == Some(&b'*') {
                        let range = range.end - count..range.end;
                        pieces.push(Piece::Stars { count, range });
                    } else if strong {
                        style.strong = false;
                    } else {
                        style.emphasis = false;
                    }
                }
                Event::Start(Tag::Link { ref dest_url, .. }) => {
                    link = self.link(dest_url, &range);
                }
                Event::End(TagEnd::Link) => link = None,
                Event::Start(Tag::Image { .. }) => {
                    self.faults.error(range.clone(), fault::image());
                }
                Event::End(TagEnd::Image) => {}
                Event::Text(ref text) => {
                    self.text(text, range.clone(), shown_to, style, link.as_deref(), &mut pieces);
                    shown_to = range.end;
                }
                Event::Code(ref code) => {
                    let style = Style { code: true, ..style };
                    let parts = filled(
                        self.facts,
                        self.references,
                        self.text,
                        code,
                        range.clone(),
                        self.faults,
                    );
                    push_parts(parts, style, link.as_deref(), &mut pieces);
                    shown_to = range.end;
                }
                Event::SoftBreak => pieces.push(text_piece(" ", style, link.as_deref())),
                Event::HardBreak => pieces.push(text_piece("\n", style, link.as_deref())),
                Event::InlineHtml(ref html) => {
                    if self.plain {
                        pieces.push(text_piece(html, style, link.as_deref()));
                    } else if !html.starts_with("<!--") {
                        self.faults.error(range.clone(), fault::html());
                    }
                }
                // A block begins or ends: running text that stood without a paragraph is over.
                Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_)
                    if until.is_none() =>
                {
                    break;
                }
                _ => {}
            }
            self.events.next();
        }
        self.emphasise(pieces, in_cell)
    }

    fn link(&mut self, destination: &str, range: &Range<usize>) -> Option<String> {
        let link = match destination.strip_prefix("term:") {
            Some(term) => format!("term:{}", term.replace('+', " ")),
            None => destination.to_owned(),
        };
        if self.plain
            || link.starts_with("https://")
            || link.starts_with("http://")
            || link.starts_with("term:")
            || link.starts_with("lesson:")
        {
            self.prose.links.push((link.clone(), range.clone()));
            return Some(link);
        }
        self.faults.error(range.clone(), fault::bad_link(&link));
        None
    }

    /// Text, with its runs of stars set apart.
    fn text(
        &mut self,
        text: &str,
        range: Range<usize>,
        shown_to: usize,
        style: Style,
        link: Option<&str>,
        pieces: &mut Vec<Piece>,
    ) {
        // An entity such as `&#42;` is no run of stars.
        let exact = self.masked.get(range.clone()) == Some(text);
        if !exact || !text.contains('*') {
            let parts = filled(self.facts, self.references, self.text, text, range, self.faults);
            return push_parts(parts, style, link, pieces);
        }
        let escaped = range.start > 0
            && self.masked.as_bytes()[range.start - 1] == b'\\'
            && shown_to != range.start;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let stars = rest.bytes().take_while(|b| *b == b'*').count();
            if stars > 0 && at == 0 && escaped {
                pieces.push(text_piece("*", style, link));
                at += 1;
                continue;
            }
            if stars > 0 {
                let start = range.start + at;
                pieces.push(Piece::Stars { count: stars, range: start..start + stars });
                at += stars;
                continue;
            }
            let end = rest.find('*').unwrap_or(rest.len());
            let part = range.start + at..range.start + at + end;
            let parts =
                filled(self.facts, self.references, self.text, &rest[..end], part, self.faults);
            push_parts(parts, style, link, pieces);
            at += end;
        }
    }

    /// Decides which runs of stars open and close emphasis.
    fn emphasise(&mut self, pieces: Vec<Piece>, in_cell: bool) -> Vec<Inline> {
        let pieces = joined(pieces);
        // The two marks are independent: where each one opens and closes.
        let mut open: [Option<usize>; 2] = [None, None];
        let mut pairs: [Vec<(usize, usize)>; 2] = [Vec::new(), Vec::new()];
        let mut literal = vec![false; pieces.len()];
        let mut stray = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Stars { count, range } = piece else { continue };
            let space = |c: Option<char>| {
                c.is_none_or(|c| c.is_whitespace() || c == GUARD || (in_cell && c == '|'))
            };
            let after_space = space(self.masked[..range.start].chars().next_back());
            let before_space = space(self.masked[range.end..].chars().next());
            let marks: &[usize] = match count {
                1 => &[0],
                2 => &[1],
                3 => &[0, 1],
                _ => &[],
            };
            let mut used = false;
            for &mark in marks {
                match open[mark] {
                    Some(start) if !after_space => {
                        pairs[mark].push((start, at));
                        open[mark] = None;
                        used = true;
                    }
                    None if !before_space => {
                        open[mark] = Some(at);
                        used = true;
                    }
                    // A new one begins while one is open: the old one never closed.
                    Some(start) if !before_space => {
                        stray.push(start);
                        open[mark] = Some(at);
                        used = true;
                    }
                    _ => {}
                }
            }
            if !used {
                literal[at] = true;
                if !(after_space && before_space) {
                    stray.push(at);
                }
            }
        }
        stray.extend(open.into_iter().flatten());
        stray.sort_unstable();
        stray.dedup();
        for at in &stray {
            if let Piece::Stars { count, range } = &pieces[*at] {
                let stars = "*".repeat(*count);
                self.faults.error(range.clone(), fault::open_emphasis(&stars));
                literal[*at] = true;
            }
        }
        let inside = |mark: usize, at: usize| {
            pairs[mark].iter().any(|(start, end)| (*start..*end).contains(&at))
        };
        let mut inlines: Vec<Inline> = Vec::new();
        for (at, piece) in pieces.into_iter().enumerate() {
            let mut inline = match piece {
                Piece::Text(inline) => inline,
                Piece::Stars { count, .. } if literal[at] => {
                    Inline { text: "*".repeat(count), style: Style::default(), link: None }
                }
                Piece::Stars { .. } => continue,
            };
            inline.style.emphasis |= inside(0, at);
            inline.style.strong |= inside(1, at);
            match inlines.last_mut() {
                Some(last) if last.style == inline.style && last.link == inline.link => {
                    last.text.push_str(&inline.text);
                }
                _ => inlines.push(inline),
            }
        }
        inlines.retain(|inline| !inline.text.is_empty());
        inlines
    }
}

/// Runs of stars that the parser cut in two become one again.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut whole: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if let Piece::Stars { count, range } = &piece
            && let Some(Piece::Stars { count: before, range: last }) = whole.last_mut()
            && last.end == range.start
        {
            *before += count;
            last.end = range.end;
            continue;
        }
        whole.push(piece);
    }
    whole
}

fn text_piece(text: &str, style: Style, link: Option<&str>) -> Piece {
    Piece::Text(Inline { text: text.to_owned(), style, link: link.map(str::to_owned) })
}

fn push_parts(
    parts: Vec<(String, bool)>,
    style: Style,
    link: Option<&str>,
    pieces: &mut Vec<Piece>,
) {
    for (text, computed) in parts {
        pieces.push(text_piece(&text, Style { computed, ..style }, link));
    }
}

/// What running text says, without its styles.
pub fn plain_text(inlines: &[Inline]) -> String {
    inlines.iter().map(|inline| inline.text.as_str()).collect()
}

/// The widest word of running text, in cells.
pub(super) fn widest(inlines: &[Inline]) -> usize {
    crate::text::line::widest_word(&plain_text(inlines))
}
