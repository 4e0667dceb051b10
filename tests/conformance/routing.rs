//! One route table, one destination: which route is taken?

use std::net::IpAddr;

use hanulgil::{
    cloud::{Network, Origin, PrefixList, Route, RouteTable, Rules, Target},
    net::Cidr,
};
use serde_json::Value;

use super::topology::{list, origin};
use crate::Outcome;

/// Runs one case. Where a route leads plays no part in the choice, so the target is its name.
pub fn run(case: &Value) -> Outcome {
    let mut network = Network::new();
    let vpc = network.insert_vpc("vpc", &[]);
    let mut routes = Vec::new();
    for route in list(case, "route_table") {
        let target = Target::Gone(route["target"].as_str().unwrap().into());
        let destination = route["dst"].as_str().unwrap();
        if let Ok(destination) = destination.parse::<Cidr>() {
            routes.push(Route { destination, target, origin: origin(route) });
            continue;
        }
        let Some(cidrs) = blocks(case, route, destination) else {
            return Outcome::Skipped(format!("a route to {destination} not modelled"));
        };
        let list = network.insert(PrefixList {
            name: destination.into(),
            cidrs: cidrs.clone(),
            by_aws: false,
        });
        routes.extend(cidrs.into_iter().map(|destination| Route {
            destination,
            target: target.clone(),
            origin: Origin::PrefixList(list),
        }));
    }
    let table = RouteTable { name: "table".into(), vpc, routes };
    let destination: IpAddr = case["packet_dst"].as_str().unwrap().parse().unwrap();
    let next_hop =
        table.decide(destination, &Rules::AWS).map(|it| match &table.routes[it].target {
            Target::Gone(name) => name.to_string(),
            _ => unreachable!("every target is a name here"),
        });
    let expect = &case["expect"];
    let known = ["next_hop", "state", "code", "note"];
    if let Some((key, _)) =
        expect.as_object().into_iter().flatten().find(|(key, _)| !known.contains(&key.as_str()))
    {
        return Outcome::Skipped(format!("expect.{key} not modelled"));
    }
    let expected = &expect["next_hop"];
    // A route whose target is gone is chosen all the same, and drops: the case may name the target,
    // or the hole.
    let chosen = next_hop
        .as_deref()
        .and_then(|hop| list(case, "route_table").iter().find(|route| route["target"] == hop));
    let hole = chosen.is_some_and(|route| route["state"] == "blackhole");
    if hole && (expected.is_null() || expected == "blackhole") {
        return Outcome::Passed;
    }
    let state = if hole { "blackhole" } else { "active" };
    if expect["state"].as_str().is_some_and(|it| it != state) {
        return Outcome::Failed(format!("expected the state {}, but {state}", expect["state"]));
    }
    let code = if hole {
        Some("BAD_STATE_ROUTE")
    } else if next_hop.is_none() {
        Some("NO_ROUTE_TO_DESTINATION")
    } else {
        None
    };
    if !expect["code"].is_null() && expect["code"].as_str() != code {
        return Outcome::Failed(format!("expected {}, but {code:?}", expect["code"]));
    }
    let fits = match expected.as_str() {
        Some(expected) => next_hop.as_deref() == Some(expected),
        None => next_hop.is_none(),
    };
    if fits {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("expected {expected}, but {next_hop:?}"))
    }
}

/// The blocks of a list to which a route leads: those that the case, or the route itself, gives.
fn blocks(case: &Value, route: &Value, name: &str) -> Option<Vec<Cidr>> {
    let given = list(case, "prefix_lists").iter().find(|it| it["id"] == name || it["name"] == name);
    let given = given
        .map(|it| list(it, "cidrs"))
        .or_else(|| case["prefix_lists"][name].as_array().map(Vec::as_slice));
    let cidrs = given.unwrap_or_else(|| list(route, "cidrs"));
    let cidrs: Vec<Cidr> = cidrs.iter().filter_map(|it| it.as_str()?.parse().ok()).collect();
    (!cidrs.is_empty()).then_some(cidrs)
}
