//! How instances, interfaces, tasks, databases, functions, load balancers and their target groups,
//! endpoints, APIs and distributions are made anew.

use crate::{
    app::bench::clip::{
        Bar,
        anew::{Anew, Done, Stop},
    },
    cloud::{
        ApiId, CdnOrigin, Change, DatabaseId, DistributionId, EndpointServiceId, EndpointTo,
        Forwarding, FunctionId, InstanceId, InstanceState, Integration, InterfaceEndpointId,
        InterfaceId, LaunchType, Listener, LoadBalancerId, NewDatabase, NewTask, PublicAtLaunch,
        Registered, Registration, ServiceChange, SubnetId, TargetGroupId, TaskId, Thing, VpcId,
    },
};

impl Anew<'_> {
    /// The services that stand in a VPC, each after what it leads to.
    pub fn services_in(&mut self, vpc: VpcId) {
        let n = self.from;
        let in_vpc = |id: &InterfaceId| n.interfaces().get(*id).is_some() && n.vpc_of(*id) == vpc;
        let groups: Vec<TargetGroupId> =
            n.target_groups().iter().filter(|(_, row)| row.vpc == vpc).map(|it| it.0).collect();
        for id in &groups {
            self.part(|it| it.target_group_alone(*id));
        }
        for (id, row) in n.functions().iter() {
            if row.interfaces.first().is_some_and(in_vpc) {
                self.part(|it| it.function(id));
            }
        }
        for (id, row) in n.databases().iter() {
            if in_vpc(&row.interface) {
                self.part(|it| it.database(id));
            }
        }
        for (id, _) in n.load_balancers().iter().filter(|(_, row)| row.vpc == vpc) {
            self.part(|it| it.balancer(id));
        }
        for id in groups {
            self.targets(id);
        }
        for (id, row) in n.endpoint_services().iter() {
            let mut behind = row.load_balancers.iter();
            if behind.any(|id| n.load_balancers().get(*id).is_some_and(|row| row.vpc == vpc)) {
                self.part(|it| it.endpoint_service(id));
            }
        }
        for (id, _) in n.interface_endpoints().iter().filter(|(_, row)| row.vpc == vpc) {
            self.part(|it| it.interface_endpoint(id));
        }
    }

    // -- hosts

    /// An instance with its interfaces, its addresses and what runs on it.
    pub fn instance(&mut self, id: InstanceId) -> Done {
        let Some(row) = self.from.instances().get(id) else { return Ok(()) };
        let first = row.interfaces.first().copied();
        let Some((first, interface)) =
            first.and_then(|id| Some((id, self.from.interfaces().get(id)?)))
        else {
            return Ok(());
        };
        let subnet = self.seat(interface.subnet)?;
        // Where its subnet is another, that one says what addresses it gets.
        let public_address = match self.is_copied(Thing::Subnet(interface.subnet)) {
            true if interface.assigns_public_address => PublicAtLaunch::Yes,
            true => PublicAtLaunch::No,
            false => PublicAtLaunch::AsSubnet,
        };
        let groups = self.groups(&interface.security_groups, self.now.subnets()[subnet].vpc);
        let change = Change::RunInstance {
            name: self.name(&row.name, Thing::Instance(id)),
            subnet,
            address: interface.addresses.first().and_then(|own| self.address(*own)),
            public_address,
            groups,
            listening: row.listening.clone(),
        };
        self.make(Thing::Instance(id), change)?;
        let Some(instance) = self.twin(id) else { return Ok(()) };
        if row.forwarding != Forwarding::Off {
            let forwarding = Some(row.forwarding);
            self.may(Some(Change::ConfigureInstance { instance, listening: None, forwarding }));
        }
        self.addresses(first);
        for other in row.interfaces.iter().skip(1) {
            self.further_interface(*other, instance);
        }
        if row.state == InstanceState::Stopped {
            self.may(Some(Change::StopInstance { instance }));
        }
        Ok(())
    }

    /// Another interface of an instance: where it stood, else beside the first.
    fn further_interface(&mut self, id: InterfaceId, instance: InstanceId) {
        let Some(row) = self.from.interfaces().get(id) else { return };
        let first = self.now.instances()[instance].interfaces.first().copied();
        let Some(beside) = first.map(|id| self.now.interfaces()[id].subnet) else { return };
        let at = &self.now.subnets()[beside];
        let fits = |id: &SubnetId| {
            let subnet = self.now.subnets().get(*id);
            subnet.is_some_and(|it| it.vpc == at.vpc && it.zone == at.zone)
        };
        let subnet = self.twin(row.subnet).filter(fits).unwrap_or(beside);
        let vpc = at.vpc;
        let Some(create) = self.like_interface(id, subnet, vpc) else { return };
        if !self.would(create.clone()) || self.make(Thing::Interface(id), create).is_err() {
            return self.leave_out();
        }
        self.addresses(id);
        if let Some(interface) = self.twin(id) {
            self.may(Some(Change::AttachInterface { interface, instance }));
        }
    }

    /// An interface that waits for an instance.
    pub fn interface(&mut self, id: InterfaceId) -> Done {
        let Some(row) = self.from.interfaces().get(id) else { return Ok(()) };
        let subnet = self.seat(row.subnet)?;
        let vpc = self.now.subnets()[subnet].vpc;
        let Some(create) = self.like_interface(id, subnet, vpc) else { return Ok(()) };
        self.make(Thing::Interface(id), create)?;
        self.addresses(id);
        Ok(())
    }

    fn like_interface(&mut self, id: InterfaceId, subnet: SubnetId, vpc: VpcId) -> Option<Change> {
        let row = self.from.interfaces().get(id)?;
        Some(Change::CreateInterface {
            name: self.name(&row.name, Thing::Interface(id)),
            subnet,
            address: row.addresses.first().and_then(|own| self.address(*own)),
            groups: self.groups(&row.security_groups, vpc),
        })
    }

    /// The further addresses of an interface, its Elastic IPs, and its check.
    fn addresses(&mut self, id: InterfaceId) {
        let (Some(row), Some(interface)) = (self.from.interfaces().get(id), self.twin(id)) else {
            return;
        };
        if !row.source_dest_check {
            self.may(Some(Change::ModifySourceDestCheck { interface, on: false }));
        }
        for old in row.addresses.iter().skip(1) {
            let address = self.address(*old);
            let given = if old.is_ipv4() {
                self.may(Some(Change::AssignPrivateAddress { interface, address }))
            } else {
                let address = match address {
                    Some(std::net::IpAddr::V6(address)) => Some(address),
                    _ => None,
                };
                self.may(Some(Change::AssignIpv6Address { interface, address }))
            };
            let mapped = row.further_public.iter().any(|it| it.private == *old);
            let own = self.now.interfaces()[interface].addresses.last().copied();
            if let (true, true, Some(private)) = (given, mapped, own) {
                let address = None;
                self.may(Some(Change::AssociateAddressWith { interface, private, address }));
            }
        }
        if row.public_address.is_some_and(|it| it.elastic) {
            self.may(Some(Change::AssociateAddress { interface, address: None }));
        }
    }

    pub fn task(&mut self, id: TaskId) -> Done {
        let Some(row) = self.from.tasks().get(id) else { return Ok(()) };
        let Some(interface) = self.from.interfaces().get(row.interface) else { return Ok(()) };
        let subnet = self.seat(interface.subnet)?;
        let groups = self.groups(&interface.security_groups, self.now.subnets()[subnet].vpc);
        let task = NewTask {
            name: self.name(&row.name, Thing::Task(id)),
            launch: row.launch,
            subnet,
            address: interface.private_ipv4().and_then(|own| self.address(own)),
            groups,
            assign_public_ip: row.launch == LaunchType::Fargate
                && interface.public_address.is_some(),
            listening: row.listening.clone(),
        };
        self.make(Thing::Task(id), ServiceChange::RunTask(task))
    }

    pub fn database(&mut self, id: DatabaseId) -> Done {
        let Some(row) = self.from.databases().get(id) else { return Ok(()) };
        let old = self.from.vpc_of(row.interface);
        let vpc = self.home(old)?;
        let public = self.from.interfaces()[row.interface].public_address.is_some();
        let database = NewDatabase {
            name: self.name(&row.name, Thing::Database(id)),
            subnets: self.spread(&row.subnets, vpc)?,
            groups: self.groups(&self.carried(Some(&row.interface)), vpc),
            public,
            port: row.port,
        };
        self.make(Thing::Database(id), ServiceChange::CreateDatabase(database))?;
        let Some(database) = self.twin(id) else { return Ok(()) };
        let network_type = self.from.network_type(id);
        if self.now.network_type(database) != network_type {
            self.may(Some(ServiceChange::ModifyDatabaseNetworkType { database, network_type }));
        }
        Ok(())
    }

    pub fn function(&mut self, id: FunctionId) -> Done {
        let Some(row) = self.from.functions().get(id) else { return Ok(()) };
        let name = self.name(&row.name, Thing::Function(id));
        let (mut subnets, mut groups) = (Vec::new(), Vec::new());
        if let Some(first) = row.interfaces.first() {
            let vpc = self.home(self.from.vpc_of(*first))?;
            subnets = self.spread(&self.stands_in(&row.interfaces), vpc)?;
            groups = self.groups(&self.carried(Some(first)), vpc);
        }
        self.make(Thing::Function(id), ServiceChange::CreateFunction { name, subnets, groups })?;
        let Some(function) = self.twin(id) else { return Ok(()) };
        if row.ipv6 {
            self.may(Some(ServiceChange::ModifyFunctionIpv6 { function, on: true }));
        }
        Ok(())
    }

    /// The subnets in which interfaces stood.
    fn stands_in(&self, interfaces: &[InterfaceId]) -> Vec<SubnetId> {
        let rows = interfaces.iter().filter_map(|id| self.from.interfaces().get(*id));
        rows.map(|row| row.subnet).collect()
    }

    // -- load balancers

    /// A load balancer with its listeners. AWS leads a target group from one load balancer alone:
    /// its groups come along.
    pub fn balancer(&mut self, id: LoadBalancerId) -> Done {
        let Some(row) = self.from.load_balancers().get(id) else { return Ok(()) };
        let vpc = self.home(row.vpc)?;
        let create = ServiceChange::CreateLoadBalancer {
            name: self.name(&row.name, Thing::LoadBalancer(id)),
            kind: row.kind,
            scheme: row.scheme,
            subnets: self.spread(&self.stands_in(&row.nodes), vpc)?,
            groups: self.groups(&row.security_groups, vpc),
        };
        self.make(Thing::LoadBalancer(id), create)?;
        let Some(balancer) = self.twin(id) else { return Ok(()) };
        let new = self.now.load_balancers()[balancer].clone();
        if new.address_type != row.address_type {
            let address_type = row.address_type;
            self.may(Some(ServiceChange::SetIpAddressType { balancer, address_type }));
        }
        if new.cross_zone != row.cross_zone {
            let cross_zone = row.cross_zone;
            self.may(Some(ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone }));
        }
        for listener in &row.listeners {
            let create = self.listener(balancer, listener, listener.port)?;
            self.may(Some(create));
        }
        Ok(())
    }

    /// A listener like this one, with the groups that it leads to.
    pub fn listener(
        &mut self,
        balancer: LoadBalancerId,
        old: &Listener,
        port: u16,
    ) -> Result<ServiceChange, Stop> {
        for group in &old.target_groups {
            let led = self.now.load_balancers().iter().any(|(id, row)| {
                id != balancer && row.listeners.iter().any(|it| it.target_groups.contains(group))
            });
            let here = self.twin(*group) == Some(*group);
            if (here && led) || self.twin(*group).is_none() {
                self.target_group(*group)?;
            }
        }
        let target_groups = old.target_groups.iter().filter_map(|id| self.twin(*id)).collect();
        let listener = Listener { protocol: old.protocol, port, target_groups };
        Ok(ServiceChange::CreateListener { balancer, listener })
    }

    /// A target group with its settings and its targets.
    pub fn target_group(&mut self, id: TargetGroupId) -> Done {
        if !self.is_copied(Thing::TargetGroup(id)) {
            self.target_group_alone(id)?;
            self.targets(id);
        }
        Ok(())
    }

    fn target_group_alone(&mut self, id: TargetGroupId) -> Done {
        let Some(row) = self.from.target_groups().get(id) else { return Ok(()) };
        let create = ServiceChange::CreateTargetGroup {
            name: self.name(&row.name, Thing::TargetGroup(id)),
            vpc: self.home(row.vpc)?,
            protocol: row.protocol,
            port: row.port,
            kind: row.kind,
            ipv6: row.ipv6,
        };
        self.make(Thing::TargetGroup(id), create)?;
        if let Some(group) = self.twin(id)
            && (row.cross_zone.is_some() || row.preserve_client_ip.is_some())
        {
            let (cross_zone, preserve_client_ip) = (row.cross_zone, row.preserve_client_ip);
            self.may(Some(ServiceChange::ModifyTargetGroupAttributes {
                group,
                cross_zone,
                preserve_client_ip,
            }));
        }
        Ok(())
    }

    fn targets(&mut self, id: TargetGroupId) {
        let (Some(row), Some(group)) = (self.from.target_groups().get(id), self.twin(id)) else {
            return;
        };
        for target in &row.targets {
            let change = self.registration(group, id, target);
            self.may(change);
        }
    }

    /// A target like this one of another group.
    pub fn registration(
        &self,
        group: TargetGroupId,
        of: TargetGroupId,
        old: &Registration,
    ) -> Option<ServiceChange> {
        let here = self.now.target_groups().get(group).map(|row| row.vpc);
        let there = self.from.target_groups().get(of).map(|row| row.vpc);
        let target = match old.target {
            Registered::Instance(id) => self.twin(id).map(Registered::Instance),
            Registered::Function(id) => self.twin(id).map(Registered::Function),
            Registered::LoadBalancer(id) => self.twin(id).map(Registered::LoadBalancer),
            // An address of another VPC is nobody's here.
            Registered::Address(address) => self
                .address(address)
                .or_else(|| Some(address).filter(|_| here == there))
                .map(Registered::Address),
        };
        target.map(|target| {
            let target = Registration { target, ..*old };
            ServiceChange::RegisterTarget { group, target }
        })
    }

    // -- endpoints

    pub fn endpoint_service(&mut self, id: EndpointServiceId) -> Done {
        let Some(row) = self.from.endpoint_services().get(id) else { return Ok(()) };
        let balancers: Vec<LoadBalancerId> =
            row.load_balancers.iter().filter_map(|id| self.twin(*id)).collect();
        if balancers.is_empty() {
            return Err(Bar::Gone.into());
        }
        let acceptance_required = row.acceptance_required;
        let name = self.name(&row.name, Thing::EndpointService(id));
        let create = ServiceChange::CreateEndpointService { name, balancers, acceptance_required };
        self.make(Thing::EndpointService(id), create)
    }

    /// An interface endpoint. The service's own name leads to one of them in each VPC: a second
    /// goes without.
    pub fn interface_endpoint(&mut self, id: InterfaceEndpointId) -> Done {
        let Some(row) = self.from.interface_endpoints().get(id) else { return Ok(()) };
        let vpc = self.home(row.vpc)?;
        let to = match row.to {
            EndpointTo::Service(id) => self.twin(id).map(EndpointTo::Service),
            EndpointTo::Offered(id) => self.twin(id).map(EndpointTo::Offered),
        };
        let to = to.ok_or(Bar::Gone)?;
        let name = self.name(&row.name, Thing::InterfaceEndpoint(id));
        let subnets = self.spread(&self.stands_in(&row.interfaces), vpc)?;
        let groups = self.groups(&self.carried(row.interfaces.first()), vpc);
        let create = |private_dns| ServiceChange::CreateInterfaceEndpoint {
            name: name.clone(),
            to,
            subnets: subnets.clone(),
            groups: groups.clone(),
            private_dns,
        };
        let private_dns = row.private_dns && self.would(create(true));
        if row.private_dns != private_dns {
            self.leave_out();
        }
        self.make(Thing::InterfaceEndpoint(id), create(private_dns))?;
        let Some(endpoint) = self.twin(id) else { return Ok(()) };
        let new = self.now.interface_endpoints()[endpoint].clone();
        if (new.address_type, new.dns_records) != (row.address_type, row.dns_records) {
            let (address_type, dns_records) = (Some(row.address_type), Some(row.dns_records));
            let change =
                ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records };
            self.may(Some(change));
        }
        if new.policy != row.policy {
            self.may(Some(ServiceChange::ModifyInterfaceEndpoint {
                endpoint,
                private_dns: None,
                policy: Some(row.policy),
                groups: None,
            }));
        }
        if row.accepted && !new.accepted {
            self.may(Some(ServiceChange::AcceptEndpoint { endpoint }));
        }
        Ok(())
    }

    // -- at the edge

    /// An API with what it hands its requests to.
    pub fn api(&mut self, id: ApiId) -> Done {
        let Some(row) = self.from.apis().get(id) else { return Ok(()) };
        let (name, kind) = (self.name(&row.name, Thing::Api(id)), row.kind);
        let integration = match &row.integration {
            Integration::Mock | Integration::VpcLink { .. } => Some(Integration::Mock),
            Integration::Function(id) => self.twin(*id).map(Integration::Function),
            Integration::PublicBalancer(id) => self.twin(*id).map(Integration::PublicBalancer),
            Integration::PublicHost(id) => self.twin(*id).map(Integration::PublicHost),
        };
        let integration = integration.ok_or(Bar::Gone)?;
        self.make(Thing::Api(id), ServiceChange::CreateApi { name, kind, integration })?;
        if let (Integration::VpcLink { through, to }, Some(api)) = (&row.integration, self.twin(id))
        {
            let twin = |id: &SubnetId| self.twin(*id);
            let subnets = self.stands_in(through).iter().filter_map(twin).collect();
            let groups = self.carried(through.first());
            let groups = groups.iter().filter_map(|id| self.twin(*id)).collect();
            let link =
                self.twin(*to).map(|to| ServiceChange::CreateVpcLink { api, to, subnets, groups });
            self.may(link);
        }
        Ok(())
    }

    pub fn distribution(&mut self, id: DistributionId) -> Done {
        let Some(row) = self.from.distributions().get(id) else { return Ok(()) };
        let origin = match row.origin {
            CdnOrigin::PublicBalancer(id) => self.twin(id).map(CdnOrigin::PublicBalancer),
            CdnOrigin::PublicInterface(id) => self.twin(id).map(CdnOrigin::PublicInterface),
            CdnOrigin::Host(id) => self.twin(id).map(CdnOrigin::Host),
            CdnOrigin::Bucket { service, access_control, policy_allows } => self
                .twin(service)
                .map(|service| CdnOrigin::Bucket { service, access_control, policy_allows }),
            CdnOrigin::PrivateBalancer(id) => self.twin(id).map(CdnOrigin::PrivateBalancer),
            CdnOrigin::PrivateInterface(id) => self.twin(id).map(CdnOrigin::PrivateInterface),
        };
        let create = ServiceChange::CreateDistribution {
            name: self.name(&row.name, Thing::Distribution(id)),
            origin: origin.ok_or(Bar::Gone)?,
            port: row.origin_port,
        };
        self.make(Thing::Distribution(id), create)
    }
}
