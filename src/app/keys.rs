//! One table of keys: it feeds the dispatcher, the footer, the help screen and the README.

use crate::{
    app::{Key, KeyCode},
    i18n::keys::Keys,
};

/// What a key can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the labels in `i18n::keys` say what each does")]
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
    Toggle,
    Back,
    Help,
    Menu,
    Language,
    MouseToggle,
    Quit,
    Option(u8),
    // lessons
    Terms,
    // questions
    Sure,
    Again,
    // packets, in lessons and labs
    Send,
    // labs
    Undo,
    Redo,
    Reset,
    Hint,
    Wire,
    New,
    Find,
    Copy,
    Paste,
    Duplicate,
    Delete,
    Add,
    Edit,
    Goals,
    ZoomIn,
    ZoomOut,
    List,
    Board,
    Save,
}

/// Where a binding holds. Screens say which scopes they are in, the innermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names its screen or part")]
pub enum Scope {
    Everywhere,
    Home,
    Lesson,
    /// A question that waits for an answer by choosing.
    Choosing,
    /// A question of which several options may be right.
    Marking,
    /// A question that waits for things to be put into order, or paired.
    Arranging,
    /// Something is lifted, to be put elsewhere.
    Carrying,
    /// Something is lifted, to be paired.
    Pairing,
    /// The row that answers is chosen.
    Arranged,
    /// A question that waits for an answer by typing.
    Typing,
    /// A question that has been answered.
    Answered,
    /// The map (or list) of a lab.
    Lab,
    /// What is selected in a lab.
    LabInspect,
    /// The goals of a lab.
    LabGoals,
    /// A form in a lab.
    LabForm,
    /// A box over a lab.
    LabPanel,
    /// The workshop.
    Workshop,
    /// What holds in every part of the sandbox.
    Sandbox,
    /// What holds in every part of a lab.
    LabTools,
    /// The board of who reaches whom, on a bench.
    BenchBoard,
    /// A list to choose from, on a bench.
    BenchPick,
    /// A packet being chosen or predicted, in a lab.
    LabPacket,
    /// A packet on its way, in a lab.
    LabTravel,
    /// A packet with two futures, in a lab.
    LabFutures,
    Flight,
    Menu,
    Help,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// What it does.
    pub action: Action,
    /// The keys that do it; the first is the one that is shown. Letters are in lower case.
    pub keys: &'static [Key],
    /// What it is called.
    pub says: fn(&Keys) -> &'static str,
    /// Is it important enough for the footer?
    pub footer: bool,
}

impl Binding {
    const fn new(
        scope: Scope,
        action: Action,
        keys: &'static [Key],
        says: fn(&Keys) -> &'static str,
    ) -> Self {
        Self { scope, action, keys, says, footer: false }
    }

    const fn in_footer(self) -> Self {
        Self { footer: true, ..self }
    }
}

const UP: &[Key] = &[Key::plain(KeyCode::Up), Key::char('k')];
const DOWN: &[Key] = &[Key::plain(KeyCode::Down), Key::char('j')];
const LEFT: &[Key] = &[Key::plain(KeyCode::Left), Key::char('h')];
const RIGHT: &[Key] = &[Key::plain(KeyCode::Right)];
const PAGE_UP: &[Key] = &[Key::plain(KeyCode::PageUp)];
const PAGE_DOWN: &[Key] = &[Key::plain(KeyCode::PageDown)];
const FIRST: &[Key] = &[Key::plain(KeyCode::Home)];
const LAST: &[Key] = &[Key::plain(KeyCode::End)];
const ENTER: &[Key] = &[Key::plain(KeyCode::Enter)];
const ENTER_SPACE: &[Key] = &[Key::plain(KeyCode::Enter), Key::char(' ')];
const SPACE: &[Key] = &[Key::char(' ')];
const TAB: &[Key] = &[Key::plain(KeyCode::Tab)];
const BACK_TAB: &[Key] = &[Key::plain(KeyCode::BackTab)];
const UNDO: &[Key] = &[Key::char('u'), Key::ctrl('z'), Key::plain(KeyCode::Backspace)];
/// Who reaches whom: like a fifth part beside the four that digits lead to.
const BOARD: &[Key] = &[Key::char('5'), Key::char('i')];
const WIRE: &[Key] = &[Key::char('w'), Key::plain(KeyCode::F(9))];
const NEW: &[Key] = &[Key::char('n'), Key::plain(KeyCode::F(10))];
const ESC: &[Key] = &[Key::plain(KeyCode::Esc)];

/// The table. Within a scope, rows are in the order in which they are shown.
pub const BINDINGS: &[Binding] = &[
    // -------------------------------------------------------------- home
    Binding::new(Scope::Home, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Home, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Home, Action::Confirm, ENTER_SPACE, |k| k.open).in_footer(),
    Binding::new(Scope::Home, Action::Menu, ESC, |k| k.menu).in_footer(),
    // -------------------------------------------------------------- lesson
    Binding::new(Scope::Lesson, Action::Up, UP, |k| k.scroll).in_footer(),
    Binding::new(Scope::Lesson, Action::Down, DOWN, |k| k.scroll).in_footer(),
    Binding::new(Scope::Lesson, Action::Confirm, ENTER, |k| k.go_on).in_footer(),
    Binding::new(Scope::Lesson, Action::Next, TAB, |k| k.next_piece).in_footer(),
    Binding::new(Scope::Lesson, Action::Previous, BACK_TAB, |k| k.previous_piece),
    Binding::new(Scope::Lesson, Action::Left, LEFT, |k| k.turn_page).in_footer(),
    Binding::new(Scope::Lesson, Action::Right, RIGHT, |k| k.turn_page).in_footer(),
    Binding::new(
        Scope::Lesson,
        Action::PageDown,
        &[Key::char(' '), Key::plain(KeyCode::PageDown), Key::ctrl('d')],
        |k| k.half_page_down,
    ),
    Binding::new(
        Scope::Lesson,
        Action::PageUp,
        &[Key::plain(KeyCode::PageUp), Key::ctrl('u')],
        |k| k.half_page_up,
    ),
    Binding::new(Scope::Lesson, Action::First, FIRST, |k| k.page_top),
    Binding::new(Scope::Lesson, Action::Last, LAST, |k| k.page_end),
    Binding::new(Scope::Lesson, Action::Terms, &[Key::char('g'), Key::plain(KeyCode::F(4))], |k| {
        k.terms
    }),
    Binding::new(Scope::Lesson, Action::Back, ESC, |k| k.back).in_footer(),
    // -------------------------------------------------------------- questions
    Binding::new(Scope::Choosing, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Choosing, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Choosing, Action::Confirm, ENTER, |k| k.answer).in_footer(),
    Binding::new(Scope::Choosing, Action::Sure, TAB, |k| k.unsure).in_footer(),
    Binding::new(Scope::Choosing, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::Marking, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Marking, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Marking, Action::Toggle, SPACE, |k| k.mark).in_footer(),
    Binding::new(Scope::Marking, Action::Confirm, ENTER, |k| k.answer).in_footer(),
    Binding::new(Scope::Marking, Action::Sure, TAB, |k| k.unsure).in_footer(),
    Binding::new(Scope::Marking, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::Arranging, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Arranging, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Arranging, Action::Confirm, ENTER_SPACE, |k| k.lift).in_footer(),
    Binding::new(Scope::Arranging, Action::Undo, UNDO, |k| k.undo).in_footer(),
    Binding::new(Scope::Arranging, Action::Sure, TAB, |k| k.unsure).in_footer(),
    Binding::new(Scope::Arranging, Action::First, FIRST, |k| k.first),
    Binding::new(Scope::Arranging, Action::Last, LAST, |k| k.to_answer),
    Binding::new(Scope::Arranging, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::Carrying, Action::Up, UP, |k| k.carry).in_footer(),
    Binding::new(Scope::Carrying, Action::Down, DOWN, |k| k.carry).in_footer(),
    Binding::new(Scope::Carrying, Action::Confirm, ENTER_SPACE, |k| k.put_down).in_footer(),
    Binding::new(Scope::Carrying, Action::First, FIRST, |k| k.first),
    Binding::new(Scope::Carrying, Action::Last, LAST, |k| k.last),
    Binding::new(Scope::Carrying, Action::Back, ESC, |k| k.put_back).in_footer(),
    Binding::new(Scope::Pairing, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Pairing, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Pairing, Action::Confirm, ENTER_SPACE, |k| k.pair).in_footer(),
    Binding::new(Scope::Pairing, Action::Back, ESC, |k| k.put_back).in_footer(),
    Binding::new(Scope::Arranged, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Arranged, Action::Confirm, ENTER_SPACE, |k| k.answer).in_footer(),
    Binding::new(Scope::Arranged, Action::Undo, UNDO, |k| k.undo).in_footer(),
    Binding::new(Scope::Arranged, Action::Sure, TAB, |k| k.unsure).in_footer(),
    Binding::new(Scope::Arranged, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::Typing, Action::Confirm, ENTER, |k| k.answer).in_footer(),
    Binding::new(Scope::Typing, Action::Sure, TAB, |k| k.unsure).in_footer(),
    Binding::new(Scope::Typing, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::Answered, Action::Up, UP, |k| k.scroll),
    Binding::new(Scope::Answered, Action::Down, DOWN, |k| k.scroll),
    Binding::new(Scope::Answered, Action::Confirm, ENTER_SPACE, |k| k.go_on).in_footer(),
    Binding::new(
        Scope::Answered,
        Action::Again,
        &[Key::plain(KeyCode::Tab), Key::char('r')],
        |k| k.again,
    )
    .in_footer(),
    Binding::new(Scope::Answered, Action::Back, ESC, |k| k.back).in_footer(),
    // -------------------------------------------------------------- packets
    Binding::new(Scope::Flight, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Flight, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Flight, Action::Confirm, ENTER_SPACE, |k| k.confirm).in_footer(),
    Binding::new(Scope::Flight, Action::Left, LEFT, |k| k.step).in_footer(),
    Binding::new(Scope::Flight, Action::Right, RIGHT, |k| k.step).in_footer(),
    Binding::new(Scope::Flight, Action::First, FIRST, |k| k.first_hop),
    Binding::new(Scope::Flight, Action::Last, LAST, |k| k.last_hop),
    Binding::new(Scope::Flight, Action::Back, ESC, |k| k.back).in_footer(),
    // -------------------------------------------------------------- labs
    Binding::new(Scope::Lab, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Lab, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Lab, Action::Left, &[Key::plain(KeyCode::Left)], |k| k.choose).in_footer(),
    Binding::new(Scope::Lab, Action::Right, RIGHT, |k| k.choose).in_footer(),
    Binding::new(Scope::Lab, Action::Confirm, ENTER, |k| k.look).in_footer(),
    Binding::new(Scope::Lab, Action::Send, &[Key::char(' '), Key::char('p')], |k| k.packet)
        .in_footer(),
    Binding::new(Scope::Lab, Action::Wire, WIRE, |k| k.wire).in_footer(),
    Binding::new(Scope::Lab, Action::New, NEW, |k| k.new).in_footer(),
    Binding::new(Scope::Lab, Action::Undo, UNDO, |k| k.undo).in_footer(),
    Binding::new(Scope::Lab, Action::Hint, &[Key::char('h'), Key::plain(KeyCode::F(4))], |k| {
        k.hint
    })
    .in_footer(),
    Binding::new(Scope::Lab, Action::Next, TAB, |k| k.next_thing),
    Binding::new(Scope::Lab, Action::Previous, BACK_TAB, |k| k.previous_thing),
    Binding::new(Scope::Lab, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::LabInspect, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::LabInspect, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::LabInspect, Action::Confirm, ENTER, |k| k.do_it).in_footer(),
    Binding::new(
        Scope::LabInspect,
        Action::Delete,
        &[Key::plain(KeyCode::Delete), Key::char('x')],
        |k| k.delete,
    )
    .in_footer(),
    Binding::new(Scope::LabInspect, Action::Back, ESC, |k| k.to_map).in_footer(),
    Binding::new(Scope::LabGoals, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::LabGoals, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::LabGoals, Action::Confirm, ENTER, |k| k.do_it).in_footer(),
    Binding::new(Scope::LabGoals, Action::Back, ESC, |k| k.to_map).in_footer(),
    Binding::new(Scope::LabForm, Action::Up, &[Key::plain(KeyCode::Up)], |k| k.value).in_footer(),
    Binding::new(Scope::LabForm, Action::Down, &[Key::plain(KeyCode::Down)], |k| k.value)
        .in_footer(),
    Binding::new(Scope::LabForm, Action::Next, TAB, |k| k.next_field).in_footer(),
    Binding::new(Scope::LabForm, Action::Previous, BACK_TAB, |k| k.previous_field),
    Binding::new(Scope::LabForm, Action::Confirm, ENTER, |k| k.confirm).in_footer(),
    Binding::new(Scope::LabForm, Action::Back, ESC, |k| k.cancel).in_footer(),
    Binding::new(Scope::BenchPick, Action::Up, &[Key::plain(KeyCode::Up)], |k| k.choose)
        .in_footer(),
    Binding::new(Scope::BenchPick, Action::Down, &[Key::plain(KeyCode::Down)], |k| k.choose)
        .in_footer(),
    Binding::new(Scope::BenchPick, Action::PageUp, PAGE_UP, |k| k.half_page_up),
    Binding::new(Scope::BenchPick, Action::PageDown, PAGE_DOWN, |k| k.half_page_down),
    Binding::new(Scope::BenchPick, Action::Confirm, ENTER, |k| k.confirm).in_footer(),
    Binding::new(Scope::BenchPick, Action::Back, ESC, |k| k.cancel).in_footer(),
    Binding::new(Scope::LabPanel, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::LabPanel, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::LabPanel, Action::Confirm, ENTER_SPACE, |k| k.confirm).in_footer(),
    Binding::new(Scope::LabPanel, Action::Back, ESC, |k| k.close).in_footer(),
    Binding::new(Scope::BenchBoard, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::BenchBoard, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::BenchBoard, Action::Left, LEFT, |k| k.choose).in_footer(),
    Binding::new(Scope::BenchBoard, Action::Right, RIGHT, |k| k.choose).in_footer(),
    Binding::new(Scope::BenchBoard, Action::PageUp, PAGE_UP, |k| k.first),
    Binding::new(Scope::BenchBoard, Action::PageDown, PAGE_DOWN, |k| k.last),
    Binding::new(Scope::BenchBoard, Action::Back, ESC, |k| k.close).in_footer(),
    Binding::new(Scope::BenchBoard, Action::Board, BOARD, |k| k.close),
    Binding::new(Scope::LabPacket, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::LabPacket, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::LabPacket, Action::Confirm, ENTER_SPACE, |k| k.confirm).in_footer(),
    Binding::new(
        Scope::LabPacket,
        Action::Add,
        &[Key::char('a'), Key::plain(KeyCode::F(5))],
        |k| k.own_packet,
    )
    .in_footer(),
    Binding::new(Scope::LabPacket, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::LabTravel, Action::Left, &[Key::plain(KeyCode::Left)], |k| k.step)
        .in_footer(),
    Binding::new(Scope::LabTravel, Action::Right, RIGHT, |k| k.step).in_footer(),
    Binding::new(Scope::LabTravel, Action::Send, ENTER_SPACE, |k| k.play).in_footer(),
    Binding::new(Scope::LabTravel, Action::Next, TAB, |k| k.in_detail).in_footer(),
    Binding::new(
        Scope::LabTravel,
        Action::Again,
        &[Key::char('s'), Key::plain(KeyCode::F(5))],
        |k| k.send_again,
    ),
    Binding::new(Scope::LabTravel, Action::First, FIRST, |k| k.first_hop),
    Binding::new(Scope::LabTravel, Action::Last, LAST, |k| k.last_hop).in_footer(),
    Binding::new(Scope::LabTravel, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::LabFutures, Action::Left, &[Key::plain(KeyCode::Left)], |k| k.step)
        .in_footer(),
    Binding::new(Scope::LabFutures, Action::Right, RIGHT, |k| k.step).in_footer(),
    Binding::new(Scope::LabFutures, Action::Up, &[Key::plain(KeyCode::Up)], |k| k.which_future)
        .in_footer(),
    Binding::new(Scope::LabFutures, Action::Down, &[Key::plain(KeyCode::Down)], |k| k.which_future)
        .in_footer(),
    Binding::new(Scope::LabFutures, Action::Next, TAB, |k| k.in_detail).in_footer(),
    Binding::new(
        Scope::LabFutures,
        Action::Again,
        &[Key::char('s'), Key::plain(KeyCode::F(5))],
        |k| k.keep_now,
    )
    .in_footer(),
    Binding::new(Scope::LabFutures, Action::Send, ENTER_SPACE, |k| k.play).in_footer(),
    Binding::new(Scope::LabFutures, Action::First, FIRST, |k| k.first_hop),
    Binding::new(Scope::LabFutures, Action::Last, LAST, |k| k.last_hop),
    Binding::new(Scope::LabFutures, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::LabTools, Action::Send, &[Key::char(' '), Key::char('p')], |k| k.packet)
        .in_footer(),
    Binding::new(Scope::LabTools, Action::Wire, WIRE, |k| k.wire).in_footer(),
    Binding::new(Scope::LabTools, Action::New, NEW, |k| k.new).in_footer(),
    Binding::new(
        Scope::LabTools,
        Action::Find,
        &[Key::char('/'), Key::plain(KeyCode::F(11))],
        |k| k.find,
    ),
    Binding::new(Scope::LabTools, Action::Copy, &[Key::char('c')], |k| k.copy),
    Binding::new(Scope::LabTools, Action::Paste, &[Key::char('v')], |k| k.paste),
    Binding::new(
        Scope::LabTools,
        Action::Duplicate,
        &[Key::char('d'), Key::plain(KeyCode::F(12))],
        |k| k.duplicate,
    ),
    Binding::new(Scope::LabTools, Action::Undo, UNDO, |k| k.undo),
    Binding::new(
        Scope::LabTools,
        Action::Redo,
        &[Key::char('r'), Key::ctrl('y'), Key::plain(KeyCode::F(7))],
        |k| k.redo,
    ),
    Binding::new(
        Scope::LabTools,
        Action::Hint,
        &[Key::char('h'), Key::plain(KeyCode::F(4))],
        |k| k.hint,
    ),
    Binding::new(
        Scope::LabTools,
        Action::Goals,
        &[Key::char('g'), Key::plain(KeyCode::F(5))],
        |k| k.goals,
    ),
    Binding::new(
        Scope::LabTools,
        Action::Delete,
        &[Key::plain(KeyCode::Delete), Key::char('x')],
        |k| k.delete,
    ),
    Binding::new(
        Scope::LabTools,
        Action::ZoomIn,
        &[Key::char('+'), Key::char('='), Key::plain(KeyCode::PageUp)],
        |k| k.nearer,
    ),
    Binding::new(
        Scope::LabTools,
        Action::ZoomOut,
        &[Key::char('-'), Key::plain(KeyCode::PageDown)],
        |k| k.farther,
    ),
    Binding::new(
        Scope::LabTools,
        Action::List,
        &[Key::char('t'), Key::plain(KeyCode::F(6))],
        |k| k.list,
    ),
    Binding::new(Scope::LabTools, Action::Board, BOARD, |k| k.who_reaches),
    Binding::new(
        Scope::LabTools,
        Action::Reset,
        &[Key::ctrl('r'), Key::plain(KeyCode::F(8))],
        |k| k.start_over,
    ),
    // -------------------------------------------------------------- workshop
    Binding::new(Scope::Workshop, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Workshop, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Workshop, Action::Left, LEFT, |k| k.level).in_footer(),
    Binding::new(Scope::Workshop, Action::Right, RIGHT, |k| k.level).in_footer(),
    Binding::new(Scope::Workshop, Action::Confirm, ENTER_SPACE, |k| k.open).in_footer(),
    Binding::new(Scope::Workshop, Action::Undo, &[Key::plain(KeyCode::Backspace)], |k| k.erase)
        .in_footer(),
    Binding::new(Scope::Workshop, Action::Back, ESC, |k| k.back).in_footer(),
    Binding::new(Scope::Sandbox, Action::Save, &[Key::ctrl('s'), Key::plain(KeyCode::F(4))], |k| {
        k.save
    })
    .in_footer(),
    // -------------------------------------------------------------- boxes
    Binding::new(Scope::Menu, Action::Up, UP, |k| k.choose).in_footer(),
    Binding::new(Scope::Menu, Action::Down, DOWN, |k| k.choose).in_footer(),
    Binding::new(Scope::Menu, Action::Confirm, ENTER_SPACE, |k| k.open).in_footer(),
    Binding::new(Scope::Menu, Action::Back, ESC, |k| k.close).in_footer(),
    Binding::new(Scope::Help, Action::Up, UP, |k| k.scroll).in_footer(),
    Binding::new(Scope::Help, Action::Down, DOWN, |k| k.scroll).in_footer(),
    Binding::new(Scope::Help, Action::Terms, &[Key::char('g'), Key::plain(KeyCode::F(4))], |k| {
        k.close
    }),
    Binding::new(
        Scope::Help,
        Action::Back,
        &[Key::plain(KeyCode::Esc), Key::plain(KeyCode::Enter), Key::char(' ')],
        |k| k.close,
    )
    .in_footer(),
    // -------------------------------------------------------------- everywhere
    Binding::new(Scope::Everywhere, Action::Up, UP, |k| k.up),
    Binding::new(Scope::Everywhere, Action::Down, DOWN, |k| k.down),
    Binding::new(Scope::Everywhere, Action::Left, LEFT, |k| k.left),
    Binding::new(Scope::Everywhere, Action::Right, RIGHT, |k| k.right),
    Binding::new(Scope::Everywhere, Action::PageUp, PAGE_UP, |k| k.half_page_up),
    Binding::new(Scope::Everywhere, Action::PageDown, PAGE_DOWN, |k| k.half_page_down),
    Binding::new(Scope::Everywhere, Action::First, FIRST, |k| k.first),
    Binding::new(Scope::Everywhere, Action::Last, LAST, |k| k.last),
    Binding::new(Scope::Everywhere, Action::Next, TAB, |k| k.next),
    Binding::new(Scope::Everywhere, Action::Previous, BACK_TAB, |k| k.previous),
    Binding::new(Scope::Everywhere, Action::Confirm, ENTER, |k| k.confirm),
    Binding::new(Scope::Everywhere, Action::Toggle, SPACE, |k| k.mark),
    Binding::new(Scope::Everywhere, Action::Back, ESC, |k| k.back),
    Binding::new(
        Scope::Everywhere,
        Action::Help,
        &[Key::char('?'), Key::plain(KeyCode::F(1))],
        |k| k.help,
    )
    .in_footer(),
    Binding::new(
        Scope::Everywhere,
        Action::Language,
        &[Key::char('l'), Key::plain(KeyCode::F(2))],
        |k| k.language,
    )
    .in_footer(),
    Binding::new(Scope::Everywhere, Action::Quit, &[Key::char('q'), Key::ctrl('c')], |k| k.quit)
        .in_footer(),
    Binding::new(
        Scope::Everywhere,
        Action::MouseToggle,
        &[Key::char('m'), Key::plain(KeyCode::F(3))],
        |k| k.mouse,
    )
    .in_footer(),
];

/// The rows of one scope.
pub fn of(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.scope == scope)
}

/// What a key means where these scopes hold, the innermost first. Digits are options everywhere.
pub fn find(scopes: &[Scope], key: Key) -> Option<Action> {
    let key = plain(key);
    let scopes = scopes.iter().copied().chain([Scope::Everywhere]);
    let bound = scopes.into_iter().find_map(|scope| find_in(scope, key));
    bound.or_else(|| match key.code {
        KeyCode::Char(digit @ '1'..='9') if key.types() => Some(Action::Option(digit as u8 - b'0')),
        _ => None,
    })
}

/// What a key means in one scope alone.
pub fn find_in(scope: Scope, key: Key) -> Option<Action> {
    let key = plain(key);
    of(scope).find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The key as the table spells it: letters in lower case, so that Caps Lock does not matter.
fn plain(key: Key) -> Key {
    match key.code {
        KeyCode::Char(letter) => {
            Key { code: KeyCode::Char(letter.to_ascii_lowercase()), shift: false, ..key }
        }
        KeyCode::Tab if key.shift => Key { code: KeyCode::BackTab, shift: false, ..key },
        _ => Key { shift: false, ..key },
    }
}

/// The keys that were pressed: with the Korean input method on, `j` arrives as `ㅓ`, and `f k` as
/// `라`.
pub fn pressed(key: Key) -> Vec<Key> {
    let KeyCode::Char(letter) = key.code else { return vec![key] };
    match crate::text::hangul::keys_of(letter) {
        Some(keys) => {
            keys.chars().map(|letter| Key { code: KeyCode::Char(letter), ..key }).collect()
        }
        None => vec![key],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(scope: Scope, key: Key) -> Option<Action> {
        match pressed(key).as_slice() {
            [key] => find(&[scope], *key),
            _ => None,
        }
    }

    #[test]
    fn a_key_means_the_same_with_the_korean_input_method_on() {
        for (letter, jamo) in [('j', 'ㅓ'), ('k', 'ㅏ'), ('l', 'ㅣ'), ('q', 'ㅂ'), ('m', 'ㅡ')]
        {
            let expected = meaning(Scope::Home, Key::char(letter));
            assert!(expected.is_some());
            assert_eq!(meaning(Scope::Home, Key::char(jamo)), expected, "{letter}");
        }
        assert_eq!(meaning(Scope::Home, Key::ctrl('ㅊ')), Some(Action::Quit));
    }

    #[test]
    fn a_syllable_is_the_keys_that_typed_it() {
        assert_eq!(pressed(Key::char('러')), [Key::char('f'), Key::char('j')]);
    }

    #[test]
    fn caps_lock_does_not_matter() {
        assert_eq!(meaning(Scope::Lesson, Key::char('L')), Some(Action::Language));
        assert_eq!(meaning(Scope::Lesson, Key::char('J')), Some(Action::Down));
    }

    #[test]
    fn no_key_is_bound_twice_in_a_scope() {
        for binding in BINDINGS {
            for key in binding.keys {
                let owners = of(binding.scope).filter(|other| other.keys.contains(key)).count();
                assert_eq!(owners, 1, "{key:?} in {:?}", binding.scope);
            }
        }
    }

    #[test]
    fn letters_in_the_table_are_in_lower_case() {
        for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
            assert_eq!(*key, plain(*key));
        }
    }

    #[test]
    fn everything_has_a_key_that_is_no_letter() {
        let letterless = |binding: &Binding| {
            binding.keys.iter().any(|key| match key.code {
                KeyCode::Char(letter) => letter == ' ' || letter.is_ascii_digit(),
                _ => true,
            })
        };
        for binding in BINDINGS {
            // What has a row in a menu or in the list of what to make needs no key of its own.
            let in_menu = crate::app::Modal::MENU.contains(&binding.action)
                || matches!(binding.action, Action::Copy | Action::Paste);
            assert!(letterless(binding) || in_menu, "{:?} {:?}", binding.scope, binding.action);
        }
    }
}
