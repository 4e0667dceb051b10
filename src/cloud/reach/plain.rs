//! Sets of packets in the plainest form: which addresses, and all that is said of them.
//!
//! Cutting the space of packets leaves blocks whose seams tell of the order of the cuts. What people
//! read is grouped by address: addresses of which the same is true stand together, and equal sets of
//! traffic are always written as the same blocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    cloud::reach::{
        Addresses, Protocols, Traffic, joined,
        space::{Range, address, number},
    },
    net::Ports,
};

/// The same packets, by address: ranges for which the same traffic is named, and that traffic. No
/// address is in two of them, and no packet in two blocks of traffic.
pub(in crate::cloud) fn by_address(
    parts: impl IntoIterator<Item = (Traffic, Vec<Addresses>)>,
) -> Vec<(Vec<Addresses>, Vec<Traffic>)> {
    let parts: Vec<(Traffic, Vec<Addresses>)> = parts.into_iter().collect();
    let mut alike: BTreeMap<Vec<Traffic>, Vec<Addresses>> = BTreeMap::new();
    for v4 in [true, false] {
        for (which, ranges) in stretches(&parts, v4) {
            let traffic = which.into_iter().map(|it| parts[it].0).collect::<Vec<_>>();
            alike.entry(plain(&traffic)).or_default().extend(ranges);
        }
    }
    alike.into_iter().map(|(traffic, ranges)| (joined(ranges), traffic)).collect()
}

/// The addresses of a family, by which of the parts hold them.
fn stretches(
    parts: &[(Traffic, Vec<Addresses>)],
    v4: bool,
) -> BTreeMap<Vec<usize>, Vec<Addresses>> {
    // What begins at a number, and what has ended there.
    let mut edges: BTreeMap<u128, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (place, (_, ranges)) in parts.iter().enumerate() {
        for range in ranges.iter().filter(|it| it.first.is_ipv4() == v4) {
            edges.entry(number(range.first)).or_default().0.push(place);
            if let Some(behind) = number(range.last).checked_add(1) {
                edges.entry(behind).or_default().1.push(place);
            }
        }
    }
    let last = if v4 { u128::from(u32::MAX) } else { u128::MAX };
    let ends = edges.keys().skip(1).map(|it| it - 1).chain([last]).collect::<Vec<_>>();
    let mut here = BTreeSet::new();
    let mut found: BTreeMap<Vec<usize>, Vec<Addresses>> = BTreeMap::new();
    for ((first, (begin, end)), last) in edges.into_iter().zip(ends) {
        for place in end {
            here.remove(&place);
        }
        here.extend(begin);
        if !here.is_empty() {
            let range = Addresses { first: address(first, v4), last: address(last, v4) };
            found.entry(here.iter().copied().collect()).or_default().push(range);
        }
    }
    found
}

/// The same traffic in blocks that depend on nothing but the set: protocols with the same ports
/// together, ports in order, for each the client ports.
fn plain(parts: &[Traffic]) -> Vec<Traffic> {
    if let [only] = parts {
        return vec![*only];
    }
    // Protocols that are in the same parts have the same ports.
    let mut together: BTreeMap<Vec<usize>, Protocols> = BTreeMap::new();
    for protocol in Protocols::ALL.iter() {
        let holds = |it: &(usize, &Traffic)| it.1.protocols.contains(protocol);
        let which = parts.iter().enumerate().filter(holds).map(|it| it.0).collect();
        let all = together.entry(which).or_insert(Protocols::NONE);
        *all = all.and(Protocols::one(protocol));
    }
    let mut shapes: BTreeMap<Vec<[Range; 2]>, Protocols> = BTreeMap::new();
    for (which, protocols) in together.into_iter().filter(|it| !it.0.is_empty()) {
        let areas = which.iter().map(|it| [parts[*it].ports, parts[*it].source_ports]);
        let shape = slices(&areas.map(|it| it.map(Range::from)).collect::<Vec<_>>());
        let all = shapes.entry(shape).or_insert(Protocols::NONE);
        *all = all.and(protocols);
    }
    let blocks = shapes.into_iter().flat_map(|(shape, protocols)| {
        shape.into_iter().map(move |[ports, source_ports]| Traffic {
            protocols,
            ports: Ports::from(ports),
            source_ports: Ports::from(source_ports),
        })
    });
    blocks.collect()
}

/// An area of two axes in slices along the first, as wide as the second stays the same.
fn slices(areas: &[[Range; 2]]) -> Vec<[Range; 2]> {
    let edges: BTreeSet<u128> = areas.iter().flat_map(|it| [it[0].low, it[0].high + 1]).collect();
    let edges: Vec<u128> = edges.into_iter().collect();
    let mut slices: Vec<(Range, Vec<Range>)> = Vec::new();
    for pair in edges.windows(2) {
        let slice = Range { low: pair[0], high: pair[1] - 1 };
        let across = areas.iter().filter(|it| it[0].contains(slice.low)).map(|it| it[1]);
        let across = joined_ranges(across.collect());
        match slices.last_mut() {
            Some((last, same)) if *same == across && last.high + 1 == slice.low => {
                last.high = slice.high;
            }
            _ => slices.push((slice, across)),
        }
    }
    slices
        .into_iter()
        .flat_map(|(slice, across)| across.into_iter().map(move |it| [slice, it]))
        .collect()
}

fn joined_ranges(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable();
    let mut joined: Vec<Range> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.low <= last.high + 1 => last.high = last.high.max(range.high),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::net::Protocol;

    fn addresses(first: u32, last: u32) -> Addresses {
        Addresses { first: address(first.into(), true), last: address(last.into(), true) }
    }

    fn tcp(low: u16, high: u16) -> Traffic {
        Traffic::to(Protocol::TCP, Ports { low, high })
    }

    #[test]
    fn seams_of_the_cuts_do_not_show() {
        let everything = Traffic::ALL;
        let tcp_alone = Traffic { protocols: Protocols::one(Protocol::TCP), ..everything };
        let rest = Traffic {
            protocols: Protocols::ALL.without(Protocols::one(Protocol::TCP)),
            ..everything
        };
        let cut = [
            (tcp_alone, vec![addresses(0, 9), addresses(20, 29)]),
            (rest, vec![addresses(0, 9)]),
            (rest, vec![addresses(20, 29)]),
            (everything, vec![addresses(10, 19)]),
        ];
        assert_eq!(by_address(cut), [(vec![addresses(0, 29)], vec![everything])]);
    }

    #[test]
    fn addresses_of_which_different_things_are_true_stand_apart() {
        let found = by_address([
            (tcp(80, 80), vec![addresses(0, 9)]),
            (tcp(443, 443), vec![addresses(5, 5)]),
        ]);
        let one = (vec![addresses(5, 5)], vec![tcp(80, 80), tcp(443, 443)]);
        let rest = (vec![addresses(0, 4), addresses(6, 9)], vec![tcp(80, 80)]);
        assert_eq!(found, [rest, one]);
    }

    fn part() -> impl Strategy<Value = (Traffic, Vec<Addresses>)> {
        let range =
            || (0_u16..40, 0_u16..12).prop_map(|(low, more)| Ports { low, high: low + more });
        let protocols =
            prop::sample::select(vec![Protocols::one(Protocol::TCP), Protocols::WITH_PORTS]);
        (protocols, range(), range(), 0_u32..30, 0_u32..9).prop_map(
            |(protocols, ports, source_ports, first, more)| {
                (Traffic { protocols, ports, source_ports }, vec![addresses(first, first + more)])
            },
        )
    }

    proptest! {
        #[test]
        fn the_packets_stay_the_same_and_each_is_named_once(
            parts in prop::collection::vec(part(), 1..6),
            asked in prop::collection::vec((0_u32..44, 0_u16..60, 0_u16..60, any::<bool>()), 60),
        ) {
            let found = by_address(parts.clone());
            for (at, port, source_port, tcp) in asked {
                let at = address(at.into(), true);
                let protocol = if tcp { Protocol::TCP } else { Protocol::UDP };
                let holds = |traffic: &Traffic, ranges: &[Addresses]| {
                    traffic.contains(protocol, port, source_port)
                        && ranges.iter().any(|it| it.contains(at))
                };
                let was = parts.iter().any(|it| holds(&it.0, &it.1));
                let named = found.iter().flat_map(|it| it.1.iter().map(move |one| (one, &it.0)));
                let times = named.filter(|it| holds(it.0, it.1)).count();
                prop_assert_eq!(times, usize::from(was));
            }
        }

        #[test]
        fn equal_sets_are_written_alike(
            parts in prop::collection::vec(part(), 1..5),
            cut in 0_u16..50,
            clients in any::<bool>(),
        ) {
            let halves = parts.iter().flat_map(|(traffic, ranges)| {
                let Ports { low, high } = if clients { traffic.source_ports } else { traffic.ports };
                let with = |ports| {
                    let it = *traffic;
                    if clients {
                        Traffic { source_ports: ports, ..it }
                    } else {
                        Traffic { ports, ..it }
                    }
                };
                [Ports { low, high: high.min(cut) }, Ports { low: low.max(cut + 1), high }]
                    .into_iter()
                    .filter(|it| it.low <= it.high)
                    .map(move |it| (with(it), ranges.clone()))
            });
            prop_assert_eq!(by_address(halves.collect::<Vec<_>>()), by_address(parts.clone()));
        }
    }
}
