//! What is said around the screens: about the terminal, and about packs.

use crate::text::particle::{Particle, with};

/// What is said around the screens.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Run {
    pub no_terminal: &'static str,
    /// (why)
    pub terminal_refused: fn(&str) -> String,
    /// (how many faults)
    pub pack_faults: fn(usize) -> String,
}

/// In Korean.
pub const KO: Run = Run {
    no_terminal: "학습 화면은 터미널에서만 열립니다. 파이프나 리디렉션 없이 `hanulgil`을 실행하세요.",
    terminal_refused: |why| format!("터미널을 사용할 수 없습니다: {why}"),
    pack_faults: |count| {
        format!(
            "강의 묶음에서 문제 {} 찾았습니다. `hanulgil check`로 확인하세요.",
            with(&format!("{count}개"), Particle::EulReul)
        )
    },
};

/// In English.
pub const EN: Run = Run {
    no_terminal: "The tutor needs a terminal. Run `hanulgil` without a pipe or redirection.",
    terminal_refused: |why| format!("The terminal cannot be used: {why}"),
    pack_faults: |count| match count {
        1 => "The pack has a fault: see `hanulgil check`.".to_owned(),
        count => format!("The pack has {count} faults: see `hanulgil check`."),
    },
};
