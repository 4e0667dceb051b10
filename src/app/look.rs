//! How the screen may look: what the terminal can do, and what the person wants.

/// What the terminal can do, and what the person wants. Found out once, when the program starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Which colours there are.
    pub colors: Colors,
    /// Is the background light?
    pub light: bool,
    /// Only ASCII signs and borders?
    pub ascii: bool,
    /// May things move? Without, a packet is at its end at once, and its way is read by steps.
    pub motion: bool,
}

/// Which colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colors {
    /// None (`NO_COLOR`): bold, dim, underline and reverse only.
    None,
    /// The terminal's own 16, whatever its theme makes of them.
    Sixteen,
    /// All.
    Full,
}

impl Default for Look {
    fn default() -> Self {
        Self { colors: Colors::Sixteen, light: false, ascii: false, motion: true }
    }
}
