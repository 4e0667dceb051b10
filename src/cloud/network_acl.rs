//! Network ACL: a stateless, numbered list at the edge of a subnet.

use crate::{
    cloud::{Id, Name, VpcId},
    net::{Cidr, Ports, Protocol},
};

/// Names a [`NetworkAcl`].
pub type NetworkAclId = Id<NetworkAcl>;

/// A network ACL (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>). Behind
/// the entries stands the rule `*`, which denies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkAcl {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may enter the subnet, by ascending number.
    pub ingress: Vec<AclEntry>,
    /// What may leave it, by ascending number.
    pub egress: Vec<AclEntry>,
}

/// One entry of a network ACL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AclEntry {
    /// 1 to 32766; the lowest matching number decides.
    pub number: u16,
    /// What happens to what matches.
    pub action: AclAction,
    /// The protocol; `None` means all.
    pub protocol: Option<Protocol>,
    /// The destination ports; every port for protocols without ports.
    pub ports: Ports,
    /// The far addresses: source of an inbound entry, destination of an outbound one.
    pub cidr: Cidr,
}

/// What a network ACL entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclAction {
    /// Lets pass.
    Allow,
    /// Drops silently.
    Deny,
}
