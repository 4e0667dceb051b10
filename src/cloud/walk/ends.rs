//! Who sends to which address, and who answers.

use std::net::IpAddr;

use super::{Dropped, End, NOWHERE, Stand, Step, Walk};
use crate::{
    cloud::{
        AmazonService, Cause, Check, Direction, InterfaceId, InterfaceKind, Leg, Listening,
        NatSeat, Network, Outcome, Place, Probe, ProbeEnd, Rules, ServiceKind, Subject, Target,
        nat_gateway,
    },
    net::{IcmpKind, Packet, Protocol, TcpFlag},
};

impl<'n> Walk<'n> {
    /// Writes the header of the request, and says who sends it.
    pub(super) fn address(&mut self, probe: Probe) -> Step<End> {
        let network = self.network;
        let (sender, place) = match probe.from {
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
                (End::Interface(id), Place::Interface(id, Direction::Egress))
            }
            ProbeEnd::Host(id) | ProbeEnd::NameOfHost(id) => {
                let address = network.hosts.get(id).map_or(Network::INTERNET, |it| it.address);
                (End::Internet(address, Some(id)), Place::Internet(address, Some(id)))
            }
            ProbeEnd::OnPremises(id, address) => {
                let usual = network.on_premises.get(id).map_or(Network::INTERNET, |it| it.address);
                let address = address.unwrap_or(usual);
                (End::OnPremises(id, address), Place::OnPremises(id, address))
            }
            ProbeEnd::Address(address) => {
                let host = network.host_at(address);
                (End::Internet(address, host), Place::Internet(address, host))
            }
            ProbeEnd::Named(named) => self.named_sender(named),
        };
        if let End::Interface(id) = sender
            && network.interfaces.get(id).is_none()
        {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        }
        let has_ports = probe.protocol.has_ports();
        self.write(Packet {
            protocol: probe.protocol,
            source_port: if has_ports { probe.source_port } else { 0 },
            destination_port: if has_ports { probe.port } else { 0 },
            tcp: (probe.protocol == Protocol::TCP).then_some(TcpFlag::Syn),
            icmp: probe.protocol.is_icmp().then_some(IcmpKind::EchoRequest),
            ..NOWHERE
        });

        let sources = self.sources(sender, probe.protocol);
        let Some(&first) = sources.first() else {
            return Err(self.drop(place, Subject::AddressFamily, Cause::AddressFamily));
        };
        self.write(Packet { source: first, ..self.packet });
        let destination = self.dial(sender, place, probe.to, &sources)?;
        self.write(Packet { destination, ..self.packet });
        let Some(source) = like(&sources, destination) else {
            return Err(self.drop(place, Subject::AddressFamily, Cause::AddressFamily));
        };
        self.write(Packet { source, ..self.packet });
        Ok(match sender {
            End::Internet(_, host) => End::Internet(source, host),
            other => other,
        })
    }

    /// The sender writes the header; no hop has seen another.
    fn write(&mut self, packet: Packet) {
        self.packet = packet;
        self.packet_in = packet;
    }

    /// The addresses that a sender may send from.
    fn sources(&self, sender: End, protocol: Protocol) -> Vec<IpAddr> {
        let mut addresses = match sender {
            _ if self.forged.is_some() => self.forged.into_iter().collect(),
            End::Interface(id) => self.network.interfaces[id].addresses.clone(),
            End::Internet(Network::INTERNET, None) => {
                vec![Network::INTERNET, Network::INTERNET_V6]
            }
            End::Internet(address, _) | End::OnPremises(_, address) => vec![address],
            End::BehindEndpoint(..) | End::Amazon(..) | End::Service(_) | End::Api(_) => Vec::new(),
            End::Function(_) => vec![Self::lambda_address()],
        };
        addresses.retain(|it| match protocol {
            Protocol::ICMP => it.is_ipv4(),
            Protocol::ICMPV6 => it.is_ipv6(),
            _ => true,
        });
        addresses
    }

    /// The address that the sender dials: see [`ProbeEnd`].
    fn dial(
        &mut self,
        sender: End,
        place: Place,
        to: ProbeEnd,
        sources: &[IpAddr],
    ) -> Step<IpAddr> {
        let network = self.network;
        let (id, interface) = match to {
            ProbeEnd::Address(address) | ProbeEnd::OnPremises(_, Some(address)) => {
                return Ok(address);
            }
            ProbeEnd::OnPremises(id, None) => match network.on_premises.get(id) {
                Some(site) => return Ok(site.address),
                None => return Err(self.nobody(place)),
            },
            ProbeEnd::Named(named) => return self.resolve(sender, place, named, sources),
            ProbeEnd::NameOf(id) => return self.resolve_instance(sender, place, id, sources),
            ProbeEnd::NameOfHost(id) => match network.hosts.get(id) {
                Some(host) => return self.answered(sender, place, host.address, sources),
                None => return Err(self.nobody(place)),
            },
            ProbeEnd::Host(id) => match network.hosts.get(id) {
                Some(host) => return Ok(host.address),
                None => return Err(self.nobody(place)),
            },
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => {
                match network.interfaces.get(id) {
                    Some(interface) => (id, interface),
                    None => return Err(self.nobody(place)),
                }
            }
        };
        let reachable = |it: &IpAddr| sources.iter().any(|own| own.is_ipv4() == it.is_ipv4());
        let public = interface.public_address.map(|it| IpAddr::V4(it.address));
        let private = || interface.addresses.iter().copied();
        let inside = match sender {
            End::Interface(from) => {
                network.reaches_privately(network.vpc_of(from), network.vpc_of(id))
                    || private().any(|it| self.leads_to_private_network(from, it))
            }
            End::OnPremises(..) => true,
            _ => false,
        };
        let dialled = if to == ProbeEnd::PublicAddressOf(id) {
            public
        } else if inside {
            private().find(reachable).or_else(|| private().next())
        } else {
            // IPv6 addresses are public as they are.
            let public = public.into_iter().chain(private().filter(IpAddr::is_ipv6));
            public.chain(private()).find(reachable).or_else(|| private().next())
        };
        let from_internet = matches!(sender, End::Internet(..));
        if let Some(dialled) = dialled
            && !(from_internet && network.public_owner(dialled).is_none())
        {
            return Ok(dialled);
        }

        // There is no public address to dial.
        if let Some(nat) = self.nat_gateway_before(id, sources).filter(|_| from_internet) {
            self.behind_nat = Some(id);
            return Ok(nat);
        }
        self.untranslated = Some(id).filter(|_| from_internet);
        if dialled.is_none() {
            self.block(place, Subject::Owner, Cause::UnknownPublicAddress)?;
        }
        match like(&interface.addresses, sources[0]) {
            Some(private) => Ok(private),
            None => Err(self.nobody(place)),
        }
    }

    /// The address that the name of an instance stands for: inside its VPC, and across a peering
    /// where both sides have names and the option is on, the private one; else the public one, when
    /// it has one and its VPC gives names. The name of a database without a public address means the
    /// private one for everybody
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html>,
    /// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html>).
    fn resolve_instance(
        &mut self,
        sender: End,
        place: Place,
        id: InterfaceId,
        sources: &[IpAddr],
    ) -> Step<IpAddr> {
        let network = self.network;
        let Some(interface) = network.interfaces.get(id) else { return Err(self.nobody(place)) };
        let owner = network.vpc_of(id);
        let public = interface.public_address.map(|it| IpAddr::V4(it.address));
        let public = public.filter(|_| network.vpcs[owner].dns_hostnames);
        let asker = match sender {
            End::Interface(from) => Some(network.vpc_of(from)),
            _ => None,
        };
        let known_to_all = matches!(interface.kind, InterfaceKind::Database(_)) && public.is_none();
        let private = interface.private_ipv4().filter(|_| {
            // Without a public name there is the private one alone, which every VPC's DNS knows.
            known_to_all
                || asker.is_some_and(|it| public.is_none() || network.resolves_privately(it, owner))
        });
        match private.or(public) {
            Some(address) => self.answered(sender, place, address, sources),
            None => Err(self.unresolved(place)),
        }
    }

    /// What Amazon's DNS makes of the answer: where DNS64 is on, an address in disguise for names
    /// that have IPv4 addresses alone, which who has IPv6 prefers
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html>). It answers
    /// nobody where the VPC has no DNS support
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html>).
    pub(super) fn answered(
        &mut self,
        sender: End,
        place: Place,
        address: IpAddr,
        sources: &[IpAddr],
    ) -> Step<IpAddr> {
        let End::Interface(from) = sender else { return Ok(address) };
        let subnet = &self.network.subnets[self.network.interfaces[from].subnet];
        if !self.network.vpcs[subnet.vpc].dns_support {
            return Err(self.unresolved(place));
        }
        Ok(match address {
            IpAddr::V4(v4) if subnet.dns64 && sources.iter().any(IpAddr::is_ipv6) => {
                nat_gateway::disguise(v4)
            }
            address => address,
        })
    }

    fn unresolved(&mut self, place: Place) -> Dropped {
        self.drop(place, Subject::DnsName, Cause::NameNotResolved)
    }

    /// Does the sender's subnet send this address to another private network? Then that is how one
    /// dials it, whether or not it has a public address too. Whatever somebody believes about routes:
    /// a wrong machine is asked about the same packet.
    fn leads_to_private_network(&self, from: InterfaceId, address: IpAddr) -> bool {
        let table = self.network.route_table_of(self.network.interfaces[from].subnet);
        let table = &self.network.route_tables[table];
        let route = table.decide(address, &Rules::AWS).map(|it| &table.routes[it].target);
        matches!(route, Some(Target::TransitGateway(_) | Target::VirtualPrivateGateway(_)))
    }

    /// The public address of the NAT gateway that an interface's subnet sends to: for those who
    /// believe that one can come in that way.
    fn nat_gateway_before(&self, id: InterfaceId, sources: &[IpAddr]) -> Option<IpAddr> {
        if self.rules.nat_gateways_refuse_strangers {
            return None;
        }
        let table = self.network.route_table_of(self.network.interfaces[id].subnet);
        let table = &self.network.route_tables[table];
        let Target::NatGateway(gateway) =
            table.routes[table.decide(sources[0], self.rules)?].target
        else {
            return None;
        };
        let gateway = self.network.nat_gateways.get(gateway)?;
        match &gateway.seat {
            NatSeat::Zonal { interface, .. } => {
                Some(self.network.interfaces[*interface].public_address?.address.into())
            }
            NatSeat::Regional(it) => {
                let subnet = self.network.interfaces[id].subnet;
                it.address_for(&self.network.subnets[subnet].zone).map(IpAddr::V4)
            }
        }
    }

    /// Nobody has the address that is dialled.
    pub(super) fn nobody(&mut self, place: Place) -> Dropped {
        self.drop(place, Subject::Owner, Cause::UnknownPublicAddress)
    }

    /// What a receiver sends back.
    pub(super) fn answer_of(&self, receiver: End) -> Packet {
        let listening = match receiver {
            End::Interface(interface) => self.listening(interface),
            End::Internet(_, Some(host)) => &self.network.hosts[host].listening,
            End::BehindEndpoint(address, _) => match self.network.host_at(address) {
                Some(host) => &self.network.hosts[host].listening,
                None => &Listening::Everywhere,
            },
            End::OnPremises(id, address) => self.beyond(id, address),
            End::Internet(_, None) | End::Amazon(..) | End::Function(_) => &Listening::Everywhere,
            End::Service(service) => {
                return self.network.services[service].kind.listening().answer(&self.packet);
            }
            End::Api(_) => return ServiceKind::ExecuteApi.listening().answer(&self.packet),
        };
        listening.answer(&self.packet)
    }

    /// Which ports of an interface's owner answer.
    pub(super) fn listening(&self, interface: InterfaceId) -> &'n Listening {
        match self.network.interfaces[interface].kind {
            InterfaceKind::Instance(instance) => &self.network.instances[instance].listening,
            InterfaceKind::Database(id) => {
                self.network.databases.get(id).map_or(&Listening::Everywhere, |it| &it.listening)
            }
            InterfaceKind::Task(id) => {
                self.network.tasks.get(id).map_or(&Listening::Everywhere, |it| &it.listening)
            }
            _ => &Listening::Everywhere,
        }
    }

    /// The request is received: does somebody listen on its port? The answer to that decides
    /// nothing about the request, which arrived.
    pub(super) fn knock(&mut self, listening: &Listening) {
        if self.leg == Leg::Reply {
            return;
        }
        if listening.answers(self.packet.protocol, self.packet.destination_port) {
            self.look(Subject::Listening, Outcome::Allows);
        } else {
            self.overrule();
            self.decide(Subject::Listening, Outcome::Denies);
        }
    }

    /// A service of AWS's got a request, or answers it.
    pub(super) fn leave_amazon(&mut self, service: AmazonService, interface: InterfaceId) -> Stand {
        self.pass(Place::Amazon(service));
        // Nothing stands between the service and the interface.
        self.decide(Subject::NeverFiltered(service), Outcome::Allows);
        self.end_hop(Place::Interface(interface, Direction::Ingress), None);
        Stand::Received(End::Interface(interface))
    }

    /// The answer was received by somebody who, in truth, throws it away.
    pub(super) fn misdirected(&mut self) -> Dropped {
        if let Some(last) = self.hops.last_mut() {
            for check in &mut last.checks {
                check.decisive = false;
            }
            last.checks.push(Check {
                subject: Subject::Expected,
                outcome: Outcome::Denies,
                decisive: true,
            });
        }
        let place = self.last.expect("the answer was received");
        Dropped { place, cause: Cause::Misdirected }
    }
}

/// The first address of the same family.
fn like(addresses: &[IpAddr], other: IpAddr) -> Option<IpAddr> {
    addresses.iter().copied().find(|it| it.is_ipv4() == other.is_ipv4())
}
