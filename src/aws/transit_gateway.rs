//! `describe-transit-gateways` and `describe-transit-gateway-route-tables`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{Thing, TransitGateway, TransitGatewayId, TransitGatewayRouteTable},
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The gateways and their tables, still without routes.
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
                notes.gone(record.item(), &shown(record.id));
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
        self.gateways_made_up();
        for record in dump.all("TransitGatewayRouteTables") {
            let id = notes.text(record.get("TransitGatewayId"));
            let Some(&gateway) = id.and_then(|it| self.transit_gateways.get(it)) else {
                let needs = shown(id.unwrap_or("TransitGatewayId"));
                notes.left_out(record.item(), &shown(record.id), &needs);
                continue;
            };
            if is_gone(record) {
                notes.gone(record.item(), &shown(record.id));
                continue;
            }
            let (name, routes) = (Self::name(record, None), Vec::new());
            let table = self.network.insert(TransitGatewayRouteTable { name, gateway, routes });
            self.transit_tables.insert(record.id, table);
            self.remember(record, Thing::TransitGatewayRouteTable(table));
            // The gateway itself says it too, where it is described.
            let is_default = |key| notes.flag(record.get(key)) == Some(true);
            self.network.update(gateway, |it: &mut TransitGateway| {
                if is_default("DefaultAssociationRouteTable") {
                    it.default_association = Some(table);
                }
                if is_default("DefaultPropagationRouteTable") {
                    it.default_propagation = Some(table);
                }
            });
        }
        self.tables_made_up();
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
    }

    /// Gateways that only their tables and attachments speak of: `describe-transit-gateways` was not
    /// saved, or another account owns them.
    fn gateways_made_up(&mut self) {
        let dump = self.dump;
        let parts = [
            "TransitGatewayRouteTables",
            "TransitGatewayVpcAttachments",
            "TransitGatewayAttachments",
        ];
        for record in parts.iter().flat_map(|key| dump.all(key)).filter(|it| !is_gone(it)) {
            let Some(id) = record.get("TransitGatewayId").and_then(Item::as_text) else { continue };
            if self.transit_gateways.contains_key(id) || dump.one("TransitGateways", id).is_some() {
                continue;
            }
            self.notes.matters(record.item(), say::gateway_made_up(&shown(id)));
            let gateway = self.unseen_gateway(id);
            self.lives_with(gateway, record);
        }
    }

    /// A gateway that is not described itself.
    pub(super) fn unseen_gateway(&mut self, id: &'d str) -> TransitGatewayId {
        let gateway = self.network.insert(TransitGateway {
            name: shown(id).into(),
            default_association: None,
            default_propagation: None,
            group_references: false,
        });
        self.transit_gateways.insert(id, gateway);
        self.ids.insert(shown(id), Thing::TransitGateway(gateway));
        gateway
    }

    /// Tables that only the attachments speak of which are associated with them.
    fn tables_made_up(&mut self) {
        let dump = self.dump;
        let attachments = dump.all("TransitGatewayAttachments");
        for source in attachments.iter().flat_map(|it| &it.sources) {
            let text = |it: Item<'d>, key: &str| it.get(key).and_then(Item::as_text);
            let association = source.get("Association");
            let table = association.and_then(|it| text(it, "TransitGatewayRouteTableId"));
            let gateway = text(*source, "TransitGatewayId");
            let gateway = gateway.and_then(|it| self.transit_gateways.get(it).copied());
            let (Some(id), Some(gateway)) = (table, gateway) else { continue };
            if self.transit_tables.contains_key(id)
                || dump.one("TransitGatewayRouteTables", id).is_some()
            {
                continue;
            }
            self.notes.matters(*source, say::transit_table_made_up(&shown(id)));
            let (name, routes) = (shown(id).into(), Vec::new());
            let table = self.network.insert(TransitGatewayRouteTable { name, gateway, routes });
            self.transit_tables.insert(id, table);
            self.ids.insert(shown(id), Thing::TransitGatewayRouteTable(table));
        }
    }
}

fn option<'d>(record: &Record<'d>, key: &str) -> Option<&'d str> {
    record.get("Options")?.get(key)?.as_text()
}

pub(super) fn is_gone(record: &Record) -> bool {
    let state = record.get("State").and_then(Item::as_text);
    matches!(state, Some("deleted" | "deleting"))
}
