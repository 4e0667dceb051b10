//! Changes as lines of text: `create-route public 0.0.0.0/0 -> igw`. The first word is the
//! operation of AWS's command line, names stand for ids, and every [`Change`] has exactly one
//! line: [`parse`] of what [`print()`] gives is the change again, in the network that it is for.
//!
//! Solutions of labs are written so, and the journal keeps half-done labs so.
//!
//! ```text
//! create-vpc NAME CIDR                     delete-vpc VPC
//! associate-vpc-cidr-block VPC CIDR        disassociate-vpc-cidr-block VPC CIDR
//! create-subnet NAME CIDR vpc=VPC zone=a   delete-subnet SUBNET     (an IPv6 CIDR: IPv6 alone)
//! modify-subnet-attribute SUBNET auto-assign-public-ip|dns64 on|off
//! create-route-table NAME VPC              delete-route-table TABLE
//! associate-route-table SUBNET TABLE       disassociate-route-table SUBNET
//! replace-route-table-association VPC TABLE            (the VPC's main table)
//! create-route TABLE CIDR -> TARGET        replace-route TABLE CIDR -> TARGET
//! delete-route TABLE CIDR
//! create-internet-gateway NAME             delete-internet-gateway GATEWAY
//! attach-internet-gateway GATEWAY VPC      detach-internet-gateway GATEWAY
//! associate-subnet-cidr-block SUBNET CIDR  disassociate-subnet-cidr-block SUBNET   (IPv6)
//! create-egress-only-internet-gateway NAME VPC
//! delete-egress-only-internet-gateway GATEWAY
//! create-nat-gateway NAME SUBNET [private] [address=A] [public=A]
//! create-regional-nat-gateway NAME VPC [zone=Z [A ..]] ..
//! associate-nat-gateway-address GATEWAY zone=Z [A] · disassociate-nat-gateway-address GATEWAY A
//! delete-nat-gateway GATEWAY
//! create-security-group NAME VPC           delete-security-group GROUP
//! authorize-security-group-ingress GROUP tcp 443 from 0.0.0.0/0       (and revoke-)
//! authorize-security-group-egress GROUP all to group db               (and revoke-)
//! modify-security-group-rules GROUP in tcp 443 from 0.0.0.0/0 -> tcp 443 from 10.0.0.0/16
//! create-network-acl NAME VPC              delete-network-acl ACL
//! replace-network-acl-association SUBNET ACL|default-list
//! create-network-acl-entry ACL in 100 allow tcp 443 from 0.0.0.0/0    (and replace-)
//! delete-network-acl-entry ACL in 100
//! run-instances NAME SUBNET [address=A] [public=yes|no|A] [group=GROUP].. [listen=tcp/443]..
//! stop-instances INSTANCE   start-instances INSTANCE   terminate-instances INSTANCE
//! create-network-interface NAME SUBNET [address=A] [group=GROUP]..
//! attach-network-interface INTERFACE INSTANCE
//! detach-network-interface INTERFACE       delete-network-interface INTERFACE
//! modify-network-interface-attribute INTERFACE groups GROUP..
//! modify-network-interface-attribute INTERFACE source-dest-check on|off
//! associate-address INTERFACE [A] [private=A]  disassociate-address INTERFACE [private=A]
//! assign-private-ip-addresses INTERFACE [A]    unassign-private-ip-addresses INTERFACE A
//! configure-instance INSTANCE [listen=tcp/443].. [forwarding=off|routes|inspects|translates]
//! create-host NAME A [listen=tcp/443]..    delete-host HOST
//! create-vpc-peering-connection NAME VPC VPC
//! modify-vpc-peering-connection-options PEERING [requester-dns=on|off] [accepter-dns=on|off]
//! accept-vpc-peering-connection PEERING    delete-vpc-peering-connection PEERING
//! reject-vpc-peering-connection PEERING    modify-vpc-endpoint-policy ENDPOINT allow|deny
//! create-managed-prefix-list NAME CIDR..   modify-managed-prefix-list LIST CIDR..
//! delete-managed-prefix-list LIST
//! create-prefix-list-route TABLE LIST -> TARGET       (and replace-)
//! delete-prefix-list-route TABLE LIST
//! create-vpc-endpoint NAME VPC LIST TABLE..      (the list holds the service's addresses)
//! modify-vpc-endpoint ENDPOINT TABLE..     delete-vpc-endpoints ENDPOINT
//! assign-ipv6-addresses INTERFACE [A]      unassign-ipv6-addresses INTERFACE A
//! modify-vpc-block-public-access-options off|block-bidirectional|block-ingress
//! create-vpc-block-public-access-exclusion vpc|subnet NAME allow-bidirectional|allow-egress
//! delete-vpc-block-public-access-exclusion vpc|subnet NAME
//! modify-vpc-attribute VPC [dns-support=on|off] [dns-hostnames=on|off]
//! create-load-balancer NAME application|network|gateway|classic internet-facing|internal
//!     [subnet=SUBNET].. [group=GROUP]..    delete-load-balancer BALANCER
//! set-subnets BALANCER subnet=SUBNET..     set-security-groups BALANCER group=GROUP..
//! modify-load-balancer-attributes BALANCER cross-zone=on|off
//! set-ip-address-type BALANCER ipv4|dualstack|dualstack-without-public-ipv4
//! create-listener BALANCER http 80 target-group=GROUP..
//! modify-listener BALANCER 80 target-group=GROUP..      delete-listener BALANCER 80
//! create-target-group NAME VPC http 80 instance|ip|lambda|alb [ipv6]
//! register-targets GROUP instance|ip|lambda|alb TARGET [port=8080] [health=unhealthy]
//! deregister-targets GROUP instance|ip|lambda|alb TARGET [port=8080]
//! modify-target-group-attributes GROUP [cross-zone=on|off] [preserve-client-ip=on|off]
//! delete-target-group GROUP
//! create-interface-endpoint NAME service|offered SERVICE subnet=SUBNET.. [group=GROUP]..
//!     [private-dns=on]                     delete-interface-endpoint ENDPOINT
//! modify-interface-endpoint ENDPOINT [private-dns=on|off] [policy=allow|deny] [group=GROUP]..
//! create-vpc-endpoint-service-configuration NAME balancer=BALANCER.. [acceptance=on]
//! accept-vpc-endpoint-connections ENDPOINT
//! delete-vpc-endpoint-service-configurations SERVICE
//! create-function NAME [subnet=SUBNET].. [group=GROUP]..
//! update-function-configuration FUNCTION [subnet=SUBNET].. [group=GROUP]..
//! create-db-instance NAME 5432 subnet=SUBNET.. [group=GROUP].. [public=on]
//! modify-db-instance DATABASE public=on|off
//! modify-db-instance DATABASE groups=these group=GROUP..
//! run-task NAME ec2|fargate SUBNET [address=A] [group=GROUP].. [public=on] [listen=tcp/80]..
//! create-rest-api NAME edge|regional|private mock|function F|balancer B|host H|link B
//! create-vpc-link API BALANCER [subnet=SUBNET].. [group=GROUP]..
//! create-distribution NAME PORT balancer|interface|host|bucket|private-balancer|private-interface X
//! create-service NAME s3|dynamodb|sqs|..   delete-service SERVICE
//! delete-function, delete-db-instance, stop-task, delete-rest-api, delete-distribution NAME
//! create-transit-gateway NAME [association=off] [propagation=off] [group-references=on]
//! modify-transit-gateway GATEWAY [association=TABLE|none] [propagation=TABLE|none]
//! create-transit-gateway-vpc-attachment NAME GATEWAY VPC SUBNET..
//! modify-transit-gateway-vpc-attachment ATTACHMENT [appliance-mode=on|off] [subnets SUBNET..]
//! create-transit-gateway-peering-attachment NAME GATEWAY GATEWAY
//! accept-transit-gateway-attachment ATTACHMENT         (and reject-, delete-)
//! create-transit-gateway-route-table NAME GATEWAY      (and delete-)
//! associate-transit-gateway-route-table TABLE ATTACHMENT               (and disassociate-)
//! enable-transit-gateway-route-table-propagation TABLE ATTACHMENT      (and disable-)
//! create-transit-gateway-route TABLE CIDR -> ATTACHMENT|blackhole      (and replace-, delete-)
//! create-vpn-gateway NAME                  attach-vpn-gateway GATEWAY VPC (and detach-)
//! enable-vgw-route-propagation TABLE GATEWAY           (and disable-)
//! associate-vpn-gateway-route-table GATEWAY TABLE|none
//! create-customer-gateway NAME NETWORK [address=A]
//! create-vpn-connection NAME CUSTOMER vpn-gateway|transit-gateway GATEWAY bgp|static CIDR..
//! create-vpn-connection-route VPN CIDR     configure-vpn-tunnels VPN up|down up|down
//! create-direct-connect-gateway NAME NETWORK           (and delete-)
//! create-on-premises NAME CIDR.. [listen=tcp/443]..
//! configure-on-premises NETWORK CIDR..     delete-on-premises NETWORK
//! ```

mod service;

pub use service::{health_word, scheme_word};

pub(super) mod transit;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    cloud::{
        Applied, BlockMode, Change, Connectivity, Direction, Exclusion, ExclusionMode, ExclusionOf,
        Forwarding, InterfaceId, Listening, Name, NatZone, Network, NetworkAcl, PublicAtLaunch,
        Refusal, RouteTableId, SecurityGroup, SecurityGroupId, SecurityGroupRule, Subnet, SubnetId,
        Vpc, VpcId, Zone,
    },
    course::{
        document::list,
        fault::nearest,
        grammar::{self, Far, Line, Read, Token, quote},
        names::{self, find, find_interface, interface_word, word},
        scene::{far_peer, find_group, read_route},
    },
    i18n::fault,
    net::{Ports, Protocol},
};

/// Every operation, as its lines begin.
pub const VERBS: [&str; OWN.len() + service::VERBS.len() + transit::VERBS.len()] = {
    let mut all = [""; OWN.len() + service::VERBS.len() + transit::VERBS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < OWN.len() {
            OWN[at]
        } else if at < OWN.len() + service::VERBS.len() {
            service::VERBS[at - OWN.len()]
        } else {
            transit::VERBS[at - OWN.len() - service::VERBS.len()]
        };
        at += 1;
    }
    all
};

/// The operations whose lines are read here.
const OWN: [&str; 80] = [
    "create-vpc",
    "create-default-vpc",
    "delete-vpc",
    "associate-vpc-cidr-block",
    "disassociate-vpc-cidr-block",
    "create-subnet",
    "delete-subnet",
    "modify-subnet-attribute",
    "associate-subnet-cidr-block",
    "disassociate-subnet-cidr-block",
    "create-route-table",
    "delete-route-table",
    "associate-route-table",
    "disassociate-route-table",
    "replace-route-table-association",
    "create-route",
    "replace-route",
    "delete-route",
    "create-internet-gateway",
    "delete-internet-gateway",
    "attach-internet-gateway",
    "associate-gateway-route-table",
    "detach-internet-gateway",
    "create-egress-only-internet-gateway",
    "delete-egress-only-internet-gateway",
    "create-vpc-peering-connection",
    "accept-vpc-peering-connection",
    "modify-vpc-peering-connection-options",
    "reject-vpc-peering-connection",
    "delete-vpc-peering-connection",
    "create-managed-prefix-list",
    "modify-managed-prefix-list",
    "delete-managed-prefix-list",
    "create-prefix-list-route",
    "replace-prefix-list-route",
    "delete-prefix-list-route",
    "create-vpc-endpoint",
    "modify-vpc-endpoint",
    "modify-vpc-endpoint-policy",
    "delete-vpc-endpoints",
    "create-nat-gateway",
    "create-regional-nat-gateway",
    "associate-nat-gateway-address",
    "disassociate-nat-gateway-address",
    "delete-nat-gateway",
    "create-security-group",
    "delete-security-group",
    "authorize-security-group-ingress",
    "authorize-security-group-egress",
    "revoke-security-group-ingress",
    "revoke-security-group-egress",
    "modify-security-group-rules",
    "create-network-acl",
    "delete-network-acl",
    "replace-network-acl-association",
    "create-network-acl-entry",
    "replace-network-acl-entry",
    "delete-network-acl-entry",
    "run-instances",
    "stop-instances",
    "start-instances",
    "terminate-instances",
    "create-network-interface",
    "attach-network-interface",
    "detach-network-interface",
    "delete-network-interface",
    "modify-network-interface-attribute",
    "assign-ipv6-addresses",
    "unassign-ipv6-addresses",
    "assign-private-ip-addresses",
    "unassign-private-ip-addresses",
    "associate-address",
    "disassociate-address",
    "modify-vpc-block-public-access-options",
    "create-vpc-block-public-access-exclusion",
    "delete-vpc-block-public-access-exclusion",
    "configure-instance",
    "create-host",
    "delete-host",
    "modify-vpc-attribute",
];

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
/// change. What has no name of its own there is written `#3`, by its place.
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

/// Goes back to the default list of the VPC.
const DEFAULT_LIST: &str = "default-list";

fn push(line: &mut String, key: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        line.extend([" ", key, "=", &value.to_string()]);
    }
}

fn push_groups(line: &mut String, network: &Network, groups: &[SecurityGroupId]) {
    for group in groups {
        push(line, "group", Some(word(network, *group)));
    }
}

fn push_listening(line: &mut String, listening: &Listening) {
    match listening {
        Listening::Everywhere => push(line, "listen", Some("everything")),
        Listening::On(open) if open.is_empty() => push(line, "listen", Some("nothing")),
        Listening::On(open) => {
            for (protocol, ports) in open {
                push(line, "listen", Some(format!("{protocol}/{ports}")));
            }
        }
    }
}

fn rule_words(network: &Network, rule: &SecurityGroupRule, direction: Direction) -> String {
    let far = match rule.peer {
        crate::cloud::Peer::Cidr(cidr) => cidr.to_string(),
        crate::cloud::Peer::PrefixList(list) => format!("prefix-list {}", word(network, list)),
        crate::cloud::Peer::Group(group) => format!("group {}", word(network, group)),
    };
    let traffic = grammar::print_traffic(rule.protocol, rule.ports);
    format!("{traffic} {} {far}", grammar::preposition(direction))
}

fn on(flag: bool) -> &'static str {
    if flag { "on" } else { "off" }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    }
}

/// Each word with a space before it.
fn spaced(words: impl Iterator<Item = String>) -> String {
    words.fold(String::new(), |line, word| format!("{line} {word}"))
}

/// The blocks to the end of the line.
fn blocks(line: &mut Line) -> Read<Vec<crate::net::Cidr>> {
    let mut cidrs = Vec::new();
    while let Some(token) = line.take() {
        cidrs.push(grammar::cidr(&token)?);
    }
    Ok(cidrs)
}

/// The route tables to the end of the line.
fn tables(network: &Network, line: &mut Line) -> Read<Vec<RouteTableId>> {
    let mut tables = Vec::new();
    while let Some(token) = line.take() {
        tables.push(find(network, &token)?);
    }
    Ok(tables)
}

fn excluded(network: &Network, of: ExclusionOf) -> String {
    match of {
        ExclusionOf::Vpc(id) => format!("vpc {}", word(network, id)),
        ExclusionOf::Subnet(id) => format!("subnet {}", word(network, id)),
    }
}

fn read_excluded(network: &Network, line: &mut Line) -> Read<ExclusionOf> {
    Ok(match keyword(line, &["vpc", "subnet"])? {
        "vpc" => ExclusionOf::Vpc(find(network, &line.need("`VPC`")?)?),
        _ => ExclusionOf::Subnet(find(network, &line.need("`SUBNET`")?)?),
    })
}

/// Reads a line as a change of `network`: the network before the change.
///
/// # Errors
/// What is wrong with the line, and where. Whether AWS would accept the change is
/// [`Network::apply`]'s to say.
pub fn parse(network: &Network, text: &str) -> Read<Change> {
    let mut line = Line::new(text);
    let change = read(network, &mut line)?;
    line.end()?;
    Ok(change)
}

/// Why a list of lines could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// The line cannot be read.
    Unreadable(grammar::Slip),
    /// AWS refuses the change.
    Refused(Refusal),
}

/// Reads a line and makes the change.
///
/// # Errors
/// When the line cannot be read, or AWS would refuse the change; the network is as it was.
pub fn carry_out(network: &mut Network, text: &str) -> Result<(Change, Applied), Failed> {
    let change = parse(network, text).map_err(Failed::Unreadable)?;
    let applied = network.apply(change.clone()).map_err(Failed::Refused)?;
    Ok((change, applied))
}

fn read(n: &Network, line: &mut Line) -> Read<Change> {
    let verb = line.need("`create-route`")?;
    if let Some(change) = service::read(n, &verb.text, line) {
        return change.map(Change::Service);
    }
    if let Some(change) = transit::read(n, &verb.text, line) {
        return change.map(Change::Transit);
    }
    Ok(match &*verb.text {
        "create-vpc" => Change::CreateVpc { name: new_name(line)?, cidr: cidr(line)? },
        "create-default-vpc" => {
            let name = new_name(line)?;
            let mut zones = Vec::new();
            while let Some(zone) = line.take() {
                zones.push(crate::cloud::Zone(zone.text.as_ref().into()));
            }
            Change::CreateDefaultVpc { name, zones }
        }
        "delete-vpc" => Change::DeleteVpc { vpc: vpc(n, line)? },
        "associate-vpc-cidr-block" => {
            Change::AssociateVpcCidrBlock { vpc: vpc(n, line)?, cidr: cidr(line)? }
        }
        "disassociate-vpc-cidr-block" => {
            Change::DisassociateVpcCidrBlock { vpc: vpc(n, line)?, cidr: cidr(line)? }
        }
        "create-subnet" => create_subnet(n, line)?,
        "delete-subnet" => Change::DeleteSubnet { subnet: subnet(n, line)? },
        "modify-subnet-attribute" => {
            let subnet = subnet(n, line)?;
            if line.accept("dns64") {
                Change::ModifySubnetDns64 { subnet, on: on_or_off(line)? }
            } else {
                keyword(line, &["auto-assign-public-ip"])?;
                Change::ModifySubnetAttribute { subnet, auto_assign_public_ip: on_or_off(line)? }
            }
        }
        "modify-vpc-peering-connection-options" => {
            let peering = find(n, &line.need("`PEERING`")?)?;
            let (mut requester_names, mut accepter_names) = (None, None);
            loop {
                if line.accept("requester-dns=") {
                    requester_names = Some(on_or_off(line)?);
                } else if line.accept("accepter-dns=") {
                    accepter_names = Some(on_or_off(line)?);
                } else {
                    break;
                }
            }
            Change::ModifyPeeringOptions { peering, requester_names, accepter_names }
        }
        "modify-vpc-attribute" => {
            let vpc = find(n, &line.need("`VPC`")?)?;
            let (dns_support, dns_hostnames) = service::dns_switches(n, line)?;
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames }
        }
        "create-route-table" => {
            Change::CreateRouteTable { name: new_name(line)?, vpc: vpc(n, line)? }
        }
        "delete-route-table" => {
            Change::DeleteRouteTable { table: find(n, &line.need("`TABLE`")?)? }
        }
        "associate-route-table" => Change::AssociateRouteTable {
            subnet: subnet(n, line)?,
            table: Some(find(n, &line.need("`TABLE`")?)?),
        },
        "disassociate-route-table" => {
            Change::AssociateRouteTable { subnet: subnet(n, line)?, table: None }
        }
        "replace-route-table-association" => Change::ReplaceMainRouteTable {
            vpc: find(n, &line.need("`VPC`")?)?,
            table: find(n, &line.need("`TABLE`")?)?,
        },
        "create-route" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            let (destination, target) = read_route(n, line)?;
            Change::CreateRoute { table, destination, target }
        }
        "replace-route" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            let (destination, target) = read_route(n, line)?;
            Change::ReplaceRoute { table, destination, target }
        }
        "delete-route" => {
            let table = find(n, &line.need("`TABLE`")?)?;
            Change::DeleteRoute { table, destination: cidr(line)? }
        }
        "create-internet-gateway" => Change::CreateInternetGateway { name: new_name(line)? },
        "delete-internet-gateway" => {
            Change::DeleteInternetGateway { gateway: find(n, &line.need("`GATEWAY`")?)? }
        }
        "attach-internet-gateway" => {
            let gateway = find(n, &line.need("`GATEWAY`")?)?;
            Change::AttachInternetGateway { gateway, vpc: vpc(n, line)? }
        }
        "associate-gateway-route-table" => {
            let gateway = find(n, &line.need("`GATEWAY`")?)?;
            let table = line.need("`TABLE`, `none`")?;
            let table = if table.is("none") { None } else { Some(find(n, &table)?) };
            Change::AssociateGatewayRouteTable { gateway, table }
        }
        "detach-internet-gateway" => {
            let gateway = find(n, &line.need("`GATEWAY`")?)?;
            // AWS wants the VPC named; there is only one that it can be.
            if let Some(token) = line.take() {
                find::<Vpc>(n, &token)?;
            }
            Change::DetachInternetGateway { gateway }
        }
        "associate-subnet-cidr-block" => {
            Change::AssociateSubnetCidrBlock { subnet: subnet(n, line)?, cidr: cidr(line)? }
        }
        "disassociate-subnet-cidr-block" => {
            Change::DisassociateSubnetCidrBlock { subnet: subnet(n, line)? }
        }
        "assign-ipv6-addresses" => Change::AssignIpv6Address {
            interface: interface(n, line)?,
            address: line.take().map(|token| ipv6(&token)).transpose()?,
        },
        "unassign-ipv6-addresses" => Change::UnassignIpv6Address {
            interface: interface(n, line)?,
            address: ipv6(&line.need("`2001:db8::10`")?)?,
        },
        "create-egress-only-internet-gateway" => {
            Change::CreateEgressOnlyGateway { name: new_name(line)?, vpc: vpc(n, line)? }
        }
        "delete-egress-only-internet-gateway" => {
            Change::DeleteEgressOnlyGateway { gateway: find(n, &line.need("`GATEWAY`")?)? }
        }
        "modify-vpc-block-public-access-options" => {
            let modes = [BlockMode::Off, BlockMode::Bidirectional, BlockMode::Ingress];
            let word = keyword(line, &modes.map(BlockMode::as_str))?;
            let mode = modes.into_iter().find(|mode| mode.as_str() == word);
            Change::ModifyBlockPublicAccess { mode: mode.unwrap_or_default() }
        }
        "create-vpc-block-public-access-exclusion" => {
            let of = read_excluded(n, line)?;
            let modes = [ExclusionMode::AllowBidirectional, ExclusionMode::AllowEgress];
            let word = keyword(line, &modes.map(ExclusionMode::as_str))?;
            let mode = if word == modes[0].as_str() { modes[0] } else { modes[1] };
            Change::PutExclusion { exclusion: Exclusion { of, mode } }
        }
        "delete-vpc-block-public-access-exclusion" => {
            Change::DeleteExclusion { of: read_excluded(n, line)? }
        }
        "create-vpc-peering-connection" => Change::CreatePeering {
            name: new_name(line)?,
            requester: find(n, &line.need("`VPC`")?)?,
            accepter: find(n, &line.need("`VPC`")?)?,
        },
        "accept-vpc-peering-connection" => {
            Change::AcceptPeering { peering: find(n, &line.need("`PEERING`")?)? }
        }
        "reject-vpc-peering-connection" => {
            Change::RejectPeering { peering: find(n, &line.need("`PEERING`")?)? }
        }
        "delete-vpc-peering-connection" => {
            Change::DeletePeering { peering: find(n, &line.need("`PEERING`")?)? }
        }
        "create-managed-prefix-list" => {
            Change::CreatePrefixList { name: new_name(line)?, cidrs: blocks(line)? }
        }
        "modify-managed-prefix-list" => {
            Change::ModifyPrefixList { list: find(n, &line.need("`LIST`")?)?, cidrs: blocks(line)? }
        }
        "delete-managed-prefix-list" => {
            Change::DeletePrefixList { list: find(n, &line.need("`LIST`")?)? }
        }
        "create-prefix-list-route" | "replace-prefix-list-route" => {
            let (table, list) = (find(n, &line.need("`TABLE`")?)?, find(n, &line.need("`LIST`")?)?);
            keyword(line, &["->"])?;
            let target = names::target(n, line)?;
            if verb.text.starts_with("replace") {
                Change::ReplacePrefixListRoute { table, list, target }
            } else {
                Change::CreatePrefixListRoute { table, list, target }
            }
        }
        "delete-prefix-list-route" => Change::DeletePrefixListRoute {
            table: find(n, &line.need("`TABLE`")?)?,
            list: find(n, &line.need("`LIST`")?)?,
        },
        "create-vpc-endpoint" => Change::CreateGatewayEndpoint {
            name: new_name(line)?,
            vpc: find(n, &line.need("`VPC`")?)?,
            list: find(n, &line.need("`LIST`")?)?,
            tables: tables(n, line)?,
        },
        "modify-vpc-endpoint" => Change::ModifyGatewayEndpoint {
            endpoint: find(n, &line.need("`ENDPOINT`")?)?,
            tables: tables(n, line)?,
        },
        "modify-vpc-endpoint-policy" => Change::ModifyGatewayEndpointPolicy {
            endpoint: find(n, &line.need("`ENDPOINT`")?)?,
            policy: match keyword(line, &["allow", "deny"])? {
                "deny" => crate::cloud::EndpointPolicy::Denies,
                _ => crate::cloud::EndpointPolicy::Allows,
            },
        },
        "delete-vpc-endpoints" => {
            Change::DeleteGatewayEndpoint { endpoint: find(n, &line.need("`ENDPOINT`")?)? }
        }
        "create-nat-gateway" => create_nat_gateway(n, line)?,
        "create-regional-nat-gateway" => {
            let (name, vpc) = (new_name(line)?, find::<Vpc>(n, &line.need("`VPC`")?)?);
            let mut zones = Vec::new();
            while line.accept("zone=") {
                zones.push(nat_zone(line)?);
            }
            Change::CreateRegionalNatGateway { name, vpc, zones }
        }
        "associate-nat-gateway-address" => {
            let gateway = find(n, &line.need("`GATEWAY`")?)?;
            if !line.accept("zone=") {
                return Err(line.unexpected("`zone=a`"));
            }
            let zone = Zone(line.need("`a`")?.text.as_ref().into());
            let address = line.take().map(|token| ipv4(&token)).transpose()?;
            Change::AssociateNatGatewayAddress { gateway, zone, address }
        }
        "disassociate-nat-gateway-address" => Change::DisassociateNatGatewayAddress {
            gateway: find(n, &line.need("`GATEWAY`")?)?,
            address: ipv4(&line.need("`203.0.113.9`")?)?,
        },
        "delete-nat-gateway" => {
            Change::DeleteNatGateway { gateway: find(n, &line.need("`GATEWAY`")?)? }
        }
        "create-security-group" => {
            Change::CreateSecurityGroup { name: new_name(line)?, vpc: vpc(n, line)? }
        }
        "delete-security-group" => {
            Change::DeleteSecurityGroup { group: find(n, &line.need("`GROUP`")?)? }
        }
        "authorize-security-group-ingress" => authorize(n, line, Direction::Ingress)?,
        "authorize-security-group-egress" => authorize(n, line, Direction::Egress)?,
        "revoke-security-group-ingress" => revoke(n, line, Direction::Ingress)?,
        "revoke-security-group-egress" => revoke(n, line, Direction::Egress)?,
        "modify-security-group-rules" => modify_rule(n, line)?,
        "create-network-acl" => {
            Change::CreateNetworkAcl { name: new_name(line)?, vpc: vpc(n, line)? }
        }
        "delete-network-acl" => Change::DeleteNetworkAcl { acl: find(n, &line.need("`ACL`")?)? },
        "replace-network-acl-association" => {
            let subnet = subnet(n, line)?;
            let acl = if line.accept(DEFAULT_LIST) {
                None
            } else {
                Some(find::<NetworkAcl>(n, &line.need("`ACL`")?)?)
            };
            Change::AssociateNetworkAcl { subnet, acl }
        }
        "create-network-acl-entry" => {
            let (acl, direction) = (find(n, &line.need("`ACL`")?)?, in_or_out(line)?);
            let entry = grammar::acl_entry(line, direction)?;
            Change::CreateNetworkAclEntry { acl, direction, entry }
        }
        "replace-network-acl-entry" => {
            let (acl, direction) = (find(n, &line.need("`ACL`")?)?, in_or_out(line)?);
            let entry = grammar::acl_entry(line, direction)?;
            Change::ReplaceNetworkAclEntry { acl, direction, entry }
        }
        "delete-network-acl-entry" => {
            let (acl, direction) = (find(n, &line.need("`ACL`")?)?, in_or_out(line)?);
            let number = grammar::acl_number(&line.need("`100`")?)?;
            Change::DeleteNetworkAclEntry { acl, direction, number }
        }
        "run-instances" => run_instance(n, line)?,
        "stop-instances" => Change::StopInstance { instance: find(n, &line.need("`INSTANCE`")?)? },
        "start-instances" => {
            Change::StartInstance { instance: find(n, &line.need("`INSTANCE`")?)? }
        }
        "terminate-instances" => {
            Change::TerminateInstance { instance: find(n, &line.need("`INSTANCE`")?)? }
        }
        "create-network-interface" => {
            let (name, subnet) = (new_name(line)?, subnet(n, line)?);
            let mut options = Options::default();
            options.read(n, line, Some(subnet), &["address", "group"])?;
            let Options { address, groups, .. } = options;
            Change::CreateInterface { name, subnet, address, groups }
        }
        "attach-network-interface" => Change::AttachInterface {
            interface: interface(n, line)?,
            instance: find(n, &line.need("`INSTANCE`")?)?,
        },
        "detach-network-interface" => Change::DetachInterface { interface: interface(n, line)? },
        "delete-network-interface" => Change::DeleteInterface { interface: interface(n, line)? },
        "modify-network-interface-attribute" | "modify-instance-attribute" => {
            let interface = interface(n, line)?;
            if keyword(line, &["groups", "source-dest-check"])? == "source-dest-check" {
                Change::ModifySourceDestCheck { interface, on: on_or_off(line)? }
            } else {
                let vpc = n.interfaces().get(interface).map(|_| n.vpc_of(interface));
                let mut groups = Vec::new();
                while let Some(token) = line.take() {
                    groups.push(group(n, vpc, &token)?);
                }
                Change::ModifyInterfaceGroups { interface, groups }
            }
        }
        "associate-address" => {
            let interface = interface(n, line)?;
            let which = private_of(line)?;
            let address = match which {
                Some(_) => None,
                None => line.take().map(|token| ipv4(&token)).transpose()?,
            };
            match which.map_or_else(|| private_of(line), |it| Ok(Some(it)))? {
                Some(private) => Change::AssociateAddressWith { interface, private, address },
                None => Change::AssociateAddress { interface, address },
            }
        }
        "disassociate-address" => {
            let interface = interface(n, line)?;
            match private_of(line)? {
                Some(private) => Change::DisassociateAddressOf { interface, private },
                None => Change::DisassociateAddress { interface },
            }
        }
        "assign-private-ip-addresses" => Change::AssignPrivateAddress {
            interface: interface(n, line)?,
            address: line.take().map(|token| ipv4(&token)).transpose()?.map(IpAddr::V4),
        },
        "unassign-private-ip-addresses" => Change::UnassignPrivateAddress {
            interface: interface(n, line)?,
            address: ipv4(&line.need("`10.0.0.11`")?)?.into(),
        },
        "configure-instance" => {
            let instance = find(n, &line.need("`INSTANCE`")?)?;
            let mut options = Options::default();
            options.read(n, line, None, &["listen", "forwarding"])?;
            let Options { listening, forwarding, .. } = options;
            Change::ConfigureInstance { instance, listening, forwarding }
        }
        "create-host" => {
            let (name, address) =
                (new_name(line)?, grammar::address(&line.need("`203.0.113.9`")?)?);
            let mut options = Options::default();
            options.read(n, line, None, &["listen"])?;
            let listening = options.listening.unwrap_or(Listening::Everywhere);
            Change::CreateHost { name, address, listening }
        }
        "delete-host" => Change::DeleteHost { host: find(n, &line.need("`HOST`")?)? },
        unknown => {
            let said = fault::unknown_change(unknown);
            return Err(verb.slip(said.did_you_mean(nearest(unknown, VERBS))));
        }
    })
}

fn create_subnet(n: &Network, line: &mut Line) -> Read<Change> {
    let name = new_name(line)?;
    let (mut vpc, mut zone, mut block) = (None, None, None);
    while let Some(token) = line.take() {
        match &*token.text {
            "vpc=" => vpc = Some(find::<Vpc>(n, &line.need("`VPC`")?)?),
            "zone=" => zone = Some(Zone(line.need("`a`")?.text.as_ref().into())),
            _ => block = Some(grammar::cidr(&token)?),
        }
    }
    let Some(cidr) = block else { return Err(line.unexpected("`10.0.1.0/24`")) };
    let vpc = match vpc {
        Some(vpc) => vpc,
        None => self::vpc(n, line)?,
    };
    Ok(Change::CreateSubnet { name, vpc, zone: zone.unwrap_or_else(|| Zone("a".into())), cidr })
}

/// A zone and the addresses behind it: `a 203.0.113.7 203.0.113.8`.
pub(super) fn nat_zone(line: &mut Line) -> Read<NatZone> {
    let zone = Zone(line.need("`a`")?.text.as_ref().into());
    let mut addresses = Vec::new();
    while line.peek().is_some_and(|it| it.text.parse::<IpAddr>().is_ok()) {
        addresses.push(ipv4(&line.need("`203.0.113.9`")?)?);
    }
    Ok(NatZone { zone, addresses })
}

fn create_nat_gateway(n: &Network, line: &mut Line) -> Read<Change> {
    let (name, subnet) = (new_name(line)?, subnet(n, line)?);
    let connectivity =
        if line.accept("private") { Connectivity::Private } else { Connectivity::Public };
    let mut options = Options::default();
    options.read(n, line, None, &["address", "public"])?;
    let public_address = match options.public {
        PublicAtLaunch::This(address) => Some(address),
        _ => None,
    };
    let address = options.address;
    Ok(Change::CreateNatGateway { name, subnet, connectivity, address, public_address })
}

fn run_instance(n: &Network, line: &mut Line) -> Read<Change> {
    let (name, subnet) = (new_name(line)?, subnet(n, line)?);
    let mut options = Options::default();
    options.read(n, line, Some(subnet), &["address", "public", "group", "listen"])?;
    let Options { address, public: public_address, groups, listening, .. } = options;
    let listening = listening.unwrap_or(Listening::Everywhere);
    Ok(Change::RunInstance { name, subnet, address, public_address, groups, listening })
}

fn authorize(n: &Network, line: &mut Line, direction: Direction) -> Read<Change> {
    let (group, rule) = group_and_rule(n, line, direction)?;
    Ok(Change::AuthorizeSecurityGroup { group, direction, rule })
}

fn revoke(n: &Network, line: &mut Line, direction: Direction) -> Read<Change> {
    let (group, rule) = group_and_rule(n, line, direction)?;
    Ok(Change::RevokeSecurityGroup { group, direction, rule })
}

fn group_and_rule(
    n: &Network,
    line: &mut Line,
    direction: Direction,
) -> Read<(SecurityGroupId, SecurityGroupRule)> {
    let group = find::<SecurityGroup>(n, &line.need("`GROUP`")?)?;
    let rule = rule(n, group, grammar::group_rule(line, direction)?)?;
    Ok((group, rule))
}

fn modify_rule(n: &Network, line: &mut Line) -> Read<Change> {
    let group = find::<SecurityGroup>(n, &line.need("`GROUP`")?)?;
    let direction = in_or_out(line)?;
    let old = rule(n, group, grammar::far_rule(line, direction)?)?;
    line.arrow()?;
    let new = rule(n, group, grammar::group_rule(line, direction)?)?;
    Ok(Change::ModifySecurityGroupRule { group, direction, rule: old, new })
}

/// A rule as a group of the network has it.
fn rule(
    n: &Network,
    group: SecurityGroupId,
    (protocol, ports, far): (Option<Protocol>, Ports, Far),
) -> Read<SecurityGroupRule> {
    let peer = match (n.security_groups().get(group), far) {
        (Some(row), far) => far_peer(n, row.vpc, far)?,
        (None, Far::Cidr(cidr)) => crate::cloud::Peer::Cidr(cidr),
        (None, Far::Group(name)) => crate::cloud::Peer::Group(find(n, &name)?),
        (None, Far::PrefixList(name)) => crate::cloud::Peer::PrefixList(find(n, &name)?),
    };
    Ok(SecurityGroupRule { protocol, ports, peer })
}

/// What stands behind `=` in a line.
#[derive(Default)]
struct Options {
    address: Option<IpAddr>,
    public: PublicAtLaunch,
    groups: Vec<SecurityGroupId>,
    listening: Option<Listening>,
    forwarding: Option<Forwarding>,
}

impl Options {
    fn read(
        &mut self,
        n: &Network,
        line: &mut Line,
        subnet: Option<SubnetId>,
        known: &[&str],
    ) -> Read<()> {
        while let Some(key) = line.take() {
            let name = key.text.strip_suffix('=').filter(|name| known.contains(name));
            let Some(name) = name else {
                return Err(key.slip(fault::expected(&list(known.iter().copied()), &key.text)));
            };
            let value = line.need(&format!("`{name}=...`"))?;
            match name {
                "address" => self.address = Some(grammar::address(&value)?),
                "public" if value.is("yes") => self.public = PublicAtLaunch::Yes,
                "public" if value.is("no") => self.public = PublicAtLaunch::No,
                "public" => self.public = PublicAtLaunch::This(ipv4(&value)?),
                "group" => {
                    let vpc = subnet.and_then(|id| n.subnets().get(id)).map(|row| row.vpc);
                    self.groups.push(group(n, vpc, &value)?);
                }
                "listen" => self.listen(&value)?,
                _ => self.forwarding = Some(forwarding(&value)?),
            }
        }
        Ok(())
    }

    fn listen(&mut self, value: &Token) -> Read<()> {
        if value.is("everything") {
            self.listening = Some(Listening::Everywhere);
            return Ok(());
        }
        let mut open = match self.listening.take() {
            Some(Listening::On(open)) => open,
            _ => Vec::new(),
        };
        if !value.is("nothing") {
            let (protocol, ports) = value.text.split_once('/').unwrap_or((&value.text, "all"));
            let protocol: Protocol =
                protocol.parse().map_err(|()| value.slip(fault::bad_protocol(protocol)))?;
            let ports = match ports {
                "all" => Ports::ALL,
                ports => ports.parse().map_err(|()| value.slip(fault::bad_ports(ports)))?,
            };
            open.push((protocol, ports));
        }
        self.listening = Some(Listening::On(open));
        Ok(())
    }
}

fn group(n: &Network, vpc: Option<VpcId>, token: &Token) -> Read<SecurityGroupId> {
    match vpc {
        Some(vpc) => find_group(n, vpc, token),
        None => find(n, token),
    }
}

fn new_name(line: &mut Line) -> Read<Name> {
    Ok(line.need("`NAME`")?.text.as_ref().into())
}

fn cidr(line: &mut Line) -> Read<crate::net::Cidr> {
    grammar::cidr(&line.need("`10.0.0.0/16`")?)
}

fn ipv6(token: &Token) -> Read<Ipv6Addr> {
    token.text.parse().map_err(|_| token.slip(fault::bad_address(&token.text)))
}

/// `private=10.0.0.11`, when that is the next word.
fn private_of(line: &mut Line) -> Read<Option<IpAddr>> {
    if !line.peek().is_some_and(|it| it.is("private=")) {
        return Ok(None);
    }
    line.take();
    let address = ipv4(&line.need("`10.0.0.11`")?)?;
    Ok(Some(address.into()))
}

fn ipv4(token: &Token) -> Read<Ipv4Addr> {
    token.text.parse().map_err(|_| token.slip(fault::bad_address(&token.text)))
}

fn subnet(n: &Network, line: &mut Line) -> Read<SubnetId> {
    find::<Subnet>(n, &line.need("`SUBNET`")?)
}

fn interface(n: &Network, line: &mut Line) -> Read<InterfaceId> {
    find_interface(n, &line.need("`INSTANCE`")?)
}

/// The VPC that the next word names; the only one when the line ends here.
fn vpc(n: &Network, line: &mut Line) -> Read<VpcId> {
    let mut vpcs = n.vpcs().iter().map(|(id, _)| id);
    match (line.peek(), vpcs.next(), vpcs.next()) {
        (None, Some(only), None) => Ok(only),
        _ => find(n, &line.need("`VPC`")?),
    }
}

fn in_or_out(line: &mut Line) -> Read<Direction> {
    Ok(match keyword(line, &["in", "out"])? {
        "in" => Direction::Ingress,
        _ => Direction::Egress,
    })
}

fn on_or_off(line: &mut Line) -> Read<bool> {
    Ok(keyword(line, &["on", "off"])? == "on")
}

fn keyword(line: &mut Line, words: &[&'static str]) -> Read<&'static str> {
    let wanted = list(words.iter().copied());
    let token = line.need(&wanted)?;
    words
        .iter()
        .copied()
        .find(|word| token.is(word))
        .ok_or_else(|| token.slip(fault::expected(&wanted, &token.text)))
}

fn forwarding(token: &Token) -> Read<Forwarding> {
    [Forwarding::Off, Forwarding::Routes, Forwarding::Inspects, Forwarding::Translates]
        .into_iter()
        .find(|forwarding| token.is(forwarding.as_str()))
        .ok_or_else(|| {
            token.slip(fault::one_of(&token.text, "`off`, `routes`, `inspects`, `translates`"))
        })
}
