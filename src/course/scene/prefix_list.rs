//! `[prefix_list.NAME]`

use crate::{
    cloud::{Change, PrefixList},
    course::{
        Faults,
        document::{Key, Section, Text},
        scene::build::Build,
    },
};

pub(super) struct Draft {
    key: Key,
    cidrs: Vec<Text>,
    aws: bool,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        cidrs: section.texts("cidrs", faults).unwrap_or_default(),
        aws: section.flag("aws", faults).is_some_and(|(aws, _)| aws),
    }
}

impl Build<'_> {
    pub(super) fn prefix_list(&mut self, draft: &Draft) {
        let mut cidrs = Vec::new();
        for text in &draft.cidrs {
            cidrs.extend(self.cidr(text));
        }
        if draft.aws && draft.cidrs.is_empty() {
            cidrs = PrefixList::made_up(&draft.key.name);
        }
        let name = draft.key.name.as_str().into();
        if draft.aws {
            self.network.insert(PrefixList { name, cidrs, by_aws: true });
        } else if self.make(Change::CreatePrefixList { name, cidrs }, &draft.key.span).is_none() {
            self.fail(&draft.key);
        }
    }
}
