//! `describe-transit-gateways`, `-attachments`, `-vpc-attachments`, `-route-tables`,
//! `search-transit-gateway-routes` and `get-transit-gateway-route-table-propagations`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        AttachmentOf, AttachmentState, Thing, TransitGateway, TransitGatewayAttachment,
        TransitGatewayRouteTable, TransitGatewayRouteTableId, TransitOrigin, TransitRoute,
        TransitTarget,
    },
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The gateways, their tables, and the VPCs that are attached. Several accounts describe the
    /// same attachment.
    pub(super) fn transit_gateways(&mut self) {
        let dump = self.dump;
        let notes = self.notes;
        for record in dump.all("TransitGateways") {
            for source in &record.sources {
                notes.only("TransitGateways", *source, |key| {
                    matches!(key, "TransitGatewayId" | "State" | "Options")
                });
            }
            if is_gone(record) {
                notes.harmless(record.item(), say::deleted(&shown(record.id)));
                continue;
            }
            let gateway = self.network.insert(TransitGateway {
                name: Self::name(record, None),
                default_association: None,
                default_propagation: None,
                group_references: option(record, "SecurityGroupReferencingSupport")
                    == Some("enable"),
            });
            self.transit_gateways.insert(record.id, gateway);
            self.remember(record, Thing::TransitGateway(gateway));
        }
        for record in dump.all("TransitGatewayRouteTables") {
            let id = notes.text(record.get("TransitGatewayId"));
            let Some(&gateway) = id.and_then(|it| self.transit_gateways.get(it)) else {
                let said =
                    say::left_out(&shown(record.id), &shown(id.unwrap_or("TransitGatewayId")));
                notes.matters(record.item(), said);
                continue;
            };
            if is_gone(record) {
                notes.harmless(record.item(), say::deleted(&shown(record.id)));
                continue;
            }
            let (name, routes) = (Self::name(record, None), Vec::new());
            let table = self.network.insert(TransitGatewayRouteTable { name, gateway, routes });
            self.transit_tables.insert(record.id, table);
            self.remember(record, Thing::TransitGatewayRouteTable(table));
        }
        for record in dump.all("TransitGateways") {
            let Some(&gateway) = self.transit_gateways.get(record.id) else { continue };
            let table = |it: &Self, switch, key| {
                let on = option(record, switch) != Some("disable");
                option(record, key).filter(|_| on).and_then(|id| it.transit_tables.get(id).copied())
            };
            let association =
                table(self, "DefaultRouteTableAssociation", "AssociationDefaultRouteTableId");
            let propagation =
                table(self, "DefaultRouteTablePropagation", "PropagationDefaultRouteTableId");
            self.network.update(gateway, |it: &mut TransitGateway| {
                it.default_association = association;
                it.default_propagation = propagation;
            });
        }
        for record in dump.all("TransitGatewayVpcAttachments") {
            self.vpc_attachment(record);
        }
        for record in dump.all("TransitGatewayAttachments") {
            if self.transit_attachments.contains_key(record.id) || is_gone(record) {
                continue;
            }
            let kind = ("트랜짓 게이트웨이 연결", "transit gateway attachment");
            let of = notes.text(record.get("ResourceType")).unwrap_or("?");
            let id = format!("{} ({})", shown(record.id), shown(of));
            notes.matters(record.item(), say::not_modelled(kind, &id));
        }
        self.transit_routes();
    }

    fn vpc_attachment(&mut self, record: &Record<'d>) {
        let dump = self.dump;
        let notes = self.notes;
        let id = shown(record.id);
        let state = match notes.text(record.get("State")) {
            None | Some("available") => AttachmentState::Available,
            Some("pendingAcceptance" | "initiatingRequest") => AttachmentState::PendingAcceptance,
            Some("pending" | "initiating") => AttachmentState::Pending,
            Some("modifying") => AttachmentState::Modifying,
            Some("rejected" | "rejecting") => AttachmentState::Rejected,
            Some("deleted" | "deleting") => {
                notes.harmless(record.item(), say::deleted(&id));
                return;
            }
            Some(_) => AttachmentState::Failed,
        };
        let (gateway_id, vpc_id) =
            (notes.text(record.get("TransitGatewayId")), notes.text(record.get("VpcId")));
        let gateway = gateway_id.and_then(|it| self.transit_gateways.get(it).copied());
        let vpc = vpc_id.and_then(|it| self.vpcs.get(it).copied());
        let (Some(gateway), Some(vpc)) = (gateway, vpc) else {
            let missing = if gateway.is_none() { gateway_id } else { vpc_id };
            notes.matters(record.item(), say::left_out(&id, &shown(missing.unwrap_or("VpcId"))));
            return;
        };
        let subnets = record
            .get("SubnetIds")
            .into_iter()
            .flat_map(Item::items)
            .filter_map(|it| self.subnets.get(it.as_text()?).copied())
            .collect();
        let described = dump.one("TransitGatewayAttachments", record.id);
        let association = described.and_then(|it| it.get("Association"));
        let row = &self.network.transit_gateways()[gateway];
        let association = match (described, association) {
            (_, Some(it)) => it
                .get("TransitGatewayRouteTableId")
                .and_then(Item::as_text)
                .and_then(|it| self.transit_tables.get(it).copied()),
            (Some(_), None) => None,
            // Nobody describes it: as new attachments are.
            (None, None) => row.default_association,
        };
        let attachment = self.network.insert(TransitGatewayAttachment {
            name: Self::name(record, None),
            gateway,
            of: AttachmentOf::Vpc {
                vpc,
                subnets,
                appliance_mode: option(record, "ApplianceModeSupport") == Some("enable"),
                group_references: option(record, "SecurityGroupReferencingSupport")
                    != Some("disable"),
            },
            state,
            association,
            propagations: Vec::new(),
        });
        self.transit_attachments.insert(record.id, attachment);
        self.remember(record, Thing::TransitGatewayAttachment(attachment));
    }

    /// What people wrote into the tables, and who propagates to which. A route that a table learned
    /// says that its attachment propagates there.
    fn transit_routes(&mut self) {
        let dump = self.dump;
        let notes = self.notes;
        let mut lists: Vec<(Option<&'d str>, Option<Item<'d>>, bool)> = Vec::new();
        for record in dump.all("TransitGatewayStaticRoutes") {
            lists.push((Some(record.id), record.get("Routes"), true));
        }
        for record in dump.all("TransitGatewayPropagations") {
            let list = record.get("TransitGatewayRouteTablePropagations");
            lists.push((Some(record.id), list, false));
        }
        for (table, item, routes) in &dump.transit_lists {
            lists.push((*table, Some(*item), *routes));
        }
        let mut told = Vec::new();
        for (id, list, are_routes) in lists {
            let Some(&table) = id.and_then(|it| self.transit_tables.get(it)) else {
                if let Some(list) = list {
                    notes.matters(list, say::whose_transit_table());
                }
                continue;
            };
            for item in notes.objects(list) {
                if are_routes {
                    self.transit_route(table, item, &mut told);
                } else if item.get("State").and_then(Item::as_text) != Some("disabled") {
                    told.push(table);
                    self.propagates(table, item);
                }
            }
            if !are_routes {
                told.push(table);
            }
        }
        // Nobody tells who propagates: as new attachments do.
        let attachments: Vec<_> = self.transit_attachments.values().copied().collect();
        for id in attachments {
            let gateway = self.network.transit_gateway_attachments()[id].gateway;
            let default = self.network.transit_gateways()[gateway].default_propagation;
            if let Some(table) = default.filter(|it| !told.contains(it)) {
                self.network.update(id, |it: &mut TransitGatewayAttachment| {
                    it.propagations.push(table);
                });
            }
        }
    }

    fn transit_route(
        &mut self,
        table: TransitGatewayRouteTableId,
        item: Item<'d>,
        told: &mut Vec<TransitGatewayRouteTableId>,
    ) {
        let notes = self.notes;
        let attachments = notes.objects(item.get("TransitGatewayAttachments"));
        if item.get("Type").and_then(Item::as_text) == Some("propagated") {
            told.push(table);
            for attachment in attachments {
                self.propagates(table, attachment);
            }
            return;
        }
        let name = self.network.transit_gateway_route_tables()[table].name.to_string();
        let Some(destination) = notes.cidr(item.get("DestinationCidrBlock")) else {
            notes.matters(item, say::route_destination(&name));
            return;
        };
        let first = attachments.first().and_then(|it| it.get("TransitGatewayAttachmentId"));
        let first = first.and_then(Item::as_text);
        let target = match first.map(|it| (it, self.transit_attachments.get(it))) {
            None => TransitTarget::Blackhole,
            Some((_, Some(known))) => TransitTarget::Attachment(*known),
            Some((id, None)) => {
                let said = say::route_target(&name, &destination.to_string(), &shown(id));
                notes.matters(item, said);
                TransitTarget::Gone(shown(id).into())
            }
        };
        let listed = item.get("PrefixListId").is_some();
        let origin = if listed { TransitOrigin::PrefixList } else { TransitOrigin::Static };
        let route = TransitRoute { destination, target, origin };
        self.network.update(table, |it: &mut TransitGatewayRouteTable| {
            if !it.routes.contains(&route) {
                it.routes.push(route);
            }
        });
    }

    fn propagates(&mut self, table: TransitGatewayRouteTableId, item: Item<'d>) {
        let id = item.get("TransitGatewayAttachmentId").and_then(Item::as_text);
        let Some(&attachment) = id.and_then(|it| self.transit_attachments.get(it)) else { return };
        self.network.update(attachment, |it: &mut TransitGatewayAttachment| {
            if !it.propagations.contains(&table) {
                it.propagations.push(table);
            }
        });
    }
}

fn option<'d>(record: &Record<'d>, key: &str) -> Option<&'d str> {
    record.get("Options")?.get(key)?.as_text()
}

fn is_gone(record: &Record) -> bool {
    let state = record.get("State").and_then(Item::as_text);
    matches!(state, Some("deleted" | "deleting"))
}
