//! One table of keys: it feeds the dispatcher, the footer, the help screen and the README.

use crate::app::{Key, KeyCode};

/// What a key can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the labels in `i18n` say what each does")]
pub enum Action {
    // everywhere
    Up,
    Down,
    Left,
    Right,
    First,
    Last,
    PageUp,
    PageDown,
    Next,
    Previous,
    Confirm,
    Back,
    Help,
    Language,
    MouseToggle,
    Quit,
    Option(u8),
    // packets, in lessons and labs
    Send,
    // labs
    Undo,
    Redo,
    Reset,
    Hint,
    Wire,
    Delete,
    Add,
    Edit,
    Goals,
}

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names its screen or part")]
pub enum Scope {
    Everywhere,
    Home,
    Lesson,
    Question,
    Lab,
    Flight,
    Help,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// What it does.
    pub action: Action,
    /// The keys that do it; the first is the one that is shown.
    pub keys: &'static [Key],
    /// Is it important enough for the footer?
    pub footer: bool,
}

/// The table.
pub const BINDINGS: &[Binding] = &[Binding {
    scope: Scope::Everywhere,
    action: Action::Quit,
    keys: &[
        Key::plain(KeyCode::Char('q')),
        Key { code: KeyCode::Char('c'), ctrl: true, alt: false, shift: false },
    ],
    footer: true,
}];
