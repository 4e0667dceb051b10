//! What is wrong with a question: with its key, its options, and what gives the key away.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// No such question.
pub fn unknown_question(name: &str) -> Said {
    said!("unknown-question", "이런 문제는 없습니다: `{name}`", "there is no question `{name}`")
}

/// A wrong option that does not say why.
pub fn missing_why() -> Said {
    said!("missing-why", "이 선택지에 `why`가 없습니다", "this option has no `why`").help(words!(
        "이 답을 고른 사람이 무엇을 잘못 알았는지 쓰세요",
        "say what the learner who picks it has got wrong",
    ))
}

/// No option is right.
pub fn no_right_option() -> Said {
    said!("right-options", "맞는 선택지가 없습니다", "no option is right")
        .help(words!("하나에 `right = true`를 적으세요", "write `right = true` in one"))
}

/// Two are right where one may be.
pub fn second_right_option() -> Said {
    said!(
        "right-options",
        "맞는 선택지가 둘 이상입니다",
        "a `single` question has more than one right option",
    )
    .help(words!("`kind = \"multiple\"`인지 보세요", "or is it `kind = \"multiple\"`?"))
}

/// A choice of one.
pub fn too_few_options(count: usize) -> Said {
    said!(
        "too-few-options",
        "선택지가 {count}개뿐입니다",
        "a choice needs at least two options, this has {count}",
    )
}

/// Two options that say the same.
pub fn same_option(id: &str) -> Said {
    said!(
        "same-option",
        "선택지의 글이 겹칩니다: `{id}`",
        "the option `{id}` says what another says"
    )
}

/// Too little or too much to arrange.
pub fn item_count(count: usize) -> Said {
    said!("item-count", "늘어놓을 것이 {count}개입니다", "there are {count} items to arrange",)
        .help(words!("3개부터 9개까지 두세요", "give 3 to 9"))
}

/// Too few or too many partners.
pub fn partner_count(count: usize) -> Said {
    said!("item-count", "짝이 될 것이 {count}개입니다", "there are {count} partners")
        .help(words!("2개부터 9개까지 두세요", "give 2 to 9"))
}

/// Everything has the same place.
pub fn no_order() -> Said {
    said!("no-order", "정해진 순서가 없습니다", "there is no order among these")
}

/// Everything has the same partner.
pub fn one_partner_for_all() -> Said {
    said!("one-partner", "모든 항목의 짝이 같습니다", "all items have the same partner")
        .help(words!("짝이 둘 이상 쓰이게 하세요", "let at least two partners be used"))
}

/// An item without its `why`.
pub fn missing_item_why() -> Said {
    said!("missing-why", "이 항목에 `why`가 없습니다", "this item has no `why`").help(words!(
        "잘못 놓은 사람에게 왜 여기인지 알려 주세요",
        "tell whoever puts it elsewhere why it belongs here",
    ))
}

/// `rank` where the simulator says the order.
pub fn order_is_computed() -> Said {
    said!(
        "order-computed",
        "순서는 `by`가 계산하므로 `rank`를 적지 않습니다",
        "`by` computes the order, so there is no `rank`",
    )
}

/// `at` where nothing is computed.
pub fn at_without_by() -> Said {
    said!(
        "order-computed",
        "`at`은 순서를 계산하는 `by`와 함께 씁니다",
        "`at` belongs to an order that `by` computes",
    )
    .help(words!(
        "`by = \"hops SCENE PACKET\"`을 더하거나 `at`을 지우세요",
        "add `by = \"hops SCENE PACKET\"`, or take `at` away",
    ))
}

/// An item that the computed order does not have.
pub fn not_in_order(name: &str, known: &str) -> Said {
    said!("unknown-item", "계산한 순서에 없습니다: `{name}`", "the computed order has no `{name}`",)
        .help(words!("있는 것: {known}", "it has {known}"))
}

/// A partner that nobody wrote down.
pub fn unknown_partner(name: &str) -> Said {
    said!("unknown-item", "없는 짝입니다: `{name}`", "there is no partner `{name}`")
}

/// Neither or both of `with` and `gives`.
pub fn with_or_gives() -> Said {
    said!(
        "missing-key",
        "`with`와 `gives` 가운데 하나가 있어야 합니다",
        "an item has either `with` or `gives`",
    )
    .help(words!(
        "`with`는 짝의 id, `gives`는 시뮬레이터가 계산할 `{{{{...}}}}`입니다",
        "`with` is a partner's id; `gives` is a `{{{{...}}}}` that the simulator computes",
    ))
}

/// `gives` without one reference.
pub fn gives_nothing() -> Said {
    said!(
        "wrong-type",
        "`gives`에는 `{{{{...}}}}`가 하나 있어야 합니다",
        "`gives` takes one `{{{{...}}}}`",
    )
}

/// The simulator says otherwise.
pub fn key_contradicted(holds: bool) -> Said {
    let (ko, en) = if holds { ("맞습니다", "true") } else { ("틀립니다", "false") };
    said!(
        "key-contradicted",
        "정답과 시뮬레이터가 어긋납니다: 이 말은 {ko}",
        "the simulator contradicts the key: this is {en}",
    )
}

/// The simulator computes another number.
pub fn key_is_not(number: &str) -> Said {
    said!(
        "key-contradicted",
        "정답과 시뮬레이터가 어긋납니다: 계산한 값은 {number}",
        "the simulator contradicts the key: it computes {number}",
    )
}

/// A key that is none of what its explanation computes.
pub fn key_unexplained() -> Said {
    said!(
        "key-unexplained",
        "설명에서 계산한 어떤 값도 이 정답이 아닙니다",
        "nothing that the explanation computes is this key",
    )
    .help(words!(
        "정답을 `{{{{...}}}}` 참조로 쓰거나 설명을 고치세요",
        "write the key as a `{{{{...}}}}` reference, or mend the explanation",
    ))
}

/// A reference that gives no number, where one is wanted.
pub fn not_a_number() -> Said {
    said!(
        "wrong-type",
        "숫자 또는 숫자를 내는 참조 하나여야 합니다",
        "must be a number, or one reference that gives a number",
    )
    .help(words!("예: `{{{{usable 장면 서브넷}}}}`", "such as `{{{{usable SCENE SUBNET}}}}`"))
}

/// A tolerance that is no number or below zero.
pub fn bad_tolerance() -> Said {
    said!("bad-value", "0 이상의 숫자여야 합니다", "must be a number, not below 0")
}

/// A typed answer that is empty.
pub fn empty_answer() -> Said {
    said!("empty-answer", "정답이 비어 있습니다", "the accepted answer is empty")
}

/// A "wrong" answer that the key accepts.
pub fn wrong_is_right() -> Said {
    said!(
        "wrong-is-right",
        "틀린 답으로 적었지만 정답으로 받아들여지는 답입니다",
        "this wrong answer would be accepted as right",
    )
}

/// Words for a wrong pick that is the right one.
pub fn why_of_right() -> Said {
    said!(
        "why-of-right",
        "시뮬레이터에 따르면 이 주장은 정답입니다",
        "by the simulator this claim is the right answer",
    )
    .help(words!("맞는 답의 설명은 `explanation`에 쓰세요", "say why it is right in `explanation`"))
}

/// A suspect that no option names.
pub fn unknown_claim(claim: &str, known: &str) -> Said {
    said!("unknown-claim", "이런 선택지는 없습니다: `{claim}`", "no option claims `{claim}`")
        .help(words!("선택지: {known}", "the options: {known}"))
}

/// A suspect of no known kind.
pub fn unknown_suspect(word: &str) -> Said {
    said!(
        "unknown-claim",
        "무엇을 가리키는지 알 수 없습니다: `{word}`",
        "`{word}` names no component"
    )
    .help(words!(
        "`igw 이름`, `acl 이름 in`, `route 이름`, `group 인스턴스 out`, `nat 이름`",
        "write `igw NAME`, `acl NAME in`, `route TABLE`, `group INSTANCE out` or `nat NAME`",
    ))
}

/// A right option that is markedly longer than the wrong ones.
pub fn giveaway() -> Said {
    said!(
        "giveaway",
        "맞는 선택지만 눈에 띄게 깁니다",
        "the right option is markedly longer than the wrong ones",
    )
    .help(words!("길이로 답을 맞히지 못하게 하세요", "its length gives it away"))
}

/// The right option is the only short one.
pub fn giveaway_short() -> Said {
    said!(
        "giveaway",
        "맞는 선택지만 눈에 띄게 짧습니다",
        "the right option is markedly shorter than the wrong ones",
    )
    .help(words!("길이로 답을 맞히지 못하게 하세요", "its length gives it away"))
}

/// A cautious word stands in the right option alone, or an absolute one in all the others.
pub fn giveaway_word() -> Said {
    said!(
        "giveaway",
        "'보통', '항상' 같은 말이 맞는 선택지와 틀린 선택지를 가릅니다",
        "a word such as `usually` or `always` tells the right option from the wrong ones",
    )
    .help(words!("모두에 넣거나 모두에서 빼세요", "put it into all of them, or into none"))
}

/// The right option is built in another way than all the others.
pub fn giveaway_grammar() -> Said {
    said!(
        "giveaway",
        "맞는 선택지만 끝맺음이나 글의 꼴이 다릅니다",
        "the right option alone is built in another way: its ending, its full stop or its first letter",
    )
    .help(words!("모두 같은 꼴로 쓰세요", "build all of them the same way"))
}

/// Too often the longest option is the right one.
pub fn longest_is_right(right: usize, all: usize, lang: &str) -> Said {
    said!(
        "longest-is-right",
        "하나를 고르는 문제 {all}개 가운데 {right}개에서 가장 긴 선택지가 정답입니다 ({lang})",
        "in {right} of {all} single choices the longest option is the right one ({lang})",
    )
    .help(words!(
        "틀린 선택지를 더 길게 쓰거나 맞는 것을 줄이세요",
        "write longer wrong options, or a shorter right one",
    ))
}

/// Too many true statements, or too many false ones.
pub fn truths_unbalanced(truths: usize, all: usize) -> Said {
    said!(
        "unbalanced-keys",
        "맞고 틀림 문제 {all}개 가운데 {truths}개가 맞는 말입니다",
        "{truths} of {all} statements to judge are true",
    )
    .help(words!(
        "맞는 말과 틀린 말을 비슷하게 두세요",
        "have about as many false ones as true ones"
    ))
}

/// The right option stands too often at one place.
pub fn places_unbalanced(place: usize, count: usize, all: usize) -> Said {
    said!(
        "unbalanced-keys",
        "하나를 고르는 문제 {all}개 가운데 {count}개에서 {place}번째 선택지가 정답입니다",
        "in {count} of {all} single choices the right option is written in place {place}",
    )
    .help(words!("정답의 자리를 섞으세요", "spread the right options over the places"))
}
