//! `aws directconnect describe-direct-connect-gateways`, `-direct-connect-gateway-associations` and
//! `describe-virtual-interfaces`; and the Connect attachments of transit gateways.

use super::{
    Build,
    notes::{Item, Record},
    shown,
    site::{Learned, Line, LineKind},
};
use crate::{cloud::VirtualPrivateGatewayId, i18n::aws as say, net::Cidr};

impl<'d> Build<'d> {
    /// The Direct Connect gateways, and the private virtual interfaces that end at a virtual private
    /// gateway without one.
    pub(super) fn direct_connect_lines(&self, learned: &Learned<'d>) -> Vec<Line<'d>> {
        let dump = self.dump;
        let notes = self.notes;
        let mut lines = Vec::new();
        for record in dump.all("directConnectGatewayAssociations") {
            for source in &record.sources {
                notes.only("directConnectGatewayAssociations", *source, |key| {
                    matches!(
                        key,
                        "directConnectGatewayId"
                            | "directConnectGatewayOwnerAccount"
                            | "associationState"
                            | "State"
                            | "stateChangeError"
                            | "associatedGateway"
                            | "associationId"
                            | "allowedPrefixesToDirectConnectGateway"
                            | "virtualGatewayId"
                            | "virtualGatewayRegion"
                            | "virtualGatewayOwnerAccount"
                    )
                });
            }
        }
        for record in dump.all("directConnectGateways") {
            for source in &record.sources {
                notes.only("directConnectGateways", *source, |key| {
                    matches!(
                        key,
                        "directConnectGatewayId"
                            | "directConnectGatewayName"
                            | "amazonSideAsn"
                            | "ownerAccount"
                            | "directConnectGatewayState"
                            | "stateChangeError"
                    )
                });
            }
            if is_gone(record, "directConnectGatewayState") {
                notes.gone(record.item(), &shown(record.id));
                continue;
            }
            let (gateways, ids) = self.associated(record.id);
            let mut blocks: Vec<Cidr> = Vec::new();
            for id in &ids {
                blocks.extend(learned.at_gateway(id, &self.written_for_others(Some(id), "")));
            }
            let attachment = self.attachment_of(record.id);
            let transit = learned.at_transit(&[record.id, attachment.unwrap_or(record.id)], false);
            blocks.extend(transit);
            blocks.sort();
            blocks.dedup();
            let up = self.is_up(|it| word(it, "directConnectGatewayId") == Some(record.id));
            let id = record.id;
            let kind = LineKind::DirectConnect { gateways, up, id };
            lines.push(Line { record, kind, blocks, device: None });
        }
        for record in dump.all("virtualInterfaces") {
            for source in &record.sources {
                notes.only("virtualInterfaces", *source, is_known);
            }
            if is_gone(record, "virtualInterfaceState")
                || record.get("directConnectGatewayId").is_some_and(|it| !it.is_nothing())
            {
                continue;
            }
            // A public one leads to AWS's public addresses, which the internet does as well here.
            let Some(id) = word(record, "virtualGatewayId").filter(|it| !it.is_empty()) else {
                continue;
            };
            let Some(&gateway) = self.vpn_gateways.get(id) else {
                notes.left_out(record.item(), &shown(record.id), &shown(id));
                continue;
            };
            let blocks = learned.at_gateway(id, &self.written_for_others(Some(id), ""));
            let up = self.is_up(|it| it.id == record.id);
            let id = record.id;
            let kind = LineKind::DirectConnect { gateways: vec![gateway], up, id };
            lines.push(Line { record, kind, blocks, device: None });
        }
        lines
    }

    /// The virtual private gateways that a Direct Connect gateway leads to.
    fn associated(&self, id: &str) -> (Vec<VirtualPrivateGatewayId>, Vec<&'d str>) {
        let notes = self.notes;
        let mut found = (Vec::new(), Vec::new());
        for record in self.dump.all("directConnectGatewayAssociations") {
            if word(record, "directConnectGatewayId") != Some(id)
                || is_gone(record, "associationState")
            {
                continue;
            }
            let gateway = record.get("associatedGateway");
            let other = gateway.and_then(|it| it.get("id")).and_then(Item::as_text);
            let other = other.or_else(|| word(record, "virtualGatewayId"));
            let Some(other) = other.filter(|it| !it.is_empty()) else { continue };
            if let Some(&known) = self.vpn_gateways.get(other) {
                found.0.push(known);
                found.1.push(other);
                self.announced(record, known);
            } else if !self.transit_gateways.contains_key(other) {
                notes.matters(record.item(), say::association(&shown(id), &shown(other)));
            }
        }
        found
    }

    /// AWS tells the far end of those blocks of the VPC alone that are allowed.
    fn announced(&self, record: &Record<'d>, gateway: VirtualPrivateGatewayId) {
        let Some(list) = record.get("allowedPrefixesToDirectConnectGateway") else { return };
        let allowed: Vec<Cidr> =
            list.items().filter_map(|it| it.get("cidr")?.as_text()?.parse().ok()).collect();
        let vpc = self.network.virtual_private_gateways()[gateway].vpc;
        let Some(vpc) = vpc.filter(|_| !allowed.is_empty()) else { return };
        for block in &self.network.vpcs()[vpc].cidrs {
            if !allowed.iter().any(|it| it.covers(*block)) {
                let name = shown(record.id);
                self.notes.matters(list, say::not_announced(&name, &block.to_string()));
            }
        }
    }

    /// Does one of these virtual interfaces work? Where none is described, it is taken to.
    fn is_up(&self, mine: impl Fn(&Record<'d>) -> bool) -> bool {
        let mut mine = self.dump.all("virtualInterfaces").iter().filter(|it| mine(it)).peekable();
        if mine.peek().is_none() {
            return true;
        }
        mine.any(|it| {
            let mut peers = it.get("bgpPeers").into_iter().flat_map(Item::items).peekable();
            let heard = peers.peek().is_none()
                || peers.any(|it| it.get("bgpStatus").and_then(Item::as_text) != Some("down"));
            matches!(word(it, "virtualInterfaceState"), None | Some("available")) && heard
        })
    }

    /// The Connect attachments: an appliance behind another attachment tells its routes with BGP.
    pub(super) fn connect_lines(&self, learned: &Learned<'d>) -> Vec<Line<'d>> {
        let dump = self.dump;
        let notes = self.notes;
        for record in dump.all("TransitGatewayConnectPeers") {
            for source in &record.sources {
                notes.only("TransitGatewayConnectPeers", *source, |key| {
                    matches!(
                        key,
                        "TransitGatewayConnectPeerId"
                            | "TransitGatewayAttachmentId"
                            | "State"
                            | "ConnectPeerConfiguration"
                    )
                });
            }
        }
        let mut lines = Vec::new();
        for record in dump.all("TransitGatewayConnects") {
            for source in &record.sources {
                notes.only("TransitGatewayConnects", *source, |key| {
                    matches!(
                        key,
                        "TransitGatewayAttachmentId"
                            | "TransportTransitGatewayAttachmentId"
                            | "TransitGatewayId"
                            | "State"
                            | "Options"
                    )
                });
            }
            if is_gone(record, "State") {
                notes.gone(record.item(), &shown(record.id));
                continue;
            }
            let blocks = learned.at_transit(&[record.id], false);
            lines.push(Line { record, kind: LineKind::Connect, blocks, device: Some(record.id) });
        }
        lines
    }
}

fn word<'d>(record: &Record<'d>, key: &str) -> Option<&'d str> {
    record.get(key).and_then(Item::as_text)
}

fn is_gone(record: &Record, key: &str) -> bool {
    matches!(word(record, key), Some("deleted" | "deleting" | "disassociated" | "disassociating"))
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "ownerAccount"
            | "virtualInterfaceId"
            | "location"
            | "connectionId"
            | "virtualInterfaceType"
            | "virtualInterfaceName"
            | "vlan"
            | "asn"
            | "asnLong"
            | "amazonSideAsn"
            | "authKey"
            | "amazonAddress"
            | "customerAddress"
            | "addressFamily"
            | "virtualInterfaceState"
            | "customerRouterConfig"
            | "mtu"
            | "jumboFrameCapable"
            | "virtualGatewayId"
            | "directConnectGatewayId"
            | "routeFilterPrefixes"
            | "bgpPeers"
            | "region"
            | "awsDeviceV2"
            | "awsLogicalDeviceId"
            | "siteLinkEnabled"
    )
}
