//! Managed prefix list: a named set of address blocks, for routes and security groups.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        Id, Name, Network, Origin, Peer, Quota, Reason, Refusal, Route, RouteTable, RouteTableId,
        Target, Thing, edit::Edit,
    },
    net::Cidr,
};

/// Names a [`PrefixList`].
pub type PrefixListId = Id<PrefixList>;

/// A managed prefix list
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>). A route for a list
/// works like a route for each of its blocks, and a group's rule for a list like a rule for each.
/// Network ACLs know no lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrefixList {
    /// As the author wrote it; AWS's own are called after their service.
    pub name: Name,
    /// Its blocks.
    pub cidrs: Vec<Cidr>,
    /// Does AWS keep it (the addresses of one of its services)? Then nobody else changes it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html>).
    pub by_aws: bool,
}

impl PrefixList {
    /// Is the address in one of its blocks?
    pub fn contains(&self, address: IpAddr) -> bool {
        self.cidrs.iter().any(|cidr| cidr.contains(address))
    }

    /// How many rules or routes it counts as where it is named: the weight that AWS gives to its own
    /// lists, however many blocks they have
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html>),
    /// and as many as it may have entries for one's own
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>): here as many as
    /// it has.
    pub fn weight(&self) -> usize {
        let own = || self.cidrs.len();
        if !self.by_aws {
            return own();
        }
        let known = AWS_LISTS.iter().find(|(service, ..)| self.is_of(service));
        known.map_or_else(own, |(_, weight, _)| *weight)
    }

    /// Is it AWS's list of a service: `cloudfront`, or
    /// `com.amazonaws.global.cloudfront.origin-facing`?
    fn is_of(&self, service: &str) -> bool {
        self.name.split('.').any(|part| part == service)
    }

    /// The blocks that AWS's list of this name has here, where nobody says otherwise: made up, but
    /// with the addresses from which the simulated `CloudFront` asks.
    pub fn made_up(name: &str) -> Vec<Cidr> {
        let known = AWS_LISTS.iter().find(|(service, ..)| name.split('.').any(|it| it == *service));
        known.map_or_else(Vec::new, |(.., block)| vec![*block])
    }
}

/// AWS's lists by their services, what each weighs
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html>), and
/// the block that stands for its addresses here.
const AWS_LISTS: [(&str, usize, Cidr); 8] = [
    ("cloudfront", 55, Cidr::v4(Ipv4Addr::new(198, 19, 200, 0), 24)),
    ("dynamodb", 1, Cidr::v4(Ipv4Addr::new(52, 94, 0, 0), 22)),
    ("ec2-instance-connect", 2, Cidr::v4(Ipv4Addr::new(198, 19, 201, 0), 24)),
    ("groundstation", 5, Cidr::v4(Ipv4Addr::new(198, 19, 202, 0), 24)),
    ("route53-healthchecks", 25, Cidr::v4(Ipv4Addr::new(198, 19, 203, 0), 24)),
    ("s3", 1, Cidr::v4(Ipv4Addr::new(52, 216, 0, 0), 15)),
    ("s3express", 6, Cidr::v4(Ipv4Addr::new(198, 19, 204, 0), 24)),
    ("vpc-lattice", 10, Cidr::v4(Ipv4Addr::new(169, 254, 171, 0), 24)),
];

/// A list holds one family, and each block once
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>).
fn check_entries(cidrs: &[Cidr]) -> Result<(), Refusal> {
    for (place, &cidr) in cidrs.iter().enumerate() {
        if cidr.is_ipv4() != cidrs[0].is_ipv4() {
            return Err(Refusal::new("InvalidParameterValue", Reason::ListFamilies(cidr)));
        }
        if cidrs[..place].contains(&cidr) {
            return Err(Refusal::new("InvalidParameterValue", Reason::ListEntryTwice(cidr)));
        }
    }
    Ok(())
}

impl Network {
    /// How much of its quota a table takes up.
    pub(super) fn weight_of(&self, table: RouteTableId) -> usize {
        let routes = &self.route_tables[table].routes;
        let lists: std::collections::BTreeSet<PrefixListId> = (routes.iter())
            .filter_map(|it| match it.origin {
                Origin::PrefixList(list) => Some(list),
                _ => None,
            })
            .collect();
        let own = routes.iter().filter(|it| !matches!(it.origin, Origin::PrefixList(_))).count();
        let lists = lists.iter().filter_map(|it| self.prefix_lists.get(*it));
        own + lists.map(PrefixList::weight).sum::<usize>()
    }
}

impl Edit<'_> {
    pub fn create_prefix_list(
        &mut self,
        name: Name,
        cidrs: Vec<Cidr>,
    ) -> Result<PrefixListId, Refusal> {
        check_entries(&cidrs)?;
        Ok(self.make(PrefixList { name, cidrs, by_aws: false }))
    }

    /// A list that a person may change.
    fn own_list(&self, id: PrefixListId) -> Result<&PrefixList, Refusal> {
        let list = self.get(id)?;
        if list.by_aws {
            return Err(Refusal::new("UnauthorizedOperation", Reason::ListOfAws(id)));
        }
        Ok(list)
    }

    /// Gives the list other blocks. Routes for it follow at once
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>).
    pub fn modify_prefix_list(
        &mut self,
        id: PrefixListId,
        cidrs: Vec<Cidr>,
    ) -> Result<(), Refusal> {
        self.own_list(id)?;
        check_entries(&cidrs)?;
        let tables: Vec<(RouteTableId, Target)> = (self.network.route_tables.iter())
            .filter_map(|(table, it)| Some((table, it.list_target(id)?.clone())))
            .collect();
        for (table, target) in &tables {
            if !matches!(target, Target::Gone(_)) {
                for &cidr in &cidrs {
                    self.check_route(&self.network.route_tables[*table], cidr, target)?;
                }
            }
        }
        for (table, target) in tables {
            self.change(table, |it| {
                it.routes.retain(|it| it.origin != Origin::PrefixList(id));
                it.add_list_routes(id, &cidrs, &target);
            });
        }
        self.change(id, |it| it.cidrs = cidrs);
        Ok(())
    }

    /// A list stays while a route or a rule names it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/working-with-managed-prefix-lists.html>).
    pub fn delete_prefix_list(&mut self, id: PrefixListId) -> Result<(), Refusal> {
        self.own_list(id)?;
        let network = &*self.network;
        let table = network.route_tables.find(|_, it| it.list_target(id).is_some());
        let group = network.security_groups.find(|_, it| {
            it.ingress.iter().chain(&it.egress).any(|rule| rule.peer == Peer::PrefixList(id))
        });
        let by = table.map(Thing::RouteTable).or(group.map(Thing::SecurityGroup));
        if let Some(by) = by {
            let reason = Reason::InUse { thing: Thing::PrefixList(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.remove(id);
        Ok(())
    }

    /// A route for every block of the list; each counts against the table's quota
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>).
    pub fn create_prefix_list_route(
        &mut self,
        table: RouteTableId,
        list: PrefixListId,
        target: &Target,
    ) -> Result<(), Refusal> {
        if let Target::GatewayEndpoint(endpoint) = *target {
            self.get(endpoint)?;
            let reason = Reason::RouteOfEndpoint(endpoint);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.add_prefix_list_route(table, list, target)
    }

    pub(super) fn add_prefix_list_route(
        &mut self,
        table: RouteTableId,
        list: PrefixListId,
        target: &Target,
    ) -> Result<(), Refusal> {
        let it = self.get(table)?;
        let cidrs = self.get(list)?.cidrs.clone();
        if it.list_target(list).is_some() {
            let reason = Reason::ListRouteExists(table, list);
            return Err(Refusal::new("RouteAlreadyExists", reason));
        }
        for &cidr in &cidrs {
            self.check_route(it, cidr, target)?;
        }
        for &cidr in &cidrs {
            self.check_edge(table, cidr, target, Origin::PrefixList(list))?;
        }
        let (weight, used) =
            (self.network.prefix_lists[list].weight(), self.network.weight_of(table));
        self.network.admits_one_more(Quota::RoutesPerTable, (used + weight).saturating_sub(1))?;
        self.change(table, |it| it.add_list_routes(list, &cidrs, target));
        Ok(())
    }

    /// Gives the route for a list another target
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html>).
    pub fn replace_prefix_list_route(
        &mut self,
        table: RouteTableId,
        list: PrefixListId,
        target: &Target,
    ) -> Result<(), Refusal> {
        self.delete_prefix_list_route(table, list)?;
        self.create_prefix_list_route(table, list, target)
    }

    pub fn delete_prefix_list_route(
        &mut self,
        table: RouteTableId,
        list: PrefixListId,
    ) -> Result<(), Refusal> {
        let it = self.get(table)?;
        self.get(list)?;
        match it.list_target(list) {
            None => {
                let reason = Reason::ListRouteUnknown(table, list);
                return Err(Refusal::new("InvalidRoute.NotFound", reason));
            }
            Some(&Target::GatewayEndpoint(endpoint)) => {
                let reason = Reason::RouteOfEndpoint(endpoint);
                return Err(Refusal::new("InvalidParameterValue", reason));
            }
            Some(_) => {}
        }
        self.remove_list_routes(table, list);
        Ok(())
    }

    pub(super) fn remove_list_routes(&mut self, table: RouteTableId, list: PrefixListId) {
        self.change(table, |it| it.routes.retain(|it| it.origin != Origin::PrefixList(list)));
    }
}

impl RouteTable {
    /// Where the table's route for a list leads.
    pub fn list_target(&self, list: PrefixListId) -> Option<&Target> {
        let route = self.routes.iter().find(|it| it.origin == Origin::PrefixList(list))?;
        Some(&route.target)
    }

    /// Adds a route for each block of a list.
    pub(super) fn add_list_routes(&mut self, list: PrefixListId, cidrs: &[Cidr], target: &Target) {
        self.routes.extend(cidrs.iter().map(|&destination| Route {
            destination,
            target: target.clone(),
            origin: Origin::PrefixList(list),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, Direction, ProbeEnd, Rules, SecurityGroupRule, sample::*};
    use crate::net::Ports;

    fn with_list(cidrs: &[&str]) -> (Sample, PrefixListId) {
        let mut sample = Sample::new();
        let cidrs = cidrs.iter().map(|it| cidr(it)).collect();
        let change = Change::CreatePrefixList { name: "office".into(), cidrs };
        let list = made!(sample.network, PrefixList, change);
        (sample, list)
    }

    #[test]
    fn a_route_for_a_list_is_a_route_for_each_block_and_follows_it() {
        let (mut sample, list) = with_list(&["192.0.2.0/24", "203.0.113.0/25"]);
        let (table, target) = (sample.private_table, Target::NatGateway(sample.nat));
        let create = Change::CreatePrefixListRoute { table, list, target: target.clone() };
        sample.apply(create.clone());
        assert_eq!(sample.code(create), Err("RouteAlreadyExists"));
        let before = sample.network.clone();
        let cidrs = vec![cidr("192.0.2.0/24"), cidr("198.51.100.0/24")];
        let undo = sample.network.apply(Change::ModifyPrefixList { list, cidrs }).unwrap().undo;
        let listed = |sample: &Sample| {
            let routes = sample.network.route_tables()[table].routes.iter();
            let routes = routes.filter(|it| it.origin == Origin::PrefixList(list));
            routes.map(|it| it.destination.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(listed(&sample), ["192.0.2.0/24", "198.51.100.0/24"]);
        sample.network.undo(undo);
        assert_eq!(sample.network, before);
        assert_eq!(sample.code(Change::DeletePrefixList { list }), Err("DependencyViolation"));
        sample.apply(Change::DeletePrefixListRoute { table, list });
        assert_eq!(listed(&sample).len(), 0);
        sample.apply(Change::DeletePrefixList { list });
    }

    #[test]
    fn a_written_route_beats_a_list_and_a_list_beats_a_learned_one() {
        let (mut sample, list) = with_list(&["192.0.2.0/24"]);
        let table = sample.private_table;
        let target = Target::NatGateway(sample.nat);
        let learned = Route {
            destination: cidr("192.0.2.0/24"),
            target: target.clone(),
            origin: Origin::Propagated,
        };
        sample.network.update(table, |it| it.routes.push(learned));
        sample.apply(Change::CreatePrefixListRoute { table, list, target: target.clone() });
        let chosen = |sample: &Sample| {
            let table = &sample.network.route_tables()[table];
            table.routes[table.decide(ip("192.0.2.9"), &Rules::AWS).unwrap()].origin
        };
        assert_eq!(chosen(&sample), Origin::PrefixList(list));
        let destination = cidr("192.0.2.0/24");
        sample.apply(Change::CreateRoute { table, destination, target });
        assert_eq!(chosen(&sample), Origin::Static);
    }

    #[test]
    fn a_rule_for_a_list_admits_its_blocks() {
        let (mut sample, list) = with_list(&["198.51.100.0/24"]);
        let change = Change::CreateSecurityGroup { name: "web".into(), vpc: sample.vpc };
        let group = made!(sample.network, SecurityGroup, change);
        let (direction, peer) = (Direction::Ingress, Peer::PrefixList(list));
        let rule = SecurityGroupRule { ports: Ports::one(443), ..tcp_rule(443, peer) };
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule });
        let groups = vec![group];
        sample.apply(Change::ModifyInterfaceGroups { interface: sample.web, groups });
        let web = ProbeEnd::Interface(sample.web);
        assert!(sample.tcp(INTERNET, web, 443).is_delivered());
        assert!(!sample.tcp(ProbeEnd::Address(ip("192.0.2.1")), web, 443).is_delivered());
        assert_eq!(sample.code(Change::DeletePrefixList { list }), Err("DependencyViolation"));
    }

    #[test]
    fn a_list_holds_one_family_and_each_block_once() {
        let mut sample = Sample::new();
        for cidrs in [vec!["192.0.2.0/24", "2001:db8::/32"], vec!["192.0.2.0/24", "192.0.2.0/24"]] {
            let cidrs = cidrs.into_iter().map(cidr).collect();
            let change = Change::CreatePrefixList { name: "list".into(), cidrs };
            assert_eq!(sample.code(change), Err("InvalidParameterValue"));
        }
    }
}
