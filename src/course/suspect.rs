//! The answers on offer to a packet question: delivered, refused, and every component that the
//! packet (or its answer) would come through if nothing stopped it. So the list says nothing about
//! where it really ends: components behind the true culprit stand in it like those before.

use crate::{
    cloud::{
        AclAction, AclEntry, Cause, Direction, EgressOnlyGateway, GatewayEndpoint, Host, Instance,
        InstanceState, Interface, InterfaceId, InternetGateway, Leg, Listening, NatGateway,
        NatGatewayState, Network, NetworkAcl, Origin, Peer, Peering, Place, ProbeEnd,
        PublicAddress, Route, RouteTable, Rules, SecurityGroup, SecurityGroupRule, Subnet, Target,
        Thing, Trace, Verdict, trace,
    },
    course::{
        document::list,
        grammar::{Line, Read, Slip},
        names,
        question::{Claim, PacketOption},
    },
    i18n::fault,
    net::{Cidr, Ports},
};

/// At most so many components on offer.
const MOST: usize = 8;

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
        "igw" | "nat" | "acl" | "route" | "group" | "eigw" | "peering" | "endpoint" => {
            line.need("`NAME`")?
        }
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
                suspect.leg.is_none_or(|wanted| wanted == *leg)
                    && same(*place, suspect.place, suspect.directed)
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
        Place::RouteTable(id, _) => Thing::RouteTable(id),
        Place::InternetGateway(id, _) => Thing::InternetGateway(id),
        Place::NatGateway(id, _) => Thing::NatGateway(id),
        Place::EgressOnlyGateway(id, _) => Thing::EgressOnlyGateway(id),
        Place::Peering(id) => Thing::Peering(id),
        Place::GatewayEndpoint(id, _) => Thing::GatewayEndpoint(id),
        _ => return None,
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
        _ => place == wanted,
    }
}

/// The options of a packet question, with more suspects if the author wants them.
pub fn options(network: &Network, truth: &Trace, more: &[Suspect]) -> Vec<PacketOption> {
    let right = match truth.verdict {
        Verdict::Delivered => Claim::Delivered,
        Verdict::Refused => Claim::Refused,
        Verdict::Dropped { leg, place, .. } => Claim::Dropped(leg, place),
    };
    let mut blamed: Vec<(Leg, Place)> = Vec::new();
    for (leg, place) in whole_way(network, truth) {
        let component = !matches!(place, Place::Internet(..) | Place::Subnet(_) | Place::Amazon(_));
        let it = (leg, place);
        if (component || right == Claim::Dropped(leg, place)) && !blamed.contains(&it) {
            blamed.push(it);
        }
    }
    let mut wanted = Vec::new();
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
            wanted.push((leg, suspect.place));
        }
    }
    // Too long a list tires: the last of the way back go first.
    while blamed.len() > MOST {
        let spare = |it: &(Leg, Place)| right != Claim::Dropped(it.0, it.1) && !wanted.contains(it);
        let Some(at) = blamed.iter().rposition(spare) else { break };
        blamed.remove(at);
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
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => {
            of(id).map(|(_, instance)| &instance.listening)
        }
        ProbeEnd::Host(id) => network.hosts().get(id).map(|host: &Host| &host.listening),
        ProbeEnd::Address(_) => None,
    };
    probe.protocol.has_ports() && matches!(listening, Some(Listening::On(_)))
}

/// Every place that the packet and its answer would come through if nothing stopped them: what
/// stops it is mended in a copy, again and again, until it arrives or nothing helps.
fn whole_way(network: &Network, truth: &Trace) -> Vec<(Leg, Place)> {
    let mut copy = network.clone();
    let mut last = truth.clone();
    for _ in 0..24 {
        let Some((_, place, cause)) = last.verdict.dropped() else { break };
        if !mend(&mut copy, &last, place, cause) {
            break;
        }
        let next = trace(&copy, truth.probe, &Rules::AWS);
        if next.verdict == last.verdict {
            break;
        }
        last = next;
    }
    let way = |trace: &Trace| -> Vec<(Leg, Place)> {
        trace.hops.iter().map(|hop| (hop.leg, hop.place)).collect()
    };
    let mut all = way(truth);
    let mut more = way(&last);
    more.extend(doorstep(network, truth));
    // Mending may lead the packet another way; its true way comes first then.
    for (leg, place) in more {
        if !all.contains(&(leg, place)) {
            let reply = all.iter().position(|(l, _)| *l == Leg::Reply);
            let at = reply.filter(|_| leg == Leg::Forward).unwrap_or(all.len());
            all.insert(at, (leg, place));
        }
    }
    all
}

/// The list and groups before the receiver: on offer even when no mending leads there.
fn doorstep(network: &Network, truth: &Trace) -> Vec<(Leg, Place)> {
    let id = match truth.probe.to {
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) => id,
        ProbeEnd::Address(address) => match network.interface_at(address) {
            Some(id) => id,
            None => return Vec::new(),
        },
        ProbeEnd::Host(_) => return Vec::new(),
    };
    let Some(interface) = network.interfaces().get(id) else { return Vec::new() };
    let subnet = interface.subnet;
    let neighbours = match truth.probe.from {
        ProbeEnd::Interface(from) => {
            network.interfaces().get(from).is_some_and(|from| from.subnet == subnet)
        }
        _ => false,
    };
    let mut doors = Vec::new();
    if !neighbours {
        let acl = network.network_acl_of(subnet);
        doors.push((Leg::Forward, Place::NetworkAcl(acl, subnet, Direction::Ingress)));
    }
    if !interface.security_groups.is_empty() {
        doors.push((Leg::Forward, Place::Interface(id, Direction::Ingress)));
    }
    doors
}

/// Removes what stopped the packet; false when there is nothing to remove.
fn mend(network: &mut Network, stopped: &Trace, place: Place, cause: Cause) -> bool {
    let packet = stopped.last().packet_in;
    let everything = |direction| AclEntry {
        number: 1,
        action: AclAction::Allow,
        protocol: None,
        ports: Ports::ALL,
        cidr: any(direction, &packet),
    };
    match (cause, place) {
        (Cause::NoSecurityGroupRule, Place::Interface(id, direction)) => {
            let Some(interface) = network.interfaces().get(id) else { return false };
            let rule = SecurityGroupRule {
                protocol: None,
                ports: Ports::ALL,
                peer: Peer::Cidr(any(direction, &packet)),
            };
            for group in interface.security_groups.clone() {
                network.update(group, |row: &mut SecurityGroup| match direction {
                    Direction::Ingress => row.ingress.push(rule.clone()),
                    Direction::Egress => row.egress.push(rule.clone()),
                });
            }
            true
        }
        (Cause::AclDenies(_), Place::NetworkAcl(acl, _, direction)) => {
            let entry = everything(direction);
            network.update(acl, |row: &mut NetworkAcl| match direction {
                Direction::Ingress => row.ingress = vec![entry],
                Direction::Egress => row.egress = vec![entry],
            });
            true
        }
        (Cause::NoRoute | Cause::Blackhole, Place::RouteTable(table, subnet)) => {
            let destination = packet.destination;
            let Some(target) = way_out(network, subnet, packet.source) else { return false };
            network.update(table, |row: &mut RouteTable| {
                row.routes.retain(|route| {
                    !(route.destination.contains(destination)
                        && matches!(route.target, Target::Gone(_)))
                });
                row.routes.push(Route {
                    destination: Cidr::host(destination),
                    target,
                    origin: Origin::Static,
                });
            });
            true
        }
        (Cause::GatewayDetached, Place::InternetGateway(gateway, _)) => {
            let vpc = stopped.hops.iter().rev().find_map(|hop| match hop.place {
                Place::RouteTable(_, subnet) => Some(network.subnets().get(subnet)?.vpc),
                _ => None,
            });
            let vpc = vpc.or_else(|| network.vpcs().iter().next().map(|(id, _)| id));
            network.update(gateway, |row: &mut InternetGateway| row.vpc = vpc);
            vpc.is_some()
        }
        (Cause::NoPublicAddress, _) => {
            let Some(id) = network.interface_at(packet.source) else { return false };
            let address = std::net::Ipv4Addr::new(192, 0, 2, 254);
            network.update(id, |row: &mut Interface| {
                row.public_address = Some(PublicAddress { address, elastic: true });
            });
            true
        }
        (Cause::InstanceNotRunning, Place::Interface(id, _)) => {
            let owner = network
                .instances()
                .iter()
                .find(|(_, row)| row.interfaces.contains(&id))
                .map(|(id, _)| id);
            let Some(owner) = owner else { return false };
            network.update(owner, |row: &mut Instance| row.state = InstanceState::Running);
            true
        }
        (Cause::NatNotAvailable, Place::NatGateway(id, _)) => {
            network.update(id, |row: &mut NatGateway| row.state = NatGatewayState::Available);
            true
        }
        (Cause::SourceDestCheck, Place::Interface(id, _)) => {
            network.update(id, |row: &mut Interface| row.source_dest_check = false);
            true
        }
        _ => false,
    }
}

/// All addresses of the far end's family.
fn any(direction: Direction, packet: &crate::net::Packet) -> Cidr {
    let far = match direction {
        Direction::Ingress => packet.source,
        Direction::Egress => packet.destination,
    };
    if far.is_ipv4() { Cidr::ANY_V4 } else { Cidr::ANY_V6 }
}

/// Where a person would lead what leaves a subnet: through the internet gateway, or through a NAT
/// gateway when there is one and the sender has no public address.
fn way_out(
    network: &Network,
    subnet: crate::cloud::SubnetId,
    source: std::net::IpAddr,
) -> Option<Target> {
    let vpc = network.subnets().get(subnet)?.vpc;
    let public = network
        .interface_in(vpc, source)
        .and_then(|id| network.interfaces().get(id))
        .is_some_and(|row| row.public_address.is_some());
    let nat = network.nat_gateways().iter().find(|(_, row)| {
        row.subnet != subnet && network.subnets().get(row.subnet).is_some_and(|s| s.vpc == vpc)
    });
    if let (Some((id, _)), false) = (nat, public) {
        return Some(Target::NatGateway(id));
    }
    let gateway = network
        .internet_gateway_of(vpc)
        .or_else(|| network.internet_gateways().iter().next().map(|(id, _)| id));
    gateway.map(Target::InternetGateway)
}
