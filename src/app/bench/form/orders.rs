//! What a form that is filled in orders.

use crate::{
    app::bench::{
        edit::{Edit, Order},
        form::{Ask, Form, Purpose, Value, block, ports, service},
        wire,
    },
    cloud::{
        AclAction, AclEntry, Change, Connectivity, Direction, Listening, Name, Network, Peer,
        PublicAtLaunch, SecurityGroupRule, SubnetId, Thing, Zone,
    },
    course::{
        grammar::quote,
        names::{interface_word, word},
    },
    net::{Ports, Protocol},
};

impl Form {
    /// The changes that were ordered; `None` while something is wrong with a field.
    pub fn orders(&self, network: &Network) -> Option<Vec<Order>> {
        if self.first_problem(network).is_some() {
            return None;
        }
        let Purpose::Edit(edit) = self.purpose else { return None };
        if self.fields.is_empty() {
            return edit.at_once(network);
        }
        let name = || Name::from(self.text(Ask::Name));
        let cidr = |ask| block(self.text(ask)).ok();
        let traffic = || {
            let (protocol, types) = service(self.text(Ask::Protocol)).ok()?;
            let with_ports = protocol.is_some_and(Protocol::has_ports);
            let range = if with_ports { ports(self.text(Ask::Ports)).ok()? } else { types };
            Some((protocol, range))
        };
        let target = || match self.value(Ask::Target)? {
            Value::Target(target) => Some(target.clone()),
            _ => None,
        };
        let change = match edit {
            Edit::AssociateTable(subnet) => Change::AssociateRouteTable {
                subnet,
                table: match self.value(Ask::Table)? {
                    Value::Thing(Thing::RouteTable(table)) => Some(*table),
                    _ => None,
                },
            },
            Edit::UseTable(table) => {
                Change::AssociateRouteTable { subnet: self.subnet()?, table: Some(table) }
            }
            Edit::AssociateAcl(subnet) => Change::AssociateNetworkAcl {
                subnet,
                acl: match self.value(Ask::Acl)? {
                    Value::Thing(Thing::NetworkAcl(acl)) => Some(*acl),
                    _ => None,
                },
            },
            Edit::AddRoute(table) => Change::CreateRoute {
                table,
                destination: cidr(Ask::Destination)?,
                target: target()?,
            },
            Edit::EditRoute(table, destination) => {
                Change::ReplaceRoute { table, destination, target: target()? }
            }
            Edit::AddRule(group, direction) => {
                let rule = self.rule(direction, traffic()?)?;
                Change::AuthorizeSecurityGroup { group, direction, rule }
            }
            // Nothing to be done when nothing is different.
            Edit::EditRule(group, direction, index) => {
                let row = network.security_groups().get(group)?;
                let old = row.rules(direction).get(index)?.clone();
                let rule = self.rule(direction, traffic()?)?;
                if rule == old {
                    return Some(Vec::new());
                }
                if rule.peer.is_like(old.peer) {
                    let change =
                        Change::ModifySecurityGroupRule { group, direction, rule: old, new: rule };
                    return Some(vec![Order::Change(change)]);
                }
                // AWS keeps a rule to its kind: this one goes, and another comes.
                return Some(vec![
                    Order::Change(Change::RevokeSecurityGroup { group, direction, rule: old }),
                    Order::Change(Change::AuthorizeSecurityGroup { group, direction, rule }),
                ]);
            }
            Edit::AddEntry(acl, direction) => {
                let entry = self.entry(direction, traffic()?)?;
                Change::CreateNetworkAclEntry { acl, direction, entry }
            }
            Edit::EditEntry(acl, direction, number) => {
                let entry = AclEntry { number, ..self.entry(direction, traffic()?)? };
                Change::ReplaceNetworkAclEntry { acl, direction, entry }
            }
            Edit::AddBlock(vpc) => Change::AssociateVpcCidrBlock { vpc, cidr: cidr(Ask::Block)? },
            Edit::CreateVpc => Change::CreateVpc { name: name(), cidr: cidr(Ask::Block)? },
            Edit::CreateSubnet(vpc) => Change::CreateSubnet {
                name: name(),
                vpc,
                zone: Zone(Name::from(self.text(Ask::Zone))),
                cidr: cidr(Ask::Block)?,
            },
            Edit::CreateTable(vpc) => Change::CreateRouteTable { name: name(), vpc },
            Edit::CreateGateway(vpc) => {
                // A VPC has one at most: a second waits for another VPC.
                let taken = network.internet_gateway_of(vpc).is_some();
                let (name, vpc) = (quote(self.text(Ask::Name)), word(network, vpc));
                let make = Order::Line(format!("create-internet-gateway {name}"));
                let attach = Order::Line(format!("attach-internet-gateway {name} {vpc}"));
                return Some(if taken { vec![make] } else { vec![make, attach] });
            }
            Edit::CreateNat(_) => Change::CreateNatGateway {
                name: name(),
                subnet: self.subnet()?,
                connectivity: match self.text(Ask::Connectivity) {
                    "private" => Connectivity::Private,
                    _ => Connectivity::Public,
                },
                address: None,
                public_address: None,
            },
            Edit::CreateGroup(vpc) => Change::CreateSecurityGroup { name: name(), vpc },
            Edit::CreateAcl(vpc) => Change::CreateNetworkAcl { name: name(), vpc },
            Edit::Launch(_) => {
                let groups = match self.value(Ask::Group)? {
                    Value::Thing(Thing::SecurityGroup(group)) => vec![*group],
                    _ => Vec::new(),
                };
                let listening = ports(self.text(Ask::Listens)).ok()?;
                let listening = Listening::On(vec![(Protocol::TCP, listening)]);
                launch(name(), self.subnet()?, groups, listening)
            }
            Edit::Set(_)
            | Edit::Join(_)
            | Edit::Exchange(..)
            | Edit::AddLine(_)
            | Edit::EditLine(_)
            | Edit::AttachInterface(_)
            | Edit::AttachVpn(_)
            | Edit::LinkApi(_) => {
                let lines = self.lines(edit, network)?;
                return Some(lines.into_iter().map(Order::Line).collect());
            }
            Edit::New(new) => {
                return Some(new.lines(self, network)?.into_iter().map(Order::Line).collect());
            }
            _ => return None,
        };
        Some(vec![Order::Change(change)])
    }

    /// The subnet that was taken.
    fn subnet(&self) -> Option<SubnetId> {
        match self.value(Ask::Subnets)? {
            Value::Thing(Thing::Subnet(subnet)) => Some(*subnet),
            _ => None,
        }
    }

    /// The lines of what is described by data: properties, lists and tables.
    fn lines(&self, edit: Edit, n: &Network) -> Option<Vec<String>> {
        let text = |ask| self.text(ask);
        Some(match edit {
            Edit::Set(property) => property.lines(n, text(Ask::Value(property)))?,
            Edit::Join(members) => members.join(n, &members.spelled(text(members.ask()))?)?,
            Edit::Exchange(members, member) => {
                members.exchange(n, member, &members.spelled(text(members.ask()))?)?
            }
            Edit::AddLine(table) => table.orders(n, self, None)?,
            Edit::EditLine(line) => line.table().orders(n, self, Some(line))?,
            Edit::AttachInterface(id) => {
                let (interface, instance) = (interface_word(n, id), text(Ask::Instance));
                vec![format!("attach-network-interface {interface} {instance}")]
            }
            Edit::AttachVpn(id) => {
                vec![format!("attach-vpn-gateway {} {}", word(n, id), text(Ask::Vpc))]
            }
            Edit::LinkApi(id) => {
                let Value::Thing(Thing::LoadBalancer(balancer)) = *self.value(Ask::Balancer)?
                else {
                    return None;
                };
                let wire = wire::link(n, id, balancer)?;
                vec![wire]
            }
            _ => return None,
        })
    }

    fn rule(
        &self,
        direction: Direction,
        (protocol, ports): (Option<Protocol>, Ports),
    ) -> Option<SecurityGroupRule> {
        let ask = Ask::Peer(direction);
        let peer = match self.value(ask) {
            Some(Value::Thing(Thing::SecurityGroup(group))) => Peer::Group(*group),
            Some(Value::Thing(Thing::PrefixList(list))) => Peer::PrefixList(*list),
            _ => Peer::Cidr(self.text(ask).parse().ok()?),
        };
        Some(SecurityGroupRule { protocol, ports, peer })
    }

    fn entry(
        &self,
        direction: Direction,
        (protocol, ports): (Option<Protocol>, Ports),
    ) -> Option<AclEntry> {
        Some(AclEntry {
            number: self.text(Ask::Number).parse().ok().unwrap_or(1),
            action: match self.text(Ask::Action) {
                "deny" => AclAction::Deny,
                _ => AclAction::Allow,
            },
            protocol,
            ports,
            cidr: block(self.text(Ask::FarBlock(direction))).ok()?,
        })
    }
}

fn launch(
    name: Name,
    subnet: SubnetId,
    groups: Vec<crate::cloud::SecurityGroupId>,
    listening: Listening,
) -> Change {
    Change::RunInstance {
        name,
        subnet,
        address: None,
        public_address: PublicAtLaunch::AsSubnet,
        groups,
        listening,
    }
}
