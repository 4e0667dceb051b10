//! Interfaces and who stands behind them.

use super::Remedies;
use crate::{
    cloud::{
        Change, Direction, Hop, InstanceState, InterfaceId, InterfaceKind, Listening, Place,
        ServiceChange, Subject, Trace,
    },
    net::Ports,
};

impl Remedies<'_> {
    /// Whether somebody listens on the port.
    pub(super) fn listen(&mut self, trace: &Trace, wanted: bool) {
        let Some(Place::Interface(id, _)) = trace.receiver() else { return };
        let InterfaceKind::Instance(instance) = self.network.interfaces[id].kind else { return };
        let (protocol, port) = (trace.probe.protocol, trace.probe.port);
        let listening = &self.network.instances[instance].listening;
        let new = match listening {
            Listening::On(open) if wanted => {
                let mut open = open.clone();
                open.push((protocol, Ports::one(port)));
                Listening::On(open)
            }
            Listening::On(open) => {
                let other = |it: &&(_, Ports)| it.0 != protocol || !it.1.contains(port);
                Listening::On(open.iter().filter(other).copied().collect())
            }
            Listening::Everywhere if wanted => return,
            Listening::Everywhere => Listening::On(Vec::new()),
        };
        self.one(Change::ConfigureInstance { instance, listening: Some(new), forwarding: None });
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
        self.close_database(id, direction);
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
    fn close_database(&mut self, id: InterfaceId, direction: Direction) {
        if let InterfaceKind::Database(database) = self.network.interfaces[id].kind
            && self.network.interfaces[id].public_address.is_some()
            && direction == Direction::Ingress
        {
            self.one(ServiceChange::ModifyDatabase { database, public: false }.into());
        }
    }
}
