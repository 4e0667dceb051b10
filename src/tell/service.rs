//! Load balancers, endpoints and managed services, in words.

use crate::{
    cloud::{
        Cause, Change, Check, EndpointPolicy, InterfaceKind, Named, Network, Outcome, Place,
        Reason, Registered, SecurityGroupId, Subject, SubnetId, TargetGroupId, Thing,
    },
    i18n::{change as say, service::Services},
};

use super::{Explained, Teller, written};

impl Teller<'_> {
    /// The kind of such an object.
    pub(super) fn kind_of_service(words: &'static Services, thing: Thing) -> &'static str {
        match thing {
            Thing::LoadBalancer(_) => words.load_balancer,
            Thing::TargetGroup(_) => words.target_group,
            Thing::InterfaceEndpoint(_) => words.interface_endpoint,
            Thing::EndpointService(_) => words.endpoint_service,
            Thing::Function(_) => words.function,
            Thing::Database(_) => words.database,
            Thing::Task(_) => words.task,
            Thing::Api(_) => words.api,
            Thing::Distribution(_) => words.distribution,
            _ => words.service,
        }
    }

    /// What such a check did to the packet.
    pub(super) fn service_happened(&self, check: &Check) -> String {
        let words = self.services();
        if check.outcome != Outcome::Denies {
            return match check.subject {
                Subject::Listener(id, place) => {
                    (words.listener_takes)(&written::listener(self.network, id, place))
                }
                Subject::Target(group, place) => {
                    (words.target_gets)(&written::target_of(self.network, group, place))
                }
                Subject::BalancedConnection(_) => words.balanced.to_owned(),
                _ => self.say.passes.to_owned(),
            };
        }
        match check.subject {
            Subject::Listener(..) | Subject::NoListener(_) => words.no_listener,
            Subject::Target(..) | Subject::NoTarget(_) => words.no_target,
            Subject::BalancedConnection(_) => words.balanced,
            Subject::ClientIp(_) => words.client_ip_lost,
            Subject::InterfaceEndpointProtocol(_) => words.endpoint_protocol_denies,
            Subject::InterfaceEndpointPolicy(_) => words.endpoint_policy_denies,
            Subject::EndpointState(_) => words.endpoint_not_ready,
            Subject::Initiates(_) => words.initiates_not,
            Subject::FunctionDoor(_) => words.function_closed,
            Subject::BucketPolicy(_) => words.bucket_denies,
            _ => words.wrong_door,
        }
        .to_owned()
    }

    /// What such a check looked at.
    pub(super) fn service_subject(&self, subject: Subject) -> String {
        let words = self.services();
        match subject {
            Subject::Listener(id, place) => {
                (words.listener)(&written::listener(self.network, id, place))
            }
            Subject::Target(group, place) => {
                let target = written::target_of(self.network, group, place);
                (words.target)(&self.thing(Thing::TargetGroup(group)), &target)
            }
            Subject::NoListener(_) => words.any_listener.to_owned(),
            Subject::NoTarget(_) => words.any_target.to_owned(),
            Subject::BalancedConnection(_) => words.balanced_connection.to_owned(),
            Subject::ClientIp(_) => words.client_ip.to_owned(),
            Subject::InterfaceEndpointProtocol(_) => words.endpoint_protocol.to_owned(),
            Subject::InterfaceEndpointPolicy(_) => words.endpoint_policy.to_owned(),
            Subject::EndpointState(_) => words.endpoint_state.to_owned(),
            Subject::Initiates(_) => words.initiates.to_owned(),
            Subject::FunctionDoor(_) => words.function_door.to_owned(),
            Subject::BucketPolicy(_) => words.bucket_policy.to_owned(),
            _ => words.api_door.to_owned(),
        }
    }

    /// Why such a cause dropped the packet, and what that means.
    pub(super) fn explain_service(
        &self,
        cause: Cause,
        here: &str,
        source: &str,
        destination: &str,
        port: &str,
    ) -> Explained {
        let words = self.services();
        let (why, means) = match cause {
            Cause::NoListener => ((words.why_no_listener)(here, port), words.means_no_listener),
            Cause::NoTargets => ((words.why_no_targets)(here), words.means_no_targets),
            Cause::TargetZoneNotEnabled => {
                ((words.why_zone_not_enabled)(here), words.means_zone_not_enabled)
            }
            Cause::NotCrossZone | Cause::NoTargetsInZone => {
                ((words.why_not_cross_zone)(here), words.means_not_cross_zone)
            }
            Cause::NoTargetInService => {
                ((words.why_none_in_service)(here), words.means_none_in_service)
            }
            Cause::Hairpin => ((words.why_hairpin)(source), words.means_hairpin),
            Cause::ClientIpNotPreservable => {
                ((words.why_not_preservable)(destination), words.means_not_preservable)
            }
            Cause::InterfaceEndpointProtocol => {
                ((words.why_endpoint_protocol)(here, port), words.means_endpoint_protocol)
            }
            Cause::EndpointPolicyDenies => {
                ((words.why_endpoint_policy)(here), words.means_endpoint_policy)
            }
            Cause::EndpointNotAccepted => {
                ((words.why_not_accepted)(here), words.means_not_accepted)
            }
            Cause::EndpointServiceNotInZone => {
                ((words.why_not_in_zone)(here), words.means_not_in_zone)
            }
            Cause::EndpointInitiates => ((words.why_initiates)(here), words.means_initiates),
            Cause::FunctionNotConnectable => ((words.why_function)(here), words.means_function),
            Cause::OriginAccessDenied => ((words.why_bucket)(here), words.means_bucket),
            _ => (words.why_private_api.to_owned(), words.means_private_api),
        };
        Explained { why, means: means.to_owned() }
    }

    /// Why such a change is refused; `None` for the reasons of others.
    pub(super) fn service_refusal(&self, reason: &Reason) -> Option<String> {
        let words = self.services();
        let balancer = |id: &_| self.thing(Thing::LoadBalancer(*id));
        let group = |id: &_| self.thing(Thing::TargetGroup(*id));
        Some(match reason {
            Reason::LoadBalancerNameTaken(name) => (words.r_balancer_name)(name),
            Reason::LoadBalancerWithoutGroups(kind) => (words.r_without_groups)(kind.as_str()),
            Reason::LoadBalancerZones(kind) => (words.r_zones)(kind.as_str()),
            Reason::LoadBalancerZoneTwice(zone) | Reason::EndpointZoneTwice(zone) => {
                (words.r_zone_twice)(&zone.0)
            }
            Reason::GatewayLoadBalancerInternal => words.r_gwlb_internal.to_owned(),
            Reason::ListenerProtocol(protocol, kind) => {
                (words.r_listener_protocol)(protocol.as_str(), kind.as_str())
            }
            Reason::ListenerExists(id, port) => {
                (words.r_listener_exists)(&balancer(id), &port.to_string())
            }
            Reason::ListenerUnknown(id, port) => {
                (words.r_listener_unknown)(&balancer(id), &port.to_string())
            }
            Reason::AlwaysCrossZone(id) => (words.r_always_cross_zone)(&balancer(id)),
            Reason::TargetGroupNameTaken(name) => (words.r_group_name)(name),
            Reason::TargetGroupProtocol(id, protocol) => {
                (words.r_group_protocol)(&group(id), protocol.as_str())
            }
            Reason::TargetKindProtocol(kind, protocol) => {
                (words.r_kind_protocol)(kind.as_str(), protocol.as_str())
            }
            Reason::TargetKind(id) => (words.r_target_kind)(&group(id)),
            Reason::TargetAddressPublic(address) => (words.r_target_public)(&address.to_string()),
            Reason::TargetUnknown(id) => (words.r_target_unknown)(&group(id)),
            Reason::ClientIpFixed(id) => (words.r_client_ip_fixed)(&group(id)),
            Reason::EndpointWithoutSubnet => words.r_endpoint_subnet.to_owned(),
            Reason::EndpointOneSubnet => words.r_endpoint_one_subnet.to_owned(),
            Reason::PrivateDnsNeedsVpcDns(id) => (words.r_vpc_dns)(&self.thing(Thing::Vpc(*id))),
            Reason::PrivateDnsTaken(id) => {
                (words.r_dns_taken)(&self.thing(Thing::InterfaceEndpoint(*id)))
            }
            Reason::EndpointServiceBalancers => words.r_service_balancers.to_owned(),
            Reason::FunctionNameTaken(name) => (words.r_function_name)(name),
            Reason::DatabaseNameTaken(name) => (words.r_database_name)(name),
            Reason::DatabaseZones => words.r_database_zones.to_owned(),
            Reason::TaskOnEc2NotPublic => words.r_task_public.to_owned(),
            Reason::VpcLinkBalancer(id) => (words.r_vpc_link)(&balancer(id)),
            Reason::OriginNotABucket(id) => {
                (words.r_not_a_bucket)(&self.thing(Thing::Service(*id)))
            }
            Reason::OriginBalancer(id) => (words.r_origin_balancer)(&balancer(id)),
            _ => return None,
        })
    }

    fn services(&self) -> &'static Services {
        &self.lang.strings().service
    }
}

/// The place of something that is no interface, list or gateway, as the thing that it is.
pub(super) fn thing_of_place(place: Place) -> Option<Thing> {
    Some(match place {
        Place::LoadBalancer(id, _) => Thing::LoadBalancer(id),
        Place::Endpoint(id, _) => Thing::InterfaceEndpoint(id),
        Place::Service(id) => Thing::Service(id),
        Place::Function(id) => Thing::Function(id),
        Place::Api(id) => Thing::Api(id),
        Place::Distribution(id) => Thing::Distribution(id),
        _ => return None,
    })
}

/// What a managed interface belongs to.
pub(super) fn owner_of(network: &Network, kind: InterfaceKind) -> Option<Thing> {
    let thing = match kind {
        InterfaceKind::Endpoint(id) => Thing::InterfaceEndpoint(id),
        InterfaceKind::Function(id) => Thing::Function(id),
        InterfaceKind::Database(id) => Thing::Database(id),
        InterfaceKind::Task(id) => Thing::Task(id),
        InterfaceKind::LoadBalancer(id) => Thing::LoadBalancer(id),
        InterfaceKind::VpcLink(id) => Thing::Api(id),
        _ => return None,
    };
    network.name(thing).map(|_| thing)
}

/// A target as the scene format writes it.
pub(super) fn registered(network: &Network, group: TargetGroupId, place: usize) -> String {
    let Some(registration) =
        network.target_groups().get(group).and_then(|it| it.targets.get(place))
    else {
        return written::GONE.to_owned();
    };
    let name =
        |thing| network.name(thing).map_or_else(|| written::GONE.to_owned(), ToString::to_string);
    let who = match registration.target {
        Registered::Instance(id) => name(Thing::Instance(id)),
        Registered::Address(address) => address.to_string(),
        Registered::Function(id) => name(Thing::Function(id)),
        Registered::LoadBalancer(id) => name(Thing::LoadBalancer(id)),
    };
    match registration.port {
        Some(port) => format!("{who}:{port}"),
        None => who,
    }
}

/// Something that goes by a name of its own, by that name.
pub(super) fn named(network: &Network, named: Named) -> String {
    network.name(named.into()).map_or_else(|| written::GONE.to_owned(), ToString::to_string)
}

impl Teller<'_> {
    /// What such a change does; `None` for the changes of others.
    pub(super) fn service_change(&self, change: &Change) -> Option<String> {
        let words = self.services();
        let lang = self.lang;
        let thing = |it: Thing| self.thing(it);
        let balancer = |id: &_| self.thing(Thing::LoadBalancer(*id));
        let group = |id: &_| self.thing(Thing::TargetGroup(*id));
        let names = |things: Vec<Thing>| {
            let names: Vec<String> = things
                .into_iter()
                .filter_map(|it| self.network.name(it).map(ToString::to_string))
                .collect();
            names.join(", ")
        };
        let subnets = |all: &[SubnetId]| names(all.iter().copied().map(Thing::Subnet).collect());
        let groups = |all: &[SecurityGroupId]| {
            names(all.iter().copied().map(Thing::SecurityGroup).collect())
        };
        let switch = |on: bool, thing: &str, what: &str| {
            if on { (words.c_on)(thing, what) } else { (words.c_off)(thing, what) }
        };
        let several =
            |parts: Vec<Option<String>>| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let placed = |what: String, all: &[SubnetId]| {
            if all.is_empty() {
                (words.c_out_of_vpc)(&what)
            } else {
                (words.c_zones)(&what, &subnets(all))
            }
        };
        Some(match change {
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
                let vpc = thing(Thing::Vpc(*vpc));
                several(vec![
                    dns_support.map(|it| switch(it, &vpc, words.dns_support)),
                    dns_hostnames.map(|it| switch(it, &vpc, words.dns_hostnames)),
                ])
            }
            Change::CreateLoadBalancer { name, .. } => (words.c_create)(words.load_balancer, name),
            Change::CreateTargetGroup { name, .. } => (words.c_create)(words.target_group, name),
            Change::CreateInterfaceEndpoint { name, .. } => {
                (words.c_create)(words.interface_endpoint, name)
            }
            Change::CreateEndpointService { name, .. } => {
                (words.c_create)(words.endpoint_service, name)
            }
            Change::CreateFunction { name, .. } => (words.c_create)(words.function, name),
            Change::CreateDatabase(new) => (words.c_create)(words.database, &new.name),
            Change::RunTask(new) => (words.c_create)(words.task, &new.name),
            Change::CreateApi { name, .. } => (words.c_create)(words.api, name),
            Change::CreateDistribution { name, .. } => (words.c_create)(words.distribution, name),
            Change::DeleteLoadBalancer { balancer: id } => say::delete(lang, &balancer(id)),
            Change::DeleteTargetGroup { group: id } => say::delete(lang, &group(id)),
            Change::DeleteInterfaceEndpoint { endpoint } => {
                say::delete(lang, &thing(Thing::InterfaceEndpoint(*endpoint)))
            }
            Change::DeleteEndpointService { service } => {
                say::delete(lang, &thing(Thing::EndpointService(*service)))
            }
            Change::DeleteFunction { function } => {
                say::delete(lang, &thing(Thing::Function(*function)))
            }
            Change::DeleteDatabase { database } => {
                say::delete(lang, &thing(Thing::Database(*database)))
            }
            Change::StopTask { task } => say::delete(lang, &thing(Thing::Task(*task))),
            Change::DeleteApi { api } => say::delete(lang, &thing(Thing::Api(*api))),
            Change::DeleteDistribution { distribution } => {
                say::delete(lang, &thing(Thing::Distribution(*distribution)))
            }
            Change::SetSubnets { balancer: id, subnets: all } => placed(balancer(id), all),
            Change::SetSecurityGroups { balancer: id, groups: all } => {
                (words.c_groups)(&balancer(id), &groups(all))
            }
            Change::ModifyLoadBalancerAttributes { balancer: id, cross_zone } => {
                switch(*cross_zone, &balancer(id), words.cross_zone)
            }
            Change::CreateListener { balancer: id, listener } => {
                let written = format!("{} {}", listener.protocol.as_str(), listener.port);
                (words.c_listener)(&balancer(id), &written)
            }
            Change::ModifyListener { balancer: id, port, .. } => {
                (words.c_listener_moved)(&balancer(id), &port.to_string())
            }
            Change::DeleteListener { balancer: id, port } => {
                (words.c_listener_gone)(&balancer(id), &port.to_string())
            }
            Change::RegisterTarget { group: id, target } => {
                (words.c_target)(&group(id), &target_word(self.network, target.target, target.port))
            }
            Change::DeregisterTarget { group: id, target, port } => {
                (words.c_target_gone)(&group(id), &target_word(self.network, *target, *port))
            }
            Change::ModifyTargetGroupAttributes { group: id, cross_zone, preserve_client_ip } => {
                several(vec![
                    cross_zone.map(|it| switch(it, &group(id), words.cross_zone)),
                    preserve_client_ip.map(|it| switch(it, &group(id), words.client_ip)),
                ])
            }
            Change::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups: all } => {
                let endpoint = thing(Thing::InterfaceEndpoint(*endpoint));
                let policy = policy.map(|it| match it {
                    EndpointPolicy::Allows => "allow",
                    EndpointPolicy::Denies => "deny",
                });
                several(vec![
                    private_dns.map(|it| switch(it, &endpoint, words.private_dns)),
                    policy.map(|it| (words.c_policy)(&endpoint, it)),
                    all.as_deref().map(|it| (words.c_groups)(&endpoint, &groups(it))),
                ])
            }
            Change::AcceptEndpoint { endpoint } => {
                (words.c_accept)(&thing(Thing::InterfaceEndpoint(*endpoint)))
            }
            Change::UpdateFunction { function, subnets: all, .. } => {
                placed(thing(Thing::Function(*function)), all)
            }
            Change::ModifyDatabase { database, public } => {
                switch(*public, &thing(Thing::Database(*database)), words.public_access)
            }
            Change::CreateVpcLink { api, to, .. } => {
                (words.c_link)(&thing(Thing::Api(*api)), &balancer(to))
            }
            _ => return None,
        })
    }
}

fn target_word(network: &Network, target: Registered, port: Option<u16>) -> String {
    let name =
        |thing| network.name(thing).map_or_else(|| written::GONE.to_owned(), ToString::to_string);
    let who = match target {
        Registered::Instance(id) => name(Thing::Instance(id)),
        Registered::Address(address) => address.to_string(),
        Registered::Function(id) => name(Thing::Function(id)),
        Registered::LoadBalancer(id) => name(Thing::LoadBalancer(id)),
    };
    match port {
        Some(port) => format!("{who}:{port}"),
        None => who,
    }
}
