//! The smallest fix, and who reaches whom.

use crate::text::particle::Particle;

/// The words for fixes and reach.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Fix {
    // traffic and ends
    pub all_traffic: &'static str,
    /// (protocols)
    pub all_but: fn(&str) -> String,
    /// (ports)
    pub from_client_ports: fn(&str) -> String,
    /// (names, how many more)
    pub and_more: fn(&str, usize) -> String,
    pub internet: &'static str,
    pub internet_v6: &'static str,
    /// (the internet, addresses)
    pub internet_but: fn(&str, &str) -> String,
    /// (addresses)
    pub on_the_internet: fn(&str) -> String,
    /// (addresses, who has them)
    pub held_by: fn(&str, &str) -> String,

    // what becomes of packets
    pub answered: &'static str,
    pub refused: &'static str,
    /// (code)
    pub unanswered: fn(&str) -> String,
    pub astray: &'static str,
    /// (code)
    pub kept_out: fn(&str) -> String,
    /// Where a packet was dropped that did not get out of its sender.
    pub sender: &'static str,

    // fixes
    pub nothing_asked: &'static str,
    pub wanted: &'static str,
    pub forbidden: &'static str,
    pub passes: &'static str,
    pub passes_not: &'static str,
    pub fine_already: &'static str,
    /// (cost, how many ways)
    pub found: fn(u32, usize) -> String,
    /// (number)
    pub way: fn(usize) -> String,
    /// Of a change that AWS has no command for.
    pub no_command: &'static str,
    /// (account, Region), before the calls that are to be run there
    pub where_to_run: fn(Option<&str>, Option<&str>) -> String,
    pub opens: &'static str,
    pub opens_nothing: &'static str,
    pub shuts: &'static str,
    /// (how many more)
    pub more_lines: fn(usize) -> String,
    /// (how many more)
    pub more_ways: fn(usize) -> String,
    /// (how many networks)
    pub impossible: fn(usize) -> String,
    /// (cost)
    pub too_dear: fn(u32) -> String,
    /// (networks, cost below which all was tried)
    pub gave_up: fn(usize, u32) -> String,

    // reach
    /// (name, addresses)
    pub who_reaches: fn(&str, &str) -> String,
    pub nobody: &'static str,
    pub by: &'static str,
    /// (address)
    pub dialled: fn(&str) -> String,
    pub everything_else: &'static str,
    pub everybody: &'static str,
    /// (from whom)
    pub from: fn(&str) -> String,
    /// (from whom, to whom)
    pub from_to: fn(&str, &str) -> String,
    /// (to whom)
    pub no_interface: fn(&str) -> String,
}

/// In Korean.
pub const KO: Fix = Fix {
    all_traffic: "모든 트래픽",
    all_but: |protocols| format!("{protocols} 외의 모든 프로토콜"),
    from_client_ports: |ports| format!("(클라이언트 포트 {ports})"),
    and_more: |names, more| format!("{names} 외 {more}개"),
    internet: "인터넷",
    internet_v6: "인터넷(IPv6)",
    internet_but: |internet, addresses| {
        format!("{addresses}{} 뺀 {internet}", Particle::EulReul.after(addresses))
    },
    on_the_internet: |addresses| format!("인터넷의 {addresses}"),
    held_by: |addresses, holder| format!("{addresses}({holder})"),

    answered: "도착하고 응답이 돌아옵니다",
    refused: "도착하지만 듣는 프로그램이 없어 거절됩니다",
    unanswered: |code| format!("도착하지만 응답을 받지 못합니다({code})"),
    astray: "같은 주소를 가진 다른 곳에 도착합니다",
    kept_out: |code| format!("도착하지 못합니다({code})"),
    sender: "보내는 쪽(아웃바운드)",

    nothing_asked: "`--want` 또는 `--forbid`로 패킷을 하나 이상 적어 주세요. 예: --want \"internet -> web tcp/443\"",
    wanted: "통해야 함",
    forbidden: "막혀야 함",
    passes: "지금 통합니다",
    passes_not: "지금 막혀 있습니다",
    fine_already: "바꿀 것이 없습니다. 이미 모두 원하는 대로입니다.",
    found: |cost, ways| match ways {
        1 => format!("가장 작은 해결책: 변경 {cost}번, 한 가지뿐입니다."),
        _ => format!(
            "가장 작은 해결책: 변경 {cost}번, {ways}가지입니다. 새로 여는 것이 적은 것부터 보여 줍니다."
        ),
    },
    way: |number| format!("해결책 {number}"),
    no_command: "AWS CLI 명령이 없는 변경입니다.",
    where_to_run: |account, region| match (account, region) {
        (Some(account), Some(region)) => format!("계정 {account}, 리전 {region}에서 실행합니다:"),
        (Some(account), None) => format!("계정 {account}에서 실행합니다(리전은 알 수 없음):"),
        (None, Some(region)) => format!("리전 {region}에서 실행합니다(계정은 알 수 없음):"),
        (None, None) => "어느 계정과 리전인지 알 수 없습니다:".to_owned(),
    },
    opens: "새로 열림",
    opens_nothing: "새로 열리는 것이 없습니다.",
    shuts: "닫힘",
    more_lines: |more| format!("… 외 {more}줄(`--json`에 모두 있습니다)"),
    more_ways: |more| format!("해결책이 {more}가지 더 있습니다(`--json`에 모두 있습니다)."),
    impossible: |tried| {
        format!(
            "해결책이 없습니다. 쓸 수 있는 변경으로는 몇 번을 바꿔도 안 됩니다(네트워크 {tried}개를 살펴봄)."
        )
    },
    too_dear: |cost| {
        format!("변경 {cost}번 이하의 해결책은 없습니다. 그보다 많은 변경은 찾아보지 않았습니다.")
    },
    gave_up: |tried, below| {
        format!(
            "찾다가 멈췄습니다. 경우가 너무 많습니다(네트워크 {tried}개를 살펴봄). 변경 {below}번 미만의 해결책은 없는 것이 확실하지만, 그 이상은 알 수 없습니다."
        )
    },

    who_reaches: |name, addresses| format!("{name}({addresses})에 닿을 수 있는 곳"),
    nobody: "아무도 닿을 수 없습니다.",
    by: "근거",
    dialled: |address| format!("{address} 주소로"),
    everything_else: "그 밖의 모든 패킷은 들어오지 못합니다.",
    everybody: "누가 누구와 통하는가",
    from: |from| format!("{from}에서"),
    from_to: |from, to| format!("{from}에서 {to}{}", Particle::EuroRo.after(to)),
    no_interface: |name| {
        format!(
            "`{name}`{} 서브넷 안에 네트워크 인터페이스가 없습니다. 서브넷 안에 있는 것의 이름을 적어 주세요.",
            Particle::EunNeun.after(name)
        )
    },
};

/// In English.
pub const EN: Fix = Fix {
    all_traffic: "all traffic",
    all_but: |protocols| format!("every protocol but {protocols}"),
    from_client_ports: |ports| format!(" (client ports {ports})"),
    and_more: |names, more| format!("{names} and {more} more"),
    internet: "the internet",
    internet_v6: "the internet (IPv6)",
    internet_but: |internet, addresses| format!("{internet} but {addresses}"),
    on_the_internet: |addresses| format!("{addresses} on the internet"),
    held_by: |addresses, holder| format!("{addresses} ({holder})"),

    answered: "arrives and is answered",
    refused: "arrives, but nobody listens and it is refused",
    unanswered: |code| format!("arrives, but no answer comes back ({code})"),
    astray: "arrives at somebody else with the same address",
    kept_out: |code| format!("does not arrive ({code})"),
    sender: "the sender (outbound)",

    nothing_asked: "Name at least one packet with `--want` or `--forbid`, as in --want \"internet -> web tcp/443\".",
    wanted: "must pass",
    forbidden: "must not pass",
    passes: "passes now",
    passes_not: "does not pass now",
    fine_already: "There is nothing to change: everything is as wanted.",
    found: |cost, ways| match (cost, ways) {
        (1, 1) => "The smallest fix is one change, and there is only this one.".to_owned(),
        (_, 1) => format!("The smallest fix takes {cost} changes, and there is only this one."),
        (1, _) => format!(
            "The smallest fix is one change, and there are {ways}; the one that opens least comes first."
        ),
        _ => format!(
            "The smallest fix takes {cost} changes, and there are {ways} ways; the one that opens least comes first."
        ),
    },
    way: |number| format!("Way {number}"),
    no_command: "The AWS CLI has no command for this change.",
    where_to_run: |account, region| match (account, region) {
        (Some(account), Some(region)) => format!("In account {account}, Region {region}:"),
        (Some(account), None) => format!("In account {account} (its Region is not known):"),
        (None, Some(region)) => format!("In Region {region} (the account is not known):"),
        (None, None) => "In an account and Region that are not known:".to_owned(),
    },
    opens: "Opens",
    opens_nothing: "Opens nothing.",
    shuts: "Shuts",
    more_lines: |more| format!("… {more} more (all of them with `--json`)"),
    more_ways: |more| format!("There are {more} ways more (all of them with `--json`)."),
    impossible: |tried| {
        format!(
            "There is no fix, however many of the possible changes are made ({tried} networks were looked at)."
        )
    },
    too_dear: |cost| {
        format!("No fix takes {cost} changes or fewer. More changes than that were not tried.")
    },
    gave_up: |tried, below| {
        format!(
            "The search gave up: there is too much to try ({tried} networks were looked at). Certainly no fix takes fewer than {below} changes; of more nothing is known."
        )
    },

    who_reaches: |name, addresses| format!("Who can reach {name} ({addresses})"),
    nobody: "Nobody can reach it.",
    by: "by",
    dialled: |address| format!("dialled as {address}"),
    everything_else: "Everything else is kept out.",
    everybody: "Who can talk to whom",
    from: |from| format!("from {from}"),
    from_to: |from, to| format!("from {from} to {to}"),
    no_interface: |name| {
        format!("`{name}` has no network interface in a subnet. Name something that stands in one.")
    },
};
