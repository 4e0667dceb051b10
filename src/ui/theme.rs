//! Roles instead of colours: a screen asks for what something means, never for how it looks.
//!
//! Colours are laid over whatever background the terminal has. Without colours every role is still
//! told apart by weight, underline or reverse, and never by that alone: a sign or a word goes
//! with it.

use ratatui::style::{Color, Modifier, Style};

use crate::app::{Colors, Look};

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Running text.
    pub text: Style,
    /// What matters less: hints, units, numbers of lines.
    pub dim: Style,
    /// Borders and rules.
    pub frame: Style,
    /// The border of what has the focus.
    pub frame_focus: Style,
    /// What leads the eye: the chosen row's sign, keys, the name of the program.
    pub accent: Style,
    /// Headings.
    pub heading: Style,
    /// The name of a box that does not have the focus.
    pub title: Style,
    /// `**strong**`
    pub strong: Style,
    /// `*emphasis*`
    pub emphasis: Style,
    /// `` `code` ``, commands and addresses.
    pub code: Style,
    /// What the simulator computed.
    pub computed: Style,
    /// What leads somewhere.
    pub link: Style,
    /// Right, passed, delivered.
    pub good: Style,
    /// Wrong, dropped.
    pub bad: Style,
    /// Take care.
    pub warn: Style,
    /// The row or option that is chosen.
    pub chosen: Style,
    /// The title bar and the footer.
    pub bar: Style,
    /// A key in the footer.
    pub key: Style,
    /// A text field.
    pub field: Style,
}

impl Theme {
    /// The theme for a look.
    pub fn new(look: Look) -> Self {
        let palette = match look.colors {
            Colors::None => return Self::plain(),
            Colors::Sixteen => Palette::sixteen(look.light),
            Colors::Full if look.light => Palette::LIGHT,
            Colors::Full => Palette::DARK,
        };
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            dim: palette.dim(),
            frame: palette.frame(),
            frame_focus: plain.fg(palette.accent),
            accent: bold.fg(palette.accent),
            heading: bold.fg(palette.accent),
            title: bold.fg(Color::Reset),
            strong: bold,
            emphasis: plain.add_modifier(Modifier::ITALIC),
            code: plain.fg(palette.code),
            computed: plain.fg(palette.computed),
            link: plain.fg(palette.accent).add_modifier(Modifier::UNDERLINED),
            good: plain.fg(palette.good),
            bad: plain.fg(palette.bad),
            warn: plain.fg(palette.warn),
            chosen: match palette.chosen {
                // With its own letters: on a terminal that is not as light or dark as was said,
                // they would vanish.
                Some((back, front)) => bold.bg(back).fg(front),
                None => bold.fg(palette.accent),
            },
            bar: plain,
            key: bold.fg(palette.accent),
            field: plain.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// No colour at all.
    fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            frame: plain.add_modifier(Modifier::DIM),
            frame_focus: bold,
            accent: bold,
            heading: bold,
            title: bold.fg(Color::Reset),
            strong: bold,
            emphasis: plain.add_modifier(Modifier::ITALIC),
            code: plain,
            computed: plain,
            link: plain.add_modifier(Modifier::UNDERLINED),
            good: bold,
            bad: bold,
            warn: bold,
            chosen: bold,
            bar: plain,
            key: bold,
            field: plain.add_modifier(Modifier::UNDERLINED),
        }
    }
}

/// The colours behind the roles.
#[derive(Debug, Clone, Copy)]
struct Palette {
    accent: Color,
    good: Color,
    bad: Color,
    warn: Color,
    code: Color,
    computed: Color,
    /// `None` where no colour of the terminal's is sure to be faint and legible.
    dim: Option<Color>,
    frame: Option<Color>,
    /// What is behind the chosen row, and its letters.
    chosen: Option<(Color, Color)>,
}

impl Palette {
    const DARK: Self = Self {
        accent: Color::Rgb(0x7d, 0xc4, 0xe4),
        good: Color::Rgb(0x8f, 0xd1, 0x9e),
        bad: Color::Rgb(0xf2, 0x8b, 0x82),
        warn: Color::Rgb(0xe8, 0xc0, 0x74),
        code: Color::Rgb(0xd8, 0xb8, 0x9a),
        computed: Color::Rgb(0xc3, 0xb1, 0xf0),
        dim: Some(Color::Rgb(0x93, 0x99, 0xa6)),
        frame: Some(Color::Rgb(0x5a, 0x61, 0x70)),
        chosen: Some((Color::Rgb(0x2b, 0x3a, 0x4a), Color::Rgb(0xe6, 0xea, 0xf0))),
    };

    const LIGHT: Self = Self {
        accent: Color::Rgb(0x0b, 0x62, 0x8f),
        good: Color::Rgb(0x1b, 0x6e, 0x36),
        bad: Color::Rgb(0xb3, 0x26, 0x1e),
        warn: Color::Rgb(0x8a, 0x5a, 0x00),
        code: Color::Rgb(0x7a, 0x4a, 0x21),
        computed: Color::Rgb(0x5b, 0x3f, 0xa8),
        dim: Some(Color::Rgb(0x5c, 0x63, 0x70)),
        frame: Some(Color::Rgb(0xa4, 0xab, 0xb6)),
        chosen: Some((Color::Rgb(0xd9, 0xe8, 0xf2), Color::Rgb(0x1d, 0x24, 0x2c))),
    };

    /// The terminal's own colours. Yellow and bright black are left out where they vanish.
    fn sixteen(light: bool) -> Self {
        Self {
            accent: if light { Color::Blue } else { Color::Cyan },
            good: Color::Green,
            bad: Color::Red,
            warn: if light { Color::Magenta } else { Color::Yellow },
            code: if light { Color::Magenta } else { Color::Yellow },
            computed: Color::Magenta,
            dim: None,
            frame: None,
            chosen: None,
        }
    }

    fn dim(self) -> Style {
        match self.dim {
            Some(color) => Style::new().fg(color),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    fn frame(self) -> Style {
        match self.frame {
            Some(color) => Style::new().fg(color),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }
}
