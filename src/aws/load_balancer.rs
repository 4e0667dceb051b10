//! `aws elbv2 describe-load-balancers`, `-listeners`, `-rules`, `-target-groups` and
//! `-target-health`.

use std::net::{IpAddr, Ipv4Addr};

use super::{
    Build,
    dump::Loose,
    network_interface::enter_delegated,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        AddressType, Function, FunctionId, Health, Interface, InterfaceId, InterfaceKind, Listener,
        ListenerProtocol, LoadBalancer, LoadBalancerId, LoadBalancerKind, PublicAddress,
        Registered, Registration, Scheme, SecurityGroupId, SubnetId, TargetGroup, TargetGroupId,
        TargetKind, Thing, VpcId,
    },
    i18n::aws as say,
};

/// A Gateway Load Balancer that is not described itself.
pub(super) fn unseen_gateway_balancer(name: &str, vpc: VpcId) -> LoadBalancer {
    LoadBalancer {
        name: name.into(),
        kind: LoadBalancerKind::Gateway,
        scheme: Scheme::Internal,
        vpc,
        nodes: Vec::new(),
        security_groups: Vec::new(),
        cross_zone: false,
        guards_private_link: true,
        address_type: AddressType::Ipv4,
        listeners: Vec::new(),
    }
}

impl<'d> Build<'d> {
    /// The balancers with their listeners, and the groups behind them with their targets.
    pub(super) fn load_balancers(&mut self) {
        self.target_groups();
        let dump = self.dump;
        for record in dump.all("LoadBalancers") {
            for source in &record.sources {
                self.notes.only("LoadBalancers", *source, is_known);
            }
            self.load_balancer(record);
        }
        self.targets();
    }

    fn target_groups(&mut self) {
        let dump = self.dump;
        let notes = self.notes;
        for record in dump.all("TargetGroups") {
            for source in &record.sources {
                notes.only("TargetGroups", *source, |key| {
                    key.starts_with("HealthCheck")
                        || key.ends_with("ThresholdCount")
                        || matches!(
                            key,
                            "TargetGroupName"
                                | "Protocol"
                                | "ProtocolVersion"
                                | "Port"
                                | "VpcId"
                                | "TargetType"
                                | "Matcher"
                                | "LoadBalancerArns"
                                | "IpAddressType"
                                | "TargetControlPort"
                        )
                });
            }
            let name = shown(notes.text(record.get("TargetGroupName")).unwrap_or(record.id));
            let kind = match notes.text(record.get("TargetType")) {
                None | Some("instance") => TargetKind::Instance,
                Some("ip") => TargetKind::Ip,
                Some("alb") => TargetKind::LoadBalancer,
                // A function answers without a packet in a VPC.
                Some("lambda") => TargetKind::Function,
                Some(other) => {
                    let said = say::not_modelled(
                        ("대상 그룹", "target group"),
                        &format!("{name} ({})", shown(other)),
                    );
                    notes.matters(record.item(), said);
                    continue;
                }
            };
            let vpc = notes.text(record.get("VpcId"));
            // A group of functions belongs to no VPC: it stands in the one of its load balancer.
            let vpc = vpc.or_else(|| {
                let arns = record.get("LoadBalancerArns").into_iter().flat_map(Item::items);
                let mut used = arns.filter_map(|it| dump.one("LoadBalancers", it.as_text()?));
                used.find_map(|it| it.get("VpcId")?.as_text())
            });
            if vpc.is_none() && kind == TargetKind::Function {
                notes.harmless(record.item(), say::group_without_use(&name));
                continue;
            }
            let Some(&vpc) = vpc.and_then(|it| self.vpcs.get(it)) else {
                notes.left_out(record.item(), &name, &shown(vpc.unwrap_or("VpcId")));
                continue;
            };
            let usual = if kind == TargetKind::Function { "HTTP" } else { "TCP" };
            let protocol = notes.text(record.get("Protocol")).unwrap_or(usual);
            let Ok(protocol) = protocol.to_ascii_lowercase().parse() else {
                notes.matters(record.item(), say::unknown_mode(&name, &shown(protocol)));
                continue;
            };
            let port = |key| {
                let number = record.get(key).filter(|it| it.as_text() != Some("traffic-port"));
                notes.number(number).and_then(|it| u16::try_from(it).ok())
            };
            let group = self.network.insert(TargetGroup {
                name: name.as_str().into(),
                vpc,
                protocol,
                // A group of functions has none.
                port: port("Port").unwrap_or(if kind == TargetKind::Function { 80 } else { 0 }),
                kind,
                targets: Vec::new(),
                cross_zone: self.attribute(record.id, &name, CROSS_ZONE).and_then(on),
                preserve_client_ip: self.attribute(record.id, &name, KEEPS_CLIENT).and_then(on),
                health_check_port: port("HealthCheckPort"),
                ipv6: notes.text(record.get("IpAddressType")) == Some("ipv6"),
            });
            self.target_groups.insert(record.id, group);
            self.remember(record, Thing::TargetGroup(group));
            self.call(&name, Thing::TargetGroup(group));
        }
    }

    /// A balancer goes by its name, which stands for its ARN in answers too.
    pub(super) fn call(&mut self, name: &str, thing: Thing) {
        self.called.insert(name.into(), name.to_owned());
        let tagged = self.tags.entry(name.to_owned()).or_default();
        if !tagged.contains(&thing) {
            tagged.push(thing);
        }
    }

    fn load_balancer(&mut self, record: &Record<'d>) {
        let notes = self.notes;
        let name = shown(notes.text(record.get("LoadBalancerName")).unwrap_or(record.id));
        let vpc = notes.text(record.get("VpcId"));
        let Some(&vpc) = vpc.and_then(|it| self.vpcs.get(it)) else {
            notes.left_out(record.item(), &name, &shown(vpc.unwrap_or("VpcId")));
            return;
        };
        let kind: LoadBalancerKind = match notes.text(record.get("Type")).unwrap_or("application") {
            known if known.parse::<LoadBalancerKind>().is_ok() => {
                known.parse().unwrap_or(LoadBalancerKind::Application)
            }
            other => {
                notes.matters(record.item(), say::unknown_mode(&name, &shown(other)));
                return;
            }
        };
        let state = record.get("State").and_then(|it| it.get("Code")).and_then(Item::as_text);
        if let Some(state) = state.filter(|it| matches!(*it, "provisioning" | "failed")) {
            notes.matters(record.item(), say::not_working(&name, state));
        }
        let mut security_groups = Vec::new();
        for group in record.get("SecurityGroups").into_iter().flat_map(Item::items) {
            if let Some(id) = notes.text(Some(group)) {
                security_groups.push(self.group_of(&name, id, vpc, group));
            }
        }
        let internal = notes.text(record.get("Scheme")) == Some("internal");
        let address_type = match notes.text(record.get("IpAddressType")) {
            None => AddressType::Ipv4,
            Some(word) => word.parse().unwrap_or_else(|()| {
                notes.matters(record.item(), say::unknown_mode(&name, &shown(word)));
                AddressType::Ipv4
            }),
        };
        let private_link = record.get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic");
        let listeners = self.listeners(record, &name, vpc);
        let balancer = self.network.insert(LoadBalancer {
            name: name.as_str().into(),
            kind,
            scheme: if internal { Scheme::Internal } else { Scheme::InternetFacing },
            vpc,
            nodes: Vec::new(),
            security_groups: security_groups.clone(),
            cross_zone: kind == LoadBalancerKind::Application
                || self.attribute(record.id, &name, CROSS_ZONE).and_then(on) == Some(true),
            guards_private_link: kind != LoadBalancerKind::Network
                || notes.text(private_link) != Some("off"),
            address_type,
            listeners,
        });
        self.balancers.insert(record.id, balancer);
        self.remember(record, Thing::LoadBalancer(balancer));
        self.call(&name, Thing::LoadBalancer(balancer));
        let mut nodes = Vec::new();
        for zone in notes.objects(record.get("AvailabilityZones")) {
            let Some(subnet_id) = notes.text(zone.get("SubnetId")) else { continue };
            let Some(&subnet) = self.subnets.get(subnet_id) else {
                notes.without_part(zone, &name, &shown(subnet_id));
                continue;
            };
            let addresses = notes.objects(zone.get("LoadBalancerAddresses"));
            let first = addresses.first().copied();
            let private = first.and_then(|it| notes.address(it.get("PrivateIPv4Address")));
            let six = addresses.iter().find_map(|it| notes.address(it.get("IPv6Address")));
            let public = first.and_then(|it| notes.ipv4(it.get("IpAddress")));
            let described = self.nodes_in(record.id, subnet);
            if described.is_empty() {
                let Some(private) = private else {
                    let groups = security_groups.clone();
                    nodes.extend(self.node_made_up(&name, balancer, subnet, groups, zone));
                    continue;
                };
                nodes.push(self.network.insert(Interface {
                    name: format!("{name} ({})", shown(subnet_id)).into(),
                    subnet,
                    kind: InterfaceKind::LoadBalancer(balancer),
                    addresses: std::iter::once(private).chain(six).collect(),
                    public_address: public.map(|address| PublicAddress { address, elastic: true }),
                    further_public: Vec::new(),
                    assigns_public_address: false,
                    security_groups: security_groups.clone(),
                    source_dest_check: false,
                }));
            }
            // A busy balancer has several nodes in a zone, which are all alike.
            for node in described {
                self.network.update(node, |it: &mut Interface| {
                    it.kind = InterfaceKind::LoadBalancer(balancer);
                });
                nodes.push(node);
            }
        }
        self.network.update(balancer, |it: &mut LoadBalancer| it.nodes = nodes);
    }

    /// A node that no description holds: an active balancer has one in each of its zones. The addresses
    /// are made up, the public one of a range that documents use.
    pub(super) fn node_made_up(
        &mut self,
        name: &str,
        balancer: LoadBalancerId,
        subnet: SubnetId,
        security_groups: Vec<SecurityGroupId>,
        item: Item<'d>,
    ) -> Option<InterfaceId> {
        let kind = InterfaceKind::LoadBalancer(balancer);
        let faces = self.network.load_balancers()[balancer].scheme == Scheme::InternetFacing;
        let node = self.made_up_interface(name, subnet, security_groups, kind, item)?;
        let free = |it: &Ipv4Addr| self.network.public_owner((*it).into()).is_none();
        let public = (1..=254).map(|last| [192, 0, 2, last].into()).find(free).filter(|_| faces);
        if let Some(public) = public {
            self.notes.matters(item, say::public_made_up(name, &public.to_string()));
        }
        self.network.update(node, |it: &mut Interface| {
            it.public_address = public.map(|address| PublicAddress { address, elastic: false });
            it.source_dest_check = false;
        });
        Some(node)
    }

    /// The interfaces of a balancer in a subnet: their description ends like its ARN.
    fn nodes_in(&self, arn: &str, subnet: SubnetId) -> Vec<InterfaceId> {
        let Some((_, own)) = arn.split_once("loadbalancer/") else { return Vec::new() };
        let described = |it: &&Record| {
            let text = it.get("Description").and_then(Item::as_text);
            text.and_then(|it| it.strip_prefix("ELB ")) == Some(own)
        };
        (self.dump.all("NetworkInterfaces").iter())
            .filter(described)
            .filter_map(|it| self.interfaces.get(it.id).copied())
            .filter(|it| self.network.interfaces()[*it].subnet == subnet)
            .collect()
    }

    /// An attribute of a balancer or a target group: `describe-load-balancer-attributes` and
    /// `describe-target-group-attributes` do not say whose they are.
    fn attribute(&self, arn: &'d str, name: &str, key: &str) -> Option<&'d str> {
        let dump = self.dump;
        let of_group = arn.contains(":targetgroup/");
        let (nouns, id, called) = if of_group {
            ("TargetGroups", "TargetGroupArn", "TargetGroupName")
        } else {
            ("LoadBalancers", "LoadBalancerArn", "LoadBalancerName")
        };
        let merged = dump.one("LoadBalancerAttributes", arn).and_then(|it| it.get("Attributes"));
        let loose = dump.loose("Attributes").filter(|list| {
            if let Some(owner) = list.beside(id) {
                return owner == arn;
            }
            let fits = |it: &str| it.contains(name) && it.contains("target-group") == of_group;
            list.hints().any(fits) && named_by(list, dump.all(nouns), called) == Some(arn)
        });
        let lists = merged.into_iter().chain(loose.map(|it| it.item));
        let mut all = lists.flat_map(Item::items);
        all.find_map(|it| {
            let word = |key| it.get(key).and_then(Item::as_text);
            (word("Key") == Some(key)).then(|| word("Value")).flatten()
        })
    }

    /// The function that a target names by its ARN, with or without a version.
    fn function_called(&self, arn: &str) -> Option<crate::cloud::FunctionId> {
        let base = arn.splitn(8, ':').take(7).map(str::len).sum::<usize>() + 6;
        let base = arn.get(..base);
        self.functions.get(arn).or_else(|| self.functions.get(base?)).copied()
    }

    /// Was this group left out, which was told?
    fn skipped_group(&self, arn: Option<&str>) -> bool {
        arn.is_some_and(|it| self.dump.one("TargetGroups", it).is_some())
    }

    fn listeners(&mut self, balancer: &Record<'d>, name: &str, vpc: VpcId) -> Vec<Listener> {
        let notes = self.notes;
        let dump = self.dump;
        let all = dump.all("Listeners").iter().chain(dump.all("LoadBalancerListeners"));
        let mut listeners = Vec::new();
        let kind = balancer.get("Type").and_then(Item::as_text);
        for record in all {
            if record.get("LoadBalancerArn").and_then(Item::as_text) != Some(balancer.id) {
                continue;
            }
            for source in &record.sources {
                notes.only("Listeners", *source, |key| {
                    matches!(
                        key,
                        "Port"
                            | "Protocol"
                            | "DefaultActions"
                            | "Certificates"
                            | "SslPolicy"
                            | "AlpnPolicy"
                            | "MutualAuthentication"
                    )
                });
            }
            let mut target_groups = Vec::new();
            self.forwards(record.get("DefaultActions"), &mut target_groups);
            for rule in dump.all("Rules") {
                let own = rule.id.replacen(":listener-rule/", ":listener/", 1);
                if own.rsplit_once('/').is_some_and(|(listener, _)| listener == record.id) {
                    self.forwards(rule.get("Actions"), &mut target_groups);
                }
            }
            let protocol: Option<ListenerProtocol> = notes
                .text(record.get("Protocol"))
                .map_or(Some(ListenerProtocol::Geneve), |it| it.parse().ok());
            let Some(protocol) = protocol else {
                notes.matters(record.item(), say::unknown_mode(&shown(record.id), "Protocol"));
                continue;
            };
            let port = notes.number(record.get("Port")).and_then(|it| u16::try_from(it).ok());
            let port = port.unwrap_or(0);
            if target_groups.is_empty() && kind == Some("application") {
                let actions = record.get("DefaultActions").into_iter().flat_map(Item::items);
                let mut words = actions.filter_map(|it| it.get("Type").and_then(Item::as_text));
                if let Some(word) = words.find(|it| matches!(*it, "redirect" | "fixed-response")) {
                    notes.harmless(record.item(), say::answers_itself(name, port, word));
                    target_groups.push(self.answers_itself(&format!("{name}:{port} {word}"), vpc));
                }
            }
            listeners.push(Listener { protocol, port, target_groups });
        }
        listeners
    }

    /// A listener that redirects, or says one thing to everybody, asks nobody: it answers as a function
    /// of its own would.
    fn answers_itself(&mut self, name: &str, vpc: VpcId) -> TargetGroupId {
        let function = self.network.insert(Function {
            name: name.into(),
            interfaces: Vec::new(),
            ipv6: false,
        });
        let target = Registered::Function(function);
        self.network.insert(TargetGroup {
            name: name.into(),
            vpc,
            protocol: ListenerProtocol::Http,
            port: 80,
            kind: TargetKind::Function,
            targets: vec![Registration { target, port: None, health: None }],
            cross_zone: None,
            preserve_client_ip: None,
            health_check_port: None,
            ipv6: false,
        })
    }

    /// Which groups actions lead to.
    fn forwards(&self, actions: Option<Item<'d>>, groups: &mut Vec<TargetGroupId>) {
        let notes = self.notes;
        for action in notes.objects(actions) {
            let weighed = action.get("ForwardConfig").and_then(|it| it.get("TargetGroups"));
            let arns = [Some(action)].into_iter().flatten().chain(notes.objects(weighed));
            for arn in arns.filter_map(|it| it.get("TargetGroupArn")) {
                let known = arn.as_text().and_then(|it| self.target_groups.get(it).copied());
                match known {
                    Some(known) if !groups.contains(&known) => groups.push(known),
                    Some(_) => {}
                    None => notes.left_out(arn, "Listeners", "TargetGroups"),
                }
            }
        }
    }

    /// The targets, where `describe-target-health` says whose they are: under the group's ARN, in a
    /// file that is called like the group, or because there is one group alone.
    fn targets(&mut self) {
        let dump = self.dump;
        for list in dump.loose("TargetHealthDescriptions") {
            let only = match dump.all("TargetGroups") {
                [only] => Some(only.id),
                _ => None,
            };
            let group = None
                .or_else(|| list.beside("TargetGroupArn"))
                .or_else(|| named_by(list, dump.all("TargetGroups"), "TargetGroupName"))
                .or(only);
            let Some(group) = group.and_then(|it| self.target_groups.get(it).copied()) else {
                // An empty list says nothing of anybody.
                if !list.item.is_nothing() && !self.skipped_group(group) {
                    self.notes.matters(list.item, say::whose_targets());
                }
                continue;
            };
            for description in self.notes.objects(Some(list.item)) {
                if let Some(registration) = self.registration(group, description) {
                    self.network.update(group, |it: &mut TargetGroup| {
                        if !it.targets.contains(&registration) {
                            it.targets.push(registration);
                        }
                    });
                }
            }
        }
    }

    /// A function that only a target group speaks of. A load balancer asks it by no network.
    fn function_made_up(&mut self, arn: &'d str, item: Item<'d>) -> Option<FunctionId> {
        let name = arn.split(':').nth(6).filter(|_| arn.contains(":lambda:"))?;
        let name = shown(name);
        let made = self.network.insert(Function {
            name: name.as_str().into(),
            interfaces: Vec::new(),
            ipv6: false,
        });
        self.notes.harmless(item, say::function_made_up(&name));
        self.functions.insert(arn, made);
        self.ids.insert(shown(arn), Thing::Function(made));
        self.call(&name, Thing::Function(made));
        Some(made)
    }

    fn registration(&mut self, group: TargetGroupId, item: Item<'d>) -> Option<Registration> {
        let notes = self.notes;
        let target = item.get("Target")?;
        let id = notes.text(target.get("Id"))?;
        if let Ok(address) = id.parse() {
            enter_delegated(&mut self.network, &self.prefixes, address);
        }
        let known = None
            .or_else(|| self.instances.get(id).copied().map(Registered::Instance))
            .or_else(|| id.parse::<IpAddr>().ok().map(Registered::Address))
            .or_else(|| self.balancers.get(id).copied().map(Registered::LoadBalancer))
            .or_else(|| self.function_called(id).map(Registered::Function))
            .or_else(|| self.function_made_up(id, target).map(Registered::Function));
        let Some(who) = known else {
            let name = self.network.target_groups()[group].name.to_string();
            let state = item.get("TargetHealth").and_then(|it| it.get("State"));
            // One that is gone is no longer asked.
            if state.and_then(Item::as_text) == Some("unused") {
                notes.harmless(target, say::without_part(&name, &shown(id)));
            } else {
                notes.without_part(target, &name, &shown(id));
            }
            return None;
        };
        let state = item.get("TargetHealth").and_then(|it| it.get("State"));
        let health = match state.and_then(Item::as_text) {
            Some("healthy") => Some(Health::Healthy),
            Some("unhealthy" | "unhealthy.draining" | "unavailable") => Some(Health::Unhealthy),
            Some("draining") => Some(Health::Draining),
            None | Some("initial" | "unused") => None,
            Some(other) => {
                let name = self.network.target_groups()[group].name.to_string();
                notes.matters(item, say::unknown_mode(&name, &shown(other)));
                None
            }
        };
        let port = notes.number(target.get("Port")).and_then(|it| u16::try_from(it).ok());
        Some(Registration { target: who, port, health })
    }
}

const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";
const KEEPS_CLIENT: &str = "preserve_client_ip.enabled";

/// The value of a switch; `None` when it follows the balancer's.
fn on(value: &str) -> Option<bool> {
    match value {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Whose list it is, when the key around it or the file is called like one of these: the longest
/// name, for `web` is a part of `web-blue` too. An ARN counts as well, however it is written.
fn named_by<'d>(list: &Loose<'d>, records: &'d [Record<'d>], key: &str) -> Option<&'d str> {
    list.hints().find_map(|hint| {
        let name = |it: &&Record<'d>| {
            let name = it.get(key).and_then(Item::as_text).unwrap_or_default();
            if hint.contains(name) { name.len() } else { 0 }
        };
        let digits = |it: &&Record<'d>| {
            let last = it.id.rsplit('/').next().unwrap_or_default();
            last.len() >= 8 && hint.contains(last)
        };
        let exact = records.iter().find(digits);
        let longest = || records.iter().filter(|it| name(it) > 0).max_by_key(name);
        exact.or_else(longest).map(|it| it.id)
    })
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "LoadBalancerName"
            | "DNSName"
            | "CanonicalHostedZoneId"
            | "CreatedTime"
            | "Scheme"
            | "VpcId"
            | "State"
            | "Type"
            | "AvailabilityZones"
            | "SecurityGroups"
            | "IpAddressType"
            | "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
            | "EnablePrefixForIpv6SourceNat"
            | "CustomerOwnedIpv4Pool"
            | "IpamPools"
    )
}
