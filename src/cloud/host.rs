//! Hosts on the internet: clients, attackers, repositories.

use std::net::IpAddr;

use crate::{
    cloud::{Id, Name},
    net::{Ports, Protocol},
};

/// Names a [`Host`].
pub type HostId = Id<Host>;

/// A host somewhere on the internet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// As the author wrote it.
    pub name: Name,
    /// Its public address.
    pub address: IpAddr,
    /// Which ports answer.
    pub listening: Listening,
}

/// Which ports of a host or instance answer. A closed TCP port refuses with RST, a closed UDP
/// port with ICMP "port unreachable"; ping is always answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listening {
    /// Not known: every port is taken to answer (imports, unnamed hosts).
    Everywhere,
    /// These alone.
    On(Vec<(Protocol, Ports)>),
}

impl Listening {
    /// Does something answer on this port?
    pub fn answers(&self, protocol: Protocol, port: u16) -> bool {
        match self {
            Self::Everywhere => true,
            Self::On(open) => {
                !protocol.has_ports()
                    || open.iter().any(|(p, ports)| *p == protocol && ports.contains(port))
            }
        }
    }
}
