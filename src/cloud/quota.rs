//! How many of something an account may have.

use crate::cloud::{Reason, Refusal};

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
    /// Elastic IPs of a regional NAT gateway in a zone.
    NatAddressesPerZone,
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
            Self::NatAddressesPerZone => 32,
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
            Self::NatAddressesPerZone => "NatGatewayAddressLimitExceeded",
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
