//! What a frame taught: where things are that a mouse may hit, how tall they came out. The screen
//! is drawn from the model alone; this comes back as a message and is used by the next one.

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Area {
    /// The left column.
    pub x: u16,
    /// The top row.
    pub y: u16,
    /// How many columns.
    pub width: u16,
    /// How many rows.
    pub height: u16,
}

impl Area {
    /// Is the cell inside?
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && x - self.x < self.width && y >= self.y && y - self.y < self.height
    }
}

/// What a mouse may hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A key of the footer or help, or a button: the same as pressing it.
    Action(crate::app::Action),
    /// The nth choice of what the screen lists (lesson, option, packet, goal, ...).
    Item(usize),
    /// The nth live piece of a page.
    Piece(usize),
    /// The nth page of a lesson.
    Page(usize),
    /// The nth lesson that a page refers to.
    Link(usize),
    /// An object on the canvas.
    Thing(crate::cloud::Thing),
    /// Something on the canvas.
    Spot(crate::app::canvas::Spot),
    /// A part of the bench.
    Pane(crate::app::bench::Pane),
    /// The nth row that can be chosen in a part of the bench.
    Row(crate::app::bench::Pane, usize),
    /// The nth field or row of a form.
    Field(usize),
    /// The nth row of a list to choose from.
    Choice(usize),
    /// The nth known value of the field one is in.
    Known(usize),
    /// The nth hop of a packet's way.
    Hop(usize),
    /// The nth cell of the board of who reaches whom, row by row.
    Cell(usize),
    /// A box over the screen: what lies under it cannot be hit.
    Box,
}

/// What one frame taught.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// What is where, later entries above earlier ones.
    pub hits: Vec<(Area, Target)>,
    /// The heights in lines of the blocks of the page, in order (lesson screen).
    pub blocks: Vec<u16>,
    /// Where the live pieces of the page are: first line and height, in lines of the scrolled
    /// part (lesson screen).
    pub pieces: Vec<(u16, u16)>,
    /// The line of the scrolled part that was drawn first, after it was held within bounds.
    pub top: u16,
    /// How many lines of the scrolled part are visible.
    pub viewport: u16,
    /// How many lines the scrolled part has.
    pub content: u16,
    /// How many lines of a box over the screen are visible.
    pub box_viewport: u16,
    /// How many lines that box has.
    pub box_content: u16,
    /// How large the window onto the map was (lab screen).
    pub map: (u16, u16),
    /// The sizes that the network was laid out for, besides that (lab screen).
    pub rooms: Vec<(u16, u16)>,
    /// How many columns a network on a page had (lesson and question screens).
    pub page: u16,
    /// Were the parts of the screen side by side, rather than taking turns (lab screen)?
    pub wide: bool,
}

impl Seen {
    /// What lies at this cell, topmost first.
    pub fn hit(&self, x: u16, y: u16) -> Option<Target> {
        self.hits.iter().rev().find(|(area, _)| area.contains(x, y)).map(|(_, target)| *target)
    }
}
