//! Who sends and who is meant: by id, by `Name` tag, by address, or `internet`.

use std::net::IpAddr;

use super::{Import, Unread, network_interface::enter_delegated, shown};
use crate::{
    cloud::{InterfaceId, Named, Network, OnPremisesId, Probe, ProbeEnd, Thing},
    i18n::{aws as say, fault::Said},
    net::Protocol,
};

/// Which end of a packet is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who sends.
    From,
    /// Who is meant.
    To,
}

impl Import {
    /// The id of AWS's of what is called so in the network; the name itself when it has none.
    pub fn id_of<'n>(&'n self, name: &'n str) -> &'n str {
        self.called.get(&crate::cloud::Name::from(name)).map_or(name, String::as_str)
    }

    /// The object with this id.
    pub fn thing(&self, id: &str) -> Option<Thing> {
        self.ids.get(id).copied()
    }

    /// Makes ready for a packet, before it is asked for: the addresses that it names and that lie in
    /// a prefix given to an interface are entered. Whoever sends from a further address of its own is
    /// taken to send from its first; that is written down.
    pub fn asked(&mut self, line: &str) {
        let Some((from, to)) = line.split_once("->").or_else(|| line.split_once('→')) else {
            return;
        };
        for word in [from, to] {
            if let Some(address) = address_of(word) {
                enter_delegated(&mut self.network, &self.prefixes, address);
            }
        }
        let Some(address) = address_of(from) else { return };
        let Ok(ProbeEnd::Interface(id)) = self.address(from.trim(), address, Side::From) else {
            return;
        };
        let row = &self.network.interfaces()[id];
        let first = row.addresses.iter().find(|it| it.is_ipv4() == address.is_ipv4());
        if let Some(first) = first.filter(|it| row.has(address) && **it != address) {
            let (first, name) = (first.to_string(), row.name.to_string());
            self.unread.push(Unread {
                file: shown(line),
                line: 1,
                path: String::new(),
                said: say::sent_from_first(&address.to_string(), &first, &name),
                matters: true,
                count: 1,
            });
        }
    }

    /// The end that a word means.
    ///
    /// An address that is dialled is dialled as it is written; an address that sends belongs to the
    /// interface that has it.
    ///
    /// # Errors
    /// Nothing is called so, it is no end, or it may mean several: these are listed.
    pub fn end(&self, word: &str, side: Side) -> Result<ProbeEnd, Box<Said>> {
        let word = word.trim();
        if word.eq_ignore_ascii_case("internet") {
            return Ok(ProbeEnd::Address(Network::INTERNET));
        }
        if let Ok(address) = word.parse::<IpAddr>() {
            return self.address(word, address, side);
        }
        if side == Side::To
            && let Some(name) = word.strip_suffix(".public")
            && let Ok(ProbeEnd::Interface(interface)) = self.called(name)
        {
            return Ok(ProbeEnd::PublicAddressOf(interface));
        }
        match self.dns.get(&super::dns::folded(word)).map(Vec::as_slice) {
            Some([only]) => Ok(Self::by_name(*only, side)),
            Some(several) => {
                let interfaces: Vec<InterfaceId> = several
                    .iter()
                    .filter_map(|it| match it {
                        ProbeEnd::Interface(id) | ProbeEnd::NameOf(id) => Some(*id),
                        _ => None,
                    })
                    .collect();
                Err(Box::new(self.ambiguous(word, &interfaces)))
            }
            None => self.called(word),
        }
    }

    /// What a DNS name means. Who sends is the interface itself.
    fn by_name(end: ProbeEnd, side: Side) -> ProbeEnd {
        match end {
            ProbeEnd::NameOf(id) if side == Side::From => ProbeEnd::Interface(id),
            other => other,
        }
    }

    fn address(&self, word: &str, address: IpAddr, side: Side) -> Result<ProbeEnd, Box<Said>> {
        if side == Side::To {
            return Ok(ProbeEnd::Address(address));
        }
        let network = &self.network;
        if let Some(owner) = network.public_owner(address) {
            return Ok(ProbeEnd::Interface(owner));
        }
        let vpcs = network.vpcs().iter();
        let owners: Vec<InterfaceId> =
            vpcs.filter_map(|(vpc, _)| network.interface_in(vpc, address)).collect();
        match owners[..] {
            [] if let Some(site) = self.site_of(address) => {
                Ok(ProbeEnd::OnPremises(site, Some(address)))
            }
            [] if crate::cloud::host::is_on_the_internet(address) => Ok(ProbeEnd::Address(address)),
            [] => Err(Box::new(say::no_such_end(word))),
            [only] => Ok(ProbeEnd::Interface(only)),
            _ => Err(Box::new(self.ambiguous(word, &owners))),
        }
    }

    /// The on-premises network that has an address. Where one announces a default route alone, what
    /// may be on the internet is.
    fn site_of(&self, address: IpAddr) -> Option<OnPremisesId> {
        let network = &self.network;
        let told = |id| {
            let mut prefixes = network.links_of(id).flat_map(|(link, _)| network.prefixes(link));
            prefixes.any(|it| it.length() > 0 && it.contains(address))
        };
        let there = |id| told(id) || !crate::cloud::host::is_on_the_internet(address);
        network.on_premises().find(|id, it| it.contains(address) && there(id))
    }

    /// By id, by `Name` tag, or by what hops call it.
    fn called(&self, word: &str) -> Result<ProbeEnd, Box<Said>> {
        let things: Vec<Thing> = if let Some(thing) = self.ids.get(word) {
            vec![*thing]
        } else if let Some(things) = self.tags.get(&shown(word)) {
            things.clone()
        } else {
            self.network.find(word).collect()
        };
        let mut interfaces: Vec<InterfaceId> =
            things.iter().filter_map(|it| self.interface_of(*it)).collect();
        // Instances and their interfaces are often called the same.
        interfaces.sort();
        interfaces.dedup();
        if interfaces.len() > 1 {
            let instances = things.iter().filter(|it| matches!(it, Thing::Instance(_)));
            let primary: Vec<_> = instances.filter_map(|it| self.interface_of(*it)).collect();
            if let [only] = primary[..] {
                let owner = self.network.owner_of(only);
                if interfaces.iter().all(|it| self.network.owner_of(*it) == owner) {
                    interfaces = vec![only];
                }
            }
        }
        let named: Vec<(ProbeEnd, Thing)> = (things.iter())
            .filter_map(|it| Some((Self::named_end(*it)?, *it)))
            .filter(|(end, _)| !matches!(end, ProbeEnd::Interface(_)))
            .collect();
        if let [(end, _), rest @ ..] = &named[..] {
            if interfaces.is_empty() && rest.is_empty() {
                return Ok(*end);
            }
            let told = named.iter().map(|(_, it)| self.told_thing(*it));
            let interfaces = interfaces.iter().map(|it| self.told(*it));
            let told: Vec<String> = told.chain(interfaces).collect();
            return Err(Box::new(say::ambiguous_end(word, &told.join(", "))));
        }
        match interfaces[..] {
            [only] => Ok(ProbeEnd::Interface(only)),
            [] if things.is_empty() => Err(Box::new(say::no_such_end(word))),
            [] => Err(Box::new(say::not_an_end(word))),
            _ => Err(Box::new(self.ambiguous(word, &interfaces))),
        }
    }

    fn interface_of(&self, thing: Thing) -> Option<InterfaceId> {
        match thing {
            Thing::Interface(id) => Some(id),
            Thing::Instance(id) => self.network.instances()[id].interfaces.first().copied(),
            Thing::NatGateway(id) => self.network.nat_gateways()[id].interface(),
            Thing::Database(id) => Some(self.network.databases()[id].interface),
            Thing::Task(id) => Some(self.network.tasks()[id].interface),
            _ => None,
        }
    }

    /// What goes by a name of its own: no single interface stands for it.
    fn named_end(thing: Thing) -> Option<ProbeEnd> {
        Some(match thing {
            Thing::LoadBalancer(id) => ProbeEnd::Named(Named::LoadBalancer(id)),
            Thing::Function(id) => ProbeEnd::Named(Named::Function(id)),
            Thing::Service(id) => ProbeEnd::Named(Named::Service(id)),
            Thing::InterfaceEndpoint(id) => ProbeEnd::Named(Named::Endpoint(id)),
            Thing::OnPremises(id) => ProbeEnd::OnPremises(id, None),
            _ => return None,
        })
    }

    /// A candidate that has no single address: `application load balancer web`.
    fn told_thing(&self, thing: Thing) -> String {
        let name = self.network.name(thing).map_or("?", |it| self.id_of(it));
        match thing {
            Thing::LoadBalancer(id) => {
                format!("{} load balancer {name}", self.network.load_balancers()[id].kind.as_str())
            }
            Thing::Function(_) => format!("Lambda {name}"),
            _ => name.to_owned(),
        }
    }

    fn ambiguous(&self, word: &str, candidates: &[InterfaceId]) -> Said {
        const SHOWN: usize = 8;
        let told: Vec<String> = candidates.iter().take(SHOWN).map(|it| self.told(*it)).collect();
        let more = if candidates.len() > SHOWN { ", …" } else { "" };
        say::ambiguous_end(word, &(told.join(", ") + more))
    }

    /// A candidate: `i-0abc (10.0.1.5)`.
    fn told(&self, id: InterfaceId) -> String {
        let owner = self.network.owner_of(id);
        let name = self.network.name(owner).map_or("?", |it| self.id_of(it));
        let address = self.network.interfaces()[id].addresses.first();
        let address = address.map_or_else(String::new, |it| format!(" ({it})"));
        format!("{name}{address}")
    }

    /// The packet that a line means: `internet -> web tcp/443`, `i-0abc -> 10.0.2.7 icmp`. Names may
    /// hold spaces, and stand in quotes.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn probe(&self, line: &str) -> Result<Probe, Box<Said>> {
        let bad = || Box::new(say::bad_packet(line.trim()));
        let (from, rest) =
            line.split_once("->").or_else(|| line.split_once('→')).ok_or_else(bad)?;
        let rest = rest.trim();
        let (to, service) = rest.rsplit_once(char::is_whitespace).ok_or_else(bad)?;
        // `tcp 443` is forgiven.
        let (to, service) = match to.trim_end().rsplit_once(char::is_whitespace) {
            Some((name, protocol))
                if service.parse::<u16>().is_ok()
                    && protocol.parse().is_ok_and(Protocol::has_ports) =>
            {
                (name, format!("{protocol}/{service}"))
            }
            _ => (to, service.to_owned()),
        };
        let (protocol, port) = match service.split_once('/') {
            Some((protocol, port)) => (protocol, Some(port.parse::<u16>().map_err(|_| bad())?)),
            None => (&*service, None),
        };
        let protocol: Protocol = protocol.to_ascii_lowercase().parse().map_err(|()| bad())?;
        if protocol.has_ports() != port.is_some() {
            return Err(bad());
        }
        let (from, source_port) = self.sender(from)?;
        let to = self.end(unquoted(to), Side::To)?;
        let source_port = source_port.unwrap_or(Probe::SOURCE_PORT);
        Ok(match port {
            Some(port) => Probe { from, to, protocol, port, source_port },
            None => Probe { from, to, protocol, port: 0, source_port: 0 },
        })
    }

    /// `web`, `web:62000`, `[2001:db8::1]:62000`.
    fn sender(&self, word: &str) -> Result<(ProbeEnd, Option<u16>), Box<Said>> {
        let word = word.trim();
        let whole = self.end(unquoted(word), Side::From);
        if whole.is_err()
            && let Some((name, port)) = word.rsplit_once(':')
            && let Ok(port) = port.parse()
        {
            let name = name.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(name);
            return Ok((self.end(unquoted(name), Side::From)?, Some(port)));
        }
        Ok((whole?, None))
    }
}

/// The address at an end of a packet's line, whatever stands around it.
fn address_of(word: &str) -> Option<IpAddr> {
    let word = unquoted(word.split_whitespace().next()?);
    let bare = |it: &str| it.trim_matches(['[', ']']).parse().ok();
    bare(word).or_else(|| bare(word.rsplit_once(':')?.0))
}

fn unquoted(word: &str) -> &str {
    let word = word.trim();
    word.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(word)
}
