//! Through virtual private gateways and over the lines to on-premises networks.

use std::net::IpAddr;

use super::{End, Stand, Step, Walk};
use crate::cloud::{
    Cause, Direction, Link, LinkEnd, Listening, OnPremisesId, Outcome, Place, Rules, Subject,
    SubnetId, TransitCause, TransitSubject, VirtualPrivateGatewayId, transit_gateway_route_table,
};

impl<'n> Walk<'n> {
    /// Out of the VPC through its virtual private gateway: from interfaces of this VPC alone
    /// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>), and to what
    /// the gateway knows (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>).
    /// For what it does not know AWS lists no code, since its analysis ends at the gateway. Nobody
    /// behind it has the address as far as AWS can tell, so it is `NO_POSSIBLE_DESTINATION` here.
    pub(super) fn leave_through_vgw(
        &mut self,
        id: VirtualPrivateGatewayId,
        from: SubnetId,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::VirtualPrivateGateway(id, Direction::Egress);
        let vpc = network.subnets[from].vpc;
        let attached = network.virtual_private_gateways[id].vpc == Some(vpc);
        self.require(
            attached,
            place,
            Subject::Transit(TransitSubject::VgwAttachment(id)),
            Cause::Transit(TransitCause::VgwDetached),
        )?;
        let own = network.interface_in(vpc, self.packet.source).is_some();
        self.require(
            own,
            place,
            Subject::Transit(TransitSubject::VgwPrivateAddress(id)),
            Cause::Transit(TransitCause::VgwForeignSource),
        )?;
        let link = network.link_towards(id, self.packet.destination, |_| true);
        self.vpn_protocol(id, place, link)?;
        let Some(link) = link else {
            return Err(self.drop(
                place,
                Subject::Transit(TransitSubject::VgwPrefix(id)),
                Cause::Transit(TransitCause::VgwUnknownDestination),
            ));
        };
        self.decide(Subject::Transit(TransitSubject::VgwPrefix(id)), Outcome::Allows);
        self.pass(place);
        Ok(Stand::Link(link, LinkEnd::VirtualPrivateGateway(id), Direction::Egress))
    }

    /// Into the VPC through its virtual private gateway: to interfaces of this VPC alone. The
    /// networks at its other ends cannot use the VPC's gateways or endpoints
    /// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>), but reach each
    /// other where both tell their routes with BGP
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/VPN_CloudHub.html>).
    fn enter_through_vgw(&mut self, id: VirtualPrivateGatewayId, link: Link) -> Step<Stand> {
        let network = self.network;
        let place = Place::VirtualPrivateGateway(id, Direction::Ingress);
        self.vpn_protocol(id, place, Some(link))?;
        let to = self.packet.destination;
        let vpc = network.virtual_private_gateways.get(id).and_then(|it| it.vpc);
        if let Some(owner) = vpc.and_then(|vpc| network.interface_in(vpc, to)) {
            self.decide(Subject::Transit(TransitSubject::VgwPrivateAddress(id)), Outcome::Allows);
            self.pass(place);
            // Its table may lead to an appliance in the VPC, or since lately to the endpoint of a
            // Gateway Load Balancer; the guide of 2023 said that the latter drops. What the
            // destination sends back must pass the same appliance; AWS names nothing that would
            // stop it elsewhere, so a stateful appliance alone notices.
            // (https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html)
            return match network.virtual_private_gateways[id].route_table {
                Some(table) => self.by_gateway_table(table, owner, false),
                None => Ok(Stand::Entering(owner, None)),
            };
        }
        if let Some(endpoint) = vpc.and_then(|vpc| self.endpoint_for_neighbours(vpc)) {
            self.decide(Subject::Transit(TransitSubject::VgwPrivateAddress(id)), Outcome::Allows);
            self.pass(place);
            return Ok(Stand::GatewayEndpoint(endpoint));
        }
        let hub = |other| other != link && network.is_dynamic(other);
        if network.is_dynamic(link)
            && let Some(next) = network.link_towards(id, to, hub)
        {
            self.decide(Subject::Transit(TransitSubject::VgwPrefix(id)), Outcome::Allows);
            self.pass(place);
            return Ok(Stand::Link(next, LinkEnd::VirtualPrivateGateway(id), Direction::Egress));
        }
        if vpc.is_none() {
            return Err(self.drop(
                place,
                Subject::Transit(TransitSubject::VgwAttachment(id)),
                Cause::Transit(TransitCause::VgwDetached),
            ));
        }
        Err(self.drop(
            place,
            Subject::Transit(TransitSubject::VgwPrivateAddress(id)),
            Cause::Transit(TransitCause::VgwForeignDestination),
        ))
    }

    /// No IPv6 over VPN at a virtual private gateway
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>); Direct Connect
    /// carries both.
    fn vpn_protocol(
        &mut self,
        id: VirtualPrivateGatewayId,
        place: Place,
        link: Option<Link>,
    ) -> Step<()> {
        if self.packet.destination.is_ipv4() || matches!(link, Some(Link::DirectConnect(_))) {
            return Ok(());
        }
        Err(self.drop(
            place,
            Subject::Transit(TransitSubject::VpnProtocol(id)),
            Cause::Transit(TransitCause::VpnProtocol),
        ))
    }

    /// Over a line, when it works.
    pub(super) fn cross_link(
        &mut self,
        link: Link,
        end: LinkEnd,
        direction: Direction,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::Link(link, direction);
        let cause = match end {
            LinkEnd::VirtualPrivateGateway(_) => Cause::Transit(TransitCause::LinkDown),
            LinkEnd::Attachment(_) => Cause::Transit(TransitCause::TransitLinkDown),
        };
        self.require(
            network.is_up(link),
            place,
            Subject::Transit(TransitSubject::LinkState(link)),
            cause,
        )?;
        let far = network.on_premises_behind(link);
        let Some(far) = far.filter(|it| network.on_premises.get(*it).is_some()) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        self.pass(place);
        match (direction, end) {
            (Direction::Egress, _) => Ok(Stand::OnPremises(far)),
            (Direction::Ingress, LinkEnd::VirtualPrivateGateway(id)) => {
                self.enter_through_vgw(id, link)
            }
            (Direction::Ingress, LinkEnd::Attachment(id)) => Ok(Stand::Transit(id)),
        }
    }

    /// In an on-premises network: who has the address? One that announces a default route says that
    /// it leads to everywhere, and AWS sends it all that has no other route; what its own routers do
    /// with that is not AWS's business, so they are taken at their word
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
    pub(super) fn enter_on_premises(&mut self, id: OnPremisesId) -> Step<Stand> {
        let network = self.network;
        let to = self.packet.destination;
        let place = Place::OnPremises(id, to);
        let site = &network.on_premises[id];
        if site.contains(to) {
            self.knock(&site.listening);
        } else if network.leads_everywhere(id, to) && !self.is_known_elsewhere(to) {
            self.knock(self.beyond(id, to));
        } else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        }
        self.end_hop(place, None);
        Ok(Stand::Received(End::OnPremises(id, to)))
    }

    /// Has somebody of AWS's, or another network of one's own, the address? Then it is not beyond
    /// the one that got the packet.
    fn is_known_elsewhere(&self, address: IpAddr) -> bool {
        let network = self.network;
        network.vpcs.find(|_, it| it.contains(address)).is_some()
            || network.public_owner(address).is_some()
            || network.on_premises.find(|_, it| it.contains(address)).is_some()
    }

    /// Which ports answer at an address that an on-premises network leads to.
    pub(super) fn beyond(&self, id: OnPremisesId, address: IpAddr) -> &'n Listening {
        let site = &self.network.on_premises[id];
        let host = self.network.host_at(address).filter(|_| !site.contains(address));
        host.map_or(&site.listening, |it| &self.network.hosts[it].listening)
    }

    /// A host in an on-premises network sends: to a neighbour, or to AWS.
    ///
    /// What its routers do is not AWS's business. They take a line that works, of these one whose
    /// far end knows the destination, of these the most specific, and Direct Connect before the rest
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>).
    pub(super) fn leave_on_premises(&mut self, id: OnPremisesId, address: IpAddr) -> Step<Stand> {
        let network = self.network;
        let place = Place::OnPremises(id, address);
        let Some(site) = network.on_premises.get(id) else {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        };
        if site.contains(self.packet.destination) {
            self.pass(place);
            return Ok(Stand::OnPremises(id));
        }
        let best = network.links_of(id).min_by_key(|(link, end)| {
            let length = self.known_beyond(*link, *end);
            (
                !network.is_up(*link),
                length.is_none(),
                u8::MAX - length.unwrap_or(0),
                network.rank(*link),
                *link,
                *end,
            )
        });
        let Some((link, end)) = best else {
            return Err(self.drop(
                place,
                Subject::Transit(TransitSubject::WayToAws(id)),
                Cause::Transit(TransitCause::NoWayToAws),
            ));
        };
        self.decide(Subject::Transit(TransitSubject::WayToAws(id)), Outcome::Allows);
        self.pass(place);
        Ok(Stand::Link(link, end, Direction::Ingress))
    }

    /// How well AWS's end of a line knows the destination: the length of its prefix. Routers of
    /// one's own know what AWS tells them, whatever somebody believes about AWS's tables.
    fn known_beyond(&self, link: Link, end: LinkEnd) -> Option<u8> {
        let (network, to) = (self.network, self.packet.destination);
        match end {
            LinkEnd::VirtualPrivateGateway(id) => {
                let vpc = network.virtual_private_gateways.get(id)?.vpc;
                let vpc = vpc.and_then(|it| network.vpcs.get(it));
                let own = vpc.into_iter().flat_map(|it| it.cidrs.iter().chain(&it.ipv6_cidrs));
                let others = network.links_at(id).filter(|it| *it != link);
                let others = others.flat_map(|it| network.known(it));
                let known = own.chain(others).filter(|it| it.contains(to));
                known.map(|it| it.length()).max()
            }
            LinkEnd::Attachment(id) => {
                let table = network.transit_gateway_attachments.get(id)?.association?;
                let routes = network.transit_routes(table);
                let chosen = transit_gateway_route_table::decide(&routes, to, &Rules::AWS)?;
                let route = &routes[chosen];
                (!route.is_blackhole()).then_some(route.destination.length())
            }
        }
    }
}
