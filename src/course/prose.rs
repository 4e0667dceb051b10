//! Markdown to pages. `pulldown-cmark` finds the structure; two things are done here.
//!
//! **Emphasis.** By `CommonMark`'s rules the stars of `**상태(stateful)**이고` do not close, because a
//! closing run that follows punctuation must not be followed by a letter. Korean glues particles
//! to words, so it needs that. Every run of stars is taken back from the parser and decided anew:
//! a run closes what is open unless a space stands before it, and opens unless a space stands
//! behind it. A run that does neither, or an emphasis that never closes, is a fault.
//!
//! **References.** `{{...}}` is replaced by a mark of the same length before parsing, so that
//! nothing inside it (stars, bars) means anything to Markdown and every place stays true.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{
    course::{
        Block, Callout, Faults, Inline, LabId, Live, Page, QuestionId, Style,
        document::list,
        fault::nearest,
        reference::{Facts, Reference, find, moved},
    },
    i18n::{Lang, fault},
    text::width::width,
};

/// The prose of a lesson in one language, with what a check needs to know about it.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The text of the `#` heading, when there is one.
    pub title: Option<(String, Range<usize>)>,
    /// The pages.
    pub pages: Vec<Page>,
    /// Every block in reading order, with its place.
    pub outline: Vec<Placed>,
    /// Every link, with its place.
    pub links: Vec<(String, Range<usize>)>,
}

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What kind of block.
    pub shape: Shape,
    /// Its place in the file.
    pub span: Range<usize>,
    /// How deep it stands in lists and quotes.
    pub depth: usize,
    /// How many cells wide it is at least: code cannot be broken.
    pub width: usize,
    /// For a live scene: the places of the packets' names.
    pub parts: Vec<(String, Range<usize>)>,
    /// What a paragraph, heading or page's title says.
    pub text: String,
}

/// The kind of a block, as far as both languages must agree on it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the block of the same name")]
pub enum Shape {
    Page,
    Heading(u8),
    Paragraph,
    List { ordered: Option<u64>, items: usize },
    Table { columns: usize, rows: usize },
    Code,
    Quote,
    Callout(Callout),
    Rule,
    Live(Live),
}

/// Stands for a reference while Markdown is parsed.
const MARK: char = '\u{e000}';
/// Stands before text that must not begin a block.
const GUARD: char = '\u{e001}';

/// The callouts, as they are written.
pub const CALLOUTS: [(&str, Callout); 4] = [
    ("NOTE", Callout::Note),
    ("TIP", Callout::Tip),
    ("MYTH", Callout::Myth),
    ("WARNING", Callout::Warning),
];

const LIVE: [&str; 3] = ["scene", "question", "lab"];

/// Reads the prose of a lesson.
pub fn read(text: &str, lesson: &str, lang: Lang, facts: Facts, faults: &mut Faults) -> Prose {
    let (references, open) = find(text);
    for range in open {
        faults.error(range, fault::open_reference());
    }
    let masked = mask(text, &references);
    let mut reader = Reader::new(&masked, text, &references, faults);
    reader.lesson = lesson;
    reader.facts = Some((facts, lang));
    reader.pages();
    reader.prose
}

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

/// Replaces references by marks, and the spaces of `](term:security group)` by `+`: the same
/// number of bytes each.
fn mask<'t>(text: &'t str, references: &[Reference]) -> Cow<'t, str> {
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

type Events<'t> = std::iter::Peekable<pulldown_cmark::OffsetIter<'t>>;

struct Reader<'t, 'f> {
    events: Events<'t>,
    /// What the parser sees.
    masked: &'t str,
    /// What the author wrote.
    text: &'t str,
    references: &'t [Reference],
    faults: &'f mut Faults,
    facts: Option<(Facts<'t>, Lang)>,
    lesson: &'t str,
    /// Words rather than prose: HTML is text.
    plain: bool,
    prose: Prose,
}

/// A piece of running text before emphasis is decided.
enum Piece {
    Text(Inline),
    Stars { count: usize, range: Range<usize> },
}

impl<'t, 'f> Reader<'t, 'f> {
    fn new(
        masked: &'t str,
        text: &'t str,
        references: &'t [Reference],
        faults: &'f mut Faults,
    ) -> Self {
        let events = Parser::new_ext(masked, Options::ENABLE_TABLES).into_offset_iter().peekable();
        Self {
            events,
            masked,
            text,
            references,
            faults,
            facts: None,
            lesson: "",
            plain: false,
            prose: Prose::default(),
        }
    }

    fn place(&mut self, shape: Shape, span: Range<usize>, depth: usize, width: usize) -> usize {
        let start = span.start;
        let line = self.text[start..span.end.max(start)].lines().next().unwrap_or_default().len();
        let span = start..start + line;
        self.prose.outline.push(Placed {
            shape,
            span,
            depth,
            width,
            parts: Vec::new(),
            text: String::new(),
        });
        self.prose.outline.len() - 1
    }

    fn pages(&mut self) {
        let mut early = None;
        while let Some((event, range)) = self.events.peek().cloned() {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                    self.events.next();
                    let title =
                        plain_text(&self.inlines(Some(TagEnd::Heading(HeadingLevel::H1)), false));
                    if self.prose.title.is_some() || !self.prose.pages.is_empty() {
                        self.faults.error(range, fault::second_title());
                    } else {
                        self.prose.title = Some((title, range));
                    }
                }
                Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                    self.events.next();
                    let at = self.place(Shape::Page, range.clone(), 0, 0);
                    let title = self.inlines(Some(TagEnd::Heading(HeadingLevel::H2)), false);
                    self.say(at, &title);
                    let title = plain_text(&title);
                    if title.trim().is_empty() {
                        self.faults.error(range, fault::untitled_page());
                    }
                    self.prose.pages.push(Page { title, blocks: Vec::new() });
                }
                _ => {
                    let before = self.prose.outline.len();
                    let blocks = self.block(0);
                    match self.prose.pages.last_mut() {
                        Some(page) => page.blocks.extend(blocks),
                        None if blocks.is_none() => {}
                        None => {
                            self.prose.outline.truncate(before);
                            early.get_or_insert(range);
                        }
                    }
                }
            }
        }
        if let Some(range) = early {
            self.faults.error(first_line(self.text, range), fault::before_first_page());
        }
        if self.prose.pages.is_empty() {
            self.faults.error(0..0, fault::no_pages());
        }
    }

    /// The blocks up to the end of what is open.
    fn blocks(&mut self, until: Option<TagEnd>, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = self.events.peek() {
            if matches!(event, Event::End(end) if Some(*end) == until) {
                self.events.next();
                break;
            }
            blocks.extend(self.block(depth));
        }
        blocks
    }

    /// The next block; none for what is not shown.
    fn block(&mut self, depth: usize) -> Option<Block> {
        let (event, range) = self.events.peek().cloned()?;
        let Event::Start(tag) = event else {
            return match event {
                Event::Rule => {
                    self.events.next();
                    self.place(Shape::Rule, range, depth, 0);
                    Some(Block::Rule)
                }
                Event::Html(html) => {
                    self.events.next();
                    self.html(&html, range);
                    None
                }
                Event::End(_) => {
                    self.events.next();
                    None
                }
                // The text of a tight list's item stands there without a paragraph.
                _ => Some(self.bare_paragraph(range, depth)),
            };
        };
        match tag {
            Tag::Paragraph => {
                self.events.next();
                let at = self.place(Shape::Paragraph, range, depth, 0);
                let inlines = self.inlines(Some(TagEnd::Paragraph), false);
                self.say(at, &inlines);
                Some(Block::Paragraph(inlines))
            }
            Tag::Heading { level, .. } => {
                self.events.next();
                let at = self.place(Shape::Heading(level as u8), range.clone(), depth, 0);
                let inlines = self.inlines(Some(TagEnd::Heading(level)), false);
                self.say(at, &inlines);
                if matches!(level, HeadingLevel::H1 | HeadingLevel::H2) {
                    self.faults.error(range, fault::nested_heading());
                }
                Some(Block::Heading(level as u8, inlines))
            }
            Tag::BlockQuote(_) => {
                self.events.next();
                let at = self.place(Shape::Quote, range.clone(), depth, 0);
                let mut blocks = self.blocks(Some(TagEnd::BlockQuote(None)), depth + 1);
                match self.callout(&mut blocks, &range) {
                    Some(callout) => {
                        self.prose.outline[at].shape = Shape::Callout(callout);
                        Some(Block::Callout(callout, blocks))
                    }
                    None => Some(Block::Quote(blocks)),
                }
            }
            Tag::CodeBlock(kind) => {
                self.events.next();
                Some(self.code(&kind, range, depth))
            }
            Tag::List(start) => {
                self.events.next();
                let at = self.place(Shape::List { ordered: start, items: 0 }, range, depth, 0);
                let mut items = Vec::new();
                while let Some((event, _)) = self.events.next() {
                    match event {
                        Event::Start(Tag::Item) => {
                            items.push(self.blocks(Some(TagEnd::Item), depth + 1));
                        }
                        Event::End(TagEnd::List(_)) => break,
                        _ => {}
                    }
                }
                self.prose.outline[at].shape = Shape::List { ordered: start, items: items.len() };
                Some(Block::List(start, items))
            }
            Tag::Table(_) => {
                self.events.next();
                Some(self.table(range, depth))
            }
            Tag::HtmlBlock => {
                self.events.next();
                while let Some((event, range)) = self.events.next() {
                    match event {
                        Event::End(TagEnd::HtmlBlock) => break,
                        Event::Html(html) => self.html(&html, range),
                        _ => {}
                    }
                }
                None
            }
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } => {
                Some(self.bare_paragraph(range, depth))
            }
            // Parts of blocks without their block, and kinds that are switched off.
            _ => {
                self.events.next();
                None
            }
        }
    }

    /// Running text that stands there without a paragraph around it.
    fn bare_paragraph(&mut self, range: Range<usize>, depth: usize) -> Block {
        let at = self.place(Shape::Paragraph, range, depth, 0);
        let inlines = self.inlines(None, false);
        self.say(at, &inlines);
        Block::Paragraph(inlines)
    }

    fn say(&mut self, at: usize, inlines: &[Inline]) {
        let placed = &mut self.prose.outline[at];
        placed.text = plain_text(inlines);
        placed.width = crate::text::line::widest_word(&placed.text);
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        let html = html.trim();
        // A comment is a note to the next author.
        let comment = html.starts_with("<!--") || html.ends_with("-->");
        if !comment && !html.is_empty() {
            self.faults.error(first_line(self.text, range), fault::html());
        }
    }

    fn code(&mut self, kind: &CodeBlockKind, range: Range<usize>, depth: usize) -> Block {
        let mut code = String::new();
        let mut lines: Vec<(String, Range<usize>)> = Vec::new();
        for (event, range) in self.events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(text) => {
                    let exact = self.masked.get(range.clone()) == Some(&*text);
                    let mut at = range.start;
                    for line in text.split_inclusive('\n') {
                        let name = line.trim();
                        let start = at + line.find(name).unwrap_or(0);
                        let span = if exact { start..start + name.len() } else { range.clone() };
                        if !name.is_empty() {
                            lines.push((name.to_owned(), span));
                        }
                        at += line.len();
                    }
                    code.push_str(&filled_text(
                        self.facts,
                        self.references,
                        self.text,
                        &text,
                        range,
                        self.faults,
                    ));
                }
                _ => {}
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        let mut words = info.split_whitespace();
        let (word, name, more) = (words.next().unwrap_or(""), words.next(), words.next());
        let head = first_line(self.text, range.clone());
        if !LIVE.contains(&word) {
            // `scnee NAME` was meant to live; `text`, `json`, `sh` were not.
            if name.is_some()
                && let Some(near) = nearest(word, LIVE)
            {
                self.faults.error(head, fault::unknown_live(word).did_you_mean(Some(near)));
            }
            let code = code.strip_suffix('\n').unwrap_or(&code).to_owned();
            let widest = code.lines().map(width).max().unwrap_or(0);
            self.place(Shape::Code, range, depth, widest);
            return Block::Code(code);
        }
        let (Some(name), None) = (name, more) else {
            self.faults.error(head, fault::live_without_name(word));
            return Block::Code(code);
        };
        if depth > 0 {
            self.faults.error(head, fault::nested_live());
        }
        let live = match word {
            "scene" => {
                let packets = lines.iter().map(|(name, _)| name.clone()).collect();
                Live::Scene(name.to_owned(), packets)
            }
            "question" => Live::Question(QuestionId(format!("{}/{name}", self.lesson))),
            _ => Live::Lab(LabId(name.to_owned())),
        };
        if word == "question"
            && let Some((_, span)) = lines.first()
        {
            self.faults.error(span.clone(), fault::live_takes_no_body());
        }
        let at = self.place(Shape::Live(live.clone()), range, depth, 0);
        self.prose.outline[at].parts = lines;
        Block::Live(live)
    }

    fn table(&mut self, range: Range<usize>, depth: usize) -> Block {
        let at = self.place(Shape::Table { columns: 0, rows: 0 }, range, depth, 0);
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        let mut row = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    row.push(self.inlines(Some(TagEnd::TableCell), true));
                }
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let columns = head.len();
        let least = (0..columns)
            .map(|column| {
                std::iter::once(&head)
                    .chain(&rows)
                    .filter_map(|row| row.get(column))
                    .map(|cell| widest(cell))
                    .max()
                    .unwrap_or(0)
            })
            .sum::<usize>();
        // A table's columns stand two cells apart.
        let least = least + columns.saturating_sub(1) * 2;
        self.prose.outline[at].shape = Shape::Table { columns, rows: rows.len() };
        self.prose.outline[at].width = least;
        Block::Table(head, rows)
    }

    /// Takes `[!NOTE]` off the first line of a quotation.
    fn callout(&mut self, blocks: &mut Vec<Block>, range: &Range<usize>) -> Option<Callout> {
        let Some(Block::Paragraph(first)) = blocks.first_mut() else { return None };
        let inline = first.first_mut().filter(|inline| inline.style == Style::default())?;
        let inside = inline.text.strip_prefix("[!")?;
        let (name, rest) = inside.split_once(']')?;
        let found = CALLOUTS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name));
        let Some((_, callout)) = found else {
            let names = CALLOUTS.iter().map(|(word, _)| *word);
            let near = nearest(name, names.clone());
            let said = fault::unknown_callout(name, &list(names));
            let said = match near {
                Some(_) => fault::Said { help: None, ..said }.did_you_mean(near),
                None => said,
            };
            self.faults.error(first_line(self.text, range.clone()), said);
            return None;
        };
        inline.text = rest.trim_start().to_owned();
        if inline.text.is_empty() {
            first.remove(0);
        }
        if first.is_empty() {
            blocks.remove(0);
        }
        Some(*callout)
    }

    /// Running text up to `until`, or up to the next block.
    fn inlines(&mut self, until: Option<TagEnd>, in_cell: bool) -> Vec<Inline> {
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

/// Text with its references filled in: the parts, and whether each was computed.
fn filled(
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

fn filled_text(
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

/// What running text says, without its styles.
pub fn plain_text(inlines: &[Inline]) -> String {
    inlines.iter().map(|inline| inline.text.as_str()).collect()
}

/// The widest word of running text, in cells.
fn widest(inlines: &[Inline]) -> usize {
    crate::text::line::widest_word(&plain_text(inlines))
}

fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let line = part.lines().next().unwrap_or_default();
    range.start..range.start + line.len()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn prose(text: &str) -> (Prose, Vec<String>) {
        let facts = Facts { scenes: &BTreeMap::new(), pars: &BTreeMap::new() };
        let mut faults = Faults::new("ko.md");
        let prose = read(text, "lesson", Lang::Ko, facts, &mut faults);
        let said = faults.into_list().into_iter();
        (prose, said.map(|f| format!("{} @ {}", f.rule, &text[f.span])).collect())
    }

    fn shown(inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            let marks = [
                (inline.style.strong, "b"),
                (inline.style.emphasis, "i"),
                (inline.style.code, "c"),
                (inline.link.is_some(), "a"),
            ];
            let on = || marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark);
            let marks: String = on().collect();
            if marks.is_empty() {
                out.push_str(&inline.text);
            } else {
                out.extend(["<", &marks, ":", &inline.text, ">"]);
            }
        }
        out
    }

    /// The first paragraph of `text` under a page's heading.
    fn paragraph(text: &str) -> (String, Vec<String>) {
        let (prose, faults) = prose(&format!("## P\n\n{text}\n"));
        match prose.pages[0].blocks.first() {
            Some(Block::Paragraph(inlines)) => (shown(inlines), faults),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn korean_emphasis_closes_before_particles() {
        for (text, wanted) in [
            ("**상태(stateful)**이고", "<b:상태(stateful)>이고"),
            ("**가(a)**와 **나(b)**는 다릅니다", "<b:가(a)>와 <b:나(b)>는 다릅니다"),
            ("**가(a)**와 **나**와 **다(c)**를", "<b:가(a)>와 <b:나>와 <b:다(c)>를"),
            ("*상태(stateful)*이고", "<i:상태(stateful)>이고"),
            ("***가(a)***는", "<bi:가(a)>는"),
            ("**\"울타리\"**라는", "<b:\"울타리\">라는"),
            ("**“울타리”**라는 말", "<b:“울타리”>라는 말"),
            ("**(가)**나", "<b:(가)>나"),
            ("반드시**보안 그룹(SG)**만", "반드시<b:보안 그룹(SG)>만"),
            ("가**나(b)**다**라(d)**마", "가<b:나(b)>다<b:라(d)>마"),
            ("**10.0.0.0/16**은", "<b:10.0.0.0/16>은"),
            ("**100%**가", "<b:100%>가"),
            ("**`SG`**는", "<bc:SG>는"),
            ("**`SG`(보안 그룹)**은", "<bc:SG><b:(보안 그룹)>은"),
            ("**[라우팅](term:route table)(rt)**은", "<ba:라우팅><b:(rt)>은"),
            ("**가 *나(b)* 다(c)**라", "<b:가 ><bi:나(b)><b: 다(c)>라"),
            ("*가 **나(b)**는 다(c)*라", "<i:가 ><bi:나(b)><i:는 다(c)>라"),
            ("**가(a)**, **나(b)**.", "<b:가(a)>, <b:나(b)>."),
            ("(**가**)", "(<b:가>)"),
            ("**가**", "<b:가>"),
            ("a **b** c", "a <b:b> c"),
            ("un*frigging*believable", "un<i:frigging>believable"),
            ("**두 줄에\n걸친(x)**이고", "<b:두 줄에 걸친(x)>이고"),
            ("_가_ __나__", "<i:가> <b:나>"),
            ("snake_case_name", "snake_case_name"),
        ] {
            assert_eq!(paragraph(text), (wanted.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn a_star_as_such_stays_a_star() {
        for (text, wanted) in [
            (r"2 \* 3", "2 * 3"),
            ("2 * 3", "2 * 3"),
            (r"규칙(\*)은", "규칙(*)은"),
            (r"\*\*가\*\*", "**가**"),
            ("`*`는", "<c:*>는"),
            ("&#42;가&#42;", "*가*"),
            (r"\\*가*", r"\<i:가>"),
        ] {
            assert_eq!(paragraph(text), (wanted.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn emphasis_that_does_not_close_is_a_fault_at_its_stars() {
        for (text, stars) in [
            ("**가 나 다", vec!["**"]),
            ("가 나** 다", vec!["**"]),
            ("*가", vec!["*"]),
            ("**가*", vec!["**", "*"]),
            ("**가 **나**", vec!["**"]),
            ("2*3", vec!["*"]),
            ("가****나", vec!["****"]),
        ] {
            let (shown, faults) = paragraph(text);
            let wanted: Vec<String> =
                stars.iter().map(|s| format!("open-emphasis @ {s}")).collect();
            assert_eq!(faults, wanted, "{text}");
            assert!(shown.contains('*'), "{text} shows {shown}");
        }
    }

    #[test]
    fn emphasis_never_crosses_a_block_or_cell() {
        let (_, faults) =
            prose("## P\n\n- **가\n- 나**\n\n| **a | b** |\n|---|---|\n| **가(x)**는 | 나 |\n");
        assert_eq!(faults.len(), 4, "{faults:?}");
    }

    #[test]
    fn pages_begin_at_second_level_headings() {
        let (prose, faults) = prose("# 제목\n\n## 하나\n\n글\n\n### 작은 제목\n\n## 둘\n");
        assert_eq!(faults, [""; 0]);
        assert_eq!(prose.title.map(|t| t.0), Some("제목".into()));
        let titles: Vec<_> =
            prose.pages.iter().map(|p| (p.title.as_str(), p.blocks.len())).collect();
        assert_eq!(titles, [("하나", 2), ("둘", 0)]);
    }

    #[test]
    fn what_stands_outside_every_page_is_a_fault() {
        assert_eq!(prose("글\n\n## P\n").1, ["before-first-page @ 글"]);
        assert_eq!(prose("").1, ["no-pages @ "]);
        assert_eq!(prose("## P\n\n# Q\n").1, ["second-title @ # Q\n"]);
    }

    #[test]
    fn live_pieces_are_placed_by_fenced_blocks() {
        let (prose, faults) = prose(
            "## P\n\n```scene gate\nhttps\nssh\n```\n\n```question q1\n```\n\n```lab lab-1\n열어 보세요\n```\n\n```text\ncode\n```\n",
        );
        assert_eq!(faults, [""; 0]);
        let blocks = &prose.pages[0].blocks;
        assert_eq!(
            blocks[0],
            Block::Live(Live::Scene("gate".into(), vec!["https".into(), "ssh".into()]))
        );
        assert_eq!(blocks[1], Block::Live(Live::Question(QuestionId("lesson/q1".into()))));
        assert_eq!(blocks[2], Block::Live(Live::Lab(LabId("lab-1".into()))));
        assert_eq!(blocks[3], Block::Code("code".into()));
    }

    #[test]
    fn a_misspelt_live_piece_is_a_fault() {
        for (text, wanted) in [
            ("```scnee gate\n```", "unknown-live @ ```scnee gate"),
            ("```scene\n```", "live-without-name @ ```scene"),
            ("```lab a b\n```", "live-without-name @ ```lab a b"),
            ("```question q\nwhat?\n```", "live-body @ what?"),
            ("- ```question q\n  ```", "nested-live @ ```question q"),
            ("> [!MTYH]\n> x", "unknown-callout @ > [!MTYH]"),
            ("<b>x</b>", "html @ <b>"),
            ("![x](y.png)", "image @ ![x](y.png)"),
            ("[x](y.md)", "bad-link @ [x](y.md)"),
        ] {
            let (_, faults) = prose(&format!("## P\n\n{text}\n"));
            assert!(faults.iter().any(|f| f == wanted), "{text}: {faults:?}");
        }
    }

    #[test]
    fn callouts_lists_and_tables_keep_their_shape() {
        let (prose, faults) = prose(
            "## P\n\n> [!MYTH]\n> **“가”**는 틀립니다.\n\n1. 하나\n2. 둘\n   - 안\n\n| a | b |\n|---|---|\n| **가(x)**는 | `|` |\n\n> 인용\n\n---\n",
        );
        assert_eq!(faults, [""; 0]);
        let blocks = &prose.pages[0].blocks;
        let Block::Callout(Callout::Myth, inside) = &blocks[0] else { panic!("{:?}", blocks[0]) };
        assert!(matches!(&inside[0], Block::Paragraph(p) if shown(p) == "<b:“가”>는 틀립니다."));
        assert!(
            matches!(&blocks[1], Block::List(Some(1), items) if items.len() == 2 && items[1].len() == 2)
        );
        assert!(
            matches!(&blocks[2], Block::Table(head, rows) if head.len() == 2 && shown(&rows[0][0]) == "<b:가(x)>는")
        );
        assert!(matches!(&blocks[3], Block::Quote(_)));
        assert_eq!(blocks[4], Block::Rule);
    }

    #[test]
    fn terms_with_spaces_are_links() {
        let (got, faults) =
            paragraph("[가용 영역](term:Availability Zone (AZ))은 [표](https://a.b/c)");
        assert_eq!((got.as_str(), faults), ("<a:가용 영역>은 <a:표>", vec![]));
        let (prose, _) = prose("## P\n\n[가](term:security group)");
        assert_eq!(prose.links[0].0, "term:security group");
    }

    #[test]
    fn words_are_one_paragraph_whatever_they_hold() {
        for (text, wanted) in [
            ("**가(a)**는 `b`", "<b:가(a)>는 <c:b>"),
            ("1. 하나", "1. 하나"),
            ("# 제목", "# 제목"),
            ("- 가", "- 가"),
            ("> 가", "> 가"),
            ("<web>으로", "<web>으로"),
            ("두\n줄", "두 줄"),
            ("    들여쓰기", "들여쓰기"),
            ("```", "```"),
            ("a | b", "a | b"),
            ("", ""),
        ] {
            assert_eq!(shown(&inlines(text)).trim(), wanted, "{text}");
        }
        assert_eq!(checked_inlines("a **b").1.first(), Some(&(2..4)));
    }

    use proptest::prelude::*;

    /// Words, stars, marks and breaks in any order.
    fn line() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            3 => proptest::sample::select(vec!["가나", "web", "(stateful)", "10.0.0.0/16", "\"", "을", ".", " "])
                .prop_map(str::to_owned),
            2 => proptest::sample::select(vec!["*", "**", "***"]).prop_map(str::to_owned),
            1 => proptest::sample::select(vec!["`x`", "[a](term:b c)", "\\*", "~", "_", "\n"]).prop_map(str::to_owned),
        ];
        proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_letter_is_lost_and_no_star_is_made(text in line()) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let wanted = letters(&text.replace("](term:b c)", "]"));
            let shown = plain_text(&inlines(&text));
            prop_assert_eq!(letters(&shown), wanted, "{:?}", text);
            prop_assert!(shown.matches('*').count() <= text.matches('*').count());
        }

        /// The rule that Korean needs: whatever stands inside and right behind, a strong run that
        /// begins and ends at letters or marks is strong, and the rest is not.
        #[test]
        fn strong_is_strong_whatever_stands_around_it(
            before in "[가-힣a-z]{0,3} ?",
            inside in "[가-힣a-z(\"“][가-힣a-z0-9 /.%]{0,6}[가-힣a-z0-9)\"”%.]",
            after in "[가-힣a-z.,)]{0,4}",
        ) {
            let text = format!("{before}**{inside}**{after}");
            let (found, stray) = checked_inlines(&text);
            prop_assert_eq!(stray, vec![], "{}", text);
            let strong: String =
                found.iter().filter(|i| i.style.strong).map(|i| i.text.as_str()).collect();
            prop_assert_eq!(strong, inside, "{}", text);
        }

        #[test]
        fn any_markdown_is_read_without_a_panic(text in "(\\PC|\n){0,80}") {
            let (prose, _) = prose(&text);
            let _ = prose.pages.len();
            inlines(&text);
        }
    }
}
