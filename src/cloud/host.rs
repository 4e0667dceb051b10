//! Hosts on the internet: clients, attackers, repositories.

use std::net::IpAddr;

use crate::{
    cloud::{
        CdnOrigin, Id, Integration, Name, Network, Reason, Refusal, Thing, edit::Edit,
        internet_gateway::rejects_destination, route_table::NAT64,
    },
    net::{IcmpKind, Packet, Ports, Protocol, TcpFlag},
};

/// Names a [`Host`].
pub type HostId = Id<Host>;

/// A host somewhere on the internet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// As the author wrote it.
    pub name: Name,
    /// Its public address.
    pub address: IpAddr,
    /// Which ports answer.
    pub listening: Listening,
}

/// Which ports of a host or instance answer. A closed TCP port refuses with RST, a closed UDP
/// port with ICMP "port unreachable"; ping is always answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listening {
    /// Not known: every port is taken to answer (imports, unnamed hosts).
    Everywhere,
    /// These alone.
    On(Vec<(Protocol, Ports)>),
}

impl Listening {
    /// What goes back to the sender of `request`: an answer, or the refusal of a closed port (RST
    /// for TCP, ICMP "port unreachable" for UDP).
    pub fn answer(&self, request: &Packet) -> Packet {
        let back = request.swapped();
        if self.answers(request.protocol, request.destination_port) {
            return Packet {
                tcp: request.tcp.map(|_| TcpFlag::SynAck),
                icmp: request.icmp.map(|_| IcmpKind::EchoReply),
                ..back
            };
        }
        if request.protocol == Protocol::TCP {
            return Packet { tcp: Some(TcpFlag::Rst), ..back };
        }
        let protocol = if back.source.is_ipv4() { Protocol::ICMP } else { Protocol::ICMPV6 };
        Packet {
            protocol,
            source_port: 0,
            destination_port: 0,
            tcp: None,
            icmp: Some(IcmpKind::PortUnreachable),
            ..back
        }
    }

    /// Does something answer on this port?
    pub fn answers(&self, protocol: Protocol, port: u16) -> bool {
        match self {
            Self::Everywhere => true,
            Self::On(open) => {
                !protocol.has_ports()
                    || open.iter().any(|(p, ports)| *p == protocol && ports.contains(port))
            }
        }
    }
}

impl Edit<'_> {
    /// A host has an address of its own that the internet carries.
    pub fn create_host(
        &mut self,
        name: Name,
        address: IpAddr,
        listening: Listening,
    ) -> Result<HostId, Refusal> {
        if !is_on_the_internet(address) {
            let reason = Reason::AddressNotPublic(address);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if let Some(by) = self.network.public_holder(address) {
            let reason = Reason::AddressTaken { address, by };
            return Err(Refusal::new("InvalidIPAddress.InUse", reason));
        }
        Ok(self.make(Host { name, address, listening }))
    }

    /// A host goes when nothing leads to it by its name.
    pub fn delete_host(&mut self, id: HostId) -> Result<(), Refusal> {
        self.get(id)?;
        let front = self.network.distributions.find(|_, it| it.origin == CdnOrigin::Host(id));
        let api = self.network.apis.find(|_, it| it.integration == Integration::PublicHost(id));
        let by = front.map(Thing::Distribution).or(api.map(Thing::Api));
        if let Some(by) = by {
            let reason = Reason::InUse { thing: Thing::Host(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.remove(id);
        Ok(())
    }
}

impl Network {
    /// Whoever has a public address: an interface's owner, or a host.
    pub fn public_holder(&self, address: IpAddr) -> Option<Thing> {
        let interface = self.public_owner(address).map(|it| self.owner_of(it));
        let host = || self.host_at(address).map(Thing::Host);
        let api = || self.api_at(address).map(Thing::Api);
        let front = || self.distribution_at(address).map(Thing::Distribution);
        let nat = || self.regional_nat_gateway_at(address).map(Thing::NatGateway);
        interface.or_else(nat).or_else(host).or_else(api).or_else(front)
    }
}

/// Can a host on the internet have this address at all?
pub fn is_on_the_internet(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => {
            let reserved = it.octets()[0] == 0
                || it.is_loopback()
                || it.is_link_local()
                || it.is_multicast()
                || it.is_broadcast();
            !reserved && rejects_destination(address).is_none()
        }
        IpAddr::V6(it) => {
            // Nor addresses that mean IPv4 ones to a NAT gateway.
            !(NAT64.contains(address)
                || it.is_unspecified()
                || it.is_loopback()
                || it.is_multicast()
                || it.is_unique_local()
                || it.is_unicast_link_local())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, sample::*};

    fn check(listening: &Listening, protocol: Protocol, port: u16, expected: &str) {
        let request = Packet {
            protocol,
            source: ip("203.0.113.9"),
            source_port: if protocol.has_ports() { 40000 } else { 0 },
            destination: ip("192.0.2.80"),
            destination_port: port,
            tcp: (protocol == Protocol::TCP).then_some(TcpFlag::Syn),
            icmp: protocol.is_icmp().then_some(IcmpKind::EchoRequest),
        };
        let answer = listening.answer(&request);
        let kind = match (answer.tcp, answer.icmp) {
            (Some(flag), None) => format!("{flag:?}"),
            (None, Some(kind)) => format!("{kind:?}"),
            (flag, kind) => format!("{flag:?} {kind:?}"),
        };
        assert_eq!(format!("{answer} {kind}"), expected);
        assert!(answer.answers(&request));
    }

    #[test]
    fn open_ports_answer_and_closed_ones_refuse() {
        let web = Listening::On(vec![(Protocol::TCP, Ports::one(443))]);
        let back = "192.0.2.80:443 > 203.0.113.9:40000";
        check(&web, Protocol::TCP, 443, &format!("tcp {back} SynAck"));
        check(&web, Protocol::TCP, 22, "tcp 192.0.2.80:22 > 203.0.113.9:40000 Rst");
        check(&web, Protocol::UDP, 53, "icmp 192.0.2.80 > 203.0.113.9 PortUnreachable");
        check(&web, Protocol::ICMP, 0, "icmp 192.0.2.80 > 203.0.113.9 EchoReply");
        check(&Listening::Everywhere, Protocol::UDP, 443, &format!("udp {back} None None"));
    }

    #[test]
    fn a_host_has_a_public_address_of_its_own() {
        let mut sample = Sample::new();
        for (address, code) in [
            ("10.0.0.9", "InvalidParameterValue"),
            ("127.0.0.1", "InvalidParameterValue"),
            ("203.0.113.9", "InvalidIPAddress.InUse"),
            ("203.0.113.10", "InvalidIPAddress.InUse"),
        ] {
            let (address, listening) = (ip(address), Listening::Everywhere);
            let change = Change::CreateHost { name: "new".into(), address, listening };
            assert_eq!(sample.code(change), Err(code), "{address}");
        }
    }
}
