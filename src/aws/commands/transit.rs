//! Transit gateways and virtual private gateways.

use super::Script;
use crate::cloud::{Thing, TransitChange};

impl Script<'_> {
    pub(super) fn transit(&mut self, change: &TransitChange) {
        use TransitChange as T;
        let table_of = Thing::TransitGatewayRouteTable;
        let door_of = Thing::TransitGatewayAttachment;
        match change {
            T::AcceptTransitGatewayAttachment { attachment } => {
                let id = self.id(door_of(*attachment));
                self.say(format!(
                    "aws ec2 accept-transit-gateway-vpc-attachment --transit-gateway-attachment-id {id}"
                ));
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
            T::CreateTransitGatewayRoute { table, destination, attachment } => {
                let table = self.id(table_of(*table));
                let to = match attachment {
                    Some(it) => {
                        format!("--transit-gateway-attachment-id {}", self.id(door_of(*it)))
                    }
                    None => "--blackhole".to_owned(),
                };
                self.say(format!(
                    "aws ec2 create-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination} {to}"
                ));
            }
            T::DeleteTransitGatewayRoute { table, destination } => {
                let table = self.id(table_of(*table));
                self.say(format!(
                    "aws ec2 delete-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination}"
                ));
            }
            T::AttachVpnGateway { gateway, vpc } | T::DetachVpnGateway { gateway, vpc } => {
                let attach = matches!(change, T::AttachVpnGateway { .. });
                let verb = if attach { "attach" } else { "detach" };
                let (id, vpc) =
                    (self.id(Thing::VirtualPrivateGateway(*gateway)), self.id(Thing::Vpc(*vpc)));
                self.say(format!(
                    "aws ec2 {verb}-vpn-gateway --vpn-gateway-id {id} --vpc-id {vpc}"
                ));
            }
            T::AssociateVgwRouteTable { gateway, table: Some(table) } => {
                let (id, table) = (
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                    self.id(Thing::RouteTable(*table)),
                );
                self.say(format!(
                    "aws ec2 associate-route-table --gateway-id {id} --route-table-id {table}"
                ));
            }
            T::EnableVgwRoutePropagation { gateway, table } => {
                let (id, table) = (
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                    self.id(Thing::RouteTable(*table)),
                );
                self.say(format!(
                    "aws ec2 enable-vgw-route-propagation --gateway-id {id} --route-table-id {table}"
                ));
            }
            _ => {}
        }
    }

    pub(super) fn join(&mut self, verb: &str, door: Thing, table: Thing) {
        let (door, table) = (self.id(door), self.id(table));
        self.say(format!(
            "aws ec2 {verb} --transit-gateway-route-table-id {table} --transit-gateway-attachment-id {door}"
        ));
    }
}
