//! The terminal, the clock, effects carried out.

pub mod keyboard;
