//! What a screen wants done outside itself: in the world, or among the screens.

use std::path::PathBuf;

use crate::{
    course::{LabId, LessonId, QuestionId, incident::Level},
    journal::Event,
};

/// Something to be done outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Write this into the journal. What was written comes back as
    /// [`Msg::Recorded`](crate::app::Msg::Recorded), and only then counts as progress.
    Record(Event),
    /// Take the mouse, or leave it to the terminal, so that text can be selected and copied.
    CaptureMouse(bool),
    /// Look which scenes were saved; answered by
    /// [`Msg::Scenes`](crate::app::Msg::Scenes).
    ListScenes,
    /// Read a scene that was saved under this name; answered by
    /// [`Msg::Opened`](crate::app::Msg::Opened).
    ReadScene(String),
    /// Write a scene: to this file, or under this name beside the others; answered by
    /// [`Msg::Saved`](crate::app::Msg::Saved).
    SaveScene {
        /// The file it came from.
        path: Option<PathBuf>,
        /// What it is called.
        name: String,
        /// The scene that its file holds as far as is known, as a plain export.
        was: String,
        /// The scene, likewise.
        text: String,
    },
}

/// Where a screen leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// Back to where one came from.
    Back,
    /// To the start.
    Home,
    /// To a lesson, at the page where one left off.
    Lesson(LessonId),
    /// To a question of a lesson.
    Question(LessonId, QuestionId),
    /// To the next question that is due again, or home when there is none left.
    Review,
    /// To a lab of a lesson.
    Lab(LessonId, LabId),
    /// To the workshop.
    Workshop,
    /// To the sandbox, over a design or nothing.
    Sandbox(Option<usize>),
    /// To a scene that was saved under this name.
    Saved(String),
    /// To a design that is broken, to be mended.
    /// With a number, in the way that it stands for.
    Incident(usize, Level, Option<u64>),
    /// To the incident that one did not finish.
    Resume,
    /// To the same for what is in the sandbox one is in.
    Break(Level),
    /// To another incident of the design one is mending.
    Another,
    /// To the same incident once more, from its beginning.
    SameAgain,
}
