//! How two futures of a packet look: the hops of both side by side, the one where they part marked,
//! and what decided there.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{
        Action, Seen, Target,
        flight::{Fork, Front, Open, Travel},
    },
    cloud::{Leg, Outcome, Verdict},
    tell::{Teller, written},
    text::{
        line::Run,
        width::{pad, truncate, width},
    },
    ui::{
        Skin, chrome,
        page::coded,
        sheet::{Sheet, scrolled},
    },
};

/// From this width on a column has room for whole names.
const WHOLE_NAMES: u16 = 28;
/// The cells between the columns: the mark of the hop where they part stands there.
const BETWEEN: u16 = 3;

/// Draws two futures into a part of the screen: what decides at the chosen hop above, the hops of
/// both below it. The upper part is always as tall, so that nothing jumps while one steps.
pub fn draw(travel: &Travel, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) {
    let Some(fork) = travel.fork() else { return };
    let (row, _) = travel.step();
    let upper = upper(travel, fork, row, skin, area.width);
    let tallest = match fork.front {
        Front::Both => (0..=fork.last())
            .map(|row| self::upper(travel, fork, row, skin, area.width).height())
            .max()
            .unwrap_or(0),
        _ => area.height,
    };
    // The hops keep at least a third.
    let high = tallest.min(area.height - area.height / 3);
    let top = Rect { height: high, ..area };
    scrolled(&upper, buffer, top, skin, seen);
    let rest = Rect { y: top.bottom(), height: area.height - high, ..area };
    if rest.height < 3 {
        return;
    }
    let heads = Rect { height: 1, ..rest };
    headings(fork, skin, buffer, heads, seen);
    let list = Rect { y: rest.y + 1, height: rest.height - 1, ..rest };
    scrolled(&ladder(travel, fork, skin, area.width), buffer, list, skin, seen);
}

/// How wide each of the two columns is, behind the pointer.
fn column(cells: u16) -> u16 {
    cells.saturating_sub(2 + BETWEEN) / 2
}

/// The names of the columns; a click on one looks at it more closely.
fn headings(fork: &Fork, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) {
    let (words, theme) = (&skin.words.futures, &skin.theme);
    chrome::rule(buffer, area, skin);
    let wide = column(area.width);
    let both = [
        (words.was, skin.glyph.was, Front::Was, Action::Up, theme.warn),
        (words.now, skin.glyph.packet, Front::Now, Action::Down, theme.accent),
    ];
    for (index, (name, sign, front, action, style)) in both.into_iter().enumerate() {
        let x = area.x + 2 + index as u16 * (wide + BETWEEN);
        let text = format!(" {sign} {name} ");
        let cells = (width(&text) as u16).min(wide);
        let style = if fork.front == front { style.patch(theme.chosen) } else { style };
        chrome::put(buffer, x, area.y, cells, &text, style);
        let hit = crate::app::Area { x, y: area.y, width: cells, height: 1 };
        seen.hits.push((hit, Target::Action(action)));
    }
}

/// What became of both, and what decides at this row.
fn upper(travel: &Travel, fork: &Fork, row: usize, skin: &Skin, cells: u16) -> Sheet {
    let (words, theme) = (&skin.words.futures, &skin.theme);
    let mut sheet = Sheet::new(cells);
    let packet = [
        Run::new(format!("{} ", skin.glyph.packet), theme.accent),
        Run::new(written::probe(&travel.network, &travel.trace.probe), theme.code),
    ];
    sheet.runs(&packet, 0, 2);
    match fork.front {
        Front::Was => {
            sheet.text(words.was, theme.warn);
            sheet.append(super::hop(travel, hop_in(travel, fork, row, Side::Was), skin, cells));
        }
        Front::Now => {
            sheet.text(words.now, theme.accent);
            sheet.append(super::hop(&fork.now, hop_in(travel, fork, row, Side::Now), skin, cells));
        }
        Front::Both => {
            let (_, furthest) = travel.step();
            for side in [Side::Was, Side::Now] {
                sheet.runs(&ending(travel, fork, furthest, side, skin), 0, 2);
            }
            if furthest >= fork.last() {
                open(fork, skin, &mut sheet);
            }
            let mark = if row == fork.parts {
                Run::new(format!("{} {}", skin.glyph.warning, words.parts), theme.warn)
            } else {
                let of = (skin.words.flight.hop)(row + 1, fork.last() + 1);
                Run::new(of, theme.dim)
            };
            sheet.runs(&[mark], 0, 2);
            for side in [Side::Was, Side::Now] {
                sheet.runs(&decides(travel, fork, row, side, skin), 0, 4);
            }
            let target = Some(Target::Action(Action::Again));
            let keep = [Run::new(format!("[ {} ]", words.keep), theme.text)];
            sheet.choice(target, false, "", &keep, skin);
        }
    }
    sheet
}

/// One of two futures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Was,
    Now,
}

impl Side {
    fn of<'t>(self, travel: &'t Travel, fork: &'t Fork) -> &'t Travel {
        match self {
            Self::Was => travel,
            Self::Now => &fork.now,
        }
    }

    fn label(self, skin: &Skin) -> Run<Style> {
        let (words, theme) = (&skin.words.futures, &skin.theme);
        let widest = width(words.was_short).max(width(words.now_short));
        let (text, sign, style) = match self {
            Self::Was => (words.was_short, skin.glyph.was, theme.warn),
            Self::Now => (words.now_short, skin.glyph.packet, theme.accent),
        };
        Run::new(format!("{sign} {}  ", pad(text, widest)), style)
    }
}

fn hop_at(fork: &Fork, row: usize, side: Side) -> Option<usize> {
    let row = fork.rows.get(row)?;
    match side {
        Side::Was => row.was,
        Side::Now => row.now,
    }
}

/// The hop of a row, or the last before it.
fn hop_in(travel: &Travel, fork: &Fork, row: usize, side: Side) -> usize {
    let last = side.of(travel, fork).last();
    (0..=row).rev().find_map(|row| hop_at(fork, row, side)).unwrap_or(0).min(last)
}

/// What became of one, once its end was reached.
fn ending(
    travel: &Travel,
    fork: &Fork,
    furthest: usize,
    side: Side,
    skin: &Skin,
) -> Vec<Run<Style>> {
    let theme = &skin.theme;
    let one = side.of(travel, fork);
    let mut runs = vec![side.label(skin)];
    if hop_in(travel, fork, furthest, side) < one.last() {
        runs.push(Run::new(skin.words.flight.underway, theme.dim));
        return runs;
    }
    let teller = Teller::new(&one.network, skin.lang);
    let (sign, style) = verdict_sign(&one.trace.verdict, skin);
    runs.push(Run::new(format!("{sign} "), style));
    match one.trace.verdict.dropped() {
        Some((_, place, cause)) => {
            let name = teller.place(place);
            let text = format!("{} {} ", teller.verdict_word(&one.trace.verdict), skin.glyph.dot);
            runs.push(Run::new(text, style));
            runs.push(Run::new(name, theme.text));
            runs.push(Run::new(format!("  {}", cause.code().as_str()), theme.code));
        }
        None => runs.push(Run::new(teller.verdict_word(&one.trace.verdict), style)),
    }
    runs
}

fn verdict_sign(verdict: &Verdict, skin: &Skin) -> (&'static str, Style) {
    match verdict {
        Verdict::Delivered => (skin.glyph.right, skin.theme.good),
        Verdict::Refused => (skin.glyph.arrow_back, skin.theme.warn),
        Verdict::Dropped { .. } => (skin.glyph.wrong, skin.theme.bad),
    }
}

/// What becomes of a connection that is open already.
fn open(fork: &Fork, skin: &Skin, sheet: &mut Sheet) {
    let words = &skin.words.futures;
    let teller = Teller::new(&fork.now.network, skin.lang);
    let text = match fork.open {
        None => return,
        Some(Open::LivesOn) => words.lives_on.to_owned(),
        Some(Open::Untracked) => words.untracked.to_owned(),
        Some(Open::Forgotten(place)) => (words.forgotten)(&teller.place(place)),
        Some(Open::Cut) => words.cut.to_owned(),
    };
    let sign = format!("{} ", skin.glyph.warning);
    let mut runs = vec![Run::new(sign, skin.theme.warn)];
    runs.extend(coded(&text, skin.theme.text, skin));
    sheet.runs(&runs, 0, 2);
}

/// The check that decides at a row, on one side.
fn decides(travel: &Travel, fork: &Fork, row: usize, side: Side, skin: &Skin) -> Vec<Run<Style>> {
    let (words, theme) = (&skin.words.futures, &skin.theme);
    let one = side.of(travel, fork);
    let mut runs = vec![side.label(skin)];
    let Some(hop) = hop_at(fork, row, side).and_then(|index| one.trace.hops.get(index)) else {
        let over = (row..=fork.last()).all(|row| hop_at(fork, row, side).is_none());
        runs.push(Run::new(if over { words.ended } else { words.absent }, theme.dim));
        return runs;
    };
    let teller = Teller::new(&one.network, skin.lang);
    match hop.decisive() {
        Some(check) => {
            let (sign, style) = match check.outcome {
                Outcome::Denies => (skin.glyph.wrong, theme.bad),
                Outcome::Allows => (skin.glyph.right, theme.good),
                _ => (skin.glyph.open, theme.dim),
            };
            runs.push(Run::new(format!("{sign} "), style));
            runs.push(Run::new(teller.subject(check), theme.strong));
            runs.push(Run::new(format!(" — {}", teller.outcome(check)), theme.text));
        }
        None => runs.extend(coded(&teller.story(hop), theme.text, skin)),
    }
    runs
}

/// The hops of both that were reached, row by row.
fn ladder(travel: &Travel, fork: &Fork, skin: &Skin, cells: u16) -> Sheet {
    let theme = &skin.theme;
    let mut sheet = Sheet::new(cells);
    let (at, furthest) = travel.step();
    let wide = column(cells);
    let mut leg = None;
    for (index, row) in fork.rows.iter().enumerate().take(furthest + 1) {
        let of = |side: Side| {
            let one = side.of(travel, fork);
            hop_at(fork, index, side).and_then(|place| Some((place, one.trace.hops.get(place)?)))
        };
        let (was, now) = (of(Side::Was), of(Side::Now));
        let here = was.or(now).map(|(_, hop)| hop.leg);
        if leg != here {
            leg = here;
            let text = match here {
                Some(Leg::Reply) => skin.words.flight.back,
                _ => skin.words.flight.there,
            };
            sheet.text(&format!("  {text}"), theme.dim);
        }
        let mut runs = Vec::new();
        for (side, hop) in [(Side::Was, was), (Side::Now, now)] {
            let one = side.of(travel, fork);
            let Some((place, hop)) = hop else {
                runs.push(Run::new(" ".repeat(wide.into()), theme.dim));
                if side == Side::Was {
                    runs.push(between(index, fork, skin));
                }
                continue;
            };
            let (sign, style) = super::mark(one, place, skin);
            let name = if wide >= WHOLE_NAMES {
                Teller::new(&one.network, skin.lang).place(hop.place)
            } else {
                super::short(&one.network, hop.place, skin)
            };
            let room = usize::from(wide).saturating_sub(2);
            let name = truncate(&name, room, skin.glyph.more);
            let name = pad(&name, room);
            // What both meet alike is quiet; what only one meets is not.
            let alike = row.was.is_some()
                && row.now.is_some()
                && was.map(|(_, hop)| hop.place) == now.map(|(_, hop)| hop.place);
            let text = match side {
                _ if alike => theme.text,
                Side::Was => theme.warn,
                Side::Now => theme.accent,
            };
            runs.extend([Run::new(format!("{sign} "), style), Run::new(name, text)]);
            if side == Side::Was {
                runs.push(between(index, fork, skin));
            }
        }
        sheet.choice(Some(Target::Hop(index)), index == at, "", &runs, skin);
    }
    sheet
}

fn between(row: usize, fork: &Fork, skin: &Skin) -> Run<Style> {
    if row == fork.parts {
        Run::new(format!(" {} ", skin.glyph.warning), skin.theme.warn)
    } else {
        Run::new(" ".repeat(BETWEEN.into()), skin.theme.dim)
    }
}

/// Both on a few lines, for below the map.
pub fn strip(travel: &Travel, skin: &Skin, cells: u16) -> Sheet {
    let mut sheet = Sheet::new(cells);
    let Some(fork) = travel.fork() else { return sheet };
    let (words, theme) = (&skin.words.futures, &skin.theme);
    let (row, furthest) = travel.step();
    let of = (skin.words.flight.hop)(row + 1, fork.last() + 1);
    let mut head = vec![Run::new(of, theme.dim)];
    if row == fork.parts {
        head.push(Run::new(format!("  {} {}", skin.glyph.warning, words.parts), theme.warn));
    }
    sheet.runs(&head, 0, 2);
    for (side, front) in [(Side::Was, Front::Was), (Side::Now, Front::Now)] {
        if fork.front != Front::Both && fork.front != front {
            continue;
        }
        let one = side.of(travel, fork);
        let mut runs = vec![side.label(skin)];
        if let Some(hop) = hop_at(fork, row, side).and_then(|at| one.trace.hops.get(at)) {
            let teller = Teller::new(&one.network, skin.lang);
            runs.push(Run::new(format!("{}  ", teller.place(hop.place)), theme.strong));
            runs.extend(coded(&teller.story(hop), theme.text, skin));
        } else {
            runs = ending(travel, fork, row, side, skin);
        }
        sheet.runs(&runs, 0, 2);
        if fork.front != Front::Both {
            sheet.runs(&ending(travel, fork, furthest, side, skin), 0, 2);
        }
    }
    if row == fork.last() && fork.front == Front::Both {
        open(fork, skin, &mut sheet);
    }
    sheet
}
