//! What the learner did: a log that only grows is the truth, everything else is derived from it.
//!
//! - [`Event`] is one thing that happened, [`Entry`] the same with its name and moment.
//! - [`Progress`] is what follows from the entries: a pure fold that knows no database, and that
//!   comes out the same in whatever order, and however often, entries are fed to it.
//! - [`Journal`] keeps the log in SQLite. What was confirmed survives a kill; two running copies
//!   append to one file; two machines' journals merge; a newer or damaged file is left as it is.
//!
//! Knows no clock (moments are given by the caller) and nothing of lessons but their stable ids.

mod entry;
mod error;
mod event;
pub mod glance;
mod lines;
mod open;
mod progress;
mod store;

pub use entry::{Entry, EntryId, Moment};
pub use error::{Error, Notice, Unsaved};
pub use event::{Event, Given, Scope};
pub use lines::Imported;
pub use open::Opened;
pub use progress::{
    Aliases, Answer, Evidence, LabProgress, LessonProgress, Prediction, Progress, QuestionProgress,
    Solved,
};
pub use store::{Cursor, Journal, Merged};
