//! Transit gateways as TOML.

use super::Lines;
use crate::{
    cloud::{
        AttachmentOf, AttachmentState, Network, Thing, TransitGatewayRouteTable, TransitOrigin,
        TransitRoute, TransitTarget,
    },
    course::{grammar::quote, scene::transit::STATES},
    text::clean::clean,
};

/// Gateways, attachments and tables. The attachment of a VPN connection comes with that.
pub(super) fn transit(network: &Network, out: &mut Lines) {
    let name = |thing| network.name(thing).map(ToString::to_string).unwrap_or_default();
    for (id, gateway) in network.transit_gateways().iter() {
        out.table("transit_gateway", &gateway.name);
        if gateway.group_references {
            out.flag("group_references", true);
        }
        let mut tables = network.transit_gateway_route_tables().iter();
        let has_tables = tables.any(|(_, it)| it.gateway == id);
        for (key, table) in [
            ("default_association", gateway.default_association),
            ("default_propagation", gateway.default_propagation),
        ] {
            match table.map(|it| name(Thing::TransitGatewayRouteTable(it))) {
                Some(table) if !table.is_empty() => out.text(key, &table),
                _ if !has_tables => out.flag(key, false),
                _ => {}
            }
        }
    }
    for (_, attachment) in network.transit_gateway_attachments().iter() {
        if matches!(attachment.of, AttachmentOf::Vpn(_)) {
            continue;
        }
        out.table("transit_gateway_attachment", &attachment.name);
        out.text("gateway", &name(Thing::TransitGateway(attachment.gateway)));
        match &attachment.of {
            AttachmentOf::Vpc { vpc, subnets, appliance_mode, group_references } => {
                out.text("vpc", &name(Thing::Vpc(*vpc)));
                out.list("subnets", subnets.iter().map(|it| name(Thing::Subnet(*it))));
                if *appliance_mode {
                    out.flag("appliance_mode", true);
                }
                if !group_references {
                    out.flag("group_references", false);
                }
            }
            AttachmentOf::Vpn(_) => {}
            AttachmentOf::DirectConnect(line) => {
                out.text("direct_connect", &name(Thing::DirectConnectGateway(*line)));
            }
            AttachmentOf::Connect { on_premises, prefixes } => {
                out.text("connect", &name(Thing::OnPremises(*on_premises)));
                let usual = network.on_premises().get(*on_premises);
                if usual.is_none_or(|it| it.cidrs != *prefixes) {
                    out.list("prefixes", prefixes.iter().map(ToString::to_string));
                }
            }
            AttachmentOf::Peering { other } => {
                let other = network.transit_gateway_attachments().get(*other);
                let peer = other.map(|it| name(Thing::TransitGateway(it.gateway)));
                out.text("peer", &peer.unwrap_or_default());
            }
        }
        state(attachment.state, out);
    }
    for (id, table) in network.transit_gateway_route_tables().iter() {
        out.table("transit_gateway_route_table", &table.name);
        out.text("gateway", &name(Thing::TransitGateway(table.gateway)));
        let attachments = || network.transit_gateway_attachments().iter();
        let names = |found: &mut dyn Iterator<Item = &crate::cloud::Name>| {
            found.map(ToString::to_string).collect::<Vec<_>>()
        };
        let mut of =
            attachments().filter(|(_, it)| it.association == Some(id)).map(|it| &it.1.name);
        let associations = names(&mut of);
        let mut of =
            attachments().filter(|(_, it)| it.propagations.contains(&id)).map(|it| &it.1.name);
        let propagations = names(&mut of);
        for (key, names) in [("associations", associations), ("propagations", propagations)] {
            if !names.is_empty() {
                out.list(key, names);
            }
        }
        let routes = routes(network, table);
        if !routes.is_empty() {
            out.list("routes", routes);
        }
    }
}

/// What people wrote, with the entries of a prefix list as one.
fn routes(network: &Network, table: &TransitGatewayRouteTable) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for route in &table.routes {
        let to = match &route.target {
            TransitTarget::Attachment(id) => network
                .name(Thing::TransitGatewayAttachment(*id))
                .map_or_else(|| "blackhole".to_owned(), |it| quote(it)),
            TransitTarget::Blackhole => "blackhole".to_owned(),
            TransitTarget::Gone(name) => format!("{} (deleted)", quote(&clean(name))),
        };
        let from = match listed(network, table, route) {
            Some(list) => format!("prefix-list {}", quote(list)),
            None => route.destination.to_string(),
        };
        let line = format!("{from} -> {to}");
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// The prefix list that a route is an entry of: one whose entries all stand in the table and lead
/// there.
fn listed<'n>(
    network: &'n Network,
    table: &TransitGatewayRouteTable,
    route: &TransitRoute,
) -> Option<&'n str> {
    if route.origin != TransitOrigin::PrefixList {
        return None;
    }
    let mut lists = network.prefix_lists().iter().map(|(_, list)| list);
    let whole = lists.find(|list| {
        list.cidrs.contains(&route.destination)
            && list.cidrs.iter().all(|destination| {
                let twin = TransitRoute { destination: *destination, ..route.clone() };
                table.routes.contains(&twin)
            })
    });
    whole.map(|list| list.name.as_str())
}

/// The state of an attachment, unless it is the usual one.
pub(super) fn state(state: AttachmentState, out: &mut Lines) {
    if let Some((word, _)) = STATES.iter().skip(1).find(|(_, it)| *it == state) {
        out.text("state", word);
    }
}
