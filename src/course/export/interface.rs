//! Interfaces that stand alone as TOML: of managed services that scenes have no table for, or
//! attached to nothing.

use super::{Lines, fit, instance::card};
use crate::cloud::{Interface, InterfaceKind, Name, Network};

/// Is it written in a table of its own?
pub(super) fn stands_alone(interface: &Interface) -> bool {
    matches!(interface.kind, InterfaceKind::Service | InterfaceKind::Unattached)
}

/// Gives those names that a scene can have; `taken` are the names of other ends of packets.
pub(super) fn name(
    network: &Network,
    named: &mut Network,
    taken: &mut std::collections::BTreeSet<String>,
) {
    for (id, row) in network.interfaces().iter().filter(|(_, row)| stands_alone(row)) {
        let name = fit(&row.name, "interface", taken);
        named.update(id, |row: &mut Interface| row.name = Name::from(&name));
    }
}

pub(super) fn interfaces(network: &Network, out: &mut Lines) {
    for (_, interface) in network.interfaces().iter().filter(|(_, row)| stands_alone(row)) {
        if network.subnets().get(interface.subnet).is_none() {
            continue;
        }
        out.table("network_interface", &interface.name);
        card(network, interface, out);
        if let Some(public) = interface.public_address {
            out.text("public_ip", &public.address.to_string());
        }
        if interface.kind == InterfaceKind::Unattached {
            out.text("of", "nothing");
        }
    }
}
