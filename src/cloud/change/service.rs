//! The edits of load balancers, endpoints, functions, databases, tasks, APIs and distributions.

use crate::cloud::{
    AddressType, ApiId, ApiKind, CdnOrigin, Change, DatabaseId, DistributionId, DnsRecords,
    EndpointAddressType, EndpointPolicy, EndpointServiceId, EndpointTo, FunctionId, Integration,
    InterfaceEndpointId, Listener, ListenerProtocol, LoadBalancerId, LoadBalancerKind, Name,
    NetworkType, NewDatabase, NewTask, Refusal, Registered, Registration, Scheme, SecurityGroupId,
    ServiceId, ServiceKind, SubnetId, TargetGroupId, TargetKind, TaskId, Thing, VpcId,
    change::made, edit::Edit,
};

/// One edit of load balancers, endpoints, functions, databases, tasks, APIs and distributions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the AWS operation of the same name")]
pub enum ServiceChange {
    /// One node for each subnet. `groups` empty means the default group, and for a Network Load
    /// Balancer none at all.
    CreateLoadBalancer {
        name: Name,
        kind: LoadBalancerKind,
        scheme: Scheme,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    DeleteLoadBalancer {
        balancer: LoadBalancerId,
    },
    /// Enables the zones of these subnets, and no others.
    SetSubnets {
        balancer: LoadBalancerId,
        subnets: Vec<SubnetId>,
    },
    SetSecurityGroups {
        balancer: LoadBalancerId,
        groups: Vec<SecurityGroupId>,
    },
    ModifyLoadBalancerAttributes {
        balancer: LoadBalancerId,
        cross_zone: bool,
    },
    SetIpAddressType {
        balancer: LoadBalancerId,
        address_type: AddressType,
    },
    CreateListener {
        balancer: LoadBalancerId,
        listener: Listener,
    },
    ModifyListener {
        balancer: LoadBalancerId,
        port: u16,
        target_groups: Vec<TargetGroupId>,
    },
    DeleteListener {
        balancer: LoadBalancerId,
        port: u16,
    },
    CreateTargetGroup {
        name: Name,
        vpc: VpcId,
        protocol: ListenerProtocol,
        port: u16,
        kind: TargetKind,
        ipv6: bool,
    },
    DeleteTargetGroup {
        group: TargetGroupId,
    },
    RegisterTarget {
        group: TargetGroupId,
        target: Registration,
    },
    /// `None` takes the target at every port.
    DeregisterTarget {
        group: TargetGroupId,
        target: Registered,
        port: Option<u16>,
    },
    /// `None` leaves a part as it is.
    ModifyTargetGroupAttributes {
        group: TargetGroupId,
        cross_zone: Option<bool>,
        preserve_client_ip: Option<bool>,
    },
    /// AWS's `CreateVpcEndpoint`, for endpoints that are interfaces.
    CreateInterfaceEndpoint {
        name: Name,
        to: EndpointTo,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
        private_dns: bool,
    },
    /// AWS's `ModifyVpcEndpoint`. `None` leaves a part as it is.
    ModifyInterfaceEndpoint {
        endpoint: InterfaceEndpointId,
        private_dns: Option<bool>,
        policy: Option<EndpointPolicy>,
        groups: Option<Vec<SecurityGroupId>>,
    },
    /// AWS's `ModifyVpcEndpoint`, for the addresses of an endpoint and the records of its names.
    /// `None` leaves a part as it is, where that fits.
    ModifyEndpointAddressType {
        endpoint: InterfaceEndpointId,
        address_type: Option<EndpointAddressType>,
        dns_records: Option<DnsRecords>,
    },
    /// AWS's `DeleteVpcEndpoints`.
    DeleteInterfaceEndpoint {
        endpoint: InterfaceEndpointId,
    },
    /// AWS's `AcceptVpcEndpointConnections`.
    AcceptEndpoint {
        endpoint: InterfaceEndpointId,
    },
    CreateEndpointService {
        name: Name,
        balancers: Vec<LoadBalancerId>,
        acceptance_required: bool,
    },
    DeleteEndpointService {
        service: EndpointServiceId,
    },
    /// Outside every VPC when it names no subnet.
    CreateFunction {
        name: Name,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    /// AWS's `UpdateFunctionConfiguration`: where it is attached.
    UpdateFunction {
        function: FunctionId,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    /// AWS's `UpdateFunctionConfiguration`: whether it may speak IPv6.
    ModifyFunctionIpv6 {
        function: FunctionId,
        on: bool,
    },
    DeleteFunction {
        function: FunctionId,
    },
    /// AWS's `CreateDBInstance`, with its subnet group.
    CreateDatabase(NewDatabase),
    /// AWS's `ModifyDBInstance`: whether it is publicly accessible.
    ModifyDatabase {
        database: DatabaseId,
        public: bool,
    },
    /// AWS's `ModifyDBInstance`: which addresses it has.
    ModifyDatabaseNetworkType {
        database: DatabaseId,
        network_type: NetworkType,
    },
    /// AWS's `ModifyDBInstance`: the groups of its interface.
    ModifyDatabaseGroups {
        database: DatabaseId,
        groups: Vec<SecurityGroupId>,
    },
    DeleteDatabase {
        database: DatabaseId,
    },
    RunTask(NewTask),
    StopTask {
        task: TaskId,
    },
    /// AWS's `CreateRestApi` or `CreateApi`.
    CreateApi {
        name: Name,
        kind: ApiKind,
        integration: Integration,
    },
    /// Leads an API to a load balancer over interfaces of its own, or over `PrivateLink` when it
    /// names no subnet.
    CreateVpcLink {
        api: ApiId,
        to: LoadBalancerId,
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
    },
    DeleteApi {
        api: ApiId,
    },
    CreateDistribution {
        name: Name,
        origin: CdnOrigin,
        port: u16,
    },
    DeleteDistribution {
        distribution: DistributionId,
    },
    /// Not AWS's: puts a service of AWS's outside every VPC, with made-up addresses.
    CreateService {
        name: Name,
        kind: ServiceKind,
    },
    /// Not AWS's: takes it away again.
    DeleteService {
        service: ServiceId,
    },
}

impl From<ServiceChange> for Change {
    fn from(change: ServiceChange) -> Self {
        Self::Service(change)
    }
}

impl ServiceChange {
    /// What the change counts against par, as [`Change::cost`] does.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::CreateEndpointService { .. }
            | Self::DeleteEndpointService { .. }
            | Self::CreateService { .. }
            | Self::DeleteService { .. } => 0,
            Self::CreateLoadBalancer { .. }
            | Self::DeleteLoadBalancer { .. }
            | Self::SetSubnets { .. }
            | Self::SetSecurityGroups { .. }
            | Self::ModifyLoadBalancerAttributes { .. }
            | Self::SetIpAddressType { .. }
            | Self::CreateListener { .. }
            | Self::ModifyListener { .. }
            | Self::DeleteListener { .. }
            | Self::CreateTargetGroup { .. }
            | Self::DeleteTargetGroup { .. }
            | Self::RegisterTarget { .. }
            | Self::DeregisterTarget { .. }
            | Self::ModifyTargetGroupAttributes { .. }
            | Self::CreateInterfaceEndpoint { .. }
            | Self::ModifyInterfaceEndpoint { .. }
            | Self::ModifyEndpointAddressType { .. }
            | Self::DeleteInterfaceEndpoint { .. }
            | Self::AcceptEndpoint { .. }
            | Self::CreateFunction { .. }
            | Self::UpdateFunction { .. }
            | Self::ModifyFunctionIpv6 { .. }
            | Self::DeleteFunction { .. }
            | Self::CreateDatabase(_)
            | Self::ModifyDatabase { .. }
            | Self::ModifyDatabaseNetworkType { .. }
            | Self::ModifyDatabaseGroups { .. }
            | Self::DeleteDatabase { .. }
            | Self::RunTask(_)
            | Self::StopTask { .. }
            | Self::CreateApi { .. }
            | Self::CreateVpcLink { .. }
            | Self::DeleteApi { .. }
            | Self::CreateDistribution { .. }
            | Self::DeleteDistribution { .. } => 1,
        }
    }
}

impl Edit<'_> {
    /// Each operation stands in the file of its component.
    pub(super) fn carry_out_service(
        &mut self,
        change: ServiceChange,
    ) -> Result<Option<Thing>, Refusal> {
        match change {
            ServiceChange::CreateLoadBalancer { name, kind, scheme, subnets, groups } => {
                return made(self.create_load_balancer(name, kind, scheme, &subnets, &groups));
            }
            ServiceChange::DeleteLoadBalancer { balancer } => self.delete_load_balancer(balancer),
            ServiceChange::SetSubnets { balancer, subnets } => self.set_subnets(balancer, &subnets),
            ServiceChange::SetSecurityGroups { balancer, groups } => {
                self.set_security_groups(balancer, &groups)
            }
            ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone } => {
                self.modify_load_balancer_attributes(balancer, cross_zone)
            }
            ServiceChange::SetIpAddressType { balancer, address_type } => {
                self.set_ip_address_type(balancer, address_type)
            }
            ServiceChange::CreateListener { balancer, listener } => {
                self.create_listener(balancer, listener)
            }
            ServiceChange::ModifyListener { balancer, port, target_groups } => {
                self.modify_listener(balancer, port, target_groups)
            }
            ServiceChange::DeleteListener { balancer, port } => {
                self.delete_listener(balancer, port)
            }
            ServiceChange::CreateTargetGroup { name, vpc, protocol, port, kind, ipv6 } => {
                return made(self.create_target_group(name, vpc, protocol, port, kind, ipv6));
            }
            ServiceChange::DeleteTargetGroup { group } => self.delete_target_group(group),
            ServiceChange::RegisterTarget { group, target } => self.register_target(group, target),
            ServiceChange::DeregisterTarget { group, target, port } => {
                self.deregister_target(group, target, port)
            }
            ServiceChange::ModifyTargetGroupAttributes {
                group,
                cross_zone,
                preserve_client_ip,
            } => self.modify_target_group_attributes(group, cross_zone, preserve_client_ip),
            ServiceChange::CreateInterfaceEndpoint { name, to, subnets, groups, private_dns } => {
                let made_one =
                    self.create_interface_endpoint(&name, to, &subnets, &groups, private_dns);
                return made(made_one);
            }
            ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups } => {
                self.modify_interface_endpoint(endpoint, private_dns, policy, groups.as_deref())
            }
            ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records } => {
                self.modify_endpoint_address_type(endpoint, address_type, dns_records)
            }
            ServiceChange::DeleteInterfaceEndpoint { endpoint } => {
                self.delete_interface_endpoint(endpoint)
            }
            ServiceChange::AcceptEndpoint { endpoint } => self.accept_endpoint(endpoint),
            ServiceChange::CreateEndpointService { name, balancers, acceptance_required } => {
                return made(self.create_endpoint_service(name, balancers, acceptance_required));
            }
            ServiceChange::DeleteEndpointService { service } => {
                self.delete_endpoint_service(service)
            }
            ServiceChange::CreateFunction { name, subnets, groups } => {
                return made(self.create_function(name, &subnets, &groups));
            }
            ServiceChange::UpdateFunction { function, subnets, groups } => {
                self.update_function(function, &subnets, &groups)
            }
            ServiceChange::ModifyFunctionIpv6 { function, on } => {
                self.modify_function_ipv6(function, on)
            }
            ServiceChange::DeleteFunction { function } => self.delete_function(function),
            ServiceChange::CreateDatabase(new) => return made(self.create_database(new)),
            ServiceChange::ModifyDatabase { database, public } => {
                self.modify_database(database, public)
            }
            ServiceChange::ModifyDatabaseNetworkType { database, network_type } => {
                self.modify_database_network_type(database, network_type)
            }
            ServiceChange::ModifyDatabaseGroups { database, groups } => {
                self.modify_database_groups(database, &groups)
            }
            ServiceChange::DeleteDatabase { database } => self.delete_database(database),
            ServiceChange::RunTask(new) => return made(self.run_task(new)),
            ServiceChange::StopTask { task } => self.stop_task(task),
            ServiceChange::CreateApi { name, kind, integration } => {
                return made(self.create_api(name, kind, integration));
            }
            ServiceChange::CreateVpcLink { api, to, subnets, groups } => {
                self.create_vpc_link(api, to, &subnets, &groups)
            }
            ServiceChange::DeleteApi { api } => self.delete_api(api),
            ServiceChange::CreateDistribution { name, origin, port } => {
                return made(self.create_distribution(name, origin, port));
            }
            ServiceChange::DeleteDistribution { distribution } => {
                self.delete_distribution(distribution)
            }
            ServiceChange::CreateService { name, kind } => {
                return made(self.create_service(name, kind));
            }
            ServiceChange::DeleteService { service } => self.delete_service(service),
        }?;
        Ok(None)
    }
}
