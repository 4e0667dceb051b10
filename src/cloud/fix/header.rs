//! Boxes of headers: which rules a person could write that tell the packets at stake apart.
//!
//! Rules are endless, packets at stake are few. Two rules that match the same of these packets are
//! the same rule for the search; so for each set of packets that some rule can match, one rule
//! stands: the narrowest, but that ports for answers are ranges that clients use.

use std::{collections::BTreeMap, net::IpAddr, rc::Rc};

use crate::{
    cloud::{
        Direction, EndpointTo, Forwarding, InterfaceId, InterfaceKind, Leg, LoadBalancer,
        LoadBalancerKind, Named, Network, Probe, ProbeEnd, VpcId, fix::Demand, nat_gateway,
    },
    net::{Cidr, IcmpKind, Packet, Ports, Protocol},
};

/// What a rule or entry compares of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Header {
    pub protocol: Protocol,
    /// The receiver's port, or type and code of ICMP ([`Packet::number`]).
    pub port: u16,
    pub far: IpAddr,
    /// What a rule for that address names: see [`home`].
    pub home: Cidr,
    /// Is it an answer, whose port is whichever the client happened to take?
    pub answer: bool,
}

impl Header {
    /// What is compared of a packet at a filter.
    pub fn of(network: &Network, packet: &Packet, direction: Direction, leg: Leg) -> Self {
        let far = packet.far_end(direction == Direction::Ingress);
        Self {
            protocol: packet.protocol,
            port: packet.number(),
            far,
            home: home(network, far),
            // Type and code of ICMP are nobody's choice.
            answer: leg == Leg::Reply && packet.destination_port >= nat_gateway::FIRST_PORT,
        }
    }
}

impl Header {
    /// Is a rule for this protocol and these ports, whatever its addresses?
    pub fn fits(&self, protocol: Option<Protocol>, ports: Ports) -> bool {
        let port = |it: Protocol| !it.is_divided() || ports.contains(self.port);
        protocol.is_none_or(|it| it == self.protocol && port(it))
    }

    /// The port alone; for an answer, all that such a client may have taken; of ICMP, its type with
    /// every code.
    fn ports(&self) -> Ports {
        if self.protocol.is_icmp() {
            let [kind, _] = self.port.to_be_bytes();
            return Ports::icmp(kind, None);
        }
        let range = ANSWERS.iter().rfind(|it| self.answer && it.contains(self.port));
        range.copied().unwrap_or(Ports::one(self.port))
    }
}

/// What a rule matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Box {
    pub protocol: Option<Protocol>,
    pub ports: Ports,
    pub cidr: Cidr,
}

impl Box {
    pub fn holds(&self, header: &Header) -> bool {
        header.fits(self.protocol, self.ports) && self.cidr.contains(header.far)
    }

    /// The smallest box with one header more.
    fn with(&self, header: &Header) -> Self {
        let protocol = self.protocol.filter(|it| *it == header.protocol);
        // Without ports a box has all of them, and keeps them.
        let ports = protocol.map_or(Ports::ALL, |_| {
            let more = header.ports();
            Ports { low: self.ports.low.min(more.low), high: self.ports.high.max(more.high) }
                .of(protocol)
        });
        Self { protocol, ports, cidr: around(self.cidr, header.home) }
    }
}

/// The ports that answers go to, by the kind of client
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>):
/// any, Linux or newer, Windows.
const ANSWERS: [Ports; 3] = [
    Ports { low: nat_gateway::FIRST_PORT, high: u16::MAX },
    Ports { low: 32768, high: u16::MAX },
    Ports { low: 49152, high: u16::MAX },
];

/// The block that a person names who means an address: nobody can count on one address of a service
/// of AWS's, so its whole range is meant; nor on one node of a load balancer, so all of them are;
/// else the address alone.
pub(super) fn home(network: &Network, address: IpAddr) -> Cidr {
    let mut ranges = network.services.iter().flat_map(|it| &it.1.ranges);
    let range = ranges.find(|it| it.contains(address)).copied();
    range.or_else(|| nodes_around(network, address)).unwrap_or_else(|| block_of(address))
}

/// The smallest block around every node of the load balancer that has a node at an address. Those of a
/// Network Load Balancer keep their addresses; another's come and go, anywhere in its subnets
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer>).
fn nodes_around(network: &Network, address: IpAddr) -> Option<Cidr> {
    let nodes = |it: &LoadBalancer| -> Vec<InterfaceId> {
        it.nodes.iter().copied().filter(|it| network.interfaces.get(*it).is_some()).collect()
    };
    let has = |it: &InterfaceId| network.interfaces[*it].addresses.contains(&address);
    let mut balancers = network.load_balancers.iter().map(|(_, it)| (it.kind, nodes(it)));
    let (kind, nodes) = balancers.find(|(_, nodes)| nodes.iter().any(has))?;
    let blocks = nodes.iter().map(|it| &network.interfaces[*it]).filter_map(|it| {
        let own = it.addresses.iter().find(|it| it.is_ipv4() == address.is_ipv4())?;
        let subnet = &network.subnets[it.subnet];
        let whole = if own.is_ipv4() { subnet.ipv4() } else { subnet.ipv6() };
        if kind == LoadBalancerKind::Network { Some(Cidr::host(*own)) } else { whole }
    });
    blocks.reduce(around)
}

/// The address alone; but "somewhere on the internet" is everywhere.
fn block_of(address: IpAddr) -> Cidr {
    match address {
        Network::INTERNET => Cidr::ANY_V4,
        Network::INTERNET_V6 => Cidr::ANY_V6,
        _ => Cidr::host(address),
    }
}

/// Every address of the family.
pub(super) fn any(like: IpAddr) -> Cidr {
    if like.is_ipv4() { Cidr::ANY_V4 } else { Cidr::ANY_V6 }
}

/// The smallest block around two of one family.
pub(super) fn around(one: Cidr, other: Cidr) -> Cidr {
    let mut length = one.length().min(other.length());
    loop {
        let block = Cidr::new(one.first(), length).unwrap_or(one);
        if block.covers(other) || length == 0 {
            return block;
        }
        length -= 1;
    }
}

/// Boxes that were found before. They depend on headers alone, and a search meets the same headers
/// in thousands of networks.
#[derive(Default)]
pub(super) struct Known(BTreeMap<(Header, Vec<Header>), Rc<[Box]>>);

impl Known {
    /// One box for each set of `others` that a box around `header` can hold, the narrowest first.
    pub fn boxes(&mut self, header: &Header, others: Vec<Header>) -> Rc<[Box]> {
        let found = self.0.entry((*header, others));
        Rc::clone(found.or_insert_with_key(|(header, others)| boxes(header, others).into()))
    }
}

fn boxes(header: &Header, others: &[Header]) -> Vec<Box> {
    let has_ports = header.protocol.has_ports();
    let single = Box {
        protocol: Some(header.protocol),
        ports: if has_ports { Ports::one(header.port) } else { Ports::ALL },
        cidr: header.home,
    };
    let mut found: Vec<(Vec<bool>, Box)> = Vec::new();
    let held = |it: Box| -> Vec<bool> { others.iter().map(|other| it.holds(other)).collect() };
    let note = |found: &mut Vec<(Vec<bool>, Box)>, mut it: Box| {
        let held = held(it);
        // Answers go to whoever asks: where several may, to everybody.
        let everybody = Box { cidr: any(header.far), ..it };
        let several = it.cidr != header.home;
        if header.answer
            && several
            && others.iter().map(|other| everybody.holds(other)).eq(held.iter().copied())
        {
            it = everybody;
        }
        if found.iter().all(|known| known.0 != held) {
            found.push((held, it));
        }
    };
    if has_ports && header.answer {
        // As wide as clients need, where that makes no difference to others.
        let alone = held(single);
        let ranges = ANSWERS.iter().filter(|it| it.contains(header.port));
        let ranges: Vec<Box> = ranges.map(|&ports| Box { ports, ..single }).collect();
        let same = |it: &&Box| others.iter().map(|other| it.holds(other)).eq(alone.iter().copied());
        if let Some(it) = ranges.iter().find(same) {
            note(&mut found, *it);
        }
        // Which port a gateway takes is its own to choose: nobody can count on it.
        if header.port != nat_gateway::FIRST_PORT {
            note(&mut found, single);
        }
        for it in ranges {
            note(&mut found, it);
        }
    } else {
        note(&mut found, single);
    }
    if header.protocol.is_icmp() {
        // People let all of ICMP pass, where no other type makes a difference.
        note(&mut found, Box { ports: header.ports(), ..single });
    }
    let mut next = 0;
    while let Some((held, it)) = found.get(next).cloned() {
        next += 1;
        for (other, held) in others.iter().zip(held) {
            if !held && other.far.is_ipv4() == header.far.is_ipv4() {
                note(&mut found, it.with(other));
            }
        }
    }
    found.into_iter().map(|it| it.1).collect()
}

/// Every address that one end of a probe may show.
pub(super) fn addresses(network: &Network, end: ProbeEnd) -> Vec<IpAddr> {
    let mut found = own_addresses(network, end);
    // Under a name, who has IPv4 is seen in disguise where DNS64 is on.
    let by_name = matches!(end, ProbeEnd::Named(_) | ProbeEnd::NameOf(_) | ProbeEnd::NameOfHost(_));
    if by_name && network.subnets.find(|_, it| it.dns64).is_some() {
        let disguised = |it: &IpAddr| match it {
            IpAddr::V4(address) => Some(nat_gateway::disguise(*address)),
            IpAddr::V6(_) => None,
        };
        let more: Vec<IpAddr> = found.iter().filter_map(disguised).collect();
        found.extend(more);
    }
    found
}

fn own_addresses(network: &Network, end: ProbeEnd) -> Vec<IpAddr> {
    match end {
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
            let Some(interface) = network.interfaces.get(id) else { return Vec::new() };
            interface.every_address().collect()
        }
        ProbeEnd::Host(id) | ProbeEnd::NameOfHost(id) => {
            network.hosts.get(id).map(|it| it.address).into_iter().collect()
        }
        ProbeEnd::OnPremises(id, address) => {
            let usual = network.on_premises.get(id).map(|it| it.address);
            address.or(usual).into_iter().collect()
        }
        ProbeEnd::Address(Network::INTERNET) => vec![Network::INTERNET, Network::INTERNET_V6],
        ProbeEnd::Address(address) => vec![address],
        // A name means interfaces and addresses that stand in the network already.
        ProbeEnd::Named(named) => doors(network, named)
            .iter()
            .filter_map(|id| network.interfaces.get(*id))
            .flat_map(crate::cloud::Interface::every_address)
            .chain(network.public_address_of_name(named))
            .collect(),
    }
}

/// The addresses under which a packet may leave the sender's VPC: those of its NAT gateways.
fn translated(network: &Network, probe: &Probe) -> Vec<IpAddr> {
    let ProbeEnd::Interface(from) = probe.from else { return Vec::new() };
    if network.interfaces.get(from).is_none() {
        return Vec::new();
    }
    let vpc = network.vpc_of(from);
    let straight = match probe.to {
        ProbeEnd::Interface(to) => {
            network.interfaces.get(to).is_none() || network.vpc_of(to) == vpc
        }
        _ => false,
    };
    let gateways = network.nat_gateways.iter().filter(|(_, it)| it.vpc == vpc && !straight);
    gateways
        .filter_map(|(_, it)| network.interfaces.get(it.interface()?))
        .flat_map(crate::cloud::Interface::every_address)
        .collect()
}

/// The interfaces where packets for a name may come in: its own, and for a service of AWS's those of
/// its endpoints.
fn doors(network: &Network, named: Named) -> Vec<InterfaceId> {
    let mut doors = network.interfaces_of(named.into());
    if let Named::Service(service) = named {
        let to = EndpointTo::Service(service);
        let endpoints = network.interface_endpoints.iter().filter(|(_, it)| it.to == to);
        doors.extend(endpoints.flat_map(|(_, it)| it.interfaces.iter().copied()));
    }
    doors
}

/// Everything that the filters of a VPC may be asked about in one direction, for the packets at
/// stake; `answers` says whether answers are asked about too, as lists do and groups do not.
pub(super) fn headers(
    network: &Network,
    demands: &[Demand],
    vpc: VpcId,
    direction: Direction,
    answers: bool,
) -> Vec<Header> {
    let inside = |end| match end {
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
            network.interfaces.get(id).is_some() && network.vpc_of(id) == vpc
        }
        ProbeEnd::Address(address) => network.interface_in(vpc, address).is_some(),
        ProbeEnd::Named(named) => doors(network, named)
            .iter()
            .any(|id| network.interfaces.get(*id).is_some() && network.vpc_of(*id) == vpc),
        ProbeEnd::Host(_) | ProbeEnd::NameOfHost(_) | ProbeEnd::OnPremises(..) => false,
    };
    // Who passes on packets of others may be asked about everything.
    let relay = network.instances.iter().any(|(_, it)| {
        it.forwarding != Forwarding::Off
            && it.interfaces.first().is_some_and(|it| network.vpc_of(*it) == vpc)
    });
    let mut headers: Vec<Header> = Vec::new();
    for Demand { probe, .. } in demands {
        let (mut from, to) = (addresses(network, probe.from), addresses(network, probe.to));
        from.extend(translated(network, probe));
        let (sends, receives) = (inside(probe.from) || relay, inside(probe.to) || relay);
        // Through a NAT gateway the packet crosses the edges of another subnet too.
        let through_nat = answers && sends && !inside(probe.to);
        let mut note = |port, far: &[IpAddr], answer| {
            let protocol = probe.protocol;
            let port = match (protocol.is_icmp(), answer) {
                (true, false) => IcmpKind::EchoRequest.number(protocol),
                (true, true) => IcmpKind::EchoReply.number(protocol),
                (false, _) => port,
            };
            let answer = answer && port >= nat_gateway::FIRST_PORT && !protocol.is_icmp();
            headers.extend(far.iter().map(|&far| {
                let home = home(network, far);
                Header { protocol, port, far, home, answer }
            }));
        };
        match direction {
            Direction::Ingress if receives || through_nat => note(probe.port, &from, false),
            Direction::Egress if sends => note(probe.port, &to, false),
            _ => {}
        }
        if answers {
            match direction {
                Direction::Ingress if sends => note(probe.source_port, &to, true),
                Direction::Egress if receives || through_nat => {
                    note(probe.source_port, &from, true);
                }
                _ => {}
            }
            if through_nat && direction == Direction::Ingress && probe.protocol.has_ports() {
                note(nat_gateway::FIRST_PORT, &to, true);
            }
        }
    }
    if demands.iter().any(|it| !network.load_balancers.is_empty() && meets_balancer(network, it)) {
        headers.extend(behind_balancers(network, demands, vpc, direction, answers));
    }
    headers.sort_unstable();
    headers.dedup();
    headers
}

/// May the packet come to a load balancer: by its name, by a node's address, or through an endpoint
/// or a front of AWS's?
fn meets_balancer(network: &Network, demand: &Demand) -> bool {
    match demand.probe.to {
        ProbeEnd::Named(named) => !matches!(named, Named::Service(_) | Named::Function(_)),
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
            network.interfaces.get(id).is_some_and(|it| {
                matches!(it.kind, InterfaceKind::LoadBalancer(_) | InterfaceKind::Endpoint(_))
            })
        }
        ProbeEnd::Address(address) => network.interface_at(address).is_some(),
        ProbeEnd::Host(_) | ProbeEnd::NameOfHost(_) | ProbeEnd::OnPremises(..) => false,
    }
}

/// What the filters of a VPC may be asked about between load balancers and their targets.
fn behind_balancers(
    network: &Network,
    demands: &[Demand],
    vpc: VpcId,
    direction: Direction,
    answers: bool,
) -> Vec<Header> {
    let mut headers = Vec::new();
    let clients: Vec<IpAddr> =
        demands.iter().flat_map(|it| addresses(network, it.probe.from)).collect();
    let source_ports: Vec<u16> = demands.iter().map(|it| it.probe.source_port).collect();
    for (_, balancer) in network.load_balancers.iter().filter(|(_, it)| it.vpc == vpc) {
        let nodes: Vec<IpAddr> = (balancer.nodes.iter())
            .filter_map(|it| network.interfaces.get(*it))
            .flat_map(|it| it.addresses.iter().copied())
            .collect();
        for listener in &balancer.listeners {
            let groups = listener.target_groups.iter();
            for group in groups.filter_map(|it| network.target_groups.get(*it)) {
                let kept =
                    balancer.kind == LoadBalancerKind::Network && group.preserves_client_ip();
                let senders = if kept { &clients } else { &nodes };
                for target in &group.targets {
                    let Some(address) = network.target_address(group, target.target) else {
                        continue;
                    };
                    let (protocol, own) = (Protocol::TCP, [address]);
                    let port = group.port_of(target);
                    let mut note = |port, far: IpAddr, answer: bool| {
                        let answer = answer && port >= nat_gateway::FIRST_PORT;
                        let home = home(network, far);
                        headers.push(Header { protocol, port, far, home, answer });
                    };
                    let ends = |inbound: bool| if inbound { &senders[..] } else { &own };
                    for far in ends(direction == Direction::Ingress) {
                        note(port, *far, false);
                    }
                    if answers {
                        let fresh = [nat_gateway::FIRST_PORT];
                        for &port in if kept { &source_ports[..] } else { &fresh } {
                            for far in ends(direction == Direction::Egress) {
                                note(port, *far, true);
                            }
                        }
                    }
                }
            }
        }
    }
    headers
}
