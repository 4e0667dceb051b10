//! What is wrong with a line of words: a route, a rule, a packet, a change.

use crate::{
    i18n::{Words, fault::Said},
    text::particle::settle,
};

/// A word was expected here, and another one (or none) stands there.
pub fn expected(wanted: &str, found: &str) -> Said {
    if found.is_empty() {
        said!("bad-line", "{wanted}이(가) 와야 할 자리가 비어 있습니다", "expected {wanted} here")
    } else {
        said!(
            "bad-line",
            "{wanted} 자리에 `{found}`이(가) 있습니다",
            "expected {wanted}, found `{found}`",
        )
    }
}

/// More words than the line can have.
pub fn left_over(found: &str) -> Said {
    said!("bad-line", "줄 끝에 남는 말이 있습니다: `{found}`", "`{found}` is left over")
}

/// `from` in an outbound rule, or `to` in an inbound one.
pub fn wrong_direction(wanted: &str) -> Said {
    said!(
        "bad-line",
        "이 방향에서는 `{wanted}`을(를) 씁니다",
        "this direction is written with `{wanted}`"
    )
}

/// Not an address block.
pub fn bad_cidr(token: &str, why: crate::net::CidrError) -> Said {
    use crate::net::CidrError as E;
    match why {
        E::NoLength => {
            said!("bad-cidr", "접두사 길이가 없습니다: `{token}`", "`{token}` has no prefix length")
                .help(words!(
                    "주소 하나라면 `{token}/32`처럼 쓰세요",
                    "for one address write `{token}/32`",
                ))
        }
        E::Address => said!(
            "bad-cidr",
            "IP 주소가 아닙니다: `{token}`",
            "`{token}` does not begin with an IP address"
        )
        .help(words!("예: `10.0.0.0/16`", "such as `10.0.0.0/16`")),
        E::Length => said!(
            "bad-cidr",
            "접두사 길이가 범위를 벗어났습니다: `{token}`",
            "the prefix length of `{token}` is out of range",
        )
        .help(words!("IPv4는 /0에서 /32까지입니다", "IPv4 goes from /0 to /32")),
    }
}

/// Not an address.
pub fn bad_address(token: &str) -> Said {
    said!("bad-address", "IP 주소가 아닙니다: `{token}`", "`{token}` is not an IP address")
}

/// IPv6 where only IPv4 works.
pub fn wants_ipv4(address: &str) -> Said {
    said!("bad-address", "IPv4 주소여야 합니다: `{address}`", "`{address}` must be an IPv4 address")
}

/// IPv4 where only IPv6 works.
pub fn wants_ipv6(address: &str) -> Said {
    said!("bad-address", "IPv6 주소여야 합니다: `{address}`", "`{address}` must be an IPv6 address")
}

/// Not a protocol.
pub fn bad_protocol(token: &str) -> Said {
    said!("bad-protocol", "모르는 프로토콜입니다: `{token}`", "unknown protocol `{token}`").help(
        words!(
            "`tcp`, `udp`, `icmp`, 프로토콜 번호, 또는 `all`",
            "`tcp`, `udp`, `icmp`, a protocol number, or `all`",
        ),
    )
}

/// Not a port or range of ports.
pub fn bad_ports(token: &str) -> Said {
    let said = said!("bad-ports", "포트가 아닙니다: `{token}`", "`{token}` is not a port or range");
    if token.contains(',') {
        said.help(words!("포트마다 규칙을 하나씩 쓰세요", "write one rule per port"))
    } else {
        said.help(words!(
            "`443`, `1024-65535`, 또는 `all`; 0에서 65535까지",
            "`443`, `1024-65535` or `all`; from 0 to 65535",
        ))
    }
}

/// No type of ICMP, nor a type with a code.
pub fn bad_icmp(text: &str) -> Said {
    said!(
        "bad-icmp",
        "ICMP 유형이나 유형/코드가 아닙니다: `{text}`",
        "`{text}` is no ICMP type, nor type/code"
    )
    .help(words!(
        "`icmp 8`(유형) 또는 `icmp 3/4`(유형/코드); 0에서 255까지. 모든 ICMP는 `icmp`만 쓰세요",
        "`icmp 8` (a type) or `icmp 3/4` (type/code), each 0 to 255; `icmp` alone is all of it"
    ))
}

/// Ports for a protocol that has none.
pub fn no_ports(protocol: &str) -> Said {
    said!("bad-ports", "{protocol}에는 포트가 없습니다", "{protocol} has no ports")
        .help(words!("포트를 빼세요", "leave the port out"))
}

/// A probe without a port where one is needed.
pub fn needs_port(protocol: &str) -> Said {
    said!(
        "bad-packet",
        "{protocol} 패킷에는 포트가 있어야 합니다",
        "a {protocol} packet needs a port"
    )
    .help(words!("예: `{protocol}/443`", "such as `{protocol}/443`"))
}

/// Network ACLs know addresses only.
pub fn acl_wants_cidr() -> Said {
    said!(
        "bad-line",
        "네트워크 ACL은 보안 그룹을 가리킬 수 없습니다",
        "a network ACL cannot refer to a security group",
    )
    .help(words!(
        "주소 블록을 쓰세요. 예: `10.0.0.0/16`",
        "write an address block such as `10.0.0.0/16`"
    ))
}

/// Not an operation.
pub fn unknown_change(verb: &str) -> Said {
    said!("unknown-change", "모르는 변경입니다: `{verb}`", "unknown change `{verb}`")
}
