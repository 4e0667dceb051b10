//! Load balancers, endpoints and managed services, in words.

use crate::{
    cloud::{
        Check, EndpointPolicy, InterfaceKind, Named, Network, Outcome, Place, Registered,
        SecurityGroupId, ServiceCause, ServiceChange, ServiceReason, ServiceSubject, SubnetId,
        TargetGroupId, Thing,
    },
    i18n::{change as say, service::Services},
};

use super::{Explained, Teller, written};

impl Teller<'_> {
    /// What such a check did to the packet.
    pub(super) fn service_happened(&self, subject: ServiceSubject, check: &Check) -> String {
        let words = self.services();
        if check.outcome != Outcome::Denies {
            return match subject {
                ServiceSubject::Listener(id, place) => {
                    (words.listener_takes)(&written::listener(self.network, id, place))
                }
                ServiceSubject::Target(group, place) => {
                    (words.target_gets)(&written::target_of(self.network, group, place))
                }
                ServiceSubject::BalancedConnection(_) => words.balanced.to_owned(),
                _ => self.say.passes.to_owned(),
            };
        }
        match subject {
            ServiceSubject::Listener(..) | ServiceSubject::NoListener(_) => words.no_listener,
            ServiceSubject::Target(..) | ServiceSubject::NoTarget(_) => words.no_target,
            ServiceSubject::BalancedConnection(_) => words.balanced,
            ServiceSubject::ClientIp(_) => words.client_ip_lost,
            ServiceSubject::InterfaceEndpointProtocol(_) => words.endpoint_protocol_denies,
            ServiceSubject::InterfaceEndpointPolicy(_) => words.endpoint_policy_denies,
            ServiceSubject::EndpointState(_) => words.endpoint_not_ready,
            ServiceSubject::Initiates(_) => words.initiates_not,
            ServiceSubject::FunctionDoor(_) => words.function_closed,
            ServiceSubject::BucketPolicy(_) => words.bucket_denies,
            ServiceSubject::ApiDoor(_) => words.wrong_door,
            ServiceSubject::InternetAtBalancer(_) => words.balancer_is_internal,
            ServiceSubject::InternetAtInterface(_) => words.internet_kept_out,
        }
        .to_owned()
    }

    /// What such a check looked at.
    pub(super) fn service_subject(&self, subject: ServiceSubject) -> String {
        let words = self.services();
        match subject {
            ServiceSubject::Listener(id, place) => {
                (words.listener)(&written::listener(self.network, id, place))
            }
            ServiceSubject::Target(group, place) => {
                let target = written::target_of(self.network, group, place);
                (words.target)(&self.thing(Thing::TargetGroup(group)), &target)
            }
            ServiceSubject::NoListener(_) => words.any_listener.to_owned(),
            ServiceSubject::NoTarget(_) => words.any_target.to_owned(),
            ServiceSubject::BalancedConnection(_) => words.balanced_connection.to_owned(),
            ServiceSubject::ClientIp(_) => words.client_ip.to_owned(),
            ServiceSubject::InterfaceEndpointProtocol(_) => words.endpoint_protocol.to_owned(),
            ServiceSubject::InterfaceEndpointPolicy(_) => words.endpoint_policy.to_owned(),
            ServiceSubject::EndpointState(_) => words.endpoint_state.to_owned(),
            ServiceSubject::Initiates(_) => words.initiates.to_owned(),
            ServiceSubject::FunctionDoor(_) => words.function_door.to_owned(),
            ServiceSubject::BucketPolicy(_) => words.bucket_policy.to_owned(),
            ServiceSubject::ApiDoor(_) => words.api_door.to_owned(),
            ServiceSubject::InternetAtBalancer(id) => {
                (words.from_internet_at)(&self.thing(Thing::LoadBalancer(id)))
            }
            ServiceSubject::InternetAtInterface(id) => {
                (words.from_internet_at)(&self.thing(self.network.owner_of(id)))
            }
        }
    }

    /// Why such a cause dropped the packet, and what that means.
    pub(super) fn explain_service(
        &self,
        cause: ServiceCause,
        here: &str,
        source: &str,
        destination: &str,
        port: &str,
    ) -> Explained {
        let words = self.services();
        let (why, means) = match cause {
            ServiceCause::NoListener | ServiceCause::NoClassicListener => {
                ((words.why_no_listener)(here, port), words.means_no_listener)
            }
            ServiceCause::NoTargets => ((words.why_no_targets)(here), words.means_no_targets),
            ServiceCause::TargetZoneNotEnabled => {
                ((words.why_zone_not_enabled)(here), words.means_zone_not_enabled)
            }
            ServiceCause::NotCrossZone | ServiceCause::NoTargetsInZone => {
                ((words.why_not_cross_zone)(here), words.means_not_cross_zone)
            }
            ServiceCause::NoTargetInService => {
                ((words.why_none_in_service)(here), words.means_none_in_service)
            }
            ServiceCause::Hairpin => ((words.why_hairpin)(source), words.means_hairpin),
            ServiceCause::ClientIpNotPreservable => {
                ((words.why_not_preservable)(destination), words.means_not_preservable)
            }
            ServiceCause::InterfaceEndpointProtocol => {
                ((words.why_endpoint_protocol)(here, port), words.means_endpoint_protocol)
            }
            ServiceCause::EndpointPolicyDenies => {
                ((words.why_endpoint_policy)(here), words.means_endpoint_policy)
            }
            ServiceCause::EndpointNotAccepted => {
                ((words.why_not_accepted)(here), words.means_not_accepted)
            }
            ServiceCause::EndpointServiceNotInZone => {
                ((words.why_not_in_zone)(here), words.means_not_in_zone)
            }
            ServiceCause::EndpointInitiates => ((words.why_initiates)(here), words.means_initiates),
            ServiceCause::FunctionNotConnectable => {
                ((words.why_function)(here), words.means_function)
            }
            ServiceCause::OriginAccessDenied => ((words.why_bucket)(here), words.means_bucket),
            ServiceCause::PrivateApi => (words.why_private_api.to_owned(), words.means_private_api),
            ServiceCause::InternalBalancer => {
                ((words.why_internal_balancer)(destination), words.means_internal_balancer)
            }
            ServiceCause::InternetKeptOut => {
                ((words.why_kept_out)(destination), words.means_kept_out)
            }
        };
        Explained { why, means: means.to_owned() }
    }

    /// Why such a change is refused.
    pub(super) fn service_refusal(&self, reason: &ServiceReason) -> String {
        let words = self.services();
        let balancer = |id: &_| self.thing(Thing::LoadBalancer(*id));
        let group = |id: &_| self.thing(Thing::TargetGroup(*id));
        match reason {
            ServiceReason::LoadBalancerNameTaken(name) => (words.r_balancer_name)(name),
            ServiceReason::LoadBalancerWithoutGroups(kind) => {
                (words.r_without_groups)(kind.as_str())
            }
            ServiceReason::LoadBalancerZones(kind) => (words.r_zones)(kind.as_str()),
            ServiceReason::LoadBalancerZoneTwice(zone) | ServiceReason::EndpointZoneTwice(zone) => {
                (words.r_zone_twice)(&zone.0)
            }
            ServiceReason::LoadBalancerRoom(id) => {
                (words.r_balancer_room)(&self.thing(Thing::Subnet(*id)))
            }
            ServiceReason::GatewayLoadBalancerInternal => words.r_gwlb_internal.to_owned(),
            ServiceReason::ListenerProtocol(protocol, kind) => {
                (words.r_listener_protocol)(protocol.as_str(), kind.as_str())
            }
            ServiceReason::ListenerExists(id, port) => {
                (words.r_listener_exists)(&balancer(id), &port.to_string())
            }
            ServiceReason::ListenerUnknown(id, port) => {
                (words.r_listener_unknown)(&balancer(id), &port.to_string())
            }
            ServiceReason::ServiceThere(id) => {
                (words.r_service_there)(&self.thing(Thing::Service(*id)))
            }
            ServiceReason::AlwaysCrossZone(id) => (words.r_always_cross_zone)(&balancer(id)),
            ServiceReason::TargetGroupNameTaken(name) => (words.r_group_name)(name),
            ServiceReason::TargetGroupProtocol(id, protocol) => {
                (words.r_group_protocol)(&group(id), protocol.as_str())
            }
            ServiceReason::TargetKindProtocol(kind, protocol) => {
                (words.r_kind_protocol)(kind.as_str(), protocol.as_str())
            }
            ServiceReason::TargetKindIpv6(kind, protocol) => {
                (words.r_kind_ipv6)(kind.as_str(), protocol.as_str())
            }
            ServiceReason::TargetKind(id) => (words.r_target_kind)(&group(id)),
            ServiceReason::TargetAddressPublic(address) => {
                (words.r_target_public)(&address.to_string())
            }
            ServiceReason::AddressTypeOfKind(id, which) => {
                (words.r_address_type)(&balancer(id), which.as_str())
            }
            ServiceReason::DatagramsOverIpv6(id) => (words.r_datagrams)(&balancer(id)),
            ServiceReason::GroupNeedsDualstack(id) => (words.r_needs_dualstack)(&group(id)),
            ServiceReason::TargetFamily(id) => (words.r_target_family)(&group(id)),
            ServiceReason::TargetUnknown(id) => (words.r_target_unknown)(&group(id)),
            ServiceReason::ClientIpFixed(id) => (words.r_client_ip_fixed)(&group(id)),
            ServiceReason::EndpointWithoutSubnet => words.r_endpoint_subnet.to_owned(),
            ServiceReason::EndpointWithoutGroups(id) => {
                (words.r_endpoint_without_groups)(&self.thing(Thing::InterfaceEndpoint(*id)))
            }
            ServiceReason::EndpointOneSubnet => words.r_endpoint_one_subnet.to_owned(),
            ServiceReason::PrivateDnsNeedsVpcDns(id) => {
                (words.r_vpc_dns)(&self.thing(Thing::Vpc(*id)))
            }
            ServiceReason::PrivateDnsTaken(id) => {
                (words.r_dns_taken)(&self.thing(Thing::InterfaceEndpoint(*id)))
            }
            ServiceReason::EndpointServiceBalancers => words.r_service_balancers.to_owned(),
            ServiceReason::FunctionNameTaken(name) => (words.r_function_name)(name),
            ServiceReason::DatabaseNameTaken(name) => (words.r_database_name)(name),
            ServiceReason::DatabaseZones => words.r_database_zones.to_owned(),
            ServiceReason::RecordsOfAddressType(records, which) => {
                (words.r_records)(records.as_str(), which.as_str())
            }
            ServiceReason::SubnetHasIpv4(id) => {
                (words.r_subnet_ipv4)(&self.thing(Thing::Subnet(*id)))
            }
            ServiceReason::OfferedOverIpv4(id) => (words.r_offered_ipv4)(&balancer(id)),
            ServiceReason::TaskOnEc2NotPublic => words.r_task_public.to_owned(),
            ServiceReason::VpcLinkBalancer(id) => (words.r_vpc_link)(&balancer(id)),
            ServiceReason::OriginNotABucket(id) => {
                (words.r_not_a_bucket)(&self.thing(Thing::Service(*id)))
            }
            ServiceReason::OriginBalancer(id) => (words.r_origin_balancer)(&balancer(id)),
        }
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
    /// The DNS switches of a VPC, turned.
    pub(super) fn dns_of_vpc(
        &self,
        vpc: &str,
        support: Option<bool>,
        hostnames: Option<bool>,
    ) -> String {
        let words = self.services();
        let turned =
            |on: bool, what| if on { (words.c_on)(vpc, what) } else { (words.c_off)(vpc, what) };
        let parts = [
            support.map(|on| turned(on, words.dns_support)),
            hostnames.map(|on| turned(on, words.dns_hostnames)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What such a change does.
    pub(super) fn service_change(&self, change: &ServiceChange) -> String {
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
        match change {
            ServiceChange::CreateLoadBalancer { name, .. } => {
                (words.c_create)(words.load_balancer, name)
            }
            ServiceChange::CreateTargetGroup { name, .. } => {
                (words.c_create)(words.target_group, name)
            }
            ServiceChange::CreateInterfaceEndpoint { name, .. } => {
                (words.c_create)(words.interface_endpoint, name)
            }
            ServiceChange::CreateEndpointService { name, .. } => {
                (words.c_create)(words.endpoint_service, name)
            }
            ServiceChange::CreateFunction { name, .. } => (words.c_create)(words.function, name),
            ServiceChange::CreateDatabase(new) => (words.c_create)(words.database, &new.name),
            ServiceChange::RunTask(new) => (words.c_create)(words.task, &new.name),
            ServiceChange::CreateApi { name, .. } => (words.c_create)(words.api, name),
            ServiceChange::CreateDistribution { name, .. } => {
                (words.c_create)(words.distribution, name)
            }
            ServiceChange::DeleteLoadBalancer { balancer: id } => say::delete(lang, &balancer(id)),
            ServiceChange::DeleteTargetGroup { group: id } => say::delete(lang, &group(id)),
            ServiceChange::DeleteInterfaceEndpoint { endpoint } => {
                say::delete(lang, &thing(Thing::InterfaceEndpoint(*endpoint)))
            }
            ServiceChange::DeleteEndpointService { service } => {
                say::delete(lang, &thing(Thing::EndpointService(*service)))
            }
            ServiceChange::DeleteFunction { function } => {
                say::delete(lang, &thing(Thing::Function(*function)))
            }
            ServiceChange::DeleteDatabase { database } => {
                say::delete(lang, &thing(Thing::Database(*database)))
            }
            ServiceChange::StopTask { task } => say::delete(lang, &thing(Thing::Task(*task))),
            ServiceChange::DeleteApi { api } => say::delete(lang, &thing(Thing::Api(*api))),
            ServiceChange::DeleteDistribution { distribution } => {
                say::delete(lang, &thing(Thing::Distribution(*distribution)))
            }
            ServiceChange::SetSubnets { balancer: id, subnets: all } => placed(balancer(id), all),
            ServiceChange::SetSecurityGroups { balancer: id, groups: all } => {
                (words.c_groups)(&balancer(id), &groups(all))
            }
            ServiceChange::ModifyLoadBalancerAttributes { balancer: id, cross_zone } => {
                switch(*cross_zone, &balancer(id), words.cross_zone)
            }
            ServiceChange::SetIpAddressType { balancer: id, address_type } => {
                (words.c_address_type)(&balancer(id), address_type.as_str())
            }
            ServiceChange::CreateListener { balancer: id, listener } => {
                let written = format!("{} {}", listener.protocol.as_str(), listener.port);
                (words.c_listener)(&balancer(id), &written)
            }
            ServiceChange::ModifyListener { balancer: id, port, .. } => {
                (words.c_listener_moved)(&balancer(id), &port.to_string())
            }
            ServiceChange::DeleteListener { balancer: id, port } => {
                (words.c_listener_gone)(&balancer(id), &port.to_string())
            }
            ServiceChange::RegisterTarget { group: id, target } => {
                (words.c_target)(&group(id), &target_word(self.network, target.target, target.port))
            }
            ServiceChange::DeregisterTarget { group: id, target, port } => {
                (words.c_target_gone)(&group(id), &target_word(self.network, *target, *port))
            }
            ServiceChange::ModifyTargetGroupAttributes {
                group: id,
                cross_zone,
                preserve_client_ip,
            } => several(vec![
                cross_zone.map(|it| switch(it, &group(id), words.cross_zone)),
                preserve_client_ip.map(|it| switch(it, &group(id), words.client_ip)),
            ]),
            ServiceChange::ModifyInterfaceEndpoint {
                endpoint,
                private_dns,
                policy,
                groups: all,
            } => {
                let endpoint = thing(Thing::InterfaceEndpoint(*endpoint));
                let policy = policy.map(EndpointPolicy::as_str);
                several(vec![
                    private_dns.map(|it| switch(it, &endpoint, words.private_dns)),
                    policy.map(|it| (words.c_policy)(&endpoint, it)),
                    all.as_deref().map(|it| (words.c_groups)(&endpoint, &groups(it))),
                ])
            }
            ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records } => {
                let endpoint = thing(Thing::InterfaceEndpoint(*endpoint));
                several(vec![
                    address_type.map(|it| (words.c_address_type)(&endpoint, it.as_str())),
                    dns_records.map(|it| (words.c_dns_records)(&endpoint, it.as_str())),
                ])
            }
            ServiceChange::ModifyFunctionIpv6 { function, on } => {
                switch(*on, &thing(Thing::Function(*function)), words.ipv6_allowed)
            }
            ServiceChange::ModifyDatabaseNetworkType { database, network_type } => {
                let database = thing(Thing::Database(*database));
                (words.c_network_type)(&database, network_type.as_str())
            }
            ServiceChange::AcceptEndpoint { endpoint } => {
                (words.c_accept)(&thing(Thing::InterfaceEndpoint(*endpoint)))
            }
            ServiceChange::UpdateFunction { function, subnets: all, .. } => {
                placed(thing(Thing::Function(*function)), all)
            }
            ServiceChange::ModifyDatabase { database, public } => {
                switch(*public, &thing(Thing::Database(*database)), words.public_access)
            }
            ServiceChange::ModifyDatabaseGroups { database, groups: all } => {
                (words.c_groups)(&thing(Thing::Database(*database)), &groups(all))
            }
            ServiceChange::CreateService { name, kind } => (words.c_create)(kind.title(), name),
            ServiceChange::DeleteService { service } => {
                say::delete(lang, &thing(Thing::Service(*service)))
            }
            ServiceChange::CreateVpcLink { api, to, .. } => {
                (words.c_link)(&thing(Thing::Api(*api)), &balancer(to))
            }
        }
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
