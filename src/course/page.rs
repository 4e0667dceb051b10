//! The prose of a lesson: Markdown as a flat list of blocks, ready for layout at any width.
//! References to what the simulator computes are filled in already.

use crate::course::{LabId, QuestionId};

/// A stretch of prose under one `##` heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The heading.
    pub title: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// One piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading below the page's own: level 3 to 6.
    Heading(u8, Vec<Inline>),
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list; ordered ones start at the number. Each item is a list of blocks.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A table: alignment-free, header first.
    Table(Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>),
    /// Code or a terminal transcript, shown as it is.
    Code(String),
    /// A quotation.
    Quote(Vec<Block>),
    /// A boxed remark, from `> [!NOTE]` and its kin.
    Callout(Callout, Vec<Block>),
    /// A line across.
    Rule,
    /// Something alive.
    Live(Live),
}

/// The kinds of boxed remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callout {
    /// Good to know.
    Note,
    /// A handy way.
    Tip,
    /// Something people often get wrong, and the correction.
    Myth,
    /// Costs money or breaks things.
    Warning,
}

/// A live piece placed by a fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Live {
    /// A running scene: its name, and the named packets to offer (all of the scene's when empty).
    Scene(String, Vec<String>),
    /// A question.
    Question(QuestionId),
    /// The way into a lab.
    Lab(LabId),
}

/// A piece of running text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// The text, clean and normalised.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Where it leads, when it is a link: an address, or a glossary term as `term:NAME`.
    pub link: Option<String>,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "four independent marks of Markdown")]
pub struct Style {
    /// `**strong**`
    pub strong: bool,
    /// `*emphasis*`
    pub emphasis: bool,
    /// `` `code` ``
    pub code: bool,
    /// Filled in by the simulator: shown as such.
    pub computed: bool,
}
