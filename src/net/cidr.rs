//! An address block, IPv4 or IPv6.

use std::{fmt, net::IpAddr, str::FromStr};

use ipnet::IpNet;

/// An address block such as `10.0.0.0/16`. Its host bits are always clear: AWS stores
/// `100.68.0.18/18` as `100.68.0.0/18`
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>), and so do we.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cidr(IpNet);

/// Why a text is no address block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// There is no `/n` behind the address.
    #[error("an address block needs a prefix length, such as `/16`")]
    NoLength,
    /// The part before the slash is no address.
    #[error("the part before the slash is not an IP address")]
    Address,
    /// The part behind the slash is no length, or longer than the address.
    #[error("the prefix length is out of range")]
    Length,
}

impl Cidr {
    /// `0.0.0.0/0`: every IPv4 address, and no IPv6 address.
    pub const ANY_V4: Self = Self::v4(std::net::Ipv4Addr::UNSPECIFIED, 0);
    /// `::/0`: every IPv6 address, and no IPv4 address.
    pub const ANY_V6: Self = Self::v6(std::net::Ipv6Addr::UNSPECIFIED, 0);

    /// A constant IPv4 block.
    ///
    /// # Panics
    /// When `length` exceeds 32 or a host bit is set; in constants, at compile time.
    pub const fn v4(address: std::net::Ipv4Addr, length: u8) -> Self {
        let host_bits = u32::MAX.unbounded_shr(length as u32);
        assert!(address.to_bits() & host_bits == 0, "host bits must be clear");
        Self(IpNet::V4(ipnet::Ipv4Net::new_assert(address, length)))
    }

    /// A constant IPv6 block.
    ///
    /// # Panics
    /// When `length` exceeds 128 or a host bit is set; in constants, at compile time.
    pub const fn v6(address: std::net::Ipv6Addr, length: u8) -> Self {
        let host_bits = u128::MAX.unbounded_shr(length as u32);
        assert!(address.to_bits() & host_bits == 0, "host bits must be clear");
        Self(IpNet::V6(ipnet::Ipv6Net::new_assert(address, length)))
    }

    /// The block of `length` bits around `address`; the host bits are cleared.
    ///
    /// # Errors
    /// [`CidrError::Length`] when `length` exceeds 32 (IPv4) or 128 (IPv6).
    pub fn new(address: IpAddr, length: u8) -> Result<Self, CidrError> {
        IpNet::new(address, length).map(|net| Self(net.trunc())).map_err(|_| CidrError::Length)
    }

    /// The block that holds this address alone (`/32` or `/128`).
    pub fn host(address: IpAddr) -> Self {
        Self(IpNet::from(address))
    }

    /// The first address.
    pub fn first(self) -> IpAddr {
        self.0.network()
    }

    /// The last address.
    pub fn last(self) -> IpAddr {
        self.0.broadcast()
    }

    /// The prefix length: how many leading bits are fixed.
    pub fn length(self) -> u8 {
        self.0.prefix_len()
    }

    /// Is it a block of IPv4 addresses?
    pub fn is_ipv4(self) -> bool {
        matches!(self.0, IpNet::V4(_))
    }

    /// How many addresses it holds, saturating at `u128::MAX` for `::/0`.
    pub fn size(self) -> u128 {
        let bits = self.0.max_prefix_len() - self.length();
        1u128.checked_shl(u32::from(bits)).unwrap_or(u128::MAX)
    }

    /// The address `offset` places behind the first, if it is still inside.
    pub fn nth(self, offset: u128) -> Option<IpAddr> {
        if offset >= self.size() {
            return None;
        }
        Some(match self.first() {
            IpAddr::V4(first) => IpAddr::V4((u32::from(first) + offset as u32).into()),
            IpAddr::V6(first) => IpAddr::V6((u128::from(first) + offset).into()),
        })
    }

    /// Is the address inside? An IPv4 block never contains an IPv6 address.
    pub fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }

    /// Does this block contain all of `other`? A block covers itself.
    pub fn covers(self, other: Self) -> bool {
        self.0.contains(&other.0)
    }

    /// Do the two share an address?
    pub fn overlaps(self, other: Self) -> bool {
        self.covers(other) || other.covers(self)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    /// Reads `10.0.0.0/16`; host bits are cleared, surrounding spaces ignored.
    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (address, length) = text.trim().split_once('/').ok_or(CidrError::NoLength)?;
        let address = address.parse().map_err(|_| CidrError::Address)?;
        if length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CidrError::Length);
        }
        Self::new(address, length.parse().map_err(|_| CidrError::Length)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cidr(text: &str) -> Cidr {
        text.parse().unwrap()
    }

    #[test]
    fn host_bits_are_cleared() {
        assert_eq!(cidr("100.68.0.18/18").to_string(), "100.68.0.0/18");
        assert_eq!(cidr("2001:db8::1/64").to_string(), "2001:db8::/64");
    }

    #[test]
    fn bad_text_says_what_is_wrong() {
        for (text, error) in [
            ("10.0.0.0", CidrError::NoLength),
            ("10.0.0/16", CidrError::Address),
            ("10.0.0.0/33", CidrError::Length),
            ("10.0.0.0/+8", CidrError::Length),
            ("10.0.0.0/", CidrError::Length),
        ] {
            assert_eq!(text.parse::<Cidr>(), Err(error), "{text}");
        }
    }

    #[test]
    fn families_never_mix() {
        assert!(!Cidr::ANY_V4.contains("2001:db8::1".parse().unwrap()));
        assert!(!Cidr::ANY_V6.contains("10.0.0.1".parse().unwrap()));
        assert!(!Cidr::ANY_V4.overlaps(Cidr::ANY_V6));
    }

    #[test]
    fn a_block_counts_and_indexes_its_addresses() {
        assert_eq!(cidr("10.0.0.0/28").size(), 16);
        assert_eq!(Cidr::ANY_V4.size(), 1 << 32);
        assert_eq!(cidr("10.0.0.0/28").nth(15), Some("10.0.0.15".parse().unwrap()));
        assert_eq!(cidr("10.0.0.0/28").nth(16), None);
    }
}
