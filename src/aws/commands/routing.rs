//! Routes and route tables.

use super::Script;
use crate::{
    cloud::{Change, RouteTableId, SubnetId, Target, Thing},
    net::Cidr,
};

impl Script<'_> {
    pub(super) fn routing(&mut self, change: &Change) {
        match change {
            Change::CreateRouteTable { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let tags = Self::tags("route-table", name);
                let thing = Thing::RouteTable(self.network.route_tables().next_id());
                let command = format!("ec2 create-route-table --vpc-id {vpc} {tags}");
                self.make(thing, name, &command, "RouteTable.RouteTableId");
            }
            Change::AssociateRouteTable { subnet, table } => self.associate_table(*subnet, *table),
            Change::ReplaceMainRouteTable { vpc, table } => {
                let (vpc, table) = (self.id(Thing::Vpc(*vpc)), self.id(Thing::RouteTable(*table)));
                let association = self.answer(
                    &format!("ec2 describe-route-tables --filters Name=association.main,Values=true Name=vpc-id,Values={vpc}"),
                    "'RouteTables[0].Associations[?Main].RouteTableAssociationId'",
                );
                self.run(&format!(
                    "ec2 replace-route-table-association --association-id \"{association}\" --route-table-id {table}"
                ));
            }
            Change::CreateRoute { table, destination, target }
            | Change::ReplaceRoute { table, destination, target } => {
                let verb =
                    if matches!(change, Change::CreateRoute { .. }) { "create" } else { "replace" };
                let to = self.target(target);
                let table = self.id(Thing::RouteTable(*table));
                let destination = to_block(*destination);
                self.run(&format!("ec2 {verb}-route --route-table-id {table} {destination} {to}"));
            }
            Change::DeleteRoute { table, destination } => {
                let table = self.id(Thing::RouteTable(*table));
                let destination = to_block(*destination);
                self.run(&format!("ec2 delete-route --route-table-id {table} {destination}"));
            }
            _ => {}
        }
    }

    pub(super) fn associate_table(&mut self, subnet: SubnetId, table: Option<RouteTableId>) {
        let explicit = self.network.subnets()[subnet].route_table.is_some();
        let subnet = self.id(Thing::Subnet(subnet));
        let bare = subnet.trim_matches('"');
        let association = self.answer(
            &format!(
                "ec2 describe-route-tables --filters Name=association.subnet-id,Values={subnet}"
            ),
            &format!(
                "\"RouteTables[0].Associations[?SubnetId=='{bare}'].RouteTableAssociationId\""
            ),
        );
        let association = format!("\"{association}\"");
        match table.map(|it| self.id(Thing::RouteTable(it))) {
            Some(table) if explicit => self.run(&format!(
                "ec2 replace-route-table-association --association-id {association} --route-table-id {table}"
            )),
            Some(table) => self.run(&format!(
                "ec2 associate-route-table --subnet-id {subnet} --route-table-id {table}"
            )),
            None => self.run(&format!(
                "ec2 disassociate-route-table --association-id {association}"
            )),
        }
    }

    pub(super) fn target(&mut self, target: &Target) -> String {
        let (option, thing) = match *target {
            Target::Local => return "--local-target".to_owned(),
            Target::Gone(_) => return String::new(),
            Target::InternetGateway(id) => ("--gateway-id", Thing::InternetGateway(id)),
            Target::VirtualPrivateGateway(id) => ("--gateway-id", Thing::VirtualPrivateGateway(id)),
            Target::EgressOnlyGateway(id) => {
                ("--egress-only-internet-gateway-id", Thing::EgressOnlyGateway(id))
            }
            Target::NatGateway(id) => ("--nat-gateway-id", Thing::NatGateway(id)),
            Target::Peering(id) => ("--vpc-peering-connection-id", Thing::Peering(id)),
            Target::GatewayEndpoint(id) => ("--vpc-endpoint-id", Thing::GatewayEndpoint(id)),
            Target::TransitGateway(id) => ("--transit-gateway-id", Thing::TransitGateway(id)),
            Target::Interface(id) => match self.network.gateway_load_balancer_endpoint_of(id) {
                Some(endpoint) => ("--vpc-endpoint-id", Thing::InterfaceEndpoint(endpoint)),
                None => ("--network-interface-id", Thing::Interface(id)),
            },
        };
        format!("{option} {}", self.id(thing))
    }
}

fn to_block(destination: Cidr) -> String {
    let option = if destination.is_ipv4() { "" } else { "ipv6-" };
    format!("--destination-{option}cidr-block {destination}")
}
