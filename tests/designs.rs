//! Labs judge designs, not one wording of an answer: right designs that differ are accepted, and
//! whatever breaks one of them is refused by a goal that says so.

use std::collections::BTreeSet;

use hanulgil::{
    cloud::{
        AclAction, AclEntry, Change, Direction, Network, Peer, SecurityGroupRule, Target, Thing,
    },
    course::{Allowed, Course, Lab, Pack},
    net::{Cidr, Ports, Protocol},
};

/// The labs of the pack in which something can be changed.
fn labs() -> Vec<Lab> {
    let (course, _) = Course::open(Pack::builtin());
    let lessons: Vec<_> =
        course.lessons().map(|entry| course.lesson(&entry.id).0.unwrap()).collect();
    let labs = lessons.into_iter().flat_map(|lesson| lesson.labs);
    labs.filter(|lab| lab.allowed != Allowed::Nothing).collect()
}

/// The network after these changes, as far as AWS accepts them.
fn after(start: &Network, changes: &[Change]) -> Network {
    let mut network = start.clone();
    for change in changes {
        let _ = network.apply(change.clone());
    }
    network
}

fn solves(lab: &Lab, network: &Network) -> bool {
    let holds = lab.solved(network, &lab.packets_to_send());
    // Refused is refused for a reason that can be shown.
    let failing = lab.goals.iter().filter(|goal| !goal.holds(network, &lab.packets_to_send()));
    assert_eq!(holds, failing.count() == 0);
    holds
}

/// One more thing that somebody may do to a finished design: everything that takes away, and what
/// opens or shuts too much.
fn slips(network: &Network) -> Vec<Change> {
    let everywhere: Cidr = "0.0.0.0/0".parse().unwrap();
    let mut slips = Vec::new();
    for thing in network.things() {
        match thing {
            Thing::SecurityGroup(group) => {
                let row = &network.security_groups()[group];
                for (direction, rules) in
                    [(Direction::Ingress, &row.ingress), (Direction::Egress, &row.egress)]
                {
                    slips.extend(rules.iter().map(|rule| Change::RevokeSecurityGroup {
                        group,
                        direction,
                        rule: rule.clone(),
                    }));
                    for ports in ["22", "443", "5432", "8080", "0-65535"] {
                        let rule = SecurityGroupRule {
                            protocol: Some(Protocol::TCP),
                            ports: ports.parse::<Ports>().unwrap(),
                            peer: Peer::Cidr(everywhere),
                        };
                        slips.push(Change::AuthorizeSecurityGroup { group, direction, rule });
                    }
                }
            }
            Thing::NetworkAcl(acl) => {
                let row = &network.network_acls()[acl];
                for (direction, entries) in
                    [(Direction::Ingress, &row.ingress), (Direction::Egress, &row.egress)]
                {
                    slips.extend(entries.iter().map(|entry| Change::DeleteNetworkAclEntry {
                        acl,
                        direction,
                        number: entry.number,
                    }));
                    for (number, action) in [(1, AclAction::Deny), (2, AclAction::Allow)] {
                        let entry = AclEntry {
                            number,
                            action,
                            protocol: None,
                            ports: Ports::ALL,
                            cidr: everywhere,
                        };
                        slips.push(Change::CreateNetworkAclEntry { acl, direction, entry });
                    }
                }
            }
            Thing::RouteTable(table) => {
                let row = &network.route_tables()[table];
                for route in &row.routes {
                    let destination = route.destination;
                    slips.push(Change::DeleteRoute { table, destination });
                }
                for (id, _) in network.internet_gateways().iter() {
                    let target = Target::InternetGateway(id);
                    let destination = everywhere;
                    slips.push(Change::CreateRoute { table, destination, target: target.clone() });
                    let destination = everywhere;
                    slips.push(Change::ReplaceRoute { table, destination, target });
                }
            }
            Thing::Subnet(subnet) => {
                slips.push(Change::AssociateRouteTable { subnet, table: None });
                for (table, _) in network.route_tables().iter() {
                    slips.push(Change::AssociateRouteTable { subnet, table: Some(table) });
                }
                for (acl, _) in network.network_acls().iter() {
                    slips.push(Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
                }
                slips.push(Change::DeleteSubnet { subnet });
            }
            Thing::InternetGateway(gateway) => {
                slips.push(Change::DetachInternetGateway { gateway });
            }
            Thing::NatGateway(gateway) => slips.push(Change::DeleteNatGateway { gateway }),
            Thing::GatewayEndpoint(endpoint) => {
                slips.push(Change::DeleteGatewayEndpoint { endpoint });
            }
            Thing::Instance(instance) => {
                slips.push(Change::StopInstance { instance });
                slips.push(Change::TerminateInstance { instance });
            }
            Thing::Interface(interface) => {
                slips.push(Change::DisassociateAddress { interface });
                slips.push(Change::AssociateAddress { interface, address: None });
                let groups = network.security_groups().iter().map(|(id, _)| id);
                slips.extend(
                    groups.map(|group| Change::ModifyInterfaceGroups {
                        interface,
                        groups: vec![group],
                    }),
                );
            }
            _ => {}
        }
    }
    slips
}

/// Designs near a right one: its changes but for one, what was done before each, the changes made
/// twice over with another of their objects, and one slip more at the end.
fn near(lab: &Lab, solution: &[Change]) -> Vec<Network> {
    let start = &lab.scene.network;
    let mut near: Vec<Network> = Vec::new();
    for left_out in 0..solution.len() {
        let mut rest = solution.to_vec();
        rest.remove(left_out);
        near.push(after(start, &rest));
        near.push(after(start, &solution[..left_out]));
        for other in others(&after(start, &solution[..left_out]), &solution[left_out]) {
            let mut changed = solution.to_vec();
            changed[left_out] = other;
            near.push(after(start, &changed));
        }
    }
    let done = after(start, solution);
    for slip in slips(&done).into_iter().filter(|slip| lab.allowed.allows(slip)) {
        let mut network = done.clone();
        if network.apply(slip).is_ok() && network != done {
            near.push(network);
        }
    }
    near
}

/// The same change with something else in it: another table, target, block, port, subnet.
fn others(network: &Network, change: &Change) -> Vec<Change> {
    let mut others = Vec::new();
    let blocks = ["0.0.0.0/1", "10.0.0.0/8", "192.0.2.0/25", "203.0.113.9/32", "198.51.100.0/24"];
    let blocks = || blocks.iter().map(|block| block.parse::<Cidr>().unwrap());
    match change {
        Change::CreateRoute { table, destination, target }
        | Change::ReplaceRoute { table, destination, target } => {
            let make = |table, destination, target: &Target| Change::CreateRoute {
                table,
                destination,
                target: target.clone(),
            };
            let tables = network.route_tables().iter().map(|(id, _)| id);
            others.extend(tables.map(|other| make(other, *destination, target)));
            others.extend(blocks().map(|other| make(*table, other, target)));
            let gateways = network.internet_gateways().iter();
            let targets = gateways.map(|(id, _)| Target::InternetGateway(id));
            let nats = network.nat_gateways().iter().map(|(id, _)| Target::NatGateway(id));
            others.extend(targets.chain(nats).map(|other| make(*table, *destination, &other)));
        }
        Change::AssociateRouteTable { subnet, table } => {
            let subnets = network.subnets().iter().map(|(id, _)| id);
            let table = *table;
            others.extend(subnets.map(|subnet| Change::AssociateRouteTable { subnet, table }));
            let tables = network.route_tables().iter().map(|(id, _)| Some(id));
            let subnet = *subnet;
            others.extend(tables.map(|table| Change::AssociateRouteTable { subnet, table }));
        }
        Change::CreateNatGateway { name, connectivity, address, public_address, .. } => {
            others.extend(network.subnets().iter().map(|(subnet, _)| Change::CreateNatGateway {
                name: name.clone(),
                subnet,
                connectivity: *connectivity,
                address: *address,
                public_address: *public_address,
            }));
        }
        Change::CreateSubnet { name, vpc, zone, cidr } => {
            for block in ["10.0.0.0/25", "10.0.0.0/26", "10.0.4.0/23", "10.0.0.0/20", "10.0.9.0/28"]
            {
                others.push(Change::CreateSubnet {
                    name: name.clone(),
                    vpc: *vpc,
                    zone: zone.clone(),
                    cidr: block.parse().unwrap(),
                });
            }
            for zone in ["a", "b", "c"] {
                others.push(Change::CreateSubnet {
                    name: name.clone(),
                    vpc: *vpc,
                    zone: hanulgil::cloud::Zone(zone.into()),
                    cidr: *cidr,
                });
            }
        }
        Change::AuthorizeSecurityGroup { group, direction, rule } => {
            let make = |group, rule: SecurityGroupRule| Change::AuthorizeSecurityGroup {
                group,
                direction: *direction,
                rule,
            };
            let with_peer = |peer| SecurityGroupRule { peer, ..rule.clone() };
            for ports in ["22", "80", "444", "0-65535"] {
                let ports = ports.parse().unwrap();
                others.push(make(*group, SecurityGroupRule { ports, ..rule.clone() }));
            }
            others.extend(blocks().map(|block| make(*group, with_peer(Peer::Cidr(block)))));
            let everywhere = Peer::Cidr("0.0.0.0/0".parse().unwrap());
            others.push(make(*group, with_peer(everywhere)));
            for (other, _) in network.security_groups().iter() {
                others.push(make(other, rule.clone()));
                others.push(make(*group, with_peer(Peer::Group(other))));
            }
        }
        Change::CreateNetworkAclEntry { acl, direction, entry } => {
            let make =
                |direction, entry| Change::CreateNetworkAclEntry { acl: *acl, direction, entry };
            others.push(make(direction.other(), *entry));
            for ports in ["22", "443", "32768-61000", "49152-65535", "1024-5000"] {
                let ports = ports.parse().unwrap();
                others.push(make(*direction, AclEntry { ports, ..*entry }));
            }
            others.extend(blocks().map(|cidr| make(*direction, AclEntry { cidr, ..*entry })));
            for number in [1, 99, 32_000] {
                others.push(make(*direction, AclEntry { number, ..*entry }));
            }
        }
        Change::AssociateAddress { .. } => {
            others.extend(
                network
                    .interfaces()
                    .iter()
                    .map(|(interface, _)| Change::AssociateAddress { interface, address: None }),
            );
        }
        _ => {}
    }
    others
}

#[test]
fn every_lab_accepts_five_designs_that_differ() {
    let mut few = Vec::new();
    for lab in labs() {
        let mut ends: Vec<Network> = Vec::new();
        for solution in &lab.solutions {
            let end = after(&lab.scene.network, solution);
            assert!(solves(&lab, &end), "{}: {solution:?}", lab.id.0);
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
        if ends.len() < 5 {
            few.push((lab.id.0.clone(), ends.len()));
        }
    }
    assert!(few.is_empty(), "fewer than five designs: {few:?}");
}

#[test]
fn every_lab_refuses_twenty_wrong_designs_near_its_right_ones() {
    let mut counts = BTreeSet::new();
    for lab in labs() {
        let mut wrong: Vec<Network> = Vec::new();
        for solution in &lab.solutions {
            for network in near(&lab, solution) {
                if !solves(&lab, &network) && !wrong.contains(&network) {
                    wrong.push(network);
                }
            }
        }
        counts.insert((wrong.len(), lab.id.0.clone()));
    }
    let few: Vec<_> = counts.iter().filter(|(count, _)| *count < 20).collect();
    assert!(few.is_empty(), "fewer than twenty: {few:?}");
}
