//! `[subnet.NAME]`

use std::ops::Range;

use crate::{
    cloud::{Change, NetworkAcl, RouteTable, Subnet, Thing, Zone},
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar, names,
        scene::build::Build,
    },
    i18n::fault,
};

pub(super) struct Draft {
    pub(super) key: Key,
    vpc: Option<Text>,
    cidr: Option<Text>,
    ipv6: Option<Text>,
    zone: Option<Text>,
    dns64: bool,
    pub(super) routes: Option<Vec<Text>>,
    route_table: Option<Text>,
    network_acl: Option<Text>,
    auto_assign: Option<(bool, Range<usize>)>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        cidr: section.need_text("cidr", faults),
        ipv6: section.text("ipv6_cidr", faults),
        zone: section.text("zone", faults),
        dns64: section.flag("dns64", faults).is_some_and(|(on, _)| on),
        routes: section.texts("routes", faults),
        route_table: section.text("route_table", faults),
        network_acl: section.text("network_acl", faults),
        auto_assign: section.flag("auto_assign_public_ip", faults),
    }
}

impl Build<'_> {
    pub(super) fn subnet(&mut self, draft: &Draft) {
        let cidr = draft.cidr.as_ref().and_then(|text| self.cidr(text));
        let vpc = self.vpc_of(draft.vpc.as_ref(), &draft.key);
        let (Some(cidr), Some(vpc), Some(text)) = (cidr, vpc, &draft.cidr) else {
            return self.fail(&draft.key);
        };
        let zone = Zone(draft.zone.as_ref().map_or("a".into(), |zone| zone.value.trim().into()));
        if let Some(text) = &draft.zone
            && !grammar::is_name(&zone.0)
        {
            self.faults.error(text.span.clone(), fault::bad_name(&text.value));
        }
        let name = draft.key.name.as_str().into();
        let change = Change::CreateSubnet { name, vpc, zone, cidr };
        let Some(Thing::Subnet(subnet)) = self.make(change, &text.span) else {
            return self.fail(&draft.key);
        };
        if let Some(text) = &draft.ipv6
            && let Some(cidr) = self.cidr(text)
        {
            self.make(Change::AssociateSubnetCidrBlock { subnet, cidr }, &text.span);
        }
        if draft.dns64 {
            self.make(Change::ModifySubnetDns64 { subnet, on: true }, &draft.key.span);
        }
        if let Some((true, span)) = &draft.auto_assign {
            let change = Change::ModifySubnetAttribute { subnet, auto_assign_public_ip: true };
            self.make(change, span);
        }
        if draft.routes.is_some() && draft.route_table.is_none() {
            let name = draft.key.name.as_str().into();
            let made = self.make(Change::CreateRouteTable { name, vpc }, &draft.key.span);
            if let Some(Thing::RouteTable(table)) = made {
                let change = Change::AssociateRouteTable { subnet, table: Some(table) };
                self.make(change, &draft.key.span);
            }
        }
    }

    pub(super) fn associations(&mut self, draft: &Draft) {
        let Some(subnet) = names::only::<Subnet>(&self.network, &draft.key.name) else { return };
        if let Some(text) = &draft.route_table {
            if draft.routes.is_some() {
                self.faults.error(text.span.clone(), fault::routes_and_table());
            } else if let Some(table) = self.find::<RouteTable>(text) {
                let change = Change::AssociateRouteTable { subnet, table: Some(table) };
                self.make(change, &text.span);
            }
        }
        if let Some(text) = &draft.network_acl
            && let Some(acl) = self.find::<NetworkAcl>(text)
        {
            let change = Change::AssociateNetworkAcl { subnet, acl: Some(acl) };
            self.make(change, &text.span);
        }
    }
}
