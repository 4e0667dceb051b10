//! What a change would do, before it is made: which goals would turn, which packets would fare
//! otherwise, who would reach whom.
//!
//! One predicts first, here too. A packet that was never sent stays a secret, as its light does: of
//! a goal about it only the count shows, and a way that it would take is counted and not named. Who
//! reaches whom is counted always, because the [board](super::board) shows it to whoever asks. A
//! [blind](Bench::is_blind) bench tells nothing.
//!
//! It is computed once for each different thing that is about to be done, and never while drawing.

use std::collections::BTreeMap;

use crate::{
    app::bench::{
        Bench, Notice, Pane,
        clip::{Bar, Pasted},
        edit::{Edit, Order},
        form::{Button, Purpose},
        inspect::Enter,
        pick::{Chosen, Pick},
        wire::{Wiring, wirings},
    },
    cloud::{
        InterfaceId, Network, OnPremisesId, Probe, ProbeEnd, Rules, Verdict,
        reach::{End, Matrix, Passage, Traffic, matrix},
        verdict,
    },
    course::{Allowed, Goal, GoalCheck, NamedPacket},
    i18n::Lang,
};

/// With more kinds of interfaces than this, who reaches whom is left to the board.
const MOST_ENDS: usize = 24;

/// What would become of what is about to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// What confirms it.
    pub by: By,
    /// What comes of it.
    pub comes: Comes,
    /// How many changes it is.
    pub changes: usize,
    /// How many parts of a copy do not hold here, and are left out.
    pub left: usize,
}

/// What confirms a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The form is sent off.
    Apply,
    /// Enter, on the row of the inspector.
    Enter,
    /// Delete, on the row of the inspector.
    Delete,
    /// Choosing the row of a list.
    Choose,
    /// Letting go of what is dragged.
    LetGo,
}

/// What comes of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Comes {
    /// It is not made: this is said instead.
    Not(Notice),
    /// Everything is as it was: the values of the form are those that are there.
    Same,
    /// It is made, and this turns.
    Turns(Box<Turns>),
}

/// What a change turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Turns {
    /// The network after the change.
    pub after: Network,
    /// The goals, where there are any.
    pub goals: Option<GoalsTurn>,
    /// The packets that were sent and would fare otherwise.
    pub packets: Vec<PacketTurn>,
    /// Who would reach whom; `None` where there are too many to be asked in passing.
    pub ways: Option<WaysTurn>,
}

/// How many goals are met, and which of them turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalsTurn {
    /// How many there are.
    pub of: usize,
    /// How many are met now.
    pub now: usize,
    /// How many would be.
    pub then: usize,
    /// Those that turn, and whether they would be met; only those about packets that were sent.
    pub named: Vec<(usize, bool)>,
}

/// A packet that would fare otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketTurn {
    /// The packet.
    pub packet: NamedPacket,
    /// What becomes of it now.
    pub now: Verdict,
    /// What would.
    pub then: Verdict,
}

/// The ways between two ends that open and close: from whom to whom something passes and is
/// answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaysTurn {
    /// How many open that were shut.
    pub opened: u64,
    /// How many shut that were open.
    pub shut: u64,
    /// On how many something else passes.
    pub changed: u64,
    /// The most exposing of what would pass newly.
    pub gained: Option<Link>,
    /// The same of what would not pass any more.
    pub lost: Option<Link>,
}

/// Something that passes from one end to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Who sends.
    pub from: Who,
    /// Who receives.
    pub to: Who,
    /// What passes.
    pub passage: Passage,
}

/// An end of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// These interfaces, which nobody can tell apart.
    Interfaces(Vec<InterfaceId>),
    /// An on-premises network.
    OnPremises(OnPremisesId),
    /// The internet.
    Internet,
}

impl Turns {
    /// Would nobody notice any difference?
    pub fn is_quiet(&self) -> bool {
        self.packets.is_empty()
            && self.goals.as_ref().is_none_or(|goals| goals.now == goals.then)
            && self.ways.as_ref().is_some_and(|ways| *ways == WaysTurn::default())
    }
}

/// What is known of what is about to be done, so that it is computed once.
#[derive(Debug, Default)]
pub(super) struct Foresight {
    /// What it was computed for: the orders, and how many packets had been sent.
    asked: Option<(Result<Pasted, Bar>, usize)>,
    outlook: Option<Outlook>,
    /// Who reaches whom now, once that was asked.
    now: Option<Matrix>,
    /// Which checks of each goal hold now, if somebody said so.
    met: Option<Vec<Vec<bool>>>,
    /// How often something was computed.
    computed: usize,
}

impl Foresight {
    /// The network is another one.
    pub(super) fn forget(&mut self) {
        *self = Self { computed: self.computed, ..Self::default() };
    }

    /// Which checks of each goal hold now.
    pub(super) fn stands(&mut self, met: Vec<Vec<bool>>) {
        self.met = Some(met);
    }
}

impl Bench {
    /// What would come of what is about to be done; `None` when nothing is, or it cannot be done
    /// yet.
    pub fn outlook(&self) -> Option<&Outlook> {
        self.foresight.outlook.as_ref()
    }

    /// How often an outlook was computed so far.
    pub fn outlooks(&self) -> usize {
        self.foresight.computed
    }

    /// Is there a place for an outlook: may something be about to be done?
    pub fn foresees(&self) -> bool {
        if self.blind || self.allowed == Allowed::Nothing || self.board.is_some() {
            return false;
        }
        match (&self.picker, &self.form) {
            (Some(picker), _) => match picker.pick {
                Pick::Wire(_) | Pick::Meaning(..) => true,
                // What is made from the list asks in a form; a copy is put down at once.
                Pick::New => self.clip().is_some(),
                Pick::Find => false,
            },
            (None, Some(form)) => matches!(form.purpose, Purpose::Edit(_)),
            (None, None) => self.focus == Pane::Inspect || self.drag().is_some(),
        }
    }

    /// Looks ahead to what is about to be done now.
    pub(super) fn foresee(&mut self, lang: Lang) {
        let Some((by, ordered)) = self.foresees().then(|| self.about_to(lang)).flatten() else {
            (self.foresight.asked, self.foresight.outlook) = (None, None);
            return;
        };
        let asked = (ordered, self.sent.len());
        if self.foresight.asked.as_ref() == Some(&asked) {
            if let Some(outlook) = &mut self.foresight.outlook {
                outlook.by = by;
            }
            return;
        }
        let (comes, changes, left) = match &asked.0 {
            Ok(it) => (self.what_comes_of(&it.orders), it.orders.len(), it.left),
            Err(bar) => (Comes::Not(Notice::NoPlaceToPaste(*bar)), 0, 0),
        };
        self.foresight.asked = Some(asked);
        self.foresight.outlook = Some(Outlook { by, comes, changes, left });
        self.foresight.computed += 1;
    }

    /// What is about to be done, and how it would be confirmed.
    fn about_to(&self, lang: Lang) -> Option<(By, Result<Pasted, Bar>)> {
        if self.drag().is_none()
            && let Some(picker) = &self.picker
        {
            let choices = self.stock(lang).choices(picker);
            let at = picker.at.min(choices.len().checked_sub(1)?);
            let copy = match &choices.get(at)?.what {
                Chosen::Paste => Some(self.pasted_here(self.clip()?)),
                Chosen::Duplicate => Some(self.twin_of(self.subject()?)),
                _ => None,
            };
            if let Some(copy) = copy {
                return Some((By::Choose, copy));
            }
        }
        let (by, orders) = self.edits_about_to(lang)?;
        Some((by, Ok(Pasted { orders, left: 0 })))
    }

    fn edits_about_to(&self, lang: Lang) -> Option<(By, Vec<Order>)> {
        let changes = |edit: Edit| edit.at_once(&self.network);
        let lines = |wiring: &Wiring| -> Option<Vec<Order>> {
            let lines = wiring.lines(&self.network);
            (!lines.is_empty()).then(|| lines.into_iter().map(Order::Line).collect())
        };
        if let Some(drag) = self.drag() {
            // Where letting go asks which of several is meant, that is told there.
            let found = wirings(&self.network, drag.from, drag.over?);
            return match found.as_slice() {
                [wiring] => Some((By::LetGo, lines(wiring)?)),
                _ => None,
            };
        }
        if let Some(picker) = &self.picker {
            let choices = self.stock(lang).choices(picker);
            let at = picker.at.min(choices.len().checked_sub(1)?);
            let orders = match &choices.get(at)?.what {
                Chosen::Wire(_, wiring) => lines(wiring)?,
                _ => return None,
            };
            return Some((By::Choose, orders));
        }
        if let Some(form) = &self.form {
            let button = form.at.checked_sub(form.fields.len());
            let button = button.and_then(|at| form.buttons().get(at).copied());
            let orders = match button {
                Some(Button::Remove(edit)) => changes(edit)?,
                _ => form.orders(&self.network)?,
            };
            return Some((By::Apply, orders));
        }
        let row = self.chosen_row()?;
        if let Some(Enter::Edit(edit)) = row.enter
            && let Some(orders) = changes(edit)
        {
            return Some((By::Enter, orders));
        }
        Some((By::Delete, changes(row.delete?)?))
    }

    /// What would come of these orders.
    pub fn what_comes_of(&mut self, orders: &[Order]) -> Comes {
        if orders.is_empty() {
            return Comes::Same;
        }
        let after = match self.try_out(orders.to_vec()) {
            Ok((after, _)) => after,
            Err(notice) => return Comes::Not(notice),
        };
        let ways = self.ways(&after);
        Comes::Turns(Box::new(Turns {
            goals: self.goals_turn(&after),
            packets: self.packets_turn(&after),
            ways,
            after,
        }))
    }

    fn goals_turn(&self, after: &Network) -> Option<GoalsTurn> {
        let mut turn = GoalsTurn { of: self.goals.len(), now: 0, then: 0, named: Vec::new() };
        for (index, goal) in self.goals.iter().enumerate() {
            let met = |network: &Network| -> Vec<bool> {
                goal.checks.iter().map(|check| check.holds(network, &self.sent)).collect()
            };
            let known = self.foresight.met.as_ref().and_then(|goals| goals.get(index));
            let now = known.cloned().unwrap_or_else(|| met(&self.network));
            let then = met(after);
            let all = |met: &[bool]| met.iter().all(|met| *met);
            turn.now += usize::from(all(&now));
            turn.then += usize::from(all(&then));
            let turned = now.iter().zip(&then).map(|(now, then)| now != then);
            if all(&now) != all(&then) && self.is_open(goal, turned) {
                turn.named.push((index, all(&then)));
            }
        }
        (turn.of > 0).then_some(turn)
    }

    /// Is everything that turns in a goal about packets that were sent?
    fn is_open(&self, goal: &Goal, turned: impl Iterator<Item = bool>) -> bool {
        let mut turned = goal.checks.iter().zip(turned).filter(|(_, turned)| *turned);
        turned.all(|(check, _)| match check {
            GoalCheck::Packet { probe, .. } | GoalCheck::Sent(probe) => self.sent.contains(probe),
            GoalCheck::Subnets(_) => true,
            GoalCheck::ZoneDown { .. } => false,
        })
    }

    fn packets_turn(&self, after: &Network) -> Vec<PacketTurn> {
        let sent = self.flight.packets().iter().filter(|it| self.sent.contains(&it.probe));
        let turned = sent.filter_map(|packet| {
            let fares = |network: &Network| verdict(network, packet.probe, &Rules::AWS);
            let (now, then) = (fares(&self.network), fares(after));
            let kind = |verdict: &Verdict| (std::mem::discriminant(verdict), verdict.code());
            let packet = packet.clone();
            (kind(&now) != kind(&then)).then_some(PacketTurn { packet, now, then })
        });
        turned.collect()
    }

    // -- who reaches whom

    fn ways(&mut self, after: &Network) -> Option<WaysTurn> {
        let few = |network: &Network| crate::cloud::reach::ends(network) <= MOST_ENDS;
        if !few(&self.network) || !few(after) {
            return None;
        }
        let now = self.foresight.now.take();
        let now = now.unwrap_or_else(|| matrix(&self.network, &Traffic::ALL));
        let offered = self.flight.packets().iter().map(|packet| packet.probe);
        let secrets: Vec<Probe> = offered.filter(|probe| !self.sent.contains(probe)).collect();
        let turn = turned(&now, &matrix(after, &Traffic::ALL), &secrets);
        self.foresight.now = Some(now);
        Some(turn)
    }
}

/// Interfaces that are alike before and after, or something outside.
struct Class {
    now: Option<End>,
    then: Option<End>,
    who: Who,
}

impl Class {
    fn count(&self) -> u64 {
        match &self.who {
            Who::Interfaces(all) => all.len() as u64,
            Who::OnPremises(_) | Who::Internet => 1,
        }
    }

    fn is_outside(&self) -> bool {
        !matches!(self.who, Who::Interfaces(_))
    }

    /// Is it meant by this end of a packet, or may it be?
    fn is(&self, end: ProbeEnd) -> bool {
        match (&self.who, end) {
            (
                Who::Interfaces(all),
                ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id),
            ) => all.contains(&id),
            // Who answers to a name is not looked up here: it may be anybody.
            (Who::Interfaces(_) | Who::Internet, ProbeEnd::Named(_))
            | (Who::Internet, ProbeEnd::Host(_) | ProbeEnd::NameOfHost(_) | ProbeEnd::Address(_)) => {
                true
            }
            (Who::OnPremises(site), ProbeEnd::OnPremises(id, _)) => *site == id,
            _ => false,
        }
    }
}

/// What differs between two boards of who reaches whom. Ways that one of the `secrets` takes are
/// counted, and not named.
pub fn turned(now: &Matrix, then: &Matrix, secrets: &[Probe]) -> WaysTurn {
    let classes = classes(now, then);
    let mut turn = WaysTurn::default();
    let (mut gained, mut lost) = (None, None);
    for (place, from) in classes.iter().enumerate() {
        for (other, to) in classes.iter().enumerate() {
            // Nobody sends to itself, and what is outside has its own ways.
            let pairs = from.count() * to.count() - if place == other { from.count() } else { 0 };
            if pairs == 0 || from.is_outside() && to.is_outside() {
                continue;
            }
            let was = passages(now, (from.now, to.now), then);
            let will = passages(then, (from.then, to.then), now);
            if was.iter().map(|it| &it.0).eq(will.iter().map(|it| &it.0)) {
                continue;
            }
            match (was.is_empty(), will.is_empty()) {
                (true, _) => turn.opened += pairs,
                (_, true) => turn.shut += pairs,
                _ => turn.changed += pairs,
            }
            let is_secret = |passage: &Passage| {
                secrets.iter().any(|it| {
                    let there = from.is(it.from) && to.is(it.to);
                    there && passage.traffic.contains(it.protocol, it.port, it.source_port)
                })
            };
            for (best, these, those) in [(&mut gained, &will, &was), (&mut lost, &was, &will)] {
                let is_new = |it: &Passage| those.iter().all(|that| that.0 != *it);
                let new = these.iter().filter(|it| is_new(&it.0) && !is_secret(it.1));
                for (_, passage) in new {
                    let exposure = exposure(from, those.is_empty(), passage);
                    if best.as_ref().is_none_or(|(most, _)| exposure > *most) {
                        let (from, to) = (from.who.clone(), to.who.clone());
                        *best =
                            Some((exposure, Link { from, to, passage: Passage::clone(passage) }));
                    }
                }
            }
        }
    }
    turn.gained = gained.map(|(_, link)| link);
    turn.lost = lost.map(|(_, link)| link);
    turn
}

/// How much a passage exposes who receives: strangers first, then where nothing passed before, then
/// how many strangers and how much.
fn exposure(from: &Class, alone: bool, passage: &Passage) -> (u8, bool, u128, u128) {
    let strange = match from.who {
        Who::Internet => 2,
        Who::OnPremises(_) => 1,
        Who::Interfaces(_) => 0,
    };
    let far = passage.far.iter().map(|range| range.count()).fold(0, u128::saturating_add);
    (strange, alone, far, passage.traffic.count())
}

fn passages<'a>(
    matrix: &'a Matrix,
    ends: (Option<End>, Option<End>),
    other: &Matrix,
) -> Vec<(Passage, &'a Passage)> {
    match ends {
        (Some(from), Some(to)) => matrix.comparable(from, to, other),
        _ => Vec::new(),
    }
}

/// Everybody, gathered so that each class is in one row of both boards.
fn classes(now: &Matrix, then: &Matrix) -> Vec<Class> {
    let mut homes: BTreeMap<InterfaceId, (Option<End>, Option<End>)> = BTreeMap::new();
    for (place, group) in now.groups.iter().enumerate() {
        for id in group {
            homes.entry(*id).or_default().0 = Some(End::Group(place));
        }
    }
    for (place, group) in then.groups.iter().enumerate() {
        for id in group {
            homes.entry(*id).or_default().1 = Some(End::Group(place));
        }
    }
    let mut gathered: BTreeMap<(Option<End>, Option<End>), Vec<InterfaceId>> = BTreeMap::new();
    for (id, home) in homes {
        gathered.entry(home).or_default().push(id);
    }
    let mut classes: Vec<Class> = gathered
        .into_iter()
        .map(|((now, then), all)| Class { now, then, who: Who::Interfaces(all) })
        .collect();
    let mut sites = now.sites.clone();
    sites.extend(then.sites.iter().filter(|site| !now.sites.contains(site)));
    classes.extend(sites.into_iter().map(|site| {
        let end = |matrix: &Matrix| matrix.sites.contains(&site).then_some(End::OnPremises(site));
        Class { now: end(now), then: end(then), who: Who::OnPremises(site) }
    }));
    let internet = Some(End::Internet);
    classes.push(Class { now: internet, then: internet, who: Who::Internet });
    classes
}
