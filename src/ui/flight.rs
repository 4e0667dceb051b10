//! How a flight looks: the packets on offer, the prediction, the ladder of hops, and what one hop
//! looked at.

pub mod futures;

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{
        Seen, Target, canvas,
        flight::{ANSWERS, Answer, Flight, Judged, Stage, Travel},
    },
    cloud::{Cause, Leg, Network, Outcome, Place, Verdict},
    course::{question::Claim, suspect::truth},
    net::{IcmpKind, Packet, TcpFlag},
    tell::{Teller, written},
    text::line::Run,
    ui::{
        Skin,
        canvas::{View, Way},
        page::coded,
        sheet::Sheet,
    },
};

/// How much of a flight is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Inside a page: the way on a few lines, and always as tall as its tallest hop.
    Compact,
    /// In a low pane: the way on a few lines.
    Short,
    /// In a pane of its own: one row a hop.
    Full,
}

/// A live scene inside a page: the network drawn, and the flight below. As tall as it comes out;
/// stepping through the hops does not change its height.
pub fn piece(flight: &Flight, network: &Network, focus: bool, skin: &Skin, width: u16) -> Sheet {
    let network = flight.travel().map_or(network, |travel| &travel.network);
    let mut sheet = Sheet::new(width);
    draw(network, flight.travel(), skin, &mut sheet);
    let map = sheet.height();
    if flight.travel().is_none() {
        sheet.append(super::rules::sheet(network, skin, width));
    }
    sheet.gap();
    sheet.append(panel(flight, network, focus, Form::Compact, skin, width));
    if flight.travel().is_some_and(Travel::plays) {
        // Where both do not fit: first the packet under way, then what was found.
        sheet.look_at(0..map);
    }
    sheet
}

/// The network on a page: as a map, with the packet on its way, as large as it fits. Nobody can
/// pan here: a map that does not fit at all follows the packet, and is a list without one.
pub fn draw(network: &Network, travel: Option<&Travel>, skin: &Skin, sheet: &mut Sheet) {
    let width = sheet.width();
    let drawn = match travel {
        Some(travel) => travel.on_page(width),
        None => Cow::Owned(canvas::on_page(network, width)),
    };
    let fits = drawn.width <= width;
    if !fits && travel.is_none() {
        super::bench::entries(network, sheet, skin, |_, _| (None, false));
        return;
    }
    let window = Rect { x: 0, y: 0, width: drawn.width.min(width), height: drawn.height };
    let mut buffer = Buffer::empty(window);
    let at = travel
        .and_then(|travel| super::canvas::focus(network, &drawn, travel))
        .map_or(0, |area| canvas::pan(drawn.width, window.width, 0, (area.x, area.width), 4));
    let view = View {
        network,
        canvas: &drawn,
        selected: None,
        travel: travel.map(|travel| Way::new(travel, &drawn)),
        down: None,
        at: (at, 0),
        stamped: false,
    };
    super::canvas::draw(&view, skin, &mut buffer, window, &mut Seen::default());
    super::bench::more(&mut buffer, window, &drawn, (at, 0), skin);
    sheet.picture(&buffer);
}

/// Everything of a flight but the map. `network` is the one that a packet would go through now.
pub fn panel(
    flight: &Flight,
    network: &Network,
    focus: bool,
    form: Form,
    skin: &Skin,
    width: u16,
) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (words, theme) = (&skin.words.flight, &skin.theme);
    let teller = Teller::new(network, skin.lang);
    let numbered = |index: usize| if index < 9 { (index + 1).to_string() } else { " ".into() };
    match flight.stage() {
        Stage::Choose => {
            if flight.packets().is_empty() {
                sheet.text(words.no_packets, theme.dim);
            } else {
                sheet.text(words.choose, theme.strong);
            }
            for (index, packet) in flight.packets().iter().enumerate() {
                let chosen = focus && index == flight.cursor();
                let mut runs = vec![Run::new(packet.written.clone(), theme.code)];
                if !packet.name.is_empty() {
                    runs.insert(0, Run::new(format!("{}  ", packet.name), theme.text));
                }
                sheet.choice(Some(Target::Item(index)), chosen, &numbered(index), &runs, skin);
            }
        }
        Stage::Predict { cursor } => {
            packet_line(&mut sheet, flight, skin);
            sheet.text(words.predict, theme.strong);
            for (index, answer) in ANSWERS.iter().enumerate() {
                let text = match answer {
                    Answer::Delivered => words.delivered,
                    Answer::Refused => words.refused,
                    Answer::Dropped => words.dropped,
                };
                let (chosen, runs) = (focus && index == *cursor, [Run::new(text, theme.text)]);
                sheet.choice(Some(Target::Item(index)), chosen, &numbered(index), &runs, skin);
            }
        }
        Stage::Where { cursor, suspects } => {
            packet_line(&mut sheet, flight, skin);
            sheet.text(words.where_dropped, theme.strong);
            let mut leg = None;
            for (index, (on, place)) in suspects.iter().enumerate() {
                if leg != Some(*on) {
                    leg = Some(*on);
                    sheet.text(leg_words(*on, skin), theme.dim);
                }
                let text = if let Place::Interface(..) = place {
                    stop_words(&teller, network, *place, skin)
                } else {
                    let others = suspects.iter().filter(|(other, _)| other == on);
                    teller.place_among(*place, others.map(|(_, place)| *place))
                };
                let (chosen, runs) = (focus && index == *cursor, [Run::new(text, theme.text)]);
                sheet.choice(Some(Target::Item(index)), chosen, &numbered(index), &runs, skin);
            }
        }
        Stage::Travel(travel) => {
            supposed(flight, skin, &mut sheet);
            sheet.append(travelling(travel, form, skin, width));
        }
    }
    sheet
}

fn packet_line(sheet: &mut Sheet, flight: &Flight, skin: &Skin) {
    if let Some(packet) = flight.packet() {
        let sign = format!("{} ", skin.glyph.packet);
        let runs =
            [Run::new(sign, skin.theme.accent), Run::new(packet.written.clone(), skin.theme.code)];
        sheet.runs(&runs, 0, 2);
    }
    supposed(flight, skin, sheet);
}

/// That a zone is supposed to have failed for this packet.
pub fn supposed(flight: &Flight, skin: &Skin, sheet: &mut Sheet) {
    if let Some(zone) = flight.down() {
        let text = (skin.words.futures.zone_failed)(&zone.0);
        sheet.text(&format!("{} {text}", skin.glyph.wrong), skin.theme.bad);
    }
}

fn leg_words(leg: Leg, skin: &Skin) -> &'static str {
    match leg {
        Leg::Forward => skin.words.flight.there,
        Leg::Reply => skin.words.flight.back,
    }
}

fn travelling(travel: &Travel, form: Form, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    let written = written::probe(&travel.network, &travel.trace.probe);
    let runs = [
        Run::new(format!("{} ", skin.glyph.packet), skin.theme.accent),
        Run::new(written, skin.theme.code),
    ];
    sheet.runs(&runs, 0, 2);
    if travel.is_stale() {
        sheet.text(skin.words.flight.changed_since, skin.theme.warn);
    }
    match form {
        Form::Compact | Form::Short => way(travel, skin, &mut sheet),
        Form::Full => ladder(travel, skin, &mut sheet),
    }
    sheet.gap();
    let mut one = hop(travel, travel.hop(), skin, width);
    if form == Form::Compact {
        one.look_at(0..one.height());
        let tallest = (0..=travel.last()).map(|index| hop(travel, index, skin, width).height());
        for _ in one.height()..tallest.max().unwrap_or(0) {
            one.gap();
        }
    }
    sheet.append(one);
    sheet
}

/// The sign and name of a place, as the map shows it.
fn short(network: &Network, place: Place, skin: &Skin) -> String {
    let glyph = &skin.glyph;
    let sign = match place {
        Place::Internet(..) => glyph.host,
        Place::Subnet(_) => glyph.dot,
        Place::NetworkAcl(..) => glyph.acl,
        Place::RouteTable(..) | Place::GatewayTable(_) => glyph.table,
        Place::InternetGateway(..) => glyph.gateway,
        Place::LoadBalancer(..) => glyph.balancer,
        place => canvas::spot_of_place(network, place)
            .and_then(|spot| spot.thing(network))
            .map_or(glyph.instance, |thing| super::bench::sign(network, thing, skin)),
    };
    format!("{sign} {}", written::place(network, place))
}

/// How a hop that was reached is marked: passed, or dropped there.
fn mark(travel: &Travel, index: usize, skin: &Skin) -> (&'static str, Style) {
    let dropped = matches!(travel.trace.verdict, Verdict::Dropped { .. });
    if index == travel.last() && dropped {
        (skin.glyph.wrong, skin.theme.bad)
    } else {
        (skin.glyph.right, skin.theme.good)
    }
}

/// The way so far, on a few lines.
fn way(travel: &Travel, skin: &Skin, sheet: &mut Sheet) {
    let theme = &skin.theme;
    let mut runs = Vec::new();
    for (index, hop) in travel.trace.hops.iter().enumerate().take(travel.furthest() + 1) {
        if index > 0 {
            let turned = travel.trace.hops[index - 1].leg != hop.leg;
            let arrow = if turned || hop.leg == Leg::Reply {
                skin.glyph.arrow_back
            } else {
                skin.glyph.arrow
            };
            runs.push(Run::new(format!(" {arrow} "), theme.dim));
        }
        // No break inside a name: a no-break space keeps the sign with it.
        let name = short(&travel.network, hop.place, skin).replace(' ', "\u{a0}");
        if index == travel.hop() {
            runs.push(Run::new(format!("{}{name}", skin.glyph.pointer), theme.chosen));
        } else {
            let style = if hop.leg == Leg::Reply { theme.computed } else { theme.text };
            runs.push(Run::new(name, style));
        }
    }
    sheet.runs(&runs, 2, 2);
}

/// How tall the whole ladder and the tallest hop are together.
pub fn tallest(travel: &Travel, skin: &Skin, width: u16) -> u16 {
    let hops = (0..=travel.last()).map(|index| hop(travel, index, skin, width).height());
    let ladder = travel.trace.hops.len() as u16 + 2;
    hops.max().unwrap_or(0).saturating_add(ladder).saturating_add(3)
}

/// The hops that were reached, one row each.
pub fn ladder(travel: &Travel, skin: &Skin, sheet: &mut Sheet) {
    let teller = Teller::new(&travel.network, skin.lang);
    let mut leg = None;
    for (index, hop) in travel.trace.hops.iter().enumerate().take(travel.furthest() + 1) {
        if leg != Some(hop.leg) {
            leg = Some(hop.leg);
            sheet.text(leg_words(hop.leg, skin), skin.theme.dim);
        }
        let (sign, style) = mark(travel, index, skin);
        let runs = [
            Run::new(format!("{sign} "), style),
            Run::new(teller.place(hop.place), skin.theme.text),
        ];
        let (target, chosen) = (Some(Target::Hop(index)), index == travel.hop());
        sheet.choice_behind(target, chosen, "", 2, &runs, skin);
    }
}

/// One hop: the packet as it came, what was looked at in order, the packet as it left, and why.
pub fn hop(travel: &Travel, index: usize, skin: &Skin, width: u16) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (words, theme) = (&skin.words.flight, &skin.theme);
    let Some(hop) = travel.trace.hops.get(index) else { return sheet };
    let teller = Teller::new(&travel.network, skin.lang);
    let last = index == travel.last();
    let place = teller.place(hop.place);
    let mut heading = vec![
        Run::new((words.hop)(index + 1, travel.last() + 1), theme.dim),
        Run::new(format!(" {} ", skin.glyph.dot), theme.dim),
        Run::new(place, theme.heading),
    ];
    if last {
        let (text, style) = match travel.trace.verdict {
            Verdict::Delivered => (words.arrived, theme.good),
            Verdict::Refused => (words.refused_here, theme.warn),
            Verdict::Dropped { .. } => (words.dropped_here, theme.bad),
        };
        let (sign, _) = mark(travel, index, skin);
        heading.push(Run::new(format!("  {sign} {text}"), style));
    }
    sheet.runs(&heading, 0, 2);
    if last {
        ending(travel, &teller, skin, &mut sheet);
        sheet.gap();
    }
    if travel.parting() == Some(index) && !last {
        parting(travel, skin, &mut sheet);
    }
    let label = |text: &str| Run::new(format!("{text}  "), theme.dim);
    let hang = 2;
    let mut runs = vec![label(words.comes_in)];
    runs.extend(packet(hop.packet_in, None, skin));
    sheet.runs(&runs, 0, hang);
    if hop.checks.is_empty() {
        sheet.text(words.no_checks, theme.dim);
    }
    for check in &hop.checks {
        let (sign, style) = match (check.outcome, check.decisive) {
            (Outcome::Denies, _) => (skin.glyph.wrong, theme.bad),
            (Outcome::Allows, _) => (skin.glyph.right, theme.good),
            _ => (skin.glyph.open, theme.dim),
        };
        let body = if check.decisive { theme.strong } else { theme.dim };
        let pointer = if check.decisive { skin.glyph.pointer } else { " " };
        let mut runs = vec![
            Run::new(format!("{pointer} "), theme.accent),
            Run::new(format!("{sign} "), style),
            Run::new(teller.subject(check), body),
            Run::new(format!(" — {}", teller.outcome(check)), body),
        ];
        if check.decisive {
            runs.push(Run::new(format!("  [{}]", words.decides), theme.accent));
        }
        sheet.runs(&runs, 0, 4);
    }
    if let Some(out) = hop.packet_out {
        let mut runs = vec![label(words.goes_out)];
        runs.extend(packet(out, Some(hop.packet_in), skin));
        sheet.runs(&runs, 0, hang);
    }
    let said = format!("{}.", capital(teller.story(hop).trim_end_matches('.')));
    let mut runs = vec![label(words.what)];
    runs.extend(coded(&said, theme.text, skin));
    sheet.runs(&runs, 0, hang);
    sheet
}

/// English sentences begin with a capital; Korean has none.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

/// That the prediction and what happens part here.
pub fn parting(travel: &Travel, skin: &Skin, sheet: &mut Sheet) {
    let Some(claim) = travel.predicted else { return };
    let teller = Teller::new(&travel.network, skin.lang);
    let text = (skin.words.flight.parts_here)(&told(&teller, &travel.network, claim, skin));
    let sign = format!("{} ", skin.glyph.warning);
    sheet.runs(&[Run::new(sign, skin.theme.warn), Run::new(text, skin.theme.warn)], 0, 2);
    beliefs(travel, &teller, skin, sheet);
}

/// What the learner must have believed, if the simulator knows a belief that predicts so.
fn beliefs(travel: &Travel, teller: &Teller<'_>, skin: &Skin, sheet: &mut Sheet) {
    for text in teller.explained(&travel.beliefs) {
        sheet.runs(&coded(&text, skin.theme.text, skin), 2, 2);
    }
}

/// What became of the packet, in a line or two, and how that compares with the prediction.
pub fn summary(travel: &Travel, skin: &Skin, sheet: &mut Sheet) {
    let teller = Teller::new(&travel.network, skin.lang);
    if let Some(explained) = teller.cause(&travel.trace) {
        because(&explained.why, skin, sheet);
    }
    compared(travel, &teller, skin, sheet);
}

fn because(why: &str, skin: &Skin, sheet: &mut Sheet) {
    let mut runs = vec![Run::new(format!("{}  ", skin.words.flight.why), skin.theme.dim)];
    runs.extend(coded(why, skin.theme.text, skin));
    sheet.runs(&runs, 0, 2);
}

/// What became of the packet, why, and how that compares with the prediction.
fn ending(travel: &Travel, teller: &Teller<'_>, skin: &Skin, sheet: &mut Sheet) {
    let theme = &skin.theme;
    let style = match travel.trace.verdict {
        Verdict::Delivered => theme.good,
        Verdict::Refused => theme.warn,
        Verdict::Dropped { .. } => theme.bad,
    };
    sheet.text(&teller.verdict(&travel.trace), style);
    compared(travel, teller, skin, sheet);
    if let Some(explained) = teller.cause(&travel.trace) {
        because(&explained.why, skin, sheet);
        sheet.runs(&coded(&explained.means, theme.text, skin), 2, 2);
    }
    if let Some((_, _, cause)) = travel.trace.verdict.dropped() {
        sheet.runs(&code(cause, skin), 0, 2);
    }
}

/// How the prediction compares with what happened.
fn compared(travel: &Travel, teller: &Teller<'_>, skin: &Skin, sheet: &mut Sheet) {
    let (words, theme) = (&skin.words.flight, &skin.theme);
    let Some(claim) = travel.predicted else { return };
    let (said, was) = (
        told(teller, &travel.network, claim, skin),
        told(teller, &travel.network, truth(&travel.trace), skin),
    );
    let (sign, text, style) = match travel.judged() {
        Some(Judged::Right) | None => (skin.glyph.right, words.right.to_owned(), theme.good),
        Some(Judged::OtherPlace) => {
            (skin.glyph.wrong, (words.other_place)(&said, &was), theme.warn)
        }
        Some(Judged::Wrong) => (skin.glyph.wrong, (words.wrong)(&said, &was), theme.bad),
    };
    sheet.runs(&[Run::new(format!("{sign} "), style), Run::new(text, style)], 0, 2);
    beliefs(travel, teller, skin, sheet);
}

fn code(cause: Cause, skin: &Skin) -> Vec<Run<Style>> {
    let (words, code) = (&skin.words.flight, cause.code());
    let label = if code.is_aws() { words.code } else { words.own_code };
    vec![Run::new(format!("{label}  "), skin.theme.dim), Run::new(code.as_str(), skin.theme.code)]
}

/// A place as something that may stop a packet: at an interface, that is its groups.
fn stop_words(teller: &Teller<'_>, network: &Network, place: Place, skin: &Skin) -> String {
    match place {
        Place::Interface(id, way) => {
            (skin.words.flight.groups_of)(&written::interface(network, id), teller.direction(way))
        }
        _ => teller.place(place),
    }
}

/// A claim in a few words.
pub fn told(teller: &Teller<'_>, network: &Network, claim: Claim, skin: &Skin) -> String {
    let words = &skin.words.flight;
    match claim {
        Claim::Delivered => words.claim_delivered.to_owned(),
        Claim::Refused => words.claim_refused.to_owned(),
        Claim::Dropped(leg, place) => {
            let place = stop_words(teller, network, place, skin);
            (words.claim_dropped)(&place, teller.leg(leg))
        }
    }
}

/// A header: `tcp 203.0.113.9:49152 ⇢ 10.0.0.10:443 SYN`. What differs from `before` is lit.
fn packet(packet: Packet, before: Option<Packet>, skin: &Skin) -> Vec<Run<Style>> {
    let theme = &skin.theme;
    let style = |changed: bool| if changed { theme.computed } else { theme.code };
    let ports = packet.protocol.has_ports();
    let end = |address: std::net::IpAddr, port: u16| match (ports, address.is_ipv6()) {
        (true, true) => format!("[{address}]:{port}"),
        (true, false) => format!("{address}:{port}"),
        (false, _) => address.to_string(),
    };
    let source =
        before.is_some_and(|b| (b.source, b.source_port) != (packet.source, packet.source_port));
    let destination = before.is_some_and(|b| {
        (b.destination, b.destination_port) != (packet.destination, packet.destination_port)
    });
    let flags = &skin.words.flight.flags;
    let flag = match (packet.tcp, packet.icmp) {
        (Some(TcpFlag::Syn), _) => flags[0],
        (Some(TcpFlag::SynAck), _) => flags[1],
        (Some(TcpFlag::Rst), _) => flags[2],
        (_, Some(IcmpKind::EchoRequest)) => flags[3],
        (_, Some(IcmpKind::EchoReply)) => flags[4],
        (_, Some(IcmpKind::PortUnreachable)) => flags[5],
        (None, None) => "",
    };
    vec![
        Run::new(format!("{} ", packet.protocol), theme.dim),
        Run::new(end(packet.source, packet.source_port), style(source)),
        Run::new(format!(" {} ", skin.glyph.arrow), theme.dim),
        Run::new(end(packet.destination, packet.destination_port), style(destination)),
        Run::new(if flag.is_empty() { String::new() } else { format!(" {flag}") }, theme.dim),
    ]
}

/// One line about where a packet is, for below the map.
pub fn line(travel: &Travel, skin: &Skin) -> Vec<Run<Style>> {
    let (words, theme) = (&skin.words.flight, &skin.theme);
    let Some(hop) = travel.trace.hops.get(travel.hop()) else { return Vec::new() };
    let teller = Teller::new(&travel.network, skin.lang);
    let mut runs = vec![
        Run::new((words.hop)(travel.hop() + 1, travel.last() + 1), theme.dim),
        Run::new(format!(" {} ", skin.glyph.dot), theme.dim),
        Run::new(teller.place(hop.place), theme.strong),
    ];
    if travel.underway() >= crate::app::flight::FRAMES {
        let ends = travel.at_end() && travel.trace.verdict.dropped().is_some();
        let style = if ends { theme.bad } else { theme.text };
        runs.push(Run::new("  ", style));
        runs.extend(coded(&teller.story(hop), style, skin));
    }
    runs
}
