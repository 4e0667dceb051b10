//! Why AWS would refuse a change. [`crate::tell`] fills the sentences in.

use crate::text::particle::{Particle, with};

/// The sentences, one per reason; each is whole, with its full stop.
#[expect(missing_docs, reason = "each is named as its reason; arguments are named below")]
pub struct Refusal {
    /// (sentence, AWS's code)
    pub with_code: fn(&str, &str) -> String,
    pub missing: &'static str,
    /// (what, how many)
    pub quota: fn(&str, &str) -> String,
    pub quota_vpcs: &'static str,
    pub quota_blocks: &'static str,
    pub quota_subnets: &'static str,
    pub quota_route_tables: &'static str,
    pub quota_routes: &'static str,
    pub quota_internet_gateways: &'static str,
    pub quota_nat_gateways: &'static str,
    pub quota_nat_addresses: &'static str,
    pub quota_egress_only_gateways: &'static str,
    pub quota_peerings: &'static str,
    pub quota_gateway_endpoints: &'static str,
    /// (table, list)
    pub list_route_exists: fn(&str, &str) -> String,
    /// (table, list)
    pub list_route_unknown: fn(&str, &str) -> String,
    /// (endpoint)
    pub route_of_endpoint: fn(&str) -> String,
    /// (destination)
    pub route_not_written_for_gateway: fn(&str) -> String,
    pub route_not_for_gateway: fn(&str) -> String,
    /// (destination)
    pub route_target_for_gateway: fn(&str) -> String,
    /// (gateway)
    pub gateway_without_table: fn(&str) -> String,
    /// (list)
    pub list_of_aws: fn(&str) -> String,
    /// (block)
    pub list_families: fn(&str) -> String,
    /// (block)
    pub list_entry_twice: fn(&str) -> String,
    /// (list)
    pub no_service_list: fn(&str) -> String,
    pub peering_with_itself: &'static str,
    /// (peering)
    pub peering_exists: fn(&str) -> String,
    /// (peering)
    pub peering_not_active: fn(&str) -> String,
    pub peering_not_pending: fn(&str) -> String,
    /// (peering)
    pub peering_pending: fn(&str) -> String,
    pub not_excluded: &'static str,
    pub quota_elastic_ips: &'static str,
    pub quota_acls: &'static str,
    pub quota_entries: &'static str,
    pub quota_rules: &'static str,
    pub quota_groups: &'static str,
    /// (what is to go, what needs it)
    pub in_use: fn(&str, &str) -> String,
    /// (one, other)
    pub different_vpcs: fn(&str, &str) -> String,

    /// (block)
    pub block_size: fn(&str) -> String,
    /// (block, range)
    pub block_not_allowed: fn(&str, &str) -> String,
    /// (block, other block, its owner)
    pub block_overlaps: fn(&str, &str, &str) -> String,
    /// (block, the VPC's block, range)
    pub block_restricted: fn(&str, &str, &str) -> String,
    /// (block, table, destination)
    pub block_covers_route: fn(&str, &str, &str) -> String,
    /// (block, VPC)
    pub block_outside_vpc: fn(&str, &str) -> String,
    /// (block)
    pub block_primary: fn(&str) -> String,
    /// (block)
    pub block_unknown: fn(&str) -> String,
    /// (block)
    pub block_not_ipv4: fn(&str) -> String,
    /// (block)
    pub block_not_ipv6: fn(&str) -> String,
    /// (block, shortest, longest)
    pub ipv6_block_size: fn(&str, &str, &str) -> String,
    /// (subnet)
    pub subnet_has_ipv6: fn(&str) -> String,
    /// (subnet)
    pub subnet_without_ipv6: fn(&str) -> String,
    /// (subnet)
    pub subnet_ipv6_only: fn(&str) -> String,

    /// (address, subnet)
    pub address_outside_subnet: fn(&str, &str) -> String,
    /// (address, what for)
    pub address_reserved: fn(&str, &str) -> String,
    pub reserved_network: &'static str,
    pub reserved_router: &'static str,
    pub reserved_dns: &'static str,
    pub reserved_future: &'static str,
    pub reserved_broadcast: &'static str,
    /// (address, owner)
    pub address_taken: fn(&str, &str) -> String,
    /// (subnet)
    pub subnet_full: fn(&str) -> String,
    /// (address)
    pub address_not_public: fn(&str) -> String,
    pub no_address_left: &'static str,
    /// (interface)
    pub no_public_address: fn(&str) -> String,
    pub private_nat_gateway: &'static str,
    pub nat_zones_not_chosen: fn(&str) -> String,
    pub nat_zone_without_subnet: fn(&str, &str) -> String,
    pub nat_address_unknown: fn(&str, &str) -> String,
    /// (interface, address)
    pub address_not_assigned: fn(&str, &str) -> String,
    /// (interface, address)
    pub address_primary: fn(&str, &str) -> String,

    /// (gateway, VPC)
    pub gateway_attached: fn(&str, &str) -> String,
    /// (VPC, gateway)
    pub vpc_has_gateway: fn(&str, &str) -> String,
    /// (gateway)
    pub gateway_not_attached: fn(&str) -> String,
    /// (interface)
    pub public_address_mapped: fn(&str) -> String,
    /// (VPC)
    pub vpc_without_gateway: fn(&str) -> String,

    /// (table, destination)
    pub route_exists: fn(&str, &str) -> String,
    /// (table, destination)
    pub route_unknown: fn(&str, &str) -> String,
    /// (destination)
    pub route_local: fn(&str) -> String,
    /// (destination)
    pub route_propagated: fn(&str) -> String,
    /// (destination, range)
    pub route_not_allowed: fn(&str, &str) -> String,
    /// (destination)
    pub route_not_a_subnet: fn(&str) -> String,
    /// (destination)
    pub route_target_inside_vpc: fn(&str) -> String,
    /// (destination)
    pub route_target_for_local: fn(&str) -> String,
    /// (target)
    pub route_target_not_writable: fn(&str) -> String,
    /// (destination)
    pub route_target_ipv4_only: fn(&str) -> String,
    /// (destination)
    pub route_target_ipv6_only: fn(&str) -> String,

    /// (table)
    pub main_table: fn(&str) -> String,
    /// (table)
    pub already_main: fn(&str) -> String,
    /// (subnet, table or list)
    pub already_associated: fn(&str, &str) -> String,
    /// (subnet)
    pub not_associated: fn(&str) -> String,

    /// (name)
    pub group_name_taken: fn(&str) -> String,
    pub group_name_reserved: &'static str,
    /// (name)
    pub group_name_like_id: fn(&str) -> String,
    pub group_name_unfit: &'static str,
    /// (group)
    pub default_group: fn(&str) -> String,
    /// (group)
    pub rule_exists: fn(&str) -> String,
    /// (group)
    pub rule_unknown: fn(&str) -> String,
    /// A rule cannot become one for another kind of thing: the group.
    pub rule_kind: fn(&str) -> String,
    pub no_group: &'static str,

    /// (number)
    pub entry_number: fn(&str) -> String,
    /// (list, number)
    pub entry_exists: fn(&str, &str) -> String,
    /// (list, number)
    pub entry_unknown: fn(&str, &str) -> String,
    /// (list)
    pub default_acl: fn(&str) -> String,

    /// (interface)
    pub managed_interface: fn(&str) -> String,
    /// (interface)
    pub interface_attached: fn(&str) -> String,
    /// (interface)
    pub interface_not_attached: fn(&str) -> String,
    /// (interface)
    pub primary_interface: fn(&str) -> String,
    /// (interface, instance)
    pub different_zones: fn(&str, &str) -> String,
}

/// In Korean.
pub const KO: Refusal = Refusal {
    with_code: |sentence, code| format!("{sentence} ({code})"),
    missing: "대상이 이미 삭제되었습니다.",
    quota: |what, limit| {
        format!("{what} 수는 {limit}개까지입니다. 더 필요하면 AWS에 할당량 증가를 요청해야 합니다.")
    },
    quota_vpcs: "리전 하나에 만들 수 있는 VPC",
    quota_blocks: "VPC 하나에 붙일 수 있는 IPv4 CIDR 블록",
    quota_subnets: "VPC 하나에 만들 수 있는 서브넷",
    quota_route_tables: "VPC 하나에 만들 수 있는 라우팅 테이블",
    quota_routes: "라우팅 테이블 하나에 넣을 수 있는 경로",
    quota_internet_gateways: "리전 하나에 만들 수 있는 인터넷 게이트웨이",
    quota_peerings: "VPC 하나에 만들 수 있는 피어링 연결",
    quota_gateway_endpoints: "리전 하나에 만들 수 있는 게이트웨이 엔드포인트",
    list_route_exists: |table, list| format!("{table}에는 이미 {} 가는 경로가 있습니다.", ro(list)),
    list_route_unknown: |table, list| format!("{table}에는 {} 가는 경로가 없습니다.", ro(list)),
    route_of_endpoint: |endpoint| {
        format!(
            "이 경로는 {endpoint}의 것이라 따로 지울 수 없습니다. 엔드포인트에서 라우팅 테이블을 빼야 합니다."
        )
    },
    route_not_written_for_gateway: |cidr| {
        format!(
            "게이트웨이 라우팅 테이블에는 접두사 목록의 라우팅도, 전파된 라우팅도 둘 수 없습니다: {cidr}."
        )
    },
    route_not_for_gateway: |cidr| {
        format!(
            "게이트웨이 라우팅 테이블의 대상은 VPC 전체나 서브넷 하나의 CIDR과 정확히 같아야 합니다: {cidr}."
        )
    },
    route_target_for_gateway: |cidr| {
        format!(
            "게이트웨이 라우팅 테이블의 {cidr} 경로는 local이나 네트워크 인터페이스로만 보낼 수 있습니다."
        )
    },
    gateway_without_table: |gateway| format!("{gateway}에는 연결된 라우팅 테이블이 없습니다."),
    list_of_aws: |list| format!("{} AWS가 관리하므로 바꿀 수 없습니다.", eun(list)),
    list_families: |cidr| {
        format!("접두사 목록 하나에는 IPv4와 IPv6를 함께 넣을 수 없습니다: {cidr}.")
    },
    list_entry_twice: |cidr| format!("{} 목록에 두 번 들어 있습니다.", i(cidr)),
    no_service_list: |list| format!("{} AWS 서비스의 주소 목록이 아닙니다.", eun(list)),
    peering_with_itself: "VPC는 자기 자신과 피어링할 수 없습니다.",
    peering_exists: |peering| format!("두 VPC 사이에는 이미 {} 있습니다.", i(peering)),
    peering_not_active: |peering| format!("{peering}의 상태가 `active`가 아닙니다."),
    peering_not_pending: |peering| format!("{} 수락을 기다리는 상태가 아닙니다.", eun(peering)),
    peering_pending: |peering| {
        format!("{} 수락되기 전에는 요청한 VPC에 CIDR 블록을 추가할 수 없습니다.", i(peering))
    },
    quota_egress_only_gateways: "리전 하나에 만들 수 있는 외부 전용 인터넷 게이트웨이",
    not_excluded: "이 VPC나 서브넷에는 퍼블릭 액세스 차단의 예외가 없습니다.",
    quota_nat_gateways: "가용 영역 하나에 만들 수 있는 NAT 게이트웨이",
    quota_nat_addresses: "가용 영역 하나에서 리전 NAT 게이트웨이가 가질 수 있는 탄력적 IP 주소",
    quota_elastic_ips: "리전 하나에 할당받을 수 있는 탄력적 IP 주소",
    quota_acls: "VPC 하나에 만들 수 있는 네트워크 ACL",
    quota_entries: "네트워크 ACL의 한 방향에 넣을 수 있는 항목",
    quota_rules: "보안 그룹의 한 방향에 넣을 수 있는 규칙",
    quota_groups: "네트워크 인터페이스 하나에 붙일 수 있는 보안 그룹",
    in_use: |thing, by| format!("{by}에서 {} 아직 사용하고 있습니다.", eul(thing)),
    different_vpcs: |one, other| format!("{} {} 서로 다른 VPC에 있습니다.", gwa(one), eun(other)),

    block_size: |cidr| {
        format!(
            "`{cidr}`{} 크기가 맞지 않습니다. /16부터 /28까지 쓸 수 있습니다.",
            p(cidr, Particle::EunNeun)
        )
    },
    block_not_allowed: |cidr, range| {
        format!(
            "`{cidr}`{} AWS가 허용하지 않는 `{range}`{} 겹칩니다.",
            p(cidr, Particle::EunNeun),
            p(range, Particle::GwaWa)
        )
    },
    block_overlaps: |cidr, other, owner| {
        format!(
            "`{cidr}`{} {owner}의 `{other}`{} 겹칩니다.",
            p(cidr, Particle::EunNeun),
            p(other, Particle::GwaWa)
        )
    },
    block_restricted: |cidr, own, range| {
        format!(
            "`{own}` 블록이 있는 VPC에는 `{range}`에 속하는 `{cidr}`{} 추가할 수 없습니다.",
            p(cidr, Particle::EulReul)
        )
    },
    block_covers_route: |cidr, table, destination| {
        format!(
            "{table}에 `{destination}` 경로가 있으므로, 그 범위와 같거나 더 넓은 `{cidr}`{} 추가할 수 없습니다.",
            p(cidr, Particle::EunNeun)
        )
    },
    block_outside_vpc: |cidr, vpc| {
        format!("`{cidr}`{} {vpc}의 CIDR 블록 안에 들어가지 않습니다.", p(cidr, Particle::EunNeun))
    },
    block_primary: |cidr| {
        format!("`{cidr}`{} VPC의 기본 CIDR 블록이라 뗄 수 없습니다.", p(cidr, Particle::EunNeun))
    },
    block_unknown: |cidr| format!("이 VPC에는 `{cidr}` 블록이 없습니다."),
    block_not_ipv6: |cidr| format!("`{cidr}`{} IPv6 블록이 아닙니다.", p(cidr, Particle::EunNeun)),
    ipv6_block_size: |cidr, shortest, longest| {
        format!(
            "`{cidr}`{} 크기가 맞지 않습니다. /{shortest}부터 /{longest}까지, 4비트 간격으로 쓸 수 있습니다.",
            p(cidr, Particle::EunNeun)
        )
    },
    subnet_has_ipv6: |subnet| format!("{subnet}에는 이미 IPv6 범위가 있습니다."),
    subnet_without_ipv6: |subnet| format!("{subnet}에는 IPv6 범위가 없습니다."),
    subnet_ipv6_only: |subnet| format!("{subnet}에는 IPv6만 있고 IPv4 주소가 없습니다."),
    block_not_ipv4: |cidr| format!("`{cidr}`{} IPv4 블록이 아닙니다.", p(cidr, Particle::EunNeun)),

    address_outside_subnet: |address, subnet| {
        format!("{} {subnet}의 주소 범위에 없습니다.", eun(address))
    },
    address_reserved: |address, why| format!("{} AWS가 남겨 둔 주소입니다: {why}.", eun(address)),
    reserved_network: "서브넷의 첫 번째 주소, 네트워크 주소",
    reserved_router: "서브넷의 두 번째 주소, VPC 라우터",
    reserved_dns: "서브넷의 세 번째 주소, DNS",
    reserved_future: "서브넷의 네 번째 주소, 나중에 쓸 용도",
    reserved_broadcast: "서브넷의 마지막 주소, VPC가 지원하지 않는 브로드캐스트",
    address_taken: |address, by| format!("{} 이미 {by}에서 사용하고 있습니다.", eun(address)),
    subnet_full: |subnet| format!("{subnet}에 남은 주소가 없습니다."),
    address_not_public: |address| format!("{} 인터넷에서 쓰이는 주소가 아닙니다.", eun(address)),
    no_address_left: "나누어 줄 퍼블릭 주소가 남아 있지 않습니다.",
    no_public_address: |interface| format!("{interface}에는 퍼블릭 주소가 없습니다."),
    address_not_assigned: |interface, address| {
        format!("{interface}에는 {address} 주소가 없습니다.")
    },
    address_primary: |interface, address| {
        format!("{} {interface}의 기본 주소라서 회수할 수 없습니다.", eun(address))
    },
    private_nat_gateway: "프라이빗 NAT 게이트웨이에는 퍼블릭 주소를 줄 수 없습니다.",
    nat_zones_not_chosen: |gateway| {
        format!(
            "{gateway}의 가용 영역과 주소는 사람이 정하지 않습니다. 수동 모드의 리전 NAT 게이트웨이만 그렇게 합니다."
        )
    },
    nat_zone_without_subnet: |zone, vpc| {
        format!("{vpc}의 서브넷 가운데 가용 영역 {zone}에 있는 것이 없습니다.")
    },
    nat_address_unknown: |gateway, address| format!("{address} 주소는 {gateway}의 것이 아닙니다."),

    gateway_attached: |gateway, vpc| format!("{} 이미 {vpc}에 연결되어 있습니다.", eun(gateway)),
    vpc_has_gateway: |vpc, gateway| {
        format!(
            "{vpc}에는 이미 {} 연결되어 있습니다. VPC 하나에는 인터넷 게이트웨이를 하나만 연결합니다.",
            i(gateway)
        )
    },
    gateway_not_attached: |gateway| {
        format!("{} 어느 VPC에도 연결되어 있지 않습니다.", eun(gateway))
    },
    public_address_mapped: |interface| {
        format!("{interface}에 아직 퍼블릭 주소가 있습니다. 그 주소부터 떼어야 합니다.")
    },
    vpc_without_gateway: |vpc| format!("{vpc}에 연결된 인터넷 게이트웨이가 없습니다."),

    route_exists: |table, destination| format!("{table}에 `{destination}` 경로가 이미 있습니다."),
    route_unknown: |table, destination| format!("{table}에 `{destination}` 경로가 없습니다."),
    route_local: |destination| {
        format!("`{destination}` 로컬 경로는 VPC와 함께 만들어진 것이라 지울 수 없습니다.")
    },
    route_propagated: |destination| {
        format!("`{destination}` 경로는 게이트웨이가 전파한 것이라 손으로 바꿀 수 없습니다.")
    },
    route_not_allowed: |destination, range| {
        format!(
            "`{range}`{} AWS 서비스가 쓰는 범위라 `{destination}` 경로를 만들 수 없습니다.",
            p(range, Particle::EunNeun)
        )
    },
    route_not_a_subnet: |destination| {
        format!(
            "VPC 안으로 가는 경로의 목적지는 서브넷 하나의 CIDR과 정확히 같아야 합니다. `{destination}`인 서브넷은 없습니다."
        )
    },
    route_target_inside_vpc: |destination| {
        format!(
            "VPC 안으로 가는 `{destination}` 경로는 NAT 게이트웨이나 네트워크 인터페이스로만 보낼 수 있습니다."
        )
    },
    route_target_for_local: |destination| {
        format!(
            "`{destination}` 로컬 경로의 대상은 NAT 게이트웨이나 네트워크 인터페이스로만 바꿀 수 있습니다."
        )
    },
    route_target_not_writable: |target| {
        format!("`{target}`{} 경로의 대상으로 쓸 수 없습니다.", p(target, Particle::EunNeun))
    },
    route_target_ipv6_only: |destination| {
        format!(
            "외부 전용 인터넷 게이트웨이는 IPv6만 나르므로 `{destination}` 경로의 대상이 될 수 없습니다."
        )
    },
    route_target_ipv4_only: |destination| {
        format!(
            "NAT 게이트웨이는 IPv6를 나르지 않으므로 `{destination}` 경로의 대상이 될 수 없습니다."
        )
    },

    main_table: |table| format!("{} VPC의 기본 라우팅 테이블이라 지울 수 없습니다.", eun(table)),
    already_main: |table| format!("{} 이미 기본 라우팅 테이블입니다.", eun(table)),
    already_associated: |subnet, with| format!("{} 이미 {with}에 연결되어 있습니다.", eun(subnet)),
    not_associated: |subnet| format!("{subnet}에는 직접 연결한 것이 없습니다."),

    group_name_taken: |name| format!("이 VPC에 이름이 `{name}`인 보안 그룹이 이미 있습니다."),
    group_name_reserved: "`default`는 VPC와 함께 만들어지는 기본 보안 그룹의 이름입니다.",
    group_name_like_id: |name| {
        format!(
            "`{name}`{} 쓸 수 없습니다. 보안 그룹의 이름은 `sg-`로 시작할 수 없습니다.",
            p(name, Particle::EunNeun)
        )
    },
    group_name_unfit: "보안 그룹의 이름은 255자까지이며, 영문자와 숫자, 빈칸, `._-:/()#,@[]+=&;{}!$*`만 쓸 수 있습니다.",
    default_group: |group| format!("{} VPC의 기본 보안 그룹이라 지울 수 없습니다.", eun(group)),
    rule_exists: |group| format!("{group}에 같은 규칙이 이미 있습니다."),
    rule_unknown: |group| format!("{group}에 그런 규칙이 없습니다."),
    rule_kind: |group| {
        format!(
            "{group}의 규칙을 수정할 때 소스나 대상의 종류는 바꿀 수 없습니다. IPv4 주소, IPv6 주소, 보안 그룹, 접두사 목록은 서로 다른 종류입니다. 규칙을 삭제하고 새로 추가하세요."
        )
    },
    no_group: "네트워크 인터페이스에는 보안 그룹이 하나는 있어야 합니다.",

    entry_number: |number| {
        format!("{number}번은 쓸 수 없습니다. 항목의 번호는 1부터 32766까지입니다.")
    },
    entry_exists: |list, number| format!("{list}의 같은 방향에 {number}번 항목이 이미 있습니다."),
    entry_unknown: |list, number| format!("{list}의 이 방향에는 {number}번 항목이 없습니다."),
    default_acl: |list| format!("{} VPC의 기본 네트워크 ACL이라 지울 수 없습니다.", eun(list)),

    managed_interface: |interface| {
        format!("{interface}의 네트워크 인터페이스는 AWS가 관리하므로 따로 바꿀 수 없습니다.")
    },
    interface_attached: |interface| {
        format!("{} 이미 인스턴스에 연결되어 있습니다.", eun(interface))
    },
    interface_not_attached: |interface| {
        format!("{} 어느 인스턴스에도 연결되어 있지 않습니다.", eun(interface))
    },
    primary_interface: |interface| {
        format!("{interface}의 기본 네트워크 인터페이스는 뗄 수 없습니다.")
    },
    different_zones: |interface, instance| {
        format!(
            "{} {} 서로 다른 가용 영역에 있습니다. 인터페이스는 같은 가용 영역의 인스턴스에만 연결합니다.",
            gwa(interface),
            eun(instance)
        )
    },
};

/// In English.
pub const EN: Refusal = Refusal {
    with_code: |sentence, code| format!("{sentence} ({code})"),
    missing: "It has been deleted already.",
    quota: |what, limit| format!("AWS allows {limit} {what}, unless you ask for more."),
    quota_vpcs: "VPCs in a Region",
    quota_blocks: "IPv4 CIDR blocks in a VPC",
    quota_subnets: "subnets in a VPC",
    quota_route_tables: "route tables in a VPC",
    quota_routes: "routes in a route table",
    quota_internet_gateways: "internet gateways in a Region",
    quota_peerings: "peering connections of a VPC",
    quota_gateway_endpoints: "gateway endpoints in a Region",
    list_route_exists: |table, list| capital(&format!("{table} has a route to {list} already.")),
    list_route_unknown: |table, list| capital(&format!("{table} has no route to {list}.")),
    route_of_endpoint: |endpoint| {
        format!("This route belongs to {endpoint}: take the table from the endpoint instead.")
    },
    route_not_written_for_gateway: |cidr| {
        format!(
            "A gateway's route table takes neither routes for prefix lists nor propagated ones, and {cidr} is such a route."
        )
    },
    route_not_for_gateway: |cidr| {
        format!(
            "A gateway's route table is for a whole subnet or the whole VPC, and {cidr} is neither."
        )
    },
    route_target_for_gateway: |cidr| {
        format!("In a gateway's route table, {cidr} may be local or lead to an interface only.")
    },
    gateway_without_table: |gateway| capital(&format!("{gateway} has no route table.")),
    list_of_aws: |list| capital(&format!("{list} is kept by AWS, and cannot be changed.")),
    list_families: |cidr| {
        format!("A prefix list holds IPv4 or IPv6, not both: {cidr} is of the other family.")
    },
    list_entry_twice: |cidr| format!("{cidr} stands in the list twice."),
    no_service_list: |list| {
        capital(&format!("{list} does not hold the addresses of a service of AWS's."))
    },
    peering_with_itself: "A VPC cannot peer with itself.",
    peering_exists: |peering| format!("The two VPCs are joined already, by {peering}."),
    peering_not_active: |peering| format!("{peering} is not `active`."),
    peering_not_pending: |peering| capital(&format!("{peering} does not wait to be accepted.")),
    peering_pending: |peering| {
        format!("Until {peering} is accepted, the VPC that asked for it takes no further block.")
    },
    quota_egress_only_gateways: "egress-only internet gateways in a Region",
    not_excluded: "This VPC or subnet has no exclusion from blocked public access.",
    quota_nat_gateways: "NAT gateways in an Availability Zone",
    quota_nat_addresses: "Elastic IP addresses of a regional NAT gateway in an Availability Zone",
    quota_elastic_ips: "Elastic IP addresses in a Region",
    quota_acls: "network ACLs in a VPC",
    quota_entries: "entries in each direction of a network ACL",
    quota_rules: "rules in each direction of a security group",
    quota_groups: "security groups on a network interface",
    in_use: |thing, by| capital(&format!("{thing} is still used by {by}.")),
    different_vpcs: |one, other| capital(&format!("{one} and {other} are in different VPCs.")),

    block_size: |cidr| format!("`{cidr}` has the wrong size: /16 to /28 is allowed."),
    block_not_allowed: |cidr, range| {
        format!("`{cidr}` touches `{range}`, which AWS does not allow.")
    },
    block_overlaps: |cidr, other, owner| format!("`{cidr}` overlaps with `{other}` of {owner}."),
    block_restricted: |cidr, own, range| {
        format!("A VPC with `{own}` cannot take `{cidr}`, which is part of `{range}`.")
    },
    block_covers_route: |cidr, table, destination| {
        format!(
            "{} has a route to `{destination}`, so `{cidr}`, which is as large or larger, cannot be added.",
            capital(table)
        )
    },
    block_outside_vpc: |cidr, vpc| format!("`{cidr}` is not inside a CIDR block of {vpc}."),
    block_primary: |cidr| format!("`{cidr}` is the VPC's primary CIDR block, which stays."),
    block_unknown: |cidr| format!("The VPC has no CIDR block `{cidr}`."),
    block_not_ipv6: |cidr| format!("`{cidr}` is not an IPv6 block."),
    ipv6_block_size: |cidr, shortest, longest| {
        format!("`{cidr}` has the wrong size: /{shortest} to /{longest}, in steps of four bits.")
    },
    subnet_has_ipv6: |subnet| capital(&format!("{subnet} has an IPv6 range already.")),
    subnet_without_ipv6: |subnet| capital(&format!("{subnet} has no IPv6 range.")),
    subnet_ipv6_only: |subnet| capital(&format!("{subnet} has IPv6 alone, and no IPv4 address.")),
    block_not_ipv4: |cidr| format!("`{cidr}` is not an IPv4 block."),

    address_outside_subnet: |address, subnet| format!("{address} is not an address of {subnet}."),
    address_reserved: |address, why| format!("AWS keeps {address} to itself: {why}."),
    reserved_network: "the first of a subnet is the network's own",
    reserved_router: "the second of a subnet is the VPC's router",
    reserved_dns: "the third of a subnet is for DNS",
    reserved_future: "the fourth of a subnet is for later use",
    reserved_broadcast: "the last of a subnet would be for broadcast, which a VPC does not have",
    address_taken: |address, by| format!("{address} belongs to {by} already."),
    subnet_full: |subnet| capital(&format!("{subnet} has no free address left.")),
    address_not_public: |address| format!("{address} is not an address that the internet carries."),
    no_address_left: "There is no public address left to give.",
    no_public_address: |interface| capital(&format!("{interface} has no public address.")),
    address_not_assigned: |interface, address| {
        capital(&format!("{interface} does not have the address {address}."))
    },
    address_primary: |interface, address| {
        format!("{address} is the primary address of {interface}, which keeps it.")
    },
    private_nat_gateway: "A private NAT gateway cannot have a public address.",
    nat_zones_not_chosen: |gateway| {
        format!(
            "Nobody chooses the zones and addresses of {gateway}: that is for regional NAT gateways in manual mode."
        )
    },
    nat_zone_without_subnet: |zone, vpc| {
        format!("No subnet of {vpc} is in the Availability Zone {zone}.")
    },
    nat_address_unknown: |gateway, address| {
        format!("The address {address} is not one of {gateway}.")
    },

    gateway_attached: |gateway, vpc| capital(&format!("{gateway} is attached to {vpc} already.")),
    vpc_has_gateway: |vpc, gateway| {
        format!("{vpc} has {gateway} already: a VPC has one internet gateway at a time.")
    },
    gateway_not_attached: |gateway| capital(&format!("{gateway} is attached to no VPC.")),
    public_address_mapped: |interface| {
        capital(&format!("{interface} still has a public address, which must go first."))
    },
    vpc_without_gateway: |vpc| format!("{vpc} has no internet gateway."),

    route_exists: |table, destination| {
        capital(&format!("{table} has a route to `{destination}` already."))
    },
    route_unknown: |table, destination| {
        capital(&format!("{table} has no route to `{destination}`."))
    },
    route_local: |destination| {
        format!("The local route `{destination}` came with the VPC and stays.")
    },
    route_propagated: |destination| {
        format!("The route to `{destination}` is propagated by a gateway and not edited by hand.")
    },
    route_not_allowed: |destination, range| {
        format!("`{range}` is for AWS's own services, so there can be no route to `{destination}`.")
    },
    route_not_a_subnet: |destination| {
        format!(
            "A route inside the VPC must be for exactly one subnet's CIDR block, and no subnet has `{destination}`."
        )
    },
    route_target_inside_vpc: |destination| {
        format!(
            "The route to `{destination}`, inside the VPC, may lead to a NAT gateway or a network interface only."
        )
    },
    route_target_for_local: |destination| {
        format!(
            "The local route `{destination}` may be led to a NAT gateway or a network interface only."
        )
    },
    route_target_not_writable: |target| format!("`{target}` cannot be the target of a route."),
    route_target_ipv6_only: |destination| {
        format!(
            "An egress-only internet gateway carries IPv6 only, so it cannot be the target of `{destination}`."
        )
    },
    route_target_ipv4_only: |destination| {
        format!("A NAT gateway does not carry IPv6, so it cannot be the target of `{destination}`.")
    },

    main_table: |table| capital(&format!("{table} is the VPC's main route table, which stays.")),
    already_main: |table| capital(&format!("{table} is the main route table already.")),
    already_associated: |subnet, with| {
        capital(&format!("{subnet} is associated with {with} already."))
    },
    not_associated: |subnet| capital(&format!("{subnet} has no association of its own.")),

    group_name_taken: |name| format!("The VPC has a security group named `{name}` already."),
    group_name_reserved: "`default` is the name of the security group that comes with a VPC.",
    group_name_like_id: |name| {
        format!("`{name}` will not do: a security group's name cannot start with `sg-`.")
    },
    group_name_unfit: "A security group's name has up to 255 characters: English letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`.",
    default_group: |group| {
        capital(&format!("{group} is the VPC's default security group, which stays."))
    },
    rule_exists: |group| capital(&format!("{group} has the same rule already.")),
    rule_unknown: |group| capital(&format!("{group} has no such rule.")),
    rule_kind: |group| {
        format!(
            "A rule of {group} cannot be changed to a source or destination of another kind: IPv4 addresses, IPv6 addresses, groups and prefix lists are different kinds. Remove the rule and add a new one."
        )
    },
    no_group: "A network interface needs at least one security group.",

    entry_number: |number| format!("{number} will not do: entries are numbered from 1 to 32766."),
    entry_exists: |list, number| {
        capital(&format!("{list} has an entry {number} in this direction already."))
    },
    entry_unknown: |list, number| {
        capital(&format!("{list} has no entry {number} in this direction."))
    },
    default_acl: |list| capital(&format!("{list} is the VPC's default list, which stays.")),

    managed_interface: |interface| {
        format!(
            "The network interface of {interface} is managed by AWS and cannot be changed by itself."
        )
    },
    interface_attached: |interface| {
        capital(&format!("{interface} is attached to an instance already."))
    },
    interface_not_attached: |interface| {
        capital(&format!("{interface} is attached to no instance."))
    },
    primary_interface: |interface| format!("The primary network interface of {interface} stays."),
    different_zones: |interface, instance| {
        capital(&format!(
            "{interface} and {instance} are in different Availability Zones, and must be in the same one."
        ))
    },
};

/// The particle alone, for a word that stands in backticks.
fn p(word: &str, particle: Particle) -> &'static str {
    particle.after(word)
}
fn eun(word: &str) -> String {
    with(word, Particle::EunNeun)
}
fn i(word: &str) -> String {
    with(word, Particle::IGa)
}
fn eul(word: &str) -> String {
    with(word, Particle::EulReul)
}
fn ro(word: &str) -> String {
    with(word, Particle::EuroRo)
}
fn gwa(word: &str) -> String {
    with(word, Particle::GwaWa)
}

/// The sentence with its first letter in upper case.
pub(super) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
