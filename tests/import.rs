//! Descriptions of AWS networks, as the CLI prints them, and what is known of their packets.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hanulgil::{
    aws::{File, Import, read},
    cloud::{Rules, Verdict, trace},
    tell::written,
};

#[path = "import/foreign.rs"]
mod foreign;
#[path = "import/homes.rs"]
mod homes;
#[path = "import/lines.rs"]
mod lines;
#[path = "import/scene.rs"]
mod scene;
#[path = "import/services.rs"]
mod services;
#[path = "import/shapes.rs"]
mod shapes;

fn dumps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps")
}

/// Every JSON file below a folder.
fn files_of(dir: &Path) -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "json") {
                let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn import(name: &str) -> Import {
    read(&files_of(&dumps().join(name))).unwrap_or_else(|it| panic!("{name}: {:?}", it.faults))
}

/// `delivered`, `refused`, or `forward|reply CODE at ID`.
fn answer(import: &Import, line: &str) -> String {
    let probe = import.probe(line).unwrap_or_else(|it| panic!("{line}: {}", it.message.en));
    match trace(&import.network, probe, &Rules::AWS).verdict {
        Verdict::Delivered => "delivered".to_owned(),
        Verdict::Refused => "refused".to_owned(),
        Verdict::Dropped { leg, place, cause } => {
            let at = written::place(&import.network, place);
            let leg = format!("{leg:?}").to_lowercase();
            format!("{leg} {} at {}", cause.code(), import.id_of(&at))
        }
    }
}

#[track_caller]
fn check(import: &Import, line: &str, expected: &str) {
    assert_eq!(answer(import, line), expected, "{line}");
}

/// What was not taken over, as `rule file path`.
fn unread(import: &Import) -> Vec<String> {
    let told = |it: &hanulgil::aws::Unread| {
        let mark = if it.matters { "!" } else { "" };
        format!("{mark}{} {}:{} {}", it.said.rule, it.file, it.line, it.path)
    };
    import.unread.iter().map(told).collect()
}

#[test]
fn a_folder_with_a_file_per_call_answers_as_the_account_does() {
    let shop = import("shop");
    check(&shop, "internet -> i-0123456789abcde01 tcp/443", "delivered");
    check(&shop, "internet -> 203.0.113.11 tcp/80", "delivered");
    check(
        &shop,
        "internet -> 203.0.113.10 tcp/8080",
        "forward ENI_SG_RULES_MISMATCH at i-0123456789abcde01",
    );
    // The office's prefix list lets it in, and nobody else.
    check(&shop, "198.51.100.7 -> eni-0123456789abcde01 tcp/22", "delivered");
    check(
        &shop,
        "198.51.100.130 -> eni-0123456789abcde01 tcp/22",
        "forward ENI_SG_RULES_MISMATCH at i-0123456789abcde01",
    );
    // A rule for "destination unreachable" answers no ping.
    check(
        &shop,
        "internet -> i-0123456789abcde01 icmp",
        "forward ENI_SG_RULES_MISMATCH at i-0123456789abcde01",
    );
    check(&shop, "i-0123456789abcde01 -> shop-app tcp/8085", "delivered");
    check(&shop, "shop-app -> internet tcp/443", "delivered");
    check(&shop, "shop-app -> 192.0.2.7 udp/53", "delivered");
    // The route to a NAT gateway that is gone.
    check(
        &shop,
        "shop-app -> 203.0.113.200 tcp/443",
        "forward BAD_STATE_ROUTE at rtb-0aa00000000000003",
    );
    // The database answers to ports up to 40000.
    check(
        &shop,
        "shop-app -> shop-db tcp/5432",
        "reply SUBNET_ACL_RESTRICTION at acl-0aaaaaaaaaaaaa002",
    );
    check(&shop, "shop-app:33000 -> shop-db tcp/5432", "delivered");
    check(
        &shop,
        "10.20.0.10 -> shop-db tcp/5432",
        "forward ENI_SG_RULES_MISMATCH at eni-0123456789abcde05",
    );
    // Lambda's interface carries the group that the database lets in.
    check(&shop, "10.20.10.77:33000 -> 10.21.20.5 tcp/5432", "delivered");
    // IPv6: in and out at the web server, out only behind the egress-only gateway.
    check(&shop, "internet -> 2001:db8:1200::10 tcp/443", "delivered");
    check(&shop, "shop-app -> 2001:db8:ffff::9 tcp/443", "delivered");
    let probe = answer(&shop, "internet -> 2001:db8:1200:10::10 tcp/8080");
    assert!(probe.ends_with("at eigw-0e0e0e0e0e0e0e001"), "{probe}");
    assert_eq!(answer(&shop, "예전 서버 -> shop-app tcp/8080"), {
        let stopped = answer(&shop, "i-0123456789abcde03 -> shop-app tcp/8080");
        assert!(stopped.starts_with("forward "), "{stopped}");
        stopped
    });
}

#[test]
fn what_was_not_taken_over_has_a_place_and_a_meaning() {
    let shop = import("shop");
    assert_eq!(
        unread(&shop),
        [
            "deleted describe-instances.json:466 Reservations[4].Instances[0]",
            "deleted describe-nat-gateways.json:33 NatGateways[1]",
        ]
    );
    assert!(shop.unread.iter().all(|it| it.said.help.is_some()));
}

#[test]
fn one_merged_object_says_the_same_as_a_file_per_call() {
    let files = files_of(&dumps().join("shop"));
    let mut all = serde_json::Map::new();
    for (name, bytes) in &files {
        let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        for (key, value) in value.as_object().unwrap() {
            if key == "Entries" {
                // Entries do not say whose they are: merged by hand, they stand under the list.
                let list = name.trim_end_matches(".json");
                all.insert(list.to_owned(), serde_json::json!({ "Entries": value }));
            } else {
                all.insert(key.clone(), value.clone());
            }
        }
    }
    let text = serde_json::Value::Object(all).to_string();
    let one = read(&[("all.json".into(), text.clone().into_bytes())]).unwrap();
    let many = import("shop");
    assert_eq!(one.network.interfaces().len(), many.network.interfaces().len());
    for line in [
        "internet -> i-0123456789abcde01 tcp/443",
        "shop-app -> internet tcp/443",
        "shop-app -> shop-db tcp/5432",
        "198.51.100.130 -> eni-0123456789abcde01 tcp/22",
    ] {
        assert_eq!(answer(&one, line), answer(&many, line), "{line}");
    }
    // PowerShell redirects as UTF-16.
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(read(&[("wide.json".into(), wide)]).unwrap().network == one.network);
    // The same pages twice are one network.
    let twice =
        [("a.json".into(), text.clone().into_bytes()), ("b.json".into(), text.into_bytes())];
    assert!(read(&twice).unwrap().network == one.network);
}

#[test]
fn an_end_is_named_by_id_tag_address_or_internet() {
    let shop = import("shop");
    let why = |line: &str| shop.probe(line).unwrap_err();
    let two = why("internet -> shop-web tcp/443");
    assert_eq!(two.rule, "ambiguous");
    for id in ["i-0123456789abcde01", "i-0123456789abcde05"] {
        assert!(two.message.en.contains(id), "{}", two.message.en);
    }
    assert_eq!(why("nobody -> shop-app tcp/443").rule, "unknown-object");
    assert_eq!(why("10.9.9.9 -> shop-app tcp/443").rule, "unknown-object");
    assert_eq!(why("shop -> shop-app tcp/443").rule, "not-an-end");
    assert_eq!(why("shop-app -> internet").rule, "bad-packet");
    assert_eq!(why("shop-app internet tcp/443").rule, "bad-packet");
    assert_eq!(why("shop-app -> internet tcp/99999").rule, "bad-packet");
    let same = |one: &str, two: &str| assert_eq!(shop.probe(one), shop.probe(two));
    same("203.0.113.10 -> shop-app tcp/443", "i-0123456789abcde01 -> shop-app tcp/443");
    same("\"shop-app\" -> internet tcp 443", "10.20.10.10 → INTERNET tcp/443");
    same("shop-app (i-0123456789abcde02) -> internet udp/53", "10.20.10.11 -> internet 17/53");
}

#[test]
fn folders_per_account_are_one_network() {
    let org = import("org");
    // Two VPCs, three subnets: what both accounts describe is there once.
    assert_eq!(org.network.vpcs().len(), 2);
    assert_eq!(org.network.subnets().len(), 3);
    assert_eq!(org.network.peerings().len(), 1);
    assert_eq!(unread(&org), Vec::<String>::new());
    // An owner's group named by a participant's, in a VPC that is shared.
    check(&org, "bastion -> app tcp/8080", "delivered");
    check(&org, "bastion -> app tcp/22", "forward ENI_SG_RULES_MISMATCH at i-0a44222200000001");
    // Over the peering, by the group of the other side.
    check(&org, "tools -> app tcp/8080", "delivered");
    check(&org, "app -> 10.60.0.30 icmp", "delivered");
    check(&org, "198.51.100.9 -> bastion tcp/22", "delivered");
    check(
        &org,
        "internet -> app tcp/8080",
        "forward IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS at internet",
    );
    check(
        &org,
        "app -> internet tcp/443",
        "forward NO_ROUTE_TO_DESTINATION at rtb-05a4ed00000000002",
    );
    // Each account shuffles the names of zones: the ids keep places apart.
    let mut zones: Vec<_> =
        org.network.subnets().iter().map(|it| it.1.zone.0.to_string()).collect();
    zones.sort();
    assert_eq!(zones, ["euc1-az2", "euc1-az2", "euc1-az3"]);
}

/// Reads lists that are written here.
fn lists(lists: &serde_json::Value) -> Import {
    read(&[("x.json".into(), lists.to_string().into_bytes())]).unwrap()
}

#[test]
fn what_is_missing_is_made_up_as_little_as_can_be_and_told() {
    let import = lists(&serde_json::json!({
        "Subnets": [{ "SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24" }],
        "NetworkInterfaces": [
            { "NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.0.5",
              "Groups": [{ "GroupId": "sg-1" }], "Attachment": { "InstanceId": "i-1" },
              "SourceDestCheck": false, "Telepathy": { "On": true } },
            { "NetworkInterfaceId": "eni-2", "SubnetId": "subnet-2", "PrivateIpAddress": "10.0.1.5" },
        ],
        "TransitGatewayMeshes": [{ "Id": 1 }],
        "VpnConnections": [{ "VpnConnectionId": "vpn-1" }],
        "LocalGateways": [{ "LocalGatewayId": "lgw-1" }],
        "Regions": [{ "RegionName": "eu-west-1" }],
    }));
    assert_eq!(
        unread(&import),
        [
            "!vpc-made-up x.json:1 Subnets[0]",
            "!no-main-table x.json:1 Subnets[0]",
            "!no-acl x.json:1 Subnets[0]",
            "instance-made-up x.json:1 NetworkInterfaces[0]",
            "!forwards x.json:1 NetworkInterfaces[0]",
            "!no-group x.json:1 NetworkInterfaces[0].Groups[0]",
            "!unknown-key x.json:1 NetworkInterfaces[0].Telepathy",
            "!left-out x.json:1 NetworkInterfaces[1]",
            "!unknown-part x.json:1 TransitGatewayMeshes",
            "!left-out x.json:1 VpnConnections[0]",
            "!not-modelled x.json:1 LocalGateways[0]",
        ]
    );
    check(&import, "i-1 -> 10.0.0.9 tcp/80", "forward ENI_SG_RULES_MISMATCH at i-1");
}

#[test]
fn the_switch_of_one_account_leaves_the_others_alone() {
    let account = |account: &str, net: u8, mode: &str| {
        let id = |kind: &str| format!("{kind}-{net}");
        serde_json::json!({
            "VpcBlockPublicAccessOptions": {
                "AwsAccountId": account, "AwsRegion": "eu-west-1", "InternetGatewayBlockMode": mode,
            },
            "Vpcs": [{ "VpcId": id("vpc"), "OwnerId": account, "CidrBlock": format!("10.{net}.0.0/16") }],
            "InternetGateways": [{ "InternetGatewayId": id("igw"),
                "Attachments": [{ "State": "available", "VpcId": id("vpc") }] }],
            "RouteTables": [{ "RouteTableId": id("rtb"), "VpcId": id("vpc"),
                "Associations": [{ "Main": true }],
                "Routes": [{ "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": id("igw") }] }],
            "NetworkAcls": [{ "NetworkAclId": id("acl"), "VpcId": id("vpc"), "IsDefault": true,
                "Entries": [
                    { "RuleNumber": 1, "RuleAction": "allow", "Egress": true, "Protocol": "-1", "CidrBlock": "0.0.0.0/0" },
                    { "RuleNumber": 1, "RuleAction": "allow", "Egress": false, "Protocol": "-1", "CidrBlock": "0.0.0.0/0" },
                ],
                "Associations": [{ "SubnetId": id("subnet") }] }],
            "Subnets": [{ "SubnetId": id("subnet"), "VpcId": id("vpc"),
                "CidrBlock": format!("10.{net}.0.0/24"), "AvailabilityZone": "eu-west-1a" }],
            "SecurityGroups": [{ "GroupId": id("sg"), "GroupName": "open", "VpcId": id("vpc"),
                "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }],
            "NetworkInterfaces": [{ "NetworkInterfaceId": id("eni"), "SubnetId": id("subnet"),
                "PrivateIpAddress": format!("10.{net}.0.5"), "Groups": [{ "GroupId": id("sg") }],
                "Association": { "PublicIp": format!("203.0.113.{net}"), "IpOwnerId": "amazon" } }],
        })
    };
    let import = lists(&serde_json::json!({
        "one": account("111111111111", 1, "block-bidirectional"),
        "other": account("222222222222", 2, "off"),
    }));
    assert_eq!(unread(&import), Vec::<String>::new());
    check(&import, "internet -> eni-1 tcp/443", "forward VPC_BLOCK_PUBLIC_ACCESS_ENABLED at igw-1");
    check(&import, "internet -> eni-2 tcp/443", "delivered");
}

#[test]
fn a_gateway_endpoint_carries_what_its_list_holds() {
    let mut files = files_of(&dumps().join("shop"));
    let tables = files.iter_mut().find(|it| it.0 == "describe-route-tables.json").unwrap();
    let mut routes: serde_json::Value = serde_json::from_slice(&tables.1).unwrap();
    routes["RouteTables"][2]["Routes"].as_array_mut().unwrap().push(serde_json::json!({
        "DestinationPrefixListId": "pl-78a54011", "GatewayId": "vpce-0a1b2c3d4e5f60001",
        "Origin": "CreateRoute", "State": "active",
    }));
    tables.1 = routes.to_string().into_bytes();
    let endpoints = serde_json::json!({
        "VpcEndpoints": [{
            "VpcEndpointId": "vpce-0a1b2c3d4e5f60001", "VpcEndpointType": "Gateway",
            "VpcId": "vpc-0a3f5c8e9d1b27460", "ServiceName": "com.amazonaws.ap-northeast-2.s3",
            "State": "available", "RouteTableIds": ["rtb-0aa00000000000003"],
            "PolicyDocument": "{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"}]}",
        }],
        "PrefixLists": [{
            "PrefixListId": "pl-78a54011", "PrefixListName": "com.amazonaws.ap-northeast-2.s3",
            "Cidrs": ["52.219.56.0/22"],
        }],
    });
    files.push(("describe-vpc-endpoints.json".into(), endpoints.to_string().into_bytes()));
    let shop = read(&files).unwrap();
    check(&shop, "shop-app -> 52.219.56.9 tcp/443", "delivered");
    check(
        &shop,
        "shop-app -> 52.219.56.9 udp/443",
        "forward VPCE_GATEWAY_PROTOCOL_RESTRICTION at vpce-0a1b2c3d4e5f60001",
    );
}

/// The program, as a person runs it.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hanulgil"))
        .args(arguments)
        .current_dir(dumps())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_line_takes_a_description_wherever_it_takes_a_scene() {
    let probe = ["--from", "shop-app", "--to", "shop-db", "--port", "5432"];
    let trace =
        |more: &[&str]| run(&[&["--lang", "en", "trace", "shop"], &probe[..], more].concat());
    let (status, text, told) = trace(&["--json"]);
    let object: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status, Some(1));
    assert_eq!(object["verdict"], "dropped");
    assert_eq!(object["direction"], "reply");
    assert_eq!(object["code"], "SUBNET_ACL_RESTRICTION");
    assert_eq!(object["at"], "acl-0aaaaaaaaaaaaa002");
    assert_eq!(object["hops"][0]["at"], "i-0123456789abcde02");
    assert_eq!(object["unread"], serde_json::json!({ "count": 2, "may_matter": 0 }));
    assert!(told.contains("2 things") && told.contains("--unread"), "{told}");

    let (_, text, _) = trace(&[]);
    assert!(text.contains("shop-db-acl (acl-0aaaaaaaaaaaaa002)"), "{text}");
    let (status, text, told) = run(&["--lang", "ko", "trace", "shop", "--unread"]);
    assert_eq!((status, &*told), (Some(0), ""));
    assert!(text.contains("describe-nat-gateways.json:33 NatGateways[1]"), "{text}");

    let twins =
        ["--lang", "en", "trace", "shop", "--from", "internet", "--to", "shop-web", "--port", "80"];
    let (status, _, told) = run(&twins);
    assert_eq!(status, Some(2));
    assert!(told.contains("i-0123456789abcde01 (10.20.0.10), i-0123456789abcde05"), "{told}");
    let (status, _, told) = run(&["--lang", "en", "reach", "shop", "--to", "shop-db"]);
    assert_eq!(status, Some(0), "{told}");
    let (status, _, told) = run(&["--lang", "en", "trace", "../support", "--unread"]);
    assert_eq!(status, Some(2));
    assert!(told.contains("no `.json` files"), "{told}");
}

#[test]
fn a_load_balancer_takes_what_comes_to_its_listeners_to_its_targets() {
    let mut files = files_of(&dumps().join("shop"));
    let arn = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/front/50dc6c495c0c9188";
    let group =
        "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/api/73e2d6bc24d8a067";
    let node = |number: u8, subnet: &str, zone: &str| {
        serde_json::json!({
            "NetworkInterfaceId": format!("eni-0fefefefefefefe0{number}"),
            "Description": "ELB app/front/50dc6c495c0c9188", "InterfaceType": "interface",
            "RequesterManaged": true, "RequesterId": "amazon-elb", "Status": "in-use",
            "Attachment": { "InstanceOwnerId": "amazon-elb", "DeviceIndex": 1, "Status": "attached" },
            "SubnetId": subnet, "AvailabilityZone": zone, "SourceDestCheck": true,
            "PrivateIpAddress": format!("10.20.{}.66", number - 1),
            "Association": { "PublicIp": format!("203.0.113.6{number}"), "IpOwnerId": "amazon-elb" },
            "Groups": [{ "GroupId": "sg-0000000000000ae01", "GroupName": "shop-web" }],
        })
    };
    let (one, two) = ("subnet-0b1c2d3e4f5a60001", "subnet-0b1c2d3e4f5a60002");
    let listener = arn.replace(":loadbalancer/", ":listener/") + "/f2f7dc8efc522ab2";
    let lists = serde_json::json!({
        "NetworkInterfaces": [node(1, one, "ap-northeast-2a"), node(2, two, "ap-northeast-2c")],
        "LoadBalancers": [{
            "LoadBalancerArn": arn, "LoadBalancerName": "front", "Scheme": "internet-facing",
            "Type": "application", "VpcId": "vpc-0a3f5c8e9d1b27460", "State": { "Code": "active" },
            "DNSName": "front-1.ap-northeast-2.elb.amazonaws.com", "IpAddressType": "ipv4",
            "AvailabilityZones": [
                { "ZoneName": "ap-northeast-2a", "SubnetId": one, "LoadBalancerAddresses": [] },
                { "ZoneName": "ap-northeast-2c", "SubnetId": two, "LoadBalancerAddresses": [] },
            ],
            "SecurityGroups": ["sg-0000000000000ae01"],
        }],
        "Listeners": [{
            "ListenerArn": listener, "LoadBalancerArn": arn, "Port": 443, "Protocol": "HTTPS",
            "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group, "Order": 1 }],
        }],
        "TargetGroups": [{
            "TargetGroupArn": group, "TargetGroupName": "api", "Protocol": "HTTP", "Port": 8080,
            "VpcId": "vpc-0a3f5c8e9d1b27460", "HealthCheckPort": "traffic-port",
            "TargetType": "instance", "LoadBalancerArns": [arn],
        }],
    });
    let health = serde_json::json!({
        "TargetHealthDescriptions": [{
            "Target": { "Id": "i-0123456789abcde02", "Port": 8080 }, "HealthCheckPort": "8080",
            "TargetHealth": { "State": "healthy" },
        }],
    });
    files.push(("elb.json".into(), lists.to_string().into_bytes()));
    files.push(("target-health-api.json".into(), health.to_string().into_bytes()));
    let shop = read(&files).unwrap();
    check(&shop, "internet -> front tcp/443", "delivered");
    assert!(
        answer(&shop, "internet -> front tcp/80").starts_with("forward ELBV2_LISTENERS_MISMATCH")
    );
}

#[test]
fn a_transit_gateway_joins_the_vpcs_that_are_attached() {
    let part = |net: u8| {
        let id = |kind: &str| format!("{kind}-{net}");
        serde_json::json!({
            "Vpcs": [{ "VpcId": id("vpc"), "CidrBlock": format!("10.{net}.0.0/16") }],
            "Subnets": [{ "SubnetId": id("subnet"), "VpcId": id("vpc"),
                "CidrBlock": format!("10.{net}.0.0/24"), "AvailabilityZone": "eu-west-1a" }],
            "RouteTables": [{ "RouteTableId": id("rtb"), "VpcId": id("vpc"),
                "Associations": [{ "Main": true }],
                "Routes": [
                    { "DestinationCidrBlock": format!("10.{net}.0.0/16"), "GatewayId": "local" },
                    { "DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-1" },
                ] }],
            "SecurityGroups": [{ "GroupId": id("sg"), "GroupName": "open", "VpcId": id("vpc"),
                "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "10.0.0.0/8" }] }],
                "IpPermissionsEgress":
                    [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }],
            "NetworkInterfaces": [{ "NetworkInterfaceId": id("eni"), "SubnetId": id("subnet"),
                "PrivateIpAddress": format!("10.{net}.0.5"), "Groups": [{ "GroupId": id("sg") }] }],
            "TransitGateways": [{ "TransitGatewayId": "tgw-1", "State": "available" }],
            "TransitGatewayVpcAttachments": [{ "TransitGatewayAttachmentId": id("tgw-attach"),
                "TransitGatewayId": "tgw-1", "VpcId": id("vpc"), "State": "available",
                "SubnetIds": [id("subnet")] }],
            "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": id("tgw-attach"),
                "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": id("vpc"),
                "Association": { "TransitGatewayRouteTableId": "tgw-rtb-1", "State": "associated" } }],
            "TransitGatewayRouteTables":
                [{ "TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1" }],
        })
    };
    let routes = serde_json::json!({ "Routes": [
        { "DestinationCidrBlock": "10.1.0.0/16", "Type": "propagated", "State": "active",
          "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-1" }] },
        { "DestinationCidrBlock": "10.2.0.0/16", "Type": "static", "State": "active",
          "TransitGatewayAttachments": [{ "TransitGatewayAttachmentId": "tgw-attach-2" }] },
        { "DestinationCidrBlock": "10.9.0.0/16", "Type": "static", "State": "blackhole" },
    ], "AdditionalRoutesAvailable": false });
    let import = read(&[
        ("one/aws.json".into(), part(1).to_string().into_bytes()),
        ("two/aws.json".into(), part(2).to_string().into_bytes()),
        ("two/tgw-rtb-1.json".into(), routes.to_string().into_bytes()),
    ])
    .unwrap();
    assert_eq!(import.network.transit_gateway_attachments().len(), 2);
    check(&import, "eni-1 -> eni-2 tcp/443", "delivered");
    check(&import, "eni-2 -> 10.1.0.5 tcp/443", "delivered");
    check(&import, "eni-1 -> 10.9.0.5 tcp/443", "forward TGW_RTB_BAD_STATE_ROUTE at tgw-rtb-1");
}
