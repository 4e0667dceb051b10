//! The mouse on the bench: clicks, the wheel, and dragging one thing onto another.

use std::time::Duration;

use crate::{
    app::{
        Action, Area, Around, Mouse, MouseKind, Target,
        bench::{
            Bench, Pane, Selection, Told,
            inspect::{Enter, Row},
            outline,
            wire::End,
        },
        canvas::Spot,
    },
    cloud::Thing,
};

/// The button is held on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Press {
    /// What it went down on.
    on: Target,
    /// The cell.
    at: (u16, u16),
    /// What would be wired; not everything can be.
    from: Option<End>,
    /// Was it selected already? Then letting go opens it.
    again: bool,
    /// Did it move since?
    moved: bool,
    /// What it is held over, once it moved.
    over: Option<End>,
    /// The cell where it is held.
    held: (u16, u16),
    /// When the map moves on by itself, while it is held at an edge beyond which the map goes on.
    scrolls: Option<Duration>,
}

/// How long the map rests between two steps while something is held at its edge.
const REST: Duration = Duration::from_millis(120);
/// How far one step goes, in columns and rows.
const STEP: (i32, i32) = (6, 2);
/// How close to the border of the map its edge begins, in cells.
const EDGE: u16 = 2;

/// A thing that is dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drag {
    /// What is dragged.
    pub from: End,
    /// What it is held over.
    pub over: Option<End>,
}

impl Bench {
    /// What is dragged.
    pub fn drag(&self) -> Option<Drag> {
        let press = self.press.filter(|press| press.moved)?;
        Some(Drag { from: press.from?, over: press.over })
    }

    pub(super) fn mouse(
        &mut self,
        mouse: Mouse,
        target: Option<Target>,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        match mouse.kind {
            MouseKind::Down => {
                self.press = None;
                if let Some(target) = target {
                    self.press_down(mouse, target, around, told);
                }
            }
            MouseKind::Drag => {
                let over = target.and_then(|target| self.end_at(target));
                if let Some(press) = &mut self.press
                    && ((mouse.x, mouse.y) != press.at || press.moved)
                {
                    press.moved = true;
                    press.held = (mouse.x, mouse.y);
                    press.over = over.filter(|over| Some(*over) != press.from);
                    let beyond = press.from.is_some() && self.beyond(around).is_some();
                    if let Some(press) = &mut self.press {
                        press.scrolls = match press.scrolls {
                            Some(at) if beyond => Some(at),
                            _ => beyond.then_some(around.now + REST),
                        };
                    }
                }
            }
            MouseKind::Up => {
                let Some(press) = self.press.take() else { return };
                match (press.from, press.over) {
                    (Some(from), Some(to)) => self.wire(from, to, around, told),
                    _ if press.moved => {}
                    _ => self.let_go(press, around, told),
                }
            }
            MouseKind::WheelUp | MouseKind::WheelDown => {
                let down = mouse.kind == MouseKind::WheelDown;
                if let Some(Target::Spot(_) | Target::Pane(Pane::Map)) = target {
                    // The window goes where the wheel turns it, until the next key.
                    self.free = true;
                    let y = self.pan.1;
                    self.pan.1 = if down { y.saturating_add(3) } else { y.saturating_sub(3) };
                } else {
                    self.act(if down { Action::Down } else { Action::Up }, around, told);
                }
            }
            MouseKind::Move => {}
        }
    }

    /// Forgets what is dragged; answers whether anything was.
    pub(super) fn let_fall(&mut self) -> bool {
        let dragged = self.drag().is_some();
        if dragged {
            self.press = None;
        }
        dragged
    }

    /// When the map moves on under what is held at its edge.
    pub(super) fn scrolls_in(&self, now: Duration) -> Option<Duration> {
        Some(self.press?.scrolls?.saturating_sub(now))
    }

    /// Moves the map on under what is held at its edge, as long as it goes on there.
    pub(super) fn scroll_along(&mut self, around: Around<'_>) {
        let Some(press) = self.press else { return };
        if press.scrolls.is_none_or(|at| around.now < at) {
            return;
        }
        // The last frame knows what lies under the pointer now.
        let (x, y) = press.held;
        let over = around.seen.hit(x, y).and_then(|target| self.end_at(target));
        let pan = self.beyond(around);
        if let Some(pan) = pan {
            self.free = true;
            self.pan = pan;
        }
        if let Some(press) = &mut self.press {
            press.over = over.filter(|over| Some(*over) != press.from);
            press.scrolls = pan.map(|_| around.now + REST);
        }
    }

    /// Where the window onto the map goes from here while something is held at its edge; `None`
    /// where it is not, or where the map ends.
    fn beyond(&self, around: Around<'_>) -> Option<(u16, u16)> {
        let (width, height) = around.seen.map;
        if self.is_list(width, height) {
            return None;
        }
        let is_map = |area: &Area| (area.width, area.height) == (width, height);
        let (area, _) = around
            .seen
            .hits
            .iter()
            .find(|(area, target)| *target == Target::Pane(Pane::Map) && is_map(area))?;
        let (x, y) = self.press?.held;
        let toward = |at: u16, from: u16, length: u16, step: i32| {
            if at < from + EDGE {
                -step
            } else if at + EDGE >= from + length {
                step
            } else {
                0
            }
        };
        let step = (toward(x, area.x, area.width, STEP.0), toward(y, area.y, area.height, STEP.1));
        let canvas = self.canvas(width, height);
        let now = self.window(&canvas, width, height);
        let moved = |at: u16, step: i32, whole: u16, window: u16| {
            let last = i32::from(whole.saturating_sub(window));
            u16::try_from((i32::from(at) + step).clamp(0, last)).unwrap_or(at)
        };
        let next = (
            moved(now.0, step.0, canvas.width, width),
            moved(now.1, step.1, canvas.height, height),
        );
        (next != now).then_some(next)
    }

    /// What a place on the screen is, as an end of a wire.
    fn end_at(&self, target: Target) -> Option<End> {
        match target {
            Target::Spot(Spot::Elsewhere) => Some(End::Elsewhere),
            Target::Spot(spot) => spot.thing(&self.network).map(End::Thing),
            Target::Thing(thing) => Some(End::Thing(thing)),
            Target::Row(Pane::Map, index) => {
                let lines = outline::outline(&self.network);
                match lines.get(index)?.entry.subject(&self.network)? {
                    (_, Some(thing)) => Some(End::Thing(thing)),
                    (Some(Spot::Elsewhere), None) => Some(End::Elsewhere),
                    _ => None,
                }
            }
            Target::Row(Pane::Inspect, index) => self.thing_in_row(index).map(End::Thing),
            _ => None,
        }
    }

    /// The thing that a row of the inspector leads to.
    fn thing_in_row(&self, index: usize) -> Option<Thing> {
        match self.rows().into_iter().filter(Row::is_live).nth(index)?.enter? {
            Enter::Show(thing) => Some(thing),
            _ => None,
        }
    }

    /// The button goes down: what can be dragged waits for what comes, the rest is clicked.
    fn press_down(
        &mut self,
        mouse: Mouse,
        target: Target,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        let from = self.end_at(target);
        let mut press = Press {
            on: target,
            at: (mouse.x, mouse.y),
            from,
            again: false,
            moved: false,
            over: None,
            held: (mouse.x, mouse.y),
            scrolls: None,
        };
        match target {
            Target::Spot(spot) => {
                self.form = None;
                self.picker = None;
                press.again =
                    self.focus == Pane::Map && self.selection == (Selection { spot, thing: None });
                self.select(spot);
                self.focus = Pane::Map;
            }
            Target::Row(Pane::Map, index) => {
                let lines = outline::outline(&self.network);
                self.form = None;
                self.picker = None;
                self.focus = Pane::Map;
                press.again = self.list_at(&lines) == Some(index);
                self.take_line(&lines, Some(index));
            }
            Target::Row(Pane::Inspect, index) => {
                self.focus = Pane::Inspect;
                self.row = index;
            }
            target => {
                self.click(target, around, told);
                return;
            }
        }
        self.press = Some(press);
    }

    /// The button is let go where it went down.
    fn let_go(&mut self, press: Press, around: Around<'_>, told: &mut Vec<Told>) {
        match press.on {
            Target::Spot(_) | Target::Row(Pane::Map, _) if press.again => {
                self.focus = Pane::Inspect;
            }
            Target::Row(Pane::Inspect, index) => {
                self.focus = Pane::Inspect;
                self.row = index;
                self.act_in_inspector(Action::Confirm, around, told);
            }
            _ => {}
        }
    }

    fn click(&mut self, target: Target, around: Around<'_>, told: &mut Vec<Told>) {
        let (now, motion) = (around.now, around.look.motion);
        if self.board.is_some() {
            match target {
                Target::Cell(cell) => self.click_on_board(cell),
                Target::Box => {}
                // Beside the box: it closes.
                _ => self.board = None,
            }
            return;
        }
        match target {
            Target::Pane(pane) => self.look_at(pane),
            Target::Choice(index) => self.pick(index, around, told),
            Target::Field(index) => {
                if let Some(form) = &mut self.form {
                    form.at = index.min(form.count().saturating_sub(1));
                    let button = form.at.checked_sub(form.fields.len());
                    let button = button.and_then(|index| form.buttons().get(index).copied());
                    if let Some(button) = button {
                        self.press(button, around, told);
                    }
                }
            }
            Target::Known(index) => {
                if let Some(form) = &mut self.form {
                    let field = form.at;
                    form.take(field, index, &self.network);
                }
            }
            Target::Item(index) if !self.is_asking() => {
                self.focus = Pane::Flight;
                if self.flight.is_idle() && index >= self.flight.packets().len() {
                    self.own_packet();
                } else if !self.asks(index, told) {
                    let said = self.flight.pick(index, &self.network, now, motion);
                    self.heard(said, told);
                }
            }
            Target::Hop(hop) => {
                self.focus = Pane::Flight;
                let said = self.flight.show(hop);
                self.heard(said, told);
            }
            _ => {}
        }
    }
}
