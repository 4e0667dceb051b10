//! The rules that a misconception would change. [`Rules::AWS`] is the truth; every other value is
//! a "wrong machine" that some learner has in mind. There is one engine for all of them.

use crate::cloud::{
    Network, Probe, Trace,
    trace::{trace_by, trace_with_ways},
    walk::Ways,
};

/// What the engine holds true of AWS: `true` is AWS, in every field.
#[expect(clippy::struct_excessive_bools, reason = "each is a rule that holds or does not")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// A security group lets replies pass whatever its rules say.
    pub security_groups_are_stateful: bool,
    /// A security group guards each interface, also against neighbours of its subnet.
    pub security_groups_guard_interfaces: bool,
    /// A rule that names a group means its members' addresses, and does not take over its rules.
    pub group_references_are_addresses: bool,
    /// Interfaces that carry the same group need a rule to talk to each other.
    pub group_members_need_a_rule: bool,
    /// A network ACL checks replies like any other packet.
    pub network_acls_are_stateless: bool,
    /// A network ACL is asked at the subnet's edge only, never between neighbours.
    pub network_acls_guard_the_edge: bool,
    /// The lowest matching ACL entry decides, not the highest.
    pub lowest_acl_number_wins: bool,
    /// A network ACL without entries denies everything: its closing `*` does.
    pub empty_acls_deny: bool,
    /// An ACL entry that denies decides in its turn only, not whenever it matches.
    pub acl_denies_wait_their_turn: bool,
    /// A reply goes to the client's ephemeral port, which the ACLs on its way must admit.
    pub replies_go_to_ephemeral_ports: bool,
    /// The most specific route decides, not the first.
    pub longest_prefix_wins: bool,
    /// A reply needs a route of its own.
    pub replies_need_routes: bool,
    /// A subnet without a table of its own uses the main table of its VPC.
    pub main_table_is_for_the_others: bool,
    /// The subnets of a VPC reach each other by the local route.
    pub local_route_joins_subnets: bool,
    /// `0.0.0.0/0` is for IPv4 alone.
    pub families_are_separate: bool,
    /// A peering joins two VPCs, and nothing behind them.
    pub peerings_join_two: bool,
    /// An internet gateway carries only what a route sends to it.
    pub internet_needs_route: bool,
    /// An internet gateway carries only interfaces that have a public address.
    pub internet_needs_public_address: bool,
    /// An internet gateway lets strangers in: it filters nothing.
    pub internet_gateways_filter_nothing: bool,
    /// A NAT gateway's own subnet needs a route to the internet.
    pub nat_gateways_need_a_route: bool,
    /// A NAT gateway lets nobody start a connection to it, or through it inwards.
    pub nat_gateways_refuse_strangers: bool,
    /// A proxy speaks to its targets under its own address, and a Network Load Balancer where it
    /// does not keep the client's.
    pub load_balancers_speak_for_themselves: bool,
    /// A Network Load Balancer keeps the client's address where its target group says so.
    pub network_load_balancers_keep_clients: bool,
    /// The groups that a Network Load Balancer was made with guard its nodes.
    pub network_load_balancers_have_groups: bool,
    /// Targets are reached by their private addresses, whoever the clients are.
    pub targets_need_no_public_address: bool,
    /// Answers to what came through a load balancer go back through it, whatever the routes say.
    pub answers_return_through_balancers: bool,
    /// A Network or Gateway Load Balancer sends to other zones only where it is told to.
    pub zones_are_crossed_where_told: bool,
    /// When no target is healthy, all of them get requests.
    pub all_unhealthy_means_all: bool,
    /// A gateway endpoint serves its own VPC alone.
    pub gateway_endpoints_serve_their_vpc: bool,
    /// The groups of an interface endpoint guard it.
    pub groups_guard_endpoints: bool,
    /// An interface endpoint is a neighbour in the VPC, and needs no route of its own.
    pub endpoints_need_no_route: bool,
}

impl Rules {
    /// How AWS works.
    pub const AWS: Self = Self {
        security_groups_are_stateful: true,
        security_groups_guard_interfaces: true,
        group_references_are_addresses: true,
        group_members_need_a_rule: true,
        network_acls_are_stateless: true,
        network_acls_guard_the_edge: true,
        lowest_acl_number_wins: true,
        empty_acls_deny: true,
        acl_denies_wait_their_turn: true,
        replies_go_to_ephemeral_ports: true,
        longest_prefix_wins: true,
        replies_need_routes: true,
        main_table_is_for_the_others: true,
        local_route_joins_subnets: true,
        families_are_separate: true,
        peerings_join_two: true,
        internet_needs_route: true,
        internet_needs_public_address: true,
        internet_gateways_filter_nothing: true,
        nat_gateways_need_a_route: true,
        nat_gateways_refuse_strangers: true,
        load_balancers_speak_for_themselves: true,
        network_load_balancers_keep_clients: true,
        network_load_balancers_have_groups: true,
        targets_need_no_public_address: true,
        answers_return_through_balancers: true,
        zones_are_crossed_where_told: true,
        all_unhealthy_means_all: true,
        gateway_endpoints_serve_their_vpc: true,
        groups_guard_endpoints: true,
        endpoints_need_no_route: true,
    };
}

impl Default for Rules {
    fn default() -> Self {
        Self::AWS
    }
}

/// What a learner may wrongly believe. Each is a machine that works by other [`Rules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Misconception {
    /// A security group checks replies too: one must open the way out for them.
    StatelessGroup,
    /// A security group sits on the subnet, and does not look at traffic inside it.
    GroupOnSubnet,
    /// Naming a group in a rule takes over that group's own rules.
    GroupImportsRules,
    /// Instances of one group reach each other without a rule.
    MembersTalk,
    /// A network ACL remembers connections, and lets replies pass.
    StatefulAcl,
    /// A network ACL also stands between the instances of one subnet.
    AclInsideSubnet,
    /// The last entry of a network ACL decides.
    LastAclEntryWins,
    /// A deny in a network ACL beats every allow.
    DenyWins,
    /// A new network ACL lets everything pass until somebody denies something.
    EmptyAclAllows,
    /// The port of the service is enough: ephemeral ports never matter.
    NoEphemeralPorts,
    /// The first route that matches is taken.
    FirstRouteWins,
    /// A reply finds its way back by itself.
    RepliesNeedNoRoute,
    /// A subnet that nobody gave a table has the local route only.
    NoMainTable,
    /// The subnets of a VPC cannot reach each other until one lets them.
    SubnetsAreIsolated,
    /// `0.0.0.0/0` carries IPv6 too.
    DefaultRouteCarriesIpv6,
    /// Who is peered with a VPC reaches through it those that it is peered with.
    TransitivePeering,
    /// An internet gateway on the VPC is enough.
    GatewayIsEnough,
    /// A public address is enough, whatever the routes say.
    PublicAddressIsEnough,
    /// A route to the internet gateway is enough, without a public address.
    RouteIsEnough,
    /// An internet gateway is a firewall: nobody comes in by it uninvited.
    GatewayIsFirewall,
    /// A NAT gateway works wherever it stands.
    NatWorksAnywhere,
    /// One can connect inwards through a NAT gateway.
    NatAcceptsInbound,
    /// Behind every load balancer, targets see the client's address.
    TargetsSeeClients,
    /// Behind every load balancer, targets see the load balancer's address.
    TargetsSeeBalancers,
    /// A Network Load Balancer has no security group.
    BalancersHaveNoGroup,
    /// Servers behind a load balancer for the internet need public addresses.
    TargetsNeedPublicAddresses,
    /// A target that sees the client's address answers by its own routes.
    TargetsAnswerByRoute,
    /// Every load balancer sends to the targets of all zones.
    BalancersCrossZones,
    /// When no target is healthy, nobody gets a request.
    UnhealthyGetNothing,
    /// A gateway endpoint serves peered VPCs and on-premises networks too.
    EndpointForNeighbours,
    /// Whoever finds the way to an interface endpoint may use it.
    EndpointNeedsNoGroup,
    /// An interface endpoint needs a route, as a gateway endpoint does.
    EndpointNeedsRoute,
}

impl Misconception {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::StatelessGroup,
        Self::GroupOnSubnet,
        Self::GroupImportsRules,
        Self::MembersTalk,
        Self::StatefulAcl,
        Self::AclInsideSubnet,
        Self::LastAclEntryWins,
        Self::DenyWins,
        Self::EmptyAclAllows,
        Self::NoEphemeralPorts,
        Self::FirstRouteWins,
        Self::RepliesNeedNoRoute,
        Self::NoMainTable,
        Self::SubnetsAreIsolated,
        Self::DefaultRouteCarriesIpv6,
        Self::TransitivePeering,
        Self::GatewayIsEnough,
        Self::PublicAddressIsEnough,
        Self::RouteIsEnough,
        Self::GatewayIsFirewall,
        Self::NatWorksAnywhere,
        Self::NatAcceptsInbound,
        Self::TargetsSeeClients,
        Self::TargetsSeeBalancers,
        Self::BalancersHaveNoGroup,
        Self::TargetsNeedPublicAddresses,
        Self::TargetsAnswerByRoute,
        Self::BalancersCrossZones,
        Self::UnhealthyGetNothing,
        Self::EndpointForNeighbours,
        Self::EndpointNeedsNoGroup,
        Self::EndpointNeedsRoute,
    ];

    /// How the world would work if the belief were true.
    pub const fn rules(self) -> Rules {
        let aws = Rules::AWS;
        match self {
            Self::StatelessGroup => Rules { security_groups_are_stateful: false, ..aws },
            Self::GroupOnSubnet => Rules { security_groups_guard_interfaces: false, ..aws },
            Self::GroupImportsRules => Rules { group_references_are_addresses: false, ..aws },
            Self::MembersTalk => Rules { group_members_need_a_rule: false, ..aws },
            Self::StatefulAcl => Rules { network_acls_are_stateless: false, ..aws },
            Self::AclInsideSubnet => Rules { network_acls_guard_the_edge: false, ..aws },
            Self::LastAclEntryWins => Rules { lowest_acl_number_wins: false, ..aws },
            Self::DenyWins => Rules { acl_denies_wait_their_turn: false, ..aws },
            Self::EmptyAclAllows => Rules { empty_acls_deny: false, ..aws },
            Self::NoEphemeralPorts => Rules { replies_go_to_ephemeral_ports: false, ..aws },
            Self::FirstRouteWins => Rules { longest_prefix_wins: false, ..aws },
            Self::RepliesNeedNoRoute => Rules { replies_need_routes: false, ..aws },
            Self::NoMainTable => Rules { main_table_is_for_the_others: false, ..aws },
            Self::SubnetsAreIsolated => Rules { local_route_joins_subnets: false, ..aws },
            Self::DefaultRouteCarriesIpv6 => Rules { families_are_separate: false, ..aws },
            Self::TransitivePeering => Rules { peerings_join_two: false, ..aws },
            Self::GatewayIsEnough => {
                Rules { internet_needs_route: false, internet_needs_public_address: false, ..aws }
            }
            Self::PublicAddressIsEnough => Rules { internet_needs_route: false, ..aws },
            Self::RouteIsEnough => Rules { internet_needs_public_address: false, ..aws },
            Self::GatewayIsFirewall => Rules { internet_gateways_filter_nothing: false, ..aws },
            Self::NatWorksAnywhere => Rules { nat_gateways_need_a_route: false, ..aws },
            Self::NatAcceptsInbound => Rules { nat_gateways_refuse_strangers: false, ..aws },
            Self::TargetsSeeClients => Rules { load_balancers_speak_for_themselves: false, ..aws },
            Self::TargetsSeeBalancers => {
                Rules { network_load_balancers_keep_clients: false, ..aws }
            }
            Self::BalancersHaveNoGroup => {
                Rules { network_load_balancers_have_groups: false, ..aws }
            }
            Self::TargetsNeedPublicAddresses => {
                Rules { targets_need_no_public_address: false, ..aws }
            }
            Self::TargetsAnswerByRoute => Rules { answers_return_through_balancers: false, ..aws },
            Self::BalancersCrossZones => Rules { zones_are_crossed_where_told: false, ..aws },
            Self::UnhealthyGetNothing => Rules { all_unhealthy_means_all: false, ..aws },
            Self::EndpointForNeighbours => {
                Rules { gateway_endpoints_serve_their_vpc: false, ..aws }
            }
            Self::EndpointNeedsNoGroup => Rules { groups_guard_endpoints: false, ..aws },
            Self::EndpointNeedsRoute => Rules { endpoints_need_no_route: false, ..aws },
        }
    }
}

/// A wrong machine that sees a packet's fate differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// What one would have to believe.
    pub misconception: Misconception,
    /// What would then become of the packet.
    pub trace: Trace,
    /// The hop of the true trace, by its place in the list, at which the two part. Where the wrong
    /// machine comes to its verdict in other zones than the true trace shows, that is where the
    /// packet turns to the other zone.
    pub hop: usize,
}

/// The misconceptions under which this packet would end otherwise than it does: how a wrong
/// prediction is named, and where wrong answers come from that somebody would really give.
pub fn partings(network: &Network, probe: Probe) -> Vec<Parting> {
    let truth = trace_with_ways(network, probe, &Rules::AWS);
    let differs = |misconception: Misconception| {
        let wrong = trace_with_ways(network, probe, &misconception.rules());
        (wrong.0.verdict != truth.0.verdict).then(|| {
            let beside = side_by_side(network, probe, &misconception.rules(), &truth, &wrong);
            let other = beside.filter(|it| it.truth == truth.0).map(|it| it.wrong);
            let hop = same_hops(&truth.0, other.as_ref().unwrap_or(&wrong.0));
            let hop = hop.min(truth.0.hops.len() - 1);
            Parting { misconception, trace: wrong.0, hop }
        })
    };
    Misconception::ALL.into_iter().filter_map(differs).collect()
}

/// One packet in AWS and in a wrong machine, by the same ways on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// As it is.
    pub truth: Trace,
    /// As it would be.
    pub wrong: Trace,
    /// How many hops both have in common, from the first: the next is where a rule is at work that
    /// only one of them has.
    pub hop: usize,
}

/// Where a wrong machine errs about a packet; `None` when it sees it as it is.
///
/// Load balancers have several nodes and targets, and transit gateways pick zones. Each machine tries
/// these in turn until one decides, and that may be another one than in AWS: so the two are laid side
/// by side with the packet on the same way in both, be it the one that decides in AWS, or else the
/// one that decides in the wrong machine.
pub fn compare(network: &Network, probe: Probe, rules: &Rules) -> Option<Comparison> {
    let truth = trace_with_ways(network, probe, &Rules::AWS);
    let wrong = trace_with_ways(network, probe, rules);
    side_by_side(network, probe, rules, &truth, &wrong)
}

fn side_by_side(
    network: &Network,
    probe: Probe,
    rules: &Rules,
    truth: &(Trace, Ways),
    wrong: &(Trace, Ways),
) -> Option<Comparison> {
    let comparison = |truth: Trace, wrong: Trace| {
        let hop = same_hops(&truth, &wrong);
        let differ = hop < truth.hops.len().max(wrong.hops.len());
        differ.then_some(Comparison { truth, wrong, hop })
    };
    if truth.1 == wrong.1 {
        return comparison(truth.0.clone(), wrong.0.clone());
    }
    comparison(truth.0.clone(), trace_by(network, probe, rules, &truth.1))
        .or_else(|| comparison(trace_by(network, probe, &Rules::AWS, &wrong.1), wrong.0.clone()))
}

/// How many hops two traces have in common, from the first.
fn same_hops(one: &Trace, other: &Trace) -> usize {
    one.hops.iter().zip(&other.hops).take_while(|(one, other)| one == other).count()
}

/// The misconceptions that explain a wrong prediction: those under which the packet would end as
/// `predicted` says. A belief that holds all of another one's errors is left out when the other
/// explains it too.
pub fn explanations(
    network: &Network,
    probe: Probe,
    predicted: impl Fn(&Trace) -> bool,
) -> Vec<Parting> {
    let mut found = partings(network, probe);
    found.retain(|it| predicted(&it.trace));
    let beliefs: Vec<Misconception> = found.iter().map(|it| it.misconception).collect();
    let narrower = [Misconception::PublicAddressIsEnough, Misconception::RouteIsEnough];
    if narrower.iter().any(|it| beliefs.contains(it)) {
        found.retain(|it| it.misconception != Misconception::GatewayIsEnough);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{
            AclAction, AclEntry, Change, InterfaceId, NetworkAclId, Origin, Peer, ProbeEnd, Route,
            SubnetId, Target, sample::*, trace,
        },
        net::{Cidr, Ports, Protocol},
    };

    /// Sends a TCP packet to port 443 and compares who would be wrong about it, and where.
    fn check(sample: &Sample, from: ProbeEnd, to: ProbeEnd, expected: &[(Misconception, &str)]) {
        let probe = Probe::new(from, to, Protocol::TCP, 443);
        let truth = trace(&sample.network, probe, &Rules::AWS);
        // Who takes the gateway for a firewall is wrong about every packet that comes in by it.
        let asked = |it: &Parting| {
            it.misconception != GatewayIsFirewall
                || expected.iter().any(|it| it.0 == GatewayIsFirewall)
        };
        let found: Vec<_> = partings(&sample.network, probe)
            .into_iter()
            .filter(asked)
            .map(|it| (it.misconception, place(&sample.network, truth.hops[it.hop].place)))
            .collect();
        let found: Vec<_> = found.iter().map(|(belief, place)| (*belief, place.as_str())).collect();
        assert_eq!(found, expected, "{}", story(&sample.network, &truth));
    }

    fn of(interface: InterfaceId) -> ProbeEnd {
        ProbeEnd::Interface(interface)
    }

    /// A list of its own for a subnet: `(number, action, port)` inbound, and the same outbound.
    fn guard(
        sample: &mut Sample,
        subnet: SubnetId,
        ingress: &[(u16, AclAction, Ports)],
        egress: &[(u16, AclAction, Ports)],
    ) -> NetworkAclId {
        let change = Change::CreateNetworkAcl { name: "acl".into(), vpc: sample.vpc };
        let acl = made!(sample.network, NetworkAcl, change);
        let entry = |(number, action, ports): &(u16, AclAction, Ports)| AclEntry {
            number: *number,
            action: *action,
            protocol: Some(Protocol::TCP),
            ports: *ports,
            cidr: Cidr::ANY_V4,
        };
        sample.network.update(acl, |it| {
            it.ingress = ingress.iter().map(entry).collect();
            it.egress = egress.iter().map(entry).collect();
        });
        sample.apply(Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
        acl
    }

    use AclAction::{Allow, Deny};
    use Misconception::*;

    const HTTPS: Ports = Ports::one(443);

    #[test]
    fn nobody_is_wrong_about_what_all_agree_on() {
        let sample = Sample::new();
        check(&sample, of(sample.web), INTERNET, &[]);
    }

    #[test]
    fn who_takes_the_internet_gateway_for_a_firewall_lets_nobody_in() {
        let sample = Sample::new();
        check(&sample, INTERNET, of(sample.web), &[(GatewayIsFirewall, "igw in")]);
    }

    #[test]
    fn a_list_without_entries_tells_who_thinks_it_open() {
        let mut sample = Sample::new();
        let private = sample.private;
        guard(&mut sample, private, &[], &[]);
        let found = partings(
            &sample.network,
            Probe::new(of(sample.web), of(sample.app), Protocol::TCP, 443),
        );
        assert!(found.iter().any(|it| it.misconception == EmptyAclAllows), "{found:?}");
    }

    #[test]
    fn the_main_table_tells_who_thinks_that_subnets_start_without_routes() {
        let mut sample = Sample::new();
        let (vpc, subnet, table) = (sample.vpc, sample.public, sample.public_table);
        sample.network.update(subnet, |it| it.route_table = None);
        sample.network.update(vpc, |it| it.main_route_table = table);
        check(&sample, of(sample.web), INTERNET, &[(NoMainTable, "routes public")]);
    }

    #[test]
    fn an_acl_without_the_way_back_tells_three_beliefs_from_the_truth() {
        let mut sample = Sample::new();
        let public = sample.public;
        let https = [(100, Allow, HTTPS)];
        guard(&mut sample, public, &https, &https);
        let at_the_list = "acl public out";
        check(
            &sample,
            INTERNET,
            of(sample.web),
            &[(StatefulAcl, at_the_list), (NoEphemeralPorts, at_the_list)],
        );
    }

    #[test]
    fn the_order_of_acl_entries_tells_two_beliefs_from_the_truth() {
        let mut sample = Sample::new();
        let public = sample.public;
        let both = [(100, Allow, Ports::ALL), (200, Deny, Ports::ALL)];
        guard(&mut sample, public, &both, &[(100, Allow, Ports::ALL)]);
        let expected = [(LastAclEntryWins, "acl public in"), (DenyWins, "acl public in")];
        check(&sample, INTERNET, of(sample.web), &expected);
    }

    #[test]
    fn neighbours_tell_where_lists_and_groups_stand() {
        let mut sample = Sample::new();
        let public = sample.public;
        let near = sample.run("near", public, "10.0.0.11");
        guard(&mut sample, public, &[], &[]);
        check(&sample, of(sample.web), of(near), &[(AclInsideSubnet, "near in")]);
        sample.network.update(sample.open, |it| it.ingress.clear());
        let at = "near in";
        let expected = [(GroupOnSubnet, at), (MembersTalk, at), (AclInsideSubnet, at)];
        check(&sample, of(sample.web), of(near), &expected);
    }

    #[test]
    fn a_group_without_a_way_out_tells_who_thinks_it_stateless() {
        let mut sample = Sample::new();
        sample.network.update(sample.open, |it| it.egress.clear());
        check(&sample, INTERNET, of(sample.web), &[(StatelessGroup, "web out")]);
    }

    #[test]
    fn a_named_group_tells_who_imports_its_rules() {
        let mut sample = Sample::new();
        let change = Change::CreateSecurityGroup { name: "app".into(), vpc: sample.vpc };
        let group = made!(sample.network, SecurityGroup, change);
        let rule = crate::cloud::SecurityGroupRule::everything(Peer::Group(sample.open));
        sample.network.update(group, |it| it.ingress = vec![rule]);
        sample.network.update(sample.web, |it| it.security_groups = vec![group]);
        check(&sample, INTERNET, of(sample.web), &[(GroupImportsRules, "web in")]);
    }

    #[test]
    fn the_order_of_routes_tells_who_takes_the_first() {
        let mut sample = Sample::new();
        let table = sample.public_table;
        let target = Target::Gone("old".into());
        sample.network.update(table, |it| {
            let destination = cidr("128.0.0.0/1");
            it.routes.insert(0, Route { destination, target, origin: Origin::Static });
            let to_internet = it.routes.pop().expect("the default route");
            it.routes.push(Route { destination: cidr("198.51.100.0/24"), ..to_internet });
        });
        check(&sample, of(sample.web), INTERNET, &[(FirstRouteWins, "routes public")]);
    }

    #[test]
    fn a_missing_way_back_tells_three_beliefs_from_the_truth() {
        let mut sample = Sample::new();
        let table = sample.public_table;
        sample.apply(Change::DeleteRoute { table, destination: Cidr::ANY_V4 });
        let at_the_table = "routes public";
        check(
            &sample,
            INTERNET,
            of(sample.web),
            &[
                (RepliesNeedNoRoute, at_the_table),
                (GatewayIsEnough, at_the_table),
                (PublicAddressIsEnough, at_the_table),
            ],
        );
        check(
            &sample,
            of(sample.web),
            INTERNET,
            &[(GatewayIsEnough, at_the_table), (PublicAddressIsEnough, at_the_table)],
        );
    }

    #[test]
    fn a_missing_public_address_tells_two_beliefs_from_the_truth() {
        let mut sample = Sample::new();
        sample.apply(Change::DisassociateAddress { interface: sample.web });
        let expected = [(GatewayIsEnough, "igw out"), (RouteIsEnough, "igw out")];
        check(&sample, of(sample.web), INTERNET, &expected);
    }

    #[test]
    fn a_nat_gateway_in_a_private_subnet_tells_who_puts_it_anywhere() {
        let mut sample = Sample::new();
        let table = sample.public_table;
        sample.apply(Change::DeleteRoute { table, destination: Cidr::ANY_V4 });
        let expected = [
            (GatewayIsEnough, "routes public"),
            (PublicAddressIsEnough, "routes public"),
            (NatWorksAnywhere, "acl public out"),
        ];
        check(&sample, of(sample.app), INTERNET, &expected);
    }

    #[test]
    fn knocking_at_a_nat_gateway_tells_who_comes_in_that_way() {
        let sample = Sample::new();
        let elastic = ProbeEnd::Address(ip("203.0.113.20"));
        check(&sample, INTERNET, elastic, &[(NatAcceptsInbound, "nat in")]);
        check(&sample, INTERNET, of(sample.app), &[(NatAcceptsInbound, "198.51.100.1")]);
    }

    #[test]
    fn subnets_of_a_vpc_tell_who_thinks_them_isolated() {
        let sample = Sample::new();
        check(&sample, of(sample.web), of(sample.app), &[(SubnetsAreIsolated, "routes public")]);
    }

    #[test]
    fn a_third_vpc_tells_who_thinks_peering_transitive() {
        let mut sample = Sample::new();
        let near = sample.vpc;
        let mut network = std::mem::take(&mut sample.network);
        let mut vpc_with_host = |name: &str, block: &str, range: &str, address: &str| {
            let vpc = network.insert_vpc(name, &[cidr(block)]);
            let (zone, cidr) = (crate::cloud::Zone("a".into()), cidr(range));
            let change = Change::CreateSubnet { name: name.into(), vpc, zone, cidr };
            let subnet = made!(network, Subnet, change);
            let change = Change::RunInstance {
                name: name.into(),
                subnet,
                address: Some(ip(address)),
                public_address: crate::cloud::PublicAtLaunch::No,
                groups: Vec::new(),
                listening: crate::cloud::Listening::Everywhere,
            };
            let instance = made!(network, Instance, change);
            let group = network.vpcs()[vpc].default_security_group;
            let everybody = crate::cloud::SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
            network.update(group, |it| it.ingress.push(everybody));
            (vpc, network.instances()[instance].interfaces[0])
        };
        let (middle, _) = vpc_with_host("middle", "10.1.0.0/16", "10.1.0.0/24", "10.1.0.10");
        let (far, host) = vpc_with_host("far", "10.2.0.0/16", "10.2.0.0/24", "10.2.0.10");
        let mut join = |requester, accepter| {
            let change = Change::CreatePeering { name: "pcx".into(), requester, accepter };
            let peering = made!(network, Peering, change);
            network.apply(Change::AcceptPeering { peering }).unwrap();
            Target::Peering(peering)
        };
        let (one, other) = (join(near, middle), join(middle, far));
        let far_table = network.vpcs()[far].main_route_table;
        for (table, destination, target) in [
            (sample.public_table, cidr("10.2.0.0/16"), one),
            (far_table, cidr("10.0.0.0/16"), other),
        ] {
            network.apply(Change::CreateRoute { table, destination, target }).unwrap();
        }
        sample.network = network;
        let to = ProbeEnd::Address(sample.network.interfaces()[host].addresses[0]);
        let expected = [(FirstRouteWins, "routes public"), (TransitivePeering, "peering pcx")];
        check(&sample, of(sample.web), to, &expected);
    }

    #[test]
    fn ipv6_tells_who_sends_it_by_the_default_route_of_ipv4() {
        let mut sample = Sample::new();
        let (web, public, vpc) = (sample.web, sample.public, sample.vpc);
        let acl = sample.network.vpcs()[vpc].default_network_acl;
        sample.network.update(vpc, |it| it.ipv6_cidrs.push(cidr("2001:db8:1::/56")));
        sample.network.update(public, |it| it.ipv6_cidr = Some(cidr("2001:db8:1::/64")));
        sample.network.update(web, |it| it.addresses.push(ip("2001:db8:1::10")));
        sample.network.update(sample.open, |it| {
            let rule = it.egress[0].clone();
            it.egress
                .push(crate::cloud::SecurityGroupRule { peer: Peer::Cidr(Cidr::ANY_V6), ..rule });
        });
        sample.network.update(acl, |it| {
            for entries in [&mut it.ingress, &mut it.egress] {
                let entry = AclEntry { number: 101, cidr: Cidr::ANY_V6, ..entries[0] };
                entries.push(entry);
            }
        });
        let far = ProbeEnd::Address(ip("2001:db8:ffff::1"));
        let at_the_table = "routes public";
        check(
            &sample,
            of(web),
            far,
            &[
                (DefaultRouteCarriesIpv6, at_the_table),
                (GatewayIsEnough, at_the_table),
                (PublicAddressIsEnough, at_the_table),
            ],
        );
    }
}
