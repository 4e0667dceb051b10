//! The addresses of the internet, numbered without gaps.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        Network,
        internet_gateway::{PRIVATE, SHARED},
        reach::space::{Addresses, Range, address, number},
    },
    net::Cidr,
};

/// What no host on the internet has: see [`is_on_the_internet`](crate::cloud::host::is_on_the_internet).
pub(super) const NOT_ON_THE_INTERNET: [Cidr; 14] = [
    Cidr::v4(Ipv4Addr::UNSPECIFIED, 8),
    Cidr::v4(Ipv4Addr::new(127, 0, 0, 0), 8),
    Cidr::v4(Ipv4Addr::new(169, 254, 0, 0), 16),
    Cidr::v4(Ipv4Addr::new(224, 0, 0, 0), 4),
    Cidr::v4(Ipv4Addr::BROADCAST, 32),
    PRIVATE[0],
    PRIVATE[1],
    PRIVATE[2],
    SHARED,
    Cidr::v6(Ipv6Addr::UNSPECIFIED, 128),
    Cidr::v6(Ipv6Addr::LOCALHOST, 128),
    Cidr::v6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    Cidr::v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
    Cidr::v6(Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),
];

/// The addresses of one family that hosts on the internet can have: neither private nor reserved,
/// and nobody's in this network. They are numbered from 0 so that a range of numbers passes over
/// the gaps.
pub(super) struct Internet {
    v4: bool,
    /// First and last address of a stretch, and the number of its first, ascending.
    stretches: Vec<(u128, u128, u128)>,
}

impl Internet {
    pub fn new(network: &Network, v4: bool) -> Self {
        let reserved = NOT_ON_THE_INTERNET.iter().map(|it| (it.first(), it.last()));
        let own = network.interfaces().iter().flat_map(|(_, interface)| {
            let public = interface.public_address.map(|it| IpAddr::V4(it.address));
            interface.addresses.iter().copied().chain(public).map(|it| (it, it))
        });
        let mut gaps: Vec<(u128, u128)> = reserved
            .chain(own)
            .filter(|(first, _)| first.is_ipv4() == v4)
            .map(|(first, last)| (number(first), number(last)))
            .collect();
        gaps.sort_unstable();
        let end = if v4 { u128::from(u32::MAX) } else { u128::MAX };
        let mut stretches = Vec::new();
        let (mut next, mut count) = (Some(0), 0);
        for (first, last) in gaps {
            let Some(from) = next else { break };
            if from < first {
                stretches.push((from, first - 1, count));
                count += first - from;
            }
            next = last.checked_add(1).map(|it| it.max(from)).filter(|it| *it <= end);
        }
        if let Some(from) = next {
            stretches.push((from, end, count));
        }
        Self { v4, stretches }
    }

    /// All of it; `None` when nothing is left.
    pub fn all(&self) -> Option<Range> {
        let &(first, last, count) = self.stretches.last()?;
        Some(Range { low: 0, high: count + (last - first) })
    }

    /// The address that has a number.
    pub fn address(&self, at: u128) -> IpAddr {
        let place = self.stretches.partition_point(|it| it.2 <= at) - 1;
        let (first, _, count) = self.stretches[place];
        address(first + (at - count), self.v4)
    }

    /// The number of an address, when it has one.
    #[cfg(test)]
    pub fn number(&self, of: IpAddr) -> Option<u128> {
        (of.is_ipv4() == self.v4).then_some(())?;
        let of = number(of);
        let place = self.stretches.partition_point(|it| it.0 <= of).checked_sub(1)?;
        let (first, last, count) = self.stretches[place];
        (of <= last).then(|| count + (of - first))
    }

    /// The numbers of the addresses of a block; `None` when it has none here.
    pub fn numbers(&self, cidr: Cidr) -> Option<Range> {
        (cidr.is_ipv4() == self.v4).then_some(())?;
        let (first, last) = (number(cidr.first()), number(cidr.last()));
        // The first stretch that ends in the block or behind it, the last that starts before its end.
        let low = self.stretches.partition_point(|it| it.1 < first);
        let high = self.stretches.partition_point(|it| it.0 <= last).checked_sub(1)?;
        if low > high {
            return None;
        }
        let (start, _, from) = self.stretches[low];
        let (begin, end, to) = self.stretches[high];
        Some(Range { low: from + (first.max(start) - start), high: to + (last.min(end) - begin) })
    }

    /// The addresses that have these numbers.
    pub fn addresses(&self, range: Range) -> Vec<Addresses> {
        let start = self.stretches.partition_point(|it| it.2 <= range.low) - 1;
        self.stretches[start..]
            .iter()
            .take_while(|it| it.2 <= range.high)
            .map(|&(first, last, count)| {
                let low = first + range.low.saturating_sub(count);
                let high = last.min(first.saturating_add(range.high - count));
                Addresses { first: address(low, self.v4), last: address(high, self.v4) }
            })
            .collect()
    }
}

impl Addresses {
    /// The addresses that hosts on the internet can have, of the family of `some`, and which are not
    /// among these.
    pub fn others_on_the_internet(network: &Network, some: &[Self]) -> Vec<Self> {
        let Some(first) = some.first() else { return Vec::new() };
        let internet = Internet::new(network, first.first.is_ipv4());
        let Some(all) = internet.all() else { return Vec::new() };
        let mut held: Vec<Self> = some.to_vec();
        held.sort_unstable();
        let mut others = Vec::new();
        for stretch in internet.addresses(all) {
            let mut next = Some(number(stretch.first));
            for it in &held {
                let Some(from) = next else { break };
                let (low, high) = (number(it.first), number(it.last));
                if high < from || low > number(stretch.last) {
                    continue;
                }
                if from < low {
                    let last = address(low - 1, internet.v4);
                    others.push(Self { first: address(from, internet.v4), last });
                }
                next = high.checked_add(1);
            }
            if let Some(from) = next.filter(|from| *from <= number(stretch.last)) {
                others.push(Self { first: address(from, internet.v4), last: stretch.last });
            }
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::host::is_on_the_internet;

    #[test]
    fn what_is_reserved_here_is_what_no_host_may_have() {
        for range in NOT_ON_THE_INTERNET {
            assert!(!is_on_the_internet(range.first()) && !is_on_the_internet(range.last()));
        }
        for v4 in [true, false] {
            let internet = Internet::new(&Network::new(), v4);
            for &(first, last, _) in &internet.stretches {
                for at in [first, last, first + (last - first) / 2] {
                    assert!(is_on_the_internet(address(at, v4)), "{}", address(at, v4));
                }
            }
        }
    }

    #[test]
    fn numbers_pass_over_gaps_and_lead_back() {
        let internet = Internet::new(&Network::new(), true);
        let all = internet.all().unwrap();
        for at in [0, 1, all.high / 3, all.high / 2, all.high] {
            assert_eq!(internet.number(internet.address(at)), Some(at));
        }
        assert_eq!(internet.number("10.0.0.1".parse().unwrap()), None);
        assert_eq!(internet.numbers("10.0.0.0/16".parse().unwrap()), None);
        assert_eq!(internet.numbers(Cidr::ANY_V4), Some(all));
        assert_eq!(internet.numbers(Cidr::ANY_V6), None);
        // 8.0.0.0 to 11.255.255.255, without 10.0.0.0/8.
        let around = internet.numbers("8.0.0.0/6".parse().unwrap()).unwrap();
        assert_eq!(around.high - around.low + 1, 3 << 24);
        let text: Vec<String> = (internet.addresses(around).iter())
            .map(|it| format!("{}-{}", it.first, it.last))
            .collect();
        assert_eq!(text, ["8.0.0.0-9.255.255.255", "11.0.0.0-11.255.255.255"]);
    }

    #[test]
    fn who_is_left_out_is_told() {
        let network = Network::new();
        let all = Internet::new(&network, true);
        let all = all.addresses(all.all().unwrap());
        assert_eq!(Addresses::others_on_the_internet(&network, &all), []);
        let one = |text: &str| Addresses::one(text.parse().unwrap());
        let few = [one("8.8.8.8"), one("9.9.9.9")];
        let others = Addresses::others_on_the_internet(&network, &few);
        let held = |address: &str| others.iter().any(|it| it.contains(address.parse().unwrap()));
        assert!(held("8.8.8.7") && held("8.8.8.9") && held("203.0.113.1"));
        assert!(!held("8.8.8.8") && !held("9.9.9.9") && !held("10.0.0.1"));
        assert_eq!(Addresses::others_on_the_internet(&network, &others), few);
    }
}
