//! Direct Connect gateway: a line of one's own into AWS.

use crate::{
    cloud::{
        Id, Name, OnPremisesId, Reason, Refusal, Thing, TransitReason, VirtualPrivateGatewayId,
        edit::Edit, transit_gateway_attachment::AttachmentOf,
    },
    net::Cidr,
};

/// Names a [`DirectConnectGateway`].
pub type DirectConnectGatewayId = Id<DirectConnectGateway>;

/// A Direct Connect gateway with its line to one on-premises network. It leads to virtual private
/// gateways, or, when attached, to a transit gateway; never from one of these to another
/// (<https://docs.aws.amazon.com/directconnect/latest/UserGuide/direct-connect-gateways-intro.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectConnectGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The network at the other end of the line.
    pub on_premises: OnPremisesId,
    /// The virtual private gateways that it is associated with.
    pub gateways: Vec<VirtualPrivateGatewayId>,
    /// What the other end announces with BGP.
    pub prefixes: Vec<Cidr>,
    /// Does the line work?
    pub up: bool,
}

impl Edit<'_> {
    pub fn create_direct_connect_gateway(
        &mut self,
        name: Name,
        on_premises: OnPremisesId,
    ) -> Result<DirectConnectGatewayId, Refusal> {
        let prefixes = self.get(on_premises)?.cidrs.clone();
        let gateways = Vec::new();
        Ok(self.make(DirectConnectGateway { name, on_premises, gateways, prefixes, up: true }))
    }

    /// It goes when it leads to no gateway any more
    /// (<https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DeleteDirectConnectGateway.html>).
    pub fn delete_direct_connect_gateway(
        &mut self,
        id: DirectConnectGatewayId,
    ) -> Result<(), Refusal> {
        let private = self.get(id)?.gateways.first().copied().map(Thing::VirtualPrivateGateway);
        let attached = self
            .network
            .transit_gateway_attachments
            .find(|_, it| it.of == AttachmentOf::DirectConnect(id))
            .map(Thing::TransitGatewayAttachment);
        if let Some(by) = private.or(attached) {
            let reason = Reason::InUse { thing: Thing::DirectConnectGateway(id), by };
            return Err(Refusal::new("DirectConnectClientException", reason));
        }
        self.remove(id);
        Ok(())
    }

    /// It leads to virtual private gateways or to transit gateways, not to both
    /// (<https://docs.aws.amazon.com/directconnect/latest/UserGuide/direct-connect-gateways.html>).
    pub fn associate_direct_connect_gateway(
        &mut self,
        id: DirectConnectGatewayId,
        gateway: VirtualPrivateGatewayId,
    ) -> Result<(), Refusal> {
        let line = self.get(id)?;
        self.get(gateway)?;
        let code = "DirectConnectClientException";
        let (here, there) =
            (Thing::DirectConnectGateway(id), Thing::VirtualPrivateGateway(gateway));
        if line.gateways.contains(&gateway) {
            return Err(Refusal::new(
                code,
                Reason::Transit(TransitReason::AlreadyConnected(here, there)),
            ));
        }
        let attached = self
            .network
            .transit_gateway_attachments
            .find(|_, it| it.of == AttachmentOf::DirectConnect(id));
        if let Some(attachment) = attached {
            let by = Thing::TransitGatewayAttachment(attachment);
            return Err(Refusal::new(code, Reason::InUse { thing: here, by }));
        }
        self.change(id, |it| it.gateways.push(gateway));
        self.propagate_from(gateway);
        Ok(())
    }

    pub fn disassociate_direct_connect_gateway(
        &mut self,
        id: DirectConnectGatewayId,
        gateway: VirtualPrivateGatewayId,
    ) -> Result<(), Refusal> {
        let line = self.get(id)?;
        if !line.gateways.contains(&gateway) {
            let (here, there) =
                (Thing::DirectConnectGateway(id), Thing::VirtualPrivateGateway(gateway));
            let reason = Reason::Transit(TransitReason::NotConnected(here, there));
            return Err(Refusal::new("DirectConnectClientException", reason));
        }
        self.change(id, |it| it.gateways.retain(|it| *it != gateway));
        self.propagate_from(gateway);
        Ok(())
    }
}
