//! Everything the simulator can find has words in both languages, and they read well.

use std::{fmt::Write as _, net::Ipv4Addr};

use super::*;
use crate::{
    cloud::{
        Applied, Change, InstanceId, InternetGatewayId, Link, Listening, NetworkAclId,
        OnPremisesId, PublicAtLaunch, Quota, Reason, Reserved, RouteTableId, Rules, ServiceCause,
        SubnetId, Target, TransitCause, TransitChange, TransitGatewayAttachmentId,
        TransitGatewayOptions, TransitGatewayRouteTableId, TransitSubject, VirtualPrivateGatewayId,
        VpcId, VpnConnectionId, VpnRouting, VpnSide, Zone, trace,
    },
    net::Cidr,
};

/// A VPC with one of each, and its ids.
struct Small {
    network: Network,
    vpc: VpcId,
    subnet: SubnetId,
    table: RouteTableId,
    acl: NetworkAclId,
    group: SecurityGroupId,
    gateway: InternetGatewayId,
    egress_only: crate::cloud::EgressOnlyGatewayId,
    nat: crate::cloud::NatGatewayId,
    peering: crate::cloud::PeeringId,
    endpoint: crate::cloud::GatewayEndpointId,
    instance: InstanceId,
    interface: InterfaceId,
    joints: Joints,
}

/// What joins the VPC with other networks.
struct Joints {
    attachment: TransitGatewayAttachmentId,
    table: TransitGatewayRouteTableId,
    vgw: VirtualPrivateGatewayId,
    vpn: VpnConnectionId,
    site: OnPremisesId,
}

fn joints(network: &mut Network, vpc: VpcId, subnet: SubnetId) -> Joints {
    let mut make = |change| network.apply(change).unwrap().made;
    let listening = Listening::Everywhere;
    let (name, cidrs) = ("office".into(), vec![cidr("192.168.0.0/16")]);
    let Some(Thing::OnPremises(site)) =
        make(Change::Transit(TransitChange::CreateOnPremises { name, cidrs, listening }))
    else {
        panic!()
    };
    let change = Change::Transit(TransitChange::CreateTransitGateway {
        name: "hub".into(),
        options: TransitGatewayOptions::default(),
    });
    let Some(Thing::TransitGateway(gateway)) = make(change) else { panic!() };
    let name = "hub-main".into();
    let subnets = vec![subnet];
    let change = Change::Transit(TransitChange::CreateTransitGatewayVpcAttachment {
        name,
        gateway,
        vpc,
        subnets,
    });
    let Some(Thing::TransitGatewayAttachment(attachment)) = make(change) else { panic!() };
    let Some(Thing::VirtualPrivateGateway(vgw)) =
        make(Change::Transit(TransitChange::CreateVpnGateway { name: "vgw".into() }))
    else {
        panic!()
    };
    make(Change::Transit(TransitChange::AttachVpnGateway { gateway: vgw, vpc }));
    let (name, on_premises) = ("router".into(), site);
    let change =
        Change::Transit(TransitChange::CreateCustomerGateway { name, on_premises, address: None });
    let Some(Thing::CustomerGateway(customer_gateway)) = make(change) else { panic!() };
    let Some(Thing::VpnConnection(vpn)) =
        make(Change::Transit(TransitChange::CreateVpnConnection {
            name: "vpn".into(),
            customer_gateway,
            side: VpnSide::VirtualPrivateGateway(vgw),
            routing: VpnRouting::Bgp(vec![cidr("192.168.0.0/16")]),
        }))
    else {
        panic!()
    };
    let table = network.transit_gateways()[gateway].default_association.unwrap();
    Joints { attachment, table, vgw, vpn, site }
}

fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn small() -> Small {
    let mut network = Network::new();
    let mut make = |change| {
        let Applied { made, .. } = network.apply(change).unwrap();
        made
    };
    let Some(Thing::Vpc(vpc)) =
        make(Change::CreateVpc { name: "main".into(), cidr: cidr("10.0.0.0/16") })
    else {
        panic!()
    };
    let zone = Zone("a".into());
    let Some(Thing::Subnet(subnet)) =
        make(Change::CreateSubnet { name: "public".into(), vpc, zone, cidr: cidr("10.0.1.0/24") })
    else {
        panic!()
    };
    let Some(Thing::InternetGateway(gateway)) =
        make(Change::CreateInternetGateway { name: "igw".into() })
    else {
        panic!()
    };
    make(Change::AttachInternetGateway { gateway, vpc });
    let Some(Thing::SecurityGroup(group)) =
        make(Change::CreateSecurityGroup { name: "web-sg".into(), vpc })
    else {
        panic!()
    };
    let Some(Thing::NetworkAcl(acl)) =
        make(Change::CreateNetworkAcl { name: "strict".into(), vpc })
    else {
        panic!()
    };
    let Some(Thing::RouteTable(table)) =
        make(Change::CreateRouteTable { name: "public-table".into(), vpc })
    else {
        panic!()
    };
    make(Change::CreateRoute {
        table,
        destination: Cidr::ANY_V4,
        target: Target::InternetGateway(gateway),
    });
    make(Change::AssociateRouteTable { subnet, table: Some(table) });
    let Some(Thing::NatGateway(nat)) = make(Change::CreateNatGateway {
        name: "nat".into(),
        subnet,
        connectivity: crate::cloud::Connectivity::Public,
        address: None,
        public_address: None,
    }) else {
        panic!()
    };
    let Some(Thing::Instance(instance)) = make(Change::RunInstance {
        name: "web".into(),
        subnet,
        address: Some(address("10.0.1.10")),
        public_address: PublicAtLaunch::Yes,
        groups: vec![group],
        listening: Listening::Everywhere,
    }) else {
        panic!()
    };
    let Some(Thing::EgressOnlyGateway(egress_only)) =
        make(Change::CreateEgressOnlyGateway { name: "eigw".into(), vpc })
    else {
        panic!()
    };
    let accepter = network.insert_vpc("other", &[cidr("10.1.0.0/16")]);
    let peering = network.insert(crate::cloud::Peering {
        name: "pcx".into(),
        requester: vpc,
        accepter,
        state: crate::cloud::PeeringState::Active,
        inter_region: false,
        private_names: crate::cloud::PrivateNames::default(),
    });
    let list = network.insert(crate::cloud::PrefixList {
        name: "s3".into(),
        cidrs: vec![cidr("52.216.0.0/15")],
        by_aws: true,
    });
    let endpoint = network.insert(crate::cloud::GatewayEndpoint {
        name: "s3-endpoint".into(),
        vpc,
        list,
        route_tables: Vec::new(),
        policy: crate::cloud::EndpointPolicy::Allows,
    });
    let interface = network.instances()[instance].interfaces[0];
    let joints = joints(&mut network, vpc, subnet);
    Small {
        network,
        vpc,
        subnet,
        table,
        acl,
        group,
        gateway,
        egress_only,
        nat,
        peering,
        endpoint,
        instance,
        interface,
        joints,
    }
}

/// Every cause, with a place where it can be. The match has no rest: a new cause must be added.
fn causes(small: &Small) -> Vec<(Place, Cause)> {
    let all = [
        Cause::NoSecurityGroupRule,
        Cause::AclDenies(Some(100)),
        Cause::AclDenies(None),
        Cause::NoRoute,
        Cause::Blackhole,
        Cause::SourceDestCheck,
        Cause::GatewayDetached,
        Cause::NoInternetGateway,
        Cause::NoPublicAddress,
        Cause::UnknownPublicAddress,
        Cause::PrivateDestination,
        Cause::SharedDestination,
        Cause::PrivateSource,
        Cause::SharedSource,
        Cause::NoOwner,
        Cause::NatNotAvailable,
        Cause::NatProtocol,
        Cause::NatZone,
        Cause::NatUnsolicited,
        Cause::InstanceNotRunning,
        Cause::GroupNotPreserved,
        Cause::NotAttached,
        Cause::NotForwarded,
        Cause::AsymmetricFlow,
        Cause::Loop,
        Cause::Misdirected,
        Cause::AddressFamily,
        Cause::NameNotResolved,
        Cause::PublicAccessBlocked,
        Cause::EgressOnlyProtocol,
        Cause::EgressOnlyUnsolicited,
        Cause::ApplianceBypassed,
        Cause::ApplianceWithoutPublicAddress,
        Cause::PeeringAddress,
        Cause::EndpointProtocol,
        Cause::EndpointOutsider,
        Cause::EndpointPolicy,
        Cause::Service(ServiceCause::NoListener),
        Cause::Service(ServiceCause::NoClassicListener),
        Cause::Service(ServiceCause::NoTargets),
        Cause::Service(ServiceCause::TargetZoneNotEnabled),
        Cause::Service(ServiceCause::NotCrossZone),
        Cause::Service(ServiceCause::NoTargetsInZone),
        Cause::Service(ServiceCause::NoTargetInService),
        Cause::Service(ServiceCause::Hairpin),
        Cause::Service(ServiceCause::ClientIpNotPreservable),
        Cause::Service(ServiceCause::InterfaceEndpointProtocol),
        Cause::Service(ServiceCause::EndpointPolicyDenies),
        Cause::Service(ServiceCause::EndpointNotAccepted),
        Cause::Service(ServiceCause::EndpointServiceNotInZone),
        Cause::Service(ServiceCause::EndpointInitiates),
        Cause::Service(ServiceCause::FunctionNotConnectable),
        Cause::Service(ServiceCause::OriginAccessDenied),
        Cause::Service(ServiceCause::PrivateApi),
        Cause::Service(ServiceCause::InternalBalancer),
        Cause::Service(ServiceCause::InternetKeptOut),
        Cause::Transit(TransitCause::AttachmentNotAvailable),
        Cause::Transit(TransitCause::AttachmentZone),
        Cause::Transit(TransitCause::AttachmentWithoutTable),
        Cause::Transit(TransitCause::NoTransitRoute),
        Cause::Transit(TransitCause::TransitBlackhole),
        Cause::Transit(TransitCause::GroupReferencesOff),
        Cause::Transit(TransitCause::VgwDetached),
        Cause::Transit(TransitCause::VgwForeignSource),
        Cause::Transit(TransitCause::VgwForeignDestination),
        Cause::Transit(TransitCause::VgwUnknownDestination),
        Cause::Transit(TransitCause::VpnProtocol),
        Cause::Transit(TransitCause::LinkDown),
        Cause::Transit(TransitCause::TransitLinkDown),
        Cause::Transit(TransitCause::NoWayToAws),
    ];
    let mut seen = std::collections::BTreeSet::new();
    let list = all
        .into_iter()
        .map(|cause| {
            let (number, place) = match cause {
                Cause::NoSecurityGroupRule => {
                    (0, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::AclDenies(Some(_)) => {
                    (1, Place::NetworkAcl(small.acl, small.subnet, Direction::Ingress))
                }
                Cause::AclDenies(None) => {
                    (2, Place::NetworkAcl(small.acl, small.subnet, Direction::Egress))
                }
                Cause::NoRoute => (3, Place::RouteTable(small.table, small.subnet)),
                Cause::Blackhole => (4, Place::RouteTable(small.table, small.subnet)),
                Cause::SourceDestCheck => (5, Place::Interface(small.interface, Direction::Egress)),
                Cause::GatewayDetached => {
                    (6, Place::InternetGateway(small.gateway, Direction::Egress))
                }
                Cause::NoInternetGateway => (7, Place::Internet(Network::INTERNET, None)),
                Cause::NoPublicAddress => {
                    (8, Place::InternetGateway(small.gateway, Direction::Egress))
                }
                Cause::UnknownPublicAddress => (9, Place::Internet(Network::INTERNET, None)),
                Cause::PrivateDestination => {
                    (10, Place::InternetGateway(small.gateway, Direction::Egress))
                }
                Cause::SharedDestination => {
                    (11, Place::InternetGateway(small.gateway, Direction::Egress))
                }
                Cause::PrivateSource => {
                    (12, Place::InternetGateway(small.gateway, Direction::Ingress))
                }
                Cause::SharedSource => {
                    (13, Place::InternetGateway(small.gateway, Direction::Ingress))
                }
                Cause::NoOwner => (14, Place::Subnet(small.subnet)),
                Cause::NatNotAvailable => (15, Place::NatGateway(small.nat, Direction::Egress)),
                Cause::NatProtocol => (16, Place::NatGateway(small.nat, Direction::Egress)),
                Cause::NatZone => (0, Place::NatGateway(small.nat, Direction::Egress)),
                Cause::NatUnsolicited => (17, Place::NatGateway(small.nat, Direction::Ingress)),
                Cause::InstanceNotRunning => {
                    (18, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::GroupNotPreserved => {
                    (19, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::NotAttached => (20, Place::Interface(small.interface, Direction::Egress)),
                Cause::NotForwarded => (21, Place::Interface(small.interface, Direction::Ingress)),
                Cause::AsymmetricFlow => {
                    (34, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Loop => (22, Place::Interface(small.interface, Direction::Ingress)),
                Cause::Misdirected => (23, Place::Interface(small.interface, Direction::Ingress)),
                Cause::NameNotResolved => (0, Place::Interface(small.interface, Direction::Egress)),
                Cause::AddressFamily => (24, Place::Interface(small.interface, Direction::Egress)),
                Cause::PublicAccessBlocked => {
                    (25, Place::InternetGateway(small.gateway, Direction::Ingress))
                }
                Cause::EgressOnlyProtocol => {
                    (26, Place::EgressOnlyGateway(small.egress_only, Direction::Egress))
                }
                Cause::EgressOnlyUnsolicited => {
                    (27, Place::EgressOnlyGateway(small.egress_only, Direction::Ingress))
                }
                Cause::ApplianceBypassed => {
                    (32, Place::InternetGateway(small.gateway, Direction::Egress))
                }
                Cause::ApplianceWithoutPublicAddress => (33, Place::GatewayTable(small.table)),
                Cause::PeeringAddress => (28, Place::Peering(small.peering)),
                Cause::EndpointProtocol => {
                    (29, Place::GatewayEndpoint(small.endpoint, Direction::Egress))
                }
                Cause::EndpointOutsider => {
                    (30, Place::GatewayEndpoint(small.endpoint, Direction::Egress))
                }
                Cause::EndpointPolicy => {
                    (31, Place::GatewayEndpoint(small.endpoint, Direction::Egress))
                }
                Cause::Service(ServiceCause::NoClassicListener) => {
                    (494, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::NoListener) => {
                    (100, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::NoTargets) => {
                    (101, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::TargetZoneNotEnabled) => {
                    (102, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::NotCrossZone) => {
                    (103, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::NoTargetsInZone) => {
                    (104, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::NoTargetInService) => {
                    (105, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::Hairpin) => {
                    (106, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::ClientIpNotPreservable) => {
                    (107, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::InterfaceEndpointProtocol) => {
                    (108, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::EndpointPolicyDenies) => {
                    (109, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::EndpointNotAccepted) => {
                    (110, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::EndpointServiceNotInZone) => {
                    (111, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::EndpointInitiates) => {
                    (112, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::FunctionNotConnectable) => {
                    (113, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::OriginAccessDenied) => {
                    (114, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::PrivateApi) => {
                    (115, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Service(ServiceCause::InternalBalancer) => {
                    (493, Place::InternetGateway(small.gateway, Direction::Ingress))
                }
                Cause::Service(ServiceCause::InternetKeptOut) => {
                    (494, Place::InternetGateway(small.gateway, Direction::Ingress))
                }
                Cause::Transit(TransitCause::AttachmentNotAvailable) => (
                    72,
                    Place::TransitGatewayAttachment(small.joints.attachment, Direction::Egress),
                ),
                Cause::Transit(TransitCause::AttachmentZone) => (
                    73,
                    Place::TransitGatewayAttachment(small.joints.attachment, Direction::Ingress),
                ),
                Cause::Transit(TransitCause::AttachmentWithoutTable) => (
                    74,
                    Place::TransitGatewayAttachment(small.joints.attachment, Direction::Ingress),
                ),
                Cause::Transit(TransitCause::NoTransitRoute) => (
                    75,
                    Place::TransitGatewayRouteTable(small.joints.table, small.joints.attachment),
                ),
                Cause::Transit(TransitCause::TransitBlackhole) => (
                    76,
                    Place::TransitGatewayRouteTable(small.joints.table, small.joints.attachment),
                ),
                Cause::Transit(TransitCause::GroupReferencesOff) => {
                    (77, Place::Interface(small.interface, Direction::Ingress))
                }
                Cause::Transit(TransitCause::VgwDetached) => {
                    (78, Place::VirtualPrivateGateway(small.joints.vgw, Direction::Egress))
                }
                Cause::Transit(TransitCause::VgwForeignSource) => {
                    (79, Place::VirtualPrivateGateway(small.joints.vgw, Direction::Egress))
                }
                Cause::Transit(TransitCause::VgwForeignDestination) => {
                    (80, Place::VirtualPrivateGateway(small.joints.vgw, Direction::Ingress))
                }
                Cause::Transit(TransitCause::VgwUnknownDestination) => {
                    (81, Place::VirtualPrivateGateway(small.joints.vgw, Direction::Egress))
                }
                Cause::Transit(TransitCause::VpnProtocol) => {
                    (82, Place::VirtualPrivateGateway(small.joints.vgw, Direction::Egress))
                }
                Cause::Transit(TransitCause::LinkDown) => {
                    (83, Place::Link(Link::Vpn(small.joints.vpn), Direction::Egress))
                }
                Cause::Transit(TransitCause::TransitLinkDown) => {
                    (84, Place::Link(Link::Vpn(small.joints.vpn), Direction::Ingress))
                }
                Cause::Transit(TransitCause::NoWayToAws) => {
                    (85, Place::OnPremises(small.joints.site, address("192.168.0.10")))
                }
            };
            seen.insert(number);
            (place, cause)
        })
        .collect();
    assert_eq!(seen.len(), 67, "a cause is not in the list");
    list
}

fn dropped(small: &Small, leg: Leg, place: Place, cause: Cause) -> Trace {
    let probe = Probe::new(
        ProbeEnd::Address(Network::INTERNET),
        ProbeEnd::Interface(small.interface),
        Protocol::TCP,
        443,
    );
    let request = Packet {
        protocol: Protocol::TCP,
        source: Network::INTERNET,
        source_port: 49152,
        destination: address("10.0.1.10"),
        destination_port: 443,
        tcp: Some(TcpFlag::Syn),
        icmp: None,
    };
    let packet_in = if leg == Leg::Forward { request } else { request.swapped() };
    let subject = match cause {
        Cause::Blackhole => Subject::Route(small.table, 1),
        Cause::Transit(TransitCause::TransitBlackhole) => {
            Subject::Transit(TransitSubject::TransitRoute(small.joints.table, 0))
        }
        _ => Subject::Owner,
    };
    let check = Check { subject, outcome: Outcome::Denies, decisive: true };
    let hop = Hop { leg, place, packet_in, checks: vec![check], packet_out: None };
    Trace { probe, hops: vec![hop], verdict: Verdict::Dropped { leg, place, cause } }
}

#[test]
fn every_cause_is_explained_in_both_languages() {
    let small = small();
    let mut told = String::new();
    for (place, cause) in causes(&small) {
        for leg in [Leg::Forward, Leg::Reply] {
            let trace = dropped(&small, leg, place, cause);
            writeln!(told, "== {cause:?}, {leg:?}").unwrap();
            for lang in Lang::ALL {
                let teller = Teller::new(&small.network, lang);
                let Explained { why, means } = teller.cause(&trace).unwrap();
                writeln!(told, "{}\n{why} {means}", teller.verdict(&trace)).unwrap();
            }
        }
    }
    insta::assert_snapshot!(told);
}

fn reasons(small: &Small) -> Vec<Reason> {
    let (block, other) = (cidr("10.0.2.0/24"), cidr("10.0.0.0/16"));
    let (vpc, subnet, table, acl) = (small.vpc, small.subnet, small.table, small.acl);
    let (group, gateway, interface) = (small.group, small.gateway, small.interface);
    let taken = address("10.0.1.10");
    let mut all = vec![
        Reason::Missing,
        Reason::InUse { thing: Thing::Subnet(subnet), by: Thing::Instance(small.instance) },
        Reason::DifferentVpcs(Thing::Subnet(subnet), Thing::SecurityGroup(group)),
        Reason::BlockSize(cidr("10.0.0.0/8")),
        Reason::BlockNotAllowed { cidr: cidr("127.0.0.0/16"), range: cidr("127.0.0.0/8") },
        Reason::BlockOverlaps { cidr: block, other, owner: Thing::Vpc(vpc) },
        Reason::BlockRestricted {
            cidr: cidr("192.168.0.0/16"),
            own: other,
            range: cidr("192.168.0.0/16"),
        },
        Reason::BlockCoversRoute { cidr: block, table, destination: block },
        Reason::BlockOutsideVpc { cidr: cidr("10.1.0.0/24"), vpc },
        Reason::BlockPrimary(other),
        Reason::BlockUnknown(block),
        Reason::BlockNotIpv4(cidr("2001:db8::/56")),
        Reason::BlockNotIpv6(block),
        Reason::Ipv6BlockSize { cidr: cidr("2001:db8::/57"), shortest: 44, longest: 60 },
        Reason::SubnetHasIpv6(subnet),
        Reason::SubnetWithoutIpv6(subnet),
        Reason::SubnetIpv6Only(subnet),
        Reason::AddressPrimary(interface, address("10.0.1.10")),
        Reason::AddressNotAssigned(interface, address("2001:db8::10")),
        Reason::RouteTargetIpv6Only(Cidr::ANY_V4),
        Reason::NotExcluded,
        Reason::AddressOutsideSubnet { address: address("10.0.9.9"), subnet },
        Reason::AddressTaken { address: taken, by: Thing::Interface(interface) },
        Reason::SubnetFull(subnet),
        Reason::AddressNotPublic(taken),
        Reason::NoAddressLeft,
        Reason::NoPublicAddress(interface),
        Reason::PrivateNatGateway,
        Reason::NatZonesNotChosen(small.nat),
        Reason::NatZoneWithoutSubnet(Zone("c".into()), vpc),
        Reason::NatAddressUnknown(small.nat, Ipv4Addr::new(203, 0, 113, 99)),
        Reason::GatewayAttached(gateway, vpc),
        Reason::VpcHasGateway(vpc, gateway),
        Reason::GatewayNotAttached(gateway),
        Reason::PublicAddressMapped(interface),
        Reason::VpcWithoutGateway(vpc),
        Reason::RouteExists(table, Cidr::ANY_V4),
        Reason::RouteUnknown(table, block),
        Reason::RouteLocal(other),
        Reason::RoutePropagated(block),
        Reason::RouteNotAllowed {
            destination: cidr("169.254.168.0/24"),
            range: cidr("169.254.168.0/22"),
        },
        Reason::RouteNotASubnet(block),
        Reason::RouteTargetInsideVpc(block),
        Reason::RouteTargetForLocal(other),
        Reason::RouteTargetNotWritable(Target::Gone("old-nat".into())),
        Reason::RouteTargetIpv4Only(Cidr::ANY_V6),
        Reason::MainTable(table),
        Reason::AlreadyMain(table),
        Reason::AlreadyAssociated(subnet, Thing::RouteTable(table)),
        Reason::NotAssociated(subnet),
        Reason::GroupNameTaken("web-sg".into()),
        Reason::GroupNameReserved,
        Reason::GroupNameUnfit("?".into()),
        Reason::GroupNameLikeId("sg-1".into()),
        Reason::DefaultGroup(group),
        Reason::RuleExists(group),
        Reason::RuleUnknown(group),
        Reason::RuleKind(group),
        Reason::NoGroup,
        Reason::EntryNumber(0),
        Reason::EntryExists(acl, 100),
        Reason::EntryUnknown(acl, 100),
        Reason::DefaultAcl(acl),
        Reason::ManagedInterface(interface),
        Reason::InterfaceAttached(interface),
        Reason::InterfaceNotAttached(interface),
        Reason::PrimaryInterface(interface),
        Reason::DifferentZones(interface, small.instance),
    ];
    let kept = [
        (Reserved::Network, "10.0.1.0"),
        (Reserved::Router, "10.0.1.1"),
        (Reserved::Dns, "10.0.1.2"),
        (Reserved::Future, "10.0.1.3"),
        (Reserved::Broadcast, "10.0.1.255"),
    ];
    all.extend(kept.map(|(why, it)| Reason::AddressReserved { address: address(it), why }));
    let quotas = [
        Quota::Vpcs,
        Quota::BlocksPerVpc,
        Quota::SubnetsPerVpc,
        Quota::RouteTablesPerVpc,
        Quota::RoutesPerTable,
        Quota::InternetGateways,
        Quota::EgressOnlyGateways,
        Quota::NatGatewaysPerZone,
        Quota::ElasticIps,
        Quota::AclsPerVpc,
        Quota::EntriesPerAcl,
        Quota::RulesPerGroup,
        Quota::GroupsPerInterface,
    ];
    all.extend(quotas.map(Reason::Quota));
    all
}

#[test]
fn every_refusal_is_told_in_both_languages() {
    let small = small();
    let mut told = String::new();
    for reason in reasons(&small) {
        for lang in Lang::ALL {
            let sentence = Teller::new(&small.network, lang).reason(&reason);
            assert!(sentence.ends_with('.'), "{sentence}");
            told.push_str(&sentence);
            told.push('\n');
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_refusal_shows_the_code_of_aws() {
    let mut small = small();
    let refused = small
        .network
        .apply(Change::AttachInternetGateway { gateway: small.gateway, vpc: small.vpc })
        .unwrap_err();
    let told = Teller::new(&small.network, Lang::Ko).refusal(&refused);
    assert!(told.ends_with(&format!("({})", refused.code)), "{told}");
}

/// Both languages, every line of everything, there and back.
fn told_whole(small: &Small, probe: Probe) -> String {
    let trace = trace(&small.network, probe, &Rules::AWS);
    let mut told = String::new();
    for lang in Lang::ALL {
        let teller = Teller::new(&small.network, lang);
        writeln!(told, "== {}", teller.probe(&probe)).unwrap();
        for hop in &trace.hops {
            writeln!(told, "{}: {}", teller.leg(hop.leg), teller.hop(hop)).unwrap();
            for check in &hop.checks {
                let mark = if check.decisive { ">" } else { " " };
                writeln!(told, "  {mark} {}", teller.check(check)).unwrap();
            }
        }
        writeln!(told, "{}", teller.verdict(&trace)).unwrap();
    }
    told
}

#[test]
fn a_trace_is_told_hop_by_hop() {
    let small = small();
    let from = ProbeEnd::Address(Network::INTERNET);
    let web = ProbeEnd::Interface(small.interface);
    let elsewhere = ProbeEnd::Address(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 80)));
    insta::assert_snapshot!(
        [
            told_whole(&small, Probe::new(from, web, Protocol::TCP, 443)),
            told_whole(&small, Probe::new(web, elsewhere, Protocol::TCP, 443)),
        ]
        .join("\n")
    );
}

#[test]
fn objects_that_are_gone_are_told_as_such() {
    let Small { mut network, acl, subnet, .. } = small();
    network.apply(Change::DeleteNetworkAcl { acl }).unwrap();
    let place = Place::NetworkAcl(acl, subnet, Direction::Egress);
    assert_eq!(Teller::new(&network, Lang::Ko).place(place), "삭제된 네트워크 ACL(아웃바운드)");
    assert_eq!(Teller::new(&network, Lang::En).place(place), "deleted network ACL (outbound)");
}

#[test]
fn the_internet_is_told_with_its_address_only_when_that_says_something() {
    let network = Network::new();
    let ko = Teller::new(&network, Lang::Ko);
    assert_eq!(ko.place(Place::Internet(Network::INTERNET, None)), "인터넷");
    assert_eq!(ko.place(Place::Internet(address("192.0.2.8"), None)), "인터넷의 192.0.2.8");
}

#[test]
fn a_probe_is_told_as_a_person_would_say_it() {
    let network = Network::new();
    let probe = |protocol, port| {
        let to = ProbeEnd::Address(address("192.0.2.8"));
        Probe::new(ProbeEnd::Address(Network::INTERNET), to, protocol, port)
    };
    let ko = Teller::new(&network, Lang::Ko);
    assert_eq!(ko.probe(&probe(Protocol::TCP, 443)), "인터넷에서 192.0.2.8의 tcp/443으로");
    assert_eq!(ko.probe(&probe(Protocol::ICMP, 0)), "인터넷에서 192.0.2.8로 핑");
    let en = Teller::new(&network, Lang::En);
    assert_eq!(en.probe(&probe(Protocol(47), 0)), "from the internet to protocol 47 of 192.0.2.8");
    assert_eq!(
        written::probe(&network, &probe(Protocol::TCP, 443)),
        "internet -> 192.0.2.8 tcp/443"
    );
}
