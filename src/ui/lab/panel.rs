//! Boxes over a lab: what it is about, that it is solved, whether to start over.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{
        Seen,
        lab::{Lab, Panel},
    },
    course::Allowed,
    tell::Teller,
    text::line::Run,
    ui::{Skin, page::worded, panel, sheet::Sheet},
};

/// Draws the box.
pub fn draw(
    lab: &Lab,
    panel: Panel,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
) {
    let inner = panel::room(area);
    let (heading, sheet) = match panel {
        Panel::Brief => (lab.lab().title.get(skin.lang).to_owned(), brief(lab, skin, inner)),
        Panel::Solved(at) => (skin.words.lab.solved.to_owned(), solved(lab, at, skin, inner)),
        Panel::Reset(at) => (skin.words.lab.really_reset.to_owned(), reset(lab, at, skin, inner)),
    };
    panel::draw(&heading, &sheet, skin, buffer, area, seen);
}

fn brief(lab: &Lab, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    sheet.runs(&worded(lab.lab().brief.get(skin.lang), skin.theme.text, skin), 0, 0);
    sheet.gap();
    for goal in &lab.lab().goals {
        let sign = format!("{} ", skin.glyph.open);
        let mut runs = vec![Run::new(sign, skin.theme.accent)];
        runs.extend(worded(goal.sentence.get(skin.lang), skin.theme.text, skin));
        sheet.runs(&runs, 0, 2);
    }
    sheet.gap();
    sheet.text(skin.words.lab.begin, skin.theme.dim);
    sheet
}

fn solved(lab: &Lab, at: usize, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (words, theme) = (&skin.words.lab, &skin.theme);
    for goal in &lab.lab().goals {
        let mut runs = vec![Run::new(format!("{} ", skin.glyph.right), theme.good)];
        runs.extend(worded(goal.sentence.get(skin.lang), skin.theme.text, skin));
        sheet.runs(&runs, 0, 2);
    }
    sheet.gap();
    let (cost, par) = (lab.bench().cost(), lab.lab().par);
    let text = match cost.cmp(&par) {
        _ if lab.lab().allowed == Allowed::Nothing => words.solved_by_looking.to_owned(),
        std::cmp::Ordering::Equal => (words.solved_at_par)(cost),
        std::cmp::Ordering::Greater => (words.solved_above_par)(cost, par),
        std::cmp::Ordering::Less => (words.solved_below_par)(cost, par),
    };
    sheet.text(&text, theme.strong);
    if lab.hints() > 0 {
        sheet.text(&(words.hints_used)(lab.hints()), theme.dim);
    }
    let (others, count) = lab.others();
    if !others.is_empty() {
        sheet.gap();
        sheet.text(&(words.other_ways)(count), theme.dim);
        let teller = Teller::new(&lab.lab().scene.network, skin.lang);
        for way in others {
            let runs = [
                Run::new(format!("{} ", skin.glyph.dot), theme.accent),
                Run::new(teller.changes(way).join(" + "), theme.text),
            ];
            sheet.runs(&runs, 0, 2);
        }
    }
    sheet.gap();
    panel::choices(&mut sheet, &[words.go_on, words.keep_trying], at, skin);
    sheet
}

fn reset(lab: &Lab, at: usize, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    let words = &skin.words.lab;
    sheet.text(&(words.reset_loses)(lab.bench().steps().0), skin.theme.text);
    sheet.gap();
    panel::choices(&mut sheet, &[words.reset_yes, words.reset_no], at, skin);
    sheet
}
