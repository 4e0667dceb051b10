//! One packet's life in the learner's hands: choose it, say what will become of it, send it, watch
//! it travel, step through the hops.
//!
//! The same flight serves the live scenes of a lesson, the replay after a packet question, and the
//! lab. It keeps the network as it was when the packet left, so that what is shown stays true while
//! a lab changes under it.

mod fork;

pub use fork::{Fork, Front, Open, Row};

use std::{borrow::Cow, time::Duration};

use crate::{
    app::Action,
    cloud::{
        Direction, Leg, Network, Parting, Place, Probe, Rules, Subject, Trace, Verdict, Zone,
        explanations, trace,
    },
    course::{
        NamedPacket,
        question::Claim,
        suspect::{suspects, truth},
    },
    journal::Event,
};

/// How long one frame of a moving packet stays: eight a second.
pub const FRAME: Duration = Duration::from_millis(125);
/// How many frames a packet takes from one place to the next.
pub const FRAMES: u8 = 4;
/// How many frames it then stands still, so that one can read what was checked.
pub const REST: u8 = 5;
/// How long one hop stays when nothing may move.
pub const STEP: Duration = Duration::from_millis(1500);

/// A flight, from the choice of the packet to its end.
#[derive(Debug, Clone)]
pub struct Flight {
    /// What the journal calls the scene or lab.
    scene: String,
    /// The packets on offer.
    packets: Vec<NamedPacket>,
    /// Must one say what will happen before sending?
    must_predict: bool,
    /// Which packet is pointed at.
    cursor: usize,
    /// The zone that is supposed to have failed.
    down: Option<Zone>,
    stage: Stage,
}

/// What the flight waits for.
#[derive(Debug, Clone)]
pub enum Stage {
    /// For a packet to be chosen.
    Choose,
    /// For what will become of it: the general answer.
    Predict {
        /// The answer that is pointed at.
        cursor: usize,
    },
    /// For where it will be dropped.
    Where {
        /// The place that is pointed at.
        cursor: usize,
        /// The places to choose among, in the order of the way.
        suspects: Vec<(Leg, Place)>,
    },
    /// For nothing: it is on its way, or at its end.
    Travel(Box<Travel>),
}

/// The three general answers, in the order they are offered.
pub const ANSWERS: [Answer; 3] = [Answer::Delivered, Answer::Refused, Answer::Dropped];

/// What may become of a packet, in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It arrives, and the answer comes back.
    Delivered,
    /// It arrives, and nobody listens.
    Refused,
    /// It is dropped somewhere.
    Dropped,
}

/// A packet on its way.
#[derive(Debug, Clone)]
pub struct Travel {
    /// The network as it was when the packet left.
    pub network: Network,
    /// Everything that happens to it.
    pub trace: Trace,
    /// What the learner said would happen, if they were asked.
    pub predicted: Option<Claim>,
    /// The misconceptions that explain a wrong prediction.
    pub beliefs: Vec<Parting>,
    /// Did the network change since the packet left?
    stale: bool,
    /// What the packet meets since then.
    fork: Option<Box<Fork>>,
    /// The hop that is shown; with two futures, the row of both.
    hop: usize,
    /// How many frames it is underway to this hop; at [`FRAMES`] it has arrived, and rests.
    frame: u8,
    /// When the next frame is due, while it plays.
    due: Option<Duration>,
    /// The furthest hop that was reached so far.
    furthest: usize,
    /// Did it stop already where a wrong prediction and the truth part?
    parted: bool,
}

/// What a flight tells the screen around it.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The packet left: what the journal shall remember of the prediction.
    Left(Option<Event>),
    /// The learner has seen this packet to its end.
    Landed(Probe),
    /// Nothing is left to do here: the key is for the screen around.
    Unused,
}

impl Flight {
    /// A flight for one of these packets. `scene` is what the journal calls the place.
    pub fn new(scene: impl Into<String>, packets: Vec<NamedPacket>, must_predict: bool) -> Self {
        let scene = scene.into();
        Self { scene, packets, must_predict, cursor: 0, down: None, stage: Stage::Choose }
    }

    /// The flight of a packet whose end is known and was predicted: a question that was answered.
    pub fn replay(network: Network, trace: Trace, predicted: Option<Claim>) -> Self {
        let travel = Travel::new(network, trace, predicted);
        Self {
            scene: String::new(),
            packets: Vec::new(),
            must_predict: false,
            cursor: 0,
            down: None,
            stage: Stage::Travel(Box::new(travel)),
        }
    }

    /// The packets on offer.
    pub fn packets(&self) -> &[NamedPacket] {
        &self.packets
    }

    /// Offers other packets; a packet underway stays underway.
    pub fn offer(&mut self, packets: Vec<NamedPacket>) {
        self.packets = packets;
        self.cursor = self.cursor.min(self.packets.len().saturating_sub(1));
    }

    /// Which packet is pointed at.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Points at a packet, if there are so many.
    pub fn point(&mut self, index: usize) {
        if index < self.packets.len() {
            self.cursor = index;
        }
    }

    /// The packet that is pointed at.
    pub fn packet(&self) -> Option<&NamedPacket> {
        self.packets.get(self.cursor)
    }

    /// What the flight waits for.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The packet underway or landed.
    pub fn travel(&self) -> Option<&Travel> {
        match &self.stage {
            Stage::Travel(travel) => Some(travel),
            _ => None,
        }
    }

    /// The zone that is supposed to have failed for this packet.
    pub fn down(&self) -> Option<&Zone> {
        self.down.as_ref()
    }

    /// The network that the packet goes through when this is the network.
    pub fn through<'n>(&self, network: &'n Network) -> Cow<'n, Network> {
        match &self.down {
            Some(zone) => Cow::Owned(network.without_zone(zone)),
            None => Cow::Borrowed(network),
        }
    }

    /// Is the choice of a packet all that is on screen?
    pub fn is_idle(&self) -> bool {
        matches!(self.stage, Stage::Choose)
    }

    /// How long until something moves; `None` when nothing does.
    pub fn wakes_in(&self, now: Duration) -> Option<Duration> {
        self.travel()?.due.map(|due| due.saturating_sub(now))
    }

    /// Time went by.
    pub fn tick(&mut self, now: Duration, motion: bool) -> Vec<Said> {
        let Stage::Travel(travel) = &mut self.stage else { return Vec::new() };
        let landed = travel.is_landed();
        while let Some(due) = travel.due
            && due <= now
        {
            // After a long sleep (a suspended program) one frame is enough.
            travel.due =
                Some(if now.saturating_sub(due) > STEP { now } else { due } + pace(motion));
            travel.advance(motion);
        }
        travel.landing(landed, self.down.is_none())
    }

    /// Would this key do anything here? Keys that go together (up and down, left and right) do as
    /// long as one of them does.
    pub fn offers(&self, action: Action) -> bool {
        let among = |count: usize| match action {
            Action::Up | Action::Down => count > 1,
            Action::Left | Action::Right | Action::First | Action::Last => false,
            Action::Confirm => count > 0,
            Action::Add => self.is_idle(),
            _ => true,
        };
        match &self.stage {
            Stage::Choose => among(self.packets.len()),
            Stage::Predict { .. } => among(ANSWERS.len()),
            Stage::Where { suspects, .. } => among(suspects.len()),
            Stage::Travel(travel) => match action {
                Action::Left | Action::Right | Action::Send => travel.last_step() > 0,
                Action::First => travel.hop > 0,
                Action::Last => !travel.at_end(),
                Action::Up | Action::Down => travel.fork.is_some(),
                _ => true,
            },
        }
    }

    /// Points at a packet and begins with it.
    pub fn choose(
        &mut self,
        index: usize,
        network: &Network,
        now: Duration,
        motion: bool,
    ) -> Vec<Said> {
        self.choose_while(None, index, network, now, motion)
    }

    /// The same, supposing that this zone has failed.
    pub fn choose_while(
        &mut self,
        down: Option<Zone>,
        index: usize,
        network: &Network,
        now: Duration,
        motion: bool,
    ) -> Vec<Said> {
        if index >= self.packets.len() {
            return vec![Said::Unused];
        }
        self.cursor = index;
        self.down = down;
        if self.must_predict {
            self.stage = Stage::Predict { cursor: 0 };
            return Vec::new();
        }
        self.send(network, None, now, motion)
    }

    /// What a key means here.
    pub fn act(
        &mut self,
        action: Action,
        network: &Network,
        now: Duration,
        motion: bool,
    ) -> Vec<Said> {
        let idle = self.is_idle();
        let (cursor, count) = match &mut self.stage {
            Stage::Travel(_) => return self.steer(action, now, motion),
            Stage::Choose => (&mut self.cursor, self.packets.len()),
            Stage::Predict { cursor } => (cursor, ANSWERS.len()),
            Stage::Where { cursor, suspects } => (cursor, suspects.len()),
        };
        match action {
            Action::Up if *cursor > 0 => *cursor -= 1,
            Action::Down if *cursor + 1 < count => *cursor += 1,
            Action::Up | Action::Down if !idle => {}
            Action::First => *cursor = 0,
            Action::Last => *cursor = count.saturating_sub(1),
            Action::Confirm => {
                let index = *cursor;
                return self.pick(index, network, now, motion);
            }
            Action::Option(n) => {
                return self.pick(usize::from(n).wrapping_sub(1), network, now, motion);
            }
            Action::Send if idle => {
                return self.choose(self.cursor, network, now, motion);
            }
            // Nobody sends without having said what will happen.
            Action::Send => {}
            Action::Back => match self.stage {
                Stage::Predict { .. } => self.close(),
                Stage::Where { .. } => self.stage = Stage::Predict { cursor: 2 },
                _ => return vec![Said::Unused],
            },
            _ => return vec![Said::Unused],
        }
        Vec::new()
    }

    /// Takes the nth packet, answer or place on offer, and goes on.
    pub fn pick(
        &mut self,
        index: usize,
        network: &Network,
        now: Duration,
        motion: bool,
    ) -> Vec<Said> {
        match self.stage {
            Stage::Choose => self.choose(index, network, now, motion),
            _ => self.answer(index, network, now, motion),
        }
    }

    /// What a key means while a packet is underway.
    fn steer(&mut self, action: Action, now: Duration, motion: bool) -> Vec<Said> {
        let Stage::Travel(travel) = &mut self.stage else { return vec![Said::Unused] };
        let landed = travel.is_landed();
        let whole = self.down.is_none();
        match action {
            Action::Up | Action::Down if travel.fork.is_some() => travel.turn(action == Action::Up),
            Action::Left | Action::Previous => travel.back(),
            Action::Right | Action::Next => travel.forward(),
            Action::First => travel.show(0),
            Action::Last => travel.show(travel.last_step()),
            Action::Confirm | Action::Send => travel.toggle(now, motion),
            Action::Option(n) => travel.show(usize::from(n).wrapping_sub(1)),
            Action::Back if !self.packets.is_empty() => {
                self.close();
                return Vec::new();
            }
            _ => return vec![Said::Unused],
        }
        travel.landing(landed, whole)
    }

    /// Takes the nth answer, or the nth place, and goes on.
    fn answer(
        &mut self,
        index: usize,
        network: &Network,
        now: Duration,
        motion: bool,
    ) -> Vec<Said> {
        let claim = match &self.stage {
            Stage::Predict { .. } => match ANSWERS.get(index) {
                Some(Answer::Delivered) => Claim::Delivered,
                Some(Answer::Refused) => Claim::Refused,
                Some(Answer::Dropped) => {
                    let Some(packet) = self.packet() else { return vec![Said::Unused] };
                    let network = &*self.through(network);
                    let suspects = suspects(network, &trace(network, packet.probe, &Rules::AWS));
                    self.stage = Stage::Where { cursor: 0, suspects };
                    return Vec::new();
                }
                None => return vec![Said::Unused],
            },
            Stage::Where { suspects, .. } => match suspects.get(index) {
                Some((leg, place)) => Claim::Dropped(*leg, *place),
                None => return vec![Said::Unused],
            },
            _ => return vec![Said::Unused],
        };
        self.send(network, Some(claim), now, motion)
    }

    /// Sends the packet that is pointed at.
    fn send(
        &mut self,
        network: &Network,
        predicted: Option<Claim>,
        now: Duration,
        motion: bool,
    ) -> Vec<Said> {
        let Some(packet) = self.packets.get(self.cursor) else { return vec![Said::Unused] };
        let network = self.through(network);
        let trace = trace(&network, packet.probe, &Rules::AWS);
        let without = self.down.as_ref().map(|zone| format!(" without {}", zone.0));
        let event = predicted.map(|claim| Event::PredictionCommitted {
            scene: self.scene.clone(),
            packet: packet.written.clone() + &without.unwrap_or_default(),
            predicted: written(&network, claim),
            actual: written(&network, truth(&trace)),
            matched: claim == truth(&trace),
        });
        let mut travel = Travel::new(network.into_owned(), trace, predicted);
        travel.due = Some(now + pace(motion));
        let mut said = vec![Said::Left(event)];
        said.extend(travel.landing(false, self.down.is_none()));
        self.stage = Stage::Travel(Box::new(travel));
        said
    }

    /// Sends the same packet again, with the same prediction, through the network as it is now.
    pub fn again(&mut self, network: &Network, now: Duration, motion: bool) -> Vec<Said> {
        let Stage::Travel(travel) = &self.stage else { return vec![Said::Unused] };
        let network = self.through(network);
        let trace = trace(&network, travel.trace.probe, &Rules::AWS);
        let mut travel = Travel::new(network.into_owned(), trace, None);
        travel.due = Some(now + pace(motion));
        let mut said = vec![Said::Left(None)];
        said.extend(travel.landing(false, self.down.is_none()));
        self.stage = Stage::Travel(Box::new(travel));
        said
    }

    /// Follows a packet through the network as it is, with nothing to predict.
    pub fn follow(&mut self, probe: Probe, network: &Network, now: Duration, motion: bool) {
        self.down = None;
        let mut travel = Travel::new(network.clone(), trace(network, probe, &Rules::AWS), None);
        travel.due = Some(now + pace(motion));
        self.stage = Stage::Travel(Box::new(travel));
    }

    /// Back to the choice of packets.
    pub fn close(&mut self) {
        self.stage = Stage::Choose;
        self.down = None;
    }

    /// The network is another one. A packet underway keeps the way that it had; `tells`: beside it,
    /// what it would meet now.
    pub fn changed(&mut self, network: &Network, tells: bool) {
        let network = self.through(network);
        let Stage::Travel(travel) = &mut self.stage else { return };
        travel.join();
        travel.stale = travel.network != *network;
        if travel.stale && tells {
            travel.part(&network);
        }
    }

    /// Lets go of the future that was: the packet has the one that is.
    pub fn keep_now(&mut self) {
        if let Stage::Travel(travel) = &mut self.stage
            && let Some(fork) = travel.fork.take()
        {
            **travel = fork.now;
        }
    }

    /// Shows one hop, standing still.
    pub fn show(&mut self, hop: usize) -> Vec<Said> {
        let Stage::Travel(travel) = &mut self.stage else { return Vec::new() };
        let landed = travel.is_landed();
        travel.show(hop);
        travel.landing(landed, self.down.is_none())
    }
}

fn pace(motion: bool) -> Duration {
    if motion { FRAME } else { STEP }
}

impl Travel {
    fn new(network: Network, trace: Trace, predicted: Option<Claim>) -> Self {
        let wrong = predicted.filter(|claim| *claim != truth(&trace));
        let beliefs = wrong.map_or_else(Vec::new, |claim| {
            explanations(&network, trace.probe, |trace| truth(trace) == claim)
        });
        Self {
            network,
            trace,
            predicted,
            beliefs,
            stale: false,
            fork: None,
            hop: 0,
            frame: FRAMES,
            due: None,
            furthest: 0,
            parted: false,
        }
    }

    /// The hop that is shown, or on the way to which the packet is.
    pub fn hop(&self) -> usize {
        self.fork.as_ref().map_or(self.hop, |fork| fork.was_at(self.hop))
    }

    /// The last hop.
    pub fn last(&self) -> usize {
        self.trace.hops.len().saturating_sub(1)
    }

    /// The furthest hop that was reached so far.
    pub fn furthest(&self) -> usize {
        self.fork.as_ref().map_or(self.furthest, |fork| fork.was_at(self.furthest))
    }

    /// What one steps through: a hop, or with two futures a row of both; the one that is shown, and
    /// the furthest that was.
    pub fn step(&self) -> (usize, usize) {
        (self.hop, self.furthest)
    }

    /// The last step.
    pub fn last_step(&self) -> usize {
        self.fork.as_ref().map_or(self.last(), |fork| fork.last())
    }

    /// The future that the packet has now, where that is another than the one it had.
    pub fn fork(&self) -> Option<&Fork> {
        self.fork.as_deref()
    }

    /// The packet that is looked at: of two futures the one in front, else the one that is.
    pub fn front(&self) -> &Self {
        match &self.fork {
            Some(fork) if fork.front != Front::Was => &fork.now,
            _ => self,
        }
    }

    /// Did the network change since the packet left?
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// How far the packet is from the hop before to this one, in parts of [`FRAMES`].
    pub fn underway(&self) -> u8 {
        let fork = self.fork.as_ref();
        let waits =
            fork.is_some_and(|fork| fork.rows.get(self.hop).is_some_and(|row| row.was.is_none()));
        if waits { FRAMES } else { self.frame.min(FRAMES) }
    }

    /// Does it move by itself?
    pub fn plays(&self) -> bool {
        self.due.is_some()
    }

    /// Is the last hop on screen, with the packet standing there?
    pub fn at_end(&self) -> bool {
        self.hop == self.last_step() && self.frame >= FRAMES
    }

    /// Was its end on screen at some time?
    pub fn is_landed(&self) -> bool {
        self.furthest == self.last_step() && (self.furthest > self.hop || self.frame >= FRAMES)
    }

    /// Was the prediction right? `None` when there was none.
    pub fn judged(&self) -> Option<Judged> {
        let claim = self.predicted?;
        Some(match (claim, truth(&self.trace)) {
            (claim, truth) if claim == truth => Judged::Right,
            (Claim::Dropped(..), Claim::Dropped(..)) => Judged::OtherPlace,
            _ => Judged::Wrong,
        })
    }

    /// The hop where a wrong prediction and the truth part: where the packet goes on although it
    /// was said to stop there, or where it stops although it was said to go on. Where a misconception
    /// explains the prediction, where that is at work first.
    pub fn parting(&self) -> Option<usize> {
        if self.judged()? == Judged::Right {
            return None;
        }
        if let Some(hop) = self.beliefs.iter().map(|it| it.hop).min() {
            return Some(hop);
        }
        let hops = &self.trace.hops;
        let passed = match (self.predicted?, self.trace.verdict) {
            (Claim::Dropped(leg, place), _) => {
                hops.iter().position(|hop| (hop.leg, hop.place) == (leg, place))
            }
            (_, Verdict::Dropped { .. }) => None,
            // Arriving is one thing, being answered another: they part where somebody listens.
            (Claim::Delivered | Claim::Refused, _) => hops
                .iter()
                .position(|hop| hop.checks.iter().any(|check| check.subject == Subject::Listening)),
        };
        Some(passed.unwrap_or(self.last()))
    }

    /// Begins to tell two futures, where there are two.
    fn part(&mut self, network: &Network) {
        let landed = self.is_landed();
        let Some(fork) = Fork::of(self, network) else {
            // It goes the same way: whether before or after the change is all the same.
            self.trace = trace(network, self.trace.probe, &Rules::AWS);
            self.network = network.clone();
            self.stale = false;
            return;
        };
        let (hop, furthest) = (fork.row_of(self.hop), fork.row_of(self.furthest));
        // Who knows the one end may know the other.
        self.furthest = if landed { fork.last() } else { furthest };
        self.hop = hop;
        self.fork = Some(Box::new(fork));
        self.keep_pace();
    }

    /// Tells the one future again that the packet had.
    fn join(&mut self) {
        if let Some(fork) = self.fork.take() {
            (self.hop, self.furthest) = (fork.was_at(self.hop), fork.was_at(self.furthest));
        }
    }

    /// The other future is shown as far as this one.
    fn keep_pace(&mut self) {
        let (steps, frame) = ((self.hop, self.furthest), self.frame);
        if let Some(fork) = &mut self.fork {
            fork.keep_pace(steps, frame);
        }
    }

    /// Looks at one future more closely, or at both.
    fn turn(&mut self, up: bool) {
        if let Some(fork) = &mut self.fork {
            fork.front = match (fork.front, up) {
                (Front::Now, true) | (Front::Was, false) => Front::Both,
                (_, true) => Front::Was,
                (_, false) => Front::Now,
            };
        }
    }

    /// Shows one hop, standing still.
    fn show(&mut self, hop: usize) {
        if hop <= self.last_step() {
            self.hop = hop;
            self.frame = FRAMES;
            self.due = None;
            self.furthest = self.furthest.max(hop);
            self.keep_pace();
        }
    }

    fn back(&mut self) {
        self.show(self.hop.saturating_sub(1));
    }

    /// A packet underway arrives first.
    fn forward(&mut self) {
        let next = if self.frame < FRAMES { self.hop } else { self.hop + 1 };
        self.show(next.min(self.last_step()));
    }

    fn toggle(&mut self, now: Duration, motion: bool) {
        if self.due.take().is_none() {
            if self.at_end() {
                (self.hop, self.frame) = (0, FRAMES);
            }
            self.due = Some(now + pace(motion));
            self.keep_pace();
        }
    }

    /// One frame on.
    fn advance(&mut self, motion: bool) {
        let rested = !motion || self.frame >= FRAMES + REST;
        if self.frame < FRAMES {
            self.frame += 1;
        } else if !self.parted && self.parting() == Some(self.hop()) {
            // Here the learner's machine and AWS part: time to think.
            self.parted = true;
            self.due = None;
        } else if !rested {
            self.frame += 1;
        } else if self.hop < self.last_step() {
            self.hop += 1;
            self.frame = if motion { 1 } else { FRAMES };
            self.furthest = self.furthest.max(self.hop);
        }
        if self.at_end() {
            self.due = None;
        }
        self.keep_pace();
    }

    /// What is to be told when the packet has landed since; `whole`: in the network as it is, with no
    /// zone that is supposed to have failed.
    fn landing(&mut self, before: bool, whole: bool) -> Vec<Said> {
        if self.at_end() {
            self.due = None;
        }
        let landed = whole && !before && self.is_landed();
        landed.then_some(Said::Landed(self.trace.probe)).into_iter().collect()
    }
}

/// How a prediction came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// As it was said, and there.
    Right,
    /// Dropped, but elsewhere.
    OtherPlace,
    /// Something else happened.
    Wrong,
}

/// A claim as the journal keeps it: the same in every language, and readable.
pub fn written(network: &Network, claim: Claim) -> String {
    use crate::cloud::Thing;
    let (leg, place) = match claim {
        Claim::Delivered => return "delivered".into(),
        Claim::Refused => return "refused".into(),
        Claim::Dropped(leg, place) => (leg, place),
    };
    let leg = match leg {
        Leg::Forward => "forward",
        Leg::Reply => "reply",
    };
    let way = |direction| match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    };
    let name = |thing| network.name(thing).map_or("?", |name| name.as_str());
    let place = match place {
        Place::Internet(address, _) => format!("internet {address}"),
        Place::Interface(id, direction) => {
            format!("interface {} {}", name(Thing::Interface(id)), way(direction))
        }
        Place::Subnet(subnet) => format!("subnet {}", name(Thing::Subnet(subnet))),
        Place::Amazon(_) => "amazon".to_owned(),
        Place::LoadBalancer(id, _) => format!("load-balancer {}", name(Thing::LoadBalancer(id))),
        Place::Endpoint(id, _) => format!("endpoint {}", name(Thing::InterfaceEndpoint(id))),
        Place::Service(id) => format!("service {}", name(Thing::Service(id))),
        Place::Function(id) => format!("function {}", name(Thing::Function(id))),
        Place::Api(id) => format!("api {}", name(Thing::Api(id))),
        Place::Distribution(id) => format!("distribution {}", name(Thing::Distribution(id))),
        Place::NetworkAcl(_, subnet, direction) => {
            format!("network-acl {} {}", name(Thing::Subnet(subnet)), way(direction))
        }
        Place::GatewayTable(id) => format!("gateway-table {}", name(Thing::RouteTable(id))),
        Place::RouteTable(_, subnet) => format!("route-table {}", name(Thing::Subnet(subnet))),
        Place::InternetGateway(id, direction) => {
            format!("internet-gateway {} {}", name(Thing::InternetGateway(id)), way(direction))
        }
        Place::Peering(id) => format!("peering {}", name(Thing::Peering(id))),
        Place::GatewayEndpoint(id, direction) => {
            let name = name(Thing::GatewayEndpoint(id));
            format!("gateway-endpoint {name} {}", way(direction))
        }
        Place::EgressOnlyGateway(id, direction) => {
            let name = name(Thing::EgressOnlyGateway(id));
            format!("egress-only-gateway {name} {}", way(direction))
        }
        Place::NatGateway(id, direction) => {
            format!("nat-gateway {} {}", name(Thing::NatGateway(id)), way(direction))
        }
        Place::TransitGatewayAttachment(id, direction) => {
            let name = name(Thing::TransitGatewayAttachment(id));
            format!("transit-gateway-attachment {name} {}", way(direction))
        }
        Place::TransitGatewayRouteTable(id, attachment) => {
            let attachment = name(Thing::TransitGatewayAttachment(attachment));
            let name = name(Thing::TransitGatewayRouteTable(id));
            format!("transit-gateway-route-table {name} {attachment}")
        }
        Place::VirtualPrivateGateway(id, direction) => {
            let name = name(Thing::VirtualPrivateGateway(id));
            format!("virtual-private-gateway {name} {}", way(direction))
        }
        Place::Link(link, direction) => {
            format!("line {} {}", name(link.thing()), way(direction))
        }
        Place::OnPremises(id, _) => format!("on-premises {}", name(Thing::OnPremises(id))),
    };
    format!("dropped {leg} {place}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Misconception, Thing},
        course::Scene,
    };

    /// A server behind a gateway. `{}` is where its table leads.
    fn scene(routes: &str) -> Scene {
        let text = format!(
            r#"
            [vpc.main]
            cidr = "10.0.0.0/16"
            [internet_gateway.igw]
            vpc = "main"
            [subnet.pub]
            cidr = "10.0.0.0/24"
            routes = [{routes}]
            [security_group.web]
            inbound = ["tcp 443 from 0.0.0.0/0"]
            [instance.web]
            subnet = "pub"
            elastic_ip = "198.51.100.10"
            security_groups = ["web"]
            listens = ["tcp 443"]
            [host.client]
            address = "203.0.113.9"
            [packets]
            https = "client -> web tcp/443"
            ssh = "client -> web tcp/22"
            "#
        );
        let (scene, faults) = Scene::parse("test", &text);
        assert_eq!(faults, []);
        scene.unwrap()
    }

    const OPEN: &str = r#""0.0.0.0/0 -> igw""#;
    const START: Duration = Duration::from_secs(1);

    fn flight(scene: &Scene) -> Flight {
        Flight::new("test", scene.packets.clone(), true)
    }

    /// Presses keys, with time standing still.
    fn press(flight: &mut Flight, scene: &Scene, actions: &[Action]) -> Vec<Said> {
        actions.iter().flat_map(|action| flight.act(*action, &scene.network, START, true)).collect()
    }

    /// Lets time pass until nothing moves; answers what was said, and how long it took.
    fn wait(flight: &mut Flight, motion: bool) -> (Vec<Said>, Duration) {
        let (mut said, mut now) = (Vec::new(), START);
        while let Some(time) = flight.wakes_in(now) {
            now += time;
            said.extend(flight.tick(now, motion));
            assert!(now < START + Duration::from_secs(120), "it never rests");
        }
        (said, now.saturating_sub(START))
    }

    fn drop_at(flight: &Flight, wanted: impl Fn(Leg, Place) -> bool) -> u8 {
        let Stage::Where { suspects, .. } = flight.stage() else { panic!("not asked where") };
        let index = suspects.iter().position(|(leg, place)| wanted(*leg, *place));
        u8::try_from(index.expect("the place is not on the list")).unwrap() + 1
    }

    #[test]
    fn a_packet_leaves_when_it_was_said_what_will_happen_and_not_before() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        assert!(press(&mut flight, &scene, &[Action::Send, Action::Send]).is_empty());
        assert!(flight.travel().is_none());
        let said = press(&mut flight, &scene, &[Action::Option(1)]);
        assert!(matches!(said[..], [Said::Left(Some(_))]));
        let travel = flight.travel().unwrap();
        assert_eq!((travel.hop(), travel.judged()), (0, Some(Judged::Right)));
    }

    #[test]
    fn it_flies_to_its_end_by_itself_and_lands_once() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        press(&mut flight, &scene, &[Action::Confirm, Action::Option(1)]);
        let (said, took) = wait(&mut flight, true);
        assert_eq!(said, [Said::Landed(scene.packets[0].probe)]);
        let travel = flight.travel().unwrap();
        assert!(travel.at_end() && !travel.plays());
        // Eight frames a second, and a rest at every hop.
        let frames = u32::from(FRAMES + REST) * (travel.last() as u32);
        assert!(took <= FRAME * (frames + 2) && took > FRAME * frames / 2, "{took:?}");
        assert!(press(&mut flight, &scene, &[Action::First, Action::Last]).is_empty());
    }

    #[test]
    fn stepping_shows_hop_after_hop_and_stops_the_play() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        press(&mut flight, &scene, &[Action::Confirm, Action::Option(1), Action::Right]);
        let hop = |flight: &Flight| flight.travel().unwrap().hop();
        assert_eq!((hop(&flight), flight.wakes_in(START)), (1, None));
        press(&mut flight, &scene, &[Action::Right, Action::Left, Action::Left, Action::Left]);
        assert_eq!(hop(&flight), 0);
        let said = press(&mut flight, &scene, &[Action::Last]);
        assert_eq!(said, [Said::Landed(scene.packets[0].probe)]);
    }

    #[test]
    fn a_wrong_prediction_stops_the_run_once_where_it_parts_from_the_truth() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        // "The list drops the request": it does not.
        press(&mut flight, &scene, &[Action::Confirm, Action::Option(3)]);
        let acl = drop_at(&flight, |leg, place| {
            leg == Leg::Forward && matches!(place, Place::NetworkAcl(..))
        });
        press(&mut flight, &scene, &[Action::Option(acl)]);
        assert_eq!(flight.travel().unwrap().judged(), Some(Judged::Wrong));
        let (said, _) = wait(&mut flight, true);
        let travel = flight.travel().unwrap();
        assert!(said.is_empty() && !travel.at_end());
        assert!(matches!(travel.trace.hops[travel.hop()].place, Place::NetworkAcl(..)));
        press(&mut flight, &scene, &[Action::Confirm]);
        let (said, _) = wait(&mut flight, true);
        assert_eq!(said.len(), 1, "it goes on to the end");
    }

    #[test]
    fn the_right_drop_at_the_wrong_place_is_half_right() {
        let scene = scene("");
        let mut flight = flight(&scene);
        press(&mut flight, &scene, &[Action::Confirm, Action::Option(3), Action::Option(1)]);
        let travel = flight.travel().unwrap();
        assert_eq!(travel.judged(), Some(Judged::OtherPlace));
        let right = drop_in(&scene);
        assert_eq!(travel.trace.verdict.dropped().map(|(leg, place, _)| (leg, place)), Some(right));
    }

    #[test]
    fn a_wrong_prediction_is_named_after_the_belief_that_makes_it() {
        let scene = scene("");
        let mut flight = flight(&scene);
        press(&mut flight, &scene, &[Action::Confirm, Action::Option(1)]);
        let travel = flight.travel().unwrap();
        let named: Vec<Misconception> = travel.beliefs.iter().map(|it| it.misconception).collect();
        let expected = [Misconception::RepliesNeedNoRoute, Misconception::PublicAddressIsEnough];
        assert_eq!(named, expected);
        assert_eq!(travel.parting(), Some(travel.last()));
        // Who is right is told nothing.
        let (leg, place) = drop_in(&scene);
        press(&mut flight, &scene, &[Action::Back, Action::Confirm, Action::Option(3)]);
        let right = drop_at(&flight, |it_leg, it| (it_leg, it) == (leg, place));
        press(&mut flight, &scene, &[Action::Option(right)]);
        assert!(flight.travel().unwrap().beliefs.is_empty());
    }

    /// Where the answer is dropped when the table has no way back.
    fn drop_in(scene: &Scene) -> (Leg, Place) {
        let (subnet, _) = scene.network.subnets().iter().next().unwrap();
        (Leg::Reply, Place::RouteTable(scene.network.route_table_of(subnet), subnet))
    }

    #[test]
    fn without_motion_it_goes_by_steps_and_has_time_to_be_read() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        flight.act(Action::Confirm, &scene.network, START, false);
        flight.act(Action::Option(1), &scene.network, START, false);
        let (said, took) = wait(&mut flight, false);
        assert_eq!(said.len(), 1);
        assert_eq!(took, STEP * flight.travel().unwrap().last() as u32);
    }

    #[test]
    fn a_program_that_slept_does_not_hurry() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        press(&mut flight, &scene, &[Action::Confirm, Action::Option(1)]);
        flight.tick(START + Duration::from_secs(3600), true);
        assert!(flight.travel().unwrap().hop() < 2);
    }

    #[test]
    fn what_the_journal_keeps_is_readable_and_the_same_in_every_language() {
        let scene = scene("");
        let (leg, place) = drop_in(&scene);
        let claim = Claim::Dropped(leg, place);
        assert_eq!(written(&scene.network, claim), "dropped reply route-table pub");
        let gateway = scene.network.find("igw").next();
        assert!(matches!(gateway, Some(Thing::InternetGateway(_))));
    }

    #[test]
    fn keys_that_mean_nothing_here_are_handed_back() {
        let scene = scene(OPEN);
        let mut flight = flight(&scene);
        assert_eq!(press(&mut flight, &scene, &[Action::Up]), [Said::Unused]);
        assert_eq!(press(&mut flight, &scene, &[Action::Back]), [Said::Unused]);
        assert_eq!(press(&mut flight, &scene, &[Action::Option(9)]), [Said::Unused]);
        let mut none = Flight::new("test", Vec::new(), true);
        assert_eq!(press(&mut none, &scene, &[Action::Confirm]), [Said::Unused]);
    }
}
