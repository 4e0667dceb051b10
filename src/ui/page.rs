//! The prose of a lesson, laid out in cells.
//!
//! Every line is broken by [`text::line`](crate::text::line) and fits its width: nothing here is
//! left to a widget that wraps. A page comes out as a list of [`Part`]s, one per block, each with
//! its height, so that a place in the text can be kept while width or language change.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    course::{Block, Callout, Inline, Live, prose::inlines},
    text::{
        line::{Room, Run, break_lines, widest_word},
        width::{truncate, width},
    },
    ui::Skin,
};

/// One block of a page, laid out.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Lines of text.
    Text(Vec<Line<'static>>),
    /// A live piece: whoever draws the page knows how tall it is.
    Live(Live),
}

/// A page, laid out at a width.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    /// The blocks, in order.
    pub parts: Vec<Part>,
    /// The addresses that footnotes lead to, in order.
    pub notes: Vec<String>,
}

/// Lays out the blocks of a page so that no line is wider than `width` cells.
pub fn lay(blocks: &[Block], width: u16, skin: &Skin) -> Laid {
    let mut layout = Layout { skin, notes: Vec::new() };
    let parts = blocks
        .iter()
        .map(|block| match block {
            Block::Live(live) => Part::Live(live.clone()),
            block => Part::Text(layout.block(block, width.into())),
        })
        .collect();
    Laid { parts, notes: layout.notes }
}

/// Lays out one piece of Markdown prose that is no page: a prompt, a reason, a brief.
pub fn lay_words(text: &str, width: u16, style: Style, skin: &Skin) -> Vec<Line<'static>> {
    lines(&worded(text, style, skin), Room::from(usize::from(width)))
}

/// Lays out what the program says itself.
pub fn lay_plain(text: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    lines(&[Run::new(text, style)], Room::from(usize::from(width)))
}

/// The runs of what an author wrote in one paragraph: Markdown as on a page, with the same rule
/// for emphasis before Korean particles.
pub fn worded(text: &str, style: Style, skin: &Skin) -> Vec<Run<Style>> {
    let inlines = inlines(text);
    let mut runs = Vec::with_capacity(inlines.len());
    for (at, inline) in inlines.iter().enumerate() {
        // Outside of pages nothing opens: what is a link there looks like none.
        runs.push(run(&Inline { link: None, ..inline.clone() }, style, skin));
        // There are no footnotes here: the address follows at once.
        if let Some(link) = ending(&inlines, at) {
            runs.push(Run::new(format!(" ({link})"), style.patch(skin.theme.dim)));
        }
    }
    runs
}

/// The runs of what the program says itself: backticks mark what is typed or named, and all other
/// signs stand for themselves.
pub fn coded(text: &str, style: Style, skin: &Skin) -> Vec<Run<Style>> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(at, part)| if at % 2 == 1 { code(part, style, skin) } else { Run::new(part, style) })
        .collect()
}

/// Code, in backticks where it has no style of its own.
fn code(text: &str, style: Style, skin: &Skin) -> Run<Style> {
    let bare = skin.theme.code == Style::new();
    let text = if bare { format!("`{text}`") } else { text.to_owned() };
    Run::new(text, style.patch(skin.theme.code))
}

/// One inline in its style.
fn run(inline: &Inline, base: Style, skin: &Skin) -> Run<Style> {
    let theme = &skin.theme;
    let marks = [
        (inline.style.strong, theme.strong),
        (inline.style.emphasis, theme.emphasis),
        (inline.style.computed, theme.computed),
    ];
    let marks = marks.into_iter().filter(|(has, _)| *has);
    let style = marks.fold(base, |style, (_, mark)| style.patch(mark));
    let mut run = if inline.style.code {
        code(&inline.text, style, skin)
    } else {
        Run::new(inline.text.clone(), style)
    };
    if inline.link.is_some() {
        run.style = run.style.patch(theme.link);
    }
    run
}

/// The address of a link that ends with this inline, if its text does not say it, and it is no
/// term of the glossary.
fn ending(inlines: &[Inline], at: usize) -> Option<&str> {
    let link = inlines[at].link.as_ref()?;
    let ends = inlines.get(at + 1).is_none_or(|next| next.link.as_ref() != Some(link));
    // Terms and lessons are named by the text itself, and found without an address.
    let inside = link.starts_with("term:") || link.starts_with("lesson:");
    (ends && !inside && *link != inlines[at].text).then_some(link)
}

/// Breaks runs into lines, the indent written out.
fn lines(runs: &[Run<Style>], room: Room) -> Vec<Line<'static>> {
    break_lines(runs, room)
        .into_iter()
        .map(|line| {
            let mut spans = Vec::with_capacity(line.runs.len() + 1);
            if line.indent > 0 && !line.runs.is_empty() {
                spans.push(Span::raw(" ".repeat(line.indent)));
            }
            spans.extend(line.runs.into_iter().map(|run| Span::styled(run.text, run.style)));
            Line::from(spans)
        })
        .collect()
}

/// The cells of a line.
fn cells(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| width(&span.content)).sum()
}

/// Puts something before each line: `first` before the first, `rest` before the others.
fn prefix(
    lines: Vec<Line<'static>>,
    first: &Span<'static>,
    rest: &Span<'static>,
) -> impl Iterator<Item = Line<'static>> {
    let (first, rest) = (first.clone(), rest.clone());
    lines.into_iter().enumerate().map(move |(at, mut line)| {
        line.spans.insert(0, if at == 0 { first.clone() } else { rest.clone() });
        line
    })
}

struct Layout<'a> {
    skin: &'a Skin,
    notes: Vec<String>,
}

impl Layout<'_> {
    /// The lines of several blocks, with air between them.
    fn blocks(&mut self, blocks: &[Block], width: usize) -> Vec<Line<'static>> {
        let mut all = Vec::new();
        for block in blocks {
            let lines = self.block(block, width);
            if !all.is_empty() && !lines.is_empty() {
                all.push(Line::default());
            }
            all.extend(lines);
        }
        all
    }

    fn block(&mut self, block: &Block, width: usize) -> Vec<Line<'static>> {
        let theme = &self.skin.theme;
        match block {
            Block::Heading(_, inlines) => {
                let runs = self.runs(inlines, theme.heading);
                lines(&runs, width.into())
            }
            Block::Paragraph(inlines) => {
                let runs = self.runs(inlines, theme.text);
                lines(&runs, width.into())
            }
            Block::List(start, items) => self.list(*start, items, width),
            Block::Table(head, rows) => self.table(head, rows, width),
            Block::Code(code) => self.code(code, width),
            Block::Quote(blocks) => self.quote(blocks, width),
            Block::Callout(kind, blocks) => self.callout(*kind, blocks, width),
            Block::Rule => {
                vec![Line::styled(self.skin.glyph.rule.repeat(width), theme.frame)]
            }
            // A live piece within a list or quotation: named, so that nothing is lost.
            Block::Live(live) => {
                let name = match live {
                    Live::Scene(name, _) => name,
                    Live::Question(id) => &id.0,
                    Live::Lab(id) => &id.0,
                };
                vec![Line::styled(truncate(name, width, "").into_owned(), theme.dim)]
            }
        }
    }

    fn runs(&mut self, inlines: &[Inline], base: Style) -> Vec<Run<Style>> {
        let mut runs: Vec<Run<Style>> = Vec::with_capacity(inlines.len());
        for (at, inline) in inlines.iter().enumerate() {
            runs.push(run(inline, base, self.skin));
            if let Some(link) = ending(inlines, at) {
                let number = self.note(link);
                runs.push(Run::new(format!("[{number}]"), self.skin.theme.dim));
            }
        }
        runs
    }

    /// The number of the footnote for an address.
    fn note(&mut self, address: &str) -> usize {
        let at = self.notes.iter().position(|note| note == address).unwrap_or_else(|| {
            self.notes.push(address.to_owned());
            self.notes.len() - 1
        });
        at + 1
    }

    fn list(
        &mut self,
        start: Option<u64>,
        items: &[Vec<Block>],
        width_: usize,
    ) -> Vec<Line<'static>> {
        let theme = self.skin.theme;
        let last = start.map(|start| start.saturating_add(items.len() as u64).saturating_sub(1));
        let sign_cells = last.map_or(1, |last| last.to_string().len() + 1);
        let indent = 1 + sign_cells + 1;
        // Room for a wide letter, however deep the list.
        let room = width_.saturating_sub(indent).max(2);
        let airy = items.iter().any(|item| item.iter().filter(|block| !is_list(block)).count() > 1);
        let mut all: Vec<Line<'static>> = Vec::new();
        for (item, number) in items.iter().zip(start.unwrap_or(0)..) {
            let mut lines = Vec::new();
            for block in item {
                let block_lines = self.block(block, room);
                if airy && !lines.is_empty() && !is_list(block) {
                    lines.push(Line::default());
                }
                lines.extend(block_lines);
            }
            if lines.is_empty() {
                lines.push(Line::default());
            }
            if airy && !all.is_empty() {
                all.push(Line::default());
            }
            let sign = match start {
                Some(_) => format!("{number}."),
                None => self.skin.glyph.bullet.to_owned(),
            };
            let pad = " ".repeat(1 + sign_cells.saturating_sub(width(&sign)));
            let first = Span::styled(format!("{pad}{sign} "), theme.accent);
            let rest = Span::raw(" ".repeat(indent));
            all.extend(prefix(lines, &first, &rest));
        }
        all
    }

    fn code(&self, code: &str, width_: usize) -> Vec<Line<'static>> {
        let theme = &self.skin.theme;
        let bar = Span::styled(format!("{} ", self.skin.glyph.quote), theme.frame);
        let room = width_.saturating_sub(2);
        code.trim_end_matches('\n')
            .split('\n')
            .map(|line| {
                let line = line.replace('\t', "    ");
                let shown = truncate(&line, room, self.skin.glyph.more).into_owned();
                let mut spans = vec![bar.clone()];
                match shown.strip_suffix(self.skin.glyph.more).filter(|_| shown != line) {
                    Some(start) => {
                        spans.push(Span::styled(start.to_owned(), theme.code));
                        spans.push(Span::styled(self.skin.glyph.more, theme.accent));
                    }
                    None => spans.push(Span::styled(shown, theme.code)),
                }
                Line::from(spans)
            })
            .collect()
    }

    fn quote(&mut self, blocks: &[Block], width_: usize) -> Vec<Line<'static>> {
        let bar = Span::styled(format!("{} ", self.skin.glyph.quote), self.skin.theme.frame);
        let lines = self.blocks(blocks, width_.saturating_sub(2).max(2));
        prefix(lines, &bar, &bar).collect()
    }

    fn callout(&mut self, kind: Callout, blocks: &[Block], width_: usize) -> Vec<Line<'static>> {
        let Skin { theme, glyph, words, .. } = self.skin;
        let (sign, name, style) = match kind {
            Callout::Note => (glyph.bullet, words.lesson.note, theme.accent),
            Callout::Tip => (glyph.right, words.lesson.tip, theme.good),
            Callout::Myth => (glyph.wrong, words.lesson.myth, theme.bad),
            Callout::Warning => (glyph.warning, words.lesson.warning, theme.warn),
        };
        let bar = Span::styled(format!("{} ", glyph.bar), style);
        let room = width_.saturating_sub(2).max(2);
        let heading = truncate(&format!("{sign} {name}"), room, "").into_owned();
        let mut lines = vec![Line::styled(heading, style.patch(theme.strong))];
        lines.extend(self.blocks(blocks, room));
        prefix(lines, &bar, &bar).collect()
    }

    /// A table whose columns share the width: as wide as their text where that fits, else in
    /// proportion, with the text of each cell broken inside its column.
    fn table(
        &mut self,
        head: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
        width_: usize,
    ) -> Vec<Line<'static>> {
        const GAP: usize = 2;
        let theme = self.skin.theme;
        let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        if columns == 0 {
            return Vec::new();
        }
        let mut grid: Vec<Vec<Vec<Run<Style>>>> = Vec::with_capacity(rows.len() + 1);
        grid.push(head.iter().map(|cell| self.runs(cell, theme.strong)).collect());
        for row in rows {
            grid.push(row.iter().map(|cell| self.runs(cell, theme.text)).collect());
        }
        let text =
            |cell: &[Run<Style>]| -> String { cell.iter().map(|run| run.text.as_str()).collect() };
        let column = |measure: &dyn Fn(&str) -> usize, at: usize| {
            grid.iter().filter_map(|row| row.get(at)).map(|cell| measure(&text(cell))).max()
        };
        let natural: Vec<usize> =
            (0..columns).map(|at| column(&|text| width(text), at).unwrap_or(0).max(1)).collect();
        let least: Vec<usize> = (0..columns)
            .map(|at| column(&|text| widest_word(text), at).unwrap_or(0).clamp(2, 16))
            .collect();
        let room = width_.saturating_sub(GAP * (columns - 1));
        let widths = share(&natural, &least, room);
        let mut all = Vec::new();
        let wraps = natural.iter().zip(&widths).any(|(natural, given)| natural > given);
        for (at, row) in grid.iter().enumerate() {
            let cells_: Vec<Vec<Line<'static>>> = widths
                .iter()
                .enumerate()
                .map(|(at, width)| {
                    row.get(at).map_or(Vec::new(), |cell| lines(cell, (*width).into()))
                })
                .collect();
            if wraps && at > 1 {
                all.push(Line::default());
            }
            let height = cells_.iter().map(Vec::len).max().unwrap_or(0);
            for y in 0..height {
                let mut line = Line::default();
                for (x, (cell, width)) in cells_.iter().zip(&widths).enumerate() {
                    let mut used = 0;
                    if let Some(part) = cell.get(y) {
                        used = cells(part);
                        line.spans.extend(part.spans.iter().cloned());
                    }
                    if x + 1 < columns {
                        let pad = width.saturating_sub(used) + GAP;
                        line.spans.push(Span::raw(" ".repeat(pad)));
                    }
                }
                all.push(line);
            }
            if at == 0 {
                let rules: Vec<String> =
                    widths.iter().map(|width| self.skin.glyph.rule.repeat(*width)).collect();
                all.push(Line::styled(rules.join(&" ".repeat(GAP)), theme.frame));
            }
        }
        all
    }
}

fn is_list(block: &Block) -> bool {
    matches!(block, Block::List(..))
}

/// Shares the room among columns: each as wide as it wants if all fit, else first what it needs
/// at least, then the rest in proportion to what it lacks.
fn share(natural: &[usize], least: &[usize], room: usize) -> Vec<usize> {
    let wanted: usize = natural.iter().sum();
    if wanted <= room {
        return natural.to_vec();
    }
    let mut widths: Vec<usize> =
        natural.iter().zip(least).map(|(natural, least)| (*natural).min(*least)).collect();
    let used: usize = widths.iter().sum();
    if used >= room {
        // Not even that: even shares.
        let each = (room / natural.len()).max(1);
        return widths.iter().map(|width| (*width).min(each.max(2))).collect();
    }
    let lacking: usize = wanted - used;
    let spare = room - used;
    for (width, natural) in widths.iter_mut().zip(natural) {
        *width += (natural - *width) * spare / lacking;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::Look, i18n::Lang};

    fn said(runs: &[Run<Style>]) -> Vec<(&str, bool)> {
        let strong =
            |run: &Run<Style>| run.style.add_modifier.contains(ratatui::style::Modifier::BOLD);
        runs.iter().map(|run| (run.text.as_str(), strong(run))).collect()
    }

    #[test]
    fn what_an_author_emphasises_closes_before_a_particle() {
        let skin = Skin::new(Look::default(), Lang::Ko);
        let runs = worded("**상태(stateful)**이고, `*`는 *아무나*입니다", Style::new(), &skin);
        assert_eq!(said(&runs)[..2], [("상태(stateful)", true), ("이고, ", false)]);
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(text, "상태(stateful)이고, *는 아무나입니다");
    }

    #[test]
    fn what_the_program_says_keeps_its_stars_and_underscores() {
        let skin = Skin::new(Look::default(), Lang::Ko);
        let runs = coded("`_web_`: * deny all, **_web_** *", Style::new(), &skin);
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(text, "_web_: * deny all, **_web_** *");
    }
}
