//! Internet gateway: the way between a VPC and the internet, translating addresses one to one.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{Cause, Id, Name, VpcId},
    net::Cidr,
};

/// Names an [`InternetGateway`].
pub type InternetGatewayId = Id<InternetGateway>;

/// An internet gateway (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternetGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it is attached to, at most one.
    pub vpc: Option<VpcId>,
}

/// The private ranges of RFC 1918.
pub const PRIVATE: [Cidr; 3] = [
    Cidr::v4(Ipv4Addr::new(10, 0, 0, 0), 8),
    Cidr::v4(Ipv4Addr::new(172, 16, 0, 0), 12),
    Cidr::v4(Ipv4Addr::new(192, 168, 0, 0), 16),
];

/// The range shared by carriers, RFC 6598.
pub const SHARED: Cidr = Cidr::v4(Ipv4Addr::new(100, 64, 0, 0), 10);

/// Why an internet gateway rejects a packet that leaves the VPC for this destination: the internet
/// has no way to private and shared addresses
/// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
pub fn rejects_destination(destination: IpAddr) -> Option<Cause> {
    if PRIVATE.iter().any(|range| range.contains(destination)) {
        Some(Cause::PrivateDestination)
    } else {
        SHARED.contains(destination).then_some(Cause::SharedDestination)
    }
}

/// Why an internet gateway rejects a packet that enters the VPC from this source: no such address
/// can come from the internet
/// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
pub fn rejects_source(source: IpAddr) -> Option<Cause> {
    if PRIVATE.iter().any(|range| range.contains(source)) {
        Some(Cause::PrivateSource)
    } else {
        SHARED.contains(source).then_some(Cause::SharedSource)
    }
}
