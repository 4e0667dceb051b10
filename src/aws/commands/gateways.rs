//! Gateways, peerings, gateway endpoints and block public access.

use std::fmt::Write as _;

use super::Script;
use crate::{
    aws::home::Home,
    cloud::{
        Change, Connectivity, EndpointPolicy, Exclusion, ExclusionMode, ExclusionOf, Name, Thing,
        VpcId,
    },
};

impl Script<'_> {
    pub(super) fn gateways(&mut self, change: &Change) {
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
                self.run(&format!(
                    "ec2 attach-internet-gateway --internet-gateway-id {id} --vpc-id {vpc}"
                ));
            }
            Change::DetachInternetGateway { gateway } => {
                let vpc = self.network.internet_gateways().get(*gateway).and_then(|it| it.vpc);
                let id = self.id(Thing::InternetGateway(*gateway));
                let vpc = vpc.map_or_else(String::new, |it| self.id(Thing::Vpc(it)));
                self.run(&format!(
                    "ec2 detach-internet-gateway --internet-gateway-id {id} --vpc-id {vpc}"
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
                self.run(&format!(
                    "ec2 delete-egress-only-internet-gateway --egress-only-internet-gateway-id {id}"
                ));
            }
            Change::CreateNatGateway { name, subnet, connectivity, .. } => {
                let subnet = self.id(Thing::Subnet(*subnet));
                let thing = Thing::NatGateway(self.network.nat_gateways().next_id());
                let how = match connectivity {
                    Connectivity::Public => format!("--allocation-id {}", self.allocated()),
                    Connectivity::Private => "--connectivity-type private".to_owned(),
                };
                let tags = Self::tags("natgateway", name);
                let command = format!("ec2 create-nat-gateway --subnet-id {subnet} {how} {tags}");
                self.make(thing, name, &command, "NatGateway.NatGatewayId");
                self.nat_gateway_works(thing, name);
            }
            Change::CreateRegionalNatGateway { name, vpc, zones } if zones.is_empty() => {
                let vpc = self.id(Thing::Vpc(*vpc));
                let thing = Thing::NatGateway(self.network.nat_gateways().next_id());
                let tags = Self::tags("natgateway", name);
                let command = format!(
                    "ec2 create-nat-gateway --availability-mode regional --vpc-id {vpc} {tags}"
                );
                self.make(thing, name, &command, "NatGateway.NatGatewayId");
                self.nat_gateway_works(thing, name);
            }
            Change::AssociateNatGatewayAddress { gateway, zone, .. } => {
                let id = self.id(Thing::NatGateway(*gateway));
                let (zone, allocated) = (super::quoted(&zone.0), self.allocated());
                // `use1-az1` is the same place in every account: zones are called by their ids
                // where accounts call them by different names.
                let by_id = if zone.contains("-az") { "-id" } else { "" };
                self.run(&format!(
                    "ec2 associate-nat-gateway-address --nat-gateway-id {id} --availability-zone{by_id} {zone} --allocation-ids {allocated}"
                ));
            }
            Change::DeleteNatGateway { gateway } => {
                let id = self.id(Thing::NatGateway(*gateway));
                self.run(&format!("ec2 delete-nat-gateway --nat-gateway-id {id}"));
            }
            Change::CreatePeering { name, requester, accepter } => {
                let elsewhere = self.other_end(*requester, *accepter);
                let (near, far) = (self.id(Thing::Vpc(*requester)), self.id(Thing::Vpc(*accepter)));
                let thing = Thing::Peering(self.network.peerings().next_id());
                let tags = Self::tags("vpc-peering-connection", name);
                let command = format!(
                    "ec2 create-vpc-peering-connection --vpc-id {near} --peer-vpc-id {far}{elsewhere} {tags}"
                );
                self.make(thing, name, &command, "VpcPeeringConnection.VpcPeeringConnectionId");
            }
            Change::AcceptPeering { peering } => self.peering("accept", Thing::Peering(*peering)),
            Change::RejectPeering { peering } => self.peering("reject", Thing::Peering(*peering)),
            Change::DeletePeering { peering } => self.peering("delete", Thing::Peering(*peering)),
            Change::ModifyBlockPublicAccess { mode } => {
                let call = format!(
                    "ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode {}",
                    mode.as_str()
                );
                for home in self.homes_of_switch() {
                    self.home = home;
                    self.run(&call);
                }
            }
            Change::PutExclusion { exclusion: Exclusion { of, mode } } => {
                let of = self.exclusion(*of);
                let mode = mode.as_str();
                self.run(&format!(
                    "ec2 create-vpc-block-public-access-exclusion {of} --internet-gateway-exclusion-mode {mode}"
                ));
            }
            Change::DeleteExclusion { of } => {
                // The API asks for the ARN of what is spared, and gives the exclusion an id of its own.
                let id = match *of {
                    ExclusionOf::Vpc(it) => self.id(Thing::Vpc(it)),
                    ExclusionOf::Subnet(it) => self.id(Thing::Subnet(it)),
                };
                let id = id.trim_matches('"').to_owned();
                let query = format!(
                    "\"VpcBlockPublicAccessExclusions[?ends_with(ResourceArn, '/{id}') && State!='delete-complete'].ExclusionId|[0]\""
                );
                let exclusion =
                    self.answer("ec2 describe-vpc-block-public-access-exclusions", &query);
                self.run(&format!(
                    "ec2 delete-vpc-block-public-access-exclusion --exclusion-id \"{exclusion}\""
                ));
            }
            Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
                let vpc = self.id(Thing::Vpc(*vpc));
                for (option, value) in
                    [("enable-dns-support", dns_support), ("enable-dns-hostnames", dns_hostnames)]
                {
                    if let Some(value) = value {
                        self.run(&format!(
                            "ec2 modify-vpc-attribute --vpc-id {vpc} --{option} '{{\"Value\":{value}}}'"
                        ));
                    }
                }
            }
            Change::AssociateVpcCidrBlock { vpc, cidr } if !cidr.is_ipv4() => {
                let id = self.id(Thing::Vpc(*vpc));
                self.run(&format!(
                    "ec2 associate-vpc-cidr-block --vpc-id {id} --amazon-provided-ipv6-cidr-block"
                ));
                self.given.push(*cidr);
            }
            Change::AssociateSubnetCidrBlock { subnet, cidr } => {
                let id = self.id(Thing::Subnet(*subnet));
                let Some(block) = self.given.iter().find(|it| it.covers(*cidr)).copied() else {
                    return self.run(&format!(
                        "ec2 associate-subnet-cidr-block --subnet-id {id} --ipv6-cidr-block {cidr}"
                    ));
                };
                // AWS chose the block; this is the same part of it: its first /64, its second ...
                let number = (0..256u128).find(|it| block.nth(it << 64) == Some(cidr.first()));
                let vpc = self.id(Thing::Vpc(self.network.subnets()[*subnet].vpc));
                let given = self.answer(
                    &format!("ec2 describe-vpcs --vpc-ids {vpc}"),
                    "'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock'",
                );
                self.say(format!("BLOCK={given}"));
                self.run(&format!(
                    "ec2 associate-subnet-cidr-block --subnet-id {id} --ipv6-cidr-block \"${{BLOCK%00::/56}}{:02x}::/64\"",
                    number.unwrap_or(0)
                ));
            }
            Change::ModifySubnetDns64 { subnet, on } => {
                let id = self.id(Thing::Subnet(*subnet));
                let no = if *on { "" } else { "no-" };
                self.run(&format!(
                    "ec2 modify-subnet-attribute --subnet-id {id} --{no}enable-dns64"
                ));
            }
            other => self.gateway_endpoint(other),
        }
    }

    /// Each account has a switch in each Region. Where a description says that it is off, the VPCs
    /// are spared from the one that the network has for all.
    fn homes_of_switch(&self) -> Vec<Home> {
        let spared = |vpc| {
            self.network.block_public_access().exclusions.contains(&Exclusion {
                of: ExclusionOf::Vpc(vpc),
                mode: ExclusionMode::AllowBidirectional,
            })
        };
        let some = self.homes.of_vpcs(&self.network, |vpc| !spared(vpc));
        let all = || self.homes.of_vpcs(&self.network, |_| true);
        let homes = if some.is_empty() { all() } else { some };
        if homes.is_empty() { vec![Home::default()] } else { homes }
    }

    /// What a request for a peering says of the other VPC where that is not the requester's account
    /// or Region
    /// (<https://docs.aws.amazon.com/cli/latest/reference/ec2/create-vpc-peering-connection.html>).
    fn other_end(&self, requester: VpcId, accepter: VpcId) -> String {
        let (own, other) =
            (self.home_of(Thing::Vpc(requester)), self.home_of(Thing::Vpc(accepter)));
        let differs = |own: Option<String>, other: Option<String>| {
            other.filter(|other| own.is_none_or(|own| own != *other))
        };
        let mut said = String::new();
        for (option, value) in [
            ("owner-id", differs(own.account, other.account)),
            ("region", differs(own.region, other.region)),
        ] {
            if let Some(value) = value {
                let _ = write!(said, " --peer-{option} {value}");
            }
        }
        said
    }

    /// No route may lead to one that is still being made.
    fn nat_gateway_works(&mut self, thing: Thing, name: &Name) {
        let id = self.variable_for(thing, name);
        self.run(&format!("ec2 wait nat-gateway-available --nat-gateway-ids \"${id}\""));
    }

    pub(super) fn exclusion(&mut self, of: ExclusionOf) -> String {
        match of {
            ExclusionOf::Vpc(it) => format!("--vpc-id {}", self.id(Thing::Vpc(it))),
            ExclusionOf::Subnet(it) => format!("--subnet-id {}", self.id(Thing::Subnet(it))),
        }
    }

    pub(super) fn peering(&mut self, verb: &str, thing: Thing) {
        let id = self.id(thing);
        self.run(&format!("ec2 {verb}-vpc-peering-connection --vpc-peering-connection-id {id}"));
    }

    pub(super) fn gateway_endpoint(&mut self, change: &Change) {
        match change {
            Change::CreateGatewayEndpoint { name, vpc, list, tables } => {
                let (vpc, list) = (self.id(Thing::Vpc(*vpc)), self.id(Thing::PrefixList(*list)));
                let tables = self.ids(tables, Thing::RouteTable);
                let thing = Thing::GatewayEndpoint(self.network.gateway_endpoints().next_id());
                let tags = Self::tags("vpc-endpoint", name);
                // AWS calls the list as it calls the service.
                let service = self.answer(
                    &format!("ec2 describe-managed-prefix-lists --prefix-list-ids {list}"),
                    "'PrefixLists[0].PrefixListName'",
                );
                let command = format!(
                    "ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id {vpc} --service-name \"{service}\" --route-table-ids {tables} {tags}"
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
                        self.run(&format!(
                            "ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --{option}-route-table-ids {list}"
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
                self.run(&format!("ec2 delete-vpc-endpoints --vpc-endpoint-ids {id}"));
            }
            _ => {}
        }
    }

    pub(super) fn policy(&mut self, id: &str, policy: EndpointPolicy) {
        let how = match policy {
            EndpointPolicy::Allows => "--reset-policy".to_owned(),
            EndpointPolicy::Denies => "--policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}'".to_owned(),
        };
        self.run(&format!("ec2 modify-vpc-endpoint --vpc-endpoint-id {id} {how}"));
    }
}
