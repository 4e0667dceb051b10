//! How a question looks.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{Model, Seen, question::Question},
    ui::Skin,
};

/// Draws a question; answers the two sides of the title bar.
pub fn draw(
    question: &Question,
    _model: &Model,
    skin: &Skin,
    _frame: &mut Frame<'_>,
    _area: Rect,
    _seen: &mut Seen,
) -> (String, String) {
    (question.lesson.title.get(skin.lang).to_owned(), String::new())
}
