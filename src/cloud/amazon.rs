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
        // In a VPC without DNS support nobody answers
        // (https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html).
        if vpc.dns_support
            && (Some(to) == resolver || to == link(169, 253) || to == v6(0x253))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Probe, ProbeEnd, Rules, sample::*, trace};

    fn check(protocol: Protocol, address: &str, port: u16, expected: bool) {
        let mut sample = Sample::new();
        // Nothing may go out: no rule in any group, no entry in any list.
        let acl = sample.network.vpcs()[sample.vpc].default_network_acl;
        sample.network.update(acl, |it| it.egress.clear());
        sample.network.update(sample.open, |it| it.egress.clear());
        let to = ProbeEnd::Address(ip(address));
        let probe = Probe::new(ProbeEnd::Interface(sample.app), to, protocol, port);
        let trace = trace(&sample.network, probe, &Rules::AWS);
        assert_eq!(trace.is_delivered(), expected, "{address}: {:?}", trace.verdict);
    }

    #[test]
    fn nothing_filters_the_services_of_aws() {
        for (protocol, address, port) in [
            (Protocol::UDP, "10.0.0.2", 53),
            (Protocol::TCP, "169.254.169.253", 53),
            (Protocol::TCP, "169.254.169.254", 80),
            (Protocol::TCP, "169.254.170.2", 80),
            (Protocol::UDP, "169.254.169.123", 123),
            (Protocol::TCP, "169.254.169.250", 1688),
            (Protocol::UDP, "255.255.255.255", 67),
        ] {
            check(protocol, address, port, true);
        }
    }

    #[test]
    fn their_addresses_are_no_loophole_for_other_ports() {
        check(Protocol::TCP, "169.254.169.254", 443, false);
        check(Protocol::TCP, "10.0.0.2", 80, false);
        check(Protocol::UDP, "10.0.1.2", 53, false);
    }
}
