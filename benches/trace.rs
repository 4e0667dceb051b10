//! What one question to the simulator costs.
//!
//! Promises: a trace there and back at lab size takes less than 5 µs, and costs the same, within a
//! factor of 2, whether the network has 10 interfaces or 10,000.

use divan::{Bencher, black_box};
use hanulgil::{
    cloud::{
        Change, Connectivity, Direction, InterfaceId, InternetGateway, Listening, Network, Peer,
        Probe, ProbeEnd, PublicAtLaunch, Rules, SecurityGroupRule, SubnetId, Target, Thing,
        Verdict, Zone, trace,
    },
    net::{Cidr, Ports, Protocol},
};

fn main() {
    divan::main();
}

/// A VPC as labs have it, and who talks in it.
struct Lab {
    network: Network,
    web: InterfaceId,
    app: InterfaceId,
}

impl Lab {
    /// Two zones with a public and a private subnet each, an internet gateway, a NAT gateway, a web
    /// server that lets 80 and 443 in, an application behind the NAT gateway, and as many further
    /// interfaces as make up `interfaces`.
    fn with(interfaces: usize) -> Self {
        let mut network = Network::new();
        let vpc = network.insert_vpc("lab", &[block("10.0.0.0/16")]);
        let gateway = network.insert(InternetGateway {
            name: "igw".into(),
            vpc: Some(vpc),
            route_table: None,
        });
        let mut subnet = |name: &str, zone: &str, cidr| {
            let (zone, cidr) = (Zone(zone.into()), block(cidr));
            match make(&mut network, Change::CreateSubnet { name: name.into(), vpc, zone, cidr }) {
                Some(Thing::Subnet(id)) => id,
                _ => unreachable!(),
            }
        };
        let public = subnet("public", "a", "10.0.0.0/18");
        let private = subnet("private", "a", "10.0.64.0/18");
        subnet("public-b", "b", "10.0.128.0/18");
        subnet("private-b", "b", "10.0.192.0/18");

        default_route(&mut network, public, Target::InternetGateway(gateway));
        let nat = Change::CreateNatGateway {
            name: "nat".into(),
            subnet: public,
            connectivity: Connectivity::Public,
            address: None,
            public_address: None,
        };
        let Some(Thing::NatGateway(nat)) = make(&mut network, nat) else { unreachable!() };
        default_route(&mut network, private, Target::NatGateway(nat));

        let group = network.vpcs()[vpc].default_security_group;
        for port in [80, 443] {
            let rule = SecurityGroupRule {
                protocol: Some(Protocol::TCP),
                ports: Ports::one(port),
                peer: Peer::Cidr(Cidr::ANY_V4),
            };
            let direction = Direction::Ingress;
            make(&mut network, Change::AuthorizeSecurityGroup { group, direction, rule });
        }
        let web = instance(&mut network, public, PublicAtLaunch::Yes);
        let app = instance(&mut network, private, PublicAtLaunch::No);
        // Straight into the table: choosing 10,000 free addresses is not what is measured.
        let (template, addresses) =
            (network.interfaces()[app].clone(), network.subnets()[private].cidr);
        for place in 0..interfaces.saturating_sub(3) as u128 {
            let mut interface = template.clone();
            interface.addresses = vec![addresses.nth(1000 + place).unwrap()];
            network.insert(interface);
        }
        Self { network, web, app }
    }
}

fn default_route(network: &mut Network, subnet: SubnetId, target: Target) {
    let vpc = network.subnets()[subnet].vpc;
    let table = Change::CreateRouteTable { name: "table".into(), vpc };
    let Some(Thing::RouteTable(table)) = make(network, table) else { unreachable!() };
    make(network, Change::CreateRoute { table, destination: Cidr::ANY_V4, target });
    make(network, Change::AssociateRouteTable { subnet, table: Some(table) });
}

fn instance(
    network: &mut Network,
    subnet: SubnetId,
    public_address: PublicAtLaunch,
) -> InterfaceId {
    let change = Change::RunInstance {
        name: "server".into(),
        subnet,
        address: None,
        public_address,
        groups: Vec::new(),
        listening: Listening::Everywhere,
    };
    match make(network, change) {
        Some(Thing::Instance(id)) => network.instances()[id].interfaces[0],
        _ => unreachable!(),
    }
}

fn make(network: &mut Network, change: Change) -> Option<Thing> {
    network.apply(change).expect("AWS accepts it").made
}

fn block(text: &str) -> Cidr {
    text.parse().unwrap()
}

const SIZES: [usize; 4] = [4, 10, 1_000, 10_000];

fn delivered(bencher: Bencher, lab: &Lab, from: ProbeEnd, to: ProbeEnd) {
    let probe = Probe::new(from, to, Protocol::TCP, 443);
    assert_eq!(trace(&lab.network, probe, &Rules::AWS).verdict, Verdict::Delivered);
    bencher.bench_local(|| trace(black_box(&lab.network), black_box(probe), &Rules::AWS));
}

#[divan::bench(args = SIZES)]
fn internet_to_web(bencher: Bencher, interfaces: usize) {
    let lab = Lab::with(interfaces);
    let internet = ProbeEnd::Address(Network::INTERNET);
    delivered(bencher, &lab, internet, ProbeEnd::Interface(lab.web));
}

#[divan::bench(args = SIZES)]
fn web_to_app(bencher: Bencher, interfaces: usize) {
    let lab = Lab::with(interfaces);
    delivered(bencher, &lab, ProbeEnd::Interface(lab.web), ProbeEnd::Interface(lab.app));
}

#[divan::bench(args = SIZES)]
fn app_to_internet_through_nat(bencher: Bencher, interfaces: usize) {
    let lab = Lab::with(interfaces);
    let internet = ProbeEnd::Address(Network::INTERNET);
    delivered(bencher, &lab, ProbeEnd::Interface(lab.app), internet);
}
