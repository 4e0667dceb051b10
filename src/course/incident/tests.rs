//! Incidents drawn from designs that work.

use super::*;
use crate::{cloud::trace, course::Pack};

/// The labs of the built-in pack, solved: designs that work.
fn designs() -> Vec<Scene> {
    let course = crate::course::Course::open(Pack::builtin()).0;
    let lessons = course.lessons().map(|entry| course.lesson(&entry.id).0).collect::<Vec<_>>();
    let mut designs = Vec::new();
    for lab in lessons.iter().flatten().flat_map(|lesson| &lesson.labs) {
        let mut scene = lab.scene.clone();
        if let Some(solution) = lab.solutions.first() {
            for change in solution {
                scene.network.apply(change.clone()).expect("solutions can be carried out");
            }
            designs.push(scene);
        }
    }
    designs
}

#[test]
fn an_incident_breaks_a_promise_and_can_be_mended_for_its_par() {
    let mut drawn = 0;
    for scene in designs() {
        for (level, seed) in Level::ALL.into_iter().zip(1..) {
            let Some(incident) = inject(&scene, level, seed) else { continue };
            drawn += 1;
            assert!(promises(&scene).iter().all(|it| it.holds(&scene.network)));
            assert!(!incident.complaints(&incident.network).is_empty());
            let limits = Limits { cost: incident.par, networks: SEARCH.networks };
            let found = smallest(&incident.network, &incident.demands, |_| true, limits).unwrap();
            assert_eq!(found.cost, incident.par);
            for way in found.ways {
                let mut mended = incident.network.clone();
                for change in way {
                    mended.apply(change).unwrap();
                }
                assert!(incident.is_over(&mended));
                assert!(incident.complaints(&mended).is_empty());
            }
        }
    }
    assert!(drawn > 20, "{drawn} incidents only");
}

#[test]
fn the_same_seed_gives_the_same_incident() {
    for scene in designs() {
        assert_eq!(inject(&scene, Level::Two, 7), inject(&scene, Level::Two, 7));
    }
}

#[test]
fn seeds_give_many_different_incidents() {
    let mut seen = BTreeSet::new();
    for scene in designs() {
        let drawn = (0..24).filter_map(|seed| inject(&scene, Level::One, seed));
        seen.extend(drawn.map(|incident| format!("{} {:?}", scene.name, incident.faults)));
    }
    assert!(seen.len() > 80, "{} different ones", seen.len());
}

#[test]
fn what_a_design_keeps_out_must_stay_out() {
    for scene in designs() {
        for demand in promises(&scene) {
            let delivered = trace(&scene.network, demand.probe, &Rules::AWS).is_delivered();
            assert_eq!(demand.wanted == Wanted::Delivered, delivered);
        }
    }
}
