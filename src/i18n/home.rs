//! What the home screen says.

/// What the home screen says.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Home {
    pub title: &'static str,
}

/// Korean.
pub const KO: Home = Home { title: "처음 화면" };

/// English.
pub const EN: Home = Home { title: "Home" };
