//! How far one trace speaks for others: the block of packets around it that every component on its
//! way treats exactly as it treated this one.
//!
//! The engine does nothing with a header but compare its fields with what the network holds: with
//! the ports and blocks of rules, with the destinations of routes, with addresses that somebody has.
//! So the hops of a trace tell which comparisons were made, and the block ends where one of them
//! would come out differently. Cutting off too much is no error, it costs another trace; cutting off
//! too little is one. The match on [`Place`] is exhaustive so that whoever adds a component says
//! here what it compares.

use std::net::IpAddr;

use crate::{
    cloud::{
        AmazonService, Direction, Hop, HostId, InterfaceId, InterfaceKind, Leg, Listening,
        LoadBalancerId, Network, NetworkAclId, Peer, Place, ProbeEnd, ServiceKind, Subject,
        SubnetId, Target, Trace, VpcId, distribution,
        reach::{
            outside::{Outside, on_aws_side},
            space::{Block, Protocols},
        },
        route_table::RANGES_KEPT_BY_AWS,
    },
    net::{Cidr, Packet, Ports, Protocol},
};

/// The block of packets in `region` that fare exactly as the traced one does, by the same rules.
///
/// The traced packet lies in `region`. `others` are the ways on which it was tried too. `far` says
/// which outside address it came from or went to, and in which numbering, when one of its ends is
/// outside.
pub(super) fn alike(
    network: &Network,
    trace: &Trace,
    others: &[Trace],
    region: &Block,
    far: Option<(&Outside, u128)>,
) -> Block {
    let mut clip = Clip {
        network,
        protocol: trace.probe.protocol,
        port: trace.probe.port,
        source_port: trace.probe.source_port,
        far: far.map(|(outside, at)| (outside, at, outside.address(at))),
        block: *region,
        leg: Leg::Forward,
    };
    // Ping chooses among the sender's addresses by its family, the others by the receiver's. Where
    // an address was dialled there is nothing to choose.
    if !matches!(trace.probe.to, ProbeEnd::Address(_)) {
        clip.tell_apart(Protocols::one(Protocol::ICMP));
        clip.tell_apart(Protocols::one(Protocol::ICMPV6));
    }
    for way in std::iter::once(trace).chain(others) {
        let mut hops = way.hops.iter().peekable();
        while let Some(hop) = hops.next() {
            clip.leg = hop.leg;
            let received =
                hop.leg == Leg::Forward && hops.peek().is_some_and(|next| next.leg == Leg::Reply);
            clip.hop(hop, received);
        }
    }
    clip.block
}

struct Clip<'n> {
    network: &'n Network,
    /// The traced packet, as its sender wrote it.
    protocol: Protocol,
    port: u16,
    source_port: u16,
    /// The outside address that varies, and its number.
    far: Option<(&'n Outside, u128, IpAddr)>,
    block: Block,
    leg: Leg,
}

impl Clip<'_> {
    fn hop(&mut self, hop: &Hop, received: bool) {
        let packet = &hop.packet_in;
        match hop.place {
            Place::Internet(_, host) => self.internet(packet, host, received),
            Place::Interface(id, direction) => self.interface(id, direction, hop, received),
            Place::Subnet(id) => self.neighbours(id, packet),
            Place::NetworkAcl(id, _, direction) => self.network_acl(id, direction, packet),
            Place::GatewayTable(table) => {
                for route in &self.network.route_tables[table].routes {
                    self.address(packet.destination, route.destination);
                }
            }
            Place::RouteTable(table, subnet) => {
                self.neighbours(subnet, packet);
                for route in &self.network.route_tables[table].routes {
                    self.address(packet.destination, route.destination);
                }
                for range in RANGES_KEPT_BY_AWS {
                    self.address(packet.destination, range);
                }
            }
            // What a gateway rejects is private, and no host on the internet has that. Which
            // addresses belong to interfaces matters too, and no host has one of these either.
            Place::InternetGateway(..) | Place::EgressOnlyGateway(..) => {
                self.hosts(packet.destination);
                self.way_in(packet);
            }
            Place::NatGateway(id, direction) => {
                let translated: Protocols =
                    [Protocol::TCP, Protocol::UDP, Protocol::ICMP].into_iter().collect();
                self.tell_apart(translated);
                if direction == Direction::Egress
                    && let Some(subnet) = self.network.nat_gateways[id].subnet()
                {
                    self.neighbours(subnet, packet);
                }
            }
            Place::GatewayEndpoint(..) => {
                for protocol in [Protocol::TCP, Protocol::ICMP, Protocol::ICMPV6] {
                    self.tell_apart(Protocols::one(protocol));
                }
                self.hosts(packet.destination);
            }
            // The service was told from others where the packet left its interface.
            Place::Amazon(_)
            // It answers whoever invoked it.
            | Place::Function(_)
            // State and zone are no business of the header's.
            | Place::TransitGatewayAttachment(..) => {}
            // Which addresses are interfaces' matters too, and no host outside has one of these.
            Place::Peering(id) => {
                for vpc in [self.network.peerings[id].requester, self.network.peerings[id].accepter] {
                    let Some(vpc) = self.network.vpcs.get(vpc) else { continue };
                    for &cidr in vpc.cidrs.iter().chain(&vpc.ipv6_cidrs) {
                        self.address(packet.source, cidr);
                        self.address(packet.destination, cidr);
                    }
                }
            }
            Place::Api(_) => self.listening(&ServiceKind::ExecuteApi.listening()),
            Place::Distribution(_) => self.listening(&distribution::listening()),
            Place::LoadBalancer(id, _) => self.load_balancer(id, packet),
            Place::Endpoint(..) => {
                self.tell_apart(Protocols::one(Protocol::TCP));
                self.tell_apart(Protocols::one(Protocol::UDP));
            }
            Place::Service(id) => {
                if let Some(service) = self.network.services.get(id) {
                    self.listening(&service.kind.listening());
                }
            }
            Place::TransitGatewayRouteTable(table, _) => {
                for route in self.network.transit_routes(table).iter() {
                    self.address(packet.destination, route.destination);
                }
            }
            Place::VirtualPrivateGateway(..) | Place::Link(..) => self.lines(packet),
            Place::OnPremises(id, _) => {
                self.lines(packet);
                if let Some(site) = self.network.on_premises.get(id) {
                    for cidr in &site.cidrs {
                        self.address(packet.destination, *cidr);
                    }
                    if received {
                        self.listening(&site.listening);
                    }
                }
            }
        }
    }

    /// A host sends or receives. Its own address was looked up, and its ports.
    fn internet(&mut self, packet: &Packet, host: Option<HostId>, received: bool) {
        self.hosts(packet.destination);
        self.way_in(packet);
        if received && let Some(host) = host.and_then(|it| self.network.hosts.get(it)) {
            self.listening(&host.listening);
        }
    }

    fn interface(&mut self, id: InterfaceId, direction: Direction, hop: &Hop, received: bool) {
        let network = self.network;
        let packet = &hop.packet_in;
        let Some(interface) = network.interfaces.get(id) else { return };
        let own = match direction {
            Direction::Ingress => packet.destination,
            Direction::Egress => packet.source,
        };
        for &address in &interface.addresses {
            self.address(own, Cidr::host(address));
        }
        let by_rules = hop.checks.iter().any(|it| {
            matches!(it.subject, Subject::SecurityGroupRule(..) | Subject::NoSecurityGroupRule)
        });
        if by_rules {
            for group in
                interface.security_groups.iter().filter_map(|it| network.security_groups.get(*it))
            {
                for rule in group.rules(direction) {
                    self.rule(packet, direction, rule.protocol, rule.ports, (rule.peer, group.vpc));
                }
            }
        }
        let vpc = &network.vpcs[network.subnets[interface.subnet].vpc];
        if direction == Direction::Egress {
            if self.leg == Leg::Forward {
                self.amazon(vpc, packet);
            }
            self.neighbours(interface.subnet, packet);
            return;
        }
        if received {
            match interface.kind {
                InterfaceKind::Instance(instance) => {
                    if let Some(instance) = network.instances.get(instance) {
                        self.listening(&instance.listening);
                    }
                }
                InterfaceKind::Database(id) => {
                    if let Some(it) = network.databases.get(id) {
                        self.listening(&it.listening);
                    }
                }
                InterfaceKind::Task(id) => {
                    if let Some(it) = network.tasks.get(id) {
                        self.listening(&it.listening);
                    }
                }
                InterfaceKind::NatGateway
                | InterfaceKind::LoadBalancer(_)
                | InterfaceKind::Endpoint(_)
                | InterfaceKind::Function(_)
                | InterfaceKind::VpcLink(_)
                | InterfaceKind::Service
                | InterfaceKind::Unattached => {}
            }
        }
    }

    /// Which service of AWS's a packet is for depends on address, protocol and port.
    fn amazon(&mut self, vpc: &crate::cloud::Vpc, packet: &Packet) {
        const DOORS: [(Protocol, u16); 6] = [
            (Protocol::UDP, 53),
            (Protocol::TCP, 53),
            (Protocol::TCP, 80),
            (Protocol::UDP, 123),
            (Protocol::TCP, 1688),
            (Protocol::UDP, 67),
        ];
        if let Some(resolver) = vpc.cidrs.first().and_then(|cidr| cidr.nth(2)) {
            self.address(packet.destination, Cidr::host(resolver));
        }
        for (protocol, port) in DOORS {
            let there = Packet { protocol, destination_port: port, ..*packet };
            if AmazonService::of(vpc, &there).is_some() {
                self.tell_apart(Protocols::one(protocol));
                self.port(packet, Ports::one(port));
            }
        }
    }

    fn network_acl(&mut self, id: NetworkAclId, direction: Direction, packet: &Packet) {
        let acl = &self.network.network_acls[id];
        for entry in acl.entries(direction) {
            let cidr = (Peer::Cidr(entry.cidr), acl.vpc);
            self.rule(packet, direction, entry.protocol, entry.ports, cidr);
            if entry.differs(direction, packet).is_none() {
                // The first match decides; what stands behind it is not asked.
                return;
            }
        }
    }

    /// Narrows the block to where a rule matches, or does not, as it does this packet.
    fn rule(
        &mut self,
        packet: &Packet,
        direction: Direction,
        protocol: Option<Protocol>,
        ports: Ports,
        (peer, own): (Peer, VpcId),
    ) {
        let far = packet.far_end(direction == Direction::Ingress);
        let address_matches = peer.covers(self.network, own, far);
        let varies = self.far.is_some_and(|(_, _, address)| address == far);
        if !address_matches && !varies {
            // It is no rule for these two, whatever the protocol and port.
            return;
        }
        let (range, ports) = (ports, protocol.filter(|it| it.has_ports()).map(|_| ports));
        if let Some(protocol) = protocol
            && protocol != packet.protocol
        {
            self.tell_apart_at(packet, protocol);
            return;
        }
        // A ping is all of ICMP that anybody begins here: a rule for another type is for no request,
        // whatever its protocol.
        if protocol.is_some_and(Protocol::is_icmp) && !range.contains(packet.number()) {
            return;
        }
        if let Some(ports) = ports
            && !ports.contains(packet.destination_port)
        {
            self.port(packet, ports);
            return;
        }
        // A group means interfaces, and no host on the internet has the address of one.
        match peer {
            Peer::Cidr(cidr) => self.address(far, cidr),
            Peer::PrefixList(list) => {
                let list = self.network.prefix_lists.get(list).map(|it| &it.cidrs[..]);
                for &cidr in list.unwrap_or_default() {
                    self.address(far, cidr);
                }
            }
            Peer::Group(_) => {}
        }
        if address_matches {
            if let Some(protocol) = protocol {
                self.tell_apart_at(packet, protocol);
            }
            if let Some(ports) = ports {
                self.port(packet, ports);
            }
        }
    }

    /// Which listener takes a packet depends on protocol and port, and a kept address on who sends.
    fn load_balancer(&mut self, id: LoadBalancerId, packet: &Packet) {
        let network = self.network;
        let Some(balancer) = network.load_balancers.get(id) else { return };
        for protocol in [Protocol::TCP, Protocol::UDP] {
            self.tell_apart(Protocols::one(protocol));
        }
        if self.leg == Leg::Forward {
            for listener in &balancer.listeners {
                if listener.protocol.carries(packet.protocol) {
                    self.port(packet, Ports::one(listener.port));
                }
            }
        }
        for listener in &balancer.listeners {
            for group in
                listener.target_groups.iter().filter_map(|it| network.target_groups.get(*it))
            {
                for target in &group.targets {
                    if let Some(address) = network.target_address(group, target.target) {
                        self.address(packet.source, Cidr::host(address));
                    }
                }
            }
        }
    }

    /// The ports on which somebody answers. A closed UDP port answers with another protocol.
    fn listening(&mut self, listening: &Listening) {
        let Listening::On(open) = listening else { return };
        for protocol in [Protocol::TCP, Protocol::UDP] {
            self.tell_apart(Protocols::one(protocol));
        }
        for (protocol, ports) in open {
            if *protocol == self.protocol && protocol.has_ports() {
                self.clip_ports(*ports, self.port);
            }
        }
    }

    /// Whether a packet stays among the neighbours of a subnet: by its address, or because a route
    /// leads to one of them.
    fn neighbours(&mut self, id: SubnetId, packet: &Packet) {
        if self.far.is_none_or(|(_, _, address)| address != packet.destination) {
            return;
        }
        let network = self.network;
        let subnet = &network.subnets[id];
        for cidr in [Some(subnet.cidr), subnet.ipv6_cidr].into_iter().flatten() {
            self.address(packet.destination, cidr);
        }
        let table = &network.route_tables[network.route_table_of(id)];
        let next_door = |target: &Target| match *target {
            Target::Interface(it) => network.interfaces.get(it).is_some_and(|it| it.subnet == id),
            Target::NatGateway(it) => {
                network.nat_gateways.get(it).is_some_and(|it| it.subnet() == Some(id))
            }
            Target::Local
            | Target::InternetGateway(_)
            | Target::EgressOnlyGateway(_)
            | Target::Peering(_)
            | Target::GatewayEndpoint(_)
            | Target::TransitGateway(_)
            | Target::VirtualPrivateGateway(_)
            | Target::Gone(_) => false,
        };
        if table.routes.iter().any(|it| next_door(&it.target)) {
            for route in &table.routes {
                self.address(packet.destination, route.destination);
            }
        }
    }

    /// By which gateway a packet from the internet comes in over IPv6: the routes of the receiver's
    /// subnet are asked for the way back.
    fn way_in(&mut self, packet: &Packet) {
        let network = self.network;
        let Some(owner) = network.public_owner(packet.destination) else { return };
        if packet.destination.is_ipv4() {
            return;
        }
        let table = network.route_table_of(network.interfaces[owner].subnet);
        for route in &network.route_tables[table].routes {
            self.address(packet.source, route.destination);
        }
    }

    /// Where every line to an on-premises network, and every table behind one, may lead.
    fn lines(&mut self, packet: &Packet) {
        let network = self.network;
        if self.far.is_none_or(|(_, _, address)| address != packet.destination) {
            return;
        }
        for (_, site) in network.on_premises.iter() {
            for cidr in &site.cidrs {
                self.address(packet.destination, *cidr);
            }
            for (link, _) in network.links() {
                for cidr in network.prefixes(link) {
                    self.address(packet.destination, *cidr);
                }
            }
        }
        for (table, _) in network.transit_gateway_route_tables.iter() {
            for route in network.transit_routes(table).iter() {
                self.address(packet.destination, route.destination);
            }
        }
        for (_, vpc) in network.vpcs.iter() {
            for &cidr in vpc.cidrs.iter().chain(&vpc.ipv6_cidrs) {
                self.address(packet.destination, cidr);
            }
        }
    }

    /// Who has a destination on the internet.
    fn hosts(&mut self, destination: IpAddr) {
        let network = self.network;
        if self.far.is_some_and(|(_, _, address)| address == destination) {
            for (_, host) in network.hosts.iter() {
                self.address(destination, Cidr::host(host.address));
            }
            for cidr in on_aws_side(network) {
                self.address(destination, cidr);
            }
        }
    }

    // ---- the axes

    /// The protocols in `set` are treated differently from the others.
    fn tell_apart(&mut self, set: Protocols) {
        let protocols = &mut self.block.protocols;
        *protocols = if set.contains(self.protocol) {
            protocols.common(set)
        } else {
            protocols.without(set)
        };
    }

    /// One protocol is treated differently from the others, at a place where an answer may have
    /// another protocol than the request: then the request's was told apart already.
    fn tell_apart_at(&mut self, packet: &Packet, protocol: Protocol) {
        if packet.protocol == self.protocol {
            self.tell_apart(Protocols::one(protocol));
        }
    }

    /// A range of destination ports is treated differently from the others.
    fn port(&mut self, packet: &Packet, ports: Ports) {
        if !packet.protocol.has_ports() {
            return;
        }
        let here = packet.destination_port;
        match self.leg {
            Leg::Forward if here == self.port => self.clip_ports(ports, here),
            Leg::Reply if here == self.source_port => {
                self.block.protocols = self.block.protocols.common(Protocols::WITH_PORTS);
                self.block.source_ports.narrow(ports.into(), here.into());
            }
            // A translator wrote the port, and it is the same for the whole block.
            _ => {}
        }
    }

    fn clip_ports(&mut self, ports: Ports, here: u16) {
        self.block.protocols = self.block.protocols.common(Protocols::WITH_PORTS);
        self.block.ports.narrow(ports.into(), here.into());
    }

    /// The addresses of a block are treated differently from the others.
    fn address(&mut self, here: IpAddr, cidr: Cidr) {
        if let Some((outside, at, address)) = self.far
            && address == here
            && let Some(numbers) = outside.numbers(cidr)
        {
            self.block.far.narrow(numbers, at);
        }
    }
}
