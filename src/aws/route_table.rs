//! `describe-route-tables`.

use super::{Build, notes::Item, shown};
use crate::{
    cloud::{
        InternetGateway, Origin, Route, RouteTable, RouteTableId, Target, Thing,
        VirtualPrivateGateway,
    },
    i18n::aws as say,
    net::Cidr,
};

/// The keys of a route that name its target, and the ids they hold.
const TARGETS: [&str; 12] = [
    "GatewayId",
    "VpcEndpointId",
    "NatGatewayId",
    "NetworkInterfaceId",
    "InstanceId",
    "EgressOnlyInternetGatewayId",
    "VpcPeeringConnectionId",
    "TransitGatewayId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
    "OdbNetworkArn",
];

impl<'d> Build<'d> {
    /// The tables, still without routes: these lead to what is read later.
    pub(super) fn route_tables(&mut self) {
        let dump = self.dump;
        for record in dump.all("RouteTables") {
            for source in &record.sources {
                self.notes.only("RouteTables", *source, |key| {
                    matches!(
                        key,
                        "RouteTableId" | "VpcId" | "Associations" | "Routes" | "PropagatingVgws"
                    )
                });
            }
            let notes = self.notes;
            let id = shown(record.id);
            let Some(vpc_id) = notes.text(record.get("VpcId")) else {
                notes.matters(record.item(), say::lacks(&id, "VpcId"));
                continue;
            };
            let Some(&vpc) = self.vpcs.get(vpc_id) else {
                notes.left_out(record.item(), &id, &shown(vpc_id));
                continue;
            };
            let mut main = false;
            for association in notes.objects(record.get("Associations")) {
                notes.only("RouteTables.Associations", association, |key| {
                    matches!(
                        key,
                        "Main"
                            | "RouteTableAssociationId"
                            | "RouteTableId"
                            | "SubnetId"
                            | "GatewayId"
                            | "PublicIpv4Pool"
                            | "AssociationState"
                    )
                });
                if is_gone(association) {
                    continue;
                }
                main |= notes.flag(association.get("Main")) == Some(true);
                if let Some(subnet) = notes.text(association.get("SubnetId"))
                    && dump.one("Subnets", subnet).is_none()
                {
                    notes.harmless(association, say::association(&id, &shown(subnet)));
                }
            }
            let name = Self::name(record, None);
            let table = if main {
                let table = self.network.vpcs()[vpc].main_route_table;
                self.rename_main(table, &name);
                table
            } else {
                self.network.insert(RouteTable { name, vpc, routes: Vec::new() })
            };
            self.route_tables.insert(record.id, table);
            self.remember(record, Thing::RouteTable(table));
        }
        // Which subnet has which table, for the subnets that come next.
        for record in dump.all("RouteTables") {
            let Some(&table) = self.route_tables.get(record.id) else { continue };
            for association in self.notes.objects(record.get("Associations")) {
                let subnet = association.get("SubnetId").and_then(Item::as_text);
                if let Some(subnet) = subnet.filter(|_| !is_gone(association)) {
                    self.tables_of_subnets.insert(subnet, table);
                }
            }
        }
    }

    /// The tables of gateways: who comes in through one is led by them.
    pub(super) fn edge_tables(&mut self) {
        let dump = self.dump;
        for record in dump.all("RouteTables") {
            let Some(&table) = self.route_tables.get(record.id) else { continue };
            let notes = self.notes;
            for association in notes.objects(record.get("Associations")) {
                let Some(gateway) = notes.text(association.get("GatewayId")) else { continue };
                if is_gone(association) {
                    continue;
                }
                if let Some(&id) = self.internet_gateways.get(gateway) {
                    self.network
                        .update(id, |it: &mut InternetGateway| it.route_table = Some(table));
                } else if let Some(&id) = self.vpn_gateways.get(gateway) {
                    self.network
                        .update(id, |it: &mut VirtualPrivateGateway| it.route_table = Some(table));
                } else if dump.one("NatGateways", gateway).is_none() && !notes.is_gone(gateway) {
                    let said = say::edge_table(&shown(record.id), &shown(gateway));
                    notes.matters(association, said);
                }
            }
        }
    }

    /// The table that a subnet is associated with.
    pub(super) fn table_of_subnet(&self, subnet: &str) -> Option<RouteTableId> {
        self.tables_of_subnets.get(subnet).copied()
    }

    /// The routes of all tables.
    pub(super) fn routes(&mut self) {
        let dump = self.dump;
        for record in dump.all("RouteTables") {
            let Some(&table) = self.route_tables.get(record.id) else { continue };
            let id = shown(record.id);
            let mut routes = Vec::new();
            for item in self.notes.objects(record.get("Routes")) {
                // One that stands in the table and is not used.
                if item.get("State").and_then(Item::as_text) == Some("filtered") {
                    self.notes.matters(item, say::filtered_route(&id));
                    continue;
                }
                self.notes.only("RouteTables.Routes", item, |key| {
                    TARGETS.contains(&key)
                        || matches!(
                            key,
                            "DestinationCidrBlock"
                                | "DestinationIpv6CidrBlock"
                                | "DestinationPrefixListId"
                                | "InstanceOwnerId"
                                | "Origin"
                                | "State"
                                | "IpAddress"
                        )
                });
                self.route(&id, item, &mut routes);
            }
            // Every table knows its own VPC, also where somebody left that out.
            let vpc = &self.network.vpcs()[self.network.route_tables()[table].vpc];
            for &own in vpc.cidrs.iter().chain(&vpc.ipv6_cidrs).rev() {
                if !routes.iter().any(|it: &Route| it.destination == own) {
                    routes.insert(0, Route::local(own));
                }
            }
            self.network.update(table, |it: &mut RouteTable| it.routes = routes);
        }
    }

    /// One route; to a prefix list it is a route for each of its entries.
    fn route(&mut self, table: &str, item: Item<'d>, routes: &mut Vec<Route>) {
        let notes = self.notes;
        let list = notes.text(item.get("DestinationPrefixListId"));
        let list = list.map(|it| self.prefix_list(it, table, item));
        let destinations: Vec<Cidr> = if let Some(list) = list {
            self.network.prefix_lists()[list].cidrs.clone()
        } else {
            let four = notes.cidr(item.get("DestinationCidrBlock"));
            let cidr = four.or_else(|| notes.cidr(item.get("DestinationIpv6CidrBlock")));
            if cidr.is_none() {
                notes.matters(item, say::route_destination(table));
            }
            cidr.into_iter().collect()
        };
        let Some(&first) = destinations.first() else { return };
        let target = self.target(table, first, item);
        let origin = match notes.text(item.get("Origin")) {
            _ if target == Target::Local => Origin::Local,
            // A route server writes what it learned, as propagation does
            // (https://docs.aws.amazon.com/vpc/latest/userguide/dynamic-routing-route-server.html).
            Some("EnableVgwRoutePropagation" | "Advertisement") => Origin::Propagated,
            // The VPC's own route, which somebody led elsewhere.
            Some("CreateRouteTable") => Origin::Local,
            _ => list.map_or(Origin::Static, Origin::PrefixList),
        };
        for destination in destinations {
            routes.push(Route { destination, target: target.clone(), origin });
        }
    }

    fn target(&self, table: &str, destination: Cidr, item: Item<'d>) -> Target {
        let notes = self.notes;
        // An instance's route names both the instance and its interface.
        let named = TARGETS.iter().find_map(|key| notes.text(item.get(key)));
        let blackhole = notes.text(item.get("State")) == Some("blackhole");
        let Some(id) = named else {
            return Target::Gone("blackhole".into());
        };
        if blackhole {
            return Target::Gone(shown(id).into());
        }
        let known = None
            .or_else(|| (id == "local").then_some(Target::Local))
            .or_else(|| self.internet_gateways.get(id).copied().map(Target::InternetGateway))
            .or_else(|| self.nat_gateways.get(id).copied().map(Target::NatGateway))
            .or_else(|| self.interfaces.get(id).copied().map(Target::Interface))
            .or_else(|| self.transit_gateways.get(id).copied().map(Target::TransitGateway))
            .or_else(|| self.peerings.get(id).copied().map(Target::Peering))
            .or_else(|| self.vpn_gateways.get(id).copied().map(Target::VirtualPrivateGateway))
            .or_else(|| self.gateway_endpoints.get(id).copied().map(Target::GatewayEndpoint))
            .or_else(|| {
                // A Gateway Load Balancer endpoint has one interface.
                let endpoint = self.interface_endpoints.get(id)?;
                let interfaces = &self.network.interface_endpoints()[*endpoint].interfaces;
                interfaces.first().copied().map(Target::Interface)
            })
            .or_else(|| self.egress_only_gateways.get(id).copied().map(Target::EgressOnlyGateway))
            .or_else(|| {
                let instance = self.instances.get(id)?;
                let primary = self.network.instances()[*instance].interfaces.first()?;
                Some(Target::Interface(*primary))
            });
        known.unwrap_or_else(|| {
            let (to, id) = (destination.to_string(), shown(id));
            // What became of it was told.
            if !notes.is_gone(&id) {
                notes.matters(item, say::route_target(table, &to, &id));
            }
            Target::Gone(id.into())
        })
    }
}

fn is_gone(association: Item) -> bool {
    let state = association.get("AssociationState").and_then(|it| it.get("State"));
    matches!(state.and_then(Item::as_text), Some("disassociated" | "failed"))
}
