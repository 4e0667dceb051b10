//! Values that are known beforehand: names that are free, blocks, services, targets, ends.

use std::net::Ipv4Addr;

use crate::{
    app::{
        bench::{
            form::{Known, Note, Value},
            wire::{End, receiver, sender},
        },
        canvas::is_public,
    },
    cloud::{InterfaceKind, Network, Peer, ProbeEnd, SubnetId, Target, Thing, VpcId},
    course::{
        names::{target_word, word},
        scene::print_end,
    },
    net::Cidr,
};

pub(crate) fn known(text: impl Into<String>, note: Note) -> Known {
    Known { text: text.into(), note, value: Value::Text }
}

pub(crate) fn known_thing(text: impl Into<String>, thing: Thing) -> Known {
    Known { text: text.into(), note: Note::Of(thing), value: Value::Thing(thing) }
}

/// `base`, or the first of `base-2`, `base-3` ... that nothing is called.
pub(crate) fn free_name(network: &Network, base: &str) -> String {
    let taken = |name: &str| network.find(name).next().is_some();
    std::iter::once(base.to_owned())
        .chain((2..10_000).map(|number| format!("{base}-{number}")))
        .find(|name| !taken(name))
        .unwrap_or_default()
}

/// The next free /24 of a VPC (or a smaller block where it has no such room).
pub(crate) fn free_block(network: &Network, vpc: VpcId) -> Option<Cidr> {
    free_blocks(network, vpc).next()
}

/// The free blocks of that size, in order.
pub(super) fn free_blocks(network: &Network, vpc: VpcId) -> impl Iterator<Item = Cidr> + '_ {
    let subnets = network.subnets().iter().filter(move |(_, row)| row.vpc == vpc);
    let taken: Vec<Cidr> = subnets.map(|(_, row)| row.cidr).collect();
    let whole = network.vpcs().get(vpc).map_or(&[][..], |row| &row.cidrs);
    let blocks = whole.iter().flat_map(|cidr| {
        let length = cidr.length().clamp(24, 28);
        let size = 1u128 << (32 - u32::from(length));
        (0..256u128)
            .filter_map(move |n| Cidr::new(cidr.nth(n * size)?, length).ok())
            .filter(|block| cidr.covers(*block))
    });
    blocks.filter(move |block| !taken.iter().any(|other| other.overlaps(*block)))
}

/// Blocks for a VPC that no other has: those of 10.0.0.0/8 first, then the other private ones
/// (RFC 1918).
pub(super) fn free_blocks_for_vpc(network: &Network) -> impl Iterator<Item = Cidr> {
    let taken: Vec<Cidr> = network.vpcs().iter().flat_map(|(_, row)| row.cidrs.clone()).collect();
    let of = |first: u8, second: u8| Cidr::v4(Ipv4Addr::new(first, second, 0, 0), 16);
    let free = move |block: &Cidr| !taken.iter().any(|other| other.overlaps(*block));
    let (tens, others) = ((0..=255).map(move |n| of(10, n)), (16..32).map(move |n| of(172, n)));
    let tens: Vec<Cidr> = tens.filter(&free).collect();
    let others: Vec<Cidr> = others.chain([of(192, 168)]).filter(&free).collect();
    // Two of the first range are enough to see that there are more.
    let (near, far) = tens.split_at(tens.len().min(2));
    let seen: Vec<Cidr> = near.iter().chain(others.first()).chain(others.last()).copied().collect();
    let rest: Vec<Cidr> = far.to_vec();
    seen.into_iter().chain(rest)
}

pub(crate) fn protocols() -> Vec<Known> {
    ["tcp", "udp", "icmp", "all"].map(|text| known(text, Note::None)).to_vec()
}

pub(crate) fn services(ranges: bool) -> Vec<Known> {
    let mut list = vec![
        known("443", Note::Service("HTTPS")),
        known("80", Note::Service("HTTP")),
        known("22", Note::Service("SSH")),
        known("53", Note::Service("DNS")),
        known("3306", Note::Service("MySQL")),
        known("5432", Note::Service("PostgreSQL")),
    ];
    if ranges {
        list.insert(3, known("1024-65535", Note::Ephemeral));
        list.insert(4, known("all", Note::Everyone));
    }
    list
}

/// Blocks that rules are usually about: everyone, the VPC, its subnets, the hosts of the scene.
pub(crate) fn blocks(network: &Network, vpc: VpcId) -> Vec<Known> {
    let mut list = vec![known("0.0.0.0/0", Note::Everyone)];
    if let Some(row) = network.vpcs().get(vpc) {
        let thing = Thing::Vpc(vpc);
        list.extend(row.cidrs.iter().map(|cidr| known(cidr.to_string(), Note::Of(thing))));
    }
    let subnets = network.subnets().iter().filter(|(_, subnet)| subnet.vpc == vpc);
    list.extend(
        subnets.map(|(id, subnet)| known(subnet.cidr.to_string(), Note::Of(Thing::Subnet(id)))),
    );
    list.extend(
        network.hosts().iter().map(|(id, host)| {
            known(Cidr::host(host.address).to_string(), Note::Of(Thing::Host(id)))
        }),
    );
    list
}

/// Destinations that routes are usually for.
pub(crate) fn destinations(network: &Network) -> Vec<Known> {
    let mut list = vec![known("0.0.0.0/0", Note::Everyone)];
    list.extend(
        network.hosts().iter().map(|(id, host)| {
            known(Cidr::host(host.address).to_string(), Note::Of(Thing::Host(id)))
        }),
    );
    list
}

/// Where routes of a VPC may lead: its gateway first, then gateways that are not attached (AWS
/// refuses these, and says why), NAT gateways, what joins it to other networks, instances.
pub(crate) fn targets(network: &Network, vpc: VpcId) -> Vec<Known> {
    let choice = |target: Target, thing: Thing| Known {
        text: target_word(network, &target),
        note: Note::Of(thing),
        value: Value::Target(target),
    };
    let gateways = || network.internet_gateways().iter();
    let mut list: Vec<Known> = gateways()
        .filter(|(_, gateway)| gateway.vpc == Some(vpc))
        .chain(gateways().filter(|(_, gateway)| gateway.vpc.is_none()))
        .map(|(id, _)| choice(Target::InternetGateway(id), Thing::InternetGateway(id)))
        .collect();
    let in_vpc =
        |subnet: SubnetId| network.subnets().get(subnet).is_some_and(|subnet| subnet.vpc == vpc);
    list.extend(
        network
            .nat_gateways()
            .iter()
            .filter(|(_, nat)| nat.vpc == vpc)
            .map(|(id, _)| choice(Target::NatGateway(id), Thing::NatGateway(id))),
    );
    let peerings = network.peerings().iter().filter(|(_, row)| row.other_end(vpc).is_some());
    list.extend(peerings.map(|(id, _)| choice(Target::Peering(id), Thing::Peering(id))));
    let outward = network.egress_only_gateways().iter().filter(|(_, row)| row.vpc == vpc);
    list.extend(
        outward.map(|(id, _)| choice(Target::EgressOnlyGateway(id), Thing::EgressOnlyGateway(id))),
    );
    list.extend(
        network
            .transit_gateways()
            .iter()
            .map(|(id, _)| choice(Target::TransitGateway(id), Thing::TransitGateway(id))),
    );
    list.extend(network.virtual_private_gateways().iter().map(|(id, _)| {
        choice(Target::VirtualPrivateGateway(id), Thing::VirtualPrivateGateway(id))
    }));
    let carries = |kind: &InterfaceKind| {
        matches!(kind, InterfaceKind::Instance(_) | InterfaceKind::Unattached)
    };
    list.extend(
        network
            .interfaces()
            .iter()
            .filter(|(_, row)| in_vpc(row.subnet) && carries(&row.kind))
            .map(|(id, _)| choice(Target::Interface(id), Thing::Interface(id))),
    );
    list
}

/// Who may send: instances, functions, networks on premises, hosts, the internet.
pub(super) fn senders(network: &Network) -> Vec<Known> {
    ends(network, |end| sender(network, end))
}

/// Who may be meant: those, and load balancers, databases, services.
pub(super) fn receivers(network: &Network) -> Vec<Known> {
    ends(network, |end| receiver(network, end).map(|(end, ..)| end))
}

fn ends(network: &Network, may: impl Fn(End) -> Option<ProbeEnd>) -> Vec<Known> {
    let mut list: Vec<Known> = Vec::new();
    // An interface goes by what it belongs to.
    let own = |thing: &Thing| match thing {
        Thing::Interface(id) => network.owner_of(*id) == *thing,
        _ => true,
    };
    for thing in network.things().filter(own) {
        let Some(end) = may(End::Thing(thing)) else { continue };
        let text = print_end(network, end);
        if list.iter().all(|known| known.text != text) {
            list.push(known_thing(text, thing));
        }
    }
    list.push(known("internet", Note::Internet));
    list
}

/// Subnets that something may be spread over: one of each zone, public or private, then each.
pub(crate) fn subnet_choices(network: &Network, vpc: VpcId) -> Vec<Known> {
    let own = || network.subnets().iter().filter(move |(_, row)| row.vpc == vpc);
    let mut list = Vec::new();
    for (public, note) in [(true, Note::PublicSubnets), (false, Note::PrivateSubnets)] {
        let mut zones = Vec::new();
        let mut chosen = Vec::new();
        for (id, row) in own().filter(|(id, _)| is_public(network, *id) == public) {
            if !zones.contains(&&row.zone) {
                zones.push(&row.zone);
                chosen.push(word(network, id));
            }
        }
        if chosen.len() > 1 {
            list.push(known(chosen.join(" "), note));
        }
    }
    list.extend(own().map(|(id, _)| known_thing(word(network, id), Thing::Subnet(id))));
    list
}

/// A peer of a rule, as forms and edits spell it.
pub(crate) fn written_peer(network: &Network, peer: &Peer) -> String {
    match peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::Group(id) => format!("group {}", word(network, *id)),
        Peer::PrefixList(id) => format!("prefix-list {}", word(network, *id)),
    }
}
