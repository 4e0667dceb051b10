//! `[service.NAME]`, `[endpoint_service.NAME]` and `[interface_endpoint.NAME]`

use crate::{
    cloud::{
        Change, DnsRecords, EndpointAddressType, EndpointPolicy, EndpointService, EndpointTo,
        InterfaceEndpoint, LoadBalancer, Reason, Service, ServiceChange, ServiceId, ServiceKind,
        ServiceReason, Thing,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        names,
        scene::build::{Build, choice, maybe},
    },
    i18n::fault,
};

pub(super) struct ServiceDraft {
    key: Key,
    kind: Option<Text>,
    region: Option<Text>,
    ranges: Option<Vec<Text>>,
}

/// Reads a service of AWS's.
pub(super) fn read_service(faults: &mut Faults, key: Key, section: &mut Section) -> ServiceDraft {
    ServiceDraft {
        key,
        kind: section.text("service", faults),
        region: section.text("region", faults),
        ranges: section.texts("ranges", faults),
    }
}

pub(super) struct OfferDraft {
    key: Key,
    balancers: Vec<Text>,
    acceptance: bool,
}

/// Reads an endpoint service.
pub(super) fn read_offer(faults: &mut Faults, key: Key, section: &mut Section) -> OfferDraft {
    OfferDraft {
        key,
        balancers: section.texts("load_balancers", faults).unwrap_or_default(),
        acceptance: section.flag("acceptance_required", faults).is_some_and(|it| it.0),
    }
}

pub(super) struct Draft {
    key: Key,
    service: Option<Text>,
    offered: Option<Text>,
    subnets: Vec<Text>,
    pub(super) addresses: Vec<Text>,
    groups: Option<Vec<Text>>,
    private_dns: Option<bool>,
    policy: EndpointPolicy,
    accepted: Option<bool>,
    address_type: Option<EndpointAddressType>,
    dns_records: Option<DnsRecords>,
    ipv6_addresses: Vec<Text>,
}

/// Reads an endpoint.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        service: section.text("service", faults),
        offered: section.text("endpoint_service", faults),
        subnets: section.texts("subnets", faults).unwrap_or_default(),
        addresses: section.texts("addresses", faults).unwrap_or_default(),
        groups: section.texts("security_groups", faults),
        private_dns: section.flag("private_dns", faults).map(|it| it.0),
        policy: choice(
            section,
            "policy",
            &[("allow", EndpointPolicy::Allows), ("deny", EndpointPolicy::Denies)],
            faults,
        ),
        accepted: section.flag("accepted", faults).map(|it| it.0),
        address_type: maybe(
            section,
            "address_type",
            &EndpointAddressType::ALL.map(|it| (it.as_str(), it)),
            faults,
        ),
        dns_records: maybe(
            section,
            "dns_records",
            &DnsRecords::ALL.map(|it| (it.as_str(), it)),
            faults,
        ),
        ipv6_addresses: section.texts("ipv6_addresses", faults).unwrap_or_default(),
    }
}

impl Build<'_> {
    pub(super) fn service(&mut self, draft: &ServiceDraft) {
        let word = draft.kind.as_ref().map_or(draft.key.name.as_str(), |it| it.value.trim());
        let Some(kind) = ServiceKind::named(word) else {
            let span = draft.kind.as_ref().map_or(&draft.key.span, |it| &it.span);
            let known = ServiceKind::ALL.iter().map(|it| it.as_str());
            let known = crate::course::document::list(known);
            self.faults.error(span.clone(), fault::one_of(word, &known));
            return self.fail(&draft.key);
        };
        let name = draft.key.name.as_str();
        let mut service = match &draft.region {
            None => Service::here(name, kind),
            Some(region) => {
                let already = self.network.services().count(|it| it.region.is_some());
                Service::elsewhere(name, kind, region.value.trim(), already)
            }
        };
        if let Some(texts) = &draft.ranges {
            service.ranges.clear();
            for text in texts {
                service.ranges.extend(self.cidr(text));
            }
        }
        self.network.insert(service);
    }

    /// The service that a word means: a declared one, or one of AWS's, which is there whether
    /// somebody declared it or not.
    pub(super) fn service_called(&mut self, word: &str) -> Option<ServiceId> {
        if let Some(id) = names::only::<Service>(&self.network, word) {
            return Some(id);
        }
        let kind = ServiceKind::named(word)?;
        let here = |_, it: &Service| it.kind == kind && it.region.is_none();
        let known = self.network.services().find(here);
        Some(known.unwrap_or_else(|| self.network.insert(Service::here(word, kind))))
    }

    pub(super) fn endpoint_service(&mut self, draft: &OfferDraft) {
        let mut balancers = Vec::new();
        for text in &draft.balancers {
            balancers.extend(self.find::<LoadBalancer>(text));
        }
        let change = Change::Service(ServiceChange::CreateEndpointService {
            name: draft.key.name.as_str().into(),
            balancers,
            acceptance_required: draft.acceptance,
        });
        if self.make(change, &draft.key.span).is_none() {
            self.fail(&draft.key);
        }
    }

    pub(super) fn interface_endpoint(&mut self, draft: &Draft) {
        let to = match (&draft.offered, &draft.service) {
            (Some(text), _) => self.find::<EndpointService>(text).map(EndpointTo::Offered),
            (None, written) => {
                let word = written.as_ref().map_or(draft.key.name.clone(), |it| it.value.clone());
                let found = self.service_called(word.trim());
                if found.is_none() {
                    let span = written.as_ref().map_or(&draft.key.span, |it| &it.span);
                    let known = ServiceKind::ALL.iter().map(|it| it.as_str());
                    let known = crate::course::document::list(known);
                    self.faults.error(span.clone(), fault::one_of(word.trim(), &known));
                }
                found.map(EndpointTo::Service)
            }
        };
        let subnets = self.subnets_called(&draft.subnets);
        let (Some(to), true) = (to, subnets.len() == draft.subnets.len()) else {
            return self.fail(&draft.key);
        };
        let vpc = subnets.first().map(|it| self.network.subnets()[*it].vpc);
        let groups = match subnets.first() {
            Some(first) => self.groups(draft.groups.as_deref(), *first),
            None => Vec::new(),
        };
        // As the console does it: private names wherever the VPC can have them.
        let possible = vpc.map(|it| &self.network.vpcs()[it]);
        let usual =
            to.service().is_some() && possible.is_some_and(|it| it.dns_support && it.dns_hostnames);
        let private_dns = draft.private_dns.unwrap_or(usual);
        let create = |private_dns| {
            Change::Service(ServiceChange::CreateInterfaceEndpoint {
                name: draft.key.name.as_str().into(),
                to,
                subnets: subnets.clone(),
                groups: groups.clone(),
                private_dns,
            })
        };
        let mut made = self.network.apply(create(private_dns));
        if let Err(refusal) = &made
            && let Reason::Service(ServiceReason::PrivateDnsNeedsVpcDns(_)) = refusal.reason
        {
            // The VPC lost its names later.
            self.warned(refusal, &draft.key.span);
            made = self.network.apply(create(false));
        }
        let endpoint = match made.map(|it| it.made) {
            Ok(Some(Thing::InterfaceEndpoint(endpoint))) => endpoint,
            Ok(_) => return self.fail(&draft.key),
            Err(refusal) => {
                self.refused(&refusal, &draft.key.span);
                return self.fail(&draft.key);
            }
        };
        let interfaces = self.network.interface_endpoints()[endpoint].interfaces.clone();
        self.addresses_at(&interfaces, &draft.addresses);
        if draft.address_type.is_some() || draft.dns_records.is_some() {
            let (address_type, dns_records) = (draft.address_type, draft.dns_records);
            let change =
                ServiceChange::ModifyEndpointAddressType { endpoint, address_type, dns_records };
            self.make(Change::Service(change), &draft.key.span);
        }
        self.ipv6_at(&interfaces, &draft.ipv6_addresses);
        let (policy, accepted) = (draft.policy, draft.accepted);
        self.network.update(endpoint, |row: &mut InterfaceEndpoint| {
            row.policy = policy;
            row.private_dns = private_dns;
            row.accepted = accepted.unwrap_or(row.accepted);
        });
    }
}
