//! Scenes: a network as a person writes it by hand, with named packets.

use crate::cloud::{Name, Network, Probe};

/// A network with named packets.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What the file is called, without `.scene.toml`.
    pub name: String,
    /// The network.
    pub network: Network,
    /// The packets it names, in the order of the file.
    pub packets: Vec<NamedPacket>,
}

/// A packet that a scene names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPacket {
    /// Its name.
    pub name: Name,
    /// The packet.
    pub probe: Probe,
    /// As the author wrote it: `internet -> web tcp/443`.
    pub written: String,
}
