//! NAT gateway: lets private addresses start connections, and nobody start one to them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        Id, Interface, InterfaceId, InterfaceKind, Name, Network, PublicAddress, Quota, Reason,
        Refusal, RouteTableId, SubnetId, Target, VpcId, Zone, edit::Edit, route_table::NAT64,
    },
    net::{Cidr, Packet, Protocol},
};

/// Names a [`NatGateway`].
pub type NatGatewayId = Id<NatGateway>;

/// A NAT gateway (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NatGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it serves.
    pub vpc: VpcId,
    /// Where it stands.
    pub seat: NatSeat,
    /// To the internet, or to other private networks only.
    pub connectivity: Connectivity,
    /// Whether it works.
    pub state: NatGatewayState,
}

/// Where a NAT gateway stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NatSeat {
    /// In one subnet, and so in one zone
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>).
    Zonal {
        /// The subnet it stands in.
        subnet: SubnetId,
        /// Its interface: holds the private address and, when public, the Elastic IP. It has no
        /// group.
        interface: InterfaceId,
    },
    /// Over zones of its VPC, in no subnet
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>).
    Regional(RegionalNat),
}

/// A NAT gateway over zones: public only, with a table of its own, and so without a public subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionalNat {
    /// The table that decides for what it sends on, to the internet and back to clients. AWS makes it
    /// along with the gateway, with a route to the internet gateway.
    pub route_table: RouteTableId,
    /// Does AWS choose the zones? Then it is in each that has interfaces, once it has found them
    /// there: within an hour, in which another zone's serves them too. Here it finds them at once.
    pub automatic: bool,
    /// The zones it is in, with its addresses there.
    pub zones: Vec<NatZone>,
}

/// A regional NAT gateway in one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NatZone {
    /// The zone.
    pub zone: Zone,
    /// The Elastic IPs that it sends from there, the one in use first.
    pub addresses: Vec<Ipv4Addr>,
}

impl NatGateway {
    /// The subnet of a zonal gateway.
    pub fn subnet(&self) -> Option<SubnetId> {
        match self.seat {
            NatSeat::Zonal { subnet, .. } => Some(subnet),
            NatSeat::Regional(_) => None,
        }
    }

    /// The interface of a zonal gateway.
    pub fn interface(&self) -> Option<InterfaceId> {
        match self.seat {
            NatSeat::Zonal { interface, .. } => Some(interface),
            NatSeat::Regional(_) => None,
        }
    }

    /// The zones and addresses of a regional gateway.
    pub fn regional(&self) -> Option<&RegionalNat> {
        match &self.seat {
            NatSeat::Zonal { .. } => None,
            NatSeat::Regional(it) => Some(it),
        }
    }
}

impl RegionalNat {
    /// The address from which it serves senders in a zone: one that it has there; where AWS chooses
    /// the zones, else one of another zone. `None` when it does not serve the zone.
    pub fn address_for(&self, zone: &Zone) -> Option<Ipv4Addr> {
        let here = self.zones.iter().find(|it| it.zone == *zone);
        let any = || self.zones.iter().find(|it| self.automatic && !it.addresses.is_empty());
        here.or_else(any)?.addresses.first().copied()
    }

    /// Is the address one of its own?
    pub fn has(&self, address: Ipv4Addr) -> bool {
        self.zones.iter().any(|it| it.addresses.contains(&address))
    }
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

/// The address in `64:ff9b::/96` that stands for an IPv4 address.
pub fn disguise(address: Ipv4Addr) -> IpAddr {
    let [a, b, c, d] = address.octets();
    let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    IpAddr::V6(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low))
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

impl Network {
    /// The regional NAT gateway that sends from a public address.
    pub fn regional_nat_gateway_at(&self, address: IpAddr) -> Option<NatGatewayId> {
        self.index
            .regional_nat_gateways
            .range((address, Id::FIRST)..)
            .next()
            .filter(|it| it.0 == address)
            .map(|it| it.1)
    }

    /// The regional NAT gateway whose table this is.
    pub fn nat_gateway_of_table(&self, table: RouteTableId) -> Option<NatGatewayId> {
        let its = |it: &NatGateway| it.regional().is_some_and(|it| it.route_table == table);
        self.nat_gateways.find(|_, it| its(it))
    }
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
        self.nat_gateway_left(&zone)?;
        let interface = self.make(Interface {
            name: name.clone(),
            subnet,
            kind: InterfaceKind::NatGateway,
            addresses: vec![address],
            public_address,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups: Vec::new(),
            source_dest_check: false,
        });
        let (seat, state) = (NatSeat::Zonal { subnet, interface }, NatGatewayState::Available);
        Ok(self.make(NatGateway { name, vpc, seat, connectivity, state }))
    }

    /// May the zone have one more?
    fn nat_gateway_left(&self, zone: &Zone) -> Result<(), Refusal> {
        let network = &*self.network;
        let in_zone = network.nat_gateways.count(|it| network.is_nat_in_zone(it, zone));
        network.admits_one_more(Quota::NatGatewaysPerZone, in_zone)
    }

    /// A regional NAT gateway needs an internet gateway on its VPC, and no subnet; with it comes a
    /// route table that leads there. Without zones, AWS chooses them
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>).
    pub fn create_regional_nat_gateway(
        &mut self,
        name: Name,
        vpc: VpcId,
        zones: Vec<NatZone>,
    ) -> Result<NatGatewayId, Refusal> {
        self.get(vpc)?;
        let Some(internet) = self.network.internet_gateway_of(vpc) else {
            return Err(Refusal::new("Gateway.NotAttached", Reason::VpcWithoutGateway(vpc)));
        };
        let route_table = self.create_route_table(format!("{name}-table").into(), vpc)?;
        let to_internet = Target::InternetGateway(internet);
        self.create_route(route_table, Cidr::ANY_V4, to_internet)?;
        let automatic = zones.is_empty();
        let id = self.make(NatGateway {
            name,
            vpc,
            seat: NatSeat::Regional(RegionalNat { route_table, automatic, zones: Vec::new() }),
            connectivity: Connectivity::Public,
            state: NatGatewayState::Available,
        });
        for NatZone { zone, addresses } in zones {
            if addresses.is_empty() {
                self.associate_nat_gateway_address(id, &zone, None)?;
            }
            for address in addresses {
                self.associate_nat_gateway_address(id, &zone, Some(address))?;
            }
        }
        Ok(id)
    }

    /// The regional gateway, where its zones are for people to choose.
    fn own_zones(&self, id: NatGatewayId) -> Result<(VpcId, RegionalNat), Refusal> {
        let gateway = self.get(id)?;
        match gateway.regional() {
            Some(it) if !it.automatic => Ok((gateway.vpc, it.clone())),
            _ => Err(Refusal::new("InvalidParameterCombination", Reason::NatZonesNotChosen(id))),
        }
    }

    fn set_zones(&mut self, id: NatGatewayId, zones: Vec<NatZone>) {
        self.change(id, |it| {
            if let NatSeat::Regional(it) = &mut it.seat {
                it.zones = zones;
            }
        });
    }

    /// Another address in a zone, which brings the gateway there with the first. The zones are those
    /// in which the VPC has subnets
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>).
    pub fn associate_nat_gateway_address(
        &mut self,
        id: NatGatewayId,
        zone: &Zone,
        address: Option<Ipv4Addr>,
    ) -> Result<(), Refusal> {
        let (vpc, RegionalNat { mut zones, .. }) = self.own_zones(id)?;
        if self.network.subnets.find(|_, it| it.vpc == vpc && it.zone == *zone).is_none() {
            let reason = Reason::NatZoneWithoutSubnet(zone.clone(), vpc);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        let address = self.pick_public_address(address)?;
        self.elastic_ip_left(None)?;
        if let Some(it) = zones.iter_mut().find(|it| it.zone == *zone) {
            self.network.admits_one_more(Quota::NatAddressesPerZone, it.addresses.len())?;
            it.addresses.push(address);
        } else {
            self.nat_gateway_left(zone)?;
            zones.push(NatZone { zone: zone.clone(), addresses: vec![address] });
        }
        self.set_zones(id, zones);
        Ok(())
    }

    /// An address goes, and with the last the zone.
    pub fn disassociate_nat_gateway_address(
        &mut self,
        id: NatGatewayId,
        address: Ipv4Addr,
    ) -> Result<(), Refusal> {
        let (_, regional) = self.own_zones(id)?;
        if !regional.has(address) {
            let reason = Reason::NatAddressUnknown(id, address);
            return Err(Refusal::new("InvalidAssociationID.NotFound", reason));
        }
        let mut zones = regional.zones;
        for zone in &mut zones {
            zone.addresses.retain(|it| *it != address);
        }
        zones.retain(|it| !it.addresses.is_empty());
        self.set_zones(id, zones);
        Ok(())
    }

    /// Regional gateways whose zones AWS chooses follow the VPC's interfaces: into each zone that
    /// has any, and out of those that have none any more
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>).
    pub fn follow_workloads(&mut self) {
        let network = &*self.network;
        let automatic: Vec<(NatGatewayId, VpcId, Vec<NatZone>)> = (network.nat_gateways.iter())
            .filter_map(|(id, it)| {
                let regional = it.regional().filter(|it| it.automatic)?;
                Some((id, it.vpc, regional.zones.clone()))
            })
            .collect();
        for (id, vpc, old) in automatic {
            let network = &*self.network;
            let mut wanted: Vec<Zone> = Vec::new();
            for (_, it) in network.interfaces.iter() {
                let subnet = &network.subnets[it.subnet];
                if subnet.vpc == vpc && !wanted.contains(&subnet.zone) {
                    wanted.push(subnet.zone.clone());
                }
            }
            let mut zones = old.clone();
            zones.retain(|it| wanted.contains(&it.zone));
            wanted.retain(|zone| !zones.iter().any(|it| it.zone == *zone));
            if wanted.is_empty() && zones.len() == old.len() {
                continue;
            }
            self.set_zones(id, zones.clone());
            for zone in wanted {
                let Some(address) = self.network.free_public_address() else { break };
                zones.push(NatZone { zone, addresses: vec![address] });
                self.set_zones(id, zones.clone());
            }
        }
    }

    /// Its interface, or its table, and its Elastic IPs go along; routes to it stay as blackholes
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html>).
    pub fn delete_nat_gateway(&mut self, id: NatGatewayId) -> Result<(), Refusal> {
        let gateway = self.get(id)?;
        let (seat, name) = (gateway.seat.clone(), gateway.name.clone());
        self.blackhole_routes_to(&Target::NatGateway(id), &name);
        self.remove(id);
        match seat {
            NatSeat::Zonal { interface, .. } => {
                self.blackhole_routes_to(&Target::Interface(interface), &name);
                self.remove(interface);
            }
            NatSeat::Regional(it) => self.remove(it.route_table),
        }
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
        let interface = sample.network.nat_gateways()[private].interface().unwrap();
        assert_eq!(sample.network.interfaces()[interface].public_address, None);

        let nat = &sample.network.nat_gateways()[sample.nat];
        let interface = nat.interface().unwrap();
        let public = sample.network.interfaces()[interface].public_address;
        assert_eq!(public.map(|it| it.elastic), Some(true));
        // AWS alone changes the interface: it has no groups, and keeps its address.
        let groups = vec![sample.open];
        let change = Change::ModifyInterfaceGroups { interface, groups };
        assert_eq!(sample.code(change), Err("OperationNotPermitted"));
        let change = Change::DisassociateAddress { interface };
        assert_eq!(sample.code(change), Err("OperationNotPermitted"));
    }
}
