//! Shapes that other tools save descriptions in, and calls that nobody saved.

use hanulgil::{
    aws::{File, Import, read},
    cloud::AclEntry,
    net::{Ports, Protocol},
};
use serde_json::{Value, json};

use super::{check, unread};

/// A file per list, each called by its key.
fn files(lists: &Value) -> Vec<File> {
    let lists = lists.as_object().unwrap().iter();
    lists
        .map(|(key, value)| (format!("{key}.json"), json!({ key: value }).to_string().into_bytes()))
        .collect()
}

pub(super) fn import(lists: &Value) -> Import {
    read(&files(lists)).unwrap_or_else(|it| panic!("{:?}", it.faults))
}

/// The same without some calls.
fn without(lists: &Value, keys: &[&str]) -> Import {
    let mut lists = lists.clone();
    for key in keys {
        lists.as_object_mut().unwrap().remove(*key).unwrap();
    }
    import(&lists)
}

/// A VPC `10.8.0.0/16` with a client that has a public address, and two servers for SSH and pings.
pub(super) fn office() -> Value {
    let interface = |number: u8, name: &str, net: u8, group: &str| {
        json!({
            "NetworkInterfaceId": format!("eni-0{number}"), "SubnetId": format!("subnet-0{net}"),
            "VpcId": "vpc-08", "PrivateIpAddress": format!("10.8.{net}.1{number}"),
            "PrivateDnsName": format!("ip-10-8-{net}-{number}.eu-west-3.compute.internal"),
            "Attachment": { "InstanceId": format!("i-0{number}"), "DeviceIndex": 0 },
            "Groups": [{ "GroupId": group, "GroupName": name }], "Status": "in-use",
        })
    };
    let mut client = interface(1, "client", 1, "sg-01");
    client["Association"] = json!({
        "PublicIp": "203.0.113.81", "IpOwnerId": "amazon",
        "PublicDnsName": "ec2-203-0-113-81.eu-west-3.compute.amazonaws.com",
    });
    let instance = |number: u8, name: &str| {
        json!({ "InstanceId": format!("i-0{number}"), "ImageId": "ami-1", "State": { "Name": "running" },
            "Tags": [{ "Key": "Name", "Value": name }] })
    };
    let anywhere = json!([{ "CidrIp": "0.0.0.0/0" }]);
    let group = |id: &str, name: &str, rules: Value| {
        json!({ "GroupId": id, "GroupName": name, "VpcId": "vpc-08", "IpPermissions": rules,
            "IpPermissionsEgress": [{ "IpProtocol": "-1", "IpRanges": anywhere }] })
    };
    let ssh = json!({ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": anywhere });
    let ping = json!({ "IpProtocol": "icmp", "FromPort": 8, "ToPort": 0, "IpRanges": anywhere });
    let entry = |egress: bool| {
        json!({ "RuleNumber": 100, "RuleAction": "allow", "Egress": egress, "Protocol": "-1",
            "CidrBlock": "0.0.0.0/0" })
    };
    json!({
        "Vpcs": [{ "VpcId": "vpc-08", "CidrBlock": "10.8.0.0/16", "DhcpOptionsId": "dopt-1" }],
        "Subnets": [
            { "SubnetId": "subnet-01", "VpcId": "vpc-08", "CidrBlock": "10.8.1.0/24", "AvailabilityZone": "eu-west-3a" },
            { "SubnetId": "subnet-02", "VpcId": "vpc-08", "CidrBlock": "10.8.2.0/24", "AvailabilityZone": "eu-west-3b" },
        ],
        "InternetGateways": [{ "InternetGatewayId": "igw-08",
            "Attachments": [{ "State": "available", "VpcId": "vpc-08" }] }],
        "RouteTables": [
            { "RouteTableId": "rtb-01", "VpcId": "vpc-08", "Associations": [{ "SubnetId": "subnet-01" }],
              "Routes": [{ "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-08" }] },
            { "RouteTableId": "rtb-02", "VpcId": "vpc-08", "Associations": [{ "Main": true }], "Routes": [] },
        ],
        "NetworkAcls": [{ "NetworkAclId": "acl-08", "VpcId": "vpc-08", "IsDefault": true,
            "Entries": [entry(true), entry(false)],
            "Associations": [{ "SubnetId": "subnet-01" }, { "SubnetId": "subnet-02" }] }],
        "SecurityGroups": [
            group("sg-01", "client", json!([ssh, ping])),
            group("sg-02", "server", json!([ssh])),
        ],
        "NetworkInterfaces":
            [client, interface(5, "server", 2, "sg-02"), interface(6, "server", 2, "sg-02")],
        "Reservations": [{ "ReservationId": "r-1", "Instances":
            [instance(1, "점프 호스트"), instance(5, "one"), instance(6, "two")] }],
    })
}

/// The office with a balancer over both servers: `describe-*` of `elbv2` as tools collect it, a page
/// per balancer and group in one list.
pub(super) fn balanced() -> Value {
    let arn = |kind: &str, id: &str| {
        format!("arn:aws:elasticloadbalancing:eu-west-3:111122223333:{kind}/{id}")
    };
    let (balancer, group) = (arn("loadbalancer", "net/inner/0b"), arn("targetgroup", "ssh/0c"));
    let healthy = |id: &str| json!({ "Target": { "Id": id, "Port": 22 }, "TargetHealth": { "State": "healthy" } });
    let mut lists = office();
    lists["NetworkInterfaces"].as_array_mut().unwrap().push(json!({
        "NetworkInterfaceId": "eni-09", "SubnetId": "subnet-02", "VpcId": "vpc-08",
        "PrivateIpAddress": "10.8.2.9", "Description": "ELB net/inner/0b", "Groups": [],
        "InterfaceType": "network_load_balancer", "RequesterManaged": true, "SourceDestCheck": false,
        "Attachment": { "InstanceOwnerId": "amazon-aws", "DeviceIndex": 1, "Status": "attached" },
    }));
    lists["LoadBalancers"] = json!([{
        "LoadBalancerArn": balancer, "LoadBalancerName": "inner", "Scheme": "internal", "Type": "network",
        "VpcId": "vpc-08", "DNSName": "inner-0b.elb.eu-west-3.amazonaws.com",
        "AvailabilityZones": [{ "SubnetId": "subnet-02", "ZoneName": "eu-west-3b" }],
    }]);
    lists["LoadBalancerListeners"] = json!([{ "LoadBalancerArn": balancer, "Listeners": [{
        "ListenerArn": arn("listener", "net/inner/0b/0d"), "LoadBalancerArn": balancer,
        "Port": 2222, "Protocol": "TCP",
        "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group }],
    }] }]);
    lists["LoadBalancerAttributes"] = json!([{ "LoadBalancerArn": balancer,
        "Attributes": [{ "Key": "load_balancing.cross_zone.enabled", "Value": "true" }] }]);
    lists["TargetGroups"] = json!([{ "TargetGroupArn": group, "TargetGroupName": "ssh", "Protocol": "TCP",
        "Port": 22, "VpcId": "vpc-08", "TargetType": "instance", "LoadBalancerArns": [balancer] }]);
    lists["LoadBalancerTargetHealth"] = json!([{ "TargetGroupArn": group, "TargetHealthDescriptions": [healthy("i-05"), healthy("i-06")] }]);
    lists
}

/// The networks of this page, to be asked for more.
pub(super) fn networks() -> Vec<(String, Import)> {
    let mut endpoints = office();
    let interface = |id: &str, address: &str, kind: &str, groups: Value| {
        json!({ "NetworkInterfaceId": id, "SubnetId": "subnet-02", "PrivateIpAddress": address,
            "InterfaceType": kind, "Groups": groups, "Status": "in-use",
            "Attachment": { "InstanceOwnerId": "amazon-aws", "Status": "attached" } })
    };
    // AWS's own interfaces carry no group, and not every service is known by name.
    endpoints["NetworkInterfaces"].as_array_mut().unwrap().extend([
        interface("eni-20", "10.8.2.20", "transit_gateway", json!([])),
        interface("eni-21", "10.8.2.21", "vpc_endpoint", json!([{ "GroupId": "sg-02" }])),
    ]);
    endpoints["VpcEndpoints"] = json!([{ "VpcEndpointId": "vpce-21", "VpcEndpointType": "Interface",
        "VpcId": "vpc-08", "ServiceName": "com.amazonaws.eu-west-3.cloudtrail", "State": "available",
        "NetworkInterfaceIds": ["eni-21"], "SubnetIds": ["subnet-02"], "PrivateDnsEnabled": true }]);
    // That the VPC resolves names was saved, and not that it gives them: endpoints tell.
    endpoints["describe-vpc-attribute"] =
        json!({ "VpcId": "vpc-08", "EnableDnsSupport": { "Value": true } });
    let all = [("office", office()), ("balanced", balanced()), ("endpoints", endpoints)];
    all.map(|(name, lists)| (name.to_owned(), import(&lists))).into()
}

#[test]
fn pages_per_balancer_in_one_list_are_read() {
    let import = import(&balanced());
    assert!(unread(&import).is_empty(), "{:?}", unread(&import));
    check(&import, "점프 호스트 -> inner tcp/2222", "delivered");
    check(&import, "i-01 -> 10.8.2.9 tcp/2222", "delivered");
    check(&import, "i-01 -> inner tcp/22", "forward ELBV2_LISTENERS_MISMATCH at inner");
}

#[test]
fn an_end_is_named_by_its_dns_name() {
    let import = import(&balanced());
    check(&import, "i-01 -> Inner-0b.elb.eu-west-3.amazonaws.com. tcp/2222", "delivered");
    check(&import, "i-01 -> ip-10-8-2-5.eu-west-3.compute.internal tcp/22", "delivered");
    // A public name resolves to the public address outside, and to the private one inside.
    let public = "ec2-203-0-113-81.eu-west-3.compute.amazonaws.com";
    check(&import, &format!("internet -> {public} tcp/22"), "delivered");
    check(&import, &format!("one -> {public} tcp/22"), "delivered");
    check(&import, "one -> 203.0.113.81 tcp/22", "forward NO_ROUTE_TO_DESTINATION at rtb-02");
    let from = import.probe(&format!("{public} -> one tcp/22")).unwrap();
    assert_eq!(from, import.probe("i-01 -> one tcp/22").unwrap());
}

#[test]
fn a_rule_for_the_requests_of_pings_lets_pings_pass() {
    let import = import(&office());
    check(&import, "internet -> 점프 호스트 icmp", "delivered");
    check(&import, "점프 호스트 -> one icmp", "forward ENI_SG_RULES_MISMATCH at i-05");
    assert!(import.unread.iter().all(|it| !it.matters), "{:?}", import.unread);
}

/// A type of ICMP stands under `FromPort` and its code under `ToPort`; entries of lists have keys of
/// their own. -1, and nothing, is all.
#[test]
fn types_and_codes_of_icmp_are_taken_over() {
    let mut lists = office();
    let anywhere = json!([{ "CidrIp": "0.0.0.0/0" }]);
    let mut group = |kind: Value, code: Value| {
        let rule = json!({ "IpProtocol": "icmp", "FromPort": kind, "ToPort": code,
            "IpRanges": anywhere });
        lists["SecurityGroups"][0]["IpPermissions"] = json!([rule]);
        let import = import(&lists);
        let rows = import.network.security_groups().iter();
        let all: Vec<_> = rows
            .flat_map(|(_, row)| row.ingress.iter().map(|rule| (rule.protocol, rule.ports)))
            .filter(|it| it.0 == Some(Protocol::ICMP))
            .map(|it| it.1)
            .collect();
        (all, import.unread.iter().map(|it| it.said.rule).collect::<Vec<_>>())
    };
    let taken = |ports| (vec![ports], Vec::<&str>::new());
    assert_eq!(group(json!(-1), json!(-1)), taken(Ports::ALL));
    assert_eq!(group(json!(8), json!(-1)), taken(Ports::icmp(8, None)));
    assert_eq!(group(json!(8), Value::Null), taken(Ports::icmp(8, None)));
    assert_eq!(group(json!(3), json!(4)), taken(Ports::icmp(3, Some(4))));
    assert_eq!(group(json!(0), json!(0)), taken(Ports::icmp(0, Some(0))));
    for (kind, code, wrong) in [(256, 0, "256"), (3, -2, "-2")] {
        let mut lists = office();
        let rule = &mut lists["SecurityGroups"][0]["IpPermissions"][1];
        (rule["FromPort"], rule["ToPort"]) = (json!(kind), json!(code));
        let faults = read(&files(&lists)).unwrap_err().faults;
        assert_eq!(faults[0].said.rule, "bad-value");
        assert!(faults[0].said.message.en.contains(wrong), "{:?}", faults[0].said);
    }

    let mut lists = office();
    let acl = &mut lists["NetworkAcls"][0];
    let entry = |number: u16, egress: bool, protocol: &str, message: Value| {
        json!({ "RuleNumber": number, "RuleAction": "allow", "Egress": egress,
            "Protocol": protocol, "CidrBlock": "0.0.0.0/0", "IcmpTypeCode": message })
    };
    acl["Entries"] = json!([
        entry(100, false, "1", json!({ "Type": 8, "Code": -1 })),
        entry(110, false, "6", Value::Null),
        entry(100, true, "1", json!({ "Type": 3, "Code": 4 })),
        entry(110, true, "1", json!({ "Type": -1, "Code": -1 })),
        entry(120, true, "58", json!({ "Type": 129 })),
    ]);
    let import = import(&lists);
    assert!(import.unread.is_empty(), "{:?}", import.unread);
    let rows = import.network.network_acls().iter();
    let (_, row) = rows.max_by_key(|(_, row)| row.egress.len()).unwrap();
    let ports = |entries: &[AclEntry]| entries.iter().map(|it| it.ports).collect::<Vec<_>>();
    assert_eq!(ports(&row.ingress), [Ports::icmp(8, None), Ports::ALL]);
    assert_eq!(ports(&row.egress), [Ports::icmp(3, Some(4)), Ports::ALL, Ports::icmp(129, None)]);
}

/// A call that nobody saved: what is told, and which call is named for it.
#[track_caller]
fn missing(lists: &Value, keys: &[&str], rule: &str, call: &str) -> Import {
    let import = without(lists, keys);
    let told: Vec<_> = import.unread.iter().filter(|it| it.said.rule == rule).collect();
    assert!(!told.is_empty(), "{rule}: {:?}", unread(&import));
    for it in told {
        let help = it.said.help.as_ref().unwrap();
        assert!(it.matters && help.ko.contains(call) && help.en.contains(call), "{help:?}");
    }
    import
}

#[test]
fn a_call_that_nobody_saved_is_named() {
    let office = office();
    let lists = missing(&office, &["NetworkAcls"], "no-acl", "aws ec2 describe-network-acls");
    check(&lists, "점프 호스트 -> one tcp/22", "delivered");
    let one_note = |import: &Import| import.unread.iter().filter(|it| it.matters).count() == 1;
    assert!(one_note(&lists), "{:?}", unread(&lists));
    let tables =
        missing(&office, &["RouteTables"], "no-main-table", "aws ec2 describe-route-tables");
    check(&tables, "점프 호스트 -> one tcp/22", "delivered");
    check(&tables, "internet -> i-01 tcp/22", "reply NO_ROUTE_TO_DESTINATION at vpc-08-main");
    assert!(one_note(&tables), "{:?}", unread(&tables));
    let groups =
        missing(&office, &["SecurityGroups"], "no-group", "aws ec2 describe-security-groups");
    check(&groups, "점프 호스트 -> one tcp/22", "forward ENI_SG_RULES_MISMATCH at i-01");
    missing(&office, &["Vpcs"], "vpc-made-up", "aws ec2 describe-vpcs");
    missing(&office, &["Subnets"], "left-out", "aws ec2 describe-subnets");
    let gateway = missing(
        &office,
        &["InternetGateways"],
        "gateway-made-up",
        "aws ec2 describe-internet-gateways",
    );
    check(&gateway, "internet -> i-01 tcp/22", "delivered");
    let silent = without(&office, &["Reservations"]);
    check(&silent, "i-01 -> i-05 tcp/22", "delivered");
    let balanced = balanced();
    missing(&balanced, &["TargetGroups"], "left-out", "aws elbv2 describe-target-groups");
}

#[test]
fn the_flat_list_of_rules_serves_for_groups_that_nobody_describes() {
    let mut lists = office();
    lists.as_object_mut().unwrap().remove("SecurityGroups");
    let rule = |group: &str, egress: bool, more: Value| {
        let mut rule = json!({ "SecurityGroupRuleId": format!("sgr-{group}-{egress}"), "GroupId": group,
            "GroupOwnerId": "111122223333", "IsEgress": egress, "IpProtocol": "-1" });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    lists["SecurityGroupRules"] = json!([
        rule("sg-01", true, json!({ "CidrIpv4": "0.0.0.0/0" })),
        rule(
            "sg-02",
            false,
            json!({ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "ReferencedGroupInfo": { "GroupId": "sg-01", "UserId": "111122223333" } })
        ),
    ]);
    let import = import(&lists);
    check(&import, "점프 호스트 -> one tcp/22", "delivered");
    check(&import, "one -> two tcp/22", "forward ENI_SG_RULES_MISMATCH at i-05");
    assert_eq!(unread(&import), Vec::<String>::new());
}

#[test]
fn a_rule_may_name_a_group_that_is_carried_and_not_described() {
    let mut lists = office();
    let groups = lists["SecurityGroups"].as_array_mut().unwrap();
    groups.remove(0);
    groups[0]["IpPermissions"] = json!([{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [{ "GroupId": "sg-01" }] }]);
    let import = import(&lists);
    let codes = |it: &str| super::answer(&import, it);
    // What the client may send nobody knows; that the server would let it in is known.
    assert_eq!(codes("점프 호스트 -> one tcp/22"), "forward ENI_SG_RULES_MISMATCH at i-01");
    let reach = import.unread.iter().filter(|it| it.said.rule == "no-group").count();
    assert_eq!(reach, 1, "{:?}", unread(&import));
}

#[test]
fn a_transit_gateway_that_nobody_describes_stands_as_its_tables_tell() {
    let vpc = |net: u8| {
        let id = |kind: &str| format!("{kind}-0{net}");
        json!({
            "Vpcs": { "VpcId": id("vpc"), "CidrBlock": format!("10.{net}.0.0/16") },
            "Subnets": { "SubnetId": id("subnet"), "VpcId": id("vpc"),
                "CidrBlock": format!("10.{net}.0.0/24"), "AvailabilityZone": "eu-west-3a" },
            "RouteTables": { "RouteTableId": id("rtb"), "VpcId": id("vpc"), "Associations": [{ "Main": true }],
                "Routes": [{ "DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-07" }] },
            "NetworkInterfaces": { "NetworkInterfaceId": id("eni"), "SubnetId": id("subnet"),
                "PrivateIpAddress": format!("10.{net}.0.5"), "Groups": [] },
            "TransitGatewayVpcAttachments": { "TransitGatewayAttachmentId": id("tgw-attach"),
                "TransitGatewayId": "tgw-07", "VpcId": id("vpc"), "State": "available", "SubnetIds": [id("subnet")] },
            "TransitGatewayAttachments": { "TransitGatewayAttachmentId": id("tgw-attach"),
                "TransitGatewayId": "tgw-07", "ResourceType": "vpc", "ResourceId": id("vpc"), "State": "available",
                "Association": { "TransitGatewayRouteTableId": id("tgw-rtb"), "State": "associated" } },
            "TransitGatewayRouteTables": { "TransitGatewayRouteTableId": id("tgw-rtb"), "TransitGatewayId": "tgw-07",
                "DefaultAssociationRouteTable": net == 1, "DefaultPropagationRouteTable": net == 1 },
            // Each learns from the other.
            "TransitGatewayPropagations": { "TransitGatewayRouteTableId": id("tgw-rtb"),
                "TransitGatewayRouteTablePropagations": [{ "TransitGatewayAttachmentId":
                    format!("tgw-attach-0{}", 3 - net), "State": "enabled", "ResourceType": "vpc" }] },
        })
    };
    let mut lists = json!({});
    for part in [vpc(1), vpc(2)] {
        for (key, value) in part.as_object().unwrap() {
            let list = &mut lists[key];
            if list.is_null() {
                *list = json!([]);
            }
            list.as_array_mut().unwrap().push(value.clone());
        }
    }
    lists["SecurityGroups"] = json!([]);
    for part in [1, 2] {
        let (vpc, group) = (format!("vpc-0{part}"), format!("sg-0{part}"));
        let open = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "10.0.0.0/8" }] }]);
        lists["SecurityGroups"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "GroupId": group, "GroupName": "all",
            "VpcId": vpc, "IpPermissions": open, "IpPermissionsEgress": open }));
        lists["NetworkInterfaces"][part - 1]["Groups"] = json!([{ "GroupId": group }]);
    }
    let made_up = import(&lists);
    check(&made_up, "eni-01 -> eni-02 tcp/443", "delivered");
    let import =
        missing(&lists, &["RouteTables"], "gateway-made-up", "aws ec2 describe-transit-gateways");
    check(&import, "eni-01 -> 10.2.0.5 tcp/443", "forward NO_ROUTE_TO_DESTINATION at vpc-01-main");
    // Without the tables and their routes, the associations still tell which tables there are.
    let bare = missing(
        &lists,
        &["TransitGatewayRouteTables", "TransitGatewayPropagations"],
        "transit-table-made-up",
        "aws ec2 describe-transit-gateway-route-tables",
    );
    assert_eq!(bare.network.transit_gateway_route_tables().len(), 2);
    let untold = without(&lists, &["TransitGatewayPropagations"]);
    let told = unread(&untold).join("\n");
    assert!(told.contains("!no-transit-routes"), "{told}");
}

#[test]
fn lists_of_other_services_stand_beside_the_known_ones() {
    let mut files = files(&office());
    let mut push = |name: &str, text: String| files.push((name.to_owned(), text.into_bytes()));
    // What a command leaves behind that failed.
    push("empty.json", String::new());
    // The groups of a classic balancer are a list of ids, an address knows its interface, and the
    // instances of an Auto Scaling group lack everything.
    push(
        "elb.json",
        json!([{ "DNSName": "a.elb", "SecurityGroups": ["sg-01"], "Subnets": ["subnet-01"],
        "Instances": [{ "InstanceId": "i-77" }], "CanonicalName": "a" }])
        .to_string(),
    );
    push("addresses.json", json!([{ "PublicIp": "203.0.113.81", "Domain": "vpc", "NetworkInterfaceId": "eni-01",
        "PrivateIpAddress": "10.8.1.11", "AllocationId": "eipalloc-1", "AssociationId": "eipassoc-1" }]).to_string());
    push(
        "groups.json",
        json!([{ "AutoScalingGroupName": "fleet", "MinSize": 1,
        "Instances": [{ "InstanceId": "i-05" }] }])
        .to_string(),
    );
    push("manifest.json", json!({ "schemaVersion": 2, "layers": [1, 2, 3] }).to_string());
    let import = read(&files).unwrap();
    assert_eq!(
        unread(&import),
        [
            "!empty-file empty.json:1 ",
            "!foreign-file elb.json:1 ",
            "!foreign-file groups.json:1 ",
            "!foreign-file manifest.json:1 ",
        ]
    );
    assert_eq!(import.network.instances().len(), 3);
    check(&import, "internet -> 203.0.113.81 tcp/22", "delivered");
    // Alone, an empty file is a fault, as before.
    let alone = read(&[("empty.json".into(), Vec::new())]).unwrap_err();
    assert_eq!(alone.faults[0].said.rule, "empty");
}

#[test]
fn a_balancer_has_a_node_in_each_of_its_zones_even_when_no_interfaces_were_saved() {
    let mut lists = balanced();
    lists["LoadBalancers"][0]["Scheme"] = json!("internet-facing");
    lists["LoadBalancers"][0]["AvailabilityZones"] =
        json!([{ "SubnetId": "subnet-01" }, { "SubnetId": "subnet-02" }]);
    lists["NetworkInterfaces"].as_array_mut().unwrap().pop();
    let import = import(&lists);
    check(&import, "점프 호스트 -> inner-0b.elb.eu-west-3.amazonaws.com tcp/2222", "delivered");
    check(&import, "internet -> inner tcp/2222", "delivered");
    check(&import, "internet -> inner tcp/22", "forward ELBV2_LISTENERS_MISMATCH at inner");
    let told = import.unread.iter().filter(|it| it.said.rule == "address-made-up").count();
    // The made-up public addresses are told once.
    assert_eq!(told, 3, "{:?}", unread(&import));
}

#[test]
fn one_object_may_hold_the_output_of_every_call_under_its_name() {
    let mut all = serde_json::Map::new();
    for (key, value) in office().as_object().unwrap() {
        all.insert(format!("describe-{key}"), json!({ key: value }));
    }
    all.insert("describe-flow-logs".into(), json!({ "FlowLogs": [] }));
    all.insert("describe-vpc-peering-connections".into(), json!({ "VpcPeeringConnections": [] }));
    all.insert("search-transit-gateway-routes".into(), json!({ "Routes": [] }));
    all.insert("widgets".into(), json!({ "Wheels": [{ "Id": 1 }], "Tags": [] }));
    let text = Value::Object(all).to_string().into_bytes();
    let import = read(&[("all.json".into(), text)]).unwrap();
    let told: Vec<_> = import.unread.iter().map(|it| (it.said.rule, it.path.as_str())).collect();
    assert_eq!(told, [("unknown-part", "widgets"),]);
    check(&import, "internet -> 점프 호스트 tcp/22", "delivered");
}
