//! What lies at the far end of VPN connections and Direct Connect. No description says it; AWS knows
//! the blocks alone, as routes that people wrote or that the far end announced.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        CustomerGateway, DirectConnectGateway, Listening, OnPremises, OnPremisesId, Thing,
        VirtualPrivateGatewayId, VpnConnection, VpnRouting, VpnSide,
    },
    i18n::aws as say,
    net::Cidr,
};

/// Where one of the many hosts may be of a far end that announces a default route alone.
const SOMEWHERE: [&str; 4] = ["192.168.0.0/24", "172.16.0.0/24", "10.0.0.0/24", "fd00::/64"];

/// One line that leaves AWS, and what is known of its far end.
pub(super) struct Line<'d> {
    pub record: &'d Record<'d>,
    pub kind: LineKind<'d>,
    /// The blocks that AWS knows over it.
    pub blocks: Vec<Cidr>,
    /// The device at its far end.
    pub device: Option<&'d str>,
}

/// Which kind of line.
pub(super) enum LineKind<'d> {
    Vpn {
        side: VpnSide,
        dynamic: bool,
    },
    DirectConnect {
        gateways: Vec<VirtualPrivateGatewayId>,
        up: bool,
        id: &'d str,
    },
    /// Of a transit gateway, through an appliance.
    Connect,
}

/// Which blocks routes say of whom.
#[derive(Default)]
pub(super) struct Learned<'d> {
    /// What a transit gateway learned, by attachment and by what is attached.
    announced: BTreeMap<&'d str, Vec<Cidr>>,
    /// What people wrote into its tables, by attachment.
    written: BTreeMap<&'d str, Vec<Cidr>>,
    /// What tables learned from a virtual private gateway, and what people wrote for it.
    at_gateway: BTreeMap<&'d str, (Vec<Cidr>, Vec<Cidr>)>,
}

impl Learned<'_> {
    /// What was announced over what is called by one of these ids; where nothing was, what people
    /// wrote.
    pub fn at_transit(&self, ids: &[&str], written: bool) -> Vec<Cidr> {
        let of = |map: &BTreeMap<&str, Vec<Cidr>>| {
            let all = ids.iter().filter_map(|id| map.get(id)).flatten().copied();
            unique(all)
        };
        let announced = of(&self.announced);
        if announced.is_empty() || written {
            unique(announced.into_iter().chain(of(&self.written)))
        } else {
            announced
        }
    }

    /// What tables learned from a virtual private gateway, without what is known over other lines;
    /// where they learned nothing, what people wrote.
    pub fn at_gateway(&self, id: &str, but: &[Cidr]) -> Vec<Cidr> {
        let Some((learned, written)) = self.at_gateway.get(id) else { return Vec::new() };
        let others = || learned.iter().copied().filter(|it| !but.contains(it));
        unique(if learned.is_empty() { written.clone() } else { others().collect() })
    }
}

fn unique(cidrs: impl IntoIterator<Item = Cidr>) -> Vec<Cidr> {
    let mut seen = BTreeSet::new();
    cidrs.into_iter().filter(|it| seen.insert(*it)).collect()
}

impl<'d> Build<'d> {
    /// Gathers what routes say of far ends.
    pub(super) fn learned(&self) -> Learned<'d> {
        let dump = self.dump;
        let mut found = Learned::default();
        let text = |item: Item<'d>, key: &str| item.get(key).and_then(Item::as_text);
        let cidr = |item: Item<'d>, key: &str| text(item, key)?.parse::<Cidr>().ok();
        let mut transit = |route: Item<'d>| {
            let Some(to) = cidr(route, "DestinationCidrBlock") else { return };
            let announced = text(route, "Type") == Some("propagated");
            for by in route.get("TransitGatewayAttachments").into_iter().flat_map(Item::items) {
                let ids = [text(by, "TransitGatewayAttachmentId"), resource(by)];
                let map = if announced { &mut found.announced } else { &mut found.written };
                for id in ids.into_iter().flatten() {
                    map.entry(id).or_default().push(to);
                }
            }
        };
        for list in dump.loose("Routes") {
            list.item.items().for_each(&mut transit);
        }
        for record in dump.all("TransitGatewayStaticRoutes") {
            record.get("Routes").into_iter().flat_map(Item::items).for_each(&mut transit);
        }
        for table in dump.all("RouteTables") {
            for route in table.get("Routes").into_iter().flat_map(Item::items) {
                let gateway = text(route, "GatewayId").filter(|it| it.starts_with("vgw-"));
                let to = cidr(route, "DestinationCidrBlock");
                let to = to.or_else(|| cidr(route, "DestinationIpv6CidrBlock"));
                let (Some(gateway), Some(to)) = (gateway, to) else { continue };
                let (learned, written) = found.at_gateway.entry(gateway).or_default();
                match text(route, "Origin") {
                    Some("EnableVgwRoutePropagation") => learned.push(to),
                    _ => written.push(to),
                }
            }
        }
        found
    }

    /// Makes the lines, and the networks at their far ends. Lines that lead to the same blocks, or
    /// end at the same device, lead to the same network.
    pub(super) fn lines(&mut self) {
        let learned = self.learned();
        let mut lines = self.vpn_lines(&learned);
        lines.extend(self.direct_connect_lines(&learned));
        lines.extend(self.connect_lines(&learned));
        lines.retain(|line| {
            let known = !line.blocks.is_empty();
            if !known {
                self.notes.matters(line.record.item(), say::nothing_behind(&shown(line.record.id)));
            }
            known
        });
        let mut sites: Vec<Vec<usize>> = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let together = |site: &Vec<usize>| site.iter().any(|it| are_one(&lines[*it], line));
            let (mut same, others): (Vec<_>, Vec<_>) = sites.into_iter().partition(together);
            let mut merged: Vec<usize> = same.drain(..).flatten().collect();
            merged.push(place);
            merged.sort_unstable();
            sites = others;
            sites.push(merged);
        }
        sites.sort();
        let single = sites.len() == 1;
        for site in sites {
            let site: Vec<&Line> = site.iter().map(|it| &lines[*it]).collect();
            let id = self.site(&site, single);
            for line in site {
                self.line(line, id);
            }
        }
    }

    /// The network at the far end of these lines.
    fn site(&mut self, lines: &[&Line<'d>], single: bool) -> OnPremisesId {
        let all = unique(lines.iter().flat_map(|it| it.blocks.iter().copied()));
        let holes: Vec<Cidr> = (self.network.vpcs().iter())
            .flat_map(|(_, it)| it.cidrs.iter().chain(&it.ipv6_cidrs).copied())
            .collect();
        let mut blocks: Vec<Cidr> = all.iter().copied().filter(|it| it.length() > 0).collect();
        // A default route alone says of no block where it is: all that is nowhere else may be there.
        let unknown = blocks.is_empty();
        if unknown {
            blocks = all.iter().map(|it| everywhere(*it)).collect();
        }
        // What the far end sums up may hold the VPCs' own blocks.
        let mut cidrs = Vec::new();
        for block in blocks.iter().filter(|it| !blocks.iter().any(|b| b != *it && b.covers(**it))) {
            without(*block, &holes, &mut cidrs);
        }
        if cidrs.is_empty() {
            cidrs = blocks;
        }
        let device = lines.iter().find_map(|it| it.device).unwrap_or(lines[0].record.id);
        let name =
            if single { "on-premises".into() } else { format!("on-premises {}", shown(device)) };
        let item = lines[0].record.item();
        let address = if unknown {
            self.notes.matters(item, say::site_unknown(&name));
            a_private_address(cidrs[0].is_ipv4(), &holes)
        } else {
            let told: Vec<String> = cidrs.iter().take(6).map(ToString::to_string).collect();
            let more = if cidrs.len() > 6 { ", …" } else { "" };
            self.notes.harmless(item, say::site_made_up(&name, &(told.join(", ") + more)));
            None
        };
        let address = address.unwrap_or_else(|| OnPremises::usual_address(cidrs[0]));
        let name: crate::cloud::Name = name.into();
        let listening = Listening::Everywhere;
        let site = OnPremises { name, cidrs, address, listening };
        let site = self.network.insert(site);
        self.tags.entry("on-premises".to_owned()).or_default().push(Thing::OnPremises(site));
        site
    }

    fn line(&mut self, line: &Line<'d>, site: OnPremisesId) {
        let (record, name) = (line.record, Self::name(line.record, None));
        let blocks = line.blocks.clone();
        match &line.kind {
            LineKind::Vpn { side, dynamic } => {
                let customer_gateway = self.customer_gateway(line.device.unwrap_or("?"), site);
                let private =
                    self.options_of(record, "OutsideIpAddressType") == Some("PrivateIpv4");
                let routing = match (dynamic, side) {
                    (true, _) => VpnRouting::Bgp(blocks),
                    (false, _) => VpnRouting::Static(blocks),
                };
                let tunnels = self.tunnels(record);
                let vpn = VpnConnection {
                    name,
                    customer_gateway,
                    side: *side,
                    routing,
                    tunnels,
                    private,
                };
                let vpn = self.network.insert(vpn);
                self.vpn_connections.insert(record.id, vpn);
                self.remember(record, Thing::VpnConnection(vpn));
            }
            LineKind::DirectConnect { gateways, up, id } => {
                let called = record.get("directConnectGatewayName");
                let called = called.or_else(|| record.get("virtualInterfaceName"));
                let name = Self::name(record, called.and_then(Item::as_text));
                let line = DirectConnectGateway {
                    name,
                    on_premises: site,
                    gateways: gateways.clone(),
                    prefixes: blocks,
                    up: *up,
                };
                let line = self.network.insert(line);
                self.direct_connect_gateways.insert(id, line);
                self.remember(record, Thing::DirectConnectGateway(line));
            }
            LineKind::Connect => {
                self.connects.insert(record.id, (site, blocks));
            }
        }
    }

    /// The device of a VPN connection, described or not.
    fn customer_gateway(
        &mut self,
        id: &'d str,
        on_premises: OnPremisesId,
    ) -> crate::cloud::CustomerGatewayId {
        if let Some(known) = self.customer_gateways.get(id) {
            return *known;
        }
        let dump = self.dump;
        let described = dump.one("CustomerGateways", id);
        let address = described.and_then(|it| self.notes.ipv4(it.get("IpAddress")));
        let name = described.map_or_else(|| shown(id).into(), |it| Self::name(it, None));
        let made = self.network.insert(CustomerGateway { name, on_premises, address });
        self.customer_gateways.insert(id, made);
        match described {
            Some(record) => self.remember(record, Thing::CustomerGateway(made)),
            None => {
                self.ids.insert(shown(id), Thing::CustomerGateway(made));
            }
        }
        made
    }
}

/// Every address that a host may have, of the family of a default route.
fn everywhere(default: Cidr) -> Cidr {
    let unicast = if default.is_ipv4() { "0.0.0.0/0" } else { "2000::/3" };
    unicast.parse().unwrap_or(default)
}

/// The address of one host behind a default route: a private one that is in no VPC.
fn a_private_address(v4: bool, holes: &[Cidr]) -> Option<IpAddr> {
    let somewhere = SOMEWHERE.iter().filter_map(|it| it.parse::<Cidr>().ok());
    let mut free =
        somewhere.filter(|it| it.is_ipv4() == v4 && !holes.iter().any(|h| h.overlaps(*it)));
    free.next().map(OnPremises::usual_address)
}

/// What a route or attachment says is attached: `vpn-0abc(203.0.113.7)` names the tunnel too.
pub(super) fn resource(item: Item<'_>) -> Option<&str> {
    let id = item.get("ResourceId").and_then(Item::as_text)?;
    Some(id.split('(').next().unwrap_or(id).trim())
}

/// Do both lines lead to the same network?
fn are_one(one: &Line, other: &Line) -> bool {
    let overlap = |block: &Cidr| {
        block.length() > 0 && other.blocks.iter().any(|it| it.length() > 0 && it.overlaps(*block))
    };
    one.device.is_some() && one.device == other.device || one.blocks.iter().any(overlap)
}

/// A block without what lies in these holes, as blocks.
fn without(block: Cidr, holes: &[Cidr], rest: &mut Vec<Cidr>) {
    if holes.iter().any(|it| it.covers(block)) {
        return;
    }
    if !holes.iter().any(|it| it.overlaps(block)) {
        rest.push(block);
        return;
    }
    let half = block.length() + 1;
    let second: Option<IpAddr> = block.nth(block.size() / 2);
    for start in [Some(block.first()), second].into_iter().flatten() {
        if let Ok(half) = Cidr::new(start, half) {
            without(half, holes, rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_cut_around_its_holes() {
        let cidr = |it: &str| it.parse::<Cidr>().unwrap();
        let cut = |block: &str, holes: &[&str]| {
            let holes: Vec<Cidr> = holes.iter().map(|it| cidr(it)).collect();
            let mut rest = Vec::new();
            without(cidr(block), &holes, &mut rest);
            rest.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(cut("10.0.0.0/8", &["192.168.0.0/16"]), ["10.0.0.0/8"]);
        assert_eq!(cut("10.0.0.0/14", &["10.1.0.0/16"]), ["10.0.0.0/16", "10.2.0.0/15"]);
        assert_eq!(cut("10.0.0.0/16", &["10.0.0.0/8"]), [""; 0]);
        assert_eq!(cut("10.0.0.0/31", &["10.0.0.1/32"]), ["10.0.0.0/32"]);
        assert_eq!(cut("10.0.0.0/8", &["2001:db8::/32"]), ["10.0.0.0/8"]);
    }
}
