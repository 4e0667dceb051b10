//! VPC: an isolated network in one Region, with its own router, groups and lists.

use crate::{
    cloud::{
        AclAction, AclEntry, Id, Name, Network, NetworkAcl, NetworkAclId, Peer, Route, RouteTable,
        RouteTableId, SecurityGroup, SecurityGroupId, SecurityGroupRule, edit::Edit,
    },
    net::{Cidr, Ports},
};

/// Names a [`Vpc`].
pub type VpcId = Id<Vpc>;

impl Vpc {
    /// Is the address inside one of its blocks?
    pub fn contains(&self, address: std::net::IpAddr) -> bool {
        self.cidrs.iter().chain(&self.ipv6_cidrs).any(|cidr| cidr.contains(address))
    }
}

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

impl Network {
    /// Adds a VPC, unchecked, with what AWS makes along with it: a main route table that knows the
    /// VPC's own blocks, the group `default`, and a network ACL that lets everything pass
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html>).
    pub fn insert_vpc(&mut self, name: impl Into<Name>, cidrs: &[Cidr]) -> VpcId {
        Edit::new(self).make_vpc(name.into(), cidrs)
    }
}

impl Edit<'_> {
    /// Makes a VPC and what comes with it: see [`Network::insert_vpc`].
    pub fn make_vpc(&mut self, name: Name, cidrs: &[Cidr]) -> VpcId {
        let id = self.network.vpcs.next_id();
        let main_route_table = self.make(RouteTable {
            name: format!("{name}-main").into(),
            vpc: id,
            routes: cidrs.iter().copied().map(Route::local).collect(),
        });
        let default_security_group = self.make(SecurityGroup {
            name: "default".into(),
            vpc: id,
            ingress: Vec::new(),
            egress: vec![SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4))],
        });
        // The default group lets its own members in
        // (https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
        self.change(default_security_group, |group| {
            let own = Peer::Group(default_security_group);
            group.ingress.push(SecurityGroupRule::everything(own));
        });
        // The default list lets everything pass
        // (https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html).
        let everything = AclEntry {
            number: 100,
            action: AclAction::Allow,
            protocol: None,
            ports: Ports::ALL,
            cidr: Cidr::ANY_V4,
        };
        let default_network_acl = self.make(NetworkAcl {
            name: format!("{name}-default").into(),
            vpc: id,
            ingress: vec![everything],
            egress: vec![everything],
        });
        let (v4, v6) = cidrs.iter().partition(|cidr| cidr.is_ipv4());
        self.make(Vpc {
            name,
            cidrs: v4,
            ipv6_cidrs: v6,
            main_route_table,
            default_security_group,
            default_network_acl,
        })
    }
}
