//! Transit gateways, virtual private gateways, VPN and on-premises networks, in words.

use std::net::IpAddr;

use crate::{
    cloud::{
        Check, OnPremisesId, Outcome, Place, Subject, Thing, TransitCause, TransitChange,
        TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, TransitReason,
        TransitSubject, VirtualPrivateGatewayId, VpnConnectionId,
    },
    i18n::{change as say, transit},
    net::Packet,
    tell::{Explained, Teller, written},
};

impl Teller<'_> {
    fn joins(&self) -> &'static transit::Transit {
        &self.lang().strings().transit
    }

    fn attachment(&self, id: TransitGatewayAttachmentId) -> String {
        self.thing(Thing::TransitGatewayAttachment(id))
    }

    /// Somebody in an on-premises network: the network itself at its usual address.
    pub(super) fn host_on_premises(&self, id: OnPremisesId, address: IpAddr) -> String {
        let usual = self.network().on_premises().get(id).map(|it| it.address);
        let site = self.thing(Thing::OnPremises(id));
        if usual == Some(address) {
            site
        } else {
            (self.joins().host_of)(&site, &address.to_string())
        }
    }

    /// What a decisive check at a joint did to the packet: what it says when it denies, or what it
    /// decided. `None` when it has nothing to say.
    pub(super) fn happened_at_joint(
        &self,
        subject: TransitSubject,
        check: &Check,
    ) -> Option<String> {
        let say = self.joins();
        let denied = check.outcome == Outcome::Denies;
        let words = match subject {
            TransitSubject::TransitRoute(table, place) => {
                let line = written::transit_route_at(self.network(), table, place);
                let next = written::transit_target_at(self.network(), table, place);
                return Some(match next.filter(|_| !denied) {
                    Some(next) => (say.route_leads)(&line, &self.attachment(next)),
                    None => (say.route_drops)(&line),
                });
            }
            TransitSubject::AttachmentTable(id) if !denied => {
                let attachments = self.network().transit_gateway_attachments();
                let table = attachments.get(id)?.association?;
                let table = self.thing(Thing::TransitGatewayRouteTable(table));
                return Some((say.table_decides)(&table));
            }
            TransitSubject::AttachmentTable(_) => say.no_table,
            TransitSubject::NoTransitRoute(_) => say.no_route,
            TransitSubject::AttachmentState(_) => say.not_working,
            TransitSubject::AttachmentZone(_) => say.no_door,
            TransitSubject::VgwAttachment(_) => say.not_attached,
            TransitSubject::VgwPrivateAddress(_) => say.not_its_own,
            TransitSubject::VgwPrefix(_) => say.not_known,
            TransitSubject::VpnProtocol(_) => say.not_ipv4,
            TransitSubject::LinkState(_) => say.line_down,
            TransitSubject::WayToAws(_) => say.no_line,
        };
        denied.then(|| words.to_owned())
    }

    /// What a check at a joint looked at.
    pub(super) fn subject_at_joint(&self, subject: TransitSubject) -> String {
        let say = self.joins();
        match subject {
            TransitSubject::TransitRoute(table, place) => {
                return written::transit_route_at(self.network(), table, place);
            }
            TransitSubject::NoTransitRoute(_) => self.lang().strings().tell.no_route_matches,
            TransitSubject::AttachmentState(_) => say.attachment_state,
            TransitSubject::AttachmentZone(_) => say.attachment_zone,
            TransitSubject::AttachmentTable(_) => say.attachment_table,
            TransitSubject::VgwAttachment(_) => say.vpc_attachment,
            TransitSubject::VgwPrivateAddress(_) => say.private_address,
            TransitSubject::VgwPrefix(_) => say.known_destination,
            TransitSubject::VpnProtocol(_) => say.ipv4,
            TransitSubject::LinkState(_) => say.line_state,
            TransitSubject::WayToAws(_) => say.way_to_aws,
        }
        .to_owned()
    }

    /// Why a joint dropped the packet.
    pub(super) fn explain_joint(
        &self,
        place: Place,
        cause: TransitCause,
        packet: Option<Packet>,
        decisive: Option<&Check>,
    ) -> Explained {
        let say = self.joins();
        let here = self.place_without_direction(place);
        let source = packet.map(|it| it.source.to_string()).unwrap_or_default();
        let destination = packet.map(|it| it.destination.to_string()).unwrap_or_default();
        let (why, means) = match cause {
            TransitCause::AttachmentNotAvailable => {
                let state = match place {
                    Place::TransitGatewayAttachment(id, _) => {
                        self.network().transit_gateway_attachments().get(id).map(|it| it.state)
                    }
                    _ => None,
                };
                let state = state.map_or("deleted", written::attachment_state);
                ((say.why_not_available)(&here, state), say.means_not_available)
            }
            TransitCause::AttachmentZone => ((say.why_zone)(&here), say.means_zone),
            TransitCause::AttachmentWithoutTable => ((say.why_no_table)(&here), say.means_no_table),
            TransitCause::NoTransitRoute => {
                ((say.why_no_route)(&here, &destination), say.means_no_route)
            }
            TransitCause::TransitBlackhole => {
                let line = match decisive.map(|it| it.subject) {
                    Some(Subject::Transit(TransitSubject::TransitRoute(table, place))) => {
                        written::transit_route_at(self.network(), table, place)
                    }
                    _ => destination,
                };
                ((say.why_blackhole)(&here, &line), say.means_blackhole)
            }
            TransitCause::GroupReferencesOff => {
                ((say.why_group_references)(&here, &source), say.means_group_references)
            }
            TransitCause::VgwDetached => ((say.why_detached)(&here), say.means_detached),
            TransitCause::VgwForeignSource => {
                ((say.why_foreign_source)(&here, &source), say.means_foreign_source)
            }
            TransitCause::VgwForeignDestination => {
                ((say.why_foreign_destination)(&here, &destination), say.means_foreign_destination)
            }
            TransitCause::VgwUnknownDestination => {
                ((say.why_unknown_destination)(&here, &destination), say.means_unknown_destination)
            }
            TransitCause::VpnProtocol => ((say.why_ipv6)(&here), say.means_ipv6),
            TransitCause::LinkDown | TransitCause::TransitLinkDown => {
                ((say.why_line_down)(&here), say.means_line_down)
            }
            TransitCause::NoWayToAws => ((say.why_no_line)(&here), say.means_no_line),
        };
        Explained { why, means: means.to_owned() }
    }

    /// Why AWS would refuse a change to a joint.
    pub(super) fn refused_joint(&self, reason: &TransitReason) -> String {
        let say = self.joins();
        let thing = |it: &Thing| self.thing(*it);
        let attachment = |id: &TransitGatewayAttachmentId| self.attachment(*id);
        match reason {
            TransitReason::AlreadyConnected(one, other) => {
                (say.already_connected)(&thing(one), &thing(other))
            }
            TransitReason::NotConnected(one, other) => {
                (say.not_connected)(&thing(one), &thing(other))
            }
            TransitReason::DifferentTransitGateways(one, other) => {
                (say.different_gateways)(&thing(one), &thing(other))
            }
            TransitReason::AttachmentNotAvailable(id) => {
                (say.attachment_not_available)(&attachment(id))
            }
            TransitReason::NotPending(id) => (say.not_pending)(&attachment(id)),
            TransitReason::NotAVpcAttachment(id) => (say.not_a_vpc_attachment)(&attachment(id)),
            TransitReason::NoAttachmentSubnet => say.no_attachment_subnet.to_owned(),
            TransitReason::SameZone(one, other) => (say.same_zone)(&thing(one), &thing(other)),
            TransitReason::PeeringIsStatic(_) => say.peering_is_static.to_owned(),
            TransitReason::DestinationExists(holder, cidr) => {
                (say.destination_exists)(&thing(holder), &cidr.to_string())
            }
            TransitReason::DestinationUnknown(holder, cidr) => {
                (say.destination_unknown)(&thing(holder), &cidr.to_string())
            }
            TransitReason::VpnIsDynamic(id) => {
                (say.vpn_is_dynamic)(&thing(&Thing::VpnConnection(*id)))
            }
            TransitReason::NoBlock => say.no_block.to_owned(),
        }
    }

    /// What a change to a joint does, as a sentence.
    pub(super) fn change_of_joint(&self, change: &TransitChange) -> String {
        let lang = self.lang();
        let joint = |it: Thing| self.thing(it);
        let attachment = |id: &TransitGatewayAttachmentId| self.attachment(*id);
        let table =
            |id: &TransitGatewayRouteTableId| self.thing(Thing::TransitGatewayRouteTable(*id));
        let hub = |id: &TransitGatewayId| self.thing(Thing::TransitGateway(*id));
        let vgw = |id: &VirtualPrivateGatewayId| self.thing(Thing::VirtualPrivateGateway(*id));
        let vpn = |id: &VpnConnectionId| self.thing(Thing::VpnConnection(*id));
        let kind = self.joins();
        match change {
            TransitChange::CreateTransitGateway { name, .. } => {
                say::make(lang, kind.transit_gateway, name)
            }
            TransitChange::ModifyTransitGateway { gateway, .. } => say::reset(lang, &hub(gateway)),
            TransitChange::DeleteTransitGateway { gateway } => say::delete(lang, &hub(gateway)),
            TransitChange::CreateTransitGatewayVpcAttachment { gateway, vpc, .. } => {
                say::connect(lang, &joint(Thing::Vpc(*vpc)), &hub(gateway))
            }
            TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment: id, subnets, ..
            } => match subnets {
                Some(subnets) => {
                    let names: Vec<String> = subnets
                        .iter()
                        .map(|it| written::name(self.network(), Thing::Subnet(*it)))
                        .collect();
                    say::place_in(lang, &attachment(id), &names.join(", "))
                }
                None => say::reset(lang, &attachment(id)),
            },
            TransitChange::CreateTransitGatewayPeeringAttachment { gateway, peer, .. } => {
                say::connect(lang, &hub(gateway), &hub(peer))
            }
            TransitChange::AttachDirectConnectGateway { gateway, line, .. } => {
                say::connect(lang, &joint(Thing::DirectConnectGateway(*line)), &hub(gateway))
            }
            TransitChange::CreateTransitGatewayConnect { gateway, on_premises, .. } => {
                say::connect(lang, &joint(Thing::OnPremises(*on_premises)), &hub(gateway))
            }
            TransitChange::AcceptTransitGatewayAttachment { attachment: id } => {
                say::accept(lang, &attachment(id))
            }
            TransitChange::RejectTransitGatewayAttachment { attachment: id } => {
                say::reject(lang, &attachment(id))
            }
            TransitChange::DeleteTransitGatewayAttachment { attachment: id } => {
                say::delete(lang, &attachment(id))
            }
            TransitChange::CreateTransitGatewayRouteTable { name, .. } => {
                say::make(lang, kind.transit_table, name)
            }
            TransitChange::DeleteTransitGatewayRouteTable { table: id } => {
                say::delete(lang, &table(id))
            }
            TransitChange::AssociateTransitGatewayRouteTable { attachment: id, table: to } => {
                say::associate(lang, &attachment(id), &table(to))
            }
            TransitChange::DisassociateTransitGatewayRouteTable { attachment: id, table: from } => {
                say::disconnect(lang, &attachment(id), &table(from))
            }
            TransitChange::EnableTransitGatewayRouteTablePropagation {
                attachment: id,
                table: to,
            } => say::propagate(lang, &attachment(id), &table(to)),
            TransitChange::DisableTransitGatewayRouteTablePropagation {
                attachment: id,
                table: to,
            } => say::stop_propagating(lang, &attachment(id), &table(to)),
            TransitChange::CreateTransitGatewayRoute { table: id, destination, attachment: to }
            | TransitChange::ReplaceTransitGatewayRoute {
                table: id,
                destination,
                attachment: to,
            } => {
                let to = to.map_or_else(
                    || "blackhole".to_owned(),
                    |it| written::name(self.network(), Thing::TransitGatewayAttachment(it)),
                );
                say::write_route(lang, &table(id), &format!("{destination} -> {to}"))
            }
            TransitChange::DeleteTransitGatewayRoute { table: id, destination } => {
                say::erase_route(lang, &table(id), &destination.to_string())
            }
            TransitChange::CreateVpnGateway { name } => {
                say::make(lang, kind.virtual_private_gateway, name)
            }
            TransitChange::AttachVpnGateway { gateway, vpc } => {
                say::connect(lang, &vgw(gateway), &joint(Thing::Vpc(*vpc)))
            }
            TransitChange::DetachVpnGateway { gateway, vpc } => {
                say::disconnect(lang, &vgw(gateway), &joint(Thing::Vpc(*vpc)))
            }
            TransitChange::DeleteVpnGateway { gateway } => say::delete(lang, &vgw(gateway)),
            TransitChange::EnableVgwRoutePropagation { gateway, table: to } => {
                say::propagate(lang, &vgw(gateway), &joint(Thing::RouteTable(*to)))
            }
            TransitChange::AssociateVgwRouteTable { gateway, table: Some(to) } => {
                say::connect(lang, &joint(Thing::RouteTable(*to)), &vgw(gateway))
            }
            TransitChange::AssociateVgwRouteTable { gateway, table: None } => {
                crate::i18n::change::no_gateway_table(lang, &vgw(gateway))
            }
            TransitChange::DisableVgwRoutePropagation { gateway, table: to } => {
                say::stop_propagating(lang, &vgw(gateway), &joint(Thing::RouteTable(*to)))
            }
            TransitChange::CreateCustomerGateway { name, .. } => {
                say::make(lang, kind.customer_gateway, name)
            }
            TransitChange::DeleteCustomerGateway { gateway } => {
                say::delete(lang, &joint(Thing::CustomerGateway(*gateway)))
            }
            TransitChange::CreateVpnConnection { name, .. } => {
                say::make(lang, kind.vpn_connection, name)
            }
            TransitChange::DeleteVpnConnection { vpn: id } => say::delete(lang, &vpn(id)),
            TransitChange::CreateVpnConnectionRoute { vpn: id, destination } => {
                say::write_route(lang, &vpn(id), &destination.to_string())
            }
            TransitChange::DeleteVpnConnectionRoute { vpn: id, destination } => {
                say::erase_route(lang, &vpn(id), &destination.to_string())
            }
            TransitChange::CreateDirectConnectGateway { name, .. } => {
                say::make(lang, kind.direct_connect_gateway, name)
            }
            TransitChange::CreateDirectConnectGatewayAssociation { line, gateway } => {
                say::connect(lang, &joint(Thing::DirectConnectGateway(*line)), &vgw(gateway))
            }
            TransitChange::DeleteDirectConnectGatewayAssociation { line, gateway } => {
                say::disconnect(lang, &joint(Thing::DirectConnectGateway(*line)), &vgw(gateway))
            }
            TransitChange::ConfigureVpnTunnels { vpn: id, tunnels } => {
                let [first, second] = tunnels.map(written::tunnel);
                say::set_tunnels(lang, &vpn(id), first, second)
            }
            TransitChange::CreateOnPremises { name, .. } => say::make(lang, kind.on_premises, name),
            TransitChange::ConfigureOnPremises { on_premises, cidrs } => {
                let blocks: Vec<String> = cidrs.iter().map(ToString::to_string).collect();
                say::set_blocks(lang, &joint(Thing::OnPremises(*on_premises)), &blocks.join(", "))
            }
            TransitChange::DeleteOnPremises { on_premises } => {
                say::delete(lang, &joint(Thing::OnPremises(*on_premises)))
            }
            TransitChange::DeleteDirectConnectGateway { line } => {
                say::delete(lang, &joint(Thing::DirectConnectGateway(*line)))
            }
        }
    }
}
