//! What the question screen says.

/// What the question screen says.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Question {
    pub title: &'static str,
}

/// Korean.
pub const KO: Question = Question { title: "" };

/// English.
pub const EN: Question = Question { title: "" };
