//! What is wrong with a lab: with its goals, its hints and its solutions.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// No lab of this name.
pub fn unknown_lab(id: &str) -> Said {
    said!("unknown-lab", "이런 실습은 없습니다: `{id}`", "there is no lab `{id}`")
}

/// A zone in which the scene has nothing.
pub fn unknown_zone(zone: &str) -> Said {
    said!(
        "unknown-object",
        "이 장면의 서브넷 가운데 가용 영역 `{zone}`에 있는 것이 없습니다",
        "no subnet of the scene is in the Availability Zone `{zone}`",
    )
}

/// Not an explanation code.
pub fn unknown_code(code: &str) -> Said {
    said!("unknown-code", "모르는 설명 코드입니다: `{code}`", "unknown explanation code `{code}`")
}

/// A check of a goal without `= delivered`.
pub fn goal_without_verdict() -> Said {
    said!(
        "bad-goal",
        "`패킷 = 결과` 또는 `sent 패킷`으로 써야 합니다",
        "write `PACKET = VERDICT` or `sent PACKET`",
    )
    .help(words!(
        "결과: `delivered`, `refused`, `dropped`, `dropped 코드`",
        "verdicts: `delivered`, `refused`, `dropped`, `dropped CODE`",
    ))
}

/// A goal that checks nothing.
pub fn empty_goal() -> Said {
    said!("empty-goal", "이 목표는 아무것도 확인하지 않습니다", "this goal checks nothing")
}

/// A goal that is reached before anything was done.
pub fn true_at_start(number: usize) -> Said {
    said!(
        "true-at-start",
        "{number}번째 목표는 시작할 때 이미 이루어져 있습니다",
        "goal {number} holds at the start already",
    )
    .help(words!(
        "지켜야 하는 상태라면 `keeps = true`를 적으세요",
        "if it is something to be kept, write `keeps = true`",
    ))
}

/// A goal that is to be kept, and does not hold.
pub fn not_kept(number: usize) -> Said {
    said!(
        "true-at-start",
        "{number}번째 목표는 `keeps`인데 시작할 때 이루어져 있지 않습니다",
        "goal {number} says `keeps`, but does not hold at the start",
    )
    .help(words!("`keeps`를 지우거나 시작 장면을 고치세요", "take `keeps` away, or mend the scene"))
}

/// A lab with nothing to do.
pub fn solved_at_start() -> Said {
    said!(
        "solved-at-start",
        "시작할 때 이미 모든 목표가 이루어져 있습니다",
        "every goal holds already at the start",
    )
}

/// A ladder with one rung.
pub fn one_hint() -> Said {
    said!("one-hint", "힌트가 하나뿐입니다", "there is only one hint").help(words!(
        "살짝, 어디를, 무엇을, 정답의 차례로 도우세요",
        "help step by step: a nudge, where, what, the answer",
    ))
}

/// A lab with changes to make that allows none.
pub fn nothing_allowed() -> Said {
    said!(
        "nothing-allowed",
        "아무 변경도 허용하지 않는데 패킷만 보내서는 풀리지 않습니다",
        "no change is allowed, and sending packets alone does not solve it",
    )
}

/// A solution that breaks the lab's rules.
pub fn forbidden_change(verb: &str) -> Said {
    said!(
        "forbidden-change",
        "이 실습이 허용하지 않는 변경입니다: `{verb}`",
        "the lab does not allow `{verb}`"
    )
}

/// A lab for looking that lists changes.
pub fn needless_solution() -> Said {
    said!(
        "needless-solution",
        "패킷만 보내면 되는 실습이라 변경이 필요 없습니다",
        "sending the packets is enough; no change is needed",
    )
}

/// A solution that does not solve.
pub fn unsolved(goal: usize, sentence: &Words) -> Said {
    let Words { ko, en } = sentence;
    said!(
        "unsolved",
        "이 해답으로는 목표 {goal}이(가) 이루어지지 않습니다: {ko}",
        "this solution does not reach goal {goal}: {en}",
    )
}

/// A way that costs less than par.
pub fn cheaper(par: u32, way: &str) -> Said {
    said!(
        "cheaper-solution",
        "해답들({par}번 변경)보다 적은 변경으로 풀립니다",
        "there is a way that costs less than the solutions ({par} changes)",
    )
    .help(words!("`solutions`에 더하세요: {way}", "add it to `solutions`: {way}"))
}

/// Par could not be certified: everything up to this cost was tried.
pub fn par_unsure(par: u32, tried: Option<u32>) -> Said {
    let below = tried.map_or(0, |it| it + 1);
    said!(
        "par-unsure",
        "더 적은 변경으로 풀 수 없다고 확인하지 못했습니다: 변경 {below}번 미만은 모두 찾아보았고, 해답은 {par}번입니다",
        "it could not be certified that nothing costs less: all that costs less than {below} was tried, and the solutions cost {par}",
    )
    .help(words!(
        "`allow`로 쓸 수 있는 변경을 줄이거나, 실습을 나누세요",
        "allow fewer operations in `allow`, or split the lab"
    ))
}
