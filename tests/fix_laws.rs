//! Laws of the smallest fix, on networks that worked and were broken.

#[path = "support/broken.rs"]
mod broken;
#[path = "support/broken_joined.rs"]
mod broken_joined;
#[path = "support/broken_services.rs"]
mod broken_services;
#[path = "support/broken_six.rs"]
mod broken_six;
#[path = "support/broken_transit.rs"]
mod broken_transit;
#[path = "support/networks.rs"]
#[expect(dead_code, reason = "these laws need its dice only")]
mod networks;

#[path = "support/vocabulary.rs"]
mod vocabulary;

use broken::{Broken, broken};
use hanulgil::cloud::{
    Change, Network, Probe, ProbeEnd, Undo,
    fix::{Fix, Limits, NoFix, Opening, Smallest, Wanted, fix, smallest},
};
use networks::Dice;
use proptest::{collection::vec, prelude::*};

fn choices() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 60..140)
}

fn cases() -> u32 {
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(64)
}

fn made(network: &Network, changes: &[Change]) -> Option<Network> {
    let mut network = network.clone();
    for change in changes {
        network.apply(change.clone()).ok()?;
    }
    Some(network)
}

fn holds(it: &Broken, changes: &[Change]) -> bool {
    made(&it.network, changes).is_some_and(|network| it.demands.iter().all(|it| it.holds(&network)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_fix_works_and_costs_no_more_than_taking_the_faults_back(row in choices()) {
        let Some(it) = broken(&mut Dice::new(&row)) else { return Ok(()) };
        works_and_is_small(&it)?;
    }

    /// What a fix is said to open and shut is what it opens and shuts.
    #[test]
    fn an_exposure_is_the_difference_that_traces_show(row in choices(), packets in vec(vec(any::<u16>(), 6), 40)) {
        let Some(it) = broken(&mut Dice::new(&row)) else { return Ok(()) };
        let want: Vec<Probe> = wanted(&it, Wanted::Delivered);
        let forbid: Vec<Probe> = wanted(&it, Wanted::NotDelivered);
        let Ok(found) = fix(&it.network, &want, &forbid, |_| true, Limits::default()) else { return Ok(()) };
        let opened: Vec<u128> = found.fixes.iter().map(|it| it.exposure.opened()).collect();
        prop_assert!(opened.is_sorted(), "{:?}", opened);
        for Fix { changes, exposure } in found.fixes.iter().take(4) {
            let after = made(&it.network, changes).unwrap();
            let all = broken::probes(&it.network);
            for packet in &packets {
                let mut dice = Dice::new(packet);
                let probe = Probe { port: dice.pick(&[443, 8080, 22]), ..dice.pick(&all) };
                let Some(probe) = by_address(&it.network, &after, probe) else { continue };
                let counts = |list: &[Opening]| list.iter().filter(|it| it.contains(&probe)).count();
                let (was, is) = (broken::delivered(&it.network, probe), broken::delivered(&after, probe));
                prop_assert_eq!(counts(&exposure.opens), usize::from(is && !was), "{:?} {:?}", probe, exposure);
                prop_assert_eq!(counts(&exposure.shuts), usize::from(was && !is), "{:?} {:?}", probe, exposure);
            }
        }
    }

    /// No single step, of all that one might think of, does what the search says needs two; and
    /// no two steps what it says needs three (of these a sample is tried, and all of them when
    /// `HANULGIL_EXHAUSTIVE` is set).
    #[test]
    fn no_smaller_set_of_any_changes_is_a_fix(row in choices(), sample in any::<u64>()) {
        let Some(it) = broken(&mut Dice::new(&row)) else { return Ok(()) };
        nothing_smaller_does(&it, sample)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases() / 2, ..ProptestConfig::default() })]

    /// The same with load balancers, endpoints and peerings.
    #[test]
    fn a_fix_among_services_works_and_costs_no_more_than_taking_the_faults_back(row in choices()) {
        let Some(it) = broken_services::broken(&mut Dice::new(&row)) else { return Ok(()) };
        works_and_is_small(&it)?;
    }

    #[test]
    fn no_smaller_set_of_any_changes_is_a_fix_among_services(row in choices(), sample in any::<u64>()) {
        let Some(it) = broken_services::broken(&mut Dice::new(&row)) else { return Ok(()) };
        nothing_smaller_does(&it, sample)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases() / 2, ..ProptestConfig::default() })]

    /// The same over IPv6.
    #[test]
    fn a_fix_over_ipv6_works_and_costs_no_more_than_taking_the_faults_back(row in choices()) {
        let Some(it) = broken_six::broken(&mut Dice::new(&row)) else { return Ok(()) };
        works_and_is_small(&it)?;
    }

    #[test]
    fn no_smaller_set_of_any_changes_is_a_fix_over_ipv6(row in choices(), sample in any::<u64>()) {
        let Some(it) = broken_six::broken(&mut Dice::new(&row)) else { return Ok(()) };
        nothing_smaller_does(&it, sample)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases() / 2, ..ProptestConfig::default() })]

    /// The same where VPCs and an office are joined by a transit gateway.
    #[test]
    fn a_fix_at_a_transit_gateway_works_and_costs_no_more_than_taking_the_faults_back(row in choices()) {
        let Some(it) = broken_transit::broken(&mut Dice::new(&row)) else { return Ok(()) };
        works_and_is_small(&it)?;
    }

    #[test]
    fn no_smaller_set_of_any_changes_is_a_fix_at_a_transit_gateway(row in choices(), sample in any::<u64>()) {
        let Some(it) = broken_transit::broken(&mut Dice::new(&row)) else { return Ok(()) };
        nothing_smaller_does(&it, sample)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases() / 4, ..ProptestConfig::default() })]

    /// The same where attachments are gone, tables of a VPC learn, and one VPC has a gateway of its own.
    #[test]
    fn a_fix_among_joined_networks_works_and_costs_no_more_than_taking_the_faults_back(row in choices()) {
        let Some(it) = broken_joined::broken(&mut Dice::new(&row)) else { return Ok(()) };
        works_and_is_small(&it)?;
    }

    #[test]
    fn no_smaller_set_of_any_changes_is_a_fix_among_joined_networks(row in choices(), sample in any::<u64>()) {
        let Some(it) = broken_joined::broken(&mut Dice::new(&row)) else { return Ok(()) };
        nothing_smaller_does(&it, sample)?;
    }
}

fn works_and_is_small(it: &Broken) -> Result<(), TestCaseError> {
    let found: Result<Smallest, NoFix> =
        smallest(&it.network, &it.demands, |_| true, Limits::default());
    prop_assert!(found.is_ok(), "{:?} known {} {:?} {:?}", found, it.known, it.faults, it.demands);
    let fixes = found.unwrap();
    let first = fixes.ways.first();
    let (faults, demands) = (&it.faults, &it.demands);
    prop_assert!(
        fixes.cost <= it.known,
        "{} > {}: {first:?} after {faults:?} for {demands:?}",
        fixes.cost,
        it.known
    );
    for way in &fixes.ways {
        prop_assert!(holds(it, way), "{:?} does not mend {:?}", way, it.demands);
        let cost: u32 = way.iter().map(Change::cost).sum();
        prop_assert_eq!(cost, fixes.cost);
        // No proper subset does it.
        for subset in 0..(1u32 << way.len()) - 1 {
            let some: Vec<Change> = way
                .iter()
                .enumerate()
                .filter(|(place, _)| subset >> place & 1 == 1)
                .map(|(_, it)| it.clone())
                .collect();
            prop_assert!(!holds(it, &some), "{:?} is enough of {:?}", some, way);
        }
    }
    Ok(())
}

fn nothing_smaller_does(it: &Broken, sample: u64) -> Result<(), TestCaseError> {
    let Ok(fixes) = smallest(&it.network, &it.demands, |_| true, Limits::default()) else {
        return Ok(());
    };
    if fixes.cost < 2 {
        return Ok(());
    }
    let steps = vocabulary::steps(&it.network, &it.demands);
    let mut network = it.network.clone();
    let mut seed = sample | 1;
    for step in &steps {
        let Some(undos) = apply(&mut network, step) else { continue };
        prop_assert!(
            !all_hold(it, &network),
            "{:?} is enough, not {:?} for {:?}",
            step,
            fixes.ways[0],
            it.demands
        );
        if fixes.cost > 2 {
            let exhaustive = std::env::var_os("HANULGIL_EXHAUSTIVE").is_some();
            let more = vocabulary::steps(&network, &it.demands);
            let tries = if exhaustive { more.len() } else { 3 };
            for place in 0..tries {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let second = if exhaustive {
                    &more[place]
                } else {
                    &more[(seed % more.len() as u64) as usize]
                };
                let Some(undos) = apply(&mut network, second) else { continue };
                prop_assert!(
                    !all_hold(it, &network),
                    "{:?} and {:?} are enough, not {:?} for {:?}",
                    step,
                    second,
                    fixes.ways[0],
                    it.demands
                );
                take_back(&mut network, undos);
            }
        }
        take_back(&mut network, undos);
    }
    Ok(())
}

fn wanted(it: &Broken, wanted: Wanted) -> Vec<Probe> {
    it.demands.iter().filter(|it| it.wanted == wanted).map(|it| it.probe).collect()
}

/// The probe with addresses for its ends on the internet; `None` when one of them is an interface's.
fn by_address(before: &Network, after: &Network, probe: Probe) -> Option<Probe> {
    let end = |end| match end {
        ProbeEnd::Host(id) => ProbeEnd::Address(before.hosts()[id].address),
        other => other,
    };
    let (from, to) = (end(probe.from), end(probe.to));
    for end in [from, to] {
        if let ProbeEnd::Address(address) = end
            && [before, after].iter().any(|it| it.public_owner(address).is_some())
        {
            return None;
        }
    }
    Some(Probe { from, to, ..probe })
}

fn all_hold(it: &Broken, network: &Network) -> bool {
    it.demands.iter().all(|it| it.holds(network))
}

fn apply(network: &mut Network, step: &[Change]) -> Option<Vec<Undo>> {
    let mut undos = Vec::new();
    for change in step {
        let Ok(applied) = network.apply(change.clone()) else {
            take_back(network, undos);
            return None;
        };
        undos.push(applied.undo);
    }
    Some(undos)
}

fn take_back(network: &mut Network, undos: Vec<Undo>) {
    for undo in undos.into_iter().rev() {
        network.undo(undo);
    }
}
