//! Where the two languages of a lesson do not have the same.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// Different numbers of pages.
pub fn pages_differ(ko: usize, en: usize) -> Said {
    said!(
        "pages-differ",
        "두 언어의 페이지 수가 다릅니다: ko.md {ko}쪽, en.md {en}쪽",
        "the languages differ in pages: {ko} in ko.md, {en} in en.md",
    )
}

/// A block that is something else in the other language.
pub fn blocks_differ(ko: Words, en: Words, line: usize) -> Said {
    let (here, there) = (ko, en);
    Said {
        rule: "structure-differs",
        message: Words {
            ko: settle(&format!(
                "두 언어의 구조가 다릅니다: 여기는 {}인데 en.md {line}번째 줄은 {}입니다",
                here.ko, there.ko
            )),
            en: format!(
                "the languages differ here: {} in ko.md, {} in line {line} of en.md",
                here.en, there.en
            ),
        },
        help: None,
    }
    .help(words!(
        "두 언어에 같은 블록을 같은 순서로 두세요",
        "have the same blocks in both languages, in the same order"
    ))
}

/// A block that the other language lacks.
pub fn block_missing(file: &str) -> Said {
    said!(
        "structure-differs",
        "이 자리에 맞는 블록이 {file}에 없습니다",
        "{file} has nothing that answers this block",
    )
    .help(words!(
        "두 언어에 같은 블록을 같은 순서로 두세요",
        "have the same blocks in both languages, in the same order"
    ))
}

/// What a block is, with what tells it from others of its kind.
pub fn block(kind: &str, detail: &str) -> Words {
    let (ko, en) = match kind {
        "page" => ("페이지 제목", "a page heading"),
        "heading" => ("제목", "a heading of level"),
        "paragraph" => ("문단", "a paragraph"),
        "list" => ("목록, 항목 수", "a list, items:"),
        "ordered" => ("번호 목록, 항목 수", "a numbered list, items:"),
        "table" => ("표", "a table of"),
        "code" => ("코드", "code"),
        "quote" => ("인용", "a quotation"),
        "callout" => ("상자", "the callout"),
        "rule" => ("가로줄", "a line"),
        "scene" => ("장면", "the scene"),
        "question" => ("문제", "the question"),
        _ => ("실습", "the lab"),
    };
    let join =
        |name: &str| if detail.is_empty() { name.to_owned() } else { format!("{name} {detail}") };
    Words { ko: join(ko), en: join(en) }
}

/// References or links of one language that the other lacks.
pub fn sets_differ(what: &str, ko: &str, en: &str) -> Said {
    let list = |only: &str| if only.is_empty() { "-".to_owned() } else { only.to_owned() };
    let (ko, en) = (list(ko), list(en));
    said!(
        "references-differ",
        "두 언어의 {what} 목록이 다릅니다. ko.md에만: {ko}; en.md에만: {en}",
        "the languages differ in {what}. Only in ko.md: {ko}; only in en.md: {en}",
    )
    .help(words!(
        "두 언어에 같은 것을 같은 수만큼 두세요",
        "have the same ones in both languages, as often"
    ))
}

/// References of one half of a phrase that the other lacks.
pub fn references_differ() -> Said {
    let what = "{{...}}";
    said!(
        "references-differ",
        "두 언어의 {what} 목록이 다릅니다",
        "the two halves differ in {what}",
    )
    .help(words!("두 언어에 같은 참조를 두세요", "have the same references in both languages"))
}
