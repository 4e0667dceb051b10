//! A network as a scene, changes made to it, and packets sent in it.

use hanulgil::{
    cloud::{Leg, Probe, Remark, Rules, Trace, Verdict, blockers, trace},
    course::{Scene, edit},
    tell::written,
};
use serde_json::Value;

use super::topology::list;
use crate::Outcome;

/// Runs one case: its steps in order, each a change or a packet.
pub fn run(case: &Value) -> Outcome {
    let lines: Vec<&str> = list(case, "scene").iter().filter_map(Value::as_str).collect();
    let (scene, faults) = Scene::parse("case.scene.toml", &lines.join("\n"));
    let Some(mut scene) = scene else { return Outcome::Failed(format!("{faults:#?}")) };
    let mut differences = Vec::new();
    let mut steps = 0;
    for step in list(case, "steps") {
        steps += 1;
        differences.extend(match (step["change"].as_str(), step["packet"].as_str()) {
            (Some(line), None) => change(&mut scene, line, step),
            (None, Some(line)) => packet(&scene, line, step),
            _ => Some(format!("a step is a change or a packet: {step}")),
        });
    }
    if steps == 0 {
        differences.push("the case has no steps".to_owned());
    }
    Outcome::of(&differences)
}

/// A change that AWS makes, or refuses with this code.
fn change(scene: &mut Scene, line: &str, step: &Value) -> Option<String> {
    if let Some(key) = unknown(step, &["change", "refused"]) {
        return Some(format!("{line}: {key:?} is not read"));
    }
    let done = edit::carry_out(&mut scene.network, line);
    match (done, &step["refused"]) {
        (Ok(_), Value::Null) => None,
        (Ok(_), code) => Some(format!("expected {line:?} to be refused with {code}")),
        (Err(edit::Failed::Refused(refusal)), Value::String(code)) if refusal.code == code => None,
        (Err(failed), expected) => Some(format!("{line}: expected {expected}, but {failed:?}")),
    }
}

/// A packet, by its name or written out, and what becomes of it.
fn packet(scene: &Scene, line: &str, step: &Value) -> Option<String> {
    const KEYS: [&str; 11] = [
        "packet",
        "verdict",
        "leg",
        "code",
        "at",
        "through",
        "not_through",
        "source_seen",
        "destination_seen",
        "remarks",
        "blockers",
    ];
    if let Some(key) = unknown(step, &KEYS) {
        return Some(format!("{line}: {key:?} is not read"));
    }
    let probe = match scene.probe(line) {
        Ok(probe) => probe,
        Err(slip) => return Some(format!("{line}: {slip:?}")),
    };
    let trace = trace(&scene.network, probe, &Rules::AWS);
    let mut found = differs(scene, &trace, step);
    found.extend(other_blockers(scene, probe, step));
    (!found.is_empty()).then(|| format!("{line}: {}", found.join(", ")))
}

fn differs(scene: &Scene, trace: &Trace, step: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut demand = |key: &str, is: &str| {
        if step[key].as_str().is_some_and(|expected| expected != is) {
            found.push(format!("{key}: expected {}, but {is:?}", step[key]));
        }
    };
    match trace.verdict {
        Verdict::Delivered => demand("verdict", "delivered"),
        Verdict::Refused => demand("verdict", "refused"),
        Verdict::Dropped { leg, place, cause } => {
            demand("verdict", "dropped");
            demand("leg", if leg == Leg::Forward { "forward" } else { "reply" });
            demand("code", cause.code().as_str());
            demand("at", &written::place(&scene.network, place));
        }
    }
    let received = trace.received();
    let seen = |it: Option<std::net::IpAddr>| it.map_or("nothing".to_owned(), |it| it.to_string());
    demand("source_seen", &seen(received.map(|it| it.source)));
    demand("destination_seen", &seen(received.map(|it| it.destination)));
    if step["verdict"].is_null() {
        found.push("no verdict is expected".to_owned());
    }
    let hops = trace.leg(Leg::Forward).map(|hop| written::place(&scene.network, hop.place));
    let path: Vec<String> = hops.collect();
    let names = |key: &str| list(step, key).iter().filter_map(Value::as_str).collect::<Vec<_>>();
    for name in names("through").into_iter().filter(|it| !path.iter().any(|at| at == it)) {
        found.push(format!("expected it to go through {name}, but {path:?}"));
    }
    let network = &scene.network;
    let checks = trace.hops.iter().flat_map(|it| &it.checks);
    let mut remarks: Vec<&str> = Vec::new();
    remarks.extend(checks.filter_map(|it| it.remark(network)).map(Remark::as_str));
    remarks.extend(trace.hops.iter().flat_map(|it| it.remarks(network)).map(Remark::as_str));
    for remark in names("remarks").into_iter().filter(|it| !remarks.contains(it)) {
        found.push(format!("expected the remark {remark}, but {remarks:?}"));
    }
    for name in names("not_through").into_iter().filter(|it| path.iter().any(|at| at == it)) {
        found.push(format!("expected it not to go through {name}, but {path:?}"));
    }
    found
}

/// Everything that would stop the packet, there and back: `forward strict SUBNET_ACL_RESTRICTION`.
fn other_blockers(scene: &Scene, probe: Probe, step: &Value) -> Option<String> {
    let expected = step["blockers"].as_array()?;
    let found = blockers(&scene.network, probe).into_iter().map(|it| {
        let leg = if it.leg == Leg::Forward { "forward" } else { "reply" };
        format!("{leg} {} {}", written::place(&scene.network, it.place), it.code())
    });
    let found: Vec<String> = found.collect();
    let same = expected.iter().map(Value::as_str).eq(found.iter().map(|it| Some(it.as_str())));
    (!same).then(|| format!("expected the blockers {expected:?}, but {found:?}"))
}

/// A key that nothing here reads: what is not looked at must not count as agreed.
fn unknown<'v>(step: &'v Value, known: &[&str]) -> Option<&'v str> {
    let keys = step.as_object().into_iter().flat_map(|it| it.keys());
    keys.map(String::as_str).find(|key| *key != "why" && !known.contains(key))
}
