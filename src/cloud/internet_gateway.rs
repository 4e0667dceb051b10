//! Internet gateway: the way between a VPC and the internet, translating addresses one to one.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        Cause, Id, Name, NatGateway, Quota, Reason, Refusal, RouteTableId, Target, Thing, VpcId,
        edit::Edit,
    },
    net::Cidr,
};

/// Names an [`InternetGateway`].
pub type InternetGatewayId = Id<InternetGateway>;

/// An internet gateway (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternetGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it is attached to, at most one.
    pub vpc: Option<VpcId>,
    /// The table that decides for what comes in through it, when there is one
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>).
    pub route_table: Option<RouteTableId>,
}

/// The private ranges of RFC 1918.
pub const PRIVATE: [Cidr; 3] = [
    Cidr::v4(Ipv4Addr::new(10, 0, 0, 0), 8),
    Cidr::v4(Ipv4Addr::new(172, 16, 0, 0), 12),
    Cidr::v4(Ipv4Addr::new(192, 168, 0, 0), 16),
];

/// The range shared by carriers, RFC 6598.
pub const SHARED: Cidr = Cidr::v4(Ipv4Addr::new(100, 64, 0, 0), 10);

/// Why an internet gateway rejects a packet that leaves the VPC for this destination: the internet
/// has no way to private and shared addresses
/// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
pub fn rejects_destination(destination: IpAddr) -> Option<Cause> {
    if PRIVATE.iter().any(|range| range.contains(destination)) {
        Some(Cause::PrivateDestination)
    } else {
        SHARED.contains(destination).then_some(Cause::SharedDestination)
    }
}

/// Why an internet gateway rejects a packet that enters the VPC from this source: no such address
/// can come from the internet
/// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
pub fn rejects_source(source: IpAddr) -> Option<Cause> {
    if PRIVATE.iter().any(|range| range.contains(source)) {
        Some(Cause::PrivateSource)
    } else {
        SHARED.contains(source).then_some(Cause::SharedSource)
    }
}

impl Edit<'_> {
    pub fn create_internet_gateway(&mut self, name: Name) -> Result<InternetGatewayId, Refusal> {
        self.network
            .admits_one_more(Quota::InternetGateways, self.network.internet_gateways.len())?;
        Ok(self.make(InternetGateway { name, vpc: None, route_table: None }))
    }

    /// One gateway per VPC, one VPC per gateway
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>).
    pub fn attach_internet_gateway(
        &mut self,
        id: InternetGatewayId,
        vpc: VpcId,
    ) -> Result<(), Refusal> {
        if let Some(vpc) = self.get(id)?.vpc {
            let reason = Reason::GatewayAttached(id, vpc);
            return Err(Refusal::new("Resource.AlreadyAssociated", reason));
        }
        self.get(vpc)?;
        if let Some(other) = self.network.internet_gateway_of(vpc) {
            let reason = Reason::VpcHasGateway(vpc, other);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.change(id, |it| it.vpc = Some(vpc));
        Ok(())
    }

    /// A gateway stays while it translates for somebody
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).
    pub fn detach_internet_gateway(&mut self, id: InternetGatewayId) -> Result<(), Refusal> {
        let Some(vpc) = self.get(id)?.vpc else {
            let reason = Reason::GatewayNotAttached(id);
            return Err(Refusal::new("Gateway.NotAttached", reason));
        };
        let mapped = self.network.interfaces.find(|interface, it| {
            it.public_addresses().next().is_some() && self.network.vpc_of(interface) == vpc
        });
        if let Some(interface) = mapped {
            let reason = Reason::PublicAddressMapped(interface);
            return Err(Refusal::new("DependencyViolation", reason));
        }
        let sends =
            |it: &NatGateway| it.vpc == vpc && it.regional().is_some_and(|it| !it.zones.is_empty());
        if let Some(nat) = self.network.nat_gateways.find(|_, it| sends(it)) {
            let (thing, by) = (Thing::InternetGateway(id), Thing::NatGateway(nat));
            return Err(Refusal::new("DependencyViolation", Reason::InUse { thing, by }));
        }
        self.change(id, |it| {
            it.vpc = None;
            it.route_table = None;
        });
        Ok(())
    }

    /// A table for what comes in through the gateway, or none any more. It belongs to the gateway's
    /// VPC, is not the main one and no subnet's, and leads whole subnets (or the VPC) to where they
    /// lie or to an interface
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>).
    pub fn associate_gateway_route_table(
        &mut self,
        id: InternetGatewayId,
        table: Option<RouteTableId>,
    ) -> Result<(), Refusal> {
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        let gateway = self.get(id)?;
        if let Some(table) = table {
            self.check_gateway_table(Thing::InternetGateway(id), gateway.vpc, table)?;
        } else if gateway.route_table.is_none() {
            return refused(Reason::GatewayWithoutTable(Thing::InternetGateway(id)));
        }
        self.change(id, |it| it.route_table = table);
        Ok(())
    }

    pub fn delete_internet_gateway(&mut self, id: InternetGatewayId) -> Result<(), Refusal> {
        let gateway = self.get(id)?;
        if let Some(vpc) = gateway.vpc {
            let reason = Reason::InUse { thing: Thing::InternetGateway(id), by: Thing::Vpc(vpc) };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        let name = gateway.name.clone();
        self.blackhole_routes_to(&Target::InternetGateway(id), &name);
        self.remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, sample::*};

    fn check(address: &str, outbound: Option<Cause>, inbound: Option<Cause>) {
        assert_eq!(rejects_destination(ip(address)), outbound, "{address}");
        assert_eq!(rejects_source(ip(address)), inbound, "{address}");
    }

    #[test]
    fn the_internet_carries_no_private_and_no_shared_addresses() {
        for private in ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.7.7"] {
            check(private, Some(Cause::PrivateDestination), Some(Cause::PrivateSource));
        }
        check("100.64.9.9", Some(Cause::SharedDestination), Some(Cause::SharedSource));
        check("172.32.0.1", None, None);
        check("100.128.0.1", None, None);
        check("2001:db8::1", None, None);
    }

    #[test]
    fn one_gateway_per_vpc_and_one_vpc_per_gateway() {
        let mut sample = Sample::new();
        let (gateway, vpc) = (sample.gateway, sample.vpc);
        let again = Change::AttachInternetGateway { gateway, vpc };
        assert_eq!(sample.code(again), Err("Resource.AlreadyAssociated"));
        let second = Change::CreateInternetGateway { name: "second".into() };
        let second = made!(sample.network, InternetGateway, second);
        let attach = Change::AttachInternetGateway { gateway: second, vpc };
        assert_eq!(sample.code(attach), Err("InvalidParameterValue"));
        let detach = Change::DetachInternetGateway { gateway: second };
        assert_eq!(sample.code(detach), Err("Gateway.NotAttached"));
        sample.apply(Change::DeleteInternetGateway { gateway: second });
    }

    #[test]
    fn a_gateway_stays_while_it_translates_for_somebody() {
        let mut sample = Sample::new();
        let gateway = sample.gateway;
        let detach = Change::DetachInternetGateway { gateway };
        let delete = Change::DeleteInternetGateway { gateway };
        assert_eq!(sample.code(detach.clone()), Err("DependencyViolation"));
        assert_eq!(sample.code(delete.clone()), Err("DependencyViolation"));
        sample.apply(Change::DisassociateAddress { interface: sample.web });
        assert_eq!(sample.code(detach.clone()), Err("DependencyViolation"), "the NAT gateway's");
        sample.apply(Change::DeleteNatGateway { gateway: sample.nat });
        sample.apply(detach);
        sample.apply(delete);
        let routes = &sample.network.route_tables()[sample.public_table].routes;
        assert_eq!(routes[1].target, Target::Gone("igw".into()));
    }
}
