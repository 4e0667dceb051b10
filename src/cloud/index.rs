//! What every packet asks of a network, answered without a scan. Each edit keeps it right.

use std::{collections::BTreeSet, net::IpAddr};

use crate::cloud::{
    Api, AttachmentOf, CustomerGateway, Database, DirectConnectGateway, Distribution,
    EgressOnlyGateway, EndpointService, Function, GatewayEndpoint, Host, HostId, Id, Instance,
    Interface, InterfaceEndpoint, InterfaceId, InternetGateway, InternetGatewayId, LoadBalancer,
    NatGateway, NatGatewayId, NatSeat, Network, NetworkAcl, OnPremises, Peering, PeeringId,
    PeeringState, PrefixList, RouteTable, SecurityGroup, Service, Subnet, SubnetId, TargetGroup,
    Task, TransitGateway, TransitGatewayAttachment, TransitGatewayAttachmentId, TransitGatewayId,
    TransitGatewayRouteTable, VirtualPrivateGateway, Vpc, VpcId, VpnConnection,
};

/// Sorted pairs of what is asked and the answer. Sets, not maps: an imported network may be wrong
/// in that two objects claim one address, and taking one of them away must leave the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    pub private: BTreeSet<(VpcId, IpAddr, InterfaceId)>,
    pub public: BTreeSet<(IpAddr, InterfaceId)>,
    pub subnets: BTreeSet<(VpcId, IpAddr, SubnetId)>,
    pub internet_gateways: BTreeSet<(VpcId, InternetGatewayId)>,
    pub nat_gateways: BTreeSet<(InterfaceId, NatGatewayId)>,
    /// By the addresses that they send from.
    pub regional_nat_gateways: BTreeSet<(IpAddr, NatGatewayId)>,
    /// Both ways round, active ones only.
    pub peerings: BTreeSet<(VpcId, VpcId, PeeringId)>,
    pub hosts: BTreeSet<(IpAddr, HostId)>,
    pub vpc_attachments: BTreeSet<(TransitGatewayId, VpcId, TransitGatewayAttachmentId)>,
}

/// Does an object come into being, or go?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Comes,
    Goes,
}

impl Presence {
    fn note<T: Ord>(self, entry: T, set: &mut BTreeSet<T>) {
        match self {
            Self::Comes => set.insert(entry),
            Self::Goes => set.remove(&entry),
        };
    }
}

/// What an object has to say to the index.
pub(super) trait Indexed: Sized {
    /// Enters or withdraws the object's entries. What it refers to exists in `network`.
    fn index(&self, id: Id<Self>, network: &Network, index: &mut Index, presence: Presence) {
        let _ = (id, network, index, presence);
    }
}

impl Indexed for Vpc {}
impl Indexed for RouteTable {}
impl Indexed for SecurityGroup {}
impl Indexed for NetworkAcl {}
impl Indexed for Instance {}
impl Indexed for EgressOnlyGateway {}
impl Indexed for PrefixList {}
impl Indexed for GatewayEndpoint {}

impl Indexed for Peering {
    fn index(&self, id: PeeringId, _: &Network, index: &mut Index, presence: Presence) {
        if self.state == PeeringState::Active {
            presence.note((self.requester, self.accepter, id), &mut index.peerings);
            presence.note((self.accepter, self.requester, id), &mut index.peerings);
        }
    }
}
impl Indexed for LoadBalancer {}
impl Indexed for TargetGroup {}
impl Indexed for InterfaceEndpoint {}
impl Indexed for EndpointService {}
impl Indexed for Service {}
impl Indexed for Function {}
impl Indexed for Database {}
impl Indexed for Task {}
impl Indexed for Api {}
impl Indexed for Distribution {}

impl Indexed for TransitGateway {}
impl Indexed for TransitGatewayRouteTable {}
impl Indexed for VirtualPrivateGateway {}
impl Indexed for CustomerGateway {}
impl Indexed for VpnConnection {}
impl Indexed for DirectConnectGateway {}
impl Indexed for OnPremises {}

impl Indexed for TransitGatewayAttachment {
    fn index(
        &self,
        id: TransitGatewayAttachmentId,
        _: &Network,
        index: &mut Index,
        presence: Presence,
    ) {
        if let AttachmentOf::Vpc { vpc, .. } = self.of {
            presence.note((self.gateway, vpc, id), &mut index.vpc_attachments);
        }
    }
}

impl Indexed for Subnet {
    fn index(&self, id: SubnetId, _: &Network, index: &mut Index, presence: Presence) {
        for cidr in [Some(self.cidr), self.ipv6_cidr].into_iter().flatten() {
            presence.note((self.vpc, cidr.first(), id), &mut index.subnets);
        }
    }
}

impl Indexed for Interface {
    fn index(&self, id: InterfaceId, network: &Network, index: &mut Index, presence: Presence) {
        let vpc = network.subnets[self.subnet].vpc;
        for &address in &self.addresses {
            presence.note((vpc, address, id), &mut index.private);
            // IPv6 addresses are public as they are
            // (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html).
            if address.is_ipv6() {
                presence.note((address, id), &mut index.public);
            }
        }
        for public in self.public_addresses() {
            presence.note((public, id), &mut index.public);
        }
    }
}

impl Indexed for InternetGateway {
    fn index(&self, id: InternetGatewayId, _: &Network, index: &mut Index, presence: Presence) {
        if let Some(vpc) = self.vpc {
            presence.note((vpc, id), &mut index.internet_gateways);
        }
    }
}

impl Indexed for NatGateway {
    fn index(&self, id: NatGatewayId, _: &Network, index: &mut Index, presence: Presence) {
        match &self.seat {
            NatSeat::Zonal { interface, .. } => {
                presence.note((*interface, id), &mut index.nat_gateways);
            }
            NatSeat::Regional(it) => {
                for &address in it.zones.iter().flat_map(|it| &it.addresses) {
                    presence.note((address.into(), id), &mut index.regional_nat_gateways);
                }
            }
        }
    }
}

impl Indexed for Host {
    fn index(&self, id: HostId, _: &Network, index: &mut Index, presence: Presence) {
        presence.note((self.address, id), &mut index.hosts);
    }
}
