//! Transit gateway route table: to which attachment a destination leads.

use std::{borrow::Cow, cmp::Reverse, net::IpAddr};

use crate::{
    cloud::{
        Id, Link, Name, Network, Outcome, Quota, Reason, Refusal, Rules, Thing,
        TransitGatewayAttachment, TransitGatewayAttachmentId, TransitGatewayId, TransitReason,
        VpcId, edit::Edit, transit_gateway_attachment::AttachmentOf,
    },
    net::Cidr,
};

/// Names a [`TransitGatewayRouteTable`].
pub type TransitGatewayRouteTableId = Id<TransitGatewayRouteTable>;

/// A transit gateway route table
/// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransitGatewayRouteTable {
    /// As the author wrote it.
    pub name: Name,
    /// The gateway it belongs to.
    pub gateway: TransitGatewayId,
    /// What people wrote. What attachments propagate is not kept, but asked for when it matters: see
    /// [`Network::transit_routes`].
    pub routes: Vec<TransitRoute>,
}

/// One line of a transit gateway route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransitRoute {
    /// The addresses it is for.
    pub destination: Cidr,
    /// Where it leads.
    pub target: TransitTarget,
    /// How it came to be.
    pub origin: TransitOrigin,
}

/// Where a route of a transit gateway leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransitTarget {
    /// To an attachment.
    Attachment(TransitGatewayAttachmentId),
    /// Nowhere: who wrote it wants such packets dropped.
    Blackhole,
    /// The attachment was deleted; the route stays and drops.
    Gone(Name),
}

/// How a route came to be. The order is AWS's order of preference among routes for the same
/// destination (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>). Peering
/// stands last in it, and has static routes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransitOrigin {
    /// Written by a person.
    Static,
    /// Written by a person, as an entry of a prefix list.
    PrefixList,
    /// Learned from a VPC.
    Vpc,
    /// Learned over Direct Connect.
    DirectConnect,
    /// Learned from a Connect peer.
    Connect,
    /// Learned over a VPN inside Direct Connect.
    PrivateVpn,
    /// Learned over a VPN.
    Vpn,
}

impl TransitRoute {
    /// Does it drop what it matches?
    pub fn is_blackhole(&self) -> bool {
        !matches!(self.target, TransitTarget::Attachment(_))
    }
}

impl Network {
    /// Every route of a transit gateway's table: what people wrote, then what its attachments
    /// propagate, the oldest attachment first.
    ///
    /// A VPC whose block overlaps that of a VPC attached before does not get its block propagated
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>). A VPN connection with
    /// static routing has nothing to propagate
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    pub fn transit_routes(&self, table: TransitGatewayRouteTableId) -> Cow<'_, [TransitRoute]> {
        let Some(row) = self.transit_gateway_route_tables.get(table) else {
            return Cow::Borrowed(&[]);
        };
        let attached = || {
            (self.transit_gateway_attachments.iter())
                .filter(|(_, it)| it.gateway == row.gateway && it.state.works())
        };
        if !attached().any(|(_, it)| it.propagations.contains(&table)) {
            return Cow::Borrowed(&row.routes);
        }
        let mut routes = row.routes.clone();
        // The blocks of the VPCs that were attached before.
        let mut taken: Vec<Cidr> = Vec::new();
        for (id, it) in attached() {
            let learns = it.propagations.contains(&table);
            let target = TransitTarget::Attachment(id);
            let mut learn_all = |known: &[Cidr], origin| {
                let route =
                    |it: &Cidr| TransitRoute { destination: *it, target: target.clone(), origin };
                routes.extend(known.iter().filter(|_| learns).map(route));
            };
            match &it.of {
                AttachmentOf::Vpc { vpc, .. } => {
                    let before = taken.len();
                    for cidr in self.blocks_of(*vpc) {
                        if !taken[..before].iter().any(|other| other.overlaps(cidr)) {
                            learn_all(&[cidr], TransitOrigin::Vpc);
                        }
                        taken.push(cidr);
                    }
                }
                AttachmentOf::Vpn(vpn) => {
                    let Some(vpn) = self.vpn_connections.get(*vpn) else { continue };
                    let origin =
                        if vpn.private { TransitOrigin::PrivateVpn } else { TransitOrigin::Vpn };
                    if vpn.routing.is_dynamic() {
                        learn_all(vpn.known(), origin);
                    }
                }
                AttachmentOf::DirectConnect(line) => {
                    let known = self.known(Link::DirectConnect(*line));
                    learn_all(known, TransitOrigin::DirectConnect);
                }
                AttachmentOf::Connect { prefixes, .. } => {
                    learn_all(prefixes, TransitOrigin::Connect);
                }
                AttachmentOf::Peering { .. } => {}
            }
        }
        Cow::Owned(routes)
    }

    fn blocks_of(&self, vpc: VpcId) -> impl Iterator<Item = Cidr> {
        let vpc = self.vpcs.get(vpc);
        vpc.into_iter().flat_map(|it| it.cidrs.iter().chain(&it.ipv6_cidrs).copied())
    }
}

/// The route that a destination takes, by its place in the list: the longest prefix, then the origin
/// that AWS prefers, then the oldest
/// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
pub fn decide(routes: &[TransitRoute], destination: IpAddr, rules: &Rules) -> Option<usize> {
    let matching =
        || routes.iter().enumerate().filter(move |(_, it)| it.destination.contains(destination));
    if !rules.longest_prefix_wins {
        return matching().next().map(|(place, _)| place);
    }
    matching()
        .max_by_key(|(place, it)| (it.destination.length(), Reverse(it.origin), Reverse(*place)))
        .map(|(place, _)| place)
}

/// What becomes of the route at `place` for a destination for which `chosen` was decided.
pub(super) fn outcome(
    routes: &[TransitRoute],
    place: usize,
    destination: IpAddr,
    chosen: Option<usize>,
    rules: &Rules,
) -> Outcome {
    let route = &routes[place];
    match chosen {
        _ if !route.destination.contains(destination) => {
            Outcome::NoMatch(crate::cloud::Field::Address)
        }
        Some(chosen) if chosen == place && route.is_blackhole() => Outcome::Denies,
        Some(chosen) if chosen == place => Outcome::Allows,
        Some(_) if !rules.longest_prefix_wins => Outcome::NotReached,
        Some(chosen) if route.destination.length() < routes[chosen].destination.length() => {
            Outcome::LessSpecific
        }
        _ => Outcome::LowerPriority,
    }
}

impl Edit<'_> {
    pub fn create_transit_gateway_route_table(
        &mut self,
        name: Name,
        gateway: TransitGatewayId,
    ) -> Result<TransitGatewayRouteTableId, Refusal> {
        self.get(gateway)?;
        let tables = self.network.transit_gateway_route_tables.count(|it| it.gateway == gateway);
        self.network.admits_one_more(Quota::TablesPerTransitGateway, tables)?;
        Ok(self.make(TransitGatewayRouteTable { name, gateway, routes: Vec::new() }))
    }

    /// A table goes when no attachment is associated with it, and when it is not a default
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/delete-tgw-route-table.html>).
    pub fn delete_transit_gateway_route_table(
        &mut self,
        id: TransitGatewayRouteTableId,
    ) -> Result<(), Refusal> {
        let gateway = self.get(id)?.gateway;
        let thing = Thing::TransitGatewayRouteTable(id);
        let network = &*self.network;
        let row = &network.transit_gateways[gateway];
        let default = [row.default_association, row.default_propagation].contains(&Some(id));
        let needed_by = Some(Thing::TransitGateway(gateway)).filter(|_| default).or(network
            .transit_gateway_attachments
            .find(|_, it| it.association == Some(id))
            .map(Thing::TransitGatewayAttachment));
        if let Some(by) = needed_by {
            return Err(Refusal::new("IncorrectState", Reason::InUse { thing, by }));
        }
        let learns = |it: &TransitGatewayAttachment| it.propagations.contains(&id);
        let teachers: Vec<_> = (network.transit_gateway_attachments.iter())
            .filter(|(_, it)| learns(it))
            .map(|(teacher, _)| teacher)
            .collect();
        for teacher in teachers {
            self.change(teacher, |it| it.propagations.retain(|it| *it != id));
        }
        self.remove(id);
        Ok(())
    }

    /// A static route, to an attachment of the gateway or, with `None`, into the blackhole. A list
    /// with the same block may be there too: the static route goes before it
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    pub fn create_transit_gateway_route(
        &mut self,
        id: TransitGatewayRouteTableId,
        destination: Cidr,
        attachment: Option<TransitGatewayAttachmentId>,
    ) -> Result<(), Refusal> {
        let same =
            |it: &TransitRoute| it.destination == destination && it.origin == TransitOrigin::Static;
        if self.get(id)?.routes.iter().any(same) {
            let reason = Reason::Transit(TransitReason::DestinationExists(
                Thing::TransitGatewayRouteTable(id),
                destination,
            ));
            return Err(Refusal::new("RouteAlreadyExists", reason));
        }
        let target = self.transit_target(id, attachment)?;
        let gateway = self.get(id)?.gateway;
        let known = self.network.routes_of_transit_gateway(gateway);
        self.network.admits_one_more(Quota::RoutesPerTransitGateway, known)?;
        self.change(id, |it| {
            it.routes.push(TransitRoute { destination, target, origin: TransitOrigin::Static });
        });
        Ok(())
    }

    /// Gives a static route another target.
    pub fn replace_transit_gateway_route(
        &mut self,
        id: TransitGatewayRouteTableId,
        destination: Cidr,
        attachment: Option<TransitGatewayAttachmentId>,
    ) -> Result<(), Refusal> {
        let place = self.written_transit_route(id, destination)?;
        let target = self.transit_target(id, attachment)?;
        self.change(id, |it| it.routes[place].target = target);
        Ok(())
    }

    /// Takes a static route away; a propagated one goes when its attachment stops propagating.
    pub fn delete_transit_gateway_route(
        &mut self,
        id: TransitGatewayRouteTableId,
        destination: Cidr,
    ) -> Result<(), Refusal> {
        let place = self.written_transit_route(id, destination)?;
        self.change(id, |it| {
            it.routes.remove(place);
        });
        Ok(())
    }

    fn written_transit_route(
        &self,
        id: TransitGatewayRouteTableId,
        destination: Cidr,
    ) -> Result<usize, Refusal> {
        let routes = &self.get(id)?.routes;
        let to = |it: &TransitRoute| it.destination == destination;
        let place = routes.iter().position(|it| to(it) && it.origin == TransitOrigin::Static);
        place.or_else(|| routes.iter().position(to)).ok_or_else(|| {
            let reason = Reason::Transit(TransitReason::DestinationUnknown(
                Thing::TransitGatewayRouteTable(id),
                destination,
            ));
            Refusal::new("InvalidRoute.NotFound", reason)
        })
    }

    fn transit_target(
        &self,
        id: TransitGatewayRouteTableId,
        attachment: Option<TransitGatewayAttachmentId>,
    ) -> Result<TransitTarget, Refusal> {
        let Some(attachment) = attachment else { return Ok(TransitTarget::Blackhole) };
        let row = self.get(attachment)?;
        let gateway = self.get(id)?.gateway;
        if row.gateway != gateway {
            let there = Thing::TransitGatewayAttachment(attachment);
            let here = Thing::TransitGatewayRouteTable(id);
            let reason = Reason::Transit(TransitReason::DifferentTransitGateways(here, there));
            return Err(Refusal::new("InvalidTransitGatewayAttachmentID.NotFound", reason));
        }
        if !row.state.works() {
            let reason = Reason::Transit(TransitReason::AttachmentNotAvailable(attachment));
            return Err(Refusal::new("IncorrectState", reason));
        }
        Ok(TransitTarget::Attachment(attachment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Field, Misconception, TransitChange};

    fn route(destination: &str, target: TransitTarget, origin: TransitOrigin) -> TransitRoute {
        TransitRoute { destination: destination.parse().unwrap(), target, origin }
    }

    #[test]
    fn every_route_is_told_why_it_was_taken_or_not() {
        let attachment = Network::new().transit_gateway_attachments().next_id();
        let (there, hole) = (TransitTarget::Attachment(attachment), TransitTarget::Blackhole);
        let (written, learned) = (TransitOrigin::Static, TransitOrigin::Vpc);
        let routes = [
            route("10.0.0.0/8", there.clone(), written),
            route("10.1.0.0/16", there.clone(), learned),
            route("10.1.0.0/16", there, written),
            route("10.2.0.0/16", hole, written),
        ];
        let told = |address: &str, rules: &Rules| {
            let address = address.parse().unwrap();
            let chosen = decide(&routes, address, rules);
            let told: Vec<Outcome> = (0..routes.len())
                .map(|place| outcome(&routes, place, address, chosen, rules))
                .collect();
            told
        };
        let misses = Outcome::NoMatch(Field::Address);
        let (wins, less) = (Outcome::Allows, Outcome::LessSpecific);
        assert_eq!(told("10.1.0.1", &Rules::AWS), [less, Outcome::LowerPriority, wins, misses]);
        assert_eq!(told("10.2.0.1", &Rules::AWS), [less, misses, misses, Outcome::Denies]);
        assert_eq!(told("192.0.2.1", &Rules::AWS), [misses; 4]);
        let first = Misconception::FirstRouteWins.rules();
        let late = Outcome::NotReached;
        assert_eq!(told("10.1.0.1", &first), [wins, late, late, misses]);
        assert_eq!(told("10.2.0.1", &first), [wins, misses, misses, late]);
        let gone = route("10.0.0.0/8", TransitTarget::Gone("old".into()), written);
        assert_eq!(routes.each_ref().map(TransitRoute::is_blackhole), [false, false, false, true]);
        assert!(gone.is_blackhole());
    }

    #[test]
    fn a_route_that_somebody_wrote_goes_and_the_entry_of_a_list_beside_it_stays() {
        let mut network = Network::new();
        let options = crate::cloud::TransitGatewayOptions::default();
        let create = TransitChange::CreateTransitGateway { name: "hub".into(), options };
        network.apply(create.into()).unwrap();
        let table = network.transit_gateway_route_tables().iter().next().unwrap().0;
        let destination = "10.8.0.0/16".parse().unwrap();
        let entry = route("10.8.0.0/16", TransitTarget::Blackhole, TransitOrigin::PrefixList);
        network.update(table, |it: &mut TransitGatewayRouteTable| it.routes.push(entry.clone()));
        let attachment = None;
        let write = TransitChange::CreateTransitGatewayRoute { table, destination, attachment };
        network.apply(write.into()).unwrap();
        let delete = TransitChange::DeleteTransitGatewayRoute { table, destination };
        network.apply(delete.into()).unwrap();
        assert_eq!(network.transit_gateway_route_tables()[table].routes, [entry]);
    }
}
