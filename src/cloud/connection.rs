//! An open connection, and what becomes of it when somebody changes the network under it.

use crate::cloud::{
    Direction, Hop, InterfaceId, InterfaceKind, Leg, LoadBalancerKind, Network, Place, Probe,
    Rules, Subject, Trace, security_group::keeps_track, trace, walk::Walk,
};

/// A connection that was opened, with what the groups on its way remember of it. It belongs to the
/// network in which it was opened, and to what becomes of that by changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    probe: Probe,
    /// The interfaces whose groups let it pass and remember it, and which way.
    tracked: Vec<(InterfaceId, Direction)>,
}

impl Connection {
    /// Opens a connection: `None` when the request does not arrive or nobody answers it.
    ///
    /// A group remembers it unless rules for everybody let it pass both ways. Ping is always
    /// remembered, and so is what goes by a NAT gateway, an egress-only gateway, a Network Load
    /// Balancer or an endpoint, and what a function opens
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>).
    pub fn open(network: &Network, probe: Probe) -> Option<Self> {
        let opened = trace(network, probe, &Rules::AWS);
        if !opened.is_delivered() {
            return None;
        }
        let always = opened.places().any(|place| always_tracks(network, place));
        let remembers = |hop: &Hop| {
            let Place::Interface(id, direction) = hop.place else { return None };
            let groups = &network.interfaces.get(id)?.security_groups;
            let by_rules =
                hop.checks.iter().any(|it| matches!(it.subject, Subject::SecurityGroupRule(..)));
            let tracked = always || keeps_track(network, groups, direction, &hop.packet_in);
            (by_rules && tracked).then_some((id, direction))
        };
        let tracked = opened.leg(Leg::Forward).filter_map(remembers).collect();
        Some(Self { probe, tracked })
    }

    /// The connection's next packet and its answer, in the network as it is now. What a group
    /// remembers passes whatever its rules say now; routes and lists are asked anew, and cut it at
    /// once
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>).
    pub fn go_on(&self, network: &Network) -> Trace {
        let mut walk = Walk::new(network, &Rules::AWS).remembering(self.tracked.clone());
        let verdict = walk.there_and_back(self.probe);
        Trace { probe: self.probe, hops: walk.into_hops(), verdict }
    }

    /// Does it live on in the network as it is now?
    pub fn still_open(&self, network: &Network) -> bool {
        self.go_on(network).is_delivered()
    }
}

/// Is a connection that passes here remembered whatever the rules say?
fn always_tracks(network: &Network, place: Place) -> bool {
    match place {
        Place::NatGateway(..)
        | Place::EgressOnlyGateway(..)
        | Place::Endpoint(..)
        | Place::Function(_) => true,
        // In its VPC a function speaks over an interface.
        Place::Interface(id, _) => {
            let kind = network.interfaces.get(id).map(|it| it.kind);
            matches!(kind, Some(InterfaceKind::Function(_)))
        }
        // Of load balancers, only Network Load Balancers are in AWS's list.
        Place::LoadBalancer(id, _) => {
            network.load_balancers.get(id).is_some_and(|it| it.kind == LoadBalancerKind::Network)
        }
        // Of the two services with gateway endpoints, only DynamoDB's is in AWS's list.
        Place::GatewayEndpoint(id, _) => {
            let list = network.gateway_endpoints.get(id).map(|it| it.list);
            let list = list.and_then(|it| network.prefix_lists.get(it));
            list.is_some_and(|it| it.name.to_ascii_lowercase().contains("dynamodb"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cloud::{
            AclAction, AclEntry, AddressType, Change, Interface, Listener, ListenerProtocol,
            LoadBalancer, Peer, ProbeEnd, Registered, Registration, Scheme, SecurityGroupId,
            SecurityGroupRule, TargetGroup, TargetKind, sample::*,
        },
        net::{Cidr, Ports, Protocol},
    };

    /// The sample in which `web` carries a group of its own with this one inbound rule.
    fn guarded(rule: &SecurityGroupRule) -> (Sample, SecurityGroupId) {
        let mut sample = Sample::new();
        let change = Change::CreateSecurityGroup { name: "web".into(), vpc: sample.vpc };
        let group = made!(sample.network, SecurityGroup, change);
        let (direction, rule) = (Direction::Ingress, rule.clone());
        sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule });
        let groups = vec![group];
        sample.apply(Change::ModifyInterfaceGroups { interface: sample.web, groups });
        (sample, group)
    }

    fn web(sample: &Sample, protocol: Protocol) -> Probe {
        Probe::new(INTERNET, ProbeEnd::Interface(sample.web), protocol, 443)
    }

    /// Does a connection outlive the rule that let it in?
    fn check(rule: &SecurityGroupRule, protocol: Protocol, expected: bool) {
        let (mut sample, group) = guarded(rule);
        let probe = web(&sample, protocol);
        let connection = Connection::open(&sample.network, probe).expect("the rule admits it");
        assert!(connection.still_open(&sample.network));
        let direction = Direction::Ingress;
        sample.apply(Change::RevokeSecurityGroup { group, direction, rule: rule.clone() });
        assert_eq!(connection.still_open(&sample.network), expected, "{rule:?}");
        assert_eq!(Connection::open(&sample.network, probe), None, "nobody new gets in");
    }

    #[test]
    fn a_connection_that_a_rule_for_everybody_let_in_goes_with_it() {
        check(&tcp_rule(443, Peer::Cidr(Cidr::ANY_V4)), Protocol::TCP, false);
    }

    #[test]
    fn a_connection_that_a_narrower_rule_let_in_outlives_it() {
        check(&tcp_rule(443, Peer::Cidr(cidr("198.51.100.0/24"))), Protocol::TCP, true);
    }

    #[test]
    fn ping_is_always_remembered() {
        let rule = SecurityGroupRule {
            protocol: Some(Protocol::ICMP),
            ports: Ports::ALL,
            peer: Peer::Cidr(Cidr::ANY_V4),
        };
        check(&rule, Protocol::ICMP, true);
    }

    #[test]
    fn what_goes_through_a_nat_gateway_is_always_remembered() {
        let mut sample = Sample::new();
        let probe = Probe::new(ProbeEnd::Interface(sample.app), INTERNET, Protocol::TCP, 443);
        let connection = Connection::open(&sample.network, probe).unwrap();
        let (group, direction) = (sample.open, Direction::Egress);
        let rule = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        sample.apply(Change::RevokeSecurityGroup { group, direction, rule });
        assert!(connection.still_open(&sample.network));
        assert_eq!(Connection::open(&sample.network, probe), None);
        // Without its way it ends.
        sample.apply(Change::DeleteNatGateway { gateway: sample.nat });
        assert!(!connection.still_open(&sample.network));
    }

    /// What passes a Network Load Balancer is remembered whatever its target's rules say; what an
    /// Application Load Balancer asks its target is a connection like any other.
    #[test]
    fn of_load_balancers_only_network_ones_make_groups_remember() {
        for (kind, expected) in
            [(LoadBalancerKind::Network, true), (LoadBalancerKind::Application, false)]
        {
            let (mut sample, group) = guarded(&tcp_rule(443, Peer::Cidr(Cidr::ANY_V4)));
            let web = &sample.network.interfaces()[sample.web];
            let (vpc, target) = (sample.vpc, web.addresses[0]);
            let protocol = match kind {
                LoadBalancerKind::Network => ListenerProtocol::Tcp,
                _ => ListenerProtocol::Http,
            };
            let targets = sample.network.insert(TargetGroup {
                name: "targets".into(),
                vpc,
                protocol,
                port: 443,
                kind: TargetKind::Ip,
                targets: vec![Registration {
                    target: Registered::Address(target),
                    port: None,
                    health: None,
                }],
                cross_zone: None,
                preserve_client_ip: Some(false),
                health_check_port: None,
                ipv6: false,
            });
            let balancer = sample.network.insert(LoadBalancer {
                name: "lb".into(),
                kind,
                scheme: Scheme::Internal,
                vpc,
                nodes: Vec::new(),
                security_groups: vec![sample.open],
                cross_zone: true,
                guards_private_link: true,
                address_type: AddressType::Ipv4,
                listeners: vec![Listener { protocol, port: 80, target_groups: vec![targets] }],
            });
            let node = sample.network.insert(Interface {
                name: "node".into(),
                subnet: sample.public,
                kind: InterfaceKind::LoadBalancer(balancer),
                addresses: vec!["10.0.0.77".parse().unwrap()],
                public_address: None,
                further_public: Vec::new(),
                assigns_public_address: false,
                security_groups: vec![sample.open],
                source_dest_check: false,
            });
            sample.network.update(balancer, |it: &mut LoadBalancer| it.nodes.push(node));
            let to = ProbeEnd::Address("10.0.0.77".parse().unwrap());
            let probe = Probe::new(ProbeEnd::Interface(sample.app), to, Protocol::TCP, 80);
            let connection = Connection::open(&sample.network, probe).expect("it passes");
            let rule = tcp_rule(443, Peer::Cidr(Cidr::ANY_V4));
            let direction = Direction::Ingress;
            sample.apply(Change::RevokeSecurityGroup { group, direction, rule });
            assert_eq!(connection.still_open(&sample.network), expected, "{kind:?}");
        }
    }

    #[test]
    fn a_list_cuts_what_the_group_remembers() {
        let (mut sample, _) = guarded(&tcp_rule(443, Peer::Cidr(cidr("198.51.100.0/24"))));
        let connection = Connection::open(&sample.network, web(&sample, Protocol::TCP)).unwrap();
        let acl = sample.network.network_acl_of(sample.public);
        let (number, action) = (1, AclAction::Deny);
        let (protocol, ports, cidr) = (None, Ports::ALL, Cidr::ANY_V4);
        let entry = AclEntry { number, action, protocol, ports, cidr };
        let direction = Direction::Egress;
        sample.apply(Change::CreateNetworkAclEntry { acl, direction, entry });
        assert!(!connection.still_open(&sample.network));
    }
}
