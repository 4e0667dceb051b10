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

    /// Can a rule be for some of its packets only: by port, or by type and code of ICMP?
    pub fn is_divided(self) -> bool {
        self.has_ports() || self.is_icmp()
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

/// A range of ports, both ends included. Of a rule for ICMP it is a range of messages, each by its
/// type * 256 + its code: see [`Ports::icmp`].
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

    /// The ICMP messages of one type, with one code or with every code.
    pub const fn icmp(kind: u8, code: Option<u8>) -> Self {
        match code {
            Some(code) => Self::one(u16::from_be_bytes([kind, code])),
            None => Self {
                low: u16::from_be_bytes([kind, 0]),
                high: u16::from_be_bytes([kind, u8::MAX]),
            },
        }
    }

    /// Type and code, where a range means ICMP messages; no type is every type, no code is every
    /// code. A rule cannot name several types, nor several codes but all: around such a range
    /// this is the next wider one.
    pub fn icmp_message(self) -> Option<(u8, Option<u8>)> {
        let [kind, code] = self.low.to_be_bytes();
        let same_type = self.high.to_be_bytes()[0] == kind;
        same_type.then_some((kind, (self.low == self.high).then_some(code)))
    }

    /// As a rule for this protocol can have it: everything where there is nothing to choose.
    #[must_use]
    pub fn of(self, protocol: Option<Protocol>) -> Self {
        match protocol {
            Some(it) if it.has_ports() => self,
            Some(it) if it.is_icmp() => {
                self.icmp_message().map_or(Self::ALL, |(kind, code)| Self::icmp(kind, code))
            }
            _ => Self::ALL,
        }
    }

    /// Type and code of ICMP as rules write them: `8`, `3/4`; `None` for every type.
    pub fn icmp_text(self) -> Option<String> {
        self.icmp_message().map(|(kind, code)| match code {
            Some(code) => format!("{kind}/{code}"),
            None => kind.to_string(),
        })
    }

    /// Reads what [`Self::icmp_text`] writes.
    pub fn from_icmp_text(text: &str) -> Option<Self> {
        let number = |it: &str| it.parse::<u8>().ok();
        match text.split_once('/') {
            Some((kind, code)) => Some(Self::icmp(number(kind)?, Some(number(code)?))),
            None => Some(Self::icmp(number(text)?, None)),
        }
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

impl IcmpKind {
    /// Type * 256 + code, in ICMP of this family
    /// (<https://www.iana.org/assignments/icmp-parameters>,
    /// <https://www.iana.org/assignments/icmpv6-parameters>).
    pub const fn number(self, protocol: Protocol) -> u16 {
        let (kind, code) = match (self, protocol) {
            (Self::EchoRequest, Protocol::ICMPV6) => (128, 0),
            (Self::EchoReply, Protocol::ICMPV6) => (129, 0),
            (Self::PortUnreachable, Protocol::ICMPV6) => (1, 4),
            (Self::EchoRequest, _) => (8, 0),
            (Self::EchoReply, _) => (0, 0),
            (Self::PortUnreachable, _) => (3, 3),
        };
        u16::from_be_bytes([kind, code])
    }
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

    /// What a rule compares beside protocol and address: the receiver's port, or the type and code
    /// of ICMP as [`Ports::icmp`] counts them.
    pub fn number(&self) -> u16 {
        match self.icmp {
            Some(kind) if self.protocol.is_icmp() => kind.number(self.protocol),
            _ => self.destination_port,
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
