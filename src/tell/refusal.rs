//! Why AWS would refuse a change, in words.

use crate::{
    cloud::{InterfaceId, Quota, Reason, Refusal, Reserved, SubnetId, Thing, VpcId},
    i18n::refusal,
    tell::{Teller, written},
};

impl Teller<'_> {
    /// Why AWS would refuse a change, with AWS's code.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let words = &self.lang().strings().refusal;
        (words.with_code)(&self.reason(&refusal.reason), refusal.code)
    }

    /// What exactly is wrong with a change, as a sentence without AWS's code.
    pub fn reason(&self, reason: &Reason) -> String {
        let words = &self.lang().strings().refusal;
        let told = ToString::to_string;
        let thing = |thing| self.thing(thing);
        let vpc = |id: &VpcId| self.thing(Thing::Vpc(*id));
        let subnet = |id: &SubnetId| self.thing(Thing::Subnet(*id));
        let table = |id: &_| self.thing(Thing::RouteTable(*id));
        let gateway = |id: &_| self.thing(Thing::InternetGateway(*id));
        let group = |id: &_| self.thing(Thing::SecurityGroup(*id));
        let list = |id: &_| self.thing(Thing::NetworkAcl(*id));
        let prefix_list = |id: &_| self.thing(Thing::PrefixList(*id));
        let peering = |id: &_| self.thing(Thing::Peering(*id));
        let interface = |id: &_| self.thing(Thing::Interface(*id));
        // The interface, where the instance that it belongs to is not meant.
        let itself = |id: &InterfaceId| {
            let name = self.network().interfaces().get(*id).map_or("?", |it| it.name.as_str());
            format!("{} {name}", self.kind(Thing::Interface(*id)))
        };
        match reason {
            Reason::Missing => words.missing.to_owned(),
            Reason::Service(reason) => self.service_refusal(reason),
            Reason::Quota(quota) => (words.quota)(
                quota_words(self, words, *quota),
                &self.network().quota(*quota).to_string(),
            ),
            Reason::InUse { thing: what, by } => (words.in_use)(&thing(*what), &thing(*by)),
            Reason::DifferentVpcs(one, other) => {
                (words.different_vpcs)(&thing(*one), &thing(*other))
            }

            Reason::BlockSize(cidr) => (words.block_size)(&told(cidr)),
            Reason::BlockNotAllowed { cidr, range } => {
                (words.block_not_allowed)(&told(cidr), &told(range))
            }
            Reason::BlockOverlaps { cidr, other, owner } => {
                (words.block_overlaps)(&told(cidr), &told(other), &thing(*owner))
            }
            Reason::BlockRestricted { cidr, own, range } => {
                (words.block_restricted)(&told(cidr), &told(own), &told(range))
            }
            Reason::BlockCoversRoute { cidr, table: id, destination } => {
                (words.block_covers_route)(&told(cidr), &table(id), &told(destination))
            }
            Reason::BlockOutsideVpc { cidr, vpc: id } => {
                (words.block_outside_vpc)(&told(cidr), &vpc(id))
            }
            Reason::BlockPrimary(cidr) => (words.block_primary)(&told(cidr)),
            Reason::BlockUnknown(cidr) => (words.block_unknown)(&told(cidr)),
            Reason::BlockNotIpv6(cidr) => (words.block_not_ipv6)(&told(cidr)),
            Reason::Ipv6BlockSize { cidr, shortest, longest } => {
                (words.ipv6_block_size)(&told(cidr), &shortest.to_string(), &longest.to_string())
            }
            Reason::SubnetHasIpv6(id) => (words.subnet_has_ipv6)(&subnet(id)),
            Reason::SubnetWithoutIpv6(id) => (words.subnet_without_ipv6)(&subnet(id)),
            Reason::SubnetIpv6Only(id) => (words.subnet_ipv6_only)(&subnet(id)),
            Reason::BlockNotIpv4(cidr) => (words.block_not_ipv4)(&told(cidr)),

            Reason::AddressOutsideSubnet { address, subnet: id } => {
                (words.address_outside_subnet)(&address.to_string(), &subnet(id))
            }
            Reason::AddressReserved { address, why } => {
                (words.address_reserved)(&address.to_string(), reserved_words(words, *why))
            }
            Reason::AddressTaken { address, by } => {
                (words.address_taken)(&address.to_string(), &thing(*by))
            }
            Reason::SubnetFull(id) => (words.subnet_full)(&subnet(id)),
            Reason::AddressNotPublic(address) => (words.address_not_public)(&address.to_string()),
            Reason::NoAddressLeft => words.no_address_left.to_owned(),
            Reason::NoPublicAddress(id) => (words.no_public_address)(&interface(id)),
            Reason::AddressPrimary(id, address) => {
                (words.address_primary)(&interface(id), &address.to_string())
            }
            Reason::AddressNotAssigned(id, address) => {
                (words.address_not_assigned)(&interface(id), &address.to_string())
            }
            Reason::PrivateNatGateway => words.private_nat_gateway.to_owned(),
            Reason::NatZonesNotChosen(id) => {
                (words.nat_zones_not_chosen)(&self.thing(Thing::NatGateway(*id)))
            }
            Reason::NatZoneWithoutSubnet(zone, id) => {
                (words.nat_zone_without_subnet)(&zone.0, &vpc(id))
            }
            Reason::NatAddressUnknown(id, address) => (words.nat_address_unknown)(
                &self.thing(Thing::NatGateway(*id)),
                &address.to_string(),
            ),

            Reason::GatewayAttached(id, to) => (words.gateway_attached)(&gateway(id), &vpc(to)),
            Reason::VpcHasGateway(id, has) => (words.vpc_has_gateway)(&vpc(id), &gateway(has)),
            Reason::GatewayNotAttached(id) => (words.gateway_not_attached)(&gateway(id)),
            Reason::PublicAddressMapped(id) => (words.public_address_mapped)(&interface(id)),
            Reason::VpcWithoutGateway(id) => (words.vpc_without_gateway)(&vpc(id)),

            Reason::RouteExists(id, to) => (words.route_exists)(&table(id), &told(to)),
            Reason::RouteUnknown(id, to) => (words.route_unknown)(&table(id), &told(to)),
            Reason::RouteLocal(to) => (words.route_local)(&told(to)),
            Reason::RoutePropagated(to) => (words.route_propagated)(&told(to)),
            Reason::RouteNotAllowed { destination, range } => {
                (words.route_not_allowed)(&told(destination), &told(range))
            }
            Reason::RouteNotASubnet(to) => (words.route_not_a_subnet)(&told(to)),
            Reason::RouteTargetInsideVpc(to) => (words.route_target_inside_vpc)(&told(to)),
            Reason::RouteTargetForLocal(to) => (words.route_target_for_local)(&told(to)),
            Reason::RouteTargetNotWritable(target) => {
                (words.route_target_not_writable)(&written::target(self.network(), target))
            }
            Reason::RouteTargetIpv6Only(to) => (words.route_target_ipv6_only)(&told(to)),
            Reason::RouteTargetIpv4Only(to) => (words.route_target_ipv4_only)(&told(to)),

            Reason::ListRouteExists(id, of) => {
                (words.list_route_exists)(&table(id), &prefix_list(of))
            }
            Reason::ListRouteUnknown(id, of) => {
                (words.list_route_unknown)(&table(id), &prefix_list(of))
            }
            Reason::RouteOfEndpoint(id) => {
                (words.route_of_endpoint)(&thing(Thing::GatewayEndpoint(*id)))
            }
            Reason::ListOfAws(id) => (words.list_of_aws)(&prefix_list(id)),
            Reason::ListFamilies(cidr) => (words.list_families)(&cidr.to_string()),
            Reason::ListEntryTwice(cidr) => (words.list_entry_twice)(&cidr.to_string()),
            Reason::NoServiceList(id) => (words.no_service_list)(&prefix_list(id)),
            Reason::PeeringWithItself => words.peering_with_itself.to_owned(),
            Reason::PeeringExists(id) => (words.peering_exists)(&peering(id)),
            Reason::PeeringNotActive(id) => (words.peering_not_active)(&peering(id)),
            Reason::PeeringNotPending(id) => (words.peering_not_pending)(&peering(id)),
            Reason::PeeringPending(id) => (words.peering_pending)(&peering(id)),

            Reason::RouteNotWrittenForGateway(cidr) => {
                (words.route_not_written_for_gateway)(&cidr.to_string())
            }
            Reason::RouteNotForGateway(cidr) => (words.route_not_for_gateway)(&cidr.to_string()),
            Reason::RouteTargetForGateway(cidr) => {
                (words.route_target_for_gateway)(&cidr.to_string())
            }
            Reason::GatewayWithoutTable(id) => (words.gateway_without_table)(&thing(*id)),
            Reason::MainTable(id) => (words.main_table)(&table(id)),
            Reason::AlreadyMain(id) => (words.already_main)(&table(id)),
            Reason::AlreadyAssociated(id, with) => {
                (words.already_associated)(&subnet(id), &thing(*with))
            }
            Reason::NotAssociated(id) => (words.not_associated)(&subnet(id)),

            Reason::GroupNameTaken(name) => (words.group_name_taken)(name),
            Reason::GroupNameReserved => words.group_name_reserved.to_owned(),
            Reason::GroupNameLikeId(name) => (words.group_name_like_id)(name),
            Reason::GroupNameUnfit(_) => words.group_name_unfit.to_owned(),
            Reason::DefaultGroup(id) => (words.default_group)(&group(id)),
            Reason::RuleExists(id) => (words.rule_exists)(&group(id)),
            Reason::RuleUnknown(id) => (words.rule_unknown)(&group(id)),
            Reason::RuleKind(id) => (words.rule_kind)(&group(id)),
            Reason::NoGroup => words.no_group.to_owned(),

            Reason::EntryNumber(number) => (words.entry_number)(&number.to_string()),
            Reason::EntryExists(id, number) => (words.entry_exists)(&list(id), &number.to_string()),
            Reason::EntryUnknown(id, number) => {
                (words.entry_unknown)(&list(id), &number.to_string())
            }
            Reason::DefaultAcl(id) => (words.default_acl)(&list(id)),

            Reason::ManagedInterface(id) => (words.managed_interface)(&interface(id)),
            Reason::InterfaceAttached(id) => (words.interface_attached)(&itself(id)),
            Reason::InterfaceNotAttached(id) => (words.interface_not_attached)(&itself(id)),
            Reason::PrimaryInterface(id) => (words.primary_interface)(&interface(id)),
            Reason::NotExcluded => words.not_excluded.to_owned(),
            Reason::DifferentZones(id, instance) => {
                (words.different_zones)(&itself(id), &thing(Thing::Instance(*instance)))
            }
            Reason::Transit(reason) => self.refused_joint(reason),
        }
    }
}

fn quota_words(teller: &Teller<'_>, words: &refusal::Refusal, quota: Quota) -> &'static str {
    let joins = &teller.lang().strings().transit;
    match quota {
        Quota::Vpcs => words.quota_vpcs,
        Quota::BlocksPerVpc => words.quota_blocks,
        Quota::SubnetsPerVpc => words.quota_subnets,
        Quota::RouteTablesPerVpc => words.quota_route_tables,
        Quota::RoutesPerTable => words.quota_routes,
        Quota::InternetGateways => words.quota_internet_gateways,
        Quota::PeeringsPerVpc => words.quota_peerings,
        Quota::GatewayEndpoints => words.quota_gateway_endpoints,
        Quota::EgressOnlyGateways => words.quota_egress_only_gateways,
        Quota::NatGatewaysPerZone => words.quota_nat_gateways,
        Quota::NatAddressesPerZone => words.quota_nat_addresses,
        Quota::ElasticIps => words.quota_elastic_ips,
        Quota::AclsPerVpc => words.quota_acls,
        Quota::EntriesPerAcl => words.quota_entries,
        Quota::RulesPerGroup => words.quota_rules,
        Quota::GroupsPerInterface => words.quota_groups,
        Quota::TransitGateways => joins.quota_transit_gateways,
        Quota::TransitGatewaysPerVpc => joins.quota_transit_gateways_per_vpc,
        Quota::TablesPerTransitGateway => joins.quota_tables,
        Quota::RoutesPerTransitGateway => joins.quota_routes,
        Quota::VirtualPrivateGateways => joins.quota_vpn_gateways,
    }
}

fn reserved_words(words: &refusal::Refusal, why: Reserved) -> &'static str {
    match why {
        Reserved::Network => words.reserved_network,
        Reserved::Router => words.reserved_router,
        Reserved::Dns => words.reserved_dns,
        Reserved::Future => words.reserved_future,
        Reserved::Broadcast => words.reserved_broadcast,
    }
}
