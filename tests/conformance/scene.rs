//! A network as a scene, changes made to it, and packets sent in it.

use hanulgil::{
    cloud::{
        Connection, Hop, Leg, Misconception, Network, Probe, Remark, Rules, Trace, Verdict, Zone,
        blockers, partings, trace, trace_from_source,
    },
    course::{Scene, edit},
    i18n::Lang,
    tell::{Teller, written},
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
    let mut opened = Vec::new();
    for step in list(case, "steps") {
        steps += 1;
        let kinds = ["change", "packet", "open", "lives"].map(|it| step[it].as_str());
        differences.extend(match kinds {
            [Some(line), None, None, None] => change(&mut scene, line, step),
            [None, Some(line), None, None] => packet(&scene, line, step),
            [None, None, Some(line), None] => open(&scene, line, step, &mut opened),
            [None, None, None, Some(line)] => lives(&scene, line, step, &opened),
            _ => Some(format!("a step is a change, a packet or a connection: {step}")),
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

/// A connection is opened, and kept under its line.
fn open(
    scene: &Scene,
    line: &str,
    step: &Value,
    opened: &mut Vec<(String, Connection)>,
) -> Option<String> {
    if let Some(key) = unknown(step, &["open"]) {
        return Some(format!("{line}: {key:?} is not read"));
    }
    let probe = match scene.probe(line) {
        Ok(probe) => probe,
        Err(slip) => return Some(format!("{line}: {slip:?}")),
    };
    let Some(connection) = Connection::open(&scene.network, probe) else {
        return Some(format!("{line}: it cannot be opened"));
    };
    opened.push((line.to_owned(), connection));
    None
}

/// Does an open connection live on in the network as it is now?
fn lives(
    scene: &Scene,
    line: &str,
    step: &Value,
    opened: &[(String, Connection)],
) -> Option<String> {
    if let Some(key) = unknown(step, &["lives", "is"]) {
        return Some(format!("{line}: {key:?} is not read"));
    }
    let Some((_, connection)) = opened.iter().rev().find(|it| it.0 == line) else {
        return Some(format!("{line}: nobody opened it"));
    };
    let Some(expected) = step["is"].as_bool() else {
        return Some(format!("{line}: does it live on?"));
    };
    let is = connection.still_open(&scene.network);
    (is != expected).then(|| format!("{line}: lives on: expected {expected}, but {is}"))
}

/// A packet, by its name or written out, and what becomes of it: in AWS, or as somebody believes.
fn packet(scene: &Scene, line: &str, step: &Value) -> Option<String> {
    const KEYS: [&str; 19] = [
        "packet",
        "source",
        "without_zone",
        "believing",
        "verdict",
        "leg",
        "code",
        "at",
        "through",
        "not_through",
        "source_seen",
        "destination_seen",
        "ends",
        "remarks",
        "without_remarks",
        "marks",
        "blockers",
        "partings",
        "hops",
    ];
    if let Some(key) = unknown(step, &KEYS) {
        return Some(format!("{line}: {key:?} is not read"));
    }
    let probe = match scene.probe(line) {
        Ok(probe) => probe,
        Err(slip) => return Some(format!("{line}: {slip:?}")),
    };
    let zone = step["without_zone"].as_str();
    let failed = zone.map(|zone| scene.network.without_zone(&Zone(zone.into())));
    let network = failed.as_ref().unwrap_or(&scene.network);
    let rules = match step["believing"].as_str().map(belief) {
        None => Rules::AWS,
        Some(Some(belief)) => belief.rules(),
        Some(None) => return Some(format!("{line}: nobody believes {}", step["believing"])),
    };
    let trace = match step["source"].as_str().map(str::parse) {
        None => trace(network, probe, &rules),
        Some(Ok(source)) => trace_from_source(network, probe, source, &rules),
        Some(Err(_)) => return Some(format!("{line}: a source is an address")),
    };
    let mut found = differs(network, &trace, step);
    found.extend(other_blockers(network, probe, step));
    for (name, place) in step["partings"].as_object().into_iter().flatten() {
        let all = partings(network, probe);
        let one = all.iter().find(|it| format!("{:?}", it.misconception) == *name);
        let at = one.map(|it| written::place(network, trace.hops[it.hop].place));
        if at.as_deref() != place.as_str() {
            found.push(format!("{name} parts: expected {place}, but {at:?}"));
        }
    }
    (!found.is_empty()).then(|| format!("{line}: {}", found.join(", ")))
}

/// A misconception, by its name in the program.
fn belief(name: &str) -> Option<Misconception> {
    Misconception::ALL.into_iter().find(|it| format!("{it:?}") == name)
}

/// Every mark at a place: what was looked at, with which result, and `>` before what decided. A
/// place of the way back begins with `reply`; `nlb 2` is the second hop of that name, where an
/// interface and its owner share one.
fn marks(network: &Network, trace: &Trace, at: &str) -> Option<Vec<String>> {
    let (leg, at) = at.strip_prefix("reply ").map_or((Leg::Forward, at), |at| (Leg::Reply, at));
    let (at, turn) = match at.rsplit_once(' ').map(|(at, turn)| (at, turn.parse::<usize>())) {
        Some((at, Ok(turn))) => (at, turn),
        _ => (at, 1),
    };
    let teller = Teller::new(network, Lang::En);
    let mut hops = trace.leg(leg).filter(|hop| written::place(network, hop.place) == at);
    let hop = hops.nth(turn - 1)?;
    let line = |it: &hanulgil::cloud::Check| {
        format!("{}{}", if it.decisive { "> " } else { "" }, teller.check(it))
    };
    Some(hop.checks.iter().map(line).collect())
}

fn names<'v>(step: &'v Value, key: &str) -> Vec<&'v str> {
    list(step, key).iter().filter_map(Value::as_str).collect()
}

fn differs(network: &Network, trace: &Trace, step: &Value) -> Vec<String> {
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
            demand("at", &written::place(network, place));
        }
    }
    let received = trace.received();
    let seen = |it: Option<std::net::IpAddr>| it.map_or("nothing".to_owned(), |it| it.to_string());
    demand("source_seen", &seen(received.map(|it| it.source)));
    demand("destination_seen", &seen(received.map(|it| it.destination)));
    // The header as the last place saw it, of whichever leg.
    demand("ends", &trace.last().packet_in.to_string());
    if step["verdict"].is_null() {
        found.push("no verdict is expected".to_owned());
    }
    let path: Vec<String> =
        trace.leg(Leg::Forward).map(|hop| written::place(network, hop.place)).collect();
    for name in names(step, "through").into_iter().filter(|it| !path.iter().any(|at| at == it)) {
        found.push(format!("expected it to go through {name}, but {path:?}"));
    }
    for name in names(step, "not_through").into_iter().filter(|it| path.iter().any(|at| at == it)) {
        found.push(format!("expected it not to go through {name}, but {path:?}"));
    }
    let whole = |hop: &Hop| {
        let place = written::place(network, hop.place);
        if hop.leg == Leg::Reply { format!("reply {place}") } else { place }
    };
    let whole: Vec<String> = trace.hops.iter().map(whole).collect();
    if !step["hops"].is_null() && whole != names(step, "hops") {
        found.push(format!("expected the hops {}, but {whole:?}", step["hops"]));
    }
    let checks = trace.hops.iter().flat_map(|it| &it.checks);
    let mut remarks: Vec<&str> = Vec::new();
    remarks.extend(checks.filter_map(|it| it.remark(network)).map(Remark::as_str));
    remarks.extend(trace.hops.iter().flat_map(|it| it.remarks(network)).map(Remark::as_str));
    for remark in names(step, "remarks").into_iter().filter(|it| !remarks.contains(it)) {
        found.push(format!("expected the remark {remark}, but {remarks:?}"));
    }
    for remark in names(step, "without_remarks").into_iter().filter(|it| remarks.contains(it)) {
        found.push(format!("expected no remark {remark}, but {remarks:?}"));
    }
    for (at, _) in step["marks"].as_object().into_iter().flatten() {
        let marks = marks(network, trace, at);
        let expected = list(&step["marks"], at).iter().filter_map(Value::as_str);
        let same = marks.as_ref().is_some_and(|it| expected.eq(it.iter()));
        if !same {
            found.push(format!("the marks at {at}: {}", serde_json::json!(marks)));
        }
    }
    found
}

/// Everything that would stop the packet, there and back: `forward strict SUBNET_ACL_RESTRICTION`.
fn other_blockers(network: &Network, probe: Probe, step: &Value) -> Option<String> {
    let expected = step["blockers"].as_array()?;
    let found = blockers(network, probe).into_iter().map(|it| {
        let leg = if it.leg == Leg::Forward { "forward" } else { "reply" };
        format!("{leg} {} {}", written::place(network, it.place), it.code())
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
