//! What the learner says will become of a packet, how that came out, and how the journal keeps it.

use super::Travel;
use crate::{
    cloud::{Direction, Leg, Network, Place, Subject, Verdict},
    course::{question::Claim, suspect::truth},
};

/// The three general answers, in the order they are offered.
pub const ANSWERS: [Answer; 3] = [Answer::Delivered, Answer::Refused, Answer::Dropped];

/// What may become of a packet, in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It arrives, and the answer comes back.
    Delivered,
    /// It arrives, and nobody listens.
    Refused,
    /// It is dropped somewhere.
    Dropped,
}

/// How a prediction came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// As it was said, and there.
    Right,
    /// Dropped, but elsewhere.
    OtherPlace,
    /// Something else happened.
    Wrong,
}

impl Travel {
    /// Was the prediction right? `None` when there was none.
    pub fn judged(&self) -> Option<Judged> {
        let claim = self.predicted?;
        Some(match (claim, truth(&self.trace)) {
            (claim, truth) if claim == truth => Judged::Right,
            (Claim::Dropped(..), Claim::Dropped(..)) => Judged::OtherPlace,
            _ => Judged::Wrong,
        })
    }

    /// The hop where a wrong prediction and the truth part: where the packet goes on although it
    /// was said to stop there, or where it stops although it was said to go on. Where a misconception
    /// explains the prediction, where that is at work first.
    pub fn parting(&self) -> Option<usize> {
        if self.judged()? == Judged::Right {
            return None;
        }
        if let Some(hop) = self.beliefs.iter().map(|it| it.hop).min() {
            return Some(hop);
        }
        let hops = &self.trace.hops;
        let passed = match (self.predicted?, self.trace.verdict) {
            (Claim::Dropped(leg, place), _) => {
                hops.iter().position(|hop| (hop.leg, hop.place) == (leg, place))
            }
            (_, Verdict::Dropped { .. }) => None,
            // Arriving is one thing, being answered another: they part where somebody listens.
            (Claim::Delivered | Claim::Refused, _) => hops
                .iter()
                .position(|hop| hop.checks.iter().any(|check| check.subject == Subject::Listening)),
        };
        Some(passed.unwrap_or(self.last()))
    }
}

/// A claim as the journal keeps it: the same in every language, and readable.
pub fn written(network: &Network, claim: Claim) -> String {
    use crate::cloud::Thing;
    let (leg, place) = match claim {
        Claim::Delivered => return "delivered".into(),
        Claim::Refused => return "refused".into(),
        Claim::Dropped(leg, place) => (leg, place),
    };
    let leg = match leg {
        Leg::Forward => "forward",
        Leg::Reply => "reply",
    };
    let way = |direction| match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    };
    let name = |thing| network.name(thing).map_or("?", |name| name.as_str());
    let place = match place {
        Place::Internet(address, _) => format!("internet {address}"),
        Place::Interface(id, direction) => {
            format!("interface {} {}", name(Thing::Interface(id)), way(direction))
        }
        Place::Subnet(subnet) => format!("subnet {}", name(Thing::Subnet(subnet))),
        Place::Amazon(_) => "amazon".to_owned(),
        Place::LoadBalancer(id, _) => format!("load-balancer {}", name(Thing::LoadBalancer(id))),
        Place::Endpoint(id, _) => format!("endpoint {}", name(Thing::InterfaceEndpoint(id))),
        Place::Service(id) => format!("service {}", name(Thing::Service(id))),
        Place::Function(id) => format!("function {}", name(Thing::Function(id))),
        Place::Api(id) => format!("api {}", name(Thing::Api(id))),
        Place::Distribution(id) => format!("distribution {}", name(Thing::Distribution(id))),
        Place::NetworkAcl(_, subnet, direction) => {
            format!("network-acl {} {}", name(Thing::Subnet(subnet)), way(direction))
        }
        Place::GatewayTable(id) => format!("gateway-table {}", name(Thing::RouteTable(id))),
        Place::RouteTable(_, subnet) => format!("route-table {}", name(Thing::Subnet(subnet))),
        Place::InternetGateway(id, direction) => {
            format!("internet-gateway {} {}", name(Thing::InternetGateway(id)), way(direction))
        }
        Place::Peering(id) => format!("peering {}", name(Thing::Peering(id))),
        Place::GatewayEndpoint(id, direction) => {
            let name = name(Thing::GatewayEndpoint(id));
            format!("gateway-endpoint {name} {}", way(direction))
        }
        Place::EgressOnlyGateway(id, direction) => {
            let name = name(Thing::EgressOnlyGateway(id));
            format!("egress-only-gateway {name} {}", way(direction))
        }
        Place::NatGateway(id, direction) => {
            format!("nat-gateway {} {}", name(Thing::NatGateway(id)), way(direction))
        }
        Place::TransitGatewayAttachment(id, direction) => {
            let name = name(Thing::TransitGatewayAttachment(id));
            format!("transit-gateway-attachment {name} {}", way(direction))
        }
        Place::TransitGatewayRouteTable(id, attachment) => {
            let attachment = name(Thing::TransitGatewayAttachment(attachment));
            let name = name(Thing::TransitGatewayRouteTable(id));
            format!("transit-gateway-route-table {name} {attachment}")
        }
        Place::VirtualPrivateGateway(id, direction) => {
            let name = name(Thing::VirtualPrivateGateway(id));
            format!("virtual-private-gateway {name} {}", way(direction))
        }
        Place::Link(link, direction) => {
            format!("line {} {}", name(link.thing()), way(direction))
        }
        Place::OnPremises(id, _) => format!("on-premises {}", name(Thing::OnPremises(id))),
    };
    format!("dropped {leg} {place}")
}
