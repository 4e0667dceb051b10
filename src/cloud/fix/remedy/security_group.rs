//! Rules and memberships of security groups.

use super::Remedies;
use crate::{
    cloud::{
        Cause, Change, Direction, InterfaceId, InterfaceKind, Leg, Peer, Quota, SecurityGroupId,
        SecurityGroupRule, ServiceChange, VpcId,
        fix::header::{Box, Header, headers},
        network_acl,
    },
    net::Packet,
};

/// Which headers at stake rules let pass, and which groups they name.
type Said = (Vec<bool>, Vec<SecurityGroupId>);

impl Remedies<'_> {
    /// Rules, or other groups, that let a packet pass at an interface.
    pub(super) fn open_groups(
        &mut self,
        id: InterfaceId,
        direction: Direction,
        packet: &Packet,
        cause: Cause,
    ) {
        let network = self.network;
        let vpc = network.vpc_of(id);
        let header = Header::of(network, packet, direction, Leg::Forward);
        let others = headers(network, self.demands, vpc, direction, false);
        let boxes = self.known.boxes(&header, others);
        let stake = self.stake(vpc, direction, &header);
        // A group covers private addresses in its own VPC, unless an appliance lost them.
        let far = network.interface_in(vpc, header.far);
        let carried = far.filter(|_| cause != Cause::GroupNotPreserved);
        let carried = carried.map_or(&[][..], |it| &network.interfaces[it].security_groups);
        let new = self.new_rules(&boxes, carried);
        for &group in &network.interfaces[id].security_groups {
            let Some(it) = network.security_groups.get(group) else { continue };
            let old = it.rules(direction);
            let mut known = vec![self.says(it.vpc, old, &stake)];
            for rule in &new {
                let more: Vec<_> = old.iter().chain([rule]).cloned().collect();
                let rule = rule.clone();
                let change = Change::AuthorizeSecurityGroup { group, direction, rule };
                if self.may(&change) {
                    known.push(self.says(it.vpc, &more, &stake));
                    self.one(change);
                }
            }
            // What an old rule lets pass may have to go at once, or its room is needed.
            for old in old {
                self.rewrite((group, direction, old), &new, &stake, &mut known);
            }
        }
        for groups in self.group_sets(id) {
            let own = &network.interfaces[id].security_groups;
            let admits = groups.iter().any(|it| self.admits(*it, direction, packet));
            // A group that admits nothing yet may be given a rule afterwards.
            let more = groups.iter().any(|it| !own.contains(it));
            if admits || more && self.affords(2) {
                self.give_groups(id, groups);
            }
        }
        self.new_group(id, direction, &boxes);
        // A rule names a group that the far end does not carry.
        if let Some(far) = far.filter(|_| cause != Cause::GroupNotPreserved) {
            for group in self.named(id, direction, packet) {
                for groups in self.group_sets(far) {
                    if groups.contains(&group) {
                        self.give_groups(far, groups);
                    }
                }
            }
        }
    }

    /// Rules taken away or written anew, and other groups, that let a packet pass no more.
    pub(super) fn close_groups(&mut self, id: InterfaceId, direction: Direction, packet: &Packet) {
        let network = self.network;
        let vpc = network.vpc_of(id);
        let interface = &network.interfaces[id];
        let header = Header::of(network, packet, direction, Leg::Forward);
        for &group in &interface.security_groups {
            let Some(it) = network.security_groups.get(group) else { continue };
            for rule in it.rules(direction) {
                if rule.differs(network, it.vpc, direction, packet).is_none() {
                    let change =
                        Change::RevokeSecurityGroup { group, direction, rule: rule.clone() };
                    self.one(change);
                    self.keep_apart(group, direction, rule, &header);
                }
            }
        }
        for groups in self.group_sets(id) {
            let lost = interface
                .security_groups
                .iter()
                .any(|it| !groups.contains(it) && self.admits(*it, direction, packet));
            if lost {
                self.give_groups(id, groups);
            }
        }
        if let Some(far) =
            network.interface_in(vpc, packet.far_end(direction == Direction::Ingress))
        {
            let named = self.named(id, direction, packet);
            for groups in self.group_sets(far) {
                let own = &network.interfaces[far].security_groups;
                if named.iter().any(|it| own.contains(it) && !groups.contains(it)) {
                    self.give_groups(far, groups);
                }
            }
        }
    }

    /// Everything that groups may be asked about in one direction, and a packet at hand.
    fn stake(&self, vpc: VpcId, direction: Direction, header: &Header) -> Vec<Header> {
        let mut stake = headers(self.network, self.demands, vpc, direction, false);
        if !stake.contains(header) {
            stake.push(*header);
        }
        stake
    }

    /// A rule that holds a packet, written anew so that it holds others at stake but not that one.
    fn keep_apart(
        &mut self,
        group: SecurityGroupId,
        direction: Direction,
        old: &SecurityGroupRule,
        header: &Header,
    ) {
        let network = self.network;
        let vpc = network.security_groups[group].vpc;
        let stake = self.stake(vpc, direction, header);
        let mut boxes: Vec<Box> = Vec::new();
        let mut peers: Vec<SecurityGroupId> = Vec::new();
        for other in stake.iter().filter(|it| *it != header) {
            let apart = stake.iter().filter(|it| *it != other).copied().collect();
            let around = self.known.boxes(other, apart);
            boxes.extend(around.iter().filter(|it| !it.holds(header)));
            let far = network.interface_in(vpc, other.far);
            peers.extend(far.into_iter().flat_map(|it| &network.interfaces[it].security_groups));
        }
        peers.sort_unstable();
        peers.dedup();
        let rules = network.security_groups[group].rules(direction);
        let rest: Vec<SecurityGroupRule> = rules.iter().filter(|it| *it != old).cloned().collect();
        let mut known = vec![self.says(vpc, rules, &stake)];
        if self.may(&Change::RevokeSecurityGroup { group, direction, rule: old.clone() }) {
            known.push(self.says(vpc, &rest, &stake));
        }
        let new = self.new_rules(&boxes, &peers);
        self.rewrite((group, direction, old), &new, &stake, &mut known);
    }

    /// A rule of a group written anew, to hold one of these boxes or name one of these groups, where
    /// that says what is not known yet.
    fn rewrite(
        &mut self,
        (group, direction, old): (SecurityGroupId, Direction, &SecurityGroupRule),
        news: &[SecurityGroupRule],
        stake: &[Header],
        known: &mut Vec<Said>,
    ) {
        let it = &self.network.security_groups[group];
        let mut rules = it.rules(direction).to_vec();
        let Some(place) = rules.iter().position(|it| it == old) else { return };
        for new in news.iter().filter(|it| it.peer.is_like(old.peer)) {
            rules[place] = new.clone();
            let said = self.says(it.vpc, &rules, stake);
            if !known.contains(&said) {
                known.push(said);
                let (rule, new) = (old.clone(), new.clone());
                self.one(Change::ModifySecurityGroupRule { group, direction, rule, new });
            }
        }
    }

    /// What rules of a group of a VPC say about everything at stake: which headers they let pass, and
    /// which groups they name (whoever carries those later on).
    fn says(&self, vpc: VpcId, rules: &[SecurityGroupRule], stake: &[Header]) -> Said {
        let network = self.network;
        let fits = |rule: &SecurityGroupRule, it: &Header| it.fits(rule.protocol, rule.ports);
        let passes = |it: &Header| {
            rules.iter().any(|rule| fits(rule, it) && rule.peer.covers(network, vpc, it.far))
        };
        let admitted = stake.iter().map(passes).collect();
        let named = rules.iter().filter(|rule| stake.iter().any(|it| fits(rule, it)));
        let mut named: Vec<SecurityGroupId> = named
            .filter_map(|rule| match rule.peer {
                Peer::Group(group) => Some(group),
                _ => None,
            })
            .collect();
        named.sort_unstable();
        (admitted, named)
    }

    /// A rule for each box, which names AWS's own list for a block that is on one; then for each
    /// group, with the ports of each box.
    fn new_rules(&self, boxes: &[Box], peers: &[SecurityGroupId]) -> Vec<SecurityGroupRule> {
        let rule =
            |it: &Box, peer| SecurityGroupRule { protocol: it.protocol, ports: it.ports, peer };
        let lists = |it: &Box| {
            let block = it.cidr;
            let own = self.network.prefix_lists.iter();
            let own = own.filter(move |(_, list)| list.by_aws && list.cidrs.contains(&block));
            own.map(|(id, _)| Peer::PrefixList(id)).chain([Peer::Cidr(block)])
        };
        let mut rules: Vec<SecurityGroupRule> =
            boxes.iter().flat_map(|it| lists(it).map(|peer| rule(it, peer))).collect();
        for &peer in peers {
            for it in boxes {
                let rule = rule(it, Peer::Group(peer));
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        rules
    }

    fn give_groups(&mut self, interface: InterfaceId, groups: Vec<SecurityGroupId>) {
        if let Some(change) = self.regroup(interface, groups) {
            self.one(change);
        }
    }

    /// A group of its own for an interface that shares the others.
    fn new_group(&mut self, interface: InterfaceId, direction: Direction, boxes: &[Box]) {
        if !self.affords(2) {
            return;
        }
        let network = self.network;
        let group = network.security_groups.next_id();
        let vpc = network.vpc_of(interface);
        let create = Change::CreateSecurityGroup { name: self.name("group"), vpc };
        let mut groups = network.interfaces[interface].security_groups.clone();
        groups.push(group);
        // A new group lets everything out already.
        let Some(join) = self.regroup(interface, groups) else { return };
        let Some(join_alone) = self.regroup(interface, vec![group]) else { return };
        if direction == Direction::Egress {
            self.add(vec![create, join]);
            return;
        }
        for rule in self.new_rules(boxes, &[]) {
            let rule = Change::AuthorizeSecurityGroup { group, direction, rule };
            self.add(vec![create.clone(), rule.clone(), join.clone()]);
            self.add(vec![create.clone(), rule, join_alone.clone()]);
        }
    }

    fn admits(&self, group: SecurityGroupId, direction: Direction, packet: &Packet) -> bool {
        let Some(group) = self.network.security_groups.get(group) else { return false };
        let admits = |it: &SecurityGroupRule| {
            it.differs(self.network, group.vpc, direction, packet).is_none()
        };
        group.rules(direction).iter().any(admits)
    }

    /// The groups that rules of an interface name, which fit the packet but for its far end.
    fn named(
        &self,
        id: InterfaceId,
        direction: Direction,
        packet: &Packet,
    ) -> Vec<SecurityGroupId> {
        let groups = self.network.interfaces[id].security_groups.iter();
        let rules = groups
            .filter_map(|it| self.network.security_groups.get(*it))
            .flat_map(|it| it.rules(direction));
        let mut named: Vec<SecurityGroupId> = rules
            .filter_map(|it| match it.peer {
                Peer::Group(group)
                    if network_acl::differs(it.protocol, it.ports, packet, true).is_none() =>
                {
                    Some(group)
                }
                _ => None,
            })
            .collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Other sets of groups for an interface: for each effect that some set has on what is at
    /// stake, the set that is nearest to its own; and its own with any one more.
    fn group_sets(&self, id: InterfaceId) -> Vec<Vec<SecurityGroupId>> {
        let network = self.network;
        let interface = &network.interfaces[id];
        if self.regroup(id, Vec::new()).is_none() {
            return Vec::new();
        }
        let own = &interface.security_groups;
        let vpc = network.vpc_of(id);
        let all: Vec<SecurityGroupId> = own
            .iter()
            .copied()
            .chain(
                (network.security_groups.iter())
                    .filter(|(group, it)| it.vpc == vpc && !own.contains(group))
                    .map(|it| it.0),
            )
            .collect();
        let effects: Vec<Vec<bool>> = all.iter().map(|it| self.effect(*it, vpc)).collect();
        let mut sets: Vec<Vec<usize>> = Vec::new();
        subsets(all.len(), own.len(), network.quota(Quota::GroupsPerInterface), &mut sets);
        let edits = |set: &Vec<usize>| {
            let kept = set.iter().filter(|it| **it < own.len()).count();
            (own.len() - kept) + (set.len() - kept)
        };
        sets.sort_by_key(edits);
        let mut known: Vec<Vec<bool>> = Vec::new();
        let mut found = Vec::new();
        for set in sets {
            let mut effect = vec![false; effects.first().map_or(0, Vec::len)];
            for &place in &set {
                effect.iter_mut().zip(&effects[place]).for_each(|(sum, it)| *sum |= it);
            }
            let one_more = edits(&set) == 1 && set.len() > own.len();
            let news = !known.contains(&effect);
            if news || one_more {
                known.push(effect);
                if edits(&set) > 0 {
                    found.push(set.into_iter().map(|it| all[it]).collect());
                }
            }
        }
        found
    }

    /// What a group does for an interface that carries it: which headers at stake it lets in and
    /// out, and which rules at stake cover the interface because of it.
    fn effect(&self, id: SecurityGroupId, vpc: VpcId) -> Vec<bool> {
        let network = self.network;
        let mut effect = Vec::new();
        let group = &network.security_groups[id];
        for direction in [Direction::Ingress, Direction::Egress] {
            let stake = headers(network, self.demands, vpc, direction, false);
            for header in &stake {
                let admits = |it: &SecurityGroupRule| {
                    header.fits(it.protocol, it.ports) && it.peer.covers(network, vpc, header.far)
                };
                effect.push(group.rules(direction).iter().any(admits));
            }
            for (_, other) in network.security_groups.iter().filter(|it| it.1.vpc == vpc) {
                for rule in other.rules(direction) {
                    let at_stake = stake.iter().any(|it| it.fits(rule.protocol, rule.ports));
                    if at_stake && rule.peer.is_group() {
                        effect.push(rule.peer == Peer::Group(id));
                    }
                }
            }
        }
        effect
    }

    /// The change that gives an interface other groups, where somebody may.
    fn regroup(&self, interface: InterfaceId, groups: Vec<SecurityGroupId>) -> Option<Change> {
        let network = self.network;
        match network.interfaces.get(interface)?.kind {
            InterfaceKind::Instance(_) | InterfaceKind::Unattached => {
                Some(Change::ModifyInterfaceGroups { interface, groups })
            }
            InterfaceKind::LoadBalancer(balancer) => {
                let row = network.load_balancers.get(balancer).filter(|it| it.has_groups());
                row.map(|_| ServiceChange::SetSecurityGroups { balancer, groups }.into())
            }
            InterfaceKind::Endpoint(endpoint) => {
                if network.is_gateway_load_balancer_endpoint(endpoint) {
                    return None;
                }
                let (private_dns, policy, groups) = (None, None, Some(groups));
                let change = ServiceChange::ModifyInterfaceEndpoint {
                    endpoint,
                    private_dns,
                    policy,
                    groups,
                };
                Some(change.into())
            }
            _ => None,
        }
    }
}

/// All non-empty sets of the numbers below `count` that have at most `most` members; where there are
/// very many numbers, those with at most two, and those that are near the first `own` numbers.
fn subsets(count: usize, own: usize, most: usize, sets: &mut Vec<Vec<usize>>) {
    let many = count > 10;
    if many {
        let without = |gone: &[usize]| -> Vec<usize> {
            (0..own).filter(|number| !gone.contains(number)).collect()
        };
        for one in 0..own {
            sets.extend((0..own).map(|other| without(&[one, other])));
        }
        for more in own..count {
            let with = |gone: &[usize]| without(gone).into_iter().chain([more]).collect();
            sets.push(with(&[]));
            sets.extend((0..own).map(|one| with(&[one])));
        }
    }
    let (most, start) = (if many { most.min(2) } else { most }, sets.len());
    sets.push(Vec::new());
    for number in 0..count {
        for place in start..sets.len() {
            if sets[place].len() < most {
                let mut more = sets[place].clone();
                more.push(number);
                sets.push(more);
            }
        }
    }
    sets.retain(|it| !it.is_empty());
}
