//! `[network_acl.NAME]`

use crate::{
    cloud::{Change, Direction, Name, NetworkAcl, Thing},
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar::{self, Line},
        scene::build::Build,
    },
};

pub(super) struct Draft {
    key: Key,
    vpc: Option<Text>,
    default: bool,
    inbound: Option<Vec<Text>>,
    outbound: Option<Vec<Text>>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        default: section.flag("default", faults).is_some_and(|(default, _)| default),
        inbound: section.texts("inbound", faults),
        outbound: section.texts("outbound", faults),
    }
}

impl Build<'_> {
    pub(super) fn network_acl(&mut self, draft: &Draft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        let name: Name = draft.key.name.as_str().into();
        let acl = if draft.default {
            let acl = self.network.vpcs()[vpc].default_network_acl;
            self.network.update(acl, |acl: &mut NetworkAcl| acl.name = name);
            acl
        } else {
            match self.make(Change::CreateNetworkAcl { name, vpc }, &draft.key.span) {
                Some(Thing::NetworkAcl(acl)) => acl,
                _ => return self.fail(&draft.key),
            }
        };
        for (direction, lines) in
            [(Direction::Ingress, &draft.inbound), (Direction::Egress, &draft.outbound)]
        {
            let Some(lines) = lines else { continue };
            for entry in self.network.network_acls()[acl].entries(direction).to_vec() {
                let change = Change::DeleteNetworkAclEntry { acl, direction, number: entry.number };
                self.make(change, &draft.key.span);
            }
            for text in lines {
                let mut line = Line::new(&text.value);
                match grammar::acl_entry(&mut line, direction) {
                    Ok(entry) => {
                        let change = Change::CreateNetworkAclEntry { acl, direction, entry };
                        self.make(change, &text.at(line.whole()));
                    }
                    Err(slip) => self.slip(text, slip),
                }
            }
        }
    }
}
