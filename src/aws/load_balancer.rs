//! `aws elbv2 describe-load-balancers`, `-listeners`, `-rules`, `-target-groups` and
//! `-target-health`.

use std::net::IpAddr;

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        Health, Interface, InterfaceKind, Listener, ListenerProtocol, LoadBalancer,
        LoadBalancerKind, PublicAddress, Registered, Registration, Scheme, TargetGroup,
        TargetGroupId, TargetKind, Thing,
    },
    i18n::aws as say,
};

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
            let Some(&vpc) = vpc.and_then(|it| self.vpcs.get(it)) else {
                notes.matters(record.item(), say::left_out(&name, &shown(vpc.unwrap_or("VpcId"))));
                continue;
            };
            let protocol = notes.text(record.get("Protocol")).unwrap_or("TCP");
            let Ok(protocol) = protocol.parse() else {
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
                port: port("Port").unwrap_or(0),
                kind,
                targets: Vec::new(),
                cross_zone: None,
                preserve_client_ip: None,
                health_check_port: port("HealthCheckPort"),
            });
            self.target_groups.insert(record.id, group);
            self.remember(record, Thing::TargetGroup(group));
            self.call(&name, Thing::TargetGroup(group));
        }
    }

    /// A balancer goes by its name, which stands for its ARN in answers too.
    fn call(&mut self, name: &str, thing: Thing) {
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
            notes.matters(record.item(), say::left_out(&name, &shown(vpc.unwrap_or("VpcId"))));
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
        let mut security_groups = Vec::new();
        for group in record.get("SecurityGroups").into_iter().flat_map(Item::items) {
            if let Some(id) = notes.text(Some(group)) {
                security_groups.push(self.group_of(&name, id, vpc, group));
            }
        }
        let internal = notes.text(record.get("Scheme")) == Some("internal");
        let private_link = record.get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic");
        let listeners = self.listeners(record);
        let balancer = self.network.insert(LoadBalancer {
            name: name.as_str().into(),
            kind,
            scheme: if internal { Scheme::Internal } else { Scheme::InternetFacing },
            vpc,
            nodes: Vec::new(),
            security_groups: security_groups.clone(),
            cross_zone: kind == LoadBalancerKind::Application || self.crosses_zones(record.id),
            guards_private_link: notes.text(private_link) != Some("off"),
            listeners,
        });
        self.balancers.insert(record.id, balancer);
        self.remember(record, Thing::LoadBalancer(balancer));
        self.call(&name, Thing::LoadBalancer(balancer));
        let mut nodes = Vec::new();
        for zone in notes.objects(record.get("AvailabilityZones")) {
            let Some(subnet_id) = notes.text(zone.get("SubnetId")) else { continue };
            let Some(&subnet) = self.subnets.get(subnet_id) else {
                notes.matters(zone, say::left_out(&name, &shown(subnet_id)));
                continue;
            };
            let addresses = notes.objects(zone.get("LoadBalancerAddresses"));
            let first = addresses.first().copied();
            let private = first.and_then(|it| notes.address(it.get("PrivateIPv4Address")));
            let public = first.and_then(|it| notes.ipv4(it.get("IpAddress")));
            let described = self.nodes_in(record.id, subnet);
            if described.is_empty() {
                let Some(private) = private else {
                    notes.matters(zone, say::no_node(&name, &shown(subnet_id)));
                    continue;
                };
                nodes.push(self.network.insert(Interface {
                    name: format!("{name} ({})", shown(subnet_id)).into(),
                    subnet,
                    kind: InterfaceKind::LoadBalancer(balancer),
                    addresses: vec![private],
                    public_address: public.map(|address| PublicAddress { address, elastic: true }),
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

    /// The interfaces of a balancer in a subnet: their description ends like its ARN.
    fn nodes_in(
        &self,
        arn: &str,
        subnet: crate::cloud::SubnetId,
    ) -> Vec<crate::cloud::InterfaceId> {
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

    fn crosses_zones(&self, arn: &str) -> bool {
        let Some(record) = self.dump.one("LoadBalancerAttributes", arn) else { return false };
        let mut attributes = record.get("Attributes").into_iter().flat_map(Item::items);
        attributes.any(|it| {
            let word = |key| it.get(key).and_then(Item::as_text);
            word("Key") == Some("load_balancing.cross_zone.enabled")
                && word("Value") == Some("true")
        })
    }

    fn listeners(&self, balancer: &Record<'d>) -> Vec<Listener> {
        let notes = self.notes;
        let dump = self.dump;
        let all = dump.all("Listeners").iter().chain(dump.all("LoadBalancerListeners"));
        let mut listeners = Vec::new();
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
            listeners.push(Listener { protocol, port: port.unwrap_or(0), target_groups });
        }
        listeners
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
                    None => notes.matters(arn, say::left_out("Listeners", "TargetGroups")),
                }
            }
        }
    }

    /// The targets, where `describe-target-health` says whose they are: under the group's ARN, in a
    /// file that is called like the group, or because there is one group alone.
    fn targets(&mut self) {
        let dump = self.dump;
        for (file, arn, item) in &dump.target_health {
            let by_name = || {
                let called = |it: &&Record| {
                    let name = it.get("TargetGroupName").and_then(Item::as_text);
                    name.is_some_and(|name| file.contains(name))
                };
                let fitting = dump.all("TargetGroups").iter().filter(called);
                // The longest name: `web` is a part of `web-blue` too.
                let longest = fitting.max_by_key(|it| {
                    it.get("TargetGroupName").and_then(Item::as_text).map_or(0, str::len)
                });
                let only = match dump.all("TargetGroups") {
                    [only] => Some(only),
                    _ => None,
                };
                longest.or(only).map(|it| it.id)
            };
            let group = arn.or_else(by_name).and_then(|it| self.target_groups.get(it).copied());
            let Some(group) = group else {
                self.notes.matters(*item, say::whose_targets());
                continue;
            };
            for description in self.notes.objects(Some(*item)) {
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

    fn registration(&self, group: TargetGroupId, item: Item<'d>) -> Option<Registration> {
        let notes = self.notes;
        let target = item.get("Target")?;
        let id = notes.text(target.get("Id"))?;
        let known = None
            .or_else(|| self.instances.get(id).copied().map(Registered::Instance))
            .or_else(|| id.parse::<IpAddr>().ok().map(Registered::Address))
            .or_else(|| self.balancers.get(id).copied().map(Registered::LoadBalancer));
        let Some(who) = known else {
            let name = self.network.target_groups()[group].name.to_string();
            notes.matters(target, say::left_out(&name, &shown(id)));
            return None;
        };
        let state = item.get("TargetHealth").and_then(|it| it.get("State"));
        let health = match state.and_then(Item::as_text) {
            Some("healthy") => Some(Health::Healthy),
            Some("unhealthy" | "unhealthy.draining") => Some(Health::Unhealthy),
            Some("draining") => Some(Health::Draining),
            _ => None,
        };
        let port = notes.number(target.get("Port")).and_then(|it| u16::try_from(it).ok());
        Some(Registration { target: who, port, health })
    }
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
    )
}
