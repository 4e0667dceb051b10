//! Route table: which target a destination leads to.

use std::{
    cmp::Reverse,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{
    cloud::{
        EgressOnlyGatewayId, GatewayEndpointId, Id, InterfaceId, InterfaceKind, InternetGatewayId,
        Name, NatGatewayId, Outcome, PeeringId, PeeringState, PrefixListId, Quota, Reason, Refusal,
        Rules, Subnet, SubnetId, Thing, TransitGatewayId, TransitReason, VirtualPrivateGateway,
        VirtualPrivateGatewayId, VpcId, edit::Edit,
    },
    net::Cidr,
};

/// Names a [`RouteTable`].
pub type RouteTableId = Id<RouteTable>;

/// A route table (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTable {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// Its routes in the order they were added; the order decides nothing.
    pub routes: Vec<Route>,
}

/// One line of a route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The addresses it is for.
    pub destination: Cidr,
    /// Where it leads.
    pub target: Target,
    /// How it came to be.
    pub origin: Origin,
}

/// Where a route leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Inside the VPC.
    Local,
    /// To the internet.
    InternetGateway(InternetGatewayId),
    /// To the internet, for IPv6 and from inside only.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// To the internet through address translation.
    NatGateway(NatGatewayId),
    /// To a peered VPC.
    Peering(PeeringId),
    /// To a service, by AWS's own hand.
    GatewayEndpoint(GatewayEndpointId),
    /// To an interface: a NAT instance or an appliance.
    Interface(InterfaceId),
    /// To whatever a transit gateway connects.
    TransitGateway(TransitGatewayId),
    /// To one's own networks, over VPN or Direct Connect.
    VirtualPrivateGateway(VirtualPrivateGatewayId),
    /// The target was deleted; the route stays as a blackhole and drops
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
    Gone(Name),
}

/// How a route came to be. The order is AWS's order of preference among routes for the same
/// destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Made with the VPC; cannot be removed.
    Local,
    /// Written by a person.
    Static,
    /// One block of a prefix list to which a person wrote a route.
    PrefixList(PrefixListId),
    /// Learned from a gateway.
    Propagated,
}

impl Route {
    /// The route that every table has for each block of its VPC.
    pub fn local(destination: Cidr) -> Self {
        Self { destination, target: Target::Local, origin: Origin::Local }
    }
}

impl Route {
    /// May people edit it by its destination?
    pub fn is_written(&self) -> bool {
        matches!(self.origin, Origin::Local | Origin::Static)
    }

    /// Is it for this destination? IPv4 and IPv6 are separate: `0.0.0.0/0` is for IPv4 alone
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
    fn leads_to(&self, destination: IpAddr, rules: &Rules) -> bool {
        self.destination.contains(destination)
            || !rules.families_are_separate && self.destination == Cidr::ANY_V4
    }
}

impl RouteTable {
    /// The route that a destination takes, by its place in the list.
    ///
    /// The longest prefix wins, and IPv4 and IPv6 never mix. Among equal prefixes: local, then
    /// static, then prefix lists, then propagated
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>). One
    /// exception: a local route beats even a more specific *propagated* one
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>). No route carries
    /// the ranges that [`kept_by_aws`] names.
    pub fn decide(&self, destination: IpAddr, rules: &Rules) -> Option<usize> {
        if kept_by_aws(destination) {
            return None;
        }
        let matching = || {
            (self.routes.iter().enumerate())
                .filter(move |(_, route)| route.leads_to(destination, rules))
        };
        if !rules.longest_prefix_wins {
            return matching().next().map(|(place, _)| place);
        }
        let local = matching().any(|(_, route)| route.origin == Origin::Local);
        matching()
            .filter(|(_, route)| !(local && route.origin == Origin::Propagated))
            .max_by_key(|(place, route)| {
                (route.destination.length(), Reverse(route.origin), Reverse(*place))
            })
            .map(|(place, _)| place)
    }

    /// The place of the route for a destination that people may edit: neither a learned one nor one
    /// of a prefix list.
    fn written(&self, destination: Cidr) -> Option<usize> {
        self.routes.iter().position(|it| it.destination == destination && it.is_written())
    }

    /// What becomes of the route at `place` for a destination for which `chosen` was decided.
    pub(super) fn outcome(
        &self,
        place: usize,
        destination: IpAddr,
        chosen: Option<usize>,
        rules: Rules,
    ) -> Outcome {
        let route = &self.routes[place];
        match chosen {
            _ if !route.leads_to(destination, &rules) => {
                Outcome::NoMatch(crate::cloud::Field::Address)
            }
            Some(chosen) if chosen == place => match route.target {
                Target::Gone(_) => Outcome::Denies,
                _ => Outcome::Allows,
            },
            Some(_) if !rules.longest_prefix_wins => Outcome::NotReached,
            Some(chosen)
                if route.destination.length() < self.routes[chosen].destination.length() =>
            {
                Outcome::LessSpecific
            }
            Some(_) => Outcome::LowerPriority,
            // A matching route that was not even considered: AWS keeps the range to itself.
            None => Outcome::NotReached,
        }
    }
}

/// Destinations that AWS's own services use. A route to exactly these ranges or inside them is
/// refused, and a wider route does not carry them
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
pub fn kept_by_aws(destination: IpAddr) -> bool {
    RANGES_KEPT_BY_AWS.iter().any(|range| range.contains(destination))
}

/// `169.254.168.0/22` and `fd00:ec2::/32`: see [`kept_by_aws`].
pub const RANGES_KEPT_BY_AWS: [Cidr; 2] = [
    Cidr::v4(Ipv4Addr::new(169, 254, 168, 0), 22),
    Cidr::v6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32),
];

/// The only IPv6 destinations that a NAT gateway carries: IPv4 addresses in disguise
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html>).
pub const NAT64: Cidr = Cidr::v6(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

impl Edit<'_> {
    pub fn create_route_table(&mut self, name: Name, vpc: VpcId) -> Result<RouteTableId, Refusal> {
        let it = self.get(vpc)?;
        let routes = it.cidrs.iter().chain(&it.ipv6_cidrs).copied().map(Route::local).collect();
        let tables = self.network.route_tables.count(|it| it.vpc == vpc);
        self.network.admits_one_more(Quota::RouteTablesPerVpc, tables)?;
        Ok(self.make(RouteTable { name, vpc, routes }))
    }

    /// The main table stays, and so does one that a subnet is associated with
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
    pub fn delete_route_table(&mut self, id: RouteTableId) -> Result<(), Refusal> {
        let vpc = self.get(id)?.vpc;
        if self.network.vpcs[vpc].main_route_table == id {
            return Err(Refusal::new("DependencyViolation", Reason::MainTable(id)));
        }
        if let Some(subnet) = self.network.subnets.find(|_, it| it.route_table == Some(id)) {
            let reason = Reason::InUse { thing: Thing::RouteTable(id), by: Thing::Subnet(subnet) };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        if let Some(by) = self.network.gateway_of_table(id) {
            let reason = Reason::InUse { thing: Thing::RouteTable(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        let endpoints: Vec<_> = (self.network.gateway_endpoints.iter())
            .filter(|(_, it)| it.route_tables.contains(&id))
            .map(|(endpoint, _)| endpoint)
            .collect();
        for endpoint in endpoints {
            self.change(endpoint, |it| it.route_tables.retain(|table| *table != id));
        }
        let learns = |it: &VirtualPrivateGateway| it.propagates_to.contains(&id);
        while let Some(gateway) = self.network.virtual_private_gateways.find(|_, it| learns(it)) {
            self.change(gateway, |it| it.propagates_to.retain(|it| *it != id));
        }
        self.remove(id);
        Ok(())
    }

    pub fn associate_route_table(
        &mut self,
        id: SubnetId,
        table: Option<RouteTableId>,
    ) -> Result<(), Refusal> {
        let subnet = self.get(id)?;
        match table {
            None if subnet.route_table.is_none() => {
                let reason = Reason::NotAssociated(id);
                return Err(Refusal::new("InvalidAssociationID.NotFound", reason));
            }
            Some(table) => {
                let (here, there) = (Thing::Subnet(id), Thing::RouteTable(table));
                if self.get(table)?.vpc != subnet.vpc {
                    let reason = Reason::DifferentVpcs(here, there);
                    return Err(Refusal::new("InvalidParameterValue", reason));
                }
                if let Some(by) = self.network.gateway_of_table(table) {
                    let reason = Reason::InUse { thing: there, by };
                    return Err(Refusal::new("InvalidParameterValue", reason));
                }
                if subnet.route_table == Some(table) {
                    let reason = Reason::AlreadyAssociated(id, there);
                    return Err(Refusal::new("Resource.AlreadyAssociated", reason));
                }
            }
            None => {}
        }
        self.change(id, |it| it.route_table = table);
        Ok(())
    }

    /// Another table becomes the one for every subnet without an association of its own
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html>).
    pub fn replace_main_route_table(
        &mut self,
        vpc: VpcId,
        table: RouteTableId,
    ) -> Result<(), Refusal> {
        let main = self.get(vpc)?.main_route_table;
        if self.get(table)?.vpc != vpc {
            let reason = Reason::DifferentVpcs(Thing::Vpc(vpc), Thing::RouteTable(table));
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if main == table {
            let reason = Reason::AlreadyMain(table);
            return Err(Refusal::new("Resource.AlreadyAssociated", reason));
        }
        // (https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html)
        if let Some(by) = self.network.gateway_of_table(table) {
            let reason = Reason::InUse { thing: Thing::RouteTable(table), by };
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.change(vpc, |it| it.main_route_table = table);
        Ok(())
    }

    pub fn create_route(
        &mut self,
        id: RouteTableId,
        destination: Cidr,
        target: Target,
    ) -> Result<(), Refusal> {
        let table = self.get(id)?;
        if table.written(destination).is_some() {
            let reason = Reason::RouteExists(id, destination);
            return Err(Refusal::new("RouteAlreadyExists", reason));
        }
        self.check_hand(&target)?;
        self.check_route(table, destination, &target)?;
        self.check_edge(id, destination, &target, Origin::Static)?;
        self.network.admits_one_more(Quota::RoutesPerTable, self.network.weight_of(id))?;
        self.change(id, |it| {
            it.routes.push(Route { destination, target, origin: Origin::Static });
        });
        Ok(())
    }

    /// Gives a route another target. The local route may lead to a NAT gateway or an interface
    /// instead, and be local again later
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html>).
    pub fn replace_route(
        &mut self,
        id: RouteTableId,
        destination: Cidr,
        target: Target,
    ) -> Result<(), Refusal> {
        let table = self.get(id)?;
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        let Some(place) = table.written(destination) else {
            return refused(Reason::RouteUnknown(id, destination));
        };
        if table.routes[place].origin == Origin::Local {
            match target {
                Target::Local => {}
                Target::NatGateway(_) | Target::Interface(_) => {
                    self.check_target(table, destination, &target)?;
                }
                Target::InternetGateway(_)
                | Target::EgressOnlyGateway(_)
                | Target::Peering(_)
                | Target::GatewayEndpoint(_)
                | Target::TransitGateway(_)
                | Target::VirtualPrivateGateway(_)
                | Target::Gone(_) => {
                    return refused(Reason::RouteTargetForLocal(destination));
                }
            }
        } else {
            self.check_hand(&target)?;
            self.check_route(table, destination, &target)?;
        }
        self.check_edge(id, destination, &target, Origin::Static)?;
        self.change(id, |it| it.routes[place].target = target);
        Ok(())
    }

    pub fn delete_route(&mut self, id: RouteTableId, destination: Cidr) -> Result<(), Refusal> {
        let table = self.get(id)?;
        let Some(place) = table.written(destination) else {
            let learned =
                |it: &Route| it.destination == destination && it.origin == Origin::Propagated;
            if table.routes.iter().any(learned) {
                let reason = Reason::RoutePropagated(destination);
                return Err(Refusal::new("InvalidParameterValue", reason));
            }
            let reason = Reason::RouteUnknown(id, destination);
            return Err(Refusal::new("InvalidRoute.NotFound", reason));
        };
        if table.routes[place].origin == Origin::Local {
            return Err(Refusal::new("InvalidParameterValue", Reason::RouteLocal(destination)));
        }
        self.change(id, |it| {
            it.routes.remove(place);
        });
        Ok(())
    }

    /// What a table of a gateway may hold.
    pub(super) fn check_edge(
        &self,
        id: RouteTableId,
        destination: Cidr,
        target: &Target,
        origin: Origin,
    ) -> Result<(), Refusal> {
        match self.network.gateway_of_table(id) {
            Some(Thing::InternetGateway(_) | Thing::VirtualPrivateGateway(_)) => {
                let vpc = self.network.route_tables[id].vpc;
                self.check_gateway_route(vpc, destination, target, origin)
            }
            _ => Ok(()),
        }
    }

    /// May a table become the one of an internet gateway or of a virtual private gateway? It belongs
    /// to the gateway's VPC, is not the main one, no subnet's and no other gateway's, learns nothing
    /// from propagation, and holds nothing that a gateway's table may not hold
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>).
    pub(super) fn check_gateway_table(
        &self,
        gateway: Thing,
        vpc: Option<VpcId>,
        table: RouteTableId,
    ) -> Result<(), Refusal> {
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        let it = self.get(table)?;
        let there = Thing::RouteTable(table);
        let Some(vpc) = vpc else {
            return refused(match gateway {
                Thing::InternetGateway(id) => Reason::GatewayNotAttached(id),
                other => Reason::Transit(TransitReason::NotConnected(other, Thing::Vpc(it.vpc))),
            });
        };
        if it.vpc != vpc {
            return refused(Reason::DifferentVpcs(gateway, there));
        }
        if self.network.vpcs[vpc].main_route_table == table {
            return refused(Reason::MainTable(table));
        }
        let network = &*self.network;
        let used = network.subnets.find(|_, it| it.route_table == Some(table)).map(Thing::Subnet);
        let other = || network.gateway_of_table(table).filter(|it| *it != gateway);
        let learns = |it: &VirtualPrivateGateway| it.propagates_to.contains(&table);
        let source = || network.virtual_private_gateways.find(|_, it| learns(it));
        let source = || source().map(Thing::VirtualPrivateGateway);
        if let Some(by) = used.or_else(other).or_else(source) {
            return refused(Reason::InUse { thing: there, by });
        }
        for route in &it.routes {
            self.check_gateway_route(vpc, route.destination, &route.target, route.origin)?;
        }
        Ok(())
    }

    /// A gateway's table is for whole subnets, or the whole VPC, and leads to where they lie or to
    /// an interface. Lists and learned routes are not for it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>).
    pub(super) fn check_gateway_route(
        &self,
        vpc: VpcId,
        destination: Cidr,
        target: &Target,
        origin: Origin,
    ) -> Result<(), Refusal> {
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        let it = &self.network.vpcs[vpc];
        let exact = |it: &Subnet| {
            it.vpc == vpc && (it.cidr == destination || it.ipv6_cidr == Some(destination))
        };
        let whole = it.cidrs.contains(&destination)
            || it.ipv6_cidrs.contains(&destination)
            || self.network.subnets.find(|_, it| exact(it)).is_some();
        if !matches!(origin, Origin::Local | Origin::Static) {
            return refused(Reason::RouteNotWrittenForGateway(destination));
        }
        if !whole {
            return refused(Reason::RouteNotForGateway(destination));
        }
        if !matches!(target, Target::Local | Target::Interface(_) | Target::Gone(_)) {
            return refused(Reason::RouteTargetForGateway(destination));
        }
        Ok(())
    }

    /// Routes to a gateway endpoint come and go with it, and by no other hand
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).
    fn check_hand(&self, target: &Target) -> Result<(), Refusal> {
        let Target::GatewayEndpoint(id) = *target else { return Ok(()) };
        self.get(id)?;
        Err(Refusal::new("InvalidParameterValue", Reason::RouteOfEndpoint(id)))
    }

    /// A route may not lead to what AWS keeps to itself, and inside the VPC's own blocks only to
    /// exactly one subnet through a NAT gateway or an interface
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
    pub(super) fn check_route(
        &self,
        table: &RouteTable,
        destination: Cidr,
        target: &Target,
    ) -> Result<(), Refusal> {
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        let mut kept = RANGES_KEPT_BY_AWS.into_iter();
        if let Some(range) = kept.find(|range| range.covers(destination)) {
            return refused(Reason::RouteNotAllowed { destination, range });
        }
        let vpc = &self.network.vpcs[table.vpc];
        if vpc.cidrs.iter().chain(&vpc.ipv6_cidrs).any(|block| block.covers(destination)) {
            let exact = |it: &Subnet| {
                it.vpc == table.vpc && (it.cidr == destination || it.ipv6_cidr == Some(destination))
            };
            if self.network.subnets.find(|_, it| exact(it)).is_none() {
                return refused(Reason::RouteNotASubnet(destination));
            }
            if !matches!(target, Target::NatGateway(_) | Target::Interface(_)) {
                return refused(Reason::RouteTargetInsideVpc(destination));
            }
        }
        self.check_target(table, destination, target)
    }

    /// A target belongs to the table's VPC.
    fn check_target(
        &self,
        table: &RouteTable,
        destination: Cidr,
        target: &Target,
    ) -> Result<(), Refusal> {
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        let (thing, vpc) = match *target {
            Target::Local | Target::Gone(_) => {
                return refused(Reason::RouteTargetNotWritable(target.clone()));
            }
            Target::InternetGateway(id) => match self.get(id)?.vpc {
                Some(vpc) => (Thing::InternetGateway(id), vpc),
                None => return refused(Reason::GatewayNotAttached(id)),
            },
            Target::EgressOnlyGateway(id) => {
                let vpc = self.get(id)?.vpc;
                if destination.is_ipv4() {
                    return refused(Reason::RouteTargetIpv6Only(destination));
                }
                (Thing::EgressOnlyGateway(id), vpc)
            }
            Target::Peering(id) => {
                let peering = self.get(id)?;
                let waits = [PeeringState::PendingAcceptance, PeeringState::Active];
                if !waits.contains(&peering.state) {
                    let code = "InvalidVpcPeeringConnectionID.NotFound";
                    return Err(Refusal::new(code, Reason::PeeringNotPending(id)));
                }
                let ends = peering.other_end(table.vpc).map(|_| table.vpc);
                (Thing::Peering(id), ends.unwrap_or(peering.requester))
            }
            Target::GatewayEndpoint(id) => (Thing::GatewayEndpoint(id), self.get(id)?.vpc),
            Target::NatGateway(id) => {
                let vpc = self.get(id)?.vpc;
                if !destination.is_ipv4() && destination != NAT64 {
                    return refused(Reason::RouteTargetIpv4Only(destination));
                }
                (Thing::NatGateway(id), vpc)
            }
            Target::Interface(id) => {
                // Of endpoints, those alone that lead to a Gateway Load Balancer
                // (https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html).
                if let InterfaceKind::Endpoint(endpoint) = self.get(id)?.kind
                    && !self.network.is_gateway_load_balancer_endpoint(endpoint)
                {
                    return refused(Reason::RouteTargetNotWritable(target.clone()));
                }
                (Thing::Interface(id), self.network.vpc_of(id))
            }
            // Attached first, then routed to
            // (https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html).
            Target::TransitGateway(id) => {
                self.get(id)?;
                let gateway = Thing::TransitGateway(id);
                if self.network.attachment_between(id, table.vpc).is_none() {
                    let reason = Reason::Transit(TransitReason::NotConnected(
                        gateway,
                        Thing::Vpc(table.vpc),
                    ));
                    return Err(Refusal::new("InvalidTransitGatewayID.NotFound", reason));
                }
                (gateway, table.vpc)
            }
            Target::VirtualPrivateGateway(id) => {
                let gateway = Thing::VirtualPrivateGateway(id);
                match self.get(id)?.vpc {
                    Some(vpc) => (gateway, vpc),
                    None => {
                        return refused(Reason::Transit(TransitReason::NotConnected(
                            gateway,
                            Thing::Vpc(table.vpc),
                        )));
                    }
                }
            }
        };
        if vpc != table.vpc {
            return refused(Reason::DifferentVpcs(Thing::Vpc(table.vpc), thing));
        }
        Ok(())
    }

    /// Every route to a target that goes becomes a blackhole, and stays
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
    pub fn blackhole_routes_to(&mut self, target: &Target, name: &Name) {
        let leads_there = |it: &Route| it.target == *target;
        let tables: Vec<_> = (self.network.route_tables.iter())
            .filter(|(_, it)| it.routes.iter().any(leads_there))
            .map(|(id, _)| id)
            .collect();
        for table in tables {
            self.change(table, |it| {
                for route in it.routes.iter_mut().filter(|it| leads_there(it)) {
                    route.target = Target::Gone(name.clone());
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, sample::*};

    /// Which route, by its place, does a destination take?
    fn check(routes: &[(&str, Origin)], destination: &str, expected: Option<usize>) {
        let vpc = crate::cloud::VpcId::new(0);
        let routes = routes.iter().map(|(destination, origin)| Route {
            destination: cidr(destination),
            target: Target::Local,
            origin: *origin,
        });
        let table = RouteTable { name: "table".into(), vpc, routes: routes.collect() };
        assert_eq!(table.decide(ip(destination), &Rules::AWS), expected, "{destination}");
    }

    use Origin::{Local, Propagated, Static};

    #[test]
    fn the_longest_prefix_wins_wherever_it_stands() {
        let routes = [("0.0.0.0/0", Static), ("10.0.0.0/16", Local), ("10.0.2.0/24", Static)];
        check(&routes, "10.0.2.9", Some(2));
        check(&routes, "10.0.3.9", Some(1));
        check(&routes, "8.8.8.8", Some(0));
        check(&[("10.0.0.0/16", Local)], "8.8.8.8", None);
    }

    #[test]
    fn among_equals_local_then_static_then_propagated() {
        let twins = [("172.31.0.0/24", Propagated), ("172.31.0.0/24", Static)];
        check(&twins, "172.31.0.9", Some(1));
    }

    #[test]
    fn a_local_route_beats_a_more_specific_propagated_one() {
        let routes = [("10.0.0.0/16", Local), ("10.0.5.0/24", Propagated)];
        check(&routes, "10.0.5.9", Some(0));
    }

    #[test]
    fn the_families_are_separate_worlds() {
        check(&[("0.0.0.0/0", Static)], "2001:db8::1", None);
        check(&[("0.0.0.0/0", Static), ("::/0", Static)], "2001:db8::1", Some(1));
    }

    #[test]
    fn a_wide_route_does_not_carry_what_aws_keeps_to_itself() {
        check(&[("169.254.0.0/16", Static)], "169.254.169.254", None);
        check(&[("169.254.0.0/16", Static)], "169.254.1.1", Some(0));
        check(&[("::/0", Static)], "fd00:ec2::254", None);
    }

    #[test]
    fn routes_inside_the_vpc_lead_to_one_subnet_through_a_neighbour() {
        let mut sample = Sample::new();
        let (table, web, nat) = (sample.public_table, sample.web, sample.nat);
        let gateway = Target::InternetGateway(sample.gateway);
        let route = |destination: &str, target| {
            let destination = cidr(destination);
            Change::CreateRoute { table, destination, target }
        };
        for (destination, target, code) in [
            ("10.0.0.0/16", Target::Interface(web), "RouteAlreadyExists"),
            ("10.0.1.0/25", Target::Interface(web), "InvalidParameterValue"),
            ("10.0.1.0/24", gateway.clone(), "InvalidParameterValue"),
            ("169.254.168.0/22", gateway.clone(), "InvalidParameterValue"),
            ("169.254.169.254/32", gateway.clone(), "InvalidParameterValue"),
            ("2001:db8::/32", Target::NatGateway(nat), "InvalidParameterValue"),
            ("192.0.2.0/24", Target::Local, "InvalidParameterValue"),
        ] {
            assert_eq!(sample.code(route(destination, target)), Err(code), "{destination}");
        }
        sample.apply(route("10.0.1.0/24", Target::Interface(web)));
        sample.apply(route("169.254.0.0/16", Target::Interface(web)));
        sample.apply(route("10.0.0.0/8", gateway));
    }

    #[test]
    fn the_local_route_stays_but_may_lead_elsewhere() {
        let mut sample = Sample::new();
        let (table, destination) = (sample.public_table, cidr("10.0.0.0/16"));
        let delete = Change::DeleteRoute { table, destination };
        assert_eq!(sample.code(delete), Err("InvalidParameterValue"));
        let to = |target| Change::ReplaceRoute { table, destination, target };
        assert_eq!(
            sample.code(to(Target::InternetGateway(sample.gateway))),
            Err("InvalidParameterValue")
        );
        let before = sample.network.clone();
        sample.apply(to(Target::Interface(sample.web)));
        sample.apply(to(Target::Local));
        assert_eq!(sample.network, before);
    }

    #[test]
    fn a_route_outlives_its_target_as_a_blackhole() {
        let mut sample = Sample::new();
        sample.apply(Change::DeleteNatGateway { gateway: sample.nat });
        let routes = &sample.network.route_tables()[sample.private_table].routes;
        assert_eq!(routes[1].target, Target::Gone("nat".into()));
    }

    #[test]
    fn tables_in_use_stay() {
        let mut sample = Sample::new();
        let (vpc, table) = (sample.vpc, sample.private_table);
        assert_eq!(sample.code(Change::DeleteRouteTable { table }), Err("DependencyViolation"));
        sample.apply(Change::AssociateRouteTable { subnet: sample.private, table: None });
        sample.apply(Change::ReplaceMainRouteTable { vpc, table });
        assert_eq!(sample.code(Change::DeleteRouteTable { table }), Err("DependencyViolation"));
        assert_eq!(sample.network.route_table_of(sample.private), table);
    }
}
