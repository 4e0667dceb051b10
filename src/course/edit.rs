//! Changes as lines of text: `create-route public 0.0.0.0/0 -> igw`. The first word is the
//! operation of AWS's command line, names stand for ids (`shop/default` where two VPCs share a
//! name), and every [`Change`] has exactly one line: [`parse`] of what [`print()`] gives is the
//! change again, in the network that it is for.
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

mod filter;
mod gateway;
mod instance;
mod operand;
mod print;
mod route_table;
mod service;
pub(super) mod transit;
mod vpc;

pub(super) use gateway::nat_zone;
pub use print::{print, verb};
pub use service::{health_word, scheme_word};

use crate::{
    cloud::{Applied, Change, Network, Refusal},
    course::{
        fault::nearest,
        grammar::{self, Line, Read},
    },
    i18n::fault,
};

/// The operations, by the file that reads their lines.
const LISTS: [&[&str]; 7] = [
    &vpc::VERBS,
    &route_table::VERBS,
    &gateway::VERBS,
    &filter::VERBS,
    &instance::VERBS,
    &service::VERBS,
    &transit::VERBS,
];

/// Every operation, as its lines begin.
pub const VERBS: [&str; count(&LISTS)] = {
    let mut all = [""; count(&LISTS)];
    let (mut list, mut at, mut next) = (0, 0, 0);
    while list < LISTS.len() {
        if at < LISTS[list].len() {
            all[next] = LISTS[list][at];
            (at, next) = (at + 1, next + 1);
        } else {
            (list, at) = (list + 1, 0);
        }
    }
    all
};

const fn count(lists: &[&[&str]]) -> usize {
    let (mut list, mut sum) = (0, 0);
    while list < lists.len() {
        sum += lists[list].len();
        list += 1;
    }
    sum
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
    for read in [vpc::read, route_table::read, gateway::read, filter::read, instance::read] {
        if let Some(change) = read(n, &verb.text, line)? {
            return Ok(change);
        }
    }
    let said = fault::unknown_change(&verb.text);
    Err(verb.slip(said.did_you_mean(nearest(&verb.text, VERBS))))
}
