//! How transit gateways, their tables and attachments, virtual private gateways, VPN connections,
//! Direct Connect gateways, networks of one's own, hosts and prefix lists are made anew.

use std::net::IpAddr;

use crate::{
    app::bench::clip::{
        Bar,
        anew::{Anew, Done, further},
    },
    cloud::{
        AttachmentOf, Change, CustomerGatewayId, DirectConnectGatewayId, HostId, OnPremisesId,
        PrefixListId, Thing, TransitChange, TransitGatewayAttachmentId, TransitGatewayId,
        TransitGatewayOptions, TransitGatewayRouteTableId, TransitOrigin, TransitTarget, Tunnel,
        VirtualPrivateGatewayId, VpnConnectionId, VpnSide,
    },
    net::Cidr,
};

impl Anew<'_> {
    /// A transit gateway with its tables. What is attached to it stays where it is.
    pub fn transit_gateway(&mut self, id: TransitGatewayId) -> Done {
        let Some(row) = self.from.transit_gateways().get(id) else { return Ok(()) };
        let (association, propagation) = (row.default_association, row.default_propagation);
        let options = TransitGatewayOptions {
            default_association: association.is_some(),
            default_propagation: propagation.is_some(),
            group_references: row.group_references,
        };
        let name = self.name(&row.name, Thing::TransitGateway(id));
        let create = TransitChange::CreateTransitGateway { name, options };
        self.make(Thing::TransitGateway(id), create)?;
        let Some(gateway) = self.twin(id) else { return Ok(()) };
        // The table that comes along is the default for what is attached.
        let new = &self.now.transit_gateways()[gateway];
        let first = new.default_association.or(new.default_propagation);
        let old = association.or(propagation);
        if let (Some(old), Some(new)) = (old, first) {
            let table = Thing::TransitGatewayRouteTable;
            self.stands_for(table(old), table(new));
        }
        let tables = self.from.transit_gateway_route_tables().iter();
        let tables: Vec<_> =
            tables.filter(|(_, row)| row.gateway == id).map(|(id, _)| id).collect();
        for table in tables {
            self.transit_table_of(table, gateway)?;
        }
        let twin = |id: Option<TransitGatewayRouteTableId>| id.and_then(|id| self.twin(id));
        let (association, propagation) = (twin(association), twin(propagation));
        let new = &self.now.transit_gateways()[gateway];
        if (association, propagation) != (new.default_association, new.default_propagation) {
            self.may(Some(TransitChange::ModifyTransitGateway {
                gateway,
                default_association: association,
                default_propagation: propagation,
                group_references: row.group_references,
            }));
        }
        Ok(())
    }

    /// A table of a transit gateway: of the one that is selected, else of its own.
    pub fn transit_table(&mut self, id: TransitGatewayRouteTableId) -> Done {
        let Some(row) = self.from.transit_gateway_route_tables().get(id) else { return Ok(()) };
        let here = match self.place.subject {
            Some(Thing::TransitGateway(id)) => Some(id),
            Some(Thing::TransitGatewayRouteTable(id)) => {
                self.now.transit_gateway_route_tables().get(id).map(|row| row.gateway)
            }
            Some(Thing::TransitGatewayAttachment(id)) => {
                self.now.transit_gateway_attachments().get(id).map(|row| row.gateway)
            }
            _ => None,
        };
        let gateway = here.or_else(|| self.twin(row.gateway)).ok_or(Bar::Gone)?;
        self.transit_table_of(id, gateway)
    }

    fn transit_table_of(
        &mut self,
        id: TransitGatewayRouteTableId,
        gateway: TransitGatewayId,
    ) -> Done {
        let Some(row) = self.from.transit_gateway_route_tables().get(id) else { return Ok(()) };
        if !self.is_copied(Thing::TransitGatewayRouteTable(id)) {
            let name = self.name(&row.name, Thing::TransitGatewayRouteTable(id));
            let create = TransitChange::CreateTransitGatewayRouteTable { name, gateway };
            self.make(Thing::TransitGatewayRouteTable(id), create)?;
        }
        let Some(table) = self.twin(id) else { return Ok(()) };
        for route in row.routes.iter().filter(|it| it.origin == TransitOrigin::Static) {
            let change = self.transit_route(table, route.destination, &route.target);
            self.may(change);
        }
        // Where it is another gateway's, nobody is attached who could tell it anything.
        for (attachment, it) in self.from.transit_gateway_attachments().iter() {
            if it.propagations.contains(&id) {
                let twin = self.twin(attachment).filter(|_| gateway == row.gateway);
                self.may(twin.map(|attachment| {
                    TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table }
                }));
            }
        }
        Ok(())
    }

    /// A route like this one, in a table of a transit gateway.
    pub fn transit_route(
        &self,
        table: TransitGatewayRouteTableId,
        destination: Cidr,
        target: &TransitTarget,
    ) -> Option<TransitChange> {
        let attachment = match target {
            TransitTarget::Attachment(id) => Some(self.twin(*id)?),
            TransitTarget::Blackhole => None,
            TransitTarget::Gone(_) => return None,
        };
        Some(TransitChange::CreateTransitGatewayRoute { table, destination, attachment })
    }

    /// An attachment of another VPC to the same gateway, associated and propagating alike.
    pub fn attachment(&mut self, id: TransitGatewayAttachmentId) -> Done {
        let Some(row) = self.from.transit_gateway_attachments().get(id) else { return Ok(()) };
        let AttachmentOf::Vpc { vpc, subnets, appliance_mode, group_references } = &row.of else {
            return Err(Bar::Joins.into());
        };
        let (vpc, gateway) = (self.home(*vpc)?, self.twin(row.gateway).ok_or(Bar::Gone)?);
        let create = TransitChange::CreateTransitGatewayVpcAttachment {
            name: self.name(&row.name, Thing::TransitGatewayAttachment(id)),
            gateway,
            vpc,
            subnets: self.spread(subnets, vpc)?,
        };
        self.make(Thing::TransitGatewayAttachment(id), create)?;
        let Some(attachment) = self.twin(id) else { return Ok(()) };
        let new = self.now.transit_gateway_attachments()[attachment].clone();
        if let AttachmentOf::Vpc { appliance_mode: mode, group_references: names, .. } = new.of
            && (mode, names) != (*appliance_mode, *group_references)
        {
            self.may(Some(TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: None,
                appliance_mode: (mode != *appliance_mode).then_some(*appliance_mode),
                group_references: (names != *group_references).then_some(*group_references),
            }));
        }
        let association = row.association.and_then(|table| self.twin(table));
        if association != new.association {
            if let Some(table) = new.association {
                self.may(Some(TransitChange::DisassociateTransitGatewayRouteTable {
                    attachment,
                    table,
                }));
            }
            if let Some(table) = association {
                self.may(Some(TransitChange::AssociateTransitGatewayRouteTable {
                    attachment,
                    table,
                }));
            }
        }
        let wanted: Vec<_> = row.propagations.iter().filter_map(|it| self.twin(*it)).collect();
        for table in new.propagations.iter().copied().filter(|it| !wanted.contains(it)) {
            self.may(Some(TransitChange::DisableTransitGatewayRouteTablePropagation {
                attachment,
                table,
            }));
        }
        for table in wanted.into_iter().filter(|it| !new.propagations.contains(it)) {
            self.may(Some(TransitChange::EnableTransitGatewayRouteTablePropagation {
                attachment,
                table,
            }));
        }
        Ok(())
    }

    // -- one's own networks

    /// A virtual private gateway; it is attached where the VPC has none.
    pub fn vpn_gateway(&mut self, id: VirtualPrivateGatewayId) -> Done {
        let Some(row) = self.from.virtual_private_gateways().get(id) else { return Ok(()) };
        let name = self.name(&row.name, Thing::VirtualPrivateGateway(id));
        self.make(Thing::VirtualPrivateGateway(id), TransitChange::CreateVpnGateway { name })?;
        let home = self.place.vpc.filter(|vpc| self.now.vpcs().get(*vpc).is_some());
        let free = home.filter(|vpc| self.now.virtual_private_gateway_of(*vpc).is_none());
        let Some(gateway) = self.twin(id) else { return Ok(()) };
        if let Some(vpc) = free {
            self.may(Some(TransitChange::AttachVpnGateway { gateway, vpc }));
        }
        for table in &row.propagates_to {
            let table = self.twin(*table).filter(|it| self.stands_at(*it, free));
            self.may(
                table.map(|table| TransitChange::EnableVgwRoutePropagation { gateway, table }),
            );
        }
        if let Some(table) = row.route_table {
            let table = self.twin(table).filter(|it| self.stands_at(*it, free));
            let change =
                table.map(|it| TransitChange::AssociateVgwRouteTable { gateway, table: Some(it) });
            self.may(change);
        }
        Ok(())
    }

    pub fn customer_gateway(&mut self, id: CustomerGatewayId) -> Done {
        let Some(row) = self.from.customer_gateways().get(id) else { return Ok(()) };
        let on_premises = match self.place.subject {
            Some(Thing::OnPremises(site)) => site,
            _ => self.twin(row.on_premises).ok_or(Bar::Gone)?,
        };
        let name = self.name(&row.name, Thing::CustomerGateway(id));
        let create = TransitChange::CreateCustomerGateway { name, on_premises, address: None };
        self.make(Thing::CustomerGateway(id), create)
    }

    /// Another VPN connection between the same two ends, or to the gateway that is selected.
    pub fn vpn(&mut self, id: VpnConnectionId) -> Done {
        let Some(row) = self.from.vpn_connections().get(id) else { return Ok(()) };
        let side = match (self.place.subject, row.side) {
            (Some(Thing::VirtualPrivateGateway(id)), _) => Some(VpnSide::VirtualPrivateGateway(id)),
            (Some(Thing::TransitGateway(id)), _) => Some(VpnSide::TransitGateway(id)),
            (_, VpnSide::VirtualPrivateGateway(id)) => {
                self.twin(id).map(VpnSide::VirtualPrivateGateway)
            }
            (_, VpnSide::TransitGateway(id)) => self.twin(id).map(VpnSide::TransitGateway),
        };
        let customer_gateway = match self.place.subject {
            Some(Thing::CustomerGateway(id)) => Some(id),
            _ => self.twin(row.customer_gateway),
        };
        let (side, customer_gateway) = side.zip(customer_gateway).ok_or(Bar::Gone)?;
        let (name, routing) = (self.name(&row.name, Thing::VpnConnection(id)), row.routing.clone());
        let create = TransitChange::CreateVpnConnection { name, customer_gateway, side, routing };
        self.make(Thing::VpnConnection(id), create)?;
        if row.tunnels != [Tunnel::Up; 2]
            && let Some(vpn) = self.twin(id)
        {
            let tunnels = row.tunnels;
            self.may(Some(TransitChange::ConfigureVpnTunnels { vpn, tunnels }));
        }
        Ok(())
    }

    /// A Direct Connect gateway. The gateways behind it lead to one alone: they stay.
    pub fn direct_connect(&mut self, id: DirectConnectGatewayId) -> Done {
        let Some(row) = self.from.direct_connect_gateways().get(id) else { return Ok(()) };
        let on_premises = match self.place.subject {
            Some(Thing::OnPremises(site)) => site,
            _ => self.twin(row.on_premises).ok_or(Bar::Gone)?,
        };
        let name = self.name(&row.name, Thing::DirectConnectGateway(id));
        let create = TransitChange::CreateDirectConnectGateway { name, on_premises };
        self.make(Thing::DirectConnectGateway(id), create)?;
        // What its far end announces, and that it is down, nobody orders.
        let told = usize::from(!row.up) + row.prefixes.len();
        for _ in 0..row.gateways.len() + told {
            self.leave_out();
        }
        Ok(())
    }

    /// Another network of one's own, with blocks that no other has.
    pub fn site(&mut self, id: OnPremisesId) -> Done {
        let Some(row) = self.from.on_premises().get(id) else { return Ok(()) };
        let mut cidrs: Vec<Cidr> = Vec::new();
        for old in &row.cidrs {
            let vpcs = self.now.vpcs().iter().flat_map(|(_, row)| &row.cidrs);
            let sites = self.now.on_premises().iter().flat_map(|(_, row)| &row.cidrs);
            let taken: Vec<Cidr> = vpcs.chain(sites).chain(&cidrs).copied().collect();
            let free = |block: Cidr| taken.iter().all(|it| !it.overlaps(block));
            let own = Some(*old).filter(|own| free(*own));
            // A /16 fills its private range: a part of the others is free as well.
            let found = own.or_else(|| Self::block_beside(*old, free)).or_else(|| {
                let other = Cidr::v4(std::net::Ipv4Addr::new(172, 16, 0, 0), 16);
                let fits = old.is_ipv4() && old.length() >= 16;
                let first = Cidr::new(other.first(), old.length()).ok().filter(|_| fits)?;
                Self::block_beside(first, free)
            });
            cidrs.push(found.ok_or(Bar::NoRoom)?);
        }
        let (name, listening) =
            (self.name(&row.name, Thing::OnPremises(id)), row.listening.clone());
        let create = TransitChange::CreateOnPremises { name, cidrs, listening };
        self.make(Thing::OnPremises(id), create)
    }

    /// Another host, at the next free address.
    pub fn host(&mut self, id: HostId) -> Done {
        let Some(row) = self.from.hosts().get(id) else { return Ok(()) };
        let free = |address: &IpAddr| self.now.public_holder(*address).is_none();
        let mut all = (0..=250).filter_map(|places| further(row.address, places));
        let address = all.find(free).ok_or(Bar::NoRoom)?;
        let (name, listening) = (self.name(&row.name, Thing::Host(id)), row.listening.clone());
        self.make(Thing::Host(id), Change::CreateHost { name, address, listening })
    }

    pub fn prefix_list(&mut self, id: PrefixListId) -> Done {
        let Some(row) = self.from.prefix_lists().get(id) else { return Ok(()) };
        let (name, cidrs) = (self.name(&row.name, Thing::PrefixList(id)), row.cidrs.clone());
        self.make(Thing::PrefixList(id), Change::CreatePrefixList { name, cidrs })
    }
}
