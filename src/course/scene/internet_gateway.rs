//! `[internet_gateway.NAME]`

use crate::{
    cloud::{Change, Thing, Vpc},
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
    pub(super) fn internet_gateway(&mut self, draft: &Draft) {
        let name = draft.key.name.as_str().into();
        let made = self.make(Change::CreateInternetGateway { name }, &draft.key.span);
        let Some(Thing::InternetGateway(gateway)) = made else {
            return self.fail(&draft.key);
        };
        if let Some(text) = &draft.vpc {
            if let Some(vpc) = self.find::<Vpc>(text) {
                self.make(Change::AttachInternetGateway { gateway, vpc }, &text.span);
            } else {
                self.fail(&draft.key);
            }
        }
    }
}
