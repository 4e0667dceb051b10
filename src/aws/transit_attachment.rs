//! `describe-transit-gateway-attachments` and what describes each kind of them.

use super::{
    Build,
    notes::{Item, Record},
    shown,
    site::resource,
    transit_gateway::is_gone,
};
use crate::{
    cloud::{
        AttachmentOf, AttachmentState, SubnetId, Thing, TransitGatewayAttachment,
        TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId,
    },
    i18n::aws as say,
};

/// The states, as AWS writes them.
const STATES: &[(&str, AttachmentState)] = &[
    ("available", AttachmentState::Available),
    ("pendingAcceptance", AttachmentState::PendingAcceptance),
    ("initiatingRequest", AttachmentState::PendingAcceptance),
    ("initiating", AttachmentState::Pending),
    ("pending", AttachmentState::Pending),
    ("modifying", AttachmentState::Modifying),
    ("rejected", AttachmentState::Rejected),
    ("rejecting", AttachmentState::Rejected),
    ("rollingBack", AttachmentState::Failed),
    ("failed", AttachmentState::Failed),
    ("failing", AttachmentState::Failed),
];

const ATTACHMENT: crate::i18n::fault::Pair =
    ("트랜짓 게이트웨이 연결", "transit gateway attachment");

impl<'d> Build<'d> {
    /// The attachments. Several accounts describe the same one; each kind is described by a call of
    /// its own as well, which knows more.
    pub(super) fn transit_attachments(&mut self) {
        let dump = self.dump;
        for record in dump.all("TransitGatewayVpcAttachments") {
            for source in &record.sources {
                self.notes.only("TransitGatewayVpcAttachments", *source, |key| {
                    matches!(
                        key,
                        "TransitGatewayAttachmentId"
                            | "TransitGatewayId"
                            | "VpcId"
                            | "VpcOwnerId"
                            | "State"
                            | "SubnetIds"
                            | "Options"
                    )
                });
            }
            self.vpc_attachment(record);
        }
        for record in dump.all("TransitGatewayPeeringAttachments") {
            for source in &record.sources {
                self.notes.only("TransitGatewayPeeringAttachments", *source, |key| {
                    matches!(
                        key,
                        "TransitGatewayAttachmentId"
                            | "AccepterTransitGatewayAttachmentId"
                            | "RequesterTgwInfo"
                            | "AccepterTgwInfo"
                            | "Options"
                            | "Status"
                            | "State"
                    )
                });
            }
            let end = |key, inner| record.get(key)?.get(inner)?.as_text();
            let ends =
                ["RequesterTgwInfo", "AccepterTgwInfo"].map(|it| end(it, "TransitGatewayId"));
            let far = record.get("AccepterTransitGatewayAttachmentId").and_then(Item::as_text);
            self.transit_peering(record, ends, far);
        }
        for record in dump.all("TransitGatewayAttachments") {
            for source in &record.sources {
                self.notes.only("TransitGatewayAttachments", *source, |key| {
                    matches!(
                        key,
                        "TransitGatewayAttachmentId"
                            | "TransitGatewayId"
                            | "TransitGatewayOwnerId"
                            | "ResourceOwnerId"
                            | "ResourceType"
                            | "ResourceId"
                            | "State"
                            | "Association"
                    )
                });
            }
            if !self.transit_attachments.contains_key(record.id) {
                self.attachment(record);
            }
        }
        // What only its own call describes.
        for record in dump.all("TransitGatewayConnects") {
            if !self.transit_attachments.contains_key(record.id) && !is_gone(record) {
                self.connect_attachment(record);
            }
        }
        for record in dump.all("VpnConnections") {
            self.vpn_without_attachment(record);
        }
    }

    /// An attachment by its entry in the list of all.
    fn attachment(&mut self, record: &Record<'d>) {
        let notes = self.notes;
        let id = shown(record.id);
        if is_gone(record) {
            notes.gone(record.item(), &id);
            return;
        }
        let gateway_id = notes.text(record.get("TransitGatewayId"));
        let Some(&gateway) = gateway_id.and_then(|it| self.transit_gateways.get(it)) else {
            let missing = shown(gateway_id.unwrap_or("TransitGatewayId"));
            notes.left_out(record.item(), &id, &missing);
            return;
        };
        let of = resource(record.item());
        let missing = |it: &Self, what: Option<&str>| {
            let what = shown(what.unwrap_or("ResourceId"));
            it.notes.left_out(record.item(), &id, &what);
        };
        match notes.text(record.get("ResourceType")) {
            Some("vpc") => self.vpc_attachment(record),
            Some("vpn") => match of.and_then(|it| self.vpn_connections.get(it)) {
                Some(&vpn) => {
                    self.attach(record, record.id, gateway, AttachmentOf::Vpn(vpn));
                }
                None => missing(self, of),
            },
            Some("direct-connect-gateway") => {
                match of.and_then(|it| self.direct_connect_gateways.get(it)) {
                    Some(&line) => {
                        self.attach(record, record.id, gateway, AttachmentOf::DirectConnect(line));
                    }
                    None => missing(self, of),
                }
            }
            Some("connect") => self.connect_attachment(record),
            Some("peering" | "tgw-peering") => {
                // Each end has the other's gateway as its resource.
                self.transit_peering(record, [gateway_id, of], None);
            }
            other => {
                let id = format!("{id} ({})", shown(other.unwrap_or("?")));
                notes.matters(record.item(), say::not_modelled(ATTACHMENT, &id));
            }
        }
    }

    fn vpc_attachment(&mut self, record: &Record<'d>) {
        let notes = self.notes;
        let id = shown(record.id);
        if is_gone(record) {
            notes.gone(record.item(), &id);
            return;
        }
        let gateway_id = notes.text(record.get("TransitGatewayId"));
        let vpc_id = notes.text(record.get("VpcId").or_else(|| record.get("ResourceId")));
        let gateway = gateway_id.and_then(|it| self.transit_gateways.get(it).copied());
        let vpc = vpc_id.and_then(|it| self.vpcs.get(it).copied());
        let (Some(gateway), Some(vpc)) = (gateway, vpc) else {
            let (missing, key) = match gateway {
                None => (gateway_id, "TransitGatewayId"),
                Some(_) => (vpc_id, "VpcId"),
            };
            notes.left_out(record.item(), &id, &shown(missing.unwrap_or(key)));
            return;
        };
        let mut subnets: Vec<SubnetId> = Vec::new();
        for item in record.get("SubnetIds").into_iter().flat_map(Item::items) {
            let Some(subnet) = notes.text(Some(item)) else { continue };
            match self.subnets.get(subnet) {
                Some(known) => subnets.push(*known),
                None => notes.without_part(item, &id, &shown(subnet)),
            }
        }
        if subnets.is_empty() {
            subnets = self.doors(record.id, vpc);
            if subnets.is_empty() {
                notes.matters(record.item(), say::attachment_subnets(&id));
            }
        }
        let option = |key| self.options_of(record, key);
        let of = AttachmentOf::Vpc {
            vpc,
            subnets,
            appliance_mode: option("ApplianceModeSupport") == Some("enable"),
            group_references: option("SecurityGroupReferencingSupport") != Some("disable"),
        };
        self.attach(record, record.id, gateway, of);
    }

    /// The subnets in which an attachment has interfaces: these say it in their descriptions.
    fn doors(&self, id: &str, vpc: crate::cloud::VpcId) -> Vec<SubnetId> {
        let mut found = Vec::new();
        for record in self.dump.all("NetworkInterfaces") {
            let text = record.get("Description").and_then(Item::as_text).unwrap_or_default();
            let Some(&interface) = self.interfaces.get(record.id) else { continue };
            let subnet = self.network.interfaces()[interface].subnet;
            if text.ends_with(id) && self.network.subnets()[subnet].vpc == vpc {
                found.push(subnet);
            }
        }
        found
    }

    fn connect_attachment(&mut self, record: &Record<'d>) {
        let notes = self.notes;
        let id = shown(record.id);
        let Some((on_premises, prefixes)) = self.connects.get(record.id).cloned() else {
            // That nothing is known behind it was told.
            if self.dump.one("TransitGatewayConnects", record.id).is_none() {
                notes.left_out(record.item(), &id, "TransitGatewayConnects");
            }
            return;
        };
        let gateway_id = notes.text(record.get("TransitGatewayId"));
        let Some(&gateway) = gateway_id.and_then(|it| self.transit_gateways.get(it)) else {
            let missing = shown(gateway_id.unwrap_or("TransitGatewayId"));
            notes.left_out(record.item(), &id, &missing);
            return;
        };
        self.attach(record, record.id, gateway, AttachmentOf::Connect { on_premises, prefixes });
    }

    /// A VPN connection at a transit gateway always has an attachment; it may not be described.
    fn vpn_without_attachment(&mut self, record: &Record<'d>) {
        let Some(&vpn) = self.vpn_connections.get(record.id) else { return };
        let crate::cloud::VpnSide::TransitGateway(gateway) =
            self.network.vpn_connections()[vpn].side
        else {
            return;
        };
        if self.network.attachment_of_vpn(vpn).is_none() {
            self.attach(record, record.id, gateway, AttachmentOf::Vpn(vpn));
        }
    }

    /// Both ends of a peering between transit gateways, of which one may be in another account.
    fn transit_peering(
        &mut self,
        record: &Record<'d>,
        ends: [Option<&'d str>; 2],
        far_id: Option<&'d str>,
    ) {
        let notes = self.notes;
        let id = shown(record.id);
        if is_gone(record) {
            notes.gone(record.item(), &id);
            return;
        }
        let [Some(near_id), Some(other_id)] = ends else {
            notes.matters(record.item(), say::lacks(&id, "TransitGatewayId"));
            return;
        };
        let known = |it: &Self, id: &str| it.transit_gateways.get(id).copied();
        if known(self, near_id).is_none() && known(self, other_id).is_none() {
            notes.left_out(record.item(), &id, &shown(near_id));
            return;
        }
        let [near, other] = [near_id, other_id].map(|it| self.gateway_made_up(it, record));
        self.lives_by_transit_peering(record);
        let next = self.network.transit_gateway_attachments().next_id();
        let first = self.attach(record, record.id, near, AttachmentOf::Peering { other: next });
        let second_id = far_id.unwrap_or(record.id);
        let second = self.attach(record, second_id, other, AttachmentOf::Peering { other: first });
        self.network.update(first, |it: &mut TransitGatewayAttachment| {
            it.of = AttachmentOf::Peering { other: second };
        });
    }

    /// A gateway that only a peering speaks of.
    fn gateway_made_up(&mut self, id: &'d str, record: &Record<'d>) -> TransitGatewayId {
        if let Some(known) = self.transit_gateways.get(id) {
            return *known;
        }
        self.notes.matters(record.item(), say::gateway_by_peering(&shown(id)));
        self.unseen_gateway(id)
    }

    /// Puts an attachment, with the table that it is associated with.
    fn attach(
        &mut self,
        record: &Record<'d>,
        id: &'d str,
        gateway: TransitGatewayId,
        of: AttachmentOf,
    ) -> TransitGatewayAttachmentId {
        let known = |states| {
            let states: (AttachmentState, AttachmentState) = states;
            self.notes.word(record.get("State"), &shown(id), STATES, states)
        };
        let state = known((AttachmentState::Available, AttachmentState::Failed));
        let association = self.association(record, id, gateway);
        let far = self.transit_attachments.contains_key(id);
        let attachment = self.network.insert(TransitGatewayAttachment {
            name: Self::name(record, None),
            gateway,
            of,
            state,
            association,
            propagations: Vec::new(),
        });
        if far {
            self.far_ends.insert(id, attachment);
        } else {
            self.transit_attachments.insert(id, attachment);
            self.remember(record, Thing::TransitGatewayAttachment(attachment));
        }
        attachment
    }

    /// The table that an attachment is associated with.
    fn association(
        &self,
        record: &Record<'d>,
        id: &'d str,
        gateway: TransitGatewayId,
    ) -> Option<TransitGatewayRouteTableId> {
        let dump = self.dump;
        let default = self.network.transit_gateways()[gateway].default_association;
        let mine = |item: Item<'d>| {
            let own = item.get("TransitGatewayId").and_then(Item::as_text);
            own.is_none_or(|it| self.transit_gateways.get(it) == Some(&gateway))
        };
        let of_table = |it: Option<Item<'d>>| {
            let id = it.and_then(|it| it.get("TransitGatewayRouteTableId")).and_then(Item::as_text);
            id.and_then(|it| self.transit_tables.get(it).copied())
        };
        // The tables say it, when they were asked.
        for list in dump.loose("Associations") {
            let table = list.owner("TransitGatewayRouteTableId", "tgw-rtb-");
            let Some(&table) = table.and_then(|it| self.transit_tables.get(it)) else { continue };
            let here = self.network.transit_gateway_route_tables()[table].gateway == gateway;
            let mut items = list.item.items();
            let is_me = |it: Item| {
                let word = |key| it.get(key).and_then(Item::as_text);
                word("TransitGatewayAttachmentId") == Some(id)
                    && !matches!(word("State"), Some("disassociated" | "disassociating"))
            };
            if here && items.any(is_me) {
                return Some(table);
            }
        }
        let described = dump.one("TransitGatewayAttachments", id);
        let described = described.into_iter().flat_map(|it| &it.sources).find(|it| mine(**it));
        let item = described.copied().or_else(|| Some(record.item()).filter(|it| mine(*it)));
        match (described, item.and_then(|it| it.get("Association"))) {
            (_, Some(it)) => of_table(Some(it)),
            // Described, and it has none.
            (Some(it), None) if it.get("ResourceType").is_some() => None,
            // Nobody describes it: as new attachments are.
            _ => default,
        }
    }

    /// The attachment with this id at a gateway: of a peering, the end that belongs to it.
    pub(super) fn attachment_at(
        &self,
        id: &str,
        gateway: TransitGatewayId,
    ) -> Option<TransitGatewayAttachmentId> {
        let of = |it: &&TransitGatewayAttachmentId| {
            self.network.transit_gateway_attachments()[**it].gateway == gateway
        };
        let ends = [self.transit_attachments.get(id), self.far_ends.get(id)];
        ends.into_iter().flatten().find(of).copied()
    }
}
