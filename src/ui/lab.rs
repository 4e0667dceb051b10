//! (being built)

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{Model, Seen, lab::Lab},
    ui::{Bars, Skin},
};

/// Draws a lab.
pub fn draw(
    _lab: &Lab,
    _model: &Model,
    _skin: &Skin,
    _frame: &mut Frame<'_>,
    _area: Rect,
    _seen: &mut Seen,
) -> Bars {
    Bars::default()
}
