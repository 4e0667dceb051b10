//! NAT gateway: lets private addresses start connections, and nobody start one to them.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        Id, Interface, InterfaceId, InterfaceKind, Name, PublicAddress, Quota, Reason, Refusal,
        SubnetId, Target, edit::Edit,
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

/// Does a NAT gateway translate this packet? TCP, UDP and ICMP over IPv4 only
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>).
pub fn translates(packet: &Packet) -> bool {
    packet.source.is_ipv4()
        && packet.destination.is_ipv4()
        && [Protocol::TCP, Protocol::UDP, Protocol::ICMP].contains(&packet.protocol)
}

/// The packet as it leaves a NAT gateway that has this private address: the source becomes the
/// gateway, the destination stays. Its public address is the internet gateway's business
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html>).
pub fn translate(packet: Packet, own: IpAddr) -> Packet {
    let source_port = if packet.protocol.has_ports() { FIRST_PORT } else { 0 };
    Packet { source: own, source_port, ..packet }
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
        let address = self.pick_address(subnet, address)?;
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
