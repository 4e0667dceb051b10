//! What AWS's analyzer names by codes of its own though it ends no packet: what was looked at and
//! not taken, and what became of the header on the way
//! (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).

use std::fmt;

use crate::{
    cloud::{
        Check, Direction, Field, Hop, InterfaceKind, Leg, LoadBalancerKind, Network, Outcome,
        Place, ServiceSubject, Subject, SubnetId, Target, TransitSubject,
    },
    net::Packet,
};

/// Such a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is spelled as its code is")]
pub enum Remark {
    CannotRoute,
    VpcLocalRouteCidrRestriction,
    MoreSpecificRoute,
    HigherPriorityRoute,
    TgwRtbCannotRoute,
    TgwRtbMoreSpecificRoute,
    TgwRtbHigherPriorityRoute,
    ElbAclRestriction,
    ElbListenerPortRestriction,
    Elbv2ListenerPortRestriction,
    Elbv2SourceAddressPreservation,
    NgwSourceAddressReassign,
    RemapEphemeralPort,
    SgHasNoRules,
}

impl Remark {
    /// Every remark.
    pub const ALL: [Self; 14] = [
        Self::CannotRoute,
        Self::VpcLocalRouteCidrRestriction,
        Self::MoreSpecificRoute,
        Self::HigherPriorityRoute,
        Self::TgwRtbCannotRoute,
        Self::TgwRtbMoreSpecificRoute,
        Self::TgwRtbHigherPriorityRoute,
        Self::ElbAclRestriction,
        Self::ElbListenerPortRestriction,
        Self::Elbv2ListenerPortRestriction,
        Self::Elbv2SourceAddressPreservation,
        Self::NgwSourceAddressReassign,
        Self::RemapEphemeralPort,
        Self::SgHasNoRules,
    ];

    /// The code as AWS spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CannotRoute => "CANNOT_ROUTE",
            Self::VpcLocalRouteCidrRestriction => "VPC_LOCAL_ROUTE_CIDR_RESTRICTION",
            Self::MoreSpecificRoute => "MORE_SPECIFIC_ROUTE",
            Self::HigherPriorityRoute => "HIGHER_PRIORITY_ROUTE",
            Self::TgwRtbCannotRoute => "TGW_RTB_CANNOT_ROUTE",
            Self::TgwRtbMoreSpecificRoute => "TGW_RTB_MORE_SPECIFIC_ROUTE",
            Self::TgwRtbHigherPriorityRoute => "TGW_RTB_HIGHER_PRIORITY_ROUTE",
            Self::ElbAclRestriction => "ELB_ACL_RESTRICTION",
            Self::ElbListenerPortRestriction => "ELB_LISTENER_PORT_RESTRICTION",
            Self::Elbv2ListenerPortRestriction => "ELBV2_LISTENER_PORT_RESTRICTION",
            Self::Elbv2SourceAddressPreservation => "ELBV2_SOURCE_ADDRESS_PRESERVATION",
            Self::NgwSourceAddressReassign => "NGW_SOURCE_ADDRESS_REASSIGN",
            Self::RemapEphemeralPort => "REMAP_EPHEMERAL_PORT",
            Self::SgHasNoRules => "SG_HAS_NO_RULES",
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Check {
    /// What AWS's analyzer says of a route or a listener that was looked at and not taken.
    pub fn remark(&self, network: &Network) -> Option<Remark> {
        match (self.subject, self.outcome) {
            (Subject::Route(table, place), Outcome::NoMatch(_)) => {
                let route = network.route_tables().get(table)?.routes.get(place)?;
                Some(match route.target {
                    Target::Local => Remark::VpcLocalRouteCidrRestriction,
                    _ => Remark::CannotRoute,
                })
            }
            (Subject::Route(..), Outcome::LessSpecific) => Some(Remark::MoreSpecificRoute),
            (Subject::Route(..), Outcome::LowerPriority) => Some(Remark::HigherPriorityRoute),
            (Subject::Transit(TransitSubject::TransitRoute(..)), outcome) => match outcome {
                Outcome::NoMatch(_) => Some(Remark::TgwRtbCannotRoute),
                Outcome::LessSpecific => Some(Remark::TgwRtbMoreSpecificRoute),
                Outcome::LowerPriority => Some(Remark::TgwRtbHigherPriorityRoute),
                _ => None,
            },
            (Subject::Service(ServiceSubject::Listener(id, _)), Outcome::NoMatch(Field::Port)) => {
                Some(match network.load_balancers().get(id)?.kind {
                    LoadBalancerKind::Classic => Remark::ElbListenerPortRestriction,
                    _ => Remark::Elbv2ListenerPortRestriction,
                })
            }
            _ => None,
        }
    }
}

impl Hop {
    /// What AWS's analyzer says of what happened to the packet here.
    pub fn remarks(&self, network: &Network) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let Some(out) = self.packet_out.filter(|_| self.leg == Leg::Forward) {
            let same_source = out.source == self.packet_in.source;
            let other_port = out.source_port != self.packet_in.source_port;
            match self.place {
                Place::NatGateway(_, Direction::Egress) => {
                    if !same_source {
                        remarks.push(Remark::NgwSourceAddressReassign);
                    }
                    if other_port {
                        remarks.push(Remark::RemapEphemeralPort);
                    }
                }
                Place::LoadBalancer(id, _) => {
                    let kind = network.load_balancers().get(id).map(|it| it.kind);
                    if same_source && kind == Some(LoadBalancerKind::Network) {
                        remarks.push(Remark::Elbv2SourceAddressPreservation);
                    }
                    if other_port {
                        remarks.push(Remark::RemapEphemeralPort);
                    }
                }
                _ => {}
            }
        }
        if let Place::NetworkAcl(_, subnet, Direction::Egress) = self.place
            && is_between_neighbours_of_a_classic_node(network, subnet, &self.packet_in)
        {
            remarks.push(Remark::ElbAclRestriction);
        }
        if let Place::Interface(id, direction) = self.place
            && let Some(interface) = network.interfaces().get(id)
            && self.checks.iter().any(|it| {
                it.subject == Subject::NoSecurityGroupRule && it.outcome == Outcome::Denies
            })
        {
            let groups = interface.security_groups.iter();
            let mut groups = groups.filter_map(|it| network.security_groups().get(*it));
            if groups.all(|it| it.rules(direction).is_empty()) {
                remarks.push(Remark::SgHasNoRules);
            }
        }
        remarks
    }
}

/// Does a node of a Classic Load Balancer send to somebody beside it? No other packet is asked by a list
/// on such a way (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
fn is_between_neighbours_of_a_classic_node(
    network: &Network,
    subnet: SubnetId,
    packet: &Packet,
) -> bool {
    let Some(row) = network.subnets().get(subnet) else { return false };
    let sender = network.interface_in(row.vpc, packet.source);
    let kind = sender.and_then(|it| network.interfaces().get(it)).map(|it| it.kind);
    let Some(InterfaceKind::LoadBalancer(id)) = kind else { return false };
    let balancer = network.load_balancers().get(id).map(|it| it.kind);
    balancer == Some(LoadBalancerKind::Classic) && row.contains(packet.destination)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{ProbeEnd, sample::*};

    /// The remarks of the checks and hops of one packet.
    fn said(sample: &Sample, from: ProbeEnd, to: ProbeEnd) -> Vec<Remark> {
        let trace = sample.tcp(from, to, 443);
        let checks = trace.hops.iter().flat_map(|it| &it.checks);
        let mut said: Vec<_> = checks.filter_map(|it| it.remark(&sample.network)).collect();
        said.extend(trace.hops.iter().flat_map(|it| it.remarks(&sample.network)));
        said
    }

    #[test]
    fn routes_that_were_not_taken_say_why() {
        let sample = Sample::new();
        let out = said(&sample, ProbeEnd::Interface(sample.web), INTERNET);
        assert!(out.contains(&Remark::VpcLocalRouteCidrRestriction), "{out:?}");
        let inside =
            said(&sample, ProbeEnd::Interface(sample.web), ProbeEnd::Interface(sample.app));
        assert!(inside.contains(&Remark::MoreSpecificRoute), "{inside:?}");
    }

    #[test]
    fn a_nat_gateway_is_said_to_write_another_source() {
        let sample = Sample::new();
        let out = said(&sample, ProbeEnd::Interface(sample.app), INTERNET);
        assert!(out.contains(&Remark::NgwSourceAddressReassign), "{out:?}");
        assert!(out.contains(&Remark::RemapEphemeralPort), "{out:?}");
    }

    #[test]
    fn a_group_without_rules_is_said_to_have_none() {
        let mut sample = Sample::new();
        sample.network.update(sample.open, |it| it.ingress.clear());
        let out = said(&sample, INTERNET, ProbeEnd::Interface(sample.web));
        assert!(out.contains(&Remark::SgHasNoRules), "{out:?}");
    }
}
