//! Shapes that an account leaves behind, and files that hold something else than was meant.

use hanulgil::aws::{File, Import, read};
use serde_json::{Value, json};

use super::{
    check,
    foreign::{balanced, import, office},
    unread,
};

fn file(name: &str, bytes: &[u8]) -> File {
    (name.to_owned(), bytes.to_vec())
}

/// Why a file alone cannot be used: the rule, and what to do in English.
#[track_caller]
fn refused(bytes: &[u8]) -> (&'static str, String) {
    let unusable = read(&[file("vpcs.json", bytes)]).map(|_| ()).unwrap_err();
    let said = &unusable.faults[0].said;
    let help = said.help.as_ref().expect("what to do is said");
    assert_ne!(help.ko, help.en);
    (said.rule, help.en.clone())
}

#[test]
fn what_is_not_json_is_told_by_what_it_is_and_which_call_to_make() {
    let vpcs = "`aws ec2 describe-vpcs --output json`";
    for (text, rule, call) in [
        ("Vpcs:\n- CidrBlock: 10.0.0.0/16\n", "bad-json", vpcs),
        ("---\nVpcs:\n- CidrBlock: 10.0.0.0/16\n", "bad-json", vpcs),
        ("- CidrBlock: 10.0.0.0/16\n  VpcId: vpc-1\n", "bad-json", "`--output json`"),
        ("VPCS\t10.0.0.0/16\tdopt-1\n", "bad-json", vpcs),
        ("--------------\n|DescribeVpcs|\n+------------+\n", "bad-json", vpcs),
        (
            "\nAn error occurred (UnauthorizedOperation) when calling the DescribeVpcs operation: no\n",
            "aws-error",
            vpcs,
        ),
        ("Unable to locate credentials.\n", "aws-error", "save it again"),
        ("<?xml version=\"1.0\"?>", "bad-json", "`--output json`"),
        ("[\"vpc-1\", \"vpc-2\"]", "not-a-dump", "without `--query`"),
        ("[[\"vpc-1\", \"10.0.0.0/16\"]]", "not-a-dump", "without `--query`"),
        (
            "{\"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/16\"}",
            "not-a-dump",
            "without `--query`",
        ),
    ] {
        let (found, help) = refused(text.as_bytes());
        assert_eq!(found, rule, "{text}");
        assert!(help.contains(call), "{text}: {help}");
    }
    assert_eq!(refused(&[0x1f, 0x8b, 8, 0, 0, 0]).0, "compressed-file");
    assert_eq!(refused(b"PK\x03\x04....").0, "compressed-file");
}

#[test]
fn a_call_that_failed_or_was_packed_leaves_the_others_usable() {
    let office = serde_json::to_vec(&office()).unwrap();
    let error = b"An error occurred (AuthFailure) when calling the DescribeAddresses operation: no";
    let import = read(&[
        file("addresses.json", error),
        file("all.json", &office),
        file("vpcs.json", &[0x1f, 0x8b, 8, 0]),
    ])
    .unwrap();
    check(&import, "internet -> i-01 tcp/22", "delivered");
    assert_eq!(unread(&import), ["!aws-error addresses.json:1 ", "!compressed-file vpcs.json:1 "]);
}

#[test]
fn text_of_windows_is_read_with_or_without_its_marks() {
    let text = office().to_string();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let import = read(&[file("all.json", &wide)]).unwrap();
    check(&import, "점프 호스트 -> one tcp/22", "delivered");
    assert_eq!(unread(&import), Vec::<String>::new());
    // A Korean console writes CP949: the names are lost, and nothing else.
    let mut bytes = text.into_bytes();
    let place = bytes.windows(3).position(|it| it == "점".as_bytes()).unwrap();
    bytes.splice(place..place + 3, [0xc1, 0xa1]);
    let import = read(&[file("all.json", &bytes)]).unwrap();
    check(&import, "i-01 -> i-05 tcp/22", "delivered");
    assert_eq!(unread(&import), ["names-lost all.json:1 "]);
}

#[test]
fn a_page_that_goes_on_is_missed_unless_the_last_one_is_there() {
    let page = |token: Option<&str>, from: usize| {
        let mut lists = office();
        let all = lists["Reservations"][0]["Instances"].take();
        let mut page = json!({ "Reservations": [{ "ReservationId": format!("r-{from}"),
            "Instances": all.as_array().unwrap()[from..=from] }] });
        page["NextToken"] = json!(token);
        page.to_string().into_bytes()
    };
    let mut lists = office();
    lists.as_object_mut().unwrap().remove("Reservations").unwrap();
    let rest = lists.to_string().into_bytes();
    let read = |pages: &[Vec<u8>]| {
        let pages = pages.iter().enumerate().map(|(at, it)| file(&format!("i{at}.json"), it));
        read(&pages.chain([file("rest.json", &rest)]).collect::<Vec<_>>()).unwrap()
    };
    let half = read(&[page(Some("a"), 0), page(Some("b"), 1)]);
    assert!(unread(&half).iter().any(|it| it.starts_with("!more-pages i0.json")));
    let whole = read(&[page(Some("a"), 0), page(Some("b"), 1), page(None, 2)]);
    assert_eq!(unread(&whole), Vec::<String>::new());
}

#[test]
fn one_object_that_a_query_picked_is_one_object() {
    let office = office();
    let (vpc, mut rest) = (office["Vpcs"][0].to_string(), office.clone());
    rest.as_object_mut().unwrap().remove("Vpcs").unwrap();
    let import =
        read(&[file("vpc.json", vpc.as_bytes()), file("rest.json", rest.to_string().as_bytes())]);
    let import = import.unwrap();
    check(&import, "internet -> i-01 tcp/22", "delivered");
    assert_eq!(unread(&import), Vec::<String>::new());
}

#[test]
fn what_ec2_classic_left_behind_means_nothing_for_vpcs() {
    let mut lists = office();
    let mut push = |key: &str, value: Value| match lists[key].as_array_mut() {
        Some(list) => list.push(value),
        None => lists[key] = json!([value]),
    };
    let rule = json!([{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    push(
        "SecurityGroups",
        json!({ "GroupId": "sg-91", "GroupName": "old", "IpPermissions": rule }),
    );
    push("Addresses", json!({ "PublicIp": "23.20.1.1", "Domain": "standard", "InstanceId": "" }));
    push(
        "Reservations",
        json!({ "ReservationId": "r-9", "Instances": [{ "InstanceId": "i-91", "ImageId": "ami-1",
        "State": { "Name": "running" }, "PrivateIpAddress": "10.250.1.1", "PublicIpAddress": "23.20.1.2",
        "SecurityGroups": [{ "GroupId": "sg-91", "GroupName": "old" }] }] }),
    );
    // `describe-classic-link-instances` and `describe-vpc-classic-link`.
    push(
        "Instances",
        json!({ "InstanceId": "i-91", "VpcId": "vpc-08", "Groups": [{ "GroupId": "sg-01" }] }),
    );
    push("Vpcs", json!({ "VpcId": "vpc-08", "ClassicLinkEnabled": true }));
    let import = import(&lists);
    check(&import, "internet -> i-01 tcp/22", "delivered");
    let told = unread(&import);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|it| it.starts_with("ec2-classic ")), "{told:?}");
}

#[test]
fn a_subnet_of_ipv6_alone_is_known_by_its_instance() {
    let mut lists = office();
    let block = |block: &str, state: &str| json!({ "Ipv6CidrBlock": block, "Ipv6CidrBlockState": { "State": state } });
    lists["Vpcs"][0]["Ipv6CidrBlockAssociationSet"] =
        json!([block("2001:db8:8::/56", "associated")]);
    lists["Subnets"].as_array_mut().unwrap().push(json!({
        "SubnetId": "subnet-06", "VpcId": "vpc-08", "AvailabilityZone": "eu-west-3a", "Ipv6Native": true,
        "Ipv6CidrBlockAssociationSet":
            [block("2001:db8:8:9::/64", "disassociating"), block("2001:db8:8:6::/64", "associated")],
    }));
    lists["NetworkAcls"][0]["Associations"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "SubnetId": "subnet-06" }));
    lists["Reservations"][0]["Instances"].as_array_mut().unwrap().push(json!({
        "InstanceId": "i-06", "ImageId": "ami-1", "State": { "Name": "running" }, "SubnetId": "subnet-06",
        "Ipv6Address": "2001:db8:8:6::6", "SecurityGroups": [{ "GroupId": "sg-02" }] }));
    let six = &mut lists["NetworkInterfaces"].as_array_mut().unwrap()[2];
    six["Attachment"]["InstanceId"] = json!("i-05");
    let import = import(&lists);
    let place = import.network.subnets().iter().find(|it| !it.1.cidr.is_ipv4());
    assert_eq!(place.unwrap().1.cidr.to_string(), "2001:db8:8:6::/64");
    check(&import, "i-06 -> 2001:db8:8:6::9 tcp/22", "forward ENI_SG_RULES_MISMATCH at i-06");
    assert_eq!(unread(&import), Vec::<String>::new());
}

/// The office with a peering in a state, and a route to it.
fn peered(code: &str, blocks: bool) -> Import {
    let mut lists = office();
    let mut far = json!({ "VpcId": "vpc-77", "OwnerId": "444455556666", "Region": "eu-west-3" });
    if blocks {
        far["CidrBlock"] = json!("10.77.0.0/16");
    }
    lists["VpcPeeringConnections"] = json!([{ "VpcPeeringConnectionId": "pcx-08", "Status": { "Code": code },
        "RequesterVpcInfo": { "VpcId": "vpc-08", "CidrBlock": "10.8.0.0/16", "Region": "eu-west-3" },
        "AccepterVpcInfo": far }]);
    let state = if code == "active" { "active" } else { "blackhole" };
    lists["RouteTables"][1]["Routes"] = json!([{ "DestinationCidrBlock": "10.77.0.0/16",
        "VpcPeeringConnectionId": "pcx-08", "State": state }]);
    import(&lists)
}

#[test]
fn a_peering_that_is_over_leaves_a_blackhole_and_no_vpc() {
    for code in ["expired", "rejected", "failed", "deleted", "deleting"] {
        for blocks in [true, false] {
            let import = peered(code, blocks);
            check(&import, "i-05 -> 10.77.0.9 tcp/22", "forward BAD_STATE_ROUTE at rtb-02");
            assert_eq!(import.network.vpcs().len(), 1, "{code}");
            assert_eq!(unread(&import).len(), 1, "{code}");
            assert!(unread(&import)[0].starts_with("deleted "), "{code}");
        }
    }
    for code in ["active", "pending-acceptance"] {
        let import = peered(code, true);
        assert_eq!(import.network.vpcs().len(), 2, "{code}");
    }
}

#[test]
fn what_leads_to_something_that_is_going_is_told_once() {
    let mut lists = office();
    lists["NatGateways"] = json!([{ "NatGatewayId": "nat-08", "State": "deleting", "SubnetId": "subnet-01",
        "VpcId": "vpc-08", "NatGatewayAddresses": [] }]);
    lists["TransitGateways"] = json!([{ "TransitGatewayId": "tgw-08", "State": "deleting" }]);
    lists["TransitGatewayVpcAttachments"] = json!([{ "TransitGatewayAttachmentId": "tgw-attach-08",
        "TransitGatewayId": "tgw-08", "VpcId": "vpc-08", "SubnetIds": ["subnet-02"], "State": "deleting" }]);
    lists["TransitGatewayRouteTables"] = json!([{ "TransitGatewayRouteTableId": "tgw-rtb-08",
        "TransitGatewayId": "tgw-08", "State": "available" }]);
    lists["RouteTables"][1]["Routes"] = json!([
        { "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-08", "State": "active" },
        { "DestinationCidrBlock": "10.9.0.0/16", "TransitGatewayId": "tgw-08", "State": "active" },
    ]);
    let import = import(&lists);
    check(&import, "i-05 -> 8.8.8.8 tcp/443", "forward BAD_STATE_ROUTE at rtb-02");
    check(&import, "i-05 -> 10.9.0.1 tcp/443", "forward BAD_STATE_ROUTE at rtb-02");
    let told = unread(&import);
    assert!(told.iter().all(|it| it.starts_with("deleted ")), "{told:?}");
}

#[test]
fn an_exclusion_that_never_came_about_spares_nothing() {
    let mut lists = office();
    lists["VpcBlockPublicAccessOptions"] = json!({ "AwsAccountId": "111122223333", "AwsRegion": "eu-west-3",
        "State": "update-complete", "InternetGatewayBlockMode": "block-bidirectional",
        "ManagedBy": "account", "ExclusionsAllowed": "allowed" });
    for (state, expected) in [
        ("create-complete", "delivered"),
        ("update-failed", "delivered"),
        ("delete-in-progress", "delivered"),
        ("create-failed", "forward VPC_BLOCK_PUBLIC_ACCESS_ENABLED at igw-08"),
        ("delete-complete", "forward VPC_BLOCK_PUBLIC_ACCESS_ENABLED at igw-08"),
        ("disable-complete", "forward VPC_BLOCK_PUBLIC_ACCESS_ENABLED at igw-08"),
    ] {
        lists["VpcBlockPublicAccessExclusions"] = json!([{ "ExclusionId": "vpcbpa-exclude-08", "State": state,
            "InternetGatewayExclusionMode": "allow-bidirectional",
            "ResourceArn": "arn:aws:ec2:eu-west-3:111122223333:subnet/subnet-01" }]);
        check(&import(&lists), "internet -> i-01 tcp/22", expected);
    }
}

/// An application load balancer before the office's servers, with this default action.
fn fronted(action: &Value, targets: &Value) -> Import {
    let mut lists = balanced();
    let arn = "arn:aws:elasticloadbalancing:eu-west-3:111122223333:loadbalancer/app/front/0e";
    lists["NetworkInterfaces"].as_array_mut().unwrap().push(json!({
        "NetworkInterfaceId": "eni-10", "SubnetId": "subnet-01", "VpcId": "vpc-08",
        "PrivateIpAddress": "10.8.1.9", "Description": "ELB app/front/0e", "Groups": [{ "GroupId": "sg-01" }],
        "Association": { "PublicIp": "203.0.113.10", "IpOwnerId": "amazon-elb" }, "SourceDestCheck": false,
    }));
    lists["LoadBalancers"].as_array_mut().unwrap().push(json!({
        "LoadBalancerArn": arn, "LoadBalancerName": "front", "Scheme": "internet-facing", "Type": "application",
        "VpcId": "vpc-08", "DNSName": "front-0e.eu-west-3.elb.amazonaws.com", "SecurityGroups": ["sg-01"],
        "AvailabilityZones": [{ "SubnetId": "subnet-01", "ZoneName": "eu-west-3a" }],
    }));
    lists["Listeners"] = json!([{ "ListenerArn": arn.replace("loadbalancer", "listener") + "/0f",
        "LoadBalancerArn": arn, "Port": 22, "Protocol": "HTTP", "DefaultActions": [action] }]);
    lists["TargetGroups"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "TargetGroupArn": "arn:tg/hello/01234567",
        "TargetGroupName": "hello", "TargetType": "lambda", "LoadBalancerArns": [arn] }));
    let target =
        json!({ "TargetGroupArn": "arn:tg/hello/01234567", "TargetHealthDescriptions": targets });
    lists["LoadBalancerTargetHealth"].as_array_mut().unwrap().push(target);
    import(&lists)
}

#[test]
fn a_listener_that_redirects_answers_and_so_does_a_function_that_nobody_describes() {
    let redirect = json!({ "Type": "redirect", "RedirectConfig": { "Protocol": "HTTPS", "Port": "443",
        "StatusCode": "HTTP_301" } });
    let import = fronted(&redirect, &json!([]));
    check(&import, "internet -> front tcp/22", "delivered");
    assert!(
        unread(&import).iter().all(|it| it.starts_with("answers-itself ")),
        "{:?}",
        unread(&import)
    );
    let forward = json!({ "Type": "forward", "TargetGroupArn": "arn:tg/hello/01234567" });
    let none = fronted(&forward, &json!([]));
    check(&none, "internet -> front tcp/22", "forward ELBV2_LISTENER_HAS_NO_TG at front");
    let function = "arn:aws:lambda:eu-west-3:111122223333:function:hello";
    let target =
        json!([{ "Target": { "Id": function }, "TargetHealth": { "State": "unavailable" } }]);
    let import = fronted(&forward, &target);
    check(&import, "internet -> front tcp/22", "delivered");
    assert_eq!(unread(&import).len(), 1, "{:?}", unread(&import));
    assert!(unread(&import)[0].starts_with("function-made-up "));
}

#[test]
fn what_other_calls_print_under_known_keys_is_not_taken_for_what_it_is_not() {
    let mut lists = office();
    lists["TargetGroups"] = json!([{ "DBProxyName": "pool", "TargetGroupName": "default",
        "TargetGroupArn": "arn:aws:rds:eu-west-3:111122223333:target-group:prx-tg-1",
        "ConnectionPoolConfig": {} }]);
    lists["Instances"] = json!([{ "InstanceId": "i-01", "GroupName": "near",
        "NetworkNodes": ["nn-1"], "ZoneId": "euw3-az1", "AvailabilityZone": "eu-west-3a" }]);
    lists["Addresses"] = json!([{ "PublicIp": "203.0.113.99", "AllocationId": "eipalloc-1",
        "PtrRecord": "mail.example." }]);
    lists["Routes"] = json!([{ "ClientVpnEndpointId": "cvpn-endpoint-1",
        "DestinationCidr": "10.8.0.0/16", "TargetSubnet": "subnet-01", "Type": "Nat" }]);
    lists["InstanceConnectEndpoints"] = json!([{ "InstanceConnectEndpointId": "eice-1",
        "SubnetId": "subnet-01" }]);
    lists["DBProxyEndpoints"] = json!([{ "DBProxyEndpointName": "read", "VpcId": "vpc-08" }]);
    assert_eq!(
        unread(&import(&lists)),
        [
            "!not-modelled Routes.json:1 Routes",
            "!not-modelled InstanceConnectEndpoints.json:1 InstanceConnectEndpoints[0]",
        ]
    );
}

#[test]
fn all_addresses_of_a_prefix_that_was_given_lead_to_its_interface() {
    let mut lists = office();
    let block = json!([{ "Ipv6CidrBlock": "2001:db8:8::/56", "Ipv6CidrBlockState": { "State": "associated" } }]);
    lists["Vpcs"][0]["Ipv6CidrBlockAssociationSet"] = block;
    let range = json!([{ "Ipv6CidrBlock": "2001:db8:8:2::/64", "Ipv6CidrBlockState": { "State": "associated" } }]);
    let interfaces = lists["NetworkInterfaces"].as_array().unwrap().clone();
    let server = interfaces[1].clone();
    let subnets = lists["Subnets"].as_array_mut().unwrap();
    let home = subnets.iter_mut().find(|it| it["SubnetId"] == server["SubnetId"]).unwrap();
    home["Ipv6CidrBlockAssociationSet"] = range;
    // A /28 and a /80, as container hosts have.
    lists["NetworkInterfaces"][1]["Ipv4Prefixes"] = json!([{ "Ipv4Prefix": "10.8.2.128/28" }]);
    lists["NetworkInterfaces"][1]["Ipv6Prefixes"] =
        json!([{ "Ipv6Prefix": "2001:db8:8:2:9::/80" }]);
    let mut import = import(&lists);
    assert_eq!(
        unread(&import),
        ["!delegated-prefix NetworkInterfaces.json:1 NetworkInterfaces[1].Ipv6Prefixes[0]"]
    );
    let (client, server) = ("i-01", server["Attachment"]["InstanceId"].as_str().unwrap());
    check(&import, &format!("{client} -> 10.8.2.131 tcp/22"), "delivered");
    check(&import, &format!("{client} -> {server} tcp/22"), "delivered");
    let holder = |import: &Import, address: &str| {
        let found = import.network.interface_at(address.parse().unwrap());
        found.map(|it| import.id_of(&import.network.interfaces()[it].name).to_owned())
    };
    // What lies in the large one is entered when a packet names it.
    let (pod, other) = ("2001:db8:8:2:9::7", "2001:db8:8:2:a::7");
    assert_eq!(holder(&import, pod), None);
    for line in [format!("{client} -> {pod} tcp/22"), format!("[{other}]:40000 -> {client} tcp/22")]
    {
        import.asked(&line);
    }
    let own = lists["NetworkInterfaces"][1]["NetworkInterfaceId"].as_str().unwrap();
    assert_eq!(holder(&import, pod).as_deref(), Some(own));
    assert_eq!(holder(&import, other), None);
    // Who sends from a further address is told what was taken for it.
    assert_eq!(unread(&import).len(), 1);
    import.asked("10.8.2.131:40000 -> i-01 tcp/22");
    assert_eq!(unread(&import)[1], "!sent-from-first 10.8.2.131:40000 -> i-01 tcp/22:1 ");
}
