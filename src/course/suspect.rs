//! Where a packet may be dropped: the answers on offer to a packet question, and to whoever
//! predicts in a lesson or lab. One list for all of them, which follows from who talks to whom and
//! not from what happens: so it says nothing about where the packet really ends.

use std::net::IpAddr;

use crate::{
    cloud::{
        Direction, EgressOnlyGateway, GatewayEndpoint, GatewayEndpointId, Host, HostId,
        InterfaceId, InternetGateway, InternetGatewayId, Leg, Link, Listening, NatGateway,
        NatGatewayId, Network, NetworkAcl, OnPremisesId, Peering, Place, ProbeEnd, RouteTable,
        Subnet, SubnetId, Thing, Trace, TransitGatewayAttachment, TransitGatewayRouteTable,
        Verdict, VirtualPrivateGateway, VpcId, VpnConnection, host::is_on_the_internet,
    },
    course::{
        document::list,
        grammar::{Line, Read, Slip},
        names,
        question::{Claim, PacketOption},
    },
    i18n::fault,
};

/// A component that somebody may blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspect {
    /// On which leg, when it was said.
    pub leg: Option<Leg>,
    /// The component.
    pub place: Place,
    /// Does the direction count?
    pub directed: bool,
}

impl Suspect {
    /// Is this the component that is meant, on this leg?
    pub fn is(&self, leg: Leg, place: Place) -> bool {
        self.leg.is_none_or(|wanted| wanted == leg) && same(place, self.place, self.directed)
    }
}

/// Reads a component: `igw gate`, `acl public out`, `route private`, `group web in`, `nat nat-a`;
/// `reply` before it for the way back.
///
/// # Errors
/// What is wrong with the line, and where.
pub fn parse(network: &Network, text: &str) -> Read<Suspect> {
    let mut line = Line::new(text);
    let leg = if line.accept("reply") {
        Some(Leg::Reply)
    } else if line.accept("forward") {
        Some(Leg::Forward)
    } else {
        None
    };
    let kind = line.need("`igw`, `acl`, `route`, `group`, `nat`, `peering`")?;
    let name = match &*kind.text {
        "igw" | "nat" | "acl" | "route" | "group" | "eigw" | "peering" | "endpoint"
        | "attachment" | "transit-table" | "vgw" | "vpn" => line.need("`NAME`")?,
        other => return Err(kind.slip(fault::unknown_suspect(other))),
    };
    let direction = if line.accept("in") {
        Some(Direction::Ingress)
    } else if line.accept("out") {
        Some(Direction::Egress)
    } else {
        None
    };
    line.end()?;
    let way = direction.unwrap_or(Direction::Egress);
    let subnet = names::only::<Subnet>(network, &name.text);
    let place = match &*kind.text {
        "igw" => Place::InternetGateway(names::find::<InternetGateway>(network, &name)?, way),
        "nat" => Place::NatGateway(names::find::<NatGateway>(network, &name)?, way),
        "eigw" => Place::EgressOnlyGateway(names::find::<EgressOnlyGateway>(network, &name)?, way),
        "peering" => Place::Peering(names::find::<Peering>(network, &name)?),
        "endpoint" => Place::GatewayEndpoint(names::find::<GatewayEndpoint>(network, &name)?, way),
        "group" => Place::Interface(names::find_interface(network, &name)?, way),
        "attachment" => Place::TransitGatewayAttachment(
            names::find::<TransitGatewayAttachment>(network, &name)?,
            way,
        ),
        "transit-table" => {
            let table = names::find::<TransitGatewayRouteTable>(network, &name)?;
            let attachments = network.transit_gateway_attachments();
            match attachments.find(|_, row| row.association == Some(table)) {
                Some(attachment) => Place::TransitGatewayRouteTable(table, attachment),
                None => return Err(name.slip(fault::unknown_suspect(&name.text))),
            }
        }
        "vgw" => {
            Place::VirtualPrivateGateway(names::find::<VirtualPrivateGateway>(network, &name)?, way)
        }
        "vpn" => Place::Link(Link::Vpn(names::find::<VpnConnection>(network, &name)?), way),
        "acl" => match (names::only::<NetworkAcl>(network, &name.text), subnet) {
            (Some(acl), _) => {
                let guarded = |id| network.network_acl_of(id) == acl;
                let mut subnets = network.subnets().iter().map(|(id, _)| id);
                match subnets.find(|id| guarded(*id)) {
                    Some(subnet) => Place::NetworkAcl(acl, subnet, way),
                    None => return Err(name.slip(fault::unknown_suspect(&name.text))),
                }
            }
            (None, Some(subnet)) => Place::NetworkAcl(network.network_acl_of(subnet), subnet, way),
            (None, None) => return Err(names::find::<NetworkAcl>(network, &name).unwrap_err()),
        },
        _ => match (names::only::<RouteTable>(network, &name.text), subnet) {
            (Some(table), _) => {
                let mut subnets = network.subnets().iter().map(|(id, _)| id);
                match subnets.find(|id| network.route_table_of(*id) == table) {
                    Some(subnet) => Place::RouteTable(table, subnet),
                    None => return Err(name.slip(fault::unknown_suspect(&name.text))),
                }
            }
            (None, Some(subnet)) => Place::RouteTable(network.route_table_of(subnet), subnet),
            (None, None) => return Err(names::find::<RouteTable>(network, &name).unwrap_err()),
        },
    };
    Ok(Suspect { leg, place, directed: direction.is_some() })
}

/// The options that a claim means: `delivered`, `refused`, a component as [`parse`] reads it, or
/// the bare name of one.
///
/// # Errors
/// When no option claims that.
pub fn claimed(network: &Network, text: &str, options: &[PacketOption]) -> Read<Vec<usize>> {
    let meant = |wanted: &dyn Fn(&Claim) -> bool| -> Vec<usize> {
        (0..options.len()).filter(|at| wanted(&options[*at].claim)).collect()
    };
    let name = text.trim();
    let found = match name {
        "delivered" => meant(&|claim| *claim == Claim::Delivered),
        "refused" => meant(&|claim| *claim == Claim::Refused),
        name if !name.contains(char::is_whitespace) => meant(&|claim| {
            let Claim::Dropped(_, place) = claim else { return false };
            place_name(network, *place).as_deref() == Some(name)
        }),
        _ => {
            let suspect = parse(network, text)?;
            meant(&|claim| {
                let Claim::Dropped(leg, place) = claim else { return false };
                suspect.is(*leg, *place)
            })
        }
    };
    if found.is_empty() {
        let known: Vec<String> = options.iter().map(|o| words(network, o.claim)).collect();
        let said = fault::unknown_claim(name, &list(known.iter().map(String::as_str)));
        return Err(Slip { range: 0..text.len(), said: said.into() });
    }
    Ok(found)
}

/// The claim as [`claimed`] reads it.
pub fn words(network: &Network, claim: Claim) -> String {
    match claim {
        Claim::Delivered => "delivered".into(),
        Claim::Refused => "refused".into(),
        Claim::Dropped(leg, place) => {
            let name = place_name(network, place).unwrap_or_default();
            let (kind, way) = match place {
                Place::Interface(_, way) => ("group ", Some(way)),
                Place::NetworkAcl(_, _, way) => ("acl ", Some(way)),
                Place::RouteTable(..) => ("route ", None),
                Place::InternetGateway(..) => ("igw ", None),
                Place::NatGateway(..) => ("nat ", None),
                Place::EgressOnlyGateway(..) => ("eigw ", None),
                Place::Peering(_) => ("peering ", None),
                Place::GatewayEndpoint(..) => ("endpoint ", None),
                Place::TransitGatewayAttachment(..) => ("attachment ", None),
                Place::TransitGatewayRouteTable(..) => ("transit-table ", None),
                Place::VirtualPrivateGateway(..) => ("vgw ", None),
                Place::Link(Link::Vpn(_), _) => ("vpn ", None),
                _ => ("", None),
            };
            let way = match way {
                Some(Direction::Ingress) => " in",
                Some(Direction::Egress) => " out",
                None => "",
            };
            let leg = if leg == Leg::Reply { "reply " } else { "" };
            format!("{leg}{kind}{name}{way}")
        }
    }
}

fn place_name(network: &Network, place: Place) -> Option<String> {
    let thing = match place {
        Place::Interface(id, _) => return names::interface_name(network, id),
        Place::NetworkAcl(id, ..) => Thing::NetworkAcl(id),
        Place::RouteTable(id, _) | Place::GatewayTable(id) => Thing::RouteTable(id),
        Place::InternetGateway(id, _) => Thing::InternetGateway(id),
        Place::EgressOnlyGateway(id, _) => Thing::EgressOnlyGateway(id),
        Place::NatGateway(id, _) => Thing::NatGateway(id),
        Place::Peering(id) => Thing::Peering(id),
        Place::GatewayEndpoint(id, _) => Thing::GatewayEndpoint(id),
        Place::TransitGatewayAttachment(id, _) => Thing::TransitGatewayAttachment(id),
        Place::TransitGatewayRouteTable(id, _) => Thing::TransitGatewayRouteTable(id),
        Place::VirtualPrivateGateway(id, _) => Thing::VirtualPrivateGateway(id),
        Place::Link(link, _) => link.thing(),
        Place::OnPremises(id, _) => Thing::OnPremises(id),
        Place::Internet(_, Some(id)) => Thing::Host(id),
        Place::Internet(_, None) => return Some("internet".into()),
        Place::Subnet(id) => Thing::Subnet(id),
        Place::Amazon(_) => return None,
        Place::LoadBalancer(id, _) => Thing::LoadBalancer(id),
        Place::Endpoint(id, _) => Thing::InterfaceEndpoint(id),
        Place::Service(id) => Thing::Service(id),
        Place::Function(id) => Thing::Function(id),
        Place::Api(id) => Thing::Api(id),
        Place::Distribution(id) => Thing::Distribution(id),
    };
    network.name(thing).map(ToString::to_string)
}

fn same(place: Place, wanted: Place, directed: bool) -> bool {
    match (place, wanted) {
        (Place::Interface(a, x), Place::Interface(b, y)) => a == b && (!directed || x == y),
        (Place::NetworkAcl(a, at, x), Place::NetworkAcl(b, there, y)) => {
            a == b && at == there && (!directed || x == y)
        }
        (Place::RouteTable(a, s), Place::RouteTable(b, t)) => a == b && s == t,
        (Place::InternetGateway(a, x), Place::InternetGateway(b, y)) => {
            a == b && (!directed || x == y)
        }
        (Place::NatGateway(a, x), Place::NatGateway(b, y)) => a == b && (!directed || x == y),
        (Place::EgressOnlyGateway(a, x), Place::EgressOnlyGateway(b, y)) => {
            a == b && (!directed || x == y)
        }
        (Place::GatewayEndpoint(a, x), Place::GatewayEndpoint(b, y)) => {
            a == b && (!directed || x == y)
        }
        (Place::TransitGatewayAttachment(a, x), Place::TransitGatewayAttachment(b, y)) => {
            a == b && (!directed || x == y)
        }
        // One table is one suspect, whichever attachment asks it.
        (Place::TransitGatewayRouteTable(a, _), Place::TransitGatewayRouteTable(b, _)) => a == b,
        (Place::VirtualPrivateGateway(a, x), Place::VirtualPrivateGateway(b, y)) => {
            a == b && (!directed || x == y)
        }
        (Place::Link(a, x), Place::Link(b, y)) => a == b && (!directed || x == y),
        _ => place == wanted,
    }
}

/// What a trace makes of a packet.
pub fn truth(trace: &Trace) -> Claim {
    match trace.verdict {
        Verdict::Delivered => Claim::Delivered,
        Verdict::Refused => Claim::Refused,
        Verdict::Dropped { leg, place, .. } => Claim::Dropped(leg, place),
    }
}

/// The options of a packet question: delivered, refused where that can be meant, then the suspects,
/// with those that the author adds.
pub fn options(network: &Network, truth: &Trace, more: &[Suspect]) -> Vec<PacketOption> {
    let right = self::truth(truth);
    let mut blamed = suspects(network, truth);
    for suspect in more {
        let leg = suspect.leg.unwrap_or(Leg::Forward);
        let there = blamed.iter().any(|(l, p)| {
            suspect.leg.is_none_or(|leg| leg == *l) && same(*p, suspect.place, suspect.directed)
        });
        if !there {
            // Behind everything of the same leg.
            let at = blamed.iter().rposition(|(l, _)| *l == leg).map_or(0, |at| at + 1);
            let at = if leg == Leg::Reply { blamed.len() } else { at };
            blamed.insert(at, (leg, suspect.place));
        }
    }
    let mut claims = vec![Claim::Delivered];
    if right == Claim::Refused || may_be_refused(network, truth) {
        claims.push(Claim::Refused);
    }
    claims.extend(blamed.into_iter().map(|(leg, place)| Claim::Dropped(leg, place)));
    claims
        .into_iter()
        .map(|claim| PacketOption { claim, right: claim == right, why: None })
        .collect()
}

/// Does the author say which ports the receiver listens on? Then "refused" is a fair guess,
/// whatever the answer is.
fn may_be_refused(network: &Network, truth: &Trace) -> bool {
    let probe = truth.probe;
    let of = |id: InterfaceId| {
        network.instances().iter().find(|(_, instance)| instance.interfaces.contains(&id))
    };
    let listening = match probe.to {
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
            of(id).map(|(_, instance)| &instance.listening)
        }
        ProbeEnd::Host(id) | ProbeEnd::NameOfHost(id) => {
            network.hosts().get(id).map(|host: &Host| &host.listening)
        }
        ProbeEnd::OnPremises(id, _) => network.on_premises().get(id).map(|row| &row.listening),
        ProbeEnd::Address(_) | ProbeEnd::Named(_) => None,
    };
    probe.protocol.has_ports() && matches!(listening, Some(Listening::On(_)))
}

/// Where a packet may be dropped, as far as one can tell from who talks to whom: in the order of
/// the way there and back. What the components are set to (rules, lists, routes, attachments,
/// addresses, states) plays no part, and so the list gives nothing away. In networks where the true
/// place is not among these (one that a route leads to by a detour), it is added.
pub fn suspects(network: &Network, truth: &Trace) -> Vec<(Leg, Place)> {
    let (from, to) = (End::of(network, truth.probe.from), End::of(network, truth.probe.to));
    let mut all = Vec::new();
    for (leg, from, to) in [(Leg::Forward, from, to), (Leg::Reply, to, from)] {
        let mut way = way(network, leg, from, to);
        if let Claim::Dropped(dropped, place) = self::truth(truth)
            && dropped == leg
        {
            add(&mut way, place, truth);
        }
        all.extend(way.into_iter().map(|place| (leg, place)));
    }
    all
}

/// Adds the place where a packet is dropped, behind what it came through before.
fn add(way: &mut Vec<Place>, place: Place, truth: &Trace) {
    if way.contains(&place) {
        return;
    }
    // One gateway is one suspect, whichever way the packet is going through it.
    if let Some(known) = way.iter_mut().find(|known| {
        matches!((place, known), (Place::InternetGateway(a, _), Place::InternetGateway(b, _))
            if a == *b)
    }) {
        *known = place;
        return;
    }
    let leg = truth.last().leg;
    let before = truth.leg(leg).filter_map(|hop| way.iter().position(|it| *it == hop.place));
    let at = before.max().map_or(0, |at| at + 1);
    way.insert(at, place);
}

/// One end of a way.
#[derive(Clone, Copy)]
enum End {
    Inside(InterfaceId),
    /// Inside, and called by its public address.
    Public(InterfaceId),
    Outside(IpAddr, Option<HostId>),
    /// In an on-premises network.
    Site(OnPremisesId, IpAddr),
}

impl End {
    fn of(network: &Network, end: ProbeEnd) -> Self {
        match end {
            ProbeEnd::Interface(id) => Self::Inside(id),
            ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => Self::Public(id),
            ProbeEnd::Host(id) | ProbeEnd::NameOfHost(id) => {
                let address = network.hosts().get(id).map_or(Network::INTERNET, |row| row.address);
                Self::Outside(address, Some(id))
            }
            ProbeEnd::Named(named) => match network.interfaces_of(named.into()).first() {
                Some(id) if network.interfaces()[*id].public_address.is_some() => Self::Public(*id),
                Some(id) => Self::Inside(*id),
                None => {
                    let address = network.public_address_of_name(named);
                    Self::Outside(address.unwrap_or(Network::INTERNET), None)
                }
            },
            ProbeEnd::OnPremises(id, address) => {
                let usual = network.on_premises().get(id).map(|row| row.address);
                Self::Site(id, address.or(usual).unwrap_or(Network::INTERNET))
            }
            ProbeEnd::Address(address) => match network.interface_at(address) {
                Some(id) if network.public_owner(address).is_some() => Self::Public(id),
                Some(id) => Self::Inside(id),
                None => Self::Outside(address, network.host_at(address)),
            },
        }
    }

    fn interface(self, network: &Network) -> Option<(InterfaceId, SubnetId)> {
        match self {
            Self::Inside(id) | Self::Public(id) => {
                network.interfaces().get(id).map(|row| (id, row.subnet))
            }
            Self::Outside(..) | Self::Site(..) => None,
        }
    }
}

/// Everything that could stop a packet between two ends, each component once.
fn way(network: &Network, leg: Leg, from: End, to: End) -> Vec<Place> {
    let (sender, receiver) = (from.interface(network), to.interface(network));
    let vpc = |subnet: SubnetId| network.subnets()[subnet].vpc;
    let crosses = match (sender, receiver) {
        (Some((_, a)), Some((_, b))) => {
            let called = if leg == Leg::Forward { to } else { from };
            matches!(called, End::Public(_))
                || vpc(a) != vpc(b)
                    && gateway(network, vpc(a)).is_some()
                    && gateway(network, vpc(b)).is_some()
        }
        _ => true,
    };
    let mut way = Vec::new();
    let mut push = |place: Place| {
        let known = way.iter().any(|known| match (place, *known) {
            (Place::InternetGateway(a, _), Place::InternetGateway(b, _)) => a == b,
            (place, known) => place == known,
        });
        if !known {
            way.push(place);
        }
    };
    // A request may set out for an address that nobody has; an answer goes to somebody who asked.
    if let (End::Outside(address, host), Leg::Forward) = (from, leg) {
        push(Place::Internet(address, host));
    }
    if let (End::Site(id, address), Leg::Forward) = (from, leg) {
        push(Place::OnPremises(id, address));
    }
    let mut translated = false;
    if let Some((id, subnet)) = sender {
        push(Place::Interface(id, Direction::Egress));
        push(Place::NetworkAcl(network.network_acl_of(subnet), subnet, Direction::Egress));
        push(Place::RouteTable(network.route_table_of(subnet), subnet));
        if let Some((_, other)) = receiver {
            let (a, b) = (vpc(subnet), vpc(other));
            let joins = |row: &Peering| [(a, b), (b, a)].contains(&(row.requester, row.accepter));
            let peerings = network.peerings().iter().filter(|(_, row)| a != b && joins(row));
            peerings.for_each(|(id, _)| push(Place::Peering(id)));
        }
        if crosses {
            if let End::Outside(address, _) = to {
                for id in endpoints(network, vpc(subnet), address) {
                    push(Place::GatewayEndpoint(id, Direction::Egress));
                }
            }
            for (nat, home) in nats(network, subnet) {
                translated = true;
                let Some(home) = home else {
                    push(Place::NatGateway(nat, Direction::Egress));
                    if let Some(table) = nat_table(network, nat) {
                        push(table);
                    }
                    continue;
                };
                let acl = network.network_acl_of(home);
                if home != subnet {
                    push(Place::NetworkAcl(acl, home, Direction::Ingress));
                }
                push(Place::NatGateway(nat, Direction::Egress));
                if home != subnet {
                    push(Place::NetworkAcl(acl, home, Direction::Egress));
                    push(Place::RouteTable(network.route_table_of(home), home));
                }
            }
            let mut doors = network.egress_only_gateways().iter();
            let door = doors.find(|(_, row)| row.vpc == vpc(subnet) && has_ipv6(network, id));
            if let Some((id, _)) = door {
                push(Place::EgressOnlyGateway(id, Direction::Egress));
            }
            if let Some(id) = gateway(network, vpc(subnet)) {
                push(Place::InternetGateway(id, Direction::Egress));
            }
        }
    }
    if let Some((id, subnet)) = receiver {
        if crosses {
            if let End::Outside(address, _) = from {
                for id in endpoints(network, vpc(subnet), address) {
                    push(Place::GatewayEndpoint(id, Direction::Ingress));
                }
            }
            if let Some(id) = gateway(network, vpc(subnet)) {
                push(Place::InternetGateway(id, Direction::Ingress));
            }
            let mut doors = network.egress_only_gateways().iter();
            let door = doors.find(|(_, row)| row.vpc == vpc(subnet) && has_ipv6(network, id));
            if let Some((id, _)) = door {
                push(Place::EgressOnlyGateway(id, Direction::Ingress));
            }
            for (nat, home) in nats(network, subnet).into_iter().filter(|_| leg == Leg::Reply) {
                let Some(home) = home else {
                    push(Place::NatGateway(nat, Direction::Ingress));
                    if let Some(table) = nat_table(network, nat) {
                        push(table);
                    }
                    continue;
                };
                let acl = network.network_acl_of(home);
                if home != subnet {
                    push(Place::NetworkAcl(acl, home, Direction::Ingress));
                }
                push(Place::NatGateway(nat, Direction::Ingress));
                if home != subnet {
                    push(Place::NetworkAcl(acl, home, Direction::Egress));
                }
            }
        }
        push(Place::NetworkAcl(network.network_acl_of(subnet), subnet, Direction::Ingress));
        push(Place::Interface(id, Direction::Ingress));
    }
    if let End::Outside(address, host) = to {
        // An answer that was translated on its way is not what its receiver waits for.
        if leg == Leg::Forward || translated || !is_on_the_internet(address) {
            push(Place::Internet(address, host));
        }
    }
    way
}

/// The gateway of a VPC, or the one that could be attached to it.
fn gateway(network: &Network, vpc: VpcId) -> Option<InternetGatewayId> {
    let loose = || network.internet_gateways().iter().find(|(_, row)| row.vpc.is_none());
    network.internet_gateway_of(vpc).or_else(|| loose().map(|(id, _)| id))
}

/// The endpoints of a VPC for the service that has this address.
fn endpoints(network: &Network, vpc: VpcId, address: IpAddr) -> Vec<GatewayEndpointId> {
    let serves = |row: &GatewayEndpoint| {
        let list = network.prefix_lists().get(row.list);
        row.vpc == vpc
            && list.is_some_and(|list| list.cidrs.iter().any(|cidr| cidr.contains(address)))
    };
    let all = network.gateway_endpoints().iter();
    all.filter(|(_, row)| serves(row)).map(|(id, _)| id).collect()
}

/// Where a regional NAT gateway looks routes up.
fn nat_table(network: &Network, nat: NatGatewayId) -> Option<Place> {
    network.nat_gateways().get(nat)?.regional().map(|it| Place::GatewayTable(it.route_table))
}

/// The NAT gateways that a subnet could use, and where they stand, unless they are regional: those
/// of its zone, else all of its VPC.
fn nats(network: &Network, subnet: SubnetId) -> Vec<(NatGatewayId, Option<SubnetId>)> {
    let own = &network.subnets()[subnet];
    let all: Vec<_> = network
        .nat_gateways()
        .iter()
        .filter(|(_, row)| row.vpc == own.vpc)
        .map(|(id, row)| (id, row.subnet()))
        .collect();
    let near: Vec<_> = all
        .iter()
        .filter(|(_, subnet)| subnet.is_none_or(|it| network.subnets()[it].zone == own.zone))
        .copied()
        .collect();
    if near.is_empty() { all } else { near }
}

fn has_ipv6(network: &Network, id: InterfaceId) -> bool {
    network.interfaces()[id].addresses.iter().any(IpAddr::is_ipv6)
}
