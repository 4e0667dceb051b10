//! What a lesson's screen says around its prose.

/// What a lesson's screen says around its prose.
#[expect(missing_docs, reason = "the constants below say what each is; arguments are named")]
pub struct Lesson {
    pub note: &'static str,
    pub tip: &'static str,
    pub myth: &'static str,
    pub warning: &'static str,
    /// (page, pages)
    pub page_of: fn(usize, usize) -> String,
    /// (lines)
    pub lines_below: fn(u16) -> String,
    pub held_back: &'static str,
    pub last_page: &'static str,
    /// (title)
    pub next_page: fn(&str) -> String,
    /// (how many)
    pub terms: fn(usize) -> String,
    pub terms_title: &'static str,
    pub sources: &'static str,
    pub no_terms: &'static str,
    pub not_answered: &'static str,
    pub right: &'static str,
    pub right_later: &'static str,
    pub wrong: &'static str,
    /// (number)
    pub question: fn(usize) -> String,
    pub solve: &'static str,
    pub look_again: &'static str,
    /// (title)
    pub lab: fn(&str) -> String,
    pub open_lab: &'static str,
    /// (changes, fewest)
    pub lab_solved: fn(u32, u32) -> String,
    /// (fewest)
    pub lab_par: fn(u32) -> String,
    pub lab_look: &'static str,
    pub scene: &'static str,
    pub send: &'static str,
    pub finished: &'static str,
    pub not_finished: &'static str,
    /// (right at once, all)
    pub score: fn(usize, usize) -> String,
    pub lab_waits: &'static str,
    /// (title)
    pub next_is: fn(&str) -> String,
    pub no_next: &'static str,
    pub next_lesson: &'static str,
    pub to_home: &'static str,
    pub to_question: &'static str,
    /// (how many)
    pub questions_left: fn(usize) -> String,
}

/// Korean.
pub const KO: Lesson = Lesson {
    note: "알아 두기",
    tip: "도움말",
    myth: "흔한 오해",
    warning: "주의",
    page_of: |page, pages| format!("{page}/{pages}쪽"),
    lines_below: |lines| format!("아래로 {lines}줄 더 있습니다"),
    held_back: "패킷을 보내면 이어집니다. 그냥 넘어가려면 Space를 누르세요.",
    last_page: "마지막 쪽입니다",
    next_page: |title| format!("다음 쪽: {title}"),
    terms: |count| format!("용어 {count}개"),
    terms_title: "용어와 출처",
    sources: "이 강의의 출처",
    no_terms: "이 강의에는 용어도 출처도 없습니다.",
    not_answered: "아직 안 풂",
    right: "맞음",
    right_later: "다시 풀어 맞음",
    wrong: "틀림",
    question: |number| format!("문제 {number}"),
    solve: "풀기",
    look_again: "다시 보기",
    lab: |title| format!("실습: {title}"),
    open_lab: "실습 열기",
    lab_solved: |cost, par| format!("해결 (변경 {cost}번, 최소 {par}번)"),
    lab_par: |par| format!("최소 변경 {par}번"),
    lab_look: "둘러보는 실습",
    scene: "직접 보내 보기",
    send: "예측하고 보내기",
    finished: "강의를 마쳤습니다",
    not_finished: "거의 다 왔습니다",
    score: |right, total| format!("문제 {total}개 가운데 {right}개를 한 번에 맞혔습니다."),
    lab_waits: "아직 풀지 않은 실습이 있습니다. 지금 해도 되고 나중에 해도 됩니다.",
    next_is: |title| format!("다음 강의: {title}"),
    no_next: "준비된 강의를 모두 마쳤습니다.",
    next_lesson: "다음 강의로",
    to_home: "처음 화면으로",
    to_question: "남은 문제 풀기",
    questions_left: |left| format!("아직 풀지 않은 문제가 {left}개 있습니다."),
};

/// English.
pub const EN: Lesson = Lesson {
    note: "Note",
    tip: "Tip",
    myth: "Common myth",
    warning: "Careful",
    page_of: |page, pages| format!("page {page}/{pages}"),
    lines_below: |lines| match lines {
        1 => "1 more line below".to_owned(),
        _ => format!("{lines} more lines below"),
    },
    held_back: "It goes on once you have sent the packet. To skip that, press Space.",
    last_page: "This is the last page",
    next_page: |title| format!("Next page: {title}"),
    terms: |count| match count {
        1 => "1 term".to_owned(),
        _ => format!("{count} terms"),
    },
    terms_title: "Terms and sources",
    sources: "Sources of this lesson",
    no_terms: "This lesson has neither terms nor sources.",
    not_answered: "not answered",
    right: "right",
    right_later: "right later",
    wrong: "wrong",
    question: |number| format!("Question {number}"),
    solve: "answer it",
    look_again: "look again",
    lab: |title| format!("Lab: {title}"),
    open_lab: "open the lab",
    lab_solved: |cost, par| format!("solved ({cost} changes, fewest {par})"),
    lab_par: |par| match par {
        1 => "fewest: 1 change".to_owned(),
        _ => format!("fewest: {par} changes"),
    },
    lab_look: "a lab for looking",
    scene: "Try it",
    send: "predict and send",
    finished: "You have finished this lesson",
    not_finished: "Almost there",
    score: |right, total| format!("You had {right} of {total} questions right at the first go."),
    lab_waits: "A lab of this lesson is not solved yet. Do it now or come back later.",
    next_is: |title| format!("Next lesson: {title}"),
    no_next: "You have finished every lesson there is.",
    next_lesson: "to the next lesson",
    to_home: "back home",
    to_question: "answer what is left",
    questions_left: |left| match left {
        1 => "One question is not answered yet.".to_owned(),
        _ => format!("{left} questions are not answered yet."),
    },
};
