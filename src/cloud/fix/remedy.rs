//! What a person could change about a packet's fate: every change of the candidate space that
//! touches something the packet met on its way.

use crate::cloud::{
    AclAction, Cause, Change, EndpointPolicy, InterfaceKind, Leg, Name, Network, Place, ProbeEnd,
    Quota, Rules, ServiceCause, Target, Trace, TransitCause, Verdict, VpcId,
    fix::{Demand, Wanted, header::Known},
};

mod endpoint;
mod gateway;
mod interface;
mod ipv6;
mod load_balancer;
mod network_acl;
mod peering;
mod route_table;
mod security_group;
mod transit;

use ipv6::Blocks;

/// Changes that belong together: the last one matters, those before make it possible.
pub(super) type Remedy = Vec<Change>;

/// What is asked of the search as a whole.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// What must become of packets.
    pub demands: &'a [Demand],
    /// Which changes may be made.
    pub allowed: &'a dyn Fn(&Change) -> bool,
    /// The cost that may still be spent.
    pub left: u32,
}

/// Everything in the candidate space that may bring a demand that does not hold nearer to holding,
/// given the trace of its packet and the other ways on which it was tried.
///
/// As long as nothing that the packet met is changed, it fares as it did: every way to satisfy the
/// demand contains one of these changes. And what let a packet pass that is to pass need not be
/// changed: only what dropped it, and what sent it there.
///
/// Second, whether more could be tried if more could be spent.
pub(super) fn remedies(
    network: &Network,
    Asked { demands, allowed, left }: Asked,
    demand: &Demand,
    (trace, others): (&Trace, &[Trace]),
    known: &mut Known,
) -> (Vec<Remedy>, bool) {
    let list = Vec::new();
    let mut remedies = Remedies { network, demands, allowed, left, known, list, dear: false };
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
    allowed: &'n dyn Fn(&Change) -> bool,
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
        if !remedy.iter().all(self.allowed) {
            return;
        }
        let affordable = self.affords(remedy.iter().map(Change::cost).sum());
        if affordable && !self.list.contains(&remedy) {
            self.list.push(remedy);
        }
    }

    /// May the change be made, and is there room for what it adds?
    fn may(&self, change: &Change) -> bool {
        let network = self.network;
        let room = match change {
            Change::AuthorizeSecurityGroup { group, direction, .. } => {
                let rules = network.security_groups[*group].rules(*direction);
                rules.len() < network.quota(Quota::RulesPerGroup)
            }
            Change::CreateNetworkAclEntry { acl, direction, .. } => {
                let entries = network.network_acls[*acl].entries(*direction);
                entries.len() < network.quota(Quota::EntriesPerAcl)
            }
            _ => true,
        };
        room && (self.allowed)(change)
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
                if let ProbeEnd::Interface(id)
                | ProbeEnd::PublicAddressOf(id)
                | ProbeEnd::NameOf(id) = trace.probe.to
                {
                    self.address(id);
                    let six = hop.packet_in.source.is_ipv6();
                    self.ipv6_address(id, if six { Blocks::May } else { Blocks::AsTheyAre });
                }
            }
            Cause::AddressFamily => match place {
                Place::Endpoint(endpoint, _) => self.carries_ipv6(endpoint),
                _ => self.one_family(trace),
            },
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
                | TransitCause::VgwUnknownDestination
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
                | TransitCause::VpnProtocol
                | TransitCause::NoWayToAws,
            )
            | Cause::NoOwner => {}
            Cause::Service(ServiceCause::InternetKeptOut) => {
                // A database takes the internet in when it is publicly accessible.
                if let Some(id) = self.network.public_owner(hop.packet_in.destination)
                    && matches!(self.network.interfaces[id].kind, InterfaceKind::Database(_))
                {
                    self.address(id);
                }
            }
            Cause::Service(cause) => self.open_service(trace, place, cause),
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

    /// A name that nothing has yet: `nat-1`.
    fn name(&self, kind: &str) -> Name {
        (1..u32::MAX)
            .map(|number| Name::from(format!("{kind}-{number}")))
            .find(|name| self.network.find(name).next().is_none())
            .unwrap_or_else(|| kind.into())
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
}
