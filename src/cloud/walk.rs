//! The one engine: a packet walks through the network, and each component is asked in AWS's order.
//!
//! What a component decides stands in the component's own file; here stands who is asked when
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Security.html>):
//!
//! - out of an interface: source/destination check, security groups, then, unless the packet stays
//!   in its subnet, the subnet's network ACL, the route table, the route's target;
//! - into an interface: the gateway's translation, the subnet's network ACL, the security groups,
//!   the source/destination check;
//! - on the way back the same, but groups remember the connection, lists do not, routes are looked
//!   up again in the replier's table, and translations are undone.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        AclAction, AmazonService, Blocker, Cause, Check, Direction, Forwarding, Hop, HostId,
        InstanceState, InterfaceId, InterfaceKind, InternetGatewayId, Leg, Listening, NatGatewayId,
        NatGatewayState, Network, Outcome, Place, Probe, ProbeEnd, Rules, Subject, SubnetId,
        Target, Verdict, host::is_on_the_internet, internet_gateway, nat_gateway,
    },
    net::{IcmpKind, Packet, Protocol, TcpFlag},
};

/// A packet on its way, and what the network remembers of it.
pub(super) struct Walk<'n> {
    network: &'n Network,
    rules: &'n Rules,
    leg: Leg,
    /// The header as it is now.
    packet: Packet,
    hops: Vec<Hop>,
    /// The hop under way: the header as it came, and what was looked at so far.
    packet_in: Packet,
    checks: Vec<Check>,
    /// What the security groups of an interface let pass, and will let come back.
    tracked: Vec<(InterfaceId, Direction, Packet)>,
    /// What translators will undo on the way back.
    translated: Vec<Translation>,
    /// Who passed the packet on, with which header: the same twice is a loop.
    forwarders: Vec<(Place, Packet)>,
    /// Did an appliance touch the packet? Then nobody knows its sender's groups any more.
    through_appliance: bool,
    /// Who went out to the internet, or was called from there, under a private address.
    untranslated: Option<InterfaceId>,
    /// Everything that would have stopped the packet, when all of it is asked for: then the walk goes
    /// on behind each.
    blockers: Option<Vec<Blocker>>,
}

/// What a translator remembers.
struct Translation {
    by: InterfaceId,
    before: Packet,
    after: Packet,
}

/// Where the packet stands between two hops.
#[derive(Clone, Copy)]
enum Stand {
    /// Before an interface that sends it.
    Leaving(InterfaceId),
    /// In a subnet, on its way to wherever its header says.
    Inside(SubnetId),
    /// Before an interface that gets it, coming from a subnet or through a gateway.
    Entering(InterfaceId, Option<SubnetId>),
    /// Before a NAT gateway that translates it, coming from a subnet.
    NatGateway(NatGatewayId, SubnetId),
    /// Before an internet gateway, on the way out of a subnet.
    InternetGateway(InternetGatewayId, SubnetId),
    /// On the internet.
    Internet,
    /// At a host on the internet that sends it.
    Host(IpAddr),
    /// At a service of AWS's: the interface asked it.
    Amazon(AmazonService, InterfaceId),
}

/// Who received the request and will answer.
#[derive(Clone, Copy, PartialEq)]
enum Receiver {
    Interface(InterfaceId),
    Internet(IpAddr, Option<HostId>),
    Amazon(AmazonService, InterfaceId),
}

/// The packet ended here.
struct Dropped {
    place: Place,
    cause: Cause,
}

type Step<T> = Result<T, Dropped>;

const NOWHERE: Packet = Packet {
    protocol: Protocol::TCP,
    source: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    source_port: 0,
    destination: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    destination_port: 0,
    tcp: None,
    icmp: None,
};

impl<'n> Walk<'n> {
    pub fn new(network: &'n Network, rules: &'n Rules) -> Self {
        Self {
            network,
            rules,
            leg: Leg::Forward,
            packet: NOWHERE,
            hops: Vec::with_capacity(16),
            packet_in: NOWHERE,
            checks: Vec::new(),
            tracked: Vec::with_capacity(2),
            translated: Vec::new(),
            forwarders: Vec::new(),
            through_appliance: false,
            untranslated: None,
            blockers: None,
        }
    }

    /// Everything that would stop the request or the answer.
    pub fn all_blockers(mut self, probe: Probe) -> Vec<Blocker> {
        self.blockers = Some(Vec::new());
        let end = self.try_there_and_back(probe);
        let mut blockers = self.blockers.take().unwrap_or_default();
        if let Err(Dropped { place, cause }) = end {
            note(&mut blockers, Blocker { leg: self.leg, place, cause, packet: self.packet_in });
        }
        blockers
    }

    pub fn into_hops(self) -> Vec<Hop> {
        self.hops
    }

    /// The request, and the answer to it.
    pub fn there_and_back(&mut self, probe: Probe) -> Verdict {
        match self.try_there_and_back(probe) {
            Ok(verdict) => verdict,
            Err(Dropped { place, cause }) => Verdict::Dropped { leg: self.leg, place, cause },
        }
    }

    fn try_there_and_back(&mut self, probe: Probe) -> Step<Verdict> {
        let sender = self.address(probe)?;
        let request = self.packet;
        let receiver = self.go(match sender {
            Receiver::Interface(interface) => Stand::Leaving(interface),
            Receiver::Internet(address, _) => Stand::Host(address),
            Receiver::Amazon(service, interface) => Stand::Amazon(service, interface),
        })?;

        let answer = match receiver {
            Receiver::Interface(interface) => self.listening(interface).answer(&self.packet),
            Receiver::Internet(_, Some(host)) => {
                self.network.hosts[host].listening.answer(&self.packet)
            }
            Receiver::Internet(_, None) | Receiver::Amazon(..) => {
                Listening::Everywhere.answer(&self.packet)
            }
        };
        self.leg = Leg::Reply;
        self.packet = answer;
        self.forwarders.clear();
        self.through_appliance = false;
        let returned = self.go(match receiver {
            Receiver::Interface(interface) => Stand::Leaving(interface),
            Receiver::Internet(address, _) => Stand::Host(address),
            Receiver::Amazon(service, interface) => Stand::Amazon(service, interface),
        })?;

        if returned != sender || !self.packet.answers(&request) {
            return Err(self.misdirected());
        }
        let refused =
            answer.tcp == Some(TcpFlag::Rst) || answer.icmp == Some(IcmpKind::PortUnreachable);
        Ok(if refused { Verdict::Refused } else { Verdict::Delivered })
    }

    /// Walks until somebody receives the packet.
    ///
    /// It ends: whoever passes a packet on does so once per header and leg, and between two of
    /// these there are only a few steps.
    fn go(&mut self, mut stand: Stand) -> Step<Receiver> {
        loop {
            self.packet_in = self.packet;
            stand = match stand {
                Stand::Leaving(interface) => self.leave(interface)?,
                Stand::Inside(subnet) => self.cross(subnet)?,
                Stand::Entering(interface, from) => match self.enter(interface, from)? {
                    Some(onward) => onward,
                    None => return Ok(Receiver::Interface(interface)),
                },
                Stand::NatGateway(gateway, from) => self.translate(gateway, from)?,
                Stand::InternetGateway(gateway, from) => self.leave_vpc(gateway, from)?,
                Stand::Host(address) => self.send_from_host(address)?,
                Stand::Internet => match self.cross_internet()? {
                    Ok(onward) => onward,
                    Err(receiver) => return Ok(receiver),
                },
                Stand::Amazon(service, interface) if self.leg == Leg::Forward => {
                    self.end_hop(Place::Amazon(service), None);
                    return Ok(Receiver::Amazon(service, interface));
                }
                Stand::Amazon(service, interface) => {
                    self.end_hop(Place::Amazon(service), Some(self.packet));
                    Stand::Entering(interface, None)
                }
            };
        }
    }

    // ---- hops and checks

    fn look(&mut self, subject: Subject, outcome: Outcome) {
        self.checks.push(Check { subject, outcome, decisive: false });
    }

    fn decide(&mut self, subject: Subject, outcome: Outcome) {
        self.checks.push(Check { subject, outcome, decisive: true });
    }

    fn end_hop(&mut self, place: Place, packet_out: Option<Packet>) {
        self.hops.push(Hop {
            leg: self.leg,
            place,
            packet_in: self.packet_in,
            checks: std::mem::take(&mut self.checks),
            packet_out,
        });
        self.packet_in = self.packet;
    }

    /// Something stops the packet here. When all blockers are asked for, it is written down and the
    /// packet goes on as if it were not there.
    fn block(&mut self, place: Place, subject: Subject, cause: Cause) -> Step<()> {
        self.decide(subject, Outcome::Denies);
        self.stop(place, cause)
    }

    /// Like [`Walk::block`], when the decisive check is written down already.
    fn stop(&mut self, place: Place, cause: Cause) -> Step<()> {
        let (leg, packet) = (self.leg, self.packet_in);
        if let Some(blockers) = &mut self.blockers {
            note(blockers, Blocker { leg, place, cause, packet });
            return Ok(());
        }
        self.end_hop(place, None);
        Err(Dropped { place, cause })
    }

    fn drop(&mut self, place: Place, subject: Subject, cause: Cause) -> Dropped {
        self.decide(subject, Outcome::Denies);
        self.end_hop(place, None);
        Dropped { place, cause }
    }

    // ---- the ends

    /// Writes the header of the request, and says who sends it.
    fn address(&mut self, probe: Probe) -> Step<Receiver> {
        let network = self.network;
        let (sender, place) = match probe.from {
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => {
                (Receiver::Interface(id), Place::Interface(id, Direction::Egress))
            }
            ProbeEnd::Host(id) => {
                let address = network.hosts.get(id).map_or(Network::INTERNET, |it| it.address);
                (Receiver::Internet(address, Some(id)), Place::Internet(address, Some(id)))
            }
            ProbeEnd::Address(address) => {
                let host = network.host_at(address);
                (Receiver::Internet(address, host), Place::Internet(address, host))
            }
        };
        let has_ports = probe.protocol.has_ports();
        self.packet = Packet {
            protocol: probe.protocol,
            source_port: if has_ports { probe.source_port } else { 0 },
            destination_port: if has_ports { probe.port } else { 0 },
            tcp: (probe.protocol == Protocol::TCP).then_some(TcpFlag::Syn),
            icmp: probe.protocol.is_icmp().then_some(IcmpKind::EchoRequest),
            ..NOWHERE
        };
        self.packet_in = self.packet;

        let candidates = self.sources(sender, probe.protocol);
        let Some(&first) = candidates.first() else {
            return Err(self.drop(place, Subject::AddressFamily, Cause::AddressFamily));
        };
        let destination = self.destination(sender, probe.to, &candidates);
        self.packet.source = first;
        self.packet_in = self.packet;
        let destination = match (destination, probe.to) {
            (Some(destination), _) => destination,
            (None, ProbeEnd::PublicAddressOf(id)) if network.interfaces.get(id).is_some() => {
                // It has no public address. Behind that, it can be meant by its private one only.
                self.block(place, Subject::Owner, Cause::UnknownPublicAddress)?;
                let first = |it: &IpAddr| it.is_ipv4() == first.is_ipv4();
                let interface = &network.interfaces[id];
                match interface.addresses.iter().copied().find(first) {
                    Some(private) => private,
                    None => return Err(self.nobody(place)),
                }
            }
            (None, _) => return Err(self.nobody(place)),
        };
        if let ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) = probe.to
            && matches!(sender, Receiver::Internet(..))
            && network.public_owner(destination).is_none()
        {
            self.untranslated = Some(id);
        }
        self.packet.destination = destination;
        self.packet_in = self.packet;
        let like = |it: &&IpAddr| it.is_ipv4() == destination.is_ipv4();
        let Some(&source) = candidates.iter().find(like) else {
            return Err(self.drop(place, Subject::AddressFamily, Cause::AddressFamily));
        };
        self.packet.source = source;
        self.packet_in = self.packet;
        Ok(match sender {
            Receiver::Internet(_, host) => Receiver::Internet(source, host),
            other => other,
        })
    }

    fn nobody(&mut self, place: Place) -> Dropped {
        self.drop(place, Subject::Owner, Cause::UnknownPublicAddress)
    }

    /// The addresses that a sender may send from.
    fn sources(&self, sender: Receiver, protocol: Protocol) -> Vec<IpAddr> {
        let mut addresses = match sender {
            Receiver::Interface(id) => {
                self.network.interfaces.get(id).map_or_else(Vec::new, |it| it.addresses.clone())
            }
            Receiver::Internet(Network::INTERNET, None) => {
                vec![Network::INTERNET, Network::INTERNET_V6]
            }
            Receiver::Internet(address, _) => vec![address],
            Receiver::Amazon(..) => Vec::new(),
        };
        addresses.retain(|it| match protocol {
            Protocol::ICMP => it.is_ipv4(),
            Protocol::ICMPV6 => it.is_ipv6(),
            _ => true,
        });
        addresses
    }

    /// The address that the sender dials: see [`ProbeEnd`].
    fn destination(&self, sender: Receiver, to: ProbeEnd, sources: &[IpAddr]) -> Option<IpAddr> {
        let network = self.network;
        let reachable = |it: &IpAddr| sources.iter().any(|source| source.is_ipv4() == it.is_ipv4());
        match to {
            ProbeEnd::Address(address) => Some(address),
            ProbeEnd::Host(id) => network.hosts.get(id).map(|it| it.address),
            ProbeEnd::PublicAddressOf(id) => {
                let public = network.interfaces.get(id)?.public_address?;
                Some(public.address.into())
            }
            ProbeEnd::Interface(id) => {
                let interface = network.interfaces.get(id)?;
                let private = interface.addresses.iter().copied();
                let public = interface.public_address.map(|it| it.address.into());
                let inside = matches!(sender, Receiver::Interface(from)
                    if network.interfaces.get(from).is_some()
                        && network.vpc_of(from) == network.vpc_of(id));
                if inside {
                    let first = private.clone().next();
                    private.clone().find(reachable).or(first)
                } else {
                    // IPv6 addresses are public, private IPv4 ones are dialled for want of better.
                    let v6 = private.clone().filter(IpAddr::is_ipv6);
                    let first = private.clone().next();
                    public.into_iter().chain(v6).chain(private).find(reachable).or(first)
                }
            }
        }
    }

    fn listening(&self, interface: InterfaceId) -> &'n Listening {
        match self.network.interfaces[interface].kind {
            InterfaceKind::Instance(instance) => &self.network.instances[instance].listening,
            InterfaceKind::NatGateway | InterfaceKind::Service | InterfaceKind::Unattached => {
                &Listening::Everywhere
            }
        }
    }

    fn misdirected(&mut self) -> Dropped {
        // The last hop received it; in truth it throws it away.
        let last = self.hops.last_mut().expect("the answer was received");
        for check in &mut last.checks {
            check.decisive = false;
        }
        last.checks.push(Check {
            subject: Subject::Expected,
            outcome: Outcome::Denies,
            decisive: true,
        });
        Dropped { place: last.place, cause: Cause::Misdirected }
    }

    // ---- interfaces

    /// Out of an interface: does it run, is the source its own, do its groups agree?
    fn leave(&mut self, id: InterfaceId) -> Step<Stand> {
        let place = Place::Interface(id, Direction::Egress);
        let Some(interface) = self.network.interfaces.get(id) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        self.running(id, place)?;
        self.source_dest_check(id, self.packet.source, place)?;
        let vpc = &self.network.vpcs[self.network.subnets[interface.subnet].vpc];
        if self.leg == Leg::Forward
            && let Some(service) = AmazonService::of(vpc, &self.packet)
        {
            self.decide(Subject::NeverFiltered(service), Outcome::Allows);
            self.end_hop(place, Some(self.packet));
            return Ok(Stand::Amazon(service, id));
        }
        self.security_groups(id, Direction::Egress)?;
        self.end_hop(place, Some(self.packet));
        Ok(Stand::Inside(interface.subnet))
    }

    /// Into an interface. `None` when its owner received the packet.
    fn enter(&mut self, id: InterfaceId, from: Option<SubnetId>) -> Step<Option<Stand>> {
        let interface = &self.network.interfaces[id];
        let place = Place::Interface(id, Direction::Ingress);
        if let Some(Hop { place: Place::Amazon(service), .. }) = self.hops.last() {
            self.decide(Subject::NeverFiltered(*service), Outcome::Allows);
            self.end_hop(place, None);
            return Ok(None);
        }
        if from != Some(interface.subnet) {
            self.network_acl(interface.subnet, Direction::Ingress)?;
        }
        if interface.kind == InterfaceKind::NatGateway
            && let Some(gateway) = self.network.nat_gateway_of(id)
        {
            return self.answer_to_nat_gateway(gateway, id).map(Some);
        }
        self.security_groups(id, Direction::Ingress)?;
        self.source_dest_check(id, self.packet.destination, place)?;
        self.running(id, place)?;
        let own = interface.has(self.packet.destination);
        if own && !self.undo_translation(id) {
            if self.leg == Leg::Forward {
                let open =
                    self.listening(id).answers(self.packet.protocol, self.packet.destination_port);
                let outcome = if open { Outcome::Allows } else { Outcome::Denies };
                self.checks.iter_mut().for_each(|check| check.decisive &= open);
                self.checks.push(Check { subject: Subject::Listening, outcome, decisive: !open });
            }
            self.end_hop(place, None);
            return Ok(None);
        }
        self.forward(id, place)?;
        self.end_hop(place, Some(self.packet));
        Ok(Some(Stand::Leaving(id)))
    }

    /// Is it attached to something that runs?
    fn running(&mut self, id: InterfaceId, place: Place) -> Step<()> {
        let cause = match self.network.interfaces[id].kind {
            InterfaceKind::Instance(instance) => {
                match self.network.instances.get(instance).map(|it| it.state) {
                    Some(InstanceState::Running) => None,
                    Some(InstanceState::Stopped) => Some(Cause::InstanceNotRunning),
                    None => Some(Cause::NotAttached),
                }
            }
            InterfaceKind::Unattached => Some(Cause::NotAttached),
            InterfaceKind::NatGateway | InterfaceKind::Service => None,
        };
        match cause {
            Some(cause) => self.block(place, Subject::InstanceState(id), cause),
            None => Ok(()),
        }
    }

    /// An interface drops what is neither from nor to itself, unless the check is off
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
    fn source_dest_check(&mut self, id: InterfaceId, address: IpAddr, place: Place) -> Step<()> {
        let interface = &self.network.interfaces[id];
        if interface.source_dest_check && !interface.has(address) {
            return self.block(place, Subject::SourceDestCheck(id), Cause::SourceDestCheck);
        }
        self.look(Subject::SourceDestCheck(id), Outcome::Allows);
        Ok(())
    }

    /// The united rules of an interface's groups
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>). A NAT
    /// gateway has none (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>).
    fn security_groups(&mut self, id: InterfaceId, direction: Direction) -> Step<()> {
        let interface = &self.network.interfaces[id];
        if interface.kind == InterfaceKind::NatGateway {
            return Ok(());
        }
        if self.rules.security_groups_are_stateful && self.is_tracked(id, direction) {
            self.decide(Subject::TrackedConnection, Outcome::Allows);
            return Ok(());
        }
        let mut admitted = false;
        let mut lost = false;
        for &group_id in &interface.security_groups {
            let Some(group) = self.network.security_groups.get(group_id) else { continue };
            for (place, rule) in group.rules(direction).iter().enumerate() {
                // Groups do not survive an appliance in between; addresses do
                // (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
                let group_known = direction == Direction::Egress || !self.through_appliance;
                let outcome = match rule.differs(self.network, direction, &self.packet) {
                    Some(field) => Outcome::NoMatch(field),
                    None if !group_known && rule.peer.is_group() => Outcome::GroupLost,
                    None => Outcome::Allows,
                };
                let first = outcome == Outcome::Allows && !admitted;
                admitted |= first;
                lost |= outcome == Outcome::GroupLost;
                let subject = Subject::SecurityGroupRule(group_id, direction, place);
                self.checks.push(Check { subject, outcome, decisive: first });
            }
        }
        if !admitted {
            let cause = if lost { Cause::GroupNotPreserved } else { Cause::NoSecurityGroupRule };
            self.block(Place::Interface(id, direction), Subject::NoSecurityGroupRule, cause)?;
        }
        self.tracked.push((id, direction, self.packet));
        Ok(())
    }

    /// Did the interface's groups let the other direction of this connection pass?
    fn is_tracked(&self, id: InterfaceId, direction: Direction) -> bool {
        self.tracked.iter().any(|(interface, passed, packet)| {
            *interface == id && *passed != direction && self.packet.answers(packet)
        })
    }

    /// An instance passes on somebody else's packet.
    fn forward(&mut self, id: InterfaceId, place: Place) -> Step<()> {
        let interface = &self.network.interfaces[id];
        let forwarding = match interface.kind {
            InterfaceKind::Instance(instance) => self.network.instances[instance].forwarding,
            _ => Forwarding::Routes,
        };
        if forwarding == Forwarding::Off {
            self.block(place, Subject::Forwarding(id), Cause::NotForwarded)?;
        } else {
            self.look(Subject::Forwarding(id), Outcome::Allows);
        }
        self.once(place)?;
        self.through_appliance = true;
        let vpc = &self.network.vpcs[self.network.vpc_of(id)];
        if forwarding == Forwarding::Translates
            && self.leg == Leg::Forward
            && !vpc.contains(self.packet.destination)
            && let Some(own) = interface.address_like(self.packet.destination)
        {
            let after = Packet { source: own, ..self.packet };
            self.translated.push(Translation { by: id, before: self.packet, after });
            self.packet = after;
        }
        Ok(())
    }

    /// Passing on the same header twice would go on for ever.
    fn once(&mut self, place: Place) -> Step<()> {
        if self.forwarders.contains(&(place, self.packet)) {
            return Err(self.drop(place, Subject::Loop, Cause::Loop));
        }
        self.forwarders.push((place, self.packet));
        Ok(())
    }

    /// Gives an answer back the address that a translator had replaced. Says whether it did.
    fn undo_translation(&mut self, by: InterfaceId) -> bool {
        if self.leg == Leg::Forward {
            return false;
        }
        let packet = self.packet;
        let Some(translation) =
            self.translated.iter().find(|it| it.by == by && packet.answers(&it.after))
        else {
            return false;
        };
        self.packet.destination = translation.before.source;
        if packet.protocol.has_ports() {
            self.packet.destination_port = translation.before.source_port;
        }
        true
    }

    // ---- subnets

    /// From inside a subnet to wherever the header says.
    fn cross(&mut self, id: SubnetId) -> Step<Stand> {
        let subnet = &self.network.subnets[id];
        let to = self.packet.destination;
        if subnet.contains(to) {
            // Neighbours meet on the link: no list and no table is asked
            // (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
            return match self.network.interface_in(subnet.vpc, to) {
                Some(neighbour) => Ok(Stand::Entering(neighbour, Some(id))),
                None => Err(self.drop(Place::Subnet(id), Subject::Owner, Cause::NoOwner)),
            };
        }
        let table_id = self.network.route_table_of(id);
        let table = &self.network.route_tables[table_id];
        let chosen = table.decide(to, self.rules);
        let target = chosen.map(|it| &table.routes[it].target);

        // A target in the same subnet is a neighbour too: the packet does not cross the edge.
        let next_door = match target {
            Some(Target::Interface(interface)) => {
                self.network.interfaces.get(*interface).is_some_and(|it| it.subnet == id)
            }
            Some(Target::NatGateway(gateway)) => {
                self.network.nat_gateways.get(*gateway).is_some_and(|it| it.subnet == id)
            }
            _ => false,
        };
        if !next_door {
            self.network_acl(id, Direction::Egress)?;
        }

        let place = Place::RouteTable(table_id, id);
        for route in 0..table.routes.len() {
            let outcome = table.outcome(route, to, chosen, *self.rules);
            let decisive = chosen == Some(route);
            let subject = Subject::Route(table_id, route);
            self.checks.push(Check { subject, outcome, decisive });
        }
        let next = match target {
            None => return Err(self.drop(place, Subject::NoRoute(table_id), Cause::NoRoute)),
            Some(Target::Gone(_)) => return Err(self.blackhole(place)),
            Some(Target::Local) => {
                let Some(interface) = self.network.interface_in(subnet.vpc, to) else {
                    self.checks.iter_mut().for_each(|it| it.decisive = false);
                    return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
                };
                Stand::Entering(interface, Some(id))
            }
            Some(Target::Interface(interface)) => {
                let attached = self.network.interfaces.get(*interface).map(|it| it.kind);
                if matches!(attached, None | Some(InterfaceKind::Unattached)) {
                    return Err(self.blackhole(place));
                }
                Stand::Entering(*interface, Some(id))
            }
            Some(Target::NatGateway(gateway)) => {
                if self.network.nat_gateways.get(*gateway).is_none() {
                    return Err(self.blackhole(place));
                }
                Stand::NatGateway(*gateway, id)
            }
            Some(Target::InternetGateway(gateway)) => {
                if self.network.internet_gateways.get(*gateway).is_none() {
                    return Err(self.blackhole(place));
                }
                Stand::InternetGateway(*gateway, id)
            }
        };
        self.end_hop(place, Some(self.packet));
        Ok(next)
    }

    /// The chosen route leads nowhere any more.
    fn blackhole(&mut self, place: Place) -> Dropped {
        for check in &mut self.checks {
            if check.decisive {
                check.outcome = Outcome::Denies;
            }
        }
        self.end_hop(place, None);
        Dropped { place, cause: Cause::Blackhole }
    }

    /// The list at a subnet's edge. It remembers nothing: answers are looked at like anything else
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>).
    fn network_acl(&mut self, subnet: SubnetId, direction: Direction) -> Step<()> {
        let id = self.network.network_acl_of(subnet);
        let place = Place::NetworkAcl(id, subnet, direction);
        if !self.rules.network_acls_are_stateless && self.leg == Leg::Reply {
            self.decide(Subject::TrackedConnection, Outcome::Allows);
            self.end_hop(place, Some(self.packet));
            return Ok(());
        }
        let acl = &self.network.network_acls[id];
        let decided = acl.decide(direction, &self.packet, self.rules);
        for entry in acl.entries(direction) {
            let decisive = decided.is_some_and(|it| it.number == entry.number);
            let outcome = match entry.differs(direction, &self.packet) {
                _ if decisive && entry.action == AclAction::Allow => Outcome::Allows,
                _ if decisive => Outcome::Denies,
                _ if decided.is_some_and(|it| it.number < entry.number) => Outcome::NotReached,
                Some(field) => Outcome::NoMatch(field),
                None => Outcome::NotReached,
            };
            let subject = Subject::AclEntry(id, direction, entry.number);
            self.checks.push(Check { subject, outcome, decisive });
        }
        let closing = Subject::AclDefault(id, direction);
        match decided {
            Some(entry) => {
                self.look(closing, Outcome::NotReached);
                if entry.action == AclAction::Deny {
                    self.stop(place, Cause::AclDenies(Some(entry.number)))?;
                }
            }
            None => self.block(place, closing, Cause::AclDenies(None))?,
        }
        self.end_hop(place, Some(self.packet));
        Ok(())
    }

    // ---- NAT gateways

    /// Through a NAT gateway, outwards. Its subnet's list is asked on the way in, and again on the
    /// way out (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>).
    fn translate(&mut self, id: NatGatewayId, from: SubnetId) -> Step<Stand> {
        let gateway = &self.network.nat_gateways[id];
        let place = Place::NatGateway(id, Direction::Egress);
        if gateway.subnet != from {
            self.network_acl(gateway.subnet, Direction::Ingress)?;
        }
        if gateway.state != NatGatewayState::Available {
            self.block(place, Subject::NatState(id), Cause::NatNotAvailable)?;
        } else {
            self.look(Subject::NatState(id), Outcome::Allows);
        }
        let own = self.network.interfaces[gateway.interface].private_ipv4();
        let Some(own) = own.filter(|_| nat_gateway::translates(&self.packet)) else {
            return Err(self.drop(place, Subject::NatProtocol(id), Cause::NatProtocol));
        };
        self.decide(Subject::NatProtocol(id), Outcome::Allows);
        self.once(place)?;
        let after = nat_gateway::translate(self.packet, own);
        self.translated.push(Translation { by: gateway.interface, before: self.packet, after });
        self.packet = after;
        self.end_hop(place, Some(after));
        Ok(Stand::Inside(gateway.subnet))
    }

    /// Into a NAT gateway: answers to what it sent, and nothing else. It accepts no connection and
    /// answers no ping, on either address
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>).
    fn answer_to_nat_gateway(&mut self, id: NatGatewayId, interface: InterfaceId) -> Step<Stand> {
        let place = Place::NatGateway(id, Direction::Ingress);
        if !self.undo_translation(interface) {
            return Err(self.drop(place, Subject::NatConnection(id), Cause::NatUnsolicited));
        }
        self.decide(Subject::NatConnection(id), Outcome::Allows);
        self.end_hop(place, Some(self.packet));
        Ok(Stand::Inside(self.network.nat_gateways[id].subnet))
    }

    // ---- the internet

    /// Out of the VPC through an internet gateway, which puts the public address that belongs to
    /// the private source in its place, one to one
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
    fn leave_vpc(&mut self, id: InternetGatewayId, from: SubnetId) -> Step<Stand> {
        let place = Place::InternetGateway(id, Direction::Egress);
        let vpc = self.network.subnets[from].vpc;
        if self.network.internet_gateways[id].vpc != Some(vpc) {
            self.block(place, Subject::Attachment(id), Cause::GatewayDetached)?;
        } else {
            self.look(Subject::Attachment(id), Outcome::Allows);
        }
        if let Some(cause) = internet_gateway::rejects_destination(self.packet.destination) {
            return Err(self.drop(place, Subject::InternetAddress(id), cause));
        }
        self.look(Subject::InternetAddress(id), Outcome::Allows);
        let source = self.packet.source;
        let owner = self.network.interface_in(vpc, source);
        let public = owner.map(|it| &self.network.interfaces[it]).and_then(|it| match source {
            IpAddr::V4(_) if it.private_ipv4() == Some(source) => {
                it.public_address.map(|public| public.address.into())
            }
            IpAddr::V4(_) => None,
            IpAddr::V6(_) => Some(source),
        });
        if let Some(public) = public {
            self.packet.source = public;
            self.decide(Subject::PublicAddress(id), Outcome::Allows);
        } else if self.rules.internet_needs_public_address {
            self.block(place, Subject::PublicAddress(id), Cause::NoPublicAddress)?;
            self.untranslated = owner;
        } else {
            self.decide(Subject::PublicAddress(id), Outcome::Allows);
            self.untranslated = owner;
        }
        self.end_hop(place, Some(self.packet));
        Ok(Stand::Internet)
    }

    /// A host on the internet sends.
    fn send_from_host(&mut self, address: IpAddr) -> Step<Stand> {
        let host = self.network.host_at(address);
        let to = self.packet.destination;
        let place = Place::Internet(address, host);
        // From here only what the scene names can be meant.
        let nameless =
            self.network.public_owner(to).is_none() && self.network.host_at(to).is_none();
        if self.leg == Leg::Forward && nameless {
            if self.owner_on_the_internet(to).is_none() {
                return Err(self.nobody(place));
            }
            self.block(place, Subject::Owner, Cause::UnknownPublicAddress)?;
        }
        if let Some(owner) = self.owner_on_the_internet(to)
            && self.network.internet_gateway_of(self.network.vpc_of(owner)).is_none()
        {
            self.block(place, Subject::Owner, Cause::NoInternetGateway)?;
        }
        self.end_hop(place, Some(self.packet));
        Ok(Stand::Internet)
    }

    /// The interface that is meant by an address on the internet: its public one, or, where the
    /// walk went on without one, its private one.
    fn owner_on_the_internet(&self, to: IpAddr) -> Option<InterfaceId> {
        self.network.public_owner(to).or_else(|| {
            self.untranslated.filter(|it| self.network.interfaces[*it].private_ipv4() == Some(to))
        })
    }

    /// Across the internet: into a VPC through its gateway, or to a host.
    fn cross_internet(&mut self) -> Step<Result<Stand, Receiver>> {
        let to = self.packet.destination;
        let host = self.network.host_at(to);
        let place = Place::Internet(to, host);
        if let Some(owner) = self.owner_on_the_internet(to) {
            let vpc = self.network.vpc_of(owner);
            if let Some(gateway) = self.network.internet_gateway_of(vpc) {
                return self.enter_vpc(gateway, owner).map(Ok);
            }
            self.block(place, Subject::Owner, Cause::NoInternetGateway)?;
            self.to_private(owner);
            self.end_hop(place, Some(self.packet));
            return Ok(Ok(Stand::Entering(owner, None)));
        }
        if !is_on_the_internet(to) {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        }
        if self.leg == Leg::Forward {
            let (protocol, port) = (self.packet.protocol, self.packet.destination_port);
            match host.map(|it| &self.network.hosts[it].listening) {
                Some(listening) if !listening.answers(protocol, port) => {
                    self.decide(Subject::Listening, Outcome::Denies);
                }
                _ => self.look(Subject::Listening, Outcome::Allows),
            }
        }
        self.end_hop(place, None);
        Ok(Err(Receiver::Internet(to, host)))
    }

    /// Into a VPC through its internet gateway, which puts the private address back.
    fn enter_vpc(&mut self, id: InternetGatewayId, owner: InterfaceId) -> Step<Stand> {
        let place = Place::InternetGateway(id, Direction::Ingress);
        self.look(Subject::Attachment(id), Outcome::Allows);
        if let Some(cause) = internet_gateway::rejects_source(self.packet.source) {
            return Err(self.drop(place, Subject::InternetAddress(id), cause));
        }
        self.look(Subject::InternetAddress(id), Outcome::Allows);
        self.to_private(owner);
        self.decide(Subject::PublicAddress(id), Outcome::Allows);
        self.end_hop(place, Some(self.packet));
        Ok(Stand::Entering(owner, None))
    }

    /// The private address in the place of the public one. IPv6 addresses stay as they are.
    fn to_private(&mut self, owner: InterfaceId) {
        if self.packet.destination.is_ipv4()
            && let Some(private) = self.network.interfaces[owner].private_ipv4()
        {
            self.packet.destination = private;
        }
    }
}

/// Writes a blocker down, once: what is missing on the way out is missing on the way in.
fn note(blockers: &mut Vec<Blocker>, new: Blocker) {
    let same_lack = |one: Cause, other: Cause| {
        let lacks_address = |it| matches!(it, Cause::NoPublicAddress | Cause::UnknownPublicAddress);
        let lacks_gateway = |it| matches!(it, Cause::GatewayDetached | Cause::NoInternetGateway);
        lacks_address(one) && lacks_address(other) || lacks_gateway(one) && lacks_gateway(other)
    };
    let known = blockers.iter().any(|old| {
        (old.leg, old.place, old.cause) == (new.leg, new.place, new.cause)
            || same_lack(old.cause, new.cause)
    });
    if !known {
        blockers.push(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Change, Peer, Trace, sample::*, trace},
        net::{Cidr, Ports},
    };

    /// Sends a probe, and compares the way it took.
    fn check(sample: &Sample, probe: Probe, expected: &str) -> Trace {
        let trace = trace(&sample.network, probe, &Rules::AWS);
        assert_eq!(story(&sample.network, &trace), expected);
        trace
    }

    fn tcp(from: ProbeEnd, to: ProbeEnd) -> Probe {
        Probe::new(from, to, Protocol::TCP, 443)
    }

    fn of(interface: InterfaceId) -> ProbeEnd {
        ProbeEnd::Interface(interface)
    }

    fn at(address: &str) -> ProbeEnd {
        ProbeEnd::Address(ip(address))
    }

    /// A list that lets nothing pass, for a subnet.
    fn closed_list(sample: &mut Sample, subnet: SubnetId) -> crate::cloud::NetworkAclId {
        let change = Change::CreateNetworkAcl { name: "closed".into(), vpc: sample.vpc };
        let acl = made!(sample.network, NetworkAcl, change);
        sample.apply(Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
        acl
    }

    fn admit(
        sample: &mut Sample,
        acl: crate::cloud::NetworkAclId,
        direction: Direction,
        ports: Ports,
    ) {
        let number = 10 + sample.network.network_acls()[acl].entries(direction).len() as u16;
        let (protocol, cidr) = (Some(Protocol::TCP), Cidr::ANY_V4);
        let action = AclAction::Allow;
        let entry = crate::cloud::AclEntry { number, action, protocol, ports, cidr };
        sample.apply(Change::CreateNetworkAclEntry { acl, direction, entry });
    }

    #[test]
    fn the_internet_gateway_translates_one_to_one_in_both_directions() {
        let sample = Sample::new();
        let trace = check(
            &sample,
            tcp(ProbeEnd::Host(sample.client), of(sample.web)),
            "client, igw in, acl public in, web in | \
             web out, acl public out, routes public, igw out, client: delivered",
        );
        let headers: Vec<String> = trace.hops.iter().map(|hop| hop.packet_in.to_string()).collect();
        let (outside, inside) =
            ("tcp 203.0.113.9:49152 > 203.0.113.10:443", "tcp 203.0.113.9:49152 > 10.0.0.10:443");
        let (back_inside, back_outside) =
            ("tcp 10.0.0.10:443 > 203.0.113.9:49152", "tcp 203.0.113.10:443 > 203.0.113.9:49152");
        assert_eq!(
            headers,
            [
                outside,
                outside,
                inside,
                inside,
                back_inside,
                back_inside,
                back_inside,
                back_inside,
                back_outside
            ]
        );
    }

    #[test]
    fn without_a_public_address_nobody_leaves_through_the_internet_gateway() {
        let mut sample = Sample::new();
        sample.apply(Change::DisassociateAddress { interface: sample.web });
        check(
            &sample,
            tcp(of(sample.web), INTERNET),
            "web out, acl public out, routes public, igw out: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        );
        check(
            &sample,
            tcp(INTERNET, of(sample.web)),
            "198.51.100.1: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        );
        check(
            &sample,
            tcp(INTERNET, ProbeEnd::PublicAddressOf(sample.web)),
            "198.51.100.1: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        );
    }

    #[test]
    fn a_public_address_in_a_private_subnet_gets_requests_and_answers_nobody() {
        let mut sample = Sample::new();
        sample.apply(Change::AssociateAddress { interface: sample.app, address: None });
        let table = sample.private_table;
        sample.apply(Change::DeleteRoute { table, destination: Cidr::ANY_V4 });
        check(
            &sample,
            tcp(INTERNET, of(sample.app)),
            "198.51.100.1, igw in, acl private in, app in | \
             app out, acl private out, routes private: NO_ROUTE_TO_DESTINATION",
        );
    }

    #[test]
    fn a_detached_gateway_carries_nothing() {
        let mut sample = Sample::new();
        sample.network.update(sample.gateway, |it| it.vpc = None);
        check(
            &sample,
            tcp(of(sample.web), INTERNET),
            "web out, acl public out, routes public, igw out: BAD_STATE_ATTACHMENT",
        );
        check(&sample, tcp(INTERNET, of(sample.web)), "198.51.100.1: BAD_STATE_ATTACHMENT");
    }

    #[test]
    fn the_internet_gateway_rejects_private_ends() {
        let sample = Sample::new();
        let out = "web out, acl public out, routes public, igw out";
        check(
            &sample,
            tcp(of(sample.web), at("192.168.1.1")),
            &format!("{out}: IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"),
        );
        check(
            &sample,
            tcp(of(sample.web), at("100.64.1.1")),
            &format!("{out}: IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"),
        );
        check(
            &sample,
            tcp(at("10.9.9.9"), of(sample.web)),
            "10.9.9.9, igw in: IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS",
        );
    }

    #[test]
    fn a_nat_gateway_translates_and_its_list_is_asked_four_times() {
        let sample = Sample::new();
        let trace = check(
            &sample,
            tcp(of(sample.app), INTERNET),
            "app out, acl private out, routes private, acl public in, nat out, acl public out, \
             routes public, igw out, 198.51.100.1 | \
             198.51.100.1, igw in, acl public in, nat in, acl public out, routes public, \
             acl private in, app in: delivered",
        );
        // The first port that a NAT gateway may use: lists must admit it.
        assert_eq!(
            trace.received().map(ToString::to_string).as_deref(),
            Some("tcp 203.0.113.20:1024 > 198.51.100.1:443")
        );
    }

    #[test]
    fn the_list_of_the_nat_gateways_subnet_must_admit_all_its_ports() {
        for (low, expected) in [(1024, "delivered"), (32768, "SUBNET_ACL_RESTRICTION")] {
            let mut sample = Sample::new();
            let public = sample.public;
            let acl = closed_list(&mut sample, public);
            admit(&mut sample, acl, Direction::Egress, Ports::ALL);
            admit(&mut sample, acl, Direction::Ingress, Ports::one(443));
            admit(&mut sample, acl, Direction::Ingress, Ports::new(low, 65535).unwrap());
            let trace = trace(&sample.network, tcp(of(sample.app), INTERNET), &Rules::AWS);
            let story = story(&sample.network, &trace);
            assert!(story.ends_with(expected), "{low}: {story}");
        }
    }

    #[test]
    fn nobody_starts_anything_to_a_nat_gateway() {
        let sample = Sample::new();
        check(
            &sample,
            tcp(INTERNET, at("203.0.113.20")),
            "198.51.100.1, igw in, acl public in, nat in: NAT_UNSOLICITED",
        );
        let ping = Probe::new(of(sample.web), at("10.0.0.20"), Protocol::ICMP, 0);
        check(&sample, ping, "web out, nat in: NAT_UNSOLICITED");
    }

    #[test]
    fn a_nat_gateway_wants_to_work_and_a_protocol_it_knows() {
        let mut sample = Sample::new();
        let gre = Probe::new(of(sample.app), INTERNET, Protocol(47), 0);
        let way = "app out, acl private out, routes private, acl public in, nat out";
        check(&sample, gre, &format!("{way}: PROTOCOL_RESTRICTION"));
        sample.network.update(sample.nat, |it| it.state = NatGatewayState::Failed);
        check(&sample, tcp(of(sample.app), INTERNET), &format!("{way}: BAD_STATE"));
        sample.apply(Change::DeleteNatGateway { gateway: sample.nat });
        check(
            &sample,
            tcp(of(sample.app), INTERNET),
            "app out, acl private out, routes private: BAD_STATE_ROUTE",
        );
    }

    #[test]
    fn a_private_nat_gateway_ends_at_the_internet_gateway() {
        let mut sample = Sample::new();
        let interface = sample.network.nat_gateways()[sample.nat].interface;
        sample.network.update(interface, |it| it.public_address = None);
        check(
            &sample,
            tcp(of(sample.app), INTERNET),
            "app out, acl private out, routes private, acl public in, nat out, acl public out, \
             routes public, igw out: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        );
    }

    #[test]
    fn inside_a_vpc_both_lists_are_asked_and_between_neighbours_none() {
        let mut sample = Sample::new();
        check(
            &sample,
            tcp(of(sample.web), of(sample.app)),
            "web out, acl public out, routes public, acl private in, app in | \
             app out, acl private out, routes private, acl public in, web in: delivered",
        );
        let public = sample.public;
        closed_list(&mut sample, public);
        let near = sample.run("near", public, "10.0.0.11");
        check(
            &sample,
            tcp(of(sample.web), of(near)),
            "web out, near in | near out, web in: delivered",
        );
        check(
            &sample,
            tcp(of(sample.web), at("10.0.0.99")),
            "web out, link public: NO_POSSIBLE_DESTINATION",
        );
    }

    #[test]
    fn answers_leave_through_the_list_to_the_clients_port() {
        let mut sample = Sample::new();
        let public = sample.public;
        let acl = closed_list(&mut sample, public);
        admit(&mut sample, acl, Direction::Ingress, Ports::one(443));
        let probe = tcp(INTERNET, of(sample.web));
        let there = "198.51.100.1, igw in, acl public in, web in";
        check(
            &sample,
            probe,
            &format!("{there} | web out, acl public out: SUBNET_ACL_RESTRICTION"),
        );
        admit(&mut sample, acl, Direction::Egress, Ports::one(Probe::SOURCE_PORT));
        check(
            &sample,
            probe,
            &format!(
                "{there} | web out, acl public out, routes public, igw out, 198.51.100.1: delivered"
            ),
        );
    }

    #[test]
    fn a_closed_port_refuses_and_the_refusal_travels_like_any_answer() {
        let mut sample = Sample::new();
        let listening = Some(Listening::On(vec![(Protocol::TCP, Ports::one(80))]));
        let instance = sample.instance(sample.web);
        sample.apply(Change::ConfigureInstance { instance, listening, forwarding: None });
        let there = "198.51.100.1, igw in, acl public in, web in";
        let back = "web out, acl public out, routes public, igw out, 198.51.100.1";
        let probe = tcp(INTERNET, of(sample.web));
        let trace = check(&sample, probe, &format!("{there} | {back}: refused"));
        assert_eq!(trace.last().packet_in.tcp, Some(TcpFlag::Rst));
        let udp = Probe::new(INTERNET, of(sample.web), Protocol::UDP, 53);
        let trace = check(&sample, udp, &format!("{there} | {back}: refused"));
        assert_eq!(trace.last().packet_in.icmp, Some(IcmpKind::PortUnreachable));
        // A list that admits TCP only lets the RST go, and not the ICMP message.
        let public = sample.public;
        let acl = closed_list(&mut sample, public);
        sample.network.update(acl, |it| {
            let entry = |protocol| crate::cloud::AclEntry {
                number: 1,
                action: AclAction::Allow,
                protocol,
                ports: Ports::ALL,
                cidr: Cidr::ANY_V4,
            };
            it.ingress = vec![entry(None)];
            it.egress = vec![entry(Some(Protocol::TCP))];
        });
        check(&sample, probe, &format!("{there} | {back}: refused"));
        check(&sample, udp, &format!("{there} | web out, acl public out: SUBNET_ACL_RESTRICTION"));
    }

    #[test]
    fn ping_is_answered_through_nat_and_back() {
        let sample = Sample::new();
        let probe = Probe::new(of(sample.app), ProbeEnd::Host(sample.client), Protocol::ICMP, 0);
        let ping = trace(&sample.network, probe, &Rules::AWS);
        assert_eq!(ping.verdict, Verdict::Delivered);
        assert_eq!(ping.last().packet_in.icmp, Some(IcmpKind::EchoReply));
        assert_eq!(ping.last().packet_in.destination, ip("10.0.1.10"));
    }

    #[test]
    fn one_can_dial_a_neighbours_public_address_through_the_gateway_and_back() {
        let mut sample = Sample::new();
        let public = sample.public;
        let other = sample.run("other", public, "10.0.0.11");
        sample.apply(Change::AssociateAddress { interface: other, address: None });
        check(
            &sample,
            tcp(of(sample.web), ProbeEnd::PublicAddressOf(other)),
            "web out, acl public out, routes public, igw out, igw in, acl public in, other in | \
             other out, acl public out, routes public, igw out, igw in, acl public in, web in: \
             delivered",
        );
    }

    #[test]
    fn who_does_not_run_neither_sends_nor_answers() {
        let mut sample = Sample::new();
        let instance = sample.instance(sample.web);
        sample.apply(Change::StopInstance { instance });
        check(&sample, tcp(of(sample.web), INTERNET), "web out: INSTANCE_NOT_RUNNING");
        check(
            &sample,
            tcp(INTERNET, of(sample.web)),
            "198.51.100.1, igw in, acl public in, web in: INSTANCE_NOT_RUNNING",
        );
    }

    /// A firewall in a subnet of its own, through which `web` reaches `app` and is answered.
    fn with_firewall(forwarding: Forwarding) -> (Sample, InterfaceId) {
        let mut sample = Sample::new();
        let (vpc, zone) = (sample.vpc, crate::cloud::Zone("a".into()));
        let (name, cidr) = ("middle".into(), cidr("10.0.2.0/24"));
        let change = Change::CreateSubnet { name, vpc, zone, cidr };
        let middle = made!(sample.network, Subnet, change);
        let firewall = sample.run("firewall", middle, "10.0.2.10");
        for (table, subnet) in
            [(sample.public_table, sample.private), (sample.private_table, sample.public)]
        {
            let destination = sample.network.subnets()[subnet].cidr;
            let target = Target::Interface(firewall);
            sample.apply(Change::CreateRoute { table, destination, target });
        }
        let instance = sample.instance(firewall);
        let forwarding = Some(forwarding);
        sample.apply(Change::ConfigureInstance { instance, listening: None, forwarding });
        (sample, firewall)
    }

    #[test]
    fn an_appliance_passes_packets_on_when_neither_aws_nor_its_system_minds() {
        let (mut sample, interface) = with_firewall(Forwarding::Routes);
        let probe = tcp(of(sample.web), of(sample.app));
        let to_firewall = "web out, acl public out, routes public, acl middle in, firewall in";
        check(&sample, probe, &format!("{to_firewall}: ENI_SOURCE_DEST_CHECK_RESTRICTION"));
        sample.apply(Change::ModifySourceDestCheck { interface, on: false });
        check(
            &sample,
            probe,
            "web out, acl public out, routes public, acl middle in, firewall in, firewall out, \
             acl middle out, routes vpc-main, acl private in, app in | \
             app out, acl private out, routes private, acl middle in, firewall in, firewall out, \
             acl middle out, routes vpc-main, acl public in, web in: delivered",
        );
        let (sample, interface) = {
            let (mut sample, interface) = with_firewall(Forwarding::Off);
            sample.apply(Change::ModifySourceDestCheck { interface, on: false });
            (sample, interface)
        };
        let _ = interface;
        check(&sample, probe, &format!("{to_firewall}: NOT_FORWARDED"));
    }

    #[test]
    fn a_group_is_not_known_behind_an_appliance() {
        let (mut sample, interface) = with_firewall(Forwarding::Routes);
        sample.apply(Change::ModifySourceDestCheck { interface, on: false });
        let change = Change::CreateSecurityGroup { name: "app".into(), vpc: sample.vpc };
        let group = made!(sample.network, SecurityGroup, change);
        let direction = Direction::Ingress;
        let by_group = tcp_rule(443, Peer::Group(sample.open));
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule: by_group });
        sample.apply(Change::ModifyInterfaceGroups { interface: sample.app, groups: vec![group] });
        let probe = tcp(of(sample.web), of(sample.app));
        let lost = trace(&sample.network, probe, &Rules::AWS);
        assert_eq!(lost.verdict.dropped().map(|it| it.2), Some(Cause::GroupNotPreserved));
        let by_address = tcp_rule(443, Peer::Cidr(cidr("10.0.0.0/24")));
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule: by_address });
        assert!(trace(&sample.network, probe, &Rules::AWS).is_delivered());
    }

    #[test]
    fn appliances_that_point_at_each_other_end_the_packet() {
        let (mut sample, firewall) = with_firewall(Forwarding::Routes);
        sample.network.update(firewall, |it| it.source_dest_check = false);
        let web = sample.web;
        sample.network.update(web, |it| it.source_dest_check = false);
        let instance = sample.instance(web);
        let forwarding = Some(Forwarding::Routes);
        sample.apply(Change::ConfigureInstance { instance, listening: None, forwarding });
        let main = sample.network.vpcs()[sample.vpc].main_route_table;
        let destination = sample.network.subnets()[sample.private].cidr;
        let target = Target::Interface(web);
        sample.apply(Change::CreateRoute { table: main, destination, target });
        let near = sample.run("near", sample.public, "10.0.0.11");
        let probe = tcp(of(near), of(sample.app));
        let end = trace(&sample.network, probe, &Rules::AWS).verdict.dropped();
        assert_eq!(end.map(|it| it.2), Some(Cause::Loop));
    }

    #[test]
    fn a_nat_instance_translates_what_leaves_the_vpc_and_undoes_it() {
        let mut sample = Sample::new();
        let (interface, table) = (sample.web, sample.private_table);
        let instance = sample.instance(interface);
        let forwarding = Some(Forwarding::Translates);
        sample.apply(Change::ConfigureInstance { instance, listening: None, forwarding });
        sample.apply(Change::ModifySourceDestCheck { interface, on: false });
        let (destination, target) = (Cidr::ANY_V4, Target::Interface(interface));
        sample.apply(Change::ReplaceRoute { table, destination, target });
        let trace = check(
            &sample,
            tcp(of(sample.app), INTERNET),
            "app out, acl private out, routes private, acl public in, web in, web out, \
             acl public out, routes public, igw out, 198.51.100.1 | \
             198.51.100.1, igw in, acl public in, web in, web out, acl public out, \
             routes public, acl private in, app in: delivered",
        );
        assert_eq!(trace.received().unwrap().source, ip("203.0.113.10"));
    }

    #[test]
    fn the_wrong_machines_differ_where_their_misconception_is_at_work() {
        let mut sample = Sample::new();
        let public = sample.public;
        let acl = closed_list(&mut sample, public);
        admit(&mut sample, acl, Direction::Ingress, Ports::one(443));
        let inbound = tcp(INTERNET, of(sample.web));
        let stateful_lists = Rules { network_acls_are_stateless: false, ..Rules::AWS };
        assert!(!trace(&sample.network, inbound, &Rules::AWS).is_delivered());
        assert!(trace(&sample.network, inbound, &stateful_lists).is_delivered());

        let mut sample = Sample::new();
        sample.network.update(sample.open, |it| it.egress.clear());
        let inbound = tcp(INTERNET, of(sample.web));
        let stateless_groups = Rules { security_groups_are_stateful: false, ..Rules::AWS };
        assert!(trace(&sample.network, inbound, &Rules::AWS).is_delivered());
        assert!(!trace(&sample.network, inbound, &stateless_groups).is_delivered());

        let mut sample = Sample::new();
        sample.apply(Change::DisassociateAddress { interface: sample.web });
        let outbound = tcp(of(sample.web), INTERNET);
        let no_address_needed = Rules { internet_needs_public_address: false, ..Rules::AWS };
        assert!(!trace(&sample.network, outbound, &Rules::AWS).is_delivered());
        assert!(trace(&sample.network, outbound, &no_address_needed).is_delivered());
    }
}
