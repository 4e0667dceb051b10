//! Scenes: a network as a person writes it by hand, with named packets.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr},
    ops::Range,
};

use crate::{
    cloud::{
        Change, Connectivity, Direction, Forwarding, Id, Listening, Name, NatGateway,
        NatGatewayState, Network, NetworkAcl, Origin, Peer, Probe, ProbeEnd, PublicAtLaunch, Route,
        RouteTable, SecurityGroup, SecurityGroupId, SecurityGroupRule, Subnet, SubnetId, Target,
        Thing, Vpc, VpcId, Zone,
    },
    course::{
        Fault, Faults,
        document::{self, FlagOrText, Key, Section, Text},
        fault::nearest,
        grammar::{self, Line, Read, Slip, Token},
        names::{self, Named},
    },
    i18n::{Lang, Words, fault},
    net::{Cidr, Ports, Protocol},
    tell::Teller,
};

/// A network with named packets.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What the file is called, without `.scene.toml`.
    pub name: String,
    /// The network.
    pub network: Network,
    /// The packets it names, in the order of the file.
    pub packets: Vec<NamedPacket>,
}

/// A packet that a scene names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPacket {
    /// Its name.
    pub name: Name,
    /// The packet.
    pub probe: Probe,
    /// As the author wrote it: `internet -> web tcp/443`.
    pub written: String,
}

impl Scene {
    /// Reads a scene from TOML. `file` is what the faults call it; its last part without
    /// `.scene.toml` becomes the scene's name. The text should be
    /// [clean](crate::text::clean::clean) already, as a pack's texts are: the places of faults
    /// are bytes of this text.
    ///
    /// Gives all faults at once, in the order of the file. There is a scene when none of them is
    /// an error.
    pub fn parse(file: &str, text: &str) -> (Option<Self>, Vec<Fault>) {
        let mut faults = Faults::new(file);
        let table = document::parse(text, &mut faults);
        let mut root = Section::root(text, &table);
        let name = scene_name(file);
        let scene = Build::new(&mut faults).read(&mut root, name);
        root.close(&mut faults);
        let scene = (!faults.has_errors()).then_some(scene);
        (scene, faults.into_list())
    }

    /// The packet with this name.
    pub fn packet(&self, name: &str) -> Option<&NamedPacket> {
        self.packets.iter().find(|packet| *packet.name == *name)
    }

    /// The packet that a line means: the name of one, or one written out.
    ///
    /// # Errors
    /// What is wrong with the line, and where.
    pub fn probe(&self, line: &str) -> Read<Probe> {
        let trimmed = line.trim();
        if let Some(packet) = self.packet(trimmed) {
            return Ok(packet.probe);
        }
        if !trimmed.contains("->") && !trimmed.contains('→') {
            let start = line.len() - line.trim_start().len();
            let range = start..start + trimmed.len();
            let names = self.packets.iter().map(|packet| packet.name.as_str());
            let said = fault::unknown_packet(trimmed).did_you_mean(nearest(trimmed, names));
            return Err(Slip { range, said: said.into() });
        }
        parse_probe(&self.network, line)
    }
}

/// `pack/lesson/open-the-gate.scene.toml` is called `open-the-gate`.
fn scene_name(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or(file);
    last.strip_suffix(".scene.toml").or_else(|| last.strip_suffix(".toml")).unwrap_or(last).into()
}

/// Reads a packet: `internet -> web tcp/443`, `client:62000 -> web.public udp/53`,
/// `app -> 192.0.2.80 icmp`.
///
/// # Errors
/// What is wrong with the line, and where.
pub fn parse_probe(network: &Network, line: &str) -> Read<Probe> {
    let mut line = Line::new(line);
    let probe = read_probe(network, &mut line)?;
    line.end()?;
    Ok(probe)
}

pub(crate) fn read_probe(network: &Network, line: &mut Line) -> Read<Probe> {
    let from = line.need("`internet`, `web`")?;
    let (from, source_port) = sender(network, &from)?;
    line.arrow()?;
    let to = receiver(network, &line.need("`web`, `internet`")?)?;
    let what = line.need("`tcp/443`, `icmp`")?;
    let slash = what.text.find('/');
    let (name, port) = match slash {
        Some(at) => (&what.text[..at], Some(&what.text[at + 1..])),
        None => (&*what.text, None),
    };
    let start = what.range.start;
    let name_token =
        Token { text: name.into(), range: start..start + name.len(), quoted: what.quoted };
    let Some(protocol) = grammar::protocol(&name_token)? else {
        return Err(name_token.slip(fault::bad_protocol(name)));
    };
    let port = match port {
        Some(port) => {
            let range = start + name.len() + 1..what.range.end;
            Some(Token { text: port.into(), range, quoted: false })
        }
        // `tcp 443` is forgiven.
        None if protocol.has_ports() => {
            line.peek().filter(|token| token.text.parse::<u16>().is_ok()).cloned().inspect(|_| {
                line.take();
            })
        }
        None => None,
    };
    if !protocol.has_ports() {
        if let Some(port) = port {
            return Err(port.slip(fault::no_ports(name)));
        }
        if let Some((_, token)) = source_port {
            return Err(token.slip(fault::no_ports(name)));
        }
        return Ok(Probe { from, to, protocol, port: 0, source_port: 0 });
    }
    let Some(port) = port else { return Err(what.slip(fault::needs_port(name))) };
    let port = port.text.parse().map_err(|_| port.slip(fault::bad_ports(&port.text)))?;
    let source_port = source_port.map_or(Probe::SOURCE_PORT, |(port, _)| port);
    Ok(Probe { from, to, protocol, port, source_port })
}

type SourcePort<'t> = Option<(u16, Token<'t>)>;

fn sender<'t>(network: &Network, token: &Token<'t>) -> Read<(ProbeEnd, SourcePort<'t>)> {
    let text = &*token.text;
    if !token.quoted {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok((by_address(network, address), None));
        }
        // `[2001:db8::1]:443` and `192.0.2.1:443`, then `name:443`.
        if let Ok(socket) = text.parse::<std::net::SocketAddr>() {
            return Ok((by_address(network, socket.ip()), Some((socket.port(), token.clone()))));
        }
        if let Some((name, port)) = text.rsplit_once(':') {
            let at = token.range.start + name.len() + 1;
            let port =
                Token { text: port.to_owned().into(), range: at..token.range.end, quoted: false };
            let number = port.text.parse().map_err(|_| port.slip(fault::bad_ports(&port.text)))?;
            let name = Token {
                text: name.to_owned().into(),
                range: token.range.start..at - 1,
                quoted: false,
            };
            return Ok((end(network, &name)?, Some((number, port))));
        }
    }
    Ok((end(network, token)?, None))
}

fn receiver(network: &Network, token: &Token) -> Read<ProbeEnd> {
    if let Some(name) = token.text.strip_suffix(".public").filter(|_| !token.quoted) {
        let range = token.range.start..token.range.start + name.len();
        let name = Token { text: name.into(), range, quoted: false };
        return match end(network, &name)? {
            ProbeEnd::Interface(id) => Ok(ProbeEnd::PublicAddressOf(id)),
            other => Ok(other),
        };
    }
    match token.text.parse::<IpAddr>() {
        Ok(address) if !token.quoted => Ok(ProbeEnd::Address(address)),
        _ => end(network, token),
    }
}

/// An address that sends: the host that has it, when there is one.
fn by_address(network: &Network, address: IpAddr) -> ProbeEnd {
    names::host_at(network, address).map_or(ProbeEnd::Address(address), ProbeEnd::Host)
}

fn end(network: &Network, token: &Token) -> Read<ProbeEnd> {
    if token.is("internet") {
        return Ok(ProbeEnd::Address(Network::INTERNET));
    }
    let by_place = token.text.strip_prefix("host#").filter(|_| !token.quoted);
    if let Some(place) = by_place.and_then(|place| place.parse().ok()) {
        return Ok(ProbeEnd::Host(Id::new(place)));
    }
    let numbered = !token.quoted && token.text.starts_with('#');
    if let Some(host) = names::only(network, &token.text).filter(|_| !numbered) {
        return Ok(ProbeEnd::Host(host));
    }
    if let Ok(id) = names::find_interface(network, token) {
        return Ok(ProbeEnd::Interface(id));
    }
    let said = fault::no_such_end(&token.text);
    let near = nearest(&token.text, names::ends(network).chain(["internet"]));
    Err(token.slip(match near {
        Some(_) => fault::Said { help: None, ..said }.did_you_mean(near),
        None => said,
    }))
}

/// Prints a packet so that [`parse_probe`] reads it again.
pub fn print_probe(network: &Network, probe: &Probe) -> String {
    let dialled = probe.protocol.has_ports() && probe.source_port != Probe::SOURCE_PORT;
    let from = match probe.from {
        ProbeEnd::Address(address) if dialled && address != Network::INTERNET => {
            std::net::SocketAddr::new(address, probe.source_port).to_string()
        }
        from if dialled => format!("{}:{}", end_word(network, from, true), probe.source_port),
        from => end_word(network, from, false),
    };
    let to = match probe.to {
        ProbeEnd::PublicAddressOf(_) => format!("{}.public", end_word(network, probe.to, true)),
        to => end_word(network, to, false),
    };
    let protocol = probe.protocol;
    if protocol.has_ports() {
        format!("{from} -> {to} {protocol}/{}", probe.port)
    } else {
        format!("{from} -> {to} {protocol}")
    }
}

/// An end as one word; when something is to be glued to it, a word without quotes.
fn end_word(network: &Network, end: ProbeEnd, glued: bool) -> String {
    let (name, by_place) = match end {
        ProbeEnd::Address(address) if address == Network::INTERNET => return "internet".into(),
        ProbeEnd::Address(address) => return address.to_string(),
        ProbeEnd::Host(id) => (
            network.hosts().get(id).map(|host| host.name.to_string()),
            format!("host#{}", id.index()),
        ),
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => {
            (names::interface_name(network, id), format!("#{}", id.index()))
        }
    };
    let wanted = match end {
        ProbeEnd::PublicAddressOf(id) => ProbeEnd::Interface(id),
        end => end,
    };
    let Some(name) = name else { return by_place };
    // `web.public` means something else already.
    let bare = names::is_bare(&name) && !name.ends_with(".public");
    let token = Token { text: name.as_str().into(), range: 0..name.len(), quoted: !bare };
    if self::end(network, &token) != Ok(wanted) || (glued && !bare) {
        return by_place;
    }
    if bare { name } else { grammar::quote(&name) }
}

// ── building ───────────────────────────────────────────────────────────────────────────────────

/// A network under construction. Everything that AWS has an operation for is made by a [`Change`],
/// so that what AWS would refuse is a fault; states that AWS reaches by itself (a failed NAT
/// gateway, a route whose target is gone) are put in place.
struct Build<'f> {
    network: Network,
    faults: &'f mut Faults,
    /// What was declared but could not be made: who refers to it is not to blame.
    failed: BTreeSet<String>,
}

struct VpcDraft {
    key: Key,
    cidrs: Vec<Text>,
}

struct GatewayDraft {
    key: Key,
    vpc: Option<Text>,
}

struct SubnetDraft {
    key: Key,
    vpc: Option<Text>,
    cidr: Option<Text>,
    zone: Option<Text>,
    routes: Option<Vec<Text>>,
    route_table: Option<Text>,
    network_acl: Option<Text>,
    auto_assign: Option<(bool, Range<usize>)>,
}

struct TableDraft {
    key: Key,
    vpc: Option<Text>,
    main: bool,
    routes: Vec<Text>,
}

/// A security group or network ACL.
struct ListDraft {
    key: Key,
    vpc: Option<Text>,
    default: bool,
    inbound: Option<Vec<Text>>,
    outbound: Option<Vec<Text>>,
}

struct NatDraft {
    key: Key,
    subnet: Option<Text>,
    private: bool,
    address: Option<Text>,
    public_ip: Option<Text>,
    state: NatGatewayState,
}

struct InstanceDraft {
    key: Key,
    subnet: Option<Text>,
    address: Option<Text>,
    public: Option<(FlagOrText, Range<usize>)>,
    elastic: Option<(FlagOrText, Range<usize>)>,
    groups: Option<Vec<Text>>,
    listens: Option<Vec<Text>>,
    check: Option<(bool, Range<usize>)>,
    stopped: bool,
    forwarding: Forwarding,
    interfaces: Vec<InterfaceDraft>,
}

struct InterfaceDraft {
    key: Key,
    subnet: Option<Text>,
    address: Option<Text>,
    groups: Option<Vec<Text>>,
    check: Option<(bool, Range<usize>)>,
}

struct HostDraft {
    key: Key,
    address: Option<Text>,
    listens: Option<Vec<Text>>,
}

impl<'f> Build<'f> {
    fn new(faults: &'f mut Faults) -> Self {
        Self { network: Network::new(), faults, failed: BTreeSet::new() }
    }

    fn read(mut self, root: &mut Section, name: String) -> Scene {
        let vpcs = self.each(root, "vpc", |faults, key, section| VpcDraft {
            cidrs: vpc_cidrs(section, faults),
            key,
        });
        let gateways = self.each(root, "internet_gateway", |faults, key, section| GatewayDraft {
            key,
            vpc: section.text("vpc", faults),
        });
        let subnets = self.each(root, "subnet", |faults, key, section| SubnetDraft {
            key,
            vpc: section.text("vpc", faults),
            cidr: section.need_text("cidr", faults),
            zone: section.text("zone", faults),
            routes: section.texts("routes", faults),
            route_table: section.text("route_table", faults),
            network_acl: section.text("network_acl", faults),
            auto_assign: section.flag("auto_assign_public_ip", faults),
        });
        let tables = self.each(root, "route_table", |faults, key, section| TableDraft {
            key,
            vpc: section.text("vpc", faults),
            main: section.flag("main", faults).is_some_and(|(main, _)| main),
            routes: section.texts("routes", faults).unwrap_or_default(),
        });
        let groups = self.each(root, "security_group", |faults, key, section| ListDraft {
            default: section.flag("default", faults).is_some_and(|(default, _)| default)
                || key.name == "default",
            key,
            vpc: section.text("vpc", faults),
            inbound: section.texts("inbound", faults),
            outbound: section.texts("outbound", faults),
        });
        let acls = self.each(root, "network_acl", |faults, key, section| ListDraft {
            key,
            vpc: section.text("vpc", faults),
            default: section.flag("default", faults).is_some_and(|(default, _)| default),
            inbound: section.texts("inbound", faults),
            outbound: section.texts("outbound", faults),
        });
        let nats = self.each(root, "nat_gateway", nat_draft);
        let instances = self.each(root, "instance", instance_draft);
        let hosts = self.each(root, "host", |faults, key, section| HostDraft {
            key,
            address: section.need_text("address", faults),
            listens: section.texts("listens", faults),
        });
        let packets = root.entries("packets", self.faults);
        if vpcs.is_empty() && !self.faults.broken {
            self.faults.error(0..0, fault::empty_scene());
        }
        self.names_once(&subnets, &tables, &instances, &hosts, &nats);

        for draft in &vpcs {
            self.vpc(draft);
        }
        for draft in &gateways {
            self.gateway(draft);
        }
        // A main table first: it frees the name of the table that came with the VPC.
        for draft in tables.iter().filter(|draft| draft.main) {
            self.table(draft);
        }
        for draft in tables.iter().filter(|draft| !draft.main) {
            self.table(draft);
        }
        for draft in &subnets {
            self.subnet(draft);
        }
        for draft in &groups {
            self.group(draft);
        }
        for draft in &groups {
            self.group_rules(draft);
        }
        for draft in &acls {
            self.acl(draft);
        }
        for draft in &subnets {
            self.associations(draft);
        }
        for draft in &hosts {
            self.host(draft);
        }
        let claimed = claimed_addresses(&nats, &instances);
        for draft in &nats {
            self.nat(draft, &claimed);
        }
        for draft in &instances {
            self.instance(draft, &claimed);
        }
        for draft in &tables {
            self.routes(&draft.key, &draft.routes);
        }
        for draft in &subnets {
            if let Some(routes) = &draft.routes {
                self.routes(&draft.key, routes);
            }
        }
        let packets = self.packets(packets);
        Scene { name, network: self.network, packets }
    }

    /// Reads every `[kind.NAME]`.
    fn each<D>(
        &mut self,
        root: &mut Section,
        kind: &'static str,
        read: impl Fn(&mut Faults, Key, &mut Section) -> D,
    ) -> Vec<D> {
        let mut drafts = Vec::new();
        for (key, mut section) in root.sections(kind, self.faults) {
            self.good_name(&key);
            drafts.push(read(self.faults, key, &mut section));
            section.close(self.faults);
        }
        drafts
    }

    fn good_name(&mut self, key: &Key) {
        if !grammar::is_name(&key.name) {
            self.faults.error(key.span.clone(), fault::bad_name(&key.name));
        } else if grammar::is_reserved(&key.name) {
            self.faults.error(key.span.clone(), fault::reserved_name(&key.name));
        }
    }

    /// TOML keeps names apart within a kind; here are those that share a space across kinds.
    fn names_once(
        &mut self,
        subnets: &[SubnetDraft],
        tables: &[TableDraft],
        instances: &[InstanceDraft],
        hosts: &[HostDraft],
        nats: &[NatDraft],
    ) {
        let mut twice = |first: Vec<&Key>, second: Vec<&Key>| {
            for key in second {
                if first.iter().any(|other| other.name == key.name) {
                    self.faults.error(key.span.clone(), fault::duplicate_name(&key.name));
                }
            }
        };
        let own_tables = subnets.iter().filter(|s| s.routes.is_some()).map(|s| &s.key).collect();
        twice(tables.iter().map(|t| &t.key).collect(), own_tables);
        let ends: Vec<&Key> = instances.iter().map(|i| &i.key).collect();
        twice(ends.clone(), hosts.iter().map(|h| &h.key).collect());
        let ends = ends.into_iter().chain(hosts.iter().map(|h| &h.key)).collect();
        twice(ends, nats.iter().map(|n| &n.key).collect());
    }

    /// Makes a change, or reports AWS's refusal at `span`. What it gives is the object made.
    fn make(&mut self, change: Change, span: &Range<usize>) -> Option<Thing> {
        match self.network.apply(change) {
            Ok(applied) => applied.made,
            Err(refusal) => {
                let why = Words {
                    ko: Teller::new(&self.network, Lang::Ko).reason(&refusal.reason),
                    en: Teller::new(&self.network, Lang::En).reason(&refusal.reason),
                };
                self.faults.error(span.clone(), fault::refused(refusal.code, &why));
                None
            }
        }
    }

    fn slip(&mut self, text: &Text, slip: Slip) {
        let word = text.value.get(slip.range.clone()).unwrap_or_default();
        let blameless = slip.said.rule == "unknown-object"
            && word.split('.').any(|part| self.failed.contains(part));
        if !blameless {
            self.faults.error(text.at(slip.range), slip.said);
        }
    }

    fn fail(&mut self, key: &Key) {
        self.failed.insert(key.name.clone());
    }

    fn cidr(&mut self, text: &Text) -> Option<Cidr> {
        let whole =
            Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: false };
        grammar::cidr(&whole).map_err(|slip| self.slip(text, slip)).ok()
    }

    fn address(&mut self, text: &Text) -> Option<IpAddr> {
        let whole =
            Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: false };
        grammar::address(&whole).map_err(|slip| self.slip(text, slip)).ok()
    }

    fn address_v4(&mut self, text: &Text) -> Option<Ipv4Addr> {
        match self.address(text)? {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => {
                self.faults.error(text.span.clone(), fault::wants_ipv4(&text.value));
                None
            }
        }
    }

    fn find<T: Named>(&mut self, text: &Text) -> Option<Id<T>> {
        let whole =
            Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: true };
        names::find(&self.network, &whole).map_err(|slip| self.slip(text, slip)).ok()
    }

    /// The VPC that is named, or the only one.
    fn vpc_of(&mut self, text: Option<&Text>, key: &Key) -> Option<VpcId> {
        if let Some(text) = text {
            return self.find::<Vpc>(text);
        }
        let mut vpcs = self.network.vpcs().iter().map(|(id, _)| id);
        match (vpcs.next(), vpcs.next()) {
            (Some(only), None) if self.failed.is_empty() => Some(only),
            (None, _) => None,
            (Some(only), None) => Some(only),
            _ => {
                self.faults.error(key.span.clone(), fault::which_vpc());
                None
            }
        }
    }

    fn vpc(&mut self, draft: &VpcDraft) {
        let mut made = None;
        let mut fine = !draft.cidrs.is_empty();
        for text in &draft.cidrs {
            let Some(cidr) = self.cidr(text) else {
                fine = false;
                continue;
            };
            match made {
                None => {
                    let name = draft.key.name.as_str().into();
                    match self.make(Change::CreateVpc { name, cidr }, &text.at(0..text.value.len()))
                    {
                        Some(Thing::Vpc(vpc)) => made = Some(vpc),
                        _ => fine = false,
                    }
                }
                Some(vpc) => {
                    let change = Change::AssociateVpcCidrBlock { vpc, cidr };
                    self.make(change, &text.at(0..text.value.len()));
                }
            }
        }
        if !fine || made.is_none() {
            self.fail(&draft.key);
        }
    }

    fn gateway(&mut self, draft: &GatewayDraft) {
        let name = draft.key.name.as_str().into();
        let made = self.make(Change::CreateInternetGateway { name }, &draft.key.span);
        let Some(Thing::InternetGateway(gateway)) = made else {
            return self.fail(&draft.key);
        };
        if let Some(text) = &draft.vpc {
            if let Some(vpc) = self.find::<Vpc>(text) {
                self.make(Change::AttachInternetGateway { gateway, vpc }, &text.span);
            } else {
                self.fail(&draft.key);
            }
        }
    }

    fn table(&mut self, draft: &TableDraft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        if draft.main {
            // The table that came with the VPC is this one.
            let main = self.network.vpcs()[vpc].main_route_table;
            let name: Name = draft.key.name.as_str().into();
            self.network.update(main, |table: &mut RouteTable| table.name = name);
        } else if names::only::<RouteTable>(&self.network, &draft.key.name).is_some() {
            self.faults.error(draft.key.span.clone(), fault::name_of_main(&draft.key.name));
        } else {
            let name = draft.key.name.as_str().into();
            if self.make(Change::CreateRouteTable { name, vpc }, &draft.key.span).is_none() {
                self.fail(&draft.key);
            }
        }
    }

    fn subnet(&mut self, draft: &SubnetDraft) {
        let cidr = draft.cidr.as_ref().and_then(|text| self.cidr(text));
        let vpc = self.vpc_of(draft.vpc.as_ref(), &draft.key);
        let (Some(cidr), Some(vpc), Some(text)) = (cidr, vpc, &draft.cidr) else {
            return self.fail(&draft.key);
        };
        let zone = Zone(draft.zone.as_ref().map_or("a".into(), |zone| zone.value.trim().into()));
        if let Some(text) = &draft.zone
            && !grammar::is_name(&zone.0)
        {
            self.faults.error(text.span.clone(), fault::bad_name(&text.value));
        }
        let name = draft.key.name.as_str().into();
        let change = Change::CreateSubnet { name, vpc, zone, cidr };
        let Some(Thing::Subnet(subnet)) = self.make(change, &text.span) else {
            return self.fail(&draft.key);
        };
        if let Some((true, span)) = &draft.auto_assign {
            let change = Change::ModifySubnetAttribute { subnet, auto_assign_public_ip: true };
            self.make(change, span);
        }
        if draft.routes.is_some() && draft.route_table.is_none() {
            let name = draft.key.name.as_str().into();
            let made = self.make(Change::CreateRouteTable { name, vpc }, &draft.key.span);
            if let Some(Thing::RouteTable(table)) = made {
                let change = Change::AssociateRouteTable { subnet, table: Some(table) };
                self.make(change, &draft.key.span);
            }
        }
    }

    fn associations(&mut self, draft: &SubnetDraft) {
        let Some(subnet) = names::only::<Subnet>(&self.network, &draft.key.name) else { return };
        if let Some(text) = &draft.route_table {
            if draft.routes.is_some() {
                self.faults.error(text.span.clone(), fault::routes_and_table());
            } else if let Some(table) = self.find::<RouteTable>(text) {
                let change = Change::AssociateRouteTable { subnet, table: Some(table) };
                self.make(change, &text.span);
            }
        }
        if let Some(text) = &draft.network_acl
            && let Some(acl) = self.find::<NetworkAcl>(text)
        {
            let change = Change::AssociateNetworkAcl { subnet, acl: Some(acl) };
            self.make(change, &text.span);
        }
    }

    fn group(&mut self, draft: &ListDraft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        if draft.default {
            return;
        }
        let name = draft.key.name.as_str().into();
        if self.make(Change::CreateSecurityGroup { name, vpc }, &draft.key.span).is_none() {
            self.fail(&draft.key);
        }
    }

    fn group_rules(&mut self, draft: &ListDraft) {
        let group = if draft.default {
            let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else { return };
            self.network.vpcs()[vpc].default_security_group
        } else {
            match names::only::<SecurityGroup>(&self.network, &draft.key.name) {
                Some(group) => group,
                None => return,
            }
        };
        let vpc = self.network.security_groups()[group].vpc;
        for (direction, lines) in
            [(Direction::Ingress, &draft.inbound), (Direction::Egress, &draft.outbound)]
        {
            let Some(lines) = lines else { continue };
            for rule in self.network.security_groups()[group].rules(direction).to_vec() {
                self.make(Change::RevokeSecurityGroup { group, direction, rule }, &draft.key.span);
            }
            for text in lines {
                let mut line = Line::new(&text.value);
                let rule =
                    grammar::group_rule(&mut line, direction).and_then(|(protocol, ports, far)| {
                        let peer = far_peer(&self.network, vpc, far)?;
                        Ok(SecurityGroupRule { protocol, ports, peer })
                    });
                match rule {
                    Ok(rule) => {
                        let change = Change::AuthorizeSecurityGroup { group, direction, rule };
                        self.make(change, &text.at(line.whole()));
                    }
                    Err(slip) => self.slip(text, slip),
                }
            }
        }
    }

    fn acl(&mut self, draft: &ListDraft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        let name: Name = draft.key.name.as_str().into();
        let acl = if draft.default {
            let acl = self.network.vpcs()[vpc].default_network_acl;
            self.network.update(acl, |acl: &mut NetworkAcl| acl.name = name);
            acl
        } else {
            match self.make(Change::CreateNetworkAcl { name, vpc }, &draft.key.span) {
                Some(Thing::NetworkAcl(acl)) => acl,
                _ => return self.fail(&draft.key),
            }
        };
        for (direction, lines) in
            [(Direction::Ingress, &draft.inbound), (Direction::Egress, &draft.outbound)]
        {
            let Some(lines) = lines else { continue };
            for entry in self.network.network_acls()[acl].entries(direction).to_vec() {
                let change = Change::DeleteNetworkAclEntry { acl, direction, number: entry.number };
                self.make(change, &draft.key.span);
            }
            for text in lines {
                let mut line = Line::new(&text.value);
                match grammar::acl_entry(&mut line, direction) {
                    Ok(entry) => {
                        let change = Change::CreateNetworkAclEntry { acl, direction, entry };
                        self.make(change, &text.at(line.whole()));
                    }
                    Err(slip) => self.slip(text, slip),
                }
            }
        }
    }

    fn listening(&mut self, lines: Option<&[Text]>) -> Listening {
        let Some(lines) = lines else { return Listening::Everywhere };
        let mut open = Vec::new();
        for text in lines {
            let mut line = Line::new(&text.value);
            match listen(&mut line) {
                Ok(port) => open.push(port),
                Err(slip) => self.slip(text, slip),
            }
        }
        Listening::On(open)
    }

    fn host(&mut self, draft: &HostDraft) {
        let listening = self.listening(draft.listens.as_deref());
        let address = draft.address.as_ref().and_then(|text| self.address(text));
        let (Some(address), Some(text)) = (address, &draft.address) else {
            return self.fail(&draft.key);
        };
        let name = draft.key.name.as_str().into();
        if self.make(Change::CreateHost { name, address, listening }, &text.span).is_none() {
            self.fail(&draft.key);
        }
    }

    /// The address that is written, or the next one that nothing in the file claims.
    fn private_address(
        &mut self,
        written: Option<&Text>,
        subnet: SubnetId,
        claimed: &BTreeSet<IpAddr>,
    ) -> Option<IpAddr> {
        if let Some(text) = written {
            return self.address(text);
        }
        let cidr = self.network.subnets()[subnet].cidr;
        let vpc = self.network.subnets()[subnet].vpc;
        // The first four addresses and the last are AWS's
        // (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html).
        (4..cidr.size().saturating_sub(1).min(4096)).find_map(|offset| {
            let address = cidr.nth(offset)?;
            let free =
                !claimed.contains(&address) && self.network.interface_in(vpc, address).is_none();
            free.then_some(address)
        })
    }

    fn nat(&mut self, draft: &NatDraft, claimed: &BTreeSet<IpAddr>) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let public_address = draft.public_ip.as_ref().and_then(|text| self.address_v4(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let change = Change::CreateNatGateway {
            name: draft.key.name.as_str().into(),
            subnet,
            connectivity: if draft.private { Connectivity::Private } else { Connectivity::Public },
            address: self.private_address(draft.address.as_ref(), subnet, claimed),
            public_address,
        };
        let span = draft.address.as_ref().map_or(&draft.key.span, |text| &text.span);
        match self.make(change, span) {
            Some(Thing::NatGateway(gateway)) => {
                self.network.update(gateway, |row: &mut NatGateway| row.state = draft.state);
            }
            _ => self.fail(&draft.key),
        }
    }

    fn instance(&mut self, draft: &InstanceDraft, claimed: &BTreeSet<IpAddr>) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let listening = self.listening(draft.listens.as_deref());
        let public_address = self.public_at_launch(draft);
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let groups = self.groups(draft.groups.as_deref(), subnet);
        let change = Change::RunInstance {
            name: draft.key.name.as_str().into(),
            subnet,
            address: self.private_address(draft.address.as_ref(), subnet, claimed),
            public_address,
            groups,
            listening,
        };
        let span = draft.blamed_for(public_address, &self.network, &change);
        let Some(Thing::Instance(instance)) = self.make(change, &span) else {
            return self.fail(&draft.key);
        };
        let Some(&interface) = self.network.instances()[instance].interfaces.first() else {
            return;
        };
        match &draft.elastic {
            None | Some((FlagOrText::Flag(false), _)) => {}
            Some((FlagOrText::Flag(true), span)) => {
                self.make(Change::AssociateAddress { interface, address: None }, span);
            }
            Some((FlagOrText::Text(text), span)) => {
                if let Some(address) = self.address_v4(text) {
                    let address = Some(address);
                    self.make(Change::AssociateAddress { interface, address }, span);
                }
            }
        }
        if let Some((on, span)) = &draft.check {
            self.make(Change::ModifySourceDestCheck { interface, on: *on }, span);
        }
        if draft.forwarding != Forwarding::Off {
            let forwarding = Some(draft.forwarding);
            let change = Change::ConfigureInstance { instance, listening: None, forwarding };
            self.make(change, &draft.key.span);
        }
        for extra in &draft.interfaces {
            self.interface(extra, instance, claimed);
        }
        if draft.stopped {
            self.make(Change::StopInstance { instance }, &draft.key.span);
        }
    }

    fn public_at_launch(&mut self, draft: &InstanceDraft) -> PublicAtLaunch {
        match (&draft.public, &draft.elastic) {
            (Some(_), Some((_, span))) => {
                self.faults.error(span.clone(), fault::public_and_elastic());
                PublicAtLaunch::AsSubnet
            }
            // An Elastic IP takes its place.
            (None, Some((FlagOrText::Flag(true) | FlagOrText::Text(_), _)))
            | (Some((FlagOrText::Flag(false), _)), None) => PublicAtLaunch::No,
            (None, _) => PublicAtLaunch::AsSubnet,
            (Some((FlagOrText::Flag(true), _)), None) => PublicAtLaunch::Yes,
            (Some((FlagOrText::Text(text), _)), None) => {
                self.address_v4(text).map_or(PublicAtLaunch::AsSubnet, PublicAtLaunch::This)
            }
        }
    }

    fn groups(&mut self, texts: Option<&[Text]>, subnet: SubnetId) -> Vec<SecurityGroupId> {
        let vpc = self.network.subnets()[subnet].vpc;
        let mut groups = Vec::new();
        for text in texts.unwrap_or_default() {
            let name =
                Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: true };
            match find_group(&self.network, vpc, &name) {
                Ok(group) => groups.push(group),
                Err(slip) => self.slip(text, slip),
            }
        }
        groups
    }

    fn interface(
        &mut self,
        draft: &InterfaceDraft,
        instance: crate::cloud::InstanceId,
        claimed: &BTreeSet<IpAddr>,
    ) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let groups = self.groups(draft.groups.as_deref(), subnet);
        let change = Change::CreateInterface {
            name: draft.key.name.as_str().into(),
            subnet,
            address: self.private_address(draft.address.as_ref(), subnet, claimed),
            groups,
        };
        let span = draft.address.as_ref().map_or(&draft.key.span, |text| &text.span);
        let Some(Thing::Interface(interface)) = self.make(change, span) else {
            return self.fail(&draft.key);
        };
        self.make(Change::AttachInterface { interface, instance }, &draft.key.span);
        if let Some((on, span)) = &draft.check {
            self.make(Change::ModifySourceDestCheck { interface, on: *on }, span);
        }
    }

    fn routes(&mut self, table: &Key, routes: &[Text]) {
        let Some(id) = names::only::<RouteTable>(&self.network, &table.name) else { return };
        for text in routes {
            let mut line = Line::new(&text.value);
            let route = read_route(&self.network, &mut line).and_then(|route| {
                line.end()?;
                Ok(route)
            });
            let span = text.at(line.whole());
            match route {
                Ok((destination, target @ Target::Gone(_))) => {
                    let table = &self.network.route_tables()[id];
                    if table.routes.iter().any(|route| route.destination == destination) {
                        self.faults.error(span, fault::route_taken(&destination.to_string()));
                    } else {
                        let route = Route { destination, target, origin: Origin::Static };
                        self.network.update(id, |row: &mut RouteTable| row.routes.push(route));
                    }
                }
                // Every table has them already; writing them down is fine.
                Ok((destination, Target::Local))
                    if self.network.route_tables()[id].routes.iter().any(|route| {
                        route.destination == destination && route.target == Target::Local
                    }) => {}
                Ok((destination, target)) => {
                    self.make(Change::CreateRoute { table: id, destination, target }, &span);
                }
                Err(slip) => self.slip(text, slip),
            }
        }
    }

    fn packets(&mut self, entries: Vec<(Key, Text)>) -> Vec<NamedPacket> {
        let mut packets = Vec::new();
        for (key, text) in entries {
            self.good_name(&key);
            match parse_probe(&self.network, &text.value) {
                Ok(probe) => packets.push(NamedPacket {
                    name: key.name.as_str().into(),
                    probe,
                    written: text.value.split_whitespace().collect::<Vec<_>>().join(" "),
                }),
                Err(slip) => self.slip(&text, slip),
            }
        }
        packets
    }
}

fn vpc_cidrs(section: &mut Section, faults: &mut Faults) -> Vec<Text> {
    let one = section.text("cidr", faults);
    let many = section.texts("cidrs", faults);
    match (one, many) {
        (Some(_), Some(_)) => {
            let span = section.span_of("cidrs").unwrap_or_default();
            faults.error(span, fault::cidr_and_cidrs());
            Vec::new()
        }
        (Some(cidr), None) => vec![cidr],
        (None, Some(cidrs)) => cidrs,
        (None, None) => {
            if section.span_of("cidr").is_none() && section.span_of("cidrs").is_none() {
                section.missing("cidr", faults);
            }
            Vec::new()
        }
    }
}

/// One of a few words; the first is the default.
fn choice<T: Copy>(
    section: &mut Section,
    key: &'static str,
    choices: &[(&'static str, T)],
    faults: &mut Faults,
) -> T {
    let Some(text) = section.text(key, faults) else { return choices[0].1 };
    if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text.value) {
        return *value;
    }
    let words = document::list(choices.iter().map(|(word, _)| *word));
    faults.error(text.span.clone(), fault::one_of(&text.value, &words));
    choices[0].1
}

fn nat_draft(faults: &mut Faults, key: Key, section: &mut Section) -> NatDraft {
    NatDraft {
        key,
        subnet: section.need_text("subnet", faults),
        private: choice(section, "connectivity", &[("public", false), ("private", true)], faults),
        address: section.text("address", faults),
        public_ip: section.text("public_ip", faults),
        state: choice(
            section,
            "state",
            &[
                ("available", NatGatewayState::Available),
                ("pending", NatGatewayState::Pending),
                ("failed", NatGatewayState::Failed),
            ],
            faults,
        ),
    }
}

fn instance_draft(faults: &mut Faults, key: Key, section: &mut Section) -> InstanceDraft {
    let mut interfaces = Vec::new();
    for (key, mut part) in section.sections("interface", faults) {
        if !grammar::is_name(&key.name) {
            faults.error(key.span.clone(), fault::bad_name(&key.name));
        }
        interfaces.push(InterfaceDraft {
            key,
            subnet: part.need_text("subnet", faults),
            address: part.text("address", faults),
            groups: part.texts("security_groups", faults),
            check: part.flag("source_dest_check", faults),
        });
        part.close(faults);
    }
    InstanceDraft {
        key,
        interfaces,
        subnet: section.need_text("subnet", faults),
        address: section.text("address", faults),
        public: section.flag_or_text("public_ip", faults),
        elastic: section.flag_or_text("elastic_ip", faults),
        groups: section.texts("security_groups", faults),
        listens: section.texts("listens", faults),
        check: section.flag("source_dest_check", faults),
        stopped: choice(section, "state", &[("running", false), ("stopped", true)], faults),
        forwarding: choice(
            section,
            "forwarding",
            &[
                ("off", Forwarding::Off),
                ("routes", Forwarding::Routes),
                ("translates", Forwarding::Translates),
            ],
            faults,
        ),
    }
}

impl InstanceDraft {
    /// Which line a refused launch is about: the public address when the launch would be fine
    /// without it, else the private one.
    fn blamed_for(
        &self,
        public: PublicAtLaunch,
        network: &Network,
        change: &Change,
    ) -> Range<usize> {
        if let (PublicAtLaunch::This(_), Some((_, span))) = (public, &self.public) {
            let mut without = change.clone();
            if let Change::RunInstance { public_address, .. } = &mut without {
                *public_address = PublicAtLaunch::No;
            }
            if network.clone().apply(without).is_ok() {
                return span.clone();
            }
        }
        self.address.as_ref().map_or(&self.key.span, |text| &text.span).clone()
    }
}

fn claimed_addresses(nats: &[NatDraft], instances: &[InstanceDraft]) -> BTreeSet<IpAddr> {
    let nats = nats.iter().filter_map(|draft| draft.address.as_ref());
    let own = instances.iter().filter_map(|draft| draft.address.as_ref());
    let more = instances.iter().flat_map(|d| &d.interfaces).filter_map(|d| d.address.as_ref());
    nats.chain(own).chain(more).filter_map(|text| text.value.trim().parse().ok()).collect()
}

/// `tcp 443`: a port that answers.
pub(crate) fn listen(line: &mut Line) -> Read<(Protocol, Ports)> {
    let token = line.need("`tcp`, `udp`")?;
    match grammar::protocol(&token)? {
        Some(protocol) if protocol.has_ports() => {
            let ports = grammar::ports(&line.need("`443`, `all`")?)?;
            line.end()?;
            Ok((protocol, ports))
        }
        _ => Err(token.slip(fault::listens_to(&token.text))),
    }
}

/// `0.0.0.0/0 -> igw`.
pub(crate) fn read_route(network: &Network, line: &mut Line) -> Read<(Cidr, Target)> {
    let destination = grammar::cidr(&line.need("`0.0.0.0/0`")?)?;
    line.arrow()?;
    Ok((destination, names::target(network, line)?))
}

/// The group that a name means for something in this VPC: one of its own first, so that every
/// VPC may have its `default`.
pub(crate) fn find_group(network: &Network, vpc: VpcId, name: &Token) -> Read<SecurityGroupId> {
    if let Some(id) = names::numbered(name) {
        return Ok(id);
    }
    let mut own = network
        .security_groups()
        .iter()
        .filter(|(_, group)| group.vpc == vpc && *group.name == *name.text);
    match (own.next(), own.next()) {
        (Some((id, _)), None) => Ok(id),
        _ => names::find::<SecurityGroup>(network, name),
    }
}

pub(crate) fn far_peer(network: &Network, vpc: VpcId, far: grammar::Far) -> Read<Peer> {
    Ok(match far {
        grammar::Far::Cidr(cidr) => Peer::Cidr(cidr),
        grammar::Far::Group(name) => Peer::Group(find_group(network, vpc, &name)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{InstanceState, Rules, Verdict, trace};

    const SMALL: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"

[internet_gateway.igw]
vpc = "main"

[subnet.public]
cidr = "10.0.1.0/24"
routes = ["0.0.0.0/0 -> igw"]

[security_group.web]
inbound = ["tcp 443 from 0.0.0.0/0"]

[instance.web]
subnet = "public"
public_ip = true
security_groups = ["web"]
listens = ["tcp 443"]

[packets]
https = "internet -> web tcp/443"
"#;

    /// The rules and places of the faults of a scene: `rule: place`.
    fn faults(text: &str) -> Vec<String> {
        let (_, faults) = Scene::parse("t.scene.toml", text);
        faults.iter().map(|f| format!("{}: {}", f.rule, &text[f.span.clone()])).collect()
    }

    fn scene(text: &str) -> Scene {
        let (scene, faults) = Scene::parse("lessons/t.scene.toml", text);
        scene.unwrap_or_else(|| panic!("{faults:#?}"))
    }

    /// The small scene with one line more.
    fn with(line: &str) -> String {
        format!("{SMALL}{line}\n")
    }

    #[test]
    fn a_scene_is_named_after_its_file_and_works() {
        let scene = scene(SMALL);
        assert_eq!(scene.name, "t");
        assert_eq!(scene.packets[0].written, "internet -> web tcp/443");
        let trace = trace(&scene.network, scene.packets[0].probe, &Rules::AWS);
        assert_eq!(trace.verdict, Verdict::Delivered);
    }

    #[test]
    fn every_fault_stands_under_the_word_that_is_wrong() {
        for (from, to, wanted) in [
            ("\"10.0.0.0/16\"", "\"10.0.0.0/33\"", "bad-cidr: 10.0.0.0/33"),
            ("\"10.0.0.0/16\"", "\"10.0.0.0\"", "bad-cidr: 10.0.0.0"),
            ("\"10.0.0.0/16\"", "\"10.0.0.0/8\"", "refused: 10.0.0.0/8"),
            ("\"10.0.0.0/16\"", "7", "wrong-type: 7"),
            ("[vpc.main]\ncidr", "[vpc.main]\ncird", "unknown-key: cird"),
            ("vpc = \"main\"", "vpc = \"mian\"", "unknown-object: mian"),
            ("\"10.0.1.0/24\"", "\"10.1.1.0/24\"", "refused: \"10.1.1.0/24\""),
            ("-> igw", "-> ige", "unknown-object: ige"),
            ("-> igw", "=> igw", "bad-line: ="),
            ("0.0.0.0/0 -> igw", "10.0.0.0/16 -> igw", "refused: 10.0.0.0/16 -> igw"),
            ("tcp 443 from", "tpc 443 from", "bad-protocol: tpc"),
            ("tcp 443 from", "tcp 443 to", "bad-line: to"),
            ("from 0.0.0.0/0", "from group wbe", "unknown-object: wbe"),
            ("subnet = \"public\"", "subnet = \"pubilc\"", "unknown-object: pubilc"),
            ("public_ip = true", "public_ip = 1", "wrong-type: 1"),
            ("public_ip = true", "public_ip = \"10.0.0.1\"", "refused: \"10.0.0.1\""),
            ("public_ip = true", "address = \"10.0.1.1\"", "refused: \"10.0.1.1\""),
            ("public_ip = true", "public_ip = true\nelastic_ip = true", "both-keys: true"),
            ("[\"web\"]", "[\"web\", \"nobody\"]", "unknown-object: nobody"),
            ("[\"tcp 443\"]", "[\"icmp\"]", "bad-line: icmp"),
            ("[\"tcp 443\"]", "[\"tcp 70000\"]", "bad-ports: 70000"),
            ("[instance.web]", "[instance.internet]", "bad-name: internet"),
            ("[instance.web]", "[instance.\"w b\"]", "bad-name: \"w b\""),
            ("internet -> web tcp/443", "internet -> wbe tcp/443", "unknown-object: wbe"),
            ("internet -> web tcp/443", "internet -> web tcp", "bad-packet: tcp"),
            ("internet -> web tcp/443", "internet -> web icmp/8", "bad-ports: 8"),
            ("internet -> web tcp/443", "internet web tcp/443", "bad-line: web"),
            ("internet -> web tcp/443", "internet:99999 -> web tcp/443", "bad-ports: 99999"),
            ("[packets]", "[hsot.x]\naddress = \"192.0.2.1\"\n[packets]", "unknown-key: hsot"),
        ] {
            assert!(SMALL.contains(from), "{from}");
            let found = faults(&SMALL.replacen(from, to, 1));
            assert!(found.iter().any(|fault| fault == wanted), "{to}: {found:#?}");
        }
    }

    #[test]
    fn one_defect_is_not_reported_again_by_those_who_refer_to_it() {
        let text = SMALL.replace("\"10.0.1.0/24\"", "\"10.0.1.0/99\"");
        assert_eq!(faults(&text), ["bad-cidr: 10.0.1.0/99"]);
        let text = SMALL.replace("\"10.0.0.0/16\"", "\"10.0.0.0/99\"");
        assert_eq!(faults(&text), ["bad-cidr: 10.0.0.0/99"]);
    }

    #[test]
    fn all_faults_come_at_once() {
        let text = SMALL
            .replace("from 0.0.0.0/0", "from 0.0.0.0/33")
            .replace("-> igw", "-> nowhere")
            .replace("tcp/443", "tcp/https");
        let found = faults(&text);
        assert_eq!(found, ["unknown-object: nowhere", "bad-cidr: 0.0.0.0/33", "bad-ports: https"]);
    }

    #[test]
    fn a_near_name_is_suggested() {
        let text = SMALL.replace("-> igw", "-> igv");
        let (_, faults) = Scene::parse("t", &text);
        let help = faults[0].help.as_ref().unwrap();
        assert_eq!(
            (help.ko.as_str(), help.en.as_str()),
            ("혹시 `igw`입니까?", "did you mean `igw`?")
        );
    }

    #[test]
    fn what_is_left_out_gets_what_aws_gives() {
        let scene = scene(SMALL);
        let network = &scene.network;
        let web = names::interface_called(network, "web").unwrap();
        assert_eq!(network.interfaces()[web].addresses, ["10.0.1.4".parse::<IpAddr>().unwrap()]);
        assert!(network.interfaces()[web].public_address.is_some_and(|public| !public.elastic));
        let subnet = names::only::<Subnet>(network, "public").unwrap();
        assert_eq!(&*network.subnets()[subnet].zone.0, "a");
        assert_eq!(&*network.route_tables()[network.route_table_of(subnet)].name, "public");
    }

    #[test]
    fn addresses_that_are_given_never_depend_on_the_order() {
        let text = with(
            "[instance.first]\nsubnet = \"public\"\n[instance.second]\nsubnet = \"public\"\naddress = \"10.0.1.4\"",
        );
        let scene = scene(&text);
        let address = |name| {
            let id = names::interface_called(&scene.network, name).unwrap();
            scene.network.interfaces()[id].addresses[0].to_string()
        };
        assert_eq!(address("second"), "10.0.1.4");
        assert_eq!([address("web"), address("first")], ["10.0.1.5", "10.0.1.6"]);
    }

    #[test]
    fn a_main_table_and_default_lists_can_be_filled() {
        let scene = scene(
            r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[route_table.roads]
main = true
routes = ["10.0.0.0/16 -> local", "0.0.0.0/0 -> igw", "192.0.2.0/24 -> blackhole", "198.51.100.0/24 -> old-nat (deleted)"]
[network_acl.list]
default = true
inbound = ["100 deny tcp 22 from 0.0.0.0/0", "200 allow all from 0.0.0.0/0"]
[security_group.default]
inbound = []
[subnet.a]
cidr = "10.0.0.0/24"
"#,
        );
        let network = &scene.network;
        assert_eq!((network.route_tables().len(), network.network_acls().len()), (1, 1));
        let (_, table) = network.route_tables().iter().next().unwrap();
        assert_eq!((&*table.name, table.routes.len()), ("roads", 4));
        assert_eq!(table.routes[3].target, Target::Gone("old-nat".into()));
        let (_, acl) = network.network_acls().iter().next().unwrap();
        assert_eq!((&*acl.name, acl.ingress.len(), acl.egress.len()), ("list", 2, 1));
        let (_, group) = network.security_groups().iter().next().unwrap();
        assert_eq!((group.ingress.len(), group.egress.len()), (0, 1));
    }

    #[test]
    fn states_and_extra_interfaces_can_be_written() {
        let text = with(
            r#"
[subnet.inside]
cidr = "10.0.2.0/24"
network_acl = "shut"
[network_acl.shut]
[nat_gateway.nat]
subnet = "public"
state = "failed"
[nat_gateway.inner]
subnet = "inside"
connectivity = "private"
[instance.box]
subnet = "public"
elastic_ip = "203.0.113.77"
source_dest_check = false
forwarding = "translates"
state = "stopped"
[instance.box.interface.eth1]
subnet = "inside"
address = "10.0.2.20"
"#,
        );
        let scene = scene(&text);
        let network = &scene.network;
        let states: Vec<_> = network.nat_gateways().iter().map(|(_, nat)| nat.state).collect();
        assert_eq!(states, [NatGatewayState::Failed, NatGatewayState::Available]);
        let (_, host) =
            network.instances().iter().find(|(_, instance)| *instance.name == *"box").unwrap();
        assert_eq!((host.state, host.interfaces.len()), (InstanceState::Stopped, 2));
        let eth1 = names::interface_called(network, "box.eth1").unwrap();
        assert_eq!(network.interfaces()[eth1].addresses[0].to_string(), "10.0.2.20");
        let eth0 = &network.interfaces()[host.interfaces[0]];
        assert!(!eth0.source_dest_check && eth0.public_address.is_some_and(|p| p.elastic));
    }

    #[test]
    fn packets_name_ends_in_many_ways() {
        let text = with("[host.client]\naddress = \"192.0.2.9\"");
        let text = text
            .replace("[packets]\nhttps", "[packets]\nother")
            .replace("[host.client]", "\n[host.client]");
        let scene = scene(&text);
        let network = &scene.network;
        for (written, printed) in [
            ("internet -> web tcp/443", None),
            ("internet->web tcp/443", Some("internet -> web tcp/443")),
            ("internet → web tcp 443", Some("internet -> web tcp/443")),
            ("client:62000 -> web.public udp/53", None),
            ("192.0.2.9 -> web icmp", Some("client -> web icmp")),
            ("192.0.2.10:5000 -> 10.0.1.4 tcp/1", None),
            ("web -> internet 47", None),
            ("[2001:db8::1]:99 -> web tcp/443", None),
            ("internet:5000 -> web tcp/443", None),
        ] {
            let probe =
                parse_probe(network, written).unwrap_or_else(|e| panic!("{written}: {e:?}"));
            assert_eq!(print_probe(network, &probe), printed.unwrap_or(written));
        }
        assert_eq!(scene.probe(" other ").unwrap(), scene.packets[0].probe);
        assert_eq!(scene.probe("othre").unwrap_err().said.rule, "unknown-packet");
    }
}
