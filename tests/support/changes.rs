//! Any change to any network: every operation there is, on what stands there, mostly such that AWS
//! would accept it.

use hanulgil::{
    cloud::{
        AclAction, AclEntry, ApiKind, AttachmentOf, BlockMode, CdnOrigin, Change, Connectivity,
        Direction, EndpointPolicy, EndpointTo, Exclusion, ExclusionMode, ExclusionOf, Forwarding,
        Health, Id, Integration, InterfaceKind, LaunchType, Listener, ListenerProtocol, Listening,
        LoadBalancerKind, Name, NatZone, Network, NewDatabase, NewTask, Peer, PublicAtLaunch,
        Registered, Registration, Row, Scheme, SecurityGroupId, SecurityGroupRule, ServiceChange,
        ServiceKind, SubnetId, Target, TargetKind, TransitChange, TransitGatewayOptions, Tunnel,
        VpcId, VpnRouting, VpnSide, Zone,
    },
    net::{Cidr, Ports, Protocol},
};

use crate::networks::{Dice, block, some_listening};

/// One of the things of a kind; the newest half of the time, since that is bound to the least.
fn one<T: Row>(network: &Network, dice: &mut Dice) -> Option<Id<T>> {
    of(T::table(network).iter().map(|it| it.0).collect(), dice)
}

fn of<T>(all: Vec<T>, dice: &mut Dice) -> Option<T> {
    let newest = dice.one_in(2);
    let any = dice.below(all.len().max(1));
    let place = if newest { all.len().saturating_sub(1) } else { any };
    all.into_iter().nth(place)
}

/// Up to two of them.
fn few<T: Clone + PartialEq>(all: &[T], dice: &mut Dice) -> Vec<T> {
    let mut some: Vec<T> = Vec::new();
    for _ in 0..dice.below(3) {
        let it = of(all.to_vec(), dice);
        some.extend(it.filter(|it| !some.contains(it)));
    }
    some
}

/// One subnet of the VPC in each of its zones, one of them missing now and then.
fn zones_of(network: &Network, dice: &mut Dice, vpc: VpcId) -> Vec<SubnetId> {
    let mut some: Vec<SubnetId> = Vec::new();
    for (id, it) in network.subnets().iter().filter(|it| it.1.vpc == vpc) {
        let taken = some.iter().any(|it2| network.subnets()[*it2].zone == it.zone);
        if !taken && !dice.one_in(5) {
            some.push(id);
        }
    }
    some
}

fn groups_of(network: &Network, dice: &mut Dice, vpc: VpcId) -> Vec<SecurityGroupId> {
    let all: Vec<_> =
        network.security_groups().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
    few(&all, dice)
}

fn cidr(dice: &mut Dice) -> Cidr {
    block(dice.pick(&[
        "0.0.0.0/0",
        "10.0.0.0/16",
        "10.1.0.0/16",
        "10.9.0.0/16",
        "172.20.0.0/16",
        "192.168.7.0/24",
        "203.0.113.0/24",
        "::/0",
    ]))
}

fn ports(dice: &mut Dice) -> Ports {
    dice.pick(&[Ports::one(443), Ports::ALL, Ports::one(22)])
}

fn rule(network: &Network, dice: &mut Dice) -> SecurityGroupRule {
    let peer = match dice.below(5) {
        0 => one(network, dice).map(Peer::Group),
        1 => one(network, dice).map(Peer::PrefixList),
        _ => None,
    };
    let peer = peer.unwrap_or_else(|| Peer::Cidr(cidr(dice)));
    let protocol = dice.pick(&[Some(Protocol::TCP), Some(Protocol::UDP), None]);
    SecurityGroupRule { protocol, ports: ports(dice), peer }
}

fn target(network: &Network, dice: &mut Dice) -> Option<Target> {
    Some(match dice.below(9) {
        0 => Target::NatGateway(one(network, dice)?),
        1 => Target::Interface(one(network, dice)?),
        2 => Target::Peering(one(network, dice)?),
        3 => Target::EgressOnlyGateway(one(network, dice)?),
        4 => Target::TransitGateway(one(network, dice)?),
        5 => Target::VirtualPrivateGateway(one(network, dice)?),
        6 => Target::Local,
        _ => Target::InternetGateway(one(network, dice)?),
    })
}

/// A change, whether AWS would accept it or not; `None` when what it is about is not there.
pub fn some_change(network: &Network, dice: &mut Dice, number: usize) -> Option<Change> {
    let name: Name = format!("new-{number}").into();
    let kind = dice.below(own::KINDS + service::KINDS + transit::KINDS);
    if kind < own::KINDS {
        own::change(network, dice, kind, name)
    } else if kind < own::KINDS + service::KINDS {
        service::change(network, dice, kind - own::KINDS, name).map(Change::from)
    } else {
        transit::change(network, dice, kind - own::KINDS - service::KINDS, name).map(Change::from)
    }
}

mod own {
    use super::*;

    const ALL: usize = 81;
    /// What is seldom possible is tried more often.
    const RARE: [usize; 22] =
        [2, 22, 22, 66, 66, 30, 30, 30, 30, 30, 31, 31, 31, 34, 40, 40, 42, 42, 42, 42, 43, 43];
    pub const KINDS: usize = ALL + RARE.len();

    #[expect(clippy::too_many_lines, reason = "a line or two for each operation")]
    pub fn change(n: &Network, dice: &mut Dice, kind: usize, name: Name) -> Option<Change> {
        macro_rules! any {
            () => {
                one(n, dice)?
            };
        }
        let on = dice.one_in(2);
        let direction = if on { Direction::Ingress } else { Direction::Egress };
        let zone = Zone(dice.pick(&["a", "b", "c"]).into());
        let kind = kind.checked_sub(ALL).map_or(kind, |it| RARE[it]);
        Some(match kind {
            0 => Change::CreateVpc {
                name,
                cidr: block(dice.pick(&["10.9.0.0/16", "10.0.0.0/16", "172.31.0.0/20"])),
            },
            1 => Change::CreateDefaultVpc { name, zones: vec![Zone("a".into()), Zone("b".into())] },
            2 => Change::DeleteVpc { vpc: any!() },
            3 => Change::AssociateVpcCidrBlock {
                vpc: any!(),
                cidr: block(dice.pick(&["10.40.0.0/16", "100.64.0.0/20", "2001:db8:9::/56"])),
            },
            4 => {
                let vpc: VpcId = any!();
                let row = &n.vpcs()[vpc];
                let all: Vec<Cidr> =
                    row.cidrs.iter().skip(1).chain(&row.ipv6_cidrs).copied().collect();
                Change::DisassociateVpcCidrBlock { vpc, cidr: of(all, dice)? }
            }
            5 | 6 => {
                let vpc: VpcId = any!();
                let base = of(n.vpcs()[vpc].cidrs.clone(), dice)?;
                let third = dice.below(16) as u128;
                let cidr = Cidr::new(base.nth(third * 256)?, 24).ok()?;
                Change::CreateSubnet { name, vpc, zone, cidr }
            }
            7 => Change::DeleteSubnet { subnet: any!() },
            8 => Change::ModifySubnetDns64 { subnet: any!(), on },
            9 => Change::ModifySubnetAttribute { subnet: any!(), auto_assign_public_ip: on },
            10 => {
                let subnet: SubnetId = any!();
                let vpc = &n.vpcs()[n.subnets()[subnet].vpc];
                let base = vpc.ipv6_cidrs.first()?.nth((dice.below(8) as u128) << 64)?;
                Change::AssociateSubnetCidrBlock { subnet, cidr: Cidr::new(base, 64).ok()? }
            }
            11 => Change::DisassociateSubnetCidrBlock { subnet: any!() },
            12 => Change::CreateRouteTable { name, vpc: any!() },
            13 => Change::DeleteRouteTable { table: any!() },
            14 => Change::AssociateRouteTable {
                subnet: any!(),
                table: one(n, dice).filter(|_| !dice.one_in(3)),
            },
            15 => Change::ReplaceMainRouteTable { vpc: any!(), table: any!() },
            16 | 17 => Change::CreateRoute {
                table: any!(),
                destination: cidr(dice),
                target: target(n, dice)?,
            },
            18 | 19 => {
                let table: hanulgil::cloud::RouteTableId = any!();
                let all = n.route_tables()[table].routes.iter().map(|it| it.destination);
                let destination = of(all.collect(), dice)?;
                if kind == 18 {
                    Change::ReplaceRoute { table, destination, target: target(n, dice)? }
                } else {
                    Change::DeleteRoute { table, destination }
                }
            }
            20 => Change::CreateInternetGateway { name },
            21 => Change::AttachInternetGateway { gateway: any!(), vpc: any!() },
            22 => Change::AssociateGatewayRouteTable {
                gateway: any!(),
                table: one(n, dice).filter(|_| !dice.one_in(3)),
            },
            23 => Change::DetachInternetGateway { gateway: any!() },
            24 => Change::DeleteInternetGateway { gateway: any!() },
            25 => Change::CreateEgressOnlyGateway { name, vpc: any!() },
            26 => Change::DeleteEgressOnlyGateway { gateway: any!() },
            27 => Change::CreateNatGateway {
                name,
                subnet: any!(),
                connectivity: if on { Connectivity::Public } else { Connectivity::Private },
                address: None,
                public_address: None,
            },
            28 => Change::CreateRegionalNatGateway {
                name,
                vpc: any!(),
                zones: if on {
                    Vec::new()
                } else {
                    vec![NatZone { zone: Zone("a".into()), addresses: Vec::new() }]
                },
            },
            29 => Change::DeleteNatGateway { gateway: any!() },
            30 | 31 => {
                let by_hand = |it: &hanulgil::cloud::NatGateway| {
                    it.regional().is_some_and(|it| !it.automatic)
                };
                let all = n.nat_gateways().iter().filter(|it| by_hand(it.1));
                let gateway = of(all.map(|it| it.0).collect(), dice)?;
                if kind == 30 {
                    Change::AssociateNatGatewayAddress { gateway, zone, address: None }
                } else {
                    let zones = &n.nat_gateways()[gateway].regional()?.zones;
                    let all = zones.iter().flat_map(|it| it.addresses.clone()).collect();
                    Change::DisassociateNatGatewayAddress { gateway, address: of(all, dice)? }
                }
            }
            32 => Change::CreatePeering { name, requester: any!(), accepter: any!() },
            33 => Change::ModifyPeeringOptions {
                peering: any!(),
                requester_names: Some(on),
                accepter_names: dice.one_in(2).then_some(true),
            },
            34 => Change::AcceptPeering { peering: any!() },
            35 => Change::RejectPeering { peering: any!() },
            36 => Change::DeletePeering { peering: any!() },
            37 => Change::CreatePrefixList { name, cidrs: vec![cidr(dice)] },
            38 => Change::ModifyPrefixList { list: any!(), cidrs: vec![cidr(dice)] },
            39 => Change::DeletePrefixList { list: any!() },
            40 | 41 => {
                let (table, list, target) = (any!(), any!(), target(n, dice)?);
                let has = n.route_tables()[table]
                    .routes
                    .iter()
                    .any(|it| it.origin == hanulgil::cloud::Origin::PrefixList(list));
                if has && kind == 40 {
                    Change::ReplacePrefixListRoute { table, list, target }
                } else {
                    Change::CreatePrefixListRoute { table, list, target }
                }
            }
            42 | 43 => {
                let routes = n.route_tables().iter().flat_map(|(table, it)| {
                    it.routes.iter().filter_map(move |it| match it.origin {
                        hanulgil::cloud::Origin::PrefixList(list) => Some((table, list)),
                        _ => None,
                    })
                });
                let (table, list) = of(routes.collect(), dice)?;
                if kind == 42 {
                    let own = n.route_tables()[table].routes.iter().map(|it| it.target.clone());
                    let target = of(own.collect(), dice)?;
                    Change::ReplacePrefixListRoute { table, list, target }
                } else {
                    Change::DeletePrefixListRoute { table, list }
                }
            }
            44 | 45 => {
                let vpc: VpcId = any!();
                let tables: Vec<_> =
                    n.route_tables().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
                let by_aws = n.prefix_lists().iter().filter(|it| it.1.by_aws).map(|it| it.0);
                let list = of(by_aws.collect(), dice)?;
                Change::CreateGatewayEndpoint { name, vpc, list, tables: few(&tables, dice) }
            }
            46 => {
                let endpoint: hanulgil::cloud::GatewayEndpointId = any!();
                let vpc = n.gateway_endpoints()[endpoint].vpc;
                let tables: Vec<_> =
                    n.route_tables().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
                Change::ModifyGatewayEndpoint { endpoint, tables: few(&tables, dice) }
            }
            47 => Change::ModifyGatewayEndpointPolicy {
                endpoint: any!(),
                policy: if on { EndpointPolicy::Allows } else { EndpointPolicy::Denies },
            },
            48 => Change::DeleteGatewayEndpoint { endpoint: any!() },
            49 => Change::CreateSecurityGroup { name, vpc: any!() },
            50 => Change::DeleteSecurityGroup { group: any!() },
            51 => Change::AuthorizeSecurityGroup { group: any!(), direction, rule: rule(n, dice) },
            52 | 53 => {
                let group: SecurityGroupId = any!();
                let old = of(n.security_groups()[group].rules(direction).to_vec(), dice)?;
                if kind == 52 {
                    Change::RevokeSecurityGroup { group, direction, rule: old }
                } else {
                    let new = SecurityGroupRule { ports: ports(dice), ..rule(n, dice) };
                    let new = if dice.one_in(2) {
                        SecurityGroupRule { peer: old.peer, ..new }
                    } else {
                        new
                    };
                    Change::ModifySecurityGroupRule { group, direction, rule: old, new }
                }
            }
            54 => Change::CreateNetworkAcl { name, vpc: any!() },
            55 => Change::DeleteNetworkAcl { acl: any!() },
            56 => Change::AssociateNetworkAcl {
                subnet: any!(),
                acl: one(n, dice).filter(|_| !dice.one_in(3)),
            },
            57..=59 => {
                let acl: hanulgil::cloud::NetworkAclId = any!();
                let all: Vec<u16> =
                    n.network_acls()[acl].entries(direction).iter().map(|it| it.number).collect();
                let entry = |number: u16, dice: &mut Dice| AclEntry {
                    number,
                    action: dice.pick(&[AclAction::Allow, AclAction::Deny]),
                    protocol: dice.pick(&[Some(Protocol::TCP), None]),
                    ports: ports(dice),
                    cidr: cidr(dice),
                };
                match kind {
                    57 => {
                        let number = 1 + dice.below(200) as u16;
                        let entry = entry(number, dice);
                        Change::CreateNetworkAclEntry { acl, direction, entry }
                    }
                    58 => {
                        let entry = entry(of(all, dice)?, dice);
                        Change::ReplaceNetworkAclEntry { acl, direction, entry }
                    }
                    _ => {
                        let number = of(all, dice)?;
                        Change::DeleteNetworkAclEntry { acl, direction, number }
                    }
                }
            }
            60 => {
                let subnet: SubnetId = any!();
                let groups = groups_of(n, dice, n.subnets()[subnet].vpc);
                Change::RunInstance {
                    name,
                    subnet,
                    address: None,
                    public_address: dice.pick(&[PublicAtLaunch::AsSubnet, PublicAtLaunch::Yes]),
                    groups,
                    listening: some_listening(dice),
                }
            }
            61 => Change::StopInstance { instance: any!() },
            62 => Change::StartInstance { instance: any!() },
            63 => Change::TerminateInstance { instance: any!() },
            64 => {
                let subnet: SubnetId = any!();
                let groups = groups_of(n, dice, n.subnets()[subnet].vpc);
                Change::CreateInterface { name, subnet, address: None, groups }
            }
            65 => {
                let free = n
                    .interfaces()
                    .iter()
                    .filter(|it| it.1.kind == InterfaceKind::Unattached)
                    .map(|it| it.0);
                Change::AttachInterface { interface: of(free.collect(), dice)?, instance: any!() }
            }
            66 => {
                let second = n.instances().iter().flat_map(|it| it.1.interfaces.iter().skip(1));
                Change::DetachInterface { interface: of(second.copied().collect(), dice)? }
            }
            67 => Change::DeleteInterface { interface: any!() },
            68 => {
                let interface: hanulgil::cloud::InterfaceId = any!();
                let groups = groups_of(n, dice, n.vpc_of(interface));
                Change::ModifyInterfaceGroups { interface, groups }
            }
            69 => Change::ModifySourceDestCheck { interface: any!(), on },
            70 => Change::AssignIpv6Address { interface: any!(), address: None },
            71 => {
                let six = n.interfaces().iter().flat_map(|(id, it)| {
                    it.addresses.iter().filter_map(move |it| match it {
                        std::net::IpAddr::V6(it) => Some((id, *it)),
                        std::net::IpAddr::V4(_) => None,
                    })
                });
                let (interface, address) = of(six.collect(), dice)?;
                Change::UnassignIpv6Address { interface, address }
            }
            72 => Change::AssociateAddress { interface: any!(), address: None },
            73 => Change::DisassociateAddress { interface: any!() },
            74 => match dice.below(3) {
                0 => Change::ModifyBlockPublicAccess {
                    mode: dice.pick(&[
                        BlockMode::Off,
                        BlockMode::Ingress,
                        BlockMode::Bidirectional,
                    ]),
                },
                1 => {
                    let of =
                        if on { ExclusionOf::Vpc(any!()) } else { ExclusionOf::Subnet(any!()) };
                    let mode = ExclusionMode::AllowEgress;
                    Change::PutExclusion { exclusion: Exclusion { of, mode } }
                }
                _ => Change::DeleteExclusion {
                    of: of(
                        n.block_public_access().exclusions.iter().map(|it| it.of).collect(),
                        dice,
                    )?,
                },
            },
            77 => {
                let interface: hanulgil::cloud::InterfaceId = any!();
                Change::AssignPrivateAddress { interface, address: None }
            }
            78..=80 => {
                let all = n.interfaces().iter().flat_map(|(id, it)| {
                    it.addresses.iter().filter(|it| it.is_ipv4()).map(move |it| (id, *it))
                });
                let (interface, private) = of(all.collect(), dice)?;
                match kind {
                    78 => Change::UnassignPrivateAddress { interface, address: private },
                    79 => Change::AssociateAddressWith { interface, private, address: None },
                    _ => Change::DisassociateAddressOf { interface, private },
                }
            }
            75 => Change::ModifyVpcAttribute {
                vpc: any!(),
                dns_support: dice.one_in(2).then_some(on),
                dns_hostnames: Some(on),
            },
            _ => {
                if dice.one_in(3) {
                    Change::DeleteHost { host: any!() }
                } else if on {
                    let address = format!("192.0.2.{}", 1 + dice.below(250)).parse().ok()?;
                    Change::CreateHost { name, address, listening: some_listening(dice) }
                } else {
                    Change::ConfigureInstance {
                        instance: any!(),
                        listening: Some(some_listening(dice)),
                        forwarding: Some(dice.pick(&[Forwarding::Off, Forwarding::Inspects])),
                    }
                }
            }
        })
    }
}

mod service {
    use super::*;

    pub const KINDS: usize = 42;

    #[expect(clippy::too_many_lines, reason = "a line or two for each operation")]
    pub fn change(n: &Network, dice: &mut Dice, kind: usize, name: Name) -> Option<ServiceChange> {
        macro_rules! any {
            () => {
                one(n, dice)?
            };
        }
        let on = dice.one_in(2);
        let some_port = dice.pick(&[80, 443, 8080, 8443]);
        Some(match kind {
            0 | 1 => {
                let vpc: VpcId = any!();
                let kind = dice.pick(&[
                    LoadBalancerKind::Application,
                    LoadBalancerKind::Network,
                    LoadBalancerKind::Gateway,
                ]);
                let groups = match kind {
                    LoadBalancerKind::Gateway => Vec::new(),
                    _ => groups_of(n, dice, vpc),
                };
                ServiceChange::CreateLoadBalancer {
                    name,
                    kind,
                    scheme: Scheme::Internal,
                    subnets: zones_of(n, dice, vpc),
                    groups,
                }
            }
            2 => ServiceChange::DeleteLoadBalancer { balancer: any!() },
            3 => {
                let balancer: hanulgil::cloud::LoadBalancerId = any!();
                let subnets = zones_of(n, dice, n.load_balancers()[balancer].vpc);
                ServiceChange::SetSubnets { balancer, subnets }
            }
            4 => {
                let balancer: hanulgil::cloud::LoadBalancerId = any!();
                let groups = groups_of(n, dice, n.load_balancers()[balancer].vpc);
                ServiceChange::SetSecurityGroups { balancer, groups }
            }
            5 if dice.one_in(2) => {
                let address_type = dice.pick(&hanulgil::cloud::AddressType::ALL);
                ServiceChange::SetIpAddressType { balancer: any!(), address_type }
            }
            5 => ServiceChange::ModifyLoadBalancerAttributes { balancer: any!(), cross_zone: on },
            6 | 7 => {
                let balancer: hanulgil::cloud::LoadBalancerId = any!();
                let row = &n.load_balancers()[balancer];
                let protocol = match row.kind {
                    LoadBalancerKind::Application => ListenerProtocol::Http,
                    LoadBalancerKind::Network => ListenerProtocol::Tcp,
                    LoadBalancerKind::Classic => return None,
                    LoadBalancerKind::Gateway => ListenerProtocol::Geneve,
                };
                let port = if protocol == ListenerProtocol::Geneve { 0 } else { some_port };
                let fits = n
                    .target_groups()
                    .iter()
                    .filter(|it| it.1.vpc == row.vpc && it.1.protocol == protocol);
                let target_groups = vec![of(fits.map(|it| it.0).collect(), dice)?];
                let listener = Listener { protocol, port, target_groups };
                ServiceChange::CreateListener { balancer, listener }
            }
            8 | 9 => {
                let all = n.load_balancers().iter().flat_map(|(id, it)| {
                    it.listeners.iter().map(move |it| (id, it.port, it.protocol))
                });
                let (balancer, port, protocol) = of(all.collect(), dice)?;
                if kind == 8 {
                    return Some(ServiceChange::DeleteListener { balancer, port });
                }
                let vpc = n.load_balancers()[balancer].vpc;
                let fits = n
                    .target_groups()
                    .iter()
                    .filter(|it| it.1.vpc == vpc && it.1.protocol == protocol);
                let target_groups = vec![of(fits.map(|it| it.0).collect(), dice)?];
                ServiceChange::ModifyListener { balancer, port, target_groups }
            }
            10 | 11 => {
                let (protocol, port) = dice.pick(&[
                    (ListenerProtocol::Http, 8080),
                    (ListenerProtocol::Tcp, 8080),
                    (ListenerProtocol::Geneve, 6081),
                ]);
                let kinds = [TargetKind::Instance, TargetKind::Ip, TargetKind::Function];
                let kind = dice.pick(&kinds);
                let ipv6 = dice.one_in(8);
                ServiceChange::CreateTargetGroup { name, vpc: any!(), protocol, port, kind, ipv6 }
            }
            12 => ServiceChange::DeleteTargetGroup { group: any!() },
            13..=15 => {
                let group: hanulgil::cloud::TargetGroupId = any!();
                let row = &n.target_groups()[group];
                if kind == 13 {
                    let it = of(row.targets.clone(), dice)?;
                    let port = it.port.filter(|_| on);
                    return Some(ServiceChange::DeregisterTarget {
                        group,
                        target: it.target,
                        port,
                    });
                }
                let target = match row.kind {
                    TargetKind::Instance => Registered::Instance(any!()),
                    TargetKind::Ip => {
                        let subnet = one::<hanulgil::cloud::Subnet>(n, dice)?;
                        Registered::Address(n.subnets()[subnet].cidr.nth(77)?)
                    }
                    TargetKind::Function => Registered::Function(any!()),
                    TargetKind::LoadBalancer => Registered::LoadBalancer(any!()),
                };
                let port = (row.kind != TargetKind::Function && dice.one_in(3)).then_some(9000);
                let health = on.then_some(Health::Unhealthy);
                ServiceChange::RegisterTarget {
                    group,
                    target: Registration { target, port, health },
                }
            }
            16 => ServiceChange::ModifyTargetGroupAttributes {
                group: any!(),
                cross_zone: Some(on),
                preserve_client_ip: dice.one_in(3).then_some(on),
            },
            17 | 18 => {
                let vpc: VpcId = any!();
                let to = if on { EndpointTo::Service(any!()) } else { EndpointTo::Offered(any!()) };
                let mut subnets = zones_of(n, dice, vpc);
                let mut groups = groups_of(n, dice, vpc);
                if dice.one_in(2) {
                    // As one makes them for Gateway Load Balancers.
                    subnets.truncate(1);
                    groups.clear();
                }
                let private_dns = dice.one_in(4);
                ServiceChange::CreateInterfaceEndpoint { name, to, subnets, groups, private_dns }
            }
            19 => {
                let endpoint: hanulgil::cloud::InterfaceEndpointId = any!();
                let vpc = n.interface_endpoints()[endpoint].vpc;
                let groups = Some(groups_of(n, dice, vpc)).filter(|_| on);
                ServiceChange::ModifyInterfaceEndpoint {
                    endpoint,
                    private_dns: None,
                    policy: dice.one_in(2).then_some(EndpointPolicy::Denies),
                    groups,
                }
            }
            20 => ServiceChange::DeleteInterfaceEndpoint { endpoint: any!() },
            21 => ServiceChange::AcceptEndpoint { endpoint: any!() },
            22 => {
                let all = n
                    .load_balancers()
                    .iter()
                    .filter(|it| it.1.kind != LoadBalancerKind::Application)
                    .map(|it| it.0);
                let balancers = vec![of(all.collect(), dice)?];
                ServiceChange::CreateEndpointService { name, balancers, acceptance_required: on }
            }
            23 => ServiceChange::DeleteEndpointService { service: any!() },
            24 | 25 => {
                let vpc: VpcId = any!();
                let (subnets, groups) = if on {
                    let groups = groups_of(n, dice, vpc);
                    let subnets =
                        if groups.is_empty() { Vec::new() } else { zones_of(n, dice, vpc) };
                    if subnets.is_empty() { (Vec::new(), Vec::new()) } else { (subnets, groups) }
                } else {
                    (Vec::new(), Vec::new())
                };
                if kind == 24 {
                    ServiceChange::CreateFunction { name, subnets, groups }
                } else {
                    ServiceChange::UpdateFunction { function: any!(), subnets, groups }
                }
            }
            26 => ServiceChange::DeleteFunction { function: any!() },
            27 => {
                let vpc: VpcId = any!();
                ServiceChange::CreateDatabase(NewDatabase {
                    name,
                    subnets: zones_of(n, dice, vpc),
                    groups: groups_of(n, dice, vpc),
                    public: dice.one_in(4),
                    port: 5432,
                })
            }
            28 => ServiceChange::ModifyDatabase { database: any!(), public: on },
            36 => {
                let database: hanulgil::cloud::DatabaseId = any!();
                let vpc = n.vpc_of(n.databases()[database].interface);
                let groups = groups_of(n, dice, vpc);
                ServiceChange::ModifyDatabaseGroups { database, groups }
            }
            37 => {
                let kind = dice.pick(&[ServiceKind::S3, ServiceKind::Sqs, ServiceKind::Kms]);
                ServiceChange::CreateService { name, kind }
            }
            38 => ServiceChange::DeleteService { service: any!() },
            39 => ServiceChange::ModifyEndpointAddressType {
                endpoint: any!(),
                address_type: on.then(|| dice.pick(&hanulgil::cloud::EndpointAddressType::ALL)),
                dns_records: dice.one_in(2).then(|| dice.pick(&hanulgil::cloud::DnsRecords::ALL)),
            },
            40 => ServiceChange::ModifyFunctionIpv6 { function: any!(), on },
            41 => {
                let network_type = dice.pick(&hanulgil::cloud::NetworkType::ALL);
                ServiceChange::ModifyDatabaseNetworkType { database: any!(), network_type }
            }
            29 => ServiceChange::DeleteDatabase { database: any!() },
            30 => {
                let subnet: SubnetId = any!();
                ServiceChange::RunTask(NewTask {
                    name,
                    launch: LaunchType::Fargate,
                    subnet,
                    address: None,
                    groups: groups_of(n, dice, n.subnets()[subnet].vpc),
                    assign_public_ip: on,
                    listening: some_listening(dice),
                })
            }
            31 => ServiceChange::StopTask { task: any!() },
            32 => {
                let kind = dice.pick(&[ApiKind::Edge, ApiKind::Regional, ApiKind::Private]);
                let integration = if on {
                    one(n, dice).map_or(Integration::Mock, Integration::Function)
                } else {
                    Integration::Mock
                };
                ServiceChange::CreateApi { name, kind, integration }
            }
            33 => {
                let to: hanulgil::cloud::LoadBalancerId = any!();
                let vpc = n.load_balancers()[to].vpc;
                let (subnets, groups) = if on {
                    (zones_of(n, dice, vpc), groups_of(n, dice, vpc))
                } else {
                    (Vec::new(), Vec::new())
                };
                ServiceChange::CreateVpcLink { api: any!(), to, subnets, groups }
            }
            34 => {
                if on {
                    ServiceChange::DeleteApi { api: any!() }
                } else {
                    ServiceChange::DeleteDistribution { distribution: any!() }
                }
            }
            _ => {
                let balancer: hanulgil::cloud::LoadBalancerId = any!();
                let origin = match n.load_balancers()[balancer].scheme {
                    Scheme::InternetFacing => CdnOrigin::PublicBalancer(balancer),
                    Scheme::Internal => CdnOrigin::PrivateBalancer(balancer),
                };
                ServiceChange::CreateDistribution { name, origin, port: some_port }
            }
        })
    }
}

mod transit {
    use super::*;
    use hanulgil::cloud::{TransitGatewayAttachmentId, TransitGatewayId, TransitOrigin};

    const ALL: usize = 42;
    const RARE: [usize; 6] = [6, 6, 9, 10, 10, 10];
    pub const KINDS: usize = ALL + RARE.len();

    #[expect(clippy::too_many_lines, reason = "a line or two for each operation")]
    pub fn change(n: &Network, dice: &mut Dice, kind: usize, name: Name) -> Option<TransitChange> {
        macro_rules! any {
            () => {
                one(n, dice)?
            };
        }
        let on = dice.one_in(2);
        let attachments = || n.transit_gateway_attachments().iter();
        let kind = kind.checked_sub(ALL).map_or(kind, |it| RARE[it]);
        Some(match kind {
            0 => TransitChange::CreateTransitGateway {
                name,
                options: TransitGatewayOptions {
                    default_association: on,
                    default_propagation: dice.one_in(2),
                    group_references: dice.one_in(2),
                },
            },
            1 => {
                let gateway: TransitGatewayId = any!();
                let own = n
                    .transit_gateway_route_tables()
                    .iter()
                    .filter(|it| it.1.gateway == gateway)
                    .map(|it| it.0);
                let table = of(own.collect(), dice);
                TransitChange::ModifyTransitGateway {
                    gateway,
                    default_association: table,
                    default_propagation: table.filter(|_| on),
                    group_references: dice.one_in(2),
                }
            }
            2 => TransitChange::DeleteTransitGateway { gateway: any!() },
            3 | 4 => {
                let vpc: VpcId = any!();
                let subnets = zones_of(n, dice, vpc);
                let gateway = any!();
                TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets }
            }
            5 => {
                let of_vpcs = attachments().filter_map(|(id, it)| match it.of {
                    AttachmentOf::Vpc { vpc, .. } => Some((id, vpc)),
                    _ => None,
                });
                let (attachment, vpc) = of(of_vpcs.collect(), dice)?;
                TransitChange::ModifyTransitGatewayVpcAttachment {
                    attachment,
                    subnets: on.then(|| zones_of(n, dice, vpc)),
                    appliance_mode: Some(dice.one_in(2)),
                    group_references: dice.one_in(2).then_some(on),
                }
            }
            6 => TransitChange::CreateTransitGatewayPeeringAttachment {
                name,
                gateway: any!(),
                peer: any!(),
            },
            7 => TransitChange::AttachDirectConnectGateway { name, gateway: any!(), line: any!() },
            8 => TransitChange::CreateTransitGatewayConnect {
                name,
                gateway: any!(),
                on_premises: any!(),
            },
            9 => TransitChange::AcceptTransitGatewayAttachment { attachment: any!() },
            10 => TransitChange::RejectTransitGatewayAttachment { attachment: any!() },
            11 => TransitChange::DeleteTransitGatewayAttachment { attachment: any!() },
            12 => TransitChange::CreateTransitGatewayRouteTable { name, gateway: any!() },
            13 => TransitChange::DeleteTransitGatewayRouteTable { table: any!() },
            14..=17 => {
                let attachment: TransitGatewayAttachmentId = any!();
                let row = &n.transit_gateway_attachments()[attachment];
                let own = n
                    .transit_gateway_route_tables()
                    .iter()
                    .filter(|it| it.1.gateway == row.gateway)
                    .map(|it| it.0);
                let any = of(own.collect(), dice)?;
                match kind {
                    14 => {
                        TransitChange::AssociateTransitGatewayRouteTable { attachment, table: any }
                    }
                    15 => TransitChange::DisassociateTransitGatewayRouteTable {
                        attachment,
                        table: row.association.unwrap_or(any),
                    },
                    16 => TransitChange::EnableTransitGatewayRouteTablePropagation {
                        attachment,
                        table: any,
                    },
                    _ => TransitChange::DisableTransitGatewayRouteTablePropagation {
                        attachment,
                        table: row.propagations.first().copied().unwrap_or(any),
                    },
                }
            }
            18..=20 => {
                let table: hanulgil::cloud::TransitGatewayRouteTableId = any!();
                let row = &n.transit_gateway_route_tables()[table];
                let all = row.routes.iter().filter(|it| it.origin == TransitOrigin::Static);
                let known = of(all.map(|it| it.destination).collect(), dice);
                let own = attachments().filter(|it| it.1.gateway == row.gateway).map(|it| it.0);
                let attachment = of(own.collect(), dice).filter(|_| !dice.one_in(4));
                match kind {
                    18 => TransitChange::CreateTransitGatewayRoute {
                        table,
                        destination: cidr(dice),
                        attachment,
                    },
                    19 => TransitChange::ReplaceTransitGatewayRoute {
                        table,
                        destination: known?,
                        attachment,
                    },
                    _ => TransitChange::DeleteTransitGatewayRoute { table, destination: known? },
                }
            }
            21 => TransitChange::CreateVpnGateway { name },
            22 => TransitChange::AttachVpnGateway { gateway: any!(), vpc: any!() },
            23 => {
                let attached =
                    n.virtual_private_gateways().iter().filter_map(|(id, it)| Some((id, it.vpc?)));
                let (gateway, vpc) = of(attached.collect(), dice)?;
                TransitChange::DetachVpnGateway { gateway, vpc }
            }
            24 => TransitChange::DeleteVpnGateway { gateway: any!() },
            25 => TransitChange::EnableVgwRoutePropagation { gateway: any!(), table: any!() },
            26 => {
                let all = n
                    .virtual_private_gateways()
                    .iter()
                    .flat_map(|(id, it)| it.propagates_to.iter().map(move |it| (id, *it)));
                let (gateway, table) = of(all.collect(), dice)?;
                TransitChange::DisableVgwRoutePropagation { gateway, table }
            }
            27 => TransitChange::CreateCustomerGateway {
                name,
                on_premises: any!(),
                address: on.then_some(std::net::Ipv4Addr::new(203, 0, 113, 77)),
            },
            28 => TransitChange::DeleteCustomerGateway { gateway: any!() },
            29 => {
                let routing = if dice.one_in(2) {
                    VpnRouting::Static(vec![cidr(dice)])
                } else {
                    VpnRouting::Bgp(vec![cidr(dice)])
                };
                TransitChange::CreateVpnConnection {
                    name,
                    customer_gateway: any!(),
                    side: if on {
                        VpnSide::TransitGateway(any!())
                    } else {
                        VpnSide::VirtualPrivateGateway(any!())
                    },
                    routing,
                }
            }
            30 => TransitChange::DeleteVpnConnection { vpn: any!() },
            31 => TransitChange::CreateVpnConnectionRoute { vpn: any!(), destination: cidr(dice) },
            32 => {
                let all = n.vpn_connections().iter().flat_map(|(id, it)| match &it.routing {
                    VpnRouting::Static(all) => all.iter().map(|it| (id, *it)).collect(),
                    VpnRouting::Bgp(_) => Vec::new(),
                });
                let (vpn, destination) = of(all.collect(), dice)?;
                TransitChange::DeleteVpnConnectionRoute { vpn, destination }
            }
            33 => TransitChange::CreateDirectConnectGateway { name, on_premises: any!() },
            34 => TransitChange::CreateDirectConnectGatewayAssociation {
                line: any!(),
                gateway: any!(),
            },
            35 => {
                let all = n
                    .direct_connect_gateways()
                    .iter()
                    .flat_map(|(id, it)| it.gateways.iter().map(move |it| (id, *it)));
                let (line, gateway) = of(all.collect(), dice)?;
                TransitChange::DeleteDirectConnectGatewayAssociation { line, gateway }
            }
            38 => TransitChange::AssociateVgwRouteTable {
                gateway: any!(),
                table: one(n, dice).filter(|_| !dice.one_in(3)),
            },
            36 => TransitChange::ConfigureVpnTunnels {
                vpn: any!(),
                tunnels: dice.pick(&[[Tunnel::Up; 2], [Tunnel::Down; 2]]),
            },
            39 => TransitChange::ConfigureOnPremises {
                on_premises: any!(),
                cidrs: vec![block(dice.pick(&["192.168.50.0/24", "172.23.0.0/16"]))],
            },
            40 => TransitChange::DeleteOnPremises { on_premises: any!() },
            41 => TransitChange::DeleteDirectConnectGateway { line: any!() },
            _ => TransitChange::CreateOnPremises {
                name,
                cidrs: vec![block(dice.pick(&["192.168.40.0/24", "172.22.0.0/16"]))],
                listening: Listening::Everywhere,
            },
        })
    }
}
