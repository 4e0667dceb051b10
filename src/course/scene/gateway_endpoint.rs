//! `[gateway_endpoint.NAME]`

use crate::{
    cloud::{Change, EndpointPolicy, PrefixList, PrefixListId, RouteTable, Thing},
    course::{
        Faults,
        document::{Key, Section, Text},
        names,
        scene::build::{Build, choice},
    },
    net::Cidr,
};

pub(super) struct Draft {
    key: Key,
    vpc: Option<Text>,
    service: &'static str,
    list: Option<Text>,
    tables: Vec<Text>,
    policy: EndpointPolicy,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        service: choice(section, "service", &[("s3", "s3"), ("dynamodb", "dynamodb")], faults),
        list: section.text("prefix_list", faults),
        tables: section.texts("route_tables", faults).unwrap_or_default(),
        policy: choice(
            section,
            "policy",
            &[("allow", EndpointPolicy::Allows), ("deny", EndpointPolicy::Denies)],
            faults,
        ),
    }
}

/// The addresses of a service of which the author names no list: some that AWS publishes
/// (<https://ip-ranges.amazonaws.com/ip-ranges.json>).
fn usual_ranges(service: &str) -> Vec<Cidr> {
    let range = if service == "s3" { "52.216.0.0/15" } else { "52.94.0.0/22" };
    range.parse().into_iter().collect()
}

impl Build<'_> {
    pub(super) fn gateway_endpoint(&mut self, draft: &Draft) {
        let vpc = self.vpc_of(draft.vpc.as_ref(), &draft.key);
        let list = match &draft.list {
            Some(text) => self.find::<PrefixList>(text),
            None => Some(self.list_of(draft.service)),
        };
        let mut tables = Vec::new();
        for text in &draft.tables {
            tables.extend(self.find::<RouteTable>(text));
        }
        let (Some(vpc), Some(list)) = (vpc, list) else { return self.fail(&draft.key) };
        let name = draft.key.name.as_str().into();
        let change = Change::CreateGatewayEndpoint { name, vpc, list, tables };
        let Some(Thing::GatewayEndpoint(endpoint)) = self.make(change, &draft.key.span) else {
            return self.fail(&draft.key);
        };
        if draft.policy != EndpointPolicy::default() {
            let policy = draft.policy;
            let change = Change::ModifyGatewayEndpointPolicy { endpoint, policy };
            self.make(change, &draft.key.span);
        }
    }

    /// AWS's own list of a service, which is there whether somebody declared it or not.
    fn list_of(&mut self, service: &str) -> PrefixListId {
        names::only::<PrefixList>(&self.network, service)
            .filter(|it| self.network.prefix_lists()[*it].by_aws)
            .unwrap_or_else(|| {
                let cidrs = usual_ranges(service);
                self.network.insert(PrefixList { name: service.into(), cidrs, by_aws: true })
            })
    }
}
