//! VPC: an isolated network in one Region, with its own router, groups and lists.

use std::net::Ipv4Addr;

use crate::{
    cloud::{
        AclEntry, ExclusionOf, Id, Name, Network, NetworkAcl, NetworkAclId, Origin, Peer,
        PeeringState, Quota, Reason, Refusal, Route, RouteTable, RouteTableId, SecurityGroup,
        SecurityGroupId, SecurityGroupRule, Subnet, Target, Thing, Zone, edit::Edit,
        internet_gateway::PRIVATE,
    },
    net::Cidr,
};

/// Names a [`Vpc`].
pub type VpcId = Id<Vpc>;

impl Vpc {
    /// Is the address inside one of its blocks?
    pub fn contains(&self, address: std::net::IpAddr) -> bool {
        self.cidrs.iter().chain(&self.ipv6_cidrs).any(|cidr| cidr.contains(address))
    }
}

/// A virtual private cloud. Made with a main route table, a default security group and a
/// default network ACL (<https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vpc {
    /// As the author wrote it.
    pub name: Name,
    /// IPv4 blocks, the primary first.
    pub cidrs: Vec<Cidr>,
    /// IPv6 blocks.
    pub ipv6_cidrs: Vec<Cidr>,
    /// Does Amazon's DNS answer inside? On from the start
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html>).
    pub dns_support: bool,
    /// Do instances get names, and do the private names of endpoints count? Off from the start,
    /// but in a default VPC.
    pub dns_hostnames: bool,
    /// The table of every subnet without an explicit association.
    pub main_route_table: RouteTableId,
    /// The group of every interface made without one.
    pub default_security_group: SecurityGroupId,
    /// The list of every subnet without an explicit association.
    pub default_network_acl: NetworkAclId,
}

impl Network {
    /// Adds a VPC, unchecked, with what AWS makes along with it: a main route table that knows the
    /// VPC's own blocks, the group `default`, and a network ACL that lets everything pass
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html>).
    pub fn insert_vpc(&mut self, name: impl Into<Name>, cidrs: &[Cidr]) -> VpcId {
        Edit::new(self).make_vpc(name.into(), cidrs)
    }
}

impl Edit<'_> {
    /// Makes a VPC and what comes with it: see [`Network::insert_vpc`].
    pub fn make_vpc(&mut self, name: Name, cidrs: &[Cidr]) -> VpcId {
        let id = self.network.vpcs.next_id();
        let (v4, v6): (Vec<_>, Vec<_>) = cidrs.iter().partition(|cidr| cidr.is_ipv4());
        let ipv6 = !v6.is_empty();
        let main_route_table = self.make(RouteTable {
            name: format!("{name}-main").into(),
            vpc: id,
            routes: cidrs.iter().copied().map(Route::local).collect(),
        });
        let default_security_group = self.make(SecurityGroup {
            name: "default".into(),
            vpc: id,
            ingress: Vec::new(),
            egress: SecurityGroupRule::out_to_everybody(ipv6),
        });
        // The default group lets its own members in
        // (https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
        self.change(default_security_group, |group| {
            let own = Peer::Group(default_security_group);
            group.ingress.push(SecurityGroupRule::everything(own));
        });
        let default_network_acl = self.make(NetworkAcl {
            name: format!("{name}-default").into(),
            vpc: id,
            ingress: AclEntry::everything(ipv6),
            egress: AclEntry::everything(ipv6),
        });
        self.make(Vpc {
            name,
            cidrs: v4,
            ipv6_cidrs: v6,
            dns_support: true,
            dns_hostnames: false,
            main_route_table,
            default_security_group,
            default_network_acl,
        })
    }
}

/// Ranges that no VPC may have: "this network", loopback, link-local, multicast
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
const NOT_ALLOWED: [Cidr; 4] = [
    Cidr::v4(Ipv4Addr::UNSPECIFIED, 8),
    Cidr::v4(Ipv4Addr::new(127, 0, 0, 0), 8),
    Cidr::v4(Ipv4Addr::new(169, 254, 0, 0), 16),
    Cidr::v4(Ipv4Addr::new(224, 0, 0, 0), 4),
];

/// The block of every default VPC
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html>).
const DEFAULT_VPC: Cidr = Cidr::v4(Ipv4Addr::new(172, 31, 0, 0), 16);

/// Which ranges cannot be added to a VPC, by the range that its primary block lies in
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>, the table of
/// association restrictions). What lies in none of the three, public blocks and 100.64.0.0/10, takes
/// none of the private ranges. Public blocks and 100.64.0.0/10 can be added to any VPC.
fn restricted(primary: Cidr) -> Vec<Cidr> {
    const TEN: Cidr = PRIVATE[0];
    const TWELVE: Cidr = PRIVATE[1];
    const SIXTEEN: Cidr = PRIVATE[2];
    const BENCHMARK: Cidr = Cidr::v4(Ipv4Addr::new(198, 19, 0, 0), 16);
    if TEN.covers(primary) {
        vec![TWELVE, SIXTEEN, BENCHMARK]
    } else if TWELVE.covers(primary) {
        vec![TEN, SIXTEEN, DEFAULT_VPC, BENCHMARK]
    } else if SIXTEEN.covers(primary) {
        vec![TEN, TWELVE, BENCHMARK]
    } else {
        vec![TEN, TWELVE, SIXTEEN, BENCHMARK]
    }
}

/// A VPC with a block in the first range takes none from the second
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
const FIRST_TENS: (Cidr, Cidr) =
    (Cidr::v4(Ipv4Addr::new(10, 0, 0, 0), 15), Cidr::v4(Ipv4Addr::new(10, 0, 0, 0), 16));

/// A block that any VPC may have: IPv4, /16 to /28, outside what AWS does not allow
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
fn check_block(cidr: Cidr) -> Result<(), Refusal> {
    if !cidr.is_ipv4() {
        return Err(Refusal::new("InvalidParameterValue", Reason::BlockNotIpv4(cidr)));
    }
    if !(16..=28).contains(&cidr.length()) {
        return Err(Refusal::new("InvalidVpc.Range", Reason::BlockSize(cidr)));
    }
    match NOT_ALLOWED.into_iter().find(|range| range.overlaps(cidr)) {
        Some(range) => {
            Err(Refusal::new("InvalidVpc.Range", Reason::BlockNotAllowed { cidr, range }))
        }
        None => Ok(()),
    }
}

/// An IPv6 block has one of these lengths: every fourth
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
pub(super) fn check_ipv6_length(
    cidr: Cidr,
    shortest: u8,
    longest: u8,
    code: &'static str,
) -> Result<(), Refusal> {
    if cidr.is_ipv4() {
        return Err(Refusal::new("InvalidParameterValue", Reason::BlockNotIpv6(cidr)));
    }
    if !(shortest..=longest).contains(&cidr.length()) || !cidr.length().is_multiple_of(4) {
        return Err(Refusal::new(code, Reason::Ipv6BlockSize { cidr, shortest, longest }));
    }
    Ok(())
}

impl Edit<'_> {
    pub fn create_vpc(&mut self, name: Name, cidr: Cidr) -> Result<VpcId, Refusal> {
        check_block(cidr)?;
        self.network.admits_one_more(Quota::Vpcs, self.network.vpcs.len())?;
        Ok(self.make_vpc(name, &[cidr]))
    }

    /// A VPC goes when nothing is left in it but what came with it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html>).
    pub fn delete_vpc(&mut self, id: VpcId) -> Result<(), Refusal> {
        let vpc = self.get(id)?;
        let (table, group, acl) =
            (vpc.main_route_table, vpc.default_security_group, vpc.default_network_acl);
        let network = &*self.network;
        let needed_by = None
            .or(network.subnets.find(|_, it| it.vpc == id).map(Thing::Subnet))
            .or(network.internet_gateway_of(id).map(Thing::InternetGateway))
            .or(network.egress_only_gateway_of(id).map(Thing::EgressOnlyGateway))
            .or(network.nat_gateways.find(|_, it| it.vpc == id).map(Thing::NatGateway))
            .or(network.gateway_endpoints.find(|_, it| it.vpc == id).map(Thing::GatewayEndpoint))
            .or(network.virtual_private_gateway_of(id).map(Thing::VirtualPrivateGateway))
            .or(network
                .route_tables
                .find(|other, it| it.vpc == id && other != table)
                .map(Thing::RouteTable))
            .or(network
                .security_groups
                .find(|other, it| it.vpc == id && other != group)
                .map(Thing::SecurityGroup))
            .or(network
                .network_acls
                .find(|other, it| it.vpc == id && other != acl)
                .map(Thing::NetworkAcl));
        if let Some(by) = needed_by {
            let reason = Reason::InUse { thing: Thing::Vpc(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.forget_exclusion(ExclusionOf::Vpc(id));
        // Its peerings go along
        // (https://docs.aws.amazon.com/vpc/latest/peering/delete-vpc-peering-connection.html).
        let peerings = self.network.peerings.iter();
        let peerings: Vec<_> = peerings
            .filter(|(_, it)| it.other_end(id).is_some())
            .map(|(peering, _)| peering)
            .collect();
        for peering in peerings {
            self.delete_peering(peering)?;
        }
        // AWS would keep its target groups, but no load balancer can use them any more.
        let groups = self.network.target_groups.iter().filter(|it| it.1.vpc == id);
        let groups: Vec<_> = groups.map(|(group, _)| group).collect();
        for group in groups {
            self.delete_target_group(group)?;
        }
        self.remove(id);
        self.remove(table);
        self.remove(group);
        self.remove(acl);
        Ok(())
    }

    /// The VPC that AWS makes in every Region: with an internet gateway, a route to it in the main
    /// table, and in every zone a subnet of 4,096 addresses whose instances get public ones. It has
    /// no IPv6 (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html>). No
    /// zones means three.
    pub fn create_default_vpc(&mut self, name: &Name, zones: Vec<Zone>) -> Result<VpcId, Refusal> {
        let vpc = self.create_vpc(name.clone(), DEFAULT_VPC)?;
        let gateway = self.create_internet_gateway(format!("{name}-igw").into())?;
        self.attach_internet_gateway(gateway, vpc)?;
        let main = self.network.vpcs[vpc].main_route_table;
        self.create_route(main, Cidr::ANY_V4, Target::InternetGateway(gateway))?;
        let zones = if zones.is_empty() {
            ["a", "b", "c"].map(|it| Zone(it.into())).to_vec()
        } else {
            zones
        };
        for (place, zone) in zones.into_iter().enumerate() {
            let first = DEFAULT_VPC.nth(place as u128 * 4096);
            let cidr = first.and_then(|first| Cidr::new(first, 20).ok());
            let cidr = cidr.filter(|it| DEFAULT_VPC.covers(*it));
            let Some(cidr) = cidr else { break };
            let subnet =
                self.create_subnet(format!("{name}-{}", zone.0).into(), vpc, zone, cidr)?;
            self.change(subnet, |it| it.auto_assign_public_ip = true);
        }
        Ok(vpc)
    }

    /// Adds a block, which adds a local route to every table of the VPC
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
    pub fn associate_vpc_cidr_block(&mut self, id: VpcId, cidr: Cidr) -> Result<(), Refusal> {
        if !cidr.is_ipv4() {
            return self.associate_ipv6_block(id, cidr);
        }
        let vpc = self.get(id)?;
        check_block(cidr)?;
        let refused = |reason| Err(Refusal::new("InvalidVpc.Range", reason));
        if let Some(&other) = vpc.cidrs.iter().find(|other| other.overlaps(cidr)) {
            let owner = Thing::Vpc(id);
            return refused(Reason::BlockOverlaps { cidr, other, owner });
        }
        if let Some(&own) = vpc.cidrs.first()
            && let Some(range) = restricted(own).into_iter().find(|range| range.overlaps(cidr))
        {
            return refused(Reason::BlockRestricted { cidr, own, range });
        }
        // While its request to peer waits, a VPC takes no block; a peered one takes none of its
        // peers' (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html).
        for (peering, it) in self.network.peerings.iter() {
            let Some(peer) = it.other_end(id) else { continue };
            match it.state {
                PeeringState::PendingAcceptance if it.requester == id => {
                    return refused(Reason::PeeringPending(peering));
                }
                PeeringState::Active => {
                    let blocks = self.network.vpcs.get(peer).map(|it| &it.cidrs[..]);
                    let mut blocks = blocks.unwrap_or_default().iter();
                    if let Some(&other) = blocks.find(|other| other.overlaps(cidr)) {
                        let owner = Thing::Vpc(peer);
                        return refused(Reason::BlockOverlaps { cidr, other, owner });
                    }
                }
                _ => {}
            }
        }
        let (low_tens, range) = FIRST_TENS;
        if let Some(&own) = vpc.cidrs.iter().find(|own| low_tens.covers(**own))
            && range.overlaps(cidr)
        {
            return refused(Reason::BlockRestricted { cidr, own, range });
        }
        for (table, it) in self.network.route_tables.iter().filter(|(_, it)| it.vpc == id) {
            let covered =
                |route: &&Route| route.origin != Origin::Local && cidr.covers(route.destination);
            if let Some(route) = it.routes.iter().find(covered) {
                let destination = route.destination;
                return refused(Reason::BlockCoversRoute { cidr, table, destination });
            }
        }
        self.network.admits_one_more(Quota::BlocksPerVpc, vpc.cidrs.len())?;
        self.change(id, |vpc| vpc.cidrs.push(cidr));
        self.add_local_routes(id, cidr);
        Ok(())
    }

    /// An IPv6 block is /44 to /60 in steps of four, and nobody else's
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>). With the first, the
    /// default list and groups that nobody has touched let IPv6 pass as they do IPv4
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>).
    fn associate_ipv6_block(&mut self, id: VpcId, cidr: Cidr) -> Result<(), Refusal> {
        check_ipv6_length(cidr, 44, 60, "InvalidVpc.Range")?;
        let overlapping = self.network.vpcs.iter().find_map(|(owner, it)| {
            let other = it.ipv6_cidrs.iter().find(|other| other.overlaps(cidr))?;
            Some((Thing::Vpc(owner), *other))
        });
        if let Some((owner, other)) = overlapping {
            let reason = Reason::BlockOverlaps { cidr, other, owner };
            return Err(Refusal::new("InvalidVpc.Range", reason));
        }
        let vpc = &self.network.vpcs[id];
        let first = vpc.ipv6_cidrs.is_empty();
        let default_list = vpc.default_network_acl;
        self.network.admits_one_more(Quota::BlocksPerVpc, vpc.ipv6_cidrs.len())?;
        self.change(id, |vpc| vpc.ipv6_cidrs.push(cidr));
        self.add_local_routes(id, cidr);
        if !first {
            return Ok(());
        }
        let list = &self.network.network_acls[default_list];
        if [&list.ingress, &list.egress].iter().all(|it| **it == AclEntry::everything(false)) {
            self.change(default_list, |it| {
                it.ingress = AclEntry::everything(true);
                it.egress = AclEntry::everything(true);
            });
        }
        let untouched = SecurityGroupRule::out_to_everybody(false);
        let groups: Vec<_> = (self.network.security_groups.iter())
            .filter(|(_, it)| it.vpc == id && it.egress == untouched)
            .map(|(group, _)| group)
            .collect();
        for group in groups {
            self.change(group, |it| it.egress = SecurityGroupRule::out_to_everybody(true));
        }
        Ok(())
    }

    fn add_local_routes(&mut self, vpc: VpcId, cidr: Cidr) {
        for table in self.tables_of(vpc) {
            self.change(table, |it| {
                let behind = it.routes.iter().take_while(|it| it.origin == Origin::Local).count();
                it.routes.insert(behind, Route::local(cidr));
            });
        }
    }

    /// Takes a block away that no subnet uses. The primary block stays
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
    pub fn disassociate_vpc_cidr_block(&mut self, id: VpcId, cidr: Cidr) -> Result<(), Refusal> {
        let vpc = self.get(id)?;
        match vpc.cidrs.iter().position(|own| *own == cidr) {
            None if vpc.ipv6_cidrs.contains(&cidr) => {}
            None => {
                let reason = Reason::BlockUnknown(cidr);
                return Err(Refusal::new("InvalidVpcCidrBlockAssociationID.NotFound", reason));
            }
            Some(0) => {
                return Err(Refusal::new("OperationNotPermitted", Reason::BlockPrimary(cidr)));
            }
            Some(_) => {}
        }
        let inside = |it: &Subnet| {
            it.vpc == id
                && (cidr.covers(it.cidr) || it.ipv6_cidr.is_some_and(|range| cidr.covers(range)))
        };
        if let Some(subnet) = self.network.subnets.find(|_, it| inside(it)) {
            let reason = Reason::InUse { thing: Thing::Vpc(id), by: Thing::Subnet(subnet) };
            return Err(Refusal::new("InvalidCidrBlock.InUse", reason));
        }
        self.change(id, |vpc| {
            vpc.cidrs.retain(|own| *own != cidr);
            vpc.ipv6_cidrs.retain(|own| *own != cidr);
        });
        for table in self.tables_of(id) {
            self.change(table, |it| {
                it.routes.retain(|it| it.origin != Origin::Local || it.destination != cidr);
            });
        }
        Ok(())
    }

    fn tables_of(&self, vpc: VpcId) -> Vec<RouteTableId> {
        let tables = self.network.route_tables.iter();
        tables.filter(|(_, it)| it.vpc == vpc).map(|(id, _)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, sample::*};

    #[test]
    fn a_block_is_between_16_and_28_and_outside_what_aws_does_not_allow() {
        for (block, expected) in [
            ("10.0.0.0/16", Ok(())),
            ("10.0.0.0/28", Ok(())),
            ("198.51.100.0/24", Ok(())),
            ("10.0.0.0/15", Err("InvalidVpc.Range")),
            ("10.0.0.0/29", Err("InvalidVpc.Range")),
            ("0.0.0.0/16", Err("InvalidVpc.Range")),
            ("127.0.0.0/16", Err("InvalidVpc.Range")),
            ("169.254.0.0/16", Err("InvalidVpc.Range")),
            ("224.0.0.0/16", Err("InvalidVpc.Range")),
            ("2001:db8::/56", Err("InvalidParameterValue")),
        ] {
            let change = Change::CreateVpc { name: "new".into(), cidr: cidr(block) };
            let found = Network::new().apply(change).map(|_| ()).map_err(|it| it.code);
            assert_eq!(found, expected, "{block}");
        }
    }

    /// May a VPC with these blocks take another?
    fn check(blocks: &[&str], more: &str, expected: bool) {
        let mut network = Network::new();
        let blocks: Vec<Cidr> = blocks.iter().map(|it| cidr(it)).collect();
        let vpc = network.insert_vpc("vpc", &blocks);
        let change = Change::AssociateVpcCidrBlock { vpc, cidr: cidr(more) };
        let found = network.apply(change).map_err(|it| it.code);
        assert_eq!(found.is_ok(), expected, "{more} to {blocks:?}: {found:?}");
    }

    #[test]
    fn a_default_vpc_is_ready_for_the_internet() {
        let mut network = Network::new();
        let change = Change::CreateDefaultVpc { name: "default".into(), zones: Vec::new() };
        let applied = network.apply(change).unwrap();
        let subnets: Vec<_> = (network.subnets().iter())
            .map(|(_, it)| (it.cidr.to_string(), it.zone.0.to_string(), it.auto_assign_public_ip))
            .collect();
        let subnet = |cidr: &str, zone: &str| (cidr.to_owned(), zone.to_owned(), true);
        assert_eq!(
            subnets,
            [
                subnet("172.31.0.0/20", "a"),
                subnet("172.31.16.0/20", "b"),
                subnet("172.31.32.0/20", "c"),
            ]
        );
        let (_, table) = network.route_tables().iter().next().unwrap();
        assert!(matches!(table.routes[1].target, Target::InternetGateway(_)));
        network.undo(applied.undo);
        assert_eq!(network, Network::new());
    }

    #[test]
    fn private_ranges_do_not_mix() {
        check(&["10.2.0.0/16"], "10.9.0.0/16", true);
        check(&["10.2.0.0/16"], "172.16.0.0/16", false);
        check(&["10.2.0.0/16"], "192.168.0.0/16", false);
        check(&["10.2.0.0/16"], "198.19.0.0/16", false);
        check(&["172.16.0.0/16"], "10.0.0.0/16", false);
        check(&["172.16.0.0/16"], "172.20.0.0/16", true);
        check(&["172.16.0.0/16"], "172.31.0.0/16", false);
        check(&["192.168.0.0/16"], "172.16.0.0/16", false);
        check(&["100.64.0.0/16"], "10.0.0.0/16", false);
        check(&["198.51.100.0/24"], "192.168.0.0/16", false);
        for vpc in ["10.2.0.0/16", "172.16.0.0/16", "192.168.0.0/16", "203.0.113.0/24"] {
            check(&[vpc], "100.64.0.0/16", true);
            check(&[vpc], "192.0.2.0/24", true);
        }
    }

    #[test]
    fn the_first_tens_take_nothing_from_the_very_first() {
        check(&["10.1.0.0/16"], "10.0.0.0/16", false);
        check(&["10.2.0.0/16", "10.1.0.0/16"], "10.0.8.0/24", false);
        check(&["10.2.0.0/16"], "10.0.0.0/16", true);
    }

    #[test]
    fn a_block_may_not_swallow_a_route() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc", &[cidr("10.2.0.0/16")]);
        let table = network.vpcs()[vpc].main_route_table;
        let destination = cidr("10.0.0.0/24");
        let target = Target::Gone("vgw".into());
        network.update(table, |it| {
            it.routes.push(Route { destination, target, origin: Origin::Static });
        });
        for (block, accepted) in
            [("10.0.0.0/24", false), ("10.0.0.0/16", false), ("10.0.0.0/25", true)]
        {
            let change = Change::AssociateVpcCidrBlock { vpc, cidr: cidr(block) };
            assert_eq!(network.apply(change).is_ok(), accepted, "{block}");
        }
    }

    #[test]
    fn a_block_comes_and_goes_with_its_local_routes() {
        let mut sample = Sample::new();
        let (vpc, cidr) = (sample.vpc, cidr("10.9.0.0/16"));
        let before = sample.network.clone();
        sample.apply(Change::AssociateVpcCidrBlock { vpc, cidr });
        for (_, table) in sample.network.route_tables().iter() {
            assert_eq!(table.routes[1], Route::local(cidr));
        }
        sample.apply(Change::DisassociateVpcCidrBlock { vpc, cidr });
        assert_eq!(sample.network, before);
        let primary = sample.network.vpcs()[vpc].cidrs[0];
        let change = Change::DisassociateVpcCidrBlock { vpc, cidr: primary };
        assert_eq!(sample.code(change), Err("OperationNotPermitted"));
    }

    #[test]
    fn a_vpc_goes_when_only_what_came_with_it_is_left() {
        let mut sample = Sample::new();
        let change = Change::DeleteVpc { vpc: sample.vpc };
        assert_eq!(sample.code(change), Err("DependencyViolation"));
        let mut network = Network::new();
        let empty = network.clone();
        let create = Change::CreateVpc { name: "vpc".into(), cidr: cidr("10.0.0.0/16") };
        let made = network.apply(create).unwrap();
        let Some(Thing::Vpc(vpc)) = made.made else { unreachable!() };
        let undo = network.apply(Change::DeleteVpc { vpc }).unwrap().undo;
        assert_eq!(network.things().count(), 0);
        network.undo(undo);
        network.undo(made.undo);
        assert_eq!(network, empty);
    }
}
