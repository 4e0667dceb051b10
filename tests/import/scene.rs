//! `hanulgil scene`: what was described, as a scene that reads back and answers the same.

use std::{fs, path::PathBuf};

use hanulgil::{
    aws::{Import, read},
    cloud::{Interface, Network, Probe, ProbeEnd, Rules, Trace, Verdict, trace},
    course::{Scene, export::to_toml},
    net::Protocol,
    tell::written,
};
use serde_json::Value;

use super::{dumps, files_of, import, run};

/// The scene that is written of an import, read back.
fn again(import: &Import) -> Scene {
    let scene = Scene { name: "s".into(), network: import.plain(), packets: Vec::new() };
    let toml = to_toml(&scene);
    let (read, faults) = Scene::parse("s.scene.toml", &toml);
    let read = read.unwrap_or_else(|| panic!("{toml}\n{faults:#?}"));
    assert_eq!(to_toml(&read), toml);
    read
}

/// What happens to a packet, without names.
fn fate(trace: &Trace) -> Vec<String> {
    let out = |it: &hanulgil::cloud::Hop| it.packet_out.map_or("-".into(), |it| it.to_string());
    let end = match trace.verdict {
        Verdict::Dropped { leg, cause, .. } => format!("{leg:?} {}", cause.code()),
        other => format!("{other:?}"),
    };
    trace.hops.iter().map(out).chain([end]).collect()
}

#[test]
fn a_described_account_reads_back_from_its_scene_and_answers_the_same() {
    for (dump, lines) in [
        (
            "shop",
            &[
                ("internet -> i-0123456789abcde01 tcp/443", "internet -> shop-web tcp/443"),
                ("internet -> i-0123456789abcde01 tcp/8080", "internet -> shop-web tcp/8080"),
                ("198.51.100.7 -> i-0123456789abcde01 tcp/22", "198.51.100.7 -> shop-web tcp/22"),
                ("shop-app -> internet tcp/443", "shop-app -> internet tcp/443"),
                ("shop-app -> 203.0.113.200 tcp/443", "shop-app -> 203.0.113.200 tcp/443"),
                ("shop-app -> shop-db tcp/5432", "shop-app -> shop-db tcp/5432"),
                ("shop-app:33000 -> shop-db tcp/5432", "shop-app:33000 -> shop-db tcp/5432"),
                ("internet -> 2001:db8:1200::10 tcp/443", "internet -> 2001:db8:1200::10 tcp/443"),
            ][..],
        ),
        (
            "org",
            &[
                ("bastion -> app tcp/8080", "bastion -> app tcp/8080"),
                ("bastion -> app tcp/22", "bastion -> app tcp/22"),
                ("tools -> app tcp/8080", "tools -> app tcp/8080"),
                ("app -> internet tcp/443", "app -> internet tcp/443"),
            ],
        ),
    ] {
        let import = import(dump);
        let scene = again(&import);
        for (here, there) in lines {
            let here = trace(&import.network, import.probe(here).unwrap(), &Rules::AWS);
            let probe = scene.probe(there).unwrap_or_else(|it| panic!("{there}: {it:?}"));
            let there = trace(&scene.network, probe, &Rules::AWS);
            assert_eq!(fate(&here), fate(&there), "{dump}: {probe:?}");
        }
    }
}

/// The folders with descriptions: the repository's own, and those in `HANULGIL_DUMPS`.
fn descriptions() -> Vec<PathBuf> {
    let own = ["shop", "org"].map(|it| dumps().join(it));
    let other = std::env::var_os("HANULGIL_DUMPS").map(|it| fs::read_dir(it).unwrap());
    let other = other.into_iter().flatten().map(|it| it.unwrap().path());
    own.into_iter().chain(other.filter(|it| it.is_dir())).collect()
}

/// All pairs of those who send and answer, and the internet, with some protocols. An interface of a
/// scene is found by its place and address.
#[test]
fn every_pair_of_a_described_account_fares_the_same_in_its_scene() {
    const MOST: usize = 24;
    let folders = descriptions().into_iter().map(|it| {
        let import = read(&files_of(&it));
        (it.display().to_string(), import.unwrap_or_else(|it| panic!("{:?}", it.faults)))
    });
    for (name, import) in folders.chain(super::foreign::networks()) {
        let scene = again(&import);
        let place = |network: &Network, id| {
            let row: &Interface = &network.interfaces()[id];
            let subnet = &network.subnets()[row.subnet];
            (network.vpcs()[subnet.vpc].cidrs.clone(), subnet.cidr, row.addresses.clone())
        };
        let mut twins = Vec::new();
        for (here, row) in import.network.interfaces().iter() {
            let wanted = place(&import.network, here);
            let there = scene.network.interfaces().iter().map(|it| it.0);
            let mut there = there.filter(|it| place(&scene.network, *it) == wanted);
            if !row.addresses.is_empty()
                && let Some(there) = there.next()
            {
                twins.push((ProbeEnd::Interface(here), ProbeEnd::Interface(there)));
            }
        }
        assert!(!twins.is_empty(), "{name}");
        twins.truncate(MOST);
        let internet = ProbeEnd::Address(Network::INTERNET);
        twins.push((internet, internet));
        for &(from, from_there) in &twins {
            for &(to, to_there) in &twins {
                for (protocol, port) in [
                    (Protocol::TCP, 22),
                    (Protocol::TCP, 443),
                    (Protocol::TCP, 8080),
                    (Protocol::TCP, 5432),
                    (Protocol::ICMP, 0),
                ] {
                    let asked = Probe::new(from, to, protocol, port);
                    let here = trace(&import.network, asked, &Rules::AWS);
                    let asked = Probe::new(from_there, to_there, protocol, port);
                    let there = trace(&scene.network, asked, &Rules::AWS);
                    let told = written::probe(&import.network, &here.probe);
                    assert_eq!(fate(&here), fate(&there), "{name}: {told}");
                }
            }
        }
    }
}

#[test]
fn the_command_writes_a_scene_and_writes_over_nothing_without_being_told() {
    let (status, text, told) = run(&["--lang", "en", "scene", "shop"]);
    assert_eq!((status, &*told), (Some(0), ""));
    assert!(text.starts_with("# The scene of `shop`.\n#\n# 2 things"), "{text}");
    assert!(text.contains("# - describe-nat-gateways.json:33 NatGateways[1]\n"), "{text}");
    assert!(Scene::parse("s.scene.toml", &text).0.is_some());

    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("net.scene.toml");
    let file = file.to_str().unwrap();
    assert_eq!(
        run(&["--lang", "en", "scene", "shop", "-o", file]),
        (Some(0), String::new(), String::new())
    );
    assert_eq!(fs::read_to_string(file).unwrap(), text);
    fs::write(file, "mine").unwrap();
    let (status, _, told) = run(&["--lang", "en", "scene", "shop", "-o", file]);
    assert_eq!(status, Some(2));
    assert!(told.contains("--force"), "{told}");
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
    assert_eq!(run(&["--lang", "ko", "scene", "shop", "-o", file, "--force"]).0, Some(0));
    assert!(fs::read_to_string(file).unwrap().starts_with("# `shop`에서 만든 장면입니다."));
    // The scene that was written is one: it is followed like any other.
    let packet = ["--from", "shop-app", "--to", "shop-db", "--port", "5432"];
    let (status, text, _) = run(&[&["--lang", "en", "trace", file], &packet[..]].concat());
    assert_eq!(status, Some(1));
    assert!(text.contains("SUBNET_ACL_RESTRICTION"), "{text}");
}

#[test]
fn what_a_scene_cannot_say_is_told_at_its_line() {
    let dir = tempfile::tempdir().unwrap();
    // Two VPCs that overlap cannot be peered with AWS: somebody put this together by hand.
    let lists = serde_json::json!({
        "Vpcs": [
            { "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16" },
            { "VpcId": "vpc-2", "CidrBlock": "10.0.0.0/16" },
        ],
        "VpcPeeringConnections": [{
            "VpcPeeringConnectionId": "pcx-1", "Status": { "Code": "active" },
            "RequesterVpcInfo": { "VpcId": "vpc-1" }, "AccepterVpcInfo": { "VpcId": "vpc-2" },
        }],
    });
    let file = dir.path().join("x.json");
    fs::write(&file, lists.to_string()).unwrap();
    let (status, text, told) = run(&["--lang", "en", "scene", file.to_str().unwrap()]);
    assert_eq!(status, Some(1));
    assert!(text.contains("[peering.pcx-1]"), "{text}");
    assert!(told.contains("AWS refuses this") && told.contains("do not read back"), "{told}");
}

#[test]
fn scripts_get_errors_as_json() {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let broken = put("broken.json", "{\n  \"Vpcs\": [\n    {\"VpcId\": 5}\n  ]\n}");
    let scene = put("bad.scene.toml", "[vpc.main]\ncidr = \"10.0.0.0/99\"\n");
    let packet = ["--from", "a", "--to", "b", "--port", "1"];
    let want = ["--want", "a -> b tcp/1"];
    for (file, place) in [(&broken, (3, 15)), (&scene, (2, 9))] {
        for arguments in [
            [&["trace", file, "--json"], &packet[..]].concat(),
            vec!["reach", file, "--json"],
            [&["fix", file, "--json"], &want[..]].concat(),
        ] {
            let (status, text, told) = run(&[&["--lang", "en"], &arguments[..]].concat());
            assert_eq!((status, &*told), (Some(2), ""), "{arguments:?}");
            let object: Value = serde_json::from_str(&text).unwrap();
            let fault = &object["error"]["faults"][0];
            let found = (fault["line"].as_u64().unwrap(), fault["column"].as_u64().unwrap());
            assert_eq!(found, place, "{object}");
            assert!(fault["message"].is_string() && fault["rule"].is_string(), "{object}");
        }
    }
    for arguments in [
        &["trace", "nowhere", "--json"][..],
        &["reach", "nowhere", "--json"],
        &["fix", "nowhere", "--json", "--want", "a -> b tcp/1"],
        &["reach", "shop", "--json", "--to", "nobody"],
        &["trace", "shop", "--json", "--from", "nobody", "--to", "shop-app", "--port", "1"],
        &["fix", "shop", "--json", "--want", "nobody -> shop-app tcp/1"],
    ] {
        let (status, text, told) = run(&[&["--lang", "en"], arguments].concat());
        assert_eq!((status, &*told), (Some(2), ""), "{arguments:?}");
        let object: Value = serde_json::from_str(&text).unwrap();
        assert!(object["error"]["message"].is_string(), "{object}");
    }
}
