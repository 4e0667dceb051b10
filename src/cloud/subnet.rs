//! Subnet: a range of a VPC's addresses inside one availability zone.

use crate::{
    cloud::{Id, Name, NetworkAclId, RouteTableId, VpcId},
    net::Cidr,
};

/// Names a [`Subnet`].
pub type SubnetId = Id<Subnet>;

/// An availability zone, by its name: `a`, or `ap-northeast-2a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(pub Name);

impl Subnet {
    /// Does it hold the address?
    pub fn contains(&self, address: std::net::IpAddr) -> bool {
        self.cidr.contains(address) || self.ipv6_cidr.is_some_and(|it| it.contains(address))
    }
}

/// A subnet (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subnet {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC whose range it is a part of.
    pub vpc: VpcId,
    /// The one zone it lies in.
    pub zone: Zone,
    /// Its IPv4 range.
    pub cidr: Cidr,
    /// Its IPv6 range.
    pub ipv6_cidr: Option<Cidr>,
    /// The explicitly associated route table; `None` means the VPC's main table.
    pub route_table: Option<RouteTableId>,
    /// The explicitly associated network ACL; `None` means the VPC's default list.
    pub network_acl: Option<NetworkAclId>,
    /// Do instances launched here get a public IPv4 address?
    pub auto_assign_public_ip: bool,
}
