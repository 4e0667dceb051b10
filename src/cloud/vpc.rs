//! VPC: an isolated network in one Region, with its own router, groups and lists.

use crate::{
    cloud::{Id, Name, NetworkAclId, RouteTableId, SecurityGroupId},
    net::Cidr,
};

/// Names a [`Vpc`].
pub type VpcId = Id<Vpc>;

/// A virtual private cloud. Made with a main route table, a default security group and a
/// default network ACL (<https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vpc {
    /// As the author wrote it.
    pub name: Name,
    /// IPv4 blocks, the primary first.
    pub cidrs: Vec<Cidr>,
    /// IPv6 blocks.
    pub ipv6_cidrs: Vec<Cidr>,
    /// The table of every subnet without an explicit association.
    pub main_route_table: RouteTableId,
    /// The group of every interface made without one.
    pub default_security_group: SecurityGroupId,
    /// The list of every subnet without an explicit association.
    pub default_network_acl: NetworkAclId,
}
