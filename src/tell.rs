//! What the simulator found, in words: names of places, hops, checks, verdicts, causes, refusals.
//!
//! Pure: a [`Teller`] looks at a network and a language and answers with text. Every match on the
//! cloud's enums is exhaustive, so that a new cause without words does not compile. Knows nothing
//! of screens: no width, no colour, no line breaks.
//!
//! Rules, routes and packets are told exactly as the scene format writes them (see [`written`]).

use std::net::{IpAddr, SocketAddr};

use crate::{
    cloud::{
        AmazonService, Cause, Check, Direction, Hop, InterfaceId, Leg, Network, Outcome, Place,
        Probe, ProbeEnd, SecurityGroupId, Subject, Thing, Trace, TransitSubject, Verdict,
        trace::Field,
    },
    i18n::{Lang, tell},
    net::{IcmpKind, Packet, Protocol, TcpFlag},
};

mod belief;
mod change;
pub mod reach;
mod refusal;
mod service;
pub mod through;
mod transit;
pub mod written;

/// Puts into words what the simulator found in one network, in one language.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    network: &'a Network,
    lang: Lang,
    say: &'static tell::Tell,
}

/// Why a packet was dropped, in two sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What it was, here: names, rules, addresses.
    pub why: String,
    /// What that means: the rule of AWS's behind it.
    pub means: String,
}

impl<'a> Teller<'a> {
    /// A teller for this network, in this language.
    pub fn new(network: &'a Network, lang: Lang) -> Self {
        Self { network, lang, say: &lang.strings().tell }
    }

    /// What kind of object it is: `인터넷 게이트웨이`, `internet gateway`.
    pub fn kind(&self, thing: Thing) -> &'static str {
        let (services, joins) = (&self.lang.strings().service, &self.lang.strings().transit);
        match thing {
            Thing::Vpc(_) => self.say.vpc,
            Thing::Subnet(_) => self.say.subnet,
            Thing::RouteTable(_) => self.say.route_table,
            Thing::InternetGateway(_) => self.say.internet_gateway,
            Thing::Peering(_) => self.say.peering,
            Thing::PrefixList(_) => self.say.prefix_list,
            Thing::GatewayEndpoint(_) => self.say.gateway_endpoint,
            Thing::EgressOnlyGateway(_) => self.say.egress_only_gateway,
            Thing::NatGateway(_) => self.say.nat_gateway,
            Thing::SecurityGroup(_) => self.say.security_group,
            Thing::NetworkAcl(_) => self.say.network_acl,
            Thing::Instance(_) => self.say.instance,
            Thing::Interface(_) => self.say.interface,
            Thing::Host(_) => self.say.host,
            Thing::LoadBalancer(_) => services.load_balancer,
            Thing::TargetGroup(_) => services.target_group,
            Thing::InterfaceEndpoint(_) => services.interface_endpoint,
            Thing::EndpointService(_) => services.endpoint_service,
            Thing::Service(_) => services.service,
            Thing::Function(_) => services.function,
            Thing::Database(_) => services.database,
            Thing::Task(_) => services.task,
            Thing::Api(_) => services.api,
            Thing::Distribution(_) => services.distribution,
            Thing::TransitGateway(_) => joins.transit_gateway,
            Thing::TransitGatewayAttachment(_) => joins.attachment,
            Thing::TransitGatewayRouteTable(_) => joins.transit_table,
            Thing::VirtualPrivateGateway(_) => joins.virtual_private_gateway,
            Thing::CustomerGateway(_) => joins.customer_gateway,
            Thing::VpnConnection(_) => joins.vpn_connection,
            Thing::DirectConnectGateway(_) => joins.direct_connect_gateway,
            Thing::OnPremises(_) => joins.on_premises,
        }
    }

    /// Kind and name: `인터넷 게이트웨이 igw`. An interface is told by what it belongs to.
    pub fn thing(&self, thing: Thing) -> String {
        if let Thing::Interface(id) = thing {
            return self.interface(id);
        }
        match self.network.name(thing) {
            Some(name) => format!("{} {name}", self.kind(thing)),
            None => (self.say.deleted)(self.kind(thing)),
        }
    }

    /// An interface by what it belongs to: the instance, with the interface's own name only when
    /// the instance has more than one.
    fn interface(&self, id: InterfaceId) -> String {
        let Some(interface) = self.network.interfaces().get(id) else {
            return (self.say.deleted)(self.say.interface);
        };
        match written::owner(self.network, id) {
            Some(owner @ Thing::Instance(instance)) => {
                let owner = self.thing(owner);
                if self.network.instances()[instance].interfaces.len() > 1 {
                    (self.say.interface_of)(&owner, &interface.name)
                } else {
                    owner
                }
            }
            Some(owner) => self.thing(owner),
            None => format!("{} {}", self.say.interface, interface.name),
        }
    }

    /// A place on a packet's way, with its kind, and the direction where it has two lists:
    /// `네트워크 ACL acl-web(인바운드)`, `network ACL acl-web (inbound)`.
    pub fn place(&self, place: Place) -> String {
        let directed = |what: String, way| (self.say.directed)(&what, self.direction(way));
        match place {
            Place::Internet(_, Some(host)) => self.thing(Thing::Host(host)),
            Place::Internet(Network::INTERNET, None) => self.say.internet.to_owned(),
            Place::Internet(address, None) => (self.say.internet_address)(&address.to_string()),
            Place::Interface(id, way) => directed(self.interface(id), way),
            Place::NetworkAcl(id, _, way) => directed(self.thing(Thing::NetworkAcl(id)), way),
            Place::RouteTable(id, _) | Place::GatewayTable(id) => self.thing(Thing::RouteTable(id)),
            Place::InternetGateway(id, _) => self.thing(Thing::InternetGateway(id)),
            Place::Peering(id) => self.thing(Thing::Peering(id)),
            Place::GatewayEndpoint(id, _) => self.thing(Thing::GatewayEndpoint(id)),
            Place::EgressOnlyGateway(id, _) => self.thing(Thing::EgressOnlyGateway(id)),
            Place::NatGateway(id, _) => self.thing(Thing::NatGateway(id)),
            Place::Subnet(id) => self.thing(Thing::Subnet(id)),
            Place::Amazon(service) => self.amazon(service).to_owned(),
            Place::LoadBalancer(id, _) => self.thing(Thing::LoadBalancer(id)),
            Place::Endpoint(id, _) => self.thing(Thing::InterfaceEndpoint(id)),
            Place::Service(id) => self.thing(Thing::Service(id)),
            Place::Function(id) => self.thing(Thing::Function(id)),
            Place::Api(id) => self.thing(Thing::Api(id)),
            Place::Distribution(id) => self.thing(Thing::Distribution(id)),
            Place::TransitGatewayAttachment(id, _) => {
                self.thing(Thing::TransitGatewayAttachment(id))
            }
            Place::TransitGatewayRouteTable(id, _) => {
                self.thing(Thing::TransitGatewayRouteTable(id))
            }
            Place::VirtualPrivateGateway(id, _) => self.thing(Thing::VirtualPrivateGateway(id)),
            Place::Link(link, _) => self.thing(link.thing()),
            Place::OnPremises(id, address) => self.host_on_premises(id, address),
        }
    }

    /// The same, told apart from the other places on offer: where two subnets share a list or a
    /// table, with the subnet.
    pub fn place_among(&self, place: Place, others: impl IntoIterator<Item = Place>) -> String {
        let words = self.place(place);
        let (Place::NetworkAcl(_, subnet, _) | Place::RouteTable(_, subnet)) = place else {
            return words;
        };
        let alike = |other: Place| other != place && self.place(other) == words;
        if others.into_iter().any(alike) {
            return (self.say.of_subnet)(&words, &self.thing(Thing::Subnet(subnet)));
        }
        words
    }

    /// A service that AWS answers inside every VPC.
    fn amazon(&self, service: AmazonService) -> &'static str {
        match service {
            AmazonService::Resolver => self.say.resolver,
            AmazonService::InstanceMetadata => self.say.instance_metadata,
            AmazonService::TaskMetadata => self.say.task_metadata,
            AmazonService::TimeSync => self.say.time_sync,
            AmazonService::WindowsActivation => self.say.windows_activation,
            AmazonService::Dhcp => self.say.dhcp,
        }
    }

    /// `인바운드` or `아웃바운드`.
    pub fn direction(&self, direction: Direction) -> &'static str {
        match direction {
            Direction::Ingress => self.say.inbound,
            Direction::Egress => self.say.outbound,
        }
    }

    /// `요청` or `응답`.
    pub fn leg(&self, leg: Leg) -> &'static str {
        match leg {
            Leg::Forward => self.say.forward,
            Leg::Reply => self.say.reply,
        }
    }

    /// One end of a probe, by its name alone.
    pub fn end(&self, end: ProbeEnd) -> String {
        match end {
            ProbeEnd::Address(Network::INTERNET) => self.say.internet.to_owned(),
            ProbeEnd::PublicAddressOf(id) => {
                (self.say.public_address_of)(&written::interface(self.network, id))
            }
            ProbeEnd::NameOf(id) => (self.say.dns_name_of)(&written::interface(self.network, id)),
            ProbeEnd::NameOfHost(id) => {
                (self.say.dns_name_of)(&written::end(self.network, ProbeEnd::Host(id)))
            }
            ProbeEnd::Interface(_)
            | ProbeEnd::Host(_)
            | ProbeEnd::OnPremises(..)
            | ProbeEnd::Address(_)
            | ProbeEnd::Named(_) => written::end(self.network, end),
        }
    }

    /// A probe: `인터넷에서 web의 tcp/443으로`, `from the internet to tcp/443 of web`.
    pub fn probe(&self, probe: &Probe) -> String {
        let (from, to) = (self.end(probe.from), self.end(probe.to));
        if probe.protocol.is_icmp() {
            (self.say.ping)(&from, &to)
        } else {
            (self.say.probe)(&from, &to, &self.port(probe.protocol, probe.port))
        }
    }

    /// `tcp/443`, `icmp`, `프로토콜 47`.
    fn port(&self, protocol: Protocol, port: u16) -> String {
        if protocol.has_ports() {
            format!("{protocol}/{port}")
        } else if protocol.is_icmp() {
            protocol.to_string()
        } else {
            (self.say.protocol_number)(&protocol.to_string())
        }
    }

    /// One line about a hop: where, and what happened there.
    pub fn hop(&self, hop: &Hop) -> String {
        format!("{}: {}", self.place(hop.place), self.story(hop))
    }

    /// What happened at a hop, without saying where.
    pub fn story(&self, hop: &Hop) -> String {
        let decisive = || hop.checks.iter().filter(|check| check.decisive);
        if let Some(stop) = decisive().find(|check| check.outcome == Outcome::Denies) {
            return self.happened(stop);
        }
        let passed =
            decisive().map(|check| self.happened(check)).find(|words| words != self.say.passes);
        match (passed, self.note(hop)) {
            (Some(words), Some(note)) => format!("{words}{}{note}", self.say.and),
            (Some(words), None) => words,
            (None, Some(note)) => note,
            (None, None) => self.say.passes.to_owned(),
        }
    }

    /// What the hop did beyond its checks: what it rewrote, or that the packet begins or ends here.
    /// `None` when the packet was dropped here, or passed on as it came.
    pub fn note(&self, hop: &Hop) -> Option<String> {
        let Some(out) = hop.packet_out else {
            let dropped = hop.decisive().is_some_and(|check| {
                check.outcome == Outcome::Denies && check.subject != Subject::Listening
            });
            return if dropped { None } else { self.end_of_leg(hop).map(str::to_owned) };
        };
        let from = hop.packet_in;
        let told = |address: IpAddr| address.to_string();
        // Who takes a connection and opens another changes both ends, and often the port.
        if from.source != out.source && from.destination != out.destination {
            let ports = from.protocol.has_ports();
            let end = |address: IpAddr, port| {
                if ports { SocketAddr::new(address, port).to_string() } else { told(address) }
            };
            return Some((self.say.rewrites_both)(
                &end(from.source, from.source_port),
                &end(out.source, out.source_port),
                &end(from.destination, from.destination_port),
                &end(out.destination, out.destination_port),
            ));
        }
        if from.source != out.source {
            Some((self.say.rewrites_source)(&told(from.source), &told(out.source)))
        } else if from.destination != out.destination {
            let (old, new) = (told(from.destination), told(out.destination));
            Some((self.say.rewrites_destination)(&old, &new))
        } else {
            self.end_of_leg(hop).map(str::to_owned)
        }
    }

    /// What is to be said of the first and last hop of a leg.
    fn end_of_leg(&self, hop: &Hop) -> Option<&'static str> {
        let refusal = hop.packet_in.tcp == Some(TcpFlag::Rst)
            || hop.packet_in.icmp == Some(IcmpKind::PortUnreachable);
        match (hop.leg, hop.packet_out, hop.place) {
            (Leg::Forward, None, _) => Some(self.say.receives),
            (Leg::Reply, None, _) if refusal => Some(self.say.refusal_received),
            (Leg::Reply, None, _) => Some(self.say.answer_received),
            (Leg::Forward, Some(_), Place::Internet(..) | Place::OnPremises(..)) => {
                Some(self.say.sets_out)
            }
            (Leg::Reply, Some(_), Place::Internet(..) | Place::OnPremises(..)) => {
                Some(self.say.answer_sets_out)
            }
            _ => None,
        }
    }

    /// What a decisive check did to the packet.
    fn happened(&self, check: &Check) -> String {
        let denied = check.outcome == Outcome::Denies;
        let or_passes = |words: &str| if denied { words } else { self.say.passes }.to_owned();
        match check.subject {
            Subject::SecurityGroupRule(group, way, index) => (self.say.group_admits)(
                &self.group_name(group),
                &written::group_rule_at(self.network, group, way, index),
            ),
            Subject::NoSecurityGroupRule => or_passes(self.say.group_has_no_rule),
            Subject::TrackedConnection => self.say.group_remembers.to_owned(),
            Subject::AclEntry(list, way, number) => {
                let entry = written::acl_entry_at(self.network, list, way, number);
                if denied { (self.say.acl_denies)(&entry) } else { (self.say.acl_allows)(&entry) }
            }
            Subject::AclDefault(..) => or_passes(self.say.acl_default_denies),
            Subject::Route(table, index) => {
                let line = written::route_at(self.network, table, index);
                if denied {
                    return (self.say.route_gone)(&line);
                }
                match written::route_target(self.network, table, index) {
                    Some(target) => (self.say.route_leads)(&line, &self.thing(target)),
                    None => (self.say.route_local)(&line),
                }
            }
            Subject::NoRoute(_) => or_passes(self.say.no_route),
            Subject::SourceDestCheck(_) => or_passes(self.say.not_its_own),
            Subject::Attachment(_) => or_passes(self.say.not_attached),
            Subject::PublicAddress(_) | Subject::AppliancePublicAddress(_) => {
                or_passes(self.say.no_public_address)
            }
            Subject::InternetAddress(_) => or_passes(self.say.not_for_internet),
            Subject::ThroughAppliance(_) => or_passes(self.say.past_appliance),
            Subject::PeeredAddresses(_) => or_passes(self.say.not_peered),
            Subject::ReturnToSender(_) => self.say.returned_to_sender.to_owned(),
            Subject::EndpointProtocol(_) => or_passes(self.say.not_carried),
            Subject::EndpointSender(_) => or_passes(self.say.not_served),
            Subject::EndpointPolicy(_) => or_passes(self.say.denied_by_policy),
            Subject::BlockPublicAccess => or_passes(self.say.public_access_blocked),
            Subject::EgressOnlyProtocol(_) => or_passes(self.say.not_ipv6),
            Subject::NatState(_) => or_passes(self.say.not_available),
            Subject::NatProtocol(_) => or_passes(self.say.not_translated),
            Subject::NatZone(_) => or_passes(self.say.not_in_zone),
            Subject::NatConnection(_) | Subject::EgressOnlyConnection(_) => {
                or_passes(self.say.not_remembered)
            }
            Subject::InstanceState(_) => or_passes(self.say.not_running),
            Subject::Listening => or_passes(self.say.nobody_listens),
            Subject::Owner => or_passes(self.say.nobody_there),
            Subject::Forwarding(_) => or_passes(self.say.does_not_forward),
            Subject::KnownFlow(_) => or_passes(self.say.flow_unknown),
            Subject::Loop => or_passes(self.say.goes_round),
            Subject::NeverFiltered(service) => (self.say.never_filtered)(self.amazon(service)),
            Subject::Expected => or_passes(self.say.not_expected),
            Subject::AddressFamily => or_passes(self.say.no_such_family),
            Subject::DnsName => or_passes(self.say.no_such_name),
            Subject::Service(it) => self.service_happened(it, check),
            Subject::Transit(it) => {
                self.happened_at_joint(it, check).unwrap_or_else(|| self.say.passes.to_owned())
            }
        }
    }

    /// A check as a line: `100 allow tcp 443 from 0.0.0.0/0 — 일치하지 않음(목적지 포트)`.
    pub fn check(&self, check: &Check) -> String {
        format!("{} — {}", self.subject(check), self.outcome(check))
    }

    /// What a check looked at: the left half of its line.
    pub fn subject(&self, check: &Check) -> String {
        match check.subject {
            Subject::SecurityGroupRule(group, way, index) => format!(
                "{}: {}",
                self.group_name(group),
                written::group_rule_at(self.network, group, way, index)
            ),
            Subject::NoSecurityGroupRule => self.say.no_rule_matches.to_owned(),
            Subject::TrackedConnection => self.say.tracked.to_owned(),
            Subject::AclEntry(list, way, number) => {
                written::acl_entry_at(self.network, list, way, number)
            }
            Subject::AclDefault(..) => written::ACL_DEFAULT.to_owned(),
            Subject::Route(table, index) => written::route_at(self.network, table, index),
            Subject::NoRoute(_) => self.say.no_route_matches.to_owned(),
            Subject::SourceDestCheck(_) => self.say.source_dest_check.to_owned(),
            Subject::Attachment(_) => self.say.attachment.to_owned(),
            Subject::PublicAddress(_) | Subject::AppliancePublicAddress(_) => {
                self.say.public_address.to_owned()
            }
            Subject::InternetAddress(_) => self.say.internet_carries.to_owned(),
            Subject::ThroughAppliance(_) => self.say.through_appliance.to_owned(),
            Subject::PeeredAddresses(_) => self.say.peered_addresses.to_owned(),
            Subject::ReturnToSender(_) => self.say.return_to_sender.to_owned(),
            Subject::EndpointProtocol(_) => self.say.endpoint_protocol.to_owned(),
            Subject::EndpointSender(_) => self.say.endpoint_sender.to_owned(),
            Subject::EndpointPolicy(_) => self.say.endpoint_policy.to_owned(),
            Subject::BlockPublicAccess => self.say.block_public_access.to_owned(),
            Subject::EgressOnlyProtocol(_) => self.say.ipv6.to_owned(),
            Subject::NatState(_) => self.say.nat_state.to_owned(),
            Subject::NatProtocol(_) => self.say.nat_protocol.to_owned(),
            Subject::NatZone(_) => self.say.nat_zone.to_owned(),
            Subject::NatConnection(_) | Subject::EgressOnlyConnection(_) => {
                self.say.nat_connection.to_owned()
            }
            Subject::InstanceState(_) => self.say.instance_state.to_owned(),
            Subject::Listening => self.say.listening.to_owned(),
            Subject::Owner => self.say.owner.to_owned(),
            Subject::Forwarding(_) => self.say.forwarding.to_owned(),
            Subject::KnownFlow(_) => self.say.known_flow.to_owned(),
            Subject::Loop => self.say.been_here.to_owned(),
            Subject::NeverFiltered(service) => self.amazon(service).to_owned(),
            Subject::Expected => self.say.expected.to_owned(),
            Subject::AddressFamily => self.say.address_family.to_owned(),
            Subject::DnsName => self.say.dns_name.to_owned(),
            Subject::Service(it) => self.service_subject(it),
            Subject::Transit(it) => self.subject_at_joint(it),
        }
    }

    /// How a check came out: the right half of its line.
    pub fn outcome(&self, check: &Check) -> String {
        let say = self.say;
        // What the check compares is a rule, a route, or a condition that holds or does not.
        let (allows, denies) = match check.subject {
            Subject::SecurityGroupRule(..) | Subject::AclEntry(..) | Subject::AclDefault(..) => {
                (say.matches_allows, say.matches_denies)
            }
            Subject::Route(..) | Subject::Transit(TransitSubject::TransitRoute(..)) => {
                (say.matches_chosen, say.matches_blackhole)
            }
            Subject::NoSecurityGroupRule
            | Subject::NoRoute(_)
            | Subject::Transit(TransitSubject::NoTransitRoute(_)) => (say.ok, say.drops),
            Subject::TrackedConnection
            | Subject::SourceDestCheck(_)
            | Subject::Attachment(_)
            | Subject::PublicAddress(_)
            | Subject::InternetAddress(_)
            | Subject::ThroughAppliance(_)
            | Subject::AppliancePublicAddress(_)
            | Subject::PeeredAddresses(_)
            | Subject::ReturnToSender(_)
            | Subject::EndpointProtocol(_)
            | Subject::EndpointSender(_)
            | Subject::EndpointPolicy(_)
            | Subject::BlockPublicAccess
            | Subject::EgressOnlyProtocol(_)
            | Subject::EgressOnlyConnection(_)
            | Subject::NatState(_)
            | Subject::NatProtocol(_)
            | Subject::NatZone(_)
            | Subject::NatConnection(_)
            | Subject::InstanceState(_)
            | Subject::Listening
            | Subject::Owner
            | Subject::Forwarding(_)
            | Subject::KnownFlow(_)
            | Subject::Loop
            | Subject::NeverFiltered(_)
            | Subject::Expected
            | Subject::AddressFamily
            | Subject::DnsName
            | Subject::Service(_)
            | Subject::Transit(_) => (say.ok, say.stops),
        };
        match check.outcome {
            Outcome::Allows => allows.to_owned(),
            Outcome::Denies => denies.to_owned(),
            Outcome::NoMatch(field) => (say.no_match)(self.field(check.subject, field)),
            Outcome::NotReached => say.not_reached.to_owned(),
            Outcome::LessSpecific => say.less_specific.to_owned(),
            Outcome::LowerPriority => say.lower_priority.to_owned(),
            Outcome::GroupLost => say.group_lost.to_owned(),
            Outcome::GroupNotCarried => self.lang.strings().transit.group_not_carried.to_owned(),
        }
    }

    /// Which field differed, from the side that the rule looks at.
    fn field(&self, subject: Subject, field: Field) -> &'static str {
        match (field, subject) {
            (Field::Protocol, _) => self.say.field_protocol,
            (Field::Port, _) => self.say.field_port,
            (Field::IcmpType, _) => self.say.field_icmp_type,
            (
                Field::Address,
                Subject::SecurityGroupRule(_, Direction::Ingress, _)
                | Subject::AclEntry(_, Direction::Ingress, _),
            ) => self.say.field_source,
            (Field::Address, _) => self.say.field_destination,
            (Field::Zone, _) => self.lang.strings().service.field_zone,
            (Field::Health, _) => self.lang.strings().service.field_health,
        }
    }

    /// One word for a verdict: `도착`, `거절`, `버려짐`.
    pub fn verdict_word(&self, verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Delivered => self.say.delivered,
            Verdict::Refused => self.say.refused,
            Verdict::Dropped { .. } => self.say.dropped,
        }
    }

    /// A verdict as the end of a sentence, for use inside prose: `도착합니다`,
    /// `라우팅 테이블 private에서 버려집니다`, `is dropped at route table private`.
    pub fn verdict_phrase(&self, verdict: &Verdict) -> String {
        match *verdict {
            Verdict::Delivered => self.say.is_delivered.to_owned(),
            Verdict::Refused => self.say.is_refused.to_owned(),
            Verdict::Dropped { leg: Leg::Forward, place, .. } => {
                (self.say.is_dropped)(&self.place(place))
            }
            Verdict::Dropped { leg: Leg::Reply, place, .. } => {
                (self.say.answer_is_dropped)(&self.place(place))
            }
        }
    }

    /// The verdict as a sentence of its own; where a load balancer was on the way, a second one says by
    /// which node and to which target.
    pub fn verdict(&self, trace: &Trace) -> String {
        let to = self.end(trace.probe.to);
        let said = match trace.verdict {
            Verdict::Delivered => (self.say.verdict_delivered)(&to),
            Verdict::Refused => {
                (self.say.verdict_refused)(&to, &self.port(trace.probe.protocol, trace.probe.port))
            }
            Verdict::Dropped { leg: Leg::Forward, place, .. } => {
                (self.say.verdict_dropped)(&self.place(place))
            }
            Verdict::Dropped { leg: Leg::Reply, place, .. } => {
                (self.say.verdict_answer_dropped)(&to, &self.place(place))
            }
        };
        match self.through(trace) {
            Some(through) => format!("{said} {}", self.through_words(&through)),
            None => said,
        }
    }

    /// Why the packet was dropped and what that means; `None` when it was not dropped.
    pub fn cause(&self, trace: &Trace) -> Option<Explained> {
        let Verdict::Dropped { leg, place, cause } = trace.verdict else {
            return None;
        };
        let hop = trace.hops.iter().rfind(|hop| hop.leg == leg && hop.place == place);
        let packet = hop.map(|hop| hop.packet_in);
        let decisive = hop.and_then(|hop| hop.checks.iter().find(|check| check.decisive));
        Some(self.explain(leg, place, cause, packet, decisive))
    }

    fn explain(
        &self,
        leg: Leg,
        place: Place,
        cause: Cause,
        packet: Option<Packet>,
        decisive: Option<&Check>,
    ) -> Explained {
        let say = self.say;
        // Without its direction: the sentences name it where it matters.
        let here = self.place_without_direction(place);
        let way = match place {
            Place::Interface(_, way)
            | Place::NetworkAcl(_, _, way)
            | Place::InternetGateway(_, way)
            | Place::EgressOnlyGateway(_, way)
            | Place::GatewayEndpoint(_, way)
            | Place::NatGateway(_, way)
            | Place::TransitGatewayAttachment(_, way)
            | Place::VirtualPrivateGateway(_, way)
            | Place::Link(_, way) => way,
            Place::Internet(..)
            | Place::OnPremises(..)
            | Place::TransitGatewayRouteTable(..)
            | Place::RouteTable(..)
            | Place::GatewayTable(_)
            | Place::Subnet(_)
            | Place::Peering(_)
            | Place::Amazon(_)
            | Place::LoadBalancer(..)
            | Place::Endpoint(..)
            | Place::Service(_)
            | Place::Function(_)
            | Place::Api(_)
            | Place::Distribution(_) => Direction::Egress,
        };
        // A trace always has the hop where the packet ended; without it the words stay general.
        let source = packet.map(|packet| packet.source.to_string()).unwrap_or_default();
        let destination = packet.map(|packet| packet.destination.to_string()).unwrap_or_default();
        let port = packet
            .map(|packet| self.port(packet.protocol, packet.destination_port))
            .unwrap_or_default();
        let (why, means) = match cause {
            Cause::NoSecurityGroupRule => {
                let groups = match place {
                    Place::Interface(id, _) => self.group_names(id),
                    _ => String::new(),
                };
                let why = match way {
                    Direction::Ingress => (say.why_no_inbound_rule)(&here, &groups, &source, &port),
                    Direction::Egress => {
                        (say.why_no_outbound_rule)(&here, &groups, &destination, &port)
                    }
                };
                (why, say.means_no_rule.to_owned())
            }
            Cause::AclDenies(number) => {
                let why = match (number, place) {
                    (Some(number), Place::NetworkAcl(list, _, way)) => (say.why_acl_entry)(
                        &here,
                        self.direction(way),
                        &written::acl_entry_at(self.network, list, way, number),
                    ),
                    (Some(number), _) => {
                        (say.why_acl_entry)(&here, self.direction(way), &number.to_string())
                    }
                    (None, _) => (say.why_acl_default)(&here, self.direction(way), &port),
                };
                let means = match (leg, packet) {
                    (Leg::Reply, Some(packet)) if packet.protocol.has_ports() => {
                        (say.means_acl_answer)(&packet.destination_port.to_string())
                    }
                    (Leg::Reply, _) => say.means_acl_answer_portless.to_owned(),
                    (Leg::Forward, _) if number.is_some() => say.means_acl_entry.to_owned(),
                    (Leg::Forward, _) => say.means_acl_default.to_owned(),
                };
                (why, means)
            }
            Cause::NoRoute => (
                (say.why_no_route)(&here, &destination),
                match leg {
                    Leg::Forward => say.means_no_route,
                    Leg::Reply => say.means_no_route_answer,
                }
                .to_owned(),
            ),
            Cause::Blackhole => {
                let line = match decisive.map(|check| check.subject) {
                    Some(Subject::Route(table, index)) => {
                        written::route_at(self.network, table, index)
                    }
                    _ => destination,
                };
                ((say.why_blackhole)(&here, &line), say.means_blackhole.to_owned())
            }
            Cause::SourceDestCheck => {
                ((say.why_source_dest_check)(&here), say.means_source_dest_check.to_owned())
            }
            Cause::GatewayDetached => ((say.why_detached)(&here), say.means_detached.to_owned()),
            Cause::NoPublicAddress => (
                (say.why_no_public_address)(&here, &source),
                say.means_no_public_address.to_owned(),
            ),
            Cause::UnknownPublicAddress => (
                (say.why_unknown_public_address)(&destination),
                say.means_unknown_public_address.to_owned(),
            ),
            Cause::PrivateDestination => (
                (say.why_private_destination)(&destination),
                say.means_private_destination.to_owned(),
            ),
            Cause::SharedDestination => (
                (say.why_shared_destination)(&destination),
                say.means_shared_destination.to_owned(),
            ),
            Cause::PrivateSource => {
                ((say.why_private_source)(&source), say.means_private_source.to_owned())
            }
            Cause::SharedSource => {
                ((say.why_shared_source)(&source), say.means_shared_source.to_owned())
            }
            Cause::Service(cause) => {
                return self.explain_service(cause, &here, &source, &destination, &port);
            }
            Cause::NoOwner => ((say.why_no_owner)(&destination), say.means_no_owner.to_owned()),
            Cause::ApplianceBypassed => {
                ((say.why_bypassed)(&here, &source), say.means_bypassed.to_owned())
            }
            Cause::ApplianceWithoutPublicAddress => {
                ((say.why_appliance_private)(&here), say.means_appliance_private.to_owned())
            }
            Cause::PeeringAddress => (
                (say.why_peering_address)(&here, &source, &destination),
                say.means_peering_address.to_owned(),
            ),
            Cause::EndpointProtocol => {
                ((say.why_endpoint_protocol)(&here, &port), say.means_endpoint_protocol.to_owned())
            }
            Cause::EndpointOutsider => (
                (say.why_endpoint_outsider)(&here, &source),
                say.means_endpoint_outsider.to_owned(),
            ),
            Cause::EndpointPolicy => {
                ((say.why_endpoint_policy)(&here), say.means_endpoint_policy.to_owned())
            }
            Cause::PublicAccessBlocked => {
                ((say.why_public_access_blocked)(&here), say.means_public_access_blocked.to_owned())
            }
            Cause::EgressOnlyProtocol => {
                ((say.why_egress_only_protocol)(&here), say.means_egress_only_protocol.to_owned())
            }
            Cause::EgressOnlyUnsolicited => {
                let packet = packet.map(|packet| packet.to_string()).unwrap_or_default();
                let why = (say.why_nat_unsolicited)(&here, &packet);
                (why, say.means_egress_only_unsolicited.to_owned())
            }
            Cause::NatNotAvailable => {
                let state = match place {
                    Place::NatGateway(id, _) => self.network.nat_gateways().get(id),
                    _ => None,
                }
                .map_or("deleted", |gateway| written::nat_state(gateway.state));
                ((say.why_nat_not_available)(&here, state), say.means_nat_not_available.to_owned())
            }
            Cause::NatZone => ((say.why_nat_zone)(&here), say.means_nat_zone.to_owned()),
            Cause::NatProtocol => {
                ((say.why_nat_protocol)(&here, &port), say.means_nat_protocol.to_owned())
            }
            Cause::NatUnsolicited => {
                let packet = packet.map(|packet| packet.to_string()).unwrap_or_default();
                ((say.why_nat_unsolicited)(&here, &packet), say.means_nat_unsolicited.to_owned())
            }
            Cause::InstanceNotRunning => {
                ((say.why_not_running)(&here), say.means_not_running.to_owned())
            }
            Cause::NoInternetGateway => (
                (say.why_no_internet_gateway)(&destination),
                say.means_no_internet_gateway.to_owned(),
            ),
            Cause::GroupNotPreserved => (
                (say.why_group_not_preserved)(&here, &source),
                say.means_group_not_preserved.to_owned(),
            ),
            Cause::NotAttached => {
                ((say.why_not_attached)(&here), say.means_not_attached.to_owned())
            }
            Cause::NotForwarded => {
                ((say.why_not_forwarded)(&here, &destination), say.means_not_forwarded.to_owned())
            }
            Cause::AsymmetricFlow => {
                ((say.why_asymmetric)(&here, &source), say.means_asymmetric.to_owned())
            }
            Cause::Loop => ((say.why_loop)(&here), say.means_loop.to_owned()),
            Cause::Misdirected => ((say.why_misdirected)(&here), say.means_misdirected.to_owned()),
            Cause::NameNotResolved => {
                ((say.why_name_not_resolved)(&here), say.means_name_not_resolved.to_owned())
            }
            Cause::AddressFamily => {
                ((say.why_address_family)(&here), say.means_address_family.to_owned())
            }
            Cause::Transit(cause) => return self.explain_joint(place, cause, packet, decisive),
        };
        Explained { why, means }
    }

    fn place_without_direction(&self, place: Place) -> String {
        match place {
            Place::Interface(id, _) => self.interface(id),
            Place::NetworkAcl(id, _, _) => self.thing(Thing::NetworkAcl(id)),
            _ => self.place(place),
        }
    }

    fn group_name(&self, group: SecurityGroupId) -> String {
        let thing = Thing::SecurityGroup(group);
        self.network
            .name(thing)
            .map_or_else(|| (self.say.deleted)(self.kind(thing)), ToString::to_string)
    }

    fn group_names(&self, interface: InterfaceId) -> String {
        let groups = self.network.interfaces().get(interface).map(|it| &it.security_groups[..]);
        let names: Vec<_> =
            groups.unwrap_or_default().iter().map(|group| self.group_name(*group)).collect();
        names.join(", ")
    }

    /// The network it looks at.
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// The language it speaks.
    pub fn lang(&self) -> Lang {
        self.lang
    }
}

#[cfg(test)]
mod tests;
