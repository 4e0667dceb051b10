//! AWS's own dialect: the JSON that `aws ec2 describe-*` and the like print, read into a [`Network`].
//!
//! A description is one file with all lists, a file per call, or a folder with folders per account
//! and Region; what several of them say of one object is merged. It is what a live account already
//! is, so nothing is asked of quotas or of what AWS would refuse today: the network is put together
//! as it stands. Descriptions are never complete. What is missing, unknown or contradictory is
//! listed in [`Import::unread`] with its place and with what it means for answers; nothing is
//! dropped in silence.
//!
//! One file per noun of AWS's: which of its keys are read, and which decide about no packet.
//! Knows no file system: whoever calls has read the files.

mod address;
mod block_public_access;
mod classic_load_balancer;
pub mod commands;
mod database;
mod direct_connect;
mod dns;
mod dump;
mod egress_only_gateway;
mod end;
mod endpoint;
mod endpoint_service;
mod function;
pub mod home;
mod instance;
mod internet_gateway;
mod json;
mod load_balancer;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod notes;
mod peering;
mod plain;
mod prefix_list;
mod route_table;
mod security_group;
mod service_interface;
mod site;
mod subnet;
mod task;
mod transit_attachment;
mod transit_gateway;
mod transit_route;
mod vpc;
mod vpn;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    cloud::{
        CustomerGatewayId, DirectConnectGatewayId, EgressOnlyGatewayId, EndpointServiceId,
        FunctionId, GatewayEndpointId, InstanceId, InterfaceEndpointId, InterfaceId,
        InternetGatewayId, LoadBalancerId, Name, NatGatewayId, Network, NetworkAclId, OnPremisesId,
        PeeringId, PrefixListId, ProbeEnd, RouteTableId, SecurityGroupId, SubnetId, TargetGroupId,
        Thing, TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId,
        VirtualPrivateGatewayId, VpcId, VpnConnectionId,
    },
    i18n::fault::Said,
    net::Cidr,
    text::clean::clean,
};

use dump::Dump;
pub use dump::File;
pub use end::Side;
use home::Homes;
use notes::{Found, Item, Notes, Record};

/// A network read from a description of a live account.
#[derive(Debug, Clone)]
pub struct Import {
    /// The network. Objects are called by their `Name` tag and id, `web (i-0abc)`, or by their id.
    pub network: Network,
    /// What was not understood, in the order of the files.
    pub unread: Vec<Unread>,
    /// Which object an id means.
    ids: BTreeMap<String, Thing>,
    /// Which objects carry a `Name` tag.
    tags: BTreeMap<String, Vec<Thing>>,
    /// The id of what is called so.
    called: BTreeMap<Name, String>,
    /// What goes by a DNS name.
    dns: BTreeMap<String, Vec<ProbeEnd>>,
    /// In which account and Region things are.
    pub homes: Homes,
    /// The prefixes given to interfaces that hold more addresses than are entered.
    prefixes: Vec<(Cidr, InterfaceId)>,
}

/// Something that was not understood, and what that means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// How to get there in the file's JSON: `NetworkInterfaces[3].Ipv6Prefixes`.
    pub path: String,
    /// What it is, and in its help what that means for answers.
    pub said: Said,
    /// May answers be wrong for it?
    pub matters: bool,
    /// How often the same was found; the place is the first one's.
    pub count: usize,
}

/// Something for which a description cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was given.
    pub file: String,
    /// The bytes of the file's text; empty at 0 when it is about the file as a whole.
    pub span: Range<usize>,
    /// What is wrong.
    pub said: Said,
}

/// A description that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// Why, in the order of the files.
    pub faults: Vec<Fault>,
    /// The texts of the files that the faults are in.
    pub texts: BTreeMap<String, String>,
}

/// Reads a description: its files by name, in any order.
///
/// # Errors
/// Everything for which it cannot be used: text that is not JSON, values of another type than
/// AWS's, or none of AWS's lists.
pub fn read(files: &[File]) -> Result<Import, Unusable> {
    let notes = Notes::default();
    let texts: Vec<Cow<str>> = (files.iter().enumerate())
        .map(|(file, (_, bytes))| {
            if dump::is_compressed(bytes) {
                match files {
                    [_] => notes.fault_at(file, 0..0, crate::i18n::aws::compressed()),
                    _ => notes.unread(file, 0..0, crate::i18n::aws::compressed_file(), true),
                }
                return Cow::Borrowed("");
            }
            dump::decode(bytes).unwrap_or_else(|good| {
                if let Some(text) = dump::decode_roughly(bytes) {
                    notes.unread(file, 0..0, crate::i18n::aws::names_lost(), false);
                    return Cow::Owned(text);
                }
                let span = good..good + 1;
                notes.fault_at(file, span, crate::i18n::aws::not_text());
                Cow::Borrowed("")
            })
        })
        .collect();
    let roots: Vec<_> = (texts.iter().enumerate())
        .map(|(file, text)| {
            let unreadable = text.is_empty() && !files[file].1.is_empty();
            let others = files.len() > 1;
            if unreadable { Vec::new() } else { dump::parse(file, text, others, &notes) }
        })
        .collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let dump = Dump::of(&roots, &names, &notes);
    if dump.is_empty() && !notes.are_bad() {
        notes.fault_at(0, 0..0, crate::i18n::aws::not_a_dump());
    }

    let mut build = Build::new(&dump, &notes);
    if !notes.are_bad() {
        build.everything();
    }
    let Build { network, ids, tags, called, dns, homes, prefixes, .. } = build;
    let (faults, mut unread) = notes.into_parts();
    if !faults.is_empty() {
        return Err(unusable(files, &faults));
    }
    unread.sort_by_key(|it| (it.file, it.span.start));
    let mut lines = Lines::default();
    let unread = unread
        .into_iter()
        .map(|Found { file, span, said, matters, count }| {
            let root = roots[file].iter().find(|it| it.span().end >= span.end);
            Unread {
                file: files[file].0.clone(),
                line: lines.line(file, &texts[file], span.start),
                path: root.map_or_else(String::new, |it| it.path_to(&span)),
                said,
                matters,
                count,
            }
        })
        .collect();
    Ok(Import { network, unread, ids, tags, called, dns, homes, prefixes })
}

impl Import {
    /// Lists files beside the description that were not read.
    pub fn skipped(&mut self, files: Vec<String>) {
        const PACKED: [&str; 7] = [".gz", ".zip", ".bz2", ".xz", ".zst", ".tgz", ".tar"];
        self.unread.extend(files.into_iter().map(|file| {
            let packed = PACKED.iter().any(|it| file.to_ascii_lowercase().ends_with(it));
            let (said, matters) = if packed {
                (crate::i18n::aws::compressed_file(), true)
            } else {
                (crate::i18n::aws::other_file(), false)
            };
            Unread { file, line: 1, path: String::new(), said, matters, count: 1 }
        }));
    }
}

/// Looks like a description, not like a scene: the text of a file without the extension that would
/// say so.
pub fn is_description(bytes: &[u8]) -> bool {
    let Ok(text) = dump::decode(bytes) else { return false };
    let mut letters = text.trim_start().chars().filter(|it| !it.is_whitespace());
    match (letters.next(), letters.next()) {
        (Some('{'), _) => true,
        // `[vpc.main]` opens a table of a scene.
        (Some('['), Some(next)) => matches!(next, '{' | '[' | ']' | '"'),
        _ => false,
    }
}

/// Counts lines of places that come in order.
#[derive(Default)]
struct Lines {
    file: usize,
    at: usize,
    line: usize,
}

impl Lines {
    fn line(&mut self, file: usize, text: &str, at: usize) -> usize {
        if self.file != file || self.line == 0 || at < self.at {
            *self = Self { file, at: 0, line: 1 };
        }
        let passed = text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += passed.iter().map(|it| usize::from(*it == b'\n')).sum::<usize>();
        self.at = at;
        self.line
    }
}

fn unusable(files: &[File], faults: &[Found]) -> Unusable {
    let mut texts = BTreeMap::new();
    let mut list: Vec<Fault> = faults
        .iter()
        .map(|found| {
            let (name, bytes) = &files[found.file];
            let text = texts.entry(name.clone()).or_insert_with(|| match dump::decode(bytes) {
                Ok(text) => text.into_owned(),
                Err(_) => String::from_utf8_lossy(bytes).into_owned(),
            });
            let mut end = found.span.end.min(text.len());
            let mut start = found.span.start.min(end);
            // What stands for bytes that are no text is longer than they are.
            while !text.is_char_boundary(end) {
                end += 1;
            }
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let span = start..end;
            Fault { file: name.clone(), span, said: found.said.clone() }
        })
        .collect();
    list.sort_by(|one, two| (&one.file, one.span.start).cmp(&(&two.file, two.span.start)));
    Unusable { faults: list, texts }
}

/// A network under construction. Each noun has its own file with the methods that read it.
struct Build<'d> {
    dump: &'d Dump<'d>,
    notes: &'d Notes,
    network: Network,
    ids: BTreeMap<String, Thing>,
    tags: BTreeMap<String, Vec<Thing>>,
    called: BTreeMap<Name, String>,
    dns: BTreeMap<String, Vec<ProbeEnd>>,
    homes: Homes,
    prefixes: Vec<(Cidr, InterfaceId)>,
    vpcs: BTreeMap<&'d str, VpcId>,
    subnets: BTreeMap<&'d str, SubnetId>,
    route_tables: BTreeMap<&'d str, RouteTableId>,
    internet_gateways: BTreeMap<&'d str, InternetGatewayId>,
    egress_only_gateways: BTreeMap<&'d str, EgressOnlyGatewayId>,
    nat_gateways: BTreeMap<&'d str, NatGatewayId>,
    security_groups: BTreeMap<&'d str, SecurityGroupId>,
    /// The groups that `describe-security-group-rules` speaks of.
    ruled: BTreeSet<&'d str>,
    network_acls: BTreeMap<&'d str, NetworkAclId>,
    instances: BTreeMap<&'d str, InstanceId>,
    interfaces: BTreeMap<&'d str, InterfaceId>,
    prefix_lists: BTreeMap<&'d str, PrefixListId>,
    peerings: BTreeMap<&'d str, PeeringId>,
    gateway_endpoints: BTreeMap<&'d str, GatewayEndpointId>,
    target_groups: BTreeMap<&'d str, TargetGroupId>,
    balancers: BTreeMap<&'d str, LoadBalancerId>,
    transit_gateways: BTreeMap<&'d str, TransitGatewayId>,
    transit_tables: BTreeMap<&'d str, TransitGatewayRouteTableId>,
    transit_attachments: BTreeMap<&'d str, TransitGatewayAttachmentId>,
    /// A peering has one id at both gateways: the ends that were read second.
    far_ends: BTreeMap<&'d str, TransitGatewayAttachmentId>,
    vpn_gateways: BTreeMap<&'d str, VirtualPrivateGatewayId>,
    customer_gateways: BTreeMap<&'d str, CustomerGatewayId>,
    vpn_connections: BTreeMap<&'d str, VpnConnectionId>,
    direct_connect_gateways: BTreeMap<&'d str, DirectConnectGatewayId>,
    /// What is behind Connect attachments.
    connects: BTreeMap<&'d str, (OnPremisesId, Vec<Cidr>)>,
    endpoint_services: BTreeMap<&'d str, EndpointServiceId>,
    interface_endpoints: BTreeMap<&'d str, InterfaceEndpointId>,
    functions: BTreeMap<&'d str, FunctionId>,
    /// Are zones called by their ids, which are the same in all accounts?
    zones_by_id: bool,
    /// Associations stand with tables and lists, and count for subnets.
    tables_of_subnets: BTreeMap<&'d str, RouteTableId>,
    acls_of_subnets: BTreeMap<&'d str, NetworkAclId>,
}

impl<'d> Build<'d> {
    fn new(dump: &'d Dump<'d>, notes: &'d Notes) -> Self {
        Self {
            dump,
            notes,
            network: Network::new(),
            ids: BTreeMap::new(),
            tags: BTreeMap::new(),
            called: BTreeMap::new(),
            dns: BTreeMap::new(),
            homes: Homes::default(),
            prefixes: Vec::new(),
            vpcs: BTreeMap::new(),
            subnets: BTreeMap::new(),
            route_tables: BTreeMap::new(),
            internet_gateways: BTreeMap::new(),
            egress_only_gateways: BTreeMap::new(),
            nat_gateways: BTreeMap::new(),
            security_groups: BTreeMap::new(),
            ruled: BTreeSet::new(),
            network_acls: BTreeMap::new(),
            instances: BTreeMap::new(),
            interfaces: BTreeMap::new(),
            prefix_lists: BTreeMap::new(),
            peerings: BTreeMap::new(),
            gateway_endpoints: BTreeMap::new(),
            target_groups: BTreeMap::new(),
            balancers: BTreeMap::new(),
            transit_gateways: BTreeMap::new(),
            transit_tables: BTreeMap::new(),
            transit_attachments: BTreeMap::new(),
            far_ends: BTreeMap::new(),
            vpn_gateways: BTreeMap::new(),
            customer_gateways: BTreeMap::new(),
            vpn_connections: BTreeMap::new(),
            direct_connect_gateways: BTreeMap::new(),
            connects: BTreeMap::new(),
            endpoint_services: BTreeMap::new(),
            interface_endpoints: BTreeMap::new(),
            functions: BTreeMap::new(),
            zones_by_id: false,
            tables_of_subnets: BTreeMap::new(),
            acls_of_subnets: BTreeMap::new(),
        }
    }

    /// Who is referred to comes before who refers.
    fn everything(&mut self) {
        self.vpcs();
        self.vpc_attributes();
        self.prefix_lists();
        self.route_tables();
        self.network_acls();
        self.subnets();
        self.internet_gateways();
        self.vpn_gateways();
        self.edge_tables();
        self.egress_only_gateways();
        self.security_groups();
        self.security_group_rules();
        self.instances();
        self.interfaces();
        self.addresses();
        self.instance_interfaces();
        self.nat_gateways();
        self.peerings();
        self.functions();
        self.databases();
        self.tasks();
        self.load_balancers();
        self.classic_load_balancers();
        self.endpoint_services();
        self.endpoints();
        self.transit_gateways();
        self.lines();
        self.transit_attachments();
        self.transit_routes();
        self.routes();
        self.block_public_access();
        self.dns_names();
    }

    /// What an object is called: its id, with its `Name` tag (or `other` name) before it.
    fn name(record: &Record, other: Option<&str>) -> Name {
        let tag = Self::tag(record).or_else(|| other.map(shown)).filter(|it| !it.is_empty());
        let id = shown(record.id);
        match tag {
            Some(tag) if tag != id => format!("{tag} ({id})").into(),
            _ => id.into(),
        }
    }

    /// The `Name` tag.
    fn tag(record: &Record) -> Option<String> {
        let tags = record.get("Tags").or_else(|| record.get("TagSet"))?;
        let name = tags.items().find(|it| it.get("Key").and_then(Item::as_text) == Some("Name"))?;
        Some(shown(name.get("Value")?.as_text()?)).filter(|it| !it.is_empty())
    }

    /// Writes down what an object may be called by.
    fn remember(&mut self, record: &Record, thing: Thing) {
        let id = shown(record.id);
        if let Some(name) = self.network.name(thing) {
            self.called.insert(name.clone(), id.clone());
        }
        self.ids.insert(id, thing);
        self.lives(record, thing);
        if let Some(tag) = Self::tag(record) {
            self.tags.entry(tag).or_default().push(thing);
        }
    }
}

/// A name as it may be shown: one line, nothing that a terminal would obey.
fn shown(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
