//! Networks of two families, with who speaks IPv6 alone, that worked and were broken on purpose.

use hanulgil::{
    cloud::{
        AclAction, AclEntry, AddressType, Change, Connectivity, Direction, DnsRecords,
        EndpointAddressType, EndpointTo, Function, InterfaceId, InterfaceKind, Listener,
        ListenerProtocol, Listening, LoadBalancerKind, Named, Network, NetworkType, NewDatabase,
        Origin, Peer, Probe, ProbeEnd, PublicAtLaunch, Registered, Registration, Scheme,
        SecurityGroupRule, Service, ServiceChange, ServiceKind, SubnetId, Target, TargetKind, Zone,
    },
    net::{Cidr, Ports, Protocol},
};

use crate::{
    broken::{Broken, break_it, made, make},
    networks::{Dice, block},
};

const ALL: Listening = Listening::Everywhere;

/// A VPC of both families: public subnets, a private one behind an egress-only gateway, one with
/// IPv6 alone, which reaches IPv4 by NAT64; servers, and now and then a database, a function, a load
/// balancer and an endpoint; hosts of both families on the internet.
fn working(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let it = &mut network;
    let vpc = made!(it, Vpc, Change::CreateVpc { name: "vpc".into(), cidr: block("10.0.0.0/16") });
    make(it, Change::AssociateVpcCidrBlock { vpc, cidr: block("2001:db8:1::/56") });
    let (dns_support, dns_hostnames) = (Some(true), Some(true));
    make(it, Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames });
    let igw = made!(it, InternetGateway, Change::CreateInternetGateway { name: "igw".into() });
    make(it, Change::AttachInternetGateway { gateway: igw, vpc });
    let create = Change::CreateEgressOnlyGateway { name: "eigw".into(), vpc };
    let eigw = made!(it, EgressOnlyGateway, create);
    let subnet = |it: &mut Network, name: &str, zone: &str, four: Option<&str>, six: &str| {
        let cidr = block(four.unwrap_or(six));
        let (name, zone) = (name.into(), Zone(zone.into()));
        let subnet = made!(it, Subnet, Change::CreateSubnet { name, vpc, zone, cidr });
        if four.is_some() {
            make(it, Change::AssociateSubnetCidrBlock { subnet, cidr: block(six) });
        }
        subnet
    };
    let one = subnet(it, "one", "a", Some("10.0.0.0/24"), "2001:db8:1::/64");
    let two = subnet(it, "two", "b", Some("10.0.1.0/24"), "2001:db8:1:1::/64");
    let private = subnet(it, "private", "a", Some("10.0.2.0/24"), "2001:db8:1:2::/64");
    let six = subnet(it, "six", "a", None, "2001:db8:1:6::/64");
    let table = |it: &mut Network, name: &str, subnets: &[SubnetId]| {
        let create = Change::CreateRouteTable { name: name.into(), vpc };
        let table = made!(it, RouteTable, create);
        for &subnet in subnets {
            make(it, Change::AssociateRouteTable { subnet, table: Some(table) });
        }
        table
    };
    let public = table(it, "public", &[one, two]);
    for destination in [Cidr::ANY_V4, Cidr::ANY_V6] {
        let target = Target::InternetGateway(igw);
        make(it, Change::CreateRoute { table: public, destination, target });
    }
    let out = table(it, "out", &[private, six]);
    let target = Target::EgressOnlyGateway(eigw);
    make(it, Change::CreateRoute { table: out, destination: Cidr::ANY_V6, target });
    if dice.one_in(2) {
        let create = Change::CreateNatGateway {
            name: "nat".into(),
            subnet: one,
            connectivity: Connectivity::Public,
            address: None,
            public_address: None,
        };
        let target = Target::NatGateway(made!(it, NatGateway, create));
        let destination = block("64:ff9b::/96");
        make(it, Change::CreateRoute { table: out, destination, target });
        make(it, Change::ModifySubnetDns64 { subnet: six, on: true });
    }
    if dice.one_in(3) {
        let acl = made!(it, NetworkAcl, Change::CreateNetworkAcl { name: "acl".into(), vpc });
        for direction in [Direction::Ingress, Direction::Egress] {
            for (number, cidr) in [(100, Cidr::ANY_V4), (110, Cidr::ANY_V6)] {
                let (action, protocol, ports) = (AclAction::Allow, None, Ports::ALL);
                let entry = AclEntry { number, action, protocol, ports, cidr };
                make(it, Change::CreateNetworkAclEntry { acl, direction, entry });
            }
        }
        let subnet = dice.pick(&[one, private, six]);
        make(it, Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
    }
    let group = |it: &mut Network, name: &str, peers: &[Peer]| {
        let group =
            made!(it, SecurityGroup, Change::CreateSecurityGroup { name: name.into(), vpc });
        for &peer in peers {
            let (protocol, ports) = (Some(Protocol::TCP), Ports::one(443));
            let rule = SecurityGroupRule { protocol, ports, peer };
            let direction = Direction::Ingress;
            make(it, Change::AuthorizeSecurityGroup { group, direction, rule });
        }
        group
    };
    let front = group(it, "front", &[Peer::Cidr(Cidr::ANY_V4), Peer::Cidr(Cidr::ANY_V6)]);
    let back = group(it, "back", &[Peer::Group(front), Peer::Cidr(block("2001:db8:1::/56"))]);
    for (name, subnet, own, group) in [
        ("web", one, true, front),
        ("app", private, true, back),
        ("old", two, false, back),
        ("alone", six, false, front),
    ] {
        let change = Change::RunInstance {
            name: name.into(),
            subnet,
            address: None,
            public_address: PublicAtLaunch::No,
            groups: vec![group],
            listening: ALL,
        };
        let instance = made!(it, Instance, change);
        let interface = it.instances()[instance].interfaces[0];
        if own {
            make(it, Change::AssignIpv6Address { interface, address: None });
        }
    }
    if dice.one_in(2) {
        let public = dice.one_in(2);
        let (subnets, groups, port) = (vec![one, two], vec![front], 443);
        let new = NewDatabase { name: "db".into(), subnets, groups, public, port };
        let database = made!(it, Database, ServiceChange::CreateDatabase(new));
        let network_type = NetworkType::Dual;
        make(it, ServiceChange::ModifyDatabaseNetworkType { database, network_type });
    }
    if dice.one_in(2) {
        let (name, subnets, groups) = ("fn".into(), vec![private], vec![back]);
        let create = ServiceChange::CreateFunction { name, subnets, groups };
        let function = made!(it, Function, create);
        make(it, ServiceChange::ModifyFunctionIpv6 { function, on: true });
    }
    if dice.one_in(2) {
        let create = ServiceChange::CreateTargetGroup {
            name: "targets".into(),
            vpc,
            protocol: ListenerProtocol::Http,
            port: 443,
            kind: TargetKind::Instance,
            ipv6: dice.one_in(2),
        };
        let group = made!(it, TargetGroup, create);
        let create = ServiceChange::CreateLoadBalancer {
            name: "lb".into(),
            kind: LoadBalancerKind::Application,
            scheme: dice.pick(&[Scheme::InternetFacing, Scheme::Internal]),
            subnets: vec![one, two],
            groups: vec![front],
        };
        let balancer = made!(it, LoadBalancer, create);
        let address_type = AddressType::Dualstack;
        make(it, ServiceChange::SetIpAddressType { balancer, address_type });
        let app = it.instances().iter().nth(1).map(|it| it.0).unwrap();
        let target = Registration { target: Registered::Instance(app), port: None, health: None };
        make(it, ServiceChange::RegisterTarget { group, target });
        let (protocol, target_groups) = (ListenerProtocol::Https, vec![group]);
        let listener = Listener { protocol, port: 443, target_groups };
        make(it, ServiceChange::CreateListener { balancer, listener });
    }
    if dice.one_in(2) {
        let secrets = it.insert(Service::here("secrets", ServiceKind::SecretsManager));
        let create = ServiceChange::CreateInterfaceEndpoint {
            name: "door".into(),
            to: EndpointTo::Service(secrets),
            subnets: vec![private],
            groups: vec![front],
            private_dns: true,
        };
        let endpoint = made!(it, InterfaceEndpoint, create);
        let address_type = Some(EndpointAddressType::Dualstack);
        make(
            it,
            ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records: None },
        );
    }
    for (name, address) in [("new", "2001:db8:f::80"), ("repo", "192.0.2.80")] {
        let (name, address) = (name.into(), address.parse().unwrap());
        make(it, Change::CreateHost { name, address, listening: ALL });
    }
    network
}

/// Does something that breaks the network, perhaps, and says what taking it back costs.
fn fault(network: &mut Network, dice: &mut Dice, faults: &mut Vec<Change>) -> Option<u32> {
    let direction = dice.pick(&[Direction::Ingress, Direction::Egress]);
    let tables: Vec<_> = network.route_tables().iter().map(|it| it.0).collect();
    let acls: Vec<_> = network.network_acls().iter().map(|it| it.0).collect();
    let groups: Vec<_> = network.security_groups().iter().map(|it| it.0).collect();
    let interfaces: Vec<InterfaceId> = (network.interfaces().iter())
        .filter(|it| matches!(it.1.kind, InterfaceKind::Instance(_)))
        .map(|it| it.0)
        .collect();
    let (table, acl, group) = (dice.pick(&tables), dice.pick(&acls), dice.pick(&groups));
    let interface = dice.pick(&interfaces);
    let six = |network: &Network| {
        let row = &network.interfaces()[interface];
        row.addresses.iter().find_map(|it| match it {
            std::net::IpAddr::V6(six) => Some(*six),
            std::net::IpAddr::V4(_) => None,
        })
    };
    let mut cost = None;
    let change: Change = match dice.below(13) {
        0 => {
            let routes = &network.route_tables()[table].routes;
            let own = |it: &&hanulgil::cloud::Route| {
                it.origin == Origin::Static && !it.destination.is_ipv4()
            };
            let route = routes.iter().find(own)?;
            Change::DeleteRoute { table, destination: route.destination }
        }
        1 => {
            // A new one, and the route that led to the old one.
            cost = Some(2);
            let gateway = network.egress_only_gateways().iter().next()?.0;
            Change::DeleteEgressOnlyGateway { gateway }
        }
        2 => Change::UnassignIpv6Address { interface, address: six(network)? },
        3 => {
            let subnet = network.interfaces()[interface].subnet;
            let address = six(network)?;
            let before = network.clone();
            let first = Change::UnassignIpv6Address { interface, address };
            let second = Change::DisassociateSubnetCidrBlock { subnet };
            let all = [first, second];
            if !all.iter().all(|it| network.apply(it.clone()).is_ok()) {
                *network = before;
                return None;
            }
            faults.extend(all);
            return Some(2);
        }
        4 => {
            let rules = network.security_groups()[group].rules(direction);
            let rule = rules.get(dice.below(rules.len().max(1)))?.clone();
            Change::RevokeSecurityGroup { group, direction, rule }
        }
        5 => {
            let entry = AclEntry {
                number: 10 + dice.below(5) as u16,
                action: AclAction::Deny,
                protocol: dice.pick(&[None, Some(Protocol::TCP)]),
                ports: Ports::ALL,
                cidr: block(dice.pick(&["::/0", "2001:db8:1::/56", "2001:db8:f::/64"])),
            };
            Change::CreateNetworkAclEntry { acl, direction, entry }
        }
        6 => {
            let entries = network.network_acls()[acl].entries(direction);
            let number = entries.get(dice.below(entries.len().max(1)))?.number;
            Change::DeleteNetworkAclEntry { acl, direction, number }
        }
        7 => {
            let balancer = network.load_balancers().iter().next()?.0;
            ServiceChange::SetIpAddressType { balancer, address_type: AddressType::Ipv4 }.into()
        }
        8 => {
            let endpoint = network.interface_endpoints().iter().next()?.0;
            let address_type = dice.one_in(2).then_some(EndpointAddressType::Ipv4);
            let dns_records = Some(DnsRecords::Ipv4);
            let change =
                ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records };
            change.into()
        }
        9 => {
            let function = network.functions().iter().next()?.0;
            ServiceChange::ModifyFunctionIpv6 { function, on: false }.into()
        }
        10 => {
            let database = network.databases().iter().next()?.0;
            let network_type = NetworkType::Ipv4;
            ServiceChange::ModifyDatabaseNetworkType { database, network_type }.into()
        }
        11 => {
            let database = network.databases().iter().next()?.0;
            ServiceChange::ModifyDatabase { database, public: false }.into()
        }
        _ => {
            let subnet = network.interfaces()[interface].subnet;
            Change::ModifySubnetDns64 { subnet, on: false }
        }
    };
    let before = network.clone();
    network.apply(change.clone()).ok()?;
    if *network == before {
        return None;
    }
    faults.push(change.clone());
    Some(cost.unwrap_or(change.cost()))
}

/// Who speaks IPv6 asks everybody, and everybody asks who speaks it alone.
fn probes(network: &Network) -> Vec<Probe> {
    let mut inside: Vec<ProbeEnd> = (network.interfaces().iter())
        .filter(|(_, it)| {
            matches!(it.kind, InterfaceKind::Instance(_) | InterfaceKind::Database(_))
        })
        .map(|it| ProbeEnd::Interface(it.0))
        .collect();
    let servers = inside.clone();
    inside.extend(
        network.load_balancers().iter().map(|it| ProbeEnd::Named(Named::LoadBalancer(it.0))),
    );
    inside.extend(network.services().iter().map(|it| ProbeEnd::Named(Named::Service(it.0))));
    let functions = network.functions().iter().map(|it: (_, &Function)| it.0);
    let functions = functions.map(|it| ProbeEnd::Named(Named::Function(it)));
    let hosts: Vec<_> = network.hosts().iter().map(|it| it.0).collect();
    let mut senders = servers;
    senders.extend(functions);
    let mut probes = Vec::new();
    let mut ask = |from, to| {
        if from != to {
            probes.push(Probe::new(from, to, Protocol::TCP, 443));
        }
    };
    for &from in &senders {
        for &to in &inside {
            ask(from, to);
        }
        ask(from, ProbeEnd::Host(hosts[0]));
        ask(from, ProbeEnd::NameOfHost(hosts[1]));
    }
    for &to in inside.iter().filter(|it| !matches!(it, ProbeEnd::Named(Named::Service(_)))) {
        ask(ProbeEnd::Host(hosts[0]), to);
    }
    probes
}

/// A working network with up to three faults; what passed and no longer does must pass again, and
/// some of what never passed must not.
pub fn broken(dice: &mut Dice) -> Option<Broken> {
    let working = working(dice);
    break_it(&working, &probes(&working), (2, 1), fault, dice)
}
