//! (being built)

/// Being built.
#[derive(Debug)]
pub struct Home;
