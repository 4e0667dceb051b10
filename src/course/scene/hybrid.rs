//! `[virtual_private_gateway.NAME]`, `[on_premises.NAME]`, `[customer_gateway.NAME]`, `[vpn.NAME]` and
//! `[direct_connect.NAME]`

use std::net::IpAddr;

use crate::{
    cloud::{
        AttachmentState, CustomerGateway, CustomerGatewayId, DirectConnectGateway, Name,
        OnPremises, RouteTable, Thing, TransitChange, TransitGateway, Tunnel,
        VirtualPrivateGateway, Vpc, VpnConnection, VpnRouting, VpnSide,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        names,
        scene::{
            build::{Build, choice},
            transit::STATES,
        },
    },
    i18n::fault,
    net::Cidr,
};

/// What joins a VPC with one's own networks, as it is written.
pub(super) struct Drafts {
    gateways: Vec<Gateway>,
    sites: Vec<Site>,
    customers: Vec<Customer>,
    vpns: Vec<Vpn>,
    lines: Vec<Line>,
}

struct Gateway {
    key: Key,
    vpc: Option<Text>,
    propagates_to: Vec<Text>,
    route_table: Option<Text>,
}

struct Site {
    key: Key,
    cidrs: Vec<Text>,
    address: Option<Text>,
    listens: Option<Vec<Text>>,
}

struct Customer {
    key: Key,
    site: Option<Text>,
    address: Option<Text>,
}

struct Vpn {
    key: Key,
    site: Option<Text>,
    customer: Option<Text>,
    gateway: Option<Text>,
    routes: Option<Vec<Text>>,
    prefixes: Option<Vec<Text>>,
    tunnels: Option<Vec<Text>>,
    private: bool,
    state: AttachmentState,
}

struct Line {
    key: Key,
    site: Option<Text>,
    gateways: Vec<Text>,
    prefixes: Option<Vec<Text>>,
    up: bool,
}

impl Build<'_> {
    /// Reads what joins a VPC with one's own networks.
    pub(super) fn read_hybrid(&mut self, root: &mut Section) -> Drafts {
        let gateways = self.each(root, "virtual_private_gateway", |faults, key, section| Gateway {
            key,
            vpc: section.text("vpc", faults),
            propagates_to: section.texts("propagates_to", faults).unwrap_or_default(),
            route_table: section.text("route_table", faults),
        });
        let sites = self.each(root, "on_premises", |faults, key, section| Site {
            key,
            cidrs: section.texts("cidrs", faults).unwrap_or_default(),
            address: section.text("address", faults),
            listens: section.texts("listens", faults),
        });
        let customers = self.each(root, "customer_gateway", |faults, key, section| Customer {
            key,
            site: section.need_text("on_premises", faults),
            address: section.text("address", faults),
        });
        let vpns = self.each(root, "vpn", read_vpn);
        let lines = self.each(root, "direct_connect", |faults, key, section| Line {
            key,
            site: section.need_text("on_premises", faults),
            gateways: section.texts("virtual_private_gateways", faults).unwrap_or_default(),
            prefixes: section.texts("prefixes", faults),
            up: section.flag("up", faults).is_none_or(|it| it.0),
        });
        Drafts { gateways, sites, customers, vpns, lines }
    }

    /// Makes the networks, and the gateways at both ends.
    pub(super) fn hybrid_ends(&mut self, drafts: &Drafts) {
        for draft in &drafts.sites {
            let cidrs = self.blocks(&draft.cidrs);
            let name = draft.key.name.as_str().into();
            let listening = self.listening(draft.listens.as_deref());
            let change = TransitChange::CreateOnPremises { name, cidrs, listening };
            let Some(Thing::OnPremises(id)) = self.transit(change, &draft.key.span) else {
                self.fail(&draft.key);
                continue;
            };
            if let Some(text) = &draft.address
                && let Some(address) = self.address(text)
            {
                self.network.update(id, |row: &mut OnPremises| row.address = address);
            }
        }
        for draft in &drafts.gateways {
            let name = draft.key.name.as_str().into();
            let made = self.transit(TransitChange::CreateVpnGateway { name }, &draft.key.span);
            if let Some(Thing::VirtualPrivateGateway(gateway)) = made
                && let Some(text) = &draft.vpc
                && let Some(vpc) = self.find::<Vpc>(text)
            {
                self.transit(TransitChange::AttachVpnGateway { gateway, vpc }, &text.span);
            }
        }
        for draft in &drafts.customers {
            let site = draft.site.as_ref().and_then(|text| self.find::<OnPremises>(text));
            let address = draft.address.as_ref().and_then(|text| self.address_v4(text));
            let Some(on_premises) = site else {
                self.fail(&draft.key);
                continue;
            };
            let name = draft.key.name.as_str().into();
            let change = TransitChange::CreateCustomerGateway { name, on_premises, address };
            self.transit(change, &draft.key.span);
        }
        for draft in &drafts.lines {
            if self.line(draft).is_none() {
                self.fail(&draft.key);
            }
        }
    }

    fn line(&mut self, draft: &Line) -> Option<()> {
        let on_premises = self.find::<OnPremises>(draft.site.as_ref()?)?;
        let name = draft.key.name.as_str().into();
        let change = TransitChange::CreateDirectConnectGateway { name, on_premises };
        let Some(Thing::DirectConnectGateway(line)) = self.transit(change, &draft.key.span) else {
            return None;
        };
        let prefixes = draft.prefixes.as_ref().map(|it| self.blocks(it));
        self.network.update(line, |row: &mut DirectConnectGateway| {
            row.up = draft.up;
            row.prefixes = prefixes.unwrap_or_else(|| row.prefixes.clone());
        });
        for text in &draft.gateways {
            if let Some(gateway) = self.find::<VirtualPrivateGateway>(text) {
                let change = TransitChange::CreateDirectConnectGatewayAssociation { line, gateway };
                self.transit(change, &text.span);
            }
        }
        Some(())
    }

    /// Makes the connections, when both ends are there.
    pub(super) fn vpns(&mut self, drafts: &Drafts) {
        for draft in &drafts.vpns {
            if self.vpn(draft).is_none() {
                self.fail(&draft.key);
            }
        }
    }

    fn vpn(&mut self, draft: &Vpn) -> Option<()> {
        let text = draft.gateway.as_ref()?;
        let customer_gateway = self.router(draft)?;
        let hub = names::only::<TransitGateway>(&self.network, text.value.trim());
        let side = match hub {
            Some(gateway) => VpnSide::TransitGateway(gateway),
            None => VpnSide::VirtualPrivateGateway(self.find::<VirtualPrivateGateway>(text)?),
        };
        let routing = match (&draft.routes, &draft.prefixes) {
            (Some(routes), _) => VpnRouting::Static(self.blocks(routes)),
            (None, Some(prefixes)) => VpnRouting::Bgp(self.blocks(prefixes)),
            (None, None) => {
                let site = self.network.customer_gateways()[customer_gateway].on_premises;
                VpnRouting::Bgp(announced(&self.network.on_premises()[site].cidrs, side))
            }
        };
        let name = draft.key.name.as_str().into();
        let change = TransitChange::CreateVpnConnection { name, customer_gateway, side, routing };
        self.transit(change, &draft.key.span)?;
        let vpn = names::only::<VpnConnection>(&self.network, &draft.key.name)?;
        self.network.update(vpn, |row: &mut VpnConnection| row.private = draft.private);
        if let Some(texts) = &draft.tunnels {
            let mut tunnels = [Tunnel::Up; 2];
            if texts.len() != 2 {
                self.faults.error(draft.key.span.clone(), fault::two_tunnels());
            }
            for (tunnel, text) in tunnels.iter_mut().zip(texts) {
                match text.value.trim() {
                    "up" => {}
                    "down" => *tunnel = Tunnel::Down,
                    other => {
                        self.faults.error(text.span.clone(), fault::one_of(other, "`up`, `down`"));
                    }
                }
            }
            self.transit(TransitChange::ConfigureVpnTunnels { vpn, tunnels }, &draft.key.span);
        }
        Some(())
    }

    /// The customer gateway that is named, or one in front of the network that is.
    fn router(&mut self, draft: &Vpn) -> Option<CustomerGatewayId> {
        if let Some(text) = &draft.customer {
            return self.find::<CustomerGateway>(text);
        }
        let Some(site) = &draft.site else {
            self.faults.error(draft.key.span.clone(), fault::missing_key("on_premises"));
            return None;
        };
        let on_premises = self.find::<OnPremises>(site)?;
        let name: Name = router_name(&draft.key.name).into();
        let change = TransitChange::CreateCustomerGateway { name, on_premises, address: None };
        match self.transit(change, &draft.key.span) {
            Some(Thing::CustomerGateway(id)) => Some(id),
            _ => None,
        }
    }

    /// Lets the tables of VPCs learn, and puts the attachments of connections into their states.
    pub(super) fn hybrid_states(&mut self, drafts: &Drafts) {
        for draft in &drafts.gateways {
            let gateway = names::only::<VirtualPrivateGateway>(&self.network, &draft.key.name);
            for text in &draft.propagates_to {
                if let (Some(gateway), Some(table)) = (gateway, self.find::<RouteTable>(text)) {
                    let change = TransitChange::EnableVgwRoutePropagation { gateway, table };
                    self.transit(change, &text.span);
                }
            }
        }
        for draft in &drafts.gateways {
            let gateway = names::only::<VirtualPrivateGateway>(&self.network, &draft.key.name);
            let (Some(gateway), Some(text)) = (gateway, &draft.route_table) else { continue };
            if let Some(table) = self.find::<RouteTable>(text) {
                let table = Some(table);
                self.transit(TransitChange::AssociateVgwRouteTable { gateway, table }, &text.span);
            }
        }
        for draft in drafts.vpns.iter().filter(|it| it.state != AttachmentState::Available) {
            if let Some(vpn) = names::only::<VpnConnection>(&self.network, &draft.key.name) {
                self.vpn_state(vpn, draft.state);
            }
        }
    }

    fn blocks(&mut self, texts: &[Text]) -> Vec<Cidr> {
        texts.iter().filter_map(|text| self.cidr(text)).collect()
    }
}

fn read_vpn(faults: &mut Faults, key: Key, section: &mut Section) -> Vpn {
    Vpn {
        key,
        site: section.text("on_premises", faults),
        customer: section.text("customer_gateway", faults),
        gateway: section.need_text("gateway", faults),
        routes: section.texts("routes", faults),
        prefixes: section.texts("prefixes", faults),
        tunnels: section.texts("tunnels", faults),
        private: section.flag("private", faults).is_some_and(|it| it.0),
        state: choice(section, "state", &STATES, faults),
    }
}

/// The customer gateway of a VPN connection that names none.
pub(in crate::course) fn router_name(vpn: &str) -> String {
    format!("{vpn}-router")
}

/// What the far end announces unless it is written: its blocks. A virtual private gateway hears of
/// IPv4 alone (<https://docs.aws.amazon.com/vpn/latest/s2svpn/ipv4-ipv6.html>).
pub(in crate::course) fn announced(blocks: &[Cidr], side: VpnSide) -> Vec<Cidr> {
    let heard = |it: &&Cidr| it.is_ipv4() || matches!(side, VpnSide::TransitGateway(_));
    blocks.iter().filter(heard).copied().collect()
}

/// The address of a host of the network unless it is written.
pub(in crate::course) fn usual_address(cidrs: &[Cidr]) -> Option<IpAddr> {
    cidrs.first().map(|it| OnPremises::usual_address(*it))
}
