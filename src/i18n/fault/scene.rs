//! What is wrong with the network of a scene.

use crate::{
    i18n::{
        Words,
        fault::{Pair, Said},
    },
    text::particle::settle,
};

/// A scene without a VPC or host.
pub fn empty_scene() -> Said {
    said!("empty-scene", "장면에 VPC가 없습니다", "the scene has no VPC").help(words!(
        "`[vpc.main]`과 `cidr = \"10.0.0.0/16\"`을 적으세요",
        "write `[vpc.main]` with `cidr = \"10.0.0.0/16\"`",
    ))
}

/// Nothing of this kind has this name.
pub fn unknown_object(kind: Pair, name: &str) -> Said {
    let (ko, en) = kind;
    said!(
        "unknown-object",
        "`{name}`(이)라는 {ko}이(가) 없습니다",
        "there is no {en} called `{name}`"
    )
}

/// Several things have this name.
pub fn ambiguous(name: &str, ways: &str) -> Said {
    said!(
        "ambiguous",
        "여러 개를 가리키는 이름입니다: `{name}`",
        "`{name}` could be several things"
    )
    .help(words!("종류를 앞에 붙이세요: {ways}", "say which kind: {ways}"))
}

/// `NAME.public` without a public address.
pub fn no_such_end(name: &str) -> Said {
    said!(
        "unknown-object",
        "`{name}`(이)라는 인스턴스나 호스트가 없습니다",
        "no instance or host is called `{name}`",
    )
    .help(words!(
        "인스턴스 이름, 호스트 이름, `internet`, 또는 주소를 쓰세요",
        "use the name of an instance or host, `internet`, or an address",
    ))
}

/// The scene has no packet of this name.
pub fn unknown_packet(name: &str) -> Said {
    said!(
        "unknown-packet",
        "이 장면에 없는 패킷입니다: `{name}`",
        "the scene has no packet `{name}`"
    )
}

/// There are several VPCs, so one must be named.
pub fn which_vpc() -> Said {
    said!(
        "missing-vpc",
        "VPC가 하나가 아니므로 `vpc`를 적어야 합니다",
        "there is not exactly one VPC, so `vpc` must say which",
    )
}

/// AWS would refuse to make this.
pub fn refused(code: &str, why: &Words) -> Said {
    let Words { ko, en } = why;
    if ko.is_empty() {
        said!("refused", "AWS가 거부합니다 ({code})", "AWS refuses this ({code})")
    } else {
        said!("refused", "AWS가 거부합니다 ({code}): {ko}", "AWS refuses this ({code}): {en}")
    }
}

/// How a scene says that an account may have more.
pub fn raise_quota(key: &str) -> Words {
    words!(
        "한도를 늘린 계정이라면 `[quotas]` 아래에 `{key} = ...`처럼 적으세요",
        "for an account that was granted more, write `{key} = ...` under `[quotas]`"
    )
}

/// More addresses are written than there are interfaces.
pub fn address_too_many(count: usize) -> Said {
    said!(
        "bad-value",
        "주소가 서브넷보다 많습니다: 서브넷은 {count}개입니다",
        "more addresses than subnets: there are {count} subnets"
    )
}

/// A public address that something else has.
pub fn public_taken(address: &str) -> Said {
    said!(
        "bad-value",
        "공인 주소 `{address}`은(는) 다른 인터페이스가 쓰고 있습니다",
        "another interface has the public address `{address}`"
    )
}

/// An attachment of a transit gateway to several things.
pub fn one_attachment() -> Said {
    said!("bad-value", "연결은 하나의 대상만 가집니다", "an attachment leads to one thing").help(
        words!(
            "`vpc`, `peer`, `direct_connect`, `connect` 중 하나만 씁니다",
            "write one of `vpc`, `peer`, `direct_connect` and `connect`"
        ),
    )
}

/// Tunnels of a VPN connection that are not two.
pub fn two_tunnels() -> Said {
    said!("bad-value", "VPN 연결에는 터널이 둘 있습니다", "a VPN connection has two tunnels")
        .help(words!("예: `tunnels = [\"up\", \"down\"]`", "as in `tunnels = [\"up\", \"down\"]`"))
}

/// A route table with the name of the table that comes with the VPC.
pub fn name_of_main(name: &str) -> Said {
    said!(
        "duplicate-name",
        "`{name}`은(는) VPC와 함께 생기는 기본 라우팅 테이블의 이름입니다",
        "`{name}` is the main route table that comes with the VPC",
    )
    .help(words!(
        "그 테이블을 고치려면 `main = true`를 적으세요",
        "to fill that one, write `main = true`"
    ))
}

/// A subnet with routes of its own and a table of another name.
pub fn routes_and_table() -> Said {
    said!(
        "both-keys",
        "`routes`와 `route_table`을 함께 쓸 수 없습니다",
        "`routes` and `route_table` exclude each other",
    )
    .help(words!(
        "경로를 `[route_table.이름]`에 적거나 `route_table`을 지우세요",
        "put the routes into `[route_table.NAME]`, or leave `route_table` out",
    ))
}

/// A key of the other kind of NAT gateway.
pub fn key_of_other_nat(regional: bool) -> Said {
    if regional {
        said!(
            "key-of-other-nat",
            "리전 NAT 게이트웨이에는 이 키를 쓸 수 없습니다",
            "a regional NAT gateway has no such key",
        )
        .help(words!(
            "`vpc`, `zones`, `routes`를 쓰거나 `regional = true`를 지우세요",
            "use `vpc`, `zones` and `routes`, or leave `regional = true` out",
        ))
    } else {
        said!(
            "key-of-other-nat",
            "이 키는 리전 NAT 게이트웨이에만 있습니다",
            "only a regional NAT gateway has this key",
        )
        .help(words!(
            "`regional = true`를 쓰거나 이 키를 지우세요",
            "add `regional = true`, or leave the key out"
        ))
    }
}

/// `guards_private_link` of a load balancer that is no Network Load Balancer.
pub fn guards_private_link() -> Said {
    said!(
        "key-of-other-balancer",
        "이 키는 네트워크 로드 밸런서에만 쓸 수 있습니다",
        "only a Network Load Balancer has this key",
    )
    .help(words!(
        "PrivateLink로 내놓을 수 있고 보안 그룹이 있는 것은 NLB뿐입니다. `type = \"network\"`를 쓰거나 이 키를 지우세요",
        "it alone has security groups and can be offered over PrivateLink: write `type = \"network\"`, or leave the key out",
    ))
}

/// A VPC with both spellings.
pub fn cidr_and_cidrs() -> Said {
    said!(
        "both-keys",
        "`cidr`와 `cidrs`를 함께 쓸 수 없습니다",
        "`cidr` and `cidrs` exclude each other"
    )
}

/// Two kinds of public address at once.
pub fn public_and_elastic() -> Said {
    said!(
        "both-keys",
        "`public_ip`와 `elastic_ip`를 함께 쓸 수 없습니다",
        "`public_ip` and `elastic_ip` exclude each other",
    )
}

/// A second route for the same destination.
pub fn route_taken(destination: &str) -> Said {
    said!(
        "route-taken",
        "`{destination}` 경로가 이미 있습니다",
        "there is a route for `{destination}` already",
    )
}

/// `listens` with something that is not TCP or UDP.
pub fn listens_to(protocol: &str) -> Said {
    said!(
        "bad-line",
        "`{protocol}`에는 열어 둘 포트가 없습니다",
        "nothing can listen on `{protocol}`",
    )
    .help(words!("예: `tcp 443`, `udp 53`", "such as `tcp 443` or `udp 53`"))
}
