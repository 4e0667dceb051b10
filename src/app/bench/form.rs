//! The few values that an edit asks for: typed with the known ones on offer, checked while typing,
//! and turned into changes.

mod fields;
mod known;
mod new;
mod orders;

use std::net::IpAddr;

use tui_input::{Input as Text, InputRequest};

use crate::{
    app::{
        Key, KeyCode,
        bench::{
            edit::Edit,
            property::Property,
            wire::{End, receiver},
        },
    },
    cloud::{
        Direction, Network, Peer, Probe, RouteTableId, SecurityGroupId, Subnet, Target,
        TargetGroup, Thing,
    },
    course::{
        grammar::is_name,
        names::{self, only},
        scene::parse_probe,
    },
    net::{Cidr, CidrError, Ports, Protocol},
};

use known::{
    blocks, destinations, free_blocks, free_blocks_for_vpc, protocols, receivers, senders,
    subnet_choices,
};

pub(crate) use known::{
    free_block, free_name, known, known_thing, services, targets, written_peer,
};
pub use new::New;

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
    OtherVpc,
    Blocks,
    List,
    Service,
    Subnets,
    PrivateDns,
    BalancerKind,
    Scheme,
    Listener,
    TargetKind,
    TargetGroup,
    TargetThing,
    Balancer,
    Acceptance,
    Public,
    Launch,
    Association,
    Propagation,
    Transit,
    Site,
    Customer,
    Side,
    Routing,
    Address,
    Subnet,
    Attachment,
    PrivateGateway,
    TargetGroups,
    TargetPort,
    Health,
    Instance,
    Vpc,
    ApiKind,
    Integration,
    CdnOrigin,
    ServiceKind,
    OtherTransit,
    /// The value of a property.
    Value(Property),
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
    /// A public subnet of each zone.
    PublicSubnets,
    /// A private subnet of each zone.
    PrivateSubnets,
    /// Packets are dropped.
    Drops,
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
    Address,
}

impl Known {
    /// A text that belongs to a thing.
    pub(crate) fn of(text: impl Into<String>, thing: Thing) -> Self {
        Self { text: text.into(), note: Note::Of(thing), value: Value::Text }
    }
}

impl Field {
    pub(crate) fn new(ask: Ask, text: impl Into<String>, known: Vec<Known>, strict: bool) -> Self {
        Self { ask, text: Text::new(text.into()), known, strict }
    }

    /// A field that takes known values only, with the first (or this one) chosen.
    pub(crate) fn choice(ask: Ask, known: Vec<Known>, chosen: usize) -> Self {
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

    /// Is there another known value to be taken?
    fn turns(&self) -> bool {
        let offers = self.offers();
        offers.len() > 1 || offers.len() == 1 && self.taken().is_none()
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
            Ask::Port | Ask::TargetPort => {
                text.parse::<u16>().map(|_| ()).err().map(|_| Problem::Port)
            }
            Ask::Number => {
                let number = text.parse::<u16>().ok();
                (!number.is_some_and(|number| (1..=32766).contains(&number)))
                    .then_some(Problem::Number)
            }
            Ask::Name | Ask::Zone => (!is_name(text)).then_some(Problem::Name),
            Ask::From | Ask::To => {
                let line = match self.ask {
                    Ask::From => format!("{text} -> internet icmp"),
                    _ => format!("internet -> {text} icmp"),
                };
                parse_probe(network, &line).err().map(|_| Problem::End)
            }
            Ask::Blocks => text.split_whitespace().find_map(|text| block(text).err()),
            Ask::Subnets => {
                let is_known = |name: &str| {
                    only::<Subnet>(network, name).is_some()
                        || name.strip_prefix('#').is_some_and(|it| it.parse::<u32>().is_ok())
                };
                (!text.split_whitespace().all(is_known)).then_some(Problem::Unknown)
            }
            Ask::Address => text.parse::<IpAddr>().err().map(|_| Problem::Address),
            Ask::TargetGroups => {
                let known = |name: &str| {
                    let bare = name.trim_matches('"');
                    only::<TargetGroup>(network, bare).is_some() || is_numbered(name)
                };
                (!text.split_whitespace().all(known)).then_some(Problem::Unknown)
            }
            Ask::Value(Property::Listening(_)) => listening(text).err(),
            Ask::Value(Property::Ipv6Block(_)) => {
                if self.taken().is_some() {
                    None
                } else {
                    block(text).err()
                }
            }
            // These are taken from what is known.
            Ask::Target
            | Ask::Table
            | Ask::Acl
            | Ask::Action
            | Ask::Connectivity
            | Ask::Group
            | Ask::OtherVpc
            | Ask::List
            | Ask::Service
            | Ask::PrivateDns
            | Ask::BalancerKind
            | Ask::Scheme
            | Ask::Listener
            | Ask::TargetKind
            | Ask::TargetGroup
            | Ask::TargetThing
            | Ask::Balancer
            | Ask::Acceptance
            | Ask::Public
            | Ask::Launch
            | Ask::Association
            | Ask::Propagation
            | Ask::Transit
            | Ask::Site
            | Ask::Customer
            | Ask::Side
            | Ask::Routing
            | Ask::Subnet
            | Ask::Attachment
            | Ask::PrivateGateway
            | Ask::Health
            | Ask::Instance
            | Ask::Vpc
            | Ask::ApiKind
            | Ask::Integration
            | Ask::CdnOrigin
            | Ask::ServiceKind
            | Ask::OtherTransit
            | Ask::Value(_) => None,
        }
    }
}

/// Is this the third of its kind, `#3`?
fn is_numbered(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|it| it.parse::<u32>().is_ok())
}

/// Ports at which something answers: `tcp/443 udp/53`, `all`, `none`.
fn listening(text: &str) -> Result<(), Problem> {
    if matches!(text, "all" | "none") {
        return Ok(());
    }
    for part in text.split_whitespace() {
        let (head, tail) = part.split_once('/').ok_or(Problem::Ports)?;
        let own: Protocol = head.parse().map_err(|()| Problem::Protocol)?;
        if !own.has_ports() {
            return Err(Problem::Protocol);
        }
        ports(tail)?;
    }
    Ok(())
}

/// A block, or one address, which stands for the block of it alone.
pub(super) fn block(text: &str) -> Result<Cidr, Problem> {
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(Cidr::host(address)),
        Err(_) => text.parse().map_err(Problem::Block),
    }
}

fn protocol(text: &str) -> Result<Option<Protocol>, Problem> {
    service(text).map(|it| it.0)
}

/// A protocol, and which messages of it: `tcp`, `icmp`, `icmp 8`, `icmp 3/4`, `all`.
fn service(text: &str) -> Result<(Option<Protocol>, Ports), Problem> {
    let text = text.to_ascii_lowercase();
    let (head, kind) = match text.split_once(char::is_whitespace) {
        Some((head, kind)) => (head, Some(kind.trim())),
        None => (&*text, None),
    };
    let protocol: Option<Protocol> = match head {
        "all" => None,
        head => Some(head.parse().map_err(|()| Problem::Protocol)?),
    };
    let ports = match kind {
        None => Ports::ALL,
        Some(kind) => protocol
            .filter(|it| it.is_icmp())
            .and_then(|_| Ports::from_icmp_text(kind))
            .ok_or(Problem::Protocol)?,
    };
    Ok((protocol, ports))
}

fn ports(text: &str) -> Result<Ports, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "all" => Ok(Ports::ALL),
        text => text.parse().map_err(|()| Problem::Ports),
    }
}

/// The port at which whoever is called so listens.
fn port_of(network: &Network, to: &str) -> u16 {
    let thing = network.find(to).find_map(|thing| receiver(network, End::Thing(thing)));
    thing.map_or(443, |(_, _, port)| port)
}

impl Form {
    fn new(purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { purpose, fields, at: 0, tried: false }
    }

    /// The form of an edit that needs values; `None` for those that are made at once.
    pub fn of(edit: Edit, network: &Network) -> Option<Self> {
        let fields = fields::fields(edit, network)?;
        Some(Self::new(Purpose::Edit(edit), fields))
    }

    /// A form without fields: whether this shall be done, though it needs no further values.
    pub fn confirm(edit: Edit) -> Self {
        Self::new(Purpose::Edit(edit), Vec::new())
    }

    /// The form of a route, filled in: a new one, or the one that leads there already.
    pub fn of_route(
        network: &Network,
        table: RouteTableId,
        destination: Cidr,
        target: &Target,
    ) -> Option<Self> {
        let row = network.route_tables().get(table)?;
        let taken = row.routes.iter().any(|route| route.destination == destination);
        let edit = if taken { Edit::EditRoute(table, destination) } else { Edit::AddRoute(table) };
        let mut form = Self::of(edit, network)?;
        form.fill(Ask::Destination, &destination.to_string());
        let text = names::target_word(network, target);
        let field = form.fields.iter_mut().find(|field| field.ask == Ask::Target)?;
        let wanted = Value::Target(target.clone());
        let there = field.known.iter().find(|known| known.value == wanted);
        let text = there.map_or(text, |known| known.text.clone());
        field.set(text);
        form.at = form.fields.len();
        Some(form)
    }

    /// The form of a rule, filled in with whom it is about.
    pub fn of_rule(
        network: &Network,
        group: SecurityGroupId,
        direction: Direction,
        peer: &Peer,
    ) -> Option<Self> {
        let mut form = Self::of(Edit::AddRule(group, direction), network)?;
        form.fill(Ask::Peer(direction), &written_peer(network, peer));
        form.at = 1;
        Some(form)
    }

    /// Chooses what is selected wherever it is on offer: it is what one is about.
    pub fn prefer(&mut self, thing: Thing) {
        for field in &mut self.fields {
            let wanted = Value::Thing(thing);
            let there = field.known.iter().find(|known| known.value == wanted);
            if let Some(text) = there.map(|known| known.text.clone()) {
                field.set(text);
            }
        }
    }

    /// The form of a new line, filled in as an old one is.
    pub fn alike(old: Edit, new: Edit, network: &Network) -> Option<Self> {
        let (old, mut form) = (Self::of(old, network)?, Self::of(new, network)?);
        for field in &old.fields {
            form.fill(field.ask, field.text.value());
        }
        Some(form)
    }

    fn fill(&mut self, ask: Ask, text: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.ask == ask) {
            field.set(text.to_owned());
        }
    }

    /// The form of a packet of one's own, from or to these ends when there are any.
    pub fn packet(network: &Network, from: Option<&str>, to: Option<&str>) -> Self {
        let (senders, receivers) = (senders(network), receivers(network));
        // What only receives is mostly called from the internet.
        let first = if to.is_some() { senders.last() } else { senders.first() };
        let first = first.map(|known| known.text.clone()).unwrap_or_default();
        let from = from.map_or(first, ToOwned::to_owned);
        let other = receivers.iter().find(|known| known.text != from);
        let other = other.map(|known| known.text.clone()).unwrap_or_default();
        let to = to.map_or(other, ToOwned::to_owned);
        let port = port_of(network, &to);
        let protocols = ["tcp", "udp", "icmp"].map(|text| known(text, Note::None)).to_vec();
        let fields = vec![
            Field::new(Ask::From, from, senders, false),
            Field::new(Ask::To, to, receivers, false),
            Field::choice(Ask::Protocol, protocols, 0),
            Field::new(Ask::Port, port.to_string(), services(false), false),
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
                Edit::EditLine(line) => buttons.push(Button::Remove(Edit::RemoveLine(line))),
                Edit::Exchange(members, member) => {
                    buttons.push(Button::Remove(Edit::Leave(members, member)));
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
    pub fn turn(&mut self, forward: bool, network: &Network) {
        match self.fields.get_mut(self.at) {
            Some(field) if field.turns() => {
                field.turn(forward);
                self.follow(network);
            }
            _ => self.step(forward),
        }
    }

    /// Some values go along with one that was taken: a subnet whose name ends with a zone is meant
    /// to stand there, and who receives a packet listens somewhere.
    fn follow(&mut self, network: &Network) {
        let Some(field) = self.fields.get(self.at) else { return };
        let text = field.text.value().trim().to_owned();
        match (field.ask, self.purpose) {
            (Ask::To, Purpose::Packet) => {
                self.fill(Ask::Port, &port_of(network, &text).to_string());
            }
            (Ask::Name, Purpose::Edit(Edit::CreateSubnet(_))) => {
                let zone = text.rsplit_once('-').map(|(_, zone)| zone);
                let zones = self.field(Ask::Zone).map(|field| &field.known);
                if let (Some(zone), Some(zones)) = (zone, zones)
                    && zones.iter().any(|known| known.text == zone)
                {
                    self.fill(Ask::Zone, zone);
                }
            }
            _ => {}
        }
    }

    /// A key in the field.
    pub fn type_key(&mut self, key: Key) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.type_key(key);
        }
    }

    /// Takes the nth known value of a field.
    pub fn take(&mut self, field: usize, offer: usize, network: &Network) {
        if let Some(field) = self.fields.get_mut(field) {
            let text = field.offers().get(offer).map(|known| known.text.clone());
            if let Some(text) = text {
                field.set(text);
                self.follow(network);
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
            if let Edit::New(new) = edit {
                return new.clashes(thing);
            }
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

    pub(super) fn text(&self, ask: Ask) -> &str {
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
            let edit = Edit::EditRule(group, Direction::Ingress, index);
            let mut form = Form::of(edit, &network).unwrap();
            // As it stands there is nothing to be done.
            assert_eq!(form.orders(&network), Some(Vec::new()), "{index}");
            let ports = form.fields.iter().position(|field| field.ask == Ask::Ports).unwrap();
            form.fields[ports].text = Text::new(rest.to_owned());
            let peer = network.security_groups()[group].ingress[index].peer;
            let orders = form.orders(&network).unwrap();
            let made = crate::app::bench::edit::carry_out(&mut network, orders).unwrap();
            assert_eq!(made.len(), 1);
            let rules = &network.security_groups()[group].ingress;
            // The changed one stands where it stood, and is for whom it was for.
            let changed = &rules[index];
            assert_eq!((changed.ports.to_string(), &changed.peer), (rest.to_owned(), &peer));
            assert_eq!(rules.len(), 2);
        }
    }

    #[test]
    fn a_rule_for_one_type_of_icmp_keeps_it_until_another_is_written() {
        let text = r#"
            [vpc.main]
            cidr = "10.0.0.0/16"
            [security_group.web]
            inbound = ["icmp 3/4 from 0.0.0.0/0"]
            [network_acl.strict]
            inbound = ["100 allow icmp 8 from 0.0.0.0/0"]
        "#;
        let (scene, faults) = crate::course::Scene::parse("test", text);
        assert_eq!(faults, []);
        let mut network = scene.unwrap().network;
        let group = network.security_groups().iter().find(|(_, row)| row.name == "web".into());
        let acl = network.network_acls().iter().find(|(_, row)| row.name == "strict".into());
        let (group, acl) = (group.unwrap().0, acl.unwrap().0);
        let write = |form: &mut Form, ask: Ask, text: &str| {
            let at = form.fields.iter().position(|field| field.ask == ask).unwrap();
            form.fields[at].text = Text::new(text.to_owned());
        };
        for edit in [
            Edit::EditRule(group, Direction::Ingress, 0),
            Edit::EditEntry(acl, Direction::Ingress, 100),
        ] {
            let mut form = Form::of(edit, &network).unwrap();
            let before = network.clone();
            let orders = form.orders(&network).unwrap();
            if !orders.is_empty() {
                crate::app::bench::edit::carry_out(&mut network, orders).unwrap();
            }
            assert!(network == before, "{edit:?}");
            // Ports are of no use here.
            let ports = form.fields.iter().position(|field| field.ask == Ask::Ports).unwrap();
            assert!(form.is_idle(ports));
            for wrong in ["icmp 256", "icmp 3/", "tcp 8", "icmp 8 8"] {
                write(&mut form, Ask::Protocol, wrong);
                assert_eq!(form.orders(&network), None, "{wrong}");
            }
            write(&mut form, Ask::Protocol, "ICMP 0/0");
            let orders = form.orders(&network).unwrap();
            assert_eq!(crate::app::bench::edit::carry_out(&mut network, orders).unwrap().len(), 1);
        }
        let zero = Ports::icmp(0, Some(0));
        assert_eq!(network.security_groups()[group].ingress[0].ports, zero);
        assert_eq!(network.network_acls()[acl].ingress[0].ports, zero);
    }

    /// AWS keeps a rule to its kind: no block becomes a group.
    #[test]
    fn a_rule_that_changes_its_kind_goes_and_another_comes() {
        let text = r#"
            [vpc.main]
            cidr = "10.0.0.0/16"
            [security_group.web]
            inbound = ["tcp 80 from 0.0.0.0/0"]
        "#;
        let (scene, _) = crate::course::Scene::parse("test", text);
        let mut network = scene.unwrap().network;
        let group = network.security_groups().iter().find(|(_, row)| row.name == "web".into());
        let group = group.unwrap().0;
        let edit = Edit::EditRule(group, Direction::Ingress, 0);
        let mut form = Form::of(edit, &network).unwrap();
        let peer = form.fields.iter().position(|field| matches!(field.ask, Ask::Peer(_))).unwrap();
        form.fields[peer].text = Text::new(written_peer(&network, &Peer::Group(group)));
        let orders = form.orders(&network).unwrap();
        let made = crate::app::bench::edit::carry_out(&mut network, orders).unwrap();
        assert_eq!(made.len(), 2);
        assert_eq!(network.security_groups()[group].ingress[0].peer, Peer::Group(group));
    }
}
