//! `[lambda.NAME]`, `[database.NAME]`, `[task.NAME]`, `[api.NAME]` and `[cdn.NAME]`

use crate::{
    cloud::{
        Api, ApiId, ApiKind, CdnOrigin, Change, Distribution, Function, Host, Id, Instance,
        Integration, Interface, InterfaceKind, LaunchType, LoadBalancer, LoadBalancerId,
        NetworkType, NewDatabase, NewTask, ServiceChange, Subnet, SubnetId, Thing,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        scene::{
            build::{Build, choice},
            load_balancer::port,
        },
    },
};

pub(super) struct FunctionDraft {
    key: Key,
    subnets: Vec<Text>,
    pub(super) addresses: Vec<Text>,
    groups: Option<Vec<Text>>,
    ipv6: bool,
    ipv6_addresses: Vec<Text>,
}

/// Reads a function.
pub(super) fn read_function(faults: &mut Faults, key: Key, section: &mut Section) -> FunctionDraft {
    FunctionDraft {
        key,
        subnets: section.texts("subnets", faults).unwrap_or_default(),
        addresses: section.texts("addresses", faults).unwrap_or_default(),
        groups: section.texts("security_groups", faults),
        ipv6: section.flag("ipv6", faults).is_some_and(|it| it.0),
        ipv6_addresses: section.texts("ipv6_addresses", faults).unwrap_or_default(),
    }
}

pub(super) struct DatabaseDraft {
    key: Key,
    subnets: Vec<Text>,
    pub(super) address: Option<Text>,
    public_ip: Option<Text>,
    groups: Option<Vec<Text>>,
    public: bool,
    port: u16,
    network_type: NetworkType,
    ipv6_address: Option<Text>,
}

/// Reads a database.
pub(super) fn read_database(faults: &mut Faults, key: Key, section: &mut Section) -> DatabaseDraft {
    DatabaseDraft {
        key,
        subnets: section.texts("subnets", faults).unwrap_or_default(),
        address: section.text("address", faults),
        public_ip: section.text("public_ip", faults),
        groups: section.texts("security_groups", faults),
        public: section.flag("public", faults).is_some_and(|it| it.0),
        port: port(section, "port", faults).unwrap_or(5432),
        network_type: choice(
            section,
            "network_type",
            &NetworkType::ALL.map(|it| (it.as_str(), it)),
            faults,
        ),
        ipv6_address: section.text("ipv6_address", faults),
    }
}

pub(super) struct TaskDraft {
    key: Key,
    subnet: Option<Text>,
    pub(super) address: Option<Text>,
    groups: Option<Vec<Text>>,
    launch: LaunchType,
    public: bool,
    listens: Option<Vec<Text>>,
    ipv6: bool,
    ipv6_address: Option<Text>,
}

/// Reads a task.
pub(super) fn read_task(faults: &mut Faults, key: Key, section: &mut Section) -> TaskDraft {
    TaskDraft {
        key,
        subnet: section.need_text("subnet", faults),
        address: section.text("address", faults),
        groups: section.texts("security_groups", faults),
        launch: choice(
            section,
            "launch",
            &[("fargate", LaunchType::Fargate), ("ec2", LaunchType::Ec2)],
            faults,
        ),
        public: section.flag("public_ip", faults).is_some_and(|it| it.0),
        listens: section.texts("listens", faults),
        ipv6: section.flag("ipv6", faults).is_none_or(|it| it.0),
        ipv6_address: section.text("ipv6_address", faults),
    }
}

pub(super) struct ApiDraft {
    key: Key,
    kind: ApiKind,
    function: Option<Text>,
    link: Option<Text>,
    balancer: Option<Text>,
    host: Option<Text>,
    subnets: Vec<Text>,
    groups: Option<Vec<Text>>,
}

/// Reads an API.
pub(super) fn read_api(faults: &mut Faults, key: Key, section: &mut Section) -> ApiDraft {
    ApiDraft {
        key,
        kind: choice(
            section,
            "type",
            &[
                ("regional", ApiKind::Regional),
                ("edge", ApiKind::Edge),
                ("private", ApiKind::Private),
            ],
            faults,
        ),
        function: section.text("function", faults),
        link: section.text("vpc_link", faults),
        balancer: section.text("load_balancer", faults),
        host: section.text("host", faults),
        subnets: section.texts("subnets", faults).unwrap_or_default(),
        groups: section.texts("security_groups", faults),
    }
}

pub(super) struct CdnDraft {
    key: Key,
    balancer: Option<Text>,
    instance: Option<Text>,
    host: Option<Text>,
    bucket: Option<Text>,
    private: bool,
    access_control: bool,
    policy_allows: bool,
    port: u16,
}

/// Reads a distribution.
pub(super) fn read_cdn(faults: &mut Faults, key: Key, section: &mut Section) -> CdnDraft {
    CdnDraft {
        key,
        balancer: section.text("load_balancer", faults),
        instance: section.text("instance", faults),
        host: section.text("host", faults),
        bucket: section.text("bucket", faults),
        private: section.flag("vpc_origin", faults).is_some_and(|it| it.0),
        access_control: section.flag("access_control", faults).is_some_and(|it| it.0),
        policy_allows: choice(
            section,
            "bucket_policy",
            &[("allow", true), ("deny", false)],
            faults,
        ),
        port: port(section, "port", faults).unwrap_or(443),
    }
}

impl Build<'_> {
    pub(super) fn function(&mut self, draft: &FunctionDraft) {
        let subnets = self.subnets_called(&draft.subnets);
        let groups = match subnets.first() {
            Some(first) => self.groups(draft.groups.as_deref(), *first),
            None => Vec::new(),
        };
        let name = draft.key.name.as_str().into();
        let change = Change::Service(ServiceChange::CreateFunction { name, subnets, groups });
        match self.make(change, &draft.key.span) {
            Some(Thing::Function(function)) => {
                let interfaces = self.network.functions()[function].interfaces.clone();
                self.addresses_at(&interfaces, &draft.addresses);
                if draft.ipv6 {
                    let change = ServiceChange::ModifyFunctionIpv6 { function, on: true };
                    self.make(Change::Service(change), &draft.key.span);
                }
                self.ipv6_at(&interfaces, &draft.ipv6_addresses);
            }
            _ => self.fail(&draft.key),
        }
        self.service_called("lambda");
    }

    pub(super) fn database(&mut self, draft: &DatabaseDraft) {
        let subnets = self.subnets_called(&draft.subnets);
        let groups = match subnets.first() {
            Some(first) => self.groups(draft.groups.as_deref(), *first),
            None => Vec::new(),
        };
        let name = draft.key.name.as_str().into();
        // It stands in the subnet of its address, and may move to the others.
        let subnets = match draft.address.as_ref().and_then(|text| self.address(text)) {
            Some(address) => {
                let here = |it: &SubnetId| self.network.subnets()[*it].contains(address);
                let (mut own, others): (Vec<_>, Vec<_>) = subnets.into_iter().partition(here);
                own.extend(others);
                own
            }
            None => subnets,
        };
        let (public, port) = (draft.public || draft.public_ip.is_some(), draft.port);
        let new = NewDatabase { name, subnets, groups, public, port };
        let change = Change::Service(ServiceChange::CreateDatabase(new));
        let Some(Thing::Database(database)) = self.make(change, &draft.key.span) else {
            return self.fail(&draft.key);
        };
        let interface = self.network.databases()[database].interface;
        if let Some(text) = &draft.address {
            self.address_at(interface, text);
        }
        if let Some(text) = &draft.public_ip {
            self.public_at(interface, text);
        }
        let network_type = draft.network_type;
        let change = ServiceChange::ModifyDatabaseNetworkType { database, network_type };
        self.make(Change::Service(change), &draft.key.span);
        self.ipv6_at(&[interface], draft.ipv6_address.as_slice());
    }

    pub(super) fn task(&mut self, draft: &TaskDraft) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let new = NewTask {
            name: draft.key.name.as_str().into(),
            launch: draft.launch,
            subnet,
            address: self.private_address(draft.address.as_ref(), subnet),
            groups: self.groups(draft.groups.as_deref(), subnet),
            assign_public_ip: draft.public,
            listening: self.listening(draft.listens.as_deref()),
        };
        let made = self.make(Change::Service(ServiceChange::RunTask(new)), &draft.key.span);
        let Some(Thing::Task(task)) = made else { return self.fail(&draft.key) };
        let interface = self.network.tasks()[task].interface;
        if !draft.ipv6 && !self.network.subnets()[subnet].is_ipv6_only() {
            // It was started while the account did not give tasks such addresses.
            self.network.update(interface, |it: &mut Interface| {
                it.addresses.retain(std::net::IpAddr::is_ipv4);
            });
        }
        self.ipv6_at(&[interface], draft.ipv6_address.as_slice());
    }

    pub(super) fn api(&mut self, draft: &ApiDraft) {
        let function = draft.function.as_ref().and_then(|it| self.find_or_gone::<Function>(it));
        let balancer = draft.balancer.as_ref().and_then(|it| self.find_or_gone::<LoadBalancer>(it));
        let host = draft.host.as_ref().and_then(|it| self.find::<Host>(it));
        let asks = match (function, balancer, host) {
            (Some(id), ..) => Integration::Function(id),
            (_, Some(id), _) => Integration::PublicBalancer(id),
            (.., Some(id)) => Integration::PublicHost(id),
            _ => Integration::Mock,
        };
        let gone = function == Some(Id::LAST) || balancer == Some(Id::LAST);
        let integration = if gone { Integration::Mock } else { asks.clone() };
        let name = draft.key.name.as_str().into();
        let change =
            Change::Service(ServiceChange::CreateApi { name, kind: draft.kind, integration });
        let Some(Thing::Api(api)) = self.make(change, &draft.key.span) else {
            return self.fail(&draft.key);
        };
        if gone {
            self.network.update(api, |it: &mut Api| it.integration = asks);
        }
        self.service_called("execute-api");
        if let Some(to) = draft.link.as_ref().and_then(|it| self.find_or_gone(it)) {
            self.vpc_link(api, to, draft);
        }
    }

    fn vpc_link(&mut self, api: ApiId, to: LoadBalancerId, draft: &ApiDraft) {
        let subnets = self.subnets_called(&draft.subnets);
        let groups = match subnets.first() {
            Some(first) => self.groups(draft.groups.as_deref(), *first),
            None => Vec::new(),
        };
        if to != Id::LAST {
            let change = ServiceChange::CreateVpcLink { api, to, subnets, groups };
            self.make(Change::Service(change), &draft.key.span);
            return;
        }
        // Its interfaces outlive what it led to.
        let mut through = Vec::new();
        for subnet in subnets {
            let name = format!("{}-{}", draft.key.name, self.network.subnets()[subnet].name);
            let (name, groups) = (name.into(), groups.clone());
            let change = Change::CreateInterface { name, subnet, address: None, groups };
            if let Some(Thing::Interface(id)) = self.make(change, &draft.key.span) {
                let kind = InterfaceKind::VpcLink(api);
                self.network.update(id, |it: &mut Interface| it.kind = kind);
                through.push(id);
            }
        }
        let link = Integration::VpcLink { through, to };
        self.network.update(api, |it: &mut Api| it.integration = link);
    }

    pub(super) fn distribution(&mut self, draft: &CdnDraft) {
        let balancer = draft.balancer.as_ref().and_then(|it| self.find_or_gone::<LoadBalancer>(it));
        let instance = draft.instance.as_ref().and_then(|it| self.find_or_gone::<Instance>(it));
        let interface = instance.and_then(|it| match self.network.instances().get(it) {
            Some(row) => row.interfaces.first().copied(),
            None => Some(Id::LAST),
        });
        let host = draft.host.as_ref().and_then(|it| self.find::<Host>(it));
        let origin = match (balancer, interface, host) {
            (Some(id), ..) if draft.private => CdnOrigin::PrivateBalancer(id),
            (Some(id), ..) => CdnOrigin::PublicBalancer(id),
            (_, Some(id), _) if draft.private => CdnOrigin::PrivateInterface(id),
            (_, Some(id), _) => CdnOrigin::PublicInterface(id),
            (.., Some(id)) => CdnOrigin::Host(id),
            _ => {
                let word = draft.bucket.as_ref().map_or("s3", |it| it.value.trim()).to_owned();
                let Some(service) = self.service_called(&word) else {
                    return self.fail(&draft.key);
                };
                let (access_control, policy_allows) = (draft.access_control, draft.policy_allows);
                CdnOrigin::Bucket { service, access_control, policy_allows }
            }
        };
        let name = draft.key.name.as_str().into();
        if balancer == Some(Id::LAST) || interface == Some(Id::LAST) {
            let Some(address) = self.network.free_public_address() else { return };
            let origin_facing = self.network.free_origin_facing();
            let origin_port = draft.port;
            self.network.insert(Distribution { name, address, origin_facing, origin, origin_port });
            return;
        }
        let change =
            Change::Service(ServiceChange::CreateDistribution { name, origin, port: draft.port });
        if self.make(change, &draft.key.span).is_none() {
            self.fail(&draft.key);
        }
    }
}
