//! In which account and Region things are, as far as anybody says it: commands must go there.

use std::collections::BTreeMap;

use super::{
    Build,
    notes::{Item, Record},
};
use crate::cloud::{
    AttachmentOf, Change, EndpointTo, Network, Peer, SecurityGroupRule, Thing, TransitChange,
    TransitGatewayId, VpcId, VpnSide,
};

/// The account and the Region of something, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    /// The account's number: twelve digits.
    pub account: Option<String>,
    /// `ap-northeast-2`.
    pub region: Option<String>,
}

impl Home {
    /// Is nothing known?
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// What is not known is as there.
    fn or(self, other: Self) -> Self {
        Self { account: self.account.or(other.account), region: self.region.or(other.region) }
    }

    fn is_whole(&self) -> bool {
        self.account.is_some() && self.region.is_some()
    }
}

/// Where the things of a network are.
#[derive(Debug, Clone, Default)]
pub struct Homes(BTreeMap<Thing, Home>);

impl Homes {
    /// Of nothing anything is known: what a scene's zones are called may still say the Region.
    pub const NONE: &'static Self = &Self(BTreeMap::new());

    /// Where a thing is: as it was described, else as what it stands in or belongs to.
    pub fn of(&self, network: &Network, thing: Thing) -> Home {
        let own = self.0.get(&thing).cloned().unwrap_or_default();
        match thing {
            // Both owners describe an attachment: that of the VPC made it.
            Thing::TransitGatewayAttachment(_) => self.above(network, thing).or(own),
            _ if own.is_whole() => own,
            _ => own.or(self.above(network, thing)),
        }
    }

    /// Where the VPCs are, each place once.
    pub fn of_vpcs(&self, network: &Network, which: impl Fn(VpcId) -> bool) -> Vec<Home> {
        let mut all: Vec<Home> = (network.vpcs().iter().map(|it| it.0))
            .filter(|it| which(*it))
            .map(|it| self.of(network, Thing::Vpc(it)))
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// May a change be, as far as it joins things of two Regions or accounts? A transit gateway, a
    /// group that a rule names and a prefix list serve their own Region
    /// (<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>,
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>), and a gateway is
    /// attached to a VPC of its own account.
    pub fn can_be(&self, network: &Network, change: &Change) -> bool {
        let (one, other, in_account) = match *change {
            Change::Transit(TransitChange::CreateTransitGatewayVpcAttachment {
                gateway,
                vpc,
                ..
            }) => (Thing::TransitGateway(gateway), Thing::Vpc(vpc), false),
            Change::Transit(TransitChange::AttachVpnGateway { gateway, vpc }) => {
                (Thing::VirtualPrivateGateway(gateway), Thing::Vpc(vpc), true)
            }
            Change::AttachInternetGateway { gateway, vpc } => {
                (Thing::InternetGateway(gateway), Thing::Vpc(vpc), true)
            }
            Change::AuthorizeSecurityGroup {
                group, rule: SecurityGroupRule { peer, .. }, ..
            }
            | Change::ModifySecurityGroupRule {
                group, new: SecurityGroupRule { peer, .. }, ..
            } => match peer {
                Peer::Group(peer) => {
                    (Thing::SecurityGroup(group), Thing::SecurityGroup(peer), false)
                }
                Peer::PrefixList(list) => {
                    (Thing::SecurityGroup(group), Thing::PrefixList(list), false)
                }
                Peer::Cidr(_) => return true,
            },
            Change::CreateGatewayEndpoint { vpc, list, .. } => {
                (Thing::Vpc(vpc), Thing::PrefixList(list), false)
            }
            Change::CreatePrefixListRoute { table, list, .. } => {
                (Thing::RouteTable(table), Thing::PrefixList(list), false)
            }
            _ => return true,
        };
        let (one, other) = (self.of(network, one), self.of(network, other));
        let alike = |one: Option<String>, other: Option<String>| {
            one.is_none() || other.is_none() || one == other
        };
        alike(one.region, other.region) && (!in_account || alike(one.account, other.account))
    }

    /// Where the thing is that a thing is a part of. Of a VPC, its subnets know the Region.
    fn above(&self, n: &Network, thing: Thing) -> Home {
        let above = match thing {
            Thing::Vpc(id) => return Home { account: None, region: self.region_of(n, id) },
            Thing::Subnet(id) => n.subnets().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::RouteTable(id) => n.route_tables().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::SecurityGroup(id) => n.security_groups().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::NetworkAcl(id) => n.network_acls().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::InternetGateway(id) => {
                n.internet_gateways().get(id).and_then(|it| it.vpc).map(Thing::Vpc)
            }
            Thing::EgressOnlyGateway(id) => {
                n.egress_only_gateways().get(id).map(|it| Thing::Vpc(it.vpc))
            }
            Thing::NatGateway(id) => n.nat_gateways().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::Peering(id) => n.peerings().get(id).map(|it| Thing::Vpc(it.requester)),
            Thing::GatewayEndpoint(id) => {
                n.gateway_endpoints().get(id).map(|it| Thing::Vpc(it.vpc))
            }
            Thing::InterfaceEndpoint(id) => {
                n.interface_endpoints().get(id).map(|it| Thing::Vpc(it.vpc))
            }
            Thing::EndpointService(id) => n
                .endpoint_services()
                .get(id)
                .and_then(|it| it.load_balancers.first())
                .map(|it| Thing::LoadBalancer(*it)),
            Thing::LoadBalancer(id) => n.load_balancers().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::TargetGroup(id) => n.target_groups().get(id).map(|it| Thing::Vpc(it.vpc)),
            Thing::Interface(id) => n.interfaces().get(id).map(|it| Thing::Subnet(it.subnet)),
            Thing::Instance(_) | Thing::Function(_) | Thing::Database(_) | Thing::Task(_) => {
                n.interfaces_of(thing).first().map(|it| Thing::Interface(*it))
            }
            Thing::TransitGatewayAttachment(id) => {
                n.transit_gateway_attachments().get(id).map(|it| match it.of {
                    AttachmentOf::Vpc { vpc, .. } => Thing::Vpc(vpc),
                    _ => Thing::TransitGateway(it.gateway),
                })
            }
            Thing::TransitGatewayRouteTable(id) => {
                let row = n.transit_gateway_route_tables().get(id);
                row.map(|it| Thing::TransitGateway(it.gateway))
            }
            Thing::VirtualPrivateGateway(id) => {
                n.virtual_private_gateways().get(id).and_then(|it| it.vpc).map(Thing::Vpc)
            }
            Thing::VpnConnection(id) => n.vpn_connections().get(id).map(|it| match it.side {
                VpnSide::VirtualPrivateGateway(id) => Thing::VirtualPrivateGateway(id),
                VpnSide::TransitGateway(id) => Thing::TransitGateway(id),
            }),
            _ => None,
        };
        above.map_or_else(Home::default, |it| self.of(n, it))
    }

    /// A VPC is in one Region, so what any of its subnets says counts for it.
    fn region_of(&self, n: &Network, vpc: VpcId) -> Option<String> {
        n.subnets().iter().filter(|(_, row)| row.vpc == vpc).find_map(|(id, row)| {
            let own = self.0.get(&Thing::Subnet(id)).and_then(|it| it.region.clone());
            own.or_else(|| region_in(&row.zone.0).map(str::to_owned))
        })
    }

    /// Who owns what an interface endpoint leads to, where somebody offers it.
    pub fn of_offer(&self, network: &Network, endpoint: Thing) -> Home {
        let Thing::InterfaceEndpoint(id) = endpoint else { return Home::default() };
        match network.interface_endpoints().get(id).map(|it| it.to) {
            Some(EndpointTo::Offered(service)) => self.of(network, Thing::EndpointService(service)),
            _ => Home::default(),
        }
    }
}

/// An account and a Region that a file's name, or keys around lists or beside them, speak of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'d> {
    account: Option<&'d str>,
    region: Option<&'d str>,
}

impl<'d> Around<'d> {
    /// What a name says of it; the name further in counts.
    pub fn inside(self, name: &'d str) -> Self {
        Self { account: account_in(name).or(self.account), region: region_in(name).or(self.region) }
    }

    /// What stands beside the lists of an object: `{"Region": "eu-west-1", "Vpcs": [...]}`.
    pub fn beside(self, object: Item<'d>) -> Self {
        let mut known = self;
        for (key, value) in object.entries() {
            let Some(text) = value.as_text() else { continue };
            match &*key.to_ascii_lowercase() {
                "region" | "regionname" | "awsregion" | "aws_region" => {
                    known.region = region_in(text).or(known.region);
                }
                "account" | "accountid" | "account_id" | "awsaccountid" | "ownerid" => {
                    known.account = account_in(text).or(known.account);
                }
                _ => {}
            }
        }
        known
    }

    /// What is not known is as there.
    pub fn or(self, other: Self) -> Self {
        Self { account: self.account.or(other.account), region: self.region.or(other.region) }
    }
}

impl Build<'_> {
    /// Writes down where something is, by what is said of it.
    pub(super) fn lives(&mut self, record: &Record, thing: Thing) {
        let word = |key: &str| record.get(key).and_then(Item::as_text);
        let arns = record.sources.iter().flat_map(|it| it.entries());
        let own_arn = arns
            .filter(|(key, _)| key.to_ascii_lowercase().ends_with("arn"))
            .filter_map(|(_, value)| value.as_text())
            .find(|it| it.starts_with("arn:") && it.ends_with(record.id));
        // arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1
        let part = |at| own_arn.and_then(|it| it.split(':').nth(at));
        let owner = ["OwnerId", "OwnerAccountId", "ownerAccount"];
        let owner = owner.iter().find_map(|key| account_in(word(key)?));
        let placed = record.get("Placement").and_then(|it| it.get("AvailabilityZone"));
        let zone = word("AvailabilityZone").or_else(|| placed.and_then(Item::as_text));
        // AWS's own lists are called as the service in its Region: `com.amazonaws.eu-west-1.s3`.
        let named = word("PrefixListName").filter(|it| it.starts_with("com.amazonaws."));
        let around = record.around;
        let account = owner.or_else(|| account_in(part(4)?)).or(around.account);
        let region = [zone, part(3), named].into_iter().flatten().find_map(region_in);
        // A line to the premises is no Region's.
        let everywhere = matches!(thing, Thing::DirectConnectGateway(_));
        let region = region.or(around.region).filter(|_| !everywhere);
        let owned = |it: &str| it.to_owned();
        self.lives_at(thing, Home { account: account.map(owned), region: region.map(owned) });
    }

    /// The same, where something else speaks of it. What was said first counts.
    pub(super) fn lives_at(&mut self, thing: Thing, home: Home) {
        let known = self.homes.0.entry(thing).or_default();
        *known = std::mem::take(known).or(home);
    }

    /// A gateway that is not described itself: whoever speaks of it knows its owner, and stands in
    /// its Region.
    pub(super) fn lives_with(&mut self, gateway: TransitGatewayId, record: &Record) {
        let owner = record.get("TransitGatewayOwnerId").and_then(Item::as_text);
        let home = Home {
            account: owner.and_then(account_in).map(str::to_owned),
            region: record.around.region.map(str::to_owned),
        };
        self.lives_at(Thing::TransitGateway(gateway), home);
    }

    /// What a peering between transit gateways says of the two.
    pub(super) fn lives_by_transit_peering(&mut self, record: &Record) {
        for info in ["RequesterTgwInfo", "AccepterTgwInfo"].map(|key| record.get(key)) {
            let id = info.and_then(|it| it.get("TransitGatewayId")).and_then(Item::as_text);
            let gateway = id.and_then(|it| self.transit_gateways.get(it)).copied();
            if let (Some(info), Some(gateway)) = (info, gateway) {
                self.lives_at(Thing::TransitGateway(gateway), home_told(info));
            }
        }
    }

    /// Where an end of a peering says that its VPC is.
    pub(super) fn lives_by_peering(&mut self, vpc: VpcId, info: Item) {
        self.lives_at(Thing::Vpc(vpc), home_told(info));
    }
}

/// Where the end of a peering is, by what the peering says of it.
fn home_told(info: Item) -> Home {
    let word = |key| info.get(key).and_then(Item::as_text);
    Home {
        account: word("OwnerId").and_then(account_in).map(str::to_owned),
        region: word("Region").and_then(region_in).map(str::to_owned),
    }
}

/// The account number in a name: twelve digits on their own.
fn account_in(name: &str) -> Option<&str> {
    name.split(|it: char| !it.is_ascii_alphanumeric())
        .find(|it| it.len() == 12 && it.bytes().all(|it| it.is_ascii_digit()))
}

/// The Region in a name or in the name of a zone: letters of a part of the world, a direction and a
/// digit (<https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>).
fn region_in(name: &str) -> Option<&str> {
    const DIRECTIONS: [&str; 9] = [
        "-north-",
        "-northeast-",
        "-east-",
        "-southeast-",
        "-south-",
        "-southwest-",
        "-west-",
        "-northwest-",
        "-central-",
    ];
    const PARTITIONS: [&str; 6] = ["-gov", "-iso", "-isob", "-isoe", "-isof", "-de"];
    DIRECTIONS.iter().find_map(|direction| {
        let (at, _) = name.match_indices(direction).next()?;
        let end = at + direction.len();
        let digits = name[end..].bytes().take_while(u8::is_ascii_digit).count();
        let world = &name[..at];
        let world = PARTITIONS.iter().find_map(|it| world.strip_suffix(it)).unwrap_or(world);
        let letters = world.bytes().rev().take_while(u8::is_ascii_lowercase).count();
        let start = world.len() - letters;
        let alone = !name[..start].ends_with(|it: char| it.is_alphanumeric());
        let known = letters == 2 || world.ends_with("eusc");
        (digits > 0 && known && alone).then(|| &name[start..end + digits])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_found_in_the_names_of_zones_and_files() {
        for (name, region) in [
            ("ap-northeast-2", Some("ap-northeast-2")),
            ("ap-northeast-2a", Some("ap-northeast-2")),
            ("us-west-2-lax-1a", Some("us-west-2")),
            ("us-east-1-wl1-bos-wlz-1", Some("us-east-1")),
            ("us-gov-west-1b", Some("us-gov-west-1")),
            ("eusc-de-east-1a", Some("eusc-de-east-1")),
            ("111122223333/eu-west-1/vpcs.json", Some("eu-west-1")),
            ("vpcs_eu-central-1.json", Some("eu-central-1")),
            ("mx-central-1", Some("mx-central-1")),
            ("use2-az1", None),
            ("a", None),
            ("far-east-2", None),
            ("up-east-", None),
            ("하늘eu-west-1", None),
        ] {
            assert_eq!(region_in(name), region, "{name}");
        }
    }

    #[test]
    fn an_account_is_twelve_digits_alone() {
        for (name, account) in [
            ("accounts/111122223333/vpcs.json", Some("111122223333")),
            ("111122223333_eu-west-1", Some("111122223333")),
            ("1111222233334", None),
            ("a111122223333", None),
            ("amazon", None),
        ] {
            assert_eq!(account_in(name), account, "{name}");
        }
    }
}
