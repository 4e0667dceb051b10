//! Transit gateway: a router in a Region, between VPCs, VPN connections and other transit gateways.
//!
//! Three nouns: the gateway here, its [attachments](crate::cloud::transit_gateway_attachment), through
//! which packets come and go, and its [tables](crate::cloud::transit_gateway_route_table), which say
//! where to.

use crate::cloud::{
    Id, Name, Quota, Reason, Refusal, Thing, TransitGatewayAttachmentId,
    TransitGatewayRouteTableId, TransitReason, edit::Edit, vpn::VpnSide,
};

/// Names a [`TransitGateway`].
pub type TransitGatewayId = Id<TransitGateway>;

/// A transit gateway (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransitGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The table that new attachments are associated with, when there is a default
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html>).
    pub default_association: Option<TransitGatewayRouteTableId>,
    /// The table that new attachments propagate to, when there is a default.
    pub default_propagation: Option<TransitGatewayRouteTableId>,
    /// May inbound rules name groups of other attached VPCs? Off unless one turns it on; the
    /// attachments have to agree
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>).
    pub group_references: bool,
}

/// What AWS asks when a transit gateway is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransitGatewayOptions {
    /// Are new attachments associated with the gateway's first table?
    pub default_association: bool,
    /// Do new attachments propagate to it?
    pub default_propagation: bool,
    /// May inbound rules name groups of other attached VPCs?
    pub group_references: bool,
}

impl Default for TransitGatewayOptions {
    /// As AWS does it: both default tables on, group references off
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html>).
    fn default() -> Self {
        Self { default_association: true, default_propagation: true, group_references: false }
    }
}

impl Edit<'_> {
    /// With a default, the gateway comes with its first table.
    pub fn create_transit_gateway(
        &mut self,
        name: &Name,
        options: TransitGatewayOptions,
    ) -> Result<TransitGatewayId, Refusal> {
        self.network
            .admits_one_more(Quota::TransitGateways, self.network.transit_gateways.len())?;
        let id = self.make(super::TransitGateway {
            name: name.clone(),
            default_association: None,
            default_propagation: None,
            group_references: options.group_references,
        });
        if options.default_association || options.default_propagation {
            let table = self.make(super::TransitGatewayRouteTable {
                name: format!("{name}-default").into(),
                gateway: id,
                routes: Vec::new(),
            });
            self.change(id, |it| {
                it.default_association = Some(table).filter(|_| options.default_association);
                it.default_propagation = Some(table).filter(|_| options.default_propagation);
            });
        }
        Ok(id)
    }

    /// Changes the defaults for attachments to come, and whether groups may be named.
    pub fn modify_transit_gateway(
        &mut self,
        id: TransitGatewayId,
        default_association: Option<TransitGatewayRouteTableId>,
        default_propagation: Option<TransitGatewayRouteTableId>,
        group_references: bool,
    ) -> Result<(), Refusal> {
        self.get(id)?;
        for table in [default_association, default_propagation].into_iter().flatten() {
            self.same_gateway(id, table)?;
        }
        self.change(id, |it| {
            it.default_association = default_association;
            it.default_propagation = default_propagation;
            it.group_references = group_references;
        });
        Ok(())
    }

    /// A gateway goes when nothing is attached; its tables go with it
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/delete-tgw.html>).
    pub fn delete_transit_gateway(&mut self, id: TransitGatewayId) -> Result<(), Refusal> {
        self.get(id)?;
        let network = &*self.network;
        let needed_by = None
            .or(network
                .transit_gateway_attachments
                .find(|_, it| it.gateway == id)
                .map(Thing::TransitGatewayAttachment))
            .or(network
                .vpn_connections
                .find(|_, it| it.side == VpnSide::TransitGateway(id))
                .map(Thing::VpnConnection));
        if let Some(by) = needed_by {
            let reason = Reason::InUse { thing: Thing::TransitGateway(id), by };
            return Err(Refusal::new("IncorrectState", reason));
        }
        let name = network.transit_gateways[id].name.clone();
        self.blackhole_routes_to(&super::Target::TransitGateway(id), &name);
        let tables: Vec<_> = (self.network.transit_gateway_route_tables.iter())
            .filter(|(_, it)| it.gateway == id)
            .map(|(table, _)| table)
            .collect();
        for table in tables {
            self.remove(table);
        }
        self.remove(id);
        Ok(())
    }

    /// A table belongs to the gateway.
    pub(super) fn same_gateway(
        &self,
        gateway: TransitGatewayId,
        table: TransitGatewayRouteTableId,
    ) -> Result<(), Refusal> {
        if self.get(table)?.gateway == gateway {
            return Ok(());
        }
        let (here, there) =
            (Thing::TransitGateway(gateway), Thing::TransitGatewayRouteTable(table));
        let code = "InvalidRouteTableID.NotFound";
        Err(Refusal::new(
            code,
            Reason::Transit(TransitReason::DifferentTransitGateways(here, there)),
        ))
    }

    /// A new attachment goes to the tables that the gateway has for that, once it works.
    pub(super) fn associate_by_default(&mut self, id: TransitGatewayAttachmentId) {
        let attachment = &self.network.transit_gateway_attachments[id];
        if !attachment.state.works() {
            return;
        }
        let propagates = attachment.of.propagates();
        let gateway = &self.network.transit_gateways[attachment.gateway];
        let (association, propagation) = (gateway.default_association, gateway.default_propagation);
        self.change(id, |it| {
            it.association = it.association.or(association);
            if propagates
                && let Some(table) = propagation
                && !it.propagations.contains(&table)
            {
                it.propagations.push(table);
            }
        });
    }
}
