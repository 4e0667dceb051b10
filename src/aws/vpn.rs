//! `describe-vpn-gateways`, `describe-customer-gateways` and `describe-vpn-connections`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
    site::{Learned, Line, LineKind},
};
use crate::{
    cloud::{Thing, Tunnel, VirtualPrivateGateway, VpnSide},
    i18n::aws as say,
    net::Cidr,
};

impl<'d> Build<'d> {
    /// The gateways on AWS's side, with the tables that learn from them.
    pub(super) fn vpn_gateways(&mut self) {
        let dump = self.dump;
        for record in dump.all("VpnGateways") {
            let notes = self.notes;
            for source in &record.sources {
                notes.only("VpnGateways", *source, |key| {
                    matches!(
                        key,
                        "VpnGatewayId"
                            | "State"
                            | "Type"
                            | "VpcAttachments"
                            | "AmazonSideAsn"
                            | "AvailabilityZone"
                    )
                });
            }
            if is_gone(record) {
                notes.gone(record.item(), &shown(record.id));
                continue;
            }
            let attachments = notes.objects(record.get("VpcAttachments"));
            let vpc = self.attached_vpc(&shown(record.id), &attachments);
            let name = Self::name(record, None);
            let gateway = self.network.insert(VirtualPrivateGateway {
                name,
                vpc,
                propagates_to: Vec::new(),
                route_table: None,
            });
            self.vpn_gateways.insert(record.id, gateway);
            self.remember(record, Thing::VirtualPrivateGateway(gateway));
        }
        for record in dump.all("RouteTables") {
            let Some(&table) = self.route_tables.get(record.id) else { continue };
            for item in self.notes.objects(record.get("PropagatingVgws")) {
                let id = item.get("GatewayId").and_then(Item::as_text);
                let Some(&gateway) = id.and_then(|it| self.vpn_gateways.get(it)) else {
                    let gateway = shown(id.unwrap_or("GatewayId"));
                    if !self.notes.is_gone(&gateway) {
                        let said = say::without_part(&shown(record.id), &gateway);
                        self.notes.harmless(item, said);
                    }
                    continue;
                };
                self.network.update(gateway, |it: &mut VirtualPrivateGateway| {
                    if !it.propagates_to.contains(&table) {
                        it.propagates_to.push(table);
                    }
                });
            }
        }
        for record in dump.all("CustomerGateways") {
            for source in &record.sources {
                self.notes.only("CustomerGateways", *source, |key| {
                    matches!(
                        key,
                        "CustomerGatewayId"
                            | "BgpAsn"
                            | "BgpAsnExtended"
                            | "IpAddress"
                            | "State"
                            | "Type"
                            | "DeviceName"
                    )
                });
            }
        }
    }

    /// The VPN connections, with what is known behind them.
    pub(super) fn vpn_lines(&self, learned: &Learned<'d>) -> Vec<Line<'d>> {
        let dump = self.dump;
        let notes = self.notes;
        let mut lines = Vec::new();
        for record in dump.all("VpnConnections") {
            for source in &record.sources {
                notes.only("VpnConnections", *source, is_known);
            }
            let id = shown(record.id);
            if is_gone(record) {
                notes.gone(record.item(), &id);
                continue;
            }
            let (private, transit) = (
                notes.text(record.get("VpnGatewayId")),
                notes.text(record.get("TransitGatewayId")),
            );
            let side = None
                .or_else(|| self.vpn_gateways.get(private?).copied())
                .map(VpnSide::VirtualPrivateGateway)
                .or_else(|| Some(VpnSide::TransitGateway(*self.transit_gateways.get(transit?)?)));
            let Some(side) = side else {
                let missing = private.or(transit).unwrap_or("VpnGatewayId");
                notes.left_out(record.item(), &id, &shown(missing));
                continue;
            };
            for key in ["LocalIpv4NetworkCidr", "RemoteIpv4NetworkCidr"] {
                let selector = self.options_of(record, key);
                if selector.is_some_and(|it| it != "0.0.0.0/0") {
                    notes.matters(record.item(), say::unknown_key("VpnConnections.Options", key));
                }
            }
            let fixed = record.get("Options").and_then(|it| it.get("StaticRoutesOnly"));
            let dynamic = notes.flag(fixed) != Some(true);
            let written = self.vpn_routes(record);
            let mut blocks = match side {
                VpnSide::VirtualPrivateGateway(_) if !dynamic => written,
                VpnSide::VirtualPrivateGateway(_) => {
                    let others = self.written_for_others(private, record.id);
                    learned.at_gateway(private.unwrap_or_default(), &others)
                }
                VpnSide::TransitGateway(_) => {
                    let attachment = self.attachment_of(record.id);
                    let mut blocks =
                        learned.at_transit(&[record.id, attachment.unwrap_or(record.id)], !dynamic);
                    blocks.extend(
                        written
                            .iter()
                            .filter(|it| !blocks.contains(it))
                            .copied()
                            .collect::<Vec<_>>(),
                    );
                    blocks
                }
            };
            if blocks.is_empty() {
                let local = self.options_of(record, "LocalIpv4NetworkCidr");
                let local = local.and_then(|it| it.parse().ok());
                blocks.extend(local.filter(|it: &Cidr| it.length() > 0));
            }
            let device = notes.text(record.get("CustomerGatewayId"));
            lines.push(Line { record, kind: LineKind::Vpn { side, dynamic }, blocks, device });
        }
        lines
    }

    /// The blocks that people wrote for a connection.
    fn vpn_routes(&self, record: &Record<'d>) -> Vec<Cidr> {
        let notes = self.notes;
        let mut blocks = Vec::new();
        for route in notes.objects(record.get("Routes")) {
            notes.only("VpnConnections.Routes", route, |key| {
                matches!(key, "DestinationCidrBlock" | "Source" | "State")
            });
            let state = route.get("State").and_then(Item::as_text);
            if !matches!(state, Some("deleting" | "deleted"))
                && let Some(cidr) = notes.cidr(route.get("DestinationCidrBlock"))
                && !blocks.contains(&cidr)
            {
                blocks.push(cidr);
            }
        }
        blocks
    }

    /// What people wrote for the other connections of a gateway.
    pub(super) fn written_for_others(&self, gateway: Option<&str>, id: &str) -> Vec<Cidr> {
        let others =
            self.dump.all("VpnConnections").iter().filter(|it| {
                it.id != id && it.get("VpnGatewayId").and_then(Item::as_text) == gateway
            });
        let routes = others.filter_map(|it| it.get("Routes")).flat_map(Item::items);
        let blocks =
            routes.filter_map(|it| it.get("DestinationCidrBlock")?.as_text()?.parse().ok());
        blocks.collect()
    }

    /// The attachment that something has at a transit gateway, by what is attached.
    pub(super) fn attachment_of(&self, resource: &str) -> Option<&'d str> {
        let mut all = self.dump.all("TransitGatewayAttachments").iter();
        all.find(|it| super::site::resource(it.item()) == Some(resource)).map(|it| it.id)
    }

    /// The tunnels: those of which nobody tells are taken to work.
    pub(super) fn tunnels(&self, record: &Record<'d>) -> [Tunnel; 2] {
        let notes = self.notes;
        let id = shown(record.id);
        let mut told = notes.objects(record.get("VgwTelemetry")).into_iter().map(|it| {
            let known = [("UP", Tunnel::Up), ("DOWN", Tunnel::Down)];
            notes.word(it.get("Status"), &id, &known, (Tunnel::Up, Tunnel::Down))
        });
        match (told.next(), told.next()) {
            (Some(one), other) => [one, other.unwrap_or(Tunnel::Down)],
            _ if record.get("State").and_then(Item::as_text) == Some("pending") => {
                [Tunnel::Down; 2]
            }
            _ => [Tunnel::Up; 2],
        }
    }

    /// A text of a record's options.
    pub(super) fn options_of(&self, record: &Record<'d>, key: &str) -> Option<&'d str> {
        self.notes.text(record.get("Options").and_then(|it| it.get(key)))
    }
}

fn is_gone(record: &Record) -> bool {
    let state = record.get("State").and_then(Item::as_text);
    matches!(state, Some("deleted" | "deleting"))
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "VpnConnectionId"
            | "CustomerGatewayConfiguration"
            | "CustomerGatewayId"
            | "Category"
            | "State"
            | "Type"
            | "VpnGatewayId"
            | "TransitGatewayId"
            | "GatewayAssociationState"
            | "Options"
            | "Routes"
            | "VgwTelemetry"
    )
}
