//! How a lab looks: its bench, with the goals, and boxes over it.

mod panel;

use ratatui::{Frame, layout::Rect, style::Style};

use crate::{
    app::{
        Action, Model, Seen, Target,
        bench::Pane,
        lab::{Lab, goals::GoalRow, help::Way},
    },
    cloud::{Change, Verdict},
    course::{
        Allowed, GoalCheck,
        lab::{Found, Now, Wanted},
    },
    tell::{Teller, written},
    text::line::Run,
    ui::{
        Bars, Skin,
        bench::{self, Task},
        page::worded,
        sheet::Sheet,
    },
};

/// Draws a lab; answers what is said around it.
pub fn draw(
    lab: &Lab,
    model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let words = &skin.words.lab;
    let states = lab.goals();
    let holding = states.iter().filter(|goal| goal.holds()).count();
    let task = Task {
        tab: format!("{} {holding}/{}", words.goals, states.len()),
        done: lab.is_solved().then_some(words.solved),
        sheet: &|cells| goals(lab, skin, cells),
    };
    let buffer = frame.buffer_mut();
    let mut drawn = bench::draw(lab.bench(), &task, skin, buffer, area, seen);
    if let Some(panel) = lab.panel() {
        panel::draw(lab, panel, skin, buffer, drawn.body, seen);
        drawn.cursor = None;
    }
    if let Some(cursor) = drawn.cursor.filter(|_| model.modal.is_none()) {
        frame.set_cursor_position(cursor);
    }
    let cost = lab.bench().cost();
    let right = match (&lab.lab().allowed, lab.lab().par) {
        (Allowed::Nothing, _) => String::new(),
        (_, 0) => (words.count_without_par)(cost),
        (_, par) => (words.count)(cost, par),
    };
    Bars {
        title: lab.lab().title.get(skin.lang).to_owned(),
        right,
        status: drawn.status,
        tone: Some(drawn.tone),
        aside: None,
    }
}

/// The goals, the count, the hints, and what can be done about them.
fn goals(lab: &Lab, skin: &Skin, cells: u16) -> Sheet {
    let mut sheet = Sheet::new(cells);
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let states = lab.goals();
    let focus = lab.bench().focus() == Pane::Task;
    let mut live = 0;
    for row in lab.goal_rows() {
        let chosen = focus && row.is_live() && live == lab.goal_row();
        let target = Some(Target::Row(Pane::Task, live));
        match row {
            GoalRow::Gap => sheet.gap(),
            GoalRow::Brief => {
                sheet.text(words.situation, theme.strong);
                sheet.runs(&worded(lab.lab().brief.get(skin.lang), theme.text, skin), 0, 0);
            }
            GoalRow::Goal(index) => {
                let holds = states[index].holds();
                let (sign, word, style) = if holds {
                    (skin.glyph.right, words.holds, theme.good)
                } else {
                    (skin.glyph.open, words.fails, theme.warn)
                };
                let mut runs = vec![Run::new(format!("{sign} {word}  "), style)];
                let sentence = lab.lab().goals[index].sentence.get(skin.lang);
                runs.extend(worded(sentence, theme.text, skin));
                sheet.runs(&runs, 0, 2);
            }
            GoalRow::Check(goal, check) => {
                let asked = &lab.lab().goals[goal].checks[check];
                let runs = check_words(lab, asked, states[goal].checks[check].now, skin);
                sheet.choice(target, chosen, "", &runs, skin);
            }
            GoalRow::Count => {
                let text = match lab.lab().par {
                    _ if lab.lab().allowed == Allowed::Nothing => words.nothing_allowed.to_owned(),
                    0 => (words.count_without_par)(lab.bench().cost()),
                    par => (words.count)(lab.bench().cost(), par),
                };
                sheet.text(&text, theme.dim);
            }
            GoalRow::Hint(index) => {
                let label = (words.hint)(index + 1, lab.rungs());
                let mut runs = vec![Run::new(format!("{label}  "), theme.accent)];
                runs.extend(worded(lab.lab().hints[index].get(skin.lang), theme.text, skin));
                sheet.runs(&runs, 0, 2);
            }
            GoalRow::Stuck => stuck(lab, &mut sheet, skin),
            GoalRow::Way => way(lab, &mut sheet, skin),
            GoalRow::Step => {
                let runs = [Run::new(words.step_together, theme.text)];
                sheet.choice(target, chosen, "", &runs, skin);
            }
            GoalRow::Do(action) => {
                let text = match action {
                    Action::Hint => (words.next_hint)(lab.hints() + 1, lab.rungs()),
                    Action::Undo => words.undo.to_owned(),
                    Action::Redo => words.redo.to_owned(),
                    _ => words.start_over.to_owned(),
                };
                let key = match action {
                    Action::Hint => "h",
                    Action::Undo => "u",
                    Action::Redo => "r",
                    _ => "",
                };
                let runs = [
                    Run::new(text, theme.text),
                    Run::new(
                        if key.is_empty() { String::new() } else { format!("  {key}") },
                        theme.key,
                    ),
                ];
                sheet.choice(target, chosen, "", &runs, skin);
            }
        }
        live += usize::from(row.is_live());
    }
    sheet
}

/// Everything that stops the packets that must pass: the rung before the last.
fn stuck(lab: &Lab, sheet: &mut Sheet, skin: &Skin) {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let Some(help) = lab.help() else { return };
    let says = if help.stuck.is_empty() { words.nothing_stuck } else { words.all_blockers };
    rung(lab, lab.lab().hints.len(), says, sheet, skin);
    let network = lab.bench().network();
    let teller = Teller::new(network, skin.lang);
    for stuck in &help.stuck {
        let mut runs = vec![Run::new(written::probe(network, &stuck.probe), theme.code)];
        if let Some(zone) = &stuck.down {
            runs.push(Run::new(format!("  {}", (words.zone_down)(&zone.0)), theme.text));
        }
        sheet.runs(&runs, 2, 2);
        for blocker in &stuck.blockers {
            let text = format!("{} {}", skin.glyph.wrong, teller.blocker(blocker));
            sheet.runs(&[Run::new(text, theme.bad)], 4, 6);
        }
        if stuck.blockers.is_empty() {
            let says = match stuck.verdict {
                Verdict::Refused => words.nobody_listens,
                _ => words.nothing_stops,
            };
            sheet.runs(&[Run::new(format!("{} {says}", skin.glyph.wrong), theme.bad)], 4, 6);
        }
    }
}

/// The fewest changes from here: the last rung.
fn way(lab: &Lab, sheet: &mut Sheet, skin: &Skin) {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let Some(help) = lab.help() else { return };
    let place = lab.lab().hints.len() + 1;
    match &help.way {
        Way::Changes(changes) => {
            let cost = changes.iter().map(Change::cost).sum();
            rung(lab, place, &(words.fewest_from_here)(cost), sheet, skin);
            let teller = Teller::new(lab.bench().network(), skin.lang);
            for (number, says) in teller.changes(changes).iter().enumerate() {
                let text = format!("{}. {says}", number + 1);
                sheet.runs(&[Run::new(text, theme.text)], 2, 5);
            }
        }
        Way::Nothing => rung(lab, place, words.nothing_to_change, sheet, skin),
        Way::StartOver => rung(lab, place, words.way_from_start, sheet, skin),
    }
}

fn rung(lab: &Lab, index: usize, says: &str, sheet: &mut Sheet, skin: &Skin) {
    let label = (skin.words.lab.hint)(index + 1, lab.rungs());
    let runs = [
        Run::new(format!("{label}  "), skin.theme.accent),
        Run::new(says.to_owned(), skin.theme.text),
    ];
    sheet.runs(&runs, 0, 2);
}

/// A packet that does not fare as it must, without saying where it is stopped: finding that out is
/// the game.
fn check_words(lab: &Lab, check: &GoalCheck, now: Now, skin: &Skin) -> Vec<Run<Style>> {
    let (words, theme) = (&skin.words.lab, &skin.theme);
    let teller = Teller::new(lab.bench().network(), skin.lang);
    let (wanted, down) = match check {
        GoalCheck::Packet { wanted, .. } => (Some(*wanted), String::new()),
        GoalCheck::ZoneDown { zone, wanted, .. } => {
            (Some(*wanted), (words.zone_down)(zone.0.as_str()))
        }
        GoalCheck::Sent(_) | GoalCheck::Subnets(_) => (None, String::new()),
    };
    let (probe, verdict) = match (check.probe(), now) {
        (_, Now::Subnets(Found { count, zones })) => {
            let text = format!("{} {}", skin.glyph.wrong, (words.subnets_found)(count, zones));
            return vec![Run::new(text, theme.bad)];
        }
        (Some(probe), Now::Packet(verdict)) => (probe, verdict),
        (None, Now::Packet(_)) => return Vec::new(),
    };
    let packet = written::probe(lab.bench().network(), &probe);
    let (sign, text, style) = match (wanted, verdict) {
        (None, _) => (skin.glyph.open, words.wanted_sent.to_owned(), theme.dim),
        (Some(Wanted::Dropped(Some(_))), Verdict::Dropped { .. }) => {
            (skin.glyph.wrong, words.dropped_otherwise.to_owned(), theme.bad)
        }
        (Some(_), verdict) => {
            (skin.glyph.wrong, (words.now)(teller.verdict_word(&verdict)), theme.bad)
        }
    };
    vec![Run::new(packet, theme.code), Run::new(format!("  {sign} {down}{text}"), style)]
}
