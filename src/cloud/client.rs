//! Client: which ports the different kinds of clients send from.

use crate::net::Ports;

/// A kind of client. Answers go to the port that it sent from, which a network ACL must admit
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Client {
    /// Many Linux kernels, Amazon's too.
    Linux,
    /// Windows since Server 2008.
    Windows,
    /// Windows up to Server 2003.
    OldWindows,
    /// A NAT gateway.
    NatGateway,
    /// A load balancer.
    LoadBalancer,
    /// A Lambda function.
    Lambda,
}

impl Client {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Linux,
        Self::Windows,
        Self::OldWindows,
        Self::NatGateway,
        Self::LoadBalancer,
        Self::Lambda,
    ];

    /// How scenes call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::Windows => "windows",
            Self::OldWindows => "windows-2003",
            Self::NatGateway => "nat",
            Self::LoadBalancer => "elb",
            Self::Lambda => "lambda",
        }
    }

    /// The kind that a word means.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// The ports that it may send from
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>).
    pub fn ephemeral(self) -> Ports {
        let (low, high) = match self {
            Self::Linux => (32768, 61000),
            Self::Windows => (49152, 65535),
            Self::OldWindows => (1025, 5000),
            Self::NatGateway | Self::LoadBalancer | Self::Lambda => (1024, 65535),
        };
        Ports::new(low, high).unwrap_or(Ports::ALL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{AclAction, AclEntry, Change, Direction, Probe, ProbeEnd, Rules, sample::*, trace},
        net::{Cidr, Protocol},
    };

    #[test]
    fn a_list_for_the_ports_of_one_kind_stops_answers_to_another() {
        let mut sample = Sample::new();
        let acl = sample.network.network_acl_of(sample.public);
        let direction = Direction::Egress;
        sample.apply(Change::DeleteNetworkAclEntry { acl, direction, number: 100 });
        let entry = AclEntry {
            number: 100,
            action: AclAction::Allow,
            protocol: Some(Protocol::TCP),
            ports: Client::Windows.ephemeral(),
            cidr: Cidr::ANY_V4,
        };
        sample.apply(Change::CreateNetworkAclEntry { acl, direction, entry });
        for (client, expected) in [
            (Client::Windows, true),
            (Client::Linux, false),
            (Client::OldWindows, false),
            (Client::NatGateway, false),
        ] {
            let web = ProbeEnd::Interface(sample.web);
            let probe = Probe {
                source_port: client.ephemeral().low,
                ..Probe::new(INTERNET, web, Protocol::TCP, 443)
            };
            let found = trace(&sample.network, probe, &Rules::AWS).is_delivered();
            assert_eq!(found, expected, "{client:?}");
            assert_eq!(Client::named(client.as_str()), Some(client));
        }
    }
}
