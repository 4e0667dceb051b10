//! What stands in and around the networks of [`crate::networks`] besides servers and gateways: load
//! balancers, endpoints, services outside every VPC, functions, databases, tasks, on-premises
//! networks. Nothing is checked as AWS would here either.

use std::net::IpAddr;

use hanulgil::{
    cloud::{
        AclAction, AclEntry, AddressType, Api, ApiKind, CdnOrigin, CustomerGateway, Database,
        DirectConnectGateway, Distribution, EndpointPolicy, EndpointService, EndpointServiceId,
        EndpointTo, Function, Health, Integration, Interface, InterfaceEndpoint, InterfaceId,
        InterfaceKind, LaunchType, Listener, ListenerProtocol, LoadBalancer, LoadBalancerId,
        LoadBalancerKind, Network, OnPremises, Origin, Peer, Probe, ProbeEnd, Registered,
        Registration, Route, RouteTableId, Scheme, SecurityGroupId, SecurityGroupRule, Service,
        ServiceId, ServiceKind, SubnetId, Target, TargetGroup, TargetGroupId, TargetKind, Task,
        Tunnel, VirtualPrivateGateway, VpcId, VpnConnection, VpnRouting, VpnSide,
    },
    net::{Cidr, Ports, Protocol},
};

use crate::networks::{Dice, block, free_public, network, some_listening, some_ports};

/// A network of [`network`] with load balancers, endpoints, services and lines to elsewhere.
pub fn with_services(dice: &mut Dice) -> Network {
    let mut network = network(dice);
    let it = &mut network;
    if dice.one_in(2) {
        for _ in 0..=dice.below(2) {
            service(it, dice);
        }
    }
    for _ in 0..dice.below(3) {
        managed(it, dice);
    }
    let mut balancers = Vec::new();
    for _ in 0..dice.below(4) {
        let behind = balancers.clone();
        balancers.push(balancer(it, dice, &behind));
    }
    for _ in 0..dice.below(3) {
        endpoint(it, dice, &balancers);
    }
    if dice.one_in(3) {
        front(it, dice, &balancers);
    }
    if dice.one_in(2) {
        on_premises(it, dice);
    }
    believers(it, dice);
    // Filters that stop nearly everything hide what stands behind them.
    if dice.below(3) > 0 {
        open_groups(it, dice);
    }
    if dice.one_in(2) {
        let acls: Vec<_> = it.network_acls().iter().map(|it| it.0).collect();
        for acl in acls {
            let all = |number, cidr| AclEntry {
                number,
                action: AclAction::Allow,
                protocol: None,
                ports: Ports::ALL,
                cidr,
            };
            let entries = [all(100, Cidr::ANY_V4), all(101, Cidr::ANY_V6)];
            it.update(acl, |it| (it.ingress, it.egress) = (entries.into(), entries.into()));
        }
    }
    network
}

/// Routes of people who think that a peering leads to the gateway endpoint behind it.
fn believers(network: &mut Network, dice: &mut Dice) {
    let blocks: Vec<Cidr> =
        network.prefix_lists().iter().flat_map(|it| it.1.cidrs.clone()).collect();
    let peerings: Vec<_> = network.peerings().iter().map(|it| it.0).collect();
    for (destination, peering) in blocks.into_iter().zip(peerings.iter().copied().cycle()) {
        let row = &network.peerings()[peering];
        let vpc = dice.pick(&[row.requester, row.accepter]);
        for table in tables(network, vpc) {
            network.update(table, |it| {
                if it.routes.iter().all(|it| it.destination != destination) {
                    let target = Target::Peering(peering);
                    it.routes.push(Route { destination, target, origin: Origin::Static });
                }
            });
        }
    }
}

/// Most groups let most of everything in.
fn open_groups(network: &mut Network, dice: &mut Dice) {
    let groups: Vec<SecurityGroupId> = network.security_groups().iter().map(|it| it.0).collect();
    for group in groups {
        if dice.one_in(5) {
            continue;
        }
        let all =
            [Cidr::ANY_V4, Cidr::ANY_V6].map(|it| SecurityGroupRule::everything(Peer::Cidr(it)));
        let tcp = SecurityGroupRule {
            protocol: Some(Protocol::TCP),
            ports: some_ports(dice),
            peer: Peer::Cidr(Cidr::ANY_V4),
        };
        let ingress = if dice.one_in(4) { vec![tcp] } else { all.to_vec() };
        network.update(group, |it| (it.ingress, it.egress) = (ingress, all.into()));
    }
}

/// The ends that a probe may have in such a network, besides interfaces and addresses.
#[allow(dead_code, reason = "not every law asks by name")]
pub fn named_ends(network: &Network) -> Vec<ProbeEnd> {
    use hanulgil::cloud::Named;
    let mut ends: Vec<ProbeEnd> = Vec::new();
    ends.extend(
        network.load_balancers().iter().map(|it| ProbeEnd::Named(Named::LoadBalancer(it.0))),
    );
    ends.extend(
        network.interface_endpoints().iter().map(|it| ProbeEnd::Named(Named::Endpoint(it.0))),
    );
    ends.extend(network.services().iter().map(|it| ProbeEnd::Named(Named::Service(it.0))));
    ends.extend(network.functions().iter().map(|it| ProbeEnd::Named(Named::Function(it.0))));
    ends.extend(network.apis().iter().map(|it| ProbeEnd::Named(Named::Api(it.0))));
    ends.extend(
        network.distributions().iter().map(|it| ProbeEnd::Named(Named::Distribution(it.0))),
    );
    ends.extend(network.on_premises().iter().map(|it| ProbeEnd::OnPremises(it.0, None)));
    ends
}

/// A packet between any two ends of a network.
#[allow(dead_code, reason = "not every law sends packets of its own")]
pub fn some_probe(dice: &mut Dice, network: &Network) -> Probe {
    let mut ends = named_ends(network);
    ends.extend(network.interfaces().iter().map(|it| ProbeEnd::Interface(it.0)));
    ends.extend(network.hosts().iter().map(|it| ProbeEnd::Host(it.0)));
    ends.push(ProbeEnd::Address(Network::INTERNET));
    let mut receivers = ends.clone();
    receivers.extend(network.interfaces().iter().map(|it| ProbeEnd::Address(it.1.addresses[0])));
    let protocol = dice.pick(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, Protocol::ICMP]);
    Probe::new(dice.pick(&ends), dice.pick(&receivers), protocol, dice.pick(&[443, 443, 80, 22]))
}

// ---- choices

fn some_vpc(network: &Network, dice: &mut Dice) -> VpcId {
    let vpcs: Vec<VpcId> = network.vpcs().iter().map(|it| it.0).collect();
    dice.pick(&vpcs)
}

fn subnets(network: &Network, vpc: VpcId) -> Vec<SubnetId> {
    network.subnets().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect()
}

fn tables(network: &Network, vpc: VpcId) -> Vec<RouteTableId> {
    network.route_tables().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect()
}

fn groups(network: &Network, dice: &mut Dice, vpc: VpcId) -> Vec<SecurityGroupId> {
    let all: Vec<SecurityGroupId> =
        network.security_groups().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
    (0..=dice.below(2)).map(|_| dice.pick(&all)).collect()
}

/// A free address of a subnet.
fn free(network: &Network, subnet: SubnetId) -> IpAddr {
    let it = &network.subnets()[subnet];
    let free = |address: &IpAddr| network.interface_in(it.vpc, *address).is_none();
    (100..250).filter_map(|place| it.cidr.nth(place)).find(free).expect("subnets are not that full")
}

pub fn interface(
    network: &mut Network,
    name: &str,
    subnet: SubnetId,
    kind: InterfaceKind,
    security_groups: Vec<SecurityGroupId>,
    public: bool,
) -> InterfaceId {
    let source_dest_check = !matches!(kind, InterfaceKind::LoadBalancer(_));
    network.insert(Interface {
        name: name.into(),
        subnet,
        kind,
        addresses: vec![free(network, subnet)],
        public_address: public.then(|| free_public(network)),
        further_public: Vec::new(),
        assigns_public_address: false,
        security_groups,
        source_dest_check,
    })
}

// ---- objects

/// Something of AWS's with public addresses; some of them meet those of hosts and lists.
fn service(network: &mut Network, dice: &mut Dice) {
    let kind = dice.pick(&[
        ServiceKind::S3,
        ServiceKind::SecretsManager,
        ServiceKind::ExecuteApi,
        ServiceKind::Other,
    ]);
    let mut it = Service::here(kind.as_str(), kind);
    if dice.one_in(2) {
        it.ranges = vec![block(dice.pick(&["192.0.2.64/26", "203.0.113.192/26"]))];
    }
    network.insert(it);
}

/// A function, a database or a task.
fn managed(network: &mut Network, dice: &mut Dice) {
    let vpc = some_vpc(network, dice);
    let (subnets, own) = (subnets(network, vpc), groups(network, dice, vpc));
    let subnet = dice.pick(&subnets);
    match dice.below(4) {
        0 => {
            let id = network.functions().next_id();
            let kind = InterfaceKind::Function(id);
            let interfaces = if dice.one_in(3) {
                Vec::new()
            } else {
                vec![interface(network, "function", subnet, kind, own, false)]
            };
            network.insert(Function {
                name: format!("function-{}", id.index()).into(),
                interfaces,
                ipv6: false,
            });
        }
        1 => {
            let id = network.databases().next_id();
            let public = dice.one_in(3);
            let kind = InterfaceKind::Database(id);
            let interface = interface(network, "db", subnet, kind, own, public);
            let port = dice.pick(&[443, 5432]);
            let name = format!("db-{}", id.index()).into();
            let listening = hanulgil::cloud::database::listening_on(port);
            network.insert(Database { name, subnets, interface, port, listening });
        }
        _ => {
            let id = network.tasks().next_id();
            let public = dice.one_in(3);
            let kind = InterfaceKind::Task(id);
            let interface = interface(network, "task", subnet, kind, own, public);
            let launch = if public { LaunchType::Fargate } else { LaunchType::Ec2 };
            let (name, listening) = (format!("task-{}", id.index()).into(), some_listening(dice));
            network.insert(Task { name, launch, interface, listening });
        }
    }
}

fn balancer(network: &mut Network, dice: &mut Dice, behind: &[LoadBalancerId]) -> LoadBalancerId {
    let vpc = some_vpc(network, dice);
    let kind = dice.pick(&[
        LoadBalancerKind::Application,
        LoadBalancerKind::Network,
        LoadBalancerKind::Network,
        LoadBalancerKind::Application,
        LoadBalancerKind::Gateway,
    ]);
    let internet = kind != LoadBalancerKind::Gateway && dice.one_in(2);
    let security_groups = match kind {
        LoadBalancerKind::Gateway => Vec::new(),
        LoadBalancerKind::Network if dice.one_in(2) => Vec::new(),
        _ => groups(network, dice, vpc),
    };
    let all = subnets(network, vpc);
    let mut own: Vec<SubnetId> = (0..=dice.below(2)).map(|_| dice.pick(&all)).collect();
    own.dedup();
    let id = network.load_balancers().next_id();
    let nodes: Vec<InterfaceId> = own
        .into_iter()
        .map(|subnet| {
            let kind = InterfaceKind::LoadBalancer(id);
            interface(network, "node", subnet, kind, security_groups.clone(), internet)
        })
        .collect();
    let mut listeners = Vec::new();
    for _ in 0..=dice.below(2) {
        let protocol = match kind {
            LoadBalancerKind::Gateway => ListenerProtocol::Geneve,
            LoadBalancerKind::Network => dice.pick(&[
                ListenerProtocol::Tcp,
                ListenerProtocol::Tcp,
                ListenerProtocol::Udp,
                ListenerProtocol::TcpUdp,
                ListenerProtocol::Tls,
            ]),
            _ => dice.pick(&[ListenerProtocol::Http, ListenerProtocol::Https]),
        };
        let port = if kind == LoadBalancerKind::Gateway { 0 } else { dice.pick(&[443, 443, 80]) };
        let target_groups =
            (0..=dice.below(2)).map(|_| targets(network, dice, vpc, protocol, behind)).collect();
        listeners.push(Listener { protocol, port, target_groups });
    }
    network.insert(LoadBalancer {
        name: format!("lb-{}", id.index()).into(),
        kind,
        scheme: if internet { Scheme::InternetFacing } else { Scheme::Internal },
        vpc,
        nodes,
        security_groups,
        cross_zone: kind == LoadBalancerKind::Application || dice.one_in(2),
        guards_private_link: dice.one_in(2) || kind != LoadBalancerKind::Network,
        address_type: AddressType::Ipv4,
        listeners,
    })
}

fn targets(
    network: &mut Network,
    dice: &mut Dice,
    vpc: VpcId,
    listener: ListenerProtocol,
    behind: &[LoadBalancerId],
) -> TargetGroupId {
    let applications: Vec<LoadBalancerId> = behind
        .iter()
        .copied()
        .filter(|it| {
            let row = &network.load_balancers()[*it];
            row.kind == LoadBalancerKind::Application && row.vpc == vpc
        })
        .collect();
    let functions: Vec<_> = network.functions().iter().map(|it| it.0).collect();
    let kind = match dice.below(8) {
        0 if listener == ListenerProtocol::Tcp && !applications.is_empty() => {
            TargetKind::LoadBalancer
        }
        1 if listener == ListenerProtocol::Http && !functions.is_empty() => TargetKind::Function,
        2..=4 => TargetKind::Ip,
        _ => TargetKind::Instance,
    };
    let instances: Vec<_> = (network.instances().iter())
        .filter(|it| it.1.interfaces.first().is_some_and(|it| network.vpc_of(*it) == vpc))
        .map(|it| it.0)
        .collect();
    let everybody: Vec<IpAddr> = network
        .interfaces()
        .iter()
        .filter(|it| !matches!(it.1.kind, InterfaceKind::NatGateway))
        .filter_map(|it| it.1.addresses.first().copied())
        .chain(["10.0.0.77", "172.16.0.10"].map(|it| it.parse().unwrap()))
        .collect();
    let some = (0..dice.below(4)).filter_map(|_| {
        let target = match kind {
            TargetKind::Instance if instances.is_empty() => return None,
            TargetKind::Instance => Registered::Instance(dice.pick(&instances)),
            TargetKind::Ip => Registered::Address(dice.pick(&everybody)),
            TargetKind::Function => Registered::Function(dice.pick(&functions)),
            TargetKind::LoadBalancer => Registered::LoadBalancer(dice.pick(&applications)),
        };
        let health = dice.pick(&[
            None,
            Some(Health::Healthy),
            Some(Health::Healthy),
            Some(Health::Unhealthy),
            Some(Health::Draining),
        ]);
        let port = dice.one_in(3).then(|| dice.pick(&[80, 8080]));
        Some(Registration { target, port, health })
    });
    let targets = some.collect();
    let protocol = match listener {
        ListenerProtocol::Https => ListenerProtocol::Http,
        ListenerProtocol::Tls => ListenerProtocol::Tcp,
        other => other,
    };
    let port = dice.pick(&[443, 443, 8080, 22]);
    let number = network.target_groups().next_id().index();
    network.insert(TargetGroup {
        name: format!("tg-{number}").into(),
        vpc,
        protocol,
        port: if protocol == ListenerProtocol::Geneve { 6081 } else { port },
        kind,
        targets,
        cross_zone: dice.pick(&[None, None, Some(true), Some(false)]),
        preserve_client_ip: match protocol {
            ListenerProtocol::Tcp | ListenerProtocol::Tls => {
                dice.pick(&[None, None, Some(true), Some(false)])
            }
            _ => None,
        },
        health_check_port: dice.one_in(4).then_some(443),
        ipv6: false,
    })
}

/// An interface endpoint: to a service of AWS's, or to one of the load balancers, offered over
/// `PrivateLink`. Tables may lead through it, where it is one for inspection.
fn endpoint(network: &mut Network, dice: &mut Dice, balancers: &[LoadBalancerId]) {
    let offered: Vec<LoadBalancerId> = balancers
        .iter()
        .copied()
        .filter(|it| network.load_balancers()[*it].kind != LoadBalancerKind::Application)
        .collect();
    let services: Vec<ServiceId> = network.services().iter().map(|it| it.0).collect();
    let vpc = some_vpc(network, dice);
    let to = if !offered.is_empty() && (services.is_empty() || dice.one_in(2)) {
        EndpointTo::Offered(offer(network, dice, &offered))
    } else if services.is_empty() {
        return;
    } else {
        EndpointTo::Service(dice.pick(&services))
    };
    let inspects = matches!(to, EndpointTo::Offered(it) if network.endpoint_services()[it]
        .load_balancers
        .iter()
        .any(|it| network.load_balancers()[*it].kind == LoadBalancerKind::Gateway));
    let id = network.interface_endpoints().next_id();
    let own = if inspects { Vec::new() } else { groups(network, dice, vpc) };
    let subnet = dice.pick(&subnets(network, vpc));
    let one = interface(network, "vpce", subnet, InterfaceKind::Endpoint(id), own, false);
    if inspects {
        network.update(one, |it| it.source_dest_check = false);
        let table = dice.pick(&tables(network, vpc));
        let destination = block(dice.pick(&["0.0.0.0/0", "203.0.113.0/24", "10.0.1.0/24"]));
        network.update(table, |it| {
            it.routes.retain(|it| it.destination != destination);
            let target = Target::Interface(one);
            it.routes.push(Route { destination, target, origin: Origin::Static });
        });
    }
    network.insert(InterfaceEndpoint {
        name: format!("vpce-{}", id.index()).into(),
        vpc,
        to,
        interfaces: vec![one],
        private_dns: dice.one_in(2),
        policy: if dice.one_in(5) { EndpointPolicy::Denies } else { EndpointPolicy::Allows },
        accepted: !dice.one_in(5),
        address_type: hanulgil::cloud::EndpointAddressType::Ipv4,
        dns_records: hanulgil::cloud::DnsRecords::Ipv4,
    });
}

fn offer(network: &mut Network, dice: &mut Dice, offered: &[LoadBalancerId]) -> EndpointServiceId {
    let number = network.endpoint_services().next_id().index();
    network.insert(EndpointService {
        name: format!("offer-{number}").into(),
        load_balancers: vec![dice.pick(offered)],
        acceptance_required: false,
    })
}

/// An API or a distribution, before whatever there is.
fn front(network: &mut Network, dice: &mut Dice, balancers: &[LoadBalancerId]) {
    let functions: Vec<_> = network.functions().iter().map(|it| it.0).collect();
    if dice.one_in(2) {
        let integration = match dice.below(3) {
            0 if !functions.is_empty() => Integration::Function(dice.pick(&functions)),
            1 if !balancers.is_empty() => {
                let through = Vec::new();
                Integration::VpcLink { through, to: dice.pick(balancers) }
            }
            2 if !balancers.is_empty() => Integration::PublicBalancer(dice.pick(balancers)),
            _ => Integration::Mock,
        };
        network.insert(Api {
            name: "api".into(),
            kind: ApiKind::Regional,
            address: Some("203.0.113.70".parse().unwrap()),
            integration,
        });
    } else if let Some(&balancer) = balancers.first() {
        network.insert(Distribution {
            name: "cdn".into(),
            address: "203.0.113.71".parse().unwrap(),
            origin_facing: "203.0.113.72".parse().unwrap(),
            origin: if dice.one_in(2) {
                CdnOrigin::PublicBalancer(balancer)
            } else {
                CdnOrigin::PrivateBalancer(balancer)
            },
            origin_port: dice.pick(&[443, 80]),
        });
    }
}

/// A network of one's own behind a virtual private gateway; some of its addresses may be those of a
/// VPC too.
pub fn on_premises(network: &mut Network, dice: &mut Dice) {
    let vpc = some_vpc(network, dice);
    let cidrs: Vec<Cidr> = match dice.below(4) {
        0 => vec![block("10.0.1.0/24"), block("192.168.0.0/24")],
        1 => vec![block("203.0.113.0/26")],
        _ => vec![block("172.16.0.0/16")],
    };
    let site = network.insert(OnPremises {
        name: "office".into(),
        address: OnPremises::usual_address(cidrs[0]),
        cidrs: cidrs.clone(),
        listening: some_listening(dice),
    });
    let propagates_to: Vec<RouteTableId> =
        tables(network, vpc).into_iter().filter(|_| !dice.one_in(3)).collect();
    let vgw = network.insert(VirtualPrivateGateway {
        name: "vgw".into(),
        vpc: (!dice.one_in(6)).then_some(vpc),
        propagates_to: propagates_to.clone(),
        route_table: None,
    });
    let prefixes = if dice.one_in(4) { vec![block("172.16.0.0/17")] } else { cidrs };
    let up = if dice.one_in(6) { [Tunnel::Down; 2] } else { [Tunnel::Up, Tunnel::Down] };
    if dice.one_in(2) {
        let customer_gateway = network.insert(CustomerGateway {
            name: "cgw".into(),
            on_premises: site,
            address: None,
        });
        network.insert(VpnConnection {
            name: "vpn".into(),
            customer_gateway,
            side: VpnSide::VirtualPrivateGateway(vgw),
            routing: if dice.one_in(2) {
                VpnRouting::Static(prefixes.clone())
            } else {
                VpnRouting::Bgp(prefixes.clone())
            },
            tunnels: up,
            private: false,
        });
    } else {
        network.insert(DirectConnectGateway {
            name: "dx".into(),
            on_premises: site,
            gateways: vec![vgw],
            prefixes: prefixes.clone(),
            up: up[0] == Tunnel::Up,
        });
    }
    for table in propagates_to {
        network.update(table, |it| {
            for &destination in &prefixes {
                if it.routes.iter().all(|it| it.destination != destination) {
                    let target = Target::VirtualPrivateGateway(vgw);
                    it.routes.push(Route { destination, target, origin: Origin::Propagated });
                }
            }
        });
    }
    // Groups that know the office.
    let all: Vec<SecurityGroupId> =
        network.security_groups().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
    let group = dice.pick(&all);
    let peer =
        block(dice.pick(&["172.16.0.0/16", "172.16.0.8/29", "192.168.0.0/25", "10.0.0.0/8"]));
    let rule = SecurityGroupRule {
        protocol: Some(Protocol::TCP),
        ports: some_ports(dice),
        peer: Peer::Cidr(peer),
    };
    network.update(group, |it| it.ingress.push(rule));
}
