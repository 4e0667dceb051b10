//! Changes as commands of the AWS CLI that a person can paste into a shell.
//!
//! What has an id of AWS's is named by it; the rest is looked up by its name into a variable first,
//! and what is made on the way is kept in one. Everything that stems from a name is quoted, so that
//! a shell reads it as text
//! (<https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-quoting-strings.html>).

mod classic;
mod filters;
mod gateways;
mod lookup;
mod machines;
mod routing;
mod service;
mod transit;
mod whose;

use std::net::IpAddr;

use crate::{
    aws::home::{Home, Homes},
    cloud::{Change, LoadBalancerKind, Name, Network, ServiceChange, Thing},
    net::Cidr,
};
use lookup::{asked, is_id, listed, place, there};

/// A line for a shell, and where it is to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The account that must call, and the Region: the line names the Region itself, and nothing in
    /// it says which account's credentials are used.
    pub home: Home,
    /// The line.
    pub line: String,
}

/// The commands for some changes, in their order: a list of lines for each. Of a change that AWS has
/// no command for, the list is empty. `id_of` says under which id AWS knows what is called so; the
/// name itself when it knows none.
pub fn commands(
    network: &Network,
    changes: &[Change],
    id_of: impl Fn(&str) -> String,
    homes: &Homes,
) -> Vec<Vec<Call>> {
    let mut script = Script {
        network: network.clone(),
        id_of: &id_of,
        homes,
        home: Home::default(),
        known: Vec::new(),
        kept: None,
        given: Vec::new(),
        lines: Vec::new(),
    };
    changes
        .iter()
        .enumerate()
        .map(|(at, change)| {
            if !script.makes_group_for_classic(change, &changes[at..]) {
                script.home = script.home_for(change, &changes[at..]);
                script.change(change);
            }
            if let Ok(applied) = script.network.apply(change.clone())
                && let Some(made) = applied.made
            {
                // The command kept its id. Its name may mean several things by now: what came along
                // with it is called the same.
                let variable = script.kept.take().unwrap_or_else(|| script.variable(made));
                script.known.push((made, format!("\"${variable}\"")));
            }
            script.kept = None;
            std::mem::take(&mut script.lines)
        })
        .collect()
}

/// A text as a shell reads it: one word, whatever is in it.
pub fn quoted(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,@%+".contains(it);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    // Control characters would end the line.
    let text: String = text.chars().filter(|it| !it.is_control()).collect();
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text as a value of the AWS CLI's shorthand, in which some signs part values
/// (<https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html>).
fn shorthand(text: &str) -> String {
    let parts = |it: char| ",=[]{}\"'\\".contains(it);
    if text.contains(parts) || text.trim() != text {
        return format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""));
    }
    text.to_owned()
}

struct Script<'n> {
    /// As it is before the change at hand.
    network: Network,
    id_of: &'n dyn Fn(&str) -> String,
    homes: &'n Homes,
    /// Of the change at hand.
    home: Home,
    /// What is named how.
    known: Vec<(Thing, String)>,
    /// The variable that holds what the change at hand makes.
    kept: Option<String>,
    /// The IPv6 blocks that AWS is asked for: it will give others.
    given: Vec<Cidr>,
    lines: Vec<Call>,
}

impl Script<'_> {
    fn say(&mut self, line: impl Into<String>) {
        self.lines.push(Call { home: self.home.clone(), line: line.into() });
    }

    /// Calls something, where the change is made.
    fn run(&mut self, call: &str) {
        self.say(format!("aws {call}{}", region(&self.home)));
    }

    /// What a call answers, where the change is made. `query` is one word for a shell.
    fn answer(&self, call: &str, query: &str) -> String {
        format!("$(aws {call}{} --query {query} --output text)", region(&self.home))
    }

    fn home_of(&self, thing: Thing) -> Home {
        self.homes.of(&self.network, thing)
    }

    fn name(&self, thing: Thing) -> String {
        self.network.name(thing).map_or_else(String::new, ToString::to_string)
    }

    /// A variable for something: its kind and what a variable can hold of its name.
    fn variable(&self, thing: Thing) -> String {
        let prefix = listed(thing).map_or("it", |it| it.0);
        let name: String = (self.name(thing).chars())
            .map(|it| if it.is_ascii_alphanumeric() { it } else { '_' })
            .collect();
        let plain = name.chars().any(|it| it.is_ascii_alphanumeric());
        // Two of one name, or in letters that no variable has: told apart by their place.
        let twice = self.network.name(thing).is_some_and(|it| self.network.find(it).count() > 1);
        if plain && !twice {
            format!("{prefix}_{name}")
        } else {
            format!("{prefix}_{name}_{}", place(thing))
        }
    }

    /// How a command names something: by its id, or by a variable that is looked up first.
    fn id(&mut self, thing: Thing) -> String {
        if let Some((_, known)) = self.known.iter().find(|it| it.0 == thing) {
            return known.clone();
        }
        let name = self.name(thing);
        let id = (self.id_of)(&name);
        let named = if id != name || is_id(&id) || listed(thing).is_none() || self.is_classic(thing)
        {
            quoted(&id)
        } else {
            let there = self.home_of(thing);
            let home = std::mem::replace(&mut self.home, there);
            let (call, query) = self.lookup(thing, &name);
            let variable = self.variable(thing);
            self.say(format!("{variable}={}", self.answer(&call, &query)));
            self.home = home;
            format!("\"${variable}\"")
        };
        self.known.push((thing, named.clone()));
        named
    }

    /// The call that lists it, and what is asked of the answer.
    fn lookup(&mut self, thing: Thing, name: &str) -> (String, String) {
        let Some((_, command, filter, query)) = listed(thing) else { return Default::default() };
        let more = there(thing);
        let by = match (thing, filter) {
            (_, "") => more.to_owned(),
            (_, option) if option.starts_with("--") => format!(" {option} {}", quoted(name)),
            (Thing::Interface(id), _) => {
                let address = self.network.interfaces().get(id).and_then(|it| it.addresses.first());
                let address = address.map_or_else(String::new, IpAddr::to_string);
                let key = if address.contains(':') {
                    "ipv6-addresses.ipv6-address"
                } else {
                    "addresses.private-ip-address"
                };
                let filter = quoted(&format!("Name={key},Values={address}"));
                format!(" --filters {filter}{}", self.of_vpc(thing))
            }
            _ => {
                let option =
                    if matches!(thing, Thing::NatGateway(_)) { "--filter" } else { "--filters" };
                let filter = quoted(&format!("Name={filter},Values={}", shorthand(name)));
                format!(" {option} {filter}{}{more}", self.of_vpc(thing))
            }
        };
        (format!("{command}{by}"), quoted(&asked(query, name)))
    }

    /// The names of security groups are their own in a VPC alone (each has a `default`), and so are
    /// addresses.
    fn of_vpc(&mut self, thing: Thing) -> String {
        let network = &self.network;
        let vpc = match thing {
            Thing::SecurityGroup(id) => network.security_groups().get(id).map(|it| it.vpc),
            Thing::Interface(id) => {
                let subnet = network.interfaces().get(id).map(|it| it.subnet);
                subnet.and_then(|it| network.subnets().get(it)).map(|it| it.vpc)
            }
            _ => None,
        };
        match vpc.filter(|_| network.vpcs().len() > 1) {
            Some(vpc) => format!(" Name=vpc-id,Values={}", self.id(Thing::Vpc(vpc))),
            None => String::new(),
        }
    }

    /// Does it make a target group for a load balancer of the previous generation? There are none: its
    /// listener says itself where it leads.
    fn makes_group_for_classic(&self, change: &Change, following: &[Change]) -> bool {
        let is_group = matches!(change, Change::Service(ServiceChange::CreateTargetGroup { .. }));
        let group = self.network.target_groups().next_id();
        is_group
            && following.iter().any(|it| match it {
                Change::Service(ServiceChange::CreateListener { balancer, listener }) => {
                    self.is_classic(Thing::LoadBalancer(*balancer))
                        && listener.target_groups.contains(&group)
                }
                _ => false,
            })
    }

    /// Is it a load balancer of the previous generation? The API knows these by their names.
    fn is_classic(&self, thing: Thing) -> bool {
        let Thing::LoadBalancer(id) = thing else { return false };
        let kind = self.network.load_balancers().get(id).map(|it| it.kind);
        kind == Some(LoadBalancerKind::Classic)
    }

    /// A command that makes something, and keeps its id.
    fn make(&mut self, thing: Thing, name: &Name, command: &str, query: &str) {
        let variable = self.variable_for(thing, name);
        self.say(format!("{variable}={}", self.answer(command, &quoted(query))));
        self.kept = Some(variable);
    }

    /// The variable of something that is about to be made.
    fn variable_for(&self, thing: Thing, name: &Name) -> String {
        let prefix = listed(thing).map_or("it", |it| it.0);
        let plain: String =
            name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
        let unlike = plain.chars().any(|it| it.is_ascii_alphanumeric())
            && self.network.find(name).next().is_none();
        if unlike {
            format!("{prefix}_{plain}")
        } else {
            format!("{prefix}_{plain}_{}", place(thing))
        }
    }

    fn tags(kind: &str, name: &Name) -> String {
        let tag = format!("ResourceType={kind},Tags=[{{Key=Name,Value={}}}]", shorthand(name));
        format!("--tag-specifications {}", quoted(&tag))
    }

    fn ids<T: Copy>(&mut self, all: &[T], thing: impl Fn(T) -> Thing) -> String {
        all.iter().map(|it| self.id(thing(*it))).collect::<Vec<_>>().join(" ")
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Service(change) => self.service(change),
            Change::Transit(change) => self.transit(change),
            Change::CreateRouteTable { .. }
            | Change::AssociateRouteTable { .. }
            | Change::ReplaceMainRouteTable { .. }
            | Change::CreateRoute { .. }
            | Change::ReplaceRoute { .. }
            | Change::DeleteRoute { .. } => self.routing(change),
            Change::AuthorizeSecurityGroup { .. }
            | Change::RevokeSecurityGroup { .. }
            | Change::ModifySecurityGroupRule { .. }
            | Change::CreateSecurityGroup { .. }
            | Change::CreateNetworkAcl { .. }
            | Change::AssociateNetworkAcl { .. }
            | Change::CreateNetworkAclEntry { .. }
            | Change::ReplaceNetworkAclEntry { .. }
            | Change::DeleteNetworkAclEntry { .. } => self.filters(change),
            Change::ModifyInterfaceGroups { .. }
            | Change::ModifySourceDestCheck { .. }
            | Change::AssociateAddress { .. }
            | Change::DisassociateAddress { .. }
            | Change::AssociateAddressWith { .. }
            | Change::DisassociateAddressOf { .. }
            | Change::AssignPrivateAddress { .. }
            | Change::UnassignPrivateAddress { .. }
            | Change::AssignIpv6Address { .. }
            | Change::UnassignIpv6Address { .. }
            | Change::AttachInterface { .. }
            | Change::StartInstance { .. }
            | Change::StopInstance { .. } => self.machines(change),
            other => self.gateways(other),
        }
    }
}

/// The option that names the Region, where it is known.
fn region(home: &Home) -> String {
    home.region.as_ref().map_or_else(String::new, |it| format!(" --region {it}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aws::load_balancer::unseen_gateway_balancer,
        cloud::{
            Direction, Listener, ListenerProtocol, LoadBalancer, Peer, SecurityGroupRule, Target,
            TargetGroup, TargetKind, TransitChange, TransitGatewayOptions,
        },
        net::Cidr,
    };

    fn lines(network: &Network, changes: &[Change]) -> Vec<String> {
        let calls = commands(network, changes, str::to_owned, Homes::NONE).concat();
        calls.into_iter().map(|it| it.line).collect()
    }

    #[test]
    fn whatever_a_name_holds_stays_one_word_for_a_shell() {
        for (name, expected) in [
            ("web", "web"),
            ("a b", "'a b'"),
            ("x'; rm -rf ~; '", r"'x'\''; rm -rf ~; '\'''"),
            ("$(reboot)", "'$(reboot)'"),
            ("웹", "'웹'"),
            ("", "''"),
            ("line\nbreak", "'linebreak'"),
        ] {
            assert_eq!(quoted(name), expected);
        }
    }

    #[test]
    fn what_is_made_on_the_way_is_named_by_its_variable() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("my vpc", &["10.0.0.0/16".parse().unwrap()]);
        let gateway = network.internet_gateways().next_id();
        let table = network.vpcs()[vpc].main_route_table;
        let told = lines(
            &network,
            &[
                Change::CreateInternetGateway { name: "door".into() },
                Change::AttachInternetGateway { gateway, vpc },
                Change::CreateRoute {
                    table,
                    destination: Cidr::ANY_V4,
                    target: Target::InternetGateway(gateway),
                },
            ],
        );
        assert!(told[0].starts_with("igw_door=$(aws ec2 create-internet-gateway"), "{told:#?}");
        assert!(told[1].starts_with(
            "vpc_my_vpc=$(aws ec2 describe-vpcs --filters 'Name=tag:Name,Values=my vpc'"
        ));
        assert_eq!(
            told[2],
            "aws ec2 attach-internet-gateway --internet-gateway-id \"$igw_door\" --vpc-id \"$vpc_my_vpc\""
        );
        let last = told.last().unwrap();
        assert!(last.contains("--destination-cidr-block 0.0.0.0/0 --gateway-id \"$igw_door\""));
    }

    #[test]
    fn a_name_that_the_shorthand_would_part_stays_whole() {
        for (name, filter, tag) in [
            ("a,b", r#"'Name=tag:Name,Values="a,b"'"#, r#"Value="a,b"}"#),
            ("{x}", r#"'Name=tag:Name,Values="{x}"'"#, r#"Value="{x}"}"#),
            ("a b", "'Name=tag:Name,Values=a b'", "Value=a b}"),
        ] {
            let mut network = Network::new();
            let vpc = network.insert_vpc(name, &["10.0.0.0/16".parse().unwrap()]);
            let told = lines(&network, &[Change::CreateRouteTable { name: name.into(), vpc }]);
            assert!(told[0].contains(filter), "{told:#?}");
            assert!(told[1].contains(tag), "{told:#?}");
        }
    }

    #[test]
    fn two_vpcs_have_two_default_groups() {
        let mut network = Network::new();
        network.insert_vpc("one", &["10.0.0.0/16".parse().unwrap()]);
        let two = network.insert_vpc("two", &["10.1.0.0/16".parse().unwrap()]);
        let group = network.vpcs()[two].default_security_group;
        let rule = SecurityGroupRule::everything(Peer::Cidr(Cidr::ANY_V4));
        let change = Change::AuthorizeSecurityGroup { group, direction: Direction::Ingress, rule };
        let told = lines(&network, &[change]);
        assert!(told[1].contains("Values=default Name=vpc-id,Values=\"$vpc_two\""), "{told:#?}");
    }

    #[test]
    fn what_is_to_be_used_at_once_is_waited_for() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc-0a1b2c3d4e5f", &["10.0.0.0/16".parse().unwrap()]);
        let zones = Vec::new();
        let change = Change::CreateRegionalNatGateway { name: "nat".into(), vpc, zones };
        let told = lines(&network, &[change]);
        assert!(told[0].starts_with("nat_nat=$(aws ec2 create-nat-gateway --availability-mode regional --vpc-id vpc-0a1b2c3d4e5f --tag"));
        assert_eq!(told[1], "aws ec2 wait nat-gateway-available --nat-gateway-ids \"$nat_nat\"");
    }

    #[test]
    fn what_came_along_under_the_same_name_is_not_taken_for_what_was_made() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc-0a1b2c3d4e5f", &["10.0.0.0/16".parse().unwrap()]);
        let subnet = network.subnets().next_id();
        let zone = crate::cloud::Zone("a".into());
        let cidr = "10.0.1.0/24".parse().unwrap();
        let (name, gateway) = ("subnet-0a1b2c3d4e5f".into(), network.internet_gateways().next_id());
        for change in [
            Change::CreateSubnet { name, vpc, zone, cidr },
            Change::CreateInternetGateway { name: "igw".into() },
            Change::AttachInternetGateway { gateway, vpc },
        ] {
            network.apply(change).unwrap();
        }
        let (table, nat) = (network.vpcs()[vpc].main_route_table, network.nat_gateways().next_id());
        let told = lines(
            &network,
            &[
                Change::CreateNatGateway {
                    name: "nat-1".into(),
                    subnet,
                    connectivity: crate::cloud::Connectivity::Public,
                    address: None,
                    public_address: None,
                },
                Change::CreateRoute {
                    table,
                    destination: Cidr::ANY_V4,
                    target: Target::NatGateway(nat),
                },
            ],
        );
        // Its interface is called as it is.
        assert!(told[0].starts_with("nat_nat_1=$(aws ec2 create-nat-gateway "), "{told:#?}");
        assert!(told.last().unwrap().ends_with("--nat-gateway-id \"$nat_nat_1\""), "{told:#?}");
    }

    #[test]
    fn a_transit_gateway_is_joined_and_its_routes_replaced() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc-0a1b2c3d4e5f", &["10.0.0.0/16".parse().unwrap()]);
        let options = TransitGatewayOptions::default();
        let name = Name::from("tgw-0a1b2c3d4e5f");
        network.apply(TransitChange::CreateTransitGateway { name, options }.into()).unwrap();
        let gateway = network.transit_gateways().iter().next().unwrap().0;
        let table = network.transit_gateway_route_tables().iter().next().unwrap().0;
        let zone = crate::cloud::Zone("a".into());
        let cidr = "10.0.1.0/24".parse().unwrap();
        let name = Name::from("subnet-0a1b2c3d4e5f");
        let made = network.apply(Change::CreateSubnet { name, vpc, zone, cidr }).unwrap().made;
        let Some(Thing::Subnet(subnet)) = made else { panic!() };
        let door = network.transit_gateway_attachments().next_id();
        let name = "door".into();
        let destination = "10.9.0.0/16".parse().unwrap();
        let told = lines(
            &network,
            &[
                TransitChange::CreateTransitGatewayVpcAttachment {
                    name,
                    gateway,
                    vpc,
                    subnets: vec![subnet],
                }
                .into(),
                TransitChange::CreateTransitGatewayRoute { table, destination, attachment: None }
                    .into(),
                TransitChange::ReplaceTransitGatewayRoute {
                    table,
                    destination,
                    attachment: Some(door),
                }
                .into(),
            ],
        );
        let expected = "tgw_attach_door=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id tgw-0a1b2c3d4e5f --vpc-id vpc-0a1b2c3d4e5f --subnet-ids subnet-0a1b2c3d4e5f --tag-specifications";
        assert!(told[0].starts_with(expected), "{told:#?}");
        let last = told.last().unwrap();
        assert!(last.starts_with("aws ec2 replace-transit-gateway-route "), "{told:#?}");
        assert!(
            last.ends_with("--transit-gateway-attachment-id \"$tgw_attach_door\""),
            "{told:#?}"
        );
    }

    #[test]
    fn a_gateway_load_balancer_takes_all_there_is() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc-0a1b2c3d4e5f", &["10.0.0.0/16".parse().unwrap()]);
        let arn = "arn:aws:elasticloadbalancing:eu-west-1:1:";
        let name = format!("{arn}loadbalancer/gwy/g/1");
        let balancer = network.insert(unseen_gateway_balancer(&name, vpc));
        let group = network.insert(TargetGroup {
            name: format!("{arn}targetgroup/t/1").into(),
            vpc,
            protocol: ListenerProtocol::Geneve,
            port: 6081,
            kind: TargetKind::Ip,
            targets: Vec::new(),
            cross_zone: None,
            preserve_client_ip: None,
            health_check_port: None,
            ipv6: false,
        });
        let mut listener =
            Listener { protocol: ListenerProtocol::Geneve, port: 0, target_groups: vec![group] };
        let create = ServiceChange::CreateListener { balancer, listener: listener.clone() };
        let expected = format!(
            "aws elbv2 create-listener --load-balancer-arn {arn}loadbalancer/gwy/g/1 --default-actions Type=forward,TargetGroupArn={arn}targetgroup/t/1"
        );
        assert_eq!(lines(&network, &[create.into()]), [expected]);
        // One of the previous generation is told at which port its instances listen.
        network.update(balancer, |it: &mut LoadBalancer| {
            it.kind = LoadBalancerKind::Classic;
            it.name = "old".into();
        });
        network.update(group, |it: &mut TargetGroup| {
            it.protocol = ListenerProtocol::Tcp;
            it.port = 8080;
        });
        (listener.protocol, listener.port) = (ListenerProtocol::Tcp, 80);
        let create = ServiceChange::CreateListener { balancer, listener };
        let expected = "aws elb create-load-balancer-listeners --load-balancer-name old --listeners Protocol=TCP,LoadBalancerPort=80,InstanceProtocol=TCP,InstancePort=8080";
        assert_eq!(lines(&network, &[create.into()]), [expected]);
    }

    #[test]
    fn an_id_of_awss_needs_no_lookup() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc-0a1b2c3d4e5f", &["10.0.0.0/16".parse().unwrap()]);
        let on = Some(true);
        let change = Change::ModifyVpcAttribute { vpc, dns_support: on, dns_hostnames: None };
        let expected = "aws ec2 modify-vpc-attribute --vpc-id vpc-0a1b2c3d4e5f --enable-dns-support '{\"Value\":true}'";
        assert_eq!(lines(&network, &[change]), [expected]);
    }
}
