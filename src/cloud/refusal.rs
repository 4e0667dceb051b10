//! Why AWS would refuse a change.

mod service;
mod transit;

pub use service::ServiceReason;
pub use transit::TransitReason;

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        GatewayEndpointId, InstanceId, InterfaceId, InternetGatewayId, Name, NatGatewayId,
        NetworkAclId, PeeringId, PrefixListId, Quota, RouteTableId, SecurityGroupId, SubnetId,
        Target, Thing, VpcId, Zone,
    },
    net::Cidr,
};

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
    pub(super) fn missing(thing: Thing) -> Self {
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
    /// The subnet has IPv6 alone.
    SubnetIpv6Only(SubnetId),
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
    /// It is the primary address of the interface, which keeps it.
    AddressPrimary(InterfaceId, IpAddr),
    /// A private NAT gateway has no public address.
    PrivateNatGateway,
    /// The zones of this NAT gateway are not for people to choose: it is zonal, or automatic.
    NatZonesNotChosen(NatGatewayId),
    /// The VPC has no subnet in the zone.
    NatZoneWithoutSubnet(Zone, VpcId),
    /// The NAT gateway does not have the address.
    NatAddressUnknown(NatGatewayId, Ipv4Addr),
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
    /// A gateway's table has no routes for lists, and learns none.
    RouteNotWrittenForGateway(Cidr),
    /// A gateway's table is for exactly one subnet, or the whole VPC.
    RouteNotForGateway(Cidr),
    /// A gateway's table leads to interfaces, or where the subnet lies.
    RouteTargetForGateway(Cidr),
    /// The gateway has no table.
    GatewayWithoutTable(Thing),
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
    /// The peering does not work yet, or any more.
    PeeringNotActive(PeeringId),
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
    /// A rule for IPv4 addresses stays one for IPv4 addresses, and so on for IPv6 addresses, groups
    /// and prefix lists.
    RuleKind(SecurityGroupId),
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
    /// An instance and its interfaces lie in one zone.
    DifferentZones(InterfaceId, InstanceId),
    /// About a load balancer, an endpoint or a managed service.
    Service(ServiceReason),
    /// About a transit gateway, a VPN connection or what lies behind.
    Transit(TransitReason),
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
