//! What is wrong with `{{...}}`, where the simulator fills in what an author did not write.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// Something between `{{` and `}}` that is no reference.
pub fn unknown_reference(word: &str, known: &str) -> Said {
    said!("unknown-reference", "모르는 참조입니다: `{word}`", "unknown reference `{word}`")
        .help(words!("쓸 수 있는 참조: {known}", "known references: {known}"))
}

/// `{{` without `}}` on its line.
pub fn open_reference() -> Said {
    said!(
        "open-reference",
        "`{{{{`를 닫는 `}}}}`가 같은 줄에 없습니다",
        "`{{{{` has no `}}}}` on its line",
    )
}

/// Not a particle.
pub fn unknown_particle(word: &str, known: &str) -> Said {
    said!("unknown-reference", "모르는 조사입니다: `{word}`", "unknown particle `{word}`")
        .help(words!("쓸 수 있는 조사: {known}", "known particles: {known}"))
}

/// A particle in an English text.
pub fn korean_only() -> Said {
    said!(
        "unknown-reference",
        "조사는 한국어 글에만 씁니다",
        "particles are for the Korean text only",
    )
}

/// The code or place of a drop that does not happen.
pub fn not_dropped() -> Said {
    said!(
        "stale-reference",
        "이 패킷은 버려지지 않으므로 이유도 위치도 없습니다",
        "this packet is not dropped, so there is no reason and no place",
    )
}

/// The rule of a place where nothing decided.
pub fn nothing_decided() -> Said {
    said!(
        "stale-reference",
        "이 패킷은 그곳을 지나지 않거나, 그곳에서 아무것도 정해지지 않습니다",
        "this packet does not come there, or nothing decides about it there",
    )
}

/// What a receiver saw of a packet that never arrived.
pub fn never_received() -> Said {
    said!(
        "stale-reference",
        "이 패킷은 도착하지 않으므로 받는 쪽이 본 것이 없습니다",
        "this packet never arrives, so nobody sees its source",
    )
}

/// The public address of something without one.
pub fn no_public_address(name: &str) -> Said {
    said!(
        "stale-reference",
        "`{name}`에는 퍼블릭 주소가 없습니다",
        "`{name}` has no public address",
    )
}

/// A route for an address that the table does not know.
pub fn no_route(address: &str) -> Said {
    said!(
        "stale-reference",
        "이 테이블에는 `{address}`(으)로 가는 경로가 없습니다",
        "the table has no route for `{address}`",
    )
}
