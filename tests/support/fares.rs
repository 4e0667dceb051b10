//! What a trace says of one packet, to be held against what the reach sets say.

use std::net::IpAddr;

use hanulgil::cloud::{
    Direction, Hop, InterfaceId, Leg, Network, Outcome, Place, Probe, ProbeEnd, ServiceSubject,
    Subject, Trace, Verdict, host::is_on_the_internet, reach::Fate,
};

/// What became of a packet that was meant for an interface.
pub fn fate(trace: &Trace, to: InterfaceId) -> Fate {
    match trace.verdict {
        Verdict::Dropped { leg: Leg::Forward, cause, .. } if !taken_by(trace, to) => {
            Fate::KeptOut(cause)
        }
        _ if !taken_by(trace, to) => Fate::Astray,
        Verdict::Delivered => Fate::Answered,
        Verdict::Refused => Fate::Refused,
        Verdict::Dropped { cause, .. } => Fate::Unanswered(cause),
    }
}

/// Received, or handed on by a load balancer or an endpoint to what is behind it.
pub fn taken_by(trace: &Trace, to: InterfaceId) -> bool {
    let door = Place::Interface(to, Direction::Ingress);
    let forward: Vec<&Hop> = trace.leg(Leg::Forward).collect();
    let handed_on = |at: usize| {
        let next: Option<&&Hop> = forward.get(at + 1);
        next.is_some_and(|it| match it.place {
            Place::LoadBalancer(_, node) | Place::Endpoint(_, node) => {
                node == to && it.packet_out.is_some()
            }
            _ => false,
        })
    };
    trace.receiver() == Some(door)
        || (0..forward.len()).any(|it| forward[it].place == door && handed_on(it))
}

/// Did the packet come to whom it was meant for, inside or outside, and an answer back?
pub fn answered(trace: &Trace, to: ProbeEnd) -> bool {
    let right = match to {
        ProbeEnd::Interface(to) => taken_by(trace, to),
        ProbeEnd::OnPremises(to, _) => {
            matches!(trace.receiver(), Some(Place::OnPremises(site, _)) if site == to)
        }
        _ => match trace.receiver() {
            Some(Place::Internet(..) | Place::Service(_) | Place::Api(_)) => true,
            _ => trace.places().any(|it| matches!(it, Place::Api(_) | Place::Distribution(_))),
        },
    };
    right && trace.is_delivered()
}

/// What decided: of what did not arrive, what dropped it; of what did, every rule of a group that
/// lets it pass, every listener that takes it, and whatever else decided anywhere. What the sender
/// is, that a connection is known and that a port is open are no rules: they are named where they
/// drop.
pub fn responsible(trace: &Trace, fate: Fate) -> Vec<Subject> {
    let kept_out = matches!(fate, Fate::KeptOut(_));
    let dropped = trace.verdict.dropped().is_some();
    let (last, before) = trace.hops.split_last().unwrap();
    let mut by = Vec::new();
    let hops = before.iter().filter(|_| !kept_out).map(|it| (it, false)).chain([(last, dropped)]);
    for (hop, drops) in hops {
        for check in &hop.checks {
            let named = match check.subject {
                _ if kept_out && check.outcome == Outcome::Allows => false,
                Subject::SecurityGroupRule(..) | Subject::Service(ServiceSubject::Listener(..)) => {
                    check.outcome == Outcome::Allows
                }
                Subject::TrackedConnection
                | Subject::Listening
                | Subject::Expected
                | Subject::NatConnection(_)
                | Subject::EgressOnlyConnection(_)
                | Subject::KnownFlow(_)
                | Subject::Service(ServiceSubject::BalancedConnection(_)) => {
                    drops && check.decisive
                }
                Subject::InstanceState(it) | Subject::SourceDestCheck(it) => {
                    check.decisive && trace.probe.from != ProbeEnd::Interface(it)
                }
                _ => check.decisive,
            };
            if named && !by.contains(&check.subject) {
                by.push(check.subject);
            }
        }
    }
    by
}

/// The interface that dropped the request, unless it is the sender's own on the way out.
pub fn dropped_at(trace: &Trace) -> Option<(InterfaceId, Direction)> {
    let dropped = trace.leg(Leg::Reply).next().is_none() && trace.verdict.dropped().is_some();
    let last = trace.hops.last().filter(|_| dropped)?;
    match last.place {
        Place::Interface(id, Direction::Egress) if trace.probe.from == ProbeEnd::Interface(id) => {
            None
        }
        Place::Interface(id, way) => Some((id, way)),
        _ => None,
    }
}

/// Who dials an address of its own does not send at all, whatever a trace would say.
pub fn dials_itself(network: &Network, probe: Probe) -> bool {
    let (ProbeEnd::Interface(from), ProbeEnd::Address(to)) = (probe.from, probe.to) else {
        return false;
    };
    network.interfaces()[from].has(to)
}

/// Can a host on the internet have the address: is it neither reserved nor the network's own?
pub fn is_strangers(network: &Network, address: IpAddr) -> bool {
    let mut blocks = network.vpcs().iter().flat_map(|(_, it)| &it.ipv6_cidrs);
    is_on_the_internet(address)
        && network.interface_at(address).is_none()
        && network.regional_nat_gateway_at(address).is_none()
        && !blocks.any(|it| it.contains(address))
}
