//! What is wrong with a pack or scene, for its author. Both languages stand side by side: a fault
//! carries both, so that a report can be shown in either without reading the files again.

use crate::{i18n::Words, text::particle::settle};

/// The words of one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which rule is broken, for machines. Stable.
    pub rule: &'static str,
    /// What is wrong, in one sentence.
    pub message: Words,
    /// What would be right.
    pub help: Option<Words>,
}

impl Said {
    /// Adds what would be right.
    #[must_use]
    pub fn help(mut self, help: Words) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds the name that was probably meant, when there is one, and nothing better is said.
    #[must_use]
    pub fn did_you_mean(self, name: Option<&str>) -> Self {
        match name {
            Some(name) if self.help.is_none() => self.help(Words {
                ko: settle(&format!("혹시 `{name}`입니까?")),
                en: format!("did you mean `{name}`?"),
            }),
            _ => self,
        }
    }
}

/// Fills in both languages; particles such as `이(가)` are settled afterwards.
macro_rules! words {
    ($ko:literal, $en:literal $(,)?) => {
        Words { ko: settle(&format!($ko)), en: format!($en) }
    };
}

/// The words of one fault: rule, Korean, English.
macro_rules! said {
    ($rule:literal, $ko:literal, $en:literal $(,)?) => {
        Said { rule: $rule, message: words!($ko, $en), help: None }
    };
}

/// Words for the same thing in both languages: `(Korean, English)`.
pub type Pair = (&'static str, &'static str);

// ── files ──────────────────────────────────────────────────────────────────────────────────────

/// The file is not TOML.
pub fn syntax(detail: &str) -> Said {
    let ko = match detail {
        d if d.starts_with("duplicate key") => "같은 키가 두 번 나옵니다",
        d if d.starts_with("string values must be quoted") => "문자열은 따옴표로 감싸야 합니다",
        d if d.starts_with("invalid basic string") => "문자열의 따옴표가 닫히지 않았습니다",
        d if d.starts_with("unclosed array") => "배열의 `]`가 없습니다",
        d if d.starts_with("unclosed table") || d.starts_with("unclosed inline table") => {
            "표의 닫는 괄호가 없습니다"
        }
        d if d.starts_with("missing comma") => "값 사이에 쉼표가 없습니다",
        d if d.starts_with("key with no value") || d.starts_with("missing value") => {
            "키에 값이 없습니다"
        }
        _ => "TOML 문법에 맞지 않습니다",
    };
    let said = said!("syntax", "{ko} ({detail})", "this is not valid TOML: {detail}");
    if detail.starts_with("invalid unquoted key") {
        return said.help(words!(
            "영문자, 숫자, `-`, `_`가 아닌 글자가 있는 키는 따옴표로 감싸세요",
            "put quotes around keys with letters beyond `a` to `z`, digits, `-` and `_`",
        ));
    }
    said
}

/// A key that nobody reads.
pub fn unknown_key(key: &str, known: &str) -> Said {
    said!("unknown-key", "모르는 키입니다: `{key}`", "unknown key `{key}`")
        .help(words!("쓸 수 있는 키: {known}", "known keys: {known}"))
}

/// A key that nobody reads, but one is near.
pub fn misspelt_key(key: &str, near: &str) -> Said {
    said!("unknown-key", "모르는 키입니다: `{key}`", "unknown key `{key}`").did_you_mean(Some(near))
}

/// A key that must be there.
pub fn missing_key(key: &str) -> Said {
    said!("missing-key", "`{key}` 키가 없습니다", "the key `{key}` is missing")
}

/// The value is of another kind.
pub fn wrong_type(wanted: Pair, found: Pair) -> Said {
    let ((wanted_ko, wanted_en), (found_ko, found_en)) = (wanted, found);
    said!(
        "wrong-type",
        "여기에는 {wanted_ko} 값이 와야 하는데 {found_ko} 값이 있습니다",
        "expected {wanted_en}, found {found_en}",
    )
}

/// A number outside its range.
pub fn out_of_range(low: i64, high: i64) -> Said {
    said!(
        "out-of-range",
        "{low} 이상 {high} 이하의 정수여야 합니다",
        "must be a whole number from {low} to {high}",
    )
}

/// Text that a terminal would obey, or that hides.
pub fn control_character(code: u32) -> Said {
    said!(
        "control-character",
        "제어 문자 U+{code:04X}가 들어 있습니다",
        "contains the control character U+{code:04X}",
    )
    .help(words!(
        "지우세요. 화면에는 나오지 않습니다",
        "remove it; it would never reach the screen",
    ))
}

/// A name with letters that names may not have.
pub fn bad_name(name: &str) -> Said {
    said!("bad-name", "쓸 수 없는 이름입니다: `{name}`", "`{name}` cannot be a name").help(words!(
        "글자, 숫자, `-`, `_`만 쓸 수 있습니다",
        "names are made of letters, digits, `-` and `_`",
    ))
}

/// A name with a meaning of its own.
pub fn reserved_name(name: &str) -> Said {
    said!(
        "bad-name",
        "`{name}`에는 이미 정해진 뜻이 있어서 이름으로 쓸 수 없습니다",
        "`{name}` has a meaning of its own and cannot be a name",
    )
}

/// Two things with one name.
pub fn duplicate_name(name: &str) -> Said {
    said!("duplicate-name", "같은 이름이 이미 있습니다: `{name}`", "`{name}` is already taken")
}

// ── scenes ─────────────────────────────────────────────────────────────────────────────────────

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

/// There are several VPCs, so one must be named.
pub fn which_vpc() -> Said {
    said!(
        "missing-vpc",
        "VPC가 하나가 아니므로 `vpc`를 적어야 합니다",
        "there is not exactly one VPC, so `vpc` must say which",
    )
}

/// A scene without a VPC or host.
pub fn empty_scene() -> Said {
    said!("empty-scene", "장면에 VPC가 없습니다", "the scene has no VPC").help(words!(
        "`[vpc.main]`과 `cidr = \"10.0.0.0/16\"`을 적으세요",
        "write `[vpc.main]` with `cidr = \"10.0.0.0/16\"`",
    ))
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

/// Ports for a protocol that has none.
pub fn no_ports(protocol: &str) -> Said {
    said!("bad-ports", "{protocol}에는 포트가 없습니다", "{protocol} has no ports")
        .help(words!("포트를 빼세요", "leave the port out"))
}

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

/// An unknown value where one of a few is wanted.
pub fn one_of(found: &str, known: &str) -> Said {
    said!("bad-value", "쓸 수 없는 값입니다: `{found}`", "`{found}` is not a value for this")
        .help(words!("쓸 수 있는 값: {known}", "one of: {known}"))
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

// ── words ──────────────────────────────────────────────────────────────────────────────────────

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

/// One language has no text.
pub fn missing_words(lang: &str) -> Said {
    said!("missing-words", "`{lang}` 글이 없습니다", "the `{lang}` text is missing")
        .help(words!("두 언어를 나란히 적으세요", "write both languages side by side"))
}

/// One language has only an empty text.
pub fn empty_words(lang: &str) -> Said {
    said!("empty-words", "`{lang}` 글이 비어 있습니다", "the `{lang}` text is empty")
        .help(words!("두 언어를 나란히 적으세요", "write both languages side by side"))
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

// ── more about scenes ──────────────────────────────────────────────────────────────────────────

/// The scene has no packet of this name.
pub fn unknown_packet(name: &str) -> Said {
    said!(
        "unknown-packet",
        "이 장면에 없는 패킷입니다: `{name}`",
        "the scene has no packet `{name}`"
    )
}

/// IPv6 where only IPv4 works.
pub fn wants_ipv4(address: &str) -> Said {
    said!("bad-address", "IPv4 주소여야 합니다: `{address}`", "`{address}` must be an IPv4 address")
}

/// IPv4 where only IPv6 works.
pub fn wants_ipv6(address: &str) -> Said {
    said!("bad-address", "IPv6 주소여야 합니다: `{address}`", "`{address}` must be an IPv6 address")
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

// ── packs ──────────────────────────────────────────────────────────────────────────────────────

/// The system will not give the file.
pub fn unreadable(why: &str) -> Said {
    said!("unreadable", "읽을 수 없습니다: {why}", "cannot be read: {why}")
}

/// The file is not UTF-8.
pub fn not_utf8(line: usize) -> Said {
    said!(
        "not-utf8",
        "UTF-8 텍스트가 아닙니다 ({line}번째 줄부터)",
        "is not UTF-8 text (from line {line} on)",
    )
}

/// The file is too large for a lesson's.
pub fn too_large(kib: u64) -> Said {
    said!("too-large", "파일이 너무 큽니다 (최대 {kib} KiB)", "is too large (at most {kib} KiB)")
}

/// Folders within folders.
pub fn too_deep(depth: usize) -> Said {
    said!("too-deep", "폴더가 {depth}단계보다 깊습니다", "folders are nested deeper than {depth}")
}

/// A file that every pack or lesson has.
pub fn missing_file(file: &str) -> Said {
    said!("missing-file", "`{file}` 파일이 없습니다", "the file `{file}` is missing")
}

/// A folder that is listed but not there.
pub fn no_such_folder(folder: &str, file: &str) -> Said {
    said!(
        "missing-folder",
        "`{folder}` 폴더에 `{file}` 파일이 없습니다",
        "there is no folder `{folder}` with a `{file}`",
    )
}

/// A format from the future.
pub fn unknown_format(format: i64) -> Said {
    said!("unknown-format", "모르는 팩 형식입니다: {format}", "unknown pack format {format}")
        .help(words!("이 프로그램은 형식 1을 읽습니다", "this program reads format 1"))
}

/// No lesson of this name.
pub fn unknown_lesson(id: &str) -> Said {
    said!("unknown-lesson", "이런 레슨은 없습니다: `{id}`", "there is no lesson `{id}`")
}

/// No scene of this name.
pub fn unknown_scene(name: &str) -> Said {
    said!("unknown-scene", "이런 장면은 없습니다: `{name}`", "there is no scene `{name}`")
}

/// A link that leads nowhere.
pub fn bad_link(link: &str) -> Said {
    said!("bad-link", "쓸 수 없는 링크입니다: `{link}`", "`{link}` is not a link for lessons").help(
        words!(
            "`https://...`, `term:용어`, `lesson:레슨`만 쓸 수 있습니다",
            "use `https://...`, `term:TERM` or `lesson:LESSON`",
        ),
    )
}

// ── references ─────────────────────────────────────────────────────────────────────────────────

/// Something between `{{` and `}}` that is no reference.
pub fn unknown_reference(word: &str, known: &str) -> Said {
    said!("unknown-reference", "모르는 참조입니다: `{word}`", "unknown reference `{word}`")
        .help(words!("쓸 수 있는 참조: {known}", "known references: {known}"))
}

/// `{{` without `}}` on its line.
pub fn open_reference() -> Said {
    said!(
        "open-reference",
        "`{{{{`를 닫는 `}}}}`가 같은 줄에 없습니다",
        "`{{{{` has no `}}}}` on its line",
    )
}

/// Not a particle.
pub fn unknown_particle(word: &str, known: &str) -> Said {
    said!("unknown-reference", "모르는 조사입니다: `{word}`", "unknown particle `{word}`")
        .help(words!("쓸 수 있는 조사: {known}", "known particles: {known}"))
}

/// A particle in an English text.
pub fn korean_only() -> Said {
    said!(
        "unknown-reference",
        "조사는 한국어 글에만 씁니다",
        "particles are for the Korean text only",
    )
}

/// No lab of this name.
pub fn unknown_lab(id: &str) -> Said {
    said!("unknown-lab", "이런 실습은 없습니다: `{id}`", "there is no lab `{id}`")
}

/// The code or place of a drop that does not happen.
pub fn not_dropped() -> Said {
    said!(
        "stale-reference",
        "이 패킷은 버려지지 않으므로 이유도 위치도 없습니다",
        "this packet is not dropped, so there is no reason and no place",
    )
}

/// A zone in which the scene has nothing.
pub fn unknown_zone(zone: &str) -> Said {
    said!(
        "unknown-object",
        "이 장면의 서브넷 가운데 가용 영역 `{zone}`에 있는 것이 없습니다",
        "no subnet of the scene is in the Availability Zone `{zone}`",
    )
}

/// A goal that is reached before anything was done.
pub fn true_at_start(number: usize) -> Said {
    said!(
        "true-at-start",
        "{number}번째 목표는 시작할 때 이미 이루어져 있습니다",
        "goal {number} holds at the start already",
    )
    .help(words!(
        "지켜야 하는 상태라면 `keeps = true`를 적으세요",
        "if it is something to be kept, write `keeps = true`",
    ))
}

/// A goal that is to be kept, and does not hold.
pub fn not_kept(number: usize) -> Said {
    said!(
        "true-at-start",
        "{number}번째 목표는 `keeps`인데 시작할 때 이루어져 있지 않습니다",
        "goal {number} says `keeps`, but does not hold at the start",
    )
    .help(words!("`keeps`를 지우거나 시작 장면을 고치세요", "take `keeps` away, or mend the scene"))
}

/// The rule of a place where nothing decided.
pub fn nothing_decided() -> Said {
    said!(
        "stale-reference",
        "이 패킷은 그곳을 지나지 않거나, 그곳에서 아무것도 정해지지 않습니다",
        "this packet does not come there, or nothing decides about it there",
    )
}

/// What a receiver saw of a packet that never arrived.
pub fn never_received() -> Said {
    said!(
        "stale-reference",
        "이 패킷은 도착하지 않으므로 받는 쪽이 본 것이 없습니다",
        "this packet never arrives, so nobody sees its source",
    )
}

/// The public address of something without one.
pub fn no_public_address(name: &str) -> Said {
    said!(
        "stale-reference",
        "`{name}`에는 퍼블릭 주소가 없습니다",
        "`{name}` has no public address",
    )
}

/// A route for an address that the table does not know.
pub fn no_route(address: &str) -> Said {
    said!(
        "stale-reference",
        "이 테이블에는 `{address}`(으)로 가는 경로가 없습니다",
        "the table has no route for `{address}`",
    )
}

// ── prose ──────────────────────────────────────────────────────────────────────────────────────

/// A run of stars that neither opens nor closes anything.
pub fn open_emphasis(stars: &str) -> Said {
    said!(
        "open-emphasis",
        "강조가 닫히지 않았습니다: `{stars}`",
        "emphasis that did not close: `{stars}`"
    )
    .help(words!(
        "별표 자체를 쓰려면 `\\*` 또는 백틱을 쓰세요",
        "for a star as such write `\\*`, or use backticks",
    ))
}

/// Prose before the first `##`.
pub fn before_first_page() -> Said {
    said!(
        "before-first-page",
        "첫 `##` 제목보다 앞에 글이 있습니다",
        "this stands before the first `##` heading, so it is on no page",
    )
}

/// A lesson without a `##`.
pub fn no_pages() -> Said {
    said!(
        "no-pages",
        "`##` 제목이 없어서 페이지가 없습니다",
        "there is no `##` heading, so there is no page"
    )
}

/// A `#` that is not the first line.
pub fn second_title() -> Said {
    said!(
        "second-title",
        "`#` 제목은 맨 앞에 한 번만 씁니다",
        "only the first line may be a `#` heading"
    )
    .help(words!("페이지는 `##`로 시작하세요", "begin pages with `##`"))
}

/// A `##` without text.
pub fn untitled_page() -> Said {
    said!("untitled-page", "페이지 제목이 비어 있습니다", "the page has no title")
}

/// A page inside a quotation or list.
pub fn nested_heading() -> Said {
    said!(
        "nested-heading",
        "인용이나 목록 안에서는 `#`와 `##` 제목을 쓸 수 없습니다",
        "a `#` or `##` heading cannot stand inside a quotation or list",
    )
}

/// HTML.
pub fn html() -> Said {
    said!("html", "HTML은 화면에 나오지 않습니다", "HTML is not shown").help(words!(
        "꺾쇠 자체를 쓰려면 백틱으로 감싸세요",
        "for angle brackets as such use backticks",
    ))
}

/// A picture.
pub fn image() -> Said {
    said!("image", "그림은 화면에 나오지 않습니다", "pictures are not shown")
        .help(words!("`scene` 블록을 쓰세요", "use a `scene` block"))
}

/// A misspelt live block.
pub fn unknown_live(word: &str) -> Said {
    said!("unknown-live", "모르는 블록입니다: `{word}`", "unknown block `{word}`")
}

/// `scene` without a name.
pub fn live_without_name(word: &str) -> Said {
    said!(
        "live-without-name",
        "`{word}` 뒤에는 이름이 하나 와야 합니다",
        "`{word}` needs exactly one name behind it",
    )
}

/// Text inside a `question` block.
pub fn live_takes_no_body() -> Said {
    said!("live-body", "이 블록은 비어 있어야 합니다", "this block must be empty")
}

/// A live piece inside a list or quotation.
pub fn nested_live() -> Said {
    said!(
        "nested-live",
        "인용이나 목록 안에는 둘 수 없는 블록입니다",
        "this block cannot stand inside a quotation or list",
    )
}

/// `> [!SOMETHING]`.
pub fn unknown_callout(name: &str, known: &str) -> Said {
    said!("unknown-callout", "모르는 상자입니다: `[!{name}]`", "unknown callout `[!{name}]`")
        .help(words!("쓸 수 있는 상자: {known}", "one of: {known}"))
}

// ── labs ───────────────────────────────────────────────────────────────────────────────────────

/// Not an operation.
pub fn unknown_change(verb: &str) -> Said {
    said!("unknown-change", "모르는 변경입니다: `{verb}`", "unknown change `{verb}`")
}

/// A check of a goal without `= delivered`.
pub fn goal_without_verdict() -> Said {
    said!(
        "bad-goal",
        "`패킷 = 결과` 또는 `sent 패킷`으로 써야 합니다",
        "write `PACKET = VERDICT` or `sent PACKET`",
    )
    .help(words!(
        "결과: `delivered`, `refused`, `dropped`, `dropped 코드`",
        "verdicts: `delivered`, `refused`, `dropped`, `dropped CODE`",
    ))
}

/// Not an explanation code.
pub fn unknown_code(code: &str) -> Said {
    said!("unknown-code", "모르는 설명 코드입니다: `{code}`", "unknown explanation code `{code}`")
}

// ── questions ──────────────────────────────────────────────────────────────────────────────────

/// A wrong option that does not say why.
pub fn missing_why() -> Said {
    said!("missing-why", "이 선택지에 `why`가 없습니다", "this option has no `why`").help(words!(
        "이 답을 고른 사람이 무엇을 잘못 알았는지 쓰세요",
        "say what the learner who picks it has got wrong",
    ))
}

/// No option is right.
pub fn no_right_option() -> Said {
    said!("right-options", "맞는 선택지가 없습니다", "no option is right")
        .help(words!("하나에 `right = true`를 적으세요", "write `right = true` in one"))
}

/// Two are right where one may be.
pub fn second_right_option() -> Said {
    said!(
        "right-options",
        "맞는 선택지가 둘 이상입니다",
        "a `single` question has more than one right option",
    )
    .help(words!("`kind = \"multiple\"`인지 보세요", "or is it `kind = \"multiple\"`?"))
}

/// A choice of one.
pub fn too_few_options(count: usize) -> Said {
    said!(
        "too-few-options",
        "선택지가 {count}개뿐입니다",
        "a choice needs at least two options, this has {count}",
    )
}

/// Too little or too much to arrange.
pub fn item_count(count: usize) -> Said {
    said!("item-count", "늘어놓을 것이 {count}개입니다", "there are {count} items to arrange",)
        .help(words!("3개부터 9개까지 두세요", "give 3 to 9"))
}

/// Too few or too many partners.
pub fn partner_count(count: usize) -> Said {
    said!("item-count", "짝이 될 것이 {count}개입니다", "there are {count} partners")
        .help(words!("2개부터 9개까지 두세요", "give 2 to 9"))
}

/// Everything has the same place.
pub fn no_order() -> Said {
    said!("no-order", "정해진 순서가 없습니다", "there is no order among these")
}

/// Everything has the same partner.
pub fn one_partner_for_all() -> Said {
    said!("one-partner", "모든 항목의 짝이 같습니다", "all items have the same partner")
        .help(words!("짝이 둘 이상 쓰이게 하세요", "let at least two partners be used"))
}

/// An item without its `why`.
pub fn missing_item_why() -> Said {
    said!("missing-why", "이 항목에 `why`가 없습니다", "this item has no `why`").help(words!(
        "잘못 놓은 사람에게 왜 여기인지 알려 주세요",
        "tell whoever puts it elsewhere why it belongs here",
    ))
}

/// `rank` where the simulator says the order.
pub fn order_is_computed() -> Said {
    said!(
        "order-computed",
        "순서는 `by`가 계산하므로 `rank`를 적지 않습니다",
        "`by` computes the order, so there is no `rank`",
    )
}

/// `at` where nothing is computed.
pub fn at_without_by() -> Said {
    said!(
        "order-computed",
        "`at`은 순서를 계산하는 `by`와 함께 씁니다",
        "`at` belongs to an order that `by` computes",
    )
    .help(words!(
        "`by = \"hops SCENE PACKET\"`을 더하거나 `at`을 지우세요",
        "add `by = \"hops SCENE PACKET\"`, or take `at` away",
    ))
}

/// An item that the computed order does not have.
pub fn not_in_order(name: &str, known: &str) -> Said {
    said!("unknown-item", "계산한 순서에 없습니다: `{name}`", "the computed order has no `{name}`",)
        .help(words!("있는 것: {known}", "it has {known}"))
}

/// A partner that nobody wrote down.
pub fn unknown_partner(name: &str) -> Said {
    said!("unknown-item", "없는 짝입니다: `{name}`", "there is no partner `{name}`")
}

/// Neither or both of `with` and `gives`.
pub fn with_or_gives() -> Said {
    said!(
        "missing-key",
        "`with`와 `gives` 가운데 하나가 있어야 합니다",
        "an item has either `with` or `gives`",
    )
    .help(words!(
        "`with`는 짝의 id, `gives`는 시뮬레이터가 계산할 `{{{{...}}}}`입니다",
        "`with` is a partner's id; `gives` is a `{{{{...}}}}` that the simulator computes",
    ))
}

/// `gives` without one reference.
pub fn gives_nothing() -> Said {
    said!(
        "wrong-type",
        "`gives`에는 `{{{{...}}}}`가 하나 있어야 합니다",
        "`gives` takes one `{{{{...}}}}`",
    )
}

/// The simulator says otherwise.
pub fn key_contradicted(holds: bool) -> Said {
    let (ko, en) = if holds { ("맞습니다", "true") } else { ("틀립니다", "false") };
    said!(
        "key-contradicted",
        "정답과 시뮬레이터가 어긋납니다: 이 말은 {ko}",
        "the simulator contradicts the key: this is {en}",
    )
}

/// The simulator computes another number.
pub fn key_is_not(number: &str) -> Said {
    said!(
        "key-contradicted",
        "정답과 시뮬레이터가 어긋납니다: 계산한 값은 {number}",
        "the simulator contradicts the key: it computes {number}",
    )
}

/// A reference that gives no number, where one is wanted.
pub fn not_a_number() -> Said {
    said!(
        "wrong-type",
        "숫자 또는 숫자를 내는 참조 하나여야 합니다",
        "must be a number, or one reference that gives a number",
    )
    .help(words!("예: `{{{{usable 장면 서브넷}}}}`", "such as `{{{{usable SCENE SUBNET}}}}`"))
}

/// A tolerance that is no number or below zero.
pub fn bad_tolerance() -> Said {
    said!("bad-value", "0 이상의 숫자여야 합니다", "must be a number, not below 0")
}

/// A typed answer that is empty.
pub fn empty_answer() -> Said {
    said!("empty-answer", "정답이 비어 있습니다", "the accepted answer is empty")
}

/// A "wrong" answer that the key accepts.
pub fn wrong_is_right() -> Said {
    said!(
        "wrong-is-right",
        "틀린 답으로 적었지만 정답으로 받아들여지는 답입니다",
        "this wrong answer would be accepted as right",
    )
}

/// Words for a wrong pick that is the right one.
pub fn why_of_right() -> Said {
    said!(
        "why-of-right",
        "시뮬레이터에 따르면 이 주장은 정답입니다",
        "by the simulator this claim is the right answer",
    )
    .help(words!("맞는 답의 설명은 `explanation`에 쓰세요", "say why it is right in `explanation`"))
}

/// A suspect that no option names.
pub fn unknown_claim(claim: &str, known: &str) -> Said {
    said!("unknown-claim", "이런 선택지는 없습니다: `{claim}`", "no option claims `{claim}`")
        .help(words!("선택지: {known}", "the options: {known}"))
}

/// A suspect of no known kind.
pub fn unknown_suspect(word: &str) -> Said {
    said!(
        "unknown-claim",
        "무엇을 가리키는지 알 수 없습니다: `{word}`",
        "`{word}` names no component"
    )
    .help(words!(
        "`igw 이름`, `acl 이름 in`, `route 이름`, `group 인스턴스 out`, `nat 이름`",
        "write `igw NAME`, `acl NAME in`, `route TABLE`, `group INSTANCE out` or `nat NAME`",
    ))
}

// ── the lint ───────────────────────────────────────────────────────────────────────────────────

/// A Korean text in another register than the course's.
pub fn register(word: &str) -> Said {
    said!("register", "합니다체가 아닙니다: `{word}`", "this is not 합니다체: `{word}`").help(
        words!(
            "`-니다`, `-니까?`, `-세요`로 맺으세요",
            "sentences end in `-니다`, `-니까?` or `-세요`",
        ),
    )
}

/// Both forms of a particle.
pub fn open_particle(particle: &str) -> Said {
    let ko = format!("조사를 정하지 않았습니다: `{particle}`");
    let en = format!("an undecided particle: `{particle}`");
    Said { rule: "open-particle", message: Words { ko, en }, help: None }.help(Words {
        ko: "계산된 말 뒤라면 `{{...|이가}}`처럼 쓰세요".into(),
        en: "behind a computed word write `{{...|이가}}`".into(),
    })
}

/// English where Korean is wanted.
pub fn untranslated() -> Said {
    said!("untranslated", "한국어로 옮기지 않은 글입니다", "this Korean text is not in Korean")
        .help(words!("한국어로 옮기세요", "say it in Korean"))
}

/// One text for both.
pub fn same_words() -> Said {
    said!("untranslated", "두 언어의 글이 같습니다", "the text is the same in both languages")
        .help(words!("한국어로 옮기세요", "say it in Korean"))
}

/// Hangul in an English text.
pub fn hangul_in_english() -> Said {
    said!("hangul-in-english", "영어 글에 한글이 있습니다", "there is Hangul in this English text")
        .help(words!("영어로 옮기세요", "say it in English"))
}

/// Something that cannot be broken and is wider than the column.
pub fn too_wide(cells: usize, room: usize) -> Said {
    said!(
        "too-wide",
        "80칸 화면에 들어가지 않습니다: {cells}칸인데 {room}칸까지 쓸 수 있습니다",
        "does not fit a screen of 80 columns: {cells} cells where {room} are free",
    )
}

/// A page with nothing on it.
pub fn empty_page() -> Said {
    said!("empty-page", "페이지가 비어 있습니다", "there is nothing on this page")
}

/// The heading of the file is not the lesson's title.
pub fn title_differs(title: &str) -> Said {
    said!(
        "title-differs",
        "`lesson.toml`의 제목과 다릅니다: `{title}`",
        "differs from the title in `lesson.toml`: `{title}`",
    )
}

/// No such term.
pub fn unknown_term(term: &str) -> Said {
    said!("unknown-term", "용어집에 없는 용어입니다: `{term}`", "the glossary has no term `{term}`")
}

/// No such question.
pub fn unknown_question(name: &str) -> Said {
    said!("unknown-question", "이런 문제는 없습니다: `{name}`", "there is no question `{name}`")
}

/// No such objective.
pub fn unknown_objective(id: &str) -> Said {
    said!("unknown-objective", "이런 학습 목표는 없습니다: `{id}`", "there is no objective `{id}`")
}

/// A question about nothing.
pub fn no_objective() -> Said {
    said!("no-objective", "이 문제가 묻는 학습 목표가 없습니다", "the question tests no objective")
        .help(words!("`objectives`에 적으세요", "name one in `objectives`"))
}

/// An objective that no question asks about.
pub fn untested_objective(id: &str) -> Said {
    said!(
        "untested-objective",
        "이 학습 목표를 묻는 문제가 없습니다: `{id}`",
        "no question tests the objective `{id}`",
    )
    .help(words!(
        "이 목표를 묻는 문제를 더하거나 있는 문제의 `objectives`에 적으세요",
        "add a question for it, or name it in the `objectives` of one"
    ))
}

/// A question or lab that the prose does not place.
pub fn unplaced(name: &str, file: &str) -> Said {
    said!("unplaced", "{file}에 놓이지 않았습니다: `{name}`", "`{name}` is not placed in {file}")
        .help(words!(
            "본문의 알맞은 자리에 블록으로 놓으세요",
            "place it in the prose, as a block of its own"
        ))
}

/// A question or lab that the prose places twice.
pub fn placed_twice(name: &str, file: &str) -> Said {
    said!(
        "placed-twice",
        "{file}에 두 번 놓였습니다: `{name}`",
        "`{name}` is placed twice in {file}",
    )
}

/// A scene that nothing shows.
pub fn unused_scene() -> Said {
    said!("unused-scene", "아무 데서도 쓰지 않는 장면입니다", "nothing uses this scene")
}

/// A file that nothing leads to.
pub fn stray_file() -> Said {
    said!("stray-file", "아무도 읽지 않는 파일입니다", "nothing reads this file").help(words!(
        "`pack.toml`의 `modules`와 `module.toml`의 `lessons`를 보세요",
        "is its folder listed in `modules` of `pack.toml`, and in `lessons` of `module.toml`?",
    ))
}

/// A live scene without packets.
pub fn no_packets(name: &str) -> Said {
    said!(
        "no-packets",
        "이 장면에는 보낼 패킷이 없습니다: `{name}`",
        "the scene `{name}` has no packets to send",
    )
    .help(words!("`[packets]`에 적으세요", "name some below `[packets]`"))
}

/// Different numbers of pages.
pub fn pages_differ(ko: usize, en: usize) -> Said {
    said!(
        "pages-differ",
        "두 언어의 페이지 수가 다릅니다: ko.md {ko}쪽, en.md {en}쪽",
        "the languages differ in pages: {ko} in ko.md, {en} in en.md",
    )
}

/// A block that is something else in the other language.
pub fn blocks_differ(ko: Words, en: Words, line: usize) -> Said {
    let (here, there) = (ko, en);
    Said {
        rule: "structure-differs",
        message: Words {
            ko: settle(&format!(
                "두 언어의 구조가 다릅니다: 여기는 {}인데 en.md {line}번째 줄은 {}입니다",
                here.ko, there.ko
            )),
            en: format!(
                "the languages differ here: {} in ko.md, {} in line {line} of en.md",
                here.en, there.en
            ),
        },
        help: None,
    }
    .help(words!(
        "두 언어에 같은 블록을 같은 순서로 두세요",
        "have the same blocks in both languages, in the same order"
    ))
}

/// A block that the other language lacks.
pub fn block_missing(file: &str) -> Said {
    said!(
        "structure-differs",
        "이 자리에 맞는 블록이 {file}에 없습니다",
        "{file} has nothing that answers this block",
    )
    .help(words!(
        "두 언어에 같은 블록을 같은 순서로 두세요",
        "have the same blocks in both languages, in the same order"
    ))
}

/// References or links of one language that the other lacks.
pub fn sets_differ(what: &str, ko: &str, en: &str) -> Said {
    let list = |only: &str| if only.is_empty() { "-".to_owned() } else { only.to_owned() };
    let (ko, en) = (list(ko), list(en));
    said!(
        "references-differ",
        "두 언어의 {what} 목록이 다릅니다. ko.md에만: {ko}; en.md에만: {en}",
        "the languages differ in {what}. Only in ko.md: {ko}; only in en.md: {en}",
    )
    .help(words!(
        "두 언어에 같은 것을 같은 수만큼 두세요",
        "have the same ones in both languages, as often"
    ))
}

/// References of one half of a phrase that the other lacks.
pub fn references_differ() -> Said {
    let what = "{{...}}";
    said!(
        "references-differ",
        "두 언어의 {what} 목록이 다릅니다",
        "the two halves differ in {what}",
    )
    .help(words!("두 언어에 같은 참조를 두세요", "have the same references in both languages"))
}

/// A right option that is markedly longer than the wrong ones.
pub fn giveaway() -> Said {
    said!(
        "giveaway",
        "맞는 선택지만 눈에 띄게 깁니다",
        "the right option is markedly longer than the wrong ones",
    )
    .help(words!("길이로 답을 맞히지 못하게 하세요", "its length gives it away"))
}

/// The right option is the only short one.
pub fn giveaway_short() -> Said {
    said!(
        "giveaway",
        "맞는 선택지만 눈에 띄게 짧습니다",
        "the right option is markedly shorter than the wrong ones",
    )
    .help(words!("길이로 답을 맞히지 못하게 하세요", "its length gives it away"))
}

/// A cautious word stands in the right option alone, or an absolute one in all the others.
pub fn giveaway_word() -> Said {
    said!(
        "giveaway",
        "'보통', '항상' 같은 말이 맞는 선택지와 틀린 선택지를 가릅니다",
        "a word such as `usually` or `always` tells the right option from the wrong ones",
    )
    .help(words!("모두에 넣거나 모두에서 빼세요", "put it into all of them, or into none"))
}

/// The right option is built in another way than all the others.
pub fn giveaway_grammar() -> Said {
    said!(
        "giveaway",
        "맞는 선택지만 끝맺음이나 글의 꼴이 다릅니다",
        "the right option alone is built in another way: its ending, its full stop or its first letter",
    )
    .help(words!("모두 같은 꼴로 쓰세요", "build all of them the same way"))
}

/// Too often the longest option is the right one.
pub fn longest_is_right(right: usize, all: usize, lang: &str) -> Said {
    said!(
        "longest-is-right",
        "하나를 고르는 문제 {all}개 가운데 {right}개에서 가장 긴 선택지가 정답입니다 ({lang})",
        "in {right} of {all} single choices the longest option is the right one ({lang})",
    )
    .help(words!(
        "틀린 선택지를 더 길게 쓰거나 맞는 것을 줄이세요",
        "write longer wrong options, or a shorter right one",
    ))
}

/// Too many true statements, or too many false ones.
pub fn truths_unbalanced(truths: usize, all: usize) -> Said {
    said!(
        "unbalanced-keys",
        "맞고 틀림 문제 {all}개 가운데 {truths}개가 맞는 말입니다",
        "{truths} of {all} statements to judge are true",
    )
    .help(words!(
        "맞는 말과 틀린 말을 비슷하게 두세요",
        "have about as many false ones as true ones"
    ))
}

/// The right option stands too often at one place.
pub fn places_unbalanced(place: usize, count: usize, all: usize) -> Said {
    said!(
        "unbalanced-keys",
        "하나를 고르는 문제 {all}개 가운데 {count}개에서 {place}번째 선택지가 정답입니다",
        "in {count} of {all} single choices the right option is written in place {place}",
    )
    .help(words!("정답의 자리를 섞으세요", "spread the right options over the places"))
}

/// An explanation code that was typed.
pub fn typed_code(code: &str) -> Said {
    said!(
        "typed-fact",
        "설명 코드를 손으로 적었습니다: `{code}`",
        "the explanation code `{code}` is typed",
    )
    .help(words!(
        "`{{{{code SCENE PACKET}}}}`으로 계산하게 하세요",
        "let `{{{{code SCENE PACKET}}}}` compute it",
    ))
}

/// A number of changes that was typed.
pub fn typed_par() -> Said {
    said!("typed-fact", "변경 횟수를 손으로 적었습니다", "a number of changes is typed",)
        .help(words!("`{{{{par LAB}}}}`로 계산하게 하세요", "let `{{{{par LAB}}}}` compute it"))
}

/// A number that a scene gives.
pub fn typed_number(number: &str, reference: &str) -> Said {
    said!(
        "typed-fact",
        "장면이 계산하는 수를 손으로 적었습니다: {number}",
        "the number {number} is typed, and a scene computes it",
    )
    .help(words!("`{reference}`로 적으세요", "write `{reference}`"))
}

/// An address in a scene's network that nothing there has.
pub fn stale_address(address: &str) -> Said {
    said!(
        "stale-number",
        "{address}은(는) 장면의 VPC 안에 있지만 아무도 쓰지 않는 주소입니다",
        "{address} lies in a scene's VPC, but nothing there has it",
    )
    .help(words!(
        "`{{{{address SCENE NAME}}}}`으로 계산하게 하세요",
        "let `{{{{address SCENE NAME}}}}` compute it",
    ))
}

/// A term in brackets that the glossary does not have.
pub fn unlisted_term(english: &str) -> Said {
    said!(
        "unlisted-term",
        "용어집에 없는 용어입니다: `{english}`",
        "the glossary has no term `{english}`",
    )
    .help(words!("glossary.toml에 더하세요", "add it to glossary.toml"))
}

/// A term of the glossary that is introduced without a link.
pub fn unlinked_term(key: &str) -> Said {
    said!(
        "unlinked-term",
        "용어집으로 가는 링크가 없습니다: `{key}`",
        "the term `{key}` is introduced without a link to the glossary",
    )
    .help(words!("`[...](term:{key})`로 적으세요", "write `[...](term:{key})`"))
}

/// A figure that changes, without a source.
pub fn no_source(number: &str) -> Said {
    said!(
        "missing-source",
        "{number}을(를) 뒷받침하는 출처가 없습니다",
        "no source of the lesson speaks of {number}",
    )
    .help(words!(
        "`[[source]]`의 `about`에 이 수를 적으세요",
        "name the figure in the `about` of a `[[source]]`",
    ))
}

/// A link that is one letter off another.
pub fn near_link(link: &str, near: &str) -> Said {
    said!("dead-link", "틀린 주소로 보입니다: {link}", "this link looks wrong: {link}")
        .help(words!("혹시 {near}입니까?", "did you mean {near}?"))
}

/// Two spaces where one belongs.
pub fn double_space() -> Said {
    said!("double-space", "빈칸이 두 개입니다", "there are two spaces")
        .help(words!("하나만 두세요", "keep one"))
}

/// A particle that does not fit the word before it.
pub fn wrong_particle(found: &str, wanted: &str) -> Said {
    said!(
        "wrong-particle",
        "조사가 맞지 않습니다: `{found}`",
        "the particle does not fit: `{found}`",
    )
    .help(words!("`{wanted}`로 적으세요", "write `{wanted}`"))
}

/// Two options that say the same.
pub fn same_option(id: &str) -> Said {
    said!(
        "same-option",
        "선택지의 글이 겹칩니다: `{id}`",
        "the option `{id}` says what another says"
    )
}

/// A goal that checks nothing.
pub fn empty_goal() -> Said {
    said!("empty-goal", "이 목표는 아무것도 확인하지 않습니다", "this goal checks nothing")
}

/// A ladder with one rung.
pub fn one_hint() -> Said {
    said!("one-hint", "힌트가 하나뿐입니다", "there is only one hint").help(words!(
        "살짝, 어디를, 무엇을, 정답의 차례로 도우세요",
        "help step by step: a nudge, where, what, the answer",
    ))
}

/// A lab with nothing to do.
pub fn solved_at_start() -> Said {
    said!(
        "solved-at-start",
        "시작할 때 이미 모든 목표가 이루어져 있습니다",
        "every goal holds already at the start",
    )
}

/// A lab for looking that lists changes.
pub fn needless_solution() -> Said {
    said!(
        "needless-solution",
        "패킷만 보내면 되는 실습이라 변경이 필요 없습니다",
        "sending the packets is enough; no change is needed",
    )
}

/// A solution that breaks the lab's rules.
pub fn forbidden_change(verb: &str) -> Said {
    said!(
        "forbidden-change",
        "이 실습이 허용하지 않는 변경입니다: `{verb}`",
        "the lab does not allow `{verb}`"
    )
}

/// A solution that does not solve.
pub fn unsolved(goal: usize, sentence: &Words) -> Said {
    let Words { ko, en } = sentence;
    said!(
        "unsolved",
        "이 해답으로는 목표 {goal}이(가) 이루어지지 않습니다: {ko}",
        "this solution does not reach goal {goal}: {en}",
    )
}

/// A lab with changes to make that allows none.
pub fn nothing_allowed() -> Said {
    said!(
        "nothing-allowed",
        "아무 변경도 허용하지 않는데 패킷만 보내서는 풀리지 않습니다",
        "no change is allowed, and sending packets alone does not solve it",
    )
}

/// A way that costs less than par.
pub fn cheaper(par: u32, way: &str) -> Said {
    said!(
        "cheaper-solution",
        "해답들({par}번 변경)보다 적은 변경으로 풀립니다",
        "there is a way that costs less than the solutions ({par} changes)",
    )
    .help(words!("`solutions`에 더하세요: {way}", "add it to `solutions`: {way}"))
}

/// Par could not be certified: everything up to this cost was tried.
pub fn par_unsure(par: u32, tried: Option<u32>) -> Said {
    let below = tried.map_or(0, |it| it + 1);
    said!(
        "par-unsure",
        "더 적은 변경으로 풀 수 없다고 확인하지 못했습니다: 변경 {below}번 미만은 모두 찾아보았고, 해답은 {par}번입니다",
        "it could not be certified that nothing costs less: all that costs less than {below} was tried, and the solutions cost {par}",
    )
    .help(words!(
        "`allow`로 쓸 수 있는 변경을 줄이거나, 실습을 나누세요",
        "allow fewer operations in `allow`, or split the lab"
    ))
}

/// What a block is, with what tells it from others of its kind.
pub fn block(kind: &str, detail: &str) -> Words {
    let (ko, en) = match kind {
        "page" => ("페이지 제목", "a page heading"),
        "heading" => ("제목", "a heading of level"),
        "paragraph" => ("문단", "a paragraph"),
        "list" => ("목록, 항목 수", "a list, items:"),
        "ordered" => ("번호 목록, 항목 수", "a numbered list, items:"),
        "table" => ("표", "a table of"),
        "code" => ("코드", "code"),
        "quote" => ("인용", "a quotation"),
        "callout" => ("상자", "the callout"),
        "rule" => ("가로줄", "a line"),
        "scene" => ("장면", "the scene"),
        "question" => ("문제", "the question"),
        _ => ("실습", "the lab"),
    };
    let join =
        |name: &str| if detail.is_empty() { name.to_owned() } else { format!("{name} {detail}") };
    Words { ko: join(ko), en: join(en) }
}

/// A key that is none of what its explanation computes.
pub fn key_unexplained() -> Said {
    said!(
        "key-unexplained",
        "설명에서 계산한 어떤 값도 이 정답이 아닙니다",
        "nothing that the explanation computes is this key",
    )
    .help(words!(
        "정답을 `{{{{...}}}}` 참조로 쓰거나 설명을 고치세요",
        "write the key as a `{{{{...}}}}` reference, or mend the explanation",
    ))
}
