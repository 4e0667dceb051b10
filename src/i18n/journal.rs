//! What is said about the journal that keeps progress. [`crate::journal`] fills it in.

use crate::text::particle::{Particle, with};

/// What is said about the journal that keeps progress.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Journal {
    // what is wrong, as the end of a sentence without its full stop
    pub full: &'static str,
    pub read_only: &'static str,
    pub busy: &'static str,
    pub damaged: &'static str,
    pub newer: &'static str,
    pub not_a_journal: &'static str,
    pub no_folder: &'static str,
    /// (line, reason)
    pub line: fn(&str, &str) -> String,
    /// (what the system says)
    pub system: fn(&str) -> String,

    // what was done about it; the status line may show the beginning only
    /// (file, the file that continues, what is wrong)
    pub set_aside: fn(&str, &str, &str) -> String,
    pub newer_will_join: &'static str,
    /// (how many entries)
    pub rescued: fn(usize) -> String,
    pub nothing_rescued: &'static str,
    /// (folder, what is wrong)
    pub not_saved: fn(&str, &str) -> String,
    /// (how many entries)
    pub shown_only: fn(usize) -> String,
    /// (what is wrong)
    pub unsaved: fn(&str) -> String,
}

/// In Korean.
pub const KO: Journal = Journal {
    full: "디스크가 가득 찼습니다",
    read_only: "파일에 쓸 권한이 없습니다",
    busy: "다른 프로그램이 파일을 쓰고 있습니다",
    damaged: "파일이 손상되었습니다",
    newer: "더 새로운 버전의 hanulgil이 쓴 파일입니다",
    not_a_journal: "hanulgil의 학습 기록이 아닙니다",
    no_folder: "폴더가 있을 자리에 파일이 있습니다",
    line: |line, reason| format!("{line}번째 줄을 읽을 수 없습니다({reason})"),
    system: |what| format!("시스템이 거부했습니다({what})"),

    set_aside: |file, continued, why| {
        let file = with(&format!("`{file}`"), Particle::EunNeun);
        format!("학습 기록: {why}. `{continued}`에 이어서 기록하고, {file} 그대로 둡니다.")
    },
    newer_will_join: "hanulgil을 업데이트하면 두 기록이 하나로 합쳐집니다.",
    rescued: |count| format!("읽을 수 있는 기록 {count}개를 옮겨 왔습니다."),
    nothing_rescued: "읽을 수 있는 기록은 없었습니다.",
    not_saved: |folder, why| {
        format!(
            "학습 기록을 저장할 수 없습니다: {why}. 이번에 한 것은 끝내면 사라집니다. `{folder}` 대신 \
             다른 폴더를 `--data`로 지정할 수 있습니다."
        )
    },
    shown_only: |count| format!("지금까지의 기록 {count}개는 읽어 왔습니다."),
    unsaved: |why| format!("아직 저장하지 못했습니다: {why}. 다음에 저장할 때 다시 시도합니다."),
};

/// In English.
pub const EN: Journal = Journal {
    full: "the disk is full",
    read_only: "the file may not be written to",
    busy: "another program holds the file",
    damaged: "the file is damaged",
    newer: "a newer version of hanulgil wrote the file",
    not_a_journal: "the file is not a journal of hanulgil's",
    no_folder: "a file is where the folder should be",
    line: |line, reason| format!("line {line} cannot be read ({reason})"),
    system: |what| format!("the system refuses ({what})"),

    set_aside: |file, continued, why| {
        format!("Journal: {why}. It continues in `{continued}`; `{file}` is left as it is.")
    },
    newer_will_join: "When you update hanulgil, the two become one.",
    rescued: |count| match count {
        1 => "One entry could be read and was taken over.".to_owned(),
        count => format!("{count} entries could be read and were taken over."),
    },
    nothing_rescued: "Nothing in it could be read.",
    not_saved: |folder, why| {
        format!(
            "Progress cannot be saved: {why}. What you do now is lost when you leave. `--data` \
             names another folder than `{folder}`."
        )
    },
    shown_only: |count| match count {
        1 => "The one entry so far was read.".to_owned(),
        count => format!("The {count} entries so far were read."),
    },
    unsaved: |why| format!("Not saved yet: {why}. The next save tries again."),
};
