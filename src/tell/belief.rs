//! Misconceptions in words.

use crate::{
    cloud::{Misconception, Parting},
    i18n::belief::Belief,
    tell::Teller,
};

/// More explanations of one prediction than this help nobody.
const MOST: usize = 3;

impl Teller<'_> {
    /// How somebody saw it who holds this belief, and how it is.
    pub fn belief(&self, misconception: Misconception) -> Belief {
        let words = &self.lang().strings().belief;
        match misconception {
            Misconception::StatelessGroup => words.stateless_group,
            Misconception::GroupOnSubnet => words.group_on_subnet,
            Misconception::GroupImportsRules => words.group_imports_rules,
            Misconception::MembersTalk => words.members_talk,
            Misconception::StatefulAcl => words.stateful_acl,
            Misconception::AclInsideSubnet => words.acl_inside_subnet,
            Misconception::LastAclEntryWins => words.last_acl_entry_wins,
            Misconception::DenyWins => words.deny_wins,
            Misconception::EmptyAclAllows => words.empty_acl_allows,
            Misconception::NoEphemeralPorts => words.no_ephemeral_ports,
            Misconception::FirstRouteWins => words.first_route_wins,
            Misconception::RepliesNeedNoRoute => words.replies_need_no_route,
            Misconception::NoMainTable => words.no_main_table,
            Misconception::SubnetsAreIsolated => words.subnets_are_isolated,
            Misconception::DefaultRouteCarriesIpv6 => words.default_route_carries_ipv6,
            Misconception::TransitivePeering => words.transitive_peering,
            Misconception::GatewayIsEnough => words.gateway_is_enough,
            Misconception::PublicAddressIsEnough => words.public_address_is_enough,
            Misconception::RouteIsEnough => words.route_is_enough,
            Misconception::GatewayIsFirewall => words.gateway_is_firewall,
            Misconception::NatWorksAnywhere => words.nat_works_anywhere,
            Misconception::NatAcceptsInbound => words.nat_accepts_inbound,
            Misconception::TargetsSeeClients => words.targets_see_clients,
            Misconception::TargetsSeeBalancers => words.targets_see_balancers,
            Misconception::BalancersHaveNoGroup => words.balancers_have_no_group,
            Misconception::TargetsNeedPublicAddresses => words.targets_need_public_addresses,
            Misconception::TargetsAnswerByRoute => words.targets_answer_by_route,
            Misconception::BalancersCrossZones => words.balancers_cross_zones,
            Misconception::UnhealthyGetNothing => words.unhealthy_get_nothing,
            Misconception::EndpointForNeighbours => words.endpoint_for_neighbours,
            Misconception::EndpointNeedsNoGroup => words.endpoint_needs_no_group,
            Misconception::EndpointNeedsRoute => words.endpoint_needs_route,
        }
    }

    /// What explains a wrong prediction, an entry for each sentence or two; empty when nothing does.
    /// When it can only be one belief, with how it really is.
    pub fn explained(&self, explanations: &[Parting]) -> Vec<String> {
        match explanations {
            [] => Vec::new(),
            [it] => {
                let Belief { saw, truth } = self.belief(it.misconception);
                vec![format!("{saw} {truth}")]
            }
            several => {
                let mut told = vec![self.lang().strings().belief.one_of.to_owned()];
                let first = several.iter().take(MOST).enumerate();
                told.extend(
                    first.map(|(at, it)| {
                        format!("({}) {}", at + 1, self.belief(it.misconception).saw)
                    }),
                );
                told
            }
        }
    }
}
