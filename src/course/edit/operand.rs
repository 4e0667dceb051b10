//! What stands behind the verb of a line: names, addresses, switches, `key=value`. Each is written and
//! read here, once for all lines.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    cloud::{
        Direction, Forwarding, InterfaceId, Listening, Name, Network, PublicAtLaunch,
        SecurityGroupId, Subnet, SubnetId, VpcId,
    },
    course::{
        document::list,
        grammar::{self, Line, Read, Token},
        names::{find, find_interface, word},
        scene::find_group,
    },
    i18n::fault,
    net::{Cidr, Ports, Protocol},
};

/// Goes back to the default list of the VPC.
pub(super) const DEFAULT_LIST: &str = "default-list";

pub(super) fn push(line: &mut String, key: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        line.extend([" ", key, "=", &value.to_string()]);
    }
}

pub(super) fn push_groups(line: &mut String, network: &Network, groups: &[SecurityGroupId]) {
    for group in groups {
        push(line, "group", Some(word(network, *group)));
    }
}

pub(super) fn push_listening(line: &mut String, listening: &Listening) {
    match listening {
        Listening::Everywhere => push(line, "listen", Some("everything")),
        Listening::On(open) if open.is_empty() => push(line, "listen", Some("nothing")),
        Listening::On(open) => {
            for (protocol, ports) in open {
                push(line, "listen", Some(format!("{protocol}/{ports}")));
            }
        }
    }
}

pub(super) fn on(flag: bool) -> &'static str {
    if flag { "on" } else { "off" }
}

pub(super) fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    }
}

/// Each word with a space before it.
pub(super) fn spaced(words: impl Iterator<Item = String>) -> String {
    words.fold(String::new(), |line, word| format!("{line} {word}"))
}

/// What stands behind `=` in a line.
#[derive(Default)]
pub(super) struct Options {
    pub(super) address: Option<IpAddr>,
    pub(super) public: PublicAtLaunch,
    pub(super) groups: Vec<SecurityGroupId>,
    pub(super) listening: Option<Listening>,
    pub(super) forwarding: Option<Forwarding>,
}

/// The next `key=value` of a line: the key is one of those known there.
pub(super) fn keyed<'k, 't>(
    line: &mut Line<'t>,
    known: &[&'k str],
) -> Read<Option<(&'k str, Token<'t>)>> {
    let Some(key) = line.take() else { return Ok(None) };
    let name = known.iter().find(|name| key.text.strip_suffix('=') == Some(**name));
    let Some(&name) = name else {
        return Err(key.slip(fault::expected(&list(known.iter().copied()), &key.text)));
    };
    let value = line.need(&format!("`{name}=...`"))?;
    Ok(Some((name, value)))
}

impl Options {
    pub(super) fn read(
        &mut self,
        n: &Network,
        line: &mut Line,
        subnet: Option<SubnetId>,
        known: &[&str],
    ) -> Read<()> {
        while let Some((name, value)) = keyed(line, known)? {
            match name {
                "address" => self.address = Some(grammar::address(&value)?),
                "public" if value.is("yes") => self.public = PublicAtLaunch::Yes,
                "public" if value.is("no") => self.public = PublicAtLaunch::No,
                "public" => self.public = PublicAtLaunch::This(ipv4(&value)?),
                "group" => {
                    let vpc = subnet.and_then(|id| n.subnets().get(id)).map(|row| row.vpc);
                    self.groups.push(group(n, vpc, &value)?);
                }
                "listen" => self.listen(&value)?,
                _ => self.forwarding = Some(forwarding(&value)?),
            }
        }
        Ok(())
    }

    pub(super) fn listen(&mut self, value: &Token) -> Read<()> {
        if value.is("everything") {
            self.listening = Some(Listening::Everywhere);
            return Ok(());
        }
        let mut open = match self.listening.take() {
            Some(Listening::On(open)) => open,
            _ => Vec::new(),
        };
        if !value.is("nothing") {
            let (protocol, ports) = value.text.split_once('/').unwrap_or((&value.text, "all"));
            let protocol: Protocol =
                protocol.parse().map_err(|()| value.slip(fault::bad_protocol(protocol)))?;
            let ports = match ports {
                "all" => Ports::ALL,
                ports => ports.parse().map_err(|()| value.slip(fault::bad_ports(ports)))?,
            };
            open.push((protocol, ports));
        }
        self.listening = Some(Listening::On(open));
        Ok(())
    }
}

pub(super) fn group(n: &Network, vpc: Option<VpcId>, token: &Token) -> Read<SecurityGroupId> {
    match vpc {
        Some(vpc) => find_group(n, vpc, token),
        None => find(n, token),
    }
}

pub(super) fn new_name(line: &mut Line) -> Read<Name> {
    Ok(line.need("`NAME`")?.text.as_ref().into())
}

pub(super) fn cidr(line: &mut Line) -> Read<Cidr> {
    grammar::cidr(&line.need("`10.0.0.0/16`")?)
}

pub(super) fn ipv4(token: &Token) -> Read<Ipv4Addr> {
    token.text.parse().map_err(|_| token.slip(fault::bad_address(&token.text)))
}

pub(super) fn subnet(n: &Network, line: &mut Line) -> Read<SubnetId> {
    find::<Subnet>(n, &line.need("`SUBNET`")?)
}

pub(super) fn interface(n: &Network, line: &mut Line) -> Read<InterfaceId> {
    find_interface(n, &line.need("`INSTANCE`")?)
}

/// The VPC that the next word names; the only one when the line ends here.
pub(super) fn vpc(n: &Network, line: &mut Line) -> Read<VpcId> {
    let mut vpcs = n.vpcs().iter().map(|(id, _)| id);
    match (line.peek(), vpcs.next(), vpcs.next()) {
        (None, Some(only), None) => Ok(only),
        _ => find(n, &line.need("`VPC`")?),
    }
}

pub(super) fn in_or_out(line: &mut Line) -> Read<Direction> {
    Ok(match keyword(line, &["in", "out"])? {
        "in" => Direction::Ingress,
        _ => Direction::Egress,
    })
}

pub(super) fn on_or_off(line: &mut Line) -> Read<bool> {
    Ok(keyword(line, &["on", "off"])? == "on")
}

pub(super) fn keyword(line: &mut Line, words: &[&'static str]) -> Read<&'static str> {
    let wanted = list(words.iter().copied());
    let token = line.need(&wanted)?;
    words
        .iter()
        .copied()
        .find(|word| token.is(word))
        .ok_or_else(|| token.slip(fault::expected(&wanted, &token.text)))
}

pub(super) fn forwarding(token: &Token) -> Read<Forwarding> {
    [Forwarding::Off, Forwarding::Routes, Forwarding::Inspects, Forwarding::Translates]
        .into_iter()
        .find(|forwarding| token.is(forwarding.as_str()))
        .ok_or_else(|| {
            token.slip(fault::one_of(&token.text, "`off`, `routes`, `inspects`, `translates`"))
        })
}
