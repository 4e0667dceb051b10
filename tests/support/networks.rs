//! Networks made by a row of choices: small, crowded, and odd where that is allowed.

use std::net::IpAddr;

use hanulgil::{
    cloud::{
        AclAction, AclEntry, BlockMode, Change, Connectivity, EgressOnlyGateway,
        EgressOnlyGatewayId, EndpointPolicy, Exclusion, ExclusionMode, ExclusionOf, Forwarding,
        GatewayEndpoint, Host, Instance, InstanceState, Interface, InterfaceId, InterfaceKind,
        InternetGateway, InternetGatewayId, Listening, NatGateway, NatGatewayId, NatGatewayState,
        NatSeat, Network, NetworkAcl, NetworkAclId, Origin, Peer, Peering, PeeringState,
        PrefixList, PublicAddress, Route, RouteTable, RouteTableId, SecurityGroup, SecurityGroupId,
        SecurityGroupRule, Subnet, SubnetId, Target, VpcId, Zone,
    },
    net::{Cidr, Ports, Protocol},
};

/// Numbers that are the same every time.
#[allow(dead_code, reason = "not all tests draw so")]
pub fn row(seed: u64, length: usize) -> Vec<u16> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u16
    };
    (0..length).map(|_| next()).collect()
}

/// Takes choices from a row of numbers; 0 for ever once it is used up, so shorter rows make simpler
/// networks.
pub struct Dice<'r> {
    row: &'r [u16],
    at: usize,
}

impl<'r> Dice<'r> {
    pub fn new(row: &'r [u16]) -> Self {
        Self { row, at: 0 }
    }

    fn next(&mut self) -> usize {
        let it = self.row.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        it.into()
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.next() % end
    }

    /// True in one of `n` cases.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

pub fn block(text: &str) -> Cidr {
    text.parse().unwrap()
}

/// Blocks of addresses that meet those of the network in every way.
fn some_block(dice: &mut Dice) -> Cidr {
    block(dice.pick(&[
        "0.0.0.0/0",
        "10.0.0.0/16",
        "10.0.0.0/24",
        "10.0.1.0/24",
        "10.0.0.10/32",
        "10.0.0.11/32",
        "10.0.0.8/30",
        "10.0.1.12/32",
        "10.1.0.0/16",
        "203.0.113.0/24",
        "203.0.113.128/25",
        "203.0.113.9/32",
        "198.51.100.0/24",
        "198.51.100.11/32",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "192.0.2.80/32",
        "::/0",
        "::/0",
        "2001:db8:1::/64",
        "2001:db8:ffff::/48",
        "2001:db8:ffff::9/128",
    ]))
}

/// What a rule is for; of ICMP it may be one type, the types of pings more often than others.
fn some_service(dice: &mut Dice) -> (Option<Protocol>, Ports) {
    let (protocol, ports) = (some_protocol(dice), some_ports(dice));
    if protocol != Some(Protocol::ICMP) {
        return (protocol, ports.of(protocol));
    }
    let ports = dice.pick(&[
        Ports::ALL,
        Ports::icmp(8, None),
        Ports::icmp(0, None),
        Ports::icmp(8, Some(0)),
        Ports::icmp(0, Some(0)),
        Ports::icmp(128, None),
        Ports::icmp(129, None),
        Ports::icmp(3, Some(3)),
        Ports::icmp(3, Some(4)),
        Ports::icmp(1, Some(4)),
    ]);
    (Some(dice.pick(&[Protocol::ICMP, Protocol::ICMP, Protocol::ICMPV6])), ports)
}

fn some_protocol(dice: &mut Dice) -> Option<Protocol> {
    dice.pick(&[
        Some(Protocol::TCP),
        Some(Protocol::TCP),
        None,
        Some(Protocol::UDP),
        Some(Protocol::ICMP),
        Some(Protocol(47)),
    ])
}

pub fn some_ports(dice: &mut Dice) -> Ports {
    let (low, high) = dice.pick(&[
        (443, 443),
        (0, u16::MAX),
        (22, 22),
        (1024, u16::MAX),
        (32768, 61000),
        (400, 500),
        (0, 1023),
        (5000, 49151),
    ]);
    Ports::new(low, high).unwrap()
}

pub fn some_listening(dice: &mut Dice) -> Listening {
    match dice.below(3) {
        0 => Listening::Everywhere,
        1 => Listening::On(vec![(Protocol::TCP, Ports::one(443))]),
        _ => {
            let udp = (Protocol::UDP, some_ports(dice));
            Listening::On(vec![(Protocol::TCP, some_ports(dice)), udp])
        }
    }
}

/// Everything that [`network`] put into a VPC.
struct Parts {
    vpc: VpcId,
    groups: Vec<SecurityGroupId>,
    acls: Vec<NetworkAclId>,
    tables: Vec<RouteTableId>,
    subnets: Vec<SubnetId>,
    interfaces: Vec<InterfaceId>,
    gateway: Option<InternetGatewayId>,
    nats: Vec<NatGatewayId>,
    egress_only: Option<EgressOnlyGatewayId>,
}

/// A network of one or two VPCs with a few subnets each, gateways, groups, lists, servers in small
/// crowds, hosts on the internet. Nothing is checked as AWS would: some are very odd.
pub fn network(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let vpcs = 1 + usize::from(dice.one_in(3));
    for place in 0..vpcs {
        // The second VPC may have the same addresses, or public ones.
        let cidr = if place == 0 {
            "10.0.0.0/16"
        } else {
            dice.pick(&["10.1.0.0/16", "10.0.0.0/16", "198.18.0.0/16"])
        };
        vpc(&mut network, dice, place, block(cidr));
    }
    if dice.one_in(5) {
        let mode = dice.pick(&[BlockMode::Ingress, BlockMode::Bidirectional]);
        network.apply(Change::ModifyBlockPublicAccess { mode }).unwrap();
        let subnets: Vec<SubnetId> = network.subnets().iter().map(|it| it.0).collect();
        let of = ExclusionOf::Subnet(dice.pick(&subnets));
        let mode = dice.pick(&[ExclusionMode::AllowEgress, ExclusionMode::AllowBidirectional]);
        network.apply(Change::PutExclusion { exclusion: Exclusion { of, mode } }).unwrap();
    }
    if dice.one_in(3) {
        peerings(&mut network, dice);
    }
    if dice.one_in(4) {
        endpoint(&mut network, dice);
    }
    for place in 0..dice.below(3) {
        let address = ["192.0.2.80", "203.0.113.9", "203.0.113.200"][place].parse().unwrap();
        let listening = some_listening(dice);
        network.insert(Host { name: format!("host-{place}").into(), address, listening });
    }
    network
}

/// A third VPC, and peerings from each to the next, with routes that may lead too far.
fn peerings(network: &mut Network, dice: &mut Dice) {
    if network.vpcs().len() < 2 {
        vpc(network, dice, 1, block("10.1.0.0/16"));
    }
    vpc(network, dice, network.vpcs().len(), block("10.2.0.0/16"));
    let vpcs: Vec<VpcId> = network.vpcs().iter().map(|it| it.0).collect();
    let mut joined = Vec::new();
    for pair in vpcs.windows(2) {
        let state =
            if dice.one_in(6) { PeeringState::PendingAcceptance } else { PeeringState::Active };
        joined.push(network.insert(Peering {
            name: "pcx".into(),
            requester: pair[0],
            accepter: pair[1],
            state,
            inter_region: dice.one_in(4),
            private_names: hanulgil::cloud::PrivateNames::default(),
        }));
    }
    let tables: Vec<RouteTableId> = network.route_tables().iter().map(|it| it.0).collect();
    for table in tables {
        let own = network.route_tables()[table].vpc;
        let ways: Vec<Target> = joined
            .iter()
            .filter(|it| network.peerings()[**it].other_end(own).is_some())
            .map(|it| Target::Peering(*it))
            .collect();
        for far in ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"] {
            if ways.is_empty() || dice.one_in(6) {
                continue;
            }
            let route =
                Route { destination: block(far), target: dice.pick(&ways), origin: Origin::Static };
            network.update(table, |it| {
                if it.routes.iter().all(|it| it.destination != route.destination) {
                    it.routes.push(route);
                }
            });
        }
    }
}

/// A gateway endpoint for a service at some addresses of the internet, in some tables of a VPC, and
/// groups that name its list.
fn endpoint(network: &mut Network, dice: &mut Dice) {
    let cidrs = vec![block("192.0.2.0/24"), block("203.0.113.128/25")];
    let list =
        network.insert(PrefixList { name: "pl-s3".into(), cidrs: cidrs.clone(), by_aws: true });
    let vpc = network.vpcs().iter().next().unwrap().0;
    let tables: Vec<RouteTableId> = (network.route_tables().iter())
        .filter(|it| it.1.vpc == vpc)
        .map(|it| it.0)
        .filter(|_| dice.one_in(2))
        .collect();
    let policy = if dice.one_in(4) { EndpointPolicy::Denies } else { EndpointPolicy::Allows };
    let route_tables = tables.clone();
    let endpoint =
        network.insert(GatewayEndpoint { name: "s3".into(), vpc, list, route_tables, policy });
    for table in tables {
        network.update(table, |it| {
            it.routes.extend(cidrs.iter().map(|&destination| Route {
                destination,
                target: Target::GatewayEndpoint(endpoint),
                origin: Origin::PrefixList(list),
            }));
        });
    }
    let groups: Vec<SecurityGroupId> =
        (network.security_groups().iter()).filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
    let (protocol, ports) = some_service(dice);
    let rule = SecurityGroupRule { protocol, ports, peer: Peer::PrefixList(list) };
    network.update(dice.pick(&groups), |it| it.egress.push(rule));
}

/// One VPC of such a network.
pub fn vpc(network: &mut Network, dice: &mut Dice, place: usize, cidr: Cidr) {
    let v6 = Cidr::new(format!("2001:db8:{}::", place + 1).parse().unwrap(), 56).unwrap();
    let cidrs = if dice.one_in(3) { vec![cidr, v6] } else { vec![cidr] };
    let vpc = network.insert_vpc(format!("vpc-{place}"), &cidrs);
    let mut parts = Parts {
        vpc,
        groups: vec![network.vpcs()[vpc].default_security_group],
        acls: vec![network.vpcs()[vpc].default_network_acl],
        tables: vec![network.vpcs()[vpc].main_route_table],
        subnets: Vec::new(),
        interfaces: Vec::new(),
        gateway: None,
        nats: Vec::new(),
        egress_only: None,
    };
    if cidrs.len() > 1 && dice.one_in(2) {
        let name = "eigw".into();
        parts.egress_only = Some(network.insert(EgressOnlyGateway { name, vpc }));
    }
    if !dice.one_in(5) {
        let vpc = (!dice.one_in(8)).then_some(vpc);
        parts.gateway =
            Some(network.insert(InternetGateway { name: "igw".into(), vpc, route_table: None }));
    }
    for _ in 0..dice.below(3) {
        let routes = cidrs.iter().copied().map(Route::local).collect();
        let name = "table".into();
        parts.tables.push(network.insert(RouteTable { name, vpc, routes }));
    }
    for _ in 0..dice.below(3) {
        let (name, ingress, egress) = ("acl".into(), entries(dice), entries(dice));
        parts.acls.push(network.insert(NetworkAcl { name, vpc, ingress, egress }));
    }
    for number in 0..=dice.below(3) {
        let name = format!("sg-{number}").into();
        parts.groups.push(network.insert(SecurityGroup {
            name,
            vpc,
            ingress: Vec::new(),
            egress: Vec::new(),
        }));
    }
    for &group in &parts.groups {
        let (ingress, egress) = (rules(dice, &parts.groups), rules(dice, &parts.groups));
        let all =
            [Cidr::ANY_V4, Cidr::ANY_V6].map(|it| SecurityGroupRule::everything(Peer::Cidr(it)));
        let egress = if dice.one_in(3) { egress } else { all.into() };
        network.update(group, |it| {
            it.ingress.extend(ingress);
            it.egress = egress;
        });
    }
    for number in 0..=dice.below(3) {
        subnet(network, dice, &mut parts, cidr, number as u128);
    }
    routes(network, dice, &parts);
}

fn entries(dice: &mut Dice) -> Vec<AclEntry> {
    let mut entries: Vec<AclEntry> = (0..dice.below(4))
        .map(|place| {
            let action = if dice.one_in(3) { AclAction::Deny } else { AclAction::Allow };
            let (protocol, ports) = some_service(dice);
            let number = 10 + 10 * place as u16;
            AclEntry { number, action, protocol, ports, cidr: some_block(dice) }
        })
        .collect();
    if !dice.one_in(3) {
        for (number, cidr) in [(100, Cidr::ANY_V4), (101, Cidr::ANY_V6)] {
            let (action, protocol, ports) = (AclAction::Allow, None, Ports::ALL);
            entries.push(AclEntry { number, action, protocol, ports, cidr });
        }
    }
    entries
}

fn rules(dice: &mut Dice, groups: &[SecurityGroupId]) -> Vec<SecurityGroupRule> {
    (0..dice.below(4))
        .map(|_| {
            let peer = if dice.one_in(3) {
                Peer::Group(dice.pick(groups))
            } else {
                Peer::Cidr(some_block(dice))
            };
            let (protocol, ports) = some_service(dice);
            SecurityGroupRule { protocol, ports, peer }
        })
        .collect()
}

fn subnet(network: &mut Network, dice: &mut Dice, parts: &mut Parts, vpc: Cidr, number: u128) {
    let cidr = Cidr::new(vpc.nth(256 * number).unwrap(), 24).unwrap();
    let main = dice.one_in(3);
    let v6 = network.vpcs()[parts.vpc].ipv6_cidrs.first().copied();
    let ipv6_cidr = v6.map(|it| Cidr::new(it.nth(number << 64).unwrap(), 64).unwrap());
    let id = network.insert(Subnet {
        name: format!("subnet-{number}").into(),
        vpc: parts.vpc,
        zone: Zone(dice.pick(&["a", "b"]).into()),
        cidr,
        ipv6_cidr,
        route_table: (!main).then(|| dice.pick(&parts.tables)),
        network_acl: (!dice.one_in(3)).then(|| dice.pick(&parts.acls)),
        auto_assign_public_ip: false,
        dns64: false,
    });
    parts.subnets.push(id);
    let mut next = 10;
    for _ in 0..=dice.below(3) {
        // A few servers that are made alike.
        let groups: Vec<SecurityGroupId> =
            (0..=dice.below(2)).map(|_| dice.pick(&parts.groups)).collect();
        let listening = some_listening(dice);
        let state = if dice.one_in(8) { InstanceState::Stopped } else { InstanceState::Running };
        let public = dice.one_in(2);
        let forwarding = if dice.one_in(6) {
            dice.pick(&[Forwarding::Routes, Forwarding::Translates])
        } else {
            Forwarding::Off
        };
        let source_dest_check = !dice.one_in(4);
        let service = dice.one_in(8);
        let v4_only = dice.one_in(2);
        for _ in 0..=dice.below(3) {
            let mut addresses = vec![cidr.nth(next).unwrap()];
            addresses.extend(ipv6_cidr.filter(|_| !v4_only).and_then(|it| it.nth(next)));
            next += 1;
            let name = format!("server-{number}-{next}");
            let kind = if service {
                InterfaceKind::Service
            } else {
                InterfaceKind::Instance(network.insert(Instance {
                    name: name.as_str().into(),
                    state,
                    interfaces: Vec::new(),
                    listening: listening.clone(),
                    forwarding,
                }))
            };
            let public_address = public.then(|| free_public(network));
            let interface = network.insert(Interface {
                name: name.into(),
                subnet: id,
                kind,
                addresses,
                public_address,
                further_public: Vec::new(),
                assigns_public_address: public,
                security_groups: groups.clone(),
                source_dest_check,
            });
            if let InterfaceKind::Instance(instance) = kind {
                network.update(instance, |it| it.interfaces.push(interface));
            }
            parts.interfaces.push(interface);
        }
    }
    if dice.one_in(3) {
        let public_address = (!dice.one_in(5)).then(|| free_public(network));
        let interface = network.insert(Interface {
            name: "nat".into(),
            subnet: id,
            kind: InterfaceKind::NatGateway,
            addresses: vec![cidr.nth(200).unwrap()],
            public_address,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups: Vec::new(),
            source_dest_check: false,
        });
        let states =
            [NatGatewayState::Available, NatGatewayState::Available, NatGatewayState::Failed];
        parts.nats.push(network.insert(NatGateway {
            name: "nat".into(),
            vpc: network.subnets()[id].vpc,
            seat: NatSeat::Zonal { subnet: id, interface },
            connectivity: Connectivity::Public,
            state: dice.pick(&states),
        }));
    }
}

pub fn free_public(network: &Network) -> PublicAddress {
    let address = (10..=u8::MAX)
        .map(|last| std::net::Ipv4Addr::new(198, 51, 100, last))
        .find(|it| network.public_owner(IpAddr::V4(*it)).is_none())
        .unwrap();
    PublicAddress { address, elastic: true }
}

fn routes(network: &mut Network, dice: &mut Dice, parts: &Parts) {
    let mut targets: Vec<Target> = Vec::new();
    targets.extend(parts.gateway.map(Target::InternetGateway));
    targets.extend(parts.nats.iter().copied().map(Target::NatGateway));
    let mut targets_v6: Vec<Target> = Vec::new();
    targets_v6.extend(parts.gateway.map(Target::InternetGateway));
    targets_v6.extend(parts.egress_only.map(Target::EgressOnlyGateway));
    let mut odd = targets.clone();
    odd.push(Target::Gone("gone".into()));
    if !parts.interfaces.is_empty() {
        odd.push(Target::Interface(dice.pick(&parts.interfaces)));
    }
    for &table in &parts.tables {
        let mut routes: Vec<Route> = Vec::new();
        let mut add = |destination, target| {
            if routes.iter().all(|it| it.destination != destination) {
                routes.push(Route { destination, target, origin: Origin::Static });
            }
        };
        if !targets.is_empty() && !dice.one_in(4) {
            add(Cidr::ANY_V4, dice.pick(&targets));
        }
        if !targets_v6.is_empty() && !dice.one_in(3) {
            add(Cidr::ANY_V6, dice.pick(&targets_v6));
        }
        for _ in 0..dice.below(3) {
            add(some_block(dice), dice.pick(&odd));
        }
        network.update(table, |it| {
            let own: Vec<Cidr> = it.routes.iter().map(|it| it.destination).collect();
            it.routes.extend(routes.into_iter().filter(|it| !own.contains(&it.destination)));
        });
    }
}
