//! Where networks are joined: transit gateways, virtual private gateways, VPN.

use super::Remedies;
use crate::{
    cloud::{
        AttachmentOf, Cause, Change, Direction, Hop, Link, Place, Trace, TransitCause,
        TransitChange, Tunnel,
    },
    net::Cidr,
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
                        for (subnet, _) in zone {
                            let mut subnets = network.attachment_subnets(attachment).to_vec();
                            subnets.push(subnet);
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
                    _ => self.one(Change::Transit(TransitChange::AcceptTransitGatewayAttachment {
                        attachment,
                    })),
                }
            }
            Place::TransitGatewayRouteTable(table, _) => {
                let Some(row) = network.transit_gateway_route_tables.get(table) else { return };
                let destination = trace.last().packet_in.destination;
                let written = network.transit_routes(table);
                let matching = written.iter().filter(|it| it.destination.contains(destination));
                let holes: Vec<Cidr> =
                    (matching.filter(|it| it.is_blackhole())).map(|it| it.destination).collect();
                for &destination in &holes {
                    self.one(Change::Transit(TransitChange::DeleteTransitGatewayRoute {
                        table,
                        destination,
                    }));
                }
                let blocks = self.destinations(None, destination);
                let attachments = network.transit_gateway_attachments.iter();
                for (attachment, it) in attachments.filter(|(_, it)| it.gateway == row.gateway) {
                    // What does not work tells no routes.
                    if !it.state.works() {
                        self.one(Change::Transit(TransitChange::AcceptTransitGatewayAttachment {
                            attachment,
                        }));
                    }
                    if let AttachmentOf::Vpn(vpn) = it.of {
                        let tunnels = [Tunnel::Up; 2];
                        self.one(Change::Transit(TransitChange::ConfigureVpnTunnels {
                            vpn,
                            tunnels,
                        }));
                    }
                    self.one(Change::Transit(
                        TransitChange::EnableTransitGatewayRouteTablePropagation {
                            attachment,
                            table,
                        },
                    ));
                    let attachment = Some(attachment);
                    for &destination in &blocks {
                        self.one(Change::Transit(TransitChange::CreateTransitGatewayRoute {
                            table,
                            destination,
                            attachment,
                        }));
                    }
                    for &destination in &holes {
                        self.one(Change::Transit(TransitChange::ReplaceTransitGatewayRoute {
                            table,
                            destination,
                            attachment,
                        }));
                    }
                }
            }
            Place::VirtualPrivateGateway(gateway, _) => {
                if let Some(vpc) = self.vpc_before(trace) {
                    self.one(Change::Transit(TransitChange::AttachVpnGateway { gateway, vpc }));
                }
            }
            Place::Link(Link::Vpn(vpn), _) => {
                self.one(Change::Transit(TransitChange::ConfigureVpnTunnels {
                    vpn,
                    tunnels: [Tunnel::Up; 2],
                }));
            }
            Place::Interface(..) => {
                for (gateway, row) in network.transit_gateways.iter() {
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

    /// What stops a packet where networks are joined.
    pub(super) fn close_joint(&mut self, hop: &Hop) {
        match hop.place {
            Place::TransitGatewayAttachment(attachment, Direction::Ingress) => {
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
                let (destination, attachment) = (Cidr::host(hop.packet_in.destination), None);
                self.one(Change::Transit(TransitChange::CreateTransitGatewayRoute {
                    table,
                    destination,
                    attachment,
                }));
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
