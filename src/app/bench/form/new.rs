//! New things that are made by one line of an edit: what their forms ask, and the line.

use crate::{
    app::{
        bench::{
            form::{
                Ask, Field, Form, Known, Note, Value, free_name, known, known_thing, services,
                subnet_choices,
            },
            wire::{spelled, zone_subnets},
        },
        canvas::is_public,
    },
    cloud::{
        AttachmentOf, ListenerProtocol, Listening, LoadBalancer, LoadBalancerId, LoadBalancerKind,
        Network, Scheme, ServiceKind, SubnetId, Thing, TransitGatewayId, VpcId,
    },
    course::{
        grammar::quote,
        names::{interface_word, word},
    },
    net::{Cidr, Protocol},
};

/// Something new, and where it is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named as what it makes")]
pub enum New {
    EgressOnlyGateway(VpcId),
    RegionalNat(VpcId),
    Interface(SubnetId),
    Peering(VpcId),
    PrefixList,
    GatewayEndpoint(VpcId),
    InterfaceEndpoint(VpcId),
    LoadBalancer(VpcId),
    TargetGroup(VpcId),
    EndpointService,
    Function(VpcId),
    Database(VpcId),
    Task(SubnetId),
    TransitGateway,
    TransitAttachment(VpcId),
    TransitTable(TransitGatewayId),
    VpnGateway(VpcId),
    CustomerGateway,
    VpnConnection,
    OnPremises,
    Host,
    DefaultVpc,
    Service(Option<ServiceKind>),
    Api,
    Distribution,
    DirectConnect,
    TransitPeering(TransitGatewayId),
    TransitConnect(TransitGatewayId),
}

impl New {
    /// The operations that it needs.
    pub fn operations(self) -> &'static [&'static str] {
        match self {
            Self::EgressOnlyGateway(_) => &["create-egress-only-internet-gateway"],
            Self::RegionalNat(_) => &["create-regional-nat-gateway"],
            Self::Interface(_) => &["create-network-interface"],
            Self::Peering(_) => &["create-vpc-peering-connection", "accept-vpc-peering-connection"],
            Self::PrefixList => &["create-managed-prefix-list"],
            Self::GatewayEndpoint(_) => &["create-vpc-endpoint"],
            Self::InterfaceEndpoint(_) => &["create-interface-endpoint"],
            Self::LoadBalancer(_) => &["create-load-balancer"],
            Self::TargetGroup(_) => &["create-target-group"],
            Self::EndpointService => &["create-vpc-endpoint-service-configuration"],
            Self::Function(_) => &["create-function"],
            Self::Database(_) => &["create-db-instance"],
            Self::Task(_) => &["run-task"],
            Self::TransitGateway => &["create-transit-gateway"],
            Self::TransitAttachment(_) => &["create-transit-gateway-vpc-attachment"],
            Self::TransitTable(_) => &["create-transit-gateway-route-table"],
            Self::VpnGateway(_) => &["create-vpn-gateway", "attach-vpn-gateway"],
            Self::CustomerGateway => &["create-customer-gateway"],
            Self::VpnConnection => &["create-vpn-connection"],
            Self::OnPremises => &["create-on-premises"],
            Self::Host => &["create-host"],
            Self::DefaultVpc => &["create-default-vpc"],
            Self::Service(_) => &["create-service"],
            Self::Api => &["create-rest-api"],
            Self::Distribution => &["create-distribution"],
            Self::DirectConnect => &["create-direct-connect-gateway"],
            Self::TransitPeering(_) => &["create-transit-gateway-peering-attachment"],
            Self::TransitConnect(_) => &["create-transit-gateway-connect"],
        }
    }

    /// Where it is to stand.
    pub fn place(self) -> Option<Thing> {
        match self {
            Self::EgressOnlyGateway(vpc)
            | Self::RegionalNat(vpc)
            | Self::Peering(vpc)
            | Self::GatewayEndpoint(vpc)
            | Self::InterfaceEndpoint(vpc)
            | Self::LoadBalancer(vpc)
            | Self::TargetGroup(vpc)
            | Self::Function(vpc)
            | Self::Database(vpc)
            | Self::TransitAttachment(vpc)
            | Self::VpnGateway(vpc) => Some(Thing::Vpc(vpc)),
            Self::Interface(subnet) | Self::Task(subnet) => Some(Thing::Subnet(subnet)),
            Self::TransitTable(gateway)
            | Self::TransitPeering(gateway)
            | Self::TransitConnect(gateway) => Some(Thing::TransitGateway(gateway)),
            Self::PrefixList
            | Self::EndpointService
            | Self::TransitGateway
            | Self::CustomerGateway
            | Self::VpnConnection
            | Self::OnPremises
            | Self::Host
            | Self::DefaultVpc
            | Self::Service(_)
            | Self::Api
            | Self::Distribution
            | Self::DirectConnect => None,
        }
    }

    /// Is this a thing of the kind that it makes, so that the two may not have one name?
    pub(super) fn clashes(self, thing: Thing) -> bool {
        match self {
            Self::EgressOnlyGateway(_) => matches!(thing, Thing::EgressOnlyGateway(_)),
            Self::RegionalNat(_) => matches!(thing, Thing::NatGateway(_)),
            Self::Interface(_) => matches!(thing, Thing::Interface(_) | Thing::Instance(_)),
            Self::Peering(_) => matches!(thing, Thing::Peering(_)),
            Self::PrefixList => matches!(thing, Thing::PrefixList(_)),
            Self::GatewayEndpoint(_) => matches!(thing, Thing::GatewayEndpoint(_)),
            Self::InterfaceEndpoint(_) => matches!(thing, Thing::InterfaceEndpoint(_)),
            Self::LoadBalancer(_) => matches!(thing, Thing::LoadBalancer(_)),
            Self::TargetGroup(_) => matches!(thing, Thing::TargetGroup(_)),
            Self::EndpointService => matches!(thing, Thing::EndpointService(_)),
            Self::Function(_) => matches!(thing, Thing::Function(_)),
            Self::Database(_) => matches!(thing, Thing::Database(_)),
            Self::Task(_) => matches!(thing, Thing::Task(_)),
            Self::TransitGateway => matches!(thing, Thing::TransitGateway(_)),
            Self::TransitAttachment(_) | Self::TransitPeering(_) | Self::TransitConnect(_) => {
                matches!(thing, Thing::TransitGatewayAttachment(_))
            }
            Self::DefaultVpc => matches!(thing, Thing::Vpc(_)),
            Self::Service(_) => matches!(thing, Thing::Service(_)),
            Self::Api => matches!(thing, Thing::Api(_)),
            Self::Distribution => matches!(thing, Thing::Distribution(_)),
            Self::DirectConnect => matches!(thing, Thing::DirectConnectGateway(_)),
            Self::TransitTable(_) => matches!(thing, Thing::TransitGatewayRouteTable(_)),
            Self::VpnGateway(_) => matches!(thing, Thing::VirtualPrivateGateway(_)),
            Self::CustomerGateway => matches!(thing, Thing::CustomerGateway(_)),
            Self::VpnConnection => matches!(thing, Thing::VpnConnection(_)),
            Self::OnPremises | Self::Host => {
                matches!(thing, Thing::OnPremises(_) | Thing::Host(_) | Thing::Instance(_))
            }
        }
    }

    /// The fields of its form, filled with what is most likely wanted; `None` where something is
    /// missing that it stands on.
    pub(super) fn fields(self, n: &Network) -> Option<Vec<Field>> {
        let name = |base: &str| Field::new(Ask::Name, free_name(n, base), Vec::new(), false);
        let words = |ask, words: &[&str], at| {
            Field::choice(ask, words.iter().map(|word| known(*word, Note::None)).collect(), at)
        };
        let group = |vpc: VpcId| {
            let groups = n.security_groups().iter().filter(move |(_, row)| row.vpc == vpc);
            let groups = groups.map(|(id, _)| known_thing(word(n, id), Thing::SecurityGroup(id)));
            Field::choice(Ask::Group, groups.collect(), 0)
        };
        let port = |number: u16| Field::new(Ask::Port, number.to_string(), services(false), false);
        let spread = |vpc: VpcId, public: bool| {
            let choices = subnet_choices(n, vpc);
            let note = if public { Note::PublicSubnets } else { Note::PrivateSubnets };
            let at = choices.iter().find(|known| known.note == note).or(choices.first());
            let text = at.map(|known| known.text.clone()).unwrap_or_default();
            Field::new(Ask::Subnets, text, choices, false)
        };
        let vpc_of = |subnet: SubnetId| n.subnets().get(subnet).map(|row| row.vpc);
        Some(match self {
            Self::EgressOnlyGateway(_) => vec![name("eigw")],
            Self::RegionalNat(_) => vec![name("nat")],
            Self::Interface(subnet) => vec![name("eni"), group(vpc_of(subnet)?)],
            Self::Peering(vpc) => {
                let others = n.vpcs().iter().filter(|(id, _)| *id != vpc);
                let mut others: Vec<VpcId> = others.map(|(id, _)| id).collect();
                others.sort_by_key(|id| n.peering_between(vpc, *id).is_some());
                let others = others.into_iter().map(|id| known_thing(word(n, id), Thing::Vpc(id)));
                vec![name("peering"), some(Ask::OtherVpc, others.collect())?]
            }
            Self::PrefixList => {
                vec![name("list"), Field::new(Ask::Blocks, "203.0.113.0/24", Vec::new(), false)]
            }
            Self::GatewayEndpoint(_) => {
                let lists = n.prefix_lists().iter().filter(|(_, row)| row.by_aws);
                let lists = lists.map(|(id, _)| known_thing(word(n, id), Thing::PrefixList(id)));
                vec![name("gateway-endpoint"), some(Ask::List, lists.collect())?]
            }
            Self::InterfaceEndpoint(vpc) => {
                let own = n.services().iter().map(|(id, _)| (word(n, id), Thing::Service(id)));
                let offered = n.endpoint_services().iter();
                let offered = offered.map(|(id, _)| (word(n, id), Thing::EndpointService(id)));
                let services = own.chain(offered).map(|(text, thing)| known_thing(text, thing));
                vec![
                    name("endpoint"),
                    some(Ask::Service, services.collect())?,
                    spread(vpc, false),
                    group(vpc),
                    words(
                        Ask::PrivateDns,
                        &["on", "off"],
                        usize::from(!can_name_privately(n, vpc)),
                    ),
                ]
            }
            Self::LoadBalancer(vpc) => vec![
                name("alb"),
                words(Ask::BalancerKind, &["application", "network", "gateway"], 0),
                words(Ask::Scheme, &["internet-facing", "internal"], 0),
                spread(vpc, true),
                group(vpc),
            ],
            Self::TargetGroup(vpc) => {
                let protocols = ListenerProtocol::ALL.map(ListenerProtocol::as_str);
                let kinds = ["instance", "ip", "lambda", "alb"];
                vec![
                    name("targets"),
                    words(Ask::Listener, &protocols, 0),
                    port(first_port(n, vpc).unwrap_or(80)),
                    words(Ask::TargetKind, &kinds, 0),
                ]
            }
            Self::EndpointService => {
                let all = n.load_balancers().iter().filter(|(_, row)| {
                    matches!(row.kind, LoadBalancerKind::Network | LoadBalancerKind::Gateway)
                });
                let all = all.map(|(id, _)| known_thing(word(n, id), Thing::LoadBalancer(id)));
                vec![
                    name("service"),
                    some(Ask::Balancer, all.collect())?,
                    words(Ask::Acceptance, &["off", "on"], 0),
                ]
            }
            Self::Function(vpc) => vec![name("function"), spread(vpc, false), group(vpc)],
            Self::Database(vpc) => vec![
                name("db"),
                port(5432),
                spread(vpc, false),
                group(vpc),
                words(Ask::Public, &["off", "on"], 0),
            ],
            Self::Task(subnet) => vec![
                name("task"),
                words(Ask::Launch, &["fargate", "ec2"], 0),
                group(vpc_of(subnet)?),
                words(Ask::Public, &["off", "on"], usize::from(is_public(n, subnet))),
                Field::new(Ask::Listens, "80", services(true), false),
            ],
            Self::TransitGateway => vec![
                name("tgw"),
                words(Ask::Association, &["on", "off"], 0),
                words(Ask::Propagation, &["on", "off"], 0),
            ],
            Self::TransitAttachment(vpc) => {
                let mut all: Vec<TransitGatewayId> =
                    n.transit_gateways().iter().map(|(id, _)| id).collect();
                all.sort_by_key(|id| is_attached(n, *id, vpc));
                let all = all.into_iter();
                let all = all.map(|id| known_thing(word(n, id), Thing::TransitGateway(id)));
                let own = zone_subnets(n, vpc);
                let own: Vec<String> = own.iter().map(|subnet| word(n, *subnet)).collect();
                let stem = format!("tgw-{}", n.vpcs().get(vpc)?.name);
                vec![
                    name(&stem),
                    some(Ask::Transit, all.collect())?,
                    Field::new(Ask::Subnets, own.join(" "), subnet_choices(n, vpc), false),
                ]
            }
            Self::TransitTable(_) => vec![name("tgw-table")],
            Self::VpnGateway(_) => vec![name("vgw")],
            Self::CustomerGateway => {
                let all = n.on_premises().iter();
                let all = all.map(|(id, _)| known_thing(word(n, id), Thing::OnPremises(id)));
                vec![name("cgw"), some(Ask::Site, all.collect())?]
            }
            Self::VpnConnection => {
                let customers = n.customer_gateways().iter();
                let customers =
                    customers.map(|(id, _)| known_thing(word(n, id), Thing::CustomerGateway(id)));
                let private = n.virtual_private_gateways().iter();
                let private = private
                    .map(|(id, _)| known_thing(word(n, id), Thing::VirtualPrivateGateway(id)));
                let transit = n.transit_gateways().iter();
                let transit =
                    transit.map(|(id, _)| known_thing(word(n, id), Thing::TransitGateway(id)));
                vec![
                    name("vpn"),
                    some(Ask::Customer, customers.collect())?,
                    some(Ask::Side, private.chain(transit).collect())?,
                    words(Ask::Routing, &["bgp", "static"], 0),
                ]
            }
            Self::OnPremises => {
                vec![name("office"), Field::new(Ask::Blocks, free_site(n), Vec::new(), false)]
            }
            Self::Host => vec![
                name("client"),
                Field::new(Ask::Address, free_address(n), Vec::new(), false),
                Field::new(Ask::Listens, "443", services(true), false),
            ],
            Self::DefaultVpc => vec![name("default")],
            Self::Service(kind) => {
                let fresh = |kind: &ServiceKind| {
                    !n.services().iter().any(|(_, it)| it.kind == *kind && it.region.is_none())
                };
                let kinds: Vec<ServiceKind> =
                    ServiceKind::ALL.iter().copied().filter(fresh).collect();
                let chosen = kind.filter(fresh).or(kinds.first().copied())?;
                let at = kinds.iter().position(|it| *it == chosen).unwrap_or(0);
                let known = kinds.iter().map(|it| known(it.as_str(), Note::Service(it.title())));
                vec![
                    name(&short_name(chosen)),
                    Field::choice(Ask::ServiceKind, known.collect(), at),
                ]
            }
            Self::Api => vec![
                name("api"),
                words(Ask::ApiKind, &["regional", "edge", "private"], 0),
                Field::choice(Ask::Integration, integrations(n), 0),
            ],
            Self::Distribution => vec![name("cdn"), some(Ask::CdnOrigin, origins(n))?, port(80)],
            Self::DirectConnect => {
                let all = n.on_premises().iter();
                let all = all.map(|(id, _)| known_thing(word(n, id), Thing::OnPremises(id)));
                vec![name("dx"), some(Ask::Site, all.collect())?]
            }
            Self::TransitPeering(gateway) => {
                let all = n.transit_gateways().iter().filter(|(id, _)| *id != gateway);
                let mut all: Vec<TransitGatewayId> = all.map(|(id, _)| id).collect();
                all.sort_by_key(|id| are_peered(n, gateway, *id));
                let all = all.into_iter();
                let all = all.map(|id| known_thing(word(n, id), Thing::TransitGateway(id)));
                vec![name("tgw-peering"), some(Ask::OtherTransit, all.collect())?]
            }
            Self::TransitConnect(_) => {
                let all = n.on_premises().iter();
                let all = all.map(|(id, _)| known_thing(word(n, id), Thing::OnPremises(id)));
                vec![name("connect"), some(Ask::Site, all.collect())?]
            }
        })
    }

    /// The lines that the form orders.
    pub(super) fn lines(self, form: &Form, n: &Network) -> Option<Vec<String>> {
        let name = quote(form.text(Ask::Name));
        let text = |ask| form.text(ask);
        let thing = |ask| match form.value(ask)? {
            Value::Thing(thing) => Some(*thing),
            _ => None,
        };
        // Known values of things are spelled as edits spell them.
        let subnets = || -> String {
            spelled(" subnet=", text(Ask::Subnets).split_whitespace().map(ToOwned::to_owned))
        };
        let group = || match text(Ask::Group) {
            "" => String::new(),
            group => format!(" group={group}"),
        };
        let listen = || match text(Ask::Listens) {
            "all" => String::new(),
            ports => format!(" listen=tcp/{ports}"),
        };
        let line = match self {
            Self::EgressOnlyGateway(vpc) => {
                format!("create-egress-only-internet-gateway {name} {}", word(n, vpc))
            }
            Self::RegionalNat(vpc) => {
                format!("create-regional-nat-gateway {name} {}", word(n, vpc))
            }
            Self::Interface(subnet) => {
                format!("create-network-interface {name} {}{}", word(n, subnet), group())
            }
            Self::Peering(vpc) => {
                let (vpc, other) = (word(n, vpc), text(Ask::OtherVpc));
                return Some(vec![
                    format!("create-vpc-peering-connection {name} {vpc} {other}"),
                    format!("accept-vpc-peering-connection {name}"),
                ]);
            }
            Self::PrefixList => {
                format!("create-managed-prefix-list {name} {}", blocks(text(Ask::Blocks))?)
            }
            Self::GatewayEndpoint(vpc) => {
                let tables = n.route_tables().iter().filter(|(_, row)| row.vpc == vpc);
                let tables = spelled(" ", tables.map(|(id, _)| word(n, id)));
                format!("create-vpc-endpoint {name} {} {}{tables}", word(n, vpc), text(Ask::List))
            }
            Self::InterfaceEndpoint(_) => {
                let kind = match thing(Ask::Service)? {
                    Thing::Service(_) => "service",
                    _ => "offered",
                };
                let dns = if text(Ask::PrivateDns) == "on" { " private-dns=on" } else { "" };
                let service = text(Ask::Service);
                let (subnets, group) = (subnets(), group());
                format!("create-interface-endpoint {name} {kind} {service}{subnets}{group}{dns}")
            }
            Self::LoadBalancer(_) => {
                let (kind, scheme) = (text(Ask::BalancerKind), text(Ask::Scheme));
                // A Gateway Load Balancer has no groups, and stands inside.
                let (scheme, group) = match kind {
                    "gateway" => ("internal", String::new()),
                    _ => (scheme, group()),
                };
                format!("create-load-balancer {name} {kind} {scheme}{}{group}", subnets())
            }
            Self::TargetGroup(vpc) => {
                let (protocol, port) = (text(Ask::Listener), text(Ask::Port));
                let kind = text(Ask::TargetKind);
                format!("create-target-group {name} {} {protocol} {port} {kind}", word(n, vpc))
            }
            Self::EndpointService => {
                let (balancer, acceptance) = (text(Ask::Balancer), text(Ask::Acceptance));
                format!(
                    "create-vpc-endpoint-service-configuration {name} balancer={balancer} \
                     acceptance={acceptance}"
                )
            }
            Self::Function(_) => format!("create-function {name}{}{}", subnets(), group()),
            Self::Database(_) => {
                let (port, public) = (text(Ask::Port), text(Ask::Public));
                let public = if public == "on" { " public=on" } else { "" };
                format!("create-db-instance {name} {port}{}{}{public}", subnets(), group())
            }
            Self::Task(subnet) => {
                let (launch, subnet) = (text(Ask::Launch), word(n, subnet));
                let public = match (launch, text(Ask::Public)) {
                    ("fargate", "on") => " public=on",
                    _ => "",
                };
                format!("run-task {name} {launch} {subnet}{}{public}{}", group(), listen())
            }
            Self::TransitGateway => {
                let (first, second) = (text(Ask::Association), text(Ask::Propagation));
                format!("create-transit-gateway {name} association={first} propagation={second}")
            }
            Self::TransitAttachment(vpc) => format!(
                "create-transit-gateway-vpc-attachment {name} {} {} {}",
                text(Ask::Transit),
                word(n, vpc),
                text(Ask::Subnets)
            ),
            Self::TransitTable(gateway) => {
                format!("create-transit-gateway-route-table {name} {}", word(n, gateway))
            }
            Self::VpnGateway(vpc) => {
                // A VPC has one at most: a second waits for another VPC.
                let attach = n.virtual_private_gateway_of(vpc).is_none();
                let attach = attach.then(|| format!("attach-vpn-gateway {name} {}", word(n, vpc)));
                let make = format!("create-vpn-gateway {name}");
                return Some([make].into_iter().chain(attach).collect());
            }
            Self::CustomerGateway => {
                format!("create-customer-gateway {name} {}", text(Ask::Site))
            }
            Self::VpnConnection => {
                let side = match thing(Ask::Side)? {
                    Thing::TransitGateway(_) => "transit-gateway",
                    _ => "vpn-gateway",
                };
                let Thing::CustomerGateway(customer) = thing(Ask::Customer)? else { return None };
                let site = n.customer_gateways().get(customer)?.on_premises;
                let cidrs = &n.on_premises().get(site)?.cidrs;
                let blocks = spelled(" ", cidrs.iter().map(ToString::to_string));
                let (to, routing) = (text(Ask::Side), text(Ask::Routing));
                let customer = word(n, customer);
                format!("create-vpn-connection {name} {customer} {side} {to} {routing}{blocks}")
            }
            Self::OnPremises => format!("create-on-premises {name} {}", blocks(text(Ask::Blocks))?),
            Self::Host => format!("create-host {name} {}{}", text(Ask::Address), listen()),
            Self::DefaultVpc => format!("create-default-vpc {name}"),
            Self::Service(_) => format!("create-service {name} {}", text(Ask::ServiceKind)),
            Self::Api => {
                let (kind, to) = (text(Ask::ApiKind), text(Ask::Integration));
                format!("create-rest-api {name} {kind} {to}")
            }
            Self::Distribution => {
                let (port, origin) = (text(Ask::Port), text(Ask::CdnOrigin));
                format!("create-distribution {name} {port} {origin}")
            }
            Self::DirectConnect => {
                format!("create-direct-connect-gateway {name} {}", text(Ask::Site))
            }
            Self::TransitPeering(gateway) => {
                let other = text(Ask::OtherTransit);
                let gateway = word(n, gateway);
                format!("create-transit-gateway-peering-attachment {name} {gateway} {other}")
            }
            Self::TransitConnect(gateway) => {
                let (gateway, site) = (word(n, gateway), text(Ask::Site));
                format!("create-transit-gateway-connect {name} {gateway} {site}")
            }
        };
        Some(vec![line])
    }
}

/// The first TCP port at which an instance of a VPC listens: what will be a target.
fn first_port(n: &Network, vpc: VpcId) -> Option<u16> {
    n.instances().iter().find_map(|(_, row)| {
        let here = row.interfaces.first().is_some_and(|id| n.vpc_of(*id) == vpc);
        match &row.listening {
            Listening::On(open) if here => open
                .iter()
                .find(|(protocol, ports)| *protocol == Protocol::TCP && ports.low > 0)
                .map(|(_, ports)| ports.low),
            _ => None,
        }
    })
}

/// Are the two gateways peered, or about to be?
fn are_peered(n: &Network, one: TransitGatewayId, other: TransitGatewayId) -> bool {
    n.transit_gateway_attachments().iter().any(|(_, row)| {
        let far = match row.of {
            AttachmentOf::Peering { other } => n.transit_gateway_attachments().get(other),
            _ => None,
        };
        row.gateway == one && far.is_some_and(|far| far.gateway == other)
    })
}

/// Is the VPC attached to the gateway?
fn is_attached(n: &Network, gateway: TransitGatewayId, vpc: VpcId) -> bool {
    n.transit_gateway_attachments().iter().any(|(_, row)| {
        row.gateway == gateway && matches!(row.of, AttachmentOf::Vpc { vpc: at, .. } if at == vpc)
    })
}

/// Can a service's own name lead to an endpoint in the VPC? Both its DNS switches must be on
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html>).
fn can_name_privately(n: &Network, vpc: VpcId) -> bool {
    n.vpcs().get(vpc).is_some_and(|row| row.dns_support && row.dns_hostnames)
}

/// What a service is called where nothing else is: `s3`, `kinesis`, `secrets`.
fn short_name(kind: ServiceKind) -> String {
    match kind {
        ServiceKind::SecretsManager => "secrets".to_owned(),
        kind => kind.as_str().split(['.', '-']).next().unwrap_or_default().to_owned(),
    }
}

/// What an API may hand its requests to, as edits spell it.
fn integrations(n: &Network) -> Vec<Known> {
    let functions = n
        .functions()
        .iter()
        .map(|(id, _)| Known::of(format!("function {}", word(n, id)), Thing::Function(id)));
    let balancers = n.load_balancers().iter();
    let balancers = balancers.filter(|(_, row)| row.scheme == Scheme::InternetFacing);
    let balancers = balancers
        .map(|(id, _)| Known::of(format!("balancer {}", word(n, id)), Thing::LoadBalancer(id)));
    let hosts =
        n.hosts().iter().map(|(id, _)| Known::of(format!("host {}", word(n, id)), Thing::Host(id)));
    functions.chain(balancers).chain(hosts).chain([known("mock", Note::None)]).collect()
}

/// Where a distribution may fetch from, as edits spell it: what is public, then what is not.
fn origins(n: &Network) -> Vec<Known> {
    let buckets = n.services().iter().filter(|(_, row)| row.kind == ServiceKind::S3);
    let buckets = buckets.map(|(id, _)| {
        Known::of(format!("bucket {} access-control=on", word(n, id)), Thing::Service(id))
    });
    let balancer = |(id, row): (LoadBalancerId, &LoadBalancer)| {
        let how = match row.scheme {
            Scheme::InternetFacing => "balancer",
            Scheme::Internal => "private-balancer",
        };
        let carries = row.kind != LoadBalancerKind::Gateway;
        let thing = Thing::LoadBalancer(id);
        carries.then(|| Known::of(format!("{how} {}", word(n, id)), thing))
    };
    let balancers = n.load_balancers().iter().filter_map(balancer);
    let instances = n.instances().iter().filter_map(|(id, row)| {
        let first = *row.interfaces.first()?;
        let public = n.interfaces().get(first)?.public_address.is_some();
        let how = if public { "interface" } else { "private-interface" };
        Some(Known::of(format!("{how} {}", interface_word(n, first)), Thing::Instance(id)))
    });
    let hosts =
        n.hosts().iter().map(|(id, _)| Known::of(format!("host {}", word(n, id)), Thing::Host(id)));
    buckets.chain(balancers).chain(instances).chain(hosts).collect()
}

/// A block for a network of one's own that nothing else has.
fn free_site(n: &Network) -> String {
    let taken = |block: &Cidr| {
        let own =
            n.on_premises().iter().any(|(_, row)| row.cidrs.iter().any(|it| it.overlaps(*block)));
        own || n.vpcs().iter().any(|(_, row)| row.cidrs.iter().any(|it| it.overlaps(*block)))
    };
    let whole = [Cidr::v4(std::net::Ipv4Addr::new(192, 168, 0, 0), 16)];
    let parts = (16..32).map(|at| Cidr::v4(std::net::Ipv4Addr::new(172, at, 0, 0), 16));
    let free = whole.into_iter().chain(parts).find(|block| !taken(block));
    free.map_or_else(String::new, |block| block.to_string())
}

/// A field that takes one of these; none where there are none.
fn some(ask: Ask, known: Vec<Known>) -> Option<Field> {
    (!known.is_empty()).then(|| Field::choice(ask, known, 0))
}

/// Blocks as an edit spells them.
fn blocks(text: &str) -> Option<String> {
    let blocks: Option<Vec<String>> =
        text.split_whitespace().map(|it| Some(super::block(it).ok()?.to_string())).collect();
    Some(blocks?.join(" "))
}

/// A free address of those that documents may use (RFC 5737).
fn free_address(n: &Network) -> String {
    let block = Cidr::v4(std::net::Ipv4Addr::new(203, 0, 113, 0), 24);
    let taken = |address| n.hosts().iter().any(|(_, host)| host.address == address);
    (9..250)
        .filter_map(|at| block.nth(at))
        .find(|address| !taken(*address))
        .map_or_else(String::new, |address| address.to_string())
}
