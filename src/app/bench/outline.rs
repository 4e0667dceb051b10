//! The network as a list: everything that can be looked at, indented under what it belongs to.
//! The twin of the map for small windows, and for whoever prefers to read.

use crate::{
    app::canvas::{self, Spot},
    cloud::{Network, Thing, VpcId, Zone},
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
    /// An object.
    Thing(Thing),
}

impl Entry {
    /// Where it is on the map, and which object it is.
    pub fn subject(&self, network: &Network) -> Option<(Option<Spot>, Option<Thing>)> {
        match self {
            Self::Internet | Self::Zone(_) | Self::Loose => None,
            Self::Elsewhere => Some((Some(Spot::Elsewhere), None)),
            Self::Thing(thing) => Some((canvas::spot_of_thing(network, *thing), Some(*thing))),
        }
    }
}

/// Lists a network: outside first, then each VPC with its gateway, zones, and the tables, groups
/// and lists that have no place of their own.
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
    lines
}

fn zones(network: &Network, vpc: VpcId) -> Vec<Zone> {
    let subnets = network.subnets().iter().filter(|(_, subnet)| subnet.vpc == vpc);
    let mut zones: Vec<Zone> = subnets.map(|(_, subnet)| subnet.zone.clone()).collect();
    zones.sort();
    zones.dedup();
    zones
}
