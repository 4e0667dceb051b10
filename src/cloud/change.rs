//! Every edit that a person can make, named after the AWS operation, checked as AWS checks it, with
//! an exact undo.

use std::net::IpAddr;

use crate::{
    cloud::{
        AclEntry, Connectivity, Direction, InstanceId, InterfaceId, InternetGatewayId, Listening,
        Name, NatGatewayId, Network, NetworkAclId, RouteTableId, SecurityGroupId,
        SecurityGroupRule, SubnetId, Target, Thing, VpcId, Zone,
    },
    net::Cidr,
};

/// One edit of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the AWS operation of the same name")]
pub enum Change {
    CreateVpc {
        name: Name,
        cidr: Cidr,
    },
    DeleteVpc {
        vpc: VpcId,
    },
    AssociateVpcCidrBlock {
        vpc: VpcId,
        cidr: Cidr,
    },
    DisassociateVpcCidrBlock {
        vpc: VpcId,
        cidr: Cidr,
    },
    CreateSubnet {
        name: Name,
        vpc: VpcId,
        zone: Zone,
        cidr: Cidr,
    },
    DeleteSubnet {
        subnet: SubnetId,
    },
    ModifySubnetAttribute {
        subnet: SubnetId,
        auto_assign_public_ip: bool,
    },
    CreateRouteTable {
        name: Name,
        vpc: VpcId,
    },
    DeleteRouteTable {
        table: RouteTableId,
    },
    /// An explicit association; `None` goes back to the main table.
    AssociateRouteTable {
        subnet: SubnetId,
        table: Option<RouteTableId>,
    },
    ReplaceMainRouteTable {
        vpc: VpcId,
        table: RouteTableId,
    },
    CreateRoute {
        table: RouteTableId,
        destination: Cidr,
        target: Target,
    },
    ReplaceRoute {
        table: RouteTableId,
        destination: Cidr,
        target: Target,
    },
    DeleteRoute {
        table: RouteTableId,
        destination: Cidr,
    },
    CreateInternetGateway {
        name: Name,
    },
    AttachInternetGateway {
        gateway: InternetGatewayId,
        vpc: VpcId,
    },
    DetachInternetGateway {
        gateway: InternetGatewayId,
    },
    DeleteInternetGateway {
        gateway: InternetGatewayId,
    },
    /// Brings its own interface and, when public, an Elastic IP (a free one when `None`).
    CreateNatGateway {
        name: Name,
        subnet: SubnetId,
        connectivity: Connectivity,
        address: Option<IpAddr>,
        public_address: Option<std::net::Ipv4Addr>,
    },
    DeleteNatGateway {
        gateway: NatGatewayId,
    },
    CreateSecurityGroup {
        name: Name,
        vpc: VpcId,
    },
    DeleteSecurityGroup {
        group: SecurityGroupId,
    },
    AuthorizeSecurityGroup {
        group: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
    },
    RevokeSecurityGroup {
        group: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
    },
    CreateNetworkAcl {
        name: Name,
        vpc: VpcId,
    },
    DeleteNetworkAcl {
        acl: NetworkAclId,
    },
    /// `None` goes back to the default list.
    AssociateNetworkAcl {
        subnet: SubnetId,
        acl: Option<NetworkAclId>,
    },
    CreateNetworkAclEntry {
        acl: NetworkAclId,
        direction: Direction,
        entry: AclEntry,
    },
    ReplaceNetworkAclEntry {
        acl: NetworkAclId,
        direction: Direction,
        entry: AclEntry,
    },
    DeleteNetworkAclEntry {
        acl: NetworkAclId,
        direction: Direction,
        number: u16,
    },
    /// Launches an instance with one interface. `address` and `public_address` pick addresses,
    /// `None` takes what AWS would give; `groups` empty means the default group.
    RunInstance {
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        groups: Vec<SecurityGroupId>,
        listening: Listening,
    },
    StopInstance {
        instance: InstanceId,
    },
    StartInstance {
        instance: InstanceId,
    },
    TerminateInstance {
        instance: InstanceId,
    },
    ModifyInterfaceGroups {
        interface: InterfaceId,
        groups: Vec<SecurityGroupId>,
    },
    ModifySourceDestCheck {
        interface: InterfaceId,
        on: bool,
    },
    /// Gives an Elastic IP: this one, or a free one when `None`.
    AssociateAddress {
        interface: InterfaceId,
        address: Option<std::net::Ipv4Addr>,
    },
    DisassociateAddress {
        interface: InterfaceId,
    },
    /// Not AWS's: puts a host on the internet.
    CreateHost {
        name: Name,
        address: IpAddr,
        listening: Listening,
    },
}

impl Change {
    /// What the change counts against par: 1 for what a person would call one step, 0 for the
    /// half of a step (an internet gateway counts when it is attached, not when it is made).
    pub fn cost(&self) -> u32 {
        todo!()
    }
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What takes it back.
    pub undo: Undo,
    /// The object that the change made.
    pub made: Option<Thing>,
}

/// Takes one change back, exactly: the network afterwards equals the network before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    // what stood in each slot before
}

/// Why AWS would refuse a change. `code` is AWS's error code
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// AWS's error code, such as `InvalidSubnet.Conflict`.
    pub code: &'static str,
    /// What exactly is wrong, for the words that explain it.
    pub reason: Reason,
}

/// What exactly is wrong with a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The object was deleted.
    Missing,
}

impl Network {
    /// Makes a change, or leaves the network as it was and says why AWS would refuse.
    ///
    /// # Errors
    /// The [`Refusal`] with AWS's error code.
    pub fn apply(&mut self, change: Change) -> Result<Applied, Refusal> {
        let _ = change;
        todo!()
    }

    /// Takes the last change back. Undos are taken in the reverse order of their changes.
    pub fn undo(&mut self, undo: Undo) {
        let _ = undo;
        todo!()
    }
}
