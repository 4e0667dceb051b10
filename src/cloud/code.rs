//! Why a packet was dropped, in AWS's own words: the explanation codes of Reachability Analyzer
//! (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>), and a few of our
//! own where AWS has none.

use std::fmt;

/// An explanation code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is spelled as its code is")]
pub enum Code {
    BadState,
    BadStateAttachment,
    BadStateRoute,
    EniSgRulesMismatch,
    EniSourceDestCheckRestriction,
    IgwDestinationAddressNotInRfc1918Egress,
    IgwDestinationAddressNotInRfc6598Egress,
    IgwPrivateIpAssociationForIngress,
    IgwPublicIpAssociationForEgress,
    IgwSourceAddressNotInRfc1918Ingress,
    IgwSourceAddressNotInRfc6598Ingress,
    ElbInstalledAzRestriction,
    ElbNotCrosszone,
    Elbv2ListenerHasNoTg,
    Elbv2ListenersMismatch,
    ElbListenersMismatch,
    Elbv2NoTargetsInAz,
    VpceIntraVpcTraffic,
    VpceServiceNotInstalledInAz,
    NoPossibleDestination,
    NoRouteToDestination,
    ProtocolRestriction,
    RegionalNgwRouteAzRestriction,
    SubnetAclRestriction,
    SgReferencesNotPreserved,
    VpcBlockPublicAccessEnabled,
    PcxRequiresAddressInVpcCidr,
    IngressRtbNoPublicIp,
    IngressRtbTrafficRedirection,
    VpceGatewayProtocolRestriction,
    /// Not AWS's: a gateway endpoint serves its own VPC only.
    EndpointOutsideVpc,
    /// Not AWS's: the policy of an endpoint does not let anybody ask.
    EndpointPolicy,
    /// Not AWS's: nobody can connect to a function.
    FunctionNotConnectable,
    /// Not AWS's: a load balancer sends a client back to itself under its own address.
    HairpinWithClientIp,
    /// Not AWS's: the client's address cannot be kept on the way to this target.
    ClientIpNotPreservable,
    /// Not AWS's: the bucket's policy does not admit the distribution.
    OriginAccessDenied,
    /// Not AWS's: a private API is reached through an interface endpoint alone.
    PrivateApiWithoutEndpoint,
    /// Not AWS's: an internal load balancer takes nothing that an internet gateway brings.
    InternalLoadBalancer,
    /// Not AWS's: an interface takes nothing that an internet gateway brings.
    DenyAllIgwTraffic,
    /// Not AWS's: every target of the load balancer is on its way out.
    NoTargetInService,
    BadStateVpn,
    SgReferencingSupport,
    TgwAttachMissingTgwRtbAssociation,
    TgwBadStateVpn,
    TgwRouteAzRestriction,
    TgwRtbBadStateRoute,
    TgwRtbNoRouteToTgwAttachment,
    VgwPrivateIpAssociationForEgress,
    VgwPrivateIpAssociationForIngress,
    /// Not AWS's: nobody may start a connection through an egress-only internet gateway.
    EgressOnlyUnsolicited,
    /// Not AWS's: the packet goes round in circles.
    ForwardingLoop,
    /// Not AWS's: an instance got somebody else's packet and does not forward.
    NotForwarded,
    /// A stateful appliance sees one half of a connection only.
    AsymmetricFlow,
    /// Not AWS's: the answer came to somebody who had not asked.
    ReplyMisdirected,
    /// Not AWS's: the sender has no address of the destination's family.
    AddressFamily,
    /// Not AWS's: the sender cannot find out which address a name stands for.
    NameNotResolved,
    /// Not AWS's: the interface is attached to nothing.
    InterfaceNotAttached,
    /// Not AWS's: nobody may start a connection to a NAT gateway.
    NatUnsolicited,
    /// Not AWS's: the instance does not run.
    InstanceNotRunning,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 59] = [
        Self::ElbInstalledAzRestriction,
        Self::ElbNotCrosszone,
        Self::Elbv2ListenerHasNoTg,
        Self::Elbv2ListenersMismatch,
        Self::ElbListenersMismatch,
        Self::Elbv2NoTargetsInAz,
        Self::VpceIntraVpcTraffic,
        Self::VpceServiceNotInstalledInAz,
        Self::FunctionNotConnectable,
        Self::HairpinWithClientIp,
        Self::ClientIpNotPreservable,
        Self::OriginAccessDenied,
        Self::PrivateApiWithoutEndpoint,
        Self::InternalLoadBalancer,
        Self::DenyAllIgwTraffic,
        Self::NoTargetInService,
        Self::BadState,
        Self::BadStateAttachment,
        Self::BadStateRoute,
        Self::EniSgRulesMismatch,
        Self::EniSourceDestCheckRestriction,
        Self::IgwDestinationAddressNotInRfc1918Egress,
        Self::IgwDestinationAddressNotInRfc6598Egress,
        Self::IgwPrivateIpAssociationForIngress,
        Self::IgwPublicIpAssociationForEgress,
        Self::IgwSourceAddressNotInRfc1918Ingress,
        Self::IgwSourceAddressNotInRfc6598Ingress,
        Self::NoPossibleDestination,
        Self::NoRouteToDestination,
        Self::ProtocolRestriction,
        Self::RegionalNgwRouteAzRestriction,
        Self::SubnetAclRestriction,
        Self::SgReferencesNotPreserved,
        Self::VpcBlockPublicAccessEnabled,
        Self::PcxRequiresAddressInVpcCidr,
        Self::IngressRtbNoPublicIp,
        Self::IngressRtbTrafficRedirection,
        Self::VpceGatewayProtocolRestriction,
        Self::EndpointOutsideVpc,
        Self::EndpointPolicy,
        Self::BadStateVpn,
        Self::SgReferencingSupport,
        Self::TgwAttachMissingTgwRtbAssociation,
        Self::TgwBadStateVpn,
        Self::TgwRouteAzRestriction,
        Self::TgwRtbBadStateRoute,
        Self::TgwRtbNoRouteToTgwAttachment,
        Self::VgwPrivateIpAssociationForEgress,
        Self::VgwPrivateIpAssociationForIngress,
        Self::EgressOnlyUnsolicited,
        Self::ForwardingLoop,
        Self::NotForwarded,
        Self::AsymmetricFlow,
        Self::ReplyMisdirected,
        Self::AddressFamily,
        Self::NameNotResolved,
        Self::InterfaceNotAttached,
        Self::NatUnsolicited,
        Self::InstanceNotRunning,
    ];

    /// The code as AWS spells it, or as we do.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadState => "BAD_STATE",
            Self::BadStateAttachment => "BAD_STATE_ATTACHMENT",
            Self::BadStateRoute => "BAD_STATE_ROUTE",
            Self::EniSgRulesMismatch => "ENI_SG_RULES_MISMATCH",
            Self::EniSourceDestCheckRestriction => "ENI_SOURCE_DEST_CHECK_RESTRICTION",
            Self::IgwDestinationAddressNotInRfc1918Egress => {
                "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"
            }
            Self::IgwDestinationAddressNotInRfc6598Egress => {
                "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"
            }
            Self::IgwPrivateIpAssociationForIngress => "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            Self::IgwPublicIpAssociationForEgress => "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            Self::IgwSourceAddressNotInRfc1918Ingress => {
                "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS"
            }
            Self::IgwSourceAddressNotInRfc6598Ingress => {
                "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS"
            }
            Self::ElbInstalledAzRestriction => "ELB_INSTALLED_AZ_RESTRICTION",
            Self::ElbNotCrosszone => "ELB_NOT_CROSSZONE",
            Self::Elbv2ListenerHasNoTg => "ELBV2_LISTENER_HAS_NO_TG",
            Self::Elbv2ListenersMismatch => "ELBV2_LISTENERS_MISMATCH",
            Self::ElbListenersMismatch => "ELB_LISTENERS_MISMATCH",
            Self::Elbv2NoTargetsInAz => "ELBV2_NO_TARGETS_IN_AZ",
            Self::VpceIntraVpcTraffic => "VPCE_INTRA_VPC_TRAFFIC",
            Self::VpceServiceNotInstalledInAz => "VPCE_SERVICE_NOT_INSTALLED_IN_AZ",
            Self::FunctionNotConnectable => "FUNCTION_NOT_CONNECTABLE",
            Self::HairpinWithClientIp => "HAIRPIN_WITH_CLIENT_IP",
            Self::ClientIpNotPreservable => "CLIENT_IP_NOT_PRESERVABLE",
            Self::OriginAccessDenied => "ORIGIN_ACCESS_DENIED",
            Self::PrivateApiWithoutEndpoint => "PRIVATE_API_WITHOUT_ENDPOINT",
            Self::InternalLoadBalancer => "INTERNAL_LOAD_BALANCER",
            Self::DenyAllIgwTraffic => "DENY_ALL_IGW_TRAFFIC",
            Self::NoTargetInService => "NO_TARGET_IN_SERVICE",
            Self::NoPossibleDestination => "NO_POSSIBLE_DESTINATION",
            Self::NoRouteToDestination => "NO_ROUTE_TO_DESTINATION",
            Self::ProtocolRestriction => "PROTOCOL_RESTRICTION",
            Self::RegionalNgwRouteAzRestriction => "REGIONAL_NGW_ROUTE_AZ_RESTRICTION",
            Self::SubnetAclRestriction => "SUBNET_ACL_RESTRICTION",
            Self::IngressRtbNoPublicIp => "INGRESS_RTB_NO_PUBLIC_IP",
            Self::IngressRtbTrafficRedirection => "INGRESS_RTB_TRAFFIC_REDIRECTION",
            Self::PcxRequiresAddressInVpcCidr => "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
            Self::VpceGatewayProtocolRestriction => "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
            Self::VpcBlockPublicAccessEnabled => "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
            Self::EndpointOutsideVpc => "ENDPOINT_OUTSIDE_VPC",
            Self::EndpointPolicy => "ENDPOINT_POLICY",
            Self::BadStateVpn => "BAD_STATE_VPN",
            Self::SgReferencingSupport => "SG_REFERENCING_SUPPORT",
            Self::TgwAttachMissingTgwRtbAssociation => "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
            Self::TgwBadStateVpn => "TGW_BAD_STATE_VPN",
            Self::TgwRouteAzRestriction => "TGW_ROUTE_AZ_RESTRICTION",
            Self::TgwRtbBadStateRoute => "TGW_RTB_BAD_STATE_ROUTE",
            Self::TgwRtbNoRouteToTgwAttachment => "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
            Self::VgwPrivateIpAssociationForEgress => "VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS",
            Self::VgwPrivateIpAssociationForIngress => "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            Self::EgressOnlyUnsolicited => "EGRESS_ONLY_UNSOLICITED",
            Self::SgReferencesNotPreserved => "SG_REFERENCES_NOT_PRESERVED",
            Self::ForwardingLoop => "FORWARDING_LOOP",
            Self::NotForwarded => "NOT_FORWARDED",
            Self::AsymmetricFlow => "ASYMMETRIC_FLOW",
            Self::ReplyMisdirected => "REPLY_MISDIRECTED",
            Self::AddressFamily => "ADDRESS_FAMILY",
            Self::NameNotResolved => "NAME_NOT_RESOLVED",
            Self::InterfaceNotAttached => "INTERFACE_NOT_ATTACHED",
            Self::NatUnsolicited => "NAT_UNSOLICITED",
            Self::InstanceNotRunning => "INSTANCE_NOT_RUNNING",
        }
    }

    /// Is the code in AWS's list? Ours are shown as ours.
    pub fn is_aws(self) -> bool {
        !matches!(
            self,
            Self::AddressFamily
                | Self::NameNotResolved
                | Self::EndpointOutsideVpc
                | Self::EndpointPolicy
                | Self::FunctionNotConnectable
                | Self::HairpinWithClientIp
                | Self::ClientIpNotPreservable
                | Self::OriginAccessDenied
                | Self::PrivateApiWithoutEndpoint
                | Self::InternalLoadBalancer
                | Self::DenyAllIgwTraffic
                | Self::NoTargetInService
                | Self::EgressOnlyUnsolicited
                | Self::ForwardingLoop
                | Self::InstanceNotRunning
                | Self::InterfaceNotAttached
                | Self::NatUnsolicited
                | Self::NotForwarded
                | Self::AsymmetricFlow
                | Self::ReplyMisdirected
        )
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
