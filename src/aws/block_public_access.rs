//! `describe-vpc-block-public-access-options` and `-exclusions`.

use super::{Build, notes::Item, shown};
use crate::{
    cloud::{BlockMode, BlockPublicAccess, Exclusion, ExclusionMode, ExclusionOf, VpcId},
    i18n::aws as say,
};

/// The account and Region of a switch, as far as it says them.
struct Scope<'d> {
    account: Option<&'d str>,
    region: Option<&'d str>,
    mode: BlockMode,
}

fn mode_of(word: &str) -> Option<BlockMode> {
    Some(match word {
        "off" => BlockMode::Off,
        "block-bidirectional" => BlockMode::Bidirectional,
        "block-ingress" => BlockMode::Ingress,
        _ => return None,
    })
}

impl<'d> Build<'d> {
    /// The switch of every account and Region. The network has one for all: where it is off, the
    /// VPCs are spared, which is the same.
    pub(super) fn block_public_access(&mut self) {
        let scopes = self.scopes();
        let dump = self.dump;
        let modes: Vec<(VpcId, BlockMode)> = (dump.all("Vpcs").iter())
            .filter_map(|record| {
                let vpc = *self.vpcs.get(record.id)?;
                let account = record.get("OwnerId").and_then(Item::as_text);
                let region = self.region_of(record.id);
                let fits = |own: Option<&str>, other: Option<&str>| {
                    own.is_none() || other.is_none() || own == other
                };
                let scope =
                    scopes.iter().find(|it| fits(it.account, account) && fits(it.region, region));
                let own = record
                    .get("BlockPublicAccessStates")
                    .and_then(|it| it.get("InternetGatewayBlockMode"))
                    .and_then(Item::as_text)
                    .and_then(mode_of);
                // Without the switch itself the VPC says what it is set to.
                let mode = scope.map(|it| it.mode).or(own).unwrap_or_default();
                Some((vpc, mode))
            })
            .collect();
        let Some(mode) = modes.iter().map(|(_, mode)| *mode).find(|it| *it != BlockMode::Off)
        else {
            return;
        };
        let mut exclusions = Vec::new();
        for (vpc, own) in modes {
            if own == BlockMode::Off {
                let mode = ExclusionMode::AllowBidirectional;
                exclusions.push(Exclusion { of: ExclusionOf::Vpc(vpc), mode });
            } else if own != mode {
                let item = dump.block_public_access.first().copied();
                let item =
                    item.or_else(|| dump.all("Vpcs").first().map(super::notes::Record::item));
                if let Some(item) = item {
                    self.notes.matters(item, say::block_modes(mode.as_str(), own.as_str()));
                }
            }
        }
        exclusions.extend(self.exclusions());
        self.network.set_block_public_access(BlockPublicAccess { mode, exclusions });
    }

    fn scopes(&self) -> Vec<Scope<'d>> {
        let notes = self.notes;
        (self.dump.block_public_access.iter())
            .filter_map(|options| {
                notes.only("VpcBlockPublicAccessOptions", *options, |key| {
                    matches!(
                        key,
                        "AwsAccountId"
                            | "AwsRegion"
                            | "State"
                            | "InternetGatewayBlockMode"
                            | "Reason"
                            | "ManagedBy"
                            | "ExclusionsAllowed"
                    )
                });
                let word = notes.text(options.get("InternetGatewayBlockMode"))?;
                let mode = mode_of(word);
                if mode.is_none() {
                    let said = say::unknown_mode("VpcBlockPublicAccessOptions", &shown(word));
                    notes.matters(*options, said);
                }
                Some(Scope {
                    account: notes.text(options.get("AwsAccountId")),
                    region: notes.text(options.get("AwsRegion")),
                    mode: mode?,
                })
            })
            .collect()
    }

    /// The Region of a VPC, from the zones of its subnets.
    fn region_of(&self, vpc: &str) -> Option<&'d str> {
        let dump = self.dump;
        dump.all("Subnets").iter().find_map(|subnet| {
            let own = subnet.get("VpcId").and_then(Item::as_text) == Some(vpc);
            let zone = subnet.get("AvailabilityZone").and_then(Item::as_text).filter(|_| own)?;
            Some(zone.trim_end_matches(|it: char| it.is_ascii_lowercase()))
        })
    }

    fn exclusions(&self) -> Vec<Exclusion> {
        let notes = self.notes;
        let mut exclusions = Vec::new();
        for record in self.dump.all("VpcBlockPublicAccessExclusions") {
            for source in &record.sources {
                notes.only("VpcBlockPublicAccessExclusions", *source, |key| {
                    matches!(
                        key,
                        "ExclusionId" | "InternetGatewayExclusionMode" | "State" | "Reason"
                    )
                });
            }
            let state = notes.text(record.get("State"));
            if matches!(
                state,
                Some("delete-complete" | "deleted-complete" | "disable-complete" | "create-failed")
            ) {
                continue;
            }
            let Some(arn) = notes.text(record.get("ResourceArn")) else { continue };
            let id = arn.rsplit('/').next().unwrap_or(arn);
            let of = None
                .or_else(|| self.vpcs.get(id).copied().map(ExclusionOf::Vpc))
                .or_else(|| self.subnets.get(id).copied().map(ExclusionOf::Subnet));
            let Some(of) = of else {
                notes.harmless(record.item(), say::exclusion(&shown(arn)));
                continue;
            };
            let mode = match notes.text(record.get("InternetGatewayExclusionMode")) {
                Some("allow-egress") => ExclusionMode::AllowEgress,
                Some("allow-bidirectional") => ExclusionMode::AllowBidirectional,
                other => {
                    let said = say::unknown_mode(record.id, &shown(other.unwrap_or("?")));
                    notes.matters(record.item(), said);
                    continue;
                }
            };
            exclusions.push(Exclusion { of, mode });
        }
        exclusions
    }
}
