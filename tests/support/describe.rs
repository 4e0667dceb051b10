//! Writes a network as the AWS CLI would describe it: the other way round from the import, and
//! written apart from it.

use hanulgil::{
    cloud::{
        AclAction, AclEntry, BlockMode, Connectivity, EndpointPolicy, ExclusionMode, ExclusionOf,
        InstanceState, InterfaceId, InterfaceKind, NatGatewayState, Network, Origin, Peer,
        PeeringState, Place, SecurityGroupRule, Target,
    },
    net::{Cidr, Ports, Protocol},
};
use serde_json::{Map, Value, json};

/// The id under which an interface is described.
pub fn interface_id(id: InterfaceId) -> String {
    format!("eni-{}", id.index())
}

/// The id of AWS's of what stands at a place.
pub fn place_id(network: &Network, place: Place) -> String {
    match place {
        Place::Internet(address, _) if address == Network::INTERNET => "internet".to_owned(),
        Place::Internet(address, _) => address.to_string(),
        Place::Interface(id, _) => match network.interfaces()[id].kind {
            InterfaceKind::Instance(instance) => format!("i-{}", instance.index()),
            InterfaceKind::NatGateway => {
                format!("nat-{}", network.nat_gateway_of(id).unwrap().index())
            }
            _ => interface_id(id),
        },
        Place::NetworkAcl(id, ..) => format!("acl-{}", id.index()),
        Place::RouteTable(id, _) | Place::GatewayTable(id) => format!("rtb-{}", id.index()),
        Place::InternetGateway(id, _) => format!("igw-{}", id.index()),
        Place::EgressOnlyGateway(id, _) => format!("eigw-{}", id.index()),
        Place::NatGateway(id, _) => format!("nat-{}", id.index()),
        Place::Subnet(id) => format!("subnet-{}", id.index()),
        Place::Peering(id) => format!("pcx-{}", id.index()),
        Place::GatewayEndpoint(id, ..) => format!("vpce-{}", id.index()),
        Place::Amazon(service) => hanulgil::tell::written::amazon(service).to_owned(),
        #[allow(unreachable_patterns, reason = "places of objects that are not written yet")]
        other => format!("{other:?}"),
    }
}

/// Every list, by its key.
pub fn describe(network: &Network) -> Map<String, Value> {
    let Value::Object(lists) = json!({
        "Vpcs": vpcs(network),
        "Subnets": subnets(network),
        "RouteTables": route_tables(network),
        "InternetGateways": internet_gateways(network),
        "EgressOnlyInternetGateways": egress_only_gateways(network),
        "NatGateways": nat_gateways(network),
        "SecurityGroups": security_groups(network),
        "NetworkAcls": network_acls(network),
        "Reservations": reservations(network),
        "NetworkInterfaces": interfaces(network),
        "VpcBlockPublicAccessOptions": {
            "AwsAccountId": "123456789012",
            "AwsRegion": "eu-west-1",
            "State": "update-complete",
            "InternetGatewayBlockMode": match network.block_public_access().mode {
                BlockMode::Off => "off",
                BlockMode::Bidirectional => "block-bidirectional",
                BlockMode::Ingress => "block-ingress",
            },
        },
        "VpcBlockPublicAccessExclusions": exclusions(network),
        "VpcPeeringConnections": peerings(network),
        "PrefixLists": prefix_lists(network),
        "VpcEndpoints": endpoints(network),
    }) else {
        unreachable!()
    };
    lists
}

fn vpcs(network: &Network) -> Vec<Value> {
    let one = |(id, vpc): (hanulgil::cloud::VpcId, &hanulgil::cloud::Vpc)| {
        let associated = |cidr: &Cidr, key: &str, state: &str| json!({ key: cidr.to_string(), state: { "State": "associated" } });
        json!({
            "VpcId": format!("vpc-{}", id.index()),
            "State": "available",
            "OwnerId": "123456789012",
            "CidrBlock": vpc.cidrs[0].to_string(),
            "CidrBlockAssociationSet": vpc.cidrs.iter()
                .map(|it| associated(it, "CidrBlock", "CidrBlockState")).collect::<Vec<_>>(),
            "Ipv6CidrBlockAssociationSet": vpc.ipv6_cidrs.iter()
                .map(|it| associated(it, "Ipv6CidrBlock", "Ipv6CidrBlockState"))
                .collect::<Vec<_>>(),
            "Tags": [{ "Key": "Name", "Value": vpc.name.as_str() }],
        })
    };
    network.vpcs().iter().map(one).collect()
}

fn subnets(network: &Network) -> Vec<Value> {
    let one = |(id, subnet): (hanulgil::cloud::SubnetId, &hanulgil::cloud::Subnet)| {
        json!({
            "SubnetId": format!("subnet-{}", id.index()),
            "VpcId": format!("vpc-{}", subnet.vpc.index()),
            "CidrBlock": subnet.cidr.to_string(),
            "Ipv6CidrBlockAssociationSet": subnet.ipv6_cidr.iter().map(|it| json!({
                "Ipv6CidrBlock": it.to_string(),
                "Ipv6CidrBlockState": { "State": "associated" },
            })).collect::<Vec<_>>(),
            "AvailabilityZone": format!("eu-west-1{}", subnet.zone.0),
            "MapPublicIpOnLaunch": subnet.auto_assign_public_ip,
        })
    };
    network.subnets().iter().map(one).collect()
}

fn route_tables(network: &Network) -> Vec<Value> {
    let mut tables = Vec::new();
    for (id, table) in network.route_tables().iter() {
        let id_text = format!("rtb-{}", id.index());
        let mut associations: Vec<Value> = (network.subnets().iter())
            .filter(|(_, it)| it.route_table == Some(id))
            .map(|(subnet, _)| {
                json!({
                    "Main": false,
                    "RouteTableId": id_text,
                    "SubnetId": format!("subnet-{}", subnet.index()),
                    "AssociationState": { "State": "associated" },
                })
            })
            .collect();
        if network.vpcs()[table.vpc].main_route_table == id {
            associations.push(json!({ "Main": true, "RouteTableId": id_text }));
        }
        let mut lists = Vec::new();
        let routes: Vec<Value> = table
            .routes
            .iter()
            // One route for a list stands for one for each of its blocks.
            .filter(|route| match route.origin {
                Origin::PrefixList(list) => {
                    let first = !lists.contains(&list);
                    lists.push(list);
                    first
                }
                _ => true,
            })
            .map(|route| {
                let destination = if let Origin::PrefixList(_) = route.origin {
                    "DestinationPrefixListId"
                } else if route.destination.is_ipv4() {
                    "DestinationCidrBlock"
                } else {
                    "DestinationIpv6CidrBlock"
                };
                let (key, target, state) = match &route.target {
                    Target::Local => ("GatewayId", "local".to_owned(), "active"),
                    Target::InternetGateway(it) => {
                        ("GatewayId", format!("igw-{}", it.index()), "active")
                    }
                    Target::EgressOnlyGateway(it) => {
                        let id = format!("eigw-{}", it.index());
                        ("EgressOnlyInternetGatewayId", id, "active")
                    }
                    Target::NatGateway(it) => {
                        ("NatGatewayId", format!("nat-{}", it.index()), "active")
                    }
                    Target::Interface(it) => ("NetworkInterfaceId", interface_id(*it), "active"),
                    Target::Peering(it) => {
                        ("VpcPeeringConnectionId", format!("pcx-{}", it.index()), "active")
                    }
                    Target::GatewayEndpoint(it) => {
                        ("GatewayId", format!("vpce-{}", it.index()), "active")
                    }
                    Target::TransitGateway(it) => {
                        ("TransitGatewayId", format!("tgw-{}", it.index()), "active")
                    }
                    Target::VirtualPrivateGateway(it) => {
                        ("GatewayId", format!("vgw-{}", it.index()), "active")
                    }
                    Target::Gone(it) => ("NatGatewayId", it.to_string(), "blackhole"),
                    #[allow(unreachable_patterns, reason = "objects that are not written yet")]
                    other => panic!("{other:?}"),
                };
                json!({
                    destination: match route.origin {
                        Origin::PrefixList(list) => format!("pl-{}", list.index()),
                        _ => route.destination.to_string(),
                    },
                    key: target,
                    "State": state,
                    "Origin": if route.origin == Origin::Local {
                        "CreateRouteTable"
                    } else if route.origin == Origin::Propagated {
                        "EnableVgwRoutePropagation"
                    } else {
                        "CreateRoute"
                    },
                })
            })
            .collect();
        let gateways = network.internet_gateways().iter();
        for (gateway, _) in gateways.filter(|(_, it)| it.route_table == Some(id)) {
            associations.push(json!({
                "Main": false,
                "RouteTableId": id_text,
                "GatewayId": format!("igw-{}", gateway.index()),
            }));
        }
        tables.push(json!({
            "RouteTableId": id_text,
            "VpcId": format!("vpc-{}", table.vpc.index()),
            "Associations": associations,
            "Routes": routes,
            "PropagatingVgws": (network.virtual_private_gateways().iter())
                .filter(|(_, it)| it.propagates_to.contains(&id))
                .map(|(id, _)| json!({ "GatewayId": format!("vgw-{}", id.index()) }))
                .collect::<Vec<_>>(),
        }));
    }
    tables
}

fn internet_gateways(network: &Network) -> Vec<Value> {
    (network.internet_gateways().iter())
        .map(|(id, it)| {
            json!({
                "InternetGatewayId": format!("igw-{}", id.index()),
                "Attachments": it.vpc.iter().map(|it| json!({
                    "State": "available",
                    "VpcId": format!("vpc-{}", it.index()),
                })).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn egress_only_gateways(network: &Network) -> Vec<Value> {
    (network.egress_only_gateways().iter())
        .map(|(id, it)| {
            json!({
                "EgressOnlyInternetGatewayId": format!("eigw-{}", id.index()),
                "Attachments": [{ "State": "attached", "VpcId": format!("vpc-{}", it.vpc.index()) }],
            })
        })
        .collect()
}

fn nat_gateways(network: &Network) -> Vec<Value> {
    let mut gateways = Vec::new();
    for (id, nat) in network.nat_gateways().iter() {
        let Some(own) = nat.interface() else { continue };
        let interface = &network.interfaces()[own];
        gateways.push(json!({
            "NatGatewayId": format!("nat-{}", id.index()),
            "SubnetId": format!("subnet-{}", interface.subnet.index()),
            "ConnectivityType": match nat.connectivity {
                Connectivity::Public => "public",
                Connectivity::Private => "private",
            },
            "State": match nat.state {
                NatGatewayState::Pending => "pending",
                NatGatewayState::Available => "available",
                NatGatewayState::Failed => "failed",
            },
            "NatGatewayAddresses": [{
                "NetworkInterfaceId": interface_id(own),
                "PrivateIp": interface.addresses[0].to_string(),
                "PublicIp": interface.public_address.map(|it| it.address.to_string()),
            }],
        }));
    }
    gateways
}

fn protocol(protocol: Option<Protocol>) -> String {
    match protocol {
        None => "-1".to_owned(),
        Some(Protocol::TCP) => "tcp".to_owned(),
        Some(Protocol::UDP) => "udp".to_owned(),
        Some(Protocol::ICMP) => "icmp".to_owned(),
        Some(Protocol::ICMPV6) => "icmpv6".to_owned(),
        Some(other) => other.0.to_string(),
    }
}

#[allow(clippy::match_wildcard_for_single_variants, reason = "peers that are not written yet")]
fn permission(rule: &SecurityGroupRule) -> Value {
    let mut permission = json!({
        "IpProtocol": protocol(rule.protocol),
        "IpRanges": [],
        "Ipv6Ranges": [],
        "PrefixListIds": [],
        "UserIdGroupPairs": [],
    });
    match rule.protocol {
        Some(it) if it.has_ports() => {
            permission["FromPort"] = rule.ports.low.into();
            permission["ToPort"] = rule.ports.high.into();
        }
        Some(it) if it.is_icmp() => {
            let (kind, code) = message(rule.ports);
            permission["FromPort"] = kind.into();
            permission["ToPort"] = code.into();
        }
        _ => {}
    }
    match rule.peer {
        Peer::Cidr(cidr) if cidr.is_ipv4() => {
            permission["IpRanges"] = json!([{ "CidrIp": cidr.to_string() }]);
        }
        Peer::Cidr(cidr) => {
            permission["Ipv6Ranges"] = json!([{ "CidrIpv6": cidr.to_string() }]);
        }
        Peer::Group(group) => {
            let id = format!("sg-{}", group.index());
            permission["UserIdGroupPairs"] = json!([{ "GroupId": id, "UserId": "123456789012" }]);
        }
        Peer::PrefixList(list) => {
            let id = format!("pl-{}", list.index());
            permission["PrefixListIds"] = json!([{ "PrefixListId": id }]);
        }
    }
    permission
}

fn security_groups(network: &Network) -> Vec<Value> {
    (network.security_groups().iter())
        .map(|(id, group)| {
            json!({
                "GroupId": format!("sg-{}", id.index()),
                "GroupName": group.name.as_str(),
                "Description": "-",
                "VpcId": format!("vpc-{}", group.vpc.index()),
                "IpPermissions": group.ingress.iter().map(permission).collect::<Vec<_>>(),
                "IpPermissionsEgress": group.egress.iter().map(permission).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn entry(entry: &AclEntry, egress: bool) -> Value {
    let mut described = json!({
        "RuleNumber": entry.number,
        "RuleAction": match entry.action {
            AclAction::Allow => "allow",
            AclAction::Deny => "deny",
        },
        "Egress": egress,
        "Protocol": entry.protocol.map_or("-1".to_owned(), |it| it.0.to_string()),
    });
    let key = if entry.cidr.is_ipv4() { "CidrBlock" } else { "Ipv6CidrBlock" };
    described[key] = entry.cidr.to_string().into();
    if entry.protocol.is_some_and(Protocol::has_ports) {
        described["PortRange"] = json!({ "From": entry.ports.low, "To": entry.ports.high });
    }
    if entry.protocol.is_some_and(Protocol::is_icmp) {
        let (kind, code) = message(entry.ports);
        described["IcmpTypeCode"] = json!({ "Type": kind, "Code": code });
    }
    described
}

/// Type and code of ICMP; -1 is all of them.
fn message(ports: Ports) -> (i32, i32) {
    ports.icmp_message().map_or((-1, -1), |(kind, code)| (kind.into(), code.map_or(-1, i32::from)))
}

fn network_acls(network: &Network) -> Vec<Value> {
    let mut lists = Vec::new();
    for (id, acl) in network.network_acls().iter() {
        let mut entries: Vec<Value> = acl.ingress.iter().map(|it| entry(it, false)).collect();
        entries.extend(acl.egress.iter().map(|it| entry(it, true)));
        for egress in [false, true] {
            entries.push(json!({
                "RuleNumber": 32767, "RuleAction": "deny", "Egress": egress, "Protocol": "-1",
                "CidrBlock": "0.0.0.0/0",
            }));
        }
        let associations: Vec<Value> = (network.subnets().iter())
            .filter(|(subnet, _)| network.network_acl_of(*subnet) == id)
            .map(|(subnet, _)| json!({ "SubnetId": format!("subnet-{}", subnet.index()) }))
            .collect();
        lists.push(json!({
            "NetworkAclId": format!("acl-{}", id.index()),
            "VpcId": format!("vpc-{}", acl.vpc.index()),
            "IsDefault": network.vpcs()[acl.vpc].default_network_acl == id,
            "Entries": entries,
            "Associations": associations,
        }));
    }
    lists
}

fn reservations(network: &Network) -> Vec<Value> {
    (network.instances().iter())
        .map(|(id, instance)| {
            json!({
                "ReservationId": format!("r-{}", id.index()),
                "Instances": [{
                    "InstanceId": format!("i-{}", id.index()),
                    "ImageId": "ami-1",
                    "State": { "Name": match instance.state {
                        InstanceState::Running => "running",
                        InstanceState::Stopped => "stopped",
                    } },
                    "Tags": [{ "Key": "Name", "Value": instance.name.as_str() }],
                }],
            })
        })
        .collect()
}

fn interfaces(network: &Network) -> Vec<Value> {
    let mut interfaces = Vec::new();
    for (id, interface) in network.interfaces().iter() {
        let (attachment, kind) = match interface.kind {
            InterfaceKind::Instance(instance) => {
                let device =
                    network.instances()[instance].interfaces.iter().position(|it| *it == id);
                let attachment = json!({
                    "InstanceId": format!("i-{}", instance.index()),
                    "DeviceIndex": device,
                    "Status": "attached",
                });
                (attachment, "interface")
            }
            InterfaceKind::NatGateway => {
                (json!({ "InstanceOwnerId": "amazon-aws", "DeviceIndex": 1 }), "nat_gateway")
            }
            InterfaceKind::Service
            | InterfaceKind::LoadBalancer(_)
            | InterfaceKind::Endpoint(_)
            | InterfaceKind::Function(_)
            | InterfaceKind::Database(_)
            | InterfaceKind::Task(_)
            | InterfaceKind::VpcLink(_) => {
                (json!({ "InstanceOwnerId": "amazon-aws", "DeviceIndex": 1 }), "interface")
            }
            InterfaceKind::Unattached => (Value::Null, "interface"),
        };
        let association = interface.public_address.map(|it| {
            let owner = if it.elastic { "123456789012" } else { "amazon" };
            json!({ "PublicIp": it.address.to_string(), "IpOwnerId": owner })
        });
        let (v4, v6): (Vec<std::net::IpAddr>, Vec<_>) =
            interface.addresses.iter().partition(|it| it.is_ipv4());
        interfaces.push(json!({
            "NetworkInterfaceId": interface_id(id),
            "SubnetId": format!("subnet-{}", interface.subnet.index()),
            "Attachment": attachment,
            "InterfaceType": kind,
            "Association": association,
            "PrivateIpAddress": v4[0].to_string(),
            "PrivateIpAddresses": v4.iter().enumerate().map(|(place, it)| json!({
                "Primary": place == 0,
                "PrivateIpAddress": it.to_string(),
                "Association": association.clone().filter(|_| place == 0),
            })).collect::<Vec<_>>(),
            "Ipv6Addresses": v6.iter().map(|it| json!({ "Ipv6Address": it.to_string() }))
                .collect::<Vec<_>>(),
            "Groups": interface.security_groups.iter().map(|it| json!({
                "GroupId": format!("sg-{}", it.index()),
            })).collect::<Vec<_>>(),
            "SourceDestCheck": interface.source_dest_check,
            "Status": "in-use",
        }));
    }
    interfaces
}

fn exclusions(network: &Network) -> Vec<Value> {
    (network.block_public_access().exclusions.iter().enumerate())
        .map(|(place, it)| {
            let id = match it.of {
                ExclusionOf::Vpc(id) => format!("vpc/vpc-{}", id.index()),
                ExclusionOf::Subnet(id) => format!("subnet/subnet-{}", id.index()),
            };
            json!({
                "ExclusionId": format!("vpcbpa-exclude-{place}"),
                "ResourceArn": format!("arn:aws:ec2:eu-west-1:123456789012:{id}"),
                "InternetGatewayExclusionMode": match it.mode {
                    ExclusionMode::AllowBidirectional => "allow-bidirectional",
                    ExclusionMode::AllowEgress => "allow-egress",
                },
                "State": "create-complete",
            })
        })
        .collect()
}

fn peerings(network: &Network) -> Vec<Value> {
    let end = |id: hanulgil::cloud::VpcId| {
        json!({
            "VpcId": format!("vpc-{}", id.index()),
            "Region": "eu-west-1",
            "CidrBlock": network.vpcs()[id].cidrs[0].to_string(),
        })
    };
    (network.peerings().iter())
        .map(|(id, it)| {
            json!({
                "VpcPeeringConnectionId": format!("pcx-{}", id.index()),
                "RequesterVpcInfo": end(it.requester),
                "AccepterVpcInfo": end(it.accepter),
                "Status": { "Code": match it.state {
                    PeeringState::Active => "active",
                    PeeringState::PendingAcceptance => "pending-acceptance",
                    PeeringState::Rejected => "rejected",
                    PeeringState::Expired => "expired",
                } },
            })
        })
        .collect()
}

fn prefix_lists(network: &Network) -> Vec<Value> {
    (network.prefix_lists().iter())
        .map(|(id, it)| {
            json!({
                "PrefixListId": format!("pl-{}", id.index()),
                "PrefixListName": it.name.as_str(),
                "Cidrs": it.cidrs.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn endpoints(network: &Network) -> Vec<Value> {
    (network.gateway_endpoints().iter())
        .map(|(id, it)| {
            let effect = match it.policy {
                EndpointPolicy::Allows => "Allow",
                EndpointPolicy::Denies => "Deny",
            };
            let policy = json!({
                "Statement": [{ "Effect": effect, "Principal": "*", "Action": "*", "Resource": "*" }],
            });
            json!({
                "VpcEndpointId": format!("vpce-{}", id.index()),
                "VpcEndpointType": "Gateway",
                "VpcId": format!("vpc-{}", it.vpc.index()),
                "ServiceName": network.prefix_lists()[it.list].name.as_str(),
                "State": "available",
                "PolicyDocument": policy.to_string(),
                "RouteTableIds": it.route_tables.iter()
                    .map(|it| format!("rtb-{}", it.index())).collect::<Vec<_>>(),
            })
        })
        .collect()
}
