//! The rules of a network in a few lines: the routes, groups and lists that a packet may meet.
//! What one must know to say what will become of a packet, and what the map has no room for.

use std::collections::BTreeSet;

use ratatui::style::Style;

use crate::{
    cloud::{AclAction, Direction, Network, NetworkAcl},
    net::Ports,
    tell::written,
    text::line::Run,
    ui::{Skin, sheet::Sheet},
};

/// Lists what is in use: route tables of subnets, groups of interfaces, and lists that do not let
/// everything pass.
pub fn sheet(network: &Network, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (glyph, tell) = (&skin.glyph, &skin.words.tell);
    let subnets: Vec<_> = network.subnets().iter().map(|(id, _)| id).collect();
    let tables: BTreeSet<_> = subnets.iter().map(|id| network.route_table_of(*id)).collect();
    for id in tables {
        let table = &network.route_tables()[id];
        let routes = table.routes.iter().map(|route| written::route(network, route)).collect();
        line(&mut sheet, glyph.table, &table.name, &[("", routes)], skin);
    }
    let groups: BTreeSet<_> = network
        .interfaces()
        .iter()
        .flat_map(|(_, interface)| interface.security_groups.iter().copied())
        .collect();
    for id in groups {
        let Some(group) = network.security_groups().get(id) else { continue };
        let rules = |way: Direction| -> Vec<String> {
            let rules = group.rules(way).iter();
            rules.map(|rule| written::group_rule(network, rule, way)).collect()
        };
        let parts =
            [(tell.inbound, rules(Direction::Ingress)), (tell.outbound, rules(Direction::Egress))];
        line(&mut sheet, glyph.group, &group.name, &parts, skin);
    }
    let lists: BTreeSet<_> = subnets.iter().map(|id| network.network_acl_of(*id)).collect();
    for id in lists {
        let list = &network.network_acls()[id];
        if is_open(list) {
            continue;
        }
        let entries = |way: Direction| -> Vec<String> {
            let mut entries: Vec<_> = list.entries(way).iter().collect();
            entries.sort_by_key(|entry| entry.number);
            let entries = entries.into_iter().map(|entry| written::acl_entry(entry, way));
            entries.chain([written::ACL_DEFAULT.to_owned()]).collect()
        };
        let parts = [
            (tell.inbound, entries(Direction::Ingress)),
            (tell.outbound, entries(Direction::Egress)),
        ];
        line(&mut sheet, glyph.acl, &list.name, &parts, skin);
    }
    sheet
}

/// Does the list let everything pass, as a VPC's first one does?
fn is_open(list: &NetworkAcl) -> bool {
    [Direction::Ingress, Direction::Egress].into_iter().all(|way| {
        list.entries(way).iter().min_by_key(|entry| entry.number).is_some_and(|first| {
            first.action == AclAction::Allow
                && first.protocol.is_none()
                && first.ports == Ports::ALL
                && first.cidr.length() == 0
        })
    })
}

fn line(sheet: &mut Sheet, sign: &str, name: &str, parts: &[(&str, Vec<String>)], skin: &Skin) {
    let theme = &skin.theme;
    let mut runs: Vec<Run<Style>> = vec![Run::new(format!("{sign} {name}  "), theme.strong)];
    // No breaks inside a rule.
    let whole = |text: &str| text.replace(' ', "\u{a0}");
    for (label, rules) in parts {
        if !label.is_empty() {
            runs.push(Run::new(format!("{}\u{a0}", whole(label)), theme.dim));
        }
        if rules.is_empty() {
            runs.push(Run::new("-  ", theme.dim));
        }
        for (at, rule) in rules.iter().enumerate() {
            let more = at + 1 < rules.len();
            runs.push(Run::new(whole(rule), theme.code));
            runs.push(Run::new(if more { ", " } else { "  " }, theme.dim));
        }
    }
    sheet.runs(&runs, 0, 4);
}
