//! What a screen wants done outside itself: in the world, or among the screens.

use crate::{
    course::{LabId, LessonId, QuestionId},
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
}
