//! Whatever is changed can be taken back, and made again: every operation, on networks with
//! everything in them.

#[path = "support/changes.rs"]
mod changes;
#[path = "support/networks.rs"]
mod networks;
#[path = "support/services.rs"]
mod services;
#[path = "support/transit.rs"]
mod transit;

use std::collections::BTreeMap;

use hanulgil::cloud::{Change, Network, Undo};
use networks::{Dice, row};

/// How many networks are changed; more with `HANULGIL_CASES_PER_LAW`.
fn cases() -> u64 {
    std::env::var("HANULGIL_CASES_PER_LAW").ok().and_then(|it| it.parse().ok()).unwrap_or(250)
}

/// Every operation, by the name of its variant: the source says which there are.
fn operations() -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for file in ["change.rs", "change/service.rs", "change/transit.rs"] {
        let path = format!("{}/src/cloud/{file}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(path).unwrap();
        let (_, rest) = source.split_once("Change {\n").expect("the list of the operations");
        let variants = rest.lines().take_while(|it| *it != "}").filter_map(|it| {
            let it = it.strip_prefix("    ")?;
            let end = it.find(|it: char| !it.is_alphanumeric())?;
            it.starts_with(|it: char| it.is_uppercase()).then(|| (it[..end].to_owned(), 0))
        });
        names.extend(variants);
    }
    // What hands on to the other lists.
    names.retain(|it, _| !["Service", "Transit"].contains(&it.as_str()));
    names
}

fn name(change: &Change) -> String {
    let said = format!("{change:?}");
    let said = said.strip_prefix("Service(").or(said.strip_prefix("Transit(")).unwrap_or(&said);
    said.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

fn some_network(dice: &mut Dice) -> Network {
    let mut network =
        if dice.one_in(4) { networks::network(dice) } else { services::with_services(dice) };
    if dice.one_in(2) {
        transit::join(&mut network, dice);
    }
    network
}

#[test]
fn every_operation_is_taken_back_exactly_and_made_again() {
    let mut met = operations();
    assert!(met.len() > 140, "{met:?}");
    // And as many more as it takes to meet each operation.
    for seed in 1..=8 * cases() {
        if seed > cases() && met.values().all(|it| *it > 0) {
            break;
        }
        let numbers = row(seed, 5000);
        let mut dice = Dice::new(&numbers);
        let start = some_network(&mut dice);
        let mut network = start.clone();
        let mut made: Vec<(Change, Network, Undo)> = Vec::new();
        for number in 0..110 {
            let Some(change) = changes::some_change(&network, &mut dice, number) else { continue };
            let before = network.clone();
            match network.apply(change.clone()) {
                Ok(applied) => {
                    *met.get_mut(&name(&change)).expect("one of the list") += 1;
                    assert_eq!(network, network.reindexed(), "seed {seed}: {change:?}");
                    made.push((change, before, applied.undo));
                }
                Err(refusal) => {
                    assert_eq!(
                        network, before,
                        "seed {seed}: {change:?} left its mark: {refusal:?}"
                    );
                }
            }
        }
        let (end, mut again) = (network.clone(), Vec::new());
        for (change, before, undo) in made.into_iter().rev() {
            network.undo(undo);
            assert!(network == before, "seed {seed}: {change:?} was not taken back");
            again.push(change);
        }
        assert!(network == start, "seed {seed}");
        for change in again.into_iter().rev() {
            let said = format!("{change:?}");
            assert!(network.apply(change).is_ok(), "seed {seed}: not made again: {said}");
        }
        assert!(network == end, "seed {seed}: another network when made again");
    }
    let never: Vec<_> = met.iter().filter(|it| *it.1 == 0).collect();
    assert!(
        never.is_empty(),
        "never accepted; does `tests/support/changes.rs` make them? {never:?}"
    );
}
