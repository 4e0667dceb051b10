//! How a bench looks: the map beside what the work is for and what is selected; in a small window
//! they take turns, switched by the tabs on top.

mod board;
mod form;
mod inspect;
mod outlook;
mod pick;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{
        Action, Area, Seen, Target,
        bench::{
            Bench, Notice, Pane,
            outline::{Entry, outline},
        },
        canvas::{Canvas, Spot},
        flight::Travel,
    },
    cloud::{NatSeat, Network, Thing, Verdict},
    tell::{Teller, written},
    text::{line::Run, width::width},
    ui::{
        Skin,
        canvas::{self, View as MapView, Way},
        chrome,
        flight::{self, Form as FlightForm},
        page::coded,
        sheet::{Sheet, scrolled},
    },
};

/// From this width on everything is side by side.
const WIDE: u16 = 100;

/// The fewest columns of what stands beside the map.
const NARROWEST_SIDE: u16 = 42;
/// By so many columns it gives way to the map.
const SIDE_STEP: usize = 6;

/// The fewest rows that the map gets when it shares a small window.
const LOWEST_MAP: u16 = 9;
/// The fewest rows in which the map shares a small window at all.
const LEAST_SHARED: u16 = 16;

/// The fewest rows of a map that keeps one for the lights.
const LEAST_LIT: u16 = 8;

/// What a screen shows of what the work on its bench is for.
pub struct Task<'a> {
    /// What its tab says.
    pub tab: String,
    /// What stands at the end of the tabs, when it is done.
    pub done: Option<&'a str>,
    /// Its pane, in so many columns.
    pub sheet: &'a dyn Fn(u16) -> Sheet,
}

/// What came of drawing a bench.
pub struct Drawn {
    /// The part of the screen below the tabs, over which a box may stand.
    pub body: Rect,
    /// What is left to be said in the status line.
    pub status: String,
    /// How that is said.
    pub tone: Style,
    /// Where the cursor belongs, if a field has the keyboard.
    pub cursor: Option<(u16, u16)>,
}

/// Draws a bench.
pub fn draw(
    bench: &Bench,
    task: &Task<'_>,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
) -> Drawn {
    let mut cursor = None;
    let tabs_row = Rect { height: 1.min(area.height), ..area };
    tabs(bench, task, buffer, tabs_row, skin, seen);
    // One line fits into the status line; more stands above it.
    let (said, tone) = said(bench, skin);
    let room = area.width.saturating_sub(2);
    let mut long = Sheet::new(room);
    if width(&said) > usize::from(room) {
        long.runs(&coded(&said, tone, skin), 0, 2);
    }
    let below = long.height().min(area.height.saturating_sub(tabs_row.height) / 2);
    let body = Rect {
        y: area.y + tabs_row.height,
        height: area.height.saturating_sub(tabs_row.height + below),
        ..area
    };
    let foot = Rect { x: area.x + 1, y: body.bottom(), width: room, height: below };
    seen.wide = area.width >= WIDE;
    if seen.wide {
        wide(bench, task, skin, buffer, body, seen, &mut cursor);
    } else {
        narrow(bench, task, skin, buffer, body, seen, &mut cursor);
    }
    long.draw(buffer, foot, 0, seen);
    if let Some(board) = bench.board() {
        board::draw(bench, board, skin, buffer, body, seen);
        cursor = None;
    }
    let status = if below == 0 { said } else { String::new() };
    Drawn { body, status, tone, cursor }
}

/// The parts of the screen, with their digits; a click shows one.
fn tabs(
    bench: &Bench,
    task: &Task<'_>,
    buffer: &mut Buffer,
    area: Rect,
    skin: &Skin,
    seen: &mut Seen,
) {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    // Nothing is chosen here while something is dragged: what letting go would do stands here,
    // where the map need not give way to it.
    if bench.drag().is_some() && bench.outlook().is_some() && area.width < WIDE {
        let mut sheet = Sheet::new(u16::MAX);
        sheet.runs(&outlook::line(bench, skin, area.width), 0, 0);
        let row = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        sheet.draw(buffer, row, 0, seen);
        return;
    }
    let mut x = area.x + 1;
    let gap = if area.width < WIDE { 2 } else { 3 };
    for (index, pane) in Pane::ALL.into_iter().enumerate() {
        let name = match pane {
            Pane::Map => words.map.to_owned(),
            Pane::Inspect => words.inspect.to_owned(),
            Pane::Task => task.tab.clone(),
            Pane::Flight => words.packet.to_owned(),
        };
        let here = bench.focus() == pane;
        let pointer = if here { skin.glyph.pointer } else { " " };
        let digit = if bench.digits_choose() || bench.is_asking() {
            pointer.to_owned()
        } else {
            format!("{pointer}{} ", index + 1)
        };
        let style = if here { theme.chosen } else { theme.dim };
        let cells = (width(&digit) + width(&name)) as u16;
        if x + cells > area.right() {
            break;
        }
        chrome::put(buffer, x, area.y, cells, &digit, theme.key);
        chrome::put(buffer, x + width(&digit) as u16, area.y, cells, &name, style);
        seen.hits.push((Area { x, y: area.y, width: cells, height: 1 }, Target::Pane(pane)));
        x += cells + gap;
    }
    let board = !bench.is_blind();
    let digit = if bench.digits_choose() || bench.is_asking() { "" } else { "5 " };
    let cells = (width(digit) + width(words.board)) as u16 + 1;
    if board && x + cells <= area.right() {
        let style = if bench.board().is_some() { theme.chosen } else { theme.dim };
        chrome::put(buffer, x + 1, area.y, cells, digit, theme.key);
        chrome::put(buffer, x + 1 + width(digit) as u16, area.y, cells, words.board, style);
        let hit = Area { x, y: area.y, width: cells, height: 1 };
        seen.hits.push((hit, Target::Action(Action::Board)));
        x += cells + 2;
    }
    let mut end = area.right();
    if let Some(done) = task.done {
        let text = format!("{} {done}", skin.glyph.right);
        let cells = width(&text) as u16;
        if x + cells < end {
            chrome::put(buffer, end - cells - 1, area.y, cells, &text, theme.good);
            end -= cells + 2;
        }
    }
    // Where a packet is chosen, letters mean packets.
    if bench.board().is_none() && !bench.is_asking() && !bench.digits_choose() {
        let offered = |action: &Action| bench.offers(*action, seen);
        let tools: Vec<_> = chrome::BUTTONS.into_iter().filter(offered).collect();
        chrome::buttons(
            buffer,
            Rect { x, width: end.saturating_sub(x), ..area },
            skin,
            &tools,
            seen,
        );
    }
}

/// Everything side by side: the map, then a column with the task above what is selected.
fn wide(
    bench: &Bench,
    task: &Task<'_>,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
    cursor: &mut Option<(u16, u16)>,
) {
    let side = side(bench, area, seen);
    let left = Rect { width: area.width - side, ..area };
    let right = Rect { x: left.right() + 1, width: side - 2, ..area };
    for y in area.top()..area.bottom() {
        chrome::put(buffer, left.right() - 1, y, 1, skin.glyph.quote, skin.theme.frame);
    }
    let map = Rect { width: left.width - 1, ..left };
    network(bench, skin, buffer, map, seen);

    let goals = (task.sheet)(right.width);
    // What is worked on gets the most room; goals keep enough to see them turn.
    let forked = bench.is_forked() && bench.focus() == Pane::Flight;
    let most = match bench.focus() {
        Pane::Task => area.height * 3 / 4,
        Pane::Flight if forked => area.height / 4,
        _ => area.height * 2 / 5,
    };
    let top = Rect { height: goals.height().min(most).max(3).min(area.height), ..right };
    scrolled_from_top(bench.focus() == Pane::Task, &goals, buffer, top, skin, seen);
    if top.bottom() < area.bottom() {
        let rule = Rect { y: top.bottom(), height: 1, ..right };
        chrome::rule(buffer, rule, skin);
    }
    let lower = Rect {
        y: (top.bottom() + 1).min(area.bottom()),
        height: area.height.saturating_sub(top.height + 1),
        ..right
    };
    let lower = outlook::below(bench, skin, buffer, lower, seen);
    let flying = bench.focus() == Pane::Flight
        || !bench.is_asking()
            && bench.focus() != Pane::Inspect
            && bench.flight().travel().is_some();
    if let (false, true, Some(travel)) = (bench.is_asking(), flying, bench.flight().travel())
        && travel.fork().is_some()
    {
        flight::futures::draw(travel, skin, buffer, lower, seen);
        return;
    }
    let sheet = match (bench.picker(), bench.form()) {
        (Some(picker), _) => pick::sheet(bench, picker, skin, lower.width),
        (None, Some(form)) => {
            *cursor = form::draw(bench, form, skin, buffer, lower, seen);
            return;
        }
        (None, None) if flying => packet(bench, skin, lower),
        (None, None) => inspect::sheet(bench, skin, lower.width),
    };
    *cursor = scrolled(&sheet, buffer, lower, skin, seen);
}

/// How wide the column beside the map is: narrower than usual where the map then fits.
fn side(bench: &Bench, area: Rect, seen: &mut Seen) -> u16 {
    let usual = match area.width {
        ..120 => NARROWEST_SIDE,
        120..150 => 48,
        150..180 => 58,
        _ => 70,
    };
    let (room, most) = (area.width - usual - 1, area.width - NARROWEST_SIDE - 1);
    if room == most || bench.is_list(room, area.height) {
        return usual;
    }
    // In few steps, so that what stands there is not laid anew for each change.
    let mut steps = (room..most).step_by(SIDE_STEP).chain([most]);
    let fits = steps.find(|room| {
        seen.rooms.push((*room, area.height));
        bench.canvas(*room, area.height).width <= *room
    });
    fits.map_or(usual, |room| area.width - room - 1)
}

/// One part at a time.
fn narrow(
    bench: &Bench,
    task: &Task<'_>,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
    cursor: &mut Option<(u16, u16)>,
) {
    let page = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if bench.is_asking() {
        let room = outlook::below(bench, skin, buffer, page, seen);
        *cursor = match (bench.picker(), bench.form()) {
            (Some(picker), _) => {
                let sheet = pick::sheet(bench, picker, skin, page.width);
                scrolled(&sheet, buffer, room, skin, seen)
            }
            (None, Some(form)) => form::draw(bench, form, skin, buffer, room, seen),
            (None, None) => None,
        };
        // The keyboard is elsewhere, but arrows must know the map when one comes back.
        seen.map = (page.width, page.height);
        return;
    }
    match (bench.focus(), bench.flight().travel()) {
        (Pane::Map, _) => network(bench, skin, buffer, area, seen),
        (Pane::Inspect, _) => {
            let sheet = inspect::sheet(bench, skin, page.width);
            let room = outlook::below(bench, skin, buffer, page, seen);
            scrolled(&sheet, buffer, room, skin, seen);
            seen.map = (area.width, area.height);
        }
        (Pane::Task, _) => {
            let sheet = (task.sheet)(page.width);
            scrolled(&sheet, buffer, page, skin, seen);
            seen.map = (area.width, area.height);
        }
        (Pane::Flight, Some(travel)) if !bench.details() && area.height >= LEAST_SHARED => {
            let strip = watched(bench, travel, skin, page.width);
            // Always as much room, so that the map stands still while the packet moves.
            let least = if travel.fork().is_some() { 6 } else { 4 };
            let below = strip.height().max(least).min(area.height / 2);
            let map = Rect { height: area.height - below, ..area };
            network(bench, skin, buffer, map, seen);
            let strip_area = Rect { y: map.bottom(), height: below, ..page };
            scrolled(&strip, buffer, strip_area, skin, seen);
        }
        (Pane::Flight, Some(travel)) if travel.fork().is_some() => {
            flight::futures::draw(travel, skin, buffer, page, seen);
            seen.map = (area.width, area.height);
        }
        (Pane::Flight, Some(travel)) => {
            let left = Rect { width: page.width * 2 / 5, ..page };
            let right = Rect {
                x: left.right() + 2,
                width: page.width.saturating_sub(left.width + 2),
                ..page
            };
            let mut ladder = Sheet::new(left.width);
            flight::ladder(travel, skin, &mut ladder);
            scrolled(&ladder, buffer, left, skin, seen);
            let hop = flight::hop(travel, travel.hop(), skin, right.width);
            scrolled(&hop, buffer, right, skin, seen);
            seen.map = (area.width, area.height);
        }
        (Pane::Flight, None) => {
            // One predicts with the map in sight.
            let sheet = packet(bench, skin, page);
            if area.height < LEAST_SHARED {
                scrolled(&sheet, buffer, page, skin, seen);
                seen.map = (area.width, area.height);
                return;
            }
            let below = sheet.height().min(area.height.saturating_sub(LOWEST_MAP));
            let map = Rect { height: area.height - below, ..area };
            network(bench, skin, buffer, map, seen);
            let list = Rect { y: map.bottom(), height: below, ..page };
            scrolled(&sheet, buffer, list, skin, seen);
        }
    }
}

/// Goals are read from the top unless a row of theirs is chosen.
fn scrolled_from_top(
    focus: bool,
    sheet: &Sheet,
    buffer: &mut Buffer,
    area: Rect,
    skin: &Skin,
    seen: &mut Seen,
) {
    if focus {
        scrolled(sheet, buffer, area, skin, seen);
        return;
    }
    sheet.draw(buffer, area, 0, seen);
    if sheet.height() > area.height && area.height > 0 {
        let (x, y) = (area.right() - 1, area.bottom() - 1);
        chrome::mark(buffer, x, y, skin.glyph.down, skin.theme.dim);
    }
}

/// The network, as a map or as a list.
fn network(bench: &Bench, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) {
    if area.is_empty() {
        seen.map = (0, 0);
        return;
    }
    seen.map = (area.width, area.height);
    if bench.is_list(area.width, area.height) {
        let page = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let sheet = list(bench, skin, page.width);
        scrolled(&sheet, buffer, page, skin, seen);
        return;
    }
    let hit = Area { x: area.x, y: area.y, width: area.width, height: area.height };
    seen.hits.push((hit, Target::Pane(Pane::Map)));
    let area = lights(bench, skin, buffer, area, seen);
    seen.map = (area.width, area.height);
    let drawn = bench.canvas(area.width, area.height);
    let at = bench.window(&drawn, area.width, area.height);
    // What is smaller than the window stands in its middle, a little above.
    let x = area.width.saturating_sub(drawn.width) / 2;
    let y = area.height.saturating_sub(drawn.height) / 3;
    let window =
        Rect { x: area.x + x, y: area.y + y, width: area.width - x, height: area.height - y };
    let travel = bench.flight().travel().filter(|_| bench.is_flying());
    let selected = bench.pointed();
    let network = bench.drawn();
    let view = MapView {
        network: &network,
        canvas: &drawn,
        selected,
        travel: travel.map(|travel| Way::new(travel, &drawn)),
        down: bench.failed_zone(),
        at,
        stamped: false,
    };
    canvas::draw(&view, skin, buffer, window, seen);
    if let Some(drag) = bench.drag() {
        let sign = (skin.glyph.dot, skin.theme.accent);
        for spot in pick::possible(bench, drag, &drawn) {
            mark(bench, &drawn, (spot, sign), at, window, buffer, skin);
        }
        if let Some(spot) = pick::spot(bench, drag.from) {
            let sign = (skin.glyph.pointer, skin.theme.chosen);
            mark(bench, &drawn, (spot, sign), at, window, buffer, skin);
        }
    }
    if let Some(spot) = pick::marked(bench, skin) {
        let sign = (skin.glyph.arrow, skin.theme.chosen.patch(skin.theme.warn));
        mark(bench, &drawn, (spot, sign), at, window, buffer, skin);
    }
    more(buffer, area, &drawn, at, skin);
    if bench.network().vpcs().is_empty() && !bench.is_asking() {
        let below = window.y + drawn.height + 1;
        let rest = Rect { y: below, height: area.bottom().saturating_sub(below), ..area };
        invite(bench, skin, buffer, rest, seen);
    }
}

/// Where nothing was built yet: what to begin with.
fn invite(bench: &Bench, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) {
    if area.height < 3 || !bench.offers(Action::New, seen) {
        return;
    }
    let mut sheet = Sheet::new(area.width.saturating_sub(4));
    sheet.text(skin.words.bench.nothing_yet, skin.theme.text);
    let cells = sheet.widest();
    let text = Rect {
        x: area.x + (area.width - cells.min(area.width)) / 2,
        width: cells,
        height: sheet.height().min(area.height - 2),
        ..area
    };
    sheet.draw(buffer, text, 0, seen);
    let row = Rect { y: text.bottom() + 1, height: 1, ..area };
    if row.y < area.bottom() {
        chrome::button(buffer, row, skin, Action::New, seen);
    }
}

/// The packets that were sent, as lights in the last row of the map; answers what is left of it.
fn lights(bench: &Bench, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) -> Rect {
    let lights = bench.lights();
    let lit = lights.iter().any(|light| light.now.is_some());
    if !lit || area.height < LEAST_LIT || bench.is_flying() {
        return area;
    }
    let (glyph, theme) = (&skin.glyph, &skin.theme);
    let sign = |verdict: &Verdict| match verdict {
        Verdict::Delivered => (glyph.right, theme.good),
        Verdict::Refused => (glyph.arrow_back, theme.warn),
        Verdict::Dropped { .. } => (glyph.wrong, theme.bad),
    };
    let y = area.bottom() - 1;
    let mut x = area.x + 1;
    let put = |buffer: &mut Buffer, x: &mut u16, text: &str, style: Style| {
        let cells = (width(text) as u16).min(area.right().saturating_sub(*x));
        chrome::put(buffer, *x, y, cells, text, style);
        *x += cells;
    };
    put(buffer, &mut x, skin.words.lab.lights, theme.dim);
    for (index, light) in lights.iter().enumerate() {
        let Some(now) = light.now else { continue };
        let named = !light.packet.name.is_empty();
        let name = if named { light.packet.name.to_string() } else { light.packet.written.clone() };
        if x + width(&name) as u16 + 7 > area.right() {
            put(buffer, &mut x, &format!("  {}", glyph.more), theme.dim);
            break;
        }
        let start = x;
        put(buffer, &mut x, "  ", theme.dim);
        if let Some(was) = light.was {
            let (text, _) = sign(&was);
            put(buffer, &mut x, &format!("{text}{}", glyph.arrow), theme.dim);
        }
        let (text, style) = sign(&now);
        put(buffer, &mut x, text, style);
        let style = if light.was.is_some() { theme.strong } else { theme.dim };
        put(buffer, &mut x, &format!(" {name}"), style);
        seen.hits.push((Area { x: start, y, width: x - start, height: 1 }, Target::Item(index)));
    }
    Rect { height: area.height - 1, ..area }
}

/// Marks a place, such as what something would be wired to: a sign before its name, and its name
/// set off.
fn mark(
    bench: &Bench,
    drawn: &Canvas,
    (spot, (sign, style)): (Spot, (&str, Style)),
    at: (u16, u16),
    window: Rect,
    buffer: &mut Buffer,
    skin: &Skin,
) {
    let Some(node) = drawn.shown(bench.network(), spot) else { return };
    let area = node.label;
    for y in area.y..area.y + area.height.min(1) {
        for x in area.x.saturating_sub(1)..area.x + area.width {
            let (Some(x_in), Some(y_in)) = (x.checked_sub(at.0), y.checked_sub(at.1)) else {
                continue;
            };
            if x_in >= window.width || y_in >= window.height {
                continue;
            }
            let cell = &mut buffer[(window.x + x_in, window.y + y_in)];
            if x + 1 == area.x {
                cell.reset();
                cell.set_symbol(sign).set_style(skin.theme.warn);
            } else {
                cell.set_style(style);
            }
        }
    }
}

/// Where the map does not fit: which part of it is in sight, and which ways it goes on.
pub fn more(buffer: &mut Buffer, area: Rect, drawn: &Canvas, at: (u16, u16), skin: &Skin) {
    let (glyph, style) = (&skin.glyph, skin.theme.accent);
    if area.is_empty() {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let mut mark = |x: u16, y: u16, sign: &str| chrome::mark(buffer, x, y, sign, style);
    // Which of so many equal parts are in sight: those whose middle is.
    let part = |at: u16, window: u16, whole: u16, index: u16, parts: u16| {
        let [at, window, whole, parts] = [at, window, whole, parts].map(u32::from);
        let middle = (2 * u32::from(index) + 1) * whole;
        let seen = (2 * at * parts..=2 * (at + window) * parts).contains(&middle);
        if seen { glyph.instance } else { glyph.dot }
    };
    let (wide, high) = (drawn.width > area.width, drawn.height > area.height);
    if high {
        let parts = area.height.saturating_sub(3).min(6);
        let top = bottom - parts;
        for index in 0..parts {
            mark(right, top + index, part(at.1, area.height, drawn.height, index, parts));
        }
        if at.1 > 0 {
            mark(right, top.saturating_sub(1), glyph.up);
        }
        if at.1 + area.height < drawn.height {
            mark(right, bottom, glyph.down);
        }
    }
    if wide {
        let parts = area.width.saturating_sub(5).min(10);
        let left = right.saturating_sub(parts + 2);
        for index in 0..parts {
            mark(left + 1 + index, bottom, part(at.0, area.width, drawn.width, index, parts));
        }
        if at.0 > 0 {
            mark(left, bottom, glyph.arrow_back);
        }
        if at.0 + area.width < drawn.width {
            mark(left + 1 + parts, bottom, glyph.arrow);
        }
    }
}

/// The network as a list.
fn list(bench: &Bench, skin: &Skin, cells: u16) -> Sheet {
    let subject = bench.subject();
    let chosen = |entry: &Entry| match entry {
        Entry::Elsewhere => subject.is_none() && bench.selection().spot == Spot::Elsewhere,
        Entry::Thing(thing) => subject == Some(*thing),
        _ => false,
    };
    let mut sheet = Sheet::new(cells);
    entries(bench.network(), &mut sheet, skin, |index, entry| {
        (Some(Target::Row(Pane::Map, index)), chosen(entry))
    });
    sheet
}

/// Lists a network; `state` says of each row what a click on it means, and whether it is chosen.
pub fn entries(
    network: &Network,
    sheet: &mut Sheet,
    skin: &Skin,
    state: impl Fn(usize, &Entry) -> (Option<Target>, bool),
) {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let teller = Teller::new(network, skin.lang);
    for (index, line) in outline(network).iter().enumerate() {
        let indent = " ".repeat(usize::from(line.depth) * 2);
        let heading = |text: &str| format!("  {indent}{text}");
        let (name, detail) = match &line.entry {
            Entry::Internet => {
                sheet.text(&heading(words.internet), theme.dim);
                continue;
            }
            Entry::Zone(zone) => {
                sheet.text(&heading(&(words.zone)(&zone.0)), theme.dim);
                continue;
            }
            Entry::Loose => {
                sheet.text(&heading(words.loose), theme.dim);
                continue;
            }
            Entry::Edge | Entry::Shelf | Entry::Joints | Entry::Premises => {
                let said = &skin.words.canvas;
                let text = match line.entry {
                    Entry::Edge => said.edge,
                    Entry::Shelf => said.shelf,
                    Entry::Joints => said.joints,
                    _ => said.premises,
                };
                sheet.text(&heading(text), theme.dim);
                continue;
            }
            Entry::Elsewhere => (format!("{} {}", skin.glyph.host, words.elsewhere), String::new()),
            Entry::Thing(thing) => in_list(network, *thing, &teller, skin),
        };
        let mut runs = vec![Run::new(indent, theme.text), Run::new(name, theme.text)];
        if !detail.is_empty() {
            runs.push(Run::new(format!("  {detail}"), theme.dim));
        }
        let (target, chosen) = state(index, &line.entry);
        sheet.choice(target, chosen, "", &runs, skin);
    }
}

/// The sign of a thing.
pub fn sign(network: &Network, thing: Thing, skin: &Skin) -> &'static str {
    let glyph = &skin.glyph;
    match thing {
        Thing::Vpc(_) => glyph.fence.top_left,
        Thing::Subnet(_) => glyph.border.top_left,
        Thing::RouteTable(_) | Thing::PrefixList(_) | Thing::TransitGatewayRouteTable(_) => {
            glyph.table
        }
        Thing::InternetGateway(id) => {
            let row = network.internet_gateways().get(id);
            if row.is_some_and(|row| row.vpc.is_some()) {
                glyph.gateway
            } else {
                glyph.gateway_loose
            }
        }
        Thing::EgressOnlyGateway(_) => glyph.egress,
        Thing::Peering(_) => glyph.peering,
        Thing::GatewayEndpoint(_) | Thing::InterfaceEndpoint(_) => glyph.endpoint,
        Thing::TransitGateway(_) => glyph.transit,
        Thing::TransitGatewayAttachment(_) => glyph.attachment,
        Thing::VirtualPrivateGateway(_) => glyph.private,
        Thing::CustomerGateway(_) => glyph.customer,
        Thing::VpnConnection(_) => glyph.line,
        Thing::DirectConnectGateway(_) => glyph.direct,
        Thing::NatGateway(_) => glyph.nat,
        Thing::SecurityGroup(_) => glyph.group,
        Thing::NetworkAcl(_) => glyph.acl,
        Thing::Instance(_) => glyph.instance,
        Thing::Interface(id) => match network.owner_of(id) {
            Thing::Interface(_) => glyph.instance,
            owner => sign(network, owner, skin),
        },
        Thing::LoadBalancer(_) => glyph.balancer,
        Thing::TargetGroup(_) => glyph.targets,
        Thing::Service(_) | Thing::EndpointService(_) => glyph.service,
        Thing::Function(_) => glyph.function,
        Thing::Database(_) => glyph.database,
        Thing::Task(_) => glyph.task,
        Thing::Api(_) => glyph.api,
        Thing::Distribution(_) => glyph.edge,
        Thing::Host(_) => glyph.host,
        Thing::OnPremises(_) => glyph.premises,
    }
}

/// A thing in the list: its name, and the one fact about it that the map shows too.
fn in_list(network: &Network, thing: Thing, teller: &Teller<'_>, skin: &Skin) -> (String, String) {
    let addresses = |id| {
        let Some(row) = network.interfaces().get(id) else { return String::new() };
        let private = row.addresses.first().map(ToString::to_string).unwrap_or_default();
        row.public_addresses()
            .fold(private, |text, public| format!("{text}  {} {public}", skin.glyph.public))
    };
    let detail = match thing {
        Thing::Vpc(id) => {
            network.vpcs().get(id).and_then(|row| row.cidrs.first()).map(ToString::to_string)
        }
        Thing::Subnet(id) => network.subnets().get(id).map(|row| {
            let table = network.route_table_of(id);
            let table = network.name(Thing::RouteTable(table)).map(ToString::to_string);
            format!("{}  {} {}", row.cidr, skin.glyph.table, table.unwrap_or_default())
        }),
        Thing::RouteTable(id) => network.route_tables().get(id).map(|row| {
            let routes: Vec<_> =
                row.routes.iter().skip(1).map(|route| written::route(network, route)).collect();
            routes.join(", ")
        }),
        Thing::InternetGateway(id) => {
            network.internet_gateways().get(id).map(|row| match row.vpc {
                Some(_) => String::new(),
                None => skin.words.lab.attached_nowhere.to_owned(),
            })
        }
        Thing::NatGateway(id) => network.nat_gateways().get(id).map(|row| match &row.seat {
            NatSeat::Zonal { interface, .. } => addresses(*interface),
            NatSeat::Regional(regional) => {
                let all = regional.zones.iter().flat_map(|zone| &zone.addresses);
                all.map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
        }),
        Thing::Instance(id) => network
            .instances()
            .get(id)
            .and_then(|row| row.interfaces.first())
            .map(|interface| addresses(*interface)),
        Thing::Interface(id) => Some(addresses(id)),
        Thing::Host(id) => network.hosts().get(id).map(|row| row.address.to_string()),
        Thing::PrefixList(id) => network
            .prefix_lists()
            .get(id)
            .map(|row| row.cidrs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        Thing::OnPremises(id) => {
            network.on_premises().get(id).and_then(|row| row.cidrs.first()).map(ToString::to_string)
        }
        Thing::TransitGatewayRouteTable(id) => {
            let routes = network.transit_routes(id);
            let routes: Vec<_> =
                routes.iter().map(|route| written::transit_route(network, route)).collect();
            Some(routes.join(", "))
        }
        Thing::EgressOnlyGateway(_)
        | Thing::Peering(_)
        | Thing::GatewayEndpoint(_)
        | Thing::SecurityGroup(_)
        | Thing::NetworkAcl(_)
        | Thing::TransitGateway(_)
        | Thing::TransitGatewayAttachment(_)
        | Thing::VirtualPrivateGateway(_)
        | Thing::CustomerGateway(_)
        | Thing::VpnConnection(_)
        | Thing::DirectConnectGateway(_) => None,
        Thing::Service(id) => {
            network.services().get(id).and_then(|row| row.ranges.first()).map(ToString::to_string)
        }
        Thing::LoadBalancer(_)
        | Thing::TargetGroup(_)
        | Thing::InterfaceEndpoint(_)
        | Thing::EndpointService(_)
        | Thing::Function(_)
        | Thing::Database(_)
        | Thing::Task(_)
        | Thing::Api(_)
        | Thing::Distribution(_) => network.interfaces_of(thing).first().map(|id| addresses(*id)),
    };
    (format!("{} {}", sign(network, thing, skin), teller.thing(thing)), detail.unwrap_or_default())
}

/// The packet: chosen, predicted, followed.
fn packet(bench: &Bench, skin: &Skin, area: Rect) -> Sheet {
    let focus = bench.focus() == Pane::Flight;
    let cells = area.width;
    // The same form for the whole flight, whichever hop is on screen.
    let low = bench
        .flight()
        .travel()
        .is_some_and(|travel| flight::tallest(travel, skin, cells) > area.height);
    let form = if low { FlightForm::Short } else { FlightForm::Full };
    let mut sheet = flight::panel(bench.flight(), bench.network(), focus, form, skin, cells);
    if bench.flight().is_idle() {
        let index = bench.flight().packets().len();
        let runs = [Run::new(skin.words.lab.own_packet, skin.theme.text)];
        // Where there is no other row, it is the chosen one.
        let chosen = focus && index == 0;
        sheet.choice(Some(Target::Item(index)), chosen, "+", &runs, skin);
    }
    sheet
}

/// What is said under the map while the packet travels: where it is, and in the end what became
/// of it.
fn watched(bench: &Bench, travel: &Travel, skin: &Skin, cells: u16) -> Sheet {
    let mut sheet = Sheet::new(cells);
    flight::supposed(bench.flight(), skin, &mut sheet);
    if travel.fork().is_some() {
        sheet.append(flight::futures::strip(travel, skin, cells));
        return sheet;
    }
    if travel.is_stale() {
        sheet.text(skin.words.flight.changed_since, skin.theme.warn);
    }
    sheet.runs(&flight::line(travel, skin), 0, 2);
    if travel.at_end() {
        flight::summary(travel, skin, &mut sheet);
    } else if travel.parting() == Some(travel.hop()) && !travel.plays() {
        flight::parting(travel, skin, &mut sheet);
    }
    sheet
}

/// What is said at the bottom: what was just done, else what is selected.
fn said(bench: &Bench, skin: &Skin) -> (String, Style) {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let teller = Teller::new(bench.network(), skin.lang);
    let joined = |lines: &[String]| lines.join("; ");
    if let Some(drag) = bench.drag() {
        return pick::dragged(bench, drag, skin);
    }
    let new = &skin.words.bench;
    let (sign, text, style) = match bench.notice() {
        Some(Notice::NoWire(why)) => (skin.glyph.dot, pick::why(*why, skin).to_owned(), theme.warn),
        Some(Notice::Needs(need)) => {
            (skin.glyph.warning, pick::need(*need, skin).to_owned(), theme.warn)
        }
        Some(Notice::Copied(name)) => (skin.glyph.right, (new.copied)(name), theme.good),
        Some(Notice::NothingToCopy(bar)) => {
            let why = bar.map(|bar| pick::bar(bar, &teller, skin));
            (skin.glyph.dot, why.unwrap_or_else(|| new.nothing_to_copy.to_owned()), theme.warn)
        }
        Some(Notice::Pasted(made, changes, left)) => {
            let made = made.map(|made| teller.thing(made)).unwrap_or_default();
            (skin.glyph.right, (new.pasted)(&made, *changes, *left), theme.good)
        }
        Some(Notice::NothingToPaste) => {
            (skin.glyph.dot, new.nothing_to_paste.to_owned(), theme.dim)
        }
        Some(Notice::NoPlaceToPaste(bar)) => {
            (skin.glyph.warning, pick::bar(*bar, &teller, skin), theme.warn)
        }
        Some(Notice::Unreadable(why)) => {
            let text = format!("{}: {}", new.unreadable, why.get(skin.lang));
            (skin.glyph.wrong, text, theme.bad)
        }
        None if bench.focus() == Pane::Map => {
            let what = match bench.subject() {
                Some(thing) => teller.thing(thing),
                None => words.elsewhere.to_owned(),
            };
            (skin.glyph.pointer, what, theme.text)
        }
        None => return (String::new(), theme.dim),
        Some(Notice::Refused(refusal)) => {
            let text = format!("{}: {}", words.refused, teller.refusal(refusal));
            (skin.glyph.wrong, text, theme.bad)
        }
        Some(Notice::Done(lines)) => (skin.glyph.right, joined(lines), theme.good),
        Some(Notice::Undone(lines)) => {
            (skin.glyph.arrow_back, (words.undone)(&joined(lines)), theme.text)
        }
        Some(Notice::Redone(lines)) => {
            (skin.glyph.arrow, (words.redone)(&joined(lines)), theme.text)
        }
        Some(Notice::StartedOver) => (skin.glyph.right, words.started_over.to_owned(), theme.text),
        Some(Notice::NothingToUndo) => {
            (skin.glyph.dot, words.nothing_to_undo.to_owned(), theme.dim)
        }
        Some(Notice::NothingToRedo) => {
            (skin.glyph.dot, words.nothing_to_redo.to_owned(), theme.dim)
        }
        Some(Notice::NotAllowed) => (skin.glyph.warning, words.not_allowed.to_owned(), theme.warn),
        Some(Notice::NothingToDelete) => {
            (skin.glyph.dot, words.nothing_to_delete.to_owned(), theme.dim)
        }
        Some(Notice::NoMoreHints) => (skin.glyph.dot, words.no_more_hints.to_owned(), theme.dim),
        Some(Notice::Lost(steps)) => (skin.glyph.warning, (words.lost)(*steps), theme.warn),
    };
    (format!("{sign} {text}"), style)
}
