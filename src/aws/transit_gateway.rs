//! `describe-transit-gateways` and `describe-transit-gateway-route-tables`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{Thing, TransitGateway, TransitGatewayRouteTable},
    i18n::aws as say,
};

impl Build<'_> {
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
    }
}

fn option<'d>(record: &Record<'d>, key: &str) -> Option<&'d str> {
    record.get("Options")?.get(key)?.as_text()
}

pub(super) fn is_gone(record: &Record) -> bool {
    let state = record.get("State").and_then(Item::as_text);
    matches!(state, Some("deleted" | "deleting"))
}
