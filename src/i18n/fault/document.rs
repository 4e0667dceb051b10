//! What is wrong with a TOML file before anybody asks what it is about: its syntax, its keys, the kinds of its
//! values.

use crate::{
    i18n::{
        Words,
        fault::{Pair, Said},
    },
    text::particle::settle,
};

/// The file is not TOML.
pub fn syntax(detail: &str) -> Said {
    let ko = match detail {
        d if d.starts_with("duplicate key") => "같은 키가 두 번 나옵니다",
        d if d.starts_with("string values must be quoted") => "문자열은 따옴표로 감싸야 합니다",
        d if d.starts_with("invalid basic string") => "문자열의 따옴표가 닫히지 않았습니다",
        d if d.starts_with("unclosed array") => "배열의 `]`가 없습니다",
        d if d.starts_with("unclosed table") || d.starts_with("unclosed inline table") => {
            "표의 닫는 괄호가 없습니다"
        }
        d if d.starts_with("missing comma") => "값 사이에 쉼표가 없습니다",
        d if d.starts_with("key with no value") || d.starts_with("missing value") => {
            "키에 값이 없습니다"
        }
        _ => "TOML 문법에 맞지 않습니다",
    };
    let said = said!("syntax", "{ko} ({detail})", "this is not valid TOML: {detail}");
    if detail.starts_with("invalid unquoted key") {
        return said.help(words!(
            "영문자, 숫자, `-`, `_`가 아닌 글자가 있는 키는 따옴표로 감싸세요",
            "put quotes around keys with letters beyond `a` to `z`, digits, `-` and `_`",
        ));
    }
    said
}

/// A key that nobody reads.
pub fn unknown_key(key: &str, known: &str) -> Said {
    said!("unknown-key", "모르는 키입니다: `{key}`", "unknown key `{key}`")
        .help(words!("쓸 수 있는 키: {known}", "known keys: {known}"))
}

/// A key that nobody reads, but one is near.
pub fn misspelt_key(key: &str, near: &str) -> Said {
    said!("unknown-key", "모르는 키입니다: `{key}`", "unknown key `{key}`").did_you_mean(Some(near))
}

/// A key that must be there.
pub fn missing_key(key: &str) -> Said {
    said!("missing-key", "`{key}` 키가 없습니다", "the key `{key}` is missing")
}

/// The value is of another kind.
pub fn wrong_type(wanted: Pair, found: Pair) -> Said {
    let ((wanted_ko, wanted_en), (found_ko, found_en)) = (wanted, found);
    said!(
        "wrong-type",
        "여기에는 {wanted_ko} 값이 와야 하는데 {found_ko} 값이 있습니다",
        "expected {wanted_en}, found {found_en}",
    )
}

/// A number outside its range.
pub fn out_of_range(low: i64, high: i64) -> Said {
    said!(
        "out-of-range",
        "{low} 이상 {high} 이하의 정수여야 합니다",
        "must be a whole number from {low} to {high}",
    )
}

/// An unknown value where one of a few is wanted.
pub fn one_of(found: &str, known: &str) -> Said {
    said!("bad-value", "쓸 수 없는 값입니다: `{found}`", "`{found}` is not a value for this")
        .help(words!("쓸 수 있는 값: {known}", "one of: {known}"))
}

/// Text that a terminal would obey, or that hides.
pub fn control_character(code: u32) -> Said {
    said!(
        "control-character",
        "제어 문자 U+{code:04X}가 들어 있습니다",
        "contains the control character U+{code:04X}",
    )
    .help(words!(
        "지우세요. 화면에는 나오지 않습니다",
        "remove it; it would never reach the screen",
    ))
}

/// A name with letters that names may not have.
pub fn bad_name(name: &str) -> Said {
    said!("bad-name", "쓸 수 없는 이름입니다: `{name}`", "`{name}` cannot be a name").help(words!(
        "글자, 숫자, `-`, `_`만 쓸 수 있습니다",
        "names are made of letters, digits, `-` and `_`",
    ))
}

/// A name with a meaning of its own.
pub fn reserved_name(name: &str) -> Said {
    said!(
        "bad-name",
        "`{name}`에는 이미 정해진 뜻이 있어서 이름으로 쓸 수 없습니다",
        "`{name}` has a meaning of its own and cannot be a name",
    )
}

/// Two things with one name.
pub fn duplicate_name(name: &str) -> Said {
    said!("duplicate-name", "같은 이름이 이미 있습니다: `{name}`", "`{name}` is already taken")
}

/// One language has no text.
pub fn missing_words(lang: &str) -> Said {
    said!("missing-words", "`{lang}` 글이 없습니다", "the `{lang}` text is missing")
        .help(words!("두 언어를 나란히 적으세요", "write both languages side by side"))
}

/// One language has only an empty text.
pub fn empty_words(lang: &str) -> Said {
    said!("empty-words", "`{lang}` 글이 비어 있습니다", "the `{lang}` text is empty")
        .help(words!("두 언어를 나란히 적으세요", "write both languages side by side"))
}
