//! The way through load balancers: by which node, to which target, and between which two a packet
//! was stopped. There are as many ways as there are nodes and targets; a verdict is about one.

use std::net::IpAddr;

use crate::{
    cloud::{
        InterfaceId, InterfaceKind, Leg, LoadBalancerId, Network, Outcome, Place, ServiceSubject,
        Subject, Thing, Trace,
    },
    tell::{Teller, written},
};

/// The way of a packet through a load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// The load balancer; of several, the last.
    pub balancer: LoadBalancerId,
    /// The node by which the packet went.
    pub node: InterfaceId,
    /// The target that was chosen, as scenes write it; `None` when it did not come to that.
    pub target: Option<String>,
    /// Where on that way it was stopped.
    pub part: Part,
}

/// A part of the way through a load balancer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The request, from the client to the node.
    ToNode,
    /// The request, at the load balancer itself.
    AtNode,
    /// The request, from the node to the target.
    ToTarget,
    /// The answer, from the target to the node.
    FromTarget,
    /// The answer, from the node to the client.
    FromNode,
}

impl Part {
    /// For programs: the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::ToNode => "to-node",
            Self::AtNode => "at-node",
            Self::ToTarget => "to-target",
            Self::FromTarget => "from-target",
            Self::FromNode => "from-node",
        }
    }
}

impl Teller<'_> {
    /// Where on the way through a load balancer a packet was dropped; `None` when it was not, or met
    /// none.
    pub fn through(&self, trace: &Trace) -> Option<Through> {
        let (leg, place, _) = trace.verdict.dropped()?;
        let balancers = trace.leg(Leg::Forward).filter_map(|hop| match hop.place {
            Place::LoadBalancer(balancer, node) => Some((balancer, node, hop)),
            _ => None,
        });
        let Some((balancer, node, hop)) = balancers.last() else {
            let (balancer, node) = self.meant_node(trace)?;
            return Some(Through { balancer, node, target: None, part: Part::ToNode });
        };
        let target = hop.checks.iter().find_map(|it| match it.subject {
            Subject::Service(ServiceSubject::Target(group, place))
                if it.outcome == Outcome::Allows =>
            {
                Some(written::target_of(self.network(), group, place))
            }
            _ => None,
        });
        let handed_back = || {
            trace.leg(Leg::Reply).any(|it| matches!(it.place, Place::LoadBalancer(..)))
                && !matches!(place, Place::LoadBalancer(..))
        };
        let part = match leg {
            Leg::Forward if place == hop.place => Part::AtNode,
            Leg::Forward => Part::ToTarget,
            Leg::Reply if handed_back() => Part::FromNode,
            Leg::Reply => Part::FromTarget,
        };
        Some(Through { balancer, node, target, part })
    }

    /// The node that a packet was for which came to none.
    fn meant_node(&self, trace: &Trace) -> Option<(LoadBalancerId, InterfaceId)> {
        let network = self.network();
        let to = trace.leg(Leg::Forward).last()?.packet_in.destination;
        network.interfaces().iter().find_map(|(id, it)| match it.kind {
            InterfaceKind::LoadBalancer(balancer) if it.every_address().any(|own| own == to) => {
                Some((balancer, id))
            }
            _ => None,
        })
    }

    /// The same as a sentence.
    pub fn through_words(&self, through: &Through) -> String {
        let words = &self.lang().strings().service;
        let balancer = self.thing(Thing::LoadBalancer(through.balancer));
        let node =
            node_address(self.network(), through.node).map(|it| it.to_string()).unwrap_or_default();
        let target = through.target.clone().unwrap_or_default();
        match through.part {
            Part::ToNode => (words.to_node)(&balancer, &node),
            Part::AtNode => (words.at_node)(&balancer, &node),
            Part::ToTarget => (words.to_target)(&balancer, &node, &target),
            Part::FromTarget => (words.from_target)(&balancer, &node, &target),
            Part::FromNode => (words.from_node)(&balancer, &node),
        }
    }
}

/// The private address of a node, by which people tell it from the others.
pub fn node_address(network: &Network, node: InterfaceId) -> Option<IpAddr> {
    network.interfaces().get(node)?.addresses.first().copied()
}
