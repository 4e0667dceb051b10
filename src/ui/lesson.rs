//! How a lesson looks: a page of prose with live pieces, and beside it, where there is room, the
//! pages of the lesson.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    app::{
        Action, Area, Model, Seen, Target,
        canvas::pan,
        flight::Flight,
        lesson::{Lesson, Piece, Standing, offered},
    },
    course::{LabId, Live, QuestionId},
    text::width::{pad_start, truncate, width},
    ui::{
        Bars, Skin,
        chrome::{self, put},
        flight,
        page::{Laid, Part, lay, lay_plain, lay_words},
        sheet::Sheet as Column,
    },
};

/// The widest that prose gets: beyond that, the eye loses the next line.
pub const MEASURE: u16 = 84;
/// The width of the list of pages.
const CONTENTS: u16 = 32;
/// The width from which the list of pages is shown.
const WIDE: u16 = 118;

/// Draws a lesson.
pub fn draw(
    lesson: &Lesson,
    model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let (contents, text) = columns(area);
    if let Some(contents) = contents {
        draw_contents(lesson, model, skin, frame.buffer_mut(), contents, seen);
    }
    let sheet = Sheet::new(lesson, model, skin, text.width.saturating_sub(2));
    sheet.measure(lesson, text.height, seen);
    let focus = lesson.focus(skin.lang, &model.progress, seen);
    sheet.draw(focus, frame.buffer_mut(), text, seen);
    chrome::scroll_bar(frame.buffer_mut(), text, skin, seen.top, seen.content);
    let pages = lesson.pages(skin.lang).len();
    Bars {
        title: lesson.lesson.title.get(skin.lang).to_owned(),
        right: (skin.words.lesson.page_of)(lesson.page + 1, pages),
        status: status(lesson, skin, seen),
        aside: match lesson.terms(skin.lang).len() {
            0 => None,
            count => Some(((skin.words.lesson.terms)(count), Action::Terms)),
        },
        tone: None,
    }
}

/// Where the list of pages and the text stand.
fn columns(area: Rect) -> (Option<Rect>, Rect) {
    if area.width < WIDE {
        let width = (area.width - 2).min(MEASURE + 2);
        let x = area.x + (area.width - width).div_ceil(2);
        return (None, Rect { x, width, ..area });
    }
    let gap = 3;
    let text = (area.width - CONTENTS - gap - 2).min(MEASURE + 2);
    let x = area.x + (area.width - CONTENTS - gap - text) / 2;
    let contents = Rect { x, width: CONTENTS, ..area };
    (Some(contents), Rect { x: x + CONTENTS + gap, width: text, ..area })
}

/// What the status line says: how much of the page is left, and what is to be done.
fn status(lesson: &Lesson, skin: &Skin, seen: &Seen) -> String {
    let below = seen.content.saturating_sub(seen.top + seen.viewport);
    let words = &skin.words.lesson;
    if below > 0 {
        format!("{} {}", skin.glyph.down, (words.lines_below)(below))
    } else if lesson.is_held_back(skin.lang) {
        words.held_back.to_owned()
    } else if lesson.is_last(skin.lang) {
        words.last_page.to_owned()
    } else {
        let title = lesson.pages(skin.lang).get(lesson.page + 1).map_or("", |page| &page.title);
        (words.next_page)(title)
    }
}

fn draw_contents(
    lesson: &Lesson,
    model: &Model,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
) {
    let theme = &skin.theme;
    let mut y = area.y;
    for (at, page) in lesson.pages(skin.lang).iter().enumerate() {
        let here = at == lesson.page;
        let marks = marks(page, model, skin);
        let marks_cells: usize = marks.iter().map(|span| width(&span.content)).sum();
        // The pointer, the number, a gap on both sides.
        let room = usize::from(area.width).saturating_sub(5 + marks_cells + 1);
        let style = if here { theme.chosen } else { theme.dim };
        let start = y;
        for (row, line) in
            crate::text::line::break_text(&page.title, room).into_iter().take(2).enumerate()
        {
            if y >= area.bottom() {
                return;
            }
            if row == 0 {
                let sign = if here { skin.glyph.pointer } else { " " };
                put(buffer, area.x, y, 2, sign, theme.accent);
                let number = pad_start(&(at + 1).to_string(), 2).into_owned();
                put(buffer, area.x + 1, y, 2, &number, theme.dim);
                let line = Line::from(marks.clone());
                let x = area.right().saturating_sub(marks_cells as u16);
                buffer.set_line(x, y, &line, marks_cells as u16);
            }
            put(buffer, area.x + 4, y, room as u16, &line, style);
            y += 1;
        }
        let hit = Area { x: area.x, y: start, width: area.width, height: y - start };
        seen.hits.push((hit, Target::Page(at)));
    }
}

/// A sign for each question and lab of a page.
fn marks(page: &crate::course::Page, model: &Model, skin: &Skin) -> Vec<Span<'static>> {
    page.blocks
        .iter()
        .filter_map(|block| match block {
            crate::course::Block::Live(Live::Question(id)) => {
                let (sign, style, _) = standing(id, model, skin);
                Some(Span::styled(sign, style))
            }
            crate::course::Block::Live(Live::Lab(id)) => {
                let solved = model.progress.lab(&id.0).is_some_and(|lab| !lab.solved().is_empty());
                Some(if solved {
                    Span::styled(skin.glyph.right, skin.theme.good)
                } else {
                    Span::styled(skin.glyph.open, skin.theme.dim)
                })
            }
            _ => None,
        })
        .collect()
}

/// A page, laid out with all its pieces.
struct Sheet<'a> {
    skin: &'a Skin,
    laid: Laid,
    title: Vec<Line<'static>>,
    pieces: Vec<Card>,
    notes: Vec<Line<'static>>,
    /// What is linked, and the lesson that it leads to; else to the terms.
    links: Vec<(String, Option<usize>)>,
    width: u16,
}

impl<'a> Sheet<'a> {
    fn new(lesson: &Lesson, model: &Model, skin: &'a Skin, width: u16) -> Self {
        let laid = lay(lesson.blocks(skin.lang), width, skin);
        let title = lesson.current(skin.lang).map_or("", |page| &page.title);
        let title = lay_plain(title, width, skin.theme.heading);
        let inside = inside(width);
        let pieces = lesson
            .pieces(skin.lang)
            .iter()
            .enumerate()
            .map(|(at, piece)| Card::new(lesson, at, piece, model, skin, inside))
            .collect();
        let mut notes = Vec::new();
        for (at, note) in laid.notes.iter().enumerate() {
            notes.extend(lay_plain(&format!("[{}] {note}", at + 1), width, skin.theme.dim));
        }
        let lessons = lesson.lessons(skin.lang);
        let links = lesson.links(skin.lang).into_iter().map(|(text, to)| {
            let to = to.strip_prefix("lesson:");
            (text.to_owned(), to.and_then(|to| lessons.iter().position(|it| *it == to)))
        });
        Self { skin, laid, title, pieces, notes, links: links.collect(), width }
    }

    /// Says how tall everything is, and where the visible part begins.
    fn measure(&self, lesson: &Lesson, viewport: u16, seen: &mut Seen) {
        seen.page = inside(self.width);
        let mut pieces = self.pieces.iter();
        let mut line = self.title.len() as u16;
        seen.blocks = vec![line];
        for part in &self.laid.parts {
            let height = match part {
                Part::Text(lines) => lines.len() as u16,
                Part::Live(_) => {
                    let height = pieces.next().map_or(0, Card::height);
                    seen.pieces.push((line + 1, height));
                    height
                }
            };
            // The blank line before belongs to the block.
            seen.blocks.push(height + 1);
            line += height + 1;
        }
        for extra in [self.notes.len() as u16, pieces.next().map_or(0, Card::height)] {
            if extra > 0 {
                seen.blocks.push(extra + 1);
                line += extra + 1;
            }
        }
        if let Some(end) = self.pieces.get(seen.pieces.len()) {
            seen.pieces.push((line - end.height(), end.height()));
        }
        // One blank line at the end.
        seen.content = line + 1;
        seen.viewport = viewport;
        let before: u16 = seen.blocks.iter().take(lesson.top.block).sum();
        let within = seen.blocks.get(lesson.top.block).copied().unwrap_or(1).saturating_sub(1);
        let top = before + lesson.top.line.min(within);
        seen.top = top.min(seen.content.saturating_sub(viewport));
        if let Some(at) = lesson.follows()
            && let (Some(card), Some((first, _))) = (self.pieces.get(at), seen.pieces.get(at))
            && let Some(rows) = card.sheet.in_sight()
        {
            // One line for the border, one for air.
            let focus = (first + 1 + rows.start, rows.end - rows.start + 1);
            seen.top = pan(seen.content, viewport, seen.top, focus, 1);
        }
    }

    fn draw(&self, focus: Option<usize>, buffer: &mut Buffer, area: Rect, seen: &mut Seen) {
        let mut window = Window { area, top: seen.top, line: 0, width: self.width };
        window.lines(buffer, &self.title);
        let links = (&self.links[..], self.skin);
        let mut pieces = self.pieces.iter().enumerate();
        let mut piece = |window: &mut Window, buffer: &mut Buffer, seen: &mut Seen| {
            if let Some((at, card)) = pieces.next() {
                window.card(card, at, focus == Some(at), self.skin, buffer, seen);
            }
        };
        for part in &self.laid.parts {
            window.line += 1;
            match part {
                Part::Text(lines) => {
                    window.links(lines, links, seen);
                    window.lines(buffer, lines);
                }
                Part::Live(_) => piece(&mut window, buffer, seen),
            }
        }
        if !self.notes.is_empty() {
            window.line += 1;
            window.lines(buffer, &self.notes);
        }
        window.line += 1;
        piece(&mut window, buffer, seen);
    }
}

/// Is it the style of a link, whatever stands around it?
fn is_link(style: Style, skin: &Skin) -> bool {
    let link = skin.theme.link;
    style.fg == link.fg && style.add_modifier.contains(link.add_modifier)
}

/// The columns inside the frame of a piece.
fn inside(width: u16) -> u16 {
    width.saturating_sub(4)
}

/// The visible part of a page, while it is drawn from the top.
struct Window {
    area: Rect,
    top: u16,
    line: u16,
    width: u16,
}

impl Window {
    /// The row of the screen that shows a line of the page.
    fn row(&self, line: u16) -> Option<u16> {
        let row = line.checked_sub(self.top)?;
        (row < self.area.height).then_some(self.area.y + row)
    }

    fn lines(&mut self, buffer: &mut Buffer, lines: &[Line<'_>]) {
        for line in lines {
            if let Some(y) = self.row(self.line) {
                buffer.set_line(self.area.x, y, line, self.width);
            }
            self.line += 1;
        }
    }

    /// Where the links of these lines may be clicked.
    fn links(
        &self,
        lines: &[Line<'_>],
        (links, skin): (&[(String, Option<usize>)], &Skin),
        seen: &mut Seen,
    ) {
        for (line, at) in lines.iter().zip(self.line..) {
            let Some(y) = self.row(at) else { continue };
            let mut x = self.area.x;
            for span in &line.spans {
                let cells = width(&span.content) as u16;
                let text = span.content.trim();
                // A line may hold a part of one.
                let mut found = links.iter().filter(|(link, _)| link.contains(text));
                if is_link(span.style, skin)
                    && let Some((_, to)) = found.find(|it| it.0 == text).or(found.next())
                {
                    let target = to.map_or(Target::Action(Action::Terms), Target::Link);
                    seen.hits.push((Area { x, y, width: cells, height: 1 }, target));
                }
                x += cells;
            }
        }
    }

    /// Draws the visible rows of a card.
    fn card(
        &mut self,
        card: &Card,
        at: usize,
        focused: bool,
        skin: &Skin,
        buffer: &mut Buffer,
        seen: &mut Seen,
    ) {
        let (first, height) = (self.line, card.height());
        self.line += height;
        let bottom = self.top + self.area.height;
        let (low, high) = (first.max(self.top), (first + height).min(bottom));
        if low >= high {
            return;
        }
        // Drawn aside and then copied row by row: its edges may be off screen.
        let mut sketch = Buffer::empty(Rect::new(0, 0, self.width, height));
        let mut sketched = Seen::default();
        let inside = chrome::card(
            &mut sketch,
            skin,
            &card.title,
            &card.right,
            focused.then_some(card.action).filter(|action| !action.is_empty()),
            focused,
        );
        card.sheet.draw(&mut sketch, inside, 0, &mut sketched);
        let y_of = |line: u16| self.area.y + (line - self.top);
        for line in low..high {
            for x in 0..self.width {
                buffer[(self.area.x + x, y_of(line))] = sketch[(x, line - first)].clone();
            }
        }
        let shown = |area: Area| {
            let (low, high) = ((first + area.y).max(low), (first + area.y + area.height).min(high));
            (low < high).then(|| Area {
                x: self.area.x + area.x,
                y: y_of(low),
                width: area.width,
                height: high - low,
            })
        };
        let whole = Area { x: 0, y: 0, width: self.width, height };
        let hits = [(whole, Target::Piece(at))].into_iter().chain(sketched.hits);
        seen.hits.extend(hits.filter_map(|(area, target)| Some((shown(area)?, target))));
    }
}

/// A live piece, laid out: what stands in its frame, and around it.
struct Card {
    title: String,
    right: Span<'static>,
    action: &'static str,
    sheet: Column,
}

impl Card {
    fn height(&self) -> u16 {
        self.sheet.height() + 2
    }

    fn new(
        lesson: &Lesson,
        at: usize,
        piece: &Piece,
        model: &Model,
        skin: &Skin,
        width: u16,
    ) -> Self {
        let words = &skin.words.lesson;
        let mut sheet = Column::new(width);
        match piece {
            Piece::Live(Live::Question(id)) => {
                let all = &lesson.lesson.questions;
                let number = all.iter().position(|question| question.id == *id);
                let (sign, style, word) = standing(id, model, skin);
                let open = Standing::of(id, &model.progress) == Standing::Open;
                sheet.lines(&question_lines(lesson, id, skin, width));
                Self {
                    title: (words.question)(number.map_or(0, |at| at + 1)),
                    right: Span::styled(format!("{sign} {word}"), style),
                    action: if open { words.solve } else { words.look_again },
                    sheet,
                }
            }
            Piece::Live(Live::Lab(id)) => {
                let lab = lesson.lesson.labs.iter().find(|lab| lab.id == *id);
                sheet.lines(&lab_lines(lesson, id, skin, width));
                Self {
                    title: (words.lab)(lab.map_or("", |lab| lab.title.get(skin.lang))),
                    right: lab_standing(lesson, id, model, skin),
                    action: words.open_lab,
                    sheet,
                }
            }
            Piece::Live(Live::Scene(name, packets)) => {
                if let Some(scene) = lesson.lesson.scenes.get(name) {
                    let fresh;
                    let flight = if let Some(flight) = lesson.flight(at) {
                        flight
                    } else {
                        let offered = offered(scene, packets);
                        fresh = Flight::new(name.as_str(), offered, true);
                        &fresh
                    };
                    let inside = lesson.inside() == Some(at);
                    sheet = flight::piece(flight, &scene.network, inside, skin, width);
                }
                let right = match lesson.sent(name, packets) {
                    (0, _) => Span::raw(""),
                    (sent, all) if sent == all => {
                        let text = format!("{} {}", skin.glyph.right, words.all_sent);
                        Span::styled(text, skin.theme.good)
                    }
                    (sent, all) => Span::styled((words.sent_of)(sent, all), skin.theme.dim),
                };
                Self {
                    title: words.scene.to_owned(),
                    right,
                    // Inside, the footer says which keys there are.
                    action: if lesson.inside() == Some(at) { "" } else { words.send },
                    sheet,
                }
            }
            Piece::End => {
                let (title, action) = end_words(lesson, model, skin);
                sheet.lines(&end_lines(lesson, model, skin, width));
                Self { title, right: Span::raw(""), action, sheet }
            }
        }
    }
}

/// How a question stands: sign, style and word.
fn standing(
    id: &QuestionId,
    model: &Model,
    skin: &Skin,
) -> (&'static str, ratatui::style::Style, &'static str) {
    let words = &skin.words.lesson;
    match Standing::of(id, &model.progress) {
        Standing::Open => (skin.glyph.open, skin.theme.dim, words.not_answered),
        Standing::Right => (skin.glyph.right, skin.theme.good, words.right),
        Standing::RightLater => (skin.glyph.right, skin.theme.good, words.right_later),
        Standing::Wrong => (skin.glyph.wrong, skin.theme.bad, words.wrong),
    }
}

/// The beginning of what a question asks.
fn question_lines(lesson: &Lesson, id: &QuestionId, skin: &Skin, width: u16) -> Vec<Line<'static>> {
    let Some(question) = lesson.lesson.questions.iter().find(|question| question.id == *id) else {
        return vec![Line::raw(id.0.clone())];
    };
    clipped(lay_words(question.prompt.get(skin.lang), width, skin.theme.text, skin), 2, width, skin)
}

/// At most so many lines, with a sign at the end when there are more.
fn clipped(
    mut lines: Vec<Line<'static>>,
    most: usize,
    width_: u16,
    skin: &Skin,
) -> Vec<Line<'static>> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let sign = format!(" {}", skin.glyph.ellipsis);
            let room = usize::from(width_).saturating_sub(width(&sign));
            let mut used = 0;
            for span in &mut last.spans {
                let left = room.saturating_sub(used);
                span.content = truncate(&span.content, left, "").into_owned().into();
                used += width(&span.content);
            }
            last.spans.push(Span::styled(sign, skin.theme.dim));
        }
    }
    lines
}

fn lab_lines(lesson: &Lesson, id: &LabId, skin: &Skin, width: u16) -> Vec<Line<'static>> {
    let Some(lab) = lesson.lesson.labs.iter().find(|lab| lab.id == *id) else {
        return vec![Line::raw(id.0.clone())];
    };
    clipped(lay_words(lab.brief.get(skin.lang), width, skin.theme.text, skin), 4, width, skin)
}

fn lab_standing(lesson: &Lesson, id: &LabId, model: &Model, skin: &Skin) -> Span<'static> {
    let words = &skin.words.lesson;
    let par = lesson.lesson.labs.iter().find(|lab| lab.id == *id).map_or(0, |lab| lab.par);
    let past = model.progress.lab(&id.0);
    if let Some(best) = past.and_then(|past| past.best()) {
        let text = format!("{} {}", skin.glyph.right, (words.lab_solved)(best.cost, best.par));
        return Span::styled(text, skin.theme.good);
    }
    let sign = if past.is_some() { skin.glyph.begun } else { skin.glyph.open };
    let text = if par == 0 { words.lab_look.to_owned() } else { (words.lab_par)(par) };
    Span::styled(format!("{sign} {text}"), skin.theme.dim)
}

/// The title of the end, and what Enter does there.
fn end_words(lesson: &Lesson, model: &Model, skin: &Skin) -> (String, &'static str) {
    let words = &skin.words.lesson;
    if lesson.open_questions(&model.progress).is_empty() {
        let action = match next(lesson, model) {
            Some(_) => words.next_lesson,
            None => words.to_home,
        };
        (format!("{} {}", skin.glyph.right, words.finished), action)
    } else {
        (words.not_finished.to_owned(), words.to_question)
    }
}

fn next<'a>(lesson: &Lesson, model: &'a Model) -> Option<&'a crate::course::LessonEntry> {
    crate::app::home::lessons(&model.course).skip_while(|entry| entry.id != lesson.lesson.id).nth(1)
}

fn end_lines(lesson: &Lesson, model: &Model, skin: &Skin, width: u16) -> Vec<Line<'static>> {
    let words = &skin.words.lesson;
    let theme = &skin.theme;
    let open = lesson.open_questions(&model.progress);
    let total = lesson.lesson.questions.len();
    let mut lines = Vec::new();
    if open.is_empty() {
        let right = lesson
            .lesson
            .questions
            .iter()
            .filter(|question| Standing::of(&question.id, &model.progress) == Standing::Right)
            .count();
        if total > 0 {
            lines.extend(lay_plain(&(words.score)(right, total), width, theme.text));
        }
        let unsolved = lesson
            .lesson
            .labs
            .iter()
            .filter(|lab| model.progress.lab(&lab.id.0).is_none_or(|past| past.solved().is_empty()))
            .count();
        if unsolved > 0 {
            lines.extend(lay_plain(words.lab_waits, width, theme.text));
        }
        let next = match next(lesson, model) {
            Some(entry) => (words.next_is)(entry.title.get(skin.lang)),
            None => words.no_next.to_owned(),
        };
        lines.extend(lay_plain(&next, width, theme.text));
    } else {
        lines.extend(lay_plain(&(words.questions_left)(open.len()), width, theme.text));
    }
    lines
}
