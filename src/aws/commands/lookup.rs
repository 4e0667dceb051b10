//! Which call lists a kind of thing, and by what.

use crate::cloud::Thing;

/// `(prefix of variables, command, filter or option, query)` for what a call lists.
pub(super) type Listed = (&'static str, &'static str, &'static str, &'static str);

/// An id as AWS gives it: `rtb-0a1b2c`, or an ARN.
pub(super) fn is_id(text: &str) -> bool {
    let hexadecimal = |it: &str| it.len() >= 8 && it.chars().all(|it| it.is_ascii_hexdigit());
    text.starts_with("arn:aws") || text.rsplit_once('-').is_some_and(|it| hexadecimal(it.1))
}

/// How a call lists a kind of thing: by a filter, by an option that takes its name, or, where both
/// are empty, by what is asked of the answer.
pub(super) fn listed(thing: Thing) -> Option<Listed> {
    const TAG: &str = "tag:Name";
    Some(match thing {
        Thing::Vpc(_) => ("vpc", "ec2 describe-vpcs", TAG, "Vpcs[0].VpcId"),
        Thing::Subnet(_) => ("subnet", "ec2 describe-subnets", TAG, "Subnets[0].SubnetId"),
        Thing::RouteTable(_) => {
            ("rtb", "ec2 describe-route-tables", TAG, "RouteTables[0].RouteTableId")
        }
        Thing::SecurityGroup(_) => {
            ("sg", "ec2 describe-security-groups", "group-name", "SecurityGroups[0].GroupId")
        }
        Thing::NetworkAcl(_) => {
            ("acl", "ec2 describe-network-acls", TAG, "NetworkAcls[0].NetworkAclId")
        }
        Thing::InternetGateway(_) => {
            let query = "InternetGateways[0].InternetGatewayId";
            ("igw", "ec2 describe-internet-gateways", TAG, query)
        }
        Thing::EgressOnlyGateway(_) => {
            let query = "EgressOnlyInternetGateways[0].EgressOnlyInternetGatewayId";
            ("eigw", "ec2 describe-egress-only-internet-gateways", TAG, query)
        }
        Thing::NatGateway(_) => {
            ("nat", "ec2 describe-nat-gateways", TAG, "NatGateways[0].NatGatewayId")
        }
        Thing::Instance(_) => {
            let query = "Reservations[0].Instances[0].InstanceId";
            ("i", "ec2 describe-instances", TAG, query)
        }
        Thing::Interface(_) => {
            let query = "NetworkInterfaces[0].NetworkInterfaceId";
            ("eni", "ec2 describe-network-interfaces", TAG, query)
        }
        Thing::Peering(_) => {
            let query = "VpcPeeringConnections[0].VpcPeeringConnectionId";
            ("pcx", "ec2 describe-vpc-peering-connections", TAG, query)
        }
        Thing::PrefixList(_) => {
            let query = "PrefixLists[0].PrefixListId";
            ("pl", "ec2 describe-managed-prefix-lists", "prefix-list-name", query)
        }
        Thing::GatewayEndpoint(_) | Thing::InterfaceEndpoint(_) => {
            ("vpce", "ec2 describe-vpc-endpoints", TAG, "VpcEndpoints[0].VpcEndpointId")
        }
        Thing::TransitGateway(_) => {
            let query = "TransitGateways[0].TransitGatewayId";
            ("tgw", "ec2 describe-transit-gateways", TAG, query)
        }
        // These two calls document no filter for tags: their answers are filtered.
        Thing::TransitGatewayAttachment(_) => (
            "tgw_attach",
            "ec2 describe-transit-gateway-attachments",
            "",
            "TransitGatewayAttachments[?NAMED].TransitGatewayAttachmentId|[0]",
        ),
        Thing::TransitGatewayRouteTable(_) => (
            "tgw_rtb",
            "ec2 describe-transit-gateway-route-tables",
            "",
            "TransitGatewayRouteTables[?NAMED].TransitGatewayRouteTableId|[0]",
        ),
        Thing::VirtualPrivateGateway(_) => {
            ("vgw", "ec2 describe-vpn-gateways", TAG, "VpnGateways[0].VpnGatewayId")
        }
        Thing::VpnConnection(_) => {
            ("vpn", "ec2 describe-vpn-connections", TAG, "VpnConnections[0].VpnConnectionId")
        }
        Thing::DirectConnectGateway(_) => (
            "dxgw",
            "directconnect describe-direct-connect-gateways",
            "",
            "directConnectGateways[?directConnectGatewayName=='NAME'].directConnectGatewayId|[0]",
        ),
        Thing::LoadBalancer(_) => {
            ("lb", "elbv2 describe-load-balancers", "--names", "LoadBalancers[0].LoadBalancerArn")
        }
        Thing::TargetGroup(_) => {
            ("tg", "elbv2 describe-target-groups", "--names", "TargetGroups[0].TargetGroupArn")
        }
        Thing::Function(_) => {
            ("function", "lambda get-function-configuration", "--function-name", "FunctionArn")
        }
        _ => return None,
    })
}

/// What is described for a while after it is gone, and has its name still: a filter for what is there.
pub(super) fn there(thing: Thing) -> &'static str {
    match thing {
        Thing::Instance(_) => " Name=instance-state-name,Values=pending,running,stopping,stopped",
        Thing::Peering(_) => " Name=status-code,Values=pending-acceptance,provisioning,active",
        Thing::TransitGateway(_) => " Name=state,Values=pending,available,modifying",
        Thing::TransitGatewayAttachment(_) => {
            " --filters Name=state,Values=pendingAcceptance,pending,available,modifying"
        }
        Thing::NatGateway(_) | Thing::VirtualPrivateGateway(_) | Thing::VpnConnection(_) => {
            " Name=state,Values=pending,available"
        }
        Thing::InterfaceEndpoint(_) | Thing::GatewayEndpoint(_) => {
            " Name=vpc-endpoint-state,Values=pendingAcceptance,pending,available"
        }
        _ => "",
    }
}

/// A name inside a question to the AWS CLI, where it stands between single quotes
/// (<https://jmespath.org/specification.html#raw-string-literals>).
pub(super) fn asked(query: &str, name: &str) -> String {
    let name = name.replace('\\', r"\\").replace('\'', r"\'");
    let named = format!("Tags[?Key=='Name' && Value=='{name}']");
    query.replace("NAMED", &named).replace("NAME", &name)
}

/// A number that tells two things of one kind apart.
pub(super) fn place(thing: Thing) -> usize {
    match thing {
        Thing::Vpc(id) => id.index(),
        Thing::Subnet(id) => id.index(),
        Thing::RouteTable(id) => id.index(),
        Thing::SecurityGroup(id) => id.index(),
        Thing::NetworkAcl(id) => id.index(),
        Thing::InternetGateway(id) => id.index(),
        Thing::EgressOnlyGateway(id) => id.index(),
        Thing::NatGateway(id) => id.index(),
        Thing::Instance(id) => id.index(),
        Thing::Interface(id) => id.index(),
        Thing::Peering(id) => id.index(),
        Thing::PrefixList(id) => id.index(),
        Thing::GatewayEndpoint(id) => id.index(),
        Thing::InterfaceEndpoint(id) => id.index(),
        Thing::TransitGateway(id) => id.index(),
        Thing::TransitGatewayAttachment(id) => id.index(),
        Thing::TransitGatewayRouteTable(id) => id.index(),
        Thing::VirtualPrivateGateway(id) => id.index(),
        Thing::LoadBalancer(id) => id.index(),
        Thing::TargetGroup(id) => id.index(),
        Thing::VpnConnection(id) => id.index(),
        Thing::DirectConnectGateway(id) => id.index(),
        Thing::Function(id) => id.index(),
        _ => 0,
    }
}
