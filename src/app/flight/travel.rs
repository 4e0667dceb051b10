//! A packet on its way: the hop that is shown, how far it got, and the frames of its journey.

use std::{borrow::Cow, time::Duration};

use super::{Fork, Front, Said};
use crate::{
    app::canvas::{self, Canvas, Roads},
    cloud::{Network, Parting, Rules, Trace, explanations, trace},
    course::{question::Claim, suspect::truth},
};

/// How long one frame of a moving packet stays: eight a second.
pub const FRAME: Duration = Duration::from_millis(125);
/// How many frames a packet takes from one place to the next.
pub const FRAMES: u8 = 4;
/// How many frames it then stands still, so that one can read what was checked.
pub const REST: u8 = 5;
/// How long one hop stays when nothing may move.
pub const STEP: Duration = Duration::from_millis(1500);

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
    pub(super) stale: bool,
    /// What the packet meets since then.
    pub(super) fork: Option<Box<Fork>>,
    /// The hop that is shown; with two futures, the row of both.
    pub(super) hop: usize,
    /// How many frames it is underway to this hop; at [`FRAMES`] it has arrived, and rests.
    pub(super) frame: u8,
    /// When the next frame is due, while it plays.
    pub(super) due: Option<Duration>,
    /// The furthest hop that was reached so far.
    pub(super) furthest: usize,
    /// Did it stop already where a wrong prediction and the truth part?
    pub(super) parted: bool,
    /// Its way over the map, so that it is not walked again for each frame.
    kept: Option<Box<Kept>>,
}

/// The way of a packet over a canvas.
#[derive(Debug, Clone)]
struct Kept {
    /// The width of the page that the canvas is for, on a page.
    page: Option<u16>,
    canvas: Canvas,
    roads: Roads,
}

pub(super) fn pace(motion: bool) -> Duration {
    if motion { FRAME } else { STEP }
}

impl Travel {
    pub(super) fn new(network: Network, trace: Trace, predicted: Option<Claim>) -> Self {
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
            kept: None,
        }
    }

    /// Its ways over a canvas of the network: those that are kept, else walked now.
    pub fn roads(&self, canvas: &Canvas) -> Cow<'_, Roads> {
        match &self.kept {
            Some(kept) if kept.canvas == *canvas => Cow::Borrowed(&kept.roads),
            _ => Cow::Owned(canvas.roads(&self.network, &self.trace)),
        }
    }

    /// Its network, laid out for a page that is this wide: kept, or laid out now.
    pub fn on_page(&self, width: u16) -> Cow<'_, Canvas> {
        match &self.kept {
            Some(kept) if kept.page == Some(width) => Cow::Borrowed(&kept.canvas),
            _ => Cow::Owned(canvas::on_page(&self.network, width)),
        }
    }

    /// Keeps its ways over this canvas, for the frames to come.
    pub(super) fn keep(&mut self, canvas: &Canvas) {
        if self.kept.as_ref().is_none_or(|kept| kept.canvas != *canvas) {
            let roads = canvas.roads(&self.network, &self.trace);
            self.kept = Some(Box::new(Kept { page: None, canvas: canvas.clone(), roads }));
        }
        if let Some(fork) = &mut self.fork {
            fork.now.keep(canvas);
        }
    }

    /// The same for a page.
    pub(super) fn keep_on_page(&mut self, width: u16) {
        if self.kept.as_ref().is_none_or(|kept| kept.page != Some(width)) {
            let canvas = canvas::on_page(&self.network, width);
            let roads = canvas.roads(&self.network, &self.trace);
            self.kept = Some(Box::new(Kept { page: Some(width), canvas, roads }));
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

    /// Begins to tell two futures, where there are two.
    pub(super) fn part(&mut self, network: &Network) {
        let landed = self.is_landed();
        let Some(fork) = Fork::of(self, network) else {
            // It goes the same way: whether before or after the change is all the same.
            self.trace = trace(network, self.trace.probe, &Rules::AWS);
            self.network = network.clone();
            self.kept = None;
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
    pub(super) fn join(&mut self) {
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
    pub(super) fn turn(&mut self, up: bool) {
        if let Some(fork) = &mut self.fork {
            fork.front = match (fork.front, up) {
                (Front::Now, true) | (Front::Was, false) => Front::Both,
                (_, true) => Front::Was,
                (_, false) => Front::Now,
            };
        }
    }

    /// Shows one hop, standing still.
    pub(super) fn show(&mut self, hop: usize) {
        if hop <= self.last_step() {
            self.hop = hop;
            self.frame = FRAMES;
            self.due = None;
            self.furthest = self.furthest.max(hop);
            self.keep_pace();
        }
    }

    pub(super) fn back(&mut self) {
        self.show(self.hop.saturating_sub(1));
    }

    /// A packet underway arrives first.
    pub(super) fn forward(&mut self) {
        let next = if self.frame < FRAMES { self.hop } else { self.hop + 1 };
        self.show(next.min(self.last_step()));
    }

    pub(super) fn toggle(&mut self, now: Duration, motion: bool) {
        if self.due.take().is_none() {
            if self.at_end() {
                (self.hop, self.frame) = (0, FRAMES);
            }
            self.due = Some(now + pace(motion));
            self.keep_pace();
        }
    }

    /// One frame on.
    pub(super) fn advance(&mut self, motion: bool) {
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
    pub(super) fn landing(&mut self, before: bool, whole: bool) -> Vec<Said> {
        if self.at_end() {
            self.due = None;
        }
        let landed = whole && !before && self.is_landed();
        landed.then_some(Said::Landed(self.trace.probe)).into_iter().collect()
    }
}
