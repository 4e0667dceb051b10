//! What a change would do, in a place of its own below the form, the list or the inspector: always
//! as high, so that nothing jumps while one types.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{
        Seen,
        bench::{
            Bench, Notice,
            outlook::{By, Comes, GoalsTurn, Link, Outlook, Turns, WaysTurn, Who},
        },
    },
    cloud::{Network, Thing, Verdict},
    tell::Teller,
    text::{
        line::Run,
        width::{truncate, width},
    },
    ui::{Skin, bench::pick, chrome, page::coded, sheet::Sheet},
};

/// The fewest rows of a part of the screen that gives some of them to the outlook.
const LEAST: u16 = 10;
/// The fewest rows of one that gives all that is ever needed.
const ROOMY: u16 = 15;

/// Draws the outlook at the bottom of a part of the screen, and answers what is left of it.
pub fn below(bench: &Bench, skin: &Skin, buffer: &mut Buffer, area: Rect, seen: &mut Seen) -> Rect {
    if !bench.foresees() || area.height < LEAST {
        return area;
    }
    let height = if area.height < ROOMY { 4 } else { 6 };
    let left = Rect { height: area.height - height, ..area };
    let rule = Rect { y: left.bottom(), height: 1, ..area };
    chrome::rule(buffer, rule, skin);
    let (words, theme) = (&skin.words.outlook, &skin.theme);
    let heading = bench.outlook().map_or("", |outlook| by_words(outlook.by, skin));
    if !heading.is_empty() {
        let text = format!(" {heading} ");
        let cells = (width(&text) as u16).min(rule.width.saturating_sub(2));
        chrome::put(buffer, rule.x + 2, rule.y, cells, &text, theme.accent);
    }
    let mut sheet = Sheet::new(area.width);
    match bench.outlook() {
        None if bench.form().is_some() => sheet.text(words.unfinished, theme.dim),
        None => sheet.text(words.idle, theme.dim),
        Some(outlook) => {
            for runs in all_lines(bench, outlook, area.width, skin) {
                sheet.runs(&runs, 0, 2);
            }
        }
    }
    let place = Rect { y: rule.y + 1, height: height - 1, ..area };
    sheet.draw(buffer, place, 0, seen);
    if sheet.height() > place.height {
        let (x, y) = (place.right() - 1, place.bottom() - 1);
        chrome::mark(buffer, x, y, skin.glyph.more, theme.dim);
    }
    left
}

/// The outlook on one line: for where there is no more room, while something is dragged.
pub fn line(bench: &Bench, skin: &Skin, cells: u16) -> Vec<Run<Style>> {
    let Some(outlook) = bench.outlook() else { return Vec::new() };
    let mut runs = vec![Run::new(format!("{}  ", by_words(outlook.by, skin)), skin.theme.accent)];
    for (index, line) in all_lines(bench, outlook, cells, skin).into_iter().enumerate() {
        if index > 0 {
            runs.push(Run::new(format!(" {} ", skin.glyph.dot), skin.theme.dim));
        }
        runs.extend(line);
    }
    runs
}

fn by_words(by: By, skin: &Skin) -> &'static str {
    let words = &skin.words.outlook;
    match by {
        By::Apply => words.apply,
        By::Enter => words.enter,
        By::Delete => words.delete,
        By::Choose => words.choose,
        By::LetGo => words.let_go,
    }
}

/// What comes of it, and how much a copy is.
fn all_lines(bench: &Bench, outlook: &Outlook, cells: u16, skin: &Skin) -> Vec<Vec<Run<Style>>> {
    let (words, theme) = (&skin.words.outlook, &skin.theme);
    let mut all = lines(bench, &outlook.comes, cells, skin);
    let large = outlook.changes > 3 || outlook.left > 0;
    if large && !matches!(outlook.comes, Comes::Not(_)) {
        let mut runs = vec![
            Run::new(format!("{} ", skin.glyph.dot), theme.dim),
            Run::new((words.makes)(outlook.changes), theme.text),
        ];
        if outlook.left > 0 {
            runs.push(Run::new(format!("  {}", (words.leaves_out)(outlook.left)), theme.warn));
        }
        all.insert(0, runs);
    }
    all
}

/// What comes of it, the most important first.
fn lines(bench: &Bench, comes: &Comes, cells: u16, skin: &Skin) -> Vec<Vec<Run<Style>>> {
    let (words, theme) = (&skin.words.outlook, &skin.theme);
    let one = |sign: &str, text: &str, style: Style| {
        let mut runs = vec![Run::new(format!("{sign} "), style)];
        runs.extend(coded(text, style, skin));
        vec![runs]
    };
    match comes {
        Comes::Same => one(skin.glyph.dot, words.same, theme.dim),
        Comes::Not(notice) => {
            let teller = Teller::new(bench.network(), skin.lang);
            match notice {
                Notice::Refused(refusal) => {
                    let lab = &skin.words.lab;
                    let text = format!("{}: {}", lab.refused, teller.refusal(refusal));
                    one(skin.glyph.wrong, &text, theme.bad)
                }
                Notice::NoPlaceToPaste(why) => {
                    one(skin.glyph.warning, &pick::bar(*why, &teller, skin), theme.warn)
                }
                Notice::Unreadable(why) => one(skin.glyph.wrong, why.get(skin.lang), theme.bad),
                _ => one(skin.glyph.warning, skin.words.lab.not_allowed, theme.warn),
            }
        }
        Comes::Turns(turns) if turns.is_quiet() => one(skin.glyph.dot, words.quiet, theme.text),
        Comes::Turns(turns) => turned(bench, turns, cells, skin),
    }
}

fn turned(bench: &Bench, turns: &Turns, cells: u16, skin: &Skin) -> Vec<Vec<Run<Style>>> {
    let mut lines = Vec::new();
    if let Some(goals) = &turns.goals {
        lines.push(goals_line(goals, skin));
    }
    if !turns.packets.is_empty() {
        lines.push(packets_line(turns, skin));
    }
    match &turns.ways {
        Some(ways) if *ways == WaysTurn::default() => {}
        Some(ways) => {
            lines.push(ways_line(ways, skin));
            let links = [
                (&ways.gained, "+", skin.words.outlook.gained, &turns.after),
                (&ways.lost, "-", skin.words.outlook.lost, bench.network()),
            ];
            for (link, sign, label, network) in links {
                if let Some(link) = link {
                    lines.push(link_line(link, (sign, label), network, skin));
                }
            }
        }
        None => lines.push(vec![
            label(skin.words.outlook.ways, skin),
            Run::new(skin.words.outlook.too_many, skin.theme.dim),
        ]),
    }
    for (index, met) in turns.goals.iter().flat_map(|goals| &goals.named) {
        let Some(goal) = bench.goals().get(*index) else { continue };
        let (sign, style) = if *met {
            (skin.glyph.right, skin.theme.good)
        } else {
            (skin.glyph.wrong, skin.theme.bad)
        };
        let sentence = goal.sentence.get(skin.lang).replace('`', "");
        let text = truncate(&sentence, usize::from(cells).saturating_sub(4), skin.glyph.more);
        lines.push(vec![Run::new(format!("  {sign} "), style), Run::new(text, skin.theme.text)]);
    }
    lines
}

fn label(text: &str, skin: &Skin) -> Run<Style> {
    Run::new(format!("{text}  "), skin.theme.dim)
}

fn goals_line(goals: &GoalsTurn, skin: &Skin) -> Vec<Run<Style>> {
    let theme = &skin.theme;
    let (now, then, of) = (goals.now, goals.then, goals.of);
    let style = match now.cmp(&then) {
        std::cmp::Ordering::Less => theme.good,
        std::cmp::Ordering::Equal => theme.text,
        std::cmp::Ordering::Greater => theme.bad,
    };
    let arrow = skin.glyph.arrow;
    vec![
        label(skin.words.outlook.goals, skin),
        Run::new(format!("{now}/{of} {arrow} {then}/{of}"), style),
    ]
}

fn sign(verdict: &Verdict, skin: &Skin) -> (&'static str, Style) {
    match verdict {
        Verdict::Delivered => (skin.glyph.right, skin.theme.good),
        Verdict::Refused => (skin.glyph.arrow_back, skin.theme.warn),
        Verdict::Dropped { .. } => (skin.glyph.wrong, skin.theme.bad),
    }
}

fn packets_line(turns: &Turns, skin: &Skin) -> Vec<Run<Style>> {
    let theme = &skin.theme;
    let mut runs = vec![label(skin.words.outlook.packets, skin)];
    for (index, turn) in turns.packets.iter().enumerate() {
        if index > 0 {
            runs.push(Run::new(", ", theme.dim));
        }
        let named = !turn.packet.name.is_empty();
        let name = if named { turn.packet.name.to_string() } else { turn.packet.written.clone() };
        let ((was, dim), (will, style)) = (sign(&turn.now, skin), sign(&turn.then, skin));
        runs.extend([
            Run::new(format!("{name} "), theme.code),
            Run::new(was, dim),
            Run::new(skin.glyph.arrow, theme.dim),
            Run::new(will, style),
        ]);
        if let Some(code) = turn.then.code() {
            runs.push(Run::new(format!(" {}", code.as_str()), theme.text));
        }
    }
    runs
}

fn ways_line(ways: &WaysTurn, skin: &Skin) -> Vec<Run<Style>> {
    let (words, theme) = (&skin.words.outlook, &skin.theme);
    let mut runs = vec![label(words.ways, skin)];
    let parts = [
        (ways.opened, words.opened, theme.warn),
        (ways.shut, words.shut, theme.text),
        (ways.changed, words.changed, theme.text),
    ];
    for (count, says, style) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        if runs.len() > 1 {
            runs.push(Run::new(", ", theme.dim));
        }
        runs.push(Run::new(says(count), style));
    }
    runs
}

fn link_line(
    link: &Link,
    (sign, label): (&str, &str),
    network: &Network,
    skin: &Skin,
) -> Vec<Run<Style>> {
    let theme = &skin.theme;
    let teller = Teller::new(network, skin.lang);
    let traffic = teller.traffic(&link.passage.traffic);
    vec![
        Run::new(format!("  {sign} {label} "), theme.dim),
        Run::new(who(&teller, &link.from), theme.code),
        Run::new(format!(" {} ", skin.glyph.arrow), theme.dim),
        Run::new(who(&teller, &link.to), theme.code),
        Run::new(format!(" {traffic}"), theme.text),
    ]
}

fn who(teller: &Teller<'_>, who: &Who) -> String {
    match who {
        Who::Interfaces(all) => teller.interfaces(all),
        Who::OnPremises(id) => {
            let name = teller.network().name(Thing::OnPremises(*id));
            name.map(ToString::to_string).unwrap_or_default()
        }
        Who::Internet => teller.lang().strings().fix.internet.to_owned(),
    }
}
