//! The whole network as one value.

use std::{fmt, net::IpAddr, ops::Deref, sync::Arc};

use crate::cloud::{
    Host, HostId, Instance, InstanceId, Interface, InterfaceId, InternetGateway, InternetGatewayId,
    NatGateway, NatGatewayId, NetworkAcl, NetworkAclId, RouteTable, RouteTableId, SecurityGroup,
    SecurityGroupId, Subnet, SubnetId, Table, Vpc, VpcId,
};

/// What an author called an object. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S: AsRef<str>> From<S> for Name {
    fn from(text: S) -> Self {
        Self(text.as_ref().into())
    }
}

impl Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// Any one object of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names its object")]
pub enum Thing {
    Vpc(VpcId),
    Subnet(SubnetId),
    RouteTable(RouteTableId),
    InternetGateway(InternetGatewayId),
    NatGateway(NatGatewayId),
    SecurityGroup(SecurityGroupId),
    NetworkAcl(NetworkAclId),
    Instance(InstanceId),
    Interface(InterfaceId),
    Host(HostId),
}

/// Every object of a simulated cloud, and the internet around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    pub(super) vpcs: Table<Vpc>,
    pub(super) subnets: Table<Subnet>,
    pub(super) route_tables: Table<RouteTable>,
    pub(super) internet_gateways: Table<InternetGateway>,
    pub(super) nat_gateways: Table<NatGateway>,
    pub(super) security_groups: Table<SecurityGroup>,
    pub(super) network_acls: Table<NetworkAcl>,
    pub(super) instances: Table<Instance>,
    pub(super) interfaces: Table<Interface>,
    pub(super) hosts: Table<Host>,
}

impl Network {
    /// A cloud with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The address that stands for "somewhere on the internet" when a probe names no host.
    pub const INTERNET: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 1));

    /// The VPCs.
    pub fn vpcs(&self) -> &Table<Vpc> {
        &self.vpcs
    }
    /// The subnets.
    pub fn subnets(&self) -> &Table<Subnet> {
        &self.subnets
    }
    /// The route tables.
    pub fn route_tables(&self) -> &Table<RouteTable> {
        &self.route_tables
    }
    /// The internet gateways.
    pub fn internet_gateways(&self) -> &Table<InternetGateway> {
        &self.internet_gateways
    }
    /// The NAT gateways.
    pub fn nat_gateways(&self) -> &Table<NatGateway> {
        &self.nat_gateways
    }
    /// The security groups.
    pub fn security_groups(&self) -> &Table<SecurityGroup> {
        &self.security_groups
    }
    /// The network ACLs.
    pub fn network_acls(&self) -> &Table<NetworkAcl> {
        &self.network_acls
    }
    /// The instances.
    pub fn instances(&self) -> &Table<Instance> {
        &self.instances
    }
    /// The network interfaces.
    pub fn interfaces(&self) -> &Table<Interface> {
        &self.interfaces
    }
    /// The hosts on the internet.
    pub fn hosts(&self) -> &Table<Host> {
        &self.hosts
    }

    /// What an object is called; `None` when it was deleted.
    pub fn name(&self, thing: Thing) -> Option<&Name> {
        Some(match thing {
            Thing::Vpc(id) => &self.vpcs.get(id)?.name,
            Thing::Subnet(id) => &self.subnets.get(id)?.name,
            Thing::RouteTable(id) => &self.route_tables.get(id)?.name,
            Thing::InternetGateway(id) => &self.internet_gateways.get(id)?.name,
            Thing::NatGateway(id) => &self.nat_gateways.get(id)?.name,
            Thing::SecurityGroup(id) => &self.security_groups.get(id)?.name,
            Thing::NetworkAcl(id) => &self.network_acls.get(id)?.name,
            Thing::Instance(id) => &self.instances.get(id)?.name,
            Thing::Interface(id) => &self.interfaces.get(id)?.name,
            Thing::Host(id) => &self.hosts.get(id)?.name,
        })
    }

    /// The route table that decides for a subnet: its own, else the VPC's main table
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html>).
    pub fn route_table_of(&self, subnet: SubnetId) -> RouteTableId {
        let subnet = &self.subnets[subnet];
        subnet.route_table.unwrap_or_else(|| self.vpcs[subnet.vpc].main_route_table)
    }

    /// The network ACL that guards a subnet: its own, else the VPC's default list
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>).
    pub fn network_acl_of(&self, subnet: SubnetId) -> NetworkAclId {
        let subnet = &self.subnets[subnet];
        subnet.network_acl.unwrap_or_else(|| self.vpcs[subnet.vpc].default_network_acl)
    }
}
