//! `search-transit-gateway-routes`, `get-transit-gateway-route-table-propagations`,
//! `get-transit-gateway-attachment-propagations` and
//! `get-transit-gateway-prefix-list-references`.

use std::collections::BTreeSet;

use super::{Build, notes::Item, shown};
use crate::{
    cloud::{
        TransitGatewayAttachment, TransitGatewayAttachmentId, TransitGatewayRouteTable,
        TransitGatewayRouteTableId, TransitOrigin, TransitRoute, TransitTarget,
    },
    i18n::aws as say,
    net::Cidr,
};

impl<'d> Build<'d> {
    /// What people wrote into the tables, and who propagates to which. A route that a table learned
    /// says that its attachment propagates there.
    pub(super) fn transit_routes(&mut self) {
        let dump = self.dump;
        let notes = self.notes;
        let mut lists: Vec<(Option<&'d str>, Option<Item<'d>>, bool)> = Vec::new();
        let only = match dump.all("TransitGatewayRouteTables") {
            [only] => Some(only.id),
            _ => None,
        };
        for record in dump.all("TransitGatewayStaticRoutes") {
            lists.push((Some(record.id), record.get("Routes"), true));
        }
        for record in dump.all("TransitGatewayPropagations") {
            let list = record.get("TransitGatewayRouteTablePropagations");
            lists.push((Some(record.id), list, false));
        }
        for (key, are_routes) in [("Routes", true), ("TransitGatewayRouteTablePropagations", false)]
        {
            for list in dump.loose(key) {
                let table = list.owner("TransitGatewayRouteTableId", "tgw-rtb-").or(only);
                lists.push((table, Some(list.item), are_routes));
            }
        }
        let mut told = Vec::new();
        let mut listed = BTreeSet::new();
        for (id, list, are_routes) in lists {
            let Some(&table) = id.and_then(|it| self.transit_tables.get(it)) else {
                if let Some(list) = list.filter(|it| !it.is_nothing()) {
                    notes.matters(list, say::whose_transit_table());
                }
                continue;
            };
            listed.insert(table);
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
        for list in dump.loose("Associations") {
            let table = list.owner("TransitGatewayRouteTableId", "tgw-rtb-").or(only);
            if table.is_none_or(|it| !self.transit_tables.contains_key(it)) {
                notes.matters(list.item, say::whose_transit_table());
            }
        }
        let taught = self.attachment_propagations();
        self.prefix_list_references();
        // Nobody tells who propagates: as new attachments do.
        let attachments: Vec<_> = self.transit_attachments.values().copied().collect();
        for id in attachments.into_iter().filter(|it| !taught.contains(it)) {
            let row = &self.network.transit_gateway_attachments()[id];
            if matches!(row.of, crate::cloud::AttachmentOf::Peering { .. }) {
                continue;
            }
            let gateway = row.gateway;
            let default = self.network.transit_gateways()[gateway].default_propagation;
            if let Some(table) = default.filter(|it| !told.contains(it)) {
                self.network.update(id, |it: &mut TransitGatewayAttachment| {
                    it.propagations.push(table);
                });
            }
        }
        for record in dump.all("TransitGatewayRouteTables") {
            let Some(&table) = self.transit_tables.get(record.id) else { continue };
            let attachments = self.network.transit_gateway_attachments();
            let mut learns = attachments.iter().filter(|(_, it)| it.propagations.contains(&table));
            if !listed.contains(&table) && (taught.is_empty() || learns.next().is_none()) {
                notes.matters(record.item(), say::no_transit_routes(&shown(record.id)));
            }
        }
    }

    /// The tables that single attachments propagate to, and which attachments that was told of.
    fn attachment_propagations(&mut self) -> Vec<TransitGatewayAttachmentId> {
        let dump = self.dump;
        let mut told = Vec::new();
        for list in dump.loose("TransitGatewayAttachmentPropagations") {
            let owner = list.owner("TransitGatewayAttachmentId", "tgw-attach-");
            let attachment = owner.and_then(|it| self.transit_attachments.get(it).copied());
            let (Some(owner), Some(attachment)) = (owner, attachment) else {
                self.notes.matters(list.item, say::whose_attachment());
                continue;
            };
            told.push(attachment);
            for item in self.notes.objects(Some(list.item)) {
                let table = item.get("TransitGatewayRouteTableId").and_then(Item::as_text);
                let state = item.get("State").and_then(Item::as_text);
                if let Some(&table) = table.and_then(|it| self.transit_tables.get(it))
                    && !matches!(state, Some("disabled" | "disabling"))
                {
                    self.propagates_by_id(table, owner);
                }
            }
        }
        told
    }

    /// A reference to a prefix list is a route for each of its blocks.
    fn prefix_list_references(&mut self) {
        let dump = self.dump;
        for list in dump.loose("TransitGatewayPrefixListReferences") {
            for item in self.notes.objects(Some(list.item)) {
                let word = |key| item.get(key).and_then(Item::as_text);
                if matches!(word("State"), Some("deleting")) {
                    continue;
                }
                let table = word("TransitGatewayRouteTableId")
                    .or_else(|| list.owner("TransitGatewayRouteTableId", "tgw-rtb-"));
                let Some(&table) = table.and_then(|it| self.transit_tables.get(it)) else {
                    self.notes.matters(item, say::whose_transit_table());
                    continue;
                };
                let Some(id) = self.notes.text(item.get("PrefixListId")) else { continue };
                let name = self.network.transit_gateway_route_tables()[table].name.to_string();
                let list = self.prefix_list(id, &name, item);
                let blocks = self.network.prefix_lists()[list].cidrs.clone();
                let to = item.get("TransitGatewayAttachment");
                let to = to.and_then(|it| it.get("TransitGatewayAttachmentId"));
                for destination in blocks {
                    let to = to.and_then(Item::as_text);
                    self.written_route(table, destination, to, TransitOrigin::PrefixList, item);
                }
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
        if matches!(item.get("State").and_then(Item::as_text), Some("deleting" | "deleted")) {
            return;
        }
        let Some(destination) = notes.cidr(item.get("DestinationCidrBlock")) else {
            let name = self.network.transit_gateway_route_tables()[table].name.to_string();
            notes.matters(item, say::route_destination(&name));
            return;
        };
        let first = attachments.first().and_then(|it| it.get("TransitGatewayAttachmentId"));
        let listed = item.get("PrefixListId").is_some();
        let origin = if listed { TransitOrigin::PrefixList } else { TransitOrigin::Static };
        self.written_route(table, destination, first.and_then(Item::as_text), origin, item);
    }

    /// A route that a person wrote: to an attachment, or nowhere.
    fn written_route(
        &mut self,
        table: TransitGatewayRouteTableId,
        destination: Cidr,
        to: Option<&'d str>,
        origin: TransitOrigin,
        item: Item<'d>,
    ) {
        let row = &self.network.transit_gateway_route_tables()[table];
        let target = match to.map(|it| (it, self.attachment_at(it, row.gateway))) {
            None => TransitTarget::Blackhole,
            Some((_, Some(known))) => TransitTarget::Attachment(known),
            Some((id, None)) => {
                let said = say::route_target(&row.name, &destination.to_string(), &shown(id));
                self.notes.matters(item, said);
                TransitTarget::Gone(shown(id).into())
            }
        };
        let route = TransitRoute { destination, target, origin };
        self.network.update(table, |it: &mut TransitGatewayRouteTable| {
            if !it.routes.contains(&route) {
                it.routes.push(route);
            }
        });
    }

    fn propagates(&mut self, table: TransitGatewayRouteTableId, item: Item<'d>) {
        if let Some(id) = item.get("TransitGatewayAttachmentId").and_then(Item::as_text) {
            self.propagates_by_id(table, id);
        }
    }

    fn propagates_by_id(&mut self, table: TransitGatewayRouteTableId, id: &str) {
        let gateway = self.network.transit_gateway_route_tables()[table].gateway;
        let Some(attachment) = self.attachment_at(id, gateway) else { return };
        self.network.update(attachment, |it: &mut TransitGatewayAttachment| {
            if !it.propagations.contains(&table) {
                it.propagations.push(table);
            }
        });
    }
}
