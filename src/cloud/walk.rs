//! The one engine: a packet walks through the network, and each component is asked in AWS's order.
//!
//! What a component decides stands in the component's own file; here stands who is asked when
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Security.html>):
//!
//! - out of an interface: source/destination check, security groups, then, unless the packet stays
//!   in its subnet, the subnet's network ACL, the route table, the route's target;
//! - into an interface: the gateway's translation, the subnet's network ACL, the security groups,
//!   the source/destination check;
//! - on the way back the same, but groups remember the connection, lists do not, routes are looked
//!   up again in the replier's table, and translations are undone.
//!
//! Where [`Rules`] are asked, AWS's rule stands beside what somebody may believe instead.

mod door;
mod endpoint;
mod ends;
mod gateway;
mod interface;
mod internet;
mod lines;
mod load_balancer;
mod private;
mod subnet;
#[cfg(test)]
mod tests;
mod transit;

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
};

use crate::{
    cloud::{
        AmazonService, ApiId, Blocker, Cause, Check, Direction, EgressOnlyGatewayId, FunctionId,
        GatewayEndpointId, Health, Hop, HostId, InterfaceId, InternetGatewayId, Leg, Link, LinkEnd,
        Named, NatGatewayId, Network, OnPremisesId, Outcome, PeeringId, Place, Probe, Registered,
        Rules, SecurityGroupId, ServiceId, Subject, SubnetId, TargetGroupId, Thing,
        TransitGatewayAttachmentId, Verdict, VirtualPrivateGatewayId,
    },
    net::{IcmpKind, Packet, Protocol, TcpFlag},
};

/// A packet on its way, and what the network remembers of it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the packet")]
pub(super) struct Walk<'n> {
    network: &'n Network,
    rules: &'n Rules,
    leg: Leg,
    /// The header as it is now.
    packet: Packet,
    hops: Vec<Hop>,
    /// Where the last hop was.
    last: Option<Place>,
    /// Is the verdict alone asked for? Then hops and checks are not written down.
    quiet: bool,
    /// The hop under way: the header as it came, and what was looked at so far.
    packet_in: Packet,
    checks: Vec<Check>,
    /// What the security groups of an interface let pass, and will let come back.
    tracked: Vec<(InterfaceId, Direction, Packet)>,
    /// What translators will undo on the way back.
    translated: Vec<Translation>,
    /// What stateful appliances saw begin.
    inspected: Vec<(InterfaceId, Packet)>,
    /// What egress-only gateways let out, and will let come back.
    let_out: Vec<(EgressOnlyGatewayId, Packet)>,
    /// What a NAT gateway sent through a peering: the answer finds its way back.
    return_to_sender: Option<(PeeringId, Packet)>,
    /// Who passed the packet on, with which header: the same twice is a loop.
    forwarders: Vec<(Place, Packet)>,
    /// Through which attachments the packet went into and out of the last transit gateway.
    crossed: Option<(TransitGatewayAttachmentId, TransitGatewayAttachmentId)>,
    /// Did an appliance touch the packet? Then nobody knows its sender's groups any more.
    through_appliance: bool,
    /// Who went out to the internet, or is called from there, under a private address: never in
    /// AWS's world, but the walk may go on behind such a drop.
    untranslated: Option<InterfaceId>,
    /// Who is called through a NAT gateway: in the world of those who believe in that.
    behind_nat: Option<InterfaceId>,
    /// The source that the sender writes into the header, when it is not an address of its own.
    forged: Option<IpAddr>,
    /// Of which interfaces the groups remember the connection from before, and which way it passed.
    established: Vec<(InterfaceId, Direction)>,
    /// The groups by which a connection is introduced to the interface that it comes to, besides its
    /// source's own: those of a load balancer that keeps the client's address.
    introduced: Vec<SecurityGroupId>,
    /// Did the packet come to a load balancer over `PrivateLink`?
    over_private_link: bool,
    /// The endpoint's interface by which the packet left for AWS's own network.
    door: Option<InterfaceId>,
    /// Who sends.
    sender: Option<End>,
    /// The node of a load balancer that answers for a function behind it.
    front_door: Option<InterfaceId>,
    /// Who is meant by its name, beyond the address that the packet shows.
    meant: Option<Named>,
    /// Is the packet on its errand inside a tunnel, to an appliance and back?
    tunnelled: bool,
    /// Where there were several ways on (nodes, targets): which was taken, and of how many.
    choices: Vec<Choice>,
    /// How many of these choices this run has made.
    chosen: usize,
    /// Which zone a transit gateway picked for the flow, where nobody can foresee it: for one
    /// direction, or with appliance mode for both.
    zones: BTreeMap<(TransitGatewayAttachmentId, Option<Leg>), Choice>,
    /// How many health checks of health checks this is in.
    depth: u8,
    /// The targets that were asked already how they are.
    known: KnownHealth,
    /// How many places the packet has stood at in this leg.
    stands: usize,
    /// Everything that would have stopped the packet, when all of it is asked for: then the walk
    /// goes on behind each.
    blockers: Option<Vec<Blocker>>,
}

/// What a translator remembers.
struct Translation {
    by: Thing,
    before: Packet,
    after: Packet,
    /// Do answers come straight back to the translator, without a route? So it is where AWS carries
    /// a connection to a target under another's address.
    direct: bool,
}

/// Where there were several ways on, those that a packet took: over which nodes to which targets, and
/// in which zones out of transit gateways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ways {
    choices: Vec<Choice>,
    zones: BTreeMap<(TransitGatewayAttachmentId, Option<Leg>), Choice>,
}

/// One of several ways on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    taken: usize,
    of: usize,
}

/// What health checks found: of whom, from which node, and how deep in other checks. They are asked
/// for once in a trace; balancers that are each other's targets would ask each other without number.
pub(super) type KnownHealth = BTreeMap<(TargetGroupId, Registered, u16, InterfaceId, u8), Health>;

/// How many places a packet may stand at on its way, as a header's time to live allows 255 routers.
const LIFE: usize = 255;

/// How many ways through load balancers are tried before the first drop counts.
const ATTEMPTS: usize = 64;

/// How many ways through the zones of transit gateways are tried before the first counts.
const ZONES: usize = 16;

/// Where the packet stands between two hops.
#[derive(Clone, Copy)]
enum Stand {
    /// Before an interface that sends it.
    Leaving(InterfaceId),
    /// In a subnet, on its way to wherever its header says.
    Inside(SubnetId),
    /// Before an interface that gets it, coming from a subnet or through a gateway.
    Entering(InterfaceId, Option<SubnetId>),
    /// Before a NAT gateway that translates it, coming from a subnet.
    NatGateway(NatGatewayId, SubnetId),
    /// Before a regional NAT gateway, coming from the internet.
    RegionalNat(NatGatewayId),
    /// Before an internet gateway, on the way out of a subnet.
    InternetGateway(InternetGatewayId, SubnetId),
    /// Before an egress-only gateway, on the way out of a subnet.
    EgressOnlyGateway(EgressOnlyGatewayId, SubnetId),
    /// Before a peering, on the way out of a subnet.
    Peering(PeeringId, SubnetId),
    /// Before a gateway endpoint, on the way out of a subnet.
    GatewayEndpoint(GatewayEndpointId),
    /// Before a transit gateway, at this attachment of the subnet's VPC.
    TransitGateway(TransitGatewayAttachmentId, SubnetId),
    /// Before a transit gateway, at an attachment to something that is no VPC.
    Transit(TransitGatewayAttachmentId),
    /// Before a virtual private gateway, on the way out of a subnet.
    VirtualPrivateGateway(VirtualPrivateGatewayId, SubnetId),
    /// Before a line between AWS and an on-premises network; egress leads out of AWS.
    Link(Link, LinkEnd, Direction),
    /// In an on-premises network, on the way to one of its hosts.
    OnPremises(OnPremisesId),
    /// On the internet.
    Internet,
    /// Before a translator that an answer comes straight back to.
    Returning(Thing),
    /// Before an API, or a distribution, which takes a request or passes an answer on.
    Front(Thing),
    /// At one of the ends, which received it.
    Received(End),
}

/// Who sends or receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Interface(InterfaceId),
    Internet(IpAddr, Option<HostId>),
    /// A service outside the VPC, asked through a gateway endpoint.
    BehindEndpoint(IpAddr, GatewayEndpointId),
    OnPremises(OnPremisesId, IpAddr),
    /// A service of AWS's, asked by an interface.
    Amazon(AmazonService, InterfaceId),
    /// A service of AWS's outside every VPC.
    Service(ServiceId),
    /// A function, invoked by an API or, as the sender, outside every VPC.
    Function(FunctionId),
    /// An API that answers by itself.
    Api(ApiId),
}

/// The packet ended here.
struct Dropped {
    place: Place,
    cause: Cause,
}

type Step<T> = Result<T, Dropped>;

const NOWHERE: Packet = Packet {
    protocol: Protocol::TCP,
    source: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    source_port: 0,
    destination: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    destination_port: 0,
    tcp: None,
    icmp: None,
};

impl<'n> Walk<'n> {
    pub fn new(network: &'n Network, rules: &'n Rules) -> Self {
        Self {
            network,
            rules,
            leg: Leg::Forward,
            packet: NOWHERE,
            hops: Vec::new(),
            last: None,
            quiet: false,
            packet_in: NOWHERE,
            checks: Vec::new(),
            tracked: Vec::with_capacity(2),
            translated: Vec::new(),
            inspected: Vec::new(),
            let_out: Vec::new(),
            return_to_sender: None,
            forwarders: Vec::new(),
            crossed: None,
            through_appliance: false,
            untranslated: None,
            behind_nat: None,
            forged: None,
            established: Vec::new(),
            introduced: Vec::new(),
            over_private_link: false,
            door: None,
            sender: None,
            front_door: None,
            meant: None,
            tunnelled: false,
            choices: Vec::new(),
            chosen: 0,
            zones: BTreeMap::new(),
            depth: 0,
            known: KnownHealth::new(),
            stands: 0,
            blockers: None,
        }
    }

    /// The verdict alone is asked for.
    pub fn quietly(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// The sender writes this source into the header.
    pub fn forge(mut self, source: IpAddr) -> Self {
        self.forged = Some(source);
        self
    }

    /// The connection is open already, and these groups remember it.
    pub fn remembering(mut self, established: Vec<(InterfaceId, Direction)>) -> Self {
        self.established = established;
        self
    }

    pub fn into_hops(self) -> Vec<Hop> {
        self.hops
    }

    /// How deep in health checks this walk is.
    pub fn below(mut self, depth: u8) -> Self {
        self.depth = depth;
        self
    }

    /// What other walks found out about the health of targets.
    pub fn knowing(mut self, known: KnownHealth) -> Self {
        self.known = known;
        self
    }

    pub fn into_known(self) -> KnownHealth {
        self.known
    }

    /// Is the packet answered, by somebody who listens?
    pub fn succeeds(&mut self, probe: Probe) -> bool {
        self.there_and_back(probe) == Verdict::Delivered
    }

    /// The request, and the answer to it.
    ///
    /// Where a load balancer has several nodes or targets, they are tried in their order until one
    /// answers. When none does, the first decides: so "dropped" means that no target got the
    /// request, or none could answer it.
    ///
    /// Where a transit gateway picks a zone that nobody can foresee, each is tried in its turn, until
    /// the packet is dropped: "delivered" means that it arrives whichever zone is picked.
    pub fn there_and_back(&mut self, probe: Probe) -> Verdict {
        self.there_and_back_noting(probe, None)
    }

    /// The same; and notes every other way that was tried: how it ended, and its hops.
    pub fn there_and_back_noting(
        &mut self,
        probe: Probe,
        mut others: Option<&mut Vec<(Verdict, Vec<Hop>)>>,
    ) -> Verdict {
        let verdict = self.in_these_zones(probe, others.as_deref_mut());
        if self.zones.is_empty() || verdict.dropped().is_some() {
            return verdict;
        }
        let (hops, ways) = (std::mem::take(&mut self.hops), self.ways());
        for _ in 1..ZONES {
            if !self.pick_other_zones() {
                break;
            }
            let other = self.in_these_zones(probe, others.as_deref_mut());
            if other.dropped().is_some() {
                if let Some(others) = &mut others {
                    others.push((verdict, hops));
                }
                return other;
            }
            let hops = std::mem::take(&mut self.hops);
            if let Some(others) = &mut others {
                others.push((other, hops));
            }
        }
        (self.hops, self.choices, self.zones) = (hops, ways.choices, ways.zones);
        verdict
    }

    /// Which of several ways on the packet took: of the one that counts, once it is known.
    pub fn ways(&self) -> Ways {
        Ways { choices: self.choices.clone(), zones: self.zones.clone() }
    }

    /// The request and the answer to it by these ways alone, as far as they are open; no other is
    /// tried.
    pub fn there_and_back_by(&mut self, probe: Probe, ways: &Ways) -> Verdict {
        (self.choices, self.zones) = (ways.choices.clone(), ways.zones.clone());
        self.once_there_and_back(probe)
    }

    /// The same, with the zones that are picked now.
    fn in_these_zones(
        &mut self,
        probe: Probe,
        mut others: Option<&mut Vec<(Verdict, Vec<Hop>)>>,
    ) -> Verdict {
        let verdict = self.once_there_and_back(probe);
        if self.choices.is_empty() || verdict == Verdict::Delivered {
            return verdict;
        }
        let (mut best, mut hops) = (verdict, std::mem::take(&mut self.hops));
        let mut choices = self.choices.clone();
        for _ in 1..ATTEMPTS {
            if !self.choose_otherwise() {
                break;
            }
            let verdict = self.once_there_and_back(probe);
            let delivered = verdict == Verdict::Delivered;
            let mut other = (verdict, std::mem::take(&mut self.hops));
            if delivered || verdict == Verdict::Refused && best != Verdict::Refused {
                std::mem::swap(&mut best, &mut other.0);
                std::mem::swap(&mut hops, &mut other.1);
                choices.clone_from(&self.choices);
            }
            if let Some(others) = &mut others {
                others.push(other);
            }
            if delivered {
                break;
            }
        }
        (self.hops, self.choices) = (hops, choices);
        best
    }

    fn once_there_and_back(&mut self, probe: Probe) -> Verdict {
        match self.try_there_and_back(probe) {
            Ok(verdict) => verdict,
            Err(Dropped { place, cause }) => Verdict::Dropped { leg: self.leg, place, cause },
        }
    }

    /// Starts again, with the next way on where there were several. Says whether there is one.
    fn choose_otherwise(&mut self) -> bool {
        let mut choices = std::mem::take(&mut self.choices);
        while let Some(last) = choices.last_mut() {
            if last.taken + 1 < last.of {
                last.taken += 1;
                self.start_again(choices);
                return true;
            }
            choices.pop();
        }
        false
    }

    /// Forgets what this run saw; what was asked for, and which zones are picked, stays.
    fn start_again(&mut self, choices: Vec<Choice>) {
        let (forged, depth, quiet) = (self.forged, self.depth, self.quiet);
        let established = std::mem::take(&mut self.established);
        let zones = std::mem::take(&mut self.zones);
        let known = std::mem::take(&mut self.known);
        let fresh = Self::new(self.network, self.rules);
        *self = Self { quiet, forged, established, choices, zones, depth, known, ..fresh };
    }

    /// Starts again, with other zones where several may be picked. Says whether there are any.
    fn pick_other_zones(&mut self) -> bool {
        for choice in self.zones.values_mut().rev() {
            if choice.taken + 1 < choice.of {
                choice.taken += 1;
                self.start_again(Vec::new());
                return true;
            }
            choice.taken = 0;
        }
        false
    }

    /// The zone that a transit gateway picks for a flow, by its place among those of an attachment:
    /// for both directions (with appliance mode), or for each on its own.
    fn zone_of_flow(
        &mut self,
        attachment: TransitGatewayAttachmentId,
        appliance_mode: bool,
        of: usize,
    ) -> usize {
        let leg = (!appliance_mode).then_some(self.leg);
        let choice = self.zones.entry((attachment, leg)).or_insert(Choice { taken: 0, of });
        choice.taken.min(of.saturating_sub(1))
    }

    /// Takes one of several ways on: the first, unless it was tried already.
    fn choose(&mut self, of: usize) -> usize {
        let place = self.chosen;
        self.chosen += 1;
        if let Some(choice) = self.choices.get_mut(place) {
            choice.of = of;
            return choice.taken.min(of.saturating_sub(1));
        }
        self.choices.push(Choice { taken: 0, of });
        0
    }

    /// Everything that would stop the request or the answer.
    pub fn all_blockers(mut self, probe: Probe) -> Vec<Blocker> {
        self.blockers = Some(Vec::new());
        let mut end = self.try_there_and_back(probe);
        if !self.zones.is_empty() {
            // What stops the packet in the zones that let it down, when there are such.
            let mut plain = Self::new(self.network, self.rules);
            plain.forged = self.forged;
            plain.established.clone_from(&self.established);
            plain.there_and_back(probe);
            self.start_again(Vec::new());
            (self.zones, self.blockers) = (plain.zones, Some(Vec::new()));
            end = self.try_there_and_back(probe);
        }
        if self.choices.iter().any(|it| it.of > 1) {
            // What stops one target is no blocker where another answers.
            let mut plain = Self::new(self.network, self.rules);
            plain.forged = self.forged;
            plain.established.clone_from(&self.established);
            if !matches!(plain.there_and_back(probe), Verdict::Dropped { .. }) {
                return Vec::new();
            }
        }
        let mut blockers = self.blockers.take().unwrap_or_default();
        if let Err(Dropped { place, cause }) = end {
            let (leg, packet) = (self.leg, self.packet_in);
            note(&mut blockers, Blocker { leg, place, cause, packet, is_end: true });
        }
        blockers
    }

    fn try_there_and_back(&mut self, probe: Probe) -> Step<Verdict> {
        let sender = self.address(probe)?;
        self.sender = Some(sender);
        let request = self.packet;
        let receiver = self.carry(sender)?;

        let answer = self.answer_of(receiver);
        self.leg = Leg::Reply;
        self.packet = answer;
        self.forwarders.clear();
        self.through_appliance = false;
        self.introduced.clear();
        self.crossed = None;
        self.stands = 0;
        let returned = self.carry(receiver)?;

        if returned != sender || !self.packet.answers(&request) {
            return Err(self.misdirected());
        }
        let refused =
            answer.tcp == Some(TcpFlag::Rst) || answer.icmp == Some(IcmpKind::PortUnreachable);
        Ok(if refused { Verdict::Refused } else { Verdict::Delivered })
    }

    /// Carries the packet from one end to another.
    ///
    /// It ends: whoever passes a packet on does so once per header and leg, and between two of
    /// these there are only a few steps; and where headers change without end, as among translators
    /// that lead to each other, its life does.
    fn carry(&mut self, from: End) -> Step<End> {
        self.packet_in = self.packet;
        let mut stand = match from {
            End::Interface(interface) => Stand::Leaving(interface),
            End::Internet(address, host) => self.leave_host(address, host)?,
            End::BehindEndpoint(address, endpoint) => self.leave_service(address, endpoint)?,
            End::Amazon(service, interface) => self.leave_amazon(service, interface),
            End::Service(service) => self.leave_public_service(service),
            End::Function(function) => self.leave_function(function),
            End::Api(api) => Stand::Front(Thing::Api(api)),
            End::OnPremises(site, address) => self.leave_on_premises(site, address)?,
        };
        self.go_on(&mut stand)
    }

    /// From where the packet stands to whoever receives it.
    fn go_on(&mut self, stand: &mut Stand) -> Step<End> {
        loop {
            self.stands += 1;
            if self.stands > LIFE {
                let place = self.last.unwrap_or(Place::Internet(self.packet.destination, None));
                return Err(self.drop(place, Subject::Loop, Cause::Loop));
            }
            *stand = match *stand {
                Stand::Leaving(interface) => self.leave_interface(interface)?,
                Stand::Inside(subnet) => self.leave_subnet(subnet)?,
                Stand::Entering(interface, from) => self.enter_interface(interface, from)?,
                Stand::NatGateway(gateway, from) => self.leave_through_nat(gateway, from)?,
                Stand::RegionalNat(gateway) => self.return_through_regional(gateway)?,
                Stand::InternetGateway(gateway, from) => self.leave_vpc(gateway, from)?,
                Stand::EgressOnlyGateway(gateway, from) => {
                    self.leave_vpc_for_good(gateway, from)?
                }
                Stand::Peering(peering, from) => self.cross_peering(peering, from)?,
                Stand::GatewayEndpoint(endpoint) => self.leave_through_endpoint(endpoint)?,
                Stand::TransitGateway(attachment, from) => {
                    self.enter_transit_gateway(attachment, from)?
                }
                Stand::Transit(attachment) => self.enter_transit_from_outside(attachment)?,
                Stand::VirtualPrivateGateway(gateway, from) => {
                    self.leave_through_vgw(gateway, from)?
                }
                Stand::Link(link, end, direction) => self.cross_link(link, end, direction)?,
                Stand::OnPremises(site) => self.enter_on_premises(site)?,
                Stand::Internet => self.cross_internet()?,
                Stand::Returning(by) => self.return_to(by)?,
                Stand::Front(front) => self.at_the_front(front)?,
                Stand::Received(end) => return Ok(end),
            };
        }
    }

    // ---- writing down

    /// Something was looked at, and did not decide.
    fn look(&mut self, subject: Subject, outcome: Outcome) {
        self.note(Check { subject, outcome, decisive: false });
    }

    /// Something was looked at, and decided.
    fn decide(&mut self, subject: Subject, outcome: Outcome) {
        self.note(Check { subject, outcome, decisive: true });
    }

    fn note(&mut self, check: Check) {
        if !self.quiet {
            self.checks.push(check);
        }
    }

    /// The packet leaves this place, or ends here.
    fn end_hop(&mut self, place: Place, packet_out: Option<Packet>) {
        self.last = Some(place);
        if !self.quiet {
            if self.hops.is_empty() {
                self.hops.reserve(16);
            }
            self.hops.push(Hop {
                leg: self.leg,
                place,
                packet_in: self.packet_in,
                checks: std::mem::take(&mut self.checks),
                packet_out,
            });
        }
        self.packet_in = self.packet;
    }

    /// The packet passes this place.
    fn pass(&mut self, place: Place) {
        self.end_hop(place, Some(self.packet));
    }

    /// A condition, which holds or stops the packet.
    fn require(&mut self, holds: bool, place: Place, subject: Subject, cause: Cause) -> Step<()> {
        if holds {
            self.look(subject, Outcome::Allows);
            return Ok(());
        }
        self.block(place, subject, cause)
    }

    /// Something stops the packet here. When all blockers are asked for, it is written down and the
    /// packet goes on as if it were not there.
    fn block(&mut self, place: Place, subject: Subject, cause: Cause) -> Step<()> {
        self.overrule();
        self.decide(subject, Outcome::Denies);
        self.stop(place, cause)
    }

    /// Like [`Walk::block`], when the decisive check is written down already.
    fn stop(&mut self, place: Place, cause: Cause) -> Step<()> {
        let (leg, packet) = (self.leg, self.packet_in);
        if let Some(blockers) = &mut self.blockers {
            note(blockers, Blocker { leg, place, cause, packet, is_end: false });
            return Ok(());
        }
        self.end_hop(place, None);
        Err(Dropped { place, cause })
    }

    /// The packet ends here, and there is no way on to follow.
    fn drop(&mut self, place: Place, subject: Subject, cause: Cause) -> Dropped {
        self.overrule();
        self.decide(subject, Outcome::Denies);
        self.end_hop(place, None);
        Dropped { place, cause }
    }

    /// What let the packet pass so far does not decide about it in the end.
    fn overrule(&mut self) {
        for check in &mut self.checks {
            check.decisive = false;
        }
    }
}

/// Writes a blocker down, once: what is missing on the way out is missing on the way in.
fn note(blockers: &mut Vec<Blocker>, new: Blocker) {
    let lacks_address = |it| matches!(it, Cause::NoPublicAddress | Cause::UnknownPublicAddress);
    let lacks_gateway = |it| matches!(it, Cause::GatewayDetached | Cause::NoInternetGateway);
    // Who does not run gets nothing and answers nothing, which is one thing that is wrong.
    let at_rest = |old: &Blocker| {
        matches!(new.cause, Cause::InstanceNotRunning | Cause::NotAttached)
            && old.cause == new.cause
            && matches!((old.place, new.place), (Place::Interface(a, _), Place::Interface(b, _)) if a == b)
    };
    let known = blockers.iter_mut().find(|old| {
        (old.leg, old.place, old.cause) == (new.leg, new.place, new.cause)
            || at_rest(old)
            || lacks_address(old.cause) && lacks_address(new.cause)
            || lacks_gateway(old.cause) && lacks_gateway(new.cause)
    });
    match known {
        Some(old) => old.is_end |= new.is_end,
        None => blockers.push(new),
    }
}
