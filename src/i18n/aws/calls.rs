//! Which call of the AWS CLI prints what is missing.

use super::Said;

/// Beginnings of ids and ARNs, the longer before what begins like them, and the call that describes
/// such an object.
const CALLS: &[(&str, &str)] = &[
    ("vpc-", "aws ec2 describe-vpcs"),
    ("vpce-svc-", "aws ec2 describe-vpc-endpoint-service-configurations"),
    ("vpce-", "aws ec2 describe-vpc-endpoints"),
    ("subnet-", "aws ec2 describe-subnets"),
    ("rtb-", "aws ec2 describe-route-tables"),
    ("acl-", "aws ec2 describe-network-acls"),
    ("sg-", "aws ec2 describe-security-groups"),
    ("i-", "aws ec2 describe-instances"),
    ("eni-", "aws ec2 describe-network-interfaces"),
    ("igw-", "aws ec2 describe-internet-gateways"),
    ("eigw-", "aws ec2 describe-egress-only-internet-gateways"),
    ("nat-", "aws ec2 describe-nat-gateways"),
    ("pcx-", "aws ec2 describe-vpc-peering-connections"),
    ("tgw-rtb-", "aws ec2 describe-transit-gateway-route-tables"),
    ("tgw-attach-", "aws ec2 describe-transit-gateway-attachments"),
    ("tgw-", "aws ec2 describe-transit-gateways"),
    ("vgw-", "aws ec2 describe-vpn-gateways"),
    ("cgw-", "aws ec2 describe-customer-gateways"),
    ("vpn-", "aws ec2 describe-vpn-connections"),
    ("arn:aws:lambda:", "aws lambda list-functions"),
    ("TargetGroups", "aws elbv2 describe-target-groups"),
];

/// Parts of ARNs, and the call.
const INSIDE: &[(&str, &str)] = &[
    (":targetgroup/", "aws elbv2 describe-target-groups"),
    (":loadbalancer/", "aws elbv2 describe-load-balancers"),
];

/// The call whose output has this list.
pub fn call_for_list(key: &str) -> Option<String> {
    let of_ec2 = |key: &str| {
        let mut call = String::from("aws ec2 describe");
        for letter in key.chars() {
            if letter.is_ascii_uppercase() {
                call.push('-');
            }
            call.push(letter.to_ascii_lowercase());
        }
        call
    };
    Some(match key {
        "Reservations" => "aws ec2 describe-instances".to_owned(),
        "LoadBalancers" | "Listeners" | "TargetGroups" | "Rules" | "TargetHealthDescriptions" => {
            let name = if key.starts_with("TargetHealth") { "TargetHealth" } else { key };
            of_ec2(name).replace("ec2", "elbv2")
        }
        "LoadBalancerDescriptions" => "aws elb describe-load-balancers".to_owned(),
        "Functions" => "aws lambda list-functions".to_owned(),
        "DBInstances" => "aws rds describe-db-instances".to_owned(),
        "tasks" => "aws ecs describe-tasks".to_owned(),
        "PrefixLists" => "aws ec2 describe-managed-prefix-lists".to_owned(),
        "ServiceConfigurations" => {
            "aws ec2 describe-vpc-endpoint-service-configurations".to_owned()
        }
        "virtualInterfaces" => "aws directconnect describe-virtual-interfaces".to_owned(),
        "Vpcs"
        | "Subnets"
        | "RouteTables"
        | "InternetGateways"
        | "NatGateways"
        | "SecurityGroups"
        | "SecurityGroupRules"
        | "NetworkAcls"
        | "Addresses"
        | "NetworkInterfaces"
        | "Instances"
        | "EgressOnlyInternetGateways"
        | "VpcPeeringConnections"
        | "VpcEndpoints"
        | "VpnGateways"
        | "VpnConnections"
        | "CustomerGateways"
        | "TransitGateways"
        | "TransitGatewayAttachments"
        | "TransitGatewayVpcAttachments"
        | "TransitGatewayRouteTables"
        | "TransitGatewayPeeringAttachments"
        | "TransitGatewayConnects"
        | "ManagedPrefixLists"
        | "VpcBlockPublicAccessOptions"
        | "VpcBlockPublicAccessExclusions" => of_ec2(key),
        _ => return None,
    })
}

/// The call that describes what has this id.
fn call_for(id: &str) -> Option<&'static str> {
    let begins = CALLS.iter().find(|(start, _)| id.starts_with(start));
    let holds = || INSIDE.iter().find(|(part, _)| id.contains(part));
    begins.or_else(holds).map(|it| it.1)
}

/// Adds which call would print the object that is missing, when its id tells of which kind it is.
pub(super) fn with_call(said: Said, id: &str) -> Said {
    match call_for(id) {
        Some(call) => adding(said, call),
        None => said,
    }
}

/// Adds which call would print what is missing.
pub(super) fn adding(mut said: Said, call: &str) -> Said {
    if let Some(help) = &mut said.help {
        let stop = if help.ko.ends_with('.') { "" } else { "." };
        help.ko = format!("{}{stop} `{call}`의 출력을 더하세요.", help.ko);
        help.en = format!("{}; the output of `{call}` would tell", help.en);
    }
    said
}
