//! Where networks are joined: transit gateways, virtual private gateways, VPN.

use std::net::IpAddr;

use super::{Remedies, Remedy};
use crate::cloud::fix::Wanted;
use crate::cloud::{
    AttachmentOf, Cause, Change, Direction, Hop, Link, Place, ProbeEnd, RouteTableId, Rules,
    SubnetId, Trace, TransitCause, TransitChange, TransitGatewayAttachmentId, TransitGatewayId,
    TransitGatewayRouteTableId, TransitOrigin, TransitRoute, TransitTarget, Tunnel,
    VirtualPrivateGatewayId, VpcId, VpnSide, Zone, transit_gateway_route_table,
};

impl Remedies<'_> {
    /// Both directions of a flow come through one zone to a stateful appliance.
    pub(super) fn keep_one_zone(&mut self, place: Place) {
        let Place::Interface(appliance, _) = place else { return };
        let network = self.network;
        let home = network.vpc_of(appliance);
        let attachments = network.transit_gateway_attachments.iter();
        for (attachment, _) in attachments.filter(|(_, it)| {
            matches!(it.of, AttachmentOf::Vpc { vpc, appliance_mode: false, .. } if vpc == home)
        }) {
            self.one(Change::Transit(TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: None,
                appliance_mode: Some(true),
                group_references: None,
            }));
        }
    }

    /// What lets a packet pass where networks are joined.
    pub(super) fn open_joint(&mut self, trace: &Trace, place: Place, cause: Cause) {
        let network = self.network;
        match place {
            Place::TransitGatewayAttachment(attachment, _) => {
                let Some(row) = network.transit_gateway_attachments.get(attachment) else { return };
                match cause {
                    Cause::Transit(TransitCause::AttachmentWithoutTable) => {
                        let tables = network.transit_gateway_route_tables.iter();
                        for (table, _) in tables.filter(|(_, it)| it.gateway == row.gateway) {
                            let change =
                                Change::Transit(TransitChange::AssociateTransitGatewayRouteTable {
                                    attachment,
                                    table,
                                });
                            self.one(change);
                        }
                    }
                    Cause::Transit(TransitCause::AttachmentZone) => {
                        let from = trace.hops.iter().rev().find_map(|hop| match hop.place {
                            Place::RouteTable(_, subnet) => Some(subnet),
                            _ => None,
                        });
                        let Some(from) = from.map(|it| &network.subnets[it]) else { return };
                        let zone = network
                            .subnets
                            .iter()
                            .filter(|(_, it)| (it.vpc, &it.zone) == (from.vpc, &from.zone));
                        let more = self.other_zones(attachment, from.vpc, &from.zone);
                        for (subnet, _) in zone {
                            let now = network.attachment_subnets(attachment).to_vec();
                            let now: Vec<SubnetId> = now.into_iter().chain([subnet]).collect();
                            for more in [&[][..], &more] {
                                let subnets = now.iter().chain(more).copied().collect();
                                self.one(Change::Transit(
                                    TransitChange::ModifyTransitGatewayVpcAttachment {
                                        attachment,
                                        subnets: Some(subnets),
                                        appliance_mode: None,
                                        group_references: None,
                                    },
                                ));
                            }
                        }
                    }
                    _ => self.one(Change::Transit(TransitChange::AcceptTransitGatewayAttachment {
                        attachment,
                    })),
                }
            }
            // Other routes: see `transit_routes`.
            Place::TransitGatewayRouteTable(table, _) => {
                let Some(row) = network.transit_gateway_route_tables.get(table) else { return };
                let to = trace.last().packet_in.destination;
                for (vpc, _) in network.vpcs.iter().filter(|(_, it)| it.contains(to)) {
                    let home = network.interface_in(vpc, to);
                    let Some(home) = home.map(|it| network.interfaces[it].subnet) else { continue };
                    if network.attachment_between(row.gateway, vpc).is_none() {
                        for remedy in self.attach(row.gateway, vpc, home) {
                            self.add(remedy);
                        }
                    }
                }
            }
            Place::VirtualPrivateGateway(gateway, _) => {
                if cause == Cause::Transit(TransitCause::VgwUnknownDestination) {
                    self.lines(gateway, trace.last().packet_in.destination);
                } else if let Some(vpc) = self.vpc_before(trace).or(self.receiver_vpc(trace)) {
                    self.one(Change::Transit(TransitChange::AttachVpnGateway { gateway, vpc }));
                }
            }
            Place::Link(Link::Vpn(vpn), _) => {
                self.one(Change::Transit(TransitChange::ConfigureVpnTunnels {
                    vpn,
                    tunnels: [Tunnel::Up; 2],
                }));
            }
            Place::Interface(interface, direction) => {
                self.open_groups(interface, direction, &trace.last().packet_in, cause);
                for (attachment, row) in network.transit_gateway_attachments.iter() {
                    if matches!(row.of, AttachmentOf::Vpc { group_references: false, .. }) {
                        self.one(Change::Transit(
                            TransitChange::ModifyTransitGatewayVpcAttachment {
                                attachment,
                                subnets: None,
                                appliance_mode: None,
                                group_references: Some(true),
                            },
                        ));
                    }
                }
                let gateways = network.transit_gateways.iter();
                for (gateway, row) in gateways.filter(|it| !it.1.group_references) {
                    self.one(Change::Transit(TransitChange::ModifyTransitGateway {
                        gateway,
                        default_association: row.default_association,
                        default_propagation: row.default_propagation,
                        group_references: true,
                    }));
                }
            }
            _ => {}
        }
    }

    /// A subnet of each zone besides one where packets of a VPC that are to pass begin or end and an
    /// attachment has no door yet: named at once, for its subnets are set once.
    fn other_zones(
        &self,
        attachment: TransitGatewayAttachmentId,
        vpc: VpcId,
        besides: &Zone,
    ) -> Vec<SubnetId> {
        let network = self.network;
        let zone = |it: SubnetId| &network.subnets[it].zone;
        let doors = network.attachment_subnets(attachment).iter();
        let mut zones: Vec<&Zone> = doors.map(|it| zone(*it)).chain([besides]).collect();
        let mut more = Vec::new();
        let wanted = self.demands.iter().filter(|it| it.wanted == Wanted::Delivered);
        for end in wanted.flat_map(|it| [it.probe.from, it.probe.to]) {
            let ProbeEnd::Interface(id) = end else { continue };
            let Some(home) = network.interfaces.get(id).map(|it| it.subnet) else { continue };
            if network.subnets[home].vpc == vpc && !zones.contains(&zone(home)) {
                zones.push(zone(home));
                more.push(home);
            }
        }
        more
    }

    /// The VPC of whom a packet is for.
    fn receiver_vpc(&self, trace: &Trace) -> Option<VpcId> {
        match trace.probe.to {
            ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
                self.network.interfaces.get(id).map(|it| self.network.subnets[it.subnet].vpc)
            }
            _ => None,
        }
    }

    /// What attaches a VPC to a transit gateway, for packets from or to a subnet: through any subnet of
    /// its zone, alone or with one in every other zone.
    pub(super) fn attach(
        &self,
        gateway: TransitGatewayId,
        vpc: VpcId,
        for_subnet: SubnetId,
    ) -> Vec<Remedy> {
        let network = self.network;
        let zone = &network.subnets[for_subnet].zone;
        let own = || network.subnets.iter().filter(|(_, it)| it.vpc == vpc);
        let mut elsewhere: Vec<(&Zone, SubnetId)> = Vec::new();
        for (id, it) in own().filter(|(_, it)| it.zone != *zone) {
            if elsewhere.iter().all(|known| *known.0 != it.zone) {
                elsewhere.push((&it.zone, id));
            }
        }
        let name = self.name("attachment");
        let attach = |subnets: Vec<SubnetId>| {
            let name = name.clone();
            let change =
                TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets };
            vec![change.into()]
        };
        let mut ways = Vec::new();
        for (here, _) in own().filter(|(_, it)| it.zone == *zone) {
            ways.push(attach(vec![here]));
            if !elsewhere.is_empty() {
                let others = elsewhere.iter().map(|it| it.1);
                ways.push(attach([here].into_iter().chain(others).collect()));
            }
        }
        ways
    }

    /// Other ways through a transit gateway, at a table that a packet came to.
    pub(super) fn transit_routes(
        &mut self,
        table: TransitGatewayRouteTableId,
        came_by: TransitGatewayAttachmentId,
        to: IpAddr,
    ) {
        let network = self.network;
        let Some(row) = network.transit_gateway_route_tables.get(table) else { return };
        let chosen = self.chosen_transit_route(table, to);
        let taken = chosen.as_ref().and_then(|it| match it.target {
            TransitTarget::Attachment(attachment) => Some(attachment),
            TransitTarget::Blackhole | TransitTarget::Gone(_) => None,
        });
        // There is no better way than the straight one.
        let of = |it| network.transit_gateway_attachments.get(it).map(|it| &it.of);
        if let Some(AttachmentOf::Vpc { vpc, .. }) = taken.and_then(of)
            && network.vpcs.get(*vpc).is_some_and(|it| it.contains(to))
        {
            return;
        }
        let attachments = network.transit_gateway_attachments.iter();
        for (attachment, it) in attachments.filter(|(_, it)| it.gateway == row.gateway) {
            if attachment == came_by || Some(attachment) == taken {
                continue;
            }
            // What does not work tells no routes.
            if !it.state.works() {
                let accept = TransitChange::AcceptTransitGatewayAttachment { attachment };
                self.one(accept.into());
            }
            self.transit_route(table, to, chosen.as_ref(), Some(attachment));
            if it.of.propagates() && !it.propagations.contains(&table) && self.knows(&it.of, to) {
                self.one(
                    TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table }
                        .into(),
                );
            }
        }
        self.no_transit_route(table, chosen.as_ref());
        self.bring_up(to);
        let tables = network.transit_gateway_route_tables.iter();
        for (other, it) in tables {
            if other != table && it.gateway == row.gateway {
                let attachment = came_by;
                self.add(vec![
                    TransitChange::DisassociateTransitGatewayRouteTable { attachment, table }
                        .into(),
                    TransitChange::AssociateTransitGatewayRouteTable { attachment, table: other }
                        .into(),
                ]);
            }
        }
    }

    fn chosen_transit_route(
        &self,
        table: TransitGatewayRouteTableId,
        to: IpAddr,
    ) -> Option<TransitRoute> {
        let routes = self.network.transit_routes(table);
        let chosen = transit_gateway_route_table::decide(&routes, to, &Rules::AWS)?;
        Some(routes[chosen].clone())
    }

    /// A route of a transit gateway's table to an attachment, or to nowhere: a new one before the one
    /// that was chosen, or that one led elsewhere.
    fn transit_route(
        &mut self,
        table: TransitGatewayRouteTableId,
        to: IpAddr,
        chosen: Option<&TransitRoute>,
        attachment: Option<TransitGatewayAttachmentId>,
    ) {
        let written = chosen.filter(|it| it.origin == TransitOrigin::Static);
        if let Some(destination) = written.map(|it| it.destination) {
            self.one(
                TransitChange::ReplaceTransitGatewayRoute { table, destination, attachment }.into(),
            );
        }
        for destination in self.blocks(to, |_| true) {
            // The same block is a new route beside one that was learned; else AWS refuses it.
            if chosen.is_none_or(|it| destination.length() >= it.destination.length()) {
                self.one(
                    TransitChange::CreateTransitGatewayRoute { table, destination, attachment }
                        .into(),
                );
            }
        }
    }

    /// The route that was chosen goes: deleted, or not learned any more.
    fn no_transit_route(
        &mut self,
        table: TransitGatewayRouteTableId,
        chosen: Option<&TransitRoute>,
    ) {
        let Some(route) = chosen else { return };
        let destination = route.destination;
        match route.target {
            _ if route.origin == TransitOrigin::Static => {
                self.one(TransitChange::DeleteTransitGatewayRoute { table, destination }.into());
            }
            TransitTarget::Attachment(attachment) => self.one(
                TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table }
                    .into(),
            ),
            TransitTarget::Blackhole | TransitTarget::Gone(_) => {}
        }
    }

    /// Would a table learn of an address from what is behind an attachment?
    fn knows(&self, of: &AttachmentOf, to: IpAddr) -> bool {
        let network = self.network;
        let among = |link| network.prefixes(link).iter().any(|it| it.contains(to));
        match of {
            AttachmentOf::Vpc { vpc, .. } => {
                network.vpcs.get(*vpc).is_some_and(|it| it.contains(to))
            }
            AttachmentOf::Vpn(vpn) => among(Link::Vpn(*vpn)),
            AttachmentOf::DirectConnect(line) => among(Link::DirectConnect(*line)),
            AttachmentOf::Connect { prefixes, .. } => prefixes.iter().any(|it| it.contains(to)),
            AttachmentOf::Peering { .. } => false,
        }
    }

    /// Virtual private gateways for a VPC: its own, or an idle one whose lines lead to an address.
    pub(super) fn private_gateways(
        &self,
        vpc: VpcId,
        to: IpAddr,
    ) -> Vec<(Remedy, VirtualPrivateGatewayId)> {
        let network = self.network;
        if let Some(gateway) = network.virtual_private_gateway_of(vpc) {
            return vec![(Vec::new(), gateway)];
        }
        let idle = network.virtual_private_gateways.iter().filter(|(_, it)| it.vpc.is_none());
        let leads = |id| {
            let mut blocks = network.links_at(id).flat_map(|it| network.prefixes(it));
            blocks.any(|it| it.contains(to))
        };
        idle.filter(|(id, _)| leads(*id))
            .map(|(gateway, _)| {
                (vec![TransitChange::AttachVpnGateway { gateway, vpc }.into()], gateway)
            })
            .collect()
    }

    /// What is announced over a connection is known while it is up.
    fn bring_up(&mut self, to: IpAddr) {
        for (vpn, it) in self.network.vpn_connections.iter() {
            let leads = it.routing.prefixes().iter().any(|it| it.contains(to));
            if leads && it.routing.is_dynamic() && !it.is_up() {
                let tunnels = [Tunnel::Up; 2];
                self.one(TransitChange::ConfigureVpnTunnels { vpn, tunnels }.into());
            }
        }
    }

    /// A table may learn the way to an address from the VPC's virtual private gateway.
    pub(super) fn propagate(&mut self, table: RouteTableId, vpc: VpcId, to: IpAddr) {
        self.bring_up(to);
        for (mut remedy, gateway) in self.private_gateways(vpc, to) {
            let row = &self.network.virtual_private_gateways[gateway];
            let known = self.network.blocks_known_to(gateway);
            if row.propagates_to.contains(&table) {
                // It learns what the gateway does.
                self.lines(gateway, to);
            } else if known.iter().any(|it| it.contains(to)) {
                remedy.push(TransitChange::EnableVgwRoutePropagation { gateway, table }.into());
                self.add(remedy);
            }
        }
    }

    /// Where the lines of a virtual private gateway lead: a route for a connection whose routes are
    /// written by hand, or one more line.
    fn lines(&mut self, gateway: VirtualPrivateGatewayId, to: IpAddr) {
        let network = self.network;
        let behind = |link| {
            let site = network.on_premises_behind(link);
            site.and_then(|it| network.on_premises.get(it)).is_some_and(|it| it.contains(to))
        };
        for (vpn, it) in network.vpn_connections.iter() {
            let here = it.side == VpnSide::VirtualPrivateGateway(gateway);
            if here && !it.routing.is_dynamic() && behind(Link::Vpn(vpn)) {
                for destination in self.blocks(to, |_| true) {
                    self.one(TransitChange::CreateVpnConnectionRoute { vpn, destination }.into());
                }
            }
        }
        for (line, it) in network.direct_connect_gateways.iter() {
            if !it.gateways.contains(&gateway) && it.prefixes.iter().any(|it| it.contains(to)) {
                let change = TransitChange::CreateDirectConnectGatewayAssociation { line, gateway };
                self.one(change.into());
            }
        }
    }

    /// What stops a packet where networks are joined.
    pub(super) fn close_joint(&mut self, hop: &Hop) {
        match hop.place {
            Place::TransitGatewayAttachment(attachment, Direction::Ingress) => {
                self.one(TransitChange::DeleteTransitGatewayAttachment { attachment }.into());
                let row = self.network.transit_gateway_attachments.get(attachment);
                if let Some(table) = row.and_then(|it| it.association) {
                    let change =
                        Change::Transit(TransitChange::DisassociateTransitGatewayRouteTable {
                            attachment,
                            table,
                        });
                    self.one(change);
                }
            }
            Place::TransitGatewayRouteTable(table, _) => {
                let to = hop.packet_in.destination;
                let chosen = self.chosen_transit_route(table, to);
                self.transit_route(table, to, chosen.as_ref(), None);
                self.no_transit_route(table, chosen.as_ref());
            }
            Place::VirtualPrivateGateway(gateway, _) => {
                let row = self.network.virtual_private_gateways.get(gateway);
                if let Some(vpc) = row.and_then(|it| it.vpc) {
                    self.one(Change::Transit(TransitChange::DetachVpnGateway { gateway, vpc }));
                }
            }
            _ => {}
        }
    }
}
