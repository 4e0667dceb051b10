//! The rules of security groups and network ACLs.

use super::{Script, quoted};
use crate::{
    cloud::{AclAction, Change, Direction, Peer, SecurityGroupId, SecurityGroupRule, Thing},
    net::Ports,
};

impl Script<'_> {
    pub(super) fn filters(&mut self, change: &Change) {
        match change {
            Change::CreateSecurityGroup { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::SecurityGroup(self.network.security_groups().next_id());
                let word = quoted(name);
                let command = format!(
                    "ec2 create-security-group --group-name {word} --description {word} --vpc-id {vpc}"
                );
                self.make(thing, name, &command, "GroupId");
            }
            Change::AuthorizeSecurityGroup { group, direction, rule } => {
                self.rule("authorize", *group, *direction, rule);
            }
            Change::RevokeSecurityGroup { group, direction, rule } => {
                self.rule("revoke", *group, *direction, rule);
            }
            Change::ModifySecurityGroupRule { group, direction, rule, new } => {
                self.modify_rule(*group, *direction, rule, new);
            }
            Change::CreateNetworkAcl { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::NetworkAcl(self.network.network_acls().next_id());
                let tags = Self::tags("network-acl", name);
                let command = format!("ec2 create-network-acl --vpc-id {vpc} {tags}");
                self.make(thing, name, &command, "NetworkAcl.NetworkAclId");
            }
            Change::AssociateNetworkAcl { subnet, acl } => {
                let vpc = self.network.subnets()[*subnet].vpc;
                let acl = acl.unwrap_or(self.network.vpcs()[vpc].default_network_acl);
                let (subnet, acl) =
                    (self.id(Thing::Subnet(*subnet)), self.id(Thing::NetworkAcl(acl)));
                let bare = subnet.trim_matches('"').to_owned();
                let association = self.answer(
                    &format!("ec2 describe-network-acls --filters Name=association.subnet-id,Values={subnet}"),
                    &format!("\"NetworkAcls[0].Associations[?SubnetId=='{bare}'].NetworkAclAssociationId\""),
                );
                self.run(&format!(
                    "ec2 replace-network-acl-association --association-id \"{association}\" --network-acl-id {acl}"
                ));
            }
            Change::CreateNetworkAclEntry { acl, direction, entry }
            | Change::ReplaceNetworkAclEntry { acl, direction, entry } => {
                let new = matches!(change, Change::CreateNetworkAclEntry { .. });
                let verb = if new { "create" } else { "replace" };
                let acl = self.id(Thing::NetworkAcl(*acl));
                let protocol =
                    entry.protocol.map_or_else(|| "-1".to_owned(), |it| it.0.to_string());
                let more = match entry.protocol {
                    Some(it) if it.has_ports() => {
                        format!(" --port-range From={},To={}", entry.ports.low, entry.ports.high)
                    }
                    Some(it) if it.is_icmp() => {
                        let (kind, code) = message(entry.ports);
                        format!(" --icmp-type-code Code={code},Type={kind}")
                    }
                    _ => String::new(),
                };
                let block = if entry.cidr.is_ipv4() { "--cidr-block" } else { "--ipv6-cidr-block" };
                let action = if entry.action == AclAction::Allow { "allow" } else { "deny" };
                let (way, cidr, number) = (acl_way(*direction), entry.cidr, entry.number);
                self.run(&format!(
                    "ec2 {verb}-network-acl-entry --network-acl-id {acl} {way} --rule-number {number} --rule-action {action} --protocol {protocol}{more} {block} {cidr}"
                ));
            }
            Change::DeleteNetworkAclEntry { acl, direction, number } => {
                let (acl, way) = (self.id(Thing::NetworkAcl(*acl)), acl_way(*direction));
                self.run(&format!(
                    "ec2 delete-network-acl-entry --network-acl-id {acl} {way} --rule-number {number}"
                ));
            }
            _ => {}
        }
    }

    pub(super) fn rule(
        &mut self,
        verb: &str,
        group: SecurityGroupId,
        direction: Direction,
        rule: &SecurityGroupRule,
    ) {
        let way = if direction == Direction::Ingress { "ingress" } else { "egress" };
        let (protocol, ports) = traffic(rule);
        let ports = ports.map_or_else(
            || format!("IpProtocol={protocol}"),
            |(low, high)| format!("IpProtocol={protocol},FromPort={low},ToPort={high}"),
        );
        // Between double quotes a variable counts, and nothing else here needs a quote.
        let peer = match rule.peer {
            Peer::Cidr(it) if it.is_ipv4() => format!("IpRanges=[{{CidrIp={it}}}]"),
            Peer::Cidr(it) => format!("Ipv6Ranges=[{{CidrIpv6={it}}}]"),
            Peer::Group(it) => {
                let id = self.id(Thing::SecurityGroup(it));
                let owner = self.owner_elsewhere(group, rule.peer);
                let owner = owner.map_or_else(String::new, |it| format!(",UserId={it}"));
                format!("UserIdGroupPairs=[{{GroupId={}{owner}}}]", id.trim_matches('"'))
            }
            Peer::PrefixList(it) => {
                let id = self.id(Thing::PrefixList(it));
                format!("PrefixListIds=[{{PrefixListId={}}}]", id.trim_matches('"'))
            }
        };
        let group = self.id(Thing::SecurityGroup(group));
        self.run(&format!(
            "ec2 {verb}-security-group-{way} --group-id {group} --ip-permissions \"{ports},{peer}\""
        ));
    }

    /// A rule is named by an id of its own, which a question about what it says finds out.
    pub(super) fn modify_rule(
        &mut self,
        group: SecurityGroupId,
        direction: Direction,
        rule: &SecurityGroupRule,
        new: &SecurityGroupRule,
    ) {
        // A group of another account has no key of its own in the new text of a rule: another rule
        // takes the place of the old one, and what passes never stops.
        if self.owner_elsewhere(group, new.peer).is_some() {
            self.rule("authorize", group, direction, new);
            return self.rule("revoke", group, direction, rule);
        }
        let group = self.id(Thing::SecurityGroup(group));
        let (key, far) = self.peer(new.peer);
        let far = far.trim_matches('"');
        let (protocol, ports) = traffic(new);
        let ports =
            ports.map(|(low, high)| format!(",FromPort={low},ToPort={high}")).unwrap_or_default();
        let found = self.found_rule(direction, rule);
        let known = self.answer(
            &format!("ec2 describe-security-group-rules --filters Name=group-id,Values={group}"),
            &format!("\"SecurityGroupRules[?{found}].SecurityGroupRuleId\""),
        );
        self.run(&format!(
            "ec2 modify-security-group-rules --group-id {group} --security-group-rules \"SecurityGroupRuleId={known},SecurityGroupRule={{IpProtocol={protocol}{ports},{key}={far}}}\""
        ));
    }

    /// The account of the group that a rule is for, where it is another one
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>).
    fn owner_elsewhere(&self, group: SecurityGroupId, peer: Peer) -> Option<String> {
        let Peer::Group(peer) = peer else { return None };
        let account = |it| self.home_of(Thing::SecurityGroup(it)).account;
        account(peer).filter(|it| account(group).is_some_and(|own| own != *it))
    }

    /// What tells a rule from the others of its group, as a filter of the CLI.
    pub(super) fn found_rule(&mut self, direction: Direction, rule: &SecurityGroupRule) -> String {
        let out = if direction == Direction::Ingress { "!IsEgress" } else { "IsEgress" };
        let (protocol, ports) = traffic(rule);
        let ports = ports
            .map(|(low, high)| format!(" && FromPort==\\`{low}\\` && ToPort==\\`{high}\\`"))
            .unwrap_or_default();
        let (key, far) = self.peer(rule.peer);
        let key =
            if matches!(rule.peer, Peer::Group(_)) { "ReferencedGroupInfo.GroupId" } else { key };
        let far = far.trim_matches('"');
        format!("{out} && IpProtocol=='{protocol}'{ports} && {key}=='{far}'")
    }

    /// What a rule is for: the key that the API has for it, and its name.
    pub(super) fn peer(&mut self, peer: Peer) -> (&'static str, String) {
        match peer {
            Peer::Cidr(it) if it.is_ipv4() => ("CidrIpv4", it.to_string()),
            Peer::Cidr(it) => ("CidrIpv6", it.to_string()),
            Peer::Group(it) => ("ReferencedGroupId", self.id(Thing::SecurityGroup(it))),
            Peer::PrefixList(it) => ("PrefixListId", self.id(Thing::PrefixList(it))),
        }
    }
}

/// Type and code of ICMP; -1 is all of them.
fn message(ports: Ports) -> (i32, i32) {
    ports.icmp_message().map_or((-1, -1), |(kind, code)| (kind.into(), code.map_or(-1, i32::from)))
}

/// The protocol of a rule and, where it has any, its ports, as the API names them; of ICMP, type and
/// code.
fn traffic(rule: &SecurityGroupRule) -> (String, Option<(i32, i32)>) {
    match rule.protocol {
        None => ("-1".to_owned(), None),
        Some(it) if it.has_ports() => {
            (it.to_string(), Some((rule.ports.low.into(), rule.ports.high.into())))
        }
        Some(it) if it.is_icmp() => (it.to_string(), Some(message(rule.ports))),
        Some(it) => (it.0.to_string(), None),
    }
}

fn acl_way(direction: Direction) -> &'static str {
    if direction == Direction::Ingress { "--ingress" } else { "--egress" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Cidr, Protocol};

    #[test]
    fn types_and_codes_of_icmp_are_written_as_the_api_names_them() {
        for (protocol, ports, expected) in [
            (Protocol::ICMP, Ports::ALL, ("icmp", -1, -1)),
            (Protocol::ICMP, Ports::icmp(8, None), ("icmp", 8, -1)),
            (Protocol::ICMP, Ports::icmp(0, Some(0)), ("icmp", 0, 0)),
            (Protocol::ICMPV6, Ports::icmp(1, Some(4)), ("icmpv6", 1, 4)),
            (Protocol::TCP, Ports { low: 22, high: 23 }, ("tcp", 22, 23)),
        ] {
            let peer = Peer::Cidr(Cidr::ANY_V4);
            let found = traffic(&SecurityGroupRule { protocol: Some(protocol), ports, peer });
            assert_eq!(found, (expected.0.to_owned(), Some((expected.1, expected.2))));
        }
    }
}
