//! Transit gateways in the networks of [`crate::networks`]: attachments to their VPCs, to
//! on-premises networks and to each other, tables, static routes, blackholes. Nothing is checked as AWS
//! would here either.

use hanulgil::{
    cloud::{
        AclAction, AclEntry, AttachmentOf, AttachmentState, CustomerGateway, DirectConnectGateway,
        Forwarding, InstanceId, Network, OnPremises, OnPremisesId, Origin, Peer, Route,
        RouteTableId, SecurityGroupRule, SubnetId, Target, TransitGateway,
        TransitGatewayAttachment, TransitGatewayAttachmentId, TransitGatewayId,
        TransitGatewayRouteTable, TransitGatewayRouteTableId, TransitOrigin, TransitRoute,
        TransitTarget, Tunnel, VpcId, VpnConnection, VpnRouting, VpnSide,
    },
    net::{Cidr, Ports},
};

use crate::networks::{Dice, block, some_listening, vpc};

/// Blocks that routes to and of transit gateways are for.
const BLOCKS: [&str; 8] = [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.0.0/16",
    "10.1.0.0/16",
    "10.1.0.0/24",
    "172.20.0.0/16",
    "192.0.2.0/24",
    "::/0",
];

/// Joins the VPCs by one or two transit gateways, and an office with them.
pub fn join(network: &mut Network, dice: &mut Dice) {
    if network.vpcs().len() == 1 {
        vpc(network, dice, 1, block("10.1.0.0/16"));
    }
    // Filters that stop nearly everything hide what stands behind them.
    if !dice.one_in(3) {
        open(network);
    }
    let gateways: Vec<TransitGatewayId> =
        (0..=dice.below(2)).map(|place| gateway(network, dice, place)).collect();
    let site = dice.one_in(2).then(|| {
        network.insert(OnPremises {
            name: "branch".into(),
            cidrs: vec![block("172.20.0.0/16")],
            address: OnPremises::usual_address(block("172.20.0.0/16")),
            listening: some_listening(dice),
        })
    });
    for &gateway in &gateways {
        let vpcs: Vec<VpcId> = network.vpcs().iter().map(|it| it.0).collect();
        for vpc in vpcs {
            if !dice.one_in(5) {
                attach_vpc(network, dice, gateway, vpc);
            }
        }
        if let Some(site) = site {
            attach_site(network, dice, gateway, site);
        }
    }
    if let [one, other] = gateways[..] {
        let next = network.transit_gateway_attachments().next_id();
        let near = attach(network, dice, one, AttachmentOf::Peering { other: next });
        let far = attach(network, dice, other, AttachmentOf::Peering { other: near });
        network.update(near, |it| it.of = AttachmentOf::Peering { other: far });
    }
    for gateway in gateways {
        tables(network, dice, gateway);
        routes_to(network, dice, gateway);
    }
    appliances(network, dice);
}

/// Every group and every list lets everything pass.
fn open(network: &mut Network) {
    let groups: Vec<_> = network.security_groups().iter().map(|it| it.0).collect();
    for group in groups {
        let all = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        network.update(group, |it| {
            it.ingress.push(all.clone());
            it.egress.push(all);
        });
    }
    let acls: Vec<_> = network.network_acls().iter().map(|it| it.0).collect();
    for acl in acls {
        let (action, protocol, ports, cidr) = (AclAction::Allow, None, Ports::ALL, Cidr::ANY_V4);
        let all = AclEntry { number: 1, action, protocol, ports, cidr };
        network.update(acl, |it| {
            it.ingress.insert(0, all);
            it.egress.insert(0, all);
        });
    }
}

fn gateway(network: &mut Network, dice: &mut Dice, place: usize) -> TransitGatewayId {
    network.insert(TransitGateway {
        name: format!("tgw-{place}").into(),
        default_association: None,
        default_propagation: None,
        group_references: dice.one_in(2),
    })
}

fn attach(
    network: &mut Network,
    dice: &mut Dice,
    gateway: TransitGatewayId,
    of: AttachmentOf,
) -> TransitGatewayAttachmentId {
    let state = if dice.one_in(9) {
        dice.pick(&[AttachmentState::PendingAcceptance, AttachmentState::Deleting])
    } else {
        AttachmentState::Available
    };
    let number = network.transit_gateway_attachments().len();
    network.insert(TransitGatewayAttachment {
        name: format!("att-{number}").into(),
        gateway,
        of,
        state,
        association: None,
        propagations: Vec::new(),
    })
}

/// One subnet in some of the zones.
fn attach_vpc(network: &mut Network, dice: &mut Dice, gateway: TransitGatewayId, vpc: VpcId) {
    let mut subnets: Vec<SubnetId> = Vec::new();
    let own: Vec<SubnetId> =
        network.subnets().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
    for subnet in own {
        let zone = &network.subnets()[subnet].zone;
        let taken = subnets.iter().any(|it| network.subnets()[*it].zone == *zone);
        if !taken && (subnets.is_empty() || !dice.one_in(6)) {
            subnets.push(subnet);
        }
    }
    if subnets.is_empty() {
        return;
    }
    let (appliance_mode, group_references) = (dice.one_in(3), !dice.one_in(3));
    attach(
        network,
        dice,
        gateway,
        AttachmentOf::Vpc { vpc, subnets, appliance_mode, group_references },
    );
}

/// An office, over VPN, Direct Connect or a Connect peer.
fn attach_site(
    network: &mut Network,
    dice: &mut Dice,
    gateway: TransitGatewayId,
    site: OnPremisesId,
) {
    let prefixes: Vec<Cidr> = vec![block(dice.pick(&["172.20.0.0/16", "172.20.0.0/17"]))];
    if dice.one_in(3) {
        let line = network.insert(DirectConnectGateway {
            name: "transit-line".into(),
            on_premises: site,
            gateways: Vec::new(),
            prefixes: prefixes.clone(),
            up: !dice.one_in(5),
        });
        attach(network, dice, gateway, AttachmentOf::DirectConnect(line));
    }
    if dice.one_in(4) {
        let of = AttachmentOf::Connect { on_premises: site, prefixes: prefixes.clone() };
        attach(network, dice, gateway, of);
    }
    if dice.one_in(2) {
        let router = CustomerGateway { name: "router".into(), on_premises: site, address: None };
        let customer_gateway = network.insert(router);
        let routing =
            if dice.one_in(3) { VpnRouting::Static(prefixes) } else { VpnRouting::Bgp(prefixes) };
        let tunnels = dice.pick(&[
            [Tunnel::Up; 2],
            [Tunnel::Up, Tunnel::Down],
            [Tunnel::Down, Tunnel::Up],
            [Tunnel::Down; 2],
        ]);
        let vpn = network.insert(VpnConnection {
            name: format!("vpn-{}", gateway.index()).into(),
            customer_gateway,
            side: VpnSide::TransitGateway(gateway),
            routing,
            tunnels,
            private: dice.one_in(4),
        });
        let id = attach(network, dice, gateway, AttachmentOf::Vpn(vpn));
        let name = network.vpn_connections()[vpn].name.clone();
        network.update(id, |it| it.name = name);
    }
}

/// Up to two tables: which attachments they are of, what they learn, what is written in them.
fn tables(network: &mut Network, dice: &mut Dice, gateway: TransitGatewayId) {
    let attachments: Vec<TransitGatewayAttachmentId> =
        (network.transit_gateway_attachments().iter())
            .filter(|it| it.1.gateway == gateway)
            .map(|it| it.0)
            .collect();
    let tables: Vec<TransitGatewayRouteTableId> = (0..=dice.below(2))
        .map(|number| {
            let mut routes: Vec<TransitRoute> = Vec::new();
            for _ in 0..dice.below(3) {
                let destination = block(dice.pick(&BLOCKS));
                if attachments.is_empty() || routes.iter().any(|it| it.destination == destination) {
                    continue;
                }
                let target = if dice.one_in(5) {
                    TransitTarget::Blackhole
                } else {
                    TransitTarget::Attachment(dice.pick(&attachments))
                };
                routes.push(TransitRoute { destination, target, origin: TransitOrigin::Static });
            }
            let name = format!("rtb-{}-{number}", gateway.index()).into();
            network.insert(TransitGatewayRouteTable { name, gateway, routes })
        })
        .collect();
    for attachment in attachments {
        let association = (!dice.one_in(12)).then(|| dice.pick(&tables));
        let peering = matches!(
            network.transit_gateway_attachments()[attachment].of,
            AttachmentOf::Peering { .. }
        );
        let propagations = tables.iter().copied().filter(|_| !peering && !dice.one_in(6)).collect();
        network.update(attachment, |it: &mut TransitGatewayAttachment| {
            it.association = association;
            it.propagations = propagations;
        });
    }
}

/// Routes of the attached VPCs to the gateway.
fn routes_to(network: &mut Network, dice: &mut Dice, gateway: TransitGatewayId) {
    let tables: Vec<RouteTableId> = network.route_tables().iter().map(|it| it.0).collect();
    for table in tables {
        let vpc = network.route_tables()[table].vpc;
        if network.attachment_between(gateway, vpc).is_none() {
            continue;
        }
        let mut destinations: Vec<Cidr> = Vec::new();
        if !dice.one_in(4) {
            destinations.extend([block("10.0.0.0/8"), block("172.20.0.0/16")]);
        }
        destinations.extend((0..dice.below(3)).map(|_| block(dice.pick(&BLOCKS))));
        for destination in destinations {
            network.update(table, |it| {
                // What stood there led somewhere else.
                it.routes.retain(|it| it.destination != destination || it.origin != Origin::Static);
                if it.routes.iter().all(|it| it.destination != destination) {
                    let target = Target::TransitGateway(gateway);
                    it.routes.push(Route { destination, target, origin: Origin::Static });
                }
            });
        }
    }
}

/// Some of those that pass packets on do so only when they have seen a connection begin.
fn appliances(network: &mut Network, dice: &mut Dice) {
    let routers: Vec<InstanceId> = (network.instances().iter())
        .filter(|it| it.1.forwarding == Forwarding::Routes)
        .map(|it| it.0)
        .collect();
    for router in routers {
        if dice.one_in(2) {
            network.update(router, |it| it.forwarding = Forwarding::Inspects);
        }
    }
}
