//! `[transit_gateway.NAME]`, its attachments and tables, `[virtual_private_gateway.NAME]`,
//! `[vpn.NAME]` and `[on_premises.NAME]`.

use crate::{
    cloud::{
        Change, Listening, OnPremises, RouteTable, Subnet, Thing, TransitChange, TransitGateway,
        TransitGatewayAttachment, TransitGatewayOptions, VirtualPrivateGateway, Vpc, VpnRouting,
        VpnSide,
    },
    course::{
        Faults,
        document::{Key, Section, Text},
        grammar::{self, Line},
        names,
        scene::build::Build,
    },
};

/// All that joins networks, as it is written.
pub(super) struct Drafts {
    gateways: Vec<(Key, Option<bool>)>,
    attachments: Vec<Attachment>,
    tables: Vec<Table>,
    private: Vec<(Key, Option<Text>, Vec<Text>)>,
    sites: Vec<(Key, Vec<Text>)>,
    vpns: Vec<Vpn>,
}

struct Attachment {
    key: Key,
    gateway: Option<Text>,
    vpc: Option<Text>,
    subnets: Vec<Text>,
    appliance_mode: bool,
}

struct Table {
    key: Key,
    gateway: Option<Text>,
    associations: Vec<Text>,
    propagations: Vec<Text>,
    routes: Vec<Text>,
}

struct Vpn {
    key: Key,
    site: Option<Text>,
    gateway: Option<Text>,
    routes: Option<Vec<Text>>,
}

fn list(section: &mut Section, key: &'static str, faults: &mut Faults) -> Vec<Text> {
    section.texts(key, faults).unwrap_or_default()
}

impl Build<'_> {
    /// Reads everything that joins networks.
    pub(super) fn read_joints(&mut self, root: &mut Section) -> Drafts {
        let gateways = self.each(root, "transit_gateway", |faults, key, section| {
            let groups = section.flag("group_references", faults).map(|it| it.0);
            (key, groups)
        });
        let attachments =
            self.each(root, "transit_gateway_attachment", |faults, key, section| Attachment {
                key,
                gateway: section.need_text("gateway", faults),
                vpc: section.text("vpc", faults),
                subnets: list(section, "subnets", faults),
                appliance_mode: section.flag("appliance_mode", faults).is_some_and(|it| it.0),
            });
        let tables = self.each(root, "transit_gateway_route_table", |faults, key, section| Table {
            key,
            gateway: section.need_text("gateway", faults),
            associations: list(section, "associations", faults),
            propagations: list(section, "propagations", faults),
            routes: list(section, "routes", faults),
        });
        let private = self.each(root, "virtual_private_gateway", |faults, key, section| {
            (key, section.text("vpc", faults), list(section, "propagates_to", faults))
        });
        let sites = self.each(root, "on_premises", |faults, key, section| {
            (key, list(section, "cidrs", faults))
        });
        let vpns = self.each(root, "vpn", |faults, key, section| Vpn {
            key,
            site: section.need_text("on_premises", faults),
            gateway: section.need_text("gateway", faults),
            routes: section.texts("routes", faults),
        });
        Drafts { gateways, attachments, tables, private, sites, vpns }
    }

    /// Makes them. A transit gateway whose tables are written has no default ones.
    pub(super) fn joints(&mut self, drafts: &Drafts) {
        for (key, cidrs) in &drafts.sites {
            let cidrs = cidrs.iter().filter_map(|text| self.cidr(text)).collect();
            let (name, listening) = (key.name.as_str().into(), Listening::Everywhere);
            self.make(
                Change::Transit(TransitChange::CreateOnPremises { name, cidrs, listening }),
                &key.span,
            );
        }
        for (key, groups) in &drafts.gateways {
            let written = drafts
                .tables
                .iter()
                .any(|it| it.gateway.as_ref().is_some_and(|it| it.value == key.name));
            let options = TransitGatewayOptions {
                default_association: !written,
                default_propagation: !written,
                group_references: groups.unwrap_or_default(),
            };
            let name = key.name.as_str().into();
            self.make(
                Change::Transit(TransitChange::CreateTransitGateway { name, options }),
                &key.span,
            );
        }
        for (key, vpc, _) in &drafts.private {
            let name = key.name.as_str().into();
            let made =
                self.make(Change::Transit(TransitChange::CreateVpnGateway { name }), &key.span);
            if let Some(Thing::VirtualPrivateGateway(gateway)) = made
                && let Some(text) = vpc
                && let Some(vpc) = self.find::<Vpc>(text)
            {
                self.make(
                    Change::Transit(TransitChange::AttachVpnGateway { gateway, vpc }),
                    &text.span,
                );
            }
        }
        for draft in &drafts.attachments {
            self.attachment(draft);
        }
        for draft in &drafts.vpns {
            self.vpn(draft);
        }
        for draft in &drafts.tables {
            self.transit_table(draft);
        }
        for (key, _, tables) in &drafts.private {
            let gateway = names::only::<VirtualPrivateGateway>(&self.network, &key.name);
            for text in tables {
                if let (Some(gateway), Some(table)) = (gateway, self.find::<RouteTable>(text)) {
                    self.make(
                        Change::Transit(TransitChange::EnableVgwRoutePropagation {
                            gateway,
                            table,
                        }),
                        &text.span,
                    );
                }
            }
        }
    }

    fn attachment(&mut self, draft: &Attachment) {
        let gateway = draft.gateway.as_ref().and_then(|text| self.find::<TransitGateway>(text));
        let vpc = self.vpc_of(draft.vpc.as_ref(), &draft.key);
        let subnets = draft.subnets.iter().filter_map(|text| self.find::<Subnet>(text)).collect();
        let (Some(gateway), Some(vpc)) = (gateway, vpc) else { return self.fail(&draft.key) };
        let name = draft.key.name.as_str().into();
        let change = Change::Transit(TransitChange::CreateTransitGatewayVpcAttachment {
            name,
            gateway,
            vpc,
            subnets,
        });
        let made = self.make(change, &draft.key.span);
        let Some(Thing::TransitGatewayAttachment(attachment)) = made else {
            return self.fail(&draft.key);
        };
        if draft.appliance_mode {
            let change = Change::Transit(TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: None,
                appliance_mode: Some(true),
                group_references: None,
            });
            self.make(change, &draft.key.span);
        }
    }

    fn vpn(&mut self, draft: &Vpn) {
        let site = draft.site.as_ref().and_then(|text| self.find::<OnPremises>(text));
        let (Some(on_premises), Some(text)) = (site, &draft.gateway) else {
            return self.fail(&draft.key);
        };
        let hub = names::only::<TransitGateway>(&self.network, text.value.trim());
        let side = match hub {
            Some(gateway) => VpnSide::TransitGateway(gateway),
            None => match self.find::<VirtualPrivateGateway>(text) {
                Some(gateway) => VpnSide::VirtualPrivateGateway(gateway),
                None => return self.fail(&draft.key),
            },
        };
        let routing = match &draft.routes {
            Some(routes) => {
                VpnRouting::Static(routes.iter().filter_map(|text| self.cidr(text)).collect())
            }
            None => VpnRouting::Bgp(self.network.on_premises()[on_premises].cidrs.clone()),
        };
        let name = format!("{}-router", draft.key.name).into();
        let change = Change::Transit(TransitChange::CreateCustomerGateway {
            name,
            on_premises,
            address: None,
        });
        let Some(Thing::CustomerGateway(customer_gateway)) = self.make(change, &draft.key.span)
        else {
            return self.fail(&draft.key);
        };
        let name = draft.key.name.as_str().into();
        let change = Change::Transit(TransitChange::CreateVpnConnection {
            name,
            customer_gateway,
            side,
            routing,
        });
        self.make(change, &draft.key.span);
    }

    fn transit_table(&mut self, draft: &Table) {
        let gateway = draft.gateway.as_ref().and_then(|text| self.find::<TransitGateway>(text));
        let Some(gateway) = gateway else { return self.fail(&draft.key) };
        let name = draft.key.name.as_str().into();
        let change =
            Change::Transit(TransitChange::CreateTransitGatewayRouteTable { name, gateway });
        let made = self.make(change, &draft.key.span);
        let Some(Thing::TransitGatewayRouteTable(table)) = made else { return };
        for text in &draft.associations {
            if let Some(attachment) = self.find::<TransitGatewayAttachment>(text) {
                let change = Change::Transit(TransitChange::AssociateTransitGatewayRouteTable {
                    attachment,
                    table,
                });
                self.make(change, &text.span);
            }
        }
        for text in &draft.propagations {
            if let Some(attachment) = self.find::<TransitGatewayAttachment>(text) {
                let change =
                    Change::Transit(TransitChange::EnableTransitGatewayRouteTablePropagation {
                        attachment,
                        table,
                    });
                self.make(change, &text.span);
            }
        }
        for text in &draft.routes {
            let mut line = Line::new(&text.value);
            let network = &self.network;
            let route = line.need("`10.2.0.0/16`").and_then(|token| {
                let destination = grammar::cidr(&token)?;
                line.arrow()?;
                let attachment = if line.accept("blackhole") {
                    None
                } else {
                    let token = line.need("`ATTACHMENT`, `blackhole`")?;
                    Some(names::find::<TransitGatewayAttachment>(network, &token)?)
                };
                line.end()?;
                Ok((destination, attachment))
            });
            match route {
                Ok((destination, attachment)) => {
                    let change = Change::Transit(TransitChange::CreateTransitGatewayRoute {
                        table,
                        destination,
                        attachment,
                    });
                    self.make(change, &text.span);
                }
                Err(slip) => self.slip(text, slip),
            }
        }
    }
}
