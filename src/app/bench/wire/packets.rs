//! Packets: who may send one, and who may be meant.

use crate::{
    app::bench::wire::{End, interfaces},
    cloud::{InterfaceKind, Listening, Named, Network, Probe, ProbeEnd, Thing},
    net::Protocol,
};

/// Who sends, if it may.
pub(in crate::app::bench) fn sender(n: &Network, end: End) -> Option<ProbeEnd> {
    Some(match end {
        End::Elsewhere => ProbeEnd::Address(Network::INTERNET),
        End::Thing(Thing::Host(id)) => ProbeEnd::Host(id),
        End::Thing(Thing::OnPremises(id)) => ProbeEnd::OnPremises(id, None),
        End::Thing(Thing::Function(id)) => ProbeEnd::Named(Named::Function(id)),
        End::Thing(thing @ (Thing::Instance(_) | Thing::Interface(_) | Thing::Task(_))) => {
            ProbeEnd::Interface(*interfaces(n, thing).first()?)
        }
        End::Thing(_) => return None,
    })
}

/// Who is meant, and at which port, if it may be.
pub(in crate::app::bench) fn receiver(n: &Network, end: End) -> Option<(ProbeEnd, Protocol, u16)> {
    let first = |listening: &Listening| match listening {
        Listening::On(open) => open.first().map_or((Protocol::TCP, 443), |(protocol, ports)| {
            (*protocol, if ports.low == 0 { 443 } else { ports.low })
        }),
        Listening::Everywhere => (Protocol::TCP, 443),
    };
    let https = (Protocol::TCP, 443);
    let (end, (protocol, port)) = match end {
        End::Elsewhere => (ProbeEnd::Address(Network::INTERNET), https),
        End::Thing(Thing::Host(id)) => (ProbeEnd::Host(id), first(&n.hosts().get(id)?.listening)),
        End::Thing(Thing::OnPremises(id)) => {
            (ProbeEnd::OnPremises(id, None), first(&n.on_premises().get(id)?.listening))
        }
        End::Thing(thing @ Thing::Instance(id)) => {
            let interface = *interfaces(n, thing).first()?;
            (ProbeEnd::Interface(interface), first(&n.instances().get(id)?.listening))
        }
        End::Thing(Thing::Interface(id)) => {
            let listening = match n.interfaces().get(id)?.kind {
                InterfaceKind::Instance(instance) => first(&n.instances().get(instance)?.listening),
                InterfaceKind::Unattached => return None,
                _ => https,
            };
            (ProbeEnd::Interface(id), listening)
        }
        End::Thing(thing @ Thing::Task(id)) => {
            let interface = *interfaces(n, thing).first()?;
            (ProbeEnd::Interface(interface), first(&n.tasks().get(id)?.listening))
        }
        End::Thing(Thing::Database(id)) => {
            let row = n.databases().get(id)?;
            (ProbeEnd::Interface(row.interface), (Protocol::TCP, row.port))
        }
        End::Thing(Thing::LoadBalancer(id)) => {
            let port = n.load_balancers().get(id)?.listeners.first().map_or(443, |it| it.port);
            (ProbeEnd::Named(Named::LoadBalancer(id)), (Protocol::TCP, port))
        }
        End::Thing(Thing::Service(id)) => (ProbeEnd::Named(Named::Service(id)), https),
        End::Thing(Thing::InterfaceEndpoint(id)) => (ProbeEnd::Named(Named::Endpoint(id)), https),
        End::Thing(Thing::Api(id)) => (ProbeEnd::Named(Named::Api(id)), https),
        End::Thing(Thing::Distribution(id)) => (ProbeEnd::Named(Named::Distribution(id)), https),
        End::Thing(_) => return None,
    };
    Some((end, protocol, port))
}

/// Can this be an end of a packet that passes a network we look at?
pub(super) fn packet(n: &Network, from: End, to: End) -> Option<Probe> {
    let outside = |end| matches!(end, End::Elsewhere | End::Thing(Thing::Host(_)));
    if outside(from) && outside(to) {
        return None;
    }
    // An interface waits for its instance: to join them is all that makes sense.
    if either_way_things(from, to).is_some_and(|(a, b)| is_waiting(n, a) || is_waiting(n, b)) {
        return None;
    }
    let from = sender(n, from)?;
    let (to, protocol, port) = receiver(n, to)?;
    (from != to).then(|| Probe::new(from, to, protocol, port))
}

fn either_way_things(from: End, to: End) -> Option<(Thing, Thing)> {
    match (from, to) {
        (End::Thing(from), End::Thing(to)) => Some((from, to)),
        _ => None,
    }
}

pub(super) fn is_waiting(n: &Network, thing: Thing) -> bool {
    match thing {
        Thing::Interface(id) => {
            n.interfaces().get(id).is_some_and(|row| row.kind == InterfaceKind::Unattached)
        }
        _ => false,
    }
}
