//! Networks with load balancers, endpoints and a peering that worked and were broken on purpose.

use hanulgil::{
    cloud::{
        Change, Direction, EndpointPolicy, EndpointTo, GatewayEndpointId, InterfaceEndpointId,
        InterfaceId, Listener, ListenerProtocol, Listening, LoadBalancerId, LoadBalancerKind,
        Named, Network, Origin, Peer, PeeringId, PeeringState, PrefixList, Probe, ProbeEnd,
        PublicAtLaunch, Registered, Registration, Scheme, SecurityGroupRule, Service,
        ServiceChange, ServiceKind, SubnetId, Target, TargetGroupId, TargetKind, VpcId, Zone,
    },
    net::{Cidr, Ports, Protocol},
};

use crate::{
    broken::{Broken, break_it, made, make},
    networks::{Dice, block},
};

fn subnet(network: &mut Network, vpc: VpcId, name: &str, zone: &str, cidr: &str) -> SubnetId {
    let (name, zone, cidr) = (name.into(), Zone(zone.into()), block(cidr));
    made!(network, Subnet, Change::CreateSubnet { name, vpc, zone, cidr })
}

fn server(
    network: &mut Network,
    name: &str,
    subnet: SubnetId,
    public: bool,
    group: hanulgil::cloud::SecurityGroupId,
) -> InterfaceId {
    let public_address = if public { PublicAtLaunch::Yes } else { PublicAtLaunch::No };
    let (groups, listening) = (vec![group], Listening::Everywhere);
    let (name, address) = (name.into(), None);
    let change = Change::RunInstance { name, subnet, address, public_address, groups, listening };
    let instance = made!(network, Instance, change);
    network.instances()[instance].interfaces[0]
}

/// A load balancer for the internet or inside, its targets in two zones; a service of AWS's behind an
/// interface endpoint and one behind a gateway endpoint; a second VPC that is peered.
fn working(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let it = &mut network;
    let vpc = made!(it, Vpc, Change::CreateVpc { name: "vpc".into(), cidr: block("10.0.0.0/16") });
    let (dns_support, dns_hostnames) = (Some(true), Some(true));
    make(it, Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames });
    let igw = made!(it, InternetGateway, Change::CreateInternetGateway { name: "igw".into() });
    make(it, Change::AttachInternetGateway { gateway: igw, vpc });
    let one = subnet(it, vpc, "one", "a", "10.0.0.0/24");
    let two = subnet(it, vpc, "two", "b", "10.0.1.0/24");
    let table = made!(it, RouteTable, Change::CreateRouteTable { name: "public".into(), vpc });
    let (destination, target) = (Cidr::ANY_V4, Target::InternetGateway(igw));
    make(it, Change::CreateRoute { table, destination, target });
    make(it, Change::AssociateRouteTable { subnet: one, table: Some(table) });
    if dice.one_in(2) {
        make(it, Change::AssociateRouteTable { subnet: two, table: Some(table) });
    }

    let group = |it: &mut Network, name: &str, vpc, port, peer| {
        let change = Change::CreateSecurityGroup { name: name.into(), vpc };
        let group = made!(it, SecurityGroup, change);
        let rule =
            SecurityGroupRule { protocol: Some(Protocol::TCP), ports: Ports::one(port), peer };
        let direction = Direction::Ingress;
        make(it, Change::AuthorizeSecurityGroup { group, direction, rule });
        group
    };
    let front = group(it, "front", vpc, 443, Peer::Cidr(Cidr::ANY_V4));
    let kind = dice.pick(&[
        LoadBalancerKind::Application,
        LoadBalancerKind::Application,
        LoadBalancerKind::Network,
    ]);
    let keeps = kind == LoadBalancerKind::Network && dice.one_in(2);
    let peer = if keeps { Peer::Cidr(block("0.0.0.0/0")) } else { Peer::Group(front) };
    let back = group(it, "back", vpc, 8080, peer);
    let door = group(it, "door", vpc, 443, Peer::Cidr(block("10.0.0.0/16")));
    let first = server(it, "first", one, false, back);
    server(it, "second", two, false, back);
    server(it, "client", dice.pick(&[one, two]), dice.one_in(2), door);

    let proxy = kind == LoadBalancerKind::Application;
    let protocol = if proxy { ListenerProtocol::Http } else { ListenerProtocol::Tcp };
    let targets: TargetGroupId = made!(
        it,
        TargetGroup,
        ServiceChange::CreateTargetGroup {
            name: "targets".into(),
            vpc,
            protocol,
            port: 8080,
            kind: TargetKind::Instance,
            ipv6: false,
        }
    );
    let instances: Vec<_> = it.instances().iter().map(|it| it.0).collect();
    for &instance in &instances[..=dice.below(2)] {
        let (target, port, health) = (Registered::Instance(instance), None, None);
        let target = Registration { target, port, health };
        make(it, ServiceChange::RegisterTarget { group: targets, target });
    }
    if !proxy && !keeps {
        make(
            it,
            ServiceChange::ModifyTargetGroupAttributes {
                group: targets,
                cross_zone: None,
                preserve_client_ip: Some(false),
            },
        );
    }
    let scheme = dice.pick(&[Scheme::InternetFacing, Scheme::Internal]);
    let balancer: LoadBalancerId = made!(
        it,
        LoadBalancer,
        ServiceChange::CreateLoadBalancer {
            name: "lb".into(),
            kind,
            scheme,
            subnets: vec![one, two],
            groups: vec![front],
        }
    );
    if !proxy {
        let cross_zone = true;
        make(it, ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone });
    }
    let protocol = if proxy { ListenerProtocol::Https } else { ListenerProtocol::Tcp };
    let listener = Listener { protocol, port: 443, target_groups: vec![targets] };
    make(it, ServiceChange::CreateListener { balancer, listener });

    if dice.one_in(2) {
        let secrets = it.insert(Service::here("secrets", ServiceKind::SecretsManager));
        make(
            it,
            ServiceChange::CreateInterfaceEndpoint {
                name: "secrets-door".into(),
                to: EndpointTo::Service(secrets),
                subnets: vec![dice.pick(&[one, two])],
                groups: vec![door],
                private_dns: true,
            },
        );
    }
    if dice.one_in(2) {
        let s3 = Service::here("s3", ServiceKind::S3);
        let cidrs = s3.ranges.clone();
        it.insert(s3);
        let list = it.insert(PrefixList { name: "pl-s3".into(), cidrs, by_aws: true });
        let main = it.vpcs()[vpc].main_route_table;
        let (name, tables) = ("s3-door".into(), vec![table, main]);
        make(it, Change::CreateGatewayEndpoint { name, vpc, list, tables });
    }
    if dice.one_in(2) {
        let cidr = block("10.1.0.0/16");
        let far = made!(it, Vpc, Change::CreateVpc { name: "far".into(), cidr });
        let there = subnet(it, far, "there", "a", "10.1.0.0/24");
        let open = group(it, "open", far, 443, Peer::Cidr(block("10.0.0.0/16")));
        server(it, "partner", there, false, open);
        let (name, requester, accepter) = ("pcx".into(), vpc, far);
        let peering: PeeringId =
            made!(it, Peering, Change::CreatePeering { name, requester, accepter });
        make(it, Change::AcceptPeering { peering });
        let main = it.vpcs()[far].main_route_table;
        for (table, destination) in
            [(table, cidr), (it.vpcs()[vpc].main_route_table, cidr), (main, block("10.0.0.0/16"))]
        {
            let target = Target::Peering(peering);
            make(it, Change::CreateRoute { table, destination, target });
        }
    }
    let _ = first;
    network
}

/// Does something that breaks the network, perhaps, and says what taking it back costs.
fn fault(network: &mut Network, dice: &mut Dice, faults: &mut Vec<Change>) -> Option<u32> {
    let balancers: Vec<LoadBalancerId> = network.load_balancers().iter().map(|it| it.0).collect();
    let groups: Vec<_> = network.security_groups().iter().map(|it| it.0).collect();
    let targets: Vec<TargetGroupId> = network.target_groups().iter().map(|it| it.0).collect();
    let doors: Vec<InterfaceEndpointId> =
        network.interface_endpoints().iter().map(|it| it.0).collect();
    let gates: Vec<GatewayEndpointId> = network.gateway_endpoints().iter().map(|it| it.0).collect();
    let peerings: Vec<PeeringId> = network.peerings().iter().map(|it| it.0).collect();
    let tables: Vec<_> = network.route_tables().iter().map(|it| it.0).collect();
    let instances: Vec<_> = network.instances().iter().map(|it| it.0).collect();
    let (balancer, target_group) = (dice.pick(&balancers), dice.pick(&targets));
    let mut cost = None;
    let change: Change = match dice.below(13) {
        0 => ServiceChange::DeleteListener { balancer, port: 443 }.into(),
        1 => {
            let row = &network.target_groups()[target_group];
            let target = row.targets.get(dice.below(row.targets.len().max(1)))?.target;
            ServiceChange::DeregisterTarget { group: target_group, target, port: None }.into()
        }
        2 | 3 => {
            let group = dice.pick(&groups);
            let direction = Direction::Ingress;
            let rules = network.security_groups()[group].rules(direction);
            let rule = rules.first()?.clone();
            Change::RevokeSecurityGroup { group, direction, rule }
        }
        4 => {
            let group = dice.pick(&groups[..4]);
            ServiceChange::SetSecurityGroups { balancer, groups: vec![group] }.into()
        }
        5 => {
            let peering = dice.pick(peerings.get(..1)?);
            // A new one, accepted, and the route that led to the old one.
            cost = Some(1 + 3);
            Change::DeletePeering { peering }
        }
        6 => {
            let peering = dice.pick(peerings.get(..1)?);
            network.update(peering, |it| it.state = PeeringState::PendingAcceptance);
            return Some(1);
        }
        7 => {
            let endpoint = dice.pick(gates.get(..1)?);
            Change::ModifyGatewayEndpoint { endpoint, tables: Vec::new() }
        }
        8 => {
            let endpoint = dice.pick(doors.get(..1)?);
            ServiceChange::DeleteInterfaceEndpoint { endpoint }.into()
        }
        9 => {
            let endpoint = dice.pick(doors.get(..1)?);
            let policy = dice.one_in(2).then_some(EndpointPolicy::Denies);
            let private_dns = policy.is_none().then_some(false);
            let groups = None;
            ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups }.into()
        }
        10 => {
            let cross_zone = false;
            ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone }.into()
        }
        11 => {
            let table = dice.pick(&tables);
            let routes = &network.route_tables()[table].routes;
            let route = routes.iter().find(|it| it.origin == Origin::Static)?;
            Change::DeleteRoute { table, destination: route.destination }
        }
        _ => Change::StopInstance { instance: dice.pick(&instances) },
    };
    let before = network.clone();
    network.apply(change.clone()).ok()?;
    if *network == before {
        return None;
    }
    faults.push(change.clone());
    Some(cost.unwrap_or(change.cost()))
}

/// What may be asked: everybody, and the internet, of everything that goes by a name, and of the
/// servers.
fn probes(network: &Network) -> Vec<Probe> {
    let servers: Vec<ProbeEnd> = (network.interfaces().iter())
        .filter(|(_, it)| matches!(it.kind, hanulgil::cloud::InterfaceKind::Instance(_)))
        .map(|it| ProbeEnd::Interface(it.0))
        .collect();
    let mut named: Vec<ProbeEnd> = Vec::new();
    named.extend(
        network.load_balancers().iter().map(|it| ProbeEnd::Named(Named::LoadBalancer(it.0))),
    );
    named.extend(network.services().iter().map(|it| ProbeEnd::Named(Named::Service(it.0))));
    let internet = ProbeEnd::Address(Network::INTERNET);
    let mut probes = Vec::new();
    for &from in servers.iter().chain([&internet]) {
        for &to in named.iter().chain(&servers) {
            let outside = from == internet
                && matches!(to, ProbeEnd::Named(Named::Service(_)) | ProbeEnd::Interface(_));
            if from != to && !outside {
                probes.push(Probe::new(from, to, Protocol::TCP, 443));
            }
        }
    }
    probes
}

/// A working network with one or two faults; what passed and no longer does must pass again, and some
/// of what never passed must not.
pub fn broken(dice: &mut Dice) -> Option<Broken> {
    let working = working(dice);
    break_it(&working, &probes(&working), (2, 1), fault, dice)
}
