//! The addresses outside the VPCs, of the internet and of on-premises networks, numbered without
//! gaps.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        Network, OnPremisesId, ProbeEnd, Registered,
        host::is_on_the_internet,
        internet_gateway::{PRIVATE, SHARED},
        reach::{
            crowd::AMAZON,
            space::{Addresses, Range, address, number},
        },
        route_table::{NAT64, RANGES_KEPT_BY_AWS},
    },
    net::Cidr,
};

/// What no host on the internet has: see [`is_on_the_internet`](crate::cloud::host::is_on_the_internet).
pub(super) const NOT_ON_THE_INTERNET: [Cidr; 15] = [
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
    NAT64,
    Cidr::v6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    Cidr::v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
    Cidr::v6(Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),
];

/// Whose addresses they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Internet,
    OnPremises(OnPremisesId),
}

/// The addresses of one family outside the VPCs: those that hosts on the internet can have, neither
/// private nor reserved, and not this network's own; or those of an on-premises network. They are
/// numbered from 0 so that a range of numbers passes over the gaps.
pub(super) struct Outside {
    whose: Whose,
    v4: bool,
    /// First and last address of a stretch, and the number of its first, ascending.
    stretches: Vec<(u128, u128, u128)>,
    /// All of it, in parts inside which the engine compares addresses with nothing but the rules,
    /// routes and hosts that a packet meets.
    regions: Vec<Range>,
}

impl Outside {
    /// The internet.
    pub fn internet(network: &Network, v4: bool) -> Self {
        let reserved = NOT_ON_THE_INTERNET.map(Addresses::of);
        let mut gaps: Vec<(u128, u128)> = reserved
            .into_iter()
            .chain(own_addresses(network))
            .filter(|it| it.first.is_ipv4() == v4)
            .map(|it| (number(it.first), number(it.last)))
            .collect();
        gaps.sort_unstable();
        // Behind the last gap there is nothing: the highest addresses of both families are reserved.
        let (mut next, mut count) = (0, 0);
        let mut stretches = Vec::new();
        for (first, last) in gaps {
            if next < first {
                stretches.push((next, first - 1, count));
                count += first - next;
            }
            next = next.max(last.saturating_add(1));
        }
        let mut it = Self { whose: Whose::Internet, v4, stretches, regions: Vec::new() };
        it.regions = it.all().into_iter().collect();
        it
    }

    /// An on-premises network. Its blocks may be those of a VPC too, and its addresses those of
    /// interfaces: so it is cut wherever `fences` has an edge, and at those addresses.
    pub fn on_premises(network: &Network, id: OnPremisesId, v4: bool, fences: &[Cidr]) -> Self {
        let blocks = network.on_premises.get(id).map_or(&[][..], |it| &it.cidrs);
        let mut blocks: Vec<Cidr> =
            blocks.iter().copied().filter(|it| it.is_ipv4() == v4).collect();
        blocks.sort_unstable_by_key(|it| (number(it.first()), it.length()));
        // The blocks of a network share nothing.
        let mut stretches: Vec<(u128, u128, u128)> = Vec::new();
        let mut count = 0;
        for block in blocks {
            let (first, last) = (number(block.first()), number(block.last()));
            stretches.push((first, last, count));
            count = count.saturating_add((last - first).saturating_add(1));
        }
        let mut it = Self { whose: Whose::OnPremises(id), v4, stretches, regions: Vec::new() };
        let Some(all) = it.all() else { return it };
        let taken = network
            .interfaces()
            .iter()
            .flat_map(|(_, interface)| interface.every_address().map(Cidr::host));
        let mut starts: Vec<u128> = vec![0];
        for fence in fences.iter().copied().chain(taken) {
            if let Some(inside) = it.numbers(fence) {
                starts.push(inside.low);
                starts.extend(inside.high.checked_add(1).filter(|it| *it <= all.high));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).map(|it| it - 1).chain([all.high]);
        it.regions = starts.iter().zip(ends).map(|(&low, high)| Range { low, high }).collect();
        it
    }

    /// Every on-premises network with addresses of a family.
    pub fn sites(network: &Network, v4: bool) -> Vec<(OnPremisesId, Self)> {
        if network.on_premises.is_empty() {
            return Vec::new();
        }
        let fences = fences(network);
        let sites = network.on_premises.iter();
        let sites = sites.map(|(id, _)| (id, Self::on_premises(network, id, v4, &fences)));
        sites.filter(|(_, it)| !it.regions.is_empty()).collect()
    }

    /// Parts of it which share nothing and make up the whole.
    pub fn regions(&self) -> &[Range] {
        &self.regions
    }

    fn all(&self) -> Option<Range> {
        let &(first, last, count) = self.stretches.last()?;
        Some(Range { low: 0, high: count + (last - first) })
    }

    /// Whoever has the address that has a number.
    pub fn end(&self, at: u128) -> ProbeEnd {
        match self.whose {
            Whose::Internet => ProbeEnd::Address(self.address(at)),
            Whose::OnPremises(id) => ProbeEnd::OnPremises(id, Some(self.address(at))),
        }
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

/// The blocks of addresses by which the engine steers, whatever a packet meets: a host of an
/// on-premises network may have an address in any of them.
fn fences(network: &Network) -> Vec<Cidr> {
    let mut fences: Vec<Cidr> = Vec::new();
    fences.extend(NOT_ON_THE_INTERNET);
    fences.extend(RANGES_KEPT_BY_AWS);
    fences.extend(AMAZON.map(Cidr::host));
    for (_, vpc) in network.vpcs.iter() {
        fences.extend(vpc.cidrs.iter().chain(&vpc.ipv6_cidrs));
        fences.extend(vpc.cidrs.first().and_then(|it| it.nth(2)).map(Cidr::host));
    }
    for (_, subnet) in network.subnets.iter() {
        fences.extend(Some(subnet.cidr).into_iter().chain(subnet.ipv6_cidr));
    }
    fences.extend(network.on_premises.iter().flat_map(|(_, it)| it.cidrs.iter().copied()));
    fences.extend(network.links().flat_map(|(link, _)| network.prefixes(link).to_vec()));
    for (table, _) in network.transit_gateway_route_tables.iter() {
        fences.extend(network.transit_routes(table).iter().map(|it| it.destination));
    }
    for (_, group) in network.target_groups.iter() {
        let addresses = group.targets.iter().filter_map(|it| match it.target {
            Registered::Address(address) => Some(Cidr::host(address)),
            _ => None,
        });
        fences.extend(addresses);
    }
    fences.extend(network.hosts.iter().map(|(_, it)| Cidr::host(it.address)));
    fences.extend(on_aws_side(network));
    fences.sort_unstable();
    fences.dedup();
    fences
}

/// The addresses that no stranger on the internet can have, for they are this network's own: those
/// of interfaces and of regional NAT gateways, and the whole IPv6 blocks of VPCs.
pub(in crate::cloud) fn own_addresses(network: &Network) -> Vec<Addresses> {
    let interfaces = network.interfaces.iter().flat_map(|(_, it)| it.every_address());
    let nats = network.nat_gateways.iter().filter_map(|(_, it)| it.regional());
    let zones = nats.flat_map(|it| &it.zones);
    let nats = zones.flat_map(|it| &it.addresses).map(|it| IpAddr::V4(*it));
    let blocks = network.vpcs.iter().flat_map(|(_, it)| &it.ipv6_cidrs);
    let single = interfaces.chain(nats).map(Addresses::one);
    let mut own: Vec<Addresses> = single
        .chain(blocks.map(|it| Addresses::of(*it)))
        .filter(|it| is_on_the_internet(it.first))
        .collect();
    own.sort_unstable();
    own
}

/// What of the internet is AWS's: the addresses of services, APIs and distributions.
pub(super) fn on_aws_side(network: &Network) -> impl Iterator<Item = Cidr> {
    let services = network.services.iter().flat_map(|(_, it)| it.ranges.iter().copied());
    let apis = network.apis.iter().filter_map(|(_, it)| it.address.map(IpAddr::V4));
    let fronts = network.distributions.iter().flat_map(|(_, it)| it.addresses());
    services.chain(apis.chain(fronts).map(Cidr::host))
}

impl Addresses {
    /// The addresses that hosts on the internet can have, of the family of `some`, and which are not
    /// among these.
    pub fn others_on_the_internet(network: &Network, some: &[Self]) -> Vec<Self> {
        let Some(first) = some.first() else { return Vec::new() };
        let internet = Outside::internet(network, first.first.is_ipv4());
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

impl Addresses {
    /// The same, the lowest first; what makes up a block but for addresses that are the network's
    /// own, as that block: so a rule would write it.
    pub fn joined_over_own(network: &Network, some: &[Self]) -> Vec<Self> {
        let own = own_addresses(network);
        let mut some = some.to_vec();
        some.sort_unstable();
        let whole = |run: &[Self]| {
            let whole = Self { first: run[0].first, last: run[run.len() - 1].last };
            let size = whole.count();
            size.is_power_of_two() && number(whole.first).is_multiple_of(size)
        };
        let runs = some.chunk_by(|one, next| one.reaches(*next, &own));
        let told = |run: &[Self]| match run {
            [first, .., last] if whole(run) => vec![Self { first: first.first, last: last.last }],
            _ => run.to_vec(),
        };
        runs.flat_map(told).collect()
    }

    /// Is there nothing between this range and a higher one but what is in `own`?
    fn reaches(self, next: Self, own: &[Self]) -> bool {
        let v4 = self.first.is_ipv4();
        let (low, high) = (number(self.last) + 1, number(next.first));
        if v4 != next.first.is_ipv4() || low > high {
            return false;
        }
        if low == high {
            return true;
        }
        let gap = Self { first: address(low, v4), last: address(high - 1, v4) };
        let mut rest = vec![gap];
        for own in own.iter().filter(|it| Range::from(**it).common(gap.into()).is_some()) {
            rest = rest.into_iter().flat_map(|it| it.without(*own)).collect();
        }
        rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reserved_here_is_what_no_host_may_have() {
        for range in NOT_ON_THE_INTERNET {
            assert!(!is_on_the_internet(range.first()) && !is_on_the_internet(range.last()));
        }
        for v4 in [true, false] {
            let internet = Outside::internet(&Network::new(), v4);
            // All that is not in a stretch is a reserved block, to the end of the family.
            let whole = if v4 { Cidr::ANY_V4 } else { Cidr::ANY_V6 };
            let mut rest = vec![Addresses::of(whole)];
            let stretches = internet.stretches.iter();
            let held = stretches.map(|it| Range { low: it.0, high: it.1 });
            let reserved = NOT_ON_THE_INTERNET.map(|it| Range::from(Addresses::of(it)));
            let reserved = reserved.into_iter().zip(NOT_ON_THE_INTERNET);
            let reserved = reserved.filter(|it| it.1.is_ipv4() == v4).map(|it| it.0);
            for it in held.chain(reserved) {
                let it = Addresses { first: address(it.low, v4), last: address(it.high, v4) };
                rest = rest.into_iter().flat_map(|rest| rest.without(it)).collect();
            }
            assert_eq!(rest, []);
            for &(first, last, _) in &internet.stretches {
                for at in [first, last, first + (last - first) / 2] {
                    assert!(is_on_the_internet(address(at, v4)), "{}", address(at, v4));
                }
            }
        }
    }

    #[test]
    fn numbers_pass_over_gaps_and_lead_back() {
        let internet = Outside::internet(&Network::new(), true);
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
    fn ranges_are_joined_over_what_is_the_networks_own_and_over_nothing_else() {
        let range = |first: &str, last: &str| Addresses {
            first: first.parse().unwrap(),
            last: last.parse().unwrap(),
        };
        let sample = crate::cloud::sample::Sample::new();
        let one = |text: &str| Addresses::one(text.parse().unwrap());
        let own = own_addresses(&sample.network);
        assert_eq!(own, ["203.0.113.10", "203.0.113.20"].map(one));
        let joined = |some: &[Addresses]| Addresses::joined_over_own(&sample.network, some);
        let (low, high) =
            (range("203.0.113.0", "203.0.113.9"), range("203.0.113.11", "203.0.113.15"));
        assert_eq!(joined(&[high, low]), [range("203.0.113.0", "203.0.113.15")]);
        // Another address is missing too, or the whole would be no block.
        for apart in [
            [low, range("203.0.113.12", "203.0.113.15")],
            [low, range("203.0.113.11", "203.0.113.14")],
            [range("203.0.113.1", "203.0.113.9"), high],
            [range("203.0.113.0", "203.0.113.8"), high],
            [range("9.0.0.0", "9.255.255.255"), range("11.0.0.0", "11.0.0.1")],
        ] {
            assert_eq!(joined(&apart), apart);
        }
        let (four, six) = (range("0.0.0.1", "0.0.0.2"), range("::3", "::4"));
        assert_eq!(joined(&[six, four]), [four, six]);
    }

    #[test]
    fn who_is_left_out_is_told() {
        let network = Network::new();
        let all = Outside::internet(&network, true);
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
