//! Egress-only internet gateway: lets IPv6 addresses start connections, and nobody start one to them.

use crate::cloud::{Id, Name, Quota, Refusal, Target, VpcId, edit::Edit};

/// Names an [`EgressOnlyGateway`].
pub type EgressOnlyGatewayId = Id<EgressOnlyGateway>;

/// An egress-only internet gateway: IPv6 only, outbound only, and it remembers what went out
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>). It has no
/// group; the list of the subnet applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgressOnlyGateway {
    /// As the author wrote it.
    pub name: Name,
    /// Its VPC. It is never detached.
    pub vpc: VpcId,
}

impl Edit<'_> {
    /// It is made for a VPC, and stays with it
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateEgressOnlyInternetGateway.html>).
    pub fn create_egress_only_gateway(
        &mut self,
        name: Name,
        vpc: VpcId,
    ) -> Result<EgressOnlyGatewayId, Refusal> {
        self.get(vpc)?;
        self.network
            .admits_one_more(Quota::EgressOnlyGateways, self.network.egress_only_gateways.len())?;
        Ok(self.make(EgressOnlyGateway { name, vpc }))
    }

    /// Routes to it stay as blackholes
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>).
    pub fn delete_egress_only_gateway(&mut self, id: EgressOnlyGatewayId) -> Result<(), Refusal> {
        let name = self.get(id)?.name.clone();
        self.blackhole_routes_to(&Target::EgressOnlyGateway(id), &name);
        self.remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{
            Change, Direction, Network, Peer, Probe, ProbeEnd, Rules, SecurityGroupRule, sample::*,
            trace,
        },
        net::{Cidr, Protocol},
    };

    /// The sample with IPv6: `web` reaches the internet through the internet gateway, `app` through
    /// an egress-only gateway.
    fn with_ipv6() -> Sample {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        sample.apply(Change::AssociateVpcCidrBlock { vpc, cidr: cidr("2001:db8:1::/56") });
        for (subnet, range) in
            [(sample.public, "2001:db8:1::/64"), (sample.private, "2001:db8:1:1::/64")]
        {
            sample.apply(Change::AssociateSubnetCidrBlock { subnet, cidr: cidr(range) });
        }
        for interface in [sample.web, sample.app] {
            sample.apply(Change::AssignIpv6Address { interface, address: None });
        }
        let (group, direction) = (sample.open, Direction::Ingress);
        let rule = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V6));
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule });
        let create = Change::CreateEgressOnlyGateway { name: "eigw".into(), vpc };
        let gateway = made!(sample.network, EgressOnlyGateway, create);
        for (table, target) in [
            (sample.public_table, Target::InternetGateway(sample.gateway)),
            (sample.private_table, Target::EgressOnlyGateway(gateway)),
        ] {
            sample.apply(Change::CreateRoute { table, destination: Cidr::ANY_V6, target });
        }
        sample
    }

    fn check(sample: &Sample, from: ProbeEnd, to: ProbeEnd, expected: &str) {
        let probe = Probe::new(from, to, Protocol::TCP, 443);
        let trace = trace(&sample.network, probe, &Rules::AWS);
        assert_eq!(story(&sample.network, &trace), expected);
    }

    const FAR: ProbeEnd = ProbeEnd::Address(Network::INTERNET_V6);

    #[test]
    fn it_lets_connections_out_and_their_answers_in() {
        let sample = with_ipv6();
        check(
            &sample,
            ProbeEnd::Interface(sample.app),
            FAR,
            "app out, acl private out, routes private, eigw out, 2001:db8:ffff::1 | \
             2001:db8:ffff::1, eigw in, acl private in, app in: delivered",
        );
    }

    #[test]
    fn nobody_outside_starts_a_connection_through_it() {
        let sample = with_ipv6();
        check(
            &sample,
            INTERNET,
            ProbeEnd::Address(ip("2001:db8:1:1::4")),
            "2001:db8:ffff::1, eigw in: EGRESS_ONLY_UNSOLICITED",
        );
        check(
            &sample,
            INTERNET,
            ProbeEnd::Address(ip("2001:db8:1::4")),
            "2001:db8:ffff::1, igw in, acl public in, web in | \
             web out, acl public out, routes public, igw out, 2001:db8:ffff::1: delivered",
        );
    }

    #[test]
    fn it_carries_ipv6_alone() {
        let mut sample = with_ipv6();
        let gateway = sample.network.egress_only_gateway_of(sample.vpc).unwrap();
        let (table, destination) = (sample.private_table, cidr("192.0.2.0/24"));
        let target = Target::EgressOnlyGateway(gateway);
        let change = Change::CreateRoute { table, destination, target };
        assert_eq!(sample.code(change), Err("InvalidParameterValue"));
    }

    #[test]
    fn its_routes_outlive_it() {
        let mut sample = with_ipv6();
        let gateway = sample.network.egress_only_gateway_of(sample.vpc).unwrap();
        sample.apply(Change::DeleteEgressOnlyGateway { gateway });
        check(
            &sample,
            ProbeEnd::Interface(sample.app),
            FAR,
            "app out, acl private out, routes private: BAD_STATE_ROUTE",
        );
    }

    #[test]
    fn ipv6_comes_to_a_vpc_with_routes_rules_and_entries_of_its_own() {
        let mut sample = Sample::new();
        let vpc = sample.vpc;
        let before = sample.network.clone();
        let block = cidr("2001:db8:1::/56");
        let undo =
            sample.network.apply(Change::AssociateVpcCidrBlock { vpc, cidr: block }).unwrap().undo;
        let acl = &sample.network.network_acls()[sample.network.vpcs()[vpc].default_network_acl];
        assert_eq!(acl.ingress[1].cidr, Cidr::ANY_V6);
        assert_eq!(sample.network.security_groups()[sample.open].egress.len(), 2);
        assert_eq!(sample.network.route_tables()[sample.public_table].routes[1].destination, block);
        sample.network.undo(undo);
        assert_eq!(sample.network, before);

        for (block, expected) in [
            ("2001:db8:1::/56", Ok(())),
            ("2001:db8:1::/60", Err("InvalidVpc.Range")),
            ("2001:db8:2::/58", Err("InvalidVpc.Range")),
            ("2001:db8::/40", Err("InvalidVpc.Range")),
        ] {
            let change = Change::AssociateVpcCidrBlock { vpc, cidr: cidr(block) };
            assert_eq!(sample.code(change), expected, "{block}");
        }
        let subnet = sample.public;
        for (range, expected) in [
            ("2001:db8:2::/64", Err("InvalidSubnet.Range")),
            ("2001:db8:1::/66", Err("InvalidSubnet.Range")),
            ("10.0.0.0/24", Err("InvalidParameterValue")),
            ("2001:db8:1::/64", Ok(())),
            ("2001:db8:1:1::/64", Err("InvalidSubnet.Conflict")),
        ] {
            let change = Change::AssociateSubnetCidrBlock { subnet, cidr: cidr(range) };
            assert_eq!(sample.code(change), expected, "{range}");
        }
        let interface = sample.web;
        let assign = |address: &str| Change::AssignIpv6Address {
            interface,
            address: Some(address.parse().unwrap()),
        };
        assert_eq!(sample.code(assign("2001:db8:1::3")), Err("InvalidParameterValue"));
        assert_eq!(sample.code(assign("2001:db8:1::9")), Ok(()));
        assert_eq!(sample.code(assign("2001:db8:1::9")), Err("InvalidIPAddress.InUse"));
        let disassociate = Change::DisassociateVpcCidrBlock { vpc, cidr: block };
        assert_eq!(sample.code(disassociate), Err("InvalidCidrBlock.InUse"));
        let disassociate = Change::DisassociateSubnetCidrBlock { subnet };
        assert_eq!(sample.code(disassociate.clone()), Err("InvalidCidrBlock.InUse"));
        let address = "2001:db8:1::9".parse().unwrap();
        sample.apply(Change::UnassignIpv6Address { interface, address });
        sample.apply(disassociate);
    }
}
