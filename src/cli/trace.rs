//! `hanulgil trace`: follows packets through a scene.

use std::{collections::BTreeMap, io, path::Path};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    FINE, NOT,
    arguments::{self, Packets},
    check, colour, print, print_error, printable, read, refuse,
    source::Source,
};
use crate::{
    cloud::{
        Blocker, Cause, Check, Hop, Leg, Outcome, Remark, Rules, Thing, Verdict, blockers,
        trace as follow,
    },
    course::{Course, Fault, Scene},
    i18n::Lang,
    net::Packet,
    tell::{Teller, through::node_address, written},
    text::{
        line::break_text,
        width::{pad, width},
    },
};

/// How wide a trace may be when nobody says how wide the paper is.
pub(super) const WIDE: usize = 100;
/// Places longer than this push their hop to the next line.
const LONGEST_PLACE: usize = 40;

/// Follows the packets that were asked for, and answers with the exit status.
pub fn trace(request: &arguments::Trace, lang: Lang) -> u8 {
    let mut source = match Source::open(&request.scene, request.pack.as_deref(), lang, request.json)
    {
        Ok(source) => source,
        Err(status) => return status,
    };
    let list_alone = request.unread && matches!(request.packets, Packets::Named);
    let (probes, one_a_line) = match probes(&mut source, request, lang) {
        Ok(probes) => (probes, request.json || matches!(request.packets, Packets::File(_))),
        Err(_) if list_alone && source.packets().is_empty() => (Vec::new(), request.json),
        Err(why) => return refuse(lang, request.json, &why),
    };

    let network = source.network();
    let teller = Teller::new(network, lang);
    let mut all_delivered = true;
    let mut text = String::new();
    if request.unread && probes.is_empty() && one_a_line {
        let mut object = json!({});
        source.finish(&mut object, true, lang);
        text = format!("{object}\n");
    }
    for (number, (title, probe)) in probes.into_iter().enumerate() {
        let trace = follow(network, probe, &Rules::AWS);
        let blockers = blockers(network, probe);
        all_delivered &= trace.is_delivered();
        if one_a_line {
            let mut object = object(&teller, &trace, &blockers);
            source.finish(&mut object, request.unread, lang);
            text.push_str(&object.to_string());
            text.push('\n');
            continue;
        }
        if number > 0 {
            text.push('\n');
        }
        person(&mut text, &teller, title.as_deref(), &trace, &blockers);
    }
    if !one_a_line && request.unread {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&source.unread(true, lang));
    }
    print(&text);
    if !request.unread {
        print_error(&source.unread(false, lang));
    }
    if all_delivered { FINE } else { NOT }
}

pub(super) type Read = (BTreeMap<String, String>, Option<Scene>, Vec<Fault>);

/// Reads the scene: a file, or else one of the pack's, named as in `internet-gateway/open-the-gate`.
pub(super) fn open(file: &Path, pack: Option<&Path>, lang: Lang) -> Result<Read, String> {
    let name = printable(&file.to_string_lossy());
    if !file.exists() {
        let (course, _) = Course::open(check::open(pack, lang)?);
        if let (Some(scene), faults) = course.scene(&name) {
            return Ok((BTreeMap::new(), Some(scene), faults));
        }
    }
    let text = read(file, lang)?;
    let (scene, faults) = Scene::parse(&name, &text);
    Ok((BTreeMap::from([(name, text)]), scene, faults))
}

type Titled = (Option<String>, crate::cloud::Probe);

/// The packets to follow, with their names where they have one.
fn probes(
    source: &mut Source,
    request: &arguments::Trace,
    lang: Lang,
) -> Result<Vec<Titled>, String> {
    let words = &lang.strings().cli;
    let one = |source: &mut Source, line: &str| {
        source.asked([line]);
        source.probe(line, lang).map(|probe| (None, probe))
    };
    match &request.packets {
        Packets::One(line) => Ok(vec![one(source, line)?]),
        Packets::Named if source.packets().is_empty() => Err(words.no_packets.to_owned()),
        Packets::Named => Ok(source
            .packets()
            .iter()
            .map(|packet| (Some(packet.name.to_string()), packet.probe))
            .collect()),
        Packets::File(path) => {
            let name = printable(&path.to_string_lossy());
            asked(path, lang)?
                .iter()
                .enumerate()
                .map(|(at, asked)| {
                    asked
                        .line(lang)
                        .and_then(|line| one(source, &line))
                        .map_err(|why| (words.bad_probe)(&name, at + 1, &why))
                })
                .collect()
        }
    }
}

/// One entry of a file of probes.
#[derive(Deserialize)]
struct Asked {
    from: String,
    to: String,
    protocol: OneOf,
    #[serde(default)]
    port: Option<u16>,
    #[serde(default, alias = "src_port")]
    source_port: Option<u16>,
}

/// `"tcp"` or `6`.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOf {
    Name(String),
    Number(u8),
}

impl Asked {
    fn line(&self, lang: Lang) -> Result<String, String> {
        let protocol = match &self.protocol {
            OneOf::Name(name) => name.clone(),
            OneOf::Number(number) => number.to_string(),
        };
        let words = &lang.strings().cli;
        arguments::line(words, &self.from, &self.to, &protocol, self.port, self.source_port)
    }
}

fn asked(path: &Path, lang: Lang) -> Result<Vec<Asked>, String> {
    let words = &lang.strings().cli;
    let name = printable(&path.to_string_lossy());
    let text = read(path, lang)?;
    let entries: Vec<Value> = serde_json::from_str(&text).map_err(|error| {
        if error.classify() == serde_json::error::Category::Data {
            format!("`{name}`: {}", words.probe_shape)
        } else {
            // serde_json says the place twice.
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or_default();
            (words.bad_json)(&name, error.line(), error.column(), &printable(said))
        }
    })?;
    entries
        .into_iter()
        .enumerate()
        .map(|(at, entry)| {
            Asked::deserialize(entry).map_err(|error| {
                let why = format!("{} ({})", words.probe_shape, printable(&error.to_string()));
                (words.bad_probe)(&name, at + 1, &why)
            })
        })
        .collect()
}

/// The trace as one JSON object. `verdict`, `direction`, `code`, `at` and names do not depend on
/// the language; `says`, `why` and `means` are sentences in it.
fn object(teller: &Teller<'_>, trace: &crate::cloud::Trace, blockers: &[Blocker]) -> Value {
    let (direction, at, cause) = match trace.verdict {
        Verdict::Dropped { leg, place, cause } => {
            (Some(leg_word(leg)), Some(written::place(teller.network(), place)), Some(cause))
        }
        Verdict::Delivered | Verdict::Refused => (None, None, None),
    };
    let explained = teller.cause(trace);
    json!({
        "verdict": match trace.verdict {
            Verdict::Delivered => "delivered",
            Verdict::Refused => "refused",
            Verdict::Dropped { .. } => "dropped",
        },
        "direction": direction,
        "code": cause.map(|cause| cause.code().as_str()),
        "at": at,
        "hops": trace.hops.iter().map(|hop| hop_object(teller, hop)).collect::<Vec<_>>(),
        "packet": written::probe(teller.network(), &trace.probe),
        "code_is_aws": cause.map(Cause::code).map(crate::cloud::Code::is_aws),
        "says": teller.verdict(trace),
        "why": explained.as_ref().map(|it| &it.why),
        "means": explained.as_ref().map(|it| &it.means),
        "through": teller.through(trace).map(|it| json!({
            "load_balancer": teller.network().name(Thing::LoadBalancer(it.balancer)).map(ToString::to_string),
            "node": node_address(teller.network(), it.node),
            "target": it.target,
            "part": it.part.word(),
        })),
        "blockers": blockers.iter().map(|it| blocker_object(teller, it)).collect::<Vec<_>>(),
    })
}

/// One thing that stops the packet, there or back.
pub(super) fn blocker_object(teller: &Teller<'_>, blocker: &Blocker) -> Value {
    json!({
        "direction": leg_word(blocker.leg),
        "at": written::place(teller.network(), blocker.place),
        "place": teller.place(blocker.place),
        "code": blocker.code().as_str(),
        "code_is_aws": blocker.code().is_aws(),
        "packet_in": header(&blocker.packet),
        "is_end": blocker.is_end,
    })
}

fn leg_word(leg: Leg) -> &'static str {
    match leg {
        Leg::Forward => "forward",
        Leg::Reply => "reply",
    }
}

fn hop_object(teller: &Teller<'_>, hop: &Hop) -> Value {
    json!({
        "direction": leg_word(hop.leg),
        "at": written::place(teller.network(), hop.place),
        "place": teller.place(hop.place),
        "packet_in": header(&hop.packet_in),
        "checks": hop.checks.iter().map(|check| json!({
            "subject": teller.subject(check),
            "outcome": outcome_word(check.outcome),
            "decisive": check.decisive,
            "remark": check.remark(teller.network()).map(Remark::as_str),
        })).collect::<Vec<_>>(),
        "remarks": hop.remarks(teller.network()).into_iter().map(Remark::as_str).collect::<Vec<_>>(),
        "packet_out": hop.packet_out.as_ref().map(header),
        "rewrites": hop.packet_out.as_ref().map(|out| rewrites(&hop.packet_in, out)),
        "says": teller.story(hop),
    })
}

/// Which sides of a header are others afterwards.
fn rewrites(from: &Packet, out: &Packet) -> Vec<&'static str> {
    let source = (from.source, from.source_port) != (out.source, out.source_port);
    let destination =
        (from.destination, from.destination_port) != (out.destination, out.destination_port);
    let sides = [("source", source), ("destination", destination)];
    sides.into_iter().filter(|it| it.1).map(|it| it.0).collect()
}

fn header(packet: &Packet) -> Value {
    let port = |port: u16| packet.protocol.has_ports().then_some(port);
    json!({
        "protocol": packet.protocol.to_string(),
        "source": packet.source,
        "source_port": port(packet.source_port),
        "destination": packet.destination,
        "destination_port": port(packet.destination_port),
    })
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allows => "allows",
        Outcome::Denies => "denies",
        Outcome::NoMatch(_) => "no match",
        Outcome::NotReached => "not reached",
        Outcome::LessSpecific => "less specific",
        Outcome::LowerPriority => "lower priority",
        Outcome::GroupLost => "group lost",
        Outcome::GroupNotCarried => "group not carried",
    }
}

/// The trace as a person reads it: both legs, every place with what it looked at, the decisive
/// check marked, the verdict last.
fn person(
    text: &mut String,
    teller: &Teller<'_>,
    title: Option<&str>,
    trace: &crate::cloud::Trace,
    blockers: &[Blocker],
) {
    let words = &teller.lang().strings().cli;
    let paint = Paint { on: colour(&io::stdout()) };
    let paper = if colour(&io::stdout()) {
        ratatui::crossterm::terminal::size().map_or(WIDE, |(columns, _)| usize::from(columns))
    } else {
        WIDE
    };
    let mut say = |line: &str| {
        text.push_str(line.trim_end());
        text.push('\n');
    };
    let probe = teller.probe(&trace.probe);
    say(&paint.bold(&match title {
        Some(title) => format!("{}: {probe}", (words.packet)(title)),
        None => probe,
    }));

    let places: Vec<String> = trace.hops.iter().map(|hop| teller.place(hop.place)).collect();
    let column = places.iter().map(|place| width(place)).max().unwrap_or(0).min(LONGEST_PLACE);
    let indent = "  NN  ".len() + column + 2;
    let mut leg = None;
    for (number, (hop, place)) in trace.hops.iter().zip(&places).enumerate() {
        if leg != Some(hop.leg) {
            leg = Some(hop.leg);
            say("");
            say(&format!("{}  {}", paint.bold(teller.leg(hop.leg)), hop.packet_in));
        }
        let mut lines: Vec<String> = Vec::new();
        let looked = hop.checks.iter().filter(|check| check.outcome != Outcome::NotReached);
        for check in looked {
            let mark = if check.decisive { "> " } else { "  " };
            let room = paper.saturating_sub(indent + mark.len()).max(20);
            for (at, line) in break_text(&check_line(teller, check), room).into_iter().enumerate() {
                lines.push(format!("{}{line}", if at == 0 { mark } else { "    " }));
            }
        }
        if let Some(note) = teller.note(hop) {
            let room = paper.saturating_sub(indent + 2).max(20);
            lines.extend(break_text(&note, room).into_iter().map(|line| format!("  {line}")));
        }
        let mut lines = lines.into_iter();
        let start = format!("  {:>2}  {}", number + 1, pad(place, column));
        match lines.next() {
            Some(first) if width(place) <= column => say(&format!("{start}  {first}")),
            Some(first) => {
                say(&start);
                say(&format!("{:indent$}{first}", ""));
            }
            None => say(&start),
        }
        for line in lines {
            say(&format!("{:indent$}{line}", ""));
        }
    }

    say("");
    let verdict = teller.verdict(trace);
    let sign = teller.verdict_word(&trace.verdict).to_owned();
    let sign = if trace.is_delivered() { paint.good(&sign) } else { paint.bad(&sign) };
    let mut paragraph = |label: &str, body: &str, cells: usize| {
        let room = paper.saturating_sub(cells + 2).max(20);
        for (at, line) in break_text(body, room).into_iter().enumerate() {
            let label = if at == 0 { format!("{label}: ") } else { " ".repeat(cells + 2) };
            say(&format!("{label}{line}"));
        }
    };
    paragraph(&sign, &verdict, width(teller.verdict_word(&trace.verdict)));
    if let (Some(explained), Some(code)) = (teller.cause(trace), trace.verdict.code()) {
        let body = format!("{} {}", explained.why, explained.means);
        paragraph(words.why, &body, width(words.why));
        let ours = if code.is_aws() {
            String::new()
        } else {
            format!(" ({})", teller.lang().strings().tell.code_is_ours)
        };
        paragraph(words.code, &format!("{code}{ours}"), width(words.code));
    }
    if blockers.len() > 1 {
        paragraph(
            words.all_blockers,
            &(words.blockers_count)(blockers.len()),
            width(words.all_blockers),
        );
        for blocker in blockers {
            say(&format!("  {}", teller.blocker(blocker)));
        }
        if blockers.last().is_some_and(|it| it.is_end) {
            say(&format!("  {}", words.blockers_end));
        }
    }
}

fn check_line(teller: &Teller<'_>, check: &Check) -> String {
    teller.check(check)
}

/// Colours and weights, where they can be shown. Nothing is said by them alone.
pub(super) struct Paint {
    pub on: bool,
}

impl Paint {
    fn set(&self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub fn bold(&self, text: &str) -> String {
        self.set("1", text)
    }

    pub fn good(&self, text: &str) -> String {
        self.set("1;32", text)
    }

    pub fn bad(&self, text: &str) -> String {
        self.set("1;31", text)
    }
}
