//! VPCs joined by a transit gateway, with an office behind a line, that worked and were broken on
//! purpose.

use hanulgil::{
    cloud::{
        AttachmentOf, Change, Direction, Listening, Name, Network, Origin, Peer, Probe, ProbeEnd,
        PublicAtLaunch, SecurityGroupRule, SubnetId, Target, TransitChange, TransitGatewayId,
        TransitGatewayOptions, TransitOrigin, Tunnel, VpcId, VpnRouting, VpnSide, Zone,
    },
    net::{Ports, Protocol},
};

use crate::{
    broken::{Broken, break_it, made, make},
    networks::{Dice, block},
};

const PRIVATE: &str = "10.0.0.0/8";
const OFFICE: &str = "192.168.0.0/16";

/// A VPC with a server in each of one or two zones, and the table that they share.
fn spoke(network: &mut Network, number: u8, zones: usize) -> (VpcId, Vec<SubnetId>) {
    let it = network;
    let name = |what: &str| Name::from(format!("{what}-{number}"));
    let cidr = block(&format!("10.{number}.0.0/16"));
    let vpc = made!(it, Vpc, Change::CreateVpc { name: name("vpc"), cidr });
    let group = made!(it, SecurityGroup, Change::CreateSecurityGroup { name: name("open"), vpc });
    for far in [PRIVATE, OFFICE] {
        let peer = Peer::Cidr(block(far));
        let rule =
            SecurityGroupRule { protocol: Some(Protocol::TCP), ports: Ports::one(443), peer };
        let direction = Direction::Ingress;
        make(it, Change::AuthorizeSecurityGroup { group, direction, rule });
    }
    let mut subnets = Vec::new();
    for (place, zone) in ["a", "b"].into_iter().take(zones).enumerate() {
        let cidr = block(&format!("10.{number}.{place}.0/24"));
        let (own, zone) = (Name::from(format!("subnet-{number}{zone}")), Zone(zone.into()));
        let subnet = made!(it, Subnet, Change::CreateSubnet { name: own, vpc, zone, cidr });
        subnets.push(subnet);
        make(
            it,
            Change::RunInstance {
                name: format!("server-{number}{place}").into(),
                subnet,
                address: None,
                public_address: PublicAtLaunch::No,
                groups: vec![group],
                listening: Listening::Everywhere,
            },
        );
    }
    (vpc, subnets)
}

/// Two or three VPCs on one transit gateway, with its usual table or with one that is written; an
/// office on that gateway or on one VPC's own.
fn working(dice: &mut Dice) -> Network {
    let mut network = Network::new();
    let it = &mut network;
    let written = dice.one_in(2);
    let options = TransitGatewayOptions {
        default_association: !written,
        default_propagation: !written,
        ..TransitGatewayOptions::default()
    };
    let create = TransitChange::CreateTransitGateway { name: "hub".into(), options };
    let gateway: TransitGatewayId = made!(it, TransitGateway, create);
    let table = it.transit_gateway_route_tables().iter().map(|it| it.0).next();
    let table = table.unwrap_or_else(|| {
        let name = "written".into();
        let create = TransitChange::CreateTransitGatewayRouteTable { name, gateway };
        made!(it, TransitGatewayRouteTable, create)
    });
    let mut vpcs = Vec::new();
    for number in 1..=2 + u8::from(dice.one_in(3)) {
        let zones = 1 + dice.below(2);
        let (vpc, subnets) = spoke(it, number, zones);
        vpcs.push(vpc);
        let name = format!("door-{number}").into();
        let attach =
            TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets };
        let attachment = made!(it, TransitGatewayAttachment, attach);
        if written {
            make(it, TransitChange::AssociateTransitGatewayRouteTable { attachment, table });
            if dice.one_in(2) {
                let destination = block(&format!("10.{number}.0.0/16"));
                let attachment = Some(attachment);
                make(
                    it,
                    TransitChange::CreateTransitGatewayRoute { table, destination, attachment },
                );
            } else {
                make(
                    it,
                    TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table },
                );
            }
        }
        let main = it.vpcs()[vpc].main_route_table;
        let (destination, target) = (block(PRIVATE), Target::TransitGateway(gateway));
        make(it, Change::CreateRoute { table: main, destination, target });
    }
    if dice.one_in(2) {
        let (cidrs, listening) = (vec![block(OFFICE)], Listening::Everywhere);
        let create = TransitChange::CreateOnPremises { name: "office".into(), cidrs, listening };
        let on_premises = made!(it, OnPremises, create);
        let (name, address) = ("router".into(), None);
        let create = TransitChange::CreateCustomerGateway { name, on_premises, address };
        let customer_gateway = made!(it, CustomerGateway, create);
        let create = TransitChange::CreateVpnGateway { name: "vgw".into() };
        let vgw = made!(it, VirtualPrivateGateway, create);
        let vpc = vpcs[0];
        make(it, TransitChange::AttachVpnGateway { gateway: vgw, vpc });
        let prefixes = vec![block(OFFICE)];
        let routing =
            if dice.one_in(2) { VpnRouting::Bgp(prefixes) } else { VpnRouting::Static(prefixes) };
        let side = VpnSide::VirtualPrivateGateway(vgw);
        let name = "line".into();
        make(it, TransitChange::CreateVpnConnection { name, customer_gateway, side, routing });
        let table = it.vpcs()[vpc].main_route_table;
        if dice.one_in(2) {
            make(it, TransitChange::EnableVgwRoutePropagation { gateway: vgw, table });
        } else {
            let target = Target::VirtualPrivateGateway(vgw);
            make(it, Change::CreateRoute { table, destination: block(OFFICE), target });
        }
    }
    network
}

/// Does something that breaks the network, perhaps, and says what taking it back costs.
fn fault(network: &mut Network, dice: &mut Dice, faults: &mut Vec<Change>) -> Option<u32> {
    let attachments: Vec<_> = network.transit_gateway_attachments().iter().map(|it| it.0).collect();
    let tables: Vec<_> = network.transit_gateway_route_tables().iter().map(|it| it.0).collect();
    let private: Vec<_> = network.virtual_private_gateways().iter().map(|it| it.0).collect();
    let routed: Vec<_> = network.route_tables().iter().map(|it| it.0).collect();
    let (attachment, table) = (dice.pick(&attachments), dice.pick(&tables));
    let row = network.transit_gateway_attachments()[attachment].clone();
    let mut cost = None;
    let change: Change = match dice.below(11) {
        0 => {
            // A new one; with a table that is written also an association, and what led there.
            cost = Some(3);
            TransitChange::DeleteTransitGatewayAttachment { attachment }.into()
        }
        1 | 2 => {
            let AttachmentOf::Vpc { subnets, .. } = &row.of else { return None };
            let subnets = Some(vec![*subnets.get(1)?]);
            let (appliance_mode, group_references) = (None, None);
            TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode,
                group_references,
            }
            .into()
        }
        3 => {
            let table = row.association?;
            TransitChange::DisassociateTransitGatewayRouteTable { attachment, table }.into()
        }
        4 => TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table }.into(),
        5 => {
            let routes = network.transit_routes(table);
            let route = routes.iter().find(|it| it.origin == TransitOrigin::Static)?;
            let destination = route.destination;
            if dice.one_in(2) {
                TransitChange::DeleteTransitGatewayRoute { table, destination }.into()
            } else {
                let attachment = None;
                TransitChange::ReplaceTransitGatewayRoute { table, destination, attachment }.into()
            }
        }
        6 => {
            let (destination, attachment) =
                (block(dice.pick(&["10.1.0.0/24", "10.2.0.0/17"])), None);
            TransitChange::CreateTransitGatewayRoute { table, destination, attachment }.into()
        }
        7 => {
            let table = dice.pick(&routed);
            let routes = &network.route_tables()[table].routes;
            let route = routes.iter().find(|it| it.origin == Origin::Static)?;
            Change::DeleteRoute { table, destination: route.destination }
        }
        8 => {
            let gateway = dice.pick(private.get(..1)?);
            let vpc = network.virtual_private_gateways()[gateway].vpc?;
            // Back, and the table told again.
            cost = Some(2);
            TransitChange::DetachVpnGateway { gateway, vpc }.into()
        }
        9 => {
            let gateway = dice.pick(private.get(..1)?);
            let table = *network.virtual_private_gateways()[gateway].propagates_to.first()?;
            TransitChange::DisableVgwRoutePropagation { gateway, table }.into()
        }
        _ => {
            let vpn = network.vpn_connections().iter().next()?.0;
            if dice.one_in(2) {
                TransitChange::ConfigureVpnTunnels { vpn, tunnels: [Tunnel::Down; 2] }.into()
            } else {
                let destination = block(OFFICE);
                TransitChange::DeleteVpnConnectionRoute { vpn, destination }.into()
            }
        }
    };
    let before = network.clone();
    network.apply(change.clone()).ok()?;
    if *network == before {
        return None;
    }
    faults.push(change.clone());
    Some(cost.unwrap_or(change.cost()))
}

fn probes(network: &Network) -> Vec<Probe> {
    let mut ends: Vec<ProbeEnd> =
        network.instances().iter().map(|it| ProbeEnd::Interface(it.1.interfaces[0])).collect();
    ends.extend(network.on_premises().iter().map(|it| ProbeEnd::OnPremises(it.0, None)));
    let pairs = ends.iter().flat_map(|from| ends.iter().map(move |to| (*from, *to)));
    pairs
        .filter(|(from, to)| from != to)
        .map(|(from, to)| Probe::new(from, to, Protocol::TCP, 443))
        .collect()
}

/// A working network with one or two faults; what passed and no longer does must pass again, and some
/// of what never passed must not.
pub fn broken(dice: &mut Dice) -> Option<Broken> {
    let working = working(dice);
    break_it(&working, &probes(&working), (2, 1), fault, dice)
}
