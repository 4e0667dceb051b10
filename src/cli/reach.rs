//! `hanulgil reach`: who can reach what, exactly.

use std::{cmp::Reverse, collections::BTreeMap, io, net::IpAddr};

use serde_json::{Value, json};

use super::{
    FINE, arguments, colour, print, print_error, refuse,
    source::Source,
    trace::{self, Paint},
};
use crate::{
    cloud::{
        InterfaceId, Matrix, OnPremisesId, ProbeEnd, Reach, Thing,
        reach::{
            Addresses, End, Fate, Passage, Protocols, ReachEntry, Sources, Traffic, matrix,
            reach as who,
        },
    },
    i18n::Lang,
    net::Ports,
    tell::{Teller, reach::range, written},
    text::line::break_text,
};

/// Says who can reach what, and answers with the exit status.
pub fn reach(request: &arguments::Reach, lang: Lang) -> u8 {
    let source = match Source::open(&request.scene, request.pack.as_deref(), lang, request.json) {
        Ok(source) => source,
        Err(status) => return status,
    };
    let network = source.network();
    let teller = Teller::new(network, lang);
    let answer = |mut object: Value| {
        source.finish(&mut object, false, lang);
        format!("{object}\n")
    };
    let text = if let Some(name) = &request.to {
        let to = match source.interfaces(name, lang) {
            Ok(to) => to,
            Err(why) => return refuse(lang, request.json, &why),
        };
        let found: Vec<Reach> = to.iter().map(|it| who(network, *it, &Traffic::ALL)).collect();
        match &found[..] {
            [one] if request.json => answer(reach_object(&teller, one)),
            several if request.json => answer(json!({
                "to": name,
                "interfaces": several.iter().map(|it| reach_object(&teller, it)).collect::<Vec<_>>(),
            })),
            all => all.iter().map(|it| reach_text(&teller, it)).collect::<Vec<_>>().join("\n"),
        }
    } else {
        let found = matrix(network, &Traffic::ALL);
        if request.json {
            answer(matrix_object(&teller, &found))
        } else {
            matrix_text(&teller, &found)
        }
    };
    print(&text);
    print_error(&source.unread(false, lang));
    FINE
}

/// `{"protocols": ["tcp"], "ports": "443", "client_ports": "1024-65535"}`. Where no protocol has
/// ports the ranges are null.
pub fn traffic_object(traffic: &Traffic) -> Value {
    let protocols = if traffic.protocols == Protocols::ALL {
        json!("all")
    } else {
        json!(traffic.protocols.iter().map(|it| it.to_string()).collect::<Vec<_>>())
    };
    let has_ports = !traffic.protocols.common(Protocols::WITH_PORTS).is_empty();
    let ports = |it: Ports| has_ports.then(|| it.to_string());
    json!({
        "protocols": protocols,
        "ports": ports(traffic.ports),
        "client_ports": ports(traffic.source_ports),
    })
}

/// `{"interfaces": [..]}`, `{"internet": [..]}` or `{"on_premises": NAME, "addresses": [..]}`: ranges
/// of addresses, both ends included.
pub fn ends_object(teller: &Teller<'_>, ends: &Sources) -> Value {
    match ends {
        Sources::Interfaces(ids) => json!({ "interfaces": interfaces(teller, ids) }),
        Sources::Internet(ranges) => {
            json!({ "internet": addresses(ranges) })
        }
        Sources::OnPremises(id, ranges) => {
            json!({ "on_premises": site(teller, *id), "addresses": addresses(ranges) })
        }
    }
}

fn addresses(ranges: &[Addresses]) -> Vec<String> {
    ranges.iter().map(|it| range(*it)).collect()
}

fn site(teller: &Teller<'_>, id: OnPremisesId) -> String {
    written::end(teller.network(), ProbeEnd::OnPremises(id, None))
}

fn interfaces(teller: &Teller<'_>, ids: &[InterfaceId]) -> Vec<String> {
    ids.iter().map(|it| written::interface(teller.network(), *it)).collect()
}

fn reach_object(teller: &Teller<'_>, found: &Reach) -> Value {
    let entry = |it: &ReachEntry| {
        let (fate, code) = match it.fate {
            Fate::Answered => ("answered", None),
            Fate::Refused => ("refused", None),
            Fate::Unanswered(cause) => ("unanswered", Some(cause)),
            Fate::Astray => ("astray", None),
            Fate::KeptOut(cause) => ("kept-out", Some(cause)),
        };
        json!({
            "from": ends_object(teller, &it.sources),
            "dialled": it.dialled,
            "traffic": traffic_object(&it.traffic),
            "fate": fate,
            "code": code.map(|it| it.code().as_str()),
            "by": teller.decided(it),
        })
    };
    let all = |gets_in: bool| -> Vec<Value> {
        found.entries.iter().filter(|it| it.fate.gets_in() == gets_in).map(entry).collect()
    };
    json!({
        "to": written::interface(teller.network(), found.to),
        "gets_in": all(true),
        "kept_out": all(false),
    })
}

/// Who gets in, one block of packets a paragraph.
fn reach_text(teller: &Teller<'_>, found: &Reach) -> String {
    let words = &teller.lang().strings().fix;
    let mut page = Page::new();
    let interface = &teller.network().interfaces()[found.to];
    let public = interface.public_address.map(|it| IpAddr::V4(it.address));
    let addresses: Vec<IpAddr> = interface.addresses.iter().copied().chain(public).collect();
    let name = written::interface(teller.network(), found.to);
    page.say(0, &page.paint.bold(&(words.who_reaches)(&name, &told(&addresses))));
    let mut entries: Vec<&ReachEntry> = found.admitted().collect();
    if entries.is_empty() {
        page.say(2, words.nobody);
        return page.text;
    }
    entries.sort_by_key(|it| it.fate);
    // What the same people send that passes by the same rules is told once.
    let mut blocks: Vec<(&ReachEntry, Vec<String>)> = Vec::new();
    for entry in entries {
        let of = |it: &ReachEntry| (it.fate, it.dialled, it.at, it.by.clone(), it.sources.clone());
        let traffic = teller.traffic(&entry.traffic);
        match blocks.iter_mut().find(|it| of(it.0) == of(entry)) {
            Some((_, known)) => known.push(traffic),
            None => blocks.push((entry, vec![traffic])),
        }
    }
    // Addresses of a delegated prefix fare alike by the dozen: what differs in them alone is said once.
    let mut alike: Vec<(Fate, String, String, Vec<IpAddr>)> = Vec::new();
    for (entry, traffic) in blocks {
        let line = format!("{}: {}", teller.sources(&entry.sources), traffic.join("; "));
        let by = teller.decided(entry).join("; ");
        let same = |it: &&mut (Fate, String, String, Vec<IpAddr>)| {
            it.0 == entry.fate && it.1 == line && it.2 == by
        };
        match alike.iter_mut().find(same) {
            Some(known) => known.3.push(entry.dialled),
            None => alike.push((entry.fate, line, by, vec![entry.dialled])),
        }
    }
    let mut fate = None;
    for (own, mut line, by, dialled) in alike {
        if fate != Some(own) {
            fate = Some(own);
            page.say(0, "");
            page.say(0, &teller.fate(own));
        }
        if addresses.len() > 1 {
            line.extend([" (", &(words.dialled)(&told(&dialled)), ")"]);
        }
        page.say(2, &line);
        page.say(6, &format!("{}: {by}", words.by));
    }
    page.say(0, "");
    page.say(0, words.everything_else);
    page.text
}

/// Addresses in their order, three and more in a row as a range.
fn told(addresses: &[IpAddr]) -> String {
    let follows = |one: IpAddr, next: IpAddr| match (one, next) {
        (IpAddr::V4(one), IpAddr::V4(next)) => u32::from(one).checked_add(1) == Some(next.into()),
        (IpAddr::V6(one), IpAddr::V6(next)) => u128::from(one).checked_add(1) == Some(next.into()),
        _ => false,
    };
    let rows = addresses.chunk_by(|one, next| follows(*one, *next));
    let parts = rows.flat_map(|row| match row {
        [first, _, .., last] => vec![format!("{first}-{last}")],
        few => few.iter().map(ToString::to_string).collect(),
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn matrix_object(teller: &Teller<'_>, found: &Matrix) -> Value {
    let end = |it: End| match it {
        End::Group(place) => json!(place),
        End::OnPremises(id) => json!({ "on_premises": site(teller, id) }),
        End::Internet => json!("internet"),
    };
    let passage = |it: &Passage, outside: &str| {
        let far = (!it.far.is_empty()).then(|| addresses(&it.far));
        json!({ "traffic": traffic_object(&it.traffic), outside: far })
    };
    let mut cells = Vec::new();
    for from in found.ends() {
        for to in found.ends() {
            let passages = found.passages(from, to);
            if !passages.is_empty() {
                let site = [from, to].iter().any(|it| matches!(it, End::OnPremises(_)));
                let outside = if site { "addresses" } else { "internet" };
                cells.push(json!({
                    "from": end(from),
                    "to": end(to),
                    "passages": passages.iter().map(|it| passage(it, outside)).collect::<Vec<_>>(),
                }));
            }
        }
    }
    let groups = found.groups.iter().map(|it| interfaces(teller, it));
    json!({ "groups": groups.collect::<Vec<_>>(), "cells": cells })
}

/// For each receiver, who gets through to it with what; senders that fare alike share a line.
fn matrix_text(teller: &Teller<'_>, found: &Matrix) -> String {
    let words = &teller.lang().strings().fix;
    let mut page = Page::new();
    page.say(0, &page.paint.bold(words.everybody));
    for to in found.ends() {
        // Groups fare alike often; of those outside each has addresses of its own.
        let mut alike: BTreeMap<(Option<End>, &[Passage]), Vec<End>> = BTreeMap::new();
        for from in found.ends() {
            let passages = found.passages(from, to);
            if !passages.is_empty() {
                let outside = Some(from).filter(|it| !matches!(it, End::Group(_)));
                alike.entry((outside, passages)).or_default().push(from);
            }
        }
        page.say(0, "");
        let name = match to {
            End::Group(place) => teller.interfaces(&found.groups[place]),
            End::OnPremises(id) => teller.thing(Thing::OnPremises(id)),
            End::Internet => words.internet.to_owned(),
        };
        page.say(0, &page.paint.bold(&name));
        if alike.is_empty() {
            page.say(2, words.nobody);
        }
        let mut lines: Vec<(Vec<End>, &[Passage])> =
            alike.into_iter().map(|((_, passages), from)| (from, passages)).collect();
        lines.sort_unstable();
        let outside = |end: End, far: &[Addresses]| match end {
            End::OnPremises(id) => teller.on_premises(id, far),
            _ => teller.internet(far),
        };
        for (from, passages) in lines {
            let members: Vec<InterfaceId> = from
                .iter()
                .filter_map(|it| match it {
                    End::Group(place) => Some(found.groups[*place].clone()),
                    End::OnPremises(_) | End::Internet => None,
                })
                .flatten()
                .collect();
            // What is said of the same addresses stands on one line.
            let mut by_far: BTreeMap<&[Addresses], Vec<&Traffic>> = BTreeMap::new();
            for passage in passages {
                by_far.entry(&passage.far).or_default().push(&passage.traffic);
            }
            let mut by_far: Vec<_> = by_far.into_iter().collect();
            by_far.sort_by_key(|it| Reverse(it.0.iter().map(|far| far.count()).max()));
            for (far, mut traffic) in by_far {
                // What has ports first: that is what people look for.
                let has_ports =
                    |it: &&Traffic| !it.protocols.common(Protocols::WITH_PORTS).is_empty();
                traffic.sort_by_key(|it| Reverse(has_ports(it)));
                let traffic: Vec<String> =
                    traffic.into_iter().map(|it| teller.traffic(it)).collect();
                let from = match (members.is_empty(), far.is_empty()) {
                    (true, _) => (words.from)(&outside(from[0], far)),
                    (false, true) => (words.from)(&teller.interfaces(&members)),
                    // Outwards: the far end says where to.
                    (false, false) => {
                        (words.from_to)(&teller.interfaces(&members), &outside(to, far))
                    }
                };
                page.say(2, &format!("{from}: {}", traffic.join("; ")));
            }
        }
    }
    page.text
}

/// Lines of text, broken where the paper ends.
struct Page {
    text: String,
    paint: Paint,
}

impl Page {
    fn new() -> Self {
        Self { text: String::new(), paint: Paint { on: colour(&io::stdout()) } }
    }

    fn say(&mut self, indent: usize, line: &str) {
        let room = trace::WIDE - indent - 2;
        for (at, part) in break_text(line, room).into_iter().enumerate() {
            let hang = if at == 0 { 0 } else { 2 };
            self.text.push_str(format!("{:1$}{part}", "", indent + hang).trim_end());
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_row_are_told_as_a_range() {
        for (addresses, expected) in [
            (vec!["10.0.1.10"], "10.0.1.10"),
            (vec!["10.0.1.10", "10.0.1.11"], "10.0.1.10, 10.0.1.11"),
            (
                vec!["10.0.1.10", "10.0.1.32", "10.0.1.33", "10.0.1.34", "2001:db8::1", "54.1.2.3"],
                "10.0.1.10, 10.0.1.32-10.0.1.34, 2001:db8::1, 54.1.2.3",
            ),
        ] {
            let addresses: Vec<IpAddr> = addresses.iter().map(|it| it.parse().unwrap()).collect();
            assert_eq!(told(&addresses), expected);
        }
    }
}
