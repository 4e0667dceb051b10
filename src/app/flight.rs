//! One packet's life in the learner's hands: choose it, say what will become of it, send it, watch
//! it travel, step through the hops.
//!
//! The same flight serves the live scenes of a lesson, the replay after a packet question, and the
//! lab. It keeps the network as it was when the packet left, so that what is shown stays true while
//! a lab changes under it.

mod fork;
mod prediction;
mod travel;

pub use fork::{Fork, Front, Open, Row};
pub use prediction::{ANSWERS, Answer, Judged, written};
pub use travel::{FRAME, FRAMES, REST, STEP, Travel};

use std::{borrow::Cow, time::Duration};

use travel::pace;

use crate::{
    app::{Action, canvas::Canvas},
    cloud::{Leg, Network, Place, Probe, Rules, Trace, Zone, trace},
    course::{
        NamedPacket,
        question::Claim,
        suspect::{suspects, truth},
    },
    journal::Event,
};

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

    /// The packet is looked at on this canvas: its ways are walked once, for all frames to come.
    pub fn keep(&mut self, canvas: &Canvas) {
        if let Stage::Travel(travel) = &mut self.stage {
            travel.keep(canvas);
        }
    }

    /// The same for a page that is this wide.
    pub fn keep_on_page(&mut self, width: u16) {
        if let (Stage::Travel(travel), true) = (&mut self.stage, width > 0) {
            travel.keep_on_page(width);
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

#[cfg(test)]
mod tests;
