//! Virtual private gateway: AWS's end of VPN connections and of Direct Connect, on one VPC.

use std::net::IpAddr;

use crate::{
    cloud::{
        Id, Link, Name, Network, Origin, Reason, Refusal, Route, RouteTableId, Target, Thing,
        TransitReason, VpcId, edit::Edit, vpn::VpnSide,
    },
    net::Cidr,
};

/// Names a [`VirtualPrivateGateway`].
pub type VirtualPrivateGatewayId = Id<VirtualPrivateGateway>;

/// A virtual private gateway (<https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualPrivateGateway {
    /// As the author wrote it.
    pub name: Name,
    /// The VPC it is attached to, at most one.
    pub vpc: Option<VpcId>,
    /// The tables of the VPC that learn its routes
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html#vpn-configure-route-tables>).
    pub propagates_to: Vec<RouteTableId>,
    /// The table that decides for what comes in through it, when there is one
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>).
    pub route_table: Option<RouteTableId>,
}

impl Network {
    /// The virtual private gateway attached to a VPC.
    pub fn virtual_private_gateway_of(&self, vpc: VpcId) -> Option<super::VirtualPrivateGatewayId> {
        self.virtual_private_gateways.find(|_, it| it.vpc == Some(vpc))
    }

    /// What AWS knows over a link that works, or that a person wrote down for it.
    pub(super) fn known(&self, link: Link) -> &[Cidr] {
        match link {
            Link::Vpn(id) => self.vpn_connections.get(id).map_or(&[], |it| it.known()),
            _ if self.is_up(link) => self.prefixes(link),
            _ => &[],
        }
    }

    /// The blocks that a virtual private gateway knows, in the order of their links, each once.
    pub fn blocks_known_to(&self, gateway: VirtualPrivateGatewayId) -> Vec<Cidr> {
        let mut blocks = Vec::new();
        for link in self.links_at(gateway) {
            for cidr in self.known(link) {
                if !blocks.contains(cidr) {
                    blocks.push(*cidr);
                }
            }
        }
        blocks
    }

    /// The link by which a virtual private gateway sends to a destination: one that works before one
    /// that does not, then the longest prefix, then Direct Connect before static VPN routes before
    /// BGP over VPN, then the oldest. It forwards to nothing that it does not know
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>).
    pub fn link_towards(
        &self,
        gateway: VirtualPrivateGatewayId,
        destination: IpAddr,
        fits: impl Fn(Link) -> bool,
    ) -> Option<Link> {
        let length = |link| {
            let blocks = self.prefixes(link).iter().filter(|it| it.contains(destination));
            blocks.map(|it| it.length()).max()
        };
        self.links_at(gateway)
            .filter(|link| fits(*link))
            .filter_map(|link| Some((link, length(link)?)))
            .min_by_key(|(link, length)| {
                (!self.is_up(*link), u8::MAX - length, self.rank(*link), *link)
            })
            .map(|(link, _)| link)
    }
}

impl Edit<'_> {
    pub fn create_vpn_gateway(&mut self, name: Name) -> Result<VirtualPrivateGatewayId, Refusal> {
        let gateways = self.network.virtual_private_gateways.len();
        self.network.admits_one_more(super::Quota::VirtualPrivateGateways, gateways)?;
        let propagates_to = Vec::new();
        Ok(self.make(VirtualPrivateGateway { name, vpc: None, propagates_to, route_table: None }))
    }

    /// One gateway per VPC, one VPC per gateway
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html>).
    pub fn attach_vpn_gateway(
        &mut self,
        id: VirtualPrivateGatewayId,
        vpc: VpcId,
    ) -> Result<(), Refusal> {
        let here = Thing::VirtualPrivateGateway(id);
        if let Some(vpc) = self.get(id)?.vpc {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(here, Thing::Vpc(vpc)));
            return Err(Refusal::new("VpnGatewayAttachmentLimitExceeded", reason));
        }
        self.get(vpc)?;
        if let Some(other) = self.network.virtual_private_gateway_of(vpc) {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(
                Thing::Vpc(vpc),
                Thing::VirtualPrivateGateway(other),
            ));
            return Err(Refusal::new("InvalidVpcState", reason));
        }
        self.change(id, |it| it.vpc = Some(vpc));
        Ok(())
    }

    /// Learned routes go; written ones stay and lead nowhere.
    pub fn detach_vpn_gateway(
        &mut self,
        id: VirtualPrivateGatewayId,
        vpc: VpcId,
    ) -> Result<(), Refusal> {
        if self.get(id)?.vpc != Some(vpc) {
            let reason = Reason::Transit(TransitReason::NotConnected(
                Thing::VirtualPrivateGateway(id),
                Thing::Vpc(vpc),
            ));
            return Err(Refusal::new("InvalidVpnGatewayAttachment.NotFound", reason));
        }
        self.forget_propagated(id);
        self.change(id, |it| {
            it.vpc = None;
            it.route_table = None;
            it.propagates_to.clear();
        });
        Ok(())
    }

    /// A gateway goes when nothing hangs on it.
    pub fn delete_vpn_gateway(&mut self, id: VirtualPrivateGatewayId) -> Result<(), Refusal> {
        let gateway = self.get(id)?;
        let name = gateway.name.clone();
        let thing = Thing::VirtualPrivateGateway(id);
        let network = &*self.network;
        let needed_by = None
            .or(gateway.vpc.map(Thing::Vpc))
            .or(network
                .vpn_connections
                .find(|_, it| it.side == VpnSide::VirtualPrivateGateway(id))
                .map(Thing::VpnConnection))
            .or(network
                .direct_connect_gateways
                .find(|_, it| it.gateways.contains(&id))
                .map(Thing::DirectConnectGateway));
        if let Some(by) = needed_by {
            return Err(Refusal::new("IncorrectState", Reason::InUse { thing, by }));
        }
        self.blackhole_routes_to(&Target::VirtualPrivateGateway(id), &name);
        self.remove(id);
        Ok(())
    }

    /// From now on the table learns what the gateway knows.
    pub fn enable_vgw_route_propagation(
        &mut self,
        id: VirtualPrivateGatewayId,
        table: RouteTableId,
    ) -> Result<(), Refusal> {
        let (vpc, already) = {
            let gateway = self.get(id)?;
            (gateway.vpc, gateway.propagates_to.contains(&table))
        };
        let (here, there) = (Thing::VirtualPrivateGateway(id), Thing::RouteTable(table));
        let home = self.get(table)?.vpc;
        if vpc != Some(home) {
            let reason = Reason::Transit(TransitReason::NotConnected(here, Thing::Vpc(home)));
            return Err(Refusal::new("Gateway.NotAttached", reason));
        }
        if already {
            let reason = Reason::Transit(TransitReason::AlreadyConnected(here, there));
            return Err(Refusal::new("RouteTable.AlreadyPropagating", reason));
        }
        // A gateway's table learns nothing
        // (https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html).
        if let Some(by) = self.network.gateway_of_table(table) {
            let reason = Reason::InUse { thing: there, by };
            return Err(Refusal::new("InvalidParameterValue", reason));
        }
        self.change(id, |it| it.propagates_to.push(table));
        self.propagate_from(id);
        Ok(())
    }

    /// The table forgets what it learned.
    pub fn disable_vgw_route_propagation(
        &mut self,
        id: VirtualPrivateGatewayId,
        table: RouteTableId,
    ) -> Result<(), Refusal> {
        if !self.get(id)?.propagates_to.contains(&table) {
            let reason = Reason::Transit(TransitReason::NotConnected(
                Thing::VirtualPrivateGateway(id),
                Thing::RouteTable(table),
            ));
            return Err(Refusal::new("RouteTable.NotPropagating", reason));
        }
        self.forget_propagated(id);
        self.change(id, |it| it.propagates_to.retain(|it| *it != table));
        self.propagate_from(id);
        Ok(())
    }

    /// A table for what comes in through the gateway, or none any more: what
    /// [`associate_gateway_route_table`](Self::associate_gateway_route_table) wants of it.
    pub fn associate_vgw_route_table(
        &mut self,
        id: VirtualPrivateGatewayId,
        table: Option<RouteTableId>,
    ) -> Result<(), Refusal> {
        let gateway = self.get(id)?;
        let (vpc, current) = (gateway.vpc, gateway.route_table);
        let here = Thing::VirtualPrivateGateway(id);
        match table {
            Some(table) => self.check_gateway_table(here, vpc, table)?,
            None if current.is_none() => {
                let reason = Reason::GatewayWithoutTable(here);
                return Err(Refusal::new("InvalidParameterValue", reason));
            }
            None => {}
        }
        self.change(id, |it| it.route_table = table);
        Ok(())
    }

    fn forget_propagated(&mut self, id: VirtualPrivateGatewayId) {
        for table in self.network.virtual_private_gateways[id].propagates_to.clone() {
            self.learn(id, table, &[]);
        }
    }

    /// The tables that learn from a gateway learn what it knows now.
    pub(super) fn propagate_from(&mut self, id: VirtualPrivateGatewayId) {
        let blocks = self.network.blocks_known_to(id);
        for table in self.network.virtual_private_gateways[id].propagates_to.clone() {
            self.learn(id, table, &blocks);
        }
    }

    /// A table that already says so is left alone.
    fn learn(&mut self, id: VirtualPrivateGatewayId, table: RouteTableId, blocks: &[Cidr]) {
        let target = Target::VirtualPrivateGateway(id);
        let learned = |it: &Route| it.origin == Origin::Propagated && it.target == target;
        let Some(row) = self.network.route_tables.get(table) else { return };
        let known = row.routes.iter().filter(|it| learned(it)).map(|it| &it.destination);
        if known.eq(blocks) {
            return;
        }
        self.change(table, |it| {
            it.routes.retain(|it| !learned(it));
            it.routes.extend(blocks.iter().map(|destination| Route {
                destination: *destination,
                target: target.clone(),
                origin: Origin::Propagated,
            }));
        });
    }
}
