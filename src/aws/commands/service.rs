//! Load balancers, target groups and interface endpoints.

use super::{Script, quoted};
use crate::cloud::{
    EndpointAddressType, EndpointTo, Listener, ListenerProtocol, LoadBalancerId, Registered,
    ServiceChange, TargetGroupId, Thing,
};

impl Script<'_> {
    pub(super) fn service(&mut self, change: &ServiceChange) {
        use ServiceChange as S;
        if self.classic(change) {
            return;
        }
        match change {
            S::CreateTargetGroup { name, vpc, protocol, port, kind, ipv6 } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::TargetGroup(self.network.target_groups().next_id());
                let (name_word, protocol) = (quoted(name), protocol.as_str().to_ascii_uppercase());
                let kind = kind.as_str();
                let family = if *ipv6 { " --ip-address-type ipv6" } else { "" };
                // Functions are asked by no network.
                let how = if kind == "lambda" {
                    String::new()
                } else {
                    format!(" --vpc-id {vpc} --protocol {protocol} --port {port}{family}")
                };
                let command = format!(
                    "elbv2 create-target-group --name {name_word} --target-type {kind}{how}"
                );
                self.make(thing, name, &command, "TargetGroups[0].TargetGroupArn");
            }
            S::RegisterTarget { group, target } => {
                let id = self.registered(target.target);
                let port = target.port.map_or_else(String::new, |it| format!(",Port={it}"));
                let group = self.id(Thing::TargetGroup(*group));
                self.run(&format!(
                    "elbv2 register-targets --target-group-arn {group} --targets Id={id}{port}"
                ));
            }
            S::DeregisterTarget { group, target, port } => {
                let id = self.registered(*target);
                let port = port.map_or_else(String::new, |it| format!(",Port={it}"));
                let group = self.id(Thing::TargetGroup(*group));
                self.run(&format!(
                    "elbv2 deregister-targets --target-group-arn {group} --targets Id={id}{port}"
                ));
            }
            S::CreateListener { balancer, listener } => self.listener(*balancer, listener),
            S::ModifyListener { balancer, port, target_groups } => {
                let groups = self.actions(target_groups);
                let listener = self.listener_arn(*balancer, *port);
                self.run(&format!(
                    "elbv2 modify-listener --listener-arn {listener} --default-actions {groups}"
                ));
            }
            S::DeleteListener { balancer, port } => {
                let listener = self.listener_arn(*balancer, *port);
                self.run(&format!("elbv2 delete-listener --listener-arn {listener}"));
            }
            S::SetSubnets { balancer, subnets } => {
                let subnets = self.ids(subnets, Thing::Subnet);
                let id = self.id(Thing::LoadBalancer(*balancer));
                self.run(&format!(
                    "elbv2 set-subnets --load-balancer-arn {id} --subnets {subnets}"
                ));
            }
            S::SetSecurityGroups { balancer, groups } => {
                let groups = self.ids(groups, Thing::SecurityGroup);
                let id = self.id(Thing::LoadBalancer(*balancer));
                self.run(&format!(
                    "elbv2 set-security-groups --load-balancer-arn {id} --security-groups {groups}"
                ));
            }
            S::SetIpAddressType { balancer, address_type } => {
                let id = self.id(Thing::LoadBalancer(*balancer));
                let which = address_type.as_str();
                self.run(&format!(
                    "elbv2 set-ip-address-type --load-balancer-arn {id} --ip-address-type {which}"
                ));
            }
            S::ModifyLoadBalancerAttributes { balancer, cross_zone } => {
                let id = self.id(Thing::LoadBalancer(*balancer));
                self.run(&format!(
                    "elbv2 modify-load-balancer-attributes --load-balancer-arn {id} --attributes Key=load_balancing.cross_zone.enabled,Value={cross_zone}"
                ));
            }
            S::ModifyTargetGroupAttributes { group, cross_zone, preserve_client_ip } => {
                let id = self.id(Thing::TargetGroup(*group));
                let attributes = [
                    ("load_balancing.cross_zone.enabled", cross_zone),
                    ("preserve_client_ip.enabled", preserve_client_ip),
                ];
                let attributes: Vec<String> = attributes
                    .iter()
                    .filter_map(|(key, value)| value.map(|it| format!("Key={key},Value={it}")))
                    .collect();
                self.run(&format!(
                    "elbv2 modify-target-group-attributes --target-group-arn {id} --attributes {}",
                    attributes.join(" ")
                ));
            }
            S::ModifyDatabase { database, public } => {
                let name = quoted(&(self.id_of)(&self.name(Thing::Database(*database))));
                let no = if *public { "" } else { "no-" };
                self.run(&format!(
                    "rds modify-db-instance --db-instance-identifier {name} --{no}publicly-accessible --apply-immediately"
                ));
            }
            S::ModifyDatabaseNetworkType { database, network_type } => {
                let name = quoted(&(self.id_of)(&self.name(Thing::Database(*database))));
                let which = network_type.as_str().to_ascii_uppercase();
                self.run(&format!(
                    "rds modify-db-instance --db-instance-identifier {name} --network-type {which} --apply-immediately"
                ));
            }
            S::ModifyFunctionIpv6 { function, on } => {
                let name = quoted(&(self.id_of)(&self.name(Thing::Function(*function))));
                // The rest of the configuration must be said again.
                let rows = self.network.functions().get(*function).map(|it| it.interfaces.clone());
                let rows: Vec<_> = (rows.into_iter().flatten())
                    .filter_map(|it| self.network.interfaces().get(it).cloned())
                    .collect();
                let subnets: Vec<String> =
                    rows.iter().map(|it| self.id(Thing::Subnet(it.subnet))).collect();
                let groups = rows.first().map_or_else(Vec::new, |it| it.security_groups.clone());
                let groups: Vec<String> =
                    groups.iter().map(|it| self.id(Thing::SecurityGroup(*it))).collect();
                self.run(&format!(
                    "lambda update-function-configuration --function-name {name} --vpc-config SubnetIds={},SecurityGroupIds={},Ipv6AllowedForDualStack={on}",
                    subnets.join(","),
                    groups.join(",")
                ));
            }
            other => self.endpoint(other),
        }
    }

    pub(super) fn listener(&mut self, balancer: LoadBalancerId, listener: &Listener) {
        let groups = self.actions(&listener.target_groups);
        let id = self.id(Thing::LoadBalancer(balancer));
        let protocol = listener.protocol.as_str().to_ascii_uppercase();
        // That of a Gateway Load Balancer takes all there is
        // (https://docs.aws.amazon.com/cli/latest/reference/elbv2/create-listener.html).
        if listener.protocol == ListenerProtocol::Geneve {
            self.run(&format!(
                "elbv2 create-listener --load-balancer-arn {id} --default-actions {groups}"
            ));
            return;
        }
        // TLS ends at the load balancer, so it needs a certificate, which nobody here knows.
        let certificate = if matches!(&*protocol, "HTTPS" | "TLS") {
            " --certificates CertificateArn=\"${CERTIFICATE_ARN:?}\""
        } else {
            ""
        };
        self.run(&format!(
            "elbv2 create-listener --load-balancer-arn {id} --protocol {protocol} --port {}{certificate} --default-actions {groups}",
            listener.port
        ));
    }

    pub(super) fn actions(&mut self, groups: &[TargetGroupId]) -> String {
        let group = groups.first().map(|it| self.id(Thing::TargetGroup(*it)));
        format!("Type=forward,TargetGroupArn={}", group.unwrap_or_default())
    }

    pub(super) fn listener_arn(&mut self, balancer: LoadBalancerId, port: u16) -> String {
        let id = self.id(Thing::LoadBalancer(balancer));
        let found = self.answer(
            &format!("elbv2 describe-listeners --load-balancer-arn {id}"),
            &format!("'Listeners[?Port==`{port}`]|[0].ListenerArn'"),
        );
        format!("\"{found}\"")
    }

    pub(super) fn registered(&mut self, target: Registered) -> String {
        match target {
            Registered::Instance(it) => self.id(Thing::Instance(it)),
            Registered::Address(it) => it.to_string(),
            Registered::LoadBalancer(it) => self.id(Thing::LoadBalancer(it)),
            Registered::Function(it) => self.id(Thing::Function(it)),
        }
    }

    pub(super) fn endpoint(&mut self, change: &ServiceChange) {
        use ServiceChange as S;
        match change {
            S::CreateInterfaceEndpoint { name, to, subnets, groups, private_dns } => {
                let EndpointTo::Service(service) = *to else { return };
                let Some(&first) = subnets.first() else { return };
                let vpc = self.id(Thing::Vpc(self.network.subnets()[first].vpc));
                let (subnets, groups) =
                    (self.ids(subnets, Thing::Subnet), self.ids(groups, Thing::SecurityGroup));
                let kind = self.network.services()[service].kind.as_str();
                let thing = Thing::InterfaceEndpoint(self.network.interface_endpoints().next_id());
                let (tags, no) =
                    (Self::tags("vpc-endpoint", name), if *private_dns { "" } else { "no-" });
                let groups = if groups.is_empty() {
                    String::new()
                } else {
                    format!(" --security-group-ids {groups}")
                };
                let region = match &self.home.region {
                    Some(region) => region.clone(),
                    None => "${AWS_REGION:-$(aws configure get region)}".to_owned(),
                };
                let command = format!(
                    "ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id {vpc} --service-name \"com.amazonaws.{region}.{kind}\" --subnet-ids {subnets}{groups} --{no}private-dns-enabled {tags}"
                );
                self.make(thing, name, &command, "VpcEndpoint.VpcEndpointId");
            }
            S::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                if let Some(on) = private_dns {
                    let no = if *on { "" } else { "no-" };
                    self.run(&format!(
                        "ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --{no}private-dns-enabled"
                    ));
                }
                if let Some(policy) = policy {
                    self.policy(&id, *policy);
                }
                if let Some(groups) = groups {
                    let row = self.network.interface_endpoints().get(*endpoint);
                    let first = row.and_then(|it| it.interfaces.first().copied());
                    let old = first.and_then(|it| self.network.interfaces().get(it));
                    let old = old.map_or_else(Vec::new, |it| it.security_groups.clone());
                    for (option, list) in [
                        ("add", groups.iter().filter(|it| !old.contains(it)).copied().collect()),
                        (
                            "remove",
                            old.iter()
                                .filter(|it| !groups.contains(it))
                                .copied()
                                .collect::<Vec<_>>(),
                        ),
                    ] {
                        if !list.is_empty() {
                            let list = self.ids(&list, Thing::SecurityGroup);
                            self.run(&format!(
                                "ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --{option}-security-group-ids {list}"
                            ));
                        }
                    }
                }
            }
            S::ModifyEndpointAddressType { endpoint, address_type, dns_records } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                let addresses =
                    address_type.map(|it| format!(" --ip-address-type {}", it.as_str()));
                // Without them the records stay what they were, and might not fit.
                let usual = address_type.map(EndpointAddressType::usual_records);
                let records = dns_records.or(usual);
                let records =
                    records.map(|it| format!(" --dns-options DnsRecordIpType={}", it.as_str()));
                self.run(&format!(
                    "ec2 modify-vpc-endpoint --vpc-endpoint-id {id}{}{}",
                    addresses.unwrap_or_default(),
                    records.unwrap_or_default()
                ));
            }
            S::DeleteInterfaceEndpoint { endpoint } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                self.run(&format!("ec2 delete-vpc-endpoints --vpc-endpoint-ids {id}"));
            }
            S::AcceptEndpoint { endpoint } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                let service = self.answer(
                    &format!("ec2 describe-vpc-endpoint-connections --filters Name=vpc-endpoint-id,Values={id}"),
                    "'VpcEndpointConnections[0].ServiceId'",
                );
                self.run(&format!(
                    "ec2 accept-vpc-endpoint-connections --service-id \"{service}\" --vpc-endpoint-ids {id}"
                ));
            }
            _ => {}
        }
    }
}
