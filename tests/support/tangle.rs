//! Networks that are out to send a packet around for ever: every VPC and every network of one's own
//! has the same block, the same addresses are everywhere, and whoever passes packets on passes them to
//! the others who do. Nothing is checked as AWS would here either.

use std::net::IpAddr;

use hanulgil::{
    cloud::{
        AddressType, Api, ApiKind, CdnOrigin, Connectivity, Distribution, DnsRecords,
        EndpointAddressType, EndpointPolicy, EndpointService, EndpointTo, Forwarding, Function,
        Health, Host, Instance, InstanceState, Integration, Interface, InterfaceEndpoint,
        InterfaceId, InterfaceKind, InternetGateway, Listener, ListenerProtocol, Listening,
        LoadBalancer, LoadBalancerId, LoadBalancerKind, NatGateway, NatGatewayState, NatSeat,
        NatZone, Network, Origin, Peer, Peering, PeeringState, PrivateNames, RegionalNat,
        Registered, Registration, Route, RouteTable, RouteTableId, Scheme, SecurityGroupRule,
        Service, ServiceKind, Subnet, SubnetId, Target, TargetGroup, TargetGroupId, TargetKind,
        VpcId, Zone,
    },
    net::Cidr,
};

use crate::{
    networks::{Dice, block, free_public},
    services::{interface, on_premises},
    transit,
};

/// Of every VPC.
const BLOCK: &str = "10.0.0.0/16";

/// Where routes lead that go astray.
const DESTINATIONS: [&str; 10] = [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.0.0/24",
    "10.0.1.0/24",
    "10.0.0.10/32",
    "10.0.1.10/32",
    "10.0.0.100/32",
    "10.0.1.100/32",
    "203.0.113.0/24",
    "198.51.100.0/24",
];

/// Public addresses, of hosts and fronts alike.
const PUBLIC: [&str; 4] = ["203.0.113.70", "203.0.113.71", "203.0.113.72", "203.0.113.9"];

/// Addresses that are in every VPC.
pub const PRIVATE: [&str; 8] = [
    "10.0.0.10",
    "10.0.1.10",
    "10.0.0.11",
    "10.0.0.100",
    "10.0.1.100",
    "10.0.0.101",
    "10.0.0.102",
    "10.0.1.101",
];

/// A network in which everything leads to everything else.
pub fn tangle(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let it = &mut network;
    for place in 0..=dice.below(3) {
        vpc(it, dice, place);
    }
    if dice.one_in(2) {
        transit::join(it, dice);
    }
    if dice.one_in(3) {
        on_premises(it, dice);
    }
    for _ in 0..dice.below(3) {
        let address = address(dice, &PUBLIC);
        it.insert(Host { name: "host".into(), address, listening: Listening::Everywhere });
    }
    it.insert(Service::here("execute-api", ServiceKind::ExecuteApi));
    it.insert(Service::here("s3", ServiceKind::S3));
    it.insert(Function { name: "function".into(), interfaces: Vec::new(), ipv6: false });
    let balancers: Vec<LoadBalancerId> = (0..=dice.below(4)).map(|_| balancer(it, dice)).collect();
    for _ in 0..dice.below(4) {
        endpoint(it, dice, &balancers);
    }
    for place in 0..dice.below(3) {
        front(it, dice, &balancers, place);
    }
    peerings(it, dice);
    fill(it, dice);
    routes(it, dice);
    network
}

fn address(dice: &mut Dice, of: &[&str]) -> IpAddr {
    dice.pick(of).parse().unwrap()
}

/// Two subnets in two zones, open groups and lists, servers that pass things on, a NAT gateway.
fn vpc(network: &mut Network, dice: &mut Dice, place: usize) {
    let vpc = network.insert_vpc(format!("vpc-{place}"), &[block(BLOCK)]);
    let group = network.vpcs()[vpc].default_security_group;
    let all = vec![SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4))];
    network.update(group, |it| (it.ingress, it.egress) = (all.clone(), all));
    let table = |network: &mut Network| {
        let routes = vec![Route::local(block(BLOCK))];
        network.insert(RouteTable { name: "table".into(), vpc, routes })
    };
    let gateways = dice.one_in(2).then(|| table(network));
    network.insert(InternetGateway { name: "igw".into(), vpc: Some(vpc), route_table: gateways });
    for (number, zone) in ["a", "b"].into_iter().enumerate() {
        let cidr = block(&format!("10.0.{number}.0/24"));
        let route_table = dice.one_in(2).then(|| table(network));
        let subnet = network.insert(Subnet {
            name: format!("subnet-{number}").into(),
            vpc,
            zone: Zone(zone.into()),
            cidr,
            ipv6_cidr: None,
            route_table,
            network_acl: None,
            auto_assign_public_ip: false,
            dns64: false,
        });
        for server in 0..=dice.below(3) {
            let instance = network.insert(Instance {
                name: format!("server-{number}-{server}").into(),
                state: InstanceState::Running,
                interfaces: Vec::new(),
                listening: Listening::Everywhere,
                forwarding: dice.pick(&[
                    Forwarding::Routes,
                    Forwarding::Translates,
                    Forwarding::Inspects,
                    Forwarding::Off,
                ]),
            });
            let one = network.insert(Interface {
                name: format!("server-{number}-{server}").into(),
                subnet,
                kind: InterfaceKind::Instance(instance),
                addresses: vec![cidr.nth(10 + server as u128).unwrap()],
                public_address: dice.one_in(2).then(|| free_public(network)),
                further_public: Vec::new(),
                assigns_public_address: false,
                security_groups: vec![group],
                source_dest_check: dice.one_in(5),
            });
            network.update(instance, |it| it.interfaces.push(one));
        }
        if dice.one_in(2) {
            nat(network, dice, vpc, subnet);
        }
    }
}

fn nat(network: &mut Network, dice: &mut Dice, vpc: VpcId, subnet: SubnetId) {
    let connectivity = dice.pick(&[Connectivity::Public, Connectivity::Private]);
    let seat = if dice.one_in(4) {
        let zones = ["a", "b"].map(|zone| NatZone {
            zone: Zone(zone.into()),
            addresses: vec![format!("198.51.100.{}", 240 + dice.below(8)).parse().unwrap()],
        });
        let routes = vec![Route::local(block(BLOCK))];
        let route_table = network.insert(RouteTable { name: "nat".into(), vpc, routes });
        NatSeat::Regional(RegionalNat { route_table, automatic: false, zones: zones.into() })
    } else {
        let kind = InterfaceKind::NatGateway;
        let public = connectivity == Connectivity::Public;
        let own = interface(network, "nat", subnet, kind, Vec::new(), public);
        network.update(own, |it| it.source_dest_check = false);
        NatSeat::Zonal { subnet, interface: own }
    };
    let (name, state) = ("nat".into(), NatGatewayState::Available);
    network.insert(NatGateway { name, vpc, seat, connectivity, state });
}

fn some_vpc(network: &Network, dice: &mut Dice) -> VpcId {
    let vpcs: Vec<VpcId> = network.vpcs().iter().map(|it| it.0).collect();
    dice.pick(&vpcs)
}

fn subnets(network: &Network, vpc: VpcId) -> Vec<SubnetId> {
    network.subnets().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect()
}

/// Whom it sends to is settled when there is everybody: see [`fill`].
fn balancer(network: &mut Network, dice: &mut Dice) -> LoadBalancerId {
    use LoadBalancerKind::{Application, Gateway, Network as Plain};
    let vpc = some_vpc(network, dice);
    let kind = dice.pick(&[Plain, Plain, Application, Gateway]);
    let group = network.vpcs()[vpc].default_security_group;
    let groups = if kind == Gateway { Vec::new() } else { vec![group] };
    let internet = kind != Gateway && dice.one_in(3);
    let id = network.load_balancers().next_id();
    let mut own = subnets(network, vpc);
    own.truncate(1 + dice.below(2));
    let nodes: Vec<InterfaceId> = own
        .into_iter()
        .map(|it| {
            let kind = InterfaceKind::LoadBalancer(id);
            interface(network, "node", it, kind, groups.clone(), internet)
        })
        .collect();
    let (protocol, inner) = match kind {
        Gateway => (ListenerProtocol::Geneve, ListenerProtocol::Geneve),
        Application => (ListenerProtocol::Https, ListenerProtocol::Http),
        _ => (ListenerProtocol::Tcp, ListenerProtocol::Tcp),
    };
    let target_groups: Vec<TargetGroupId> = (0..=dice.below(2))
        .map(|number| {
            network.insert(TargetGroup {
                name: format!("tg-{}-{number}", id.index()).into(),
                vpc,
                protocol: inner,
                port: if kind == Gateway { 6081 } else { dice.pick(&[443, 443, 443, 1024]) },
                kind: TargetKind::Ip,
                targets: Vec::new(),
                cross_zone: dice.pick(&[None, Some(true)]),
                preserve_client_ip: dice.pick(&[None, Some(true)]).filter(|_| kind == Plain),
                health_check_port: None,
                ipv6: false,
            })
        })
        .collect();
    let port = if kind == Gateway { 0 } else { dice.pick(&[443, 443, 443, 1024]) };
    network.insert(LoadBalancer {
        name: format!("lb-{}", id.index()).into(),
        kind,
        scheme: if internet { Scheme::InternetFacing } else { Scheme::Internal },
        vpc,
        nodes,
        security_groups: groups,
        cross_zone: !dice.one_in(3),
        guards_private_link: dice.one_in(2) || kind != LoadBalancerKind::Network,
        address_type: AddressType::Ipv4,
        listeners: vec![Listener { protocol, port, target_groups }],
    })
}

/// Interface endpoints for services and balancers, which often have the address of a node elsewhere.
fn endpoint(network: &mut Network, dice: &mut Dice, balancers: &[LoadBalancerId]) {
    let offered: Vec<LoadBalancerId> = (balancers.iter().copied())
        .filter(|it| network.load_balancers()[*it].kind != LoadBalancerKind::Application)
        .collect();
    let to = if offered.is_empty() || dice.one_in(4) {
        let services: Vec<_> = network.services().iter().map(|it| it.0).collect();
        EndpointTo::Service(dice.pick(&services))
    } else {
        EndpointTo::Offered(network.insert(EndpointService {
            name: "offer".into(),
            load_balancers: vec![dice.pick(&offered)],
            acceptance_required: false,
        }))
    };
    let vpc = some_vpc(network, dice);
    let group = network.vpcs()[vpc].default_security_group;
    let id = network.interface_endpoints().next_id();
    let kind = InterfaceKind::Endpoint(id);
    let subnet = dice.pick(&subnets(network, vpc));
    let one = interface(network, "vpce", subnet, kind, vec![group], false);
    network.update(one, |it| it.source_dest_check = false);
    network.insert(InterfaceEndpoint {
        name: "vpce".into(),
        vpc,
        to,
        interfaces: vec![one],
        private_dns: dice.one_in(2),
        policy: EndpointPolicy::Allows,
        accepted: !dice.one_in(6),
        address_type: EndpointAddressType::Ipv4,
        dns_records: DnsRecords::Ipv4,
    });
}

/// APIs and distributions in front of balancers, hosts and each other.
fn front(network: &mut Network, dice: &mut Dice, balancers: &[LoadBalancerId], place: usize) {
    let hosts: Vec<_> = network.hosts().iter().map(|it| it.0).collect();
    let IpAddr::V4(own) = address(dice, &PUBLIC) else { return };
    let to = dice.pick(balancers);
    if dice.one_in(3) {
        let origin = match dice.below(3) {
            0 if !hosts.is_empty() => CdnOrigin::Host(dice.pick(&hosts)),
            1 => CdnOrigin::PrivateBalancer(to),
            _ => CdnOrigin::PublicBalancer(to),
        };
        let IpAddr::V4(origin_facing) = address(dice, &PUBLIC) else { return };
        let name = format!("cdn-{place}").into();
        network.insert(Distribution {
            name,
            address: own,
            origin_facing,
            origin,
            origin_port: 443,
        });
        return;
    }
    let id = network.apis().next_id();
    let vpc = network.load_balancers()[to].vpc;
    let integration = match dice.below(4) {
        0 if !hosts.is_empty() => Integration::PublicHost(dice.pick(&hosts)),
        1 => Integration::PublicBalancer(to),
        2 => {
            let group = network.vpcs()[vpc].default_security_group;
            let subnet = dice.pick(&subnets(network, vpc));
            let kind = InterfaceKind::VpcLink(id);
            let through = vec![interface(network, "link", subnet, kind, vec![group], false)];
            Integration::VpcLink { through, to }
        }
        _ => Integration::VpcLink { through: Vec::new(), to },
    };
    let private = dice.one_in(3);
    network.insert(Api {
        name: format!("api-{place}").into(),
        kind: if private { ApiKind::Private } else { ApiKind::Regional },
        address: (!private).then_some(own),
        integration,
    });
}

/// Between all VPCs, although AWS refuses that where blocks overlap.
fn peerings(network: &mut Network, dice: &mut Dice) {
    let vpcs: Vec<VpcId> = network.vpcs().iter().map(|it| it.0).collect();
    for pair in vpcs.windows(2) {
        if dice.one_in(2) {
            network.insert(Peering {
                name: "pcx".into(),
                requester: pair[0],
                accepter: pair[1],
                state: PeeringState::Active,
                inter_region: false,
                private_names: PrivateNames::default(),
            });
        }
    }
}

/// Targets: servers, nodes of the same balancers, endpoints, public addresses, a function.
fn fill(network: &mut Network, dice: &mut Dice) {
    let groups: Vec<TargetGroupId> = network.target_groups().iter().map(|it| it.0).collect();
    let balancers: Vec<LoadBalancerId> = (network.load_balancers().iter())
        .filter(|it| it.1.kind != LoadBalancerKind::Gateway)
        .map(|it| it.0)
        .collect();
    let functions: Vec<_> = network.functions().iter().map(|it| it.0).collect();
    for group in groups {
        let plain = network.target_groups()[group].protocol == ListenerProtocol::Tcp;
        let targets: Vec<Registration> = (0..=dice.below(3))
            .map(|_| {
                let target = match dice.below(8) {
                    0 if plain && !balancers.is_empty() => {
                        Registered::LoadBalancer(dice.pick(&balancers))
                    }
                    1 if !plain => Registered::Function(dice.pick(&functions)),
                    2 => Registered::Address(address(dice, &PUBLIC)),
                    _ => Registered::Address(address(dice, &PRIVATE)),
                };
                let health = dice.pick(&[None, None, Some(Health::Healthy)]);
                Registration { target, port: None, health }
            })
            .collect();
        network.update(group, |it| it.targets = targets);
    }
}

/// Every table leads to others who pass packets on; some to interfaces of another VPC, which only a
/// network that nobody checked can have.
fn routes(network: &mut Network, dice: &mut Dice) {
    let tables: Vec<RouteTableId> = network.route_tables().iter().map(|it| it.0).collect();
    for table in tables {
        let vpc = network.route_tables()[table].vpc;
        let here = |it: InterfaceId| network.vpc_of(it) == vpc;
        let anywhere = dice.one_in(4);
        let mut targets: Vec<Target> = (network.interfaces().iter())
            .filter(|it| anywhere || here(it.0))
            .map(|it| Target::Interface(it.0))
            .collect();
        let nats = network.nat_gateways().iter().filter(|it| it.1.vpc == vpc);
        let nats = nats.map(|it| Target::NatGateway(it.0));
        let gateways = network.internet_gateways().iter().filter(|it| it.1.vpc == Some(vpc));
        let gateways = gateways.map(|it| Target::InternetGateway(it.0));
        let peerings = network.peerings().iter().filter(|it| it.1.other_end(vpc).is_some());
        let peerings = peerings.map(|it| Target::Peering(it.0));
        let transits = network.transit_gateways().iter();
        let transits = transits.map(|it| Target::TransitGateway(it.0));
        let offices = network.virtual_private_gateways().iter();
        let offices = offices.map(|it| Target::VirtualPrivateGateway(it.0));
        let others: Vec<Target> =
            nats.chain(gateways).chain(peerings).chain(transits).chain(offices).collect();
        // As often as all interfaces together.
        let times = targets.len() / others.len().max(1) + 1;
        targets.extend(std::iter::repeat_n(others, times).flatten());
        for _ in 0..=dice.below(5) {
            let route = Route {
                destination: block(dice.pick(&DESTINATIONS)),
                target: dice.pick(&targets),
                origin: Origin::Static,
            };
            network.update(table, |it| {
                it.routes.retain(|it| it.destination != route.destination);
                it.routes.push(route);
            });
        }
    }
}
