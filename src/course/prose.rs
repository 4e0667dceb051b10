//! Markdown to pages and blocks. `pulldown-cmark` finds the structure; emphasis is decided anew
//! ([`inline`]), and references to what the simulator computes are kept from it ([`mask`]).

mod code;
mod inline;
mod mask;

pub use inline::{checked_inlines, inlines, plain_text};

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{
    course::{
        Block, Callout, Faults, Inline, Live, Page, Style,
        document::list,
        fault::nearest,
        reference::{Facts, Reference, find},
    },
    i18n::{Lang, fault},
};
use inline::widest;
use mask::mask;

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

/// The callouts, as they are written.
pub const CALLOUTS: [(&str, Callout); 4] = [
    ("NOTE", Callout::Note),
    ("TIP", Callout::Tip),
    ("MYTH", Callout::Myth),
    ("WARNING", Callout::Warning),
];

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
}

fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let line = part.lines().next().unwrap_or_default();
    range.start..range.start + line.len()
}

#[cfg(test)]
mod tests;
