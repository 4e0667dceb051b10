//! Changes as commands of the AWS CLI that a person can paste into a shell.
//!
//! What has an id of AWS's is named by it; the rest is looked up by its name into a variable first,
//! and what is made on the way is kept in one. Everything that stems from a name is quoted, so that
//! a shell reads it as text
//! (<https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-quoting-strings.html>).

mod filters;
mod gateways;
mod lookup;
mod machines;
mod routing;
mod service;
mod transit;

use std::net::IpAddr;

use crate::cloud::{Change, Name, Network, Thing};
use lookup::{is_id, listed, place};

/// The commands for some changes, in their order: a list of lines for each. Of a change that AWS has
/// no command for, the list is empty. `id_of` says under which id AWS knows what is called so; the
/// name itself when it knows none.
pub fn commands(
    network: &Network,
    changes: &[Change],
    id_of: impl Fn(&str) -> String,
) -> Vec<Vec<String>> {
    let mut script =
        Script { network: network.clone(), id_of: &id_of, known: Vec::new(), lines: Vec::new() };
    changes
        .iter()
        .map(|change| {
            script.change(change);
            if let Ok(applied) = script.network.apply(change.clone())
                && let Some(made) = applied.made
            {
                // The command kept its id in the variable that it will be asked for by.
                let variable = script.variable(made);
                script.known.push((made, format!("\"${variable}\"")));
            }
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

struct Script<'n> {
    /// As it is before the change at hand.
    network: Network,
    id_of: &'n dyn Fn(&str) -> String,
    /// What is named how.
    known: Vec<(Thing, String)>,
    lines: Vec<String>,
}

impl Script<'_> {
    fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
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
        let named = if id != name || is_id(&id) {
            quoted(&id)
        } else {
            let variable = self.variable(thing);
            let lookup = self.lookup(thing, &name);
            self.say(format!("{variable}=$({lookup} --output text)"));
            format!("\"${variable}\"")
        };
        self.known.push((thing, named.clone()));
        named
    }

    fn lookup(&self, thing: Thing, name: &str) -> String {
        let Some((_, command, filter, query)) = listed(thing) else {
            return format!("echo {}", quoted(name));
        };
        match (thing, filter) {
            (_, "") => format!("aws {command} --names {} --query {}", quoted(name), quoted(query)),
            (Thing::Interface(id), _) => {
                let address = self.network.interfaces().get(id).and_then(|it| it.addresses.first());
                let address = address.map_or_else(String::new, IpAddr::to_string);
                let filter = quoted(&format!("Name=addresses.private-ip-address,Values={address}"));
                format!("aws {command} --filters {filter} --query {}", quoted(query))
            }
            _ => {
                let option =
                    if matches!(thing, Thing::NatGateway(_)) { "--filter" } else { "--filters" };
                let filter = quoted(&format!("Name={filter},Values={name}"));
                format!("aws {command} {option} {filter} --query {}", quoted(query))
            }
        }
    }

    /// A command that makes something, and keeps its id.
    fn make(&mut self, thing: Thing, name: &Name, command: &str, query: &str) {
        let prefix = listed(thing).map_or("it", |it| it.0);
        let plain: String =
            name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
        let unlike = plain.chars().any(|it| it.is_ascii_alphanumeric())
            && self.network.find(name).next().is_none();
        let variable = if unlike {
            format!("{prefix}_{plain}")
        } else {
            format!("{prefix}_{plain}_{}", place(thing))
        };
        self.say(format!("{variable}=$(aws {command} --query {} --output text)", quoted(query)));
    }

    fn tags(kind: &str, name: &Name) -> String {
        let tag = format!("ResourceType={kind},Tags=[{{Key=Name,Value={name}}}]");
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

    // ---- routes

    // ---- filters

    // ---- machines

    // ---- gateways, peerings, endpoints

    // ---- services

    // ---- transit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cloud::Target, net::Cidr};

    fn lines(network: &Network, changes: &[Change]) -> Vec<String> {
        commands(network, changes, str::to_owned).concat()
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
    fn an_id_of_awss_needs_no_lookup() {
        let mut network = Network::new();
        let vpc = network.insert_vpc("vpc-0a1b2c3d4e5f", &["10.0.0.0/16".parse().unwrap()]);
        let on = Some(true);
        let change = Change::ModifyVpcAttribute { vpc, dns_support: on, dns_hostnames: None };
        let expected = "aws ec2 modify-vpc-attribute --vpc-id vpc-0a1b2c3d4e5f --enable-dns-support '{\"Value\":true}'";
        assert_eq!(lines(&network, &[change]), [expected]);
    }
}
