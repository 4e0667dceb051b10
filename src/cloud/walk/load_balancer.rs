//! Through load balancers: from a node's listener to one of its targets.

use std::net::IpAddr;

use super::{End, Stand, Step, Walk};
use crate::{
    cloud::{
        Cause, Check, Direction, Field, Forwarding, Health, InterfaceId, InterfaceKind, Leg,
        LoadBalancer, LoadBalancerId, LoadBalancerKind, Outcome, Place, Registered, Registration,
        Scheme, ServiceCause, ServiceSubject, Subject, TargetGroupId, Thing, Vpc, VpcId,
        nat_gateway::FIRST_PORT,
    },
    net::{Packet, Protocol},
};

/// A target, and what speaks against it.
struct Candidate {
    group: TargetGroupId,
    place: usize,
    registration: Registration,
    against: Option<Field>,
}

impl Walk<'_> {
    /// At a node of a load balancer: a request goes on to a target, an answer to the client.
    ///
    /// A proxy opens a connection of its own, so the target sees the node's private address
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>).
    /// A Network Load Balancer may keep the client's address; then answers come straight back to it
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html>).
    pub(super) fn balance(&mut self, id: LoadBalancerId, node: InterfaceId) -> Step<Stand> {
        let at_node = Place::Interface(node, Direction::Ingress);
        let place = Place::LoadBalancer(id, node);
        let mine = self.network.interfaces[node].has(self.packet.destination);
        if self.leg == Leg::Reply || self.tunnelled {
            let answer = self.packet;
            if !self.tunnelled && self.undo_translation(node) {
                let rewritten = std::mem::replace(&mut self.packet, answer);
                self.pass(at_node);
                self.packet = rewritten;
                self.decide(
                    Subject::Service(ServiceSubject::BalancedConnection(id)),
                    Outcome::Allows,
                );
                self.pass(place);
                return Ok(Stand::Leaving(node));
            }
            // An answer to a health check.
            if mine {
                self.end_hop(at_node, None);
                return Ok(Stand::Received(End::Interface(node)));
            }
        }
        let Some(balancer) = self.network.load_balancers.get(id).filter(|_| mine) else {
            return Err(self.drop(at_node, Subject::Owner, Cause::NoOwner));
        };
        self.pass(at_node);
        let packet = self.packet;
        let listener = balancer.listeners.iter().position(|it| {
            it.port == packet.destination_port && it.protocol.carries(packet.protocol)
        });
        for place in 0..balancer.listeners.len() {
            let outcome = match listener {
                Some(it) if it == place => Outcome::Allows,
                _ if !balancer.listeners[place].protocol.carries(packet.protocol) => {
                    Outcome::NoMatch(Field::Protocol)
                }
                _ => Outcome::NoMatch(Field::Port),
            };
            self.look(Subject::Service(ServiceSubject::Listener(id, place)), outcome);
        }
        let Some(listener) = listener else {
            let cause = match balancer.kind {
                LoadBalancerKind::Classic => ServiceCause::NoClassicListener,
                _ => ServiceCause::NoListener,
            };
            let subject = Subject::Service(ServiceSubject::NoListener(id));
            return Err(self.drop(place, subject, Cause::Service(cause)));
        };
        let (group, registration) =
            self.pick_target(id, node, &balancer.listeners[listener].target_groups, place)?;
        self.send_to_target(id, node, group, &registration)
    }

    /// Chooses a target for a node.
    ///
    /// Targets in zones that are not enabled get nothing, those in other zones than the node's only
    /// when it may send there, and unhealthy ones only when all are
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>).
    fn pick_target(
        &mut self,
        id: LoadBalancerId,
        node: InterfaceId,
        groups: &[TargetGroupId],
        place: Place,
    ) -> Step<(TargetGroupId, Registration)> {
        let network = self.network;
        let mut candidates = Vec::new();
        for &group in groups {
            let targets = network.target_groups.get(group).map_or(&[][..], |it| &it.targets);
            candidates.extend(targets.iter().enumerate().map(|(place, &registration)| Candidate {
                group,
                place,
                registration,
                against: None,
            }));
        }
        if candidates.is_empty() {
            return Err(self.drop(
                place,
                Subject::Service(ServiceSubject::NoTarget(id)),
                Cause::Service(ServiceCause::NoTargets),
            ));
        }
        self.by_zone(id, node, place, &mut candidates)?;
        self.by_health(node, &mut candidates);

        let fit: Vec<usize> =
            (0..candidates.len()).filter(|it| candidates[*it].against.is_none()).collect();
        let taken = if fit.is_empty() { None } else { Some(self.choose(fit.len())) };
        for (number, candidate) in candidates.iter().enumerate() {
            let turn = fit.iter().position(|it| *it == number);
            let outcome = match (candidate.against, turn, taken) {
                (Some(field), ..) => Outcome::NoMatch(field),
                (None, Some(turn), Some(taken)) if turn == taken => Outcome::Allows,
                // It was tried, and the packet did not come back.
                (None, Some(turn), Some(taken)) if turn < taken => Outcome::Denies,
                _ => Outcome::NotReached,
            };
            let decisive = outcome == Outcome::Allows;
            let subject =
                Subject::Service(ServiceSubject::Target(candidate.group, candidate.place));
            self.note(Check { subject, outcome, decisive });
        }
        let Some(taken) = taken else {
            return Err(self.drop(
                place,
                Subject::Service(ServiceSubject::NoTarget(id)),
                Cause::Service(ServiceCause::NoTargetInService),
            ));
        };
        let candidate = &candidates[fit[taken]];
        Ok((candidate.group, candidate.registration))
    }

    fn by_zone(
        &mut self,
        id: LoadBalancerId,
        node: InterfaceId,
        place: Place,
        candidates: &mut [Candidate],
    ) -> Step<()> {
        let network = self.network;
        let enabled: Vec<_> = network.enabled_zones(id).collect();
        let here = network.zone_of(node).map(|it| &it.zone);
        let zone = |it: &Candidate| {
            network.zone_of_target(&network.target_groups[it.group], it.registration.target)
        };
        let out = |it: &Candidate| zone(it).is_some_and(|it| !enabled.contains(&it));
        if candidates.iter().all(out) {
            return self.block(
                place,
                Subject::Service(ServiceSubject::NoTarget(id)),
                Cause::Service(ServiceCause::TargetZoneNotEnabled),
            );
        }
        let far = |it: &Candidate| {
            zone(it).is_some_and(|it| Some(it) != here)
                && !network.crosses_zones(id, it.group)
                && self.rules.zones_are_crossed_where_told
        };
        for candidate in candidates.iter_mut() {
            if out(candidate) {
                candidate.against = Some(Field::Zone);
            }
        }
        if candidates.iter().all(|it| it.against.is_some() || far(it)) {
            let own = candidates
                .iter()
                .any(|it| network.target_groups[it.group].cross_zone == Some(false) && far(it));
            let cause = if own {
                Cause::Service(ServiceCause::NoTargetsInZone)
            } else {
                Cause::Service(ServiceCause::NotCrossZone)
            };
            return self.block(place, Subject::Service(ServiceSubject::NoTarget(id)), cause);
        }
        for candidate in candidates.iter_mut() {
            if far(candidate) {
                candidate.against = Some(Field::Zone);
            }
        }
        Ok(())
    }

    fn by_health(&mut self, node: InterfaceId, candidates: &mut [Candidate]) {
        // Where there is nobody else to choose, health makes no difference but for who leaves; for
        // those who believe that the unhealthy get nothing it does.
        let alone = candidates.iter().filter(|it| it.against.is_none()).count() == 1
            && self.rules.all_unhealthy_means_all;
        let (network, rules, depth) = (self.network, self.rules, self.depth);
        let health: Vec<Option<Health>> = candidates
            .iter()
            .map(|it| match it.registration.health {
                _ if it.against.is_some() => None,
                Some(health) => Some(health),
                None if alone => Some(Health::Healthy),
                None => Some(network.health_at(
                    it.group,
                    &it.registration,
                    node,
                    rules,
                    depth,
                    &mut self.known,
                )),
            })
            .collect();
        for (number, candidate) in candidates.iter_mut().enumerate() {
            let Some(own) = health[number] else { continue };
            let any_healthy =
                health.contains(&Some(Health::Healthy)) || !self.rules.all_unhealthy_means_all;
            if own == Health::Draining || own == Health::Unhealthy && any_healthy {
                candidate.against = Some(Field::Health);
            }
        }
    }

    /// The packet as it leaves a node for its target.
    fn send_to_target(
        &mut self,
        id: LoadBalancerId,
        node: InterfaceId,
        group_id: TargetGroupId,
        registration: &Registration,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::LoadBalancer(id, node);
        let group = &network.target_groups[group_id];
        if let Registered::Function(function) = registration.target {
            if network.functions.get(function).is_none() {
                return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
            }
            self.pass(place);
            self.end_hop(Place::Function(function), None);
            // The load balancer invokes it, and answers for it.
            self.front_door = Some(node);
            return Ok(Stand::Received(End::Function(function)));
        }
        let address = match registration.target {
            Registered::LoadBalancer(behind) => self.node_address(behind, node),
            target => network.target_address(group, target),
        };
        let own = address.and_then(|it| network.interfaces[node].address_like(it));
        let (Some(address), Some(own)) = (address, own) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        let to_target = Packet {
            destination: address,
            destination_port: group.port_of(registration),
            ..self.packet
        };
        if !self.rules.targets_need_no_public_address
            && network.load_balancers[id].scheme == Scheme::InternetFacing
            && network
                .interface_in(group.vpc, address)
                .is_some_and(|it| network.interfaces[it].public_address.is_none())
        {
            // Never in AWS's world: nobody asks for the target's public address.
            return Err(self.drop(place, Subject::Owner, Cause::NoPublicAddress));
        }
        let kept = network.load_balancers[id].kind == LoadBalancerKind::Network
            && group.preserves_client_ip()
            && self.rules.network_load_balancers_keep_clients;
        let keeps = (kept || !self.rules.load_balancers_speak_for_themselves)
            && self.packet.source.is_ipv4() == address.is_ipv4()
            && !self.over_private_link;
        self.once(place)?;
        self.over_private_link = false;
        self.introduced.clear();
        if keeps {
            self.keeps_client_ip(id, group_id, address, place)?;
            self.introduced = network.interfaces[node].security_groups.clone();
            self.rewrite(Thing::Interface(node), to_target, true);
            // Its target knows the client by its address alone, not by its groups
            // (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html).
            self.through_appliance = true;
        } else {
            let after = Packet { source: own, source_port: FIRST_PORT, ..to_target };
            self.rewrite(Thing::Interface(node), after, false);
            self.through_appliance = false;
        }
        self.pass(place);
        Ok(Stand::Leaving(node))
    }

    /// Where the client's address is kept, the packet must go to its target directly, in the VPC or
    /// in one that is peered with it, and the target must be somebody else than the client
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html>,
    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html>).
    fn keeps_client_ip(
        &mut self,
        id: LoadBalancerId,
        group: TargetGroupId,
        address: IpAddr,
        place: Place,
    ) -> Step<()> {
        let subject = Subject::Service(ServiceSubject::ClientIp(group));
        if address == self.packet.source {
            return Err(self.drop(place, subject, Cause::Service(ServiceCause::Hairpin)));
        }
        let vpc = self.network.load_balancers[id].vpc;
        let owner =
            self.network.interface_in(vpc, address).map(|it| self.network.interfaces[it].kind);
        let relay = match owner {
            Some(InterfaceKind::Endpoint(_)) => true,
            Some(InterfaceKind::LoadBalancer(other)) => {
                self.network.load_balancers.get(other).map(|it| it.kind)
                    == Some(LoadBalancerKind::Network)
            }
            _ => false,
        };
        self.require(
            self.is_near(vpc, address) && !relay,
            place,
            subject,
            Cause::Service(ServiceCause::ClientIpNotPreservable),
        )
    }

    /// Is the address in the VPC, or in one of the Region that is peered with it?
    fn is_near(&self, vpc: VpcId, address: IpAddr) -> bool {
        let network = self.network;
        let near = |(other, it): (_, &Vpc)| {
            it.contains(address) && network.knows_groups_by_itself(vpc, other)
        };
        network.vpcs.iter().any(near)
    }

    /// The private address of a node of a load balancer, for somebody in a subnet: in the same zone
    /// if there is one.
    fn node_address(&mut self, id: LoadBalancerId, near: InterfaceId) -> Option<IpAddr> {
        let nodes = self.network.load_balancers.get(id).map_or(&[][..], |it| &it.nodes);
        let node = self.one_of(nodes, Some(near))?;
        self.network.interfaces.get(node)?.private_ipv4()
    }

    /// One of several interfaces that serve the same: each in turn, those of the asker's zone first.
    pub(super) fn one_of(
        &mut self,
        interfaces: &[InterfaceId],
        near: Option<InterfaceId>,
    ) -> Option<InterfaceId> {
        let zone = near.and_then(|it| self.network.zone_of(it)).map(|it| &it.zone);
        let elsewhere = |it: &InterfaceId| self.network.zone_of(*it).map(|it| &it.zone) != zone;
        let mut sorted = interfaces.to_vec();
        if zone.is_some() {
            sorted.sort_by_key(elsewhere);
        }
        if sorted.is_empty() {
            return None;
        }
        let choice = self.choose(sorted.len());
        Some(sorted[choice])
    }

    /// An endpoint for inspection in a zone where the load balancer is not. One of which nothing is
    /// known but that it is there lets everything through.
    fn without_node(&mut self, balancer: &LoadBalancer, endpoint: InterfaceId) -> Step<()> {
        let InterfaceKind::Endpoint(id) = self.network.interfaces[endpoint].kind else {
            return Ok(());
        };
        if balancer.nodes.is_empty() {
            return Ok(());
        }
        Err(self.drop(
            Place::Endpoint(id, endpoint),
            Subject::Service(ServiceSubject::EndpointState(id)),
            Cause::Service(ServiceCause::EndpointServiceNotInZone),
        ))
    }

    /// A packet goes through an appliance behind a Gateway Load Balancer, as it is, inside a packet
    /// of the load balancer's own: GENEVE, UDP at port 6081. An endpoint hands it to the node of its
    /// own zone
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html>).
    pub(super) fn inspect(&mut self, id: LoadBalancerId, endpoint: InterfaceId) -> Step<()> {
        const GENEVE: u16 = 6081;
        let network = self.network;
        let Some(balancer) = network.load_balancers.get(id) else { return Ok(()) };
        let here = network.zone_of(endpoint).map(|it| &it.zone);
        let near = |it: &InterfaceId| {
            balancer.cross_zone || network.zone_of(*it).map(|it| &it.zone) == here
        };
        let nodes: Vec<_> = balancer.nodes.iter().copied().filter(near).collect();
        let Some(node) = self.one_of(&nodes, Some(endpoint)) else {
            return self.without_node(balancer, endpoint);
        };
        let place = Place::LoadBalancer(id, node);
        let groups: Vec<_> =
            balancer.listeners.iter().flat_map(|it| it.target_groups.iter().copied()).collect();
        if balancer.listeners.is_empty() {
            return Err(self.drop(
                place,
                Subject::Service(ServiceSubject::NoListener(id)),
                Cause::Service(ServiceCause::NoListener),
            ));
        }
        let (group, registration) = self.pick_target(id, node, &groups, place)?;
        let vpc = network.target_groups[group].vpc;
        let address = network.target_address(&network.target_groups[group], registration.target);
        let appliance = address.and_then(|it| network.interface_in(vpc, it));
        let own = network.interfaces[node].private_ipv4();
        let (Some(address), Some(appliance), Some(own)) = (address, appliance, own) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        let inner = self.packet;
        self.pass(place);
        let there = Packet {
            protocol: Protocol::UDP,
            source: own,
            source_port: super::Probe::SOURCE_PORT,
            destination: address,
            destination_port: GENEVE,
            tcp: None,
            icmp: None,
        };
        // The way to an appliance may lead through another.
        let outer = std::mem::replace(&mut self.tunnelled, true);
        for (packet, from, to) in [(there, node, appliance), (there.swapped(), appliance, node)] {
            self.packet = packet;
            self.packet_in = packet;
            if self.go_on(&mut Stand::Leaving(from))? != End::Interface(to) {
                return Err(self.misdirected());
            }
        }
        self.tunnelled = outer;
        self.packet = inner;
        self.packet_in = inner;
        if let InterfaceKind::Instance(instance) = network.interfaces[appliance].kind
            && network.instances[instance].forwarding == Forwarding::Inspects
        {
            self.inspect_flow(appliance, Place::Interface(appliance, Direction::Ingress))?;
        }
        self.through_appliance = true;
        self.introduced.clear();
        Ok(())
    }
}
