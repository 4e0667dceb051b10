//! The few values that an edit asks for: typed with the known ones on offer, checked while typing,
//! and turned into changes.

use std::net::IpAddr;

use tui_input::{Input as Text, InputRequest};

use crate::{
    app::{
        Key, KeyCode,
        bench::edit::{Edit, Order},
    },
    cloud::{
        AclAction, AclEntry, Change, Connectivity, Direction, InterfaceKind, Listening, Name,
        Network, Peer, Probe, PublicAtLaunch, SecurityGroupRule, SubnetId, Target, Thing, VpcId,
        Zone,
    },
    course::{grammar::is_name, scene::parse_probe},
    net::{Cidr, CidrError, Ports, Protocol},
    tell::written,
};

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An edit of the network.
    Edit(Edit),
    /// A packet of one's own.
    Packet,
}

/// A form: fields to fill in, then a row that makes it so, and for what exists already one that
/// takes it away.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field or row that has the keyboard: fields first, then [`Form::buttons`].
    pub at: usize,
    /// Was it tried to send it off? From then on every problem shows.
    pub tried: bool,
}

/// The rows below the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Make it so.
    Make,
    /// Take what is edited away.
    Remove(Edit),
    /// Leave everything as it is.
    Cancel,
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it asks for.
    pub ask: Ask,
    /// What is typed.
    pub text: Text,
    /// Known values.
    pub known: Vec<Known>,
    /// May only known values be taken?
    pub strict: bool,
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what it asks for")]
pub enum Ask {
    Name,
    Block,
    Zone,
    Destination,
    Target,
    Table,
    Acl,
    Protocol,
    Ports,
    Peer(Direction),
    Number,
    Action,
    FarBlock(Direction),
    Connectivity,
    Group,
    Listens,
    From,
    To,
    Port,
}

/// A known value for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What the field then holds.
    pub text: String,
    /// What it means.
    pub note: Note,
    value: Value,
}

/// What a known value means, for the words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It says so itself.
    None,
    /// This object, or a range that belongs to it.
    Of(Thing),
    /// Every address.
    Everyone,
    /// The internet as a sender or receiver.
    Internet,
    /// A well-known service.
    Service(&'static str),
    /// The client's ports.
    Ephemeral,
    /// The VPC's main table, or default list.
    Default,
    /// The next free block.
    Free,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text,
    Target(Target),
    Thing(Thing),
    Default,
}

/// Why a value cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what is wrong")]
pub enum Problem {
    Missing,
    Block(CidrError),
    Ports,
    Port,
    Protocol,
    Number,
    Name,
    NameTaken,
    Unknown,
    End,
}

impl Field {
    fn new(ask: Ask, text: impl Into<String>, known: Vec<Known>, strict: bool) -> Self {
        Self { ask, text: Text::new(text.into()), known, strict }
    }

    /// A field that takes known values only, with the first (or this one) chosen.
    fn choice(ask: Ask, known: Vec<Known>, chosen: usize) -> Self {
        let text = known.get(chosen).map(|known| known.text.clone()).unwrap_or_default();
        Self::new(ask, text, known, true)
    }

    /// The known values that go with what is typed: all of them when it is one of them already.
    pub fn offers(&self) -> Vec<&Known> {
        let typed = self.text.value().trim();
        let exact = self.known.iter().any(|known| known.text == typed);
        self.known
            .iter()
            .filter(|known| exact || typed.is_empty() || known.text.contains(typed))
            .collect()
    }

    /// The known value that is taken as it stands.
    pub fn taken(&self) -> Option<&Known> {
        let typed = self.text.value().trim();
        self.known.iter().find(|known| known.text == typed)
    }

    fn set(&mut self, text: String) {
        self.text = Text::new(text);
    }

    /// Takes the next or previous of the known values.
    fn turn(&mut self, forward: bool) {
        let offers: Vec<String> = self.offers().iter().map(|known| known.text.clone()).collect();
        let typed = self.text.value().trim();
        let at = offers.iter().position(|text| text == typed);
        let next = match (at, forward) {
            (None, true) => Some(0),
            (None, false) => offers.len().checked_sub(1),
            (Some(at), true) => Some((at + 1) % offers.len()),
            (Some(at), false) => Some((at + offers.len() - 1) % offers.len()),
        };
        if let Some(text) = next.and_then(|next| offers.get(next)) {
            self.set(text.clone());
        }
    }

    fn type_key(&mut self, key: Key) {
        if self.strict {
            match key.code {
                KeyCode::Left => self.turn(false),
                KeyCode::Right | KeyCode::Char(' ') => self.turn(true),
                _ => {}
            }
            return;
        }
        let request = match key.code {
            KeyCode::Char(letter) if key.types() && !letter.is_control() => {
                InputRequest::InsertChar(letter)
            }
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return,
        };
        self.text.handle(request);
    }

    /// What is wrong with the value, whatever the other fields say.
    pub fn problem(&self, network: &Network) -> Option<Problem> {
        let text = self.text.value().trim();
        if text.is_empty() {
            return Some(Problem::Missing);
        }
        if self.strict {
            return self.taken().is_none().then_some(Problem::Unknown);
        }
        match self.ask {
            Ask::Block | Ask::Destination | Ask::FarBlock(_) => block(text).err(),
            Ask::Peer(_) => match self.taken() {
                Some(_) => None,
                None => block(text).err(),
            },
            Ask::Protocol => protocol(text).err(),
            Ask::Ports | Ask::Listens => ports(text).err(),
            Ask::Port => text.parse::<u16>().map(|_| ()).err().map(|_| Problem::Port),
            Ask::Number => {
                let number = text.parse::<u16>().ok();
                (!number.is_some_and(|number| (1..=32766).contains(&number)))
                    .then_some(Problem::Number)
            }
            Ask::Name | Ask::Zone => (!is_name(text)).then_some(Problem::Name),
            Ask::From | Ask::To => {
                let known = self.taken().is_some() || text.parse::<IpAddr>().is_ok();
                (!known && network.find(text).next().is_none()).then_some(Problem::End)
            }
            Ask::Target | Ask::Table | Ask::Acl | Ask::Action | Ask::Connectivity | Ask::Group => {
                None
            }
        }
    }
}

/// A block, or one address, which stands for the block of it alone.
fn block(text: &str) -> Result<Cidr, Problem> {
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(Cidr::host(address)),
        Err(_) => text.parse().map_err(Problem::Block),
    }
}

fn protocol(text: &str) -> Result<Option<Protocol>, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "all" => Ok(None),
        text => text.parse().map(Some).map_err(|()| Problem::Protocol),
    }
}

fn ports(text: &str) -> Result<Ports, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "all" => Ok(Ports::ALL),
        text => text.parse().map_err(|()| Problem::Ports),
    }
}

impl Form {
    fn new(purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { purpose, fields, at: 0, tried: false }
    }

    /// The form of an edit that needs values; `None` for those that are made at once.
    pub fn of(edit: Edit, network: &Network) -> Option<Self> {
        let fields = fields(edit, network)?;
        Some(Self::new(Purpose::Edit(edit), fields))
    }

    /// The form of a packet of one's own, from this end when there is one.
    pub fn packet(network: &Network, from: Option<&str>) -> Self {
        let ends = ends(network);
        let first = ends.first().map(|known| known.text.clone()).unwrap_or_default();
        let from = from.map_or(first, ToOwned::to_owned);
        let to = ends.iter().find(|known| known.text != from);
        let to = to.map(|known| known.text.clone()).unwrap_or_default();
        let protocols = ["tcp", "udp", "icmp"].map(|text| known(text, Note::None)).to_vec();
        let fields = vec![
            Field::new(Ask::From, from, ends.clone(), false),
            Field::new(Ask::To, to, ends, false),
            Field::choice(Ask::Protocol, protocols, 0),
            Field::new(Ask::Port, "443", services(false), false),
        ];
        Self::new(Purpose::Packet, fields)
    }

    /// The rows below the fields.
    pub fn buttons(&self) -> Vec<Button> {
        let mut buttons = vec![Button::Make];
        if let Purpose::Edit(edit) = self.purpose {
            match edit {
                Edit::EditRoute(table, cidr) => {
                    buttons.push(Button::Remove(Edit::RemoveRoute(table, cidr)));
                }
                Edit::EditRule(group, direction, index) => {
                    buttons.push(Button::Remove(Edit::RemoveRule(group, direction, index)));
                }
                Edit::EditEntry(acl, direction, number) => {
                    buttons.push(Button::Remove(Edit::RemoveEntry(acl, direction, number)));
                }
                _ => {}
            }
        }
        buttons.push(Button::Cancel);
        buttons
    }

    /// How many fields and rows there are.
    pub fn count(&self) -> usize {
        self.fields.len() + self.buttons().len()
    }

    /// Is the field of no use with what the others say: ports of a protocol without any?
    pub fn is_idle(&self, index: usize) -> bool {
        let Some(field) = self.fields.get(index) else { return false };
        matches!(field.ask, Ask::Ports | Ask::Port)
            && self.fields.iter().any(|field| {
                field.ask == Ask::Protocol
                    && protocol(field.text.value().trim())
                        .is_ok_and(|protocol| !protocol.is_some_and(Protocol::has_ports))
            })
    }

    /// Goes to the next or previous field or row.
    pub fn step(&mut self, forward: bool) {
        let count = self.count();
        loop {
            self.at = if forward { self.at + 1 } else { self.at + count - 1 } % count;
            if !self.is_idle(self.at) {
                break;
            }
        }
    }

    /// Is a field, in which letters are typed, what has the keyboard?
    pub fn typing(&self) -> bool {
        self.at < self.fields.len()
    }

    /// Takes the next or previous known value of the field, or goes on where there are none.
    pub fn turn(&mut self, forward: bool) {
        match self.fields.get_mut(self.at) {
            Some(field) if !field.offers().is_empty() => field.turn(forward),
            _ => self.step(forward),
        }
    }

    /// A key in the field.
    pub fn type_key(&mut self, key: Key) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.type_key(key);
        }
    }

    /// Takes the nth known value of a field.
    pub fn take(&mut self, field: usize, offer: usize) {
        if let Some(field) = self.fields.get_mut(field) {
            let text = field.offers().get(offer).map(|known| known.text.clone());
            if let Some(text) = text {
                field.set(text);
            }
        }
    }

    /// Inserts text that was pasted.
    pub fn paste(&mut self, text: &str) {
        for letter in text.trim().chars() {
            self.type_key(Key::char(letter));
        }
    }

    /// The first field that cannot be taken as it is.
    pub fn first_problem(&self, network: &Network) -> Option<(usize, Problem)> {
        (0..self.fields.len())
            .filter(|index| !self.is_idle(*index))
            .find_map(|index| Some((index, self.problem(index, network)?)))
    }

    /// What is wrong with a field.
    pub fn problem(&self, index: usize, network: &Network) -> Option<Problem> {
        let field = self.fields.get(index)?;
        field.problem(network).or_else(|| {
            let name = field.text.value().trim();
            (field.ask == Ask::Name && self.name_is_taken(name, network))
                .then_some(Problem::NameTaken)
        })
    }

    /// Names are how edits and packets tell things apart: one name, one thing of its kind.
    fn name_is_taken(&self, name: &str, network: &Network) -> bool {
        network.find(name).any(|thing| {
            let Purpose::Edit(edit) = self.purpose else { return false };
            matches!(
                (edit, thing),
                (Edit::CreateVpc, Thing::Vpc(_))
                    | (Edit::CreateSubnet(_), Thing::Subnet(_))
                    | (Edit::CreateTable(_), Thing::RouteTable(_))
                    | (Edit::CreateGateway(_), Thing::InternetGateway(_))
                    | (Edit::CreateNat(_), Thing::NatGateway(_))
                    | (Edit::CreateGroup(_), Thing::SecurityGroup(_))
                    | (Edit::CreateAcl(_), Thing::NetworkAcl(_))
                    | (Edit::Launch(_), Thing::Instance(_))
            )
        })
    }

    fn field(&self, ask: Ask) -> Option<&Field> {
        self.fields.iter().find(|field| field.ask == ask)
    }

    fn text(&self, ask: Ask) -> &str {
        self.field(ask).map_or("", |field| field.text.value().trim())
    }

    fn value(&self, ask: Ask) -> Option<&Value> {
        Some(&self.field(ask)?.taken()?.value)
    }

    /// The packet that was described.
    pub fn probe(&self, network: &Network) -> Option<Probe> {
        let protocol = self.text(Ask::Protocol);
        let port =
            if protocol == "icmp" { String::new() } else { format!("/{}", self.text(Ask::Port)) };
        let line = format!("{} -> {} {protocol}{port}", self.text(Ask::From), self.text(Ask::To));
        parse_probe(network, &line).ok()
    }

    /// The changes that were ordered; `None` while something is wrong with a field.
    pub fn orders(&self, network: &Network) -> Option<Vec<Order>> {
        if self.first_problem(network).is_some() {
            return None;
        }
        let Purpose::Edit(edit) = self.purpose else { return None };
        let name = || Name::from(self.text(Ask::Name));
        let cidr = |ask| block(self.text(ask)).ok();
        let traffic = || {
            let protocol = protocol(self.text(Ask::Protocol)).ok()?;
            let with_ports = protocol.is_some_and(Protocol::has_ports);
            let range = if with_ports { ports(self.text(Ask::Ports)).ok()? } else { Ports::ALL };
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
                return Some(vec![
                    Order::Change(Change::CreateInternetGateway { name: name() }),
                    Order::AttachMade(vpc),
                ]);
            }
            Edit::CreateNat(subnet) => Change::CreateNatGateway {
                name: name(),
                subnet,
                connectivity: match self.text(Ask::Connectivity) {
                    "private" => Connectivity::Private,
                    _ => Connectivity::Public,
                },
                address: None,
                public_address: None,
            },
            Edit::CreateGroup(vpc) => Change::CreateSecurityGroup { name: name(), vpc },
            Edit::CreateAcl(vpc) => Change::CreateNetworkAcl { name: name(), vpc },
            Edit::Launch(subnet) => {
                let groups = match self.value(Ask::Group)? {
                    Value::Thing(Thing::SecurityGroup(group)) => vec![*group],
                    _ => Vec::new(),
                };
                let listening = ports(self.text(Ask::Listens)).ok()?;
                let listening = Listening::On(vec![(Protocol::TCP, listening)]);
                launch(name(), subnet, groups, listening)
            }
            _ => return None,
        };
        Some(vec![Order::Change(change)])
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

fn known(text: impl Into<String>, note: Note) -> Known {
    Known { text: text.into(), note, value: Value::Text }
}

fn known_thing(text: impl Into<String>, thing: Thing) -> Known {
    Known { text: text.into(), note: Note::Of(thing), value: Value::Thing(thing) }
}

/// The fields of an edit, filled with what it is most likely about.
fn fields(edit: Edit, network: &Network) -> Option<Vec<Field>> {
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
            peers.extend(groups.map(|(id, row)| {
                known_thing(format!("group {}", row.name), Thing::SecurityGroup(id))
            }));
            peers.extend(network.prefix_lists().iter().map(|(id, row)| {
                known_thing(format!("prefix-list {}", row.name), Thing::PrefixList(id))
            }));
            let mut now = ["tcp", "443", "0.0.0.0/0"].map(str::to_owned);
            if let Edit::EditRule(_, _, index) = edit {
                let rule = network.security_groups()[group].rules(direction).get(index)?;
                let ports = match rule.ports {
                    Ports::ALL => "all".to_owned(),
                    ports => ports.to_string(),
                };
                let peer = match &rule.peer {
                    Peer::Cidr(cidr) => cidr.to_string(),
                    Peer::Group(id) => {
                        format!("group {}", network.security_groups().get(*id)?.name)
                    }
                    Peer::PrefixList(id) => {
                        format!("prefix-list {}", network.prefix_lists().get(*id)?.name)
                    }
                };
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

/// `base`, or the first of `base-2`, `base-3` ... that nothing is called.
fn free_name(network: &Network, base: &str) -> String {
    let taken = |name: &str| network.find(name).next().is_some();
    std::iter::once(base.to_owned())
        .chain((2..10_000).map(|number| format!("{base}-{number}")))
        .find(|name| !taken(name))
        .unwrap_or_default()
}

/// The next free /24 of a VPC (or a smaller block where it has no such room).
fn free_block(network: &Network, vpc: VpcId) -> Option<Cidr> {
    let row = network.vpcs().get(vpc)?;
    let taken: Vec<Cidr> =
        network.subnets().iter().filter(|(_, s)| s.vpc == vpc).map(|(_, s)| s.cidr).collect();
    row.cidrs.iter().find_map(|cidr| {
        let length = cidr.length().clamp(24, 28);
        let size = 1u128 << (32 - u32::from(length));
        (0..256u128)
            .filter_map(|n| Cidr::new(cidr.nth(n * size)?, length).ok())
            .find(|block| cidr.covers(*block) && !taken.iter().any(|other| other.overlaps(*block)))
    })
}

fn protocols() -> Vec<Known> {
    ["tcp", "udp", "icmp", "all"].map(|text| known(text, Note::None)).to_vec()
}

fn services(ranges: bool) -> Vec<Known> {
    let mut list = vec![
        known("443", Note::Service("HTTPS")),
        known("80", Note::Service("HTTP")),
        known("22", Note::Service("SSH")),
        known("53", Note::Service("DNS")),
        known("3306", Note::Service("MySQL")),
        known("5432", Note::Service("PostgreSQL")),
    ];
    if ranges {
        list.insert(3, known("1024-65535", Note::Ephemeral));
        list.insert(4, known("all", Note::Everyone));
    }
    list
}

/// Blocks that rules are usually about: everyone, the VPC, its subnets, the hosts of the scene.
fn blocks(network: &Network, vpc: VpcId) -> Vec<Known> {
    let mut list = vec![known("0.0.0.0/0", Note::Everyone)];
    if let Some(row) = network.vpcs().get(vpc) {
        let thing = Thing::Vpc(vpc);
        list.extend(row.cidrs.iter().map(|cidr| known(cidr.to_string(), Note::Of(thing))));
    }
    let subnets = network.subnets().iter().filter(|(_, subnet)| subnet.vpc == vpc);
    list.extend(
        subnets.map(|(id, subnet)| known(subnet.cidr.to_string(), Note::Of(Thing::Subnet(id)))),
    );
    list.extend(
        network.hosts().iter().map(|(id, host)| {
            known(Cidr::host(host.address).to_string(), Note::Of(Thing::Host(id)))
        }),
    );
    list
}

/// Destinations that routes are usually for.
fn destinations(network: &Network) -> Vec<Known> {
    let mut list = vec![known("0.0.0.0/0", Note::Everyone)];
    list.extend(
        network.hosts().iter().map(|(id, host)| {
            known(Cidr::host(host.address).to_string(), Note::Of(Thing::Host(id)))
        }),
    );
    list
}

/// Where routes of a VPC may lead: its gateway first, then gateways that are not attached (AWS
/// refuses these, and says why), NAT gateways, instances.
fn targets(network: &Network, vpc: VpcId) -> Vec<Known> {
    let choice = |target: Target, thing: Thing| Known {
        text: written::target(network, &target),
        note: Note::Of(thing),
        value: Value::Target(target),
    };
    let gateways = || network.internet_gateways().iter();
    let mut list: Vec<Known> = gateways()
        .filter(|(_, gateway)| gateway.vpc == Some(vpc))
        .chain(gateways().filter(|(_, gateway)| gateway.vpc.is_none()))
        .map(|(id, _)| choice(Target::InternetGateway(id), Thing::InternetGateway(id)))
        .collect();
    let in_vpc =
        |subnet: SubnetId| network.subnets().get(subnet).is_some_and(|subnet| subnet.vpc == vpc);
    list.extend(
        network
            .nat_gateways()
            .iter()
            .filter(|(_, nat)| nat.vpc == vpc)
            .map(|(id, _)| choice(Target::NatGateway(id), Thing::NatGateway(id))),
    );
    list.extend(
        network
            .interfaces()
            .iter()
            .filter(|(_, row)| in_vpc(row.subnet) && matches!(row.kind, InterfaceKind::Instance(_)))
            .map(|(id, _)| choice(Target::Interface(id), Thing::Interface(id))),
    );
    list
}

/// Who may send and receive: instances, hosts, the internet.
fn ends(network: &Network) -> Vec<Known> {
    let mut list = Vec::new();
    for (id, row) in network.interfaces().iter() {
        if row.kind != InterfaceKind::NatGateway {
            list.push(known_thing(written::interface(network, id), Thing::Interface(id)));
        }
    }
    for (id, host) in network.hosts().iter() {
        list.push(known_thing(host.name.to_string(), Thing::Host(id)));
    }
    list.push(known("internet", Note::Internet));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_changed_in_place_as_one_step() {
        let text = r#"
            [vpc.main]
            cidr = "10.0.0.0/16"
            [security_group.web]
            inbound = ["tcp 80 from 0.0.0.0/0", "tcp 22 from group web"]
        "#;
        let (scene, faults) = crate::course::Scene::parse("test", text);
        assert_eq!(faults, []);
        let mut network = scene.unwrap().network;
        let group = network.security_groups().iter().find(|(_, row)| row.name == "web".into());
        let group = group.unwrap().0;
        for (index, rest) in [(0, "443"), (1, "2222")] {
            let edit = Edit::EditRule(group, Direction::Ingress, 0);
            let mut form = Form::of(edit, &network).unwrap();
            // As it stands there is nothing to be done.
            assert_eq!(form.orders(&network), Some(Vec::new()), "{index}");
            let ports = form.fields.iter().position(|field| field.ask == Ask::Ports).unwrap();
            form.fields[ports].text = Text::new(rest.to_owned());
            let peer = network.security_groups()[group].ingress[0].peer;
            let orders = form.orders(&network).unwrap();
            let made = crate::app::bench::edit::carry_out(&mut network, orders).unwrap();
            assert_eq!(made.len(), 2);
            let rules = &network.security_groups()[group].ingress;
            // The changed one stands last now, and comes from where it came from.
            let last = rules.last().unwrap();
            assert_eq!((last.ports.to_string(), &last.peer), (rest.to_owned(), &peer));
            assert_eq!(rules.len(), 2);
        }
    }
}
