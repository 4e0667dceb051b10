//! The tables of things whose lines have several columns: listeners, targets, routes of transit
//! gateways, routes for prefix lists, addresses of regional NAT gateways. One place for what the
//! form of a line asks, and which edits make, change and take away a line.

use std::net::Ipv4Addr;

use crate::{
    app::bench::{
        form::{Ask, Field, Form, Known, Note, known, known_thing, services, targets},
        wire::spelled,
    },
    cloud::{
        LoadBalancerId, LoadBalancerKind, NatGatewayId, Network, Origin, PrefixListId,
        Registration, RouteTableId, Target, TargetGroupId, TargetKind, Thing,
        TransitGatewayRouteTableId, TransitOrigin, TransitTarget,
    },
    course::{
        edit::health_word,
        names::{target_word, word},
    },
    net::Cidr,
    tell::written,
};

/// One table of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named as what its lines are")]
pub enum Table {
    Listeners(LoadBalancerId),
    Targets(TargetGroupId),
    TransitRoutes(TransitGatewayRouteTableId),
    ListRoutes(RouteTableId),
    NatAddresses(NatGatewayId),
}

/// One line of a table, by what tells it from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named as what it is")]
pub enum Line {
    Listener(LoadBalancerId, u16),
    Target(TargetGroupId, usize),
    TransitRoute(TransitGatewayRouteTableId, Cidr),
    ListRoute(RouteTableId, PrefixListId),
    NatAddress(NatGatewayId, Ipv4Addr),
}

/// A route that drops on purpose, as edits spell it.
const BLACKHOLE: &str = "blackhole";

impl Line {
    /// The table in which it stands.
    pub fn table(self) -> Table {
        match self {
            Self::Listener(id, _) => Table::Listeners(id),
            Self::Target(id, _) => Table::Targets(id),
            Self::TransitRoute(id, _) => Table::TransitRoutes(id),
            Self::ListRoute(id, _) => Table::ListRoutes(id),
            Self::NatAddress(id, _) => Table::NatAddresses(id),
        }
    }

    /// How it reads, the same in every language.
    pub fn written(self, n: &Network) -> String {
        self.read(n).unwrap_or_default()
    }

    fn read(self, n: &Network) -> Option<String> {
        let name = |thing| n.name(thing).map(ToString::to_string).unwrap_or_default();
        Some(match self {
            Self::Listener(id, port) => {
                let row = n.load_balancers().get(id)?;
                let listener = row.listeners.iter().find(|it| it.port == port)?;
                let groups = listener.target_groups.iter().map(|id| name(Thing::TargetGroup(*id)));
                let groups: Vec<String> = groups.collect();
                format!("{} {port} -> {}", listener.protocol.as_str(), groups.join(", "))
            }
            Self::Target(id, at) => {
                let row = n.target_groups().get(id)?;
                let health = row.targets.get(at)?.health;
                let health = health.map(|it| format!("  {}", health_word(it))).unwrap_or_default();
                format!("{}{health}", written::target_of(n, id, at))
            }
            Self::TransitRoute(id, cidr) => {
                let all = n.transit_routes(id);
                let route = all.iter().find(|it| it.destination == cidr)?;
                written::transit_route(n, route)
            }
            Self::ListRoute(id, list) => {
                let target = list_target(n, id, list)?;
                format!("{} -> {}", name(Thing::PrefixList(list)), written::target(n, target))
            }
            Self::NatAddress(id, address) => {
                let regional = n.nat_gateways().get(id)?.regional()?;
                let zone = regional.zones.iter().find(|it| it.addresses.contains(&address))?;
                format!("{}  {address}", zone.zone.0)
            }
        })
    }

    /// The edits that take it away.
    pub fn remove(self, n: &Network) -> Option<Vec<String>> {
        let [_, _, verb] = self.table().operations();
        Some(vec![match self {
            Self::Listener(id, port) => format!("{verb} {} {port}", word(n, id)),
            Self::Target(id, at) => {
                let target = *n.target_groups().get(id)?.targets.get(at)?;
                let port = target.port.map(|port| format!(" port={port}")).unwrap_or_default();
                format!("{verb} {} {}{port}", word(n, id), registered(n, id, &target)?)
            }
            Self::TransitRoute(id, cidr) => format!("{verb} {} {cidr}", word(n, id)),
            Self::ListRoute(id, list) => format!("{verb} {} {}", word(n, id), word(n, list)),
            Self::NatAddress(id, address) => format!("{verb} {} {address}", word(n, id)),
        }])
    }
}

fn list_target(n: &Network, table: RouteTableId, list: PrefixListId) -> Option<&Target> {
    let routes = &n.route_tables().get(table)?.routes;
    routes.iter().find(|it| it.origin == Origin::PrefixList(list)).map(|it| &it.target)
}

/// A target as edits spell it.
fn registered(n: &Network, group: TargetGroupId, target: &Registration) -> Option<String> {
    use crate::cloud::Registered as R;
    let kind = n.target_groups().get(group)?.kind.as_str();
    let who = match target.target {
        R::Instance(id) => word(n, id),
        R::Address(address) => address.to_string(),
        R::Function(id) => word(n, id),
        R::LoadBalancer(id) => word(n, id),
    };
    Some(format!("{kind} {who}"))
}

impl Table {
    /// Those of a thing. Routes for prefix lists stand among the other routes of their table.
    pub fn of(n: &Network, thing: Thing) -> Vec<Self> {
        match thing {
            Thing::LoadBalancer(id) => vec![Self::Listeners(id)],
            Thing::TargetGroup(id) => vec![Self::Targets(id)],
            Thing::TransitGatewayRouteTable(id) => vec![Self::TransitRoutes(id)],
            Thing::NatGateway(id) => {
                let regional = n.nat_gateways().get(id).and_then(|row| row.regional());
                regional.map(|_| Self::NatAddresses(id)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whose table it is.
    pub fn thing(self) -> Thing {
        match self {
            Self::Listeners(id) => Thing::LoadBalancer(id),
            Self::Targets(id) => Thing::TargetGroup(id),
            Self::TransitRoutes(id) => Thing::TransitGatewayRouteTable(id),
            Self::ListRoutes(id) => Thing::RouteTable(id),
            Self::NatAddresses(id) => Thing::NatGateway(id),
        }
    }

    /// The operations that add, change and take away a line.
    pub fn operations(self) -> &'static [&'static str; 3] {
        match self {
            Self::Listeners(_) => &["create-listener", "modify-listener", "delete-listener"],
            Self::Targets(_) => &["register-targets", "register-targets", "deregister-targets"],
            Self::TransitRoutes(_) => &[
                "create-transit-gateway-route",
                "replace-transit-gateway-route",
                "delete-transit-gateway-route",
            ],
            Self::ListRoutes(_) => &[
                "create-prefix-list-route",
                "replace-prefix-list-route",
                "delete-prefix-list-route",
            ],
            Self::NatAddresses(_) => &[
                "associate-nat-gateway-address",
                "associate-nat-gateway-address",
                "disassociate-nat-gateway-address",
            ],
        }
    }

    /// The lines that one may change. What a transit gateway learns by itself is not among them.
    pub fn lines(self, n: &Network) -> Vec<Line> {
        self.look(n).unwrap_or_default()
    }

    fn look(self, n: &Network) -> Option<Vec<Line>> {
        Some(match self {
            Self::Listeners(id) => {
                let all = n.load_balancers().get(id)?.listeners.iter();
                all.map(|it| Line::Listener(id, it.port)).collect()
            }
            Self::Targets(id) => {
                let count = n.target_groups().get(id)?.targets.len();
                (0..count).map(|at| Line::Target(id, at)).collect()
            }
            Self::TransitRoutes(id) => {
                let all = n.transit_gateway_route_tables().get(id)?.routes.iter();
                let own = all.filter(|it| it.origin == TransitOrigin::Static);
                own.map(|it| Line::TransitRoute(id, it.destination)).collect()
            }
            Self::ListRoutes(id) => {
                let mut lists = Vec::new();
                for route in &n.route_tables().get(id)?.routes {
                    if let Origin::PrefixList(list) = route.origin
                        && !matches!(route.target, Target::GatewayEndpoint(_))
                        && !lists.contains(&list)
                    {
                        lists.push(list);
                    }
                }
                lists.into_iter().map(|list| Line::ListRoute(id, list)).collect()
            }
            Self::NatAddresses(id) => {
                let zones = &n.nat_gateways().get(id)?.regional()?.zones;
                let all = zones.iter().flat_map(|zone| &zone.addresses);
                all.map(|address| Line::NatAddress(id, *address)).collect()
            }
        })
    }

    /// What the form of a line asks: of a new one, or of one that stands there. `None` where
    /// something is missing that a line stands on.
    pub fn fields(self, n: &Network, line: Option<Line>) -> Option<Vec<Field>> {
        let words = |ask, words: &[&str], now: &str| {
            let at = words.iter().position(|word| *word == now).unwrap_or(0);
            Field::choice(ask, words.iter().map(|word| known(*word, Note::None)).collect(), at)
        };
        let port = |number: u16, ask| Field::new(ask, number.to_string(), services(false), false);
        let some =
            |ask, known: Vec<Known>, at| (!known.is_empty()).then(|| Field::choice(ask, known, at));
        Some(match self {
            Self::Listeners(id) => {
                let row = n.load_balancers().get(id)?;
                let protocols: &[&str] = match row.kind {
                    LoadBalancerKind::Application => &["http", "https"],
                    LoadBalancerKind::Network => &["tcp", "tls", "udp", "tcp_udp"],
                    LoadBalancerKind::Gateway => &["geneve"],
                    LoadBalancerKind::Classic => &["http", "https", "tcp", "tls"],
                };
                let groups = n.target_groups().iter().filter(|(_, group)| group.vpc == row.vpc);
                let groups: Vec<Known> = groups
                    .map(|(id, _)| known_thing(word(n, id), Thing::TargetGroup(id)))
                    .collect();
                let taken = |port| row.listeners.iter().any(|listener| listener.port == port);
                let free = [80, 443, 8080].into_iter().find(|port| !taken(*port)).unwrap_or(8443);
                let free = if row.kind == LoadBalancerKind::Gateway { 0 } else { free };
                let old = match line {
                    Some(Line::Listener(_, port)) => {
                        row.listeners.iter().find(|it| it.port == port)
                    }
                    _ => None,
                };
                let first = groups.first()?.text.clone();
                let chosen = old.map_or(first, |old| {
                    let all = old.target_groups.iter().map(|id| word(n, *id));
                    all.collect::<Vec<_>>().join(" ")
                });
                vec![
                    words(Ask::Listener, protocols, old.map_or("", |old| old.protocol.as_str())),
                    port(old.map_or(free, |old| old.port), Ask::Port),
                    Field::new(Ask::TargetGroups, chosen, groups, false),
                ]
            }
            Self::Targets(id) => {
                let row = n.target_groups().get(id)?;
                let old = match line {
                    Some(Line::Target(_, at)) => row.targets.get(at),
                    _ => None,
                };
                let mut fields = Vec::new();
                if old.is_none() {
                    fields.push(some(Ask::TargetThing, could_be_targets(n, id), 0)?);
                }
                if row.kind != TargetKind::Function {
                    let at = old.and_then(|old| old.port).unwrap_or(row.port);
                    fields.push(port(at, Ask::TargetPort));
                }
                let health = old.and_then(|old| old.health).map_or(MEASURED, health_word);
                let all = [MEASURED, "healthy", "unhealthy", "draining"];
                fields.push(words(Ask::Health, &all, health));
                fields
            }
            Self::TransitRoutes(id) => {
                let row = n.transit_gateway_route_tables().get(id)?;
                let all = n.transit_gateway_attachments().iter();
                let own = all.filter(|(_, it)| it.gateway == row.gateway);
                let mut ways: Vec<Known> = own
                    .map(|(id, _)| known_thing(word(n, id), Thing::TransitGatewayAttachment(id)))
                    .collect();
                ways.push(known(BLACKHOLE, Note::Drops));
                let now = match line {
                    Some(Line::TransitRoute(_, cidr)) => {
                        row.routes.iter().find(|it| it.destination == cidr)
                    }
                    _ => None,
                };
                let at = now.and_then(|now| match &now.target {
                    TransitTarget::Attachment(id) => {
                        let word = word(n, *id);
                        ways.iter().position(|known| known.text == word)
                    }
                    _ => Some(ways.len() - 1),
                });
                let way = Field::choice(Ask::Attachment, ways, at.unwrap_or(0));
                if line.is_some() {
                    vec![way]
                } else {
                    let everyone = known("0.0.0.0/0", Note::Everyone);
                    let blocks = n.vpcs().iter().flat_map(|(id, row)| {
                        let of = move |cidr: &Cidr| Known::of(cidr.to_string(), Thing::Vpc(id));
                        row.cidrs.iter().map(of)
                    });
                    let sites = n.on_premises().iter().flat_map(|(id, row)| {
                        let thing = Thing::OnPremises(id);
                        row.cidrs.iter().map(move |it| Known::of(it.to_string(), thing))
                    });
                    let all = [everyone].into_iter().chain(blocks).chain(sites).collect();
                    vec![Field::new(Ask::Destination, "0.0.0.0/0", all, false), way]
                }
            }
            Self::ListRoutes(id) => {
                let targets = targets(n, n.route_tables().get(id)?.vpc);
                let now = match line {
                    Some(Line::ListRoute(_, list)) => list_target(n, id, list),
                    _ => None,
                };
                let now = now.map(|now| target_word(n, now));
                let at = targets.iter().position(|known| Some(&known.text) == now.as_ref());
                let target = some(Ask::Target, targets, at.unwrap_or(0))?;
                if line.is_some() {
                    vec![target]
                } else {
                    let there = self.lines(n);
                    let fresh = n.prefix_lists().iter();
                    let fresh =
                        fresh.filter(|(list, _)| !there.contains(&Line::ListRoute(id, *list)));
                    let lists =
                        fresh.map(|(list, _)| known_thing(word(n, list), Thing::PrefixList(list)));
                    vec![some(Ask::List, lists.collect(), 0)?, target]
                }
            }
            Self::NatAddresses(id) => {
                let vpc = n.nat_gateways().get(id)?.vpc;
                let mut zones: Vec<Known> = Vec::new();
                for (_, row) in n.subnets().iter().filter(|(_, row)| row.vpc == vpc) {
                    if !zones.iter().any(|known| known.text == *row.zone.0) {
                        zones.push(known(row.zone.0.to_string(), Note::None));
                    }
                }
                let free = n.free_public_address().map(|it| it.to_string());
                let now = match line {
                    Some(Line::NatAddress(_, address)) => Some(address.to_string()),
                    _ => free.clone(),
                };
                let free = free.into_iter().map(|it| known(it, Note::Free)).collect();
                let zone_now = line.and_then(|line| {
                    let text = line.written(n);
                    let zone = text.split_whitespace().next()?.to_owned();
                    zones.iter().position(|known| known.text == zone)
                });
                vec![
                    some(Ask::Zone, zones, zone_now.unwrap_or(0))?,
                    Field::new(Ask::Address, now.unwrap_or_default(), free, false),
                ]
            }
        })
    }

    /// The edits that a form orders; none when nothing is different.
    pub fn orders(self, n: &Network, form: &Form, line: Option<Line>) -> Option<Vec<String>> {
        let text = |ask| form.text(ask);
        let [add, change, _] = self.operations();
        let again = |new: String| {
            let away = line.and_then(|line| line.remove(n)).unwrap_or_default();
            away.into_iter().chain([new]).collect::<Vec<_>>()
        };
        Some(match self {
            Self::Listeners(id) => {
                let (protocol, port) = (text(Ask::Listener), text(Ask::Port));
                let words = text(Ask::TargetGroups).split_whitespace();
                let groups = spelled(" target-group=", words.map(ToOwned::to_owned));
                let balancer = word(n, id);
                let new = format!("{add} {balancer} {protocol} {port}{groups}");
                let old = match line {
                    Some(Line::Listener(_, port)) => {
                        n.load_balancers().get(id)?.listeners.iter().find(|it| it.port == port)
                    }
                    _ => None,
                };
                match old {
                    // The protocol and the port are what tells listeners apart here.
                    Some(old)
                        if old.protocol.as_str() == protocol && old.port.to_string() == port =>
                    {
                        let before = old.target_groups.iter().map(|id| word(n, *id));
                        let before = spelled(" target-group=", before);
                        let same = before == groups;
                        let line = format!("{change} {balancer} {port}{groups}");
                        if same { Vec::new() } else { vec![line] }
                    }
                    _ => again(new),
                }
            }
            Self::Targets(id) => {
                let row = n.target_groups().get(id)?;
                let who = match line {
                    Some(Line::Target(_, at)) => registered(n, id, row.targets.get(at)?)?,
                    _ => format!("{} {}", row.kind.as_str(), text(Ask::TargetThing)),
                };
                let port = text(Ask::TargetPort);
                let own = port.is_empty() || port == row.port.to_string();
                let port = if own { String::new() } else { format!(" port={port}") };
                let health = match text(Ask::Health) {
                    MEASURED => String::new(),
                    health => format!(" health={health}"),
                };
                let new = format!("{add} {} {who}{port}{health}", word(n, id));
                if let Some(Line::Target(_, at)) = line {
                    let old = row.targets.get(at)?;
                    let port = old.port.map(|it| format!(" port={it}")).unwrap_or_default();
                    let health = old.health.map(|it| format!(" health={}", health_word(it)));
                    let health = health.unwrap_or_default();
                    if new == format!("{add} {} {who}{port}{health}", word(n, id)) {
                        return Some(Vec::new());
                    }
                }
                again(new)
            }
            Self::TransitRoutes(id) => {
                let way = text(Ask::Attachment);
                if let Some(Line::TransitRoute(_, cidr)) = line {
                    let fields = self.fields(n, line)?;
                    if fields.first().is_some_and(|field| field.text.value() == way) {
                        return Some(Vec::new());
                    }
                    vec![format!("{change} {} {cidr} -> {way}", word(n, id))]
                } else {
                    let cidr = super::form::block(text(Ask::Destination)).ok()?;
                    vec![format!("{add} {} {cidr} -> {way}", word(n, id))]
                }
            }
            Self::ListRoutes(id) => {
                let target = text(Ask::Target);
                match line {
                    Some(Line::ListRoute(_, list)) => {
                        let fields = self.fields(n, line)?;
                        if fields.first().is_some_and(|field| field.text.value() == target) {
                            return Some(Vec::new());
                        }
                        vec![format!("{change} {} {} -> {target}", word(n, id), word(n, list))]
                    }
                    _ => vec![format!("{add} {} {} -> {target}", word(n, id), text(Ask::List))],
                }
            }
            Self::NatAddresses(id) => {
                let (zone, address) = (text(Ask::Zone), text(Ask::Address));
                let same = line.is_some_and(|line| line.written(n) == format!("{zone}  {address}"));
                if same {
                    return Some(Vec::new());
                }
                let zone = crate::course::grammar::quote(zone);
                again(format!("{add} {} zone={zone} {address}", word(n, id)))
            }
        })
    }
}

/// A target's health is what its checks find, until someone says otherwise.
const MEASURED: &str = "measured";

/// What could be registered with a target group.
fn could_be_targets(n: &Network, group: TargetGroupId) -> Vec<Known> {
    let Some(row) = n.target_groups().get(group) else { return Vec::new() };
    let in_vpc = |id| n.vpc_of(id) == row.vpc;
    match row.kind {
        TargetKind::Instance => n
            .instances()
            .iter()
            .filter(|(_, it)| it.interfaces.first().is_some_and(|id| in_vpc(*id)))
            .map(|(id, _)| known_thing(word(n, id), Thing::Instance(id)))
            .collect(),
        TargetKind::Ip => n
            .interfaces()
            .iter()
            .filter(|(id, _)| in_vpc(*id))
            .filter_map(|(id, row)| Some((id, row.private_ipv4()?)))
            .map(|(id, address)| known_thing(address.to_string(), Thing::Interface(id)))
            .collect(),
        TargetKind::Function => n
            .functions()
            .iter()
            .map(|(id, _)| known_thing(word(n, id), Thing::Function(id)))
            .collect(),
        TargetKind::LoadBalancer => n
            .load_balancers()
            .iter()
            .filter(|(_, it)| it.kind == LoadBalancerKind::Application && it.vpc == row.vpc)
            .map(|(id, _)| known_thing(word(n, id), Thing::LoadBalancer(id)))
            .collect(),
    }
}
