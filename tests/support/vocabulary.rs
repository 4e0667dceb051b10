//! Every change that one might think of in a small network, whatever it is good for: written
//! without a look at how fixes are searched for, to find what the search has missed.

use std::{collections::BTreeSet, net::IpAddr};

use hanulgil::{
    cloud::{
        AclAction, AclEntry, AddressType, AttachmentOf, BlockMode, Change, Connectivity, Direction,
        DnsRecords, EndpointAddressType, EndpointPolicy, EndpointTo, Exclusion, ExclusionMode,
        ExclusionOf, InterfaceKind, Listener, ListenerProtocol, Listening, Network, NetworkType,
        Peer, ProbeEnd, Registered, Registration, SecurityGroupId, SecurityGroupRule,
        ServiceChange, SubnetId, Target, TargetKind, TransitChange, Tunnel, fix::Demand,
    },
    net::{Cidr, Ports, Protocol},
};

/// Single steps; some begin with changes that cost nothing.
pub fn steps(network: &Network, demands: &[Demand]) -> Vec<Vec<Change>> {
    let mut steps: Vec<Vec<Change>> = Vec::new();
    let mut one = |change: Change| steps.push(vec![change]);
    let blocks = blocks(network, demands);
    let traffic = traffic(demands);
    let directions = [Direction::Ingress, Direction::Egress];
    let vpcs: Vec<_> = network.vpcs().iter().map(|it| it.0).collect();

    for (group, it) in network.security_groups().iter() {
        let peers = blocks.iter().map(|it| Peer::Cidr(*it));
        let peers: Vec<Peer> =
            peers.chain(network.security_groups().iter().map(|it| Peer::Group(it.0))).collect();
        for direction in directions {
            for &(protocol, ports) in &traffic {
                for &peer in &peers {
                    let rule = SecurityGroupRule { protocol, ports, peer };
                    one(Change::AuthorizeSecurityGroup { group, direction, rule });
                }
            }
            for rule in it.rules(direction).iter().cloned() {
                for &(protocol, ports) in &traffic {
                    for &peer in peers.iter().filter(|it| it.is_like(rule.peer)) {
                        let (rule, new) =
                            (rule.clone(), SecurityGroupRule { protocol, ports, peer });
                        one(Change::ModifySecurityGroupRule { group, direction, rule, new });
                    }
                }
                one(Change::RevokeSecurityGroup { group, direction, rule });
            }
        }
    }
    for (acl, it) in network.network_acls().iter() {
        for direction in directions {
            let entries = it.entries(direction);
            let mut numbers: BTreeSet<u16> = BTreeSet::from([1]);
            numbers.extend(entries.iter().map(|it| it.number + 1));
            numbers.retain(|number| entries.iter().all(|it| it.number != *number));
            for &cidr in &blocks {
                for &(protocol, ports) in &traffic {
                    for action in [AclAction::Allow, AclAction::Deny] {
                        let entry = |number| AclEntry { number, action, protocol, ports, cidr };
                        for &number in &numbers {
                            let entry = entry(number);
                            one(Change::CreateNetworkAclEntry { acl, direction, entry });
                        }
                        for old in entries {
                            let entry = entry(old.number);
                            one(Change::ReplaceNetworkAclEntry { acl, direction, entry });
                        }
                    }
                }
            }
            for number in entries.iter().map(|it| it.number) {
                one(Change::DeleteNetworkAclEntry { acl, direction, number });
            }
        }
    }
    let mut targets: Vec<Target> = Vec::new();
    targets.extend(network.internet_gateways().iter().map(|it| Target::InternetGateway(it.0)));
    targets.extend(network.nat_gateways().iter().map(|it| Target::NatGateway(it.0)));
    targets.extend(network.interfaces().iter().map(|it| Target::Interface(it.0)));
    targets.extend(network.peerings().iter().map(|it| Target::Peering(it.0)));
    targets.extend(network.transit_gateways().iter().map(|it| Target::TransitGateway(it.0)));
    let private = network.virtual_private_gateways().iter();
    targets.extend(private.map(|it| Target::VirtualPrivateGateway(it.0)));
    targets.extend(network.egress_only_gateways().iter().map(|it| Target::EgressOnlyGateway(it.0)));
    targets.push(Target::Local);
    for (table, it) in network.route_tables().iter() {
        for target in &targets {
            for &destination in &blocks {
                let target = target.clone();
                one(Change::CreateRoute { table, destination, target });
            }
            for destination in it.routes.iter().map(|it| it.destination) {
                let target = target.clone();
                one(Change::ReplaceRoute { table, destination, target });
            }
        }
        for destination in it.routes.iter().map(|it| it.destination) {
            one(Change::DeleteRoute { table, destination });
        }
        for &vpc in &vpcs {
            one(Change::ReplaceMainRouteTable { vpc, table });
        }
    }
    for (subnet, _) in network.subnets().iter() {
        one(Change::AssociateRouteTable { subnet, table: None });
        one(Change::AssociateNetworkAcl { subnet, acl: None });
        for (table, _) in network.route_tables().iter() {
            one(Change::AssociateRouteTable { subnet, table: Some(table) });
        }
        for (acl, _) in network.network_acls().iter() {
            one(Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
        }
        one(Change::CreateNatGateway {
            name: "another-nat".into(),
            subnet,
            connectivity: Connectivity::Public,
            address: None,
            public_address: None,
        });
    }
    for (gateway, _) in network.internet_gateways().iter() {
        one(Change::DetachInternetGateway { gateway });
        for &vpc in &vpcs {
            one(Change::AttachInternetGateway { gateway, vpc });
        }
    }
    for (gateway, _) in network.nat_gateways().iter() {
        one(Change::DeleteNatGateway { gateway });
    }
    for (gateway, _) in network.egress_only_gateways().iter() {
        one(Change::DeleteEgressOnlyGateway { gateway });
    }
    for &vpc in &vpcs {
        one(Change::CreateEgressOnlyGateway { name: "another-eigw".into(), vpc });
        one(Change::AssociateVpcCidrBlock { vpc, cidr: "2001:db8:eeee::/56".parse().unwrap() });
    }
    for (subnet, _) in network.subnets().iter() {
        for on in [true, false] {
            one(Change::ModifySubnetDns64 { subnet, on });
        }
        for block in ["2001:db8:1:77::/64", "2001:db8:eeee:7::/64"] {
            one(Change::AssociateSubnetCidrBlock { subnet, cidr: block.parse().unwrap() });
        }
        one(Change::DisassociateSubnetCidrBlock { subnet });
    }
    for (interface, it) in network.interfaces().iter() {
        one(Change::AssociateAddress { interface, address: None });
        one(Change::DisassociateAddress { interface });
        one(Change::AssignIpv6Address { interface, address: None });
        for address in &it.addresses {
            if let IpAddr::V6(address) = *address {
                one(Change::UnassignIpv6Address { interface, address });
            }
        }
        for on in [true, false] {
            one(Change::ModifySourceDestCheck { interface, on });
        }
        if matches!(it.kind, InterfaceKind::Instance(_)) {
            for groups in group_sets(network) {
                one(Change::ModifyInterfaceGroups { interface, groups });
            }
        }
    }
    for (instance, _) in network.instances().iter() {
        one(Change::StartInstance { instance });
        one(Change::StopInstance { instance });
        for listening in [Listening::Everywhere, Listening::On(Vec::new())] {
            let listening = Some(listening);
            one(Change::ConfigureInstance { instance, listening, forwarding: None });
        }
    }
    for mode in [BlockMode::Off, BlockMode::Ingress, BlockMode::Bidirectional] {
        one(Change::ModifyBlockPublicAccess { mode });
    }
    let spared = network.subnets().iter().map(|it| ExclusionOf::Subnet(it.0));
    for of in spared.chain(vpcs.iter().copied().map(ExclusionOf::Vpc)) {
        one(Change::DeleteExclusion { of });
        for mode in [ExclusionMode::AllowEgress, ExclusionMode::AllowBidirectional] {
            one(Change::PutExclusion { exclusion: Exclusion { of, mode } });
        }
    }
    let gateway = network.internet_gateways().next_id();
    for &vpc in &vpcs {
        steps.push(vec![
            Change::CreateInternetGateway { name: "another-igw".into() },
            Change::AttachInternetGateway { gateway, vpc },
        ]);
    }
    for &vpc in &vpcs {
        let (name, zones) = ("another-nat".into(), Vec::new());
        steps.push(vec![Change::CreateRegionalNatGateway { name, vpc, zones }]);
    }
    steps.extend(joins(network));
    steps.extend(transit(network, &blocks));
    steps.extend(of_services(network, demands).into_iter().map(|it| vec![it.into()]));
    steps
}

/// Peerings and gateway endpoints.
fn joins(network: &Network) -> Vec<Vec<Change>> {
    let mut steps: Vec<Vec<Change>> = Vec::new();
    let vpcs: Vec<_> = network.vpcs().iter().map(|it| it.0).collect();
    let peering = network.peerings().next_id();
    for &requester in &vpcs {
        for &accepter in &vpcs {
            let name = "another-pcx".into();
            let create = Change::CreatePeering { name, requester, accepter };
            steps.push(vec![create, Change::AcceptPeering { peering }]);
        }
        for on in [true, false] {
            let (dns_support, dns_hostnames) = (Some(on), Some(on));
            let vpc = requester;
            steps.push(vec![Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames }]);
        }
    }
    for (peering, _) in network.peerings().iter() {
        steps.push(vec![Change::AcceptPeering { peering }]);
        steps.push(vec![Change::DeletePeering { peering }]);
    }
    let tables: Vec<_> = network.route_tables().iter().map(|it| it.0).collect();
    let mut sets: Vec<Vec<_>> = tables.iter().map(|it| vec![*it]).collect();
    sets.extend([Vec::new(), tables]);
    for tables in sets {
        for (endpoint, _) in network.gateway_endpoints().iter() {
            let tables = tables.clone();
            steps.push(vec![Change::ModifyGatewayEndpoint { endpoint, tables }]);
        }
        for (list, _) in network.prefix_lists().iter() {
            for &vpc in &vpcs {
                let (name, tables) = ("another-door".into(), tables.clone());
                steps.push(vec![Change::CreateGatewayEndpoint { name, vpc, list, tables }]);
            }
        }
    }
    for (endpoint, _) in network.gateway_endpoints().iter() {
        for policy in [EndpointPolicy::Allows, EndpointPolicy::Denies] {
            steps.push(vec![Change::ModifyGatewayEndpointPolicy { endpoint, policy }]);
        }
        steps.push(vec![Change::DeleteGatewayEndpoint { endpoint }]);
    }
    steps
}

/// Transit gateways, virtual private gateways, lines.
fn transit(network: &Network, blocks: &[Cidr]) -> Vec<Vec<Change>> {
    use TransitChange as T;
    let mut steps: Vec<Vec<TransitChange>> = Vec::new();
    let subnets_of = |vpc| -> Vec<SubnetId> {
        network.subnets().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect()
    };
    // Every subnet alone, and each with one more.
    let subnet_sets = |vpc| -> Vec<Vec<SubnetId>> {
        let all = subnets_of(vpc);
        let pairs = all.iter().flat_map(|one| all.iter().map(move |other| vec![*one, *other]));
        all.iter().map(|it| vec![*it]).chain(pairs.filter(|it| it[0] != it[1])).collect()
    };
    for (gateway, row) in network.transit_gateways().iter() {
        for (vpc, _) in network.vpcs().iter() {
            for subnets in subnet_sets(vpc) {
                let name = "another-door".into();
                steps.push(vec![T::CreateTransitGatewayVpcAttachment {
                    name,
                    gateway,
                    vpc,
                    subnets,
                }]);
            }
        }
        steps.push(vec![T::ModifyTransitGateway {
            gateway,
            default_association: row.default_association,
            default_propagation: row.default_propagation,
            group_references: true,
        }]);
    }
    for (attachment, row) in network.transit_gateway_attachments().iter() {
        steps.push(vec![T::AcceptTransitGatewayAttachment { attachment }]);
        steps.push(vec![T::DeleteTransitGatewayAttachment { attachment }]);
        let modify = |subnets, appliance_mode, group_references| {
            vec![T::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode,
                group_references,
            }]
        };
        if let AttachmentOf::Vpc { vpc, .. } = row.of {
            steps.extend(subnet_sets(vpc).into_iter().map(|it| modify(Some(it), None, None)));
            for on in [true, false] {
                steps.push(modify(None, Some(on), None));
                steps.push(modify(None, None, Some(on)));
            }
        }
        let old = row.association;
        for (table, _) in network.transit_gateway_route_tables().iter() {
            let mut step = Vec::new();
            step.extend(
                old.map(|table| T::DisassociateTransitGatewayRouteTable { attachment, table }),
            );
            step.push(T::AssociateTransitGatewayRouteTable { attachment, table });
            steps.push(step);
            steps.push(vec![T::EnableTransitGatewayRouteTablePropagation { attachment, table }]);
            steps.push(vec![T::DisableTransitGatewayRouteTablePropagation { attachment, table }]);
        }
        if let Some(table) = old {
            steps.push(vec![T::DisassociateTransitGatewayRouteTable { attachment, table }]);
        }
    }
    for (table, row) in network.transit_gateway_route_tables().iter() {
        let attachments = network.transit_gateway_attachments().iter().map(|it| Some(it.0));
        for attachment in attachments.chain([None]) {
            for &destination in blocks {
                steps.push(vec![T::CreateTransitGatewayRoute { table, destination, attachment }]);
            }
            for destination in row.routes.iter().map(|it| it.destination) {
                steps.push(vec![T::ReplaceTransitGatewayRoute { table, destination, attachment }]);
            }
        }
        for destination in row.routes.iter().map(|it| it.destination) {
            steps.push(vec![T::DeleteTransitGatewayRoute { table, destination }]);
        }
    }
    for (gateway, _) in network.virtual_private_gateways().iter() {
        for (vpc, _) in network.vpcs().iter() {
            steps.push(vec![T::AttachVpnGateway { gateway, vpc }]);
            steps.push(vec![T::DetachVpnGateway { gateway, vpc }]);
        }
        for (table, _) in network.route_tables().iter() {
            steps.push(vec![T::EnableVgwRoutePropagation { gateway, table }]);
            steps.push(vec![T::DisableVgwRoutePropagation { gateway, table }]);
        }
        for (line, _) in network.direct_connect_gateways().iter() {
            steps.push(vec![T::CreateDirectConnectGatewayAssociation { line, gateway }]);
        }
    }
    for (vpn, _) in network.vpn_connections().iter() {
        for &destination in blocks {
            steps.push(vec![T::CreateVpnConnectionRoute { vpn, destination }]);
        }
        steps.push(vec![T::ConfigureVpnTunnels { vpn, tunnels: [Tunnel::Up; 2] }]);
    }
    let changes = |step: Vec<TransitChange>| step.into_iter().map(Change::from).collect();
    steps.into_iter().map(changes).collect()
}

/// Load balancers, target groups, interface endpoints.
fn of_services(network: &Network, demands: &[Demand]) -> Vec<ServiceChange> {
    let mut steps = Vec::new();
    let mut ports: Vec<u16> = demands.iter().map(|it| it.probe.port).collect();
    ports.extend([443, 8080]);
    ports.sort_unstable();
    ports.dedup();
    let subnets: Vec<_> = network.subnets().iter().map(|it| it.0).collect();
    let groups: Vec<_> = network.target_groups().iter().map(|it| it.0).collect();
    for (balancer, row) in network.load_balancers().iter() {
        for port in row.listeners.iter().map(|it| it.port) {
            steps.push(ServiceChange::DeleteListener { balancer, port });
            for &group in &groups {
                let target_groups = vec![group];
                steps.push(ServiceChange::ModifyListener { balancer, port, target_groups });
            }
        }
        for &port in &ports {
            for protocol in ListenerProtocol::ALL {
                for &group in &groups {
                    let listener = Listener { protocol, port, target_groups: vec![group] };
                    steps.push(ServiceChange::CreateListener { balancer, listener });
                }
            }
        }
        for address_type in AddressType::ALL {
            steps.push(ServiceChange::SetIpAddressType { balancer, address_type });
        }
        for cross_zone in [true, false] {
            steps.push(ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone });
        }
        for one in &subnets {
            steps.push(ServiceChange::SetSubnets { balancer, subnets: vec![*one] });
            for other in &subnets {
                steps.push(ServiceChange::SetSubnets { balancer, subnets: vec![*one, *other] });
            }
        }
        for groups in group_sets(network) {
            steps.push(ServiceChange::SetSecurityGroups { balancer, groups });
        }
    }
    for (group, row) in network.target_groups().iter() {
        let instances = network.instances().iter().map(|it| Registered::Instance(it.0));
        let addresses =
            network.interfaces().iter().map(|it| Registered::Address(it.1.addresses[0]));
        let balancers = network.load_balancers().iter().map(|it| Registered::LoadBalancer(it.0));
        for target in instances.chain(addresses).chain(balancers) {
            for port in [None, Some(443), Some(8080)] {
                let target = Registration { target, port, health: None };
                steps.push(ServiceChange::RegisterTarget { group, target });
            }
        }
        for &Registration { target, port, .. } in &row.targets {
            steps.push(ServiceChange::DeregisterTarget { group, target, port });
        }
        for on in [true, false] {
            for (cross_zone, preserve_client_ip) in [(Some(on), None), (None, Some(on))] {
                steps.push(ServiceChange::ModifyTargetGroupAttributes {
                    group,
                    cross_zone,
                    preserve_client_ip,
                });
            }
        }
    }
    for (vpc, _) in network.vpcs().iter() {
        for kind in [TargetKind::Instance, TargetKind::Ip] {
            let (name, protocol, port) = ("another-group".into(), ListenerProtocol::Http, 443);
            steps.push(ServiceChange::CreateTargetGroup {
                name,
                vpc,
                protocol,
                port,
                kind,
                ipv6: false,
            });
        }
    }
    for (endpoint, _) in network.interface_endpoints().iter() {
        steps.push(ServiceChange::DeleteInterfaceEndpoint { endpoint });
        steps.push(ServiceChange::AcceptEndpoint { endpoint });
        for address_type in EndpointAddressType::ALL {
            for dns_records in std::iter::once(None).chain(DnsRecords::ALL.map(Some)) {
                let address_type = Some(address_type);
                steps.push(ServiceChange::ModifyEndpointAddressType {
                    endpoint,
                    address_type,
                    dns_records,
                });
            }
        }
        let modify = |private_dns, policy, groups| ServiceChange::ModifyInterfaceEndpoint {
            endpoint,
            private_dns,
            policy,
            groups,
        };
        steps.extend([true, false].map(|it| modify(Some(it), None, None)));
        let policies = [EndpointPolicy::Allows, EndpointPolicy::Denies];
        steps.extend(policies.map(|it| modify(None, Some(it), None)));
        steps.extend(group_sets(network).into_iter().map(|it| modify(None, None, Some(it))));
    }
    for (function, _) in network.functions().iter() {
        steps.extend([true, false].map(|on| ServiceChange::ModifyFunctionIpv6 { function, on }));
    }
    for (database, _) in network.databases().iter() {
        for network_type in NetworkType::ALL {
            steps.push(ServiceChange::ModifyDatabaseNetworkType { database, network_type });
        }
        for public in [true, false] {
            steps.push(ServiceChange::ModifyDatabase { database, public });
        }
    }
    for (service, _) in network.services().iter() {
        for &subnet in &subnets {
            for groups in group_sets(network) {
                for private_dns in [true, false] {
                    let (name, to) = ("another-endpoint".into(), EndpointTo::Service(service));
                    let (subnets, groups) = (vec![subnet], groups.clone());
                    let step = ServiceChange::CreateInterfaceEndpoint {
                        name,
                        to,
                        subnets,
                        groups,
                        private_dns,
                    };
                    steps.push(step);
                }
            }
        }
    }
    steps
}

/// Every set of up to three groups.
fn group_sets(network: &Network) -> Vec<Vec<SecurityGroupId>> {
    let all: Vec<SecurityGroupId> = network.security_groups().iter().map(|it| it.0).collect();
    let mut sets: Vec<Vec<SecurityGroupId>> = vec![Vec::new()];
    for &group in &all {
        for place in 0..sets.len() {
            if sets[place].len() < 3 {
                let mut set = sets[place].clone();
                set.push(group);
                sets.push(set);
            }
        }
    }
    sets.retain(|it| !it.is_empty());
    sets
}

/// Blocks around what is at stake, and others.
fn blocks(network: &Network, demands: &[Demand]) -> Vec<Cidr> {
    let mut blocks: BTreeSet<Cidr> =
        ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "203.0.113.0/24"]
            .iter()
            .map(|it| it.parse().unwrap())
            .collect();
    blocks.extend(network.vpcs().iter().flat_map(|it| it.1.cidrs.clone()));
    blocks.extend(network.subnets().iter().map(|it| it.1.cidr));
    if network.vpcs().iter().any(|it| !it.1.ipv6_cidrs.is_empty()) {
        blocks.extend(["::/0", "::/1", "64:ff9b::/96"].map(|it| it.parse::<Cidr>().unwrap()));
        blocks.extend(network.vpcs().iter().flat_map(|it| it.1.ipv6_cidrs.clone()));
        blocks.extend(network.subnets().iter().filter_map(|it| it.1.ipv6_cidr));
    }
    for end in demands.iter().flat_map(|it| [it.probe.from, it.probe.to]) {
        let addresses: Vec<IpAddr> = match end {
            ProbeEnd::Named(named) => network.public_address_of_name(named).into_iter().collect(),
            ProbeEnd::OnPremises(id, None) => vec![network.on_premises()[id].address],
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
                let it = &network.interfaces()[id];
                let public = it.public_address.map(|it| it.address.into());
                it.addresses.iter().copied().chain(public).collect()
            }
            ProbeEnd::Host(id) | ProbeEnd::NameOfHost(id) => vec![network.hosts()[id].address],
            ProbeEnd::OnPremises(_, Some(address)) | ProbeEnd::Address(address) => vec![address],
        };
        for address in addresses {
            let lengths = if address.is_ipv4() { [32, 31, 29, 25] } else { [128, 127, 64, 56] };
            blocks.extend(lengths.map(|length| Cidr::new(address, length).unwrap()));
        }
    }
    blocks.into_iter().collect()
}

fn traffic(demands: &[Demand]) -> Vec<(Option<Protocol>, Ports)> {
    let mut traffic = vec![(None, Ports::ALL)];
    for protocol in demands.iter().map(|it| it.probe.protocol) {
        traffic.push((Some(protocol), Ports::ALL));
        traffic.push((Some(protocol), Ports::new(1024, u16::MAX).unwrap()));
        traffic.push((Some(protocol), Ports::new(32768, u16::MAX).unwrap()));
        traffic.push((Some(protocol), Ports::new(1, 1024).unwrap()));
        for port in demands.iter().map(|it| it.probe.port) {
            traffic.push((Some(protocol), Ports::one(port)));
        }
    }
    let mut unlike = Vec::new();
    for it in traffic {
        if !unlike.contains(&it) {
            unlike.push(it);
        }
    }
    unlike
}
