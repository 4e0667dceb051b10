//! Laws that hold on every network, however odd: routes, undo, traces, indexes.

use std::net::IpAddr;

use hanulgil::{
    cloud::{
        AclAction, AclEntry, BlockMode, Change, Connectivity, Direction, Exclusion, ExclusionMode,
        ExclusionOf, Forwarding, Id, InterfaceId, Leg, Listening, Misconception, Name, NatZone,
        Network, Origin, Parting, Peer, Peering, PeeringState, Place, PrefixList, Probe, ProbeEnd,
        PublicAtLaunch, Route, RouteTable, RouteTableId, Row, Rules, SecurityGroupId,
        SecurityGroupRule, SubnetId, Target, Thing, Verdict, VpcId, Zone, blockers, partings,
        trace, verdict,
    },
    net::{Cidr, Ports, Protocol},
};
use proptest::{collection::vec, prelude::*, sample::Index};

// ---- arbitrary networks, made by arbitrary changes

/// A change whose objects are not chosen yet: only a network knows which there are.
type Plan = (u8, [Index; 3], u16, u8);

fn plans(longest: usize) -> impl Strategy<Value = Vec<Plan>> {
    vec((0u8..58, any::<[Index; 3]>(), any::<u16>(), any::<u8>()), 0..longest)
}

fn pick<T: Row>(network: &Network, index: Index) -> Option<Id<T>> {
    let ids: Vec<Id<T>> = T::table(network).iter().map(|(id, _)| id).collect();
    (!ids.is_empty()).then(|| ids[index.index(ids.len())])
}

fn cidr_of(seed: u16, length: u8) -> Cidr {
    // A few blocks that meet one another often, and some that nothing covers.
    let bases =
        ["10.0.0.0", "10.0.1.0", "10.0.2.0", "10.1.0.0", "192.0.2.0", "0.0.0.0", "172.16.0.0"];
    let base: IpAddr = bases[usize::from(seed) % bases.len()].parse().unwrap();
    Cidr::new(base, length).unwrap()
}

fn rule_of(network: &Network, at: &[Index; 3], seed: u16, byte: u8) -> SecurityGroupRule {
    let peer = match pick(network, at[1]) {
        Some(_) if byte.is_multiple_of(11) && !network.prefix_lists().is_empty() => {
            Peer::PrefixList(pick(network, at[2]).expect("there is one"))
        }
        Some(group) if byte.is_multiple_of(3) => Peer::Group(group),
        _ => Peer::Cidr(cidr_of(seed, [0, 8, 16, 24, 32][usize::from(byte) % 5])),
    };
    let protocol = [None, Some(Protocol::TCP), Some(Protocol::UDP), Some(Protocol::ICMP)];
    let low = seed % 1024;
    SecurityGroupRule {
        protocol: protocol[usize::from(byte >> 4) % 4],
        ports: Ports::new(low, low.saturating_add(u16::from(byte) * 256)).unwrap(),
        peer,
    }
}

fn change_of(network: &Network, (kind, at, seed, byte): &Plan) -> Option<Change> {
    let (seed, byte) = (*seed, *byte);
    let name = || Name::from(format!("n{}", seed % 7));
    let direction = if byte % 2 == 0 { Direction::Ingress } else { Direction::Egress };
    let entry = || AclEntry {
        number: seed % 16,
        action: if byte % 4 == 0 { AclAction::Deny } else { AclAction::Allow },
        protocol: if byte % 3 == 0 { Some(Protocol::TCP) } else { None },
        ports: Ports::new(seed % 1024, u16::MAX).unwrap(),
        cidr: cidr_of(seed, [0, 0, 16, 24][usize::from(byte) % 4]),
    };
    let listening = || match byte % 3 {
        0 => Listening::On(vec![(Protocol::TCP, Ports::one(443))]),
        _ => Listening::Everywhere,
    };
    let target = || {
        Some(match byte % 7 {
            5 | 6 => Target::Peering(pick(network, at[1])?),
            4 => Target::EgressOnlyGateway(pick(network, at[1])?),
            0 => Target::InternetGateway(pick(network, at[1])?),
            1 => Target::NatGateway(pick(network, at[1])?),
            2 => Target::Interface(pick(network, at[1])?),
            _ => Target::Local,
        })
    };
    // Mostly plausible destinations, so that many routes are accepted.
    let destination = || match byte / 64 {
        0 => Some(Cidr::ANY_V6),
        1 => Some(cidr_of(seed, [0, 8, 24, 32][usize::from(seed) % 4])),
        _ => Some(network.subnets()[pick(network, at[2])?].cidr),
    };
    let groups = || Vec::from_iter(pick(network, at[2]).filter(|_| byte % 2 == 0));
    Some(match kind {
        0 => Change::CreateVpc { name: name(), cidr: cidr_of(seed, 16 + byte % 10) },
        1 => Change::DeleteVpc { vpc: pick(network, at[0])? },
        2 => Change::AssociateVpcCidrBlock {
            vpc: pick(network, at[0])?,
            cidr: cidr_of(seed, 16 + byte % 13),
        },
        3 => {
            let vpc: VpcId = pick(network, at[0])?;
            let cidr = *network.vpcs()[vpc].cidrs.last()?;
            Change::DisassociateVpcCidrBlock { vpc, cidr }
        }
        4..=7 => Change::CreateSubnet {
            name: name(),
            vpc: pick(network, at[0])?,
            zone: Zone(["a", "b"][usize::from(byte % 2)].into()),
            cidr: cidr_of(seed, 24 + byte % 5),
        },
        8 => Change::DeleteSubnet { subnet: pick(network, at[0])? },
        9 if byte % 4 == 0 => {
            Change::ModifySubnetDns64 { subnet: pick(network, at[0])?, on: byte % 8 == 0 }
        }
        9 if byte % 4 == 1 => Change::ModifyPeeringOptions {
            peering: pick(network, at[0])?,
            requester_names: Some(byte % 8 == 1),
            accepter_names: (seed % 3 > 0).then_some(seed % 3 > 1),
        },
        9 => Change::ModifySubnetAttribute {
            subnet: pick(network, at[0])?,
            auto_assign_public_ip: byte % 2 == 0,
        },
        10 => Change::CreateRouteTable { name: name(), vpc: pick(network, at[0])? },
        11 => Change::DeleteRouteTable { table: pick(network, at[0])? },
        12 | 13 => Change::AssociateRouteTable {
            subnet: pick(network, at[0])?,
            table: pick(network, at[1]).filter(|_| byte % 4 != 0),
        },
        14 => Change::ReplaceMainRouteTable {
            vpc: pick(network, at[0])?,
            table: pick(network, at[1])?,
        },
        15..=18 => Change::CreateRoute {
            table: pick(network, at[0])?,
            destination: destination()?,
            target: target()?,
        },
        19 => Change::ReplaceRoute {
            table: pick(network, at[0])?,
            destination: destination()?,
            target: target()?,
        },
        20 => {
            let table: RouteTableId = pick(network, at[0])?;
            let routes = &network.route_tables()[table].routes;
            let destination = routes.get(at[1].index(routes.len().max(1)))?.destination;
            Change::DeleteRoute { table, destination }
        }
        21 => Change::CreateInternetGateway { name: name() },
        22 | 23 => Change::AttachInternetGateway {
            gateway: pick(network, at[0])?,
            vpc: pick(network, at[1])?,
        },
        24 if byte % 4 == 0 => Change::DetachInternetGateway { gateway: pick(network, at[0])? },
        24 | 25 => Change::DeleteInternetGateway { gateway: pick(network, at[0])? },
        26 | 27 => Change::CreateNatGateway {
            name: name(),
            subnet: pick(network, at[0])?,
            connectivity: [Connectivity::Public, Connectivity::Private][usize::from(byte % 2)],
            address: None,
            public_address: None,
        },
        28 if byte % 4 == 0 => Change::CreateRegionalNatGateway {
            name: name(),
            vpc: pick(network, at[0])?,
            zones: if byte % 8 == 0 {
                Vec::new()
            } else {
                vec![NatZone { zone: Zone("a".into()), addresses: Vec::new() }]
            },
        },
        28 if byte % 4 == 1 => Change::AssociateNatGatewayAddress {
            gateway: pick(network, at[0])?,
            zone: Zone(["a", "b"][usize::from(seed % 2)].into()),
            address: None,
        },
        28 if byte % 4 == 2 => {
            let gateway = pick(network, at[0])?;
            let regional = network.nat_gateways().get(gateway)?.regional()?;
            let address = *regional.zones.first()?.addresses.first()?;
            Change::DisassociateNatGatewayAddress { gateway, address }
        }
        28 => Change::DeleteNatGateway { gateway: pick(network, at[0])? },
        29 => Change::CreateSecurityGroup { name: name(), vpc: pick(network, at[0])? },
        30 => Change::DeleteSecurityGroup { group: pick(network, at[0])? },
        31 => Change::AuthorizeSecurityGroup {
            group: pick(network, at[0])?,
            direction,
            rule: rule_of(network, at, seed, byte),
        },
        32 => {
            let group: SecurityGroupId = pick(network, at[0])?;
            let rules = network.security_groups()[group].rules(direction);
            let rule = rules.get(at[1].index(rules.len().max(1)))?.clone();
            if byte % 2 == 0 {
                let new = rule_of(network, at, seed, byte);
                return Some(Change::ModifySecurityGroupRule { group, direction, rule, new });
            }
            Change::RevokeSecurityGroup { group, direction, rule }
        }
        33 => Change::CreateNetworkAcl { name: name(), vpc: pick(network, at[0])? },
        34 => Change::AssociateNetworkAcl {
            subnet: pick(network, at[0])?,
            acl: pick(network, at[1]).filter(|_| byte % 4 != 0),
        },
        35 | 36 => {
            Change::CreateNetworkAclEntry { acl: pick(network, at[0])?, direction, entry: entry() }
        }
        37 => match byte % 3 {
            0 => Change::ReplaceNetworkAclEntry {
                acl: pick(network, at[0])?,
                direction,
                entry: entry(),
            },
            1 => Change::DeleteNetworkAclEntry {
                acl: pick(network, at[0])?,
                direction,
                number: seed % 16,
            },
            _ => Change::DeleteNetworkAcl { acl: pick(network, at[0])? },
        },
        38 | 39 => Change::RunInstance {
            name: name(),
            subnet: pick(network, at[0])?,
            address: None,
            public_address: [PublicAtLaunch::AsSubnet, PublicAtLaunch::Yes][usize::from(byte % 2)],
            groups: groups(),
            listening: listening(),
        },
        40 => match byte % 6 {
            0 => Change::StopInstance { instance: pick(network, at[0])? },
            1 => Change::StartInstance { instance: pick(network, at[0])? },
            2 => Change::TerminateInstance { instance: pick(network, at[0])? },
            3 => Change::AttachInterface {
                interface: pick(network, at[0])?,
                instance: pick(network, at[1])?,
            },
            4 => Change::DetachInterface { interface: pick(network, at[0])? },
            _ => Change::DeleteInterface { interface: pick(network, at[0])? },
        },
        41 => match byte % 4 {
            0 => {
                Change::ModifyInterfaceGroups { interface: pick(network, at[0])?, groups: groups() }
            }
            1 => Change::CreateInterface {
                name: name(),
                subnet: pick(network, at[0])?,
                address: None,
                groups: groups(),
            },
            _ => Change::ModifySourceDestCheck {
                interface: pick(network, at[0])?,
                on: byte % 8 == 0,
            },
        },
        42 => match byte % 3 {
            0 => Change::AssociateAddress { interface: pick(network, at[0])?, address: None },
            1 => Change::DisassociateAddress { interface: pick(network, at[0])? },
            _ => Change::ConfigureInstance {
                instance: pick(network, at[0])?,
                listening: Some(listening()),
                forwarding: Some(
                    [Forwarding::Off, Forwarding::Routes, Forwarding::Translates]
                        [usize::from(seed) % 3],
                ),
            },
        },
        44 => match byte % 4 {
            0 => Change::DeleteEgressOnlyGateway { gateway: pick(network, at[0])? },
            _ => Change::CreateEgressOnlyGateway { name: name(), vpc: pick(network, at[0])? },
        },
        45 => Change::AssociateVpcCidrBlock {
            vpc: pick(network, at[0])?,
            cidr: format!("2001:db8:{}::/56", seed % 4).parse().unwrap(),
        },
        46 => {
            let subnet: SubnetId = pick(network, at[0])?;
            let vpc = &network.vpcs()[network.subnets()[subnet].vpc];
            let block = vpc.ipv6_cidrs.first()?.nth(u128::from(seed % 4) << 64)?;
            match byte % 4 {
                0 => Change::DisassociateSubnetCidrBlock { subnet },
                _ => {
                    Change::AssociateSubnetCidrBlock { subnet, cidr: Cidr::new(block, 64).unwrap() }
                }
            }
        }
        47 => {
            let interface: InterfaceId = pick(network, at[0])?;
            match network.interfaces()[interface].addresses.last() {
                Some(IpAddr::V6(address)) if byte.is_multiple_of(4) => {
                    Change::UnassignIpv6Address { interface, address: *address }
                }
                _ => Change::AssignIpv6Address { interface, address: None },
            }
        }
        48 => Change::ModifyBlockPublicAccess {
            mode: [BlockMode::Off, BlockMode::Bidirectional, BlockMode::Ingress]
                [usize::from(byte) % 3],
        },
        49 => {
            let of = match byte % 2 {
                0 => ExclusionOf::Vpc(pick(network, at[0])?),
                _ => ExclusionOf::Subnet(pick(network, at[0])?),
            };
            let modes = [ExclusionMode::AllowBidirectional, ExclusionMode::AllowEgress];
            match seed % 3 {
                2 => Change::DeleteExclusion { of },
                mode => Change::PutExclusion {
                    exclusion: Exclusion { of, mode: modes[usize::from(mode)] },
                },
            }
        }
        50..=52 => {
            let (requester, accepter) = (pick(network, at[0])?, pick(network, at[1])?);
            Change::CreatePeering { name: name(), requester, accepter }
        }
        53 => match byte % 4 {
            0 => Change::DeletePeering { peering: pick(network, at[0])? },
            _ => Change::AcceptPeering { peering: pick(network, at[0])? },
        },
        54 => match byte % 4 {
            0 => Change::DeletePrefixList { list: pick(network, at[0])? },
            1 => Change::ModifyPrefixList {
                list: pick(network, at[0])?,
                cidrs: vec![cidr_of(seed, 24)],
            },
            _ => Change::CreatePrefixList {
                name: name(),
                cidrs: vec![cidr_of(seed, 24), cidr_of(seed / 7, 16)],
            },
        },
        55 => match byte % 4 {
            0 => Change::DeletePrefixListRoute {
                table: pick(network, at[0])?,
                list: pick(network, at[1])?,
            },
            1 => Change::ReplacePrefixListRoute {
                table: pick(network, at[0])?,
                list: pick(network, at[2])?,
                target: target()?,
            },
            _ => Change::CreatePrefixListRoute {
                table: pick(network, at[0])?,
                list: pick(network, at[2])?,
                target: target()?,
            },
        },
        56 => Change::CreateGatewayEndpoint {
            name: name(),
            vpc: pick(network, at[0])?,
            list: pick(network, at[1])?,
            tables: Vec::from_iter(pick(network, at[2])),
        },
        57 if byte.is_multiple_of(5) => Change::AssociateGatewayRouteTable {
            gateway: pick(network, at[0])?,
            table: pick(network, at[1]).filter(|_| byte.is_multiple_of(2)),
        },
        57 => match byte % 3 {
            0 => Change::DeleteGatewayEndpoint { endpoint: pick(network, at[0])? },
            _ => Change::ModifyGatewayEndpoint {
                endpoint: pick(network, at[0])?,
                tables: Vec::from_iter(pick(network, at[2])),
            },
        },
        _ => Change::CreateHost {
            name: name(),
            address: format!("203.0.113.{byte}").parse().unwrap(),
            listening: listening(),
        },
    })
}

/// A network to begin with, so that changes find something: two public subnets, a gateway,
/// instances that let a port in.
fn start() -> Network {
    let mut network = Network::new();
    let mut make = |change: Change| network.apply(change).expect("it is accepted").made;
    let Some(Thing::Vpc(vpc)) =
        make(Change::CreateVpc { name: "vpc".into(), cidr: cidr_of(0, 16) })
    else {
        unreachable!()
    };
    let Some(Thing::InternetGateway(gateway)) =
        make(Change::CreateInternetGateway { name: "igw".into() })
    else {
        unreachable!()
    };
    make(Change::AttachInternetGateway { gateway, vpc });
    for (name, seed) in [("one", 0u16), ("two", 1)] {
        let (zone, cidr) = (Zone("a".into()), cidr_of(seed, 24));
        let Some(Thing::Subnet(subnet)) =
            make(Change::CreateSubnet { name: name.into(), vpc, zone, cidr })
        else {
            unreachable!()
        };
        make(Change::RunInstance {
            name: name.into(),
            subnet,
            address: None,
            public_address: PublicAtLaunch::Yes,
            groups: Vec::new(),
            listening: Listening::Everywhere,
        });
    }
    let cidr = "2001:db8:9::/56".parse().unwrap();
    network.apply(Change::AssociateVpcCidrBlock { vpc, cidr }).expect("it is accepted");
    let subnets: Vec<SubnetId> = network.subnets().iter().map(|(id, _)| id).collect();
    for (place, &subnet) in subnets.iter().enumerate() {
        let cidr = format!("2001:db8:9:{place}::/64").parse().unwrap();
        let change = Change::AssociateSubnetCidrBlock { subnet, cidr };
        network.apply(change).expect("it is accepted");
    }
    let interfaces: Vec<InterfaceId> = network.interfaces().iter().map(|(id, _)| id).collect();
    for interface in interfaces {
        let change = Change::AssignIpv6Address { interface, address: None };
        network.apply(change).expect("it is accepted");
    }
    let table = network.vpcs()[vpc].main_route_table;
    let group = network.vpcs()[vpc].default_security_group;
    let (destination, target) = (Cidr::ANY_V4, Target::InternetGateway(gateway));
    let everybody = SecurityGroupRule {
        protocol: Some(Protocol::TCP),
        ports: Ports::new(0, 500).unwrap(),
        peer: Peer::Cidr(Cidr::ANY_V4),
    };
    let direction = Direction::Ingress;
    for change in [
        Change::CreateRoute { table, destination, target },
        Change::AuthorizeSecurityGroup { group, direction, rule: everybody },
    ] {
        network.apply(change).expect("it is accepted");
    }
    // A list of AWS's, and a chain of peers: a third VPC behind a second.
    network.insert(PrefixList {
        name: "service".into(),
        cidrs: vec!["52.216.0.0/15".parse().unwrap()],
        by_aws: true,
    });
    let mut last = vpc;
    for place in [7, 8] {
        let block: Cidr = format!("10.{place}.0.0/16").parse().unwrap();
        let next = network.insert_vpc(format!("vpc{place}"), &[block]);
        let (zone, cidr) = (Zone("a".into()), Cidr::new(block.first(), 24).unwrap());
        let name: Name = format!("far{place}").into();
        let change = Change::CreateSubnet { name: name.clone(), vpc: next, zone, cidr };
        let Ok(Some(Thing::Subnet(subnet))) = network.apply(change).map(|it| it.made) else {
            unreachable!()
        };
        let peering = network.insert(Peering {
            name: name.clone(),
            requester: last,
            accepter: next,
            state: PeeringState::Active,
            inter_region: false,
            private_names: hanulgil::cloud::PrivateNames::default(),
        });
        let (back, group) =
            (network.vpcs()[next].main_route_table, network.vpcs()[next].default_security_group);
        let rule = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        for change in [
            Change::CreateRoute {
                table: network.vpcs()[last].main_route_table,
                destination: "10.8.0.0/15".parse().unwrap(),
                target: Target::Peering(peering),
            },
            Change::CreateRoute {
                table: back,
                destination: "10.0.0.0/14".parse().unwrap(),
                target: Target::Peering(peering),
            },
            Change::AuthorizeSecurityGroup { group, direction, rule },
            Change::RunInstance {
                name,
                subnet,
                address: None,
                public_address: PublicAtLaunch::No,
                groups: Vec::new(),
                listening: Listening::Everywhere,
            },
        ] {
            network.apply(change).expect("it is accepted");
        }
        last = next;
    }
    // A tier behind it that lets in the members of that group, and nobody else.
    let tier = Change::CreateSecurityGroup { name: "tier".into(), vpc };
    let Some(Thing::SecurityGroup(tier)) = network.apply(tier).expect("it is accepted").made else {
        unreachable!()
    };
    let rule = SecurityGroupRule::everything(Peer::Group(group));
    for change in [
        Change::AuthorizeSecurityGroup { group: tier, direction, rule },
        Change::RunInstance {
            name: "three".into(),
            subnet: subnets[1],
            address: None,
            public_address: PublicAtLaunch::Yes,
            groups: vec![tier],
            listening: Listening::Everywhere,
        },
    ] {
        network.apply(change).expect("it is accepted");
    }
    network
}

/// The network that the plans make of [`start`]; refused changes are passed over.
fn network_of(plans: &[Plan]) -> Network {
    let mut network = start();
    for plan in plans {
        if let Some(change) = change_of(&network, plan) {
            let _ = network.apply(change);
        }
    }
    network
}

/// Every kind of end, and some addresses that may or may not be there.
fn ends(network: &Network) -> Vec<ProbeEnd> {
    let addresses =
        ["10.0.0.4", "10.0.0.200", "10.1.0.9", "203.0.113.10", "192.0.2.1", "169.254.169.254"];
    let mut ends: Vec<ProbeEnd> = addresses.map(|it| ProbeEnd::Address(it.parse().unwrap())).into();
    ends.push(ProbeEnd::Address(Network::INTERNET_V6));
    ends.extend([ProbeEnd::Address(Network::INTERNET); 8]);
    ends.extend(network.hosts().iter().map(|(id, _)| ProbeEnd::Host(id)));
    for (id, it) in network.interfaces().iter() {
        // By its private address too, as somebody in another VPC may dial it.
        ends.extend(it.addresses.iter().map(|it| ProbeEnd::Address(*it)));
        ends.extend([
            ProbeEnd::Interface(id),
            ProbeEnd::Interface(id),
            ProbeEnd::PublicAddressOf(id),
            ProbeEnd::NameOf(id),
        ]);
    }
    ends
}

fn probe_of(network: &Network, from: Index, to: Index, seed: u16) -> Probe {
    let ends = ends(network);
    let protocols = [Protocol::TCP, Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol(47)];
    let protocol = protocols[usize::from(seed) % protocols.len()];
    let port = [443, 22, 53][usize::from(seed) % 3];
    Probe::new(ends[from.index(ends.len())], ends[to.index(ends.len())], protocol, port)
}

/// May a belief show at such a place?
fn is_about(misconception: Misconception, place: Place) -> bool {
    use Misconception as M;
    match misconception {
        M::StatelessGroup | M::GroupOnSubnet | M::GroupImportsRules | M::MembersTalk => {
            matches!(place, Place::Interface(..))
        }
        M::StatefulAcl
        | M::AclInsideSubnet
        | M::LastAclEntryWins
        | M::DenyWins
        | M::EmptyAclAllows
        | M::NoEphemeralPorts => matches!(place, Place::NetworkAcl(..)),
        M::FirstRouteWins
        | M::RepliesNeedNoRoute
        | M::NoMainTable
        | M::SubnetsAreIsolated
        | M::DefaultRouteCarriesIpv6
        | M::PublicAddressIsEnough => matches!(place, Place::RouteTable(..)),
        M::TransitivePeering => matches!(place, Place::Peering(_)),
        M::GatewayIsEnough => {
            matches!(place, Place::RouteTable(..) | Place::InternetGateway(..))
        }
        // Behind the NAT gateway the packet leaves at once.
        M::RouteIsEnough | M::GatewayIsFirewall | M::NatWorksAnywhere => {
            matches!(place, Place::InternetGateway(..))
        }
        M::NatAcceptsInbound => matches!(place, Place::NatGateway(..) | Place::Internet(..)),
        // There is none of these in the networks here: see `wrong_machines`.
        M::TargetsSeeClients
        | M::TargetsSeeBalancers
        | M::BalancersHaveNoGroup
        | M::TargetsNeedPublicAddresses
        | M::TargetsAnswerByRoute
        | M::BalancersCrossZones
        | M::UnhealthyGetNothing
        | M::EndpointForNeighbours
        | M::EndpointNeedsNoGroup
        | M::EndpointNeedsRoute => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Longest prefix first, then local, static, propagated, then the older; and a local route
    /// beats any propagated one.
    #[test]
    fn a_table_decides_as_a_naive_scan_does(
        routes in vec((0u16..7, 0u8..=32, 0u8..3), 0..12),
        destination in any::<u32>(),
        near in 0u16..7,
    ) {
        let origins = [Origin::Local, Origin::Static, Origin::Propagated];
        let routes: Vec<Route> = routes
            .into_iter()
            .map(|(seed, length, origin)| Route {
                destination: cidr_of(seed, length),
                target: Target::Local,
                origin: origins[usize::from(origin)],
            })
            .collect();
        let vpc = Network::new().insert_vpc("vpc", &[]);
        let table = RouteTable { name: "table".into(), vpc, routes };
        // Half of the destinations lie near the routes.
        let destination = if destination % 2 == 0 {
            cidr_of(near, 24).nth(u128::from(destination % 256)).unwrap()
        } else {
            IpAddr::V4(destination.into())
        };

        let mut naive: Option<usize> = None;
        let local_matches = table
            .routes
            .iter()
            .any(|it| it.origin == Origin::Local && it.destination.contains(destination));
        for (place, route) in table.routes.iter().enumerate() {
            let barred = local_matches && route.origin == Origin::Propagated;
            if !route.destination.contains(destination) || barred {
                continue;
            }
            let better = naive.is_none_or(|best| {
                let best = &table.routes[best];
                let (one, other) = (route.destination.length(), best.destination.length());
                one > other || one == other && route.origin < best.origin
            });
            if better {
                naive = Some(place);
            }
        }
        let kept = hanulgil::cloud::route_table::kept_by_aws(destination);
        prop_assert_eq!(table.decide(destination, &Rules::AWS), naive.filter(|_| !kept));
    }

    #[test]
    fn undo_is_the_exact_inverse_of_every_change(plans in plans(60)) {
        let mut network = start();
        let mut history = Vec::new();
        for plan in &plans {
            let Some(change) = change_of(&network, plan) else { continue };
            let before = network.clone();
            if let Ok(applied) = network.apply(change) {
                history.push((before, applied.undo));
            } else {
                prop_assert_eq!(&network, &before, "a refused change left its mark");
            }
        }
        while let Some((before, undo)) = history.pop() {
            network.undo(undo);
            prop_assert_eq!(&network, &before);
        }
    }

    #[test]
    fn indexes_equal_those_built_anew(plans in plans(60)) {
        let network = network_of(&plans);
        prop_assert_eq!(network.reindexed(), network);
    }

    #[test]
    fn every_probe_on_every_network_has_the_same_verdict_every_time(
        plans in plans(60),
        from in any::<Index>(),
        to in any::<Index>(),
        seed in any::<u16>(),
        wrong in proptest::sample::select(&Misconception::ALL[..]),
    ) {
        let network = network_of(&plans);
        let probe = probe_of(&network, from, to, seed);
        for rules in [Rules::AWS, wrong.rules()] {
            let first = trace(&network, probe, &rules);
            prop_assert!(!first.hops.is_empty());
            prop_assert_eq!(verdict(&network, probe, &rules), first.verdict);
            prop_assert_eq!(first, trace(&network, probe, &rules));
        }
    }

    #[test]
    fn a_trace_tells_a_coherent_story(
        plans in plans(60),
        from in any::<Index>(),
        to in any::<Index>(),
        seed in any::<u16>(),
    ) {
        let network = network_of(&plans);
        let trace = trace(&network, probe_of(&network, from, to, seed), &Rules::AWS);

        // What leaves one hop enters the next, until the leg ends.
        for pair in trace.hops.windows(2) {
            if let Some(out) = pair[0].packet_out { prop_assert_eq!(out, pair[1].packet_in) } else { prop_assert_eq!((pair[0].leg, pair[1].leg), (Leg::Forward, Leg::Reply)) }
        }
        for hop in &trace.hops {
            prop_assert!(hop.checks.iter().filter(|it| it.decisive).count() <= 1);
        }
        // The verdict names the hop where the packet ended, and why is marked there.
        prop_assert!(trace.last().packet_out.is_none());
        if let Verdict::Dropped { leg, place, .. } = trace.verdict {
            prop_assert_eq!((leg, place), (trace.last().leg, trace.last().place));
            prop_assert!(trace.last().decisive().is_some());
        }
        // A delivered answer's header is the request's, swapped.
        if trace.is_delivered() {
            let request = trace.hops[0].packet_in;
            let answer = trace.last().packet_in;
            prop_assert!(answer.answers(&request), "{} does not answer {}", answer, request);
        }
    }

    #[test]
    fn the_first_of_all_blockers_is_what_the_trace_finds(
        plans in plans(60),
        from in any::<Index>(),
        to in any::<Index>(),
        seed in any::<u16>(),
    ) {
        let network = network_of(&plans);
        let probe = probe_of(&network, from, to, seed);
        let found = trace(&network, probe, &Rules::AWS).verdict.dropped();
        let first = blockers(&network, probe).first().map(|it| (it.leg, it.place, it.cause));
        prop_assert_eq!(first, found);
    }

    #[test]
    fn a_wrong_machine_parts_from_the_truth_where_its_misconception_is_at_work(
        plans in plans(60),
        from in any::<Index>(),
        to in any::<Index>(),
        seed in any::<u16>(),
    ) {
        let network = network_of(&plans);
        let probe = probe_of(&network, from, to, seed);
        let truth = trace(&network, probe, &Rules::AWS);
        for Parting { misconception, trace: wrong, hop } in partings(&network, probe) {
            // An extra hop of the wrong machine shows at the place that it comes before.
            let places = [truth.hops[hop].place, wrong.hops.get(hop).map_or(truth.hops[hop].place, |it| it.place)];
            let fits = places.iter().any(|place| is_about(misconception, *place));
            prop_assert!(fits, "{:?} at {:?}", misconception, places);
        }
    }

    #[test]
    fn neighbours_of_a_subnet_never_meet_an_acl(
        plans in plans(60),
        from in any::<Index>(),
        to in any::<Index>(),
    ) {
        let network = network_of(&plans);
        let interfaces = network.interfaces();
        let Some(from): Option<InterfaceId> = pick(&network, from) else { return Ok(()) };
        let neighbours: Vec<InterfaceId> = interfaces
            .iter()
            .filter(|(_, it)| it.subnet == interfaces[from].subnet)
            .map(|(id, _)| id)
            .collect();
        let to = neighbours[to.index(neighbours.len())];
        let probe =
            Probe::new(ProbeEnd::Interface(from), ProbeEnd::Interface(to), Protocol::TCP, 443);
        for place in trace(&network, probe, &Rules::AWS).places() {
            prop_assert!(!matches!(place, Place::NetworkAcl(..) | Place::RouteTable(..)));
        }
    }
}
