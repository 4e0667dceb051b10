//! NAT gateway: lets private addresses start connections, and nobody start one to them.

use std::net::IpAddr;

use crate::{
    cloud::{Id, InterfaceId, Name, SubnetId},
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
