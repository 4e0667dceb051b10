//! A column of text as tall as it comes out: paragraphs, rows to choose from, what may be hit.
//! Drawn whole or through a window that keeps the chosen row in sight.

use std::ops::Range;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{Area, Seen, Target},
    text::{
        line::{Line, Room, Run, break_lines},
        width::width,
    },
    ui::{Skin, chrome::mark},
};

/// A column of text.
#[derive(Debug, Clone)]
pub struct Sheet {
    width: u16,
    rows: Vec<Row>,
    hits: Vec<Hit>,
    chosen: Option<Range<u16>>,
    cursor: Option<(u16, u16)>,
}

/// What may be hit: in which rows, and in which columns where it is not all of them.
#[derive(Debug, Clone)]
struct Hit {
    rows: Range<u16>,
    columns: Option<Range<u16>>,
    target: Target,
}

#[derive(Debug, Clone, Default)]
struct Row {
    /// Drawn behind the text, across the whole row.
    back: Style,
    indent: u16,
    runs: Vec<Run<Style>>,
}

impl Sheet {
    /// An empty column of so many cells.
    pub fn new(width: u16) -> Self {
        Self { width, rows: Vec::new(), hits: Vec::new(), chosen: None, cursor: None }
    }

    /// How many rows it has.
    pub fn height(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    /// How many cells wide it is.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// How many cells its widest row takes.
    pub fn widest(&self) -> u16 {
        let cells = |row: &Row| {
            let text: usize = row.runs.iter().map(|run| width(&run.text)).sum();
            row.indent + text as u16
        };
        self.rows.iter().map(cells).max().unwrap_or(0)
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.rows.push(Row::default());
    }

    /// A paragraph.
    pub fn text(&mut self, text: &str, style: Style) {
        self.runs(&[Run::new(text, style)], 0, 0);
    }

    /// A paragraph in several styles, its first line and the others this far from the left.
    pub fn runs(&mut self, runs: &[Run<Style>], first: u16, rest: u16) {
        let room = Room { width: self.width.into(), first: first.into(), rest: rest.into() };
        for Line { indent, mut runs, .. } in break_lines(runs, room) {
            // They did their work; whoever copies from the screen wants plain spaces.
            for run in &mut runs {
                if run.text.contains('\u{a0}') {
                    run.text = run.text.replace('\u{a0}', " ");
                }
            }
            self.rows.push(Row { back: Style::new(), indent: indent as u16, runs });
        }
    }

    /// Lines that are broken already.
    pub fn lines(&mut self, lines: &[ratatui::text::Line<'_>]) {
        self.rows.extend(lines.iter().map(|line| {
            Row {
                runs: line
                    .spans
                    .iter()
                    .map(|span| Run::new(span.content.clone(), line.style.patch(span.style)))
                    .collect(),
                ..Row::default()
            }
        }));
    }

    /// A row that can be chosen: a pointer before the chosen one, a number or sign, then text that
    /// hangs behind it. A click on it means `target`.
    pub fn choice(
        &mut self,
        target: Option<Target>,
        chosen: bool,
        lead: &str,
        runs: &[Run<Style>],
        skin: &Skin,
    ) {
        self.choice_behind(target, chosen, lead, 0, runs, skin);
    }

    /// The same for a text that begins with a sign of so many cells: its other lines stand behind
    /// the sign as well.
    pub fn choice_behind(
        &mut self,
        target: Option<Target>,
        chosen: bool,
        lead: &str,
        sign: u16,
        runs: &[Run<Style>],
        skin: &Skin,
    ) {
        let top = self.height();
        let pointer = if chosen { skin.glyph.pointer } else { " " };
        let lead_style = if chosen { skin.theme.accent } else { skin.theme.dim };
        let hang = 2 + crate::text::width::width(lead) as u16 + u16::from(!lead.is_empty());
        self.runs(runs, hang, hang + sign);
        if let Some(row) = self.rows.get_mut(usize::from(top)) {
            let gap = if lead.is_empty() { String::new() } else { format!("{lead} ") };
            row.indent = 0;
            row.runs.insert(0, Run::new(format!("{pointer} "), skin.theme.accent));
            row.runs.insert(1, Run::new(gap, lead_style));
        }
        let rows = top..self.height();
        if chosen {
            for row in &mut self.rows[usize::from(top)..] {
                row.back = skin.theme.chosen;
            }
            self.chosen = Some(rows.clone());
        }
        if let Some(target) = target {
            self.hits.push(Hit { rows, columns: None, target });
        }
    }

    /// A field of a form: one row, cut where it is too long.
    pub fn field(&mut self, target: Target, here: bool, runs: &[Run<Style>], skin: &Skin) {
        let top = self.height();
        let pointer = if here { skin.glyph.pointer } else { " " };
        let mut own = vec![Run::new(format!("{pointer} "), skin.theme.accent)];
        own.extend_from_slice(runs);
        self.rows.push(Row { back: Style::new(), indent: 0, runs: own });
        if here {
            self.chosen = Some(top..top + 1);
        }
        self.hits.push(Hit { rows: top..top + 1, columns: None, target });
    }

    /// A known value below a field: marked when it is the one that is taken.
    pub fn offer(&mut self, target: Target, taken: bool, runs: &[Run<Style>], skin: &Skin) {
        let top = self.height();
        let sign = if taken { skin.glyph.ring_full } else { skin.glyph.ring_empty };
        let style = if taken { skin.theme.accent } else { skin.theme.dim };
        let mut own = vec![Run::new(format!("  {sign}"), style)];
        own.extend_from_slice(runs);
        let back = if taken { skin.theme.chosen } else { Style::new() };
        self.rows.push(Row { back, indent: 2, runs: own });
        self.hits.push(Hit { rows: top..top + 1, columns: None, target });
    }

    /// A picture, row by row.
    pub fn picture(&mut self, buffer: &Buffer) {
        for y in buffer.area.top()..buffer.area.bottom() {
            let mut runs: Vec<Run<Style>> = Vec::new();
            let mut x = buffer.area.left();
            while x < buffer.area.right() {
                let cell = &buffer[(x, y)];
                match runs.last_mut().filter(|run| run.style == cell.style()) {
                    Some(run) => run.text.push_str(cell.symbol()),
                    None => runs.push(Run::new(cell.symbol(), cell.style())),
                }
                // Behind a wide letter stands a cell that is not drawn.
                x += crate::text::width::width(cell.symbol()).max(1) as u16;
            }
            self.rows.push(Row { runs, ..Row::default() });
        }
    }

    /// Makes everything from this row on mean `target` when it is hit.
    pub fn hit_from(&mut self, top: u16, target: Target) {
        self.hits.push(Hit { rows: top..self.height(), columns: None, target });
    }

    /// Keeps these rows in sight rather than a chosen one.
    pub fn look_at(&mut self, rows: Range<u16>) {
        self.chosen = Some(rows);
    }

    /// The rows to be kept in sight, if any are.
    pub fn in_sight(&self) -> Option<Range<u16>> {
        self.chosen.clone()
    }

    /// Puts the terminal's cursor into the row that was added last, so many cells from the left.
    pub fn cursor(&mut self, x: u16) {
        self.cursor = Some((x, self.height().saturating_sub(1)));
    }

    /// Adds another column below.
    pub fn append(&mut self, other: Self) {
        let top = self.height();
        let shift = |rows: Range<u16>| rows.start + top..rows.end + top;
        self.rows.extend(other.rows);
        let moved = |hit: Hit| Hit { rows: shift(hit.rows), ..hit };
        self.hits.extend(other.hits.into_iter().map(moved));
        self.chosen = other.chosen.map(shift).or(self.chosen.take());
        self.cursor = other.cursor.map(|(x, y)| (x, y + top)).or(self.cursor);
    }

    /// Adds two columns below, side by side: the second begins `gap` cells behind the first.
    pub fn append_beside(&mut self, left: Self, right: Self, gap: u16) {
        let (top, second) = (self.height(), left.width + gap);
        let height = left.height().max(right.height());
        let cells = |run: &Run<Style>| crate::text::width::width(&run.text);
        // What lies behind a row ends with its column.
        let filled = |row: Row, width: u16| {
            let used = usize::from(row.indent) + row.runs.iter().map(cells).sum::<usize>();
            let air = |count: usize| Run::new(" ".repeat(count), row.back);
            let mut runs = vec![air(row.indent.into())];
            runs.extend(row.runs.into_iter().map(|run| {
                let style = run.style.patch(row.back);
                Run::new(run.text, style)
            }));
            runs.push(air(usize::from(width).saturating_sub(used)));
            runs
        };
        let shifted = |columns: Option<Range<u16>>, width: u16, by: u16| {
            let columns = columns.unwrap_or(0..width);
            Some(columns.start + by..columns.end + by)
        };
        for (sheet, by) in [(&left, 0), (&right, second)] {
            self.hits.extend(sheet.hits.iter().cloned().map(|hit| Hit {
                rows: hit.rows.start + top..hit.rows.end + top,
                columns: shifted(hit.columns, sheet.width, by),
                target: hit.target,
            }));
            if let Some(rows) = &sheet.chosen {
                self.chosen = Some(rows.start + top..rows.end + top);
            }
        }
        let (mut ones, mut others) = (left.rows.into_iter(), right.rows.into_iter());
        for _ in 0..height {
            let mut runs = filled(ones.next().unwrap_or_default(), left.width);
            runs.push(Run::new(" ".repeat(gap.into()), Style::new()));
            runs.extend(filled(others.next().unwrap_or_default(), right.width));
            self.rows.push(Row { runs, ..Row::default() });
        }
    }

    /// The first row to draw so that the chosen row is in sight of a window this high.
    pub fn top(&self, window: u16) -> u16 {
        match &self.chosen {
            Some(rows) => {
                let focus = (rows.start, rows.end.saturating_sub(rows.start));
                crate::app::canvas::pan(self.height(), window, 0, focus, 1)
            }
            None => 0,
        }
    }

    /// Draws the rows from `top` on, as many as fit, and answers where the terminal's cursor
    /// belongs, if anywhere.
    pub fn draw(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        top: u16,
        seen: &mut Seen,
    ) -> Option<(u16, u16)> {
        let area = area.intersection(buffer.area);
        for (row, y) in self.rows.iter().skip(top.into()).zip(area.top()..area.bottom()) {
            buffer.set_style(Rect { y, height: 1, ..area }, row.back);
            let mut x = area.x + row.indent.min(area.width);
            for run in &row.runs {
                let room = usize::from(area.right().saturating_sub(x));
                let style = run.style.patch(row.back);
                (x, _) = buffer.set_stringn(x, y, &run.text, room, style);
            }
        }
        let bottom = top.saturating_add(area.height);
        for Hit { rows, columns, target } in &self.hits {
            let (low, high) = (rows.start.max(top), rows.end.min(bottom));
            let columns = columns.clone().unwrap_or(0..area.width);
            let (left, right) = (columns.start, columns.end.min(area.width));
            if low < high && left < right {
                let (x, width) = (area.x + left, right - left);
                let (y, height) = (area.y + (low - top), high - low);
                seen.hits.push((Area { x, y, width, height }, *target));
            }
        }
        let (x, y) = self.cursor?;
        (y >= top && y < bottom && x < area.width).then(|| (area.x + x, area.y + (y - top)))
    }
}

/// Draws a sheet with its chosen row in sight, and a mark at the edge where there is more.
pub fn scrolled(
    sheet: &Sheet,
    buffer: &mut Buffer,
    area: Rect,
    skin: &Skin,
    seen: &mut Seen,
) -> Option<(u16, u16)> {
    let top = sheet.top(area.height);
    let cursor = sheet.draw(buffer, area, top, seen);
    if area.width > 0 && area.height > 0 {
        if top > 0 {
            mark(buffer, area.right() - 1, area.y, skin.glyph.up, skin.theme.dim);
        }
        if sheet.height() > top + area.height {
            let (x, y) = (area.right() - 1, area.bottom() - 1);
            mark(buffer, x, y, skin.glyph.down, skin.theme.dim);
        }
    }
    cursor
}
