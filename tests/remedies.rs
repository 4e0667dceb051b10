//! Every remedy that the search for the smallest fix knows, each on a network where it is the answer.
//!
//! `tests/remedies/NAME.txt` has cases about `NAME.scene.toml`, an empty line between them: after
//! `#` what a case is about, after `-` what breaks the network, after `?` what must become of a
//! packet, after `!` the operations that may be used (all, when there is none); then, indented,
//! every way that is found, the one that opens least first. `HANULGIL_WRITE_WAYS=1` writes the ways
//! anew: read what has changed before it is kept.

use std::{env, fs, path::Path};

use hanulgil::{
    cloud::{
        Change, Code, Network,
        fix::{Demand, Limits, NoFix, Wanted, fix, smallest},
    },
    course::{Scene, edit},
};

#[test]
fn whatever_is_broken_in_a_shop_has_exactly_these_smallest_fixes() {
    check("shop");
}

#[test]
fn whatever_is_broken_behind_balancers_and_endpoints_has_exactly_these_smallest_fixes() {
    check("services");
}

#[test]
fn whatever_is_broken_between_joined_networks_has_exactly_these_smallest_fixes() {
    check("joined");
}

#[test]
fn whatever_is_broken_around_an_inspection_has_exactly_these_smallest_fixes() {
    check("inspection");
}

#[test]
fn whatever_is_broken_with_many_groups_has_exactly_these_smallest_fixes() {
    check("groups");
}

#[test]
fn whatever_is_broken_over_two_families_has_exactly_these_smallest_fixes() {
    check("six");
}

fn check(name: &str) {
    let at = |end: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/remedies").join(format!("{name}.{end}"))
    };
    let world = fs::read_to_string(at("scene.toml")).unwrap();
    let cases = fs::read_to_string(at("txt")).unwrap();
    let found: Vec<String> =
        cases.trim_end().split("\n\n").map(|it| answered(&world, it)).collect();
    let found = found.join("\n\n") + "\n";
    if env::var_os("HANULGIL_WRITE_WAYS").is_some() {
        fs::write(at("txt"), &found).unwrap();
    }
    for (case, found) in cases.trim_end().split("\n\n").zip(found.trim_end().split("\n\n")) {
        assert_eq!(found, case);
    }
}

/// A case with the ways that are found for it.
fn answered(world: &str, case: &str) -> String {
    let (mut broken, mut demands, mut only) = (Vec::new(), Vec::new(), Vec::new());
    let told: Vec<&str> = case.lines().filter(|it| !it.starts_with(' ')).collect();
    for line in &told {
        match line.split_once(' ').unwrap() {
            ("#", _) => {}
            ("-", it) => broken.push(it),
            ("?", it) => demands.push(it),
            ("!", it) => only.extend(it.split(' ')),
            _ => panic!("{line}"),
        }
    }
    let ways = ways(world, &broken, &demands, &only).into_iter().map(|it| format!("    {it}"));
    told.iter().map(|it| String::from(*it)).chain(ways).collect::<Vec<_>>().join("\n")
}

/// The ways that the search finds after `broken` was carried out, as lines. `only` says which
/// operations may be used, when not all.
fn ways(world: &str, broken: &[&str], demands: &[&str], only: &[&str]) -> Vec<String> {
    let (scene, faults) = Scene::parse("world.scene.toml", world);
    assert!(faults.is_empty(), "{faults:#?}");
    let mut scene = scene.unwrap();
    for line in broken {
        edit::carry_out(&mut scene.network, line).unwrap_or_else(|it| panic!("{line}: {it:?}"));
    }
    let demands: Vec<Demand> = demands.iter().map(|line| demand(&scene, line)).collect();
    let allowed = |change: &Change| only.is_empty() || only.contains(&edit::verb(change));
    let probes = |wanted| {
        let probes = demands.iter().filter(|it| it.wanted == wanted).map(|it| it.probe);
        probes.collect::<Vec<_>>()
    };
    let (want, forbid) = (probes(Wanted::Delivered), probes(Wanted::NotDelivered));
    let network = &scene.network;
    let limits = Limits { cost: 4, ..Limits::default() };
    let found = if want.len() + forbid.len() == demands.len() {
        fix(network, &want, &forbid, allowed, limits)
            .map(|it| it.fixes.into_iter().map(|it| it.changes).collect::<Vec<_>>())
    } else {
        smallest(network, &demands, allowed, limits).map(|it| it.ways)
    };
    match found {
        Ok(ways) => ways.iter().map(|way| printed(network, way)).collect(),
        Err(NoFix::Impossible { .. }) => vec!["impossible".into()],
        Err(NoFix::TooDear { cost, .. }) => vec![format!("more than {cost}")],
        Err(NoFix::GaveUp { .. }) => vec!["gave up".into()],
    }
}

/// A demand as a line: `internet -> web tcp/443 = delivered`.
fn demand(scene: &Scene, line: &str) -> Demand {
    let (packet, wanted) = line.rsplit_once('=').unwrap();
    let wanted = match wanted.trim() {
        "delivered" => Wanted::Delivered,
        "refused" => Wanted::Refused,
        "dropped" => Wanted::Dropped(None),
        "not" => Wanted::NotDelivered,
        code => Wanted::Dropped(Some(*Code::ALL.iter().find(|it| it.as_str() == code).unwrap())),
    };
    let probe = scene.probe(packet.trim()).unwrap_or_else(|it| panic!("{line}: {it:?}"));
    Demand { probe, wanted }
}

fn printed(network: &Network, way: &[Change]) -> String {
    let mut network = network.clone();
    let mut lines = Vec::new();
    for change in way {
        lines.push(edit::print(&network, change));
        network.apply(change.clone()).unwrap();
    }
    lines.join("; ")
}
