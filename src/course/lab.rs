//! Labs: a scene, what may be changed, what must become true, and help on the way.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    cloud::{Change, Code, Network, Probe, Rules, Subnet, Verdict, Zone, verdict},
    course::{
        Faults, Scene,
        document::{Key, Section, Text},
        edit,
        fault::nearest,
        grammar::{Read, Slip},
        reference::moved,
        wording::{Role, Wording},
    },
    i18n::{Lang, Words, fault, goal},
    tell::Teller,
};

/// Names a lab; stable for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabId(pub String);

/// One lab.
#[derive(Debug, Clone, PartialEq)]
pub struct Lab {
    /// Its stable name.
    pub id: LabId,
    /// Names it had before.
    pub aliases: Vec<String>,
    /// The objectives that it practises, by id.
    pub objectives: Vec<String>,
    /// What it is called.
    pub title: Words,
    /// The situation and the task, as a paragraph.
    pub brief: Words,
    /// Where it starts.
    pub scene: Scene,
    /// What the learner may change.
    pub allowed: Allowed,
    /// What must become true.
    pub goals: Vec<Goal>,
    /// Help, from a nudge to the answer.
    pub hints: Vec<Words>,
    /// Ways to solve it, for the tests and the last hint.
    pub solutions: Vec<Vec<Change>>,
    /// The fewest changes that solve it, computed: the cheapest of the solutions. That nothing
    /// cheaper is found by search either is what [`crate::course::check`] certifies.
    pub par: u32,
}

/// What a lab lets one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// Nothing: the lab is for looking.
    Nothing,
    /// Everything.
    Everything,
    /// Only these operations, named as in AWS's CLI: `create-route`, `attach-internet-gateway`.
    Only(Vec<String>),
}

impl Allowed {
    /// May the learner make this change?
    pub fn allows(&self, change: &Change) -> bool {
        self.allows_verb(edit::verb(change))
    }

    /// May the learner use this operation, see [`edit::VERBS`]?
    pub fn allows_verb(&self, verb: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Only(verbs) => verbs.iter().any(|allowed| allowed == verb),
        }
    }
}

/// One thing that must become true.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What it says, written by the author or generated from the check.
    pub sentence: Words,
    /// What is checked; all must hold.
    pub checks: Vec<GoalCheck>,
    /// Does it hold at the start already, and is to be kept?
    pub keeps: bool,
}

/// One check of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalCheck {
    /// This packet must fare so.
    Packet {
        /// The packet, resolved against the network as it is when the goal is checked.
        probe: Probe,
        /// What must become of it.
        wanted: Wanted,
    },
    /// The learner must have sent this packet and seen what happens (labs for looking).
    Sent(Probe),
    /// There must be such subnets.
    Subnets(Subnets),
    /// This packet must fare so when this Availability Zone has failed.
    ZoneDown {
        /// The zone.
        zone: Zone,
        /// The packet.
        probe: Probe,
        /// What must become of it.
        wanted: Wanted,
    },
}

/// Subnets that must be there, wherever in the VPC and whatever they are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subnets {
    /// At least so many.
    pub count: u32,
    /// In at least so many Availability Zones.
    pub zones: u32,
    /// Each with exactly so many IPv4 addresses to use.
    pub usable: u32,
}

/// What there is of such subnets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// How many have the right size.
    pub count: u32,
    /// In how many Availability Zones these lie.
    pub zones: u32,
}

impl Subnets {
    /// What there is of them in this network.
    pub fn in_network(self, network: &Network) -> Found {
        let right = |subnet: &Subnet| subnet.usable_addresses() == u128::from(self.usable);
        let zones: Vec<_> = network
            .subnets()
            .iter()
            .filter(|(_, subnet)| right(subnet))
            .map(|(_, subnet)| &subnet.zone)
            .collect();
        Found {
            count: u32::try_from(zones.len()).unwrap_or(u32::MAX),
            zones: u32::try_from(zones.iter().collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX),
        }
    }

    /// How many subnets of the right size are missing at least: each takes a change of its own.
    pub fn missing(self, found: Found) -> u32 {
        let few = self.count.saturating_sub(found.count);
        few.max(self.zones.saturating_sub(found.zones))
    }
}

/// What must become of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It arrives and is answered.
    Delivered,
    /// It arrives and is refused.
    Refused,
    /// It is dropped; for this reason, when one is given.
    Dropped(Option<Code>),
}

impl Wanted {
    /// Is this verdict what is wanted?
    pub fn is(self, verdict: &Verdict) -> bool {
        match self {
            Self::Delivered => *verdict == Verdict::Delivered,
            Self::Refused => *verdict == Verdict::Refused,
            Self::Dropped(None) => verdict.dropped().is_some(),
            Self::Dropped(Some(code)) => verdict.code() == Some(code),
        }
    }
}

/// How things are that a check asks about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Now {
    /// What becomes of its packet.
    Packet(Verdict),
    /// What there is of its subnets.
    Subnets(Found),
}

impl GoalCheck {
    /// How things are in this network that the check asks about.
    pub fn now(&self, network: &Network) -> Now {
        match self {
            Self::Packet { probe, .. } | Self::Sent(probe) => {
                Now::Packet(verdict(network, *probe, &Rules::AWS))
            }
            Self::Subnets(wanted) => Now::Subnets(wanted.in_network(network)),
            Self::ZoneDown { zone, probe, .. } => {
                Now::Packet(verdict(&network.without_zone(zone), *probe, &Rules::AWS))
            }
        }
    }

    /// Is the check met where things are so, with these packets already sent?
    pub fn is_met(&self, now: Now, sent: &[Probe]) -> bool {
        match (self, now) {
            (Self::Sent(probe), _) => sent.contains(probe),
            (Self::Packet { wanted, .. } | Self::ZoneDown { wanted, .. }, Now::Packet(verdict)) => {
                wanted.is(&verdict)
            }
            (Self::Subnets(wanted), Now::Subnets(found)) => wanted.missing(found) == 0,
            _ => false,
        }
    }

    /// Does the check hold in this network, with these packets already sent?
    pub fn holds(&self, network: &Network, sent: &[Probe]) -> bool {
        match self {
            Self::Sent(probe) => sent.contains(probe),
            _ => self.is_met(self.now(network), sent),
        }
    }

    /// The packet it is about, if it is about one.
    pub fn probe(&self) -> Option<Probe> {
        match self {
            Self::Packet { probe, .. } | Self::Sent(probe) | Self::ZoneDown { probe, .. } => {
                Some(*probe)
            }
            Self::Subnets(_) => None,
        }
    }
}

impl Goal {
    /// Does the goal hold in this network, with these packets already sent?
    pub fn holds(&self, network: &Network, sent: &[Probe]) -> bool {
        self.checks.iter().all(|check| check.holds(network, sent))
    }
}

impl Lab {
    /// Do all goals hold in this network, with these packets already sent?
    pub fn solved(&self, network: &Network, sent: &[Probe]) -> bool {
        self.goals.iter().all(|goal| goal.holds(network, sent))
    }

    /// Every packet that a goal wants to have been sent.
    pub fn packets_to_send(&self) -> Vec<Probe> {
        let checks = self.goals.iter().flat_map(|goal| &goal.checks);
        checks
            .filter_map(|check| match check {
                GoalCheck::Sent(probe) => Some(*probe),
                GoalCheck::Packet { .. } | GoalCheck::Subnets(_) | GoalCheck::ZoneDown { .. } => {
                    None
                }
            })
            .collect()
    }
}

/// Reads what a check says: `https = delivered`, `internet -> web tcp/22 = dropped CODE`,
/// `sent client -> web tcp/443`.
///
/// # Errors
/// What is wrong with the line, and where.
pub fn parse_check(scene: &Scene, text: &str) -> Read<GoalCheck> {
    let start = text.len() - text.trim_start().len();
    let line = text.trim();
    let Some((packet, wanted)) = line.rsplit_once('=') else {
        let Some(packet) = line.strip_prefix("sent ") else {
            let range = start..start + line.len();
            return Err(Slip { range, said: fault::goal_without_verdict().into() });
        };
        let at = start + "sent ".len();
        return Ok(GoalCheck::Sent(scene.probe(packet).map_err(|slip| moved(slip, at))?));
    };
    let probe = scene.probe(packet).map_err(|slip| moved(slip, start))?;
    let at = start + packet.len() + 1;
    let mut line = crate::course::grammar::Line::new(wanted);
    let word = line.need("`delivered`, `refused`, `dropped`").map_err(|slip| moved(slip, at))?;
    let wanted = match &*word.text {
        "delivered" => Wanted::Delivered,
        "refused" => Wanted::Refused,
        "dropped" => match line.take() {
            None => Wanted::Dropped(None),
            Some(token) => {
                if let Some(code) = code(&token.text) {
                    Wanted::Dropped(Some(code))
                } else {
                    let near = nearest(&token.text, Code::ALL.iter().map(|code| code.as_str()));
                    let said = fault::unknown_code(&token.text).did_you_mean(near);
                    return Err(moved(token.slip(said), at));
                }
            }
        },
        other => {
            let said = fault::one_of(other, "`delivered`, `refused`, `dropped`");
            return Err(moved(word.slip(said), at));
        }
    };
    line.end().map_err(|slip| moved(slip, at))?;
    Ok(GoalCheck::Packet { probe, wanted })
}

fn code(text: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.as_str() == text)
}

/// The sentence for a goal that its author left without one.
pub fn sentence(network: &Network, checks: &[GoalCheck], lang: Lang) -> String {
    let say = lang.pick(&goal::KO, &goal::EN);
    let teller = Teller::new(network, lang);
    let subject = |probe: &Probe| {
        let (from, to) = (teller.end(probe.from), teller.end(probe.to));
        if probe.protocol.is_icmp() {
            (say.ping)(&from, &to)
        } else {
            (say.packet)(&from, &to, &format!("{}/{}", probe.protocol, probe.port))
        }
    };
    let fares = |probe: &Probe, wanted: Wanted| match wanted {
        Wanted::Delivered => (say.delivered)(&subject(probe)),
        Wanted::Refused => (say.refused)(&subject(probe)),
        Wanted::Dropped(None) => (say.dropped)(&subject(probe)),
        Wanted::Dropped(Some(code)) => (say.dropped_for)(&subject(probe), code.as_str()),
    };
    let sentences: Vec<String> = checks
        .iter()
        .map(|check| match check {
            GoalCheck::Packet { probe, wanted } => fares(probe, *wanted),
            GoalCheck::Sent(probe) => (say.sent)(&subject(probe)),
            GoalCheck::Subnets(Subnets { count, zones, usable }) => {
                (say.subnets)(*count, *zones, *usable)
            }
            GoalCheck::ZoneDown { zone, probe, wanted } => {
                (say.zone_down)(zone.0.as_str(), &fares(probe, *wanted))
            }
        })
        .collect();
    sentences.join(" ")
}

/// A lab as the file has it: what needs no other lab to be read. Its words come later, because
/// they may speak of every lab's par.
pub(crate) struct Draft<'d> {
    pub key: Key,
    pub scene: Option<Scene>,
    pub allowed: Allowed,
    /// The objectives that it names.
    pub objectives: Vec<Text>,
    pub goals: Vec<DraftGoal>,
    /// Each with the place of its list, and the cost of its changes.
    pub solutions: Vec<Solution>,
    pub par: Option<u32>,
    /// Was a line of it unreadable? Then nothing can be said of the whole.
    pub unsure: bool,
    rest: Section<'d>,
}

/// A goal as the file has it.
pub(crate) struct DraftGoal {
    pub sentence: Option<crate::course::document::Phrase>,
    pub checks: Vec<GoalCheck>,
    pub keeps: bool,
    pub span: Range<usize>,
}

/// One way to solve a lab.
pub(crate) struct Solution {
    pub changes: Vec<Change>,
    /// The place of each change.
    pub spans: Vec<Range<usize>>,
    pub span: Range<usize>,
    /// The network afterwards.
    pub end: Network,
    pub cost: u32,
}

impl<'d> Draft<'d> {
    pub fn read(
        key: Key,
        mut section: Section<'d>,
        wording: &Wording,
        faults: &mut Faults,
    ) -> Self {
        let scene = section
            .need_text("scene", faults)
            .and_then(|text| wording.scene(&text, faults).cloned());
        let objectives = section.texts("objectives", faults).unwrap_or_default();
        let before = faults.count();
        let allowed = allowed(&mut section, faults);
        let mut goals = Vec::new();
        for mut item in section.items("goal", faults) {
            let sentence = item.words("text", faults);
            let lines = item.texts("packets", faults);
            let grid = item.section("subnets", faults).map(|it| subnets(it, faults));
            let keeps = item.flag("keeps", faults).is_some_and(|(keeps, _)| keeps);
            let without = item.text("without", faults);
            if lines.is_none() && grid.is_none() {
                item.missing("packets", faults);
            }
            let mut checks = Vec::new();
            for line in lines.iter().flatten() {
                let Some(scene) = &scene else { continue };
                match parse_check(scene, &line.value) {
                    Ok(GoalCheck::Packet { probe, wanted }) if without.is_some() => {
                        let zone = without.as_ref().map_or("", |zone| zone.value.trim());
                        checks.push(GoalCheck::ZoneDown { zone: Zone(zone.into()), probe, wanted });
                    }
                    Ok(check) => checks.push(check),
                    Err(slip) => faults.error(line.at(slip.range), slip.said),
                }
            }
            if let (Some(zone), Some(scene)) = (&without, &scene)
                && !scene.network.has_zone(&Zone(zone.value.trim().into()))
            {
                faults.error(zone.span.clone(), fault::unknown_zone(&zone.value));
            }
            checks.extend(grid.flatten().map(GoalCheck::Subnets));
            let span = item.span.clone();
            goals.push(DraftGoal { sentence, checks, keeps, span });
            item.close(faults);
        }
        let mut solutions = Vec::new();
        for (span, lines) in section.text_lists("solutions", faults) {
            if let Some(scene) = &scene {
                solutions.extend(solution(scene, span, &lines, faults));
            }
        }
        let unsure = faults.count() > before || scene.is_none();
        let looking = goals
            .iter()
            .flat_map(|goal| &goal.checks)
            .all(|check| matches!(check, GoalCheck::Sent(_)));
        let cheapest = solutions.iter().map(|solution| solution.cost).min();
        let par = cheapest.or((looking && !goals.is_empty()).then_some(0));
        Self { key, scene, allowed, objectives, goals, solutions, par, unsure, rest: section }
    }

    /// The solutions, which the lint wants to keep.
    pub fn take_solutions(&mut self) -> Vec<Solution> {
        std::mem::take(&mut self.solutions)
    }

    /// Reads the words and puts the lab together; none without a scene.
    pub fn finish(
        mut self,
        solutions: &[Solution],
        wording: &mut Wording,
        faults: &mut Faults,
    ) -> Option<Lab> {
        let section = &mut self.rest;
        let aliases = section.texts("aliases", faults).unwrap_or_default();
        let title = section.need_words("title", faults);
        let title = wording.say(&title, Role::Title, faults);
        let brief = section.need_words("brief", faults);
        let brief = wording.say(&brief, Role::Prompt, faults);
        let hints = section.words_list("hints", faults);
        let hints = hints.iter().map(|hint| wording.say(hint, Role::Hint, faults)).collect();
        self.rest.close(faults);
        let mut goals = Vec::new();
        for DraftGoal { sentence, checks, keeps, .. } in self.goals {
            let sentence = match (&sentence, &self.scene) {
                (Some(phrase), _) => wording.say(phrase, Role::Goal, faults),
                (None, Some(scene)) => Words {
                    ko: self::sentence(&scene.network, &checks, Lang::Ko),
                    en: self::sentence(&scene.network, &checks, Lang::En),
                },
                (None, None) => Words::default(),
            };
            goals.push(Goal { sentence, checks, keeps });
        }
        Some(Lab {
            id: LabId(self.key.name),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            objectives: self.objectives.into_iter().map(|text| text.value).collect(),
            title,
            brief,
            scene: self.scene?,
            allowed: self.allowed,
            goals,
            hints,
            solutions: solutions.iter().map(|solution| solution.changes.clone()).collect(),
            par: self.par.unwrap_or(0),
        })
    }
}

fn subnets(mut section: Section, faults: &mut Faults) -> Option<Subnets> {
    let mut number = |key, range| {
        if !section.has(key) {
            section.missing(key, faults);
        }
        let (number, _) = section.whole(key, range, faults)?;
        u32::try_from(number).ok()
    };
    let (count, zones) = (number("count", 1..=200), number("zones", 1..=26));
    let usable = number("usable", 11..=65_531);
    section.close(faults);
    Some(Subnets { count: count?, zones: zones?, usable: usable? })
}

fn allowed(section: &mut Section, faults: &mut Faults) -> Allowed {
    if !section.has("allow") {
        section.missing("allow", faults);
        return Allowed::Everything;
    }
    let words = section.texts("allow", faults).unwrap_or_default();
    match words.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().as_slice() {
        ["nothing"] => return Allowed::Nothing,
        ["everything"] => return Allowed::Everything,
        _ => {}
    }
    for word in &words {
        if !edit::VERBS.contains(&word.value.as_str()) {
            let known = edit::VERBS.into_iter().chain(["nothing", "everything"]);
            let near = nearest(&word.value, known);
            faults.error(word.span.clone(), fault::unknown_change(&word.value).did_you_mean(near));
        }
    }
    Allowed::Only(words.into_iter().map(|word| word.value).collect())
}

/// Carries a solution out; none when a line cannot be read or AWS refuses it.
fn solution(
    scene: &Scene,
    span: Range<usize>,
    lines: &[Text],
    faults: &mut Faults,
) -> Option<Solution> {
    let mut end = scene.network.clone();
    let (mut changes, mut spans, mut cost) = (Vec::new(), Vec::new(), 0);
    for line in lines {
        let whole = line.at(0..line.value.len());
        match edit::carry_out(&mut end, &line.value) {
            Ok((change, _)) => {
                cost += change.cost();
                changes.push(change);
                spans.push(whole);
            }
            Err(edit::Failed::Unreadable(slip)) => {
                faults.error(line.at(slip.range), slip.said);
                return None;
            }
            Err(edit::Failed::Refused(refusal)) => {
                let why = Words {
                    ko: Teller::new(&end, Lang::Ko).reason(&refusal.reason),
                    en: Teller::new(&end, Lang::En).reason(&refusal.reason),
                };
                faults.error(whole, fault::refused(refusal.code, &why));
                return None;
            }
        }
    }
    Some(Solution { changes, spans, span, end, cost })
}
