//! What there is to know of a thing, row by row, and what Enter and Delete mean on each.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    app::{
        bench::{
            edit::{self, Edit},
            lines::{Line, Table},
            members::{self, Member, Members},
            property::Property,
        },
        canvas,
    },
    cloud::{
        CdnOrigin, Direction, EndpointTo, InstanceState, Integration, InterfaceId, InterfaceKind,
        LaunchType, Listening, NatGatewayState, NatSeat, Network, NetworkAclId, Origin,
        PeeringState, PublicAddress, RouteTableId, SecurityGroupId, Target, Thing,
        TransitGatewayRouteTableId, VpcId, Zone,
    },
    course::{Allowed, edit::scheme_word},
    net::Cidr,
    tell::written,
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
    /// A private address with the public one that stands for it.
    Mapped(IpAddr, Ipv4Addr),
    PublicAddress(Option<PublicAddress>),
    SourceDestCheck(bool),
    /// A group that the interface could carry, and whether it does.
    Group(SecurityGroupId, bool),
    Listens(Listening),
    /// Another thing.
    Thing(Thing),
    /// Another thing, where it must be said what kind of thing it is.
    Joined(Thing),
    Attached(Option<VpcId>),
    /// The subnet that something stands in.
    In(Thing),
    Edit(Edit),
    Packet,
    Elsewhere,
    /// What a thing is, and cannot be made otherwise.
    Fact(Fact, String),
    /// Where a thing stands with one of its interfaces.
    Node(InterfaceId),
    Property(Property),
    Member(Members, Member),
    Line(Line),
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as what it is about")]
pub enum Fact {
    Kind,
    Scheme,
    Protocol,
    Port,
    State,
    Launch,
    Service,
    Ranges,
    Requester,
    Accepter,
    Gateway,
    Attached,
    Site,
    Customer,
    Side,
    Routing,
    Origin,
    Integration,
    Acceptance,
    PublicAddress,
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
    Nodes,
    List(Members),
    Table(Table),
    Account,
    Settings,
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
    rows.parts(thing);
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

/// What there is to know of the rest of the internet, and of the switch that shuts it out of the
/// whole account.
pub fn elsewhere(network: &Network, allowed: &Allowed) -> Vec<Row> {
    let packet = Row { says: Says::Packet, enter: Some(Enter::Packet), delete: None };
    let mut rows = Rows { network, allowed, list: vec![Row::fact(Says::Elsewhere)] };
    rows.fact(Says::Gap);
    rows.list.push(packet);
    rows.heading(Heading::Account);
    rows.property(Property::BlockMode);
    rows.list
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

    /// A property, changed by Enter where that is allowed.
    fn property(&mut self, property: Property) {
        let edit = Edit::Set(property);
        let enter = edit.is_allowed(self.allowed).then_some(Enter::Edit(edit));
        self.list.push(Row { says: Says::Property(property), enter, delete: None });
    }

    /// What is described by data: properties, lists and tables.
    fn parts(&mut self, thing: Thing) {
        let properties = Property::of(self.network, thing);
        if !properties.is_empty() {
            self.heading(Heading::Settings);
        }
        for property in properties {
            self.property(property);
        }
        for members in Members::of(self.network, thing) {
            self.members(members);
        }
        for table in Table::of(self.network, thing) {
            self.table(table);
        }
    }

    /// A list: each member a way to look further or to another value, and a row to let one in.
    fn members(&mut self, list: Members) {
        let now = list.now(self.network);
        let open = !list.is_closed(self.network);
        let add = Edit::Join(list);
        let can_add = open && add.is_allowed(self.allowed);
        if now.is_empty() && !can_add {
            return;
        }
        if now.is_empty() && list.is_quiet() {
            self.edit(add);
            return;
        }
        self.heading(Heading::List(list));
        for (at, member) in now.iter().copied().enumerate() {
            let kept = list.is_kept(self.network, at);
            let remove = Some(Edit::Leave(list, member)).filter(|_| !kept);
            let remove = remove.filter(|edit| edit.is_allowed(self.allowed));
            let change = Some(Edit::Exchange(list, member)).filter(|_| !kept);
            let change = change.filter(|edit| edit.is_allowed(self.allowed));
            let enter = match member {
                Member::Thing(thing) => Some(Enter::Show(thing)),
                _ => change.or(remove).map(Enter::Edit),
            };
            self.list.push(Row { says: Says::Member(list, member), enter, delete: remove });
            if let (Members::FurtherAddresses(id), Member::Address(private)) = (list, member) {
                let row = self.network.interfaces().get(id);
                let has = row.is_some_and(|row| row.public_for(private).is_some());
                self.edit(if has {
                    Edit::TakeAddressOf(id, private)
                } else {
                    Edit::GiveAddressTo(id, private)
                });
            }
        }
        if now.is_empty() {
            self.fact(Says::Nothing);
        }
        if open {
            self.edit(add);
        }
    }

    /// A table: each line changed by Enter and taken away by Delete, and a row for a new one.
    fn table(&mut self, table: Table) {
        self.heading(Heading::Table(table));
        let lines = table.lines(self.network);
        for line in &lines {
            let (change, remove) = (Edit::EditLine(*line), Edit::RemoveLine(*line));
            self.line(Says::Line(*line), Some(change), Some(remove));
        }
        // What the gateway learned by itself stands below what people wrote.
        if let Table::TransitRoutes(id) = table {
            let all = self.network.transit_routes(id);
            for at in lines.len()..all.len() {
                self.fact(Says::TransitRoute(id, at));
            }
            if all.is_empty() {
                self.fact(Says::Nothing);
            }
        } else if lines.is_empty() {
            self.fact(Says::Nothing);
        }
        self.edit(Edit::AddLine(table));
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
                let state = match row.state {
                    PeeringState::PendingAcceptance => "pending-acceptance",
                    PeeringState::Active => "active",
                    PeeringState::Rejected => "rejected",
                    PeeringState::Expired => "expired",
                };
                self.fact(Says::Fact(Fact::State, state.to_owned()));
                self.leads(Fact::Requester, Thing::Vpc(row.requester));
                self.leads(Fact::Accepter, Thing::Vpc(row.accepter));
            }
            Thing::PrefixList(id) => {
                let Some(row) = self.network.prefix_lists().get(id) else { return };
                if row.by_aws {
                    self.fact(Says::Fact(Fact::Kind, "AWS".to_owned()));
                }
            }
            Thing::GatewayEndpoint(id) => {
                let Some(row) = self.network.gateway_endpoints().get(id) else { return };
                self.link(Says::Attached(Some(row.vpc)), Thing::Vpc(row.vpc));
                self.leads(Fact::Service, Thing::PrefixList(row.list));
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
                            if zone.addresses.is_empty() {
                                self.fact(Says::Zone(zone.zone));
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
                for (at, interface) in row.interfaces.clone().into_iter().enumerate() {
                    if at > 0 {
                        let thing = Thing::Interface(interface);
                        self.fact(Says::Gap);
                        self.link(Says::Joined(thing), thing);
                    }
                    self.interface(interface);
                }
            }
            Thing::Interface(id) => self.interface(id),
            Thing::TransitGateway(_)
            | Thing::TransitGatewayRouteTable(_)
            | Thing::VirtualPrivateGateway(_)
            | Thing::DirectConnectGateway(_)
            | Thing::OnPremises(_)
            | Thing::TransitGatewayAttachment(_)
            | Thing::CustomerGateway(_)
            | Thing::VpnConnection(_) => self.joint(thing),
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
                self.service(thing);
                let nodes = self.network.interfaces_of(thing);
                if !nodes.is_empty() {
                    self.heading(Heading::Nodes);
                }
                for node in nodes {
                    let Some(row) = self.network.interfaces().get(node) else { continue };
                    self.link(Says::Node(node), Thing::Subnet(row.subnet));
                }
            }
        }
    }

    /// A fact that is another thing: a way to look further.
    fn leads(&mut self, fact: Fact, thing: Thing) {
        let name = self.network.name(thing).map(ToString::to_string).unwrap_or_default();
        self.link(Says::Fact(fact, name), thing);
    }

    fn known(&mut self, fact: Fact, value: impl Into<String>) {
        self.fact(Says::Fact(fact, value.into()));
    }

    /// What a load balancer, an endpoint, a function ... is.
    fn service(&mut self, thing: Thing) -> Option<()> {
        let n = self.network;
        match thing {
            Thing::LoadBalancer(id) => {
                let row = n.load_balancers().get(id)?;
                self.known(Fact::Kind, row.kind.as_str());
                self.known(Fact::Scheme, scheme_word(row.scheme));
                self.leads(Fact::Attached, Thing::Vpc(row.vpc));
            }
            Thing::TargetGroup(id) => {
                let row = n.target_groups().get(id)?;
                self.known(Fact::Protocol, format!("{} {}", row.protocol.as_str(), row.port));
                self.known(Fact::Kind, row.kind.as_str());
                self.leads(Fact::Attached, Thing::Vpc(row.vpc));
                if let Some(balancer) = n.balancer_of_group(id) {
                    self.leads(Fact::Gateway, Thing::LoadBalancer(balancer));
                }
            }
            Thing::InterfaceEndpoint(id) => {
                let row = n.interface_endpoints().get(id)?;
                self.leads(
                    Fact::Service,
                    match row.to {
                        EndpointTo::Service(id) => Thing::Service(id),
                        EndpointTo::Offered(id) => Thing::EndpointService(id),
                    },
                );
                self.leads(Fact::Attached, Thing::Vpc(row.vpc));
                let state = if row.accepted { "available" } else { "pending-acceptance" };
                self.known(Fact::State, state);
            }
            Thing::EndpointService(id) => {
                let row = n.endpoint_services().get(id)?;
                self.known(Fact::Acceptance, if row.acceptance_required { "on" } else { "off" });
                for balancer in &row.load_balancers {
                    self.leads(Fact::Gateway, Thing::LoadBalancer(*balancer));
                }
                let all = n.interface_endpoints().iter();
                for (endpoint, _) in all.filter(|(_, it)| it.to == EndpointTo::Offered(id)) {
                    let thing = Thing::InterfaceEndpoint(endpoint);
                    self.link(Says::Joined(thing), thing);
                }
            }
            Thing::Service(id) => {
                let row = n.services().get(id)?;
                self.known(Fact::Kind, row.kind.title());
                for range in &row.ranges {
                    self.known(Fact::Ranges, range.to_string());
                }
            }
            Thing::Database(id) => {
                self.known(Fact::Port, n.databases().get(id)?.port.to_string());
            }
            Thing::Task(id) => {
                let row = n.tasks().get(id)?;
                let launch = match row.launch {
                    LaunchType::Ec2 => "ec2",
                    LaunchType::Fargate => "fargate",
                };
                self.known(Fact::Launch, launch);
                self.fact(Says::Listens(row.listening.clone()));
                let groups = n.interfaces().get(row.interface)?.security_groups.clone();
                for group in groups {
                    self.link(Says::Group(group, true), Thing::SecurityGroup(group));
                }
            }
            Thing::Api(id) => {
                let row = n.apis().get(id)?;
                self.known(Fact::Kind, row.kind.as_str());
                if let Some(address) = row.address {
                    self.known(Fact::PublicAddress, address.to_string());
                }
                match &row.integration {
                    Integration::Mock => self.known(Fact::Integration, "mock"),
                    Integration::Function(id) => {
                        self.leads(Fact::Integration, Thing::Function(*id));
                    }
                    Integration::VpcLink { to, .. } | Integration::PublicBalancer(to) => {
                        self.leads(Fact::Integration, Thing::LoadBalancer(*to));
                    }
                    Integration::PublicHost(id) => self.leads(Fact::Integration, Thing::Host(*id)),
                }
            }
            Thing::Distribution(id) => {
                let row = n.distributions().get(id)?;
                self.known(Fact::PublicAddress, row.address.to_string());
                self.leads(
                    Fact::Origin,
                    match row.origin {
                        CdnOrigin::PublicBalancer(id) | CdnOrigin::PrivateBalancer(id) => {
                            Thing::LoadBalancer(id)
                        }
                        CdnOrigin::PublicInterface(id) | CdnOrigin::PrivateInterface(id) => {
                            n.owner_of(id)
                        }
                        CdnOrigin::Host(id) => Thing::Host(id),
                        CdnOrigin::Bucket { service, .. } => Thing::Service(service),
                    },
                );
                self.known(Fact::Port, row.origin_port.to_string());
            }
            _ => {}
        }
        Some(())
    }

    /// What joins networks: the objects that it is made of, each a way to look further.
    fn joint(&mut self, thing: Thing) {
        let n = self.network;
        match thing {
            Thing::TransitGatewayAttachment(id) => {
                if let Some(row) = n.transit_gateway_attachments().get(id) {
                    self.known(Fact::State, written::attachment_state(row.state));
                }
            }
            Thing::VpnConnection(id) => {
                if let Some(row) = n.vpn_connections().get(id) {
                    let routing = if row.routing.is_dynamic() { "bgp" } else { "static" };
                    self.known(Fact::Routing, routing);
                    self.leads(Fact::Side, members::side(row.side));
                    self.leads(Fact::Customer, Thing::CustomerGateway(row.customer_gateway));
                }
                return;
            }
            Thing::CustomerGateway(id) => {
                if let Some(row) = n.customer_gateways().get(id) {
                    if let Some(address) = row.address {
                        self.known(Fact::PublicAddress, address.to_string());
                    }
                    self.leads(Fact::Site, Thing::OnPremises(row.on_premises));
                }
                return;
            }
            // Its attachments stand in the lists below.
            Thing::TransitGatewayRouteTable(id) => {
                if let Some(row) = n.transit_gateway_route_tables().get(id) {
                    self.leads(Fact::Gateway, Thing::TransitGateway(row.gateway));
                }
                return;
            }
            _ => {}
        }
        for other in n.joined_with(thing) {
            self.link(Says::Joined(other), other);
        }
        if let Thing::OnPremises(id) = thing
            && let Some(row) = n.on_premises().get(id)
        {
            self.fact(Says::Listens(row.listening.clone()));
        }
    }

    fn vpc(&mut self, id: VpcId) {
        let Some(row) = self.network.vpcs().get(id) else { return };
        let blocks = row.cidrs.iter().enumerate().map(|(at, cidr)| (at > 0, *cidr));
        let ipv6 = row.ipv6_cidrs.iter().map(|cidr| (true, *cidr));
        for (removable, cidr) in blocks.chain(ipv6) {
            let remove = removable.then_some(Edit::RemoveBlock(id, cidr));
            self.line(Says::Block(cidr), None, remove);
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
            let mut change = editable.then_some(Edit::EditRoute(table, route.destination));
            let mut remove = editable.then_some(Edit::RemoveRoute(table, route.destination));
            // The routes of a prefix list come and go together.
            if let Origin::PrefixList(list) = route.origin
                && !matches!(route.target, Target::GatewayEndpoint(_))
            {
                let line = Line::ListRoute(table, list);
                change = Some(Edit::EditLine(line));
                remove = Some(Edit::RemoveLine(line));
            }
            self.line(Says::Route(table, index), change, remove);
        }
        self.edit(Edit::AddRoute(table));
        if !self.network.prefix_lists().is_empty() {
            self.edit(Edit::AddLine(Table::ListRoutes(table)));
        }
    }

    fn route_table(&mut self, id: RouteTableId) {
        let Some(row) = self.network.route_tables().get(id) else { return };
        if self.network.vpcs().get(row.vpc).is_some_and(|vpc| vpc.main_route_table == id) {
            self.fact(Says::Main);
        }
        self.fact(Says::Heading(Heading::Routes));
        self.routes(id);
        for gateway in members::told_by(self.network, id) {
            let list = Members::PropagatesTo(gateway);
            let member = Member::Thing(Thing::RouteTable(id));
            self.edit(Edit::Leave(list, member));
        }
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
        let primary = row.addresses.first();
        for address in &row.addresses {
            // The public address of the first stands in a row of its own.
            let public = row.public_for(*address).filter(|_| primary != Some(address));
            self.fact(public.map_or(Says::Address(*address), |it| Says::Mapped(*address, it)));
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
