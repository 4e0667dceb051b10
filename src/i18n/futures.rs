//! What is said of two futures of a packet, under which the network changed.

use crate::text::particle::{Particle, with};

/// What is said of two futures.
#[derive(Debug)]
#[expect(missing_docs, reason = "the constants below say what each is")]
pub struct Futures {
    pub changed: &'static str,
    pub was: &'static str,
    pub now: &'static str,
    pub was_short: &'static str,
    pub now_short: &'static str,
    pub parts: &'static str,
    pub absent: &'static str,
    pub ended: &'static str,
    pub lives_on: &'static str,
    pub untracked: &'static str,
    /// (place)
    pub forgotten: fn(&str) -> String,
    pub cut: &'static str,
    pub keep: &'static str,
    /// (zone)
    pub zone_failed: fn(&str) -> String,
}

/// Korean.
pub const KO: Futures = Futures {
    changed: "이 패킷이 떠난 뒤에 네트워크가 바뀌었습니다.",
    was: "바꾸기 전",
    now: "지금",
    was_short: "전",
    now_short: "후",
    parts: "여기에서 갈라집니다",
    absent: "이쪽에는 없는 홉입니다",
    ended: "이미 끝났습니다",
    lives_on: "이미 열린 연결은 끊기지 않습니다. 보안 그룹이 기억하는(추적하는) 흐름이라 새 연결만 \
               막힙니다.",
    untracked: "이미 열린 연결도 끊깁니다. 모두에게 열린 규칙으로 들어온 흐름은 보안 그룹이 \
                기억하지 않습니다(추적하지 않습니다).",
    forgotten: |place| {
        let place = with(place, Particle::EunNeun);
        format!("이미 열린 연결도 끊깁니다. {place} 연결을 기억하지 않고 패킷마다 다시 봅니다.")
    },
    cut: "이미 열린 연결도 끊깁니다.",
    keep: "지금 것만 남기기",
    zone_failed: |zone| format!("가용 영역 {zone} 장애"),
};

/// English.
pub const EN: Futures = Futures {
    changed: "The network has changed since this packet left.",
    was: "before",
    now: "now",
    was_short: "before",
    now_short: "now",
    parts: "here they part",
    absent: "there is no such hop on this side",
    ended: "it has ended already",
    lives_on: "A connection that is open already lives on: security groups remember it (a tracked \
               flow). Only new ones are stopped.",
    untracked: "A connection that is open already is cut as well: what rules for everybody let in, \
                security groups do not remember (an untracked flow).",
    forgotten: |place| {
        format!(
            "A connection that is open already is cut as well: the {place} remembers none, and \
             looks at every packet anew."
        )
    },
    cut: "A connection that is open already is cut as well.",
    keep: "keep the new future",
    zone_failed: |zone| format!("zone {zone} has failed"),
};
