//! Inside a subnet, over its edge, and to where its route table says.

use super::{Dropped, Stand, Step, Walk};
use crate::{
    cloud::{
        AclAction, Cause, Check, Direction, InterfaceKind, InternetGatewayId, Leg,
        LoadBalancerKind, NatGateway, Outcome, PeeringState, Place, RouteTableId, Subject,
        SubnetId, Target, Thing, VpcId, host::is_on_the_internet,
    },
    net::Packet,
};

impl Walk<'_> {
    /// From inside a subnet to wherever the header says.
    pub(super) fn leave_subnet(&mut self, id: SubnetId) -> Step<Stand> {
        let subnet = &self.network.subnets[id];
        let to = self.packet.destination;
        if let Some(by) = self.comes_straight_back() {
            let home = match by {
                Thing::Interface(node) => self.network.interfaces.get(node).map(|it| it.subnet),
                _ => None,
            };
            if let Thing::Interface(node) = by
                && let Some(InterfaceKind::LoadBalancer(_)) =
                    self.network.interfaces.get(node).map(|it| it.kind)
            {
                if home != Some(id) {
                    self.network_acl(id, Direction::Egress)?;
                }
                return Ok(Stand::Entering(node, Some(id)));
            }
            return Ok(Stand::Returning(by));
        }
        if subnet.contains(to) {
            // Neighbours meet on the link: no list and no table is asked
            // (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
            let Some(neighbour) = self.network.interface_in(subnet.vpc, to) else {
                return Err(self.drop(Place::Subnet(id), Subject::Owner, Cause::NoOwner));
            };
            if self.is_classic_node(subnet.vpc) {
                self.network_acl(id, Direction::Egress)?;
            }
            if !self.rules.network_acls_guard_the_edge {
                self.network_acl(id, Direction::Egress)?;
                return Ok(Stand::Entering(neighbour, None));
            }
            return Ok(Stand::Entering(neighbour, Some(id)));
        }
        let table_id = self.network.route_table_of(id);
        let table = &self.network.route_tables[table_id];
        let inherited = subnet.route_table.is_none() && !self.rules.main_table_is_for_the_others;
        let chosen = table
            .decide(to, self.rules)
            .filter(|it| !inherited || table.routes[*it].target == Target::Local);
        let target = chosen.map(|it| &table.routes[it].target);

        if !self.is_next_door(id, target) {
            self.network_acl(id, Direction::Egress)?;
        }
        let place = Place::RouteTable(table_id, id);
        self.look_at_routes(table_id, to, chosen);
        let next = match target {
            None => self.without_route(table_id, id)?,
            Some(target) => self.by_route(place, id, target)?,
        };
        self.pass(place);
        Ok(next)
    }

    /// Does a node of a Classic Load Balancer send? What leaves it is asked by the list of its
    /// subnet, even on the way to a target beside it
    /// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>, the code
    /// `ELB_ACL_RESTRICTION`).
    fn is_classic_node(&self, vpc: VpcId) -> bool {
        let network = self.network;
        let owner = network.interface_in(vpc, self.packet.source);
        let kind = owner.map(|it| network.interfaces[it].kind);
        let Some(InterfaceKind::LoadBalancer(id)) = kind else { return false };
        self.leg == Leg::Forward
            && network.load_balancers.get(id).map(|it| it.kind) == Some(LoadBalancerKind::Classic)
    }

    /// Writes down each route of a table, and the one that was chosen.
    pub(super) fn look_at_routes(
        &mut self,
        id: RouteTableId,
        to: std::net::IpAddr,
        chosen: Option<usize>,
    ) {
        if self.quiet {
            return;
        }
        let table = &self.network.route_tables[id];
        for route in 0..table.routes.len() {
            let outcome = table.outcome(route, to, chosen, *self.rules);
            let subject = Subject::Route(id, route);
            self.note(Check { subject, outcome, decisive: chosen == Some(route) });
        }
    }

    /// A target in the same subnet is a neighbour too: on the way there the packet does not cross
    /// the edge.
    fn is_next_door(&self, subnet: SubnetId, target: Option<&Target>) -> bool {
        let home = match target {
            Some(Target::Interface(id)) => self.network.interfaces.get(*id).map(|it| it.subnet),
            Some(Target::NatGateway(id)) => {
                self.network.nat_gateways.get(*id).and_then(NatGateway::subnet)
            }
            _ => None,
        };
        home == Some(subnet)
    }

    /// To the target of the chosen route. A route whose target is gone is a blackhole
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
    pub(super) fn by_route(&mut self, place: Place, id: SubnetId, target: &Target) -> Step<Stand> {
        let network = self.network;
        let next = match *target {
            Target::Local => {
                if let Place::RouteTable(table, _) = place
                    && !self.rules.local_route_joins_subnets
                {
                    return Err(self.drop(place, Subject::NoRoute(table), Cause::NoRoute));
                }
                let vpc = network.subnets[id].vpc;
                let owner = network.interface_in(vpc, self.packet.destination);
                let Some(interface) = owner else {
                    return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
                };
                if let Place::RouteTable(table, _) = place
                    && !self.rules.endpoints_need_no_route
                    && self.leg == Leg::Forward
                    && matches!(network.interfaces[interface].kind, InterfaceKind::Endpoint(_))
                {
                    return Err(self.drop(place, Subject::NoRoute(table), Cause::NoRoute));
                }
                Some(Stand::Entering(interface, Some(id)))
            }
            Target::InternetGateway(gateway) => {
                network.internet_gateways.get(gateway).map(|_| Stand::InternetGateway(gateway, id))
            }
            Target::EgressOnlyGateway(gateway) => network
                .egress_only_gateways
                .get(gateway)
                .map(|_| Stand::EgressOnlyGateway(gateway, id)),
            Target::Peering(peering) => network
                .peerings
                .get(peering)
                .filter(|it| it.state == PeeringState::Active)
                .filter(|it| it.other_end(network.subnets[id].vpc).is_some())
                .map(|_| Stand::Peering(peering, id)),
            Target::GatewayEndpoint(endpoint) => {
                network.gateway_endpoints.get(endpoint).map(|_| Stand::GatewayEndpoint(endpoint))
            }
            Target::NatGateway(gateway) => {
                network.nat_gateways.get(gateway).map(|_| Stand::NatGateway(gateway, id))
            }
            Target::Interface(interface) => network
                .interfaces
                .get(interface)
                .filter(|it| it.kind != InterfaceKind::Unattached)
                .map(|_| Stand::Entering(interface, Some(id))),
            Target::TransitGateway(gateway) => network
                .attachment_between(gateway, network.subnets[id].vpc)
                .map(|attachment| Stand::TransitGateway(attachment, id)),
            Target::VirtualPrivateGateway(gateway) => network
                .virtual_private_gateways
                .get(gateway)
                .map(|_| Stand::VirtualPrivateGateway(gateway, id)),
            Target::Gone(_) => None,
        };
        match next {
            Some(next) => Ok(next),
            None => self.blackhole(place, id),
        }
    }

    /// The chosen route leads nowhere any more.
    fn blackhole(&mut self, place: Place, subnet: SubnetId) -> Step<Stand> {
        for check in self.checks.iter_mut().filter(|it| it.decisive) {
            check.outcome = Outcome::Denies;
        }
        if let Some(next) = self.likely_way(subnet) {
            self.stop(place, Cause::Blackhole)?;
            return Ok(next);
        }
        self.end_hop(place, None);
        Err(Dropped { place, cause: Cause::Blackhole })
    }

    /// Where all blockers are asked for and a route is missing: the way that the packet would take
    /// if somebody wrote one, by the gateway that needs the fewest changes besides. `None` when
    /// there is none, or nobody asked.
    fn likely_way(&self, id: SubnetId) -> Option<Stand> {
        self.blockers.as_ref()?;
        let network = self.network;
        let (vpc, to) = (network.subnets[id].vpc, self.packet.destination);
        let far = network
            .vpcs
            .find(|far, it| it.contains(to) && network.peering_between(vpc, far).is_some());
        if let Some(peering) = far.and_then(|far| network.peering_between(vpc, far)) {
            return Some(Stand::Peering(peering, id));
        }
        if !is_on_the_internet(to) {
            return None;
        }
        let sender =
            network.interface_in(vpc, self.packet.source).map(|it| &network.interfaces[it]);
        let public = to.is_ipv6() || sender.is_some_and(|it| it.public_address.is_some());
        let internet =
            network.internet_gateway_of(vpc).map(|gateway| Stand::InternetGateway(gateway, id));
        // Only a request may go out by a gateway that remembers connections.
        if self.leg == Leg::Reply || public && internet.is_some() {
            return internet;
        }
        let remembers = if to.is_ipv4() {
            let here = |(_, it): &(_, &NatGateway)| it.vpc == vpc;
            let gateway = network.nat_gateways.iter().find(here);
            gateway.map(|(gateway, _)| Stand::NatGateway(gateway, id))
        } else {
            let gateway = network.egress_only_gateway_of(vpc);
            gateway.map(|gateway| Stand::EgressOnlyGateway(gateway, id))
        };
        remembers.or(internet)
    }

    /// No route matches: the packet ends, unless it is the answer to a NAT gateway across a peering,
    /// or somebody believes that it finds its way.
    fn without_route(&mut self, table: RouteTableId, id: SubnetId) -> Step<Stand> {
        if let Some((peering, sent)) = self.return_to_sender
            && self.leg == Leg::Reply
            && self.packet.answers(&sent)
        {
            // (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html)
            self.decide(Subject::ReturnToSender(peering), Outcome::Allows);
            return Ok(Stand::Peering(peering, id));
        }
        let subject = Subject::NoRoute(table);
        let found = self.internet_gateway_without_route(id).filter(|_| {
            !self.rules.internet_needs_route
                || !self.rules.replies_need_routes && self.leg == Leg::Reply
        });
        if let Some(gateway) = found {
            self.decide(subject, Outcome::Allows);
            return Ok(Stand::InternetGateway(gateway, id));
        }
        let place = Place::RouteTable(table, id);
        match self.likely_way(id) {
            Some(next) => self.block(place, subject, Cause::NoRoute).map(|()| next),
            None => Err(self.drop(place, subject, Cause::NoRoute)),
        }
    }

    /// The internet gateway by which a packet would leave if it needed no route.
    fn internet_gateway_without_route(&self, id: SubnetId) -> Option<InternetGatewayId> {
        let vpc = self.network.subnets[id].vpc;
        let sender = self.network.interface_in(vpc, self.packet.source);
        let public = sender.is_some_and(|it| self.network.interfaces[it].public_address.is_some());
        self.network
            .internet_gateway_of(vpc)
            .filter(|_| is_on_the_internet(self.packet.destination))
            .filter(|_| public || !self.rules.internet_needs_public_address)
    }

    /// The list at a subnet's edge. It remembers nothing: answers are looked at like anything else,
    /// and go to the client's ephemeral port
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>).
    pub(super) fn network_acl(&mut self, subnet: SubnetId, direction: Direction) -> Step<()> {
        let id = self.network.network_acl_of(subnet);
        let place = Place::NetworkAcl(id, subnet, direction);
        let reply = self.leg == Leg::Reply;
        if reply && !self.rules.network_acls_are_stateless {
            self.decide(Subject::TrackedConnection, Outcome::Allows);
            self.pass(place);
            return Ok(());
        }
        let packet = if reply && !self.rules.replies_go_to_ephemeral_ports {
            Packet { destination_port: self.packet.source_port, ..self.packet }
        } else {
            self.packet
        };
        let acl = &self.network.network_acls[id];
        let decided = acl.decide(direction, &packet, self.rules);
        let entries = if self.quiet { &[] } else { acl.entries(direction) };
        for entry in entries {
            let decisive = decided.is_some_and(|it| it.number == entry.number);
            let outcome = match entry.differs(direction, &packet) {
                _ if decisive && entry.action == AclAction::Allow => Outcome::Allows,
                _ if decisive => Outcome::Denies,
                _ if decided.is_some_and(|it| it.number < entry.number) => Outcome::NotReached,
                Some(field) => Outcome::NoMatch(field),
                None => Outcome::NotReached,
            };
            let subject = Subject::AclEntry(id, direction, entry.number);
            self.note(Check { subject, outcome, decisive });
        }
        let closing = Subject::AclDefault(id, direction);
        match decided {
            Some(entry) => {
                self.look(closing, Outcome::NotReached);
                if entry.action == AclAction::Deny {
                    self.stop(place, Cause::AclDenies(Some(entry.number)))?;
                }
            }
            None if !self.rules.empty_acls_deny && acl.entries(direction).is_empty() => {
                self.decide(closing, Outcome::Allows);
            }
            None => self.block(place, closing, Cause::AclDenies(None))?,
        }
        self.pass(place);
        Ok(())
    }
}
