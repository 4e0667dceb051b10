//! What a change sets. A fix sets nothing twice: the first time would have been in vain.

use crate::{
    cloud::{
        Change, DatabaseId, Direction, Exclusion, ExclusionOf, FunctionId, GatewayEndpointId,
        InstanceId, InterfaceEndpointId, InterfaceId, InternetGatewayId, LoadBalancerId,
        NetworkAclId, Registered, RouteTableId, SecurityGroupId, SecurityGroupRule, ServiceChange,
        SubnetId, TargetGroupId, TransitChange, TransitGatewayAttachmentId,
        TransitGatewayRouteTableId, VirtualPrivateGatewayId, VpcId, VpnConnectionId,
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
    Dns64(SubnetId),
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
    Tables(GatewayEndpointId),
    Policy(GatewayEndpointId),
    Listener(LoadBalancerId, u16),
    CrossZone(LoadBalancerId),
    Zones(LoadBalancerId),
    BalancerGroups(LoadBalancerId),
    Target(TargetGroupId, Registered, Option<u16>),
    Attributes(TargetGroupId, bool, bool),
    Endpoint(InterfaceEndpointId, bool, bool, bool),
    EndpointAddresses(InterfaceEndpointId),
    FunctionIpv6(FunctionId),
    Public(DatabaseId),
    NetworkType(DatabaseId),
    AddressType(LoadBalancerId),
    TransitRoute(TransitGatewayRouteTableId, Cidr),
    Association(TransitGatewayAttachmentId),
    Propagation(TransitGatewayRouteTableId, TransitGatewayAttachmentId),
    Attachment(TransitGatewayAttachmentId, bool, bool, bool),
    Vgw(VirtualPrivateGatewayId),
    VgwPropagation(VirtualPrivateGatewayId, RouteTableId),
    VpnRoute(VpnConnectionId, Cidr),
}

/// Does a change set what one before it has set?
pub(super) fn sets_again(change: &Change, before: &Change) -> bool {
    let (own, others) = (Knob::all(change), Knob::all(before));
    own.iter().flatten().any(|it| others.iter().flatten().any(|other| it == other))
}

impl<'c> Knob<'c> {
    /// All that a change sets.
    fn all(change: &'c Change) -> [Option<Self>; 2] {
        match change {
            // The old rule goes, the new one comes.
            Change::ModifySecurityGroupRule { group, direction, rule, new } => [
                Some(Self::Rule(*group, *direction, rule)),
                Some(Self::Rule(*group, *direction, new)),
            ],
            _ => [Self::of(change), None],
        }
    }

    /// What a change sets; `None` when it makes or deletes something, or is no part of a fix.
    fn of(change: &'c Change) -> Option<Self> {
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
            Change::ModifySubnetDns64 { subnet, .. } => Self::Dns64(*subnet),
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
            Change::ModifyGatewayEndpoint { endpoint, .. } => Self::Tables(*endpoint),
            Change::ModifyGatewayEndpointPolicy { endpoint, .. } => Self::Policy(*endpoint),
            Change::Service(change) => return Self::of_service(change),
            Change::Transit(change) => return Self::of_transit(change),
            _ => return None,
        })
    }

    fn of_transit(change: &TransitChange) -> Option<Self> {
        use TransitChange as T;
        Some(match change {
            T::CreateTransitGatewayRoute { table, destination, .. }
            | T::ReplaceTransitGatewayRoute { table, destination, .. }
            | T::DeleteTransitGatewayRoute { table, destination } => {
                Self::TransitRoute(*table, *destination)
            }
            T::AssociateTransitGatewayRouteTable { attachment, .. }
            | T::DisassociateTransitGatewayRouteTable { attachment, .. } => {
                Self::Association(*attachment)
            }
            T::EnableTransitGatewayRouteTablePropagation { attachment, table }
            | T::DisableTransitGatewayRouteTablePropagation { attachment, table } => {
                Self::Propagation(*table, *attachment)
            }
            T::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode,
                group_references,
            } => Self::Attachment(
                *attachment,
                subnets.is_some(),
                appliance_mode.is_some(),
                group_references.is_some(),
            ),
            T::AttachVpnGateway { gateway, .. } | T::DetachVpnGateway { gateway, .. } => {
                Self::Vgw(*gateway)
            }
            T::EnableVgwRoutePropagation { gateway, table }
            | T::DisableVgwRoutePropagation { gateway, table } => {
                Self::VgwPropagation(*gateway, *table)
            }
            T::CreateVpnConnectionRoute { vpn, destination }
            | T::DeleteVpnConnectionRoute { vpn, destination } => {
                Self::VpnRoute(*vpn, *destination)
            }
            _ => return None,
        })
    }

    fn of_service(change: &ServiceChange) -> Option<Self> {
        use ServiceChange as S;
        Some(match change {
            S::SetSubnets { balancer, .. } => Self::Zones(*balancer),
            S::SetSecurityGroups { balancer, .. } => Self::BalancerGroups(*balancer),
            S::ModifyLoadBalancerAttributes { balancer, .. } => Self::CrossZone(*balancer),
            S::CreateListener { balancer, listener } => Self::Listener(*balancer, listener.port),
            S::ModifyListener { balancer, port, .. } | S::DeleteListener { balancer, port } => {
                Self::Listener(*balancer, *port)
            }
            S::RegisterTarget { group, target } => Self::Target(*group, target.target, target.port),
            S::DeregisterTarget { group, target, port } => Self::Target(*group, *target, *port),
            S::ModifyTargetGroupAttributes { group, cross_zone, preserve_client_ip } => {
                Self::Attributes(*group, cross_zone.is_some(), preserve_client_ip.is_some())
            }
            S::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups } => {
                Self::Endpoint(*endpoint, private_dns.is_some(), policy.is_some(), groups.is_some())
            }
            S::ModifyEndpointAddressType { endpoint, .. } => Self::EndpointAddresses(*endpoint),
            S::ModifyFunctionIpv6 { function, .. } => Self::FunctionIpv6(*function),
            S::ModifyDatabase { database, .. } => Self::Public(*database),
            S::ModifyDatabaseNetworkType { database, .. } => Self::NetworkType(*database),
            S::SetIpAddressType { balancer, .. } => Self::AddressType(*balancer),
            _ => return None,
        })
    }
}
