//! Every change that one might think of in a small network, whatever it is good for: written
//! without a look at how fixes are searched for, to find what the search has missed.

use std::{collections::BTreeSet, net::IpAddr};

use hanulgil::{
    cloud::{
        AclAction, AclEntry, BlockMode, Change, Connectivity, Direction, Exclusion, ExclusionMode,
        ExclusionOf, InterfaceKind, Listening, Network, Peer, ProbeEnd, SecurityGroupId,
        SecurityGroupRule, Target, fix::Demand,
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
    for (interface, it) in network.interfaces().iter() {
        one(Change::AssociateAddress { interface, address: None });
        one(Change::DisassociateAddress { interface });
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
    for end in demands.iter().flat_map(|it| [it.probe.from, it.probe.to]) {
        let addresses: Vec<IpAddr> = match end {
            ProbeEnd::Named(named) => network.public_address_of_name(named).into_iter().collect(),
            ProbeEnd::OnPremises(..) => Vec::new(),
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => {
                let it = &network.interfaces()[id];
                let public = it.public_address.map(|it| it.address.into());
                it.addresses.iter().copied().chain(public).collect()
            }
            ProbeEnd::Host(id) => vec![network.hosts()[id].address],
            ProbeEnd::Address(address) => vec![address],
        };
        for address in addresses {
            blocks.extend([32, 31, 29, 25].map(|length| Cidr::new(address, length).unwrap()));
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
