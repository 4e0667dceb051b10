//! Everything to everything.

use std::{collections::BTreeMap, net::IpAddr};

use crate::cloud::{
    InterfaceId, Network, OnPremisesId, Place, Probe, ProbeEnd, Trace,
    host::is_on_the_internet,
    reach::{
        Addresses, Crowds, Outside, Traffic, arrives, by_address, cut, of_family, opens,
        own_addresses, probe,
        space::{Block, Range},
    },
};

/// Who can talk to whom: see [`matrix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Interfaces that no component can tell apart, in the order of their oldest members: rows and
    /// columns stand for groups.
    pub groups: Vec<Vec<InterfaceId>>,
    /// The on-premises networks: rows and columns behind those of the groups.
    pub sites: Vec<OnPremisesId>,
    /// The cells, row by row; the last row and column is the internet. Places in `passages`.
    cells: Vec<u32>,
    /// The different contents of cells, the empty one first.
    passages: Vec<Vec<Passage>>,
    /// The addresses that are this network's own: see [`own_addresses`].
    own: Vec<Addresses>,
}

/// A row or column of a [`Matrix`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A group, by its place in [`Matrix::groups`].
    Group(usize),
    /// An on-premises network.
    OnPremises(OnPremisesId),
    /// The internet.
    Internet,
}

/// A block of packets that arrive and are answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// What is sent.
    pub traffic: Traffic,
    /// The addresses at the outer end, when one end is the internet or an on-premises network.
    pub far: Vec<Addresses>,
}

impl Passage {
    /// Is the packet in the block? Of `from` and `to`, the end outside counts.
    pub fn contains(&self, probe: &Probe) -> bool {
        let far = [probe.from, probe.to].into_iter().find_map(|end| match end {
            ProbeEnd::Address(address) | ProbeEnd::OnPremises(_, Some(address)) => Some(address),
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
        &self.passages[self.cells[from * (self.groups.len() + self.sites.len() + 1) + to] as usize]
    }

    /// [`Self::passages`], each beside what is left of it without the addresses that are the
    /// network's own here or in `other`: an address that is given out leaves the internet, and that
    /// alone is no change of who reaches whom there.
    pub fn comparable(&self, from: End, to: End, other: &Self) -> Vec<(Passage, &Passage)> {
        let passages = self.passages(from, to).iter();
        if ![from, to].contains(&End::Internet) {
            return passages.map(|it| (it.clone(), it)).collect();
        }
        let without = |far: &Vec<Addresses>| {
            let mut rest = far.clone();
            for own in self.own.iter().chain(&other.own) {
                rest = rest.into_iter().flat_map(|it| it.without(*own)).collect();
            }
            rest
        };
        passages
            .map(|it| (Passage { far: without(&it.far), ..it.clone() }, it))
            .filter(|(rest, _)| !rest.far.is_empty())
            .collect()
    }

    /// The group of an interface; `None` when it was deleted.
    pub fn group_of(&self, interface: InterfaceId) -> Option<End> {
        let place = self.groups.iter().position(|it| it.binary_search(&interface).is_ok())?;
        Some(End::Group(place))
    }

    /// The rows (and columns): the groups, then the on-premises networks, then the internet.
    pub fn ends(&self) -> impl Iterator<Item = End> + use<> {
        let sites: Vec<End> = self.sites.iter().copied().map(End::OnPremises).collect();
        (0..self.groups.len()).map(End::Group).chain(sites).chain([End::Internet])
    }

    fn place(&self, end: End) -> usize {
        match end {
            End::Group(place) => place,
            End::OnPremises(id) => {
                let place = self.sites.iter().position(|it| *it == id);
                self.groups.len() + place.unwrap_or(self.sites.len())
            }
            End::Internet => self.groups.len() + self.sites.len(),
        }
    }
}

/// How many rows the [`matrix`] of a network has: its cost grows with their square.
pub fn ends(network: &Network) -> usize {
    Crowds::of(network).into_list().len() + network.on_premises.iter().count() + 1
}

/// Who can talk to whom with the asked traffic: which packets arrive and are answered.
///
/// Interfaces are dialled as their senders can, see [`ProbeEnd::Interface`]. Exact, as
/// [`reach`](crate::cloud::reach::reach()) is. What hosts outside do among themselves is not in it,
/// on the internet or in on-premises networks.
pub fn matrix(network: &Network, asked: &Traffic) -> Matrix {
    let groups = Crowds::of(network).into_list();
    let sites: Vec<OnPremisesId> = network.on_premises.iter().map(|it| it.0).collect();
    let outsides = [true, false].map(|v4| Outsides {
        internet: Outside::internet(network, v4),
        sites: Outside::sites(network, v4),
    });
    let own = own_addresses(network);
    let mut matrix = Matrix { cells: Vec::new(), groups, sites, passages: vec![Vec::new()], own };
    let mut known: BTreeMap<Vec<Passage>, u32> = BTreeMap::from([(Vec::new(), 0)]);
    let ends: Vec<End> = matrix.ends().collect();
    for &from in &ends {
        for &to in &ends {
            let found = passages(network, &matrix, &outsides, (from, to), asked);
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

/// Everything outside of one family.
struct Outsides {
    internet: Outside,
    sites: Vec<(OnPremisesId, Outside)>,
}

impl Outsides {
    fn of(&self, end: End) -> Option<&Outside> {
        match end {
            End::Internet => Some(&self.internet),
            End::OnPremises(id) => self.sites.iter().find(|it| it.0 == id).map(|it| &it.1),
            End::Group(_) => None,
        }
    }
}

fn passages(
    network: &Network,
    Matrix { groups, own, .. }: &Matrix,
    outsides: &[Outsides; 2],
    ends: (End, End),
    asked: &Traffic,
) -> Vec<Passage> {
    let mut found = Vec::new();
    match ends {
        (End::Group(from), End::Group(to)) => {
            // Two members, when a group talks to itself.
            let from = groups[from][0];
            let Some(&to) = groups[to].iter().find(|it| **it != from) else { return found };
            if !opens(network, from, &|at| network.interfaces[to].has(at)) {
                return found;
            }
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
            let delivered = |trace: &Trace| answered(trace, Receiver::Interface(to));
            let blocks = cut(network, region, None, ask, delivered).into_iter().flat_map(|it| it.1);
            found.extend(blocks.map(|it| Passage { traffic: it.traffic(), far: Vec::new() }));
        }
        (from @ (End::Internet | End::OnPremises(_)), End::Group(group)) => {
            let receiver = groups[group][0];
            let interface = &network.interfaces[receiver];
            let public = interface.public_addresses();
            let private = interface.private_ipv4();
            let v4: Vec<IpAddr> = match from {
                End::Internet => public.collect(),
                _ => private.into_iter().collect(),
            };
            let v6 = interface.addresses.iter().copied().find(IpAddr::is_ipv6);
            for dialled in v4.into_iter().chain(v6) {
                let outside = outsides[usize::from(dialled.is_ipv6())].of(from);
                let Some(outside) = outside else { continue };
                let asked = of_family(asked, dialled);
                let ends = |far| (far, ProbeEnd::Address(dialled));
                let to = Receiver::Interface(receiver);
                across(network, outside, &asked, ends, to, &mut found);
            }
        }
        (End::Group(group), to @ (End::Internet | End::OnPremises(_))) => {
            let from = groups[group][0];
            let is_there = |at| match to {
                End::OnPremises(id) => network.on_premises[id].contains(at),
                _ => is_on_the_internet(at) && !own.iter().any(|it| it.contains(at)),
            };
            if !opens(network, from, &is_there) {
                return found;
            }
            for (outsides, like) in outsides.iter().zip([Network::INTERNET, Network::INTERNET_V6]) {
                if let Some(outside) = outsides.of(to)
                    && network.interfaces[from].address_like(like).is_some()
                {
                    let asked = of_family(asked, like);
                    let ends = |far| (ProbeEnd::Interface(from), far);
                    let to = match to {
                        End::OnPremises(id) => Receiver::OnPremises(id),
                        _ => Receiver::Internet,
                    };
                    across(network, outside, &asked, ends, to, &mut found);
                }
            }
        }
        // What hosts outside do among themselves is none of the network's business.
        (End::Internet | End::OnPremises(_), End::Internet | End::OnPremises(_)) => {}
    }
    found.sort_unstable();
    found
}

/// For whom a packet is meant.
#[derive(Clone, Copy)]
enum Receiver {
    Interface(InterfaceId),
    OnPremises(OnPremisesId),
    /// A host, or whatever AWS has at the address.
    Internet,
}

/// Was the packet received by whom it was meant for, and answered?
fn answered(trace: &Trace, receiver: Receiver) -> Option<()> {
    let right = match (trace.receiver()?, receiver) {
        (_, Receiver::Interface(id)) => arrives(trace, id),
        (Place::OnPremises(site, _), Receiver::OnPremises(id)) => site == id,
        (Place::Internet(..) | Place::Service(_) | Place::Api(_), Receiver::Internet) => true,
        // What is behind it answers for it.
        (_, Receiver::Internet) => {
            trace.places().any(|it| matches!(it, Place::Api(_) | Place::Distribution(_)))
        }
        (_, Receiver::OnPremises(_)) => false,
    };
    (right && trace.is_delivered()).then_some(())
}

/// What passes to or from outside.
fn across(
    network: &Network,
    outside: &Outside,
    asked: &Traffic,
    ends: impl Fn(ProbeEnd) -> (ProbeEnd, ProbeEnd),
    receiver: Receiver,
    found: &mut Vec<Passage>,
) {
    let ask =
        |protocol, port, source_port, at| probe(ends(outside.end(at)), protocol, port, source_port);
    let delivered = |trace: &Trace| answered(trace, receiver);
    let mut ranges: BTreeMap<Traffic, Vec<Addresses>> = BTreeMap::new();
    for &region in outside.regions() {
        let parts = cut(network, Block::new(asked, region), Some(outside), ask, delivered);
        for block in parts.iter().flat_map(|it| &it.1) {
            ranges.entry(block.traffic()).or_default().extend(outside.addresses(block.far));
        }
    }
    for (far, all) in by_address(ranges) {
        found.extend(all.into_iter().map(|traffic| Passage { traffic, far: far.clone() }));
    }
}
