//! Gateway endpoint: the way from a VPC to S3 or DynamoDB that needs no internet.

use crate::{
    cloud::{
        Id, Name, PrefixListId, Quota, Reason, Refusal, RouteTableId, Target, Thing, VpcId,
        edit::Edit,
    },
    net::{Packet, Protocol},
};

/// Names a [`GatewayEndpoint`].
pub type GatewayEndpointId = Id<GatewayEndpoint>;

/// A gateway endpoint (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).
/// It has no address and no group: it is a route in the tables that were chosen, for the list of the
/// service's addresses in the same Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayEndpoint {
    /// As the author wrote it.
    pub name: Name,
    /// Its VPC, from which alone it can be used.
    pub vpc: VpcId,
    /// The addresses of its service.
    pub list: PrefixListId,
    /// The tables that have its route.
    pub route_tables: Vec<RouteTableId>,
    /// What its policy says about who asks.
    pub policy: EndpointPolicy,
}

/// What the policy of an endpoint says, as far as a packet is concerned: everything, as it does when
/// nobody wrote another, or nothing
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum EndpointPolicy {
    /// Whoever asks may.
    #[default]
    Allows,
    /// Nobody may.
    Denies,
}

impl EndpointPolicy {
    /// As scenes and edits write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allows => "allow",
            Self::Denies => "deny",
        }
    }
}

/// Does a gateway endpoint carry this packet? TCP and ping only
/// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
pub fn carries(packet: &Packet) -> bool {
    packet.protocol == Protocol::TCP || packet.protocol.is_icmp()
}

impl Edit<'_> {
    /// AWS puts its route into the tables by itself
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).
    pub fn create_gateway_endpoint(
        &mut self,
        name: Name,
        vpc: VpcId,
        list: PrefixListId,
        tables: &[RouteTableId],
    ) -> Result<GatewayEndpointId, Refusal> {
        self.get(vpc)?;
        if !self.get(list)?.by_aws {
            return Err(Refusal::new("InvalidServiceName", Reason::NoServiceList(list)));
        }
        self.network
            .admits_one_more(Quota::GatewayEndpoints, self.network.gateway_endpoints.len())?;
        let (route_tables, policy) = (Vec::new(), EndpointPolicy::Allows);
        let id = self.make(GatewayEndpoint { name, vpc, list, route_tables, policy });
        self.modify_gateway_endpoint(id, tables)?;
        Ok(id)
    }

    /// From now on these tables have its route, and no others.
    pub fn modify_gateway_endpoint(
        &mut self,
        id: GatewayEndpointId,
        tables: &[RouteTableId],
    ) -> Result<(), Refusal> {
        let endpoint = self.get(id)?.clone();
        for &table in tables {
            if self.get(table)?.vpc != endpoint.vpc {
                let (here, there) = (Thing::GatewayEndpoint(id), Thing::RouteTable(table));
                let reason = Reason::DifferentVpcs(here, there);
                return Err(Refusal::new("InvalidParameterValue", reason));
            }
        }
        for &table in endpoint.route_tables.iter().filter(|it| !tables.contains(it)) {
            self.remove_list_routes(table, endpoint.list);
        }
        let mut kept: Vec<RouteTableId> = Vec::new();
        for &table in tables {
            if kept.contains(&table) {
                continue;
            }
            kept.push(table);
            if !endpoint.route_tables.contains(&table) {
                // Two endpoints for one service cannot serve the same table
                // (https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html).
                self.add_prefix_list_route(table, endpoint.list, &Target::GatewayEndpoint(id))?;
            }
        }
        self.change(id, |it| it.route_tables = kept);
        Ok(())
    }

    pub fn modify_gateway_endpoint_policy(
        &mut self,
        id: GatewayEndpointId,
        policy: EndpointPolicy,
    ) -> Result<(), Refusal> {
        self.get(id)?;
        self.change(id, |it| it.policy = policy);
        Ok(())
    }

    /// Its routes go along
    /// (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).
    pub fn delete_gateway_endpoint(&mut self, id: GatewayEndpointId) -> Result<(), Refusal> {
        self.modify_gateway_endpoint(id, &[])?;
        self.remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{Change, Origin, PrefixList, Probe, ProbeEnd, RouteTable, Rules, sample::*, trace},
        net::Cidr,
    };

    const S3: ProbeEnd =
        ProbeEnd::Address(std::net::IpAddr::V4(std::net::Ipv4Addr::new(52, 216, 0, 9)));

    fn with_endpoint() -> (Sample, GatewayEndpointId) {
        let mut sample = Sample::new();
        let list = sample.network.insert(PrefixList {
            name: "s3".into(),
            cidrs: vec![cidr("52.216.0.0/15")],
            by_aws: true,
        });
        let (vpc, tables) = (sample.vpc, vec![sample.private_table]);
        let name = "s3".into();
        let change = Change::CreateGatewayEndpoint { name, vpc, list, tables };
        let endpoint = made!(sample.network, GatewayEndpoint, change);
        (sample, endpoint)
    }

    fn check(sample: &Sample, probe: Probe, expected: &str) {
        let trace = trace(&sample.network, probe, &Rules::AWS);
        assert_eq!(story(&sample.network, &trace), expected);
    }

    fn ask(sample: &Sample, protocol: Protocol) -> Probe {
        Probe::new(ProbeEnd::Interface(sample.app), S3, protocol, 443)
    }

    #[test]
    fn it_leads_to_its_service_and_the_source_stays_private() {
        let (sample, _) = with_endpoint();
        let way = "app out, acl private out, routes private, endpoint out, 52.216.0.9 | \
                   52.216.0.9, endpoint in, acl private in, app in: delivered";
        check(&sample, ask(&sample, Protocol::TCP), way);
        check(&sample, ask(&sample, Protocol::ICMP), way);
        let trace = trace(&sample.network, ask(&sample, Protocol::TCP), &Rules::AWS);
        assert_eq!(trace.received().unwrap().source, ip("10.0.1.10"));
    }

    #[test]
    fn it_carries_tcp_and_ping_and_asks_its_policy() {
        let (mut sample, endpoint) = with_endpoint();
        let here = "app out, acl private out, routes private, endpoint out";
        let udp = ask(&sample, Protocol::UDP);
        check(&sample, udp, &format!("{here}: VPCE_GATEWAY_PROTOCOL_RESTRICTION"));
        let policy = EndpointPolicy::Denies;
        sample.apply(Change::ModifyGatewayEndpointPolicy { endpoint, policy });
        let tcp = ask(&sample, Protocol::TCP);
        check(&sample, tcp, &format!("{here}: ENDPOINT_POLICY"));
    }

    #[test]
    fn its_route_comes_and_goes_with_it_and_by_no_other_hand() {
        let (mut sample, endpoint) = with_endpoint();
        let (table, list) =
            (sample.private_table, sample.network.gateway_endpoints()[endpoint].list);
        let listed = |table: &RouteTable| {
            table.routes.iter().any(|it| it.origin == Origin::PrefixList(list))
        };
        let delete = Change::DeletePrefixListRoute { table, list };
        assert_eq!(sample.code(delete), Err("InvalidParameterValue"));
        let destination = cidr("52.216.0.0/15");
        let delete = Change::DeleteRoute { table, destination };
        assert_eq!(sample.code(delete), Err("InvalidRoute.NotFound"));
        // Another table of AWS's choosing? No: the author's.
        let tables = vec![sample.public_table];
        sample.apply(Change::ModifyGatewayEndpoint { endpoint, tables });
        assert!(!listed(&sample.network.route_tables()[table]));
        assert!(listed(&sample.network.route_tables()[sample.public_table]));
        sample.apply(Change::DeleteGatewayEndpoint { endpoint });
        assert!(!listed(&sample.network.route_tables()[sample.public_table]));
    }

    #[test]
    fn a_route_for_exactly_the_services_range_beats_it() {
        let (mut sample, _) = with_endpoint();
        let (table, destination) = (sample.private_table, cidr("52.216.0.0/15"));
        let target = Target::NatGateway(sample.nat);
        sample.apply(Change::CreateRoute { table, destination, target });
        let trace = trace(&sample.network, ask(&sample, Protocol::TCP), &Rules::AWS);
        assert_eq!(trace.received().unwrap().source, ip("203.0.113.20"));
        // A list that is not AWS's names no service.
        let name = "mine".into();
        let change = Change::CreatePrefixList { name, cidrs: vec![Cidr::ANY_V4] };
        let list = made!(sample.network, PrefixList, change);
        let (vpc, name, tables) = (sample.vpc, "mine".into(), Vec::new());
        let change = Change::CreateGatewayEndpoint { name, vpc, list, tables };
        assert_eq!(sample.code(change), Err("InvalidServiceName"));
    }
}
