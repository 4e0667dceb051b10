//! The network with the names that people gave: the `Name` tag, or the id of what has none. Hops
//! and answers need both; who writes a scene by hand does not.

use super::Import;
use crate::cloud::{
    CustomerGateway, Database, DirectConnectGateway, EgressOnlyGateway, EndpointService, Function,
    GatewayEndpoint, Instance, Interface, InterfaceEndpoint, InternetGateway, LoadBalancer, Name,
    NatGateway, Network, NetworkAcl, OnPremises, Peering, PrefixList, RouteTable, SecurityGroup,
    Service, Subnet, TargetGroup, Task, TransitGateway, TransitGatewayAttachment,
    TransitGatewayRouteTable, VirtualPrivateGateway, Vpc, VpnConnection,
};

impl Import {
    /// The network, its objects called by their `Name` tags alone where they have one. Names may
    /// come twice.
    pub fn plain(&self) -> Network {
        let mut network = self.network.clone();
        macro_rules! rename {
            ($($kind:ty, $table:ident;)*) => {$(
                for (id, row) in self.network.$table().iter() {
                    if let Some(name) = self.own_name(&row.name) {
                        network.update(id, |row: &mut $kind| row.name = name);
                    }
                }
            )*};
        }
        rename! {
            Vpc, vpcs;
            Subnet, subnets;
            RouteTable, route_tables;
            InternetGateway, internet_gateways;
            EgressOnlyGateway, egress_only_gateways;
            NatGateway, nat_gateways;
            PrefixList, prefix_lists;
            Peering, peerings;
            GatewayEndpoint, gateway_endpoints;
            SecurityGroup, security_groups;
            NetworkAcl, network_acls;
            Instance, instances;
            Interface, interfaces;
            LoadBalancer, load_balancers;
            TargetGroup, target_groups;
            InterfaceEndpoint, interface_endpoints;
            EndpointService, endpoint_services;
            Service, services;
            Function, functions;
            Database, databases;
            Task, tasks;
            TransitGateway, transit_gateways;
            TransitGatewayAttachment, transit_gateway_attachments;
            TransitGatewayRouteTable, transit_gateway_route_tables;
            VirtualPrivateGateway, virtual_private_gateways;
            CustomerGateway, customer_gateways;
            VpnConnection, vpn_connections;
            DirectConnectGateway, direct_connect_gateways;
            OnPremises, on_premises;
        }
        network
    }

    /// `web` of `web (i-0abc)`, and `sqs` of `com.amazonaws.eu-west-1.sqs`.
    fn own_name(&self, name: &Name) -> Option<Name> {
        if let Some(service) = name.strip_prefix("com.amazonaws.") {
            return service.split_once('.').map(|(_, it)| it.into());
        }
        let id = self.called.get(name)?;
        let own = name.strip_suffix(')')?.strip_suffix(id.as_str())?.strip_suffix(" (")?;
        Some(own.into())
    }
}
