//! Two futures of one packet: the one that it had when it left, and the one that it has since the
//! network changed under it.
//!
//! Their hops stand in rows, side by side where they are the same: one steps through both at once.
//! The new one is what the same packet meets from the beginning; what becomes of a connection that
//! was open already is another question, with an answer of its own ([`Open`]).

use crate::{
    app::flight::{FRAMES, Travel},
    cloud::{Cause, Connection, Hop, Network, Place, Rules, Trace, trace},
};

/// The future that a packet has now, beside the one that it had.
#[derive(Debug, Clone)]
pub struct Fork {
    /// The packet in the network as it is now, as far as the other is.
    pub now: Travel,
    /// The hops of both.
    pub rows: Vec<Row>,
    /// The row where they part: the last that both come to, or where the packet goes on otherwise.
    pub parts: usize,
    /// What becomes of a connection that was open before the change, where a new one would fare
    /// worse now.
    pub open: Option<Open>,
    /// Which of the two is looked at closely.
    pub front: Front,
}

/// A hop of each, by their places in the hops; one of them may have none here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Of the future that was.
    pub was: Option<usize>,
    /// Of the one that is.
    pub now: Option<usize>,
}

/// Which of two futures is looked at closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// The one that was.
    Was,
    /// Neither: they are compared.
    Both,
    /// The one that is.
    Now,
}

/// What becomes of a connection that is open already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// It lives on: the groups remember it.
    LivesOn,
    /// It is cut: its groups let it in by rules for everybody, and so do not remember it.
    Untracked,
    /// It is cut here: lists and routes are asked for every packet.
    Forgotten(Place),
    /// It is cut for another reason: something that it needs is not there any more.
    Cut,
}

impl Fork {
    /// The other future of a packet; `None` when it goes the same way to the same end.
    pub(super) fn of(was: &Travel, network: &Network) -> Option<Self> {
        let trace = trace(network, was.trace.probe, &Rules::AWS);
        if same_way(&was.trace, &trace) {
            return None;
        }
        let rows = rows(&was.trace.hops, &trace.hops);
        let parts = parting(&rows, &was.trace, &trace);
        let open = open(was, network, &trace);
        let now = Travel::new(network.clone(), trace, None);
        Some(Self { now, rows, parts, open, front: Front::Both })
    }

    /// The last row.
    pub fn last(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }

    /// The hop that the packet that was stands at in a row: the last that it came to.
    pub(super) fn was_at(&self, row: usize) -> usize {
        let rows = self.rows.iter().take(row + 1);
        rows.filter_map(|row| row.was).next_back().unwrap_or(0)
    }

    /// The same for the packet that is.
    pub(super) fn now_at(&self, row: usize) -> usize {
        let rows = self.rows.iter().take(row + 1);
        rows.filter_map(|row| row.now).next_back().unwrap_or(0)
    }

    /// The row of a hop of the packet that was.
    pub(super) fn row_of(&self, hop: usize) -> usize {
        self.rows.iter().position(|row| row.was == Some(hop)).unwrap_or(0)
    }

    /// Shows the packet that is as far as the one that was.
    pub(super) fn keep_pace(&mut self, (row, furthest): (usize, usize), frame: u8) {
        self.now.hop = self.now_at(row);
        self.now.furthest = self.now_at(furthest);
        let comes = self.rows.get(row).is_some_and(|row| row.now.is_some());
        self.now.frame = if comes { frame } else { FRAMES };
        self.now.due = None;
    }
}

/// Would nobody see any difference between the two?
pub(super) fn same_way(one: &Trace, other: &Trace) -> bool {
    let looks = |hop: &Hop| (hop.leg, hop.place, hop.packet_in, hop.packet_out);
    let kind = |trace: &Trace| (std::mem::discriminant(&trace.verdict), trace.verdict.code());
    kind(one) == kind(other) && one.hops.iter().map(looks).eq(other.hops.iter().map(looks))
}

/// The hops of both in rows: as many of them side by side as can be, in order.
fn rows(was: &[Hop], now: &[Hop]) -> Vec<Row> {
    let same = |a: usize, b: usize| (was[a].leg, was[a].place) == (now[b].leg, now[b].place);
    // How many of the hops from here on can stand beside their likes.
    let mut longest = vec![vec![0_usize; now.len() + 1]; was.len() + 1];
    for a in (0..was.len()).rev() {
        for b in (0..now.len()).rev() {
            longest[a][b] = if same(a, b) {
                longest[a + 1][b + 1] + 1
            } else {
                longest[a + 1][b].max(longest[a][b + 1])
            };
        }
    }
    let mut rows = Vec::new();
    let (mut a, mut b) = (0, 0);
    // What has no like since the last that had one.
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let flush = |old: &mut Vec<usize>, new: &mut Vec<usize>, rows: &mut Vec<Row>| {
        let beside = old.iter().zip(new.iter());
        let count = beside.take_while(|(a, b)| was[**a].leg == now[**b].leg).count();
        for (a, b) in old.iter().zip(new.iter()).take(count) {
            rows.push(Row { was: Some(*a), now: Some(*b) });
        }
        rows.extend(old.drain(..).skip(count).map(|a| Row { was: Some(a), now: None }));
        rows.extend(new.drain(..).skip(count).map(|b| Row { was: None, now: Some(b) }));
    };
    while a < was.len() || b < now.len() {
        if a < was.len() && b < now.len() && same(a, b) {
            flush(&mut old, &mut new, &mut rows);
            rows.push(Row { was: Some(a), now: Some(b) });
            (a, b) = (a + 1, b + 1);
        } else if b == now.len() || a < was.len() && longest[a + 1][b] >= longest[a][b + 1] {
            old.push(a);
            a += 1;
        } else {
            new.push(b);
            b += 1;
        }
    }
    flush(&mut old, &mut new, &mut rows);
    rows
}

/// The row where they part.
fn parting(rows: &[Row], was: &Trace, now: &Trace) -> usize {
    let differs = |row: &Row| match (row.was, row.now) {
        (Some(a), Some(b)) => {
            let (a, b) = (&was.hops[a], &now.hops[b]);
            (a.leg, a.place) != (b.leg, b.place) || a.packet_out != b.packet_out
        }
        _ => true,
    };
    let Some(first) = rows.iter().position(differs) else { return rows.len().saturating_sub(1) };
    // Who comes to another place was sent there by the place before.
    let elsewhere = match (rows[first].was, rows[first].now) {
        (Some(a), Some(b)) => was.hops[a].place != now.hops[b].place,
        _ => true,
    };
    if elsewhere { first.saturating_sub(1) } else { first }
}

/// What becomes of an open connection, where the packet arrived before and does not now.
fn open(was: &Travel, network: &Network, now: &Trace) -> Option<Open> {
    if now.is_delivered() {
        return None;
    }
    let connection = Connection::open(&was.network, was.trace.probe)?;
    let next = connection.go_on(network);
    Some(match next.verdict.dropped() {
        None if next.is_delivered() => Open::LivesOn,
        Some((_, _, Cause::NoSecurityGroupRule)) => Open::Untracked,
        Some((_, place, Cause::AclDenies(_) | Cause::NoRoute | Cause::Blackhole)) => {
            Open::Forgotten(place)
        }
        _ => Open::Cut,
    })
}
