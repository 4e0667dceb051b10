//! What is wrong with a description of an AWS network, and what of it was not understood: both
//! languages side by side, as with [the faults of scenes](crate::i18n::fault).

use crate::{
    i18n::{
        Words,
        fault::{Pair, Said},
    },
    text::particle::settle,
};

/// Fills in both languages; particles such as `이(가)` are settled afterwards.
macro_rules! said {
    ($rule:literal, $ko:literal, $en:literal $(,)?) => {
        Said {
            rule: $rule,
            message: Words { ko: settle(&format!($ko)), en: format!($en) },
            help: None,
        }
    };
    ($rule:literal, $ko:literal, $en:literal; $ko_help:literal, $en_help:literal $(,)?) => {
        Said {
            rule: $rule,
            message: Words { ko: settle(&format!($ko)), en: format!($en) },
            help: Some(Words { ko: settle(&format!($ko_help)), en: format!($en_help) }),
        }
    };
}

// ── what cannot be read at all ─────────────────────────────────────────────────────────────────

/// The file has nothing in it.
pub fn empty() -> Said {
    said!(
        "empty",
        "파일이 비어 있습니다.",
        "the file is empty";
        "명령이 오류로 끝나지 않았는지 확인하세요.",
        "see whether the command that wrote it failed"
    )
}

/// The text ends in the middle of a value.
pub fn ends() -> Said {
    said!(
        "bad-json",
        "JSON이 여기서 중간에 끊겼습니다.",
        "the JSON ends here, in the middle of a value";
        "파일이 끝까지 저장되었는지 확인하세요.",
        "see whether the file was written to its end"
    )
}

/// Not the beginning of a value. At the beginning of the file it is probably no JSON at all.
pub fn not_a_value(first: bool) -> Said {
    if first {
        return said!(
            "bad-json",
            "JSON이 아닙니다.",
            "this is not JSON";
            "`aws` 명령에 `--output json`을 붙여 다시 저장하세요.",
            "save it again with `--output json` behind the `aws` command"
        );
    }
    said!("bad-json", "여기에 값이 있어야 합니다.", "a value is expected here")
}

/// YAML.
pub fn yaml() -> Said {
    said!(
        "bad-json",
        "YAML로 보입니다. JSON만 읽습니다.",
        "this looks like YAML, and only JSON is read";
        "`aws` 명령에 `--output json`을 붙여 다시 저장하세요.",
        "save it again with `--output json` behind the `aws` command"
    )
}

/// A key in quotes is expected.
pub fn not_a_key() -> Said {
    said!(
        "bad-json",
        "여기에 큰따옴표로 감싼 키가 있어야 합니다.",
        "a key in double quotes is expected here"
    )
}

/// A colon is expected.
pub fn no_colon() -> Said {
    said!("bad-json", "키 뒤에 `:`이 있어야 합니다.", "a `:` is expected behind the key")
}

/// A comma or the end is expected.
pub fn no_comma() -> Said {
    said!(
        "bad-json",
        "여기에 `,`나 닫는 괄호가 있어야 합니다.",
        "a `,` or the closing bracket is expected here"
    )
}

/// Not a number as JSON writes them.
pub fn bad_number() -> Said {
    said!("bad-json", "JSON의 숫자가 아닙니다.", "this is not a number of JSON's")
}

/// Not an escape of JSON's.
pub fn bad_escape() -> Said {
    said!("bad-json", "JSON에 없는 이스케이프입니다.", "JSON has no such escape")
}

/// A control character inside a string.
pub fn control_character() -> Said {
    said!(
        "bad-json",
        "문자열 안에 제어 문자를 그대로 쓸 수 없습니다.",
        "a string may not hold a bare control character"
    )
}

/// The object has the key already.
pub fn key_twice(key: &str) -> Said {
    said!(
        "duplicate-key",
        "키 `{key}`이(가) 한 객체에 두 번 나옵니다.",
        "the key `{key}` comes twice in one object";
        "어느 값이 맞는지 알 수 없습니다. 하나만 남기세요.",
        "which one is meant nobody can tell: keep one"
    )
}

/// Too many values in each other.
pub fn too_deep() -> Said {
    said!("bad-json", "값이 너무 깊이 겹쳐 있습니다.", "values lie too deep in each other here")
}

/// Not UTF-8, and not marked as UTF-16.
pub fn not_text() -> Said {
    said!(
        "not-text",
        "올바른 UTF-8이 아닙니다.",
        "this is not valid UTF-8";
        "파일을 UTF-8로 저장하세요. 바이트 순서 표시가 있으면 UTF-16도 읽습니다.",
        "save the file as UTF-8; UTF-16 is read too when it begins with its byte order mark"
    )
}

/// More than can be read.
pub fn too_large() -> Said {
    said!("too-large", "파일이 너무 큽니다(1 GiB까지).", "the file is too large (1 GiB at most)")
}

/// No part of it is known.
pub fn not_a_dump() -> Said {
    said!(
        "not-a-dump",
        "`aws ec2 describe-*`가 출력하는 목록(`Vpcs`, `Subnets` 등)이 하나도 없습니다.",
        "there is none of the lists that `aws ec2 describe-*` prints: no `Vpcs`, no `Subnets`";
        "예: `aws ec2 describe-vpcs --output json > vpcs.json`",
        "for example: `aws ec2 describe-vpcs --output json > vpcs.json`"
    )
}

/// A value of another type.
pub fn wrong_type(wanted: Pair, found: Pair) -> Said {
    let ((ko, en), (found_ko, found_en)) = (wanted, found);
    said!(
        "wrong-type",
        "여기에는 {ko}이(가) 있어야 하는데 {found_ko}이(가) 있습니다.",
        "{en} is expected here, not {found_en}",
    )
}

/// A value that does not say what it should.
pub fn bad_value(value: &str, wanted: Pair) -> Said {
    let (ko, en) = wanted;
    said!("bad-value", "`{value}`은(는) {ko}이(가) 아닙니다.", "`{value}` is not {en}")
}

/// Words for values, as [`wrong_type`] and [`bad_value`] want them.
#[expect(missing_docs, reason = "the words say what they are")]
pub mod value {
    use super::Pair;

    pub const TEXT: Pair = ("문자열", "a string");
    pub const FLAG: Pair = ("true 또는 false", "true or false");
    pub const NUMBER: Pair = ("정수", "a whole number");
    pub const FRACTION: Pair = ("정수가 아닌 숫자", "a number that is not whole");
    pub const LIST: Pair = ("목록", "a list");
    pub const OBJECT: Pair = ("객체", "an object");
    pub const CIDR: Pair = ("주소 범위(CIDR)", "a range of addresses (CIDR)");
    pub const ADDRESS: Pair = ("IP 주소", "an IP address");
    pub const ADDRESS_V4: Pair = ("IPv4 주소", "an IPv4 address");
    pub const PROTOCOL: Pair = ("프로토콜", "a protocol");
    pub const PORTS: Pair = ("포트 범위", "a range of ports");
    pub const RULE_NUMBER: Pair = ("규칙 번호", "the number of a rule");
    pub const ACTION: Pair = ("allow 또는 deny", "allow or deny");
}

// ── what was not understood, and what that means ───────────────────────────────────────────────

/// A part of the file that is not known.
pub fn unknown_part(key: &str) -> Said {
    said!(
        "unknown-part",
        "`{key}`이(가) 무엇인지 모릅니다.",
        "`{key}`: not known what this is";
        "여기에 적힌 객체는 답에 들어 있지 않습니다.",
        "whatever it describes plays no part in the answers"
    )
}

/// Objects that the simulator does not have.
pub fn not_modelled(kind: Pair, id: &str) -> Said {
    let (ko, en) = kind;
    said!(
        "not-modelled",
        "{ko} `{id}`은(는) 시뮬레이터에 아직 없습니다.",
        "{en} `{id}`: the simulator does not have these yet";
        "이것을 지나는 패킷의 답은 맞지 않을 수 있습니다.",
        "answers about packets that pass it may be wrong"
    )
}

/// A key that is not known.
pub fn unknown_key(noun: &str, key: &str) -> Said {
    said!(
        "unknown-key",
        "`{noun}`의 `{key}`이(가) 무엇인지 모릅니다.",
        "`{key}` of `{noun}`: not known what this is";
        "패킷에 영향을 준다면 답에 빠져 있습니다.",
        "if it influences packets, the answers lack it"
    )
}

/// An object without an id.
pub fn without_id(noun: &str, key: &str) -> Said {
    said!(
        "without-id",
        "`{noun}`의 한 항목에 `{key}`이(가) 없습니다.",
        "an entry of `{noun}` has no `{key}`";
        "이 항목을 뺐습니다.",
        "the entry was left out"
    )
}

/// Two files say different things about one object.
pub fn conflict(id: &str, key: &str) -> Said {
    said!(
        "conflict",
        "`{id}`의 `{key}`이(가) 다른 곳에는 다르게 적혀 있습니다.",
        "`{key}` of `{id}` reads differently elsewhere";
        "먼저 읽은 쪽을 썼습니다. 같은 때에 저장한 파일인지 확인하세요.",
        "what was read first counts: see whether the files are of one time"
    )
}

/// A file that is not JSON by its name.
pub fn other_file() -> Said {
    said!(
        "other-file",
        "`.json` 파일이 아니므로 읽지 않았습니다.",
        "not read, for it is no `.json` file";
        "답에 영향이 없습니다.",
        "means nothing for the answers"
    )
}

/// Something without which an object cannot stand.
pub fn left_out(id: &str, needs: &str) -> Said {
    said!(
        "left-out",
        "`{id}`에 필요한 `{needs}`이(가) 파일에 없습니다.",
        "`{id}` needs `{needs}`, which is not in the files";
        "`{id}`을(를) 뺐습니다.",
        "`{id}` was left out"
    )
}

/// An object lacks a value that it cannot stand without.
pub fn lacks(id: &str, key: &str) -> Said {
    said!(
        "lacks-value",
        "`{id}`에 `{key}`이(가) 없습니다.",
        "`{id}` has no `{key}`";
        "`{id}`을(를) 뺐습니다.",
        "`{id}` was left out"
    )
}

/// A VPC that only others speak of.
pub fn vpc_made_up(id: &str) -> Said {
    said!(
        "vpc-made-up",
        "VPC `{id}`에 속한 서브넷은 있지만 VPC 자신은 파일에 없습니다.",
        "there are subnets of the VPC `{id}`, but not the VPC itself";
        "서브넷의 범위를 VPC의 범위로 삼았습니다.",
        "its ranges were taken to be those of its subnets"
    )
}

/// A VPC that only a peering speaks of.
pub fn vpc_by_peering(id: &str) -> Said {
    said!(
        "vpc-by-peering",
        "VPC `{id}`은(는) 피어링으로만 알려져 있습니다.",
        "the VPC `{id}` is known by a peering only";
        "범위만 알 뿐 안에 무엇이 있는지 모릅니다. 그 안으로 가는 패킷은 버려진다고 나옵니다.",
        "its ranges are known and nothing inside them: packets into it are shown as dropped"
    )
}

/// A zone of a load balancer without an interface.
pub fn no_node(balancer: &str, subnet: &str) -> Said {
    said!(
        "no-node",
        "로드 밸런서 `{balancer}`의 서브넷 `{subnet}`에 있는 노드의 인터페이스가 파일에 없습니다.",
        "the interface of the node of `{balancer}` in `{subnet}` is not in the files";
        "그 노드를 뺐습니다. `aws ec2 describe-network-interfaces`로 더할 수 있습니다.",
        "the node was left out; `aws ec2 describe-network-interfaces` adds it"
    )
}

/// Routes or propagations of a transit gateway that belong to no table by name.
pub fn whose_transit_table() -> Said {
    said!(
        "whose-transit-table",
        "어느 트랜짓 게이트웨이 라우팅 테이블의 것인지 알 수 없습니다.",
        "these do not say of which transit gateway route table they are";
        "파일 이름에 `tgw-rtb-0123`처럼 테이블의 ID를 넣으면 읽을 수 있습니다.",
        "put the id of the table into the name of the file, as in `tgw-rtb-0123`, to have them read"
    )
}

/// Targets that belong to no group by name.
pub fn whose_targets() -> Said {
    said!(
        "whose-targets",
        "어느 대상 그룹의 대상인지 알 수 없습니다.",
        "these targets do not say of which target group they are";
        "파일 이름에 대상 그룹의 이름을 넣으면 읽을 수 있습니다.",
        "put the name of the target group into the name of the file to have them read"
    )
}

/// A policy that lets some requests pass.
pub fn endpoint_policy(id: &str) -> Said {
    said!(
        "endpoint-policy",
        "엔드포인트 `{id}`의 정책은 일부 요청만 허용합니다.",
        "the policy of the endpoint `{id}` allows some requests only";
        "패킷은 지나가지만 서비스가 요청을 거절할 수 있습니다.",
        "packets pass; the service may refuse what they ask"
    )
}

/// The main table of a VPC is not there.
pub fn no_main_table(vpc: &str) -> Said {
    said!(
        "no-main-table",
        "VPC `{vpc}`의 기본 라우팅 테이블이 파일에 없습니다.",
        "the main route table of the VPC `{vpc}` is not in the files";
        "연결이 없는 서브넷에는 local 경로만 있다고 보았습니다.",
        "subnets without an association were taken to have the local route only"
    )
}

/// The list of a subnet is not there.
pub fn no_acl(subnet: &str) -> Said {
    said!(
        "no-acl",
        "서브넷 `{subnet}`의 네트워크 ACL이 파일에 없습니다.",
        "the network ACL of the subnet `{subnet}` is not in the files";
        "모두 허용하는 기본 목록이라고 보았습니다.",
        "it was taken to let everything pass, as a default list does"
    )
}

/// A group that an interface carries is not there.
pub fn no_group(interface: &str, group: &str) -> Said {
    said!(
        "no-group",
        "`{interface}`의 보안 그룹 `{group}`이(가) 파일에 없습니다.",
        "the security group `{group}` of `{interface}` is not in the files";
        "규칙이 하나도 없는 그룹으로 보았습니다. 그 그룹만 허용하는 패킷은 버려진다고 나옵니다.",
        "it was taken to have no rules: what only that group would admit is shown as dropped"
    )
}

/// A rule names a group that is not there.
pub fn peer_group(group: &str, peer: &str) -> Said {
    said!(
        "no-group",
        "`{group}`의 규칙이 가리키는 보안 그룹 `{peer}`이(가) 파일에 없습니다.",
        "a rule of `{group}` names the security group `{peer}`, which is not in the files";
        "아무도 가지지 않은 그룹으로 보았습니다. 이 규칙은 아무것도 허용하지 않습니다.",
        "it was taken to be carried by nobody: the rule admits nothing"
    )
}

/// A rule with a group that is gone.
pub fn stale_rule(group: &str, peer: &str) -> Said {
    said!(
        "stale-rule",
        "`{group}`의 규칙이 가리키는 `{peer}`은(는) 피어링이 끊겨 더는 통하지 않습니다.",
        "a rule of `{group}` names `{peer}`, whose peering is gone";
        "AWS에서처럼 아무것도 허용하지 않습니다.",
        "as with AWS, it admits nothing"
    )
}

/// A rule with a prefix list whose entries are not there.
pub fn no_prefix_list(by: &str, list: &str) -> Said {
    said!(
        "no-prefix-list",
        "`{by}`이(가) 쓰는 접두사 목록 `{list}`의 항목이 파일에 없습니다.",
        "the entries of the prefix list `{list}`, which `{by}` uses, are not in the files";
        "빈 목록으로 보았습니다. `aws ec2 get-managed-prefix-list-entries --prefix-list-id {list} > {list}.json`으로 더할 수 있습니다.",
        "it was taken to be empty; `aws ec2 get-managed-prefix-list-entries --prefix-list-id {list} > {list}.json` adds it"
    )
}

/// Entries that belong to no prefix list by name.
pub fn whose_entries() -> Said {
    said!(
        "whose-entries",
        "어느 접두사 목록의 항목인지 알 수 없습니다.",
        "these entries do not say of which prefix list they are";
        "파일 이름을 `pl-0123.json`처럼 목록의 ID로 지으면 읽을 수 있습니다.",
        "name the file by the list, as in `pl-0123.json`, to have them read"
    )
}

/// A route whose target is not there, or not understood.
pub fn route_target(table: &str, destination: &str, target: &str) -> Said {
    said!(
        "route-target",
        "`{table}`의 경로 `{destination}`이(가) 향하는 `{target}`은(는) 파일에 없거나 시뮬레이터에 없습니다.",
        "the route `{destination}` of `{table}` leads to `{target}`, which is not in the files or not in the simulator";
        "이 경로를 따라가는 패킷은 블랙홀에서처럼 버려진다고 나옵니다.",
        "packets that follow it are shown as dropped, as by a blackhole"
    )
}

/// A route without a destination that is known.
pub fn route_destination(table: &str) -> Said {
    said!(
        "route-destination",
        "`{table}`에 목적지를 알 수 없는 경로가 있습니다.",
        "a route of `{table}` has no destination that is known";
        "이 경로를 뺐습니다.",
        "the route was left out"
    )
}

/// An association with something that is not there.
pub fn association(id: &str, with: &str) -> Said {
    said!(
        "association",
        "`{id}`이(가) 연결된 `{with}`은(는) 파일에 없습니다.",
        "`{id}` is associated with `{with}`, which is not in the files";
        "답에 영향이 없습니다.",
        "means nothing for the answers"
    )
}

/// An edge table: the table of a gateway.
pub fn edge_table(table: &str, gateway: &str) -> Said {
    said!(
        "edge-table",
        "`{table}`은(는) 게이트웨이 `{gateway}`의 엣지 라우팅 테이블입니다.",
        "`{table}` is the edge table of the gateway `{gateway}`";
        "시뮬레이터에 아직 없습니다. 게이트웨이로 들어오는 패킷이 바로 목적지로 간다고 보았습니다.",
        "the simulator does not have these yet: what comes in by the gateway is taken to go straight to its destination"
    )
}

/// An instance that only an interface speaks of.
pub fn instance_made_up(id: &str) -> Said {
    said!(
        "instance-made-up",
        "인터페이스만 가리키는 인스턴스 `{id}`이(가) 파일에 없습니다.",
        "the instance `{id}` is known by its interfaces only";
        "실행 중이라고 보았습니다.",
        "it was taken to be running"
    )
}

/// An instance that has no interface.
pub fn no_interface(id: &str) -> Said {
    said!(
        "no-interface",
        "인스턴스 `{id}`의 네트워크 인터페이스를 알 수 없습니다.",
        "no interface of the instance `{id}` is known";
        "`{id}`은(는) 보내지도 받지도 못합니다.",
        "`{id}` neither sends nor receives"
    )
}

/// Something that was deleted and is still described for a while.
pub fn deleted(id: &str) -> Said {
    said!(
        "deleted",
        "`{id}`은(는) 삭제되었거나 삭제되는 중입니다.",
        "`{id}` is deleted, or going";
        "없는 것으로 보았습니다.",
        "it was taken to be gone"
    )
}

/// An appliance whose inside nobody knows.
pub fn forwards(id: &str, translates: bool) -> Said {
    if translates {
        return said!(
            "forwards",
            "`{id}`은(는) 원본/대상 확인이 꺼져 있습니다. 안에서 무엇을 하는지는 파일에 없습니다.",
            "`{id}` has its source/destination check off; what it does inside is not in the files";
            "공인 주소가 있으므로 NAT 인스턴스처럼 주소를 바꾸어 전달한다고 보았습니다.",
            "having a public address, it was taken to translate and pass on, as a NAT instance does"
        );
    }
    said!(
        "forwards",
        "`{id}`은(는) 원본/대상 확인이 꺼져 있습니다. 안에서 무엇을 하는지는 파일에 없습니다.",
        "`{id}` has its source/destination check off; what it does inside is not in the files";
        "받은 패킷을 그대로 전달한다고 보았습니다.",
        "it was taken to pass on what it gets, unchanged"
    )
}

/// A rule about some kinds of ICMP only.
pub fn icmp_type(by: &str, number: i64, kept: bool) -> Said {
    if kept {
        return said!(
            "icmp-type",
            "`{by}`에 ICMP 유형 {number}만을 위한 규칙이 있습니다.",
            "a rule of `{by}` is for ICMP of type {number} only";
            "모든 ICMP를 위한 규칙으로 보았습니다. ping의 답만 달라질 수 있습니다.",
            "it was taken to be for all of ICMP; only answers about ping may differ"
        );
    }
    said!(
        "icmp-type",
        "`{by}`에 ICMP 유형 {number}만을 위한 규칙이 있습니다.",
        "a rule of `{by}` is for ICMP of type {number} only";
        "ping의 요청은 이 유형이 아니므로 뺐습니다.",
        "no ping asks with that type, so it was left out"
    )
}

/// A public address that belongs to a further private address, which the interface does not have.
pub fn further_public(interface: &str, public: &str, private: &str) -> Said {
    said!(
        "further-public-address",
        "공인 주소 {public}이(가) `{interface}`의 보조 주소 {private}에 연결되어 있는데, 인터페이스에 그 주소가 없습니다.",
        "{public} belongs to the further address {private} of `{interface}`, which has no such address";
        "{public}(으)로 가는 패킷은 버려진다고 나옵니다.",
        "packets to {public} are shown as dropped"
    )
}

/// An address that lies outside its subnet.
pub fn outside(id: &str, address: &str, subnet: &str) -> Said {
    said!(
        "outside",
        "`{id}`의 {address}은(는) `{subnet}`의 범위 밖에 있습니다.",
        "{address} of `{id}` lies outside of `{subnet}`";
        "AWS에서는 있을 수 없습니다. 적힌 대로 두었습니다.",
        "that cannot be in AWS; it was left as it is written"
    )
}

/// Two interfaces with one address.
pub fn address_twice(id: &str, address: &str, other: &str) -> Said {
    said!(
        "address-twice",
        "`{id}`의 {address}은(는) `{other}`도 가지고 있습니다.",
        "{address} of `{id}` belongs to `{other}` as well";
        "AWS에서는 있을 수 없습니다. 먼저 읽은 쪽이 받습니다.",
        "that cannot be in AWS; the one read first receives"
    )
}

/// An IPv6 prefix given to an interface.
pub fn delegated_prefix(interface: &str, prefix: &str) -> Said {
    said!(
        "delegated-prefix",
        "`{interface}`에 위임된 접두사 {prefix}의 주소는 너무 많아 하나하나 넣지 않았습니다.",
        "the prefix {prefix} given to `{interface}` has too many addresses to enter them";
        "그 주소로 가는 패킷은 버려진다고 나옵니다.",
        "packets to them are shown as dropped"
    )
}

/// A NAT gateway with several addresses.
pub fn nat_addresses(id: &str, count: usize) -> Said {
    said!(
        "nat-addresses",
        "NAT 게이트웨이 `{id}`에 주소가 {count}개 있습니다.",
        "the NAT gateway `{id}` has {count} addresses";
        "첫째 주소로 보낸다고 보았습니다. 도달 여부는 같습니다.",
        "it was taken to send from the first; what arrives is the same"
    )
}

/// The switch against public access is set differently in several places.
pub fn block_modes(one: &str, other: &str) -> Said {
    said!(
        "block-modes",
        "VPC 퍼블릭 액세스 차단이 계정·리전마다 다릅니다: `{one}`, `{other}`.",
        "block public access differs between accounts or Regions: `{one}` and `{other}`";
        "시뮬레이터에는 스위치가 하나뿐입니다. `{one}`을(를) 썼습니다.",
        "the simulator has one switch, which was set to `{one}`"
    )
}

/// An exclusion of something that is not there.
pub fn exclusion(arn: &str) -> Said {
    said!(
        "exclusion",
        "퍼블릭 액세스 차단의 예외가 가리키는 `{arn}`이(가) 파일에 없습니다.",
        "an exclusion from block public access names `{arn}`, which is not in the files";
        "답에 영향이 없습니다.",
        "means nothing for the answers"
    )
}

/// A mode or state that is not known.
pub fn unknown_mode(id: &str, mode: &str) -> Said {
    said!(
        "unknown-mode",
        "`{id}`의 `{mode}`이(가) 무엇인지 모릅니다.",
        "`{mode}` of `{id}`: not known what this is";
        "답이 맞지 않을 수 있습니다.",
        "answers about it may be wrong"
    )
}

/// More routes exist than AWS listed.
pub fn more_routes() -> Said {
    said!(
        "more-routes",
        "AWS가 경로를 모두 나열하지 않았습니다(`AdditionalRoutesAvailable`).",
        "AWS listed only a part of the routes (`AdditionalRoutesAvailable`)";
        "빠진 경로는 답에 없습니다. 필터를 좁혀 나누어 저장하세요.",
        "the others play no part in the answers: save them in parts, with narrower filters"
    )
}

/// A line out of AWS of which no block is known.
pub fn nothing_behind(id: &str) -> Said {
    said!(
        "nothing-behind",
        "`{id}` 너머에 어떤 주소 범위가 있는지 파일에 없습니다.",
        "which blocks lie behind `{id}` is not in the files";
        "`{id}`을(를) 뺐습니다. 라우팅 테이블이나 `search-transit-gateway-routes`의 출력이 알려 줍니다.",
        "`{id}` was left out; route tables, or the output of `search-transit-gateway-routes`, would tell"
    )
}

/// The table of a regional NAT gateway is not there.
pub fn nat_table(id: &str) -> Said {
    said!(
        "nat-table",
        "리전 NAT 게이트웨이 `{id}`의 라우팅 테이블이 파일에 없습니다.",
        "the route table of the regional NAT gateway `{id}` is not in the files";
        "AWS가 만들 때처럼 인터넷 게이트웨이로 향하는 경로가 있다고 보았습니다.",
        "it was taken to lead to the internet gateway, as AWS makes it"
    )
}

/// A network outside of AWS, of which routes alone tell.
pub fn site_made_up(name: &str, blocks: &str) -> Said {
    said!(
        "site-made-up",
        "AWS 밖의 네트워크를 `{name}`(으)로 두었습니다: {blocks}",
        "a network outside of AWS was put in as `{name}`: {blocks}";
        "AWS가 아는 경로에서 얻은 범위입니다. 그 안의 모든 호스트가 답한다고 보았습니다.",
        "its blocks are those that AWS has routes for; every host inside is taken to answer"
    )
}

/// A block that is not told to the far end of Direct Connect.
pub fn not_announced(id: &str, block: &str) -> Said {
    said!(
        "not-announced",
        "`{id}`은(는) VPC의 범위 {block}을(를) 온프레미스에 알리지 않습니다.",
        "`{id}` does not announce {block} of the VPC to the far end";
        "시뮬레이터는 알린다고 봅니다. 온프레미스에서 그 범위로 가는 답은 맞지 않을 수 있습니다.",
        "the simulator takes it to: answers about packets from there to that block may be wrong"
    )
}

/// The subnets of an attachment are not known.
pub fn attachment_subnets(id: &str) -> Said {
    said!(
        "attachment-subnets",
        "`{id}`이(가) 어느 서브넷에 있는지 파일에 없습니다.",
        "in which subnets `{id}` stands is not in the files";
        "패킷이 지나지 못합니다. `aws ec2 describe-transit-gateway-vpc-attachments`로 더할 수 있습니다.",
        "no packet passes it; `aws ec2 describe-transit-gateway-vpc-attachments` adds them"
    )
}

/// A transit gateway of another account or Region, which only a peering speaks of.
pub fn gateway_by_peering(id: &str) -> Said {
    said!(
        "gateway-by-peering",
        "트랜짓 게이트웨이 `{id}`은(는) 피어링으로만 알려져 있습니다.",
        "the transit gateway `{id}` is known by a peering only";
        "그 너머를 모릅니다. 그쪽으로 가는 패킷은 거기서 버려진다고 나옵니다.",
        "what lies beyond is not known: packets that go there are shown as dropped there"
    )
}

/// Propagations of an attachment that is not named.
pub fn whose_attachment() -> Said {
    said!(
        "whose-attachment",
        "어느 트랜짓 게이트웨이 연결의 전파인지 알 수 없습니다.",
        "these propagations do not say of which transit gateway attachment they are";
        "파일 이름에 `tgw-attach-0123`처럼 연결의 ID를 넣으면 읽을 수 있습니다.",
        "put the id of the attachment into the name of the file, as in `tgw-attach-0123`, to have them read"
    )
}

/// An endpoint to appliances that nobody describes.
pub fn inspected_elsewhere(id: &str, service: &str) -> Said {
    said!(
        "inspected-elsewhere",
        "엔드포인트 `{id}` 너머의 게이트웨이 로드 밸런서(`{service}`)가 파일에 없습니다.",
        "the Gateway Load Balancer behind `{id}` (`{service}`) is not in the files";
        "모든 패킷을 바꾸지 않고 통과시킨다고 보았습니다.",
        "it was taken to let every packet pass unchanged"
    )
}

/// An endpoint to what somebody else offers.
pub fn offered_elsewhere(id: &str, service: &str) -> Said {
    said!(
        "offered-elsewhere",
        "엔드포인트 `{id}` 너머의 서비스 `{service}`이(가) 무엇인지 파일에 없습니다.",
        "what the service `{service}` behind `{id}` is, is not in the files";
        "모든 포트에 답한다고 보았습니다.",
        "it was taken to answer at every port"
    )
}

/// An interface whose address no description holds.
pub fn address_made_up(name: &str, subnet: &str, address: &str) -> Said {
    said!(
        "address-made-up",
        "서브넷 `{subnet}`에 있는 `{name}`의 인터페이스가 파일에 없습니다.",
        "the interface of `{name}` in `{subnet}` is not in the files";
        "주소를 {address}(으)로 두었습니다. `aws ec2 describe-network-interfaces`가 진짜 주소를 알려 줍니다.",
        "it was given the address {address}; `aws ec2 describe-network-interfaces` tells the true one"
    )
}

/// Which interface belongs to a database cannot be told.
pub fn guessed_interface(name: &str, count: usize) -> Said {
    said!(
        "guessed-interface",
        "데이터베이스 `{name}`의 인터페이스일 수 있는 것이 {count}개입니다.",
        "{count} interfaces may be the one of the database `{name}`";
        "첫째 것으로 보았습니다. 모두 서브넷과 보안 그룹이 같습니다.",
        "the first was taken; all are in its subnets and carry its groups"
    )
}

/// A database that does not answer now.
pub fn silent(name: &str, state: &str) -> Said {
    said!(
        "not-working",
        "데이터베이스 `{name}`의 상태가 `{state}`입니다.",
        "the database `{name}` is `{state}`";
        "시뮬레이터의 데이터베이스는 늘 답합니다.",
        "databases of the simulator always answer"
    )
}

/// A public address that is not in the files.
pub fn public_unknown(name: &str) -> Said {
    said!(
        "public-address-unknown",
        "`{name}`은(는) 공개되어 있지만 공인 주소가 파일에 없습니다.",
        "`{name}` is publicly accessible, but its public address is not in the files";
        "공인 주소가 없다고 보았습니다. `aws ec2 describe-network-interfaces`로 더할 수 있습니다.",
        "it was taken to have none; `aws ec2 describe-network-interfaces` adds it"
    )
}

/// A task without an interface of its own.
pub fn task_on_host(name: &str) -> Said {
    said!(
        "task-on-host",
        "태스크 `{name}`은(는) 자신의 인터페이스가 없습니다.",
        "the task `{name}` has no interface of its own";
        "호스트인 인스턴스의 인터페이스를 씁니다. 그 인스턴스로 물어보세요.",
        "it uses the one of the instance it runs on: ask about that"
    )
}

/// An interface whose groups are not in the files.
pub fn no_groups_of(name: &str, interface: &str) -> Said {
    said!(
        "no-group",
        "`{name}`의 인터페이스 `{interface}`이(가) 파일에 없어 보안 그룹을 알 수 없습니다.",
        "the interface `{interface}` of `{name}` is not in the files, and so its groups are not";
        "보안 그룹이 없다고 보았습니다. 들어오는 패킷은 버려진다고 나옵니다.",
        "it was taken to carry none: what comes to it is shown as dropped"
    )
}

/// A group of functions that no load balancer uses.
pub fn group_without_use(name: &str) -> Said {
    said!(
        "group-without-use",
        "대상 그룹 `{name}`을(를) 쓰는 로드 밸런서가 없습니다.",
        "no load balancer uses the target group `{name}`";
        "답에 영향이 없습니다.",
        "means nothing for the answers"
    )
}

// ── who sends and who is meant ─────────────────────────────────────────────────────────────────

/// Nothing is called so.
pub fn no_such_end(name: &str) -> Said {
    said!(
        "unknown-object",
        "`{name}`(이)라는 것이 파일에 없습니다.",
        "there is no `{name}` in the files";
        "ID(`i-…`, `eni-…`), `Name` 태그, 주소, `internet` 중 하나를 쓰세요.",
        "use an id (`i-…`, `eni-…`), a `Name` tag, an address or `internet`"
    )
}

/// Something that neither sends nor receives.
pub fn not_an_end(name: &str) -> Said {
    said!(
        "not-an-end",
        "`{name}`은(는) 패킷을 보내거나 받는 것이 아닙니다.",
        "`{name}` neither sends nor receives packets";
        "인스턴스나 네트워크 인터페이스를 쓰세요.",
        "use an instance or a network interface"
    )
}

/// Several are called so.
pub fn ambiguous_end(name: &str, candidates: &str) -> Said {
    said!(
        "ambiguous",
        "`{name}`은(는) 여럿을 뜻할 수 있습니다: {candidates}",
        "`{name}` may mean several: {candidates}";
        "ID로 하나를 고르세요.",
        "choose one by its id"
    )
}

/// Not a packet.
pub fn bad_packet(line: &str) -> Said {
    said!(
        "bad-packet",
        "`{line}`은(는) 패킷이 아닙니다.",
        "`{line}` is not a packet";
        "`internet -> web tcp/443`처럼 쓰세요.",
        "write it as in `internet -> web tcp/443`"
    )
}
