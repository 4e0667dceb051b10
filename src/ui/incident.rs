//! How an incident looks: its bench, with what must work again and what was seen of it.

use ratatui::{Frame, layout::Rect, style::Style};

use crate::{
    app::{
        Model, Seen, Target,
        bench::Pane,
        incident::{ANALYSIS, Incident, Over, Panel, Row, Sight},
    },
    course::incident::Symptom,
    tell::{Teller, written},
    text::line::Run,
    ui::{
        Bars, Skin,
        bench::{self, Task},
        panel,
        sheet::Sheet,
    },
};

/// Draws an incident.
pub fn draw(
    incident: &Incident,
    model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let words = &skin.words.workshop;
    let task = Task {
        tab: words.incident.to_owned(),
        done: (incident.over() == Over::Mended).then_some(words.mended),
        sheet: &|cells| rows(incident, skin, cells),
    };
    let buffer = frame.buffer_mut();
    let mut drawn = bench::draw(incident.bench(), &task, skin, buffer, area, seen);
    if let Some(open) = incident.panel() {
        let mut sheet = Sheet::new(panel::room(drawn.body));
        let heading = match open {
            Panel::Brief => {
                brief(incident, skin, &mut sheet);
                words.incident
            }
            Panel::Over(at) => over(incident, at, skin, &mut sheet),
        };
        panel::draw(heading, &sheet, skin, buffer, drawn.body, seen);
        drawn.cursor = None;
    }
    if let Some(cursor) = drawn.cursor.filter(|_| model.modal.is_none()) {
        frame.set_cursor_position(cursor);
    }
    Bars {
        title: format!("{} {}", words.incident, incident.seed()),
        right: (words.score)(incident.probes(), incident.bench().cost()),
        status: drawn.status,
        tone: Some(drawn.tone),
        aside: None,
    }
}

/// What must work, what was seen of it, and what can be done.
fn rows(incident: &Incident, skin: &Skin, cells: u16) -> Sheet {
    let (words, theme) = (&skin.words.workshop, &skin.theme);
    let mut sheet = Sheet::new(cells);
    let focus = incident.bench().focus() == Pane::Task;
    let network = incident.bench().network();
    sheet.text(words.reports, theme.strong);
    let mut asks = true;
    for (index, row) in incident.rows().into_iter().enumerate() {
        let chosen = focus && index == incident.row();
        let target = Some(Target::Row(Pane::Task, index));
        let runs = match row {
            Row::Ask(at) => {
                let (probe, sight) = &incident.seen()[at];
                let (sign, text, style) = sight_words(*sight, skin);
                vec![
                    Run::new(written::probe(network, probe), theme.code),
                    Run::new(format!("  {sign} {text}"), style),
                ]
            }
            Row::Analyse => vec![Run::new((words.analyse)(ANALYSIS), theme.text)],
            Row::Undo => vec![Run::new(skin.words.lab.undo, theme.text)],
            Row::Redo => vec![Run::new(skin.words.lab.redo, theme.text)],
            Row::GiveUp => vec![Run::new(words.give_up, theme.text)],
            Row::Mend => vec![Run::new(words.mend_it, theme.text)],
        };
        if asks && !matches!(row, Row::Ask(_)) {
            asks = false;
            sheet.gap();
        }
        sheet.choice(target, chosen, "", &runs, skin);
    }
    sheet
}

fn sight_words(sight: Sight, skin: &Skin) -> (&'static str, &'static str, Style) {
    let (words, theme, glyph) = (&skin.words.workshop, &skin.theme, &skin.glyph);
    match sight {
        Sight::Answered => (glyph.right, words.answered, theme.good),
        Sight::KeptOut => (glyph.right, words.kept_out, theme.good),
        Sight::Stale => (glyph.open, words.stale, theme.dim),
        Sight::Trouble(symptom) => (glyph.wrong, symptom_words(symptom, skin), theme.bad),
    }
}

fn symptom_words(symptom: Symptom, skin: &Skin) -> &'static str {
    let words = &skin.words.workshop;
    match symptom {
        Symptom::TimesOut => words.times_out,
        Symptom::OneWay => words.one_way,
        Symptom::Refused => words.refused,
        Symptom::LetIn => words.let_in,
    }
}

fn brief(incident: &Incident, skin: &Skin, sheet: &mut Sheet) {
    let (words, theme) = (&skin.words.workshop, &skin.theme);
    sheet.text(&(words.brief)(incident.level().faults()), theme.strong);
    sheet.gap();
    sheet.text(words.complaints, theme.text);
    let network = &incident.incident().network;
    for complaint in incident.incident().complaints(network) {
        let runs = [
            Run::new(format!("{} ", skin.glyph.wrong), theme.bad),
            Run::new(written::probe(network, &complaint.probe), theme.code),
            Run::new(format!("  {}", symptom_words(complaint.symptom, skin)), theme.text),
        ];
        sheet.runs(&runs, 0, 2);
    }
    sheet.gap();
    sheet.text(&(words.rules)(ANALYSIS), theme.dim);
    sheet.text(&(words.number)(&incident.seed().to_string()), theme.dim);
    sheet.gap();
    sheet.text(words.begin, theme.dim);
}

fn over(incident: &Incident, at: usize, skin: &Skin, sheet: &mut Sheet) -> &'static str {
    let (words, theme) = (&skin.words.workshop, &skin.theme);
    let mended = incident.over() != Over::GivenUp;
    let (cost, par) = (incident.bench().cost(), incident.incident().par);
    if mended {
        sheet.text(&(words.mended_says)(incident.probes(), cost, par), theme.strong);
        if cost <= par {
            sheet.text(words.at_par, theme.good);
        }
        sheet.gap();
    }
    sheet.text(words.was_broken, theme.text);
    let teller = Teller::new(&incident.design().network, skin.lang);
    for says in teller.changes(&incident.incident().faults) {
        let runs =
            [Run::new(format!("{} ", skin.glyph.dot), theme.accent), Run::new(says, theme.text)];
        sheet.runs(&runs, 0, 2);
    }
    sheet.gap();
    let answers = [words.another, words.same_again, words.back, words.look_on];
    panel::choices(sheet, &answers, at, skin);
    if mended { words.mended } else { words.given_up }
}
