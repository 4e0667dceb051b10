//! Interface endpoints and the names that lead to them.

use super::Remedies;
use crate::cloud::{
    Change, EndpointPolicy, EndpointTo, InterfaceEndpointId, Named, ProbeEnd, SecurityGroupId,
    ServiceChange, ServiceId, ServiceKind, Trace,
};

impl Remedies<'_> {
    pub(super) fn endpoint_policy(
        &mut self,
        endpoint: InterfaceEndpointId,
        policy: EndpointPolicy,
    ) {
        let (private_dns, groups, policy) = (None, None, Some(policy));
        let change =
            ServiceChange::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups };
        self.one(change.into());
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

    /// What may stop a packet that passes an endpoint.
    pub(super) fn close_endpoint(&mut self, endpoint: InterfaceEndpointId) {
        self.endpoint_policy(endpoint, EndpointPolicy::Denies);
        self.one(ServiceChange::DeleteInterfaceEndpoint { endpoint }.into());
    }
}
