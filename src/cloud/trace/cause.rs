//! Why a packet was dropped.

use crate::cloud::Code;

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
    /// The regional NAT gateway is not in the sender's zone.
    NatZone,
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
    /// A stateful appliance got the answer to a question that it had not seen.
    AsymmetricFlow,
    /// Routes lead the packet round in circles.
    Loop,
    /// The answer came to somebody who had not asked.
    Misdirected,
    /// The sender has no address of the destination's family.
    AddressFamily,
    /// The sender cannot find out which address a name stands for.
    NameNotResolved,
    /// At a load balancer, an endpoint or a managed service.
    Service(ServiceCause),
    /// At a transit gateway, a virtual private gateway or a line.
    Transit(TransitCause),
}

impl Cause {
    /// Reachability Analyzer's code for it, or ours where AWS has none.
    pub fn code(self) -> Code {
        match self {
            Self::NoSecurityGroupRule => Code::EniSgRulesMismatch,
            Self::AclDenies(_) => Code::SubnetAclRestriction,
            Self::NoRoute => Code::NoRouteToDestination,
            Self::Blackhole => Code::BadStateRoute,
            Self::SourceDestCheck => Code::EniSourceDestCheckRestriction,
            Self::GatewayDetached | Self::NoInternetGateway => Code::BadStateAttachment,
            Self::NoPublicAddress => Code::IgwPublicIpAssociationForEgress,
            Self::UnknownPublicAddress => Code::IgwPrivateIpAssociationForIngress,
            Self::PrivateDestination => Code::IgwDestinationAddressNotInRfc1918Egress,
            Self::SharedDestination => Code::IgwDestinationAddressNotInRfc6598Egress,
            Self::PrivateSource => Code::IgwSourceAddressNotInRfc1918Ingress,
            Self::SharedSource => Code::IgwSourceAddressNotInRfc6598Ingress,
            Self::NoOwner => Code::NoPossibleDestination,
            Self::PublicAccessBlocked => Code::VpcBlockPublicAccessEnabled,
            Self::EgressOnlyUnsolicited => Code::EgressOnlyUnsolicited,
            Self::NatNotAvailable => Code::BadState,
            Self::NatZone => Code::RegionalNgwRouteAzRestriction,
            Self::NatProtocol | Self::EgressOnlyProtocol => Code::ProtocolRestriction,
            Self::NatUnsolicited => Code::NatUnsolicited,
            Self::ApplianceBypassed => Code::IngressRtbTrafficRedirection,
            Self::ApplianceWithoutPublicAddress => Code::IngressRtbNoPublicIp,
            Self::PeeringAddress => Code::PcxRequiresAddressInVpcCidr,
            Self::EndpointProtocol => Code::VpceGatewayProtocolRestriction,
            Self::EndpointOutsider => Code::EndpointOutsideVpc,
            Self::EndpointPolicy => Code::EndpointPolicy,
            Self::InstanceNotRunning => Code::InstanceNotRunning,
            Self::GroupNotPreserved => Code::SgReferencesNotPreserved,
            Self::NotAttached => Code::InterfaceNotAttached,
            Self::NotForwarded => Code::NotForwarded,
            Self::AsymmetricFlow => Code::AsymmetricFlow,
            Self::Loop => Code::ForwardingLoop,
            Self::Misdirected => Code::ReplyMisdirected,
            Self::AddressFamily => Code::AddressFamily,
            Self::NameNotResolved => Code::NameNotResolved,
            Self::Service(cause) => cause.code(),
            Self::Transit(cause) => cause.code(),
        }
    }
}

/// Why a packet was dropped at load balancers, endpoints, functions, databases, tasks, APIs and distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceCause {
    /// The load balancer has no listener for the packet.
    NoListener,
    /// The Classic Load Balancer has no listener for the packet.
    NoClassicListener,
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
    /// An internal load balancer takes nothing from the internet, not over IPv6 either.
    InternalBalancer,
    /// An interface that AWS keeps the internet from, although it has an IPv6 address.
    InternetKeptOut,
}

impl ServiceCause {
    /// Its code, as [`Cause::code`] gives it.
    fn code(self) -> Code {
        match self {
            Self::EndpointNotAccepted => Code::BadStateAttachment,
            Self::InterfaceEndpointProtocol => Code::ProtocolRestriction,
            Self::EndpointPolicyDenies => Code::EndpointPolicy,
            Self::NoListener => Code::Elbv2ListenersMismatch,
            Self::NoClassicListener => Code::ElbListenersMismatch,
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
            Self::InternalBalancer => Code::InternalLoadBalancer,
            Self::InternetKeptOut => Code::DenyAllIgwTraffic,
        }
    }
}

impl From<ServiceCause> for Cause {
    fn from(it: ServiceCause) -> Self {
        Self::Service(it)
    }
}

/// Why a packet was dropped at transit gateways, virtual private gateways, VPN, Direct Connect and on-premises networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransitCause {
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

impl TransitCause {
    /// Its code, as [`Cause::code`] gives it.
    fn code(self) -> Code {
        match self {
            Self::NoWayToAws => Code::NoRouteToDestination,
            Self::AttachmentNotAvailable | Self::VgwDetached => Code::BadStateAttachment,
            Self::VgwUnknownDestination => Code::NoPossibleDestination,
            Self::VpnProtocol => Code::ProtocolRestriction,
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

impl From<TransitCause> for Cause {
    fn from(it: TransitCause) -> Self {
        Self::Transit(it)
    }
}
