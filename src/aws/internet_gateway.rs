//! `describe-internet-gateways`.

use super::{Build, notes::Item, shown};
use crate::{
    cloud::{InternetGateway, Thing, VpcId},
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The gateways, attached or not.
    pub(super) fn internet_gateways(&mut self) {
        let dump = self.dump;
        for record in dump.all("InternetGateways") {
            for source in &record.sources {
                self.notes.only("InternetGateways", *source, |key| {
                    matches!(key, "InternetGatewayId" | "Attachments")
                });
            }
            let attachments = self.notes.objects(record.get("Attachments"));
            let vpc = self.attached_vpc(&shown(record.id), &attachments);
            let gateway = self.network.insert(InternetGateway {
                name: Self::name(record, None),
                vpc,
                route_table: None,
            });
            self.internet_gateways.insert(record.id, gateway);
            self.remember(record, Thing::InternetGateway(gateway));
        }
    }

    /// The VPC that a gateway is attached to.
    pub(super) fn attached_vpc(&self, id: &str, attachments: &[Item<'d>]) -> Option<VpcId> {
        let notes = self.notes;
        attachments.iter().find_map(|attachment| {
            notes.only("Attachments", *attachment, |key| matches!(key, "State" | "VpcId"));
            match notes.text(attachment.get("State")) {
                None | Some("available" | "attached") => {}
                Some(_) => return None,
            }
            let vpc = notes.text(attachment.get("VpcId"))?;
            let known = self.vpcs.get(vpc).copied();
            if known.is_none() {
                notes.harmless(*attachment, say::association(id, &shown(vpc)));
            }
            known
        })
    }
}
