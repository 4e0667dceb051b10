//! `[target_group.NAME]` and `[load_balancer.NAME]`

use std::ops::Range;

use crate::{
    cloud::{
        AddressType, Change, Function, Health, Instance, Listener, ListenerProtocol, LoadBalancer,
        LoadBalancerKind, Reason, Registered, Registration, Scheme, ServiceChange, ServiceReason,
        Subnet, SubnetId, TargetGroup, TargetGroupId, TargetKind, Task, Thing,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        names,
        scene::build::{Build, choice},
    },
    i18n::fault,
};

pub(super) struct GroupDraft {
    key: Key,
    vpc: Option<Text>,
    protocol: ListenerProtocol,
    port: u16,
    kind: TargetKind,
    targets: Vec<Text>,
    cross_zone: Option<bool>,
    preserve_client_ip: Option<bool>,
    health_check_port: Option<u16>,
    ipv6: bool,
}

const PROTOCOLS: [(&str, ListenerProtocol); 7] = [
    ("http", ListenerProtocol::Http),
    ("https", ListenerProtocol::Https),
    ("tcp", ListenerProtocol::Tcp),
    ("udp", ListenerProtocol::Udp),
    ("tcp_udp", ListenerProtocol::TcpUdp),
    ("tls", ListenerProtocol::Tls),
    ("geneve", ListenerProtocol::Geneve),
];

pub(super) fn port(section: &mut Section, key: &'static str, faults: &mut Faults) -> Option<u16> {
    let (port, _) = section.whole(key, 1..=65535, faults)?;
    u16::try_from(port).ok()
}

/// Reads a target group.
pub(super) fn read_group(faults: &mut Faults, key: Key, section: &mut Section) -> GroupDraft {
    let protocol = choice(section, "protocol", &PROTOCOLS, faults);
    let usual = match protocol {
        ListenerProtocol::Https | ListenerProtocol::Tls => 443,
        ListenerProtocol::Geneve => 6081,
        _ => 80,
    };
    GroupDraft {
        key,
        vpc: section.text("vpc", faults),
        protocol,
        port: port(section, "port", faults).unwrap_or(usual),
        kind: choice(
            section,
            "type",
            &[
                ("instance", TargetKind::Instance),
                ("ip", TargetKind::Ip),
                ("lambda", TargetKind::Function),
                ("alb", TargetKind::LoadBalancer),
            ],
            faults,
        ),
        targets: section.texts("targets", faults).unwrap_or_default(),
        cross_zone: section.flag("cross_zone", faults).map(|it| it.0),
        preserve_client_ip: section.flag("preserve_client_ip", faults).map(|it| it.0),
        health_check_port: port(section, "health_check_port", faults),
        ipv6: choice(section, "address_type", &[("ipv4", false), ("ipv6", true)], faults),
    }
}

pub(super) struct Draft {
    key: Key,
    kind: LoadBalancerKind,
    scheme: Scheme,
    subnets: Vec<Text>,
    pub(super) addresses: Vec<Text>,
    public_ips: Vec<Text>,
    groups: Option<Vec<Text>>,
    listeners: Vec<Text>,
    cross_zone: Option<bool>,
    guards_private_link: Option<(bool, Range<usize>)>,
    address_type: AddressType,
    ipv6_addresses: Vec<Text>,
}

/// Reads a load balancer.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    let kind = choice(
        section,
        "type",
        &[
            ("application", LoadBalancerKind::Application),
            ("network", LoadBalancerKind::Network),
            ("gateway", LoadBalancerKind::Gateway),
            ("classic", LoadBalancerKind::Classic),
        ],
        faults,
    );
    let facing = ("internet-facing", Scheme::InternetFacing);
    let internal = ("internal", Scheme::Internal);
    let schemes =
        if kind == LoadBalancerKind::Gateway { [internal, facing] } else { [facing, internal] };
    Draft {
        key,
        kind,
        scheme: choice(section, "scheme", &schemes, faults),
        subnets: section.texts("subnets", faults).unwrap_or_default(),
        addresses: section.texts("addresses", faults).unwrap_or_default(),
        public_ips: section.texts("public_ips", faults).unwrap_or_default(),
        groups: section.texts("security_groups", faults),
        listeners: section.texts("listeners", faults).unwrap_or_default(),
        cross_zone: section.flag("cross_zone", faults).map(|it| it.0),
        guards_private_link: section.flag("guards_private_link", faults),
        address_type: choice(
            section,
            "address_type",
            &AddressType::ALL.map(|it| (it.as_str(), it)),
            faults,
        ),
        ipv6_addresses: section.texts("ipv6_addresses", faults).unwrap_or_default(),
    }
}

impl Build<'_> {
    /// The subnets that are named.
    pub(super) fn subnets_called(&mut self, texts: &[Text]) -> Vec<SubnetId> {
        let mut subnets = Vec::new();
        for text in texts {
            subnets.extend(self.find::<Subnet>(text));
        }
        subnets
    }

    pub(super) fn target_group(&mut self, draft: &GroupDraft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        let change = Change::Service(ServiceChange::CreateTargetGroup {
            name: draft.key.name.as_str().into(),
            vpc,
            protocol: draft.protocol,
            port: draft.port,
            kind: draft.kind,
            ipv6: draft.ipv6,
        });
        let Some(Thing::TargetGroup(group)) = self.make(change, &draft.key.span) else {
            return self.fail(&draft.key);
        };
        if draft.cross_zone.is_some() || draft.preserve_client_ip.is_some() {
            let (cross_zone, preserve_client_ip) = (draft.cross_zone, draft.preserve_client_ip);
            let change = Change::Service(ServiceChange::ModifyTargetGroupAttributes {
                group,
                cross_zone,
                preserve_client_ip,
            });
            self.make(change, &draft.key.span);
        }
        let port = draft.health_check_port;
        self.network.update(group, |row: &mut TargetGroup| row.health_check_port = port);
    }

    /// `app-1`, `app-2:8080`, `10.0.3.7:80 unhealthy`.
    pub(super) fn targets(&mut self, draft: &GroupDraft) {
        let Some(group) = names::only::<TargetGroup>(&self.network, &draft.key.name) else {
            return;
        };
        for text in &draft.targets {
            let mut words = text.value.split_whitespace();
            let word = words.next().unwrap_or_default();
            let health = match words.next() {
                None => None,
                Some("healthy") => Some(Health::Healthy),
                Some("unhealthy") => Some(Health::Unhealthy),
                Some("draining") => Some(Health::Draining),
                Some(other) => {
                    let said = fault::one_of(other, "`healthy`, `unhealthy`, `draining`");
                    self.faults.error(text.span.clone(), said);
                    continue;
                }
            };
            let (name, port) = match word.rsplit_once(':') {
                // An IPv6 address with a port stands in brackets: `[2001:db8::10]:80`.
                Some((name, port)) if !name.contains(':') || name.ends_with(']') => {
                    let name = name.trim_start_matches('[').trim_end_matches(']');
                    let Ok(number) = port.parse() else {
                        self.faults.error(text.span.clone(), fault::bad_ports(port));
                        continue;
                    };
                    (name, Some(number))
                }
                _ => (word, None),
            };
            let mut named = text.clone();
            name.clone_into(&mut named.value);
            let target = match draft.kind {
                TargetKind::Instance => self.find::<Instance>(&named).map(Registered::Instance),
                TargetKind::Function => self.find::<Function>(&named).map(Registered::Function),
                TargetKind::LoadBalancer => {
                    self.find::<LoadBalancer>(&named).map(Registered::LoadBalancer)
                }
                TargetKind::Ip => match names::only::<Task>(&self.network, name) {
                    Some(task) => {
                        let interface = self.network.tasks()[task].interface;
                        // The address of the family over which the group is reached.
                        let mut own = self.network.interfaces()[interface].addresses.iter();
                        own.find(|it| it.is_ipv6() == draft.ipv6).copied().map(Registered::Address)
                    }
                    None => self.address(&named).map(Registered::Address),
                },
            };
            if let Some(target) = target {
                self.target(group, Registration { target, port, health }, &text.span);
            }
        }
    }

    /// A target may have lost the address by which it was registered.
    fn target(&mut self, group: TargetGroupId, target: Registration, span: &Range<usize>) {
        let change = ServiceChange::RegisterTarget { group, target };
        let Err(refusal) = self.network.apply(Change::Service(change)) else { return };
        let lost = Reason::Service(ServiceReason::TargetFamily(group));
        if refusal.reason != lost || !matches!(target.target, Registered::Instance(_)) {
            return self.refused(&refusal, span);
        }
        self.warned(&refusal, span);
        self.network.update(group, |row: &mut TargetGroup| row.targets.push(target));
    }

    pub(super) fn load_balancer(&mut self, draft: &Draft) {
        let subnets = self.subnets_called(&draft.subnets);
        if subnets.len() < draft.subnets.len() {
            return self.fail(&draft.key);
        }
        let groups = match subnets.first() {
            Some(first) => self.groups(draft.groups.as_deref(), *first),
            None => Vec::new(),
        };
        let name = draft.key.name.as_str().into();
        let (kind, scheme) = (draft.kind, draft.scheme);
        let change = Change::Service(ServiceChange::CreateLoadBalancer {
            name,
            kind,
            scheme,
            subnets,
            groups,
        });
        let Some(Thing::LoadBalancer(balancer)) = self.make(change, &draft.key.span) else {
            return self.fail(&draft.key);
        };
        let nodes = self.network.load_balancers()[balancer].nodes.clone();
        self.addresses_at(&nodes, &draft.addresses);
        if draft.address_type != AddressType::Ipv4 {
            let address_type = draft.address_type;
            let change =
                Change::Service(ServiceChange::SetIpAddressType { balancer, address_type });
            self.make(change, &draft.key.span);
        }
        self.ipv6_at(&nodes, &draft.ipv6_addresses);
        for (node, text) in nodes.iter().zip(&draft.public_ips) {
            self.public_at(*node, text);
        }
        if let Some(cross_zone) = draft.cross_zone {
            let change = Change::Service(ServiceChange::ModifyLoadBalancerAttributes {
                balancer,
                cross_zone,
            });
            self.make(change, &draft.key.span);
        }
        if let Some((guards, span)) = &draft.guards_private_link {
            if draft.kind != LoadBalancerKind::Network {
                self.faults.error(span.clone(), fault::guards_private_link());
            }
            let guards = *guards;
            self.network
                .update(balancer, |row: &mut LoadBalancer| row.guards_private_link = guards);
        }
        for text in &draft.listeners {
            self.listener(balancer, text);
        }
    }

    /// `http 80 -> app`, `tcp 443 -> blue, green`, `geneve -> firewalls`.
    fn listener(&mut self, balancer: crate::cloud::LoadBalancerId, text: &Text) {
        let (front, back) = text.value.split_once("->").unwrap_or((&text.value, ""));
        let mut words = front.split_whitespace();
        let protocol = words.next().unwrap_or_default();
        let Ok(protocol) = protocol.parse::<ListenerProtocol>() else {
            return self.faults.error(text.span.clone(), fault::bad_protocol(protocol));
        };
        let port = match words.next() {
            None if protocol == ListenerProtocol::Geneve => 0,
            port => {
                let port = port.unwrap_or_default();
                let Ok(number) = port.parse() else {
                    return self.faults.error(text.span.clone(), fault::bad_ports(port));
                };
                number
            }
        };
        let mut target_groups = Vec::new();
        for name in back.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let mut named = text.clone();
            name.clone_into(&mut named.value);
            target_groups.extend(self.find::<TargetGroup>(&named));
        }
        let listener = Listener { protocol, port, target_groups };
        self.make(
            Change::Service(ServiceChange::CreateListener { balancer, listener }),
            &text.span,
        );
    }
}
