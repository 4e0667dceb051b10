//! `[egress_only_gateway.NAME]`

use crate::{
    cloud::Change,
    course::{
        Faults,
        document::{Key, Section, Text},
        scene::build::Build,
    },
};

pub(super) struct Draft {
    key: Key,
    vpc: Option<Text>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft { key, vpc: section.text("vpc", faults) }
}

impl Build<'_> {
    pub(super) fn egress_only_gateway(&mut self, draft: &Draft) {
        let Some(vpc) = self.vpc_of(draft.vpc.as_ref(), &draft.key) else {
            return self.fail(&draft.key);
        };
        let name = draft.key.name.as_str().into();
        if self.make(Change::CreateEgressOnlyGateway { name, vpc }, &draft.key.span).is_none() {
            self.fail(&draft.key);
        }
    }
}
