//! What home says.

/// What home says.
#[expect(missing_docs, reason = "the constants below say what each is; arguments are named")]
pub struct Home {
    pub welcome: &'static str,
    pub what_it_is: &'static str,
    pub stays_here: &'static str,
    pub empty: &'static str,
    pub begin: &'static str,
    /// (how many)
    pub review: fn(usize) -> String,
    pub review_begin: &'static str,
    pub review_done: &'static str,
    /// (page)
    pub continue_at: fn(u32) -> String,
    pub read_again: &'static str,
    /// (done, all)
    pub lessons_done: fn(usize, usize) -> String,
    pub finished: &'static str,
    /// (page)
    pub page: fn(u32) -> String,
    /// (page)
    pub read_to: fn(u32) -> String,
    /// (all)
    pub questions: fn(usize) -> String,
    /// (right, all)
    pub questions_right: fn(usize, usize) -> String,
    pub questions_label: &'static str,
    /// (right at once, answered)
    pub right_of: fn(usize, usize) -> String,
    /// (all)
    pub labs: fn(usize) -> String,
    /// (solved, all)
    pub labs_solved: fn(usize, usize) -> String,
    pub labs_label: &'static str,
    pub not_solved: &'static str,
    pub objectives: &'static str,
}

/// Korean.
pub const KO: Home = Home {
    welcome: "반갑습니다. 하늘길은 클라우드에 직접 길을 놓으며 배우는 강의입니다.",
    what_it_is: "읽고, 예측하고, 패킷을 보내 확인합니다. 언제 그만두어도 그 자리에서 이어집니다.",
    stays_here: "계정도 인터넷 연결도 필요 없고, 진도는 이 컴퓨터에만 저장됩니다.",
    empty: "이 강의 꾸러미에는 강의가 없습니다.",
    begin: "Enter를 누르면 강의를 시작합니다",
    review: |count| format!("다시 풀 때가 된 문제 {count}개"),
    review_begin: "Enter를 누르면 잊기 전에 다시 풀어 봅니다",
    review_done: "다시 풀 문제를 모두 풀었습니다.",
    continue_at: |page| format!("Enter를 누르면 {page}쪽에서 이어집니다"),
    read_again: "마친 강의입니다. Enter를 누르면 다시 읽습니다",
    lessons_done: |done, all| format!("강의 {done}/{all} 마침"),
    finished: "마침",
    page: |page| format!("{page}쪽"),
    read_to: |page| format!("{page}쪽까지 읽음"),
    questions: |all| format!("문제 {all}개"),
    questions_right: |right, all| format!("문제 {right}/{all}"),
    questions_label: "문제",
    right_of: |right, answered| format!("{answered}개 중 {right}개 한 번에 맞음"),
    labs: |all| format!("실습 {all}개"),
    labs_solved: |solved, all| format!("실습 {solved}/{all}"),
    labs_label: "실습",
    not_solved: "아직 안 풂",
    objectives: "이 강의를 마치면",
};

/// English.
pub const EN: Home = Home {
    welcome: "Welcome. Hanulgil teaches the cloud by letting you build its roads.",
    what_it_is: "Read, predict, and send a packet to find out. Stop any time; you go on from there.",
    stays_here: "No account and no network needed. Your progress stays on this computer.",
    empty: "There are no lessons in this pack.",
    begin: "Enter starts the lesson",
    review: |count| match count {
        1 => "1 question is due again".to_owned(),
        _ => format!("{count} questions are due again"),
    },
    review_begin: "Enter asks again, before it is forgotten",
    review_done: "Nothing is due any more.",
    continue_at: |page| format!("Enter continues at page {page}"),
    read_again: "You have finished this lesson. Enter opens it again",
    lessons_done: |done, all| format!("{done}/{all} lessons finished"),
    finished: "finished",
    page: |page| format!("page {page}"),
    read_to: |page| format!("read to page {page}"),
    questions: |all| match all {
        1 => "1 question".to_owned(),
        _ => format!("{all} questions"),
    },
    questions_right: |right, all| format!("{right}/{all} right"),
    questions_label: "Questions",
    right_of: |right, answered| format!("{right} of {answered} right at once"),
    labs: |all| match all {
        1 => "1 lab".to_owned(),
        _ => format!("{all} labs"),
    },
    labs_solved: |solved, all| format!("{solved}/{all} labs"),
    labs_label: "Lab",
    not_solved: "not solved yet",
    objectives: "After this lesson you can",
};
