//! `aws elb describe-load-balancers`: load balancers of the previous generation.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        AddressType, Interface, InterfaceKind, Listener, ListenerProtocol, LoadBalancer,
        LoadBalancerKind, Registered, Registration, Scheme, TargetGroup, TargetKind, Thing, VpcId,
    },
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The balancers, each with a group for every port of its instances.
    pub(super) fn classic_load_balancers(&mut self) {
        let dump = self.dump;
        for record in dump.all("LoadBalancerDescriptions") {
            for source in &record.sources {
                self.notes.only("LoadBalancerDescriptions", *source, is_known);
            }
            self.classic_load_balancer(record);
        }
    }

    fn classic_load_balancer(&mut self, record: &Record<'d>) {
        let notes = self.notes;
        let name = shown(record.id);
        let vpc = notes.text(record.get("VPCId"));
        let Some(&vpc) = vpc.and_then(|it| self.vpcs.get(it)) else {
            notes.left_out(record.item(), &name, &shown(vpc.unwrap_or("VPCId")));
            return;
        };
        let groups = record.get("SecurityGroups").into_iter().flat_map(Item::items);
        let security_groups = self.groups_called(&name, groups, vpc);
        let listeners = self.classic_listeners(record, &name, vpc);
        let internal = notes.text(record.get("Scheme")) == Some("internal");
        let balancer = self.network.insert(LoadBalancer {
            name: name.as_str().into(),
            kind: LoadBalancerKind::Classic,
            scheme: if internal { Scheme::Internal } else { Scheme::InternetFacing },
            vpc,
            nodes: Vec::new(),
            security_groups,
            cross_zone: self.classic_crosses_zones(record.id),
            guards_private_link: true,
            address_type: AddressType::Ipv4,
            listeners,
        });
        self.remember(record, Thing::LoadBalancer(balancer));
        self.call(&name, Thing::LoadBalancer(balancer));
        let described = format!("ELB {}", record.id);
        let mut nodes = Vec::new();
        for item in record.get("Subnets").into_iter().flat_map(Item::items) {
            let Some(id) = notes.text(Some(item)) else { continue };
            let Some(&subnet) = self.subnets.get(id) else {
                notes.without_part(item, &name, &shown(id));
                continue;
            };
            let before = nodes.len();
            for it in self.dump.all("NetworkInterfaces") {
                let text = it.get("Description").and_then(Item::as_text);
                let Some(&interface) = self.interfaces.get(it.id) else { continue };
                let here = self.network.interfaces()[interface].subnet == subnet;
                if text == Some(described.as_str()) && here {
                    nodes.push(interface);
                }
            }
            if nodes.len() == before {
                let groups = self.network.load_balancers()[balancer].security_groups.clone();
                nodes.extend(self.node_made_up(&name, balancer, subnet, groups, item));
            }
        }
        for &node in &nodes {
            self.network.update(node, |it: &mut Interface| {
                it.kind = InterfaceKind::LoadBalancer(balancer);
            });
        }
        self.network.update(balancer, |it: &mut LoadBalancer| it.nodes = nodes);
    }

    fn classic_listeners(&mut self, record: &Record<'d>, name: &str, vpc: VpcId) -> Vec<Listener> {
        let notes = self.notes;
        let mut targets = Vec::new();
        for item in notes.objects(record.get("Instances")) {
            let id = notes.text(item.get("InstanceId"));
            match id.and_then(|it| self.instances.get(it)) {
                Some(&instance) => targets.push(Registration {
                    target: Registered::Instance(instance),
                    port: None,
                    health: None,
                }),
                None => {
                    notes.without_part(item, name, &shown(id.unwrap_or("InstanceId")));
                }
            }
        }
        let check = record.get("HealthCheck").and_then(|it| it.get("Target"));
        // `HTTP:80/index.html`
        let check = check.and_then(Item::as_text).and_then(|it| it.split(':').nth(1));
        let check = check.and_then(|it| it.split('/').next()?.parse().ok());
        let mut listeners = Vec::new();
        for item in notes.objects(record.get("ListenerDescriptions")) {
            let Some(listener) = item.get("Listener") else { continue };
            let protocol = |key| {
                let word = notes.text(listener.get(key))?;
                let word = if word.eq_ignore_ascii_case("ssl") { "tls" } else { word };
                let known = word.parse::<ListenerProtocol>().ok();
                if known.is_none() {
                    notes.matters(listener, say::unknown_mode(name, &shown(word)));
                }
                known
            };
            let port = |key| notes.number(listener.get(key)).and_then(|it| u16::try_from(it).ok());
            let (Some(outer), Some(dialled), Some(inner)) =
                (protocol("Protocol"), port("LoadBalancerPort"), port("InstancePort"))
            else {
                continue;
            };
            let behind = protocol("InstanceProtocol").unwrap_or(outer);
            let group = TargetGroup {
                name: format!("{name}-{inner}").into(),
                vpc,
                protocol: behind,
                port: inner,
                kind: TargetKind::Instance,
                targets: targets.clone(),
                cross_zone: None,
                preserve_client_ip: None,
                health_check_port: check,
                ipv6: false,
            };
            let same = |_, it: &TargetGroup| *it == group;
            let known = self.network.target_groups().find(same);
            let group = known.unwrap_or_else(|| self.network.insert(group));
            listeners.push(Listener { protocol: outer, port: dialled, target_groups: vec![group] });
        }
        listeners
    }

    /// `describe-load-balancer-attributes` of this generation prints an object.
    fn classic_crosses_zones(&self, name: &str) -> bool {
        self.dump.classic_attributes(name).is_some_and(|it| {
            let cross = it.get("CrossZoneLoadBalancing").and_then(|it| it.get("Enabled"));
            self.notes.flag(cross) == Some(true)
        })
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "LoadBalancerName"
            | "DNSName"
            | "CanonicalHostedZoneName"
            | "CanonicalHostedZoneNameID"
            | "ListenerDescriptions"
            | "Policies"
            | "BackendServerDescriptions"
            | "AvailabilityZones"
            | "Subnets"
            | "VPCId"
            | "Instances"
            | "HealthCheck"
            | "SourceSecurityGroup"
            | "SecurityGroups"
            | "Scheme"
    )
}
