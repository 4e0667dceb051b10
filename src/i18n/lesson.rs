//! What the lesson screen says.

/// What the lesson screen says.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Lesson {
    pub title: &'static str,
}

/// Korean.
pub const KO: Lesson = Lesson { title: "" };

/// English.
pub const EN: Lesson = Lesson { title: "" };
