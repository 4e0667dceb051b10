//! Everything to everything.

use std::{collections::BTreeMap, net::IpAddr};

use crate::cloud::{
    InterfaceId, Network, Place, Probe, ProbeEnd, Trace,
    reach::{
        Addresses, Crowds, Internet, Traffic, cut, of_family, probe, sends,
        space::{Block, Range},
    },
};

/// Who can talk to whom: see [`matrix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Interfaces that no component can tell apart, in the order of their oldest members: rows and
    /// columns stand for groups.
    pub groups: Vec<Vec<InterfaceId>>,
    /// The cells, row by row; the last row and column is the internet. Places in `passages`.
    cells: Vec<u32>,
    /// The different contents of cells, the empty one first.
    passages: Vec<Vec<Passage>>,
}

/// A row or column of a [`Matrix`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A group, by its place in [`Matrix::groups`].
    Group(usize),
    /// The internet.
    Internet,
}

/// A block of packets that arrive and are answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// What is sent.
    pub traffic: Traffic,
    /// The addresses at the internet's end, when one end is the internet.
    pub far: Vec<Addresses>,
}

impl Passage {
    /// Is the packet in the block? Of `from` and `to`, the end on the internet counts.
    pub fn contains(&self, probe: &Probe) -> bool {
        let far = [probe.from, probe.to].into_iter().find_map(|end| match end {
            ProbeEnd::Address(address) => Some(address),
            _ => None,
        });
        let near = far.is_none_or(|address| self.far.iter().any(|it| it.contains(address)));
        near && self.traffic.contains(probe.protocol, probe.port, probe.source_port)
    }
}

impl Matrix {
    /// What passes from one end to the other. From a group to itself: between two of its members,
    /// nothing when it has only one.
    pub fn passages(&self, from: End, to: End) -> &[Passage] {
        let (from, to) = (self.place(from), self.place(to));
        &self.passages[self.cells[from * (self.groups.len() + 1) + to] as usize]
    }

    /// The group of an interface; `None` when it was deleted.
    pub fn group_of(&self, interface: InterfaceId) -> Option<End> {
        let place = self.groups.iter().position(|it| it.binary_search(&interface).is_ok())?;
        Some(End::Group(place))
    }

    /// The rows (and columns): the groups, then the internet.
    pub fn ends(&self) -> impl Iterator<Item = End> + use<> {
        (0..self.groups.len()).map(End::Group).chain([End::Internet])
    }

    fn place(&self, end: End) -> usize {
        match end {
            End::Group(place) => place,
            End::Internet => self.groups.len(),
        }
    }
}

/// Who can talk to whom with the asked traffic: which packets arrive and are answered.
///
/// Interfaces are dialled as their senders can, see [`ProbeEnd::Interface`]. Exact, as
/// [`reach`](crate::cloud::reach::reach()) is.
pub fn matrix(network: &Network, asked: &Traffic) -> Matrix {
    let groups = Crowds::of(network).into_list();
    let internets = [true, false].map(|v4| Internet::new(network, v4));
    let mut matrix = Matrix {
        cells: Vec::with_capacity((groups.len() + 1) * (groups.len() + 1)),
        groups,
        passages: vec![Vec::new()],
    };
    let mut known: BTreeMap<Vec<Passage>, u32> = BTreeMap::from([(Vec::new(), 0)]);
    let ends: Vec<End> = matrix.ends().collect();
    for &from in &ends {
        for &to in &ends {
            let found = passages(network, &matrix.groups, &internets, (from, to), asked);
            let next = matrix.passages.len() as u32;
            let place = *known.entry(found).or_insert_with_key(|found| {
                matrix.passages.push(found.clone());
                next
            });
            matrix.cells.push(place);
        }
    }
    matrix
}

fn passages(
    network: &Network,
    groups: &[Vec<InterfaceId>],
    internets: &[Internet; 2],
    ends: (End, End),
    asked: &Traffic,
) -> Vec<Passage> {
    let mut found = Vec::new();
    match ends {
        (End::Group(from), End::Group(to)) => {
            // Two members, when a group talks to itself.
            let from = groups[from][0];
            if !sends(network, from) {
                return found;
            }
            let Some(&to) = groups[to].iter().find(|it| **it != from) else { return found };
            let both = |id: InterfaceId| {
                let interface = &network.interfaces[id];
                [Network::INTERNET, Network::INTERNET_V6].map(|it| interface.address_like(it))
            };
            // The address itself, where there is no choice: then ping needs no trace of its own.
            let (mut asked, mut dialled) = (*asked, ProbeEnd::Interface(to));
            if let ([Some(_), None], [Some(address), None]) = (both(from), both(to))
                && network.vpc_of(from) == network.vpc_of(to)
            {
                (asked, dialled) = (of_family(&asked, address), ProbeEnd::Address(address));
            }
            let ends = (ProbeEnd::Interface(from), dialled);
            let region = Block::new(&asked, Range::POINT);
            let ask = |protocol, port, source_port, _| probe(ends, protocol, port, source_port);
            let delivered = |trace: &Trace| answered(trace, Some(to));
            let blocks = cut(network, region, None, ask, delivered).into_iter().flat_map(|it| it.1);
            found.extend(blocks.map(|it| Passage { traffic: it.traffic(), far: Vec::new() }));
        }
        (End::Internet, End::Group(group)) => {
            let receiver = groups[group][0];
            let interface = &network.interfaces[receiver];
            let public = interface.public_address.map(|it| it.address.into());
            let v6 = interface.addresses.iter().copied().find(IpAddr::is_ipv6);
            for dialled in public.into_iter().chain(v6) {
                let to = ProbeEnd::Address(dialled);
                let internet = &internets[usize::from(dialled.is_ipv6())];
                let asked = of_family(asked, dialled);
                let ends = |far| (ProbeEnd::Address(far), to);
                across(network, internet, &asked, ends, Some(receiver), &mut found);
            }
        }
        (End::Group(group), End::Internet) => {
            let from = groups[group][0];
            if !sends(network, from) {
                return found;
            }
            for (internet, like) in internets.iter().zip([Network::INTERNET, Network::INTERNET_V6])
            {
                if network.interfaces[from].address_like(like).is_some() {
                    let asked = of_family(asked, like);
                    let ends = |far| (ProbeEnd::Interface(from), ProbeEnd::Address(far));
                    across(network, internet, &asked, ends, None, &mut found);
                }
            }
        }
        // What hosts on the internet do among themselves is none of the network's business.
        (End::Internet, End::Internet) => {}
    }
    found.sort_unstable();
    found
}

/// Was the packet received by whom it was meant for (`None`: the internet), and answered?
fn answered(trace: &Trace, receiver: Option<InterfaceId>) -> Option<()> {
    let right = match (trace.receiver()?, receiver) {
        (Place::Interface(id, _), Some(receiver)) => id == receiver,
        (Place::Internet(..), None) => true,
        _ => false,
    };
    (right && trace.is_delivered()).then_some(())
}

/// What passes to or from the internet.
fn across(
    network: &Network,
    internet: &Internet,
    asked: &Traffic,
    ends: impl Fn(IpAddr) -> (ProbeEnd, ProbeEnd),
    receiver: Option<InterfaceId>,
    found: &mut Vec<Passage>,
) {
    let Some(all) = internet.all() else { return };
    let ask = |protocol, port, source_port, at| {
        probe(ends(internet.address(at)), protocol, port, source_port)
    };
    let delivered = |trace: &Trace| answered(trace, receiver);
    let parts = cut(network, Block::new(asked, all), Some(internet), ask, delivered);
    let mut ranges: BTreeMap<Traffic, Vec<Addresses>> = BTreeMap::new();
    for block in parts.iter().flat_map(|it| &it.1) {
        ranges.entry(block.traffic()).or_default().extend(internet.addresses(block.far));
    }
    found.extend(ranges.into_iter().map(|(traffic, mut far)| {
        far.sort_unstable();
        Passage { traffic, far }
    }));
}
