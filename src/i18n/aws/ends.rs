//! Who sends and who is meant: what is wrong with the words for them.

use super::said;
use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// Nothing is called so.
pub fn no_such_end(name: &str) -> Said {
    said!(
        "unknown-object",
        "`{name}`(이)라는 것이 파일에 없습니다.",
        "there is no `{name}` in the files";
        "ID(`i-…`, `eni-…`), `Name` 태그, 주소, DNS 이름, `internet` 중 하나를 쓰세요.",
        "use an id (`i-…`, `eni-…`), a `Name` tag, an address, a DNS name or `internet`"
    )
}

/// Something that neither sends nor receives.
pub fn not_an_end(name: &str) -> Said {
    said!(
        "not-an-end",
        "`{name}`은(는) 패킷을 보내거나 받는 것이 아닙니다.",
        "`{name}` neither sends nor receives packets";
        "인스턴스나 네트워크 인터페이스를 쓰세요.",
        "use an instance or a network interface"
    )
}

/// Several are called so.
pub fn ambiguous_end(name: &str, candidates: &str) -> Said {
    said!(
        "ambiguous",
        "`{name}`은(는) 여럿을 뜻할 수 있습니다: {candidates}",
        "`{name}` may mean several: {candidates}";
        "ID로 하나를 고르세요.",
        "choose one by its id"
    )
}

/// Not a packet.
pub fn bad_packet(line: &str) -> Said {
    said!(
        "bad-packet",
        "`{line}`은(는) 패킷이 아닙니다.",
        "`{line}` is not a packet";
        "`internet -> web tcp/443`처럼 쓰세요.",
        "write it as in `internet -> web tcp/443`"
    )
}
