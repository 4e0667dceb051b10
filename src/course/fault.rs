//! What is wrong with a pack or scene, where, and what would be right.

use std::{ops::Range, sync::Arc};

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the pack works.
    Warning,
    /// Must be mended.
    Error,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the pack or as the person named it.
    pub file: Arc<str>,
    /// The bytes of the file that it is about; empty at 0 when it is about the file as a whole.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would be right, if that can be said.
    pub help: Option<String>,
}
