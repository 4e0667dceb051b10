//! (being built)

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{Model, Seen, lab::Lab},
    ui::Skin,
};

/// Draws a lab; answers the two sides of the title bar.
pub fn draw(
    _lab: &Lab,
    _model: &Model,
    _skin: &Skin,
    _frame: &mut Frame<'_>,
    _area: Rect,
    _seen: &mut Seen,
) -> (String, String) {
    Default::default()
}
