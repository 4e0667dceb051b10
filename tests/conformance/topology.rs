//! The network of a case, and the names by which its files call the places in it.

use std::collections::BTreeMap;

use hanulgil::{
    cloud::{
        AclAction, AclEntry, AddressType, AttachmentOf, AttachmentState, BlockMode,
        BlockPublicAccess, Connectivity, CustomerGateway, DirectConnectGateway, EgressOnlyGateway,
        EndpointPolicy, EndpointService, EndpointTo, Exclusion, ExclusionMode, ExclusionOf,
        Forwarding, Function, GatewayEndpoint, Health, Instance, InstanceState, Interface,
        InterfaceEndpoint, InterfaceKind, InternetGateway, Listener, ListenerProtocol, Listening,
        LoadBalancer, LoadBalancerKind, NatGateway, NatGatewayState, NatSeat, Network, NetworkAcl,
        OnPremises, Origin, Peer, Peering, PeeringState, Place, PrefixList, PublicAddress,
        Registered, Registration, Route, RouteTable, Scheme, SecurityGroup, SecurityGroupId,
        SecurityGroupRule, Service, ServiceKind, Subnet, Target, TargetGroup, TargetKind, Thing,
        TransitGateway, TransitGatewayAttachment, TransitGatewayAttachmentId,
        TransitGatewayRouteTable, TransitOrigin, TransitRoute, TransitTarget, Tunnel,
        VirtualPrivateGateway, VpnConnection, VpnRouting, VpnSide, Zone,
    },
    net::{Cidr, Ports, Protocol},
};
use serde_json::Value;

/// A case's network.
pub struct Topology {
    pub network: Network,
    things: BTreeMap<String, Thing>,
    names: BTreeMap<Thing, String>,
}

/// What a network has that is not modelled yet.
pub struct NotModelled(pub String);

type Read<T> = Result<T, NotModelled>;

const MODELLED: [&str; 22] = [
    "tgws",
    "tgw_attachments",
    "tgw_route_tables",
    "vgws",
    "vpn_connections",
    "onprem",
    "peerings",
    "prefix_lists",
    "load_balancers",
    "target_groups",
    "vpc_endpoints",
    "eigws",
    "bpa",
    "vpcs",
    "subnets",
    "route_tables",
    "igws",
    "nat_gateways",
    "security_groups",
    "nacls",
    "enis",
    "instances",
];

/// What an author may add for readers.
pub const REMARKS: [&str; 8] =
    ["note", "notes", "why", "comment", "description", "source", "sources", "tags"];

/// What the objects of a kind may say; `None` for kinds that have their own way of being read.
/// What is not looked at must not count as agreed.
fn fields(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "vpcs" => &["id", "cidrs", "ipv6_cidrs"],
        "subnets" => &["id", "vpc", "cidr", "az", "route_table", "nacl", "ipv6_cidr"],
        "route_tables" => &["id", "vpc", "main", "edge", "routes"],
        "routes" => &["dst", "target", "origin", "state"],
        "igws" | "eigws" | "vgws" => &["id", "vpc"],
        "nat_gateways" => {
            &["id", "vpc", "subnet", "connectivity", "eni", "private_ip", "public_ip", "state"]
        }
        "security_groups" => &["id", "vpc", "name", "ingress", "egress"],
        "ingress" | "egress" => &["proto", "ports", "cidr", "sg", "prefix_list"],
        "nacls" => &["id", "vpc", "default", "entries"],
        "entries" => &["dir", "num", "proto", "ports", "cidr", "action"],
        "enis" => &[
            "id",
            "vpc",
            "subnet",
            "private_ips",
            "public_ip",
            "sgs",
            "source_dest_check",
            "attached_to",
            "type",
            "ipv6",
        ],
        "instances" => &["id", "state", "enis", "stateful"],
        "peerings" => &[
            "id",
            "requester",
            "accepter",
            "status",
            "requester_region",
            "accepter_region",
            "inter_region",
        ],
        "prefix_lists" => &["id", "name", "cidrs"],
        "tgws" => &[
            "id",
            "security_group_referencing",
            "security_group_referencing_support",
            "sg_referencing",
            "sg_referencing_support",
        ],
        "tgw_attachments" => &[
            "id",
            "tgw",
            "type",
            "resource",
            "state",
            "subnets",
            "cidrs",
            "appliance_mode",
            "appliance_mode_support",
            "security_group_referencing",
            "security_group_referencing_support",
            "sg_referencing",
            "sg_referencing_support",
        ],
        "tgw_route_tables" => &["id", "tgw", "associations", "propagations", "static_routes"],
        // Of a transit gateway's table; a VPN connection lists blocks.
        "static_routes" => &["dst", "attachment", "state"],
        "vpn_connections" => {
            &["id", "cgw", "vgw", "tgw", "static_routes", "tunnels", "state", "private"]
        }
        "tunnels" => &["id", "status", "state"],
        // What leads to it may stand under any of these names.
        "onprem" => &[
            "id",
            "cidrs",
            "vgw",
            "vpn",
            "dx",
            "dxgw",
            "direct_connect_gateway",
            "attachment",
            "tgw_attachment",
            "connect",
        ],
        "load_balancers" => &[
            "id",
            "vpc",
            "type",
            "scheme",
            "subnets",
            "enis",
            "sgs",
            "cross_zone",
            "guards_private_link",
            "listeners",
        ],
        "listeners" => &["id", "proto", "port", "target_groups"],
        "target_groups" => &[
            "id",
            "vpc",
            "proto",
            "port",
            "target_type",
            "cross_zone",
            "preserve_client_ip",
            "health_check_port",
            "targets",
        ],
        "targets" => &["id", "ip", "port", "health"],
        "vpc_endpoints" => &[
            "id",
            "type",
            "vpc",
            "service",
            "state",
            "policy",
            "route_tables",
            "subnets",
            "enis",
            "sgs",
            "private_dns",
            "load_balancer",
        ],
        "bpa" => &["mode", "exclusions"],
        "exclusions" => &["subnet", "vpc", "mode"],
        _ => return None,
    })
}

/// Is every field of these objects, and of the objects in them, one that is read?
fn understood(kind: &str, objects: &Value) -> Read<()> {
    let Some(known) = fields(kind) else { return Ok(()) };
    let objects = objects.as_array().map_or(std::slice::from_ref(objects), Vec::as_slice);
    for (key, value) in objects.iter().filter_map(Value::as_object).flatten() {
        let known = known.contains(&key.as_str()) || REMARKS.contains(&key.as_str());
        if !known && !value.is_null() {
            return Err(NotModelled(format!("{kind}.{key}")));
        }
        if value.is_array() {
            understood(key, value)?;
        }
    }
    Ok(())
}

impl Topology {
    /// Reads the `topology` of a case.
    pub fn read(case: &Value) -> Read<Self> {
        for (kind, objects) in case.as_object().into_iter().flatten() {
            let empty = objects.as_array().is_some_and(Vec::is_empty) || objects.is_null();
            if !empty && !MODELLED.contains(&kind.as_str()) {
                return Err(NotModelled(kind.clone()));
            }
            understood(kind, objects)?;
        }
        let mut topology =
            Self { network: Network::new(), things: BTreeMap::new(), names: BTreeMap::new() };
        topology.vpcs(case);
        topology.prefix_lists(case);
        topology.peerings(case)?;
        topology.groups(case)?;
        topology.acls(case);
        for igw in list(case, "igws") {
            let vpc = igw["vpc"].as_str().map(|name| topology.vpc(name));
            let id = topology.network.insert(InternetGateway {
                name: text(igw).into(),
                vpc,
                route_table: None,
            });
            topology.call(text(igw), Thing::InternetGateway(id));
        }
        for eigw in list(case, "eigws") {
            let vpc = topology.vpc(eigw["vpc"].as_str().unwrap());
            let id = topology.network.insert(EgressOnlyGateway { name: text(eigw).into(), vpc });
            topology.call(text(eigw), Thing::EgressOnlyGateway(id));
        }
        topology.subnets(case);
        topology.block_public_access(&case["bpa"])?;
        topology.fronts(case)?;
        topology.interfaces(case);
        topology.behind_fronts(case)?;
        topology.nat_gateways(case);
        topology.endpoints(case);
        topology.private_networks(case)?;
        topology.transit_gateways(case)?;
        topology.routes(case)?;
        Ok(topology)
    }

    /// The object that the case calls `name`.
    pub fn thing(&self, name: &str) -> Option<Thing> {
        self.things.get(name).copied()
    }

    /// Everything that the case may call a place.
    pub fn place(&self, place: Place) -> Vec<String> {
        let things: &[Thing] = &match place {
            Place::Internet(..) => return vec!["internet".to_owned()],
            Place::Amazon(_)
            | Place::Service(_)
            | Place::Function(_)
            | Place::Api(_)
            | Place::Distribution(_) => return Vec::new(),
            Place::LoadBalancer(id, node) => vec![Thing::LoadBalancer(id), Thing::Interface(node)],
            Place::Endpoint(id, interface) => {
                vec![Thing::InterfaceEndpoint(id), Thing::Interface(interface)]
            }
            Place::Interface(id, _) => match self.network.interfaces()[id].kind {
                InterfaceKind::LoadBalancer(_) | InterfaceKind::Endpoint(_) => {
                    vec![Thing::Interface(id), self.network.owner_of(id)]
                }
                InterfaceKind::Instance(instance) => {
                    vec![Thing::Interface(id), Thing::Instance(instance)]
                }
                _ => vec![Thing::Interface(id)],
            },
            Place::Subnet(id) => vec![Thing::Subnet(id)],
            Place::NetworkAcl(acl, ..) => vec![Thing::NetworkAcl(acl)],
            Place::RouteTable(table, _) | Place::GatewayTable(table) => {
                vec![Thing::RouteTable(table)]
            }
            Place::InternetGateway(id, _) => vec![Thing::InternetGateway(id)],
            Place::Peering(id) => vec![Thing::Peering(id)],
            Place::GatewayEndpoint(id, _) => vec![Thing::GatewayEndpoint(id)],
            Place::EgressOnlyGateway(id, _) => vec![Thing::EgressOnlyGateway(id)],
            Place::TransitGatewayAttachment(id, _) => {
                let gateway = self.network.transit_gateway_attachments()[id].gateway;
                vec![Thing::TransitGatewayAttachment(id), Thing::TransitGateway(gateway)]
            }
            Place::TransitGatewayRouteTable(id, _) => {
                let gateway = self.network.transit_gateway_route_tables()[id].gateway;
                vec![Thing::TransitGatewayRouteTable(id), Thing::TransitGateway(gateway)]
            }
            Place::VirtualPrivateGateway(id, _) => vec![Thing::VirtualPrivateGateway(id)],
            Place::Link(link, _) => vec![link.thing()],
            Place::OnPremises(id, _) => vec![Thing::OnPremises(id)],
            Place::NatGateway(id, _) => {
                let interface = self.network.nat_gateways()[id].interface();
                let interface = interface.map(Thing::Interface);
                [Thing::NatGateway(id)].into_iter().chain(interface).collect()
            }
        };
        things.iter().filter_map(|thing| self.names.get(thing).cloned()).collect()
    }

    fn call(&mut self, name: &str, thing: Thing) {
        self.things.insert(name.to_owned(), thing);
        self.names.insert(thing, name.to_owned());
    }

    fn vpc(&self, name: &str) -> hanulgil::cloud::VpcId {
        match self.things[name] {
            Thing::Vpc(id) => id,
            other => panic!("{name} is {other:?}"),
        }
    }

    fn vpcs(&mut self, case: &Value) {
        for vpc in list(case, "vpcs") {
            let cidrs: Vec<Cidr> =
                list(vpc, "cidrs").iter().chain(list(vpc, "ipv6_cidrs")).map(cidr).collect();
            let id = self.network.insert_vpc(text(vpc), &cidrs);
            self.call(text(vpc), Thing::Vpc(id));
        }
    }

    fn prefix_lists(&mut self, case: &Value) {
        for list in list(case, "prefix_lists") {
            let name = list["name"].as_str().unwrap_or_default();
            let cidrs = self::list(list, "cidrs").iter().map(cidr).collect();
            let by_aws = name.starts_with("com.amazonaws.");
            let id = self.network.insert(PrefixList { name: text(list).into(), cidrs, by_aws });
            self.call(text(list), Thing::PrefixList(id));
            self.things.insert(name.to_owned(), Thing::PrefixList(id));
        }
    }

    fn peerings(&mut self, case: &Value) -> Read<()> {
        for peering in list(case, "peerings") {
            let end = |key: &str| self.vpc(peering[key].as_str().unwrap());
            let state = match peering["status"].as_str().unwrap_or("active") {
                "active" => PeeringState::Active,
                "pending-acceptance" => PeeringState::PendingAcceptance,
                "rejected" => PeeringState::Rejected,
                "expired" => PeeringState::Expired,
                // Gone: routes to it are blackholes.
                "deleted" | "failed" | "deleting" => continue,
                other => return Err(NotModelled(format!("a peering that is {other}"))),
            };
            let region = |key: &str| peering[key].as_str().map(str::to_owned);
            let id = self.network.insert(Peering {
                name: text(peering).into(),
                requester: end("requester"),
                accepter: end("accepter"),
                state,
                inter_region: peering["inter_region"] == true
                    || region("requester_region") != region("accepter_region"),
                private_names: hanulgil::cloud::PrivateNames::default(),
            });
            self.call(text(peering), Thing::Peering(id));
        }
        Ok(())
    }

    fn endpoints(&mut self, case: &Value) {
        for endpoint in list(case, "vpc_endpoints") {
            let kind = endpoint["type"].as_str().unwrap_or_default();
            if !kind.eq_ignore_ascii_case("gateway") {
                continue;
            }
            let service = endpoint["service"].as_str().unwrap_or_default();
            let service = service.rsplit('.').next().unwrap_or_default();
            let first = self.network.prefix_lists().iter().map(|(id, _)| id).next();
            let of_service = list(case, "prefix_lists").iter().find(|it| {
                it["name"].as_str().is_some_and(|it| it.rsplit('.').next() == Some(service))
            });
            let list_id = match of_service.and_then(|it| self.thing(text(it))) {
                Some(Thing::PrefixList(id)) => id,
                _ => match first {
                    Some(id) => id,
                    None => self.network.insert(PrefixList {
                        name: service.into(),
                        cidrs: Vec::new(),
                        by_aws: true,
                    }),
                },
            };
            let tables = list(endpoint, "route_tables").iter();
            let tables = tables.filter_map(|it| match self.thing(it.as_str()?) {
                Some(Thing::RouteTable(id)) => Some(id),
                _ => None,
            });
            let denies = endpoint["policy"] == "deny";
            let row = GatewayEndpoint {
                name: text(endpoint).into(),
                vpc: self.vpc(endpoint["vpc"].as_str().unwrap()),
                list: list_id,
                route_tables: tables.collect(),
                policy: if denies { EndpointPolicy::Denies } else { EndpointPolicy::Allows },
            };
            let id = self.network.insert(row);
            self.call(text(endpoint), Thing::GatewayEndpoint(id));
        }
    }

    fn groups(&mut self, case: &Value) -> Read<()> {
        for group in list(case, "security_groups") {
            let vpc = self.vpc(group["vpc"].as_str().unwrap());
            let id = if group["name"] == "default" {
                self.network.vpcs()[vpc].default_security_group
            } else {
                self.network.insert(SecurityGroup {
                    name: text(group).into(),
                    vpc,
                    ingress: Vec::new(),
                    egress: Vec::new(),
                })
            };
            self.call(text(group), Thing::SecurityGroup(id));
        }
        for group in list(case, "security_groups") {
            let Some(Thing::SecurityGroup(id)) = self.thing(text(group)) else { unreachable!() };
            let ingress = self.rules(list(group, "ingress"))?;
            let egress = self.rules(list(group, "egress"))?;
            self.network.update(id, |it| {
                it.ingress = ingress;
                it.egress = egress;
            });
        }
        Ok(())
    }

    fn rules(&self, rules: &[Value]) -> Read<Vec<SecurityGroupRule>> {
        rules.iter().map(|rule| rule_of(rule, |name| self.thing(name))).collect()
    }

    fn group(&self, name: &str) -> Option<SecurityGroupId> {
        match self.thing(name)? {
            Thing::SecurityGroup(id) => Some(id),
            _ => None,
        }
    }

    fn acls(&mut self, case: &Value) {
        for acl in list(case, "nacls") {
            let vpc = self.vpc(acl["vpc"].as_str().unwrap());
            let entries = |direction: &str| {
                let mut entries: Vec<AclEntry> = list(acl, "entries")
                    .iter()
                    .filter(|entry| entry["dir"] == direction)
                    .map(entry_of)
                    .collect();
                entries.sort_by_key(|entry| entry.number);
                entries
            };
            let (ingress, egress) = (entries("in"), entries("out"));
            let id = if acl["default"] == true {
                self.network.vpcs()[vpc].default_network_acl
            } else {
                let (ingress, egress) = (Vec::new(), Vec::new());
                self.network.insert(NetworkAcl { name: text(acl).into(), vpc, ingress, egress })
            };
            self.network.update(id, |it| {
                it.ingress = ingress;
                it.egress = egress;
            });
            self.call(text(acl), Thing::NetworkAcl(id));
        }
    }

    fn subnets(&mut self, case: &Value) {
        for table in list(case, "route_tables") {
            let vpc = self.vpc(table["vpc"].as_str().unwrap());
            let id = if table["main"] == true {
                self.network.vpcs()[vpc].main_route_table
            } else {
                let routes = Vec::new();
                self.network.insert(RouteTable { name: text(table).into(), vpc, routes })
            };
            self.call(text(table), Thing::RouteTable(id));
        }
        for subnet in list(case, "subnets") {
            let id = self.network.insert(Subnet {
                name: text(subnet).into(),
                vpc: self.vpc(subnet["vpc"].as_str().unwrap()),
                zone: Zone(subnet["az"].as_str().unwrap().into()),
                cidr: cidr(&subnet["cidr"]),
                ipv6_cidr: (!subnet["ipv6_cidr"].is_null()).then(|| cidr(&subnet["ipv6_cidr"])),
                route_table: subnet["route_table"].as_str().map(|it| match self.things[it] {
                    Thing::RouteTable(id) => id,
                    other => panic!("{it} is {other:?}"),
                }),
                network_acl: subnet["nacl"].as_str().map(|it| match self.things[it] {
                    Thing::NetworkAcl(id) => id,
                    other => panic!("{it} is {other:?}"),
                }),
                auto_assign_public_ip: false,
                dns64: false,
            });
            self.call(text(subnet), Thing::Subnet(id));
        }
    }

    fn block_public_access(&mut self, bpa: &Value) -> Read<()> {
        let mode = match bpa["mode"].as_str() {
            None | Some("off") => BlockMode::Off,
            Some("block-bidirectional") => BlockMode::Bidirectional,
            Some("block-ingress") => BlockMode::Ingress,
            Some(other) => return Err(NotModelled(format!("bpa {other}"))),
        };
        let mut exclusions = Vec::new();
        for exclusion in list(bpa, "exclusions") {
            let of = exclusion["subnet"].as_str().or(exclusion["vpc"].as_str());
            let of = match of.and_then(|it| self.thing(it)) {
                Some(Thing::Subnet(id)) => ExclusionOf::Subnet(id),
                Some(Thing::Vpc(id)) => ExclusionOf::Vpc(id),
                _ => return Err(NotModelled(format!("the exclusion {exclusion}"))),
            };
            let mode = match exclusion["mode"].as_str() {
                Some("allow-egress") => ExclusionMode::AllowEgress,
                _ => ExclusionMode::AllowBidirectional,
            };
            exclusions.push(Exclusion { of, mode });
        }
        self.network.set_block_public_access(BlockPublicAccess { mode, exclusions });
        Ok(())
    }

    fn interfaces(&mut self, case: &Value) {
        for instance in list(case, "instances") {
            let running = instance["state"] == "running";
            let id = self.network.insert(Instance {
                name: text(instance).into(),
                state: if running { InstanceState::Running } else { InstanceState::Stopped },
                interfaces: Vec::new(),
                listening: Listening::Everywhere,
                forwarding: Forwarding::Off,
            });
            self.call(text(instance), Thing::Instance(id));
        }
        for eni in list(case, "enis") {
            let Thing::Subnet(subnet) = self.things[eni["subnet"].as_str().unwrap()] else {
                panic!("no subnet")
            };
            let instance = match eni["attached_to"].as_str().and_then(|it| self.thing(it)) {
                Some(Thing::Instance(id)) => Some(id),
                _ => None,
            };
            let kind = match (instance, eni["type"].as_str()) {
                (Some(id), _) => InterfaceKind::Instance(id),
                (None, Some("nat_gateway")) => InterfaceKind::NatGateway,
                (None, Some("lambda")) => InterfaceKind::Function(self.network.insert(Function {
                    name: text(eni).into(),
                    interfaces: Vec::new(),
                    ipv6: false,
                })),
                (None, _) if self.front_of(case, text(eni)).is_some() => {
                    self.front_of(case, text(eni)).expect("just seen")
                }
                // An analysis does not ask who stands behind an interface.
                (None, _) => InterfaceKind::Service,
            };
            let public = eni["public_ip"].as_str().map(|it| it.parse().unwrap());
            let source_dest_check = eni["source_dest_check"] != false;
            let six = if eni["ipv6"].is_string() {
                std::slice::from_ref(&eni["ipv6"])
            } else {
                list(eni, "ipv6")
            };
            let addresses = list(eni, "private_ips").iter().chain(six);
            let id = self.network.insert(Interface {
                name: text(eni).into(),
                subnet,
                kind,
                addresses: addresses.map(|it| it.as_str().unwrap().parse().unwrap()).collect(),
                public_address: public.map(|address| PublicAddress { address, elastic: true }),
                further_public: Vec::new(),
                assigns_public_address: false,
                security_groups: list(eni, "sgs")
                    .iter()
                    .filter_map(|it| self.group(it.as_str().unwrap()))
                    .collect(),
                source_dest_check,
            });
            if let Some(instance) = instance {
                self.network.update(instance, |it| {
                    it.interfaces.push(id);
                    if !source_dest_check {
                        // Who turns the check off forwards; with a public address, as a NAT
                        // instance does.
                        let stateful = list(case, "instances")
                            .iter()
                            .any(|row| text(row) == &*it.name && row["stateful"] == true);
                        it.forwarding = if stateful {
                            Forwarding::Inspects
                        } else if public.is_some() {
                            Forwarding::Translates
                        } else {
                            Forwarding::Routes
                        };
                    }
                });
            }
            self.call(text(eni), Thing::Interface(id));
        }
    }

    /// Load balancers and endpoints, before their interfaces.
    fn fronts(&mut self, case: &Value) -> Read<()> {
        for group in list(case, "target_groups") {
            let id = self.network.insert(TargetGroup {
                name: text(group).into(),
                // Of the load balancer that sends to it.
                vpc: self.vpc(text(&case["vpcs"][0])),
                protocol: listener_protocol(&group["proto"])?,
                port: group["port"].as_u64().unwrap_or(0) as u16,
                kind: match group["target_type"].as_str() {
                    Some("ip") => TargetKind::Ip,
                    Some("lambda") => TargetKind::Function,
                    Some("alb") => TargetKind::LoadBalancer,
                    _ => TargetKind::Instance,
                },
                targets: Vec::new(),
                cross_zone: group["cross_zone"].as_bool(),
                preserve_client_ip: group["preserve_client_ip"].as_bool(),
                health_check_port: group["health_check_port"].as_u64().map(|it| it as u16),
                ipv6: false,
            });
            self.call(text(group), Thing::TargetGroup(id));
        }
        for balancer in list(case, "load_balancers") {
            let kind = match balancer["type"].as_str() {
                Some("application") => LoadBalancerKind::Application,
                Some("network") => LoadBalancerKind::Network,
                Some("gateway") => LoadBalancerKind::Gateway,
                Some("classic") => LoadBalancerKind::Classic,
                other => return Err(NotModelled(format!("a load balancer of type {other:?}"))),
            };
            let vpc = self.vpc(balancer["vpc"].as_str().unwrap());
            let groups = |list: &[Value]| -> Vec<SecurityGroupId> {
                list.iter().filter_map(|it| self.group(it.as_str()?)).collect()
            };
            let security_groups = groups(list(balancer, "sgs"));
            let mut listeners = Vec::new();
            for listener in list(balancer, "listeners") {
                let target_groups = list(listener, "target_groups")
                    .iter()
                    .filter_map(|it| match self.thing(it.as_str()?) {
                        Some(Thing::TargetGroup(id)) => Some(id),
                        _ => None,
                    })
                    .collect();
                listeners.push(Listener {
                    protocol: listener_protocol(&listener["proto"])?,
                    port: listener["port"].as_u64().unwrap_or(0) as u16,
                    target_groups,
                });
            }
            for group in listeners.iter().flat_map(|it| it.target_groups.clone()) {
                self.network.update(group, |it| it.vpc = vpc);
            }
            let id = self.network.insert(LoadBalancer {
                name: text(balancer).into(),
                kind,
                scheme: if balancer["scheme"] == "internal" {
                    Scheme::Internal
                } else {
                    Scheme::InternetFacing
                },
                vpc,
                nodes: Vec::new(),
                security_groups,
                cross_zone: balancer["cross_zone"] == true,
                guards_private_link: balancer["guards_private_link"] != false,
                address_type: AddressType::Ipv4,
                listeners,
            });
            self.call(text(balancer), Thing::LoadBalancer(id));
        }
        for endpoint in list(case, "vpc_endpoints") {
            let to = match endpoint["type"].as_str() {
                Some("gateway" | "Gateway") => continue,
                Some("interface") if endpoint["load_balancer"].is_null() => {
                    let name = endpoint["service"].as_str().unwrap_or("other");
                    let kind = ServiceKind::named(name).unwrap_or(ServiceKind::Other);
                    let known = self.network.services().iter().find(|(_, it)| *it.name == *name);
                    let id = match known.map(|it| it.0) {
                        Some(id) => id,
                        None => self.network.insert(Service::here(name, kind)),
                    };
                    EndpointTo::Service(id)
                }
                Some("interface" | "gateway_load_balancer" | "gwlb") => {
                    let vpc = self.vpc(endpoint["vpc"].as_str().unwrap());
                    let known = endpoint["load_balancer"].as_str().and_then(|it| self.thing(it));
                    let balancer = match known {
                        Some(Thing::LoadBalancer(id)) => id,
                        // Appliances of somebody else, of which the case says nothing.
                        _ => self.network.insert(LoadBalancer {
                            name: "elsewhere".into(),
                            kind: LoadBalancerKind::Gateway,
                            scheme: Scheme::Internal,
                            vpc,
                            nodes: Vec::new(),
                            security_groups: Vec::new(),
                            cross_zone: false,
                            guards_private_link: true,
                            address_type: AddressType::Ipv4,
                            listeners: Vec::new(),
                        }),
                    };
                    EndpointTo::Offered(self.network.insert(EndpointService {
                        name: text(endpoint).into(),
                        load_balancers: vec![balancer],
                        acceptance_required: false,
                    }))
                }
                other => return Err(NotModelled(format!("an endpoint of type {other:?}"))),
            };
            let id = self.network.insert(InterfaceEndpoint {
                name: text(endpoint).into(),
                vpc: self.vpc(endpoint["vpc"].as_str().unwrap()),
                to,
                interfaces: Vec::new(),
                private_dns: endpoint["private_dns"] == true,
                policy: if endpoint["policy"] == "deny" {
                    EndpointPolicy::Denies
                } else {
                    EndpointPolicy::Allows
                },
                accepted: endpoint["state"] != "pendingAcceptance",
                address_type: hanulgil::cloud::EndpointAddressType::Ipv4,
                dns_records: hanulgil::cloud::DnsRecords::Ipv4,
            });
            self.call(text(endpoint), Thing::InterfaceEndpoint(id));
        }
        Ok(())
    }

    /// The load balancer or endpoint whose interface this is.
    fn front_of(&self, case: &Value, eni: &str) -> Option<InterfaceKind> {
        let kinds = ["load_balancers", "vpc_endpoints"];
        let mut fronts = kinds.iter().flat_map(|kind| list(case, kind));
        let front = fronts.find(|it| list(it, "enis").iter().any(|it| it == eni))?;
        Some(match self.thing(text(front))? {
            Thing::LoadBalancer(id) => InterfaceKind::LoadBalancer(id),
            Thing::InterfaceEndpoint(id) => InterfaceKind::Endpoint(id),
            _ => return None,
        })
    }

    /// The interfaces of load balancers and endpoints, and the targets.
    fn behind_fronts(&mut self, case: &Value) -> Read<()> {
        let enis: Vec<_> = self.network.interfaces().iter().map(|(id, it)| (id, it.kind)).collect();
        for (interface, kind) in enis {
            match kind {
                InterfaceKind::LoadBalancer(id) => {
                    self.network.update(id, |it| it.nodes.push(interface));
                }
                InterfaceKind::Endpoint(id) => {
                    self.network.update(id, |it| it.interfaces.push(interface));
                }
                InterfaceKind::Function(id) => {
                    self.network.update(id, |it| it.interfaces.push(interface));
                }
                _ => {}
            }
        }
        for group in list(case, "target_groups") {
            let Some(Thing::TargetGroup(id)) = self.thing(text(group)) else { unreachable!() };
            let mut targets = Vec::new();
            for target in list(group, "targets") {
                let name = target["id"].as_str().or(target["ip"].as_str()).unwrap_or_default();
                let address = |id| {
                    let interface: &Interface = &self.network.interfaces()[id];
                    Registered::Address(interface.addresses[0])
                };
                let who = match (name.parse(), self.thing(name)) {
                    (Ok(address), _) => Registered::Address(address),
                    (_, Some(Thing::Instance(id))) => Registered::Instance(id),
                    (_, Some(Thing::LoadBalancer(id))) => Registered::LoadBalancer(id),
                    (_, Some(Thing::Interface(id))) => address(id),
                    _ => return Err(NotModelled(format!("the target {name}"))),
                };
                targets.push(Registration {
                    target: who,
                    port: target["port"].as_u64().map(|it| it as u16),
                    health: Some(match target["health"].as_str() {
                        Some("unhealthy") => Health::Unhealthy,
                        Some("draining") => Health::Draining,
                        _ => Health::Healthy,
                    }),
                });
            }
            self.network.update(id, |it| it.targets = targets);
        }
        Ok(())
    }

    fn nat_gateways(&mut self, case: &Value) {
        for nat in list(case, "nat_gateways") {
            let (Thing::Subnet(subnet), Thing::Interface(interface)) = (
                self.things[nat["subnet"].as_str().unwrap()],
                self.things[nat["eni"].as_str().unwrap()],
            ) else {
                panic!("a NAT gateway needs a subnet and an interface")
            };
            let id = self.network.insert(NatGateway {
                name: text(nat).into(),
                vpc: self.network.subnets()[subnet].vpc,
                seat: NatSeat::Zonal { subnet, interface },
                connectivity: match nat["connectivity"].as_str() {
                    Some("private") => Connectivity::Private,
                    _ => Connectivity::Public,
                },
                state: match nat["state"].as_str() {
                    Some("pending") => NatGatewayState::Pending,
                    Some("available") => NatGatewayState::Available,
                    _ => NatGatewayState::Failed,
                },
            });
            self.call(text(nat), Thing::NatGateway(id));
        }
    }

    fn routes(&mut self, case: &Value) -> Read<()> {
        for table in list(case, "route_tables") {
            let Thing::RouteTable(id) = self.things[text(table)] else { unreachable!() };
            for edge in list(table, "edge").iter().filter_map(Value::as_str) {
                match self.thing(edge) {
                    Some(Thing::InternetGateway(gateway)) => {
                        self.network.update(gateway, |it| it.route_table = Some(id));
                    }
                    Some(Thing::VirtualPrivateGateway(gateway)) => {
                        self.network.update(gateway, |it| it.route_table = Some(id));
                    }
                    _ => return Err(NotModelled(format!("the edge {edge}"))),
                }
            }
            let mut routes = Vec::new();
            for route in list(table, "routes") {
                let destination = route["dst"].as_str().unwrap();
                let target = self.target(route)?;
                if let Some(Thing::PrefixList(list)) = self.thing(destination) {
                    let cidrs = &self.network.prefix_lists()[list].cidrs;
                    routes.extend(cidrs.iter().map(|&destination| Route {
                        destination,
                        target: target.clone(),
                        origin: Origin::PrefixList(list),
                    }));
                    continue;
                }
                let destination = destination
                    .parse()
                    .map_err(|_| NotModelled(format!("a route to {destination}")))?;
                routes.push(Route { destination, target, origin: origin(route) });
            }
            self.network.update(id, |it| it.routes = routes);
        }
        Ok(())
    }

    fn target(&self, route: &Value) -> Read<Target> {
        let name = route["target"].as_str().unwrap();
        if route["state"] == "blackhole" {
            return Ok(Target::Gone(name.into()));
        }
        Ok(match self.thing(name) {
            _ if name == "local" => Target::Local,
            Some(Thing::InternetGateway(id)) => Target::InternetGateway(id),
            Some(Thing::EgressOnlyGateway(id)) => Target::EgressOnlyGateway(id),
            Some(Thing::NatGateway(id)) => Target::NatGateway(id),
            Some(Thing::Peering(id)) => Target::Peering(id),
            Some(Thing::GatewayEndpoint(id)) => Target::GatewayEndpoint(id),
            // A peering that is gone.
            None if name.starts_with("pcx-") => Target::Gone(name.into()),
            Some(Thing::TransitGateway(id)) => Target::TransitGateway(id),
            Some(Thing::VirtualPrivateGateway(id)) => Target::VirtualPrivateGateway(id),
            Some(Thing::Interface(id)) => Target::Interface(id),
            Some(Thing::InterfaceEndpoint(id)) => {
                Target::Interface(self.network.interface_endpoints()[id].interfaces[0])
            }
            Some(Thing::Instance(id)) => {
                Target::Interface(self.network.instances()[id].interfaces[0])
            }
            _ => return Err(NotModelled(format!("a route to {name}"))),
        })
    }
}

/// The array `key` of an object; empty when it is not there.
pub fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(object: &Value) -> &str {
    object["id"].as_str().expect("an object has an id")
}

fn cidr(value: &Value) -> Cidr {
    value.as_str().unwrap().parse().unwrap()
}

pub fn origin(route: &Value) -> Origin {
    match route["origin"].as_str() {
        Some("local") => Origin::Local,
        Some("propagated") => Origin::Propagated,
        _ => Origin::Static,
    }
}

pub fn protocol(value: &Value) -> Option<Protocol> {
    match value {
        Value::String(name) if name == "all" || name == "-1" => None,
        Value::String(name) => Some(name.parse().expect("a protocol")),
        other => other.as_u64().map(|number| Protocol(number as u8)),
    }
}

fn ports(value: &Value) -> Ports {
    let port = |it: &Value| it.as_u64().and_then(|it| u16::try_from(it).ok());
    match value.as_array().map(Vec::as_slice) {
        // -1 is every port.
        Some([low, high]) if low.as_i64() == Some(-1) && high.as_i64() == Some(-1) => Ports::ALL,
        Some([low, high]) => match (port(low), port(high)) {
            (Some(low), Some(high)) => Ports::new(low, high).unwrap_or(Ports::ALL),
            _ => Ports::ALL,
        },
        _ => port(value).map_or(Ports::ALL, Ports::one),
    }
}

fn listener_protocol(value: &Value) -> Read<ListenerProtocol> {
    let text = value.as_str().unwrap_or("tcp");
    text.parse().map_err(|()| NotModelled(format!("a listener of {text}")))
}

/// The ports of a rule; of ICMP, its type and code, where -1 is all of them.
fn ports_of(rule: &Value) -> Ports {
    let ports = ports(&rule["ports"]);
    if !protocol(&rule["proto"]).is_some_and(Protocol::is_icmp) {
        return ports;
    }
    let number = |it: &Value| it.as_u64().and_then(|it| u8::try_from(it).ok());
    let kind = number(&rule["ports"][0]).or_else(|| number(&rule["ports"]));
    kind.map_or(Ports::ALL, |it| Ports::icmp(it, number(&rule["ports"][1])))
}

/// A rule of a security group.
pub fn rule_of(rule: &Value, thing: impl Fn(&str) -> Option<Thing>) -> Read<SecurityGroupRule> {
    let peer = if let Some(cidr) = rule["cidr"].as_str() {
        Peer::Cidr(cidr.parse().unwrap())
    } else if let Some(name) = rule["sg"].as_str() {
        match thing(name) {
            Some(Thing::SecurityGroup(id)) => Peer::Group(id),
            _ => return Err(NotModelled(format!("a rule with {name}"))),
        }
    } else {
        let name = rule["prefix_list"].as_str().unwrap_or_default();
        match thing(name) {
            Some(Thing::PrefixList(id)) => Peer::PrefixList(id),
            _ => return Err(NotModelled(format!("a rule with {name}"))),
        }
    };
    Ok(SecurityGroupRule { protocol: protocol(&rule["proto"]), ports: ports_of(rule), peer })
}

/// An entry of a network ACL.
fn entry_of(entry: &Value) -> AclEntry {
    AclEntry {
        number: entry["num"].as_u64().unwrap() as u16,
        action: if entry["action"] == "allow" { AclAction::Allow } else { AclAction::Deny },
        protocol: protocol(&entry["proto"]),
        ports: ports_of(entry),
        cidr: cidr(&entry["cidr"]),
    }
}

/// On-premises networks, and the lines from them to AWS.
impl Topology {
    fn private_networks(&mut self, case: &Value) -> Read<()> {
        for vgw in list(case, "vgws") {
            let vpc = vgw["vpc"].as_str().map(|name| self.vpc(name));
            let row = VirtualPrivateGateway {
                name: text(vgw).into(),
                vpc,
                propagates_to: Vec::new(),
                route_table: None,
            };
            let id = self.network.insert(row);
            self.call(text(vgw), Thing::VirtualPrivateGateway(id));
        }
        for tgw in list(case, "tgws") {
            let on = |key: &str| matches!(tgw[key].as_str(), Some("enable")) || tgw[key] == true;
            let group_references = GROUP_REFERENCES.iter().any(|key| on(key));
            let id = self.network.insert(TransitGateway {
                name: text(tgw).into(),
                default_association: None,
                default_propagation: None,
                group_references,
            });
            self.call(text(tgw), Thing::TransitGateway(id));
        }
        for site in list(case, "onprem") {
            let cidrs: Vec<Cidr> = list(site, "cidrs").iter().map(cidr).collect();
            let Some(&first) = cidrs.first() else {
                return Err(NotModelled("an on-premises network without a block".to_owned()));
            };
            let address = OnPremises::usual_address(first);
            let listening = Listening::Everywhere;
            let id = self.network.insert(OnPremises {
                name: text(site).into(),
                cidrs,
                address,
                listening,
            });
            self.call(text(site), Thing::OnPremises(id));
        }
        for vpn in list(case, "vpn_connections") {
            self.vpn(case, vpn)?;
        }
        // A network may hang on a virtual private gateway with no word about the line between.
        for site in list(case, "onprem") {
            if let Some(vgw) = site["vgw"].as_str()
                && site["vpn"].is_null()
            {
                let Some(Thing::VirtualPrivateGateway(gateway)) = self.thing(vgw) else {
                    return Err(NotModelled(format!("a line to {vgw}")));
                };
                let Some(Thing::OnPremises(on_premises)) = self.thing(text(site)) else { continue };
                let line = DirectConnectGateway {
                    name: format!("{}-line", text(site)).into(),
                    on_premises,
                    gateways: vec![gateway],
                    prefixes: self.network.on_premises()[on_premises].cidrs.clone(),
                    up: true,
                };
                self.network.insert(line);
            }
        }
        Ok(())
    }

    /// A VPN connection with the network behind it: what the case says of it, or what it leads to.
    fn vpn(&mut self, case: &Value, vpn: &Value) -> Read<()> {
        let name = text(vpn);
        let site = list(case, "onprem").iter().find(|site| site["vpn"] == name);
        let attachment = list(case, "tgw_attachments").iter().find(|it| it["resource"] == name);
        let mut blocks: Vec<Cidr> = list(vpn, "static_routes").iter().map(cidr).collect();
        let learned = attachment.map_or(&[][..], |it| list(it, "cidrs"));
        let on_premises = if let Some(Thing::OnPremises(id)) =
            site.and_then(|it| self.thing(text(it)))
        {
            id
        } else {
            let cidrs: Vec<Cidr> = learned.iter().map(cidr).chain(blocks.iter().copied()).collect();
            let Some(&first) = cidrs.first() else {
                return Err(NotModelled(format!("the network behind {name}")));
            };
            let address = OnPremises::usual_address(first);
            let (name, listening) = (format!("{name}-site").into(), Listening::Everywhere);
            self.network.insert(OnPremises { name, cidrs, address, listening })
        };
        let customer = vpn["cgw"].as_str().unwrap_or("cgw");
        let row = CustomerGateway { name: customer.into(), on_premises, address: None };
        let customer_gateway = self.network.insert(row);
        let side = match (vpn["vgw"].as_str(), vpn["tgw"].as_str()) {
            (Some(vgw), _) => match self.thing(vgw) {
                Some(Thing::VirtualPrivateGateway(id)) => VpnSide::VirtualPrivateGateway(id),
                _ => return Err(NotModelled(format!("a VPN to {vgw}"))),
            },
            (None, Some(tgw)) => match self.thing(tgw) {
                Some(Thing::TransitGateway(id)) => VpnSide::TransitGateway(id),
                _ => return Err(NotModelled(format!("a VPN to {tgw}"))),
            },
            (None, None) => return Err(NotModelled("a VPN to nothing".to_owned())),
        };
        // What an attachment propagates, its VPN connection hears with BGP.
        let routing = if !learned.is_empty() {
            VpnRouting::Bgp(learned.iter().map(cidr).collect())
        } else if blocks.is_empty() {
            VpnRouting::Bgp(self.network.on_premises()[on_premises].cidrs.clone())
        } else {
            VpnRouting::Static(std::mem::take(&mut blocks))
        };
        let mut tunnels = [Tunnel::Up; 2];
        for (tunnel, said) in tunnels.iter_mut().zip(list(vpn, "tunnels")) {
            let state = said["status"].as_str().or(said["state"].as_str()).or(said.as_str());
            if state.is_some_and(|it| it.eq_ignore_ascii_case("down")) {
                *tunnel = Tunnel::Down;
            }
        }
        if vpn["state"].as_str().is_some_and(|it| it != "available" && it != "up") {
            tunnels = [Tunnel::Down; 2];
        }
        let id = self.network.insert(VpnConnection {
            name: name.into(),
            customer_gateway,
            side,
            routing,
            tunnels,
            private: vpn["private"] == true,
        });
        self.call(name, Thing::VpnConnection(id));
        Ok(())
    }

    fn transit_gateways(&mut self, case: &Value) -> Read<()> {
        let gateway_of = |topology: &Self, row: &Value| match topology
            .thing(row["tgw"].as_str().unwrap_or_default())
        {
            Some(Thing::TransitGateway(id)) => Ok(id),
            _ => Err(NotModelled(format!("the transit gateway {}", row["tgw"]))),
        };
        // A peering may be written once, for both sides, or once for each.
        let mut peerings: Vec<(String, String, TransitGatewayAttachmentId)> = Vec::new();
        for row in list(case, "tgw_attachments") {
            let gateway = gateway_of(self, row)?;
            let of = self.attachment_of(case, row)?;
            let state = attachment_state(row)?;
            let peering = matches!(of, AttachmentOf::Peering { .. });
            let id = self.network.insert(TransitGatewayAttachment {
                name: text(row).into(),
                gateway,
                of,
                state,
                association: None,
                propagations: Vec::new(),
            });
            self.call(text(row), Thing::TransitGatewayAttachment(id));
            if peering {
                let (near, far) = (row["tgw"].as_str(), row["resource"].as_str());
                let (near, far) = (near.unwrap_or_default(), far.unwrap_or_default());
                peerings.push((near.to_owned(), far.to_owned(), id));
            }
        }
        for (near, far, id) in peerings.clone() {
            let twin = peerings.iter().find(|(a, b, _)| *a == far && *b == near).map(|it| it.2);
            let other = match (twin, self.thing(&far)) {
                (Some(twin), _) => twin,
                (None, Some(Thing::TransitGateway(gateway))) => {
                    let near = &self.network.transit_gateway_attachments()[id];
                    let other = TransitGatewayAttachment {
                        gateway,
                        of: AttachmentOf::Peering { other: id },
                        ..near.clone()
                    };
                    self.network.insert(other)
                }
                _ => return Err(NotModelled(format!("a peering with {far}"))),
            };
            self.network.update(id, |it| it.of = AttachmentOf::Peering { other });
        }
        for row in list(case, "tgw_route_tables") {
            let gateway = gateway_of(self, row)?;
            // One name may stand for both sides of a peering: this gateway's is meant.
            let attachment = |topology: &Self, name: &str| {
                let rows = topology.network.transit_gateway_attachments();
                rows.find(|_, it| it.gateway == gateway && *it.name == *name)
                    .ok_or_else(|| NotModelled(format!("the attachment {name}")))
            };
            let mut routes = Vec::new();
            for route in list(row, "static_routes") {
                let hole = route["state"] == "blackhole" || route["attachment"].is_null();
                let target = match route["attachment"].as_str().filter(|_| !hole) {
                    Some(name) => TransitTarget::Attachment(attachment(self, name)?),
                    None => TransitTarget::Blackhole,
                };
                let destination = route["dst"].as_str().unwrap_or_default();
                let (blocks, origin) = if let Ok(cidr) = destination.parse::<Cidr>() {
                    (vec![cidr], TransitOrigin::Static)
                } else {
                    let lists = list(case, "prefix_lists");
                    let found = lists.iter().find(|it| it["id"] == destination);
                    let blocks = found.map(|it| list(it, "cidrs").iter().map(cidr).collect());
                    let unknown = || NotModelled(format!("a route to {destination}"));
                    (blocks.ok_or_else(unknown)?, TransitOrigin::PrefixList)
                };
                for destination in blocks {
                    routes.push(TransitRoute { destination, target: target.clone(), origin });
                }
            }
            let name = text(row).into();
            let id = self.network.insert(TransitGatewayRouteTable { name, gateway, routes });
            self.call(text(row), Thing::TransitGatewayRouteTable(id));
            for name in list(row, "associations").iter().filter_map(Value::as_str) {
                let attachment = attachment(self, name)?;
                self.network.update(attachment, |it| it.association = Some(id));
            }
            for name in list(row, "propagations").iter().filter_map(Value::as_str) {
                let attachment = attachment(self, name)?;
                self.network.update(attachment, |it| it.propagations.push(id));
            }
        }
        Ok(())
    }

    fn attachment_of(&mut self, case: &Value, row: &Value) -> Read<AttachmentOf> {
        let resource = row["resource"].as_str().unwrap_or_default();
        let on = |key: &str| matches!(row[key].as_str(), Some("enable")) || row[key] == true;
        let off = |key: &str| matches!(row[key].as_str(), Some("disable")) || row[key] == false;
        Ok(match row["type"].as_str().unwrap_or_default() {
            "vpc" => AttachmentOf::Vpc {
                vpc: self.vpc(resource),
                subnets: list(row, "subnets")
                    .iter()
                    .filter_map(|it| match self.thing(it.as_str()?)? {
                        Thing::Subnet(id) => Some(id),
                        _ => None,
                    })
                    .collect(),
                appliance_mode: ["appliance_mode", "appliance_mode_support"]
                    .iter()
                    .any(|key| on(key)),
                group_references: !GROUP_REFERENCES.iter().any(|key| off(key)),
            },
            "vpn" => match self.thing(resource) {
                Some(Thing::VpnConnection(id)) => AttachmentOf::Vpn(id),
                _ => return Err(NotModelled(format!("an attachment to {resource}"))),
            },
            "peering" => {
                // The other side is known when all are read.
                let other = self.network.transit_gateway_attachments().next_id();
                AttachmentOf::Peering { other }
            }
            kind @ ("direct-connect-gateway" | "dx" | "dxgw" | "direct-connect" | "connect") => {
                let prefixes: Vec<Cidr> = list(row, "cidrs").iter().map(cidr).collect();
                let mut sites = list(case, "onprem").iter();
                let named = sites.find(|site| {
                    site.as_object().into_iter().flatten().any(|(_, value)| {
                        value.as_str() == Some(resource) || value.as_str() == Some(text(row))
                    })
                });
                let on_premises = if let Some(Thing::OnPremises(id)) =
                    named.and_then(|it| self.thing(text(it)))
                {
                    id
                } else {
                    let Some(&first) = prefixes.first() else {
                        return Err(NotModelled(format!("the network behind {resource}")));
                    };
                    self.network.insert(OnPremises {
                        name: format!("{resource}-site").into(),
                        cidrs: prefixes.clone(),
                        address: OnPremises::usual_address(first),
                        listening: Listening::Everywhere,
                    })
                };
                if kind == "connect" {
                    return Ok(AttachmentOf::Connect { on_premises, prefixes });
                }
                let id = self.network.insert(DirectConnectGateway {
                    name: resource.into(),
                    on_premises,
                    gateways: Vec::new(),
                    prefixes,
                    up: true,
                });
                self.call(resource, Thing::DirectConnectGateway(id));
                AttachmentOf::DirectConnect(id)
            }
            other => return Err(NotModelled(format!("an attachment of type {other:?}"))),
        })
    }
}

/// The ways in which a case may write that groups can be named across a transit gateway.
const GROUP_REFERENCES: [&str; 4] = [
    "security_group_referencing",
    "security_group_referencing_support",
    "sg_referencing",
    "sg_referencing_support",
];

fn attachment_state(row: &Value) -> Read<AttachmentState> {
    Ok(match row["state"].as_str() {
        None | Some("available") => AttachmentState::Available,
        Some("modifying") => AttachmentState::Modifying,
        Some("pendingAcceptance" | "initiatingRequest") => AttachmentState::PendingAcceptance,
        Some("pending" | "initiating") => AttachmentState::Pending,
        Some("deleting" | "deleted") => AttachmentState::Deleting,
        Some("failed" | "failing" | "rollingBack") => AttachmentState::Failed,
        Some("rejected" | "rejecting") => AttachmentState::Rejected,
        Some(other) => return Err(NotModelled(format!("the attachment state {other}"))),
    })
}
