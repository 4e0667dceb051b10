//! `[vpc.NAME]`

use crate::{
    cloud::{Change, Thing},
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
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft { cidrs: cidrs(section, faults), key }
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
        let mut fine = !draft.cidrs.is_empty();
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
        if !fine || made.is_none() {
            self.fail(&draft.key);
        }
    }
}
