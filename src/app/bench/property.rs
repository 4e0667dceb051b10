//! The properties of things that are changed in place: switches, choices of a few words, short
//! lists of ports. One table of what each one is worth, may become, and which edit makes it so.

use crate::{
    app::bench::{
        form::{Known, Note, known, known_thing},
        wire::spelled,
    },
    cloud::{
        AddressType, AttachmentOf, BlockMode, DatabaseId, DnsRecords, EndpointAddressType,
        ExclusionOf, FunctionId, GatewayEndpointId, InstanceId, InterfaceEndpointId,
        InternetGatewayId, Listening, LoadBalancerId, Network, NetworkType, PeeringId, SubnetId,
        TargetGroupId, Thing, TransitGatewayAttachmentId, TransitGatewayId,
        TransitGatewayRouteTableId, VirtualPrivateGatewayId, VpcId, VpnConnectionId,
    },
    course::names::word,
    tell::written,
};

/// One property of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Property {
    /// Does the resolver answer in the VPC?
    DnsSupport(VpcId),
    /// Have public addresses in the VPC names?
    DnsHostnames(VpcId),
    /// Does the resolver make IPv6 answers of IPv4 ones?
    Dns64(SubnetId),
    /// The IPv6 block.
    Ipv6Block(SubnetId),
    /// Is it spared from Block Public Access?
    Exclusion(ExclusionOf),
    /// The account's Block Public Access.
    BlockMode,
    /// The table for what comes in through the gateway.
    EdgeTable(InternetGatewayId),
    /// The same, of a virtual private gateway.
    VgwTable(VirtualPrivateGatewayId),
    /// Do names of this side's instances lead to private addresses? The requester's, or the
    /// accepter's side.
    PeerNames(PeeringId, bool),
    /// What the policy of a gateway endpoint says.
    GatewayPolicy(GatewayEndpointId),
    /// What the policy of an interface endpoint says.
    EndpointPolicy(InterfaceEndpointId),
    /// Does the service's own name lead to the endpoint?
    PrivateDns(InterfaceEndpointId),
    /// Which families of addresses an endpoint has.
    EndpointAddresses(InterfaceEndpointId),
    /// Which records the names of an endpoint have.
    DnsRecords(InterfaceEndpointId),
    /// May a function speak IPv6?
    FunctionIpv6(FunctionId),
    /// Which families of addresses a database has.
    NetworkType(DatabaseId),
    /// The ports at which an instance answers.
    Listening(InstanceId),
    /// What an instance does with packets for others.
    Forwarding(InstanceId),
    /// Which families of addresses a load balancer has.
    AddressType(LoadBalancerId),
    /// Do nodes of a load balancer send to targets of every zone?
    CrossZone(LoadBalancerId),
    /// The same, for one target group.
    GroupCrossZone(TargetGroupId),
    /// Do targets see the client's address?
    ClientAddress(TargetGroupId),
    /// Has a database a public address?
    PublicAccess(DatabaseId),
    /// The table with which new attachments are associated.
    DefaultAssociation(TransitGatewayId),
    /// The table to which new attachments propagate.
    DefaultPropagation(TransitGatewayId),
    /// May groups be named across the gateway?
    GroupReferences(TransitGatewayId),
    /// Does a flow stay in one zone?
    ApplianceMode(TransitGatewayAttachmentId),
    /// May groups be named across this attachment?
    AttachmentReferences(TransitGatewayAttachmentId),
    /// One of the two tunnels.
    Tunnel(VpnConnectionId, usize),
}

/// Nothing: no table, no block, no exclusion.
pub const NONE: &str = "none";

const SWITCH: [&str; 2] = ["on", "off"];

fn switch(on: bool) -> String {
    SWITCH[usize::from(!on)].to_owned()
}

impl Property {
    /// Those of a thing, in the order in which they are shown.
    pub fn of(n: &Network, thing: Thing) -> Vec<Self> {
        let bpa = n.block_public_access();
        let spared = |of: ExclusionOf| {
            let listed = bpa.exclusions.iter().any(|it| it.of == of);
            (bpa.mode != BlockMode::Off || listed).then_some(Self::Exclusion(of))
        };
        match thing {
            Thing::Vpc(id) => [Self::DnsSupport(id), Self::DnsHostnames(id)]
                .into_iter()
                .chain(spared(ExclusionOf::Vpc(id)))
                .collect(),
            Thing::Subnet(id) => {
                // Without IPv6 in the VPC these say nothing.
                let row = n.subnets().get(id);
                let own = row.is_some_and(|row| row.ipv6_cidr.is_some());
                let vpc = row.and_then(|row| n.vpcs().get(row.vpc));
                let could = own || vpc.is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty());
                let block = could.then_some(Self::Ipv6Block(id));
                let names = own.then_some(Self::Dns64(id));
                block.into_iter().chain(names).chain(spared(ExclusionOf::Subnet(id))).collect()
            }
            // What comes in is sorted where there is something to come into.
            Thing::InternetGateway(id) => {
                let attached = n.internet_gateways().get(id).is_some_and(|row| row.vpc.is_some());
                attached.then_some(Self::EdgeTable(id)).into_iter().collect()
            }
            Thing::VirtualPrivateGateway(id) => {
                let row = n.virtual_private_gateways().get(id);
                let attached = row.is_some_and(|row| row.vpc.is_some());
                attached.then_some(Self::VgwTable(id)).into_iter().collect()
            }
            Thing::Peering(id) => vec![Self::PeerNames(id, true), Self::PeerNames(id, false)],
            Thing::GatewayEndpoint(id) => vec![Self::GatewayPolicy(id)],
            Thing::InterfaceEndpoint(id) => vec![
                Self::PrivateDns(id),
                Self::EndpointPolicy(id),
                Self::EndpointAddresses(id),
                Self::DnsRecords(id),
            ],
            Thing::Function(id) => vec![Self::FunctionIpv6(id)],
            Thing::Instance(id) => vec![Self::Listening(id), Self::Forwarding(id)],
            Thing::LoadBalancer(id) => vec![Self::CrossZone(id), Self::AddressType(id)],
            Thing::TargetGroup(id) => vec![Self::GroupCrossZone(id), Self::ClientAddress(id)],
            Thing::Database(id) => vec![Self::PublicAccess(id), Self::NetworkType(id)],
            Thing::TransitGateway(id) => vec![
                Self::DefaultAssociation(id),
                Self::DefaultPropagation(id),
                Self::GroupReferences(id),
            ],
            Thing::TransitGatewayAttachment(id) => {
                let row = n.transit_gateway_attachments().get(id);
                match row.map(|row| &row.of) {
                    Some(AttachmentOf::Vpc { .. }) => {
                        vec![Self::ApplianceMode(id), Self::AttachmentReferences(id)]
                    }
                    _ => Vec::new(),
                }
            }
            Thing::VpnConnection(id) => vec![Self::Tunnel(id, 0), Self::Tunnel(id, 1)],
            _ => Vec::new(),
        }
    }

    /// The operation that changes it.
    pub fn operations(self) -> &'static [&'static str] {
        match self {
            Self::DnsSupport(_) | Self::DnsHostnames(_) => &["modify-vpc-attribute"],
            Self::Dns64(_) => &["modify-subnet-attribute"],
            Self::Ipv6Block(_) => &["associate-subnet-cidr-block"],
            Self::Exclusion(_) => &["create-vpc-block-public-access-exclusion"],
            Self::BlockMode => &["modify-vpc-block-public-access-options"],
            Self::EdgeTable(_) => &["associate-gateway-route-table"],
            Self::VgwTable(_) => &["associate-vpn-gateway-route-table"],
            Self::PeerNames(..) => &["modify-vpc-peering-connection-options"],
            Self::GatewayPolicy(_) => &["modify-vpc-endpoint-policy"],
            Self::EndpointPolicy(_) | Self::PrivateDns(_) => &["modify-interface-endpoint"],
            Self::Listening(_) | Self::Forwarding(_) => &["configure-instance"],
            Self::AddressType(_) => &["set-ip-address-type"],
            Self::CrossZone(_) => &["modify-load-balancer-attributes"],
            Self::GroupCrossZone(_) | Self::ClientAddress(_) => &["modify-target-group-attributes"],
            Self::PublicAccess(_) | Self::NetworkType(_) => &["modify-db-instance"],
            Self::EndpointAddresses(_) | Self::DnsRecords(_) => &["modify-endpoint-address-type"],
            Self::FunctionIpv6(_) => &["update-function-configuration"],
            Self::DefaultAssociation(_)
            | Self::DefaultPropagation(_)
            | Self::GroupReferences(_) => &["modify-transit-gateway"],
            Self::ApplianceMode(_) | Self::AttachmentReferences(_) => {
                &["modify-transit-gateway-vpc-attachment"]
            }
            Self::Tunnel(..) => &["configure-vpn-tunnels"],
        }
    }

    /// What it is worth, as forms spell it; `None` for what is gone.
    pub fn value(self, n: &Network) -> Option<String> {
        let tables = |table: Option<TransitGatewayRouteTableId>| {
            table.map_or_else(|| NONE.to_owned(), |table| word(n, table))
        };
        Some(match self {
            Self::DnsSupport(id) => switch(n.vpcs().get(id)?.dns_support),
            Self::DnsHostnames(id) => switch(n.vpcs().get(id)?.dns_hostnames),
            Self::Dns64(id) => switch(n.subnets().get(id)?.dns64),
            Self::Ipv6Block(id) => {
                let block = n.subnets().get(id)?.ipv6_cidr;
                block.map_or_else(|| NONE.to_owned(), |cidr| cidr.to_string())
            }
            Self::Exclusion(of) => {
                let own = n.block_public_access().exclusions.iter().find(|it| it.of == of);
                own.map_or(NONE, |it| it.mode.as_str()).to_owned()
            }
            Self::BlockMode => n.block_public_access().mode.as_str().to_owned(),
            Self::EdgeTable(id) => {
                let table = n.internet_gateways().get(id)?.route_table;
                table.map_or_else(|| NONE.to_owned(), |table| word(n, table))
            }
            Self::VgwTable(id) => {
                let table = n.virtual_private_gateways().get(id)?.route_table;
                table.map_or_else(|| NONE.to_owned(), |table| word(n, table))
            }
            Self::PeerNames(id, requester) => {
                let names = n.peerings().get(id)?.private_names;
                switch(if requester { names.requester } else { names.accepter })
            }
            Self::GatewayPolicy(id) => n.gateway_endpoints().get(id)?.policy.as_str().to_owned(),
            Self::EndpointPolicy(id) => n.interface_endpoints().get(id)?.policy.as_str().to_owned(),
            Self::PrivateDns(id) => switch(n.interface_endpoints().get(id)?.private_dns),
            Self::EndpointAddresses(id) => {
                n.interface_endpoints().get(id)?.address_type.as_str().to_owned()
            }
            Self::DnsRecords(id) => {
                n.interface_endpoints().get(id)?.dns_records.as_str().to_owned()
            }
            Self::FunctionIpv6(id) => switch(n.functions().get(id)?.ipv6),
            Self::NetworkType(id) => {
                n.databases().get(id)?;
                n.network_type(id).as_str().to_owned()
            }
            Self::Listening(id) => ports(&n.instances().get(id)?.listening),
            Self::Forwarding(id) => n.instances().get(id)?.forwarding.as_str().to_owned(),
            Self::AddressType(id) => n.load_balancers().get(id)?.address_type.as_str().to_owned(),
            Self::CrossZone(id) => switch(n.load_balancers().get(id)?.cross_zone),
            Self::GroupCrossZone(id) => match n.target_groups().get(id)?.cross_zone {
                Some(on) => switch(on),
                None => AS_BALANCER.to_owned(),
            },
            Self::ClientAddress(id) => switch(n.target_groups().get(id)?.preserves_client_ip()),
            Self::PublicAccess(id) => {
                let interface = n.interfaces().get(n.databases().get(id)?.interface)?;
                switch(interface.public_address.is_some())
            }
            Self::DefaultAssociation(id) => {
                tables(n.transit_gateways().get(id)?.default_association)
            }
            Self::DefaultPropagation(id) => {
                tables(n.transit_gateways().get(id)?.default_propagation)
            }
            Self::GroupReferences(id) => switch(n.transit_gateways().get(id)?.group_references),
            Self::ApplianceMode(id) => match n.transit_gateway_attachments().get(id)?.of {
                AttachmentOf::Vpc { appliance_mode, .. } => switch(appliance_mode),
                _ => return None,
            },
            Self::AttachmentReferences(id) => match n.transit_gateway_attachments().get(id)?.of {
                AttachmentOf::Vpc { group_references, .. } => switch(group_references),
                _ => return None,
            },
            Self::Tunnel(id, at) => {
                written::tunnel(*n.vpn_connections().get(id)?.tunnels.get(at)?).to_owned()
            }
        })
    }

    /// What it may become. Text that is typed freely may become more than these.
    pub fn choices(self, n: &Network) -> Vec<Known> {
        let words = |all: &[&str]| all.iter().map(|text| known(*text, Note::None)).collect();
        let none = || vec![known(NONE, Note::None)];
        match self {
            Self::DnsSupport(_)
            | Self::DnsHostnames(_)
            | Self::Dns64(_)
            | Self::PeerNames(..)
            | Self::PrivateDns(_)
            | Self::CrossZone(_)
            | Self::ClientAddress(_)
            | Self::PublicAccess(_)
            | Self::FunctionIpv6(_)
            | Self::GroupReferences(_)
            | Self::ApplianceMode(_)
            | Self::AttachmentReferences(_) => words(&SWITCH),
            Self::GroupCrossZone(id) => {
                // Once it is set, AWS keeps a value of the group's own.
                let own = n.target_groups().get(id).is_some_and(|row| row.cross_zone.is_some());
                let mut list: Vec<Known> = words(&SWITCH);
                if !own {
                    list.insert(0, known(AS_BALANCER, Note::None));
                }
                list
            }
            Self::AddressType(_) => words(&AddressType::ALL.map(AddressType::as_str)),
            Self::EndpointAddresses(_) => {
                words(&EndpointAddressType::ALL.map(EndpointAddressType::as_str))
            }
            Self::DnsRecords(_) => words(&DnsRecords::ALL.map(DnsRecords::as_str)),
            Self::NetworkType(_) => words(&NetworkType::ALL.map(NetworkType::as_str)),
            Self::Tunnel(..) => words(&["up", "down"]),
            Self::GatewayPolicy(_) | Self::EndpointPolicy(_) => words(&["allow", "deny"]),
            Self::BlockMode => words(&["off", "block-bidirectional", "block-ingress"]),
            Self::Exclusion(_) => words(&[NONE, "allow-bidirectional", "allow-egress"]),
            Self::Forwarding(_) => words(&["off", "routes", "inspects", "translates"]),
            Self::Listening(_) => words(&["tcp/80", "tcp/443", "tcp/22", "tcp/80 tcp/443", "all"])
                .into_iter()
                .chain(none())
                .collect(),
            Self::Ipv6Block(id) => {
                let free = free_ipv6(n, id).map(|text| known(text, Note::Free));
                let own = self.value(n).filter(|now| now != NONE);
                let own = own.map(|now| Known::of(now, Thing::Subnet(id)));
                own.into_iter().chain(none()).chain(free).collect()
            }
            Self::EdgeTable(_) | Self::VgwTable(_) => {
                let vpc = match self {
                    Self::VgwTable(id) => {
                        n.virtual_private_gateways().get(id).and_then(|row| row.vpc)
                    }
                    Self::EdgeTable(id) => n.internet_gateways().get(id).and_then(|row| row.vpc),
                    _ => None,
                };
                let tables = n.route_tables().iter().filter(|(_, row)| Some(row.vpc) == vpc);
                let tables = tables.map(|(id, _)| known_thing(word(n, id), Thing::RouteTable(id)));
                none().into_iter().chain(tables).collect()
            }
            Self::DefaultAssociation(id) | Self::DefaultPropagation(id) => {
                let tables = n.transit_gateway_route_tables().iter();
                let tables = tables
                    .filter(|(_, row)| row.gateway == id)
                    .map(|(id, _)| known_thing(word(n, id), Thing::TransitGatewayRouteTable(id)));
                none().into_iter().chain(tables).collect()
            }
        }
    }

    /// May something be typed that is none of the choices?
    pub fn is_free(self) -> bool {
        matches!(self, Self::Listening(_) | Self::Ipv6Block(_))
    }

    /// Has it two values, so that one is turned into the other without a question?
    pub fn is_switch(self, n: &Network) -> bool {
        !self.is_free() && self.other(n).is_some()
    }

    /// The other one of its two values.
    pub fn other(self, n: &Network) -> Option<String> {
        let choices = self.choices(n);
        let [one, other] = choices.as_slice() else { return None };
        let now = self.value(n)?;
        Some(if now == one.text { other.text.clone() } else { one.text.clone() })
    }

    /// The edits that make it so; none when it is so already.
    pub fn lines(self, n: &Network, to: &str) -> Option<Vec<String>> {
        if self.value(n)?.as_str() == to {
            return Some(Vec::new());
        }
        let [verb, ..] = self.operations() else { return None };
        let line = match self {
            Self::DnsSupport(id) => format!("{verb} {} dns-support={to}", word(n, id)),
            Self::DnsHostnames(id) => format!("{verb} {} dns-hostnames={to}", word(n, id)),
            Self::Dns64(id) => format!("{verb} {} dns64 {to}", word(n, id)),
            Self::Ipv6Block(id) => {
                let subnet = word(n, id);
                let before = n.subnets().get(id)?.ipv6_cidr;
                let leave = before.map(|_| format!("disassociate-subnet-cidr-block {subnet}"));
                let take = (to != NONE).then(|| format!("{verb} {subnet} {to}"));
                return Some(leave.into_iter().chain(take).collect());
            }
            Self::Exclusion(of) => {
                let of = match of {
                    ExclusionOf::Vpc(id) => format!("vpc {}", word(n, id)),
                    ExclusionOf::Subnet(id) => format!("subnet {}", word(n, id)),
                };
                match to {
                    NONE => format!("delete-vpc-block-public-access-exclusion {of}"),
                    to => format!("{verb} {of} {to}"),
                }
            }
            Self::BlockMode => format!("{verb} {to}"),
            Self::EdgeTable(id) => format!("{verb} {} {to}", word(n, id)),
            Self::VgwTable(id) => format!("{verb} {} {to}", word(n, id)),
            Self::PeerNames(id, true) => format!("{verb} {} requester-dns={to}", word(n, id)),
            Self::PeerNames(id, false) => format!("{verb} {} accepter-dns={to}", word(n, id)),
            Self::GatewayPolicy(id) => format!("{verb} {} {to}", word(n, id)),
            Self::EndpointPolicy(id) => format!("{verb} {} policy={to}", word(n, id)),
            Self::PrivateDns(id) => format!("{verb} {} private-dns={to}", word(n, id)),
            Self::Listening(id) => {
                let listen = match to {
                    "all" => " listen=everything".to_owned(),
                    NONE => " listen=nothing".to_owned(),
                    to => spelled(" listen=", to.split_whitespace().map(ToOwned::to_owned)),
                };
                format!("{verb} {}{listen}", word(n, id))
            }
            Self::Forwarding(id) => format!("{verb} {} forwarding={to}", word(n, id)),
            Self::AddressType(id) => format!("{verb} {} {to}", word(n, id)),
            Self::CrossZone(id) => format!("{verb} {} cross-zone={to}", word(n, id)),
            Self::GroupCrossZone(id) => format!("{verb} {} cross-zone={to}", word(n, id)),
            Self::ClientAddress(id) => format!("{verb} {} preserve-client-ip={to}", word(n, id)),
            Self::PublicAccess(id) => format!("{verb} {} public={to}", word(n, id)),
            Self::EndpointAddresses(id) => format!("{verb} {} addresses={to}", word(n, id)),
            Self::DnsRecords(id) => format!("{verb} {} dns-records={to}", word(n, id)),
            Self::FunctionIpv6(id) => format!("{verb} {} ipv6={to}", word(n, id)),
            Self::NetworkType(id) => format!("{verb} {} network-type={to}", word(n, id)),
            Self::DefaultAssociation(id)
            | Self::DefaultPropagation(id)
            | Self::GroupReferences(id) => {
                let value = |of: Self| if of == self { Some(to.to_owned()) } else { of.value(n) };
                format!(
                    "{verb} {} association={} propagation={} group-references={}",
                    word(n, id),
                    value(Self::DefaultAssociation(id))?,
                    value(Self::DefaultPropagation(id))?,
                    value(Self::GroupReferences(id))?
                )
            }
            Self::ApplianceMode(id) => format!("{verb} {} appliance-mode={to}", word(n, id)),
            Self::AttachmentReferences(id) => {
                format!("{verb} {} group-references={to}", word(n, id))
            }
            Self::Tunnel(id, at) => {
                let mut both = [Self::Tunnel(id, 0).value(n)?, Self::Tunnel(id, 1).value(n)?];
                to.clone_into(both.get_mut(at)?);
                format!("{verb} {} {}", word(n, id), both.join(" "))
            }
        };
        Some(vec![line])
    }
}

/// A target group does as its load balancer does, until it is told otherwise.
const AS_BALANCER: &str = "use-load-balancer";

/// Ports as forms spell them: `tcp/443 udp/53`.
fn ports(listening: &Listening) -> String {
    match listening {
        Listening::Everywhere => "all".to_owned(),
        Listening::On(open) if open.is_empty() => NONE.to_owned(),
        Listening::On(open) => {
            let open: Vec<String> =
                open.iter().map(|(protocol, ports)| format!("{protocol}/{ports}")).collect();
            open.join(" ")
        }
    }
}

/// The next free /64 of the IPv6 blocks of a subnet's VPC.
fn free_ipv6(n: &Network, subnet: SubnetId) -> Option<String> {
    let vpc = n.subnets().get(subnet)?.vpc;
    let blocks = &n.vpcs().get(vpc)?.ipv6_cidrs;
    let taken = |block: &crate::net::Cidr| {
        n.subnets().iter().any(|(_, row)| row.ipv6_cidr.is_some_and(|own| own.overlaps(*block)))
    };
    blocks
        .iter()
        .flat_map(|block| {
            (0..256u128).filter_map(|at| crate::net::Cidr::new(block.nth(at << 64)?, 64).ok())
        })
        .find(|block| !taken(block))
        .map(|block| block.to_string())
}
