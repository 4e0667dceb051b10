//! References such as `{{verdict open-the-gate https}}`: what prose and questions say about a
//! scene is computed by the simulator, so it cannot be wrong or grow old.
//!
//! | reference | gives |
//! |---|---|
//! | `verdict SCENE PACKET` | what becomes of the packet, as the end of a sentence |
//! | `code SCENE PACKET` | the explanation code of the drop |
//! | `at SCENE PACKET` | the place of the drop |
//! | `rule SCENE PACKET`, `rule SCENE PACKET at PLACE` | the rule that decided where it was dropped, or at a place written as in `claim` |
//! | `hops SCENE PACKET` | how many places the packet and its answer come through |
//! | `source SCENE PACKET` | the source address that the receiver sees |
//! | `address SCENE NAME` | the private address of an instance or NAT gateway, a host's address |
//! | `public SCENE NAME` | its public address |
//! | `cidr SCENE NAME` | the block of a subnet or VPC (`vpc.NAME` when both have the name) |
//! | `size SCENE NAME` | how many addresses that block has |
//! | `usable SCENE SUBNET` | how many of them AWS leaves to use |
//! | `route SCENE TABLE ADDRESS` | where the table leads that address |
//! | `par LAB` | the fewest changes that solve the lab |
//!
//! A packet is a name of the scene's or written out. Behind `|` a particle may follow, for Korean:
//! `{{at s p|은는}}`.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    cloud::{
        Id, Instance, NatGateway, Network, RouteTable, Rules, Subnet, Thing, Trace, Vpc, trace,
    },
    course::{
        Scene,
        document::list,
        fault::nearest,
        grammar::{Line, Read, Slip, Token},
        names, suspect,
    },
    i18n::{Lang, fault},
    net::Cidr,
    tell::Teller,
    text::particle::Particle,
};

/// What references may refer to.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'f> {
    /// The scenes, by name; `None` for those that could not be read.
    pub scenes: &'f BTreeMap<String, Option<Scene>>,
    /// The par of each lab, by the lab's id; `None` for those that could not be read.
    pub pars: &'f BTreeMap<String, Option<u32>>,
}

/// What a reference gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The computed text.
    pub text: String,
    /// The particle behind it; empty in English.
    pub particle: &'static str,
    /// The same as a number, when it is one.
    pub number: Option<f64>,
}

/// A computed text, and the same as a number when it is one.
type Computed = (String, Option<f64>);

/// A reference in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its bytes, braces included.
    pub range: Range<usize>,
    /// What stands between the braces, and where that begins.
    pub inside: Range<usize>,
}

const WORDS: [&str; 13] = [
    "verdict", "code", "at", "rule", "hops", "source", "address", "public", "cidr", "size",
    "usable", "route", "par",
];

const PARTICLES: [(&str, Particle); 10] = [
    ("은는", Particle::EunNeun),
    ("이가", Particle::IGa),
    ("을를", Particle::EulReul),
    ("과와", Particle::GwaWa),
    ("으로", Particle::EuroRo),
    ("이나", Particle::INa),
    ("이라", Particle::IRa),
    ("이고", Particle::IGo),
    ("이며", Particle::IMyeo),
    ("이다", Particle::IDa),
];

/// The references of a text, in order, and those that do not close.
pub fn find(text: &str) -> (Vec<Reference>, Vec<Range<usize>>) {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|start| at + start) {
        let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        if let Some(end) = text[start..line_end].find("}}") {
            let end = start + end;
            found.push(Reference { range: start..end + 2, inside: start + 2..end });
            at = end + 2;
        } else {
            open.push(start..line_end);
            at = line_end;
        }
    }
    (found, open)
}

impl Facts<'_> {
    /// Computes one reference from what stands between its braces; `None` when it refers to
    /// something that could not be read, which was said already.
    ///
    /// # Errors
    /// What is wrong with it; bytes count from `inside`'s start.
    pub fn fill(&self, inside: &str, lang: Lang) -> Read<Option<Filled>> {
        let (what, particle) = match inside.rsplit_once('|') {
            Some((what, particle)) => (what, Some(particle)),
            None => (inside, None),
        };
        let Some((text, number)) = self.compute(what, lang)? else { return Ok(None) };
        let particle = match particle {
            None => "",
            Some(written) => {
                let at = what.len() + 1;
                let known = PARTICLES.iter().find(|(name, _)| *name == written.trim());
                let Some((_, particle)) = known else {
                    let names = list(PARTICLES.iter().map(|(name, _)| *name));
                    let said = fault::unknown_particle(written.trim(), &names);
                    return Err(Slip { range: at..inside.len(), said: said.into() });
                };
                if lang == Lang::En {
                    return Err(Slip {
                        range: at..inside.len(),
                        said: fault::korean_only().into(),
                    });
                }
                particle.after(&text)
            }
        };
        Ok(Some(Filled { text, particle, number }))
    }

    /// Fills in every reference of a text. What cannot be computed stays as it is; the second
    /// value says whether all could be.
    pub fn fill_all(&self, text: &str, lang: Lang, slips: &mut Vec<Slip>) -> (String, bool) {
        let (references, open) = find(text);
        slips.extend(
            open.into_iter().map(|range| Slip { range, said: fault::open_reference().into() }),
        );
        let mut filled = String::with_capacity(text.len());
        let (mut at, mut whole) = (0, true);
        for reference in references {
            filled.push_str(&text[at..reference.range.start]);
            match self.fill(&text[reference.inside.clone()], lang) {
                Ok(Some(value)) => filled.extend([value.text.as_str(), value.particle]),
                Ok(None) => {
                    whole = false;
                    filled.push_str(&text[reference.range.clone()]);
                }
                Err(slip) => {
                    whole = false;
                    slips.push(moved(slip, reference.inside.start));
                    filled.push_str(&text[reference.range.clone()]);
                }
            }
            at = reference.range.end;
        }
        filled.push_str(&text[at..]);
        (filled, whole)
    }

    /// The scene with this name; `Ok(None)` when it is there but broken, which was said already.
    pub fn scene(&self, name: &Token) -> Read<Option<&Scene>> {
        if let Some(scene) = self.scenes.get(&*name.text) {
            Ok(scene.as_ref())
        } else {
            let near = nearest(&name.text, self.scenes.keys().map(String::as_str));
            Err(name.slip(fault::unknown_scene(&name.text).did_you_mean(near)))
        }
    }

    fn compute(&self, what: &str, lang: Lang) -> Read<Option<Computed>> {
        let mut line = Line::new(what);
        let verb = line.need("`verdict`, `code`, `at`")?;
        if !WORDS.contains(&&*verb.text) {
            let said = fault::unknown_reference(&verb.text, &list(WORDS));
            return Err(verb.slip(match nearest(&verb.text, WORDS) {
                Some(near) => fault::Said { help: None, ..said }.did_you_mean(Some(near)),
                None => said,
            }));
        }
        if verb.text == "par" {
            let lab = line.need("`LAB`")?;
            line.end()?;
            return match self.pars.get(&*lab.text) {
                Some(Some(par)) => Ok(Some(count(u128::from(*par)))),
                Some(None) => Ok(None),
                None => {
                    let near = nearest(&lab.text, self.pars.keys().map(String::as_str));
                    Err(lab.slip(fault::unknown_lab(&lab.text).did_you_mean(near)))
                }
            };
        }
        let name = line.need("`SCENE`")?;
        let Some(scene) = self.scene(&name)? else { return Ok(None) };
        let network = &scene.network;
        let plain = |text: String| Ok(Some((text, None)));
        match &*verb.text {
            "verdict" | "code" | "at" | "hops" | "source" => {
                let start = line.peek().map_or(what.trim_end().len(), |token| token.range.start);
                let trace = packet(scene, &what[start..]).map_err(|slip| moved(slip, start))?;
                let nothing = |said: fault::Said| Slip {
                    range: start..what.trim_end().len().max(start),
                    said: said.into(),
                };
                let teller = Teller::new(network, lang);
                match &*verb.text {
                    "verdict" => plain(teller.verdict_phrase(&trace.verdict)),
                    "hops" => Ok(Some(count(trace.hops.len() as u128))),
                    "source" => match trace.received() {
                        Some(header) => plain(header.source.to_string()),
                        None => Err(nothing(fault::never_received())),
                    },
                    "at" => match trace.verdict.dropped() {
                        Some((_, place, _)) => plain(teller.place(place)),
                        None => Err(nothing(fault::not_dropped())),
                    },
                    _ => match trace.verdict.code() {
                        Some(code) => plain(code.to_string()),
                        None => Err(nothing(fault::not_dropped())),
                    },
                }
            }
            "rule" => {
                let start = line.peek().map_or(what.trim_end().len(), |token| token.range.start);
                let rest = &what[start..];
                let (sent, place) = match rest.split_once(" at ") {
                    Some((sent, place)) => (sent, Some((sent.len() + " at ".len(), place))),
                    None => (rest, None),
                };
                let trace = packet(scene, sent).map_err(|slip| moved(slip, start))?;
                let whole = start..what.trim_end().len().max(start);
                let said = |said: fault::Said| Slip { range: whole.clone(), said: said.into() };
                let hop = match place {
                    None if trace.verdict.dropped().is_none() => {
                        return Err(said(fault::not_dropped()));
                    }
                    None => Some(trace.last()),
                    Some((at, place)) => {
                        let suspect = suspect::parse(network, place)
                            .map_err(|slip| moved(slip, start + at))?;
                        trace.hops.iter().find(|hop| suspect.is(hop.leg, hop.place))
                    }
                };
                let check = hop.and_then(crate::cloud::Hop::decisive);
                let check = check.ok_or_else(|| said(fault::nothing_decided()))?;
                plain(Teller::new(network, lang).subject(check))
            }
            "address" | "public" => {
                let token = line.need("`NAME`")?;
                line.end()?;
                plain(address(network, &token, &verb.text)?)
            }
            "route" => {
                let table: Id<RouteTable> = names::find(network, &line.need("`TABLE`")?)?;
                let token = line.need("`ADDRESS`")?;
                let destination = crate::course::grammar::address(&token)?;
                line.end()?;
                let table = &network.route_tables()[table];
                match table.decide(destination, &Rules::AWS) {
                    Some(place) => plain(names::target_word(network, &table.routes[place].target)),
                    None => Err(token.slip(fault::no_route(&token.text))),
                }
            }
            word => {
                let token = line.need("`NAME`")?;
                line.end()?;
                let (cidr, is_subnet) = block(network, &token)?;
                match word {
                    "cidr" => plain(cidr.to_string()),
                    "size" => Ok(Some(count(cidr.size()))),
                    _ if is_subnet => Ok(Some(count(cidr.size().saturating_sub(5)))),
                    _ => Err(token.slip(fault::unknown_object(names::SUBNET, &token.text))),
                }
            }
        }
    }
}

/// Follows the packet that a line means in a scene.
pub fn packet(scene: &Scene, line: &str) -> Read<Trace> {
    Ok(trace(&scene.network, scene.probe(line)?, &Rules::AWS))
}

/// The slip, `by` bytes further on.
pub fn moved(slip: Slip, by: usize) -> Slip {
    Slip { range: slip.range.start + by..slip.range.end + by, ..slip }
}

/// A number as text, with commas between thousands.
fn count(number: u128) -> Computed {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    (text, digits.parse().ok())
}

fn address(network: &Network, token: &Token, verb: &str) -> Read<String> {
    if let Some(host) = names::only::<crate::cloud::Host>(network, &token.text) {
        return Ok(network.hosts()[host].address.to_string());
    }
    let interface = match names::only::<NatGateway>(network, &token.text) {
        Some(gateway) if network.nat_gateways()[gateway].regional().is_some() => {
            let regional = network.nat_gateways()[gateway].regional();
            let mut own =
                regional.into_iter().flat_map(|it| &it.zones).flat_map(|it| &it.addresses);
            return match own.next() {
                Some(address) if verb != "address" => Ok(address.to_string()),
                _ => Err(token
                    .slip(fault::unknown_object(<Instance as names::Named>::KIND, &token.text))),
            };
        }
        Some(gateway) => match network.nat_gateways()[gateway].interface() {
            Some(interface) => interface,
            None => names::find_interface(network, token)?,
        },
        None => names::find_interface(network, token)?,
    };
    let interface = &network.interfaces()[interface];
    if verb == "address"
        && let Some(address) = interface.addresses.first()
    {
        return Ok(address.to_string());
    }
    match interface.public_address {
        Some(public) => Ok(public.address.to_string()),
        None => Err(token.slip(fault::no_public_address(&token.text))),
    }
}

/// The block of a subnet or VPC, and whether it is a subnet's.
fn block(network: &Network, token: &Token) -> Read<(Cidr, bool)> {
    let of_vpc = |name: &str| {
        let vpc = names::only::<Vpc>(network, name)?;
        network.vpcs()[vpc].cidrs.first().copied()
    };
    let (kind, name) = token.text.split_once('.').unwrap_or(("", &token.text));
    let subnet = names::only::<Subnet>(network, name).filter(|_| kind != "vpc");
    if let Some(subnet) = subnet {
        return Ok((network.subnets()[subnet].cidr, true));
    }
    if let Some(cidr) = of_vpc(name).filter(|_| kind != "subnet") {
        return Ok((cidr, false));
    }
    let names = network.things().filter_map(|thing| match thing {
        Thing::Subnet(_) | Thing::Vpc(_) => {
            network.name(thing).map(super::super::cloud::network::Name::as_str)
        }
        _ => None,
    });
    let said = fault::unknown_object(("서브넷이나 VPC", "subnet or VPC"), &token.text);
    Err(token.slip(said.did_you_mean(nearest(&token.text, names))))
}
