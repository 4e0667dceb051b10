//! Laws of packets through transit gateways, and of changes to them, however oddly networks are
//! joined.

#[path = "support/networks.rs"]
mod networks;
#[path = "support/transit.rs"]
mod transit;

use std::collections::BTreeMap;

use hanulgil::{
    cloud::{
        AttachmentOf, Blocker, Direction, Hop, Leg, Network, Place, Probe, ProbeEnd, Rules,
        Subject, SubnetId, Trace, TransitChange, TransitGatewayAttachmentId, TransitSubject,
        Tunnel, VpnRouting, blockers, trace,
    },
    net::{Cidr, Protocol},
};
use networks::{Dice, block, network};
use proptest::{collection::vec, prelude::*};

fn choices() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..1000)
}

/// How many networks a law is tried on: more when `HANULGIL_CASES_PER_LAW` says so.
fn cases() -> u32 {
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(128)
}

/// A joined network, and packets across it.
fn some(row: &[u16]) -> (Network, Vec<Probe>) {
    let mut dice = Dice::new(row);
    let mut network = network(&mut dice);
    transit::join(&mut network, &mut dice);
    let inside: Vec<ProbeEnd> =
        network.interfaces().iter().map(|it| ProbeEnd::Interface(it.0)).collect();
    let mut ends: Vec<ProbeEnd> = inside.clone();
    ends.extend(network.on_premises().iter().map(|it| ProbeEnd::OnPremises(it.0, None)));
    let mut to = ends.clone();
    to.push(ProbeEnd::Address("192.0.2.80".parse().unwrap()));
    let probes = (0..16)
        .map(|_| {
            let protocol =
                dice.pick(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, Protocol::ICMP]);
            Probe::new(dice.pick(&ends), dice.pick(&to), protocol, dice.pick(&[443, 22]))
        })
        .collect();
    (network, probes)
}

/// The subnet through which a packet comes into a VPC, after the attachment it leaves a gateway by.
fn doors(trace: &Trace) -> Vec<(Leg, Option<SubnetId>, TransitGatewayAttachmentId, SubnetId)> {
    let mut found = Vec::new();
    let mut from = None;
    for pair in trace.hops.windows(2) {
        let subnet_of = |hop: &Hop| match hop.place {
            Place::RouteTable(_, subnet)
            | Place::NetworkAcl(_, subnet, _)
            | Place::Subnet(subnet) => Some(subnet),
            _ => None,
        };
        match pair[0].place {
            Place::RouteTable(_, subnet) => from = Some(subnet),
            Place::OnPremises(..) | Place::Link(..) => from = None,
            Place::TransitGatewayAttachment(id, Direction::Egress) => {
                if let Some(door) = subnet_of(&pair[1]) {
                    found.push((pair[0].leg, from, id, door));
                }
            }
            _ => {}
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_transit_gateway_changes_no_header(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            for hop in trace(&network, probe, &Rules::AWS).hops {
                let transit = matches!(
                    hop.place,
                    Place::TransitGatewayAttachment(..) | Place::TransitGatewayRouteTable(..) | Place::Link(..)
                );
                if let Some(out) = hop.packet_out.filter(|_| transit) {
                    prop_assert_eq!(out, hop.packet_in);
                }
            }
        }
    }

    #[test]
    fn the_route_that_decides_has_the_longest_prefix_and_stands_first_in_its_rank(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            for hop in trace(&network, probe, &Rules::AWS).hops {
                let Place::TransitGatewayRouteTable(table, _) = hop.place else { continue };
                let to = hop.packet_in.destination;
                let routes = network.transit_routes(table);
                let matching: Vec<_> =
                    routes.iter().filter(|it| it.destination.contains(to)).collect();
                let decided = hop.checks.iter().find(|it| it.decisive).map(|it| it.subject);
                match decided {
                    Some(Subject::Transit(TransitSubject::TransitRoute(_, place))) => {
                        let chosen = &routes[place];
                        for other in matching {
                            prop_assert!(other.destination.length() <= chosen.destination.length());
                            if other.destination == chosen.destination {
                                prop_assert!(chosen.origin <= other.origin);
                            }
                        }
                    }
                    Some(Subject::Loop) => {}
                    _ => prop_assert!(matching.is_empty(), "{:?}", hop),
                }
            }
        }
    }

    #[test]
    fn a_flow_keeps_its_zone_with_appliance_mode_and_its_sender_s_zone_without(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            let trace = trace(&network, probe, &Rules::AWS);
            let mut kept: BTreeMap<TransitGatewayAttachmentId, SubnetId> = BTreeMap::new();
            for (_, from, id, door) in doors(&trace) {
                let AttachmentOf::Vpc { subnets, appliance_mode, .. } =
                    &network.transit_gateway_attachments()[id].of
                else {
                    continue;
                };
                prop_assert!(subnets.contains(&door));
                let zone = |it: SubnetId| &network.subnets()[it].zone;
                if *appliance_mode {
                    let first = *kept.entry(id).or_insert(door);
                    prop_assert_eq!(first, door, "{:?}", trace);
                } else if let Some(from) = from
                    && subnets.iter().any(|it| zone(*it) == zone(from))
                    && network.transit_gateways().len() == 1
                {
                    prop_assert_eq!(zone(door), zone(from));
                }
            }
        }
    }

    #[test]
    fn what_is_dropped_has_a_blocker_and_what_is_delivered_has_none(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            let trace = trace(&network, probe, &Rules::AWS);
            let all: Vec<Blocker> = blockers(&network, probe);
            match trace.verdict.dropped() {
                Some((leg, place, cause)) => {
                    let first = all.first().map(|it| (it.leg, it.place, it.cause));
                    prop_assert_eq!(first, Some((leg, place, cause)), "{:?}", probe);
                }
                None => prop_assert!(all.is_empty(), "{:?}: {:?}", probe, all),
            }
        }
    }

    #[test]
    fn every_change_is_taken_back_exactly(row in choices(), changes in vec(any::<[u16; 6]>(), 1..24)) {
        let (mut network, _) = some(&row);
        let mut made = Vec::new();
        let start = network.clone();
        for choice in &changes {
            let Some(change) = some_change(&network, &mut Dice::new(choice)) else { continue };
            let before = network.clone();
            if let Ok(applied) = network.apply(change.into()) {
                prop_assert_eq!(&network, &network.reindexed());
                made.push((before, applied.undo));
            } else {
                prop_assert_eq!(&network, &before);
            }
        }
        for (before, undo) in made.into_iter().rev() {
            network.undo(undo);
            prop_assert_eq!(&network, &before);
        }
        prop_assert_eq!(network, start);
    }
}

/// A change to something that joins networks, whether AWS would accept it or not.
fn some_change(network: &Network, dice: &mut Dice) -> Option<TransitChange> {
    macro_rules! any {
        ($table:ident) => {{
            let all: Vec<_> = network.$table().iter().map(|it| it.0).collect();
            if all.is_empty() {
                return None;
            }
            dice.pick(&all)
        }};
    }
    let cidr = |dice: &mut Dice| -> Cidr {
        block(dice.pick(&[
            "10.0.0.0/16",
            "10.1.0.0/16",
            "0.0.0.0/0",
            "172.20.0.0/16",
            "10.9.0.0/16",
        ]))
    };
    let name = || "new".into();
    Some(match dice.below(22) {
        0 => {
            let (gateway, vpc) = (any!(transit_gateways), any!(vpcs));
            let subnets = vec![any!(subnets)];
            TransitChange::CreateTransitGatewayVpcAttachment { name: name(), gateway, vpc, subnets }
        }
        1 => TransitChange::DeleteTransitGatewayAttachment {
            attachment: any!(transit_gateway_attachments),
        },
        2 => TransitChange::CreateTransitGatewayRouteTable {
            name: name(),
            gateway: any!(transit_gateways),
        },
        3 => TransitChange::DeleteTransitGatewayRouteTable {
            table: any!(transit_gateway_route_tables),
        },
        4 => TransitChange::AssociateTransitGatewayRouteTable {
            attachment: any!(transit_gateway_attachments),
            table: any!(transit_gateway_route_tables),
        },
        5 => TransitChange::DisassociateTransitGatewayRouteTable {
            attachment: any!(transit_gateway_attachments),
            table: any!(transit_gateway_route_tables),
        },
        6 => TransitChange::EnableTransitGatewayRouteTablePropagation {
            attachment: any!(transit_gateway_attachments),
            table: any!(transit_gateway_route_tables),
        },
        7 => TransitChange::DisableTransitGatewayRouteTablePropagation {
            attachment: any!(transit_gateway_attachments),
            table: any!(transit_gateway_route_tables),
        },
        8 => TransitChange::CreateTransitGatewayRoute {
            table: any!(transit_gateway_route_tables),
            destination: cidr(dice),
            attachment: Some(any!(transit_gateway_attachments)),
        },
        9 => TransitChange::ReplaceTransitGatewayRoute {
            table: any!(transit_gateway_route_tables),
            destination: cidr(dice),
            attachment: None,
        },
        10 => TransitChange::DeleteTransitGatewayRoute {
            table: any!(transit_gateway_route_tables),
            destination: cidr(dice),
        },
        11 => TransitChange::ModifyTransitGatewayVpcAttachment {
            attachment: any!(transit_gateway_attachments),
            subnets: dice
                .one_in(2)
                .then(|| network.subnets().iter().map(|it| it.0).take(1).collect()),
            appliance_mode: Some(dice.one_in(2)),
            group_references: None,
        },
        12 => TransitChange::AcceptTransitGatewayAttachment {
            attachment: any!(transit_gateway_attachments),
        },
        13 => TransitChange::RejectTransitGatewayAttachment {
            attachment: any!(transit_gateway_attachments),
        },
        14 => TransitChange::DeleteTransitGateway { gateway: any!(transit_gateways) },
        15 => TransitChange::CreateTransitGatewayPeeringAttachment {
            name: name(),
            gateway: any!(transit_gateways),
            peer: any!(transit_gateways),
        },
        16 => TransitChange::DeleteVpnConnection { vpn: any!(vpn_connections) },
        17 => TransitChange::ConfigureVpnTunnels {
            vpn: any!(vpn_connections),
            tunnels: dice.pick(&[[Tunnel::Up; 2], [Tunnel::Down; 2]]),
        },
        18 => TransitChange::CreateVpnConnectionRoute {
            vpn: any!(vpn_connections),
            destination: cidr(dice),
        },
        19 => TransitChange::CreateVpnConnection {
            name: name(),
            customer_gateway: any!(customer_gateways),
            side: hanulgil::cloud::VpnSide::TransitGateway(any!(transit_gateways)),
            routing: VpnRouting::Bgp(vec![cidr(dice)]),
        },
        20 => TransitChange::AttachDirectConnectGateway {
            name: name(),
            gateway: any!(transit_gateways),
            line: any!(direct_connect_gateways),
        },
        _ => TransitChange::ModifyTransitGateway {
            gateway: any!(transit_gateways),
            default_association: Some(any!(transit_gateway_route_tables)),
            default_propagation: None,
            group_references: dice.one_in(2),
        },
    })
}

#[test]
fn these_networks_carry_packets_across_transit_gateways() {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as u16
    };
    let (mut delivered, mut dropped, mut codes) = (0, 0, std::collections::BTreeSet::new());
    for _ in 0..300 {
        let row: Vec<u16> = (0..1000).map(|_| next()).collect();
        let (network, probes) = some(&row);
        for probe in probes {
            let trace = trace(&network, probe, &Rules::AWS);
            if trace.hops.iter().any(|it| matches!(it.place, Place::TransitGatewayRouteTable(..))) {
                if trace.verdict.dropped().is_none() {
                    delivered += 1;
                } else {
                    dropped += 1;
                    codes.extend(trace.verdict.code().map(|it| it.to_string()));
                }
            }
        }
    }
    assert!(delivered > 60, "{delivered} delivered, {dropped} dropped: {codes:?}");
    assert!(codes.len() > 10, "{codes:?}");
}
