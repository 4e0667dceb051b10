//! Every change is one line of text that reads back as itself, whatever things are called; and
//! every packet and probe likewise.

use std::net::{IpAddr, Ipv4Addr};

use hanulgil::{
    cloud::{
        AclAction, AclEntry, Change, Connectivity, Direction, Forwarding, Id, Listening, Name,
        NatZone, Network, Peer, Probe, ProbeEnd, PublicAtLaunch, Row, SecurityGroupRule, Target,
        Zone,
    },
    course::{Scene, edit, export, scene},
    net::{Cidr, Ports, Protocol},
};
use proptest::{collection::vec, option, prelude::*, sample::Index};

/// Names as people write them, names that mean something in the grammar, and any at all.
fn name() -> impl Strategy<Value = Name> {
    let known = [
        "web",
        "main",
        "igw",
        "nat",
        "서브넷-1",
        "internet",
        "local",
        "blackhole",
        "all",
        "group",
        "default",
        "default-list",
        "from",
        "10.0.0.1",
        "#0",
        "#1",
        "a b",
        "main/default",
        "a b/default",
        "x=y",
        "->",
        "",
        "web.eth0",
        "(deleted)",
        "private",
        "groups",
        "vpc=",
        "nothing",
        "q\"uo\\te",
        "two\nlines",
        "internet_gateway",
        "nat_gateway.nat",
        "-x",
        "→",
        "on",
        "in",
    ];
    prop_oneof![
        3 => proptest::sample::select(known.to_vec()).prop_map(Name::from),
        1 => any::<String>().prop_map(Name::from),
    ]
}

fn cidr() -> impl Strategy<Value = Cidr> {
    prop_oneof![
        (any::<u32>(), 0u8..=32).prop_map(|(a, n)| Cidr::new(Ipv4Addr::from(a).into(), n).unwrap()),
        (any::<u128>(), 0u8..=128).prop_map(|(a, n)| Cidr::new(
            std::net::Ipv6Addr::from(a).into(),
            n
        )
        .unwrap()),
    ]
}

fn address() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<Ipv4Addr>().prop_map(IpAddr::V4),
        any::<u128>().prop_map(|a| IpAddr::V6(a.into()))
    ]
}

fn protocol() -> impl Strategy<Value = Protocol> {
    any::<u8>().prop_map(Protocol)
}

/// A protocol and ports; those without ports have them all.
fn traffic() -> impl Strategy<Value = (Option<Protocol>, Ports)> {
    let icmp = prop_oneof![Just(Protocol::ICMP), Just(Protocol::ICMPV6)];
    let some = prop_oneof![Just(Protocol::TCP), Just(Protocol::UDP), icmp, protocol()];
    (option::of(some), any::<(u16, u16)>()).prop_map(|(protocol, (a, b))| match protocol {
        // Of ICMP all of it, a type, or a type and a code.
        Some(p) if p.is_icmp() && a % 3 > 0 => {
            let [kind, code] = b.to_be_bytes();
            (protocol, Ports::icmp(kind, (a % 3 == 1).then_some(code)))
        }
        _ => (protocol, Ports::new(a.min(b), a.max(b)).unwrap().of(protocol)),
    })
}

fn listening() -> impl Strategy<Value = Listening> {
    let open = (protocol(), any::<(u16, u16)>())
        .prop_map(|(p, (a, b))| (p, Ports::new(a.min(b), a.max(b)).unwrap()));
    prop_oneof![Just(Listening::Everywhere), vec(open, 0..4).prop_map(Listening::On)]
}

/// What a change is made of; which objects it is about, only a network knows.
#[derive(Debug, Clone)]
struct Parts {
    kind: u8,
    at: [Index; 3],
    name: Name,
    zone: Name,
    cidr: Cidr,
    address: Option<IpAddr>,
    public: Option<Ipv4Addr>,
    traffic: (Option<Protocol>, Ports),
    listening: Option<Listening>,
    number: u16,
    flags: (bool, bool, bool),
}

fn parts() -> impl Strategy<Value = Parts> {
    let first = (0u8..50, any::<[Index; 3]>(), name(), name(), cidr(), option::of(address()));
    let second = (
        option::of(any::<Ipv4Addr>()),
        traffic(),
        option::of(listening()),
        1u16..=32766,
        any::<(bool, bool, bool)>(),
    );
    (first, second).prop_map(
        |((kind, at, name, zone, cidr, address), (public, traffic, listening, number, flags))| {
            Parts { kind, at, name, zone, cidr, address, public, traffic, listening, number, flags }
        },
    )
}

fn pick<T: Row>(network: &Network, index: Index) -> Option<Id<T>> {
    let ids: Vec<Id<T>> = T::table(network).iter().map(|(id, _)| id).collect();
    (!ids.is_empty()).then(|| ids[index.index(ids.len())])
}

#[allow(clippy::many_single_char_names)]
fn change(n: &Network, p: &Parts) -> Option<Change> {
    let (name, cidr, address) = (p.name.clone(), p.cidr, p.address);
    let [a, b, c] = p.at;
    let direction = if p.flags.0 { Direction::Ingress } else { Direction::Egress };
    let rule = || {
        let peer = match pick(n, b) {
            Some(group) if p.flags.1 => Peer::Group(group),
            _ => Peer::Cidr(cidr),
        };
        SecurityGroupRule { protocol: p.traffic.0, ports: p.traffic.1, peer }
    };
    let entry = || AclEntry {
        number: p.number,
        action: if p.flags.1 { AclAction::Allow } else { AclAction::Deny },
        protocol: p.traffic.0,
        ports: p.traffic.1,
        cidr,
    };
    let target = || {
        Some(match p.number % 5 {
            0 => Target::InternetGateway(pick(n, b)?),
            1 => Target::NatGateway(pick(n, b)?),
            2 => Target::Interface(pick(n, b)?),
            3 => Target::Local,
            _ => Target::Gone(p.zone.clone()),
        })
    };
    let groups = || {
        let mut groups = Vec::from_iter(pick(n, b).filter(|_| p.flags.0));
        groups.extend(pick(n, c).filter(|_| p.flags.1));
        groups
    };
    let listening = || p.listening.clone().unwrap_or(Listening::Everywhere);
    let public = match (p.flags, p.public) {
        (_, Some(address)) => PublicAtLaunch::This(address),
        ((true, _, _), None) => PublicAtLaunch::Yes,
        ((_, true, _), None) => PublicAtLaunch::No,
        _ => PublicAtLaunch::AsSubnet,
    };
    Some(match p.kind {
        0 => Change::CreateVpc { name, cidr },
        1 => Change::DeleteVpc { vpc: pick(n, a)? },
        2 => Change::AssociateVpcCidrBlock { vpc: pick(n, a)?, cidr },
        3 => Change::DisassociateVpcCidrBlock { vpc: pick(n, a)?, cidr },
        4 => Change::CreateSubnet { name, vpc: pick(n, a)?, zone: Zone(p.zone.clone()), cidr },
        5 => Change::DeleteSubnet { subnet: pick(n, a)? },
        6 if p.flags.1 => Change::ModifySubnetDns64 { subnet: pick(n, a)?, on: p.flags.0 },
        6 => {
            Change::ModifySubnetAttribute { subnet: pick(n, a)?, auto_assign_public_ip: p.flags.0 }
        }
        7 => Change::CreateRouteTable { name, vpc: pick(n, a)? },
        8 => Change::DeleteRouteTable { table: pick(n, a)? },
        9 => Change::AssociateRouteTable {
            subnet: pick(n, a)?,
            table: pick(n, b).filter(|_| p.flags.0),
        },
        10 => Change::ReplaceMainRouteTable { vpc: pick(n, a)?, table: pick(n, b)? },
        11 => Change::CreateRoute { table: pick(n, a)?, destination: cidr, target: target()? },
        12 => Change::ReplaceRoute { table: pick(n, a)?, destination: cidr, target: target()? },
        13 => Change::DeleteRoute { table: pick(n, a)?, destination: cidr },
        14 => Change::CreateInternetGateway { name },
        15 => Change::AttachInternetGateway { gateway: pick(n, a)?, vpc: pick(n, b)? },
        16 => Change::DetachInternetGateway { gateway: pick(n, a)? },
        17 => Change::DeleteInternetGateway { gateway: pick(n, a)? },
        18 => Change::CreateNatGateway {
            name,
            subnet: pick(n, a)?,
            connectivity: if p.flags.0 { Connectivity::Public } else { Connectivity::Private },
            address,
            public_address: p.public,
        },
        19 if p.flags.0 => Change::CreateRegionalNatGateway {
            name,
            vpc: pick(n, a)?,
            zones: if p.flags.1 {
                Vec::new()
            } else {
                vec![NatZone { zone: Zone("a".into()), addresses: p.public.into_iter().collect() }]
            },
        },
        19 if p.flags.1 => Change::AssociateNatGatewayAddress {
            gateway: pick(n, a)?,
            zone: Zone("a".into()),
            address: p.public,
        },
        19 => Change::DeleteNatGateway { gateway: pick(n, a)? },
        20 => Change::CreateSecurityGroup { name, vpc: pick(n, a)? },
        21 => Change::DeleteSecurityGroup { group: pick(n, a)? },
        22 | 23 => Change::AuthorizeSecurityGroup { group: pick(n, a)?, direction, rule: rule() },
        24 if p.flags.1 => {
            let group = pick(n, a)?;
            let new = SecurityGroupRule { ports: Ports::one(p.number), ..rule() }.normal();
            Change::ModifySecurityGroupRule { group, direction, rule: rule(), new }
        }
        24 => Change::RevokeSecurityGroup { group: pick(n, a)?, direction, rule: rule() },
        25 => Change::CreateNetworkAcl { name, vpc: pick(n, a)? },
        26 => Change::DeleteNetworkAcl { acl: pick(n, a)? },
        27 => Change::AssociateNetworkAcl {
            subnet: pick(n, a)?,
            acl: pick(n, b).filter(|_| p.flags.0),
        },
        28 => Change::CreateNetworkAclEntry { acl: pick(n, a)?, direction, entry: entry() },
        29 => Change::ReplaceNetworkAclEntry { acl: pick(n, a)?, direction, entry: entry() },
        30 => Change::DeleteNetworkAclEntry { acl: pick(n, a)?, direction, number: p.number },
        31 | 32 => Change::RunInstance {
            name,
            subnet: pick(n, a)?,
            address,
            public_address: public,
            groups: groups(),
            listening: listening(),
        },
        33 => Change::StopInstance { instance: pick(n, a)? },
        34 => Change::StartInstance { instance: pick(n, a)? },
        35 => Change::TerminateInstance { instance: pick(n, a)? },
        36 => Change::CreateInterface { name, subnet: pick(n, a)?, address, groups: groups() },
        37 => Change::AttachInterface { interface: pick(n, a)?, instance: pick(n, b)? },
        38 => Change::DetachInterface { interface: pick(n, a)? },
        39 => Change::DeleteInterface { interface: pick(n, a)? },
        40 | 41 => Change::ModifyInterfaceGroups { interface: pick(n, a)?, groups: groups() },
        42 => Change::ModifySourceDestCheck { interface: pick(n, a)?, on: p.flags.0 },
        43 => match address.filter(|it| p.flags.1 && it.is_ipv4()) {
            Some(private) if p.flags.0 => {
                let (interface, address) = (pick(n, a)?, p.public);
                Change::AssociateAddressWith { interface, private, address }
            }
            Some(private) => {
                Change::AssignPrivateAddress { interface: pick(n, a)?, address: Some(private) }
            }
            None => Change::AssociateAddress { interface: pick(n, a)?, address: p.public },
        },
        44 => match address.filter(|it| p.flags.1 && it.is_ipv4()) {
            Some(private) if p.flags.0 => {
                Change::DisassociateAddressOf { interface: pick(n, a)?, private }
            }
            Some(address) => Change::UnassignPrivateAddress { interface: pick(n, a)?, address },
            None => Change::DisassociateAddress { interface: pick(n, a)? },
        },
        45 | 46 => Change::ConfigureInstance {
            instance: pick(n, a)?,
            listening: p.listening.clone(),
            forwarding: p.flags.0.then_some(if p.flags.1 {
                Forwarding::Routes
            } else {
                Forwarding::Translates
            }),
        },
        _ => Change::CreateHost { name, address: address?, listening: listening() },
    })
}

/// A crowded network: every kind of thing, with these names, some of them several times.
fn crowded(names: &[Name]) -> Network {
    let mut network = Network::new();
    let mut at = 0;
    let mut next = || {
        at += 1;
        names[at % names.len()].clone()
    };
    for block in ["10.0.0.0/16", "10.1.0.0/16"] {
        let cidr: Cidr = block.parse().unwrap();
        let vpc = network.insert_vpc(next(), &[cidr]);
        let mut apply = |change: Change| {
            let _ = network.apply(change);
        };
        let subnet = Cidr::new(cidr.first(), 24).unwrap();
        apply(Change::CreateSubnet { name: next(), vpc, zone: Zone("a".into()), cidr: subnet });
        let gateway = next();
        apply(Change::CreateInternetGateway { name: gateway });
        apply(Change::CreateRouteTable { name: next(), vpc });
        apply(Change::CreateSecurityGroup { name: next(), vpc });
        apply(Change::CreateNetworkAcl { name: next(), vpc });
        let gateways: Vec<_> = network.internet_gateways().iter().map(|(id, _)| id).collect();
        for gateway in gateways {
            let _ = network.apply(Change::AttachInternetGateway { gateway, vpc });
        }
        let subnets: Vec<_> = network.subnets().iter().map(|(id, _)| id).collect();
        for subnet in subnets {
            let launch = Change::RunInstance {
                name: next(),
                subnet,
                address: None,
                public_address: PublicAtLaunch::Yes,
                groups: Vec::new(),
                listening: Listening::Everywhere,
            };
            let _ = network.apply(launch);
            let nat = Change::CreateNatGateway {
                name: next(),
                subnet,
                connectivity: Connectivity::Private,
                address: None,
                public_address: None,
            };
            let _ = network.apply(nat);
            let interface =
                Change::CreateInterface { name: next(), subnet, address: None, groups: Vec::new() };
            let _ = network.apply(interface);
        }
    }
    for (name, address) in [(next(), "192.0.2.1"), (next(), "192.0.2.2")] {
        let address = address.parse().unwrap();
        let listening = Listening::Everywhere;
        let _ = network.apply(Change::CreateHost { name, address, listening });
    }
    network
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 512,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_change_reads_back_from_its_line(names in vec(name(), 1..12), parts in vec(parts(), 1..12)) {
        let network = crowded(&names);
        for parts in &parts {
            let Some(change) = change(&network, parts) else { continue };
            let line = edit::print(&network, &change);
            prop_assert!(!line.contains('\n'), "{line:?}");
            prop_assert!(line.starts_with(edit::verb(&change)), "{line:?}");
            prop_assert!(edit::VERBS.contains(&edit::verb(&change)), "{line:?}");
            let read = edit::parse(&network, &line);
            prop_assert_eq!(read, Ok(change), "{}", line);
        }
    }

    #[test]
    fn a_packet_reads_back_from_its_line(
        names in vec(name(), 1..12),
        ends in any::<(Index, Index)>(),
        which in any::<(u8, u8)>(),
        far in address(),
        protocol in protocol(),
        ports in any::<(u16, u16)>(),
    ) {
        let network = crowded(&names);
        let end = |index: Index, which: u8| match which % 4 {
            0 => pick(&network, index).map(ProbeEnd::Interface),
            1 => pick(&network, index).map(ProbeEnd::Host),
            2 => Some(ProbeEnd::Address(Network::INTERNET)),
            _ => Some(ProbeEnd::Address(far)),
        };
        let to = match end(ends.1, which.1) {
            Some(ProbeEnd::Interface(id)) if which.1 > 199 => Some(ProbeEnd::NameOf(id)),
            Some(ProbeEnd::Host(id)) if which.1 > 199 => Some(ProbeEnd::NameOfHost(id)),
            Some(ProbeEnd::Interface(id)) if which.1 > 99 => Some(ProbeEnd::PublicAddressOf(id)),
            to => to,
        };
        let (Some(from), Some(to)) = (end(ends.0, which.0), to) else { return Ok(()) };
        let has_ports = protocol.has_ports();
        let (port, source_port) = if has_ports { ports } else { (0, 0) };
        let probe = Probe { from, to, protocol, port, source_port };
        let line = scene::print_probe(&network, &probe);
        prop_assert!(!line.contains('\n'), "{line:?}");
        prop_assert_eq!(scene::parse_probe(&network, &line), Ok(probe), "{}", line);
    }

    #[test]
    fn a_network_reads_back_from_its_scene(names in vec(name(), 1..12), parts in vec(parts(), 0..8)) {
        let mut network = crowded(&names);
        for parts in &parts {
            if let Some(change) = change(&network, parts) {
                let _ = network.apply(change);
            }
        }
        let scene = Scene { name: "s".into(), network, packets: Vec::new() };
        let written = export::to_toml(&scene);
        let (again, faults) = Scene::parse("s.scene.toml", &written);
        prop_assert!(again.is_some(), "{}\n{:#?}", written, faults);
        prop_assert_eq!(export::to_toml(&again.unwrap()), written);
    }

    #[test]
    fn any_line_is_read_or_says_where_it_is_wrong(names in vec(name(), 1..12), line in any::<String>()) {
        let network = crowded(&names);
        let verb = edit::VERBS[line.len() % edit::VERBS.len()];
        for line in [line.clone(), format!("{verb} {line}")] {
            if let Err(slip) = edit::parse(&network, &line) {
                prop_assert!(line.get(slip.range.clone()).is_some(), "{:?} {:?}", line, slip);
            }
            if let Err(slip) = scene::parse_probe(&network, &line) {
                prop_assert!(line.get(slip.range.clone()).is_some(), "{:?} {:?}", line, slip);
            }
        }
    }
}

#[test]
fn lines_read_as_aws_people_write_them() {
    let text = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
[subnet.public]
cidr = "10.0.1.0/24"
[security_group.web]
[network_acl.strict]
[instance.web]
subnet = "public"
"#;
    let (scene, faults) = Scene::parse("t", text);
    let mut network = scene.unwrap_or_else(|| panic!("{faults:?}")).network;
    for (line, printed) in [
        ("attach-internet-gateway igw", "attach-internet-gateway igw main"),
        ("create-route main-main 0.0.0.0/0 -> igw", ""),
        ("create-route-table open", "create-route-table open main"),
        ("create-subnet two 10.0.2.0/24", "create-subnet two 10.0.2.0/24 vpc=main zone=a"),
        (
            "create-subnet three vpc=main zone=b 10.0.3.0/24",
            "create-subnet three 10.0.3.0/24 vpc=main zone=b",
        ),
        ("associate-route-table public open", ""),
        ("associate-address web", ""),
        ("authorize-security-group-ingress web tcp 443 from 0.0.0.0/0", ""),
        ("authorize-security-group-ingress web all from group web", ""),
        (
            "modify-security-group-rules web in tcp 443 from 0.0.0.0/0 -> tcp 80-443 from 10.0.0.0/8",
            "",
        ),
        ("create-network-acl-entry strict in 100 allow tcp 443 from 0.0.0.0/0", ""),
        ("replace-network-acl-association public strict", ""),
        ("replace-network-acl-association public default-list", ""),
        ("create-nat-gateway nat public", ""),
        ("modify-network-interface-attribute web groups web", ""),
        ("run-instances app public address=10.0.1.50 group=web listen=tcp/80 listen=udp/53", ""),
        ("detach-internet-gateway igw main", "detach-internet-gateway igw"),
    ] {
        let change = edit::parse(&network, line).unwrap_or_else(|slip| panic!("{line}: {slip:?}"));
        let wanted = if printed.is_empty() { line } else { printed };
        assert_eq!(edit::print(&network, &change), wanted);
        let _ = network.apply(change);
    }
}

/// Every case about IPv6 is written and read back as it was.
#[test]
fn scenes_with_ipv6_read_back_as_they_are() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/ours/rules");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if !file.to_string_lossy().contains("ipv6") {
            continue;
        }
        let case: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let lines: Vec<&str> =
            case["scene"].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
        let (scene, _) = Scene::parse("s.scene.toml", &lines.join("\n"));
        let written = export::to_toml(&scene.unwrap());
        let (again, faults) = Scene::parse("s.scene.toml", &written);
        let again = again.unwrap_or_else(|| panic!("{written}\n{faults:#?}"));
        assert_eq!(export::to_toml(&again), written);
        read += 1;
    }
    assert!(read > 8, "{read}");
}

#[test]
fn what_two_vpcs_call_by_one_name_is_said_with_its_vpc() {
    let text = r#"
[vpc.shop]
cidr = "10.0.0.0/16"
[vpc.bank]
cidr = "10.1.0.0/16"
[subnet.one]
vpc = "shop"
cidr = "10.0.1.0/24"
[subnet.two]
vpc = "bank"
cidr = "10.1.1.0/24"
[instance.web]
subnet = "one"
security_groups = ["shop/default"]
[instance.ledger]
subnet = "two"
"#;
    let (scene, faults) = Scene::parse("two.scene.toml", text);
    assert!(faults.is_empty(), "{faults:#?}");
    let mut network = scene.unwrap().network;
    for line in [
        "authorize-security-group-ingress bank/default tcp 22 from group shop/default",
        "create-interface-endpoint queue service sqs subnet=one group=shop/default",
        "modify-network-interface-attribute ledger groups bank/default",
    ] {
        if line.contains("sqs") {
            edit::carry_out(&mut network, "create-service sqs sqs").unwrap();
        }
        let change = edit::parse(&network, line).unwrap();
        assert_eq!(edit::print(&network, &change), line);
    }
    // Who says only the name is told both.
    let said = edit::parse(&network, "delete-security-group default").unwrap_err().said;
    let said = format!("{said:?}");
    assert!(said.contains("shop/default") && said.contains("bank/default"), "{said}");
    // Within a VPC the name is enough; what is called so word for word comes first.
    edit::carry_out(&mut network, "create-security-group \"shop/default\" bank").unwrap();
    let change = edit::parse(&network, "delete-security-group shop/default").unwrap();
    let Change::DeleteSecurityGroup { group } = change else { panic!("{change:?}") };
    assert_eq!(&*network.security_groups()[group].name, "shop/default");
}
