//! Is there a cheaper way to solve a lab? The par of a lab is the cost of its smallest fix.
//!
//! A lab's par is the cost of its cheapest written solution. The search for the smallest fix
//! ([`crate::cloud::fix`]), with the lab's goals as demands and the changes that the lab allows,
//! finds anything cheaper, and so certifies par. Goals that ask for a packet to be sent are taken as
//! done.

use crate::{
    cloud::{
        Change, Network, Zone,
        fix::{Demand, Limits, NoFix, Smallest, Wanted as Fate, smallest_in_zones},
    },
    course::{
        Lab,
        lab::{GoalCheck, Wanted},
    },
};

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificate {
    /// Nothing solves the lab for less.
    Certified {
        /// How many networks were looked at.
        tried: usize,
    },
    /// This does: every cheapest way.
    Cheaper(Vec<Vec<Change>>),
    /// There is too much to try.
    Unsure {
        /// Nothing that costs up to this solves it; `None` when not even that is known.
        cost: Option<u32>,
        /// How many networks were looked at.
        tried: usize,
    },
}

/// Looks for a way that costs less than the lab's par, in at most `budget` networks.
pub fn certify(lab: &Lab, budget: usize) -> Certificate {
    let Some(cost) = lab.par.checked_sub(1) else { return Certificate::Certified { tried: 0 } };
    // Of subnets the search knows nothing; but each that is missing takes a change.
    let checks = lab.goals.iter().flat_map(|goal| &goal.checks);
    let missing = checks.filter_map(|check| match check {
        GoalCheck::Subnets(wanted) => Some(wanted.missing(wanted.in_network(&lab.scene.network))),
        _ => None,
    });
    if let Some(missing) = missing.max() {
        return if cost < missing {
            Certificate::Certified { tried: 0 }
        } else {
            Certificate::Unsure { cost: missing.checked_sub(1), tried: 0 }
        };
    }
    let limits = Limits { cost, networks: budget };
    match solutions(lab, &lab.scene.network, limits) {
        Ok(found) => Certificate::Cheaper(found.ways),
        Err(NoFix::Impossible { tried } | NoFix::TooDear { tried, .. }) => {
            Certificate::Certified { tried }
        }
        Err(NoFix::GaveUp { cost, tried }) => Certificate::Unsure { cost, tried },
    }
}

/// What must become of a packet, as the search says it.
fn fate(wanted: Wanted) -> Fate {
    match wanted {
        Wanted::Delivered => Fate::Delivered,
        Wanted::Refused => Fate::Refused,
        Wanted::Dropped(code) => Fate::Dropped(code),
    }
}

/// The cheapest ways to solve a lab from here, all of them, as far as its goals are about what
/// becomes of packets.
///
/// # Errors
/// Why none was found, and how far it was searched.
pub fn solutions(lab: &Lab, network: &Network, limits: Limits) -> Result<Smallest, NoFix> {
    let (demands, down): (Vec<Demand>, Vec<Option<Zone>>) = demands(lab).into_iter().unzip();
    let down = if down.iter().all(Option::is_none) { &[][..] } else { &down };
    smallest_in_zones(network, &demands, down, |change| lab.allowed.allows(change), limits)
}

/// What the goals of a lab still want of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanting {
    /// Nothing: they hold, but perhaps for packets that are to be sent.
    Nothing,
    /// That packets fare otherwise: what [`solutions`] finds.
    Packets,
    /// Something else, too.
    More,
}

/// What the goals of a lab still want of this network.
pub fn wanting(lab: &Lab, network: &Network) -> Wanting {
    let mut wanting = Wanting::Nothing;
    for check in lab.goals.iter().flat_map(|goal| &goal.checks) {
        match check {
            GoalCheck::Sent(_) => {}
            _ if check.holds(network, &[]) => {}
            GoalCheck::Packet { .. } | GoalCheck::ZoneDown { .. } => {
                wanting = wanting.max(Wanting::Packets);
            }
            GoalCheck::Subnets(_) => wanting = Wanting::More,
        }
    }
    wanting
}

/// What the goals of a lab want of the network, or of what is left when a zone has failed.
fn demands(lab: &Lab) -> Vec<(Demand, Option<Zone>)> {
    let checks = lab.goals.iter().flat_map(|goal| &goal.checks);
    checks
        .filter_map(|check| match check {
            GoalCheck::Packet { probe, wanted } => {
                Some((Demand { probe: *probe, wanted: fate(*wanted) }, None))
            }
            GoalCheck::ZoneDown { zone, probe, wanted } => {
                Some((Demand { probe: *probe, wanted: fate(*wanted) }, Some(zone.clone())))
            }
            GoalCheck::Sent(_) | GoalCheck::Subnets(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{Course, LabId, LessonId, Pack};

    const SCENE: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
[subnet.one]
cidr = "10.0.0.0/24"
[subnet.two]
cidr = "10.0.1.0/24"
network_acl = "shut"
[network_acl.shut]
[security_group.web]
[instance.web]
subnet = "one"
security_groups = ["web"]
[instance.db]
subnet = "two"
[packets]
in = "internet -> web tcp/443"
out = "web -> internet tcp/443"
query = "web -> db tcp/5432"
"#;

    /// What the search says of a lab with these goals and this solution.
    fn certificate(goals: &str, solution: &str) -> Certificate {
        certify(&lab(goals, solution), 20_000)
    }

    fn lab(goals: &str, solution: &str) -> Lab {
        let words = "{ ko = \"가\", en = \"a\" }";
        let lesson = format!(
            "id = \"l\"\ntitle = {words}\nminutes = 1\n[lab.x]\ntitle = {words}\nbrief = {words}\n\
             scene = \"s\"\nallow = \"everything\"\nsolutions = [{solution}]\n\
             [[lab.x.goal]]\npackets = [{goals}]\n"
        );
        let module = format!("title = {words}\nsummary = {words}\nlessons = [\"l\"]\n");
        let pack = format!("id = \"p\"\nformat = 1\ntitle = {words}\nmodules = [\"m\"]\n");
        let texts = [
            ("pack.toml", pack),
            ("m/module.toml", module),
            ("m/l/lesson.toml", lesson),
            ("m/l/s.scene.toml", SCENE.to_owned()),
            ("m/l/ko.md", "## 가\n".to_owned()),
            ("m/l/en.md", "## A\n".to_owned()),
        ];
        let (course, _) = Course::open(Pack::from_texts(texts));
        let (lesson, faults) = course.lesson(&LessonId("l".into()));
        let lesson = lesson.unwrap_or_else(|| panic!("{faults:?}"));
        let lab = lesson.labs.iter().find(|lab| lab.id == LabId("x".into())).expect("it is there");
        assert!(!lab.solutions.is_empty(), "{faults:?}");
        lab.clone()
    }

    #[test]
    fn the_shortest_way_is_certified() {
        let four = "[\"attach-internet-gateway igw main\", \"create-route main-main 0.0.0.0/0 -> igw\", \"associate-address web\"]";
        let found = certificate("\"out = delivered\"", four);
        assert!(matches!(found, Certificate::Certified { .. }), "{found:?}");
        let five =
            four.replace(']', ", \"authorize-security-group-ingress web tcp 443 from 0.0.0.0/0\"]");
        let found = certificate("\"in = delivered\"", &five);
        assert!(matches!(found, Certificate::Certified { .. }), "{found:?}");
    }

    #[test]
    fn a_cheaper_way_is_found() {
        // A subnet goes back to the default list in one change; three entries would do as well.
        let entries = "[\"create-network-acl-entry shut in 1 allow all from 0.0.0.0/0\", \"create-network-acl-entry shut out 1 allow all to 0.0.0.0/0\", \"authorize-security-group-ingress default tcp 5432 from group web\"]";
        let found = certificate("\"query = delivered\"", entries);
        let Certificate::Cheaper(ways) = found else { panic!("{found:?}") };
        for way in ways {
            assert_eq!(way.iter().map(Change::cost).sum::<u32>(), 2, "{way:?}");
        }
    }

    #[test]
    fn a_search_without_room_says_so() {
        let three = "[\"attach-internet-gateway igw main\", \"create-route main-main 0.0.0.0/0 -> igw\", \"associate-address web\"]";
        let found = certify(&lab("\"out = delivered\"", three), 2);
        assert_eq!(found, Certificate::Unsure { cost: Some(1), tried: 2 });
    }
}
