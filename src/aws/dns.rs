//! DNS names by which descriptions call what answers: of interfaces, load balancers, endpoints and
//! databases.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::cloud::{InterfaceId, Named, ProbeEnd, Thing, Vpc, VpcId};

/// A name as it is looked up: letters of one case, without the dot of the root.
pub(super) fn folded(name: &str) -> String {
    name.trim().trim_end_matches('.').to_ascii_lowercase()
}

impl<'d> Build<'d> {
    /// Gathers the names.
    pub(super) fn dns_names(&mut self) {
        let dump = self.dump;
        for record in dump.all("NetworkInterfaces") {
            if let Some(&id) = self.interfaces.get(record.id) {
                self.names_of_interface(record, id);
            }
        }
        for record in dump.all("Instances") {
            let Some(&instance) = self.instances.get(record.id) else { continue };
            if let Some(&id) = self.network.instances()[instance].interfaces.first() {
                self.names_of_interface(record, id);
            }
        }
        for (noun, key) in [("LoadBalancers", "DNSName"), ("LoadBalancerDescriptions", "DNSName")] {
            for record in dump.all(noun) {
                if let Some(&Thing::LoadBalancer(id)) = self.ids.get(&shown(record.id)) {
                    self.goes_by(record.get(key), ProbeEnd::Named(Named::LoadBalancer(id)));
                }
            }
        }
        for record in dump.all("DBInstances") {
            let Some(&Thing::Database(id)) = self.ids.get(&shown(record.id)) else { continue };
            let interface = self.network.databases()[id].interface;
            let name = record.get("Endpoint").and_then(|it| it.get("Address"));
            self.goes_by(name, ProbeEnd::NameOf(interface));
        }
        for record in dump.all("VpcEndpoints") {
            let Some(&id) = self.interface_endpoints.get(record.id) else { continue };
            for entry in record.get("DnsEntries").into_iter().flat_map(Item::items) {
                // Names of the service itself lead to it from elsewhere too.
                let own = |it: &Item| it.as_text().is_some_and(|it| it.starts_with("vpce-"));
                let name = entry.get("DnsName").filter(own);
                self.goes_by(name, ProbeEnd::Named(Named::Endpoint(id)));
            }
        }
    }

    /// The private name of an interface is its private address, the public one what it resolves to
    /// for whoever asks. Public names are there where the VPC gives any
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html>).
    fn names_of_interface(&mut self, record: &Record<'d>, id: InterfaceId) {
        self.goes_by(record.get("PrivateDnsName"), ProbeEnd::Interface(id));
        let association = record.get("Association").and_then(|it| it.get("PublicDnsName"));
        let public = association.or_else(|| record.get("PublicDnsName"));
        let Some(public) = public.filter(|it| !it.is_nothing()) else { return };
        let vpc = self.network.subnets()[self.network.interfaces()[id].subnet].vpc;
        if !self.hostnames_told(vpc) && !self.network.vpcs()[vpc].dns_hostnames {
            self.network.update(vpc, |it: &mut Vpc| it.dns_hostnames = true);
        }
        self.goes_by(Some(public), ProbeEnd::NameOf(id));
    }

    /// Was it described whether the VPC gives names?
    pub(super) fn hostnames_told(&self, vpc: VpcId) -> bool {
        let described = self.dump.vpc_attributes.iter();
        let described = described.filter(|it| it.get("EnableDnsHostnames").is_some());
        let mut ids = described.filter_map(|it| it.get("VpcId")?.as_text());
        ids.any(|it| self.vpcs.get(it) == Some(&vpc))
    }

    fn goes_by(&mut self, name: Option<Item<'d>>, end: ProbeEnd) {
        let Some(name) = name.and_then(Item::as_text).map(folded) else { return };
        if !name.is_empty() {
            let ends = self.dns.entry(name).or_default();
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
    }
}
