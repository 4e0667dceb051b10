//! Instances and their network interfaces.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        ApiId, DatabaseId, FunctionId, Id, InterfaceEndpointId, Listening, LoadBalancerId, Name,
        Network, PublicAtLaunch, Quota, Reason, Refusal, SecurityGroupId, SubnetId, Target, TaskId,
        Thing, edit::Edit, host::is_on_the_internet,
    },
    net::Cidr,
};

/// Names an [`Instance`].
pub type InstanceId = Id<Instance>;
/// Names an [`Interface`].
pub type InterfaceId = Id<Interface>;

/// A virtual server (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// As the author wrote it.
    pub name: Name,
    /// Whether it runs.
    pub state: InstanceState,
    /// Its interfaces, the primary first.
    pub interfaces: Vec<InterfaceId>,
    /// Which ports answer.
    pub listening: Listening,
    /// What its operating system does with packets that are not for itself.
    pub forwarding: Forwarding,
}

/// What an instance does with packets for somebody else, once routes and the source/destination
/// check bring them to it
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Forwarding {
    /// Ignores them, like any ordinary server.
    #[default]
    Off,
    /// Passes them on unchanged: a router.
    Routes,
    /// Passes them on unchanged, but an answer only when it has seen the question: a stateful
    /// firewall. Where the two take different ways, it drops the answer
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html>).
    Inspects,
    /// Passes them on; what leaves for addresses outside the VPC gets its own address as the
    /// source: a NAT instance.
    Translates,
}

impl Forwarding {
    /// As scenes and edits write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Routes => "routes",
            Self::Inspects => "inspects",
            Self::Translates => "translates",
        }
    }
}

/// Where an instance is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceState {
    /// Answers.
    Running,
    /// Does not answer; keeps its private addresses and Elastic IP.
    Stopped,
}

/// An elastic network interface (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
/// Everything with an address in a subnet has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// As the author wrote it.
    pub name: Name,
    /// The subnet whose addresses it has.
    pub subnet: SubnetId,
    /// What it belongs to.
    pub kind: InterfaceKind,
    /// Private IPv4 addresses (and IPv6 addresses behind them), the primary first.
    pub addresses: Vec<IpAddr>,
    /// The public IPv4 address that the internet gateway maps to the primary private one.
    pub public_address: Option<PublicAddress>,
    /// The Elastic IPs of its secondary private addresses
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-secondary-ip-addresses.html>).
    pub further_public: Vec<MappedAddress>,
    /// Does it get an address from Amazon's pool whenever its instance starts?
    pub assigns_public_address: bool,
    /// Its groups; their rules are united.
    pub security_groups: Vec<SecurityGroupId>,
    /// Drop what is neither from nor to its own addresses? On by default.
    pub source_dest_check: bool,
}

impl Interface {
    /// Is the address one of its own?
    pub fn has(&self, address: IpAddr) -> bool {
        self.addresses.contains(&address)
    }

    /// The primary private IPv4 address: the one that the public address maps to.
    pub fn private_ipv4(&self) -> Option<IpAddr> {
        self.addresses.iter().copied().find(IpAddr::is_ipv4)
    }

    /// The public IPv4 address that an internet gateway puts in the place of one of its private
    /// ones.
    pub fn public_for(&self, private: IpAddr) -> Option<Ipv4Addr> {
        if self.private_ipv4() == Some(private) {
            return self.public_address.map(|it| it.address);
        }
        self.further_public.iter().find(|it| it.private == private).map(|it| it.public)
    }

    /// The private address that an internet gateway puts in the place of one of its public ones.
    pub fn private_for(&self, public: IpAddr) -> Option<IpAddr> {
        let further = self.further_public.iter().find(|it| IpAddr::V4(it.public) == public);
        further.map_or_else(|| self.private_ipv4(), |it| Some(it.private))
    }

    /// Its public IPv4 addresses, the one of the primary private address first.
    pub fn public_addresses(&self) -> impl Iterator<Item = IpAddr> {
        let primary = self.public_address.map(|it| it.address);
        primary.into_iter().chain(self.further_public.iter().map(|it| it.public)).map(IpAddr::V4)
    }

    /// Every address by which somebody may call it: its own, then its public ones.
    pub fn every_address(&self) -> impl Iterator<Item = IpAddr> {
        self.addresses.iter().copied().chain(self.public_addresses())
    }

    /// The first address of the same family as `other`.
    pub fn address_like(&self, other: IpAddr) -> Option<IpAddr> {
        self.addresses.iter().copied().find(|own| own.is_ipv4() == other.is_ipv4())
    }
}

/// What an interface belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterfaceKind {
    /// An instance.
    Instance(InstanceId),
    /// A NAT gateway: see [`Network::nat_gateway_of`](crate::cloud::Network::nat_gateway_of).
    NatGateway,
    /// A load balancer: one of its nodes.
    LoadBalancer(LoadBalancerId),
    /// An interface endpoint, or a Gateway Load Balancer endpoint.
    Endpoint(InterfaceEndpointId),
    /// A Lambda function: sends, and receives nothing but answers.
    Function(FunctionId),
    /// A database.
    Database(DatabaseId),
    /// A container's task.
    Task(TaskId),
    /// A VPC link of an API.
    VpcLink(ApiId),
    /// A managed service of AWS's that is not modelled by itself: a database, a task, a function. Every port is taken to answer.
    Service,
    /// Nothing yet.
    Unattached,
}

/// A public IPv4 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicAddress {
    /// The address that the internet sees.
    pub address: Ipv4Addr,
    /// An Elastic IP stays when the instance stops; one from Amazon's pool does not
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html>).
    pub elastic: bool,
}

/// An Elastic IP on a secondary private address of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MappedAddress {
    /// The address in the subnet.
    pub private: IpAddr,
    /// The Elastic IP.
    pub public: Ipv4Addr,
}

/// Where made-up public addresses come from: the ranges set aside for documentation, then the one
/// for benchmarks, so that no scene names a stranger's computer.
const PUBLIC_POOL: [Cidr; 4] = [
    Cidr::v4(Ipv4Addr::new(203, 0, 113, 0), 24),
    Cidr::v4(Ipv4Addr::new(198, 51, 100, 0), 24),
    Cidr::v4(Ipv4Addr::new(192, 0, 2, 0), 24),
    Cidr::v4(Ipv4Addr::new(198, 18, 0, 0), 15),
];

/// The first place of the pool that is given: the ones below it look best on hosts of scenes.
const FIRST_PUBLIC: u128 = 10;

impl Network {
    /// The next free public address.
    pub fn free_public_address(&self) -> Option<Ipv4Addr> {
        let mut candidates = PUBLIC_POOL.into_iter().flat_map(|range| {
            (FIRST_PUBLIC..range.size() - 1).filter_map(move |place| range.nth(place))
        });
        let free = candidates.find(|address| self.public_holder(*address).is_none());
        free.and_then(|address| match address {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        })
    }
}

impl Edit<'_> {
    pub fn run_instance(
        &mut self,
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        public_address: PublicAtLaunch,
        groups: &[SecurityGroupId],
        listening: Listening,
    ) -> Result<InstanceId, Refusal> {
        let row = self.get(subnet)?;
        let as_subnet = row.auto_assign_public_ip;
        let asks = matches!(public_address, PublicAtLaunch::Yes | PublicAtLaunch::This(_));
        if row.is_ipv6_only() && asks {
            let reason = Reason::SubnetIpv6Only(subnet);
            return Err(Refusal::new("InvalidParameterCombination", reason));
        }
        let address = self.pick_first_address(subnet, address)?;
        let security_groups = self.pick_groups(subnet, groups, "InvalidParameter")?;
        let given = match public_address {
            PublicAtLaunch::No => None,
            PublicAtLaunch::AsSubnet if !as_subnet => None,
            PublicAtLaunch::AsSubnet | PublicAtLaunch::Yes => Some(self.pick_public_address(None)?),
            PublicAtLaunch::This(address) => Some(self.pick_public_address(Some(address))?),
        };
        let id = self.make(Instance {
            name: name.clone(),
            state: InstanceState::Running,
            interfaces: Vec::new(),
            listening,
            forwarding: Forwarding::Off,
        });
        let interface = self.make(Interface {
            name,
            subnet,
            kind: InterfaceKind::Instance(id),
            addresses: vec![address],
            public_address: given.map(|address| PublicAddress { address, elastic: false }),
            further_public: Vec::new(),
            assigns_public_address: given.is_some(),
            security_groups,
            source_dest_check: true,
        });
        self.change(id, |it| it.interfaces.push(interface));
        Ok(id)
    }

    /// A stopped instance gives its address from Amazon's pool back, and keeps an Elastic IP
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html>).
    pub fn stop_instance(&mut self, id: InstanceId) -> Result<(), Refusal> {
        let interfaces = self.get(id)?.interfaces.clone();
        self.change(id, |it| it.state = InstanceState::Stopped);
        for interface in interfaces {
            self.change(interface, |it| {
                it.public_address = it.public_address.filter(|it| it.elastic);
            });
        }
        Ok(())
    }

    /// A started instance gets an address from the pool again, if it had one
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html>).
    pub fn start_instance(&mut self, id: InstanceId) -> Result<(), Refusal> {
        let interfaces = self.get(id)?.interfaces.clone();
        self.change(id, |it| it.state = InstanceState::Running);
        for interface in interfaces {
            if self.network.interfaces[interface].public_address.is_none() {
                let public_address = self.given_again(interface)?;
                self.change(interface, |it| it.public_address = public_address);
            }
        }
        Ok(())
    }

    /// The address from Amazon's pool that an interface gets in place of one that it gave back:
    /// where it had one at launch, is the only interface of a running instance, and has no Elastic
    /// IP on a secondary address
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html>).
    fn given_again(&self, id: InterfaceId) -> Result<Option<PublicAddress>, Refusal> {
        let row = self.get(id)?;
        let InterfaceKind::Instance(instance) = row.kind else { return Ok(None) };
        let instance = self.get(instance)?;
        let gets = row.assigns_public_address
            && row.further_public.is_empty()
            && instance.state == InstanceState::Running
            && instance.interfaces.len() == 1;
        if !gets {
            return Ok(None);
        }
        let address = self.pick_public_address(None)?;
        Ok(Some(PublicAddress { address, elastic: false }))
    }

    /// The primary interface goes with its instance; further ones are left attached to nothing.
    pub fn terminate_instance(&mut self, id: InstanceId) -> Result<(), Refusal> {
        let interfaces = self.get(id)?.interfaces.clone();
        for (place, interface) in interfaces.into_iter().enumerate() {
            if place == 0 {
                let name = self.network.interfaces[interface].name.clone();
                self.blackhole_routes_to(&Target::Interface(interface), &name);
                self.remove(interface);
            } else {
                self.change(interface, |it| it.kind = InterfaceKind::Unattached);
            }
        }
        self.remove(id);
        Ok(())
    }

    pub fn create_interface(
        &mut self,
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        groups: &[SecurityGroupId],
    ) -> Result<InterfaceId, Refusal> {
        let address = self.pick_first_address(subnet, address)?;
        let security_groups = self.pick_groups(subnet, groups, "InvalidParameterValue")?;
        Ok(self.make(Interface {
            name,
            subnet,
            kind: InterfaceKind::Unattached,
            addresses: vec![address],
            public_address: None,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups,
            source_dest_check: true,
        }))
    }

    /// An interface joins an instance in the same zone, of the same VPC
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
    pub fn attach_interface(
        &mut self,
        id: InterfaceId,
        instance: InstanceId,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let interface = self.get(id)?;
        let primary = self.get(instance)?.interfaces.first().copied();
        if interface.kind != InterfaceKind::Unattached {
            let reason = Reason::InterfaceAttached(id);
            return Err(Refusal::new("InvalidNetworkInterface.InUse", reason));
        }
        if let Some(primary) = primary.map(|it| &self.network.interfaces[it]) {
            let here = &self.network.subnets[interface.subnet];
            let there = &self.network.subnets[primary.subnet];
            if here.zone != there.zone {
                let reason = Reason::DifferentZones(id, instance);
                return Err(Refusal::new("InvalidParameterValue", reason));
            }
            if here.vpc != there.vpc {
                let (id, instance) = (Thing::Interface(id), Thing::Instance(instance));
                let reason = Reason::DifferentVpcs(id, instance);
                return Err(Refusal::new("InvalidParameterCombination", reason));
            }
        }
        self.change(id, |it| it.kind = InterfaceKind::Instance(instance));
        self.change(instance, |it| it.interfaces.push(id));
        Ok(())
    }

    /// The primary interface cannot leave its instance
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
    pub fn detach_interface(&mut self, id: InterfaceId) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let InterfaceKind::Instance(instance) = self.get(id)?.kind else {
            let reason = Reason::InterfaceNotAttached(id);
            return Err(Refusal::new("InvalidAttachmentID.NotFound", reason));
        };
        if self.network.instances[instance].interfaces.first() == Some(&id) {
            return Err(Refusal::new("OperationNotPermitted", Reason::PrimaryInterface(id)));
        }
        self.change(instance, |it| it.interfaces.retain(|it| *it != id));
        self.change(id, |it| it.kind = InterfaceKind::Unattached);
        Ok(())
    }

    pub fn delete_interface(&mut self, id: InterfaceId) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let interface = self.get(id)?;
        if interface.kind != InterfaceKind::Unattached {
            let reason = Reason::InterfaceAttached(id);
            return Err(Refusal::new("InvalidNetworkInterface.InUse", reason));
        }
        let name = interface.name.clone();
        self.blackhole_routes_to(&Target::Interface(id), &name);
        self.remove(id);
        Ok(())
    }

    pub fn modify_interface_groups(
        &mut self,
        id: InterfaceId,
        groups: &[SecurityGroupId],
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let subnet = self.get(id)?.subnet;
        if groups.is_empty() {
            return Err(Refusal::new("MissingParameter", Reason::NoGroup));
        }
        let groups = self.pick_groups(subnet, groups, "InvalidGroup.NotFound")?;
        self.change(id, |it| it.security_groups = groups);
        Ok(())
    }

    /// An Elastic IP takes the place of whatever public address there was
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html>).
    pub fn associate_address(
        &mut self,
        id: InterfaceId,
        wanted: Option<Ipv4Addr>,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let row = self.get(id)?;
        if row.private_ipv4().is_none() {
            let reason = Reason::SubnetIpv6Only(row.subnet);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        let vpc = self.network.vpc_of(id);
        if self.network.internet_gateway_of(vpc).is_none() {
            let reason = Reason::VpcWithoutGateway(vpc);
            return Err(Refusal::new("Gateway.NotAttached", reason));
        }
        let address = self.pick_public_address(wanted)?;
        self.elastic_ip_left(Some(id))?;
        self.change(id, |it| it.public_address = Some(PublicAddress { address, elastic: true }));
        Ok(())
    }

    /// An Elastic IP may belong to a secondary private address as well: one for each
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html>).
    pub fn associate_address_with(
        &mut self,
        id: InterfaceId,
        private: IpAddr,
        wanted: Option<Ipv4Addr>,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let interface = self.get(id)?;
        if !interface.has(private) || private.is_ipv6() {
            let reason = Reason::AddressNotAssigned(id, private);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if interface.private_ipv4() == Some(private) {
            return self.associate_address(id, wanted);
        }
        let vpc = self.network.vpc_of(id);
        if self.network.internet_gateway_of(vpc).is_none() {
            let reason = Reason::VpcWithoutGateway(vpc);
            return Err(Refusal::new("Gateway.NotAttached", reason));
        }
        let public = self.pick_public_address(wanted)?;
        if !self.network.interfaces[id].further_public.iter().any(|it| it.private == private) {
            self.elastic_ip_left(None)?;
        }
        self.change(id, |it| {
            it.further_public.retain(|it| it.private != private);
            it.further_public.push(MappedAddress { private, public });
        });
        Ok(())
    }

    /// The private address stays, without its Elastic IP.
    pub fn disassociate_address_of(
        &mut self,
        id: InterfaceId,
        private: IpAddr,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let interface = self.get(id)?;
        if interface.private_ipv4() == Some(private) {
            return self.disassociate_address(id);
        }
        if interface.public_for(private).is_none() {
            let reason = Reason::NoPublicAddress(id);
            return Err(Refusal::new("InvalidAssociationID.NotFound", reason));
        }
        self.change(id, |it| it.further_public.retain(|it| it.private != private));
        Ok(())
    }

    /// One more private IPv4 address of its subnet: this one, or the next free one. How many an
    /// interface can have depends on the instance type, which is not asked here
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html>).
    pub fn assign_private_address(
        &mut self,
        id: InterfaceId,
        wanted: Option<IpAddr>,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let subnet = self.get(id)?.subnet;
        let address = self.pick_ipv4_address(subnet, wanted)?;
        self.change(id, |it| {
            let behind = it.addresses.iter().rposition(IpAddr::is_ipv4).map_or(0, |it| it + 1);
            it.addresses.insert(behind, address);
        });
        Ok(())
    }

    /// The primary address stays; with a secondary one its Elastic IP is free again
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html>).
    pub fn unassign_private_address(
        &mut self,
        id: InterfaceId,
        address: IpAddr,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let interface = self.get(id)?;
        if !interface.has(address) || address.is_ipv6() || interface.private_ipv4() == Some(address)
        {
            let reason = Reason::AddressNotAssigned(id, address);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.change(id, |it| {
            it.addresses.retain(|own| *own != address);
            it.further_public.retain(|it| it.private != address);
        });
        Ok(())
    }

    /// In place of an Elastic IP an instance gets an address from Amazon's pool again, if it had one
    /// before (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html>).
    /// An address from the pool goes for good.
    pub fn disassociate_address(&mut self, id: InterfaceId) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let Some(old) = self.get(id)?.public_address else {
            let reason = Reason::NoPublicAddress(id);
            return Err(Refusal::new("InvalidAssociationID.NotFound", reason));
        };
        let public_address = if old.elastic { self.given_again(id)? } else { None };
        self.change(id, |it| {
            it.public_address = public_address;
            it.assigns_public_address &= old.elastic;
        });
        Ok(())
    }

    /// An IPv6 address comes from the subnet's IPv6 range
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html>).
    pub fn assign_ipv6_address(
        &mut self,
        id: InterfaceId,
        wanted: Option<Ipv6Addr>,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let subnet = self.get(id)?.subnet;
        if self.get(subnet)?.ipv6().is_none() {
            return Err(Refusal::new("InvalidParameterValue", Reason::SubnetWithoutIpv6(subnet)));
        }
        let free = || self.network.free_ipv6_address(subnet);
        let address = self.pick_address(subnet, wanted.map(IpAddr::V6).or_else(free))?;
        self.change(id, |it| it.addresses.push(address));
        Ok(())
    }

    pub fn unassign_ipv6_address(
        &mut self,
        id: InterfaceId,
        address: Ipv6Addr,
    ) -> Result<(), Refusal> {
        self.own_interface(id)?;
        let address = IpAddr::V6(address);
        if !self.get(id)?.has(address) {
            let reason = Reason::AddressNotAssigned(id, address);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if self.network.interfaces[id].addresses.len() == 1 {
            let reason = Reason::AddressPrimary(id, address);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.change(id, |it| it.addresses.retain(|own| *own != address));
        Ok(())
    }

    /// Interfaces of NAT gateways and services are changed by AWS alone
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html>).
    pub fn own_interface(&self, id: InterfaceId) -> Result<(), Refusal> {
        match self.get(id)?.kind {
            InterfaceKind::Instance(_) | InterfaceKind::Unattached => Ok(()),
            InterfaceKind::NatGateway
            | InterfaceKind::LoadBalancer(_)
            | InterfaceKind::Endpoint(_)
            | InterfaceKind::Function(_)
            | InterfaceKind::Database(_)
            | InterfaceKind::Task(_)
            | InterfaceKind::VpcLink(_)
            | InterfaceKind::Service => {
                Err(Refusal::new("OperationNotPermitted", Reason::ManagedInterface(id)))
            }
        }
    }

    /// The groups of an interface: these, each once, or the VPC's default group. A group serves
    /// its own VPC only.
    pub fn pick_groups(
        &self,
        subnet: SubnetId,
        wanted: &[SecurityGroupId],
        elsewhere: &'static str,
    ) -> Result<Vec<SecurityGroupId>, Refusal> {
        let vpc = self.get(subnet)?.vpc;
        if wanted.is_empty() {
            return Ok(vec![self.network.vpcs[vpc].default_security_group]);
        }
        let mut groups = Vec::new();
        for &group in wanted {
            if self.get(group)?.vpc != vpc {
                let (group, subnet) = (Thing::SecurityGroup(group), Thing::Subnet(subnet));
                return Err(Refusal::new(elsewhere, Reason::DifferentVpcs(group, subnet)));
            }
            if !groups.contains(&group) {
                self.network.admits_one_more(Quota::GroupsPerInterface, groups.len())?;
                groups.push(group);
            }
        }
        Ok(groups)
    }

    /// Picks a public address: this one, or the next free one.
    pub fn pick_public_address(&self, wanted: Option<Ipv4Addr>) -> Result<Ipv4Addr, Refusal> {
        let Some(address) = wanted else {
            return self
                .network
                .free_public_address()
                .ok_or_else(|| Refusal::new("InsufficientAddressCapacity", Reason::NoAddressLeft));
        };
        let ip = IpAddr::V4(address);
        if !is_on_the_internet(ip) {
            return Err(Refusal::new("InvalidAddress.NotFound", Reason::AddressNotPublic(ip)));
        }
        match self.network.public_holder(ip) {
            None => Ok(address),
            Some(by) => {
                let reason = Reason::AddressTaken { address: ip, by };
                Err(Refusal::new("Resource.AlreadyAssociated", reason))
            }
        }
    }

    /// Is there an Elastic IP left to allocate? That of `instead_of` is given back.
    pub fn elastic_ip_left(&self, instead_of: Option<InterfaceId>) -> Result<(), Refusal> {
        let held = self.network.elastic_ips(instead_of);
        self.network.admits_one_more(Quota::ElasticIps, held)
    }
}

impl Network {
    /// How many Elastic IPs the account holds, without that of an interface.
    pub(super) fn elastic_ips(&self, but: Option<InterfaceId>) -> usize {
        let primary =
            |id, it: &Interface| Some(id) != but && it.public_address.is_some_and(|it| it.elastic);
        let interfaces = self.interfaces.iter();
        interfaces.map(|(id, it)| usize::from(primary(id, it)) + it.further_public.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, sample::*};

    /// Runs an instance and gives its public address.
    fn check(auto_assign: bool, wanted: PublicAtLaunch, expected: Option<&str>) {
        let mut sample = Sample::new();
        let subnet = sample.public;
        let auto_assign_public_ip = auto_assign;
        sample.apply(Change::ModifySubnetAttribute { subnet, auto_assign_public_ip });
        let change = Change::RunInstance {
            name: "new".into(),
            subnet,
            address: None,
            public_address: wanted,
            groups: Vec::new(),
            listening: Listening::Everywhere,
        };
        let instance = made!(sample.network, Instance, change);
        let interface = sample.network.instances()[instance].interfaces[0];
        let public = sample.network.interfaces()[interface].public_address;
        assert_eq!(public.map(|it| it.address.to_string()).as_deref(), expected);
        assert!(public.is_none_or(|it| !it.elastic));
    }

    #[test]
    fn public_addresses_come_from_the_pool_as_the_subnet_or_the_launch_says() {
        // .10 is taken by `web`.
        check(true, PublicAtLaunch::AsSubnet, Some("203.0.113.11"));
        check(false, PublicAtLaunch::AsSubnet, None);
        check(true, PublicAtLaunch::No, None);
        check(false, PublicAtLaunch::Yes, Some("203.0.113.11"));
        let chosen = PublicAtLaunch::This(Ipv4Addr::new(192, 0, 2, 9));
        check(false, chosen, Some("192.0.2.9"));
    }

    #[test]
    fn a_stopped_instance_gives_back_all_but_its_elastic_ip() {
        let mut sample = Sample::new();
        let web = sample.instance(sample.web);
        sample.apply(Change::StopInstance { instance: web });
        assert!(sample.network.interfaces()[sample.web].public_address.is_some());

        let app = sample.app;
        sample.network.update(app, |it| {
            it.assigns_public_address = true;
            it.public_address =
                Some(PublicAddress { address: Ipv4Addr::new(203, 0, 113, 50), elastic: false });
        });
        let instance = sample.instance(app);
        sample.apply(Change::StopInstance { instance });
        assert_eq!(sample.network.interfaces()[app].public_address, None);
        assert_eq!(sample.network.public_owner(ip("203.0.113.50")), None);
        sample.apply(Change::StartInstance { instance });
        let again = sample.network.interfaces()[app].public_address.unwrap();
        assert_eq!(again.address, Ipv4Addr::new(203, 0, 113, 11));
    }

    #[test]
    fn an_elastic_ip_wants_a_gateway_and_a_free_address() {
        let mut sample = Sample::new();
        let interface = sample.app;
        let give = |address: &str| Change::AssociateAddress {
            interface,
            address: Some(address.parse().unwrap()),
        };
        assert_eq!(sample.code(give("203.0.113.10")), Err("Resource.AlreadyAssociated"));
        assert_eq!(sample.code(give("203.0.113.9")), Err("Resource.AlreadyAssociated"));
        assert_eq!(sample.code(give("10.0.0.77")), Err("InvalidAddress.NotFound"));
        sample.apply(give("198.51.100.5"));
        sample.apply(give("198.51.100.6"));
        assert_eq!(sample.network.public_owner(ip("198.51.100.5")), None, "it was given back");

        sample.network.update(sample.gateway, |it| it.vpc = None);
        assert_eq!(sample.code(give("198.51.100.7")), Err("Gateway.NotAttached"));
    }

    #[test]
    fn five_elastic_ips_are_the_default_quota() {
        let mut sample = Sample::new();
        let subnet = sample.private;
        for place in 0..3 {
            let interface = sample.run("more", subnet, &format!("10.0.1.{}", 50 + place));
            sample.apply(Change::AssociateAddress { interface, address: None });
        }
        let change = Change::AssociateAddress { interface: sample.app, address: None };
        assert_eq!(sample.code(change), Err("AddressLimitExceeded"));
        let replace = Change::AssociateAddress { interface: sample.web, address: None };
        assert_eq!(sample.code(replace), Ok(()), "the old one is given back");
    }

    #[test]
    fn further_interfaces_come_and_go_but_the_primary_stays() {
        let mut sample = Sample::new();
        let subnet = sample.public;
        let change = Change::CreateInterface {
            name: "second".into(),
            subnet,
            address: None,
            groups: Vec::new(),
        };
        let second = made!(sample.network, Interface, change);
        let instance = sample.instance(sample.web);
        sample.apply(Change::AttachInterface { interface: second, instance });
        assert_eq!(sample.network.instances()[instance].interfaces, [sample.web, second]);
        let again = Change::AttachInterface { interface: second, instance };
        assert_eq!(sample.code(again), Err("InvalidNetworkInterface.InUse"));
        let primary = Change::DetachInterface { interface: sample.web };
        assert_eq!(sample.code(primary), Err("OperationNotPermitted"));
        let delete = Change::DeleteInterface { interface: second };
        assert_eq!(sample.code(delete.clone()), Err("InvalidNetworkInterface.InUse"));
        sample.apply(Change::DetachInterface { interface: second });
        sample.apply(delete);
    }

    #[test]
    fn groups_of_an_interface_are_few_and_of_its_own_vpc() {
        let mut sample = Sample::new();
        let (vpc, interface) = (sample.vpc, sample.app);
        let mut groups = Vec::new();
        for place in 0..6 {
            let name = format!("g{place}").into();
            let change = Change::CreateSecurityGroup { name, vpc };
            groups.push(made!(sample.network, SecurityGroup, change));
        }
        let carry = |groups: &[SecurityGroupId]| Change::ModifyInterfaceGroups {
            interface,
            groups: groups.to_vec(),
        };
        assert_eq!(sample.code(carry(&[])), Err("MissingParameter"));
        let too_many = Err("SecurityGroupsPerInterfaceLimitExceeded");
        assert_eq!(sample.code(carry(&groups)), too_many);
        sample.apply(carry(&groups[..5]));
        let other = sample.network.insert_vpc("other", &[cidr("10.8.0.0/16")]);
        let foreign = sample.network.vpcs()[other].default_security_group;
        assert_eq!(sample.code(carry(&[foreign])), Err("InvalidGroup.NotFound"));
    }

    #[test]
    fn what_happens_to_one_private_address_leaves_the_others_alone() {
        let mut sample = Sample::new();
        let interface = sample.web;
        let (one, two) = (ip("10.0.0.50"), ip("10.0.0.51"));
        for private in [one, two] {
            sample.apply(Change::AssignPrivateAddress { interface, address: Some(private) });
            sample.apply(Change::AssociateAddressWith { interface, private, address: None });
        }
        let public =
            |sample: &Sample, private| sample.network.interfaces()[interface].public_for(private);
        let kept = public(&sample, two);
        assert!(kept.is_some());
        sample.apply(Change::DisassociateAddressOf { interface, private: one });
        assert_eq!([public(&sample, one), public(&sample, two)], [None, kept]);
        sample.apply(Change::UnassignPrivateAddress { interface, address: one });
        let row = &sample.network.interfaces()[interface];
        assert_eq!(row.addresses, [ip("10.0.0.10"), two]);
        // Neither the primary address nor a stranger's can be taken away.
        for address in [ip("10.0.0.10"), ip("10.0.0.99")] {
            let change = Change::UnassignPrivateAddress { interface, address };
            assert_eq!(sample.code(change), Err("InvalidParameterValue"));
        }
        // The primary address has its own Elastic IP.
        let private = ip("10.0.0.10");
        sample.apply(Change::DisassociateAddressOf { interface, private });
        assert_eq!(sample.network.interfaces()[interface].public_address, None);
        assert_eq!(public(&sample, two), kept);
    }

    #[test]
    fn only_the_detached_interface_leaves_its_instance() {
        let mut sample = Sample::new();
        let instance = sample.instance(sample.web);
        let mut made = Vec::new();
        for name in ["second", "third"] {
            let (name, subnet) = (name.into(), sample.public);
            let change =
                Change::CreateInterface { name, subnet, address: None, groups: Vec::new() };
            let interface = made!(sample.network, Interface, change);
            sample.apply(Change::AttachInterface { interface, instance });
            made.push(interface);
        }
        sample.apply(Change::DetachInterface { interface: made[0] });
        assert_eq!(sample.network.instances()[instance].interfaces, [sample.web, made[1]]);
    }
}
