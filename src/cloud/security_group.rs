//! Security group: a stateful list of what an interface lets in and out.

use std::net::IpAddr;

use crate::{
    cloud::{
        Direction, Field, Id, Name, Network, PrefixListId, Quota, Reason, Refusal, Thing, VpcId,
        edit::Edit, network_acl,
    },
    net::{Cidr, Packet, Ports, Protocol},
};

/// Names a [`SecurityGroup`].
pub type SecurityGroupId = Id<SecurityGroup>;

/// A security group (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroup {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may come in.
    pub ingress: Vec<SecurityGroupRule>,
    /// What may go out.
    pub egress: Vec<SecurityGroupRule>,
}

/// One rule of a group. There are allow rules only, and their order decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroupRule {
    /// The protocol; `None` means all.
    pub protocol: Option<Protocol>,
    /// The destination ports, or the type and code of ICMP ([`Ports::icmp`]); everything for other
    /// protocols.
    pub ports: Ports,
    /// The other end.
    pub peer: Peer,
}

/// The other end of a security group rule: the source of an inbound rule, the destination of an
/// outbound one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Addresses.
    Cidr(Cidr),
    /// The private addresses of the interfaces that carry the group.
    Group(SecurityGroupId),
    /// The addresses of a managed prefix list.
    PrefixList(PrefixListId),
}

impl SecurityGroup {
    /// The rules of one direction.
    pub fn rules(&self, direction: Direction) -> &[SecurityGroupRule] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// The rules of one direction, to be edited.
    pub(super) fn rules_mut(&mut self, direction: Direction) -> &mut Vec<SecurityGroupRule> {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }
}

impl SecurityGroupRule {
    /// Every protocol and port, to or from one peer.
    pub fn everything(peer: Peer) -> Self {
        Self { protocol: None, ports: Ports::ALL, peer }
    }

    /// What a group begins with: everything may go out, over IPv6 too where the VPC has it.
    pub(super) fn out_to_everybody(ipv6: bool) -> Vec<Self> {
        let families = [Cidr::ANY_V4, Cidr::ANY_V6];
        let count = if ipv6 { 2 } else { 1 };
        families[..count].iter().map(|cidr| Self::everything(Peer::Cidr(*cidr))).collect()
    }

    /// The same rule as AWS stores it: no port range where there are no ports, and one type of
    /// ICMP or all
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html>).
    #[must_use]
    pub fn normal(self) -> Self {
        Self { ports: self.ports.of(self.protocol), ..self }
    }

    /// The first field in which a packet differs from what the rule is for, `None` when the rule
    /// lets it pass. `own` is the VPC of the rule's group.
    pub fn differs(
        &self,
        network: &Network,
        own: VpcId,
        direction: Direction,
        packet: &Packet,
    ) -> Option<Field> {
        let far = packet.far_end(direction == Direction::Ingress);
        let address_matches = self.peer.covers(network, own, far);
        network_acl::differs(self.protocol, self.ports, packet, address_matches)
    }

    /// Would the rule let the packet pass if naming a group took over its rules? It does not: this
    /// is for those who believe so.
    pub(super) fn admits_by_import(
        &self,
        network: &Network,
        direction: Direction,
        packet: &Packet,
    ) -> bool {
        let Peer::Group(group) = self.peer else { return false };
        let Some(group) = network.security_groups.get(group) else { return false };
        group
            .rules(direction)
            .iter()
            .any(|it| it.differs(network, group.vpc, direction, packet).is_none())
    }
}

/// Does a group keep track of a flow that it lets pass in this direction?
///
/// A TCP or UDP flow that a rule for everybody admits, where another rule lets everything go the
/// other way, needs no memory and gets none: when the rule goes, the flow breaks at once. A tracked
/// flow outlives its rule until it falls idle. ICMP is always tracked
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>).
pub fn keeps_track(
    network: &Network,
    groups: &[SecurityGroupId],
    direction: Direction,
    packet: &Packet,
) -> bool {
    if !packet.protocol.has_ports() {
        return true;
    }
    let everybody = if packet.source.is_ipv4() { Cidr::ANY_V4 } else { Cidr::ANY_V6 };
    let for_everybody = |rule: &&SecurityGroupRule| rule.peer == Peer::Cidr(everybody);
    let rules = |direction| {
        groups
            .iter()
            .filter_map(|group| network.security_groups.get(*group))
            .flat_map(move |group| group.rules(direction).iter().map(|rule| (group.vpc, rule)))
            .filter(|(_, rule)| for_everybody(rule))
    };
    let admitted =
        rules(direction).any(|(vpc, rule)| rule.differs(network, vpc, direction, packet).is_none());
    let free_return = rules(direction.other()).any(|(_, rule)| {
        rule.ports == Ports::ALL && rule.protocol.is_none_or(|it| it == packet.protocol)
    });
    !(admitted && free_return)
}

impl Peer {
    /// Does it name a group?
    pub fn is_group(self) -> bool {
        matches!(self, Self::Group(_))
    }

    /// Is it of the same kind: IPv4 addresses, IPv6 addresses, a group, a prefix list?
    pub fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Cidr(one), Self::Cidr(other)) => one.is_ipv4() == other.is_ipv4(),
            (Self::Group(_), Self::Group(_)) | (Self::PrefixList(_), Self::PrefixList(_)) => true,
            (Self::Cidr(_) | Self::Group(_) | Self::PrefixList(_), _) => false,
        }
    }

    /// Is the address one that a rule of a group in the VPC `own` means?
    ///
    /// A group stands for the *private* addresses of the interfaces that carry it; who dials a
    /// public address arrives with a public source, which no group covers. The group's own rules
    /// play no part
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing>).
    /// A group of another VPC is known across an active peering or a transit gateway; else the rule is
    /// stale and matches nothing
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>).
    pub fn covers(self, network: &Network, own: VpcId, address: IpAddr) -> bool {
        match self {
            Self::Cidr(cidr) => cidr.contains(address),
            Self::PrefixList(list) => {
                network.prefix_lists.get(list).is_some_and(|it| it.contains(address))
            }
            Self::Group(group) => network
                .security_groups
                .get(group)
                .filter(|it| network.knows_groups_of(own, it.vpc))
                .and_then(|it| network.interface_in(it.vpc, address))
                .is_some_and(|it| network.interfaces[it].security_groups.contains(&group)),
        }
    }
}

/// May the name of a group in a VPC have this letter?
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>)
fn is_letter_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(letter)
}

impl Network {
    /// How many rules it counts as: a list as many as it weighs
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>).
    pub(super) fn rule_weight(&self, rule: &SecurityGroupRule) -> usize {
        match rule.peer {
            Peer::PrefixList(list) => {
                self.prefix_lists.get(list).map_or(1, |it| it.weight().max(1))
            }
            _ => 1,
        }
    }
}

impl Edit<'_> {
    /// A new group lets nothing in and everything out
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>). What its name
    /// may be says <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>.
    pub fn create_security_group(
        &mut self,
        name: &str,
        vpc: VpcId,
    ) -> Result<SecurityGroupId, Refusal> {
        self.get(vpc)?;
        // Trailing spaces are cut off, and case makes no difference.
        let name: Name = name.trim_end_matches(' ').into();
        if name.eq_ignore_ascii_case("default") {
            return Err(Refusal::new("InvalidGroup.Reserved", Reason::GroupNameReserved));
        }
        if name.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("sg-")) {
            return Err(Refusal::new("InvalidParameterValue", Reason::GroupNameLikeId(name)));
        }
        if !(1..=255).contains(&name.len()) || !name.chars().all(is_letter_of_a_name) {
            return Err(Refusal::new("InvalidParameterValue", Reason::GroupNameUnfit(name)));
        }
        let twin = |it: &SecurityGroup| it.vpc == vpc && it.name.eq_ignore_ascii_case(&name);
        if self.network.security_groups.find(|_, it| twin(it)).is_some() {
            return Err(Refusal::new("InvalidGroup.Duplicate", Reason::GroupNameTaken(name)));
        }
        let egress = SecurityGroupRule::out_to_everybody(!self.get(vpc)?.ipv6_cidrs.is_empty());
        Ok(self.make(SecurityGroup { name, vpc, ingress: Vec::new(), egress }))
    }

    /// The default group stays, and so does one that an interface carries or a rule names
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html>).
    pub fn delete_security_group(&mut self, id: SecurityGroupId) -> Result<(), Refusal> {
        let vpc = self.get(id)?.vpc;
        if self.network.vpcs[vpc].default_security_group == id {
            return Err(Refusal::new("CannotDelete", Reason::DefaultGroup(id)));
        }
        let network = &*self.network;
        let carrier = network.interfaces.find(|_, it| it.security_groups.contains(&id));
        let names = |it: &SecurityGroup| {
            it.ingress.iter().chain(&it.egress).any(|rule| rule.peer == Peer::Group(id))
        };
        let referrer = network.security_groups.find(|other, it| other != id && names(it));
        let needed_by =
            carrier.map(|it| network.owner_of(it)).or(referrer.map(Thing::SecurityGroup));
        if let Some(by) = needed_by {
            let reason = Reason::InUse { thing: Thing::SecurityGroup(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.remove(id);
        Ok(())
    }

    pub fn authorize_security_group(
        &mut self,
        id: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
    ) -> Result<(), Refusal> {
        let rule = rule.normal();
        let others: Vec<&SecurityGroupRule> = self.get(id)?.rules(direction).iter().collect();
        self.admit_rule(id, &rule, &others)?;
        self.change(id, |it| it.rules_mut(direction).push(rule));
        Ok(())
    }

    /// May a group have a rule beside the others of its direction?
    fn admit_rule(
        &self,
        id: SecurityGroupId,
        rule: &SecurityGroupRule,
        others: &[&SecurityGroupRule],
    ) -> Result<(), Refusal> {
        let group = self.get(id)?;
        if let Peer::Group(peer) = rule.peer {
            let (here, there) = (Thing::SecurityGroup(id), Thing::SecurityGroup(peer));
            if !self.network.knows_groups_of(group.vpc, self.get(peer)?.vpc) {
                let reason = Reason::DifferentVpcs(here, there);
                return Err(Refusal::new("InvalidGroup.NotFound", reason));
            }
        }
        if let Peer::PrefixList(list) = rule.peer {
            self.get(list)?;
        }
        if others.contains(&rule) {
            return Err(Refusal::new("InvalidPermission.Duplicate", Reason::RuleExists(id)));
        }
        let used = match rule.peer {
            Peer::Cidr(it) => self.network.rules_of_family(others, it.is_ipv4()),
            Peer::Group(_) | Peer::PrefixList(_) => self.network.fullest_family(others),
        };
        let weight = self.network.rule_weight(rule);
        self.network.admits_one_more(Quota::RulesPerGroup, used + weight - 1)
    }

    pub fn revoke_security_group(
        &mut self,
        id: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
    ) -> Result<(), Refusal> {
        let rule = rule.normal();
        let Some(place) = self.get(id)?.rules(direction).iter().position(|it| *it == rule) else {
            return Err(Refusal::new("InvalidPermission.NotFound", Reason::RuleUnknown(id)));
        };
        self.change(id, |it| {
            it.rules_mut(direction).remove(place);
        });
        Ok(())
    }

    /// One call that rewrites a rule where it stands: protocol, ports, addresses, but not what kind
    /// of thing it is for
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleRequest.html>).
    pub fn modify_security_group_rule(
        &mut self,
        id: SecurityGroupId,
        direction: Direction,
        rule: SecurityGroupRule,
        new: SecurityGroupRule,
    ) -> Result<(), Refusal> {
        let (rule, new) = (rule.normal(), new.normal());
        let rules = self.get(id)?.rules(direction);
        let Some(place) = rules.iter().position(|it| *it == rule) else {
            // AWS finds a rule by its id.
            let code = "InvalidSecurityGroupRuleId.NotFound";
            return Err(Refusal::new(code, Reason::RuleUnknown(id)));
        };
        if !rule.peer.is_like(new.peer) {
            return Err(Refusal::new("InvalidParameterValue", Reason::RuleKind(id)));
        }
        let others = rules.iter().enumerate().filter(|it| it.0 != place);
        let others: Vec<&SecurityGroupRule> = others.map(|it| it.1).collect();
        self.admit_rule(id, &new, &others)?;
        self.change(id, |it| it.rules_mut(direction)[place] = new);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Cause, Change, InterfaceId, ProbeEnd, Verdict, sample::*};

    /// A network in which `app` carries a group of its own, with these inbound rules.
    fn guarded(rules: &[SecurityGroupRule]) -> (Sample, SecurityGroupId) {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        let change = Change::CreateSecurityGroup { name: "app".into(), vpc };
        let group = made!(sample.network, SecurityGroup, change);
        for rule in rules {
            let (direction, rule) = (Direction::Ingress, rule.clone());
            sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule });
        }
        let (interface, groups) = (sample.app, vec![group]);
        sample.apply(Change::ModifyInterfaceGroups { interface, groups });
        (sample, group)
    }

    /// Does `web` reach `app` on a port?
    fn check(sample: &Sample, port: u16, expected: bool) {
        let (web, app) = (ProbeEnd::Interface(sample.web), ProbeEnd::Interface(sample.app));
        let trace = sample.tcp(web, app, port);
        assert_eq!(trace.is_delivered(), expected, "tcp/{port}: {:?}", trace.verdict);
        if !expected {
            let dropped = trace.verdict.dropped().map(|(_, _, cause)| cause);
            assert_eq!(dropped, Some(Cause::NoSecurityGroupRule));
        }
    }

    #[test]
    fn a_new_group_lets_nothing_in_and_everything_out() {
        let (sample, _) = guarded(&[]);
        check(&sample, 443, false);
        let out = sample.tcp(ProbeEnd::Interface(sample.app), INTERNET, 443);
        assert_eq!(out.verdict, Verdict::Delivered);
    }

    #[test]
    fn rules_of_all_groups_are_united() {
        let from_vpc = Peer::Cidr(cidr("10.0.0.0/16"));
        let (mut sample, group) = guarded(&[tcp_rule(443, from_vpc), tcp_rule(80, from_vpc)]);
        check(&sample, 443, true);
        check(&sample, 80, true);
        check(&sample, 22, false);
        let groups = vec![group, sample.open];
        sample.apply(Change::ModifyInterfaceGroups { interface: sample.app, groups });
        check(&sample, 22, true);
    }

    #[test]
    fn a_group_stands_for_the_private_addresses_of_its_members() {
        let (mut sample, group) = guarded(&[]);
        let (direction, rule) = (Direction::Ingress, tcp_rule(443, Peer::Group(sample.open)));
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule });
        check(&sample, 443, true);
        // The rules of the named group play no part: it would admit everything.
        check(&sample, 22, false);
        // Over the public addresses the source is public, and no member's.
        let app = sample.app;
        let carriers = |interface: InterfaceId| ProbeEnd::PublicAddressOf(interface);
        sample.apply(Change::AssociateAddress { interface: app, address: None });
        let outside = sample.tcp(ProbeEnd::Interface(sample.web), carriers(app), 443);
        let cause = outside.verdict.dropped().map(|(_, _, cause)| cause);
        assert_eq!(cause, Some(Cause::NoSecurityGroupRule));
    }

    #[test]
    fn flows_that_everybody_may_have_are_not_tracked() {
        let (sample, group) = guarded(&[
            tcp_rule(22, Peer::Cidr(Cidr::ANY_V4)),
            tcp_rule(80, Peer::Cidr(cidr("10.0.0.0/16"))),
        ]);
        let tracked = |port, protocol| {
            let web_to_app =
                sample.tcp(ProbeEnd::Interface(sample.web), ProbeEnd::Interface(sample.app), port);
            let packet = Packet { protocol, ..web_to_app.hops[0].packet_in };
            keeps_track(&sample.network, &[group], Direction::Ingress, &packet)
        };
        assert!(!tracked(22, Protocol::TCP));
        assert!(tracked(80, Protocol::TCP));
        assert!(tracked(22, Protocol::ICMP));
    }

    #[test]
    fn rules_are_stored_once_and_taken_away_once() {
        let rule = tcp_rule(443, Peer::Cidr(cidr("10.0.0.0/8")));
        let (mut sample, group) = guarded(std::slice::from_ref(&rule));
        let direction = Direction::Ingress;
        let add = Change::AuthorizeSecurityGroup { group, direction, rule: rule.clone() };
        let take = Change::RevokeSecurityGroup { group, direction, rule };
        assert_eq!(sample.code(add), Err("InvalidPermission.Duplicate"));
        sample.apply(take.clone());
        assert_eq!(sample.code(take), Err("InvalidPermission.NotFound"));
        // Ports of a protocol without ports mean nothing, and AWS does not keep them; a type of ICMP
        // makes a rule another one.
        let rule = |protocol, ports| {
            let peer = Peer::Cidr(Cidr::ANY_V4);
            let rule = SecurityGroupRule { protocol: Some(protocol), ports, peer };
            Change::AuthorizeSecurityGroup { group, direction, rule }
        };
        sample.apply(rule(Protocol(47), Ports::one(1)));
        let again = rule(Protocol(47), Ports::one(2));
        assert_eq!(sample.code(again), Err("InvalidPermission.Duplicate"));
        sample.apply(rule(Protocol::ICMP, Ports::icmp(8, None)));
        sample.apply(rule(Protocol::ICMP, Ports::icmp(8, Some(0))));
        sample.apply(rule(Protocol::ICMP, Ports::ALL));
        let again = rule(Protocol::ICMP, Ports { low: 3, high: 4000 });
        assert_eq!(sample.code(again), Err("InvalidPermission.Duplicate"));
    }

    #[test]
    fn a_rule_is_written_anew_where_it_stands_and_stays_of_its_kind() {
        let old = tcp_rule(5432, Peer::Cidr(cidr("10.0.0.0/16")));
        let first = tcp_rule(22, Peer::Cidr(cidr("10.0.0.0/8")));
        let (mut sample, group) = guarded(&[first.clone(), old.clone()]);
        let modify = |rule: &SecurityGroupRule, new: SecurityGroupRule| {
            let direction = Direction::Ingress;
            Change::ModifySecurityGroupRule { group, direction, rule: rule.clone(), new }
        };
        let new = tcp_rule(443, Peer::Cidr(cidr("10.0.1.0/24")));
        let before = sample.network.clone();
        let undo = sample.network.apply(modify(&first, new.clone())).unwrap().undo;
        let rules = &sample.network.security_groups()[group].ingress;
        assert_eq!(*rules, [new.clone(), old.clone()]);
        sample.network.undo(undo);
        assert_eq!(sample.network, before);
        // AWS takes it as it is: nothing changes, and nothing is twice.
        sample.apply(modify(&first, first.clone()));
        assert_eq!(sample.network, before);
        assert_eq!(sample.code(modify(&first, old.clone())), Err("InvalidPermission.Duplicate"));
        let unknown = modify(&new, first.clone());
        assert_eq!(sample.code(unknown), Err("InvalidSecurityGroupRuleId.NotFound"));
        let far = Peer::Group(sample.open);
        for peer in [far, Peer::Cidr(Cidr::ANY_V6)] {
            let other = modify(&old, tcp_rule(5432, peer));
            assert_eq!(sample.code(other), Err("InvalidParameterValue"));
        }
    }

    #[test]
    fn groups_that_are_needed_stay() {
        let (mut sample, group) = guarded(&[]);
        assert_eq!(
            sample.code(Change::DeleteSecurityGroup { group }),
            Err("DependencyViolation"),
            "an interface carries it"
        );
        let groups = vec![sample.open];
        sample.apply(Change::ModifyInterfaceGroups { interface: sample.app, groups });
        let (direction, rule) = (Direction::Ingress, tcp_rule(443, Peer::Group(group)));
        let naming = Change::AuthorizeSecurityGroup { group: sample.open, direction, rule };
        let undo = sample.network.apply(naming).unwrap().undo;
        assert_eq!(
            sample.code(Change::DeleteSecurityGroup { group }),
            Err("DependencyViolation"),
            "a rule names it"
        );
        sample.network.undo(undo);
        sample.apply(Change::DeleteSecurityGroup { group });
        let default = sample.network.vpcs()[sample.vpc].default_security_group;
        let change = Change::DeleteSecurityGroup { group: default };
        assert_eq!(sample.code(change), Err("CannotDelete"));
    }

    #[test]
    fn names_are_checked() {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        for (name, code) in [
            ("open", "InvalidGroup.Duplicate"),
            ("default", "InvalidGroup.Reserved"),
            ("sg-web", "InvalidParameterValue"),
            ("Open", "InvalidGroup.Duplicate"),
            ("open ", "InvalidGroup.Duplicate"),
            ("DEFAULT", "InvalidGroup.Reserved"),
            ("", "InvalidParameterValue"),
            ("tab\t", "InvalidParameterValue"),
            ("a?", "InvalidParameterValue"),
            ("웹", "InvalidParameterValue"),
            (&"x".repeat(256), "InvalidParameterValue"),
        ] {
            let change = Change::CreateSecurityGroup { name: name.into(), vpc };
            assert_eq!(sample.code(change), Err(code), "{name}");
        }
        for name in ["web (public): 80/443", &"x".repeat(255)] {
            let change = Change::CreateSecurityGroup { name: name.into(), vpc };
            assert_eq!(sample.code(change), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_new_group_lets_everything_out_that_its_vpc_has_addresses_for() {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        let mut peers = |name: &str| {
            let change = Change::CreateSecurityGroup { name: name.into(), vpc };
            let group = made!(sample.network, SecurityGroup, change);
            let peers = sample.network.security_groups[group].egress.iter().map(|it| it.peer);
            let peers: Vec<Peer> = peers.collect();
            sample.network.update(vpc, |it| it.ipv6_cidrs.push(cidr("2001:db8:1::/56")));
            peers
        };
        assert_eq!(peers("four"), [Peer::Cidr(Cidr::ANY_V4)]);
        assert_eq!(peers("both"), [Peer::Cidr(Cidr::ANY_V4), Peer::Cidr(Cidr::ANY_V6)]);
    }
}
