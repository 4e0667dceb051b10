//! Listeners, targets and zones of load balancers.

use super::{Remedies, ipv6::Blocks};
use crate::{
    cloud::{
        Cause, Change, EndpointPolicy, EndpointTo, Field, Health, Hop, InstanceState, InterfaceId,
        InterfaceKind, Leg, Listener, ListenerProtocol, Listening, LoadBalancerId,
        LoadBalancerKind, Outcome, Place, Registered, Registration, ServiceCause, ServiceChange,
        ServiceSubject, Subject, TargetGroupId, TargetKind, Trace, VpcId,
    },
    net::Protocol,
};

impl Remedies<'_> {
    /// What lets a packet pass where a load balancer or an endpoint dropped it.
    pub(super) fn open_service(&mut self, trace: &Trace, place: Place, cause: ServiceCause) {
        match (cause, place) {
            (
                ServiceCause::NoListener | ServiceCause::NoClassicListener,
                Place::LoadBalancer(balancer, _),
            ) => {
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
            let create = ServiceChange::CreateTargetGroup {
                name,
                vpc,
                protocol: speaks,
                port,
                kind,
                ipv6: false,
            };
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
                self.start_targets(group);
                self.targets_of_ipv6(group);
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

    /// A target that does not run is passed over, unless nobody else is fit: then it drops the packet.
    fn start_targets(&mut self, group: TargetGroupId) {
        let network = self.network;
        let Some(row) = network.target_groups.get(group) else { return };
        for target in &row.targets {
            if let Some(interface) = network.target_interface(row, target.target)
                && let InterfaceKind::Instance(instance) = network.interfaces[interface].kind
                && network
                    .instances
                    .get(instance)
                    .is_some_and(|it| it.state == InstanceState::Stopped)
            {
                self.one(Change::StartInstance { instance });
            }
        }
    }

    /// An instance in a group that is reached over IPv6 needs such an address.
    fn targets_of_ipv6(&mut self, group: TargetGroupId) {
        let network = self.network;
        let Some(row) = network.target_groups.get(group).filter(|it| it.ipv6) else { return };
        for target in &row.targets {
            if let Registered::Instance(instance) = target.target
                && let Some(row) = network.instances.get(instance)
                && let Some(&interface) = row.interfaces.first()
            {
                self.ipv6_address(interface, Blocks::May);
            }
        }
    }

    fn more_targets(&mut self, group: TargetGroupId) {
        let network = self.network;
        let Some(row) = network.target_groups.get(group) else { return };
        for target in self.candidates(row.vpc, row.kind) {
            // At the group's own port, or where the target listens, or where its groups let
            // something in, when that is not it.
            let mut ports = vec![None];
            let interface = network.target_interface(row, target).map(|it| &network.interfaces[it]);
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
}
