//! How a network laid out looks: boxes, wires, and a packet on its way through them.
//!
//! Draws through a window: what lies outside is cut, cell by cell, and a wide letter that would be
//! cut in half is left out whole.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, style::Style, symbols::border};

use crate::{
    app::{
        Area, Seen, Target,
        canvas::{self, Arms, Canvas, Node, Roads, Spot, WireKind},
        flight::{FRAMES, Travel},
    },
    cloud::{
        InstanceState, Interface, InterfaceKind, Leg, Link, Listening, Named, NatGatewayState,
        Network, PeeringState, Place, SubnetId, Thing, Verdict, Zone,
    },
    net::Protocol,
    text::width::{truncate, width},
    ui::Skin,
};

/// What is to be drawn.
pub struct View<'a> {
    /// The network.
    pub network: &'a Network,
    /// Where everything is.
    pub canvas: &'a Canvas,
    /// What is selected, and everything that stands for the same object.
    pub selected: Option<Spot>,
    /// A packet on its way.
    pub travel: Option<Way<'a>>,
    /// The zone that has failed in it.
    pub down: Option<&'a Zone>,
    /// The cell of the canvas in the window's upper left corner.
    pub at: (u16, u16),
    /// Is the way of a packet drawn over wires, too? Where there are no colours to light them with.
    pub stamped: bool,
}

/// A packet on its way over the canvas. Of two futures the one that was comes with its ways, and the
/// one that is with its own.
pub struct Way<'a> {
    travel: &'a Travel,
    roads: Cow<'a, Roads>,
    now: Option<(&'a Travel, Cow<'a, Roads>)>,
}

impl<'a> Way<'a> {
    /// Its way over this canvas; walked only where it was not before.
    pub fn new(travel: &'a Travel, canvas: &Canvas) -> Self {
        let now = travel.fork().map(|fork| (&fork.now, fork.now.roads(canvas)));
        Self { travel, roads: travel.roads(canvas), now }
    }
}

/// Draws the canvas into a window, and answers what may be hit there.
pub fn draw(view: &View<'_>, skin: &Skin, buffer: &mut Buffer, window: Rect, seen: &mut Seen) {
    let mut pen = Pen { buffer, window, at: view.at };
    for node in &view.canvas.nodes {
        outline(view, node, skin, &mut pen);
    }
    let chosen = view.selected.and_then(|spot| spot.thing(view.network));
    for wire in &view.canvas.wires {
        let lit = match wire.kind {
            WireKind::Attachment(thing) | WireKind::Part(thing) | WireKind::Line(thing) => {
                // A fence that a wire only passes through does not light it.
                let end = view.selected.filter(|it| !matches!(it, Spot::Thing(Thing::Vpc(_))));
                chosen == Some(thing) || end.is_some_and(|it| wire.ends.contains(&it))
            }
            WireKind::Targets(group) => {
                let owner = view.network.balancer_of_group(group).map(Thing::LoadBalancer);
                chosen.is_some() && (chosen == Some(Thing::TargetGroup(group)) || chosen == owner)
            }
            WireKind::Edge(_) => at_end(view, &wire.ends),
            WireKind::Route(thing) => {
                chosen == Some(thing)
                    || at_end(view, &wire.ends)
                    || wire.subnets.iter().any(|subnet| {
                        let table = Thing::RouteTable(view.network.route_table_of(*subnet));
                        chosen == Some(Thing::Subnet(*subnet)) || chosen == Some(table)
                    })
            }
        };
        let style = if lit { skin.theme.accent } else { skin.theme.dim };
        for (x, y, arms) in &wire.cells {
            pen.wire(*x, *y, *arms, skin, style);
        }
    }
    // Of two futures the one that was lies below the one that is.
    let futures = view.travel.as_ref();
    if let Some(way) = futures {
        trail(view, (way.travel, &way.roads), way.now.is_some(), skin, &mut pen);
        if let Some((now, roads)) = &way.now {
            trail(view, (now, roads), false, skin, &mut pen);
        }
    }
    for node in &view.canvas.nodes {
        label(view, node, skin, &mut pen);
        if node.spot.is_selectable()
            && let Some(area) = pen.visible(node.area)
        {
            seen.hits.push((area, Target::Spot(node.spot)));
        }
    }
    if let Some(way) = futures {
        marker(view, (way.travel, &way.roads), way.now.is_some(), skin, &mut pen);
        if let Some((now, roads)) = &way.now {
            marker(view, (now, roads), false, skin, &mut pen);
        }
    }
}

/// Writes into the window in the canvas's own coordinates.
struct Pen<'a> {
    buffer: &'a mut Buffer,
    window: Rect,
    at: (u16, u16),
}

impl Pen<'_> {
    /// The screen's cell for a cell of the canvas, if it is in the window.
    fn cell(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        let (x, y) = (x.checked_sub(self.at.0)?, y.checked_sub(self.at.1)?);
        let inside = x < self.window.width && y < self.window.height;
        inside.then(|| (self.window.x + x, self.window.y + y))
    }

    /// The part of an area that is in the window, on the screen.
    fn visible(&self, area: Area) -> Option<Area> {
        let clip = |start: u16, length: u16, at: u16, room: u16| {
            let low = start.max(at);
            let high = start.saturating_add(length).min(at.saturating_add(room));
            (high > low).then(|| (low - at, high - low))
        };
        let (x, width) = clip(area.x, area.width, self.at.0, self.window.width)?;
        let (y, height) = clip(area.y, area.height, self.at.1, self.window.height)?;
        Some(Area { x: self.window.x + x, y: self.window.y + y, width, height })
    }

    fn sign(&mut self, x: u16, y: u16, sign: &str, style: Style) {
        if let Some(cell) = self.cell(x, y) {
            let cell = &mut self.buffer[cell];
            cell.reset();
            cell.set_symbol(sign).set_style(style);
        }
    }

    /// Changes the style of a cell and leaves its sign.
    fn tint(&mut self, x: u16, y: u16, style: Style) {
        if let Some(cell) = self.cell(x, y) {
            self.buffer[cell].set_style(style);
        }
    }

    fn symbol(&self, x: u16, y: u16) -> &str {
        self.cell(x, y).map_or("", |cell| self.buffer[cell].symbol())
    }

    /// Writes a text, at most so many cells of it.
    fn text(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style, more: &str) {
        let text = truncate(text, room.into(), more);
        let mut x = x;
        for cluster in clusters(&text) {
            let cells = width(cluster) as u16;
            let last = x.saturating_add(cells.max(1) - 1);
            if cells > 0
                && let (Some(cell), Some(_)) = (self.cell(x, y), self.cell(last, y))
            {
                // What was drawn here before leaves no colour behind.
                let style = Style::reset().patch(style);
                self.buffer.set_stringn(cell.0, cell.1, cluster, cells.into(), style);
            }
            x = x.saturating_add(cells);
        }
    }

    fn frame(&mut self, area: Area, set: border::Set<'_>, style: Style) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let (left, top) = (area.x, area.y);
        let (right, bottom) = (area.x + (area.width - 1), area.y + (area.height - 1));
        for x in left + 1..right {
            self.sign(x, top, set.horizontal_top, style);
            self.sign(x, bottom, set.horizontal_bottom, style);
        }
        for y in top + 1..bottom {
            self.sign(left, y, set.vertical_left, style);
            self.sign(right, y, set.vertical_right, style);
        }
        self.sign(left, top, set.top_left, style);
        self.sign(right, top, set.top_right, style);
        self.sign(left, bottom, set.bottom_left, style);
        self.sign(right, bottom, set.bottom_right, style);
    }

    /// Draws one cell of a wire, joined with the box or wire that it meets.
    fn wire(&mut self, x: u16, y: u16, arms: Arms, skin: &Skin, style: Style) {
        let joined = arms | arms_of(self.symbol(x, y), skin);
        let sign = skin.glyph.wires[index(joined)];
        self.sign(x, y, sign, style);
    }
}

fn index(arms: Arms) -> usize {
    usize::from(arms.up)
        | usize::from(arms.down) << 1
        | usize::from(arms.left) << 2
        | usize::from(arms.right) << 3
}

/// Which ways the line leaves a cell that has this sign. A fence or a zone's edge has no ways: a
/// wire crosses it.
fn arms_of(sign: &str, skin: &Skin) -> Arms {
    let (set, none) = (skin.glyph.border, Arms::default());
    let arms = |index: usize| Arms {
        up: index & 1 > 0,
        down: index & 2 > 0,
        left: index & 4 > 0,
        right: index & 8 > 0,
    };
    match sign {
        " " | "" => none,
        // In ASCII a corner looks like a crossing; a wire that meets it is drawn as one too.
        sign if sign == set.horizontal_top => arms(12),
        sign if sign == set.vertical_left => arms(3),
        sign => skin.glyph.wires.iter().position(|wire| *wire == sign).map_or(none, arms),
    }
}

/// Is it a piece of a wire or border?
fn is_line(sign: &str, skin: &Skin) -> bool {
    let glyph = &skin.glyph;
    let sets = [glyph.border, glyph.fence, glyph.zone];
    glyph.wires.contains(&sign)
        || sets.iter().any(|set| [set.horizontal_top, set.vertical_left].contains(&sign))
}

fn clusters(text: &str) -> impl Iterator<Item = &str> {
    use unicode_segmentation::UnicodeSegmentation;
    text.graphemes(true)
}

/// Is this the selected thing, or another place of the same object (a table that several subnets
/// share)?
fn is_chosen(view: &View<'_>, spot: Spot) -> bool {
    let Some(selected) = view.selected else { return false };
    if selected == spot {
        return true;
    }
    let thing = |spot: Spot| match spot {
        Spot::Table(_) | Spot::Acl(_) => spot.thing(view.network),
        _ => None,
    };
    thing(selected).is_some() && thing(selected) == thing(spot)
}

/// Does something that is no box around others stand at an end of a wire, and is it selected?
fn at_end(view: &View<'_>, ends: &[Spot]) -> bool {
    let boxes = |spot: &Spot| matches!(spot, Spot::Thing(Thing::Vpc(_) | Thing::Subnet(_)));
    view.selected.filter(|it| !boxes(it)).is_some_and(|it| ends.contains(&it))
}

fn outline(view: &View<'_>, node: &Node, skin: &Skin, pen: &mut Pen<'_>) {
    let theme = skin.theme;
    let (set, style) = match node.spot {
        Spot::Internet | Spot::Edge | Spot::Shelf | Spot::Premises => {
            (skin.glyph.border, theme.frame)
        }
        Spot::Zone(..) => (skin.glyph.zone, theme.frame),
        Spot::Thing(Thing::Vpc(_)) => (skin.glyph.fence, theme.dim),
        Spot::Thing(_) if node.area.height > 1 && node.label.height != node.area.height => {
            (skin.glyph.border, theme.frame)
        }
        _ => return,
    };
    let style = if is_chosen(view, node.spot) { theme.frame_focus } else { style };
    pen.frame(node.area, set, style);
}

/// Writes what a node is called, and what there is to say in its box.
fn label(view: &View<'_>, node: &Node, skin: &Skin, pen: &mut Pen<'_>) {
    let (network, glyph, theme) = (view.network, &skin.glyph, &skin.theme);
    let words = &skin.words.lab;
    let chosen = is_chosen(view, node.spot);
    let style = |style: Style| if chosen { style.patch(theme.chosen) } else { style };
    let area = node.label;
    let name = node.name.as_str();
    let more = glyph.more;
    match node.spot {
        Spot::Internet => title(pen, area, words.internet, theme.dim, false, skin),
        Spot::Edge => title(pen, area, skin.words.canvas.edge, theme.dim, false, skin),
        Spot::Shelf => title(pen, area, skin.words.canvas.shelf, theme.dim, false, skin),
        Spot::Premises => title(pen, area, skin.words.canvas.premises, theme.dim, false, skin),
        Spot::Landing(..) => {
            let text = format!("{} {name}", glyph.attachment);
            pen.text(area.x, area.y, area.width, &text, style(theme.text), more);
            point(pen, area, chosen, skin);
        }
        Spot::Zone(..) if view.down.is_some_and(|zone| &*zone.0 == name) => {
            let text = (skin.words.futures.zone_failed)(name);
            title(pen, area, &format!("{} {text}", glyph.wrong), theme.bad, false, skin);
        }
        Spot::Zone(..) => title(pen, area, &(words.zone)(name), theme.dim, false, skin),
        Spot::Elsewhere => {
            let text = format!("{} {}", glyph.host, words.elsewhere);
            pen.text(area.x, area.y, area.width, &text, style(theme.text), more);
            point(pen, area, chosen, skin);
        }
        Spot::Table(_) => chip(pen, area, glyph.table, name, style(theme.text), chosen, skin),
        Spot::Acl(_) => chip(pen, area, glyph.acl, name, style(theme.dim), chosen, skin),
        Spot::Thing(Thing::Host(id)) => {
            let address = network.hosts().get(id).map(|host| host.address.to_string());
            let text = format!("{} {name}", glyph.host);
            pen.text(area.x, area.y, area.width, &text, style(theme.text), more);
            rest(pen, area, &text, &address.unwrap_or_default(), style(theme.dim), skin);
            point(pen, area, chosen, skin);
        }
        Spot::Thing(Thing::Vpc(id)) => {
            let cidrs = network.vpcs().get(id).map(|vpc| &vpc.cidrs[..]).unwrap_or_default();
            let more =
                if cidrs.len() > 1 { format!(" +{}", cidrs.len() - 1) } else { String::new() };
            let cidr = cidrs.first().map(|cidr| format!("{cidr}{more}")).unwrap_or_default();
            let text = format!("VPC {name}");
            title_with(pen, area, &text, &cidr, style(theme.strong), chosen, skin);
        }
        Spot::Thing(Thing::Subnet(id)) => {
            let cidr = network.subnets().get(id).map(|subnet| subnet.cidr);
            let cidr = cidr.map(|cidr| cidr.to_string()).unwrap_or_default();
            title_with(pen, area, name, &cidr, style(theme.strong), chosen, skin);
            if view.canvas.node(Spot::Table(id)).is_none() {
                counts(network, id, node, skin, pen);
            }
        }
        Spot::Thing(Thing::InternetGateway(id)) => {
            let row = network.internet_gateways().get(id);
            let attached = row.is_some_and(|gateway| gateway.vpc.is_some());
            let sign = if attached { glyph.gateway } else { glyph.gateway_loose };
            let plain = if attached { theme.accent } else { theme.warn };
            gate(pen, area, sign, name, style(plain), chosen, skin);
        }
        Spot::Thing(thing) => match home(view, node) {
            Some(Spot::Thing(Thing::Subnet(_))) => item(view, node, thing, chosen, skin, pen),
            Some(Spot::Thing(Thing::Vpc(_)) | Spot::Premises) if on_fence(thing) => {
                let (sign, plain) = outside_sign(network, thing, skin);
                gate(pen, area, sign, name, style(plain), chosen, skin);
            }
            _ => outside(view, node, thing, chosen, skin, pen),
        },
    }
}

/// The box around a node.
fn home(view: &View<'_>, node: &Node) -> Option<Spot> {
    node.inside.and_then(|index| view.canvas.nodes.get(index)).map(|outer| outer.spot)
}

/// Does it sit on a fence, wherever there is one around it?
fn on_fence(thing: Thing) -> bool {
    matches!(
        thing,
        Thing::EgressOnlyGateway(_)
            | Thing::VirtualPrivateGateway(_)
            | Thing::TransitGatewayAttachment(_)
            | Thing::CustomerGateway(_)
    )
}

/// A gateway on a fence.
fn gate(
    pen: &mut Pen<'_>,
    area: Area,
    sign: &str,
    name: &str,
    style: Style,
    chosen: bool,
    skin: &Skin,
) {
    let theme = &skin.theme;
    let text = format!("{sign} {name}");
    pen.text(area.x, area.y, 1, "[", theme.dim, "");
    pen.text(area.x + 1, area.y, area.width.saturating_sub(2), &text, style, skin.glyph.more);
    pen.text(area.x + (area.width - 1), area.y, 1, "]", theme.dim, "");
    if chosen {
        pen.text(area.x, area.y, 1, skin.glyph.pointer, theme.accent, "");
    }
}

/// The sign of what stands outside subnets, and how its name is written. What does not work has a
/// mark in the place of its sign.
fn outside_sign(network: &Network, thing: Thing, skin: &Skin) -> (&'static str, Style) {
    let works = match thing {
        Thing::Peering(id) => {
            network.peerings().get(id).is_some_and(|row| row.state == PeeringState::Active)
        }
        Thing::TransitGatewayAttachment(id) => {
            network.transit_gateway_attachments().get(id).is_some_and(|row| row.state.works())
        }
        Thing::NatGateway(id) => {
            let row = network.nat_gateways().get(id);
            row.is_some_and(|row| row.state == NatGatewayState::Available)
        }
        Thing::VpnConnection(id) => network.is_up(Link::Vpn(id)),
        Thing::DirectConnectGateway(id) => network.is_up(Link::DirectConnect(id)),
        Thing::InterfaceEndpoint(id) => {
            network.interface_endpoints().get(id).is_some_and(|row| row.accepted)
        }
        _ => true,
    };
    match works {
        false => (skin.glyph.wrong, skin.theme.warn),
        true if on_fence(thing) => (super::bench::sign(network, thing, skin), skin.theme.accent),
        true => (super::bench::sign(network, thing, skin), skin.theme.text),
    }
}

/// What stands outside subnets: a sign, a name, and what there is to say behind it.
fn outside(
    view: &View<'_>,
    node: &Node,
    thing: Thing,
    chosen: bool,
    skin: &Skin,
    pen: &mut Pen<'_>,
) {
    let (network, theme) = (view.network, &skin.theme);
    let style = |style: Style| if chosen { style.patch(theme.chosen) } else { style };
    let (sign, plain) = outside_sign(network, thing, skin);
    let text = format!("{sign} {}", node.name);
    if node.area != node.label {
        title(pen, node.label, &text, style(theme.strong), chosen, skin);
        return;
    }
    let area = node.label;
    pen.text(area.x, area.y, area.width, &text, style(plain), skin.glyph.more);
    let detail = canvas::head_detail(network, node.spot);
    if !detail.is_empty() {
        rest(pen, area, &text, &detail, style(theme.dim), skin);
    }
    if area.height > 1 {
        let named = match thing {
            Thing::Service(id) => Some(Named::Service(id)),
            Thing::Api(id) => Some(Named::Api(id)),
            _ => None,
        };
        let address = named.and_then(|named| network.public_address_of_name(named));
        let address = address.map(|it| format!("  {} {it}", skin.glyph.public)).unwrap_or_default();
        pen.text(area.x, area.y + 1, area.width, &address, theme.dim, skin.glyph.more);
    }
    point(pen, area, chosen, skin);
}

/// An instance, an interface or a NAT gateway: one or two lines, or a box.
fn item(view: &View<'_>, node: &Node, thing: Thing, chosen: bool, skin: &Skin, pen: &mut Pen<'_>) {
    let (network, glyph, theme) = (view.network, &skin.glyph, &skin.theme);
    let (interface, works) = match thing {
        Thing::Instance(id) => {
            let Some(row) = network.instances().get(id) else { return };
            let first = row.interfaces.first().and_then(|id| network.interfaces().get(*id));
            (first, row.state == InstanceState::Running)
        }
        Thing::NatGateway(id) => {
            let Some(row) = network.nat_gateways().get(id) else { return };
            let own = row.interface().and_then(|id| network.interfaces().get(id));
            (own, row.state == NatGatewayState::Available)
        }
        Thing::Interface(id) => (network.interfaces().get(id), true),
        Thing::Database(id) => {
            let Some(row) = network.databases().get(id) else { return };
            (network.interfaces().get(row.interface), true)
        }
        Thing::Task(id) => {
            let Some(row) = network.tasks().get(id) else { return };
            (network.interfaces().get(row.interface), true)
        }
        _ => return,
    };
    let sign = super::bench::sign(network, thing, skin);
    let style = |style: Style| if chosen { style.patch(theme.chosen) } else { style };
    let plain = if works { theme.text } else { theme.dim };
    let name = node.name.as_str();
    let address = interface.and_then(|row| row.addresses.first());
    let address = address.map(ToString::to_string).unwrap_or_default();
    let public = interface.and_then(canvas::public_addresses);
    let area = node.area;
    if area.height >= 5 {
        let text = format!("{sign} {name}");
        title_with(pen, node.label, &text, &ports(network, thing), style(plain), chosen, skin);
        let (x, room) = (area.x + 2, area.width.saturating_sub(4));
        pen.text(x, area.y + 1, room, &address, theme.text, glyph.more);
        let text = match (&public, works) {
            (_, false) => skin.words.lab.stopped.to_owned(),
            (Some(public), _) => format!("{} {public}", glyph.public),
            (None, _) => format!("{} {}", glyph.public, skin.words.lab.no_public),
        };
        let tone = if public.is_some() && works { theme.accent } else { theme.dim };
        pen.text(x, area.y + 2, room, &text, tone, glyph.more);
        let groups = group_names(network, interface);
        if !groups.is_empty() {
            let text = format!("{} {groups}", glyph.group);
            pen.text(x, area.y + 3, room, &text, theme.dim, glyph.more);
        }
        return;
    }
    let text = format!("{sign} {name}");
    pen.text(area.x, area.y, area.width, &text, style(plain), glyph.more);
    let second = if works { address } else { skin.words.lab.stopped.to_owned() };
    rest(pen, area, &text, &second, style(theme.dim), skin);
    if let Some(public) = public
        && area.height > 1
    {
        let text = format!("  {} {public}", glyph.public);
        pen.text(area.x, area.y + 1, area.width, &text, theme.accent, glyph.more);
    }
    point(pen, area, chosen, skin);
}

/// The ports that something answers, where that is known: `:443 udp/53`.
fn ports(network: &Network, thing: Thing) -> String {
    let listening = match thing {
        Thing::Instance(id) => network.instances().get(id).map(|row| &row.listening),
        Thing::Database(id) => network.databases().get(id).map(|row| &row.listening),
        Thing::Task(id) => network.tasks().get(id).map(|row| &row.listening),
        _ => None,
    };
    let Some(Listening::On(ports)) = listening else { return String::new() };
    let written = ports.iter().map(|(protocol, ports)| match *protocol {
        Protocol::TCP => format!(":{ports}"),
        _ if protocol.has_ports() => format!("{protocol}/{ports}"),
        _ => protocol.to_string(),
    });
    written.collect::<Vec<_>>().join(" ")
}

fn group_names(network: &Network, interface: Option<&Interface>) -> String {
    let names: Vec<_> = interface
        .iter()
        .flat_map(|row| &row.security_groups)
        .filter_map(|group| Some(network.security_groups().get(*group)?.name.to_string()))
        .collect();
    names.join(" ")
}

/// What stands in a subnet, as counts, when the scale shows no more.
fn counts(network: &Network, subnet: SubnetId, node: &Node, skin: &Skin, pen: &mut Pen<'_>) {
    let (mut hosts, mut nats, mut balancers, mut endpoints) = (0, 0, 0, 0);
    for (_, row) in network.interfaces().iter().filter(|(_, row)| row.subnet == subnet) {
        let count = match row.kind {
            InterfaceKind::NatGateway => &mut nats,
            InterfaceKind::LoadBalancer(_) => &mut balancers,
            InterfaceKind::Endpoint(_) => &mut endpoints,
            _ => &mut hosts,
        };
        *count += 1;
    }
    let glyph = &skin.glyph;
    let mut text = format!("{} {hosts}", glyph.instance);
    for (sign, count) in
        [(glyph.nat, nats), (glyph.balancer, balancers), (glyph.endpoint, endpoints)]
    {
        if count > 0 {
            text = format!("{text}  {sign} {count}");
        }
    }
    let area = node.area;
    let room = area.width.saturating_sub(4);
    pen.text(area.x + 2, area.y + 1, room, &text, skin.theme.dim, skin.glyph.more);
}

/// Writes a title with something fainter behind it into the border of a box.
fn title_with(
    pen: &mut Pen<'_>,
    area: Area,
    text: &str,
    behind: &str,
    style: Style,
    chosen: bool,
    skin: &Skin,
) {
    title(pen, area, text, style, chosen, skin);
    let used = width(text) as u16 + 2;
    if !behind.is_empty() && area.width > used + 4 {
        let room = area.width - used - 1;
        let behind = truncate(behind, room.into(), skin.glyph.more);
        let tone = if chosen { skin.theme.dim.patch(skin.theme.chosen) } else { skin.theme.dim };
        pen.text(area.x + used - 1, area.y, 1, " ", style, "");
        pen.text(area.x + used, area.y, room, &behind, tone, "");
        pen.text(area.x + used + width(&behind) as u16, area.y, 1, " ", skin.theme.text, "");
    }
}

/// Writes a title into the border of a box.
fn title(pen: &mut Pen<'_>, area: Area, text: &str, style: Style, chosen: bool, skin: &Skin) {
    let room = area.width.saturating_sub(2);
    let text = truncate(text, room.into(), skin.glyph.more);
    let lead = if chosen { skin.glyph.pointer } else { " " };
    pen.text(area.x, area.y, 1, lead, skin.theme.accent, "");
    pen.text(area.x + 1, area.y, room, &text, style, "");
    pen.text(area.x + 1 + width(&text) as u16, area.y, 1, " ", skin.theme.text, "");
}

/// Writes a table or list onto the lower edge of a subnet.
fn chip(
    pen: &mut Pen<'_>,
    area: Area,
    sign: &str,
    name: &str,
    style: Style,
    chosen: bool,
    skin: &Skin,
) {
    let text = format!("{sign} {name}");
    let text = truncate(&text, area.width.into(), skin.glyph.more);
    let lead = if chosen { skin.glyph.pointer } else { " " };
    pen.text(area.x - 1, area.y, 1, lead, skin.theme.accent, "");
    pen.text(area.x, area.y, area.width, &text, style, "");
    pen.text(area.x + width(&text) as u16, area.y, 1, " ", skin.theme.text, "");
}

/// Writes behind a text, in what is left of its area.
fn rest(pen: &mut Pen<'_>, area: Area, before: &str, text: &str, style: Style, skin: &Skin) {
    let used = width(before) as u16 + 1;
    if used < area.width {
        let room = area.width - used;
        if width(text) <= usize::from(room) || room > 4 {
            pen.text(area.x + used - 1, area.y, 1, " ", style, "");
            pen.text(area.x + used, area.y, room, text, style, skin.glyph.more);
        }
    }
}

/// Marks the selected thing with a sign in the free cell before it.
fn point(pen: &mut Pen<'_>, area: Area, chosen: bool, skin: &Skin) {
    if chosen && area.x > 0 {
        pen.text(area.x - 1, area.y, 1, skin.glyph.pointer, skin.theme.accent, "");
    }
}

// -- the packet

fn tone(leg: Leg, skin: &Skin) -> Style {
    match leg {
        Leg::Forward => skin.theme.accent,
        Leg::Reply => skin.theme.computed,
    }
}

/// Lights the way that the packet came, or would have come before the network `was` changed.
fn trail(
    view: &View<'_>,
    (travel, roads): (&Travel, &Roads),
    was: bool,
    skin: &Skin,
    pen: &mut Pen<'_>,
) {
    let tone = |leg, skin: &Skin| if was { skin.theme.warn } else { tone(leg, skin) };
    let dot = if was { skin.glyph.was } else { skin.glyph.dot };
    let hops = &travel.trace.hops;
    let Some(now) = hops.get(travel.hop()) else { return };
    for (index, hop) in hops.iter().enumerate().take(travel.hop() + 1).skip(1) {
        // The way back is walked over the way there: only the leg on screen is lit.
        if hop.leg != now.leg {
            continue;
        }
        let road = roads.to(index);
        let reached = if index == travel.hop() { part(road, travel) } else { road.len() };
        for (x, y) in &road[..reached] {
            let symbol = pen.symbol(*x, *y);
            let free = symbol == " " || symbol == skin.glyph.was;
            if free || view.stamped && is_line(symbol, skin) {
                pen.sign(*x, *y, dot, tone(hop.leg, skin));
            } else {
                pen.tint(*x, *y, tone(hop.leg, skin));
            }
        }
    }
}

/// How many cells of the road to the hop on screen the packet has behind it.
fn part(road: &[(u16, u16)], travel: &Travel) -> usize {
    let done = usize::from(travel.underway());
    (road.len() * done).div_ceil(usize::from(FRAMES)).clamp(1, road.len().max(1)).min(road.len())
}

/// Draws the packet itself, or the mark where it ended.
fn marker(
    view: &View<'_>,
    (travel, roads): (&Travel, &Roads),
    was: bool,
    skin: &Skin,
    pen: &mut Pen<'_>,
) {
    let Some(hop) = travel.trace.hops.get(travel.hop()) else { return };
    let cell = match roads.to(travel.hop()) {
        road @ [_, ..] => Some(road[part(road, travel).max(1) - 1]),
        [] => view.canvas.stop_of(&travel.network, hop.place),
    };
    let Some((x, y)) = cell else { return };
    let stands = travel.underway() >= FRAMES;
    let (sign, style) = if stands && ends_here(travel, hop.place) {
        (skin.glyph.wrong, if was { skin.theme.warn } else { skin.theme.bad })
    } else if was {
        (skin.glyph.was, skin.theme.warn)
    } else {
        match hop.leg {
            Leg::Forward => (skin.glyph.packet, tone(hop.leg, skin)),
            Leg::Reply => (skin.glyph.reply, tone(hop.leg, skin)),
        }
    };
    pen.sign(x, y, sign, style);
}

/// Is the hop on screen the one where the packet is dropped?
fn ends_here(travel: &Travel, at: Place) -> bool {
    travel.hop() == travel.last()
        && matches!(travel.trace.verdict, Verdict::Dropped { place, .. } if place == at)
}

/// Where the packet is on the canvas: what the window should show.
pub fn focus(network: &Network, canvas: &Canvas, travel: &Travel) -> Option<Area> {
    let hop = travel.trace.hops.get(travel.hop())?;
    let spot = canvas::spot_of_place(network, hop.place)?;
    canvas.shown(network, spot).map(|node| node.label)
}
