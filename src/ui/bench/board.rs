//! How the board of who reaches whom looks: a box with a cell for each sender and receiver, and
//! below it what passes in the chosen one.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{
        Area, Seen, Target,
        bench::{
            Bench,
            board::{Board, Turned},
        },
    },
    cloud::{
        InterfaceId, Thing,
        reach::{End, Passage, Traffic},
    },
    net::Protocol,
    tell::Teller,
    text::{
        line::Run,
        width::{truncate, width},
    },
    ui::{Skin, chrome, sheet::Sheet},
};

/// The widest that names of rows and columns get.
const NAME: u16 = 18;
/// The narrowest that a column gets.
const CELL: u16 = 5;
/// How many lines at the bottom say what the chosen cell means.
const SAYS: u16 = 6;

/// Draws the board over the bench.
pub fn draw(
    bench: &Bench,
    board: &Board,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
) {
    let teller = Teller::new(bench.network(), skin.lang);
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let names: Vec<String> = board.ends().iter().map(|end| name(&teller, board, *end)).collect();
    let count = names.len() as u16;
    let lead = names.iter().map(|it| width(it) as u16).max().unwrap_or(0).clamp(4, NAME);
    let room = area.width.saturating_sub(6 + lead + 2);
    let widest = names.iter().map(|it| width(it) as u16).max().unwrap_or(0) + 2;
    let cell = widest.clamp(CELL, NAME).min((room / count.max(1)).max(CELL));
    let wanted = lead + 2 + cell * count + 4;
    let place =
        chrome::middle(area, wanted.max(46).min(area.width), (count + SAYS + 5).min(area.height));
    let room = chrome::popup(buffer, place, skin, words.who_reaches, seen);
    let room = Rect { x: room.x + 1, width: room.width.saturating_sub(2), ..room };
    let says = SAYS.min(room.height.saturating_sub(3));
    let grid = Rect { height: room.height.saturating_sub(says + 1), ..room };
    let (row, column) = board.at();

    // As many columns and rows as fit, the chosen one among them.
    let fit = usize::from(grid.width.saturating_sub(lead + 2) / cell).max(1);
    let first = (column + 1).saturating_sub(fit);
    let rows = usize::from(grid.height.saturating_sub(1)).max(1);
    let top = (row + 1).saturating_sub(rows);
    let x_of = |at: usize| grid.x + lead + 2 + cell * (at - first) as u16;
    let shown = board.ends().len().min(first + fit);
    chrome::put(buffer, grid.x, grid.y, lead + 1, words.from_to, theme.dim);
    for (at, name) in names.iter().enumerate().take(shown).skip(first) {
        let style = if at == column { theme.accent } else { theme.dim };
        let text = truncate(name, usize::from(cell - 1), skin.glyph.more);
        chrome::put(buffer, x_of(at), grid.y, cell - 1, &text, style);
    }
    let bottom = board.ends().len().min(top + rows);
    for (at, from) in board.ends().iter().enumerate().take(bottom).skip(top) {
        let y = grid.y + 1 + (at - top) as u16;
        if y >= grid.bottom() {
            break;
        }
        let style = if at == row { theme.accent } else { theme.text };
        let text = truncate(&names[at], usize::from(lead), skin.glyph.more);
        chrome::put(buffer, grid.x, y, lead, &text, style);
        for (to, end) in board.ends().iter().enumerate().take(shown).skip(first) {
            let (text, mut style) = cell_words(board, *from, *end, skin);
            let hit = Area { x: x_of(to), y, width: cell - 1, height: 1 };
            if (at, to) == (row, column) {
                style = style.patch(theme.chosen);
                buffer.set_style(Rect { x: hit.x, y, width: cell - 1, height: 1 }, theme.chosen);
            }
            let text = truncate(&text, usize::from(cell - 1), skin.glyph.more);
            chrome::put(buffer, hit.x, y, cell - 1, &text, style);
            seen.hits.push((hit, Target::Cell(at * board.ends().len() + to)));
        }
    }
    if first > 0 {
        chrome::mark(buffer, x_of(first) - 1, grid.y, skin.glyph.arrow_back, theme.dim);
    }
    if shown < board.ends().len() {
        chrome::mark(buffer, grid.right() - 1, grid.y, skin.glyph.arrow, theme.dim);
    }
    if top > 0 {
        chrome::mark(buffer, grid.right() - 1, grid.y + 1, skin.glyph.up, theme.dim);
    }
    if bottom < board.ends().len() {
        chrome::mark(buffer, grid.right() - 1, grid.bottom() - 1, skin.glyph.down, theme.dim);
    }

    let rule = Rect { y: grid.bottom(), height: 1, ..room };
    chrome::rule(buffer, rule, skin);
    let foot = Rect { y: rule.y + 1, height: says, ..room };
    let (from, to) = (board.ends()[row], board.ends()[column]);
    explain(board, &teller, (from, to), skin, foot.width).draw(buffer, foot, 0, seen);
}

/// What a row or column is called.
fn name(teller: &Teller<'_>, board: &Board, end: End) -> String {
    match end {
        End::Group(_) => teller.interfaces(board.members(end)),
        End::OnPremises(id) => teller
            .network()
            .name(Thing::OnPremises(id))
            .map(ToString::to_string)
            .unwrap_or_default(),
        End::Internet => teller.lang().strings().fix.internet.to_owned(),
    }
}

/// A cell: what passes as a sign and a few letters, and what the last step did to it.
fn cell_words(board: &Board, from: End, to: End, skin: &Skin) -> (String, Style) {
    let (glyph, theme) = (&skin.glyph, &skin.theme);
    let alone = |members: &[InterfaceId]| members.len() < 2;
    if from == to && alone(board.members(from)) {
        return (String::new(), theme.dim);
    }
    let passages = board.passages(from, to);
    let turned = match board.turned(from, to) {
        Turned::Same => "",
        Turned::Opened => "+",
        Turned::Shut => "-",
        Turned::Changed => "~",
    };
    let (text, style) = match passages {
        [] => (glyph.wrong.to_owned(), theme.dim),
        [only] if everything(only) => (glyph.right.to_owned(), theme.good),
        some => (format!("{} {}", glyph.right, brief(some)), theme.good),
    };
    let style = if turned.is_empty() { style } else { theme.warn };
    (format!("{turned}{text}"), style)
}

fn everything(passage: &Passage) -> bool {
    let all = &Traffic::ALL;
    passage.traffic.ports == all.ports
        && passage.traffic.protocols.iter().count() + 1 >= all.protocols.iter().count()
}

/// The ports that pass, as long as they are few; else how many sorts of traffic do.
fn brief(passages: &[Passage]) -> String {
    let one = |passage: &Passage| {
        let Traffic { protocols, ports, .. } = &passage.traffic;
        let tcp = protocols.iter().eq([Protocol::TCP]);
        (tcp && ports.low == ports.high).then(|| ports.to_string())
    };
    let mut ports: Vec<String> = passages.iter().filter_map(one).collect();
    ports.dedup();
    if ports.is_empty() || passages.iter().any(|passage| one(passage).is_none()) {
        return String::new();
    }
    ports.join(",")
}

/// What the chosen cell means.
fn explain(
    board: &Board,
    teller: &Teller<'_>,
    (from, to): (End, End),
    skin: &Skin,
    cells: u16,
) -> Sheet {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let mut sheet = Sheet::new(cells);
    let (sender, receiver) = (name(teller, board, from), name(teller, board, to));
    let runs = [
        Run::new(sender, theme.code),
        Run::new(format!(" {} ", skin.glyph.arrow), theme.dim),
        Run::new(receiver, theme.code),
    ];
    sheet.runs(&runs, 0, 2);
    let passages = board.passages(from, to);
    if passages.is_empty() {
        sheet.text(words.nothing_passes, theme.text);
    }
    for passage in passages {
        let mut text = teller.traffic(&passage.traffic);
        if !passage.far.is_empty() {
            let far = match (from, to) {
                (End::OnPremises(id), _) | (_, End::OnPremises(id)) => {
                    teller.on_premises(id, &passage.far)
                }
                _ => teller.internet(&passage.far),
            };
            text = format!("{text}  ({far})");
        }
        sheet.runs(&[Run::new(format!("{} {text}", skin.glyph.right), theme.good)], 0, 2);
    }
    let turned = match board.turned(from, to) {
        Turned::Same => return sheet,
        Turned::Opened => words.turned_opened,
        Turned::Shut => words.turned_shut,
        Turned::Changed => words.turned_changed,
    };
    sheet.text(turned, theme.warn);
    sheet
}
