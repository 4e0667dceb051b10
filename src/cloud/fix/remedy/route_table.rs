//! Routes, where they may lead, and which table a subnet has.

use std::net::IpAddr;

use super::{Remedies, Remedy};
use crate::{
    cloud::{
        Change, Connectivity, Forwarding, NatGatewayId, Origin, PeeringState, Place, PrefixListId,
        ProbeEnd, RouteTableId, Rules, SubnetId, Target, Trace, TransitChange, VpcId,
        fix::Wanted,
        fix::header::{addresses, any, around, home},
        route_table::NAT64,
    },
    net::Cidr,
};

impl Remedies<'_> {
    /// Other ways for a packet: at every route table that it came through.
    pub(super) fn reroute(&mut self, trace: &Trace) {
        for hop in &trace.hops {
            let to = hop.packet_in.destination;
            if let Place::TransitGatewayRouteTable(table, came_by) = hop.place {
                self.transit_routes(table, came_by, to);
            }
            if let Place::RouteTable(table, subnet) = hop.place {
                let chosen = self.network.route_tables[table].decide(to, &Rules::AWS);
                let local = chosen.is_some_and(|it| {
                    self.network.route_tables[table].routes[it].target == Target::Local
                });
                // Inside the VPC there is no better way than the straight one.
                if !local {
                    self.routes(table, subnet, to);
                }
            }
        }
    }

    pub(super) fn routes(&mut self, table: RouteTableId, subnet: SubnetId, to: IpAddr) {
        let network = self.network;
        let it = &network.route_tables[table];
        let vpc = it.vpc;
        let chosen = it.decide(to, &Rules::AWS).map(|place| &it.routes[place]);
        let taken = chosen.map(|it| it.target.clone());
        let targets = self.targets(vpc, subnet, to);
        let mut blocks = self.destinations(vpc, to);
        blocks.retain(|block| {
            // The same block is a new route beside one that was learned; else AWS refuses it.
            chosen.is_none_or(|it| block.length() >= it.destination.length())
        });
        for (before, target) in &targets {
            if taken.as_ref() == Some(target) {
                // The route is there; what it leads to may not be.
                if !before.is_empty() {
                    self.add(before.clone());
                }
                continue;
            }
            let target = || target.clone();
            for &destination in &blocks {
                let mut remedy = before.clone();
                remedy.push(Change::CreateRoute { table, destination, target: target() });
                self.add(remedy);
            }
            if let Some(route) = chosen.filter(|it| it.origin == Origin::Static) {
                let destination = route.destination;
                let mut remedy = before.clone();
                remedy.push(Change::ReplaceRoute { table, destination, target: target() });
                self.add(remedy);
            }
        }
        if let Some(route) = chosen.filter(|it| it.origin == Origin::Static) {
            self.one(Change::DeleteRoute { table, destination: route.destination });
        }
        if let Some(route) = chosen.filter(|it| it.origin == Origin::Propagated)
            && let Target::VirtualPrivateGateway(gateway) = route.target
        {
            self.one(TransitChange::DisableVgwRoutePropagation { gateway, table }.into());
        }
        self.propagate(table, vpc, to);
        self.gateway_endpoints(table, to);
        self.tables(table, subnet);
        if self.affords(3) {
            let new = network.route_tables.next_id();
            let create = Change::CreateRouteTable { name: self.name("table"), vpc };
            let associate = Change::AssociateRouteTable { subnet, table: Some(new) };
            for (before, target) in &targets {
                for destination in self.destinations(vpc, to) {
                    let route =
                        Change::CreateRoute { table: new, destination, target: target.clone() };
                    let mut remedy = before.clone();
                    remedy.extend([create.clone(), route, associate.clone()]);
                    self.add(remedy);
                }
            }
        }
    }

    /// Other tables for a subnet.
    fn tables(&mut self, table: RouteTableId, subnet: SubnetId) {
        let network = self.network;
        let vpc = network.subnets[subnet].vpc;
        let explicit = network.subnets[subnet].route_table;
        let main = network.vpcs[vpc].main_route_table;
        for (other, it) in network.route_tables.iter() {
            if it.vpc != vpc || other == table {
                continue;
            }
            if explicit.is_some() && other == main {
                self.one(Change::AssociateRouteTable { subnet, table: None });
            } else {
                self.one(Change::AssociateRouteTable { subnet, table: Some(other) });
            }
            if explicit.is_none() {
                self.one(Change::ReplaceMainRouteTable { vpc, table: other });
            }
        }
    }

    /// Where routes out of a VPC may lead, and what to change first.
    fn targets(&mut self, vpc: VpcId, from: SubnetId, to: IpAddr) -> Vec<(Remedy, Target)> {
        let (network, v4) = (self.network, to.is_ipv4());
        let mut targets: Vec<(Remedy, Target)> = Vec::new();
        let gateways = self.gateways(vpc);
        for (before, gateway) in &gateways {
            targets.push((before.clone(), Target::InternetGateway(*gateway)));
        }
        if v4 {
            for (id, it) in network.nat_gateways.iter() {
                if it.vpc == vpc {
                    targets.push((Vec::new(), Target::NatGateway(id)));
                }
            }
        } else if let Some(gateway) = network.egress_only_gateway_of(vpc) {
            targets.push((Vec::new(), Target::EgressOnlyGateway(gateway)));
        } else {
            let create = Change::CreateEgressOnlyGateway { name: self.name("eigw"), vpc };
            let target = Target::EgressOnlyGateway(network.egress_only_gateways.next_id());
            targets.push((vec![create], target));
        }
        if NAT64.contains(to) {
            for (id, it) in network.nat_gateways.iter().filter(|(_, it)| it.vpc == vpc) {
                if it.connectivity == Connectivity::Public {
                    targets.push((Vec::new(), Target::NatGateway(id)));
                }
            }
        }
        for (gateway, _) in network.transit_gateways.iter() {
            if network.attachment_between(gateway, vpc).is_some() {
                targets.push((Vec::new(), Target::TransitGateway(gateway)));
            } else {
                for before in self.attach(gateway, vpc, from) {
                    targets.push((before, Target::TransitGateway(gateway)));
                }
            }
        }
        for (before, gateway) in self.private_gateways(vpc, to) {
            targets.push((before, Target::VirtualPrivateGateway(gateway)));
        }
        for (id, peering) in network.peerings.iter() {
            let before = match peering.state {
                PeeringState::Active => Vec::new(),
                PeeringState::PendingAcceptance => vec![Change::AcceptPeering { peering: id }],
                PeeringState::Rejected | PeeringState::Expired => continue,
            };
            if peering.other_end(vpc).is_some() {
                targets.push((before, Target::Peering(id)));
            }
        }
        for (far, _) in network.vpcs.iter().filter(|(far, it)| *far != vpc && it.contains(to)) {
            let new = self.peerings(vpc, far).into_iter();
            targets.extend(
                new.filter(|(_, id)| network.peerings.get(*id).is_none())
                    .map(|(before, id)| (before, Target::Peering(id))),
            );
        }
        for (_, instance) in network.instances.iter() {
            if instance.forwarding != Forwarding::Off {
                let here = instance.interfaces.iter().filter(|it| network.vpc_of(**it) == vpc);
                targets.extend(here.map(|it| (Vec::new(), Target::Interface(*it))));
            }
        }
        if (v4 || NAT64.contains(to)) && self.affords(2) {
            let new: NatGatewayId = network.nat_gateways.next_id();
            for (subnet, _) in network.subnets.iter().filter(|(_, it)| it.vpc == vpc) {
                for (before, _) in &gateways {
                    let mut before = before.clone();
                    before.push(Change::CreateNatGateway {
                        name: self.name("nat"),
                        subnet,
                        connectivity: Connectivity::Public,
                        address: None,
                        public_address: None,
                    });
                    targets.push((before, Target::NatGateway(new)));
                }
            }
            // In every zone that needs it, wherever subnets are.
            for (mut before, _) in gateways {
                let (name, zones) = (self.name("nat"), Vec::new());
                before.push(Change::CreateRegionalNatGateway { name, vpc, zones });
                targets.push((before, Target::NatGateway(new)));
            }
        }
        targets
    }

    /// The destinations that a route for an address may have: one for each set of the addresses at
    /// stake that it can hold, the narrowest; and everything.
    fn destinations(&self, vpc: VpcId, to: IpAddr) -> Vec<Cidr> {
        self.blocks(to, |it| !self.network.vpcs[vpc].contains(it))
    }

    /// The same among the addresses at stake that are meant.
    pub(super) fn blocks(&self, to: IpAddr, meant: impl Fn(IpAddr) -> bool) -> Vec<Cidr> {
        let home = |address: IpAddr| home(self.network, address);
        let stake = self.demands.iter().flat_map(|it| [it.probe.from, it.probe.to]);
        let stake: Vec<Cidr> = stake
            .flat_map(|end| addresses(self.network, end))
            .filter(|it| it.is_ipv4() == to.is_ipv4() && meant(*it))
            .map(home)
            .collect();
        let mut blocks: Vec<Cidr> = stake.iter().map(|it| around(home(to), *it)).collect();
        blocks.extend([home(to), any(to)]);
        // The only block that leads IPv6 to a NAT gateway.
        blocks.extend(Some(NAT64).filter(|it| it.contains(to)));
        blocks.sort_by_key(|it| std::cmp::Reverse(it.length()));
        blocks.dedup();
        blocks
    }

    /// Gateway endpoints that lead a table's packets to the services of a list.
    fn gateway_endpoints(&mut self, table: RouteTableId, to: IpAddr) {
        let network = self.network;
        let vpc = network.route_tables[table].vpc;
        // Other tables that packets of the VPC to the same service come by: named at once with this
        // one, for an endpoint's tables are set once.
        let more = |list: PrefixListId| -> Vec<RouteTableId> {
            let meant = |end| {
                let mut there = addresses(network, end).into_iter();
                there.any(|it| network.prefix_lists[list].contains(it))
            };
            let wanted = self.demands.iter().filter(|it| it.wanted == Wanted::Delivered);
            let senders = wanted.filter_map(|it| match it.probe.from {
                ProbeEnd::Interface(id) if meant(it.probe.to) => network.interfaces.get(id),
                _ => None,
            });
            let mut tables = vec![table];
            for sender in senders.filter(|it| network.subnets[it.subnet].vpc == vpc) {
                let own = network.route_table_of(sender.subnet);
                if !tables.contains(&own) {
                    tables.push(own);
                }
            }
            tables
        };
        let lists: Vec<PrefixListId> = (network.prefix_lists.iter())
            .filter(|(_, it)| it.by_aws && it.cidrs.iter().any(|it| it.contains(to)))
            .map(|(id, _)| id)
            .collect();
        for list in lists {
            let mut own = network.gateway_endpoints.iter();
            let own = own.find(|(_, it)| (it.vpc, it.list) == (vpc, list));
            match own {
                Some((_, it)) if it.route_tables.contains(&table) => {}
                Some((endpoint, it)) => {
                    let mut all = more(list);
                    all.retain(|table| !it.route_tables.contains(table));
                    for new in [&all[..1], &all] {
                        let tables = it.route_tables.iter().chain(new).copied().collect();
                        self.one(Change::ModifyGatewayEndpoint { endpoint, tables });
                    }
                }
                None => {
                    let all = more(list);
                    for tables in [&all[..1], &all] {
                        let (name, tables) = (self.name("gateway-endpoint"), tables.to_vec());
                        self.one(Change::CreateGatewayEndpoint { name, vpc, list, tables });
                    }
                }
            }
        }
    }
}
