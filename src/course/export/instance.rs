//! Servers as TOML.

use std::net::IpAddr;

use super::{Lines, key, vpc::group_name};
use crate::cloud::{Forwarding, Instance, InstanceState, Interface, InterfaceKind, Network};

pub(super) fn instance(network: &Network, instance: &Instance, out: &mut Lines) {
    let mut interfaces = instance.interfaces.iter().filter_map(|id| network.interfaces().get(*id));
    let Some(primary) = interfaces.next() else { return };
    let Some(subnet) = network.subnets().get(primary.subnet) else { return };
    out.table("instance", &instance.name);
    card(network, primary, out);
    match primary.public_address {
        Some(public) if public.elastic => out.text("elastic_ip", &public.address.to_string()),
        Some(public) => out.text("public_ip", &public.address.to_string()),
        None if subnet.auto_assign_public_ip => out.flag("public_ip", false),
        None => {}
    }
    out.listens(&instance.listening);
    if instance.state == InstanceState::Stopped {
        out.text("state", "stopped");
    }
    if instance.forwarding != Forwarding::Off {
        out.text("forwarding", instance.forwarding.as_str());
    }
    for interface in interfaces.filter(|row| matches!(row.kind, InterfaceKind::Instance(_))) {
        let path = format!("instance.{}.interface", key(&instance.name));
        out.table(&path, &interface.name);
        card(network, interface, out);
        if let Some(public) = interface.public_address {
            out.text("elastic_ip", &public.address.to_string());
        }
    }
}

/// What every interface has.
pub(super) fn card(network: &Network, interface: &Interface, out: &mut Lines) {
    let Some(subnet) = network.subnets().get(interface.subnet) else { return };
    out.text("subnet", &subnet.name);
    let (mut v4, mut v6): (Vec<&IpAddr>, Vec<&IpAddr>) =
        interface.addresses.iter().partition(|it| it.is_ipv4());
    if subnet.is_ipv6_only() {
        // There the first IPv6 address stands in the place of the private IPv4 one.
        (v4, v6) = (v6, Vec::new());
    }
    if let Some(address) = v4.first() {
        out.text("address", &address.to_string());
    }
    if let Some(address) = v6.first() {
        out.text("ipv6", &address.to_string());
    }
    let further = v4.iter().skip(1).chain(v6.iter().skip(1));
    let further: Vec<String> = further
        .map(|private| match interface.public_for(**private) {
            Some(public) => format!("{private} -> {public}"),
            None => private.to_string(),
        })
        .collect();
    if !further.is_empty() {
        out.list("further_addresses", further);
    }
    let default = network.vpcs().get(subnet.vpc).map(|vpc| vpc.default_security_group);
    if interface.security_groups.iter().copied().map(Some).ne([default]) {
        let groups = interface.security_groups.iter().map(|id| group_name(network, *id));
        out.list("security_groups", groups);
    }
    if !interface.source_dest_check {
        out.flag("source_dest_check", false);
    }
}
