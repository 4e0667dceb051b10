//! The words for what can go wrong with the journal. [`crate::journal`] fills them in.

/// The words for what can go wrong with the journal.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Journal {
    // what is wrong, as a sentence without its full stop
    pub full: &'static str,
    pub read_only: &'static str,
    pub busy: &'static str,
    pub damaged: &'static str,
    pub newer: &'static str,
    pub not_a_journal: &'static str,
    /// (line, reason)
    pub line: fn(&str, &str) -> String,
    /// (what the system says)
    pub system: fn(&str) -> String,

    // what is done about it
    /// (file, what is wrong, the file that continues)
    pub set_aside: fn(&str, &str, &str) -> String,
    pub newer_will_join: &'static str,
    /// (number)
    pub rescued: fn(usize) -> String,
    pub nothing_rescued: &'static str,
    /// (folder, what is wrong)
    pub not_saved: fn(&str, &str) -> String,
    pub not_saved_help: &'static str,
    /// (number)
    pub shown_only: fn(usize) -> String,
    /// (what is wrong)
    pub unsaved: fn(&str) -> String,
}

/// In Korean.
pub const KO: Journal = Journal {
    full: "디스크에 남은 공간이 없습니다",
    read_only: "쓰기 권한이 없습니다",
    busy: "다른 프로그램이 파일을 잡고 있습니다",
    damaged: "파일이 손상되었습니다",
    newer: "더 새로운 버전의 hanulgil이 쓴 파일입니다",
    not_a_journal: "hanulgil의 학습 기록이 아닙니다",
    line: |line, reason| format!("{line}번째 줄을 읽을 수 없습니다: {reason}"),
    system: |what| format!("시스템이 이렇게 답했습니다: {what}"),
    set_aside: |file, why, continued| {
        format!(
            "학습 기록 `{file}` 파일을 쓸 수 없습니다. {why}. 이 파일은 그대로 두고, 앞으로의 기록은 \
             `{continued}` 파일에 남깁니다."
        )
    },
    newer_will_join: "hanulgil을 업데이트하면 두 기록이 저절로 하나로 합쳐집니다.",
    rescued: |number| format!("읽을 수 있는 기록 {number}개는 옮겨 왔습니다."),
    nothing_rescued: "읽을 수 있는 기록은 없었습니다.",
    not_saved: |folder, why| {
        format!(
            "`{folder}` 폴더에 학습 기록을 저장할 수 없습니다. {why}. 지금부터 하는 학습은 프로그램을 \
             끝내면 사라집니다."
        )
    },
    not_saved_help: "문제를 해결하거나 `--data`로 다른 폴더를 지정한 뒤 다시 시작해 주세요.",
    shown_only: |number| format!("지금까지의 기록 {number}개는 읽어서 보여 드립니다."),
    unsaved: |why| {
        format!(
            "아직 저장하지 못했습니다. {why}. 기억해 두었다가 저장할 수 있을 때 바로 저장합니다."
        )
    },
};

/// In English.
pub const EN: Journal = Journal {
    full: "The disk is full",
    read_only: "It may not be written to",
    busy: "Another program is holding the file",
    damaged: "The file is damaged",
    newer: "It was written by a newer version of hanulgil",
    not_a_journal: "It is not a journal of hanulgil's",
    line: |line, reason| format!("Line {line} cannot be read: {reason}"),
    system: |what| format!("The system says: {what}"),
    set_aside: |file, why, continued| {
        format!(
            "The journal `{file}` cannot be used. {why}. It is left as it is, and what you do from \
             now on goes to `{continued}`."
        )
    },
    newer_will_join: "When you update hanulgil, the two become one by themselves.",
    rescued: |number| match number {
        1 => "The one entry that could be read was taken over.".to_owned(),
        _ => format!("The {number} entries that could be read were taken over."),
    },
    nothing_rescued: "Nothing in it could be read.",
    not_saved: |folder, why| {
        format!(
            "Progress cannot be saved in `{folder}`. {why}. What you do from now on is gone when \
             the program ends."
        )
    },
    not_saved_help: "Put that right, or choose another folder with `--data DIR`, and start again.",
    shown_only: |number| match number {
        1 => "The one entry so far was read, and is shown.".to_owned(),
        _ => format!("The {number} entries so far were read, and are shown."),
    },
    unsaved: |why| {
        format!("Not saved yet. {why}. It is remembered, and saved as soon as possible.")
    },
};
