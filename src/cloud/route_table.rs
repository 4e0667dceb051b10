//! Route table: which target a destination leads to.

use std::{
    cmp::Reverse,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{
    cloud::{Id, InterfaceId, InternetGatewayId, Name, NatGatewayId, Outcome, Rules, VpcId},
    net::Cidr,
};

/// Names a [`RouteTable`].
pub type RouteTableId = Id<RouteTable>;

/// A route table (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTable {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// Its routes in the order they were added; the order decides nothing.
    pub routes: Vec<Route>,
}

/// One line of a route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The addresses it is for.
    pub destination: Cidr,
    /// Where it leads.
    pub target: Target,
    /// How it came to be.
    pub origin: Origin,
}

/// Where a route leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Inside the VPC.
    Local,
    /// To the internet.
    InternetGateway(InternetGatewayId),
    /// To the internet through address translation.
    NatGateway(NatGatewayId),
    /// To an interface: a NAT instance or an appliance.
    Interface(InterfaceId),
    /// The target was deleted; the route stays as a blackhole and drops
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>).
    Gone(Name),
}

/// How a route came to be. The order is AWS's order of preference among routes for the same
/// destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Made with the VPC; cannot be removed.
    Local,
    /// Written by a person.
    Static,
    /// Learned from a gateway.
    Propagated,
}

impl Route {
    /// The route that every table has for each block of its VPC.
    pub fn local(destination: Cidr) -> Self {
        Self { destination, target: Target::Local, origin: Origin::Local }
    }
}

impl RouteTable {
    /// The route that a destination takes, by its place in the list.
    ///
    /// The longest prefix wins, and IPv4 and IPv6 never mix. Among equal prefixes: local, then
    /// static, then propagated
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>). One
    /// exception: a local route beats even a more specific *propagated* one
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>). No route carries
    /// the ranges that [`kept_by_aws`] names.
    pub fn decide(&self, destination: IpAddr, rules: &Rules) -> Option<usize> {
        if kept_by_aws(destination) {
            return None;
        }
        let matching = || {
            (self.routes.iter().enumerate())
                .filter(move |(_, route)| route.destination.contains(destination))
        };
        if !rules.longest_prefix_wins {
            return matching().next().map(|(place, _)| place);
        }
        let local = matching().any(|(_, route)| route.origin == Origin::Local);
        matching()
            .filter(|(_, route)| !(local && route.origin == Origin::Propagated))
            .max_by_key(|(place, route)| {
                (route.destination.length(), Reverse(route.origin), Reverse(*place))
            })
            .map(|(place, _)| place)
    }

    /// What becomes of the route at `place` for a destination for which `chosen` was decided.
    pub(super) fn outcome(
        &self,
        place: usize,
        destination: IpAddr,
        chosen: Option<usize>,
        rules: &Rules,
    ) -> Outcome {
        let route = &self.routes[place];
        match chosen {
            _ if !route.destination.contains(destination) => {
                Outcome::NoMatch(crate::cloud::Field::Address)
            }
            Some(chosen) if chosen == place => match route.target {
                Target::Gone(_) => Outcome::Denies,
                _ => Outcome::Allows,
            },
            Some(_) if !rules.longest_prefix_wins => Outcome::NotReached,
            Some(chosen)
                if route.destination.length() < self.routes[chosen].destination.length() =>
            {
                Outcome::LessSpecific
            }
            Some(_) => Outcome::LowerPriority,
            // A matching route that was not even considered: AWS keeps the range to itself.
            None => Outcome::NotReached,
        }
    }
}

/// Destinations that AWS's own services use. A route to exactly these ranges or inside them is
/// refused, and a wider route does not carry them
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).
pub fn kept_by_aws(destination: IpAddr) -> bool {
    RANGES_KEPT_BY_AWS.iter().any(|range| range.contains(destination))
}

/// `169.254.168.0/22` and `fd00:ec2::/32`: see [`kept_by_aws`].
pub const RANGES_KEPT_BY_AWS: [Cidr; 2] = [
    Cidr::v4(Ipv4Addr::new(169, 254, 168, 0), 22),
    Cidr::v6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32),
];
