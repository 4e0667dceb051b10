//! What every screen has around it: the title bar, the status line, the footer with the keys that
//! matter here, and boxes over it.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};

use crate::{
    app::{Action, Area, Key, KeyCode, Model, Scope, Seen, Target, keys},
    text::width::{take_cells, truncate, width},
    ui::Skin,
};

/// Draws the title bar: where one is on the left, something short on the right.
pub fn title(buffer: &mut Buffer, area: Rect, skin: &Skin, left: &str, right: &str) {
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width);
    let name = skin.words.common.name;
    let right = truncate(right, room.saturating_sub(width(name) + 2), "");
    let right_cells = width(&right);
    let mut spans = vec![Span::raw(" "), Span::styled(name, skin.theme.accent)];
    if !left.is_empty() {
        let used = 1 + width(name) + 3;
        let left = truncate(left, room.saturating_sub(used + right_cells + 2), skin.glyph.more);
        spans.push(Span::styled(format!(" {} ", skin.glyph.dot), skin.theme.dim));
        spans.push(Span::styled(left.into_owned(), skin.theme.bar));
    }
    buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
    if right_cells > 0 && right_cells < room {
        let x = area.right() - right_cells as u16 - 1;
        buffer.set_stringn(x, area.y, &right, right_cells, skin.theme.dim);
    }
}

/// Draws what can be asked for at the right end of the status line, with its key, if that takes
/// less than half of it; answers how many cells it takes, with a gap.
pub fn aside(
    buffer: &mut Buffer,
    area: Rect,
    skin: &Skin,
    text: &str,
    action: Action,
    seen: &mut Seen,
) -> u16 {
    let Some(binding) = keys::BINDINGS.iter().find(|binding| binding.action == action) else {
        return 0;
    };
    let key = binding.keys.first().map_or_else(String::new, |key| key_name(*key, skin));
    let line = Line::from(vec![
        Span::styled(key, skin.theme.key),
        Span::styled(format!(" {text}"), skin.theme.dim),
    ]);
    let cells = line.spans.iter().map(|span| width(&span.content)).sum::<usize>() as u16;
    if cells + 2 > area.width / 2 {
        return 0;
    }
    let x = area.right() - cells - 1;
    buffer.set_line(x, area.y, &line, cells);
    let hit = Area { x, y: area.y, width: cells, height: 1 };
    seen.hits.push((hit, Target::Action(action)));
    cells + 2
}

/// What changes the network: buttons, so that the mouse finds them. The footer has the others.
pub const BUTTONS: [Action; 3] = [Action::New, Action::Wire, Action::Undo];

/// Draws what these actions are called, with their keys, at the right end of a row: as many as fit,
/// the first before the others. A click on one does it.
pub fn buttons(buffer: &mut Buffer, area: Rect, skin: &Skin, actions: &[Action], seen: &mut Seen) {
    let gap = 2;
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut hints = Vec::new();
    for hint in actions.iter().filter_map(|action| Hint::of(*action, skin)) {
        let Some(left) = room.checked_sub(hint.cells() + gap) else { break };
        room = left;
        hints.push(hint);
    }
    let mut x = area.x + (room + gap) as u16;
    for hint in hints {
        hint.draw(buffer, x, area.y, skin, seen);
        x += (hint.cells() + gap) as u16;
    }
}

/// Draws what an action is called, with its key, in the middle of a row. A click does it.
pub fn button(buffer: &mut Buffer, area: Rect, skin: &Skin, action: Action, seen: &mut Seen) {
    let Some(hint) = Hint::of(action, skin) else { return };
    let cells = hint.cells() as u16 + 4;
    if cells > area.width {
        return;
    }
    let x = area.x + (area.width - cells) / 2;
    put(buffer, x, area.y, 2, "[ ", skin.theme.key);
    put(buffer, x + cells - 2, area.y, 2, " ]", skin.theme.key);
    let before = seen.hits.len();
    hint.draw(buffer, x + 2, area.y, skin, seen);
    for (area, _) in &mut seen.hits[before..] {
        *area = Area { x, width: cells, ..*area };
    }
}

/// Draws the line under the title bar.
pub fn rule(buffer: &mut Buffer, area: Rect, skin: &Skin) {
    let line = skin.glyph.rule.repeat(area.width.into());
    buffer.set_stringn(area.x, area.y, line, area.width.into(), skin.theme.frame);
}

/// Draws the footer: first the keys of the innermost scope, then those that hold everywhere. What
/// does not fit is left out, help last of all.
pub fn footer(buffer: &mut Buffer, area: Rect, skin: &Skin, model: &Model, seen: &mut Seen) {
    if area.is_empty() {
        return;
    }
    // What stands as a button above needs no room here.
    let shown = |action| {
        BUTTONS.contains(&action)
            && seen.hits.iter().any(|(_, target)| *target == Target::Action(action))
    };
    let offered = |action| model.offers(action, seen) && !shown(action);
    let mut here = hints(&model.scopes(), offered, skin);
    let mut everywhere = if model.typing() {
        typing_hints(skin)
    } else {
        hints(&[Scope::Everywhere], |_| true, skin)
    };
    let room = usize::from(area.width).saturating_sub(2);
    let gap = 2;
    let cells = |hints: &[Hint]| hints.iter().map(|hint| hint.cells() + gap).sum::<usize>();
    // What holds everywhere gives way first, from the right but for the help at its front.
    while everywhere.len() > 1 && cells(&here) + cells(&everywhere) > room + gap {
        everywhere.pop();
    }
    // Then what is here, from the right but for the way back at its end.
    while here.len() > 1 && cells(&here) + cells(&everywhere) > room + gap {
        here.remove(here.len() - 2);
    }
    let mut x = area.x + 1;
    for hint in &here {
        hint.draw(buffer, x, area.y, skin, seen);
        x += (hint.cells() + gap) as u16;
    }
    let mut x = area.right().saturating_sub(cells(&everywhere).saturating_sub(gap) as u16 + 1);
    for hint in &everywhere {
        hint.draw(buffer, x, area.y, skin, seen);
        x += (hint.cells() + gap) as u16;
    }
}

/// Keys with the same name, which are shown as one: `▴▾ choose`.
struct Hint {
    keys: Vec<(String, Action)>,
    says: &'static str,
}

impl Hint {
    /// The hint of an action, wherever it is bound.
    fn of(action: Action, skin: &Skin) -> Option<Self> {
        let binding = keys::BINDINGS.iter().find(|binding| binding.action == action)?;
        let key = key_name(*binding.keys.first()?, skin);
        Some(Self { keys: vec![(key, action)], says: (binding.says)(&skin.words.keys) })
    }

    fn cells(&self) -> usize {
        self.keys.iter().map(|(key, _)| width(key)).sum::<usize>() + 1 + width(self.says)
    }

    fn draw(&self, buffer: &mut Buffer, x: u16, y: u16, skin: &Skin, seen: &mut Seen) {
        let mut x = x;
        for (at, (key, action)) in self.keys.iter().enumerate() {
            let room = buffer.area.right().saturating_sub(x);
            buffer.set_stringn(x, y, key, room.into(), skin.theme.key);
            let mut cells = width(key) as u16;
            if at + 1 == self.keys.len() {
                // The name belongs to the last key.
                cells += 1 + width(self.says) as u16;
            }
            let area = Area { x, y, width: cells, height: 1 };
            seen.hits.push((area, Target::Action(*action)));
            x += width(key) as u16;
        }
        let room = buffer.area.right().saturating_sub(x + 1);
        buffer.set_stringn(x + 1, y, self.says, room.into(), skin.theme.dim);
    }
}

/// The important keys of these scopes that do something now, the innermost scope first; the way
/// back comes last.
fn hints(scopes: &[Scope], offered: impl Fn(Action) -> bool, skin: &Skin) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let (mut back, mut save) = (None, None);
    for (at, scope) in scopes.iter().enumerate() {
        for binding in keys::of(*scope).filter(|binding| binding.footer) {
            let Some(key) = binding.keys.first() else { continue };
            let taken = scopes[..at].iter().any(|inner| keys::find_in(*inner, *key).is_some());
            if taken || !offered(binding.action) {
                continue;
            }
            let says = (binding.says)(&skin.words.keys);
            let key = (key_name(*key, skin), binding.action);
            match hints.last_mut() {
                Some(last) if last.says == says => last.keys.push(key),
                _ if binding.action == Action::Back => {
                    back = back.or(Some(Hint { keys: vec![key], says }));
                }
                // It holds for the whole screen: what is done here comes first.
                _ if binding.action == Action::Save => {
                    save = save.or(Some(Hint { keys: vec![key], says }));
                }
                _ => hints.push(Hint { keys: vec![key], says }),
            }
        }
    }
    hints.extend(save);
    hints.extend(back);
    hints
}

/// While letters are typed, only the keys that are no letters.
fn typing_hints(skin: &Skin) -> Vec<Hint> {
    keys::of(Scope::Everywhere)
        .filter(|binding| binding.footer)
        .filter_map(|binding| {
            let key = binding.keys.iter().find(|key| !key.types())?;
            let says = (binding.says)(&skin.words.keys);
            Some(Hint { keys: vec![(key_name(*key, skin), binding.action)], says })
        })
        .collect()
}

/// A key as it is shown.
pub fn key_name(key: Key, skin: &Skin) -> String {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(letter) if key.ctrl => letter.to_ascii_uppercase().to_string(),
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "Shift+Tab".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Up => skin.glyph.up.to_owned(),
        KeyCode::Down => skin.glyph.down.to_owned(),
        KeyCode::Left => skin.glyph.arrow_back.to_owned(),
        KeyCode::Right => skin.glyph.arrow.to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::F(number) => format!("F{number}"),
    };
    if key.ctrl { format!("Ctrl+{name}") } else { name }
}

/// Draws the frame of a box over the screen and answers the room inside.
///
/// A Hangul letter of which the box covers one half loses the other: half a letter would push the
/// border out of its cell.
pub fn popup(buffer: &mut Buffer, area: Rect, skin: &Skin, heading: &str, seen: &mut Seen) -> Rect {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return area;
    }
    if area.x > buffer.area.x {
        for y in area.top()..area.bottom() {
            let cell = &mut buffer[(area.x - 1, y)];
            if width(cell.symbol()) > 1 {
                cell.set_symbol(" ");
            }
        }
    }
    Clear.render(area, buffer);
    let heading = truncate(heading, usize::from(area.width).saturating_sub(4), skin.glyph.more);
    let block = Block::bordered()
        .border_set(skin.glyph.border)
        .border_style(skin.theme.frame_focus)
        .title(Line::styled(format!(" {heading} "), skin.theme.accent));
    let inner = block.inner(area);
    block.render(area, buffer);
    seen.hits.retain(|(_, target)| matches!(target, Target::Action(_)));
    seen.hits
        .push((Area { x: area.x, y: area.y, width: area.width, height: area.height }, Target::Box));
    inner
}

/// Draws the frame of a card into the whole of a buffer, and answers the room inside. `right`
/// stands in the upper border, `action` in the lower one, after the key that does it.
pub fn card(
    buffer: &mut Buffer,
    skin: &Skin,
    title: &str,
    right: &Span<'_>,
    action: Option<&str>,
    focused: bool,
) -> Rect {
    let area = buffer.area;
    let room = usize::from(area.width).saturating_sub(6);
    let right_cells = width(&right.content);
    let title = truncate(title, room.saturating_sub(right_cells + 2), skin.glyph.more);
    let style = if focused { skin.theme.frame_focus } else { skin.theme.frame };
    let title_style = if focused { skin.theme.accent } else { skin.theme.title };
    let mut block = Block::bordered()
        .border_set(skin.glyph.border)
        .border_style(style)
        .title(Line::styled(format!(" {title} "), title_style));
    if right_cells > 0 && right_cells + 4 < room {
        let text = Span::styled(format!(" {} ", right.content), right.style);
        block = block.title(Line::from(text).right_aligned());
    }
    if let Some(action) = action {
        let line = Line::from(vec![
            Span::styled(" Enter", skin.theme.key),
            Span::styled(format!(" {action} "), skin.theme.text),
        ]);
        block = block.title_bottom(line.right_aligned());
    }
    let inner = block.inner(area);
    block.render(area, buffer);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Draws a scroll bar at the right edge of an area that shows so many lines from `top` on, if
/// they do not all fit.
pub fn scroll_bar(buffer: &mut Buffer, area: Rect, skin: &Skin, top: u16, content: u16) {
    if content <= area.height {
        return;
    }
    let (height, content) = (u32::from(area.height), u32::from(content));
    let thumb = (height * height / content).clamp(1, height.max(1));
    let start = (height - thumb) * u32::from(top) / (content - height);
    let x = area.right().saturating_sub(1);
    for row in 0..height {
        let within = (start..start + thumb).contains(&row);
        let (sign, style) = if within {
            (skin.glyph.thumb, skin.theme.dim)
        } else {
            (skin.glyph.track, skin.theme.frame)
        };
        put(buffer, x, area.y + row as u16, 1, sign, style);
    }
}

/// Draws a sign of one cell over whatever is there. A wide letter of which it covers one half
/// gives way whole.
pub fn mark(buffer: &mut Buffer, x: u16, y: u16, sign: &str, style: Style) {
    if !buffer.area.contains((x, y).into()) {
        return;
    }
    if x > buffer.area.x && width(buffer[(x - 1, y)].symbol()) > 1 {
        buffer[(x - 1, y)].set_symbol(" ");
    }
    buffer[(x, y)].set_symbol(sign).set_style(style);
}

/// The middle of an area, this large or smaller.
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

/// Draws one line of text, as much as fits.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, room: u16, text: &str, style: Style) {
    if y < buffer.area.bottom() && x < buffer.area.right() {
        let room = usize::from(room.min(buffer.area.right() - x));
        buffer.set_stringn(x, y, take_cells(text, room), room, style);
    }
}
