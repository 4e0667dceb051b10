//! Names, and the doors of AWS's own network: services, functions, APIs, distributions.

use std::net::IpAddr;

use super::{End, Stand, Step, Walk};
use crate::{
    cloud::{
        ApiId, ApiKind, Cause, CdnOrigin, Direction, DistributionId, FunctionId, Integration,
        InterfaceId, Leg, LoadBalancerId, Named, Outcome, Place, Scheme, Service, ServiceCause,
        ServiceId, ServiceKind, ServiceSubject, Subject, Thing,
        distribution::{self, SERVICE_GROUP},
        nat_gateway::FIRST_PORT,
    },
    net::Packet,
};

impl Walk<'_> {
    // ---- names

    /// Who sends under a name.
    pub(super) fn named_sender(&mut self, named: Named) -> (End, Place) {
        let network = self.network;
        let interfaces: &[InterfaceId] = match named {
            Named::LoadBalancer(id) => network.load_balancers.get(id).map_or(&[], |it| &it.nodes),
            Named::Endpoint(id) => {
                network.interface_endpoints.get(id).map_or(&[], |it| &it.interfaces)
            }
            Named::Function(id) => network.functions.get(id).map_or(&[], |it| &it.interfaces),
            Named::Service(_) | Named::Api(_) | Named::Distribution(_) => &[],
        };
        if let Some(id) = self.one_of(interfaces, None) {
            return (End::Interface(id), Place::Interface(id, Direction::Egress));
        }
        if let Named::Function(id) = named {
            return (End::Function(id), Place::Function(id));
        }
        // Services ask from their public addresses, like anybody on the internet.
        let address = match named {
            Named::Service(id) => network.services.get(id).and_then(Service::address),
            Named::Api(id) => network.apis.get(id).and_then(|it| it.address.map(IpAddr::V4)),
            Named::Distribution(id) => {
                network.distributions.get(id).map(|it| IpAddr::V4(it.origin_facing))
            }
            _ => None,
        };
        let address = address.unwrap_or(crate::cloud::Network::INTERNET);
        (End::Internet(address, None), Place::Internet(address, None))
    }

    /// The address that a name has for a sender.
    pub(super) fn resolve(
        &mut self,
        sender: End,
        place: Place,
        named: Named,
        sources: &[IpAddr],
    ) -> Step<IpAddr> {
        self.meant = Some(named);
        let network = self.network;
        let asker = match sender {
            End::Interface(id) => Some(id),
            _ => None,
        };
        let records = match named {
            Named::LoadBalancer(id) => self.balancer_addresses(id, asker),
            Named::Service(id) => self.service_addresses(id, asker),
            Named::Endpoint(id) => {
                let interfaces =
                    network.interface_endpoints.get(id).map_or(&[][..], |it| &it.interfaces);
                let one = self.one_of(interfaces, asker);
                one.map_or_else(Vec::new, |it| network.endpoint_records(it, false))
            }
            Named::Function(_) => match self.service_of_kind(ServiceKind::Lambda) {
                Some(id) => self.service_addresses(id, asker),
                None => ServiceKind::Lambda.made_up_range().nth(10).into_iter().collect(),
            },
            Named::Api(id) => {
                let api = network.apis.get(id);
                let inside = self
                    .service_of_kind(ServiceKind::ExecuteApi)
                    .and_then(|it| self.private_addresses(it, asker));
                // In a VPC with a private name for `execute-api`, the names of public APIs lead to
                // the endpoint too
                // (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html).
                let public = api.and_then(|it| it.address.map(IpAddr::V4));
                let found = inside.unwrap_or_else(|| public.into_iter().collect());
                if found.is_empty() {
                    return Err(self.drop(
                        place,
                        Subject::Service(ServiceSubject::ApiDoor(id)),
                        Cause::Service(ServiceCause::PrivateApi),
                    ));
                }
                found
            }
            Named::Distribution(id) => {
                let front = network.distributions.get(id);
                front.map_or_else(Vec::new, |it| it.addresses().to_vec())
            }
        };
        let speaks = |it: &&IpAddr| sources.iter().any(|own| own.is_ipv4() == it.is_ipv4());
        let Some(&address) = records.iter().find(speaks).or(records.first()) else {
            return Err(self.nobody(place));
        };
        // A name that has IPv4 addresses alone is one for DNS64.
        let vpc = asker.map(|it| &network.vpcs[network.vpc_of(it)]);
        if records.iter().all(IpAddr::is_ipv4) || vpc.is_some_and(|it| !it.dns_support) {
            return self.answered(sender, place, address, sources);
        }
        Ok(address)
    }

    /// A load balancer for the internet has public addresses under its name, inside its VPC too; an
    /// internal one private addresses, everywhere. With IPv6 the name has such addresses beside
    /// them, and a client takes one that it can speak to
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>).
    fn balancer_addresses(
        &mut self,
        id: LoadBalancerId,
        asker: Option<InterfaceId>,
    ) -> Vec<IpAddr> {
        let Some(balancer) = self.network.load_balancers.get(id) else { return Vec::new() };
        let node = self.one_of(&balancer.nodes, asker);
        let node = node.and_then(|it| self.network.interfaces.get(it));
        let Some(node) = node else { return Vec::new() };
        let public = node.public_address.map(|it| IpAddr::V4(it.address));
        let four = match balancer.scheme {
            // Without public IPv4 addresses the name has IPv6 ones alone.
            Scheme::InternetFacing => public,
            Scheme::Internal => node.private_ipv4(),
        };
        let six = node.addresses.iter().copied().find(IpAddr::is_ipv6);
        four.into_iter().chain(six).collect()
    }

    /// The address at which one of AWS's own asks a load balancer.
    fn balancer_address(&mut self, id: LoadBalancerId) -> Option<IpAddr> {
        self.balancer_addresses(id, None).first().copied()
    }

    fn service_of_kind(&self, kind: ServiceKind) -> Option<ServiceId> {
        self.network.services.find(|_, it| it.kind == kind && it.region.is_none())
    }

    /// What an endpoint tells under a service's usual name; `None` where none has that name.
    fn private_addresses(
        &mut self,
        id: ServiceId,
        asker: Option<InterfaceId>,
    ) -> Option<Vec<IpAddr>> {
        let vpc = self.network.vpc_of(asker?);
        let interfaces = self.network.private_names(vpc, id);
        let one = self.one_of(&interfaces, asker)?;
        Some(self.network.endpoint_records(one, true))
    }

    fn service_addresses(&mut self, id: ServiceId, asker: Option<InterfaceId>) -> Vec<IpAddr> {
        let private = self.private_addresses(id, asker);
        let public = || self.network.services.get(id).map_or_else(Vec::new, Service::addresses);
        private.unwrap_or_else(public)
    }

    /// The address from which a function outside every VPC speaks.
    pub(super) fn lambda_address() -> IpAddr {
        const RANGE: ServiceKind = ServiceKind::Lambda;
        RANGE.made_up_range().nth(200).unwrap_or(crate::cloud::Network::INTERNET)
    }

    // ---- on AWS's side of the internet

    /// The API or distribution that has a public address.
    pub(super) fn front_at(&self, address: IpAddr) -> Option<Thing> {
        let network = self.network;
        if network.apis.is_empty() && network.distributions.is_empty() {
            return None;
        }
        let api = network.api_at(address).map(Thing::Api);
        api.or_else(|| network.distribution_at(address).map(Thing::Distribution))
    }

    /// The API or distribution that asked, when this is the answer.
    pub(super) fn front_that_asked(&self) -> Option<Thing> {
        if self.leg == Leg::Forward {
            return None;
        }
        let front = |it: &Thing| matches!(it, Thing::Api(_) | Thing::Distribution(_));
        let found =
            self.translated.iter().rev().find(|it| front(&it.by) && self.packet.answers(&it.after));
        found.map(|it| it.by)
    }

    /// A service or function has the address: the packet is received.
    pub(super) fn received_outside(&mut self, to: IpAddr) -> Option<End> {
        if self.leg == Leg::Reply
            && let Some(End::Function(function)) = self.sender
            && to == Self::lambda_address()
        {
            self.end_hop(Place::Function(function), None);
            return Some(End::Function(function));
        }
        if self.leg == Leg::Reply {
            return None;
        }
        let service = self.network.service_at(to)?;
        self.knock(&self.network.services[service].kind.listening());
        self.end_hop(Place::Service(service), None);
        Some(End::Service(service))
    }

    /// A service answers, by the door through which it was asked.
    pub(super) fn leave_public_service(&mut self, service: ServiceId) -> Stand {
        self.pass(Place::Service(service));
        self.by_the_door()
    }

    /// A function sends, or its answer goes back to who invoked it.
    pub(super) fn leave_function(&mut self, function: FunctionId) -> Stand {
        self.pass(Place::Function(function));
        if self.leg == Leg::Forward {
            return Stand::Internet;
        }
        if let Some(node) = self.front_door {
            return Stand::Leaving(node);
        }
        match self.meant {
            Some(Named::Api(api)) => Stand::Front(Thing::Api(api)),
            _ => self.by_the_door(),
        }
    }

    fn by_the_door(&mut self) -> Stand {
        let Some(interface) = self.door else { return Stand::Internet };
        if let crate::cloud::InterfaceKind::Endpoint(id) = self.network.interfaces[interface].kind {
            self.pass(Place::Endpoint(id, interface));
        }
        Stand::Leaving(interface)
    }

    // ---- fronts

    /// At an API or a distribution: a request goes on to what is behind it, an answer to the client.
    pub(super) fn at_the_front(&mut self, front: Thing) -> Step<Stand> {
        match (front, self.leg) {
            (Thing::Api(id), Leg::Forward) => self.enter_api(id),
            (Thing::Distribution(id), Leg::Forward) => self.enter_distribution(id),
            (Thing::Api(id), Leg::Reply) => {
                self.pass(Place::Api(id));
                Ok(self.by_the_door())
            }
            (Thing::Distribution(id), Leg::Reply) => {
                self.pass(Place::Distribution(id));
                Ok(Stand::Internet)
            }
            _ => Err(self.nobody(Place::Internet(self.packet.destination, None))),
        }
    }

    /// A request at an API
    /// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html>).
    fn enter_api(&mut self, id: ApiId) -> Step<Stand> {
        let network = self.network;
        let place = Place::Api(id);
        self.once(place)?;
        let api = &network.apis[id];
        // A private API knows the endpoint's door alone, and that door knows private APIs alone.
        let right_door = (api.kind == ApiKind::Private) == self.door.is_some();
        self.require(
            right_door,
            place,
            Subject::Service(ServiceSubject::ApiDoor(id)),
            Cause::Service(ServiceCause::PrivateApi),
        )?;
        if !ServiceKind::ExecuteApi
            .listening()
            .answers(self.packet.protocol, self.packet.destination_port)
        {
            self.knock(&ServiceKind::ExecuteApi.listening());
            self.end_hop(place, None);
            return Ok(Stand::Received(End::Api(id)));
        }
        let own = api.address.map(IpAddr::V4);
        let own = own.or_else(|| ServiceKind::ExecuteApi.made_up_range().nth(200));
        let own = own.unwrap_or(crate::cloud::Network::INTERNET);
        match &api.integration {
            Integration::Mock => {
                self.end_hop(place, None);
                Ok(Stand::Received(End::Api(id)))
            }
            Integration::Function(function) => {
                if network.functions.get(*function).is_none() {
                    return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
                }
                self.pass(place);
                self.meant = Some(Named::Api(id));
                self.end_hop(Place::Function(*function), None);
                Ok(Stand::Received(End::Function(*function)))
            }
            Integration::PublicHost(host) => {
                let to = network.hosts.get(*host).map(|it| (it.address, 443));
                self.ask(Thing::Api(id), place, own, to)
            }
            Integration::PublicBalancer(balancer) => {
                let to = self.balancer_address(*balancer);
                let to = to.map(|it| (it, self.first_port(*balancer)));
                self.ask(Thing::Api(id), place, own, to)
            }
            Integration::VpcLink { through, to } => {
                let port = self.first_port(*to);
                let nodes = network.load_balancers.get(*to).map_or(&[][..], |it| &it.nodes);
                let by = self.one_of(through, None);
                let node = self.one_of(nodes, by);
                let address = node.and_then(|it| network.interfaces.get(it)?.private_ipv4());
                let (Some(node), Some(address)) = (node, address) else {
                    return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
                };
                let own = by.and_then(|it| network.interfaces[it].private_ipv4()).unwrap_or(own);
                let after = asked(self.packet, own, address, port);
                self.rewrite(Thing::Api(id), after, by.is_none());
                self.pass(place);
                if let Some(interface) = by {
                    return Ok(Stand::Leaving(interface));
                }
                self.over_private_link = true;
                Ok(Stand::Entering(node, Some(network.interfaces[node].subnet)))
            }
        }
    }

    /// The port of a load balancer's first listener.
    fn first_port(&self, id: LoadBalancerId) -> u16 {
        let listeners = self.network.load_balancers.get(id).map_or(&[][..], |it| &it.listeners);
        listeners.first().map_or(80, |it| it.port)
    }

    /// Asks somebody on the internet, over IPv4, as origins are asked unless their owner says
    /// otherwise (<https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html>).
    fn ask(
        &mut self,
        by: Thing,
        place: Place,
        own: IpAddr,
        to: Option<(IpAddr, u16)>,
    ) -> Step<Stand> {
        let Some((to, port)) = to else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        if own.is_ipv4() != to.is_ipv4() {
            return Err(self.drop(place, Subject::AddressFamily, Cause::AddressFamily));
        }
        self.rewrite(by, asked(self.packet, own, to, port), false);
        self.pass(place);
        Ok(Stand::Internet)
    }

    /// An answer comes back to the interface of a VPC link. Requests do not come in here.
    pub(super) fn enter_vpc_link(&mut self, api: ApiId, interface: InterfaceId) -> Step<Stand> {
        let place = Place::Interface(interface, Direction::Ingress);
        let answer = self.packet;
        if !self.undo_rewrite(Thing::Api(api)) {
            if self.leg == Leg::Reply && self.network.interfaces[interface].has(answer.destination)
            {
                self.end_hop(place, None);
                return Ok(Stand::Received(End::Interface(interface)));
            }
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        }
        let rewritten = std::mem::replace(&mut self.packet, answer);
        self.pass(place);
        self.packet = rewritten;
        Ok(Stand::Front(Thing::Api(api)))
    }

    /// A request at a distribution
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html>).
    fn enter_distribution(&mut self, id: DistributionId) -> Step<Stand> {
        let network = self.network;
        let place = Place::Distribution(id);
        self.once(place)?;
        let front = &network.distributions[id];
        if !distribution::listening().answers(self.packet.protocol, self.packet.destination_port) {
            return Err(self.drop(
                place,
                Subject::Listening,
                Cause::Service(ServiceCause::NoListener),
            ));
        }
        let own = IpAddr::V4(front.origin_facing);
        let port = front.origin_port;
        match front.origin {
            CdnOrigin::PublicBalancer(balancer) => {
                let to = self.balancer_address(balancer).map(|it| (it, port));
                self.ask(Thing::Distribution(id), place, own, to)
            }
            CdnOrigin::PublicInterface(interface) => {
                let public = network.interfaces.get(interface).and_then(|it| it.public_address);
                let Some(public) = public else { return Err(self.nobody(place)) };
                self.ask(Thing::Distribution(id), place, own, Some((public.address.into(), port)))
            }
            CdnOrigin::Host(host) => {
                let to = network.hosts.get(host).map(|it| (it.address, port));
                self.ask(Thing::Distribution(id), place, own, to)
            }
            CdnOrigin::Bucket { service, policy_allows, .. } => {
                let subject = Subject::Service(ServiceSubject::BucketPolicy(id));
                self.require(
                    policy_allows,
                    place,
                    subject,
                    Cause::Service(ServiceCause::OriginAccessDenied),
                )?;
                let to = network.services.get(service).and_then(Service::address);
                self.ask(Thing::Distribution(id), place, own, to.map(|it| (it, 443)))
            }
            CdnOrigin::PrivateBalancer(balancer) => {
                let nodes = network.load_balancers.get(balancer).map_or(&[][..], |it| &it.nodes);
                let node = self.one_of(nodes, None);
                self.ask_privately(id, own, port, node)
            }
            CdnOrigin::PrivateInterface(interface) => {
                let interface = Some(interface).filter(|it| network.interfaces.get(*it).is_some());
                self.ask_privately(id, own, port, interface)
            }
        }
    }

    /// To an origin inside a VPC: over interfaces of `CloudFront`'s own there, so no gateway and no
    /// route is used, although the VPC must have an internet gateway. The origin's group must admit
    /// `CloudFront`'s list of addresses or the group that it makes
    /// (<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html>).
    fn ask_privately(
        &mut self,
        id: DistributionId,
        own: IpAddr,
        port: u16,
        interface: Option<InterfaceId>,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::Distribution(id);
        let address = interface.and_then(|it| network.interfaces[it].private_ipv4());
        let (Some(interface), Some(address)) = (interface, address) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        let vpc = network.vpc_of(interface);
        let has_gateway = network.internet_gateway_of(vpc).is_some();
        self.require(has_gateway, place, Subject::Owner, Cause::NoInternetGateway)?;
        let after = asked(self.packet, own, address, port);
        self.rewrite(Thing::Distribution(id), after, true);
        let service_group =
            network.security_groups.find(|_, it| it.vpc == vpc && &*it.name == SERVICE_GROUP);
        self.introduced = service_group.into_iter().collect();
        self.decide(Subject::Owner, Outcome::Allows);
        self.pass(place);
        Ok(Stand::Entering(interface, Some(network.interfaces[interface].subnet)))
    }
}

/// The request of a proxy for the one that it got: the same question in a connection of its own.
fn asked(got: Packet, own: IpAddr, to: IpAddr, port: u16) -> Packet {
    Packet { source: own, source_port: FIRST_PORT, destination: to, destination_port: port, ..got }
}
