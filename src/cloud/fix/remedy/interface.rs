//! Interfaces and who stands behind them.

use super::Remedies;
use crate::{
    cloud::{
        Change, Direction, Hop, InstanceState, InterfaceId, InterfaceKind, Listening, Place,
        ProbeEnd, ServiceChange, Subject, Trace,
        fix::{Demand, Wanted},
    },
    net::{Ports, Protocol},
};

impl Remedies<'_> {
    /// Whether somebody listens on the port; or on all ports at once where other packets want the
    /// same of it, for what listens is set once.
    pub(super) fn listen(&mut self, trace: &Trace, wanted: bool) {
        let (Some(Place::Interface(id, _)), Some(packet)) = (trace.receiver(), trace.received())
        else {
            return;
        };
        let InterfaceKind::Instance(instance) = self.network.interfaces[id].kind else { return };
        let row = &self.network.instances[instance];
        let this = (packet.protocol, packet.destination_port);
        let mut all = vec![this];
        for Demand { probe, wanted: fate } in self.demands {
            let like = if wanted {
                *fate == Wanted::Delivered
            } else {
                matches!(fate, Wanted::Refused | Wanted::NotDelivered)
            };
            let here = match probe.to {
                ProbeEnd::Interface(to) | ProbeEnd::PublicAddressOf(to) | ProbeEnd::NameOf(to) => {
                    row.interfaces.contains(&to)
                }
                _ => false,
            };
            if like && here && !all.contains(&(probe.protocol, probe.port)) {
                all.push((probe.protocol, probe.port));
            }
        }
        for ports in [&all[..1], &all] {
            let new = match &row.listening {
                Listening::On(open) if wanted => {
                    let mut open = open.clone();
                    for &(protocol, port) in ports {
                        if !row.listening.answers(protocol, port) {
                            open.push((protocol, Ports::one(port)));
                        }
                    }
                    Listening::On(open)
                }
                Listening::On(open) => {
                    let holds = |it: &(Protocol, Ports), &(protocol, port): &(Protocol, u16)| {
                        it.0 == protocol && it.1.contains(port)
                    };
                    let stays = |it: &&(Protocol, Ports)| !ports.iter().any(|port| holds(it, port));
                    Listening::On(open.iter().filter(stays).copied().collect())
                }
                Listening::Everywhere => Listening::On(Vec::new()),
            };
            let (listening, forwarding) = (Some(new), None);
            self.one(Change::ConfigureInstance { instance, listening, forwarding });
        }
    }

    /// What may stop a packet that passes an interface.
    pub(super) fn close_interface(&mut self, id: InterfaceId, direction: Direction, hop: &Hop) {
        let network = self.network;
        let packet = &hop.packet_in;
        let Some(interface) = network.interfaces.get(id) else { return };
        let by_rules =
            hop.checks.iter().any(|it| matches!(it.subject, Subject::SecurityGroupRule(..)));
        if by_rules {
            self.close_groups(id, direction, packet);
        }
        self.close_database(id);
        self.close_ipv6(id, packet);
        if !interface.source_dest_check {
            self.one(Change::ModifySourceDestCheck { interface: id, on: true });
        }
        if let InterfaceKind::Instance(instance) = interface.kind
            && network.instances.get(instance).is_some_and(|it| it.state == InstanceState::Running)
        {
            self.one(Change::StopInstance { instance });
        }
    }

    /// A database may give its public address back.
    fn close_database(&mut self, id: InterfaceId) {
        if let InterfaceKind::Database(database) = self.network.interfaces[id].kind
            && self.network.interfaces[id].public_address.is_some()
        {
            self.one(ServiceChange::ModifyDatabase { database, public: false }.into());
        }
    }
}
