//! VPC peering connection: joins the private addresses of two VPCs, and nothing behind them.

use crate::cloud::{
    Id, Name, Network, Quota, Reason, Refusal, Target, Thing, Vpc, VpcId, edit::Edit,
};

/// Names a [`Peering`].
pub type PeeringId = Id<Peering>;

/// A VPC peering connection
/// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peering {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC that asked.
    pub requester: VpcId,
    /// The VPC that was asked.
    pub accepter: VpcId,
    /// How far it is.
    pub state: PeeringState,
    /// Do the two lie in different Regions? Then groups cannot name each other
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>).
    pub inter_region: bool,
    /// Whose public names mean private addresses on the other side.
    pub private_names: PrivateNames,
}

/// Whose public DNS names mean private addresses when somebody on the other side of the peering
/// asks for them; nobody's from the start
/// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PrivateNames {
    /// Those of the VPC that asked for the peering.
    pub requester: bool,
    /// Those of the VPC that was asked.
    pub accepter: bool,
}

/// How far a peering is
/// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeeringState {
    /// Waits for the other side, for seven days.
    PendingAcceptance,
    /// Works.
    Active,
    /// The other side said no.
    Rejected,
    /// Nobody answered within seven days.
    Expired,
}

impl Peering {
    /// The VPC on the other side of this one, when this one is an end.
    pub fn other_end(&self, vpc: VpcId) -> Option<VpcId> {
        match vpc {
            _ if vpc == self.requester => Some(self.accepter),
            _ if vpc == self.accepter => Some(self.requester),
            _ => None,
        }
    }

    /// Does it stand between two VPCs, or may it yet?
    fn is_alive(&self) -> bool {
        matches!(self.state, PeeringState::PendingAcceptance | PeeringState::Active)
    }
}

impl Network {
    /// The active peering that joins two VPCs.
    pub fn peering_between(&self, one: VpcId, other: VpcId) -> Option<PeeringId> {
        self.index
            .peerings
            .range((one, other, Id::FIRST)..)
            .next()
            .filter(|it| (it.0, it.1) == (one, other))
            .map(|it| it.2)
    }

    /// Do public names of one VPC mean private addresses for who asks in another? Both have names
    /// and Amazon's DNS then
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html>).
    pub fn resolves_privately(&self, asker: VpcId, owner: VpcId) -> bool {
        let peering = self.peering_between(asker, owner).map(|it| &self.peerings[it]);
        asker == owner
            || [asker, owner]
                .iter()
                .all(|it| self.vpcs.get(*it).is_some_and(|it| it.dns_support && it.dns_hostnames))
                && peering.is_some_and(|it| {
                    if it.requester == owner {
                        it.private_names.requester
                    } else {
                        it.private_names.accepter
                    }
                })
    }

    /// Are the two one VPC, or actively peered?
    pub fn reaches_privately(&self, one: VpcId, other: VpcId) -> bool {
        one == other || self.peering_between(one, other).is_some()
    }

    /// May rules of one VPC's groups name groups of another? In the same VPC, across an active
    /// peering in one Region
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>), and
    /// where both are attached to one transit gateway
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>).
    pub fn knows_groups_of(&self, one: VpcId, other: VpcId) -> bool {
        self.knows_groups_by_itself(one, other)
            || self.transit_gateways.iter().any(|(gateway, _)| {
                [one, other].iter().all(|it| self.attachment_between(gateway, *it).is_some())
            })
    }

    /// The same without a transit gateway, which carries references to groups only where it is told
    /// to.
    pub(super) fn knows_groups_by_itself(&self, one: VpcId, other: VpcId) -> bool {
        one == other
            || self.peering_between(one, other).is_some_and(|it| !self.peerings[it].inter_region)
    }
}

impl Edit<'_> {
    /// Two VPCs are peered once, and share no address: not even one of a block that plays no part
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).
    pub fn create_peering(
        &mut self,
        name: Name,
        requester: VpcId,
        accepter: VpcId,
    ) -> Result<PeeringId, Refusal> {
        let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
        self.get(requester)?;
        self.get(accepter)?;
        if requester == accepter {
            return refused(Reason::PeeringWithItself);
        }
        if let Some(overlap) = self.shared_address(requester, accepter)? {
            return refused(overlap);
        }
        let joins = self
            .network
            .peerings
            .find(|_, it| it.other_end(requester) == Some(accepter) && it.is_alive());
        if let Some(peering) = joins {
            let reason = Reason::PeeringExists(peering);
            return Err(Refusal::new("VpcPeeringConnectionAlreadyExists", reason));
        }
        for vpc in [requester, accepter] {
            let count = self.network.peerings.count(|it| it.other_end(vpc).is_some());
            self.network.admits_one_more(Quota::PeeringsPerVpc, count)?;
        }
        let state = PeeringState::PendingAcceptance;
        let private_names = PrivateNames::default();
        Ok(self.make(Peering {
            name,
            requester,
            accepter,
            state,
            inter_region: false,
            private_names,
        }))
    }

    /// A block of the requester's that overlaps with one of the accepter's.
    fn shared_address(&self, requester: VpcId, accepter: VpcId) -> Result<Option<Reason>, Refusal> {
        let blocks =
            |vpc: &Vpc| vpc.cidrs.iter().chain(&vpc.ipv6_cidrs).copied().collect::<Vec<_>>();
        let far = blocks(self.get(accepter)?);
        let owner = Thing::Vpc(accepter);
        Ok(blocks(self.get(requester)?).into_iter().find_map(|cidr| {
            let other = far.iter().copied().find(|it| it.overlaps(cidr))?;
            Some(Reason::BlockOverlaps { cidr, other, owner })
        }))
    }

    fn answer_peering(&mut self, id: PeeringId, state: PeeringState) -> Result<(), Refusal> {
        if self.get(id)?.state != PeeringState::PendingAcceptance {
            return Err(Refusal::new("InvalidStateTransition", Reason::PeeringNotPending(id)));
        }
        self.change(id, |it| it.state = state);
        Ok(())
    }

    /// The other side agrees. Only a request that waits can be accepted, and none between VPCs that
    /// meanwhile share an address: who was asked may add any block while the request waits
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/accept-vpc-peering-connection.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
    pub fn accept_peering(&mut self, id: PeeringId) -> Result<(), Refusal> {
        let row = self.get(id)?;
        let (requester, accepter) = (row.requester, row.accepter);
        if row.state == PeeringState::PendingAcceptance
            && let Some(overlap) = self.shared_address(requester, accepter)?
        {
            return Err(Refusal::new("InvalidStateTransition", overlap));
        }
        self.answer_peering(id, PeeringState::Active)
    }

    /// The other side says no.
    pub fn reject_peering(&mut self, id: PeeringId) -> Result<(), Refusal> {
        self.answer_peering(id, PeeringState::Rejected)
    }

    /// Lets names of one side, or of both, mean private addresses on the other: once the peering is
    /// active (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html>).
    pub fn modify_peering_options(
        &mut self,
        id: PeeringId,
        requester: Option<bool>,
        accepter: Option<bool>,
    ) -> Result<(), Refusal> {
        if self.get(id)?.state != PeeringState::Active {
            return Err(Refusal::new("OperationNotPermitted", Reason::PeeringNotActive(id)));
        }
        self.change(id, |it| {
            it.private_names.requester = requester.unwrap_or(it.private_names.requester);
            it.private_names.accepter = accepter.unwrap_or(it.private_names.accepter);
        });
        Ok(())
    }

    /// Either side may end it. Routes to it stay as blackholes, and rules that name the other
    /// side's groups stay too, stale
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>).
    pub fn delete_peering(&mut self, id: PeeringId) -> Result<(), Refusal> {
        let name = self.get(id)?.name.clone();
        self.blackhole_routes_to(&Target::Peering(id), &name);
        self.remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{
            Change, Direction, InterfaceId, Listening, Peer, ProbeEnd, PublicAtLaunch, Rules,
            SecurityGroupRule, Zone, sample::*, trace,
        },
        net::Cidr,
    };

    /// The sample, peered with a second VPC in which `far` runs.
    struct Peered {
        sample: Sample,
        far_vpc: VpcId,
        far: InterfaceId,
        peering: PeeringId,
    }

    fn peered() -> Peered {
        let mut sample = Sample::new();
        let far_vpc = sample.network.insert_vpc("other", &[cidr("10.1.0.0/16")]);
        let (zone, cidr) = (Zone("a".into()), cidr("10.1.0.0/24"));
        let change = Change::CreateSubnet { name: "far".into(), vpc: far_vpc, zone, cidr };
        let subnet = made!(sample.network, Subnet, change);
        let change = Change::RunInstance {
            name: "far".into(),
            subnet,
            address: Some(ip("10.1.0.10")),
            public_address: PublicAtLaunch::No,
            groups: Vec::new(),
            listening: Listening::Everywhere,
        };
        let instance = made!(sample.network, Instance, change);
        let far = sample.network.instances()[instance].interfaces[0];
        let (requester, accepter) = (sample.vpc, far_vpc);
        let change = Change::CreatePeering { name: "pcx".into(), requester, accepter };
        let peering = made!(sample.network, Peering, change);
        let far_table = sample.network.vpcs()[far_vpc].main_route_table;
        for (table, destination) in
            [(sample.public_table, "10.1.0.0/16"), (far_table, "10.0.0.0/16")]
        {
            let (destination, target) =
                (super::tests::block(destination), Target::Peering(peering));
            sample.apply(Change::CreateRoute { table, destination, target });
        }
        let group = sample.network.vpcs()[far_vpc].default_security_group;
        let rule = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        let direction = Direction::Ingress;
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule });
        Peered { sample, far_vpc, far, peering }
    }

    fn block(text: &str) -> Cidr {
        cidr(text)
    }

    fn check(it: &Peered, expected: &str) {
        let to = ProbeEnd::Interface(it.far);
        let trace = it.sample.tcp(ProbeEnd::Interface(it.sample.web), to, 443);
        assert_eq!(story(&it.sample.network, &trace), expected);
    }

    #[test]
    fn a_route_to_a_request_that_waits_is_a_blackhole_and_to_an_active_peering_leads_there() {
        let mut it = peered();
        let lost = "web out, acl public out, routes public: BAD_STATE_ROUTE";
        check(&it, lost);
        let peering = it.peering;
        it.sample.apply(Change::AcceptPeering { peering });
        check(
            &it,
            "web out, acl public out, routes public, peering pcx, acl far in, far in | \
             far out, acl far out, routes other-main, peering pcx, acl public in, web in: delivered",
        );
        let again = Change::AcceptPeering { peering };
        assert_eq!(it.sample.code(again), Err("InvalidStateTransition"));
        it.sample.apply(Change::DeletePeering { peering });
        check(&it, lost);
    }

    #[test]
    fn two_vpcs_are_peered_once_and_share_no_address() {
        let mut it = peered();
        let (requester, accepter) = (it.far_vpc, it.sample.vpc);
        let name = Name::from("again");
        let change = Change::CreatePeering { name: name.clone(), requester, accepter };
        assert_eq!(it.sample.code(change), Err("VpcPeeringConnectionAlreadyExists"));
        let change = Change::CreatePeering { name: name.clone(), requester, accepter: requester };
        assert_eq!(it.sample.code(change), Err("InvalidParameterValue"));
        let twin =
            it.sample.network.insert_vpc("twin", &[cidr("10.2.0.0/16"), cidr("10.1.9.0/24")]);
        let change = Change::CreatePeering { name, requester, accepter: twin };
        assert_eq!(it.sample.code(change), Err("InvalidParameterValue"));
    }

    #[test]
    fn groups_name_each_other_across_an_active_peering_and_go_stale_after_it() {
        let mut it = peered();
        let group = it.sample.network.vpcs()[it.far_vpc].default_security_group;
        let direction = Direction::Ingress;
        let everybody = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        it.sample.apply(Change::RevokeSecurityGroup { group, direction, rule: everybody });
        let rule = tcp_rule(443, Peer::Group(it.sample.open));
        let allow = Change::AuthorizeSecurityGroup { group, direction, rule };
        assert_eq!(it.sample.code(allow.clone()), Err("InvalidGroup.NotFound"));
        let peering = it.peering;
        it.sample.apply(Change::AcceptPeering { peering });
        it.sample.apply(allow);
        let to = ProbeEnd::Interface(it.far);
        assert!(it.sample.tcp(ProbeEnd::Interface(it.sample.web), to, 443).is_delivered());
        // Not between Regions.
        it.sample.network.update(peering, |it| it.inter_region = true);
        assert!(!it.sample.tcp(ProbeEnd::Interface(it.sample.web), to, 443).is_delivered());
        it.sample.network.update(peering, |it| it.inter_region = false);
        // The rule outlives the peering, and matches nothing.
        it.sample.apply(Change::DeletePeering { peering });
        let far = ip("10.0.0.10");
        assert!(!Peer::Group(it.sample.open).covers(&it.sample.network, it.far_vpc, far));
    }

    #[test]
    fn nothing_behind_the_two_vpcs_is_reached() {
        let mut it = peered();
        it.sample.apply(Change::AcceptPeering { peering: it.peering });
        let table = it.sample.network.vpcs()[it.far_vpc].main_route_table;
        let (destination, target) = (Cidr::ANY_V4, Target::Peering(it.peering));
        it.sample.apply(Change::CreateRoute { table, destination, target });
        let probe = crate::cloud::Probe::new(
            ProbeEnd::Interface(it.far),
            INTERNET,
            crate::net::Protocol::TCP,
            443,
        );
        let trace = trace(&it.sample.network, probe, &Rules::AWS);
        assert_eq!(
            story(&it.sample.network, &trace),
            "far out, acl far out, routes other-main, peering pcx: PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"
        );
    }

    #[test]
    fn a_vpc_that_waits_to_be_peered_takes_no_block_and_a_peered_one_none_of_the_others() {
        let mut it = peered();
        let add = |vpc, block: &str| Change::AssociateVpcCidrBlock { vpc, cidr: cidr(block) };
        let (near, far) = (it.sample.vpc, it.far_vpc);
        assert_eq!(it.sample.code(add(near, "10.7.0.0/16")), Err("InvalidVpc.Range"));
        it.sample.apply(Change::AcceptPeering { peering: it.peering });
        assert_eq!(it.sample.code(add(near, "10.1.0.0/24")), Err("InvalidVpc.Range"));
        assert_eq!(it.sample.code(add(far, "10.7.0.0/16")), Ok(()));
    }
}
