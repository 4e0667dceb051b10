//! `[peering.NAME]`

use crate::{
    cloud::{Change, Peering, PeeringState, PrivateNames, Thing, Vpc},
    course::{
        Faults,
        document::{Key, Section, Text},
        scene::build::{Build, choice},
    },
};

pub(super) struct Draft {
    key: Key,
    requester: Option<Text>,
    accepter: Option<Text>,
    state: PeeringState,
    inter_region: bool,
    private_names: PrivateNames,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        requester: section.need_text("requester", faults),
        accepter: section.need_text("accepter", faults),
        state: choice(
            section,
            "state",
            &[
                ("active", PeeringState::Active),
                ("pending", PeeringState::PendingAcceptance),
                ("rejected", PeeringState::Rejected),
                ("expired", PeeringState::Expired),
            ],
            faults,
        ),
        inter_region: section.flag("inter_region", faults).is_some_and(|(yes, _)| yes),
        private_names: PrivateNames {
            requester: section.flag("requester_dns", faults).is_some_and(|(yes, _)| yes),
            accepter: section.flag("accepter_dns", faults).is_some_and(|(yes, _)| yes),
        },
    }
}

impl Build<'_> {
    pub(super) fn peering(&mut self, draft: &Draft) {
        let mut end = |text: &Option<Text>| text.as_ref().and_then(|it| self.find::<Vpc>(it));
        let (Some(requester), Some(accepter)) = (end(&draft.requester), end(&draft.accepter))
        else {
            return self.fail(&draft.key);
        };
        let name = draft.key.name.as_str().into();
        let (state, inter_region) = (draft.state, draft.inter_region);
        // What was said no to, or never answered, is over: it stands in nobody's way.
        if matches!(state, PeeringState::Rejected | PeeringState::Expired) {
            let private_names = PrivateNames::default();
            self.network.insert(Peering {
                name,
                requester,
                accepter,
                state,
                inter_region,
                private_names,
            });
            return;
        }
        let change = Change::CreatePeering { name, requester, accepter };
        match self.make(change, &draft.key.span) {
            Some(Thing::Peering(id)) => self.network.update(id, |row: &mut Peering| {
                row.state = state;
                row.inter_region = inter_region;
                row.private_names = draft.private_names;
            }),
            _ => self.fail(&draft.key),
        }
    }
}
