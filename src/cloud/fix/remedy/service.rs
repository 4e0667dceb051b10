//! What a person could change about load balancers, endpoints and peerings.

use super::Remedies;
use crate::cloud::{
    Cause, Change, Direction, EndpointPolicy, EndpointTo, Field, Hop, InterfaceId, InterfaceKind,
    Leg, Listener, ListenerProtocol, LoadBalancerId, LoadBalancerKind, Named, Outcome,
    PeeringState, Place, PrefixListId, ProbeEnd, Registered, Registration, RouteTableId,
    SecurityGroupId, ServiceCause, ServiceChange, ServiceId, ServiceKind, ServiceSubject, Subject,
    TargetGroupId, TargetKind, Trace, VpcId,
};
use crate::net::Protocol;
use std::net::IpAddr;

impl Remedies<'_> {
    // ---- to let a packet pass

    /// What lets a packet pass where a load balancer or an endpoint dropped it.
    pub(super) fn open_service(&mut self, trace: &Trace, place: Place, cause: ServiceCause) {
        match (cause, place) {
            (ServiceCause::NoListener, Place::LoadBalancer(balancer, _)) => {
                self.new_listener(balancer, trace.last());
            }
            (
                ServiceCause::TargetZoneNotEnabled
                | ServiceCause::NotCrossZone
                | ServiceCause::NoTargetsInZone,
                Place::LoadBalancer(balancer, _),
            ) => self.open_zones(balancer, cause.into()),
            (ServiceCause::EndpointPolicyDenies, Place::Endpoint(endpoint, _)) => {
                self.endpoint_policy(endpoint, EndpointPolicy::Allows);
            }
            (ServiceCause::EndpointNotAccepted, Place::Endpoint(endpoint, _)) => {
                self.one(ServiceChange::AcceptEndpoint { endpoint }.into());
            }
            (ServiceCause::EndpointServiceNotInZone, Place::Endpoint(endpoint, _)) => {
                let to = self.network.interface_endpoints.get(endpoint).map(|it| it.to);
                let Some(EndpointTo::Offered(service)) = to else { return };
                for balancer in self.network.endpoint_services[service].load_balancers.clone() {
                    self.open_zones(balancer, Cause::Service(ServiceCause::NotCrossZone));
                    self.open_zones(balancer, Cause::Service(ServiceCause::TargetZoneNotEnabled));
                }
            }
            // Another target is the only way: see `behind`. Or there is none.
            _ => {}
        }
    }

    fn endpoint_policy(
        &mut self,
        endpoint: crate::cloud::InterfaceEndpointId,
        policy: EndpointPolicy,
    ) {
        let (private_dns, groups, policy) = (None, None, Some(policy));
        let change =
            ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups };
        self.one(change.into());
    }

    /// A listener for a packet that none takes: to a target group that there is, or to a new one.
    fn new_listener(&mut self, balancer: LoadBalancerId, hop: &Hop) {
        let network = self.network;
        let Some(row) = network.load_balancers.get(balancer) else { return };
        let (packet, vpc) = (&hop.packet_in, row.vpc);
        let port = packet.destination_port;
        let fits = |it: &ListenerProtocol| it.fits(row.kind) && it.carries(packet.protocol);
        // HTTP and HTTPS are one for the network; the port says which of them is meant.
        let mut protocols: Vec<ListenerProtocol> =
            ListenerProtocol::ALL.into_iter().filter(fits).collect();
        protocols.sort_by_key(|it| (*it == ListenerProtocol::Https) != (port == 443));
        let mut listen = |before: Vec<Change>, protocol, group| {
            let target_groups = vec![group];
            let listener = Listener { protocol, port, target_groups };
            let mut remedy = before;
            remedy.push(ServiceChange::CreateListener { balancer, listener }.into());
            self.add(remedy);
        };
        for (id, group) in network.target_groups.iter().filter(|it| it.1.vpc == vpc) {
            let sends = |it: &&ListenerProtocol| match group.kind {
                TargetKind::Function => row.kind == LoadBalancerKind::Application,
                _ => it.sends_to(group.protocol),
            };
            if let Some(&protocol) = protocols.iter().find(sends) {
                listen(Vec::new(), protocol, id);
            }
        }
        let group = network.target_groups.next_id();
        let Some(&protocol) = protocols.first() else { return };
        let name = self.name("targets");
        for kind in [TargetKind::Instance, TargetKind::Ip] {
            if self.candidates(vpc, kind).is_empty() || !self.affords(3) {
                continue;
            }
            let speaks = match protocol {
                ListenerProtocol::Https => ListenerProtocol::Http,
                ListenerProtocol::Tls => ListenerProtocol::Tcp,
                other => other,
            };
            let name = name.clone();
            let create =
                ServiceChange::CreateTargetGroup { name, vpc, protocol: speaks, port, kind };
            let listener = Listener { protocol, port, target_groups: vec![group] };
            let listen = ServiceChange::CreateListener { balancer, listener };
            self.add(vec![create.into(), listen.into()]);
        }
    }

    /// Who may be registered in a target group of a VPC.
    fn candidates(&self, vpc: VpcId, kind: TargetKind) -> Vec<Registered> {
        let network = self.network;
        let home = |id: &InterfaceId| network.vpc_of(*id) == vpc;
        match kind {
            TargetKind::Instance => (network.instances.iter())
                .filter(|(_, it)| it.interfaces.first().is_some_and(home))
                .map(|(id, _)| Registered::Instance(id))
                .collect(),
            TargetKind::Ip => (network.interfaces.iter())
                .filter(|(id, it)| {
                    let answers = matches!(
                        it.kind,
                        InterfaceKind::Instance(_)
                            | InterfaceKind::Task(_)
                            | InterfaceKind::Database(_)
                    );
                    answers && home(id)
                })
                .filter_map(|(_, it)| it.private_ipv4().map(Registered::Address))
                .collect(),
            TargetKind::Function => {
                network.functions.iter().map(|(id, _)| Registered::Function(id)).collect()
            }
            TargetKind::LoadBalancer => (network.load_balancers.iter())
                .filter(|(_, it)| it.vpc == vpc && it.kind == LoadBalancerKind::Application)
                .map(|(id, _)| Registered::LoadBalancer(id))
                .collect(),
        }
    }

    /// Other targets for a packet that came through load balancers and was dropped there or later:
    /// more of them, other groups, the client's address kept or not, targets in other zones.
    pub(super) fn behind(&mut self, trace: &Trace) {
        for hop in trace.leg(Leg::Forward) {
            let Place::LoadBalancer(balancer, _) = hop.place else { continue };
            let Some(row) = self.network.load_balancers.get(balancer) else { continue };
            let taken = hop.checks.iter().find_map(|it| match it.subject {
                Subject::Service(ServiceSubject::Listener(_, place))
                    if it.outcome == Outcome::Allows =>
                {
                    row.listeners.get(place)
                }
                _ => None,
            });
            let Some(listener) = taken else { continue };
            for &group in &listener.target_groups {
                self.more_targets(group);
            }
            self.other_groups(balancer, listener);
            let far = hop.checks.iter().any(|it| it.outcome == Outcome::NoMatch(Field::Zone));
            if far {
                for cause in [
                    ServiceCause::NotCrossZone,
                    ServiceCause::NoTargetsInZone,
                    ServiceCause::TargetZoneNotEnabled,
                ] {
                    self.open_zones(balancer, cause.into());
                }
            }
        }
    }

    fn more_targets(&mut self, group: TargetGroupId) {
        use crate::cloud::{Health, Listening};
        let network = self.network;
        let Some(row) = network.target_groups.get(group) else { return };
        for target in self.candidates(row.vpc, row.kind) {
            // At the group's own port, or where the target listens, or where its groups let
            // something in, when that is not it.
            let mut ports = vec![None];
            let interface =
                network.target_interface(row.vpc, target).map(|it| &network.interfaces[it]);
            let listening = match interface.map(|it| it.kind) {
                Some(InterfaceKind::Instance(id)) => {
                    network.instances.get(id).map(|it| &it.listening)
                }
                Some(InterfaceKind::Database(id)) => {
                    network.databases.get(id).map(|it| &it.listening)
                }
                Some(InterfaceKind::Task(id)) => network.tasks.get(id).map(|it| &it.listening),
                _ => None,
            };
            if let Some(Listening::On(open)) = listening {
                let singles = open.iter().map(|it| it.1).filter(|it| it.low == it.high);
                ports.extend(singles.map(|it| it.low).filter(|it| *it != row.port).map(Some));
            }
            let groups = interface.into_iter().flat_map(|it| &it.security_groups);
            for rule in groups.flat_map(|it| &network.security_groups[*it].ingress) {
                let (port, tcp) = (rule.ports.low, Protocol::TCP);
                let open = listening.is_none_or(|it| it.answers(tcp, port));
                if rule.protocol == Some(tcp) && open && port != row.port {
                    ports.push(Some(port));
                }
            }
            ports.sort_unstable();
            ports.dedup();
            for port in ports {
                let at = port.unwrap_or(row.port);
                let known =
                    row.targets.iter().find(|it| it.target == target && row.port_of(it) == at);
                if known.is_none_or(|it| it.health == Some(Health::Draining)) {
                    let port = known.map_or(port, |it| it.port);
                    let target = Registration { target, port, health: None };
                    self.one(ServiceChange::RegisterTarget { group, target }.into());
                }
            }
        }
        let preserve = ServiceChange::ModifyTargetGroupAttributes {
            group,
            cross_zone: None,
            preserve_client_ip: Some(!row.preserves_client_ip()),
        };
        if matches!(row.protocol, ListenerProtocol::Tcp | ListenerProtocol::Tls) {
            self.one(preserve.into());
        }
    }

    /// The listener may send elsewhere.
    fn other_groups(&mut self, balancer: LoadBalancerId, listener: &Listener) {
        let network = self.network;
        let row = &network.load_balancers[balancer];
        for (id, group) in network.target_groups.iter().filter(|it| it.1.vpc == row.vpc) {
            let fits = match group.kind {
                TargetKind::Function => row.kind == LoadBalancerKind::Application,
                _ => listener.protocol.sends_to(group.protocol),
            };
            if fits && !listener.target_groups.contains(&id) {
                let (port, target_groups) = (listener.port, vec![id]);
                let change = ServiceChange::ModifyListener { balancer, port, target_groups };
                self.one(change.into());
            }
        }
    }

    /// Where a name leads may be changed: a service's usual name leads to an endpoint's interface
    /// where there is one.
    pub(super) fn private_name(&mut self, trace: &Trace) {
        let network = self.network;
        let (ProbeEnd::Named(named), ProbeEnd::Interface(from)) =
            (trace.probe.to, trace.probe.from)
        else {
            return;
        };
        if network.interfaces.get(from).is_none() {
            return;
        }
        let vpc = network.vpc_of(from);
        let of_kind = |kind| network.services.find(|_, it| it.kind == kind && it.region.is_none());
        let service: Option<ServiceId> = match named {
            Named::Service(id) => Some(id),
            Named::Api(_) => of_kind(ServiceKind::ExecuteApi),
            Named::Function(_) => of_kind(ServiceKind::Lambda),
            _ => None,
        };
        let Some(service) = service else { return };
        let to = EndpointTo::Service(service);
        let own = network.interface_endpoints.iter().filter(|(_, it)| (it.vpc, it.to) == (vpc, to));
        let named: Vec<_> = own.collect();
        let row = &network.vpcs[vpc];
        let mut before = Vec::new();
        if !row.dns_support || !row.dns_hostnames {
            before.push(Change::ModifyVpcAttribute {
                vpc,
                dns_support: (!row.dns_support).then_some(true),
                dns_hostnames: (!row.dns_hostnames).then_some(true),
            });
        }
        for (endpoint, it) in &named {
            if it.private_dns {
                if !before.is_empty() {
                    self.add(before.clone());
                }
                continue;
            }
            let mut remedy = before.clone();
            let (endpoint, private_dns) = (*endpoint, Some(true));
            let (policy, groups) = (None, None);
            let change =
                ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups };
            remedy.push(change.into());
            self.add(remedy);
        }
        if named.iter().any(|it| it.1.private_dns) {
            return;
        }
        let groups: Vec<SecurityGroupId> =
            network.security_groups.iter().filter(|it| it.1.vpc == vpc).map(|it| it.0).collect();
        for (subnet, _) in network.subnets.iter().filter(|it| it.1.vpc == vpc) {
            for &group in &groups {
                let mut remedy = before.clone();
                let (name, subnets, groups) = (self.name("endpoint"), vec![subnet], vec![group]);
                let private_dns = true;
                let change = ServiceChange::CreateInterfaceEndpoint {
                    name,
                    to,
                    subnets,
                    groups,
                    private_dns,
                };
                remedy.push(change.into());
                self.add(remedy);
            }
        }
    }

    /// Gateway endpoints that lead a table's packets to the services of a list.
    pub(super) fn gateway_endpoints(&mut self, table: RouteTableId, to: IpAddr) {
        let network = self.network;
        let vpc = network.route_tables[table].vpc;
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
                    let tables = it.route_tables.iter().copied().chain([table]).collect();
                    self.one(Change::ModifyGatewayEndpoint { endpoint, tables });
                }
                None => {
                    let (name, tables) = (self.name("gateway-endpoint"), vec![table]);
                    self.one(Change::CreateGatewayEndpoint { name, vpc, list, tables });
                }
            }
        }
    }

    /// Who dials an interface of another VPC dials its private address once the two are peered.
    pub(super) fn peer(&mut self, trace: &Trace) {
        let network = self.network;
        let (ProbeEnd::Interface(from), ProbeEnd::Interface(to)) =
            (trace.probe.from, trace.probe.to)
        else {
            return;
        };
        if [from, to].iter().any(|it| network.interfaces.get(*it).is_none()) {
            return;
        }
        let (near, far) = (network.vpc_of(from), network.vpc_of(to));
        if near != far {
            for remedy in self.peerings(near, far) {
                self.add(remedy.0);
            }
        }
    }

    /// What joins two VPCs that are not: a request that waits is accepted, else there is a new one.
    pub(super) fn peerings(
        &self,
        near: VpcId,
        far: VpcId,
    ) -> Vec<(super::Remedy, crate::cloud::PeeringId)> {
        let network = self.network;
        if network.peering_between(near, far).is_some() {
            return Vec::new();
        }
        let waiting = network.peerings.find(|_, it| {
            it.other_end(near) == Some(far) && it.state == PeeringState::PendingAcceptance
        });
        if let Some(peering) = waiting {
            return vec![(vec![Change::AcceptPeering { peering }], peering)];
        }
        let peering = network.peerings.next_id();
        let name = self.name("peering");
        let create = Change::CreatePeering { name, requester: near, accepter: far };
        vec![(vec![create, Change::AcceptPeering { peering }], peering)]
    }

    /// The change that gives an interface other groups, where somebody may.
    pub(super) fn regroup(
        &self,
        interface: InterfaceId,
        groups: Vec<SecurityGroupId>,
    ) -> Option<Change> {
        let network = self.network;
        match network.interfaces.get(interface)?.kind {
            InterfaceKind::Instance(_) | InterfaceKind::Unattached => {
                Some(Change::ModifyInterfaceGroups { interface, groups })
            }
            InterfaceKind::LoadBalancer(balancer) => {
                let row = network.load_balancers.get(balancer).filter(|it| it.has_groups());
                row.map(|_| ServiceChange::SetSecurityGroups { balancer, groups }.into())
            }
            InterfaceKind::Endpoint(endpoint) => {
                if network.is_gateway_load_balancer_endpoint(endpoint) {
                    return None;
                }
                let (private_dns, policy, groups) = (None, None, Some(groups));
                let change = ServiceChange::ModifyInterfaceEndpoint {
                    endpoint,
                    private_dns,
                    policy,
                    groups,
                };
                Some(change.into())
            }
            _ => None,
        }
    }

    // ---- to keep a packet out

    /// What may stop a packet that passes a load balancer.
    pub(super) fn close_balancer(&mut self, balancer: LoadBalancerId, hop: &Hop) {
        let network = self.network;
        let Some(row) = network.load_balancers.get(balancer) else { return };
        for check in hop.checks.iter().filter(|it| it.outcome == Outcome::Allows) {
            match check.subject {
                Subject::Service(ServiceSubject::Listener(_, place)) => {
                    let Some(listener) = row.listeners.get(place) else { continue };
                    let port = listener.port;
                    self.one(ServiceChange::DeleteListener { balancer, port }.into());
                    self.other_groups(balancer, listener);
                }
                Subject::Service(ServiceSubject::Target(group, place)) => {
                    let Some(it) = network.target_groups.get(group) else { continue };
                    let Some(&Registration { target, port, .. }) = it.targets.get(place) else {
                        continue;
                    };
                    self.one(ServiceChange::DeregisterTarget { group, target, port }.into());
                    if matches!(it.protocol, ListenerProtocol::Tcp | ListenerProtocol::Tls) {
                        let preserve_client_ip = Some(!it.preserves_client_ip());
                        let cross_zone = None;
                        let change = ServiceChange::ModifyTargetGroupAttributes {
                            group,
                            cross_zone,
                            preserve_client_ip,
                        };
                        self.one(change.into());
                    }
                }
                _ => {}
            }
        }
        if row.kind != LoadBalancerKind::Application && row.cross_zone {
            let cross_zone = false;
            let change = ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone };
            self.one(change.into());
        }
    }

    /// What may stop a packet that passes an endpoint.
    pub(super) fn close_endpoint(&mut self, endpoint: crate::cloud::InterfaceEndpointId) {
        self.endpoint_policy(endpoint, EndpointPolicy::Denies);
        self.one(ServiceChange::DeleteInterfaceEndpoint { endpoint }.into());
    }

    /// A database may give its public address back.
    pub(super) fn close_database(&mut self, id: InterfaceId, direction: Direction) {
        if let InterfaceKind::Database(database) = self.network.interfaces[id].kind
            && self.network.interfaces[id].public_address.is_some()
            && direction == Direction::Ingress
        {
            self.one(ServiceChange::ModifyDatabase { database, public: false }.into());
        }
    }
}
