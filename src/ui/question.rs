//! How a question looks: what is asked, the answer as it is being given, and what is said then.

mod arrange;

use ratatui::{Frame, layout::Rect, style::Style};

use crate::{
    app::{
        Action, Model, Seen, Target,
        question::{
            Hint, Question, Response, Stage,
            grade::{claim_words, is_right, remarks, right_answer},
        },
    },
    course::Kind,
    text::{line::Run, width::width},
    ui::{
        Bars, Skin,
        chrome::scroll_bar,
        flight,
        lesson::MEASURE,
        page::{lay_words, worded},
        rules,
        sheet::Sheet,
    },
};

/// The width from which the network of a packet question stands beside the text.
const WIDE: u16 = 130;

/// Draws a question.
pub fn draw(
    question: &Question,
    _model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> Bars {
    let packet = matches!(question.question().kind, Kind::Packet(_));
    let beside = packet && area.width >= WIDE;
    let (text, picture) = if beside {
        let text = Rect { x: area.x + 2, width: area.width / 2 - 4, ..area };
        let x = text.right() + 2;
        (text, Some(Rect { x, width: area.right().saturating_sub(x + 1), ..area }))
    } else {
        let width = (area.width - 2).min(MEASURE + 2);
        (Rect { x: area.x + (area.width - width).div_ceil(2), width, ..area }, None)
    };
    let text = Rect { y: text.y + 1, height: text.height.saturating_sub(1), ..text };
    seen.page = picture.map_or(text.width.saturating_sub(2), |picture| picture.width);
    let (sheet, cursor) = column(question, skin, text.width.saturating_sub(2), !beside);
    seen.content = sheet.height();
    seen.viewport = text.height;
    let most = seen.content.saturating_sub(seen.viewport);
    seen.top = question.top.unwrap_or_else(|| sheet.top(text.height)).min(most);
    sheet.draw(frame.buffer_mut(), text, seen.top, seen);
    if let Some((x, y)) = cursor
        && y >= seen.top
        && y < seen.top + text.height
    {
        // The real cursor: an input method draws its unfinished syllable there.
        frame.set_cursor_position((text.x + x, text.y + (y - seen.top)));
    }
    scroll_bar(frame.buffer_mut(), text, skin, seen.top, seen.content);
    if let Some(picture) = picture {
        let picture =
            Rect { y: picture.y + 1, height: picture.height.saturating_sub(1), ..picture };
        if let Some(sheet) = scene(question, skin, picture.width) {
            let top = sheet.top(picture.height);
            sheet.draw(frame.buffer_mut(), picture, top, seen);
        }
    }
    let all = question.lesson.questions.len();
    Bars {
        title: question.lesson.title.get(skin.lang).to_owned(),
        right: match question.review {
            Some(0) => skin.words.question.review_last.to_owned(),
            Some(left) => (skin.words.question.review_left)(left),
            None => (skin.words.question.number)(question.index + 1, all),
        },
        status: below(skin, seen),
        ..Bars::default()
    }
}

/// How much there is below, for the status line.
fn below(skin: &Skin, seen: &Seen) -> String {
    match seen.content.saturating_sub(seen.top + seen.viewport) {
        0 => String::new(),
        lines => format!("{} {}", skin.glyph.down, (skin.words.lesson.lines_below)(lines)),
    }
}

/// Everything that is said, from top to bottom, and where the text cursor is.
fn column(
    question: &Question,
    skin: &Skin,
    width: u16,
    with_scene: bool,
) -> (Sheet, Option<(u16, u16)>) {
    let mut sheet = Sheet::new(width);
    let mut cursor = None;
    let asked = question.question();
    let (words, theme) = (&skin.words.question, &skin.theme);
    sheet.lines(&lay_words(asked.prompt.get(skin.lang), width, theme.text, skin));
    sheet.gap();
    let answered = match &question.stage {
        Stage::Answered { response, right, now } => Some((response, *right, *now)),
        _ => None,
    };
    if with_scene
        && answered.is_none()
        && let Some(scene) = scene(question, skin, width)
    {
        sheet.append(scene);
        sheet.gap();
    }
    if question.is_typed() {
        cursor = field(question, skin, &mut sheet);
    } else if question.is_arranged() {
        arrange::rows(question, skin, &mut sheet);
    } else {
        options(question, skin, &mut sheet);
    }
    sheet.gap();
    match answered {
        None => asking(question, skin, &mut sheet),
        Some((response, right, _)) => {
            let top = sheet.height();
            verdict(question, response, right, skin, &mut sheet);
            let verdict_end = sheet.height();
            if with_scene && let Some(scene) = scene(question, skin, width) {
                sheet.gap();
                sheet.text(words.way, theme.heading);
                sheet.append(scene);
            }
            // The packet's way keeps itself in sight.
            if !question.stepping || !with_scene {
                sheet.look_at(top..verdict_end);
            }
        }
    }
    (sheet, cursor)
}

/// The options, marked as they are chosen or as they turned out.
fn options(question: &Question, skin: &Skin, sheet: &mut Sheet) {
    let (words, theme, glyph) = (&skin.words.question, &skin.theme, &skin.glyph);
    let asked = question.question();
    let answered = matches!(question.stage, Stage::Answered { .. });
    for (at, option) in question.order.iter().enumerate() {
        let picked = question.is_picked(*option);
        let right = is_right(asked, *option);
        let text = option_text(question, *option, skin);
        let (sign, sign_style, note) = if answered {
            match (picked, right) {
                (true, false) => (glyph.wrong, theme.bad, words.your_answer),
                (false, true) if question.is_multiple() => (glyph.right, theme.warn, words.missed),
                (_, true) => (glyph.right, theme.good, words.is_the_answer),
                (false, false) => (" ", theme.dim, ""),
            }
        } else if question.is_multiple() {
            let sign = if picked { glyph.box_full } else { glyph.box_empty };
            (sign, if picked { theme.accent } else { theme.dim }, "")
        } else {
            let sign = if picked { glyph.ring_full } else { glyph.ring_empty };
            (sign, if picked { theme.accent } else { theme.dim }, "")
        };
        let faded = answered && !picked && !right;
        let style = if faded { theme.dim } else { theme.text };
        let mut runs = vec![Run::new(format!("{sign} "), sign_style)];
        runs.extend(worded(&text, style, skin));
        if !note.is_empty() {
            runs.push(Run::new(format!("  {note}"), sign_style));
        }
        let chosen = !answered && question.cursor == Some(at);
        let target = (!answered).then_some(Target::Item(at));
        let sign = width(sign) as u16 + 1;
        sheet.choice_behind(target, chosen, &(at + 1).to_string(), sign, &runs, skin);
    }
}

fn option_text(question: &Question, option: usize, skin: &Skin) -> String {
    let words = &skin.words.question;
    match &question.question().kind {
        Kind::Single(choices) | Kind::Multiple(choices) => {
            choices.get(option).map_or("", |choice| choice.text.get(skin.lang)).to_owned()
        }
        Kind::TrueFalse { .. } if option == 0 => words.is_true.to_owned(),
        Kind::TrueFalse { .. } => words.is_false.to_owned(),
        Kind::Packet(packet) => packet
            .options
            .get(option)
            .map_or_else(String::new, |option| claim_words(packet, option.claim, skin.lang)),
        _ => String::new(),
    }
}

/// The field that one types into, or what was typed; answers where the cursor is.
fn field(question: &Question, skin: &Skin, sheet: &mut Sheet) -> Option<(u16, u16)> {
    let theme = &skin.theme;
    let unit = match &question.question().kind {
        Kind::Number { unit, .. } => unit.get(skin.lang),
        _ => "",
    };
    if let Stage::Answered { response: Response::Text(typed), right, .. } = &question.stage {
        let (sign, style) = verdict_sign(*right, skin);
        let runs = [Run::new(format!("{sign} "), style), Run::new(typed.clone(), theme.text)];
        sheet.runs(&runs, 2, 4);
        return None;
    }
    let prompt = format!("{} ", skin.glyph.pointer);
    let unit_room = if unit.is_empty() { 0 } else { width(unit) as u16 + 1 };
    // Two cells of air, the sign, the field, the unit.
    let room = sheet.width().saturating_sub(4 + 2 + unit_room).clamp(4, 48);
    let scroll = question.field.visual_scroll(usize::from(room) - 1);
    let shown = crate::text::width::window(question.field.value(), scroll, room.into());
    let used = width(&shown);
    let mut runs = vec![
        Run::new(format!("  {prompt}"), theme.accent),
        Run::new(shown, theme.field),
        Run::new("\u{a0}".repeat(usize::from(room).saturating_sub(used)), theme.field),
    ];
    if !unit.is_empty() {
        runs.push(Run::new(format!(" {unit}"), theme.dim));
    }
    let y = sheet.height();
    sheet.runs(&runs, 0, 0);
    let column = question.field.visual_cursor().saturating_sub(scroll) as u16;
    let x = 2 + width(&prompt) as u16 + column;
    sheet.look_at(y..y + 1);
    Some((x, y))
}

/// What is said while an answer is awaited.
fn asking(question: &Question, skin: &Skin, sheet: &mut Sheet) {
    let (words, theme, glyph) = (&skin.words.question, &skin.theme, &skin.glyph);
    if let Some(hint) = &question.hint {
        let text = match (hint, &question.question().kind) {
            (Hint::ChooseFirst, _) if question.is_typed() => words.type_first,
            (Hint::ChooseFirst, Kind::Order(_)) => words.move_first,
            (Hint::ChooseFirst, Kind::Match { .. }) => words.pair_first,
            (Hint::ChooseFirst, _) => words.choose_first,
            (Hint::Unfinished(_), _) => words.unfinished,
            (Hint::Unreadable, Kind::Cidr { .. }) => words.wanted_cidr,
            (Hint::Unreadable, Kind::Number { .. }) => words.wanted_number,
            (Hint::Unreadable, _) => words.type_first,
        };
        let runs =
            [Run::new(format!("{} ", glyph.warning), theme.warn), Run::new(text, theme.warn)];
        let top = sheet.height();
        sheet.runs(&runs, 0, 2);
        sheet.look_at(top..sheet.height());
    } else {
        let text = match &question.question().kind {
            Kind::Single(_) | Kind::TrueFalse { .. } | Kind::Packet(_) => words.choose_one,
            Kind::Multiple(_) => words.choose_all,
            Kind::Text { .. } => words.type_text,
            Kind::Number { .. } => words.type_number,
            Kind::Cidr { .. } => words.type_cidr,
            Kind::Order(_) if question.arrangement.lifted.is_some() => words.put_somewhere,
            Kind::Order(_) => words.put_in_order,
            Kind::Match { .. } if question.arrangement.lifted.is_some() => words.choose_partner,
            Kind::Match { .. } => words.make_pairs,
        };
        sheet.text(text, theme.dim);
    }
    let sign = if question.unsure { glyph.box_full } else { glyph.box_empty };
    let style = if question.unsure { theme.accent } else { theme.dim };
    let top = sheet.height();
    let runs = [Run::new(format!("{sign} {}  ", words.unsure), style), Run::new("Tab", theme.key)];
    sheet.runs(&runs, 0, 4);
    sheet.hit_from(top, Target::Action(Action::Sure));
}

fn verdict_sign(right: bool, skin: &Skin) -> (&'static str, Style) {
    if right { (skin.glyph.right, skin.theme.good) } else { (skin.glyph.wrong, skin.theme.bad) }
}

/// Right or wrong, why this answer is wrong, and why the right one is right.
fn verdict(question: &Question, response: &Response, right: bool, skin: &Skin, sheet: &mut Sheet) {
    let (words, theme) = (&skin.words.question, &skin.theme);
    let asked = question.question();
    let (sign, style) = verdict_sign(right, skin);
    let word = if right { words.right } else { words.wrong };
    let mut runs = vec![Run::new(format!("{sign} {word}"), style.patch(theme.strong))];
    if right && question.unsure {
        runs.push(Run::new(format!("  {}", words.unsure_right), theme.dim));
    }
    sheet.runs(&runs, 0, 2);
    if !right && let Some(answer) = right_answer(asked, skin.lang) {
        sheet.runs(&[Run::new((words.the_answer)(&answer), theme.strong)], 2, 2);
    }
    let numbered = question.is_multiple() || question.is_arranged();
    let mut remarks = remarks(asked, response, skin.lang);
    // In the order of the rows that they are about.
    remarks.sort_by_key(|remark| remark.option.map(|option| arrange::number(question, option)));
    for remark in remarks {
        sheet.gap();
        let mut runs = Vec::new();
        if let Some(option) = remark.option
            && numbered
        {
            runs.push(Run::new(format!("{} ", arrange::number(question, option)), theme.accent));
        }
        runs.extend(worded(&remark.text, theme.text, skin));
        sheet.runs(&runs, 2, 2 + if numbered { 2 } else { 0 });
    }
    let explanation = asked.explanation.get(skin.lang);
    if !explanation.is_empty() {
        sheet.gap();
        sheet.runs(&worded(explanation, theme.text, skin), 2, 2);
    }
}

/// The network of a packet question; once it was answered, with the packet on its way.
fn scene(question: &Question, skin: &Skin, width: u16) -> Option<Sheet> {
    let Kind::Packet(packet) = &question.question().kind else { return None };
    let network = &packet.scene.network;
    if let Some(flight) = &question.flight {
        return Some(flight::piece(flight, network, true, skin, width));
    }
    let mut sheet = Sheet::new(width);
    flight::draw(network, None, skin, &mut sheet);
    sheet.append(rules::sheet(network, skin, width));
    Some(sheet)
}
