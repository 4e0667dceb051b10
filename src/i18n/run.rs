//! What is said around the screens: about the terminal, and about the journal that keeps progress.

use crate::text::particle::{Particle, with};

/// What is said around the screens.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Run {
    pub no_terminal: &'static str,
    /// (why)
    pub terminal_refused: fn(&str) -> String,
    /// (why)
    pub unsaved: fn(&str) -> String,

    // why a journal cannot be used
    pub full: &'static str,
    pub read_only: &'static str,
    pub busy: &'static str,
    /// (what the database says)
    pub damaged: fn(&str) -> String,
    pub newer: &'static str,
    pub not_a_journal: &'static str,
    /// (what the system says)
    pub other: fn(&str) -> String,

    // what was done about it
    /// (file, why, the file that continues)
    pub set_aside: fn(&str, &str, &str) -> String,
    /// (how many entries)
    pub rescued: fn(usize) -> String,
    /// (folder, why)
    pub not_saved: fn(&str, &str) -> String,
    /// (how many faults)
    pub pack_faults: fn(usize) -> String,
}

/// In Korean.
pub const KO: Run = Run {
    no_terminal: "학습 화면은 터미널에서만 열립니다. 파이프나 리디렉션 없이 `hanulgil`을 실행하세요.",
    terminal_refused: |why| format!("터미널을 사용할 수 없습니다: {why}"),
    unsaved: |why| format!("아직 저장하지 못했습니다: {why}. 다음에 저장할 때 다시 시도합니다."),

    full: "디스크가 가득 찼습니다",
    read_only: "파일에 쓸 권한이 없습니다",
    busy: "다른 프로그램이 파일을 쓰고 있습니다",
    damaged: |what| format!("파일이 손상되었습니다({what})"),
    newer: "더 새로운 버전의 hanulgil이 쓴 파일입니다",
    not_a_journal: "hanulgil의 학습 기록이 아닙니다",
    other: |what| format!("시스템이 거부했습니다({what})"),

    set_aside: |file, why, continued| {
        format!(
            "학습 기록 `{file}`{} 사용할 수 없어 그대로 두고 `{continued}`에 이어서 기록합니다: {why}.",
            Particle::EulReul.after(file)
        )
    },
    rescued: |count| format!("읽을 수 있는 기록 {count}개를 옮겨 왔습니다."),
    not_saved: |folder, why| {
        format!(
            "학습 기록을 `{folder}`에 저장할 수 없습니다: {why}. 이번에 한 것은 끝내면 사라집니다. `--data`로 다른 폴더를 지정할 수 있습니다."
        )
    },
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
    unsaved: |why| format!("Not saved yet: {why}. The next save tries again."),

    full: "the disk is full",
    read_only: "the file may not be written to",
    busy: "another program holds the file",
    damaged: |what| format!("the file is damaged ({what})"),
    newer: "a newer version of hanulgil wrote the file",
    not_a_journal: "the file is not a journal of hanulgil's",
    other: |what| format!("the system refuses ({what})"),

    set_aside: |file, why, continued| {
        format!(
            "The journal `{file}` cannot be used and is left as it is; `{continued}` continues: {why}."
        )
    },
    rescued: |count| match count {
        1 => "One entry could be read and was taken over.".to_owned(),
        count => format!("{count} entries could be read and were taken over."),
    },
    not_saved: |folder, why| {
        format!(
            "Progress cannot be saved in `{folder}`: {why}. What you do now is lost when you leave. `--data` names another folder."
        )
    },
    pack_faults: |count| match count {
        1 => "The pack has a fault: see `hanulgil check`.".to_owned(),
        count => format!("The pack has {count} faults: see `hanulgil check`."),
    },
};
