//! Every edit that a person can make, named after the AWS operation, checked as AWS checks it, with
//! an exact undo.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        AclEntry, ApiId, ApiKind, BlockMode, CdnOrigin, Connectivity, CustomerGatewayId,
        DatabaseId, DirectConnectGatewayId, Direction, DistributionId, EgressOnlyGatewayId,
        EndpointPolicy, EndpointServiceId, EndpointTo, Exclusion, ExclusionOf, Forwarding,
        FunctionId, GatewayEndpointId, Id, InstanceId, Integration, InterfaceEndpointId,
        InterfaceId, InternetGatewayId, Listener, ListenerProtocol, Listening, LoadBalancerId,
        LoadBalancerKind, Name, NatGatewayId, Network, NetworkAclId, NewDatabase, NewTask,
        OnPremisesId, PeeringId, PrefixListId, Registered, Registration, RouteTableId, Row, Scheme,
        SecurityGroupId, SecurityGroupRule, ServiceId, SubnetId, Target, TargetGroupId, TargetKind,
        TaskId, Thing, TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayOptions,
        TransitGatewayRouteTableId, Tunnel, VirtualPrivateGatewayId, VpcId, VpnConnectionId,
        VpnRouting, VpnSide, Zone,
        edit::{Edit, Slot, put_back},
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
    /// With a subnet in each of these zones, three when there are none.
    CreateDefaultVpc {
        name: Name,
        zones: Vec<Zone>,
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
    /// Gives a subnet an IPv6 range.
    AssociateSubnetCidrBlock {
        subnet: SubnetId,
        cidr: Cidr,
    },
    DisassociateSubnetCidrBlock {
        subnet: SubnetId,
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
    /// The table for what comes in through the gateway; `None` takes it away.
    AssociateGatewayRouteTable {
        gateway: InternetGatewayId,
        table: Option<RouteTableId>,
    },
    DetachInternetGateway {
        gateway: InternetGatewayId,
    },
    DeleteInternetGateway {
        gateway: InternetGatewayId,
    },
    CreateEgressOnlyGateway {
        name: Name,
        vpc: VpcId,
    },
    DeleteEgressOnlyGateway {
        gateway: EgressOnlyGatewayId,
    },
    /// Brings its own interface and, when public, an Elastic IP (a free one when `None`).
    CreateNatGateway {
        name: Name,
        subnet: SubnetId,
        connectivity: Connectivity,
        address: Option<IpAddr>,
        public_address: Option<Ipv4Addr>,
    },
    DeleteNatGateway {
        gateway: NatGatewayId,
    },
    CreatePeering {
        name: Name,
        requester: VpcId,
        accepter: VpcId,
    },
    AcceptPeering {
        peering: PeeringId,
    },
    RejectPeering {
        peering: PeeringId,
    },
    DeletePeering {
        peering: PeeringId,
    },
    CreatePrefixList {
        name: Name,
        cidrs: Vec<Cidr>,
    },
    ModifyPrefixList {
        list: PrefixListId,
        cidrs: Vec<Cidr>,
    },
    DeletePrefixList {
        list: PrefixListId,
    },
    /// A route whose destination is a prefix list.
    CreatePrefixListRoute {
        table: RouteTableId,
        list: PrefixListId,
        target: Target,
    },
    DeletePrefixListRoute {
        table: RouteTableId,
        list: PrefixListId,
    },
    /// To the service whose addresses the list holds, for the subnets of these tables.
    CreateGatewayEndpoint {
        name: Name,
        vpc: VpcId,
        list: PrefixListId,
        tables: Vec<RouteTableId>,
    },
    /// The tables that have the endpoint's route, from now on.
    ModifyGatewayEndpoint {
        endpoint: GatewayEndpointId,
        tables: Vec<RouteTableId>,
    },
    ModifyGatewayEndpointPolicy {
        endpoint: GatewayEndpointId,
        policy: EndpointPolicy,
    },
    DeleteGatewayEndpoint {
        endpoint: GatewayEndpointId,
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
    /// Launches an instance with one interface. `address` picks the private address, `None` takes
    /// what AWS would give; `groups` empty means the default group.
    RunInstance {
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        public_address: PublicAtLaunch,
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
    /// Makes an interface that is attached to nothing yet.
    CreateInterface {
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        groups: Vec<SecurityGroupId>,
    },
    AttachInterface {
        interface: InterfaceId,
        instance: InstanceId,
    },
    DetachInterface {
        interface: InterfaceId,
    },
    DeleteInterface {
        interface: InterfaceId,
    },
    ModifyInterfaceGroups {
        interface: InterfaceId,
        groups: Vec<SecurityGroupId>,
    },
    ModifySourceDestCheck {
        interface: InterfaceId,
        on: bool,
    },
    /// Gives an interface an IPv6 address: this one, or the next free one when `None`.
    AssignIpv6Address {
        interface: InterfaceId,
        address: Option<Ipv6Addr>,
    },
    UnassignIpv6Address {
        interface: InterfaceId,
        address: Ipv6Addr,
    },
    /// Gives an Elastic IP: this one, or a free one when `None`.
    AssociateAddress {
        interface: InterfaceId,
        address: Option<Ipv4Addr>,
    },
    DisassociateAddress {
        interface: InterfaceId,
    },
    /// The account's switch that blocks public access.
    ModifyBlockPublicAccess {
        mode: BlockMode,
    },
    /// Spares a VPC or subnet, or changes how far it is spared.
    PutExclusion {
        exclusion: Exclusion,
    },
    DeleteExclusion {
        of: ExclusionOf,
    },
    /// `None` leaves a part as it is.
    ModifyVpcAttribute {
        vpc: VpcId,
        dns_support: Option<bool>,
        dns_hostnames: Option<bool>,
    },
    /// One node for each subnet. `groups` empty means the default group, and for a Network Load
    /// Balancer none at all.
    CreateLoadBalancer {
        name: Name,
        kind: LoadBalancerKind,
        scheme: Scheme,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    DeleteLoadBalancer {
        balancer: LoadBalancerId,
    },
    /// Enables the zones of these subnets, and no others.
    SetSubnets {
        balancer: LoadBalancerId,
        subnets: Vec<SubnetId>,
    },
    SetSecurityGroups {
        balancer: LoadBalancerId,
        groups: Vec<SecurityGroupId>,
    },
    ModifyLoadBalancerAttributes {
        balancer: LoadBalancerId,
        cross_zone: bool,
    },
    CreateListener {
        balancer: LoadBalancerId,
        listener: Listener,
    },
    ModifyListener {
        balancer: LoadBalancerId,
        port: u16,
        target_groups: Vec<TargetGroupId>,
    },
    DeleteListener {
        balancer: LoadBalancerId,
        port: u16,
    },
    CreateTargetGroup {
        name: Name,
        vpc: VpcId,
        protocol: ListenerProtocol,
        port: u16,
        kind: TargetKind,
    },
    DeleteTargetGroup {
        group: TargetGroupId,
    },
    RegisterTarget {
        group: TargetGroupId,
        target: Registration,
    },
    /// `None` takes the target at every port.
    DeregisterTarget {
        group: TargetGroupId,
        target: Registered,
        port: Option<u16>,
    },
    /// `None` leaves a part as it is.
    ModifyTargetGroupAttributes {
        group: TargetGroupId,
        cross_zone: Option<bool>,
        preserve_client_ip: Option<bool>,
    },
    /// AWS's `CreateVpcEndpoint`, for endpoints that are interfaces.
    CreateInterfaceEndpoint {
        name: Name,
        to: EndpointTo,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
        private_dns: bool,
    },
    /// AWS's `ModifyVpcEndpoint`. `None` leaves a part as it is.
    ModifyInterfaceEndpoint {
        endpoint: InterfaceEndpointId,
        private_dns: Option<bool>,
        policy: Option<EndpointPolicy>,
        groups: Option<Vec<SecurityGroupId>>,
    },
    /// AWS's `DeleteVpcEndpoints`.
    DeleteInterfaceEndpoint {
        endpoint: InterfaceEndpointId,
    },
    /// AWS's `AcceptVpcEndpointConnections`.
    AcceptEndpoint {
        endpoint: InterfaceEndpointId,
    },
    CreateEndpointService {
        name: Name,
        balancers: Vec<LoadBalancerId>,
        acceptance_required: bool,
    },
    DeleteEndpointService {
        service: EndpointServiceId,
    },
    /// Outside every VPC when it names no subnet.
    CreateFunction {
        name: Name,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    /// AWS's `UpdateFunctionConfiguration`: where it is attached.
    UpdateFunction {
        function: FunctionId,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    DeleteFunction {
        function: FunctionId,
    },
    /// AWS's `CreateDBInstance`, with its subnet group.
    CreateDatabase(NewDatabase),
    /// AWS's `ModifyDBInstance`: whether it is publicly accessible.
    ModifyDatabase {
        database: DatabaseId,
        public: bool,
    },
    DeleteDatabase {
        database: DatabaseId,
    },
    RunTask(NewTask),
    StopTask {
        task: TaskId,
    },
    /// AWS's `CreateRestApi` or `CreateApi`.
    CreateApi {
        name: Name,
        kind: ApiKind,
        integration: Integration,
    },
    /// Leads an API to a load balancer over interfaces of its own, or over `PrivateLink` when it
    /// names no subnet.
    CreateVpcLink {
        api: ApiId,
        to: LoadBalancerId,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    DeleteApi {
        api: ApiId,
    },
    CreateDistribution {
        name: Name,
        origin: CdnOrigin,
        port: u16,
    },
    DeleteDistribution {
        distribution: DistributionId,
    },
    CreateTransitGateway {
        name: Name,
        options: TransitGatewayOptions,
    },
    /// The defaults for attachments to come, and whether groups may be named across.
    ModifyTransitGateway {
        gateway: TransitGatewayId,
        default_association: Option<TransitGatewayRouteTableId>,
        default_propagation: Option<TransitGatewayRouteTableId>,
        group_references: bool,
    },
    DeleteTransitGateway {
        gateway: TransitGatewayId,
    },
    CreateTransitGatewayVpcAttachment {
        name: Name,
        gateway: TransitGatewayId,
        vpc: VpcId,
        subnets: Vec<SubnetId>,
    },
    /// `None` leaves a part as it is.
    ModifyTransitGatewayVpcAttachment {
        attachment: TransitGatewayAttachmentId,
        subnets: Option<Vec<SubnetId>>,
        appliance_mode: Option<bool>,
        group_references: Option<bool>,
    },
    /// Makes an attachment on both gateways.
    CreateTransitGatewayPeeringAttachment {
        name: Name,
        gateway: TransitGatewayId,
        peer: TransitGatewayId,
    },
    /// Attaches a Direct Connect gateway to a transit gateway.
    AttachDirectConnectGateway {
        name: Name,
        gateway: TransitGatewayId,
        line: DirectConnectGatewayId,
    },
    CreateTransitGatewayConnect {
        name: Name,
        gateway: TransitGatewayId,
        on_premises: OnPremisesId,
    },
    AcceptTransitGatewayAttachment {
        attachment: TransitGatewayAttachmentId,
    },
    RejectTransitGatewayAttachment {
        attachment: TransitGatewayAttachmentId,
    },
    DeleteTransitGatewayAttachment {
        attachment: TransitGatewayAttachmentId,
    },
    CreateTransitGatewayRouteTable {
        name: Name,
        gateway: TransitGatewayId,
    },
    DeleteTransitGatewayRouteTable {
        table: TransitGatewayRouteTableId,
    },
    AssociateTransitGatewayRouteTable {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    DisassociateTransitGatewayRouteTable {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    EnableTransitGatewayRouteTablePropagation {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    DisableTransitGatewayRouteTablePropagation {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    /// Without an attachment, a blackhole.
    CreateTransitGatewayRoute {
        table: TransitGatewayRouteTableId,
        destination: Cidr,
        attachment: Option<TransitGatewayAttachmentId>,
    },
    ReplaceTransitGatewayRoute {
        table: TransitGatewayRouteTableId,
        destination: Cidr,
        attachment: Option<TransitGatewayAttachmentId>,
    },
    DeleteTransitGatewayRoute {
        table: TransitGatewayRouteTableId,
        destination: Cidr,
    },
    CreateVpnGateway {
        name: Name,
    },
    AttachVpnGateway {
        gateway: VirtualPrivateGatewayId,
        vpc: VpcId,
    },
    DetachVpnGateway {
        gateway: VirtualPrivateGatewayId,
        vpc: VpcId,
    },
    DeleteVpnGateway {
        gateway: VirtualPrivateGatewayId,
    },
    EnableVgwRoutePropagation {
        gateway: VirtualPrivateGatewayId,
        table: RouteTableId,
    },
    DisableVgwRoutePropagation {
        gateway: VirtualPrivateGatewayId,
        table: RouteTableId,
    },
    CreateCustomerGateway {
        name: Name,
        on_premises: OnPremisesId,
        address: Option<Ipv4Addr>,
    },
    DeleteCustomerGateway {
        gateway: CustomerGatewayId,
    },
    /// Starts with both tunnels up.
    CreateVpnConnection {
        name: Name,
        customer_gateway: CustomerGatewayId,
        side: VpnSide,
        routing: VpnRouting,
    },
    DeleteVpnConnection {
        vpn: VpnConnectionId,
    },
    CreateVpnConnectionRoute {
        vpn: VpnConnectionId,
        destination: Cidr,
    },
    DeleteVpnConnectionRoute {
        vpn: VpnConnectionId,
        destination: Cidr,
    },
    CreateDirectConnectGateway {
        name: Name,
        on_premises: OnPremisesId,
    },
    CreateDirectConnectGatewayAssociation {
        line: DirectConnectGatewayId,
        gateway: VirtualPrivateGatewayId,
    },
    DeleteDirectConnectGatewayAssociation {
        line: DirectConnectGatewayId,
        gateway: VirtualPrivateGatewayId,
    },
    /// Not AWS's: a tunnel of a VPN connection fails or comes back.
    ConfigureVpnTunnels {
        vpn: VpnConnectionId,
        tunnels: [Tunnel; 2],
    },
    /// Not AWS's: puts a network of one's own beside the cloud.
    CreateOnPremises {
        name: Name,
        cidrs: Vec<Cidr>,
        listening: Listening,
    },
    /// Not AWS's: what runs on an instance. `None` leaves a part as it is.
    ConfigureInstance {
        instance: InstanceId,
        listening: Option<Listening>,
        forwarding: Option<Forwarding>,
    },
    /// Not AWS's: puts a host on the internet.
    CreateHost {
        name: Name,
        address: IpAddr,
        listening: Listening,
    },
}

/// The public IPv4 address of an instance at launch
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PublicAtLaunch {
    /// As the subnet says.
    #[default]
    AsSubnet,
    /// None, whatever the subnet says.
    No,
    /// One from Amazon's pool, whatever the subnet says.
    Yes,
    /// This one, as if Amazon's pool had given it.
    This(Ipv4Addr),
}

impl Change {
    /// What the change counts against par: 1 for what a person would call one step, 0 for the
    /// half of a step (an internet gateway counts when it is attached, not when it is made, a
    /// peering when it is accepted, and so on; an address that comes with a NAT gateway counts with
    /// it).
    pub fn cost(&self) -> u32 {
        match self {
            Self::CreateInternetGateway { .. }
            | Self::DeleteInternetGateway { .. }
            | Self::CreateInterface { .. }
            | Self::DeleteInterface { .. }
            | Self::CreatePeering { .. }
            | Self::CreateEndpointService { .. }
            | Self::DeleteEndpointService { .. }
            | Self::CreateTransitGateway { .. }
            | Self::DeleteTransitGateway { .. }
            | Self::CreateVpnGateway { .. }
            | Self::DeleteVpnGateway { .. }
            | Self::CreateCustomerGateway { .. }
            | Self::DeleteCustomerGateway { .. }
            | Self::CreateDirectConnectGateway { .. }
            | Self::CreateOnPremises { .. }
            | Self::CreateHost { .. } => 0,
            _ => 1,
        }
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
    slots: Vec<Slot>,
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

impl Refusal {
    pub(super) fn new(code: &'static str, reason: Reason) -> Self {
        Self { code, reason }
    }

    /// AWS's code for an object that is not there.
    fn missing(thing: Thing) -> Self {
        let code = match thing {
            Thing::Vpc(_) => "InvalidVpcID.NotFound",
            Thing::Subnet(_) => "InvalidSubnetID.NotFound",
            Thing::RouteTable(_) | Thing::TransitGatewayRouteTable(_) => {
                "InvalidRouteTableID.NotFound"
            }
            Thing::EgressOnlyGateway(_) => "InvalidGatewayID.NotFound",
            Thing::InternetGateway(_) => "InvalidInternetGatewayID.NotFound",
            Thing::NatGateway(_) => "NatGatewayNotFound",
            Thing::Peering(_) => "InvalidVpcPeeringConnectionID.NotFound",
            Thing::PrefixList(_) => "InvalidPrefixListId.NotFound",
            Thing::GatewayEndpoint(_) | Thing::InterfaceEndpoint(_) => {
                "InvalidVpcEndpointId.NotFound"
            }
            Thing::SecurityGroup(_) => "InvalidGroup.NotFound",
            Thing::NetworkAcl(_) => "InvalidNetworkAclID.NotFound",
            Thing::Instance(_) => "InvalidInstanceID.NotFound",
            Thing::LoadBalancer(_) => "LoadBalancerNotFound",
            Thing::TargetGroup(_) => "TargetGroupNotFound",
            Thing::EndpointService(_) => "InvalidVpcEndpointServiceId.NotFound",
            Thing::Service(_) => "InvalidServiceName",
            Thing::Function(_) => "ResourceNotFoundException",
            Thing::Database(_) => "DBInstanceNotFound",
            Thing::Task(_) => "InvalidParameterException",
            Thing::Api(_) => "NotFoundException",
            Thing::Distribution(_) => "NoSuchDistribution",
            Thing::Interface(_) | Thing::Host(_) => "InvalidNetworkInterfaceID.NotFound",
            Thing::TransitGateway(_) => "InvalidTransitGatewayID.NotFound",
            Thing::TransitGatewayAttachment(_) => "InvalidTransitGatewayAttachmentID.NotFound",
            Thing::VirtualPrivateGateway(_) => "InvalidVpnGatewayID.NotFound",
            Thing::CustomerGateway(_) | Thing::OnPremises(_) => "InvalidCustomerGatewayID.NotFound",
            Thing::VpnConnection(_) => "InvalidVpnConnectionID.NotFound",
            Thing::DirectConnectGateway(_) => "DirectConnectClientException",
        };
        Self::new(code, Reason::Missing)
    }
}

/// What exactly is wrong with a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The object was deleted.
    Missing,
    /// AWS allows no more of these, unless one asks for a higher quota.
    Quota(Quota),
    /// Something still needs it.
    InUse {
        /// What is to go.
        thing: Thing,
        /// What needs it.
        by: Thing,
    },
    /// Two things that belong to different VPCs.
    DifferentVpcs(Thing, Thing),

    /// These two are connected already, or the first is connected to the second and may have no other.
    AlreadyConnected(Thing, Thing),
    /// These two are not connected.
    NotConnected(Thing, Thing),
    /// Two things that belong to different transit gateways.
    DifferentTransitGateways(Thing, Thing),
    /// The attachment does not work yet, or not any more.
    AttachmentNotAvailable(TransitGatewayAttachmentId),
    /// The attachment does not wait for an answer.
    NotPending(TransitGatewayAttachmentId),
    /// An attachment to a VPC is wanted.
    NotAVpcAttachment(TransitGatewayAttachmentId),
    /// An attachment to a VPC stands in at least one subnet.
    NoAttachmentSubnet,
    /// Two subnets of one zone, where each zone gives one.
    SameZone(Thing, Thing),
    /// Nothing is learned from a peering: its routes are written by people.
    PeeringIsStatic(TransitGatewayAttachmentId),
    /// The table or connection has a route for this destination.
    DestinationExists(Thing, Cidr),
    /// The table or connection has no route for this destination that people wrote.
    DestinationUnknown(Thing, Cidr),
    /// The connection learns its routes with BGP.
    VpnIsDynamic(VpnConnectionId),
    /// An on-premises network has a block at least.
    NoBlock,

    /// An address block of a VPC or subnet is larger than /16 or smaller than /28.
    BlockSize(Cidr),
    /// AWS keeps a range to itself that the block touches.
    BlockNotAllowed {
        /// The block.
        cidr: Cidr,
        /// The range.
        range: Cidr,
    },
    /// It shares addresses with another block.
    BlockOverlaps {
        /// The block.
        cidr: Cidr,
        /// The other block.
        other: Cidr,
        /// Whose block that is.
        owner: Thing,
    },
    /// Beside the VPC's own block, this range cannot be added.
    BlockRestricted {
        /// The block.
        cidr: Cidr,
        /// The VPC's block.
        own: Cidr,
        /// The range that does not go with it.
        range: Cidr,
    },
    /// A route leads to the same range or to a part of it.
    BlockCoversRoute {
        /// The block.
        cidr: Cidr,
        /// The table with the route.
        table: RouteTableId,
        /// The route's destination.
        destination: Cidr,
    },
    /// Not inside any one block of the VPC.
    BlockOutsideVpc {
        /// The block.
        cidr: Cidr,
        /// The VPC.
        vpc: VpcId,
    },
    /// The primary block of a VPC stays.
    BlockPrimary(Cidr),
    /// The VPC has no such block.
    BlockUnknown(Cidr),
    /// IPv4 is wanted.
    BlockNotIpv4(Cidr),
    /// IPv6 is wanted.
    BlockNotIpv6(Cidr),
    /// An IPv6 block has one of these lengths: every fourth of the range.
    Ipv6BlockSize {
        /// The block.
        cidr: Cidr,
        /// The shortest prefix.
        shortest: u8,
        /// The longest.
        longest: u8,
    },
    /// The subnet has an IPv6 range already.
    SubnetHasIpv6(SubnetId),
    /// The subnet has no IPv6 range.
    SubnetWithoutIpv6(SubnetId),

    /// The address lies outside the subnet.
    AddressOutsideSubnet {
        /// The address.
        address: IpAddr,
        /// The subnet.
        subnet: SubnetId,
    },
    /// AWS keeps five addresses of every subnet.
    AddressReserved {
        /// The address.
        address: IpAddr,
        /// What AWS keeps it for.
        why: Reserved,
    },
    /// Somebody has the address already.
    AddressTaken {
        /// The address.
        address: IpAddr,
        /// Who has it.
        by: Thing,
    },
    /// Every address of the subnet is taken.
    SubnetFull(SubnetId),
    /// Not an address that the internet carries.
    AddressNotPublic(IpAddr),
    /// No public address is left to give.
    NoAddressLeft,
    /// The interface has no public address.
    NoPublicAddress(InterfaceId),
    /// The interface does not have the address.
    AddressNotAssigned(InterfaceId, IpAddr),
    /// A private NAT gateway has no public address.
    PrivateNatGateway,

    /// The gateway is attached to a VPC already.
    GatewayAttached(InternetGatewayId, VpcId),
    /// The VPC has an internet gateway already.
    VpcHasGateway(VpcId, InternetGatewayId),
    /// The gateway is attached to no VPC.
    GatewayNotAttached(InternetGatewayId),
    /// An interface of the VPC still has a public address.
    PublicAddressMapped(InterfaceId),
    /// The VPC has no internet gateway.
    VpcWithoutGateway(VpcId),

    /// The table has a route for this destination.
    RouteExists(RouteTableId, Cidr),
    /// The table has no route for this destination.
    RouteUnknown(RouteTableId, Cidr),
    /// The VPC's own route stays.
    RouteLocal(Cidr),
    /// The route was learned from a gateway; people do not write or delete these.
    RoutePropagated(Cidr),
    /// AWS keeps the range for its own services.
    RouteNotAllowed {
        /// The destination.
        destination: Cidr,
        /// The range.
        range: Cidr,
    },
    /// A route inside the VPC's own block must be for exactly one subnet.
    RouteNotASubnet(Cidr),
    /// A route inside the VPC's own block may lead to a NAT gateway or an interface only.
    RouteTargetInsideVpc(Cidr),
    /// The local route may lead to a NAT gateway or an interface only, or be local again.
    RouteTargetForLocal(Cidr),
    /// A gateway's table is for exactly one subnet, or the whole VPC.
    RouteNotForGateway(Cidr),
    /// A gateway's table leads to interfaces, or where the subnet lies.
    RouteTargetForGateway(Cidr),
    /// The gateway has no table.
    GatewayWithoutTable(InternetGatewayId),
    /// Nobody can write a route of this kind: local, or to a target that is gone.
    RouteTargetNotWritable(Target),
    /// An egress-only gateway carries IPv6 only.
    RouteTargetIpv6Only(Cidr),
    /// A NAT gateway carries IPv4, and IPv6 only to `64:ff9b::/96`.
    RouteTargetIpv4Only(Cidr),

    /// The table has a route for this prefix list.
    ListRouteExists(RouteTableId, PrefixListId),
    /// The table has no route for this prefix list.
    ListRouteUnknown(RouteTableId, PrefixListId),
    /// The route belongs to a gateway endpoint, and goes with it only.
    RouteOfEndpoint(GatewayEndpointId),
    /// AWS keeps the list, and changes it alone.
    ListOfAws(PrefixListId),
    /// A list holds one family of addresses.
    ListFamilies(Cidr),
    /// A list holds each block once.
    ListEntryTwice(Cidr),
    /// The list is not that of a service of AWS's.
    NoServiceList(PrefixListId),

    /// A VPC cannot peer with itself.
    PeeringWithItself,
    /// The two VPCs are peered already.
    PeeringExists(PeeringId),
    /// The peering waits for no answer.
    PeeringNotPending(PeeringId),
    /// A request of the VPC to peer is not answered yet.
    PeeringPending(PeeringId),

    /// The main route table of a VPC stays.
    MainTable(RouteTableId),
    /// The table is the main one already.
    AlreadyMain(RouteTableId),
    /// The subnet is associated with exactly this already.
    AlreadyAssociated(SubnetId, Thing),
    /// The subnet has no explicit association.
    NotAssociated(SubnetId),

    /// A group of the VPC has the name.
    GroupNameTaken(Name),
    /// `default` is the name of the group that comes with a VPC.
    GroupNameReserved,
    /// `sg-` starts ids, not names.
    GroupNameLikeId(Name),
    /// A group's name has one to 255 of the letters that AWS takes.
    GroupNameUnfit(Name),
    /// The default group of a VPC stays.
    DefaultGroup(SecurityGroupId),
    /// The group has the rule already.
    RuleExists(SecurityGroupId),
    /// The group has no such rule.
    RuleUnknown(SecurityGroupId),
    /// An interface needs a group.
    NoGroup,

    /// Numbers run from 1 to 32766.
    EntryNumber(u16),
    /// The list has an entry of this number in this direction.
    EntryExists(NetworkAclId, u16),
    /// The list has no entry of this number in this direction.
    EntryUnknown(NetworkAclId, u16),
    /// The default list of a VPC stays.
    DefaultAcl(NetworkAclId),

    /// The interface belongs to a service of AWS's, which alone may change it.
    ManagedInterface(InterfaceId),
    /// The interface is attached to an instance already.
    InterfaceAttached(InterfaceId),
    /// The interface is attached to nothing.
    InterfaceNotAttached(InterfaceId),
    /// The primary interface of an instance stays.
    PrimaryInterface(InterfaceId),
    /// Neither the VPC nor the subnet is spared.
    NotExcluded,
    /// Load balancers of an account have different names.
    LoadBalancerNameTaken(Name),
    /// This kind of load balancer has no groups, or was made without.
    LoadBalancerWithoutGroups(LoadBalancerKind),
    /// A load balancer needs a subnet, and an Application Load Balancer two zones.
    LoadBalancerZones(LoadBalancerKind),
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
    /// An Application Load Balancer always sends across zones.
    AlwaysCrossZone(LoadBalancerId),
    /// Target groups of an account have different names.
    TargetGroupNameTaken(Name),
    /// A listener of this protocol cannot send to the group.
    TargetGroupProtocol(TargetGroupId, ListenerProtocol),
    /// A group of such targets does not speak the protocol.
    TargetKindProtocol(TargetKind, ListenerProtocol),
    /// The group is for other targets than this.
    TargetKind(TargetGroupId),
    /// A target's address is private.
    TargetAddressPublic(IpAddr),
    /// The group has no such target.
    TargetUnknown(TargetGroupId),
    /// Whether this group's targets see the client's address cannot be chosen.
    ClientIpFixed(TargetGroupId),
    /// An endpoint needs a subnet.
    EndpointWithoutSubnet,
    /// A Gateway Load Balancer endpoint has one subnet.
    EndpointOneSubnet,
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
    /// A task on one's own instances has no public address.
    TaskOnEc2NotPublic,
    /// A VPC link without interfaces of its own leads to a Network Load Balancer.
    VpcLinkBalancer(LoadBalancerId),
    /// A bucket is S3's.
    OriginNotABucket(ServiceId),
    /// `CloudFront` does not ask this load balancer privately.
    OriginBalancer(LoadBalancerId),
    /// An instance and its interfaces lie in one zone.
    DifferentZones(InterfaceId, InstanceId),
}

/// What AWS keeps an address of a subnet for
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reserved {
    /// The first: the network itself.
    Network,
    /// The second: the VPC's router.
    Router,
    /// The third: DNS.
    Dns,
    /// The fourth: future use.
    Future,
    /// The last: broadcast, which a VPC does not have.
    Broadcast,
}

/// How many of something an account may have by default
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quota {
    /// VPCs in a Region.
    Vpcs,
    /// IPv4 blocks of a VPC.
    BlocksPerVpc,
    /// Subnets of a VPC.
    SubnetsPerVpc,
    /// Route tables of a VPC.
    RouteTablesPerVpc,
    /// Routes of a table.
    RoutesPerTable,
    /// Internet gateways in a Region.
    InternetGateways,
    /// Egress-only internet gateways in a Region.
    EgressOnlyGateways,
    /// NAT gateways in a zone.
    NatGatewaysPerZone,
    /// Peerings of a VPC.
    PeeringsPerVpc,
    /// Gateway endpoints in a Region.
    GatewayEndpoints,
    /// Elastic IPs in a Region.
    ElasticIps,
    /// Network ACLs of a VPC.
    AclsPerVpc,
    /// Entries of a network ACL, in one direction.
    EntriesPerAcl,
    /// Rules of a security group, in one direction and for one IP family.
    RulesPerGroup,
    /// Groups of an interface.
    GroupsPerInterface,
    /// Transit gateways in a Region.
    TransitGateways,
    /// Transit gateways that a VPC is attached to.
    TransitGatewaysPerVpc,
    /// Route tables of a transit gateway.
    TablesPerTransitGateway,
    /// Static routes in all tables of a transit gateway.
    RoutesPerTransitGateway,
    /// Virtual private gateways in a Region.
    VirtualPrivateGateways,
}

impl Quota {
    /// How many AWS allows before one asks for more.
    pub const fn limit(self) -> usize {
        match self {
            Self::Vpcs
            | Self::BlocksPerVpc
            | Self::InternetGateways
            | Self::EgressOnlyGateways
            | Self::NatGatewaysPerZone
            | Self::ElasticIps
            | Self::GroupsPerInterface
            | Self::TransitGateways
            | Self::TransitGatewaysPerVpc
            | Self::VirtualPrivateGateways => 5,
            Self::EntriesPerAcl | Self::GatewayEndpoints | Self::TablesPerTransitGateway => 20,
            Self::RoutesPerTransitGateway => 10_000,
            Self::PeeringsPerVpc => 50,
            Self::RulesPerGroup => 60,
            Self::SubnetsPerVpc | Self::RouteTablesPerVpc | Self::AclsPerVpc => 200,
            Self::RoutesPerTable => 500,
        }
    }

    /// AWS's error code when it is used up.
    fn code(self) -> &'static str {
        match self {
            Self::Vpcs => "VpcLimitExceeded",
            Self::BlocksPerVpc => "CidrBlocksPerVpcLimitExceeded",
            Self::SubnetsPerVpc => "SubnetLimitExceeded",
            Self::RouteTablesPerVpc => "RouteTableLimitExceeded",
            Self::RoutesPerTable => "RouteLimitExceeded",
            Self::InternetGateways => "InternetGatewayLimitExceeded",
            Self::EgressOnlyGateways => "EgressOnlyInternetGatewayLimitExceeded",
            Self::NatGatewaysPerZone => "NatGatewayLimitExceeded",
            Self::PeeringsPerVpc => "VpcPeeringConnectionsPerVpcLimitExceeded",
            Self::GatewayEndpoints => "VpcEndpointLimitExceeded",
            Self::ElasticIps => "AddressLimitExceeded",
            Self::AclsPerVpc => "NetworkAclLimitExceeded",
            Self::EntriesPerAcl => "NetworkAclEntryLimitExceeded",
            Self::RulesPerGroup => "RulesPerSecurityGroupLimitExceeded",
            Self::GroupsPerInterface => "SecurityGroupsPerInterfaceLimitExceeded",
            Self::TransitGateways => "TransitGatewayLimitExceeded",
            Self::TransitGatewaysPerVpc => "TransitGatewayAttachmentLimitExceeded",
            Self::TablesPerTransitGateway => "TransitGatewayRouteTableLimitExceeded",
            Self::RoutesPerTransitGateway => "TransitGatewayRouteLimitExceeded",
            Self::VirtualPrivateGateways => "VpnGatewayLimitExceeded",
        }
    }

    /// Refuses one more when there are `count` already.
    pub(super) fn admits_one_more(self, count: usize) -> Result<(), Refusal> {
        if count < self.limit() {
            return Ok(());
        }
        Err(Refusal::new(self.code(), Reason::Quota(self)))
    }
}

impl Network {
    /// Makes a change, or leaves the network as it was and says why AWS would refuse.
    ///
    /// # Errors
    /// The [`Refusal`] with AWS's error code.
    pub fn apply(&mut self, change: Change) -> Result<Applied, Refusal> {
        let mut edit = Edit::new(self);
        let made = edit.carry_out(change);
        let slots = edit.into_undo();
        match made {
            Ok(made) => Ok(Applied { undo: Undo { slots }, made }),
            Err(refusal) => {
                put_back(self, slots);
                Err(refusal)
            }
        }
    }

    /// Takes the last change back. Undos are taken in the reverse order of their changes.
    pub fn undo(&mut self, undo: Undo) {
        put_back(self, undo.slots);
    }
}

impl Edit<'_> {
    /// The object, or AWS's refusal because it is not there.
    pub(super) fn get<T: Row>(&self, id: Id<T>) -> Result<&T, Refusal> {
        T::table(self.network).get(id).ok_or_else(|| Refusal::missing(T::thing(id)))
    }

    /// Each operation stands in the file of its component.
    fn carry_out(&mut self, change: Change) -> Result<Option<Thing>, Refusal> {
        fn made<T: Row>(id: Result<Id<T>, Refusal>) -> Result<Option<Thing>, Refusal> {
            id.map(|id| Some(T::thing(id)))
        }
        match change {
            Change::CreateVpc { name, cidr } => return made(self.create_vpc(name, cidr)),
            Change::CreateDefaultVpc { name, zones } => {
                return made(self.create_default_vpc(&name, zones));
            }
            Change::DeleteVpc { vpc } => self.delete_vpc(vpc),
            Change::AssociateVpcCidrBlock { vpc, cidr } => self.associate_vpc_cidr_block(vpc, cidr),
            Change::DisassociateVpcCidrBlock { vpc, cidr } => {
                self.disassociate_vpc_cidr_block(vpc, cidr)
            }
            Change::CreateSubnet { name, vpc, zone, cidr } => {
                return made(self.create_subnet(name, vpc, zone, cidr));
            }
            Change::DeleteSubnet { subnet } => self.delete_subnet(subnet),
            Change::ModifySubnetAttribute { subnet, auto_assign_public_ip } => {
                self.get(subnet)?;
                self.change(subnet, |it| it.auto_assign_public_ip = auto_assign_public_ip);
                Ok(())
            }
            Change::CreateRouteTable { name, vpc } => {
                return made(self.create_route_table(name, vpc));
            }
            Change::DeleteRouteTable { table } => self.delete_route_table(table),
            Change::AssociateRouteTable { subnet, table } => {
                self.associate_route_table(subnet, table)
            }
            Change::ReplaceMainRouteTable { vpc, table } => {
                self.replace_main_route_table(vpc, table)
            }
            Change::CreateRoute { table, destination, target } => {
                self.create_route(table, destination, target)
            }
            Change::ReplaceRoute { table, destination, target } => {
                self.replace_route(table, destination, target)
            }
            Change::DeleteRoute { table, destination } => self.delete_route(table, destination),
            Change::CreateInternetGateway { name } => {
                return made(self.create_internet_gateway(name));
            }
            Change::AttachInternetGateway { gateway, vpc } => {
                self.attach_internet_gateway(gateway, vpc)
            }
            Change::AssociateGatewayRouteTable { gateway, table } => {
                self.associate_gateway_route_table(gateway, table)
            }
            Change::DetachInternetGateway { gateway } => self.detach_internet_gateway(gateway),
            Change::DeleteInternetGateway { gateway } => self.delete_internet_gateway(gateway),
            Change::CreateEgressOnlyGateway { name, vpc } => {
                return made(self.create_egress_only_gateway(name, vpc));
            }
            Change::DeleteEgressOnlyGateway { gateway } => self.delete_egress_only_gateway(gateway),
            Change::AssociateSubnetCidrBlock { subnet, cidr } => {
                self.associate_subnet_cidr_block(subnet, cidr)
            }
            Change::DisassociateSubnetCidrBlock { subnet } => {
                self.disassociate_subnet_cidr_block(subnet)
            }
            Change::AssignIpv6Address { interface, address } => {
                self.assign_ipv6_address(interface, address)
            }
            Change::UnassignIpv6Address { interface, address } => {
                self.unassign_ipv6_address(interface, address)
            }
            Change::ModifyBlockPublicAccess { mode } => {
                self.modify_block_public_access(mode);
                Ok(())
            }
            Change::PutExclusion { exclusion } => self.put_exclusion(exclusion),
            Change::DeleteExclusion { of } => self.delete_exclusion(of),
            Change::CreateNatGateway { name, subnet, connectivity, address, public_address } => {
                return made(self.create_nat_gateway(
                    name,
                    subnet,
                    connectivity,
                    address,
                    public_address,
                ));
            }
            Change::DeleteNatGateway { gateway } => self.delete_nat_gateway(gateway),
            Change::CreatePeering { name, requester, accepter } => {
                return made(self.create_peering(name, requester, accepter));
            }
            Change::AcceptPeering { peering } => self.accept_peering(peering),
            Change::RejectPeering { peering } => self.reject_peering(peering),
            Change::DeletePeering { peering } => self.delete_peering(peering),
            Change::CreatePrefixList { name, cidrs } => {
                return made(self.create_prefix_list(name, cidrs));
            }
            Change::ModifyPrefixList { list, cidrs } => self.modify_prefix_list(list, cidrs),
            Change::DeletePrefixList { list } => self.delete_prefix_list(list),
            Change::CreatePrefixListRoute { table, list, target } => {
                self.create_prefix_list_route(table, list, &target)
            }
            Change::DeletePrefixListRoute { table, list } => {
                self.delete_prefix_list_route(table, list)
            }
            Change::CreateGatewayEndpoint { name, vpc, list, tables } => {
                return made(self.create_gateway_endpoint(name, vpc, list, &tables));
            }
            Change::ModifyGatewayEndpoint { endpoint, tables } => {
                self.modify_gateway_endpoint(endpoint, &tables)
            }
            Change::ModifyGatewayEndpointPolicy { endpoint, policy } => {
                self.modify_gateway_endpoint_policy(endpoint, policy)
            }
            Change::DeleteGatewayEndpoint { endpoint } => self.delete_gateway_endpoint(endpoint),
            Change::CreateSecurityGroup { name, vpc } => {
                return made(self.create_security_group(&name, vpc));
            }
            Change::DeleteSecurityGroup { group } => self.delete_security_group(group),
            Change::AuthorizeSecurityGroup { group, direction, rule } => {
                self.authorize_security_group(group, direction, rule)
            }
            Change::RevokeSecurityGroup { group, direction, rule } => {
                self.revoke_security_group(group, direction, rule)
            }
            Change::CreateNetworkAcl { name, vpc } => {
                return made(self.create_network_acl(name, vpc));
            }
            Change::DeleteNetworkAcl { acl } => self.delete_network_acl(acl),
            Change::AssociateNetworkAcl { subnet, acl } => self.associate_network_acl(subnet, acl),
            Change::CreateNetworkAclEntry { acl, direction, entry } => {
                self.create_network_acl_entry(acl, direction, entry)
            }
            Change::ReplaceNetworkAclEntry { acl, direction, entry } => {
                self.replace_network_acl_entry(acl, direction, entry)
            }
            Change::DeleteNetworkAclEntry { acl, direction, number } => {
                self.delete_network_acl_entry(acl, direction, number)
            }
            Change::RunInstance { name, subnet, address, public_address, groups, listening } => {
                return made(self.run_instance(
                    name,
                    subnet,
                    address,
                    public_address,
                    &groups,
                    listening,
                ));
            }
            Change::StopInstance { instance } => self.stop_instance(instance),
            Change::StartInstance { instance } => self.start_instance(instance),
            Change::TerminateInstance { instance } => self.terminate_instance(instance),
            Change::CreateInterface { name, subnet, address, groups } => {
                return made(self.create_interface(name, subnet, address, &groups));
            }
            Change::AttachInterface { interface, instance } => {
                self.attach_interface(interface, instance)
            }
            Change::DetachInterface { interface } => self.detach_interface(interface),
            Change::DeleteInterface { interface } => self.delete_interface(interface),
            Change::ModifyInterfaceGroups { interface, groups } => {
                self.modify_interface_groups(interface, &groups)
            }
            Change::ModifySourceDestCheck { interface, on } => {
                self.own_interface(interface)?;
                self.change(interface, |it| it.source_dest_check = on);
                Ok(())
            }
            Change::AssociateAddress { interface, address } => {
                self.associate_address(interface, address)
            }
            Change::DisassociateAddress { interface } => self.disassociate_address(interface),
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
                self.modify_vpc_attribute(vpc, dns_support, dns_hostnames)
            }
            Change::CreateLoadBalancer { name, kind, scheme, subnets, groups } => {
                return made(self.create_load_balancer(name, kind, scheme, &subnets, &groups));
            }
            Change::DeleteLoadBalancer { balancer } => self.delete_load_balancer(balancer),
            Change::SetSubnets { balancer, subnets } => self.set_subnets(balancer, &subnets),
            Change::SetSecurityGroups { balancer, groups } => {
                self.set_security_groups(balancer, &groups)
            }
            Change::ModifyLoadBalancerAttributes { balancer, cross_zone } => {
                self.modify_load_balancer_attributes(balancer, cross_zone)
            }
            Change::CreateListener { balancer, listener } => {
                self.create_listener(balancer, listener)
            }
            Change::ModifyListener { balancer, port, target_groups } => {
                self.modify_listener(balancer, port, target_groups)
            }
            Change::DeleteListener { balancer, port } => self.delete_listener(balancer, port),
            Change::CreateTargetGroup { name, vpc, protocol, port, kind } => {
                return made(self.create_target_group(name, vpc, protocol, port, kind));
            }
            Change::DeleteTargetGroup { group } => self.delete_target_group(group),
            Change::RegisterTarget { group, target } => self.register_target(group, target),
            Change::DeregisterTarget { group, target, port } => {
                self.deregister_target(group, target, port)
            }
            Change::ModifyTargetGroupAttributes { group, cross_zone, preserve_client_ip } => {
                self.modify_target_group_attributes(group, cross_zone, preserve_client_ip)
            }
            Change::CreateInterfaceEndpoint { name, to, subnets, groups, private_dns } => {
                let made_one =
                    self.create_interface_endpoint(&name, to, &subnets, &groups, private_dns);
                return made(made_one);
            }
            Change::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups } => {
                self.modify_interface_endpoint(endpoint, private_dns, policy, groups.as_deref())
            }
            Change::DeleteInterfaceEndpoint { endpoint } => {
                self.delete_interface_endpoint(endpoint)
            }
            Change::AcceptEndpoint { endpoint } => self.accept_endpoint(endpoint),
            Change::CreateEndpointService { name, balancers, acceptance_required } => {
                return made(self.create_endpoint_service(name, balancers, acceptance_required));
            }
            Change::DeleteEndpointService { service } => self.delete_endpoint_service(service),
            Change::CreateFunction { name, subnets, groups } => {
                return made(self.create_function(name, &subnets, &groups));
            }
            Change::UpdateFunction { function, subnets, groups } => {
                self.update_function(function, &subnets, &groups)
            }
            Change::DeleteFunction { function } => self.delete_function(function),
            Change::CreateDatabase(new) => return made(self.create_database(new)),
            Change::ModifyDatabase { database, public } => self.modify_database(database, public),
            Change::DeleteDatabase { database } => self.delete_database(database),
            Change::RunTask(new) => return made(self.run_task(new)),
            Change::StopTask { task } => self.stop_task(task),
            Change::CreateApi { name, kind, integration } => {
                return made(self.create_api(name, kind, integration));
            }
            Change::CreateVpcLink { api, to, subnets, groups } => {
                self.create_vpc_link(api, to, &subnets, &groups)
            }
            Change::DeleteApi { api } => self.delete_api(api),
            Change::CreateDistribution { name, origin, port } => {
                return made(self.create_distribution(name, origin, port));
            }
            Change::DeleteDistribution { distribution } => self.delete_distribution(distribution),
            Change::ConfigureInstance { instance, listening, forwarding } => {
                self.get(instance)?;
                self.change(instance, |it| {
                    it.listening = listening.unwrap_or_else(|| it.listening.clone());
                    it.forwarding = forwarding.unwrap_or(it.forwarding);
                });
                Ok(())
            }
            Change::CreateHost { name, address, listening } => {
                return made(self.create_host(name, address, listening));
            }
            Change::CreateTransitGateway { name, options } => {
                return made(self.create_transit_gateway(&name, options));
            }
            Change::ModifyTransitGateway {
                gateway,
                default_association,
                default_propagation,
                group_references,
            } => self.modify_transit_gateway(
                gateway,
                default_association,
                default_propagation,
                group_references,
            ),
            Change::DeleteTransitGateway { gateway } => self.delete_transit_gateway(gateway),
            Change::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets } => {
                return made(
                    self.create_transit_gateway_vpc_attachment(name, gateway, vpc, subnets),
                );
            }
            Change::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode,
                group_references,
            } => self.modify_transit_gateway_vpc_attachment(
                attachment,
                subnets,
                appliance_mode,
                group_references,
            ),
            Change::CreateTransitGatewayPeeringAttachment { name, gateway, peer } => {
                return made(self.create_transit_gateway_peering_attachment(&name, gateway, peer));
            }
            Change::AttachDirectConnectGateway { name, gateway, line } => {
                return made(self.attach_direct_connect_gateway(name, gateway, line));
            }
            Change::CreateTransitGatewayConnect { name, gateway, on_premises } => {
                return made(self.create_transit_gateway_connect(name, gateway, on_premises));
            }
            Change::AcceptTransitGatewayAttachment { attachment } => {
                self.accept_transit_gateway_attachment(attachment)
            }
            Change::RejectTransitGatewayAttachment { attachment } => {
                self.reject_transit_gateway_attachment(attachment)
            }
            Change::DeleteTransitGatewayAttachment { attachment } => {
                self.delete_transit_gateway_attachment(attachment)
            }
            Change::CreateTransitGatewayRouteTable { name, gateway } => {
                return made(self.create_transit_gateway_route_table(name, gateway));
            }
            Change::DeleteTransitGatewayRouteTable { table } => {
                self.delete_transit_gateway_route_table(table)
            }
            Change::AssociateTransitGatewayRouteTable { attachment, table } => {
                self.associate_transit_gateway_route_table(attachment, table)
            }
            Change::DisassociateTransitGatewayRouteTable { attachment, table } => {
                self.disassociate_transit_gateway_route_table(attachment, table)
            }
            Change::EnableTransitGatewayRouteTablePropagation { attachment, table } => {
                self.enable_transit_gateway_propagation(attachment, table)
            }
            Change::DisableTransitGatewayRouteTablePropagation { attachment, table } => {
                self.disable_transit_gateway_propagation(attachment, table)
            }
            Change::CreateTransitGatewayRoute { table, destination, attachment } => {
                self.create_transit_gateway_route(table, destination, attachment)
            }
            Change::ReplaceTransitGatewayRoute { table, destination, attachment } => {
                self.replace_transit_gateway_route(table, destination, attachment)
            }
            Change::DeleteTransitGatewayRoute { table, destination } => {
                self.delete_transit_gateway_route(table, destination)
            }
            Change::CreateVpnGateway { name } => return made(self.create_vpn_gateway(name)),
            Change::AttachVpnGateway { gateway, vpc } => self.attach_vpn_gateway(gateway, vpc),
            Change::DetachVpnGateway { gateway, vpc } => self.detach_vpn_gateway(gateway, vpc),
            Change::DeleteVpnGateway { gateway } => self.delete_vpn_gateway(gateway),
            Change::EnableVgwRoutePropagation { gateway, table } => {
                self.enable_vgw_route_propagation(gateway, table)
            }
            Change::DisableVgwRoutePropagation { gateway, table } => {
                self.disable_vgw_route_propagation(gateway, table)
            }
            Change::CreateCustomerGateway { name, on_premises, address } => {
                return made(self.create_customer_gateway(name, on_premises, address));
            }
            Change::DeleteCustomerGateway { gateway } => self.delete_customer_gateway(gateway),
            Change::CreateVpnConnection { name, customer_gateway, side, routing } => {
                return made(self.create_vpn_connection(name, customer_gateway, side, routing));
            }
            Change::DeleteVpnConnection { vpn } => self.delete_vpn_connection(vpn),
            Change::CreateVpnConnectionRoute { vpn, destination } => {
                self.create_vpn_connection_route(vpn, destination)
            }
            Change::DeleteVpnConnectionRoute { vpn, destination } => {
                self.delete_vpn_connection_route(vpn, destination)
            }
            Change::CreateDirectConnectGateway { name, on_premises } => {
                return made(self.create_direct_connect_gateway(name, on_premises));
            }
            Change::CreateDirectConnectGatewayAssociation { line, gateway } => {
                self.associate_direct_connect_gateway(line, gateway)
            }
            Change::DeleteDirectConnectGatewayAssociation { line, gateway } => {
                self.disassociate_direct_connect_gateway(line, gateway)
            }
            Change::ConfigureVpnTunnels { vpn, tunnels } => {
                self.configure_vpn_tunnels(vpn, tunnels)
            }
            Change::CreateOnPremises { name, cidrs, listening } => {
                return made(self.create_on_premises(name, cidrs, listening));
            }
        }?;
        Ok(None)
    }
}
