//! `describe-egress-only-internet-gateways`.

use super::{Build, shown};
use crate::{
    cloud::{EgressOnlyGateway, Thing},
    i18n::aws as say,
};

impl Build<'_> {
    /// The gateways, each with its VPC.
    pub(super) fn egress_only_gateways(&mut self) {
        let dump = self.dump;
        for record in dump.all("EgressOnlyInternetGateways") {
            for source in &record.sources {
                self.notes.only("EgressOnlyInternetGateways", *source, |key| {
                    matches!(key, "EgressOnlyInternetGatewayId" | "Attachments")
                });
            }
            let id = shown(record.id);
            let attachments = self.notes.objects(record.get("Attachments"));
            let Some(vpc) = self.attached_vpc(&id, &attachments) else {
                self.notes.harmless(record.item(), say::lacks(&id, "Attachments"));
                continue;
            };
            let gateway =
                self.network.insert(EgressOnlyGateway { name: Self::name(record, None), vpc });
            self.egress_only_gateways.insert(record.id, gateway);
            self.remember(record, Thing::EgressOnlyGateway(gateway));
        }
    }
}
