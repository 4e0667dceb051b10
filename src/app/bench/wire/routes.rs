//! Routes: what leads where, and for which destination one would want it.

use crate::{
    app::bench::wire::Wiring,
    cloud::{
        AttachmentOf, InterfaceKind, Network, RouteTableId, Target, Thing,
        TransitGatewayAttachmentId, VpnSide,
    },
    net::Cidr,
};

/// The target that a route to this thing has.
pub(super) fn target_of(n: &Network, thing: Thing) -> Option<Target> {
    Some(match thing {
        Thing::InternetGateway(id) => Target::InternetGateway(id),
        Thing::EgressOnlyGateway(id) => Target::EgressOnlyGateway(id),
        Thing::NatGateway(id) => Target::NatGateway(id),
        Thing::Peering(id) => Target::Peering(id),
        Thing::TransitGateway(id) => Target::TransitGateway(id),
        Thing::VirtualPrivateGateway(id) => Target::VirtualPrivateGateway(id),
        Thing::Interface(id) => Target::Interface(id),
        Thing::Instance(id) => Target::Interface(*n.instances().get(id)?.interfaces.first()?),
        _ => return None,
    })
}

/// A route from a table to this thing, for the destination that one would want it for.
pub(super) fn route(n: &Network, table: RouteTableId, thing: Thing) -> Option<Wiring> {
    let row = n.route_tables().get(table)?;
    let target = target_of(n, thing)?;
    let destination = match thing {
        Thing::InternetGateway(id) => {
            // One that stands at another VPC is no target here, whatever one wishes.
            let elsewhere = n.internet_gateways().get(id)?.vpc.is_some_and(|vpc| vpc != row.vpc);
            (!elsewhere).then_some(Cidr::ANY_V4)?
        }
        Thing::EgressOnlyGateway(id) => {
            (n.egress_only_gateways().get(id)?.vpc == row.vpc).then_some(Cidr::ANY_V6)?
        }
        Thing::NatGateway(id) => {
            (n.nat_gateways().get(id)?.vpc == row.vpc).then_some(Cidr::ANY_V4)?
        }
        Thing::Peering(id) => {
            let other = n.peerings().get(id)?.other_end(row.vpc)?;
            *n.vpcs().get(other)?.cidrs.first()?
        }
        Thing::TransitGateway(id) => {
            let behind = n.transit_gateway_attachments().iter().filter(|(_, it)| it.gateway == id);
            let blocks = behind.filter(
                |(_, it)| !matches!(it.of, AttachmentOf::Vpc { vpc, .. } if vpc == row.vpc),
            );
            let mut blocks = blocks.flat_map(|(at, _)| blocks_behind(n, at));
            let free = |cidr: &Cidr| !row.routes.iter().any(|route| route.destination == *cidr);
            blocks.find(free).unwrap_or(Cidr::ANY_V4)
        }
        Thing::VirtualPrivateGateway(id) => {
            let known = n.blocks_known_to(id);
            let sites = n.on_premises().iter().flat_map(|(_, row)| row.cidrs.clone());
            known.first().copied().or_else(|| sites.into_iter().next()).unwrap_or(Cidr::ANY_V4)
        }
        Thing::Interface(_) | Thing::Instance(_) => {
            let Target::Interface(id) = target else { return None };
            // AWS leads no route to an interface that it keeps for a service of its own.
            let kind = n.interfaces().get(id)?.kind;
            if !matches!(kind, InterfaceKind::Instance(_) | InterfaceKind::Unattached) {
                return None;
            }
            (n.vpc_of(id) == row.vpc).then_some(Cidr::ANY_V4)?
        }
        _ => return None,
    };
    let there = route_to(n, table, destination);
    (there != Some(&target)).then_some(Wiring::Route(table, destination, target))
}

/// A route over an attachment of a transit gateway, or a VPN connection, to what is behind it.
pub(super) fn route_through(n: &Network, table: RouteTableId, way: Thing) -> Option<Wiring> {
    let own = n.route_tables().get(table)?.vpc;
    let (gateway, behind) = match way {
        Thing::TransitGatewayAttachment(id) => {
            let row = n.transit_gateway_attachments().get(id)?;
            let to_itself = matches!(row.of, AttachmentOf::Vpc { vpc, .. } if vpc == own);
            let behind = if to_itself { Vec::new() } else { blocks_behind(n, id) };
            (Thing::TransitGateway(row.gateway), behind)
        }
        Thing::VpnConnection(id) => {
            let row = n.vpn_connections().get(id)?;
            let gateway = match row.side {
                VpnSide::VirtualPrivateGateway(id) => Thing::VirtualPrivateGateway(id),
                VpnSide::TransitGateway(id) => Thing::TransitGateway(id),
            };
            (gateway, row.routing.prefixes().to_vec())
        }
        _ => return None,
    };
    let Some(destination) = behind.first().copied() else { return route(n, table, gateway) };
    let target = target_of(n, gateway)?;
    let there = route_to(n, table, destination);
    (there != Some(&target)).then_some(Wiring::Route(table, destination, target))
}

/// The target of the route for exactly this block.
pub(super) fn route_to(n: &Network, table: RouteTableId, destination: Cidr) -> Option<&Target> {
    let row = n.route_tables().get(table)?;
    row.routes.iter().find(|route| route.destination == destination).map(|route| &route.target)
}

/// The blocks behind an attachment of a transit gateway.
pub(super) fn blocks_behind(n: &Network, attachment: TransitGatewayAttachmentId) -> Vec<Cidr> {
    let Some(row) = n.transit_gateway_attachments().get(attachment) else { return Vec::new() };
    match &row.of {
        AttachmentOf::Vpc { vpc, .. } => {
            n.vpcs().get(*vpc).map(|vpc| vpc.cidrs.clone()).unwrap_or_default()
        }
        AttachmentOf::Vpn(vpn) => n
            .vpn_connections()
            .get(*vpn)
            .map(|vpn| vpn.routing.prefixes().to_vec())
            .unwrap_or_default(),
        AttachmentOf::Connect { prefixes, .. } => prefixes.clone(),
        _ => Vec::new(),
    }
}
