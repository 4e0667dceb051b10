//! What is wrong with the prose of a lesson, and with what stands in it.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// The heading of the file is not the lesson's title.
pub fn title_differs(title: &str) -> Said {
    said!(
        "title-differs",
        "`lesson.toml`의 제목과 다릅니다: `{title}`",
        "differs from the title in `lesson.toml`: `{title}`",
    )
}

/// Prose before the first `##`.
pub fn before_first_page() -> Said {
    said!(
        "before-first-page",
        "첫 `##` 제목보다 앞에 글이 있습니다",
        "this stands before the first `##` heading, so it is on no page",
    )
}

/// A lesson without a `##`.
pub fn no_pages() -> Said {
    said!(
        "no-pages",
        "`##` 제목이 없어서 페이지가 없습니다",
        "there is no `##` heading, so there is no page"
    )
}

/// A `#` that is not the first line.
pub fn second_title() -> Said {
    said!(
        "second-title",
        "`#` 제목은 맨 앞에 한 번만 씁니다",
        "only the first line may be a `#` heading"
    )
    .help(words!("페이지는 `##`로 시작하세요", "begin pages with `##`"))
}

/// A `##` without text.
pub fn untitled_page() -> Said {
    said!("untitled-page", "페이지 제목이 비어 있습니다", "the page has no title")
}

/// A page with nothing on it.
pub fn empty_page() -> Said {
    said!("empty-page", "페이지가 비어 있습니다", "there is nothing on this page")
}

/// A page inside a quotation or list.
pub fn nested_heading() -> Said {
    said!(
        "nested-heading",
        "인용이나 목록 안에서는 `#`와 `##` 제목을 쓸 수 없습니다",
        "a `#` or `##` heading cannot stand inside a quotation or list",
    )
}

/// A run of stars that neither opens nor closes anything.
pub fn open_emphasis(stars: &str) -> Said {
    said!(
        "open-emphasis",
        "강조가 닫히지 않았습니다: `{stars}`",
        "emphasis that did not close: `{stars}`"
    )
    .help(words!(
        "별표 자체를 쓰려면 `\\*` 또는 백틱을 쓰세요",
        "for a star as such write `\\*`, or use backticks",
    ))
}

/// HTML.
pub fn html() -> Said {
    said!("html", "HTML은 화면에 나오지 않습니다", "HTML is not shown").help(words!(
        "꺾쇠 자체를 쓰려면 백틱으로 감싸세요",
        "for angle brackets as such use backticks",
    ))
}

/// A picture.
pub fn image() -> Said {
    said!("image", "그림은 화면에 나오지 않습니다", "pictures are not shown")
        .help(words!("`scene` 블록을 쓰세요", "use a `scene` block"))
}

/// Something that cannot be broken and is wider than the column.
pub fn too_wide(cells: usize, room: usize) -> Said {
    said!(
        "too-wide",
        "80칸 화면에 들어가지 않습니다: {cells}칸인데 {room}칸까지 쓸 수 있습니다",
        "does not fit a screen of 80 columns: {cells} cells where {room} are free",
    )
}

/// `> [!SOMETHING]`.
pub fn unknown_callout(name: &str, known: &str) -> Said {
    said!("unknown-callout", "모르는 상자입니다: `[!{name}]`", "unknown callout `[!{name}]`")
        .help(words!("쓸 수 있는 상자: {known}", "one of: {known}"))
}

/// A misspelt live block.
pub fn unknown_live(word: &str) -> Said {
    said!("unknown-live", "모르는 블록입니다: `{word}`", "unknown block `{word}`")
}

/// `scene` without a name.
pub fn live_without_name(word: &str) -> Said {
    said!(
        "live-without-name",
        "`{word}` 뒤에는 이름이 하나 와야 합니다",
        "`{word}` needs exactly one name behind it",
    )
}

/// Text inside a `question` block.
pub fn live_takes_no_body() -> Said {
    said!("live-body", "이 블록은 비어 있어야 합니다", "this block must be empty")
}

/// A live piece inside a list or quotation.
pub fn nested_live() -> Said {
    said!(
        "nested-live",
        "인용이나 목록 안에는 둘 수 없는 블록입니다",
        "this block cannot stand inside a quotation or list",
    )
}

/// A live scene without packets.
pub fn no_packets(name: &str) -> Said {
    said!(
        "no-packets",
        "이 장면에는 보낼 패킷이 없습니다: `{name}`",
        "the scene `{name}` has no packets to send",
    )
    .help(words!("`[packets]`에 적으세요", "name some below `[packets]`"))
}

/// A question or lab that the prose does not place.
pub fn unplaced(name: &str, file: &str) -> Said {
    said!("unplaced", "{file}에 놓이지 않았습니다: `{name}`", "`{name}` is not placed in {file}")
        .help(words!(
            "본문의 알맞은 자리에 블록으로 놓으세요",
            "place it in the prose, as a block of its own"
        ))
}

/// A question or lab that the prose places twice.
pub fn placed_twice(name: &str, file: &str) -> Said {
    said!(
        "placed-twice",
        "{file}에 두 번 놓였습니다: `{name}`",
        "`{name}` is placed twice in {file}",
    )
}

/// A question about nothing.
pub fn no_objective() -> Said {
    said!("no-objective", "이 문제가 묻는 학습 목표가 없습니다", "the question tests no objective")
        .help(words!("`objectives`에 적으세요", "name one in `objectives`"))
}

/// No such objective.
pub fn unknown_objective(id: &str) -> Said {
    said!("unknown-objective", "이런 학습 목표는 없습니다: `{id}`", "there is no objective `{id}`")
}

/// An objective that no question asks about.
pub fn untested_objective(id: &str) -> Said {
    said!(
        "untested-objective",
        "이 학습 목표를 묻는 문제가 없습니다: `{id}`",
        "no question tests the objective `{id}`",
    )
    .help(words!(
        "이 목표를 묻는 문제를 더하거나 있는 문제의 `objectives`에 적으세요",
        "add a question for it, or name it in the `objectives` of one"
    ))
}
