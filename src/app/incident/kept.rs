//! An incident that outlives the program: the journal keeps which design was broken by which
//! number, and what was done and seen since. The faults themselves are drawn anew: the same number
//! draws the same.
//!
//! ```json
//! { "design": "two-zone-web", "own": false, "faults": 1, "seed": 51436, "probes": 4, "over": "no",
//!   "asked": "internet -> web tcp/443", "seen": [["internet -> web tcp/443", "times-out"]],
//!   "work": { "done": [], "undone": [], "sent": [] } }
//! ```
//! The scene of a design of the learner's own is kept once, beside it.

use serde_json::{Value, json};

use crate::{
    app::{
        Effect,
        bench::Bench,
        incident::{Incident, Over, Sight, packets},
    },
    course::{
        Allowed, Scene,
        design::Design,
        export::to_toml,
        incident::{Level, Symptom},
        scene::{parse_probe, print_probe},
    },
    journal::{Event, Progress},
};

/// Under which name the journal keeps the incident, and the design of the learner's own.
const KEY: &str = "incident";
const DESIGN: &str = "incident:design";

/// How many digits the numbers of incidents have: none of them a zero, so that keys that choose
/// options type them.
pub const DIGITS: usize = 5;

/// A number of so many digits, from any.
pub fn short(any: u64) -> u64 {
    let mut rest = any;
    (0..DIGITS).fold(0, |number, _| {
        let digit = rest % 9 + 1;
        rest /= 9;
        number * 10 + digit
    })
}

/// An incident that was not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its design among [`Design::ALL`]; `None` for one of the learner's own.
    pub design: Option<usize>,
    /// What the design is called.
    pub name: String,
    /// How many faults.
    pub level: Level,
    /// Its number.
    pub seed: u64,
}

/// What the journal keeps of an incident that was not finished.
pub fn draft(progress: &Progress) -> Option<Draft> {
    let kept = progress.lab(KEY)?.saved()?;
    if kept.get("over")?.as_str()? != "no" {
        return None;
    }
    let name = kept.get("design")?.as_str()?.to_owned();
    let faults = kept.get("faults")?.as_u64()?;
    let level = Level::ALL.into_iter().find(|level| level.faults() as u64 == faults)?;
    let own = kept.get("own").and_then(Value::as_bool).unwrap_or(false);
    let design = Design::ALL.iter().position(|design| !own && design.id == name);
    Some(Draft { design, name, level, seed: kept.get("seed")?.as_u64()? })
}

/// A design as the journal gives it back, so that the same number breaks it in the same way; and
/// whether it is one of the learner's own.
pub(super) fn as_kept(design: Scene) -> (Scene, bool) {
    if Design::ALL.iter().any(|it| it.id == design.name && it.scene() == design) {
        return (design, false);
    }
    let file = format!("{}.scene.toml", design.name);
    let (again, _) = Scene::parse(&file, &to_toml(&design));
    (again.unwrap_or(design), true)
}

const SIGHTS: [(&str, Sight); 7] = [
    ("answered", Sight::Answered),
    ("kept-out", Sight::KeptOut),
    ("stale", Sight::Stale),
    ("times-out", Sight::Trouble(Symptom::TimesOut)),
    ("one-way", Sight::Trouble(Symptom::OneWay)),
    ("refused", Sight::Trouble(Symptom::Refused)),
    ("let-in", Sight::Trouble(Symptom::LetIn)),
];

impl Incident {
    /// The incident that was not finished, as it was left; `None` when there is none, or its design
    /// cannot be broken so any more.
    pub fn resume(progress: &Progress) -> Option<Self> {
        let draft = draft(progress)?;
        let kept = progress.lab(KEY)?.saved()?;
        let design = if let Some(at) = draft.design {
            Design::ALL.get(at)?.scene()
        } else {
            let text = progress.lab(DESIGN)?.saved()?.get("scene")?.as_str()?;
            Scene::parse(&format!("{}.scene.toml", draft.name), text).0?
        };
        let mut this = Self::open(design, draft.level, draft.seed)?;
        let name = format!("incident:{}", this.design.name);
        let work = kept.get("work");
        this.bench = Bench::new(name, &this.broken.network, Allowed::Everything, work).blind();
        let network = this.bench.network();
        this.bench.offer(packets(&this.design, &this.broken, network));
        let network = this.bench.network();
        let probe = |line: &Value| parse_probe(network, line.as_str()?).ok();
        let mut seen = Vec::new();
        for pair in kept.get("seen").and_then(Value::as_array).into_iter().flatten() {
            let sight = pair.get(1).and_then(Value::as_str);
            let sight = SIGHTS.iter().find(|(name, _)| Some(*name) == sight);
            if let (Some(probe), Some((_, sight))) = (pair.get(0).and_then(probe), sight) {
                seen.push((probe, *sight));
            }
        }
        // What is demanded is listed, whatever was kept of it.
        let missing = this.seen.iter().filter(|(it, _)| seen.iter().all(|(known, _)| known != it));
        let missing: Vec<_> = missing.map(|(it, _)| (*it, Sight::Stale)).collect();
        seen.extend(missing);
        this.asked = kept.get("asked").and_then(probe);
        this.seen = seen;
        this.probes = kept.get("probes").and_then(Value::as_u64).unwrap_or(0) as u32;
        this.panel = None;
        this.is_news = false;
        Some(this)
    }

    /// What is to be kept of it.
    pub(super) fn kept(&self) -> Effect {
        let network = self.bench.network();
        let line = |probe| print_probe(network, probe);
        let sight =
            |sight: Sight| SIGHTS.iter().find(|it| it.1 == sight).map_or("stale", |it| it.0);
        let seen: Vec<_> =
            self.seen.iter().map(|(probe, it)| json!([line(probe), sight(*it)])).collect();
        let changes = json!({
            "design": self.design.name,
            "own": self.own,
            "faults": self.level.faults(),
            "seed": self.seed,
            "probes": self.probes,
            "over": if matches!(self.over, Over::No | Over::Untold) { "no" } else { "yes" },
            "asked": self.asked.as_ref().map(line),
            "seen": seen,
            "work": self.bench.saved(),
        });
        Effect::Record(Event::LabSaved { lab: KEY.to_owned(), changes })
    }

    /// The design, to be kept where it is one of the learner's own; else that there is none.
    pub(crate) fn kept_design(&self) -> Effect {
        let scene = if self.own { json!(to_toml(&self.design)) } else { Value::Null };
        let changes = json!({ "scene": scene });
        Effect::Record(Event::LabSaved { lab: DESIGN.to_owned(), changes })
    }
}
