//! Which object a name means, and how an object is named so that it is found again.

use std::net::IpAddr;

use crate::{
    cloud::{
        self, Api, CustomerGateway, Database, DirectConnectGateway, Distribution,
        EgressOnlyGateway, EndpointService, Function, GatewayEndpoint, Host, Id, Instance,
        InterfaceEndpoint, InterfaceId, InterfaceKind, InternetGateway, LoadBalancer, NatGateway,
        Network, NetworkAcl, OnPremises, Peering, PrefixList, RouteTable, SecurityGroup, Service,
        Subnet, Table, Target, TargetGroup, Task, TransitGateway, TransitGatewayAttachment,
        TransitGatewayRouteTable, VirtualPrivateGateway, Vpc, VpcId, VpnConnection,
    },
    course::{
        fault::nearest,
        grammar::{Line, Read, Token, quote},
    },
    i18n::fault::{self, Pair},
};

/// A kind of object that has a name.
pub trait Named: Sized {
    /// The kind in words.
    const KIND: Pair;
    /// The kind as scenes spell it.
    const KEY: &'static str;
    /// Where a network keeps these.
    fn table(network: &Network) -> &Table<Self>;
    /// What this one is called.
    fn name(&self) -> &str;
    /// The VPC that it is in, where two VPCs may each have one of its name.
    fn home(&self) -> Option<VpcId> {
        None
    }
}

macro_rules! named {
    ($($kind:ident $key:literal $table:ident $ko:literal $en:literal $($home:ident)?;)*) => {$(
        impl Named for $kind {
            const KIND: Pair = ($ko, $en);
            const KEY: &'static str = $key;
            fn table(network: &Network) -> &Table<Self> { network.$table() }
            fn name(&self) -> &str { &self.name }
            $(fn home(&self) -> Option<VpcId> { Some(self.$home) })?
        }
    )*};
}

named! {
    Vpc "vpc" vpcs "VPC" "VPC";
    Subnet "subnet" subnets "서브넷" "subnet" vpc;
    RouteTable "route_table" route_tables "라우팅 테이블" "route table" vpc;
    InternetGateway "internet_gateway" internet_gateways "인터넷 게이트웨이" "internet gateway";
    EgressOnlyGateway "egress_only_gateway" egress_only_gateways "외부 전용 인터넷 게이트웨이" "egress-only internet gateway" vpc;
    Peering "peering" peerings "VPC 피어링 연결" "VPC peering connection";
    PrefixList "prefix_list" prefix_lists "접두사 목록" "prefix list";
    GatewayEndpoint "gateway_endpoint" gateway_endpoints "게이트웨이 엔드포인트" "gateway endpoint" vpc;
    NatGateway "nat_gateway" nat_gateways "NAT 게이트웨이" "NAT gateway" vpc;
    SecurityGroup "security_group" security_groups "보안 그룹" "security group" vpc;
    NetworkAcl "network_acl" network_acls "네트워크 ACL" "network ACL" vpc;
    Instance "instance" instances "인스턴스" "instance";
    Host "host" hosts "호스트" "host";
    LoadBalancer "load_balancer" load_balancers "로드 밸런서" "load balancer";
    TargetGroup "target_group" target_groups "대상 그룹" "target group" vpc;
    InterfaceEndpoint "interface_endpoint" interface_endpoints "인터페이스 엔드포인트" "interface endpoint" vpc;
    EndpointService "endpoint_service" endpoint_services "엔드포인트 서비스" "endpoint service";
    Service "service" services "서비스" "service";
    Function "function" functions "함수" "function";
    Database "database" databases "데이터베이스" "database";
    Task "task" tasks "태스크" "task";
    Api "api" apis "API" "API";
    Distribution "distribution" distributions "배포" "distribution";
    TransitGateway "transit_gateway" transit_gateways "Transit Gateway" "transit gateway";
    TransitGatewayAttachment "transit_gateway_attachment" transit_gateway_attachments "Transit Gateway 연결" "transit gateway attachment";
    TransitGatewayRouteTable "transit_gateway_route_table" transit_gateway_route_tables "Transit Gateway 라우팅 테이블" "transit gateway route table";
    VirtualPrivateGateway "virtual_private_gateway" virtual_private_gateways "가상 프라이빗 게이트웨이" "virtual private gateway";
    CustomerGateway "customer_gateway" customer_gateways "고객 게이트웨이" "customer gateway";
    VpnConnection "vpn" vpn_connections "VPN 연결" "VPN connection";
    DirectConnectGateway "direct_connect" direct_connect_gateways "Direct Connect 게이트웨이" "Direct Connect gateway";
    OnPremises "on_premises" on_premises "온프레미스 네트워크" "on-premises network";
}

/// Subnets, in words.
pub const SUBNET: Pair = Subnet::KIND;

/// The kinds that a route's target may be spelled with.
const TARGET_KINDS: [&str; 9] = [
    InternetGateway::KEY,
    Peering::KEY,
    GatewayEndpoint::KEY,
    EgressOnlyGateway::KEY,
    NatGateway::KEY,
    TransitGateway::KEY,
    VirtualPrivateGateway::KEY,
    Instance::KEY,
    "network_interface",
];

/// The only object of this kind with this name.
pub fn only<T: Named>(network: &Network, name: &str) -> Option<Id<T>> {
    let mut found = T::table(network).iter().filter(|(_, row)| row.name() == name);
    let (id, _) = found.next()?;
    found.next().is_none().then_some(id)
}

/// The object of this kind that a text means: its name, or `shop/default` for what is called so in
/// the VPC `shop`, where that is the only one.
fn called<T: Named>(network: &Network, text: &str) -> Option<Id<T>> {
    if T::table(network).iter().any(|(_, row)| row.name() == text) {
        return only(network, text);
    }
    text.match_indices('/').find_map(|(at, _)| {
        let (vpc, name) = (only::<Vpc>(network, &text[..at])?, &text[at + 1..]);
        let own = |row: &T| row.home() == Some(vpc) && row.name() == name;
        let mut found = T::table(network).iter().filter(|(_, row)| own(row));
        let (id, _) = found.next()?;
        found.next().is_none().then_some(id)
    })
}

/// The object of this kind that a word means: its name, with its VPC before it where two VPCs share
/// the name (`shop/default`), or `#3` for the third that was made (counted from 0) where that is not
/// enough.
pub fn find<T: Named>(network: &Network, token: &Token) -> Read<Id<T>> {
    if let Some(id) = numbered(token) {
        return Ok(id);
    }
    called::<T>(network, &token.text).ok_or_else(|| {
        let names: Vec<&str> = T::table(network).iter().map(|(_, row)| row.name()).collect();
        if names.contains(&&*token.text) {
            let ways: Vec<String> = T::table(network)
                .iter()
                .filter(|(_, row)| row.name() == token.text)
                .map(|(id, _)| word(network, id))
                .collect();
            let ways = crate::course::document::list(ways.iter().map(String::as_str));
            return token.slip(fault::ambiguous(&token.text, &ways));
        }
        let said = fault::unknown_object(T::KIND, &token.text);
        token.slip(said.did_you_mean(nearest(&token.text, names)))
    })
}

/// The object that `#3` means.
pub fn numbered<T>(token: &Token) -> Option<Id<T>> {
    if token.quoted {
        return None;
    }
    token.text.strip_prefix('#')?.parse().ok().map(Id::new)
}

/// A word that means this object again.
pub fn word<T: Named>(network: &Network, id: Id<T>) -> String {
    let numbered = || format!("#{}", id.index());
    let Some(row) = T::table(network).get(id) else { return numbered() };
    let means = |text: &str| called::<T>(network, text) == Some(id);
    if means(row.name()) {
        return quote(row.name());
    }
    let Some(vpc) = row.home().and_then(|it| network.vpcs().get(it)) else { return numbered() };
    let text = format!("{}/{}", vpc.name, row.name());
    let bare = [&*vpc.name, row.name()].iter().all(|it| quote(it) == *it);
    match means(&text) {
        true if bare => text,
        true => quote(&text),
        false => numbered(),
    }
}

/// A word that means this thing again, where a kind of object is known from the place.
pub fn thing_word(network: &Network, thing: cloud::Thing) -> String {
    macro_rules! spelled {
        ($($kind:ident)*) => {
            match thing {
                $(cloud::Thing::$kind(id) => word(network, id),)*
                cloud::Thing::Interface(id) => interface_word(network, id),
            }
        };
    }
    spelled! {
        Vpc Subnet RouteTable InternetGateway EgressOnlyGateway Peering PrefixList GatewayEndpoint
        NatGateway SecurityGroup NetworkAcl Instance Host LoadBalancer TargetGroup
        InterfaceEndpoint EndpointService Service Function Database Task Api Distribution
        TransitGateway TransitGatewayAttachment TransitGatewayRouteTable VirtualPrivateGateway
        CustomerGateway VpnConnection DirectConnectGateway OnPremises
    }
}

/// The interface that a word means: an instance (its primary interface), `instance.interface`, a
/// NAT gateway, an interface by its own name, or `#3`.
pub fn find_interface(network: &Network, token: &Token) -> Read<InterfaceId> {
    if let Some(id) = numbered(token) {
        return Ok(id);
    }
    interface_called(network, &token.text).ok_or_else(|| {
        let names = network.instances().iter().map(|(_, instance)| instance.name.as_str());
        let said = fault::unknown_object(Instance::KIND, &token.text);
        token.slip(said.did_you_mean(nearest(&token.text, names)))
    })
}

/// The interface that a name means, see [`find_interface`].
pub fn interface_called(network: &Network, name: &str) -> Option<InterfaceId> {
    if let Some(instance) = only::<Instance>(network, name) {
        return network.instances()[instance].interfaces.first().copied();
    }
    if let Some(gateway) = only::<NatGateway>(network, name) {
        return network.nat_gateways()[gateway].interface();
    }
    if let Some((instance, interface)) = name.split_once('.') {
        let instance = only::<Instance>(network, instance)?;
        let interfaces = &network.instances()[instance].interfaces;
        return interfaces
            .iter()
            .copied()
            .find(|id| network.interfaces().get(*id).is_some_and(|row| *row.name == *interface));
    }
    let mut found = network.interfaces().iter().filter(|(_, row)| *row.name == *name);
    let (id, _) = found.next()?;
    found.next().is_none().then_some(id)
}

/// What an interface is called, so that [`interface_called`] finds it again; `None` when no name
/// does.
pub fn interface_name(network: &Network, id: InterfaceId) -> Option<String> {
    let interface = network.interfaces().get(id)?;
    let mut names = Vec::new();
    match interface.kind {
        InterfaceKind::Instance(instance) => {
            if let Some(instance) = network.instances().get(instance) {
                names.push(instance.name.to_string());
                names.push(format!("{}.{}", instance.name, interface.name));
            }
        }
        InterfaceKind::NatGateway => names.extend(
            network
                .nat_gateways()
                .iter()
                .filter(|(_, gateway)| gateway.interface() == Some(id))
                .map(|(_, gateway)| gateway.name.to_string()),
        ),
        InterfaceKind::Service
        | InterfaceKind::Unattached
        | InterfaceKind::LoadBalancer(_)
        | InterfaceKind::Endpoint(_)
        | InterfaceKind::Function(_)
        | InterfaceKind::Database(_)
        | InterfaceKind::Task(_)
        | InterfaceKind::VpcLink(_) => {}
    }
    names.push(interface.name.to_string());
    names.into_iter().find(|name| interface_called(network, name) == Some(id))
}

/// May a name with dots, such as `web.eth1`, stand without quotes?
pub fn is_bare(name: &str) -> bool {
    name.split('.').all(|part| quote(part) == part) && name.parse::<IpAddr>().is_err()
}

/// A word that means this interface again.
pub fn interface_word(network: &Network, id: InterfaceId) -> String {
    match interface_name(network, id) {
        Some(name) if is_bare(&name) => name,
        Some(name) => quote(&name),
        None => format!("#{}", id.index()),
    }
}

/// Where a route leads: `igw`, `nat_gateway.nat`, `web`, `local`, `blackhole`, `old (deleted)`.
pub fn target(network: &Network, line: &mut Line) -> Read<Target> {
    let token = line.need("`igw`, `nat`, `local`")?;
    if token.is("local") {
        return Ok(Target::Local);
    }
    if token.is("blackhole") {
        return Ok(Target::Gone("blackhole".into()));
    }
    if line.accept("(deleted)") {
        return Ok(Target::Gone(token.text.as_ref().into()));
    }
    if !token.quoted {
        if TARGET_KINDS.contains(&&*token.text) && line.peek().is_some() {
            let name = line.need("`igw`")?;
            return target_of_kind(network, &token.text, &name);
        }
        if let Some((kind, name)) = token.text.split_once('.')
            && TARGET_KINDS.contains(&kind)
        {
            let range = token.range.end - name.len()..token.range.end;
            let name = Token { text: name.into(), range, quoted: false };
            return target_of_kind(network, kind, &name);
        }
    }
    let mut found = targets_called(network, &token.text);
    match found.len() {
        1 => Ok(found.remove(0).1),
        0 => {
            let names = network
                .internet_gateways()
                .iter()
                .map(|(_, row)| row.name.as_str())
                .chain(network.peerings().iter().map(|(_, row)| row.name.as_str()))
                .chain(network.egress_only_gateways().iter().map(|(_, row)| row.name.as_str()))
                .chain(network.nat_gateways().iter().map(|(_, row)| row.name.as_str()))
                .chain(network.transit_gateways().iter().map(|(_, row)| row.name.as_str()))
                .chain(network.virtual_private_gateways().iter().map(|(_, row)| row.name.as_str()))
                .chain(network.instances().iter().map(|(_, row)| row.name.as_str()))
                .chain(["local", "blackhole"]);
            let said = fault::unknown_object(("경로 대상", "route target"), &token.text);
            Err(token.slip(said.did_you_mean(nearest(&token.text, names))))
        }
        _ => {
            let ways: Vec<String> =
                found.iter().map(|(kind, _)| format!("{kind}.{}", token.text)).collect();
            let ways = crate::course::document::list(ways.iter().map(String::as_str));
            Err(token.slip(fault::ambiguous(&token.text, &ways)))
        }
    }
}

fn target_of_kind(network: &Network, kind: &str, name: &Token) -> Read<Target> {
    Ok(match kind {
        InternetGateway::KEY => Target::InternetGateway(find(network, name)?),
        Peering::KEY => Target::Peering(find(network, name)?),
        GatewayEndpoint::KEY => Target::GatewayEndpoint(find(network, name)?),
        EgressOnlyGateway::KEY => Target::EgressOnlyGateway(find(network, name)?),
        NatGateway::KEY => Target::NatGateway(find(network, name)?),
        TransitGateway::KEY => Target::TransitGateway(find(network, name)?),
        VirtualPrivateGateway::KEY => Target::VirtualPrivateGateway(find(network, name)?),
        _ => Target::Interface(find_interface(network, name)?),
    })
}

fn targets_called(network: &Network, name: &str) -> Vec<(&'static str, Target)> {
    let mut found = Vec::new();
    if let Some(id) = only(network, name) {
        found.push((InternetGateway::KEY, Target::InternetGateway(id)));
    }
    if let Some(id) = only(network, name) {
        found.push((Peering::KEY, Target::Peering(id)));
    }
    if let Some(id) = only(network, name) {
        found.push((GatewayEndpoint::KEY, Target::GatewayEndpoint(id)));
    }
    if let Some(id) = only(network, name) {
        found.push((EgressOnlyGateway::KEY, Target::EgressOnlyGateway(id)));
    }
    if let Some(id) = only(network, name) {
        found.push((TransitGateway::KEY, Target::TransitGateway(id)));
    }
    if let Some(id) = only(network, name) {
        found.push((VirtualPrivateGateway::KEY, Target::VirtualPrivateGateway(id)));
    }
    let gateway = only::<NatGateway>(network, name);
    if let Some(id) = gateway {
        found.push((NatGateway::KEY, Target::NatGateway(id)));
    }
    let its_interface = gateway.and_then(|id| network.nat_gateways()[id].interface());
    if let Some(id) = interface_called(network, name).filter(|id| Some(*id) != its_interface) {
        found.push((Instance::KEY, Target::Interface(id)));
    }
    found
}

/// Prints [`target`].
pub fn target_word(network: &Network, target: &Target) -> String {
    let spelled = |kind: &str, word: String| {
        let bare = format!("{kind}.{word}");
        if word.starts_with(['"', '#']) { format!("{kind} {word}") } else { bare }
    };
    let (kind, word) = match target {
        Target::Local => return "local".into(),
        Target::Gone(name) if **name == *"blackhole" => return "blackhole".into(),
        Target::Gone(name) => return format!("{} (deleted)", quote(name)),
        Target::InternetGateway(id) => (InternetGateway::KEY, word(network, *id)),
        Target::Peering(id) => (Peering::KEY, word(network, *id)),
        Target::GatewayEndpoint(id) => (GatewayEndpoint::KEY, word(network, *id)),
        Target::EgressOnlyGateway(id) => (EgressOnlyGateway::KEY, word(network, *id)),
        Target::NatGateway(id) => (NatGateway::KEY, word(network, *id)),
        Target::Interface(id) => ("network_interface", interface_word(network, *id)),
        Target::TransitGateway(id) => (TransitGateway::KEY, word(network, *id)),
        Target::VirtualPrivateGateway(id) => (VirtualPrivateGateway::KEY, word(network, *id)),
    };
    let alone = target_alone(network, &word);
    if alone.as_ref() == Some(target) { word } else { spelled(kind, word) }
}

fn target_alone(network: &Network, word: &str) -> Option<Target> {
    let mut line = Line::new(word);
    let found = self::target(network, &mut line).ok()?;
    line.end().ok()?;
    Some(found)
}

/// Who may be an end of a packet, by name: what has an interface, hosts, on-premises networks, and
/// what goes by a DNS name of its own.
pub fn ends(network: &Network) -> impl Iterator<Item = &str> {
    fn of<T: Named + 'static>(network: &Network) -> impl Iterator<Item = &str> {
        T::table(network).iter().map(|(_, row)| row.name())
    }
    of::<Instance>(network)
        .chain(of::<Host>(network))
        .chain(of::<NatGateway>(network))
        .chain(of::<OnPremises>(network))
        .chain(of::<LoadBalancer>(network))
        .chain(of::<Database>(network))
        .chain(of::<Task>(network))
        .chain(of::<Function>(network))
        .chain(of::<InterfaceEndpoint>(network))
        .chain(of::<Service>(network))
        .chain(of::<Api>(network))
        .chain(of::<Distribution>(network))
}

/// The host with an address, when there is one.
pub fn host_at(network: &Network, address: IpAddr) -> Option<Id<Host>> {
    network.hosts().iter().find(|(_, host)| host.address == address).map(|(id, _)| id)
}

/// How the number of something that goes by a name of its own is spelled: `load_balancer#0`.
pub fn named_key(named: cloud::Named) -> &'static str {
    match named {
        cloud::Named::LoadBalancer(_) => LoadBalancer::KEY,
        cloud::Named::Service(_) => Service::KEY,
        cloud::Named::Endpoint(_) => InterfaceEndpoint::KEY,
        cloud::Named::Function(_) => Function::KEY,
        cloud::Named::Api(_) => Api::KEY,
        cloud::Named::Distribution(_) => Distribution::KEY,
    }
}

/// The place of a thing in its table.
pub fn number_of(thing: cloud::Thing) -> usize {
    match thing {
        cloud::Thing::LoadBalancer(id) => id.index(),
        cloud::Thing::Service(id) => id.index(),
        cloud::Thing::InterfaceEndpoint(id) => id.index(),
        cloud::Thing::Function(id) => id.index(),
        cloud::Thing::Api(id) => id.index(),
        cloud::Thing::Distribution(id) => id.index(),
        _ => 0,
    }
}

/// What a word means that goes by a DNS name of its own: a load balancer, a service, an endpoint, a
/// function, an API, a distribution. Instances and hosts come first.
pub fn named_end(network: &Network, token: &Token) -> Option<cloud::Named> {
    let text = &*token.text;
    if !token.quoted
        && let Some((key, number)) = text.split_once('#')
        && let Ok(number) = number.parse::<u32>()
    {
        return Some(match key {
            LoadBalancer::KEY => cloud::Named::LoadBalancer(Id::new(number)),
            Service::KEY => cloud::Named::Service(Id::new(number)),
            InterfaceEndpoint::KEY => cloud::Named::Endpoint(Id::new(number)),
            Function::KEY => cloud::Named::Function(Id::new(number)),
            Api::KEY => cloud::Named::Api(Id::new(number)),
            Distribution::KEY => cloud::Named::Distribution(Id::new(number)),
            _ => return None,
        });
    }
    if interface_called(network, text).is_some_and(|id| {
        !matches!(
            network.interfaces()[id].kind,
            InterfaceKind::Endpoint(_) | InterfaceKind::Function(_)
        )
    }) {
        return None;
    }
    let balancer = only::<LoadBalancer>(network, text).map(cloud::Named::LoadBalancer);
    let service = || only::<Service>(network, text).map(cloud::Named::Service);
    let function = || only::<Function>(network, text).map(cloud::Named::Function);
    let api = || only::<Api>(network, text).map(cloud::Named::Api);
    let front = || only::<Distribution>(network, text).map(cloud::Named::Distribution);
    let endpoint = || only::<InterfaceEndpoint>(network, text).map(cloud::Named::Endpoint);
    balancer.or_else(service).or_else(function).or_else(api).or_else(front).or_else(endpoint)
}
