//! `[vpc.NAME]`

use crate::{
    cloud::{Change, Thing, Zone},
    course::{
        Faults,
        document::{Key, Section, Text},
        scene::build::Build,
    },
    i18n::fault,
};

pub(super) struct Draft {
    key: Key,
    cidrs: Vec<Text>,
    ipv6: Vec<Text>,
    /// The zones of a default VPC.
    default: Option<Vec<Text>>,
    dns_support: Option<bool>,
    dns_hostnames: Option<bool>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    let default = section.flag("default", faults).is_some_and(|(default, _)| default);
    let zones = section.texts("zones", faults).unwrap_or_default();
    let ipv6 = section.texts("ipv6_cidrs", faults).unwrap_or_default();
    let ipv6 = section.text("ipv6_cidr", faults).into_iter().chain(ipv6).collect();
    let cidrs = if default && !section.has("cidr") && !section.has("cidrs") {
        Vec::new()
    } else {
        cidrs(section, faults)
    };
    let dns_support = section.flag("dns_support", faults).map(|it| it.0);
    let dns_hostnames = section.flag("dns_hostnames", faults).map(|it| it.0);
    let default = default.then_some(zones);
    Draft { key, cidrs, ipv6, default, dns_support, dns_hostnames }
}

fn cidrs(section: &mut Section, faults: &mut Faults) -> Vec<Text> {
    let one = section.text("cidr", faults);
    let many = section.texts("cidrs", faults);
    match (one, many) {
        (Some(_), Some(_)) => {
            let span = section.span_of("cidrs").unwrap_or_default();
            faults.error(span, fault::cidr_and_cidrs());
            Vec::new()
        }
        (Some(cidr), None) => vec![cidr],
        (None, Some(cidrs)) => cidrs,
        (None, None) => {
            if section.span_of("cidr").is_none() && section.span_of("cidrs").is_none() {
                section.missing("cidr", faults);
            }
            Vec::new()
        }
    }
}

impl Build<'_> {
    pub(super) fn vpc(&mut self, draft: &Draft) {
        let mut made = None;
        let mut fine = !draft.cidrs.is_empty() || draft.default.is_some();
        if let Some(zones) = &draft.default {
            let zones = zones.iter().map(|zone| Zone(zone.value.trim().into())).collect();
            let name = draft.key.name.as_str().into();
            match self.make(Change::CreateDefaultVpc { name, zones }, &draft.key.span) {
                Some(Thing::Vpc(vpc)) => made = Some(vpc),
                _ => fine = false,
            }
        }
        for text in &draft.cidrs {
            let Some(cidr) = self.cidr(text) else {
                fine = false;
                continue;
            };
            match made {
                None => {
                    let name = draft.key.name.as_str().into();
                    match self.make(Change::CreateVpc { name, cidr }, &text.at(0..text.value.len()))
                    {
                        Some(Thing::Vpc(vpc)) => made = Some(vpc),
                        _ => fine = false,
                    }
                }
                Some(vpc) => {
                    let change = Change::AssociateVpcCidrBlock { vpc, cidr };
                    self.make(change, &text.at(0..text.value.len()));
                }
            }
        }
        for text in &draft.ipv6 {
            if let (Some(vpc), Some(cidr)) = (made, self.cidr(text)) {
                let change = Change::AssociateVpcCidrBlock { vpc, cidr };
                self.make(change, &text.at(0..text.value.len()));
            }
        }
        let (dns_support, dns_hostnames) = (draft.dns_support, draft.dns_hostnames);
        if let Some(vpc) = made
            && (dns_support.is_some() || dns_hostnames.is_some())
        {
            let change = Change::ModifyVpcAttribute { vpc, dns_support, dns_hostnames };
            self.make(change, &draft.key.span);
        }
        if !fine || made.is_none() {
            self.fail(&draft.key);
        }
    }
}
