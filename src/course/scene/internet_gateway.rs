//! `[internet_gateway.NAME]`

use crate::{
    cloud::{Change, InternetGateway, RouteTable, Thing, Vpc},
    course::{
        Faults,
        document::{Key, Section, Text},
        names,
        scene::build::Build,
    },
};

pub(super) struct Draft {
    key: Key,
    vpc: Option<Text>,
    route_table: Option<Text>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        route_table: section.text("route_table", faults),
    }
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

    /// The table for what comes in, once there are tables.
    pub(super) fn gateway_table(&mut self, draft: &Draft) {
        let gateway = names::only::<InternetGateway>(&self.network, &draft.key.name);
        let (Some(gateway), Some(text)) = (gateway, &draft.route_table) else { return };
        if let Some(table) = self.find::<RouteTable>(text) {
            let table = Some(table);
            let change = Change::AssociateGatewayRouteTable { gateway, table };
            self.make(change, &text.span);
        }
    }
}
