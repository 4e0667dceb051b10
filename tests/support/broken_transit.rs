//! VPCs and an office that were joined by a transit gateway, worked, and were broken on purpose.

use hanulgil::{
    cloud::{
        AttachmentOf, AttachmentState, Change, Direction, InterfaceKind, Listening, Network, Peer,
        Probe, ProbeEnd, PublicAtLaunch, SecurityGroupRule, Target, TransitChange,
        TransitGatewayAttachmentId, TransitGatewayOptions, TransitGatewayRouteTableId, Tunnel,
        VpcId, VpnRouting, VpnSide, Zone,
    },
    net::{Ports, Protocol},
};

use crate::{
    broken::{Broken, break_it, made, make},
    networks::{Dice, block},
};

/// A VPC with a server in one zone or two.
fn vpc(it: &mut Network, dice: &mut Dice, name: &str, number: u8) -> VpcId {
    let cidr = block(&format!("10.{number}.0.0/16"));
    let vpc = made!(it, Vpc, Change::CreateVpc { name: name.into(), cidr });
    let group = it.vpcs()[vpc].default_security_group;
    let peer = Peer::Cidr(block(dice.pick(&["0.0.0.0/0", "10.0.0.0/8"])));
    let rule = SecurityGroupRule { protocol: Some(Protocol::TCP), ports: Ports::one(443), peer };
    make(it, Change::AuthorizeSecurityGroup { group, direction: Direction::Ingress, rule });
    let zones = if dice.one_in(3) { &["a"][..] } else { &["a", "b"] };
    for (third, zone) in zones.iter().enumerate() {
        let name = format!("{name}-{zone}");
        let (cidr, zone) = (block(&format!("10.{number}.{third}.0/24")), Zone((*zone).into()));
        let change = Change::CreateSubnet { name: name.as_str().into(), vpc, zone, cidr };
        let subnet = made!(it, Subnet, change);
        make(
            it,
            Change::RunInstance {
                name: name.into(),
                subnet,
                address: None,
                public_address: PublicAtLaunch::No,
                groups: Vec::new(),
                listening: Listening::Everywhere,
            },
        );
    }
    vpc
}

/// Two or three VPCs around a transit gateway with one table or two, and an office behind a VPN
/// connection to it.
fn working(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let it = &mut network;
    let vpcs: Vec<VpcId> = ["one", "two", "three"][..2 + dice.below(2)]
        .iter()
        .zip(0..)
        .map(|(name, number)| vpc(it, dice, name, number))
        .collect();
    let options = TransitGatewayOptions {
        default_association: false,
        default_propagation: false,
        group_references: false,
    };
    let change = TransitChange::CreateTransitGateway { name: "hub".into(), options };
    let gateway = made!(it, TransitGateway, change);
    let table = |it: &mut Network, name: &str| {
        let change = TransitChange::CreateTransitGatewayRouteTable { name: name.into(), gateway };
        made!(it, TransitGatewayRouteTable, change)
    };
    let mut tables: Vec<TransitGatewayRouteTableId> = vec![table(it, "shared")];
    if dice.one_in(2) {
        tables.push(table(it, "other"));
    }
    let mut attachments: Vec<TransitGatewayAttachmentId> = Vec::new();
    for &vpc in &vpcs {
        let subnets = it.subnets().iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
        let name = format!("to-{}", it.vpcs()[vpc].name).into();
        let change =
            TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets };
        attachments.push(made!(it, TransitGatewayAttachment, change));
        let table = it.vpcs()[vpc].main_route_table;
        for destination in [block("10.0.0.0/8"), block("172.20.0.0/16")] {
            let target = Target::TransitGateway(gateway);
            make(it, Change::CreateRoute { table, destination, target });
        }
    }
    if dice.one_in(2) {
        let cidrs = vec![block("172.20.0.0/16")];
        let (name, listening) = ("office".into(), Listening::Everywhere);
        let change = TransitChange::CreateOnPremises { name, cidrs: cidrs.clone(), listening };
        let on_premises = made!(it, OnPremises, change);
        let (name, address) = ("router".into(), None);
        let change = TransitChange::CreateCustomerGateway { name, on_premises, address };
        let customer_gateway = made!(it, CustomerGateway, change);
        make(
            it,
            TransitChange::CreateVpnConnection {
                name: "line".into(),
                customer_gateway,
                side: VpnSide::TransitGateway(gateway),
                routing: VpnRouting::Bgp(cidrs),
            },
        );
        attachments.push(it.transit_gateway_attachments().iter().last().unwrap().0);
    }
    for &attachment in &attachments {
        let table = dice.pick(&tables);
        make(it, TransitChange::AssociateTransitGatewayRouteTable { attachment, table });
        for &table in &tables {
            if !dice.one_in(5) {
                let change =
                    TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table };
                make(it, change);
            }
        }
    }
    if dice.one_in(3) {
        let destination = block(dice.pick(&["10.1.0.0/24", "10.0.0.0/16", "172.20.0.0/24"]));
        let (table, attachment) = (dice.pick(&tables), dice.one_in(2).then(|| attachments[0]));
        make(it, TransitChange::CreateTransitGatewayRoute { table, destination, attachment });
    }
    network
}

/// Does something that breaks the network, perhaps, and says what taking it back costs.
fn fault(network: &mut Network, dice: &mut Dice, faults: &mut Vec<Change>) -> Option<u32> {
    let attachments: Vec<TransitGatewayAttachmentId> =
        network.transit_gateway_attachments().iter().map(|it| it.0).collect();
    let tables: Vec<_> = network.transit_gateway_route_tables().iter().map(|it| it.0).collect();
    let (attachment, table) = (dice.pick(&attachments), dice.pick(&tables));
    let row = &network.transit_gateway_attachments()[attachment];
    let change: Change = match dice.below(9) {
        0 => {
            let table = row.association?;
            TransitChange::DisassociateTransitGatewayRouteTable { attachment, table }.into()
        }
        1 | 2 => {
            let table = *row.propagations.get(dice.below(row.propagations.len().max(1)))?;
            TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table }.into()
        }
        3 => {
            let destination = block(dice.pick(&["10.1.0.0/16", "10.0.0.0/24", "172.20.0.0/16"]));
            let attachment = None;
            TransitChange::CreateTransitGatewayRoute { table, destination, attachment }.into()
        }
        4 => {
            let routes = network.transit_gateway_route_tables()[table].routes.first()?;
            let destination = routes.destination;
            TransitChange::DeleteTransitGatewayRoute { table, destination }.into()
        }
        5 => {
            let AttachmentOf::Vpc { subnets, .. } = &row.of else { return None };
            let subnets = Some(vec![dice.pick(subnets)]);
            TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode: None,
                group_references: None,
            }
            .into()
        }
        6 => {
            let vpn = network.vpn_connections().iter().next()?.0;
            let tunnels = [Tunnel::Down; 2];
            TransitChange::ConfigureVpnTunnels { vpn, tunnels }.into()
        }
        7 => {
            let tables: Vec<_> = network.vpcs().iter().map(|it| it.1.main_route_table).collect();
            let destination = block(dice.pick(&["10.0.0.0/8", "172.20.0.0/16"]));
            Change::DeleteRoute { table: dice.pick(&tables), destination }
        }
        _ => {
            let waits = AttachmentState::PendingAcceptance;
            network.update(attachment, |it| it.state = waits);
            return Some(1);
        }
    };
    let before = network.clone();
    network.apply(change.clone()).ok()?;
    if *network == before {
        return None;
    }
    let cost = change.cost();
    faults.push(change);
    Some(cost)
}

/// Everybody to everybody else.
fn probes(network: &Network) -> Vec<Probe> {
    let mut ends: Vec<ProbeEnd> = (network.interfaces().iter())
        .filter(|(_, it)| matches!(it.kind, InterfaceKind::Instance(_)))
        .map(|it| ProbeEnd::Interface(it.0))
        .collect();
    ends.extend(network.on_premises().iter().map(|it| ProbeEnd::OnPremises(it.0, None)));
    let mut probes = Vec::new();
    for &from in &ends {
        for &to in ends.iter().filter(|it| **it != from) {
            // Interfaces are dialled as others reach them, and that changes with the routes.
            let to = match to {
                ProbeEnd::Interface(id) => ProbeEnd::Address(network.interfaces()[id].addresses[0]),
                other => other,
            };
            probes.push(Probe::new(from, to, Protocol::TCP, 443));
        }
    }
    probes
}

/// See [`crate::broken::broken`].
pub fn broken(dice: &mut Dice) -> Option<Broken> {
    let working = working(dice);
    break_it(&working, &probes(&working), (2, 1), fault, dice)
}
