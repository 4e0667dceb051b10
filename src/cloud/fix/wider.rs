//! Ways that are another way with wider rules: nobody wants to read those.

use crate::{
    cloud::{Change, Peer, SecurityGroupRule},
    net::{Cidr, Ports, Protocol},
};

/// Only the ways that are not another one with wider rules, or with entries numbered otherwise.
pub(super) fn narrowest(ways: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    let mut kept: Vec<Vec<Change>> = Vec::new();
    for way in ways {
        if kept.iter().any(|it| is_wider(&way, it)) {
            continue;
        }
        kept.retain(|it| !is_wider(it, &way));
        kept.push(way);
    }
    kept
}

/// Is each change of `wide` one of `narrow`, or the same with a wider rule?
fn is_wider(wide: &[Change], narrow: &[Change]) -> bool {
    let Some((first, rest)) = wide.split_first() else { return narrow.is_empty() };
    wide.len() == narrow.len()
        && (0..narrow.len()).any(|place| {
            covers(first, &narrow[place]) && {
                let mut others = narrow.to_vec();
                others.remove(place);
                is_wider(rest, &others)
            }
        })
}

/// Is it the same change, but for a rule that holds more?
fn covers(wide: &Change, narrow: &Change) -> bool {
    use Change as C;
    match (wide, narrow) {
        (
            C::AuthorizeSecurityGroup { group: a, direction: b, rule: wide },
            C::AuthorizeSecurityGroup { group: c, direction: d, rule: narrow },
        ) => (a, b) == (c, d) && holds_rule(wide, narrow),
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
        ) => (a, b, old) == (c, d, other) && holds_rule(new, narrow),
        // To write a rule anew is more than was needed where adding or removing one does.
        (
            C::ModifySecurityGroupRule { group: a, direction: b, new, .. },
            C::AuthorizeSecurityGroup { group: c, direction: d, rule },
        ) => (a, b) == (c, d) && holds_rule(new, rule),
        (
            C::ModifySecurityGroupRule { group: a, direction: b, rule: old, .. },
            C::RevokeSecurityGroup { group: c, direction: d, rule },
        ) => (a, b, old) == (c, d, rule),
        _ => wide == narrow,
    }
}

fn holds_rule(wide: &SecurityGroupRule, narrow: &SecurityGroupRule) -> bool {
    match (wide.peer, narrow.peer) {
        (Peer::Cidr(one), Peer::Cidr(other)) => {
            holds((wide.protocol, wide.ports, one), (narrow.protocol, narrow.ports, other))
        }
        (one, other) => {
            let any = Cidr::ANY_V4;
            one == other
                && holds((wide.protocol, wide.ports, any), (narrow.protocol, narrow.ports, any))
        }
    }
}

type Box = (Option<Protocol>, Ports, Cidr);

fn holds(wide: Box, narrow: Box) -> bool {
    let ports = |it: Box| if it.0.is_some_and(Protocol::has_ports) { it.1 } else { Ports::ALL };
    let (more, less) = (ports(wide), ports(narrow));
    wide.0.is_none_or(|it| narrow.0 == Some(it))
        && more.low <= less.low
        && more.high >= less.high
        && wide.2.covers(narrow.2)
}
