//! NAT gateway: lets private addresses start connections, and nobody start one to them.

use crate::cloud::{Id, InterfaceId, Name, SubnetId};

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
