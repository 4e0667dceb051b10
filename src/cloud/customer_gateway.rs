//! Customer gateway: the device at the far end of a VPN connection.

use std::net::Ipv4Addr;

use crate::cloud::{Id, Name, OnPremisesId};

/// Names a [`CustomerGateway`].
pub type CustomerGatewayId = Id<CustomerGateway>;

/// What AWS knows of the device on one's own side
/// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The network behind it.
    pub on_premises: OnPremisesId,
    /// Its public address, when known.
    pub address: Option<Ipv4Addr>,
}
