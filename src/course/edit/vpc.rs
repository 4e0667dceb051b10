//! The lines for VPCs, their subnets, and what is blocked for all of them.

use super::{
    operand::{cidr, keyword, new_name, on_or_off, subnet, vpc},
    service::dns_switches,
};
use crate::{
    cloud::{BlockMode, Change, Exclusion, ExclusionMode, ExclusionOf, Network, Vpc, Zone},
    course::{
        grammar::{self, Line, Read},
        names::find,
    },
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 14] = [
    "create-vpc",
    "create-default-vpc",
    "delete-vpc",
    "associate-vpc-cidr-block",
    "disassociate-vpc-cidr-block",
    "modify-vpc-attribute",
    "create-subnet",
    "delete-subnet",
    "modify-subnet-attribute",
    "associate-subnet-cidr-block",
    "disassociate-subnet-cidr-block",
    "modify-vpc-block-public-access-options",
    "create-vpc-block-public-access-exclusion",
    "delete-vpc-block-public-access-exclusion",
];

/// Reads what stands behind one of these verbs; `None` for other verbs.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Read<Option<Change>> {
    Ok(Some(match verb {
        "create-vpc" => Change::CreateVpc { name: new_name(line)?, cidr: cidr(line)? },
        "create-default-vpc" => {
            let name = new_name(line)?;
            let mut zones = Vec::new();
            while let Some(zone) = line.take() {
                zones.push(Zone(zone.text.as_ref().into()));
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
        "modify-vpc-attribute" => {
            let vpc = find(n, &line.need("`VPC`")?)?;
            let (dns_support, dns_hostnames) = dns_switches(n, line)?;
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames }
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
        "associate-subnet-cidr-block" => {
            Change::AssociateSubnetCidrBlock { subnet: subnet(n, line)?, cidr: cidr(line)? }
        }
        "disassociate-subnet-cidr-block" => {
            Change::DisassociateSubnetCidrBlock { subnet: subnet(n, line)? }
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
        _ => return Ok(None),
    }))
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

fn read_excluded(network: &Network, line: &mut Line) -> Read<ExclusionOf> {
    Ok(match keyword(line, &["vpc", "subnet"])? {
        "vpc" => ExclusionOf::Vpc(find(network, &line.need("`VPC`")?)?),
        _ => ExclusionOf::Subnet(find(network, &line.need("`SUBNET`")?)?),
    })
}
