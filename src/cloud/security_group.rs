//! Security group: a stateful list of what an interface lets in and out.

use crate::{
    cloud::{Id, Name, VpcId},
    net::{Cidr, Ports, Protocol},
};

/// Names a [`SecurityGroup`].
pub type SecurityGroupId = Id<SecurityGroup>;

/// A security group (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroup {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may come in.
    pub ingress: Vec<SecurityGroupRule>,
    /// What may go out.
    pub egress: Vec<SecurityGroupRule>,
}

/// One rule of a group. There are allow rules only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroupRule {
    /// The protocol; `None` means all.
    pub protocol: Option<Protocol>,
    /// The destination ports; every port for protocols without ports.
    pub ports: Ports,
    /// The other end.
    pub peer: Peer,
}

/// The other end of a security group rule: the source of an inbound rule, the destination of an
/// outbound one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Addresses.
    Cidr(Cidr),
    /// The private addresses of the interfaces that carry the group.
    Group(SecurityGroupId),
}
