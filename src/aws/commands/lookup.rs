//! Which call of the EC2 API lists a kind of thing, and by what.

use crate::cloud::Thing;

/// `(prefix of variables, command, filter, query)` for what the EC2 API lists.
pub(super) type Listed = (&'static str, &'static str, &'static str, &'static str);

/// An id as AWS gives it: `rtb-0a1b2c`, or an ARN.
pub(super) fn is_id(text: &str) -> bool {
    let hexadecimal = |it: &str| it.len() >= 8 && it.chars().all(|it| it.is_ascii_hexdigit());
    text.starts_with("arn:aws") || text.rsplit_once('-').is_some_and(|it| hexadecimal(it.1))
}

/// How the EC2 API lists a kind of thing; by its name alone where the filter is empty.
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
        Thing::TransitGatewayAttachment(_) => {
            let query = "TransitGatewayAttachments[0].TransitGatewayAttachmentId";
            ("tgw_attach", "ec2 describe-transit-gateway-attachments", TAG, query)
        }
        Thing::TransitGatewayRouteTable(_) => {
            let query = "TransitGatewayRouteTables[0].TransitGatewayRouteTableId";
            ("tgw_rtb", "ec2 describe-transit-gateway-route-tables", TAG, query)
        }
        Thing::VirtualPrivateGateway(_) => {
            ("vgw", "ec2 describe-vpn-gateways", TAG, "VpnGateways[0].VpnGatewayId")
        }
        Thing::LoadBalancer(_) => {
            ("lb", "elbv2 describe-load-balancers", "", "LoadBalancers[0].LoadBalancerArn")
        }
        Thing::TargetGroup(_) => {
            ("tg", "elbv2 describe-target-groups", "", "TargetGroups[0].TargetGroupArn")
        }
        _ => return None,
    })
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
        _ => 0,
    }
}
