//! In and out of interfaces: their checks, their groups, and who passes packets on.

use std::net::IpAddr;

use super::{End, Stand, Step, Translation, Walk};
use crate::{
    cloud::{
        AmazonService, Cause, Check, Direction, Field, Forwarding, InstanceState, InterfaceId,
        InterfaceKind, Leg, LoadBalancerKind, Outcome, Peer, Place, SecurityGroupRule,
        ServiceCause, ServiceSubject, Subject, SubnetId, Thing, TransitCause, VpcId,
    },
    net::{Cidr, Packet, Protocol},
};

impl Walk<'_> {
    /// Out of an interface: does it run, is the source its own, do its groups agree?
    pub(super) fn leave_interface(&mut self, id: InterfaceId) -> Step<Stand> {
        let place = Place::Interface(id, Direction::Egress);
        let Some(interface) = self.network.interfaces.get(id) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        self.running(id, place)?;
        if let InterfaceKind::Endpoint(_) = interface.kind
            && self.leg == Leg::Forward
        {
            // An endpoint only answers (https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html).
            return Err(self.drop(
                place,
                Subject::Service(ServiceSubject::Initiates(id)),
                Cause::Service(ServiceCause::EndpointInitiates),
            ));
        }
        if matches!(interface.kind, InterfaceKind::Instance(_))
            && interface.has(self.packet.source)
            && interface.has(self.packet.destination)
        {
            // To one of its own addresses: its system hands that over without the network.
            self.knock(self.listening(id));
            self.end_hop(place, None);
            return Ok(Stand::Received(End::Interface(id)));
        }
        self.source_dest_check(id, self.packet.source, place)?;
        let vpc = &self.network.vpcs[self.network.vpc_of(id)];
        if self.leg == Leg::Forward
            && let Some(service) = AmazonService::of(vpc, &self.packet)
        {
            self.decide(Subject::NeverFiltered(service), Outcome::Allows);
            self.pass(place);
            self.end_hop(Place::Amazon(service), None);
            return Ok(Stand::Received(End::Amazon(service, id)));
        }
        self.security_groups(id, Direction::Egress)?;
        self.pass(place);
        Ok(Stand::Inside(interface.subnet))
    }

    /// Into an interface: does the edge of its subnet let the packet in, do its groups agree, is it
    /// the destination?
    pub(super) fn enter_interface(
        &mut self,
        id: InterfaceId,
        from: Option<SubnetId>,
    ) -> Step<Stand> {
        let interface = &self.network.interfaces[id];
        let place = Place::Interface(id, Direction::Ingress);
        if from != Some(interface.subnet) {
            self.network_acl(interface.subnet, Direction::Ingress)?;
        }
        if interface.kind == InterfaceKind::NatGateway
            && let Some(gateway) = self.network.nat_gateway_of(id)
        {
            return self.return_through_nat(gateway, id);
        }
        self.security_groups(id, Direction::Ingress)?;
        self.source_dest_check(id, self.packet.destination, place)?;
        self.running(id, place)?;
        match interface.kind {
            InterfaceKind::LoadBalancer(balancer) => return self.balance(balancer, id),
            InterfaceKind::Endpoint(endpoint) => return self.through_endpoint(endpoint, id),
            InterfaceKind::Function(function) if self.leg == Leg::Forward => {
                // Calls come through Lambda's API, never to the interface
                // (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html).
                let subject = Subject::Service(ServiceSubject::FunctionDoor(function));
                return Err(self.drop(
                    place,
                    subject,
                    Cause::Service(ServiceCause::FunctionNotConnectable),
                ));
            }
            InterfaceKind::VpcLink(api) => return self.enter_vpc_link(api, id),
            _ => {}
        }
        if interface.has(self.packet.destination) && !self.undo_translation(id) {
            self.knock(self.listening(id));
            self.end_hop(place, None);
            return Ok(Stand::Received(End::Interface(id)));
        }
        self.forward(id, place)?;
        self.pass(place);
        Ok(Stand::Leaving(id))
    }

    /// Is it attached to something that runs?
    fn running(&mut self, id: InterfaceId, place: Place) -> Step<()> {
        let cause = match self.network.interfaces[id].kind {
            InterfaceKind::Instance(instance) => {
                match self.network.instances.get(instance).map(|it| it.state) {
                    Some(InstanceState::Running) => return Ok(()),
                    Some(InstanceState::Stopped) => Cause::InstanceNotRunning,
                    None => Cause::NotAttached,
                }
            }
            InterfaceKind::Unattached => Cause::NotAttached,
            InterfaceKind::NatGateway
            | InterfaceKind::LoadBalancer(_)
            | InterfaceKind::Endpoint(_)
            | InterfaceKind::Function(_)
            | InterfaceKind::Database(_)
            | InterfaceKind::Task(_)
            | InterfaceKind::VpcLink(_)
            | InterfaceKind::Service => return Ok(()),
        };
        self.block(place, Subject::InstanceState(id), cause)
    }

    /// An interface drops what is neither from nor to itself, unless the check is off
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
    fn source_dest_check(&mut self, id: InterfaceId, address: IpAddr, place: Place) -> Step<()> {
        let interface = &self.network.interfaces[id];
        let holds = !interface.source_dest_check || interface.has(address);
        self.require(holds, place, Subject::SourceDestCheck(id), Cause::SourceDestCheck)
    }

    /// The united rules of an interface's groups
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>). They guard it
    /// against its neighbours too. A NAT gateway has none
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>).
    fn security_groups(&mut self, id: InterfaceId, direction: Direction) -> Step<()> {
        let interface = &self.network.interfaces[id];
        if !self.is_guarded(interface.kind) {
            self.tracked.push((id, direction, self.packet));
            return Ok(());
        }
        if self.rules.security_groups_are_stateful && self.is_tracked(id, direction) {
            self.decide(Subject::TrackedConnection, Outcome::Allows);
            return Ok(());
        }
        if self.leg == Leg::Forward && self.established.contains(&(id, direction)) {
            self.decide(Subject::TrackedConnection, Outcome::Allows);
            self.tracked.push((id, direction, self.packet));
            return Ok(());
        }
        let mut admitted = false;
        let mut lost = None;
        for &group in &interface.security_groups {
            let Some(it) = self.network.security_groups.get(group) else { continue };
            for (place, rule) in it.rules(direction).iter().enumerate() {
                if admitted && self.quiet {
                    break;
                }
                // Groups do not survive an appliance in between; addresses do
                // (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
                let group_lost = direction == Direction::Ingress && self.through_appliance;
                let imports = || {
                    !self.rules.group_references_are_addresses
                        && rule.admits_by_import(self.network, direction, &self.packet)
                };
                let outcome = match rule.differs(self.network, it.vpc, direction, &self.packet) {
                    Some(_) if imports() => Outcome::Allows,
                    _ if self.is_introduced(rule, it.vpc, direction) => Outcome::Allows,
                    Some(field) => Outcome::NoMatch(field),
                    // Over `PrivateLink` an address is the client's, in its own VPC: whoever has it
                    // in this one is somebody else
                    // (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html).
                    None if self.over_private_link && rule.peer.is_group() => {
                        Outcome::NoMatch(Field::Address)
                    }
                    None if group_lost && rule.peer.is_group() => Outcome::GroupLost,
                    None if self.group_stays_behind(rule.peer, id, direction) => {
                        Outcome::GroupNotCarried
                    }
                    None => Outcome::Allows,
                };
                let first = outcome == Outcome::Allows && !admitted;
                admitted |= first;
                lost = lost.or(match outcome {
                    Outcome::GroupLost => Some(Cause::GroupNotPreserved),
                    Outcome::GroupNotCarried if direction == Direction::Ingress => {
                        Some(Cause::Transit(TransitCause::GroupReferencesOff))
                    }
                    _ => None,
                });
                let subject = Subject::SecurityGroupRule(group, direction, place);
                self.note(Check { subject, outcome, decisive: first });
            }
        }
        let far = self.packet.far_end(direction == Direction::Ingress);
        let unguarded = !self.rules.security_groups_guard_interfaces
            && self.network.subnets[interface.subnet].contains(far);
        let unguarded =
            unguarded || !self.rules.group_members_need_a_rule && self.shares_a_group(id, far);
        if !admitted && !unguarded {
            let place = Place::Interface(id, direction);
            let cause = lost.unwrap_or(Cause::NoSecurityGroupRule);
            self.block(place, Subject::NoSecurityGroupRule, cause)?;
        }
        self.tracked.push((id, direction, self.packet));
        Ok(())
    }

    /// Do groups stand before an interface? Not before a NAT gateway, a Gateway Load Balancer or its
    /// endpoints, nor before a Network Load Balancer that was made without
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>).
    fn is_guarded(&self, kind: InterfaceKind) -> bool {
        match kind {
            InterfaceKind::NatGateway => false,
            InterfaceKind::LoadBalancer(id) => {
                self.network.load_balancers.get(id).is_some_and(|it| {
                    // What it sends on did not come over `PrivateLink`: see `send_to_target`.
                    let spared = self.over_private_link && !it.guards_private_link;
                    let guarded = self.rules.network_load_balancers_have_groups
                        || it.kind != LoadBalancerKind::Network;
                    guarded && it.has_groups() && !spared
                })
            }
            InterfaceKind::Endpoint(id) => {
                self.rules.groups_guard_endpoints
                    && !self.network.is_gateway_load_balancer_endpoint(id)
            }
            _ => true,
        }
    }

    /// Does a rule name a group by which the connection is introduced?
    fn is_introduced(&self, rule: &SecurityGroupRule, vpc: VpcId, direction: Direction) -> bool {
        let Peer::Group(group) = rule.peer else { return false };
        if direction == Direction::Egress || !self.introduced.contains(&group) {
            return false;
        }
        let peer = Peer::Cidr(Cidr::host(self.packet.source));
        let rule = SecurityGroupRule { peer, ..rule.clone() };
        rule.differs(self.network, vpc, direction, &self.packet).is_none()
    }

    /// Does whoever has an address in the VPC carry a group of this interface?
    fn shares_a_group(&self, id: InterfaceId, far: IpAddr) -> bool {
        let network = self.network;
        network.interface_in(network.vpc_of(id), far).is_some_and(|far| {
            let theirs = &network.interfaces[far].security_groups;
            network.interfaces[id].security_groups.iter().any(|it| theirs.contains(it))
        })
    }

    /// Is it a group of another VPC, behind a transit gateway that does not carry references to
    /// groups? Where it does, inbound rules alone may name them
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>).
    fn group_stays_behind(&self, peer: Peer, id: InterfaceId, direction: Direction) -> bool {
        let Peer::Group(group) = peer else { return false };
        let own = self.network.vpc_of(id);
        let Some(group) = self.network.security_groups.get(group).filter(|it| it.vpc != own) else {
            return false;
        };
        match self.crossed.filter(|_| direction == Direction::Ingress) {
            Some((from, to)) => !self.network.carries_group_references(from, to),
            None => !self.network.knows_groups_by_itself(own, group.vpc),
        }
    }

    /// Did the interface's groups let the other direction of this connection pass?
    fn is_tracked(&self, id: InterfaceId, direction: Direction) -> bool {
        self.tracked.iter().any(|(interface, passed, packet)| {
            *interface == id && *passed != direction && self.packet.answers(packet)
        })
    }

    /// An instance passes on somebody else's packet, if its system does that.
    fn forward(&mut self, id: InterfaceId, place: Place) -> Step<()> {
        let interface = &self.network.interfaces[id];
        let forwarding = match interface.kind {
            InterfaceKind::Instance(instance) => self.network.instances[instance].forwarding,
            _ => Forwarding::Routes,
        };
        let forwards = forwarding != Forwarding::Off;
        self.require(forwards, place, Subject::Forwarding(id), Cause::NotForwarded)?;
        self.once(place)?;
        if forwarding == Forwarding::Inspects {
            self.inspect_flow(id, place)?;
        }
        self.through_appliance = true;
        self.introduced.clear();
        let vpc = &self.network.vpcs[self.network.vpc_of(id)];
        if forwarding == Forwarding::Translates
            && self.leg == Leg::Forward
            && !vpc.contains(self.packet.destination)
            && let Some(own) = interface.address_like(self.packet.destination)
        {
            self.translate(id, Packet { source: own, ..self.packet });
        }
        Ok(())
    }

    /// A stateful appliance remembers who asks, and passes on no answer to what it has not seen.
    pub(super) fn inspect_flow(&mut self, id: InterfaceId, place: Place) -> Step<()> {
        if self.leg == Leg::Forward {
            self.inspected.push((id, self.packet));
            return Ok(());
        }
        let packet = self.packet;
        let known = self.inspected.iter().any(|(by, seen)| *by == id && packet.answers(seen));
        self.require(known, place, Subject::KnownFlow(id), Cause::AsymmetricFlow)
    }

    /// Passing on the same header twice would go on for ever.
    pub(super) fn once(&mut self, place: Place) -> Step<()> {
        if self.forwarders.contains(&(place, self.packet)) {
            return Err(self.drop(place, Subject::Loop, Cause::Loop));
        }
        self.forwarders.push((place, self.packet));
        Ok(())
    }

    /// Gives the packet another header, and remembers what it was.
    pub(super) fn translate(&mut self, by: InterfaceId, after: Packet) {
        self.rewrite(Thing::Interface(by), after, false);
    }

    /// The same, for translators of every kind; see [`Translation::direct`].
    pub(super) fn rewrite(&mut self, by: Thing, after: Packet, direct: bool) {
        self.translated.push(Translation { by, before: self.packet, after, direct });
        self.packet = after;
    }

    /// Gives an answer back the address that a translator had replaced. Says whether it did.
    pub(super) fn undo_translation(&mut self, by: InterfaceId) -> bool {
        self.undo_rewrite(Thing::Interface(by))
    }

    pub(super) fn undo_rewrite(&mut self, by: Thing) -> bool {
        if self.leg == Leg::Forward {
            return false;
        }
        let packet = self.packet;
        let known = |it: &Translation| it.by == by && packet.answers(&it.after);
        let Some(last) = self.translated.iter().rposition(known) else { return false };
        // Undone once: where networks overlap, a header may look the same before and after, and would
        // be taken for an answer again.
        let before = self.translated.remove(last).before;
        self.packet.destination = before.source;
        self.packet.source = before.destination;
        // NAT64 changes the family, and with it the name of ping.
        if self.packet.protocol.is_icmp() {
            let six = before.source.is_ipv6();
            self.packet.protocol = if six { Protocol::ICMPV6 } else { Protocol::ICMP };
        }
        if packet.protocol.has_ports() {
            self.packet.destination_port = before.source_port;
            self.packet.source_port = before.destination_port;
        }
        true
    }
}
