//! One packet, there and back, hop by hop.

mod cause;
mod subject;

pub use cause::{Cause, ServiceCause, TransitCause};
pub use subject::{ServiceSubject, Subject, TransitSubject};

use std::net::IpAddr;

use crate::{
    cloud::{
        AmazonService, ApiId, Code, DistributionId, EgressOnlyGatewayId, FunctionId,
        GatewayEndpointId, HostId, InterfaceEndpointId, InterfaceId, InternetGatewayId, Link,
        LoadBalancerId, NatGatewayId, Network, NetworkAclId, OnPremisesId, PeeringId, RouteTableId,
        Rules, ServiceId, SubnetId, Thing, TransitGatewayAttachmentId, TransitGatewayRouteTableId,
        VirtualPrivateGatewayId,
        walk::{Walk, Ways},
    },
    net::{Packet, Protocol},
};

/// A question to the simulator: does this packet arrive, and does the answer come back?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Probe {
    /// Who sends.
    pub from: ProbeEnd,
    /// Who is meant.
    pub to: ProbeEnd,
    /// The protocol; ICMP means ping.
    pub protocol: Protocol,
    /// The destination port; 0 without ports.
    pub port: u16,
    /// The client's ephemeral port; 0 without ports.
    pub source_port: u16,
}

impl Probe {
    /// A probe with the usual source port.
    pub fn new(from: ProbeEnd, to: ProbeEnd, protocol: Protocol, port: u16) -> Self {
        let source_port = if protocol.has_ports() { Self::SOURCE_PORT } else { 0 };
        let port = if protocol.has_ports() { port } else { 0 };
        Self { from, to, protocol, port, source_port }
    }

    /// The ephemeral port of a probe that names none: the lowest that every current client may use.
    pub const SOURCE_PORT: u16 = 49152;
}

/// One end of a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProbeEnd {
    /// An interface. As the receiver it is dialled as the sender can: by its private address from
    /// inside the VPC, by its public one from the internet (the private one when it has none).
    Interface(InterfaceId),
    /// An interface's public address, whoever dials.
    PublicAddressOf(InterfaceId),
    /// An interface by the DNS name of its instance: the public one when it has a public address and
    /// its VPC gives names, else the private one. As the receiver it is dialled at what that name
    /// resolves to for the sender.
    NameOf(InterfaceId),
    /// A host of the scene by its DNS name.
    NameOfHost(HostId),
    /// A host of the scene.
    Host(HostId),
    /// A host in an on-premises network: this one, or the usual one.
    OnPremises(OnPremisesId, Option<IpAddr>),
    /// An address. As the sender: somewhere on the internet.
    Address(IpAddr),
    /// Something that goes by a DNS name of its own. As the receiver it is dialled at what that
    /// name resolves to for the sender.
    Named(Named),
}

/// What goes by a DNS name of its own, and not by one interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A load balancer: the addresses of its nodes, public when it faces the internet. It sends
    /// nothing of its own.
    LoadBalancer(LoadBalancerId),
    /// A service of AWS's: its public address, or inside a VPC that of an endpoint with private DNS.
    Service(ServiceId),
    /// An endpoint by its own name: the addresses of its interfaces, from everywhere.
    Endpoint(InterfaceEndpointId),
    /// A function: as the sender itself, as the receiver Lambda's API, which invokes it.
    Function(FunctionId),
    /// An API.
    Api(ApiId),
    /// A distribution.
    Distribution(DistributionId),
}

impl From<Named> for Thing {
    fn from(named: Named) -> Self {
        match named {
            Named::LoadBalancer(id) => Self::LoadBalancer(id),
            Named::Service(id) => Self::Service(id),
            Named::Endpoint(id) => Self::InterfaceEndpoint(id),
            Named::Function(id) => Self::Function(id),
            Named::Api(id) => Self::Api(id),
            Named::Distribution(id) => Self::Distribution(id),
        }
    }
}

impl Named {
    /// The thing as something that goes by a name of its own, if it does.
    pub fn of(thing: Thing) -> Option<Self> {
        Some(match thing {
            Thing::LoadBalancer(id) => Self::LoadBalancer(id),
            Thing::Service(id) => Self::Service(id),
            Thing::InterfaceEndpoint(id) => Self::Endpoint(id),
            Thing::Function(id) => Self::Function(id),
            Thing::Api(id) => Self::Api(id),
            Thing::Distribution(id) => Self::Distribution(id),
            _ => return None,
        })
    }
}

/// What became of one probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The question.
    pub probe: Probe,
    /// Every place the packet, then its answer, came through.
    pub hops: Vec<Hop>,
    /// The answer.
    pub verdict: Verdict,
}

impl Trace {
    /// Did the request arrive and the answer come back?
    pub fn is_delivered(&self) -> bool {
        self.verdict == Verdict::Delivered
    }

    /// Every place, in order; the same place may come twice.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.hops.iter().map(|hop| hop.place)
    }

    /// The hops of one leg.
    pub fn leg(&self, leg: Leg) -> impl Iterator<Item = &Hop> {
        self.hops.iter().filter(move |hop| hop.leg == leg)
    }

    /// The hop that ended the packet: where it was dropped, or where the answer arrived.
    ///
    /// # Panics
    /// Never for what [`trace`] gives: the sender itself is a hop.
    pub fn last(&self) -> &Hop {
        self.hops.last().expect("a trace has at least the sender's hop")
    }

    /// The header of the request as its receiver saw it, when it was received.
    pub fn received(&self) -> Option<&Packet> {
        self.receipt().map(|hop| &hop.packet_in)
    }

    /// Who received the request: not always who was meant.
    pub fn receiver(&self) -> Option<Place> {
        self.receipt().map(|hop| hop.place)
    }

    fn receipt(&self) -> Option<&Hop> {
        match self.verdict {
            Verdict::Dropped { leg: Leg::Forward, .. } => None,
            _ => self.leg(Leg::Forward).last(),
        }
    }
}

impl Hop {
    /// The check that decided here, when one did.
    pub fn decisive(&self) -> Option<&Check> {
        self.checks.iter().find(|check| check.decisive)
    }
}

impl Verdict {
    /// Why and where the packet was dropped, when it was.
    pub fn dropped(self) -> Option<(Leg, Place, Cause)> {
        match self {
            Self::Dropped { leg, place, cause } => Some((leg, place, cause)),
            Self::Delivered | Self::Refused => None,
        }
    }

    /// The explanation code of a drop.
    pub fn code(self) -> Option<Code> {
        self.dropped().map(|(_, _, cause)| cause.code())
    }
}

/// The way there or the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// The request.
    Forward,
    /// The answer to it.
    Reply,
}

/// Into a subnet or interface, or out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Inbound.
    Ingress,
    /// Outbound.
    Egress,
}

impl Direction {
    /// The opposite direction.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ingress => Self::Egress,
            Self::Egress => Self::Ingress,
        }
    }
}

/// One place that looked at the packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The way there or back.
    pub leg: Leg,
    /// Where.
    pub place: Place,
    /// The header as it came.
    pub packet_in: Packet,
    /// What was looked at, in AWS's order. The decisive check, if any, is marked.
    pub checks: Vec<Check>,
    /// The header as it left; `None` when the packet ended here (dropped, refused or received).
    pub packet_out: Option<Packet>,
}

/// Where a hop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Outside every VPC, at this address (and host, when the scene has it): the ends of a path.
    Internet(IpAddr, Option<HostId>),
    /// At an interface, with its security groups.
    Interface(InterfaceId, Direction),
    /// Inside a subnet, between neighbours: no router, no list.
    Subnet(SubnetId),
    /// At a subnet's edge, with its network ACL.
    NetworkAcl(NetworkAclId, SubnetId, Direction),
    /// The VPC's router, with the table of this subnet.
    RouteTable(RouteTableId, SubnetId),
    /// The table of a gateway, for what comes in.
    GatewayTable(RouteTableId),
    /// An internet gateway.
    InternetGateway(InternetGatewayId, Direction),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId, Direction),
    /// A NAT gateway: outbound where it translates, inbound where answers (and strangers) come in.
    NatGateway(NatGatewayId, Direction),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// A gateway endpoint: outbound to its service, inbound with the answers.
    GatewayEndpoint(GatewayEndpointId, Direction),
    /// A service of AWS's inside the VPC.
    Amazon(AmazonService),
    /// A load balancer, at one of its nodes: between the client's leg of the way and the target's.
    LoadBalancer(LoadBalancerId, InterfaceId),
    /// An endpoint, behind one of its interfaces.
    Endpoint(InterfaceEndpointId, InterfaceId),
    /// A service of AWS's outside every VPC.
    Service(ServiceId),
    /// A function, which is outside every VPC itself.
    Function(FunctionId),
    /// An API.
    Api(ApiId),
    /// A distribution.
    Distribution(DistributionId),
    /// Where a packet comes into a transit gateway, or leaves it: ingress and egress as the gateway
    /// sees it.
    TransitGatewayAttachment(TransitGatewayAttachmentId, Direction),
    /// A transit gateway's router, with the table that decides for this attachment.
    TransitGatewayRouteTable(TransitGatewayRouteTableId, TransitGatewayAttachmentId),
    /// A virtual private gateway: outbound to one's own networks, inbound from them.
    VirtualPrivateGateway(VirtualPrivateGatewayId, Direction),
    /// A line to one's own network: outbound is from AWS.
    Link(Link, Direction),
    /// A host in an on-premises network: one of the ends of a path.
    OnPremises(OnPremisesId, IpAddr),
}

/// One thing that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Check {
    /// What.
    pub subject: Subject,
    /// With which result.
    pub outcome: Outcome,
    /// Did it decide about the packet at this hop?
    pub decisive: bool,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It matched, and lets the packet go on.
    Allows,
    /// It matched, and ends the packet.
    Denies,
    /// It does not match; for rules, the first field that differs.
    NoMatch(Field),
    /// Something before it had decided.
    NotReached,
    /// A route that matches, beaten by a more specific one.
    LessSpecific,
    /// A route that matches, beaten by one of a kind that AWS prefers.
    LowerPriority,
    /// A group's rule that would match, had an appliance on the way not lost the group.
    GroupLost,
    /// A group's rule that would match, did the transit gateway carry references to groups.
    GroupNotCarried,
}

/// A field of the header that a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The protocol.
    Protocol,
    /// The destination port.
    Port,
    /// Type or code of ICMP.
    IcmpType,
    /// The far address.
    Address,
    /// For a target: its zone.
    Zone,
    /// For a target: its health.
    Health,
}

/// The answer to a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The request arrived and the answer came back.
    Delivered,
    /// The request arrived, nobody listens, and the refusal came back.
    Refused,
    /// Somebody dropped it silently: the client waits until it times out.
    Dropped {
        /// On the way there or back.
        leg: Leg,
        /// Where.
        place: Place,
        /// Why.
        cause: Cause,
    },
}

/// Follows one packet there and back.
///
/// Total: every probe on every network has a verdict. Deterministic: the same every time.
pub fn trace(network: &Network, probe: Probe, rules: &Rules) -> Trace {
    let mut walk = Walk::new(network, rules);
    let verdict = walk.there_and_back(probe);
    Trace { probe, hops: walk.into_hops(), verdict }
}

/// The verdict of [`trace`] alone, for those who ask very often.
pub fn verdict(network: &Network, probe: Probe, rules: &Rules) -> Verdict {
    Walk::new(network, rules).quietly().there_and_back(probe)
}

/// A [`trace`], and every other way that the packet was tried on, where load balancers have several
/// nodes or targets: what became of it there decided which way counts.
pub(super) fn trace_with_others(
    network: &Network,
    probe: Probe,
    rules: &Rules,
) -> (Trace, Vec<Trace>) {
    let (mut walk, mut others) = (Walk::new(network, rules), Vec::new());
    let verdict = walk.there_and_back_noting(probe, Some(&mut others));
    let others = others.into_iter().map(|(verdict, hops)| Trace { probe, hops, verdict });
    (Trace { probe, hops: walk.into_hops(), verdict }, others.collect())
}

/// A [`trace`], and which of several ways on the packet took in it.
pub(super) fn trace_with_ways(network: &Network, probe: Probe, rules: &Rules) -> (Trace, Ways) {
    let mut walk = Walk::new(network, rules);
    let verdict = walk.there_and_back(probe);
    let ways = walk.ways();
    (Trace { probe, hops: walk.into_hops(), verdict }, ways)
}

/// What would become of the packet by these ways, as far as they are open to it.
pub(super) fn trace_by(network: &Network, probe: Probe, rules: &Rules, ways: &Ways) -> Trace {
    let mut walk = Walk::new(network, rules);
    let verdict = walk.there_and_back_by(probe, ways);
    Trace { probe, hops: walk.into_hops(), verdict }
}

/// Like [`trace`], when the sender writes another source into the header than its own address: a
/// secondary address, or one that is not its own, which the source/destination check stops
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
pub fn trace_from_source(network: &Network, probe: Probe, source: IpAddr, rules: &Rules) -> Trace {
    let mut walk = Walk::new(network, rules).forge(source);
    let verdict = walk.there_and_back(probe);
    Trace { probe, hops: walk.into_hops(), verdict }
}
