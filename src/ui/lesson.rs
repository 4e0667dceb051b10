//! How a lesson looks.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{Model, Seen, lesson::Lesson},
    ui::Skin,
};

/// Draws a lesson; answers the two sides of the title bar.
pub fn draw(
    lesson: &Lesson,
    _model: &Model,
    skin: &Skin,
    _frame: &mut Frame<'_>,
    _area: Rect,
    _seen: &mut Seen,
) -> (String, String) {
    (lesson.lesson.title.get(skin.lang).to_owned(), String::new())
}
