//! The words for what the simulator found. [`crate::tell`] fills them in.
//!
//! Rules, routes and addresses stay as the scene format writes them, in both languages: they are
//! what the learner will type.

use crate::text::particle::{Particle, with};

/// The words for what the simulator found.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Tell {
    // kinds of objects, and what to call one that is gone
    pub vpc: &'static str,
    pub subnet: &'static str,
    pub route_table: &'static str,
    pub internet_gateway: &'static str,
    pub nat_gateway: &'static str,
    pub egress_only_gateway: &'static str,
    pub peering: &'static str,
    pub prefix_list: &'static str,
    pub gateway_endpoint: &'static str,
    pub security_group: &'static str,
    pub network_acl: &'static str,
    pub instance: &'static str,
    pub interface: &'static str,
    pub host: &'static str,
    /// (kind)
    pub deleted: fn(&str) -> String,

    // places
    pub internet: &'static str,
    /// (address)
    pub internet_address: fn(&str) -> String,
    /// (owner, interface)
    pub interface_of: fn(&str, &str) -> String,
    pub inbound: &'static str,
    pub outbound: &'static str,
    /// (place, direction)
    pub directed: fn(&str, &str) -> String,
    /// (list or table, subnet)
    pub of_subnet: fn(&str, &str) -> String,
    /// (owner)
    pub public_address_of: fn(&str) -> String,
    pub dns_name_of: fn(&str) -> String,
    pub resolver: &'static str,
    pub instance_metadata: &'static str,
    pub task_metadata: &'static str,
    pub time_sync: &'static str,
    pub windows_activation: &'static str,
    pub dhcp: &'static str,

    // packets
    pub forward: &'static str,
    pub reply: &'static str,
    /// (from, to)
    pub ping: fn(&str, &str) -> String,
    /// (from, to, protocol and port)
    pub probe: fn(&str, &str, &str) -> String,
    /// (number)
    pub protocol_number: fn(&str) -> String,

    // what happened at a hop
    pub sets_out: &'static str,
    pub answer_sets_out: &'static str,
    pub receives: &'static str,
    pub answer_received: &'static str,
    pub refusal_received: &'static str,
    pub passes: &'static str,
    /// Between two clauses about one hop.
    pub and: &'static str,
    /// (old source, new source)
    pub rewrites_source: fn(&str, &str) -> String,
    /// (old destination, new destination)
    pub rewrites_destination: fn(&str, &str) -> String,
    /// (old source, new source, old destination, new destination)
    pub rewrites_both: fn(&str, &str, &str, &str) -> String,
    /// (group, rule)
    pub group_admits: fn(&str, &str) -> String,
    pub group_has_no_rule: &'static str,
    pub group_remembers: &'static str,
    /// (entry)
    pub acl_allows: fn(&str) -> String,
    /// (entry)
    pub acl_denies: fn(&str) -> String,
    pub acl_default_denies: &'static str,
    /// (route, target)
    pub route_leads: fn(&str, &str) -> String,
    /// (route)
    pub route_local: fn(&str) -> String,
    /// (route)
    pub route_gone: fn(&str) -> String,
    pub no_route: &'static str,
    pub nobody_listens: &'static str,
    pub nobody_there: &'static str,
    pub not_attached: &'static str,
    pub no_public_address: &'static str,
    pub not_for_internet: &'static str,
    pub not_its_own: &'static str,
    pub not_available: &'static str,
    pub public_access_blocked: &'static str,
    pub not_ipv6: &'static str,
    pub not_peered: &'static str,
    pub past_appliance: &'static str,
    pub returned_to_sender: &'static str,
    pub not_carried: &'static str,
    pub not_served: &'static str,
    pub denied_by_policy: &'static str,
    pub not_translated: &'static str,
    pub not_in_zone: &'static str,
    pub not_remembered: &'static str,
    pub not_running: &'static str,
    pub flow_unknown: &'static str,
    pub does_not_forward: &'static str,
    pub goes_round: &'static str,
    /// (service)
    pub never_filtered: fn(&str) -> String,
    pub not_expected: &'static str,
    pub no_such_family: &'static str,

    // what a check looked at
    pub no_rule_matches: &'static str,
    pub tracked: &'static str,
    pub no_route_matches: &'static str,
    pub source_dest_check: &'static str,
    pub attachment: &'static str,
    pub public_address: &'static str,
    pub internet_carries: &'static str,
    pub nat_state: &'static str,
    pub block_public_access: &'static str,
    pub ipv6: &'static str,
    pub peered_addresses: &'static str,
    pub through_appliance: &'static str,
    pub return_to_sender: &'static str,
    pub endpoint_protocol: &'static str,
    pub endpoint_sender: &'static str,
    pub endpoint_policy: &'static str,
    pub nat_protocol: &'static str,
    pub nat_zone: &'static str,
    pub nat_connection: &'static str,
    pub instance_state: &'static str,
    pub listening: &'static str,
    pub owner: &'static str,
    pub forwarding: &'static str,
    pub known_flow: &'static str,
    pub been_here: &'static str,
    pub expected: &'static str,
    pub address_family: &'static str,
    pub dns_name: &'static str,
    pub no_such_name: &'static str,

    // how it came out
    pub matches_allows: &'static str,
    pub matches_denies: &'static str,
    pub matches_chosen: &'static str,
    pub matches_blackhole: &'static str,
    pub ok: &'static str,
    pub stops: &'static str,
    pub drops: &'static str,
    /// (field)
    pub no_match: fn(&str) -> String,
    pub not_reached: &'static str,
    pub less_specific: &'static str,
    pub lower_priority: &'static str,
    pub group_lost: &'static str,
    pub field_protocol: &'static str,
    pub field_port: &'static str,
    /// The type or code of ICMP.
    pub field_icmp_type: &'static str,
    pub field_source: &'static str,
    pub field_destination: &'static str,

    // verdicts
    pub delivered: &'static str,
    pub refused: &'static str,
    pub dropped: &'static str,
    pub is_delivered: &'static str,
    pub is_refused: &'static str,
    /// (place)
    pub is_dropped: fn(&str) -> String,
    /// (place)
    pub answer_is_dropped: fn(&str) -> String,
    /// (receiver)
    pub verdict_delivered: fn(&str) -> String,
    /// (receiver, port)
    pub verdict_refused: fn(&str, &str) -> String,
    /// (place)
    pub verdict_dropped: fn(&str) -> String,
    /// (receiver, place)
    pub verdict_answer_dropped: fn(&str, &str) -> String,

    // causes: why, and what it means
    /// (interface, groups, address, protocol and port)
    pub why_no_inbound_rule: fn(&str, &str, &str, &str) -> String,
    /// (interface, groups, address, protocol and port)
    pub why_no_outbound_rule: fn(&str, &str, &str, &str) -> String,
    pub means_no_rule: &'static str,
    /// (list, direction, entry)
    pub why_acl_entry: fn(&str, &str, &str) -> String,
    pub means_acl_entry: &'static str,
    /// (list, direction, protocol and port)
    pub why_acl_default: fn(&str, &str, &str) -> String,
    pub means_acl_default: &'static str,
    /// (destination port of the answer)
    pub means_acl_answer: fn(&str) -> String,
    pub means_acl_answer_portless: &'static str,
    /// (table, destination)
    pub why_no_route: fn(&str, &str) -> String,
    pub means_no_route: &'static str,
    pub means_no_route_answer: &'static str,
    /// (table, route)
    pub why_blackhole: fn(&str, &str) -> String,
    pub means_blackhole: &'static str,
    /// (interface)
    pub why_source_dest_check: fn(&str) -> String,
    pub means_source_dest_check: &'static str,
    /// (gateway)
    pub why_detached: fn(&str) -> String,
    pub means_detached: &'static str,
    /// (gateway, private address)
    pub why_no_public_address: fn(&str, &str) -> String,
    pub means_no_public_address: &'static str,
    /// (destination)
    pub why_unknown_public_address: fn(&str) -> String,
    pub means_unknown_public_address: &'static str,
    /// (destination)
    pub why_private_destination: fn(&str) -> String,
    pub means_private_destination: &'static str,
    /// (destination)
    pub why_shared_destination: fn(&str) -> String,
    pub means_shared_destination: &'static str,
    /// (source)
    pub why_private_source: fn(&str) -> String,
    pub means_private_source: &'static str,
    /// (source)
    pub why_shared_source: fn(&str) -> String,
    pub means_shared_source: &'static str,
    /// (destination)
    pub why_no_owner: fn(&str) -> String,
    pub means_no_owner: &'static str,
    /// (gateway, state)
    pub why_nat_not_available: fn(&str, &str) -> String,
    pub means_nat_not_available: &'static str,
    /// (gateway)
    pub why_nat_zone: fn(&str) -> String,
    pub means_nat_zone: &'static str,
    /// (gateway, protocol)
    pub why_nat_protocol: fn(&str, &str) -> String,
    pub means_nat_protocol: &'static str,
    /// (gateway, packet)
    pub why_nat_unsolicited: fn(&str, &str) -> String,
    pub means_nat_unsolicited: &'static str,
    /// (gateway)
    pub why_public_access_blocked: fn(&str) -> String,
    pub means_public_access_blocked: &'static str,
    /// (gateway)
    pub why_egress_only_protocol: fn(&str) -> String,
    pub means_egress_only_protocol: &'static str,
    pub means_egress_only_unsolicited: &'static str,
    /// (peering, source, destination)
    pub why_peering_address: fn(&str, &str, &str) -> String,
    pub means_peering_address: &'static str,
    /// (gateway, source)
    pub why_bypassed: fn(&str, &str) -> String,
    pub means_bypassed: &'static str,
    /// (table)
    pub why_appliance_private: fn(&str) -> String,
    pub means_appliance_private: &'static str,
    /// (endpoint, protocol and port)
    pub why_endpoint_protocol: fn(&str, &str) -> String,
    pub means_endpoint_protocol: &'static str,
    /// (endpoint, source)
    pub why_endpoint_outsider: fn(&str, &str) -> String,
    pub means_endpoint_outsider: &'static str,
    /// (endpoint)
    pub why_endpoint_policy: fn(&str) -> String,
    pub means_endpoint_policy: &'static str,
    /// (instance)
    pub why_not_running: fn(&str) -> String,
    pub means_not_running: &'static str,
    /// (destination)
    pub why_no_internet_gateway: fn(&str) -> String,
    pub means_no_internet_gateway: &'static str,
    /// (interface, source)
    pub why_group_not_preserved: fn(&str, &str) -> String,
    pub means_group_not_preserved: &'static str,
    /// (interface)
    pub why_not_attached: fn(&str) -> String,
    pub means_not_attached: &'static str,
    /// (instance, source)
    pub why_asymmetric: fn(&str, &str) -> String,
    pub means_asymmetric: &'static str,
    /// (instance, destination)
    pub why_not_forwarded: fn(&str, &str) -> String,
    pub means_not_forwarded: &'static str,
    /// (place)
    pub why_loop: fn(&str) -> String,
    pub means_loop: &'static str,
    /// (place)
    pub why_misdirected: fn(&str) -> String,
    pub means_misdirected: &'static str,
    /// (sender)
    pub why_name_not_resolved: fn(&str) -> String,
    pub means_name_not_resolved: &'static str,
    pub why_address_family: fn(&str) -> String,
    pub means_address_family: &'static str,
    pub code_is_ours: &'static str,
}

/// In Korean.
pub const KO: Tell = Tell {
    vpc: "VPC",
    subnet: "서브넷",
    route_table: "라우팅 테이블",
    internet_gateway: "인터넷 게이트웨이",
    nat_gateway: "NAT 게이트웨이",
    egress_only_gateway: "외부 전용 인터넷 게이트웨이",
    peering: "VPC 피어링 연결",
    prefix_list: "접두사 목록",
    gateway_endpoint: "게이트웨이 엔드포인트",
    security_group: "보안 그룹",
    network_acl: "네트워크 ACL",
    instance: "인스턴스",
    interface: "네트워크 인터페이스",
    host: "호스트",
    deleted: |kind| format!("삭제된 {kind}"),

    internet: "인터넷",
    internet_address: |address| format!("인터넷의 {address}"),
    interface_of: |owner, interface| format!("{owner}의 인터페이스 {interface}"),
    inbound: "인바운드",
    outbound: "아웃바운드",
    directed: |place, direction| format!("{place}({direction})"),
    of_subnet: |what, subnet| format!("{subnet}의 {what}"),
    public_address_of: |owner| format!("{owner}의 퍼블릭 주소"),
    dns_name_of: |owner| format!("{owner}의 DNS 이름"),
    resolver: "Route 53 Resolver",
    instance_metadata: "인스턴스 메타데이터 서비스",
    task_metadata: "태스크 메타데이터 서비스",
    time_sync: "Amazon Time Sync",
    windows_activation: "Windows 정품 인증",
    dhcp: "DHCP",

    forward: "요청",
    reply: "응답",
    ping: |from, to| format!("{from}에서 {} 핑", ro(to)),
    probe: |from, to, port| format!("{from}에서 {to}의 {}", ro(port)),
    protocol_number: |number| format!("프로토콜 {number}"),

    sets_out: "패킷이 출발합니다",
    answer_sets_out: "응답이 출발합니다",
    receives: "패킷을 받고 응답을 만듭니다",
    answer_received: "응답을 받습니다",
    refusal_received: "거절하는 응답을 받습니다",
    passes: "그대로 지나갑니다",
    and: ". ",
    rewrites_source: |old, new| format!("출발지 주소를 {old}에서 {} 바꿉니다", ro(new)),
    rewrites_destination: |old, new| format!("목적지 주소를 {old}에서 {} 바꿉니다", ro(new)),
    rewrites_both: |source, new_source, destination, new_destination| {
        format!(
            "출발지를 {source}에서 {}, 목적지를 {destination}에서 {} 바꿉니다",
            ro(new_source),
            ro(new_destination)
        )
    },
    group_admits: |group, rule| format!("보안 그룹 {group}의 규칙 `{rule}`에 맞아 지나갑니다"),
    group_has_no_rule: "맞는 보안 그룹 규칙이 없어 버립니다",
    group_remembers: "보안 그룹이 기억하는 연결의 응답이라 규칙을 보지 않고 지나갑니다",
    acl_allows: |entry| format!("`{entry}` 항목이 허용합니다"),
    acl_denies: |entry| format!("`{entry}` 항목이 거부하여 버립니다"),
    acl_default_denies: "맞는 항목이 없어 `*` 규칙이 거부합니다",
    route_leads: |route, target| format!("`{route}` 경로를 따라 {} 보냅니다", ro(target)),
    route_local: |route| format!("`{route}` 경로를 따라 VPC 안으로 보냅니다"),
    route_gone: |route| format!("`{route}` 경로의 대상이 없어 버립니다(블랙홀)"),
    no_route: "맞는 경로가 없어 버립니다",
    nobody_listens: "이 포트에서 듣는 프로그램이 없어 거절합니다",
    nobody_there: "이 주소를 가진 곳이 없어 버려집니다",
    not_attached: "이 VPC에 연결되어 있지 않아 버립니다",
    no_public_address: "짝이 되는 퍼블릭 주소가 없어 버립니다",
    not_for_internet: "인터넷이 나르지 않는 주소라 버립니다",
    not_its_own: "자기 주소의 패킷이 아니라서 버립니다(소스/대상 확인)",
    not_available: "사용할 수 있는 상태가 아니라서 버립니다",
    public_access_blocked: "계정에서 퍼블릭 액세스를 막아 버립니다",
    not_ipv6: "IPv6 패킷이 아니라서 버립니다",
    not_peered: "두 VPC의 주소 사이를 오가는 패킷이 아니라서 버립니다",
    past_appliance: "어플라이언스를 거치지 않아 버립니다",
    returned_to_sender: "NAT 게이트웨이가 보낸 요청의 응답이라 경로가 없어도 온 길로 돌려보냅니다",
    not_carried: "나르지 않는 프로토콜이라 버립니다",
    not_served: "이 VPC에서 온 패킷이 아니라서 버립니다",
    denied_by_policy: "엔드포인트 정책이 거부합니다",
    not_translated: "변환하지 않는 프로토콜이라 버립니다",
    not_in_zone: "이 가용 영역에는 없어서 버립니다",
    not_remembered: "기억하는 연결이 아니라서 버립니다",
    not_running: "실행 중이 아니라서 답하지 않습니다",
    flow_unknown: "시작을 보지 못한 연결의 응답이라 버립니다",
    does_not_forward: "남의 패킷을 전달하지 않아 버립니다",
    goes_round: "이미 지나간 패킷이 돌아와 버립니다(라우팅 루프)",
    never_filtered: |service| format!("{} 오가는 패킷이라 아무것도 거르지 않습니다", gwa(service)),
    not_expected: "요청한 적이 없는 응답이라 버립니다",
    no_such_family: "목적지와 같은 종류(IPv4/IPv6)의 주소가 없어 보내지 못합니다",

    no_rule_matches: "맞는 보안 그룹 규칙 없음",
    tracked: "통과시킨 연결의 응답(상태 저장)",
    no_route_matches: "맞는 경로 없음",
    source_dest_check: "소스/대상 확인",
    attachment: "VPC 연결",
    public_address: "짝이 되는 퍼블릭 주소",
    internet_carries: "인터넷이 나르는 주소",
    nat_state: "NAT 게이트웨이의 상태",
    block_public_access: "VPC 퍼블릭 액세스 차단(BPA)",
    ipv6: "IPv6 패킷인지",
    peered_addresses: "두 VPC의 주소",
    through_appliance: "거쳐야 하는 어플라이언스",
    return_to_sender: "피어링 너머 NAT 게이트웨이에게 가는 응답",
    endpoint_protocol: "엔드포인트가 나르는 프로토콜",
    endpoint_sender: "엔드포인트를 쓸 수 있는 VPC",
    endpoint_policy: "엔드포인트 정책",
    nat_protocol: "변환하는 프로토콜",
    nat_zone: "보내는 쪽의 가용 영역",
    nat_connection: "기억하는 연결",
    instance_state: "인스턴스 실행 여부",
    listening: "포트에서 듣는 프로그램",
    owner: "목적지 주소의 주인",
    forwarding: "남의 패킷 전달",
    known_flow: "시작을 본 연결",
    been_here: "이미 지나간 패킷인지",
    expected: "기다리던 응답인지",
    address_family: "목적지와 같은 종류의 주소",
    dns_name: "DNS 이름",
    no_such_name: "이름에 해당하는 주소를 알 수 없습니다",

    matches_allows: "일치, 허용",
    matches_denies: "일치, 거부",
    matches_chosen: "일치, 선택",
    matches_blackhole: "일치, 블랙홀",
    ok: "통과",
    stops: "막힘",
    drops: "버림",
    no_match: |field| format!("일치하지 않음({field})"),
    not_reached: "보지 않음(먼저 결정됨)",
    less_specific: "일치하지만 더 구체적인 경로가 있음",
    lower_priority: "일치하지만 우선순위가 더 높은 경로가 있음",
    group_lost: "일치하지만 중간의 어플라이언스가 그룹 정보를 지움",
    field_protocol: "프로토콜",
    field_port: "목적지 포트",
    field_icmp_type: "ICMP 유형",
    field_source: "출발지 주소",
    field_destination: "목적지 주소",

    delivered: "도착",
    refused: "거절",
    dropped: "버려짐",
    is_delivered: "도착합니다",
    is_refused: "도착하지만 거절됩니다",
    is_dropped: |place| format!("{place}에서 버려집니다"),
    answer_is_dropped: |place| format!("도착하지만 응답이 {place}에서 버려집니다"),
    verdict_delivered: |to| format!("요청이 {to}에 도착하고 응답도 돌아옵니다."),
    verdict_refused: |to, port| {
        format!(
            "요청이 {to}에 도착하지만 {port}에서 듣는 프로그램이 없어 거절하는 응답이 돌아옵니다."
        )
    },
    verdict_dropped: |place| format!("요청이 {place}에서 버려집니다."),
    verdict_answer_dropped: |to, place| {
        format!("요청은 {to}에 도착하지만, 응답이 {place}에서 버려집니다.")
    },

    why_no_inbound_rule: |interface, groups, address, port| {
        format!(
            "{interface}의 보안 그룹({groups})에 {address}에서 오는 {} 들여보내는 규칙이 없습니다.",
            eul(port)
        )
    },
    why_no_outbound_rule: |interface, groups, address, port| {
        format!(
            "{interface}의 보안 그룹({groups})에 {} 가는 {} 내보내는 규칙이 없습니다.",
            ro(address),
            eul(port)
        )
    },
    means_no_rule: "보안 그룹에는 허용 규칙만 있고, 어느 규칙에도 맞지 않는 패킷은 아무 말 없이 버려집니다.",
    why_acl_entry: |list, direction, entry| {
        format!("{list}의 {direction} 항목 `{entry}`에 맞아 거부됩니다.")
    },
    means_acl_entry: "네트워크 ACL은 번호가 작은 항목부터 보고, 처음 맞는 항목이 결정합니다.",
    why_acl_default: |list, direction, port| {
        format!("{list}의 {direction} 항목에 이 {} 맞는 것이 없습니다.", gwa(port))
    },
    means_acl_default: "네트워크 ACL은 맞는 항목이 없는 패킷을 마지막 `*` 규칙으로 거부합니다.",
    means_acl_answer: |port| {
        format!(
            "네트워크 ACL은 연결을 기억하지 않으므로 응답도 따로 검사합니다. 응답의 목적지 포트는 클라이언트의 임시 포트 {port}입니다."
        )
    },
    means_acl_answer_portless: "네트워크 ACL은 연결을 기억하지 않으므로 응답도 따로 검사합니다.",
    why_no_route: |table, destination| {
        format!("{table}에 {} 가는 경로가 없습니다.", ro(destination))
    },
    means_no_route: "라우터는 갈 곳을 모르는 패킷을 버립니다.",
    means_no_route_answer: "요청은 도착했지만 응답이 돌아갈 길이 없습니다.",
    why_blackhole: |table, route| {
        format!("{table}에서 고른 `{route}` 경로의 대상이 더는 없습니다.")
    },
    means_blackhole: "대상이 사라져도 경로는 블랙홀로 남아, 이 경로를 고른 패킷을 모두 버립니다.",
    why_source_dest_check: |interface| {
        format!("이 패킷은 {interface}의 주소에서 나온 것도, 그 주소로 가는 것도 아닙니다.")
    },
    means_source_dest_check: "남의 패킷을 전달하는 인스턴스는 소스/대상 확인을 꺼야 합니다.",
    why_detached: |gateway| format!("{} 이 VPC에 연결되어 있지 않습니다.", i(gateway)),
    means_detached: "게이트웨이는 만드는 것만으로는 길이 되지 않습니다. VPC에 연결해야 패킷이 지나갑니다.",
    why_no_public_address: |gateway, address| {
        format!(
            "{} 아는 퍼블릭 주소 가운데 {} 짝을 이루는 것이 없습니다.",
            i(gateway),
            gwa(address)
        )
    },
    means_no_public_address: "인터넷 게이트웨이는 사설 주소를 퍼블릭 주소로 일대일로 바꿔 주므로, 짝이 없는 주소는 경로가 있어도 나가지 못합니다.",
    why_unknown_public_address: |destination| {
        format!("{} 퍼블릭 주소로 가진 인터페이스가 없습니다.", eul(destination))
    },
    means_unknown_public_address: "인터넷 게이트웨이는 퍼블릭 주소를 보고 안쪽의 인터페이스를 찾으므로, 짝이 없는 주소로 온 패킷은 갈 곳이 없습니다.",
    why_private_destination: |destination| {
        format!("목적지 {} 사설(RFC 1918) 주소입니다.", eun(destination))
    },
    means_private_destination: "사설 주소로 가는 길은 인터넷에 없으므로 인터넷 게이트웨이가 내보내지 않습니다.",
    why_shared_destination: |destination| {
        format!("목적지 {} 통신사 공유(RFC 6598) 주소입니다.", eun(destination))
    },
    means_shared_destination: "공유 주소로 가는 길은 인터넷에 없으므로 인터넷 게이트웨이가 내보내지 않습니다.",
    why_private_source: |source| format!("출발지 {} 사설(RFC 1918) 주소입니다.", eun(source)),
    means_private_source: "사설 주소에서 온 패킷은 인터넷을 거쳐 올 수 없으므로 인터넷 게이트웨이가 받지 않습니다.",
    why_shared_source: |source| format!("출발지 {} 통신사 공유(RFC 6598) 주소입니다.", eun(source)),
    means_shared_source: "공유 주소에서 온 패킷은 인터넷을 거쳐 올 수 없으므로 인터넷 게이트웨이가 받지 않습니다.",
    why_no_owner: |destination| format!("{} 가진 것이 없습니다.", eul(destination)),
    means_no_owner: "길은 있지만, 그 끝에서 받을 것이 없습니다.",
    why_nat_not_available: |gateway, state| {
        format!("{} 사용할 수 있는 상태가 아닙니다(`{state}`).", i(gateway))
    },
    means_nat_not_available: "NAT 게이트웨이는 `available` 상태일 때만 패킷을 나릅니다.",
    why_nat_zone: |gateway| format!("{} 패킷이 출발한 가용 영역에 없습니다.", eun(gateway)),
    means_nat_zone: "수동 모드의 리전 NAT 게이트웨이는 주소를 준 가용 영역에서만 일합니다.",
    why_nat_protocol: |gateway, protocol| {
        format!("{} {} 변환하지 않습니다.", eun(gateway), eul(protocol))
    },
    means_nat_protocol: "NAT 게이트웨이는 TCP, UDP, ICMP만 변환합니다.",
    why_nat_unsolicited: |gateway, packet| {
        format!("`{packet}` 패킷은 {} 기억하는 연결에 속하지 않습니다.", i(gateway))
    },
    means_nat_unsolicited: "NAT 게이트웨이는 안에서 시작한 연결의 응답만 들여보냅니다. 밖에서는 누구도 연결을 시작할 수 없습니다.",
    why_public_access_blocked: |gateway| {
        format!("이 계정의 VPC 퍼블릭 액세스 차단(BPA)이 {gateway}에서 이 연결을 막습니다.")
    },
    means_public_access_blocked: "BPA는 경로, 보안 그룹, 네트워크 ACL보다 위에서 인터넷 게이트웨이를 지나는 연결을 한꺼번에 막습니다. 예외로 둔 VPC와 서브넷만 지나갑니다.",
    why_egress_only_protocol: |gateway| format!("{} IPv4 패킷을 나르지 않습니다.", eun(gateway)),
    means_egress_only_protocol: "외부 전용 인터넷 게이트웨이는 IPv6만 나릅니다.",
    means_egress_only_unsolicited: "외부 전용 인터넷 게이트웨이는 안에서 시작한 연결의 응답만 들여보냅니다. 밖에서는 누구도 연결을 시작할 수 없습니다.",
    why_peering_address: |peering, source, destination| {
        format!("{} {source}에서 {} 가는 패킷을 나르지 않습니다.", eun(peering), ro(destination))
    },
    means_peering_address: "피어링은 두 VPC의 주소끼리만 잇습니다. 그 너머의 다른 VPC나 인터넷 게이트웨이, NAT 게이트웨이로는 이어지지 않습니다.",
    why_bypassed: |gateway, source| {
        format!("{} {source}에서 어플라이언스를 거치지 않고 온 패킷을 받지 않습니다.", eun(gateway))
    },
    means_bypassed: "게이트웨이 라우팅 테이블이 이 서브넷으로 들어오는 트래픽을 어플라이언스로 보냅니다. 나가는 트래픽도 같은 어플라이언스를 거쳐야 합니다.",
    why_appliance_private: |table| {
        format!("{table}의 경로가 가리키는 어플라이언스에 퍼블릭 IP 주소가 없습니다.")
    },
    means_appliance_private: "인터넷에서 들어온 트래픽을 받는 어플라이언스의 인터페이스에는 퍼블릭 IP 주소가 있어야 합니다.",
    why_endpoint_protocol: |endpoint, protocol| {
        format!("{} {} 나르지 않습니다.", eun(endpoint), eul(protocol))
    },
    means_endpoint_protocol: "게이트웨이 엔드포인트는 TCP와 핑만 나릅니다.",
    why_endpoint_outsider: |endpoint, source| {
        format!("{} {source}에서 온 패킷을 받지 않습니다.", eun(endpoint))
    },
    means_endpoint_outsider: "게이트웨이 엔드포인트는 자기 VPC 안에서만 쓸 수 있습니다. 피어링이나 VPN, 트랜짓 게이트웨이 너머에서는 쓸 수 없습니다.",
    why_endpoint_policy: |endpoint| format!("{endpoint}의 정책이 요청을 거부합니다."),
    means_endpoint_policy: "엔드포인트 정책은 누가 무엇을 요청할 수 있는지 정합니다. 경로와 보안 그룹이 맞아도 정책이 막으면 서비스에 닿지 못합니다.",
    why_not_running: |instance| format!("{} 실행 중이 아닙니다.", i(instance)),
    means_not_running: "멈춘 인스턴스는 사설 주소를 그대로 가지고 있지만 패킷에 답하지 않습니다.",
    why_no_internet_gateway: |destination| {
        format!("{} 가진 인터페이스의 VPC에 연결된 인터넷 게이트웨이가 없습니다.", eul(destination))
    },
    means_no_internet_gateway: "인터넷에서 VPC로 들어오는 길은 연결된 인터넷 게이트웨이뿐입니다.",
    why_group_not_preserved: |interface, source| {
        format!(
            "{interface}의 규칙은 보안 그룹을 가리키지만, {source}에서 온 패킷은 어플라이언스를 거쳤습니다."
        )
    },
    means_group_not_preserved: "중간의 어플라이언스를 지난 패킷에는 보낸 쪽의 보안 그룹 정보가 남지 않습니다. 규칙을 CIDR로 써야 합니다.",
    why_not_attached: |interface| {
        format!("{} 어떤 인스턴스에도 연결되어 있지 않습니다.", eun(interface))
    },
    means_not_attached: "연결되지 않은 인터페이스는 주소를 가지고 있어도 패킷을 보내거나 받지 못합니다.",
    why_asymmetric: |instance, source| {
        format!(
            "{source}에서 온 응답이 {instance}에 왔지만, 이 어플라이언스는 그 연결의 요청을 본 적이 없습니다."
        )
    },
    means_asymmetric: "상태 저장 어플라이언스는 요청을 본 연결의 응답만 전달합니다. 요청과 응답이 서로 다른 가용 영역의 어플라이언스를 지나면 연결이 끊깁니다. 검사 VPC의 Transit Gateway 연결에 어플라이언스 모드를 켜면 Transit Gateway가 두 방향을 같은 가용 영역으로 보냅니다.",
    why_not_forwarded: |instance, destination| {
        format!("{} {} 가는 패킷을 받았지만 전달하지 않습니다.", i(instance), ro(destination))
    },
    means_not_forwarded: "소스/대상 확인을 끄더라도, 운영 체제가 전달하도록 설정되어 있어야 남의 패킷이 지나갑니다.",
    why_loop: |place| format!("같은 패킷이 {place}에 다시 왔습니다."),
    means_loop: "경로들이 서로를 가리키면 패킷은 제자리를 돌다가 버려집니다.",
    why_misdirected: |place| format!("{place}에 온 응답은 그곳에서 보낸 요청의 것이 아닙니다."),
    means_misdirected: "응답은 응답하는 쪽의 라우팅 테이블을 따르므로, 요청한 곳이 아닌 다른 곳에 닿을 수 있습니다.",
    why_name_not_resolved: |sender| {
        format!("{sender}에서는 이 이름에 해당하는 주소를 알아낼 수 없습니다.")
    },
    means_name_not_resolved: "VPC의 DNS 지원이 꺼져 있으면 Amazon DNS가 대답하지 않고, 퍼블릭 주소가 없는 인스턴스의 이름은 인터넷에서 찾을 수 없습니다.",
    why_address_family: |sender| {
        format!("{sender}에는 목적지와 같은 종류(IPv4 또는 IPv6)의 주소가 없습니다.")
    },
    means_address_family: "IPv4와 IPv6는 서로 다른 세계입니다. 같은 종류의 주소끼리만 통신합니다.",
    code_is_ours: "AWS에는 없는, 이 튜터의 코드입니다",
};

/// In English.
pub const EN: Tell = Tell {
    vpc: "VPC",
    subnet: "subnet",
    route_table: "route table",
    internet_gateway: "internet gateway",
    nat_gateway: "NAT gateway",
    egress_only_gateway: "egress-only internet gateway",
    peering: "VPC peering connection",
    prefix_list: "prefix list",
    gateway_endpoint: "gateway endpoint",
    security_group: "security group",
    network_acl: "network ACL",
    instance: "instance",
    interface: "network interface",
    host: "host",
    deleted: |kind| format!("deleted {kind}"),

    internet: "the internet",
    internet_address: |address| format!("{address} on the internet"),
    interface_of: |owner, interface| format!("interface {interface} of {owner}"),
    inbound: "inbound",
    outbound: "outbound",
    directed: |place, direction| format!("{place} ({direction})"),
    of_subnet: |what, subnet| format!("{what} of {subnet}"),
    public_address_of: |owner| format!("the public address of {owner}"),
    dns_name_of: |owner| format!("the DNS name of {owner}"),
    resolver: "Route 53 Resolver",
    instance_metadata: "the instance metadata service",
    task_metadata: "the task metadata service",
    time_sync: "Amazon Time Sync",
    windows_activation: "Windows activation",
    dhcp: "DHCP",

    forward: "request",
    reply: "reply",
    ping: |from, to| format!("ping from {from} to {to}"),
    probe: |from, to, port| format!("from {from} to {port} of {to}"),
    protocol_number: |number| format!("protocol {number}"),

    sets_out: "the packet sets out",
    answer_sets_out: "the reply sets out",
    receives: "receives the packet and replies",
    answer_received: "receives the reply",
    refusal_received: "receives the refusal",
    passes: "passes it on unchanged",
    and: "; ",
    rewrites_source: |old, new| format!("rewrites the source from {old} to {new}"),
    rewrites_destination: |old, new| format!("rewrites the destination from {old} to {new}"),
    rewrites_both: |source, new_source, destination, new_destination| {
        format!(
            "rewrites the source from {source} to {new_source} and the destination from {destination} to {new_destination}"
        )
    },
    group_admits: |group, rule| format!("security group {group} lets it pass by `{rule}`"),
    group_has_no_rule: "drops it: no security group rule matches",
    group_remembers: "passes without a look at the rules: the groups remember the connection",
    acl_allows: |entry| format!("entry `{entry}` allows it"),
    acl_denies: |entry| format!("drops it: entry `{entry}` denies"),
    acl_default_denies: "drops it: no entry matches, so rule `*` denies",
    route_leads: |route, target| format!("route `{route}` sends it to {target}"),
    route_local: |route| format!("route `{route}` keeps it inside the VPC"),
    route_gone: |route| format!("drops it: the target of `{route}` is gone (blackhole)"),
    no_route: "drops it: no route matches",
    nobody_listens: "refuses it: nothing listens on this port",
    nobody_there: "dropped: nobody has this address",
    not_attached: "drops it: not attached to this VPC",
    no_public_address: "drops it: no public address goes with this one",
    not_for_internet: "drops it: the internet does not carry this address",
    not_its_own: "drops it: not from or to its own address (source/destination check)",
    not_available: "drops it: not available",
    public_access_blocked: "drops it: the account blocks public access",
    not_ipv6: "drops it: not IPv6",
    not_peered: "drops it: not between addresses of the two VPCs",
    past_appliance: "drops it: it came past the appliance",
    returned_to_sender: "sends it back the way it came, route or not: a reply to a NAT gateway",
    not_carried: "drops it: a protocol that it does not carry",
    not_served: "drops it: it serves its own VPC only",
    denied_by_policy: "denied by the endpoint policy",
    not_translated: "drops it: a protocol that it does not translate",
    not_in_zone: "drops it: not in this zone",
    not_remembered: "drops it: not a connection that it remembers",
    not_running: "does not answer: it is not running",
    flow_unknown: "drops the answer: it has not seen the connection begin",
    does_not_forward: "drops it: it does not forward packets of others",
    goes_round: "drops it: this packet has been here before (a routing loop)",
    never_filtered: |service| format!("passes: nothing filters traffic with {service}"),
    not_expected: "drops it: a reply to nothing that it asked",
    no_such_family: "cannot send: it has no address of the destination's family (IPv4 or IPv6)",

    no_rule_matches: "no security group rule matches",
    tracked: "reply to a connection that was let through (stateful)",
    no_route_matches: "no route matches",
    source_dest_check: "source/destination check",
    attachment: "attachment to the VPC",
    public_address: "public address that goes with it",
    internet_carries: "address that the internet carries",
    nat_state: "state of the NAT gateway",
    block_public_access: "VPC Block Public Access (BPA)",
    ipv6: "IPv6 packet",
    peered_addresses: "addresses of the two VPCs",
    through_appliance: "appliance on the way",
    return_to_sender: "reply to a NAT gateway across the peering",
    endpoint_protocol: "protocol that the endpoint carries",
    endpoint_sender: "the VPC that the endpoint serves",
    endpoint_policy: "endpoint policy",
    nat_protocol: "protocol that it translates",
    nat_zone: "zone that the packet comes from",
    nat_connection: "connection that it remembers",
    instance_state: "state of the instance",
    listening: "program listening on the port",
    owner: "owner of the destination address",
    forwarding: "forwarding of packets of others",
    known_flow: "connection that it has seen begin",
    been_here: "seen here before",
    expected: "reply to its own request",
    address_family: "address of the destination's family",
    dns_name: "DNS name",
    no_such_name: "no address is known for the name",

    matches_allows: "matches, allows",
    matches_denies: "matches, denies",
    matches_chosen: "matches, chosen",
    matches_blackhole: "matches, blackhole",
    ok: "passes",
    stops: "stops it",
    drops: "dropped",
    no_match: |field| format!("no match ({field})"),
    not_reached: "not looked at (already decided)",
    less_specific: "matches, but a more specific route wins",
    lower_priority: "matches, but a route of higher priority wins",
    group_lost: "matches, but an appliance on the way lost the group",
    field_protocol: "protocol",
    field_port: "destination port",
    field_icmp_type: "ICMP type",
    field_source: "source address",
    field_destination: "destination address",

    delivered: "delivered",
    refused: "refused",
    dropped: "dropped",
    is_delivered: "is delivered",
    is_refused: "arrives but is refused",
    is_dropped: |place| format!("is dropped at {place}"),
    answer_is_dropped: |place| format!("arrives, but the reply is dropped at {place}"),
    verdict_delivered: |to| format!("The request reaches {to}, and the reply comes back."),
    verdict_refused: |to, port| {
        format!("The request reaches {to}, but nothing listens on {port}: a refusal comes back.")
    },
    verdict_dropped: |place| format!("The request is dropped at {place}."),
    verdict_answer_dropped: |to, place| {
        format!("The request reaches {to}, but the reply is dropped at {place}.")
    },

    why_no_inbound_rule: |interface, groups, address, port| {
        format!(
            "No inbound rule of the security groups of {interface} ({groups}) lets in {port} from {address}."
        )
    },
    why_no_outbound_rule: |interface, groups, address, port| {
        format!(
            "No outbound rule of the security groups of {interface} ({groups}) lets out {port} to {address}."
        )
    },
    means_no_rule: "Security groups can only allow; a packet that no rule matches is dropped without a word.",
    why_acl_entry: |list, direction, entry| {
        format!("The {direction} entry `{entry}` of {list} denies it.")
    },
    means_acl_entry: "A network ACL is read from the lowest number up, and the first entry that matches decides.",
    why_acl_default: |list, direction, port| {
        format!("No {direction} entry of {list} matches this {port}.")
    },
    means_acl_default: "What no entry of a network ACL matches is denied by its last rule, `*`.",
    means_acl_answer: |port| {
        format!(
            "A network ACL remembers no connections, so the reply is checked on its own. It goes to the client's ephemeral port, {port}."
        )
    },
    means_acl_answer_portless: "A network ACL remembers no connections, so the reply is checked on its own.",
    why_no_route: |table, destination| format!("There is no route to {destination} in {table}."),
    means_no_route: "A router drops what it has no way for.",
    means_no_route_answer: "The request arrived, but the reply has no way back.",
    why_blackhole: |table, route| {
        format!("The target of the route `{route}`, which {table} picks, no longer exists.")
    },
    means_blackhole: "A route outlives its target as a blackhole, and drops every packet that picks it.",
    why_source_dest_check: |interface| {
        format!("The packet is neither from nor to an address of {interface}.")
    },
    means_source_dest_check: "An instance that forwards packets of others needs its source/destination check turned off.",
    why_detached: |gateway| capital(&format!("{gateway} is not attached to this VPC.")),
    means_detached: "Making a gateway opens no way yet: packets pass once it is attached to the VPC.",
    why_no_public_address: |gateway, address| {
        capital(&format!("{gateway} knows no public address that goes with {address}."))
    },
    means_no_public_address: "An internet gateway swaps private addresses for public ones, one for one; an address without a partner cannot leave, route or not.",
    why_unknown_public_address: |destination| {
        format!("No interface has {destination} as its public address.")
    },
    means_unknown_public_address: "An internet gateway finds the interface by its public address; for an address without a partner there is nowhere to go.",
    why_private_destination: |destination| {
        format!("The destination {destination} is a private (RFC 1918) address.")
    },
    means_private_destination: "The internet has no way to private addresses, so an internet gateway does not let them out.",
    why_shared_destination: |destination| {
        format!("The destination {destination} is a carrier's shared (RFC 6598) address.")
    },
    means_shared_destination: "The internet has no way to shared addresses, so an internet gateway does not let them out.",
    why_private_source: |source| format!("The source {source} is a private (RFC 1918) address."),
    means_private_source: "Nothing with a private source can have come across the internet, so an internet gateway does not let it in.",
    why_shared_source: |source| {
        format!("The source {source} is a carrier's shared (RFC 6598) address.")
    },
    means_shared_source: "Nothing with a shared source can have come across the internet, so an internet gateway does not let it in.",
    why_no_owner: |destination| format!("Nobody has the address {destination}."),
    means_no_owner: "There is a way, but nobody at its end.",
    why_nat_not_available: |gateway, state| {
        capital(&format!("{gateway} cannot be used: it is `{state}`."))
    },
    means_nat_not_available: "A NAT gateway carries packets only while it is `available`.",
    why_nat_zone: |gateway| {
        capital(&format!("{gateway} is not in the Availability Zone that the packet comes from."))
    },
    means_nat_zone: "In manual mode, a regional NAT gateway serves only the zones in which it was given an address.",
    why_nat_protocol: |gateway, protocol| {
        capital(&format!("{gateway} does not translate {protocol}."))
    },
    means_nat_protocol: "A NAT gateway translates TCP, UDP and ICMP, and nothing else.",
    why_nat_unsolicited: |gateway, packet| {
        format!("`{packet}` belongs to no connection that {gateway} remembers.")
    },
    means_nat_unsolicited: "A NAT gateway lets in only replies to connections that began inside. Nobody outside can begin one.",
    why_public_access_blocked: |gateway| {
        format!("VPC Block Public Access (BPA) of this account stops the connection at {gateway}.")
    },
    means_public_access_blocked: "BPA stands above routes, security groups and network ACLs, and blocks connections through internet gateways all at once. Only VPCs and subnets that are excluded are spared.",
    why_egress_only_protocol: |gateway| capital(&format!("{gateway} does not carry IPv4.")),
    means_egress_only_protocol: "An egress-only internet gateway carries IPv6 and nothing else.",
    means_egress_only_unsolicited: "An egress-only internet gateway lets in only replies to connections that began inside. Nobody outside can begin one.",
    why_peering_address: |peering, source, destination| {
        capital(&format!("{peering} does not carry packets from {source} to {destination}."))
    },
    means_peering_address: "A peering joins the addresses of two VPCs and nothing behind them: no third VPC, no internet gateway, no NAT gateway.",
    why_bypassed: |gateway, source| {
        capital(&format!("{gateway} takes nothing from {source} that came past the appliance."))
    },
    means_bypassed: "The gateway's route table leads what comes in for this subnet to an appliance. What goes out must pass the same appliance.",
    why_appliance_private: |table| {
        format!("The appliance to which {table} leads has no public IP address.")
    },
    means_appliance_private: "An appliance that takes traffic from the internet needs a public IP address on its interface.",
    why_endpoint_protocol: |endpoint, protocol| {
        capital(&format!("{endpoint} does not carry {protocol}."))
    },
    means_endpoint_protocol: "A gateway endpoint carries TCP and ping, and nothing else.",
    why_endpoint_outsider: |endpoint, source| {
        capital(&format!("{endpoint} does not serve {source}."))
    },
    means_endpoint_outsider: "A gateway endpoint serves its own VPC only: not what comes over a peering, a VPN or a transit gateway.",
    why_endpoint_policy: |endpoint| format!("The policy of {endpoint} denies the request."),
    means_endpoint_policy: "An endpoint policy says who may ask for what. Routes and groups may be right: when the policy denies, the service is not reached.",
    why_not_running: |instance| capital(&format!("{instance} is not running.")),
    means_not_running: "A stopped instance keeps its private address but answers nothing.",
    why_no_internet_gateway: |destination| {
        format!("The VPC of the interface with {destination} has no internet gateway attached.")
    },
    means_no_internet_gateway: "From the internet, an attached internet gateway is the only way into a VPC.",
    why_group_not_preserved: |interface, source| {
        format!(
            "The rule of {interface} names a group, but the packet from {source} came through an appliance."
        )
    },
    means_group_not_preserved: "Behind an appliance nobody knows the sender's groups any more: write the rule with a CIDR.",
    why_not_attached: |interface| capital(&format!("{interface} is attached to no instance.")),
    means_not_attached: "An interface that is attached to nothing keeps its address, but neither sends nor receives.",
    why_asymmetric: |instance, source| {
        format!("The answer from {source} came to {instance}, which has not seen the request.")
    },
    means_asymmetric: "A stateful appliance passes on the answers of connections whose requests it has seen. When request and answer go through appliances in different Availability Zones, the connection dies. Appliance mode on the attachment of the inspection VPC makes the transit gateway use one zone for both directions.",
    why_not_forwarded: |instance, destination| {
        capital(&format!("{instance} got a packet for {destination}, and does not forward."))
    },
    means_not_forwarded: "Even with the source/destination check off, packets of others pass only if the operating system forwards them.",
    why_loop: |place| format!("The same packet came to {place} again."),
    means_loop: "When routes point at each other, a packet goes in circles until it is dropped.",
    why_misdirected: |place| {
        format!("The reply that came to {place} answers nothing that was asked there.")
    },
    means_misdirected: "A reply follows the replier's routes, and these may lead to somebody else than the one who asked.",
    why_name_not_resolved: |sender| {
        capital(&format!("{sender} cannot find out which address the name stands for."))
    },
    means_name_not_resolved: "Amazon's DNS does not answer where DNS support of the VPC is off, and the internet knows no name of an instance without a public address.",
    why_address_family: |sender| {
        capital(&format!("{sender} has no address of the destination's family (IPv4 or IPv6)."))
    },
    means_address_family: "IPv4 and IPv6 are separate worlds: only addresses of one family talk to each other.",
    code_is_ours: "this tutor's own code, not one of AWS's",
};

/// The sentence with its first letter in upper case.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

// Word and particle, short enough to be read inside a sentence.

fn eun(word: &str) -> String {
    with(word, Particle::EunNeun)
}
fn i(word: &str) -> String {
    with(word, Particle::IGa)
}
fn eul(word: &str) -> String {
    with(word, Particle::EulReul)
}
fn gwa(word: &str) -> String {
    with(word, Particle::GwaWa)
}
fn ro(word: &str) -> String {
    with(word, Particle::EuroRo)
}
