//! Text in a terminal's cells: how wide it is, where its lines break, what must not reach the
//! screen, and how Korean is typed, compared and read aloud.
//!
//! Pure functions over strings. Knows nothing of screens, colours or languages of the interface:
//! a style is whatever the caller passes in [`line::Run`], and is only carried along.
//!
//! | module | what it answers |
//! |---|---|
//! | [`width`] | how many cells? which part fits into so many? |
//! | [`line`] | where do lines break? |
//! | [`clean`] | what of a foreign text may be shown? |
//! | [`answer`] | is this what was asked for? |
//! | [`hangul`] | which keys were pressed? which letters is a syllable made of? |
//! | [`particle`] | 은 or 는? |
//!
//! Cells are counted by [`width::width`] everywhere, and in the same way as the screen library
//! counts them: cluster by cluster, East Asian "ambiguous" letters as one cell.

pub mod answer;
pub mod clean;
mod cluster;
pub mod hangul;
pub mod line;
pub mod particle;
pub mod width;
