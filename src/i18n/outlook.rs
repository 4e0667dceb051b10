//! What is said of a change before it is made.

/// What is said of a change before it is made.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Outlook {
    /// What confirms it.
    pub apply: &'static str,
    pub enter: &'static str,
    pub delete: &'static str,
    pub choose: &'static str,
    pub let_go: &'static str,
    /// Nothing is about to be done.
    pub idle: &'static str,
    /// A form is not filled in.
    pub unfinished: &'static str,
    /// The values are those that are there.
    pub same: &'static str,
    pub quiet: &'static str,
    pub goals: &'static str,
    pub packets: &'static str,
    pub ways: &'static str,
    pub opened: fn(u64) -> String,
    pub shut: fn(u64) -> String,
    pub changed: fn(u64) -> String,
    pub gained: &'static str,
    pub lost: &'static str,
    pub too_many: &'static str,
    /// How many changes a copy is.
    pub makes: fn(usize) -> String,
    /// How many parts of it do not hold here.
    pub leaves_out: fn(usize) -> String,
}

/// Korean.
pub const KO: Outlook = Outlook {
    apply: "적용하면",
    enter: "Enter를 누르면",
    delete: "x로 지우면",
    choose: "고르면",
    let_go: "놓으면",
    idle: "고른 것이 바꿀 수 있는 것이면 무엇이 달라지는지 미리 보입니다.",
    unfinished: "칸을 모두 바르게 채우면 무엇이 달라지는지 미리 보입니다.",
    same: "지금 값 그대로입니다.",
    quiet: "누가 누구에게 닿는지는 달라지지 않습니다.",
    goals: "목표",
    packets: "패킷",
    ways: "도달",
    opened: |ways| format!("길 {ways}개가 열립니다"),
    shut: |ways| format!("길 {ways}개가 닫힙니다"),
    changed: |ways| format!("길 {ways}개는 다니는 것이 달라집니다"),
    gained: "새로",
    lost: "더는 아님",
    too_many: "대상이 많아 미리 세지 않습니다. 바꾼 뒤 5에서 보세요.",
    makes: |changes| format!("변경 {changes}개로 만듭니다."),
    leaves_out: |parts| format!("여기에 맞지 않는 {parts}개는 빠집니다."),
};

/// English.
pub const EN: Outlook = Outlook {
    apply: "If applied",
    enter: "If you press Enter",
    delete: "If deleted (x)",
    choose: "If chosen",
    let_go: "If let go",
    idle: "Choose something that can be changed: what would turn shows here.",
    unfinished: "Fill in every field, and what would turn shows here.",
    same: "These are the values that it has.",
    quiet: "Nothing turns: who reaches whom stays as it is.",
    goals: "Goals",
    packets: "Packets",
    ways: "Reach",
    opened: |ways| match ways {
        1 => "1 way opens".to_owned(),
        many => format!("{many} ways open"),
    },
    shut: |ways| match ways {
        1 => "1 way shuts".to_owned(),
        many => format!("{many} ways shut"),
    },
    changed: |ways| match ways {
        1 => "1 way carries something else".to_owned(),
        many => format!("{many} ways carry something else"),
    },
    gained: "new",
    lost: "no more",
    too_many: "Too many to count in passing: see 5 afterwards.",
    makes: |changes| match changes {
        1 => "Made by 1 change.".to_owned(),
        many => format!("Made by {many} changes."),
    },
    leaves_out: |parts| match parts {
        1 => "1 part does not fit here and is left out.".to_owned(),
        many => format!("{many} parts do not fit here and are left out."),
    },
};
