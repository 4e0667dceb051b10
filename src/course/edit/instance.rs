//! The lines for instances, network interfaces and their addresses, and hosts on the internet.

use std::net::{IpAddr, Ipv6Addr};

use super::operand::{Options, group, interface, ipv4, keyword, new_name, on_or_off, subnet};
use crate::{
    cloud::{Change, Listening, Network},
    course::{
        grammar::{self, Line, Read, Token},
        names::find,
    },
    i18n::fault,
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 18] = [
    "run-instances",
    "stop-instances",
    "start-instances",
    "terminate-instances",
    "configure-instance",
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
    "create-host",
    "delete-host",
];

/// Reads what stands behind one of these verbs; `None` for other verbs.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Read<Option<Change>> {
    Ok(Some(match verb {
        "run-instances" => run_instance(n, line)?,
        "stop-instances" => Change::StopInstance { instance: find(n, &line.need("`INSTANCE`")?)? },
        "start-instances" => {
            Change::StartInstance { instance: find(n, &line.need("`INSTANCE`")?)? }
        }
        "terminate-instances" => {
            Change::TerminateInstance { instance: find(n, &line.need("`INSTANCE`")?)? }
        }
        "configure-instance" => {
            let instance = find(n, &line.need("`INSTANCE`")?)?;
            let mut options = Options::default();
            options.read(n, line, None, &["listen", "forwarding"])?;
            let Options { listening, forwarding, .. } = options;
            Change::ConfigureInstance { instance, listening, forwarding }
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
        "assign-ipv6-addresses" => Change::AssignIpv6Address {
            interface: interface(n, line)?,
            address: line.take().map(|token| ipv6(&token)).transpose()?,
        },
        "unassign-ipv6-addresses" => Change::UnassignIpv6Address {
            interface: interface(n, line)?,
            address: ipv6(&line.need("`2001:db8::10`")?)?,
        },
        "assign-private-ip-addresses" => Change::AssignPrivateAddress {
            interface: interface(n, line)?,
            address: line.take().map(|token| ipv4(&token)).transpose()?.map(IpAddr::V4),
        },
        "unassign-private-ip-addresses" => Change::UnassignPrivateAddress {
            interface: interface(n, line)?,
            address: ipv4(&line.need("`10.0.0.11`")?)?.into(),
        },
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
        "create-host" => {
            let (name, address) =
                (new_name(line)?, grammar::address(&line.need("`203.0.113.9`")?)?);
            let mut options = Options::default();
            options.read(n, line, None, &["listen"])?;
            let listening = options.listening.unwrap_or(Listening::Everywhere);
            Change::CreateHost { name, address, listening }
        }
        "delete-host" => Change::DeleteHost { host: find(n, &line.need("`HOST`")?)? },
        _ => return Ok(None),
    }))
}

fn run_instance(n: &Network, line: &mut Line) -> Read<Change> {
    let (name, subnet) = (new_name(line)?, subnet(n, line)?);
    let mut options = Options::default();
    options.read(n, line, Some(subnet), &["address", "public", "group", "listen"])?;
    let Options { address, public: public_address, groups, listening, .. } = options;
    let listening = listening.unwrap_or(Listening::Everywhere);
    Ok(Change::RunInstance { name, subnet, address, public_address, groups, listening })
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

fn ipv6(token: &Token) -> Read<Ipv6Addr> {
    token.text.parse().map_err(|_| token.slip(fault::bad_address(&token.text)))
}
