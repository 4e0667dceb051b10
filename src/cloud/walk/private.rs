//! Ways that need no internet: to peered VPCs, and to services through gateway endpoints.

use std::net::IpAddr;

use super::{End, Stand, Step, Walk};
use crate::cloud::{
    Cause, Direction, EndpointPolicy, GatewayEndpointId, InterfaceKind, Leg, Listening, Outcome,
    PeeringId, Place, Subject, SubnetId, VpcId, gateway_endpoint,
};

impl Walk<'_> {
    /// To the other end of a peering. It carries what is from one VPC's own blocks and to the
    /// other's: nothing goes on from there, neither to a third VPC nor through a gateway
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).
    pub(super) fn cross_peering(&mut self, id: PeeringId, from: SubnetId) -> Step<Stand> {
        let network = self.network;
        let place = Place::Peering(id);
        let near = network.subnets[from].vpc;
        let Some(far) = network.peerings[id].other_end(near) else {
            let subject = Subject::PeeredAddresses(id);
            return Err(self.drop(place, subject, Cause::PeeringAddress));
        };
        let (source, to) = (self.packet.source, self.packet.destination);
        let far = if self.rules.peerings_join_two { far } else { self.behind_peer(far) };
        if !(network.vpcs[near].contains(source) && network.vpcs[far].contains(to)) {
            if let Some(endpoint) = self.endpoint_for_neighbours(far) {
                self.decide(Subject::PeeredAddresses(id), Outcome::Allows);
                self.pass(place);
                return Ok(Stand::GatewayEndpoint(endpoint));
            }
            let subject = Subject::PeeredAddresses(id);
            return Err(self.drop(place, subject, Cause::PeeringAddress));
        }
        let Some(owner) = network.interface_in(far, to) else {
            self.look(Subject::PeeredAddresses(id), Outcome::Allows);
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        let by_nat = network
            .interface_in(near, source)
            .is_some_and(|it| network.interfaces[it].kind == InterfaceKind::NatGateway);
        if by_nat && self.leg == Leg::Forward {
            self.return_to_sender = Some((id, self.packet));
        }
        self.decide(Subject::PeeredAddresses(id), Outcome::Allows);
        self.pass(place);
        Ok(Stand::Entering(owner, None))
    }

    /// The VPC beyond a peer that has the destination: for those who believe that a peering leads
    /// there.
    fn behind_peer(&self, peer: VpcId) -> VpcId {
        let network = self.network;
        if network.vpcs[peer].contains(self.packet.destination) {
            return peer;
        }
        let beyond = network.vpcs.find(|id, it| {
            it.contains(self.packet.destination) && network.reaches_privately(peer, id)
        });
        beyond.unwrap_or(peer)
    }

    /// The gateway endpoint of a VPC by which somebody outside it would get to the destination: for
    /// those who believe that it serves neighbours too.
    pub(super) fn endpoint_for_neighbours(&self, vpc: VpcId) -> Option<GatewayEndpointId> {
        if self.rules.gateway_endpoints_serve_their_vpc || self.leg == Leg::Reply {
            return None;
        }
        let to = self.packet.destination;
        self.network.gateway_endpoints.find(|_, it| {
            let list = self.network.prefix_lists.get(it.list);
            it.vpc == vpc && list.is_some_and(|it| it.contains(to))
        })
    }

    /// To a service through its gateway endpoint. The source stays private
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).
    pub(super) fn leave_through_endpoint(&mut self, id: GatewayEndpointId) -> Step<Stand> {
        let place = Place::GatewayEndpoint(id, Direction::Egress);
        if !gateway_endpoint::carries(&self.packet) {
            let subject = Subject::EndpointProtocol(id);
            return Err(self.drop(place, subject, Cause::EndpointProtocol));
        }
        self.look(Subject::EndpointProtocol(id), Outcome::Allows);
        let endpoint = &self.network.gateway_endpoints[id];
        let own = self.network.interface_in(endpoint.vpc, self.packet.source).is_some()
            || !self.rules.gateway_endpoints_serve_their_vpc;
        self.require(own, place, Subject::EndpointSender(id), Cause::EndpointOutsider)?;
        let allowed = endpoint.policy == EndpointPolicy::Allows;
        self.require(allowed, place, Subject::EndpointPolicy(id), Cause::EndpointPolicy)?;
        self.pass(place);
        let to = self.packet.destination;
        match (self.network.service_at(to), self.network.host_at(to)) {
            (Some(id), _) => self.knock(&self.network.services[id].kind.listening()),
            (None, Some(id)) => self.knock(&self.network.hosts[id].listening),
            (None, None) => self.knock(&Listening::Everywhere),
        }
        self.end_hop(self.behind_endpoint(to), None);
        Ok(Stand::Received(End::BehindEndpoint(to, id)))
    }

    /// Where an address behind a gateway endpoint is: at the service whose it is, when somebody
    /// said so.
    fn behind_endpoint(&self, address: IpAddr) -> Place {
        let host = || Place::Internet(address, self.network.host_at(address));
        self.network.service_at(address).map_or_else(host, Place::Service)
    }

    /// A service answers through the endpoint by which it was asked, and by no other way.
    pub(super) fn leave_service(&mut self, address: IpAddr, id: GatewayEndpointId) -> Step<Stand> {
        self.pass(self.behind_endpoint(address));
        let place = Place::GatewayEndpoint(id, Direction::Ingress);
        let vpc = self.network.gateway_endpoints[id].vpc;
        let to = self.packet.destination;
        // Back to a neighbour, for those who believe that the endpoint serves it, and where the walk
        // goes on behind what stops the request.
        let sender = match self.sender {
            Some(End::Interface(id)) => Some(id),
            _ => None,
        };
        let neighbour = sender.filter(|it| self.network.interfaces[*it].has(to));
        if let Some(End::OnPremises(site, address)) = self.sender
            && address == to
        {
            self.pass(place);
            return Ok(Stand::OnPremises(site));
        }
        let Some(owner) = self.network.interface_in(vpc, to).or(neighbour) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        self.pass(place);
        Ok(Stand::Entering(owner, None))
    }
}
