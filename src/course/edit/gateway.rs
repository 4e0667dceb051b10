//! The lines for what leads out of a VPC: gateways, peering connections, gateway endpoints.

use std::net::IpAddr;

use super::operand::{Options, ipv4, keyword, new_name, on_or_off, subnet, vpc};
use crate::{
    cloud::{
        Change, Connectivity, EndpointPolicy, NatZone, Network, PublicAtLaunch, RouteTableId, Vpc,
        Zone,
    },
    course::{
        grammar::{Line, Read},
        names::find,
    },
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 21] = [
    "create-internet-gateway",
    "delete-internet-gateway",
    "attach-internet-gateway",
    "associate-gateway-route-table",
    "detach-internet-gateway",
    "create-egress-only-internet-gateway",
    "delete-egress-only-internet-gateway",
    "create-nat-gateway",
    "create-regional-nat-gateway",
    "associate-nat-gateway-address",
    "disassociate-nat-gateway-address",
    "delete-nat-gateway",
    "create-vpc-peering-connection",
    "accept-vpc-peering-connection",
    "modify-vpc-peering-connection-options",
    "reject-vpc-peering-connection",
    "delete-vpc-peering-connection",
    "create-vpc-endpoint",
    "modify-vpc-endpoint",
    "modify-vpc-endpoint-policy",
    "delete-vpc-endpoints",
];

/// Reads what stands behind one of these verbs; `None` for other verbs.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Read<Option<Change>> {
    Ok(Some(match verb {
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
        "create-egress-only-internet-gateway" => {
            Change::CreateEgressOnlyGateway { name: new_name(line)?, vpc: vpc(n, line)? }
        }
        "delete-egress-only-internet-gateway" => {
            Change::DeleteEgressOnlyGateway { gateway: find(n, &line.need("`GATEWAY`")?)? }
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
        "create-vpc-peering-connection" => Change::CreatePeering {
            name: new_name(line)?,
            requester: find(n, &line.need("`VPC`")?)?,
            accepter: find(n, &line.need("`VPC`")?)?,
        },
        "accept-vpc-peering-connection" => {
            Change::AcceptPeering { peering: find(n, &line.need("`PEERING`")?)? }
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
        "reject-vpc-peering-connection" => {
            Change::RejectPeering { peering: find(n, &line.need("`PEERING`")?)? }
        }
        "delete-vpc-peering-connection" => {
            Change::DeletePeering { peering: find(n, &line.need("`PEERING`")?)? }
        }
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
                "deny" => EndpointPolicy::Denies,
                _ => EndpointPolicy::Allows,
            },
        },
        "delete-vpc-endpoints" => {
            Change::DeleteGatewayEndpoint { endpoint: find(n, &line.need("`ENDPOINT`")?)? }
        }
        _ => return Ok(None),
    }))
}

/// A zone and the addresses behind it: `a 203.0.113.7 203.0.113.8`.
pub(in crate::course) fn nat_zone(line: &mut Line) -> Read<NatZone> {
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

/// The route tables to the end of the line.
fn tables(network: &Network, line: &mut Line) -> Read<Vec<RouteTableId>> {
    let mut tables = Vec::new();
    while let Some(token) = line.take() {
        tables.push(find(network, &token)?);
    }
    Ok(tables)
}
