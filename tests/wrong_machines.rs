//! The wrong machines, on generated networks: each errs often enough to be told from AWS, and only
//! where its misconception is at work.

#[path = "support/networks.rs"]
mod networks;
#[path = "support/services.rs"]
mod services;
#[path = "support/transit.rs"]
mod transit;

use std::collections::BTreeMap;

use hanulgil::cloud::{
    AclAction, AclEntry, Direction, Hop, InterfaceKind, Leg, LoadBalancerKind, Misconception,
    Network, Outcome, Peer, Place, Probe, ProbeEnd, Rules, SecurityGroupRule, Subject, Target,
    compare, explanations, partings, trace,
};
use hanulgil::net::{Cidr, Ports, Protocol};
use networks::{Dice, network, row};

/// So many packets must tell each wrong machine from the right one.
const WITNESSES: usize = 20;

/// How many networks are looked at; more with `HANULGIL_CASES_PER_LAW`.
fn cases() -> u64 {
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(500)
}

/// A network; in half of them the groups let everything in, so that lists and routes decide, and the
/// lists are such as people write.
fn some_network(dice: &mut Dice) -> Network {
    let mut network = network(dice);
    if dice.one_in(2) {
        return network;
    }
    let groups: Vec<_> = network.security_groups().iter().map(|it| it.0).collect();
    for group in groups {
        let all =
            [Cidr::ANY_V4, Cidr::ANY_V6].map(|it| SecurityGroupRule::everything(Peer::Cidr(it)));
        network.update(group, |it| it.ingress = all.into());
    }
    let acls: Vec<_> = network.network_acls().iter().map(|it| it.0).collect();
    let entry = |number, action, protocol, ports| {
        [(0u16, Cidr::ANY_V4), (1, Cidr::ANY_V6)].map(|(more, cidr)| AclEntry {
            number: number + more,
            action,
            protocol,
            ports,
            cidr,
        })
    };
    let tcp = Some(Protocol::TCP);
    let lists = [
        vec![entry(100, AclAction::Allow, tcp, Ports::one(443))],
        vec![entry(100, AclAction::Allow, None, Ports::ALL)],
        vec![
            entry(100, AclAction::Allow, tcp, Ports::one(443)),
            entry(200, AclAction::Deny, None, Ports::ALL),
        ],
        vec![
            entry(100, AclAction::Deny, tcp, Ports::one(443)),
            entry(200, AclAction::Allow, None, Ports::ALL),
        ],
        vec![
            entry(100, AclAction::Allow, None, Ports::ALL),
            entry(200, AclAction::Deny, tcp, Ports::one(22)),
        ],
    ];
    for acl in acls {
        let ingress = dice.pick(&lists).concat();
        let egress = if dice.one_in(2) { ingress.clone() } else { dice.pick(&lists).concat() };
        network.update(acl, |it| (it.ingress, it.egress) = (ingress, egress));
    }
    network
}

/// Some packets in a network: everybody may send to everybody.
fn probes(network: &Network, dice: &mut Dice) -> Vec<Probe> {
    let mut ends: Vec<ProbeEnd> =
        network.interfaces().iter().map(|it| ProbeEnd::Interface(it.0)).collect();
    ends.extend(network.hosts().iter().map(|it| ProbeEnd::Host(it.0)));
    ends.extend([ProbeEnd::Address(Network::INTERNET); 2]);
    // Addresses that name a family.
    ends.extend([ProbeEnd::Address(Network::INTERNET_V6); 2]);
    let public = network.interfaces().iter().filter_map(|it| it.1.public_address);
    ends.extend(public.map(|it| ProbeEnd::Address(it.address.into())));
    // Private addresses in other VPCs are dialled as they are.
    let mut receivers = ends.clone();
    receivers.extend(network.interfaces().iter().map(|it| ProbeEnd::Address(it.1.addresses[0])));
    let mut probes: Vec<Probe> = (0..20)
        .map(|_| {
            let protocol =
                dice.pick(&[Protocol::TCP, Protocol::TCP, Protocol::UDP, Protocol::ICMP]);
            let port = dice.pick(&[443, 443, 22, 8080]);
            Probe::new(dice.pick(&ends), dice.pick(&receivers), protocol, port)
        })
        .collect();
    // From the first VPC to the last, and out over IPv6.
    let all: Vec<_> = network.interfaces().iter().map(|it| it.0).collect();
    let vpcs: Vec<_> = network.vpcs().iter().map(|it| it.0).collect();
    let of = |vpc| all.iter().copied().filter(move |it| network.vpc_of(*it) == vpc);
    for from in of(vpcs[0]).take(3) {
        let from = ProbeEnd::Interface(from);
        let far = of(vpcs[vpcs.len() - 1]).next().map(|it| network.interfaces()[it].addresses[0]);
        let far = far.filter(|_| vpcs.len() > 2).into_iter().chain([Network::INTERNET_V6]);
        probes.extend(far.map(|far| Probe::new(from, ProbeEnd::Address(far), Protocol::TCP, 443)));
    }
    probes
}

/// The same among load balancers, endpoints and lines to elsewhere.
fn some_services(dice: &mut Dice) -> (Network, Vec<Probe>) {
    let network = services::with_services(dice);
    let mut probes: Vec<Probe> = (0..30).map(|_| services::some_probe(dice, &network)).collect();
    // Services behind gateway endpoints, from everywhere inside and from offices.
    let mut ends: Vec<ProbeEnd> =
        network.interfaces().iter().map(|it| ProbeEnd::Interface(it.0)).collect();
    ends.extend(network.on_premises().iter().map(|it| ProbeEnd::OnPremises(it.0, None)));
    for (_, list) in network.prefix_lists().iter() {
        let to = ProbeEnd::Address(list.cidrs[0].nth(80).unwrap());
        probes.extend((0..14).map(|_| Probe::new(dice.pick(&ends), to, Protocol::TCP, 443)));
    }
    // Endpoints and nodes, from their own VPC.
    let doors = network.interfaces().iter().filter(|it| {
        matches!(it.1.kind, InterfaceKind::Endpoint(_) | InterfaceKind::LoadBalancer(_))
    });
    for (door, it) in doors {
        let vpc = network.subnets()[it.subnet].vpc;
        let near: Vec<_> = network
            .interfaces()
            .iter()
            .map(|it| it.0)
            .filter(|it| network.vpc_of(*it) == vpc)
            .collect();
        let ports: Vec<u16> = match it.kind {
            InterfaceKind::LoadBalancer(id) => {
                network.load_balancers()[id].listeners.iter().map(|it| it.port).collect()
            }
            _ => vec![443],
        };
        for _ in 0..3 {
            for &port in &ports {
                let from = ProbeEnd::Interface(dice.pick(&near));
                probes.push(Probe::new(from, ProbeEnd::Interface(door), Protocol::TCP, port));
            }
        }
    }
    (network, probes)
}

/// The same among transit gateways, half the time with services besides.
fn some_transit(dice: &mut Dice) -> (Network, Vec<Probe>) {
    let mut network =
        if dice.one_in(2) { services::with_services(dice) } else { some_network(dice) };
    transit::join(&mut network, dice);
    let probes = (0..30).map(|_| services::some_probe(dice, &network)).collect();
    (network, probes)
}

/// Is a misconception at work at a hop of the true way? `wrong` is the same hop of the wrong one.
fn is_at_work(network: &Network, belief: Misconception, hop: &Hop, wrong: Option<&Hop>) -> bool {
    use Misconception as M;
    let has = |subject: fn(&Subject) -> bool, outcome: Outcome| {
        hop.checks.iter().any(|it| subject(&it.subject) && it.outcome == outcome)
    };
    let packet = &hop.packet_in;
    let no_rule = || has(|it| matches!(it, Subject::NoSecurityGroupRule), Outcome::Denies);
    let no_route = || has(|it| matches!(it, Subject::NoRoute(_)), Outcome::Denies);
    let reply = hop.leg == Leg::Reply;
    // Which entries of a list match; which routes of a table.
    let entries = |acl, direction| {
        let entries = network.network_acls()[acl].entries(direction).iter();
        entries.filter(|it| it.differs(direction, packet).is_none()).count()
    };
    let routes = |table| {
        let routes = network.route_tables()[table].routes.iter();
        routes.filter(|it| it.destination.contains(packet.destination)).count()
    };
    // Over IPv6 the routes of the receiver say by which gateway a packet comes in.
    let way_in = packet.destination.is_ipv6()
        && matches!(
            hop.place,
            Place::Internet(..) | Place::EgressOnlyGateway(..) | Place::InternetGateway(..)
        );
    // A load balancer asks after the health of its targets through the same network.
    if let Place::LoadBalancer(id, _) = hop.place
        && asks_health(network, id)
    {
        return true;
    }
    match (belief, hop.place) {
        (M::StatelessGroup, Place::Interface(..)) => {
            has(|it| *it == Subject::TrackedConnection, Outcome::Allows)
        }
        (M::GroupOnSubnet, Place::Interface(id, way)) => {
            let subnet = &network.subnets()[network.interfaces()[id].subnet];
            no_rule() && subnet.contains(packet.far_end(way == Direction::Ingress))
                || lost_group(hop)
        }
        (M::MembersTalk, Place::Interface(id, way)) => {
            let far = packet.far_end(way == Direction::Ingress);
            let far = network.interface_in(network.vpc_of(id), far);
            let own = &network.interfaces()[id].security_groups;
            let shared =
                |far| network.interfaces()[far].security_groups.iter().any(|it| own.contains(it));
            (no_rule() || lost_group(hop)) && far.is_some_and(shared)
        }
        (M::GroupImportsRules, Place::Interface(id, way)) => {
            let groups = network.interfaces()[id].security_groups.iter();
            let mut rules = groups.flat_map(|it| network.security_groups()[*it].rules(way));
            rules.any(|it| matches!(it.peer, Peer::Group(_)))
        }
        // Instead of coming straight back, an answer goes wherever the routes say.
        (M::StatefulAcl, Place::NetworkAcl(..)) | (M::TargetsAnswerByRoute, _) => reply,
        (M::NoEphemeralPorts, Place::NetworkAcl(..)) => reply && packet.protocol.has_ports(),
        (M::LastAclEntryWins | M::DenyWins, Place::NetworkAcl(acl, _, way)) => {
            entries(acl, way) > 1
        }
        (M::EmptyAclAllows, Place::NetworkAcl(acl, _, way)) => {
            network.network_acls()[acl].entries(way).is_empty()
        }
        // Neighbours: the true way asks no list.
        (M::AclInsideSubnet, place) => {
            !matches!(place, Place::NetworkAcl(..))
                && wrong.is_some_and(|it| matches!(it.place, Place::NetworkAcl(..)))
        }
        (M::FirstRouteWins, Place::RouteTable(table, _)) => routes(table) > 1,
        (M::FirstRouteWins, Place::TransitGatewayRouteTable(table, _)) => {
            let routes = network.transit_routes(table);
            routes.iter().filter(|it| it.destination.contains(packet.destination)).count() > 1
        }
        // Whether the edge is crossed at all follows from the route.
        (M::FirstRouteWins, Place::NetworkAcl(_, subnet, _)) => {
            routes(network.route_table_of(subnet)) > 1
        }
        (M::FirstRouteWins | M::DefaultRouteCarriesIpv6, _) if way_in => true,
        (M::DefaultRouteCarriesIpv6, Place::RouteTable(..) | Place::NetworkAcl(..)) => {
            packet.destination.is_ipv6()
        }
        (M::RepliesNeedNoRoute, Place::RouteTable(..)) => reply && no_route(),
        (M::NoMainTable, Place::RouteTable(_, subnet) | Place::NetworkAcl(_, subnet, _)) => {
            network.subnets()[subnet].route_table.is_none()
        }
        (M::SubnetsAreIsolated, Place::RouteTable(table, _)) => {
            let table = &network.route_tables()[table];
            let chosen = table.decide(packet.destination, &Rules::AWS);
            chosen.is_some_and(|it| table.routes[it].target == Target::Local)
        }
        (M::GatewayIsEnough | M::PublicAddressIsEnough, Place::RouteTable(..)) => no_route(),
        (M::GatewayIsEnough | M::RouteIsEnough, Place::InternetGateway(_, Direction::Egress)) => {
            has(|it| matches!(it, Subject::PublicAddress(_)), Outcome::Denies)
        }
        // Whoever has no public address of his own is called by the NAT gateway's.
        (M::GatewayIsFirewall, Place::InternetGateway(_, Direction::Ingress))
        | (M::NatAcceptsInbound, Place::Internet(..)) => !reply,
        // Behind a NAT gateway the wrong packet leaves at once.
        (M::NatWorksAnywhere, Place::NetworkAcl(..) | Place::RouteTable(..) | Place::Subnet(_)) => {
            wrong.is_some_and(|it| matches!(it.place, Place::InternetGateway(..)))
        }
        (M::TransitivePeering, Place::Peering(_)) => {
            hop.checks.iter().any(|it| it.decisive && it.outcome == Outcome::Denies)
        }
        (M::NatAcceptsInbound, Place::NatGateway(_, Direction::Ingress)) => {
            has(|it| matches!(it, Subject::NatConnection(_)), Outcome::Denies)
        }
        (
            M::TargetsSeeClients | M::BalancersCrossZones | M::UnhealthyGetNothing,
            Place::LoadBalancer(..),
        ) => true,
        (M::TargetsSeeBalancers, Place::LoadBalancer(id, _)) => {
            kind_of(network, id) == LoadBalancerKind::Network
        }
        (M::BalancersHaveNoGroup, Place::Interface(id, _)) => match network.interfaces()[id].kind {
            InterfaceKind::LoadBalancer(id) => {
                let row = &network.load_balancers()[id];
                row.kind == LoadBalancerKind::Network && row.has_groups()
            }
            _ => false,
        },
        (M::TargetsNeedPublicAddresses, Place::LoadBalancer(id, _)) => {
            network.load_balancers()[id].scheme == hanulgil::cloud::Scheme::InternetFacing
        }
        (
            M::EndpointForNeighbours,
            Place::Peering(_) | Place::VirtualPrivateGateway(..) | Place::GatewayEndpoint(..),
        ) => hop.checks.iter().any(|it| it.decisive && it.outcome == Outcome::Denies),
        (M::EndpointNeedsNoGroup, Place::Interface(id, _)) => {
            matches!(network.interfaces()[id].kind, InterfaceKind::Endpoint(_))
        }
        (M::EndpointNeedsRoute, Place::RouteTable(table, _)) => {
            let vpc = network.route_tables()[table].vpc;
            let owner = network.interface_in(vpc, packet.destination);
            owner.is_some_and(|it| {
                matches!(network.interfaces()[it].kind, InterfaceKind::Endpoint(_))
            })
        }
        _ => false,
    }
}

fn kind_of(network: &Network, id: hanulgil::cloud::LoadBalancerId) -> LoadBalancerKind {
    network.load_balancers()[id].kind
}

/// Is there a target whose health is not given, so that it is asked for with a packet?
fn asks_health(network: &Network, id: hanulgil::cloud::LoadBalancerId) -> bool {
    let groups = network.load_balancers()[id].listeners.iter().flat_map(|it| &it.target_groups);
    groups.flat_map(|it| &network.target_groups()[*it].targets).any(|it| it.health.is_none())
}

/// Did an appliance lose the group that a rule names?
fn lost_group(hop: &Hop) -> bool {
    hop.checks.iter().any(|it| it.outcome == Outcome::GroupLost)
}

#[test]
fn every_wrong_machine_has_witnesses_and_errs_only_where_its_misconception_is_at_work() {
    let mut witnesses: BTreeMap<Misconception, usize> =
        Misconception::ALL.iter().map(|it| (*it, 0)).collect();
    let mut misplaced: BTreeMap<String, usize> = BTreeMap::new();
    let plain = (1..=cases()).map(|seed| {
        let row = row(seed, 400);
        let mut dice = Dice::new(&row);
        let network = some_network(&mut dice);
        let probes = probes(&network, &mut dice);
        (network, probes)
    });
    let with_services = (1..=cases()).map(|seed| some_services(&mut Dice::new(&row(seed, 600))));
    let with_transit = (1..=cases()).map(|seed| some_transit(&mut Dice::new(&row(seed, 900))));
    for (network, probes) in plain.chain(with_services).chain(with_transit) {
        for probe in probes {
            let truth = trace(&network, probe, &Rules::AWS);
            for belief in Misconception::ALL {
                let wrong = trace(&network, probe, &belief.rules());
                if wrong == truth {
                    continue;
                }
                if wrong.verdict != truth.verdict {
                    *witnesses.entry(belief).or_default() += 1;
                }
                let it = compare(&network, probe, &belief.rules()).expect("they differ");
                let hop = &it.truth.hops[it.hop.min(it.truth.hops.len() - 1)];
                // Where the packet left by a NAT gateway matters on the way back, too.
                let before = it.truth.hops.iter().take(it.hop);
                let by_nat = before
                    .clone()
                    .any(|it| matches!(it.place, Place::NatGateway(_, Direction::Egress)));
                let fits = belief == Misconception::NatWorksAnywhere && by_nat
                    || is_at_work(&network, belief, hop, it.wrong.hops.get(it.hop));
                if !fits {
                    let kind = |it: &Hop| {
                        format!("{:?}", it.place).replace(|it: char| it.is_ascii_digit(), "")
                    };
                    let other = it.wrong.hops.get(it.hop).map(kind);
                    let at = format!("{belief:?} {:?} at {}, not {other:?}", hop.leg, kind(hop));
                    *misplaced.entry(at).or_default() += 1;
                }
            }
        }
    }
    assert!(misplaced.is_empty(), "not at work: {misplaced:#?}");
    let few: Vec<_> = witnesses.iter().filter(|it| *it.1 < WITNESSES).collect();
    assert!(few.is_empty(), "too few witnesses: {few:?} of {witnesses:?}");
}

/// Whoever predicts with one wrong machine in mind is told that machine, or others that predict the
/// same; and whoever is right is told nothing.
#[test]
fn a_wrong_prediction_is_named_after_a_machine_that_makes_it() {
    let plain = (1..=cases() / 5).map(|seed| {
        let row = row(seed, 400);
        let mut dice = Dice::new(&row);
        let network = some_network(&mut dice);
        let probes = probes(&network, &mut dice);
        (network, probes)
    });
    let joined = (1..=cases() / 10).map(|seed| some_transit(&mut Dice::new(&row(seed, 900))));
    for (network, probes) in plain.chain(joined) {
        for probe in probes {
            let truth = trace(&network, probe, &Rules::AWS);
            for parting in partings(&network, probe) {
                assert_ne!(parting.trace.verdict, truth.verdict);
                assert!(parting.hop < truth.hops.len());
                let claims = |it: &hanulgil::cloud::Trace| it.verdict == parting.trace.verdict;
                let named = explanations(&network, probe, claims);
                let wider = parting.misconception == Misconception::GatewayIsEnough;
                assert!(!named.is_empty());
                assert!(wider || named.iter().any(|it| it.misconception == parting.misconception));
            }
            assert!(explanations(&network, probe, |it| it.verdict == truth.verdict).is_empty());
        }
    }
}
