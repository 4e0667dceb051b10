//! Security group: a stateful list of what an interface lets in and out.

use std::net::IpAddr;

use crate::{
    cloud::{Direction, Field, Id, Name, Network, VpcId, network_acl},
    net::{Cidr, Packet, Ports, Protocol},
};

/// Names a [`SecurityGroup`].
pub type SecurityGroupId = Id<SecurityGroup>;

/// A security group (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroup {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may come in.
    pub ingress: Vec<SecurityGroupRule>,
    /// What may go out.
    pub egress: Vec<SecurityGroupRule>,
}

/// One rule of a group. There are allow rules only, and their order decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroupRule {
    /// The protocol; `None` means all.
    pub protocol: Option<Protocol>,
    /// The destination ports; every port for protocols without ports.
    pub ports: Ports,
    /// The other end.
    pub peer: Peer,
}

/// The other end of a security group rule: the source of an inbound rule, the destination of an
/// outbound one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Addresses.
    Cidr(Cidr),
    /// The private addresses of the interfaces that carry the group.
    Group(SecurityGroupId),
}

impl SecurityGroup {
    /// The rules of one direction.
    pub fn rules(&self, direction: Direction) -> &[SecurityGroupRule] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// The rules of one direction, to be edited.
    pub(super) fn rules_mut(&mut self, direction: Direction) -> &mut Vec<SecurityGroupRule> {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }
}

impl SecurityGroupRule {
    /// Every protocol and port, to or from one peer.
    pub fn everything(peer: Peer) -> Self {
        Self { protocol: None, ports: Ports::ALL, peer }
    }

    /// The first field in which a packet differs from what the rule is for, `None` when the rule
    /// lets it pass.
    pub fn differs(
        &self,
        network: &Network,
        direction: Direction,
        packet: &Packet,
    ) -> Option<Field> {
        let far = packet.far_end(direction == Direction::Ingress);
        network_acl::differs(self.protocol, self.ports, packet, self.peer.covers(network, far))
    }
}

impl Peer {
    /// Does it name a group?
    pub fn is_group(self) -> bool {
        matches!(self, Self::Group(_))
    }

    /// Is the address one that the rule means?
    ///
    /// A group stands for the *private* addresses of the interfaces that carry it; who dials a
    /// public address arrives with a public source, which no group covers. The group's own rules
    /// play no part
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing>).
    pub fn covers(self, network: &Network, address: IpAddr) -> bool {
        match self {
            Self::Cidr(cidr) => cidr.contains(address),
            Self::Group(group) => network
                .security_groups
                .get(group)
                .and_then(|it| network.interface_in(it.vpc, address))
                .is_some_and(|it| network.interfaces[it].security_groups.contains(&group)),
        }
    }
}
