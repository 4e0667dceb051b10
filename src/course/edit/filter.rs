//! The lines for what lets packets through: security groups and network ACLs.

use super::operand::{DEFAULT_LIST, in_or_out, new_name, subnet, vpc};
use crate::{
    cloud::{
        Change, Direction, Network, NetworkAcl, Peer, SecurityGroup, SecurityGroupId,
        SecurityGroupRule,
    },
    course::{
        grammar::{self, Far, Line, Read},
        names::find,
        scene::far_peer,
    },
    net::{Ports, Protocol},
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 13] = [
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
];

/// Reads what stands behind one of these verbs; `None` for other verbs.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Read<Option<Change>> {
    Ok(Some(match verb {
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
        _ => return Ok(None),
    }))
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
        (None, Far::Cidr(cidr)) => Peer::Cidr(cidr),
        (None, Far::Group(name)) => Peer::Group(find(n, &name)?),
        (None, Far::PrefixList(name)) => Peer::PrefixList(find(n, &name)?),
    };
    Ok(SecurityGroupRule { protocol, ports, peer })
}
