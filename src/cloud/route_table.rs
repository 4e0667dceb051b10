//! Route table: which target a destination leads to.

use crate::{
    cloud::{Id, InterfaceId, InternetGatewayId, Name, NatGatewayId, VpcId},
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

/// How a route came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Made with the VPC; cannot be removed.
    Local,
    /// Written by a person.
    Static,
    /// Learned from a gateway.
    Propagated,
}
