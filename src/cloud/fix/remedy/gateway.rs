//! The ways to the internet: gateways, public addresses, the account's switch.

use std::net::IpAddr;

use super::{Remedies, Remedy};
use crate::cloud::{
    BlockMode, Change, Direction, Exclusion, ExclusionMode, ExclusionOf, Hop, InterfaceId,
    InterfaceKind, InternetGatewayId, Place, ServiceChange, SubnetId, VpcId,
};

impl Remedies<'_> {
    /// Ways to a VPC with an internet gateway: what to change first, and which gateway it is then.
    pub(super) fn gateways(&self, vpc: VpcId) -> Vec<(Remedy, InternetGatewayId)> {
        if let Some(gateway) = self.network.internet_gateway_of(vpc) {
            return vec![(Vec::new(), gateway)];
        }
        let idle = self.network.internet_gateways.iter().filter(|(_, it)| it.vpc.is_none());
        let mut ways: Vec<(Remedy, InternetGatewayId)> = idle
            .map(|(gateway, _)| (vec![Change::AttachInternetGateway { gateway, vpc }], gateway))
            .collect();
        if ways.is_empty() {
            let gateway = self.network.internet_gateways.next_id();
            let create = Change::CreateInternetGateway { name: self.name("igw") };
            ways.push((vec![create, Change::AttachInternetGateway { gateway, vpc }], gateway));
        }
        ways
    }

    /// A public address for an interface.
    pub(super) fn address(&mut self, interface: InterfaceId) {
        let Some(it) = self.network.interfaces.get(interface) else { return };
        // A stopped instance has given its address back, and gets another when it starts.
        if let InterfaceKind::Instance(instance) = it.kind
            && it.assigns_public_address
        {
            self.one(Change::StartInstance { instance });
        }
        let give = match it.kind {
            InterfaceKind::Database(database) => {
                ServiceChange::ModifyDatabase { database, public: true }.into()
            }
            _ => Change::AssociateAddress { interface, address: None },
        };
        for (mut remedy, _) in self.gateways(self.network.vpc_of(interface)) {
            remedy.push(give.clone());
            self.add(remedy);
        }
    }

    /// What the account's switch blocks may be let pass: by the switch, or by an exclusion.
    pub(super) fn spare(&mut self, hop: &Hop) {
        let network = self.network;
        for mode in [BlockMode::Off, BlockMode::Ingress] {
            if mode != network.block_public_access.mode {
                self.one(Change::ModifyBlockPublicAccess { mode });
            }
        }
        let Some(subnet) = self.served(hop) else { return };
        let vpc = network.subnets[subnet].vpc;
        for of in [ExclusionOf::Subnet(subnet), ExclusionOf::Vpc(vpc)] {
            for mode in [ExclusionMode::AllowEgress, ExclusionMode::AllowBidirectional] {
                self.one(Change::PutExclusion { exclusion: Exclusion { of, mode } });
            }
        }
    }

    /// The subnet of whom a gateway to the internet serves with this packet.
    fn served(&self, hop: &Hop) -> Option<SubnetId> {
        let network = self.network;
        let packet = &hop.packet_in;
        let owner = match hop.place {
            Place::InternetGateway(gateway, Direction::Egress) => {
                network.interface_in(network.internet_gateways[gateway].vpc?, packet.source)
            }
            Place::EgressOnlyGateway(gateway, Direction::Egress) => {
                network.interface_in(network.egress_only_gateways[gateway].vpc, packet.source)
            }
            _ => network.public_owner(packet.destination),
        };
        owner.map(|it| network.interfaces[it].subnet)
    }

    /// Takes the public address away, or blocks public access.
    pub(super) fn close_gateway(&mut self, hop: &Hop, vpc: Option<VpcId>, direction: Direction) {
        let network = self.network;
        let packet = &hop.packet_in;
        let (own, served) = match direction {
            Direction::Egress => {
                (packet.source, vpc.and_then(|vpc| network.interface_in(vpc, packet.source)))
            }
            Direction::Ingress => (packet.destination, network.public_owner(packet.destination)),
        };
        match (served, own) {
            (Some(interface), IpAddr::V4(_)) => self.one(Change::DisassociateAddress { interface }),
            (Some(interface), IpAddr::V6(address)) => {
                self.one(Change::UnassignIpv6Address { interface, address });
            }
            (None, _) => {}
        }
        let old = network.block_public_access.mode;
        for mode in [BlockMode::Ingress, BlockMode::Bidirectional] {
            if mode != old {
                self.one(Change::ModifyBlockPublicAccess { mode });
            }
        }
        if let Some(subnet) = self.served(hop) {
            for of in [ExclusionOf::Subnet(subnet), ExclusionOf::Vpc(network.subnets[subnet].vpc)] {
                self.one(Change::DeleteExclusion { of });
                let exclusion = Exclusion { of, mode: ExclusionMode::AllowEgress };
                self.one(Change::PutExclusion { exclusion });
            }
        }
    }
}
