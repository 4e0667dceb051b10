//! What stands in a VPC besides instances: functions, databases, tasks, balancers of both
//! generations, endpoints, regional NAT gateways.

use serde_json::{Value, json};

use super::{
    check,
    lines::{vpc, with},
    lists, unread,
};
use hanulgil::aws::read;

/// An interface of a service's in the subnet of the VPC.
fn interface(id: &str, host: u8, more: &Value) -> Value {
    let one = json!({
        "NetworkInterfaceId": id, "SubnetId": "subnet-1", "Status": "in-use",
        "PrivateIpAddress": format!("10.1.0.{host}"), "Groups": [{ "GroupId": "sg-1" }],
        "Attachment": { "InstanceOwnerId": "amazon-aws" },
    });
    with(one, more)
}

/// The VPC with these interfaces and lists more.
fn with_interfaces(more: &[Value], all: &Value) -> Value {
    let mut it = with(vpc(1, &json!([])), all);
    it["NetworkInterfaces"].as_array_mut().unwrap().extend(more.iter().cloned());
    it
}

#[test]
fn functions_databases_and_tasks_find_their_interfaces() {
    let all = json!({
        "Functions": [{ "FunctionName": "worker", "Handler": "main.run", "Runtime": "python3.13",
            "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:worker",
            "Environment": { "Variables": { "SECRET": "x" } },
            "VpcConfig": { "VpcId": "vpc-1", "SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"] } },
            { "FunctionName": "outside", "Handler": "main.run",
              "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:outside",
              "VpcConfig": { "VpcId": "", "SubnetIds": [], "SecurityGroupIds": [] } }],
        "DBInstances": [{ "DBInstanceIdentifier": "orders", "DBInstanceStatus": "available",
            "AvailabilityZone": "eu-west-1a", "Endpoint": { "Address": "x", "Port": 3306 },
            "PubliclyAccessible": false,
            "DBSubnetGroup": { "Subnets": [{ "SubnetIdentifier": "subnet-1" }] },
            "VpcSecurityGroups": [{ "VpcSecurityGroupId": "sg-1", "Status": "active" }] }],
        "tasks": [
            { "taskArn": "arn:aws:ecs:eu-west-1:111122223333:task/main/0a0b", "lastStatus": "RUNNING",
              "launchType": "FARGATE", "group": "service:api", "attachments": [{
                "type": "ElasticNetworkInterface", "status": "ATTACHED", "details": [
                    { "name": "subnetId", "value": "subnet-1" },
                    { "name": "networkInterfaceId", "value": "eni-task" } ] }] },
            { "taskArn": "arn:aws:ecs:eu-west-1:111122223333:task/main/0c0d", "lastStatus": "RUNNING",
              "launchType": "EC2", "group": "service:old", "attachments": [] },
        ],
        "failures": [],
    });
    let interfaces = [
        interface("eni-fn", 20, &json!({ "InterfaceType": "lambda" })),
        interface("eni-db", 21, &json!({ "RequesterId": "amazon-rds" })),
        interface("eni-task", 22, &json!({})),
    ];
    let import = lists(&with_interfaces(&interfaces, &all));
    assert_eq!(unread(&import), ["task-on-host x.json:1 tasks[1]"]);
    check(&import, "eni-1 -> orders tcp/3306", "delivered");
    check(&import, "eni-1 -> api tcp/8080", "delivered");
    check(&import, "0a0b -> orders tcp/3306", "delivered");
    check(&import, "worker -> orders tcp/3306", "delivered");
    // A database listens at its port alone, and nobody connects to a function.
    check(&import, "eni-1 -> orders tcp/22", "refused");
    let none = lists(&with_interfaces(&[], &all));
    assert_eq!(
        unread(&none),
        [
            "!address-made-up x.json:1 Functions[0].VpcConfig.SubnetIds[0]",
            "!address-made-up x.json:1 DBInstances[0]",
            "!lacks-value x.json:1 tasks[0]",
            "task-on-host x.json:1 tasks[1]",
        ]
    );
    check(&none, "worker -> orders tcp/3306", "delivered");
}

#[test]
fn a_function_is_read_alone_as_well() {
    let one = json!({ "FunctionName": "worker", "Handler": "x",
        "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:worker",
        "VpcConfig": { "SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"] } });
    let net = with_interfaces(
        &[interface("eni-fn", 20, &json!({ "InterfaceType": "lambda" }))],
        &json!({}),
    );
    for function in [one.clone(), json!({ "Configuration": one, "Code": { "Location": "x" } })] {
        let files = [("net.json", &net), ("worker.json", &function)];
        let import =
            read(&files.map(|(name, it)| (name.into(), it.to_string().into_bytes()))).unwrap();
        assert_eq!(unread(&import), Vec::<String>::new());
        check(&import, "worker -> eni-1 tcp/443", "delivered");
    }
}

#[test]
fn a_classic_load_balancer_sends_to_its_instances() {
    let all = json!({
        "LoadBalancerDescriptions": [{
            "LoadBalancerName": "shop", "VPCId": "vpc-1", "Scheme": "internal",
            "Subnets": ["subnet-1"], "SecurityGroups": ["sg-1"], "Instances": [{ "InstanceId": "i-7" }],
            "ListenerDescriptions": [
                { "Listener": { "Protocol": "HTTP", "LoadBalancerPort": 80, "InstanceProtocol": "HTTP",
                    "InstancePort": 8080 }, "PolicyNames": [] },
                { "Listener": { "Protocol": "SSL", "LoadBalancerPort": 443, "InstanceProtocol": "TCP",
                    "InstancePort": 8443 }, "PolicyNames": [] } ],
            "HealthCheck": { "Target": "HTTP:8080/", "Interval": 30 },
        }],
        "LoadBalancerName": "shop",
        "LoadBalancerAttributes": { "CrossZoneLoadBalancing": { "Enabled": true } },
    });
    let interfaces = [
        interface(
            "eni-elb",
            30,
            &json!({ "Description": "ELB shop", "RequesterId": "amazon-elb" }),
        ),
        interface("eni-7", 31, &json!({ "Attachment": { "InstanceId": "i-7", "DeviceIndex": 0 } })),
    ];
    let import = lists(&with_interfaces(&interfaces, &all));
    assert_eq!(unread(&import), ["instance-made-up x.json:1 NetworkInterfaces[2]"]);
    check(&import, "eni-1 -> shop tcp/80", "delivered");
    check(&import, "eni-1 -> shop tcp/443", "delivered");
    let row = import.network.load_balancers().iter().next().unwrap().1;
    assert!(row.cross_zone && row.listeners.len() == 2, "{row:?}");
}

#[test]
fn behind_endpoints_of_others_is_what_was_assumed_and_told() {
    let endpoint = |id: &str, kind: &str, service: &str, eni: &str| {
        json!({ "VpcEndpointId": id, "VpcEndpointType": kind, "VpcId": "vpc-1", "State": "available",
            "ServiceName": service, "NetworkInterfaceIds": [eni], "PrivateDnsEnabled": false })
    };
    let mut all = with_interfaces(
        &[interface("eni-p", 40, &json!({})), interface("eni-g", 41, &json!({ "Groups": [] }))],
        &json!({ "VpcEndpoints": [
            endpoint("vpce-p", "Interface", "com.amazonaws.vpce.eu-west-1.vpce-svc-0a", "eni-p"),
            endpoint("vpce-g", "GatewayLoadBalancer", "com.amazonaws.vpce.eu-west-1.vpce-svc-0b", "eni-g"),
            endpoint("vpce-r", "Resource", "com.amazonaws.vpce.eu-west-1.vpce-svc-0c", "eni-r"),
        ],
        "InternetGateways": [{ "InternetGatewayId": "igw-1",
            "Attachments": [{ "State": "available", "VpcId": "vpc-1" }] }] }),
    );
    let route = json!({ "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vpce-g" });
    all["RouteTables"][0]["Routes"].as_array_mut().unwrap().push(route);
    let import = lists(&all);
    assert_eq!(
        unread(&import),
        [
            "!offered-elsewhere x.json:1 VpcEndpoints[0]",
            "!inspected-elsewhere x.json:1 VpcEndpoints[1]",
            "!not-modelled x.json:1 VpcEndpoints[2]",
        ]
    );
    check(&import, "eni-1 -> 10.1.0.40 tcp/8443", "delivered");
    // The route to the wall is known; what comes of it is decided behind.
    let answer = super::answer(&import, "eni-1 -> 192.0.2.1 tcp/443");
    assert!(!answer.contains("NO_ROUTE") && !answer.contains("BAD_STATE_ROUTE"), "{answer}");
}

#[test]
fn a_regional_nat_gateway_serves_the_zones_that_it_has_addresses_in() {
    let nat = |zone: &str, provision: &str| {
        let mut all =
            vpc(1, &json!([{ "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1" }]));
        all["InternetGateways"] = json!([{ "InternetGatewayId": "igw-1",
            "Attachments": [{ "State": "available", "VpcId": "vpc-1" }] }]);
        all["RouteTables"].as_array_mut().unwrap().push(json!({
            "RouteTableId": "rtb-nat", "VpcId": "vpc-1", "Associations": [{ "GatewayId": "nat-1" }],
            "Routes": [
                { "DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable" },
                { "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "Origin": "CreateRoute" },
            ],
        }));
        all["NatGateways"] = json!([{ "NatGatewayId": "nat-1", "VpcId": "vpc-1", "State": "available",
            "ConnectivityType": "public", "AvailabilityMode": "regional", "RouteTableId": "rtb-nat",
            "AutoProvisionZones": provision, "AutoScalingIps": "enabled",
            "NatGatewayAddresses": [{ "AllocationId": "eipalloc-1", "PublicIp": "203.0.113.9",
                "Status": "succeeded", "AvailabilityZone": zone }] }]);
        lists(&all)
    };
    let here = nat("eu-west-1a", "disabled");
    assert_eq!(unread(&here), Vec::<String>::new());
    check(&here, "eni-1 -> 192.0.2.1 tcp/443", "delivered");
    check(&nat("eu-west-1b", "enabled"), "eni-1 -> 192.0.2.1 tcp/443", "delivered");
    let elsewhere = nat("eu-west-1b", "disabled");
    let answer = super::answer(&elsewhere, "eni-1 -> 192.0.2.1 tcp/443");
    assert!(answer.starts_with("forward REGIONAL_NGW_ROUTE_AZ_RESTRICTION"), "{answer}");
}

#[test]
fn other_tools_write_keys_in_their_own_ways() {
    // The first letter small, states as objects, lists of pages, one value a line.
    let small = json!({ "vpcs": [{ "vpcId": "vpc-9", "cidrBlock": "10.9.0.0/16", "state": "available",
        "tags": [{ "key": "Name", "value": "nine" }] }] });
    let shell = json!({ "Subnets": [{ "SubnetId": "subnet-9", "VpcId": "vpc-9",
        "CidrBlock": "10.9.1.0/24", "AvailabilityZone": "eu-west-1a", "State": { "Value": "available" } }] });
    let text = format!("{small}\n{shell}\n");
    let import = read(&[("x.json".into(), text.into_bytes())]).unwrap();
    assert_eq!(import.network.subnets().len(), 1);
    assert!(import.network.vpcs().iter().next().unwrap().1.name.starts_with("nine"));
    let pages = json!([small, shell, { "ResponseMetadata": { "HTTPStatusCode": 200 } }]);
    let import = read(&[("x.json".into(), pages.to_string().into_bytes())]).unwrap();
    assert_eq!(import.network.subnets().len(), 1);
    // What is no network is passed over; what nobody knows is told.
    let mixed = [
        ("net.json", small.to_string()),
        ("iam-list-users.json", json!({ "Users": [{ "UserName": "x" }] }).to_string()),
        ("other.json", json!({ "Widgets": [{ "Id": 1 }] }).to_string()),
    ];
    let import = read(&mixed.map(|(name, text)| (name.into(), text.into_bytes()))).unwrap();
    let told: Vec<_> = import.unread.iter().map(|it| (it.file.as_str(), it.said.rule)).collect();
    assert_eq!(told, [("other.json", "foreign-file")]);
}

#[test]
fn endpoints_functions_databases_and_tasks_have_the_families_that_are_described() {
    let six = |it: &str| json!({ "Ipv6Addresses": [{ "Ipv6Address": it }] });
    let all = json!({
        "VpcEndpoints": [{ "VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface", "VpcId": "vpc-1",
            "ServiceName": "com.amazonaws.eu-west-1.sqs", "State": "available",
            "IpAddressType": "dualstack", "DnsOptions": { "DnsRecordIpType": "service-defined" },
            "PrivateDnsEnabled": true, "NetworkInterfaceIds": ["eni-door"] }],
        "Functions": [{ "FunctionName": "worker", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:worker",
            "VpcConfig": { "VpcId": "vpc-1", "SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"],
                "Ipv6AllowedForDualStack": true } }],
        "DBInstances": [{ "DBInstanceIdentifier": "orders", "DBInstanceStatus": "available",
            "AvailabilityZone": "eu-west-1a", "Endpoint": { "Port": 3306 }, "NetworkType": "DUAL",
            "PubliclyAccessible": false,
            "DBSubnetGroup": { "Subnets": [{ "SubnetIdentifier": "subnet-1" }] },
            "VpcSecurityGroups": [{ "VpcSecurityGroupId": "sg-1", "Status": "active" }] }],
    });
    let door = with(json!({ "InterfaceType": "vpc_endpoint" }), &six("2001:db8:1::e"));
    let mut dump = with_interfaces(&[interface("eni-door", 20, &door)], &all);
    dump["Vpcs"][0]["Ipv6CidrBlockAssociationSet"] = json!([{ "Ipv6CidrBlock": "2001:db8:1::/56",
        "Ipv6CidrBlockState": { "State": "associated" } }]);
    dump["Subnets"][0]["Ipv6CidrBlockAssociationSet"] = json!([{ "Ipv6CidrBlock": "2001:db8:1::/64",
        "Ipv6CidrBlockState": { "State": "associated" } }]);
    let import = lists(&dump);
    let network = &import.network;
    let endpoint = network.interface_endpoints().iter().next().unwrap().1;
    assert_eq!(endpoint.address_type, hanulgil::cloud::EndpointAddressType::Dualstack);
    assert_eq!(endpoint.dns_records, hanulgil::cloud::DnsRecords::ServiceDefined);
    assert!(network.functions().iter().all(|it| it.1.ipv6));
    let database = network.databases().iter().next().unwrap().0;
    assert_eq!(network.network_type(database), hanulgil::cloud::NetworkType::Dual);
    // What nobody described is made up aloud: both addresses of the function and the database.
    let made_up = unread(&import).iter().filter(|it| it.contains("address-made-up")).count();
    assert_eq!(made_up, 4, "{:?}", unread(&import));
}
