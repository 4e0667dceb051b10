//! Every edit that a person can make, named after the AWS operation, checked as AWS checks it, with
//! an exact undo.

mod service;
mod transit;

pub use service::ServiceChange;
pub use transit::TransitChange;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        AclEntry, BlockMode, Connectivity, Direction, EgressOnlyGatewayId, EndpointPolicy,
        Exclusion, ExclusionOf, Forwarding, GatewayEndpointId, HostId, Id, InstanceId, InterfaceId,
        InternetGatewayId, Listening, Name, NatGatewayId, NatZone, Network, NetworkAclId,
        PeeringId, PrefixListId, Refusal, RouteTableId, Row, SecurityGroupId, SecurityGroupRule,
        SubnetId, Target, Thing, VpcId, Zone,
        edit::{Edit, Slot, put_back},
    },
    net::Cidr,
};

/// One edit of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the AWS operation of the same name")]
pub enum Change {
    CreateVpc {
        name: Name,
        cidr: Cidr,
    },
    /// With a subnet in each of these zones, three when there are none.
    CreateDefaultVpc {
        name: Name,
        zones: Vec<Zone>,
    },
    DeleteVpc {
        vpc: VpcId,
    },
    AssociateVpcCidrBlock {
        vpc: VpcId,
        cidr: Cidr,
    },
    DisassociateVpcCidrBlock {
        vpc: VpcId,
        cidr: Cidr,
    },
    CreateSubnet {
        name: Name,
        vpc: VpcId,
        zone: Zone,
        cidr: Cidr,
    },
    DeleteSubnet {
        subnet: SubnetId,
    },
    ModifySubnetDns64 {
        subnet: SubnetId,
        on: bool,
    },
    ModifySubnetAttribute {
        subnet: SubnetId,
        auto_assign_public_ip: bool,
    },
    /// Gives a subnet an IPv6 range.
    AssociateSubnetCidrBlock {
        subnet: SubnetId,
        cidr: Cidr,
    },
    DisassociateSubnetCidrBlock {
        subnet: SubnetId,
    },
    CreateRouteTable {
        name: Name,
        vpc: VpcId,
    },
    DeleteRouteTable {
        table: RouteTableId,
    },
    /// An explicit association; `None` goes back to the main table.
    AssociateRouteTable {
        subnet: SubnetId,
        table: Option<RouteTableId>,
    },
    ReplaceMainRouteTable {
        vpc: VpcId,
        table: RouteTableId,
    },
    CreateRoute {
        table: RouteTableId,
        destination: Cidr,
        target: Target,
    },
    ReplaceRoute {
        table: RouteTableId,
        destination: Cidr,
        target: Target,
    },
    DeleteRoute {
        table: RouteTableId,
        destination: Cidr,
    },
    CreateInternetGateway {
        name: Name,
    },
    AttachInternetGateway {
        gateway: InternetGatewayId,
        vpc: VpcId,
    },
    /// The table for what comes in through the gateway; `None` takes it away.
    AssociateGatewayRouteTable {
        gateway: InternetGatewayId,
        table: Option<RouteTableId>,
    },
    DetachInternetGateway {
        gateway: InternetGatewayId,
    },
    DeleteInternetGateway {
        gateway: InternetGatewayId,
    },
    CreateEgressOnlyGateway {
        name: Name,
        vpc: VpcId,
    },
    DeleteEgressOnlyGateway {
        gateway: EgressOnlyGatewayId,
    },
    /// Brings its own interface and, when public, an Elastic IP (a free one when `None`).
    CreateNatGateway {
        name: Name,
        subnet: SubnetId,
        connectivity: Connectivity,
        address: Option<IpAddr>,
        public_address: Option<Ipv4Addr>,
    },
    /// Without zones, AWS chooses them.
    CreateRegionalNatGateway {
        name: Name,
        vpc: VpcId,
        zones: Vec<NatZone>,
    },
    DeleteNatGateway {
        gateway: NatGatewayId,
    },
    AssociateNatGatewayAddress {
        gateway: NatGatewayId,
        zone: Zone,
        address: Option<Ipv4Addr>,
    },
    DisassociateNatGatewayAddress {
        gateway: NatGatewayId,
        address: Ipv4Addr,
    },
    CreatePeering {
        name: Name,
        requester: VpcId,
        accepter: VpcId,
    },
    ModifyPeeringOptions {
        peering: PeeringId,
        requester_names: Option<bool>,
        accepter_names: Option<bool>,
    },
    AcceptPeering {
        peering: PeeringId,
    },
    RejectPeering {
        peering: PeeringId,
    },
    DeletePeering {
        peering: PeeringId,
    },
    CreatePrefixList {
        name: Name,
        cidrs: Vec<Cidr>,
    },
    ModifyPrefixList {
        list: PrefixListId,
        cidrs: Vec<Cidr>,
    },
    DeletePrefixList {
        list: PrefixListId,
    },
    /// A route whose destination is a prefix list.
    ReplacePrefixListRoute {
        table: RouteTableId,
        list: PrefixListId,
        target: Target,
    },
    CreatePrefixListRoute {
        table: RouteTableId,
        list: PrefixListId,
        target: Target,
    },
    DeletePrefixListRoute {
        table: RouteTableId,
        list: PrefixListId,
    },
    /// To the service whose addresses the list holds, for the subnets of these tables.
    CreateGatewayEndpoint {
        name: Name,
        vpc: VpcId,
        list: PrefixListId,
        tables: Vec<RouteTableId>,
    },
    /// The tables that have the endpoint's route, from now on.
    ModifyGatewayEndpoint {
        endpoint: GatewayEndpointId,
        tables: Vec<RouteTableId>,
    },
    ModifyGatewayEndpointPolicy {
        endpoint: GatewayEndpointId,
        policy: EndpointPolicy,
    },
    DeleteGatewayEndpoint {
        endpoint: GatewayEndpointId,
    },
    CreateSecurityGroup {
        name: Name,
        vpc: VpcId,
    },
    DeleteSecurityGroup {
        group: SecurityGroupId,
    },
    AuthorizeSecurityGroup {
        group: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
    },
    RevokeSecurityGroup {
        group: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
    },
    /// Writes a rule anew; what it is for stays of its kind (see [`Reason::RuleKind`]).
    ///
    /// [`Reason::RuleKind`]: crate::cloud::Reason::RuleKind
    ModifySecurityGroupRule {
        group: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
        new: SecurityGroupRule,
    },
    CreateNetworkAcl {
        name: Name,
        vpc: VpcId,
    },
    DeleteNetworkAcl {
        acl: NetworkAclId,
    },
    /// `None` goes back to the default list.
    AssociateNetworkAcl {
        subnet: SubnetId,
        acl: Option<NetworkAclId>,
    },
    CreateNetworkAclEntry {
        acl: NetworkAclId,
        direction: Direction,
        entry: AclEntry,
    },
    ReplaceNetworkAclEntry {
        acl: NetworkAclId,
        direction: Direction,
        entry: AclEntry,
    },
    DeleteNetworkAclEntry {
        acl: NetworkAclId,
        direction: Direction,
        number: u16,
    },
    /// Launches an instance with one interface. `address` picks the private address, `None` takes
    /// what AWS would give; `groups` empty means the default group.
    RunInstance {
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        public_address: PublicAtLaunch,
        groups: Vec<SecurityGroupId>,
        listening: Listening,
    },
    StopInstance {
        instance: InstanceId,
    },
    StartInstance {
        instance: InstanceId,
    },
    TerminateInstance {
        instance: InstanceId,
    },
    /// Makes an interface that is attached to nothing yet.
    CreateInterface {
        name: Name,
        subnet: SubnetId,
        address: Option<IpAddr>,
        groups: Vec<SecurityGroupId>,
    },
    AttachInterface {
        interface: InterfaceId,
        instance: InstanceId,
    },
    DetachInterface {
        interface: InterfaceId,
    },
    DeleteInterface {
        interface: InterfaceId,
    },
    ModifyInterfaceGroups {
        interface: InterfaceId,
        groups: Vec<SecurityGroupId>,
    },
    ModifySourceDestCheck {
        interface: InterfaceId,
        on: bool,
    },
    /// Gives an interface an IPv6 address: this one, or the next free one when `None`.
    AssignIpv6Address {
        interface: InterfaceId,
        address: Option<Ipv6Addr>,
    },
    UnassignIpv6Address {
        interface: InterfaceId,
        address: Ipv6Addr,
    },
    /// Gives an Elastic IP: this one, or a free one when `None`.
    AssociateAddress {
        interface: InterfaceId,
        address: Option<Ipv4Addr>,
    },
    DisassociateAddress {
        interface: InterfaceId,
    },
    /// `AssociateAddress` for one of the interface's private addresses, also a secondary one.
    AssociateAddressWith {
        interface: InterfaceId,
        private: IpAddr,
        address: Option<Ipv4Addr>,
    },
    /// `DisassociateAddress` for one of the interface's private addresses.
    DisassociateAddressOf {
        interface: InterfaceId,
        private: IpAddr,
    },
    /// `AssignPrivateIpAddresses`: a secondary private address, `None` for the next free one.
    AssignPrivateAddress {
        interface: InterfaceId,
        address: Option<IpAddr>,
    },
    /// `UnassignPrivateIpAddresses`: its Elastic IP is free again.
    UnassignPrivateAddress {
        interface: InterfaceId,
        address: IpAddr,
    },
    /// The account's switch that blocks public access.
    ModifyBlockPublicAccess {
        mode: BlockMode,
    },
    /// Spares a VPC or subnet, or changes how far it is spared.
    PutExclusion {
        exclusion: Exclusion,
    },
    DeleteExclusion {
        of: ExclusionOf,
    },
    /// `None` leaves a part as it is.
    ModifyVpcAttribute {
        vpc: VpcId,
        dns_support: Option<bool>,
        dns_hostnames: Option<bool>,
    },
    /// Not AWS's: what runs on an instance. `None` leaves a part as it is.
    ConfigureInstance {
        instance: InstanceId,
        listening: Option<Listening>,
        forwarding: Option<Forwarding>,
    },
    /// Not AWS's: puts a host on the internet.
    CreateHost {
        name: Name,
        address: IpAddr,
        listening: Listening,
    },
    /// Not AWS's: takes a host away from the internet.
    DeleteHost {
        host: HostId,
    },
    /// Load balancers, endpoints, functions, databases, tasks, APIs, distributions.
    Service(ServiceChange),
    /// Transit gateways, virtual private gateways, VPN, Direct Connect, on-premises networks.
    Transit(TransitChange),
}

/// The public IPv4 address of an instance at launch
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PublicAtLaunch {
    /// As the subnet says.
    #[default]
    AsSubnet,
    /// None, whatever the subnet says.
    No,
    /// One from Amazon's pool, whatever the subnet says.
    Yes,
    /// This one, as if Amazon's pool had given it.
    This(Ipv4Addr),
}

impl Change {
    /// What the change counts against par: 1 for what a person would call one step, 0 for the
    /// half of a step (an internet gateway counts when it is attached, not when it is made, a
    /// peering when it is accepted, and so on; an address that comes with a NAT gateway counts with
    /// it).
    pub fn cost(&self) -> u32 {
        match self {
            Self::CreateInternetGateway { .. }
            | Self::DeleteInternetGateway { .. }
            | Self::CreatePeering { .. }
            | Self::CreateInterface { .. }
            | Self::DeleteInterface { .. }
            | Self::CreateHost { .. }
            | Self::DeleteHost { .. } => 0,
            Self::CreateVpc { .. }
            | Self::CreateDefaultVpc { .. }
            | Self::DeleteVpc { .. }
            | Self::AssociateVpcCidrBlock { .. }
            | Self::DisassociateVpcCidrBlock { .. }
            | Self::CreateSubnet { .. }
            | Self::DeleteSubnet { .. }
            | Self::ModifySubnetAttribute { .. }
            | Self::AssociateSubnetCidrBlock { .. }
            | Self::DisassociateSubnetCidrBlock { .. }
            | Self::CreateRouteTable { .. }
            | Self::DeleteRouteTable { .. }
            | Self::AssociateRouteTable { .. }
            | Self::ReplaceMainRouteTable { .. }
            | Self::CreateRoute { .. }
            | Self::ReplaceRoute { .. }
            | Self::DeleteRoute { .. }
            | Self::AttachInternetGateway { .. }
            | Self::AssociateGatewayRouteTable { .. }
            | Self::DetachInternetGateway { .. }
            | Self::CreateEgressOnlyGateway { .. }
            | Self::DeleteEgressOnlyGateway { .. }
            | Self::CreateNatGateway { .. }
            | Self::CreateRegionalNatGateway { .. }
            | Self::DeleteNatGateway { .. }
            | Self::AssociateNatGatewayAddress { .. }
            | Self::DisassociateNatGatewayAddress { .. }
            | Self::AcceptPeering { .. }
            | Self::ModifyPeeringOptions { .. }
            | Self::ModifySubnetDns64 { .. }
            | Self::RejectPeering { .. }
            | Self::DeletePeering { .. }
            | Self::CreatePrefixList { .. }
            | Self::ModifyPrefixList { .. }
            | Self::DeletePrefixList { .. }
            | Self::CreatePrefixListRoute { .. }
            | Self::ReplacePrefixListRoute { .. }
            | Self::DeletePrefixListRoute { .. }
            | Self::CreateGatewayEndpoint { .. }
            | Self::ModifyGatewayEndpoint { .. }
            | Self::ModifyGatewayEndpointPolicy { .. }
            | Self::DeleteGatewayEndpoint { .. }
            | Self::CreateSecurityGroup { .. }
            | Self::DeleteSecurityGroup { .. }
            | Self::AuthorizeSecurityGroup { .. }
            | Self::RevokeSecurityGroup { .. }
            | Self::ModifySecurityGroupRule { .. }
            | Self::CreateNetworkAcl { .. }
            | Self::DeleteNetworkAcl { .. }
            | Self::AssociateNetworkAcl { .. }
            | Self::CreateNetworkAclEntry { .. }
            | Self::ReplaceNetworkAclEntry { .. }
            | Self::DeleteNetworkAclEntry { .. }
            | Self::RunInstance { .. }
            | Self::StopInstance { .. }
            | Self::StartInstance { .. }
            | Self::TerminateInstance { .. }
            | Self::AttachInterface { .. }
            | Self::DetachInterface { .. }
            | Self::ModifyInterfaceGroups { .. }
            | Self::ModifySourceDestCheck { .. }
            | Self::AssignIpv6Address { .. }
            | Self::UnassignIpv6Address { .. }
            | Self::AssociateAddress { .. }
            | Self::DisassociateAddress { .. }
            | Self::AssociateAddressWith { .. }
            | Self::DisassociateAddressOf { .. }
            | Self::AssignPrivateAddress { .. }
            | Self::UnassignPrivateAddress { .. }
            | Self::ModifyBlockPublicAccess { .. }
            | Self::PutExclusion { .. }
            | Self::DeleteExclusion { .. }
            | Self::ModifyVpcAttribute { .. }
            | Self::ConfigureInstance { .. } => 1,
            Self::Service(change) => change.cost(),
            Self::Transit(change) => change.cost(),
        }
    }
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What takes it back.
    pub undo: Undo,
    /// The object that the change made.
    pub made: Option<Thing>,
}

/// Takes one change back, exactly: the network afterwards equals the network before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    slots: Vec<Slot>,
}

impl Network {
    /// Makes a change, or leaves the network as it was and says why AWS would refuse.
    ///
    /// # Errors
    /// The [`Refusal`] with AWS's error code.
    pub fn apply(&mut self, change: Change) -> Result<Applied, Refusal> {
        let mut edit = Edit::new(self);
        let made = edit.carry_out(change);
        if made.is_ok() {
            edit.follow_workloads();
        }
        let slots = edit.into_undo();
        match made {
            Ok(made) => Ok(Applied { undo: Undo { slots }, made }),
            Err(refusal) => {
                put_back(self, slots);
                Err(refusal)
            }
        }
    }

    /// Takes the last change back. Undos are taken in the reverse order of their changes.
    pub fn undo(&mut self, undo: Undo) {
        put_back(self, undo.slots);
    }
}

impl Edit<'_> {
    /// The object, or AWS's refusal because it is not there.
    pub(super) fn get<T: Row>(&self, id: Id<T>) -> Result<&T, Refusal> {
        T::table(self.network).get(id).ok_or_else(|| Refusal::missing(T::thing(id)))
    }

    /// Each operation stands in the file of its component.
    fn carry_out(&mut self, change: Change) -> Result<Option<Thing>, Refusal> {
        match change {
            Change::CreateVpc { name, cidr } => return made(self.create_vpc(name, cidr)),
            Change::CreateDefaultVpc { name, zones } => {
                return made(self.create_default_vpc(&name, zones));
            }
            Change::DeleteVpc { vpc } => self.delete_vpc(vpc),
            Change::AssociateVpcCidrBlock { vpc, cidr } => self.associate_vpc_cidr_block(vpc, cidr),
            Change::DisassociateVpcCidrBlock { vpc, cidr } => {
                self.disassociate_vpc_cidr_block(vpc, cidr)
            }
            Change::CreateSubnet { name, vpc, zone, cidr } => {
                return made(self.create_subnet(name, vpc, zone, cidr));
            }
            Change::DeleteSubnet { subnet } => self.delete_subnet(subnet),
            Change::ModifySubnetDns64 { subnet, on } => {
                self.get(subnet)?;
                self.change(subnet, |it| it.dns64 = on);
                Ok(())
            }
            Change::ModifySubnetAttribute { subnet, auto_assign_public_ip } => {
                self.modify_subnet_attribute(subnet, auto_assign_public_ip)
            }
            Change::CreateRouteTable { name, vpc } => {
                return made(self.create_route_table(name, vpc));
            }
            Change::DeleteRouteTable { table } => self.delete_route_table(table),
            Change::AssociateRouteTable { subnet, table } => {
                self.associate_route_table(subnet, table)
            }
            Change::ReplaceMainRouteTable { vpc, table } => {
                self.replace_main_route_table(vpc, table)
            }
            Change::CreateRoute { table, destination, target } => {
                self.create_route(table, destination, target)
            }
            Change::ReplaceRoute { table, destination, target } => {
                self.replace_route(table, destination, target)
            }
            Change::DeleteRoute { table, destination } => self.delete_route(table, destination),
            Change::CreateInternetGateway { name } => {
                return made(self.create_internet_gateway(name));
            }
            Change::AttachInternetGateway { gateway, vpc } => {
                self.attach_internet_gateway(gateway, vpc)
            }
            Change::AssociateGatewayRouteTable { gateway, table } => {
                self.associate_gateway_route_table(gateway, table)
            }
            Change::DetachInternetGateway { gateway } => self.detach_internet_gateway(gateway),
            Change::DeleteInternetGateway { gateway } => self.delete_internet_gateway(gateway),
            Change::CreateEgressOnlyGateway { name, vpc } => {
                return made(self.create_egress_only_gateway(name, vpc));
            }
            Change::DeleteEgressOnlyGateway { gateway } => self.delete_egress_only_gateway(gateway),
            Change::AssociateSubnetCidrBlock { subnet, cidr } => {
                self.associate_subnet_cidr_block(subnet, cidr)
            }
            Change::DisassociateSubnetCidrBlock { subnet } => {
                self.disassociate_subnet_cidr_block(subnet)
            }
            Change::AssignIpv6Address { interface, address } => {
                self.assign_ipv6_address(interface, address)
            }
            Change::UnassignIpv6Address { interface, address } => {
                self.unassign_ipv6_address(interface, address)
            }
            Change::ModifyBlockPublicAccess { mode } => {
                self.modify_block_public_access(mode);
                Ok(())
            }
            Change::PutExclusion { exclusion } => self.put_exclusion(exclusion),
            Change::DeleteExclusion { of } => self.delete_exclusion(of),
            Change::CreateNatGateway { name, subnet, connectivity, address, public_address } => {
                return made(self.create_nat_gateway(
                    name,
                    subnet,
                    connectivity,
                    address,
                    public_address,
                ));
            }
            Change::CreateRegionalNatGateway { name, vpc, zones } => {
                return made(self.create_regional_nat_gateway(name, vpc, zones));
            }
            Change::DeleteNatGateway { gateway } => self.delete_nat_gateway(gateway),
            Change::AssociateNatGatewayAddress { gateway, zone, address } => {
                self.associate_nat_gateway_address(gateway, &zone, address)
            }
            Change::DisassociateNatGatewayAddress { gateway, address } => {
                self.disassociate_nat_gateway_address(gateway, address)
            }
            Change::CreatePeering { name, requester, accepter } => {
                return made(self.create_peering(name, requester, accepter));
            }
            Change::ModifyPeeringOptions { peering, requester_names, accepter_names } => {
                self.modify_peering_options(peering, requester_names, accepter_names)
            }
            Change::AcceptPeering { peering } => self.accept_peering(peering),
            Change::RejectPeering { peering } => self.reject_peering(peering),
            Change::DeletePeering { peering } => self.delete_peering(peering),
            Change::CreatePrefixList { name, cidrs } => {
                return made(self.create_prefix_list(name, cidrs));
            }
            Change::ModifyPrefixList { list, cidrs } => self.modify_prefix_list(list, cidrs),
            Change::DeletePrefixList { list } => self.delete_prefix_list(list),
            Change::ReplacePrefixListRoute { table, list, target } => {
                self.replace_prefix_list_route(table, list, &target)
            }
            Change::CreatePrefixListRoute { table, list, target } => {
                self.create_prefix_list_route(table, list, &target)
            }
            Change::DeletePrefixListRoute { table, list } => {
                self.delete_prefix_list_route(table, list)
            }
            Change::CreateGatewayEndpoint { name, vpc, list, tables } => {
                return made(self.create_gateway_endpoint(name, vpc, list, &tables));
            }
            Change::ModifyGatewayEndpoint { endpoint, tables } => {
                self.modify_gateway_endpoint(endpoint, &tables)
            }
            Change::ModifyGatewayEndpointPolicy { endpoint, policy } => {
                self.modify_gateway_endpoint_policy(endpoint, policy)
            }
            Change::DeleteGatewayEndpoint { endpoint } => self.delete_gateway_endpoint(endpoint),
            Change::CreateSecurityGroup { name, vpc } => {
                return made(self.create_security_group(&name, vpc));
            }
            Change::DeleteSecurityGroup { group } => self.delete_security_group(group),
            Change::AuthorizeSecurityGroup { group, direction, rule } => {
                self.authorize_security_group(group, direction, rule)
            }
            Change::RevokeSecurityGroup { group, direction, rule } => {
                self.revoke_security_group(group, direction, rule)
            }
            Change::ModifySecurityGroupRule { group, direction, rule, new } => {
                self.modify_security_group_rule(group, direction, rule, new)
            }
            Change::CreateNetworkAcl { name, vpc } => {
                return made(self.create_network_acl(name, vpc));
            }
            Change::DeleteNetworkAcl { acl } => self.delete_network_acl(acl),
            Change::AssociateNetworkAcl { subnet, acl } => self.associate_network_acl(subnet, acl),
            Change::CreateNetworkAclEntry { acl, direction, entry } => {
                self.create_network_acl_entry(acl, direction, entry)
            }
            Change::ReplaceNetworkAclEntry { acl, direction, entry } => {
                self.replace_network_acl_entry(acl, direction, entry)
            }
            Change::DeleteNetworkAclEntry { acl, direction, number } => {
                self.delete_network_acl_entry(acl, direction, number)
            }
            Change::RunInstance { name, subnet, address, public_address, groups, listening } => {
                return made(self.run_instance(
                    name,
                    subnet,
                    address,
                    public_address,
                    &groups,
                    listening,
                ));
            }
            Change::StopInstance { instance } => self.stop_instance(instance),
            Change::StartInstance { instance } => self.start_instance(instance),
            Change::TerminateInstance { instance } => self.terminate_instance(instance),
            Change::CreateInterface { name, subnet, address, groups } => {
                return made(self.create_interface(name, subnet, address, &groups));
            }
            Change::AttachInterface { interface, instance } => {
                self.attach_interface(interface, instance)
            }
            Change::DetachInterface { interface } => self.detach_interface(interface),
            Change::DeleteInterface { interface } => self.delete_interface(interface),
            Change::ModifyInterfaceGroups { interface, groups } => {
                self.modify_interface_groups(interface, &groups)
            }
            Change::ModifySourceDestCheck { interface, on } => {
                self.own_interface(interface)?;
                self.change(interface, |it| it.source_dest_check = on);
                Ok(())
            }
            Change::AssociateAddress { interface, address } => {
                self.associate_address(interface, address)
            }
            Change::DisassociateAddress { interface } => self.disassociate_address(interface),
            Change::AssociateAddressWith { interface, private, address } => {
                self.associate_address_with(interface, private, address)
            }
            Change::DisassociateAddressOf { interface, private } => {
                self.disassociate_address_of(interface, private)
            }
            Change::AssignPrivateAddress { interface, address } => {
                self.assign_private_address(interface, address)
            }
            Change::UnassignPrivateAddress { interface, address } => {
                self.unassign_private_address(interface, address)
            }
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
                self.modify_vpc_attribute(vpc, dns_support, dns_hostnames)
            }
            Change::ConfigureInstance { instance, listening, forwarding } => {
                self.get(instance)?;
                self.change(instance, |it| {
                    it.listening = listening.unwrap_or_else(|| it.listening.clone());
                    it.forwarding = forwarding.unwrap_or(it.forwarding);
                });
                Ok(())
            }
            Change::CreateHost { name, address, listening } => {
                return made(self.create_host(name, address, listening));
            }
            Change::DeleteHost { host } => self.delete_host(host),
            Change::Service(change) => return self.carry_out_service(change),
            Change::Transit(change) => return self.carry_out_transit(change),
        }?;
        Ok(None)
    }
}

/// An object that was just made, as the id of any object.
fn made<T: Row>(id: Result<Id<T>, Refusal>) -> Result<Option<Thing>, Refusal> {
    id.map(|id| Some(T::thing(id)))
}
