//! On-premises network: what lies behind the far end of a VPN connection or of Direct Connect.

use std::net::IpAddr;

use crate::{
    cloud::{
        CustomerGatewayId, DirectConnectGatewayId, Id, Listening, Name, Network, Reason, Refusal,
        Thing, TransitGatewayAttachmentId, TransitReason, VirtualPrivateGatewayId, VpnConnectionId,
        VpnRouting,
        customer_gateway::CustomerGateway,
        edit::Edit,
        transit_gateway_attachment::AttachmentOf,
        vpn::{VpnConnection, VpnSide},
    },
    net::Cidr,
};

/// Names an [`OnPremises`].
pub type OnPremisesId = Id<OnPremises>;

/// A network of one's own outside AWS: an office, a data center. Any address of its blocks may be a
/// host in it; inside, everybody reaches everybody, and whatever is for elsewhere goes to AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnPremises {
    /// As the author wrote it.
    pub name: Name,
    /// Its blocks, at least one.
    pub cidrs: Vec<Cidr>,
    /// The host that is meant when a packet names the network alone.
    pub address: IpAddr,
    /// Which ports its hosts answer.
    pub listening: Listening,
}

impl OnPremises {
    /// Is the address one of its own?
    pub fn contains(&self, address: IpAddr) -> bool {
        self.cidrs.iter().any(|it| it.contains(address))
    }

    /// The host that stands for a block when nobody names one: the tenth, or the last of few.
    pub fn usual_address(cidr: Cidr) -> IpAddr {
        cidr.nth(10).unwrap_or(cidr.last())
    }
}

/// One way between an on-premises network and AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Over Direct Connect.
    DirectConnect(DirectConnectGatewayId),
    /// Through a transit gateway's Connect attachment (GRE and BGP).
    Connect(TransitGatewayAttachmentId),
    /// Through the tunnels of a VPN connection.
    Vpn(VpnConnectionId),
}

/// Where a [`Link`] ends on AWS's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkEnd {
    /// A virtual private gateway.
    VirtualPrivateGateway(VirtualPrivateGatewayId),
    /// A transit gateway, through this attachment.
    Attachment(TransitGatewayAttachmentId),
}

impl Link {
    /// The object that a reader knows the link by.
    pub fn thing(self) -> Thing {
        match self {
            Self::DirectConnect(id) => Thing::DirectConnectGateway(id),
            Self::Connect(id) => Thing::TransitGatewayAttachment(id),
            Self::Vpn(id) => Thing::VpnConnection(id),
        }
    }
}

impl Network {
    /// The on-premises network behind a link.
    pub fn on_premises_behind(&self, link: Link) -> Option<OnPremisesId> {
        match link {
            Link::DirectConnect(id) => Some(self.direct_connect_gateways.get(id)?.on_premises),
            Link::Connect(id) => match self.transit_gateway_attachments.get(id)?.of {
                AttachmentOf::Connect { on_premises, .. } => Some(on_premises),
                _ => None,
            },
            Link::Vpn(id) => {
                let customer = self.vpn_connections.get(id)?.customer_gateway;
                Some(self.customer_gateways.get(customer)?.on_premises)
            }
        }
    }

    /// What AWS learns over a link: where it leads.
    pub fn prefixes(&self, link: Link) -> &[Cidr] {
        match link {
            Link::DirectConnect(id) => {
                self.direct_connect_gateways.get(id).map_or(&[], |it| &it.prefixes)
            }
            Link::Connect(id) => match self.transit_gateway_attachments.get(id).map(|it| &it.of) {
                Some(AttachmentOf::Connect { prefixes, .. }) => prefixes,
                _ => &[],
            },
            Link::Vpn(id) => self.vpn_connections.get(id).map_or(&[], |it| it.routing.prefixes()),
        }
    }

    /// Does an on-premises network announce a default route over a line that works, so that AWS
    /// sends it whatever has no other route?
    pub fn leads_everywhere(&self, on_premises: OnPremisesId, address: IpAddr) -> bool {
        self.links_of(on_premises).any(|(link, _)| {
            let default = |it: &Cidr| it.length() == 0 && it.contains(address);
            self.is_up(link) && self.prefixes(link).iter().any(default)
        })
    }

    /// Does the link carry packets?
    pub fn is_up(&self, link: Link) -> bool {
        match link {
            Link::DirectConnect(id) => self.direct_connect_gateways.get(id).is_some_and(|it| it.up),
            Link::Connect(id) => {
                self.transit_gateway_attachments.get(id).is_some_and(|it| it.state.works())
            }
            Link::Vpn(id) => self.vpn_connections.get(id).is_some_and(VpnConnection::is_up),
        }
    }

    /// Do both ends of the link tell each other their routes, with BGP?
    pub fn is_dynamic(&self, link: Link) -> bool {
        match link {
            Link::DirectConnect(_) | Link::Connect(_) => true,
            Link::Vpn(id) => self.vpn_connections.get(id).is_some_and(|it| it.routing.is_dynamic()),
        }
    }

    /// How AWS prefers links that lead to the same block, the lowest first: Direct Connect, then
    /// VPN connections with static routes, then those with BGP
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html>).
    pub(super) fn rank(&self, link: Link) -> u8 {
        match link {
            Link::DirectConnect(_) => 0,
            Link::Connect(_) => 1,
            Link::Vpn(_) if !self.is_dynamic(link) => 2,
            Link::Vpn(_) => 3,
        }
    }

    /// Every way between an on-premises network and AWS, with its end on AWS's side.
    pub fn links_of(&self, on_premises: OnPremisesId) -> impl Iterator<Item = (Link, LinkEnd)> {
        self.links().filter(move |(link, _)| self.on_premises_behind(*link) == Some(on_premises))
    }

    /// The links that end at a virtual private gateway.
    pub fn links_at(&self, gateway: VirtualPrivateGatewayId) -> impl Iterator<Item = Link> {
        self.links()
            .filter(move |(_, end)| *end == LinkEnd::VirtualPrivateGateway(gateway))
            .map(|(link, _)| link)
    }

    /// Every link with its end on AWS's side, Direct Connect first, then in the order they were made.
    pub(super) fn links(&self) -> impl Iterator<Item = (Link, LinkEnd)> {
        let private = self.direct_connect_gateways.iter().flat_map(|(id, it)| {
            let end = |gateway: &_| LinkEnd::VirtualPrivateGateway(*gateway);
            it.gateways.iter().map(move |gateway| (Link::DirectConnect(id), end(gateway)))
        });
        let attached = self.transit_gateway_attachments.iter().filter_map(|(id, it)| {
            let link = match it.of {
                AttachmentOf::DirectConnect(gateway) => Link::DirectConnect(gateway),
                AttachmentOf::Connect { .. } => Link::Connect(id),
                AttachmentOf::Vpn(vpn) => Link::Vpn(vpn),
                AttachmentOf::Vpc { .. } | AttachmentOf::Peering { .. } => return None,
            };
            Some((link, LinkEnd::Attachment(id)))
        });
        let vpns = self.vpn_connections.iter().filter_map(|(id, it)| match it.side {
            VpnSide::VirtualPrivateGateway(gateway) => {
                Some((Link::Vpn(id), LinkEnd::VirtualPrivateGateway(gateway)))
            }
            VpnSide::TransitGateway(_) => None,
        });
        private.chain(attached).chain(vpns)
    }
}

impl Network {
    /// What an object that joins networks is directly joined with, in the order of a path through
    /// it: VPCs on one side, on-premises networks on the other.
    pub fn joined_with(&self, thing: Thing) -> Vec<Thing> {
        let mut found = Vec::new();
        let attachments = || self.transit_gateway_attachments.iter();
        match thing {
            Thing::TransitGateway(id) => {
                let mine = attachments().filter(|(_, it)| it.gateway == id);
                found.extend(mine.map(|(id, _)| Thing::TransitGatewayAttachment(id)));
                let tables = self.transit_gateway_route_tables.iter();
                let tables = tables.filter(|(_, it)| it.gateway == id);
                found.extend(tables.map(|(id, _)| Thing::TransitGatewayRouteTable(id)));
            }
            Thing::TransitGatewayAttachment(id) => {
                let Some(row) = self.transit_gateway_attachments.get(id) else { return found };
                match &row.of {
                    AttachmentOf::Vpc { vpc, subnets, .. } => {
                        found.push(Thing::Vpc(*vpc));
                        found.extend(subnets.iter().map(|it| Thing::Subnet(*it)));
                    }
                    AttachmentOf::Vpn(vpn) => found.push(Thing::VpnConnection(*vpn)),
                    AttachmentOf::DirectConnect(line) => {
                        found.push(Thing::DirectConnectGateway(*line));
                    }
                    AttachmentOf::Connect { on_premises, .. } => {
                        found.push(Thing::OnPremises(*on_premises));
                    }
                    AttachmentOf::Peering { other } => {
                        found.push(Thing::TransitGatewayAttachment(*other));
                    }
                }
                found.push(Thing::TransitGateway(row.gateway));
                found.extend(row.association.map(Thing::TransitGatewayRouteTable));
            }
            Thing::TransitGatewayRouteTable(id) => {
                let Some(row) = self.transit_gateway_route_tables.get(id) else { return found };
                found.push(Thing::TransitGateway(row.gateway));
                let mine = attachments().filter(|(_, it)| it.association == Some(id));
                found.extend(mine.map(|(id, _)| Thing::TransitGatewayAttachment(id)));
            }
            Thing::VirtualPrivateGateway(id) => {
                let Some(row) = self.virtual_private_gateways.get(id) else { return found };
                found.extend(row.vpc.map(Thing::Vpc));
                found.extend(self.links_at(id).map(Link::thing));
            }
            Thing::VpnConnection(id) => {
                let Some(row) = self.vpn_connections.get(id) else { return found };
                found.push(match row.side {
                    VpnSide::VirtualPrivateGateway(id) => Thing::VirtualPrivateGateway(id),
                    VpnSide::TransitGateway(id) => Thing::TransitGateway(id),
                });
                found.push(Thing::CustomerGateway(row.customer_gateway));
            }
            Thing::CustomerGateway(id) => {
                let Some(row) = self.customer_gateways.get(id) else { return found };
                found.push(Thing::OnPremises(row.on_premises));
            }
            Thing::DirectConnectGateway(id) => {
                let Some(row) = self.direct_connect_gateways.get(id) else { return found };
                found.extend(row.gateways.iter().map(|it| Thing::VirtualPrivateGateway(*it)));
                found.push(Thing::OnPremises(row.on_premises));
            }
            Thing::OnPremises(id) => {
                found.extend(self.links_of(id).map(|(link, _)| link.thing()));
            }
            _ => {}
        }
        // What was deleted is joined with nothing.
        found.retain(|it| self.name(*it).is_some());
        found
    }
}

impl Edit<'_> {
    /// Not AWS's: puts a network of one's own beside the cloud. It needs a block, and its blocks are
    /// its own.
    pub fn create_on_premises(
        &mut self,
        name: Name,
        cidrs: Vec<Cidr>,
        listening: Listening,
    ) -> Result<OnPremisesId, Refusal> {
        let first = check_blocks(self.network.on_premises.next_id(), &cidrs)?;
        let address = OnPremises::usual_address(first);
        Ok(self.make(OnPremises { name, cidrs, address, listening }))
    }

    /// Not AWS's: other blocks for a network of one's own. Routers that announced all of them by BGP
    /// announce the new ones; static routes stay what they were.
    pub fn configure_on_premises(
        &mut self,
        id: OnPremisesId,
        cidrs: Vec<Cidr>,
    ) -> Result<(), Refusal> {
        let old = self.get(id)?.clone();
        let first = check_blocks(id, &cidrs)?;
        let links: Vec<(Link, LinkEnd)> = self.network.links_of(id).collect();
        for (link, _) in &links {
            if !self.network.is_dynamic(*link) || *self.network.prefixes(*link) != *old.cidrs {
                continue;
            }
            let new = cidrs.clone();
            match *link {
                Link::DirectConnect(line) => self.change(line, |it| it.prefixes = new),
                Link::Vpn(vpn) => self.change(vpn, |it| it.routing = VpnRouting::Bgp(new)),
                Link::Connect(at) => self.change(at, |it| {
                    it.of = AttachmentOf::Connect { on_premises: id, prefixes: new };
                }),
            }
        }
        let known = |address| cidrs.iter().any(|cidr| cidr.contains(address));
        let address =
            if known(old.address) { old.address } else { OnPremises::usual_address(first) };
        self.change(id, |it| {
            it.cidrs = cidrs;
            it.address = address;
        });
        for (_, end) in links {
            if let LinkEnd::VirtualPrivateGateway(gateway) = end {
                self.propagate_from(gateway);
            }
        }
        Ok(())
    }

    /// Not AWS's: a network of one's own goes when nothing leads to it any more.
    pub fn delete_on_premises(&mut self, id: OnPremisesId) -> Result<(), Refusal> {
        self.get(id)?;
        let customer = self.network.customer_gateways.find(|_, it| it.on_premises == id);
        let line = self.network.direct_connect_gateways.find(|_, it| it.on_premises == id);
        let connect = self.network.transit_gateway_attachments.find(
            |_, it| matches!(it.of, AttachmentOf::Connect { on_premises, .. } if on_premises == id),
        );
        let by = customer
            .map(Thing::CustomerGateway)
            .or(line.map(Thing::DirectConnectGateway))
            .or(connect.map(Thing::TransitGatewayAttachment));
        if let Some(by) = by {
            let reason = Reason::InUse { thing: Thing::OnPremises(id), by };
            return Err(Refusal::new("DependencyViolation", reason));
        }
        self.remove(id);
        Ok(())
    }

    /// The device at the far end, with its public address
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html>).
    pub fn create_customer_gateway(
        &mut self,
        name: Name,
        on_premises: OnPremisesId,
        address: Option<std::net::Ipv4Addr>,
    ) -> Result<CustomerGatewayId, Refusal> {
        self.get(on_premises)?;
        Ok(self.make(CustomerGateway { name, on_premises, address }))
    }

    /// A customer gateway goes when no VPN connection ends at it
    /// (<https://docs.aws.amazon.com/vpn/latest/s2svpn/delete-cgw.html>).
    pub fn delete_customer_gateway(&mut self, id: CustomerGatewayId) -> Result<(), Refusal> {
        self.get(id)?;
        let needs = self.network.vpn_connections.find(|_, it| it.customer_gateway == id);
        if let Some(vpn) = needs {
            let (thing, by) = (Thing::CustomerGateway(id), Thing::VpnConnection(vpn));
            return Err(Refusal::new("IncorrectState", Reason::InUse { thing, by }));
        }
        self.remove(id);
        Ok(())
    }
}

/// The first of some blocks that do not overlap.
fn check_blocks(id: OnPremisesId, cidrs: &[Cidr]) -> Result<Cidr, Refusal> {
    let refused = |reason| Err(Refusal::new("InvalidParameterValue", reason));
    let Some(&first) = cidrs.first() else {
        return refused(Reason::Transit(TransitReason::NoBlock));
    };
    for (place, &cidr) in cidrs.iter().enumerate() {
        if let Some(&other) = cidrs[..place].iter().find(|other| other.overlaps(cidr)) {
            let owner = Thing::OnPremises(id);
            return refused(Reason::BlockOverlaps { cidr, other, owner });
        }
    }
    Ok(first)
}
