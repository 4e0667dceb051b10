//! Keys and mouse, in the program's own words, and what a screen makes of them.

use crate::app::{Action, Target};

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Was control held?
    pub ctrl: bool,
    /// Was alt held?
    pub alt: bool,
    /// Was shift held? Letters carry their case instead.
    pub shift: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant names its key")]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

impl Key {
    /// A key with nothing held.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A letter or sign with nothing held.
    pub const fn char(letter: char) -> Self {
        Self::plain(KeyCode::Char(letter))
    }

    /// A letter with control held.
    pub const fn ctrl(letter: char) -> Self {
        Self { code: KeyCode::Char(letter), ctrl: true, alt: false, shift: false }
    }

    /// Does it type something into a text field: a letter, without control or alt?
    pub fn types(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.ctrl && !self.alt
    }
}

/// One thing the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant names its movement; buttons are the left one")]
pub enum MouseKind {
    Down,
    Up,
    Drag,
    Move,
    WheelUp,
    WheelDown,
}

/// What reaches a screen, once keys have been looked up and the mouse has been placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key that the table gives a meaning, or a click on a sign that stands for one.
    Act(Action),
    /// A key as it came: only while the screen says that it is typing.
    Type(Key),
    /// Text was pasted, clean of control characters: only while the screen is typing.
    Paste(String),
    /// The mouse did something, here, on this.
    Mouse(Mouse, Option<Target>),
    /// Time went by.
    Tick,
    /// A frame was drawn, and taught where things are.
    Seen,
}
