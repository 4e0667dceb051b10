//! What can be wrong with a change of transit gateways, virtual private gateways, VPN, Direct Connect and on-premises networks.

use crate::{
    cloud::{Reason, Thing, TransitGatewayAttachmentId, VpnConnectionId},
    net::Cidr,
};

/// What exactly is wrong with a change of transit gateways, virtual private gateways, VPN, Direct Connect and on-premises networks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransitReason {
    /// These two are connected already, or the first is connected to the second and may have no other.
    AlreadyConnected(Thing, Thing),
    /// These two are not connected.
    NotConnected(Thing, Thing),
    /// Two things that belong to different transit gateways.
    DifferentTransitGateways(Thing, Thing),
    /// The attachment does not work yet, or not any more.
    AttachmentNotAvailable(TransitGatewayAttachmentId),
    /// The attachment does not wait for an answer.
    NotPending(TransitGatewayAttachmentId),
    /// An attachment to a VPC is wanted.
    NotAVpcAttachment(TransitGatewayAttachmentId),
    /// An attachment to a VPC stands in at least one subnet.
    NoAttachmentSubnet,
    /// Two subnets of one zone, where each zone gives one.
    SameZone(Thing, Thing),
    /// Nothing is learned from a peering: its routes are written by people.
    PeeringIsStatic(TransitGatewayAttachmentId),
    /// The table or connection has a route for this destination.
    DestinationExists(Thing, Cidr),
    /// The table or connection has no route for this destination that people wrote.
    DestinationUnknown(Thing, Cidr),
    /// The connection learns its routes with BGP.
    VpnIsDynamic(VpnConnectionId),
    /// An on-premises network has a block at least.
    NoBlock,
}

impl From<TransitReason> for Reason {
    fn from(reason: TransitReason) -> Self {
        Self::Transit(reason)
    }
}
