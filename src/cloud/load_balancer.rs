//! Load balancers: a node in each enabled zone takes what comes to a listener to a target.

use crate::{
    cloud::{
        Api, Id, Integration, Interface, InterfaceId, InterfaceKind, Name, Network, PublicAddress,
        Reason, Refusal, SecurityGroupId, ServiceReason, SubnetId, TargetGroup, TargetGroupId,
        TargetKind, Thing, VpcId, Zone, edit::Edit,
    },
    net::Protocol,
};

/// Names a [`LoadBalancer`].
pub type LoadBalancerId = Id<LoadBalancer>;

/// A load balancer
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBalancer {
    /// As the author wrote it.
    pub name: Name,
    /// Which of the kinds.
    pub kind: LoadBalancerKind,
    /// For the internet, or for private networks alone.
    pub scheme: Scheme,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its nodes: an interface in one subnet of each enabled zone.
    pub nodes: Vec<InterfaceId>,
    /// The groups of its nodes. A Gateway Load Balancer has none; a Network Load Balancer only if
    /// it was made with some, and without lets everything pass
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>).
    pub security_groups: Vec<SecurityGroupId>,
    /// May a node send to targets in other zones? Always so for an Application Load Balancer.
    pub cross_zone: bool,
    /// Do the inbound rules of its groups count for what comes through `PrivateLink`? On by default
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html>).
    pub guards_private_link: bool,
    /// What it listens to.
    pub listeners: Vec<Listener>,
    /// Which addresses its nodes have.
    pub address_type: AddressType,
}

/// Which addresses the nodes of a load balancer have
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum AddressType {
    /// IPv4 alone.
    #[default]
    Ipv4,
    /// IPv4 and IPv6.
    Dualstack,
    /// Private IPv4 and IPv6, and no public IPv4: clients come from the internet over IPv6 alone.
    DualstackWithoutPublicIpv4,
}

impl AddressType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ipv4, Self::Dualstack, Self::DualstackWithoutPublicIpv4];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Dualstack => "dualstack",
            Self::DualstackWithoutPublicIpv4 => "dualstack-without-public-ipv4",
        }
    }

    /// Have the nodes IPv6 addresses?
    pub const fn has_ipv6(self) -> bool {
        !matches!(self, Self::Ipv4)
    }
}

impl std::str::FromStr for AddressType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

/// The kinds of load balancers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoadBalancerKind {
    /// HTTP and HTTPS, as a proxy: two connections.
    Application,
    /// TCP, UDP, TLS.
    Network,
    /// Sends whole packets through appliances.
    Gateway,
    /// The previous generation; a proxy too.
    Classic,
}

/// Where a load balancer's clients are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// Its nodes have public addresses, and its name resolves to these.
    InternetFacing,
    /// Its nodes have private addresses alone.
    Internal,
}

/// What a load balancer listens to, and where it takes that. Of several target groups the rules of
/// the listener choose by what is inside a request; here each of them may be the one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// The protocol.
    pub protocol: ListenerProtocol,
    /// The port that clients dial; 0 for GENEVE, which means all.
    pub port: u16,
    /// Where it goes.
    pub target_groups: Vec<TargetGroupId>,
}

/// The protocol of a listener or a target group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the protocol of that name")]
pub enum ListenerProtocol {
    Http,
    Https,
    Tcp,
    Udp,
    TcpUdp,
    Tls,
    Geneve,
}

impl ListenerProtocol {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Http, Self::Https, Self::Tcp, Self::Udp, Self::TcpUdp, Self::Tls, Self::Geneve];

    /// As AWS writes it, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::TcpUdp => "tcp_udp",
            Self::Tls => "tls",
            Self::Geneve => "geneve",
        }
    }

    /// Does it run over this IP protocol?
    pub fn carries(self, protocol: Protocol) -> bool {
        match self {
            Self::Http | Self::Https | Self::Tcp | Self::Tls => protocol == Protocol::TCP,
            Self::Udp => protocol == Protocol::UDP,
            Self::TcpUdp => protocol.has_ports(),
            Self::Geneve => false,
        }
    }

    /// Which listeners a kind of load balancer can have
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html>).
    pub fn fits(self, kind: LoadBalancerKind) -> bool {
        match kind {
            LoadBalancerKind::Application => matches!(self, Self::Http | Self::Https),
            LoadBalancerKind::Network => {
                matches!(self, Self::Tcp | Self::Udp | Self::TcpUdp | Self::Tls)
            }
            LoadBalancerKind::Gateway => self == Self::Geneve,
            LoadBalancerKind::Classic => {
                matches!(self, Self::Http | Self::Https | Self::Tcp | Self::Tls)
            }
        }
    }

    /// Can a listener of this protocol send to a target group of that?
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html>)
    pub fn sends_to(self, group: Self) -> bool {
        let http = |it| matches!(it, Self::Http | Self::Https);
        match self {
            Self::Http | Self::Https => http(group),
            Self::Tls => matches!(group, Self::Tcp | Self::Tls),
            Self::Tcp => matches!(group, Self::Tcp | Self::TcpUdp),
            Self::Udp => matches!(group, Self::Udp | Self::TcpUdp),
            Self::TcpUdp | Self::Geneve => group == self,
        }
    }
}

impl std::str::FromStr for ListenerProtocol {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.to_ascii_lowercase();
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

impl LoadBalancerKind {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Network => "network",
            Self::Gateway => "gateway",
            Self::Classic => "classic",
        }
    }

    /// Is sending across zones on from the start?
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>)
    pub const fn starts_cross_zone(self) -> bool {
        matches!(self, Self::Application)
    }

    /// Does it speak to targets as itself, in a connection of its own?
    pub const fn is_proxy(self) -> bool {
        matches!(self, Self::Application | Self::Classic)
    }
}

impl std::str::FromStr for LoadBalancerKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [Self::Application, Self::Network, Self::Gateway, Self::Classic];
        all.into_iter().find(|it| it.as_str() == text).ok_or(())
    }
}

impl LoadBalancer {
    /// Do groups guard its nodes?
    pub fn has_groups(&self) -> bool {
        !self.security_groups.is_empty()
    }
}

impl Network {
    /// The zones that are enabled for a load balancer.
    pub fn enabled_zones(&self, id: LoadBalancerId) -> impl Iterator<Item = &Zone> {
        let nodes = self.load_balancers.get(id).map_or(&[][..], |it| &it.nodes);
        nodes.iter().filter_map(|it| Some(&self.zone_of(*it)?.zone))
    }

    /// The subnet of an interface, for its zone.
    pub(super) fn zone_of(&self, interface: InterfaceId) -> Option<&crate::cloud::Subnet> {
        self.subnets.get(self.interfaces.get(interface)?.subnet)
    }

    /// May a node send to a group's targets in other zones? The group can say otherwise than its
    /// load balancer
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html>).
    pub fn crosses_zones(&self, id: LoadBalancerId, group: TargetGroupId) -> bool {
        let balancer = &self.load_balancers[id];
        let as_balancer = balancer.kind == LoadBalancerKind::Application || balancer.cross_zone;
        self.target_groups.get(group).and_then(|it| it.cross_zone).unwrap_or(as_balancer)
    }
}

impl Edit<'_> {
    /// One node for each subnet. An Application Load Balancer wants two zones, and no kind takes two
    /// subnets of one zone; for the internet, the VPC must have an internet gateway
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html>).
    pub fn create_load_balancer(
        &mut self,
        name: Name,
        kind: LoadBalancerKind,
        scheme: Scheme,
        subnets: &[SubnetId],
        groups: &[SecurityGroupId],
    ) -> Result<LoadBalancerId, Refusal> {
        let vpc = self.check_balancer_subnets(kind, scheme, subnets)?;
        if self.network.load_balancers.find(|_, it| it.name == name).is_some() {
            let reason = Reason::Service(ServiceReason::LoadBalancerNameTaken(name));
            return Err(Refusal::new("DuplicateLoadBalancerName", reason));
        }
        let security_groups = match kind {
            LoadBalancerKind::Gateway if !groups.is_empty() => {
                let reason = Reason::Service(ServiceReason::LoadBalancerWithoutGroups(kind));
                return Err(Refusal::new("InvalidConfigurationRequest", reason));
            }
            LoadBalancerKind::Gateway => Vec::new(),
            LoadBalancerKind::Network if groups.is_empty() => Vec::new(),
            _ => self.pick_groups(subnets[0], groups, "InvalidSecurityGroup")?,
        };
        let id = self.make(LoadBalancer {
            name,
            kind,
            scheme,
            vpc,
            nodes: Vec::new(),
            security_groups,
            cross_zone: kind.starts_cross_zone(),
            guards_private_link: true,
            listeners: Vec::new(),
            address_type: AddressType::Ipv4,
        });
        for &subnet in subnets {
            self.add_node(id, subnet)?;
        }
        Ok(id)
    }

    fn check_balancer_subnets(
        &self,
        kind: LoadBalancerKind,
        scheme: Scheme,
        subnets: &[SubnetId],
    ) -> Result<VpcId, Refusal> {
        let Some(&first) = subnets.first() else {
            return Err(Refusal::new(
                "ValidationError",
                Reason::Service(ServiceReason::LoadBalancerZones(kind)),
            ));
        };
        let vpc = self.get(first)?.vpc;
        let mut zones = Vec::new();
        for &subnet in subnets {
            let row = self.get(subnet)?;
            if row.vpc != vpc {
                let reason = Reason::DifferentVpcs(Thing::Subnet(first), Thing::Subnet(subnet));
                return Err(Refusal::new("InvalidConfigurationRequest", reason));
            }
            if zones.contains(&&row.zone) {
                let reason =
                    Reason::Service(ServiceReason::LoadBalancerZoneTwice(row.zone.clone()));
                return Err(Refusal::new("InvalidConfigurationRequest", reason));
            }
            zones.push(&row.zone);
        }
        if kind == LoadBalancerKind::Application && zones.len() < 2 {
            return Err(Refusal::new(
                "ValidationError",
                Reason::Service(ServiceReason::LoadBalancerZones(kind)),
            ));
        }
        if kind == LoadBalancerKind::Gateway && scheme == Scheme::InternetFacing {
            let reason = Reason::Service(ServiceReason::GatewayLoadBalancerInternal);
            return Err(Refusal::new("InvalidConfigurationRequest", reason));
        }
        if scheme == Scheme::InternetFacing && self.network.internet_gateway_of(vpc).is_none() {
            return Err(Refusal::new("InvalidSubnet", Reason::VpcWithoutGateway(vpc)));
        }
        Ok(vpc)
    }

    fn add_node(&mut self, id: LoadBalancerId, subnet: SubnetId) -> Result<(), Refusal> {
        // An Application or a Classic Load Balancer wants room to grow: eight free addresses
        // (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html).
        if self.network.load_balancers[id].kind.is_proxy() {
            let there = self.network.interfaces.iter().filter(|(_, it)| it.subnet == subnet);
            let four = |it: &Interface| it.addresses.iter().filter(|it| it.is_ipv4()).count();
            let taken: usize = there.map(|(_, it)| four(it)).sum();
            let usable = self.get(subnet)?.usable_addresses();
            if self.get(subnet)?.ipv4().is_some() && usable < taken as u128 + 8 {
                let reason = Reason::Service(ServiceReason::LoadBalancerRoom(subnet));
                return Err(Refusal::new("InvalidSubnet", reason));
            }
        }
        let address = self.pick_ipv4_address(subnet, None)?;
        let balancer = &self.network.load_balancers[id];
        let (name, security_groups) = (balancer.name.clone(), balancer.security_groups.clone());
        let (scheme, address_type) = (balancer.scheme, balancer.address_type);
        let public_address = self.node_public_address(scheme, address_type)?;
        let six = if address_type.has_ipv6() { Some(self.node_ipv6(subnet)?) } else { None };
        let zone = &self.network.subnets[subnet].zone;
        let name = format!("{name}-{}", zone.0).into();
        let node = self.make(Interface {
            name,
            subnet,
            kind: InterfaceKind::LoadBalancer(id),
            addresses: std::iter::once(address).chain(six).collect(),
            public_address,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups,
            source_dest_check: false,
        });
        self.change(id, |it| it.nodes.push(node));
        Ok(())
    }

    fn node_public_address(
        &self,
        scheme: Scheme,
        address_type: AddressType,
    ) -> Result<Option<PublicAddress>, Refusal> {
        if scheme == Scheme::Internal || address_type == AddressType::DualstackWithoutPublicIpv4 {
            return Ok(None);
        }
        let address = self.pick_public_address(None)?;
        Ok(Some(PublicAddress { address, elastic: false }))
    }

    /// The IPv6 address of a node: its subnet must have IPv6
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html>).
    fn node_ipv6(&self, subnet: SubnetId) -> Result<std::net::IpAddr, Refusal> {
        self.pick_ipv6_address(subnet, "InvalidSubnet")
    }

    /// Which addresses the nodes have. A Classic Load Balancer in a VPC has IPv4 alone; without
    /// public IPv4 addresses there are Application Load Balancers for the internet alone; and a
    /// Network Load Balancer with UDP takes IPv6 only with prefixes for source NAT, which are not
    /// modelled. While it sends to a group over IPv6, its nodes keep theirs
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html>,
    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html>).
    pub fn set_ip_address_type(
        &mut self,
        id: LoadBalancerId,
        new: AddressType,
    ) -> Result<(), Refusal> {
        let balancer = self.get(id)?;
        let (kind, scheme, old) = (balancer.kind, balancer.scheme, balancer.address_type);
        let refused = |reason: ServiceReason| {
            Err(Refusal::new("InvalidConfigurationRequest", Reason::Service(reason)))
        };
        let possible = match new {
            AddressType::Ipv4 => true,
            AddressType::Dualstack => kind != LoadBalancerKind::Classic,
            AddressType::DualstackWithoutPublicIpv4 => {
                (kind, scheme) == (LoadBalancerKind::Application, Scheme::InternetFacing)
            }
        };
        if !possible {
            return refused(ServiceReason::AddressTypeOfKind(id, new));
        }
        let datagrams =
            |it: &Listener| matches!(it.protocol, ListenerProtocol::Udp | ListenerProtocol::TcpUdp);
        if new.has_ipv6() && balancer.listeners.iter().any(datagrams) {
            return refused(ServiceReason::DatagramsOverIpv6(id));
        }
        let groups = balancer.listeners.iter().flat_map(|it| it.target_groups.iter().copied());
        let six =
            |it: &TargetGroupId| self.network.target_groups.get(*it).is_some_and(|it| it.ipv6);
        if let Some(group) = groups.clone().find(six).filter(|_| !new.has_ipv6()) {
            return refused(ServiceReason::GroupNeedsDualstack(group));
        }
        for node in balancer.nodes.clone() {
            let row = &self.network.interfaces[node];
            let has = row.addresses.iter().any(std::net::IpAddr::is_ipv6);
            let six = match (new.has_ipv6(), has) {
                (true, false) => Some(self.node_ipv6(row.subnet)?),
                _ => None,
            };
            let public = if new == AddressType::DualstackWithoutPublicIpv4 {
                None
            } else if old == AddressType::DualstackWithoutPublicIpv4 {
                self.node_public_address(scheme, new)?
            } else {
                row.public_address
            };
            self.change(node, |it| {
                it.addresses.retain(|own| own.is_ipv4() || new.has_ipv6());
                it.addresses.extend(six);
                it.public_address = public;
            });
        }
        self.change(id, |it| it.address_type = new);
        Ok(())
    }

    /// Its nodes go along, and so do its listeners; target groups stay. While an endpoint service
    /// offers it, it stays too
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html>).
    pub fn delete_load_balancer(&mut self, id: LoadBalancerId) -> Result<(), Refusal> {
        let nodes = self.get(id)?.nodes.clone();
        if let Some(by) = self.network.user_of_load_balancer(id) {
            let reason = Reason::InUse { thing: Thing::LoadBalancer(id), by };
            return Err(Refusal::new("ResourceInUse", reason));
        }
        for node in nodes {
            self.remove(node);
        }
        self.remove(id);
        Ok(())
    }

    /// Enables the zones of exactly these subnets
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html>).
    pub fn set_subnets(&mut self, id: LoadBalancerId, subnets: &[SubnetId]) -> Result<(), Refusal> {
        let (kind, scheme, vpc) = {
            let it = self.get(id)?;
            (it.kind, it.scheme, it.vpc)
        };
        if self.check_balancer_subnets(kind, scheme, subnets)? != vpc {
            let reason = Reason::DifferentVpcs(Thing::LoadBalancer(id), Thing::Subnet(subnets[0]));
            return Err(Refusal::new("InvalidConfigurationRequest", reason));
        }
        let nodes = self.network.load_balancers[id].nodes.clone();
        for node in nodes {
            if !subnets.contains(&self.network.interfaces[node].subnet) {
                self.change(id, |it| it.nodes.retain(|it| *it != node));
                self.remove(node);
            }
        }
        for &subnet in subnets {
            let nodes = &self.network.load_balancers[id].nodes;
            if !nodes.iter().any(|it| self.network.interfaces[*it].subnet == subnet) {
                self.add_node(id, subnet)?;
            }
        }
        Ok(())
    }

    /// A Network Load Balancer made without groups never gets any, and a Gateway Load Balancer has
    /// none
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html>).
    pub fn set_security_groups(
        &mut self,
        id: LoadBalancerId,
        groups: &[SecurityGroupId],
    ) -> Result<(), Refusal> {
        let balancer = self.get(id)?;
        let nodes = balancer.nodes.clone();
        if balancer.security_groups.is_empty() {
            let reason = Reason::Service(ServiceReason::LoadBalancerWithoutGroups(balancer.kind));
            return Err(Refusal::new("InvalidConfigurationRequest", reason));
        }
        if groups.is_empty() {
            return Err(Refusal::new("ValidationError", Reason::NoGroup));
        }
        let subnet = self.network.interfaces[nodes[0]].subnet;
        let groups = self.pick_groups(subnet, groups, "InvalidSecurityGroup")?;
        for node in nodes {
            let groups = groups.clone();
            self.change(node, |it| it.security_groups = groups);
        }
        self.change(id, |it| it.security_groups = groups);
        Ok(())
    }

    /// One listener for each port; TCP and UDP may share one only as `TCP_UDP`. The target groups
    /// must fit, and serve no other load balancer
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html>).
    pub fn create_listener(&mut self, id: LoadBalancerId, new: Listener) -> Result<(), Refusal> {
        let balancer = self.get(id)?;
        let (kind, vpc, address_type) = (balancer.kind, balancer.vpc, balancer.address_type);
        if address_type.has_ipv6()
            && matches!(new.protocol, ListenerProtocol::Udp | ListenerProtocol::TcpUdp)
        {
            let reason = Reason::Service(ServiceReason::DatagramsOverIpv6(id));
            return Err(Refusal::new("InvalidConfigurationRequest", reason));
        }
        if !new.protocol.fits(kind) {
            let reason = Reason::Service(ServiceReason::ListenerProtocol(new.protocol, kind));
            return Err(Refusal::new("UnsupportedProtocol", reason));
        }
        if balancer.listeners.iter().any(|it| it.port == new.port) {
            let reason = Reason::Service(ServiceReason::ListenerExists(id, new.port));
            return Err(Refusal::new("DuplicateListener", reason));
        }
        for &group in &new.target_groups {
            let row = self.get(group)?;
            if row.vpc != vpc {
                let (group, balancer) = (Thing::TargetGroup(group), Thing::LoadBalancer(id));
                let reason = Reason::DifferentVpcs(group, balancer);
                return Err(Refusal::new("InvalidConfigurationRequest", reason));
            }
            let fits = row.kind == TargetKind::Function && kind == LoadBalancerKind::Application
                || row.kind != TargetKind::Function && new.protocol.sends_to(row.protocol);
            if !fits {
                let reason =
                    Reason::Service(ServiceReason::TargetGroupProtocol(group, new.protocol));
                return Err(Refusal::new("IncompatibleProtocols", reason));
            }
            if row.ipv6 && !address_type.has_ipv6() {
                let reason = Reason::Service(ServiceReason::GroupNeedsDualstack(group));
                return Err(Refusal::new("InvalidConfigurationRequest", reason));
            }
            let other = self.network.balancer_of_group(group).filter(|it| *it != id);
            if let Some(by) = other {
                let (thing, by) = (Thing::TargetGroup(group), Thing::LoadBalancer(by));
                let reason = Reason::InUse { thing, by };
                return Err(Refusal::new("TargetGroupAssociationLimit", reason));
            }
        }
        self.change(id, |it| it.listeners.push(new));
        Ok(())
    }

    /// Sends what comes to a port elsewhere.
    pub fn modify_listener(
        &mut self,
        id: LoadBalancerId,
        port: u16,
        target_groups: Vec<TargetGroupId>,
    ) -> Result<(), Refusal> {
        let place = self.listener_place(id, port)?;
        let old = self.network.load_balancers[id].listeners[place].clone();
        self.change(id, |it| {
            it.listeners.remove(place);
        });
        self.create_listener(id, Listener { target_groups, ..old })?;
        // It keeps its place in the list.
        self.change(id, |it| {
            if let Some(listener) = it.listeners.pop() {
                it.listeners.insert(place, listener);
            }
        });
        Ok(())
    }

    pub fn delete_listener(&mut self, id: LoadBalancerId, port: u16) -> Result<(), Refusal> {
        let place = self.listener_place(id, port)?;
        self.change(id, |it| {
            it.listeners.remove(place);
        });
        Ok(())
    }

    fn listener_place(&self, id: LoadBalancerId, port: u16) -> Result<usize, Refusal> {
        let place = self.get(id)?.listeners.iter().position(|it| it.port == port);
        place.ok_or_else(|| {
            Refusal::new(
                "ListenerNotFound",
                Reason::Service(ServiceReason::ListenerUnknown(id, port)),
            )
        })
    }

    /// An Application Load Balancer always sends across zones
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html>).
    pub fn modify_load_balancer_attributes(
        &mut self,
        id: LoadBalancerId,
        cross_zone: bool,
    ) -> Result<(), Refusal> {
        if self.get(id)?.kind == LoadBalancerKind::Application && !cross_zone {
            let reason = Reason::Service(ServiceReason::AlwaysCrossZone(id));
            return Err(Refusal::new("InvalidConfigurationRequest", reason));
        }
        self.change(id, |it| it.cross_zone = cross_zone);
        Ok(())
    }
}

impl Network {
    /// The load balancer that sends to a target group.
    pub fn balancer_of_group(&self, group: TargetGroupId) -> Option<LoadBalancerId> {
        let sends = |it: &Listener| it.target_groups.contains(&group);
        self.load_balancers.find(|_, it| it.listeners.iter().any(sends))
    }

    /// What needs a load balancer: an endpoint service that offers it, as a VPC link without
    /// interfaces does, or a group that has it as a target.
    fn user_of_load_balancer(&self, id: LoadBalancerId) -> Option<Thing> {
        let offers = self.endpoint_services.find(|_, it| it.load_balancers.contains(&id));
        let holds = |it: &TargetGroup| {
            let this = crate::cloud::Registered::LoadBalancer(id);
            it.targets.iter().any(|it| it.target == this)
        };
        let holds = self.target_groups.find(|_, it| holds(it));
        let links = |it: &Api| {
            matches!(&it.integration, Integration::VpcLink { through, to }
                if through.is_empty() && *to == id)
        };
        let links = self.apis.find(|_, it| links(it));
        let offers = offers.map(Thing::EndpointService).or(links.map(Thing::Api));
        offers.or(holds.map(Thing::TargetGroup))
    }
}
