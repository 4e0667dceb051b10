//! (being built)

/// Being built.
#[derive(Debug)]
pub struct Lesson;
