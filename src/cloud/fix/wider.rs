//! Ways that are another way with wider rules: nobody wants to read those.

use crate::{
    cloud::{
        Change, InterfaceId, Network, Peer, SecurityGroupId, SecurityGroupRule, ServiceChange,
    },
    net::{Cidr, Ports, Protocol},
};

/// Only the ways that are not another one with wider rules, with entries numbered otherwise, or with
/// more groups put on an interface or taken from it. `network` is the one that they mend.
pub(super) fn narrowest(network: &Network, ways: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    let mut kept: Vec<Vec<Change>> = Vec::new();
    for way in ways {
        if kept.iter().any(|it| is_wider(network, &way, it)) {
            continue;
        }
        kept.retain(|it| !is_wider(network, it, &way));
        kept.push(way);
    }
    kept
}

/// Is each change of `wide` one of `narrow`, or the same with a wider rule?
fn is_wider(network: &Network, wide: &[Change], narrow: &[Change]) -> bool {
    let Some((first, rest)) = wide.split_first() else { return narrow.is_empty() };
    wide.len() == narrow.len()
        && (0..narrow.len()).any(|place| {
            covers(network, first, &narrow[place]) && {
                let mut others = narrow.to_vec();
                others.remove(place);
                is_wider(network, rest, &others)
            }
        })
}

/// Is it the same change, but for a rule that holds more?
fn covers(network: &Network, wide: &Change, narrow: &Change) -> bool {
    use Change as C;
    match (wide, narrow) {
        (
            C::AuthorizeSecurityGroup { group: a, direction: b, rule: wide },
            C::AuthorizeSecurityGroup { group: c, direction: d, rule: narrow },
        ) => (a, b) == (c, d) && holds_rule(network, wide, narrow),
        (
            C::CreateNetworkAclEntry { acl: a, direction: b, entry: wide },
            C::CreateNetworkAclEntry { acl: c, direction: d, entry: narrow },
        ) => {
            (a, b, wide.action) == (c, d, narrow.action)
                && holds(
                    (wide.protocol, wide.ports, wide.cidr),
                    (narrow.protocol, narrow.ports, narrow.cidr),
                )
        }
        (
            C::ReplaceNetworkAclEntry { acl: a, direction: b, entry: wide },
            C::ReplaceNetworkAclEntry { acl: c, direction: d, entry: narrow },
        ) => {
            (a, b, wide.number, wide.action) == (c, d, narrow.number, narrow.action)
                && holds(
                    (wide.protocol, wide.ports, wide.cidr),
                    (narrow.protocol, narrow.ports, narrow.cidr),
                )
        }
        (
            C::ModifySecurityGroupRule { group: a, direction: b, rule: old, new },
            C::ModifySecurityGroupRule { group: c, direction: d, rule: other, new: narrow },
        ) => (a, b, old) == (c, d, other) && holds_rule(network, new, narrow),
        // To write a rule anew is more than was needed where adding or removing one does.
        (
            C::ModifySecurityGroupRule { group: a, direction: b, new, .. },
            C::AuthorizeSecurityGroup { group: c, direction: d, rule },
        ) => (a, b) == (c, d) && holds_rule(network, new, rule),
        (
            C::ModifySecurityGroupRule { group: a, direction: b, rule: old, .. },
            C::RevokeSecurityGroup { group: c, direction: d, rule },
        ) => (a, b, old) == (c, d, rule),
        (
            C::ReplaceNetworkAclEntry { acl: a, direction: b, entry },
            C::DeleteNetworkAclEntry { acl: c, direction: d, number },
        ) => (a, b, entry.number) == (c, d, *number),
        _ => wide == narrow || regroups_more(network, wide, narrow),
    }
}

/// Do both give one interface other groups, the first with all that the second adds and takes?
fn regroups_more(network: &Network, wide: &Change, narrow: &Change) -> bool {
    let (Some((one, wide)), Some((other, narrow))) =
        (regroups(network, wide), regroups(network, narrow))
    else {
        return false;
    };
    let own = &network.interfaces[one].security_groups;
    one == other
        && narrow.iter().all(|it| wide.contains(it) || own.contains(it))
        && own.iter().all(|it| narrow.contains(it) || !wide.contains(it))
}

/// The groups that a change gives, and to whom.
fn regroups<'c>(
    network: &Network,
    change: &'c Change,
) -> Option<(InterfaceId, &'c [SecurityGroupId])> {
    let (interface, groups) = match change {
        Change::ModifyInterfaceGroups { interface, groups } => (*interface, groups),
        Change::Service(ServiceChange::SetSecurityGroups { balancer, groups }) => {
            (*network.load_balancers.get(*balancer)?.nodes.first()?, groups)
        }
        Change::Service(ServiceChange::ModifyInterfaceEndpoint {
            endpoint,
            private_dns: None,
            policy: None,
            groups: Some(groups),
        }) => (*network.interface_endpoints.get(*endpoint)?.interfaces.first()?, groups),
        _ => return None,
    };
    network.interfaces.get(interface)?;
    Some((interface, groups))
}

fn holds_rule(network: &Network, wide: &SecurityGroupRule, narrow: &SecurityGroupRule) -> bool {
    let any = Cidr::ANY_V4;
    match (wide.peer, narrow.peer) {
        // AWS keeps its lists up to date: they stand before their blocks.
        (Peer::Cidr(one), Peer::PrefixList(list)) => {
            let list = network.prefix_lists.get(list);
            list.is_some_and(|it| it.by_aws && it.cidrs.iter().any(|it| one.covers(*it)))
                && holds((wide.protocol, wide.ports, any), (narrow.protocol, narrow.ports, any))
        }
        (Peer::Cidr(one), Peer::Cidr(other)) => {
            holds((wide.protocol, wide.ports, one), (narrow.protocol, narrow.ports, other))
        }
        (one, other) => {
            one == other
                && holds((wide.protocol, wide.ports, any), (narrow.protocol, narrow.ports, any))
        }
    }
}

type Box = (Option<Protocol>, Ports, Cidr);

fn holds(wide: Box, narrow: Box) -> bool {
    let (more, less) = (wide.1.of(wide.0), narrow.1.of(narrow.0));
    wide.0.is_none_or(|it| narrow.0 == Some(it))
        && more.low <= less.low
        && more.high >= less.high
        && wide.2.covers(narrow.2)
}
