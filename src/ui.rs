//! How the program looks. Draws a [`Model`] and changes nothing; what a frame teaches (where
//! things are that a mouse may hit, how tall the text came out) it answers as [`Seen`].
//!
//! A screen asks for a role ([`Theme`]) and a sign ([`Glyph`]), never for a colour or a box
//! character. All text is broken into lines by [`text::line`](crate::text::line); no widget here
//! wraps by itself.

pub mod bench;
pub mod canvas;
pub mod chrome;
pub mod flight;
pub mod glyph;
pub mod help;
pub mod home;
pub mod incident;
pub mod lab;
pub mod lesson;
pub mod page;
pub mod panel;
pub mod picture;
pub mod question;
pub mod rules;
pub mod sandbox;
pub mod sheet;
pub mod svg;
pub mod theme;
pub mod workshop;

pub use glyph::Glyph;
pub use theme::Theme;

use ratatui::{Frame, buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{Action, Look, Modal, Model, Screen, Seen},
    i18n::{Lang, Strings},
    text::line::break_text,
};

/// The least room in which everything works.
pub const LEAST: (u16, u16) = (60, 16);

/// What drawing needs besides what is drawn.
#[derive(Clone, Copy)]
pub struct Skin {
    /// The roles.
    pub theme: Theme,
    /// The signs.
    pub glyph: Glyph,
    /// The language on screen.
    pub lang: Lang,
    /// Its words.
    pub words: &'static Strings,
}

impl Skin {
    /// The skin for a look and a language.
    pub fn new(look: Look, lang: Lang) -> Self {
        Self { theme: Theme::new(look), glyph: Glyph::new(look.ascii), lang, words: lang.strings() }
    }
}

/// What a screen says around itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bars {
    /// Where one is, for the title bar.
    pub title: String,
    /// Something short for its right end.
    pub right: String,
    /// What the status line says when there is no notice.
    pub status: String,
    /// What can be asked for besides, at the right end of the status line.
    pub aside: Option<(String, Action)>,
    /// How it is said; dim when nothing is said about that.
    pub tone: Option<Style>,
}

/// Draws the whole screen, and answers what that taught.
pub fn draw(model: &Model, frame: &mut Frame<'_>) -> Seen {
    let skin = Skin::new(model.look, model.lang);
    let mut seen = Seen::default();
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        needs_room(frame.buffer_mut(), area, &skin);
        return seen;
    }
    // By hand: the screen library's solver would take a tenth of the time of the first frame.
    let row = |y| Rect { y, height: 1, ..area };
    let (title, rule) = (row(area.y), row(area.y + 1));
    let (status, footer) = (row(area.bottom() - 2), row(area.bottom() - 1));
    let body = Rect { y: rule.bottom(), height: status.y - rule.bottom(), ..area };
    chrome::rule(frame.buffer_mut(), rule, &skin);
    let bars = match &model.screen {
        Screen::Home(home) => home::draw(home, model, &skin, frame, body, &mut seen),
        Screen::Lesson(lesson) => lesson::draw(lesson, model, &skin, frame, body, &mut seen),
        Screen::Question(question) => {
            question::draw(question, model, &skin, frame, body, &mut seen)
        }
        Screen::Lab(lab) => lab::draw(lab, model, &skin, frame, body, &mut seen),
        Screen::Workshop(workshop) => workshop::draw(workshop, &skin, frame, body, &mut seen),
        Screen::Sandbox(sandbox) => sandbox::draw(sandbox, model, &skin, frame, body, &mut seen),
        Screen::Incident(incident) => {
            incident::draw(incident, model, &skin, frame, body, &mut seen)
        }
    };
    chrome::title(frame.buffer_mut(), title, &skin, &bars.title, &bars.right);
    let (text, style) = match &model.notice {
        Some(notice) => (notice, skin.theme.warn),
        None => (&bars.status, bars.tone.unwrap_or(skin.theme.dim)),
    };
    let mut room = status.width.saturating_sub(2);
    if let Some((text, action)) = &bars.aside {
        room -= chrome::aside(frame.buffer_mut(), status, &skin, text, *action, &mut seen);
    }
    chrome::put(frame.buffer_mut(), status.x + 1, status.y, room, text, style);
    match model.modal {
        Some(Modal::Help(from)) => help::draw_keys(model, from, &skin, frame, body, &mut seen),
        Some(Modal::Terms(from)) => help::draw_terms(model, from, &skin, frame, body, &mut seen),
        Some(Modal::Menu(at)) => help::draw_menu(model, at, &skin, frame, body, &mut seen),
        None => {}
    }
    chrome::footer(frame.buffer_mut(), footer, &skin, model, &mut seen);
    seen
}

/// Asks for a larger window, in whatever room there is.
fn needs_room(buffer: &mut Buffer, area: Rect, skin: &Skin) {
    let words = &skin.words.common;
    let text = format!(
        "{}\n{}",
        (words.needs_room)(LEAST.0, LEAST.1),
        (words.room_now)(area.width, area.height)
    );
    let lines = break_text(&text, usize::from(area.width));
    let top = area.height.saturating_sub(lines.len() as u16) / 2;
    for (line, y) in lines.iter().zip(area.y + top..area.bottom()) {
        chrome::put(buffer, area.x, y, area.width, line, skin.theme.text);
    }
}
