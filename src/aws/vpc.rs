//! `describe-vpcs`.

use super::{
    Build,
    notes::{Item, Record},
};
use crate::{
    cloud::{NetworkAcl, RouteTable, SecurityGroup, Thing, Vpc},
    i18n::aws as say,
    net::Cidr,
};

impl<'d> Build<'d> {
    /// Each VPC with the table, group and list that come with it; their own lists fill these in.
    pub(super) fn vpcs(&mut self) {
        let dump = self.dump;
        for record in dump.all("Vpcs") {
            for source in &record.sources {
                self.notes.only("Vpcs", *source, |key| {
                    matches!(
                        key,
                        "VpcId"
                            | "CidrBlock"
                            | "CidrBlockAssociationSet"
                            | "Ipv6CidrBlockAssociationSet"
                            | "BlockPublicAccessStates"
                            | "State"
                            | "IsDefault"
                            | "InstanceTenancy"
                            | "DhcpOptionsId"
                            | "EncryptionControl"
                            // Of EC2-Classic, which is closed.
                            | "ClassicLinkEnabled"
                            | "ClassicLinkDnsSupported"
                    )
                });
            }
            let notes = self.notes;
            let is_classic_link =
                |it: &Item| it.entries().any(|(key, _)| key.starts_with("ClassicLink"));
            if record.sources.iter().all(is_classic_link) {
                // It says nothing else of the VPC.
                continue;
            }
            let mut cidrs: Vec<Cidr> = notes.cidr(record.get("CidrBlock")).into_iter().collect();
            for (set, block, state) in [
                ("CidrBlockAssociationSet", "CidrBlock", "CidrBlockState"),
                ("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock", "Ipv6CidrBlockState"),
            ] {
                for association in notes.objects(record.get(set)) {
                    if is_there(association, state)
                        && let Some(cidr) = notes.cidr(association.get(block))
                        && !cidrs.contains(&cidr)
                    {
                        cidrs.push(cidr);
                    }
                }
            }
            let vpc = self.network.insert_vpc(Self::name(record, None), &cidrs);
            self.vpcs.insert(record.id, vpc);
            self.remember(record, Thing::Vpc(vpc));
            self.clear_vpc(vpc);
            if notes.flag(record.get("IsDefault")) == Some(true) {
                self.network.update(vpc, |it: &mut Vpc| it.dns_hostnames = true);
            }
        }
        self.peered_vpcs();
        self.made_up_vpcs();
    }

    /// Whether VPCs resolve and give names, where that was asked for.
    pub(super) fn vpc_attributes(&mut self) {
        for item in &self.dump.vpc_attributes {
            let notes = self.notes;
            let Some(&vpc) = notes.text(item.get("VpcId")).and_then(|it| self.vpcs.get(it)) else {
                continue;
            };
            let value = |key| notes.flag(item.get(key).and_then(|it| it.get("Value")));
            let (support, hostnames) = (value("EnableDnsSupport"), value("EnableDnsHostnames"));
            self.network.update(vpc, |it: &mut Vpc| {
                it.dns_support = support.unwrap_or(it.dns_support);
                it.dns_hostnames = hostnames.unwrap_or(it.dns_hostnames);
            });
        }
    }

    /// What comes with a VPC is described in lists of its own: nothing is taken for granted but
    /// that the default list lets everything pass and that tables know the VPC itself.
    pub(super) fn clear_vpc(&mut self, vpc: crate::cloud::VpcId) {
        let group = self.network.vpcs()[vpc].default_security_group;
        self.network.update(group, |it: &mut SecurityGroup| {
            it.ingress.clear();
            it.egress.clear();
        });
    }

    /// Subnets of a VPC that nobody describes: of another account, or `describe-vpcs` was not saved.
    fn made_up_vpcs(&mut self) {
        let dump = self.dump;
        let mut blocks: Vec<(&'d str, Item<'d>, Vec<Cidr>)> = Vec::new();
        for subnet in dump.all("Subnets") {
            let Some(vpc) = self.notes.text(subnet.get("VpcId")) else { continue };
            if self.vpcs.contains_key(vpc) {
                continue;
            }
            let own = self.notes.cidr(subnet.get("CidrBlock"));
            match blocks.iter_mut().find(|(id, ..)| *id == vpc) {
                Some((.., blocks)) => blocks.extend(own),
                None => blocks.push((vpc, subnet.item(), own.into_iter().collect())),
            }
        }
        for (id, item, blocks) in blocks {
            self.notes.matters(item, say::vpc_made_up(&super::shown(id)));
            let vpc = self.network.insert_vpc(super::shown(id), &blocks);
            self.vpcs.insert(id, vpc);
            self.ids.insert(super::shown(id), Thing::Vpc(vpc));
            self.clear_vpc(vpc);
        }
    }

    /// The table and list of a VPC that nobody described, where somebody needs them.
    pub(super) fn missing_defaults(&mut self) {
        let tables: Vec<_> = self.route_tables.values().copied().collect();
        let lists: Vec<_> = self.network_acls.values().copied().collect();
        let dump = self.dump;
        let mut told = Vec::new();
        let first = dump.all("Subnets").iter().find(|it| self.subnets.contains_key(it.id));
        let Some(first) = first.map(Record::item) else { return };
        let no_tables = dump.all("RouteTables").is_empty();
        let no_lists = dump.all("NetworkAcls").is_empty();
        if no_tables {
            self.notes.matters(first, say::no_tables());
        }
        if no_lists {
            self.notes.matters(first, say::no_acls());
        }
        for record in dump.all("Subnets") {
            let Some(&id) = self.subnets.get(record.id) else { continue };
            let table = self.network.route_table_of(id);
            let vpc = self.network.subnets()[id].vpc;
            if !no_tables && !tables.contains(&table) && !told.contains(&vpc) {
                told.push(vpc);
                let name = self.network.vpcs()[vpc].name.to_string();
                self.notes.matters(record.item(), say::no_main_table(&name));
            }
            if !no_lists && !lists.contains(&self.network.network_acl_of(id)) {
                self.notes.matters(record.item(), say::no_acl(&super::shown(record.id)));
            }
        }
    }

    /// Takes the main table of a VPC out of use: another stands in its place.
    pub(super) fn rename_main(&mut self, table: crate::cloud::RouteTableId, name: &str) {
        self.network.update(table, |it: &mut RouteTable| it.name = name.into());
    }

    /// The default list of a VPC.
    pub(super) fn rename_acl(&mut self, acl: crate::cloud::NetworkAclId, name: &str) {
        self.network.update(acl, |it: &mut NetworkAcl| it.name = name.into());
    }
}

/// Is the block associated, not just going or failed?
fn is_there(association: Item, state: &str) -> bool {
    let state = association.get(state).and_then(|it| it.get("State")).and_then(Item::as_text);
    state.is_none_or(|it| matches!(it, "associated" | "associating"))
}
