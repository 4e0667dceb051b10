//! Transit gateways and virtual private gateways.

use super::Script;
use crate::cloud::{AttachmentOf, SubnetId, Thing, TransitChange, TransitGatewayAttachmentId};

impl Script<'_> {
    pub(super) fn transit(&mut self, change: &TransitChange) {
        use TransitChange as T;
        let table_of = Thing::TransitGatewayRouteTable;
        let door_of = Thing::TransitGatewayAttachment;
        match change {
            T::AcceptTransitGatewayAttachment { attachment } => {
                let kind = self.kind_of(*attachment);
                let id = self.id(door_of(*attachment));
                self.run(&format!(
                    "ec2 accept-transit-gateway-{kind}-attachment --transit-gateway-attachment-id {id}"
                ));
            }
            T::DeleteTransitGatewayAttachment { attachment } => {
                let kind = self.kind_of(*attachment);
                let id = self.id(door_of(*attachment));
                self.run(&format!(
                    "ec2 delete-transit-gateway-{kind}-attachment --transit-gateway-attachment-id {id}"
                ));
            }
            T::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets } => {
                let (gateway, vpc) =
                    (self.id(Thing::TransitGateway(*gateway)), self.id(Thing::Vpc(*vpc)));
                let subnets = self.ids(subnets, Thing::Subnet);
                let thing = door_of(self.network.transit_gateway_attachments().next_id());
                let tags = Self::tags("transit-gateway-attachment", name);
                let command = format!(
                    "ec2 create-transit-gateway-vpc-attachment --transit-gateway-id {gateway} --vpc-id {vpc} --subnet-ids {subnets} {tags}"
                );
                let query = "TransitGatewayVpcAttachment.TransitGatewayAttachmentId";
                self.make(thing, name, &command, query);
            }
            T::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode,
                group_references,
            } => {
                let id = self.id(door_of(*attachment));
                let (more, gone) = self.other_subnets(*attachment, subnets.as_deref());
                let mut how: Vec<String> = Vec::new();
                for (option, list) in [("add", more), ("remove", gone)] {
                    if !list.is_empty() {
                        let list = self.ids(&list, Thing::Subnet);
                        how.push(format!(" --{option}-subnet-ids {list}"));
                    }
                }
                let options: Vec<String> = [
                    ("ApplianceModeSupport", appliance_mode),
                    ("SecurityGroupReferencingSupport", group_references),
                ]
                .iter()
                .filter_map(|(key, on)| Some(format!("{key}={}", enabled((**on)?))))
                .collect();
                if !options.is_empty() {
                    how.push(format!(" --options {}", options.join(",")));
                }
                self.run(&format!(
                    "ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id {id}{}",
                    how.concat()
                ));
            }
            T::ModifyTransitGateway { gateway, group_references, .. } => {
                let row = self.network.transit_gateways().get(*gateway);
                // Only the references are a fix's: the defaults are for attachments to come.
                if row.is_some_and(|it| it.group_references != *group_references) {
                    let (id, on) =
                        (self.id(Thing::TransitGateway(*gateway)), enabled(*group_references));
                    self.run(&format!(
                        "ec2 modify-transit-gateway --transit-gateway-id {id} --options SecurityGroupReferencingSupport={on}"
                    ));
                }
            }
            T::AssociateTransitGatewayRouteTable { attachment, table } => {
                self.join(
                    "associate-transit-gateway-route-table",
                    door_of(*attachment),
                    table_of(*table),
                );
            }
            T::DisassociateTransitGatewayRouteTable { attachment, table } => {
                self.join(
                    "disassociate-transit-gateway-route-table",
                    door_of(*attachment),
                    table_of(*table),
                );
            }
            T::EnableTransitGatewayRouteTablePropagation { attachment, table } => {
                let verb = "enable-transit-gateway-route-table-propagation";
                self.join(verb, door_of(*attachment), table_of(*table));
            }
            T::DisableTransitGatewayRouteTablePropagation { attachment, table } => {
                let verb = "disable-transit-gateway-route-table-propagation";
                self.join(verb, door_of(*attachment), table_of(*table));
            }
            T::CreateTransitGatewayRoute { table, destination, attachment }
            | T::ReplaceTransitGatewayRoute { table, destination, attachment } => {
                let new = matches!(change, T::CreateTransitGatewayRoute { .. });
                let verb = if new { "create" } else { "replace" };
                let table = self.id(table_of(*table));
                let to = match attachment {
                    Some(it) => {
                        format!("--transit-gateway-attachment-id {}", self.id(door_of(*it)))
                    }
                    None => "--blackhole".to_owned(),
                };
                self.run(&format!(
                    "ec2 {verb}-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination} {to}"
                ));
            }
            T::DeleteTransitGatewayRoute { table, destination } => {
                let table = self.id(table_of(*table));
                self.run(&format!(
                    "ec2 delete-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination}"
                ));
            }
            T::AttachVpnGateway { gateway, vpc } | T::DetachVpnGateway { gateway, vpc } => {
                let attach = matches!(change, T::AttachVpnGateway { .. });
                let verb = if attach { "attach" } else { "detach" };
                let (id, vpc) =
                    (self.id(Thing::VirtualPrivateGateway(*gateway)), self.id(Thing::Vpc(*vpc)));
                self.run(&format!("ec2 {verb}-vpn-gateway --vpn-gateway-id {id} --vpc-id {vpc}"));
            }
            T::AssociateVgwRouteTable { gateway, table: Some(table) } => {
                let (id, table) = (
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                    self.id(Thing::RouteTable(*table)),
                );
                self.run(&format!(
                    "ec2 associate-route-table --gateway-id {id} --route-table-id {table}"
                ));
            }
            T::EnableVgwRoutePropagation { gateway, table }
            | T::DisableVgwRoutePropagation { gateway, table } => {
                let on = matches!(change, T::EnableVgwRoutePropagation { .. });
                let verb = if on { "enable" } else { "disable" };
                let (id, table) = (
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                    self.id(Thing::RouteTable(*table)),
                );
                self.run(&format!(
                    "ec2 {verb}-vgw-route-propagation --gateway-id {id} --route-table-id {table}"
                ));
            }
            T::CreateVpnConnectionRoute { vpn, destination }
            | T::DeleteVpnConnectionRoute { vpn, destination } => {
                let new = matches!(change, T::CreateVpnConnectionRoute { .. });
                let verb = if new { "create" } else { "delete" };
                let id = self.id(Thing::VpnConnection(*vpn));
                self.run(&format!(
                    "ec2 {verb}-vpn-connection-route --vpn-connection-id {id} --destination-cidr-block {destination}"
                ));
            }
            T::CreateDirectConnectGatewayAssociation { line, gateway } => {
                let (line, id) = (
                    self.id(Thing::DirectConnectGateway(*line)),
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                );
                self.run(&format!(
                    "directconnect create-direct-connect-gateway-association --direct-connect-gateway-id {line} --gateway-id {id}"
                ));
            }
            _ => {}
        }
    }

    /// The kinds of attachments have calls of their own.
    fn kind_of(&self, attachment: TransitGatewayAttachmentId) -> &'static str {
        match self.network.transit_gateway_attachments().get(attachment).map(|it| &it.of) {
            Some(AttachmentOf::Peering { .. }) => "peering",
            _ => "vpc",
        }
    }

    /// Which subnets an attachment gets, and which it loses.
    fn other_subnets(
        &self,
        attachment: TransitGatewayAttachmentId,
        wanted: Option<&[SubnetId]>,
    ) -> (Vec<SubnetId>, Vec<SubnetId>) {
        let row = self.network.transit_gateway_attachments().get(attachment);
        let (Some(AttachmentOf::Vpc { subnets: now, .. }), Some(wanted)) =
            (row.map(|it| &it.of), wanted)
        else {
            return (Vec::new(), Vec::new());
        };
        let without = |all: &[SubnetId], other: &[SubnetId]| {
            all.iter().filter(|it| !other.contains(it)).copied().collect()
        };
        (without(wanted, now), without(now, wanted))
    }

    pub(super) fn join(&mut self, verb: &str, door: Thing, table: Thing) {
        let (door, table) = (self.id(door), self.id(table));
        self.run(&format!(
            "ec2 {verb} --transit-gateway-route-table-id {table} --transit-gateway-attachment-id {door}"
        ));
    }
}

fn enabled(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}
