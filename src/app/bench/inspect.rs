//! What there is to know of a thing, row by row, and what Enter and Delete mean on each.

use std::net::IpAddr;

use crate::{
    app::{
        bench::edit::{self, Edit},
        canvas,
    },
    cloud::{
        Direction, InstanceState, InterfaceId, InterfaceKind, Listening, NatGatewayState, NatSeat,
        Network, NetworkAclId, PublicAddress, RouteTableId, SecurityGroupId, Thing,
        TransitGatewayRouteTableId, VpcId, Zone,
    },
    course::Allowed,
    net::Cidr,
};

/// One row of the inspector.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it says.
    pub says: Says,
    /// What Enter does.
    pub enter: Option<Enter>,
    /// What Delete does.
    pub delete: Option<Edit>,
}

/// What Enter does on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enter {
    /// Makes an edit, or asks for its values.
    Edit(Edit),
    /// Shows another thing.
    Show(Thing),
    /// Begins a packet from here.
    Packet,
}

/// What a row says. Words are the interface's business.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is named as what it says")]
pub enum Says {
    Gap,
    Heading(Heading),
    Block(Cidr),
    /// Addresses that instances can have.
    Usable(u128),
    Zone(Zone),
    /// Has its table a route to an internet gateway?
    Public(bool),
    AutoAssign(bool),
    /// The table of a subnet; chosen for it, or the VPC's main table.
    Table(RouteTableId, bool),
    /// The list of a subnet; chosen for it, or the VPC's default list.
    Acl(NetworkAclId, bool),
    Main,
    Route(RouteTableId, usize),
    /// A route of a transit gateway's table, written or propagated.
    TransitRoute(TransitGatewayRouteTableId, usize),
    Rule(SecurityGroupId, Direction, usize),
    Entry(NetworkAclId, Direction, u16),
    /// The closing `*` of a list.
    EntryDefault,
    /// There is nothing under this heading.
    Nothing,
    State(InstanceState),
    NatState(NatGatewayState),
    Address(IpAddr),
    PublicAddress(Option<PublicAddress>),
    SourceDestCheck(bool),
    /// A group that the interface could carry, and whether it does.
    Group(SecurityGroupId, bool),
    Listens(Listening),
    /// Another thing.
    Thing(Thing),
    Attached(Option<VpcId>),
    /// The subnet that something stands in.
    In(Thing),
    Edit(Edit),
    Packet,
    Elsewhere,
}

/// What rows are gathered under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what it heads")]
pub enum Heading {
    Routes,
    Rules(Direction),
    Entries(Direction),
    Groups,
    Gateways,
    Tables,
    Acls,
    Subnets,
    Members,
    Change,
}

impl Row {
    fn fact(says: Says) -> Self {
        Self { says, enter: None, delete: None }
    }

    fn link(says: Says, thing: Thing) -> Self {
        Self { says, enter: Some(Enter::Show(thing)), delete: None }
    }

    /// Can it be chosen?
    pub fn is_live(&self) -> bool {
        self.enter.is_some() || self.delete.is_some()
    }
}

/// What there is to know of a thing, with the edits that is allowed at the end.
pub fn rows(network: &Network, thing: Thing, allowed: &Allowed) -> Vec<Row> {
    let mut rows = Rows { network, allowed, list: Vec::new() };
    rows.thing(thing);
    rows.packet(thing);
    let edits: Vec<Edit> =
        edit::offers(network, thing).into_iter().filter(|edit| edit.is_allowed(allowed)).collect();
    if !edits.is_empty() {
        rows.heading(Heading::Change);
        rows.list.extend(edits.into_iter().map(|edit| Row {
            says: Says::Edit(edit),
            enter: Some(Enter::Edit(edit)),
            delete: None,
        }));
    }
    rows.list
}

/// What there is to know of the rest of the internet.
pub fn elsewhere() -> Vec<Row> {
    let packet = Row { says: Says::Packet, enter: Some(Enter::Packet), delete: None };
    vec![Row::fact(Says::Elsewhere), Row::fact(Says::Gap), packet]
}

struct Rows<'a> {
    network: &'a Network,
    allowed: &'a Allowed,
    list: Vec<Row>,
}

impl Rows<'_> {
    fn fact(&mut self, says: Says) {
        self.list.push(Row::fact(says));
    }

    fn link(&mut self, says: Says, thing: Thing) {
        self.list.push(Row::link(says, thing));
    }

    fn heading(&mut self, heading: Heading) {
        self.list.push(Row::fact(Says::Gap));
        self.list.push(Row::fact(Says::Heading(heading)));
    }

    /// An edit as a row, when is allowed it.
    fn edit(&mut self, edit: Edit) {
        if edit.is_allowed(self.allowed) {
            let enter = Some(Enter::Edit(edit));
            self.list.push(Row { says: Says::Edit(edit), enter, delete: None });
        }
    }

    /// A line of a list that can be edited (Enter) and taken away (Delete).
    fn line(&mut self, says: Says, change: Option<Edit>, remove: Option<Edit>) {
        let allowed = |edit: &Edit| edit.is_allowed(self.allowed);
        let (change, remove) = (change.filter(allowed), remove.filter(allowed));
        self.list.push(Row { says, enter: change.or(remove).map(Enter::Edit), delete: remove });
    }

    fn packet(&mut self, thing: Thing) {
        if matches!(thing, Thing::Instance(_) | Thing::Host(_) | Thing::Interface(_)) {
            self.list.push(Row::fact(Says::Gap));
            let enter = Some(Enter::Packet);
            self.list.push(Row { says: Says::Packet, enter, delete: None });
        }
    }

    fn thing(&mut self, thing: Thing) {
        match thing {
            Thing::Vpc(id) => self.vpc(id),
            Thing::Subnet(id) => self.subnet(id),
            Thing::RouteTable(id) => self.route_table(id),
            Thing::InternetGateway(id) => {
                let Some(row) = self.network.internet_gateways().get(id) else { return };
                match row.vpc {
                    Some(vpc) => self.link(Says::Attached(row.vpc), Thing::Vpc(vpc)),
                    None => self.fact(Says::Attached(None)),
                }
            }
            Thing::Peering(id) => {
                let Some(row) = self.network.peerings().get(id) else { return };
                for vpc in [row.requester, row.accepter] {
                    self.link(Says::Attached(Some(vpc)), Thing::Vpc(vpc));
                }
            }
            Thing::PrefixList(id) => {
                let Some(row) = self.network.prefix_lists().get(id) else { return };
                for cidr in &row.cidrs {
                    self.fact(Says::Block(*cidr));
                }
            }
            Thing::GatewayEndpoint(id) => {
                let Some(row) = self.network.gateway_endpoints().get(id) else { return };
                self.link(Says::Attached(Some(row.vpc)), Thing::Vpc(row.vpc));
                for table in row.route_tables.clone() {
                    let table = Thing::RouteTable(table);
                    self.link(Says::Thing(table), table);
                }
            }
            Thing::EgressOnlyGateway(id) => {
                let Some(row) = self.network.egress_only_gateways().get(id) else { return };
                self.link(Says::Attached(Some(row.vpc)), Thing::Vpc(row.vpc));
            }
            Thing::NatGateway(id) => {
                let Some(row) = self.network.nat_gateways().get(id) else { return };
                self.fact(Says::NatState(row.state));
                match &row.seat {
                    NatSeat::Zonal { subnet, interface } => {
                        let (subnet, interface) = (Thing::Subnet(*subnet), *interface);
                        self.link(Says::In(subnet), subnet);
                        self.addresses(interface);
                    }
                    NatSeat::Regional(regional) => {
                        let vpc = Thing::Vpc(row.vpc);
                        self.link(Says::In(vpc), vpc);
                        let table = regional.route_table;
                        self.link(Says::Table(table, true), Thing::RouteTable(table));
                        for zone in regional.zones.clone() {
                            self.fact(Says::Zone(zone.zone));
                            for address in zone.addresses {
                                let public = PublicAddress { address, elastic: true };
                                self.fact(Says::PublicAddress(Some(public)));
                            }
                        }
                    }
                }
            }
            Thing::SecurityGroup(id) => self.group(id),
            Thing::NetworkAcl(id) => self.acl(id),
            Thing::Instance(id) => {
                let Some(row) = self.network.instances().get(id) else { return };
                self.fact(Says::State(row.state));
                self.fact(Says::Listens(row.listening.clone()));
                for interface in row.interfaces.clone() {
                    self.interface(interface);
                }
            }
            Thing::Interface(id) => self.interface(id),
            Thing::TransitGateway(_)
            | Thing::TransitGatewayAttachment(_)
            | Thing::TransitGatewayRouteTable(_)
            | Thing::VirtualPrivateGateway(_)
            | Thing::CustomerGateway(_)
            | Thing::VpnConnection(_)
            | Thing::DirectConnectGateway(_)
            | Thing::OnPremises(_) => self.joint(thing),
            Thing::Host(id) => {
                let Some(row) = self.network.hosts().get(id) else { return };
                self.fact(Says::Address(row.address));
                self.fact(Says::Listens(row.listening.clone()));
            }
            Thing::LoadBalancer(_)
            | Thing::TargetGroup(_)
            | Thing::InterfaceEndpoint(_)
            | Thing::EndpointService(_)
            | Thing::Service(_)
            | Thing::Function(_)
            | Thing::Database(_)
            | Thing::Task(_)
            | Thing::Api(_)
            | Thing::Distribution(_) => {
                for interface in self.network.interfaces_of(thing) {
                    self.interface(interface);
                }
            }
        }
    }

    /// What joins networks: the objects that it is made of, each a way to look further.
    fn joint(&mut self, thing: Thing) {
        for other in self.network.joined_with(thing) {
            self.link(Says::Thing(other), other);
        }
        if let Thing::OnPremises(id) = thing
            && let Some(row) = self.network.on_premises().get(id)
        {
            for cidr in &row.cidrs {
                self.fact(Says::Block(*cidr));
            }
            self.fact(Says::Listens(row.listening.clone()));
        }
        if let Thing::TransitGatewayRouteTable(id) = thing {
            for index in 0..self.network.transit_routes(id).len() {
                self.fact(Says::TransitRoute(id, index));
            }
        }
    }

    fn vpc(&mut self, id: VpcId) {
        let Some(row) = self.network.vpcs().get(id) else { return };
        for (index, cidr) in row.cidrs.iter().enumerate() {
            let remove = (index > 0).then_some(Edit::RemoveBlock(id, *cidr));
            self.line(Says::Block(*cidr), None, remove);
        }
        self.heading(Heading::Gateways);
        let gateways = self.network.internet_gateways().iter();
        let mine: Vec<_> = gateways.filter(|(_, gateway)| gateway.vpc == Some(id)).collect();
        for (gateway, _) in &mine {
            let thing = Thing::InternetGateway(*gateway);
            self.link(Says::Thing(thing), thing);
        }
        if mine.is_empty() {
            self.fact(Says::Nothing);
            let gateways = self.network.internet_gateways().iter();
            for (gateway, _) in gateways.filter(|(_, gateway)| gateway.vpc.is_none()) {
                self.edit(Edit::AttachGateway(gateway, id));
            }
            self.edit(Edit::CreateGateway(id));
        }
        self.heading(Heading::Tables);
        for (table, _) in self.network.route_tables().iter().filter(|(_, row)| row.vpc == id) {
            self.link(Says::Thing(Thing::RouteTable(table)), Thing::RouteTable(table));
        }
        self.heading(Heading::Groups);
        for (group, _) in self.network.security_groups().iter().filter(|(_, row)| row.vpc == id) {
            self.link(Says::Thing(Thing::SecurityGroup(group)), Thing::SecurityGroup(group));
        }
        self.heading(Heading::Acls);
        for (acl, _) in self.network.network_acls().iter().filter(|(_, row)| row.vpc == id) {
            self.link(Says::Thing(Thing::NetworkAcl(acl)), Thing::NetworkAcl(acl));
        }
    }

    fn subnet(&mut self, id: crate::cloud::SubnetId) {
        let Some(row) = self.network.subnets().get(id) else { return };
        self.fact(Says::Block(row.cidr));
        // Five addresses of every subnet are AWS's own
        // (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>).
        self.fact(Says::Usable(row.cidr.size().saturating_sub(5)));
        self.fact(Says::Zone(row.zone.clone()));
        self.fact(Says::Public(canvas::is_public(self.network, id)));
        self.fact(Says::AutoAssign(row.auto_assign_public_ip));
        self.fact(Says::Gap);
        let table = self.network.route_table_of(id);
        self.link(Says::Table(table, row.route_table.is_some()), Thing::RouteTable(table));
        self.routes(table);
        self.edit(Edit::AssociateTable(id));
        self.fact(Says::Gap);
        let acl = self.network.network_acl_of(id);
        self.link(Says::Acl(acl, row.network_acl.is_some()), Thing::NetworkAcl(acl));
        self.edit(Edit::AssociateAcl(id));
    }

    fn routes(&mut self, table: RouteTableId) {
        let Some(row) = self.network.route_tables().get(table) else { return };
        for (index, route) in row.routes.iter().enumerate() {
            let editable = edit::is_editable(self.network, table, index);
            let change = editable.then_some(Edit::EditRoute(table, route.destination));
            let remove = editable.then_some(Edit::RemoveRoute(table, route.destination));
            self.line(Says::Route(table, index), change, remove);
        }
        self.edit(Edit::AddRoute(table));
    }

    fn route_table(&mut self, id: RouteTableId) {
        let Some(row) = self.network.route_tables().get(id) else { return };
        if self.network.vpcs().get(row.vpc).is_some_and(|vpc| vpc.main_route_table == id) {
            self.fact(Says::Main);
        }
        self.fact(Says::Heading(Heading::Routes));
        self.routes(id);
        // The row that adds a route stands with the routes; it is not offered twice.
        self.heading(Heading::Subnets);
        let subnets: Vec<_> = self
            .network
            .subnets()
            .iter()
            .map(|(subnet, _)| subnet)
            .filter(|subnet| self.network.route_table_of(*subnet) == id)
            .collect();
        for subnet in &subnets {
            self.link(Says::Thing(Thing::Subnet(*subnet)), Thing::Subnet(*subnet));
        }
        if subnets.is_empty() {
            self.fact(Says::Nothing);
        }
        if self
            .network
            .subnets()
            .iter()
            .any(|(subnet, it)| it.vpc == row.vpc && self.network.route_table_of(subnet) != id)
        {
            self.edit(Edit::UseTable(id));
        }
    }

    fn group(&mut self, id: SecurityGroupId) {
        let Some(row) = self.network.security_groups().get(id) else { return };
        for direction in [Direction::Ingress, Direction::Egress] {
            if direction == Direction::Egress {
                self.fact(Says::Gap);
            }
            self.fact(Says::Heading(Heading::Rules(direction)));
            let count = row.rules(direction).len();
            for index in 0..count {
                let remove = Some(Edit::RemoveRule(id, direction, index));
                let change = Some(Edit::EditRule(id, direction, index));
                self.line(Says::Rule(id, direction, index), change, remove);
            }
            if count == 0 {
                self.fact(Says::Nothing);
            }
            self.edit(Edit::AddRule(id, direction));
        }
        self.heading(Heading::Members);
        let mut none = true;
        for (interface, row) in self.network.interfaces().iter() {
            if row.security_groups.contains(&id) {
                let thing = owner(self.network, interface);
                self.link(Says::Thing(thing), thing);
                none = false;
            }
        }
        if none {
            self.fact(Says::Nothing);
        }
    }

    fn acl(&mut self, id: NetworkAclId) {
        let Some(row) = self.network.network_acls().get(id) else { return };
        for direction in [Direction::Ingress, Direction::Egress] {
            if direction == Direction::Egress {
                self.fact(Says::Gap);
            }
            self.fact(Says::Heading(Heading::Entries(direction)));
            for entry in row.entries(direction) {
                let change = Some(Edit::EditEntry(id, direction, entry.number));
                let remove = Some(Edit::RemoveEntry(id, direction, entry.number));
                self.line(Says::Entry(id, direction, entry.number), change, remove);
            }
            self.fact(Says::EntryDefault);
            self.edit(Edit::AddEntry(id, direction));
        }
        self.heading(Heading::Subnets);
        let subnets = self.network.subnets().iter().map(|(subnet, _)| subnet);
        let subnets: Vec<_> =
            subnets.filter(|subnet| self.network.network_acl_of(*subnet) == id).collect();
        for subnet in &subnets {
            self.link(Says::Thing(Thing::Subnet(*subnet)), Thing::Subnet(*subnet));
        }
        if subnets.is_empty() {
            self.fact(Says::Nothing);
        }
    }

    fn addresses(&mut self, id: InterfaceId) {
        let Some(row) = self.network.interfaces().get(id) else { return };
        for address in &row.addresses {
            self.fact(Says::Address(*address));
        }
        self.fact(Says::PublicAddress(row.public_address));
        if row.kind != InterfaceKind::NatGateway {
            self.edit(match row.public_address {
                Some(_) => Edit::TakeAddress(id),
                None => Edit::GiveAddress(id),
            });
        }
    }

    fn interface(&mut self, id: InterfaceId) {
        let Some(row) = self.network.interfaces().get(id) else { return };
        self.link(Says::In(Thing::Subnet(row.subnet)), Thing::Subnet(row.subnet));
        self.addresses(id);
        self.fact(Says::SourceDestCheck(row.source_dest_check));
        self.heading(Heading::Groups);
        let Some(vpc) = self.network.subnets().get(row.subnet).map(|subnet| subnet.vpc) else {
            return;
        };
        for (group, _) in self.network.security_groups().iter().filter(|(_, row)| row.vpc == vpc) {
            let member = row.security_groups.contains(&group);
            if member {
                self.link(Says::Group(group, true), Thing::SecurityGroup(group));
                let rules = self.network.security_groups()[group].ingress.len();
                for index in 0..rules {
                    self.fact(Says::Rule(group, Direction::Ingress, index));
                }
            }
        }
        if row.kind != InterfaceKind::NatGateway {
            for (group, _) in
                self.network.security_groups().iter().filter(|(_, row)| row.vpc == vpc)
            {
                let member = row.security_groups.contains(&group);
                self.edit(if member {
                    Edit::LeaveGroup(id, group)
                } else {
                    Edit::JoinGroup(id, group)
                });
            }
        }
    }
}

/// What an interface belongs to, or itself.
fn owner(network: &Network, interface: InterfaceId) -> Thing {
    match canvas::spot_of_thing(network, Thing::Interface(interface)) {
        Some(canvas::Spot::Thing(thing)) => thing,
        _ => Thing::Interface(interface),
    }
}
