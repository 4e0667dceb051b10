//! What is wrong with how a text reads: Korean style, terms, numbers without a source.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// A Korean text in another register than the course's.
pub fn register(word: &str) -> Said {
    said!("register", "합니다체가 아닙니다: `{word}`", "this is not 합니다체: `{word}`").help(
        words!(
            "`-니다`, `-니까?`, `-세요`로 맺으세요",
            "sentences end in `-니다`, `-니까?` or `-세요`",
        ),
    )
}

/// Both forms of a particle.
pub fn open_particle(particle: &str) -> Said {
    let ko = format!("조사를 정하지 않았습니다: `{particle}`");
    let en = format!("an undecided particle: `{particle}`");
    Said { rule: "open-particle", message: Words { ko, en }, help: None }.help(Words {
        ko: "계산된 말 뒤라면 `{{...|이가}}`처럼 쓰세요".into(),
        en: "behind a computed word write `{{...|이가}}`".into(),
    })
}

/// A particle that does not fit the word before it.
pub fn wrong_particle(found: &str, wanted: &str) -> Said {
    said!(
        "wrong-particle",
        "조사가 맞지 않습니다: `{found}`",
        "the particle does not fit: `{found}`",
    )
    .help(words!("`{wanted}`로 적으세요", "write `{wanted}`"))
}

/// Two spaces where one belongs.
pub fn double_space() -> Said {
    said!("double-space", "빈칸이 두 개입니다", "there are two spaces")
        .help(words!("하나만 두세요", "keep one"))
}

/// English where Korean is wanted.
pub fn untranslated() -> Said {
    said!("untranslated", "한국어로 옮기지 않은 글입니다", "this Korean text is not in Korean")
        .help(words!("한국어로 옮기세요", "say it in Korean"))
}

/// One text for both.
pub fn same_words() -> Said {
    said!("untranslated", "두 언어의 글이 같습니다", "the text is the same in both languages")
        .help(words!("한국어로 옮기세요", "say it in Korean"))
}

/// Hangul in an English text.
pub fn hangul_in_english() -> Said {
    said!("hangul-in-english", "영어 글에 한글이 있습니다", "there is Hangul in this English text")
        .help(words!("영어로 옮기세요", "say it in English"))
}

/// No such term.
pub fn unknown_term(term: &str) -> Said {
    said!("unknown-term", "용어집에 없는 용어입니다: `{term}`", "the glossary has no term `{term}`")
}

/// A term in brackets that the glossary does not have.
pub fn unlisted_term(english: &str) -> Said {
    said!(
        "unlisted-term",
        "용어집에 없는 용어입니다: `{english}`",
        "the glossary has no term `{english}`",
    )
    .help(words!("glossary.toml에 더하세요", "add it to glossary.toml"))
}

/// A term of the glossary that is introduced without a link.
pub fn unlinked_term(key: &str) -> Said {
    said!(
        "unlinked-term",
        "용어집으로 가는 링크가 없습니다: `{key}`",
        "the term `{key}` is introduced without a link to the glossary",
    )
    .help(words!("`[...](term:{key})`로 적으세요", "write `[...](term:{key})`"))
}

/// A figure that changes, without a source.
pub fn no_source(number: &str) -> Said {
    said!(
        "missing-source",
        "{number}을(를) 뒷받침하는 출처가 없습니다",
        "no source of the lesson speaks of {number}",
    )
    .help(words!(
        "`[[source]]`의 `about`에 이 수를 적으세요",
        "name the figure in the `about` of a `[[source]]`",
    ))
}
