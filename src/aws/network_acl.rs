//! `describe-network-acls`.

use super::{Build, notes::Item, security_group::protocols, shown};
use crate::{
    cloud::{AclAction, AclEntry, NetworkAcl, NetworkAclId, Thing, VpcId},
    i18n::aws::{self as say, value},
    net::Ports,
};

/// From this number on there is only the closing rule `*`, once per family
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
const CLOSING: i64 = 32767;

impl Build<'_> {
    /// The lists; the default one of a VPC takes the place of the one that came with it.
    pub(super) fn network_acls(&mut self) {
        let dump = self.dump;
        for record in dump.all("NetworkAcls") {
            for source in &record.sources {
                self.notes.only("NetworkAcls", *source, |key| {
                    matches!(
                        key,
                        "NetworkAclId" | "VpcId" | "IsDefault" | "Entries" | "Associations"
                    )
                });
            }
            let notes = self.notes;
            let id = shown(record.id);
            let Some(vpc_id) = notes.text(record.get("VpcId")) else {
                notes.matters(record.item(), say::lacks(&id, "VpcId"));
                continue;
            };
            let Some(&vpc) = self.vpcs.get(vpc_id) else {
                notes.left_out(record.item(), &id, &shown(vpc_id));
                continue;
            };
            let (mut ingress, mut egress) = (Vec::new(), Vec::new());
            for item in notes.objects(record.get("Entries")) {
                notes.only("NetworkAcls.Entries", item, |key| {
                    matches!(
                        key,
                        "RuleNumber"
                            | "RuleAction"
                            | "Egress"
                            | "Protocol"
                            | "CidrBlock"
                            | "Ipv6CidrBlock"
                            | "PortRange"
                            | "IcmpTypeCode"
                    )
                });
                let outwards = notes.flag(item.get("Egress")) == Some(true);
                if let Some(entry) = self.acl_entry(item) {
                    if outwards { &mut egress } else { &mut ingress }.push(entry);
                }
            }
            ingress.sort_by_key(|it| it.number);
            egress.sort_by_key(|it| it.number);
            let name = Self::name(record, None);
            let acl = if notes.flag(record.get("IsDefault")) == Some(true) {
                let acl = self.network.vpcs()[vpc].default_network_acl;
                self.rename_acl(acl, &name);
                self.network.update(acl, |it: &mut NetworkAcl| {
                    it.ingress = ingress;
                    it.egress = egress;
                });
                acl
            } else {
                self.network.insert(NetworkAcl { name, vpc, ingress, egress })
            };
            self.network_acls.insert(record.id, acl);
            self.remember(record, Thing::NetworkAcl(acl));
            for association in notes.objects(record.get("Associations")) {
                if let Some(subnet) = notes.text(association.get("SubnetId")) {
                    self.acls_of_subnets.insert(subnet, acl);
                }
            }
        }
    }

    /// The list that guards a subnet, unless that is the default one.
    pub(super) fn acl_of_subnet(&self, subnet: &str, vpc: VpcId) -> Option<NetworkAclId> {
        let acl = self.acls_of_subnets.get(subnet).copied();
        acl.filter(|it| *it != self.network.vpcs()[vpc].default_network_acl)
    }

    fn acl_entry(&self, item: Item) -> Option<AclEntry> {
        let notes = self.notes;
        let number = notes.number(item.get("RuleNumber"))?;
        let action = match notes.text(item.get("RuleAction"))? {
            "allow" => AclAction::Allow,
            "deny" => AclAction::Deny,
            _ => {
                notes.bad_value(item.get("RuleAction")?, value::ACTION);
                return None;
            }
        };
        if number >= CLOSING && action == AclAction::Deny {
            return None;
        }
        let Ok(number) = u16::try_from(number) else {
            notes.bad_value(item.get("RuleNumber")?, value::RULE_NUMBER);
            return None;
        };
        let protocol = protocols(notes, item.get("Protocol"))?.as_rule();
        let four = notes.cidr(item.get("CidrBlock"));
        let cidr = four.or_else(|| notes.cidr(item.get("Ipv6CidrBlock")))?;
        let ports = match (protocol, item.get("PortRange")) {
            (Some(protocol), Some(range)) if protocol.has_ports() => {
                ports(notes, range, range.get("From"), range.get("To"))?
            }
            (Some(protocol), _) if protocol.is_icmp() => match item.get("IcmpTypeCode") {
                Some(kind) => messages(notes, kind.get("Type"), kind.get("Code"))?,
                None => Ports::ALL,
            },
            _ => Ports::ALL,
        };
        Some(AclEntry { number, action, protocol, ports, cidr }.normal())
    }
}

/// A type of ICMP and a code; -1 stands for all
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IcmpTypeCode.html>).
pub(super) fn messages(
    notes: &super::Notes,
    kind: Option<Item>,
    code: Option<Item>,
) -> Option<Ports> {
    // All of them; or one, unless it is none.
    let one = |item: Option<Item>| match notes.number(item) {
        None | Some(-1) => Some(None),
        Some(number) => {
            let found = u8::try_from(number).ok();
            if let (None, Some(item)) = (found, item) {
                notes.bad_value(item, value::ICMP);
            }
            found.map(Some)
        }
    };
    let (kind, code) = (one(kind)?, one(code)?);
    Some(kind.map_or(Ports::ALL, |kind| Ports::icmp(kind, code)))
}

/// A range of ports; -1 stands for all.
pub(super) fn ports(
    notes: &super::Notes,
    whole: Item,
    from: Option<Item>,
    to: Option<Item>,
) -> Option<Ports> {
    let (from, to) = match (notes.number(from), notes.number(to)) {
        (Some(-1) | None, Some(-1) | None) => return Some(Ports::ALL),
        (from, to) => (from.unwrap_or(0), to.unwrap_or(i64::from(u16::MAX))),
    };
    let ports = match (u16::try_from(from), u16::try_from(to)) {
        (Ok(low), Ok(high)) => Ports::new(low, high),
        _ => None,
    };
    if ports.is_none() {
        notes.bad_value(whole, value::PORTS);
    }
    ports
}
