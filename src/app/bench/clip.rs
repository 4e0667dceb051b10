//! What was copied, and how it is put where one is.

use crate::{
    app::bench::{
        edit::Order,
        form::{free_block, free_name},
        inspect::Says,
        wire::stem,
    },
    cloud::{
        AclEntry, Change, Connectivity, Direction, InstanceId, Network, Origin, PublicAtLaunch,
        SecurityGroupRule, SubnetId, Target, Thing, VpcId,
    },
    course::{edit, grammar::quote, names::word},
    net::Cidr,
};

/// What was copied.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// What it is.
    what: What,
    /// What it is called.
    pub name: String,
    /// The network as it was when it was copied: what is deleted since can still be pasted.
    from: Network,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Thing(Thing),
    Rule(Direction, SecurityGroupRule),
    Route(Cidr, Target),
    Entry(Direction, AclEntry),
}

/// Where something is pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The VPC.
    pub vpc: Option<VpcId>,
    /// The subnet.
    pub subnet: Option<SubnetId>,
    /// What is selected.
    pub subject: Option<Thing>,
}

impl Clip {
    /// A copy of a thing, if it is of a kind that can be pasted.
    pub fn of(network: &Network, thing: Thing) -> Option<Self> {
        let can = matches!(
            thing,
            Thing::Subnet(_)
                | Thing::Instance(_)
                | Thing::NatGateway(_)
                | Thing::SecurityGroup(_)
                | Thing::RouteTable(_)
                | Thing::NetworkAcl(_)
        );
        let name = network.name(thing).filter(|_| can)?.to_string();
        Some(Self { what: What::Thing(thing), name, from: network.clone() })
    }

    /// A copy of what a row of the inspector says: a rule, a route, an entry.
    pub fn of_row(network: &Network, says: &Says) -> Option<Self> {
        let what = match says {
            Says::Rule(group, direction, index) => {
                let row = network.security_groups().get(*group)?;
                What::Rule(*direction, row.rules(*direction).get(*index)?.clone())
            }
            Says::Route(table, index) => {
                let route = network.route_tables().get(*table)?.routes.get(*index)?;
                What::Route(route.destination, route.target.clone())
            }
            Says::Entry(acl, direction, number) => {
                let row = network.network_acls().get(*acl)?;
                let mut entries = row.entries(*direction).iter();
                What::Entry(*direction, *entries.find(|entry| entry.number == *number)?)
            }
            _ => return None,
        };
        let name = match &what {
            What::Rule(direction, rule) => {
                crate::tell::written::group_rule(network, rule, *direction)
            }
            What::Route(destination, target) => {
                format!("{destination} -> {}", crate::tell::written::target(network, target))
            }
            What::Entry(direction, entry) => crate::tell::written::acl_entry(entry, *direction),
            What::Thing(_) => String::new(),
        };
        Some(Self { what, name, from: network.clone() })
    }

    /// The edits that put a copy there; `None` where it has no place.
    pub fn orders(&self, n: &Network, place: Place) -> Option<Vec<Order>> {
        let lines = match &self.what {
            What::Rule(direction, rule) => {
                let Some(Thing::SecurityGroup(group)) = place.subject else { return None };
                let (direction, rule) = (*direction, rule.clone());
                return Some(vec![Order::Change(Change::AuthorizeSecurityGroup {
                    group,
                    direction,
                    rule,
                })]);
            }
            What::Route(destination, target) => {
                let table = match (place.subject, place.subnet) {
                    (Some(Thing::RouteTable(table)), _) => table,
                    (Some(Thing::Subnet(subnet)), _) => n.route_table_of(subnet),
                    _ => return None,
                };
                let (destination, target) = (*destination, target.clone());
                return Some(vec![Order::Change(Change::CreateRoute {
                    table,
                    destination,
                    target,
                })]);
            }
            What::Entry(direction, entry) => {
                let Some(Thing::NetworkAcl(acl)) = place.subject else { return None };
                let row = n.network_acls().get(acl)?;
                let taken = |number: u16| {
                    row.entries(*direction).iter().any(|entry| entry.number == number)
                };
                let number = (entry.number..=32766).find(|number| !taken(*number))?;
                let (direction, entry) = (*direction, AclEntry { number, ..*entry });
                return Some(vec![Order::Change(Change::CreateNetworkAclEntry {
                    acl,
                    direction,
                    entry,
                })]);
            }
            What::Thing(thing) => self.lines(n, *thing, place)?,
        };
        Some(lines.into_iter().map(Order::Line).collect())
    }

    fn lines(&self, n: &Network, thing: Thing, place: Place) -> Option<Vec<String>> {
        let from = &self.from;
        let mut names = Names { n, taken: Vec::new() };
        match thing {
            Thing::Instance(id) => {
                let subnet = place.subnet?;
                let vpc = n.subnets().get(subnet)?.vpc;
                Some(vec![self.launch(n, id, &word(n, subnet), vpc, &mut names)?])
            }
            Thing::NatGateway(id) => {
                let row = from.nat_gateways().get(id).filter(|row| row.subnet().is_some())?;
                let name = names.free(&row.name);
                let private = match row.connectivity {
                    Connectivity::Private => " private",
                    Connectivity::Public => "",
                };
                Some(vec![format!("create-nat-gateway {name} {}{private}", word(n, place.subnet?))])
            }
            Thing::Subnet(id) => self.subnet(n, id, place.vpc?, &mut names),
            Thing::SecurityGroup(id) => {
                let row = from.security_groups().get(id)?;
                let (name, vpc) = (names.free(&row.name), word(n, place.vpc?));
                let mut lines = vec![format!("create-security-group {name} {vpc}")];
                let old = word(from, id);
                let mut copied = |change: &Change| {
                    lines.extend(renamed(&edit::print(from, change), &old, &name));
                };
                for direction in [Direction::Ingress, Direction::Egress] {
                    for rule in row.rules(direction) {
                        let rule = rule.clone();
                        let change = Change::AuthorizeSecurityGroup { group: id, direction, rule };
                        // A new group has the rule that lets everything out already.
                        let line = edit::print(from, &change);
                        if !line.ends_with(" all to 0.0.0.0/0") {
                            copied(&change);
                        }
                    }
                }
                Some(lines)
            }
            Thing::RouteTable(id) => {
                let row = from.route_tables().get(id)?;
                let (name, vpc) = (names.free(&row.name), word(n, place.vpc?));
                let mut lines = vec![format!("create-route-table {name} {vpc}")];
                for route in row.routes.iter().filter(|route| route.origin == Origin::Static) {
                    let (destination, target) = (route.destination, route.target.clone());
                    let change = Change::CreateRoute { table: id, destination, target };
                    lines.extend(renamed(&edit::print(from, &change), &word(from, id), &name));
                }
                Some(lines)
            }
            Thing::NetworkAcl(id) => {
                let row = from.network_acls().get(id)?;
                let (name, vpc) = (names.free(&row.name), word(n, place.vpc?));
                let mut lines = vec![format!("create-network-acl {name} {vpc}")];
                for direction in [Direction::Ingress, Direction::Egress] {
                    for entry in row.entries(direction) {
                        let entry = *entry;
                        let change = Change::CreateNetworkAclEntry { acl: id, direction, entry };
                        lines.extend(renamed(&edit::print(from, &change), &word(from, id), &name));
                    }
                }
                Some(lines)
            }
            _ => None,
        }
    }

    /// A subnet with what was launched in it.
    fn subnet(
        &self,
        n: &Network,
        id: SubnetId,
        vpc: VpcId,
        names: &mut Names<'_>,
    ) -> Option<Vec<String>> {
        let row = self.from.subnets().get(id)?;
        let block = free_block(n, vpc)?;
        let name = names.free(&row.name);
        let zone = quote(&row.zone.0);
        let mut lines =
            vec![format!("create-subnet {name} {block} vpc={} zone={zone}", word(n, vpc))];
        if row.auto_assign_public_ip {
            lines.push(format!("modify-subnet-attribute {name} auto-assign-public-ip on"));
        }
        let table = row
            .route_table
            .filter(|table| n.route_tables().get(*table).is_some_and(|now| now.vpc == vpc));
        lines.extend(table.map(|table| format!("associate-route-table {name} {}", word(n, table))));
        let acl = row
            .network_acl
            .filter(|acl| n.network_acls().get(*acl).is_some_and(|now| now.vpc == vpc));
        lines.extend(
            acl.map(|acl| format!("replace-network-acl-association {name} {}", word(n, acl))),
        );
        for (instance, other) in self.from.instances().iter() {
            let first = other.interfaces.first().and_then(|id| self.from.interfaces().get(*id));
            if first.is_some_and(|interface| interface.subnet == id) {
                lines.extend(self.launch(n, instance, &name, vpc, names));
            }
        }
        Some(lines)
    }

    /// The line that launches an instance like the copied one.
    fn launch(
        &self,
        n: &Network,
        id: InstanceId,
        subnet: &str,
        vpc: VpcId,
        names: &mut Names<'_>,
    ) -> Option<String> {
        let row = self.from.instances().get(id)?;
        let interface = self.from.interfaces().get(*row.interfaces.first()?)?;
        let groups = interface.security_groups.iter().copied().filter(|group| {
            let old = self.from.security_groups().get(*group).map(|row| &row.name);
            let now = n.security_groups().get(*group);
            now.is_some_and(|now| now.vpc == vpc && Some(&now.name) == old)
        });
        let name = names.free(&row.name);
        let change = Change::RunInstance {
            name: "copy".into(),
            subnet: interface.subnet,
            address: None,
            public_address: PublicAtLaunch::AsSubnet,
            groups: groups.collect(),
            listening: row.listening.clone(),
        };
        let line = edit::print(&self.from, &change);
        let head = format!("run-instances copy {}", word(&self.from, interface.subnet));
        let rest = line.strip_prefix(&head)?;
        Some(format!("run-instances {name} {subnet}{rest}"))
    }
}

/// A line about `old`, about `new` instead.
fn renamed(line: &str, old: &str, new: &str) -> Option<String> {
    let (verb, rest) = line.split_once(' ')?;
    let rest = rest.strip_prefix(old)?;
    Some(format!("{verb} {new}{rest}"))
}

/// Names that are free, each given once.
struct Names<'a> {
    n: &'a Network,
    taken: Vec<String>,
}

impl Names<'_> {
    fn free(&mut self, like: &str) -> String {
        let base = stem(like);
        let taken = |name: &String| self.taken.contains(name) || self.n.find(name).next().is_some();
        let name = free_name(self.n, base);
        let name = std::iter::once(name)
            .chain((2..10_000).map(|number| format!("{base}-{number}")))
            .find(|name| !taken(name))
            .unwrap_or_default();
        self.taken.push(name.clone());
        quote(&name)
    }
}
