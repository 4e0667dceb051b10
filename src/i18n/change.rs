//! What each change does, as a sentence in AWS's terms. [`crate::tell`] fills the names in.

use crate::{i18n::Lang, text::particle::settle};

macro_rules! sentences {
    ($($(#[$about:meta])* $name:ident($($arg:ident),*) $ko:literal $en:literal;)*) => {$(
        $(#[$about])*
        pub fn $name(lang: Lang, $($arg: &str),*) -> String {
            match lang {
                Lang::Ko => settle(&format!($ko)),
                Lang::En => format!($en),
            }
        }
    )*};
}

sentences! {
    /// A VPC is made.
    create_vpc(name, cidr) "VPC {name}을(를) {cidr} 범위로 만듭니다." "Create the VPC {name} with {cidr}.";
    /// The default VPC is made.
    create_default_vpc(name) "기본 VPC {name}을(를) 만듭니다." "Create the default VPC {name}.";
    /// A gateway, a table, a network is made.
    make(kind, name) "{kind} {name}을(를) 만듭니다." "Create the {kind} {name}.";
    /// Its options change.
    reset(thing) "{thing}의 설정을 바꿉니다." "Change the options of {thing}.";
    /// Two networks, or a gateway and a network, are joined.
    connect(thing, other) "{thing}을(를) {other}에 연결합니다." "Attach {thing} to {other}.";
    /// The opposite.
    disconnect(thing, other) "{thing}와(과) {other}의 연결을 끊습니다." "Detach {thing} from {other}.";
    /// An attachment stands in these subnets.
    place_in(thing, subnets) "{thing}을(를) 서브넷 {subnets}에 둡니다." "Put {thing} into the subnets {subnets}.";
    /// A table learns from a gateway or attachment.
    propagate(thing, table) "{thing}의 경로를 {table}에 전파합니다." "Propagate the routes of {thing} to {table}.";
    /// It learns no more.
    stop_propagating(thing, table) "{thing}의 경로를 {table}에 더 전파하지 않습니다." "Stop propagating the routes of {thing} to {table}.";
    /// A route is written, or leads elsewhere from now on.
    write_route(table, route) "{table}에 경로 `{route}`을(를) 씁니다." "Write the route `{route}` in {table}.";
    /// A written route goes.
    erase_route(table, route) "{table}에서 {route} 경로를 지웁니다." "Delete the route to {route} from {table}.";
    /// Tunnels fail or come back.
    set_tunnels(vpn, first, second) "{vpn}의 터널을 {first}, {second} 상태로 둡니다." "Set the tunnels of {vpn} to {first} and {second}.";
    /// Anything is deleted.
    delete(thing) "{thing}을(를) 삭제합니다." "Delete {thing}.";
    /// A VPC or subnet gets another block.
    add_block(thing, cidr) "{thing}에 주소 범위 {cidr}을(를) 더합니다." "Add the block {cidr} to {thing}.";
    /// An on-premises network has other blocks.
    set_blocks(thing, cidrs) "{thing}의 주소 범위를 {cidrs}(으)로 바꿉니다." "Give {thing} the blocks {cidrs}.";
    /// A VPC loses a block.
    remove_block(thing, cidr) "{thing}에서 주소 범위 {cidr}을(를) 뺍니다." "Remove the block {cidr} from {thing}.";
    /// A subnet loses its IPv6 range.
    remove_ipv6_block(subnet) "{subnet}에서 IPv6 범위를 뺍니다." "Remove the IPv6 range from {subnet}.";
    /// A subnet is made.
    create_subnet(name, cidr, vpc, zone) "{vpc}의 가용 영역 {zone}에 서브넷 {name}을(를) {cidr} 범위로 만듭니다." "Create the subnet {name} with {cidr} in zone {zone} of {vpc}.";
    /// Instances in a subnet get public addresses from now on.
    assign_public_on(subnet) "{subnet}에서 시작하는 인스턴스에 퍼블릭 IPv4 주소를 자동으로 할당합니다." "Give public IPv4 addresses to instances launched in {subnet}.";
    /// Instances in a subnet get none.
    assign_public_off(subnet) "{subnet}에서 시작하는 인스턴스에 퍼블릭 IPv4 주소를 자동으로 할당하지 않습니다." "Give no public IPv4 addresses to instances launched in {subnet}.";
    /// Something is made in a VPC.
    create_in(kind, name, place) "{place}에 {kind} {name}을(를) 만듭니다." "Create the {kind} {name} in {place}.";
    /// Something is made outside every VPC.
    create(kind, name) "{kind} {name}을(를) 만듭니다." "Create the {kind} {name}.";
    /// A subnet gets another table or list.
    associate(subnet, thing) "{subnet}을(를) {thing}에 연결합니다." "Associate {subnet} with {thing}.";
    /// A subnet goes back to the main table.
    to_main_table(subnet) "{subnet}의 명시적 연결을 없애 기본 라우팅 테이블을 쓰게 합니다." "Disassociate {subnet} from its route table, so that the main one decides for it.";
    /// A subnet goes back to the default list.
    to_default_list(subnet) "{subnet}을(를) VPC의 기본 네트워크 ACL에 연결합니다." "Associate {subnet} with the default network ACL of its VPC.";
    /// A VPC gets another main table.
    main_table(vpc, table) "{table}을(를) {vpc}의 기본 라우팅 테이블로 지정합니다." "Make {table} the main route table of {vpc}.";
    /// A route is added.
    create_route(table, route) "{table}에 경로 `{route}`을(를) 추가합니다." "Add the route `{route}` to {table}.";
    /// A route leads elsewhere.
    replace_route(table, route) "{table}의 경로를 `{route}`(으)로 바꿉니다." "Change the route in {table} to `{route}`.";
    /// A route is deleted.
    delete_route(table, destination) "{table}에서 {destination} 경로를 삭제합니다." "Delete the route for {destination} from {table}.";
    /// A gateway is attached to a VPC.
    attach(gateway, vpc) "{gateway}을(를) {vpc}에 연결합니다." "Attach {gateway} to {vpc}.";
    /// Something is detached.
    detach(thing) "{thing}을(를) 분리합니다." "Detach {thing}.";
    /// Amazon's DNS answers with addresses for NAT64 in a subnet.
    dns64_on(subnet) "{subnet}에서 DNS64를 켭니다." "Turn DNS64 on in {subnet}.";
    /// It does so no more.
    dns64_off(subnet) "{subnet}에서 DNS64를 끕니다." "Turn DNS64 off in {subnet}.";
    /// Public names mean private addresses across a peering.
    peering_names(peering, requester, accepter) "{peering}의 DNS 확인 옵션을 요청자 쪽 `{requester}`, 수락자 쪽 `{accepter}`(으)로 설정합니다." "Set the DNS resolution of {peering}: `{requester}` for the requester's names, `{accepter}` for the accepter's.";
    /// A public NAT gateway is made.
    create_public_nat(name, subnet) "{subnet}에 탄력적 IP 주소를 가진 퍼블릭 NAT 게이트웨이 {name}을(를) 만듭니다." "Create the public NAT gateway {name} in {subnet}, with an Elastic IP address.";
    /// A private NAT gateway is made.
    create_private_nat(name, subnet) "{subnet}에 프라이빗 NAT 게이트웨이 {name}을(를) 만듭니다." "Create the private NAT gateway {name} in {subnet}.";
    /// A NAT gateway over zones that AWS chooses is made.
    create_automatic_nat(name, vpc) "{vpc}에 리전 NAT 게이트웨이 {name}을(를) 만듭니다. 가용 영역과 주소는 AWS가 정합니다." "Create the regional NAT gateway {name} in {vpc}; AWS chooses its zones and addresses.";
    /// A NAT gateway over chosen zones is made.
    create_regional_nat(name, vpc, zones) "{vpc}의 가용 영역 {zones}에 리전 NAT 게이트웨이 {name}을(를) 만듭니다." "Create the regional NAT gateway {name} in {vpc}, in the zones {zones}.";
    /// A regional NAT gateway gets an address in a zone.
    nat_address(gateway, zone) "가용 영역 {zone}에서 {gateway}에 탄력적 IP 주소를 연결합니다." "Associate an Elastic IP address with {gateway} in the zone {zone}.";
    /// A regional NAT gateway loses an address.
    no_nat_address(gateway, address) "{gateway}에서 탄력적 IP 주소 {address}을(를) 분리합니다." "Disassociate the Elastic IP address {address} from {gateway}.";
    /// A group gets a rule.
    authorize(group, direction, rule) "{group}의 {direction} 규칙에 `{rule}`을(를) 추가합니다." "Add the {direction} rule `{rule}` to {group}.";
    /// A group loses a rule.
    revoke(group, direction, rule) "{group}의 {direction} 규칙에서 `{rule}`을(를) 삭제합니다." "Remove the {direction} rule `{rule}` from {group}.";
    /// A rule is written anew.
    modify_rule(group, direction, rule, new) "{group}의 {direction} 규칙 `{rule}`을(를) `{new}`(으)로 수정합니다." "Change the {direction} rule `{rule}` of {group} to `{new}`.";
    /// A list gets an entry.
    create_entry(acl, direction, entry) "{acl}의 {direction}에 `{entry}` 항목을 추가합니다." "Add the {direction} entry `{entry}` to {acl}.";
    /// An entry is written anew.
    replace_entry(acl, direction, number, entry) "{acl}의 {direction} {number}번 항목을 `{entry}`(으)로 바꿉니다." "Replace the {direction} entry {number} of {acl} with `{entry}`.";
    /// A list loses an entry.
    delete_entry(acl, direction, number) "{acl}의 {direction}에서 {number}번 항목을 삭제합니다." "Delete the {direction} entry {number} of {acl}.";
    /// An instance is launched.
    run_instance(name, subnet) "{subnet}에서 인스턴스 {name}을(를) 시작합니다." "Launch the instance {name} in {subnet}.";
    /// An instance stops.
    stop(instance) "{instance}을(를) 중지합니다." "Stop {instance}.";
    /// An instance starts.
    start(instance) "{instance}을(를) 시작합니다." "Start {instance}.";
    /// An instance goes for good.
    terminate(instance) "{instance}을(를) 종료합니다." "Terminate {instance}.";
    /// An interface is attached to an instance.
    attach_interface(interface, instance) "{interface}을(를) {instance}에 연결합니다." "Attach {interface} to {instance}.";
    /// An interface gets other groups.
    groups(interface, groups) "{interface}의 보안 그룹을 {groups}(으)로 지정합니다." "Set the security groups of {interface} to {groups}.";
    /// An interface gets one group more.
    join_group(interface, group, groups) "{interface}에 {group}을(를) 더합니다(보안 그룹: {groups})." "Add {group} to {interface} (security groups: {groups}).";
    /// An interface loses one group.
    leave_group(interface, group, groups) "{interface}에서 {group}을(를) 뺍니다(보안 그룹: {groups})." "Take {group} from {interface} (security groups: {groups}).";
    /// An interface may pass on what is not its own.
    check_off(interface) "{interface}의 소스/대상 확인을 끕니다." "Turn the source/destination check of {interface} off.";
    /// An interface drops what is not its own.
    check_on(interface) "{interface}의 소스/대상 확인을 켭니다." "Turn the source/destination check of {interface} on.";
    /// An interface gets an IPv6 address.
    assign_ipv6(interface, address) "{interface}에 IPv6 주소 {address}을(를) 할당합니다." "Assign the IPv6 address {address} to {interface}.";
    /// An interface gets the next free IPv6 address.
    assign_some_ipv6(interface) "{interface}에 IPv6 주소를 할당합니다." "Assign an IPv6 address to {interface}.";
    /// An interface loses an IPv6 address.
    unassign_ipv6(interface, address) "{interface}에서 IPv6 주소 {address}을(를) 회수합니다." "Unassign the IPv6 address {address} from {interface}.";
    /// An interface gets an Elastic IP.
    associate_address(interface, address) "{interface}에 탄력적 IP 주소 {address}을(를) 연결합니다." "Associate the Elastic IP address {address} with {interface}.";
    /// An interface gets a free Elastic IP.
    associate_some_address(interface) "{interface}에 탄력적 IP 주소를 연결합니다." "Associate an Elastic IP address with {interface}.";
    /// An interface loses its public address.
    disassociate_address(interface) "{interface}에서 퍼블릭 IPv4 주소를 분리합니다." "Disassociate the public IPv4 address from {interface}.";
    /// A secondary private address gets an Elastic IP.
    associate_address_with(interface, private, address) "{interface}의 프라이빗 주소 {private}에 탄력적 IP 주소 {address}을(를) 연결합니다." "Associate the Elastic IP address {address} with the private address {private} of {interface}.";
    /// A secondary private address gets a free Elastic IP.
    associate_some_address_with(interface, private) "{interface}의 프라이빗 주소 {private}에 탄력적 IP 주소를 연결합니다." "Associate an Elastic IP address with the private address {private} of {interface}.";
    /// A secondary private address loses its Elastic IP.
    disassociate_address_of(interface, private) "{interface}의 프라이빗 주소 {private}에서 탄력적 IP 주소를 분리합니다." "Disassociate the Elastic IP address from the private address {private} of {interface}.";
    /// An interface gets a secondary private address.
    assign_private(interface, address) "{interface}에 보조 프라이빗 주소 {address}을(를) 할당합니다." "Assign the secondary private address {address} to {interface}.";
    /// An interface gets the next free address as a secondary one.
    assign_some_private(interface) "{interface}에 보조 프라이빗 주소를 할당합니다." "Assign a secondary private address to {interface}.";
    /// An interface loses a secondary private address.
    unassign_private(interface, address) "{interface}에서 보조 프라이빗 주소 {address}을(를) 회수합니다." "Unassign the secondary private address {address} from {interface}.";
    /// The account's switch.
    block_mode(mode) "VPC 퍼블릭 액세스 차단을 `{mode}`(으)로 설정합니다." "Set VPC Block Public Access to `{mode}`.";
    /// A VPC or subnet is spared.
    spare(thing, mode) "{thing}을(를) VPC 퍼블릭 액세스 차단에서 제외합니다(`{mode}`)." "Exclude {thing} from VPC Block Public Access (`{mode}`).";
    /// A VPC or subnet is spared no more.
    spare_no_more(thing) "{thing}의 VPC 퍼블릭 액세스 차단 제외를 삭제합니다." "Delete the VPC Block Public Access exclusion of {thing}.";
    /// Programs listen on an instance.
    listen(instance, ports) "{instance}에서 {ports} 포트를 듣는 프로그램을 실행합니다." "Let programs on {instance} listen on {ports}.";
    /// Programs listen on every port.
    listen_everywhere(instance) "{instance}에서 모든 포트를 듣게 합니다." "Let programs on {instance} listen on every port.";
    /// Nobody listens.
    listen_nowhere(instance) "{instance}에서 포트를 듣는 프로그램을 모두 끝냅니다." "End every program on {instance} that listens.";
    /// An instance passes packets on, or not.
    forwarding(instance, how) "{instance}의 패킷 전달을 `{how}`(으)로 설정합니다." "Set forwarding on {instance} to `{how}`.";
    /// A gateway loses its table.
    no_gateway_table(gateway) "{gateway}에서 라우팅 테이블 연결을 해제합니다." "Disassociate the route table of {gateway}.";
    /// A peering is asked for.
    create_peering(name, requester, accepter) "{requester}에서 {accepter}(으)로 VPC 피어링 연결 {name}을(를) 요청합니다." "Request the VPC peering connection {name} from {requester} to {accepter}.";
    /// A peering is agreed to.
    accept(peering) "{peering} 요청을 수락합니다." "Accept {peering}.";
    /// A peering is said no to.
    reject(peering) "{peering} 요청을 거절합니다." "Reject {peering}.";
    /// A prefix list is made.
    create_list(name, blocks) "접두사 목록 {name}을(를) 만듭니다({blocks})." "Create the prefix list {name} with {blocks}.";
    /// A prefix list gets other blocks.
    modify_list(list, blocks) "{list}의 항목을 {blocks}(으)로 바꿉니다." "Set the entries of {list} to {blocks}.";
    /// An endpoint serves other tables.
    endpoint_tables(endpoint, tables) "{endpoint}의 라우팅 테이블을 {tables}(으)로 지정합니다." "Set the route tables of {endpoint} to {tables}.";
    /// An endpoint's policy lets everybody ask.
    policy_allows(endpoint) "{endpoint}의 정책을 모두 허용으로 바꿉니다." "Let the policy of {endpoint} allow everything.";
    /// An endpoint's policy lets nobody ask.
    policy_denies(endpoint) "{endpoint}의 정책을 모두 거부로 바꿉니다." "Let the policy of {endpoint} deny everything.";
    /// A host on the internet.
    create_host(name, address) "인터넷에 호스트 {name}({address})을(를) 둡니다." "Put the host {name} ({address}) on the internet.";
}
