//! Sentences for goals that their author left to the program.

use crate::text::particle::settle;

/// The sentences of one language.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// A packet, as a subject: (from, to, protocol and port).
    pub packet: fn(&str, &str, &str) -> String,
    /// A ping, as a subject: (from, to).
    pub ping: fn(&str, &str) -> String,
    /// It arrives and is answered: (subject).
    pub delivered: fn(&str) -> String,
    /// It arrives and is refused: (subject).
    pub refused: fn(&str) -> String,
    /// It is dropped: (subject).
    pub dropped: fn(&str) -> String,
    /// It is dropped for a reason: (subject, code).
    pub dropped_for: fn(&str, &str) -> String,
    /// The learner has sent it: (subject).
    pub sent: fn(&str) -> String,
    /// Subnets: (how many, in how many zones, addresses to use in each).
    pub subnets: fn(u32, u32, u32) -> String,
    /// When a zone fails: (zone, what must become of a packet).
    pub zone_down: fn(&str, &str) -> String,
}

/// In Korean.
pub const KO: Goal = Goal {
    packet: |from, to, port| settle(&format!("{from}에서 {to}의 {port}(으)로 보낸 패킷")),
    ping: |from, to| settle(&format!("{from}에서 {to}(으)로 보낸 핑")),
    delivered: |it| settle(&format!("{it}이(가) 도착하고 응답도 돌아옵니다.")),
    refused: |it| settle(&format!("{it}이(가) 도착하지만 거절됩니다.")),
    dropped: |it| settle(&format!("{it}이(가) 버려집니다.")),
    dropped_for: |it, code| settle(&format!("{it}이(가) {code} 때문에 버려집니다.")),
    sent: |it| settle(&format!("{it}을(를) 끝까지 지켜봅니다.")),
    subnets: |count, zones, usable| {
        format!(
            "가용 영역 {zones}곳 이상에 서브넷이 {count}개 이상 있고, 쓸 수 있는 주소가 {usable}개씩입니다."
        )
    },
    zone_down: |zone, it| format!("가용 영역 {zone}에 장애가 나도: {it}"),
};

/// In English.
pub const EN: Goal = Goal {
    packet: |from, to, port| format!("packet from {from} to {port} of {to}"),
    ping: |from, to| format!("ping from {from} to {to}"),
    delivered: |it| format!("A {it} arrives, and the reply comes back."),
    refused: |it| format!("A {it} arrives and is refused."),
    dropped: |it| format!("A {it} is dropped."),
    dropped_for: |it, code| format!("A {it} is dropped because of {code}."),
    sent: |it| format!("Send a {it} and watch it to its end."),
    subnets: |count, zones, usable| {
        format!(
            "At least {count} subnets, in at least {zones} zones, have {usable} addresses to use each."
        )
    },
    zone_down: |zone, it| format!("With Availability Zone {zone} down: {it}"),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_what_is_filled_in() {
        assert_eq!(
            (KO.delivered)(&(KO.packet)("인터넷", "web", "tcp/443")),
            "인터넷에서 web의 tcp/443으로 보낸 패킷이 도착하고 응답도 돌아옵니다."
        );
        assert_eq!((KO.sent)(&(KO.ping)("app", "db")), "app에서 db로 보낸 핑을 끝까지 지켜봅니다.");
    }
}
