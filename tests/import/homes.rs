//! Fixes of networks in several accounts and Regions are made where the things are.

use hanulgil::{
    aws::{
        File, Import,
        commands::{Call, commands},
        read,
    },
    cloud::{
        Change, Direction, SecurityGroupRule, Thing,
        fix::{Limits, fix},
    },
    net::Ports,
};
use serde_json::{Value, json};

const ONE: (&str, &str) = ("111122223333", "eu-west-1");
const OTHER: (&str, &str) = ("444455556666", "eu-west-1");
const FAR: (&str, &str) = ("444455556666", "ap-northeast-2");

/// A VPC `10.NET.0.0/16` with one instance, whose lists say their account, and nothing a Region but
/// the zone of the subnet.
fn vpc(net: u8, (account, region): (&str, &str), rules: &Value, routes: &[Value]) -> Value {
    let id = |kind: &str| format!("{kind}-0aaaaaa{net}");
    let local = json!({ "DestinationCidrBlock": format!("10.{net}.0.0/16"), "GatewayId": "local", "State": "active" });
    let routes: Vec<Value> = [local].into_iter().chain(routes.iter().cloned()).collect();
    let entry = |egress: bool| {
        json!({ "CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "-1",
            "RuleAction": "allow", "RuleNumber": 100 })
    };
    json!({
        "Vpcs": [{ "VpcId": id("vpc"), "CidrBlock": format!("10.{net}.0.0/16"), "OwnerId": account,
            "State": "available", "DhcpOptionsId": "dopt-1" }],
        "Subnets": [{ "SubnetId": id("subnet"), "VpcId": id("vpc"), "OwnerId": account,
            "CidrBlock": format!("10.{net}.1.0/24"), "AvailabilityZone": format!("{region}a"),
            "State": "available" }],
        "RouteTables": [{ "RouteTableId": id("rtb"), "VpcId": id("vpc"), "OwnerId": account,
            "Associations": [{ "Main": true, "RouteTableId": id("rtb") }], "Routes": routes }],
        "NetworkAcls": [{ "NetworkAclId": id("acl"), "VpcId": id("vpc"), "IsDefault": true,
            "Associations": [{ "NetworkAclId": id("acl"), "SubnetId": id("subnet") }],
            "Entries": [entry(true), entry(false)] }],
        "SecurityGroups": [{ "GroupId": id("sg"), "GroupName": "g", "VpcId": id("vpc"),
            "OwnerId": account, "IpPermissions": rules,
            "IpPermissionsEgress": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }],
        "NetworkInterfaces": [{ "NetworkInterfaceId": id("eni"), "SubnetId": id("subnet"),
            "VpcId": id("vpc"), "OwnerId": account, "PrivateIpAddress": format!("10.{net}.1.10"),
            "Groups": [{ "GroupId": id("sg"), "GroupName": "g" }], "Status": "in-use",
            "Attachment": { "InstanceId": id("i"), "DeviceIndex": 0 } }],
    })
}

fn peering(requester: (&str, &str), accepter: (&str, &str), status: &str) -> Value {
    let end = |net: u8, (account, region)| {
        json!({ "VpcId": format!("vpc-0aaaaaa{net}"), "OwnerId": account, "Region": region,
            "CidrBlock": format!("10.{net}.0.0/16") })
    };
    json!({ "VpcPeeringConnections": [{ "VpcPeeringConnectionId": "pcx-0aaaaaaa",
        "Status": { "Code": status }, "RequesterVpcInfo": end(50, requester),
        "AccepterVpcInfo": end(60, accepter) }] })
}

fn described(parts: &[Value]) -> Import {
    let file = |(number, it): (usize, &Value)| -> File {
        (format!("{number}.json"), it.to_string().into_bytes())
    };
    read(&parts.iter().enumerate().map(file).collect::<Vec<_>>())
        .unwrap_or_else(|it| panic!("{:?}", it.faults))
}

/// The calls of the first of the smallest fixes, each with account and Region before it.
fn calls(import: &Import, want: &str, may: impl Fn(&Change) -> bool) -> Vec<String> {
    let probe = import.probe(want).unwrap_or_else(|it| panic!("{want}: {}", it.message.en));
    let can_be = |it: &Change| may(it) && import.homes.can_be(&import.network, it);
    let found = fix(&import.network, &[probe], &[], can_be, Limits::default())
        .unwrap_or_else(|it| panic!("{want}: {it:?}"));
    printed(import, &found.fixes[0].changes)
}

fn printed(import: &Import, changes: &[Change]) -> Vec<String> {
    let id_of = |name: &str| import.id_of(name).to_owned();
    let calls = commands(&import.network, changes, id_of, &import.homes);
    let told = |Call { home, line }| {
        let or = |it: Option<String>| it.unwrap_or_else(|| "?".to_owned());
        format!("{} {}: {line}", or(home.account), or(home.region))
    };
    calls.concat().into_iter().map(told).collect()
}

#[test]
fn a_peering_with_another_account_and_region_names_both_and_is_accepted_there() {
    let import = described(&[vpc(50, ONE, &json!([]), &[]), vpc(60, FAR, &json!([]), &[])]);
    let told = calls(&import, "i-0aaaaaa50 -> i-0aaaaaa60 tcp/443", |_| true);
    let all = told.join("\n");
    let (one, far) = ("111122223333 eu-west-1: ", "444455556666 ap-northeast-2: ");
    assert!(told[0].starts_with(one), "{all}");
    assert!(
        told[0].contains(
            "--peer-vpc-id vpc-0aaaaaa60 --peer-owner-id 444455556666 --peer-region ap-northeast-2"
        ),
        "{all}"
    );
    for (home, call) in [
        (one, "aws ec2 create-route --route-table-id rtb-0aaaaaa50 "),
        (far, "aws ec2 accept-vpc-peering-connection "),
        (far, "aws ec2 create-route --route-table-id rtb-0aaaaaa60 "),
        (far, "aws ec2 authorize-security-group-ingress --group-id sg-0aaaaaa60 "),
    ] {
        let region = home.trim_end_matches(": ").rsplit(' ').next().unwrap();
        let there = told.iter().any(|it| {
            it.starts_with(&format!("{home}{call}")) && it.contains(&format!("--region {region}"))
        });
        assert!(there, "{home}{call}: {all}");
    }
}

#[test]
fn a_peering_in_one_account_and_region_needs_no_names_of_them() {
    let import = described(&[vpc(50, ONE, &json!([]), &[]), vpc(60, ONE, &json!([]), &[])]);
    let told = calls(&import, "i-0aaaaaa50 -> i-0aaaaaa60 tcp/443", |_| true);
    assert!(told[0].contains("--peer-vpc-id vpc-0aaaaaa60 --tag"), "{told:#?}");
    // Its gateway is made where the VPC is that it will be attached to.
    let told = calls(&import, "i-0aaaaaa50 -> internet tcp/443", |_| true);
    for it in &told {
        assert!(it.starts_with("111122223333 eu-west-1: "), "{it}");
        let calls = it.matches("aws ").count();
        assert_eq!(it.matches("--region eu-west-1").count(), calls, "{it}");
    }
    assert!(told[0].contains("create-internet-gateway"), "{told:#?}");
}

fn over_peering(net: u8) -> [Value; 1] {
    [json!({ "DestinationCidrBlock": format!("10.{net}.0.0/16"), "State": "active",
        "VpcPeeringConnectionId": "pcx-0aaaaaaa" })]
}

/// A rule for the group of the VPC `10.50.0.0/16`, on a port where nobody calls.
fn names_the_other() -> Value {
    json!([{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [{
        "GroupId": "sg-0aaaaaa50", "UserId": ONE.0, "VpcId": "vpc-0aaaaaa50", "PeeringStatus": "active" }] }])
}

#[test]
fn a_group_of_another_account_is_named_with_its_account() {
    for (home, pair, verbs) in [
        (OTHER, "[{GroupId=sg-0aaaaaa50,UserId=111122223333}]", ["authorize", "revoke"]),
        (ONE, "ReferencedGroupId=sg-0aaaaaa50", ["modify", "modify"]),
    ] {
        let import = described(&[
            vpc(50, ONE, &json!([]), &over_peering(60)),
            vpc(60, home, &names_the_other(), &over_peering(50)),
            peering(ONE, home, "active"),
        ]);
        let Some(Thing::SecurityGroup(group)) = import.thing("sg-0aaaaaa60") else { panic!() };
        let rule = import.network.security_groups()[group].ingress[0].clone();
        let new = SecurityGroupRule { ports: Ports { low: 22, high: 2222 }, ..rule.clone() };
        let direction = Direction::Ingress;
        let change = Change::ModifySecurityGroupRule { group, direction, rule, new };
        let told = printed(&import, &[change]);
        assert!(told[0].contains(pair), "{told:#?}");
        for (line, verb) in told.iter().zip(verbs) {
            assert!(line.starts_with(home.0), "{told:#?}");
            assert!(line.contains(&format!("aws ec2 {verb}-security-group")), "{told:#?}");
        }
    }
}

#[test]
fn who_was_asked_accepts() {
    let import = described(&[
        vpc(50, ONE, &json!([]), &over_peering(60)),
        vpc(60, FAR, &names_the_other(), &over_peering(50)),
        peering(ONE, FAR, "pending-acceptance"),
    ]);
    let told = calls(&import, "i-0aaaaaa50 -> i-0aaaaaa60 tcp/443", |_| true);
    let accept = told.iter().find(|it| it.contains("accept-vpc-peering-connection")).unwrap();
    assert!(accept.starts_with("444455556666 ap-northeast-2: "), "{told:#?}");
    assert!(accept.contains("--vpc-peering-connection-id pcx-0aaaaaaa"), "{accept}");
}

#[test]
fn a_transit_gateway_of_another_region_is_not_joined_and_of_another_account_by_who_owns_the_vpc() {
    for (home, joined) in [(OTHER, true), (FAR, false)] {
        let gateway = json!({
            "TransitGateways": [{ "TransitGatewayId": "tgw-0aaaaaaa", "OwnerId": home.0,
                "TransitGatewayArn": format!("arn:aws:ec2:{}:{}:transit-gateway/tgw-0aaaaaaa", home.1, home.0),
                "State": "available", "Options": { "AssociationDefaultRouteTableId": "tgw-rtb-0aaaaaaa",
                    "PropagationDefaultRouteTableId": "tgw-rtb-0aaaaaaa" } }],
            "TransitGatewayRouteTables": [{ "TransitGatewayRouteTableId": "tgw-rtb-0aaaaaaa",
                "TransitGatewayId": "tgw-0aaaaaaa", "State": "available",
                "DefaultAssociationRouteTable": true, "DefaultPropagationRouteTable": true }],
        });
        let import = described(&[
            vpc(50, ONE, &json!([]), &[]),
            vpc(60, ONE, &names_the_other(), &[]),
            gateway,
        ]);
        let told = calls(&import, "i-0aaaaaa50 -> i-0aaaaaa60 tcp/443", |it| {
            !matches!(it, Change::CreatePeering { .. }) || !joined
        });
        let all = told.join("\n");
        assert_eq!(all.contains("create-transit-gateway-vpc-attachment"), joined, "{all}");
        for it in told.iter().filter(|it| it.contains("-attachment ")) {
            assert!(it.starts_with("111122223333 eu-west-1: "), "{it}");
        }
    }
}

#[test]
fn folders_and_keys_say_whose_lists_are_that_do_not_say_it_themselves() {
    let mut bare = vpc(50, ONE, &json!([]), &[]);
    let lists = bare.as_object_mut().unwrap();
    for list in lists.values_mut() {
        for item in list.as_array_mut().unwrap() {
            let item = item.as_object_mut().unwrap();
            item.remove("OwnerId");
            item.remove("AvailabilityZone");
        }
    }
    let want = "i-0aaaaaa50 -> internet tcp/443";
    for (file, text) in [
        ("dump/111122223333/eu-west-1/all.json", bare.clone()),
        ("111122223333_eu-west-1.json", bare.clone()),
        ("all.json", json!({ "111122223333": { "eu-west-1": bare.clone() } })),
        (
            "all.json",
            json!([{ "AccountId": "111122223333", "Region": "eu-west-1", "Data": bare.clone() }]),
        ),
    ] {
        let import = read(&[(file.to_owned(), text.to_string().into_bytes())]);
        let import = import.unwrap_or_else(|it| panic!("{file}: {:?}", it.faults));
        let told = calls(&import, want, |_| true);
        assert!(
            told.iter().all(|it| it.starts_with("111122223333 eu-west-1: ")),
            "{file} {told:#?}"
        );
    }
    // Nobody says it: nothing is made up.
    let told = calls(&described(&[bare]), want, |_| true);
    for it in &told {
        assert!(it.starts_with("? ?: ") && !it.contains("--region"), "{it}");
    }
}
