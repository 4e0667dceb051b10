//! The words for load balancers, endpoints and AWS's managed services. [`crate::tell`] fills them in.

use super::refusal::capital;
use crate::text::particle::{Particle, with};

/// The words for load balancers, endpoints and AWS's managed services.
#[expect(missing_docs, reason = "the phrases say what they are; arguments are named below")]
pub struct Services {
    pub load_balancer: &'static str,
    pub target_group: &'static str,
    pub interface_endpoint: &'static str,
    pub endpoint_service: &'static str,
    pub service: &'static str,
    pub function: &'static str,
    pub database: &'static str,
    pub task: &'static str,
    pub api: &'static str,
    pub distribution: &'static str,
    pub field_zone: &'static str,
    pub field_health: &'static str,
    /// (listener)
    pub listener_takes: fn(&str) -> String,
    pub no_listener: &'static str,
    /// (target)
    pub target_gets: fn(&str) -> String,
    pub no_target: &'static str,
    pub balanced: &'static str,
    pub client_ip_lost: &'static str,
    pub endpoint_protocol_denies: &'static str,
    pub endpoint_policy_denies: &'static str,
    pub endpoint_not_ready: &'static str,
    pub initiates_not: &'static str,
    pub function_closed: &'static str,
    pub bucket_denies: &'static str,
    pub wrong_door: &'static str,
    pub balancer_is_internal: &'static str,
    pub internet_kept_out: &'static str,
    /// (listener)
    pub listener: fn(&str) -> String,
    pub any_listener: &'static str,
    /// (group, target)
    pub target: fn(&str, &str) -> String,
    pub any_target: &'static str,
    pub balanced_connection: &'static str,
    pub client_ip: &'static str,
    pub endpoint_protocol: &'static str,
    pub endpoint_policy: &'static str,
    pub endpoint_state: &'static str,
    pub initiates: &'static str,
    pub function_door: &'static str,
    pub bucket_policy: &'static str,
    pub api_door: &'static str,
    /// (balancer)
    pub from_internet_at: fn(&str) -> String,
    /// Where on the way through a load balancer a packet was stopped: (load balancer, node's address)
    pub to_node: fn(&str, &str) -> String,
    /// (load balancer, node's address)
    pub at_node: fn(&str, &str) -> String,
    /// (load balancer, node's address, target)
    pub to_target: fn(&str, &str, &str) -> String,
    /// (load balancer, node's address, target)
    pub from_target: fn(&str, &str, &str) -> String,
    /// (load balancer, node's address)
    pub from_node: fn(&str, &str) -> String,
    /// (here, port)
    pub why_no_listener: fn(&str, &str) -> String,
    pub means_no_listener: &'static str,
    /// (here)
    pub why_no_targets: fn(&str) -> String,
    pub means_no_targets: &'static str,
    /// (here)
    pub why_zone_not_enabled: fn(&str) -> String,
    pub means_zone_not_enabled: &'static str,
    /// (here)
    pub why_not_cross_zone: fn(&str) -> String,
    pub means_not_cross_zone: &'static str,
    /// (here)
    pub why_none_in_service: fn(&str) -> String,
    pub means_none_in_service: &'static str,
    /// (source)
    pub why_hairpin: fn(&str) -> String,
    pub means_hairpin: &'static str,
    /// (destination)
    pub why_not_preservable: fn(&str) -> String,
    pub means_not_preservable: &'static str,
    /// (here, port)
    pub why_endpoint_protocol: fn(&str, &str) -> String,
    pub means_endpoint_protocol: &'static str,
    /// (here)
    pub why_endpoint_policy: fn(&str) -> String,
    pub means_endpoint_policy: &'static str,
    /// (here)
    pub why_not_accepted: fn(&str) -> String,
    pub means_not_accepted: &'static str,
    /// (here)
    pub why_not_in_zone: fn(&str) -> String,
    pub means_not_in_zone: &'static str,
    /// (here)
    pub why_initiates: fn(&str) -> String,
    pub means_initiates: &'static str,
    /// (here)
    pub why_function: fn(&str) -> String,
    pub means_function: &'static str,
    /// (here)
    pub why_bucket: fn(&str) -> String,
    pub means_bucket: &'static str,
    pub why_private_api: &'static str,
    pub means_private_api: &'static str,
    /// (destination)
    pub why_internal_balancer: fn(&str) -> String,
    pub means_internal_balancer: &'static str,
    /// (destination)
    pub why_kept_out: fn(&str) -> String,
    pub means_kept_out: &'static str,
    /// (name)
    pub r_balancer_name: fn(&str) -> String,
    /// (kind)
    pub r_without_groups: fn(&str) -> String,
    /// (kind)
    pub r_zones: fn(&str) -> String,
    /// (zone)
    pub r_zone_twice: fn(&str) -> String,
    pub r_gwlb_internal: &'static str,
    /// (protocol, kind)
    pub r_listener_protocol: fn(&str, &str) -> String,
    /// (balancer, port)
    pub r_listener_exists: fn(&str, &str) -> String,
    /// (balancer, port)
    pub r_listener_unknown: fn(&str, &str) -> String,
    /// (service)
    pub r_service_there: fn(&str) -> String,
    /// (balancer)
    pub r_always_cross_zone: fn(&str) -> String,
    /// (name)
    pub r_group_name: fn(&str) -> String,
    /// (group, protocol)
    pub r_group_protocol: fn(&str, &str) -> String,
    /// (kind, protocol)
    pub r_kind_protocol: fn(&str, &str) -> String,
    /// (kind of target, protocol)
    pub r_kind_ipv6: fn(&str, &str) -> String,
    /// (group)
    pub r_target_kind: fn(&str) -> String,
    /// (address)
    pub r_target_public: fn(&str) -> String,
    /// (group)
    pub r_target_unknown: fn(&str) -> String,
    /// (subnet)
    pub r_balancer_room: fn(&str) -> String,
    /// (balancer, type)
    pub r_address_type: fn(&str, &str) -> String,
    /// (balancer)
    pub r_datagrams: fn(&str) -> String,
    /// (group)
    pub r_needs_dualstack: fn(&str) -> String,
    /// (group)
    pub r_target_family: fn(&str) -> String,
    /// (records, address type)
    pub r_records: fn(&str, &str) -> String,
    /// (subnet)
    pub r_subnet_ipv4: fn(&str) -> String,
    /// (balancer)
    pub r_offered_ipv4: fn(&str) -> String,
    /// (balancer, type)
    pub c_address_type: fn(&str, &str) -> String,
    /// (endpoint, records)
    pub c_dns_records: fn(&str, &str) -> String,
    /// (database, type)
    pub c_network_type: fn(&str, &str) -> String,
    /// (group)
    pub r_client_ip_fixed: fn(&str) -> String,
    pub r_endpoint_subnet: &'static str,
    pub r_endpoint_one_subnet: &'static str,
    /// (endpoint)
    pub r_endpoint_without_groups: fn(&str) -> String,
    /// (vpc)
    pub r_vpc_dns: fn(&str) -> String,
    /// (endpoint)
    pub r_dns_taken: fn(&str) -> String,
    pub r_service_balancers: &'static str,
    /// (name)
    pub r_function_name: fn(&str) -> String,
    /// (name)
    pub r_database_name: fn(&str) -> String,
    pub r_database_zones: &'static str,
    pub r_task_public: &'static str,
    /// (balancer)
    pub r_vpc_link: fn(&str) -> String,
    /// (service)
    pub r_not_a_bucket: fn(&str) -> String,
    /// (balancer)
    pub r_origin_balancer: fn(&str) -> String,
    /// (kind, name)
    pub c_create: fn(&str, &str) -> String,
    /// (balancer, listener)
    pub c_listener: fn(&str, &str) -> String,
    /// (balancer, port)
    pub c_listener_moved: fn(&str, &str) -> String,
    /// (balancer, port)
    pub c_listener_gone: fn(&str, &str) -> String,
    /// (group, target)
    pub c_target: fn(&str, &str) -> String,
    /// (group, target)
    pub c_target_gone: fn(&str, &str) -> String,
    /// (thing, subnets)
    pub c_zones: fn(&str, &str) -> String,
    /// (thing)
    pub c_out_of_vpc: fn(&str) -> String,
    /// (thing, groups)
    pub c_groups: fn(&str, &str) -> String,
    /// (thing, what)
    pub c_on: fn(&str, &str) -> String,
    /// (thing, what)
    pub c_off: fn(&str, &str) -> String,
    /// (endpoint, policy)
    pub c_policy: fn(&str, &str) -> String,
    /// (endpoint)
    pub c_accept: fn(&str) -> String,
    /// (api, balancer)
    pub c_link: fn(&str, &str) -> String,
    pub cross_zone: &'static str,
    pub private_dns: &'static str,
    pub dns_support: &'static str,
    pub dns_hostnames: &'static str,
    pub public_access: &'static str,
    pub ipv6_allowed: &'static str,
}

/// Korean.
pub const KO: Services = Services {
    load_balancer: "로드 밸런서",
    target_group: "대상 그룹",
    interface_endpoint: "엔드포인트",
    endpoint_service: "엔드포인트 서비스",
    service: "AWS 서비스",
    function: "Lambda 함수",
    database: "데이터베이스",
    task: "태스크",
    api: "API",
    distribution: "CloudFront 배포",
    field_zone: "가용 영역",
    field_health: "상태 확인",
    listener_takes: |listener| format!("리스너 `{listener}`가 받습니다"),
    no_listener: "이 프로토콜과 포트의 리스너가 없어 버립니다",
    target_gets: |target| format!("대상 {} 보냅니다", ro(target)),
    no_target: "보낼 수 있는 대상이 없어 버립니다",
    balanced: "로드 밸런서가 맺은 연결의 응답을 클라이언트에게 돌려줍니다",
    client_ip_lost: "클라이언트 주소를 보존한 채 보낼 수 없는 대상이라 버립니다",
    endpoint_protocol_denies: "엔드포인트가 나르지 않는 프로토콜이라 버립니다",
    endpoint_policy_denies: "엔드포인트 정책이 거부합니다",
    endpoint_not_ready: "쓸 수 있는 상태가 아니라 버립니다",
    initiates_not: "엔드포인트는 연결을 시작하지 않습니다",
    function_closed: "Lambda 함수에는 직접 연결할 수 없어 버립니다",
    bucket_denies: "버킷 정책이 이 배포를 허용하지 않습니다",
    wrong_door: "이 API로 들어가는 문이 아니라 거부합니다",
    listener: |listener| format!("리스너 {listener}"),
    balancer_is_internal: "내부 로드 밸런서라서 인터넷에서 온 것을 받지 않습니다",
    internet_kept_out: "인터넷 게이트웨이로 들어온 것을 받지 않아 버립니다",
    any_listener: "받아 줄 리스너",
    target: |group, target| format!("{group}의 대상 {target}"),
    any_target: "보낼 수 있는 대상",
    balanced_connection: "로드 밸런서가 맺은 연결",
    client_ip: "클라이언트 IP 보존",
    endpoint_protocol: "엔드포인트가 나르는 프로토콜",
    endpoint_policy: "엔드포인트 정책",
    endpoint_state: "엔드포인트 상태",
    initiates: "연결을 시작할 수 있는가",
    function_door: "함수에 직접 연결",
    bucket_policy: "버킷 정책",
    api_door: "API로 들어가는 문",
    from_internet_at: |balancer| format!("인터넷에서 {balancer}에 들어오기"),
    to_node: |balancer, node| format!("{balancer}의 노드 {} 가던 요청입니다.", ro(node)),
    at_node: |balancer, node| format!("{balancer}의 노드 {} 받은 요청입니다.", i(node)),
    to_target: |balancer, node, target| {
        format!("{balancer}의 노드 {} 대상 {} 보낸 요청입니다.", i(node), ro(target))
    },
    from_target: |balancer, node, target| {
        format!("대상 {} {balancer}의 노드 {} 보낸 응답입니다.", i(target), ro(node))
    },
    from_node: |balancer, node| {
        format!("{balancer}의 노드 {} 클라이언트로 보낸 응답입니다.", i(node))
    },
    why_no_listener: |here, port| format!("{here}에 {} 받는 리스너가 없습니다.", eul(port)),
    means_no_listener: "로드 밸런서는 리스너가 있는 포트만 받습니다. 나머지는 대상에 이르지 못합니다.",
    why_no_targets: |here| format!("{here}의 대상 그룹에 등록된 대상이 없습니다."),
    means_no_targets: "받은 요청을 넘길 곳이 없습니다. 대상 그룹에 대상을 등록하세요.",
    why_zone_not_enabled: |here| {
        format!("{here}의 대상이 모두 사용 설정하지 않은 가용 영역에 있습니다.")
    },
    means_zone_not_enabled: "로드 밸런서는 서브넷을 지정한 가용 영역의 대상에만 보냅니다. 그 영역의 서브넷을 더하거나 대상을 옮기세요.",
    why_not_cross_zone: |here| format!("{here}의 이 노드가 있는 가용 영역에는 대상이 없습니다."),
    means_not_cross_zone: "교차 영역 로드 밸런싱이 꺼져 있으면 노드는 자기 가용 영역의 대상에만 보냅니다. NLB에서는 꺼진 것이 기본입니다.",
    why_none_in_service: |here| format!("{here}의 대상이 모두 등록 취소되는 중입니다."),
    means_none_in_service: "등록 취소 중인 대상은 새 연결을 받지 않습니다.",
    why_hairpin: |source| format!("대상이 클라이언트 자신({source})입니다."),
    means_hairpin: "클라이언트 IP를 보존하면 대상은 자기 주소에서 온 패킷을 받게 되어 연결이 이루어지지 않습니다. 보존을 끄면 됩니다.",
    why_not_preservable: |destination| {
        format!("클라이언트 주소를 보존한 채로는 {destination}에 보낼 수 없습니다.")
    },
    means_not_preservable: "클라이언트 IP 보존은 같은 VPC나 피어링한 VPC의 대상에만 됩니다. 전송 게이트웨이 너머나 다른 엔드포인트, 다른 NLB는 안 됩니다.",
    why_endpoint_protocol: |here, port| format!("{} {} 나르지 않습니다.", eun(here), eul(port)),
    means_endpoint_protocol: "인터페이스 엔드포인트는 TCP만 받습니다. 그래서 핑에도 답하지 않습니다.",
    why_endpoint_policy: |here| format!("{here}의 정책이 이 요청을 거부합니다."),
    means_endpoint_policy: "엔드포인트 정책은 보안 그룹과 따로, 엔드포인트를 지나 서비스로 가는 요청을 가려냅니다.",
    why_not_accepted: |here| format!("{} 서비스 소유자가 아직 수락하지 않았습니다.", eul(here)),
    means_not_accepted: "수락이 필요한 엔드포인트 서비스는 소유자가 수락해야 연결됩니다.",
    why_not_in_zone: |here| {
        format!("{here} 뒤의 서비스에는 이 가용 영역에서 받을 로드 밸런서 노드가 없습니다.")
    },
    means_not_in_zone: "엔드포인트는 같은 가용 영역의 노드로 보냅니다. 서비스 쪽 로드 밸런서에 그 영역을 사용 설정하세요.",
    why_initiates: |here| format!("{} 엔드포인트의 인터페이스입니다.", eun(here)),
    means_initiates: "엔드포인트는 들어온 요청에 답할 뿐, VPC 안으로 연결을 시작하지 않습니다.",
    why_function: |here| format!("{} 들어오는 연결을 받지 않습니다.", eun(here)),
    means_function: "Lambda 함수는 Lambda API로 호출합니다. VPC에 붙인 인터페이스는 함수가 나갈 때만 쓰입니다.",
    why_bucket: |here| format!("버킷 정책이 {} 허용하지 않습니다.", eul(here)),
    means_bucket: "원본 접근 제어(OAC)를 써도 버킷 정책에서 그 배포를 허용해야 읽을 수 있습니다.",
    why_private_api: "이 문으로는 그 API에 들어갈 수 없습니다.",
    means_private_api: "프라이빗 API는 execute-api 인터페이스 엔드포인트로만 들어가고, 그 엔드포인트로는 프라이빗 API에만 들어갑니다. 프라이빗 DNS를 켜면 VPC 안에서는 퍼블릭 API의 이름도 엔드포인트를 가리킵니다.",
    why_internal_balancer: |destination| {
        format!("{} 내부 로드 밸런서의 주소입니다.", eun(destination))
    },
    means_internal_balancer: "IPv6 주소는 그 자체로 퍼블릭이지만, 내부 로드 밸런서는 인터넷 게이트웨이로 들어온 것을 받지 않습니다.",
    why_kept_out: |destination| {
        format!("{} 인터넷에서 오는 것을 받지 않는 인터페이스의 주소입니다.", eun(destination))
    },
    means_kept_out: "IPv6 주소는 그 자체로 퍼블릭이지만, AWS는 인터페이스 엔드포인트와 퍼블릭 액세스가 꺼진 데이터베이스를 인터넷 게이트웨이로 들어온 것에서 막아 둡니다(denyAllIgwTraffic).",
    r_balancer_name: |name| format!("{name}이라는 로드 밸런서가 이미 있습니다."),
    r_without_groups: |kind| {
        format!(
            "{kind} 로드 밸런서가 보안 그룹 없이 만들어졌거나, 보안 그룹을 쓰지 않는 종류입니다."
        )
    },
    r_zones: |kind| {
        format!(
            "{kind} 로드 밸런서에 서브넷이 모자랍니다. ALB는 서로 다른 두 가용 영역의 서브넷이 있어야 합니다."
        )
    },
    r_zone_twice: |zone| {
        format!("가용 영역 {zone}의 서브넷을 둘 지정했습니다. 영역마다 하나만 지정하세요.")
    },
    r_gwlb_internal: "게이트웨이 로드 밸런서는 인터넷 경계로 만들 수 없습니다.",
    r_listener_protocol: |protocol, kind| {
        format!("{kind} 로드 밸런서는 {protocol} 리스너를 가질 수 없습니다.")
    },
    r_listener_exists: |balancer, port| {
        format!("{balancer}에는 포트 {port}의 리스너가 이미 있습니다.")
    },
    r_listener_unknown: |balancer, port| format!("{balancer}에는 포트 {port}의 리스너가 없습니다."),
    r_service_there: |service| {
        format!("{} 이미 있습니다. 리전마다 서비스는 하나입니다.", with(service, Particle::IGa))
    },
    r_always_cross_zone: |balancer| {
        format!("ALB인 {balancer}의 교차 영역 로드 밸런싱은 끌 수 없습니다. 대상 그룹에서 끄세요.")
    },
    r_group_name: |name| format!("{name}이라는 대상 그룹이 이미 있습니다."),
    r_group_protocol: |group, protocol| {
        format!("{protocol} 리스너는 {} 보낼 수 없습니다.", ro(group))
    },
    r_kind_protocol: |kind, protocol| {
        format!("{kind} 대상 그룹은 {} 쓸 수 없습니다.", eul(protocol))
    },
    r_kind_ipv6: |kind, protocol| {
        format!("{} 쓰는 {kind} 대상 그룹은 IPv6 대상을 받지 않습니다.", eul(protocol))
    },
    r_target_kind: |group| format!("{} 다른 종류의 대상을 위한 것입니다.", eun(group)),
    r_target_public: |address| {
        format!("{} 퍼블릭 주소입니다. 대상은 프라이빗 주소로만 등록합니다.", eun(address))
    },
    r_balancer_room: |subnet| {
        format!("{subnet}에 빈 주소가 여덟 개 이상 있어야 로드 밸런서를 둘 수 있습니다.")
    },
    r_address_type: |balancer, which| {
        format!("{balancer}에는 주소 유형 `{which}`을 쓸 수 없습니다.")
    },
    r_datagrams: |balancer| {
        format!("{balancer}에서 UDP 리스너와 IPv6을 함께 쓰려면 소스 NAT용 접두사가 있어야 합니다.")
    },
    r_needs_dualstack: |group| {
        format!("{} IPv6 대상 그룹이라서 듀얼 스택 로드 밸런서에만 붙습니다.", eun(group))
    },
    r_target_family: |group| format!("{group}의 주소 유형(IPv4 또는 IPv6)과 다른 대상입니다."),
    r_records: |records, which| {
        format!("주소 유형이 `{which}`인 엔드포인트의 DNS 레코드는 `{records}`일 수 없습니다.")
    },
    r_subnet_ipv4: |subnet| {
        format!(
            "IPv6 전용 엔드포인트는 IPv6 전용 서브넷에만 둡니다. {subnet}에는 IPv4 범위가 있습니다."
        )
    },
    r_offered_ipv4: |balancer| {
        format!("이 서비스를 제공하는 {balancer}에 IPv6이 없습니다. 듀얼 스택으로 바꾸세요.")
    },
    c_address_type: |balancer, which| {
        format!("{balancer}의 IP 주소 유형을 `{which}`으로 설정합니다.")
    },
    c_dns_records: |endpoint, records| {
        format!("{endpoint}의 DNS 레코드 유형을 `{records}`으로 설정합니다.")
    },
    c_network_type: |database, which| {
        format!("{database}의 네트워크 유형을 `{which}`으로 설정합니다.")
    },
    r_target_unknown: |group| format!("{group}에 그런 대상이 없습니다."),
    r_client_ip_fixed: |group| format!("{group}의 클라이언트 IP 보존은 바꿀 수 없습니다."),
    r_endpoint_subnet: "엔드포인트를 둘 서브넷을 지정하세요.",
    r_endpoint_one_subnet: "게이트웨이 로드 밸런서 엔드포인트는 서브넷 하나에만 둡니다.",
    r_endpoint_without_groups: |endpoint| {
        format!("{endpoint}에는 보안 그룹을 둘 수 없습니다. 게이트웨이 로드 밸런서로 이어집니다.")
    },
    r_vpc_dns: |vpc| {
        format!("프라이빗 DNS를 쓰려면 {vpc}의 DNS 확인과 DNS 호스트 이름을 모두 켜야 합니다.")
    },
    r_dns_taken: |endpoint| {
        format!("{} 이 서비스의 프라이빗 DNS 이름을 이미 쓰고 있습니다.", i(endpoint))
    },
    r_service_balancers: "엔드포인트 서비스 뒤에는 NLB만, 또는 게이트웨이 로드 밸런서만 둡니다.",
    r_function_name: |name| format!("{name}이라는 함수가 이미 있습니다."),
    r_database_name: |name| format!("{name}이라는 데이터베이스가 이미 있습니다."),
    r_database_zones: "DB 서브넷 그룹은 가용 영역 둘 이상의 서브넷을 담아야 합니다.",
    r_task_public: "EC2 시작 유형의 태스크에는 퍼블릭 IP를 줄 수 없습니다.",
    r_vpc_link: |balancer| {
        format!("인터페이스 없는 VPC 링크는 NLB로만 이어집니다. {} NLB가 아닙니다.", eun(balancer))
    },
    r_not_a_bucket: |service| format!("버킷은 S3에만 있습니다. {} S3가 아닙니다.", eun(service)),
    r_origin_balancer: |balancer| {
        format!(
            "{} CloudFront VPC 원본이 될 수 없습니다. ALB이거나, IPv4만 쓰고 TLS 리스너가 없는 NLB여야 합니다.",
            eun(balancer)
        )
    },
    c_create: |kind, name| format!("{kind} {} 만듭니다.", eul(name)),
    c_listener: |balancer, listener| format!("{balancer}에 `{listener}` 리스너를 더합니다."),
    c_listener_moved: |balancer, port| {
        format!("{balancer}에서 포트 {port}의 리스너가 보내는 대상 그룹을 바꿉니다.")
    },
    c_listener_gone: |balancer, port| format!("{balancer}에서 포트 {port}의 리스너를 지웁니다."),
    c_target: |group, target| format!("{group}에 대상 {} 등록합니다.", eul(target)),
    c_target_gone: |group, target| format!("{group}에서 대상 {} 등록 취소합니다.", eul(target)),
    c_zones: |thing, subnets| format!("{} 서브넷 {subnets}에 둡니다.", eul(thing)),
    c_out_of_vpc: |thing| format!("{} VPC에서 뗍니다.", eul(thing)),
    c_groups: |thing, groups| format!("{thing}의 보안 그룹을 {} 바꿉니다.", ro(groups)),
    c_on: |thing, what| format!("{thing}의 {} 켭니다.", eul(what)),
    c_off: |thing, what| format!("{thing}의 {} 끕니다.", eul(what)),
    c_policy: |endpoint, policy| format!("{endpoint}의 정책을 `{policy}`로 바꿉니다."),
    c_accept: |endpoint| format!("{endpoint}의 연결을 수락합니다."),
    c_link: |api, balancer| format!("{} VPC 링크로 {balancer}에 잇습니다.", eul(api)),
    cross_zone: "교차 영역 로드 밸런싱",
    private_dns: "프라이빗 DNS",
    dns_support: "DNS 확인",
    dns_hostnames: "DNS 호스트 이름",
    public_access: "퍼블릭 액세스",
    ipv6_allowed: "IPv6 트래픽",
};

/// English.
pub const EN: Services = Services {
    load_balancer: "load balancer",
    target_group: "target group",
    interface_endpoint: "endpoint",
    endpoint_service: "endpoint service",
    service: "AWS service",
    function: "Lambda function",
    database: "database",
    task: "task",
    api: "API",
    distribution: "CloudFront distribution",
    field_zone: "Availability Zone",
    field_health: "health",
    listener_takes: |listener| format!("listener `{listener}` takes it"),
    no_listener: "drops it: no listener for this protocol and port",
    target_gets: |target| format!("sends it to target {target}"),
    no_target: "drops it: no target can get it",
    balanced: "hands the answer back to the client",
    client_ip_lost: "drops it: the client's address cannot be kept on the way to this target",
    endpoint_protocol_denies: "drops it: an endpoint does not carry this protocol",
    endpoint_policy_denies: "its policy denies it",
    endpoint_not_ready: "drops it: it is not ready for use",
    initiates_not: "an endpoint starts no connection",
    function_closed: "drops it: nobody connects to a function directly",
    bucket_denies: "the bucket policy does not admit this distribution",
    wrong_door: "turns it away: this is not a door of that API",
    listener: |listener| format!("listener {listener}"),
    balancer_is_internal: "takes nothing from the internet: the load balancer is internal",
    internet_kept_out: "takes nothing that an internet gateway brings, and drops it",
    any_listener: "a listener that takes it",
    target: |group, target| format!("target {target} of {group}"),
    any_target: "a target that can get it",
    balanced_connection: "connection of the load balancer",
    client_ip: "client IP preservation",
    endpoint_protocol: "protocol that the endpoint carries",
    endpoint_policy: "endpoint policy",
    endpoint_state: "endpoint state",
    initiates: "may start a connection",
    function_door: "direct connection to a function",
    bucket_policy: "bucket policy",
    api_door: "door of the API",
    from_internet_at: |balancer| format!("from the internet to {balancer}"),
    to_node: |balancer, node| format!("It was on its way to node {node} of {balancer}."),
    at_node: |balancer, node| format!("Node {node} of {balancer} had taken it."),
    to_target: |balancer, node, target| {
        format!("Node {node} of {balancer} had sent it to target {target}.")
    },
    from_target: |balancer, node, target| {
        format!("Target {target} had sent it to node {node} of {balancer}.")
    },
    from_node: |balancer, node| format!("Node {node} of {balancer} had sent it to the client."),
    why_no_listener: |here, port| capital(&format!("{here} has no listener for {port}.")),
    means_no_listener: "A load balancer takes only what it has a listener for. Nothing else gets to a target.",
    why_no_targets: |here| format!("The target groups of {here} have no targets."),
    means_no_targets: "There is nobody to hand the request to. Register a target in the group.",
    why_zone_not_enabled: |here| {
        format!("All targets of {here} are in zones that are not enabled for it.")
    },
    means_zone_not_enabled: "A load balancer sends only to targets in zones where it has a subnet. Add a subnet there, or move the target.",
    why_not_cross_zone: |here| format!("In the zone of this node, {here} has no target."),
    means_not_cross_zone: "With cross-zone load balancing off, a node sends only to targets in its own zone. For a Network Load Balancer off is the default.",
    why_none_in_service: |here| format!("All targets of {here} are on their way out."),
    means_none_in_service: "A target that is being deregistered gets no new connection.",
    why_hairpin: |source| format!("The target is the client itself ({source})."),
    means_hairpin: "With the client's address kept, the target gets a packet from its own address, and no connection comes about. Turn the preservation off.",
    why_not_preservable: |destination| {
        format!("The client's address cannot be kept on the way to {destination}.")
    },
    means_not_preservable: "Client IP preservation works for targets in the same VPC or a peered one: not beyond a transit gateway, nor for endpoints and other Network Load Balancers.",
    why_endpoint_protocol: |here, port| capital(&format!("{here} does not carry {port}.")),
    means_endpoint_protocol: "An interface endpoint takes TCP only, so it answers no ping either.",
    why_endpoint_policy: |here| format!("The policy of {here} denies this request."),
    means_endpoint_policy: "The policy of an endpoint sifts what goes through it to the service, apart from security groups.",
    why_not_accepted: |here| format!("The owner of the service has not accepted {here} yet."),
    means_not_accepted: "Where acceptance is required, nothing passes before the owner accepts.",
    why_not_in_zone: |here| {
        format!("Behind {here}, the service has no load balancer node for this zone.")
    },
    means_not_in_zone: "An endpoint leads to the node in its own zone. Enable the zone for the load balancer of the service.",
    why_initiates: |here| capital(&format!("{here} is the interface of an endpoint.")),
    means_initiates: "An endpoint only answers requests. It never starts a connection into the VPC.",
    why_function: |here| capital(&format!("{here} takes no incoming connection.")),
    means_function: "A function is invoked through Lambda's API. Its interface in the VPC serves only what the function itself starts.",
    why_bucket: |here| format!("The bucket policy does not admit {here}."),
    means_bucket: "Even with origin access control, the bucket policy must admit the distribution.",
    why_private_api: "That API cannot be reached through this door.",
    means_private_api: "A private API is entered through an interface endpoint for execute-api alone, and through that endpoint private APIs alone. With private DNS on, the names of public APIs lead to the endpoint too, inside the VPC.",
    why_internal_balancer: |destination| {
        format!("{destination} belongs to an internal load balancer.")
    },
    means_internal_balancer: "IPv6 addresses are public as they are, but an internal load balancer takes nothing that an internet gateway brings.",
    why_kept_out: |destination| {
        format!("{destination} belongs to an interface that takes nothing from the internet.")
    },
    means_kept_out: "IPv6 addresses are public as they are, but AWS keeps what an internet gateway brings from interface endpoints and from databases without public access (denyAllIgwTraffic).",
    r_balancer_name: |name| format!("There is a load balancer {name} already."),
    r_without_groups: |kind| {
        format!(
            "This {kind} load balancer was made without security groups, or is of a kind that has none."
        )
    },
    r_zones: |kind| {
        format!(
            "Too few subnets for the {kind} load balancer. An Application Load Balancer wants two Availability Zones."
        )
    },
    r_zone_twice: |zone| format!("Two subnets of zone {zone}: give one for each zone."),
    r_gwlb_internal: "A Gateway Load Balancer cannot face the internet.",
    r_listener_protocol: |protocol, kind| {
        format!("The {kind} load balancer cannot have a {protocol} listener.")
    },
    r_listener_exists: |balancer, port| {
        capital(&format!("{balancer} listens on port {port} already."))
    },
    r_listener_unknown: |balancer, port| {
        capital(&format!("{balancer} does not listen on port {port}."))
    },
    r_service_there: |service| {
        format!("There is {service} already: a Region has each service once.")
    },
    r_always_cross_zone: |balancer| {
        format!(
            "Cross-zone load balancing is always on for {balancer}, an Application Load Balancer. Turn it off in the target group."
        )
    },
    r_group_name: |name| format!("There is a target group {name} already."),
    r_group_protocol: |group, protocol| format!("A {protocol} listener cannot send to {group}."),
    r_kind_protocol: |kind, protocol| {
        format!("A group of {kind} targets does not speak {protocol}.")
    },
    r_kind_ipv6: |kind, protocol| {
        format!("A group of {kind} targets with {protocol} cannot be for IPv6.")
    },
    r_target_kind: |group| capital(&format!("{group} is for other targets than this.")),
    r_target_public: |address| {
        format!("{address} is a public address. Targets are registered by private ones.")
    },
    r_balancer_room: |subnet| {
        capital(&format!("{subnet} needs eight free addresses for a load balancer."))
    },
    r_address_type: |balancer, which| {
        capital(&format!("{balancer} cannot have the address type `{which}`."))
    },
    r_datagrams: |balancer| {
        capital(&format!(
            "{balancer} can have UDP listeners and IPv6 only with prefixes for source NAT."
        ))
    },
    r_needs_dualstack: |group| {
        capital(&format!(
            "{group} is for IPv6 targets, so only a dualstack load balancer can use it."
        ))
    },
    r_target_family: |group| {
        format!("The target's address is not of the type (IPv4 or IPv6) of {group}.")
    },
    r_records: |records, which| {
        format!("An endpoint with address type `{which}` cannot have `{records}` DNS records.")
    },
    r_subnet_ipv4: |subnet| {
        format!("An endpoint with IPv6 alone stands in subnets with IPv6 alone; {subnet} has IPv4.")
    },
    r_offered_ipv4: |balancer| {
        format!("The service is offered by {balancer}, which has no IPv6; make it dualstack first.")
    },
    c_address_type: |balancer, which| {
        format!("Set the IP address type of {balancer} to `{which}`.")
    },
    c_dns_records: |endpoint, records| {
        format!("Set the DNS record type of {endpoint} to `{records}`.")
    },
    c_network_type: |database, which| format!("Set the network type of {database} to `{which}`."),
    r_target_unknown: |group| capital(&format!("{group} has no such target.")),
    r_client_ip_fixed: |group| format!("Client IP preservation of {group} cannot be changed."),
    r_endpoint_subnet: "Name a subnet for the endpoint.",
    r_endpoint_one_subnet: "A Gateway Load Balancer endpoint lies in one subnet.",
    r_endpoint_without_groups: |endpoint| {
        capital(&format!("{endpoint} leads through a Gateway Load Balancer, and has no groups."))
    },
    r_vpc_dns: |vpc| {
        format!("Private DNS wants both DNS attributes of {vpc}: support and hostnames.")
    },
    r_dns_taken: |endpoint| {
        capital(&format!("{endpoint} has the private name of this service already."))
    },
    r_service_balancers: "Behind an endpoint service stand Network Load Balancers, or Gateway Load Balancers.",
    r_function_name: |name| format!("There is a function {name} already."),
    r_database_name: |name| format!("There is a database {name} already."),
    r_database_zones: "A DB subnet group covers at least two Availability Zones.",
    r_task_public: "A task of the EC2 launch type cannot have a public address.",
    r_vpc_link: |balancer| {
        format!(
            "A VPC link without interfaces leads to a Network Load Balancer, and {balancer} is none."
        )
    },
    r_not_a_bucket: |service| format!("Buckets are in S3, and {service} is not."),
    r_origin_balancer: |balancer| {
        capital(&format!(
            "{balancer} cannot be a VPC origin: that is an Application Load Balancer, or a Network Load Balancer with IPv4 alone and without a TLS listener."
        ))
    },
    c_create: |kind, name| format!("Create the {kind} {name}."),
    c_listener: |balancer, listener| format!("Add the listener `{listener}` to {balancer}."),
    c_listener_moved: |balancer, port| {
        format!("Change the target groups of the listener on port {port} of {balancer}.")
    },
    c_listener_gone: |balancer, port| format!("Delete the listener on port {port} of {balancer}."),
    c_target: |group, target| format!("Register the target {target} with {group}."),
    c_target_gone: |group, target| format!("Deregister the target {target} from {group}."),
    c_zones: |thing, subnets| format!("Place {thing} in the subnets {subnets}."),
    c_out_of_vpc: |thing| format!("Take {thing} out of its VPC."),
    c_groups: |thing, groups| format!("Give {thing} the security groups {groups}."),
    c_on: |thing, what| format!("Turn on {what} of {thing}."),
    c_off: |thing, what| format!("Turn off {what} of {thing}."),
    c_policy: |endpoint, policy| format!("Set the policy of {endpoint} to `{policy}`."),
    c_accept: |endpoint| format!("Accept the connection of {endpoint}."),
    c_link: |api, balancer| format!("Link {api} to {balancer}."),
    cross_zone: "cross-zone load balancing",
    private_dns: "private DNS",
    dns_support: "DNS support",
    dns_hostnames: "DNS hostnames",
    public_access: "public access",
    ipv6_allowed: "IPv6 traffic",
};

fn eul(word: &str) -> String {
    with(word, Particle::EulReul)
}

fn eun(word: &str) -> String {
    with(word, Particle::EunNeun)
}

fn i(word: &str) -> String {
    with(word, Particle::IGa)
}

fn ro(word: &str) -> String {
    with(word, Particle::EuroRo)
}
