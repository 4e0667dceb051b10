//! What is wrong with the files of a pack, and with how they lead to each other.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// The system will not give the file.
pub fn unreadable(why: &str) -> Said {
    said!("unreadable", "읽을 수 없습니다: {why}", "cannot be read: {why}")
}

/// The file is not UTF-8.
pub fn not_utf8(line: usize) -> Said {
    said!(
        "not-utf8",
        "UTF-8 텍스트가 아닙니다 ({line}번째 줄부터)",
        "is not UTF-8 text (from line {line} on)",
    )
}

/// The file is too large for a lesson's.
pub fn too_large(kib: u64) -> Said {
    said!("too-large", "파일이 너무 큽니다 (최대 {kib} KiB)", "is too large (at most {kib} KiB)")
}

/// Folders within folders.
pub fn too_deep(depth: usize) -> Said {
    said!("too-deep", "폴더가 {depth}단계보다 깊습니다", "folders are nested deeper than {depth}")
}

/// A file that every pack or lesson has.
pub fn missing_file(file: &str) -> Said {
    said!("missing-file", "`{file}` 파일이 없습니다", "the file `{file}` is missing")
}

/// A folder that is listed but not there.
pub fn no_such_folder(folder: &str, file: &str) -> Said {
    said!(
        "missing-folder",
        "`{folder}` 폴더에 `{file}` 파일이 없습니다",
        "there is no folder `{folder}` with a `{file}`",
    )
}

/// A file that nothing leads to.
pub fn stray_file() -> Said {
    said!("stray-file", "아무도 읽지 않는 파일입니다", "nothing reads this file").help(words!(
        "`pack.toml`의 `modules`와 `module.toml`의 `lessons`를 보세요",
        "is its folder listed in `modules` of `pack.toml`, and in `lessons` of `module.toml`?",
    ))
}

/// A format from the future.
pub fn unknown_format(format: i64) -> Said {
    said!("unknown-format", "모르는 팩 형식입니다: {format}", "unknown pack format {format}")
        .help(words!("이 프로그램은 형식 1을 읽습니다", "this program reads format 1"))
}

/// No lesson of this name.
pub fn unknown_lesson(id: &str) -> Said {
    said!("unknown-lesson", "이런 레슨은 없습니다: `{id}`", "there is no lesson `{id}`")
}

/// No scene of this name.
pub fn unknown_scene(name: &str) -> Said {
    said!("unknown-scene", "이런 장면은 없습니다: `{name}`", "there is no scene `{name}`")
}

/// A scene that nothing shows.
pub fn unused_scene() -> Said {
    said!("unused-scene", "아무 데서도 쓰지 않는 장면입니다", "nothing uses this scene")
}

/// A link that leads nowhere.
pub fn bad_link(link: &str) -> Said {
    said!("bad-link", "쓸 수 없는 링크입니다: `{link}`", "`{link}` is not a link for lessons").help(
        words!(
            "`https://...`, `term:용어`, `lesson:레슨`만 쓸 수 있습니다",
            "use `https://...`, `term:TERM` or `lesson:LESSON`",
        ),
    )
}

/// A link that is one letter off another.
pub fn near_link(link: &str, near: &str) -> Said {
    said!("dead-link", "틀린 주소로 보입니다: {link}", "this link looks wrong: {link}")
        .help(words!("혹시 {near}입니까?", "did you mean {near}?"))
}
