//! The edits of transit gateways, virtual private gateways, VPN, Direct Connect and on-premises networks.

use std::net::Ipv4Addr;

use crate::{
    cloud::{
        Change, CustomerGatewayId, DirectConnectGatewayId, Listening, Name, OnPremisesId, Refusal,
        RouteTableId, SubnetId, Thing, TransitGatewayAttachmentId, TransitGatewayId,
        TransitGatewayOptions, TransitGatewayRouteTableId, Tunnel, VirtualPrivateGatewayId, VpcId,
        VpnConnectionId, VpnRouting, VpnSide, change::made, edit::Edit,
    },
    net::Cidr,
};

/// One edit of transit gateways, virtual private gateways, VPN, Direct Connect and on-premises networks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the AWS operation of the same name")]
pub enum TransitChange {
    CreateTransitGateway {
        name: Name,
        options: TransitGatewayOptions,
    },
    /// The defaults for attachments to come, and whether groups may be named across.
    ModifyTransitGateway {
        gateway: TransitGatewayId,
        default_association: Option<TransitGatewayRouteTableId>,
        default_propagation: Option<TransitGatewayRouteTableId>,
        group_references: bool,
    },
    DeleteTransitGateway {
        gateway: TransitGatewayId,
    },
    CreateTransitGatewayVpcAttachment {
        name: Name,
        gateway: TransitGatewayId,
        vpc: VpcId,
        subnets: Vec<SubnetId>,
    },
    /// `None` leaves a part as it is.
    ModifyTransitGatewayVpcAttachment {
        attachment: TransitGatewayAttachmentId,
        subnets: Option<Vec<SubnetId>>,
        appliance_mode: Option<bool>,
        group_references: Option<bool>,
    },
    /// Makes an attachment on both gateways.
    CreateTransitGatewayPeeringAttachment {
        name: Name,
        gateway: TransitGatewayId,
        peer: TransitGatewayId,
    },
    /// Attaches a Direct Connect gateway to a transit gateway.
    AttachDirectConnectGateway {
        name: Name,
        gateway: TransitGatewayId,
        line: DirectConnectGatewayId,
    },
    CreateTransitGatewayConnect {
        name: Name,
        gateway: TransitGatewayId,
        on_premises: OnPremisesId,
    },
    AcceptTransitGatewayAttachment {
        attachment: TransitGatewayAttachmentId,
    },
    RejectTransitGatewayAttachment {
        attachment: TransitGatewayAttachmentId,
    },
    DeleteTransitGatewayAttachment {
        attachment: TransitGatewayAttachmentId,
    },
    CreateTransitGatewayRouteTable {
        name: Name,
        gateway: TransitGatewayId,
    },
    DeleteTransitGatewayRouteTable {
        table: TransitGatewayRouteTableId,
    },
    AssociateTransitGatewayRouteTable {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    DisassociateTransitGatewayRouteTable {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    EnableTransitGatewayRouteTablePropagation {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    DisableTransitGatewayRouteTablePropagation {
        attachment: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    },
    /// Without an attachment, a blackhole.
    CreateTransitGatewayRoute {
        table: TransitGatewayRouteTableId,
        destination: Cidr,
        attachment: Option<TransitGatewayAttachmentId>,
    },
    ReplaceTransitGatewayRoute {
        table: TransitGatewayRouteTableId,
        destination: Cidr,
        attachment: Option<TransitGatewayAttachmentId>,
    },
    DeleteTransitGatewayRoute {
        table: TransitGatewayRouteTableId,
        destination: Cidr,
    },
    CreateVpnGateway {
        name: Name,
    },
    AttachVpnGateway {
        gateway: VirtualPrivateGatewayId,
        vpc: VpcId,
    },
    DetachVpnGateway {
        gateway: VirtualPrivateGatewayId,
        vpc: VpcId,
    },
    DeleteVpnGateway {
        gateway: VirtualPrivateGatewayId,
    },
    EnableVgwRoutePropagation {
        gateway: VirtualPrivateGatewayId,
        table: RouteTableId,
    },
    DisableVgwRoutePropagation {
        gateway: VirtualPrivateGatewayId,
        table: RouteTableId,
    },
    /// A table for what comes in through the gateway, or none any more.
    AssociateVgwRouteTable {
        gateway: VirtualPrivateGatewayId,
        table: Option<RouteTableId>,
    },
    CreateCustomerGateway {
        name: Name,
        on_premises: OnPremisesId,
        address: Option<Ipv4Addr>,
    },
    DeleteCustomerGateway {
        gateway: CustomerGatewayId,
    },
    /// Starts with both tunnels up.
    CreateVpnConnection {
        name: Name,
        customer_gateway: CustomerGatewayId,
        side: VpnSide,
        routing: VpnRouting,
    },
    DeleteVpnConnection {
        vpn: VpnConnectionId,
    },
    CreateVpnConnectionRoute {
        vpn: VpnConnectionId,
        destination: Cidr,
    },
    DeleteVpnConnectionRoute {
        vpn: VpnConnectionId,
        destination: Cidr,
    },
    CreateDirectConnectGateway {
        name: Name,
        on_premises: OnPremisesId,
    },
    DeleteDirectConnectGateway {
        line: DirectConnectGatewayId,
    },
    CreateDirectConnectGatewayAssociation {
        line: DirectConnectGatewayId,
        gateway: VirtualPrivateGatewayId,
    },
    DeleteDirectConnectGatewayAssociation {
        line: DirectConnectGatewayId,
        gateway: VirtualPrivateGatewayId,
    },
    /// Not AWS's: a tunnel of a VPN connection fails or comes back.
    ConfigureVpnTunnels {
        vpn: VpnConnectionId,
        tunnels: [Tunnel; 2],
    },
    /// Not AWS's: puts a network of one's own beside the cloud.
    CreateOnPremises {
        name: Name,
        cidrs: Vec<Cidr>,
        listening: Listening,
    },
    /// Not AWS's: other blocks for a network of one's own. What its routers announce by BGP follows.
    ConfigureOnPremises {
        on_premises: OnPremisesId,
        cidrs: Vec<Cidr>,
    },
    /// Not AWS's: takes it away again.
    DeleteOnPremises {
        on_premises: OnPremisesId,
    },
}

impl From<TransitChange> for Change {
    fn from(change: TransitChange) -> Self {
        Self::Transit(change)
    }
}

impl TransitChange {
    /// What the change counts against par, as [`Change::cost`] does.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::CreateTransitGateway { .. }
            | Self::DeleteTransitGateway { .. }
            | Self::CreateVpnGateway { .. }
            | Self::DeleteVpnGateway { .. }
            | Self::CreateCustomerGateway { .. }
            | Self::DeleteCustomerGateway { .. }
            | Self::CreateDirectConnectGateway { .. }
            | Self::DeleteDirectConnectGateway { .. }
            | Self::CreateOnPremises { .. }
            | Self::ConfigureOnPremises { .. }
            | Self::DeleteOnPremises { .. } => 0,
            Self::ModifyTransitGateway { .. }
            | Self::CreateTransitGatewayVpcAttachment { .. }
            | Self::ModifyTransitGatewayVpcAttachment { .. }
            | Self::CreateTransitGatewayPeeringAttachment { .. }
            | Self::AttachDirectConnectGateway { .. }
            | Self::CreateTransitGatewayConnect { .. }
            | Self::AcceptTransitGatewayAttachment { .. }
            | Self::RejectTransitGatewayAttachment { .. }
            | Self::DeleteTransitGatewayAttachment { .. }
            | Self::CreateTransitGatewayRouteTable { .. }
            | Self::DeleteTransitGatewayRouteTable { .. }
            | Self::AssociateTransitGatewayRouteTable { .. }
            | Self::DisassociateTransitGatewayRouteTable { .. }
            | Self::EnableTransitGatewayRouteTablePropagation { .. }
            | Self::DisableTransitGatewayRouteTablePropagation { .. }
            | Self::CreateTransitGatewayRoute { .. }
            | Self::ReplaceTransitGatewayRoute { .. }
            | Self::DeleteTransitGatewayRoute { .. }
            | Self::AttachVpnGateway { .. }
            | Self::DetachVpnGateway { .. }
            | Self::EnableVgwRoutePropagation { .. }
            | Self::DisableVgwRoutePropagation { .. }
            | Self::AssociateVgwRouteTable { .. }
            | Self::CreateVpnConnection { .. }
            | Self::DeleteVpnConnection { .. }
            | Self::CreateVpnConnectionRoute { .. }
            | Self::DeleteVpnConnectionRoute { .. }
            | Self::CreateDirectConnectGatewayAssociation { .. }
            | Self::DeleteDirectConnectGatewayAssociation { .. }
            | Self::ConfigureVpnTunnels { .. } => 1,
        }
    }
}

impl Edit<'_> {
    /// Each operation stands in the file of its component.
    pub(super) fn carry_out_transit(
        &mut self,
        change: TransitChange,
    ) -> Result<Option<Thing>, Refusal> {
        match change {
            TransitChange::CreateTransitGateway { name, options } => {
                return made(self.create_transit_gateway(&name, options));
            }
            TransitChange::ModifyTransitGateway {
                gateway,
                default_association,
                default_propagation,
                group_references,
            } => self.modify_transit_gateway(
                gateway,
                default_association,
                default_propagation,
                group_references,
            ),
            TransitChange::DeleteTransitGateway { gateway } => self.delete_transit_gateway(gateway),
            TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets } => {
                return made(
                    self.create_transit_gateway_vpc_attachment(name, gateway, vpc, subnets),
                );
            }
            TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets,
                appliance_mode,
                group_references,
            } => self.modify_transit_gateway_vpc_attachment(
                attachment,
                subnets,
                appliance_mode,
                group_references,
            ),
            TransitChange::CreateTransitGatewayPeeringAttachment { name, gateway, peer } => {
                return made(self.create_transit_gateway_peering_attachment(&name, gateway, peer));
            }
            TransitChange::AttachDirectConnectGateway { name, gateway, line } => {
                return made(self.attach_direct_connect_gateway(name, gateway, line));
            }
            TransitChange::CreateTransitGatewayConnect { name, gateway, on_premises } => {
                return made(self.create_transit_gateway_connect(name, gateway, on_premises));
            }
            TransitChange::AcceptTransitGatewayAttachment { attachment } => {
                self.accept_transit_gateway_attachment(attachment)
            }
            TransitChange::RejectTransitGatewayAttachment { attachment } => {
                self.reject_transit_gateway_attachment(attachment)
            }
            TransitChange::DeleteTransitGatewayAttachment { attachment } => {
                self.delete_transit_gateway_attachment(attachment)
            }
            TransitChange::CreateTransitGatewayRouteTable { name, gateway } => {
                return made(self.create_transit_gateway_route_table(name, gateway));
            }
            TransitChange::DeleteTransitGatewayRouteTable { table } => {
                self.delete_transit_gateway_route_table(table)
            }
            TransitChange::AssociateTransitGatewayRouteTable { attachment, table } => {
                self.associate_transit_gateway_route_table(attachment, table)
            }
            TransitChange::DisassociateTransitGatewayRouteTable { attachment, table } => {
                self.disassociate_transit_gateway_route_table(attachment, table)
            }
            TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table } => {
                self.enable_transit_gateway_propagation(attachment, table)
            }
            TransitChange::DisableTransitGatewayRouteTablePropagation { attachment, table } => {
                self.disable_transit_gateway_propagation(attachment, table)
            }
            TransitChange::CreateTransitGatewayRoute { table, destination, attachment } => {
                self.create_transit_gateway_route(table, destination, attachment)
            }
            TransitChange::ReplaceTransitGatewayRoute { table, destination, attachment } => {
                self.replace_transit_gateway_route(table, destination, attachment)
            }
            TransitChange::DeleteTransitGatewayRoute { table, destination } => {
                self.delete_transit_gateway_route(table, destination)
            }
            TransitChange::CreateVpnGateway { name } => return made(self.create_vpn_gateway(name)),
            TransitChange::AttachVpnGateway { gateway, vpc } => {
                self.attach_vpn_gateway(gateway, vpc)
            }
            TransitChange::DetachVpnGateway { gateway, vpc } => {
                self.detach_vpn_gateway(gateway, vpc)
            }
            TransitChange::DeleteVpnGateway { gateway } => self.delete_vpn_gateway(gateway),
            TransitChange::EnableVgwRoutePropagation { gateway, table } => {
                self.enable_vgw_route_propagation(gateway, table)
            }
            TransitChange::DisableVgwRoutePropagation { gateway, table } => {
                self.disable_vgw_route_propagation(gateway, table)
            }
            TransitChange::AssociateVgwRouteTable { gateway, table } => {
                self.associate_vgw_route_table(gateway, table)
            }
            TransitChange::CreateCustomerGateway { name, on_premises, address } => {
                return made(self.create_customer_gateway(name, on_premises, address));
            }
            TransitChange::DeleteCustomerGateway { gateway } => {
                self.delete_customer_gateway(gateway)
            }
            TransitChange::CreateVpnConnection { name, customer_gateway, side, routing } => {
                return made(self.create_vpn_connection(name, customer_gateway, side, routing));
            }
            TransitChange::DeleteVpnConnection { vpn } => self.delete_vpn_connection(vpn),
            TransitChange::CreateVpnConnectionRoute { vpn, destination } => {
                self.create_vpn_connection_route(vpn, destination)
            }
            TransitChange::DeleteVpnConnectionRoute { vpn, destination } => {
                self.delete_vpn_connection_route(vpn, destination)
            }
            TransitChange::CreateDirectConnectGateway { name, on_premises } => {
                return made(self.create_direct_connect_gateway(name, on_premises));
            }
            TransitChange::DeleteDirectConnectGateway { line } => {
                self.delete_direct_connect_gateway(line)
            }
            TransitChange::CreateDirectConnectGatewayAssociation { line, gateway } => {
                self.associate_direct_connect_gateway(line, gateway)
            }
            TransitChange::DeleteDirectConnectGatewayAssociation { line, gateway } => {
                self.disassociate_direct_connect_gateway(line, gateway)
            }
            TransitChange::ConfigureVpnTunnels { vpn, tunnels } => {
                self.configure_vpn_tunnels(vpn, tunnels)
            }
            TransitChange::CreateOnPremises { name, cidrs, listening } => {
                return made(self.create_on_premises(name, cidrs, listening));
            }
            TransitChange::ConfigureOnPremises { on_premises, cidrs } => {
                self.configure_on_premises(on_premises, cidrs)
            }
            TransitChange::DeleteOnPremises { on_premises } => self.delete_on_premises(on_premises),
        }?;
        Ok(None)
    }
}
