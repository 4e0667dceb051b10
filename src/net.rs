//! Words of networking, values only: address blocks, port ranges, protocols, packets.
//!
//! Knows nothing of any cloud. Everything here is `Copy`, ordered and printable.

mod cidr;
mod packet;

pub use cidr::{Cidr, CidrError};
pub use packet::{IcmpKind, Packet, Ports, Protocol, TcpFlag};
