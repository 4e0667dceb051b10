//! Entries of network ACLs, and which list a subnet has.

use super::Remedies;
use crate::{
    cloud::{
        AclAction, AclEntry, Change, Direction, Leg, NetworkAcl, NetworkAclId, Rules, SubnetId,
        fix::header::{Box, Header, headers},
        network_acl,
    },
    net::Packet,
};

impl Remedies<'_> {
    /// Entries that decide about a packet as wanted, in the list at hand or another.
    pub(super) fn filter(
        &mut self,
        id: NetworkAclId,
        subnet: SubnetId,
        direction: Direction,
        leg: Leg,
        packet: &Packet,
        wanted: AclAction,
    ) {
        let network = self.network;
        let acl = &network.network_acls[id];
        let vpc = network.subnets[subnet].vpc;
        let header = Header::of(network, packet, direction, leg);
        let mut stake = headers(network, self.demands, vpc, direction, true);
        if !stake.contains(&header) {
            stake.push(header);
        }
        let entries = acl.entries(direction);
        let boxes = self.known.boxes(&header, stake.clone());
        let decisive = acl.decide(direction, packet, &Rules::AWS).map(|it| it.number);
        let place = decisive.map_or(entries.len(), |number| {
            entries.iter().position(|it| it.number == number).unwrap_or(entries.len())
        });
        // What a change makes of everything at stake: changes of one kind that make the same of it
        // are one for the search.
        let mut known: Vec<Vec<bool>> = Vec::new();

        // A new entry before the one that decided, or before an earlier one like it.
        let like = |it: &AclEntry| it.action != wanted;
        let earlier = (0..place).rev().filter(|it| like(&entries[*it]));
        for slot in std::iter::once(place).chain(earlier) {
            let Some(number) = number_before(acl, direction, slot) else { continue };
            for it in &*boxes {
                let entry = it.entry(number, wanted);
                let mut changed = entries.to_vec();
                changed.insert(slot, entry);
                let change = Change::CreateNetworkAclEntry { acl: id, direction, entry };
                if self.may(&change) && news(&mut known, &changed, &stake) {
                    self.one(change);
                }
            }
        }
        if let Some(number) = decisive {
            let mut changed = entries.to_vec();
            changed.remove(place);
            let change = Change::DeleteNetworkAclEntry { acl: id, direction, number };
            if self.may(&change) {
                known.push(decisions(&changed, &stake));
                self.one(change);
            }
        }
        // An entry written anew: to match the packet, or to match it no more, and then it may do for
        // another packet what is wanted for that one.
        for (at, old) in entries.iter().enumerate().take(place + 1) {
            let mut rewritten: Vec<AclEntry> =
                boxes.iter().map(|it| it.entry(old.number, wanted)).collect();
            if at == place {
                for (index, other) in stake.iter().enumerate() {
                    let apart = stake.iter().enumerate().filter(|it| it.0 != index);
                    let apart: Vec<Header> = apart.map(|it| *it.1).collect();
                    let around = self.known.boxes(other, apart);
                    for it in around.iter().filter(|it| !it.holds(&header)) {
                        rewritten.extend([old.action, wanted].map(|to| it.entry(old.number, to)));
                    }
                }
            }
            for entry in rewritten {
                let mut changed = entries.to_vec();
                changed[at] = entry;
                if news(&mut known, &changed, &stake) {
                    self.one(Change::ReplaceNetworkAclEntry { acl: id, direction, entry });
                }
            }
        }
        // Another list.
        let explicit = network.subnets[subnet].network_acl;
        for (other, it) in network.network_acls.iter() {
            if it.vpc == vpc && other != id {
                self.one(Change::AssociateNetworkAcl { subnet, acl: Some(other) });
            }
        }
        if explicit.is_some() && network.vpcs[vpc].default_network_acl != id {
            // The same as naming the default list; but shorter to say.
            let named = Some(network.vpcs[vpc].default_network_acl);
            self.list.retain(|it| *it != [Change::AssociateNetworkAcl { subnet, acl: named }]);
            self.one(Change::AssociateNetworkAcl { subnet, acl: None });
        }
        if self.affords(2) {
            let new = network.network_acls.next_id();
            let create = Change::CreateNetworkAcl { name: self.name("acl"), vpc };
            self.add(vec![create, Change::AssociateNetworkAcl { subnet, acl: Some(new) }]);
        }
    }
}

impl Box {
    fn entry(&self, number: u16, action: AclAction) -> AclEntry {
        AclEntry { number, action, protocol: self.protocol, ports: self.ports, cidr: self.cidr }
    }
}

/// Does the list let each header pass?
fn decisions(entries: &[AclEntry], stake: &[Header]) -> Vec<bool> {
    let holds = |entry: &AclEntry, header: &Header| {
        Box { protocol: entry.protocol, ports: entry.ports, cidr: entry.cidr }.holds(header)
    };
    stake
        .iter()
        .map(|header| {
            let decides = entries.iter().find(|entry| holds(entry, header));
            decides.is_some_and(|it| it.action == AclAction::Allow)
        })
        .collect()
}

/// Does a changed list decide about what is at stake as no list before it?
fn news(known: &mut Vec<Vec<bool>>, entries: &[AclEntry], stake: &[Header]) -> bool {
    let decisions = decisions(entries, stake);
    let new = !known.contains(&decisions);
    if new {
        known.push(decisions);
    }
    new
}

/// A free number that puts an entry before the one at `slot`, in tens where there is room.
fn number_before(acl: &NetworkAcl, direction: Direction, slot: usize) -> Option<u16> {
    let entries = acl.entries(direction);
    let before = slot.checked_sub(1).map_or(0, |it| entries[it].number);
    let Some(behind) = entries.get(slot).map(|it| it.number) else {
        let round = if before == 0 { 100 } else { (before / 10 + 1).saturating_mul(10) };
        return [round, before + 1].into_iter().find(|it| network_acl::NUMBERS.contains(it));
    };
    let near = behind.saturating_sub(10);
    let middle = before + (behind - before) / 2;
    [near, middle].into_iter().find(|it| *it > before)
}
