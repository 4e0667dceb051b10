//! Transit gateway attachment: a door of a transit gateway, to a VPC, a VPN connection, a Direct
//! Connect gateway, a Connect peer, or another transit gateway.

use crate::{
    cloud::{
        DirectConnectGatewayId, Id, Name, Network, OnPremisesId, Quota, Reason, Refusal, SubnetId,
        Thing, TransitGatewayId, TransitGatewayRouteTableId, TransitReason, VpcId, VpnConnectionId,
        Zone, edit::Edit, transit_gateway_route_table::TransitTarget,
    },
    net::Cidr,
};

/// Names a [`TransitGatewayAttachment`].
pub type TransitGatewayAttachmentId = Id<TransitGatewayAttachment>;

/// A transit gateway attachment
/// (<https://docs.aws.amazon.com/vpc/latest/tgw/working-with-attachments.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransitGatewayAttachment {
    /// As the author wrote it.
    pub name: Name,
    /// The gateway it belongs to.
    pub gateway: TransitGatewayId,
    /// What is behind it.
    pub of: AttachmentOf,
    /// Whether it works.
    pub state: AttachmentState,
    /// The one table that decides where packets go that come in here; without one, nowhere
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    pub association: Option<TransitGatewayRouteTableId>,
    /// The tables that learn what is behind it.
    pub propagations: Vec<TransitGatewayRouteTableId>,
}

/// What is behind an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentOf {
    /// A VPC, with an interface of the gateway's in one subnet of each chosen zone
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>).
    Vpc {
        /// The VPC.
        vpc: VpcId,
        /// One subnet for each chosen zone.
        subnets: Vec<SubnetId>,
        /// Do both directions of a flow use the same zone?
        appliance_mode: bool,
        /// May inbound rules of other VPCs name groups of this one, and the reverse?
        group_references: bool,
    },
    /// A VPN connection.
    Vpn(VpnConnectionId),
    /// A Direct Connect gateway.
    DirectConnect(DirectConnectGatewayId),
    /// A Connect attachment: GRE and BGP to an appliance of one's own
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-connect.html>).
    Connect {
        /// The network behind the appliance.
        on_premises: OnPremisesId,
        /// What the appliance announces.
        prefixes: Vec<Cidr>,
    },
    /// Another transit gateway
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html>).
    Peering {
        /// The other gateway's attachment to this one.
        other: TransitGatewayAttachmentId,
    },
}

impl AttachmentOf {
    /// Can tables learn from it? Peering takes static routes alone, and so does a VPN connection
    /// with static routing, which has nothing to announce
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>).
    pub(super) fn propagates(&self) -> bool {
        !matches!(self, Self::Peering { .. })
    }
}

/// Where an attachment is in its life
/// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AttachmentState {
    /// Waits for the other account.
    PendingAcceptance,
    /// Being made.
    Pending,
    /// Works.
    #[default]
    Available,
    /// Being changed; works meanwhile.
    Modifying,
    /// Being taken away.
    Deleting,
    /// Could not be made.
    Failed,
    /// The other account refused.
    Rejected,
}

impl AttachmentState {
    /// Does it carry packets?
    pub fn works(self) -> bool {
        matches!(self, Self::Available | Self::Modifying)
    }
}

impl Network {
    /// The attachment between a VPC and a transit gateway: at most one
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html>).
    pub fn attachment_between(
        &self,
        gateway: TransitGatewayId,
        vpc: VpcId,
    ) -> Option<TransitGatewayAttachmentId> {
        self.index
            .vpc_attachments
            .range((gateway, vpc, Id::FIRST)..)
            .next()
            .filter(|it| (it.0, it.1) == (gateway, vpc))
            .map(|it| it.2)
    }

    /// The subnet of a VPC attachment through which packets come and go that stem from a zone.
    ///
    /// Who sends from a zone without a subnet cannot use the gateway. What comes from elsewhere
    /// stays in its zone where it can, and else crosses over
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-az-overview>).
    pub fn attachment_subnet(
        &self,
        attachment: TransitGatewayAttachmentId,
        zone: &Zone,
    ) -> Option<SubnetId> {
        let subnets = self.attachment_subnets(attachment);
        subnets.iter().copied().find(|it| self.subnets.get(*it).is_some_and(|it| it.zone == *zone))
    }

    /// The subnets in which a VPC attachment has its interfaces.
    pub fn attachment_subnets(&self, attachment: TransitGatewayAttachmentId) -> &[SubnetId] {
        match self.transit_gateway_attachments.get(attachment).map(|it| &it.of) {
            Some(AttachmentOf::Vpc { subnets, .. }) => subnets,
            _ => &[],
        }
    }

    /// May a rule behind one attachment name a group behind the other? Gateway and both attachments
    /// have to allow it, and the two meet in one gateway
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>).
    pub fn carries_group_references(
        &self,
        from: TransitGatewayAttachmentId,
        to: TransitGatewayAttachmentId,
    ) -> bool {
        let allows = |id| {
            let attachment: &TransitGatewayAttachment = self.transit_gateway_attachments.get(id)?;
            let on = matches!(attachment.of, AttachmentOf::Vpc { group_references: true, .. });
            on.then_some(attachment.gateway)
        };
        allows(from).is_some_and(|gateway| {
            allows(to) == Some(gateway)
                && self.transit_gateways.get(gateway).is_some_and(|it| it.group_references)
        })
    }
}

impl Edit<'_> {
    /// One attachment per VPC and gateway, one subnet per zone
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html>).
    pub fn create_transit_gateway_vpc_attachment(
        &mut self,
        name: Name,
        gateway: TransitGatewayId,
        vpc: VpcId,
        subnets: Vec<SubnetId>,
    ) -> Result<TransitGatewayAttachmentId, Refusal> {
        self.get(gateway)?;
        self.get(vpc)?;
        if let Some(other) = self.network.attachment_between(gateway, vpc) {
            let (here, there) = (Thing::Vpc(vpc), Thing::TransitGatewayAttachment(other));
            let reason = Reason::Transit(TransitReason::AlreadyConnected(here, there));
            return Err(Refusal::new("DuplicateTransitGatewayAttachment", reason));
        }
        self.check_attachment_subnets(vpc, &subnets)?;
        let of_vpc = |it: &TransitGatewayAttachment| matches!(it.of, AttachmentOf::Vpc { vpc: other, .. } if other == vpc);
        let attachments = self.network.transit_gateway_attachments.count(of_vpc);
        self.network.admits_one_more(Quota::TransitGatewaysPerVpc, attachments)?;
        let of = AttachmentOf::Vpc { vpc, subnets, appliance_mode: false, group_references: true };
        Ok(self.attach(name, gateway, of, AttachmentState::Available))
    }

    fn attach(
        &mut self,
        name: Name,
        gateway: TransitGatewayId,
        of: AttachmentOf,
        state: AttachmentState,
    ) -> TransitGatewayAttachmentId {
        let (association, propagations) = (None, Vec::new());
        let attachment =
            TransitGatewayAttachment { name, gateway, of, state, association, propagations };
        let id = self.make(attachment);
        self.associate_by_default(id);
        id
    }

    /// At least one subnet, all of the VPC, no two in one zone.
    fn check_attachment_subnets(&self, vpc: VpcId, subnets: &[SubnetId]) -> Result<(), Refusal> {
        if subnets.is_empty() {
            return Err(Refusal::new(
                "InvalidParameterValue",
                Reason::Transit(TransitReason::NoAttachmentSubnet),
            ));
        }
        for (place, &subnet) in subnets.iter().enumerate() {
            let row = self.get(subnet)?;
            if row.vpc != vpc {
                let reason = Reason::DifferentVpcs(Thing::Vpc(vpc), Thing::Subnet(subnet));
                return Err(Refusal::new("InvalidSubnetID.NotFound", reason));
            }
            let twin =
                subnets[..place].iter().find(|it| self.network.subnets[**it].zone == row.zone);
            if let Some(&other) = twin {
                let reason = Reason::Transit(TransitReason::SameZone(
                    Thing::Subnet(subnet),
                    Thing::Subnet(other),
                ));
                return Err(Refusal::new("DuplicateSubnetsInSameZone", reason));
            }
        }
        Ok(())
    }

    /// Other subnets, or other options; `None` leaves a part as it is
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayVpcAttachment.html>).
    pub fn modify_transit_gateway_vpc_attachment(
        &mut self,
        id: TransitGatewayAttachmentId,
        subnets: Option<Vec<SubnetId>>,
        appliance_mode: Option<bool>,
        group_references: Option<bool>,
    ) -> Result<(), Refusal> {
        let AttachmentOf::Vpc { vpc, .. } = self.get(id)?.of else {
            return Err(Refusal::new(
                "InvalidParameterValue",
                Reason::Transit(TransitReason::NotAVpcAttachment(id)),
            ));
        };
        if let Some(subnets) = &subnets {
            self.check_attachment_subnets(vpc, subnets)?;
        }
        self.change(id, |it| {
            let AttachmentOf::Vpc {
                subnets: old,
                appliance_mode: mode,
                group_references: groups,
                ..
            } = &mut it.of
            else {
                return;
            };
            *old = subnets.unwrap_or_else(|| old.clone());
            *mode = appliance_mode.unwrap_or(*mode);
            *groups = group_references.unwrap_or(*groups);
        });
        Ok(())
    }

    /// Both gateways get an attachment to the other, which waits until the other side accepts
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering-create.html>).
    pub fn create_transit_gateway_peering_attachment(
        &mut self,
        name: &Name,
        gateway: TransitGatewayId,
        peer: TransitGatewayId,
    ) -> Result<TransitGatewayAttachmentId, Refusal> {
        self.get(gateway)?;
        self.get(peer)?;
        let (here, there) = (Thing::TransitGateway(gateway), Thing::TransitGateway(peer));
        if gateway == peer {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(here, there));
            return Err(Refusal::new("InvalidTransitGatewayID.NotFound", reason));
        }
        if self.network.are_peers(gateway, peer) {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(here, there));
            return Err(Refusal::new("DuplicateTransitGatewayAttachment", reason));
        }
        let state = AttachmentState::PendingAcceptance;
        let side = |gateway, other| TransitGatewayAttachment {
            name: name.clone(),
            gateway,
            of: AttachmentOf::Peering { other },
            state,
            association: None,
            propagations: Vec::new(),
        };
        // The first names the second before that is there, and learns of it at once.
        let next = self.network.transit_gateway_attachments.next_id();
        let near = self.make(side(gateway, next));
        let far = self.make(side(peer, near));
        self.change(near, |it| it.of = AttachmentOf::Peering { other: far });
        Ok(near)
    }

    /// Attaches a Direct Connect gateway
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-dcg-attachments.html>).
    pub fn attach_direct_connect_gateway(
        &mut self,
        name: Name,
        gateway: TransitGatewayId,
        line: DirectConnectGatewayId,
    ) -> Result<TransitGatewayAttachmentId, Refusal> {
        self.get(gateway)?;
        let thing = Thing::DirectConnectGateway(line);
        if let Some(&by) = self.get(line)?.gateways.first() {
            let reason = Reason::InUse { thing, by: Thing::VirtualPrivateGateway(by) };
            return Err(Refusal::new("DirectConnectClientException", reason));
        }
        let attached = self
            .network
            .transit_gateway_attachments
            .find(|_, it| it.gateway == gateway && it.of == AttachmentOf::DirectConnect(line));
        if let Some(attachment) = attached {
            let there = Thing::TransitGatewayAttachment(attachment);
            let reason = Reason::Transit(TransitReason::AlreadyConnected(thing, there));
            return Err(Refusal::new("DuplicateTransitGatewayAttachment", reason));
        }
        let of = AttachmentOf::DirectConnect(line);
        Ok(self.attach(name, gateway, of, AttachmentState::Available))
    }

    /// A Connect attachment to an appliance in front of an on-premises network.
    pub fn create_transit_gateway_connect(
        &mut self,
        name: Name,
        gateway: TransitGatewayId,
        on_premises: OnPremisesId,
    ) -> Result<TransitGatewayAttachmentId, Refusal> {
        self.get(gateway)?;
        let prefixes = self.get(on_premises)?.cidrs.clone();
        let of = AttachmentOf::Connect { on_premises, prefixes };
        Ok(self.attach(name, gateway, of, AttachmentState::Available))
    }

    /// The other side says yes; both sides of a peering work from then on.
    pub fn accept_transit_gateway_attachment(
        &mut self,
        id: TransitGatewayAttachmentId,
    ) -> Result<(), Refusal> {
        self.answer_attachment(id, AttachmentState::Available)
    }

    /// The other side says no.
    pub fn reject_transit_gateway_attachment(
        &mut self,
        id: TransitGatewayAttachmentId,
    ) -> Result<(), Refusal> {
        self.answer_attachment(id, AttachmentState::Rejected)
    }

    fn answer_attachment(
        &mut self,
        id: TransitGatewayAttachmentId,
        state: AttachmentState,
    ) -> Result<(), Refusal> {
        if self.get(id)?.state != AttachmentState::PendingAcceptance {
            let reason = Reason::Transit(TransitReason::NotPending(id));
            return Err(Refusal::new("IncorrectState", reason));
        }
        for side in self.network.both_sides(id) {
            self.change(side, |it| it.state = state);
            self.associate_by_default(side);
        }
        Ok(())
    }

    /// Routes to it become blackholes, in the gateway's tables and in the VPC's. The attachment of a
    /// VPN connection goes with the connection.
    pub fn delete_transit_gateway_attachment(
        &mut self,
        id: TransitGatewayAttachmentId,
    ) -> Result<(), Refusal> {
        if let AttachmentOf::Vpn(vpn) = self.get(id)?.of {
            let (thing, by) = (Thing::TransitGatewayAttachment(id), Thing::VpnConnection(vpn));
            return Err(Refusal::new("IncorrectState", Reason::InUse { thing, by }));
        }
        for side in self.network.both_sides(id) {
            self.remove_attachment(side);
        }
        Ok(())
    }

    pub(super) fn remove_attachment(&mut self, id: TransitGatewayAttachmentId) {
        let name = self.network.transit_gateway_attachments[id].name.clone();
        let leads_there = |target: &TransitTarget| *target == TransitTarget::Attachment(id);
        let tables: Vec<_> = (self.network.transit_gateway_route_tables.iter())
            .filter(|(_, it)| it.routes.iter().any(|it| leads_there(&it.target)))
            .map(|(table, _)| table)
            .collect();
        for table in tables {
            self.change(table, |it| {
                for route in it.routes.iter_mut().filter(|it| leads_there(&it.target)) {
                    route.target = TransitTarget::Gone(name.clone());
                }
            });
        }
        self.remove(id);
    }

    /// A table decides about what comes in through the attachment. There is exactly one
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html>).
    pub fn associate_transit_gateway_route_table(
        &mut self,
        id: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    ) -> Result<(), Refusal> {
        let attachment = self.get(id)?;
        self.same_gateway(attachment.gateway, table)?;
        let here = Thing::TransitGatewayAttachment(id);
        if let Some(other) = attachment.association {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(
                here,
                Thing::TransitGatewayRouteTable(other),
            ));
            return Err(Refusal::new("Resource.AlreadyAssociated", reason));
        }
        if !attachment.state.works() {
            return Err(Refusal::new(
                "IncorrectState",
                Reason::Transit(TransitReason::AttachmentNotAvailable(id)),
            ));
        }
        self.change(id, |it| it.association = Some(table));
        Ok(())
    }

    pub fn disassociate_transit_gateway_route_table(
        &mut self,
        id: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    ) -> Result<(), Refusal> {
        if self.get(id)?.association != Some(table) {
            let here = Thing::TransitGatewayAttachment(id);
            let reason = Reason::Transit(TransitReason::NotConnected(
                here,
                Thing::TransitGatewayRouteTable(table),
            ));
            return Err(Refusal::new("InvalidAssociation.NotFound", reason));
        }
        self.change(id, |it| it.association = None);
        Ok(())
    }

    /// The table learns what is behind the attachment; there may be many
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableTransitGatewayRouteTablePropagation.html>).
    pub fn enable_transit_gateway_propagation(
        &mut self,
        id: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    ) -> Result<(), Refusal> {
        let attachment = self.get(id)?;
        self.same_gateway(attachment.gateway, table)?;
        let here = Thing::TransitGatewayAttachment(id);
        if attachment.propagations.contains(&table) {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(
                here,
                Thing::TransitGatewayRouteTable(table),
            ));
            let code = "TransitGatewayRouteTablePropagation.Duplicate";
            return Err(Refusal::new(code, reason));
        }
        if !attachment.of.propagates() {
            let reason = Reason::Transit(TransitReason::PeeringIsStatic(id));
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        if !attachment.state.works() {
            return Err(Refusal::new(
                "IncorrectState",
                Reason::Transit(TransitReason::AttachmentNotAvailable(id)),
            ));
        }
        self.change(id, |it| it.propagations.push(table));
        Ok(())
    }

    pub fn disable_transit_gateway_propagation(
        &mut self,
        id: TransitGatewayAttachmentId,
        table: TransitGatewayRouteTableId,
    ) -> Result<(), Refusal> {
        if !self.get(id)?.propagations.contains(&table) {
            let here = Thing::TransitGatewayAttachment(id);
            let reason = Reason::Transit(TransitReason::NotConnected(
                here,
                Thing::TransitGatewayRouteTable(table),
            ));
            let code = "TransitGatewayRouteTablePropagation.NotFound";
            return Err(Refusal::new(code, reason));
        }
        self.change(id, |it| it.propagations.retain(|it| *it != table));
        Ok(())
    }
}

impl Network {
    /// Has either gateway an attachment to the other?
    fn are_peers(&self, one: TransitGatewayId, other: TransitGatewayId) -> bool {
        let attachments = &self.transit_gateway_attachments;
        attachments.iter().any(|(_, it)| match it.of {
            AttachmentOf::Peering { other: far } => {
                let far = attachments.get(far).map(|it| it.gateway);
                it.state != AttachmentState::Rejected && (it.gateway, far) == (one, Some(other))
            }
            _ => false,
        })
    }

    /// The attachment, and the other side's when it is a peering.
    fn both_sides(&self, id: TransitGatewayAttachmentId) -> Vec<TransitGatewayAttachmentId> {
        let mut sides = vec![id];
        if let Some(AttachmentOf::Peering { other }) =
            self.transit_gateway_attachments.get(id).map(|it| &it.of)
            && self.transit_gateway_attachments.get(*other).is_some()
        {
            sides.push(*other);
        }
        sides
    }
}
