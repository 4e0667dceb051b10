//! hanulgil: learn the cloud by wiring it.
//!
//! One crate, a few floors; a module knows only the floors below its own.
//!
//! | floor | modules | what they are about |
//! |---|---|---|
//! | 1 | [`net`], [`text`] | words of networking; cells, lines and Hangul |
//! | 2 | [`i18n`], [`cloud`], [`recall`] | what the interface says; the simulated cloud; when to ask again |
//! | 3 | [`tell`], [`aws`] | what the simulator found, in words; descriptions of live AWS networks |
//! | 4 | [`course`], [`journal`] | packs of lessons; what the learner did |
//! | 5 | [`app`] | what the program knows and how it changes |
//! | 6 | [`ui`] | how that looks |
//! | 7 | [`run`], [`cli`] | the terminal, the clock, the command line |

pub mod app;
pub mod aws;
pub mod cli;
pub mod cloud;
pub mod course;
pub mod i18n;
pub mod journal;
pub mod net;
pub mod recall;
pub mod run;
pub mod tell;
pub mod text;
pub mod ui;
