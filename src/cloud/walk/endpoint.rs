//! Through interface endpoints: to a service of AWS's, to one that somebody offers, or through a
//! Gateway Load Balancer.

use super::{End, Stand, Step, Walk};
use crate::cloud::{
    Cause, Direction, EndpointPolicy, EndpointServiceId, EndpointTo, InterfaceEndpointId,
    InterfaceId, InterfaceKind, Leg, Named, Outcome, Place, ServiceCause, ServiceKind,
    ServiceSubject, Subject, Thing, interface_endpoint::carries,
};

impl Walk<'_> {
    /// A request at the interface of an endpoint. Answers are for nobody here: an endpoint starts
    /// nothing.
    pub(super) fn through_endpoint(
        &mut self,
        id: InterfaceEndpointId,
        interface: InterfaceId,
    ) -> Step<Stand> {
        let at_interface = Place::Interface(interface, Direction::Ingress);
        let place = Place::Endpoint(id, interface);
        let Some(endpoint) = self.network.interface_endpoints.get(id) else {
            return Err(self.drop(at_interface, Subject::Owner, Cause::NoOwner));
        };
        let for_inspection = self.network.is_gateway_load_balancer_endpoint(id);
        let mine = self.network.interfaces[interface].has(self.packet.destination);
        if mine == for_inspection {
            return Err(self.drop(at_interface, Subject::Owner, Cause::NoOwner));
        }
        if self.leg == Leg::Reply && !for_inspection {
            // Where networks overlap, an answer may find the way: it ends here.
            self.end_hop(at_interface, None);
            return Ok(Stand::Received(End::Interface(interface)));
        }
        self.pass(at_interface);
        let state = Subject::Service(ServiceSubject::EndpointState(id));
        self.require(
            endpoint.accepted,
            place,
            state,
            Cause::Service(ServiceCause::EndpointNotAccepted),
        )?;
        if !for_inspection {
            let carried = carries(endpoint.to, self.packet.protocol);
            let subject = Subject::Service(ServiceSubject::InterfaceEndpointProtocol(id));
            self.require(
                carried,
                place,
                subject,
                Cause::Service(ServiceCause::InterfaceEndpointProtocol),
            )?;
            let allowed = endpoint.policy == EndpointPolicy::Allows;
            let subject = Subject::Service(ServiceSubject::InterfaceEndpointPolicy(id));
            self.require(
                allowed,
                place,
                subject,
                Cause::Service(ServiceCause::EndpointPolicyDenies),
            )?;
        }
        match endpoint.to {
            EndpointTo::Service(service) => {
                if let Some(Named::Api(api)) = self.meant
                    && self.network.services[service].kind == ServiceKind::ExecuteApi
                {
                    self.door = Some(interface);
                    self.pass(place);
                    return Ok(Stand::Front(Thing::Api(api)));
                }
                self.door = Some(interface);
                self.pass(place);
                self.knock(&self.network.services[service].kind.listening());
                self.end_hop(Place::Service(service), None);
                Ok(Stand::Received(End::Service(service)))
            }
            EndpointTo::Offered(service) if for_inspection => {
                self.inspect_for(id, interface, service)
            }
            EndpointTo::Offered(service) => self.enter_offered(id, interface, service),
        }
    }

    /// To the Network Load Balancer behind an offered service, in the zone of the endpoint. Its
    /// groups see the client's private address; its targets see the load balancer's own
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>).
    fn enter_offered(
        &mut self,
        id: InterfaceEndpointId,
        interface: InterfaceId,
        service: EndpointServiceId,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::Endpoint(id, interface);
        let here = network.zone_of(interface).map(|it| it.zone.clone());
        let mut nodes = Vec::new();
        for balancer in &network.endpoint_services[service].load_balancers {
            let Some(balancer) = network.load_balancers.get(*balancer) else { continue };
            nodes.extend(balancer.nodes.iter().copied().filter(|it| {
                balancer.cross_zone || network.zone_of(*it).map(|it| it.zone.clone()) == here
            }));
        }
        let node = self.one_of(&nodes, Some(interface));
        let Some(node) = node else {
            let subject = Subject::Service(ServiceSubject::EndpointState(id));
            return Err(self.drop(
                place,
                subject,
                Cause::Service(ServiceCause::EndpointServiceNotInZone),
            ));
        };
        // It is asked over the family over which the endpoint was.
        let six = self.packet.destination.is_ipv6();
        let mut own = network.interfaces[node].addresses.iter().copied();
        let Some(address) = own.find(|it| it.is_ipv6() == six) else {
            return Err(self.drop(place, Subject::AddressFamily, Cause::AddressFamily));
        };
        let after = crate::net::Packet { destination: address, ..self.packet };
        self.rewrite(Thing::Interface(interface), after, true);
        self.over_private_link = true;
        self.pass(place);
        Ok(Stand::Entering(node, Some(network.interfaces[node].subnet)))
    }

    /// Through a Gateway Load Balancer, and on by the routes of the endpoint's own subnet. IPv6 is for
    /// those that have it
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/load-balancer-ip-address-type.html>).
    fn inspect_for(
        &mut self,
        id: InterfaceEndpointId,
        interface: InterfaceId,
        service: EndpointServiceId,
    ) -> Step<Stand> {
        let place = Place::Endpoint(id, interface);
        self.once(place)?;
        let row = &self.network.interface_endpoints[id];
        if self.packet.destination.is_ipv6() && !row.address_type.has_ipv6() {
            self.block(place, Subject::AddressFamily, Cause::AddressFamily)?;
        }
        self.pass(place);
        let balancers = &self.network.endpoint_services[service].load_balancers;
        if let Some(&balancer) = balancers.first() {
            self.inspect(balancer, interface)?;
        }
        self.pass(place);
        Ok(Stand::Inside(self.network.interfaces[interface].subnet))
    }

    /// Who gets an answer without a route: the translator that brought the request directly.
    pub(super) fn comes_straight_back(&self) -> Option<Thing> {
        if self.leg == Leg::Forward {
            return None;
        }
        let found =
            self.translated.iter().rev().find(|it| it.direct && self.packet.answers(&it.after));
        let by = found.map(|it| it.by)?;
        let by_route = !self.rules.answers_return_through_balancers
            && matches!(by, Thing::Interface(node) if matches!(
                self.network.interfaces[node].kind,
                InterfaceKind::LoadBalancer(_)
            ));
        (!by_route).then_some(by)
    }

    /// An answer comes back to a translator, which gives it its old header.
    pub(super) fn return_to(&mut self, by: Thing) -> Step<Stand> {
        if !self.undo_rewrite(by) {
            return Err(self.misdirected());
        }
        match by {
            Thing::Interface(interface) => {
                if let InterfaceKind::Endpoint(id) = self.network.interfaces[interface].kind {
                    self.decide(
                        Subject::Service(ServiceSubject::EndpointState(id)),
                        Outcome::Allows,
                    );
                    self.pass(Place::Endpoint(id, interface));
                }
                Ok(Stand::Leaving(interface))
            }
            front => Ok(Stand::Front(front)),
        }
    }
}
