//! Instances and their network interfaces.

use std::net::{IpAddr, Ipv4Addr};

use crate::cloud::{Id, Listening, Name, SecurityGroupId, SubnetId};

/// Names an [`Instance`].
pub type InstanceId = Id<Instance>;
/// Names an [`Interface`].
pub type InterfaceId = Id<Interface>;

/// A virtual server (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// As the author wrote it.
    pub name: Name,
    /// Whether it runs.
    pub state: InstanceState,
    /// Its interfaces, the primary first.
    pub interfaces: Vec<InterfaceId>,
    /// Which ports answer.
    pub listening: Listening,
    /// What its operating system does with packets that are not for itself.
    pub forwarding: Forwarding,
}

/// What an instance does with packets for somebody else, once routes and the source/destination
/// check bring them to it
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Forwarding {
    /// Ignores them, like any ordinary server.
    #[default]
    Off,
    /// Passes them on unchanged: a firewall, a router.
    Routes,
    /// Passes them on; what leaves for addresses outside the VPC gets its own address as the
    /// source: a NAT instance.
    Translates,
}

/// Where an instance is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceState {
    /// Answers.
    Running,
    /// Does not answer; keeps its private addresses and Elastic IP.
    Stopped,
}

/// An elastic network interface (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
/// Everything with an address in a subnet has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// As the author wrote it.
    pub name: Name,
    /// The subnet whose addresses it has.
    pub subnet: SubnetId,
    /// What it belongs to.
    pub kind: InterfaceKind,
    /// Private IPv4 addresses (and IPv6 addresses behind them), the primary first.
    pub addresses: Vec<IpAddr>,
    /// The public IPv4 address that the internet gateway maps to the primary private one.
    pub public_address: Option<PublicAddress>,
    /// Its groups; their rules are united.
    pub security_groups: Vec<SecurityGroupId>,
    /// Drop what is neither from nor to its own addresses? On by default.
    pub source_dest_check: bool,
}

impl Interface {
    /// Is the address one of its own?
    pub fn has(&self, address: IpAddr) -> bool {
        self.addresses.contains(&address)
    }

    /// The primary private IPv4 address: the one that the public address maps to.
    pub fn private_ipv4(&self) -> Option<IpAddr> {
        self.addresses.iter().copied().find(IpAddr::is_ipv4)
    }

    /// The first address of the same family as `other`.
    pub fn address_like(&self, other: IpAddr) -> Option<IpAddr> {
        self.addresses.iter().copied().find(|own| own.is_ipv4() == other.is_ipv4())
    }
}

/// What an interface belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterfaceKind {
    /// An instance.
    Instance(InstanceId),
    /// A NAT gateway: see [`Network::nat_gateway_of`](crate::cloud::Network::nat_gateway_of).
    NatGateway,
    /// A managed service of AWS's: a database, a task, a function. Every port is taken to answer.
    Service,
    /// Nothing yet.
    Unattached,
}

/// A public IPv4 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicAddress {
    /// The address that the internet sees.
    pub address: Ipv4Addr,
    /// An Elastic IP stays when the instance stops; one from Amazon's pool does not
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html>).
    pub elastic: bool,
}
