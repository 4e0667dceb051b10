//! A box over a bench: something to read, and answers to choose from.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{Seen, Target},
    text::line::Run,
    ui::{
        Skin, chrome,
        sheet::{Sheet, scrolled},
    },
};

/// The widest that such a box gets.
const WIDEST: u16 = 64;

/// How wide the text of a box over this area is.
pub fn room(area: Rect) -> u16 {
    area.width.saturating_sub(4).min(WIDEST).saturating_sub(4)
}

/// Draws a box in the middle of an area, as tall as its text.
pub fn draw(
    heading: &str,
    sheet: &Sheet,
    skin: &Skin,
    buffer: &mut Buffer,
    area: Rect,
    seen: &mut Seen,
) {
    let place = chrome::middle(area, sheet.width() + 4, sheet.height() + 3);
    let room = chrome::popup(buffer, place, skin, heading, seen);
    let air = u16::from(room.height > sheet.height());
    let room = Rect {
        x: room.x + 1,
        y: room.y + air,
        width: room.width.saturating_sub(2),
        height: room.height.saturating_sub(air),
    };
    scrolled(sheet, buffer, room, skin, seen);
}

/// Answers to choose from, numbered.
pub fn choices(sheet: &mut Sheet, texts: &[&str], at: usize, skin: &Skin) {
    for (index, text) in texts.iter().enumerate() {
        let runs = [Run::new(*text, skin.theme.text)];
        let number = (index + 1).to_string();
        sheet.choice(Some(Target::Item(index)), index == at, &number, &runs, skin);
    }
}
