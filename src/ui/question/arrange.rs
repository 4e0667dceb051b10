//! Things being put into order or paired, and how they turned out.

use ratatui::style::Style;

use crate::{
    app::{
        Target,
        question::{Question, Response, Stage, grade::misplaced},
    },
    course::{
        Kind,
        question::{Matched, Partner, Step},
    },
    text::{line::Run, width::width},
    ui::{Skin, page::worded, sheet::Sheet},
};

/// The width from which what is paired stands in two columns.
const TWO_COLUMNS: u16 = 56;

/// The rows of a question that is answered by arranging.
pub(super) fn rows(question: &Question, skin: &Skin, sheet: &mut Sheet) {
    let response = match &question.stage {
        Stage::Answered { response, .. } => Some(response),
        _ => None,
    };
    match (&question.question().kind, response) {
        (Kind::Order(steps), Some(Response::Order(order))) => ordered(steps, order, skin, sheet),
        (Kind::Order(steps), _) => ordering(question, steps, skin, sheet),
        (Kind::Match { items, partners }, Some(Response::Pairs(pairs))) => {
            paired(question, items, partners, pairs, skin, sheet);
        }
        (Kind::Match { items, partners }, _) => pairing(question, items, partners, skin, sheet),
        _ => {}
    }
}

/// The number by which an item is called on screen once it was answered.
pub(super) fn number(question: &Question, item: usize) -> usize {
    match &question.question().kind {
        // Steps stand in their right order then.
        Kind::Order(_) => item + 1,
        _ => question.order.iter().position(|shown| *shown == item).unwrap_or(0) + 1,
    }
}

/// The row that answers.
fn answer_row(question: &Question, text: &str, skin: &Skin, sheet: &mut Sheet) {
    let chosen = question.at_answer() && question.arrangement.lifted.is_none();
    let style = if chosen { skin.theme.strong } else { skin.theme.key };
    let runs = [Run::new(format!("{} ", skin.glyph.arrow), style), Run::new(text, style)];
    sheet.gap();
    sheet.choice(Some(Target::Item(question.order.len())), chosen, "", &runs, skin);
}

fn ordering(question: &Question, steps: &[Step], skin: &Skin, sheet: &mut Sheet) {
    let (words, theme, glyph) = (&skin.words.question, &skin.theme, &skin.glyph);
    let lifted = question.in_the_air();
    for (at, item) in question.order.iter().enumerate() {
        let Some(step) = steps.get(*item) else { continue };
        let up = lifted == Some(*item);
        let sign = if up { format!("{}{} ", glyph.up, glyph.down) } else { "   ".to_owned() };
        let mut runs = vec![Run::new(sign, theme.accent)];
        runs.extend(worded(step.text.get(skin.lang), theme.text, skin));
        if up {
            runs.push(Run::new(format!("  {}", words.lifted), theme.accent));
        }
        let chosen = question.cursor == Some(at);
        let lead = (at + 1).to_string();
        sheet.choice_behind(Some(Target::Item(at)), chosen, &lead, 3, &runs, skin);
    }
    answer_row(question, words.answer_order, skin, sheet);
}

/// The right order, with what stood elsewhere.
fn ordered(steps: &[Step], order: &[usize], skin: &Skin, sheet: &mut Sheet) {
    let words = &skin.words.question;
    let wrong = misplaced(steps, order);
    for (at, step) in steps.iter().enumerate() {
        let place = order.iter().position(|item| *item == at).unwrap_or(at);
        let note = (wrong.contains(&at)).then(|| (words.your_place)(place + 1));
        outcome(&(at + 1).to_string(), step.text.get(skin.lang), "", note, skin, sheet);
    }
}

/// One row of an answer: right, or with what was answered instead.
fn outcome(
    lead: &str,
    text: &str,
    partner: &str,
    note: Option<String>,
    skin: &Skin,
    sheet: &mut Sheet,
) {
    let (theme, glyph) = (&skin.theme, &skin.glyph);
    let (sign, style) =
        if note.is_none() { (glyph.right, theme.good) } else { (glyph.wrong, theme.bad) };
    let mut runs = vec![Run::new(format!("{sign} "), style)];
    runs.extend(worded(text, theme.text, skin));
    if !partner.is_empty() {
        runs.push(Run::new(format!(" {} ", glyph.arrow), theme.good));
        runs.extend(worded(partner, theme.good, skin));
    }
    if let Some(note) = note {
        runs.push(Run::new("  ", theme.bad));
        runs.extend(worded(&note, theme.bad, skin));
    }
    sheet.choice_behind(None, false, lead, width(sign) as u16 + 1, &runs, skin);
}

fn pairing(
    question: &Question,
    items: &[Matched],
    partners: &[Partner],
    skin: &Skin,
    sheet: &mut Sheet,
) {
    let (theme, glyph) = (&skin.theme, &skin.glyph);
    let beside = sheet.width() >= TWO_COLUMNS;
    let (gap, whole) = (2, sheet.width());
    let half = if beside { (whole - gap) / 2 } else { whole };
    let (mut left, mut right) =
        (Sheet::new(half), Sheet::new(if beside { whole - gap - half } else { whole }));
    let lifted = question.arrangement.lifted.as_ref();
    let shown = &question.arrangement.partners;
    for (at, item) in question.order.iter().enumerate() {
        let Some(matched) = items.get(*item) else { continue };
        let up = question.in_the_air() == Some(*item);
        let mut runs = worded(matched.text.get(skin.lang), theme.text, skin);
        let known = question.arrangement.pairs.get(*item).copied().flatten();
        let known = known.and_then(|known| shown.iter().position(|it| *it == known));
        let mark = match (known, up) {
            (_, true) => Some(("?".to_owned(), theme.accent)),
            (Some(known), false) => Some(((known + 1).to_string(), theme.good)),
            (None, false) => None,
        };
        if let Some((mark, style)) = mark {
            // The sign stays with its number.
            runs.push(Run::new(format!(" {}\u{a0}{mark}", glyph.arrow), style));
        }
        let chosen = question.cursor == Some(at);
        let lead = (at + 1).to_string();
        left.choice_behind(Some(Target::Item(at)), chosen, &lead, 0, &runs, skin);
    }
    let offers = |right: &mut Sheet| {
        for (at, partner) in shown.iter().enumerate() {
            let Some(partner) = partners.get(*partner) else { continue };
            let style: Style = if lifted.is_some() { theme.text } else { theme.dim };
            let runs = worded(partner.text.get(skin.lang), style, skin);
            let chosen = lifted.is_some_and(|lifted| lifted.partner == at);
            let target = Target::Item(question.order.len() + 1 + at);
            right.choice_behind(Some(target), chosen, &(at + 1).to_string(), 0, &runs, skin);
        }
    };
    offers(&mut right);
    if beside {
        sheet.append_beside(left, right, gap);
    } else {
        sheet.append(left);
        sheet.gap();
        sheet.append(right);
    }
    answer_row(question, skin.words.question.answer_pairs, skin, sheet);
}

/// The right pairs, with what was answered instead.
fn paired(
    question: &Question,
    items: &[Matched],
    partners: &[Partner],
    pairs: &[usize],
    skin: &Skin,
    sheet: &mut Sheet,
) {
    let text = |partner: usize| partners.get(partner).map_or("", |it| it.text.get(skin.lang));
    for (at, item) in question.order.iter().enumerate() {
        let (Some(matched), Some(pair)) = (items.get(*item), pairs.get(*item)) else { continue };
        let note =
            (matched.partner != *pair).then(|| (skin.words.question.your_partner)(text(*pair)));
        let right = text(matched.partner);
        outcome(&(at + 1).to_string(), matched.text.get(skin.lang), right, note, skin, sheet);
    }
}
