//! The boxes that can be over every screen: its keys, and the menu.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    app::{Action, Area, Modal, Model, Scope, Screen, Seen, Target, keys},
    text::{line::Run, width::width},
    ui::{
        Skin,
        chrome::{key_name, middle, popup, put, scroll_bar},
        lesson::MEASURE,
        page::worded,
        sheet::Sheet,
    },
};

/// Draws the keys of the screen, from the table that the dispatcher uses.
pub fn draw_keys(
    model: &Model,
    from: u16,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) {
    let mut rows: Vec<(String, &str)> = Vec::new();
    let scopes = screen_scopes(model);
    for (at, scope) in scopes.iter().copied().chain([Scope::Everywhere]).enumerate() {
        if scope == Scope::Everywhere {
            rows.push((String::new(), skin.words.common.help_everywhere));
        }
        for binding in keys::of(scope) {
            let general = scope == Scope::Everywhere && !binding.footer;
            // What an inner scope has said already, and what this screen has nothing of.
            let inner = &scopes[..at];
            let taken = |key| inner.iter().any(|scope| keys::find_in(*scope, key).is_some());
            let absent =
                binding.action == Action::Hint && matches!(model.screen, Screen::Sandbox(_));
            if general || absent || binding.keys.iter().all(|key| taken(*key)) {
                continue;
            }
            let names: Vec<_> = binding.keys.iter().map(|key| key_name(*key, skin)).collect();
            let names = names.join("  ");
            let says = (binding.says)(&skin.words.keys);
            match rows.last_mut() {
                Some((keys, last)) if *last == says => {
                    keys.push_str("  ");
                    keys.push_str(&names);
                }
                _ => rows.push((names, says)),
            }
        }
    }
    let keys_cells = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let says_cells = rows.iter().map(|(_, says)| width(says)).max().unwrap_or(0);
    let wanted = (keys_cells + says_cells + 8) as u16;
    let area = middle(area, wanted, rows.len() as u16 + 2);
    let inner = popup(frame.buffer_mut(), area, skin, skin.words.common.help, seen);
    let last = (rows.len() as u16).saturating_sub(inner.height);
    for ((keys, says), y) in
        rows.iter().skip(from.min(last).into()).zip(inner.top()..inner.bottom())
    {
        let pad = " ".repeat(keys_cells - width(keys));
        let line = if keys.is_empty() {
            Line::styled(format!(" {says}"), skin.theme.heading)
        } else {
            Line::from(vec![
                Span::raw("  "),
                Span::styled(keys.clone(), skin.theme.key),
                Span::raw(pad + "  "),
                Span::raw(*says),
            ])
        };
        frame.buffer_mut().set_line(inner.x, y, &line, inner.width);
    }
    seen.box_content = rows.len() as u16;
    seen.box_viewport = inner.height;
    let bar = Rect { width: inner.width + 1, ..inner };
    scroll_bar(frame.buffer_mut(), bar, skin, from.min(last), seen.box_content);
}

/// The scopes of the screen under the box.
fn screen_scopes(model: &Model) -> Vec<Scope> {
    match &model.screen {
        Screen::Home(home) => home.scopes(),
        Screen::Lesson(lesson) => lesson.scopes(),
        Screen::Question(question) => question.scopes(),
        Screen::Lab(lab) => lab.scopes(),
        Screen::Workshop(workshop) => workshop.scopes(),
        Screen::Sandbox(sandbox) => sandbox.scopes(),
        Screen::Incident(incident) => incident.scopes(),
    }
}

/// Draws the menu.
pub fn draw_menu(
    model: &Model,
    at: usize,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) {
    let words = skin.words;
    let items: Vec<&str> = Modal::MENU
        .iter()
        .map(|action| match action {
            Action::Language => words.keys.language,
            Action::MouseToggle if model.mouse => words.common.mouse_off,
            Action::MouseToggle => words.common.mouse_on,
            Action::Help => words.keys.help,
            Action::Quit => words.keys.quit,
            _ => words.common.resume,
        })
        .collect();
    let wanted = items.iter().map(|item| width(item)).max().unwrap_or(0) as u16 + 12;
    let area = middle(area, wanted, items.len() as u16 + 2);
    let inner = popup(frame.buffer_mut(), area, skin, words.common.menu, seen);
    for ((item, index), y) in items.iter().zip(0..).zip(inner.top()..inner.bottom()) {
        let chosen = index == at;
        let sign = if chosen { skin.glyph.pointer } else { " " };
        put(frame.buffer_mut(), inner.x + 1, y, 2, sign, skin.theme.accent);
        let style = if chosen { skin.theme.chosen } else { skin.theme.text };
        put(frame.buffer_mut(), inner.x + 3, y, inner.width.saturating_sub(4), item, style);
        seen.hits
            .push((Area { x: inner.x, y, width: inner.width, height: 1 }, Target::Item(index)));
    }
}

/// Draws the terms of the page, and the sources of the lesson.
pub fn draw_terms(
    model: &Model,
    from: u16,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) {
    let Screen::Lesson(lesson) = &model.screen else { return };
    let (words, theme) = (&skin.words.lesson, &skin.theme);
    let room = area.width.saturating_sub(8).min(MEASURE);
    let mut sheet = Sheet::new(room.saturating_sub(4));
    for term in lesson.terms(skin.lang).into_iter().filter_map(|name| model.term(name)) {
        if sheet.height() > 0 {
            sheet.gap();
        }
        let name = term.name.get(skin.lang);
        let other = term.name.get(skin.lang.other());
        let mut runs = vec![Run::new(name, theme.heading)];
        if !other.eq_ignore_ascii_case(name) {
            runs.push(Run::new(format!("  {other}"), theme.dim));
        }
        sheet.runs(&runs, 0, 2);
        sheet.runs(&worded(term.says.get(skin.lang), theme.text, skin), 0, 0);
    }
    let referred = lesson.lessons(skin.lang);
    if !referred.is_empty() {
        if sheet.height() > 0 {
            sheet.gap();
        }
        sheet.text(words.lessons, theme.strong);
    }
    for (at, id) in referred.iter().enumerate() {
        let title = model.course.lessons().find(|entry| &*entry.id.0 == *id);
        let title = title.map_or(*id, |entry| entry.title.get(skin.lang));
        let lead = (at + 1).to_string();
        sheet.choice(Some(Target::Link(at)), false, &lead, &[Run::new(title, theme.link)], skin);
    }
    let sources = &lesson.lesson.sources;
    if !sources.is_empty() {
        if sheet.height() > 0 {
            sheet.gap();
        }
        sheet.text(words.sources, theme.strong);
        for source in sources {
            let mut runs = vec![Run::new(format!("{} ", skin.glyph.bullet), theme.accent)];
            runs.extend(worded(source.about.get(skin.lang), theme.text, skin));
            sheet.runs(&runs, 0, 2);
            sheet.runs(&[Run::new(source.url.as_str(), theme.dim)], 2, 2);
        }
    }
    if sheet.height() == 0 {
        sheet.text(words.no_terms, theme.dim);
    }
    let area = middle(area, room, sheet.height() + 2);
    let inner = popup(frame.buffer_mut(), area, skin, words.terms_title, seen);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    seen.box_content = sheet.height();
    seen.box_viewport = inner.height;
    let top = from.min(sheet.height().saturating_sub(inner.height));
    sheet.draw(frame.buffer_mut(), inner, top, seen);
    let bar = Rect { width: inner.width + 2, ..inner };
    scroll_bar(frame.buffer_mut(), bar, skin, top, sheet.height());
}
