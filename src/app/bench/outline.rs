//! The network as a list: everything that can be looked at, indented under what it belongs to.
//! The twin of the map for small windows, and for whoever prefers to read.

use crate::{
    app::canvas::{self, Spot},
    cloud::{ApiKind, Network, Thing, VpcId, Zone},
};

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// How deep it stands.
    pub depth: u16,
    /// What it is.
    pub entry: Entry,
}

/// What a line of the list is.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// The internet as a whole: a heading.
    Internet,
    /// Every address that no host has.
    Elsewhere,
    /// An availability zone: a heading.
    Zone(Zone),
    /// Gateways that are attached to nothing: a heading.
    Loose,
    /// What stands at AWS's edge: a heading.
    Edge,
    /// What stands in the Region, outside every VPC: a heading.
    Shelf,
    /// What joins networks with each other: a heading.
    Joints,
    /// The networks on premises: a heading.
    Premises,
    /// An object.
    Thing(Thing),
}

impl Entry {
    /// Where it is on the map, and which object it is.
    pub fn subject(&self, network: &Network) -> Option<(Option<Spot>, Option<Thing>)> {
        match self {
            Self::Internet
            | Self::Zone(_)
            | Self::Loose
            | Self::Edge
            | Self::Shelf
            | Self::Joints
            | Self::Premises => None,
            Self::Elsewhere => Some((Some(Spot::Elsewhere), None)),
            Self::Thing(thing) => Some((canvas::spot_of_thing(network, *thing), Some(*thing))),
        }
    }
}

/// Lists a network: outside first, then each VPC with its gateways, what belongs to it as a whole,
/// its zones, and the tables, groups and lists that have no place of their own; then what is outside
/// the VPCs, from the edge to the networks on premises. Everything there is comes once.
pub fn outline(network: &Network) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |depth: u16, entry: Entry| lines.push(Line { depth, entry });
    add(0, Entry::Internet);
    add(1, Entry::Elsewhere);
    for (id, _) in network.hosts().iter() {
        add(1, Entry::Thing(Thing::Host(id)));
    }
    let gateways = || network.internet_gateways().iter();
    if gateways().any(|(_, gateway)| gateway.vpc.is_none()) {
        add(0, Entry::Loose);
        for (id, _) in gateways().filter(|(_, gateway)| gateway.vpc.is_none()) {
            add(1, Entry::Thing(Thing::InternetGateway(id)));
        }
    }
    for (vpc, _) in network.vpcs().iter() {
        add(0, Entry::Thing(Thing::Vpc(vpc)));
        for (id, _) in gateways().filter(|(_, gateway)| gateway.vpc == Some(vpc)) {
            add(1, Entry::Thing(Thing::InternetGateway(id)));
        }
        for (depth, thing) in whole(network, vpc) {
            add(depth, Entry::Thing(thing));
        }
        for zone in zones(network, vpc) {
            add(1, Entry::Zone(zone.clone()));
            let mut subnets: Vec<_> = network
                .subnets()
                .iter()
                .filter(|(_, subnet)| subnet.vpc == vpc && subnet.zone == zone)
                .map(|(id, _)| id)
                .collect();
            subnets.sort_by_key(|subnet| !canvas::is_public(network, *subnet));
            for subnet in subnets {
                add(2, Entry::Thing(Thing::Subnet(subnet)));
                for (interface, _) in
                    network.interfaces().iter().filter(|(_, i)| i.subnet == subnet)
                {
                    let spot = canvas::spot_of_thing(network, Thing::Interface(interface));
                    if let Some(Spot::Thing(thing)) = spot {
                        add(3, Entry::Thing(thing));
                    }
                }
            }
        }
        for (id, _) in network.route_tables().iter().filter(|(_, row)| row.vpc == vpc) {
            add(1, Entry::Thing(Thing::RouteTable(id)));
        }
        for (id, _) in network.security_groups().iter().filter(|(_, row)| row.vpc == vpc) {
            add(1, Entry::Thing(Thing::SecurityGroup(id)));
        }
        for (id, _) in network.network_acls().iter().filter(|(_, row)| row.vpc == vpc) {
            add(1, Entry::Thing(Thing::NetworkAcl(id)));
        }
    }
    for (heading, things) in outside(network) {
        if !things.is_empty() {
            add(0, heading);
            for (depth, thing) in things {
                add(depth, Entry::Thing(thing));
            }
        }
    }
    for (id, _) in network.prefix_lists().iter() {
        add(0, Entry::Thing(Thing::PrefixList(id)));
    }
    lines
}

/// What belongs to a VPC as a whole, with what belongs to that one step deeper.
fn whole(network: &Network, vpc: VpcId) -> Vec<(u16, Thing)> {
    let mut all = Vec::new();
    for (id, _) in network.egress_only_gateways().iter().filter(|(_, row)| row.vpc == vpc) {
        all.push((1, Thing::EgressOnlyGateway(id)));
    }
    let private = network.virtual_private_gateways().iter();
    for (id, _) in private.filter(|(_, row)| row.vpc == Some(vpc)) {
        all.push((1, Thing::VirtualPrivateGateway(id)));
    }
    let regional = network.nat_gateways().iter();
    for (id, _) in regional.filter(|(_, row)| row.vpc == vpc && row.regional().is_some()) {
        all.push((1, Thing::NatGateway(id)));
    }
    let mut groups = Vec::new();
    for (id, row) in network.load_balancers().iter().filter(|(_, row)| row.vpc == vpc) {
        all.push((1, Thing::LoadBalancer(id)));
        for group in row.listeners.iter().flat_map(|listener| &listener.target_groups) {
            let own = network.target_groups().get(*group).is_some_and(|row| row.vpc == vpc);
            if own && !groups.contains(group) {
                groups.push(*group);
                all.push((2, Thing::TargetGroup(*group)));
            }
        }
    }
    let others = network.target_groups().iter();
    for (id, _) in others.filter(|(id, row)| row.vpc == vpc && !groups.contains(id)) {
        all.push((1, Thing::TargetGroup(id)));
    }
    for (id, _) in network.interface_endpoints().iter().filter(|(_, row)| row.vpc == vpc) {
        all.push((1, Thing::InterfaceEndpoint(id)));
    }
    for (id, _) in network.gateway_endpoints().iter().filter(|(_, row)| row.vpc == vpc) {
        all.push((1, Thing::GatewayEndpoint(id)));
    }
    all
}

/// What is outside the VPCs, under its headings.
fn outside(network: &Network) -> [(Entry, Vec<(u16, Thing)>); 4] {
    let (mut edge, mut shelf) = (Vec::new(), Vec::new());
    edge.extend(network.distributions().iter().map(|(id, _)| (1, Thing::Distribution(id))));
    for (id, row) in network.apis().iter() {
        let list = if row.kind == ApiKind::Edge { &mut edge } else { &mut shelf };
        list.push((1, Thing::Api(id)));
    }
    shelf.extend(network.services().iter().map(|(id, _)| (1, Thing::Service(id))));
    shelf.extend(network.endpoint_services().iter().map(|(id, _)| (1, Thing::EndpointService(id))));
    shelf.extend(network.functions().iter().map(|(id, _)| (1, Thing::Function(id))));

    let mut joints = Vec::new();
    let private = network.virtual_private_gateways().iter();
    let loose = private.filter(|(_, row)| row.vpc.is_none());
    joints.extend(loose.map(|(id, _)| (1, Thing::VirtualPrivateGateway(id))));
    joints.extend(network.peerings().iter().map(|(id, _)| (1, Thing::Peering(id))));
    for (id, _) in network.transit_gateways().iter() {
        joints.push((1, Thing::TransitGateway(id)));
        let attachments = network.transit_gateway_attachments().iter();
        let own = attachments.filter(|(_, row)| row.gateway == id);
        joints.extend(own.map(|(at, _)| (2, Thing::TransitGatewayAttachment(at))));
        let tables = network.transit_gateway_route_tables().iter();
        let own = tables.filter(|(_, row)| row.gateway == id);
        joints.extend(own.map(|(at, _)| (2, Thing::TransitGatewayRouteTable(at))));
    }
    joints.extend(network.vpn_connections().iter().map(|(id, _)| (1, Thing::VpnConnection(id))));
    let direct = network.direct_connect_gateways().iter();
    joints.extend(direct.map(|(id, _)| (1, Thing::DirectConnectGateway(id))));

    let mut premises = Vec::new();
    for (id, _) in network.on_premises().iter() {
        premises.push((1, Thing::OnPremises(id)));
        let gateways = network.customer_gateways().iter();
        let own = gateways.filter(|(_, row)| row.on_premises == id);
        premises.extend(own.map(|(at, _)| (2, Thing::CustomerGateway(at))));
    }
    [
        (Entry::Edge, edge),
        (Entry::Shelf, shelf),
        (Entry::Joints, joints),
        (Entry::Premises, premises),
    ]
}

fn zones(network: &Network, vpc: VpcId) -> Vec<Zone> {
    let subnets = network.subnets().iter().filter(|(_, subnet)| subnet.vpc == vpc);
    let mut zones: Vec<Zone> = subnets.map(|(_, subnet)| subnet.zone.clone()).collect();
    zones.sort();
    zones.dedup();
    zones
}
