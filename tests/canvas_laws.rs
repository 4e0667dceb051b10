//! What the layout of a network promises, on networks that nobody thought of.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

use hanulgil::{
    app::{
        Area,
        canvas::{
            Arms, Canvas, Node, Scale, Spot, Way, Wire, WireKind, fit, is_public, layout, pan,
            spot_of_thing,
        },
    },
    cloud::{
        AddressType, Api, ApiKind, AttachmentOf, AttachmentState, CdnOrigin, Connectivity,
        CustomerGateway, Database, DirectConnectGateway, Direction, Distribution,
        EgressOnlyGateway, EndpointPolicy, EndpointService, EndpointTo, Forwarding, Function,
        GatewayEndpoint, Host, Instance, InstanceState, Integration, Interface, InterfaceEndpoint,
        InterfaceKind, InternetGateway, LaunchType, Link, Listener, ListenerProtocol, Listening,
        LoadBalancer, LoadBalancerKind, Name, NatGateway, NatGatewayState, NatSeat, Network,
        NetworkAcl, OnPremises, Origin, Peering, PeeringState, Place, PrefixList, PublicAddress,
        RegionalNat, Registered, Registration, Route, RouteTable, Scheme, SecurityGroup, Service,
        ServiceKind, Subnet, SubnetId, Target, TargetGroup, TargetKind, Task, Thing,
        TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable, Tunnel,
        VirtualPrivateGateway, Vpc, VpcId, VpnConnection, VpnRouting, VpnSide, Zone,
    },
    net::Cidr,
};
use proptest::prelude::*;

/// A subnet to be made: its zone, its instances (with a public address or not), whether it has a
/// NAT gateway, and where its table leads.
#[derive(Debug, Clone)]
struct Plan {
    zone: u8,
    instances: Vec<bool>,
    nat: bool,
    igw: bool,
    to_nat: Option<u8>,
    to_instance: Option<u8>,
    own_table: bool,
    name: String,
}

fn plan() -> impl Strategy<Value = Plan> {
    (
        0..3u8,
        prop::collection::vec(any::<bool>(), 0..5),
        prop::bool::weighted(0.3),
        any::<bool>(),
        prop::option::weighted(0.3, any::<u8>()),
        prop::option::weighted(0.1, any::<u8>()),
        prop::bool::weighted(0.8),
        prop_oneof![
            Just("pub"),
            Just("데이터-서브넷"),
            Just("a-very-long-name-for-a-subnet"),
            Just("s")
        ],
    )
        .prop_map(|(zone, instances, nat, igw, to_nat, to_instance, own_table, name)| Plan {
            zone,
            instances,
            nat,
            igw,
            to_nat,
            to_instance,
            own_table,
            name: name.to_owned(),
        })
}

fn plans() -> impl Strategy<Value = Vec<Vec<Plan>>> {
    prop::collection::vec(prop::collection::vec(plan(), 0..7), 0..3)
}

fn v4(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn vpc(network: &mut Network, name: &str, number: u8) -> VpcId {
    let id = network.vpcs().next_id();
    let table = network.insert(RouteTable { name: "main".into(), vpc: id, routes: Vec::new() });
    let group = network.insert(SecurityGroup {
        name: "default".into(),
        vpc: id,
        ingress: Vec::new(),
        egress: Vec::new(),
    });
    let acl = network.insert(NetworkAcl {
        name: "default".into(),
        vpc: id,
        ingress: Vec::new(),
        egress: Vec::new(),
    });
    network.insert(Vpc {
        dns_support: true,
        dns_hostnames: false,
        name: name.into(),
        cidrs: vec![format!("10.{number}.0.0/16").parse().unwrap()],
        ipv6_cidrs: Vec::new(),
        main_route_table: table,
        default_security_group: group,
        default_network_acl: acl,
    })
}

fn route(destination: Cidr, target: Target) -> Route {
    Route { destination, target, origin: Origin::Static }
}

/// Builds a network from plans: one VPC each, with a gateway for the even ones and a loose one
/// for the others.
fn build(plans: &[Vec<Plan>], hosts: u8) -> Network {
    let mut network = Network::new();
    for number in 0..hosts {
        network.insert(Host {
            name: format!("손님{number}").into(),
            address: v4(&format!("203.0.113.{number}")),
            listening: Listening::Everywhere,
        });
    }
    for (number, subnets) in (0u8..).zip(plans) {
        let id = vpc(&mut network, &format!("vpc-{number}"), number);
        let gateway = network.insert(InternetGateway {
            name: format!("igw-{number}").into(),
            vpc: (number % 2 == 0).then_some(id),
            route_table: None,
        });
        let (mut nats, mut interfaces) = (Vec::new(), Vec::new());
        let mut made: Vec<SubnetId> = Vec::new();
        for (index, plan) in (0u8..).zip(subnets) {
            let subnet = network.insert(Subnet {
                name: format!("{}-{index}", plan.name).into(),
                vpc: id,
                zone: Zone(Name::from(["a", "b", "c"][usize::from(plan.zone)])),
                cidr: format!("10.{number}.{index}.0/24").parse().unwrap(),
                ipv6_cidr: None,
                route_table: None,
                network_acl: None,
                auto_assign_public_ip: false,
                dns64: false,
            });
            made.push(subnet);
            for (n, public) in (10u8..).zip(&plan.instances) {
                let instance = network.instances().next_id();
                let interface = network.insert(interface(
                    subnet,
                    &format!("10.{number}.{index}.{n}"),
                    public.then(|| format!("198.51.{number}.{index}")),
                    InterfaceKind::Instance(instance),
                ));
                network.insert(Instance {
                    name: format!("서버-{index}-{n}").into(),
                    state: InstanceState::Running,
                    interfaces: vec![interface],
                    listening: Listening::Everywhere,
                    forwarding: Forwarding::Off,
                });
                interfaces.push(interface);
            }
            if plan.nat {
                let interface = network.insert(interface(
                    subnet,
                    &format!("10.{number}.{index}.200"),
                    Some(format!("198.51.{number}.20{index}")),
                    InterfaceKind::NatGateway,
                ));
                nats.push(network.insert(NatGateway {
                    name: format!("nat-{index}").into(),
                    vpc: network.subnets()[subnet].vpc,
                    seat: NatSeat::Zonal { subnet, interface },
                    connectivity: Connectivity::Public,
                    state: NatGatewayState::Available,
                }));
            }
        }
        for (subnet, plan) in made.iter().zip(subnets) {
            if !plan.own_table {
                continue;
            }
            let mut routes = Vec::new();
            if plan.igw {
                routes.push(route(Cidr::ANY_V4, Target::InternetGateway(gateway)));
            }
            let at = |n: u8, length: usize| (length > 0).then(|| usize::from(n) % length);
            if let Some(n) = plan.to_nat.and_then(|n| at(n, nats.len())) {
                routes.push(route("0.0.0.0/1".parse().unwrap(), Target::NatGateway(nats[n])));
            }
            if let Some(n) = plan.to_instance.and_then(|n| at(n, interfaces.len())) {
                routes
                    .push(route("128.0.0.0/2".parse().unwrap(), Target::Interface(interfaces[n])));
            }
            let name = format!("rt-{}", network.subnets()[*subnet].name);
            let table = network.insert(RouteTable { name: name.into(), vpc: id, routes });
            network.update(*subnet, |row| row.route_table = Some(table));
        }
    }
    network
}

fn interface(
    subnet: SubnetId,
    address: &str,
    public: Option<String>,
    kind: InterfaceKind,
) -> Interface {
    Interface {
        name: "eni".into(),
        subnet,
        kind,
        addresses: vec![v4(address)],
        public_address: public
            .map(|text| PublicAddress { address: text.parse().unwrap(), elastic: true }),
        further_public: Vec::new(),
        assigns_public_address: false,
        security_groups: Vec::new(),
        source_dest_check: true,
    }
}

/// What stands in and around the VPCs besides the usual: each number is how many of its kind, and
/// `pick` decides what belongs to what.
#[derive(Debug, Clone)]
struct Extras {
    pick: u64,
    counts: [u8; 16],
}

fn extras() -> impl Strategy<Value = Extras> {
    (any::<u64>(), prop::array::uniform16(prop_oneof![3 => Just(0u8), 2 => 1..3u8]))
        .prop_map(|(pick, counts)| Extras { pick, counts })
}

/// Puts everything else that there can be into a network.
#[expect(clippy::too_many_lines, reason = "one piece for each kind of object")]
fn furnish(network: &mut Network, extras: &Extras) {
    let mut state = extras.pick | 1;
    let mut pick = |length: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % length.max(1)
    };
    let vpcs: Vec<VpcId> = network.vpcs().iter().map(|(id, _)| id).collect();
    let mut services = Vec::new();
    for number in 0..extras.counts[0] {
        let kind = [ServiceKind::S3, ServiceKind::Sqs, ServiceKind::Kms][pick(3)];
        services.push(network.insert(Service::here(format!("서비스-{number}"), kind)));
    }
    let mut premises = Vec::new();
    for number in 0..extras.counts[1] {
        premises.push(network.insert(OnPremises {
            name: format!("office-{number}").into(),
            cidrs: vec![format!("192.168.{number}.0/24").parse().unwrap()],
            address: v4(&format!("192.168.{number}.10")),
            listening: Listening::Everywhere,
        }));
    }
    let functions: Vec<_> = (0..extras.counts[2])
        .map(|n| {
            network.insert(Function {
                name: format!("fn-{n}").into(),
                interfaces: vec![],
                ipv6: false,
            })
        })
        .collect();
    let mut gateways = Vec::new();
    for number in 0..extras.counts[3] {
        let id = network.insert(TransitGateway {
            name: format!("tgw-{number}").into(),
            default_association: None,
            default_propagation: None,
            group_references: false,
        });
        for table in 0..pick(3) {
            network.insert(TransitGatewayRouteTable {
                name: format!("table-{table}").into(),
                gateway: id,
                routes: Vec::new(),
            });
        }
        gateways.push(id);
    }
    let mut private = Vec::new();
    for number in 0..extras.counts[4] {
        let vpc = vpcs.get(pick(vpcs.len() + 1)).copied();
        let taken = network.virtual_private_gateways().find(|_, row| row.vpc == vpc).is_some();
        private.push(network.insert(VirtualPrivateGateway {
            name: format!("vgw-{number}").into(),
            vpc: vpc.filter(|_| !taken),
            propagates_to: Vec::new(),
            route_table: None,
        }));
    }
    let attach = |network: &mut Network, name: String, gateway, of| {
        network.insert(TransitGatewayAttachment {
            name: name.into(),
            gateway,
            of,
            state: AttachmentState::Available,
            association: None,
            propagations: Vec::new(),
        })
    };
    for (number, on_premises) in (0u8..).zip(premises.clone()) {
        let customer_gateway = network.insert(CustomerGateway {
            name: format!("cgw-{number}").into(),
            on_premises,
            address: None,
        });
        for line in 0..pick(3) {
            let (side, gateway) =
                match (gateways.get(pick(gateways.len())), private.get(pick(private.len()))) {
                    (Some(id), _) if pick(2) == 0 => (VpnSide::TransitGateway(*id), Some(*id)),
                    (_, Some(id)) => (VpnSide::VirtualPrivateGateway(*id), None),
                    (Some(id), None) => (VpnSide::TransitGateway(*id), Some(*id)),
                    (None, None) => break,
                };
            let vpn = network.insert(VpnConnection {
                name: format!("회선-{number}-{line}").into(),
                customer_gateway,
                side,
                routing: VpnRouting::Bgp(Vec::new()),
                tunnels: [Tunnel::Up, Tunnel::Down],
                private: false,
            });
            if let Some(id) = gateway {
                attach(network, format!("to-{number}-{line}"), id, AttachmentOf::Vpn(vpn));
            }
        }
        if pick(3) == 0 {
            let direct = network.insert(DirectConnectGateway {
                name: format!("dx-{number}").into(),
                on_premises,
                gateways: private.get(pick(private.len())).copied().into_iter().collect(),
                prefixes: Vec::new(),
                up: true,
            });
            if let Some(id) = gateways.first() {
                attach(network, format!("dx-{number}"), *id, AttachmentOf::DirectConnect(direct));
            }
        }
        if let Some(id) = gateways.last().filter(|_| pick(3) == 0) {
            let of = AttachmentOf::Connect { on_premises, prefixes: Vec::new() };
            attach(network, format!("sdwan-{number}"), *id, of);
        }
    }
    if let [one, other] = gateways[..] {
        let next = network.transit_gateway_attachments().next_id();
        let here = attach(network, "there".into(), one, AttachmentOf::Peering { other: next });
        let back = attach(network, "back".into(), other, AttachmentOf::Peering { other: here });
        network.update(here, |row| row.of = AttachmentOf::Peering { other: back });
    }
    for (at, one) in vpcs.iter().enumerate() {
        for other in &vpcs[at + 1..] {
            for number in 0..extras.counts[5] {
                network.insert(Peering {
                    name: format!("pcx-{at}-{number}").into(),
                    requester: *one,
                    accepter: *other,
                    state: PeeringState::Active,
                    inter_region: false,
                    private_names: hanulgil::cloud::PrivateNames::default(),
                });
            }
        }
    }
    for (number, vpc) in (0u8..).zip(vpcs.clone()) {
        let subnets: Vec<SubnetId> =
            network.subnets().iter().filter(|(_, row)| row.vpc == vpc).map(|(id, _)| id).collect();
        for n in 0..extras.counts[14] {
            let gateway = network.internet_gateways().find(|_, row| row.vpc == Some(vpc));
            let default = gateway.map(|id| route(Cidr::ANY_V4, Target::InternetGateway(id)));
            let route_table = network.insert(RouteTable {
                name: format!("nat-{n}").into(),
                vpc,
                routes: default.into_iter().collect(),
            });
            network.insert(NatGateway {
                name: format!("regional-{n}").into(),
                vpc,
                seat: NatSeat::Regional(RegionalNat {
                    route_table,
                    automatic: false,
                    zones: Vec::new(),
                }),
                connectivity: Connectivity::Public,
                state: NatGatewayState::Available,
            });
        }
        for n in 0..extras.counts[6] {
            network.insert(EgressOnlyGateway { name: format!("eigw-{n}").into(), vpc });
        }
        for gateway in &gateways {
            if pick(3) > 0 {
                let chosen = subnets.iter().copied().filter(|_| pick(2) == 0).collect();
                let of = AttachmentOf::Vpc {
                    vpc,
                    subnets: chosen,
                    appliance_mode: false,
                    group_references: false,
                };
                attach(network, format!("att-{number}"), *gateway, of);
            }
        }
        if subnets.is_empty() {
            continue;
        }
        let mut host = 100u8;
        let mut part = |network: &mut Network, subnet: SubnetId, kind: InterfaceKind| {
            host += 1;
            let cidr = network.subnets()[subnet].cidr.to_string();
            let base = cidr.rsplit_once('.').unwrap().0.to_owned();
            network.insert(interface(subnet, &format!("{base}.{host}"), None, kind))
        };
        let instances: Vec<_> = network.instances().iter().map(|(id, _)| id).collect();
        for n in 0..extras.counts[7] {
            let mut groups = Vec::new();
            for g in 0..=pick(2) {
                let mut targets: Vec<_> = instances
                    .iter()
                    .filter(|_| pick(2) == 0)
                    .map(|id| Registered::Instance(*id))
                    .collect();
                targets.extend(
                    functions.first().filter(|_| pick(2) == 0).map(|id| Registered::Function(*id)),
                );
                let registered = |target| Registration { target, port: None, health: None };
                groups.push(network.insert(TargetGroup {
                    name: format!("대상-{n}-{g}").into(),
                    vpc,
                    protocol: ListenerProtocol::Http,
                    port: 8080,
                    kind: TargetKind::Instance,
                    targets: targets.into_iter().map(registered).collect(),
                    cross_zone: None,
                    preserve_client_ip: None,
                    health_check_port: None,
                    ipv6: false,
                }));
            }
            let id = network.load_balancers().next_id();
            let nodes = subnets.iter().filter(|_| pick(2) == 0).copied().collect::<Vec<_>>();
            let nodes = nodes
                .into_iter()
                .map(|subnet| part(network, subnet, InterfaceKind::LoadBalancer(id)))
                .collect();
            network.insert(LoadBalancer {
                name: format!("alb-{n}").into(),
                kind: LoadBalancerKind::Application,
                scheme: Scheme::Internal,
                vpc,
                nodes,
                security_groups: Vec::new(),
                cross_zone: true,
                guards_private_link: true,
                address_type: AddressType::Ipv4,
                listeners: groups
                    .iter()
                    .map(|group| Listener {
                        protocol: ListenerProtocol::Http,
                        port: 80,
                        target_groups: vec![*group],
                    })
                    .collect(),
            });
        }
        for n in 0..extras.counts[8] {
            let Some(service) = services.get(pick(services.len())).copied() else { break };
            let id = network.interface_endpoints().next_id();
            let interfaces = subnets.iter().filter(|_| pick(2) == 0).copied().collect::<Vec<_>>();
            let interfaces = interfaces
                .into_iter()
                .map(|subnet| part(network, subnet, InterfaceKind::Endpoint(id)))
                .collect();
            network.insert(InterfaceEndpoint {
                name: format!("endpoint-{n}").into(),
                vpc,
                to: EndpointTo::Service(service),
                interfaces,
                private_dns: true,
                policy: EndpointPolicy::Allows,
                accepted: true,
                address_type: hanulgil::cloud::EndpointAddressType::Ipv4,
                dns_records: hanulgil::cloud::DnsRecords::Ipv4,
            });
        }
        for n in 0..extras.counts[9] {
            let range = services.first().map(|id| network.services()[*id].ranges.clone());
            let list = network.insert(PrefixList {
                name: "s3".into(),
                cidrs: range.unwrap_or_default(),
                by_aws: true,
            });
            network.insert(GatewayEndpoint {
                name: format!("gwe-{n}").into(),
                vpc,
                list,
                route_tables: Vec::new(),
                policy: EndpointPolicy::Allows,
            });
        }
        for id in &functions {
            if pick(2) == 0 && network.functions()[*id].interfaces.is_empty() {
                let subnet = subnets[pick(subnets.len())];
                let own = part(network, subnet, InterfaceKind::Function(*id));
                network.update(*id, |row| row.interfaces.push(own));
            }
        }
        for n in 0..extras.counts[10] {
            let id = network.databases().next_id();
            let own = part(network, subnets[pick(subnets.len())], InterfaceKind::Database(id));
            network.insert(Database {
                name: format!("db-{n}").into(),
                subnets: subnets.clone(),
                interface: own,
                port: 5432,
                listening: Listening::Everywhere,
            });
            let id = network.tasks().next_id();
            let own = part(network, subnets[pick(subnets.len())], InterfaceKind::Task(id));
            network.insert(Task {
                name: format!("task-{n}").into(),
                launch: LaunchType::Fargate,
                interface: own,
                listening: Listening::Everywhere,
            });
        }
    }
    let balancers: Vec<_> = network.load_balancers().iter().map(|(id, _)| id).collect();
    let hosts: Vec<_> = network.hosts().iter().map(|(id, _)| id).collect();
    for n in 0..extras.counts[11] {
        let to = balancers.get(pick(balancers.len())).copied();
        let integration = match (pick(5), to, functions.first(), hosts.first()) {
            (0, Some(to), ..) => Integration::PublicBalancer(to),
            (1, Some(to), ..) => Integration::VpcLink { through: Vec::new(), to },
            (2, _, Some(to), _) => Integration::Function(*to),
            (3, .., Some(to)) => Integration::PublicHost(*to),
            _ => Integration::Mock,
        };
        let kind = [ApiKind::Edge, ApiKind::Regional, ApiKind::Private][pick(3)];
        network.insert(Api { name: format!("api-{n}").into(), kind, address: None, integration });
    }
    for n in 0..extras.counts[12] {
        let to = balancers.get(pick(balancers.len())).copied();
        let origin = match (pick(4), to, hosts.first(), services.first()) {
            (0, Some(to), ..) => CdnOrigin::PublicBalancer(to),
            (1, Some(to), ..) => CdnOrigin::PrivateBalancer(to),
            (2, _, Some(to), _) => CdnOrigin::Host(*to),
            (.., Some(service)) => {
                CdnOrigin::Bucket { service: *service, access_control: true, policy_allows: true }
            }
            _ => continue,
        };
        network.insert(Distribution {
            name: format!("cdn-{n}").into(),
            address: format!("203.0.113.{}", 200 + n).parse().unwrap(),
            origin_facing: format!("203.0.113.{}", 220 + n).parse().unwrap(),
            origin,
            origin_port: 80,
        });
    }
    for n in 0..extras.counts[13] {
        network.insert(EndpointService {
            name: format!("offer-{n}").into(),
            load_balancers: balancers.first().copied().into_iter().collect(),
            acceptance_required: false,
        });
    }
    // Routes to all of it, from some tables.
    let tables: Vec<_> = network.route_tables().iter().map(|(id, row)| (id, row.vpc)).collect();
    for (table, vpc) in tables {
        let mut targets: Vec<Target> = Vec::new();
        for (id, row) in network.nat_gateways().iter() {
            let mine = row.vpc == vpc && row.regional().is_some();
            targets.extend(mine.then_some(Target::NatGateway(id)));
        }
        for (id, row) in network.egress_only_gateways().iter() {
            targets.extend((row.vpc == vpc).then_some(Target::EgressOnlyGateway(id)));
        }
        for (id, row) in network.virtual_private_gateways().iter() {
            targets.extend((row.vpc == Some(vpc)).then_some(Target::VirtualPrivateGateway(id)));
        }
        for (id, row) in network.gateway_endpoints().iter() {
            targets.extend((row.vpc == vpc).then_some(Target::GatewayEndpoint(id)));
        }
        for (id, row) in network.peerings().iter() {
            let mine = row.requester == vpc || row.accepter == vpc;
            targets.extend(mine.then_some(Target::Peering(id)));
        }
        targets.extend(network.transit_gateways().iter().map(|(id, _)| Target::TransitGateway(id)));
        let chosen: Vec<Target> = targets.into_iter().filter(|_| pick(2) == 0).collect();
        network.update(table, |row| {
            let far = "198.18.0.0/16".parse().unwrap();
            row.routes.extend(chosen.into_iter().map(|target| route(far, target)));
        });
    }
}

/// Gives gateways tables of their own, which lead to appliances.
fn furnish_edges(network: &mut Network, extras: &Extras) {
    let interfaces: Vec<_> = network.interfaces().iter().map(|(id, _)| id).collect();
    let lead = |network: &mut Network, vpc: VpcId, table| {
        let own = interfaces.iter().filter(|id| network.vpc_of(**id) == vpc);
        let own: Vec<_> = own.copied().take(usize::from(extras.counts[15])).collect();
        let routes = own.into_iter().zip(0u8..).map(|(id, n)| {
            route(format!("198.19.{n}.0/24").parse().unwrap(), Target::Interface(id))
        });
        let routes: Vec<Route> = routes.collect();
        network.update(table, |table: &mut RouteTable| table.routes.extend(routes));
    };
    if extras.counts[15] == 0 {
        return;
    }
    let internet: Vec<_> =
        network.internet_gateways().iter().map(|(id, row)| (id, row.vpc)).collect();
    let private: Vec<_> =
        network.virtual_private_gateways().iter().map(|(id, row)| (id, row.vpc)).collect();
    let table = |vpc| RouteTable { name: "edge".into(), vpc, routes: Vec::new() };
    for (id, vpc) in internet.into_iter().filter_map(|(id, vpc)| Some((id, vpc?))) {
        let edge = network.insert(table(vpc));
        network.update(id, |row| row.route_table = Some(edge));
        lead(network, vpc, edge);
    }
    for (id, vpc) in private.into_iter().filter_map(|(id, vpc)| Some((id, vpc?))) {
        let edge = network.insert(table(vpc));
        network.update(id, |row| row.route_table = Some(edge));
        lead(network, vpc, edge);
    }
    let nats = network.nat_gateways().iter();
    let tables: Vec<_> =
        nats.filter_map(|(_, row)| Some((row.vpc, row.regional()?.route_table))).collect();
    for (vpc, table) in tables {
        lead(network, vpc, table);
    }
}

/// A network of the usual objects, or of every kind.
fn network() -> impl Strategy<Value = Network> {
    (plans(), 0..4u8, prop::option::of(extras())).prop_map(|(plans, hosts, extras)| {
        let mut network = build(&plans, hosts);
        if let Some(extras) = extras {
            furnish(&mut network, &extras);
            furnish_edges(&mut network, &extras);
        }
        network
    })
}

fn scale() -> impl Strategy<Value = Scale> {
    prop::sample::select(Scale::ALL.to_vec())
}

fn overlap(a: Area, b: Area) -> bool {
    let apart = |a: u16, la: u16, b: u16, lb: u16| a + la <= b || b + lb <= a;
    !(apart(a.x, a.width, b.x, b.width) || apart(a.y, a.height, b.y, b.height))
}

fn inside(inner: Area, outer: Area) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

fn is_around(canvas: &Canvas, outer: usize, inner: usize) -> bool {
    let mut at = Some(inner);
    while let Some(index) = at {
        if index == outer {
            return true;
        }
        at = canvas.nodes[index].inside;
    }
    false
}

/// Every object that has a place of its own on the canvas.
fn everything(network: &Network) -> Vec<Thing> {
    let mut all = Vec::new();
    macro_rules! each {
        ($($table:ident $kind:ident),* $(,)?) => {
            $(all.extend(network.$table().iter().map(|(id, _)| Thing::$kind(id)));)*
        };
    }
    each!(
        egress_only_gateways EgressOnlyGateway, nat_gateways NatGateway, peerings Peering,
        gateway_endpoints GatewayEndpoint, interfaces Interface, load_balancers LoadBalancer,
        target_groups TargetGroup, interface_endpoints InterfaceEndpoint,
        endpoint_services EndpointService, services Service, functions Function,
        databases Database, tasks Task, apis Api, distributions Distribution,
        transit_gateways TransitGateway, transit_gateway_attachments TransitGatewayAttachment,
        transit_gateway_route_tables TransitGatewayRouteTable,
        virtual_private_gateways VirtualPrivateGateway, customer_gateways CustomerGateway,
        vpn_connections VpnConnection, direct_connect_gateways DirectConnectGateway,
        on_premises OnPremises,
    );
    all
}

/// Sits on the border of what it belongs to, rather than inside it.
fn sits_on_the_edge(node: &Node) -> bool {
    matches!(
        node.spot,
        Spot::Table(_)
            | Spot::Acl(_)
            | Spot::Thing(
                Thing::InternetGateway(_)
                    | Thing::EgressOnlyGateway(_)
                    | Thing::VirtualPrivateGateway(_)
                    | Thing::TransitGatewayAttachment(_)
                    | Thing::CustomerGateway(_)
            )
    )
}

proptest! {
    #[test]
    fn every_box_is_inside_the_one_around_it_and_beside_the_others(
        network in network(), scale in scale(), room in 0..220u16,
    ) {
        let canvas = layout(&network, scale, room);
        let whole = Area { x: 0, y: 0, width: canvas.width, height: canvas.height };
        for (index, node) in canvas.nodes.iter().enumerate() {
            prop_assert!(node.area.width > 0 && node.area.height > 0, "{node:?}");
            prop_assert!(inside(node.area, whole), "{node:?} in {whole:?}");
            prop_assert!(inside(node.label, node.area), "{node:?}");
            if let Some(outer) = node.inside {
                prop_assert!(outer < index);
                prop_assert!(inside(node.area, canvas.nodes[outer].area), "{node:?}");
            }
            for (other_index, other) in canvas.nodes.iter().enumerate().take(index) {
                if is_around(&canvas, other_index, index) {
                    // Only its title must stay free.
                    let fence = sits_on_the_edge(node) && node.inside == Some(other_index);
                    prop_assert!(
                        fence || !overlap(node.area, other.label) || other.label == other.area,
                        "{node:?} hides the title of {other:?}"
                    );
                    prop_assert!(!overlap(node.label, other.label), "{node:?} {other:?}");
                } else {
                    prop_assert!(!overlap(node.area, other.area), "{node:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost(network in network(), scale in scale(), room in 0..220u16) {
        let canvas = layout(&network, scale, room);
        let spots: BTreeSet<Spot> = canvas.nodes.iter().map(|node| node.spot).collect();
        prop_assert_eq!(spots.len(), canvas.nodes.len(), "something is there twice");
        for (id, _) in network.vpcs().iter() {
            prop_assert!(spots.contains(&Spot::Thing(Thing::Vpc(id))));
        }
        for (id, _) in network.internet_gateways().iter() {
            prop_assert!(spots.contains(&Spot::Thing(Thing::InternetGateway(id))));
        }
        for (id, _) in network.hosts().iter() {
            prop_assert!(spots.contains(&Spot::Thing(Thing::Host(id))));
        }
        for (id, _) in network.subnets().iter() {
            prop_assert!(spots.contains(&Spot::Thing(Thing::Subnet(id))));
            prop_assert!(canvas.shown(&network, Spot::Table(id)).is_some());
            prop_assert!(canvas.shown(&network, Spot::Acl(id)).is_some());
        }
        for thing in everything(&network) {
            let spot = spot_of_thing(&network, thing);
            prop_assert!(spot.and_then(|spot| canvas.shown(&network, spot)).is_some(), "{thing:?}");
        }
        for (id, row) in network.instances().iter() {
            let node = canvas.shown(&network, Spot::Thing(Thing::Instance(id)));
            let home = network.interfaces()[row.interfaces[0]].subnet;
            let subnet = canvas.node(Spot::Thing(Thing::Subnet(home))).unwrap();
            prop_assert!(inside(node.unwrap().area, subnet.area));
        }
        for (id, row) in network.nat_gateways().iter().filter(|(_, row)| row.subnet().is_some()) {
            let node = canvas.shown(&network, Spot::Thing(Thing::NatGateway(id)));
            let subnet = canvas.node(Spot::Thing(Thing::Subnet(row.subnet().unwrap()))).unwrap();
            prop_assert!(inside(node.unwrap().area, subnet.area));
        }
    }

    #[test]
    fn the_same_network_is_laid_out_the_same(network in network(), scale in scale(), room in 0..220u16) {
        prop_assert_eq!(layout(&network, scale, room), layout(&network, scale, room));
    }

    #[test]
    fn public_subnets_stand_above_private_ones(network in network(), scale in scale()) {
        let canvas = layout(&network, scale, 120);
        let row = |id| canvas.node(Spot::Thing(Thing::Subnet(id))).unwrap().area.y;
        for (a, left) in network.subnets().iter() {
            for (b, right) in network.subnets().iter() {
                if left.vpc == right.vpc
                    && left.zone == right.zone
                    && is_public(&network, a)
                    && !is_public(&network, b)
                {
                    prop_assert!(row(a) < row(b));
                }
            }
        }
    }

    #[test]
    fn wires_run_beside_the_boxes(network in network(), scale in scale(), room in 0..220u16) {
        let canvas = layout(&network, scale, room);
        for wire in &canvas.wires {
            prop_assert!(wire.cells.len() > 1);
            for (x, y, _) in &wire.cells {
                prop_assert!(*x < canvas.width && *y < canvas.height);
                for (index, node) in canvas.nodes.iter().enumerate() {
                    if !node.area.contains(*x, *y) {
                        continue;
                    }
                    // It may lie in a box only when an end of it does, and never on a name.
                    let ends = canvas.nodes.iter().enumerate().any(|(inner, other)| {
                        wire.ends
                            .iter()
                            .any(|end| canvas.shown(&network, *end).map(|it| it.spot) == Some(other.spot))
                            && is_around(&canvas, index, inner)
                    });
                    let internet = node.spot == Spot::Internet;
                    prop_assert!(ends || internet, "{:?} runs through {node:?} at {x},{y}", wire.kind);
                    let in_label = node.label.contains(*x, *y) && node.spot != Spot::Internet;
                    let corner = node.area == node.label;
                    prop_assert!(!in_label || corner, "{:?} crosses the name of {node:?}", wire.kind);
                }
            }
        }
    }

    #[test]
    fn wires_cross_and_never_run_along_each_other(
        network in network(), scale in scale(), room in 0..220u16,
    ) {
        let canvas = layout(&network, scale, room);
        let ends = |wire: &Wire| -> BTreeSet<Spot> {
            let shown = wire.ends.iter().filter_map(|end| canvas.shown(&network, *end));
            shown.map(|node| node.spot).collect()
        };
        let mut cells: BTreeMap<(u16, u16), Vec<(&Wire, Arms)>> = BTreeMap::new();
        for wire in &canvas.wires {
            for (x, y, arms) in &wire.cells {
                let here = cells.entry((*x, *y)).or_default();
                for (other, theirs) in here.iter() {
                    let across = |arms: Arms| arms.left || arms.right;
                    let down = |arms: Arms| arms.up || arms.down;
                    let crosses = (!across(*arms) && !down(*theirs)) || (!down(*arms) && !across(*theirs));
                    // Near an end that they share they may come together.
                    let meet = !ends(wire).is_disjoint(&ends(other));
                    prop_assert!(
                        crosses || meet,
                        "{:?} runs along {:?} at {x},{y}", wire.kind, other.kind
                    );
                }
                here.push((wire, *arms));
            }
        }
    }

    #[test]
    fn a_wire_is_one_piece(network in network(), scale in scale(), room in 0..220u16) {
        for wire in layout(&network, scale, room).wires {
            let cells: BTreeMap<_, _> =
                wire.cells.iter().map(|(x, y, arms)| ((*x, *y), *arms)).collect();
            let mut reached = BTreeSet::from([*cells.keys().next().unwrap()]);
            let mut todo: Vec<_> = reached.iter().copied().collect();
            while let Some((x, y)) = todo.pop() {
                let arms = cells[&(x, y)];
                let next = [
                    (arms.up, (x, y.wrapping_sub(1))),
                    (arms.down, (x, y + 1)),
                    (arms.left, (x.wrapping_sub(1), y)),
                    (arms.right, (x + 1, y)),
                ];
                for (open, cell) in next {
                    if open && cells.contains_key(&cell) && reached.insert(cell) {
                        todo.push(cell);
                    }
                }
            }
            prop_assert_eq!(reached.len(), cells.len(), "{:?} falls apart", wire.kind);
        }
    }

    #[test]
    fn every_route_of_a_gateway_to_an_appliance_is_drawn(
        network in network(), scale in scale(), room in 0..220u16,
    ) {
        let canvas = layout(&network, scale, room);
        for (table, row) in network.route_tables().iter() {
            let Some(gateway) = network.gateway_of_table(table) else { continue };
            for route in &row.routes {
                let Target::Interface(id) = route.target else { continue };
                let ends = [
                    Spot::Thing(gateway),
                    spot_of_thing(&network, Thing::Interface(id)).unwrap(),
                ];
                let drawn = canvas.wires.iter().any(|wire| {
                    !matches!(wire.kind, WireKind::Attachment(_))
                        && ends.iter().all(|end| wire.ends.contains(end))
                });
                prop_assert!(drawn, "{gateway:?} leads to {id:?}");
            }
        }
    }

    #[test]
    fn arrows_and_tab_reach_everything(
        network in network(), scale in scale(), room in 0..220u16,
    ) {
        let canvas = layout(&network, scale, room);
        let all: BTreeSet<Spot> = canvas
            .nodes
            .iter()
            .map(|node| node.spot)
            .filter(|spot| spot.is_selectable())
            .collect();
        let ring = canvas.ring();
        prop_assert_eq!(ring.len(), all.len());
        prop_assert_eq!(ring.iter().copied().collect::<BTreeSet<_>>(), all.clone());
        // Right alone, and left alone, once through everything and back.
        for (way, back) in [(Way::Right, Way::Left), (Way::Left, Way::Right)] {
            let start = ring[0];
            let (mut at, mut seen) = (start, BTreeSet::new());
            for _ in 0..all.len() {
                seen.insert(at);
                let next = canvas.toward(at, way, None).unwrap();
                prop_assert_eq!(canvas.toward(next, back, None), Some(at));
                at = next;
            }
            prop_assert_eq!(at, start);
            let lost: Vec<_> = all.difference(&seen).collect();
            prop_assert!(lost.is_empty(), "{way:?} never leads to {lost:?}");
        }
    }

    #[test]
    fn up_and_down_stay_in_their_street(
        network in network(), scale in scale(), room in 0..220u16, pick in any::<prop::sample::Index>(),
    ) {
        let canvas = layout(&network, scale, room);
        let zone = |spot: Spot| {
            let mut at = canvas.node(spot).unwrap().inside;
            while let Some(index) = at {
                if let Spot::Zone(..) = canvas.nodes[index].spot {
                    return Some(canvas.nodes[index].spot);
                }
                at = canvas.nodes[index].inside;
            }
            None
        };
        let y = |spot: Spot| canvas.node(spot).unwrap().label.y;
        let start = *pick.get(&canvas.ring());
        let column = canvas.column(start);
        for (way, back) in [(Way::Down, Way::Up), (Way::Up, Way::Down)] {
            let mut at = start;
            while let Some(next) = canvas.toward(at, way, column) {
                let ahead = if way == Way::Down { y(next) > y(at) } else { y(next) < y(at) };
                prop_assert!(ahead, "{way:?} from {at:?} to {next:?}");
                // From one zone never into another.
                if let (Some(here), Some(there)) = (zone(at), zone(next)) {
                    prop_assert_eq!(here, there);
                }
                let home = canvas.toward(next, back, column).unwrap();
                prop_assert_eq!(y(home), y(at), "{:?} and back leads elsewhere", way);
                at = next;
            }
            // Every street leads up to the internet.
            if way == Way::Up {
                prop_assert_eq!(y(at), y(Spot::Elsewhere));
            }
        }
    }

    #[test]
    fn a_route_within_its_tier_moves_nothing(plans in plans(), hosts in 0..4u8) {
        // Wires appear; boxes stay.
        let network = build(&plans, hosts);
        let Some((gateway, row)) = network.internet_gateways().iter().next() else { return Ok(()) };
        let Some(vpc) = row.vpc else { return Ok(()) };
        let before = layout(&network, Scale::Middle, 100).nodes;
        for (subnet, row) in network.subnets().iter() {
            let Some(table) = row.route_table.filter(|_| row.vpc == vpc) else { continue };
            // It would change places with the public ones made after it and private ones before.
            let moves = network.subnets().iter().any(|(id, other)| {
                other.vpc == vpc
                    && other.zone == row.zone
                    && if is_public(&network, id) { id > subnet } else { id < subnet }
            });
            if moves && !is_public(&network, subnet) {
                continue;
            }
            let mut after = network.clone();
            after.update(table, |table| {
                table.routes.push(route("192.0.2.0/24".parse().unwrap(), Target::InternetGateway(gateway)));
            });
            prop_assert_eq!(&layout(&after, Scale::Middle, 100).nodes, &before);
        }
    }

    #[test]
    fn one_more_instance_keeps_the_order_and_moves_little(
        plans in plans(), hosts in 0..4u8, pick in any::<prop::sample::Index>(),
    ) {
        let network = build(&plans, hosts);
        let subnets: Vec<SubnetId> = network.subnets().iter().map(|(id, _)| id).collect();
        if subnets.is_empty() {
            return Ok(());
        }
        let subnet = *pick.get(&subnets);
        let before = layout(&network, Scale::Middle, 100);
        let mut after = network.clone();
        let instance = after.instances().next_id();
        let interface = after.insert(interface(subnet, "10.9.9.9", None, InterfaceKind::Instance(instance)));
        after.insert(Instance {
            name: "new".into(),
            state: InstanceState::Running,
            interfaces: vec![interface],
            listening: Listening::Everywhere,
            forwarding: Forwarding::Off,
        });
        let moved = layout(&after, Scale::Middle, 100);
        for node in &before.nodes {
            let now = moved.node(node.spot).unwrap();
            let down = now.area.y.abs_diff(node.area.y);
            let aside = now.area.x.abs_diff(node.area.x);
            prop_assert!(down <= 2 && aside <= 2, "{node:?} went to {:?}", now.area);
        }
    }

    #[test]
    fn roads_lead_from_place_to_place_without_jumps(network in network(), scale in scale()) {
        let canvas = layout(&network, scale, 120);
        let mut places = vec![Place::Internet(Network::INTERNET, None)];
        places.extend(network.subnets().iter().map(|(id, _)| {
            Place::RouteTable(network.route_table_of(id), id)
        }));
        let way = Direction::Egress;
        for thing in everything(&network) {
            places.extend(match thing {
                Thing::Interface(id) => Some(Place::Interface(id, way)),
                Thing::EgressOnlyGateway(id) => Some(Place::EgressOnlyGateway(id, way)),
                Thing::NatGateway(id) => Some(Place::NatGateway(id, way)),
                Thing::Peering(id) => Some(Place::Peering(id)),
                Thing::GatewayEndpoint(id) => Some(Place::GatewayEndpoint(id, way)),
                Thing::Service(id) => Some(Place::Service(id)),
                Thing::Function(id) => Some(Place::Function(id)),
                Thing::Api(id) => Some(Place::Api(id)),
                Thing::Distribution(id) => Some(Place::Distribution(id)),
                Thing::TransitGatewayAttachment(id) => Some(Place::TransitGatewayAttachment(id, way)),
                Thing::VirtualPrivateGateway(id) => Some(Place::VirtualPrivateGateway(id, way)),
                Thing::VpnConnection(id) => Some(Place::Link(Link::Vpn(id), way)),
                Thing::OnPremises(id) => {
                    Some(Place::OnPremises(id, network.on_premises()[id].address))
                }
                _ => None,
            });
        }
        places.extend(network.internet_gateways().iter().map(|(id, _)| {
            Place::InternetGateway(id, way)
        }));
        let tables = network.route_tables().iter().map(|(id, _)| id);
        let edges = tables.filter(|id| network.gateway_of_table(*id).is_some());
        places.extend(edges.map(Place::GatewayTable));
        for from in places.iter().step_by(1 + places.len() / 4) {
            for to in places.iter().step_by(1 + places.len() / 9) {
                let road = canvas.road(&network, *from, *to, &[]);
                prop_assert_eq!(road.first().copied(), canvas.stop_of(&network, *from));
                prop_assert_eq!(road.last().copied(), canvas.stop_of(&network, *to));
                for pair in road.windows(2) {
                    let step = pair[0].0.abs_diff(pair[1].0) + pair[0].1.abs_diff(pair[1].1);
                    prop_assert_eq!(step, 1);
                }
                for (x, y) in &road {
                    prop_assert!(*x < canvas.width && *y < canvas.height);
                }
            }
        }
    }

    #[test]
    fn what_is_looked_at_is_inside_the_window(
        content in 0..400u16, window in 1..100u16, at in 0..400u16,
        start in 0..400u16, length in 1..40u16, margin in 0..10u16,
    ) {
        let start = start.min(content.saturating_sub(1));
        let length = length.min(content - start).max(1);
        let now = pan(content, window, at, (start, length), margin);
        prop_assert!(now <= content.saturating_sub(window));
        prop_assert!(now <= start && start < now + window || content == 0);
        if length <= window && content > 0 {
            prop_assert!(start + length <= now + window);
        }
        // A second look moves nothing.
        prop_assert_eq!(pan(content, window, now, (start, length), margin), now);
    }

    #[test]
    fn the_nearest_scale_that_fits_is_taken(network in network(), width in 20..220u16, height in 8..60u16) {
        let canvas = fit(&network, width, height);
        if canvas.scale != Scale::Near {
            let near = layout(&network, Scale::Near, width);
            prop_assert!(near.width > width || near.height > height);
        }
    }
}
