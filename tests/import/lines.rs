//! What leaves AWS by other ways than the internet: VPN, Direct Connect, transit gateways.

use serde_json::{Value, json};

use super::{check, lists, unread};
use hanulgil::aws::{Import, read};

/// A VPC with one interface that lets everybody in, and these routes.
pub fn vpc(net: u8, routes: &Value) -> Value {
    let id = |kind: &str| format!("{kind}-{net}");
    let mut all = vec![json!({ "DestinationCidrBlock": format!("10.{net}.0.0/16"),
        "GatewayId": "local", "Origin": "CreateRouteTable" })];
    all.extend(routes.as_array().unwrap().iter().cloned());
    let rule = |egress: bool| {
        json!({ "RuleNumber": 100, "RuleAction": "allow", "Egress": egress, "Protocol": "-1",
            "CidrBlock": "0.0.0.0/0" })
    };
    let open = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    json!({
        "Vpcs": [{ "VpcId": id("vpc"), "CidrBlock": format!("10.{net}.0.0/16") }],
        "Subnets": [{ "SubnetId": id("subnet"), "VpcId": id("vpc"),
            "CidrBlock": format!("10.{net}.0.0/24"), "AvailabilityZone": "eu-west-1a" }],
        "RouteTables": [{ "RouteTableId": id("rtb"), "VpcId": id("vpc"),
            "Associations": [{ "Main": true }], "Routes": all }],
        "NetworkAcls": [{ "NetworkAclId": id("acl"), "VpcId": id("vpc"), "IsDefault": true,
            "Entries": [rule(true), rule(false)],
            "Associations": [{ "SubnetId": id("subnet") }] }],
        "SecurityGroups": [{ "GroupId": id("sg"), "GroupName": "open", "VpcId": id("vpc"),
            "IpPermissions": open, "IpPermissionsEgress": open }],
        "NetworkInterfaces": [{ "NetworkInterfaceId": id("eni"), "SubnetId": id("subnet"),
            "PrivateIpAddress": format!("10.{net}.0.5"), "Groups": [{ "GroupId": id("sg") }] }],
    })
}

/// Objects with one list more.
pub fn with(mut object: Value, more: &Value) -> Value {
    for (key, list) in more.as_object().unwrap() {
        object[key] = list.clone();
    }
    object
}

fn vpn(telemetry: &[&str], options: &Value, routes: &Value) -> Value {
    let told: Vec<Value> = telemetry
        .iter()
        .map(|it| json!({ "Status": it, "AcceptedRouteCount": 1, "OutsideIpAddress": "203.0.113.1" }))
        .collect();
    json!({
        "VpnGateways": [{ "VpnGatewayId": "vgw-1", "State": "available", "Type": "ipsec.1",
            "VpcAttachments": [{ "State": "attached", "VpcId": "vpc-1" }] }],
        "CustomerGateways": [{ "CustomerGatewayId": "cgw-1", "State": "available",
            "BgpAsn": "65000", "IpAddress": "198.51.100.77", "Type": "ipsec.1",
            "Tags": [{ "Key": "Name", "Value": "office-router" }] }],
        "VpnConnections": [{ "VpnConnectionId": "vpn-1", "VpnGatewayId": "vgw-1",
            "CustomerGatewayId": "cgw-1", "State": "available", "Type": "ipsec.1",
            "Category": "VPN", "Options": options, "Routes": routes, "VgwTelemetry": told,
            "CustomerGatewayConfiguration": "<vpn_connection id=\"vpn-1\"/>" }],
    })
}

fn office(telemetry: &[&str]) -> Import {
    let route = json!([{ "DestinationCidrBlock": "172.20.0.0/16", "GatewayId": "vgw-1",
        "Origin": "EnableVgwRoutePropagation", "State": "active" }]);
    let mut all = with(
        vpc(1, &route),
        &vpn(
            telemetry,
            &json!({ "StaticRoutesOnly": true, "LocalIpv4NetworkCidr": "0.0.0.0/0" }),
            &json!([{ "DestinationCidrBlock": "172.20.0.0/16", "State": "available" }]),
        ),
    );
    all["RouteTables"][0]["PropagatingVgws"] = json!([{ "GatewayId": "vgw-1" }]);
    lists(&all)
}

#[test]
fn a_vpn_connection_leads_to_the_blocks_that_are_written_for_it() {
    let import = office(&["UP", "DOWN"]);
    assert_eq!(unread(&import), ["site-made-up x.json:1 VpnConnections[0]"]);
    check(&import, "eni-1 -> 172.20.3.4 tcp/443", "delivered");
    check(&import, "172.20.3.4 -> eni-1 tcp/22", "delivered");
    check(&import, "on-premises -> eni-1 tcp/22", "delivered");
    check(&import, "eni-1 -> 172.21.0.1 tcp/443", "forward NO_ROUTE_TO_DESTINATION at rtb-1");
    let down = office(&["DOWN", "DOWN"]);
    check(&down, "eni-1 -> 172.20.3.4 tcp/443", "forward BAD_STATE_VPN at vpn-1");
}

#[test]
fn what_a_vpn_connection_announces_is_what_the_tables_learned() {
    let learned = json!([
        { "DestinationCidrBlock": "10.0.0.0/8", "GatewayId": "vgw-1",
          "Origin": "EnableVgwRoutePropagation", "State": "active" },
        { "DestinationCidrBlock": "192.168.40.0/24", "GatewayId": "vgw-1",
          "Origin": "EnableVgwRoutePropagation", "State": "active" },
    ]);
    let options = json!({ "StaticRoutesOnly": false });
    let import = lists(&with(vpc(1, &learned), &vpn(&["UP", "UP"], &options, &json!([]))));
    // The announced block holds the VPC's own, which stays where it is.
    check(&import, "eni-1 -> 10.9.0.1 tcp/443", "delivered");
    check(&import, "10.9.0.1 -> 10.1.0.5 tcp/443", "delivered");
    check(&import, "192.168.40.7 -> 10.1.0.5 icmp", "delivered");
    let site = import.network.on_premises().iter().next().unwrap().1;
    assert!(site.cidrs.iter().all(|it| !it.contains("10.1.0.5".parse().unwrap())), "{site:?}");
}

#[test]
fn a_line_of_which_nothing_is_known_is_left_out_aloud() {
    let written = json!([{ "DestinationCidrBlock": "172.16.0.0/12", "GatewayId": "vgw-1",
        "Origin": "CreateRoute", "State": "active" }]);
    let options = json!({ "StaticRoutesOnly": false });
    let no_route = lists(&with(vpc(1, &json!([])), &vpn(&["UP"], &options, &json!([]))));
    assert_eq!(unread(&no_route), ["!nothing-behind x.json:1 VpnConnections[0]"]);
    // A route that a person wrote tells as well.
    let import = lists(&with(vpc(1, &written), &vpn(&["UP"], &options, &json!([]))));
    check(&import, "eni-1 -> 172.16.9.9 tcp/443", "delivered");
}

#[test]
fn direct_connect_leads_where_its_gateway_is_associated() {
    let learned = json!([{ "DestinationCidrBlock": "172.30.0.0/16", "GatewayId": "vgw-1",
        "Origin": "EnableVgwRoutePropagation", "State": "active" }]);
    let line = |bgp: &str| {
        json!({
            "VpnGateways": [{ "VpnGatewayId": "vgw-1", "State": "available",
                "VpcAttachments": [{ "State": "attached", "VpcId": "vpc-1" }] }],
            "directConnectGateways": [{ "directConnectGatewayId": "5f294f92-bafb-4011-916d-9b0bexample",
                "directConnectGatewayName": "seoul-line", "amazonSideAsn": 64512,
                "ownerAccount": "111122223333", "directConnectGatewayState": "available" }],
            "directConnectGatewayAssociations": [{
                "directConnectGatewayId": "5f294f92-bafb-4011-916d-9b0bexample",
                "associationState": "associated", "associationId": "be85116d",
                "associatedGateway": { "id": "vgw-1", "type": "virtualPrivateGateway",
                    "ownerAccount": "111122223333", "region": "ap-northeast-2" },
                "allowedPrefixesToDirectConnectGateway": [{ "cidr": "10.1.0.0/16" }] }],
            "virtualInterfaces": [{ "virtualInterfaceId": "dxvif-1", "virtualInterfaceType": "private",
                "virtualInterfaceState": "available", "virtualGatewayId": "",
                "directConnectGatewayId": "5f294f92-bafb-4011-916d-9b0bexample",
                "bgpPeers": [{ "bgpPeerId": "dxpeer-1", "bgpStatus": bgp }] }],
        })
    };
    let up = lists(&with(vpc(1, &learned), &line("up")));
    assert_eq!(unread(&up), ["site-made-up x.json:1 directConnectGateways[0]"]);
    check(&up, "172.30.1.1 -> 10.1.0.5 tcp/443", "delivered");
    let down = lists(&with(vpc(1, &learned), &line("down")));
    check(
        &down,
        "eni-1 -> 172.30.1.1 tcp/443",
        "forward BAD_STATE_VPN at 5f294f92-bafb-4011-916d-9b0bexample",
    );
}

#[test]
fn a_private_virtual_interface_with_a_default_route_leads_to_all_that_is_nowhere_else() {
    let learned = json!([
        { "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vgw-1",
          "Origin": "EnableVgwRoutePropagation", "State": "active" },
        { "DestinationIpv6CidrBlock": "::/0", "GatewayId": "vgw-1",
          "Origin": "EnableVgwRoutePropagation", "State": "active" },
    ]);
    let line = json!({
        "VpnGateways": [{ "VpnGatewayId": "vgw-1", "State": "available",
            "VpcAttachments": [{ "State": "attached", "VpcId": "vpc-1" }] }],
        "virtualInterfaces": [{ "virtualInterfaceId": "dxvif-1", "virtualInterfaceType": "private",
            "virtualInterfaceState": "available", "virtualGatewayId": "vgw-1" }],
    });
    let import = lists(&with(vpc(1, &learned), &line));
    assert_eq!(unread(&import), ["!site-unknown x.json:1 virtualInterfaces[0]"]);
    // Private or public: AWS hands it to the far end, which said that it leads everywhere.
    check(&import, "eni-1 -> 10.200.0.1 tcp/443", "delivered");
    check(&import, "eni-1 -> 100.64.3.3 tcp/443", "delivered");
    check(&import, "eni-1 -> 8.8.8.8 udp/53", "delivered");
    check(&import, "10.200.0.1 -> eni-1 tcp/22", "delivered");
    check(&import, "on-premises -> eni-1 tcp/22", "delivered");
    // Who has a public address is on the internet, from where no way leads in.
    check(
        &import,
        "8.8.8.8 -> eni-1 tcp/22",
        "forward IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS at 8.8.8.8",
    );
    let site = import.network.on_premises().iter().next().unwrap().1;
    assert!(site.contains("2001:db8::1".parse().unwrap()), "{site:?}");
    assert!(!site.contains("10.1.0.5".parse().unwrap()), "{site:?}");
    assert!(site.contains(site.address), "{site:?}");
}

/// A transit gateway with a VPC, a VPN connection, and what one table holds.
fn hub(routes: &Value) -> Vec<(String, Vec<u8>)> {
    let to_hub = json!([{ "DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "tgw-1" }]);
    let attachment = |id: &str, kind: &str, of: &str| {
        json!({ "TransitGatewayAttachmentId": id, "TransitGatewayId": "tgw-1",
            "TransitGatewayOwnerId": "111122223333", "ResourceOwnerId": "111122223333",
            "ResourceType": kind, "ResourceId": of, "State": "available",
            "Association": { "TransitGatewayRouteTableId": "tgw-rtb-1", "State": "associated" } })
    };
    let all = with(
        vpc(1, &to_hub),
        &json!({
            "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available" }],
            "TransitGatewayRouteTables":
                [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1" }],
            "TransitGatewayVpcAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1",
                "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "SubnetIds": ["subnet-1"],
                "State": "available" }],
            "TransitGatewayAttachments": [
                attachment("tgw-attach-1", "vpc", "vpc-1"),
                attachment("tgw-attach-2", "vpn", "vpn-1"),
                attachment("tgw-attach-3", "direct-connect-gateway", "dcg-1"),
                attachment("tgw-attach-4", "network-function", "fw-1"),
            ],
            "directConnectGateways": [{ "directConnectGatewayId": "dcg-1",
                "directConnectGatewayState": "available" }],
            "VpnConnections": [{ "VpnConnectionId": "vpn-1", "TransitGatewayId": "tgw-1",
                "CustomerGatewayId": "cgw-9", "State": "available",
                "Options": { "StaticRoutesOnly": false },
                "VgwTelemetry": [{ "Status": "UP" }, { "Status": "UP" }] }],
        }),
    );
    vec![
        ("all.json".into(), all.to_string().into_bytes()),
        ("routes/tgw-rtb-1.json".into(), routes.to_string().into_bytes()),
    ]
}

#[test]
fn a_transit_gateway_knows_the_far_ends_by_what_its_tables_learned() {
    let import = read(&hub(&json!({ "Routes": [
        { "DestinationCidrBlock": "10.1.0.0/16", "Type": "propagated", "State": "active",
          "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1",
            "ResourceId": "vpc-1", "ResourceType": "vpc" }] },
        { "DestinationCidrBlock": "172.20.0.0/16", "Type": "propagated", "State": "active",
          "TransitGatewayAttachments": [
            { "TransitGatewayAttachmentId": "tgw-attach-2", "ResourceType": "vpn",
              "ResourceId": "vpn-1(198.51.100.77)" }] },
        { "DestinationCidrBlock": "172.30.0.0/16", "Type": "propagated", "State": "active",
          "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-3",
            "ResourceType": "direct-connect-gateway", "ResourceId": "dcg-1" }] },
    ] })))
    .unwrap();
    let mut told = unread(&import);
    told.retain(|it| !it.contains("site-made-up"));
    assert_eq!(told, ["!not-modelled all.json:1 TransitGatewayAttachments[3]"]);
    assert_eq!(import.network.on_premises().len(), 2);
    check(&import, "eni-1 -> 172.20.0.9 tcp/443", "delivered");
    check(&import, "172.20.0.9 -> eni-1 tcp/443", "delivered");
    check(&import, "eni-1 -> 172.30.0.9 tcp/443", "delivered");
    check(
        &import,
        "eni-1 -> 172.31.0.9 tcp/443",
        "forward TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT at tgw-rtb-1",
    );
}

#[test]
fn both_regions_describe_a_peering_under_one_id() {
    let region = |net: u8, other: u8| {
        let to_hub = json!([{ "DestinationCidrBlock": "10.0.0.0/8",
            "TransitGatewayId": format!("tgw-{net}") }]);
        let id = |kind: &str| format!("{kind}-{net}");
        let table = json!({ "TransitGatewayRouteTableId": id("tgw-rtb"), "State": "associated" });
        with(
            vpc(net, &to_hub),
            &json!({
                "TransitGateways": [{ "TransitGatewayId": id("tgw"), "State": "available" }],
                "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": id("tgw-rtb"),
                    "TransitGatewayId": id("tgw") }],
                "TransitGatewayVpcAttachments": [{ "TransitGatewayId": id("tgw"),
                    "TransitGatewayAttachmentId": id("tgw-attach"), "VpcId": id("vpc"),
                    "SubnetIds": [id("subnet")], "State": "available" }],
                "TransitGatewayPeeringAttachments": [{
                    "TransitGatewayAttachmentId": "tgw-attach-9", "State": "available",
                    "RequesterTgwInfo": { "TransitGatewayId": "tgw-1", "Region": "eu-west-1" },
                    "AccepterTgwInfo": { "TransitGatewayId": "tgw-2", "Region": "us-east-1" },
                    "Status": { "Code": "available" } }],
                "TransitGatewayAttachments": [
                    { "TransitGatewayAttachmentId": id("tgw-attach"), "TransitGatewayId": id("tgw"),
                      "ResourceType": "vpc", "ResourceId": id("vpc"), "Association": table },
                    { "TransitGatewayAttachmentId": "tgw-attach-9", "TransitGatewayId": id("tgw"),
                      "ResourceType": "peering", "ResourceId": format!("tgw-{other}"),
                      "State": "available", "Association": table },
                ],
                id("tgw-rtb"): { "Routes": [
                    { "DestinationCidrBlock": format!("10.{other}.0.0/16"), "Type": "static",
                      "State": "active", "TransitGatewayAttachments":
                        [{ "TransitGatewayAttachmentId": "tgw-attach-9" }] },
                    { "DestinationCidrBlock": format!("10.{net}.0.0/16"), "Type": "propagated",
                      "State": "active", "TransitGatewayAttachments":
                        [{ "TransitGatewayAttachmentId": id("tgw-attach") }] },
                ] },
            }),
        )
    };
    let files = [("one.json", region(1, 2)), ("two.json", region(2, 1))];
    let files = files.map(|(name, it)| (name.to_owned(), it.to_string().into_bytes()));
    let import = read(&files).unwrap();
    assert_eq!(unread(&import), Vec::<String>::new());
    assert_eq!(import.network.transit_gateway_attachments().len(), 4);
    check(&import, "eni-1 -> eni-2 tcp/443", "delivered");
    check(&import, "eni-2 -> eni-1 tcp/443", "delivered");
    // One Region alone knows that there is another side, and nothing of it.
    let alone = read(&files[..1]).unwrap();
    assert_eq!(
        unread(&alone),
        ["!gateway-by-peering one.json:1 TransitGatewayPeeringAttachments[0]"]
    );
    check(
        &alone,
        "eni-1 -> 10.2.0.5 tcp/443",
        "forward TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION at tgw-attach-9",
    );
}
