//! What many screens say.

/// What many screens say.
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Common {
    pub name: &'static str,
    pub language: &'static str,
    pub mouse_on: &'static str,
    pub mouse_off: &'static str,
    pub needs_room: fn(u16, u16) -> String,
    pub room_now: fn(u16, u16) -> String,
    pub menu: &'static str,
    pub resume: &'static str,
    pub help: &'static str,
    pub help_everywhere: &'static str,
    pub minutes: fn(u32) -> String,
    pub lesson_unreadable: fn(&str, &str) -> String,
}

/// Korean.
pub const KO: Common = Common {
    name: "하늘길",
    language: "한국어",
    mouse_on: "마우스 켜기",
    mouse_off: "마우스 끄기",
    needs_room: |width, height| format!("창을 {width}×{height} 이상으로 넓혀 주세요."),
    room_now: |width, height| format!("지금은 {width}×{height}입니다."),
    menu: "메뉴",
    resume: "계속하기",
    help: "사용할 수 있는 키",
    help_everywhere: "어디서나",
    minutes: |minutes| format!("{minutes}분"),
    lesson_unreadable: |lesson, fault| format!("강의 `{lesson}`을(를) 열 수 없습니다: {fault}"),
};

/// English.
pub const EN: Common = Common {
    name: "hanulgil",
    language: "English",
    mouse_on: "turn the mouse on",
    mouse_off: "turn the mouse off",
    needs_room: |width, height| format!("Please widen the window to {width}x{height}."),
    room_now: |width, height| format!("It is {width}x{height} now."),
    menu: "Menu",
    resume: "Go on",
    help: "Keys",
    help_everywhere: "Everywhere",
    minutes: |minutes| format!("{minutes} min"),
    lesson_unreadable: |lesson, fault| format!("Lesson `{lesson}` cannot be opened: {fault}"),
};
