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
        self.internet_gateways_made_up();
    }

    /// Gateways that nobody describes and that must be there: a route leads to one, and, where the
    /// gateways were not saved at all, a public address is given out in VPCs alone that have one
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html>).
    fn internet_gateways_made_up(&mut self) {
        let dump = self.dump;
        let text = |it: Item<'d>, key: &str| it.get(key).and_then(Item::as_text);
        let mut found: Vec<(VpcId, Option<&'d str>, Item<'d>)> = Vec::new();
        for record in dump.all("RouteTables") {
            let vpc = record.get("VpcId").and_then(Item::as_text);
            let Some(&vpc) = vpc.and_then(|it| self.vpcs.get(it)) else { continue };
            for route in record.get("Routes").into_iter().flat_map(Item::items) {
                let id = text(route, "GatewayId").filter(|it| it.starts_with("igw-"));
                if let Some(id) = id.filter(|_| text(route, "State") != Some("blackhole")) {
                    found.push((vpc, Some(id), route));
                }
            }
        }
        let interfaces = dump.all("NetworkInterfaces").iter();
        for record in interfaces.filter(|_| !dump.was_saved("InternetGateways")) {
            let subnet = record.get("SubnetId").and_then(Item::as_text);
            let Some(&subnet) = subnet.and_then(|it| self.subnets.get(it)) else { continue };
            let public = record.get("Association").and_then(|it| it.get("PublicIp"));
            if let Some(public) = public.filter(|it| !it.is_nothing()) {
                found.push((self.network.subnets()[subnet].vpc, None, public));
            }
        }
        for (vpc, id, item) in found {
            let has_one = self.network.internet_gateways().iter().any(|it| it.1.vpc == Some(vpc));
            if has_one || id.is_some_and(|it| dump.one("InternetGateways", it).is_some()) {
                continue;
            }
            let of = self.network.vpcs()[vpc].name.to_string();
            self.notes.matters(item, say::internet_gateway_made_up(&of));
            let name = id.map_or_else(|| format!("{of}-igw"), shown);
            let row = InternetGateway { name: name.into(), vpc: Some(vpc), route_table: None };
            let gateway = self.network.insert(row);
            if let Some(id) = id {
                self.internet_gateways.insert(id, gateway);
                self.ids.insert(shown(id), Thing::InternetGateway(gateway));
            }
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
