//! Target groups: where a load balancer sends, and which of the targets are fit for it.

use std::net::IpAddr;

use crate::{
    cloud::{
        FunctionId, Id, InstanceId, InterfaceId, ListenerProtocol, LoadBalancerId,
        LoadBalancerKind, Name, Network, Probe, ProbeEnd, Reason, Refusal, Rules, ServiceReason,
        Thing, VpcId, Zone,
        edit::Edit,
        internet_gateway::rejects_destination,
        walk::{KnownHealth, Walk},
    },
    net::Protocol,
};

/// Names a [`TargetGroup`].
pub type TargetGroupId = Id<TargetGroup>;

/// A target group
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetGroup {
    /// As the author wrote it.
    pub name: Name,
    /// Its VPC.
    pub vpc: VpcId,
    /// What targets speak.
    pub protocol: ListenerProtocol,
    /// The port of targets that are registered without one.
    pub port: u16,
    /// What targets are.
    pub kind: TargetKind,
    /// The targets.
    pub targets: Vec<Registration>,
    /// Whether nodes send to targets in other zones, where the group says otherwise than its load
    /// balancer.
    pub cross_zone: Option<bool>,
    /// Whether targets see the client's address, where the group says otherwise than its default.
    pub preserve_client_ip: Option<bool>,
    /// The port at which health is checked; the traffic port when `None`.
    pub health_check_port: Option<u16>,
    /// Are its targets reached over IPv6? Only by load balancers whose nodes have it, whatever the
    /// clients come by
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html>).
    pub ipv6: bool,
}

/// What the targets of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    /// Instances, at their primary interfaces.
    Instance,
    /// Addresses.
    Ip,
    /// A Lambda function.
    Function,
    /// An Application Load Balancer, behind a Network Load Balancer.
    LoadBalancer,
}

impl TargetKind {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Ip => "ip",
            Self::Function => "lambda",
            Self::LoadBalancer => "alb",
        }
    }
}

impl std::str::FromStr for TargetKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [Self::Instance, Self::Ip, Self::Function, Self::LoadBalancer];
        all.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// A registered target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    /// Who.
    pub target: Registered,
    /// The port; the group's own when `None`.
    pub port: Option<u16>,
    /// Its health, where it is given; else the health check is sent, through the same network.
    pub health: Option<Health>,
}

/// Who is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names what it is")]
pub enum Registered {
    Instance(InstanceId),
    Address(IpAddr),
    Function(FunctionId),
    LoadBalancer(LoadBalancerId),
}

/// The health of a target
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// It passes its checks.
    Healthy,
    /// It fails them.
    Unhealthy,
    /// It is being deregistered: no new connection goes to it.
    Draining,
}

impl TargetGroup {
    /// Do targets see the client's address?
    ///
    /// For a Network Load Balancer: on for instances and for UDP, off for addresses over TCP and
    /// TLS; only TCP and TLS groups can say otherwise
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html>).
    /// An Application Load Balancer as the target sees it as well.
    pub fn preserves_client_ip(&self) -> bool {
        let default = match self.kind {
            TargetKind::Instance | TargetKind::LoadBalancer => true,
            TargetKind::Ip | TargetKind::Function => false,
        };
        match self.protocol {
            ListenerProtocol::Udp | ListenerProtocol::TcpUdp => true,
            ListenerProtocol::Tcp | ListenerProtocol::Tls => {
                self.preserve_client_ip.unwrap_or(default)
            }
            ListenerProtocol::Http | ListenerProtocol::Https | ListenerProtocol::Geneve => false,
        }
    }

    /// The port of one target.
    pub fn port_of(&self, registration: &Registration) -> u16 {
        registration.port.unwrap_or(self.port)
    }
}

impl Network {
    /// The address at which a target of a group is reached: an instance at its primary interface,
    /// by the private IPv4 address, or in a group for IPv6 by the first IPv6 one.
    pub fn target_address(&self, group: &TargetGroup, target: Registered) -> Option<IpAddr> {
        match target {
            Registered::Address(address) => Some(address),
            Registered::Instance(id) => {
                let primary = *self.instances.get(id)?.interfaces.first()?;
                let addresses = &self.interfaces.get(primary)?.addresses;
                addresses.iter().copied().find(|it| it.is_ipv6() == group.ipv6)
            }
            Registered::LoadBalancer(id) => {
                let balancer = self.load_balancers.get(id).filter(|it| it.vpc == group.vpc)?;
                self.interfaces.get(*balancer.nodes.first()?)?.private_ipv4()
            }
            Registered::Function(_) => None,
        }
    }

    /// The interface that a target has in the VPC of its group.
    pub fn target_interface(&self, group: &TargetGroup, target: Registered) -> Option<InterfaceId> {
        self.interface_in(group.vpc, self.target_address(group, target)?)
    }

    /// The zone of a target; `None` when it belongs to none: a function, a load balancer, an address
    /// outside the VPC, which AWS calls the zone `all`
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html>).
    pub fn zone_of_target(&self, group: &TargetGroup, target: Registered) -> Option<&Zone> {
        if let Registered::LoadBalancer(_) = target {
            return None;
        }
        let address = self.target_address(group, target)?;
        Some(&self.subnets[self.subnet_in(group.vpc, address)?].zone)
    }

    /// The health of a target as one node of a load balancer finds it: what is given, else what its
    /// check finds out, a packet from the node to the health check port by the rules of this
    /// network. Only what answers is healthy.
    pub fn health(
        &self,
        group: TargetGroupId,
        registration: &Registration,
        node: InterfaceId,
        rules: &Rules,
    ) -> Health {
        self.health_at(group, registration, node, rules, 0, &mut KnownHealth::new())
    }

    pub(super) fn health_at(
        &self,
        group: TargetGroupId,
        registration: &Registration,
        node: InterfaceId,
        rules: &Rules,
        depth: u8,
        known: &mut KnownHealth,
    ) -> Health {
        if let Some(health) = registration.health {
            return health;
        }
        let id = group;
        let group = &self.target_groups[id];
        if let Registered::Function(function) = registration.target {
            let there = self.functions.get(function).is_some();
            return if there { Health::Healthy } else { Health::Unhealthy };
        }
        let Some(address) = self.target_address(group, registration.target) else {
            return Health::Unhealthy;
        };
        let port = group.health_check_port.unwrap_or_else(|| group.port_of(registration));
        let (from, to) = (ProbeEnd::Interface(node), ProbeEnd::Address(address));
        let probe = Probe::new(from, to, Protocol::TCP, port);
        // Load balancers that are each other's targets would ask for ever.
        if depth > 2 {
            return Health::Healthy;
        }
        let asked = (id, registration.target, port, node, depth);
        if let Some(health) = known.get(&asked) {
            return *health;
        }
        let walk = Walk::new(self, rules).quietly().below(depth + 1);
        let mut walk = walk.knowing(std::mem::take(known));
        let health = if walk.succeeds(probe) { Health::Healthy } else { Health::Unhealthy };
        *known = walk.into_known();
        known.insert(asked, health);
        health
    }
}

impl Edit<'_> {
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>)
    pub fn create_target_group(
        &mut self,
        name: Name,
        vpc: VpcId,
        protocol: ListenerProtocol,
        port: u16,
        kind: TargetKind,
        ipv6: bool,
    ) -> Result<TargetGroupId, Refusal> {
        self.get(vpc)?;
        if self.network.target_groups.find(|_, it| it.name == name).is_some() {
            let reason = Reason::Service(ServiceReason::TargetGroupNameTaken(name));
            return Err(Refusal::new("DuplicateTargetGroupName", reason));
        }
        if kind == TargetKind::LoadBalancer && protocol != ListenerProtocol::Tcp {
            let reason = Reason::Service(ServiceReason::TargetKindProtocol(kind, protocol));
            return Err(Refusal::new("ValidationError", reason));
        }
        let over_six = matches!(kind, TargetKind::Instance | TargetKind::Ip)
            && !matches!(
                protocol,
                ListenerProtocol::Udp | ListenerProtocol::TcpUdp | ListenerProtocol::Geneve
            );
        if ipv6 && !over_six {
            let reason = Reason::Service(ServiceReason::TargetKindIpv6(kind, protocol));
            return Err(Refusal::new("ValidationError", reason));
        }
        Ok(self.make(TargetGroup {
            name,
            vpc,
            protocol,
            port,
            kind,
            targets: Vec::new(),
            cross_zone: None,
            preserve_client_ip: None,
            health_check_port: None,
            ipv6,
        }))
    }

    /// While a listener sends to it, it stays
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html>).
    pub fn delete_target_group(&mut self, id: TargetGroupId) -> Result<(), Refusal> {
        self.get(id)?;
        if let Some(by) = self.network.balancer_of_group(id) {
            let (thing, by) = (Thing::TargetGroup(id), Thing::LoadBalancer(by));
            return Err(Refusal::new("ResourceInUse", Reason::InUse { thing, by }));
        }
        self.remove(id);
        Ok(())
    }

    /// A target is what its group is for: a running instance of the group's VPC, or an address of
    /// the VPC or of a private range; public addresses cannot be registered
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html>).
    pub fn register_target(&mut self, id: TargetGroupId, new: Registration) -> Result<(), Refusal> {
        let group = self.get(id)?;
        let vpc = group.vpc;
        let invalid = |reason| Err(Refusal::new("InvalidTarget", reason));
        let kind = match new.target {
            Registered::Instance(instance) => {
                let row = self.get(instance)?;
                let home = row.interfaces.first().map(|it| self.network.vpc_of(*it));
                if home != Some(vpc) {
                    let (instance, group) = (Thing::Instance(instance), Thing::TargetGroup(id));
                    return invalid(Reason::DifferentVpcs(instance, group));
                }
                TargetKind::Instance
            }
            Registered::Address(address) => {
                let own = self.network.vpcs[vpc].contains(address);
                // What an internet gateway refuses to carry is what a group accepts from elsewhere.
                if !own && rejects_destination(address).is_none() {
                    return invalid(Reason::Service(ServiceReason::TargetAddressPublic(address)));
                }
                TargetKind::Ip
            }
            Registered::Function(function) => {
                self.get(function)?;
                TargetKind::Function
            }
            Registered::LoadBalancer(balancer) => {
                let row = self.get(balancer)?;
                if row.kind != LoadBalancerKind::Application || row.vpc != vpc {
                    return invalid(Reason::Service(ServiceReason::TargetKind(id)));
                }
                TargetKind::LoadBalancer
            }
        };
        // All targets of a group are reached by the same family of addresses.
        let fits = match new.target {
            Registered::Address(address) => address.is_ipv6() == group.ipv6,
            Registered::Instance(_) => self.network.target_address(group, new.target).is_some(),
            Registered::Function(_) | Registered::LoadBalancer(_) => true,
        };
        if kind == group.kind && !fits {
            return invalid(Reason::Service(ServiceReason::TargetFamily(id)));
        }
        if kind != group.kind {
            return invalid(Reason::Service(ServiceReason::TargetKind(id)));
        }
        let same = |it: &Registration| (it.target, it.port) == (new.target, new.port);
        if let Some(place) = group.targets.iter().position(same) {
            // Registering again changes nothing, but takes a target back that was on its way out.
            self.change(id, |it| it.targets[place] = new);
        } else {
            self.change(id, |it| it.targets.push(new));
        }
        Ok(())
    }

    pub fn deregister_target(
        &mut self,
        id: TargetGroupId,
        target: Registered,
        port: Option<u16>,
    ) -> Result<(), Refusal> {
        let group = self.get(id)?;
        let this = |it: &Registration| it.target == target && (port.is_none() || it.port == port);
        if !group.targets.iter().any(this) {
            return Err(Refusal::new(
                "InvalidTarget",
                Reason::Service(ServiceReason::TargetUnknown(id)),
            ));
        }
        self.change(id, |it| it.targets.retain(|it| !this(it)));
        Ok(())
    }

    /// Keeping the client's address cannot be turned off for UDP, and is nothing for HTTP
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html>).
    pub fn modify_target_group_attributes(
        &mut self,
        id: TargetGroupId,
        cross_zone: Option<bool>,
        preserve_client_ip: Option<bool>,
    ) -> Result<(), Refusal> {
        let group = self.get(id)?;
        if preserve_client_ip.is_some_and(|on| match group.protocol {
            ListenerProtocol::Tcp | ListenerProtocol::Tls => false,
            ListenerProtocol::Udp | ListenerProtocol::TcpUdp => !on,
            _ => true,
        }) {
            let reason = Reason::Service(ServiceReason::ClientIpFixed(id));
            return Err(Refusal::new("InvalidConfigurationRequest", reason));
        }
        self.change(id, |it| {
            it.cross_zone = cross_zone.or(it.cross_zone);
            it.preserve_client_ip = preserve_client_ip.or(it.preserve_client_ip);
        });
        Ok(())
    }
}
