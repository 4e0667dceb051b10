//! NAT gateway: lets private addresses start connections, and nobody start one to them.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        Id, Interface, InterfaceId, InterfaceKind, Name, PublicAddress, Quota, Reason, Refusal,
        SubnetId, Target, edit::Edit, route_table::NAT64,
    },
    net::{Packet, Protocol},
};

/// Names a [`NatGateway`].
pub type NatGatewayId = Id<NatGateway>;

/// A zonal NAT gateway (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NatGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The subnet it stands in.
    pub subnet: SubnetId,
    /// Its interface: holds the private address and, when public, the Elastic IP. It has no group.
    pub interface: InterfaceId,
    /// To the internet, or to other private networks only.
    pub connectivity: Connectivity,
    /// Whether it works.
    pub state: NatGatewayState,
}

/// What a NAT gateway is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// Has an Elastic IP and reaches the internet through an internet gateway.
    Public,
    /// Has none; an internet gateway drops what it sends.
    Private,
}

/// Whether a NAT gateway works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NatGatewayState {
    /// Being made.
    Pending,
    /// Works.
    Available,
    /// Could not be made.
    Failed,
}

/// The lowest port that a NAT gateway sends from. It may take any from here to 65535
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>), so the lists on the
/// way must admit answers to all of them; a packet from the lowest shows when they do not.
pub const FIRST_PORT: u16 = 1024;

/// Does a NAT gateway translate this packet? TCP, UDP and ICMP only, over IPv4 or from IPv6 to an IPv4
/// address in disguise
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>,
/// <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html>).
pub fn translates(packet: &Packet) -> bool {
    (packet.destination.is_ipv4() || disguised(packet.destination).is_some())
        && [Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol::ICMPV6]
            .contains(&packet.protocol)
}

/// The IPv4 address that an address in `64:ff9b::/96` stands for: its last 32 bits
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html>).
fn disguised(address: IpAddr) -> Option<IpAddr> {
    let IpAddr::V6(v6) = address else { return None };
    let [.., a, b, c, d] = v6.octets();
    NAT64.contains(address).then(|| IpAddr::V4(Ipv4Addr::new(a, b, c, d)))
}

/// The packet as it leaves a NAT gateway that has this private address: the source becomes the
/// gateway, the destination stays, unless it was an IPv4 address in disguise. Its public address is the internet gateway's business
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html>).
pub fn translate(packet: Packet, own: IpAddr) -> Packet {
    let source_port = if packet.protocol.has_ports() { FIRST_PORT } else { 0 };
    let destination = disguised(packet.destination).unwrap_or(packet.destination);
    let protocol = if packet.protocol.is_icmp() { Protocol::ICMP } else { packet.protocol };
    Packet { source: own, source_port, destination, protocol, ..packet }
}

impl Edit<'_> {
    /// A public NAT gateway needs an internet gateway on its VPC, and brings its Elastic IP
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>).
    pub fn create_nat_gateway(
        &mut self,
        name: Name,
        subnet: SubnetId,
        connectivity: Connectivity,
        address: Option<IpAddr>,
        public_address: Option<Ipv4Addr>,
    ) -> Result<NatGatewayId, Refusal> {
        let place = self.get(subnet)?;
        let (vpc, zone) = (place.vpc, place.zone.clone());
        let address = self.pick_ipv4_address(subnet, address)?;
        let public_address = match connectivity {
            Connectivity::Private if public_address.is_some() => {
                let reason = Reason::PrivateNatGateway;
                return Err(Refusal::new("InvalidParameterCombination", reason));
            }
            Connectivity::Private => None,
            Connectivity::Public => {
                if self.network.internet_gateway_of(vpc).is_none() {
                    let reason = Reason::VpcWithoutGateway(vpc);
                    return Err(Refusal::new("Gateway.NotAttached", reason));
                }
                let address = self.pick_public_address(public_address)?;
                self.elastic_ip_left(None)?;
                Some(PublicAddress { address, elastic: true })
            }
        };
        let in_zone = |it: &NatGateway| self.network.subnets[it.subnet].zone == zone;
        let gateways = self.network.nat_gateways.count(in_zone);
        Quota::NatGatewaysPerZone.admits_one_more(gateways)?;
        let interface = self.make(Interface {
            name: name.clone(),
            subnet,
            kind: InterfaceKind::NatGateway,
            addresses: vec![address],
            public_address,
            assigns_public_address: false,
            security_groups: Vec::new(),
            source_dest_check: false,
        });
        let state = NatGatewayState::Available;
        Ok(self.make(NatGateway { name, subnet, interface, connectivity, state }))
    }

    /// Its interface and Elastic IP go along; routes to it stay as blackholes
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html>).
    pub fn delete_nat_gateway(&mut self, id: NatGatewayId) -> Result<(), Refusal> {
        let gateway = self.get(id)?;
        let (interface, name) = (gateway.interface, gateway.name.clone());
        self.blackhole_routes_to(&Target::NatGateway(id), &name);
        self.blackhole_routes_to(&Target::Interface(interface), &name);
        self.remove(id);
        self.remove(interface);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Change, Probe, ProbeEnd, Rules, sample::*, trace},
        net::TcpFlag,
    };

    fn check(protocol: Protocol, source: &str, expected: bool) {
        let packet = Packet {
            protocol,
            source: ip(source),
            source_port: 40000,
            destination: ip(if source.contains(':') { "2001:db8::1" } else { "192.0.2.1" }),
            destination_port: 443,
            tcp: Some(TcpFlag::Syn),
            icmp: None,
        };
        assert_eq!(translates(&packet), expected, "{packet}");
    }

    #[test]
    fn an_ipv6_sender_reaches_ipv4_by_an_address_in_disguise() {
        let mut sample = Sample::new();
        let (vpc, subnet, interface) = (sample.vpc, sample.private, sample.app);
        sample.apply(Change::AssociateVpcCidrBlock { vpc, cidr: cidr("2001:db8:1::/56") });
        let range = cidr("2001:db8:1:1::/64");
        sample.apply(Change::AssociateSubnetCidrBlock { subnet, cidr: range });
        sample.apply(Change::AssignIpv6Address { interface, address: None });
        let (table, target) = (sample.private_table, Target::NatGateway(sample.nat));
        sample.apply(Change::CreateRoute { table, destination: NAT64, target });
        let far = ProbeEnd::Address(ip("64:ff9b::c633:6401"));
        for protocol in [Protocol::TCP, Protocol::UDP, Protocol::ICMPV6] {
            let probe = Probe::new(ProbeEnd::Interface(interface), far, protocol, 443);
            let found = trace(&sample.network, probe, &Rules::AWS);
            assert!(found.is_delivered(), "{protocol}: {:?}", found.verdict);
            let received = found.received().unwrap();
            assert_eq!(received.source, ip("203.0.113.20"));
            assert_eq!(received.destination, ip("198.51.100.1"));
        }
        // Other IPv6 destinations are not for it.
        let other = ProbeEnd::Address(ip("2001:db8:ffff::1"));
        assert!(!sample.tcp(ProbeEnd::Interface(interface), other, 443).is_delivered());
    }

    #[test]
    fn only_tcp_udp_and_icmp_over_ipv4_are_translated() {
        check(Protocol::TCP, "10.0.1.10", true);
        check(Protocol::UDP, "10.0.1.10", true);
        check(Protocol::ICMP, "10.0.1.10", true);
        check(Protocol(47), "10.0.1.10", false);
        check(Protocol::TCP, "2001:db8::10", false);
    }

    #[test]
    fn a_public_gateway_needs_an_internet_gateway_and_brings_an_elastic_ip() {
        let mut sample = Sample::new();
        let vpc = made!(
            sample.network,
            Vpc,
            Change::CreateVpc { name: "closed".into(), cidr: cidr("10.9.0.0/16") }
        );
        let zone = crate::cloud::Zone("a".into());
        let (name, block) = ("only".into(), cidr("10.9.0.0/24"));
        let change = Change::CreateSubnet { name, vpc, zone, cidr: block };
        let subnet = made!(sample.network, Subnet, change);
        let create = |connectivity, public_address| Change::CreateNatGateway {
            name: "nat".into(),
            subnet,
            connectivity,
            address: None,
            public_address,
        };
        let public = create(Connectivity::Public, None);
        assert_eq!(sample.code(public), Err("Gateway.NotAttached"));
        let mixed = create(Connectivity::Private, Some(Ipv4Addr::new(203, 0, 113, 77)));
        assert_eq!(sample.code(mixed), Err("InvalidParameterCombination"));
        let private = made!(sample.network, NatGateway, create(Connectivity::Private, None));
        let interface = sample.network.nat_gateways()[private].interface;
        assert_eq!(sample.network.interfaces()[interface].public_address, None);

        let nat = &sample.network.nat_gateways()[sample.nat];
        let public = sample.network.interfaces()[nat.interface].public_address;
        assert_eq!(public.map(|it| it.elastic), Some(true));
        // AWS alone changes the interface: it has no groups, and keeps its address.
        let (interface, groups) = (nat.interface, vec![sample.open]);
        let change = Change::ModifyInterfaceGroups { interface, groups };
        assert_eq!(sample.code(change), Err("OperationNotPermitted"));
        let change = Change::DisassociateAddress { interface };
        assert_eq!(sample.code(change), Err("OperationNotPermitted"));
    }
}
