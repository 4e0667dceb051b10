//! Interfaces that no component of the network can tell apart.
//!
//! Two interfaces of one crowd lie in one subnet, carry the same groups, run and listen alike, and
//! no rule, route or block anywhere holds the address of one and not of the other. So a packet from
//! (or to) the one fares as the same packet from (or to) the other, and one trace speaks for both.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{
    cloud::{
        AttachmentOf, InstanceState, Interface, InterfaceId, InterfaceKind, Listening, Network,
        Peer, SecurityGroupId, SubnetId, Target, VpcId,
        reach::{outside::NOT_ON_THE_INTERNET, space::number},
        route_table::RANGES_KEPT_BY_AWS,
    },
    net::Cidr,
};

/// All interfaces of a network, in crowds. Crowds stand in the order of their oldest members,
/// members the oldest first.
pub(super) struct Crowds(Vec<Vec<InterfaceId>>);

impl Crowds {
    pub fn of(network: &Network) -> Self {
        let blocks = Blocks::of(network);
        let apart = told_apart(network);
        let looks: Vec<(InterfaceId, Look)> = (network.interfaces.iter())
            .map(|(id, it)| (id, Look::of(network, &blocks, id, it, apart.contains(&id))))
            .collect();
        // Numbers for looks, so that twins can be compared.
        let mut numbers: BTreeMap<&Look, usize> = BTreeMap::new();
        let mut by_interface = BTreeMap::new();
        for (id, look) in &looks {
            let next = numbers.len();
            by_interface.insert(*id, *numbers.entry(look).or_insert(next));
        }
        let mut twins = twins(network);
        // A twin that does not run is named as what dropped a packet, each by itself.
        let rests = |it: &Look| matches!(it.kind, Kind::Stopped | Kind::Missing | Kind::Unattached);
        let idle: BTreeSet<InterfaceId> =
            looks.iter().filter(|it| rests(&it.1)).map(|it| it.0).collect();
        let twin = |id: InterfaceId| (by_interface[&id], idle.contains(&id).then_some(id));
        let mut crowds: BTreeMap<(usize, Twins<_>), Vec<InterfaceId>> = BTreeMap::new();
        for (&id, &look) in &by_interface {
            let twins = twins.remove(&id).unwrap_or_default();
            let twins: Twins<_> = twins.into_iter().map(|(vpc, id)| (vpc, twin(id))).collect();
            crowds.entry((look, twins)).or_default().push(id);
        }
        let mut crowds: Vec<_> = crowds.into_values().collect();
        crowds.sort_unstable();
        Self(crowds)
    }

    pub fn iter(&self) -> impl Iterator<Item = &[InterfaceId]> {
        self.0.iter().map(Vec::as_slice)
    }

    pub fn into_list(self) -> Vec<Vec<InterfaceId>> {
        self.0
    }
}

/// All that the engine can see of an interface, without its exact addresses.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    subnet: SubnetId,
    groups: Vec<SecurityGroupId>,
    source_dest_check: bool,
    /// What it belongs to, and how that is.
    kind: Kind,
    /// The ports that answer; `None` means all.
    listening: Option<Vec<(u8, u16, u16)>>,
    /// For each address, the smallest block in the network that holds it: with it all that hold it.
    addresses: Vec<(bool, Option<Cidr>)>,
    /// The same for the public addresses.
    public_addresses: Vec<Option<Cidr>>,
    /// It is like no other.
    alone: Option<InterfaceId>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Running,
    Stopped,
    Missing,
    Service,
    Unattached,
    NatGateway,
}

impl Look {
    fn of(
        network: &Network,
        blocks: &Blocks,
        id: InterfaceId,
        interface: &Interface,
        alone: bool,
    ) -> Self {
        let Interface {
            name: _,
            subnet,
            kind,
            addresses,
            public_address: _,
            further_public: _,
            assigns_public_address: _,
            security_groups,
            source_dest_check,
        } = interface;
        let (kind, listening, single) = match *kind {
            InterfaceKind::Instance(instance) => match network.instances.get(instance) {
                Some(instance) => {
                    let kind = match instance.state {
                        InstanceState::Running => Kind::Running,
                        InstanceState::Stopped => Kind::Stopped,
                    };
                    // To whom others' packets are routed is told apart for that.
                    (kind, Some(&instance.listening), false)
                }
                None => (Kind::Missing, None, false),
            },
            InterfaceKind::NatGateway => (Kind::NatGateway, None, true),
            InterfaceKind::Service => (Kind::Service, None, false),
            // Each is one of its kind.
            InterfaceKind::LoadBalancer(_)
            | InterfaceKind::Endpoint(_)
            | InterfaceKind::Function(_)
            | InterfaceKind::Database(_)
            | InterfaceKind::Task(_)
            | InterfaceKind::VpcLink(_) => (Kind::Service, None, true),
            InterfaceKind::Unattached => (Kind::Unattached, None, false),
        };
        let listening = listening.and_then(|it| match it {
            Listening::Everywhere => None,
            Listening::On(open) => {
                let open: BTreeSet<_> = open
                    .iter()
                    .map(|(protocol, ports)| (protocol.0, ports.low, ports.high))
                    .collect();
                Some(open.into_iter().collect())
            }
        });
        Self {
            subnet: *subnet,
            groups: security_groups.clone(),
            source_dest_check: *source_dest_check,
            kind,
            listening,
            addresses: addresses.iter().map(|it| (it.is_ipv4(), blocks.smallest(*it))).collect(),
            public_addresses: interface.public_addresses().map(|it| blocks.smallest(it)).collect(),
            alone: (alone || single).then_some(id),
        }
    }
}

/// Who says that an address is his: in which VPC (private addresses), which interface (or a host).
type Claim = (Option<VpcId>, Option<InterfaceId>);

/// Interfaces that something names one by one: targets of routes, and those whose address somebody
/// else claims too (networks that were read and not made may have such).
fn told_apart(network: &Network) -> BTreeSet<InterfaceId> {
    let mut apart = BTreeSet::new();
    for (_, table) in network.route_tables.iter() {
        for route in &table.routes {
            if let Target::Interface(id) = route.target {
                apart.insert(id);
            }
        }
    }
    // A target is told from others also by who asks for it in another VPC: itself, perhaps.
    let targets: BTreeSet<IpAddr> = (network.target_groups.iter())
        .flat_map(|(_, group)| group.targets.iter().map(move |it| (group, it.target)))
        .filter_map(|(group, target)| network.target_address(group, target))
        .collect();
    let mut claims: BTreeMap<IpAddr, Vec<Claim>> = BTreeMap::new();
    for (id, interface) in network.interfaces.iter() {
        let vpc = network.subnets[interface.subnet].vpc;
        for &address in &interface.addresses {
            claims.entry(address).or_default().push((Some(vpc), Some(id)));
            if targets.contains(&address) {
                apart.insert(id);
            }
        }
        for public in interface.public_addresses() {
            claims.entry(public).or_default().push((None, Some(id)));
        }
    }
    for (_, host) in network.hosts.iter() {
        claims.entry(host.address).or_default().push((None, None));
    }
    for claims in claims.values().filter(|it| it.len() > 1) {
        // The same private address in several VPCs is common: see `twins`.
        let vpcs: BTreeSet<_> = claims.iter().map(|it| it.0).collect();
        if vpcs.len() < claims.len() || vpcs.contains(&None) {
            apart.extend(claims.iter().filter_map(|it| it.1));
        }
    }
    apart
}

/// Interfaces (or their looks), and the VPCs in which they lie.
type Twins<T> = Vec<(VpcId, T)>;

/// For each interface, those of other VPCs that have an address of its own: where packets go astray,
/// one may be taken for the other.
fn twins(network: &Network) -> BTreeMap<InterfaceId, Twins<InterfaceId>> {
    let mut owners: BTreeMap<IpAddr, Twins<InterfaceId>> = BTreeMap::new();
    for (id, interface) in network.interfaces.iter() {
        let vpc = network.subnets[interface.subnet].vpc;
        for &address in &interface.addresses {
            owners.entry(address).or_default().push((vpc, id));
        }
    }
    let mut twins: BTreeMap<InterfaceId, Twins<InterfaceId>> = BTreeMap::new();
    for owners in owners.values() {
        for &(vpc, id) in owners {
            let others = owners.iter().copied().filter(|other| other.0 != vpc);
            twins.entry(id).or_default().extend(others);
        }
    }
    twins
}

/// Every block of addresses that a packet may be compared with.
struct Blocks {
    /// Where the smallest block changes: family, first address, the smallest block from there on. Of
    /// several at one place the last holds.
    edges: Vec<((bool, u128), Option<Cidr>)>,
}

impl Blocks {
    fn of(network: &Network) -> Self {
        let Network {
            vpcs,
            subnets,
            route_tables,
            peerings: _,
            prefix_lists,
            gateway_endpoints: _,
            internet_gateways: _,
            egress_only_gateways: _,
            // Exclusions spare whole subnets, and a crowd lies in one.
            block_public_access: _,
            // What there is passes packets, however much of it is allowed.
            quotas: _,
            nat_gateways: _,
            security_groups,
            network_acls,
            instances: _,
            interfaces: _,
            hosts,
            load_balancers: _,
            target_groups: _,
            interface_endpoints: _,
            endpoint_services: _,
            services,
            functions: _,
            databases: _,
            tasks: _,
            apis: _,
            distributions: _,
            transit_gateways: _,
            transit_gateway_attachments,
            transit_gateway_route_tables,
            virtual_private_gateways: _,
            customer_gateways: _,
            vpn_connections,
            direct_connect_gateways,
            on_premises,
            index: _,
        } = network;
        let mut blocks: BTreeSet<Cidr> = BTreeSet::new();
        blocks.extend(NOT_ON_THE_INTERNET);
        blocks.extend(RANGES_KEPT_BY_AWS);
        blocks.extend(AMAZON.map(Cidr::host));
        for (_, vpc) in vpcs.iter() {
            blocks.extend(vpc.cidrs.iter().chain(&vpc.ipv6_cidrs));
            blocks.extend(vpc.cidrs.first().and_then(|it| it.nth(2)).map(Cidr::host));
        }
        for (_, subnet) in subnets.iter() {
            blocks.extend(Some(subnet.cidr).into_iter().chain(subnet.ipv6_cidr));
        }
        for (_, table) in route_tables.iter() {
            blocks.extend(table.routes.iter().map(|it| it.destination));
        }
        for (_, group) in security_groups.iter() {
            blocks.extend(group.ingress.iter().chain(&group.egress).filter_map(
                |it| match it.peer {
                    Peer::Cidr(cidr) => Some(cidr),
                    Peer::Group(_) | Peer::PrefixList(_) => None,
                },
            ));
        }
        blocks.extend(prefix_lists.iter().flat_map(|(_, it)| it.cidrs.iter().copied()));
        for (_, acl) in network_acls.iter() {
            blocks.extend(acl.ingress.iter().chain(&acl.egress).map(|it| it.cidr));
        }
        blocks.extend(hosts.iter().map(|(_, host)| Cidr::host(host.address)));
        blocks.extend(services.iter().flat_map(|(_, it)| it.ranges.clone()));
        for (_, attachment) in transit_gateway_attachments.iter() {
            if let AttachmentOf::Connect { prefixes, .. } = &attachment.of {
                blocks.extend(prefixes);
            }
        }
        for (_, table) in transit_gateway_route_tables.iter() {
            blocks.extend(table.routes.iter().map(|it| it.destination));
        }
        for (_, vpn) in vpn_connections.iter() {
            blocks.extend(vpn.routing.prefixes());
        }
        for (_, line) in direct_connect_gateways.iter() {
            blocks.extend(&line.prefixes);
        }
        for (_, site) in on_premises.iter() {
            blocks.extend(&site.cidrs);
        }
        Self::sweep(&blocks)
    }

    /// Blocks either share nothing or one holds the other, so a stack of open blocks will do.
    fn sweep(blocks: &BTreeSet<Cidr>) -> Self {
        let mut edges: Vec<((bool, u128), Option<Cidr>)> = Vec::new();
        let mut mark = |at, smallest| edges.push((at, smallest));
        for v4 in [true, false] {
            let mut open: Vec<Cidr> = Vec::new();
            let mut sorted: Vec<Cidr> =
                blocks.iter().copied().filter(|it| it.is_ipv4() == v4).collect();
            sorted.sort_by_key(|it| (number(it.first()), it.length()));
            mark((v4, 0), None);
            let close = |open: &mut Vec<Cidr>, mark: &mut dyn FnMut((bool, u128), Option<Cidr>)| {
                if let Some(it) = open.pop()
                    && let Some(behind) = number(it.last()).checked_add(1)
                {
                    mark((v4, behind), open.last().copied());
                }
            };
            for block in sorted {
                while open.last().is_some_and(|it| !it.covers(block)) {
                    close(&mut open, &mut mark);
                }
                open.push(block);
                mark((v4, number(block.first())), Some(block));
            }
            while !open.is_empty() {
                close(&mut open, &mut mark);
            }
        }
        edges.sort_by_key(|it| it.0);
        Self { edges }
    }

    fn smallest(&self, address: IpAddr) -> Option<Cidr> {
        let at = (address.is_ipv4(), number(address));
        let place = self.edges.partition_point(|it| it.0 <= at).checked_sub(1)?;
        self.edges[place].1
    }
}

/// The addresses at which AWS answers inside a VPC, besides the resolver.
pub(super) const AMAZON: [IpAddr; 10] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 253)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 123)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 250)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 251)),
    IpAddr::V4(Ipv4Addr::BROADCAST),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x123)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_block_is_found_as_by_a_scan() {
        let texts = [
            "0.0.0.0/0",
            "10.0.0.0/8",
            "10.0.0.0/16",
            "10.0.1.0/24",
            "10.0.1.7/32",
            "10.255.0.0/16",
        ];
        let blocks: BTreeSet<Cidr> = texts.iter().map(|it| it.parse().unwrap()).collect();
        let swept = Blocks::sweep(&blocks);
        for text in [
            "9.1.1.1",
            "10.0.0.9",
            "10.0.1.6",
            "10.0.1.7",
            "10.0.1.8",
            "10.2.0.0",
            "10.255.3.3",
            "11.0.0.0",
            "255.255.255.255",
        ] {
            let address: IpAddr = text.parse().unwrap();
            let scan = blocks.iter().filter(|it| it.contains(address)).max_by_key(|it| it.length());
            assert_eq!(swept.smallest(address), scan.copied(), "{text}");
        }
        assert_eq!(swept.smallest("2001:db8::1".parse().unwrap()), None);
    }
}
