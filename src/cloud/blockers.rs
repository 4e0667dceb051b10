//! Everything that stops a packet, not only the first.

use crate::{
    cloud::{Cause, Code, Leg, Network, Place, Probe, Rules, walk::Walk},
    net::Packet,
};

/// One thing that stops a packet, there or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Blocker {
    /// Stops it the request, or the answer?
    pub leg: Leg,
    /// Where.
    pub place: Place,
    /// Why.
    pub cause: Cause,
    /// The header that it stops.
    pub packet: Packet,
    /// Is there no way on to follow, so that nobody knows what stands behind it?
    pub is_end: bool,
}

impl Blocker {
    /// Reachability Analyzer's code for it, or ours where AWS has none.
    pub fn code(&self) -> Code {
        self.cause.code()
    }
}

/// All that would stop this packet on its way there and back, in the order in which the packet
/// meets it. Empty when nothing does; else the first is what [`trace`](crate::cloud::trace) finds.
///
/// The same walk as a trace, which goes on behind each filter as if that filter let the packet
/// pass, as Reachability Analyzer does
/// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>). Behind a
/// missing route to the internet it goes on by the gateway that somebody would write into it: the
/// internet gateway for a sender with a public address and for answers, else a NAT gateway
/// (egress-only for IPv6). It ends ([`Blocker::is_end`]) where there is no way on to follow: no
/// gateway, nobody with the address, a connection that a NAT gateway does not know. What is missing
/// for both directions, such as a public address, is told once.
pub fn blockers(network: &Network, probe: Probe) -> Vec<Blocker> {
    Walk::new(network, &Rules::AWS).all_blockers(probe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Change, InterfaceId, ProbeEnd, sample::*},
        net::{Cidr, Protocol},
    };

    fn check(sample: &Sample, from: ProbeEnd, to: ProbeEnd, expected: &[&str]) {
        let probe = Probe::new(from, to, Protocol::TCP, 443);
        let found: Vec<String> = blockers(&sample.network, probe)
            .iter()
            .map(|it| {
                let leg = if it.leg == Leg::Forward { "there" } else { "back" };
                format!("{leg}: {}: {}", place(&sample.network, it.place), it.code())
            })
            .collect();
        assert_eq!(found, expected);
    }

    fn of(interface: InterfaceId) -> ProbeEnd {
        ProbeEnd::Interface(interface)
    }

    #[test]
    fn nothing_blocks_what_is_delivered() {
        let sample = Sample::new();
        check(&sample, INTERNET, of(sample.web), &[]);
        check(&sample, of(sample.app), INTERNET, &[]);
    }

    #[test]
    fn every_filter_of_the_way_is_told_there_and_back() {
        let mut sample = Sample::new();
        let acl = sample.network.vpcs()[sample.vpc].default_network_acl;
        sample.network.update(acl, |it| {
            it.ingress.clear();
            it.egress.clear();
        });
        let open = sample.open;
        sample.network.update(open, |it| {
            it.ingress.clear();
            it.egress.clear();
        });
        check(
            &sample,
            of(sample.web),
            of(sample.app),
            &[
                "there: web out: ENI_SG_RULES_MISMATCH",
                "there: acl public out: SUBNET_ACL_RESTRICTION",
                "there: acl private in: SUBNET_ACL_RESTRICTION",
                "there: app in: ENI_SG_RULES_MISMATCH",
                "back: acl private out: SUBNET_ACL_RESTRICTION",
                "back: acl public in: SUBNET_ACL_RESTRICTION",
            ],
        );
    }

    #[test]
    fn all_that_is_missing_for_the_internet_is_told_once() {
        let mut sample = Sample::new();
        sample.apply(Change::DisassociateAddress { interface: sample.web });
        sample.network.update(sample.gateway, |it| it.vpc = None);
        let open = sample.open;
        sample.network.update(open, |it| it.ingress.clear());
        let missing = [
            "there: 198.51.100.1: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            "there: 198.51.100.1: BAD_STATE_ATTACHMENT",
            "there: web in: ENI_SG_RULES_MISMATCH",
        ];
        check(&sample, INTERNET, of(sample.web), &missing);
        check(&sample, INTERNET, ProbeEnd::PublicAddressOf(sample.web), &missing);
        check(
            &sample,
            of(sample.web),
            INTERNET,
            &[
                "there: igw out: BAD_STATE_ATTACHMENT",
                "there: igw out: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            ],
        );
    }

    #[test]
    fn behind_a_missing_route_the_likely_gateway_is_taken() {
        let mut sample = Sample::new();
        let (public, private) =
            (sample.public_table, sample.network.subnets()[sample.private].route_table);
        for table in [public, private.expect("its own table")] {
            sample.apply(Change::DeleteRoute { table, destination: Cidr::ANY_V4 });
        }
        let acl = sample.network.vpcs()[sample.vpc].default_network_acl;
        sample.network.update(acl, |it| it.ingress.clear());
        // The server without a public address would go by the NAT gateway, whose own way out is
        // missing too; and answers would come back to it.
        check(
            &sample,
            of(sample.app),
            INTERNET,
            &[
                "there: routes private: NO_ROUTE_TO_DESTINATION",
                "there: acl public in: SUBNET_ACL_RESTRICTION",
                "there: routes public: NO_ROUTE_TO_DESTINATION",
                "back: acl public in: SUBNET_ACL_RESTRICTION",
                "back: acl private in: SUBNET_ACL_RESTRICTION",
            ],
        );
        // The one with a public address, by the internet gateway.
        check(
            &sample,
            of(sample.web),
            INTERNET,
            &[
                "there: routes public: NO_ROUTE_TO_DESTINATION",
                "back: acl public in: SUBNET_ACL_RESTRICTION",
            ],
        );
    }

    #[test]
    fn where_there_is_no_way_on_the_list_ends() {
        let mut sample = Sample::new();
        let table = sample.public_table;
        sample.apply(Change::DeleteRoute { table, destination: Cidr::ANY_V4 });
        let open = sample.open;
        sample.network.update(open, |it| it.egress.clear());
        check(
            &sample,
            of(sample.web),
            INTERNET,
            &[
                "there: web out: ENI_SG_RULES_MISMATCH",
                "there: routes public: NO_ROUTE_TO_DESTINATION",
            ],
        );
        check(&sample, INTERNET, of(sample.web), &["back: routes public: NO_ROUTE_TO_DESTINATION"]);
        // Nobody has an address in the subnet that nobody has taken.
        let stranger = ProbeEnd::Address(ip("10.0.0.99"));
        let found =
            blockers(&sample.network, Probe::new(of(sample.app), stranger, Protocol::TCP, 443));
        assert_eq!(found.iter().map(|it| it.is_end).collect::<Vec<_>>(), [false, true]);
    }
}
