//! Network ACL: a stateless, numbered list at the edge of a subnet.

use crate::{
    cloud::{Direction, Field, Id, Name, Rules, VpcId},
    net::{Cidr, Packet, Ports, Protocol},
};

/// Names a [`NetworkAcl`].
pub type NetworkAclId = Id<NetworkAcl>;

/// A network ACL (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>). Behind
/// the entries stands the rule `*`, which denies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkAcl {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may enter the subnet, by ascending number.
    pub ingress: Vec<AclEntry>,
    /// What may leave it, by ascending number.
    pub egress: Vec<AclEntry>,
}

/// One entry of a network ACL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AclEntry {
    /// 1 to 32766; the lowest matching number decides.
    pub number: u16,
    /// What happens to what matches.
    pub action: AclAction,
    /// The protocol; `None` means all.
    pub protocol: Option<Protocol>,
    /// The destination ports; every port for protocols without ports.
    pub ports: Ports,
    /// The far addresses: source of an inbound entry, destination of an outbound one.
    pub cidr: Cidr,
}

/// What a network ACL entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclAction {
    /// Lets pass.
    Allow,
    /// Drops silently.
    Deny,
}

impl NetworkAcl {
    /// The entries of one direction.
    pub fn entries(&self, direction: Direction) -> &[AclEntry] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// The entries of one direction, to be edited.
    pub(super) fn entries_mut(&mut self, direction: Direction) -> &mut Vec<AclEntry> {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }

    /// The entry that decides about a packet, or `None` for the closing `*`, which denies.
    ///
    /// Lowest number first, and the first match decides, whatever the others say
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
    pub fn decide(
        &self,
        direction: Direction,
        packet: &Packet,
        rules: &Rules,
    ) -> Option<&AclEntry> {
        let matching = || {
            self.entries(direction)
                .iter()
                .filter(|entry| entry.differs(direction, packet).is_none())
        };
        let lowest = || matching().min_by_key(|entry| entry.number);
        if rules.lowest_acl_number_wins {
            lowest()
        } else {
            matching().find(|entry| entry.action == AclAction::Deny).or_else(lowest)
        }
    }
}

impl AclEntry {
    /// The first field in which a packet differs from what the entry is for, `None` when it
    /// matches. An entry names a block of addresses and never a group or prefix list, and an IPv4
    /// block never matches an IPv6 packet
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>).
    pub fn differs(&self, direction: Direction, packet: &Packet) -> Option<Field> {
        let far = packet.far_end(direction == Direction::Ingress);
        differs(self.protocol, self.ports, packet, self.cidr.contains(far))
    }
}

/// How entries of ACLs and rules of security groups compare a header: protocol, then destination
/// port, then the far address. `None` for the protocol means all of them and all their ports, and
/// protocols without ports ignore the range.
pub(super) fn differs(
    protocol: Option<Protocol>,
    ports: Ports,
    packet: &Packet,
    address_matches: bool,
) -> Option<Field> {
    if let Some(protocol) = protocol {
        if protocol != packet.protocol {
            return Some(Field::Protocol);
        }
        if protocol.has_ports() && !ports.contains(packet.destination_port) {
            return Some(Field::Port);
        }
    }
    (!address_matches).then_some(Field::Address)
}
