//! Changes written as lines. The reading stands with the objects; this is one list, so that the compiler
//! counts the changes.

use super::{
    operand::{DEFAULT_LIST, on, push, push_groups, push_listening, spaced, way},
    service, transit,
};
use crate::{
    cloud::{
        Change, Connectivity, Direction, ExclusionOf, Forwarding, Listening, Network, Peer,
        PublicAtLaunch, SecurityGroupRule,
    },
    course::{
        grammar::{self, quote},
        names::{self, interface_word, word},
    },
};

/// The operation's name on AWS's command line (ours for what AWS has no operation for).
pub fn verb(change: &Change) -> &'static str {
    match change {
        Change::CreateVpc { .. } => "create-vpc",
        Change::CreateDefaultVpc { .. } => "create-default-vpc",
        Change::DeleteVpc { .. } => "delete-vpc",
        Change::AssociateVpcCidrBlock { .. } => "associate-vpc-cidr-block",
        Change::DisassociateVpcCidrBlock { .. } => "disassociate-vpc-cidr-block",
        Change::CreateSubnet { .. } => "create-subnet",
        Change::DeleteSubnet { .. } => "delete-subnet",
        Change::ModifySubnetAttribute { .. } | Change::ModifySubnetDns64 { .. } => {
            "modify-subnet-attribute"
        }
        Change::ModifyPeeringOptions { .. } => "modify-vpc-peering-connection-options",
        Change::CreateRouteTable { .. } => "create-route-table",
        Change::DeleteRouteTable { .. } => "delete-route-table",
        Change::AssociateRouteTable { table: Some(_), .. } => "associate-route-table",
        Change::AssociateRouteTable { table: None, .. } => "disassociate-route-table",
        Change::ReplaceMainRouteTable { .. } => "replace-route-table-association",
        Change::CreateRoute { .. } => "create-route",
        Change::ReplaceRoute { .. } => "replace-route",
        Change::DeleteRoute { .. } => "delete-route",
        Change::CreateInternetGateway { .. } => "create-internet-gateway",
        Change::DeleteInternetGateway { .. } => "delete-internet-gateway",
        Change::AttachInternetGateway { .. } => "attach-internet-gateway",
        Change::AssociateGatewayRouteTable { .. } => "associate-gateway-route-table",
        Change::DetachInternetGateway { .. } => "detach-internet-gateway",
        Change::AssociateSubnetCidrBlock { .. } => "associate-subnet-cidr-block",
        Change::DisassociateSubnetCidrBlock { .. } => "disassociate-subnet-cidr-block",
        Change::AssignIpv6Address { .. } => "assign-ipv6-addresses",
        Change::UnassignIpv6Address { .. } => "unassign-ipv6-addresses",
        Change::CreateEgressOnlyGateway { .. } => "create-egress-only-internet-gateway",
        Change::DeleteEgressOnlyGateway { .. } => "delete-egress-only-internet-gateway",
        Change::ModifyBlockPublicAccess { .. } => "modify-vpc-block-public-access-options",
        Change::PutExclusion { .. } => "create-vpc-block-public-access-exclusion",
        Change::DeleteExclusion { .. } => "delete-vpc-block-public-access-exclusion",
        Change::CreatePeering { .. } => "create-vpc-peering-connection",
        Change::AcceptPeering { .. } => "accept-vpc-peering-connection",
        Change::DeletePeering { .. } => "delete-vpc-peering-connection",
        Change::RejectPeering { .. } => "reject-vpc-peering-connection",
        Change::CreatePrefixList { .. } => "create-managed-prefix-list",
        Change::ModifyPrefixList { .. } => "modify-managed-prefix-list",
        Change::DeletePrefixList { .. } => "delete-managed-prefix-list",
        Change::CreatePrefixListRoute { .. } => "create-prefix-list-route",
        Change::ReplacePrefixListRoute { .. } => "replace-prefix-list-route",
        Change::DeletePrefixListRoute { .. } => "delete-prefix-list-route",
        Change::CreateGatewayEndpoint { .. } => "create-vpc-endpoint",
        Change::ModifyGatewayEndpoint { .. } => "modify-vpc-endpoint",
        Change::ModifyGatewayEndpointPolicy { .. } => "modify-vpc-endpoint-policy",
        Change::DeleteGatewayEndpoint { .. } => "delete-vpc-endpoints",
        Change::CreateNatGateway { .. } => "create-nat-gateway",
        Change::CreateRegionalNatGateway { .. } => "create-regional-nat-gateway",
        Change::DeleteNatGateway { .. } => "delete-nat-gateway",
        Change::AssociateNatGatewayAddress { .. } => "associate-nat-gateway-address",
        Change::DisassociateNatGatewayAddress { .. } => "disassociate-nat-gateway-address",
        Change::CreateSecurityGroup { .. } => "create-security-group",
        Change::DeleteSecurityGroup { .. } => "delete-security-group",
        Change::AuthorizeSecurityGroup { direction: Direction::Ingress, .. } => {
            "authorize-security-group-ingress"
        }
        Change::AuthorizeSecurityGroup { direction: Direction::Egress, .. } => {
            "authorize-security-group-egress"
        }
        Change::RevokeSecurityGroup { direction: Direction::Ingress, .. } => {
            "revoke-security-group-ingress"
        }
        Change::RevokeSecurityGroup { direction: Direction::Egress, .. } => {
            "revoke-security-group-egress"
        }
        Change::ModifySecurityGroupRule { .. } => "modify-security-group-rules",
        Change::CreateNetworkAcl { .. } => "create-network-acl",
        Change::DeleteNetworkAcl { .. } => "delete-network-acl",
        Change::AssociateNetworkAcl { .. } => "replace-network-acl-association",
        Change::CreateNetworkAclEntry { .. } => "create-network-acl-entry",
        Change::ReplaceNetworkAclEntry { .. } => "replace-network-acl-entry",
        Change::DeleteNetworkAclEntry { .. } => "delete-network-acl-entry",
        Change::RunInstance { .. } => "run-instances",
        Change::StopInstance { .. } => "stop-instances",
        Change::StartInstance { .. } => "start-instances",
        Change::TerminateInstance { .. } => "terminate-instances",
        Change::CreateInterface { .. } => "create-network-interface",
        Change::AttachInterface { .. } => "attach-network-interface",
        Change::DetachInterface { .. } => "detach-network-interface",
        Change::DeleteInterface { .. } => "delete-network-interface",
        Change::ModifyInterfaceGroups { .. } | Change::ModifySourceDestCheck { .. } => {
            "modify-network-interface-attribute"
        }
        Change::AssociateAddress { .. } | Change::AssociateAddressWith { .. } => {
            "associate-address"
        }
        Change::DisassociateAddress { .. } | Change::DisassociateAddressOf { .. } => {
            "disassociate-address"
        }
        Change::AssignPrivateAddress { .. } => "assign-private-ip-addresses",
        Change::UnassignPrivateAddress { .. } => "unassign-private-ip-addresses",
        Change::ConfigureInstance { .. } => "configure-instance",
        Change::ModifyVpcAttribute { .. } => "modify-vpc-attribute",
        Change::CreateHost { .. } => "create-host",
        Change::DeleteHost { .. } => "delete-host",
        Change::Service(change) => service::verb(change),
        Change::Transit(change) => transit::verb(change),
    }
}

/// The change as a line, with the names that things have in `network`: the network before the
/// change. What shares its name with one of another VPC is written `shop/default`; what has no name
/// of its own there `#3`, by its place.
pub fn print(network: &Network, change: &Change) -> String {
    let n = network;
    let verb = verb(change);
    let rest = match change {
        Change::CreateVpc { name, cidr } => format!("{} {cidr}", quote(name)),
        Change::CreateDefaultVpc { name, zones } => {
            format!("{}{}", quote(name), spaced(zones.iter().map(|it| quote(&it.0))))
        }
        Change::DeleteVpc { vpc } => word(n, *vpc),
        Change::AssociateVpcCidrBlock { vpc, cidr }
        | Change::DisassociateVpcCidrBlock { vpc, cidr } => format!("{} {cidr}", word(n, *vpc)),
        Change::CreateSubnet { name, vpc, zone, cidr } => {
            format!("{} {cidr} vpc={} zone={}", quote(name), word(n, *vpc), quote(&zone.0))
        }
        Change::DeleteSubnet { subnet }
        | Change::DisassociateSubnetCidrBlock { subnet }
        | Change::AssociateRouteTable { subnet, table: None } => word(n, *subnet),
        Change::AssociateSubnetCidrBlock { subnet, cidr } => {
            format!("{} {cidr}", word(n, *subnet))
        }
        Change::DeleteEgressOnlyGateway { gateway } => word(n, *gateway),
        Change::CreatePeering { name, requester, accepter } => {
            format!("{} {} {}", quote(name), word(n, *requester), word(n, *accepter))
        }
        Change::AcceptPeering { peering }
        | Change::RejectPeering { peering }
        | Change::DeletePeering { peering } => word(n, *peering),
        Change::CreatePrefixList { name, cidrs } => {
            format!("{}{}", quote(name), spaced(cidrs.iter().map(ToString::to_string)))
        }
        Change::ModifyPrefixList { list, cidrs } => {
            format!("{}{}", word(n, *list), spaced(cidrs.iter().map(ToString::to_string)))
        }
        Change::DeletePrefixList { list } => word(n, *list),
        Change::CreatePrefixListRoute { table, list, target }
        | Change::ReplacePrefixListRoute { table, list, target } => {
            let target = names::target_word(n, target);
            format!("{} {} -> {target}", word(n, *table), word(n, *list))
        }
        Change::DeletePrefixListRoute { table, list } => {
            format!("{} {}", word(n, *table), word(n, *list))
        }
        Change::CreateGatewayEndpoint { name, vpc, list, tables } => {
            let tables = spaced(tables.iter().map(|it| word(n, *it)));
            format!("{} {} {}{tables}", quote(name), word(n, *vpc), word(n, *list))
        }
        Change::ModifyGatewayEndpoint { endpoint, tables } => {
            let tables = spaced(tables.iter().map(|it| word(n, *it)));
            format!("{}{tables}", word(n, *endpoint))
        }
        Change::ModifyGatewayEndpointPolicy { endpoint, policy } => {
            format!("{} {}", word(n, *endpoint), policy.as_str())
        }
        Change::DeleteGatewayEndpoint { endpoint } => word(n, *endpoint),
        Change::AssignIpv6Address { interface, address } => {
            let address = address.map(|address| format!(" {address}")).unwrap_or_default();
            format!("{}{address}", interface_word(n, *interface))
        }
        Change::UnassignIpv6Address { interface, address } => {
            format!("{} {address}", interface_word(n, *interface))
        }
        Change::ModifyBlockPublicAccess { mode } => mode.as_str().to_owned(),
        Change::PutExclusion { exclusion } => {
            format!("{} {}", excluded(n, exclusion.of), exclusion.mode.as_str())
        }
        Change::DeleteExclusion { of } => excluded(n, *of),
        Change::ModifySubnetDns64 { subnet, on } => {
            format!("{} dns64 {}", word(n, *subnet), if *on { "on" } else { "off" })
        }
        Change::ModifyPeeringOptions { peering, requester_names, accepter_names } => {
            let mut line = word(n, *peering);
            let on = |it: bool| if it { "on" } else { "off" };
            push(&mut line, "requester-dns", requester_names.map(on));
            push(&mut line, "accepter-dns", accepter_names.map(on));
            line
        }
        Change::ModifySubnetAttribute { subnet, auto_assign_public_ip } => {
            format!("{} auto-assign-public-ip {}", word(n, *subnet), on(*auto_assign_public_ip))
        }
        Change::CreateRouteTable { name, vpc }
        | Change::CreateEgressOnlyGateway { name, vpc }
        | Change::CreateSecurityGroup { name, vpc }
        | Change::CreateNetworkAcl { name, vpc } => format!("{} {}", quote(name), word(n, *vpc)),
        Change::DeleteRouteTable { table } => word(n, *table),
        Change::AssociateRouteTable { subnet, table: Some(table) } => {
            format!("{} {}", word(n, *subnet), word(n, *table))
        }
        Change::ReplaceMainRouteTable { vpc, table } => {
            format!("{} {}", word(n, *vpc), word(n, *table))
        }
        Change::CreateRoute { table, destination, target }
        | Change::ReplaceRoute { table, destination, target } => {
            format!("{} {destination} -> {}", word(n, *table), names::target_word(n, target))
        }
        Change::DeleteRoute { table, destination } => {
            format!("{} {destination}", word(n, *table))
        }
        Change::CreateInternetGateway { name } => quote(name),
        Change::AttachInternetGateway { gateway, vpc } => {
            format!("{} {}", word(n, *gateway), word(n, *vpc))
        }
        Change::AssociateGatewayRouteTable { gateway, table } => {
            let table = table.map_or_else(|| "none".to_owned(), |it| word(n, it));
            format!("{} {table}", word(n, *gateway))
        }
        Change::DetachInternetGateway { gateway } | Change::DeleteInternetGateway { gateway } => {
            word(n, *gateway)
        }
        Change::CreateNatGateway { name, subnet, connectivity, address, public_address } => {
            let mut line = format!("{} {}", quote(name), word(n, *subnet));
            if *connectivity == Connectivity::Private {
                line.push_str(" private");
            }
            push(&mut line, "address", *address);
            push(&mut line, "public", *public_address);
            line
        }
        Change::CreateRegionalNatGateway { name, vpc, zones } => {
            let mut line = format!("{} {}", quote(name), word(n, *vpc));
            for zone in zones {
                push(&mut line, "zone", Some(quote(&zone.zone.0)));
                for address in &zone.addresses {
                    line.extend([" ".to_owned(), address.to_string()]);
                }
            }
            line
        }
        Change::DeleteNatGateway { gateway } => word(n, *gateway),
        Change::AssociateNatGatewayAddress { gateway, zone, address } => {
            let address = address.map(|it| format!(" {it}")).unwrap_or_default();
            format!("{} zone={}{address}", word(n, *gateway), quote(&zone.0))
        }
        Change::DisassociateNatGatewayAddress { gateway, address } => {
            format!("{} {address}", word(n, *gateway))
        }
        Change::DeleteSecurityGroup { group } => word(n, *group),
        Change::AuthorizeSecurityGroup { group, direction, rule }
        | Change::RevokeSecurityGroup { group, direction, rule } => {
            format!("{} {}", word(n, *group), rule_words(n, rule, *direction))
        }
        Change::ModifySecurityGroupRule { group, direction, rule, new } => {
            let words = |rule| rule_words(n, rule, *direction);
            format!("{} {} {} -> {}", word(n, *group), way(*direction), words(rule), words(new))
        }
        Change::DeleteNetworkAcl { acl } => word(n, *acl),
        Change::AssociateNetworkAcl { subnet, acl } => {
            let acl = acl.map_or_else(|| DEFAULT_LIST.to_owned(), |acl| word(n, acl));
            format!("{} {acl}", word(n, *subnet))
        }
        Change::CreateNetworkAclEntry { acl, direction, entry }
        | Change::ReplaceNetworkAclEntry { acl, direction, entry } => format!(
            "{} {} {}",
            word(n, *acl),
            way(*direction),
            grammar::print_acl_entry(entry, *direction)
        ),
        Change::DeleteNetworkAclEntry { acl, direction, number } => {
            format!("{} {} {number}", word(n, *acl), way(*direction))
        }
        Change::RunInstance { name, subnet, address, public_address, groups, listening } => {
            let mut line = format!("{} {}", quote(name), word(n, *subnet));
            push(&mut line, "address", *address);
            match public_address {
                PublicAtLaunch::AsSubnet => {}
                PublicAtLaunch::No => line.push_str(" public=no"),
                PublicAtLaunch::Yes => line.push_str(" public=yes"),
                PublicAtLaunch::This(address) => push(&mut line, "public", Some(address)),
            }
            push_groups(&mut line, n, groups);
            if *listening != Listening::Everywhere {
                push_listening(&mut line, listening);
            }
            line
        }
        Change::StopInstance { instance }
        | Change::StartInstance { instance }
        | Change::TerminateInstance { instance } => word(n, *instance),
        Change::CreateInterface { name, subnet, address, groups } => {
            let mut line = format!("{} {}", quote(name), word(n, *subnet));
            push(&mut line, "address", *address);
            push_groups(&mut line, n, groups);
            line
        }
        Change::AttachInterface { interface, instance } => {
            format!("{} {}", interface_word(n, *interface), word(n, *instance))
        }
        Change::DetachInterface { interface }
        | Change::DeleteInterface { interface }
        | Change::DisassociateAddress { interface } => interface_word(n, *interface),
        Change::ModifyInterfaceGroups { interface, groups } => {
            let mut line = format!("{} groups", interface_word(n, *interface));
            for group in groups {
                line.extend([" ", &word(n, *group)]);
            }
            line
        }
        Change::ModifySourceDestCheck { interface, on: check } => {
            format!("{} source-dest-check {}", interface_word(n, *interface), on(*check))
        }
        Change::AssociateAddress { interface, address } => {
            let address = address.map(|address| format!(" {address}")).unwrap_or_default();
            format!("{}{address}", interface_word(n, *interface))
        }
        Change::AssociateAddressWith { interface, private, address } => {
            let address = address.map(|address| format!(" {address}")).unwrap_or_default();
            format!("{}{address} private={private}", interface_word(n, *interface))
        }
        Change::DisassociateAddressOf { interface, private } => {
            format!("{} private={private}", interface_word(n, *interface))
        }
        Change::AssignPrivateAddress { interface, address } => {
            let address = address.map(|address| format!(" {address}")).unwrap_or_default();
            format!("{}{address}", interface_word(n, *interface))
        }
        Change::UnassignPrivateAddress { interface, address } => {
            format!("{} {address}", interface_word(n, *interface))
        }
        Change::ConfigureInstance { instance, listening, forwarding } => {
            let mut line = word(n, *instance);
            if let Some(listening) = listening {
                push_listening(&mut line, listening);
            }
            push(&mut line, "forwarding", forwarding.map(Forwarding::as_str));
            line
        }
        Change::Service(change) => service::print(n, change),
        Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
            let mut line = word(n, *vpc);
            push(&mut line, "dns-support", dns_support.map(on));
            push(&mut line, "dns-hostnames", dns_hostnames.map(on));
            line
        }
        Change::CreateHost { name, address, listening } => {
            let mut line = format!("{} {address}", quote(name));
            if *listening != Listening::Everywhere {
                push_listening(&mut line, listening);
            }
            line
        }
        Change::DeleteHost { host } => word(n, *host),
        Change::Transit(change) => transit::print(n, change),
    };
    format!("{verb} {rest}")
}

fn rule_words(network: &Network, rule: &SecurityGroupRule, direction: Direction) -> String {
    let far = match rule.peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::PrefixList(list) => format!("prefix-list {}", word(network, list)),
        Peer::Group(group) => format!("group {}", word(network, group)),
    };
    let traffic = grammar::print_traffic(rule.protocol, rule.ports);
    format!("{traffic} {} {far}", grammar::preposition(direction))
}

fn excluded(network: &Network, of: ExclusionOf) -> String {
    match of {
        ExclusionOf::Vpc(id) => format!("vpc {}", word(network, id)),
        ExclusionOf::Subnet(id) => format!("subnet {}", word(network, id)),
    }
}
