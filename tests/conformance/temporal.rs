//! A rule changes under an open connection: does the connection live on?

use std::net::IpAddr;

use hanulgil::{
    cloud::{Direction, Network, SecurityGroup, SecurityGroupRule, security_group::keeps_track},
    net::{Packet, TcpFlag},
};
use serde_json::Value;

use super::topology::{NotModelled, list, protocol, rule_of};
use crate::Outcome;

/// Runs one case.
pub fn run(case: &Value) -> Outcome {
    match survives(case) {
        Ok(survives) => {
            let expected = &case["expect"]["existing_flow"];
            let found = if survives { "continues" } else { "interrupted" };
            if expected == found {
                Outcome::Passed
            } else {
                Outcome::Failed(format!("expected {expected}, but {found}"))
            }
        }
        Err(NotModelled(what)) => Outcome::Skipped(format!("{what} not modelled")),
    }
}

fn survives(case: &Value) -> Result<bool, NotModelled> {
    let known = ["id", "title", "confidence", "source", "security_group", "established_flow"];
    let known = |key: &String| known.contains(&key.as_str()) || key == "change" || key == "expect";
    if let Some(key) = case.as_object().unwrap().keys().find(|key| !known(key)) {
        return Err(NotModelled(key.clone()));
    }

    let mut network = Network::new();
    let vpc = network.insert_vpc("vpc", &["10.0.0.0/16".parse().unwrap()]);
    let read = |rules: &[Value]| -> Result<Vec<SecurityGroupRule>, NotModelled> {
        rules.iter().map(|rule| rule_of(rule, |_| None)).collect()
    };
    let ingress = read(list(&case["security_group"], "ingress"))?;
    let egress = read(list(&case["security_group"], "egress"))?;
    let group = network.insert(SecurityGroup { name: "group".into(), vpc, ingress, egress });

    let flow = &case["established_flow"];
    let far = ["client", "server", "peer"].iter().find_map(|it| flow[*it].as_str());
    let far: IpAddr = far.unwrap().parse().unwrap();
    let own = "10.0.0.10".parse().unwrap();
    let inbound = flow["direction"] == "inbound";
    let direction = if inbound { Direction::Ingress } else { Direction::Egress };
    let packet = Packet {
        protocol: protocol(&flow["protocol"]).unwrap(),
        source: if inbound { far } else { own },
        source_port: 49152,
        destination: if inbound { own } else { far },
        destination_port: flow["port"].as_u64().unwrap_or(0) as u16,
        tcp: Some(TcpFlag::Syn),
        icmp: None,
    };
    let tracked = keeps_track(&network, &[group], direction, &packet);

    for (what, rules) in case["change"].as_object().into_iter().flatten() {
        let (verb, side) = what.split_once('_').unwrap_or_default();
        let many = rules.as_array().map_or(std::slice::from_ref(rules), Vec::as_slice);
        let rules = read(many)?;
        let ingress = side == "ingress";
        if !ingress && side != "egress" {
            return Err(NotModelled(format!("the change {what}")));
        }
        network.update(group, |it| {
            let mine = if ingress { &mut it.ingress } else { &mut it.egress };
            match verb {
                "remove" => mine.retain(|rule| !rules.contains(rule)),
                "add" => mine.extend(rules),
                _ => *mine = rules,
            }
        });
    }
    let still_admitted = network.security_groups()[group]
        .rules(direction)
        .iter()
        .any(|rule| rule.differs(&network, vpc, direction, &packet).is_none());
    Ok(tracked || still_admitted)
}
