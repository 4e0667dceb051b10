//! What can be wrong with a change of load balancers, endpoints, functions, databases, tasks, APIs and distributions.

use std::net::IpAddr;

use crate::cloud::{
    AddressType, DnsRecords, EndpointAddressType, InterfaceEndpointId, ListenerProtocol,
    LoadBalancerId, LoadBalancerKind, Name, Reason, ServiceId, SubnetId, TargetGroupId, TargetKind,
    VpcId, Zone,
};

/// What exactly is wrong with a change of load balancers, endpoints, functions, databases, tasks, APIs and distributions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceReason {
    /// Load balancers of an account have different names.
    LoadBalancerNameTaken(Name),
    /// This kind of load balancer has no groups, or was made without.
    LoadBalancerWithoutGroups(LoadBalancerKind),
    /// A load balancer needs a subnet, and an Application Load Balancer two zones.
    LoadBalancerZones(LoadBalancerKind),
    /// A load balancer wants eight free addresses in each of its subnets.
    LoadBalancerRoom(SubnetId),
    /// A load balancer has one subnet in each zone.
    LoadBalancerZoneTwice(Zone),
    /// A Gateway Load Balancer faces no internet.
    GatewayLoadBalancerInternal,
    /// This kind of load balancer has no listeners of the protocol.
    ListenerProtocol(ListenerProtocol, LoadBalancerKind),
    /// The load balancer listens on the port already.
    ListenerExists(LoadBalancerId, u16),
    /// The load balancer does not listen on the port.
    ListenerUnknown(LoadBalancerId, u16),
    /// A Region has each service once.
    ServiceThere(ServiceId),
    /// An Application Load Balancer always sends across zones.
    AlwaysCrossZone(LoadBalancerId),
    /// Target groups of an account have different names.
    TargetGroupNameTaken(Name),
    /// A listener of this protocol cannot send to the group.
    TargetGroupProtocol(TargetGroupId, ListenerProtocol),
    /// A group of such targets does not speak the protocol.
    TargetKindProtocol(TargetKind, ListenerProtocol),
    /// A group of such targets with this protocol cannot be for IPv6.
    TargetKindIpv6(TargetKind, ListenerProtocol),
    /// The group is for other targets than this.
    TargetKind(TargetGroupId),
    /// A target's address is private.
    TargetAddressPublic(IpAddr),
    /// Nodes of this load balancer cannot have such addresses.
    AddressTypeOfKind(LoadBalancerId, AddressType),
    /// A load balancer that listens to UDP takes IPv6 only with prefixes for source NAT.
    DatagramsOverIpv6(LoadBalancerId),
    /// The group's targets are reached over IPv6, for which the load balancer's nodes need addresses.
    GroupNeedsDualstack(TargetGroupId),
    /// The group's targets are all reached by IPv4, or all by IPv6.
    TargetFamily(TargetGroupId),
    /// The group has no such target.
    TargetUnknown(TargetGroupId),
    /// Whether this group's targets see the client's address cannot be chosen.
    ClientIpFixed(TargetGroupId),
    /// An endpoint needs a subnet.
    EndpointWithoutSubnet,
    /// A Gateway Load Balancer endpoint has one subnet.
    EndpointOneSubnet,
    /// A Gateway Load Balancer endpoint has no groups.
    EndpointWithoutGroups(InterfaceEndpointId),
    /// An endpoint has one subnet in each zone.
    EndpointZoneTwice(Zone),
    /// Private names want DNS support and DNS hostnames on the VPC.
    PrivateDnsNeedsVpcDns(VpcId),
    /// Another endpoint of the VPC has the service's name.
    PrivateDnsTaken(InterfaceEndpointId),
    /// Behind an endpoint service stand Network Load Balancers, or Gateway Load Balancers.
    EndpointServiceBalancers,
    /// Functions of an account have different names.
    FunctionNameTaken(Name),
    /// Databases of an account have different names.
    DatabaseNameTaken(Name),
    /// The subnets of a database cover two zones.
    DatabaseZones,
    /// Records are for addresses that an endpoint has.
    RecordsOfAddressType(DnsRecords, EndpointAddressType),
    /// An endpoint with IPv6 alone stands in subnets with IPv6 alone.
    SubnetHasIpv4(SubnetId),
    /// What this load balancer offers takes no IPv6.
    OfferedOverIpv4(LoadBalancerId),
    /// A task on one's own instances has no public address.
    TaskOnEc2NotPublic,
    /// A VPC link without interfaces of its own leads to a Network Load Balancer.
    VpcLinkBalancer(LoadBalancerId),
    /// A bucket is S3's.
    OriginNotABucket(ServiceId),
    /// `CloudFront` does not ask this load balancer privately.
    OriginBalancer(LoadBalancerId),
}

impl From<ServiceReason> for Reason {
    fn from(reason: ServiceReason) -> Self {
        Self::Service(reason)
    }
}
