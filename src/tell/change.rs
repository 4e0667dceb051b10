//! What a change does, in words.

use crate::{
    cloud::{
        Change, Connectivity, EndpointPolicy, ExclusionOf, InterfaceId, Listening, SecurityGroupId,
        Thing,
    },
    i18n::change as say,
    net::Cidr,
    tell::{Teller, written},
};

impl Teller<'_> {
    /// Changes that are made one after another: names stand for what is there before each.
    pub fn changes(&self, changes: &[Change]) -> Vec<String> {
        fn says(teller: &Teller<'_>, change: &Change) -> String {
            teller.change(change)
        }
        self.one_by_one(changes, says)
    }

    /// Something about each of them, in the network as it is before that one.
    pub fn one_by_one<T>(
        &self,
        changes: &[Change],
        about: impl Fn(&Teller<'_>, &Change) -> T,
    ) -> Vec<T> {
        let mut network = self.network().clone();
        let tell = |change: &Change| {
            let told = about(&Teller::new(&network, self.lang()), change);
            // Who asks knows that they can be made; one that cannot is told all the same.
            let _ = network.apply(change.clone());
            told
        };
        changes.iter().map(tell).collect()
    }

    /// What a change does, as a sentence in AWS's terms. The network is the one before the change.
    pub fn change(&self, change: &Change) -> String {
        let lang = self.lang();
        let told = Cidr::to_string;
        let thing = |thing| self.thing(thing);
        let vpc = |id: &_| self.thing(Thing::Vpc(*id));
        let subnet = |id: &_| self.thing(Thing::Subnet(*id));
        let table = |id: &_| self.thing(Thing::RouteTable(*id));
        let gateway = |id: &_| self.thing(Thing::InternetGateway(*id));
        let group = |id: &_| self.thing(Thing::SecurityGroup(*id));
        let acl = |id: &_| self.thing(Thing::NetworkAcl(*id));
        let instance = |id: &_| self.thing(Thing::Instance(*id));
        let interface = |id: &_| self.thing(Thing::Interface(*id));
        let peering = |id: &_| self.thing(Thing::Peering(*id));
        let list = |id: &_| self.thing(Thing::PrefixList(*id));
        let endpoint = |id: &_| self.thing(Thing::GatewayEndpoint(*id));
        let blocks = |cidrs: &[Cidr]| cidrs.iter().map(told).collect::<Vec<_>>().join(", ");
        let way = |direction: &_| self.direction(*direction);
        let words = &lang.strings().tell;
        match change {
            Change::Service(change) => self.service_change(change),
            Change::CreateVpc { name, cidr } => say::create_vpc(lang, name, &told(cidr)),
            Change::CreateDefaultVpc { name, .. } => say::create_default_vpc(lang, name),
            Change::DeleteVpc { vpc: id } => say::delete(lang, &vpc(id)),
            Change::AssociateVpcCidrBlock { vpc: id, cidr } => {
                say::add_block(lang, &vpc(id), &told(cidr))
            }
            Change::DisassociateVpcCidrBlock { vpc: id, cidr } => {
                say::remove_block(lang, &vpc(id), &told(cidr))
            }
            Change::ModifyVpcAttribute { vpc: id, dns_support, dns_hostnames } => {
                self.dns_of_vpc(&vpc(id), *dns_support, *dns_hostnames)
            }
            Change::CreateSubnet { name, vpc: id, zone, cidr } => {
                say::create_subnet(lang, name, &told(cidr), &vpc(id), &zone.0)
            }
            Change::DeleteSubnet { subnet: id } => say::delete(lang, &subnet(id)),
            Change::ModifySubnetDns64 { subnet: id, on } => {
                let say = if *on { say::dns64_on } else { say::dns64_off };
                say(lang, &subnet(id))
            }
            Change::ModifyPeeringOptions { peering: id, requester_names, accepter_names } => {
                let on = |it: &Option<bool>| match it {
                    Some(true) => "on",
                    Some(false) => "off",
                    None => "-",
                };
                say::peering_names(lang, &peering(id), on(requester_names), on(accepter_names))
            }
            Change::ModifySubnetAttribute { subnet: id, auto_assign_public_ip: true } => {
                say::assign_public_on(lang, &subnet(id))
            }
            Change::ModifySubnetAttribute { subnet: id, auto_assign_public_ip: false } => {
                say::assign_public_off(lang, &subnet(id))
            }
            Change::AssociateSubnetCidrBlock { subnet: id, cidr } => {
                say::add_block(lang, &subnet(id), &told(cidr))
            }
            Change::DisassociateSubnetCidrBlock { subnet: id } => {
                say::remove_ipv6_block(lang, &subnet(id))
            }
            Change::CreateRouteTable { name, vpc: id } => {
                say::create_in(lang, words.route_table, name, &vpc(id))
            }
            Change::DeleteRouteTable { table: id } => say::delete(lang, &table(id)),
            Change::AssociateRouteTable { subnet: id, table: Some(to) } => {
                say::associate(lang, &subnet(id), &table(to))
            }
            Change::AssociateRouteTable { subnet: id, table: None } => {
                say::to_main_table(lang, &subnet(id))
            }
            Change::ReplaceMainRouteTable { vpc: id, table: to } => {
                say::main_table(lang, &vpc(id), &table(to))
            }
            Change::CreateRoute { table: id, destination, target } => {
                let route = format!("{destination} -> {}", written::target(self.network(), target));
                say::create_route(lang, &table(id), &route)
            }
            Change::ReplaceRoute { table: id, destination, target } => {
                let route = format!("{destination} -> {}", written::target(self.network(), target));
                say::replace_route(lang, &table(id), &route)
            }
            Change::DeleteRoute { table: id, destination } => {
                say::delete_route(lang, &table(id), &told(destination))
            }
            Change::CreateInternetGateway { name } => {
                say::create(lang, words.internet_gateway, name)
            }
            Change::AttachInternetGateway { gateway: id, vpc: to } => {
                say::attach(lang, &gateway(id), &vpc(to))
            }
            Change::AssociateGatewayRouteTable { gateway: id, table: Some(to) } => {
                say::associate(lang, &gateway(id), &table(to))
            }
            Change::AssociateGatewayRouteTable { gateway: id, table: None } => {
                say::no_gateway_table(lang, &gateway(id))
            }
            Change::DetachInternetGateway { gateway: id } => say::detach(lang, &gateway(id)),
            Change::DeleteInternetGateway { gateway: id } => say::delete(lang, &gateway(id)),
            Change::CreateEgressOnlyGateway { name, vpc: id } => {
                say::create_in(lang, words.egress_only_gateway, name, &vpc(id))
            }
            Change::DeleteEgressOnlyGateway { gateway } => {
                say::delete(lang, &thing(Thing::EgressOnlyGateway(*gateway)))
            }
            Change::CreateNatGateway { name, subnet: id, connectivity, .. } => {
                let say = match connectivity {
                    Connectivity::Public => say::create_public_nat,
                    Connectivity::Private => say::create_private_nat,
                };
                say(lang, name, &subnet(id))
            }
            Change::CreateRegionalNatGateway { name, vpc: id, zones } => {
                if zones.is_empty() {
                    say::create_automatic_nat(lang, name, &vpc(id))
                } else {
                    let zones: Vec<_> = zones.iter().map(|it| it.zone.0.to_string()).collect();
                    say::create_regional_nat(lang, name, &vpc(id), &zones.join(", "))
                }
            }
            Change::AssociateNatGatewayAddress { gateway, zone, .. } => {
                say::nat_address(lang, &thing(Thing::NatGateway(*gateway)), &zone.0)
            }
            Change::DisassociateNatGatewayAddress { gateway, address } => {
                let gateway = thing(Thing::NatGateway(*gateway));
                say::no_nat_address(lang, &gateway, &address.to_string())
            }
            Change::DeleteNatGateway { gateway } => {
                say::delete(lang, &thing(Thing::NatGateway(*gateway)))
            }
            Change::CreateSecurityGroup { name, vpc: id } => {
                say::create_in(lang, words.security_group, name, &vpc(id))
            }
            Change::DeleteSecurityGroup { group: id } => say::delete(lang, &group(id)),
            Change::AuthorizeSecurityGroup { group: id, direction, rule } => {
                let rule = written::group_rule(self.network(), rule, *direction);
                say::authorize(lang, &group(id), way(direction), &rule)
            }
            Change::RevokeSecurityGroup { group: id, direction, rule } => {
                let rule = written::group_rule(self.network(), rule, *direction);
                say::revoke(lang, &group(id), way(direction), &rule)
            }
            Change::ModifySecurityGroupRule { group: id, direction, rule, new } => {
                let rule = written::group_rule(self.network(), rule, *direction);
                let new = written::group_rule(self.network(), new, *direction);
                say::modify_rule(lang, &group(id), way(direction), &rule, &new)
            }
            Change::CreateNetworkAcl { name, vpc: id } => {
                say::create_in(lang, words.network_acl, name, &vpc(id))
            }
            Change::DeleteNetworkAcl { acl: id } => say::delete(lang, &acl(id)),
            Change::AssociateNetworkAcl { subnet: id, acl: Some(to) } => {
                say::associate(lang, &subnet(id), &acl(to))
            }
            Change::AssociateNetworkAcl { subnet: id, acl: None } => {
                say::to_default_list(lang, &subnet(id))
            }
            Change::CreateNetworkAclEntry { acl: id, direction, entry } => {
                let entry = written::acl_entry(entry, *direction);
                say::create_entry(lang, &acl(id), way(direction), &entry)
            }
            Change::ReplaceNetworkAclEntry { acl: id, direction, entry } => {
                let number = entry.number.to_string();
                let entry = written::acl_entry(entry, *direction);
                say::replace_entry(lang, &acl(id), way(direction), &number, &entry)
            }
            Change::DeleteNetworkAclEntry { acl: id, direction, number } => {
                say::delete_entry(lang, &acl(id), way(direction), &number.to_string())
            }
            Change::RunInstance { name, subnet: id, .. } => {
                say::run_instance(lang, name, &subnet(id))
            }
            Change::StopInstance { instance: id } => say::stop(lang, &instance(id)),
            Change::StartInstance { instance: id } => say::start(lang, &instance(id)),
            Change::TerminateInstance { instance: id } => say::terminate(lang, &instance(id)),
            Change::CreateInterface { name, subnet: id, .. } => {
                say::create_in(lang, words.interface, name, &subnet(id))
            }
            Change::AttachInterface { interface: id, instance: to } => {
                say::attach_interface(lang, &interface(id), &instance(to))
            }
            Change::DetachInterface { interface: id } => say::detach(lang, &interface(id)),
            Change::DeleteInterface { interface: id } => say::delete(lang, &interface(id)),
            Change::ModifyInterfaceGroups { interface: id, groups } => self.groups(*id, groups),
            Change::ModifySourceDestCheck { interface: id, on: true } => {
                say::check_on(lang, &interface(id))
            }
            Change::ModifySourceDestCheck { interface: id, on: false } => {
                say::check_off(lang, &interface(id))
            }
            Change::AssignIpv6Address { interface: id, address: Some(address) } => {
                say::assign_ipv6(lang, &interface(id), &address.to_string())
            }
            Change::AssignIpv6Address { interface: id, address: None } => {
                say::assign_some_ipv6(lang, &interface(id))
            }
            Change::UnassignIpv6Address { interface: id, address } => {
                say::unassign_ipv6(lang, &interface(id), &address.to_string())
            }
            Change::AssociateAddress { interface: id, address: Some(address) } => {
                say::associate_address(lang, &interface(id), &address.to_string())
            }
            Change::AssociateAddress { interface: id, address: None } => {
                say::associate_some_address(lang, &interface(id))
            }
            Change::DisassociateAddress { interface: id } => {
                say::disassociate_address(lang, &interface(id))
            }
            Change::AssociateAddressWith { interface: id, private, address: Some(address) } => {
                let (address, private) = (address.to_string(), private.to_string());
                say::associate_address_with(lang, &interface(id), &private, &address)
            }
            Change::AssociateAddressWith { interface: id, private, address: None } => {
                say::associate_some_address_with(lang, &interface(id), &private.to_string())
            }
            Change::DisassociateAddressOf { interface: id, private } => {
                say::disassociate_address_of(lang, &interface(id), &private.to_string())
            }
            Change::AssignPrivateAddress { interface: id, address: Some(address) } => {
                say::assign_private(lang, &interface(id), &address.to_string())
            }
            Change::AssignPrivateAddress { interface: id, address: None } => {
                say::assign_some_private(lang, &interface(id))
            }
            Change::UnassignPrivateAddress { interface: id, address } => {
                say::unassign_private(lang, &interface(id), &address.to_string())
            }
            Change::ModifyBlockPublicAccess { mode } => say::block_mode(lang, mode.as_str()),
            Change::PutExclusion { exclusion } => {
                say::spare(lang, &self.spared(exclusion.of), exclusion.mode.as_str())
            }
            Change::DeleteExclusion { of } => say::spare_no_more(lang, &self.spared(*of)),
            Change::ConfigureInstance { instance: id, listening, forwarding } => {
                let listening = listening.as_ref().map(|it| match it {
                    Listening::Everywhere => say::listen_everywhere(lang, &instance(id)),
                    Listening::On(open) if open.is_empty() => {
                        say::listen_nowhere(lang, &instance(id))
                    }
                    Listening::On(open) => {
                        let ports: Vec<String> =
                            open.iter().map(|(protocol, it)| format!("{protocol}/{it}")).collect();
                        say::listen(lang, &instance(id), &ports.join(", "))
                    }
                });
                let forwarding =
                    forwarding.map(|it| say::forwarding(lang, &instance(id), it.as_str()));
                let both: Vec<String> = listening.into_iter().chain(forwarding).collect();
                both.join(" ")
            }
            Change::CreatePeering { name, requester, accepter } => {
                say::create_peering(lang, name, &vpc(requester), &vpc(accepter))
            }
            Change::AcceptPeering { peering: id } => say::accept(lang, &peering(id)),
            Change::RejectPeering { peering: id } => say::reject(lang, &peering(id)),
            Change::DeletePeering { peering: id } => say::delete(lang, &peering(id)),
            Change::CreatePrefixList { name, cidrs } => {
                say::create_list(lang, name, &blocks(cidrs))
            }
            Change::ModifyPrefixList { list: id, cidrs } => {
                say::modify_list(lang, &list(id), &blocks(cidrs))
            }
            Change::DeletePrefixList { list: id } => say::delete(lang, &list(id)),
            Change::CreatePrefixListRoute { table: id, list: to, target } => {
                let target = written::target(self.network(), target);
                say::create_route(lang, &table(id), &format!("{} -> {target}", list(to)))
            }
            Change::ReplacePrefixListRoute { table: id, list: to, target } => {
                let target = written::target(self.network(), target);
                say::replace_route(lang, &table(id), &format!("{} -> {target}", list(to)))
            }
            Change::DeletePrefixListRoute { table: id, list: to } => {
                say::delete_route(lang, &table(id), &list(to))
            }
            Change::CreateGatewayEndpoint { name, vpc: id, .. } => {
                say::create_in(lang, words.gateway_endpoint, name, &vpc(id))
            }
            Change::ModifyGatewayEndpoint { endpoint: id, tables } => {
                let tables = tables.iter().map(table).collect::<Vec<_>>().join(", ");
                say::endpoint_tables(lang, &endpoint(id), &tables)
            }
            Change::ModifyGatewayEndpointPolicy { endpoint: id, policy } => match policy {
                EndpointPolicy::Allows => say::policy_allows(lang, &endpoint(id)),
                EndpointPolicy::Denies => say::policy_denies(lang, &endpoint(id)),
            },
            Change::DeleteGatewayEndpoint { endpoint: id } => say::delete(lang, &endpoint(id)),
            Change::CreateHost { name, address, .. } => {
                say::create_host(lang, name, &address.to_string())
            }
            Change::DeleteHost { host } => say::delete(lang, &self.thing(Thing::Host(*host))),
            Change::Transit(change) => self.change_of_joint(change),
        }
    }

    /// Other groups for an interface: what comes and what goes, where that is one group.
    fn groups(&self, id: InterfaceId, groups: &[SecurityGroupId]) -> String {
        let lang = self.lang();
        let interface = self.thing(Thing::Interface(id));
        let name = |it: &SecurityGroupId| {
            let name = self.network().name(Thing::SecurityGroup(*it));
            name.map_or_else(|| "?".to_owned(), ToString::to_string)
        };
        let names = groups.iter().map(name).collect::<Vec<_>>().join(", ");
        let own = self.network().interfaces().get(id).map(|it| it.security_groups.as_slice());
        let own = own.unwrap_or_default();
        let come: Vec<_> = groups.iter().filter(|it| !own.contains(it)).collect();
        let gone: Vec<_> = own.iter().filter(|it| !groups.contains(it)).collect();
        match (&come[..], &gone[..]) {
            ([one], []) => {
                say::join_group(lang, &interface, &self.thing(Thing::SecurityGroup(**one)), &names)
            }
            ([], [one]) => {
                say::leave_group(lang, &interface, &self.thing(Thing::SecurityGroup(**one)), &names)
            }
            _ => say::groups(lang, &interface, &names),
        }
    }

    fn spared(&self, of: ExclusionOf) -> String {
        match of {
            ExclusionOf::Vpc(id) => self.thing(Thing::Vpc(id)),
            ExclusionOf::Subnet(id) => self.thing(Thing::Subnet(id)),
        }
    }
}
