//! A copy carries every setting of what it was made of, or counts what it leaves out: each line that
//! the scene of a network has for a thing, its scene has for the copy.
//!
//! What is compared are the networks of labs and the whole one, and those of `tests/operations` after
//! each operation, with what the operation changed. Each operation has a case there, so a setting that
//! is new is copied here as soon as it can be made.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::IpAddr,
    path::Path,
};

use hanulgil::{
    app::bench::clip::{Bar, Clip},
    cloud::{Network, Thing},
    course::{
        Scene,
        edit::{self, Failed},
        export,
    },
    net::Cidr,
};
use toml::de::{DeTable, DeValue};

use super::{
    ALL, beside,
    made::{WHOLE, whole},
    networks, there_and_back,
};

/// What a scene says of a thing: key and value, a line for each entry of a list.
type Lines = Vec<(String, String)>;
/// By kind and name.
type Sections = BTreeMap<(String, String), Lines>;

/// Where something stands; and what is the other side's: a VPC has one main table, an attachment one
/// table, and both stay with it.
const OF_ITS_PLACE: &[&str] = &[
    "vpc",
    "route_table main",
    "transit_gateway_route_table associations",
    // Its subnet says whether it gets one.
    "instance public_ip",
    // A second line ends at the router of the first.
    "vpn on_premises",
    "vpn customer_gateway",
];

fn sections(network: &Network) -> Sections {
    let (scene, _) = Scene::parse("empty.scene.toml", "[vpc.v]\ncidr = \"10.0.0.0/16\"\n");
    let scene = Scene { network: network.clone(), packets: Vec::new(), ..scene.unwrap() };
    let toml = export::to_toml(&scene);
    let mut sections = Sections::new();
    for (kind, rows) in &DeTable::parse(&toml).unwrap().into_inner() {
        let DeValue::Table(rows) = rows.get_ref() else { continue };
        for (name, row) in rows {
            let mut lines = Lines::new();
            tell("", row.get_ref(), &mut lines);
            sections.insert((kind.get_ref().to_string(), name.get_ref().to_string()), lines);
        }
    }
    sections
}

fn tell(key: &str, value: &DeValue<'_>, lines: &mut Lines) {
    let one = |text: &str| (key.to_owned(), text.to_owned());
    match value {
        DeValue::Table(rows) => {
            for (inner, value) in rows {
                let key = if key.is_empty() {
                    inner.get_ref().to_string()
                } else {
                    format!("{key}.{}", inner.get_ref())
                };
                tell(&key, value.get_ref(), lines);
            }
        }
        DeValue::Array(all) => all.iter().for_each(|it| tell(key, it.get_ref(), lines)),
        DeValue::String(it) => lines.push(one(it)),
        DeValue::Integer(it) => lines.push(one(it.as_str())),
        DeValue::Boolean(it) => lines.push(one(&it.to_string())),
        other => panic!("{other:?}"),
    }
}

/// A name without the numbers that copies are told apart by: `web-2` is like `web`, and the table
/// `hub-2-default` like `hub-default`.
fn stem(name: &str) -> String {
    let is_number = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let mut parts = name.split('-').peekable();
    if parts.peek().is_some_and(is_number) {
        return name.to_owned();
    }
    parts.filter(|it| !is_number(it)).collect::<Vec<_>>().join("-")
}

/// Does a copy say the same, but for addresses and the names of what came along?
fn alike(own: &str, copy: &str) -> bool {
    let is_address = |it: &str| {
        let bare = it.trim_matches(|it: char| !it.is_alphanumeric() && it != ':');
        bare.parse::<IpAddr>().is_ok() || bare.parse::<Cidr>().is_ok()
    };
    let word = |own: &str, copy: &str| {
        own == copy || stem(own) == stem(copy) || is_address(own) && is_address(copy)
    };
    let (mut own, mut copy) = (own.split(' '), copy.split(' '));
    own.by_ref().zip(copy.by_ref()).all(|(own, copy)| word(own, copy))
        && own.next().is_none()
        && copy.next().is_none()
}

/// What one copy lacks, and how many settings that are.
fn lacks((kind, name): &(String, String), own: &Lines, copy: &Lines) -> (Vec<String>, usize) {
    let counts = |(key, _): &&(String, String)| {
        !OF_ITS_PLACE.contains(&&**key) && !OF_ITS_PLACE.contains(&&*format!("{kind} {key}"))
    };
    // Further interfaces are keys with names.
    let stems = |key: &str| key.split('.').map(stem).collect::<Vec<_>>().join(".");
    let mut copy: Lines = copy.iter().filter(counts).cloned().collect();
    let mut lacking = Vec::new();
    let mut settings: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (key, text) in own.iter().filter(counts) {
        let twin = |it: &(String, String)| stems(&it.0) == stems(key) && alike(text, &it.1);
        if let Some(at) = copy.iter().position(twin) {
            copy.remove(at);
        } else {
            lacking.push(format!("{kind}.{name} lacks {key}: {text}"));
            settings.entry(key.clone()).or_default()[0] += 1;
        }
    }
    for (key, text) in copy {
        lacking.push(format!("{kind}.{name} has {key}: {text}"));
        settings.entry(key).or_default()[1] += 1;
    }
    // A link of an API is one thing with its subnets and its groups.
    if kind == "api" && settings.contains_key("vpc_link") {
        return (lacking, 1);
    }
    (lacking, settings.values().map(|[lost, other]| lost.max(other)).sum())
}

/// What the copies in `after` lack of what they were made of.
fn lacking(before: &Sections, after: &Sections) -> (Vec<String>, usize) {
    let (mut all, mut count) = (Vec::new(), 0);
    for (key, copy) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let owns = before.iter().filter(|(own, _)| own.0 == key.0 && stem(&own.1) == stem(&key.1));
        let least = owns.map(|(_, own)| lacks(key, own, copy)).min_by_key(|it| it.1);
        let (lines, settings) = least.unwrap_or_default();
        all.extend(lines);
        count += settings;
    }
    (all, count)
}

/// Copies a thing beside itself: what the copies lack, how many settings that are, and how many parts
/// were told to be left out. `None` when it cannot be copied there.
fn copied(
    network: &Network,
    before: &Sections,
    thing: Thing,
) -> Option<(Vec<String>, usize, usize)> {
    let clip = match Clip::of(network, thing) {
        Ok(clip) => clip,
        Err(Bar::OfAws | Bar::Joins | Bar::PartOf(_)) => return None,
        Err(bar) => panic!("{thing:?}: {bar:?}"),
    };
    let pasted = clip.orders(network, beside(network, thing), ALL).ok()?;
    match there_and_back(network, &pasted) {
        Ok(after) => {
            let (lacking, count) = lacking(before, &sections(&after));
            Some((lacking, count, pasted.left))
        }
        Err(Failed::Refused(_)) => None,
        Err(Failed::Unreadable(slip)) => panic!("{thing:?}: {slip:?}"),
    }
}

fn found(
    wrong: &mut Vec<String>,
    about: &str,
    network: &Network,
    before: &Sections,
    thing: Thing,
) -> bool {
    let Some((lacking, count, left)) = copied(network, before, thing) else { return false };
    if count > left {
        let name = network.name(thing).unwrap();
        wrong.push(format!("{about}: {name}, {left} left out:\n  {}", lacking.join("\n  ")));
    }
    true
}

#[test]
fn a_copy_carries_all_that_a_scene_says_of_a_thing() {
    let (mut wrong, mut all) = (Vec::new(), 0);
    for (at, network) in networks().iter().enumerate() {
        let before = sections(network);
        for thing in network.things() {
            all +=
                usize::from(found(&mut wrong, &format!("network {at}"), network, &before, thing));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all > 250, "{all}");
}

/// What the cases of `tests/operations` do not set, in the whole network.
const SETTINGS: &[&str] = &[
    "modify-vpc-attribute main dns-hostnames=on",
    "modify-vpc-attribute other dns-support=off",
    "modify-subnet-attribute pub-a auto-assign-public-ip on",
    "modify-subnet-attribute pub-b dns64 on",
    "modify-vpc-peering-connection-options pcx requester-dns=on",
    "associate-route-table pub-b pub",
    "replace-route-table-association main unused",
    "replace-prefix-list-route pub offices -> nat",
    "modify-vpc-endpoint to-s3 pub",
    "modify-vpc-endpoint-policy to-s3 deny",
    "modify-interface-endpoint queue policy=deny",
    "authorize-security-group-egress unused-group tcp 443 to 10.0.1.0/24",
    "modify-security-group-rules web in tcp 80 from 0.0.0.0/0 -> tcp 81 from 10.0.0.0/16",
    "create-network-acl-entry strict out 90 deny udp 53 from 0.0.0.0/0",
    "replace-network-acl-entry strict in 100 deny tcp 443 from 10.0.0.0/16",
    "modify-network-interface-attribute app groups web default",
    "modify-network-interface-attribute second source-dest-check off",
    "set-security-groups alb group=unused-group",
    "modify-load-balancer-attributes nlb cross-zone=on",
    "set-ip-address-type alb dualstack",
    "modify-listener alb 80 target-group=unused-targets",
    "modify-target-group-attributes plain preserve-client-ip=on",
    "modify-target-group-attributes targets cross-zone=off",
    "accept-vpc-endpoint-connections waiting",
    "modify-transit-gateway tgw-b group-references=on",
    "modify-transit-gateway-vpc-attachment tgw-main appliance-mode=on group-references=off",
    "accept-transit-gateway-attachment #3",
    "disassociate-transit-gateway-route-table tgw-default tgw-main",
    "associate-transit-gateway-route-table extra tgw-main",
    "replace-transit-gateway-route extra 10.1.0.0/16 -> tgw-main",
];

/// Makes a network with what it was made of, sets this and that, and copies what was changed.
struct Trial {
    wrong: Vec<String>,
    copies: usize,
    /// The operations that were done.
    done: BTreeSet<String>,
}

impl Trial {
    fn set<'l>(&mut self, mut network: Network, lines: impl Iterator<Item = &'l str>) {
        let mut before = sections(&network);
        for line in lines {
            if edit::carry_out(&mut network, line).is_err() {
                continue;
            }
            self.done.insert(line.split(' ').next().unwrap().to_owned());
            let after = sections(&network);
            let changed: BTreeSet<&str> = (after.iter())
                .filter(|(key, lines)| before.get(*key) != Some(*lines))
                .map(|(key, _)| key.1.as_str())
                .collect();
            let is_changed =
                |it: &Thing| network.name(*it).is_some_and(|it| changed.contains(&**it));
            for thing in network.things().filter(is_changed) {
                self.copies += usize::from(found(&mut self.wrong, line, &network, &after, thing));
            }
            before = after;
        }
    }
}

#[test]
fn a_copy_carries_what_any_operation_sets() {
    let mut trial = Trial { wrong: Vec::new(), copies: 0, done: BTreeSet::new() };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations");
    for world in ["vpc", "services", "joined"] {
        let text = |end: &str| fs::read_to_string(folder.join(format!("{world}.{end}"))).unwrap();
        let scene = Scene::parse("world.scene.toml", &text("scene.toml")).0.unwrap();
        for case in text("txt").trim_end().split("\n\n") {
            let lines = case.lines();
            let lines = lines.filter_map(|it| it.strip_prefix("> ").or(it.strip_prefix("- ")));
            trial.set(scene.network.clone(), lines);
        }
    }
    trial.set(whole(), SETTINGS.iter().copied());
    let Trial { wrong, copies, mut done } = trial;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(copies > 200, "{copies}");
    // Whoever adds an operation that sets something finds it copied here.
    done.extend(WHOLE.iter().filter_map(|it| it.split(' ').next()).map(str::to_owned));
    let never: Vec<_> = edit::VERBS.iter().filter(|it| sets(it) && !done.contains(**it)).collect();
    assert!(never.is_empty(), "set nowhere: {never:?}");
}

/// Does an operation add or set something, and on what can be copied?
fn sets(verb: &str) -> bool {
    let takes = ["delete", "de", "dis", "revoke", "terminate", "reject", "stop", "un"];
    let other = ["create-default-vpc", "create-transit-gateway-connect"];
    !takes.iter().any(|it| verb.starts_with(it)) && !other.contains(&verb)
}
