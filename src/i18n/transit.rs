//! The words for transit gateways, virtual private gateways, VPN and on-premises networks.
//! [`crate::tell`] fills them in.

use crate::text::particle::{Particle, with};

/// The words for what joins networks.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Transit {
    // kinds of objects
    pub transit_gateway: &'static str,
    pub attachment: &'static str,
    pub transit_table: &'static str,
    pub virtual_private_gateway: &'static str,
    pub customer_gateway: &'static str,
    pub vpn_connection: &'static str,
    pub direct_connect_gateway: &'static str,
    pub on_premises: &'static str,
    /// (network, address)
    pub host_of: fn(&str, &str) -> String,

    // what happened at a hop
    /// (table)
    pub table_decides: fn(&str) -> String,
    /// (route, attachment)
    pub route_leads: fn(&str, &str) -> String,
    /// (route)
    pub route_drops: fn(&str) -> String,
    pub no_route: &'static str,
    pub not_working: &'static str,
    pub no_door: &'static str,
    pub no_table: &'static str,
    pub not_attached: &'static str,
    pub not_its_own: &'static str,
    pub not_known: &'static str,
    pub not_ipv4: &'static str,
    pub line_down: &'static str,
    pub no_line: &'static str,

    // what a check looked at
    pub attachment_state: &'static str,
    pub attachment_zone: &'static str,
    pub attachment_table: &'static str,
    pub vpc_attachment: &'static str,
    pub private_address: &'static str,
    pub known_destination: &'static str,
    pub ipv4: &'static str,
    pub line_state: &'static str,
    pub way_to_aws: &'static str,
    pub group_not_carried: &'static str,

    // causes: why, and what it means
    /// (attachment, state)
    pub why_not_available: fn(&str, &str) -> String,
    pub means_not_available: &'static str,
    /// (attachment)
    pub why_zone: fn(&str) -> String,
    pub means_zone: &'static str,
    /// (attachment)
    pub why_no_table: fn(&str) -> String,
    pub means_no_table: &'static str,
    /// (table, destination)
    pub why_no_route: fn(&str, &str) -> String,
    pub means_no_route: &'static str,
    /// (table, route)
    pub why_blackhole: fn(&str, &str) -> String,
    pub means_blackhole: &'static str,
    /// (interface, source)
    pub why_group_references: fn(&str, &str) -> String,
    pub means_group_references: &'static str,
    /// (gateway)
    pub why_detached: fn(&str) -> String,
    pub means_detached: &'static str,
    /// (gateway, source)
    pub why_foreign_source: fn(&str, &str) -> String,
    pub means_foreign_source: &'static str,
    /// (gateway, destination)
    pub why_foreign_destination: fn(&str, &str) -> String,
    pub means_foreign_destination: &'static str,
    /// (gateway, destination)
    pub why_unknown_destination: fn(&str, &str) -> String,
    pub means_unknown_destination: &'static str,
    /// (gateway)
    pub why_ipv6: fn(&str) -> String,
    pub means_ipv6: &'static str,
    /// (line)
    pub why_line_down: fn(&str) -> String,
    pub means_line_down: &'static str,
    /// (network)
    pub why_no_line: fn(&str) -> String,
    pub means_no_line: &'static str,

    // refusals
    /// (one, other)
    pub already_connected: fn(&str, &str) -> String,
    /// (one, other)
    pub not_connected: fn(&str, &str) -> String,
    /// (one, other)
    pub different_gateways: fn(&str, &str) -> String,
    /// (attachment)
    pub attachment_not_available: fn(&str) -> String,
    /// (attachment)
    pub not_pending: fn(&str) -> String,
    /// (attachment)
    pub not_a_vpc_attachment: fn(&str) -> String,
    pub no_attachment_subnet: &'static str,
    /// (one, other)
    pub same_zone: fn(&str, &str) -> String,
    pub peering_is_static: &'static str,
    /// (table or connection, destination)
    pub destination_exists: fn(&str, &str) -> String,
    /// (table or connection, destination)
    pub destination_unknown: fn(&str, &str) -> String,
    /// (connection)
    pub vpn_is_dynamic: fn(&str) -> String,
    pub no_block: &'static str,
    pub quota_transit_gateways: &'static str,
    pub quota_transit_gateways_per_vpc: &'static str,
    pub quota_tables: &'static str,
    pub quota_routes: &'static str,
    pub quota_vpn_gateways: &'static str,
}

/// In Korean.
pub const KO: Transit = Transit {
    transit_gateway: "Transit Gateway",
    attachment: "Transit Gateway 연결",
    transit_table: "Transit Gateway 라우팅 테이블",
    virtual_private_gateway: "가상 프라이빗 게이트웨이",
    customer_gateway: "고객 게이트웨이",
    vpn_connection: "VPN 연결",
    direct_connect_gateway: "Direct Connect 게이트웨이",
    on_premises: "온프레미스 네트워크",
    host_of: |network, address| format!("{network}의 {address}"),

    table_decides: |table| format!("{} 갈 곳을 정합니다", i(table)),
    route_leads: |route, to| format!("`{route}` 경로를 따라 {} 보냅니다", ro(to)),
    route_drops: |route| format!("`{route}` 경로가 블랙홀이라 버립니다"),
    no_route: "맞는 경로가 없어 버립니다",
    not_working: "사용할 수 있는 상태가 아니라서 버립니다",
    no_door: "보낸 쪽 가용 영역에 Transit Gateway의 서브넷이 없어 버립니다",
    no_table: "연결된 Transit Gateway 라우팅 테이블이 없어 버립니다",
    not_attached: "이 VPC에 연결되어 있지 않아 버립니다",
    not_its_own: "이 VPC에 있는 인터페이스의 주소가 아니라서 버립니다",
    not_known: "알고 있는 목적지가 아니라서 버립니다",
    not_ipv4: "IPv4 패킷이 아니라서 버립니다",
    line_down: "회선이 끊겨 있어 버려집니다",
    no_line: "AWS로 가는 회선이 없어 보내지 못합니다",

    attachment_state: "Transit Gateway 연결의 상태",
    attachment_zone: "보낸 쪽 가용 영역에 있는 Transit Gateway의 서브넷",
    attachment_table: "연결된 Transit Gateway 라우팅 테이블",
    vpc_attachment: "VPC 연결",
    private_address: "이 VPC에 있는 인터페이스의 프라이빗 주소",
    known_destination: "알고 있는 목적지",
    ipv4: "IPv4 패킷인지",
    line_state: "회선의 상태",
    way_to_aws: "AWS로 가는 회선",
    group_not_carried: "일치하지만 Transit Gateway가 보안 그룹 참조를 나르지 않음",

    why_not_available: |attachment, state| {
        format!("{} 상태가 `{state}`이므로 사용할 수 없습니다.", with_owner(attachment))
    },
    means_not_available: "연결은 `available` 상태일 때만 패킷을 나릅니다. 상대가 수락해야 하는 연결도 있습니다.",
    why_zone: |attachment| format!("{attachment}에는 패킷을 보낸 가용 영역의 서브넷이 없습니다."),
    means_zone: "Transit Gateway는 가용 영역마다 서브넷 하나에 인터페이스를 둡니다. 그런 서브넷이 없는 가용 영역에서는 Transit Gateway로 보내지 못합니다. 응답도 마찬가지이므로, 받는 쪽의 가용 영역에도 그런 서브넷이 있어야 합니다.",
    why_no_table: |attachment| {
        format!("{attachment}에 연결된 Transit Gateway 라우팅 테이블이 없습니다.")
    },
    means_no_table: "들어온 패킷이 어디로 갈지는 그 연결에 딱 하나 연결된 라우팅 테이블이 정합니다. 없으면 아무 데도 가지 못합니다.",
    why_no_route: |table, destination| {
        format!("{table}에 {} 가는 경로가 없습니다.", ro(destination))
    },
    means_no_route: "Transit Gateway 라우팅 테이블은 전파된 경로와 직접 쓴 경로만 압니다. 같은 Transit Gateway에 연결되어 있어도 경로가 없으면 서로 만나지 못합니다.",
    why_blackhole: |table, route| {
        format!("{table}에서 고른 경로 `{} 블랙홀입니다.", with_in_ticks(route))
    },
    means_blackhole: "블랙홀 경로에 맞는 패킷은 버려집니다. 직접 쓴 경로는 같은 목적지의 전파된 경로를 이깁니다.",
    why_group_references: |interface, source| {
        format!(
            "{interface}의 규칙은 보안 그룹을 가리키지만, {source}에서 온 패킷이 지난 Transit Gateway는 보안 그룹 참조를 나르지 않습니다."
        )
    },
    means_group_references: "다른 VPC의 보안 그룹을 가리키는 인바운드 규칙은 Transit Gateway와 양쪽 VPC 연결에서 모두 보안 그룹 참조를 켜야 통합니다. 아웃바운드 규칙에서는 쓸 수 없습니다.",
    why_detached: |gateway| format!("{} 이 VPC에 연결되어 있지 않습니다.", eun(gateway)),
    means_detached: "가상 프라이빗 게이트웨이는 VPC에 연결해야 패킷을 나릅니다.",
    why_foreign_source: |gateway, source| {
        format!(
            "출발지 {} {} 연결된 VPC에 있는 인터페이스의 주소가 아닙니다.",
            eun(source),
            i(gateway)
        )
    },
    means_foreign_source: "가상 프라이빗 게이트웨이는 자기 VPC의 인터페이스가 보낸 패킷만 내보냅니다. 다른 네트워크가 이 VPC를 거쳐 나가지는 못합니다.",
    why_foreign_destination: |gateway, destination| {
        format!(
            "목적지 {} {} 연결된 VPC에 있는 인터페이스의 주소가 아닙니다.",
            eun(destination),
            i(gateway)
        )
    },
    means_foreign_destination: "가상 프라이빗 게이트웨이로 들어온 패킷은 그 VPC의 인터페이스에만 닿습니다. 온프레미스는 VPC의 NAT 게이트웨이, 인터넷 게이트웨이, 게이트웨이 엔드포인트를 빌려 쓰지 못합니다.",
    why_unknown_destination: |gateway, destination| {
        format!("{} {} 가는 길을 모릅니다.", eun(gateway), ro(destination))
    },
    means_unknown_destination: "가상 프라이빗 게이트웨이는 BGP로 듣거나 사람이 적어 준 목적지로만 보냅니다. VPC의 경로가 아무리 넓어도 마찬가지입니다.",
    why_ipv6: |gateway| format!("{} VPN으로 IPv6를 나르지 않습니다.", eun(gateway)),
    means_ipv6: "가상 프라이빗 게이트웨이의 VPN은 IPv4만 나릅니다. IPv6가 필요하면 Transit Gateway에 VPN을 연결합니다.",
    why_line_down: |line| format!("{} 끊겨 있습니다.", i(line)),
    means_line_down: "VPN 연결에는 터널이 두 개 있고 하나만 살아 있어도 통합니다. 둘 다 끊기면 아무것도 지나가지 못합니다.",
    why_no_line: |network| format!("{network}에서 AWS로 가는 회선이 없습니다."),
    means_no_line: "온프레미스 네트워크는 VPN이나 Direct Connect로 AWS와 이어져야 합니다.",

    already_connected: |one, other| format!("{} 이미 {} 연결되어 있습니다.", eun(one), gwa(other)),
    not_connected: |one, other| format!("{} {} 연결되어 있지 않습니다.", eun(one), gwa(other)),
    different_gateways: |one, other| {
        format!("{} {} 서로 다른 Transit Gateway에 속합니다.", gwa(one), eun(other))
    },
    attachment_not_available: |attachment| {
        format!("{} 아직 사용할 수 있는 상태가 아닙니다.", eun(attachment))
    },
    not_pending: |attachment| format!("{} 수락을 기다리고 있지 않습니다.", eun(attachment)),
    not_a_vpc_attachment: |attachment| format!("{} VPC 연결이 아닙니다.", eun(attachment)),
    no_attachment_subnet: "VPC를 Transit Gateway에 연결하려면 서브넷이 하나는 있어야 합니다.",
    same_zone: |one, other| {
        format!(
            "{} {} 같은 가용 영역에 있습니다. 가용 영역마다 서브넷 하나만 고릅니다.",
            gwa(one),
            eun(other)
        )
    },
    peering_is_static: "피어링 연결의 경로는 전파되지 않습니다. 양쪽 라우팅 테이블에 직접 써야 합니다.",
    destination_exists: |table, destination| {
        format!("{table}에는 {} 가는 경로가 이미 있습니다.", ro(destination))
    },
    destination_unknown: |table, destination| {
        format!("{table}에는 사람이 쓴 {} 가는 경로가 없습니다.", ro(destination))
    },
    vpn_is_dynamic: |vpn| format!("{} BGP로 경로를 배우므로 경로를 직접 쓰지 않습니다.", eun(vpn)),
    no_block: "온프레미스 네트워크에는 CIDR 블록이 하나는 있어야 합니다.",
    quota_transit_gateways: "리전당 Transit Gateway",
    quota_transit_gateways_per_vpc: "VPC당 Transit Gateway",
    quota_tables: "Transit Gateway당 라우팅 테이블",
    quota_routes: "Transit Gateway당 경로(직접 쓴 것과 전파된 것)",
    quota_vpn_gateways: "리전당 가상 프라이빗 게이트웨이",
};

/// In English.
pub const EN: Transit = Transit {
    transit_gateway: "transit gateway",
    attachment: "attachment",
    transit_table: "transit gateway route table",
    virtual_private_gateway: "virtual private gateway",
    customer_gateway: "customer gateway",
    vpn_connection: "VPN connection",
    direct_connect_gateway: "Direct Connect gateway",
    on_premises: "on-premises network",
    host_of: |network, address| format!("{address} in {network}"),

    table_decides: |table| format!("{table} decides where it goes"),
    route_leads: |route, to| format!("route `{route}` sends it to {to}"),
    route_drops: |route| format!("drops it: route `{route}` is a blackhole"),
    no_route: "drops it: no route matches",
    not_working: "drops it: not available",
    no_door: "drops it: the transit gateway has no subnet in the sender's Availability Zone",
    no_table: "drops it: associated with no transit gateway route table",
    not_attached: "drops it: not attached to this VPC",
    not_its_own: "drops it: not the address of an interface in this VPC",
    not_known: "drops it: not a destination that it knows",
    not_ipv4: "drops it: not IPv4",
    line_down: "lost: the line is down",
    no_line: "cannot send: there is no line to AWS",

    attachment_state: "state of the attachment",
    attachment_zone: "subnet of the transit gateway in the sender's Availability Zone",
    attachment_table: "associated transit gateway route table",
    vpc_attachment: "attachment to the VPC",
    private_address: "private address of an interface in this VPC",
    known_destination: "destination that it knows",
    ipv4: "IPv4 packet",
    line_state: "state of the line",
    way_to_aws: "line to AWS",
    group_not_carried: "matches, but the transit gateway does not carry references to groups",

    why_not_available: |attachment, state| {
        capital(&format!("{attachment} cannot be used: it is `{state}`."))
    },
    means_not_available: "An attachment carries packets only while it is `available`. Some wait until the other side accepts.",
    why_zone: |attachment| {
        capital(&format!("{attachment} has no subnet in the Availability Zone of the sender."))
    },
    means_zone: "A transit gateway has its interface in one subnet per Availability Zone. Who sends from a zone without one cannot use it. Answers are no exception: the zone of the receiver needs one too.",
    why_no_table: |attachment| {
        capital(&format!("{attachment} is associated with no transit gateway route table."))
    },
    means_no_table: "The one table that an attachment is associated with decides where its packets go. Without it they go nowhere.",
    why_no_route: |table, destination| format!("There is no route to {destination} in {table}."),
    means_no_route: "A transit gateway route table knows what is propagated to it and what somebody wrote. Being attached to one gateway is not enough to meet.",
    why_blackhole: |table, route| {
        format!("The route `{route}`, which {table} picks, is a blackhole.")
    },
    means_blackhole: "What a blackhole route matches is dropped. A written route beats a propagated one for the same destination.",
    why_group_references: |interface, source| {
        format!(
            "The rule of {interface} names a group, but the packet from {source} came through a transit gateway that does not carry such references."
        )
    },
    means_group_references: "An inbound rule may name a group of another VPC when the transit gateway and the attachments of both VPCs allow it. Outbound rules may not.",
    why_detached: |gateway| capital(&format!("{gateway} is not attached to this VPC.")),
    means_detached: "A virtual private gateway carries packets once it is attached to the VPC.",
    why_foreign_source: |gateway, source| {
        format!("The source {source} is no interface of the VPC that {gateway} is attached to.")
    },
    means_foreign_source: "A virtual private gateway lets out only what interfaces of its own VPC send. No other network may leave by way of this VPC.",
    why_foreign_destination: |gateway, destination| {
        format!(
            "The destination {destination} is no interface of the VPC that {gateway} is attached to."
        )
    },
    means_foreign_destination: "What comes in through a virtual private gateway reaches interfaces of its VPC and nothing else. Networks on premises cannot borrow the VPC's NAT gateway, internet gateway or gateway endpoints.",
    why_unknown_destination: |gateway, destination| {
        capital(&format!("{gateway} knows no way to {destination}."))
    },
    means_unknown_destination: "A virtual private gateway sends only to what it hears with BGP or what somebody wrote down for it, however wide the route of the VPC is.",
    why_ipv6: |gateway| capital(&format!("{gateway} carries no IPv6 over VPN.")),
    means_ipv6: "VPN at a virtual private gateway is IPv4 only. For IPv6, end the VPN at a transit gateway.",
    why_line_down: |line| capital(&format!("{line} is down.")),
    means_line_down: "A VPN connection has two tunnels, and one is enough. With both down nothing passes.",
    why_no_line: |network| capital(&format!("{network} has no line to AWS.")),
    means_no_line: "A network on premises needs a VPN connection or Direct Connect to reach AWS.",

    already_connected: |one, other| capital(&format!("{one} is connected with {other} already.")),
    not_connected: |one, other| capital(&format!("{one} is not connected with {other}.")),
    different_gateways: |one, other| {
        capital(&format!("{one} and {other} belong to different transit gateways."))
    },
    attachment_not_available: |attachment| capital(&format!("{attachment} is not available.")),
    not_pending: |attachment| capital(&format!("{attachment} does not wait to be accepted.")),
    not_a_vpc_attachment: |attachment| {
        capital(&format!("{attachment} is not an attachment to a VPC."))
    },
    no_attachment_subnet: "A VPC is attached to a transit gateway through at least one subnet.",
    same_zone: |one, other| {
        capital(&format!(
            "{one} and {other} are in one Availability Zone. Pick one subnet for each zone."
        ))
    },
    peering_is_static: "Nothing propagates over a peering attachment. Write the routes in the tables of both sides.",
    destination_exists: |table, destination| {
        capital(&format!("{table} has a route to {destination} already."))
    },
    destination_unknown: |table, destination| {
        capital(&format!("{table} has no written route to {destination}."))
    },
    vpn_is_dynamic: |vpn| {
        capital(&format!("{vpn} learns its routes with BGP, and takes no written ones."))
    },
    no_block: "An on-premises network needs at least one CIDR block.",
    quota_transit_gateways: "transit gateways per Region",
    quota_transit_gateways_per_vpc: "transit gateways per VPC",
    quota_tables: "route tables per transit gateway",
    quota_routes: "routes per transit gateway, written and learned",
    quota_vpn_gateways: "virtual private gateways per Region",
};

/// The sentence with its first letter in upper case.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn eun(word: &str) -> String {
    with(word, Particle::EunNeun)
}
fn i(word: &str) -> String {
    with(word, Particle::IGa)
}
fn gwa(word: &str) -> String {
    with(word, Particle::GwaWa)
}
fn ro(word: &str) -> String {
    with(word, Particle::EuroRo)
}
fn with_owner(word: &str) -> String {
    format!("{word}의")
}
/// The particle follows the closing tick, chosen by the word inside.
fn with_in_ticks(word: &str) -> String {
    let whole = with(word, Particle::EunNeun);
    let particle = whole.strip_prefix(word).unwrap_or_default();
    format!("{word}`{particle}")
}
