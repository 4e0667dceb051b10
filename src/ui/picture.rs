//! The canvas without a screen around it, for files and pipes: as text, or as an SVG picture.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Skin,
    canvas::{self, View, Way},
    svg::{self, Paper},
};
use crate::{
    app::{Seen, canvas::Canvas, flight::Travel},
    cloud::Network,
};

/// A network laid out, and a packet on its way through it.
pub struct Picture<'a> {
    /// The network.
    pub network: &'a Network,
    /// Where everything is.
    pub canvas: &'a Canvas,
    /// A packet, as far as it is.
    pub travel: Option<&'a Travel>,
    /// What is written under the picture, line by line.
    pub caption: &'a [String],
}

/// More cells than this are no picture that anybody could look at.
const MOST_CELLS: u32 = 4_000_000;

impl Picture<'_> {
    /// The cells of the picture; `None` when it would be absurdly large.
    fn buffer(&self, skin: &Skin, coloured: bool) -> Option<Buffer> {
        let caption = self.caption.iter().map(|line| crate::text::width::width(line)).max();
        let wide = self.canvas.width.max(caption.unwrap_or(0).try_into().unwrap_or(u16::MAX));
        let lines = u16::try_from(self.caption.len()).unwrap_or(u16::MAX);
        let below = if lines == 0 { 0 } else { lines.saturating_add(1) };
        let high = self.canvas.height.saturating_add(below);
        if u32::from(wide) * u32::from(high) > MOST_CELLS {
            return None;
        }
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: wide, height: high });
        let window = Rect { x: 0, y: 0, width: wide, height: self.canvas.height };
        let view = View {
            down: None,
            network: self.network,
            canvas: self.canvas,
            selected: None,
            travel: self.travel.map(|travel| Way::new(travel, self.canvas)),
            at: (0, 0),
            stamped: !coloured,
        };
        canvas::draw(&view, skin, &mut buffer, window, &mut Seen::default());
        for (line, y) in self.caption.iter().zip(self.canvas.height + 1..high) {
            buffer.set_string(0, y, line, skin.theme.dim);
        }
        Some(buffer)
    }

    /// As text: a line for each row, without spaces at the ends.
    pub fn text(&self, skin: &Skin) -> Option<String> {
        let buffer = self.buffer(skin, false)?;
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += crate::text::width::width(symbol).max(1) as u16;
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        Some(text)
    }

    /// As an SVG picture that needs nothing else; `title` says in words what it shows.
    pub fn svg(&self, skin: &Skin, light: bool, title: &str) -> Option<String> {
        let buffer = self.buffer(skin, true)?;
        Some(svg::picture(&buffer, Paper { light, window: false }, title))
    }
}
