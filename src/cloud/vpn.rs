//! Site-to-Site VPN connection: two tunnels between a customer gateway and AWS.

use crate::{
    cloud::{
        CustomerGatewayId, Id, Name, Network, Reason, Refusal, Thing, TransitGatewayAttachmentId,
        TransitGatewayId, TransitReason, VirtualPrivateGatewayId,
        edit::Edit,
        transit_gateway_attachment::{AttachmentOf, AttachmentState, TransitGatewayAttachment},
    },
    net::Cidr,
};

/// Names a [`VpnConnection`].
pub type VpnConnectionId = Id<VpnConnection>;

/// A Site-to-Site VPN connection (<https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VpnConnection {
    /// As the author wrote it.
    pub name: Name,
    /// The far end.
    pub customer_gateway: CustomerGatewayId,
    /// The end on AWS's side.
    pub side: VpnSide,
    /// How AWS knows where it leads.
    pub routing: VpnRouting,
    /// Two tunnels end in two zones, so that either may fail
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html>).
    pub tunnels: [Tunnel; 2],
    /// Does it run inside a Direct Connect line, between private addresses?
    pub private: bool,
}

/// Where a VPN connection ends on AWS's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VpnSide {
    /// At a virtual private gateway.
    VirtualPrivateGateway(VirtualPrivateGatewayId),
    /// At a transit gateway, where it has an attachment.
    TransitGateway(TransitGatewayId),
}

/// How AWS knows the blocks at the far end
/// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-static-dynamic.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VpnRouting {
    /// A person wrote them down for this connection. A transit gateway takes none of them: there,
    /// static routes stand in its own tables
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    Static(Vec<Cidr>),
    /// The far end announces them with BGP.
    Bgp(Vec<Cidr>),
}

impl VpnRouting {
    /// The blocks at the far end.
    pub fn prefixes(&self) -> &[Cidr] {
        match self {
            Self::Static(prefixes) | Self::Bgp(prefixes) => prefixes,
        }
    }

    /// Are they announced?
    pub fn is_dynamic(&self) -> bool {
        matches!(self, Self::Bgp(_))
    }
}

/// Whether a tunnel works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tunnel {
    /// It does.
    Up,
    /// It does not.
    Down,
}

impl VpnConnection {
    /// One tunnel is enough
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-redundant-connection.html>).
    pub fn is_up(&self) -> bool {
        self.tunnels.contains(&Tunnel::Up)
    }

    /// What AWS knows of the far end now. With BGP it forgets what it heard when no tunnel is left
    /// to hear it through; what a person wrote stays.
    pub fn known(&self) -> &[Cidr] {
        if self.routing.is_dynamic() && !self.is_up() { &[] } else { self.routing.prefixes() }
    }
}

impl Network {
    /// The attachment of a VPN connection that ends at a transit gateway.
    pub fn attachment_of_vpn(&self, vpn: VpnConnectionId) -> Option<TransitGatewayAttachmentId> {
        self.transit_gateway_attachments.find(|_, it| it.of == AttachmentOf::Vpn(vpn))
    }
}

impl Edit<'_> {
    /// At a transit gateway, a VPN connection comes with its attachment
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpn-attachments.html>).
    pub fn create_vpn_connection(
        &mut self,
        name: Name,
        customer_gateway: CustomerGatewayId,
        side: VpnSide,
        routing: VpnRouting,
    ) -> Result<VpnConnectionId, Refusal> {
        self.get(customer_gateway)?;
        match side {
            VpnSide::VirtualPrivateGateway(gateway) => {
                self.get(gateway)?;
            }
            VpnSide::TransitGateway(gateway) => {
                self.get(gateway)?;
            }
        }
        // A virtual private gateway carries IPv4 alone
        // (https://docs.aws.amazon.com/vpn/latest/s2svpn/ipv4-ipv6.html).
        if let VpnSide::VirtualPrivateGateway(_) = side
            && let Some(&cidr) = routing.prefixes().iter().find(|it| !it.is_ipv4())
        {
            let reason = Reason::BlockNotIpv4(cidr);
            return Err(Refusal::new("InvalidParameterCombination", reason));
        }
        let tunnels = [Tunnel::Up; 2];
        let vpn = VpnConnection {
            name: name.clone(),
            customer_gateway,
            side,
            routing,
            tunnels,
            private: false,
        };
        let id = self.make(vpn);
        match side {
            VpnSide::VirtualPrivateGateway(gateway) => self.propagate_from(gateway),
            VpnSide::TransitGateway(gateway) => {
                let attachment = self.make(TransitGatewayAttachment {
                    name,
                    gateway,
                    of: AttachmentOf::Vpn(id),
                    state: AttachmentState::Available,
                    association: None,
                    propagations: Vec::new(),
                });
                self.associate_by_default(attachment);
            }
        }
        Ok(id)
    }

    /// With the connection goes its attachment, and what was learned through it.
    pub fn delete_vpn_connection(&mut self, id: VpnConnectionId) -> Result<(), Refusal> {
        let side = self.get(id)?.side;
        if let Some(attachment) = self.network.attachment_of_vpn(id) {
            self.remove_attachment(attachment);
        }
        self.remove(id);
        if let VpnSide::VirtualPrivateGateway(gateway) = side {
            self.propagate_from(gateway);
        }
        Ok(())
    }

    /// Only a connection with static routing takes routes from people
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-edit-static-routes.html>).
    pub fn create_vpn_connection_route(
        &mut self,
        id: VpnConnectionId,
        destination: Cidr,
    ) -> Result<(), Refusal> {
        let vpn = self.get(id)?;
        let (name, side) = (Thing::VpnConnection(id), vpn.side);
        let VpnRouting::Static(prefixes) = &vpn.routing else {
            return Err(Refusal::new(
                "InvalidParameterValue",
                Reason::Transit(TransitReason::VpnIsDynamic(id)),
            ));
        };
        if let VpnSide::VirtualPrivateGateway(_) = side
            && !destination.is_ipv4()
        {
            let reason = Reason::BlockNotIpv4(destination);
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if prefixes.contains(&destination) {
            let reason = Reason::Transit(TransitReason::DestinationExists(name, destination));
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.change_prefixes(id, |prefixes| prefixes.push(destination));
        Ok(())
    }

    pub fn delete_vpn_connection_route(
        &mut self,
        id: VpnConnectionId,
        destination: Cidr,
    ) -> Result<(), Refusal> {
        let vpn = self.get(id)?;
        let VpnRouting::Static(prefixes) = &vpn.routing else {
            return Err(Refusal::new(
                "InvalidParameterValue",
                Reason::Transit(TransitReason::VpnIsDynamic(id)),
            ));
        };
        if !prefixes.contains(&destination) {
            let reason = Reason::Transit(TransitReason::DestinationUnknown(
                Thing::VpnConnection(id),
                destination,
            ));
            return Err(Refusal::new("InvalidRoute.NotFound", reason));
        }
        self.change_prefixes(id, |prefixes| prefixes.retain(|it| *it != destination));
        Ok(())
    }

    fn change_prefixes(&mut self, id: VpnConnectionId, edit: impl FnOnce(&mut Vec<Cidr>)) {
        self.change(id, |it| match &mut it.routing {
            VpnRouting::Static(prefixes) | VpnRouting::Bgp(prefixes) => edit(prefixes),
        });
        self.propagate_from_vpn(id);
    }

    /// Not AWS's: a tunnel fails, or comes back.
    pub fn configure_vpn_tunnels(
        &mut self,
        id: VpnConnectionId,
        tunnels: [Tunnel; 2],
    ) -> Result<(), Refusal> {
        self.get(id)?;
        self.change(id, |it| it.tunnels = tunnels);
        self.propagate_from_vpn(id);
        Ok(())
    }

    fn propagate_from_vpn(&mut self, id: VpnConnectionId) {
        if let VpnSide::VirtualPrivateGateway(gateway) = self.network.vpn_connections[id].side {
            self.propagate_from(gateway);
        }
    }
}
