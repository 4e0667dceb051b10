//! Laws of packets among load balancers, endpoints, services outside every VPC, functions, databases,
//! tasks and on-premises networks, however oddly these are put together.

#[path = "support/networks.rs"]
mod networks;
#[path = "support/services.rs"]
mod services;
#[path = "support/transit.rs"]
mod transit;

use hanulgil::{
    cloud::{
        Leg, LoadBalancerKind, Misconception, Network, Place, Probe, ProbeEnd, Rules, Trace,
        Verdict, blockers, trace,
    },
    net::Protocol,
};
use networks::Dice;
use proptest::{collection::vec, prelude::*};
use services::{named_ends, some_probe, with_services};

fn choices() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..420)
}

/// How many networks a law is tried on: more when `HANULGIL_CASES_PER_LAW` says so, or
/// `HANULGIL_EXHAUSTIVE` is set.
fn cases() -> u32 {
    let exhaustive = std::env::var_os("HANULGIL_EXHAUSTIVE").is_some();
    let usual = if exhaustive { 5_000 } else { 128 };
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// A network and some packets in it.
fn some(row: &[u16]) -> (Network, Vec<Probe>) {
    let mut dice = Dice::new(row);
    let mut network = with_services(&mut dice);
    if dice.one_in(3) {
        transit::join(&mut network, &mut dice);
    }
    let probes = (0..24).map(|_| some_probe(&mut dice, &network)).collect();
    (network, probes)
}

/// A packet inside the tunnel between a Gateway Load Balancer and an appliance, or around it.
fn is_tunnelled(hop: &hanulgil::cloud::Hop) -> bool {
    let geneve = |it: &hanulgil::net::Packet| {
        it.protocol == Protocol::UDP && [it.source_port, it.destination_port].contains(&6081)
    };
    geneve(&hop.packet_in) || hop.packet_out.is_some_and(|it| geneve(&it))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn every_walk_ends_and_is_the_same_every_time(
        row in choices(),
        wrong in proptest::sample::select(&Misconception::ALL[..]),
    ) {
        let (network, probes) = some(&row);
        for probe in probes {
            for rules in [Rules::AWS, wrong.rules()] {
                let first = trace(&network, probe, &rules);
                prop_assert!(!first.hops.is_empty());
                prop_assert!(first.hops.len() < 500, "{} hops", first.hops.len());
                prop_assert_eq!(first, trace(&network, probe, &rules));
            }
        }
    }

    #[test]
    fn a_trace_tells_a_coherent_story(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            let trace = trace(&network, probe, &Rules::AWS);
            for pair in trace.hops.windows(2) {
                if is_tunnelled(&pair[0]) || is_tunnelled(&pair[1]) {
                    continue;
                }
                if let Some(out) = pair[0].packet_out {
                    prop_assert_eq!(out, pair[1].packet_in, "{:#?}", pair);
                } else {
                    prop_assert_eq!((pair[0].leg, pair[1].leg), (Leg::Forward, Leg::Reply));
                }
            }
            for hop in &trace.hops {
                prop_assert!(hop.checks.iter().filter(|it| it.decisive).count() <= 1, "{hop:#?}");
            }
            prop_assert!(trace.last().packet_out.is_none());
            if let Verdict::Dropped { leg, place, .. } = trace.verdict {
                prop_assert_eq!((leg, place), (trace.last().leg, trace.last().place));
                prop_assert!(trace.last().decisive().is_some(), "{:#?}", trace.last());
            }
            if trace.is_delivered() {
                let (request, answer) = (trace.hops[0].packet_in, trace.last().packet_in);
                prop_assert!(answer.answers(&request), "{} does not answer {}", answer, request);
            }
        }
    }

    #[test]
    fn the_first_of_all_blockers_is_what_the_trace_finds(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            let found = trace(&network, probe, &Rules::AWS).verdict.dropped();
            let first = blockers(&network, probe).first().map(|it| (it.leg, it.place, it.cause));
            prop_assert_eq!(first, found, "{:?}", probe);
        }
    }

    /// A target sees the client's address only behind a Network Load Balancer, and else the node's.
    #[test]
    fn a_proxy_speaks_for_itself(row in choices()) {
        let (network, probes) = some(&row);
        for probe in probes {
            let trace = trace(&network, probe, &Rules::AWS);
            for hop in trace.leg(Leg::Forward) {
                let (Place::LoadBalancer(id, node), Some(out)) = (hop.place, hop.packet_out) else {
                    continue;
                };
                let kind = network.load_balancers()[id].kind;
                let own = network.interfaces()[node].has(out.source);
                if kind == LoadBalancerKind::Application && out != hop.packet_in {
                    prop_assert!(own, "{hop:#?}");
                }
            }
        }
    }

    /// Nothing that answers only ever starts a connection.
    #[test]
    fn endpoints_and_nat_gateways_start_nothing(row in choices()) {
        let (network, _) = some(&row);
        let ends = named_ends(&network);
        for (endpoint, it) in network.interface_endpoints().iter() {
            let Some(&own) = it.interfaces.first() else { continue };
            for &to in &ends {
                let probe = Probe::new(ProbeEnd::Interface(own), to, Protocol::TCP, 443);
                let it: Trace = trace(&network, probe, &Rules::AWS);
                prop_assert!(it.verdict.dropped().is_some(), "{:?} {:?}", endpoint, it.verdict);
            }
        }
    }

    #[test]
    fn indexes_equal_those_built_anew(row in choices()) {
        let (network, _) = some(&row);
        prop_assert_eq!(network.reindexed(), network);
    }
}
