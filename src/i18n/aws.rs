//! What is wrong with a description of an AWS network, and what of it was not understood: both
//! languages side by side, as with [the faults of scenes](crate::i18n::fault).

use crate::{
    i18n::{
        Words,
        fault::{Pair, Said},
    },
    text::particle::settle,
};

mod broken;
mod calls;
mod ends;

pub use broken::*;
pub use calls::call_for_list;
use calls::{adding, with_call};
pub use ends::*;

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
use said;

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

/// EC2-Classic, which AWS closed in 2022.
pub fn classic(id: &str) -> Said {
    said!(
        "ec2-classic",
        "`{id}`은(는) VPC 밖에 있는 EC2-Classic의 것입니다.",
        "`{id}` is of EC2-Classic, outside of every VPC";
        "VPC의 패킷에 영향이 없으므로 뺐습니다.",
        "it was left out, for it means nothing for packets of VPCs"
    )
}

/// A state in which AWS does not let it work.
pub fn not_working(id: &str, state: &str) -> Said {
    said!(
        "not-working",
        "`{id}`의 상태가 `{state}`입니다.",
        "`{id}` is `{state}`";
        "동작한다고 보았습니다. 실제로는 아직 또는 더는 동작하지 않을 수 있습니다.",
        "it was taken to work; in truth it may not yet, or no more"
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

/// A file in which nothing is known.
pub fn foreign_file(name: &str, keys: &str) -> Said {
    said!(
        "foreign-file",
        "`{name}`에는 아는 목록이 하나도 없습니다({keys} 등).",
        "none of the lists in `{name}` is known: {keys}";
        "여기에 적힌 것은 답에 들어 있지 않습니다. 네트워크와 상관없는 서비스의 출력이라면 그대로 두어도 됩니다.",
        "whatever it describes plays no part in the answers; if it is of a service that has nothing to do with networks, all is well"
    )
}

/// A file that is compressed.
pub fn compressed_file() -> Said {
    said!(
        "compressed-file",
        "압축된 파일이므로 읽지 않았습니다.",
        "not read, for it is compressed";
        "압축을 풀어 두면 읽습니다. 그 안의 객체는 답에 들어 있지 않습니다.",
        "unpack it to have it read; whatever it describes plays no part in the answers"
    )
}

/// Bytes that are no UTF-8, in names alone.
pub fn names_lost() -> Said {
    said!(
        "names-lost",
        "올바른 UTF-8이 아니라서 이름의 한글 등을 읽지 못했습니다.",
        "not valid UTF-8: letters of names beyond ASCII could not be read";
        "답은 같습니다. 이름을 살리려면 UTF-8로 저장하세요(Windows에서는 `chcp 65001` 뒤에 다시 저장).",
        "answers are the same; to have the names, save it as UTF-8 (on Windows, after `chcp 65001`)"
    )
}

/// A list whose last page is not here.
pub fn more_pages(key: &str) -> Said {
    let said = said!(
        "more-pages",
        "`{key}`의 다음 쪽이 파일에 없습니다.",
        "`{key}` goes on with a page that is not in the files";
        "그 안의 객체는 답에 들어 있지 않습니다. `--max-items`나 `--no-paginate` 없이 저장하세요.",
        "whatever it describes plays no part in the answers: save it without `--max-items` and `--no-paginate`"
    );
    match call_for_list(key) {
        Some(call) => adding(said, &call),
        None => said,
    }
}

/// A file without anything in it, among others that have something.
pub fn empty_file() -> Said {
    said!(
        "empty-file",
        "파일이 비어 있습니다.",
        "the file is empty";
        "명령이 오류로 끝났다면(권한 등) 그 출력이 답에 빠져 있습니다.",
        "if the command that should have filled it failed, for want of rights for example, the answers lack its output"
    )
}

/// Something without which an object cannot stand.
pub fn left_out(id: &str, needs: &str) -> Said {
    let said = said!(
        "left-out",
        "`{id}`에 필요한 `{needs}`이(가) 파일에 없습니다.",
        "`{id}` needs `{needs}`, which is not in the files";
        "`{id}`을(를) 뺐습니다.",
        "`{id}` was left out"
    );
    with_call(said, needs)
}

/// A part of an object, without which it stands all the same.
pub fn without_part(id: &str, part: &str) -> Said {
    let said = said!(
        "left-out",
        "`{id}`에 속한 `{part}`이(가) 파일에 없습니다.",
        "`{part}`, which is a part of `{id}`, is not in the files";
        "그 부분만 뺐습니다.",
        "that part was left out"
    );
    with_call(said, part)
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
    let said = said!(
        "vpc-made-up",
        "VPC `{id}`에 속한 서브넷은 있지만 VPC 자신은 파일에 없습니다.",
        "there are subnets of the VPC `{id}`, but not the VPC itself";
        "서브넷의 범위를 VPC의 범위로 삼았습니다.",
        "its ranges were taken to be those of its subnets"
    );
    adding(said, "aws ec2 describe-vpcs")
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

/// A load balancer faces the internet, and nobody says by which addresses.
pub fn public_made_up(balancer: &str, address: &str) -> Said {
    said!(
        "address-made-up",
        "로드 밸런서 `{balancer}`의 공인 주소가 파일에 없습니다.",
        "the public addresses of the load balancer `{balancer}` are not in the files";
        "노드의 공인 주소를 {address}(으)로 두었습니다. 도달 여부는 같습니다. `aws ec2 describe-network-interfaces`가 진짜 주소를 알려 줍니다.",
        "a node was given {address}; what arrives is the same, and `aws ec2 describe-network-interfaces` tells the true one"
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
    let said = said!(
        "no-main-table",
        "VPC `{vpc}`의 기본 라우팅 테이블이 파일에 없습니다.",
        "the main route table of the VPC `{vpc}` is not in the files";
        "연결이 없는 서브넷에는 local 경로만 있다고 보았습니다.",
        "subnets without an association were taken to have the local route only"
    );
    adding(said, "aws ec2 describe-route-tables")
}

/// The list of a subnet is not there.
pub fn no_acl(subnet: &str) -> Said {
    let said = said!(
        "no-acl",
        "서브넷 `{subnet}`의 네트워크 ACL이 파일에 없습니다.",
        "the network ACL of the subnet `{subnet}` is not in the files";
        "모두 허용하는 기본 목록이라고 보았습니다.",
        "it was taken to let everything pass, as a default list does"
    );
    adding(said, "aws ec2 describe-network-acls")
}

/// No list of network ACLs at all.
pub fn no_acls() -> Said {
    let said = said!(
        "no-acl",
        "파일에 네트워크 ACL이 하나도 없습니다.",
        "no network ACLs are in the files";
        "모든 서브넷의 목록이 모두 허용하는 기본 목록이라고 보았습니다.",
        "every subnet was taken to have a default list, which lets everything pass"
    );
    adding(said, "aws ec2 describe-network-acls")
}

/// No route tables at all.
pub fn no_tables() -> Said {
    let said = said!(
        "no-main-table",
        "파일에 라우팅 테이블이 하나도 없습니다.",
        "no route tables are in the files";
        "모든 서브넷에 local 경로만 있다고 보았습니다. VPC를 나가는 패킷은 버려진다고 나옵니다.",
        "every subnet was taken to have the local route only: what leaves its VPC is shown as dropped"
    );
    adding(said, "aws ec2 describe-route-tables")
}

/// No security groups at all.
pub fn no_security_groups() -> Said {
    let said = said!(
        "no-group",
        "파일에 보안 그룹이 하나도 없습니다.",
        "no security groups are in the files";
        "규칙이 하나도 없는 그룹으로 보았습니다. 보안 그룹이 지키는 인터페이스에는 아무것도 드나들지 못합니다.",
        "all were taken to have no rules: nothing passes an interface that carries any"
    );
    adding(said, "aws ec2 describe-security-groups")
}

/// Groups without their rules.
pub fn no_rules(group: &str) -> Said {
    let said = said!(
        "no-rules",
        "보안 그룹 `{group}`의 규칙이 파일에 없습니다.",
        "the rules of the security group `{group}` are not in the files";
        "규칙이 없다고 보았습니다. 그 그룹이 허용했을 패킷은 버려진다고 나옵니다.",
        "it was taken to have none: what it would admit is shown as dropped"
    );
    adding(said, "aws ec2 describe-security-group-rules")
}

/// An internet gateway that routes and addresses speak of.
pub fn internet_gateway_made_up(vpc: &str) -> Said {
    let said = said!(
        "gateway-made-up",
        "VPC `{vpc}`의 인터넷 게이트웨이가 파일에 없습니다.",
        "the internet gateway of the VPC `{vpc}` is not in the files";
        "경로나 공인 주소가 있으므로 하나가 연결되어 있다고 보았습니다.",
        "one was taken to be attached, for there is a route to it or a public address"
    );
    adding(said, "aws ec2 describe-internet-gateways")
}

/// A transit gateway that its tables and attachments speak of.
pub fn gateway_made_up(id: &str) -> Said {
    let said = said!(
        "gateway-made-up",
        "트랜짓 게이트웨이 `{id}` 자신은 파일에 없습니다.",
        "the transit gateway `{id}` itself is not in the files";
        "테이블과 연결이 말하는 대로 두었고, 보안 그룹 참조는 꺼져 있다고 보았습니다.",
        "it was put in as its tables and attachments tell; referencing groups across it was taken to be off"
    );
    adding(said, "aws ec2 describe-transit-gateways")
}

/// A table of a transit gateway that only its associations speak of.
pub fn transit_table_made_up(id: &str) -> Said {
    let said = said!(
        "transit-table-made-up",
        "트랜짓 게이트웨이 라우팅 테이블 `{id}` 자신은 파일에 없습니다.",
        "the transit gateway route table `{id}` itself is not in the files";
        "연결이 말하는 대로 두었습니다.",
        "it was put in as the attachments tell"
    );
    adding(said, "aws ec2 describe-transit-gateway-route-tables")
}

/// Nobody says which routes a table of a transit gateway has.
pub fn no_transit_routes(id: &str) -> Said {
    said!(
        "no-transit-routes",
        "트랜짓 게이트웨이 라우팅 테이블 `{id}`의 경로가 파일에 없습니다.",
        "the routes of the transit gateway route table `{id}` are not in the files";
        "게이트웨이의 기본 설정대로 전파된 경로만 있다고 보았습니다. `aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id {id} --filters Name=state,Values=active,blackhole > {id}.json`의 출력을 더하세요.",
        "it was taken to have those that attachments propagate by the gateway's defaults; `aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id {id} --filters Name=state,Values=active,blackhole > {id}.json` would tell"
    )
}

/// A group that an interface carries is not there.
pub fn no_group(interface: &str, group: &str) -> Said {
    let said = said!(
        "no-group",
        "`{interface}`의 보안 그룹 `{group}`이(가) 파일에 없습니다.",
        "the security group `{group}` of `{interface}` is not in the files";
        "규칙이 하나도 없는 그룹으로 보았습니다. 그 그룹만 허용하는 패킷은 버려진다고 나옵니다.",
        "it was taken to have no rules: what only that group would admit is shown as dropped"
    );
    adding(said, "aws ec2 describe-security-groups")
}

/// A rule names a group that is not there.
pub fn peer_group(group: &str, peer: &str) -> Said {
    let said = said!(
        "no-group",
        "`{group}`의 규칙이 가리키는 보안 그룹 `{peer}`이(가) 파일에 없습니다.",
        "a rule of `{group}` names the security group `{peer}`, which is not in the files";
        "아무도 가지지 않은 그룹으로 보았습니다. 이 규칙은 아무것도 허용하지 않습니다.",
        "it was taken to be carried by nobody: the rule admits nothing"
    );
    adding(said, "aws ec2 describe-security-groups")
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
    let said = said!(
        "route-target",
        "`{table}`의 경로 `{destination}`이(가) 향하는 `{target}`은(는) 파일에 없거나 시뮬레이터에 없습니다.",
        "the route `{destination}` of `{table}` leads to `{target}`, which is not in the files or not in the simulator";
        "이 경로를 따라가는 패킷은 블랙홀에서처럼 버려진다고 나옵니다.",
        "packets that follow it are shown as dropped, as by a blackhole"
    );
    with_call(said, target)
}

/// A route that AWS keeps and does not use.
pub fn filtered_route(table: &str) -> Said {
    said!(
        "filtered-route",
        "`{table}`에 상태가 `filtered`인 경로가 있습니다.",
        "a route of `{table}` is `filtered`";
        "쓰이지 않는 경로로 보고 뺐습니다.",
        "it was taken not to be used, and left out"
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
    let said = said!(
        "instance-made-up",
        "인터페이스만 가리키는 인스턴스 `{id}`이(가) 파일에 없습니다.",
        "the instance `{id}` is known by its interfaces only";
        "실행 중이라고 보았습니다.",
        "it was taken to be running"
    );
    adding(said, "aws ec2 describe-instances")
}

/// An instance that has no interface.
pub fn no_interface(id: &str) -> Said {
    let said = said!(
        "no-interface",
        "인스턴스 `{id}`의 네트워크 인터페이스를 알 수 없습니다.",
        "no interface of the instance `{id}` is known";
        "`{id}`은(는) 보내지도 받지도 못합니다.",
        "`{id}` neither sends nor receives"
    );
    adding(said, "aws ec2 describe-network-interfaces")
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
        "`{interface}`에 위임된 접두사 {prefix}의 주소는 너무 많아 패킷이나 대상 그룹이 가리키는 것만 넣습니다.",
        "the prefix {prefix} given to `{interface}` has so many addresses that only those are entered which packets or target groups name";
        "`trace`와 `fix`의 답에는 영향이 없지만, `reach`, `draw`, `scene`에는 나머지 주소가 없습니다.",
        "`trace` and `fix` lack nothing; in `reach`, `draw` and `scene` the others are missing"
    )
}

/// Who sends, sends from a further address.
pub fn sent_from_first(address: &str, first: &str, interface: &str) -> Said {
    said!(
        "sent-from-first",
        "{address}은(는) `{interface}`의 보조 주소이므로, 패킷이 그 첫 주소 {first}에서 출발하는 것으로 보았습니다.",
        "{address} is a further address of `{interface}`: the packet was taken to be sent from its first, {first}";
        "주소 범위로 쓴 규칙이 두 주소를 달리 다룬다면 답이 다를 수 있습니다.",
        "where rules written as ranges tell the two apart, the answer may differ"
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
    let said = said!(
        "exclusion",
        "퍼블릭 액세스 차단의 예외가 가리키는 `{arn}`이(가) 파일에 없습니다.",
        "an exclusion from block public access names `{arn}`, which is not in the files";
        "답에 영향이 없습니다.",
        "means nothing for the answers"
    );
    with_call(said, arn.rsplit('/').next().unwrap_or(arn))
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

/// A far end of which a default route alone is known.
pub fn site_unknown(name: &str) -> Said {
    said!(
        "site-unknown",
        "`{name}`은(는) 기본 경로만 알립니다. 그 너머에 어떤 주소가 있는지는 AWS가 모릅니다.",
        "`{name}` announces a default route alone: AWS does not know which addresses lie behind it";
        "다른 곳에 없는 주소는 모두 그 너머에 있고 답한다고 보았습니다.",
        "every address that is nowhere else is taken to be there, and to answer"
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

/// A function that only a target group speaks of.
pub fn function_made_up(name: &str) -> Said {
    let said = said!(
        "function-made-up",
        "함수 `{name}`은(는) 대상 그룹으로만 알려져 있습니다.",
        "the function `{name}` is known by a target group only";
        "VPC 밖에 있는 함수로 두었습니다. 로드 밸런서가 부르는 답은 같습니다.",
        "it was put in as one outside of every VPC; what its load balancer asks fares the same"
    );
    adding(said, "aws lambda list-functions")
}

/// A listener without targets.
pub fn answers_itself(balancer: &str, port: u16, how: &str) -> Said {
    said!(
        "answers-itself",
        "`{balancer}`의 리스너 {port}은(는) 대상 없이 스스로 답합니다(`{how}`).",
        "the listener {port} of `{balancer}` answers by itself (`{how}`)";
        "언제나 답하는 함수 하나를 대상으로 두었습니다. 답은 같습니다.",
        "a function that always answers was put in as its target; answers are the same"
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
