//! The interfaces of functions, databases and tasks: described among all others, by whom they are
//! for, or not at all.

use std::{collections::BTreeMap, net::IpAddr};

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{Interface, InterfaceId, InterfaceKind, SecurityGroupId, SubnetId, VpcId},
    i18n::aws as say,
};

/// How many addresses of a subnet are tried for one that is free.
const TRIED: usize = 4096;

/// Described interfaces of one service, by subnet.
pub(super) type BySubnet<'d> = BTreeMap<SubnetId, Vec<(&'d Record<'d>, InterfaceId)>>;

impl<'d> Build<'d> {
    /// The interfaces that fit, by subnet.
    pub(super) fn interfaces_where(&self, fits: impl Fn(&Record<'d>) -> bool) -> BySubnet<'d> {
        let dump = self.dump;
        let mut found = BySubnet::new();
        for record in dump.all("NetworkInterfaces").iter().filter(|it| fits(it)) {
            if let Some(&id) = self.interfaces.get(record.id) {
                let subnet = self.network.interfaces()[id].subnet;
                found.entry(subnet).or_default().push((record, id));
            }
        }
        found
    }

    /// Has it exactly these groups?
    pub(super) fn carries(&self, interface: InterfaceId, groups: &[SecurityGroupId]) -> bool {
        let own = &self.network.interfaces()[interface].security_groups;
        own.len() == groups.len() && groups.iter().all(|it| own.contains(it))
    }

    /// Groups by their ids.
    pub(super) fn groups_called(
        &mut self,
        by: &str,
        ids: impl Iterator<Item = Item<'d>>,
        vpc: VpcId,
    ) -> Vec<SecurityGroupId> {
        let mut groups = Vec::new();
        for item in ids {
            if let Some(id) = self.notes.text(Some(item)) {
                let group = self.group_of(by, id, vpc, item);
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        groups
    }

    /// An IPv6 address that no description holds: the last free one of the interface's subnet.
    pub(super) fn made_up_ipv6(&mut self, interface: InterfaceId, item: Item<'d>) {
        let row = &self.network.interfaces()[interface];
        let name = row.name.to_string();
        let subnet = &self.network.subnets()[row.subnet];
        let Some(cidr) = subnet.ipv6() else { return };
        let mut places = (4..cidr.size() - 1).rev().take(TRIED);
        let free = |it: &IpAddr| self.network.interface_in(subnet.vpc, *it).is_none();
        let Some(address) = places.find_map(|it| cidr.nth(it).filter(free)) else { return };
        self.notes.matters(item, say::address_made_up(&name, &subnet.name, &address.to_string()));
        self.network.update(interface, |it: &mut Interface| it.addresses.push(address));
    }

    /// An interface that no description holds, with the last free address of its subnet.
    pub(super) fn made_up_interface(
        &mut self,
        name: &str,
        subnet: SubnetId,
        security_groups: Vec<SecurityGroupId>,
        kind: InterfaceKind,
        item: Item<'d>,
    ) -> Option<InterfaceId> {
        // The last address of a subnet is not to be had.
        let row = &self.network.subnets()[subnet];
        let (vpc, cidr) = (row.vpc, row.cidr);
        let mut places = (1..cidr.size().saturating_sub(4)).rev().take(TRIED);
        let free = |it: &IpAddr| self.network.interface_in(vpc, *it).is_none();
        let address = places.find_map(|it| cidr.nth(it).filter(free))?;
        self.notes.matters(item, say::address_made_up(name, &row.name, &address.to_string()));
        Some(self.network.insert(Interface {
            name: format!("{name} ({})", shown(&row.name)).into(),
            subnet,
            kind,
            addresses: vec![address],
            public_address: None,
            further_public: Vec::new(),
            assigns_public_address: false,
            security_groups,
            source_dest_check: true,
        }))
    }
}
