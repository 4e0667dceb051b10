//! The services that AWS answers inside every VPC, and that nothing can filter.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::Vpc,
    net::{Packet, Protocol},
};

/// A service of AWS's inside the VPC. Neither security groups nor network ACLs filter the traffic
/// to and from it
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html>,
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmazonService {
    /// Route 53 Resolver: DNS at the VPC's base address plus two.
    Resolver,
    /// The instance metadata service.
    InstanceMetadata,
    /// The metadata of a container's task.
    TaskMetadata,
    /// Amazon Time Sync.
    TimeSync,
    /// The activation of Windows licences.
    WindowsActivation,
    /// DHCP.
    Dhcp,
}

impl AmazonService {
    /// The service that a packet sent inside `vpc` is for, if it is for one.
    pub fn of(vpc: &Vpc, packet: &Packet) -> Option<Self> {
        const fn link(third: u8, fourth: u8) -> IpAddr {
            IpAddr::V4(Ipv4Addr::new(169, 254, third, fourth))
        }
        const fn v6(last: u16) -> IpAddr {
            IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, last))
        }
        let resolver = vpc.cidrs.first().and_then(|cidr| cidr.nth(2));
        let to = packet.destination;
        let port = (packet.protocol, packet.destination_port);
        if (Some(to) == resolver || to == link(169, 253) || to == v6(0x253))
            && (port == (Protocol::UDP, 53) || port == (Protocol::TCP, 53))
        {
            return Some(Self::Resolver);
        }
        Some(match port {
            (Protocol::TCP, 80) if to == link(169, 254) || to == v6(0x254) => {
                Self::InstanceMetadata
            }
            (Protocol::TCP, 80) if to == link(170, 2) => Self::TaskMetadata,
            (Protocol::UDP, 123) if to == link(169, 123) || to == v6(0x123) => Self::TimeSync,
            (Protocol::TCP, 1688) if to == link(169, 250) || to == link(169, 251) => {
                Self::WindowsActivation
            }
            (Protocol::UDP, 67) if to == IpAddr::V4(Ipv4Addr::BROADCAST) => Self::Dhcp,
            _ => return None,
        })
    }
}
