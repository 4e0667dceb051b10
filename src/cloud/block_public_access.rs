//! VPC Block Public Access: one switch for a whole account, above all gateways, groups and lists.

use crate::cloud::{Network, Reason, Refusal, SubnetId, VpcId, edit::Edit};

/// The switch of an account in a Region, and what is spared
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html>). It is about
/// internet gateways and egress-only internet gateways; private connectivity is not touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockPublicAccess {
    /// What is blocked.
    pub mode: BlockMode,
    /// What is spared, oldest first.
    pub exclusions: Vec<Exclusion>,
}

/// What is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BlockMode {
    /// Nothing.
    #[default]
    Off,
    /// Everything in both directions.
    Bidirectional,
    /// What comes in, and with it all traffic of those who use an internet gateway themselves.
    /// Connections that start inside pass through NAT gateways and egress-only gateways.
    Ingress,
}

impl BlockMode {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Bidirectional => "block-bidirectional",
            Self::Ingress => "block-ingress",
        }
    }
}

/// A VPC or subnet that is spared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exclusion {
    /// What is spared.
    pub of: ExclusionOf,
    /// How far.
    pub mode: ExclusionMode,
}

/// What an exclusion spares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExclusionOf {
    /// A whole VPC.
    Vpc(VpcId),
    /// One subnet.
    Subnet(SubnetId),
}

/// How far an exclusion goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExclusionMode {
    /// Both directions pass.
    AllowBidirectional,
    /// What starts inside passes. Means nothing while the mode is [`BlockMode::Ingress`].
    AllowEgress,
}

impl ExclusionMode {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllowBidirectional => "allow-bidirectional",
            Self::AllowEgress => "allow-egress",
        }
    }
}

/// A connection at a gateway to the internet, as the switch sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// The VPC of what the gateway serves.
    pub vpc: VpcId,
    /// The subnet of the interface that it serves; a regional NAT gateway has none.
    pub subnet: Option<SubnetId>,
    /// Did it start inside?
    pub outbound: bool,
    /// Does a NAT gateway or an egress-only gateway stand before it?
    pub translated: bool,
}

impl Network {
    /// Does the account's switch block this connection?
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html>)
    pub fn blocks_public_access(&self, crossing: Crossing) -> bool {
        let BlockPublicAccess { mode, exclusions } = &self.block_public_access;
        let spared = exclusions
            .iter()
            .filter(|it| match it.of {
                ExclusionOf::Subnet(subnet) => crossing.subnet == Some(subnet),
                ExclusionOf::Vpc(vpc) => crossing.vpc == vpc,
            })
            .any(|it| match it.mode {
                ExclusionMode::AllowBidirectional => true,
                ExclusionMode::AllowEgress => {
                    crossing.outbound && *mode == BlockMode::Bidirectional
                }
            });
        let blocked = match mode {
            BlockMode::Off => false,
            BlockMode::Bidirectional => true,
            BlockMode::Ingress => !(crossing.outbound && crossing.translated),
        };
        blocked && !spared
    }
}

impl Edit<'_> {
    pub fn modify_block_public_access(&mut self, mode: BlockMode) {
        self.change_block_public_access(|it| it.mode = mode);
    }

    /// Spares a VPC or subnet, or changes how far it is spared.
    pub fn put_exclusion(&mut self, exclusion: Exclusion) -> Result<(), Refusal> {
        match exclusion.of {
            ExclusionOf::Vpc(vpc) => self.get(vpc).map(|_| ())?,
            ExclusionOf::Subnet(subnet) => self.get(subnet).map(|_| ())?,
        }
        self.change_block_public_access(|it| {
            match it.exclusions.iter_mut().find(|old| old.of == exclusion.of) {
                Some(old) => old.mode = exclusion.mode,
                None => it.exclusions.push(exclusion),
            }
        });
        Ok(())
    }

    /// An exclusion goes with what it spares.
    pub fn forget_exclusion(&mut self, of: ExclusionOf) {
        if self.network.block_public_access.exclusions.iter().any(|it| it.of == of) {
            self.change_block_public_access(|it| it.exclusions.retain(|it| it.of != of));
        }
    }

    pub fn delete_exclusion(&mut self, of: ExclusionOf) -> Result<(), Refusal> {
        if !self.network.block_public_access.exclusions.iter().any(|it| it.of == of) {
            let code = "InvalidVpcBlockPublicAccessExclusionId.NotFound";
            return Err(Refusal::new(code, Reason::NotExcluded));
        }
        self.change_block_public_access(|it| it.exclusions.retain(|it| it.of != of));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::{Change, ProbeEnd, Thing, sample::*};

    /// Which of these arrive: in to `web`, out of `web`, out of `app` through the NAT gateway.
    fn check(mode: BlockMode, spared: Option<ExclusionMode>, expected: [bool; 3]) {
        let mut sample = Sample::new();
        sample.apply(Change::ModifyBlockPublicAccess { mode });
        if let Some(mode) = spared {
            let of = ExclusionOf::Subnet(sample.public);
            sample.apply(Change::PutExclusion { exclusion: Exclusion { of, mode } });
        }
        let (web, app) = (ProbeEnd::Interface(sample.web), ProbeEnd::Interface(sample.app));
        let arrives = |from, to| sample.tcp(from, to, 443).is_delivered();
        let found = [arrives(INTERNET, web), arrives(web, INTERNET), arrives(app, INTERNET)];
        assert_eq!(found, expected, "{mode:?} {spared:?}");
        // What stays inside is not touched.
        assert!(arrives(web, app));
    }

    #[test]
    fn the_switch_stops_what_its_mode_says_and_exclusions_spare() {
        use BlockMode::{Bidirectional, Ingress, Off};
        use ExclusionMode::{AllowBidirectional, AllowEgress};
        check(Off, None, [true, true, true]);
        check(Bidirectional, None, [false, false, false]);
        check(Bidirectional, Some(AllowBidirectional), [true, true, true]);
        check(Bidirectional, Some(AllowEgress), [false, true, true]);
        check(Ingress, None, [false, false, true]);
        check(Ingress, Some(AllowBidirectional), [true, true, true]);
        check(Ingress, Some(AllowEgress), [false, false, true]);
    }

    #[test]
    fn an_exclusion_goes_with_what_it_spares_and_comes_back_with_it() {
        let mut sample = Sample::new();
        let (name, vpc) = ("gone".into(), sample.vpc);
        let (zone, cidr) = (crate::cloud::Zone("a".into()), cidr("10.0.9.0/24"));
        let change = Change::CreateSubnet { name, vpc, zone, cidr };
        let subnet = made!(sample.network, Subnet, change);
        let of = ExclusionOf::Subnet(subnet);
        let exclusion = Exclusion { of, mode: ExclusionMode::AllowEgress };
        sample.apply(Change::PutExclusion { exclusion });
        let undo = sample.network.apply(Change::DeleteSubnet { subnet }).unwrap().undo;
        assert_eq!(sample.network.block_public_access().exclusions, []);
        sample.network.undo(undo);
        assert_eq!(sample.network.block_public_access().exclusions, [exclusion]);
        sample.apply(Change::DeleteExclusion { of });
        let again = sample.code(Change::DeleteExclusion { of });
        assert_eq!(again, Err("InvalidVpcBlockPublicAccessExclusionId.NotFound"));
        assert!(sample.network.name(Thing::Subnet(subnet)).is_some());
    }
}
