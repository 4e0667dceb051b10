//! Every walk ends, whoever passes packets on to whom, and wherever addresses are met again.

#[allow(dead_code, reason = "other laws draw other networks from it")]
#[path = "support/networks.rs"]
mod networks;
#[allow(dead_code, reason = "other laws draw other networks from it")]
#[path = "support/services.rs"]
mod services;
#[path = "support/tangle.rs"]
mod tangle;
#[path = "support/transit.rs"]
mod transit;

use hanulgil::cloud::{
    Misconception, Network, Probe, Rules, Trace, blockers, trace, trace_from_source,
};
use networks::Dice;
use proptest::{collection::vec, prelude::*};
use services::some_probe;
use tangle::{PRIVATE, tangle};

/// More than any packet needs; a request and its answer may each pass two hundred and more places
/// where every node of every balancer is another's target.
const HOPS: usize = 300;

/// How many networks a law is tried on: more when `HANULGIL_CASES_PER_LAW` says so, or
/// `HANULGIL_EXHAUSTIVE` is set.
fn cases() -> u32 {
    let exhaustive = std::env::var_os("HANULGIL_EXHAUSTIVE").is_some();
    let usual = if exhaustive { 5_000 } else { 24 };
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

fn choices() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..700)
}

fn some(row: &[u16]) -> (Network, Vec<Probe>) {
    let mut dice = Dice::new(row);
    let network = tangle(&mut dice);
    let probes = (0..6).map(|_| some_probe(&mut dice, &network)).collect();
    (network, probes)
}

/// It ended before it went around often, and says the same when it is asked again.
fn ends(walk: impl Fn() -> Trace) -> Result<(), TestCaseError> {
    let it = walk();
    prop_assert!(!it.hops.is_empty());
    prop_assert!(it.hops.len() < HOPS, "{} hops", it.hops.len());
    prop_assert_eq!(it, walk());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn every_walk_ends_where_all_networks_overlap(row in choices(), seed in any::<u32>()) {
        let (network, probes) = some(&row);
        for (place, probe) in probes.into_iter().enumerate() {
            ends(|| trace(&network, probe, &Rules::AWS))?;
            let forged = PRIVATE[(seed as usize + place) % PRIVATE.len()].parse().unwrap();
            ends(|| {
                trace_from_source(&network, probe, forged, &Rules::AWS)
            })?;
            let all = blockers(&network, probe);
            prop_assert!(all.len() < HOPS, "{} blockers", all.len());
            prop_assert_eq!(all, blockers(&network, probe));
        }
    }

    #[test]
    fn every_walk_by_a_wrong_machine_ends_where_all_networks_overlap(row in choices()) {
        let (network, probes) = some(&row);
        for wrong in Misconception::ALL {
            for &probe in probes.iter().take(3) {
                let rules = wrong.rules();
                ends(|| trace(&network, probe, &rules))?;
            }
        }
    }
}
