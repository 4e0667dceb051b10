//! `[transit_gateway.NAME]`, `[transit_gateway_attachment.NAME]` and
//! `[transit_gateway_route_table.NAME]`

use std::ops::Range;

use crate::{
    cloud::{
        AttachmentOf, AttachmentState, Change, DirectConnectGateway, Id, Name, OnPremises,
        PrefixList, Subnet, Thing, TransitChange, TransitGateway, TransitGatewayAttachment,
        TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayOptions,
        TransitGatewayRouteTable, TransitGatewayRouteTableId, TransitOrigin, TransitRoute,
        TransitTarget, VpnConnection,
    },
    course::{
        Faults,
        document::{FlagOrText, Key, Section, Text},
        grammar::{self, Line, Read},
        names,
        scene::build::{Build, choice},
    },
    i18n::fault,
    net::Cidr,
};

/// Transit gateways with all that belongs to them, as they are written.
pub(super) struct Drafts {
    gateways: Vec<Gateway>,
    attachments: Vec<Attachment>,
    tables: Vec<Table>,
}

struct Gateway {
    key: Key,
    groups: bool,
    association: Option<(FlagOrText, Range<usize>)>,
    propagation: Option<(FlagOrText, Range<usize>)>,
}

struct Attachment {
    key: Key,
    gateway: Option<Text>,
    to: To,
    subnets: Vec<Text>,
    appliance_mode: bool,
    groups: bool,
    prefixes: Option<Vec<Text>>,
    state: AttachmentState,
}

/// What an attachment is to.
enum To {
    /// The VPC that is named, or the only one.
    Vpc(Option<Text>),
    /// Another transit gateway.
    Peer(Text),
    /// A Direct Connect gateway.
    DirectConnect(Text),
    /// An on-premises network, through a Connect peer.
    Connect(Text),
}

struct Table {
    key: Key,
    gateway: Option<Text>,
    associations: Vec<Text>,
    propagations: Vec<Text>,
    routes: Vec<Text>,
}

/// The states of attachments, by their words; the first when none is written.
pub(in crate::course) const STATES: [(&str, AttachmentState); 7] = [
    ("available", AttachmentState::Available),
    ("pending-acceptance", AttachmentState::PendingAcceptance),
    ("pending", AttachmentState::Pending),
    ("modifying", AttachmentState::Modifying),
    ("deleting", AttachmentState::Deleting),
    ("failed", AttachmentState::Failed),
    ("rejected", AttachmentState::Rejected),
];

fn list(section: &mut Section, key: &'static str, faults: &mut Faults) -> Vec<Text> {
    section.texts(key, faults).unwrap_or_default()
}

fn read_attachment(faults: &mut Faults, key: Key, section: &mut Section) -> Attachment {
    let gateway = section.need_text("gateway", faults);
    let vpc = section.text("vpc", faults);
    let others = [
        section.text("peer", faults).map(To::Peer),
        section.text("direct_connect", faults).map(To::DirectConnect),
        section.text("connect", faults).map(To::Connect),
    ];
    let mut others = others.into_iter().flatten();
    let to = match (vpc, others.next()) {
        (vpc, None) => To::Vpc(vpc),
        (None, Some(to)) => to,
        (Some(vpc), Some(_)) => {
            faults.error(vpc.span, fault::one_attachment());
            To::Vpc(None)
        }
    };
    if others.next().is_some() {
        faults.error(key.span.clone(), fault::one_attachment());
    }
    Attachment {
        key,
        gateway,
        to,
        subnets: list(section, "subnets", faults),
        appliance_mode: section.flag("appliance_mode", faults).is_some_and(|it| it.0),
        groups: section.flag("group_references", faults).is_none_or(|it| it.0),
        prefixes: section.texts("prefixes", faults),
        state: choice(section, "state", &STATES, faults),
    }
}

impl Build<'_> {
    /// Reads transit gateways and what belongs to them.
    pub(super) fn read_transit(&mut self, root: &mut Section) -> Drafts {
        let gateways = self.each(root, "transit_gateway", |faults, key, section| Gateway {
            key,
            groups: section.flag("group_references", faults).is_some_and(|it| it.0),
            association: section.flag_or_text("default_association", faults),
            propagation: section.flag_or_text("default_propagation", faults),
        });
        let attachments = self.each(root, "transit_gateway_attachment", read_attachment);
        let tables = self.each(root, "transit_gateway_route_table", |faults, key, section| Table {
            key,
            gateway: section.need_text("gateway", faults),
            associations: list(section, "associations", faults),
            propagations: list(section, "propagations", faults),
            routes: list(section, "routes", faults),
        });
        Drafts { gateways, attachments, tables }
    }

    /// Makes the gateways. One whose tables are written has no default ones.
    pub(super) fn transit_gateways(&mut self, drafts: &Drafts) {
        for draft in &drafts.gateways {
            let written = drafts.has_tables(&draft.key.name);
            let default = |chosen: &Option<(FlagOrText, _)>| match chosen {
                Some((FlagOrText::Flag(on), _)) => *on,
                Some((FlagOrText::Text(_), _)) => false,
                None => !written,
            };
            let options = TransitGatewayOptions {
                default_association: default(&draft.association),
                default_propagation: default(&draft.propagation),
                group_references: draft.groups,
            };
            let name = draft.key.name.as_str().into();
            self.transit(TransitChange::CreateTransitGateway { name, options }, &draft.key.span);
        }
    }

    pub(super) fn transit(&mut self, change: TransitChange, span: &Range<usize>) -> Option<Thing> {
        self.make(Change::Transit(change), span)
    }

    /// Makes the attachments, but those of VPN connections, which come with them.
    pub(super) fn transit_attachments(&mut self, drafts: &Drafts) {
        for draft in &drafts.attachments {
            let gateway = draft.gateway.as_ref().and_then(|text| self.find::<TransitGateway>(text));
            let Some(gateway) = gateway else {
                self.fail(&draft.key);
                continue;
            };
            if self.attachment(drafts, draft, gateway).is_none() {
                self.fail(&draft.key);
            }
        }
    }

    fn attachment(
        &mut self,
        drafts: &Drafts,
        draft: &Attachment,
        gateway: TransitGatewayId,
    ) -> Option<()> {
        let name: Name = draft.key.name.as_str().into();
        let span = &draft.key.span;
        let change = match &draft.to {
            To::Vpc(vpc) => {
                let vpc = self.vpc_of(vpc.as_ref(), &draft.key)?;
                let subnets = draft.subnets.iter();
                let subnets = subnets.filter_map(|text| self.find::<Subnet>(text)).collect();
                TransitChange::CreateTransitGatewayVpcAttachment { name, gateway, vpc, subnets }
            }
            To::Peer(peer) => return self.peering_attachment(drafts, draft, gateway, peer),
            To::DirectConnect(text) => {
                let line = self.find::<DirectConnectGateway>(text)?;
                TransitChange::AttachDirectConnectGateway { name, gateway, line }
            }
            To::Connect(text) => {
                let on_premises = self.find::<OnPremises>(text)?;
                TransitChange::CreateTransitGatewayConnect { name, gateway, on_premises }
            }
        };
        let Some(Thing::TransitGatewayAttachment(attachment)) = self.transit(change, span) else {
            return None;
        };
        if draft.appliance_mode || !draft.groups {
            let change = TransitChange::ModifyTransitGatewayVpcAttachment {
                attachment,
                subnets: None,
                appliance_mode: Some(draft.appliance_mode),
                group_references: Some(draft.groups),
            };
            self.transit(change, span);
        }
        if let Some(prefixes) = &draft.prefixes {
            let announced: Vec<Cidr> = prefixes.iter().filter_map(|it| self.cidr(it)).collect();
            self.network.update(attachment, |row: &mut TransitGatewayAttachment| {
                if let AttachmentOf::Connect { prefixes, .. } = &mut row.of {
                    *prefixes = announced;
                }
            });
        }
        Some(())
    }

    /// A peering is attached to both gateways. Each side may be written, or one for both: then they
    /// have one name.
    fn peering_attachment(
        &mut self,
        drafts: &Drafts,
        draft: &Attachment,
        gateway: TransitGatewayId,
        peer: &Text,
    ) -> Option<()> {
        let peer_id = self.find::<TransitGateway>(peer)?;
        let own = draft.gateway.as_ref()?;
        let is_twin = |it: &&Attachment| {
            let back = matches!(&it.to, To::Peer(text) if text.value.trim() == own.value.trim());
            let there = it.gateway.as_ref().is_some_and(|it| it.value.trim() == peer.value.trim());
            back && there
        };
        let made = |of: TransitGatewayId, name: &str| {
            let attachments = self.network.transit_gateway_attachments();
            let side = |row: &TransitGatewayAttachment| {
                row.gateway == of && matches!(row.of, AttachmentOf::Peering { .. })
            };
            attachments.find(|_, row| side(row) && *row.name == *name).is_some()
        };
        // The other side was written before, and made this one too.
        if made(gateway, &draft.key.name) {
            return Some(());
        }
        // Of several between the two, one that is not made yet.
        let mut twins = drafts.attachments.iter().filter(is_twin);
        let twin = twins.find(|it| !made(peer_id, &it.key.name));
        let name: Name = draft.key.name.as_str().into();
        let change =
            TransitChange::CreateTransitGatewayPeeringAttachment { name, gateway, peer: peer_id };
        let Some(Thing::TransitGatewayAttachment(near)) = self.transit(change, &draft.key.span)
        else {
            return None;
        };
        let AttachmentOf::Peering { other } =
            self.network.transit_gateway_attachments().get(near)?.of
        else {
            return None;
        };
        if let Some(twin) = twin {
            let name: Name = twin.key.name.as_str().into();
            self.network.update(other, |row: &mut TransitGatewayAttachment| row.name = name);
        }
        // One that was turned down leaves room for another.
        let answer = if draft.state == AttachmentState::Rejected {
            TransitChange::RejectTransitGatewayAttachment { attachment: near }
        } else {
            TransitChange::AcceptTransitGatewayAttachment { attachment: near }
        };
        self.transit(answer, &draft.key.span);
        Some(())
    }

    /// Makes the tables, and which of them are for attachments to come.
    pub(super) fn transit_tables(&mut self, drafts: &Drafts) {
        for draft in &drafts.tables {
            self.transit_table(draft);
        }
        for draft in &drafts.gateways {
            let mut chosen = |chosen: &Option<(FlagOrText, Range<usize>)>| match chosen {
                Some((FlagOrText::Text(text), _)) => self.find::<TransitGatewayRouteTable>(text),
                _ => None,
            };
            let (association, propagation) =
                (chosen(&draft.association), chosen(&draft.propagation));
            let gateway = names::only::<TransitGateway>(&self.network, &draft.key.name);
            if let Some(gateway) = gateway.filter(|_| association.or(propagation).is_some()) {
                let row = &self.network.transit_gateways()[gateway];
                let change = TransitChange::ModifyTransitGateway {
                    gateway,
                    default_association: association.or(row.default_association),
                    default_propagation: propagation.or(row.default_propagation),
                    group_references: row.group_references,
                };
                self.transit(change, &draft.key.span);
            }
        }
    }

    fn transit_table(&mut self, draft: &Table) {
        let gateway = draft.gateway.as_ref().and_then(|text| self.find::<TransitGateway>(text));
        let Some(gateway) = gateway else { return self.fail(&draft.key) };
        let name: Name = draft.key.name.as_str().into();
        // The table that came with the gateway may be written out.
        let came = self
            .network
            .transit_gateway_route_tables()
            .find(|_, row| row.gateway == gateway && row.name == name);
        let made = came.map(Thing::TransitGatewayRouteTable).or_else(|| {
            let change = TransitChange::CreateTransitGatewayRouteTable { name, gateway };
            self.transit(change, &draft.key.span)
        });
        let Some(Thing::TransitGatewayRouteTable(table)) = made else { return };
        for text in &draft.associations {
            let Some(attachment) = self.attachment_of(gateway, text) else { continue };
            let row = &self.network.transit_gateway_attachments()[attachment];
            if row.association != Some(table) {
                let change = TransitChange::AssociateTransitGatewayRouteTable { attachment, table };
                self.transit(change, &text.span);
            }
        }
        for text in &draft.propagations {
            let Some(attachment) = self.attachment_of(gateway, text) else { continue };
            let row = &self.network.transit_gateway_attachments()[attachment];
            if !row.propagations.contains(&table) {
                let change =
                    TransitChange::EnableTransitGatewayRouteTablePropagation { attachment, table };
                self.transit(change, &text.span);
            }
        }
        for text in &draft.routes {
            if let Err(slip) = self.transit_route(gateway, table, text) {
                self.slip(text, slip);
            }
        }
    }

    /// An attachment of the gateway by its name: both sides of a peering may share one.
    fn attachment_of(
        &mut self,
        gateway: TransitGatewayId,
        text: &Text,
    ) -> Option<TransitGatewayAttachmentId> {
        named_attachment(self, gateway, text.value.trim()).or_else(|| self.find(text))
    }

    fn transit_route(
        &mut self,
        gateway: TransitGatewayId,
        table: TransitGatewayRouteTableId,
        text: &Text,
    ) -> Read<()> {
        let mut line = Line::new(&text.value);
        let listed = line.accept("prefix-list");
        let first = line.need("`10.2.0.0/16`")?;
        let list = listed.then(|| names::find::<PrefixList>(&self.network, &first)).transpose()?;
        let destination = if listed { None } else { Some(grammar::cidr(&first)?) };
        line.arrow()?;
        let target = if line.accept("blackhole") {
            TransitTarget::Blackhole
        } else {
            let token = line.need("`ATTACHMENT`, `blackhole`")?;
            if line.accept("(deleted)") {
                TransitTarget::Gone(token.text.as_ref().into())
            } else if let Some(id) = named_attachment(self, gateway, &token.text) {
                TransitTarget::Attachment(id)
            } else {
                TransitTarget::Attachment(names::find(&self.network, &token)?)
            }
        };
        line.end()?;
        let attachment = match (&target, list) {
            (TransitTarget::Attachment(id), None) => Some(*id),
            (TransitTarget::Blackhole, None) => None,
            // What no operation of AWS's makes in one step.
            (_, list) => {
                let (cidrs, origin) = match list {
                    Some(list) => {
                        let row = &self.network.prefix_lists()[list];
                        (row.cidrs.clone(), TransitOrigin::PrefixList)
                    }
                    None => (destination.into_iter().collect(), TransitOrigin::Static),
                };
                let route = |destination| {
                    let target = target.clone();
                    TransitRoute { destination, target, origin }
                };
                let routes: Vec<TransitRoute> = cidrs.into_iter().map(route).collect();
                self.network.update(table, |row: &mut TransitGatewayRouteTable| {
                    row.routes.extend(routes);
                });
                return Ok(());
            }
        };
        if let Some(destination) = destination {
            let change =
                TransitChange::CreateTransitGatewayRoute { table, destination, attachment };
            self.transit(change, &text.span);
        }
        Ok(())
    }

    /// Puts attachments into states that they reach by themselves, or by another account. Who waits
    /// belongs to no default table yet.
    pub(super) fn transit_states(&mut self, drafts: &Drafts) {
        for draft in drafts.attachments.iter().filter(|it| it.state != AttachmentState::Available) {
            let name: Name = draft.key.name.as_str().into();
            let written =
                draft.gateway.as_ref().is_some_and(|it| drafts.has_tables(it.value.trim()));
            let rows = self.network.transit_gateway_attachments().iter();
            let named: Vec<Id<TransitGatewayAttachment>> = rows
                .filter(|(_, row)| row.name == name && !matches!(row.of, AttachmentOf::Vpn(_)))
                .map(|(id, _)| id)
                .collect();
            for id in named {
                self.attachment_state(id, draft.state, written);
            }
        }
    }

    /// The same for the attachment of a VPN connection.
    pub(super) fn vpn_state(&mut self, vpn: Id<VpnConnection>, state: AttachmentState) {
        if let Some(id) = self.network.attachment_of_vpn(vpn) {
            self.attachment_state(id, state, true);
        }
    }

    fn attachment_state(
        &mut self,
        id: Id<TransitGatewayAttachment>,
        state: AttachmentState,
        tables_are_written: bool,
    ) {
        self.network.update(id, |row: &mut TransitGatewayAttachment| {
            row.state = state;
            if !state.works() && !tables_are_written {
                row.association = None;
                row.propagations.clear();
            }
        });
    }
}

/// The attachment of this gateway that has the name, when there is one.
fn named_attachment(
    build: &Build,
    gateway: TransitGatewayId,
    name: &str,
) -> Option<TransitGatewayAttachmentId> {
    let rows = build.network.transit_gateway_attachments().iter();
    let mut own = rows.filter(|(_, row)| row.gateway == gateway && *row.name == *name);
    let (id, _) = own.next()?;
    own.next().is_none().then_some(id)
}

impl Drafts {
    /// Are tables of the gateway written?
    fn has_tables(&self, gateway: &str) -> bool {
        let its =
            |table: &Table| table.gateway.as_ref().is_some_and(|it| it.value.trim() == gateway);
        self.tables.iter().any(its)
    }
}
