//! Transit gateways, virtual private gateways, VPN and on-premises networks, in words.

use crate::{
    cloud::{
        Cause, Change, Check, Outcome, Place, Quota, Reason, Subject, Thing,
        TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId,
        VirtualPrivateGatewayId, VpnConnectionId,
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

    /// A place where networks are joined.
    pub(super) fn joint(&self, place: Place) -> Option<String> {
        Some(match place {
            Place::TransitGatewayAttachment(id, _) => self.attachment(id),
            Place::TransitGatewayRouteTable(id, _) => {
                self.thing(Thing::TransitGatewayRouteTable(id))
            }
            Place::VirtualPrivateGateway(id, _) => self.thing(Thing::VirtualPrivateGateway(id)),
            Place::Link(link, _) => self.thing(link.thing()),
            Place::OnPremises(id, address) => {
                let usual = self.network().on_premises().get(id).map(|it| it.address);
                let site = self.thing(Thing::OnPremises(id));
                if usual == Some(address) {
                    site
                } else {
                    (self.joins().host_of)(&site, &address.to_string())
                }
            }
            _ => return None,
        })
    }

    /// What a decisive check at a joint did to the packet: what it says when it denies, or what it
    /// decided. `None` when it is no check of a joint, or has nothing to say.
    pub(super) fn happened_at_joint(&self, check: &Check) -> Option<String> {
        let say = self.joins();
        let denied = check.outcome == Outcome::Denies;
        let words = match check.subject {
            Subject::TransitRoute(table, place) => {
                let line = written::transit_route_at(self.network(), table, place);
                let next = written::transit_target_at(self.network(), table, place);
                return Some(match next.filter(|_| !denied) {
                    Some(next) => (say.route_leads)(&line, &self.attachment(next)),
                    None => (say.route_drops)(&line),
                });
            }
            Subject::AttachmentTable(id) if !denied => {
                let attachments = self.network().transit_gateway_attachments();
                let table = attachments.get(id)?.association?;
                let table = self.thing(Thing::TransitGatewayRouteTable(table));
                return Some((say.table_decides)(&table));
            }
            Subject::AttachmentTable(_) => say.no_table,
            Subject::NoTransitRoute(_) => say.no_route,
            Subject::AttachmentState(_) => say.not_working,
            Subject::AttachmentZone(_) => say.no_door,
            Subject::VgwAttachment(_) => say.not_attached,
            Subject::VgwPrivateAddress(_) => say.not_its_own,
            Subject::VgwPrefix(_) => say.not_known,
            Subject::VpnProtocol(_) => say.not_ipv4,
            Subject::LinkState(_) => say.line_down,
            Subject::WayToAws(_) => say.no_line,
            _ => return None,
        };
        denied.then(|| words.to_owned())
    }

    /// What a check at a joint looked at.
    pub(super) fn subject_at_joint(&self, subject: Subject) -> String {
        let say = self.joins();
        match subject {
            Subject::TransitRoute(table, place) => {
                return written::transit_route_at(self.network(), table, place);
            }
            Subject::NoTransitRoute(_) => self.lang().strings().tell.no_route_matches,
            Subject::AttachmentState(_) => say.attachment_state,
            Subject::AttachmentZone(_) => say.attachment_zone,
            Subject::AttachmentTable(_) => say.attachment_table,
            Subject::VgwAttachment(_) => say.vpc_attachment,
            Subject::VgwPrivateAddress(_) => say.private_address,
            Subject::VgwPrefix(_) => say.known_destination,
            Subject::VpnProtocol(_) => say.ipv4,
            Subject::LinkState(_) => say.line_state,
            Subject::WayToAws(_) => say.way_to_aws,
            _ => "",
        }
        .to_owned()
    }

    /// Why a joint dropped the packet; `None` for what happens elsewhere.
    pub(super) fn explain_joint(
        &self,
        place: Place,
        cause: Cause,
        packet: Option<Packet>,
        decisive: Option<&Check>,
    ) -> Option<Explained> {
        let say = self.joins();
        let here = self.place_without_direction(place);
        let source = packet.map(|it| it.source.to_string()).unwrap_or_default();
        let destination = packet.map(|it| it.destination.to_string()).unwrap_or_default();
        let (why, means) = match cause {
            Cause::AttachmentNotAvailable => {
                let state = match place {
                    Place::TransitGatewayAttachment(id, _) => {
                        self.network().transit_gateway_attachments().get(id).map(|it| it.state)
                    }
                    _ => None,
                };
                let state = state.map_or("deleted", written::attachment_state);
                ((say.why_not_available)(&here, state), say.means_not_available)
            }
            Cause::AttachmentZone => ((say.why_zone)(&here), say.means_zone),
            Cause::AttachmentWithoutTable => ((say.why_no_table)(&here), say.means_no_table),
            Cause::NoTransitRoute => ((say.why_no_route)(&here, &destination), say.means_no_route),
            Cause::TransitBlackhole => {
                let line = match decisive.map(|it| it.subject) {
                    Some(Subject::TransitRoute(table, place)) => {
                        written::transit_route_at(self.network(), table, place)
                    }
                    _ => destination,
                };
                ((say.why_blackhole)(&here, &line), say.means_blackhole)
            }
            Cause::GroupReferencesOff => {
                ((say.why_group_references)(&here, &source), say.means_group_references)
            }
            Cause::VgwDetached => ((say.why_detached)(&here), say.means_detached),
            Cause::VgwForeignSource => {
                ((say.why_foreign_source)(&here, &source), say.means_foreign_source)
            }
            Cause::VgwForeignDestination => {
                ((say.why_foreign_destination)(&here, &destination), say.means_foreign_destination)
            }
            Cause::VgwUnknownDestination => {
                ((say.why_unknown_destination)(&here, &destination), say.means_unknown_destination)
            }
            Cause::VpnProtocol => ((say.why_ipv6)(&here), say.means_ipv6),
            Cause::LinkDown | Cause::TransitLinkDown => {
                ((say.why_line_down)(&here), say.means_line_down)
            }
            Cause::NoWayToAws => ((say.why_no_line)(&here), say.means_no_line),
            _ => return None,
        };
        Some(Explained { why, means: means.to_owned() })
    }

    /// Why AWS would refuse a change to a joint; `None` for other reasons.
    pub(super) fn refused_joint(&self, reason: &Reason) -> Option<String> {
        let say = self.joins();
        let thing = |it: &Thing| self.thing(*it);
        let attachment = |id: &TransitGatewayAttachmentId| self.attachment(*id);
        Some(match reason {
            Reason::AlreadyConnected(one, other) => {
                (say.already_connected)(&thing(one), &thing(other))
            }
            Reason::NotConnected(one, other) => (say.not_connected)(&thing(one), &thing(other)),
            Reason::DifferentTransitGateways(one, other) => {
                (say.different_gateways)(&thing(one), &thing(other))
            }
            Reason::AttachmentNotAvailable(id) => (say.attachment_not_available)(&attachment(id)),
            Reason::NotPending(id) => (say.not_pending)(&attachment(id)),
            Reason::NotAVpcAttachment(id) => (say.not_a_vpc_attachment)(&attachment(id)),
            Reason::NoAttachmentSubnet => say.no_attachment_subnet.to_owned(),
            Reason::SameZone(one, other) => (say.same_zone)(&thing(one), &thing(other)),
            Reason::PeeringIsStatic(_) => say.peering_is_static.to_owned(),
            Reason::DestinationExists(holder, cidr) => {
                (say.destination_exists)(&thing(holder), &cidr.to_string())
            }
            Reason::DestinationUnknown(holder, cidr) => {
                (say.destination_unknown)(&thing(holder), &cidr.to_string())
            }
            Reason::VpnIsDynamic(id) => (say.vpn_is_dynamic)(&thing(&Thing::VpnConnection(*id))),
            Reason::NoBlock => say.no_block.to_owned(),
            _ => return None,
        })
    }

    /// What there may be only so many of, among joints.
    pub(super) fn joint_quota(&self, quota: Quota) -> &'static str {
        let say = self.joins();
        match quota {
            Quota::TransitGateways => say.quota_transit_gateways,
            Quota::TransitGatewaysPerVpc => say.quota_transit_gateways_per_vpc,
            Quota::TablesPerTransitGateway => say.quota_tables,
            Quota::RoutesPerTransitGateway => say.quota_routes,
            Quota::VirtualPrivateGateways => say.quota_vpn_gateways,
            _ => "",
        }
    }

    /// What kind of joint it is.
    pub(super) fn joint_kind(&self, thing: Thing) -> &'static str {
        let say = self.joins();
        match thing {
            Thing::TransitGateway(_) => say.transit_gateway,
            Thing::TransitGatewayAttachment(_) => say.attachment,
            Thing::TransitGatewayRouteTable(_) => say.transit_table,
            Thing::VirtualPrivateGateway(_) => say.virtual_private_gateway,
            Thing::CustomerGateway(_) => say.customer_gateway,
            Thing::VpnConnection(_) => say.vpn_connection,
            Thing::DirectConnectGateway(_) => say.direct_connect_gateway,
            Thing::OnPremises(_) => say.on_premises,
            _ => "",
        }
    }

    /// What a change to a joint does, as a sentence.
    pub(super) fn change_of_joint(&self, change: &Change) -> String {
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
            Change::CreateTransitGateway { name, .. } => {
                say::make(lang, kind.transit_gateway, name)
            }
            Change::ModifyTransitGateway { gateway, .. } => say::reset(lang, &hub(gateway)),
            Change::DeleteTransitGateway { gateway } => say::delete(lang, &hub(gateway)),
            Change::CreateTransitGatewayVpcAttachment { gateway, vpc, .. } => {
                say::connect(lang, &joint(Thing::Vpc(*vpc)), &hub(gateway))
            }
            Change::ModifyTransitGatewayVpcAttachment { attachment: id, subnets, .. } => {
                match subnets {
                    Some(subnets) => {
                        let names: Vec<String> = subnets
                            .iter()
                            .map(|it| written::name(self.network(), Thing::Subnet(*it)))
                            .collect();
                        say::place_in(lang, &attachment(id), &names.join(", "))
                    }
                    None => say::reset(lang, &attachment(id)),
                }
            }
            Change::CreateTransitGatewayPeeringAttachment { gateway, peer, .. } => {
                say::connect(lang, &hub(gateway), &hub(peer))
            }
            Change::AttachDirectConnectGateway { gateway, line, .. } => {
                say::connect(lang, &joint(Thing::DirectConnectGateway(*line)), &hub(gateway))
            }
            Change::CreateTransitGatewayConnect { gateway, on_premises, .. } => {
                say::connect(lang, &joint(Thing::OnPremises(*on_premises)), &hub(gateway))
            }
            Change::AcceptTransitGatewayAttachment { attachment: id } => {
                say::accept(lang, &attachment(id))
            }
            Change::RejectTransitGatewayAttachment { attachment: id } => {
                say::reject(lang, &attachment(id))
            }
            Change::DeleteTransitGatewayAttachment { attachment: id } => {
                say::delete(lang, &attachment(id))
            }
            Change::CreateTransitGatewayRouteTable { name, .. } => {
                say::make(lang, kind.transit_table, name)
            }
            Change::DeleteTransitGatewayRouteTable { table: id } => say::delete(lang, &table(id)),
            Change::AssociateTransitGatewayRouteTable { attachment: id, table: to } => {
                say::associate(lang, &attachment(id), &table(to))
            }
            Change::DisassociateTransitGatewayRouteTable { attachment: id, table: from } => {
                say::disconnect(lang, &attachment(id), &table(from))
            }
            Change::EnableTransitGatewayRouteTablePropagation { attachment: id, table: to } => {
                say::propagate(lang, &attachment(id), &table(to))
            }
            Change::DisableTransitGatewayRouteTablePropagation { attachment: id, table: to } => {
                say::stop_propagating(lang, &attachment(id), &table(to))
            }
            Change::CreateTransitGatewayRoute { table: id, destination, attachment: to }
            | Change::ReplaceTransitGatewayRoute { table: id, destination, attachment: to } => {
                let to = to.map_or_else(
                    || "blackhole".to_owned(),
                    |it| written::name(self.network(), Thing::TransitGatewayAttachment(it)),
                );
                say::write_route(lang, &table(id), &format!("{destination} -> {to}"))
            }
            Change::DeleteTransitGatewayRoute { table: id, destination } => {
                say::erase_route(lang, &table(id), &destination.to_string())
            }
            Change::CreateVpnGateway { name } => {
                say::make(lang, kind.virtual_private_gateway, name)
            }
            Change::AttachVpnGateway { gateway, vpc } => {
                say::connect(lang, &vgw(gateway), &joint(Thing::Vpc(*vpc)))
            }
            Change::DetachVpnGateway { gateway, vpc } => {
                say::disconnect(lang, &vgw(gateway), &joint(Thing::Vpc(*vpc)))
            }
            Change::DeleteVpnGateway { gateway } => say::delete(lang, &vgw(gateway)),
            Change::EnableVgwRoutePropagation { gateway, table: to } => {
                say::propagate(lang, &vgw(gateway), &joint(Thing::RouteTable(*to)))
            }
            Change::DisableVgwRoutePropagation { gateway, table: to } => {
                say::stop_propagating(lang, &vgw(gateway), &joint(Thing::RouteTable(*to)))
            }
            Change::CreateCustomerGateway { name, .. } => {
                say::make(lang, kind.customer_gateway, name)
            }
            Change::DeleteCustomerGateway { gateway } => {
                say::delete(lang, &joint(Thing::CustomerGateway(*gateway)))
            }
            Change::CreateVpnConnection { name, .. } => say::make(lang, kind.vpn_connection, name),
            Change::DeleteVpnConnection { vpn: id } => say::delete(lang, &vpn(id)),
            Change::CreateVpnConnectionRoute { vpn: id, destination } => {
                say::write_route(lang, &vpn(id), &destination.to_string())
            }
            Change::DeleteVpnConnectionRoute { vpn: id, destination } => {
                say::erase_route(lang, &vpn(id), &destination.to_string())
            }
            Change::CreateDirectConnectGateway { name, .. } => {
                say::make(lang, kind.direct_connect_gateway, name)
            }
            Change::CreateDirectConnectGatewayAssociation { line, gateway } => {
                say::connect(lang, &joint(Thing::DirectConnectGateway(*line)), &vgw(gateway))
            }
            Change::DeleteDirectConnectGatewayAssociation { line, gateway } => {
                say::disconnect(lang, &joint(Thing::DirectConnectGateway(*line)), &vgw(gateway))
            }
            Change::ConfigureVpnTunnels { vpn: id, tunnels } => {
                let [first, second] = tunnels.map(written::tunnel);
                say::set_tunnels(lang, &vpn(id), first, second)
            }
            Change::CreateOnPremises { name, .. } => say::make(lang, kind.on_premises, name),
            _ => String::new(),
        }
    }
}
