//! A list to choose from, with a field that narrows it down: what to wire to, what to make, what to
//! look at.

use std::net::IpAddr;

use tui_input::{Input as Text, InputRequest};

use crate::{
    app::{
        Key, KeyCode,
        bench::{
            clip::Clip,
            edit::{Edit, Order},
            palette::{Group, goes_with},
            wire::{End, Wiring, wirings},
        },
        canvas::{self, Spot},
    },
    cloud::{
        AttachmentOf, InterfaceId, NatGateway, Network, ProbeEnd, Refusal, SubnetId, Thing, VpcId,
    },
    course::{Allowed, edit},
    i18n::Lang,
    net::Cidr,
    tell::{Teller, written},
    text::hangul::finds,
};

/// What is chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// What to wire this to.
    Wire(End),
    /// What wiring these shall mean.
    Meaning(End, End),
    /// What to make.
    New,
    /// What to look at.
    Find,
}

/// A list to choose from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What is chosen from.
    pub pick: Pick,
    /// What is typed to narrow it down.
    pub text: Text,
    /// The row that is chosen, from the top of those that are left.
    pub at: usize,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What choosing it means.
    pub what: Chosen,
    /// What it is called.
    pub name: String,
    /// What it would do.
    pub does: String,
    /// Why it cannot be done.
    pub trouble: Option<Trouble>,
    /// What it stands under, in the palette.
    pub group: Option<Group>,
    /// What it is found by besides its name.
    pub also: String,
}

impl Choice {
    fn new(what: Chosen, name: String, does: String, trouble: Option<Trouble>) -> Self {
        Self { what, name, does, trouble, group: None, also: String::new() }
    }
}

/// What choosing a row means.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// Wires the two.
    Wire(End, Wiring),
    /// Makes something new, or asks for what it needs.
    Edit(Edit),
    /// Looks at this.
    Show(Option<Thing>),
    /// Copies what is selected.
    Copy,
    /// Puts a copy where one is.
    Paste,
    /// Copies and pastes at once.
    Duplicate,
    /// Cannot be chosen.
    Nothing,
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// AWS would refuse it.
    Refused(Refusal),
    /// It is not allowed here.
    NotAllowed,
    /// Something is missing that it stands on.
    Needs(Need),
}

/// What something new stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what is missing")]
pub enum Need {
    Vpc,
    OtherVpc,
    Subnet,
    InnerBalancer,
    OtherTransitGateway,
    DistributionOrigin,
    PrefixList,
    Service,
    Balancer,
    BalancerAndGroup,
    TargetGroup,
    TransitGateway,
    OnPremises,
    CustomerGateway,
}

impl Picker {
    /// A list, not narrowed down.
    pub fn new(pick: Pick) -> Self {
        Self { pick, text: Text::default(), at: 0 }
    }

    /// A key in the field; answers the row that a digit chooses.
    pub fn type_key(&mut self, key: Key) -> Option<usize> {
        if let KeyCode::Char(digit @ '1'..='9') = key.code
            && key.types()
            && self.pick != Pick::Find
            && self.text.value().is_empty()
        {
            return Some(digit as usize - '1' as usize);
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
            _ => return None,
        };
        self.text.handle(request);
        self.at = 0;
        None
    }
}

/// What a list is made from.
#[derive(Clone, Copy)]
pub struct Stock<'a> {
    /// The network.
    pub network: &'a Network,
    /// What may be changed.
    pub allowed: &'a Allowed,
    /// What is selected.
    pub subject: Option<Thing>,
    /// Where that is.
    pub spot: Spot,
    /// What was copied.
    pub clip: Option<&'a Clip>,
    /// The language of names.
    pub lang: Lang,
}

impl Stock<'_> {
    /// The rows that are left.
    pub fn choices(&self, picker: &Picker) -> Vec<Choice> {
        let typed = picker.text.value().trim();
        let mut rows = match picker.pick {
            Pick::Wire(from) => self.targets(from),
            Pick::Meaning(from, to) => self.meanings(from, to),
            Pick::New => {
                let mut rows = self.new_things(typed);
                rows.retain(|row| goes_with(row, typed));
                return rows;
            }
            Pick::Find => return self.found(typed),
        };
        rows.retain(|row| finds(&row.name, typed) || finds(&row.does, typed));
        rows
    }

    pub(super) fn teller(&self) -> Teller<'_> {
        Teller::new(self.network, self.lang)
    }

    /// What an end of a wire is called.
    pub fn end(&self, end: End) -> String {
        match end {
            End::Thing(thing) => self.teller().thing(thing),
            End::Elsewhere => self.lang.strings().lab.elsewhere.to_owned(),
        }
    }

    /// What these edits would do, and why they cannot be done.
    pub fn foretell(&self, orders: &[Order]) -> (String, Option<Trouble>) {
        let mut after = self.network.clone();
        let mut said = Vec::new();
        let mut trouble = None;
        for order in orders {
            let change = match order {
                Order::Change(change) => change.clone(),
                Order::Line(line) => match edit::parse(&after, line) {
                    Ok(change) => change,
                    Err(_) => continue,
                },
            };
            said.push(Teller::new(&after, self.lang).change(&change));
            if !self.allowed.allows(&change) {
                trouble = trouble.or(Some(Trouble::NotAllowed));
            }
            if let Err(refusal) = after.apply(change) {
                trouble = trouble.or(Some(Trouble::Refused(refusal)));
                break;
            }
        }
        (said.join("; "), trouble)
    }

    /// What a wiring would do, and why it cannot be done.
    pub fn foretell_wiring(&self, wiring: &Wiring) -> (String, Option<Trouble>) {
        match wiring {
            Wiring::Packet(probe) => {
                let words = &self.lang.strings().bench;
                let (from, to) = (self.probe_end(probe.from), self.probe_end(probe.to));
                let service = format!("{}/{}", probe.protocol, probe.port);
                ((words.packet)(&from, &to, &service), None)
            }
            wiring => {
                let lines = wiring.lines(self.network).into_iter().map(Order::Line);
                self.foretell(&lines.collect::<Vec<_>>())
            }
        }
    }

    fn probe_end(&self, end: ProbeEnd) -> String {
        written::end(self.network, end)
    }

    /// Everything; an interface that something else goes by is that.
    fn things(&self) -> impl Iterator<Item = Thing> {
        let n = self.network;
        n.things().filter(move |thing| match thing {
            Thing::Interface(id) => {
                n.owner_of(*id) == *thing || {
                    let first = |instance| n.instances().get(instance)?.interfaces.first().copied();
                    matches!(n.owner_of(*id), Thing::Instance(it) if first(it) != Some(*id))
                }
            }
            _ => true,
        })
    }

    /// Everything that one end can be wired to.
    fn targets(&self, from: End) -> Vec<Choice> {
        let things = self.things().map(End::Thing).chain([End::Elsewhere]);
        let mut rows = Vec::new();
        for to in things {
            rows.extend(self.meanings_of(from, to, |_| self.end(to)));
        }
        // What works comes first, edits before packets, and what is near before what is far.
        rows.sort_by_key(|row| {
            let packet = matches!(row.what, Chosen::Wire(_, Wiring::Packet(_)));
            (row.trouble.is_some(), packet)
        });
        rows
    }

    /// Everything that wiring these two may mean.
    fn meanings(&self, from: End, to: End) -> Vec<Choice> {
        let words = &self.lang.strings().bench;
        self.meanings_of(from, to, |wiring| {
            let name = match wiring {
                Wiring::Make(_) => words.by_edit,
                Wiring::Route(..) => words.by_route,
                Wiring::Rule(..) => words.by_rule,
                Wiring::Packet(_) => words.by_packet,
            };
            name.to_owned()
        })
    }

    fn meanings_of(&self, from: End, to: End, name: impl Fn(&Wiring) -> String) -> Vec<Choice> {
        let row = |wiring: Wiring| {
            let (does, trouble) = self.foretell_wiring(&wiring);
            let name = name(&wiring);
            Choice::new(Chosen::Wire(to, wiring), name, does, trouble)
        };
        wirings(self.network, from, to).into_iter().map(row).collect()
    }

    // -- the palette

    /// The VPC where one is, else the first.
    pub fn vpc(&self) -> Option<VpcId> {
        let n = self.network;
        let of = |interface: Option<&InterfaceId>| {
            interface.filter(|id| n.interfaces().get(**id).is_some()).map(|id| n.vpc_of(*id))
        };
        let here = self.subject.and_then(|thing| match thing {
            Thing::Vpc(id) => Some(id),
            Thing::Subnet(id) => n.subnets().get(id).map(|row| row.vpc),
            Thing::RouteTable(id) => n.route_tables().get(id).map(|row| row.vpc),
            Thing::SecurityGroup(id) => n.security_groups().get(id).map(|row| row.vpc),
            Thing::NetworkAcl(id) => n.network_acls().get(id).map(|row| row.vpc),
            Thing::InternetGateway(id) => n.internet_gateways().get(id)?.vpc,
            Thing::LoadBalancer(id) => n.load_balancers().get(id).map(|row| row.vpc),
            Thing::TargetGroup(id) => n.target_groups().get(id).map(|row| row.vpc),
            Thing::GatewayEndpoint(id) => n.gateway_endpoints().get(id).map(|row| row.vpc),
            Thing::NatGateway(id) => n.nat_gateways().get(id).map(|row| row.vpc),
            Thing::InterfaceEndpoint(id) => n.interface_endpoints().get(id).map(|row| row.vpc),
            Thing::EgressOnlyGateway(id) => n.egress_only_gateways().get(id).map(|row| row.vpc),
            Thing::VirtualPrivateGateway(id) => n.virtual_private_gateways().get(id)?.vpc,
            Thing::TransitGatewayAttachment(id) => {
                match n.transit_gateway_attachments().get(id)?.of {
                    AttachmentOf::Vpc { vpc, .. } => Some(vpc),
                    _ => None,
                }
            }
            Thing::Instance(id) => of(n.instances().get(id)?.interfaces.first()),
            Thing::Interface(id) => of(Some(&id)),
            other => of(n.interfaces_of(other).first()),
        });
        here.or_else(|| n.vpcs().iter().next().map(|(id, _)| id))
    }

    /// The subnet where one is; else, for what wants the internet, the first public one.
    pub fn subnet(&self, public: bool) -> Option<SubnetId> {
        let n = self.network;
        let of = |interface: Option<&InterfaceId>| {
            interface.and_then(|id| n.interfaces().get(*id)).map(|row| row.subnet)
        };
        let here = match (self.spot, self.subject) {
            (Spot::Table(subnet) | Spot::Acl(subnet), _) => Some(subnet),
            (_, Some(Thing::Subnet(id))) => Some(id),
            (_, Some(Thing::Instance(id))) => {
                n.instances().get(id).and_then(|row| of(row.interfaces.first()))
            }
            (_, Some(Thing::Interface(id))) => of(Some(&id)),
            (_, Some(Thing::NatGateway(id))) => {
                n.nat_gateways().get(id).and_then(NatGateway::subnet)
            }
            (_, Some(Thing::Task(id))) => of(n.interfaces_of(Thing::Task(id)).first()),
            _ => None,
        };
        let vpc = self.vpc()?;
        let own = || n.subnets().iter().filter(|(_, row)| row.vpc == vpc).map(|(id, _)| id);
        here.filter(|id| n.subnets().get(*id).is_some())
            .or_else(|| own().find(|id| public && canvas::is_public(n, *id)))
            .or_else(|| own().next())
    }

    // -- searching

    /// Everything whose name, kind or address goes with what was typed.
    fn found(&self, typed: &str) -> Vec<Choice> {
        let address: Option<IpAddr> = typed.parse().ok();
        let teller = self.teller();
        let mut rows = Vec::new();
        for thing in self.things() {
            let name = teller.thing(thing);
            let (addresses, blocks) = self.addresses(thing);
            let listed = addresses.iter().map(ToString::to_string);
            let listed = listed.chain(blocks.iter().map(ToString::to_string));
            let does = listed.collect::<Vec<_>>().join("  ");
            let inside =
                address.is_some_and(|address| blocks.iter().any(|cidr| cidr.contains(address)));
            if inside || finds(&name, typed) || finds(&does, typed) {
                rows.push(Choice::new(Chosen::Show(Some(thing)), name, does, None));
            }
        }
        let elsewhere = self.lang.strings().lab.elsewhere;
        if finds(elsewhere, typed) || finds("internet", typed) {
            let name = elsewhere.to_owned();
            rows.push(Choice::new(Chosen::Show(None), name, String::new(), None));
        }
        rows
    }

    /// The addresses and the blocks that a thing has.
    fn addresses(&self, thing: Thing) -> (Vec<IpAddr>, Vec<Cidr>) {
        let n = self.network;
        let blocks = match thing {
            Thing::Vpc(id) => n.vpcs().get(id).map(|row| row.cidrs.clone()),
            Thing::Subnet(id) => n.subnets().get(id).map(|row| vec![row.cidr]),
            Thing::PrefixList(id) => n.prefix_lists().get(id).map(|row| row.cidrs.clone()),
            Thing::OnPremises(id) => n.on_premises().get(id).map(|row| row.cidrs.clone()),
            Thing::Service(id) => n.services().get(id).map(|row| row.ranges.clone()),
            _ => None,
        };
        let interfaces = match thing {
            Thing::Instance(id) => {
                n.instances().get(id).map(|row| row.interfaces.clone()).unwrap_or_default()
            }
            Thing::Interface(id) => vec![id],
            Thing::NatGateway(id) => {
                n.nat_gateways().get(id).and_then(NatGateway::interface).into_iter().collect()
            }
            other => n.interfaces_of(other),
        };
        let mut addresses = Vec::new();
        for row in interfaces.iter().filter_map(|id| n.interfaces().get(*id)) {
            addresses.extend(row.every_address());
        }
        if let Thing::Host(id) = thing {
            addresses.extend(n.hosts().get(id).map(|row| row.address));
        }
        (addresses, blocks.unwrap_or_default())
    }
}
