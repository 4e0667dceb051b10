//! Across the internet.

use std::net::IpAddr;

use super::{End, Stand, Step, Walk};
use crate::cloud::{
    Cause, HostId, InterfaceId, Leg, Listening, Place, Subject, host::is_on_the_internet,
};

impl Walk<'_> {
    /// A host on the internet sends.
    pub(super) fn leave_host(&mut self, address: IpAddr, host: Option<HostId>) -> Step<Stand> {
        let host = host.or_else(|| self.network.host_at(address));
        let to = self.packet.destination;
        let place = Place::Internet(address, host);
        // From here only what the scene names can be meant.
        let named = self.network.public_owner(to).is_some()
            || self.network.regional_nat_gateway_at(to).is_some()
            || self.network.host_at(to).is_some()
            || self.front_at(to).is_some()
            || self.network.service_at(to).is_some();
        if self.leg == Leg::Forward && !named {
            if self.owner_on_the_internet(to).is_none() {
                return Err(self.nobody(place));
            }
            self.block(place, Subject::Owner, Cause::UnknownPublicAddress)?;
        }
        if let Some(owner) = self.owner_on_the_internet(to)
            && self.network.internet_gateway_of(self.network.vpc_of(owner)).is_none()
            && self.egress_only_gateway_before(owner).is_none()
        {
            self.block(place, Subject::Owner, Cause::NoInternetGateway)?;
        }
        self.pass(place);
        Ok(Stand::Internet)
    }

    /// Into a VPC through its gateway, or to a host.
    pub(super) fn cross_internet(&mut self) -> Step<Stand> {
        let to = self.packet.destination;
        let host = self.network.host_at(to);
        let place = Place::Internet(to, host);
        if let Some(by) = self.front_that_asked() {
            return Ok(Stand::Returning(by));
        }
        // What an API or a distribution did not ask is no answer to it: whoever sends from its address
        // gets that as anybody does.
        if self.leg == Leg::Forward
            && let Some(front) = self.front_at(to)
        {
            return Ok(Stand::Front(front));
        }
        if let Some(end) = self.received_outside(to) {
            return Ok(Stand::Received(end));
        }
        if let Some(nat) = self.network.regional_nat_gateway_at(to) {
            return self.enter_regional(nat);
        }
        if let Some(owner) = self.owner_on_the_internet(to) {
            if let Some(gateway) = self.egress_only_gateway_before(owner) {
                return self.return_through_egress_only(gateway, owner);
            }
            let vpc = self.network.vpc_of(owner);
            if let Some(gateway) = self.network.internet_gateway_of(vpc) {
                return self.enter_vpc(gateway, owner);
            }
            self.block(place, Subject::Owner, Cause::NoInternetGateway)?;
            self.packet = self.privately(owner);
            self.pass(place);
            return Ok(Stand::Entering(owner, None));
        }
        if !is_on_the_internet(to) {
            return Err(self.drop(place, Subject::Owner, Cause::NoOwner));
        }
        match host {
            Some(id) => self.knock(&self.network.hosts[id].listening),
            None => self.knock(&Listening::Everywhere),
        }
        self.end_hop(place, None);
        Ok(Stand::Received(End::Internet(to, host)))
    }

    /// The interface that is meant by an address on the internet: its public one, or, where the
    /// walk goes on without one, its private one.
    fn owner_on_the_internet(&self, to: IpAddr) -> Option<InterfaceId> {
        self.network.public_owner(to).or_else(|| {
            self.untranslated.filter(|it| self.network.interfaces[*it].private_ipv4() == Some(to))
        })
    }
}
