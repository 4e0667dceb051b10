//! `[gateway_endpoint.NAME]`

use crate::{
    cloud::{
        Change, EndpointPolicy, PrefixList, PrefixListId, RouteTable, Service, ServiceKind, Thing,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        names,
        scene::build::{Build, choice},
    },
};

pub(super) struct Draft {
    key: Key,
    vpc: Option<Text>,
    service: ServiceKind,
    list: Option<Text>,
    tables: Vec<Text>,
    policy: EndpointPolicy,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        vpc: section.text("vpc", faults),
        service: choice(
            section,
            "service",
            &[("s3", ServiceKind::S3), ("dynamodb", ServiceKind::DynamoDb)],
            faults,
        ),
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

    /// AWS's own list of a service, which is there whether somebody declared it or not: it holds the
    /// addresses of the service, as `[service.NAME]` says or as they usually are.
    fn list_of(&mut self, service: ServiceKind) -> PrefixListId {
        let name = service.as_str();
        names::only::<PrefixList>(&self.network, name)
            .filter(|it| self.network.prefix_lists()[*it].by_aws)
            .unwrap_or_else(|| {
                let here = |_, it: &Service| it.kind == service && it.region.is_none();
                let services = self.network.services();
                let cidrs = match services.find(here) {
                    Some(id) => services[id].ranges.clone(),
                    None => Service::here(name, service).ranges,
                };
                self.network.insert(PrefixList { name: name.into(), cidrs, by_aws: true })
            })
    }
}
