//! What holds of every description: it says the same as the network it was written from, and
//! nothing that is done to its bytes makes the reader panic or point beside the text.

use hanulgil::{
    aws::{File, read},
    cloud::{
        Forwarding, Instance, Listening, Network, Probe, ProbeEnd, Rules, Thing, Trace, Verdict,
        trace,
    },
    course::{Scene, export::to_toml},
    net::Protocol,
    tell::written,
};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::{
    describe::{describe, interface_id, place_id},
    hybrid::{describe_too, far_ends, hybrid},
    networks::{Dice, network},
};

#[path = "support/describe.rs"]
mod describe;
#[path = "support/hybrid.rs"]
mod hybrid;
#[path = "support/networks.rs"]
mod networks;

/// What no description says is set to what the import takes it to be.
fn as_described(network: &mut Network) {
    let ids: Vec<_> = network.instances().iter().map(|it| it.0).collect();
    for id in ids {
        let interfaces = &network.instances()[id].interfaces;
        let mut rows = interfaces.iter().map(|it| &network.interfaces()[*it]);
        let forwarding = if rows.clone().all(|it| it.source_dest_check) {
            Forwarding::Off
        } else if rows.any(|it| it.public_address.is_some()) {
            Forwarding::Translates
        } else {
            Forwarding::Routes
        };
        network.update(id, |it: &mut Instance| {
            it.listening = Listening::Everywhere;
            it.forwarding = forwarding;
        });
    }
}

/// The lists in one file, or a file each.
fn files(lists: Map<String, Value>, together: bool) -> Vec<File> {
    if together {
        return vec![("all.json".into(), Value::Object(lists).to_string().into_bytes())];
    }
    let file = |(key, value): (String, Value)| {
        let text = serde_json::to_string_pretty(&serde_json::json!({ &key: value })).unwrap();
        (format!("{key}.json"), text.into_bytes())
    };
    lists.into_iter().map(file).collect()
}

/// Where the packet went and how it ended, by AWS's ids.
fn story(trace: &Trace, id: impl Fn(hanulgil::cloud::Place) -> String) -> Vec<String> {
    let hops = trace.hops.iter().map(|hop| {
        let out = hop.packet_out.map_or_else(|| "-".to_owned(), |it| it.to_string());
        format!("{:?} {} {out}", hop.leg, id(hop.place))
    });
    let end = match trace.verdict {
        Verdict::Dropped { leg, place, cause } => format!("{leg:?} {} {cause:?}", id(place)),
        other => format!("{other:?}"),
    };
    hops.chain([end]).collect()
}

/// The same without ids: which kind of place, with which packet; how it ended.
fn outline(trace: &Trace) -> Vec<String> {
    let kind = |place: hanulgil::cloud::Place| {
        let word = format!("{place:?}");
        word.split('(').next().unwrap_or_default().to_owned()
    };
    let hops = trace.hops.iter().map(|hop| {
        let out = hop.packet_out.map_or_else(|| "-".to_owned(), |it| it.to_string());
        format!("{:?} {} {out}", hop.leg, kind(hop.place))
    });
    let end = match trace.verdict {
        Verdict::Dropped { leg, place, cause } => {
            format!("{leg:?} {} {}", kind(place), cause.code())
        }
        other => format!("{other:?}"),
    };
    hops.chain([end]).collect()
}

/// How many lines lead to the network on premises that has the address.
fn lines(network: &Network, address: std::net::IpAddr) -> usize {
    let has = |site| network.on_premises()[site].contains(address);
    let vpns = (network.vpn_connections().iter())
        .filter(|(_, it)| has(network.customer_gateways()[it.customer_gateway].on_premises));
    vpns.count()
        + network.direct_connect_gateways().iter().filter(|(_, it)| has(it.on_premises)).count()
}

proptest! {
    #[test]
    fn a_description_says_the_same_as_the_network(
        row in prop::collection::vec(any::<u16>(), 40..160),
        asked in prop::collection::vec((any::<u16>(), any::<u16>(), 0_usize..6), 12),
        together in any::<bool>(),
    ) {
        let mut network = network(&mut Dice::new(&row));
        as_described(&mut network);
        let import = read(&files(describe(&network), together)).map_err(|it| {
            TestCaseError::fail(format!("{:?}", it.faults))
        })?;
        let interfaces: Vec<_> = network.interfaces().iter().map(|it| it.0).collect();
        let same = |end: ProbeEnd| match end {
            ProbeEnd::Interface(id) => match import.thing(&interface_id(id)) {
                Some(Thing::Interface(id)) => ProbeEnd::Interface(id),
                other => panic!("{other:?}"),
            },
            ProbeEnd::PublicAddressOf(id) => match import.thing(&interface_id(id)) {
                Some(Thing::Interface(id)) => ProbeEnd::PublicAddressOf(id),
                other => panic!("{other:?}"),
            },
            other => other,
        };
        for (from, to, what) in asked {
            let far = |it: u16| ProbeEnd::Address(
                ["198.51.100.1", "192.0.2.44", "2001:db8:ffff::9"][usize::from(it) % 3].parse().unwrap(),
            );
            let pick = |it: u16| interfaces[usize::from(it) % interfaces.len()];
            let from = if from % 3 == 0 { far(from / 3) } else { ProbeEnd::Interface(pick(from / 3)) };
            let to = match to % 4 {
                0 => far(to / 4),
                1 => ProbeEnd::PublicAddressOf(pick(to / 4)),
                2 => ProbeEnd::Address(network.interfaces()[pick(to / 4)].addresses[0]),
                _ => ProbeEnd::Interface(pick(to / 4)),
            };
            let (protocol, port) = [
                (Protocol::TCP, 443), (Protocol::TCP, 22), (Protocol::UDP, 443),
                (Protocol::ICMP, 0), (Protocol::ICMPV6, 0), (Protocol(47), 0),
            ][what];
            let here = trace(&network, Probe::new(from, to, protocol, port), &Rules::AWS);
            let probe = Probe::new(same(from), same(to), protocol, port);
            let there = trace(&import.network, probe, &Rules::AWS);
            prop_assert_eq!(
                story(&here, |it| place_id(&network, it)),
                story(&there, |it| {
                    import.id_of(&written::place(&import.network, it)).to_owned()
                })
            );
        }
    }

    #[test]
    fn what_joins_networks_and_stands_before_servers_is_described_the_same(
        row in prop::collection::vec(any::<u16>(), 60..120),
        asked in prop::collection::vec((any::<u16>(), any::<u16>(), 0_usize..4), 16),
        together in any::<bool>(),
    ) {
        let mut network = hybrid(&mut Dice::new(&row));
        as_described(&mut network);
        let mut lists = describe(&network);
        describe_too(&network, &mut lists);
        let import = read(&files(lists, together)).map_err(|it| {
            TestCaseError::fail(format!("{:?}", it.faults))
        })?;
        let there = &import.network;
        let interfaces: Vec<_> = network.interfaces().iter().map(|it| it.0).collect();
        // Of two lines to one network, a description may tell of the one alone, when no table knows
        // the other: which of them the far end takes is then not to be compared.
        let sites: Vec<_> = far_ends(&network)
            .into_iter()
            .filter(|it| [0, lines(&network, it.1)].contains(&lines(there, it.1)))
            .collect();
        if sites.is_empty() {
            return Ok(());
        }
        for (from, to, what) in asked {
            // Interfaces, and hosts behind lines of which a description can know.
            let known: Vec<_> = sites.iter().copied()
                .filter(|it| there.on_premises().iter().any(|(_, site)| site.contains(it.1)))
                .collect();
            let pick = |it: u16| interfaces[usize::from(it) % interfaces.len()];
            let same = |id| match import.thing(&interface_id(id)) {
                Some(Thing::Interface(id)) => id,
                other => panic!("{other:?}"),
            };
            let from = match (from % 4, known.is_empty()) {
                (0, false) => {
                    let (site, address) = known[usize::from(from / 4) % known.len()];
                    let same = there.on_premises().iter().find(|it| it.1.contains(address)).unwrap().0;
                    (ProbeEnd::OnPremises(site, Some(address)), ProbeEnd::OnPremises(same, Some(address)))
                }
                (1, _) => {
                    let far = ProbeEnd::Address(Network::INTERNET);
                    (far, far)
                }
                _ => {
                    let id = pick(from / 4);
                    (ProbeEnd::Interface(id), ProbeEnd::Interface(same(id)))
                }
            };
            // Of two blocks behind one line, a description may know the one alone.
            let from_site = matches!(from.0, ProbeEnd::OnPremises(..));
            let to = match to % 4 {
                0 if !from_site => sites[usize::from(to / 4) % sites.len()].1,
                1 => ["203.0.113.7", "10.9.1.1", "198.51.100.1"][usize::from(to / 4) % 3].parse().unwrap(),
                2 => {
                    let public = network.interfaces()[pick(to / 4)].public_address;
                    public.map_or(Network::INTERNET, |it| it.address.into())
                }
                _ => network.interfaces()[pick(to / 4)].addresses[0],
            };
            let to = ProbeEnd::Address(to);
            let (protocol, port) =
                [(Protocol::TCP, 443), (Protocol::TCP, 5432), (Protocol::UDP, 8080), (Protocol::ICMP, 0)][what];
            let mine = trace(&network, Probe::new(from.0, to, protocol, port), &Rules::AWS);
            let theirs = trace(there, Probe::new(from.1, to, protocol, port), &Rules::AWS);
            prop_assert_eq!(outline(&mine), outline(&theirs));
        }
    }

    #[test]
    fn whatever_is_done_to_a_description_is_read_or_refused_at_a_place(
        row in prop::collection::vec(any::<u16>(), 20..60),
        wounds in prop::collection::vec((any::<u32>(), 0_usize..9, any::<u8>()), 1..5),
    ) {
        let network = network(&mut Dice::new(&row));
        let mut bytes = Value::Object(describe(&network)).to_string().into_bytes();
        for (at, kind, byte) in wounds {
            wound(&mut bytes, at as usize, kind, byte);
        }
        check_refusal(&[("hurt.json".into(), bytes)]);
    }

    #[test]
    fn a_value_of_any_type_anywhere_is_read_or_refused_at_a_place(
        row in prop::collection::vec(any::<u16>(), 20..60),
        places in prop::collection::vec((any::<u32>(), 0_usize..10), 1..4),
    ) {
        let network = network(&mut Dice::new(&row));
        let mut lists = Value::Object(describe(&network));
        for (place, kind) in places {
            let mut left = place as usize % 3000;
            replace(&mut lists, &mut left, &[
                Value::Null, true.into(), 7.into(), (-1).into(), 1e300.into(), "".into(),
                "\u{1b}[31m 가\u{202e}".into(), serde_json::json!([]), serde_json::json!({}),
                serde_json::json!([[{"VpcId": 5}]]),
            ][kind]);
        }
        check_refusal(&[("hurt.json".into(), lists.to_string().into_bytes())]);
    }
}

fn wound(bytes: &mut Vec<u8>, at: usize, kind: usize, byte: u8) {
    if bytes.is_empty() {
        return;
    }
    let at = at % bytes.len();
    match kind {
        0 => bytes.truncate(at),
        1 => bytes[at] = byte,
        2 => bytes.insert(at, byte),
        3 => {
            bytes.remove(at);
        }
        4 => bytes[at] = b'"',
        5 => {
            let end = (at + usize::from(byte)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        6 => {
            let end = (at + usize::from(byte)).min(bytes.len());
            bytes.drain(at..end);
        }
        7 => {
            bytes.splice(at..at, "[".repeat(usize::from(byte) * 20).into_bytes());
        }
        _ => {
            bytes.splice(0..0, [[0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb]][usize::from(byte) % 3]);
        }
    }
}

/// Replaces the value at the `left`-th place, counted depth first.
fn replace(value: &mut Value, left: &mut usize, with: &Value) {
    if *left == 0 {
        *value = with.clone();
        *left = usize::MAX;
        return;
    }
    *left -= 1;
    match value {
        Value::Array(items) => {
            for item in items {
                replace(item, left, with);
                if *left == usize::MAX {
                    return;
                }
            }
        }
        Value::Object(entries) => {
            for (_, item) in entries.iter_mut() {
                replace(item, left, with);
                if *left == usize::MAX {
                    return;
                }
            }
        }
        _ => {}
    }
}

/// Whatever comes of it, places lie inside the texts, every fault has words, and a network that was
/// read can be asked.
fn check_refusal(files: &[File]) {
    match read(files) {
        Ok(import) => {
            for it in &import.unread {
                assert!(it.line >= 1 && it.said.help.is_some(), "{it:?}");
                let shown = format!("{} {}", it.said.message.en, it.said.message.ko);
                assert!(!shown.contains(['\u{1b}', '\u{202e}', '\n']), "{shown:?}");
            }
            assert_eq!(import.network, import.network.reindexed());
            let ends: Vec<_> = import.network.interfaces().iter().map(|it| it.0).collect();
            for &end in ends.iter().take(3) {
                let probes = [
                    (ProbeEnd::Address(Network::INTERNET), ProbeEnd::Interface(end)),
                    (ProbeEnd::Interface(end), ProbeEnd::Address(Network::INTERNET)),
                    (ProbeEnd::Interface(end), ProbeEnd::Interface(ends[ends.len() - 1])),
                ];
                for (from, to) in probes {
                    trace(&import.network, Probe::new(from, to, Protocol::TCP, 443), &Rules::AWS);
                }
            }
        }
        Err(unusable) => {
            assert!(!unusable.faults.is_empty());
            for fault in &unusable.faults {
                let text = &unusable.texts[&fault.file];
                let span = &fault.span;
                assert!(span.start <= span.end && span.end <= text.len(), "{fault:?}");
                assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            }
        }
    }
}

#[test]
fn a_refusal_says_the_line_and_the_column() {
    for (text, rule, place) in [
        ("{\n  \"Vpcs\": [\n    {\"VpcId\": 5}\n  ]\n}", "wrong-type", "5"),
        (
            "{\"Subnets\": [{\"SubnetId\": \"s\", \"VpcId\": \"v\", \"CidrBlock\": \"10.0.0/24\"}]}",
            "bad-value",
            "\"10.0.0/24\"",
        ),
        ("{\"Vpcs\": {}}", "wrong-type", "{}"),
        ("{\"Vpcs\": [1]}", "wrong-type", "1"),
        ("{\"Vpcs\": [], \"Vpcs\": []}", "duplicate-key", "\"Vpcs\""),
        ("{\"Vpcs\": [", "bad-json", ""),
        ("---\nVpcs: []\n", "bad-json", "-"),
        ("VPCS\t10.0.0.0/16", "bad-json", "V"),
        ("{\"name\": \"package\", \"version\": \"1\"}", "not-a-dump", ""),
        ("[]", "not-a-dump", ""),
        ("", "empty", ""),
    ] {
        let unusable = read(&[("x.json".into(), text.into())]).unwrap_err();
        let fault = &unusable.faults[0];
        assert_eq!((fault.said.rule, &text[fault.span.clone()]), (rule, place), "{text}");
    }
    for (text, is_yaml) in [
        ("---\nVpcs: []\n", true),
        ("Vpcs:\n- VpcId: vpc-1\n", true),
        ("NextToken: x\n", true),
        ("VPCS\t10.0.0.0/16", false),
        ("hello", false),
    ] {
        let unusable = read(&[("x.json".into(), text.into())]).unwrap_err();
        let said = &unusable.faults[0].said;
        assert_eq!(said.message.en.contains("YAML"), is_yaml, "{text}");
        assert!(said.help.as_ref().unwrap().ko.contains("--output json"), "{text}");
    }
    let unusable = read(&[("x.json".into(), b"{\"Vpcs\": \xff\"}".to_vec())]).unwrap_err();
    assert_eq!(unusable.faults[0].said.rule, "not-text");
    assert_eq!(unusable.faults[0].span.start, 9);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_was_described_reads_back_from_its_scene_and_answers_the_same(
        row in prop::collection::vec(any::<u16>(), 60..120),
        asked in prop::collection::vec((any::<u16>(), any::<u16>(), 0_usize..3), 12),
    ) {
        let mut network = hybrid(&mut Dice::new(&row));
        as_described(&mut network);
        let mut lists = describe(&network);
        describe_too(&network, &mut lists);
        let import = read(&files(lists, true)).map_err(|it| {
            TestCaseError::fail(format!("{:?}", it.faults))
        })?;
        let scene = Scene { name: "s".into(), network: import.plain(), packets: Vec::new() };
        let toml = to_toml(&scene);
        let (again, faults) = Scene::parse("s.scene.toml", &toml);
        let Some(again) = again else {
            return Err(TestCaseError::fail(format!("{toml}\n{faults:#?}")));
        };
        // Functions bring the service along that calls them; from then on nothing changes.
        let written = to_toml(&again);
        let once_more = Scene::parse("s.scene.toml", &written).0.map(|it| to_toml(&it));
        prop_assert_eq!(once_more.as_ref(), Some(&written));
        let (here, there) = (&import.network, &again.network);
        let interfaces: Vec<_> = here.interfaces().iter().map(|it| it.0).collect();
        for (from, to, what) in asked {
            let from = interfaces[usize::from(from) % interfaces.len()];
            let address = here.interfaces()[from].addresses[0];
            let same = there.vpcs().iter().find_map(|(vpc, _)| there.interface_in(vpc, address));
            let Some(same) = same else {
                return Err(TestCaseError::fail(format!("{address} is gone:\n{toml}")));
            };
            let to = match to % 3 {
                0 => ["203.0.113.7", "10.9.1.1", "172.16.0.20", "192.168.0.20"][usize::from(to / 3) % 4]
                    .parse()
                    .unwrap(),
                _ => here.interfaces()[interfaces[usize::from(to / 3) % interfaces.len()]].addresses[0],
            };
            let to = ProbeEnd::Address(to);
            let (protocol, port) = [(Protocol::TCP, 443), (Protocol::UDP, 8080), (Protocol::ICMP, 0)][what];
            let ask = |network, from| {
                trace(network, Probe::new(ProbeEnd::Interface(from), to, protocol, port), &Rules::AWS)
            };
            prop_assert_eq!(outline(&ask(here, from)), outline(&ask(there, same)), "{}", toml);
        }
    }
}
