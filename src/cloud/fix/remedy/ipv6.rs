//! IPv6 for whoever has none: ranges, addresses, and the types of AWS's own interfaces.

use std::net::{IpAddr, Ipv6Addr};

use super::{Remedies, Remedy};
use crate::{
    cloud::{
        AddressType, Change, DnsRecords, EndpointAddressType, EndpointTo, InterfaceEndpointId,
        InterfaceId, InterfaceKind, Named, NetworkType, ProbeEnd, ServiceChange, SubnetId, Trace,
        VpcId,
    },
    net::{Cidr, Packet},
};

/// May a VPC that has no IPv6 block get one?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Blocks {
    /// Both ends could speak IPv4: then only where there is a block already.
    AsTheyAre,
    /// One of them speaks IPv6 alone, so that nothing else helps.
    May,
}

impl Remedies<'_> {
    /// Ends of two families meet where the one without IPv6 gets it; or where names of IPv4 get
    /// addresses in disguise.
    pub(super) fn one_family(&mut self, trace: &Trace) {
        let (from, to) = (trace.probe.from, trace.probe.to);
        for end in [from, to] {
            match end {
                ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
                    self.ipv6_address(id, Blocks::May);
                }
                ProbeEnd::Named(named) => self.ipv6_of(named, from),
                _ => {}
            }
        }
        let by_name =
            matches!(to, ProbeEnd::Named(_) | ProbeEnd::NameOf(_) | ProbeEnd::NameOfHost(_));
        if let ProbeEnd::Interface(id) = from
            && by_name
            && let Some(interface) = self.network.interfaces.get(id)
            && !self.network.subnets[interface.subnet].dns64
            && interface.addresses.iter().any(IpAddr::is_ipv6)
        {
            self.one(Change::ModifySubnetDns64 { subnet: interface.subnet, on: true });
        }
    }

    /// An IPv6 address for an interface, by who has it: where its subnet has a range or its VPC a
    /// block, and where that is allowed with a new block.
    pub(super) fn ipv6_address(&mut self, interface: InterfaceId, blocks: Blocks) {
        let network = self.network;
        let Some(it) = network.interfaces.get(interface) else { return };
        if it.addresses.iter().any(IpAddr::is_ipv6) {
            return;
        }
        let (subnets, give): (Vec<SubnetId>, Change) = match it.kind {
            InterfaceKind::Instance(_) | InterfaceKind::Unattached => {
                (vec![it.subnet], Change::AssignIpv6Address { interface, address: None })
            }
            InterfaceKind::Database(database) => {
                let Some(row) = network.databases.get(database) else { return };
                let network_type = NetworkType::Dual;
                let give = ServiceChange::ModifyDatabaseNetworkType { database, network_type };
                (row.subnets.clone(), give.into())
            }
            InterfaceKind::Function(function) => {
                let subnets = self.subnets_of(Named::Function(function));
                (subnets, ServiceChange::ModifyFunctionIpv6 { function, on: true }.into())
            }
            InterfaceKind::LoadBalancer(id) => {
                return self.dualstack(Named::LoadBalancer(id), blocks);
            }
            InterfaceKind::Endpoint(id) => return self.dualstack(Named::Endpoint(id), blocks),
            _ => return,
        };
        if let Some(mut remedy) = self.ranges(&subnets, blocks) {
            remedy.push(give);
            self.add(remedy);
        }
    }

    /// The same for what goes by a name: a load balancer, an endpoint, the endpoint that a service's
    /// usual name leads to.
    fn ipv6_of(&mut self, named: Named, from: ProbeEnd) {
        let sender = match from {
            ProbeEnd::Interface(id) => self.network.interfaces.get(id).map(|it| it.subnet),
            _ => None,
        };
        let vpc = sender.map(|it| self.network.subnets[it].vpc);
        match (named, vpc) {
            (Named::LoadBalancer(_) | Named::Endpoint(_), _) => {
                self.dualstack(named, Blocks::May);
            }
            (Named::Service(service), Some(vpc)) => {
                if let Some(id) = self.network.endpoint_with_private_name(vpc, service) {
                    self.dualstack(Named::Endpoint(id), Blocks::May);
                }
            }
            (Named::Function(_), _) => {
                if let [interface, ..] = self.network.interfaces_of(named.into())[..] {
                    self.ipv6_address(interface, Blocks::May);
                }
            }
            _ => {}
        }
    }

    /// Both families for a load balancer or an endpoint, in all its subnets.
    fn dualstack(&mut self, named: Named, blocks: Blocks) {
        let network = self.network;
        let subnets = self.subnets_of(named);
        let mut give: Vec<ServiceChange> = Vec::new();
        match named {
            Named::LoadBalancer(balancer) => {
                if network.load_balancers.get(balancer).is_none_or(|it| it.address_type.has_ipv6())
                {
                    return;
                }
                let types = AddressType::ALL.into_iter().filter(|it| it.has_ipv6());
                give.extend(types.map(|address_type| ServiceChange::SetIpAddressType {
                    balancer,
                    address_type,
                }));
            }
            Named::Endpoint(endpoint) => {
                let Some(row) = network.interface_endpoints.get(endpoint) else { return };
                if row.address_type == EndpointAddressType::Dualstack {
                    return self.records(endpoint);
                }
                let address_type = Some(EndpointAddressType::Dualstack);
                give.push(ServiceChange::ModifyEndpointAddressType {
                    endpoint,
                    address_type,
                    dns_records: None,
                });
            }
            _ => return,
        }
        let Some(before) = self.ranges(&subnets, blocks) else { return };
        for change in give {
            let mut remedy = before.clone();
            remedy.push(change.into());
            self.add(remedy);
        }
    }

    /// An endpoint that carries IPv4 alone gets both families, after the load balancers behind it.
    pub(super) fn carries_ipv6(&mut self, endpoint: InterfaceEndpointId) {
        let network = self.network;
        let Some(row) = network.interface_endpoints.get(endpoint) else { return };
        let mut subnets = self.subnets_of(Named::Endpoint(endpoint));
        let mut give: Vec<ServiceChange> = Vec::new();
        if let EndpointTo::Offered(service) = row.to {
            for &balancer in &network.endpoint_services[service].load_balancers {
                if !network.load_balancers[balancer].address_type.has_ipv6() {
                    subnets.extend(self.subnets_of(Named::LoadBalancer(balancer)));
                    let address_type = AddressType::Dualstack;
                    give.push(ServiceChange::SetIpAddressType { balancer, address_type });
                }
            }
        }
        give.push(ServiceChange::ModifyEndpointAddressType {
            endpoint,
            address_type: Some(EndpointAddressType::Dualstack),
            dns_records: None,
        });
        if let Some(mut remedy) = self.ranges(&subnets, Blocks::May) {
            remedy.extend(give.into_iter().map(Change::from));
            self.add(remedy);
        }
    }

    /// Its addresses are there, but its names do not tell them.
    fn records(&mut self, endpoint: InterfaceEndpointId) {
        let old = self.network.interface_endpoints[endpoint].dns_records;
        for records in DnsRecords::ALL.into_iter().filter(|it| *it != old) {
            let (address_type, dns_records) = (None, Some(records));
            let change =
                ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records };
            self.one(change.into());
        }
    }

    fn subnets_of(&self, named: Named) -> Vec<SubnetId> {
        let interfaces = self.network.interfaces_of(named.into());
        let rows = interfaces.iter().filter_map(|it| self.network.interfaces.get(*it));
        let mut subnets: Vec<SubnetId> = rows.map(|it| it.subnet).collect();
        subnets.sort();
        subnets.dedup();
        subnets
    }

    /// What gives IPv6 ranges to those of these subnets that have none; `None` where that is not to
    /// be had.
    fn ranges(&self, subnets: &[SubnetId], blocks: Blocks) -> Option<Remedy> {
        let network = self.network;
        let mut remedy = Remedy::new();
        let mut given: Vec<Cidr> = Vec::new();
        let without = |it: &&SubnetId| network.subnets[**it].ipv6().is_none();
        for &subnet in subnets.iter().filter(without) {
            let vpc = network.subnets[subnet].vpc;
            let mut own = network.vpcs[vpc].ipv6_cidrs.clone();
            if own.is_empty() {
                if blocks == Blocks::AsTheyAre {
                    return None;
                }
                let cidr = self.free_block()?;
                let associate = Change::AssociateVpcCidrBlock { vpc, cidr };
                if !remedy.contains(&associate) {
                    remedy.push(associate);
                }
                own.push(cidr);
            }
            let cidr = self.free_range(vpc, &own, &given)?;
            given.push(cidr);
            remedy.push(Change::AssociateSubnetCidrBlock { subnet, cidr });
        }
        Some(remedy)
    }

    /// A /64 of these blocks that no subnet has.
    fn free_range(&self, vpc: VpcId, blocks: &[Cidr], given: &[Cidr]) -> Option<Cidr> {
        let ranges = self.network.subnets.iter().filter(|it| it.1.vpc == vpc);
        let taken: Vec<Cidr> = ranges.filter_map(|it| it.1.ipv6()).collect();
        let free = |it: &Cidr| !taken.iter().chain(given).any(|other| other.overlaps(*it));
        blocks.iter().find_map(|block| {
            (0..256u128)
                .filter_map(|number| Cidr::new(block.nth(number << 64)?, 64).ok())
                .find(free)
        })
    }

    /// A block like one that AWS would give, of the range that is set aside for examples: which one it
    /// will be, nobody knows.
    fn free_block(&self) -> Option<Cidr> {
        let network = self.network;
        let taken = |cidr: Cidr| {
            let vpcs = network.vpcs.iter().flat_map(|(_, it)| it.ipv6_cidrs.iter());
            let sites = network.on_premises.iter().flat_map(|(_, it)| it.cidrs.iter());
            let hosts = network.hosts.iter().any(|(_, it)| cidr.contains(it.address));
            hosts || vpcs.chain(sites).any(|it| it.overlaps(cidr))
        };
        (0xa0..0xff_u16)
            .filter_map(|number| {
                let first = Ipv6Addr::new(0x2001, 0xdb8, number, 0, 0, 0, 0, 0);
                Cidr::new(first.into(), 56).ok()
            })
            .find(|it| !taken(*it))
    }

    /// What takes IPv6 from an interface of AWS's that got or sent a packet over it.
    pub(super) fn close_ipv6(&mut self, id: InterfaceId, packet: &Packet) {
        let Some(row) = self.network.interfaces.get(id) else { return };
        let ends = [packet.source, packet.destination];
        if !ends.into_iter().any(|it| it.is_ipv6() && row.has(it)) {
            return;
        }
        let change = match row.kind {
            InterfaceKind::Database(database) => ServiceChange::ModifyDatabaseNetworkType {
                database,
                network_type: NetworkType::Ipv4,
            },
            InterfaceKind::Function(function) => {
                ServiceChange::ModifyFunctionIpv6 { function, on: false }
            }
            InterfaceKind::LoadBalancer(balancer) => {
                ServiceChange::SetIpAddressType { balancer, address_type: AddressType::Ipv4 }
            }
            InterfaceKind::Endpoint(endpoint) => ServiceChange::ModifyEndpointAddressType {
                endpoint,
                address_type: Some(EndpointAddressType::Ipv4),
                dns_records: None,
            },
            _ => return,
        };
        self.one(change.into());
    }
}
