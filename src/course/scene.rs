//! Scenes: a network as a person writes it by hand, with named packets.
//!
//! One file per kind of object: what may be written, and how it becomes part of the network.

mod block_public_access;
mod build;
mod egress_only_gateway;
mod endpoint;
mod gateway_endpoint;
mod host;
pub(super) mod hybrid;
mod instance;
mod interface;
mod internet_gateway;
mod load_balancer;
mod managed;
mod nat_gateway;
mod network_acl;
mod packet;
mod peering;
mod prefix_list;
mod quotas;
mod route_table;
mod security_group;
mod subnet;
#[cfg(test)]
mod tests;
pub(super) mod transit;
mod vpc;

/// Stands for what was deleted while somebody else still asks for it.
pub(super) const GONE: &str = "(deleted)";

use crate::{
    cloud::{Name, Network, Probe, ProbeEnd},
    course::{
        Fault, Faults,
        document::{self, Key, Section},
        fault::nearest,
        grammar::{Read, Slip, Token},
        scene::build::Build,
    },
    i18n::fault,
};

pub use packet::{parse_probe, print_end, print_probe};
pub(crate) use route_table::read_route;
pub(crate) use security_group::{far_peer, find_group};

/// A network with named packets.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What the file is called, without `.scene.toml`.
    pub name: String,
    /// The network.
    pub network: Network,
    /// The packets it names, in the order of the file.
    pub packets: Vec<NamedPacket>,
}

/// A packet that a scene names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPacket {
    /// Its name.
    pub name: Name,
    /// The packet.
    pub probe: Probe,
    /// As the author wrote it: `internet -> web tcp/443`.
    pub written: String,
}

impl Scene {
    /// Reads a scene from TOML. `file` is what the faults call it; its last part without
    /// `.scene.toml` becomes the scene's name. The text should be
    /// [clean](crate::text::clean::clean) already, as a pack's texts are: the places of faults
    /// are bytes of this text.
    ///
    /// Gives all faults at once, in the order of the file. There is a scene when none of them is
    /// an error.
    pub fn parse(file: &str, text: &str) -> (Option<Self>, Vec<Fault>) {
        let mut faults = Faults::new(file);
        let table = document::parse(text, &mut faults);
        let mut root = Section::root(text, &table);
        let name = scene_name(file);
        let scene = Build::new(&mut faults).read(&mut root, name);
        root.close(&mut faults);
        let scene = (!faults.has_errors()).then_some(scene);
        (scene, faults.into_list())
    }

    /// The packet with this name.
    pub fn packet(&self, name: &str) -> Option<&NamedPacket> {
        self.packets.iter().find(|packet| *packet.name == *name)
    }

    /// The packet that a line means: the name of one, or one written out.
    ///
    /// # Errors
    /// What is wrong with the line, and where.
    pub fn probe(&self, line: &str) -> Read<Probe> {
        let trimmed = line.trim();
        if let Some(packet) = self.packet(trimmed) {
            return Ok(packet.probe);
        }
        if !trimmed.contains("->") && !trimmed.contains('→') {
            let start = line.len() - line.trim_start().len();
            let range = start..start + trimmed.len();
            let names = self.packets.iter().map(|packet| packet.name.as_str());
            let said = fault::unknown_packet(trimmed).did_you_mean(nearest(trimmed, names));
            return Err(Slip { range, said: said.into() });
        }
        parse_probe(&self.network, line)
    }

    /// What a name means as an end of a packet, as in [`Self::probe`].
    ///
    /// # Errors
    /// Nothing is called so.
    pub fn end(&self, name: &str) -> Read<ProbeEnd> {
        let name = name.trim();
        packet::end(
            &self.network,
            &Token { text: name.into(), range: 0..name.len(), quoted: false },
        )
    }
}

/// `pack/lesson/open-the-gate.scene.toml` is called `open-the-gate`.
fn scene_name(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or(file);
    last.strip_suffix(".scene.toml").or_else(|| last.strip_suffix(".toml")).unwrap_or(last).into()
}

impl Build<'_> {
    /// Reads all that is written, then makes it in an order in which each finds what it needs:
    /// what stands alone, what stands in a VPC, what stands in a subnet, the routes, the packets.
    fn read(mut self, root: &mut Section, name: String) -> Scene {
        if let Some(mut section) = root.section("quotas", self.faults) {
            let raised = quotas::read(self.faults, &mut section);
            section.close(self.faults);
            self.quotas(raised);
        }
        let vpcs = self.each(root, "vpc", vpc::read);
        let gateways = self.each(root, "internet_gateway", internet_gateway::read);
        let egress_only = self.each(root, "egress_only_gateway", egress_only_gateway::read);
        let switch = root.section("block_public_access", self.faults).map(|mut section| {
            let draft = block_public_access::read(self.faults, &mut section);
            section.close(self.faults);
            draft
        });
        let peerings = self.each(root, "peering", peering::read);
        let lists = self.each(root, "prefix_list", prefix_list::read);
        let endpoints = self.each(root, "gateway_endpoint", gateway_endpoint::read);
        let subnets = self.each(root, "subnet", subnet::read);
        let tables = self.each(root, "route_table", route_table::read);
        let groups = self.each(root, "security_group", security_group::read);
        let acls = self.each(root, "network_acl", network_acl::read);
        let nats = self.each(root, "nat_gateway", nat_gateway::read);
        let instances = self.each(root, "instance", instance::read);
        let interfaces = self.each(root, "network_interface", interface::read);
        let hosts = self.each(root, "host", host::read);
        let transit = self.read_transit(root);
        let hybrid = self.read_hybrid(root);
        let services = self.each(root, "service", endpoint::read_service);
        let target_groups = self.each(root, "target_group", load_balancer::read_group);
        let balancers = self.each(root, "load_balancer", load_balancer::read);
        let offers = self.each(root, "endpoint_service", endpoint::read_offer);
        let doors = self.each(root, "interface_endpoint", endpoint::read);
        let functions = self.each(root, "lambda", managed::read_function);
        let databases = self.each(root, "database", managed::read_database);
        let tasks = self.each(root, "task", managed::read_task);
        let apis = self.each(root, "api", managed::read_api);
        let cdns = self.each(root, "cdn", managed::read_cdn);
        let packets = root.entries("packets", self.faults);
        if vpcs.is_empty() && !self.faults.broken {
            self.faults.error(0..0, fault::empty_scene());
        }
        self.names_once(&subnets, &tables, &instances, &hosts, &nats, &interfaces);
        for draft in &nats {
            self.claim(draft.address.as_ref());
        }
        for draft in &instances {
            draft.claims(&mut self);
        }
        for draft in &tasks {
            self.claim(draft.address.as_ref());
        }
        for draft in &interfaces {
            for text in draft.address.iter().chain(draft.further.iter().map(|it| &it.private)) {
                self.claim(Some(text));
            }
        }
        let written = databases.iter().filter_map(|it| it.address.as_ref());
        let written = written.chain(balancers.iter().flat_map(|it| &it.addresses));
        let written = written.chain(doors.iter().flat_map(|it| &it.addresses));
        for text in written.chain(functions.iter().flat_map(|it| &it.addresses)) {
            self.claim(Some(text));
        }

        for draft in &vpcs {
            self.vpc(draft);
        }
        for draft in &lists {
            self.prefix_list(draft);
        }
        for draft in &peerings {
            self.peering(draft);
        }
        for draft in &gateways {
            self.internet_gateway(draft);
        }
        for draft in &egress_only {
            self.egress_only_gateway(draft);
        }
        // A main table first: it frees the name of the table that came with the VPC.
        for draft in tables.iter().filter(|draft| draft.main) {
            self.route_table(draft);
        }
        for draft in tables.iter().filter(|draft| !draft.main) {
            self.route_table(draft);
        }
        for draft in &subnets {
            self.subnet(draft);
        }
        for draft in &groups {
            self.security_group(draft);
        }
        for draft in &acls {
            self.network_acl(draft);
        }
        for draft in &subnets {
            self.associations(draft);
        }
        for draft in &gateways {
            self.gateway_table(draft);
        }
        for draft in &hosts {
            self.host(draft);
        }
        for draft in &nats {
            self.nat_gateway(draft);
        }
        for draft in &instances {
            self.instance(draft);
        }
        for draft in &interfaces {
            self.network_interface(draft);
        }
        for draft in nats.iter().filter(|it| Self::says_its_addresses(it)) {
            self.regional_nat_gateway(draft);
        }
        self.hybrid_ends(&hybrid);
        self.transit_gateways(&transit);
        self.transit_attachments(&transit);
        self.vpns(&hybrid);
        self.transit_tables(&transit);
        self.hybrid_states(&hybrid);
        // Rules may name groups of VPCs that are joined.
        for draft in &groups {
            self.group_rules(draft);
        }
        for draft in &services {
            self.service(draft);
        }
        for draft in &tasks {
            self.task(draft);
        }
        for draft in &functions {
            self.function(draft);
        }
        for draft in &databases {
            self.database(draft);
        }
        for draft in &target_groups {
            self.target_group(draft);
        }
        for draft in &balancers {
            self.load_balancer(draft);
        }
        for draft in &target_groups {
            self.targets(draft);
        }
        for draft in &offers {
            self.endpoint_service(draft);
        }
        for draft in &doors {
            self.interface_endpoint(draft);
        }
        for draft in &apis {
            self.api(draft);
        }
        for draft in &cdns {
            self.distribution(draft);
        }
        for draft in nats.iter().filter(|it| !Self::says_its_addresses(it)) {
            self.regional_nat_gateway(draft);
        }
        for draft in &tables {
            self.routes(&draft.key, &draft.routes);
        }
        for draft in &subnets {
            if let Some(routes) = &draft.routes {
                self.routes(&draft.key, routes);
            }
        }
        for draft in &nats {
            self.nat_routes(draft);
        }
        for draft in &endpoints {
            self.gateway_endpoint(draft);
        }
        if let Some(draft) = &switch {
            self.block_public_access(draft);
        }
        self.transit_states(&transit);
        let packets = self.packets(packets);
        Scene { name, network: self.network, packets }
    }

    /// TOML keeps names apart within a kind; here are those that share a space across kinds.
    fn names_once(
        &mut self,
        subnets: &[subnet::Draft],
        tables: &[route_table::Draft],
        instances: &[instance::Draft],
        hosts: &[host::Draft],
        nats: &[nat_gateway::Draft],
        interfaces: &[interface::Draft],
    ) {
        let mut twice = |first: Vec<&Key>, second: Vec<&Key>| {
            for key in second {
                if first.iter().any(|other| other.name == key.name) {
                    self.faults.error(key.span.clone(), fault::duplicate_name(&key.name));
                }
            }
        };
        let own_tables = subnets.iter().filter(|s| s.routes.is_some()).map(|s| &s.key).collect();
        twice(tables.iter().map(|t| &t.key).collect(), own_tables);
        let ends: Vec<&Key> = instances.iter().map(|i| &i.key).collect();
        twice(ends.clone(), hosts.iter().map(|h| &h.key).collect());
        let ends = ends.into_iter().chain(hosts.iter().map(|h| &h.key)).collect::<Vec<_>>();
        twice(ends.clone(), nats.iter().map(|n| &n.key).collect());
        let ends = ends.into_iter().chain(nats.iter().map(|n| &n.key)).collect();
        twice(ends, interfaces.iter().map(|i| &i.key).collect());
    }
}
