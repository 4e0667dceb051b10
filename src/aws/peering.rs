//! `describe-vpc-peering-connections`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{Peering, PeeringState, Thing},
    i18n::aws as say,
    net::Cidr,
};

const ENDS: [&str; 2] = ["RequesterVpcInfo", "AccepterVpcInfo"];

impl Build<'_> {
    /// VPCs of other accounts that only a peering speaks of: it knows their ranges.
    pub(super) fn peered_vpcs(&mut self) {
        let dump = self.dump;
        let notes = self.notes;
        for record in dump.all("VpcPeeringConnections") {
            if is_over(record) {
                continue;
            }
            for info in ENDS.iter().filter_map(|key| record.get(key)) {
                let Some(id) = notes.text(info.get("VpcId")) else { continue };
                if let Some(&known) = self.vpcs.get(id) {
                    self.lives_by_peering(known, info);
                    continue;
                }
                let mut cidrs: Vec<Cidr> = notes.cidr(info.get("CidrBlock")).into_iter().collect();
                for (set, key) in
                    [("CidrBlockSet", "CidrBlock"), ("Ipv6CidrBlockSet", "Ipv6CidrBlock")]
                {
                    for block in notes.objects(info.get(set)) {
                        cidrs.extend(notes.cidr(block.get(key)));
                    }
                }
                cidrs.sort();
                cidrs.dedup();
                if cidrs.is_empty() {
                    continue;
                }
                notes.matters(info, say::vpc_by_peering(&shown(id)));
                let vpc = self.network.insert_vpc(shown(id), &cidrs);
                self.vpcs.insert(id, vpc);
                self.ids.insert(shown(id), Thing::Vpc(vpc));
                self.clear_vpc(vpc);
                self.lives_by_peering(vpc, info);
            }
        }
    }

    /// The peerings. Both sides describe the same one.
    pub(super) fn peerings(&mut self) {
        let dump = self.dump;
        for record in dump.all("VpcPeeringConnections") {
            let notes = self.notes;
            for source in &record.sources {
                notes.only("VpcPeeringConnections", *source, |key| {
                    ENDS.contains(&key)
                        || matches!(
                            key,
                            "VpcPeeringConnectionId"
                                | "Status"
                                | "ExpirationTime"
                                | "MultipathResilienceStatus"
                        )
                });
            }
            let id = shown(record.id);
            let state = record.get("Status").and_then(|it| notes.text(it.get("Code")));
            let state = match state {
                None | Some("active") => PeeringState::Active,
                Some("pending-acceptance" | "initiating-request" | "provisioning") => {
                    PeeringState::PendingAcceptance
                }
                Some("rejected") => PeeringState::Rejected,
                Some("expired" | "failed") => PeeringState::Expired,
                Some("deleted" | "deleting") => {
                    notes.gone(record.item(), &id);
                    continue;
                }
                Some(other) => {
                    notes.matters(record.item(), say::unknown_mode(&id, &shown(other)));
                    PeeringState::Expired
                }
            };
            let word = |end: usize, key: &str| {
                record.get(ENDS[end]).and_then(|it| it.get(key)).and_then(Item::as_text)
            };
            let vpc = |end: usize| word(end, "VpcId").and_then(|it| self.vpcs.get(it).copied());
            let (Some(requester), Some(accepter)) = (vpc(0), vpc(1)) else {
                let missing = usize::from(vpc(0).is_some());
                let missing = shown(word(missing, "VpcId").unwrap_or("VpcId"));
                if is_over(record) {
                    // It carries nothing, whatever it was between.
                    notes.gone(record.item(), &id);
                } else {
                    notes.left_out(record.item(), &id, &missing);
                }
                continue;
            };
            let regions = (word(0, "Region"), word(1, "Region"));
            let inter_region = matches!(regions, (Some(one), Some(other)) if one != other);
            let name = Self::name(record, None);
            let peering = self.network.insert(Peering {
                name,
                requester,
                accepter,
                state,
                inter_region,
                private_names: crate::cloud::PrivateNames::default(),
            });
            self.peerings.insert(record.id, peering);
            self.remember(record, Thing::Peering(peering));
        }
    }
}

/// Did it end, or never begin? It will not carry anything any more.
fn is_over(record: &Record) -> bool {
    let code = record.get("Status").and_then(|it| it.get("Code")).and_then(Item::as_text);
    matches!(code, Some("rejected" | "expired" | "failed" | "deleted" | "deleting"))
}
