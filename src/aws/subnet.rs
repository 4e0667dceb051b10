//! `describe-subnets`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Build, notes::Item, shown};
use crate::{
    cloud::{Subnet, Thing, Zone},
    i18n::aws as say,
};

impl Build<'_> {
    /// The subnets; tables and lists say themselves who is associated with them.
    pub(super) fn subnets(&mut self) {
        let by_id = self.zone_names_differ();
        self.zones_by_id = by_id;
        let dump = self.dump;
        for record in dump.all("Subnets") {
            for source in &record.sources {
                self.notes.only("Subnets", *source, is_known);
            }
            let notes = self.notes;
            let id = shown(record.id);
            let mut six = notes.objects(record.get("Ipv6CidrBlockAssociationSet")).into_iter();
            let ipv6_cidr = six.find_map(|it| {
                let state = it.get("Ipv6CidrBlockState").and_then(|it| it.get("State"));
                let gone = matches!(
                    state.and_then(Item::as_text),
                    Some("disassociating" | "disassociated" | "failing" | "failed")
                );
                notes.cidr(it.get("Ipv6CidrBlock")).filter(|_| !gone)
            });
            let state = record.get("State").and_then(Item::as_text);
            if let Some(state) = state.filter(|it| !matches!(*it, "available" | "pending")) {
                notes.matters(record.item(), say::not_working(&id, &shown(state)));
            }
            // A subnet of IPv6 alone has no other range.
            let cidr = notes.cidr(record.get("CidrBlock")).or(ipv6_cidr);
            let Some(cidr) = cidr else {
                notes.matters(record.item(), say::lacks(&id, "CidrBlock"));
                continue;
            };
            let Some(vpc_id) = notes.text(record.get("VpcId")) else {
                notes.matters(record.item(), say::lacks(&id, "VpcId"));
                continue;
            };
            let Some(&vpc) = self.vpcs.get(vpc_id) else {
                notes.left_out(record.item(), &id, &shown(vpc_id));
                continue;
            };
            let blocks = &self.network.vpcs()[vpc];
            if !blocks.cidrs.iter().chain(&blocks.ipv6_cidrs).any(|it| it.covers(cidr)) {
                let (cidr, vpc) = (cidr.to_string(), shown(vpc_id));
                notes.matters(record.item(), say::outside(&id, &cidr, &vpc));
            }
            let zone = if by_id { "AvailabilityZoneId" } else { "AvailabilityZone" };
            let zone = notes.text(record.get(zone));
            let zone = zone.or_else(|| notes.text(record.get("AvailabilityZone")));
            let outpost = record.get("OutpostArn");
            if let Some(outpost) = outpost.filter(|it| !it.is_nothing()) {
                notes.matters(outpost, say::unknown_key("Subnets", "OutpostArn"));
            }
            let subnet = self.network.insert(Subnet {
                name: Self::name(record, None),
                vpc,
                zone: Zone(shown(zone.unwrap_or("?")).into()),
                cidr,
                ipv6_cidr: ipv6_cidr.filter(|it| *it != cidr),
                route_table: self.table_of_subnet(record.id),
                network_acl: self.acl_of_subnet(record.id, vpc),
                auto_assign_public_ip: notes.flag(record.get("MapPublicIpOnLaunch")) == Some(true),
                dns64: notes.flag(record.get("EnableDns64")) == Some(true),
            });
            self.subnets.insert(record.id, subnet);
            self.remember(record, Thing::Subnet(subnet));
        }
        self.missing_defaults();
    }

    /// Each account shuffles the names of zones, and one place may have two names. The ids are the
    /// same for all (<https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html>).
    fn zone_names_differ(&self) -> bool {
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut names = BTreeMap::new();
        for subnet in self.dump.all("Subnets") {
            for source in &subnet.sources {
                let word = |key| source.get(key).and_then(Item::as_text);
                if let (Some(name), Some(id)) =
                    (word("AvailabilityZone"), word("AvailabilityZoneId"))
                {
                    ids.entry(name).or_default().insert(id);
                    names.entry(id).or_insert_with(BTreeSet::new).insert(name);
                }
            }
        }
        ids.values().any(|it| it.len() > 1) || names.values().any(|it| it.len() > 1)
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "SubnetId"
            | "VpcId"
            | "CidrBlock"
            | "Ipv6CidrBlockAssociationSet"
            | "AvailabilityZone"
            | "AvailabilityZoneId"
            | "MapPublicIpOnLaunch"
            | "AvailableIpAddressCount"
            | "DefaultForAz"
            | "State"
            | "AssignIpv6AddressOnCreation"
            | "Ipv6Native"
            | "EnableDns64"
            | "MapCustomerOwnedIpOnLaunch"
            | "CustomerOwnedIpv4Pool"
            | "EnableLniAtDeviceIndex"
            | "PrivateDnsNameOptionsOnLaunch"
            | "BlockPublicAccessStates"
            | "Type"
    )
}
