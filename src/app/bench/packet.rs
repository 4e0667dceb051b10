//! Sending packets.

use std::borrow::Cow;

use crate::{
    app::{
        Action, Around,
        bench::{
            Bench, Pane, Told,
            form::Form,
            wire::{End, receiver, sender},
        },
        flight::Said,
    },
    cloud::{Network, Probe, Zone},
    course::{
        NamedPacket,
        scene::{print_end, print_probe},
    },
};

impl Bench {
    /// A packet of one's own, from what is selected.
    pub(super) fn own_packet(&mut self) {
        let end = self.subject().map_or(End::Elsewhere, End::Thing);
        let near = sender(&self.network, end).map(|end| print_end(&self.network, end));
        let far = receiver(&self.network, end).map(|(end, ..)| print_end(&self.network, end));
        let far = far.filter(|_| near.is_none());
        self.form = Some(Form::packet(&self.network, near.as_deref(), far.as_deref()));
        self.focus = Pane::Flight;
        self.details = false;
    }

    fn offer_packets(&mut self) {
        let mut packets = self.given.clone();
        packets.extend(self.own.iter().cloned());
        self.flight.offer(packets);
    }

    /// Offers these packets, then one's own.
    pub fn offer(&mut self, given: Vec<NamedPacket>) {
        self.own.retain(|own| !given.iter().any(|packet| packet.probe == own.probe));
        self.given = given;
        self.offer_packets();
    }

    /// Begins the flight of this packet.
    pub fn send(&mut self, probe: Probe, around: Around<'_>, told: &mut Vec<Told>) {
        self.send_while(None, probe, around, told);
    }

    /// The same, supposing that this zone has failed.
    pub fn send_while(
        &mut self,
        down: Option<Zone>,
        probe: Probe,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        if !self.flight.packets().iter().any(|packet| packet.probe == probe) {
            let written = print_probe(&self.network, &probe);
            self.own.push(NamedPacket { name: "".into(), probe, written });
            self.offer_packets();
        }
        if self.blind {
            told.push(Told::Asked(probe));
            return;
        }
        let index = self.flight.packets().iter().position(|packet| packet.probe == probe);
        if let Some(index) = index {
            self.focus = Pane::Flight;
            self.details = false;
            self.flight.close();
            let motion = around.look.motion;
            let now = around.now;
            let said = self.flight.choose_while(down, index, &self.network, now, motion);
            self.heard(said, told);
        }
    }

    /// Shows the whole way of a packet as it is now, with nothing to predict.
    pub fn show_way(&mut self, probe: Probe, around: Around<'_>) {
        self.focus = Pane::Flight;
        self.details = false;
        self.flight.follow(probe, &self.network, around.now, around.look.motion);
    }

    /// A packet on offer is taken: asked, where nothing shows its way.
    pub(super) fn asks(&mut self, index: usize, told: &mut Vec<Told>) -> bool {
        let packet = self.flight.packets().get(index).map(|packet| packet.probe);
        match packet.filter(|_| self.blind && self.flight.is_idle()) {
            Some(probe) => {
                self.flight.point(index);
                told.push(Told::Asked(probe));
                true
            }
            None => false,
        }
    }

    pub(super) fn act_in_flight(
        &mut self,
        action: Action,
        around: Around<'_>,
        told: &mut Vec<Told>,
    ) {
        let (now, motion) = (around.now, around.look.motion);
        let travel = self.flight.travel();
        let stale = travel.is_some_and(|travel| travel.is_stale() && travel.fork().is_none());
        let digit = match action {
            Action::Option(digit) => usize::from(digit).wrapping_sub(1),
            Action::Confirm | Action::Send => self.flight.cursor(),
            _ => usize::MAX,
        };
        if self.asks(digit, told) {
            return;
        }
        // Asked anew is asked again.
        if self.blind
            && self.flight.travel().is_some()
            && (action == Action::Again
                || stale && matches!(action, Action::Confirm | Action::Send))
        {
            let probe = self.flight.travel().map(|travel| travel.trace.probe);
            self.flight.close();
            told.extend(probe.map(Told::Asked));
            return;
        }
        let said = match action {
            // The row below the packets: one of one's own.
            Action::Down if self.flight.is_idle() && self.at_last_packet() => {
                self.own_packet();
                return;
            }
            Action::Confirm | Action::Send
                if self.flight.is_idle() && self.flight.packets().is_empty() =>
            {
                self.own_packet();
                return;
            }
            Action::Add if self.flight.is_idle() => {
                self.own_packet();
                return;
            }
            Action::Next | Action::Previous if self.flight.travel().is_some() => {
                self.details = !self.details;
                return;
            }
            Action::Again if self.is_forked() => {
                self.flight.keep_now();
                return;
            }
            Action::Again if self.flight.travel().is_some() => {
                self.flight.again(&self.network, now, motion)
            }
            Action::Confirm | Action::Send if stale => {
                self.flight.again(&self.network, now, motion)
            }
            _ => self.flight.act(action, &self.network, now, motion),
        };
        if said.contains(&Said::Unused) && action == Action::Back {
            self.focus = Pane::Map;
        }
        self.heard(said, told);
    }

    /// The network as it is drawn: while a packet is looked at for which a zone has failed, without
    /// that zone.
    pub fn drawn(&self) -> Cow<'_, Network> {
        match (self.flight.down(), self.flight.travel()) {
            (None, _) => Cow::Borrowed(&self.network),
            (Some(_), _) if self.focus != Pane::Flight => Cow::Borrowed(&self.network),
            (Some(_), Some(travel)) => Cow::Borrowed(&travel.front().network),
            (Some(_), None) => self.flight.through(&self.network),
        }
    }

    /// The zone that has failed in the network as it is drawn.
    pub fn failed_zone(&self) -> Option<&Zone> {
        self.flight.down().filter(|_| self.focus == Pane::Flight)
    }

    /// Are two futures of a packet on screen?
    pub fn is_forked(&self) -> bool {
        self.flight.travel().is_some_and(|travel| travel.fork().is_some())
    }

    fn at_last_packet(&self) -> bool {
        self.flight.cursor() + 1 >= self.flight.packets().len()
    }

    pub(super) fn heard(&mut self, said: Vec<Said>, told: &mut Vec<Told>) {
        for said in said {
            match said {
                Said::Left(Some(event)) => told.push(Told::Predicted(event)),
                Said::Landed(probe) => {
                    if !self.sent.contains(&probe) {
                        self.sent.push(probe);
                        told.push(Told::Changed);
                    }
                }
                Said::Left(None) | Said::Unused => {}
            }
        }
    }
}
