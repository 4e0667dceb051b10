//! The lines for load balancers, endpoints and managed services.

use std::str::FromStr;

use super::operand::{
    Options, group, interface, keyed, keyword, new_name, on, push, push_groups, push_listening,
};
use crate::{
    cloud::{
        ApiKind, CdnOrigin, DnsRecords, EndpointAddressType, EndpointPolicy, EndpointTo, Health,
        Integration, LaunchType, Listener, Listening, LoadBalancer, LoadBalancerId, Network,
        NetworkType, NewDatabase, NewTask, Registered, Registration, Scheme, SecurityGroupId,
        ServiceChange, ServiceKind, Subnet, SubnetId, TargetGroup, TargetGroupId,
    },
    course::{
        grammar::{self, Line, Read, Token, quote},
        names::{find, interface_word, word},
    },
    i18n::fault,
};

/// The operations that begin these lines.
pub(super) const VERBS: [&str; 36] = [
    "create-load-balancer",
    "delete-load-balancer",
    "set-subnets",
    "set-security-groups",
    "modify-load-balancer-attributes",
    "set-ip-address-type",
    "create-listener",
    "modify-listener",
    "delete-listener",
    "create-target-group",
    "delete-target-group",
    "register-targets",
    "deregister-targets",
    "modify-target-group-attributes",
    "create-interface-endpoint",
    "modify-interface-endpoint",
    "modify-endpoint-address-type",
    "delete-interface-endpoint",
    "accept-vpc-endpoint-connections",
    "create-vpc-endpoint-service-configuration",
    "delete-vpc-endpoint-service-configurations",
    "create-function",
    "update-function-configuration",
    "delete-function",
    "create-db-instance",
    "modify-db-instance",
    "delete-db-instance",
    "run-task",
    "stop-task",
    "create-rest-api",
    "create-vpc-link",
    "delete-rest-api",
    "create-distribution",
    "delete-distribution",
    "create-service",
    "delete-service",
];

/// The operation's name, for these changes.
pub(super) fn verb(change: &ServiceChange) -> &'static str {
    match change {
        ServiceChange::CreateLoadBalancer { .. } => "create-load-balancer",
        ServiceChange::DeleteLoadBalancer { .. } => "delete-load-balancer",
        ServiceChange::SetSubnets { .. } => "set-subnets",
        ServiceChange::SetSecurityGroups { .. } => "set-security-groups",
        ServiceChange::ModifyLoadBalancerAttributes { .. } => "modify-load-balancer-attributes",
        ServiceChange::SetIpAddressType { .. } => "set-ip-address-type",
        ServiceChange::CreateListener { .. } => "create-listener",
        ServiceChange::ModifyListener { .. } => "modify-listener",
        ServiceChange::DeleteListener { .. } => "delete-listener",
        ServiceChange::CreateTargetGroup { .. } => "create-target-group",
        ServiceChange::DeleteTargetGroup { .. } => "delete-target-group",
        ServiceChange::RegisterTarget { .. } => "register-targets",
        ServiceChange::DeregisterTarget { .. } => "deregister-targets",
        ServiceChange::ModifyTargetGroupAttributes { .. } => "modify-target-group-attributes",
        ServiceChange::CreateInterfaceEndpoint { .. } => "create-interface-endpoint",
        ServiceChange::ModifyInterfaceEndpoint { .. } => "modify-interface-endpoint",
        ServiceChange::ModifyEndpointAddressType { .. } => "modify-endpoint-address-type",
        ServiceChange::DeleteInterfaceEndpoint { .. } => "delete-interface-endpoint",
        ServiceChange::AcceptEndpoint { .. } => "accept-vpc-endpoint-connections",
        ServiceChange::CreateEndpointService { .. } => "create-vpc-endpoint-service-configuration",
        ServiceChange::DeleteEndpointService { .. } => "delete-vpc-endpoint-service-configurations",
        ServiceChange::CreateFunction { .. } => "create-function",
        ServiceChange::UpdateFunction { .. } | ServiceChange::ModifyFunctionIpv6 { .. } => {
            "update-function-configuration"
        }
        ServiceChange::DeleteFunction { .. } => "delete-function",
        ServiceChange::CreateDatabase(_) => "create-db-instance",
        ServiceChange::ModifyDatabase { .. }
        | ServiceChange::ModifyDatabaseNetworkType { .. }
        | ServiceChange::ModifyDatabaseGroups { .. } => "modify-db-instance",
        ServiceChange::CreateService { .. } => "create-service",
        ServiceChange::DeleteService { .. } => "delete-service",
        ServiceChange::DeleteDatabase { .. } => "delete-db-instance",
        ServiceChange::RunTask(_) => "run-task",
        ServiceChange::StopTask { .. } => "stop-task",
        ServiceChange::CreateApi { .. } => "create-rest-api",
        ServiceChange::CreateVpcLink { .. } => "create-vpc-link",
        ServiceChange::DeleteApi { .. } => "delete-rest-api",
        ServiceChange::CreateDistribution { .. } => "create-distribution",
        ServiceChange::DeleteDistribution { .. } => "delete-distribution",
    }
}

/// What stands behind the verb, for these changes.
pub(super) fn print(n: &Network, change: &ServiceChange) -> String {
    let subnets = |line: &mut String, all: &[SubnetId]| {
        for subnet in all {
            push(line, "subnet", Some(word(n, *subnet)));
        }
    };
    let flag = |line: &mut String, key: &str, value: Option<bool>| push(line, key, value.map(on));
    match change {
        ServiceChange::CreateLoadBalancer { name, kind, scheme, subnets: all, groups } => {
            let mut line = format!("{} {} {}", quote(name), kind.as_str(), scheme_word(*scheme));
            subnets(&mut line, all);
            push_groups(&mut line, n, groups);
            line
        }
        ServiceChange::DeleteLoadBalancer { balancer } => word(n, *balancer),
        ServiceChange::SetSubnets { balancer, subnets: all } => {
            let mut line = word(n, *balancer);
            subnets(&mut line, all);
            line
        }
        ServiceChange::SetSecurityGroups { balancer, groups } => {
            let mut line = word(n, *balancer);
            push_groups(&mut line, n, groups);
            line
        }
        ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone } => {
            format!("{} cross-zone={}", word(n, *balancer), on(*cross_zone))
        }
        ServiceChange::SetIpAddressType { balancer, address_type } => {
            format!("{} {}", word(n, *balancer), address_type.as_str())
        }
        ServiceChange::CreateListener { balancer, listener } => {
            let Listener { protocol, port, target_groups } = listener;
            let mut line = format!("{} {} {port}", word(n, *balancer), protocol.as_str());
            push_target_groups(&mut line, n, target_groups);
            line
        }
        ServiceChange::ModifyListener { balancer, port, target_groups } => {
            let mut line = format!("{} {port}", word(n, *balancer));
            push_target_groups(&mut line, n, target_groups);
            line
        }
        ServiceChange::DeleteListener { balancer, port } => {
            format!("{} {port}", word(n, *balancer))
        }
        ServiceChange::CreateTargetGroup { name, vpc, protocol, port, kind, ipv6 } => format!(
            "{} {} {} {port} {}{}",
            quote(name),
            word(n, *vpc),
            protocol.as_str(),
            kind.as_str(),
            if *ipv6 { " ipv6" } else { "" }
        ),
        ServiceChange::DeleteTargetGroup { group } => word(n, *group),
        ServiceChange::RegisterTarget { group, target } => {
            let mut line = format!("{} {}", word(n, *group), target_words(n, target.target));
            push(&mut line, "port", target.port);
            push(&mut line, "health", target.health.map(health_word));
            line
        }
        ServiceChange::DeregisterTarget { group, target, port } => {
            let mut line = format!("{} {}", word(n, *group), target_words(n, *target));
            push(&mut line, "port", *port);
            line
        }
        ServiceChange::ModifyTargetGroupAttributes { group, cross_zone, preserve_client_ip } => {
            let mut line = word(n, *group);
            flag(&mut line, "cross-zone", *cross_zone);
            flag(&mut line, "preserve-client-ip", *preserve_client_ip);
            line
        }
        ServiceChange::CreateInterfaceEndpoint { name, to, subnets: all, groups, private_dns } => {
            let to = match to {
                EndpointTo::Service(id) => format!("service {}", word(n, *id)),
                EndpointTo::Offered(id) => format!("offered {}", word(n, *id)),
            };
            let mut line = format!("{} {to}", quote(name));
            subnets(&mut line, all);
            push_groups(&mut line, n, groups);
            flag(&mut line, "private-dns", private_dns.then_some(true));
            line
        }
        ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups } => {
            let mut line = word(n, *endpoint);
            flag(&mut line, "private-dns", *private_dns);
            push(&mut line, "policy", policy.map(EndpointPolicy::as_str));
            if let Some(groups) = groups {
                line.push_str(" groups=these");
                push_groups(&mut line, n, groups);
            }
            line
        }
        ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records } => {
            let mut line = word(n, *endpoint);
            push(&mut line, "addresses", address_type.map(EndpointAddressType::as_str));
            push(&mut line, "dns-records", dns_records.map(DnsRecords::as_str));
            line
        }
        ServiceChange::DeleteInterfaceEndpoint { endpoint }
        | ServiceChange::AcceptEndpoint { endpoint } => word(n, *endpoint),
        ServiceChange::CreateEndpointService { name, balancers, acceptance_required } => {
            let mut line = quote(name);
            for balancer in balancers {
                push(&mut line, "balancer", Some(word(n, *balancer)));
            }
            flag(&mut line, "acceptance", acceptance_required.then_some(true));
            line
        }
        ServiceChange::DeleteEndpointService { service } => word(n, *service),
        ServiceChange::CreateFunction { name, subnets: all, groups } => {
            let mut line = quote(name);
            subnets(&mut line, all);
            push_groups(&mut line, n, groups);
            line
        }
        ServiceChange::UpdateFunction { function, subnets: all, groups } => {
            let mut line = word(n, *function);
            subnets(&mut line, all);
            push_groups(&mut line, n, groups);
            line
        }
        ServiceChange::ModifyFunctionIpv6 { function, on: allowed } => {
            format!("{} ipv6={}", word(n, *function), on(*allowed))
        }
        ServiceChange::DeleteFunction { function } => word(n, *function),
        ServiceChange::CreateDatabase(NewDatabase { name, subnets: all, groups, public, port }) => {
            let mut line = format!("{} {port}", quote(name));
            subnets(&mut line, all);
            push_groups(&mut line, n, groups);
            flag(&mut line, "public", public.then_some(true));
            line
        }
        ServiceChange::ModifyDatabase { database, public } => {
            format!("{} public={}", word(n, *database), on(*public))
        }
        ServiceChange::ModifyDatabaseNetworkType { database, network_type } => {
            format!("{} network-type={}", word(n, *database), network_type.as_str())
        }
        ServiceChange::ModifyDatabaseGroups { database, groups } => {
            let mut line = format!("{} groups=these", word(n, *database));
            push_groups(&mut line, n, groups);
            line
        }
        ServiceChange::CreateService { name, kind } => {
            format!("{} {}", quote(name), kind.as_str())
        }
        ServiceChange::DeleteService { service } => word(n, *service),
        ServiceChange::DeleteDatabase { database } => word(n, *database),
        ServiceChange::RunTask(new) => {
            let launch = match new.launch {
                LaunchType::Ec2 => "ec2",
                LaunchType::Fargate => "fargate",
            };
            let mut line = format!("{} {launch} {}", quote(&new.name), word(n, new.subnet));
            push(&mut line, "address", new.address);
            push_groups(&mut line, n, &new.groups);
            flag(&mut line, "public", new.assign_public_ip.then_some(true));
            if new.listening != Listening::Everywhere {
                push_listening(&mut line, &new.listening);
            }
            line
        }
        ServiceChange::StopTask { task } => word(n, *task),
        ServiceChange::CreateApi { name, kind, integration } => {
            let to = match integration {
                Integration::Mock => "mock".to_owned(),
                Integration::Function(id) => format!("function {}", word(n, *id)),
                Integration::PublicBalancer(id) => format!("balancer {}", word(n, *id)),
                Integration::PublicHost(id) => format!("host {}", word(n, *id)),
                Integration::VpcLink { to, .. } => format!("link {}", word(n, *to)),
            };
            format!("{} {} {to}", quote(name), kind.as_str())
        }
        ServiceChange::CreateVpcLink { api, to, subnets: all, groups } => {
            let mut line = format!("{} {}", word(n, *api), word(n, *to));
            subnets(&mut line, all);
            push_groups(&mut line, n, groups);
            line
        }
        ServiceChange::DeleteApi { api } => word(n, *api),
        ServiceChange::CreateDistribution { name, origin, port } => {
            let origin = match origin {
                CdnOrigin::PublicBalancer(id) => format!("balancer {}", word(n, *id)),
                CdnOrigin::PublicInterface(id) => format!("interface {}", interface_word(n, *id)),
                CdnOrigin::Host(id) => format!("host {}", word(n, *id)),
                CdnOrigin::Bucket { service, access_control, policy_allows } => {
                    let mut line = format!("bucket {}", word(n, *service));
                    flag(&mut line, "access-control", access_control.then_some(true));
                    push(&mut line, "policy", (!policy_allows).then_some("deny"));
                    line
                }
                CdnOrigin::PrivateBalancer(id) => format!("private-balancer {}", word(n, *id)),
                CdnOrigin::PrivateInterface(id) => {
                    format!("private-interface {}", interface_word(n, *id))
                }
            };
            format!("{} {port} {origin}", quote(name))
        }
        ServiceChange::DeleteDistribution { distribution } => word(n, *distribution),
    }
}

/// Reads what stands behind one of these verbs; `None` for other verbs.
pub(super) fn read(n: &Network, verb: &str, line: &mut Line) -> Option<Read<ServiceChange>> {
    VERBS.contains(&verb).then(|| read_known(n, verb, line))
}

fn read_known(n: &Network, verb: &str, line: &mut Line) -> Read<ServiceChange> {
    Ok(match verb {
        "create-load-balancer" => {
            let name = new_name(line)?;
            let kind = one(line, "`application`, `network`, `gateway`, `classic`")?;
            let scheme = scheme(line)?;
            let keys = Keys::read(n, line, &["subnet", "group"])?;
            let Keys { subnets, groups, .. } = keys;
            ServiceChange::CreateLoadBalancer { name, kind, scheme, subnets, groups }
        }
        "delete-load-balancer" => {
            ServiceChange::DeleteLoadBalancer { balancer: balancer(n, line)? }
        }
        "set-subnets" => {
            let balancer = balancer(n, line)?;
            let Keys { subnets, .. } = Keys::read(n, line, &["subnet"])?;
            ServiceChange::SetSubnets { balancer, subnets }
        }
        "set-security-groups" => {
            let balancer = balancer(n, line)?;
            let Keys { groups, .. } = Keys::read(n, line, &["group"])?;
            ServiceChange::SetSecurityGroups { balancer, groups }
        }
        "modify-load-balancer-attributes" => {
            let balancer = balancer(n, line)?;
            let keys = Keys::read(n, line, &["cross-zone"])?;
            let cross_zone = keys.flag("cross-zone").unwrap_or(false);
            ServiceChange::ModifyLoadBalancerAttributes { balancer, cross_zone }
        }
        "set-ip-address-type" => {
            let balancer = balancer(n, line)?;
            let address_type = one(line, "`ipv4`, `dualstack`, `dualstack-without-public-ipv4`")?;
            ServiceChange::SetIpAddressType { balancer, address_type }
        }
        "create-listener" => {
            let balancer = balancer(n, line)?;
            let protocol = one(line, "`http`, `https`, `tcp`, `udp`, `tcp_udp`, `tls`, `geneve`")?;
            let port = port(line)?;
            let Keys { target_groups, .. } = Keys::read(n, line, &["target-group"])?;
            ServiceChange::CreateListener {
                balancer,
                listener: Listener { protocol, port, target_groups },
            }
        }
        "modify-listener" => {
            let (balancer, port) = (balancer(n, line)?, port(line)?);
            let Keys { target_groups, .. } = Keys::read(n, line, &["target-group"])?;
            ServiceChange::ModifyListener { balancer, port, target_groups }
        }
        "delete-listener" => {
            ServiceChange::DeleteListener { balancer: balancer(n, line)?, port: port(line)? }
        }
        "create-target-group" => {
            let name = new_name(line)?;
            let vpc = find(n, &line.need("`VPC`")?)?;
            let protocol = one(line, "`http`, `https`, `tcp`, `udp`, `tcp_udp`, `tls`, `geneve`")?;
            let port = port(line)?;
            let kind = one(line, "`instance`, `ip`, `lambda`, `alb`")?;
            let ipv6 = line.accept("ipv6");
            ServiceChange::CreateTargetGroup { name, vpc, protocol, port, kind, ipv6 }
        }
        "delete-target-group" => ServiceChange::DeleteTargetGroup { group: target_group(n, line)? },
        "register-targets" => {
            let (group, target) = (target_group(n, line)?, registered(n, line)?);
            let Keys { port, health, .. } = Keys::read(n, line, &["port", "health"])?;
            ServiceChange::RegisterTarget { group, target: Registration { target, port, health } }
        }
        "deregister-targets" => {
            let (group, target) = (target_group(n, line)?, registered(n, line)?);
            let Keys { port, .. } = Keys::read(n, line, &["port"])?;
            ServiceChange::DeregisterTarget { group, target, port }
        }
        "modify-target-group-attributes" => {
            let group = target_group(n, line)?;
            let keys = Keys::read(n, line, &["cross-zone", "preserve-client-ip"])?;
            let cross_zone = keys.flag("cross-zone");
            let preserve_client_ip = keys.flag("preserve-client-ip");
            ServiceChange::ModifyTargetGroupAttributes { group, cross_zone, preserve_client_ip }
        }
        "create-interface-endpoint" => {
            let name = new_name(line)?;
            let to = match keyword(line, &["service", "offered"])? {
                "service" => EndpointTo::Service(find(n, &line.need("`SERVICE`")?)?),
                _ => EndpointTo::Offered(find(n, &line.need("`SERVICE`")?)?),
            };
            let keys = Keys::read(n, line, &["subnet", "group", "private-dns"])?;
            let private_dns = keys.flag("private-dns").unwrap_or(false);
            let Keys { subnets, groups, .. } = keys;
            ServiceChange::CreateInterfaceEndpoint { name, to, subnets, groups, private_dns }
        }
        "modify-interface-endpoint" => {
            let endpoint = find(n, &line.need("`ENDPOINT`")?)?;
            let keys = Keys::read(n, line, &["private-dns", "policy", "groups", "group"])?;
            let private_dns = keys.flag("private-dns");
            let Keys { policy, groups, these, .. } = keys;
            let policy = policy
                .map(|allow| if allow { EndpointPolicy::Allows } else { EndpointPolicy::Denies });
            let groups = (these || !groups.is_empty()).then_some(groups);
            ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups }
        }
        "modify-endpoint-address-type" => {
            let endpoint = find(n, &line.need("`ENDPOINT`")?)?;
            let keys = Keys::read(n, line, &["addresses", "dns-records"])?;
            let Keys { address_type, dns_records, .. } = keys;
            ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records }
        }
        "delete-interface-endpoint" => {
            ServiceChange::DeleteInterfaceEndpoint { endpoint: find(n, &line.need("`ENDPOINT`")?)? }
        }
        "accept-vpc-endpoint-connections" => {
            ServiceChange::AcceptEndpoint { endpoint: find(n, &line.need("`ENDPOINT`")?)? }
        }
        "create-vpc-endpoint-service-configuration" => {
            let name = new_name(line)?;
            let keys = Keys::read(n, line, &["balancer", "acceptance"])?;
            let acceptance_required = keys.flag("acceptance").unwrap_or(false);
            let Keys { balancers, .. } = keys;
            ServiceChange::CreateEndpointService { name, balancers, acceptance_required }
        }
        "delete-vpc-endpoint-service-configurations" => {
            ServiceChange::DeleteEndpointService { service: find(n, &line.need("`SERVICE`")?)? }
        }
        "create-function" => {
            let name = new_name(line)?;
            let Keys { subnets, groups, .. } = Keys::read(n, line, &["subnet", "group"])?;
            ServiceChange::CreateFunction { name, subnets, groups }
        }
        "update-function-configuration" => {
            let function = find(n, &line.need("`FUNCTION`")?)?;
            let keys = Keys::read(n, line, &["subnet", "group", "ipv6"])?;
            if let Some(on) = keys.flag("ipv6") {
                ServiceChange::ModifyFunctionIpv6 { function, on }
            } else {
                let Keys { subnets, groups, .. } = keys;
                ServiceChange::UpdateFunction { function, subnets, groups }
            }
        }
        "delete-function" => {
            ServiceChange::DeleteFunction { function: find(n, &line.need("`FUNCTION`")?)? }
        }
        "create-service" => {
            let (name, token) = (new_name(line)?, line.need("`s3`, `sqs`, `secretsmanager`")?);
            let other = ServiceKind::Other;
            let named = ServiceKind::named(&token.text);
            let named = named.or_else(|| (*token.text == *other.as_str()).then_some(other));
            let kind = named.ok_or_else(|| {
                token.slip(fault::expected("`s3`, `sqs`, `secretsmanager`", &token.text))
            })?;
            ServiceChange::CreateService { name, kind }
        }
        "delete-service" => {
            ServiceChange::DeleteService { service: find(n, &line.need("`SERVICE`")?)? }
        }
        "create-db-instance" => {
            let (name, port) = (new_name(line)?, port(line)?);
            let keys = Keys::read(n, line, &["subnet", "group", "public"])?;
            let public = keys.flag("public").unwrap_or(false);
            let Keys { subnets, groups, .. } = keys;
            ServiceChange::CreateDatabase(NewDatabase { name, subnets, groups, public, port })
        }
        "modify-db-instance" => {
            let database = find(n, &line.need("`DATABASE`")?)?;
            let keys = Keys::read(n, line, &["public", "network-type", "groups", "group"])?;
            if let Some(network_type) = keys.network_type {
                ServiceChange::ModifyDatabaseNetworkType { database, network_type }
            } else if keys.these || !keys.groups.is_empty() {
                ServiceChange::ModifyDatabaseGroups { database, groups: keys.groups }
            } else {
                let public = keys.flag("public").unwrap_or(false);
                ServiceChange::ModifyDatabase { database, public }
            }
        }
        "delete-db-instance" => {
            ServiceChange::DeleteDatabase { database: find(n, &line.need("`DATABASE`")?)? }
        }
        "run-task" => {
            let name = new_name(line)?;
            let launch = match keyword(line, &["ec2", "fargate"])? {
                "ec2" => LaunchType::Ec2,
                _ => LaunchType::Fargate,
            };
            let subnet = find::<Subnet>(n, &line.need("`SUBNET`")?)?;
            let keys = Keys::read(n, line, &["address", "group", "public", "listen"])?;
            let assign_public_ip = keys.flag("public").unwrap_or(false);
            let Keys { address, groups, options, .. } = keys;
            let listening = options.listening.unwrap_or(Listening::Everywhere);
            ServiceChange::RunTask(NewTask {
                name,
                launch,
                subnet,
                address,
                groups,
                assign_public_ip,
                listening,
            })
        }
        "stop-task" => ServiceChange::StopTask { task: find(n, &line.need("`TASK`")?)? },
        "create-rest-api" => {
            let name = new_name(line)?;
            let kind: ApiKind = one(line, "`edge`, `regional`, `private`")?;
            let integration = integration(n, line)?;
            ServiceChange::CreateApi { name, kind, integration }
        }
        "create-vpc-link" => {
            let api = find(n, &line.need("`API`")?)?;
            let to = balancer(n, line)?;
            let Keys { subnets, groups, .. } = Keys::read(n, line, &["subnet", "group"])?;
            ServiceChange::CreateVpcLink { api, to, subnets, groups }
        }
        "delete-rest-api" => ServiceChange::DeleteApi { api: find(n, &line.need("`API`")?)? },
        "create-distribution" => {
            let (name, port) = (new_name(line)?, port(line)?);
            ServiceChange::CreateDistribution { name, origin: origin(n, line)?, port }
        }
        _ => ServiceChange::DeleteDistribution {
            distribution: find(n, &line.need("`DISTRIBUTION`")?)?,
        },
    })
}

fn integration(n: &Network, line: &mut Line) -> Read<Integration> {
    Ok(match keyword(line, &["mock", "function", "balancer", "host", "link"])? {
        "mock" => Integration::Mock,
        "function" => Integration::Function(find(n, &line.need("`FUNCTION`")?)?),
        "balancer" => Integration::PublicBalancer(balancer(n, line)?),
        "host" => Integration::PublicHost(find(n, &line.need("`HOST`")?)?),
        _ => Integration::VpcLink { through: Vec::new(), to: balancer(n, line)? },
    })
}

fn origin(n: &Network, line: &mut Line) -> Read<CdnOrigin> {
    const KINDS: [&str; 6] =
        ["balancer", "interface", "host", "bucket", "private-balancer", "private-interface"];
    Ok(match keyword(line, &KINDS)? {
        "balancer" => CdnOrigin::PublicBalancer(balancer(n, line)?),
        "interface" => CdnOrigin::PublicInterface(interface(n, line)?),
        "host" => CdnOrigin::Host(find(n, &line.need("`HOST`")?)?),
        "private-balancer" => CdnOrigin::PrivateBalancer(balancer(n, line)?),
        "private-interface" => CdnOrigin::PrivateInterface(interface(n, line)?),
        _ => {
            let service = find(n, &line.need("`SERVICE`")?)?;
            let keys = Keys::read(n, line, &["access-control", "policy"])?;
            let access_control = keys.flag("access-control").unwrap_or(false);
            CdnOrigin::Bucket {
                service,
                access_control,
                policy_allows: keys.policy.unwrap_or(true),
            }
        }
    })
}

fn push_target_groups(line: &mut String, n: &Network, groups: &[TargetGroupId]) {
    for group in groups {
        push(line, "target-group", Some(word(n, *group)));
    }
}

fn target_words(n: &Network, target: Registered) -> String {
    match target {
        Registered::Instance(id) => format!("instance {}", word(n, id)),
        Registered::Address(address) => format!("ip {address}"),
        Registered::Function(id) => format!("lambda {}", word(n, id)),
        Registered::LoadBalancer(id) => format!("alb {}", word(n, id)),
    }
}

fn registered(n: &Network, line: &mut Line) -> Read<Registered> {
    Ok(match keyword(line, &["instance", "ip", "lambda", "alb"])? {
        "instance" => Registered::Instance(find(n, &line.need("`INSTANCE`")?)?),
        "ip" => Registered::Address(grammar::address(&line.need("`10.0.1.10`")?)?),
        "lambda" => Registered::Function(find(n, &line.need("`FUNCTION`")?)?),
        _ => Registered::LoadBalancer(balancer(n, line)?),
    })
}

/// A scheme as AWS writes it.
pub fn scheme_word(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::InternetFacing => "internet-facing",
        Scheme::Internal => "internal",
    }
}

fn scheme(line: &mut Line) -> Read<Scheme> {
    Ok(match keyword(line, &["internet-facing", "internal"])? {
        "internal" => Scheme::Internal,
        _ => Scheme::InternetFacing,
    })
}

/// A health as AWS writes it.
pub fn health_word(health: Health) -> &'static str {
    match health {
        Health::Healthy => "healthy",
        Health::Unhealthy => "unhealthy",
        Health::Draining => "draining",
    }
}

fn balancer(n: &Network, line: &mut Line) -> Read<LoadBalancerId> {
    find::<LoadBalancer>(n, &line.need("`LOAD-BALANCER`")?)
}

fn target_group(n: &Network, line: &mut Line) -> Read<TargetGroupId> {
    find::<TargetGroup>(n, &line.need("`TARGET-GROUP`")?)
}

fn port(line: &mut Line) -> Read<u16> {
    let token = line.need("`80`")?;
    port_of(&token)
}

fn port_of(token: &Token) -> Read<u16> {
    token.text.parse().map_err(|_| token.slip(fault::bad_ports(&token.text)))
}

fn one<T: FromStr>(line: &mut Line, wanted: &str) -> Read<T> {
    let token = line.need(wanted)?;
    token.text.parse().map_err(|_| token.slip(fault::expected(wanted, &token.text)))
}

/// What stands behind a key, which is one of a few words.
fn choice<T: FromStr>(value: &Token, wanted: &str) -> Read<T> {
    value.text.parse().map_err(|_| value.slip(fault::one_of(&value.text, wanted)))
}

/// Reads the DNS switches of a VPC.
pub(super) fn dns_switches(n: &Network, line: &mut Line) -> Read<(Option<bool>, Option<bool>)> {
    let keys = Keys::read(n, line, &["dns-support", "dns-hostnames"])?;
    Ok((keys.flag("dns-support"), keys.flag("dns-hostnames")))
}

/// What stands behind `=` in such a line.
#[derive(Default)]
struct Keys {
    subnets: Vec<SubnetId>,
    groups: Vec<SecurityGroupId>,
    target_groups: Vec<TargetGroupId>,
    balancers: Vec<LoadBalancerId>,
    address: Option<std::net::IpAddr>,
    port: Option<u16>,
    health: Option<Health>,
    policy: Option<bool>,
    address_type: Option<EndpointAddressType>,
    dns_records: Option<DnsRecords>,
    network_type: Option<NetworkType>,
    these: bool,
    options: Options,
    flags: Vec<(String, bool)>,
}

impl Keys {
    fn flag(&self, key: &str) -> Option<bool> {
        self.flags.iter().rev().find(|it| it.0 == key).map(|it| it.1)
    }

    fn read(n: &Network, line: &mut Line, known: &[&str]) -> Read<Self> {
        let mut keys = Self::default();
        while let Some((name, value)) = keyed(line, known)? {
            match name {
                "subnet" => keys.subnets.push(find(n, &value)?),
                "group" => {
                    let subnet = keys.subnets.first().and_then(|id| n.subnets().get(*id));
                    keys.groups.push(group(n, subnet.map(|row| row.vpc), &value)?);
                }
                "target-group" => keys.target_groups.push(find(n, &value)?),
                "balancer" => keys.balancers.push(find(n, &value)?),
                "address" => keys.address = Some(grammar::address(&value)?),
                "port" => keys.port = Some(port_of(&value)?),
                "listen" => keys.options.listen(&value)?,
                "groups" => keys.these = true,
                "health" => {
                    let all = [Health::Healthy, Health::Unhealthy, Health::Draining];
                    let found = all.into_iter().find(|it| value.is(health_word(*it)));
                    let wanted = "`healthy`, `unhealthy`, `draining`";
                    keys.health =
                        Some(found.ok_or_else(|| value.slip(fault::one_of(&value.text, wanted)))?);
                }
                "addresses" => {
                    keys.address_type = Some(choice(&value, "`ipv4`, `dualstack`, `ipv6`")?);
                }
                "dns-records" => {
                    let wanted = "`ipv4`, `dualstack`, `ipv6`, `service-defined`";
                    keys.dns_records = Some(choice(&value, wanted)?);
                }
                "network-type" => keys.network_type = Some(choice(&value, "`ipv4`, `dual`")?),
                "policy" if value.is("allow") => keys.policy = Some(true),
                "policy" if value.is("deny") => keys.policy = Some(false),
                "policy" => return Err(value.slip(fault::one_of(&value.text, "`allow`, `deny`"))),
                _ if value.is("on") => keys.flags.push((name.to_owned(), true)),
                _ if value.is("off") => keys.flags.push((name.to_owned(), false)),
                _ => return Err(value.slip(fault::one_of(&value.text, "`on`, `off`"))),
            }
        }
        Ok(keys)
    }
}
