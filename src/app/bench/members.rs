//! The lists that things have, whose members come and go one by one: the subnets of a load
//! balancer, the tables of an endpoint, the blocks of a network. One table of who belongs to each,
//! who could, and which edit lets one in or out.

use std::net::IpAddr;

use crate::{
    app::bench::{
        form::{Ask, Known, Note, known, known_thing},
        wire::spelled,
    },
    cloud::{
        AttachmentOf, CustomerGatewayId, DatabaseId, DirectConnectGatewayId, FunctionId,
        GatewayEndpointId, InterfaceEndpointId, InterfaceId, InterfaceKind, LoadBalancerId,
        LoadBalancerKind, Network, OnPremisesId, PrefixListId, RouteTableId, SecurityGroupId,
        SubnetId, Thing, TransitGatewayAttachmentId, TransitGatewayRouteTableId,
        VirtualPrivateGatewayId, VpcId, VpnConnectionId, VpnRouting, VpnSide,
    },
    course::names::{interface_word, thing_word, word},
    net::Cidr,
};

/// One list of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named as who belongs to it")]
pub enum Members {
    VpcBlocks(VpcId),
    /// The private addresses besides the first.
    FurtherAddresses(InterfaceId),
    Ipv6Addresses(InterfaceId),
    BalancerSubnets(LoadBalancerId),
    BalancerGroups(LoadBalancerId),
    EndpointTables(GatewayEndpointId),
    EndpointGroups(InterfaceEndpointId),
    FunctionSubnets(FunctionId),
    FunctionGroups(FunctionId),
    DatabaseGroups(DatabaseId),
    ListBlocks(PrefixListId),
    AttachmentSubnets(TransitGatewayAttachmentId),
    Associations(TransitGatewayRouteTableId),
    Propagations(TransitGatewayRouteTableId),
    PropagatesTo(VirtualPrivateGatewayId),
    PrivateLines(DirectConnectGatewayId),
    TransitLines(DirectConnectGatewayId),
    Connections(CustomerGatewayId),
    VpnRoutes(VpnConnectionId),
    SiteBlocks(OnPremisesId),
}

/// One who belongs to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// An object.
    Thing(Thing),
    /// A block.
    Block(Cidr),
    /// An address.
    Address(IpAddr),
}

impl Member {
    /// How edits spell it.
    pub fn word(self, n: &Network) -> String {
        match self {
            Self::Thing(thing) => thing_word(n, thing),
            Self::Block(cidr) => cidr.to_string(),
            Self::Address(address) => address.to_string(),
        }
    }
}

fn things<T>(ids: impl IntoIterator<Item = T>, thing: fn(T) -> Thing) -> Vec<Member> {
    ids.into_iter().map(|id| Member::Thing(thing(id))).collect()
}

fn blocks<'a>(all: impl IntoIterator<Item = &'a Cidr>) -> Vec<Member> {
    all.into_iter().map(|cidr| Member::Block(*cidr)).collect()
}

impl Members {
    /// Those of a thing, in the order in which they are shown.
    pub fn of(n: &Network, thing: Thing) -> Vec<Self> {
        match thing {
            Thing::Interface(id) => Self::of_interface(n, id),
            Thing::Instance(id) => {
                let own = n.instances().get(id).map(|row| row.interfaces.clone());
                own.unwrap_or_default().iter().flat_map(|it| Self::of_interface(n, *it)).collect()
            }
            Thing::LoadBalancer(id) => {
                let mut all = vec![Self::BalancerSubnets(id)];
                if n.load_balancers()
                    .get(id)
                    .is_some_and(|row| row.has_groups() || row.kind != LoadBalancerKind::Gateway)
                {
                    all.push(Self::BalancerGroups(id));
                }
                all
            }
            Thing::GatewayEndpoint(id) => vec![Self::EndpointTables(id)],
            Thing::InterfaceEndpoint(id) => vec![Self::EndpointGroups(id)],
            Thing::Function(id) => vec![Self::FunctionSubnets(id), Self::FunctionGroups(id)],
            Thing::Database(id) => vec![Self::DatabaseGroups(id)],
            Thing::PrefixList(id) => vec![Self::ListBlocks(id)],
            Thing::TransitGatewayAttachment(id) => {
                let row = n.transit_gateway_attachments().get(id);
                match row.map(|row| &row.of) {
                    Some(AttachmentOf::Vpc { .. }) => vec![Self::AttachmentSubnets(id)],
                    _ => Vec::new(),
                }
            }
            Thing::TransitGatewayRouteTable(id) => {
                vec![Self::Associations(id), Self::Propagations(id)]
            }
            Thing::VirtualPrivateGateway(id) => vec![Self::PropagatesTo(id)],
            Thing::DirectConnectGateway(id) => {
                vec![Self::PrivateLines(id), Self::TransitLines(id)]
            }
            Thing::CustomerGateway(id) => vec![Self::Connections(id)],
            Thing::VpnConnection(id) => vec![Self::VpnRoutes(id)],
            Thing::OnPremises(id) => vec![Self::SiteBlocks(id)],
            _ => Vec::new(),
        }
    }

    /// Those of an interface that one may change oneself.
    pub fn of_interface(n: &Network, id: InterfaceId) -> Vec<Self> {
        match n.interfaces().get(id).map(|row| row.kind) {
            Some(InterfaceKind::Instance(_) | InterfaceKind::Unattached) => {
                let subnet = n.interfaces().get(id).and_then(|row| n.subnets().get(row.subnet));
                let own = n
                    .interfaces()
                    .get(id)
                    .is_some_and(|row| row.addresses.iter().any(IpAddr::is_ipv6));
                let can = own || subnet.is_some_and(|row| row.ipv6_cidr.is_some());
                let ipv6 = can.then_some(Self::Ipv6Addresses(id));
                [Self::FurtherAddresses(id)].into_iter().chain(ipv6).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The operations that let one in and out.
    pub fn operations(self) -> &'static [&'static str; 2] {
        match self {
            Self::VpcBlocks(_) => &["associate-vpc-cidr-block", "disassociate-vpc-cidr-block"],
            Self::FurtherAddresses(_) => {
                &["assign-private-ip-addresses", "unassign-private-ip-addresses"]
            }
            Self::Ipv6Addresses(_) => &["assign-ipv6-addresses", "unassign-ipv6-addresses"],
            Self::BalancerSubnets(_) => &["set-subnets", "set-subnets"],
            Self::BalancerGroups(_) => &["set-security-groups", "set-security-groups"],
            Self::EndpointTables(_) => &["modify-vpc-endpoint", "modify-vpc-endpoint"],
            Self::EndpointGroups(_) => &["modify-interface-endpoint", "modify-interface-endpoint"],
            Self::FunctionSubnets(_) | Self::FunctionGroups(_) => {
                &["update-function-configuration", "update-function-configuration"]
            }
            Self::DatabaseGroups(_) => &["modify-db-instance", "modify-db-instance"],
            Self::ListBlocks(_) => &["modify-managed-prefix-list", "modify-managed-prefix-list"],
            Self::AttachmentSubnets(_) => {
                &["modify-transit-gateway-vpc-attachment", "modify-transit-gateway-vpc-attachment"]
            }
            Self::Associations(_) => &[
                "associate-transit-gateway-route-table",
                "disassociate-transit-gateway-route-table",
            ],
            Self::Propagations(_) => &[
                "enable-transit-gateway-route-table-propagation",
                "disable-transit-gateway-route-table-propagation",
            ],
            Self::PropagatesTo(_) => {
                &["enable-vgw-route-propagation", "disable-vgw-route-propagation"]
            }
            Self::PrivateLines(_) => &[
                "create-direct-connect-gateway-association",
                "delete-direct-connect-gateway-association",
            ],
            Self::TransitLines(_) => {
                &["attach-direct-connect-gateway", "delete-transit-gateway-attachment"]
            }
            Self::Connections(_) => &["create-vpn-connection", "delete-vpn-connection"],
            Self::VpnRoutes(_) => &["create-vpn-connection-route", "delete-vpn-connection-route"],
            Self::SiteBlocks(_) => &["configure-on-premises", "configure-on-premises"],
        }
    }

    /// What its form asks for.
    pub fn ask(self) -> Ask {
        match self {
            Self::VpcBlocks(_) | Self::ListBlocks(_) | Self::VpnRoutes(_) | Self::SiteBlocks(_) => {
                Ask::Block
            }
            Self::FurtherAddresses(_) | Self::Ipv6Addresses(_) => Ask::Address,
            Self::BalancerGroups(_)
            | Self::EndpointGroups(_)
            | Self::FunctionGroups(_)
            | Self::DatabaseGroups(_) => Ask::Group,
            Self::BalancerSubnets(_) | Self::FunctionSubnets(_) | Self::AttachmentSubnets(_) => {
                Ask::Subnet
            }
            Self::EndpointTables(_) | Self::PropagatesTo(_) => Ask::Table,
            Self::Associations(_) | Self::Propagations(_) => Ask::Attachment,
            Self::PrivateLines(_) => Ask::PrivateGateway,
            Self::TransitLines(_) => Ask::Transit,
            Self::Connections(_) => Ask::Side,
        }
    }

    /// May something be typed that is not on offer: a block, an address?
    pub fn is_free(self) -> bool {
        matches!(self.ask(), Ask::Block | Ask::Address)
    }

    /// What was typed, as edits spell it: an address alone stands for its block.
    pub fn spelled(self, typed: &str) -> Option<String> {
        match self.ask() {
            Ask::Block => Some(crate::app::bench::form::block(typed).ok()?.to_string()),
            _ => Some(typed.to_owned()),
        }
    }

    /// Who belongs to it.
    pub fn now(self, n: &Network) -> Vec<Member> {
        self.look(n).unwrap_or_default()
    }

    fn look(self, n: &Network) -> Option<Vec<Member>> {
        let groups = |interface: InterfaceId| -> Vec<SecurityGroupId> {
            n.interfaces().get(interface).map(|it| it.security_groups.clone()).unwrap_or_default()
        };
        let subnets = |nodes: &[InterfaceId]| -> Vec<SubnetId> {
            nodes.iter().filter_map(|id| n.interfaces().get(*id)).map(|it| it.subnet).collect()
        };
        Some(match self {
            Self::VpcBlocks(id) => {
                let row = n.vpcs().get(id)?;
                blocks(row.cidrs.iter().chain(&row.ipv6_cidrs))
            }
            Self::FurtherAddresses(id) => {
                let all = n.interfaces().get(id)?.addresses.iter();
                all.filter(|it| it.is_ipv4()).skip(1).map(|it| Member::Address(*it)).collect()
            }
            Self::Ipv6Addresses(id) => {
                let all = n.interfaces().get(id)?.addresses.iter();
                all.filter(|it| it.is_ipv6()).map(|it| Member::Address(*it)).collect()
            }
            Self::BalancerSubnets(id) => {
                things(subnets(&n.load_balancers().get(id)?.nodes), Thing::Subnet)
            }
            Self::BalancerGroups(id) => {
                let row = n.load_balancers().get(id)?;
                things(row.security_groups.iter().copied(), Thing::SecurityGroup)
            }
            Self::EndpointTables(id) => {
                let row = n.gateway_endpoints().get(id)?;
                things(row.route_tables.iter().copied(), Thing::RouteTable)
            }
            Self::EndpointGroups(id) => {
                let first = n.interface_endpoints().get(id)?.interfaces.first()?;
                things(groups(*first), Thing::SecurityGroup)
            }
            Self::FunctionSubnets(id) => {
                things(subnets(&n.functions().get(id)?.interfaces), Thing::Subnet)
            }
            Self::FunctionGroups(id) => {
                let first = n.functions().get(id)?.interfaces.first()?;
                things(groups(*first), Thing::SecurityGroup)
            }
            Self::DatabaseGroups(id) => {
                things(groups(n.databases().get(id)?.interface), Thing::SecurityGroup)
            }
            Self::ListBlocks(id) => blocks(&n.prefix_lists().get(id)?.cidrs),
            Self::AttachmentSubnets(id) => {
                let AttachmentOf::Vpc { subnets, .. } =
                    &n.transit_gateway_attachments().get(id)?.of
                else {
                    return None;
                };
                things(subnets.iter().copied(), Thing::Subnet)
            }
            Self::Associations(table) => {
                let all = n.transit_gateway_attachments().iter();
                let own = all.filter(|(_, row)| row.association == Some(table));
                things(own.map(|(id, _)| id), Thing::TransitGatewayAttachment)
            }
            Self::Propagations(table) => {
                let all = n.transit_gateway_attachments().iter();
                let own = all.filter(|(_, row)| row.propagations.contains(&table));
                things(own.map(|(id, _)| id), Thing::TransitGatewayAttachment)
            }
            Self::PropagatesTo(id) => {
                let row = n.virtual_private_gateways().get(id)?;
                things(row.propagates_to.iter().copied(), Thing::RouteTable)
            }
            Self::PrivateLines(id) => {
                let row = n.direct_connect_gateways().get(id)?;
                things(row.gateways.iter().copied(), Thing::VirtualPrivateGateway)
            }
            Self::TransitLines(line) => {
                let all = n.transit_gateway_attachments().iter();
                let own = all.filter(|(_, row)| row.of == AttachmentOf::DirectConnect(line));
                things(own.map(|(id, _)| id), Thing::TransitGatewayAttachment)
            }
            Self::Connections(id) => {
                let own = n.vpn_connections().iter().filter(|(_, it)| it.customer_gateway == id);
                things(own.map(|(id, _)| id), Thing::VpnConnection)
            }
            Self::VpnRoutes(id) => blocks(n.vpn_connections().get(id)?.routing.prefixes()),
            Self::SiteBlocks(id) => blocks(&n.on_premises().get(id)?.cidrs),
        })
    }

    /// May members be taken out? AWS keeps the first block of a VPC, what BGP learns is the other
    /// side's, and a list of AWS's is AWS's.
    pub fn is_kept(self, n: &Network, at: usize) -> bool {
        match self {
            Self::VpcBlocks(_) => at == 0,
            Self::VpnRoutes(id) => n
                .vpn_connections()
                .get(id)
                .is_some_and(|row| matches!(row.routing, VpnRouting::Bgp(_))),
            Self::ListBlocks(id) => n.prefix_lists().get(id).is_some_and(|row| row.by_aws),
            _ => false,
        }
    }

    /// Is it left out while it is empty, but for the row that adds to it?
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::FurtherAddresses(_) | Self::Ipv6Addresses(_))
    }

    /// Can anyone be let in at all?
    pub fn is_closed(self, n: &Network) -> bool {
        !matches!(self, Self::VpcBlocks(_)) && self.is_kept(n, usize::MAX)
    }

    /// Who could belong to it and does not: values for its form.
    pub fn others(self, n: &Network) -> Vec<Known> {
        let now = self.now(n);
        let mut list: Vec<Known> = Vec::new();
        let mut add = |thing: Thing| {
            if !now.contains(&Member::Thing(thing)) {
                list.push(known_thing(thing_word(n, thing), thing));
            }
        };
        match self {
            Self::VpcBlocks(_) | Self::SiteBlocks(_) => {}
            Self::ListBlocks(_) => {
                for (id, row) in n.vpcs().iter() {
                    let fresh = row.cidrs.iter().filter(|it| !now.contains(&Member::Block(**it)));
                    list.extend(fresh.map(|cidr| Known::of(cidr.to_string(), Thing::Vpc(id))));
                }
            }
            Self::VpnRoutes(id) => {
                let site = n.vpn_connections().get(id).and_then(|row| {
                    Some(n.customer_gateways().get(row.customer_gateway)?.on_premises)
                });
                let row = site.and_then(|site| Some((site, n.on_premises().get(site)?)));
                if let Some((site, row)) = row {
                    let fresh = row.cidrs.iter().filter(|it| !now.contains(&Member::Block(**it)));
                    let thing = Thing::OnPremises(site);
                    list.extend(fresh.map(|cidr| Known::of(cidr.to_string(), thing)));
                }
            }
            Self::FurtherAddresses(id) => {
                let row = n.interfaces().get(id).and_then(|row| n.subnets().get(row.subnet));
                let taken =
                    |it: &IpAddr| n.interfaces().iter().any(|(_, row)| row.addresses.contains(it));
                if let Some(row) = row {
                    // The first four and the last are AWS's own.
                    let free =
                        (4..row.cidr.size().saturating_sub(1)).filter_map(|at| row.cidr.nth(at));
                    let free = free.take(1024).find(|it| !taken(it));
                    list.extend(free.map(|it| known(it.to_string(), Note::Free)));
                }
            }
            Self::Ipv6Addresses(id) => {
                let block = n.interfaces().get(id).and_then(|row| n.subnets().get(row.subnet));
                if let Some(block) = block.and_then(|row| row.ipv6_cidr) {
                    let taken = |it: &IpAddr| {
                        n.interfaces().iter().any(|(_, row)| row.addresses.contains(it))
                    };
                    let free = (4..64).filter_map(|at| block.nth(at)).find(|it| !taken(it));
                    list.extend(free.map(|it| known(it.to_string(), Note::Free)));
                }
            }
            Self::BalancerGroups(_)
            | Self::EndpointGroups(_)
            | Self::FunctionGroups(_)
            | Self::DatabaseGroups(_) => {
                let vpc = self.vpc(n);
                let groups = n.security_groups().iter().filter(|(_, row)| Some(row.vpc) == vpc);
                groups.for_each(|(id, _)| add(Thing::SecurityGroup(id)));
            }
            Self::BalancerSubnets(_) | Self::AttachmentSubnets(_) | Self::FunctionSubnets(_) => {
                // A function outside every VPC may go to any.
                let vpc = self.vpc(n);
                let fits = |row: &crate::cloud::Subnet| vpc.is_none_or(|vpc| row.vpc == vpc);
                let subnets = n.subnets().iter().filter(|(_, row)| fits(row));
                subnets.for_each(|(id, _)| add(Thing::Subnet(id)));
            }
            Self::EndpointTables(_) | Self::PropagatesTo(_) => {
                let vpc = self.vpc(n);
                let tables = n.route_tables().iter().filter(|(_, row)| Some(row.vpc) == vpc);
                tables.for_each(|(id, _)| add(Thing::RouteTable(id)));
            }
            Self::Associations(table) | Self::Propagations(table) => {
                let gateway = n.transit_gateway_route_tables().get(table).map(|row| row.gateway);
                let all = n.transit_gateway_attachments().iter();
                all.filter(|(_, row)| Some(row.gateway) == gateway)
                    .for_each(|(id, _)| add(Thing::TransitGatewayAttachment(id)));
            }
            Self::PrivateLines(_) => {
                let all = n.virtual_private_gateways().iter();
                all.for_each(|(id, _)| add(Thing::VirtualPrivateGateway(id)));
            }
            Self::TransitLines(_) => {
                n.transit_gateways().iter().for_each(|(id, _)| add(Thing::TransitGateway(id)));
            }
            Self::Connections(_) => {
                let all = n.virtual_private_gateways().iter();
                all.for_each(|(id, _)| add(Thing::VirtualPrivateGateway(id)));
                n.transit_gateways().iter().for_each(|(id, _)| add(Thing::TransitGateway(id)));
            }
        }
        list
    }

    /// The VPC in which members stand.
    fn vpc(self, n: &Network) -> Option<VpcId> {
        let of =
            |interface: InterfaceId| n.interfaces().get(interface).map(|_| n.vpc_of(interface));
        match self {
            Self::BalancerSubnets(id) | Self::BalancerGroups(id) => {
                n.load_balancers().get(id).map(|row| row.vpc)
            }
            Self::EndpointTables(id) => n.gateway_endpoints().get(id).map(|row| row.vpc),
            Self::EndpointGroups(id) => n.interface_endpoints().get(id).map(|row| row.vpc),
            Self::FunctionSubnets(id) | Self::FunctionGroups(id) => {
                of(*n.functions().get(id)?.interfaces.first()?)
            }
            Self::DatabaseGroups(id) => of(n.databases().get(id)?.interface),
            Self::AttachmentSubnets(id) => match n.transit_gateway_attachments().get(id)?.of {
                AttachmentOf::Vpc { vpc, .. } => Some(vpc),
                _ => None,
            },
            Self::PropagatesTo(id) => n.virtual_private_gateways().get(id)?.vpc,
            _ => None,
        }
    }

    /// The edits that let one in, spelled as in its form.
    pub fn join(self, n: &Network, new: &str) -> Option<Vec<String>> {
        let mut all: Vec<String> = self.words(n);
        all.push(new.to_owned());
        if let Some(line) = self.set(n, &all) {
            return Some(vec![line]);
        }
        let [verb, _] = self.operations();
        Some(vec![match self {
            Self::VpcBlocks(id) => format!("{verb} {} {new}", word(n, id)),
            Self::FurtherAddresses(id) | Self::Ipv6Addresses(id) => {
                format!("{verb} {} {new}", interface_word(n, id))
            }
            Self::Associations(table) => {
                let attachment = only_attachment(n, new)?;
                let mut lines = Vec::new();
                if let Some(before) = n.transit_gateway_attachments().get(attachment)?.association {
                    let [_, leave] = self.operations();
                    lines.push(format!("{leave} {} {new}", word(n, before)));
                }
                lines.push(format!("{verb} {} {new}", word(n, table)));
                return Some(lines);
            }
            Self::Propagations(table) => format!("{verb} {} {new}", word(n, table)),
            Self::PropagatesTo(id) => format!("{verb} {new} {}", word(n, id)),
            Self::PrivateLines(id) => format!("{verb} {} {new}", word(n, id)),
            Self::TransitLines(id) => {
                let name = crate::app::bench::form::free_name(n, "dx-attachment");
                format!("{verb} {name} {new} {}", word(n, id))
            }
            Self::Connections(id) => {
                let name = crate::app::bench::form::free_name(n, "vpn");
                let is_transit = n.transit_gateways().iter().any(|(id, _)| word(n, id) == new);
                let side = if is_transit { "transit-gateway" } else { "vpn-gateway" };
                let site = n.customer_gateways().get(id)?.on_premises;
                let cidrs = &n.on_premises().get(site)?.cidrs;
                let blocks = spelled(" ", cidrs.iter().map(ToString::to_string));
                format!("{verb} {name} {} {side} {new} bgp{blocks}", word(n, id))
            }
            Self::VpnRoutes(id) => format!("{verb} {} {new}", word(n, id)),
            _ => return None,
        }])
    }

    /// The edits that let one out.
    pub fn leave(self, n: &Network, old: Member) -> Option<Vec<String>> {
        let rest: Vec<String> =
            self.now(n).into_iter().filter(|it| *it != old).map(|it| it.word(n)).collect();
        if let Some(line) = self.set(n, &rest) {
            return Some(vec![line]);
        }
        let [_, verb] = self.operations();
        let old = old.word(n);
        Some(vec![match self {
            Self::VpcBlocks(id) => format!("{verb} {} {old}", word(n, id)),
            Self::FurtherAddresses(id) | Self::Ipv6Addresses(id) => {
                format!("{verb} {} {old}", interface_word(n, id))
            }
            Self::Associations(table) | Self::Propagations(table) => {
                format!("{verb} {} {old}", word(n, table))
            }
            Self::PropagatesTo(id) => format!("{verb} {old} {}", word(n, id)),
            Self::PrivateLines(id) => format!("{verb} {} {old}", word(n, id)),
            Self::TransitLines(_) | Self::Connections(_) => format!("{verb} {old}"),
            Self::VpnRoutes(id) => format!("{verb} {} {old}", word(n, id)),
            _ => return None,
        }])
    }

    /// The edits that put one in the place of another.
    pub fn exchange(self, n: &Network, old: Member, new: &str) -> Option<Vec<String>> {
        if old.word(n) == new {
            return Some(Vec::new());
        }
        let put = |it: Member| if it == old { new.to_owned() } else { it.word(n) };
        let all: Vec<String> = self.now(n).into_iter().map(put).collect();
        if let Some(line) = self.set(n, &all) {
            return Some(vec![line]);
        }
        Some(self.leave(n, old)?.into_iter().chain(self.join(n, new)?).collect())
    }

    fn words(self, n: &Network) -> Vec<String> {
        self.now(n).into_iter().map(|it| it.word(n)).collect()
    }

    /// The edit that says who belongs to it from now on, where AWS wants them all at once.
    fn set(self, n: &Network, all: &[String]) -> Option<String> {
        let [verb, _] = self.operations();
        let spaced = || spelled(" ", all.iter().cloned());
        let keyed = |key: &str, all: &[String]| spelled(&format!(" {key}="), all.iter().cloned());
        Some(match self {
            Self::BalancerSubnets(id) => format!("{verb} {}{}", word(n, id), keyed("subnet", all)),
            Self::BalancerGroups(id) => format!("{verb} {}{}", word(n, id), keyed("group", all)),
            Self::EndpointTables(id) => format!("{verb} {}{}", word(n, id), spaced()),
            Self::EndpointGroups(id) => {
                format!("{verb} {} groups=these{}", word(n, id), keyed("group", all))
            }
            Self::FunctionSubnets(id) => {
                // Without a subnet there is nothing that could carry a group.
                let groups = Self::FunctionGroups(id).words(n);
                let groups = if all.is_empty() { String::new() } else { keyed("group", &groups) };
                format!("{verb} {}{}{groups}", word(n, id), keyed("subnet", all))
            }
            Self::FunctionGroups(id) => {
                let subnets = keyed("subnet", &Self::FunctionSubnets(id).words(n));
                format!("{verb} {}{subnets}{}", word(n, id), keyed("group", all))
            }
            Self::DatabaseGroups(id) => {
                format!("{verb} {} groups=these{}", word(n, id), keyed("group", all))
            }
            Self::ListBlocks(id) => format!("{verb} {}{}", word(n, id), spaced()),
            Self::AttachmentSubnets(id) => format!("{verb} {} subnets{}", word(n, id), spaced()),
            Self::SiteBlocks(id) => format!("{verb} {}{}", word(n, id), spaced()),
            Self::VpcBlocks(_)
            | Self::FurtherAddresses(_)
            | Self::Ipv6Addresses(_)
            | Self::Associations(_)
            | Self::Propagations(_)
            | Self::PropagatesTo(_)
            | Self::PrivateLines(_)
            | Self::TransitLines(_)
            | Self::Connections(_)
            | Self::VpnRoutes(_) => return None,
        })
    }
}

fn only_attachment(n: &Network, spelled: &str) -> Option<TransitGatewayAttachmentId> {
    n.transit_gateway_attachments().iter().map(|(id, _)| id).find(|id| word(n, *id) == spelled)
}

/// Which tables a virtual private gateway tells its blocks, seen from the table.
pub fn told_by(n: &Network, table: RouteTableId) -> Vec<VirtualPrivateGatewayId> {
    let all = n.virtual_private_gateways().iter();
    all.filter(|(_, row)| row.propagates_to.contains(&table)).map(|(id, _)| id).collect()
}

/// The gateway on AWS's side of a VPN connection.
pub fn side(side: VpnSide) -> Thing {
    match side {
        VpnSide::VirtualPrivateGateway(id) => Thing::VirtualPrivateGateway(id),
        VpnSide::TransitGateway(id) => Thing::TransitGateway(id),
    }
}
