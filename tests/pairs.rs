//! Every pair of kinds of things decides whether wiring joins them: one table, both ways. A new kind
//! does not compile until it has a line here.

#[path = "support/whole.rs"]
mod made;

use std::collections::{BTreeMap, BTreeSet};

use hanulgil::{
    app::bench::{
        edit::{Order, carry_out},
        wire::{End, Wiring, wirings},
    },
    cloud::{Network, Thing},
    course::{Course, Pack},
};

/// Names every kind of thing; one that is left out does not compile.
macro_rules! kinds {
    ($($kind:ident)*) => {
        const KINDS: &[&str] = &[$(stringify!($kind)),*];
        fn kind(thing: Thing) -> &'static str {
            match thing { $(Thing::$kind(_) => stringify!($kind),)* }
        }
    };
}

kinds! {
    Vpc Subnet RouteTable InternetGateway EgressOnlyGateway NatGateway PrefixList Peering
    GatewayEndpoint SecurityGroup NetworkAcl Instance Interface Host LoadBalancer TargetGroup
    InterfaceEndpoint EndpointService Service Function Database Task Api Distribution
    TransitGateway TransitGatewayAttachment TransitGatewayRouteTable VirtualPrivateGateway
    CustomerGateway VpnConnection DirectConnectGateway OnPremises
}

/// What each kind is wired to by an edit, a route or a rule: `both` whichever of the two is taken to
/// the other, `to` only when the first is taken to the second. What is not named makes no sense.
/// Each pair stands with the kind that is named first above.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    (
        "Vpc",
        &[
            "Vpc",
            "RouteTable",
            "InternetGateway",
            "PrefixList",
            "Peering",
            "EndpointService",
            "Service",
            "TransitGateway",
            "TransitGatewayRouteTable",
            "VirtualPrivateGateway",
        ],
        &[],
    ),
    (
        "Subnet",
        &[
            "RouteTable",
            "InternetGateway",
            "EgressOnlyGateway",
            "NatGateway",
            "PrefixList",
            "Peering",
            "GatewayEndpoint",
            "NetworkAcl",
            "Instance",
            "LoadBalancer",
            "TargetGroup",
            "EndpointService",
            "Service",
            "Function",
            "TransitGateway",
            "TransitGatewayAttachment",
            "VirtualPrivateGateway",
            "VpnConnection",
        ],
        &["Interface"],
    ),
    (
        "RouteTable",
        &[
            "InternetGateway",
            "EgressOnlyGateway",
            "NatGateway",
            "PrefixList",
            "Peering",
            "GatewayEndpoint",
            "Instance",
            "Interface",
            "TransitGateway",
            "TransitGatewayAttachment",
            "VirtualPrivateGateway",
            "VpnConnection",
        ],
        &[],
    ),
    ("InternetGateway", &[], &[]),
    ("EgressOnlyGateway", &[], &[]),
    ("NatGateway", &[], &[]),
    ("PrefixList", &["SecurityGroup"], &[]),
    ("Peering", &[], &[]),
    ("GatewayEndpoint", &[], &[]),
    (
        "SecurityGroup",
        &[
            "SecurityGroup",
            "Instance",
            "Interface",
            "Host",
            "LoadBalancer",
            "InterfaceEndpoint",
            "Function",
            "Database",
            "OnPremises",
        ],
        &[],
    ),
    ("NetworkAcl", &[], &[]),
    ("Instance", &["Interface", "TargetGroup"], &[]),
    ("Interface", &["TargetGroup"], &[]),
    ("Host", &[], &[]),
    ("LoadBalancer", &["TargetGroup", "Api"], &["Instance", "Interface", "Function", "Task"]),
    ("TargetGroup", &["Function", "Database", "Task"], &[]),
    ("InterfaceEndpoint", &[], &[]),
    ("EndpointService", &[], &[]),
    ("Service", &[], &[]),
    ("Function", &[], &[]),
    ("Database", &[], &[]),
    ("Task", &[], &["Subnet"]),
    ("Api", &[], &[]),
    ("Distribution", &[], &[]),
    (
        "TransitGateway",
        &["TransitGateway", "CustomerGateway", "DirectConnectGateway", "OnPremises"],
        &[],
    ),
    ("TransitGatewayAttachment", &["TransitGatewayRouteTable"], &[]),
    ("TransitGatewayRouteTable", &["VpnConnection", "DirectConnectGateway"], &[]),
    ("VirtualPrivateGateway", &["CustomerGateway", "DirectConnectGateway", "OnPremises"], &[]),
    ("CustomerGateway", &[], &[]),
    ("VpnConnection", &[], &[]),
    ("DirectConnectGateway", &[], &[]),
    ("OnPremises", &[], &[]),
];

/// Two VPCs with one of everything, and nothing of it joined.
const LOOSE: &[&str] = &[
    "create-vpc home 10.0.0.0/16",
    "create-vpc away 10.1.0.0/16",
    "create-internet-gateway gate",
    "create-internet-gateway hung",
    "attach-internet-gateway hung home",
    "create-subnet one 10.0.1.0/24 vpc=home zone=a",
    "create-subnet two 10.0.2.0/24 vpc=home zone=b",
    "create-subnet there 10.1.1.0/24 vpc=away zone=a",
    "create-route-table table home",
    "create-security-group group home",
    "create-security-group second home",
    "create-network-acl list home",
    "create-nat-gateway nat one",
    "create-egress-only-internet-gateway eigw home",
    "create-managed-prefix-list own 198.51.100.0/24",
    "create-service s3 s3",
    "create-service sqs sqs",
    "create-vpc-endpoint to-s3 home pl-s3",
    "create-vpc-peering-connection pcx home away",
    "run-instances host one",
    "create-network-interface eni one",
    "create-target-group targets home http 80 instance",
    "create-target-group ips home http 80 ip",
    "create-target-group code home http 80 lambda",
    "create-target-group albs home tcp 80 alb",
    "create-load-balancer alb application internal subnet=one subnet=two",
    "create-load-balancer nlb network internal subnet=one",
    "create-target-group behind home http 81 ip",
    "create-target-group lambdas home http 82 lambda",
    "create-listener alb http 81 target-group=behind",
    "create-listener alb http 82 target-group=lambdas",
    "create-vpc-endpoint-service-configuration offered balancer=nlb",
    "create-interface-endpoint queue service sqs subnet=one",
    "create-function worker subnet=one group=second",
    "create-db-instance store 5432 subnet=one subnet=two",
    "run-task job fargate one",
    "create-rest-api api regional mock",
    "create-distribution cdn 80 private-balancer alb",
    "create-host client 203.0.113.9",
    "create-transit-gateway tgw",
    "create-transit-gateway far-tgw",
    "create-transit-gateway-route-table extra tgw",
    "create-transit-gateway-vpc-attachment joined tgw away there",
    "create-transit-gateway-vpc-attachment homely far-tgw home one",
    "create-vpn-gateway vgw",
    "create-on-premises office 192.168.0.0/16",
    "create-customer-gateway cgw office",
    "create-vpn-connection vpn cgw vpn-gateway vgw bgp 192.168.0.0/16",
    "create-vpn-connection transit-vpn cgw transit-gateway tgw bgp 192.168.0.0/16",
    "create-direct-connect-gateway dx office",
    "create-direct-connect-gateway dx-2 office",
    "attach-direct-connect-gateway line tgw dx-2",
];

fn loose() -> Network {
    let mut network = Network::default();
    for line in LOOSE {
        carry_out(&mut network, vec![Order::Line((*line).to_owned())])
            .unwrap_or_else(|failed| panic!("{line}: {failed:?}"));
    }
    network
}

fn networks() -> Vec<Network> {
    let (course, _) = Course::open(Pack::builtin());
    let lessons: Vec<_> = course.lessons().map(|entry| entry.id.clone()).collect();
    let labs = lessons.iter().flat_map(|id| course.lesson(id).0.unwrap().labs);
    labs.map(|lab| lab.scene.network).chain([made::whole(), loose()]).collect()
}

/// The kinds that some edit, route or rule joins when the first is taken to the second.
fn joined() -> BTreeSet<(&'static str, &'static str)> {
    let mut found = BTreeSet::new();
    for network in networks() {
        // An interface that a service keeps is that service.
        let own = |thing: &Thing| match thing {
            Thing::Interface(id) => {
                matches!(network.owner_of(*id), Thing::Interface(_) | Thing::Instance(_))
            }
            _ => true,
        };
        let things: Vec<Thing> = network.things().filter(own).collect();
        for from in &things {
            for to in &things {
                let all = wirings(&network, End::Thing(*from), End::Thing(*to));
                if all.iter().any(|wiring| !matches!(wiring, Wiring::Packet(_))) {
                    found.insert((kind(*from), kind(*to)));
                }
            }
        }
    }
    found
}

#[test]
fn every_pair_of_kinds_is_wired_as_the_table_says() {
    let found = joined();
    let mut rows = BTreeMap::new();
    for (at, first) in KINDS.iter().enumerate() {
        let (mut both, mut to) = (Vec::new(), Vec::new());
        for (other, second) in KINDS.iter().enumerate() {
            let (there, back) =
                (found.contains(&(*first, *second)), found.contains(&(*second, *first)));
            match (there, back) {
                (true, true) if other >= at => both.push(*second),
                (true, false) => to.push(*second),
                _ => {}
            }
        }
        rows.insert(*first, (both, to));
    }
    let mut wrong = Vec::new();
    for kind in KINDS {
        let (both, to) = &rows[kind];
        let row = TABLE.iter().find(|(name, ..)| name == kind);
        if row.is_none_or(|(_, b, t)| *b != both.as_slice() || *t != to.as_slice()) {
            wrong.push(format!("    ({kind:?}, &{both:?}, &{to:?}),"));
        }
    }
    assert!(wrong.is_empty(), "these are wired otherwise:\n{}", wrong.join("\n"));
    assert_eq!(TABLE.len(), KINDS.len());
}
