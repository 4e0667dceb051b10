//! What a check looks at.

use crate::cloud::{
    AmazonService, ApiId, Direction, DistributionId, EgressOnlyGatewayId, FunctionId,
    GatewayEndpointId, InterfaceEndpointId, InterfaceId, InternetGatewayId, Link, LoadBalancerId,
    NatGatewayId, NetworkAclId, OnPremisesId, PeeringId, RouteTableId, SecurityGroupId,
    TargetGroupId, TransitGatewayAttachmentId, TransitGatewayRouteTableId, VirtualPrivateGatewayId,
};

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A rule of a security group, by its place in the list.
    SecurityGroupRule(SecurityGroupId, Direction, usize),
    /// No rule of any group of the interface matched.
    NoSecurityGroupRule,
    /// The answer to a connection that the group let pass: state, not rules.
    TrackedConnection,
    /// An entry of a network ACL, by its number.
    AclEntry(NetworkAclId, Direction, u16),
    /// The closing `*` of a network ACL.
    AclDefault(NetworkAclId, Direction),
    /// A route, by its place in the table.
    Route(RouteTableId, usize),
    /// No route matched.
    NoRoute(RouteTableId),
    /// Is the packet from or to the interface's own addresses?
    SourceDestCheck(InterfaceId),
    /// Is the gateway attached to a VPC?
    Attachment(InternetGatewayId),
    /// Does the gateway know a public address for this private one (or the reverse)?
    PublicAddress(InternetGatewayId),
    /// Does what the gateway's table sends through an appliance come through it?
    ThroughAppliance(InternetGatewayId),
    /// Has the appliance to which the gateway's table leads a public address?
    AppliancePublicAddress(InterfaceId),
    /// Is the far address one that the gateway carries at all?
    InternetAddress(InternetGatewayId),
    /// Does the account's switch let the connection pass to or from the internet?
    BlockPublicAccess,
    /// Is it IPv6, which alone an egress-only gateway carries?
    EgressOnlyProtocol(EgressOnlyGatewayId),
    /// Does the packet belong to a connection that the egress-only gateway let out?
    EgressOnlyConnection(EgressOnlyGatewayId),
    /// Does the NAT gateway work?
    NatState(NatGatewayId),
    /// Is it a protocol that the NAT gateway translates?
    NatProtocol(NatGatewayId),
    /// Is the regional NAT gateway in the zone that the packet comes from?
    NatZone(NatGatewayId),
    /// Does the packet belong to a connection that the NAT gateway remembers?
    NatConnection(NatGatewayId),
    /// Are both addresses those of the two peers' own blocks?
    PeeredAddresses(PeeringId),
    /// Is it the answer to a NAT gateway on the other side of a peering?
    ReturnToSender(PeeringId),
    /// Does the endpoint's policy let the packet's sender ask?
    EndpointPolicy(GatewayEndpointId),
    /// Is the sender in the endpoint's own VPC?
    EndpointSender(GatewayEndpointId),
    /// Is it a protocol that a gateway endpoint carries?
    EndpointProtocol(GatewayEndpointId),
    /// Is the interface attached to something that runs?
    InstanceState(InterfaceId),
    /// Does the instance pass on what is not for itself?
    Forwarding(InterfaceId),
    /// Has the stateful appliance seen the beginning of the connection?
    KnownFlow(InterfaceId),
    /// Has the packet been here before, with the same header?
    Loop,
    /// Is it traffic of a service of AWS's, which nothing filters?
    NeverFiltered(AmazonService),
    /// Is it the answer to what the receiver asked?
    Expected,
    /// Has the sender an address of the destination's family?
    AddressFamily,
    /// Which address does the name stand for?
    DnsName,
    /// Does somebody listen on the port?
    Listening,
    /// Does anybody have the destination address?
    Owner,
    /// Something of a load balancer, an endpoint or a managed service.
    Service(ServiceSubject),
    /// Something of a transit gateway, a virtual private gateway or a line.
    Transit(TransitSubject),
}

/// What a check looks at, at load balancers, endpoints, functions, databases, tasks, APIs and distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceSubject {
    /// A listener of a load balancer, by its place in the list.
    Listener(LoadBalancerId, usize),
    /// No listener takes the packet.
    NoListener(LoadBalancerId),
    /// A target, by its place in its group: can it be the one that gets the packet?
    Target(TargetGroupId, usize),
    /// No target can get the packet.
    NoTarget(LoadBalancerId),
    /// Does the packet belong to a connection that the load balancer made?
    BalancedConnection(LoadBalancerId),
    /// Does the way to the target keep the client's address?
    ClientIp(TargetGroupId),
    /// Is it a protocol that the endpoint carries?
    InterfaceEndpointProtocol(InterfaceEndpointId),
    /// Does the policy of the endpoint agree?
    InterfaceEndpointPolicy(InterfaceEndpointId),
    /// Has the service's owner accepted the endpoint, and does the service reach its zone?
    EndpointState(InterfaceEndpointId),
    /// May the interface start a connection at all?
    Initiates(InterfaceId),
    /// Can anybody connect to a function?
    FunctionDoor(FunctionId),
    /// Does the bucket admit the distribution?
    BucketPolicy(DistributionId),
    /// Does the load balancer take what an internet gateway brings?
    InternetAtBalancer(LoadBalancerId),
    /// Does the interface take what an internet gateway brings?
    InternetAtInterface(InterfaceId),
    /// Is the API asked at a door that it has?
    ApiDoor(ApiId),
}

impl From<ServiceSubject> for Subject {
    fn from(it: ServiceSubject) -> Self {
        Self::Service(it)
    }
}

/// What a check looks at, at transit gateways, virtual private gateways, VPN, Direct Connect and on-premises networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransitSubject {
    /// Is the attachment in a state in which it carries packets?
    AttachmentState(TransitGatewayAttachmentId),
    /// Has the attachment a subnet in the zone that the packet comes from?
    AttachmentZone(TransitGatewayAttachmentId),
    /// Is the attachment associated with a table of the transit gateway?
    AttachmentTable(TransitGatewayAttachmentId),
    /// A route of a transit gateway's table, by its place in
    /// [`Network::transit_routes`](crate::cloud::Network::transit_routes).
    TransitRoute(TransitGatewayRouteTableId, usize),
    /// No route of a transit gateway's table matched.
    NoTransitRoute(TransitGatewayRouteTableId),
    /// Is the virtual private gateway attached to the VPC?
    VgwAttachment(VirtualPrivateGatewayId),
    /// Is the near end an interface of the VPC, by its private address?
    VgwPrivateAddress(VirtualPrivateGatewayId),
    /// Does the virtual private gateway know the destination?
    VgwPrefix(VirtualPrivateGatewayId),
    /// Is it IPv4, which alone a virtual private gateway carries over VPN?
    VpnProtocol(VirtualPrivateGatewayId),
    /// Does the line to one's own network work?
    LinkState(Link),
    /// Is there a line from the on-premises network to AWS?
    WayToAws(OnPremisesId),
}

impl From<TransitSubject> for Subject {
    fn from(it: TransitSubject) -> Self {
        Self::Transit(it)
    }
}
