//! How a VPC is made anew, with everything that stands in it; and its parts: subnets, tables,
//! groups, lists, gateways.

use crate::{
    app::bench::clip::{
        Bar,
        anew::{Anew, Done},
    },
    cloud::{
        Change, Connectivity, Direction, EgressOnlyGatewayId, Exclusion, ExclusionOf,
        GatewayEndpointId, InternetGatewayId, NatGatewayId, NatSeat, NatZone, NetworkAclId, Origin,
        Peer, RouteTableId, SecurityGroupId, SecurityGroupRule, SubnetId, Target, Thing, VpcId,
    },
    net::Cidr,
};

const WAYS: [Direction; 2] = [Direction::Ingress, Direction::Egress];

impl Anew<'_> {
    /// A VPC with blocks of its own and everything that stands in it. What joins it to others (its
    /// peerings, its attachments, its virtual private gateway) stays with the one that was copied.
    pub fn vpc(&mut self, id: VpcId) -> Done {
        let from = self.from;
        let Some(row) = from.vpcs().get(id) else { return Ok(()) };
        let Some(first) = row.cidrs.first() else { return Err(Bar::NoRoom.into()) };
        let cidr = self.free_for_vpc(*first)?;
        let name = self.name(&row.name, Thing::Vpc(id));
        self.make(Thing::Vpc(id), Change::CreateVpc { name, cidr })?;
        self.moves(*first, cidr);
        let vpc = self.home(id)?;
        for old in row.cidrs.iter().skip(1).chain(&row.ipv6_cidrs) {
            let cidr = self.free_for_vpc(*old)?;
            self.must(Change::AssociateVpcCidrBlock { vpc, cidr })?;
            self.moves(*old, cidr);
        }
        // What AWS makes along with a VPC stands for what it made along with the old one.
        let new = self.now.vpcs()[vpc].clone();
        self.stands_for(
            Thing::RouteTable(row.main_route_table),
            Thing::RouteTable(new.main_route_table),
        );
        self.stands_for(
            Thing::SecurityGroup(row.default_security_group),
            Thing::SecurityGroup(new.default_security_group),
        );
        self.stands_for(
            Thing::NetworkAcl(row.default_network_acl),
            Thing::NetworkAcl(new.default_network_acl),
        );
        let turned = |old: bool, new: bool| (old != new).then_some(old);
        let dns_support = turned(row.dns_support, new.dns_support);
        let dns_hostnames = turned(row.dns_hostnames, new.dns_hostnames);
        if dns_support.is_some() || dns_hostnames.is_some() {
            self.may(Some(Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames }));
        }
        self.contents(id);
        Ok(())
    }

    /// What stands in a VPC, each after what it stands on.
    fn contents(&mut self, vpc: VpcId) {
        let n = self.from;
        let in_vpc =
            |interface| n.interfaces().get(interface).is_some() && n.vpc_of(interface) == vpc;
        let gateways = n.internet_gateways().iter().filter(|(_, row)| row.vpc == Some(vpc));
        let gateways: Vec<_> = gateways.map(|(id, _)| id).collect();
        for id in &gateways {
            self.part(|it| it.internet_gateway(*id));
        }
        for (id, _) in n.egress_only_gateways().iter().filter(|(_, row)| row.vpc == vpc) {
            self.part(|it| it.egress_only_gateway(id));
        }
        let subnets = || n.subnets().iter().filter(move |(_, row)| row.vpc == vpc);
        for (id, _) in subnets() {
            self.part(|it| it.subnet_alone(id));
        }
        let groups: Vec<_> =
            n.security_groups().iter().filter(|(_, row)| row.vpc == vpc).map(|it| it.0).collect();
        for id in &groups {
            self.part(|it| it.group_alone(*id));
        }
        for id in &groups {
            self.rules(*id);
        }
        for (id, _) in n.network_acls().iter().filter(|(_, row)| row.vpc == vpc) {
            self.part(|it| it.acl(id));
        }
        // A regional NAT gateway brings its table along.
        let nats = || n.nat_gateways().iter().filter(move |(_, row)| row.vpc == vpc);
        for (id, _) in nats().filter(|(_, row)| row.regional().is_some()) {
            self.part(|it| it.nat_gateway(id));
        }
        let tables: Vec<_> =
            n.route_tables().iter().filter(|(_, row)| row.vpc == vpc).map(|it| it.0).collect();
        for id in &tables {
            self.part(|it| it.table_alone(*id));
        }
        // Those whose address is known come before those that take what is free.
        for (id, row) in n.instances().iter() {
            if row.interfaces.first().is_some_and(|id| in_vpc(*id)) {
                self.part(|it| it.instance(id));
            }
        }
        for (id, row) in n.interfaces().iter() {
            if row.kind == crate::cloud::InterfaceKind::Unattached && in_vpc(id) {
                self.part(|it| it.interface(id));
            }
        }
        for (id, _) in n.tasks().iter().filter(|(_, row)| in_vpc(row.interface)) {
            self.part(|it| it.task(id));
        }
        for (id, _) in nats().filter(|(_, row)| row.subnet().is_some()) {
            self.part(|it| it.nat_gateway(id));
        }
        self.services_in(vpc);
        for id in &tables {
            self.routes(*id);
        }
        for (id, _) in n.gateway_endpoints().iter().filter(|(_, row)| row.vpc == vpc) {
            self.part(|it| it.gateway_endpoint(id));
        }
        for (id, _) in subnets() {
            self.ties(id);
        }
        for id in gateways {
            let edge = n.internet_gateways().get(id).and_then(|row| row.route_table);
            if let (Some(table), Some(gateway)) = (edge, self.twin(id)) {
                let table = self.twin(table);
                let change = table.map(|table| Change::AssociateGatewayRouteTable {
                    gateway,
                    table: Some(table),
                });
                self.may(change);
            }
        }
        for exclusion in &n.block_public_access().exclusions {
            let of = match exclusion.of {
                ExclusionOf::Vpc(id) if id == vpc => self.twin(id).map(ExclusionOf::Vpc),
                ExclusionOf::Subnet(id) if self.is_copied(Thing::Subnet(id)) => {
                    self.twin(id).map(ExclusionOf::Subnet)
                }
                _ => continue,
            };
            let exclusion = of.map(|of| Exclusion { of, mode: exclusion.mode });
            self.may(exclusion.map(|exclusion| Change::PutExclusion { exclusion }));
        }
    }

    /// A block for a VPC, of the same size, that no other network has.
    fn free_for_vpc(&self, like: Cidr) -> Result<Cidr, super::anew::Stop> {
        let vpcs =
            self.now.vpcs().iter().flat_map(|(_, row)| row.cidrs.iter().chain(&row.ipv6_cidrs));
        let sites = self.now.on_premises().iter().flat_map(|(_, row)| &row.cidrs);
        let taken: Vec<Cidr> = vpcs.chain(sites).copied().collect();
        let free = |block: Cidr| taken.iter().all(|it| !it.overlaps(block));
        // What was copied may be gone since.
        let own = Some(like).filter(|own| free(*own));
        own.or_else(|| Self::block_beside(like, free)).ok_or_else(|| Bar::NoRoom.into())
    }

    // -- subnets

    /// A subnet with what was launched in it.
    pub fn subnet(&mut self, id: SubnetId) -> Done {
        self.subnet_alone(id)?;
        self.ties(id);
        let n = self.from;
        let stands = |interface| n.interfaces().get(interface).is_some_and(|row| row.subnet == id);
        for (instance, row) in n.instances().iter() {
            if row.interfaces.first().is_some_and(|first| stands(*first)) {
                self.part(|it| it.instance(instance));
            }
        }
        for (interface, row) in n.interfaces().iter() {
            if row.kind == crate::cloud::InterfaceKind::Unattached && stands(interface) {
                self.part(|it| it.interface(interface));
            }
        }
        for (task, row) in n.tasks().iter() {
            if stands(row.interface) {
                self.part(|it| it.task(task));
            }
        }
        for (nat, row) in n.nat_gateways().iter() {
            if row.subnet() == Some(id) {
                self.part(|it| it.nat_gateway(nat));
            }
        }
        Ok(())
    }

    /// A subnet, with nothing in it.
    fn subnet_alone(&mut self, id: SubnetId) -> Done {
        let Some(row) = self.from.subnets().get(id) else { return Ok(()) };
        let vpc = self.home(row.vpc)?;
        let whole = self.is_copied(Thing::Vpc(row.vpc));
        let cidr =
            if whole { Some(self.block(row.cidr)) } else { self.free_for_subnet(vpc, row.cidr) };
        let cidr = cidr.ok_or(Bar::NoRoom)?;
        let (name, zone) = (self.name(&row.name, Thing::Subnet(id)), row.zone.clone());
        self.make(Thing::Subnet(id), Change::CreateSubnet { name, vpc, zone, cidr })?;
        self.moves(row.cidr, cidr);
        let Some(subnet) = self.twin(id) else { return Ok(()) };
        if let Some(old) = row.ipv6_cidr.filter(|old| *old != row.cidr) {
            let cidr = if whole { Some(self.block(old)) } else { self.block_in(vpc, old) };
            if self.may(cidr.map(|cidr| Change::AssociateSubnetCidrBlock { subnet, cidr }))
                && let Some(cidr) = cidr
            {
                self.moves(old, cidr);
            }
        }
        if row.auto_assign_public_ip {
            let auto_assign_public_ip = true;
            self.may(Some(Change::ModifySubnetAttribute { subnet, auto_assign_public_ip }));
        }
        if row.dns64 {
            self.may(Some(Change::ModifySubnetDns64 { subnet, on: true }));
        }
        Ok(())
    }

    fn free_for_subnet(&self, vpc: VpcId, like: Cidr) -> Option<Cidr> {
        let same = self.block_in(vpc, like);
        let other = || crate::app::bench::form::free_block(&self.now, vpc);
        same.or_else(|| other().filter(|_| like.is_ipv4()))
    }

    /// The table and the list of a subnet.
    fn ties(&mut self, id: SubnetId) {
        let (Some(row), Some(subnet)) = (self.from.subnets().get(id), self.twin(id)) else {
            return;
        };
        let vpc = self.now.subnets()[subnet].vpc;
        if let Some(table) = row.route_table {
            let table = self.twin(table);
            let here = table.filter(|id| self.now.route_tables()[*id].vpc == vpc);
            let change =
                here.map(|table| Change::AssociateRouteTable { subnet, table: Some(table) });
            self.may(change);
        }
        if let Some(acl) = row.network_acl {
            let acl = self.twin(acl);
            let here = acl.filter(|id| self.now.network_acls()[*id].vpc == vpc);
            let change = here.map(|acl| Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
            self.may(change);
        }
    }

    // -- groups and lists

    /// A group with its rules.
    pub fn group(&mut self, id: SecurityGroupId) -> Done {
        self.group_alone(id)?;
        self.rules(id);
        Ok(())
    }

    fn group_alone(&mut self, id: SecurityGroupId) -> Done {
        let Some(row) = self.from.security_groups().get(id) else { return Ok(()) };
        if self.is_copied(Thing::SecurityGroup(id)) {
            return Ok(());
        }
        let (name, vpc) = (self.name(&row.name, Thing::SecurityGroup(id)), self.home(row.vpc)?);
        self.make(Thing::SecurityGroup(id), Change::CreateSecurityGroup { name, vpc })
    }

    /// The rules of a group, those that AWS gave to the new one among them.
    fn rules(&mut self, id: SecurityGroupId) {
        let (Some(row), Some(group)) = (self.from.security_groups().get(id), self.twin(id)) else {
            return;
        };
        for direction in WAYS {
            let there = self.now.security_groups()[group].rules(direction).to_vec();
            let wanted: Vec<Option<SecurityGroupRule>> =
                row.rules(direction).iter().map(|rule| self.rule(rule)).collect();
            for rule in there.iter().filter(|rule| !wanted.contains(&Some((*rule).clone()))) {
                let rule = rule.clone();
                self.may(Some(Change::RevokeSecurityGroup { group, direction, rule }));
            }
            for rule in wanted {
                if rule.as_ref().is_none_or(|rule| !there.contains(rule)) {
                    self.may(rule.map(|rule| Change::AuthorizeSecurityGroup {
                        group,
                        direction,
                        rule,
                    }));
                }
            }
        }
    }

    /// What stands for a rule.
    pub fn rule(&self, rule: &SecurityGroupRule) -> Option<SecurityGroupRule> {
        let peer = match rule.peer {
            Peer::Cidr(cidr) => Peer::Cidr(self.block(cidr)),
            Peer::Group(id) => Peer::Group(self.twin(id)?),
            Peer::PrefixList(id) => Peer::PrefixList(self.twin(id)?),
        };
        Some(SecurityGroupRule { peer, ..rule.clone() })
    }

    /// A list with its entries, in the place of those that AWS gave to the new one.
    pub fn acl(&mut self, id: NetworkAclId) -> Done {
        let Some(row) = self.from.network_acls().get(id) else { return Ok(()) };
        if !self.is_copied(Thing::NetworkAcl(id)) {
            let (name, vpc) = (self.name(&row.name, Thing::NetworkAcl(id)), self.home(row.vpc)?);
            self.make(Thing::NetworkAcl(id), Change::CreateNetworkAcl { name, vpc })?;
        }
        let Some(acl) = self.twin(id) else { return Ok(()) };
        for direction in WAYS {
            let there = self.now.network_acls()[acl].entries(direction).to_vec();
            let mut wanted = row.entries(direction).to_vec();
            for entry in &mut wanted {
                entry.cidr = self.block(entry.cidr);
            }
            for entry in &there {
                if wanted.iter().all(|it| it.number != entry.number) {
                    let number = entry.number;
                    self.may(Some(Change::DeleteNetworkAclEntry { acl, direction, number }));
                }
            }
            for entry in wanted.into_iter().filter(|it| !there.contains(it)) {
                let taken = there.iter().any(|it| it.number == entry.number);
                self.may(Some(if taken {
                    Change::ReplaceNetworkAclEntry { acl, direction, entry }
                } else {
                    Change::CreateNetworkAclEntry { acl, direction, entry }
                }));
            }
        }
        Ok(())
    }

    // -- tables

    /// A table with its routes.
    pub fn table(&mut self, id: RouteTableId) -> Done {
        self.table_alone(id)?;
        self.routes(id);
        Ok(())
    }

    fn table_alone(&mut self, id: RouteTableId) -> Done {
        let Some(row) = self.from.route_tables().get(id) else { return Ok(()) };
        if self.is_copied(Thing::RouteTable(id)) {
            return Ok(());
        }
        let (name, vpc) = (self.name(&row.name, Thing::RouteTable(id)), self.home(row.vpc)?);
        self.make(Thing::RouteTable(id), Change::CreateRouteTable { name, vpc })
    }

    /// The routes that people wrote.
    fn routes(&mut self, id: RouteTableId) {
        let (Some(row), Some(table)) = (self.from.route_tables().get(id), self.twin(id)) else {
            return;
        };
        let mut lists = Vec::new();
        for route in &row.routes {
            match route.origin {
                Origin::Static => self.route(table, route.destination, &route.target),
                // The route to the VPC itself, led through an appliance.
                Origin::Local if route.target != Target::Local => {
                    self.route(table, route.destination, &route.target);
                }
                Origin::PrefixList(list)
                    if !matches!(route.target, Target::GatewayEndpoint(_))
                        && !lists.contains(&list) =>
                {
                    lists.push(list);
                    self.list_route(table, list, &route.target);
                }
                _ => {}
            }
        }
    }

    /// A route like this one, in a table.
    pub fn route(&mut self, table: RouteTableId, destination: Cidr, target: &Target) {
        let destination = self.block(destination);
        let change = self.target(target).map(|target| {
            let there = &self.now.route_tables()[table].routes;
            if there.iter().any(|route| route.destination == destination) {
                Change::ReplaceRoute { table, destination, target }
            } else {
                Change::CreateRoute { table, destination, target }
            }
        });
        self.may(change);
    }

    /// A route for a prefix list, in a table.
    pub fn list_route(
        &mut self,
        table: RouteTableId,
        list: crate::cloud::PrefixListId,
        target: &Target,
    ) {
        let both = self.twin(list).zip(self.target(target));
        let change =
            both.map(|(list, target)| Change::CreatePrefixListRoute { table, list, target });
        self.may(change);
    }

    /// What stands for the target of a route.
    pub fn target(&self, target: &Target) -> Option<Target> {
        Some(match target {
            Target::Local => Target::Local,
            Target::InternetGateway(id) => Target::InternetGateway(self.twin(*id)?),
            Target::EgressOnlyGateway(id) => Target::EgressOnlyGateway(self.twin(*id)?),
            Target::NatGateway(id) => Target::NatGateway(self.twin(*id)?),
            Target::Peering(id) => Target::Peering(self.twin(*id)?),
            Target::GatewayEndpoint(id) => Target::GatewayEndpoint(self.twin(*id)?),
            Target::Interface(id) => Target::Interface(self.twin(*id)?),
            Target::TransitGateway(id) => Target::TransitGateway(self.twin(*id)?),
            Target::VirtualPrivateGateway(id) => Target::VirtualPrivateGateway(self.twin(*id)?),
            Target::Gone(_) => return None,
        })
    }

    // -- gateways

    /// An internet gateway; it is attached where the VPC has none.
    pub fn internet_gateway(&mut self, id: InternetGatewayId) -> Done {
        let Some(row) = self.from.internet_gateways().get(id) else { return Ok(()) };
        let name = self.name(&row.name, Thing::InternetGateway(id));
        self.make(Thing::InternetGateway(id), Change::CreateInternetGateway { name })?;
        let home = match row.vpc.filter(|vpc| self.is_copied(Thing::Vpc(*vpc))) {
            Some(vpc) => self.twin(vpc),
            None => self.place.vpc,
        };
        let free = home.filter(|vpc| self.now.internet_gateway_of(*vpc).is_none());
        let Some(gateway) = self.twin(id) else { return Ok(()) };
        if let Some(vpc) = free {
            self.may(Some(Change::AttachInternetGateway { gateway, vpc }));
        }
        // With its VPC, the table comes later.
        let alone = row.vpc.is_none_or(|vpc| !self.is_copied(Thing::Vpc(vpc)));
        if let Some(table) = row.route_table.filter(|_| alone) {
            let table = self.twin(table).filter(|it| self.stands_at(*it, free));
            let change =
                table.map(|it| Change::AssociateGatewayRouteTable { gateway, table: Some(it) });
            self.may(change);
        }
        Ok(())
    }

    /// Is a table one of the VPC that a gateway was attached to?
    pub fn stands_at(&self, table: RouteTableId, vpc: Option<VpcId>) -> bool {
        self.now.route_tables().get(table).is_some_and(|row| Some(row.vpc) == vpc)
    }

    pub fn egress_only_gateway(&mut self, id: EgressOnlyGatewayId) -> Done {
        let Some(row) = self.from.egress_only_gateways().get(id) else { return Ok(()) };
        let (name, vpc) = (self.name(&row.name, Thing::EgressOnlyGateway(id)), self.home(row.vpc)?);
        self.make(Thing::EgressOnlyGateway(id), Change::CreateEgressOnlyGateway { name, vpc })
    }

    pub fn nat_gateway(&mut self, id: NatGatewayId) -> Done {
        let Some(row) = self.from.nat_gateways().get(id) else { return Ok(()) };
        let name = self.name(&row.name, Thing::NatGateway(id));
        match &row.seat {
            NatSeat::Regional(regional) => {
                let vpc = self.home(row.vpc)?;
                let named =
                    |zone: &NatZone| NatZone { zone: zone.zone.clone(), addresses: Vec::new() };
                let zones = if regional.automatic {
                    Vec::new()
                } else {
                    regional.zones.iter().map(named).collect()
                };
                let create = Change::CreateRegionalNatGateway { name, vpc, zones };
                self.make(Thing::NatGateway(id), create)?;
                let new = self.twin(id).and_then(|id| self.now.nat_gateways()[id].regional());
                if let Some(table) = new.map(|it| it.route_table) {
                    let old = Thing::RouteTable(regional.route_table);
                    self.stands_for(old, Thing::RouteTable(table));
                }
                Ok(())
            }
            NatSeat::Zonal { .. } => {
                let Some(old) = row.subnet() else { return Ok(()) };
                let own =
                    row.interface().and_then(|id| self.from.interfaces().get(id)?.private_ipv4());
                let address = own.and_then(|own| self.address(own));
                let create = Change::CreateNatGateway {
                    name,
                    subnet: self.seat(old)?,
                    connectivity: match row.connectivity {
                        Connectivity::Public => Connectivity::Public,
                        Connectivity::Private => Connectivity::Private,
                    },
                    address,
                    public_address: None,
                };
                self.make(Thing::NatGateway(id), create)
            }
        }
    }

    /// A gateway endpoint, in those of its tables that have no route for its list yet.
    pub fn gateway_endpoint(&mut self, id: GatewayEndpointId) -> Done {
        let Some(row) = self.from.gateway_endpoints().get(id) else { return Ok(()) };
        let vpc = self.home(row.vpc)?;
        let list = self.twin(row.list).ok_or(Bar::Gone)?;
        let twins = row.route_tables.iter().filter_map(|table| self.twin(*table));
        let tables: Vec<RouteTableId> = twins
            .filter(|id| {
                let table = &self.now.route_tables()[*id];
                table.vpc == vpc && table.list_target(list).is_none()
            })
            .collect();
        for _ in tables.len()..row.route_tables.len() {
            self.leave_out();
        }
        let name = self.name(&row.name, Thing::GatewayEndpoint(id));
        let create = Change::CreateGatewayEndpoint { name, vpc, list, tables };
        self.make(Thing::GatewayEndpoint(id), create)?;
        let new = self.twin(id).filter(|id| self.now.gateway_endpoints()[*id].policy != row.policy);
        if let Some(endpoint) = new {
            let policy = row.policy;
            self.may(Some(Change::ModifyGatewayEndpointPolicy { endpoint, policy }));
        }
        Ok(())
    }
}
