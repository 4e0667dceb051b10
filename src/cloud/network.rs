//! The whole network as one value.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::Deref,
    sync::Arc,
};

use crate::cloud::{
    Api, ApiId, BlockPublicAccess, CustomerGateway, CustomerGatewayId, Database, DatabaseId,
    DirectConnectGateway, DirectConnectGatewayId, Distribution, DistributionId, EgressOnlyGateway,
    EgressOnlyGatewayId, EndpointService, EndpointServiceId, Function, FunctionId, GatewayEndpoint,
    GatewayEndpointId, Host, HostId, Id, Instance, InstanceId, Interface, InterfaceEndpoint,
    InterfaceEndpointId, InterfaceId, InterfaceKind, InternetGateway, InternetGatewayId,
    LoadBalancer, LoadBalancerId, NatGateway, NatGatewayId, NetworkAcl, NetworkAclId, OnPremises,
    OnPremisesId, Peering, PeeringId, PrefixList, PrefixListId, RouteTable, RouteTableId,
    SecurityGroup, SecurityGroupId, Service, ServiceId, Subnet, SubnetId, Table, TargetGroup,
    TargetGroupId, Task, TaskId, TransitGateway, TransitGatewayAttachment,
    TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTable,
    TransitGatewayRouteTableId, VirtualPrivateGateway, VirtualPrivateGatewayId, Vpc, VpcId,
    VpnConnection, VpnConnectionId, index::Index, quota::Quotas,
};

/// What an author called an object. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S: AsRef<str>> From<S> for Name {
    fn from(text: S) -> Self {
        Self(text.as_ref().into())
    }
}

impl Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// Any one object of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names its object")]
pub enum Thing {
    Vpc(VpcId),
    Subnet(SubnetId),
    RouteTable(RouteTableId),
    InternetGateway(InternetGatewayId),
    EgressOnlyGateway(EgressOnlyGatewayId),
    NatGateway(NatGatewayId),
    PrefixList(PrefixListId),
    Peering(PeeringId),
    GatewayEndpoint(GatewayEndpointId),
    SecurityGroup(SecurityGroupId),
    NetworkAcl(NetworkAclId),
    Instance(InstanceId),
    Interface(InterfaceId),
    Host(HostId),
    LoadBalancer(LoadBalancerId),
    TargetGroup(TargetGroupId),
    InterfaceEndpoint(InterfaceEndpointId),
    EndpointService(EndpointServiceId),
    Service(ServiceId),
    Function(FunctionId),
    Database(DatabaseId),
    Task(TaskId),
    Api(ApiId),
    Distribution(DistributionId),
    TransitGateway(TransitGatewayId),
    TransitGatewayAttachment(TransitGatewayAttachmentId),
    TransitGatewayRouteTable(TransitGatewayRouteTableId),
    VirtualPrivateGateway(VirtualPrivateGatewayId),
    CustomerGateway(CustomerGatewayId),
    VpnConnection(VpnConnectionId),
    DirectConnectGateway(DirectConnectGatewayId),
    OnPremises(OnPremisesId),
}

/// Every object of a simulated cloud, and the internet around it.
#[expect(clippy::struct_field_names, reason = "a network ACL is called that")]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    pub(super) vpcs: Table<Vpc>,
    pub(super) subnets: Table<Subnet>,
    pub(super) route_tables: Table<RouteTable>,
    pub(super) internet_gateways: Table<InternetGateway>,
    pub(super) egress_only_gateways: Table<EgressOnlyGateway>,
    pub(super) nat_gateways: Table<NatGateway>,
    pub(super) prefix_lists: Table<PrefixList>,
    pub(super) peerings: Table<Peering>,
    pub(super) gateway_endpoints: Table<GatewayEndpoint>,
    pub(super) security_groups: Table<SecurityGroup>,
    pub(super) network_acls: Table<NetworkAcl>,
    pub(super) instances: Table<Instance>,
    pub(super) interfaces: Table<Interface>,
    pub(super) hosts: Table<Host>,
    pub(super) load_balancers: Table<LoadBalancer>,
    pub(super) target_groups: Table<TargetGroup>,
    pub(super) interface_endpoints: Table<InterfaceEndpoint>,
    pub(super) endpoint_services: Table<EndpointService>,
    pub(super) services: Table<Service>,
    pub(super) functions: Table<Function>,
    pub(super) databases: Table<Database>,
    pub(super) tasks: Table<Task>,
    pub(super) apis: Table<Api>,
    pub(super) distributions: Table<Distribution>,
    pub(super) transit_gateways: Table<TransitGateway>,
    pub(super) transit_gateway_attachments: Table<TransitGatewayAttachment>,
    pub(super) transit_gateway_route_tables: Table<TransitGatewayRouteTable>,
    pub(super) virtual_private_gateways: Table<VirtualPrivateGateway>,
    pub(super) customer_gateways: Table<CustomerGateway>,
    pub(super) vpn_connections: Table<VpnConnection>,
    pub(super) direct_connect_gateways: Table<DirectConnectGateway>,
    pub(super) on_premises: Table<OnPremises>,
    pub(super) block_public_access: BlockPublicAccess,
    pub(super) quotas: Quotas,
    pub(super) index: Index,
}

impl Network {
    /// A cloud with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The address that stands for "somewhere on the internet" when a probe names no host.
    pub const INTERNET: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1));

    /// The same over IPv6; a probe from [`Network::INTERNET`] to an IPv6 address comes from here.
    pub const INTERNET_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0xffff, 0, 0, 0, 0, 1));

    /// The VPCs.
    pub fn vpcs(&self) -> &Table<Vpc> {
        &self.vpcs
    }
    /// The subnets.
    pub fn subnets(&self) -> &Table<Subnet> {
        &self.subnets
    }
    /// The route tables.
    pub fn route_tables(&self) -> &Table<RouteTable> {
        &self.route_tables
    }
    /// The internet gateways.
    pub fn internet_gateways(&self) -> &Table<InternetGateway> {
        &self.internet_gateways
    }
    /// The egress-only internet gateways.
    pub fn egress_only_gateways(&self) -> &Table<EgressOnlyGateway> {
        &self.egress_only_gateways
    }
    /// The account's switch that blocks public access.
    pub fn block_public_access(&self) -> &BlockPublicAccess {
        &self.block_public_access
    }
    /// Sets the account's switch, unchecked.
    pub fn set_block_public_access(&mut self, switch: BlockPublicAccess) {
        self.block_public_access = switch;
    }
    /// The NAT gateways.
    pub fn nat_gateways(&self) -> &Table<NatGateway> {
        &self.nat_gateways
    }
    /// The managed prefix lists.
    pub fn prefix_lists(&self) -> &Table<PrefixList> {
        &self.prefix_lists
    }
    /// The VPC peering connections.
    pub fn peerings(&self) -> &Table<Peering> {
        &self.peerings
    }
    /// The gateway endpoints.
    pub fn gateway_endpoints(&self) -> &Table<GatewayEndpoint> {
        &self.gateway_endpoints
    }
    /// The security groups.
    pub fn security_groups(&self) -> &Table<SecurityGroup> {
        &self.security_groups
    }
    /// The network ACLs.
    pub fn network_acls(&self) -> &Table<NetworkAcl> {
        &self.network_acls
    }
    /// The instances.
    pub fn instances(&self) -> &Table<Instance> {
        &self.instances
    }
    /// The network interfaces.
    pub fn interfaces(&self) -> &Table<Interface> {
        &self.interfaces
    }
    /// The hosts on the internet.
    pub fn hosts(&self) -> &Table<Host> {
        &self.hosts
    }
    /// The load balancers.
    pub fn load_balancers(&self) -> &Table<LoadBalancer> {
        &self.load_balancers
    }
    /// The target groups.
    pub fn target_groups(&self) -> &Table<TargetGroup> {
        &self.target_groups
    }
    /// The interface endpoints and Gateway Load Balancer endpoints.
    pub fn interface_endpoints(&self) -> &Table<InterfaceEndpoint> {
        &self.interface_endpoints
    }
    /// The services offered over `PrivateLink`.
    pub fn endpoint_services(&self) -> &Table<EndpointService> {
        &self.endpoint_services
    }
    /// The services outside every VPC.
    pub fn services(&self) -> &Table<Service> {
        &self.services
    }
    /// The Lambda functions.
    pub fn functions(&self) -> &Table<Function> {
        &self.functions
    }
    /// The databases.
    pub fn databases(&self) -> &Table<Database> {
        &self.databases
    }
    /// The containers' tasks.
    pub fn tasks(&self) -> &Table<Task> {
        &self.tasks
    }
    /// The APIs.
    pub fn apis(&self) -> &Table<Api> {
        &self.apis
    }
    /// The `CloudFront` distributions.
    pub fn distributions(&self) -> &Table<Distribution> {
        &self.distributions
    }
    /// The transit gateways.
    pub fn transit_gateways(&self) -> &Table<TransitGateway> {
        &self.transit_gateways
    }
    /// The attachments of transit gateways.
    pub fn transit_gateway_attachments(&self) -> &Table<TransitGatewayAttachment> {
        &self.transit_gateway_attachments
    }
    /// The route tables of transit gateways.
    pub fn transit_gateway_route_tables(&self) -> &Table<TransitGatewayRouteTable> {
        &self.transit_gateway_route_tables
    }
    /// The virtual private gateways.
    pub fn virtual_private_gateways(&self) -> &Table<VirtualPrivateGateway> {
        &self.virtual_private_gateways
    }
    /// The customer gateways.
    pub fn customer_gateways(&self) -> &Table<CustomerGateway> {
        &self.customer_gateways
    }
    /// The VPN connections.
    pub fn vpn_connections(&self) -> &Table<VpnConnection> {
        &self.vpn_connections
    }
    /// The Direct Connect gateways.
    pub fn direct_connect_gateways(&self) -> &Table<DirectConnectGateway> {
        &self.direct_connect_gateways
    }
    /// The on-premises networks.
    pub fn on_premises(&self) -> &Table<OnPremises> {
        &self.on_premises
    }

    /// What an object is called; `None` when it was deleted.
    pub fn name(&self, thing: Thing) -> Option<&Name> {
        Some(match thing {
            Thing::Vpc(id) => &self.vpcs.get(id)?.name,
            Thing::Subnet(id) => &self.subnets.get(id)?.name,
            Thing::RouteTable(id) => &self.route_tables.get(id)?.name,
            Thing::InternetGateway(id) => &self.internet_gateways.get(id)?.name,
            Thing::EgressOnlyGateway(id) => &self.egress_only_gateways.get(id)?.name,
            Thing::NatGateway(id) => &self.nat_gateways.get(id)?.name,
            Thing::PrefixList(id) => &self.prefix_lists.get(id)?.name,
            Thing::Peering(id) => &self.peerings.get(id)?.name,
            Thing::GatewayEndpoint(id) => &self.gateway_endpoints.get(id)?.name,
            Thing::SecurityGroup(id) => &self.security_groups.get(id)?.name,
            Thing::NetworkAcl(id) => &self.network_acls.get(id)?.name,
            Thing::Instance(id) => &self.instances.get(id)?.name,
            Thing::Interface(id) => &self.interfaces.get(id)?.name,
            Thing::Host(id) => &self.hosts.get(id)?.name,
            Thing::LoadBalancer(id) => &self.load_balancers.get(id)?.name,
            Thing::TargetGroup(id) => &self.target_groups.get(id)?.name,
            Thing::InterfaceEndpoint(id) => &self.interface_endpoints.get(id)?.name,
            Thing::EndpointService(id) => &self.endpoint_services.get(id)?.name,
            Thing::Service(id) => &self.services.get(id)?.name,
            Thing::Function(id) => &self.functions.get(id)?.name,
            Thing::Database(id) => &self.databases.get(id)?.name,
            Thing::Task(id) => &self.tasks.get(id)?.name,
            Thing::Api(id) => &self.apis.get(id)?.name,
            Thing::Distribution(id) => &self.distributions.get(id)?.name,
            Thing::TransitGateway(id) => &self.transit_gateways.get(id)?.name,
            Thing::TransitGatewayAttachment(id) => &self.transit_gateway_attachments.get(id)?.name,
            Thing::TransitGatewayRouteTable(id) => &self.transit_gateway_route_tables.get(id)?.name,
            Thing::VirtualPrivateGateway(id) => &self.virtual_private_gateways.get(id)?.name,
            Thing::CustomerGateway(id) => &self.customer_gateways.get(id)?.name,
            Thing::VpnConnection(id) => &self.vpn_connections.get(id)?.name,
            Thing::DirectConnectGateway(id) => &self.direct_connect_gateways.get(id)?.name,
            Thing::OnPremises(id) => &self.on_premises.get(id)?.name,
        })
    }

    /// Everything with this name, in the order of [`Network::things`].
    pub fn find(&self, name: &str) -> impl Iterator<Item = Thing> {
        self.things().filter(move |thing| self.name(*thing).is_some_and(|it| &**it == name))
    }

    /// The interface that has a private (or IPv6) address inside a VPC.
    pub fn interface_in(&self, vpc: VpcId, address: IpAddr) -> Option<InterfaceId> {
        self.index
            .private
            .range((vpc, address, Id::FIRST)..)
            .next()
            .filter(|it| (it.0, it.1) == (vpc, address))
            .map(|it| it.2)
    }

    /// The interface that has a public (or IPv6) address.
    pub fn public_owner(&self, address: IpAddr) -> Option<InterfaceId> {
        self.index
            .public
            .range((address, Id::FIRST)..)
            .next()
            .filter(|it| it.0 == address)
            .map(|it| it.1)
    }

    /// The interface with this address, public or private; of several VPCs with the same private
    /// address, the oldest answers.
    pub fn interface_at(&self, address: IpAddr) -> Option<InterfaceId> {
        self.public_owner(address)
            .or_else(|| self.vpcs.iter().find_map(|(vpc, _)| self.interface_in(vpc, address)))
    }

    /// The subnet of a VPC that holds an address.
    pub fn subnet_in(&self, vpc: VpcId, address: IpAddr) -> Option<SubnetId> {
        let &(owner, _, subnet) =
            self.index.subnets.range(..=(vpc, address, Id::LAST)).next_back()?;
        (owner == vpc && self.subnets[subnet].contains(address)).then_some(subnet)
    }

    /// The host on the internet that has an address.
    pub fn host_at(&self, address: IpAddr) -> Option<HostId> {
        self.index
            .hosts
            .range((address, Id::FIRST)..)
            .next()
            .filter(|it| it.0 == address)
            .map(|it| it.1)
    }

    /// The internet gateway attached to a VPC.
    pub fn internet_gateway_of(&self, vpc: VpcId) -> Option<InternetGatewayId> {
        self.index
            .internet_gateways
            .range((vpc, Id::FIRST)..)
            .next()
            .filter(|it| it.0 == vpc)
            .map(|it| it.1)
    }

    /// The egress-only internet gateway of a VPC; the oldest when it has several.
    pub fn egress_only_gateway_of(&self, vpc: VpcId) -> Option<EgressOnlyGatewayId> {
        self.egress_only_gateways.find(|_, it| it.vpc == vpc)
    }

    /// The NAT gateway whose interface this is.
    pub fn nat_gateway_of(&self, interface: InterfaceId) -> Option<NatGatewayId> {
        self.index
            .nat_gateways
            .range((interface, Id::FIRST)..)
            .next()
            .filter(|it| it.0 == interface)
            .map(|it| it.1)
    }

    /// What an interface belongs to: its instance, its NAT gateway, or itself.
    pub fn owner_of(&self, interface: InterfaceId) -> Thing {
        match self.interfaces.get(interface).map(|it| it.kind) {
            Some(InterfaceKind::Instance(instance)) => Thing::Instance(instance),
            Some(InterfaceKind::LoadBalancer(id)) => Thing::LoadBalancer(id),
            Some(InterfaceKind::Endpoint(id)) => Thing::InterfaceEndpoint(id),
            Some(InterfaceKind::Function(id)) => Thing::Function(id),
            Some(InterfaceKind::Database(id)) => Thing::Database(id),
            Some(InterfaceKind::Task(id)) => Thing::Task(id),
            Some(InterfaceKind::VpcLink(id)) => Thing::Api(id),
            Some(InterfaceKind::NatGateway) => self
                .nat_gateway_of(interface)
                .map_or(Thing::Interface(interface), Thing::NatGateway),
            _ => Thing::Interface(interface),
        }
    }

    /// The interfaces that a thing has in subnets.
    pub fn interfaces_of(&self, thing: Thing) -> Vec<InterfaceId> {
        let own = match thing {
            Thing::Interface(id) => vec![id],
            Thing::Instance(id) => {
                self.instances.get(id).map_or_else(Vec::new, |it| it.interfaces.clone())
            }
            Thing::NatGateway(id) => {
                self.nat_gateways.get(id).and_then(NatGateway::interface).into_iter().collect()
            }
            Thing::LoadBalancer(id) => {
                self.load_balancers.get(id).map_or_else(Vec::new, |it| it.nodes.clone())
            }
            Thing::InterfaceEndpoint(id) => {
                self.interface_endpoints.get(id).map_or_else(Vec::new, |it| it.interfaces.clone())
            }
            Thing::Function(id) => {
                self.functions.get(id).map_or_else(Vec::new, |it| it.interfaces.clone())
            }
            Thing::Database(id) => {
                self.databases.get(id).map_or_else(Vec::new, |it| vec![it.interface])
            }
            Thing::Task(id) => self.tasks.get(id).map_or_else(Vec::new, |it| vec![it.interface]),
            Thing::Api(id) => match self.apis.get(id).map(|it| &it.integration) {
                Some(crate::cloud::Integration::VpcLink { through, .. }) => through.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        own.into_iter().filter(|id| self.interfaces.get(*id).is_some()).collect()
    }

    /// The public address of what stands outside every VPC under a name of its own.
    pub fn public_address_of_name(&self, named: crate::cloud::Named) -> Option<IpAddr> {
        match named {
            crate::cloud::Named::Service(id) => self.services.get(id)?.address(),
            crate::cloud::Named::Api(id) => self.apis.get(id)?.address.map(IpAddr::V4),
            crate::cloud::Named::Distribution(id) => {
                self.distributions.get(id).map(|it| IpAddr::V4(it.address))
            }
            _ => None,
        }
    }

    /// The VPC in which an interface lies.
    pub fn vpc_of(&self, interface: InterfaceId) -> VpcId {
        self.subnets[self.interfaces[interface].subnet].vpc
    }

    /// The route table that decides for a subnet: its own, else the VPC's main table
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html>).
    pub fn route_table_of(&self, subnet: SubnetId) -> RouteTableId {
        let subnet = &self.subnets[subnet];
        subnet.route_table.unwrap_or_else(|| self.vpcs[subnet.vpc].main_route_table)
    }

    /// The internet gateway, virtual private gateway or regional NAT gateway for which a table
    /// decides, when it is no subnet's.
    pub fn gateway_of_table(&self, table: RouteTableId) -> Option<Thing> {
        let internet = self.internet_gateways.find(|_, it| it.route_table == Some(table));
        let private = || {
            let found = self.virtual_private_gateways.find(|_, it| it.route_table == Some(table));
            found.map(Thing::VirtualPrivateGateway)
        };
        let nat = || self.nat_gateway_of_table(table).map(Thing::NatGateway);
        internet.map(Thing::InternetGateway).or_else(private).or_else(nat)
    }

    /// The network ACL that guards a subnet: its own, else the VPC's default list
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>).
    pub fn network_acl_of(&self, subnet: SubnetId) -> NetworkAclId {
        let subnet = &self.subnets[subnet];
        subnet.network_acl.unwrap_or_else(|| self.vpcs[subnet.vpc].default_network_acl)
    }
}
