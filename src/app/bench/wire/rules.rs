//! Rules of groups: whom wiring lets in.

use crate::{
    app::bench::wire::{End, Wiring},
    cloud::{Direction, Network, Peer, Thing, VpcId},
    net::Cidr,
};

/// A rule that lets one in where the other's group stands.
pub(super) fn rule(n: &Network, from: End, to: End) -> Vec<Wiring> {
    let peer = |end: End, vpc: VpcId| match end {
        End::Elsewhere => Some(Peer::Cidr(Cidr::ANY_V4)),
        End::Thing(Thing::Host(id)) => {
            n.hosts().get(id).map(|row| Peer::Cidr(Cidr::host(row.address)))
        }
        End::Thing(Thing::OnPremises(id)) => {
            n.on_premises().get(id)?.cidrs.first().map(|cidr| Peer::Cidr(*cidr))
        }
        End::Thing(Thing::PrefixList(id)) => Some(Peer::PrefixList(id)),
        End::Thing(Thing::SecurityGroup(id)) => {
            (n.security_groups().get(id)?.vpc == vpc).then_some(Peer::Group(id))
        }
        End::Thing(_) => None,
    };
    let vpc_of = |group| n.security_groups().get(group).map(|row| row.vpc);
    let rules = |group, far: End, ways: &[Direction]| {
        let peer = vpc_of(group).and_then(|vpc| peer(far, vpc));
        let rule = |way: &Direction| peer.map(|peer| Wiring::Rule(group, *way, peer));
        ways.iter().filter_map(rule).collect()
    };
    match (from, to) {
        (_, End::Thing(Thing::SecurityGroup(group))) => rules(group, from, &[Direction::Ingress]),
        // Whom a group meets is let in more often than it is called.
        (End::Thing(Thing::SecurityGroup(group)), _) => {
            rules(group, to, &[Direction::Ingress, Direction::Egress])
        }
        _ => Vec::new(),
    }
}
