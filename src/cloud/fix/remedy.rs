//! What a person could change about a packet's fate: every change of the candidate space that
//! touches something the packet met on its way.

use std::net::IpAddr;

use crate::{
    cloud::{
        AclAction, AclEntry, AttachmentOf, BlockMode, Cause, Change, Connectivity, Direction,
        EndpointPolicy, Exclusion, ExclusionMode, ExclusionOf, Forwarding, Hop, InstanceState,
        InterfaceId, InterfaceKind, InternetGatewayId, Leg, Link, Listening, LoadBalancerId, Name,
        NatGatewayId, Network, NetworkAcl, NetworkAclId, Origin, Peer, PeeringState, Place,
        ProbeEnd, Quota, RouteTableId, Rules, SecurityGroupId, SecurityGroupRule, ServiceCause,
        ServiceChange, SubnetId, Target, Trace, TransitCause, TransitChange, Tunnel, Verdict,
        VpcId,
        fix::{
            Demand, Wanted,
            header::{Box, Header, Known, addresses, any, around, block_of, headers},
        },
        network_acl,
    },
    net::{Cidr, Packet, Ports},
};

mod service;

/// Changes that belong together: the last one matters, those before make it possible.
pub(super) type Remedy = Vec<Change>;

/// Everything in the candidate space that may bring a demand that does not hold nearer to holding,
/// given the trace of its packet and the other ways on which it was tried. `left` is the cost that
/// may still be spent.
///
/// As long as nothing that the packet met is changed, it fares as it did: every way to satisfy the
/// demand contains one of these changes. And what let a packet pass that is to pass need not be
/// changed: only what dropped it, and what sent it there.
///
/// Second, whether more could be tried if more could be spent.
pub(super) fn remedies(
    network: &Network,
    demands: &[Demand],
    demand: &Demand,
    (trace, others): (&Trace, &[Trace]),
    left: u32,
    known: &mut Known,
) -> (Vec<Remedy>, bool) {
    let mut remedies = Remedies { network, demands, left, known, list: Vec::new(), dear: false };
    let dropped = trace.verdict.dropped();
    let opens = match demand.wanted {
        Wanted::Delivered | Wanted::Refused => true,
        Wanted::Dropped(code) => code.is_some() && dropped.is_some(),
        Wanted::NotDelivered => false,
    };
    let closes = match demand.wanted {
        Wanted::Delivered | Wanted::Refused => false,
        Wanted::Dropped(_) | Wanted::NotDelivered => true,
    };
    if opens {
        for trace in std::iter::once(trace).chain(others) {
            if let Some((leg, place, cause)) = trace.verdict.dropped() {
                remedies.open(trace, leg, place, cause);
                remedies.behind(trace);
            }
            remedies.reroute(trace);
        }
        remedies.private_name(trace);
        remedies.peer(trace);
        if matches!(trace.verdict, Verdict::Delivered | Verdict::Refused) {
            remedies.listen(trace, demand.wanted == Wanted::Delivered);
        }
    }
    if closes {
        remedies.close(trace);
    }
    (remedies.list, remedies.dear)
}

struct Remedies<'n> {
    network: &'n Network,
    demands: &'n [Demand],
    left: u32,
    known: &'n mut Known,
    list: Vec<Remedy>,
    /// Was something left out because it costs too much?
    dear: bool,
}

impl Remedies<'_> {
    fn one(&mut self, change: Change) {
        self.add(vec![change]);
    }

    fn add(&mut self, remedy: Remedy) {
        let affordable = self.affords(remedy.iter().map(Change::cost).sum());
        if affordable && !self.list.contains(&remedy) {
            self.list.push(remedy);
        }
    }

    /// May this much be spent? When not, that is noted.
    fn affords(&mut self, cost: u32) -> bool {
        self.dear |= cost > self.left;
        cost <= self.left
    }

    // ---- to let a packet pass

    /// What lets a packet pass where it was dropped.
    fn open(&mut self, trace: &Trace, leg: Leg, place: Place, cause: Cause) {
        let hop = trace.last();
        match cause {
            Cause::NoSecurityGroupRule | Cause::GroupNotPreserved => {
                if let Place::Interface(id, direction) = place {
                    self.open_groups(id, direction, &hop.packet_in, cause);
                }
            }
            Cause::AclDenies(_) => {
                if let Place::NetworkAcl(acl, subnet, direction) = place {
                    self.filter(acl, subnet, direction, leg, &hop.packet_in, AclAction::Allow);
                }
            }
            Cause::SourceDestCheck => {
                if let Place::Interface(interface, _) = place {
                    self.one(Change::ModifySourceDestCheck { interface, on: false });
                }
            }
            Cause::InstanceNotRunning => {
                if let Place::Interface(id, _) = place
                    && let InterfaceKind::Instance(instance) = self.network.interfaces[id].kind
                {
                    self.one(Change::StartInstance { instance });
                }
            }
            Cause::NotAttached => {
                if let Place::Interface(interface, _) = place {
                    for (instance, _) in self.network.instances.iter() {
                        self.one(Change::AttachInterface { interface, instance });
                    }
                }
            }
            Cause::UnknownPublicAddress => {
                if let ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) = trace.probe.to {
                    self.address(id);
                    self.ipv6_address(id);
                }
            }
            Cause::AddressFamily => {
                if let ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) = trace.probe.from {
                    self.ipv6_address(id);
                }
                if let ProbeEnd::Interface(id) = trace.probe.to {
                    self.ipv6_address(id);
                }
            }
            Cause::PublicAccessBlocked => self.spare(hop),
            Cause::EgressOnlyUnsolicited => {
                // Strangers come in by the gateway that answers to them leave by.
                if let Some(owner) = self.network.public_owner(hop.packet_in.destination) {
                    let subnet = self.network.interfaces[owner].subnet;
                    let table = self.network.route_table_of(subnet);
                    self.routes(table, subnet, hop.packet_in.source);
                }
            }
            Cause::NoPublicAddress => {
                if let Place::InternetGateway(gateway, _) = place
                    && let Some(vpc) = self.network.internet_gateways[gateway].vpc
                    && let Some(id) = self.network.interface_in(vpc, hop.packet_in.source)
                {
                    self.address(id);
                }
            }
            Cause::NoInternetGateway => {
                // The receiver's VPC: of the one who has the dialled public address.
                if let Some(id) = self.network.public_owner(hop.packet_in.destination) {
                    for way in self.gateways(self.network.vpc_of(id)) {
                        self.add(way.0);
                    }
                }
            }
            Cause::GatewayDetached => {
                if let Place::InternetGateway(gateway, _) = place
                    && let Some(vpc) = self.vpc_before(trace)
                    && self.network.internet_gateways[gateway].vpc.is_none()
                {
                    self.one(Change::AttachInternetGateway { gateway, vpc });
                }
            }
            Cause::ApplianceWithoutPublicAddress => {
                for check in &hop.checks {
                    if let crate::cloud::Subject::AppliancePublicAddress(id) = check.subject {
                        self.address(id);
                    }
                }
            }
            Cause::EndpointPolicy => {
                if let Place::GatewayEndpoint(endpoint, _) = place {
                    let policy = EndpointPolicy::Allows;
                    self.one(Change::ModifyGatewayEndpointPolicy { endpoint, policy });
                }
            }
            Cause::Transit(
                TransitCause::AttachmentNotAvailable
                | TransitCause::AttachmentZone
                | TransitCause::AttachmentWithoutTable
                | TransitCause::NoTransitRoute
                | TransitCause::TransitBlackhole
                | TransitCause::GroupReferencesOff
                | TransitCause::VgwDetached
                | TransitCause::LinkDown
                | TransitCause::TransitLinkDown,
            ) => self.open_joint(trace, place, cause),
            Cause::Blackhole => {
                // The route is there already; what it leads to waits for the other side.
                if let Place::RouteTable(table, _) = place
                    && let Some(chosen) = self.network.route_tables[table]
                        .decide(hop.packet_in.destination, &Rules::AWS)
                    && let Target::Peering(peering) =
                        self.network.route_tables[table].routes[chosen].target
                {
                    self.one(Change::AcceptPeering { peering });
                }
            }
            Cause::AsymmetricFlow => self.keep_one_zone(place),
            Cause::NatZone => {
                let from = trace.hops.iter().rev().find_map(|hop| match hop.place {
                    Place::RouteTable(_, subnet) => Some(subnet),
                    _ => None,
                });
                if let (Place::NatGateway(gateway, _), Some(from)) = (place, from) {
                    let zone = self.network.subnets[from].zone.clone();
                    let address = None;
                    self.one(Change::AssociateNatGatewayAddress { gateway, zone, address });
                }
            }
            // Another way is the only way: see `reroute`.
            Cause::NoRoute
            | Cause::PrivateDestination
            | Cause::SharedDestination
            | Cause::PrivateSource
            | Cause::SharedSource
            | Cause::NatNotAvailable
            | Cause::NatProtocol
            | Cause::NatUnsolicited
            | Cause::NotForwarded
            | Cause::Loop
            | Cause::Misdirected
            | Cause::EgressOnlyProtocol
            | Cause::PeeringAddress
            | Cause::ApplianceBypassed
            | Cause::EndpointProtocol
            | Cause::EndpointOutsider
            // Nothing that this search may change.
            | Cause::NameNotResolved
            | Cause::Transit(
                TransitCause::VgwForeignSource
                | TransitCause::VgwForeignDestination
                | TransitCause::VgwUnknownDestination
                | TransitCause::VpnProtocol
                | TransitCause::NoWayToAws,
            )
            | Cause::NoOwner => {}
            Cause::Service(cause) => self.open_service(trace, place, cause),
        }
    }

    /// Both directions of a flow come through one zone to a stateful appliance.
    fn keep_one_zone(&mut self, place: Place) {
        let Place::Interface(appliance, _) = place else { return };
        let network = self.network;
        let home = network.vpc_of(appliance);
        let attachments = network.transit_gateway_attachments.iter();
        for (attachment, _) in attachments.filter(|(_, it)| {
            matches!(it.of, AttachmentOf::Vpc { vpc, appliance_mode: false, .. } if vpc == home)
        }) {
            self.one(Change::Transit(TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: None,
                appliance_mode: Some(true),
                group_references: None,
            }));
        }
    }

    /// What lets a packet pass where networks are joined.
    fn open_joint(&mut self, trace: &Trace, place: Place, cause: Cause) {
        let network = self.network;
        match place {
            Place::TransitGatewayAttachment(attachment, _) => {
                let Some(row) = network.transit_gateway_attachments.get(attachment) else { return };
                match cause {
                    Cause::Transit(TransitCause::AttachmentWithoutTable) => {
                        let tables = network.transit_gateway_route_tables.iter();
                        for (table, _) in tables.filter(|(_, it)| it.gateway == row.gateway) {
                            let change =
                                Change::Transit(TransitChange::AssociateTransitGatewayRouteTable {
                                    attachment,
                                    table,
                                });
                            self.one(change);
                        }
                    }
                    Cause::Transit(TransitCause::AttachmentZone) => {
                        let from = trace.hops.iter().rev().find_map(|hop| match hop.place {
                            Place::RouteTable(_, subnet) => Some(subnet),
                            _ => None,
                        });
                        let Some(from) = from.map(|it| &network.subnets[it]) else { return };
                        let zone = network
                            .subnets
                            .iter()
                            .filter(|(_, it)| (it.vpc, &it.zone) == (from.vpc, &from.zone));
                        for (subnet, _) in zone {
                            let mut subnets = network.attachment_subnets(attachment).to_vec();
                            subnets.push(subnet);
                            self.one(Change::Transit(
                                TransitChange::ModifyTransitGatewayVpcAttachment {
                                    attachment,
                                    subnets: Some(subnets),
                                    appliance_mode: None,
                                    group_references: None,
                                },
                            ));
                        }
                    }
                    _ => self.one(Change::Transit(TransitChange::AcceptTransitGatewayAttachment {
                        attachment,
                    })),
                }
            }
            Place::TransitGatewayRouteTable(table, _) => {
                let Some(row) = network.transit_gateway_route_tables.get(table) else { return };
                let destination = trace.last().packet_in.destination;
                let written = network.transit_routes(table);
                let mut holes = written.iter().filter(|it| it.is_blackhole());
                let hole = holes.any(|it| it.destination.contains(destination));
                for route in written.iter().filter(|it| it.destination.contains(destination)) {
                    let (table, destination) = (table, route.destination);
                    if hole && route.is_blackhole() {
                        self.one(Change::Transit(TransitChange::DeleteTransitGatewayRoute {
                            table,
                            destination,
                        }));
                    }
                }
                let attachments = network.transit_gateway_attachments.iter();
                for (attachment, _) in attachments.filter(|(_, it)| it.gateway == row.gateway) {
                    self.one(Change::Transit(
                        TransitChange::EnableTransitGatewayRouteTablePropagation {
                            attachment,
                            table,
                        },
                    ));
                    let (destination, attachment) = (Cidr::host(destination), Some(attachment));
                    self.one(Change::Transit(TransitChange::CreateTransitGatewayRoute {
                        table,
                        destination,
                        attachment,
                    }));
                }
            }
            Place::VirtualPrivateGateway(gateway, _) => {
                if let Some(vpc) = self.vpc_before(trace) {
                    self.one(Change::Transit(TransitChange::AttachVpnGateway { gateway, vpc }));
                }
            }
            Place::Link(Link::Vpn(vpn), _) => {
                self.one(Change::Transit(TransitChange::ConfigureVpnTunnels {
                    vpn,
                    tunnels: [Tunnel::Up; 2],
                }));
            }
            Place::Interface(..) => {
                for (gateway, row) in network.transit_gateways.iter() {
                    self.one(Change::Transit(TransitChange::ModifyTransitGateway {
                        gateway,
                        default_association: row.default_association,
                        default_propagation: row.default_propagation,
                        group_references: true,
                    }));
                }
            }
            _ => {}
        }
    }

    /// What stops a packet where networks are joined.
    fn close_joint(&mut self, hop: &Hop) {
        match hop.place {
            Place::TransitGatewayAttachment(attachment, Direction::Ingress) => {
                let row = self.network.transit_gateway_attachments.get(attachment);
                if let Some(table) = row.and_then(|it| it.association) {
                    let change =
                        Change::Transit(TransitChange::DisassociateTransitGatewayRouteTable {
                            attachment,
                            table,
                        });
                    self.one(change);
                }
            }
            Place::TransitGatewayRouteTable(table, _) => {
                let (destination, attachment) = (Cidr::host(hop.packet_in.destination), None);
                self.one(Change::Transit(TransitChange::CreateTransitGatewayRoute {
                    table,
                    destination,
                    attachment,
                }));
            }
            Place::VirtualPrivateGateway(gateway, _) => {
                let row = self.network.virtual_private_gateways.get(gateway);
                if let Some(vpc) = row.and_then(|it| it.vpc) {
                    self.one(Change::Transit(TransitChange::DetachVpnGateway { gateway, vpc }));
                }
            }
            _ => {}
        }
    }

    /// The VPC that the packet was in before its last hop.
    fn vpc_before(&self, trace: &Trace) -> Option<VpcId> {
        trace.hops.iter().rev().find_map(|hop| match hop.place {
            Place::RouteTable(_, subnet) | Place::NetworkAcl(_, subnet, _) => {
                Some(self.network.subnets[subnet].vpc)
            }
            _ => None,
        })
    }

    /// Ways to a VPC with an internet gateway: what to change first, and which gateway it is then.
    fn gateways(&self, vpc: VpcId) -> Vec<(Remedy, InternetGatewayId)> {
        if let Some(gateway) = self.network.internet_gateway_of(vpc) {
            return vec![(Vec::new(), gateway)];
        }
        let idle = self.network.internet_gateways.iter().filter(|(_, it)| it.vpc.is_none());
        let mut ways: Vec<(Remedy, InternetGatewayId)> = idle
            .map(|(gateway, _)| (vec![Change::AttachInternetGateway { gateway, vpc }], gateway))
            .collect();
        if ways.is_empty() {
            let gateway = self.network.internet_gateways.next_id();
            let create = Change::CreateInternetGateway { name: self.name("igw") };
            ways.push((vec![create, Change::AttachInternetGateway { gateway, vpc }], gateway));
        }
        ways
    }

    /// A name that nothing has yet: `nat-1`.
    fn name(&self, kind: &str) -> Name {
        (1..u32::MAX)
            .map(|number| Name::from(format!("{kind}-{number}")))
            .find(|name| self.network.find(name).next().is_none())
            .unwrap_or_else(|| kind.into())
    }

    /// A public address for an interface.
    fn address(&mut self, interface: InterfaceId) {
        let Some(it) = self.network.interfaces.get(interface) else { return };
        // A stopped instance has given its address back, and gets another when it starts.
        if let InterfaceKind::Instance(instance) = it.kind
            && it.assigns_public_address
        {
            self.one(Change::StartInstance { instance });
        }
        let give = match it.kind {
            InterfaceKind::Database(database) => {
                ServiceChange::ModifyDatabase { database, public: true }.into()
            }
            _ => Change::AssociateAddress { interface, address: None },
        };
        for (mut remedy, _) in self.gateways(self.network.vpc_of(interface)) {
            remedy.push(give.clone());
            self.add(remedy);
        }
    }

    /// An IPv6 address for an interface, where its subnet has a range or its VPC a block.
    fn ipv6_address(&mut self, interface: InterfaceId) {
        let network = self.network;
        let Some(it) = network.interfaces.get(interface) else { return };
        if it.addresses.iter().any(IpAddr::is_ipv6) {
            return;
        }
        let assign = Change::AssignIpv6Address { interface, address: None };
        let subnet = it.subnet;
        if network.subnets[subnet].ipv6_cidr.is_some() {
            self.one(assign);
            return;
        }
        let vpc = network.subnets[subnet].vpc;
        let taken = |cidr: Cidr| {
            let ranges = network.subnets.iter().filter(|it| it.1.vpc == vpc);
            ranges.filter_map(|it| it.1.ipv6_cidr).any(|it| it.overlaps(cidr))
        };
        let free = network.vpcs[vpc].ipv6_cidrs.iter().find_map(|block| {
            (0..256u128)
                .filter_map(|number| Cidr::new(block.nth(number << 64)?, 64).ok())
                .find(|it| !taken(*it))
        });
        if let Some(cidr) = free {
            self.add(vec![Change::AssociateSubnetCidrBlock { subnet, cidr }, assign]);
        }
    }

    /// What the account's switch blocks may be let pass: by the switch, or by an exclusion.
    fn spare(&mut self, hop: &Hop) {
        let network = self.network;
        for mode in [BlockMode::Off, BlockMode::Ingress] {
            if mode != network.block_public_access.mode {
                self.one(Change::ModifyBlockPublicAccess { mode });
            }
        }
        let Some(subnet) = self.served(hop) else { return };
        let vpc = network.subnets[subnet].vpc;
        for of in [ExclusionOf::Subnet(subnet), ExclusionOf::Vpc(vpc)] {
            for mode in [ExclusionMode::AllowEgress, ExclusionMode::AllowBidirectional] {
                self.one(Change::PutExclusion { exclusion: Exclusion { of, mode } });
            }
        }
    }

    /// The subnet of whom a gateway to the internet serves with this packet.
    fn served(&self, hop: &Hop) -> Option<SubnetId> {
        let network = self.network;
        let packet = &hop.packet_in;
        let owner = match hop.place {
            Place::InternetGateway(gateway, Direction::Egress) => {
                network.interface_in(network.internet_gateways[gateway].vpc?, packet.source)
            }
            Place::EgressOnlyGateway(gateway, Direction::Egress) => {
                network.interface_in(network.egress_only_gateways[gateway].vpc, packet.source)
            }
            _ => network.public_owner(packet.destination),
        };
        owner.map(|it| network.interfaces[it].subnet)
    }

    /// Whether somebody listens on the port.
    fn listen(&mut self, trace: &Trace, wanted: bool) {
        let Some(Place::Interface(id, _)) = trace.receiver() else { return };
        let InterfaceKind::Instance(instance) = self.network.interfaces[id].kind else { return };
        let (protocol, port) = (trace.probe.protocol, trace.probe.port);
        let listening = &self.network.instances[instance].listening;
        let new = match listening {
            Listening::On(open) if wanted => {
                let mut open = open.clone();
                open.push((protocol, Ports::one(port)));
                Listening::On(open)
            }
            Listening::On(open) => {
                let other = |it: &&(_, Ports)| it.0 != protocol || !it.1.contains(port);
                Listening::On(open.iter().filter(other).copied().collect())
            }
            Listening::Everywhere if wanted => return,
            Listening::Everywhere => Listening::On(Vec::new()),
        };
        self.one(Change::ConfigureInstance { instance, listening: Some(new), forwarding: None });
    }

    // ---- security groups

    /// Rules, or other groups, that let a packet pass at an interface.
    fn open_groups(
        &mut self,
        id: InterfaceId,
        direction: Direction,
        packet: &Packet,
        cause: Cause,
    ) {
        let network = self.network;
        let vpc = network.vpc_of(id);
        let header = Header::of(packet, direction, Leg::Forward);
        let others = headers(network, self.demands, vpc, direction, false);
        let boxes = self.known.boxes(&header, others);
        // A group covers private addresses in its own VPC, unless an appliance lost them.
        let far = network.interface_in(vpc, header.far);
        let carried = far.filter(|_| cause != Cause::GroupNotPreserved);
        let carried = carried.map_or(&[][..], |it| &network.interfaces[it].security_groups);
        for &group in &network.interfaces[id].security_groups {
            for it in &*boxes {
                let rule =
                    |peer| SecurityGroupRule { protocol: it.protocol, ports: it.ports, peer };
                self.one(Change::AuthorizeSecurityGroup {
                    group,
                    direction,
                    rule: rule(Peer::Cidr(it.cidr)),
                });
            }
            // A group in place of a block; the ports tell the boxes apart.
            let mut seen: Vec<(Option<_>, Ports)> = Vec::new();
            for it in &*boxes {
                if seen.contains(&(it.protocol, it.ports)) {
                    continue;
                }
                seen.push((it.protocol, it.ports));
                for &peer in carried {
                    let peer = Peer::Group(peer);
                    let rule = SecurityGroupRule { protocol: it.protocol, ports: it.ports, peer };
                    self.one(Change::AuthorizeSecurityGroup { group, direction, rule });
                }
            }
        }
        for groups in self.group_sets(id) {
            let own = &network.interfaces[id].security_groups;
            let admits = groups.iter().any(|it| self.admits(*it, direction, packet));
            // A group that admits nothing yet may be given a rule afterwards.
            let more = groups.iter().any(|it| !own.contains(it));
            if admits || more && self.affords(2) {
                self.give_groups(id, groups);
            }
        }
        self.new_group(id, direction, &boxes);
        // A rule names a group that the far end does not carry.
        if let Some(far) = far.filter(|_| cause != Cause::GroupNotPreserved) {
            for group in self.named(id, direction, packet) {
                for groups in self.group_sets(far) {
                    if groups.contains(&group) {
                        self.give_groups(far, groups);
                    }
                }
            }
        }
    }

    fn give_groups(&mut self, interface: InterfaceId, groups: Vec<SecurityGroupId>) {
        if let Some(change) = self.regroup(interface, groups) {
            self.one(change);
        }
    }

    /// A group of its own for an interface that shares the others.
    fn new_group(&mut self, interface: InterfaceId, direction: Direction, boxes: &[Box]) {
        if !self.affords(2) {
            return;
        }
        let network = self.network;
        let group = network.security_groups.next_id();
        let vpc = network.vpc_of(interface);
        let create = Change::CreateSecurityGroup { name: self.name("group"), vpc };
        let mut groups = network.interfaces[interface].security_groups.clone();
        groups.push(group);
        // A new group lets everything out already.
        let Some(join) = self.regroup(interface, groups) else { return };
        let Some(join_alone) = self.regroup(interface, vec![group]) else { return };
        if direction == Direction::Egress {
            self.add(vec![create, join]);
            return;
        }
        for it in boxes {
            let peer = Peer::Cidr(it.cidr);
            let rule = SecurityGroupRule { protocol: it.protocol, ports: it.ports, peer };
            let rule = Change::AuthorizeSecurityGroup { group, direction, rule };
            self.add(vec![create.clone(), rule.clone(), join.clone()]);
            self.add(vec![create.clone(), rule, join_alone.clone()]);
        }
    }

    fn admits(&self, group: SecurityGroupId, direction: Direction, packet: &Packet) -> bool {
        let Some(group) = self.network.security_groups.get(group) else { return false };
        let admits = |it: &SecurityGroupRule| {
            it.differs(self.network, group.vpc, direction, packet).is_none()
        };
        group.rules(direction).iter().any(admits)
    }

    /// The groups that rules of an interface name, which fit the packet but for its far end.
    fn named(
        &self,
        id: InterfaceId,
        direction: Direction,
        packet: &Packet,
    ) -> Vec<SecurityGroupId> {
        let groups = self.network.interfaces[id].security_groups.iter();
        let rules = groups
            .filter_map(|it| self.network.security_groups.get(*it))
            .flat_map(|it| it.rules(direction));
        let mut named: Vec<SecurityGroupId> = rules
            .filter_map(|it| match it.peer {
                Peer::Group(group)
                    if network_acl::differs(it.protocol, it.ports, packet, true).is_none() =>
                {
                    Some(group)
                }
                _ => None,
            })
            .collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Other sets of groups for an interface: for each effect that some set has on what is at
    /// stake, the set that is nearest to its own; and its own with any one more.
    fn group_sets(&self, id: InterfaceId) -> Vec<Vec<SecurityGroupId>> {
        let network = self.network;
        let interface = &network.interfaces[id];
        if self.regroup(id, Vec::new()).is_none() {
            return Vec::new();
        }
        let own = &interface.security_groups;
        let vpc = network.vpc_of(id);
        let all: Vec<SecurityGroupId> = own
            .iter()
            .copied()
            .chain(
                (network.security_groups.iter())
                    .filter(|(group, it)| it.vpc == vpc && !own.contains(group))
                    .map(|it| it.0),
            )
            .collect();
        let effects: Vec<Vec<bool>> = all.iter().map(|it| self.effect(*it, vpc)).collect();
        let mut sets: Vec<Vec<usize>> = Vec::new();
        subsets(all.len(), Quota::GroupsPerInterface.limit(), &mut sets);
        let edits = |set: &Vec<usize>| {
            let kept = set.iter().filter(|it| **it < own.len()).count();
            (own.len() - kept) + (set.len() - kept)
        };
        sets.sort_by_key(edits);
        let mut known: Vec<Vec<bool>> = Vec::new();
        let mut found = Vec::new();
        for set in sets {
            let mut effect = vec![false; effects.first().map_or(0, Vec::len)];
            for &place in &set {
                effect.iter_mut().zip(&effects[place]).for_each(|(sum, it)| *sum |= it);
            }
            let one_more = edits(&set) == 1 && set.len() > own.len();
            let news = !known.contains(&effect);
            if news || one_more {
                known.push(effect);
                if edits(&set) > 0 {
                    found.push(set.into_iter().map(|it| all[it]).collect());
                }
            }
        }
        found
    }

    /// What a group does for an interface that carries it: which headers at stake it lets in and
    /// out, and which rules at stake cover the interface because of it.
    fn effect(&self, id: SecurityGroupId, vpc: VpcId) -> Vec<bool> {
        let network = self.network;
        let mut effect = Vec::new();
        let group = &network.security_groups[id];
        for direction in [Direction::Ingress, Direction::Egress] {
            let stake = headers(network, self.demands, vpc, direction, false);
            for header in &stake {
                let admits = |it: &SecurityGroupRule| {
                    header.fits(it.protocol, it.ports) && it.peer.covers(network, vpc, header.far)
                };
                effect.push(group.rules(direction).iter().any(admits));
            }
            for (_, other) in network.security_groups.iter().filter(|it| it.1.vpc == vpc) {
                for rule in other.rules(direction) {
                    let at_stake = stake.iter().any(|it| it.fits(rule.protocol, rule.ports));
                    if at_stake && rule.peer.is_group() {
                        effect.push(rule.peer == Peer::Group(id));
                    }
                }
            }
        }
        effect
    }

    // ---- network ACLs

    /// Entries that decide about a packet as wanted, in the list at hand or another.
    fn filter(
        &mut self,
        id: NetworkAclId,
        subnet: SubnetId,
        direction: Direction,
        leg: Leg,
        packet: &Packet,
        wanted: AclAction,
    ) {
        let network = self.network;
        let acl = &network.network_acls[id];
        let vpc = network.subnets[subnet].vpc;
        let header = Header::of(packet, direction, leg);
        let mut stake = headers(network, self.demands, vpc, direction, true);
        if !stake.contains(&header) {
            stake.push(header);
        }
        let entries = acl.entries(direction);
        let boxes = self.known.boxes(&header, stake.clone());
        let decisive = acl.decide(direction, packet, &Rules::AWS).map(|it| it.number);
        let place = decisive.map_or(entries.len(), |number| {
            entries.iter().position(|it| it.number == number).unwrap_or(entries.len())
        });
        // What a change makes of everything at stake: changes of one kind that make the same of it
        // are one for the search.
        let mut known: Vec<Vec<bool>> = Vec::new();

        // A new entry before the one that decided, or before an earlier one like it.
        let like = |it: &AclEntry| it.action != wanted;
        let earlier = (0..place).rev().filter(|it| like(&entries[*it]));
        for slot in std::iter::once(place).chain(earlier) {
            let Some(number) = number_before(acl, direction, slot) else { continue };
            for it in &*boxes {
                let entry = it.entry(number, wanted);
                let mut changed = entries.to_vec();
                changed.insert(slot, entry);
                if news(&mut known, &changed, &stake) {
                    self.one(Change::CreateNetworkAclEntry { acl: id, direction, entry });
                }
            }
        }
        if let Some(number) = decisive {
            let mut changed = entries.to_vec();
            changed.remove(place);
            known.push(decisions(&changed, &stake));
            self.one(Change::DeleteNetworkAclEntry { acl: id, direction, number });
        }
        // An entry written anew: to match the packet, or to match it no more.
        for (at, old) in entries.iter().enumerate().take(place + 1) {
            let mut rewritten: Vec<AclEntry> =
                boxes.iter().map(|it| it.entry(old.number, wanted)).collect();
            if at == place {
                for (index, other) in stake.iter().enumerate() {
                    let apart = stake.iter().enumerate().filter(|it| it.0 != index);
                    let apart: Vec<Header> = apart.map(|it| *it.1).collect();
                    let around = self.known.boxes(other, apart);
                    rewritten.extend(
                        around
                            .iter()
                            .filter(|it| !it.holds(&header))
                            .map(|it| it.entry(old.number, old.action)),
                    );
                }
            }
            for entry in rewritten {
                let mut changed = entries.to_vec();
                changed[at] = entry;
                if news(&mut known, &changed, &stake) {
                    self.one(Change::ReplaceNetworkAclEntry { acl: id, direction, entry });
                }
            }
        }
        // Another list.
        let explicit = network.subnets[subnet].network_acl;
        for (other, it) in network.network_acls.iter() {
            if it.vpc == vpc && other != id {
                self.one(Change::AssociateNetworkAcl { subnet, acl: Some(other) });
            }
        }
        if explicit.is_some() && network.vpcs[vpc].default_network_acl != id {
            // The same as naming the default list; but shorter to say.
            let named = Some(network.vpcs[vpc].default_network_acl);
            self.list.retain(|it| *it != [Change::AssociateNetworkAcl { subnet, acl: named }]);
            self.one(Change::AssociateNetworkAcl { subnet, acl: None });
        }
        if self.affords(2) {
            let new = network.network_acls.next_id();
            let create = Change::CreateNetworkAcl { name: self.name("acl"), vpc };
            self.add(vec![create, Change::AssociateNetworkAcl { subnet, acl: Some(new) }]);
        }
    }

    // ---- routes

    /// Other ways for a packet: at every route table that it came through.
    fn reroute(&mut self, trace: &Trace) {
        for hop in &trace.hops {
            if let Place::RouteTable(table, subnet) = hop.place {
                let to = hop.packet_in.destination;
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

    fn routes(&mut self, table: RouteTableId, subnet: SubnetId, to: IpAddr) {
        let network = self.network;
        let it = &network.route_tables[table];
        let vpc = it.vpc;
        let chosen = it.decide(to, &Rules::AWS).map(|place| &it.routes[place]);
        let taken = chosen.map(|it| it.target.clone());
        let targets = self.targets(vpc, to);
        let mut blocks = self.destinations(vpc, to);
        blocks.retain(|block| {
            chosen.is_none_or(|it| {
                block.length() > it.destination.length()
                    || *block == it.destination && it.origin == Origin::Propagated
            })
        });
        for (before, target) in &targets {
            if taken.as_ref() == Some(target) {
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
    fn targets(&mut self, vpc: VpcId, to: IpAddr) -> Vec<(Remedy, Target)> {
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
        for (gateway, _) in network.transit_gateways.iter() {
            if network.attachment_between(gateway, vpc).is_some() {
                targets.push((Vec::new(), Target::TransitGateway(gateway)));
            }
        }
        let private = network.virtual_private_gateway_of(vpc);
        targets.extend(private.map(|it| (Vec::new(), Target::VirtualPrivateGateway(it))));
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
        if v4 && self.affords(2) {
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
        }
        targets
    }

    /// The destinations that a route for an address may have: one for each set of the addresses at
    /// stake that it can hold, the narrowest; and everything.
    fn destinations(&self, vpc: VpcId, to: IpAddr) -> Vec<Cidr> {
        let network = self.network;
        let own = |address| network.vpcs[vpc].contains(address);
        let stake = self.demands.iter().flat_map(|it| [it.probe.from, it.probe.to]);
        let stake: Vec<Cidr> = stake
            .flat_map(|end| addresses(network, end))
            .filter(|it| it.is_ipv4() == to.is_ipv4() && !own(*it))
            .map(block_of)
            .collect();
        let mut blocks: Vec<Cidr> = stake.iter().map(|it| around(block_of(to), *it)).collect();
        blocks.extend([block_of(to), any(to)]);
        blocks.sort_by_key(|it| std::cmp::Reverse(it.length()));
        blocks.dedup();
        blocks
    }

    /// Lets a load balancer reach its targets: over zones, or in more of them.
    fn open_zones(&mut self, balancer: LoadBalancerId, cause: Cause) {
        let Some(row) = self.network.load_balancers.get(balancer) else { return };
        match cause {
            Cause::Service(ServiceCause::NotCrossZone) => {
                self.one(Change::Service(ServiceChange::ModifyLoadBalancerAttributes {
                    balancer,
                    cross_zone: true,
                }));
            }
            Cause::Service(ServiceCause::NoTargetsInZone) => {
                let groups: Vec<_> =
                    row.listeners.iter().flat_map(|it| it.target_groups.clone()).collect();
                for group in groups {
                    let (cross_zone, preserve_client_ip) = (Some(true), None);
                    self.one(Change::Service(ServiceChange::ModifyTargetGroupAttributes {
                        group,
                        cross_zone,
                        preserve_client_ip,
                    }));
                }
            }
            _ => {
                let now: Vec<_> = (row.nodes.iter())
                    .filter_map(|it| Some(self.network.interfaces.get(*it)?.subnet))
                    .collect();
                let vpc = row.vpc;
                let more: Vec<_> = (self.network.subnets.iter())
                    .filter(|(id, it)| it.vpc == vpc && !now.contains(id))
                    .map(|(id, _)| id)
                    .collect();
                for subnet in more {
                    let subnets = now.iter().copied().chain([subnet]).collect();
                    self.one(Change::Service(ServiceChange::SetSubnets { balancer, subnets }));
                }
            }
        }
    }

    // ---- to keep a packet out

    /// What may stop a packet that passes, at every place on its way.
    fn close(&mut self, trace: &Trace) {
        for hop in &trace.hops {
            let packet = &hop.packet_in;
            match hop.place {
                Place::Interface(id, direction) => self.close_interface(id, direction, hop),
                Place::NetworkAcl(acl, subnet, direction) => {
                    self.filter(acl, subnet, direction, hop.leg, packet, AclAction::Deny);
                }
                Place::RouteTable(table, subnet) => {
                    self.routes(table, subnet, packet.destination);
                    if self.affords(2) {
                        let vpc = self.network.subnets[subnet].vpc;
                        let new = self.network.route_tables.next_id();
                        let create = Change::CreateRouteTable { name: self.name("table"), vpc };
                        let table = Some(new);
                        self.add(vec![create, Change::AssociateRouteTable { subnet, table }]);
                    }
                }
                Place::InternetGateway(gateway, direction) => {
                    self.one(Change::DetachInternetGateway { gateway });
                    let vpc = self.network.internet_gateways[gateway].vpc;
                    self.close_gateway(hop, vpc, direction);
                }
                Place::EgressOnlyGateway(gateway, direction) => {
                    self.one(Change::DeleteEgressOnlyGateway { gateway });
                    let vpc = self.network.egress_only_gateways[gateway].vpc;
                    self.close_gateway(hop, Some(vpc), direction);
                }
                Place::NatGateway(gateway, _) => self.one(Change::DeleteNatGateway { gateway }),
                Place::Peering(peering) => self.one(Change::DeletePeering { peering }),
                Place::GatewayEndpoint(endpoint, _) => {
                    let policy = EndpointPolicy::Denies;
                    self.one(Change::ModifyGatewayEndpointPolicy { endpoint, policy });
                }
                Place::LoadBalancer(balancer, _) => self.close_balancer(balancer, hop),
                Place::Endpoint(endpoint, _) => self.close_endpoint(endpoint),
                Place::TransitGatewayAttachment(..)
                | Place::TransitGatewayRouteTable(..)
                | Place::VirtualPrivateGateway(..)
                | Place::Link(..) => self.close_joint(hop),
                Place::OnPremises(..)
                | Place::GatewayTable(_)
                | Place::Service(_)
                | Place::Function(_)
                | Place::Api(_)
                | Place::Distribution(_)
                | Place::Internet(..)
                | Place::Subnet(_)
                | Place::Amazon(_) => {}
            }
        }
        if trace.is_delivered() {
            self.listen(trace, false);
        }
    }

    /// Takes the public address away, or blocks public access.
    fn close_gateway(&mut self, hop: &Hop, vpc: Option<VpcId>, direction: Direction) {
        let network = self.network;
        let packet = &hop.packet_in;
        let (own, served) = match direction {
            Direction::Egress => {
                (packet.source, vpc.and_then(|vpc| network.interface_in(vpc, packet.source)))
            }
            Direction::Ingress => (packet.destination, network.public_owner(packet.destination)),
        };
        match (served, own) {
            (Some(interface), IpAddr::V4(_)) => self.one(Change::DisassociateAddress { interface }),
            (Some(interface), IpAddr::V6(address)) => {
                self.one(Change::UnassignIpv6Address { interface, address });
            }
            (None, _) => {}
        }
        let old = network.block_public_access.mode;
        for mode in [BlockMode::Ingress, BlockMode::Bidirectional] {
            if mode != old {
                self.one(Change::ModifyBlockPublicAccess { mode });
            }
        }
        if let Some(subnet) = self.served(hop) {
            for of in [ExclusionOf::Subnet(subnet), ExclusionOf::Vpc(network.subnets[subnet].vpc)] {
                self.one(Change::DeleteExclusion { of });
                let exclusion = Exclusion { of, mode: ExclusionMode::AllowEgress };
                self.one(Change::PutExclusion { exclusion });
            }
        }
    }

    fn close_interface(&mut self, id: InterfaceId, direction: Direction, hop: &Hop) {
        let network = self.network;
        let packet = &hop.packet_in;
        let Some(interface) = network.interfaces.get(id) else { return };
        let by_rules = hop
            .checks
            .iter()
            .any(|it| matches!(it.subject, crate::cloud::Subject::SecurityGroupRule(..)));
        if by_rules {
            for &group in &interface.security_groups {
                let Some(it) = network.security_groups.get(group) else { continue };
                for rule in it.rules(direction) {
                    if rule.differs(network, it.vpc, direction, packet).is_none() {
                        let rule = rule.clone();
                        self.one(Change::RevokeSecurityGroup { group, direction, rule });
                    }
                }
            }
            for groups in self.group_sets(id) {
                let lost = interface
                    .security_groups
                    .iter()
                    .any(|it| !groups.contains(it) && self.admits(*it, direction, packet));
                if lost {
                    self.give_groups(id, groups);
                }
            }
            let vpc = network.vpc_of(id);
            if let Some(far) =
                network.interface_in(vpc, packet.far_end(direction == Direction::Ingress))
            {
                let named = self.named(id, direction, packet);
                for groups in self.group_sets(far) {
                    let own = &network.interfaces[far].security_groups;
                    if named.iter().any(|it| own.contains(it) && !groups.contains(it)) {
                        self.give_groups(far, groups);
                    }
                }
            }
        }
        self.close_database(id, direction);
        if !interface.source_dest_check {
            self.one(Change::ModifySourceDestCheck { interface: id, on: true });
        }
        if let InterfaceKind::Instance(instance) = interface.kind
            && network.instances.get(instance).is_some_and(|it| it.state == InstanceState::Running)
        {
            self.one(Change::StopInstance { instance });
        }
    }
}

impl Box {
    fn entry(&self, number: u16, action: AclAction) -> AclEntry {
        AclEntry { number, action, protocol: self.protocol, ports: self.ports, cidr: self.cidr }
    }
}

/// All non-empty sets of the numbers below `count` that have at most `most` members, and, where
/// there are very many numbers, at most two.
fn subsets(count: usize, most: usize, sets: &mut Vec<Vec<usize>>) {
    let most = if count > 10 { 2 } else { most };
    sets.push(Vec::new());
    for number in 0..count {
        for place in 0..sets.len() {
            if sets[place].len() < most {
                let mut more = sets[place].clone();
                more.push(number);
                sets.push(more);
            }
        }
    }
    sets.retain(|it| !it.is_empty());
}

/// Does the list let each header pass?
fn decisions(entries: &[AclEntry], stake: &[Header]) -> Vec<bool> {
    let holds = |entry: &AclEntry, header: &Header| {
        Box { protocol: entry.protocol, ports: entry.ports, cidr: entry.cidr }.holds(header)
    };
    stake
        .iter()
        .map(|header| {
            let decides = entries.iter().find(|entry| holds(entry, header));
            decides.is_some_and(|it| it.action == AclAction::Allow)
        })
        .collect()
}

/// Does a changed list decide about what is at stake as no list before it?
fn news(known: &mut Vec<Vec<bool>>, entries: &[AclEntry], stake: &[Header]) -> bool {
    let decisions = decisions(entries, stake);
    let new = !known.contains(&decisions);
    if new {
        known.push(decisions);
    }
    new
}

/// A free number that puts an entry before the one at `slot`, in tens where there is room.
fn number_before(acl: &NetworkAcl, direction: Direction, slot: usize) -> Option<u16> {
    let entries = acl.entries(direction);
    let before = slot.checked_sub(1).map_or(0, |it| entries[it].number);
    let Some(behind) = entries.get(slot).map(|it| it.number) else {
        let round = if before == 0 { 100 } else { (before / 10 + 1).saturating_mul(10) };
        return [round, before + 1].into_iter().find(|it| network_acl::NUMBERS.contains(it));
    };
    let near = behind.saturating_sub(10);
    let middle = before + (behind - before) / 2;
    [near, middle].into_iter().find(|it| *it > before && *it < behind)
}
