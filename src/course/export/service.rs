//! Load balancers, endpoints and managed services as TOML.

use super::Lines;
use crate::{
    cloud::{
        AddressType, ApiKind, CdnOrigin, EndpointAddressType, EndpointPolicy, EndpointTo, Instance,
        Integration, Interface, InterfaceId, LaunchType, LoadBalancerKind, Network, NetworkType,
        Registered, Scheme, Service, Thing,
    },
    course::{edit::health_word, scene::GONE},
};

pub(super) fn services(network: &Network, out: &mut Lines) {
    for (_, service) in network.services().iter() {
        out.table("service", &service.name);
        out.text("service", service.kind.as_str());
        if let Some(region) = &service.region {
            out.text("region", region);
        }
        if service.ranges != Service::here("", service.kind).ranges {
            out.list("ranges", service.ranges.iter().map(ToString::to_string));
        }
    }
    managed(network, out);
    balancers(network, out);
    for (_, offer) in network.endpoint_services().iter() {
        out.table("endpoint_service", &offer.name);
        let names = offer.load_balancers.iter().map(|id| name(network, Thing::LoadBalancer(*id)));
        out.list("load_balancers", names);
        if offer.acceptance_required {
            out.flag("acceptance_required", true);
        }
    }
    for (_, endpoint) in network.interface_endpoints().iter() {
        out.table("interface_endpoint", &endpoint.name);
        match endpoint.to {
            EndpointTo::Service(id) => out.text("service", &name(network, Thing::Service(id))),
            EndpointTo::Offered(id) => {
                out.text("endpoint_service", &name(network, Thing::EndpointService(id)));
            }
        }
        stands(network, &endpoint.interfaces, out);
        addresses(network, &endpoint.interfaces, out);
        out.flag("private_dns", endpoint.private_dns);
        if endpoint.policy == EndpointPolicy::Denies {
            out.text("policy", "deny");
        }
        out.flag("accepted", endpoint.accepted);
        if endpoint.address_type != EndpointAddressType::Ipv4 {
            out.text("address_type", endpoint.address_type.as_str());
        }
        if endpoint.dns_records != endpoint.address_type.usual_records() {
            out.text("dns_records", endpoint.dns_records.as_str());
        }
        if endpoint.address_type == EndpointAddressType::Dualstack {
            ipv6_addresses(network, &endpoint.interfaces, out);
        }
    }
    fronts(network, out);
}

fn name(network: &Network, thing: Thing) -> String {
    network.name(thing).map(ToString::to_string).unwrap_or_default()
}

/// The name of what a front asks, which may be deleted while the front stays.
fn name_or_gone(network: &Network, thing: Thing) -> String {
    network.name(thing).map_or_else(|| GONE.to_owned(), ToString::to_string)
}

/// The subnets and groups of several interfaces alike.
fn stands(network: &Network, interfaces: &[InterfaceId], out: &mut Lines) {
    let rows: Vec<&Interface> =
        interfaces.iter().filter_map(|id| network.interfaces().get(*id)).collect();
    out.list("subnets", rows.iter().map(|it| name(network, Thing::Subnet(it.subnet))));
    groups(network, rows.first().copied(), out);
}

/// The addresses of several interfaces, in the order of their subnets.
fn addresses(network: &Network, interfaces: &[InterfaceId], out: &mut Lines) {
    let rows = interfaces.iter().filter_map(|id| network.interfaces().get(*id));
    let own: Vec<String> =
        rows.filter_map(|it| it.addresses.first()).map(ToString::to_string).collect();
    if own.len() == interfaces.len() {
        out.list("addresses", own);
    }
}

/// Their IPv6 addresses beside those.
fn ipv6_addresses(network: &Network, interfaces: &[InterfaceId], out: &mut Lines) {
    let rows = interfaces.iter().filter_map(|id| network.interfaces().get(*id));
    let six = rows.filter_map(|it| it.addresses.iter().find(|it| it.is_ipv6()));
    out.list("ipv6_addresses", six.map(ToString::to_string));
}

/// A balancer may have several nodes in a subnet, which are all alike; a scene knows one.
fn one_a_subnet(network: &Network, nodes: &[InterfaceId]) -> Vec<InterfaceId> {
    let mut seen = Vec::new();
    let mut first = |id: &InterfaceId| {
        let subnet = network.interfaces().get(*id).map(|it| it.subnet);
        let new = !seen.contains(&subnet);
        seen.push(subnet);
        new
    };
    nodes.iter().copied().filter(|id| first(id)).collect()
}

fn groups(network: &Network, interface: Option<&Interface>, out: &mut Lines) {
    let Some(interface) = interface.filter(|it| !it.security_groups.is_empty()) else { return };
    let names = interface.security_groups.iter().map(|id| name(network, Thing::SecurityGroup(*id)));
    out.list("security_groups", names);
}

fn managed(network: &Network, out: &mut Lines) {
    for (_, task) in network.tasks().iter() {
        let Some(interface) = network.interfaces().get(task.interface) else { continue };
        out.table("task", &task.name);
        out.text("subnet", &name(network, Thing::Subnet(interface.subnet)));
        if let Some(address) = interface.addresses.first() {
            out.text("address", &address.to_string());
        }
        groups(network, Some(interface), out);
        if task.launch == LaunchType::Ec2 {
            out.text("launch", "ec2");
        }
        if interface.public_address.is_some() {
            out.flag("public_ip", true);
        }
        let has = interface.addresses.iter().skip(1).find(|it| it.is_ipv6());
        let home = network.subnets().get(interface.subnet);
        match has {
            Some(address) => out.text("ipv6_address", &address.to_string()),
            // Tasks get one where there are any.
            None if home.is_some_and(|it| it.ipv6().is_some() && !it.is_ipv6_only()) => {
                out.flag("ipv6", false);
            }
            None => {}
        }
        out.listens(&task.listening);
    }
    for (_, function) in network.functions().iter() {
        out.table("lambda", &function.name);
        if !function.interfaces.is_empty() {
            stands(network, &function.interfaces, out);
            addresses(network, &function.interfaces, out);
        }
        if function.ipv6 {
            out.flag("ipv6", true);
            ipv6_addresses(network, &function.interfaces, out);
        }
    }
    for (id, database) in network.databases().iter() {
        let interface = network.interfaces().get(database.interface);
        out.table("database", &database.name);
        let names = database.subnets.iter().map(|id| name(network, Thing::Subnet(*id)));
        out.list("subnets", names);
        if let Some(address) = interface.and_then(Interface::private_ipv4) {
            out.text("address", &address.to_string());
        }
        groups(network, interface, out);
        if let Some(public) = interface.and_then(|it| it.public_address) {
            out.text("public_ip", &public.address.to_string());
        }
        out.number("port", database.port);
        if network.network_type(id) == NetworkType::Dual {
            out.text("network_type", NetworkType::Dual.as_str());
            let six = interface.and_then(|it| it.addresses.iter().find(|it| it.is_ipv6()));
            if let Some(address) = six {
                out.text("ipv6_address", &address.to_string());
            }
        }
    }
}

fn balancers(network: &Network, out: &mut Lines) {
    for (_, group) in network.target_groups().iter() {
        out.table("target_group", &group.name);
        super::vpc::vpc_line(network, group.vpc, out);
        out.text("protocol", group.protocol.as_str());
        out.text("type", group.kind.as_str());
        if group.port > 0 {
            out.number("port", group.port);
        }
        let targets = group.targets.iter().filter_map(|it| {
            let who = match it.target {
                Registered::Instance(id) => network.name(Thing::Instance(id))?.to_string(),
                Registered::Address(address) => address.to_string(),
                Registered::Function(id) => network.name(Thing::Function(id))?.to_string(),
                Registered::LoadBalancer(id) => network.name(Thing::LoadBalancer(id))?.to_string(),
            };
            let port = it.port.map(|it| format!(":{it}")).unwrap_or_default();
            let who = if who.contains(':') && !port.is_empty() { format!("[{who}]") } else { who };
            let health = it.health.map(|it| format!(" {}", health_word(it))).unwrap_or_default();
            Some(format!("{who}{port}{health}"))
        });
        out.list("targets", targets);
        if let Some(on) = group.cross_zone {
            out.flag("cross_zone", on);
        }
        if let Some(on) = group.preserve_client_ip {
            out.flag("preserve_client_ip", on);
        }
        if let Some(port) = group.health_check_port {
            out.number("health_check_port", port);
        }
        if group.ipv6 {
            out.text("address_type", "ipv6");
        }
    }
    for (_, balancer) in network.load_balancers().iter() {
        out.table("load_balancer", &balancer.name);
        out.text("type", balancer.kind.as_str());
        let scheme = match balancer.scheme {
            Scheme::InternetFacing => "internet-facing",
            Scheme::Internal => "internal",
        };
        out.text("scheme", scheme);
        let nodes = one_a_subnet(network, &balancer.nodes);
        stands(network, &nodes, out);
        addresses(network, &nodes, out);
        let public = nodes.iter().filter_map(|id| network.interfaces().get(*id)?.public_address);
        let public: Vec<String> = public.map(|it| it.address.to_string()).collect();
        if !public.is_empty() && public.len() == nodes.len() {
            out.list("public_ips", public);
        }
        if balancer.address_type != AddressType::Ipv4 {
            out.text("address_type", balancer.address_type.as_str());
            ipv6_addresses(network, &nodes, out);
        }
        if balancer.kind != LoadBalancerKind::Application {
            out.flag("cross_zone", balancer.cross_zone);
        }
        if balancer.kind == LoadBalancerKind::Network && !balancer.guards_private_link {
            out.flag("guards_private_link", false);
        }
        let listeners = balancer.listeners.iter().map(|it| {
            let groups: Vec<String> =
                it.target_groups.iter().map(|id| name(network, Thing::TargetGroup(*id))).collect();
            let port = if it.port > 0 { format!(" {}", it.port) } else { String::new() };
            format!("{}{port} -> {}", it.protocol.as_str(), groups.join(", "))
        });
        out.list("listeners", listeners);
    }
}

fn fronts(network: &Network, out: &mut Lines) {
    for (_, api) in network.apis().iter() {
        out.table("api", &api.name);
        if api.kind != ApiKind::Regional {
            out.text("type", api.kind.as_str());
        }
        match &api.integration {
            Integration::Mock => {}
            Integration::Function(id) => {
                out.text("function", &name_or_gone(network, Thing::Function(*id)));
            }
            Integration::PublicBalancer(id) => {
                out.text("load_balancer", &name_or_gone(network, Thing::LoadBalancer(*id)));
            }
            Integration::PublicHost(id) => out.text("host", &name(network, Thing::Host(*id))),
            Integration::VpcLink { through, to } => {
                out.text("vpc_link", &name_or_gone(network, Thing::LoadBalancer(*to)));
                if !through.is_empty() {
                    stands(network, through, out);
                }
            }
        }
    }
    let instance = |interface: InterfaceId| {
        let mut instances = network.instances().iter();
        let found = instances.find(|(_, it): &(_, &Instance)| it.interfaces.contains(&interface));
        found.map_or_else(|| GONE.to_owned(), |(_, it)| it.name.to_string())
    };
    for (_, front) in network.distributions().iter() {
        out.table("cdn", &front.name);
        match front.origin {
            CdnOrigin::PublicBalancer(id) | CdnOrigin::PrivateBalancer(id) => {
                out.text("load_balancer", &name_or_gone(network, Thing::LoadBalancer(id)));
            }
            CdnOrigin::PublicInterface(id) | CdnOrigin::PrivateInterface(id) => {
                out.text("instance", &instance(id));
            }
            CdnOrigin::Host(id) => out.text("host", &name(network, Thing::Host(id))),
            CdnOrigin::Bucket { service, access_control, policy_allows } => {
                out.text("bucket", &name(network, Thing::Service(service)));
                out.flag("access_control", access_control);
                if !policy_allows {
                    out.text("bucket_policy", "deny");
                }
            }
        }
        if matches!(front.origin, CdnOrigin::PrivateBalancer(_) | CdnOrigin::PrivateInterface(_)) {
            out.flag("vpc_origin", true);
        }
        out.number("port", front.origin_port);
    }
}
