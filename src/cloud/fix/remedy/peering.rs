//! Peerings of VPCs.

use super::Remedies;
use crate::cloud::{Change, PeeringState, ProbeEnd, Trace, VpcId};

impl Remedies<'_> {
    /// Who dials an interface of another VPC dials its private address once the two are peered.
    pub(super) fn peer(&mut self, trace: &Trace) {
        let network = self.network;
        let (ProbeEnd::Interface(from), ProbeEnd::Interface(to)) =
            (trace.probe.from, trace.probe.to)
        else {
            return;
        };
        if [from, to].iter().any(|it| network.interfaces.get(*it).is_none()) {
            return;
        }
        let (near, far) = (network.vpc_of(from), network.vpc_of(to));
        if near != far {
            for remedy in self.peerings(near, far) {
                self.add(remedy.0);
            }
            // Or once a route leads there by another way.
            let dialled = trace.hops.first().map(|it| it.packet_in.destination);
            let private = network.interfaces[to].private_ipv4();
            if !network.transit_gateways.is_empty()
                && let Some(private) = private.filter(|it| dialled != Some(*it))
            {
                let subnet = network.interfaces[from].subnet;
                self.routes(network.route_table_of(subnet), subnet, private);
            }
        }
    }

    /// What joins two VPCs that are not: a request that waits is accepted, else there is a new one.
    pub(super) fn peerings(
        &self,
        near: VpcId,
        far: VpcId,
    ) -> Vec<(super::Remedy, crate::cloud::PeeringId)> {
        let network = self.network;
        if network.peering_between(near, far).is_some() {
            return Vec::new();
        }
        let waiting = network.peerings.find(|_, it| {
            it.other_end(near) == Some(far) && it.state == PeeringState::PendingAcceptance
        });
        if let Some(peering) = waiting {
            return vec![(vec![Change::AcceptPeering { peering }], peering)];
        }
        let peering = network.peerings.next_id();
        let name = self.name("peering");
        let create = Change::CreatePeering { name, requester: near, accepter: far };
        vec![(vec![create, Change::AcceptPeering { peering }], peering)]
    }
}
