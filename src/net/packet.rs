//! What travels: protocols, ports, and a packet's header.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

/// An IP protocol, by its IANA number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Protocol(pub u8);

impl Protocol {
    /// ICMP for IPv4 (1).
    pub const ICMP: Self = Self(1);
    /// TCP (6).
    pub const TCP: Self = Self(6);
    /// UDP (17).
    pub const UDP: Self = Self(17);
    /// ICMP for IPv6 (58).
    pub const ICMPV6: Self = Self(58);

    /// Does it carry port numbers (TCP and UDP)?
    pub fn has_ports(self) -> bool {
        self == Self::TCP || self == Self::UDP
    }

    /// Is it ICMP of either family?
    pub fn is_icmp(self) -> bool {
        self == Self::ICMP || self == Self::ICMPV6
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ICMP => f.pad("icmp"),
            Self::TCP => f.pad("tcp"),
            Self::UDP => f.pad("udp"),
            Self::ICMPV6 => f.pad("icmpv6"),
            Self(number) => number.fmt(f),
        }
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Protocol {
    type Err = ();

    /// Reads `tcp`, `udp`, `icmp`, `icmpv6` or a number.
    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text.to_ascii_lowercase().as_str() {
            "icmp" => Self::ICMP,
            "tcp" => Self::TCP,
            "udp" => Self::UDP,
            "icmpv6" => Self::ICMPV6,
            number => Self(number.parse().map_err(|_| ())?),
        })
    }
}

/// A range of ports, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ports {
    /// The lowest port.
    pub low: u16,
    /// The highest port, never below `low`.
    pub high: u16,
}

impl Ports {
    /// Every port.
    pub const ALL: Self = Self { low: 0, high: u16::MAX };

    /// One port alone.
    pub const fn one(port: u16) -> Self {
        Self { low: port, high: port }
    }

    /// The range from `low` to `high`; `None` when it would be empty.
    pub fn new(low: u16, high: u16) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// Is the port inside?
    pub fn contains(self, port: u16) -> bool {
        (self.low..=self.high).contains(&port)
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high {
            write!(f, "{}", self.low)
        } else {
            write!(f, "{}-{}", self.low, self.high)
        }
    }
}

impl FromStr for Ports {
    type Err = ();

    /// Reads `443` or `1024-65535`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        Self::new(low.parse().map_err(|_| ())?, high.parse().map_err(|_| ())?).ok_or(())
    }
}

/// Which part of a TCP exchange a packet is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TcpFlag {
    /// Asks for a connection.
    Syn,
    /// Grants it.
    SynAck,
    /// Refuses it: nobody listens on the port.
    Rst,
}

/// Which ICMP message a packet is, as far as the simulator tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IcmpKind {
    /// Ping.
    EchoRequest,
    /// The answer to a ping.
    EchoReply,
    /// "Port unreachable", the answer of a closed UDP port.
    PortUnreachable,
}

/// The header of one packet, at one point of its way. For protocols without ports both
/// ports are 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Packet {
    /// The IP protocol.
    pub protocol: Protocol,
    /// Where it comes from, as the header says now (gateways rewrite it).
    pub source: IpAddr,
    /// The sender's port; 0 without ports.
    pub source_port: u16,
    /// Where it goes, as the header says now (gateways rewrite it).
    pub destination: IpAddr,
    /// The receiver's port; 0 without ports.
    pub destination_port: u16,
    /// The TCP flag, for TCP only.
    pub tcp: Option<TcpFlag>,
    /// The ICMP message, for ICMP only.
    pub icmp: Option<IcmpKind>,
}

impl Packet {
    /// The same packet with addresses and ports swapped: where an answer starts. Flags stay.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            source: self.destination,
            source_port: self.destination_port,
            destination: self.source,
            destination_port: self.source_port,
            ..self
        }
    }

    /// The end of the packet that is not "here": the source of what comes in, the destination of
    /// what goes out.
    pub fn far_end(&self, coming_in: bool) -> IpAddr {
        if coming_in { self.source } else { self.destination }
    }

    /// Does this packet belong to the connection that `request` opened, on its way back? An ICMP
    /// error counts by its addresses: it quotes the request inside.
    pub fn answers(&self, request: &Self) -> bool {
        let back = self.source == request.destination && self.destination == request.source;
        if self.icmp == Some(IcmpKind::PortUnreachable) {
            return back;
        }
        // A ping is a question, also where somebody pings its own public address and the header
        // comes back with its ends swapped.
        back && self.icmp != Some(IcmpKind::EchoRequest)
            && self.protocol == request.protocol
            && self.source_port == request.destination_port
            && self.destination_port == request.source_port
    }
}

/// `tcp 203.0.113.9:49152 > 10.0.0.10:443`; without ports, addresses alone.
impl fmt::Display for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.protocol.has_ports() {
            write!(
                f,
                "{} {} > {}",
                self.protocol,
                SocketAddr::new(self.source, self.source_port),
                SocketAddr::new(self.destination, self.destination_port)
            )
        } else {
            write!(f, "{} {} > {}", self.protocol, self.source, self.destination)
        }
    }
}
