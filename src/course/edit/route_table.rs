//! The lines for route tables, their routes, and the prefix lists that routes name.

use super::operand::{cidr, keyword, new_name, subnet, vpc};
use crate::{
    cloud::{Change, Network},
    course::{
        grammar::{self, Line, Read},
        names::{self, find},
        scene::read_route,
    },
    net::Cidr,
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 14] = [
    "create-route-table",
    "delete-route-table",
    "associate-route-table",
    "disassociate-route-table",
    "replace-route-table-association",
    "create-route",
    "replace-route",
    "delete-route",
    "create-managed-prefix-list",
    "modify-managed-prefix-list",
    "delete-managed-prefix-list",
    "create-prefix-list-route",
    "replace-prefix-list-route",
    "delete-prefix-list-route",
];

/// Reads what stands behind one of these verbs; `None` for other verbs.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Read<Option<Change>> {
    Ok(Some(match verb {
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
            if verb.starts_with("replace") {
                Change::ReplacePrefixListRoute { table, list, target }
            } else {
                Change::CreatePrefixListRoute { table, list, target }
            }
        }
        "delete-prefix-list-route" => Change::DeletePrefixListRoute {
            table: find(n, &line.need("`TABLE`")?)?,
            list: find(n, &line.need("`LIST`")?)?,
        },
        _ => return Ok(None),
    }))
}

/// The blocks to the end of the line.
fn blocks(line: &mut Line) -> Read<Vec<Cidr>> {
    let mut cidrs = Vec::new();
    while let Some(token) = line.take() {
        cidrs.push(grammar::cidr(&token)?);
    }
    Ok(cidrs)
}
