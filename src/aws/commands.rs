//! Changes as commands of the AWS CLI that a person can paste into a shell.
//!
//! What has an id of AWS's is named by it; the rest is looked up by its name into a variable first,
//! and what is made on the way is kept in one. Everything that stems from a name is quoted, so that
//! a shell reads it as text
//! (<https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-quoting-strings.html>).

use std::net::IpAddr;

use crate::{
    cloud::{
        AclAction, BlockMode, Change, Connectivity, Direction, EndpointPolicy, EndpointTo,
        Exclusion, ExclusionMode, ExclusionOf, InterfaceId, Listener, LoadBalancerId, Name,
        Network, Peer, Registered, RouteTableId, SecurityGroupId, SecurityGroupRule, ServiceChange,
        SubnetId, Target, Thing, TransitChange,
    },
    net::{Cidr, Protocol},
};

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

/// `(prefix of variables, command, filter, query)` for what the EC2 API lists.
type Listed = (&'static str, &'static str, &'static str, &'static str);

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

    fn routing(&mut self, change: &Change) {
        match change {
            Change::CreateRouteTable { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let tags = Self::tags("route-table", name);
                let thing = Thing::RouteTable(self.network.route_tables().next_id());
                let command = format!("ec2 create-route-table --vpc-id {vpc} {tags}");
                self.make(thing, name, &command, "RouteTable.RouteTableId");
            }
            Change::AssociateRouteTable { subnet, table } => self.associate_table(*subnet, *table),
            Change::ReplaceMainRouteTable { vpc, table } => {
                let (vpc, table) = (self.id(Thing::Vpc(*vpc)), self.id(Thing::RouteTable(*table)));
                let find = format!(
                    "aws ec2 describe-route-tables --filters Name=association.main,Values=true Name=vpc-id,Values={vpc} --query 'RouteTables[0].Associations[?Main].RouteTableAssociationId' --output text"
                );
                self.say(format!(
                    "aws ec2 replace-route-table-association --association-id \"$({find})\" --route-table-id {table}"
                ));
            }
            Change::CreateRoute { table, destination, target }
            | Change::ReplaceRoute { table, destination, target } => {
                let verb =
                    if matches!(change, Change::CreateRoute { .. }) { "create" } else { "replace" };
                let to = self.target(target);
                let table = self.id(Thing::RouteTable(*table));
                let destination = to_block(*destination);
                self.say(format!(
                    "aws ec2 {verb}-route --route-table-id {table} {destination} {to}"
                ));
            }
            Change::DeleteRoute { table, destination } => {
                let table = self.id(Thing::RouteTable(*table));
                let destination = to_block(*destination);
                self.say(format!("aws ec2 delete-route --route-table-id {table} {destination}"));
            }
            _ => {}
        }
    }

    fn associate_table(&mut self, subnet: SubnetId, table: Option<RouteTableId>) {
        let explicit = self.network.subnets()[subnet].route_table.is_some();
        let subnet = self.id(Thing::Subnet(subnet));
        let association = format!(
            "\"$(aws ec2 describe-route-tables --filters Name=association.subnet-id,Values={subnet} --query \"RouteTables[0].Associations[?SubnetId=='{}'].RouteTableAssociationId\" --output text)\"",
            subnet.trim_matches('"')
        );
        match table.map(|it| self.id(Thing::RouteTable(it))) {
            Some(table) if explicit => self.say(format!(
                "aws ec2 replace-route-table-association --association-id {association} --route-table-id {table}"
            )),
            Some(table) => self.say(format!(
                "aws ec2 associate-route-table --subnet-id {subnet} --route-table-id {table}"
            )),
            None => self.say(format!(
                "aws ec2 disassociate-route-table --association-id {association}"
            )),
        }
    }

    fn target(&mut self, target: &Target) -> String {
        let (option, thing) = match *target {
            Target::Local => return "--local-target".to_owned(),
            Target::Gone(_) => return String::new(),
            Target::InternetGateway(id) => ("--gateway-id", Thing::InternetGateway(id)),
            Target::VirtualPrivateGateway(id) => ("--gateway-id", Thing::VirtualPrivateGateway(id)),
            Target::EgressOnlyGateway(id) => {
                ("--egress-only-internet-gateway-id", Thing::EgressOnlyGateway(id))
            }
            Target::NatGateway(id) => ("--nat-gateway-id", Thing::NatGateway(id)),
            Target::Peering(id) => ("--vpc-peering-connection-id", Thing::Peering(id)),
            Target::GatewayEndpoint(id) => ("--vpc-endpoint-id", Thing::GatewayEndpoint(id)),
            Target::TransitGateway(id) => ("--transit-gateway-id", Thing::TransitGateway(id)),
            Target::Interface(id) => match self.network.gateway_load_balancer_endpoint_of(id) {
                Some(endpoint) => ("--vpc-endpoint-id", Thing::InterfaceEndpoint(endpoint)),
                None => ("--network-interface-id", Thing::Interface(id)),
            },
        };
        format!("{option} {}", self.id(thing))
    }

    // ---- filters

    fn filters(&mut self, change: &Change) {
        match change {
            Change::CreateSecurityGroup { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::SecurityGroup(self.network.security_groups().next_id());
                let word = quoted(name);
                let command = format!(
                    "ec2 create-security-group --group-name {word} --description {word} --vpc-id {vpc}"
                );
                self.make(thing, name, &command, "GroupId");
            }
            Change::AuthorizeSecurityGroup { group, direction, rule } => {
                self.rule("authorize", *group, *direction, rule);
            }
            Change::RevokeSecurityGroup { group, direction, rule } => {
                self.rule("revoke", *group, *direction, rule);
            }
            Change::ModifySecurityGroupRule { group, direction, rule, new } => {
                self.modify_rule(*group, *direction, rule, new);
            }
            Change::CreateNetworkAcl { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::NetworkAcl(self.network.network_acls().next_id());
                let tags = Self::tags("network-acl", name);
                let command = format!("ec2 create-network-acl --vpc-id {vpc} {tags}");
                self.make(thing, name, &command, "NetworkAcl.NetworkAclId");
            }
            Change::AssociateNetworkAcl { subnet, acl } => {
                let vpc = self.network.subnets()[*subnet].vpc;
                let acl = acl.unwrap_or(self.network.vpcs()[vpc].default_network_acl);
                let (subnet, acl) =
                    (self.id(Thing::Subnet(*subnet)), self.id(Thing::NetworkAcl(acl)));
                let bare = subnet.trim_matches('"').to_owned();
                self.say(format!(
                    "aws ec2 replace-network-acl-association --association-id \"$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values={subnet} --query \"NetworkAcls[0].Associations[?SubnetId=='{bare}'].NetworkAclAssociationId\" --output text)\" --network-acl-id {acl}"
                ));
            }
            Change::CreateNetworkAclEntry { acl, direction, entry }
            | Change::ReplaceNetworkAclEntry { acl, direction, entry } => {
                let new = matches!(change, Change::CreateNetworkAclEntry { .. });
                let verb = if new { "create" } else { "replace" };
                let acl = self.id(Thing::NetworkAcl(*acl));
                let protocol =
                    entry.protocol.map_or_else(|| "-1".to_owned(), |it| it.0.to_string());
                let more = match entry.protocol {
                    Some(it) if it.has_ports() => {
                        format!(" --port-range From={},To={}", entry.ports.low, entry.ports.high)
                    }
                    Some(it) if it.is_icmp() => " --icmp-type-code Code=-1,Type=-1".to_owned(),
                    _ => String::new(),
                };
                let block = if entry.cidr.is_ipv4() { "--cidr-block" } else { "--ipv6-cidr-block" };
                let action = if entry.action == AclAction::Allow { "allow" } else { "deny" };
                let (way, cidr, number) = (acl_way(*direction), entry.cidr, entry.number);
                self.say(format!(
                    "aws ec2 {verb}-network-acl-entry --network-acl-id {acl} {way} --rule-number {number} --rule-action {action} --protocol {protocol}{more} {block} {cidr}"
                ));
            }
            Change::DeleteNetworkAclEntry { acl, direction, number } => {
                let (acl, way) = (self.id(Thing::NetworkAcl(*acl)), acl_way(*direction));
                self.say(format!(
                    "aws ec2 delete-network-acl-entry --network-acl-id {acl} {way} --rule-number {number}"
                ));
            }
            _ => {}
        }
    }

    fn rule(
        &mut self,
        verb: &str,
        group: SecurityGroupId,
        direction: Direction,
        rule: &SecurityGroupRule,
    ) {
        let way = if direction == Direction::Ingress { "ingress" } else { "egress" };
        let (protocol, ports) = traffic(rule);
        let ports = ports.map_or_else(
            || format!("IpProtocol={protocol}"),
            |(low, high)| format!("IpProtocol={protocol},FromPort={low},ToPort={high}"),
        );
        // Between double quotes a variable counts, and nothing else here needs a quote.
        let peer = match rule.peer {
            Peer::Cidr(it) if it.is_ipv4() => format!("IpRanges=[{{CidrIp={it}}}]"),
            Peer::Cidr(it) => format!("Ipv6Ranges=[{{CidrIpv6={it}}}]"),
            Peer::Group(it) => {
                let id = self.id(Thing::SecurityGroup(it));
                format!("UserIdGroupPairs=[{{GroupId={}}}]", id.trim_matches('"'))
            }
            Peer::PrefixList(it) => {
                let id = self.id(Thing::PrefixList(it));
                format!("PrefixListIds=[{{PrefixListId={}}}]", id.trim_matches('"'))
            }
        };
        let group = self.id(Thing::SecurityGroup(group));
        self.say(format!(
            "aws ec2 {verb}-security-group-{way} --group-id {group} --ip-permissions \"{ports},{peer}\""
        ));
    }

    /// A rule is named by an id of its own, which a question about what it says finds out.
    fn modify_rule(
        &mut self,
        group: SecurityGroupId,
        direction: Direction,
        rule: &SecurityGroupRule,
        new: &SecurityGroupRule,
    ) {
        let group = self.id(Thing::SecurityGroup(group));
        let (key, far) = self.peer(new.peer);
        let far = far.trim_matches('"');
        let (protocol, ports) = traffic(new);
        let ports =
            ports.map(|(low, high)| format!(",FromPort={low},ToPort={high}")).unwrap_or_default();
        let found = self.found_rule(direction, rule);
        self.say(format!(
            "aws ec2 modify-security-group-rules --group-id {group} --security-group-rules \"SecurityGroupRuleId=$(aws ec2 describe-security-group-rules --filters Name=group-id,Values={group} --query \"SecurityGroupRules[?{found}].SecurityGroupRuleId\" --output text),SecurityGroupRule={{IpProtocol={protocol}{ports},{key}={far}}}\""
        ));
    }

    /// What tells a rule from the others of its group, as a filter of the CLI.
    fn found_rule(&mut self, direction: Direction, rule: &SecurityGroupRule) -> String {
        let out = if direction == Direction::Ingress { "!IsEgress" } else { "IsEgress" };
        let (protocol, ports) = traffic(rule);
        let ports = ports
            .map(|(low, high)| format!(" && FromPort==\\`{low}\\` && ToPort==\\`{high}\\`"))
            .unwrap_or_default();
        let (key, far) = self.peer(rule.peer);
        let key =
            if matches!(rule.peer, Peer::Group(_)) { "ReferencedGroupInfo.GroupId" } else { key };
        let far = far.trim_matches('"');
        format!("{out} && IpProtocol=='{protocol}'{ports} && {key}=='{far}'")
    }

    /// What a rule is for: the key that the API has for it, and its name.
    fn peer(&mut self, peer: Peer) -> (&'static str, String) {
        match peer {
            Peer::Cidr(it) if it.is_ipv4() => ("CidrIpv4", it.to_string()),
            Peer::Cidr(it) => ("CidrIpv6", it.to_string()),
            Peer::Group(it) => ("ReferencedGroupId", self.id(Thing::SecurityGroup(it))),
            Peer::PrefixList(it) => ("PrefixListId", self.id(Thing::PrefixList(it))),
        }
    }

    // ---- machines

    fn interface(&mut self, id: InterfaceId) -> String {
        self.id(Thing::Interface(id))
    }

    fn machines(&mut self, change: &Change) {
        match change {
            Change::StartInstance { instance } => {
                let id = self.id(Thing::Instance(*instance));
                self.say(format!("aws ec2 start-instances --instance-ids {id}"));
            }
            Change::StopInstance { instance } => {
                let id = self.id(Thing::Instance(*instance));
                self.say(format!("aws ec2 stop-instances --instance-ids {id}"));
            }
            Change::ModifyInterfaceGroups { interface, groups } => {
                let groups = self.ids(groups, Thing::SecurityGroup);
                let id = self.interface(*interface);
                self.say(format!(
                    "aws ec2 modify-network-interface-attribute --network-interface-id {id} --groups {groups}"
                ));
            }
            Change::ModifySourceDestCheck { interface, on } => {
                let (id, no) = (self.interface(*interface), if *on { "" } else { "no-" });
                self.say(format!(
                    "aws ec2 modify-network-interface-attribute --network-interface-id {id} --{no}source-dest-check"
                ));
            }
            Change::AssociateAddress { interface, .. } => {
                let id = self.interface(*interface);
                let allocate =
                    "aws ec2 allocate-address --domain vpc --query AllocationId --output text";
                self.say(format!(
                    "aws ec2 associate-address --network-interface-id {id} --allocation-id \"$({allocate})\""
                ));
            }
            Change::DisassociateAddress { interface } => {
                let id = self.interface(*interface);
                self.say(format!(
                    "aws ec2 disassociate-address --association-id \"$(aws ec2 describe-network-interfaces --network-interface-ids {id} --query 'NetworkInterfaces[0].Association.AssociationId' --output text)\""
                ));
            }
            Change::AssociateAddressWith { interface, private, .. } => {
                let id = self.interface(*interface);
                let allocate =
                    "aws ec2 allocate-address --domain vpc --query AllocationId --output text";
                self.say(format!(
                    "aws ec2 associate-address --network-interface-id {id} --private-ip-address {private} --allocation-id \"$({allocate})\""
                ));
            }
            Change::DisassociateAddressOf { interface, private } => {
                let id = self.interface(*interface);
                self.say(format!(
                    "aws ec2 disassociate-address --association-id \"$(aws ec2 describe-network-interfaces --network-interface-ids {id} --query \"NetworkInterfaces[0].PrivateIpAddresses[?PrivateIpAddress=='{private}'].Association.AssociationId\" --output text)\""
                ));
            }
            Change::AssignPrivateAddress { interface, address } => {
                let id = self.interface(*interface);
                let which = match address {
                    Some(it) => format!("--private-ip-addresses {it}"),
                    None => "--secondary-private-ip-address-count 1".to_owned(),
                };
                self.say(format!(
                    "aws ec2 assign-private-ip-addresses --network-interface-id {id} {which}"
                ));
            }
            Change::UnassignPrivateAddress { interface, address } => {
                let id = self.interface(*interface);
                self.say(format!(
                    "aws ec2 unassign-private-ip-addresses --network-interface-id {id} --private-ip-addresses {address}"
                ));
            }
            Change::AssignIpv6Address { interface, address } => {
                let id = self.interface(*interface);
                let which = match address {
                    Some(it) => format!("--ipv6-addresses {it}"),
                    None => "--ipv6-address-count 1".to_owned(),
                };
                self.say(format!(
                    "aws ec2 assign-ipv6-addresses --network-interface-id {id} {which}"
                ));
            }
            Change::UnassignIpv6Address { interface, address } => {
                let id = self.interface(*interface);
                self.say(format!(
                    "aws ec2 unassign-ipv6-addresses --network-interface-id {id} --ipv6-addresses {address}"
                ));
            }
            Change::AttachInterface { interface, instance } => {
                let (id, to) = (self.interface(*interface), self.id(Thing::Instance(*instance)));
                self.say(format!(
                    "aws ec2 attach-network-interface --network-interface-id {id} --instance-id {to} --device-index 1"
                ));
            }
            _ => {}
        }
    }

    // ---- gateways, peerings, endpoints

    fn gateways(&mut self, change: &Change) {
        match change {
            Change::CreateInternetGateway { name } => {
                let thing = Thing::InternetGateway(self.network.internet_gateways().next_id());
                let tags = Self::tags("internet-gateway", name);
                let command = format!("ec2 create-internet-gateway {tags}");
                self.make(thing, name, &command, "InternetGateway.InternetGatewayId");
            }
            Change::AttachInternetGateway { gateway, vpc } => {
                let (id, vpc) =
                    (self.id(Thing::InternetGateway(*gateway)), self.id(Thing::Vpc(*vpc)));
                self.say(format!(
                    "aws ec2 attach-internet-gateway --internet-gateway-id {id} --vpc-id {vpc}"
                ));
            }
            Change::DetachInternetGateway { gateway } => {
                let vpc = self.network.internet_gateways().get(*gateway).and_then(|it| it.vpc);
                let id = self.id(Thing::InternetGateway(*gateway));
                let vpc = vpc.map_or_else(String::new, |it| self.id(Thing::Vpc(it)));
                self.say(format!(
                    "aws ec2 detach-internet-gateway --internet-gateway-id {id} --vpc-id {vpc}"
                ));
            }
            Change::CreateEgressOnlyGateway { name, vpc } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::EgressOnlyGateway(self.network.egress_only_gateways().next_id());
                let tags = Self::tags("egress-only-internet-gateway", name);
                let command =
                    format!("ec2 create-egress-only-internet-gateway --vpc-id {vpc} {tags}");
                let query = "EgressOnlyInternetGateway.EgressOnlyInternetGatewayId";
                self.make(thing, name, &command, query);
            }
            Change::DeleteEgressOnlyGateway { gateway } => {
                let id = self.id(Thing::EgressOnlyGateway(*gateway));
                self.say(format!(
                    "aws ec2 delete-egress-only-internet-gateway --egress-only-internet-gateway-id {id}"
                ));
            }
            Change::CreateNatGateway { name, subnet, connectivity, .. } => {
                let subnet = self.id(Thing::Subnet(*subnet));
                let thing = Thing::NatGateway(self.network.nat_gateways().next_id());
                let how = match connectivity {
                    Connectivity::Public => {
                        "--allocation-id \"$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)\""
                    }
                    Connectivity::Private => "--connectivity-type private",
                };
                let tags = Self::tags("natgateway", name);
                let command = format!("ec2 create-nat-gateway --subnet-id {subnet} {how} {tags}");
                self.make(thing, name, &command, "NatGateway.NatGatewayId");
            }
            Change::DeleteNatGateway { gateway } => {
                let id = self.id(Thing::NatGateway(*gateway));
                self.say(format!("aws ec2 delete-nat-gateway --nat-gateway-id {id}"));
            }
            Change::CreatePeering { name, requester, accepter } => {
                let (near, far) = (self.id(Thing::Vpc(*requester)), self.id(Thing::Vpc(*accepter)));
                let thing = Thing::Peering(self.network.peerings().next_id());
                let tags = Self::tags("vpc-peering-connection", name);
                let command = format!(
                    "ec2 create-vpc-peering-connection --vpc-id {near} --peer-vpc-id {far} {tags}"
                );
                self.make(thing, name, &command, "VpcPeeringConnection.VpcPeeringConnectionId");
            }
            Change::AcceptPeering { peering } => self.peering("accept", Thing::Peering(*peering)),
            Change::RejectPeering { peering } => self.peering("reject", Thing::Peering(*peering)),
            Change::DeletePeering { peering } => self.peering("delete", Thing::Peering(*peering)),
            Change::ModifyBlockPublicAccess { mode } => {
                let mode = match mode {
                    BlockMode::Off => "off",
                    BlockMode::Ingress => "block-ingress",
                    BlockMode::Bidirectional => "block-bidirectional",
                };
                self.say(format!(
                    "aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode {mode}"
                ));
            }
            Change::PutExclusion { exclusion: Exclusion { of, mode } } => {
                let of = self.exclusion(*of);
                let mode = match mode {
                    ExclusionMode::AllowEgress => "allow-egress",
                    ExclusionMode::AllowBidirectional => "allow-bidirectional",
                };
                self.say(format!(
                    "aws ec2 create-vpc-block-public-access-exclusion {of} --internet-gateway-exclusion-mode {mode}"
                ));
            }
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                for (option, value) in
                    [("enable-dns-support", dns_support), ("enable-dns-hostnames", dns_hostnames)]
                {
                    if let Some(value) = value {
                        self.say(format!(
                            "aws ec2 modify-vpc-attribute --vpc-id {vpc} --{option} '{{\"Value\":{value}}}'"
                        ));
                    }
                }
            }
            Change::AssociateSubnetCidrBlock { subnet, cidr } => {
                let id = self.id(Thing::Subnet(*subnet));
                self.say(format!(
                    "aws ec2 associate-subnet-cidr-block --subnet-id {id} --ipv6-cidr-block {cidr}"
                ));
            }
            other => self.gateway_endpoint(other),
        }
    }

    fn exclusion(&mut self, of: ExclusionOf) -> String {
        match of {
            ExclusionOf::Vpc(it) => format!("--vpc-id {}", self.id(Thing::Vpc(it))),
            ExclusionOf::Subnet(it) => format!("--subnet-id {}", self.id(Thing::Subnet(it))),
        }
    }

    fn peering(&mut self, verb: &str, thing: Thing) {
        let id = self.id(thing);
        self.say(format!("aws ec2 {verb}-vpc-peering-connection --vpc-peering-connection-id {id}"));
    }

    fn gateway_endpoint(&mut self, change: &Change) {
        match change {
            Change::CreateGatewayEndpoint { name, vpc, list, tables } => {
                let (vpc, list) = (self.id(Thing::Vpc(*vpc)), self.id(Thing::PrefixList(*list)));
                let tables = self.ids(tables, Thing::RouteTable);
                let thing = Thing::GatewayEndpoint(self.network.gateway_endpoints().next_id());
                let tags = Self::tags("vpc-endpoint", name);
                // AWS calls the list as it calls the service.
                let service = format!(
                    "\"$(aws ec2 describe-managed-prefix-lists --prefix-list-ids {list} --query 'PrefixLists[0].PrefixListName' --output text)\""
                );
                let command = format!(
                    "ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id {vpc} --service-name {service} --route-table-ids {tables} {tags}"
                );
                self.make(thing, name, &command, "VpcEndpoint.VpcEndpointId");
            }
            Change::ModifyGatewayEndpoint { endpoint, tables } => {
                let old = self.network.gateway_endpoints().get(*endpoint);
                let old = old.map_or_else(Vec::new, |it| it.route_tables.clone());
                let id = self.id(Thing::GatewayEndpoint(*endpoint));
                for (option, list) in [
                    ("add", tables.iter().filter(|it| !old.contains(it)).copied().collect()),
                    (
                        "remove",
                        old.iter().filter(|it| !tables.contains(it)).copied().collect::<Vec<_>>(),
                    ),
                ] {
                    if !list.is_empty() {
                        let list = self.ids(&list, Thing::RouteTable);
                        self.say(format!(
                            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --{option}-route-table-ids {list}"
                        ));
                    }
                }
            }
            Change::ModifyGatewayEndpointPolicy { endpoint, policy } => {
                let id = self.id(Thing::GatewayEndpoint(*endpoint));
                self.policy(&id, *policy);
            }
            Change::DeleteGatewayEndpoint { endpoint } => {
                let id = self.id(Thing::GatewayEndpoint(*endpoint));
                self.say(format!("aws ec2 delete-vpc-endpoints --vpc-endpoint-ids {id}"));
            }
            _ => {}
        }
    }

    fn policy(&mut self, id: &str, policy: EndpointPolicy) {
        let how = match policy {
            EndpointPolicy::Allows => "--reset-policy".to_owned(),
            EndpointPolicy::Denies => "--policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}'".to_owned(),
        };
        self.say(format!("aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} {how}"));
    }

    // ---- services

    fn service(&mut self, change: &ServiceChange) {
        use ServiceChange as S;
        match change {
            S::CreateTargetGroup { name, vpc, protocol, port, kind, ipv6 } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::TargetGroup(self.network.target_groups().next_id());
                let (name_word, protocol) = (quoted(name), protocol.as_str().to_ascii_uppercase());
                let kind = kind.as_str();
                let family = if *ipv6 { " --ip-address-type ipv6" } else { "" };
                let command = format!(
                    "elbv2 create-target-group --name {name_word} --vpc-id {vpc} --protocol {protocol} --port {port} --target-type {kind}{family}"
                );
                self.make(thing, name, &command, "TargetGroups[0].TargetGroupArn");
            }
            S::RegisterTarget { group, target } => {
                let id = self.registered(target.target);
                let port = target.port.map_or_else(String::new, |it| format!(",Port={it}"));
                let group = self.id(Thing::TargetGroup(*group));
                self.say(format!(
                    "aws elbv2 register-targets --target-group-arn {group} --targets Id={id}{port}"
                ));
            }
            S::DeregisterTarget { group, target, port } => {
                let id = self.registered(*target);
                let port = port.map_or_else(String::new, |it| format!(",Port={it}"));
                let group = self.id(Thing::TargetGroup(*group));
                self.say(format!(
                    "aws elbv2 deregister-targets --target-group-arn {group} --targets Id={id}{port}"
                ));
            }
            S::CreateListener { balancer, listener } => self.listener(*balancer, listener),
            S::ModifyListener { balancer, port, target_groups } => {
                let groups = self.actions(target_groups);
                let listener = self.listener_arn(*balancer, *port);
                self.say(format!(
                    "aws elbv2 modify-listener --listener-arn {listener} --default-actions {groups}"
                ));
            }
            S::DeleteListener { balancer, port } => {
                let listener = self.listener_arn(*balancer, *port);
                self.say(format!("aws elbv2 delete-listener --listener-arn {listener}"));
            }
            S::SetSubnets { balancer, subnets } => {
                let subnets = self.ids(subnets, Thing::Subnet);
                let id = self.id(Thing::LoadBalancer(*balancer));
                self.say(format!(
                    "aws elbv2 set-subnets --load-balancer-arn {id} --subnets {subnets}"
                ));
            }
            S::SetSecurityGroups { balancer, groups } => {
                let groups = self.ids(groups, Thing::SecurityGroup);
                let id = self.id(Thing::LoadBalancer(*balancer));
                self.say(format!(
                    "aws elbv2 set-security-groups --load-balancer-arn {id} --security-groups {groups}"
                ));
            }
            S::SetIpAddressType { balancer, address_type } => {
                let id = self.id(Thing::LoadBalancer(*balancer));
                let which = address_type.as_str();
                self.say(format!(
                    "aws elbv2 set-ip-address-type --load-balancer-arn {id} --ip-address-type {which}"
                ));
            }
            S::ModifyLoadBalancerAttributes { balancer, cross_zone } => {
                let id = self.id(Thing::LoadBalancer(*balancer));
                self.say(format!(
                    "aws elbv2 modify-load-balancer-attributes --load-balancer-arn {id} --attributes Key=load_balancing.cross_zone.enabled,Value={cross_zone}"
                ));
            }
            S::ModifyTargetGroupAttributes { group, cross_zone, preserve_client_ip } => {
                let id = self.id(Thing::TargetGroup(*group));
                let attributes = [
                    ("load_balancing.cross_zone.enabled", cross_zone),
                    ("preserve_client_ip.enabled", preserve_client_ip),
                ];
                let attributes: Vec<String> = attributes
                    .iter()
                    .filter_map(|(key, value)| value.map(|it| format!("Key={key},Value={it}")))
                    .collect();
                self.say(format!(
                    "aws elbv2 modify-target-group-attributes --target-group-arn {id} --attributes {}",
                    attributes.join(" ")
                ));
            }
            S::ModifyDatabase { database, public } => {
                let name = quoted(&(self.id_of)(&self.name(Thing::Database(*database))));
                let no = if *public { "" } else { "no-" };
                self.say(format!(
                    "aws rds modify-db-instance --db-instance-identifier {name} --{no}publicly-accessible --apply-immediately"
                ));
            }
            other => self.endpoint(other),
        }
    }

    fn listener(&mut self, balancer: LoadBalancerId, listener: &Listener) {
        let groups = self.actions(&listener.target_groups);
        let id = self.id(Thing::LoadBalancer(balancer));
        let protocol = listener.protocol.as_str().to_ascii_uppercase();
        // TLS ends at the load balancer, so it needs a certificate, which nobody here knows.
        let certificate = if matches!(&*protocol, "HTTPS" | "TLS") {
            " --certificates CertificateArn=\"${CERTIFICATE_ARN:?}\""
        } else {
            ""
        };
        self.say(format!(
            "aws elbv2 create-listener --load-balancer-arn {id} --protocol {protocol} --port {}{certificate} --default-actions {groups}",
            listener.port
        ));
    }

    fn actions(&mut self, groups: &[crate::cloud::TargetGroupId]) -> String {
        let group = groups.first().map(|it| self.id(Thing::TargetGroup(*it)));
        format!("Type=forward,TargetGroupArn={}", group.unwrap_or_default())
    }

    fn listener_arn(&mut self, balancer: LoadBalancerId, port: u16) -> String {
        let id = self.id(Thing::LoadBalancer(balancer));
        format!(
            "\"$(aws elbv2 describe-listeners --load-balancer-arn {id} --query 'Listeners[?Port==`{port}`]|[0].ListenerArn' --output text)\""
        )
    }

    fn registered(&mut self, target: Registered) -> String {
        match target {
            Registered::Instance(it) => self.id(Thing::Instance(it)),
            Registered::Address(it) => it.to_string(),
            Registered::LoadBalancer(it) => self.id(Thing::LoadBalancer(it)),
            Registered::Function(it) => self.id(Thing::Function(it)),
        }
    }

    fn endpoint(&mut self, change: &ServiceChange) {
        use ServiceChange as S;
        match change {
            S::CreateInterfaceEndpoint { name, to, subnets, groups, private_dns } => {
                let EndpointTo::Service(service) = *to else { return };
                let Some(&first) = subnets.first() else { return };
                let vpc = self.id(Thing::Vpc(self.network.subnets()[first].vpc));
                let (subnets, groups) =
                    (self.ids(subnets, Thing::Subnet), self.ids(groups, Thing::SecurityGroup));
                let kind = self.network.services()[service].kind.as_str();
                let thing = Thing::InterfaceEndpoint(self.network.interface_endpoints().next_id());
                let (tags, no) =
                    (Self::tags("vpc-endpoint", name), if *private_dns { "" } else { "no-" });
                let groups = if groups.is_empty() {
                    String::new()
                } else {
                    format!(" --security-group-ids {groups}")
                };
                let command = format!(
                    "ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id {vpc} --service-name \"com.amazonaws.$(aws configure get region).{kind}\" --subnet-ids {subnets}{groups} --{no}private-dns-enabled {tags}"
                );
                self.make(thing, name, &command, "VpcEndpoint.VpcEndpointId");
            }
            S::ModifyInterfaceEndpoint { endpoint, private_dns, policy, groups } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                if let Some(on) = private_dns {
                    let no = if *on { "" } else { "no-" };
                    self.say(format!(
                        "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --{no}private-dns-enabled"
                    ));
                }
                if let Some(policy) = policy {
                    self.policy(&id, *policy);
                }
                if let Some(groups) = groups {
                    let row = self.network.interface_endpoints().get(*endpoint);
                    let first = row.and_then(|it| it.interfaces.first().copied());
                    let old = first.and_then(|it| self.network.interfaces().get(it));
                    let old = old.map_or_else(Vec::new, |it| it.security_groups.clone());
                    for (option, list) in [
                        ("add", groups.iter().filter(|it| !old.contains(it)).copied().collect()),
                        (
                            "remove",
                            old.iter()
                                .filter(|it| !groups.contains(it))
                                .copied()
                                .collect::<Vec<_>>(),
                        ),
                    ] {
                        if !list.is_empty() {
                            let list = self.ids(&list, Thing::SecurityGroup);
                            self.say(format!(
                                "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --{option}-security-group-ids {list}"
                            ));
                        }
                    }
                }
            }
            S::DeleteInterfaceEndpoint { endpoint } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                self.say(format!("aws ec2 delete-vpc-endpoints --vpc-endpoint-ids {id}"));
            }
            S::AcceptEndpoint { endpoint } => {
                let id = self.id(Thing::InterfaceEndpoint(*endpoint));
                let service = format!(
                    "\"$(aws ec2 describe-vpc-endpoint-connections --filters Name=vpc-endpoint-id,Values={id} --query 'VpcEndpointConnections[0].ServiceId' --output text)\""
                );
                self.say(format!(
                    "aws ec2 accept-vpc-endpoint-connections --service-id {service} --vpc-endpoint-ids {id}"
                ));
            }
            _ => {}
        }
    }

    // ---- transit

    fn transit(&mut self, change: &TransitChange) {
        use TransitChange as T;
        let table_of = Thing::TransitGatewayRouteTable;
        let door_of = Thing::TransitGatewayAttachment;
        match change {
            T::AcceptTransitGatewayAttachment { attachment } => {
                let id = self.id(door_of(*attachment));
                self.say(format!(
                    "aws ec2 accept-transit-gateway-vpc-attachment --transit-gateway-attachment-id {id}"
                ));
            }
            T::AssociateTransitGatewayRouteTable { attachment, table } => {
                self.join(
                    "associate-transit-gateway-route-table",
                    door_of(*attachment),
                    table_of(*table),
                );
            }
            T::DisassociateTransitGatewayRouteTable { attachment, table } => {
                self.join(
                    "disassociate-transit-gateway-route-table",
                    door_of(*attachment),
                    table_of(*table),
                );
            }
            T::EnableTransitGatewayRouteTablePropagation { attachment, table } => {
                let verb = "enable-transit-gateway-route-table-propagation";
                self.join(verb, door_of(*attachment), table_of(*table));
            }
            T::CreateTransitGatewayRoute { table, destination, attachment } => {
                let table = self.id(table_of(*table));
                let to = match attachment {
                    Some(it) => {
                        format!("--transit-gateway-attachment-id {}", self.id(door_of(*it)))
                    }
                    None => "--blackhole".to_owned(),
                };
                self.say(format!(
                    "aws ec2 create-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination} {to}"
                ));
            }
            T::DeleteTransitGatewayRoute { table, destination } => {
                let table = self.id(table_of(*table));
                self.say(format!(
                    "aws ec2 delete-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination}"
                ));
            }
            T::AttachVpnGateway { gateway, vpc } | T::DetachVpnGateway { gateway, vpc } => {
                let attach = matches!(change, T::AttachVpnGateway { .. });
                let verb = if attach { "attach" } else { "detach" };
                let (id, vpc) =
                    (self.id(Thing::VirtualPrivateGateway(*gateway)), self.id(Thing::Vpc(*vpc)));
                self.say(format!(
                    "aws ec2 {verb}-vpn-gateway --vpn-gateway-id {id} --vpc-id {vpc}"
                ));
            }
            T::AssociateVgwRouteTable { gateway, table: Some(table) } => {
                let (id, table) = (
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                    self.id(Thing::RouteTable(*table)),
                );
                self.say(format!(
                    "aws ec2 associate-route-table --gateway-id {id} --route-table-id {table}"
                ));
            }
            T::EnableVgwRoutePropagation { gateway, table } => {
                let (id, table) = (
                    self.id(Thing::VirtualPrivateGateway(*gateway)),
                    self.id(Thing::RouteTable(*table)),
                );
                self.say(format!(
                    "aws ec2 enable-vgw-route-propagation --gateway-id {id} --route-table-id {table}"
                ));
            }
            _ => {}
        }
    }

    fn join(&mut self, verb: &str, door: Thing, table: Thing) {
        let (door, table) = (self.id(door), self.id(table));
        self.say(format!(
            "aws ec2 {verb} --transit-gateway-route-table-id {table} --transit-gateway-attachment-id {door}"
        ));
    }
}

fn to_block(destination: Cidr) -> String {
    let option = if destination.is_ipv4() { "" } else { "ipv6-" };
    format!("--destination-{option}cidr-block {destination}")
}

/// The protocol of a rule and, where it has any, its ports, as the API names them.
fn traffic(rule: &SecurityGroupRule) -> (String, Option<(i32, i32)>) {
    match rule.protocol {
        None => ("-1".to_owned(), None),
        Some(it) if it.has_ports() => {
            (it.to_string(), Some((rule.ports.low.into(), rule.ports.high.into())))
        }
        Some(Protocol::ICMP) => ("icmp".to_owned(), Some((-1, -1))),
        Some(Protocol::ICMPV6) => ("icmpv6".to_owned(), Some((-1, -1))),
        Some(it) => (it.0.to_string(), None),
    }
}

fn acl_way(direction: Direction) -> &'static str {
    if direction == Direction::Ingress { "--ingress" } else { "--egress" }
}

/// An id as AWS gives it: `rtb-0a1b2c`, or an ARN.
fn is_id(text: &str) -> bool {
    let hexadecimal = |it: &str| it.len() >= 8 && it.chars().all(|it| it.is_ascii_hexdigit());
    text.starts_with("arn:aws") || text.rsplit_once('-').is_some_and(|it| hexadecimal(it.1))
}

/// How the EC2 API lists a kind of thing; by its name alone where the filter is empty.
fn listed(thing: Thing) -> Option<Listed> {
    const TAG: &str = "tag:Name";
    Some(match thing {
        Thing::Vpc(_) => ("vpc", "ec2 describe-vpcs", TAG, "Vpcs[0].VpcId"),
        Thing::Subnet(_) => ("subnet", "ec2 describe-subnets", TAG, "Subnets[0].SubnetId"),
        Thing::RouteTable(_) => {
            ("rtb", "ec2 describe-route-tables", TAG, "RouteTables[0].RouteTableId")
        }
        Thing::SecurityGroup(_) => {
            ("sg", "ec2 describe-security-groups", "group-name", "SecurityGroups[0].GroupId")
        }
        Thing::NetworkAcl(_) => {
            ("acl", "ec2 describe-network-acls", TAG, "NetworkAcls[0].NetworkAclId")
        }
        Thing::InternetGateway(_) => {
            let query = "InternetGateways[0].InternetGatewayId";
            ("igw", "ec2 describe-internet-gateways", TAG, query)
        }
        Thing::EgressOnlyGateway(_) => {
            let query = "EgressOnlyInternetGateways[0].EgressOnlyInternetGatewayId";
            ("eigw", "ec2 describe-egress-only-internet-gateways", TAG, query)
        }
        Thing::NatGateway(_) => {
            ("nat", "ec2 describe-nat-gateways", TAG, "NatGateways[0].NatGatewayId")
        }
        Thing::Instance(_) => {
            let query = "Reservations[0].Instances[0].InstanceId";
            ("i", "ec2 describe-instances", TAG, query)
        }
        Thing::Interface(_) => {
            let query = "NetworkInterfaces[0].NetworkInterfaceId";
            ("eni", "ec2 describe-network-interfaces", TAG, query)
        }
        Thing::Peering(_) => {
            let query = "VpcPeeringConnections[0].VpcPeeringConnectionId";
            ("pcx", "ec2 describe-vpc-peering-connections", TAG, query)
        }
        Thing::PrefixList(_) => {
            let query = "PrefixLists[0].PrefixListId";
            ("pl", "ec2 describe-managed-prefix-lists", "prefix-list-name", query)
        }
        Thing::GatewayEndpoint(_) | Thing::InterfaceEndpoint(_) => {
            ("vpce", "ec2 describe-vpc-endpoints", TAG, "VpcEndpoints[0].VpcEndpointId")
        }
        Thing::TransitGateway(_) => {
            let query = "TransitGateways[0].TransitGatewayId";
            ("tgw", "ec2 describe-transit-gateways", TAG, query)
        }
        Thing::TransitGatewayAttachment(_) => {
            let query = "TransitGatewayAttachments[0].TransitGatewayAttachmentId";
            ("tgw_attach", "ec2 describe-transit-gateway-attachments", TAG, query)
        }
        Thing::TransitGatewayRouteTable(_) => {
            let query = "TransitGatewayRouteTables[0].TransitGatewayRouteTableId";
            ("tgw_rtb", "ec2 describe-transit-gateway-route-tables", TAG, query)
        }
        Thing::VirtualPrivateGateway(_) => {
            ("vgw", "ec2 describe-vpn-gateways", TAG, "VpnGateways[0].VpnGatewayId")
        }
        Thing::LoadBalancer(_) => {
            ("lb", "elbv2 describe-load-balancers", "", "LoadBalancers[0].LoadBalancerArn")
        }
        Thing::TargetGroup(_) => {
            ("tg", "elbv2 describe-target-groups", "", "TargetGroups[0].TargetGroupArn")
        }
        _ => return None,
    })
}

/// A number that tells two things of one kind apart.
fn place(thing: Thing) -> usize {
    match thing {
        Thing::Vpc(id) => id.index(),
        Thing::Subnet(id) => id.index(),
        Thing::RouteTable(id) => id.index(),
        Thing::SecurityGroup(id) => id.index(),
        Thing::NetworkAcl(id) => id.index(),
        Thing::InternetGateway(id) => id.index(),
        Thing::EgressOnlyGateway(id) => id.index(),
        Thing::NatGateway(id) => id.index(),
        Thing::Instance(id) => id.index(),
        Thing::Interface(id) => id.index(),
        Thing::Peering(id) => id.index(),
        Thing::PrefixList(id) => id.index(),
        Thing::GatewayEndpoint(id) => id.index(),
        Thing::InterfaceEndpoint(id) => id.index(),
        Thing::TransitGateway(id) => id.index(),
        Thing::TransitGatewayAttachment(id) => id.index(),
        Thing::TransitGatewayRouteTable(id) => id.index(),
        Thing::VirtualPrivateGateway(id) => id.index(),
        Thing::LoadBalancer(id) => id.index(),
        Thing::TargetGroup(id) => id.index(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
