//! `[nat_gateway.NAME]`

use crate::{
    cloud::{Change, Connectivity, NatGateway, NatGatewayState, Subnet, Thing},
    course::{
        Faults,
        document::{Key, Section, Text},
        scene::build::{Build, choice},
    },
};

pub(super) struct Draft {
    pub(super) key: Key,
    subnet: Option<Text>,
    private: bool,
    pub(super) address: Option<Text>,
    public_ip: Option<Text>,
    state: NatGatewayState,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        subnet: section.need_text("subnet", faults),
        private: choice(section, "connectivity", &[("public", false), ("private", true)], faults),
        address: section.text("address", faults),
        public_ip: section.text("public_ip", faults),
        state: choice(
            section,
            "state",
            &[
                ("available", NatGatewayState::Available),
                ("pending", NatGatewayState::Pending),
                ("failed", NatGatewayState::Failed),
            ],
            faults,
        ),
    }
}

impl Build<'_> {
    pub(super) fn nat_gateway(&mut self, draft: &Draft) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let public_address = draft.public_ip.as_ref().and_then(|text| self.address_v4(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let change = Change::CreateNatGateway {
            name: draft.key.name.as_str().into(),
            subnet,
            connectivity: if draft.private { Connectivity::Private } else { Connectivity::Public },
            address: self.private_address(draft.address.as_ref(), subnet),
            public_address,
        };
        let span = draft.address.as_ref().map_or(&draft.key.span, |text| &text.span);
        match self.make(change, span) {
            Some(Thing::NatGateway(gateway)) => {
                self.network.update(gateway, |row: &mut NatGateway| row.state = draft.state);
            }
            _ => self.fail(&draft.key),
        }
    }
}
