//! How home looks.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{Area, Model, Seen, Target, home::Home},
    ui::{Skin, chrome::put},
};

/// Draws home; answers the two sides of the title bar.
pub fn draw(
    home: &Home,
    model: &Model,
    skin: &Skin,
    frame: &mut Frame<'_>,
    area: Rect,
    seen: &mut Seen,
) -> (String, String) {
    let buffer = frame.buffer_mut();
    let mut y = area.y;
    let mut at = 0;
    for module in &model.course.modules {
        if y < area.bottom() {
            put(buffer, area.x + 1, y, area.width, module.title.get(skin.lang), skin.theme.heading);
        }
        y += 1;
        for lesson in &module.lessons {
            if y < area.bottom() {
                let chosen = at == home.chosen;
                let sign = if chosen { skin.glyph.pointer } else { " " };
                put(buffer, area.x + 1, y, 2, sign, skin.theme.accent);
                let style = if chosen { skin.theme.chosen } else { skin.theme.text };
                put(buffer, area.x + 3, y, area.width, lesson.title.get(skin.lang), style);
                let row = Area { x: area.x, y, width: area.width, height: 1 };
                seen.hits.push((row, Target::Item(at)));
            }
            y += 1;
            at += 1;
        }
    }
    (skin.words.home.title.to_owned(), String::new())
}
