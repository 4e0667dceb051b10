//! Would AWS accept this change?

use hanulgil::{
    cloud::{
        AclAction, AclEntry, Change, Connectivity, Direction, InstanceId, InterfaceId,
        InternetGatewayId, Listening, LoadBalancerKind, NatGatewayId, NatGatewayState, Network,
        Origin, Peer, Peering, PeeringId, PeeringState, PublicAtLaunch, Refusal, Route,
        RouteTableId, Scheme, SecurityGroupRule, ServiceChange, Subnet, SubnetId, Target, Thing,
        VpcId, Zone,
    },
    net::{Cidr, Ports, Protocol},
};
use serde_json::Value;

use super::topology::{NotModelled, REMARKS, list, protocol};
use crate::Outcome;

/// Runs one case.
pub fn run(case: &Value) -> Outcome {
    match known(case).and_then(|()| answer(case)) {
        Ok(answer) => Outcome::of(&differences(&answer, &case["expect"])),
        Err(NotModelled(what)) => Outcome::Skipped(format!("{what} not modelled")),
    }
}

/// What an operation may say. What is not looked at must not count as agreed.
fn parameters(operation: &str) -> &'static [&'static str] {
    match operation {
        "create-vpc" | "associate-vpc-cidr-block" | "disassociate-vpc-cidr-block" => &["cidr"],
        "create-subnet" => &["cidr", "az"],
        "count-usable-addresses" => &["subnet"],
        "assign-private-ip" | "assign-private-ip-addresses" => &["subnet", "ip"],
        "create-route" | "create-route (gateway route table)" | "replace-route" => {
            &["table", "dst", "target", "target_type"]
        }
        "delete-route" => &["dst"],
        "delete-route-table" | "replace-main-route-table" | "associate-route-table" => &["table"],
        "create-nat-gateway (public)" | "create-nat-gateway (private)" | "create-nat-gateway" => {
            &["connectivity", "eip", "public_ip", "elastic_ip", "allocation"]
        }
        "create-security-group" => &["name"],
        "set-security-groups" => &["groups"],
        "delete-security-group" => &["name", "group"],
        "authorize-security-group-ingress"
        | "authorize-security-group-egress"
        | "revoke-security-group-ingress"
        | "revoke-security-group-egress" => &["action", "proto", "port", "cidr"],
        "create-network-acl-entry" => &["rule_number", "proto", "cidr"],
        // There is one that it can be about.
        "delete-network-acl" => &["acl"],
        _ => &[],
    }
}

/// Is everything looked at that the case says of the operation and of what is expected?
fn known(case: &Value) -> Result<(), NotModelled> {
    let operation = canonical(case["operation"].as_str().unwrap_or_default());
    let lists: [(&str, &[&str]); 2] = [
        ("params", parameters(&operation)),
        ("expect", &["ok", "code", "error", "stored", "count"]),
    ];
    for (what, keys) in lists {
        for (key, value) in case[what].as_object().into_iter().flatten() {
            let known = keys.contains(&key.as_str()) || REMARKS.contains(&key.as_str());
            if !known && !value.is_null() {
                return Err(NotModelled(format!("{operation}: {what}.{key}")));
            }
        }
    }
    Ok(())
}

/// An operation's name as the cases here write it: `CreateVpc`, `create_vpc` and
/// `aws ec2 create-vpc` are all `create-vpc`.
fn canonical(operation: &str) -> String {
    let words = operation.trim();
    let words = words.strip_prefix("aws ").map_or(words, |rest| {
        rest.trim_start().split_once(' ').map_or(rest, |(_service, name)| name.trim_start())
    });
    let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
    // A sentence, or parameters that would have to be read.
    if !rest.is_empty() && !rest.starts_with('(') {
        return words.to_owned();
    }
    let mut canonical = String::new();
    for letter in name.chars() {
        let begins_word = letter.is_ascii_uppercase()
            && canonical.ends_with(|it: char| it.is_ascii_lowercase() || it.is_ascii_digit());
        if begins_word || letter == '_' {
            canonical.push('-');
        }
        if letter != '_' {
            canonical.push(letter.to_ascii_lowercase());
        }
    }
    if rest.is_empty() { canonical } else { format!("{canonical} {rest}") }
}

/// What became of the operation: refused with this code, or accepted with this value.
type Answer = Result<String, &'static str>;

fn differences(answer: &Answer, expect: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    for (key, expected) in expect.as_object().into_iter().flatten() {
        let fits = match (key.as_str(), answer) {
            ("ok", answer) => expected.as_bool() == Some(answer.is_ok()),
            (remark, _) if REMARKS.contains(&remark) => true,
            _ if expected.is_null() => true,
            ("code" | "error", Err(code)) => expected == code,
            ("code" | "error", Ok(_)) => false,
            // Whatever else is expected is the value that AWS stores or counts.
            (_, Ok(value)) => {
                expected.as_str().map_or_else(|| expected.to_string(), str::to_owned) == *value
            }
            (_, Err(_)) => true,
        };
        if !fits {
            differences.push(format!("expected {key} {expected}, but {answer:?}"));
        }
    }
    differences
}

/// A VPC as the case describes it, and what the operations need besides.
struct Setting {
    network: Network,
    vpc: VpcId,
    main: RouteTableId,
}

/// What a case may say of the setting.
const GIVEN: [&str; 20] = [
    "nlb_security_groups",
    "peer_cidrs",
    "peering",
    "role",
    "requester",
    "accepter",
    "vpc_cidrs",
    "subnets",
    "routes",
    "attached",
    "igw_attached",
    "vpc_has_igw",
    "existing_names",
    "existing_rules",
    "public_ips",
    "mapped_public_ips",
    "mapped_public_addresses",
    "nat_state",
    "instances",
    "used_ips",
];

impl Setting {
    fn of(given: &Value) -> Result<Self, NotModelled> {
        for (key, value) in given.as_object().into_iter().flatten() {
            let known = GIVEN.contains(&key.as_str()) || REMARKS.contains(&key.as_str());
            if !known && !value.is_null() {
                return Err(NotModelled(format!("{key} {value}")));
            }
        }
        let mut network = Network::new();
        let blocks: Vec<Cidr> = list(given, "vpc_cidrs").iter().map(cidr).collect();
        let blocks = if blocks.is_empty() { vec!["10.0.0.0/16".parse().unwrap()] } else { blocks };
        let vpc = network.insert_vpc("vpc", &blocks);
        let main = network.vpcs()[vpc].main_route_table;
        let mut setting = Self { network, vpc, main };
        for subnet in list(given, "subnets") {
            setting.subnet(cidr(subnet));
        }
        for route in list(given, "routes") {
            // Where it leads plays no part; that it is there does.
            let target = Target::Gone(route["target"].as_str().unwrap_or_default().into());
            let destination = cidr(&route["dst"]);
            setting.network.update(main, |it| {
                it.routes.push(Route { destination, target, origin: Origin::Static });
            });
        }
        for name in list(given, "existing_names") {
            let name = name.as_str().unwrap().into();
            setting.must(Change::CreateSecurityGroup { name, vpc });
        }
        if ["attached", "igw_attached", "vpc_has_igw"].iter().any(|it| given[*it] == true) {
            setting.attached_gateway();
        }
        for ip in list(given, "used_ips") {
            let address = ip.as_str().unwrap().parse().unwrap();
            let subnet = setting.network.subnet_in(vpc, address).expect("a subnet holds it");
            setting.instance(subnet, Some(address));
        }
        if let Some(state) = given["peering"].as_str() {
            setting.peer(given, state)?;
        }
        let mapped = ["public_ips", "mapped_public_ips", "mapped_public_addresses"];
        if mapped.iter().any(|it| given[*it] == true || given[*it].as_u64() > Some(0)) {
            let subnet = setting.any_subnet();
            let instance = setting.instance(subnet, None);
            let interface = setting.network.instances()[instance].interfaces[0];
            setting.attached_gateway();
            setting.must(Change::AssociateAddress { interface, address: None });
        }
        Ok(setting)
    }

    /// A peering in the given state, with a VPC of the given blocks.
    fn peer(&mut self, given: &Value, state: &str) -> Result<PeeringId, NotModelled> {
        let blocks: Vec<Cidr> = list(given, "peer_cidrs").iter().map(cidr).collect();
        let blocks = if blocks.is_empty() { vec!["10.5.0.0/16".parse().unwrap()] } else { blocks };
        let peer = self.network.insert_vpc("peer", &blocks);
        let (requester, accepter) =
            if given["role"] == "accepter" { (peer, self.vpc) } else { (self.vpc, peer) };
        let state = match state {
            "pending-acceptance" => PeeringState::PendingAcceptance,
            "active" => PeeringState::Active,
            "expired" => PeeringState::Expired,
            "rejected" => PeeringState::Rejected,
            other => return Err(NotModelled(format!("a peering that is {other}"))),
        };
        Ok(self.network.insert(Peering {
            name: "peering".into(),
            requester,
            accepter,
            state,
            inter_region: false,
            private_names: hanulgil::cloud::PrivateNames::default(),
        }))
    }

    fn must(&mut self, change: Change) -> Option<Thing> {
        self.network.apply(change).expect("the setting is acceptable").made
    }

    fn subnet(&mut self, cidr: Cidr) -> SubnetId {
        self.network.insert(Subnet {
            name: cidr.to_string().into(),
            vpc: self.vpc,
            zone: Zone("a".into()),
            cidr,
            ipv6_cidr: None,
            route_table: None,
            network_acl: None,
            auto_assign_public_ip: false,
            dns64: false,
        })
    }

    fn any_subnet(&mut self) -> SubnetId {
        if let Some((id, _)) = self.network.subnets().iter().next() {
            return id;
        }
        let block = self.network.vpcs()[self.vpc].cidrs[0];
        self.subnet(Cidr::new(block.first(), block.length().max(24)).unwrap())
    }

    fn instance(&mut self, subnet: SubnetId, address: Option<std::net::IpAddr>) -> InstanceId {
        let made = self.must(Change::RunInstance {
            name: "instance".into(),
            subnet,
            address,
            public_address: PublicAtLaunch::No,
            groups: Vec::new(),
            listening: Listening::Everywhere,
        });
        match made {
            Some(Thing::Instance(id)) => id,
            _ => unreachable!(),
        }
    }

    fn interface(&mut self) -> InterfaceId {
        let subnet = self.any_subnet();
        let instance = self.instance(subnet, None);
        self.network.instances()[instance].interfaces[0]
    }

    fn gateway(&mut self) -> InternetGatewayId {
        match self.must(Change::CreateInternetGateway { name: "igw".into() }) {
            Some(Thing::InternetGateway(id)) => id,
            _ => unreachable!(),
        }
    }

    fn attached_gateway(&mut self) -> InternetGatewayId {
        if let Some(gateway) = self.network.internet_gateway_of(self.vpc) {
            return gateway;
        }
        let gateway = self.gateway();
        self.must(Change::AttachInternetGateway { gateway, vpc: self.vpc });
        gateway
    }

    fn nat_gateway(&mut self) -> NatGatewayId {
        let subnet = self.any_subnet();
        let made = self.must(Change::CreateNatGateway {
            name: "nat".into(),
            subnet,
            connectivity: Connectivity::Private,
            address: None,
            public_address: None,
        });
        match made {
            Some(Thing::NatGateway(id)) => id,
            _ => unreachable!(),
        }
    }

    fn custom_table(&mut self) -> RouteTableId {
        match self.must(Change::CreateRouteTable { name: "custom".into(), vpc: self.vpc }) {
            Some(Thing::RouteTable(id)) => id,
            _ => unreachable!(),
        }
    }

    /// The table that a case describes in words.
    fn table(&mut self, words: &Value) -> RouteTableId {
        let words = words.as_str().unwrap_or("custom");
        if words.contains("edge") || words.contains("gateway") {
            let gateway = self.attached_gateway();
            let table = self.custom_table();
            self.must(Change::AssociateGatewayRouteTable { gateway, table: Some(table) });
            return table;
        }
        if words.starts_with("main") {
            return self.main;
        }
        let table = self.custom_table();
        if words.contains("association") && !words.contains("no ") && !words.contains("without") {
            let subnet = self.any_subnet();
            self.must(Change::AssociateRouteTable { subnet, table: Some(table) });
        }
        table
    }

    fn target(&mut self, params: &Value) -> Result<Target, NotModelled> {
        let kind = params["target_type"].as_str().or(params["target"].as_str());
        Ok(match kind.unwrap_or_default() {
            "local" => Target::Local,
            "igw" | "internet-gateway" => Target::InternetGateway(self.attached_gateway()),
            "nat" | "nat-gateway" => Target::NatGateway(self.nat_gateway()),
            "eni" | "network-interface" | "instance" => Target::Interface(self.interface()),
            "pcx" | "peering" | "vpc-peering-connection" => {
                Target::Peering(self.peer(&Value::Null, "active")?)
            }
            "eigw" | "egress-only-internet-gateway" => {
                let create = Change::CreateEgressOnlyGateway { name: "eigw".into(), vpc: self.vpc };
                match self.must(create) {
                    Some(Thing::EgressOnlyGateway(id)) => Target::EgressOnlyGateway(id),
                    _ => unreachable!(),
                }
            }
            other => return Err(NotModelled(format!("a route to {other:?}"))),
        })
    }

    fn apply(&mut self, change: Change) -> Result<Option<Thing>, Refusal> {
        self.network.apply(change).map(|applied| applied.made)
    }
}

fn cidr(value: &Value) -> Cidr {
    value.as_str().unwrap().parse().unwrap()
}

/// A block, or a refusal when the text is none: lists name blocks and nothing else.
fn block(value: &Value) -> Result<Cidr, &'static str> {
    value.as_str().unwrap_or("0.0.0.0/0").parse().map_err(|_| "InvalidParameterValue")
}

fn answer(case: &Value) -> Result<Answer, NotModelled> {
    let operation = &*canonical(case["operation"].as_str().unwrap_or_default());
    let params = &case["params"];
    let given = &case["given"];
    let mut setting = Setting::of(given)?;
    let vpc = setting.vpc;
    let done = |answer: Result<Option<Thing>, Refusal>| {
        Ok(answer.map(|_| String::new()).map_err(|refusal| refusal.code))
    };
    macro_rules! or_refused {
        ($read:expr) => {
            match $read {
                Ok(read) => read,
                Err(code) => return Ok(Err(code)),
            }
        };
    }

    match operation {
        "create-vpc" => {
            let cidr = or_refused!(block(&params["cidr"]));
            let made = setting.apply(Change::CreateVpc { name: "new".into(), cidr });
            Ok(made.map_err(|it| it.code).map(|made| match made {
                Some(Thing::Vpc(id)) => setting.network.vpcs()[id].cidrs[0].to_string(),
                _ => unreachable!(),
            }))
        }
        "delete-vpc" => done(setting.apply(Change::DeleteVpc { vpc })),
        "associate-vpc-cidr-block" => {
            let cidr = or_refused!(block(&params["cidr"]));
            let made = setting.apply(Change::AssociateVpcCidrBlock { vpc, cidr });
            Ok(made.map(|_| cidr.to_string()).map_err(|it| it.code))
        }
        "disassociate-vpc-cidr-block" => {
            let cidr = or_refused!(block(&params["cidr"]));
            done(setting.apply(Change::DisassociateVpcCidrBlock { vpc, cidr }))
        }
        "create-subnet" => {
            let cidr = or_refused!(block(&params["cidr"]));
            let zone = Zone(params["az"].as_str().unwrap_or("a").into());
            let made = setting.apply(Change::CreateSubnet { name: "new".into(), vpc, zone, cidr });
            Ok(made.map_err(|it| it.code).map(|made| match made {
                Some(Thing::Subnet(id)) => setting.network.subnets()[id].cidr.to_string(),
                _ => unreachable!(),
            }))
        }
        "delete-subnet" => {
            let subnet = setting.any_subnet();
            if !list(given, "instances").is_empty() || given["instances"].as_u64() > Some(0) {
                setting.instance(subnet, None);
            }
            done(setting.apply(Change::DeleteSubnet { subnet }))
        }
        "count-usable-addresses" => {
            let subnet = cidr(&params["subnet"]);
            let (_, subnet) = (setting.network.subnets().iter())
                .find(|(_, it)| it.cidr == subnet)
                .expect("the subnet is given");
            Ok(Ok(subnet.usable_addresses().to_string()))
        }
        "assign-private-ip" | "assign-private-ip-addresses" => {
            let wanted = cidr(&params["subnet"]);
            let subnet = setting.network.subnets().find(|_, it| it.cidr == wanted);
            done(setting.apply(Change::CreateInterface {
                name: "new".into(),
                subnet: subnet.expect("the subnet is given"),
                address: Some(params["ip"].as_str().unwrap().parse().unwrap()),
                groups: Vec::new(),
            }))
        }
        "create-route" | "replace-route" | "create-route (gateway route table)" => {
            let gateway = Value::from("gateway");
            let words = if operation.ends_with(')') { &gateway } else { &params["table"] };
            let table = match words {
                Value::Null => setting.main,
                words => setting.table(words),
            };
            let destination = or_refused!(block(&params["dst"]));
            let target = setting.target(params)?;
            done(setting.apply(if operation.starts_with("create-route") {
                Change::CreateRoute { table, destination, target }
            } else {
                Change::ReplaceRoute { table, destination, target }
            }))
        }
        "delete-route" => {
            let destination = or_refused!(block(&params["dst"]));
            done(setting.apply(Change::DeleteRoute { table: setting.main, destination }))
        }
        "delete-route-table" => {
            let table = setting.table(&params["table"]);
            done(setting.apply(Change::DeleteRouteTable { table }))
        }
        "replace-main-route-table" => {
            let table = setting.table(&params["table"]);
            done(setting.apply(Change::ReplaceMainRouteTable { vpc, table }))
        }
        "associate-route-table" => {
            let table = setting.table(&params["table"]);
            let subnet = setting.any_subnet();
            done(setting.apply(Change::AssociateRouteTable { subnet, table: Some(table) }))
        }
        "create-internet-gateway" => {
            done(setting.apply(Change::CreateInternetGateway { name: "new".into() }))
        }
        "attach-internet-gateway" => {
            // `attached`: this gateway has a VPC; otherwise the VPC may have another gateway.
            let gateway = if given["attached"] == true {
                setting.attached_gateway()
            } else {
                setting.gateway()
            };
            done(setting.apply(Change::AttachInternetGateway { gateway, vpc }))
        }
        "detach-internet-gateway" => {
            let gateway = match setting.network.internet_gateway_of(vpc) {
                Some(gateway) => gateway,
                None if given["attached"] == false => setting.gateway(),
                None => setting.attached_gateway(),
            };
            done(setting.apply(Change::DetachInternetGateway { gateway }))
        }
        "delete-internet-gateway" => {
            let gateway =
                setting.network.internet_gateway_of(vpc).unwrap_or_else(|| setting.gateway());
            done(setting.apply(Change::DeleteInternetGateway { gateway }))
        }
        "create-nat-gateway (public)" | "create-nat-gateway (private)" | "create-nat-gateway" => {
            let private = operation.ends_with("(private)") || params["connectivity"] == "private";
            let subnet = setting.any_subnet();
            let wants_eip = ["eip", "public_ip", "elastic_ip", "allocation"]
                .iter()
                .any(|it| !params[*it].is_null() && params[*it] != false);
            done(setting.apply(Change::CreateNatGateway {
                name: "new".into(),
                subnet,
                connectivity: if private { Connectivity::Private } else { Connectivity::Public },
                address: None,
                public_address: wants_eip.then_some(std::net::Ipv4Addr::new(203, 0, 113, 60)),
            }))
        }
        "associate security group with a NAT gateway" => {
            let gateway = setting.nat_gateway();
            let interface = setting.network.nat_gateways()[gateway].interface().unwrap();
            let group = setting.network.vpcs()[vpc].default_security_group;
            done(setting.apply(Change::ModifyInterfaceGroups { interface, groups: vec![group] }))
        }
        "delete-nat-gateway" => {
            let gateway = setting.nat_gateway();
            if let Some(state) = given["nat_state"].as_str() {
                let state = match state {
                    "available" => NatGatewayState::Available,
                    "pending" => NatGatewayState::Pending,
                    _ => NatGatewayState::Failed,
                };
                setting.network.update(gateway, |it| it.state = state);
            }
            done(setting.apply(Change::DeleteNatGateway { gateway }))
        }
        "create-vpc-peering-connection" => {
            let mut network = Network::new();
            let mut end = |key: &str| {
                let blocks: Vec<Cidr> = list(given, key).iter().map(cidr).collect();
                network.insert_vpc(key, &blocks)
            };
            let (requester, accepter) = (end("requester"), end("accepter"));
            let name = "new".into();
            done(network.apply(Change::CreatePeering { name, requester, accepter }).map(|_| None))
        }
        "accept-vpc-peering-connection" | "delete-vpc-peering-connection" => {
            let peering = setting.network.peerings().iter().next().map(|(id, _)| id);
            let Some(peering) = peering else {
                return Err(NotModelled("a peering that is not given".to_owned()));
            };
            done(setting.apply(if operation.starts_with("accept") {
                Change::AcceptPeering { peering }
            } else {
                Change::DeletePeering { peering }
            }))
        }
        "set-security-groups" => {
            // A Network Load Balancer with these groups, in the only subnet there is.
            let subnet = setting.any_subnet();
            let own = setting.network.vpcs()[vpc].default_security_group;
            let groups: Vec<_> = list(given, "nlb_security_groups").iter().map(|_| own).collect();
            let change = Change::Service(ServiceChange::CreateLoadBalancer {
                name: "nlb".into(),
                kind: LoadBalancerKind::Network,
                scheme: Scheme::Internal,
                subnets: vec![subnet],
                groups,
            });
            let Ok(Some(Thing::LoadBalancer(balancer))) = setting.apply(change) else {
                return Err(NotModelled("a load balancer without a place".to_owned()));
            };
            let groups = list(params, "groups").iter().map(|_| own).collect();
            done(
                setting
                    .apply(Change::Service(ServiceChange::SetSecurityGroups { balancer, groups })),
            )
        }
        "create-egress-only-internet-gateway" => {
            done(setting.apply(Change::CreateEgressOnlyGateway { name: "new".into(), vpc }))
        }
        "create-security-group" => {
            let name = params["name"].as_str().unwrap_or("new").into();
            done(setting.apply(Change::CreateSecurityGroup { name, vpc }))
        }
        "delete-security-group" => {
            let name = params["name"].as_str().or(params["group"].as_str()).unwrap_or("default");
            let found = setting.network.security_groups().find(|_, it| &*it.name == name);
            let Some(group) = found else {
                return Err(NotModelled(format!("the group {name:?}")));
            };
            done(setting.apply(Change::DeleteSecurityGroup { group }))
        }
        "authorize-security-group-ingress" | "authorize-security-group-egress" => {
            // There are allow rules only: a rule that denies cannot even be written.
            if params["action"] == "deny" {
                return Ok(Err("InvalidParameterValue"));
            }
            let direction = direction_of(operation);
            let group = setting.network.vpcs()[vpc].default_security_group;
            let rule = or_refused!(rule(params));
            for existing in list(given, "existing_rules") {
                let rule = or_refused!(self::rule(existing));
                setting.must(Change::AuthorizeSecurityGroup { group, direction, rule });
            }
            done(setting.apply(Change::AuthorizeSecurityGroup { group, direction, rule }))
        }
        "revoke-security-group-ingress" | "revoke-security-group-egress" => {
            let direction = direction_of(operation);
            let group = setting.network.vpcs()[vpc].default_security_group;
            let rule = or_refused!(rule(params));
            done(setting.apply(Change::RevokeSecurityGroup { group, direction, rule }))
        }
        "create-network-acl-entry" => {
            let acl = setting.network.vpcs()[vpc].default_network_acl;
            setting.network.update(acl, |it| it.ingress.clear());
            let number = params["rule_number"].as_i64().unwrap_or(100);
            let entry = |number: u16, cidr: Cidr| AclEntry {
                number,
                action: AclAction::Allow,
                protocol: params.get("proto").and_then(protocol),
                ports: Ports::ALL,
                cidr,
            };
            let direction = Direction::Ingress;
            let any = entry(1, Cidr::ANY_V4);
            for existing in list(given, "existing_rules") {
                let number = existing.as_u64().or(existing["rule_number"].as_u64()).unwrap_or(1);
                let entry = AclEntry { number: number as u16, ..any };
                setting.must(Change::CreateNetworkAclEntry { acl, direction, entry });
            }
            let Ok(number) = u16::try_from(number) else {
                return Ok(Err("InvalidParameterValue"));
            };
            let entry = entry(number, or_refused!(block(&params["cidr"])));
            let made = setting.apply(Change::CreateNetworkAclEntry { acl, direction, entry });
            Ok(made.map_err(|it| it.code).map(|_| {
                let stored = setting.network.network_acls()[acl].ingress.iter();
                stored.last().map(|it| it.cidr.to_string()).unwrap_or_default()
            }))
        }
        "delete-network-acl" => {
            let acl = setting.network.vpcs()[vpc].default_network_acl;
            done(setting.apply(Change::DeleteNetworkAcl { acl }))
        }
        other => Err(NotModelled(format!("the operation {other:?}"))),
    }
}

fn direction_of(operation: &str) -> Direction {
    if operation.ends_with("egress") { Direction::Egress } else { Direction::Ingress }
}

fn rule(params: &Value) -> Result<SecurityGroupRule, &'static str> {
    let port = params["port"].as_u64();
    Ok(SecurityGroupRule {
        protocol: match &params["proto"] {
            Value::Null => Some(Protocol::TCP),
            proto => protocol(proto),
        },
        ports: port.map_or(Ports::ALL, |it| Ports::one(it as u16)),
        peer: Peer::Cidr(block(&params["cidr"])?),
    })
}
