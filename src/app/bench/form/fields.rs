//! What the forms of edits ask, filled with what they are most likely about.

use crate::{
    app::bench::{
        edit::Edit,
        form::{
            Ask, Field, Known, Note, Value, blocks, destinations, free_blocks, free_blocks_for_vpc,
            free_name, known, known_thing, protocols, services, targets, written_peer,
        },
    },
    cloud::{AclAction, Change, LoadBalancerKind, Network, Peer, SubnetId, Thing, VpcId},
    course::{grammar::print_traffic, names::word},
    net::{Cidr, Ports, Protocol},
};

/// The fields of an edit, filled with what it is most likely about.
pub(super) fn fields(edit: Edit, network: &Network) -> Option<Vec<Field>> {
    let name = |base: &str, others: &[&str]| Field::name(network, base, others);
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
        Edit::UseTable(table) => {
            let vpc = network.route_tables().get(table)?.vpc;
            let others = network.subnets().iter();
            let others =
                others.filter(|(id, row)| row.vpc == vpc && network.route_table_of(*id) != table);
            // Those that follow the main table because nobody chose one for them come first.
            let mut others: Vec<_> = others.collect();
            others.sort_by_key(|(_, row)| row.route_table.is_some());
            let known = others.into_iter().map(|(id, _)| Known {
                text: word(network, id),
                note: Note::Of(Thing::RouteTable(network.route_table_of(id))),
                value: Value::Thing(Thing::Subnet(id)),
            });
            vec![Field::choice(Ask::Subnets, known.collect(), 0)]
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
            // Groups are what rules are about more often than single subnets.
            let mut peers = blocks(network, vpc);
            let whole = 1 + network.vpcs().get(vpc).map_or(0, |row| row.cidrs.len());
            let near = peers.split_off(whole.min(peers.len()));
            let groups = network.security_groups().iter().filter(|(_, row)| row.vpc == vpc);
            peers.extend(groups.map(|(id, _)| {
                known_thing(written_peer(network, &Peer::Group(id)), Thing::SecurityGroup(id))
            }));
            peers.extend(near);
            peers.extend(network.prefix_lists().iter().map(|(id, _)| {
                known_thing(written_peer(network, &Peer::PrefixList(id)), Thing::PrefixList(id))
            }));
            let mut now = ["tcp", "443", "0.0.0.0/0"].map(str::to_owned);
            if let Edit::EditRule(_, _, index) = edit {
                let rule = network.security_groups()[group].rules(direction).get(index)?;
                let [protocol, ports] = traffic(rule.protocol, rule.ports);
                now = [protocol, ports, written_peer(network, &rule.peer)];
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
            let entries = row.entries(direction);
            let last = entries.iter().map(|entry| entry.number).max();
            let number = last.map_or(100, |last| last.saturating_add(10).min(32766));
            // Behind all the others, or before them: the order decides.
            let first = entries.iter().map(|entry| entry.number).min();
            let before = first.map(|first| if first > 10 { first - 10 } else { first - 1 });
            let numbers = [Some(number), before.filter(|number| *number > 0)];
            let numbers = numbers.into_iter().flatten();
            let numbers = numbers.map(|number| known(number.to_string(), Note::None)).collect();
            let actions = ["allow", "deny"].map(|text| known(text, Note::None)).to_vec();
            vec![
                Field::new(Ask::Number, number.to_string(), numbers, false),
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
            let [protocol, ports] = traffic(entry.protocol, entry.ports);
            let far = entry.cidr.to_string();
            vec![
                Field::choice(Ask::Action, actions, deny),
                Field::new(Ask::Protocol, protocol, protocols(), false),
                Field::new(Ask::Ports, ports, services(true), false),
                Field::new(Ask::FarBlock(direction), far, blocks(network, row.vpc), false),
            ]
        }
        Edit::AddBlock(vpc) => {
            // What AWS would refuse beside the blocks that are there is not put forward.
            let fits = |cidr: &Cidr| {
                network.clone().apply(Change::AssociateVpcCidrBlock { vpc, cidr: *cidr }).is_ok()
            };
            vec![Field::block(free_blocks_for_vpc(network).filter(fits).take(4))]
        }
        Edit::CreateVpc => {
            vec![name("vpc", &[]), Field::block(free_blocks_for_vpc(network).take(4))]
        }
        Edit::CreateSubnet(vpc) => {
            let mut zones: Vec<String> = ["a", "b", "c"].map(ToOwned::to_owned).to_vec();
            let mine = network.subnets().iter().filter(|(_, subnet)| subnet.vpc == vpc);
            for (_, subnet) in mine {
                if !zones.iter().any(|zone| *zone == *subnet.zone.0) {
                    zones.push(subnet.zone.0.to_string());
                }
            }
            let zone = emptiest_zone(network, vpc);
            let zones = zones.into_iter().map(|zone| known(zone, Note::None)).collect();
            let names = ["public-a", "public-b", "private-a", "private-b"];
            vec![
                name("subnet", &names),
                Field::new(Ask::Zone, zone, zones, false),
                Field::block(free_blocks(network, vpc).take(4)),
            ]
        }
        Edit::CreateTable(_) => {
            vec![name("table", &["public", "private", "private-a", "private-b"])]
        }
        Edit::CreateGateway(_) => vec![name("igw", &[])],
        Edit::CreateNat(subnet) => {
            let kinds = ["public", "private"].map(|text| known(text, Note::None)).to_vec();
            vec![
                name("nat", &["nat-a", "nat-b"]),
                Field::subnet(network, subnet)?,
                Field::choice(Ask::Connectivity, kinds, 0),
            ]
        }
        Edit::CreateGroup(_) => vec![name("group", &["alb-sg", "web-sg", "app-sg", "db-sg"])],
        Edit::CreateAcl(_) => vec![name("acl", &["public", "private"])],
        Edit::Launch(subnet) => {
            let vpc = network.subnets().get(subnet)?.vpc;
            let groups = network.security_groups().iter().filter(|(_, row)| row.vpc == vpc);
            let groups = groups
                .map(|(id, row)| known_thing(row.name.to_string(), Thing::SecurityGroup(id)))
                .collect();
            // There are often several of a kind.
            let names = ["web", "app", "db", "bastion"].map(|name| free_name(network, name));
            vec![
                name("server", &names.each_ref().map(String::as_str)),
                Field::subnet(network, subnet)?,
                Field::choice(Ask::Group, groups, 0),
                Field::new(Ask::Listens, "443", services(true), false),
            ]
        }
        Edit::New(new) => return new.fields(network),
        Edit::Set(property) => {
            if property.is_switch(network) {
                return None;
            }
            let (now, known) = (property.value(network)?, property.choices(network));
            vec![Field::new(Ask::Value(property), now, known, !property.is_free())]
        }
        Edit::Join(members) => {
            let known = members.others(network);
            let first = known.first().map(|known| known.text.clone()).unwrap_or_default();
            let free = members.is_free();
            if known.is_empty() && !free {
                return None;
            }
            vec![Field::new(members.ask(), first, known, !free)]
        }
        Edit::Exchange(members, member) => {
            let (now, known) = (member.word(network), members.others(network));
            vec![Field::new(members.ask(), now, known, false)]
        }
        Edit::AddLine(table) => return table.fields(network, None),
        Edit::EditLine(line) => return line.table().fields(network, Some(line)),
        Edit::AttachInterface(id) => {
            let vpc = network.interfaces().get(id).map(|_| network.vpc_of(id))?;
            let here = network.instances().iter().filter(|(_, row)| {
                row.interfaces.first().is_some_and(|first| network.vpc_of(*first) == vpc)
            });
            let here: Vec<Known> =
                here.map(|(id, _)| known_thing(word(network, id), Thing::Instance(id))).collect();
            if here.is_empty() {
                return None;
            }
            vec![Field::choice(Ask::Instance, here, 0)]
        }
        Edit::AttachVpn(_) => {
            let all = network.vpcs().iter();
            let all: Vec<Known> =
                all.map(|(id, _)| known_thing(word(network, id), Thing::Vpc(id))).collect();
            if all.is_empty() {
                return None;
            }
            vec![Field::choice(Ask::Vpc, all, 0)]
        }
        Edit::LinkApi(_) => {
            let inner = network
                .load_balancers()
                .iter()
                .filter(|(_, row)| row.kind != LoadBalancerKind::Gateway);
            let inner: Vec<Known> = inner
                .map(|(id, _)| known_thing(word(network, id), Thing::LoadBalancer(id)))
                .collect();
            if inner.is_empty() {
                return None;
            }
            vec![Field::choice(Ask::Balancer, inner, 0)]
        }
        _ => return None,
    })
}

/// The zone that has the fewest subnets of a VPC: designs spread over zones.
fn emptiest_zone(network: &Network, vpc: VpcId) -> String {
    let mine = || network.subnets().iter().filter(|(_, row)| row.vpc == vpc);
    let mut zones: Vec<&str> = mine().map(|(_, row)| &*row.zone.0).collect();
    // Zones of an import have longer names: `b` would be none of theirs.
    if zones.iter().all(|zone| zone.len() == 1) {
        zones.extend(["a", "b"]);
    }
    zones.sort_unstable();
    zones.dedup();
    let count = |zone: &str| mine().filter(|(_, row)| &*row.zone.0 == zone).count();
    let zone = zones.into_iter().min_by_key(|zone| count(zone));
    zone.unwrap_or("a").to_owned()
}

impl Field {
    /// A name: one that is free, with other usual ones on offer.
    pub(super) fn name(network: &Network, base: &str, others: &[&str]) -> Self {
        let first = free_name(network, base);
        let mut offers = vec![known(first.clone(), Note::None)];
        let free = others.iter().filter(|name| network.find(name).next().is_none());
        offers.extend(free.map(|name| known(*name, Note::None)));
        Self::new(Ask::Name, first, if offers.len() > 1 { offers } else { Vec::new() }, false)
    }

    /// Which subnet of its VPC something is to stand in: this one, unless another is taken.
    fn subnet(network: &Network, here: SubnetId) -> Option<Self> {
        let vpc = network.subnets().get(here)?.vpc;
        let own = network.subnets().iter().filter(|(_, row)| row.vpc == vpc);
        let ids: Vec<SubnetId> = own.map(|(id, _)| id).collect();
        let at = ids.iter().position(|id| *id == here).unwrap_or(0);
        let known = ids.into_iter().map(|id| known_thing(word(network, id), Thing::Subnet(id)));
        Some(Self::choice(Ask::Subnets, known.collect(), at))
    }

    /// A block: the first of these free ones, with the others on offer.
    fn block(free: impl Iterator<Item = Cidr>) -> Self {
        let free: Vec<_> = free.map(|cidr| known(cidr.to_string(), Note::Free)).collect();
        let first = free.first().map(|known| known.text.clone()).unwrap_or_default();
        Self::new(Ask::Block, first, free, false)
    }

    fn pick_one(ask: Ask, known: Vec<Known>, now: Option<Thing>) -> Vec<Self> {
        let at = now
            .and_then(|now| known.iter().position(|known| known.value == Value::Thing(now)))
            .unwrap_or(0);
        vec![Self::choice(ask, known, at)]
    }
}

/// What a rule is for, as the two fields of a form: a type of ICMP stands behind the protocol.
fn traffic(protocol: Option<Protocol>, ports: Ports) -> [String; 2] {
    let with_ports = protocol.filter(|it| it.has_ports());
    let first = with_ports.map_or_else(|| print_traffic(protocol, ports), |it| it.to_string());
    let second = with_ports.filter(|_| ports != Ports::ALL).map(|_| ports.to_string());
    [first, second.unwrap_or_else(|| "all".to_owned())]
}
