//! Networks with everything that joins networks and stands before servers, made by a row of
//! choices; and what AWS prints about these parts.

use std::fmt::Write as _;

use hanulgil::{
    cloud::{
        AttachmentOf, AttachmentState, EndpointTo, Health, InterfaceKind, LoadBalancerKind,
        NatSeat, Network, Registered, Scheme, Thing, TransitChange, TransitOrigin, TransitTarget,
        Tunnel, VpnRouting, VpnSide,
    },
    course::Scene,
};
use serde_json::{Map, Value, json};

use super::networks::Dice;

/// A network out of a row of choices, through a scene: what AWS would refuse is in none.
pub fn hybrid(dice: &mut Dice) -> Network {
    let text = scene(dice);
    let (scene, faults) = Scene::parse("hybrid.scene.toml", &text);
    let mut network = scene.unwrap_or_else(|| panic!("{text}\n{faults:#?}")).network;
    // What scenes have no words for.
    let tunnels = [[Tunnel::Up, Tunnel::Down], [Tunnel::Down, Tunnel::Down]];
    let vpns: Vec<_> = network.vpn_connections().iter().map(|it| it.0).collect();
    for vpn in vpns {
        if dice.one_in(3) {
            let change = TransitChange::ConfigureVpnTunnels { vpn, tunnels: dice.pick(&tunnels) };
            network.apply(change.into()).unwrap();
        }
    }
    if dice.one_in(2) {
        joined_hubs(&mut network, dice);
    }
    if dice.one_in(2) {
        let plant = network.on_premises().iter().last().unwrap().0;
        let name = "line".into();
        let change = TransitChange::CreateDirectConnectGateway { name, on_premises: plant };
        let made = network.apply(change.into()).unwrap().made;
        let Some(Thing::DirectConnectGateway(line)) = made else { panic!() };
        let gateway = network.transit_gateways().iter().next().unwrap().0;
        let name = "line-door".into();
        let change = TransitChange::AttachDirectConnectGateway { name, gateway, line };
        network.apply(change.into()).unwrap();
        let up = !dice.one_in(3);
        network.update(line, |it: &mut hanulgil::cloud::DirectConnectGateway| it.up = up);
        let table = network.transit_gateway_route_tables().iter().next().unwrap().0;
        let attachment = network.transit_gateway_attachments().iter().last().unwrap().0;
        let change = TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table };
        let _ = network.apply(change.into());
        let change = TransitChange::AssociateTransitGatewayRouteTable { attachment, table };
        let _ = network.apply(change.into());
    }
    network
}

/// A second transit gateway in another Region, with a peering between both.
fn joined_hubs(network: &mut Network, dice: &mut Dice) {
    let mut make = |change: TransitChange| network.apply(change.into()).unwrap().made.unwrap();
    let options = hanulgil::cloud::TransitGatewayOptions::default();
    let made = make(TransitChange::CreateTransitGateway { name: "far-hub".into(), options });
    let Thing::TransitGateway(peer) = made else { panic!() };
    let gateway = network.transit_gateways().iter().next().unwrap().0;
    let change = TransitChange::CreateTransitGatewayPeeringAttachment {
        name: "between".into(),
        gateway,
        peer,
    };
    let made = network.apply(change.into()).unwrap().made;
    let Some(Thing::TransitGatewayAttachment(near)) = made else { panic!() };
    let AttachmentOf::Peering { other } = network.transit_gateway_attachments()[near].of else {
        panic!()
    };
    if !dice.one_in(4) {
        let change = TransitChange::AcceptTransitGatewayAttachment { attachment: other };
        network.apply(change.into()).unwrap();
    }
    let table = network.transit_gateway_route_tables().iter().next().unwrap().0;
    for change in [
        TransitChange::AssociateTransitGatewayRouteTable { attachment: near, table },
        TransitChange::CreateTransitGatewayRoute {
            table,
            destination: "10.9.0.0/16".parse().unwrap(),
            attachment: Some(near),
        },
    ] {
        let _ = network.apply(change.into());
    }
}

fn scene(dice: &mut Dice) -> String {
    let mut text = String::from(
        r#"
[internet_gateway.igw]
vpc = "one"
[transit_gateway.hub]
[on_premises.office]
cidrs = ["192.168.0.0/16"]
[on_premises.plant]
cidrs = ["172.16.0.0/16", "172.18.0.0/16"]
[virtual_private_gateway.vgw]
vpc = "one"
"#,
    );
    if dice.one_in(2) {
        text.push_str("propagates_to = [\"one-a\"]\n");
    }
    for (vpc, net) in [("one", 1), ("two", 2)] {
        let _ = write!(
            text,
            "[vpc.{vpc}]\ncidr = \"10.{net}.0.0/16\"\ndns_hostnames = true\n\
             [security_group.{vpc}-open]\nvpc = \"{vpc}\"\ninbound = [\"all from 0.0.0.0/0\"]\n\
             [security_group.{vpc}-some]\nvpc = \"{vpc}\"\n\
             inbound = [\"tcp 443 from 10.0.0.0/8\", \"all from group {vpc}-open\", \"tcp 8080 from 172.16.0.0/12\"]\n",
        );
        for (zone, third) in [("a", 1), ("b", 2)] {
            let all = [
                "10.0.0.0/8 -> hub",
                "172.16.0.0/12 -> hub",
                "192.168.0.0/16 -> hub",
                "10.2.0.0/16 -> hub",
                "203.0.113.0/24 -> blackhole",
            ];
            let mut routes: Vec<&str> = all.iter().copied().filter(|_| dice.one_in(2)).collect();
            if vpc == "one" {
                routes.retain(|it| !it.starts_with("192.168"));
                routes.push("192.168.0.0/16 -> vgw");
                match dice.below(4) {
                    0 | 1 => routes.push("0.0.0.0/0 -> igw"),
                    2 => routes.push("0.0.0.0/0 -> nat"),
                    _ => {}
                }
            } else {
                routes.retain(|it| !it.starts_with("10.2"));
            }
            let _ = writeln!(
                text,
                "[subnet.{vpc}-{zone}]\nvpc = \"{vpc}\"\ncidr = \"10.{net}.{third}.0/24\"\n\
                 zone = \"{zone}\"\nroutes = {routes:?}",
            );
            let group = dice.pick(&["open", "some"]);
            let _ = writeln!(
                text,
                "[instance.{vpc}-{zone}]\nsubnet = \"{vpc}-{zone}\"\naddress = \"10.{net}.{third}.10\"\n\
                 security_groups = [\"{vpc}-{group}\"]",
            );
        }
        let doors = dice.pick(&["\"{}-a\"", "\"{}-b\"", "\"{}-a\", \"{}-b\""]).replace("{}", vpc);
        let _ = writeln!(
            text,
            "[transit_gateway_attachment.{vpc}]\ngateway = \"hub\"\nvpc = \"{vpc}\"\nsubnets = [{doors}]\n\
             appliance_mode = {}",
            dice.one_in(3),
        );
    }
    // The connections.
    let routes = |dice: &mut Dice, blocks: &str| {
        if dice.one_in(2) { format!("routes = [{blocks}]\n") } else { String::new() }
    };
    let written = routes(dice, "\"192.168.0.0/16\"");
    let _ = write!(text, "[vpn.line-one]\non_premises = \"office\"\ngateway = \"vgw\"\n{written}");
    text.push_str("[vpn.line-hub]\non_premises = \"plant\"\ngateway = \"hub\"\n");
    // The tables.
    let attached = ["one", "two", "line-hub"];
    let mut free: Vec<&str> = attached.to_vec();
    for table in ["inside", "outside"] {
        let mut associations = Vec::new();
        free.retain(|it| {
            let mine = dice.one_in(2);
            if mine {
                associations.push(*it);
            }
            !mine
        });
        let learns: Vec<_> = attached.into_iter().filter(|_| dice.one_in(2)).collect();
        let some = [
            "172.16.0.0/16 -> line-hub",
            "172.18.0.0/16 -> line-hub",
            "10.2.0.0/16 -> two",
            "10.1.0.0/16 -> one",
            "198.51.100.0/24 -> blackhole",
            "10.2.1.0/24 -> blackhole",
        ];
        let routes: Vec<_> = some.into_iter().filter(|_| dice.one_in(3)).collect();
        let _ = writeln!(
            text,
            "[transit_gateway_route_table.{table}]\ngateway = \"hub\"\nassociations = {associations:?}\n\
             propagations = {learns:?}\nroutes = {routes:?}",
        );
    }
    services(&mut text, dice);
    text
}

fn services(text: &mut String, dice: &mut Dice) {
    if dice.one_in(2) {
        text.push_str("[nat_gateway.nat]\nregional = true\nvpc = \"one\"\n");
        if dice.one_in(2) {
            text.push_str("zones = [\"a 203.0.113.201\"]\n");
        }
    } else {
        text.push_str("[nat_gateway.nat]\nsubnet = \"one-b\"\n");
    }
    let scheme = dice.pick(&["internal", "internet-facing"]);
    let cross = dice.one_in(2);
    let health = dice.pick(&["", " healthy", " unhealthy", " draining"]);
    let keeps = dice.one_in(2);
    let _ = write!(
        text,
        r#"
[load_balancer.web]
scheme = "{scheme}"
subnets = ["one-a", "one-b"]
security_groups = ["one-open"]
listeners = ["http 80 -> apps", "https 443 -> apps, calls"]
[target_group.apps]
vpc = "one"
port = 8080
targets = ["one-a{health}", "one-b:9090"]
[target_group.calls]
vpc = "one"
type = "lambda"
targets = ["worker"]
[load_balancer.flow]
type = "network"
scheme = "internal"
subnets = ["one-a", "one-b"]
security_groups = []
cross_zone = {cross}
listeners = ["tcp 443 -> hosts"]
[target_group.hosts]
vpc = "one"
type = "ip"
protocol = "tcp"
port = 443
preserve_client_ip = {keeps}
targets = ["10.1.1.10", "10.1.2.10{health}"]
[endpoint_service.offer]
load_balancers = ["flow"]
acceptance_required = {accept}
[interface_endpoint.door]
endpoint_service = "offer"
subnets = ["two-a"]
security_groups = ["two-open"]
private_dns = false
accepted = {accepted}
[interface_endpoint.queue]
service = "sqs"
subnets = ["two-a", "two-b"]
security_groups = ["two-some"]
[lambda.worker]
subnets = ["one-b"]
security_groups = ["one-some"]
[database.store]
subnets = ["one-b", "one-a"]
security_groups = ["one-some"]
public = {public}
port = 5432
[task.job]
subnet = "two-b"
security_groups = ["two-open"]
"#,
        accept = dice.one_in(2),
        accepted = !dice.one_in(3),
        public = dice.one_in(2),
    );
    if dice.one_in(2) {
        text.push_str(
            "[security_group.guards]\nvpc = \"two\"\ninbound = [\"all from 0.0.0.0/0\"]\n\
             [instance.guard]\nsubnet = \"two-a\"\naddress = \"10.2.1.77\"\nsecurity_groups = [\"guards\"]\n\
             source_dest_check = false\n\
             [load_balancer.walls]\ntype = \"gateway\"\nsubnets = [\"two-a\"]\nlisteners = [\"geneve -> guards\"]\n\
             [target_group.guards]\nvpc = \"two\"\nprotocol = \"geneve\"\nport = 6081\ntargets = [\"guard\"]\n\
             [endpoint_service.wall]\nload_balancers = [\"walls\"]\n\
             [interface_endpoint.gate]\nendpoint_service = \"wall\"\nsubnets = [\"one-b\"]\n",
        );
    }
}

// ---- what AWS prints

fn id(kind: &str, place: usize) -> String {
    format!("{kind}-{place}")
}

fn dxgw(place: usize) -> String {
    format!("5f294f92-bafb-4011-916d-{place:012}")
}

fn elb_arn(network: &Network, it: hanulgil::cloud::LoadBalancerId) -> String {
    let row = &network.load_balancers()[it];
    let kind = match row.kind {
        LoadBalancerKind::Application => "app",
        LoadBalancerKind::Network => "net",
        _ => "gwy",
    };
    let (name, place) = (&row.name, it.index());
    format!(
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/{kind}/{name}/{place:016x}"
    )
}

fn group_arn(network: &Network, it: hanulgil::cloud::TargetGroupId) -> String {
    let (name, place) = (&network.target_groups()[it].name, it.index());
    format!("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/{name}/{place:016x}")
}

fn function_arn(network: &Network, it: hanulgil::cloud::FunctionId) -> String {
    format!("arn:aws:lambda:eu-west-1:123456789012:function:{}", network.functions()[it].name)
}

fn flag(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

/// Adds what AWS prints about all this to the lists of the rest.
pub fn describe_too(network: &Network, lists: &mut Map<String, Value>) {
    interfaces(network, lists);
    lines(network, lists);
    hubs(network, lists);
    balancers(network, lists);
    endpoints(network, lists);
    managed(network, lists);
    lists["NatGateways"] = nat_gateways(network, &lists["NatGateways"]);
}

fn nat_gateways(network: &Network, zonal: &Value) -> Value {
    let mut all = zonal.as_array().cloned().unwrap_or_default();
    for (nat, row) in network.nat_gateways().iter() {
        let NatSeat::Regional(regional) = &row.seat else { continue };
        let addresses: Vec<Value> = regional
            .zones
            .iter()
            .flat_map(|it| it.addresses.iter().map(move |address| (it, address)))
            .map(|(it, address)| {
                json!({ "AvailabilityZone": format!("eu-west-1{}", it.zone.0),
                    "PublicIp": address.to_string(), "Status": "succeeded" })
            })
            .collect();
        all.retain(|it| it["NatGatewayId"] != id("nat", nat.index()));
        all.push(json!({
            "NatGatewayId": id("nat", nat.index()), "AvailabilityMode": "regional",
            "VpcId": id("vpc", row.vpc.index()), "ConnectivityType": "public",
            "State": "available", "RouteTableId": id("rtb", regional.route_table.index()),
            "AutoProvisionZones": if regional.automatic { "enabled" } else { "disabled" },
            "NatGatewayAddresses": addresses,
        }));
    }
    all.into()
}

/// Interfaces say whose they are by their descriptions.
fn interfaces(network: &Network, lists: &mut Map<String, Value>) {
    let all = lists["NetworkInterfaces"].as_array_mut().unwrap();
    for (item, (_, row)) in all.iter_mut().zip(network.interfaces().iter()) {
        match row.kind {
            InterfaceKind::LoadBalancer(it) => {
                let arn = elb_arn(network, it);
                let own = arn.split_once("loadbalancer/").unwrap().1;
                item["Description"] = format!("ELB {own}").into();
            }
            InterfaceKind::Function(it) => {
                item["InterfaceType"] = "lambda".into();
                let name = &network.functions()[it].name;
                item["Description"] = format!("AWS Lambda VPC ENI-{name}-0a1b").into();
            }
            InterfaceKind::Database(_) => {
                item["RequesterId"] = "amazon-rds".into();
                item["Description"] = "RDSNetworkInterface".into();
            }
            _ => {}
        }
    }
}

fn lines(network: &Network, lists: &mut Map<String, Value>) {
    let gateways = network.virtual_private_gateways().iter().map(|(it, row)| {
        let attachments: Vec<Value> = row
            .vpc
            .iter()
            .map(|it| json!({ "State": "attached", "VpcId": id("vpc", it.index()) }))
            .collect();
        json!({ "VpnGatewayId": id("vgw", it.index()), "State": "available", "Type": "ipsec.1",
            "VpcAttachments": attachments })
    });
    lists.insert("VpnGateways".into(), gateways.collect());
    let customers = network.customer_gateways().iter().map(|(it, _)| {
        json!({ "CustomerGatewayId": id("cgw", it.index()), "BgpAsn": "65000", "State": "available",
            "IpAddress": "198.51.100.200", "Type": "ipsec.1" })
    });
    lists.insert("CustomerGateways".into(), customers.collect());
    let vpns = network.vpn_connections().iter().map(|(it, row)| {
        let (key, gateway) = match row.side {
            VpnSide::VirtualPrivateGateway(it) => ("VpnGatewayId", id("vgw", it.index())),
            VpnSide::TransitGateway(it) => ("TransitGatewayId", id("tgw", it.index())),
        };
        let (fixed, routes) = match &row.routing {
            VpnRouting::Static(blocks) => (true, blocks.clone()),
            VpnRouting::Bgp(_) => (false, Vec::new()),
        };
        json!({
            "VpnConnectionId": id("vpn", it.index()), key: gateway,
            "CustomerGatewayId": id("cgw", row.customer_gateway.index()), "State": "available",
            "Options": { "StaticRoutesOnly": fixed },
            "Routes": routes.iter().map(|it| json!({
                "DestinationCidrBlock": it.to_string(), "State": "available",
            })).collect::<Vec<_>>(),
            "VgwTelemetry": row.tunnels.map(|it| json!({
                "Status": if it == Tunnel::Up { "UP" } else { "DOWN" },
            })),
        })
    });
    lists.insert("VpnConnections".into(), vpns.collect());
    let direct = network.direct_connect_gateways().iter().map(|(it, _)| {
        json!({ "directConnectGatewayId": dxgw(it.index()), "directConnectGatewayState": "available" })
    });
    lists.insert("directConnectGateways".into(), direct.collect());
    let interfaces = network.direct_connect_gateways().iter().map(|(it, row)| {
        json!({ "virtualInterfaceId": id("dxvif", it.index()), "virtualInterfaceType": "transit",
            "virtualInterfaceState": if row.up { "available" } else { "down" },
            "directConnectGatewayId": dxgw(it.index()) })
    });
    lists.insert("virtualInterfaces".into(), interfaces.collect());
}

/// A peering has one id at both ends.
fn attachment_id(network: &Network, it: hanulgil::cloud::TransitGatewayAttachmentId) -> String {
    match network.transit_gateway_attachments()[it].of {
        AttachmentOf::Peering { other } => id("tgw-attach", it.index().min(other.index())),
        _ => id("tgw-attach", it.index()),
    }
}

fn hubs(network: &Network, lists: &mut Map<String, Value>) {
    let table = |it: hanulgil::cloud::TransitGatewayRouteTableId| id("tgw-rtb", it.index());
    let gateways = network.transit_gateways().iter().map(|(it, row)| {
        json!({
            "TransitGatewayId": id("tgw", it.index()), "State": "available",
            "Options": {
                "DefaultRouteTableAssociation": flag(row.default_association.is_some()),
                "AssociationDefaultRouteTableId": row.default_association.map(table),
                "DefaultRouteTablePropagation": flag(row.default_propagation.is_some()),
                "PropagationDefaultRouteTableId": row.default_propagation.map(table),
                "SecurityGroupReferencingSupport": flag(row.group_references),
            },
        })
    });
    lists.insert("TransitGateways".into(), gateways.collect());
    let mut tables = Vec::new();
    for (it, row) in network.transit_gateway_route_tables().iter() {
        tables.push(json!({ "TransitGatewayRouteTableId": table(it), "State": "available",
            "TransitGatewayId": id("tgw", row.gateway.index()) }));
        let routes: Vec<Value> = (network.transit_routes(it).iter())
            .map(|route| {
                let learned =
                    !matches!(route.origin, TransitOrigin::Static | TransitOrigin::PrefixList);
                let to = match route.target {
                    TransitTarget::Attachment(it) => vec![json!({
                        "TransitGatewayAttachmentId": attachment_id(network, it),
                    })],
                    _ => Vec::new(),
                };
                json!({ "DestinationCidrBlock": route.destination.to_string(),
                    "Type": if learned { "propagated" } else { "static" },
                    "State": if to.is_empty() { "blackhole" } else { "active" },
                    "TransitGatewayAttachments": to })
            })
            .collect();
        let propagations: Vec<Value> = (network.transit_gateway_attachments().iter())
            .filter(|(_, row)| row.propagations.contains(&it))
            .map(|(it, _)| json!({ "TransitGatewayAttachmentId": attachment_id(network, it), "State": "enabled" }))
            .collect();
        lists.insert(
            table(it),
            json!({
                "Routes": routes, "TransitGatewayRouteTablePropagations": propagations,
            }),
        );
    }
    lists.insert("TransitGatewayRouteTables".into(), tables.into());
    let (mut all, mut vpcs, mut peerings) = (Vec::new(), Vec::new(), Vec::new());
    for (it, row) in network.transit_gateway_attachments().iter() {
        let state = match row.state {
            AttachmentState::PendingAcceptance => "pendingAcceptance",
            AttachmentState::Rejected => "rejected",
            _ => "available",
        };
        let (kind, of) = match &row.of {
            AttachmentOf::Vpc { vpc, subnets, appliance_mode, group_references } => {
                vpcs.push(json!({
                    "TransitGatewayAttachmentId": attachment_id(network, it), "State": state,
                    "TransitGatewayId": id("tgw", row.gateway.index()),
                    "VpcId": id("vpc", vpc.index()),
                    "SubnetIds": subnets.iter().map(|it| id("subnet", it.index())).collect::<Vec<_>>(),
                    "Options": { "ApplianceModeSupport": flag(*appliance_mode),
                        "SecurityGroupReferencingSupport": flag(*group_references) },
                }));
                ("vpc", id("vpc", vpc.index()))
            }
            AttachmentOf::Vpn(it) => ("vpn", id("vpn", it.index())),
            AttachmentOf::DirectConnect(it) => ("direct-connect-gateway", dxgw(it.index())),
            AttachmentOf::Connect { .. } => ("connect", "-".into()),
            AttachmentOf::Peering { other } => {
                let far = network.transit_gateway_attachments()[*other].gateway;
                if it < *other {
                    let end = |it: usize| json!({ "TransitGatewayId": id("tgw", it) });
                    peerings.push(json!({
                        "TransitGatewayAttachmentId": attachment_id(network, it), "State": state,
                        "RequesterTgwInfo": end(row.gateway.index()),
                        "AccepterTgwInfo": end(far.index()),
                    }));
                }
                ("peering", id("tgw", far.index()))
            }
        };
        let association = row
            .association
            .map(|it| json!({ "TransitGatewayRouteTableId": table(it), "State": "associated" }));
        all.push(json!({
            "TransitGatewayAttachmentId": attachment_id(network, it), "State": state,
            "TransitGatewayId": id("tgw", row.gateway.index()), "ResourceType": kind,
            "ResourceId": of, "Association": association,
        }));
    }
    lists.insert("TransitGatewayAttachments".into(), all.into());
    lists.insert("TransitGatewayVpcAttachments".into(), vpcs.into());
    lists.insert("TransitGatewayPeeringAttachments".into(), peerings.into());
}

fn balancers(network: &Network, lists: &mut Map<String, Value>) {
    let (mut all, mut listeners) = (Vec::new(), Vec::new());
    for (it, row) in network.load_balancers().iter() {
        let arn = elb_arn(network, it);
        let zones: Vec<Value> = row
            .nodes
            .iter()
            .map(|it| json!({ "SubnetId": id("subnet", network.interfaces()[*it].subnet.index()) }))
            .collect();
        let groups: Vec<String> =
            row.security_groups.iter().map(|it| id("sg", it.index())).collect();
        all.push(json!({
            "LoadBalancerArn": arn, "LoadBalancerName": row.name.as_str(), "Type": row.kind.as_str(),
            "Scheme": if row.scheme == Scheme::Internal { "internal" } else { "internet-facing" },
            "VpcId": id("vpc", row.vpc.index()), "AvailabilityZones": zones, "SecurityGroups": groups,
        }));
        lists.insert(
            format!("attributes-of-{arn}"),
            json!({
                "LoadBalancerArn": arn,
                "Attributes": [{ "Key": "load_balancing.cross_zone.enabled",
                    "Value": row.cross_zone.to_string() }],
            }),
        );
        for (place, listener) in row.listeners.iter().enumerate() {
            let groups: Vec<Value> = listener
                .target_groups
                .iter()
                .map(|it| json!({ "TargetGroupArn": group_arn(network, *it) }))
                .collect();
            let own = arn.replace(":loadbalancer/", ":listener/");
            let mut described = json!({
                "ListenerArn": format!("{own}/{place:016x}"), "LoadBalancerArn": arn,
                "DefaultActions": [{ "Type": "forward",
                    "ForwardConfig": { "TargetGroups": groups } }],
            });
            if row.kind != LoadBalancerKind::Gateway {
                described["Port"] = listener.port.into();
                described["Protocol"] = listener.protocol.as_str().to_uppercase().into();
            }
            listeners.push(described);
        }
    }
    lists.insert("LoadBalancers".into(), all.into());
    lists.insert("Listeners".into(), listeners.into());
    let mut groups = Vec::new();
    for (it, row) in network.target_groups().iter() {
        let arn = group_arn(network, it);
        let used: Vec<String> = (network.load_balancers().iter())
            .filter(|(_, row)| row.listeners.iter().any(|l| l.target_groups.contains(&it)))
            .map(|(it, _)| elb_arn(network, it))
            .collect();
        let mut group = json!({
            "TargetGroupArn": arn, "TargetGroupName": row.name.as_str(),
            "TargetType": row.kind.as_str(), "LoadBalancerArns": used,
        });
        if row.kind != hanulgil::cloud::TargetKind::Function {
            group["VpcId"] = id("vpc", row.vpc.index()).into();
            group["Protocol"] = row.protocol.as_str().to_uppercase().into();
            group["Port"] = row.port.into();
        }
        groups.push(group);
        let targets: Vec<Value> = row.targets.iter().map(|it| {
            let who = match it.target {
                Registered::Instance(it) => id("i", it.index()),
                Registered::Address(it) => it.to_string(),
                Registered::Function(it) => function_arn(network, it),
                Registered::LoadBalancer(it) => elb_arn(network, it),
            };
            let state = match it.health {
                None => "initial",
                Some(Health::Healthy) => "healthy",
                Some(Health::Unhealthy) => "unhealthy",
                Some(Health::Draining) => "draining",
            };
            json!({ "Target": { "Id": who, "Port": it.port }, "TargetHealth": { "State": state } })
        }).collect();
        let mut attributes = Vec::new();
        if let Some(on) = row.preserve_client_ip {
            attributes
                .push(json!({ "Key": "preserve_client_ip.enabled", "Value": on.to_string() }));
        }
        if let Some(on) = row.cross_zone {
            attributes.push(
                json!({ "Key": "load_balancing.cross_zone.enabled", "Value": on.to_string() }),
            );
        }
        lists.insert(arn.clone(), json!({
            "TargetGroupArn": arn, "TargetHealthDescriptions": targets, "Attributes": attributes,
        }));
    }
    lists.insert("TargetGroups".into(), groups.into());
}

fn endpoints(network: &Network, lists: &mut Map<String, Value>) {
    let name = |it: usize| format!("com.amazonaws.vpce.eu-west-1.vpce-svc-{it}");
    let offers = network.endpoint_services().iter().map(|(it, row)| {
        let gateway = row
            .load_balancers
            .iter()
            .any(|it| network.load_balancers()[*it].kind == LoadBalancerKind::Gateway);
        let key = if gateway { "GatewayLoadBalancerArns" } else { "NetworkLoadBalancerArns" };
        json!({
            "ServiceId": id("vpce-svc", it.index()), "ServiceName": name(it.index()),
            "ServiceState": "Available", "AcceptanceRequired": row.acceptance_required,
            key: row.load_balancers.iter().map(|it| elb_arn(network, *it)).collect::<Vec<_>>(),
        })
    });
    lists.insert("ServiceConfigurations".into(), offers.collect());
    let mut all = lists["VpcEndpoints"].as_array().cloned().unwrap_or_default();
    for (it, row) in network.interface_endpoints().iter() {
        let service = match row.to {
            EndpointTo::Service(it) => {
                format!("com.amazonaws.eu-west-1.{}", network.services()[it].kind.as_str())
            }
            EndpointTo::Offered(it) => name(it.index()),
        };
        let gateway = network.is_gateway_load_balancer_endpoint(it);
        all.push(json!({
            "VpcEndpointId": id("vpce-if", it.index()), "VpcId": id("vpc", row.vpc.index()),
            "VpcEndpointType": if gateway { "GatewayLoadBalancer" } else { "Interface" },
            "ServiceName": service, "PrivateDnsEnabled": row.private_dns,
            "State": if row.accepted { "available" } else { "pendingAcceptance" },
            "NetworkInterfaceIds": row.interfaces.iter().map(|it| id("eni", it.index())).collect::<Vec<_>>(),
        }));
    }
    lists["VpcEndpoints"] = all.into();
}

fn managed(network: &Network, lists: &mut Map<String, Value>) {
    let functions = network.functions().iter().map(|(it, row)| {
        let rows = || row.interfaces.iter().map(|it| &network.interfaces()[*it]);
        let groups = rows().next().map_or_else(Vec::new, |it| it.security_groups.clone());
        json!({
            "FunctionName": row.name.as_str(), "FunctionArn": function_arn(network, it),
            "Handler": "main", "VpcConfig": {
                "SubnetIds": rows().map(|it| id("subnet", it.subnet.index())).collect::<Vec<_>>(),
                "SecurityGroupIds": groups.iter().map(|it| id("sg", it.index())).collect::<Vec<_>>(),
            },
        })
    });
    lists.insert("Functions".into(), functions.collect());
    let databases = network.databases().iter().map(|(_, row)| {
        let interface = &network.interfaces()[row.interface];
        let zone = &network.subnets()[interface.subnet].zone.0;
        json!({
            "DBInstanceIdentifier": row.name.as_str(), "DBInstanceStatus": "available",
            "AvailabilityZone": format!("eu-west-1{zone}"), "Endpoint": { "Port": row.port },
            "PubliclyAccessible": interface.public_address.is_some(),
            "DBSubnetGroup": { "Subnets": row.subnets.iter().map(|it| json!({
                "SubnetIdentifier": id("subnet", it.index()),
            })).collect::<Vec<_>>() },
            "VpcSecurityGroups": interface.security_groups.iter().map(|it| json!({
                "VpcSecurityGroupId": id("sg", it.index()),
            })).collect::<Vec<_>>(),
        })
    });
    lists.insert("DBInstances".into(), databases.collect());
    let tasks = network.tasks().iter().map(|(it, row)| {
        let interface = &network.interfaces()[row.interface];
        let detail = |name: &str, value: String| json!({ "name": name, "value": value });
        json!({
            "taskArn": format!("arn:aws:ecs:eu-west-1:123456789012:task/main/{:032x}", it.index()),
            "taskDefinitionArn": "arn:aws:ecs:eu-west-1:123456789012:task-definition/job:1",
            "lastStatus": "RUNNING", "launchType": "FARGATE", "group": format!("service:{}", row.name),
            "attachments": [{ "type": "ElasticNetworkInterface", "status": "ATTACHED", "details": [
                detail("subnetId", id("subnet", interface.subnet.index())),
                detail("networkInterfaceId", id("eni", row.interface.index())),
            ] }],
        })
    });
    lists.insert("tasks".into(), tasks.collect());
}

/// The blocks at the far ends of lines that are known to a description.
pub fn far_ends(network: &Network) -> Vec<(hanulgil::cloud::OnPremisesId, std::net::IpAddr)> {
    let sites = network.on_premises().iter();
    sites
        .flat_map(|(id, it)| it.cidrs.iter().map(move |cidr| (id, cidr.nth(20).unwrap())))
        .collect()
}
