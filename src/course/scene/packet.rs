//! Packets of a scene: one line each, read and printed.

use std::net::IpAddr;

use crate::{
    cloud::{Client, Id, Network, Probe, ProbeEnd, Thing},
    course::{
        document::{Key, Text},
        fault::nearest,
        grammar::{self, Line, Read, Token},
        names,
        scene::{NamedPacket, build::Build},
    },
    i18n::fault,
};

/// Reads a packet: `internet -> web tcp/443`, `client:62000 -> web.public udp/53`,
/// `internet:linux -> web tcp/443` (a kind of client instead of its port),
/// `app -> 192.0.2.80 icmp`.
///
/// # Errors
/// What is wrong with the line, and where.
pub fn parse_probe(network: &Network, line: &str) -> Read<Probe> {
    let mut line = Line::new(line);
    let probe = read_probe(network, &mut line)?;
    line.end()?;
    Ok(probe)
}

fn read_probe(network: &Network, line: &mut Line) -> Read<Probe> {
    let from = line.need("`internet`, `web`")?;
    let (from, source_port) = sender(network, &from)?;
    line.arrow()?;
    let to = receiver(network, &line.need("`web`, `internet`")?)?;
    let what = line.need("`tcp/443`, `icmp`")?;
    let slash = what.text.find('/');
    let (name, port) = match slash {
        Some(at) => (&what.text[..at], Some(&what.text[at + 1..])),
        None => (&*what.text, None),
    };
    let start = what.range.start;
    let name_token =
        Token { text: name.into(), range: start..start + name.len(), quoted: what.quoted };
    let Some(protocol) = grammar::protocol(&name_token)? else {
        return Err(name_token.slip(fault::bad_protocol(name)));
    };
    let port = match port {
        Some(port) => {
            let range = start + name.len() + 1..what.range.end;
            Some(Token { text: port.into(), range, quoted: false })
        }
        // `tcp 443` is forgiven.
        None if protocol.has_ports() => {
            line.peek().filter(|token| token.text.parse::<u16>().is_ok()).cloned().inspect(|_| {
                line.take();
            })
        }
        None => None,
    };
    if !protocol.has_ports() {
        if let Some(port) = port {
            return Err(port.slip(fault::no_ports(name)));
        }
        if let Some((_, token)) = source_port {
            return Err(token.slip(fault::no_ports(name)));
        }
        return Ok(Probe { from, to, protocol, port: 0, source_port: 0 });
    }
    let Some(port) = port else { return Err(what.slip(fault::needs_port(name))) };
    let port = port.text.parse().map_err(|_| port.slip(fault::bad_ports(&port.text)))?;
    let source_port = source_port.map_or(Probe::SOURCE_PORT, |(port, _)| port);
    Ok(Probe { from, to, protocol, port, source_port })
}

type SourcePort<'t> = Option<(u16, Token<'t>)>;

fn sender<'t>(network: &Network, token: &Token<'t>) -> Read<(ProbeEnd, SourcePort<'t>)> {
    let text = &*token.text;
    if !token.quoted {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok((by_address(network, address), None));
        }
        // `[2001:db8::1]:443` and `192.0.2.1:443`, then `name:443`.
        if let Ok(socket) = text.parse::<std::net::SocketAddr>() {
            return Ok((by_address(network, socket.ip()), Some((socket.port(), token.clone()))));
        }
        if let Some((name, port)) = text.rsplit_once(':') {
            let at = token.range.start + name.len() + 1;
            let port =
                Token { text: port.to_owned().into(), range: at..token.range.end, quoted: false };
            // `internet:linux` sends from the lowest port that such a client may use.
            let of_kind = Client::named(&port.text).map(|it| it.ephemeral().low);
            let number = of_kind.map_or_else(|| port.text.parse(), Ok);
            let number = number.map_err(|_| port.slip(fault::bad_ports(&port.text)))?;
            let name = Token {
                text: name.to_owned().into(),
                range: token.range.start..at - 1,
                quoted: false,
            };
            return Ok((end(network, &name)?, Some((number, port))));
        }
    }
    Ok((end(network, token)?, None))
}

fn receiver(network: &Network, token: &Token) -> Read<ProbeEnd> {
    if let Some(name) = token.text.strip_suffix(".public").filter(|_| !token.quoted) {
        let range = token.range.start..token.range.start + name.len();
        let name = Token { text: name.into(), range, quoted: false };
        return match end(network, &name)? {
            ProbeEnd::Interface(id) => Ok(ProbeEnd::PublicAddressOf(id)),
            other => Ok(other),
        };
    }
    if let Some(name) = token.text.strip_suffix(".name").filter(|_| !token.quoted) {
        let range = token.range.start..token.range.start + name.len();
        let name = Token { text: name.into(), range, quoted: false };
        return match end(network, &name)? {
            ProbeEnd::Interface(id) => Ok(ProbeEnd::NameOf(id)),
            ProbeEnd::Host(id) => Ok(ProbeEnd::NameOfHost(id)),
            // The others go by their names anyway.
            other => Ok(other),
        };
    }
    match token.text.parse::<IpAddr>() {
        Ok(address) if !token.quoted => Ok(ProbeEnd::Address(address)),
        _ => end(network, token),
    }
}

/// An address that sends: the host that has it, when there is one.
fn by_address(network: &Network, address: IpAddr) -> ProbeEnd {
    names::host_at(network, address).map_or(ProbeEnd::Address(address), ProbeEnd::Host)
}

/// What a word means as an end of a packet.
pub(super) fn end(network: &Network, token: &Token) -> Read<ProbeEnd> {
    if token.is("internet") {
        return Ok(ProbeEnd::Address(Network::INTERNET));
    }
    let by_place = token.text.strip_prefix("host#").filter(|_| !token.quoted);
    if let Some(place) = by_place.and_then(|place| place.parse().ok()) {
        return Ok(ProbeEnd::Host(Id::new(place)));
    }
    let numbered = !token.quoted && token.text.starts_with('#');
    if let Some(host) = names::only(network, &token.text).filter(|_| !numbered) {
        return Ok(ProbeEnd::Host(host));
    }
    if let Some(named) = names::named_end(network, token) {
        return Ok(ProbeEnd::Named(named));
    }
    if let Some(end) = on_premises_end(network, token) {
        return Ok(end);
    }
    if let Ok(id) = names::find_interface(network, token) {
        return Ok(ProbeEnd::Interface(id));
    }
    let said = fault::no_such_end(&token.text);
    let near = nearest(&token.text, names::ends(network).chain(["internet"]));
    Err(token.slip(match near {
        Some(_) => fault::Said { help: None, ..said }.did_you_mean(near),
        None => said,
    }))
}

/// An on-premises network, `office`, or one host in it, `office/10.99.0.7`.
fn on_premises_end(network: &Network, token: &Token) -> Option<ProbeEnd> {
    let (name, address) = match token.text.split_once('/') {
        Some((name, address)) if !token.quoted => (name, Some(address.parse().ok()?)),
        _ => (&*token.text, None),
    };
    let place = name.strip_prefix("on_premises#").and_then(|place| place.parse().ok());
    let id = match place {
        Some(place) => Id::new(place),
        None => names::only::<crate::cloud::OnPremises>(network, name)?,
    };
    Some(ProbeEnd::OnPremises(id, address))
}

/// Prints a packet so that [`parse_probe`] reads it again.
pub fn print_probe(network: &Network, probe: &Probe) -> String {
    let dialled = probe.protocol.has_ports() && probe.source_port != Probe::SOURCE_PORT;
    let from = match probe.from {
        ProbeEnd::Address(address) if dialled && address != Network::INTERNET => {
            std::net::SocketAddr::new(address, probe.source_port).to_string()
        }
        from if dialled => format!("{}:{}", end_word(network, from, true), probe.source_port),
        from => end_word(network, from, false),
    };
    let to = match probe.to {
        ProbeEnd::PublicAddressOf(_) => format!("{}.public", end_word(network, probe.to, true)),
        ProbeEnd::NameOf(_) | ProbeEnd::NameOfHost(_) => {
            format!("{}.name", end_word(network, probe.to, true))
        }
        to => end_word(network, to, false),
    };
    let protocol = probe.protocol;
    if protocol.has_ports() {
        format!("{from} -> {to} {protocol}/{}", probe.port)
    } else {
        format!("{from} -> {to} {protocol}")
    }
}

/// Prints an end of a packet so that [`parse_probe`] reads it again.
pub fn print_end(network: &Network, end: ProbeEnd) -> String {
    end_word(network, end, false)
}

/// An end as one word; when something is to be glued to it, a word without quotes.
fn end_word(network: &Network, end: ProbeEnd, glued: bool) -> String {
    let (name, by_place) = match end {
        ProbeEnd::Address(address) if address == Network::INTERNET => return "internet".into(),
        ProbeEnd::Address(address) => return address.to_string(),
        ProbeEnd::Host(id) | ProbeEnd::NameOfHost(id) => (
            network.hosts().get(id).map(|host| host.name.to_string()),
            format!("host#{}", id.index()),
        ),
        ProbeEnd::Named(named) => {
            let thing = Thing::from(named);
            let number = names::number_of(thing);
            let key = names::named_key(named);
            (network.name(thing).map(ToString::to_string), format!("{key}#{number}"))
        }
        ProbeEnd::Interface(id) | ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => {
            (names::interface_name(network, id), format!("#{}", id.index()))
        }
        ProbeEnd::OnPremises(id, address) => {
            let address = address.map(|it| format!("/{it}")).unwrap_or_default();
            let name = network.on_premises().get(id).map(|row| row.name.as_str());
            let name = name.filter(|it| {
                let token = Token { text: (*it).into(), range: 0..it.len(), quoted: false };
                names::is_bare(it)
                    && self::end(network, &token) == Ok(ProbeEnd::OnPremises(id, None))
            });
            let place = format!("on_premises#{}", id.index());
            return format!("{}{address}", name.unwrap_or(&place));
        }
    };
    let wanted = match end {
        ProbeEnd::PublicAddressOf(id) | ProbeEnd::NameOf(id) => ProbeEnd::Interface(id),
        ProbeEnd::NameOfHost(id) => ProbeEnd::Host(id),
        end => end,
    };
    let Some(name) = name else { return by_place };
    // `web.public` and `web.name` mean something else already.
    let bare = names::is_bare(&name) && ![".public", ".name"].iter().any(|it| name.ends_with(it));
    let token = Token { text: name.as_str().into(), range: 0..name.len(), quoted: !bare };
    if self::end(network, &token) != Ok(wanted) || (glued && !bare) {
        return by_place;
    }
    if bare { name } else { grammar::quote(&name) }
}

/// Does the word mean somebody already?
fn parse_end(network: &Network, word: &str) -> bool {
    let token = Token { text: word.into(), range: 0..word.len(), quoted: false };
    end(network, &token).is_ok()
}

impl Build<'_> {
    /// The services of AWS's that a packet names are there, whether somebody declared them or not.
    fn services_in(&mut self, line: &str) {
        for word in line.split_whitespace() {
            let known = parse_end(&self.network, word);
            if !known && crate::cloud::ServiceKind::named(word).is_some() {
                self.service_called(word);
            }
        }
    }

    pub(super) fn packets(&mut self, entries: Vec<(Key, Text)>) -> Vec<NamedPacket> {
        let mut packets = Vec::new();
        for (key, text) in entries {
            self.good_name(&key);
            self.services_in(&text.value);
            match parse_probe(&self.network, &text.value) {
                Ok(probe) => packets.push(NamedPacket {
                    name: key.name.as_str().into(),
                    probe,
                    written: text.value.split_whitespace().collect::<Vec<_>>().join(" "),
                }),
                Err(slip) => self.slip(&text, slip),
            }
        }
        packets
    }
}
