//! What reading the description of a live account costs.
//!
//! Promises: 10,000 interfaces with all that belongs to them (36 MB) are read in well under a second.
//! The cost grows with the size of the description; beyond a megabyte, memory costs its own.

use divan::{Bencher, counter::BytesCount};
use hanulgil::aws::read;
use serde_json::json;

fn main() {
    divan::main();
}

/// What `describe-*` prints of a VPC with so many interfaces, 200 in a subnet, an instance each, one
/// group for every hundred.
fn described(interfaces: usize) -> Vec<u8> {
    let subnets = interfaces.div_ceil(200);
    let place = |it: usize| format!("10.{}.{}.{}", it / 200 / 256, it / 200 % 256, it % 200 + 10);
    let group = |it: usize| format!("sg-{:017x}", it / 100);
    let interface = |it: usize| {
        json!({
            "Attachment": {
                "AttachTime": "2025-03-01T02:11:09+00:00",
                "AttachmentId": format!("eni-attach-{it:017x}"),
                "DeleteOnTermination": true,
                "DeviceIndex": 0,
                "InstanceId": format!("i-{it:017x}"),
                "InstanceOwnerId": "111122223333",
                "Status": "attached",
            },
            "AvailabilityZone": "ap-northeast-2a",
            "Description": "",
            "Groups": [{ "GroupName": "app", "GroupId": group(it) }],
            "InterfaceType": "interface",
            "Ipv6Addresses": [],
            "MacAddress": "02:1a:2b:3c:4d:5e",
            "NetworkInterfaceId": format!("eni-{it:017x}"),
            "OwnerId": "111122223333",
            "PrivateDnsName": "ip-10-0-0-10.ap-northeast-2.compute.internal",
            "PrivateIpAddress": place(it),
            "PrivateIpAddresses": [{
                "Primary": true,
                "PrivateDnsName": "ip-10-0-0-10.ap-northeast-2.compute.internal",
                "PrivateIpAddress": place(it),
            }],
            "RequesterManaged": false,
            "SourceDestCheck": true,
            "Status": "in-use",
            "SubnetId": format!("subnet-{:017x}", it / 200),
            "TagSet": [{ "Key": "Name", "Value": format!("app-{it}") }],
            "VpcId": "vpc-1",
        })
    };
    let instance = |it: usize| {
        json!({
            "ReservationId": format!("r-{it:017x}"),
            "OwnerId": "111122223333",
            "Instances": [{
                "InstanceId": format!("i-{it:017x}"),
                "ImageId": "ami-0abc",
                "InstanceType": "t3.small",
                "State": { "Code": 16, "Name": "running" },
                "SubnetId": format!("subnet-{:017x}", it / 200),
                "VpcId": "vpc-1",
                "PrivateIpAddress": place(it),
                "NetworkInterfaces": [interface(it)],
                "Tags": [{ "Key": "Name", "Value": format!("app-{it}") }],
            }],
        })
    };
    let subnet = |it: usize| {
        json!({
            "SubnetId": format!("subnet-{it:017x}"),
            "VpcId": "vpc-1",
            "CidrBlock": format!("10.{}.{}.0/24", it / 256, it % 256),
            "AvailabilityZone": "ap-northeast-2a",
            "AvailabilityZoneId": "apne2-az1",
        })
    };
    let security_group = |it: usize| {
        json!({
            "GroupId": format!("sg-{it:017x}"),
            "GroupName": format!("app-{it}"),
            "VpcId": "vpc-1",
            "IpPermissions": [{
                "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                "IpRanges": [{ "CidrIp": "10.0.0.0/8" }, { "CidrIp": "192.168.0.0/16" }],
            }],
            "IpPermissionsEgress": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }],
        })
    };
    let all = json!({
        "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/8", "State": "available" }],
        "Subnets": (0..subnets).map(subnet).collect::<Vec<_>>(),
        "RouteTables": [{
            "RouteTableId": "rtb-1", "VpcId": "vpc-1",
            "Associations": [{ "Main": true, "RouteTableId": "rtb-1" }],
            "Routes": [{ "DestinationCidrBlock": "10.0.0.0/8", "GatewayId": "local" }],
        }],
        "NetworkAcls": [{
            "NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true,
            "Associations": [], "Entries": [],
        }],
        "SecurityGroups":
            (0..interfaces.div_ceil(100)).map(security_group).collect::<Vec<_>>(),
        "Reservations": (0..interfaces).map(instance).collect::<Vec<_>>(),
        "NetworkInterfaces": (0..interfaces).map(interface).collect::<Vec<_>>(),
    });
    serde_json::to_vec_pretty(&all).expect("it is JSON")
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn reading_a_description(bencher: Bencher, interfaces: usize) {
    let files = [("all.json".to_owned(), described(interfaces))];
    let import = read(&files).expect("it is a description");
    assert_eq!(import.network.interfaces().len(), interfaces);
    assert_eq!(import.unread, []);
    bencher.counter(BytesCount::new(files[0].1.len())).bench(|| read(&files));
}
