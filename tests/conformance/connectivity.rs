//! A network, a packet, and what becomes of it.

use std::net::{IpAddr, SocketAddr};

use hanulgil::cloud::{
    Code, Direction, Leg, Named, Network, Outcome as CheckOutcome, Place, Probe, ProbeEnd, Rules,
    Subject, Thing, Trace, Verdict, blockers, trace, trace_from_source,
};
use serde_json::Value;

use super::topology::{NotModelled, REMARKS, Topology, list, protocol};
use crate::Outcome;

/// Runs one case.
pub fn run(case: &Value) -> Outcome {
    let topology = match Topology::read(&case["topology"]) {
        Ok(topology) => topology,
        Err(NotModelled(what)) => return Outcome::Skipped(format!("{what} not modelled")),
    };
    let probe = match known(case).and_then(|()| probe(&topology, &case["probe"])) {
        Ok(probe) => probe,
        Err(NotModelled(what)) => return Outcome::Skipped(format!("{what} not modelled")),
    };
    let trace = match case["probe"]["from"]["source_ip"].as_str() {
        Some(source) => {
            let source = source.parse().expect("a source is an address");
            trace_from_source(&topology.network, probe, source, &Rules::AWS)
        }
        None => trace(&topology.network, probe, &Rules::AWS),
    };
    let mut differences = differences(&topology, &trace, &case["expect"]);
    differences.extend(missing_blockers(&topology, probe, &case["expect"]));
    Outcome::of(&differences)
}

/// What a case may say of its packet and of what is expected. What is not looked at must not count
/// as agreed.
fn known(case: &Value) -> Result<(), NotModelled> {
    const PROBE: [&str; 6] = ["from", "to", "protocol", "port", "src_port", "family"];
    const FROM: [&str; 4] = ["type", "id", "ip", "source_ip"];
    const TO: [&str; 4] = ["type", "id", "ip", "address"];
    const EXPECT: [&str; 13] = [
        "verdict",
        "direction",
        "at",
        "at_aliases",
        "code",
        "code_any",
        "path_includes",
        "path_excludes",
        "source_seen_by_destination",
        "all_blockers",
        "nacl_rule",
        "flow_log",
        "dnat",
    ];
    let (probe, expect) = (&case["probe"], &case["expect"]);
    let lists: [(&str, &Value, &[&str]); 4] = [
        ("probe", probe, &PROBE),
        ("from", &probe["from"], &FROM),
        ("to", &probe["to"], &TO),
        ("expect", expect, &EXPECT),
    ];
    for (what, object, keys) in lists {
        for (key, value) in object.as_object().into_iter().flatten() {
            let known = keys.contains(&key.as_str()) || REMARKS.contains(&key.as_str());
            if !known && !value.is_null() {
                return Err(NotModelled(format!("{what}.{key}")));
            }
        }
    }
    if !matches!(expect["verdict"].as_str(), Some("delivered" | "dropped")) {
        return Err(NotModelled(format!("the verdict {}", expect["verdict"])));
    }
    Ok(())
}

/// An analysis tells all blockers of the request, in the order in which the packet meets them.
fn missing_blockers(topology: &Topology, probe: Probe, expect: &Value) -> Option<String> {
    let expected = expect["all_blockers"].as_array()?;
    let found: Vec<_> = blockers(&topology.network, probe)
        .into_iter()
        .filter(|it| it.leg == Leg::Forward)
        .map(|it| {
            let direction = match it.place {
                Place::Interface(_, way)
                | Place::NetworkAcl(_, _, way)
                | Place::InternetGateway(_, way)
                | Place::EgressOnlyGateway(_, way)
                | Place::NatGateway(_, way)
                | Place::TransitGatewayAttachment(_, way)
                | Place::VirtualPrivateGateway(_, way)
                | Place::Link(_, way) => Some(way),
                _ => None,
            };
            (topology.place(it.place), direction, it.code())
        })
        .collect();
    let same = |expected: &Value, (places, direction, code): &(Vec<String>, _, Code)| {
        let way = match direction {
            Some(Direction::Ingress) => "ingress",
            Some(Direction::Egress) => "egress",
            None => "",
        };
        places.iter().any(|it| expected["at"] == it.as_str())
            && (expected["dir"].is_null() || expected["dir"] == way)
            && expected["code"] == code.as_str()
    };
    let all = expected.len() == found.len()
        && expected.iter().zip(&found).all(|(expected, found)| same(expected, found));
    (!all).then(|| format!("expected the blockers {expected:?}, but {found:?}"))
}

fn probe(topology: &Topology, probe: &Value) -> Result<Probe, NotModelled> {
    let six = probe["family"] == 6;
    let address = |end: &Value, key: &str| end[key].as_str().map(|it| it.parse().unwrap());
    let interface = |end: &Value| {
        let name = end["id"].as_str().unwrap_or_default();
        match topology.thing(name) {
            Some(Thing::Interface(id)) => Ok(id),
            Some(Thing::Instance(id)) => Ok(topology.network.instances()[id].interfaces[0]),
            Some(thing) if !topology.network.interfaces_of(thing).is_empty() => {
                Ok(topology.network.interfaces_of(thing)[0])
            }
            _ => Err(NotModelled(format!("the end {name:?}"))),
        }
    };
    let from = match probe["from"]["type"].as_str() {
        Some("internet") => {
            let address = address(&probe["from"], "ip");
            ProbeEnd::Address(address.unwrap_or(if six {
                Network::INTERNET_V6
            } else {
                Network::INTERNET
            }))
        }
        Some("instance" | "eni" | "vpc_endpoint" | "load_balancer") => {
            ProbeEnd::Interface(interface(&probe["from"])?)
        }
        Some("onprem") => match topology.thing(probe["from"]["id"].as_str().unwrap_or_default()) {
            Some(Thing::OnPremises(id)) => ProbeEnd::OnPremises(id, address(&probe["from"], "ip")),
            _ => return Err(NotModelled(format!("the end {}", probe["from"]["id"]))),
        },
        // Any of the interfaces there will do, as long as the case names no more.
        Some(kind @ ("subnet" | "vpc")) => {
            let name = probe["from"]["id"].as_str().unwrap_or_default();
            let place = topology.thing(name);
            let rows = topology.network.interfaces().iter();
            let mut there = rows.filter(|(id, row)| {
                place
                    == Some(match kind {
                        "subnet" => Thing::Subnet(row.subnet),
                        _ => Thing::Vpc(topology.network.vpc_of(*id)),
                    })
            });
            match there.next() {
                Some((id, _)) => ProbeEnd::Interface(id),
                None => return Err(NotModelled(format!("a sender in {name}"))),
            }
        }
        other => return Err(NotModelled(format!("a sender of type {other:?}"))),
    };
    let to = &probe["to"];
    let to = match to["type"].as_str() {
        Some("ip") => ProbeEnd::Address(address(to, "ip").unwrap()),
        Some("onprem") => match topology.thing(to["id"].as_str().unwrap_or_default()) {
            Some(Thing::OnPremises(id)) => ProbeEnd::OnPremises(id, address(to, "ip")),
            _ => return Err(NotModelled(format!("the end {}", to["id"]))),
        },
        Some("load_balancer") => {
            match topology.thing(to["id"].as_str().unwrap_or_default()).and_then(Named::of) {
                Some(named) => ProbeEnd::Named(named),
                None => return Err(NotModelled(format!("the end {to}"))),
            }
        }
        Some("instance" | "eni" | "vpc_endpoint") => {
            let id = interface(to)?;
            // Without a word about the public address, the private one is dialled, whoever dials.
            let dialled =
                topology.network.interfaces()[id].addresses.iter().find(|it| it.is_ipv6() == six);
            match dialled {
                _ if to["address"] == "public" => ProbeEnd::PublicAddressOf(id),
                Some(&address) => ProbeEnd::Address(address),
                None => ProbeEnd::Interface(id),
            }
        }
        other => return Err(NotModelled(format!("a receiver of type {other:?}"))),
    };
    let protocol = protocol(&probe["protocol"]).expect("a probe has a protocol");
    let port = probe["port"].as_u64().unwrap_or(0) as u16;
    let mut read = Probe::new(from, to, protocol, port);
    if let Some(port) = probe["src_port"].as_u64() {
        read.source_port = port as u16;
    }
    Ok(read)
}

fn differences(topology: &Topology, trace: &Trace, expect: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    let mut demand = |what: &str, holds: bool, found: String| {
        if !holds {
            differences.push(format!("{what}, but {found}"));
        }
    };
    let found = format!("{:?}", trace.verdict);
    match trace.verdict {
        Verdict::Delivered => demand("expected a drop", expect["verdict"] == "delivered", found),
        Verdict::Refused => demand("expected no refusal", false, found),
        Verdict::Dropped { leg, place, cause } => {
            demand("expected delivery", expect["verdict"] == "dropped", found.clone());
            let leg = if leg == Leg::Forward { "forward" } else { "reply" };
            let direction = &expect["direction"];
            demand(
                &format!("expected a drop on the way {direction}"),
                direction.is_null() || direction == leg,
                found.clone(),
            );
            let code = cause.code();
            let mut codes: Vec<&str> =
                list(expect, "code_any").iter().filter_map(Value::as_str).collect();
            codes.extend(expect["code"].as_str());
            let code_fits = match expect.get("code") {
                Some(Value::Null) => !code.is_aws() || codes.contains(&code.as_str()),
                Some(_) => codes.contains(&code.as_str()),
                None => true,
            };
            demand(&format!("expected {}", expect["code"]), code_fits, code.to_string());
            let mut ats: Vec<&str> =
                list(expect, "at_aliases").iter().filter_map(Value::as_str).collect();
            ats.extend(expect["at"].as_str());
            let places = topology.place(place);
            let at_fits = ats.is_empty() || places.iter().any(|it| ats.contains(&it.as_str()));
            demand(&format!("expected it at {ats:?}"), at_fits, format!("at {places:?}"));
        }
    }

    let path: Vec<String> =
        trace.leg(Leg::Forward).flat_map(|hop| topology.place(hop.place)).collect();
    for place in list(expect, "path_includes").iter().filter_map(Value::as_str) {
        let on_path = path.iter().any(|it| it == place);
        demand(&format!("expected {place} on the way"), on_path, format!("{path:?}"));
    }
    for place in list(expect, "path_excludes").iter().filter_map(Value::as_str) {
        let on_path = path.iter().any(|it| it == place);
        demand(&format!("expected no {place} on the way"), !on_path, format!("{path:?}"));
    }
    if let Some(source) = expect["source_seen_by_destination"].as_str() {
        let seen = trace.received().map(|packet| packet.source);
        let expected: IpAddr = source.parse().unwrap();
        demand(
            &format!("expected the source {source}"),
            seen == Some(expected),
            format!("{seen:?}"),
        );
    }
    if let Some((address, port)) = translated(&expect["dnat"]) {
        let got = trace.received().map(|packet| (packet.destination, packet.destination_port));
        let fits = got.is_some_and(|got| got.0 == address && port.is_none_or(|it| it == got.1));
        demand(&format!("expected it to be sent to {}", expect["dnat"]), fits, format!("{got:?}"));
    }
    if let Some(rule) = expect.get("nacl_rule").filter(|it| !it.is_null()) {
        let deciding = acl_rules(trace);
        let rule = rule.as_str().map_or_else(|| rule.to_string(), str::to_owned);
        demand(
            &format!("expected ACL rule {rule} to decide"),
            deciding.contains(&rule),
            format!("{deciding:?}"),
        );
    }
    if expect.get("flow_log").is_some_and(Value::is_array) {
        let expected: Vec<&str> =
            list(expect, "flow_log").iter().filter_map(Value::as_str).collect();
        let log = flow_log(trace);
        demand(&format!("expected the flow log {expected:?}"), log == expected, format!("{log:?}"));
    }
    differences
}

/// The destination that the receiver sees, with or without a port: `"10.0.1.10"`,
/// `"10.0.1.10:8080"` or `{"ip": "10.0.1.10", "port": 8080}`.
fn translated(dnat: &Value) -> Option<(IpAddr, Option<u16>)> {
    let port = |it: &Value| it.as_u64().and_then(|it| u16::try_from(it).ok());
    if let Some(text) = dnat.as_str() {
        let whole = text.parse::<SocketAddr>().map(|it| (it.ip(), Some(it.port())));
        return Some(whole.unwrap_or_else(|_| (text.parse().expect("an address"), None)));
    }
    let keys = ["ip", "dst", "address", "to", "dst_ip", "to_ip"];
    let address = keys.iter().find_map(|key| dnat[*key].as_str())?;
    let ports = ["port", "dst_port", "to_port"];
    Some((address.parse().expect("an address"), ports.iter().find_map(|key| port(&dnat[*key]))))
}

/// The network ACL rules that decided, as the cases write them.
fn acl_rules(trace: &Trace) -> Vec<String> {
    let decisive = trace.hops.iter().filter_map(|hop| hop.decisive());
    decisive
        .filter_map(|check| match check.subject {
            Subject::AclEntry(_, _, number) => Some(number.to_string()),
            Subject::AclDefault(..) => Some("*".to_owned()),
            _ => None,
        })
        .collect()
}

/// What a flow log of the far interface shows: a record per leg, ACCEPT or REJECT
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html>).
fn flow_log(trace: &Trace) -> Vec<&'static str> {
    let mut log = Vec::new();
    for leg in [Leg::Forward, Leg::Reply] {
        let filters: Vec<_> = trace
            .leg(leg)
            .filter(|hop| {
                matches!(
                    hop.place,
                    Place::Interface(_, Direction::Ingress | Direction::Egress)
                        | Place::NetworkAcl(..)
                )
            })
            .collect();
        if filters.is_empty() {
            continue;
        }
        let rejected = filters
            .iter()
            .any(|hop| hop.decisive().is_some_and(|it| it.outcome == CheckOutcome::Denies));
        log.push(if rejected { "REJECT" } else { "ACCEPT" });
    }
    log
}
