//! What one may do to a thing of the network: the edits that make sense for it, and which of them
//! is allowed.

use std::net::IpAddr;

use crate::{
    app::bench::{
        form::New,
        lines::{Line, Table},
        members::{Member, Members},
        property::Property,
    },
    cloud::{
        ApiId, Applied, AttachmentState, Change, Direction, GatewayEndpointId, InstanceId,
        InstanceState, InterfaceId, InterfaceKind, InternetGatewayId, Name, Network, NetworkAclId,
        Origin, PeeringState, PrefixListId, RouteTableId, SecurityGroupId, ServiceChange, SubnetId,
        Thing, TransitChange, Undo, VirtualPrivateGatewayId, VpcId,
    },
    course::{
        Allowed,
        edit::{self, Failed},
        names::{interface_word, thing_word, word},
    },
    net::Cidr,
};

/// One edit on offer. Some are made at once, the others ask for a few values first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named as what it does")]
pub enum Edit {
    AttachGateway(InternetGatewayId, VpcId),
    DetachGateway(InternetGatewayId),
    GiveAddress(InterfaceId),
    TakeAddress(InterfaceId),
    GiveAddressTo(InterfaceId, IpAddr),
    TakeAddressOf(InterfaceId, IpAddr),
    AutoAssign(SubnetId, bool),
    SourceDestCheck(InterfaceId, bool),
    Start(InstanceId),
    Stop(InstanceId),
    JoinGroup(InterfaceId, SecurityGroupId),
    LeaveGroup(InterfaceId, SecurityGroupId),
    MakeMain(RouteTableId),
    UseEndpoint(GatewayEndpointId, RouteTableId),
    LeaveEndpoint(GatewayEndpointId, RouteTableId),
    RemoveRule(SecurityGroupId, Direction, usize),
    RemoveRoute(RouteTableId, Cidr),
    RemoveEntry(NetworkAclId, Direction, u16),
    RemoveBlock(VpcId, Cidr),
    Delete(Thing),

    AssociateTable(SubnetId),
    /// A subnet is to follow this table.
    UseTable(RouteTableId),
    AssociateAcl(SubnetId),
    AddRoute(RouteTableId),
    EditRoute(RouteTableId, Cidr),
    AddRule(SecurityGroupId, Direction),
    EditRule(SecurityGroupId, Direction, usize),
    AddEntry(NetworkAclId, Direction),
    EditEntry(NetworkAclId, Direction, u16),
    AddBlock(VpcId),
    CreateVpc,
    CreateSubnet(VpcId),
    CreateTable(VpcId),
    CreateGateway(VpcId),
    CreateNat(SubnetId),
    CreateGroup(VpcId),
    CreateEndpoint(VpcId, PrefixListId),
    CreateAcl(VpcId),
    Launch(SubnetId),
    New(New),

    /// Turns a switch, or asks for another value.
    Set(Property),
    Join(Members),
    Leave(Members, Member),
    Exchange(Members, Member),
    AddLine(Table),
    EditLine(Line),
    RemoveLine(Line),
    Accept(Thing),
    Reject(Thing),
    AttachInterface(InterfaceId),
    DetachInterface(InterfaceId),
    AttachVpn(VirtualPrivateGatewayId),
    DetachVpn(VirtualPrivateGatewayId),
    LinkApi(ApiId),
}

impl Edit {
    /// The operations that it needs, named as in AWS's CLI: what is allowed or not.
    pub fn operations(self) -> &'static [&'static str] {
        match self {
            Self::AttachGateway(..) => &["attach-internet-gateway"],
            Self::DetachGateway(_) => &["detach-internet-gateway"],
            Self::GiveAddress(_) | Self::GiveAddressTo(..) => &["associate-address"],
            Self::TakeAddress(_) | Self::TakeAddressOf(..) => &["disassociate-address"],
            Self::AutoAssign(..) => &["modify-subnet-attribute"],
            Self::SourceDestCheck(..) | Self::JoinGroup(..) | Self::LeaveGroup(..) => {
                &["modify-network-interface-attribute"]
            }
            Self::Start(_) => &["start-instances"],
            Self::Stop(_) => &["stop-instances"],
            Self::MakeMain(_) => &["replace-route-table-association"],
            Self::UseEndpoint(..) | Self::LeaveEndpoint(..) => &["modify-vpc-endpoint"],
            Self::RemoveRule(_, Direction::Ingress, _) => &["revoke-security-group-ingress"],
            Self::RemoveRule(_, Direction::Egress, _) => &["revoke-security-group-egress"],
            Self::AddRule(_, Direction::Ingress) => &["authorize-security-group-ingress"],
            Self::AddRule(_, Direction::Egress) => &["authorize-security-group-egress"],
            Self::EditRule(..) => &["modify-security-group-rules"],
            Self::RemoveRoute(..) => &["delete-route"],
            Self::RemoveEntry(..) => &["delete-network-acl-entry"],
            Self::RemoveBlock(..) => &["disassociate-vpc-cidr-block"],
            Self::AssociateTable(_) | Self::UseTable(_) => &["associate-route-table"],
            Self::AssociateAcl(_) => &["replace-network-acl-association"],
            Self::AddRoute(_) => &["create-route"],
            Self::EditRoute(..) => &["replace-route"],
            Self::AddEntry(..) => &["create-network-acl-entry"],
            Self::EditEntry(..) => &["replace-network-acl-entry"],
            Self::AddBlock(_) => &["associate-vpc-cidr-block"],
            Self::CreateVpc => &["create-vpc"],
            Self::CreateSubnet(_) => &["create-subnet"],
            Self::CreateTable(_) => &["create-route-table"],
            Self::CreateGateway(_) => &["create-internet-gateway", "attach-internet-gateway"],
            Self::CreateNat(_) => &["create-nat-gateway"],
            Self::CreateEndpoint(..) => &["create-vpc-endpoint"],
            Self::CreateGroup(_) => &["create-security-group"],
            Self::CreateAcl(_) => &["create-network-acl"],
            Self::Launch(_) => &["run-instances"],
            Self::New(new) => new.operations(),
            Self::Set(property) => property.operations(),
            Self::Join(members) => &members.operations()[..1],
            Self::Leave(members, _) => &members.operations()[1..],
            Self::Exchange(members, _) => members.operations(),
            Self::AddLine(table) => &table.operations()[..1],
            Self::EditLine(line) => &line.table().operations()[1..2],
            Self::RemoveLine(line) => &line.table().operations()[2..],
            Self::Accept(Thing::Peering(_)) => &["accept-vpc-peering-connection"],
            Self::Accept(Thing::InterfaceEndpoint(_)) => &["accept-vpc-endpoint-connections"],
            Self::Accept(_) => &["accept-transit-gateway-attachment"],
            Self::Reject(Thing::Peering(_)) => &["reject-vpc-peering-connection"],
            Self::Reject(_) => &["reject-transit-gateway-attachment"],
            Self::AttachInterface(_) => &["attach-network-interface"],
            Self::DetachInterface(_) => &["detach-network-interface"],
            Self::AttachVpn(_) => &["attach-vpn-gateway"],
            Self::DetachVpn(_) => &["detach-vpn-gateway"],
            Self::LinkApi(_) => &["create-vpc-link"],
            Self::Delete(thing) => match thing {
                Thing::Vpc(_) => &["delete-vpc"],
                Thing::Subnet(_) => &["delete-subnet"],
                Thing::RouteTable(_) => &["delete-route-table"],
                Thing::InternetGateway(_) => &["delete-internet-gateway"],
                Thing::Peering(_) => &["delete-vpc-peering-connection"],
                Thing::PrefixList(_) => &["delete-managed-prefix-list"],
                Thing::GatewayEndpoint(_) | Thing::InterfaceEndpoint(_) => {
                    &["delete-vpc-endpoints"]
                }
                Thing::EgressOnlyGateway(_) => &["delete-egress-only-internet-gateway"],
                Thing::NatGateway(_) => &["delete-nat-gateway"],
                Thing::SecurityGroup(_) => &["delete-security-group"],
                Thing::NetworkAcl(_) => &["delete-network-acl"],
                Thing::Instance(_) => &["terminate-instances"],
                Thing::Interface(_) => &["delete-network-interface"],
                Thing::LoadBalancer(_) => &["delete-load-balancer"],
                Thing::TargetGroup(_) => &["delete-target-group"],
                Thing::EndpointService(_) => &["delete-vpc-endpoint-service-configurations"],
                Thing::Service(_) => &["delete-service"],
                Thing::Function(_) => &["delete-function"],
                Thing::Database(_) => &["delete-db-instance"],
                Thing::Task(_) => &["stop-task"],
                Thing::Api(_) => &["delete-rest-api"],
                Thing::Distribution(_) => &["delete-distribution"],
                Thing::Host(_) => &["delete-host"],
                Thing::TransitGateway(_) => &["delete-transit-gateway"],
                Thing::TransitGatewayAttachment(_) => &["delete-transit-gateway-attachment"],
                Thing::TransitGatewayRouteTable(_) => &["delete-transit-gateway-route-table"],
                Thing::VirtualPrivateGateway(_) => &["delete-vpn-gateway"],
                Thing::CustomerGateway(_) => &["delete-customer-gateway"],
                Thing::VpnConnection(_) => &["delete-vpn-connection"],
                Thing::DirectConnectGateway(_) => &["delete-direct-connect-gateway"],
                Thing::OnPremises(_) => &["delete-on-premises"],
            },
        }
    }

    /// Can it be seen on the map that it was made?
    pub fn shows_on_map(self) -> bool {
        !matches!(
            self,
            Self::RemoveRule(..)
                | Self::AddRule(..)
                | Self::EditRule(..)
                | Self::RemoveEntry(..)
                | Self::AddEntry(..)
                | Self::EditEntry(..)
                | Self::JoinGroup(..)
                | Self::LeaveGroup(..)
                | Self::AutoAssign(..)
                | Self::SourceDestCheck(..)
                | Self::MakeMain(_)
                | Self::UseEndpoint(..)
                | Self::LeaveEndpoint(..)
                | Self::AddBlock(_)
                | Self::RemoveBlock(..)
                | Self::CreateTable(_)
                | Self::CreateGroup(_)
                | Self::CreateEndpoint(..)
                | Self::CreateAcl(_)
                | Self::Set(_)
                | Self::Join(_)
                | Self::Leave(..)
                | Self::Exchange(..)
                | Self::AddLine(_)
                | Self::EditLine(_)
                | Self::RemoveLine(_)
        )
    }

    /// What it is about: the thing that it changes, or in which something new is to stand. None
    /// where its form asks.
    pub fn about(self) -> Option<Thing> {
        match self {
            Self::AddBlock(vpc)
            | Self::CreateSubnet(vpc)
            | Self::CreateTable(vpc)
            | Self::CreateGateway(vpc)
            | Self::CreateGroup(vpc)
            | Self::CreateAcl(vpc) => Some(Thing::Vpc(vpc)),
            Self::AssociateTable(subnet) | Self::AssociateAcl(subnet) => {
                Some(Thing::Subnet(subnet))
            }
            Self::UseTable(table) | Self::AddRoute(table) | Self::EditRoute(table, _) => {
                Some(Thing::RouteTable(table))
            }
            Self::AddRule(group, _) | Self::EditRule(group, ..) => {
                Some(Thing::SecurityGroup(group))
            }
            Self::AddEntry(acl, _) | Self::EditEntry(acl, ..) => Some(Thing::NetworkAcl(acl)),
            Self::New(new) => new.place(),
            Self::AddLine(table) => Some(table.thing()),
            Self::EditLine(line) | Self::RemoveLine(line) => Some(line.table().thing()),
            _ => None,
        }
    }

    /// Is it allowed?
    pub fn is_allowed(self, allowed: &Allowed) -> bool {
        self.operations().iter().all(|verb| allowed.allows_verb(verb))
    }

    /// The changes of an edit that needs no further values; `None` for the others, and for what
    /// is gone.
    pub fn at_once(self, network: &Network) -> Option<Vec<Order>> {
        let lines = match self {
            Self::Set(property) => property.lines(network, &property.other(network)?)?,
            Self::Leave(members, member) => members.leave(network, member)?,
            Self::RemoveLine(line) => line.remove(network)?,
            Self::Accept(thing) | Self::Reject(thing) => {
                vec![format!("{} {}", self.operations()[0], thing_word(network, thing))]
            }
            Self::DetachInterface(id) => {
                vec![format!("detach-network-interface {}", interface_word(network, id))]
            }
            Self::DetachVpn(gateway) => {
                let vpc = network.virtual_private_gateways().get(gateway)?.vpc?;
                let (gateway, vpc) = (word(network, gateway), word(network, vpc));
                vec![format!("detach-vpn-gateway {gateway} {vpc}")]
            }
            _ => {
                let changes = self.change_at_once(network)?;
                return Some(changes.into_iter().map(Order::Change).collect());
            }
        };
        Some(lines.into_iter().map(Order::Line).collect())
    }

    fn change_at_once(self, network: &Network) -> Option<Vec<Change>> {
        let groups = |interface: InterfaceId| {
            network.interfaces().get(interface).map(|row| row.security_groups.clone())
        };
        Some(vec![match self {
            Self::AttachGateway(gateway, vpc) => Change::AttachInternetGateway { gateway, vpc },
            Self::DetachGateway(gateway) => Change::DetachInternetGateway { gateway },
            Self::GiveAddress(interface) => Change::AssociateAddress { interface, address: None },
            Self::TakeAddress(interface) => Change::DisassociateAddress { interface },
            Self::GiveAddressTo(interface, private) => {
                Change::AssociateAddressWith { interface, private, address: None }
            }
            Self::TakeAddressOf(interface, private) => {
                Change::DisassociateAddressOf { interface, private }
            }
            Self::AutoAssign(subnet, on) => {
                Change::ModifySubnetAttribute { subnet, auto_assign_public_ip: on }
            }
            Self::SourceDestCheck(interface, on) => Change::ModifySourceDestCheck { interface, on },
            Self::Start(instance) => Change::StartInstance { instance },
            Self::Stop(instance) => Change::StopInstance { instance },
            Self::JoinGroup(interface, group) => {
                let mut groups = groups(interface)?;
                groups.push(group);
                Change::ModifyInterfaceGroups { interface, groups }
            }
            Self::LeaveGroup(interface, group) => {
                let mut groups = groups(interface)?;
                groups.retain(|other| *other != group);
                Change::ModifyInterfaceGroups { interface, groups }
            }
            Self::MakeMain(table) => {
                let vpc = network.route_tables().get(table)?.vpc;
                Change::ReplaceMainRouteTable { vpc, table }
            }
            Self::UseEndpoint(endpoint, table) => {
                let mut tables = network.gateway_endpoints().get(endpoint)?.route_tables.clone();
                tables.push(table);
                Change::ModifyGatewayEndpoint { endpoint, tables }
            }
            // The tables join one by one, as beside each of them.
            Self::CreateEndpoint(vpc, list) => {
                let stem = format!("to-{}", network.prefix_lists().get(list)?.name);
                let names = (2..).map(|number| format!("{stem}-{number}"));
                let name = std::iter::once(stem.clone())
                    .chain(names)
                    .find(|name| network.find(name).next().is_none())?;
                let name = Name::from(name.as_str());
                Change::CreateGatewayEndpoint { name, vpc, list, tables: Vec::new() }
            }
            Self::LeaveEndpoint(endpoint, table) => {
                let mut tables = network.gateway_endpoints().get(endpoint)?.route_tables.clone();
                tables.retain(|other| *other != table);
                Change::ModifyGatewayEndpoint { endpoint, tables }
            }
            Self::RemoveRule(group, direction, index) => {
                let row = network.security_groups().get(group)?;
                let rule = row.rules(direction).get(index)?.clone();
                Change::RevokeSecurityGroup { group, direction, rule }
            }
            Self::RemoveRoute(table, destination) => Change::DeleteRoute { table, destination },
            Self::RemoveEntry(acl, direction, number) => {
                Change::DeleteNetworkAclEntry { acl, direction, number }
            }
            Self::RemoveBlock(vpc, cidr) => Change::DisassociateVpcCidrBlock { vpc, cidr },
            Self::Delete(thing) => match thing {
                Thing::Vpc(vpc) => Change::DeleteVpc { vpc },
                Thing::Subnet(subnet) => Change::DeleteSubnet { subnet },
                Thing::RouteTable(table) => Change::DeleteRouteTable { table },
                Thing::InternetGateway(gateway) => Change::DeleteInternetGateway { gateway },
                Thing::Peering(peering) => Change::DeletePeering { peering },
                Thing::PrefixList(list) => Change::DeletePrefixList { list },
                Thing::GatewayEndpoint(endpoint) => Change::DeleteGatewayEndpoint { endpoint },
                Thing::EgressOnlyGateway(gateway) => Change::DeleteEgressOnlyGateway { gateway },
                Thing::NatGateway(gateway) => Change::DeleteNatGateway { gateway },
                Thing::SecurityGroup(group) => Change::DeleteSecurityGroup { group },
                Thing::NetworkAcl(acl) => Change::DeleteNetworkAcl { acl },
                Thing::Instance(instance) => Change::TerminateInstance { instance },
                Thing::Interface(interface) => Change::DeleteInterface { interface },
                Thing::LoadBalancer(balancer) => {
                    Change::Service(ServiceChange::DeleteLoadBalancer { balancer })
                }
                Thing::TargetGroup(group) => {
                    Change::Service(ServiceChange::DeleteTargetGroup { group })
                }
                Thing::InterfaceEndpoint(endpoint) => {
                    Change::Service(ServiceChange::DeleteInterfaceEndpoint { endpoint })
                }
                Thing::EndpointService(service) => {
                    Change::Service(ServiceChange::DeleteEndpointService { service })
                }
                Thing::Function(function) => {
                    Change::Service(ServiceChange::DeleteFunction { function })
                }
                Thing::Database(database) => {
                    Change::Service(ServiceChange::DeleteDatabase { database })
                }
                Thing::Task(task) => Change::Service(ServiceChange::StopTask { task }),
                Thing::Api(api) => Change::Service(ServiceChange::DeleteApi { api }),
                Thing::Distribution(distribution) => {
                    Change::Service(ServiceChange::DeleteDistribution { distribution })
                }
                Thing::TransitGateway(gateway) => {
                    Change::Transit(TransitChange::DeleteTransitGateway { gateway })
                }
                Thing::TransitGatewayAttachment(attachment) => {
                    Change::Transit(TransitChange::DeleteTransitGatewayAttachment { attachment })
                }
                Thing::TransitGatewayRouteTable(table) => {
                    Change::Transit(TransitChange::DeleteTransitGatewayRouteTable { table })
                }
                Thing::VirtualPrivateGateway(gateway) => {
                    Change::Transit(TransitChange::DeleteVpnGateway { gateway })
                }
                Thing::CustomerGateway(gateway) => {
                    Change::Transit(TransitChange::DeleteCustomerGateway { gateway })
                }
                Thing::VpnConnection(vpn) => {
                    Change::Transit(TransitChange::DeleteVpnConnection { vpn })
                }
                Thing::DirectConnectGateway(line) => {
                    Change::Transit(TransitChange::DeleteDirectConnectGateway { line })
                }
                Thing::OnPremises(on_premises) => {
                    Change::Transit(TransitChange::DeleteOnPremises { on_premises })
                }
                Thing::Service(service) => {
                    Change::Service(ServiceChange::DeleteService { service })
                }
                Thing::Host(host) => Change::DeleteHost { host },
            },
            _ => return None,
        }])
    }
}

/// The edits that make sense for a thing as a whole, in the order in which they are offered; those
/// of a part of it stand beside that part (see [`rows`](super::inspect::rows)). What AWS would
/// refuse for a reason worth learning is offered all the same.
pub fn offers(network: &Network, thing: Thing) -> Vec<Edit> {
    let mut edits = Vec::new();
    match thing {
        Thing::Vpc(id) => {
            edits.extend([
                Edit::CreateSubnet(id),
                Edit::CreateTable(id),
                Edit::CreateGroup(id),
                Edit::CreateAcl(id),
                Edit::New(New::RegionalNat(id)),
                Edit::AddBlock(id),
            ]);
            let lists = network.prefix_lists().iter().filter(|(_, row)| row.by_aws);
            edits.extend(lists.map(|(list, _)| Edit::CreateEndpoint(id, list)));
            edits.push(Edit::Delete(thing));
        }
        Thing::Subnet(id) => {
            let Some(row) = network.subnets().get(id) else { return edits };
            edits.extend([
                Edit::AutoAssign(id, !row.auto_assign_public_ip),
                Edit::Launch(id),
                Edit::CreateNat(id),
                Edit::Delete(thing),
            ]);
        }
        Thing::RouteTable(id) => {
            let Some(row) = network.route_tables().get(id) else { return edits };
            let main = network.vpcs().get(row.vpc).is_some_and(|vpc| vpc.main_route_table == id);
            let doors = network.gateway_endpoints().iter().filter(|(_, door)| door.vpc == row.vpc);
            edits.extend(doors.map(|(door, own)| {
                if own.route_tables.contains(&id) {
                    Edit::LeaveEndpoint(door, id)
                } else {
                    Edit::UseEndpoint(door, id)
                }
            }));
            if !main {
                edits.extend([Edit::MakeMain(id), Edit::Delete(thing)]);
            }
        }
        Thing::InternetGateway(id) => {
            let Some(row) = network.internet_gateways().get(id) else { return edits };
            if row.vpc.is_some() {
                edits.push(Edit::DetachGateway(id));
            } else {
                let vpcs = network.vpcs().iter().map(|(vpc, _)| vpc);
                edits.extend(vpcs.map(|vpc| Edit::AttachGateway(id, vpc)));
            }
            edits.push(Edit::Delete(thing));
        }
        Thing::TransitGateway(id) => edits.extend([
            Edit::New(New::TransitTable(id)),
            Edit::New(New::TransitPeering(id)),
            Edit::New(New::TransitConnect(id)),
            Edit::Delete(thing),
        ]),
        Thing::Peering(id) => {
            let state = network.peerings().get(id).map(|row| row.state);
            if state == Some(PeeringState::PendingAcceptance) {
                edits.extend([Edit::Accept(thing), Edit::Reject(thing)]);
            }
            edits.push(Edit::Delete(thing));
        }
        Thing::InterfaceEndpoint(id) => {
            if network.interface_endpoints().get(id).is_some_and(|row| !row.accepted) {
                edits.push(Edit::Accept(thing));
            }
            edits.push(Edit::Delete(thing));
        }
        Thing::TransitGatewayAttachment(id) => {
            let state = network.transit_gateway_attachments().get(id).map(|row| row.state);
            if state == Some(AttachmentState::PendingAcceptance) {
                edits.extend([Edit::Accept(thing), Edit::Reject(thing)]);
            }
            edits.push(Edit::Delete(thing));
        }
        Thing::VirtualPrivateGateway(id) => {
            let vpc = network.virtual_private_gateways().get(id).and_then(|row| row.vpc);
            let turn = if vpc.is_some() { Edit::DetachVpn(id) } else { Edit::AttachVpn(id) };
            edits.extend([turn, Edit::Delete(thing)]);
        }
        Thing::Api(id) => edits.extend([Edit::LinkApi(id), Edit::Delete(thing)]),
        Thing::EgressOnlyGateway(_)
        | Thing::NatGateway(_)
        | Thing::PrefixList(_)
        | Thing::GatewayEndpoint(_)
        | Thing::EndpointService(_)
        | Thing::LoadBalancer(_)
        | Thing::TargetGroup(_)
        | Thing::Function(_)
        | Thing::Database(_)
        | Thing::Task(_)
        | Thing::Distribution(_)
        | Thing::TransitGatewayRouteTable(_)
        | Thing::CustomerGateway(_)
        | Thing::VpnConnection(_)
        | Thing::DirectConnectGateway(_)
        | Thing::OnPremises(_)
        | Thing::Service(_)
        | Thing::Host(_) => edits.push(Edit::Delete(thing)),
        Thing::SecurityGroup(id) => {
            let Some(row) = network.security_groups().get(id) else { return edits };
            let vpc = network.vpcs().get(row.vpc);
            if vpc.is_none_or(|vpc| vpc.default_security_group != id) {
                edits.push(Edit::Delete(thing));
            }
        }
        Thing::NetworkAcl(id) => {
            let Some(row) = network.network_acls().get(id) else { return edits };
            let vpc = network.vpcs().get(row.vpc);
            if vpc.is_none_or(|vpc| vpc.default_network_acl != id) {
                edits.push(Edit::Delete(thing));
            }
        }
        Thing::Instance(id) => {
            let Some(row) = network.instances().get(id) else { return edits };
            if let Some(first) = row.interfaces.first() {
                edits.extend(interface_edits(network, *first));
            }
            edits.push(match row.state {
                InstanceState::Running => Edit::Stop(id),
                InstanceState::Stopped => Edit::Start(id),
            });
            edits.push(Edit::Delete(thing));
        }
        Thing::Interface(id) => {
            edits.extend(interface_edits(network, id));
            let Some(row) = network.interfaces().get(id) else { return edits };
            match row.kind {
                InterfaceKind::Unattached => {
                    edits.extend([Edit::AttachInterface(id), Edit::Delete(thing)]);
                }
                InterfaceKind::Instance(_) => {
                    edits.extend([Edit::DetachInterface(id), Edit::Delete(thing)]);
                }
                _ => {}
            }
        }
    }
    edits
}

fn interface_edits(network: &Network, interface: InterfaceId) -> Vec<Edit> {
    let Some(row) = network.interfaces().get(interface) else { return Vec::new() };
    if row.kind == InterfaceKind::NatGateway {
        return Vec::new();
    }
    vec![Edit::SourceDestCheck(interface, !row.source_dest_check)]
}

/// May the route be replaced or removed by a person?
pub fn is_editable(network: &Network, table: RouteTableId, index: usize) -> bool {
    let table = network.route_tables().get(table);
    table
        .and_then(|table| table.routes.get(index))
        .is_some_and(|route| route.origin == Origin::Static)
}

/// One part of what a form orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// This change.
    Change(Change),
    /// The change that this line means, in the network as it is then.
    Line(String),
}

/// A change that was made, and what takes it back.
#[derive(Debug, Clone)]
pub struct Made {
    /// The change.
    pub change: Change,
    /// What takes it back.
    pub undo: Undo,
    /// The object that it made.
    pub made: Option<Thing>,
}

/// Carries orders out, all or none.
///
/// # Errors
/// AWS's refusal of the first change that it would not make, or what is wrong with a line; the
/// network is as it was.
pub fn carry_out(network: &mut Network, orders: Vec<Order>) -> Result<Vec<Made>, Failed> {
    let mut done: Vec<Made> = Vec::new();
    for order in orders {
        let change = match order {
            Order::Change(change) => Ok(change),
            Order::Line(line) => edit::parse(network, &line).map_err(Failed::Unreadable),
        };
        let made = change.and_then(|change| {
            let Applied { undo, made } = network.apply(change.clone()).map_err(Failed::Refused)?;
            Ok(Made { change, undo, made })
        });
        match made {
            Ok(made) => done.push(made),
            Err(failed) => {
                for made in done.into_iter().rev() {
                    network.undo(made.undo);
                }
                return Err(failed);
            }
        }
    }
    Ok(done)
}
