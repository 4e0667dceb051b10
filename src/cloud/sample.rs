//! A small cloud for unit tests: a public and a private subnet, a web server, an application, both
//! gateways. Tests bend it with [`Change`]s or [`Network::update`].

use std::net::IpAddr;

use crate::{
    cloud::{
        Change, Connectivity, Direction, HostId, InstanceId, InterfaceId, InternetGatewayId, Leg,
        Listening, NatGatewayId, Network, Peer, Place, Probe, ProbeEnd, PublicAtLaunch, Refusal,
        RouteTableId, Rules, SecurityGroupId, SecurityGroupRule, SubnetId, Target, Thing, Trace,
        Verdict, VpcId, Zone, trace,
    },
    net::{Cidr, Ports, Protocol},
};

/// `10.0.0.0/16` with `public` (`10.0.0.0/24`, internet gateway) and `private` (`10.0.1.0/24`, NAT
/// gateway). `web` is `10.0.0.10` and `203.0.113.10`, `app` is `10.0.1.10`, the NAT gateway
/// `10.0.0.20`, a host on the internet `client` `203.0.113.9`. The one group in use, `open`, lets
/// everything pass.
pub struct Sample {
    pub network: Network,
    pub vpc: VpcId,
    pub public: SubnetId,
    pub private: SubnetId,
    pub public_table: RouteTableId,
    pub private_table: RouteTableId,
    pub gateway: InternetGatewayId,
    pub nat: NatGatewayId,
    pub open: SecurityGroupId,
    pub web: InterfaceId,
    pub app: InterfaceId,
    pub client: HostId,
}

/// An address block.
pub fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

/// An address.
pub fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// The id of a made object.
macro_rules! made {
    ($network:expr, $kind:ident, $change:expr) => {
        match $network.apply($change).expect("AWS accepts it").made {
            Some($crate::cloud::Thing::$kind(id)) => id,
            other => panic!("made {other:?}"),
        }
    };
}
pub(crate) use made;

impl Sample {
    pub fn new() -> Self {
        let mut network = Network::new();
        let vpc = made!(
            network,
            Vpc,
            Change::CreateVpc { name: "vpc".into(), cidr: cidr("10.0.0.0/16") }
        );
        let gateway = network.insert(crate::cloud::InternetGateway {
            name: "igw".into(),
            vpc: Some(vpc),
            route_table: None,
        });
        let subnet = |network: &mut Network, name: &str, cidr| {
            let zone = Zone("a".into());
            made!(network, Subnet, Change::CreateSubnet { name: name.into(), vpc, zone, cidr })
        };
        let public = subnet(&mut network, "public", cidr("10.0.0.0/24"));
        let private = subnet(&mut network, "private", cidr("10.0.1.0/24"));
        let nat = made!(
            network,
            NatGateway,
            Change::CreateNatGateway {
                name: "nat".into(),
                subnet: public,
                connectivity: Connectivity::Public,
                address: Some(ip("10.0.0.20")),
                public_address: Some("203.0.113.20".parse().unwrap()),
            }
        );
        let table = |network: &mut Network, name: &str, subnet, target| {
            let change = Change::CreateRouteTable { name: name.into(), vpc };
            let table = made!(network, RouteTable, change);
            let destination = Cidr::ANY_V4;
            network.apply(Change::CreateRoute { table, destination, target }).unwrap();
            network.apply(Change::AssociateRouteTable { subnet, table: Some(table) }).unwrap();
            table
        };
        let to_internet = Target::InternetGateway(gateway);
        let public_table = table(&mut network, "public", public, to_internet);
        let private_table = table(&mut network, "private", private, Target::NatGateway(nat));
        let open =
            made!(network, SecurityGroup, Change::CreateSecurityGroup { name: "open".into(), vpc });
        let rule = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        let direction = Direction::Ingress;
        network.apply(Change::AuthorizeSecurityGroup { group: open, direction, rule }).unwrap();
        let client = made!(
            network,
            Host,
            Change::CreateHost {
                name: "client".into(),
                address: ip("203.0.113.9"),
                listening: Listening::Everywhere,
            }
        );
        let mut sample = Self {
            network,
            vpc,
            public,
            private,
            public_table,
            private_table,
            gateway,
            nat,
            open,
            web: InterfaceId::new(0),
            app: InterfaceId::new(0),
            client,
        };
        sample.web = sample.run("web", public, "10.0.0.10");
        sample.apply(Change::AssociateAddress {
            interface: sample.web,
            address: Some("203.0.113.10".parse().unwrap()),
        });
        sample.app = sample.run("app", private, "10.0.1.10");
        sample
    }

    /// Launches an instance with the open group.
    pub fn run(&mut self, name: &str, subnet: SubnetId, address: &str) -> InterfaceId {
        let change = Change::RunInstance {
            name: name.into(),
            subnet,
            address: Some(ip(address)),
            public_address: PublicAtLaunch::No,
            groups: vec![self.open],
            listening: Listening::Everywhere,
        };
        let instance = made!(self.network, Instance, change);
        self.network.instances()[instance].interfaces[0]
    }

    /// The instance behind an interface.
    pub fn instance(&self, interface: InterfaceId) -> InstanceId {
        match self.network.owner_of(interface) {
            Thing::Instance(id) => id,
            other => panic!("{other:?} is no instance"),
        }
    }

    /// Makes a change that AWS accepts.
    pub fn apply(&mut self, change: Change) {
        self.network.apply(change).expect("AWS accepts it");
    }

    /// Makes a change, and says with which code AWS refuses it.
    pub fn code(&mut self, change: Change) -> Result<(), &'static str> {
        self.network.apply(change).map(|_| ()).map_err(|Refusal { code, .. }| code)
    }

    /// Sends a TCP packet.
    pub fn tcp(&self, from: ProbeEnd, to: ProbeEnd, port: u16) -> Trace {
        trace(&self.network, Probe::new(from, to, Protocol::TCP, port), &Rules::AWS)
    }
}

/// A rule for one TCP port.
pub fn tcp_rule(port: u16, peer: Peer) -> SecurityGroupRule {
    SecurityGroupRule { protocol: Some(Protocol::TCP), ports: Ports::one(port), peer }
}

/// The internet at large.
pub const INTERNET: ProbeEnd = ProbeEnd::Address(Network::INTERNET);

/// A place as one word or two.
pub fn place(network: &Network, place: Place) -> String {
    let name = |thing| network.name(thing).map_or("?", |it| it.as_str());
    let way = |direction| match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    };
    match place {
        Place::Internet(_, Some(host)) => name(Thing::Host(host)).to_owned(),
        Place::Internet(address, None) | Place::OnPremises(_, address) => address.to_string(),
        Place::Interface(id, direction) => {
            format!("{} {}", name(Thing::Interface(id)), way(direction))
        }
        Place::Subnet(id) => format!("link {}", name(Thing::Subnet(id))),
        Place::NetworkAcl(_, subnet, direction) => {
            format!("acl {} {}", name(Thing::Subnet(subnet)), way(direction))
        }
        Place::RouteTable(id, _) | Place::GatewayTable(id) => {
            format!("routes {}", name(Thing::RouteTable(id)))
        }
        Place::InternetGateway(_, direction) => format!("igw {}", way(direction)),
        Place::Peering(id) => format!("peering {}", name(Thing::Peering(id))),
        Place::GatewayEndpoint(_, direction) => format!("endpoint {}", way(direction)),
        Place::EgressOnlyGateway(_, direction) => format!("eigw {}", way(direction)),
        Place::NatGateway(_, direction) => format!("nat {}", way(direction)),
        Place::Amazon(service) => format!("{service:?}"),
        Place::LoadBalancer(id, _) => name(Thing::LoadBalancer(id)).to_owned(),
        Place::Endpoint(id, _) => name(Thing::InterfaceEndpoint(id)).to_owned(),
        Place::Service(id) => name(Thing::Service(id)).to_owned(),
        Place::Function(id) => name(Thing::Function(id)).to_owned(),
        Place::Api(id) => name(Thing::Api(id)).to_owned(),
        Place::Distribution(id) => name(Thing::Distribution(id)).to_owned(),
        Place::TransitGatewayAttachment(id, direction) => {
            format!("{} {}", name(Thing::TransitGatewayAttachment(id)), way(direction))
        }
        Place::TransitGatewayRouteTable(id, _) => {
            format!("routes {}", name(Thing::TransitGatewayRouteTable(id)))
        }
        Place::VirtualPrivateGateway(_, direction) => format!("vgw {}", way(direction)),
        Place::Link(link, direction) => format!("{} {}", name(link.thing()), way(direction)),
    }
}

/// A trace as one line: the places there, `|`, the places back, and the end.
pub fn story(network: &Network, trace: &Trace) -> String {
    let leg =
        |leg| trace.leg(leg).map(|hop| place(network, hop.place)).collect::<Vec<_>>().join(", ");
    let end = match trace.verdict {
        Verdict::Delivered => "delivered".to_owned(),
        Verdict::Refused => "refused".to_owned(),
        Verdict::Dropped { cause, .. } => cause.code().to_string(),
    };
    match leg(Leg::Reply) {
        back if back.is_empty() => format!("{}: {end}", leg(Leg::Forward)),
        back => format!("{} | {back}: {end}", leg(Leg::Forward)),
    }
}
