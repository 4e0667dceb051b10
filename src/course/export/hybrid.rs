//! On-premises networks, and what leads to them, as TOML.

use super::{Lines, transit::state};
use crate::{
    cloud::{AttachmentState, CustomerGatewayId, Network, Thing, Tunnel, VpnRouting, VpnSide},
    course::scene::hybrid::{announced, router_name, usual_address},
    tell::written,
};

pub(super) fn hybrid(network: &Network, out: &mut Lines) {
    let name = |thing| network.name(thing).map(ToString::to_string).unwrap_or_default();
    let blocks = |cidrs: &[crate::net::Cidr]| -> Vec<String> {
        cidrs.iter().map(ToString::to_string).collect()
    };
    for (_, site) in network.on_premises().iter() {
        out.table("on_premises", &site.name);
        out.list("cidrs", blocks(&site.cidrs));
        if usual_address(&site.cidrs) != Some(site.address) {
            out.text("address", &site.address.to_string());
        }
        out.listens(&site.listening);
    }
    for (_, gateway) in network.virtual_private_gateways().iter() {
        out.table("virtual_private_gateway", &gateway.name);
        if let Some(vpc) = gateway.vpc.and_then(|id| network.vpcs().get(id)) {
            out.text("vpc", &vpc.name);
        }
        if !gateway.propagates_to.is_empty() {
            let tables = gateway.propagates_to.iter().map(|it| name(Thing::RouteTable(*it)));
            out.list("propagates_to", tables);
        }
        if let Some(table) = gateway.route_table {
            out.text("route_table", &name(Thing::RouteTable(table)));
        }
    }
    for (id, customer) in network.customer_gateways().iter() {
        if is_implied(network, id) {
            continue;
        }
        out.table("customer_gateway", &customer.name);
        out.text("on_premises", &name(Thing::OnPremises(customer.on_premises)));
        if let Some(address) = customer.address {
            out.text("address", &address.to_string());
        }
    }
    for (_, line) in network.direct_connect_gateways().iter() {
        out.table("direct_connect", &line.name);
        out.text("on_premises", &name(Thing::OnPremises(line.on_premises)));
        if !line.gateways.is_empty() {
            let gateways = line.gateways.iter();
            let gateways = gateways.map(|it| name(Thing::VirtualPrivateGateway(*it)));
            out.list("virtual_private_gateways", gateways);
        }
        let usual = network.on_premises().get(line.on_premises);
        if usual.is_none_or(|it| it.cidrs != line.prefixes) {
            out.list("prefixes", blocks(&line.prefixes));
        }
        if !line.up {
            out.flag("up", false);
        }
    }
    for (id, vpn) in network.vpn_connections().iter() {
        let Some(customer) = network.customer_gateways().get(vpn.customer_gateway) else {
            continue;
        };
        out.table("vpn", &vpn.name);
        if is_implied(network, vpn.customer_gateway) {
            out.text("on_premises", &name(Thing::OnPremises(customer.on_premises)));
        } else {
            out.text("customer_gateway", &customer.name);
        }
        out.text(
            "gateway",
            &name(match vpn.side {
                VpnSide::VirtualPrivateGateway(id) => Thing::VirtualPrivateGateway(id),
                VpnSide::TransitGateway(id) => Thing::TransitGateway(id),
            }),
        );
        match &vpn.routing {
            VpnRouting::Static(routes) => out.list("routes", blocks(routes)),
            VpnRouting::Bgp(prefixes) => {
                let site = network.on_premises().get(customer.on_premises);
                if site.is_none_or(|it| announced(&it.cidrs, vpn.side) != *prefixes) {
                    out.list("prefixes", blocks(prefixes));
                }
            }
        }
        if vpn.tunnels.contains(&Tunnel::Down) {
            out.list("tunnels", vpn.tunnels.map(|it| written::tunnel(it).to_owned()));
        }
        if vpn.private {
            out.flag("private", true);
        }
        let attachment = network.attachment_of_vpn(id);
        let attachment = attachment.and_then(|it| network.transit_gateway_attachments().get(it));
        state(attachment.map_or(AttachmentState::Available, |it| it.state), out);
    }
}

/// Does the customer gateway come with the VPN connection that uses it, and with no other?
fn is_implied(network: &Network, id: CustomerGatewayId) -> bool {
    let Some(row) = network.customer_gateways().get(id) else { return false };
    let vpns = || network.vpn_connections().iter().filter(|(_, it)| it.customer_gateway == id);
    let first = vpns().next();
    row.address.is_none()
        && vpns().count() == 1
        && first.is_some_and(|(_, vpn)| router_name(&vpn.name) == *row.name)
}
