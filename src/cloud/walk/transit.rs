//! Through transit gateways.

use super::{Dropped, Stand, Step, Walk};
use crate::cloud::{
    AttachmentOf, Cause, Check, Direction, Link, LinkEnd, Outcome, Place, Subject, SubnetId,
    TransitCause, TransitGatewayAttachmentId, TransitSubject, TransitTarget,
    transit_gateway_route_table,
};

impl Walk<'_> {
    /// From a subnet to the transit gateway, through the gateway's interface in the sender's zone:
    /// who has none there cannot use it
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>). That is so of answers
    /// too: a subnet's table leads to the gateway only from zones with an attachment subnet, so a
    /// receiver elsewhere gets the request and its answer ends here.
    ///
    /// The list of the subnet with that interface is asked, even when it is the sender's own: there
    /// the packet passed it outbound, and now passes it inbound
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html>).
    pub(super) fn enter_transit_gateway(
        &mut self,
        id: TransitGatewayAttachmentId,
        from: SubnetId,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::TransitGatewayAttachment(id, Direction::Ingress);
        let works = network.transit_gateway_attachments[id].state.works();
        let door = network.attachment_subnet(id, &network.subnets[from].zone);
        if let Some(door) = door.filter(|_| works) {
            self.network_acl(door, Direction::Ingress)?;
        }
        let state = Subject::Transit(TransitSubject::AttachmentState(id));
        self.require(works, place, state, Cause::Transit(TransitCause::AttachmentNotAvailable))?;
        let zone = Subject::Transit(TransitSubject::AttachmentZone(id));
        self.require(door.is_some(), place, zone, Cause::Transit(TransitCause::AttachmentZone))?;
        self.look_up_transit(id, Some(from))
    }

    /// From outside a VPC to the transit gateway.
    pub(super) fn enter_transit_from_outside(
        &mut self,
        id: TransitGatewayAttachmentId,
    ) -> Step<Stand> {
        let place = Place::TransitGatewayAttachment(id, Direction::Ingress);
        let attachment = self.network.transit_gateway_attachments.get(id);
        let works = attachment.is_some_and(|it| it.state.works());
        let state = Subject::Transit(TransitSubject::AttachmentState(id));
        self.require(works, place, state, Cause::Transit(TransitCause::AttachmentNotAvailable))?;
        self.look_up_transit(id, None)
    }

    /// The table that the attachment is associated with says through which attachment the packet
    /// goes on. Without an association it goes nowhere
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    fn look_up_transit(
        &mut self,
        id: TransitGatewayAttachmentId,
        from: Option<SubnetId>,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::TransitGatewayAttachment(id, Direction::Ingress);
        let table = network.transit_gateway_attachments.get(id).and_then(|it| it.association);
        let table = table.filter(|it| network.transit_gateway_route_tables.get(*it).is_some());
        let Some(table) = table else {
            return Err(self.drop(
                place,
                Subject::Transit(TransitSubject::AttachmentTable(id)),
                Cause::Transit(TransitCause::AttachmentWithoutTable),
            ));
        };
        self.decide(Subject::Transit(TransitSubject::AttachmentTable(id)), Outcome::Allows);
        self.pass(place);

        let place = Place::TransitGatewayRouteTable(table, id);
        self.once(place)?;
        let routes = network.transit_routes(table);
        let to = self.packet.destination;
        let chosen = transit_gateway_route_table::decide(&routes, to, self.rules);
        for route in 0..routes.len() {
            let outcome =
                transit_gateway_route_table::outcome(&routes, route, to, chosen, self.rules);
            let subject = Subject::Transit(TransitSubject::TransitRoute(table, route));
            self.note(Check { subject, outcome, decisive: chosen == Some(route) });
        }
        let Some(chosen) = chosen else {
            return Err(self.drop(
                place,
                Subject::Transit(TransitSubject::NoTransitRoute(table)),
                Cause::Transit(TransitCause::NoTransitRoute),
            ));
        };
        let next = match routes[chosen].target {
            TransitTarget::Attachment(next) => {
                network.transit_gateway_attachments.get(next).map(|_| next)
            }
            TransitTarget::Blackhole | TransitTarget::Gone(_) => None,
        };
        let Some(next) = next else {
            for check in self.checks.iter_mut().filter(|it| it.decisive) {
                check.outcome = Outcome::Denies;
            }
            self.end_hop(place, None);
            return Err(Dropped { place, cause: Cause::Transit(TransitCause::TransitBlackhole) });
        };
        self.pass(place);
        self.leave_transit_gateway(id, next, from)
    }

    /// Out of the transit gateway, through the attachment that the table says.
    ///
    /// Into a VPC the packet comes in the zone that it stems from, where the VPC has a subnet for
    /// it, else in another, at random; with appliance mode both directions of a flow come in the same
    /// zone, which AWS picks by a hash of the flow (see [`Walk::zone_of_flow`]). The analyzer's code
    /// `TGW_ATTACH_VPC_AZ_RESTRICTION` names the zones that were not picked: no packet ends by it.
    /// From there it goes as
    /// the list and the table of that subnet say
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    fn leave_transit_gateway(
        &mut self,
        came_by: TransitGatewayAttachmentId,
        id: TransitGatewayAttachmentId,
        from: Option<SubnetId>,
    ) -> Step<Stand> {
        let network = self.network;
        let place = Place::TransitGatewayAttachment(id, Direction::Egress);
        let attachment = &network.transit_gateway_attachments[id];
        let state = Subject::Transit(TransitSubject::AttachmentState(id));
        self.require(
            attachment.state.works(),
            place,
            state,
            Cause::Transit(TransitCause::AttachmentNotAvailable),
        )?;
        let line = |link| Stand::Link(link, LinkEnd::Attachment(id), Direction::Egress);
        let next = match &attachment.of {
            AttachmentOf::Vpc { subnets, appliance_mode, .. } => {
                let near = from
                    .filter(|_| !appliance_mode)
                    .and_then(|it| network.attachment_subnet(id, &network.subnets[it].zone));
                let door = near.or_else(|| match subnets[..] {
                    [] => None,
                    [only] => Some(only),
                    _ => Some(subnets[self.zone_of_flow(id, *appliance_mode, subnets.len())]),
                });
                let Some(door) = door else {
                    let zone = Subject::Transit(TransitSubject::AttachmentZone(id));
                    return Err(self.drop(
                        place,
                        zone,
                        Cause::Transit(TransitCause::AttachmentZone),
                    ));
                };
                self.crossed = Some((came_by, id));
                Stand::Inside(door)
            }
            AttachmentOf::Vpn(vpn) => line(Link::Vpn(*vpn)),
            AttachmentOf::DirectConnect(gateway) => line(Link::DirectConnect(*gateway)),
            AttachmentOf::Connect { .. } => line(Link::Connect(id)),
            AttachmentOf::Peering { other } => Stand::Transit(*other),
        };
        self.pass(place);
        Ok(next)
    }
}
