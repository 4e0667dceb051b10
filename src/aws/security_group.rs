//! `describe-security-groups` and `describe-security-group-rules`.

use std::collections::BTreeSet;

use super::{
    Build, Notes,
    network_acl::{messages, ports},
    notes::Item,
    shown,
};
use crate::{
    cloud::{Peer, SecurityGroup, SecurityGroupId, SecurityGroupRule, Thing, VpcId},
    i18n::aws::{self as say, value},
    net::{Ports, Protocol},
};

/// Which protocols a rule is for.
#[derive(Clone, Copy)]
pub(super) enum Protocols {
    All,
    One(Protocol),
}

impl Protocols {
    /// As rules keep it: `None` for all.
    pub fn as_rule(self) -> Option<Protocol> {
        match self {
            Self::All => None,
            Self::One(protocol) => Some(protocol),
        }
    }
}

/// `-1` for all, a number, or the name of one that EC2 names. `None` when it is neither; that was
/// written down.
pub(super) fn protocols(notes: &Notes, item: Option<Item>) -> Option<Protocols> {
    let text = notes.text(item)?;
    if matches!(text, "-1" | "all") {
        return Some(Protocols::All);
    }
    let protocol = text.to_ascii_lowercase().parse().ok().map(Protocols::One);
    if protocol.is_none() {
        notes.bad_value(item?, value::PROTOCOL);
    }
    protocol
}

impl<'d> Build<'d> {
    /// The groups and, once all of them are there, their rules.
    pub(super) fn security_groups(&mut self) {
        let dump = self.dump;
        for record in dump.all("SecurityGroups") {
            for source in &record.sources {
                self.notes.only("SecurityGroups", *source, |key| {
                    matches!(
                        key,
                        "GroupId" | "GroupName" | "VpcId" | "IpPermissions" | "IpPermissionsEgress"
                    )
                });
            }
            let notes = self.notes;
            let id = shown(record.id);
            let Some(vpc_id) = notes.text(record.get("VpcId")) else {
                notes.harmless(record.item(), say::classic(&id));
                continue;
            };
            let Some(&vpc) = self.vpcs.get(vpc_id) else {
                notes.harmless(record.item(), say::left_out(&id, &shown(vpc_id)));
                continue;
            };
            let name = notes.text(record.get("GroupName"));
            let shown_name = Self::name(record, name);
            let group = if name == Some("default") {
                let group = self.network.vpcs()[vpc].default_security_group;
                self.network.update(group, |it: &mut SecurityGroup| it.name = shown_name);
                group
            } else {
                self.empty_group(shown_name, vpc)
            };
            self.security_groups.insert(record.id, group);
            self.remember(record, Thing::SecurityGroup(group));
        }
        self.groups_made_up();
        for record in dump.all("SecurityGroups") {
            let Some(&group) = self.security_groups.get(record.id) else { continue };
            let id = shown(record.id);
            let mut lists = [Vec::new(), Vec::new()];
            for (key, rules) in ["IpPermissions", "IpPermissionsEgress"].iter().zip(&mut lists) {
                for item in self.notes.objects(record.get(key)) {
                    self.permission(&id, key, item, rules);
                }
            }
            let silent = ["IpPermissions", "IpPermissionsEgress"];
            if silent.iter().all(|key| record.get(key).is_none()) && !self.ruled.contains(record.id)
            {
                self.notes.matters(record.item(), say::no_rules(&id));
            }
            let [ingress, egress] = lists;
            self.network.update(group, |it: &mut SecurityGroup| {
                it.ingress = ingress;
                it.egress = egress;
            });
        }
    }

    /// Groups that interfaces carry and nobody describes: rules may name them all the same.
    fn groups_made_up(&mut self) {
        let dump = self.dump;
        for record in dump.all("SecurityGroupRules") {
            self.ruled.extend(record.get("GroupId").and_then(Item::as_text));
        }
        let carriers = [("NetworkInterfaces", "Groups"), ("Instances", "SecurityGroups")];
        for (noun, key) in carriers {
            for record in dump.all(noun) {
                let subnet = record.get("SubnetId").and_then(Item::as_text);
                let Some(&subnet) = subnet.and_then(|it| self.subnets.get(it)) else { continue };
                let vpc = self.network.subnets()[subnet].vpc;
                for group in record.get(key).into_iter().flat_map(Item::items) {
                    let Some(id) = group.get("GroupId").and_then(Item::as_text) else { continue };
                    if !self.security_groups.contains_key(id)
                        && dump.one("SecurityGroups", id).is_none()
                    {
                        let made = self.empty_group(shown(id), vpc);
                        self.security_groups.insert(id, made);
                        self.ids.insert(shown(id), Thing::SecurityGroup(made));
                    }
                }
            }
        }
    }

    fn empty_group(&mut self, name: impl Into<crate::cloud::Name>, vpc: VpcId) -> SecurityGroupId {
        let (ingress, egress) = (Vec::new(), Vec::new());
        self.network.insert(SecurityGroup { name: name.into(), vpc, ingress, egress })
    }

    /// The group of an interface; a group that nobody describes has no rules.
    pub(super) fn group_of(
        &mut self,
        interface: &str,
        group: &'d str,
        vpc: VpcId,
        item: Item<'d>,
    ) -> SecurityGroupId {
        let described = self.dump.one("SecurityGroups", group).is_some();
        if !described {
            let none = self.dump.all("SecurityGroups").is_empty();
            let ruled = self.ruled.contains(group);
            match (none, ruled) {
                (_, true) => {}
                (true, false) => self.notes.matters(item, say::no_security_groups()),
                (false, false) => self.notes.matters(item, say::no_group(interface, &shown(group))),
            }
        }
        if let Some(&known) = self.security_groups.get(group) {
            return known;
        }
        let made = self.empty_group(shown(group), vpc);
        self.security_groups.insert(group, made);
        self.ids.insert(shown(group), Thing::SecurityGroup(made));
        made
    }

    /// One permission: a rule for each of its peers.
    fn permission(
        &mut self,
        group: &str,
        noun: &str,
        item: Item<'d>,
        rules: &mut Vec<SecurityGroupRule>,
    ) {
        let notes = self.notes;
        let noun = format!("SecurityGroups.{noun}");
        notes.only(&noun, item, |key| {
            matches!(
                key,
                "IpProtocol"
                    | "FromPort"
                    | "ToPort"
                    | "IpRanges"
                    | "Ipv6Ranges"
                    | "PrefixListIds"
                    | "UserIdGroupPairs"
            )
        });
        let Some((protocol, ports)) = self.service(item) else { return };
        let mut push = |peer| rules.push(SecurityGroupRule { protocol, ports, peer }.normal());
        for range in notes.objects(item.get("IpRanges")) {
            notes.only(&format!("{noun}.IpRanges"), range, |key| key == "CidrIp");
            if let Some(cidr) = notes.cidr(range.get("CidrIp")) {
                push(Peer::Cidr(cidr));
            }
        }
        for range in notes.objects(item.get("Ipv6Ranges")) {
            notes.only(&format!("{noun}.Ipv6Ranges"), range, |key| key == "CidrIpv6");
            if let Some(cidr) = notes.cidr(range.get("CidrIpv6")) {
                push(Peer::Cidr(cidr));
            }
        }
        for list in notes.objects(item.get("PrefixListIds")) {
            notes.only(&format!("{noun}.PrefixListIds"), list, |key| key == "PrefixListId");
            if let Some(id) = notes.text(list.get("PrefixListId")) {
                push(Peer::PrefixList(self.prefix_list(id, group, list)));
            }
        }
        for pair in notes.objects(item.get("UserIdGroupPairs")) {
            notes.only(&format!("{noun}.UserIdGroupPairs"), pair, |key| {
                matches!(
                    key,
                    "GroupId"
                        | "GroupName"
                        | "UserId"
                        | "VpcId"
                        | "VpcPeeringConnectionId"
                        | "PeeringStatus"
                )
            });
            if let Some(peer) = self.peer_group(group, pair) {
                push(peer);
            }
        }
    }

    /// A group at the other end of a rule.
    fn peer_group(&self, group: &str, pair: Item) -> Option<Peer> {
        let notes = self.notes;
        let id = notes.text(pair.get("GroupId"))?;
        match notes.text(pair.get("PeeringStatus")) {
            None | Some("active") => {}
            // A stale rule
            // (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html).
            Some(_) => {
                notes.harmless(pair, say::stale_rule(group, &shown(id)));
                return None;
            }
        }
        let peer = self.security_groups.get(id).copied().map(Peer::Group);
        if peer.is_none() {
            notes.matters(pair, say::peer_group(group, &shown(id)));
        }
        peer
    }

    /// Protocol and ports of a rule; `None` when they make no sense.
    fn service(&self, item: Item) -> Option<(Option<Protocol>, Ports)> {
        let notes = self.notes;
        let protocol = protocols(notes, item.get("IpProtocol"))?.as_rule();
        let Some(known) = protocol else { return Some((None, Ports::ALL)) };
        if known.has_ports() {
            return Some((protocol, ports(notes, item, item.get("FromPort"), item.get("ToPort"))?));
        }
        if known.is_icmp() {
            // Type and code stand where ports do.
            let messages = messages(notes, item.get("FromPort"), item.get("ToPort"))?;
            return Some((protocol, messages));
        }
        Some((protocol, Ports::ALL))
    }

    /// `describe-security-group-rules` says the same once more; it counts for groups whose
    /// permissions were not saved.
    pub(super) fn security_group_rules(&mut self) {
        let dump = self.dump;
        let notes = self.notes;
        let mut filled = BTreeSet::new();
        for record in dump.all("SecurityGroupRules") {
            for source in &record.sources {
                notes.only("SecurityGroupRules", *source, |key| {
                    matches!(
                        key,
                        "SecurityGroupRuleId"
                            | "GroupId"
                            | "GroupOwnerId"
                            | "IsEgress"
                            | "IpProtocol"
                            | "FromPort"
                            | "ToPort"
                            | "CidrIpv4"
                            | "CidrIpv6"
                            | "PrefixListId"
                            | "ReferencedGroupInfo"
                    )
                });
            }
            let Some(id) = notes.text(record.get("GroupId")) else { continue };
            let described = dump.one("SecurityGroups", id).is_some_and(|it| {
                it.get("IpPermissions").is_some() || it.get("IpPermissionsEgress").is_some()
            });
            if described {
                continue;
            }
            let Some(&group) = self.security_groups.get(id) else {
                if filled.insert(id) {
                    let said = say::left_out(&shown(record.id), &shown(id));
                    notes.harmless(record.item(), said);
                }
                continue;
            };
            let item = record.item();
            let Some((protocol, ports)) = self.service(item) else { continue };
            let mut peers = Vec::new();
            peers.extend(notes.cidr(item.get("CidrIpv4")).map(Peer::Cidr));
            peers.extend(notes.cidr(item.get("CidrIpv6")).map(Peer::Cidr));
            if let Some(list) = notes.text(item.get("PrefixListId")) {
                peers.push(Peer::PrefixList(self.prefix_list(list, &shown(id), item)));
            }
            if let Some(info) = item.get("ReferencedGroupInfo") {
                peers.extend(self.peer_group(&shown(id), info));
            }
            let outwards = notes.flag(item.get("IsEgress")) == Some(true);
            self.network.update(group, |it: &mut SecurityGroup| {
                let rules = if outwards { &mut it.egress } else { &mut it.ingress };
                let rule = |peer| SecurityGroupRule { protocol, ports, peer }.normal();
                rules.extend(peers.into_iter().map(rule));
            });
        }
    }
}
