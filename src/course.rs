//! Packs: files to checked values, and back to faults. A pack is a folder of text files; the
//! built-in one is embedded in the binary. Reading gives `(value, faults)`: a fault has its file,
//! place, message and help, and never hides the rest.
//!
//! Knows the simulated cloud (keys and pars are computed by it), no screen, no clock, no database.
//!
//! | module | what it holds |
//! |---|---|
//! | [`pack`] | files in memory; a [`Course`]: what the first screen needs of them |
//! | [`lesson`], [`question`], [`lab`], [`glossary`] | what a learner meets, checked values |
//! | [`page`], [`prose`] | Markdown as blocks; emphasis that Korean can use |
//! | [`scene`] | a network as a person writes it, with named packets |
//! | [`mod@reference`] | `{{verdict SCENE PACKET}}` and its kin, computed |
//! | [`suspect`] | where a packet may be dropped: the answers on offer to whoever predicts |
//! | [`design`] | designs that work, to build on and to break |
//! | [`incident`] | faults put into a design that works, and what people notice of them |
//! | [`export`] | a scene as TOML again |
//! | [`edit`] | every change as one line of text, there and back |
//! | [`document`], [`grammar`], [`names`], [`wording`] | readers: TOML, short lines, names, phrases, with places |
//! | [`check`], [`lint`], [`par`] | what is wrong with a pack; a search that certifies par |
//! | [`coverage`] | what of a lesson meets which of its objectives |
//! | [`fault`] | what is wrong, where, what would be right; in a terminal and as JSON |

pub mod check;
mod contents;
pub mod coverage;
pub mod design;
pub mod document;
pub mod edit;
pub mod export;
pub mod fault;
pub mod glossary;
pub mod grammar;
pub mod incident;
pub mod lab;
pub mod lesson;
pub mod lint;
pub mod names;
pub mod outline;
pub mod pack;
pub mod page;
pub mod par;
pub mod prose;
pub mod question;
pub mod reference;
pub mod rewrite;
pub mod scene;
pub mod suspect;
pub mod wording;

pub use fault::{Fault, Faults, Severity};
pub use lab::{Allowed, Goal, GoalCheck, Lab, LabId, Wanted};
pub use lesson::{Lesson, LessonId, Objective, Source};
pub use pack::{Course, LessonEntry, Module, Pack};
pub use page::{Block, Callout, Inline, Live, Page, Style};
pub use question::{Choice, Kind, Question, QuestionId};
pub use scene::{NamedPacket, Scene};
