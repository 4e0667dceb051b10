//! The packets that were followed to their end stay as quiet lights: what becomes of each of them
//! now, and what did before the last step. Those that were not yet sent say nothing: one predicts
//! first.

use crate::{
    app::bench::Bench,
    cloud::{Probe, Rules, Verdict, verdict},
    course::NamedPacket,
};

/// One light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light<'b> {
    /// The packet.
    pub packet: &'b NamedPacket,
    /// What becomes of it now; `None` while it was never sent.
    pub now: Option<Verdict>,
    /// What became of it before the last step, where that was something else.
    pub was: Option<Verdict>,
}

impl Bench {
    /// The packets on offer as lights.
    pub fn lights(&self) -> Vec<Light<'_>> {
        let packets = self.flight.packets().iter().filter(|_| !self.blind);
        packets.map(|packet| self.light(packet)).collect()
    }

    fn light<'b>(&self, packet: &'b NamedPacket) -> Light<'b> {
        let probe = packet.probe;
        let now = self.sent.contains(&probe).then(|| verdict(&self.network, probe, &Rules::AWS));
        let was = self.were.iter().find(|(were, _)| *were == probe).map(|(_, was)| *was);
        let was = was.filter(|was| now.is_some_and(|now| !alike(&now, was)));
        Light { packet, now, was }
    }

    /// Remembers what becomes of the packets, before something is changed.
    pub(super) fn remember_lights(&mut self) {
        let now = |probe: &Probe| (*probe, verdict(&self.network, *probe, &Rules::AWS));
        self.were = self.sent.iter().map(now).collect();
    }
}

/// Would whoever sends it notice no difference?
fn alike(one: &Verdict, other: &Verdict) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}
