//! Sets of packets: which protocols, which ports, which addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::net::{Cidr, Ports, Protocol};

/// A set of IP protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocols([u64; 4]);

impl Protocols {
    /// No protocol.
    pub const NONE: Self = Self([0; 4]);
    /// All 256.
    pub const ALL: Self = Self([u64::MAX; 4]);
    /// Those that carry ports: TCP and UDP.
    pub const WITH_PORTS: Self = Self::one(Protocol::TCP).and(Self::one(Protocol::UDP));

    /// One protocol alone.
    #[must_use]
    pub const fn one(protocol: Protocol) -> Self {
        let mut words = [0; 4];
        words[protocol.0 as usize / 64] = 1 << (protocol.0 % 64);
        Self(words)
    }

    /// What is in either set.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]])
    }

    /// What is in both sets.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] & b[0], a[1] & b[1], a[2] & b[2], a[3] & b[3]])
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        let b = other.0;
        self.common(Self([!b[0], !b[1], !b[2], !b[3]]))
    }

    /// Is the protocol in the set?
    #[must_use]
    pub const fn contains(self, protocol: Protocol) -> bool {
        self.0[protocol.0 as usize / 64] >> (protocol.0 % 64) & 1 == 1
    }

    /// Is it the empty set?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The protocols in the set, by number.
    pub fn iter(self) -> impl Iterator<Item = Protocol> {
        (0..=u8::MAX).map(Protocol).filter(move |it| self.contains(*it))
    }

    /// The one that stands for the set: a well-known one when there is one.
    fn first(self) -> Option<Protocol> {
        [Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol::ICMPV6]
            .into_iter()
            .find(|it| self.contains(*it))
            .or_else(|| self.iter().next())
    }
}

impl FromIterator<Protocol> for Protocols {
    fn from_iter<I: IntoIterator<Item = Protocol>>(protocols: I) -> Self {
        protocols.into_iter().fold(Self::NONE, |set, it| set.and(Self::one(it)))
    }
}

/// A block of traffic: every protocol of a set, to every port of a range, from every client port of
/// a range. For protocols without ports the ranges mean nothing and hold every port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Traffic {
    /// The protocols.
    pub protocols: Protocols,
    /// The destination ports.
    pub ports: Ports,
    /// The ports that the client sends from: where the answer goes.
    pub source_ports: Ports,
}

impl Traffic {
    /// Everything that a client sends. Clients send from 1024 to 65535: Linux from 32768 to 60999,
    /// Windows from 49152 up, NAT gateways, load balancers and functions from anywhere in it
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports>).
    pub const ALL: Self =
        Self { protocols: Protocols::ALL, ports: Ports::ALL, source_ports: CLIENT_PORTS };

    /// One protocol to a range of ports, from every port that clients use.
    #[must_use]
    pub const fn to(protocol: Protocol, ports: Ports) -> Self {
        Self { protocols: Protocols::one(protocol), ports, source_ports: CLIENT_PORTS }
    }

    /// Is such a packet in the block?
    pub fn contains(&self, protocol: Protocol, port: u16, source_port: u16) -> bool {
        self.protocols.contains(protocol)
            && (!protocol.has_ports()
                || self.ports.contains(port) && self.source_ports.contains(source_port))
    }

    /// How many packets there are in it, by protocol and destination port.
    pub fn count(&self) -> u128 {
        let ports = u128::from(self.ports.high - self.ports.low) + 1;
        let with_ports = self.protocols.common(Protocols::WITH_PORTS).count();
        let without = self.protocols.without(Protocols::WITH_PORTS).count();
        ports * u128::from(with_ports) + u128::from(without)
    }
}

/// The ports that clients send from: see [`Traffic::ALL`].
pub const CLIENT_PORTS: Ports = Ports { low: 1024, high: u16::MAX };

/// Addresses from the first to the last, both included, of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Addresses {
    /// The lowest.
    pub first: IpAddr,
    /// The highest, never below the lowest.
    pub last: IpAddr,
}

impl Addresses {
    /// Those of a block.
    pub fn of(cidr: Cidr) -> Self {
        Self { first: cidr.first(), last: cidr.last() }
    }

    /// One address alone.
    pub const fn one(address: IpAddr) -> Self {
        Self { first: address, last: address }
    }

    /// Is the address inside? Families never mix.
    pub fn contains(self, address: IpAddr) -> bool {
        address.is_ipv4() == self.first.is_ipv4() && self.first <= address && address <= self.last
    }

    /// Does it hold the whole block?
    pub fn covers(self, cidr: Cidr) -> bool {
        self.contains(cidr.first()) && self.contains(cidr.last())
    }

    /// Does the other one begin right behind this one?
    pub(in crate::cloud) fn touches(self, next: Self) -> bool {
        self.last.is_ipv4() == next.first.is_ipv4()
            && number(self.last).checked_add(1) == Some(number(next.first))
    }

    /// What is left without others.
    pub(in crate::cloud) fn without(self, others: Self) -> impl Iterator<Item = Self> {
        let v4 = self.first.is_ipv4();
        let all = Range::from(self);
        let common = all.common(others.into()).filter(|_| others.first.is_ipv4() == v4);
        let rest = common.map_or([Some(all), None], |common| all.around(common));
        rest.into_iter()
            .flatten()
            .map(move |it| Self { first: address(it.low, v4), last: address(it.high, v4) })
    }

    /// How many there are.
    pub fn count(self) -> u128 {
        (number(self.last) - number(self.first)).saturating_add(1)
    }
}

/// An address as a number.
pub(in crate::cloud) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(it) => u128::from(it.to_bits()),
        IpAddr::V6(it) => it.to_bits(),
    }
}

/// The address of a family that has this number.
pub(in crate::cloud) fn address(number: u128, v4: bool) -> IpAddr {
    if v4 {
        IpAddr::V4(Ipv4Addr::from_bits(number as u32))
    } else {
        IpAddr::V6(Ipv6Addr::from_bits(number))
    }
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cloud) struct Range {
    pub low: u128,
    pub high: u128,
}

impl Range {
    /// Where there is nothing to vary.
    pub const POINT: Self = Self { low: 0, high: 0 };

    pub fn contains(self, it: u128) -> bool {
        self.low <= it && it <= self.high
    }

    /// What both have.
    pub fn common(self, other: Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Self { low, high })
    }

    /// Narrows the range, which contains `point`, to where everything is as it is at `point` with
    /// regard to `edge`: inside it, or outside it on the same side.
    pub fn narrow(&mut self, edge: Self, point: u128) {
        if point < edge.low {
            self.high = self.high.min(edge.low - 1);
        } else if edge.high < point {
            self.low = self.low.max(edge.high + 1);
        } else {
            (self.low, self.high) = (self.low.max(edge.low), self.high.min(edge.high));
        }
    }

    /// What of this range is below and above `inner`, which lies inside it.
    fn around(self, inner: Self) -> [Option<Self>; 2] {
        [
            (self.low < inner.low).then(|| Self { low: self.low, high: inner.low - 1 }),
            (inner.high < self.high).then(|| Self { low: inner.high + 1, high: self.high }),
        ]
    }

    /// The union, when it is a range.
    fn join(self, other: Self) -> Option<Self> {
        let touch =
            self.low <= other.high.saturating_add(1) && other.low <= self.high.saturating_add(1);
        touch.then(|| Self { low: self.low.min(other.low), high: self.high.max(other.high) })
    }
}

impl From<Addresses> for Range {
    fn from(addresses: Addresses) -> Self {
        Self { low: number(addresses.first), high: number(addresses.last) }
    }
}

impl From<Ports> for Range {
    fn from(ports: Ports) -> Self {
        Self { low: ports.low.into(), high: ports.high.into() }
    }
}

impl From<Range> for Ports {
    fn from(range: Range) -> Self {
        Self { low: range.low as u16, high: range.high as u16 }
    }
}

/// A block of packets: protocols, by ports, by client ports, by far addresses (as numbers).
///
/// Where ports are cut, there are only protocols that have them: for the others the ranges are whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cloud) struct Block {
    pub protocols: Protocols,
    pub ports: Range,
    pub source_ports: Range,
    pub far: Range,
}

impl Block {
    pub fn new(traffic: &Traffic, far: Range) -> Self {
        Self {
            protocols: traffic.protocols,
            ports: traffic.ports.into(),
            source_ports: traffic.source_ports.into(),
            far,
        }
    }

    pub fn traffic(&self) -> Traffic {
        Traffic {
            protocols: self.protocols,
            ports: self.ports.into(),
            source_ports: self.source_ports.into(),
        }
    }

    /// The protocol, port, client port and far address that stand for the block.
    pub fn corner(&self) -> Option<(Protocol, u16, u16, u128)> {
        let protocol = self.protocols.first()?;
        Some((protocol, self.ports.low as u16, self.source_ports.low as u16, self.far.low))
    }

    /// What of this block is not in `inner`, which lies inside it, as blocks that share nothing.
    pub fn minus(&self, inner: &Self) -> Vec<Self> {
        let mut rest = Vec::new();
        let others = self.protocols.without(inner.protocols);
        if !others.is_empty() {
            rest.push(Self { protocols: others, ..*self });
        }
        let same = Self { protocols: inner.protocols, ..*self };
        let near = Self { far: inner.far, ..same };
        let port = Self { ports: inner.ports, ..near };
        let [far, ports, source_ports] = [
            self.far.around(inner.far),
            self.ports.around(inner.ports),
            self.source_ports.around(inner.source_ports),
        ];
        rest.extend(far.into_iter().flatten().map(|far| Self { far, ..same }));
        rest.extend(ports.into_iter().flatten().map(|ports| Self { ports, ..near }));
        let back = source_ports.into_iter().flatten();
        rest.extend(back.map(|source_ports| Self { source_ports, ..port }));
        rest
    }

    /// What two blocks have in common, of which each has only protocols with ports or only others.
    pub fn common(&self, other: &Self) -> Option<Self> {
        let protocols = self.protocols.common(other.protocols);
        if protocols.is_empty() {
            return None;
        }
        Some(Self {
            protocols,
            ports: self.ports.common(other.ports)?,
            source_ports: self.source_ports.common(other.source_ports)?,
            far: self.far.common(other.far)?,
        })
    }

    /// The union, when it is a block.
    fn join(&self, other: &Self) -> Option<Self> {
        let same = [
            self.protocols == other.protocols,
            self.ports == other.ports,
            self.source_ports == other.source_ports,
            self.far == other.far,
        ];
        if same.iter().filter(|it| **it).count() < 3 {
            return None;
        }
        Some(Self {
            protocols: self.protocols.and(other.protocols),
            ports: self.ports.join(other.ports)?,
            source_ports: self.source_ports.join(other.source_ports)?,
            far: self.far.join(other.far)?,
        })
    }
}

/// Joins blocks that share nothing into fewer that hold the same.
pub(in crate::cloud) fn join_blocks(blocks: &mut Vec<Block>) {
    // Neighbours along one axis stand side by side when the others sort first.
    type Axis = fn(&Block) -> (Protocols, [Range; 3]);
    const AXES: [Axis; 4] = [
        |it| (it.protocols, [it.far, it.ports, it.source_ports]),
        |it| (it.protocols, [it.far, it.source_ports, it.ports]),
        |it| (it.protocols, [it.ports, it.source_ports, it.far]),
        |it| (Protocols::NONE, [it.ports, it.source_ports, it.far]),
    ];
    loop {
        let before = blocks.len();
        for axis in AXES {
            blocks.sort_unstable_by_key(|it| (axis(it), it.protocols));
            let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
            for block in blocks.drain(..) {
                match joined.last_mut().and_then(|last| Some((last.join(&block)?, last))) {
                    Some((both, last)) => *last = both,
                    None => joined.push(block),
                }
            }
            *blocks = joined;
        }
        if blocks.len() == before {
            blocks.sort_unstable();
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: u128, high: u128) -> Range {
        Range { low, high }
    }

    fn addresses(first: &str, last: &str) -> Addresses {
        Addresses { first: first.parse().unwrap(), last: last.parse().unwrap() }
    }

    #[test]
    fn ranges_share_and_join_at_their_ends() {
        assert_eq!(range(1, 5).common(range(5, 9)), Some(range(5, 5)));
        assert_eq!(range(1, 4).common(range(5, 9)), None);
        assert_eq!(range(1, 4).join(range(5, 9)), Some(range(1, 9)));
        assert_eq!(range(5, 9).join(range(1, 4)), Some(range(1, 9)));
        assert_eq!(range(1, 3).join(range(5, 9)), None);
        assert_eq!(range(5, 9).join(range(1, 3)), None);
        assert_eq!(range(0, u128::MAX).join(range(3, 4)), Some(range(0, u128::MAX)));
    }

    #[test]
    fn a_range_narrows_to_the_side_of_an_edge_that_a_point_is_on() {
        for (point, narrow) in [(4, (0, 4)), (5, (5, 7)), (7, (5, 7)), (8, (8, 20))] {
            let mut it = range(0, 20);
            it.narrow(range(5, 7), point);
            assert_eq!(it, range(narrow.0, narrow.1), "at {point}");
        }
        assert_eq!(range(0, 9).around(range(0, 9)), [None, None]);
        let rest = [Some(range(0, 2)), Some(range(6, 9))];
        assert_eq!(range(0, 9).around(range(3, 5)), rest);
    }

    #[test]
    fn addresses_cover_whole_blocks_and_touch_neighbours_of_their_family() {
        let it = addresses("10.0.0.0", "10.0.0.127");
        assert!(it.covers("10.0.0.64/26".parse().unwrap()));
        assert!(!it.covers("10.0.0.0/24".parse().unwrap()), "its last address is outside");
        assert!(!addresses("10.0.0.5", "10.0.0.255").covers("10.0.0.0/24".parse().unwrap()));
        assert!(it.touches(addresses("10.0.0.128", "10.0.0.130")));
        assert!(!it.touches(addresses("10.0.0.129", "10.0.0.130")));
        assert!(!addresses("0.0.0.0", "0.0.0.9").touches(addresses("::a", "::b")));
    }

    #[test]
    fn addresses_without_others_are_what_is_left_on_either_side() {
        let it = addresses("203.0.113.8", "203.0.113.15");
        let rest = |others| it.without(others).collect::<Vec<_>>();
        let one = |text: &str| Addresses::one(text.parse().unwrap());
        let below = addresses("203.0.113.8", "203.0.113.11");
        let above = addresses("203.0.113.13", "203.0.113.15");
        assert_eq!(rest(one("203.0.113.12")), [below, above]);
        assert_eq!(rest(one("203.0.113.8")), [addresses("203.0.113.9", "203.0.113.15")]);
        assert_eq!(rest(one("203.0.113.15")), [addresses("203.0.113.8", "203.0.113.14")]);
        assert_eq!(rest(addresses("203.0.113.0", "203.0.113.12")), [above]);
        assert_eq!(rest(addresses("203.0.113.0", "203.0.113.15")), []);
        assert_eq!(rest(one("203.0.113.7")), [it]);
        // 0.0.0.9 and ::9 have one number.
        let low = addresses("0.0.0.0", "0.0.0.99");
        assert_eq!(low.without(one("::9")).collect::<Vec<_>>(), [low]);
    }

    /// So few blocks as possible, or what is printed of them has no end; and never more or less
    /// packets than before.
    #[test]
    fn blocks_that_make_up_one_are_joined_again() {
        let whole = Block::new(&Traffic::to(Protocol::TCP, Ports::ALL), range(0, 99));
        let inner = Block { ports: range(20, 30), far: range(10, 20), ..whole };
        let mut parts = whole.minus(&inner);
        assert_eq!(parts.len(), 4);
        assert!(parts.iter().all(|it| it.common(&inner).is_none()));
        parts.push(inner);
        parts.reverse();
        join_blocks(&mut parts);
        assert_eq!(parts, [whole]);
        // Two that differ in more than one way are no block together.
        let apart = vec![
            Block { ports: range(0, 9), far: range(0, 9), ..whole },
            Block { ports: range(10, 19), far: range(10, 19), ..whole },
        ];
        let mut same = apart.clone();
        join_blocks(&mut same);
        assert_eq!(same, apart);
        let apart = vec![
            Block { source_ports: range(1024, 2000), far: range(0, 9), ..whole },
            Block { source_ports: range(2001, 3000), far: range(10, 19), ..whole },
        ];
        let mut same = apart.clone();
        join_blocks(&mut same);
        assert_eq!(same, apart);
    }
}
