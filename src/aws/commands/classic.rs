//! Load balancers of the previous generation, which have an API of their own: they send to instances,
//! at a port that each listener names.

use super::Script;
use crate::cloud::{
    Listener, ListenerProtocol, LoadBalancerId, LoadBalancerKind, Registered, SecurityGroupId,
    ServiceChange, SubnetId, TargetGroupId, Thing,
};

impl Script<'_> {
    /// The commands for a change to such a load balancer; `false` when it is of another.
    pub(super) fn classic(&mut self, change: &ServiceChange) -> bool {
        use ServiceChange as S;
        let balancer = match change {
            S::CreateListener { balancer, .. }
            | S::ModifyListener { balancer, .. }
            | S::DeleteListener { balancer, .. }
            | S::SetSubnets { balancer, .. }
            | S::SetSecurityGroups { balancer, .. }
            | S::ModifyLoadBalancerAttributes { balancer, .. } => Some(*balancer),
            S::RegisterTarget { group, .. }
            | S::DeregisterTarget { group, .. }
            | S::ModifyTargetGroupAttributes { group, .. } => {
                self.network.balancer_of_group(*group)
            }
            _ => None,
        };
        let classic = |it: &LoadBalancerId| {
            let row = self.network.load_balancers().get(*it);
            row.is_some_and(|it| it.kind == LoadBalancerKind::Classic)
        };
        let Some(balancer) = balancer.filter(classic) else { return false };
        let id = self.id(Thing::LoadBalancer(balancer));
        match change {
            S::CreateListener { listener, .. } => self.classic_listener(&id, listener),
            S::ModifyListener { port, target_groups, .. } => {
                let row = self.network.load_balancers().get(balancer);
                let old = row.and_then(|it| it.listeners.iter().find(|it| it.port == *port));
                let Some(old) = old.cloned() else { return true };
                self.no_classic_listener(&id, *port);
                let target_groups = target_groups.clone();
                self.classic_listener(&id, &Listener { target_groups, ..old });
            }
            S::DeleteListener { port, .. } => self.no_classic_listener(&id, *port),
            S::SetSubnets { subnets, .. } => self.classic_subnets(balancer, &id, subnets),
            S::SetSecurityGroups { groups, .. } => self.classic_groups(&id, groups),
            S::ModifyLoadBalancerAttributes { cross_zone, .. } => self.run(&format!(
                "elb modify-load-balancer-attributes --load-balancer-name {id} --load-balancer-attributes 'CrossZoneLoadBalancing={{Enabled={cross_zone}}}'"
            )),
            S::RegisterTarget { target, .. } => self.classic_instance("register", &id, target.target),
            S::DeregisterTarget { target, .. } => self.classic_instance("deregister", &id, *target),
            _ => {}
        }
        true
    }

    fn classic_listener(&mut self, id: &str, listener: &Listener) {
        let inner = |it: &TargetGroupId| self.network.target_groups().get(*it);
        let Some(group) = listener.target_groups.first().and_then(inner) else { return };
        let (outer, behind) = (classic_word(listener.protocol), classic_word(group.protocol));
        let (port, inner) = (listener.port, group.port);
        let certificate = if matches!(outer, "HTTPS" | "SSL") {
            ",SSLCertificateId=\"${CERTIFICATE_ARN:?}\""
        } else {
            ""
        };
        self.run(&format!(
            "elb create-load-balancer-listeners --load-balancer-name {id} --listeners Protocol={outer},LoadBalancerPort={port},InstanceProtocol={behind},InstancePort={inner}{certificate}"
        ));
    }

    fn no_classic_listener(&mut self, id: &str, port: u16) {
        self.run(&format!(
            "elb delete-load-balancer-listeners --load-balancer-name {id} --load-balancer-ports {port}"
        ));
    }

    fn classic_subnets(&mut self, balancer: LoadBalancerId, id: &str, subnets: &[SubnetId]) {
        let row = self.network.load_balancers().get(balancer);
        let nodes = row.map_or(&[][..], |it| &it.nodes);
        let home =
            |it: &crate::cloud::InterfaceId| Some(self.network.interfaces().get(*it)?.subnet);
        let old: Vec<SubnetId> = nodes.iter().filter_map(home).collect();
        let more: Vec<_> = subnets.iter().filter(|it| !old.contains(it)).copied().collect();
        let gone: Vec<_> = old.iter().filter(|it| !subnets.contains(it)).copied().collect();
        for (verb, list) in [("attach-load-balancer-to", more), ("detach-load-balancer-from", gone)]
        {
            if !list.is_empty() {
                let list = self.ids(&list, Thing::Subnet);
                self.run(&format!("elb {verb}-subnets --load-balancer-name {id} --subnets {list}"));
            }
        }
    }

    fn classic_groups(&mut self, id: &str, groups: &[SecurityGroupId]) {
        let groups = self.ids(groups, Thing::SecurityGroup);
        self.run(&format!(
            "elb apply-security-groups-to-load-balancer --load-balancer-name {id} --security-groups {groups}"
        ));
    }

    fn classic_instance(&mut self, verb: &str, id: &str, target: Registered) {
        let (instance, with) =
            (self.registered(target), if verb == "register" { "with" } else { "from" });
        self.run(&format!(
            "elb {verb}-instances-{with}-load-balancer --load-balancer-name {id} --instances {instance}"
        ));
    }
}

/// What this API calls a protocol.
fn classic_word(protocol: ListenerProtocol) -> &'static str {
    match protocol {
        ListenerProtocol::Http => "HTTP",
        ListenerProtocol::Https => "HTTPS",
        ListenerProtocol::Tls => "SSL",
        _ => "TCP",
    }
}
