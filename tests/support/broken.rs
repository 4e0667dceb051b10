//! Networks that worked and were broken on purpose, and what must pass in them again.

use hanulgil::{
    cloud::{
        AclAction, AclEntry, BlockMode, Change, Connectivity, Direction, Forwarding, InstanceState,
        InterfaceId, Listening, Network, Origin, Peer, Probe, ProbeEnd, PublicAtLaunch, Rules,
        SecurityGroupRule, SubnetId, Target, Thing, Zone,
        fix::{Demand, Wanted},
        trace,
    },
    net::{Cidr, Ports, Protocol},
};

use crate::networks::{Dice, block};

/// Makes a change that is possible, and says what it made.
pub fn make(network: &mut Network, change: impl Into<Change>) -> Option<Thing> {
    network.apply(change.into()).unwrap_or_else(|it| panic!("{it:?}")).made
}

/// The id of what a change makes.
macro_rules! made {
    ($network:expr, $kind:ident, $change:expr) => {
        match $crate::broken::make($network, $change) {
            Some(hanulgil::cloud::Thing::$kind(id)) => id,
            other => panic!("made {other:?}"),
        }
    };
}
pub(crate) use made;

/// A network that does not do what it should, and what that is.
#[derive(Debug)]
pub struct Broken {
    pub network: Network,
    pub demands: Vec<Demand>,
    /// Some way to mend it costs this much: taking the faults back.
    pub known: u32,
    /// What was done to it.
    pub faults: Vec<Change>,
}

/// A VPC as people build it: public and private subnets, gateways, groups that name one another, a
/// list or two, servers, hosts on the internet.
pub fn working(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let it = &mut network;
    let vpc = made!(it, Vpc, Change::CreateVpc { name: "vpc".into(), cidr: block("10.0.0.0/16") });
    let igw = made!(it, InternetGateway, Change::CreateInternetGateway { name: "igw".into() });
    make(it, Change::AttachInternetGateway { gateway: igw, vpc });
    let subnets: Vec<SubnetId> = (0..2 + dice.below(2) as u128)
        .map(|number| {
            let cidr = Cidr::new(block("10.0.0.0/16").nth(256 * number).unwrap(), 24).unwrap();
            let (name, zone) = (format!("subnet-{number}").into(), Zone("a".into()));
            made!(it, Subnet, Change::CreateSubnet { name, vpc, zone, cidr })
        })
        .collect();
    let table = |it: &mut Network, name: &str| {
        made!(it, RouteTable, Change::CreateRouteTable { name: name.into(), vpc })
    };
    let public = table(it, "public");
    let (destination, target) = (Cidr::ANY_V4, Target::InternetGateway(igw));
    make(it, Change::CreateRoute { table: public, destination, target });
    make(it, Change::AssociateRouteTable { subnet: subnets[0], table: Some(public) });
    if !dice.one_in(3) {
        let nat = made!(
            it,
            NatGateway,
            Change::CreateNatGateway {
                name: "nat".into(),
                subnet: subnets[0],
                connectivity: Connectivity::Public,
                address: None,
                public_address: None,
            }
        );
        let private = table(it, "private");
        let target = Target::NatGateway(nat);
        make(it, Change::CreateRoute { table: private, destination, target });
        make(it, Change::AssociateRouteTable { subnet: subnets[1], table: Some(private) });
    }
    for &subnet in &subnets {
        if dice.one_in(3) {
            let name = format!("acl-{}", subnet.index()).into();
            let acl = made!(it, NetworkAcl, Change::CreateNetworkAcl { name, vpc });
            for direction in [Direction::Ingress, Direction::Egress] {
                for entry in entries(dice) {
                    make(it, Change::CreateNetworkAclEntry { acl, direction, entry });
                }
            }
            make(it, Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
        }
    }
    let mut groups = Vec::new();
    for number in 0..2 + dice.below(2) {
        let name = format!("group-{number}").into();
        let group = made!(it, SecurityGroup, Change::CreateSecurityGroup { name, vpc });
        let peer = match groups.last() {
            Some(before) if !dice.one_in(3) => Peer::Group(*before),
            _ => Peer::Cidr(block(dice.pick(&["0.0.0.0/0", "10.0.0.0/16", "203.0.113.0/24"]))),
        };
        let rule = rule(Some(Protocol::TCP), dice.pick(&[443, 8080]), peer);
        let direction = Direction::Ingress;
        make(it, Change::AuthorizeSecurityGroup { group, direction, rule });
        groups.push(group);
    }
    for number in 0..3 + dice.below(3) {
        let public_address = if dice.one_in(2) { PublicAtLaunch::No } else { PublicAtLaunch::Yes };
        let mut own = vec![dice.pick(&groups)];
        if dice.one_in(4) {
            own.push(dice.pick(&groups));
        }
        let change = Change::RunInstance {
            name: format!("server-{number}").into(),
            subnet: dice.pick(&subnets),
            address: None,
            public_address,
            groups: own,
            listening: Listening::Everywhere,
        };
        let instance = made!(it, Instance, change);
        if dice.one_in(8) {
            let interface = it.instances()[instance].interfaces[0];
            let forwarding = Some(dice.pick(&[Forwarding::Routes, Forwarding::Translates]));
            make(it, Change::ConfigureInstance { instance, listening: None, forwarding });
            make(it, Change::ModifySourceDestCheck { interface, on: false });
        }
    }
    for (name, address) in [("client", "203.0.113.9"), ("repo", "192.0.2.80")] {
        let (name, address) = (name.into(), address.parse().unwrap());
        make(it, Change::CreateHost { name, address, listening: Listening::Everywhere });
    }
    network
}

fn rule(protocol: Option<Protocol>, port: u16, peer: Peer) -> SecurityGroupRule {
    SecurityGroupRule { protocol, ports: Ports::one(port), peer }
}

fn entries(dice: &mut Dice) -> Vec<AclEntry> {
    let entry = |number, action, protocol, ports, cidr| AclEntry {
        number,
        action,
        protocol,
        ports,
        cidr: block(cidr),
    };
    let clients = Ports::new(1024, u16::MAX).unwrap();
    let tcp = Some(Protocol::TCP);
    let mut entries = match dice.below(3) {
        0 => vec![entry(100, AclAction::Allow, None, Ports::ALL, "0.0.0.0/0")],
        1 => vec![
            entry(100, AclAction::Allow, tcp, Ports::one(443), "0.0.0.0/0"),
            entry(110, AclAction::Allow, tcp, clients, "0.0.0.0/0"),
        ],
        _ => vec![
            entry(100, AclAction::Allow, tcp, Ports::ALL, "10.0.0.0/16"),
            entry(110, AclAction::Deny, None, Ports::ALL, "203.0.113.0/25"),
            entry(120, AclAction::Allow, tcp, clients, "0.0.0.0/0"),
        ],
    };
    if dice.one_in(3) {
        entries.insert(0, entry(50, AclAction::Deny, tcp, Ports::one(22), "0.0.0.0/0"));
    }
    entries
}

/// Does something that breaks a network, perhaps, and says what taking it back costs.
fn fault(network: &mut Network, dice: &mut Dice, faults: &mut Vec<Change>) -> Option<u32> {
    let direction = dice.pick(&[Direction::Ingress, Direction::Egress]);
    let tables: Vec<_> = network.route_tables().iter().map(|it| it.0).collect();
    let acls: Vec<_> = network.network_acls().iter().map(|it| it.0).collect();
    let groups: Vec<_> = network.security_groups().iter().map(|it| it.0).collect();
    let interfaces: Vec<_> = network.interfaces().iter().map(|it| it.0).collect();
    let instances: Vec<_> = network.instances().iter().map(|it| it.0).collect();
    let subnets: Vec<_> = network.subnets().iter().map(|it| it.0).collect();
    let kind = dice.below(14);
    let (table, acl, group) = (dice.pick(&tables), dice.pick(&acls), dice.pick(&groups));
    let (interface, instance, subnet) =
        (dice.pick(&interfaces), dice.pick(&instances), dice.pick(&subnets));
    let change = match kind {
        0 => {
            let routes = &network.route_tables()[table].routes;
            let route = routes.iter().find(|it| it.origin == Origin::Static)?;
            Change::DeleteRoute { table, destination: route.destination }
        }
        1 => {
            // A more specific route to something that is gone.
            let destination = block(dice.pick(&["203.0.113.0/24", "192.0.2.0/24", "0.0.0.0/1"]));
            let routes = &network.route_tables()[table].routes;
            if routes.iter().any(|it| it.destination == destination) {
                return None;
            }
            network.update(table, |it| {
                let target = Target::Gone("gone".into());
                let origin = Origin::Static;
                it.routes.push(hanulgil::cloud::Route { destination, target, origin });
            });
            return Some(1);
        }
        2 | 3 => {
            let rules = network.security_groups()[group].rules(direction);
            let rule = rules.get(dice.below(rules.len().max(1)))?.clone();
            // A rule that named a group is written back as one.
            Change::RevokeSecurityGroup { group, direction, rule }
        }
        4 => {
            let entry = AclEntry {
                number: 10 + dice.below(5) as u16,
                action: AclAction::Deny,
                protocol: dice.pick(&[None, Some(Protocol::TCP)]),
                ports: Ports::ALL,
                cidr: block(dice.pick(&["0.0.0.0/0", "10.0.0.0/16", "203.0.113.0/24"])),
            };
            Change::CreateNetworkAclEntry { acl, direction, entry }
        }
        5 => {
            let entries = network.network_acls()[acl].entries(direction);
            let number = entries.get(dice.below(entries.len().max(1)))?.number;
            Change::DeleteNetworkAclEntry { acl, direction, number }
        }
        6 => {
            let entries = network.network_acls()[acl].entries(direction);
            let entry = *entries.get(dice.below(entries.len().max(1)))?;
            let entry = AclEntry { cidr: block("172.16.0.0/12"), ..entry };
            Change::ReplaceNetworkAclEntry { acl, direction, entry }
        }
        7 => Change::DisassociateAddress { interface },
        8 => {
            let running = network.instances()[instance].state == InstanceState::Running;
            running.then_some(Change::StopInstance { instance })?
        }
        9 => Change::AssociateRouteTable { subnet, table: Some(table) },
        10 => Change::AssociateNetworkAcl { subnet, acl: Some(acl) },
        11 => Change::ModifyInterfaceGroups { interface, groups: vec![group] },
        12 => Change::ModifyBlockPublicAccess {
            mode: dice.pick(&[BlockMode::Ingress, BlockMode::Bidirectional]),
        },
        _ => Change::ModifySourceDestCheck { interface, on: true },
    };
    let before = network.clone();
    network.apply(change.clone()).ok()?;
    if *network == before {
        return None;
    }
    faults.push(change.clone());
    Some(change.cost())
}

/// Everything that may be asked: each server and host to each server and host.
pub fn probes(network: &Network) -> Vec<Probe> {
    let servers: Vec<InterfaceId> = (network.interfaces().iter())
        .filter(|(_, it)| matches!(it.kind, hanulgil::cloud::InterfaceKind::Instance(_)))
        .map(|it| it.0)
        .collect();
    let internet = ProbeEnd::Address(Network::INTERNET);
    let mut ends: Vec<ProbeEnd> = servers.into_iter().map(ProbeEnd::Interface).collect();
    ends.extend(network.hosts().iter().map(|it| ProbeEnd::Host(it.0)));
    ends.push(internet);
    let mut probes = Vec::new();
    for &from in &ends {
        for &to in &ends {
            let inside = |it| matches!(it, ProbeEnd::Interface(_));
            if from == to || !inside(from) && !inside(to) {
                continue;
            }
            for port in [443, 8080] {
                probes.push(Probe::new(from, to, Protocol::TCP, port));
            }
        }
    }
    probes
}

pub fn delivered(network: &Network, probe: Probe) -> bool {
    trace(network, probe, &Rules::AWS).is_delivered()
}

/// A working network with one to three faults; what passed and no longer does must pass again, and
/// some of what never passed must not.
pub fn broken(dice: &mut Dice) -> Option<Broken> {
    let working = working(dice);
    break_it(&working, &probes(&working), (3, 2), fault, dice)
}

/// Puts up to so many faults, and demands up to so many packets that must not pass.
pub fn break_it(
    working: &Network,
    probes: &[Probe],
    (most_faults, most_forbidden): (usize, usize),
    fault: impl Fn(&mut Network, &mut Dice, &mut Vec<Change>) -> Option<u32>,
    dice: &mut Dice,
) -> Option<Broken> {
    let mut network = working.clone();
    let (mut known, mut faults) = (0, Vec::new());
    for _ in 0..=dice.below(most_faults) {
        known += fault(&mut network, dice, &mut faults).unwrap_or(0);
    }
    let (mut lost, mut never) = (Vec::new(), Vec::new());
    for &probe in probes {
        match (delivered(working, probe), delivered(&network, probe)) {
            (true, false) => lost.push(probe),
            (false, false) => never.push(probe),
            _ => {}
        }
    }
    if lost.is_empty() {
        return None;
    }
    let mut demands: Vec<Demand> = Vec::new();
    let mut demand = |from: &[Probe], most: usize, wanted| {
        for _ in 0..most.min(from.len()) {
            let it = Demand { probe: dice.pick(from), wanted };
            if !demands.contains(&it) {
                demands.push(it);
            }
        }
    };
    demand(&lost, 2, Wanted::Delivered);
    demand(&never, most_forbidden, Wanted::NotDelivered);
    Some(Broken { network, demands, known, faults })
}
