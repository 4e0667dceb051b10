//! Ways that packets take, told as lines: see [`story`].

use super::*;
use crate::{
    cloud::{
        AclAction, AclEntry, Change, Forwarding, InterfaceKind, Listening, NatGatewayState,
        NetworkAclId, Peer, ProbeEnd, SecurityGroupRule, Service, ServiceKind, Target, Trace, Zone,
        sample::*, trace, trace_from_source,
    },
    net::{Cidr, Ports},
};

/// Sends a probe, and compares the way it took.
fn check(sample: &Sample, probe: Probe, expected: &str) -> Trace {
    let trace = trace(&sample.network, probe, &Rules::AWS);
    assert_eq!(story(&sample.network, &trace), expected);
    trace
}

fn tcp(from: ProbeEnd, to: ProbeEnd) -> Probe {
    Probe::new(from, to, Protocol::TCP, 443)
}

fn of(interface: InterfaceId) -> ProbeEnd {
    ProbeEnd::Interface(interface)
}

fn at(address: &str) -> ProbeEnd {
    ProbeEnd::Address(ip(address))
}

/// A list that lets nothing pass, for a subnet.
fn closed_list(sample: &mut Sample, subnet: SubnetId) -> NetworkAclId {
    let change = Change::CreateNetworkAcl { name: "closed".into(), vpc: sample.vpc };
    let acl = made!(sample.network, NetworkAcl, change);
    sample.apply(Change::AssociateNetworkAcl { subnet, acl: Some(acl) });
    acl
}

fn admit(sample: &mut Sample, acl: NetworkAclId, direction: Direction, ports: Ports) {
    let number = 10 + sample.network.network_acls()[acl].entries(direction).len() as u16;
    let (protocol, cidr) = (Some(Protocol::TCP), Cidr::ANY_V4);
    let action = AclAction::Allow;
    let entry = AclEntry { number, action, protocol, ports, cidr };
    sample.apply(Change::CreateNetworkAclEntry { acl, direction, entry });
}

#[test]
fn the_internet_gateway_translates_one_to_one_in_both_directions() {
    let sample = Sample::new();
    let trace = check(
        &sample,
        tcp(ProbeEnd::Host(sample.client), of(sample.web)),
        "client, igw in, acl public in, web in | \
         web out, acl public out, routes public, igw out, client: delivered",
    );
    let headers: Vec<String> = trace.hops.iter().map(|hop| hop.packet_in.to_string()).collect();
    let (outside, inside) =
        ("tcp 203.0.113.9:49152 > 203.0.113.10:443", "tcp 203.0.113.9:49152 > 10.0.0.10:443");
    let (back_inside, back_outside) =
        ("tcp 10.0.0.10:443 > 203.0.113.9:49152", "tcp 203.0.113.10:443 > 203.0.113.9:49152");
    assert_eq!(
        headers,
        [
            outside,
            outside,
            inside,
            inside,
            back_inside,
            back_inside,
            back_inside,
            back_inside,
            back_outside
        ]
    );
}

#[test]
fn without_a_public_address_nobody_leaves_through_the_internet_gateway() {
    let mut sample = Sample::new();
    sample.apply(Change::DisassociateAddress { interface: sample.web });
    check(
        &sample,
        tcp(of(sample.web), INTERNET),
        "web out, acl public out, routes public, igw out: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    );
    check(
        &sample,
        tcp(INTERNET, of(sample.web)),
        "198.51.100.1: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
    );
    check(
        &sample,
        tcp(INTERNET, ProbeEnd::PublicAddressOf(sample.web)),
        "198.51.100.1: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
    );
}

#[test]
fn a_public_address_in_a_private_subnet_gets_requests_and_answers_nobody() {
    let mut sample = Sample::new();
    sample.apply(Change::AssociateAddress { interface: sample.app, address: None });
    let table = sample.private_table;
    sample.apply(Change::DeleteRoute { table, destination: Cidr::ANY_V4 });
    check(
        &sample,
        tcp(INTERNET, of(sample.app)),
        "198.51.100.1, igw in, acl private in, app in | \
         app out, acl private out, routes private: NO_ROUTE_TO_DESTINATION",
    );
}

#[test]
fn a_detached_gateway_carries_nothing() {
    let mut sample = Sample::new();
    sample.network.update(sample.gateway, |it| it.vpc = None);
    check(
        &sample,
        tcp(of(sample.web), INTERNET),
        "web out, acl public out, routes public, igw out: BAD_STATE_ATTACHMENT",
    );
    check(&sample, tcp(INTERNET, of(sample.web)), "198.51.100.1: BAD_STATE_ATTACHMENT");
}

#[test]
fn the_internet_gateway_rejects_private_ends() {
    let sample = Sample::new();
    let out = "web out, acl public out, routes public, igw out";
    check(
        &sample,
        tcp(of(sample.web), at("192.168.1.1")),
        &format!("{out}: IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"),
    );
    check(
        &sample,
        tcp(of(sample.web), at("100.64.1.1")),
        &format!("{out}: IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"),
    );
    check(
        &sample,
        tcp(at("10.9.9.9"), of(sample.web)),
        "10.9.9.9, igw in: IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS",
    );
}

#[test]
fn a_nat_gateway_translates_and_its_list_is_asked_four_times() {
    let sample = Sample::new();
    let trace = check(
        &sample,
        tcp(of(sample.app), INTERNET),
        "app out, acl private out, routes private, acl public in, nat out, acl public out, \
         routes public, igw out, 198.51.100.1 | \
         198.51.100.1, igw in, acl public in, nat in, acl public out, routes public, \
         acl private in, app in: delivered",
    );
    // The first port that a NAT gateway may use: lists must admit it.
    assert_eq!(
        trace.received().map(ToString::to_string).as_deref(),
        Some("tcp 203.0.113.20:1024 > 198.51.100.1:443")
    );
}

#[test]
fn the_list_of_the_nat_gateways_subnet_must_admit_all_its_ports() {
    for (low, expected) in [(1024, "delivered"), (32768, "SUBNET_ACL_RESTRICTION")] {
        let mut sample = Sample::new();
        let public = sample.public;
        let acl = closed_list(&mut sample, public);
        admit(&mut sample, acl, Direction::Egress, Ports::ALL);
        admit(&mut sample, acl, Direction::Ingress, Ports::one(443));
        admit(&mut sample, acl, Direction::Ingress, Ports::new(low, 65535).unwrap());
        let trace = trace(&sample.network, tcp(of(sample.app), INTERNET), &Rules::AWS);
        let story = story(&sample.network, &trace);
        assert!(story.ends_with(expected), "{low}: {story}");
    }
}

#[test]
fn nobody_starts_anything_to_a_nat_gateway() {
    let sample = Sample::new();
    check(
        &sample,
        tcp(INTERNET, at("203.0.113.20")),
        "198.51.100.1, igw in, acl public in, nat in: NAT_UNSOLICITED",
    );
    let ping = Probe::new(of(sample.web), at("10.0.0.20"), Protocol::ICMP, 0);
    check(&sample, ping, "web out, nat in: NAT_UNSOLICITED");
}

#[test]
fn a_nat_gateway_wants_to_work_and_a_protocol_it_knows() {
    let mut sample = Sample::new();
    let gre = Probe::new(of(sample.app), INTERNET, Protocol(47), 0);
    let way = "app out, acl private out, routes private, acl public in, nat out";
    check(&sample, gre, &format!("{way}: PROTOCOL_RESTRICTION"));
    sample.network.update(sample.nat, |it| it.state = NatGatewayState::Failed);
    check(&sample, tcp(of(sample.app), INTERNET), &format!("{way}: BAD_STATE"));
    sample.apply(Change::DeleteNatGateway { gateway: sample.nat });
    check(
        &sample,
        tcp(of(sample.app), INTERNET),
        "app out, acl private out, routes private: BAD_STATE_ROUTE",
    );
}

#[test]
fn a_private_nat_gateway_ends_at_the_internet_gateway() {
    let mut sample = Sample::new();
    let interface = sample.network.nat_gateways()[sample.nat].interface().unwrap();
    sample.network.update(interface, |it| it.public_address = None);
    check(
        &sample,
        tcp(of(sample.app), INTERNET),
        "app out, acl private out, routes private, acl public in, nat out, acl public out, \
         routes public, igw out: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    );
}

#[test]
fn inside_a_vpc_both_lists_are_asked_and_between_neighbours_none() {
    let mut sample = Sample::new();
    check(
        &sample,
        tcp(of(sample.web), of(sample.app)),
        "web out, acl public out, routes public, acl private in, app in | \
         app out, acl private out, routes private, acl public in, web in: delivered",
    );
    let public = sample.public;
    closed_list(&mut sample, public);
    let near = sample.run("near", public, "10.0.0.11");
    check(&sample, tcp(of(sample.web), of(near)), "web out, near in | near out, web in: delivered");
    check(
        &sample,
        tcp(of(sample.web), at("10.0.0.99")),
        "web out, link public: NO_POSSIBLE_DESTINATION",
    );
}

#[test]
fn answers_leave_through_the_list_to_the_clients_port() {
    let mut sample = Sample::new();
    let public = sample.public;
    let acl = closed_list(&mut sample, public);
    admit(&mut sample, acl, Direction::Ingress, Ports::one(443));
    let probe = tcp(INTERNET, of(sample.web));
    let there = "198.51.100.1, igw in, acl public in, web in";
    check(&sample, probe, &format!("{there} | web out, acl public out: SUBNET_ACL_RESTRICTION"));
    admit(&mut sample, acl, Direction::Egress, Ports::one(Probe::SOURCE_PORT));
    check(
        &sample,
        probe,
        &format!(
            "{there} | web out, acl public out, routes public, igw out, 198.51.100.1: delivered"
        ),
    );
}

#[test]
fn a_closed_port_refuses_and_the_refusal_travels_like_any_answer() {
    let mut sample = Sample::new();
    let listening = Some(Listening::On(vec![(Protocol::TCP, Ports::one(80))]));
    let instance = sample.instance(sample.web);
    sample.apply(Change::ConfigureInstance { instance, listening, forwarding: None });
    let there = "198.51.100.1, igw in, acl public in, web in";
    let back = "web out, acl public out, routes public, igw out, 198.51.100.1";
    let probe = tcp(INTERNET, of(sample.web));
    let trace = check(&sample, probe, &format!("{there} | {back}: refused"));
    assert_eq!(trace.last().packet_in.tcp, Some(TcpFlag::Rst));
    let udp = Probe::new(INTERNET, of(sample.web), Protocol::UDP, 53);
    let trace = check(&sample, udp, &format!("{there} | {back}: refused"));
    assert_eq!(trace.last().packet_in.icmp, Some(IcmpKind::PortUnreachable));
    // A list that admits TCP only lets the RST go, and not the ICMP message.
    let public = sample.public;
    let acl = closed_list(&mut sample, public);
    sample.network.update(acl, |it| {
        let entry = |protocol| AclEntry {
            number: 1,
            action: AclAction::Allow,
            protocol,
            ports: Ports::ALL,
            cidr: Cidr::ANY_V4,
        };
        it.ingress = vec![entry(None)];
        it.egress = vec![entry(Some(Protocol::TCP))];
    });
    check(&sample, probe, &format!("{there} | {back}: refused"));
    check(&sample, udp, &format!("{there} | web out, acl public out: SUBNET_ACL_RESTRICTION"));
}

#[test]
fn ping_is_answered_through_nat_and_back() {
    let sample = Sample::new();
    let probe = Probe::new(of(sample.app), ProbeEnd::Host(sample.client), Protocol::ICMP, 0);
    let ping = trace(&sample.network, probe, &Rules::AWS);
    assert_eq!(ping.verdict, Verdict::Delivered);
    assert_eq!(ping.last().packet_in.icmp, Some(IcmpKind::EchoReply));
    assert_eq!(ping.last().packet_in.destination, ip("10.0.1.10"));
}

#[test]
fn one_can_dial_a_neighbours_public_address_through_the_gateway_and_back() {
    let mut sample = Sample::new();
    let public = sample.public;
    let other = sample.run("other", public, "10.0.0.11");
    sample.apply(Change::AssociateAddress { interface: other, address: None });
    check(
        &sample,
        tcp(of(sample.web), ProbeEnd::PublicAddressOf(other)),
        "web out, acl public out, routes public, igw out, igw in, acl public in, other in | \
         other out, acl public out, routes public, igw out, igw in, acl public in, web in: \
         delivered",
    );
}

#[test]
fn who_does_not_run_neither_sends_nor_answers() {
    let mut sample = Sample::new();
    let instance = sample.instance(sample.web);
    sample.apply(Change::StopInstance { instance });
    check(&sample, tcp(of(sample.web), INTERNET), "web out: INSTANCE_NOT_RUNNING");
    check(
        &sample,
        tcp(INTERNET, of(sample.web)),
        "198.51.100.1, igw in, acl public in, web in: INSTANCE_NOT_RUNNING",
    );
}

/// A firewall in a subnet of its own, through which `web` reaches `app` and is answered.
fn with_firewall(forwarding: Forwarding) -> (Sample, InterfaceId) {
    let mut sample = Sample::new();
    let (vpc, zone) = (sample.vpc, Zone("a".into()));
    let (name, cidr) = ("middle".into(), cidr("10.0.2.0/24"));
    let change = Change::CreateSubnet { name, vpc, zone, cidr };
    let middle = made!(sample.network, Subnet, change);
    let firewall = sample.run("firewall", middle, "10.0.2.10");
    for (table, subnet) in
        [(sample.public_table, sample.private), (sample.private_table, sample.public)]
    {
        let destination = sample.network.subnets()[subnet].cidr;
        let target = Target::Interface(firewall);
        sample.apply(Change::CreateRoute { table, destination, target });
    }
    let instance = sample.instance(firewall);
    let forwarding = Some(forwarding);
    sample.apply(Change::ConfigureInstance { instance, listening: None, forwarding });
    (sample, firewall)
}

#[test]
fn an_appliance_passes_packets_on_when_neither_aws_nor_its_system_minds() {
    let (mut sample, interface) = with_firewall(Forwarding::Routes);
    let probe = tcp(of(sample.web), of(sample.app));
    let to_firewall = "web out, acl public out, routes public, acl middle in, firewall in";
    check(&sample, probe, &format!("{to_firewall}: ENI_SOURCE_DEST_CHECK_RESTRICTION"));
    sample.apply(Change::ModifySourceDestCheck { interface, on: false });
    check(
        &sample,
        probe,
        "web out, acl public out, routes public, acl middle in, firewall in, firewall out, \
         acl middle out, routes vpc-main, acl private in, app in | \
         app out, acl private out, routes private, acl middle in, firewall in, firewall out, \
         acl middle out, routes vpc-main, acl public in, web in: delivered",
    );
    let (mut sample, interface) = with_firewall(Forwarding::Off);
    sample.apply(Change::ModifySourceDestCheck { interface, on: false });
    check(&sample, probe, &format!("{to_firewall}: NOT_FORWARDED"));
}

#[test]
fn a_group_is_not_known_behind_an_appliance() {
    let (mut sample, interface) = with_firewall(Forwarding::Routes);
    sample.apply(Change::ModifySourceDestCheck { interface, on: false });
    let change = Change::CreateSecurityGroup { name: "app".into(), vpc: sample.vpc };
    let group = made!(sample.network, SecurityGroup, change);
    let direction = Direction::Ingress;
    let by_group = tcp_rule(443, Peer::Group(sample.open));
    sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule: by_group });
    sample.apply(Change::ModifyInterfaceGroups { interface: sample.app, groups: vec![group] });
    let probe = tcp(of(sample.web), of(sample.app));
    let lost = trace(&sample.network, probe, &Rules::AWS);
    assert_eq!(lost.verdict.dropped().map(|it| it.2), Some(Cause::GroupNotPreserved));
    let by_address = tcp_rule(443, Peer::Cidr(cidr("10.0.0.0/24")));
    sample.apply(Change::AuthorizeSecurityGroup { group, direction, rule: by_address });
    assert_eq!(trace(&sample.network, probe, &Rules::AWS).verdict, Verdict::Delivered);
}

#[test]
fn appliances_that_point_at_each_other_end_the_packet() {
    let (mut sample, firewall) = with_firewall(Forwarding::Routes);
    sample.network.update(firewall, |it| it.source_dest_check = false);
    let web = sample.web;
    sample.network.update(web, |it| it.source_dest_check = false);
    let instance = sample.instance(web);
    let forwarding = Some(Forwarding::Routes);
    sample.apply(Change::ConfigureInstance { instance, listening: None, forwarding });
    let main = sample.network.vpcs()[sample.vpc].main_route_table;
    let destination = sample.network.subnets()[sample.private].cidr;
    let target = Target::Interface(web);
    sample.apply(Change::CreateRoute { table: main, destination, target });
    let near = sample.run("near", sample.public, "10.0.0.11");
    let probe = tcp(of(near), of(sample.app));
    let end = trace(&sample.network, probe, &Rules::AWS).verdict.dropped();
    assert_eq!(end.map(|it| it.2), Some(Cause::Loop));
}

#[test]
fn a_nat_instance_translates_what_leaves_the_vpc_and_undoes_it() {
    let mut sample = Sample::new();
    let (interface, table) = (sample.web, sample.private_table);
    let instance = sample.instance(interface);
    let forwarding = Some(Forwarding::Translates);
    sample.apply(Change::ConfigureInstance { instance, listening: None, forwarding });
    sample.apply(Change::ModifySourceDestCheck { interface, on: false });
    let (destination, target) = (Cidr::ANY_V4, Target::Interface(interface));
    sample.apply(Change::ReplaceRoute { table, destination, target });
    let trace = check(
        &sample,
        tcp(of(sample.app), INTERNET),
        "app out, acl private out, routes private, acl public in, web in, web out, \
         acl public out, routes public, igw out, 198.51.100.1 | \
         198.51.100.1, igw in, acl public in, web in, web out, acl public out, \
         routes public, acl private in, app in: delivered",
    );
    assert_eq!(trace.received().unwrap().source, ip("203.0.113.10"));
}

#[test]
fn the_check_stops_a_source_that_is_not_the_interfaces_own() {
    let mut sample = Sample::new();
    let (from, to) = (ProbeEnd::Interface(sample.app), ProbeEnd::Interface(sample.web));
    let own = sample.network.interfaces()[sample.app].addresses[0];
    let send = |sample: &Sample, source| {
        trace_from_source(&sample.network, tcp(from, to), source, &Rules::AWS)
    };
    assert!(send(&sample, own).is_delivered());
    let forged = ip("10.0.1.99");
    let dropped = send(&sample, forged).verdict.dropped();
    let place = Place::Interface(sample.app, Direction::Egress);
    assert_eq!(dropped, Some((Leg::Forward, place, Cause::SourceDestCheck)));
    // Without the check the request arrives; the answer goes to whom it names.
    sample.network.update(sample.app, |it| it.source_dest_check = false);
    let (leg, _, cause) = send(&sample, forged).verdict.dropped().unwrap();
    assert_eq!((leg, cause), (Leg::Reply, Cause::NoOwner));
}

#[test]
fn a_list_tells_of_each_entry_whether_it_decided_differed_or_came_too_late() {
    use crate::cloud::{Field, Outcome};
    let mut sample = Sample::new();
    let public = sample.public;
    let acl = closed_list(&mut sample, public);
    let entry = |number, action, port| AclEntry {
        number,
        action,
        protocol: Some(Protocol::TCP),
        ports: Ports::one(port),
        cidr: Cidr::ANY_V4,
    };
    for (action, decided) in
        [(AclAction::Allow, Outcome::Allows), (AclAction::Deny, Outcome::Denies)]
    {
        sample.network.update(acl, |it| {
            it.ingress = vec![
                entry(10, AclAction::Allow, 80),
                entry(20, action, 443),
                entry(30, AclAction::Allow, 443),
                entry(40, AclAction::Deny, 22),
            ];
        });
        let trace = trace(&sample.network, tcp(INTERNET, of(sample.web)), &Rules::AWS);
        let place = Place::NetworkAcl(acl, public, Direction::Ingress);
        let hop = trace.hops.iter().find(|hop| hop.place == place).unwrap();
        let outcomes: Vec<Outcome> = hop.checks.iter().map(|it| it.outcome).collect();
        let late = Outcome::NotReached;
        assert_eq!(outcomes, [Outcome::NoMatch(Field::Port), decided, late, late, late]);
    }
}

#[test]
fn a_distribution_that_asks_itself_ends_the_packet() {
    let mut sample = Sample::new();
    let address = Ipv4Addr::new(203, 0, 113, 70);
    let host = crate::cloud::Host {
        name: "mirror".into(),
        address: address.into(),
        listening: Listening::Everywhere,
    };
    let host = sample.network.insert(host);
    let site = sample.network.insert(crate::cloud::Distribution {
        name: "site".into(),
        address,
        origin_facing: Ipv4Addr::new(203, 0, 113, 71),
        origin: crate::cloud::CdnOrigin::Host(host),
        origin_port: 443,
    });
    let probe = tcp(INTERNET, ProbeEnd::Named(Named::Distribution(site)));
    let it = trace(&sample.network, probe, &Rules::AWS);
    let place = Place::Distribution(site);
    let dropped = Verdict::Dropped { leg: Leg::Forward, place, cause: Cause::Loop };
    assert_eq!(it.verdict, dropped);
    assert!(it.hops.len() < 6, "{} hops", it.hops.len());
}

/// Whoever writes an endpoint's address into the header gets no answer: it ends at the endpoint, and
/// does not go around between the endpoint and the API behind it.
#[test]
fn an_answer_to_the_endpoint_itself_ends_there() {
    let mut sample = Sample::new();
    let service = Service::here("execute-api", ServiceKind::ExecuteApi);
    let service = sample.network.insert(service);
    let subnet = sample.network.interfaces()[sample.app].subnet;
    let (own, id) = (ip("10.0.1.200"), sample.network.interface_endpoints().next_id());
    let door = sample.network.insert(crate::cloud::Interface {
        name: "door".into(),
        subnet,
        kind: InterfaceKind::Endpoint(id),
        addresses: vec![own],
        public_address: None,
        further_public: Vec::new(),
        assigns_public_address: false,
        security_groups: sample.network.interfaces()[sample.app].security_groups.clone(),
        source_dest_check: true,
    });
    let groups = sample.network.interfaces()[door].security_groups.clone();
    let all = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
    for group in groups {
        sample.network.update(group, |it| it.ingress.push(all.clone()));
    }
    sample.network.insert(crate::cloud::InterfaceEndpoint {
        name: "door".into(),
        vpc: sample.vpc,
        to: crate::cloud::EndpointTo::Service(service),
        interfaces: vec![door],
        private_dns: true,
        policy: crate::cloud::EndpointPolicy::Allows,
        accepted: true,
        address_type: crate::cloud::EndpointAddressType::Ipv4,
        dns_records: crate::cloud::DnsRecords::Ipv4,
    });
    let api = sample.network.insert(crate::cloud::Api {
        name: "secret".into(),
        kind: crate::cloud::ApiKind::Private,
        address: None,
        integration: crate::cloud::Integration::Mock,
    });
    sample.network.update(sample.app, |it| it.source_dest_check = false);
    sample.network.update(sample.vpc, |it| it.dns_hostnames = true);
    let probe = tcp(of(sample.app), ProbeEnd::Named(Named::Api(api)));
    assert_eq!(trace(&sample.network, probe, &Rules::AWS).verdict, Verdict::Delivered);
    let it = trace_from_source(&sample.network, probe, own, &Rules::AWS);
    let place = Place::Interface(door, Direction::Ingress);
    let dropped = Verdict::Dropped { leg: Leg::Reply, place, cause: Cause::Misdirected };
    assert_eq!(it.verdict, dropped);
}
