//! Is there a cheaper way to solve a lab? A search over the changes that a person would try.
//!
//! A lab's par is the cost of its cheapest written solution. This search looks for anything
//! cheaper, and so certifies par: level by level of cost, over a finite vocabulary of changes that
//! the lab allows (attach or detach each gateway, lead each table's default route or a packet's own
//! address to each target, open or close each group and list for the goals' packets or for
//! everything, move each association, give or take each address, ...).
//!
//! What keeps it small: as long as a goal's packet meets the same components in the same state, it
//! fares the same. So at every step only changes count that touch something which the first
//! failing packet has met, or that make such a change possible (a gateway before its route). And
//! what was tried in one order need not be tried in another.

use std::collections::BTreeSet;

use crate::{
    cloud::{
        AclAction, AclEntry, Change, Connectivity, Direction, InstanceState, Network, Origin, Peer,
        Place, Probe, ProbeEnd, Rules, SecurityGroupRule, Target, trace,
    },
    course::{Goal, Lab, lab::GoalCheck},
    net::{Cidr, Ports, Protocol},
};

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificate {
    /// Nothing of its vocabulary solves the lab for less.
    Certified {
        /// How many networks were looked at.
        tried: usize,
    },
    /// This does.
    Cheaper(Vec<Change>),
    /// There is too much to try.
    Unsure {
        /// How many networks were looked at.
        tried: usize,
    },
}

/// Looks for a way that costs less than the lab's par, in at most `budget` networks.
pub fn certify(lab: &Lab, budget: usize) -> Certificate {
    let sent = lab.packets_to_send();
    let mut search = Search { lab, sent: &sent, budget, tried: 0, seen: BTreeSet::new() };
    for most in 0..lab.par {
        search.seen.clear();
        let mut network = lab.scene.network.clone();
        match search.within(&mut network, most, &mut Vec::new()) {
            Found::Way(way) => return Certificate::Cheaper(way),
            Found::Nothing => {}
            Found::TooMuch => return Certificate::Unsure { tried: search.tried },
        }
    }
    Certificate::Certified { tried: search.tried }
}

struct Search<'l> {
    lab: &'l Lab,
    sent: &'l [Probe],
    budget: usize,
    tried: usize,
    /// The sets of changes that were tried, whatever their order.
    seen: BTreeSet<Vec<String>>,
}

enum Found {
    Way(Vec<Change>),
    Nothing,
    TooMuch,
}

impl Search<'_> {
    /// Solves the lab from here with changes that cost `left` together.
    fn within(&mut self, network: &mut Network, left: u32, way: &mut Vec<Change>) -> Found {
        if self.tried >= self.budget {
            return Found::TooMuch;
        }
        self.tried += 1;
        let Some(failing) = self.first_failing(network) else {
            return Found::Way(way.clone());
        };
        if left == 0 {
            return Found::Nothing;
        }
        let met = met(network, failing);
        for step in self.steps(network, &met, failing) {
            let mut undos = Vec::new();
            let mut cost = 0;
            for change in &step {
                if !self.lab.allowed.allows(change) {
                    break;
                }
                match network.apply(change.clone()) {
                    Ok(applied) => {
                        cost += change.cost();
                        undos.push(applied.undo);
                    }
                    Err(_) => break,
                }
            }
            let mut found = Found::Nothing;
            if undos.len() == step.len() && cost <= left {
                way.extend(step.iter().cloned());
                let mut key: Vec<String> = way.iter().map(|change| format!("{change:?}")).collect();
                key.sort_unstable();
                if self.seen.insert(key) {
                    found = self.within(network, left - cost, way);
                }
                way.truncate(way.len() - step.len());
            }
            for undo in undos.into_iter().rev() {
                network.undo(undo);
            }
            match found {
                Found::Nothing => {}
                done => return done,
            }
        }
        Found::Nothing
    }

    fn first_failing(&self, network: &Network) -> Option<Probe> {
        let checks = self.lab.goals.iter().flat_map(|goal: &Goal| &goal.checks);
        checks.filter(|check| !check.holds(network, self.sent)).map(GoalCheck::probe).next()
    }

    /// The changes worth trying; some come in pairs of which only the second costs anything.
    fn steps(&self, network: &Network, met: &Met, failing: Probe) -> Vec<Vec<Change>> {
        let mut steps = Vec::new();
        let probes: Vec<Probe> = {
            let mut probes = vec![failing];
            let checks = self.lab.goals.iter().flat_map(|goal| &goal.checks);
            for probe in checks.map(GoalCheck::probe) {
                if !probes.contains(&probe) {
                    probes.push(probe);
                }
            }
            probes
        };
        let mut one = |change: Change| steps.push(vec![change]);
        gateways(network, &mut one);
        addresses(network, met, &mut one);
        routes(network, met, &probes, &mut one);
        associations(network, met, &mut one);
        groups(network, met, &probes, &mut one);
        acls(network, met, &probes, &mut one);
        if network.internet_gateways().iter().all(|(_, row)| row.vpc.is_some()) {
            let gateway = network.internet_gateways().next_id();
            for (vpc, _) in network.vpcs().iter() {
                if network.internet_gateway_of(vpc).is_none() {
                    steps.push(vec![
                        Change::CreateInternetGateway { name: "new-igw".into() },
                        Change::AttachInternetGateway { gateway, vpc },
                    ]);
                }
            }
        }
        steps
    }
}

/// What a packet met on its way, and the ends it was to join.
struct Met {
    places: Vec<Place>,
    ends: Vec<crate::cloud::InterfaceId>,
}

impl Met {
    fn subnets(&self, network: &Network) -> BTreeSet<crate::cloud::SubnetId> {
        let at = self.places.iter().filter_map(|place| match place {
            Place::NetworkAcl(_, subnet, _)
            | Place::RouteTable(_, subnet)
            | Place::Subnet(subnet) => Some(*subnet),
            Place::Interface(id, _) => Some(network.interfaces().get(*id)?.subnet),
            Place::NatGateway(id, _) => Some(network.nat_gateways().get(*id)?.subnet),
            _ => None,
        });
        let ends = self.ends.iter().filter_map(|id| Some(network.interfaces().get(*id)?.subnet));
        at.chain(ends).collect()
    }
}

fn met(network: &Network, probe: Probe) -> Met {
    let trace = trace(network, probe, &Rules::AWS);
    let mut places: Vec<Place> = Vec::new();
    for place in trace.places() {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let mut ends = Vec::new();
    for end in [probe.from, probe.to] {
        match end {
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => ends.push(id),
            ProbeEnd::Address(address) => ends.extend(network.interface_at(address)),
            ProbeEnd::Host(_) => {}
        }
    }
    Met { places, ends }
}

fn gateways(network: &Network, one: &mut impl FnMut(Change)) {
    for (gateway, row) in network.internet_gateways().iter() {
        match row.vpc {
            Some(_) => one(Change::DetachInternetGateway { gateway }),
            None => {
                for (vpc, _) in network.vpcs().iter() {
                    one(Change::AttachInternetGateway { gateway, vpc });
                }
            }
        }
    }
    for (subnet, row) in network.subnets().iter() {
        if network.internet_gateway_of(row.vpc).is_some() {
            one(Change::CreateNatGateway {
                name: "new-nat".into(),
                subnet,
                connectivity: Connectivity::Public,
                address: None,
                public_address: None,
            });
        }
    }
}

fn addresses(network: &Network, met: &Met, one: &mut impl FnMut(Change)) {
    for &interface in &met.ends {
        let Some(row) = network.interfaces().get(interface) else { continue };
        match row.public_address {
            Some(_) => one(Change::DisassociateAddress { interface }),
            None => one(Change::AssociateAddress { interface, address: None }),
        }
    }
    for (instance, row) in network.instances().iter() {
        if row.state == InstanceState::Stopped {
            one(Change::StartInstance { instance });
        }
    }
    for (interface, row) in network.interfaces().iter() {
        if met
            .places
            .iter()
            .any(|place| matches!(place, Place::Interface(id, _) if *id == interface))
        {
            one(Change::ModifySourceDestCheck { interface, on: !row.source_dest_check });
        }
    }
}

fn routes(network: &Network, met: &Met, probes: &[Probe], one: &mut impl FnMut(Change)) {
    let tables: BTreeSet<_> =
        met.subnets(network).into_iter().map(|subnet| network.route_table_of(subnet)).collect();
    let mut far: BTreeSet<Cidr> = BTreeSet::from([Cidr::ANY_V4]);
    for probe in probes {
        for end in [probe.from, probe.to] {
            match end {
                ProbeEnd::Host(id) => {
                    far.extend(network.hosts().get(id).map(|host| Cidr::host(host.address)));
                }
                ProbeEnd::Address(address) => {
                    far.insert(Cidr::host(address));
                }
                ProbeEnd::Interface(_) | ProbeEnd::PublicAddressOf(_) => {}
            }
        }
    }
    for table in tables {
        let row = &network.route_tables()[table];
        let mut targets = Vec::new();
        targets.extend(network.internet_gateway_of(row.vpc).map(Target::InternetGateway));
        for (id, nat) in network.nat_gateways().iter() {
            if network.subnets().get(nat.subnet).is_some_and(|subnet| subnet.vpc == row.vpc) {
                targets.push(Target::NatGateway(id));
            }
        }
        for (_, instance) in network.instances().iter() {
            let primary = instance.interfaces.first().copied();
            if instance.forwarding != crate::cloud::Forwarding::Off {
                targets.extend(primary.map(Target::Interface));
            }
        }
        for route in row.routes.iter().filter(|route| route.origin == Origin::Static) {
            let destination = route.destination;
            one(Change::DeleteRoute { table, destination });
            for target in targets.iter().filter(|target| **target != route.target) {
                one(Change::ReplaceRoute { table, destination, target: target.clone() });
            }
        }
        for &destination in &far {
            if row.routes.iter().all(|route| route.destination != destination) {
                for target in &targets {
                    one(Change::CreateRoute { table, destination, target: target.clone() });
                }
            }
        }
    }
}

fn associations(network: &Network, met: &Met, one: &mut impl FnMut(Change)) {
    for subnet in met.subnets(network) {
        let row = &network.subnets()[subnet];
        let current = network.route_table_of(subnet);
        for (table, other) in network.route_tables().iter() {
            if other.vpc == row.vpc && table != current {
                one(Change::AssociateRouteTable { subnet, table: Some(table) });
            }
        }
        if row.route_table.is_some() {
            one(Change::AssociateRouteTable { subnet, table: None });
        } else {
            for (table, other) in network.route_tables().iter() {
                if other.vpc == row.vpc && table != current {
                    one(Change::ReplaceMainRouteTable { vpc: row.vpc, table });
                }
            }
        }
        let current = network.network_acl_of(subnet);
        for (acl, other) in network.network_acls().iter() {
            if other.vpc == row.vpc && acl != current {
                one(Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
            }
        }
    }
}

fn groups(network: &Network, met: &Met, probes: &[Probe], one: &mut impl FnMut(Change)) {
    for place in &met.places {
        let Place::Interface(interface, direction) = *place else { continue };
        let Some(row) = network.interfaces().get(interface) else { continue };
        let vpc = network.vpc_of(interface);
        for &group in &row.security_groups {
            let Some(rules) = network.security_groups().get(group) else { continue };
            for rule in rules.rules(direction) {
                one(Change::RevokeSecurityGroup { group, direction, rule: rule.clone() });
            }
            let mut peers = vec![Peer::Cidr(Cidr::ANY_V4)];
            for (other, theirs) in network.security_groups().iter() {
                if theirs.vpc == vpc {
                    peers.push(Peer::Group(other));
                }
            }
            for probe in probes {
                let far = if direction == Direction::Ingress { probe.from } else { probe.to };
                match far {
                    ProbeEnd::Host(id) => peers
                        .extend(network.hosts().get(id).map(|h| Peer::Cidr(Cidr::host(h.address)))),
                    ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => peers.extend(
                        network
                            .interfaces()
                            .get(id)
                            .and_then(super::super::cloud::instance::Interface::private_ipv4)
                            .map(|address| Peer::Cidr(Cidr::host(address))),
                    ),
                    ProbeEnd::Address(address) => peers.push(Peer::Cidr(Cidr::host(address))),
                }
            }
            let mut traffic = vec![(None, Ports::ALL)];
            traffic.extend(probes.iter().map(|probe| (Some(probe.protocol), ports(*probe))));
            traffic.dedup();
            for (protocol, ports) in traffic {
                for peer in &peers {
                    let rule = SecurityGroupRule { protocol, ports, peer: *peer };
                    one(Change::AuthorizeSecurityGroup { group, direction, rule });
                }
            }
        }
        for (group, other) in network.security_groups().iter() {
            if other.vpc == vpc && row.security_groups != [group] {
                one(Change::ModifyInterfaceGroups { interface, groups: vec![group] });
                if !row.security_groups.contains(&group) {
                    let mut groups = row.security_groups.clone();
                    groups.push(group);
                    one(Change::ModifyInterfaceGroups { interface, groups });
                }
            }
        }
    }
}

fn ports(probe: Probe) -> Ports {
    if probe.protocol.has_ports() { Ports::one(probe.port) } else { Ports::ALL }
}

fn acls(network: &Network, met: &Met, probes: &[Probe], one: &mut impl FnMut(Change)) {
    for place in &met.places {
        let Place::NetworkAcl(acl, _, direction) = *place else { continue };
        let Some(row) = network.network_acls().get(acl) else { continue };
        let entries = row.entries(direction);
        let mut traffic = vec![(None, Ports::ALL)];
        for probe in probes {
            traffic.push((Some(probe.protocol), ports(*probe)));
            if probe.protocol.has_ports() {
                traffic.push((Some(probe.protocol), Ports { low: 1024, high: u16::MAX }));
            }
        }
        traffic.push((Some(Protocol::TCP), Ports::ALL));
        traffic.dedup();
        let taken: Vec<u16> = entries.iter().map(|entry| entry.number).collect();
        let first = taken.first().copied().unwrap_or(100).saturating_sub(1).max(1);
        let last = taken.last().copied().unwrap_or(100).saturating_add(1).min(32766);
        for entry in entries {
            let number = entry.number;
            one(Change::DeleteNetworkAclEntry { acl, direction, number });
            for (protocol, ports) in &traffic {
                let entry = AclEntry { protocol: *protocol, ports: *ports, ..*entry };
                for action in [AclAction::Allow, AclAction::Deny] {
                    let entry = AclEntry { action, ..entry };
                    one(Change::ReplaceNetworkAclEntry { acl, direction, entry });
                }
            }
        }
        for number in BTreeSet::from([first, last]) {
            if taken.contains(&number) {
                continue;
            }
            for (protocol, ports) in &traffic {
                for action in [AclAction::Allow, AclAction::Deny] {
                    let entry = AclEntry {
                        number,
                        action,
                        protocol: *protocol,
                        ports: *ports,
                        cidr: Cidr::ANY_V4,
                    };
                    one(Change::CreateNetworkAclEntry { acl, direction, entry });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{Course, LabId, LessonId, Pack};

    const SCENE: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
[subnet.one]
cidr = "10.0.0.0/24"
[subnet.two]
cidr = "10.0.1.0/24"
network_acl = "shut"
[network_acl.shut]
[security_group.web]
[instance.web]
subnet = "one"
security_groups = ["web"]
[instance.db]
subnet = "two"
[packets]
in = "internet -> web tcp/443"
out = "web -> internet tcp/443"
query = "web -> db tcp/5432"
"#;

    /// What the search says of a lab with these goals and this solution.
    fn certificate(goals: &str, solution: &str) -> Certificate {
        certify(&lab(goals, solution), 20_000)
    }

    fn lab(goals: &str, solution: &str) -> Lab {
        let words = "{ ko = \"가\", en = \"a\" }";
        let lesson = format!(
            "id = \"l\"\ntitle = {words}\nminutes = 1\n[lab.x]\ntitle = {words}\nbrief = {words}\n\
             scene = \"s\"\nallow = \"everything\"\nsolutions = [{solution}]\n\
             [[lab.x.goal]]\npackets = [{goals}]\n"
        );
        let module = format!("title = {words}\nsummary = {words}\nlessons = [\"l\"]\n");
        let pack = format!("id = \"p\"\nformat = 1\ntitle = {words}\nmodules = [\"m\"]\n");
        let texts = [
            ("pack.toml", pack),
            ("m/module.toml", module),
            ("m/l/lesson.toml", lesson),
            ("m/l/s.scene.toml", SCENE.to_owned()),
            ("m/l/ko.md", "## 가\n".to_owned()),
            ("m/l/en.md", "## A\n".to_owned()),
        ];
        let (course, _) = Course::open(Pack::from_texts(texts));
        let (lesson, faults) = course.lesson(&LessonId("l".into()));
        let lesson = lesson.unwrap_or_else(|| panic!("{faults:?}"));
        let lab = lesson.labs.iter().find(|lab| lab.id == LabId("x".into())).expect("it is there");
        assert!(!lab.solutions.is_empty(), "{faults:?}");
        lab.clone()
    }

    #[test]
    fn the_shortest_way_is_certified() {
        let four = "[\"attach-internet-gateway igw main\", \"create-route main-main 0.0.0.0/0 -> igw\", \"associate-address web\"]";
        let found = certificate("\"out = delivered\"", four);
        assert!(matches!(found, Certificate::Certified { .. }), "{found:?}");
        let five =
            four.replace(']', ", \"authorize-security-group-ingress web tcp 443 from 0.0.0.0/0\"]");
        let found = certificate("\"in = delivered\"", &five);
        assert!(matches!(found, Certificate::Certified { .. }), "{found:?}");
    }

    #[test]
    fn a_cheaper_way_is_found() {
        // A subnet goes back to the default list in one change; three entries would do as well.
        let entries = "[\"create-network-acl-entry shut in 1 allow all from 0.0.0.0/0\", \"create-network-acl-entry shut out 1 allow all to 0.0.0.0/0\", \"authorize-security-group-ingress default tcp 5432 from group web\"]";
        let found = certificate("\"query = delivered\"", entries);
        let Certificate::Cheaper(way) = found else { panic!("{found:?}") };
        assert_eq!(way.iter().map(Change::cost).sum::<u32>(), 2, "{way:?}");
    }

    #[test]
    fn a_search_without_room_says_so() {
        let three = "[\"attach-internet-gateway igw main\", \"create-route main-main 0.0.0.0/0 -> igw\", \"associate-address web\"]";
        let found = certify(&lab("\"out = delivered\"", three), 2);
        assert_eq!(found, Certificate::Unsure { tried: 2 });
    }
}
