//! What the forms of edits ask, filled with what they are most likely about.

use crate::{
    app::bench::{
        edit::Edit,
        form::{
            Ask, Field, Known, Note, Value, blocks, destinations, free_block, free_name, known,
            known_thing, protocols, services, targets, written_peer,
        },
    },
    cloud::{AclAction, Network, Peer, Thing},
    net::Ports,
};

/// The fields of an edit, filled with what it is most likely about.
pub(super) fn fields(edit: Edit, network: &Network) -> Option<Vec<Field>> {
    let name = |base: &str| Field::new(Ask::Name, free_name(network, base), Vec::new(), false);
    Some(match edit {
        Edit::AssociateTable(subnet) => {
            let row = network.subnets().get(subnet)?;
            let mut known =
                vec![Known { text: "main".into(), note: Note::Default, value: Value::Default }];
            let tables = network.route_tables().iter().filter(|(_, table)| table.vpc == row.vpc);
            known.extend(tables.map(|(id, table)| {
                let thing = Thing::RouteTable(id);
                known_thing(table.name.to_string(), thing)
            }));
            let now = row.route_table.map(Thing::RouteTable);
            Field::pick_one(Ask::Table, known, now)
        }
        Edit::AssociateAcl(subnet) => {
            let row = network.subnets().get(subnet)?;
            let mut known =
                vec![Known { text: "default".into(), note: Note::Default, value: Value::Default }];
            let default = network.vpcs().get(row.vpc)?.default_network_acl;
            let acls = network.network_acls().iter();
            let acls = acls.filter(|(id, acl)| acl.vpc == row.vpc && *id != default);
            known.extend(
                acls.map(|(id, acl)| known_thing(acl.name.to_string(), Thing::NetworkAcl(id))),
            );
            let now = row.network_acl.map(Thing::NetworkAcl);
            Field::pick_one(Ask::Acl, known, now)
        }
        Edit::AddRoute(table) => {
            let vpc = network.route_tables().get(table)?.vpc;
            vec![
                Field::new(Ask::Destination, "0.0.0.0/0", destinations(network), false),
                Field::choice(Ask::Target, targets(network, vpc), 0),
            ]
        }
        Edit::EditRoute(table, destination) => {
            let row = network.route_tables().get(table)?;
            let route = row.routes.iter().find(|route| route.destination == destination)?;
            let targets = targets(network, row.vpc);
            let now =
                targets.iter().position(|known| known.value == Value::Target(route.target.clone()));
            vec![Field::choice(Ask::Target, targets, now.unwrap_or(0))]
        }
        Edit::AddRule(group, direction) | Edit::EditRule(group, direction, _) => {
            let vpc = network.security_groups().get(group)?.vpc;
            let mut peers = blocks(network, vpc);
            let groups = network.security_groups().iter().filter(|(_, row)| row.vpc == vpc);
            peers.extend(groups.map(|(id, _)| {
                known_thing(written_peer(network, &Peer::Group(id)), Thing::SecurityGroup(id))
            }));
            peers.extend(network.prefix_lists().iter().map(|(id, _)| {
                known_thing(written_peer(network, &Peer::PrefixList(id)), Thing::PrefixList(id))
            }));
            let mut now = ["tcp", "443", "0.0.0.0/0"].map(str::to_owned);
            if let Edit::EditRule(_, _, index) = edit {
                let rule = network.security_groups()[group].rules(direction).get(index)?;
                let ports = match rule.ports {
                    Ports::ALL => "all".to_owned(),
                    ports => ports.to_string(),
                };
                let peer = written_peer(network, &rule.peer);
                now = [rule.protocol.map_or("all".to_owned(), |it| it.to_string()), ports, peer];
            }
            let [protocol, ports, peer] = now;
            vec![
                Field::new(Ask::Protocol, protocol, protocols(), false),
                Field::new(Ask::Ports, ports, services(true), false),
                Field::new(Ask::Peer(direction), peer, peers, false),
            ]
        }
        Edit::AddEntry(acl, direction) => {
            let row = network.network_acls().get(acl)?;
            let last = row.entries(direction).iter().map(|entry| entry.number).max();
            let number = last.map_or(100, |last| last.saturating_add(10).min(32766));
            let actions = ["allow", "deny"].map(|text| known(text, Note::None)).to_vec();
            vec![
                Field::new(Ask::Number, number.to_string(), Vec::new(), false),
                Field::choice(Ask::Action, actions, 0),
                Field::new(Ask::Protocol, "tcp", protocols(), false),
                Field::new(Ask::Ports, "443", services(true), false),
                Field::new(Ask::FarBlock(direction), "0.0.0.0/0", blocks(network, row.vpc), false),
            ]
        }
        Edit::EditEntry(acl, direction, number) => {
            let row = network.network_acls().get(acl)?;
            let entry = row.entries(direction).iter().find(|entry| entry.number == number)?;
            let actions = ["allow", "deny"].map(|text| known(text, Note::None)).to_vec();
            let deny = usize::from(entry.action == AclAction::Deny);
            let protocol = entry.protocol.map_or("all".to_owned(), |it| it.to_string());
            let ports = match entry.ports {
                Ports::ALL => "all".to_owned(),
                ports => ports.to_string(),
            };
            let far = entry.cidr.to_string();
            vec![
                Field::choice(Ask::Action, actions, deny),
                Field::new(Ask::Protocol, protocol, protocols(), false),
                Field::new(Ask::Ports, ports, services(true), false),
                Field::new(Ask::FarBlock(direction), far, blocks(network, row.vpc), false),
            ]
        }
        Edit::AddBlock(_) => vec![Field::new(Ask::Block, "", Vec::new(), false)],
        Edit::CreateVpc => {
            let number = network.vpcs().len() as u8;
            let block = format!("10.{number}.0.0/16");
            vec![name("vpc"), Field::new(Ask::Block, block, Vec::new(), false)]
        }
        Edit::CreateSubnet(vpc) => {
            let free = free_block(network, vpc).map(|cidr| cidr.to_string());
            let known_blocks =
                free.iter().map(|text| known(text.clone(), Note::Free)).collect::<Vec<_>>();
            let mut zones: Vec<String> = ["a", "b", "c"].map(ToOwned::to_owned).to_vec();
            let mine = network.subnets().iter().filter(|(_, subnet)| subnet.vpc == vpc);
            for (_, subnet) in mine {
                if !zones.iter().any(|zone| *zone == *subnet.zone.0) {
                    zones.push(subnet.zone.0.to_string());
                }
            }
            let zones = zones.into_iter().map(|zone| known(zone, Note::None)).collect();
            vec![
                name("subnet"),
                Field::new(Ask::Zone, "a", zones, false),
                Field::new(Ask::Block, free.unwrap_or_default(), known_blocks, false),
            ]
        }
        Edit::CreateTable(_) => vec![name("table")],
        Edit::CreateGateway(_) => vec![name("igw")],
        Edit::CreateNat(_) => {
            let kinds = ["public", "private"].map(|text| known(text, Note::None)).to_vec();
            vec![name("nat"), Field::choice(Ask::Connectivity, kinds, 0)]
        }
        Edit::CreateGroup(_) => vec![name("group")],
        Edit::CreateAcl(_) => vec![name("acl")],
        Edit::Launch(subnet) => {
            let vpc = network.subnets().get(subnet)?.vpc;
            let groups = network.security_groups().iter().filter(|(_, row)| row.vpc == vpc);
            let groups = groups
                .map(|(id, row)| known_thing(row.name.to_string(), Thing::SecurityGroup(id)))
                .collect();
            vec![
                name("server"),
                Field::choice(Ask::Group, groups, 0),
                Field::new(Ask::Listens, "443", services(true), false),
            ]
        }
        Edit::New(new) => return new.fields(network),
        _ => return None,
    })
}

impl Field {
    fn pick_one(ask: Ask, known: Vec<Known>, now: Option<Thing>) -> Vec<Self> {
        let at = now
            .and_then(|now| known.iter().position(|known| known.value == Value::Thing(now)))
            .unwrap_or(0);
        vec![Self::choice(ask, known, at)]
    }
}
