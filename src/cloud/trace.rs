//! One packet, there and back, hop by hop.

use std::net::IpAddr;

use crate::{
    cloud::{
        AmazonService, ApiId, Code, DistributionId, EgressOnlyGatewayId, FunctionId,
        GatewayEndpointId, HostId, InterfaceEndpointId, InterfaceId, InternetGatewayId, Link,
        LoadBalancerId, NatGatewayId, Network, NetworkAclId, OnPremisesId, PeeringId, RouteTableId,
        Rules, SecurityGroupId, ServiceId, SubnetId, TargetGroupId, Thing,
        TransitGatewayAttachmentId, TransitGatewayRouteTableId, VirtualPrivateGatewayId,
        walk::Walk,
    },
    net::{Packet, Protocol},
};

/// A question to the simulator: does this packet arrive, and does the answer come back?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Probe {
    /// Who sends.
    pub from: ProbeEnd,
    /// Who is meant.
    pub to: ProbeEnd,
    /// The protocol; ICMP means ping.
    pub protocol: Protocol,
    /// The destination port; 0 without ports.
    pub port: u16,
    /// The client's ephemeral port; 0 without ports.
    pub source_port: u16,
}

impl Probe {
    /// A probe with the usual source port.
    pub fn new(from: ProbeEnd, to: ProbeEnd, protocol: Protocol, port: u16) -> Self {
        let source_port = if protocol.has_ports() { Self::SOURCE_PORT } else { 0 };
        let port = if protocol.has_ports() { port } else { 0 };
        Self { from, to, protocol, port, source_port }
    }

    /// The ephemeral port of a probe that names none: the lowest that every current client may use.
    pub const SOURCE_PORT: u16 = 49152;
}

/// One end of a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProbeEnd {
    /// An interface. As the receiver it is dialled as the sender can: by its private address from
    /// inside the VPC, by its public one from the internet (the private one when it has none).
    Interface(InterfaceId),
    /// An interface's public address, whoever dials.
    PublicAddressOf(InterfaceId),
    /// A host of the scene.
    Host(HostId),
    /// A host in an on-premises network: this one, or the usual one.
    OnPremises(OnPremisesId, Option<IpAddr>),
    /// An address. As the sender: somewhere on the internet.
    Address(IpAddr),
    /// Something that goes by a DNS name of its own. As the receiver it is dialled at what that
    /// name resolves to for the sender.
    Named(Named),
}

/// What goes by a DNS name of its own, and not by one interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A load balancer: the addresses of its nodes, public when it faces the internet. It sends
    /// nothing of its own.
    LoadBalancer(LoadBalancerId),
    /// A service of AWS's: its public address, or inside a VPC that of an endpoint with private DNS.
    Service(ServiceId),
    /// An endpoint by its own name: the addresses of its interfaces, from everywhere.
    Endpoint(InterfaceEndpointId),
    /// A function: as the sender itself, as the receiver Lambda's API, which invokes it.
    Function(FunctionId),
    /// An API.
    Api(ApiId),
    /// A distribution.
    Distribution(DistributionId),
}

impl From<Named> for Thing {
    fn from(named: Named) -> Self {
        match named {
            Named::LoadBalancer(id) => Self::LoadBalancer(id),
            Named::Service(id) => Self::Service(id),
            Named::Endpoint(id) => Self::InterfaceEndpoint(id),
            Named::Function(id) => Self::Function(id),
            Named::Api(id) => Self::Api(id),
            Named::Distribution(id) => Self::Distribution(id),
        }
    }
}

impl Named {
    /// The thing as something that goes by a name of its own, if it does.
    pub fn of(thing: Thing) -> Option<Self> {
        Some(match thing {
            Thing::LoadBalancer(id) => Self::LoadBalancer(id),
            Thing::Service(id) => Self::Service(id),
            Thing::InterfaceEndpoint(id) => Self::Endpoint(id),
            Thing::Function(id) => Self::Function(id),
            Thing::Api(id) => Self::Api(id),
            Thing::Distribution(id) => Self::Distribution(id),
            _ => return None,
        })
    }
}

/// What became of one probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The question.
    pub probe: Probe,
    /// Every place the packet, then its answer, came through.
    pub hops: Vec<Hop>,
    /// The answer.
    pub verdict: Verdict,
}

impl Trace {
    /// Did the request arrive and the answer come back?
    pub fn is_delivered(&self) -> bool {
        self.verdict == Verdict::Delivered
    }

    /// Every place, in order; the same place may come twice.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.hops.iter().map(|hop| hop.place)
    }

    /// The hops of one leg.
    pub fn leg(&self, leg: Leg) -> impl Iterator<Item = &Hop> {
        self.hops.iter().filter(move |hop| hop.leg == leg)
    }

    /// The hop that ended the packet: where it was dropped, or where the answer arrived.
    ///
    /// # Panics
    /// Never for what [`trace`] gives: the sender itself is a hop.
    pub fn last(&self) -> &Hop {
        self.hops.last().expect("a trace has at least the sender's hop")
    }

    /// The header of the request as its receiver saw it, when it was received.
    pub fn received(&self) -> Option<&Packet> {
        self.receipt().map(|hop| &hop.packet_in)
    }

    /// Who received the request: not always who was meant.
    pub fn receiver(&self) -> Option<Place> {
        self.receipt().map(|hop| hop.place)
    }

    fn receipt(&self) -> Option<&Hop> {
        match self.verdict {
            Verdict::Dropped { leg: Leg::Forward, .. } => None,
            _ => self.leg(Leg::Forward).last(),
        }
    }
}

impl Hop {
    /// The check that decided here, when one did.
    pub fn decisive(&self) -> Option<&Check> {
        self.checks.iter().find(|check| check.decisive)
    }
}

impl Verdict {
    /// Why and where the packet was dropped, when it was.
    pub fn dropped(self) -> Option<(Leg, Place, Cause)> {
        match self {
            Self::Dropped { leg, place, cause } => Some((leg, place, cause)),
            Self::Delivered | Self::Refused => None,
        }
    }

    /// The explanation code of a drop.
    pub fn code(self) -> Option<Code> {
        self.dropped().map(|(_, _, cause)| cause.code())
    }
}

/// The way there or the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leg {
    /// The request.
    Forward,
    /// The answer to it.
    Reply,
}

/// Into a subnet or interface, or out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Inbound.
    Ingress,
    /// Outbound.
    Egress,
}

impl Direction {
    /// The opposite direction.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ingress => Self::Egress,
            Self::Egress => Self::Ingress,
        }
    }
}

/// One place that looked at the packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The way there or back.
    pub leg: Leg,
    /// Where.
    pub place: Place,
    /// The header as it came.
    pub packet_in: Packet,
    /// What was looked at, in AWS's order. The decisive check, if any, is marked.
    pub checks: Vec<Check>,
    /// The header as it left; `None` when the packet ended here (dropped, refused or received).
    pub packet_out: Option<Packet>,
}

/// Where a hop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Outside every VPC, at this address (and host, when the scene has it): the ends of a path.
    Internet(IpAddr, Option<HostId>),
    /// At an interface, with its security groups.
    Interface(InterfaceId, Direction),
    /// Inside a subnet, between neighbours: no router, no list.
    Subnet(SubnetId),
    /// At a subnet's edge, with its network ACL.
    NetworkAcl(NetworkAclId, SubnetId, Direction),
    /// The VPC's router, with the table of this subnet.
    RouteTable(RouteTableId, SubnetId),
    /// The table of a gateway, for what comes in.
    GatewayTable(RouteTableId),
    /// An internet gateway.
    InternetGateway(InternetGatewayId, Direction),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId, Direction),
    /// A NAT gateway: outbound where it translates, inbound where answers (and strangers) come in.
    NatGateway(NatGatewayId, Direction),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// A gateway endpoint: outbound to its service, inbound with the answers.
    GatewayEndpoint(GatewayEndpointId, Direction),
    /// A service of AWS's inside the VPC.
    Amazon(AmazonService),
    /// A load balancer, at one of its nodes: between the client's leg of the way and the target's.
    LoadBalancer(LoadBalancerId, InterfaceId),
    /// An endpoint, behind one of its interfaces.
    Endpoint(InterfaceEndpointId, InterfaceId),
    /// A service of AWS's outside every VPC.
    Service(ServiceId),
    /// A function, which is outside every VPC itself.
    Function(FunctionId),
    /// An API.
    Api(ApiId),
    /// A distribution.
    Distribution(DistributionId),
    /// Where a packet comes into a transit gateway, or leaves it: ingress and egress as the gateway
    /// sees it.
    TransitGatewayAttachment(TransitGatewayAttachmentId, Direction),
    /// A transit gateway's router, with the table that decides for this attachment.
    TransitGatewayRouteTable(TransitGatewayRouteTableId, TransitGatewayAttachmentId),
    /// A virtual private gateway: outbound to one's own networks, inbound from them.
    VirtualPrivateGateway(VirtualPrivateGatewayId, Direction),
    /// A line to one's own network: outbound is from AWS.
    Link(Link, Direction),
    /// A host in an on-premises network: one of the ends of a path.
    OnPremises(OnPremisesId, IpAddr),
}

/// One thing that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Check {
    /// What.
    pub subject: Subject,
    /// With which result.
    pub outcome: Outcome,
    /// Did it decide about the packet at this hop?
    pub decisive: bool,
}

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
    /// Has the packet been here before, with the same header?
    Loop,
    /// Is it traffic of a service of AWS's, which nothing filters?
    NeverFiltered(AmazonService),
    /// Is it the answer to what the receiver asked?
    Expected,
    /// Has the sender an address of the destination's family?
    AddressFamily,
    /// Does somebody listen on the port?
    Listening,
    /// Does anybody have the destination address?
    Owner,
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
    /// Is the API asked at a door that it has?
    ApiDoor(ApiId),
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

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It matched, and lets the packet go on.
    Allows,
    /// It matched, and ends the packet.
    Denies,
    /// It does not match; for rules, the first field that differs.
    NoMatch(Field),
    /// Something before it had decided.
    NotReached,
    /// A route that matches, beaten by a more specific one.
    LessSpecific,
    /// A route that matches, beaten by one of a kind that AWS prefers.
    LowerPriority,
    /// A group's rule that would match, had an appliance on the way not lost the group.
    GroupLost,
    /// A group's rule that would match, did the transit gateway carry references to groups.
    GroupNotCarried,
}

/// A field of the header that a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The protocol.
    Protocol,
    /// The destination port.
    Port,
    /// The far address.
    Address,
    /// For a target: its zone.
    Zone,
    /// For a target: its health.
    Health,
}

/// The answer to a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The request arrived and the answer came back.
    Delivered,
    /// The request arrived, nobody listens, and the refusal came back.
    Refused,
    /// Somebody dropped it silently: the client waits until it times out.
    Dropped {
        /// On the way there or back.
        leg: Leg,
        /// Where.
        place: Place,
        /// Why.
        cause: Cause,
    },
}

/// Why a packet was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// No security group rule lets it pass.
    NoSecurityGroupRule,
    /// This ACL entry denies it, or the closing `*` when `None`.
    AclDenies(Option<u16>),
    /// No route matches.
    NoRoute,
    /// The route's target is gone.
    Blackhole,
    /// Neither from nor to the interface's own address.
    SourceDestCheck,
    /// The internet gateway is not attached to this VPC.
    GatewayDetached,
    /// The receiver's VPC has no internet gateway attached.
    NoInternetGateway,
    /// The sender has no public address.
    NoPublicAddress,
    /// No interface has this public address.
    UnknownPublicAddress,
    /// The internet has no way to a private (RFC 1918) destination.
    PrivateDestination,
    /// The internet has no way to a shared (RFC 6598) destination.
    SharedDestination,
    /// A private (RFC 1918) source cannot come from the internet.
    PrivateSource,
    /// A shared (RFC 6598) source cannot come from the internet.
    SharedSource,
    /// Nobody has the address.
    NoOwner,
    /// The account blocks public access.
    PublicAccessBlocked,
    /// The gateway's table sends the sender's subnet through an appliance, and the packet came past
    /// it.
    ApplianceBypassed,
    /// The appliance to which the gateway's table leads has no public address.
    ApplianceWithoutPublicAddress,
    /// An egress-only gateway carries IPv6 only.
    EgressOnlyProtocol,
    /// Nobody may start a connection through an egress-only gateway.
    EgressOnlyUnsolicited,
    /// The NAT gateway does not work.
    NatNotAvailable,
    /// The NAT gateway does not translate this protocol.
    NatProtocol,
    /// Nobody may start a connection to a NAT gateway.
    NatUnsolicited,
    /// A peering carries the addresses of the two VPCs and no others.
    PeeringAddress,
    /// A gateway endpoint does not carry this protocol.
    EndpointProtocol,
    /// A gateway endpoint serves its own VPC only.
    EndpointOutsider,
    /// The policy of an endpoint does not let anybody ask.
    EndpointPolicy,
    /// The instance does not run.
    InstanceNotRunning,
    /// A rule that names a group would let it pass, but an appliance on the way lost the group.
    GroupNotPreserved,
    /// The interface is attached to nothing.
    NotAttached,
    /// The instance got somebody else's packet and does not forward.
    NotForwarded,
    /// Routes lead the packet round in circles.
    Loop,
    /// The answer came to somebody who had not asked.
    Misdirected,
    /// The sender has no address of the destination's family.
    AddressFamily,
    /// The load balancer has no listener for the packet.
    NoListener,
    /// The listener's target groups are empty.
    NoTargets,
    /// All targets are in zones that are not enabled for the load balancer.
    TargetZoneNotEnabled,
    /// All targets are in other zones than the node, which may not send there.
    NotCrossZone,
    /// No target of the group is in the node's zone, and the group keeps to it.
    NoTargetsInZone,
    /// Every target is on its way out.
    NoTargetInService,
    /// The target is the client itself, and would see its own address as the sender.
    Hairpin,
    /// The target lies where the client's address cannot be kept.
    ClientIpNotPreservable,
    /// An interface endpoint carries TCP alone.
    InterfaceEndpointProtocol,
    /// The policy of the endpoint denies it.
    EndpointPolicyDenies,
    /// The endpoint waits to be accepted.
    EndpointNotAccepted,
    /// The offered service has no load balancer in the endpoint's zone.
    EndpointServiceNotInZone,
    /// An endpoint never starts a connection.
    EndpointInitiates,
    /// Nobody can connect to a function.
    FunctionNotConnectable,
    /// The bucket's policy does not admit the distribution.
    OriginAccessDenied,
    /// A private API is asked from where no endpoint leads to it.
    PrivateApi,
    /// The attachment to the transit gateway does not work.
    AttachmentNotAvailable,
    /// The attachment has no subnet in the sender's zone.
    AttachmentZone,
    /// The attachment is associated with no table of the transit gateway.
    AttachmentWithoutTable,
    /// No route of the transit gateway's table matches.
    NoTransitRoute,
    /// The transit gateway's route is a blackhole.
    TransitBlackhole,
    /// A rule that names a group would let it pass, but the transit gateway does not carry references.
    GroupReferencesOff,
    /// The virtual private gateway is not attached to this VPC.
    VgwDetached,
    /// What leaves through a virtual private gateway comes from an interface of its VPC.
    VgwForeignSource,
    /// What enters through a virtual private gateway is for an interface of its VPC.
    VgwForeignDestination,
    /// The virtual private gateway knows no way to the destination.
    VgwUnknownDestination,
    /// A virtual private gateway carries no IPv6 over VPN.
    VpnProtocol,
    /// The line to the on-premises network is down, behind a virtual private gateway.
    LinkDown,
    /// The line to the on-premises network is down, behind a transit gateway.
    TransitLinkDown,
    /// The on-premises network has no line to AWS.
    NoWayToAws,
}

impl Cause {
    /// Reachability Analyzer's code for it, or ours where AWS has none.
    pub fn code(self) -> Code {
        match self {
            Self::NoSecurityGroupRule => Code::EniSgRulesMismatch,
            Self::AclDenies(_) => Code::SubnetAclRestriction,
            Self::NoRoute | Self::NoWayToAws => Code::NoRouteToDestination,
            Self::Blackhole => Code::BadStateRoute,
            Self::SourceDestCheck => Code::EniSourceDestCheckRestriction,
            Self::GatewayDetached
            | Self::NoInternetGateway
            | Self::AttachmentNotAvailable
            | Self::EndpointNotAccepted
            | Self::VgwDetached => Code::BadStateAttachment,
            Self::NoPublicAddress => Code::IgwPublicIpAssociationForEgress,
            Self::UnknownPublicAddress => Code::IgwPrivateIpAssociationForIngress,
            Self::PrivateDestination => Code::IgwDestinationAddressNotInRfc1918Egress,
            Self::SharedDestination => Code::IgwDestinationAddressNotInRfc6598Egress,
            Self::PrivateSource => Code::IgwSourceAddressNotInRfc1918Ingress,
            Self::SharedSource => Code::IgwSourceAddressNotInRfc6598Ingress,
            Self::NoOwner | Self::VgwUnknownDestination => Code::NoPossibleDestination,
            Self::PublicAccessBlocked => Code::VpcBlockPublicAccessEnabled,
            Self::EgressOnlyUnsolicited => Code::EgressOnlyUnsolicited,
            Self::NatNotAvailable => Code::BadState,
            Self::NatProtocol
            | Self::EgressOnlyProtocol
            | Self::InterfaceEndpointProtocol
            | Self::VpnProtocol => Code::ProtocolRestriction,
            Self::NatUnsolicited => Code::NatUnsolicited,
            Self::ApplianceBypassed => Code::IngressRtbTrafficRedirection,
            Self::ApplianceWithoutPublicAddress => Code::IngressRtbNoPublicIp,
            Self::PeeringAddress => Code::PcxRequiresAddressInVpcCidr,
            Self::EndpointProtocol => Code::VpceGatewayProtocolRestriction,
            Self::EndpointOutsider => Code::EndpointOutsideVpc,
            Self::EndpointPolicy | Self::EndpointPolicyDenies => Code::EndpointPolicy,
            Self::InstanceNotRunning => Code::InstanceNotRunning,
            Self::GroupNotPreserved => Code::SgReferencesNotPreserved,
            Self::NotAttached => Code::InterfaceNotAttached,
            Self::NotForwarded => Code::NotForwarded,
            Self::Loop => Code::ForwardingLoop,
            Self::Misdirected => Code::ReplyMisdirected,
            Self::AddressFamily => Code::AddressFamily,
            Self::NoListener => Code::Elbv2ListenersMismatch,
            Self::NoTargets => Code::Elbv2ListenerHasNoTg,
            Self::TargetZoneNotEnabled => Code::ElbInstalledAzRestriction,
            Self::NotCrossZone => Code::ElbNotCrosszone,
            Self::NoTargetsInZone => Code::Elbv2NoTargetsInAz,
            Self::NoTargetInService => Code::NoTargetInService,
            Self::Hairpin => Code::HairpinWithClientIp,
            Self::ClientIpNotPreservable => Code::ClientIpNotPreservable,
            Self::EndpointServiceNotInZone => Code::VpceServiceNotInstalledInAz,
            Self::EndpointInitiates => Code::VpceIntraVpcTraffic,
            Self::FunctionNotConnectable => Code::FunctionNotConnectable,
            Self::OriginAccessDenied => Code::OriginAccessDenied,
            Self::PrivateApi => Code::PrivateApiWithoutEndpoint,
            Self::AttachmentZone => Code::TgwRouteAzRestriction,
            Self::AttachmentWithoutTable => Code::TgwAttachMissingTgwRtbAssociation,
            Self::NoTransitRoute => Code::TgwRtbNoRouteToTgwAttachment,
            Self::TransitBlackhole => Code::TgwRtbBadStateRoute,
            Self::GroupReferencesOff => Code::SgReferencingSupport,
            Self::VgwForeignSource => Code::VgwPrivateIpAssociationForEgress,
            Self::VgwForeignDestination => Code::VgwPrivateIpAssociationForIngress,
            Self::LinkDown => Code::BadStateVpn,
            Self::TransitLinkDown => Code::TgwBadStateVpn,
        }
    }
}

/// Follows one packet there and back.
///
/// Total: every probe on every network has a verdict. Deterministic: the same every time.
pub fn trace(network: &Network, probe: Probe, rules: &Rules) -> Trace {
    let mut walk = Walk::new(network, rules);
    let verdict = walk.there_and_back(probe);
    Trace { probe, hops: walk.into_hops(), verdict }
}

/// Like [`trace`], when the sender writes another source into the header than its own address: a
/// secondary address, or one that is not its own, which the source/destination check stops
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
pub fn trace_from_source(network: &Network, probe: Probe, source: IpAddr, rules: &Rules) -> Trace {
    let mut walk = Walk::new(network, rules).forge(source);
    let verdict = walk.there_and_back(probe);
    Trace { probe, hops: walk.into_hops(), verdict }
}
