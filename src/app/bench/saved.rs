//! The work on a bench as the journal keeps it: the changes as lines, step by step, those that were
//! taken back, and the packets that were sent.
//!
//! ```json
//! { "done": [["create-internet-gateway gate", "attach-internet-gateway gate main"]],
//!   "undone": [["create-route pub 0.0.0.0/0 -> gate"]],
//!   "sent": ["web -> internet tcp/443"] }
//! ```
//! `undone` begins with what redo would do first.

use serde_json::{Value, json};

use crate::{
    app::bench::{
        Step,
        edit::{Made, Order, carry_out},
    },
    cloud::{Network, Probe},
    course::{
        edit,
        scene::{parse_probe, print_probe},
    },
};

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// The network with the changes made.
    pub network: Network,
    /// The steps that were made.
    pub done: Vec<Step>,
    /// The steps that were taken back; the last is the first to be done again.
    pub undone: Vec<Step>,
    /// The packets that were sent.
    pub sent: Vec<Probe>,
    /// How many saved steps do not fit the network any more.
    pub lost: usize,
}

/// Changes as lines, each written in the network as it was before it. `network` is the one before
/// the first.
pub fn lines(network: &mut Network, made: &[Made]) -> Vec<String> {
    made.iter()
        .map(|made| {
            let line = edit::print(network, &made.change);
            // It was made once, so it can be made again.
            let _ = network.apply(made.change.clone());
            line
        })
        .collect()
}

/// Everything to be kept.
pub fn save(done: &[Step], undone: &[Step], sent: &[Probe], network: &Network) -> Value {
    let steps = |step: &Step| json!(step.lines);
    json!({
        "done": done.iter().map(steps).collect::<Vec<_>>(),
        "undone": undone.iter().rev().map(steps).collect::<Vec<_>>(),
        "sent": sent.iter().map(|probe| print_probe(network, probe)).collect::<Vec<_>>(),
    })
}

/// Makes the kept changes again in the network. A step that does not fit any more ends the
/// list: what follows may have built on it.
pub fn restore(start: &Network, saved: Option<&Value>) -> Restored {
    let mut restored = Restored {
        network: start.clone(),
        done: Vec::new(),
        undone: Vec::new(),
        sent: Vec::new(),
        lost: 0,
    };
    let Some(saved) = saved else { return restored };
    let list = |key: &str| saved.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let (done, undone) = (list("done"), list("undone"));
    for (index, step) in done.iter().enumerate() {
        let Some(step) = replay(&mut restored.network, step) else {
            restored.lost = done.len() - index;
            break;
        };
        restored.done.push(step);
    }
    // Packets may be from or to what a change made.
    for line in list("sent").iter().filter_map(Value::as_str) {
        restored.sent.extend(parse_probe(&restored.network, line).ok());
    }
    if restored.lost == 0 {
        for step in &undone {
            let Some(step) = replay(&mut restored.network, step) else { break };
            restored.undone.push(step);
        }
        for step in restored.undone.iter().rev() {
            for made in step.made.iter().rev() {
                restored.network.undo(made.undo.clone());
            }
        }
        restored.undone.reverse();
    }
    restored
}

/// Makes one kept step; leaves everything as it is when a part of it does not fit.
fn replay(network: &mut Network, step: &Value) -> Option<Step> {
    let lines: Vec<String> = step
        .as_array()?
        .iter()
        .map(|line| line.as_str().map(ToOwned::to_owned))
        .collect::<Option<_>>()?;
    let mut made: Vec<Made> = Vec::new();
    for line in &lines {
        let change = edit::parse(network, line).ok();
        let done = change.and_then(|change| carry_out(network, vec![Order::Change(change)]).ok());
        let Some(done) = done else {
            for made in made.into_iter().rev() {
                network.undo(made.undo);
            }
            return None;
        };
        made.extend(done);
    }
    (!made.is_empty()).then_some(Step { made, lines })
}
