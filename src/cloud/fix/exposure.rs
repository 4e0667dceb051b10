//! What a fix opens besides what was wanted, and what it shuts.

use std::collections::BTreeMap;

use crate::cloud::{
    InterfaceId, Network, OnPremisesId, Probe, ProbeEnd,
    reach::{
        Addresses, Block, End, Matrix, Passage, Protocols, Range, Sources, Traffic, address,
        by_address, join_blocks, matrix, number, own_addresses,
    },
};

/// How a change of the network shows to those who send packets in it: which packets are delivered
/// that were not, and the reverse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exposure {
    /// What is delivered now.
    pub opens: Vec<Opening>,
    /// What is delivered no more.
    pub shuts: Vec<Opening>,
}

/// A block of packets, from some to some others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// Who is called.
    pub to: Sources,
    /// Who calls.
    pub from: Sources,
    /// With what.
    pub traffic: Traffic,
}

impl Opening {
    /// Is somebody inside the network called?
    pub fn is_inbound(&self) -> bool {
        matches!(self.to, Sources::Interfaces(_))
    }

    /// Is the packet in the block? Ends are interfaces and addresses outside.
    pub fn contains(&self, probe: &Probe) -> bool {
        let has = |ends: &Sources, end| match end {
            ProbeEnd::Interface(id) => ends.has_interface(id),
            ProbeEnd::Address(address) => ends.has_address(address),
            ProbeEnd::OnPremises(id, Some(address)) => ends.has_on_premises(id, address),
            ProbeEnd::PublicAddressOf(_)
            | ProbeEnd::NameOf(_)
            | ProbeEnd::NameOfHost(_)
            | ProbeEnd::Host(_)
            | ProbeEnd::Named(_)
            | ProbeEnd::OnPremises(_, None) => false,
        };
        has(&self.from, probe.from)
            && has(&self.to, probe.to)
            && self.traffic.contains(probe.protocol, probe.port, probe.source_port)
    }

    /// How many (source, destination, protocol, port) it holds, weighed by client ports.
    fn weight(&self) -> u128 {
        let clients =
            u128::from(self.traffic.source_ports.high - self.traffic.source_ports.low) + 1;
        let ends = count(&self.from).saturating_mul(count(&self.to));
        ends.saturating_mul(self.traffic.count()).saturating_mul(clients)
    }
}

/// How many interfaces, IPv4 addresses or /64 blocks of IPv6 addresses: a site, in both families.
fn count(ends: &Sources) -> u128 {
    match ends {
        Sources::Interfaces(ids) => ids.len() as u128,
        Sources::Internet(ranges) | Sources::OnPremises(_, ranges) => {
            let sites = |it: &Addresses| {
                let addresses = it.count();
                if it.first.is_ipv4() { addresses } else { addresses.div_ceil(1 << 64) }
            };
            ranges.iter().map(sites).sum()
        }
    }
}

impl Exposure {
    /// How many packets get in anywhere that did not, by source, destination, protocol and port. Of
    /// IPv6, a /64 block counts as one source.
    pub fn opened(&self) -> u128 {
        weigh(self.opens.iter().filter(|it| it.is_inbound()))
    }

    /// How many get out to the internet that did not.
    pub fn opened_outwards(&self) -> u128 {
        weigh(self.opens.iter().filter(|it| !it.is_inbound()))
    }

    /// How many are delivered no more.
    pub fn shut(&self) -> u128 {
        weigh(self.shuts.iter())
    }
}

fn weigh<'o>(openings: impl Iterator<Item = &'o Opening>) -> u128 {
    let clients = Traffic::ALL.source_ports;
    let all_clients = u128::from(clients.high - clients.low) + 1;
    openings.fold(0, |sum: u128, it| sum.saturating_add(it.weight())).div_ceil(all_clients)
}

/// Who can talk to whom, to be compared with later states of the network.
pub(super) struct Before {
    matrix: Matrix,
    own: Vec<Addresses>,
}

impl Before {
    pub fn of(network: &Network) -> Self {
        Self { matrix: matrix(network, &Traffic::ALL), own: own_addresses(network) }
    }

    /// What has changed since then.
    pub fn exposure(&self, network: &Network) -> Exposure {
        let after = Self::of(network);
        // Groups of before and after, cut so fine that each is one in both.
        let mut groups: BTreeMap<(End, End), Vec<InterfaceId>> = BTreeMap::new();
        let place = |matrix: &Matrix| -> BTreeMap<InterfaceId, End> {
            let groups = matrix.groups.iter().enumerate();
            groups.flat_map(|(at, ids)| ids.iter().map(move |id| (*id, End::Group(at)))).collect()
        };
        let (was, is) = (place(&self.matrix), place(&after.matrix));
        for (id, was) in was {
            // What is new or gone has nobody to compare with.
            if let Some(&is) = is.get(&id) {
                groups.entry((was, is)).or_default().push(id);
            }
        }
        let mut ends: Vec<((End, End), &[InterfaceId])> =
            groups.iter().map(|(key, ids)| (*key, ids.as_slice())).collect();
        let stays = |id: &&OnPremisesId| self.matrix.sites.contains(id);
        let sites = after.matrix.sites.iter().filter(stays).copied().map(End::OnPremises);
        ends.extend(sites.chain([End::Internet]).map(|it| ((it, it), &[][..])));
        let mut exposure = Exposure::default();
        for &((from_was, from_is), from) in &ends {
            for &((to_was, to_is), to) in &ends {
                if from_was == to_was && from.len() == 1 && from == to {
                    continue;
                }
                let was = self.matrix.passages(from_was, to_was);
                let is = after.matrix.passages(from_is, to_is);
                if was == is {
                    continue;
                }
                let note = |list: &mut Vec<Opening>, more: &[Passage], less: &[Passage], own| {
                    for (traffic, far) in difference(more, less, own) {
                        let end = |end, ids: &[InterfaceId]| match end {
                            End::Group(_) => Sources::Interfaces(ids.to_vec()),
                            End::OnPremises(id) => Sources::OnPremises(id, far.clone()),
                            End::Internet => Sources::Internet(far.clone()),
                        };
                        list.push(Opening {
                            to: end(to_is, to),
                            from: end(from_is, from),
                            traffic,
                        });
                    }
                };
                // The network's own addresses were nobody's on the internet.
                let internet = [from_is, to_is].contains(&End::Internet);
                let own = |own| if internet { own } else { &[][..] };
                note(&mut exposure.opens, is, was, own(&self.own));
                note(&mut exposure.shuts, was, is, own(&after.own));
            }
        }
        exposure.opens.sort_unstable();
        exposure.shuts.sort_unstable();
        exposure
    }
}

/// What of `more` is not in `less`, and has no address of `own` at its outer end; where that end is
/// outside, by its addresses.
fn difference(
    more: &[Passage],
    less: &[Passage],
    own: &[Addresses],
) -> Vec<(Traffic, Vec<Addresses>)> {
    let outside = more.iter().any(|it| !it.far.is_empty());
    let mut found = Vec::new();
    for v4 in [true, false] {
        let mut rest = pieces(more, v4);
        for block in pieces(less, v4) {
            rest = minus(rest, &block);
        }
        if outside {
            for own in own.iter().filter(|it| it.first.is_ipv4() == v4) {
                let far = Range::from(*own);
                let whole = Traffic { source_ports: crate::net::Ports::ALL, ..Traffic::ALL };
                for block in split(&Block::new(&whole, far)) {
                    rest = minus(rest, &block);
                }
            }
        }
        join_blocks(&mut rest);
        let mut ranges: BTreeMap<Traffic, Vec<_>> = BTreeMap::new();
        for block in rest {
            let far = ranges.entry(block.traffic()).or_default();
            if outside {
                far.push(Addresses {
                    first: address(block.far.low, v4),
                    last: address(block.far.high, v4),
                });
            }
        }
        found.extend(ranges);
    }
    if outside {
        let plain = by_address(found);
        found = (plain.into_iter())
            .flat_map(|(far, all)| all.into_iter().map(move |traffic| (traffic, far.clone())))
            .collect();
    }
    found
}

/// The blocks of passages, those with ports apart from those without. Where there is no far end,
/// the family does not matter: they count as IPv4.
fn pieces(passages: &[Passage], v4: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    for passage in passages {
        if passage.far.is_empty() && v4 {
            blocks.extend(split(&Block::new(&passage.traffic, Range::POINT)));
        }
        for range in passage.far.iter().filter(|it| it.first.is_ipv4() == v4) {
            let far = Range { low: number(range.first), high: number(range.last) };
            blocks.extend(split(&Block::new(&passage.traffic, far)));
        }
    }
    blocks
}

fn split(block: &Block) -> Vec<Block> {
    let with = block.protocols.common(Protocols::WITH_PORTS);
    let without = block.protocols.without(Protocols::WITH_PORTS);
    let all = Block::new(&Traffic::ALL, block.far);
    let parts = [Block { protocols: with, ..*block }, Block { protocols: without, ..all }];
    parts.into_iter().filter(|it| !it.protocols.is_empty()).collect()
}

/// Blocks without what they share with one. All were [`split`].
fn minus(blocks: Vec<Block>, less: &Block) -> Vec<Block> {
    let mut rest = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block.common(less) {
            Some(common) => rest.extend(block.minus(&common)),
            None => rest.push(block),
        }
    }
    rest
}
