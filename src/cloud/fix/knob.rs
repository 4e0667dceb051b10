//! What a change sets. A fix sets nothing twice: the first time would have been in vain.

use crate::{
    cloud::{
        Change, Direction, Exclusion, ExclusionOf, InstanceId, InterfaceId, InternetGatewayId,
        NetworkAclId, RouteTableId, SecurityGroupId, SecurityGroupRule, SubnetId, VpcId,
    },
    net::Cidr,
};

/// One thing that can be set. A rule is there or not, a route leads somewhere or is not there.
#[derive(PartialEq, Eq)]
pub(super) enum Knob<'c> {
    Rule(SecurityGroupId, Direction, &'c SecurityGroupRule),
    Entry(NetworkAclId, Direction, u16),
    Route(RouteTableId, Cidr),
    MainTable(VpcId),
    Table(SubnetId),
    Acl(SubnetId),
    Gateway(InternetGatewayId),
    Groups(InterfaceId),
    SourceDestCheck(InterfaceId),
    PublicAddress(InterfaceId),
    Ipv6Address(InterfaceId),
    State(InstanceId),
    Listening(InstanceId),
    BlockMode,
    Exclusion(ExclusionOf),
}

impl<'c> Knob<'c> {
    /// What a change sets; `None` when it makes or deletes something, or is no part of a fix.
    pub fn of(change: &'c Change) -> Option<Self> {
        Some(match change {
            Change::AuthorizeSecurityGroup { group, direction, rule }
            | Change::RevokeSecurityGroup { group, direction, rule } => {
                Self::Rule(*group, *direction, rule)
            }
            Change::CreateNetworkAclEntry { acl, direction, entry }
            | Change::ReplaceNetworkAclEntry { acl, direction, entry } => {
                Self::Entry(*acl, *direction, entry.number)
            }
            Change::DeleteNetworkAclEntry { acl, direction, number } => {
                Self::Entry(*acl, *direction, *number)
            }
            Change::CreateRoute { table, destination, .. }
            | Change::ReplaceRoute { table, destination, .. }
            | Change::DeleteRoute { table, destination } => Self::Route(*table, *destination),
            Change::ReplaceMainRouteTable { vpc, .. } => Self::MainTable(*vpc),
            Change::AssociateRouteTable { subnet, .. } => Self::Table(*subnet),
            Change::AssociateNetworkAcl { subnet, .. } => Self::Acl(*subnet),
            Change::AttachInternetGateway { gateway, .. }
            | Change::DetachInternetGateway { gateway } => Self::Gateway(*gateway),
            Change::ModifyInterfaceGroups { interface, .. } => Self::Groups(*interface),
            Change::ModifySourceDestCheck { interface, .. } => Self::SourceDestCheck(*interface),
            Change::AssociateAddress { interface, .. }
            | Change::DisassociateAddress { interface } => Self::PublicAddress(*interface),
            Change::AssignIpv6Address { interface, .. }
            | Change::UnassignIpv6Address { interface, .. } => Self::Ipv6Address(*interface),
            Change::StartInstance { instance } | Change::StopInstance { instance } => {
                Self::State(*instance)
            }
            Change::ConfigureInstance { instance, .. } => Self::Listening(*instance),
            Change::ModifyBlockPublicAccess { .. } => Self::BlockMode,
            Change::PutExclusion { exclusion: Exclusion { of, .. } }
            | Change::DeleteExclusion { of } => Self::Exclusion(*of),
            _ => return None,
        })
    }
}
