//! The wrong machines: what somebody must have believed who predicted otherwise, and what is true.

/// What was believed, and what is true instead: a sentence each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belief {
    /// How the learner saw it.
    pub saw: &'static str,
    /// How it is.
    pub truth: &'static str,
}

/// The words for every misconception.
#[expect(missing_docs, reason = "each field is the misconception of the same name")]
pub struct Beliefs {
    /// Before several that would explain a prediction equally well.
    pub one_of: &'static str,
    pub stateless_group: Belief,
    pub group_on_subnet: Belief,
    pub group_imports_rules: Belief,
    pub members_talk: Belief,
    pub stateful_acl: Belief,
    pub acl_inside_subnet: Belief,
    pub last_acl_entry_wins: Belief,
    pub deny_wins: Belief,
    pub empty_acl_allows: Belief,
    pub no_ephemeral_ports: Belief,
    pub first_route_wins: Belief,
    pub replies_need_no_route: Belief,
    pub no_main_table: Belief,
    pub subnets_are_isolated: Belief,
    pub default_route_carries_ipv6: Belief,
    pub transitive_peering: Belief,
    pub gateway_is_enough: Belief,
    pub public_address_is_enough: Belief,
    pub route_is_enough: Belief,
    pub gateway_is_firewall: Belief,
    pub nat_works_anywhere: Belief,
    pub nat_accepts_inbound: Belief,
    pub targets_see_clients: Belief,
    pub targets_see_balancers: Belief,
    pub balancers_have_no_group: Belief,
    pub targets_need_public_addresses: Belief,
    pub targets_answer_by_route: Belief,
    pub balancers_cross_zones: Belief,
    pub unhealthy_get_nothing: Belief,
    pub endpoint_for_neighbours: Belief,
    pub endpoint_needs_no_group: Belief,
    pub endpoint_needs_route: Belief,
}

/// In Korean.
pub const KO: Beliefs = Beliefs {
    one_of: "다음 가운데 하나로 생각하셨을 수 있습니다.",
    stateless_group: Belief {
        saw: "보안 그룹을 상태 비저장으로 보셨습니다.",
        truth: "보안 그룹은 통과시킨 연결을 기억하므로, 응답은 반대 방향 규칙이 없어도 지나갑니다.",
    },
    group_on_subnet: Belief {
        saw: "보안 그룹이 서브넷에 붙는다고 보셨습니다.",
        truth: "보안 그룹은 네트워크 인터페이스마다 붙으므로, 같은 서브넷의 이웃에게서 온 패킷도 검사합니다.",
    },
    group_imports_rules: Belief {
        saw: "보안 그룹을 참조하면 그 그룹의 규칙까지 가져온다고 보셨습니다.",
        truth: "규칙에 적은 보안 그룹은 그 그룹을 쓰는 인터페이스의 주소를 뜻할 뿐입니다.",
    },
    members_talk: Belief {
        saw: "같은 보안 그룹이면 서로 통한다고 보셨습니다.",
        truth: "같은 그룹이라도 그 그룹에서 오는 트래픽을 허용하는 규칙이 있어야 통합니다.",
    },
    stateful_acl: Belief {
        saw: "네트워크 ACL을 상태 저장으로 보셨습니다.",
        truth: "네트워크 ACL은 아무것도 기억하지 않으므로, 응답도 규칙으로 다시 검사합니다.",
    },
    acl_inside_subnet: Belief {
        saw: "네트워크 ACL이 서브넷 안의 트래픽도 막는다고 보셨습니다.",
        truth: "네트워크 ACL은 서브넷의 경계에서만 검사하고, 같은 서브넷의 이웃 사이에는 서지 않습니다.",
    },
    last_acl_entry_wins: Belief {
        saw: "네트워크 ACL에서 큰 번호가 이긴다고 보셨습니다.",
        truth: "네트워크 ACL은 작은 번호부터 보고, 처음 맞는 항목이 결정합니다.",
    },
    deny_wins: Belief {
        saw: "네트워크 ACL에서 거부가 언제나 이긴다고 보셨습니다.",
        truth: "거부 항목도 차례가 되어야 결정합니다. 먼저 맞은 허용 항목이 있으면 거부는 보지 않습니다.",
    },
    empty_acl_allows: Belief {
        saw: "새 네트워크 ACL이 처음에는 모두 허용한다고 보셨습니다.",
        truth: "직접 만든 네트워크 ACL은 항목을 넣기 전까지 모두 거부합니다.",
    },
    no_ephemeral_ports: Belief {
        saw: "응답도 서비스 포트로 간다고 보셨습니다.",
        truth: "응답은 클라이언트의 임시 포트로 가므로, 네트워크 ACL이 그 포트를 허용해야 합니다.",
    },
    first_route_wins: Belief {
        saw: "위에 있는 경로가 이긴다고 보셨습니다.",
        truth: "라우팅 테이블에서는 순서와 상관없이 가장 구체적인 경로가 이깁니다.",
    },
    replies_need_no_route: Belief {
        saw: "응답은 경로가 없어도 돌아온다고 보셨습니다.",
        truth: "응답도 보내는 쪽 서브넷의 라우팅 테이블에 경로가 있어야 돌아옵니다.",
    },
    no_main_table: Belief {
        saw: "라우팅 테이블을 연결하지 않은 서브넷은 빈 테이블을 쓴다고 보셨습니다.",
        truth: "명시적으로 연결하지 않은 서브넷은 VPC의 기본 라우팅 테이블을 씁니다.",
    },
    subnets_are_isolated: Belief {
        saw: "같은 VPC의 서브넷끼리는 막혀 있다고 보셨습니다.",
        truth: "같은 VPC의 서브넷은 local 경로로 서로 이어져 있습니다.",
    },
    default_route_carries_ipv6: Belief {
        saw: "0.0.0.0/0 경로가 IPv6도 나른다고 보셨습니다.",
        truth: "IPv4와 IPv6의 경로는 따로입니다. IPv6에는 ::/0 경로가 있어야 합니다.",
    },
    transitive_peering: Belief {
        saw: "VPC 피어링이 다른 VPC를 거쳐 이어진다고 보셨습니다.",
        truth: "피어링은 두 VPC만 잇습니다. A-B와 B-C 피어링이 있어도 A와 C는 통하지 않습니다.",
    },
    gateway_is_enough: Belief {
        saw: "인터넷 게이트웨이만 연결하면 인터넷이 된다고 보셨습니다.",
        truth: "게이트웨이로 가는 경로와 퍼블릭 주소까지 있어야 인터넷과 통합니다.",
    },
    public_address_is_enough: Belief {
        saw: "퍼블릭 주소만 있으면 인터넷이 된다고 보셨습니다.",
        truth: "서브넷의 라우팅 테이블에 인터넷 게이트웨이로 가는 경로도 있어야 합니다.",
    },
    route_is_enough: Belief {
        saw: "퍼블릭 서브넷에 있기만 하면 인터넷이 된다고 보셨습니다.",
        truth: "인터넷 게이트웨이는 퍼블릭 주소가 있는 인터페이스의 패킷만 나릅니다.",
    },
    gateway_is_firewall: Belief {
        saw: "인터넷 게이트웨이가 방화벽 노릇을 한다고 보셨습니다.",
        truth: "인터넷 게이트웨이는 아무것도 거르지 않습니다. 들어오는 패킷은 네트워크 ACL과 보안 그룹이 거릅니다.",
    },
    nat_works_anywhere: Belief {
        saw: "NAT 게이트웨이를 어디에 두어도 된다고 보셨습니다.",
        truth: "퍼블릭 NAT 게이트웨이는 인터넷 게이트웨이로 가는 경로가 있는 서브넷에 있어야 합니다.",
    },
    nat_accepts_inbound: Belief {
        saw: "NAT 게이트웨이를 거쳐 안으로 접속할 수 있다고 보셨습니다.",
        truth: "NAT 게이트웨이는 안에서 시작한 연결의 응답만 들여보냅니다.",
    },
    targets_see_clients: Belief {
        saw: "로드 밸런서 뒤의 서버가 언제나 클라이언트의 주소를 본다고 보셨습니다.",
        truth: "Application Load Balancer는 새 연결을 맺으므로 대상은 노드의 프라이빗 주소를 봅니다. 대상의 보안 그룹은 로드 밸런서의 보안 그룹을 허용하면 됩니다.",
    },
    targets_see_balancers: Belief {
        saw: "로드 밸런서 뒤의 서버가 언제나 로드 밸런서의 주소를 본다고 보셨습니다.",
        truth: "Network Load Balancer가 클라이언트 주소를 보존하면 대상은 클라이언트의 주소를 봅니다. 대상의 보안 그룹과 네트워크 ACL이 그 주소를 허용해야 합니다.",
    },
    balancers_have_no_group: Belief {
        saw: "Network Load Balancer에는 보안 그룹이 없다고 보셨습니다.",
        truth: "만들 때 보안 그룹을 지정한 Network Load Balancer는 그 규칙대로 패킷을 막습니다.",
    },
    targets_need_public_addresses: Belief {
        saw: "로드 밸런서 뒤의 서버에도 퍼블릭 주소가 있어야 한다고 보셨습니다.",
        truth: "로드 밸런서는 대상을 프라이빗 주소로 부르므로, 대상에는 퍼블릭 주소가 필요 없습니다.",
    },
    targets_answer_by_route: Belief {
        saw: "대상이 자기 라우팅 테이블대로 클라이언트에게 바로 응답한다고 보셨습니다.",
        truth: "클라이언트 주소가 보존되어도 응답은 로드 밸런서를 거쳐 돌아가므로, 대상에는 인터넷으로 가는 경로가 필요 없습니다.",
    },
    balancers_cross_zones: Belief {
        saw: "로드 밸런서가 언제나 모든 가용 영역의 대상에게 보낸다고 보셨습니다.",
        truth: "Network Load Balancer와 Gateway Load Balancer는 교차 영역 로드 밸런싱을 켜야 다른 영역의 대상에게 보냅니다.",
    },
    unhealthy_get_nothing: Belief {
        saw: "모든 대상이 비정상이면 아무 대상도 요청을 받지 못한다고 보셨습니다.",
        truth: "정상 대상이 하나도 없으면 로드 밸런서는 모든 대상에게 요청을 보냅니다.",
    },
    endpoint_for_neighbours: Belief {
        saw: "게이트웨이 엔드포인트를 피어링한 VPC나 온프레미스에서도 쓸 수 있다고 보셨습니다.",
        truth: "게이트웨이 엔드포인트는 그 VPC 안에서 보낸 트래픽만 받습니다. 밖에서는 인터페이스 엔드포인트를 씁니다.",
    },
    endpoint_needs_no_group: Belief {
        saw: "인터페이스 엔드포인트에는 보안 그룹이 상관없다고 보셨습니다.",
        truth: "인터페이스 엔드포인트의 네트워크 인터페이스에도 보안 그룹이 붙고, 그 규칙이 클라이언트를 허용해야 합니다.",
    },
    endpoint_needs_route: Belief {
        saw: "인터페이스 엔드포인트로 가는 경로를 라우팅 테이블에 따로 넣어야 한다고 보셨습니다.",
        truth: "인터페이스 엔드포인트는 서브넷 안에 주소를 가지므로 local 경로로 닿습니다. 경로를 넣는 것은 게이트웨이 엔드포인트입니다.",
    },
};

/// In English.
pub const EN: Beliefs = Beliefs {
    one_of: "You may have had one of these in mind:",
    stateless_group: Belief {
        saw: "You treated the security group as stateless.",
        truth: "A security group remembers the connections it let pass: answers need no rule.",
    },
    group_on_subnet: Belief {
        saw: "You put the security group on the subnet.",
        truth: "A security group guards each network interface, also against neighbours in its subnet.",
    },
    group_imports_rules: Belief {
        saw: "You took over the rules of the security group that a rule names.",
        truth: "A rule that names a group means the addresses of its members, and nothing else.",
    },
    members_talk: Belief {
        saw: "You let members of one security group reach each other without a rule.",
        truth: "Even members of one group need a rule that lets the group in.",
    },
    stateful_acl: Belief {
        saw: "You treated the network ACL as stateful.",
        truth: "A network ACL remembers nothing: it checks answers like any other packet.",
    },
    acl_inside_subnet: Belief {
        saw: "You put the network ACL between neighbours of one subnet.",
        truth: "A network ACL stands at the subnet's edge only.",
    },
    last_acl_entry_wins: Belief {
        saw: "You let the highest number decide in the network ACL.",
        truth: "A network ACL goes from the lowest number, and the first entry that matches decides.",
    },
    deny_wins: Belief {
        saw: "You let a deny in the network ACL beat every allow.",
        truth: "A deny decides in its turn only: an allow with a lower number comes first.",
    },
    empty_acl_allows: Belief {
        saw: "You took a new network ACL to let everything pass.",
        truth: "A network ACL that you make denies everything until it gets entries.",
    },
    no_ephemeral_ports: Belief {
        saw: "You left the ephemeral ports out.",
        truth: "An answer goes to the client's ephemeral port, which the network ACLs on its way must allow.",
    },
    first_route_wins: Belief {
        saw: "You took the first route that matches.",
        truth: "The most specific route wins, wherever it stands in the table.",
    },
    replies_need_no_route: Belief {
        saw: "You let the answer find its way back by itself.",
        truth: "An answer needs a route too, in the table of the subnet that sends it.",
    },
    no_main_table: Belief {
        saw: "You gave the subnet without a route table of its own no routes.",
        truth: "A subnet without an association uses the main route table of its VPC.",
    },
    subnets_are_isolated: Belief {
        saw: "You took the subnets of one VPC to be cut off from each other.",
        truth: "The local route joins all subnets of a VPC.",
    },
    default_route_carries_ipv6: Belief {
        saw: "You let 0.0.0.0/0 carry IPv6.",
        truth: "Routes for IPv4 and IPv6 are separate: IPv6 needs a route for ::/0.",
    },
    transitive_peering: Belief {
        saw: "You let VPC peering pass through a third VPC.",
        truth: "A peering joins two VPCs and no more: A to B and B to C do not join A and C.",
    },
    gateway_is_enough: Belief {
        saw: "You took an attached internet gateway to be enough.",
        truth: "Besides the gateway it takes a route to it and a public address.",
    },
    public_address_is_enough: Belief {
        saw: "You took a public address to be enough.",
        truth: "The subnet's route table needs a route to the internet gateway, too.",
    },
    route_is_enough: Belief {
        saw: "You took a place in a public subnet to be enough.",
        truth: "The internet gateway carries only interfaces that have a public address.",
    },
    gateway_is_firewall: Belief {
        saw: "You took the internet gateway for a firewall.",
        truth: "An internet gateway filters nothing: network ACLs and security groups do.",
    },
    nat_works_anywhere: Belief {
        saw: "You let the NAT gateway work wherever it stands.",
        truth: "A public NAT gateway needs a subnet with a route to the internet gateway.",
    },
    nat_accepts_inbound: Belief {
        saw: "You let somebody in through the NAT gateway.",
        truth: "A NAT gateway lets in only answers to what was sent out through it.",
    },
    targets_see_clients: Belief {
        saw: "You took it that servers behind a load balancer always see the client's address.",
        truth: "An Application Load Balancer opens a connection of its own, so its targets see a node's private address; their group has to admit the load balancer's group.",
    },
    targets_see_balancers: Belief {
        saw: "You took it that servers behind a load balancer always see the load balancer's address.",
        truth: "Where a Network Load Balancer keeps the client's address, targets see the client, and their groups and lists have to admit it.",
    },
    balancers_have_no_group: Belief {
        saw: "You took it that a Network Load Balancer has no security group.",
        truth: "One that was made with security groups keeps out what their rules do not admit.",
    },
    targets_need_public_addresses: Belief {
        saw: "You took it that servers behind a load balancer need public addresses.",
        truth: "A load balancer reaches its targets by their private addresses; they need no public ones.",
    },
    targets_answer_by_route: Belief {
        saw: "You took it that a target answers the client by its own routes.",
        truth: "Even where the client's address is kept, answers go back through the load balancer, so a target needs no route to the internet.",
    },
    balancers_cross_zones: Belief {
        saw: "You took it that a load balancer always sends to the targets of every zone.",
        truth: "Network and Gateway Load Balancers send to other zones only with cross-zone load balancing turned on.",
    },
    unhealthy_get_nothing: Belief {
        saw: "You took it that nobody gets a request when every target is unhealthy.",
        truth: "When no target is healthy, the load balancer sends to all of them.",
    },
    endpoint_for_neighbours: Belief {
        saw: "You took it that a gateway endpoint can be used from a peered VPC or from on premises.",
        truth: "A gateway endpoint takes only what is sent inside its own VPC; from elsewhere one uses an interface endpoint.",
    },
    endpoint_needs_no_group: Belief {
        saw: "You took it that security groups do not matter for an interface endpoint.",
        truth: "Its network interfaces carry security groups, and their rules have to admit the client.",
    },
    endpoint_needs_route: Belief {
        saw: "You took it that an interface endpoint needs a route of its own in the route table.",
        truth: "It has an address in a subnet, so the local route leads there; it is the gateway endpoint that puts routes into tables.",
    },
};
