//! A terminal's cells as an SVG picture: lines as lines, letters as letters, each on its cell, so
//! that Hangul takes two cells whatever font a reader has. Nothing is fetched from elsewhere.

use std::{collections::BTreeMap, fmt::Write as _};

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use crate::text::width::width;

/// The size of a cell, and of the letters in it.
const CELL: (f32, f32) = (9.0, 19.0);
const LETTER: f32 = 15.0;
/// Letters of two cells are a little larger, so that they fill them.
const WIDE_LETTER: f32 = 17.0;
/// How far below a cell's top its letters stand.
const BASELINE: f32 = 14.0;
/// Around the screen; above it there may be a window's title bar.
const MARGIN: f32 = 14.0;
const BAR: f32 = 30.0;

/// What a picture is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paper {
    /// Light, or dark?
    pub light: bool,
    /// Does it look like a window, with a title bar?
    pub window: bool,
}

impl Paper {
    fn background(self) -> &'static str {
        if self.light { "#fdfdfc" } else { "#1a1b26" }
    }

    fn foreground(self) -> &'static str {
        if self.light { "#24292f" } else { "#d5d9e6" }
    }

    /// How far below the picture's upper edge the first row begins.
    fn top(self) -> f32 {
        if self.window { BAR } else { MARGIN }
    }
}

const FONTS: &str =
    "D2Coding, 'Noto Sans Mono CJK KR', 'Sarasa Mono K', Menlo, Consolas, monospace";

/// The picture of a screen; `title` says in words what it shows.
pub fn picture(buffer: &Buffer, paper: Paper, title: &str) -> String {
    let area = buffer.area;
    let (cells_wide, cells_high) = (f32::from(area.width), f32::from(area.height));
    let (wide, high) =
        (cells_wide * CELL.0 + 2.0 * MARGIN, cells_high * CELL.1 + paper.top() + MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" \
         font-family=\"{FONTS}\" font-size=\"{LETTER}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"{wide}\" height=\"{high}\" rx=\"8\" fill=\"{background}\"/>\n",
        escaped(title),
        background = paper.background()
    );
    let dots = if paper.window { 3 } else { 0 };
    for (x, colour) in [(20, "#f7768e"), (38, "#e0af68"), (56, "#9ece6a")].into_iter().take(dots) {
        line(&mut svg, format_args!("<circle cx=\"{x}\" cy=\"15\" r=\"5\" fill=\"{colour}\"/>"));
    }
    let mut strokes = Strokes::default();
    for y in 0..area.height {
        let top = paper.top() + f32::from(y) * CELL.1;
        let mut x = 0;
        let mut run: Option<Run> = None;
        while x < area.width {
            let cell = &buffer[(area.x + x, area.y + y)];
            let cells = width(cell.symbol()).max(1) as u16;
            let left = MARGIN + f32::from(x) * CELL.0;
            let ink = Ink::of(cell, paper);
            if let Some(fill) = &ink.background {
                let (wide, high) = (f32::from(cells) * CELL.0, CELL.1);
                line(
                    &mut svg,
                    format_args!(
                        "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\" fill=\"{fill}\"/>"
                    ),
                );
            }
            if let Some(sign) = line_sign(cell.symbol()) {
                strokes.add(x, y, sign, &ink);
            } else if !cell.symbol().trim().is_empty() {
                match &mut run {
                    Some(run) if run.ink == ink => run.add(left, cell.symbol()),
                    _ => {
                        flush(&mut svg, run.take(), top);
                        run = Some(Run::new(ink, left, cell.symbol()));
                    }
                }
            }
            x += cells;
        }
        flush(&mut svg, run, top);
    }
    strokes.write(&mut svg, paper.top());
    svg.push_str("</svg>\n");
    svg
}

fn line(svg: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(svg, "{text}");
}

/// How a cell is drawn.
#[derive(PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "five independent marks")]
struct Ink {
    colour: String,
    background: Option<String>,
    bold: bool,
    italic: bool,
    underlined: bool,
    faint: bool,
    wide: bool,
}

impl Ink {
    fn of(cell: &Cell, paper: Paper) -> Self {
        let has = |modifier| cell.modifier.contains(modifier);
        let mut colour = hex(cell.fg, paper).unwrap_or_else(|| paper.foreground().into());
        let mut background = hex(cell.bg, paper);
        if has(Modifier::REVERSED) {
            let below = background.take().unwrap_or_else(|| paper.background().into());
            background = Some(std::mem::replace(&mut colour, below));
        }
        Self {
            colour,
            background,
            bold: has(Modifier::BOLD),
            italic: has(Modifier::ITALIC),
            underlined: has(Modifier::UNDERLINED),
            faint: has(Modifier::DIM),
            wide: width(cell.symbol()) > 1,
        }
    }
}

/// A text as it may stand in the picture's source.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Nothing else below a space may stand in XML, and no name needs those.
            character if character.is_control() => {}
            character => out.push(character),
        }
        out
    })
}

/// Letters of one row that are drawn alike, each with its place.
struct Run {
    ink: Ink,
    places: String,
    letters: String,
}

impl Run {
    fn new(ink: Ink, x: f32, letter: &str) -> Self {
        let mut run = Self { ink, places: String::new(), letters: String::new() };
        run.add(x, letter);
        run
    }

    fn add(&mut self, x: f32, letter: &str) {
        // One place per character: what joins a letter before it stays where that one is.
        for _ in letter.chars() {
            if !self.places.is_empty() {
                self.places.push(' ');
            }
            let _ = write!(self.places, "{x}");
        }
        self.letters.push_str(&escaped(letter));
    }
}

fn flush(svg: &mut String, run: Option<Run>, top: f32) {
    let Some(Run { ink, places, letters }) = run else { return };
    let mut how = format!("fill=\"{}\"", ink.colour);
    if ink.wide {
        let _ = write!(how, " font-size=\"{WIDE_LETTER}\"");
    }
    for (is, attribute) in [
        (ink.bold, " font-weight=\"bold\""),
        (ink.italic, " font-style=\"italic\""),
        (ink.underlined, " text-decoration=\"underline\""),
        (ink.faint, " opacity=\"0.6\""),
    ] {
        if is {
            how.push_str(attribute);
        }
    }
    let y = top + BASELINE;
    line(svg, format_args!("<text y=\"{y}\" x=\"{places}\" {how}>{letters}</text>"));
}

/// What a line sign is made of.
#[derive(Clone, Copy)]
struct Sign {
    /// How heavy its arms are: left, right, up, down; 0 for none.
    arms: [u8; 4],
    dashed: bool,
}

/// The arms of a line sign; these are drawn as lines, so that they join.
fn line_sign(sign: &str) -> Option<Sign> {
    let arms = match sign {
        "─" | "╌" | "┄" | "┈" => [1, 1, 0, 0],
        "│" | "╎" | "┆" | "┊" => [0, 0, 1, 1],
        "┌" | "╭" => [0, 1, 0, 1],
        "┐" | "╮" => [1, 0, 0, 1],
        "└" | "╰" => [0, 1, 1, 0],
        "┘" | "╯" => [1, 0, 1, 0],
        "├" => [0, 1, 1, 1],
        "┤" => [1, 0, 1, 1],
        "┬" => [1, 1, 0, 1],
        "┴" => [1, 1, 1, 0],
        "┼" => [1, 1, 1, 1],
        "━" | "═" => [2, 2, 0, 0],
        "┃" | "║" => [0, 0, 2, 2],
        "┏" | "╔" => [0, 2, 0, 2],
        "┓" | "╗" => [2, 0, 0, 2],
        "┗" | "╚" => [0, 2, 2, 0],
        "┛" | "╝" => [2, 0, 2, 0],
        "┣" | "╠" => [0, 2, 2, 2],
        "┫" | "╣" => [2, 0, 2, 2],
        "┳" | "╦" => [2, 2, 0, 2],
        "┻" | "╩" => [2, 2, 2, 0],
        "╋" | "╬" => [2, 2, 2, 2],
        _ => return None,
    };
    Some(Sign { arms, dashed: matches!(sign, "╌" | "┄" | "┈" | "╎" | "┆" | "┊") })
}

/// How lines are drawn: colour, weight, faint, dashed.
type Pen = (String, u8, bool, bool);
/// Where a line lies (its row or column of half cells) and from where to where.
type Stroke = (u16, u16, u16);

/// The lines of a picture, in half cells, by how they are drawn.
#[derive(Default)]
struct Strokes {
    across: BTreeMap<Pen, Vec<Stroke>>,
    down: BTreeMap<Pen, Vec<Stroke>>,
}

impl Strokes {
    fn add(&mut self, x: u16, y: u16, sign: Sign, ink: &Ink) {
        let [left, right, up, down] = sign.arms;
        let pen = |weight| (ink.colour.clone(), weight, ink.faint, sign.dashed);
        let (x, y) = (2 * x, 2 * y);
        for (weight, from) in [(left, x), (right, x + 1)] {
            if weight > 0 {
                self.across.entry(pen(weight)).or_default().push((y + 1, from, from + 1));
            }
        }
        for (weight, from) in [(up, y), (down, y + 1)] {
            if weight > 0 {
                self.down.entry(pen(weight)).or_default().push((x + 1, from, from + 1));
            }
        }
    }

    fn write(self, svg: &mut String, top: f32) {
        let across = |at: u16| MARGIN + f32::from(at) * CELL.0 / 2.0;
        let down = |at: u16| top + f32::from(at) * CELL.1 / 2.0;
        for (pen, strokes) in self.across {
            let path = joined(strokes).into_iter().fold(String::new(), |path, (y, from, to)| {
                format!("{path}M{} {}H{}", across(from), down(y), across(to))
            });
            draw(svg, &pen, &path);
        }
        for (pen, strokes) in self.down {
            let path = joined(strokes).into_iter().fold(String::new(), |path, (x, from, to)| {
                format!("{path}M{} {}V{}", across(x), down(from), down(to))
            });
            draw(svg, &pen, &path);
        }
    }
}

/// Strokes that continue each other become one.
fn joined(mut strokes: Vec<Stroke>) -> Vec<Stroke> {
    strokes.sort_unstable();
    let mut all: Vec<Stroke> = Vec::new();
    for (at, from, to) in strokes {
        match all.last_mut() {
            Some((last, _, end)) if *last == at && *end >= from => *end = to.max(*end),
            _ => all.push((at, from, to)),
        }
    }
    all
}

fn draw(svg: &mut String, (colour, weight, faint, dashed): &Pen, path: &str) {
    let width = f32::from(*weight) * 1.2;
    let faint = if *faint { " opacity=\"0.6\"" } else { "" };
    let dashed = if *dashed { " stroke-dasharray=\"3 2\"" } else { "" };
    line(
        svg,
        format_args!(
            "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width}\" fill=\"none\"{faint}{dashed}/>"
        ),
    );
}

fn hex(colour: Color, paper: Paper) -> Option<String> {
    let name = match colour {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => return Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Black => "#15161e",
        Color::Red | Color::LightRed => "#f7768e",
        Color::Green | Color::LightGreen => "#9ece6a",
        Color::Yellow | Color::LightYellow => "#e0af68",
        Color::Blue | Color::LightBlue => "#7aa2f7",
        Color::Magenta | Color::LightMagenta => "#bb9af7",
        Color::Cyan | Color::LightCyan => "#7dcfff",
        Color::Gray => "#a9b1d6",
        Color::DarkGray => "#565f89",
        Color::White => "#ffffff",
        Color::Indexed(index) => return Some(indexed(index, paper)),
    };
    Some(name.into())
}

/// A colour of xterm's 256.
fn indexed(index: u8, paper: Paper) -> String {
    match index {
        0..=15 => paper.foreground().into(),
        16..=231 => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
            let (red, green, blue) = ((index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6);
            format!("#{:02x}{:02x}{:02x}", level(red), level(green), level(blue))
        }
        232.. => {
            let gray = 8 + (index - 232) * 10;
            format!("#{gray:02x}{gray:02x}{gray:02x}")
        }
    }
}
