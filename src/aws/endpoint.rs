//! `describe-vpc-endpoints`.

use super::{
    Build,
    json::{self, Node, Value},
    load_balancer::unseen_gateway_balancer,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        DnsRecords, EndpointAddressType, EndpointPolicy, EndpointService, EndpointTo,
        GatewayEndpoint, Interface, InterfaceEndpoint, InterfaceKind, PrefixList, PrefixListId,
        Service, ServiceKind, Thing, Vpc, VpcId,
    },
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The endpoints. Those of the gateway kind have their routes in the tables already.
    pub(super) fn endpoints(&mut self) {
        let dump = self.dump;
        for record in dump.all("VpcEndpoints") {
            for source in &record.sources {
                self.notes.only("VpcEndpoints", *source, is_known);
            }
            let id = shown(record.id);
            let notes = self.notes;
            if matches!(
                notes.text(record.get("State")),
                Some("deleted" | "Deleted" | "deleting" | "rejected" | "failed" | "expired")
            ) {
                notes.gone(record.item(), &id);
                continue;
            }
            match notes.text(record.get("VpcEndpointType")) {
                None | Some("Gateway") => self.gateway_endpoint(record, &id),
                Some("Interface" | "GatewayLoadBalancer") => self.interface_endpoint(record, &id),
                Some(other) => {
                    let kind = ("엔드포인트", "endpoint");
                    let id = format!("{id} ({})", shown(other));
                    notes.matters(record.item(), say::not_modelled(kind, &id));
                }
            }
        }
    }

    /// An endpoint of a service of AWS's, or of one that somebody offers. Its interfaces are described
    /// as such.
    fn interface_endpoint(&mut self, record: &Record<'d>, id: &str) {
        let notes = self.notes;
        let vpc_id = notes.text(record.get("VpcId"));
        let Some(&vpc) = vpc_id.and_then(|it| self.vpcs.get(it)) else {
            notes.left_out(record.item(), id, &shown(vpc_id.unwrap_or("VpcId")));
            return;
        };
        let gateway = notes.text(record.get("VpcEndpointType")) == Some("GatewayLoadBalancer");
        let to = self.behind(record, vpc, gateway);
        let interfaces: Vec<_> = record
            .get("NetworkInterfaceIds")
            .into_iter()
            .flat_map(Item::items)
            .filter_map(|it| self.interfaces.get(it.as_text()?).copied())
            .collect();
        if interfaces.is_empty() {
            notes.left_out(record.item(), id, "NetworkInterfaces");
            return;
        }
        let (address_type, dns_records) = self.families(record, id);
        let endpoint = InterfaceEndpoint {
            name: Self::name(record, None),
            vpc,
            to,
            interfaces: interfaces.clone(),
            private_dns: notes.flag(record.get("PrivateDnsEnabled")) == Some(true),
            policy: self.policy(record, id),
            accepted: notes
                .text(record.get("State"))
                .is_none_or(|it| matches!(&*it.to_ascii_lowercase(), "available" | "partial")),
            address_type,
            dns_records,
        };
        let endpoint = self.network.insert(endpoint);
        self.interface_endpoints.insert(record.id, endpoint);
        if self.network.interface_endpoints()[endpoint].private_dns && !self.hostnames_told(vpc) {
            // AWS grants private DNS to VPCs alone that resolve and give names
            // (https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html).
            self.network.update(vpc, |it: &mut Vpc| {
                it.dns_support = true;
                it.dns_hostnames = true;
            });
        }
        self.remember(record, Thing::InterfaceEndpoint(endpoint));
        for interface in interfaces {
            self.network.update(interface, |it: &mut Interface| {
                it.kind = InterfaceKind::Endpoint(endpoint);
                it.source_dest_check &= !gateway;
            });
        }
    }

    /// Which addresses an endpoint has, and which records its names have.
    fn families(&self, record: &Record<'d>, id: &str) -> (EndpointAddressType, DnsRecords) {
        let notes = self.notes;
        let item = record.get("IpAddressType");
        let address_type = match notes.text(item) {
            None => EndpointAddressType::Ipv4,
            Some(word) => word.parse().unwrap_or_else(|()| {
                notes
                    .matters(item.unwrap_or(record.item()), say::unknown_mode(id, "IpAddressType"));
                EndpointAddressType::Ipv4
            }),
        };
        let item = record.get("DnsOptions").and_then(|it| it.get("DnsRecordIpType"));
        let records = match notes.text(item) {
            None => address_type.usual_records(),
            Some(word) => word.parse().unwrap_or_else(|()| {
                let item = item.unwrap_or(record.item());
                notes.matters(item, say::unknown_mode(id, "DnsRecordIpType"));
                address_type.usual_records()
            }),
        };
        (address_type, records)
    }

    /// What is behind an endpoint: what its owner offers, where that is described; a service of
    /// AWS's; or something of somebody else's, of which no description tells.
    fn behind(&mut self, record: &Record<'d>, vpc: VpcId, gateway: bool) -> EndpointTo {
        let notes = self.notes;
        let name = notes.text(record.get("ServiceName")).unwrap_or_default();
        if let Some(&offered) = self.endpoint_services.get(name) {
            return EndpointTo::Offered(offered);
        }
        let (id, called) = (shown(record.id), shown(name));
        if gateway {
            notes.matters(record.item(), say::inspected_elsewhere(&id, &called));
            let balancer = self.network.insert(unseen_gateway_balancer(&called, vpc));
            let service = self.network.insert(EndpointService {
                name: called.into(),
                load_balancers: vec![balancer],
                acceptance_required: false,
            });
            self.endpoint_services.insert(name, service);
            return EndpointTo::Offered(service);
        }
        let known = ServiceKind::named(name).filter(|it| *it != ServiceKind::Other);
        if known.is_none() {
            notes.matters(record.item(), say::offered_elsewhere(&id, &called));
        }
        let kind = known.unwrap_or(ServiceKind::Other);
        let region = notes.text(record.get("ServiceRegion"));
        let home = record.get("VpcEndpointArn").and_then(Item::as_text);
        let home = home.and_then(|it| it.split(':').nth(3));
        let far = region.filter(|it| home.is_some_and(|home| home != *it));
        let same = |_, it: &Service| {
            let name_too = kind != ServiceKind::Other || *it.name == *called;
            it.kind == kind && it.region.as_deref() == far && name_too
        };
        let service = self.network.services().find(same).unwrap_or_else(|| {
            let (ranges, region) = (Vec::new(), far.map(|it| shown(it).into()));
            self.network.insert(Service { name: called.into(), kind, region, ranges })
        });
        EndpointTo::Service(service)
    }

    fn gateway_endpoint(&mut self, record: &Record<'d>, id: &str) {
        let notes = self.notes;
        let Some(vpc_id) = notes.text(record.get("VpcId")) else {
            notes.matters(record.item(), say::lacks(id, "VpcId"));
            return;
        };
        let Some(&vpc) = self.vpcs.get(vpc_id) else {
            notes.left_out(record.item(), id, &shown(vpc_id));
            return;
        };
        let list = self.list_of_endpoint(record, id);
        let tables = record.get("RouteTableIds").into_iter().flat_map(Item::items);
        let route_tables =
            tables.filter_map(|it| self.route_tables.get(it.as_text()?).copied()).collect();
        let policy = self.policy(record, id);
        let name = Self::name(record, None);
        let endpoint =
            self.network.insert(GatewayEndpoint { name, vpc, list, route_tables, policy });
        self.gateway_endpoints.insert(record.id, endpoint);
        self.remember(record, Thing::GatewayEndpoint(endpoint));
    }

    /// The list of its service's addresses: the one that its routes are for, or else the one that is
    /// called like the service.
    fn list_of_endpoint(&mut self, record: &Record<'d>, id: &str) -> PrefixListId {
        let dump = self.dump;
        let routes = dump.all("RouteTables").iter().filter_map(|it| it.get("Routes"));
        let mut routes = routes.flat_map(Item::items);
        let by_route = routes.find_map(|route| {
            let own = route.get("GatewayId").and_then(Item::as_text) == Some(record.id);
            route.get("DestinationPrefixListId").and_then(Item::as_text).filter(|_| own)
        });
        if let Some(list) = by_route {
            return self.prefix_list(list, id, record.item());
        }
        let service = self.notes.text(record.get("ServiceName"));
        let named = |it: &&Record| it.get("PrefixListName").and_then(Item::as_text) == service;
        let both = dump.all("PrefixLists").iter().chain(dump.all("ManagedPrefixLists"));
        if let Some(list) = both.filter(|_| service.is_some()).find(named) {
            return self.prefix_list(list.id, id, record.item());
        }
        let name = shown(service.unwrap_or(record.id));
        self.notes.matters(record.item(), say::no_prefix_list(id, &name));
        self.network.insert(PrefixList { name: name.into(), cidrs: Vec::new(), by_aws: true })
    }

    /// What the policy says about packets: some of what is asked may pass, or nothing.
    fn policy(&self, record: &Record<'d>, id: &str) -> EndpointPolicy {
        let notes = self.notes;
        let Some(item) = record.get("PolicyDocument") else { return EndpointPolicy::Allows };
        let Some(text) = notes.text(Some(item)) else { return EndpointPolicy::Allows };
        let Ok(roots) = json::parse(text) else {
            notes.matters(item, say::unknown_mode(id, "PolicyDocument"));
            return EndpointPolicy::Allows;
        };
        let statements: Vec<&Node> = match roots[0].get("Statement").map(|it| &it.value) {
            Some(Value::List(items)) => items.iter().collect(),
            Some(_) => roots[0].get("Statement").into_iter().collect(),
            None => Vec::new(),
        };
        let effect = |it: &&&Node, word: &str| {
            it.get("Effect").is_some_and(|it| matches!(&it.value, Value::Text(it) if it == word))
        };
        let any = |it: &Node, key: &str| {
            let star = |it: &Node| matches!(&it.value, Value::Text(it) if it == "*");
            it.get(key).is_none_or(|it| match &it.value {
                Value::List(items) => items.iter().any(star),
                _ => star(it) || it.get("AWS").is_some_and(star),
            })
        };
        let blanket = |it: &Node| {
            any(it, "Principal")
                && any(it, "Action")
                && any(it, "Resource")
                && it.get("Condition").is_none()
        };
        let allows = statements.iter().any(|it| effect(&it, "Allow"));
        let denies = statements.iter().any(|it| effect(&it, "Deny") && blanket(it));
        if !allows || denies {
            return EndpointPolicy::Denies;
        }
        let open = statements.iter().all(|it| effect(&it, "Allow") && blanket(it));
        if !open {
            notes.harmless(item, say::endpoint_policy(id));
        }
        EndpointPolicy::Allows
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "VpcEndpointId"
            | "VpcEndpointType"
            | "VpcId"
            | "ServiceName"
            | "State"
            | "PolicyDocument"
            | "RouteTableIds"
            | "SubnetIds"
            | "Groups"
            | "NetworkInterfaceIds"
            | "IpAddressType"
            | "DnsOptions"
            | "DnsEntries"
            | "PrivateDnsEnabled"
            | "RequesterManaged"
            | "LastError"
            | "Ipv4Prefixes"
            | "Ipv6Prefixes"
            | "FailureReason"
            | "ServiceRegion"
            | "PayerResponsibilities"
    )
}
