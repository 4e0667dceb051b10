//! How many of something an account may have.

use std::collections::BTreeMap;

use crate::cloud::{
    AttachmentOf, NatGateway, NatSeat, Network, Peer, Reason, Refusal, SecurityGroupRule,
    TransitGatewayId, VpcId,
};

/// How many of something an account may have by default
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Routes in all tables of a transit gateway, written and learned
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html>).
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

    /// Those that AWS raises when asked, each with what scenes call it.
    pub const ADJUSTABLE: [(Self, &'static str); 20] = [
        (Self::Vpcs, "vpcs"),
        (Self::BlocksPerVpc, "cidr_blocks_per_vpc"),
        (Self::SubnetsPerVpc, "subnets_per_vpc"),
        (Self::RouteTablesPerVpc, "route_tables_per_vpc"),
        (Self::RoutesPerTable, "routes_per_route_table"),
        (Self::InternetGateways, "internet_gateways"),
        (Self::EgressOnlyGateways, "egress_only_gateways"),
        (Self::NatGatewaysPerZone, "nat_gateways_per_zone"),
        (Self::NatAddressesPerZone, "nat_addresses_per_zone"),
        (Self::PeeringsPerVpc, "peerings_per_vpc"),
        (Self::GatewayEndpoints, "gateway_endpoints"),
        (Self::ElasticIps, "elastic_ips"),
        (Self::AclsPerVpc, "network_acls_per_vpc"),
        (Self::EntriesPerAcl, "entries_per_network_acl"),
        (Self::RulesPerGroup, "rules_per_security_group"),
        (Self::GroupsPerInterface, "security_groups_per_interface"),
        (Self::TransitGateways, "transit_gateways"),
        (Self::TablesPerTransitGateway, "route_tables_per_transit_gateway"),
        (Self::RoutesPerTransitGateway, "transit_gateway_routes"),
        (Self::VirtualPrivateGateways, "virtual_private_gateways"),
    ];

    /// How far AWS raises it at most; for some it names no end
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>). How many transit
    /// gateways a VPC may be attached to cannot be raised
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html>).
    pub const fn most(self) -> Option<usize> {
        match self {
            Self::BlocksPerVpc => Some(50),
            Self::RoutesPerTable | Self::RulesPerGroup => Some(1000),
            Self::PeeringsPerVpc => Some(125),
            Self::EntriesPerAcl => Some(40),
            Self::GroupsPerInterface => Some(16),
            Self::TransitGatewaysPerVpc => Some(self.limit()),
            _ => None,
        }
    }
}

/// What an account was granted beyond the defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quotas(BTreeMap<Quota, usize>);

impl Network {
    /// How many the account may have: AWS's default, unless it was raised.
    pub fn quota(&self, quota: Quota) -> usize {
        self.quotas.0.get(&quota).copied().unwrap_or(quota.limit())
    }

    /// AWS granted more than by default.
    pub fn raise_quota(&mut self, quota: Quota, to: usize) {
        if to > self.quota(quota) {
            self.quotas.0.insert(quota, to);
        }
    }

    /// Refuses one more when there are `count` already.
    pub(super) fn admits_one_more(&self, quota: Quota, count: usize) -> Result<(), Refusal> {
        if count < self.quota(quota) {
            return Ok(());
        }
        Err(Refusal::new(quota.code(), Reason::Quota(quota)))
    }

    /// How many there are: where it is so many in each of something, in the fullest.
    pub fn used(&self, quota: Quota) -> usize {
        let in_vpcs = |count: &dyn Fn(VpcId) -> usize| {
            self.vpcs.iter().map(|(id, _)| count(id)).max().unwrap_or(0)
        };
        match quota {
            Quota::Vpcs => self.vpcs.len(),
            Quota::BlocksPerVpc => {
                in_vpcs(&|it| self.vpcs[it].cidrs.len().max(self.vpcs[it].ipv6_cidrs.len()))
            }
            Quota::SubnetsPerVpc => in_vpcs(&|vpc| self.subnets.count(|it| it.vpc == vpc)),
            Quota::RouteTablesPerVpc => in_vpcs(&|vpc| self.route_tables.count(|it| it.vpc == vpc)),
            Quota::RoutesPerTable => {
                self.route_tables.iter().map(|(id, _)| self.weight_of(id)).max().unwrap_or(0)
            }
            Quota::InternetGateways => self.internet_gateways.len(),
            Quota::EgressOnlyGateways => self.egress_only_gateways.len(),
            Quota::NatGatewaysPerZone => {
                let zones = self.subnets.iter().map(|(_, it)| &it.zone);
                let in_zone = |zone| self.nat_gateways.count(|it| self.is_nat_in_zone(it, zone));
                zones.map(in_zone).max().unwrap_or(0)
            }
            Quota::NatAddressesPerZone => {
                let regional = self.nat_gateways.iter().filter_map(|(_, it)| it.regional());
                let zones = regional.flat_map(|it| &it.zones);
                zones.map(|it| it.addresses.len()).max().unwrap_or(0)
            }
            Quota::PeeringsPerVpc => {
                in_vpcs(&|vpc| self.peerings.count(|it| it.other_end(vpc).is_some()))
            }
            Quota::GatewayEndpoints => self.gateway_endpoints.len(),
            Quota::ElasticIps => self.elastic_ips(None),
            Quota::AclsPerVpc => in_vpcs(&|vpc| self.network_acls.count(|it| it.vpc == vpc)),
            Quota::EntriesPerAcl => {
                let lists = self.network_acls.iter();
                lists.map(|(_, it)| it.ingress.len().max(it.egress.len())).max().unwrap_or(0)
            }
            Quota::RulesPerGroup => {
                let groups = self.security_groups.iter();
                let lists = groups.flat_map(|(_, it)| [&it.ingress, &it.egress]);
                lists
                    .map(|it| self.fullest_family(&it.iter().collect::<Vec<_>>()))
                    .max()
                    .unwrap_or(0)
            }
            Quota::GroupsPerInterface => {
                let interfaces = self.interfaces.iter();
                interfaces.map(|(_, it)| it.security_groups.len()).max().unwrap_or(0)
            }
            Quota::TransitGateways => self.transit_gateways.len(),
            Quota::TransitGatewaysPerVpc => in_vpcs(&|vpc| {
                self.transit_gateway_attachments.count(
                    |it| matches!(it.of, AttachmentOf::Vpc { vpc: other, .. } if other == vpc),
                )
            }),
            Quota::TablesPerTransitGateway => {
                let tables =
                    |gateway| self.transit_gateway_route_tables.count(|it| it.gateway == gateway);
                self.transit_gateways.iter().map(|(id, _)| tables(id)).max().unwrap_or(0)
            }
            Quota::RoutesPerTransitGateway => {
                let gateways = self.transit_gateways.iter();
                gateways.map(|(id, _)| self.routes_of_transit_gateway(id)).max().unwrap_or(0)
            }
            Quota::VirtualPrivateGateways => self.virtual_private_gateways.len(),
        }
    }

    /// The routes in all tables of a transit gateway, written and learned.
    pub(super) fn routes_of_transit_gateway(&self, gateway: TransitGatewayId) -> usize {
        let tables = self.transit_gateway_route_tables.iter();
        let mine = tables.filter(|(_, it)| it.gateway == gateway);
        mine.map(|(id, _)| self.transit_routes(id).len()).sum()
    }

    /// How many rules of a list count together, in the family that has more.
    pub(super) fn fullest_family(&self, rules: &[&SecurityGroupRule]) -> usize {
        self.rules_of_family(rules, true).max(self.rules_of_family(rules, false))
    }

    /// How many rules of a list count for an IP family. One for a group or a list counts for both
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>).
    pub(super) fn rules_of_family(&self, rules: &[&SecurityGroupRule], v4: bool) -> usize {
        let elsewhere = |peer| matches!(peer, Peer::Cidr(it) if it.is_ipv4() != v4);
        rules.iter().filter(|it| !elsewhere(it.peer)).map(|it| self.rule_weight(it)).sum()
    }

    /// Does a NAT gateway count in a zone?
    pub(super) fn is_nat_in_zone(&self, gateway: &NatGateway, zone: &crate::cloud::Zone) -> bool {
        match &gateway.seat {
            NatSeat::Zonal { subnet, .. } => {
                self.subnets.get(*subnet).is_some_and(|it| it.zone == *zone)
            }
            NatSeat::Regional(it) => it.zones.iter().any(|it| it.zone == *zone),
        }
    }
}
