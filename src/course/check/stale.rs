//! What is typed although the simulator knows it: such a text grows old without anybody noticing.

use std::{collections::BTreeSet, net::Ipv4Addr, ops::Range};

use crate::{
    cloud::{Code, NatSeat, Network},
    course::{Scene, reference},
    i18n::{
        Lang,
        fault::{self, Said},
    },
};

/// What the scenes of a lesson know.
#[derive(Debug, Default)]
pub struct Facts {
    /// The blocks of their VPCs.
    blocks: Vec<crate::net::Cidr>,
    /// Every address that something has.
    addresses: BTreeSet<Ipv4Addr>,
    /// Every address that stands in a file of the lesson other than the prose: whoever writes one
    /// there means it.
    written: BTreeSet<Ipv4Addr>,
    /// The numbers of addresses to use, with the reference that gives each.
    usable: Vec<(String, String)>,
}

impl Facts {
    /// What these scenes know; `files` are the texts of the scenes and of `lesson.toml`.
    pub fn of<'s>(scenes: impl Iterator<Item = &'s Scene>, files: &[&str]) -> Self {
        let mut facts = Self::default();
        for scene in scenes {
            facts.learn(&scene.name, &scene.network);
        }
        for file in files {
            facts.written.extend(addresses(file).map(|(_, address)| address));
        }
        facts
    }

    fn learn(&mut self, scene: &str, network: &Network) {
        let v4 = |address: &std::net::IpAddr| match address {
            std::net::IpAddr::V4(address) => Some(*address),
            std::net::IpAddr::V6(_) => None,
        };
        for (_, vpc) in network.vpcs().iter() {
            self.blocks.extend(vpc.cidrs.iter().copied());
        }
        for (_, interface) in network.interfaces().iter() {
            self.addresses.extend(interface.addresses.iter().filter_map(v4));
            if let Some(public) = &interface.public_address {
                self.addresses.insert(public.address);
            }
        }
        for (_, host) in network.hosts().iter() {
            self.addresses.extend(v4(&host.address));
        }
        for (_, gateway) in network.nat_gateways().iter() {
            if let NatSeat::Regional(regional) = &gateway.seat {
                self.addresses.extend(regional.zones.iter().flat_map(|it| &it.addresses));
            }
        }
        for (_, subnet) in network.subnets().iter() {
            let usable = subnet.usable_addresses();
            let reference = format!("{{{{usable {scene} {}}}}}", subnet.name);
            // The five that AWS keeps are nobody's, and lessons name them.
            if let std::net::IpAddr::V4(first) = subnet.cidr.first() {
                let first = u32::from(first);
                let last = first + u32::try_from(subnet.cidr.size() - 1).unwrap_or(0);
                let kept = (first..first + 4).chain([last]).map(Ipv4Addr::from);
                self.written.extend(kept);
            }
            if usable > 16 && !self.usable.iter().any(|(known, _)| *known == usable.to_string()) {
                self.usable.push((usable.to_string(), reference));
            }
        }
        self.written.extend(self.addresses.iter().copied());
    }

    /// What is typed in a text, at its bytes. References and fenced code are left alone.
    pub fn typed(&self, text: &str, lang: Lang, has_lab: bool) -> Vec<(Range<usize>, Said)> {
        let mut found = Vec::new();
        let mut bare = text.to_owned();
        for reference in reference::find(text).0 {
            let blank = " ".repeat(reference.range.len());
            bare.replace_range(reference.range, &blank);
        }
        for fence in super::prose::fences(text) {
            let blank = " ".repeat(fence.len());
            bare.replace_range(fence, &blank);
        }
        for code in Code::ALL {
            for (at, code) in bare.match_indices(code.as_str()) {
                let end = at + code.len();
                let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let inside = bare[..at].ends_with(letter) || bare[end..].starts_with(letter);
                if !inside {
                    found.push((at..end, fault::typed_code(code)));
                }
            }
        }
        if has_lab {
            let pattern = if lang == Lang::Ko { "변경 " } else { " change" };
            for (at, _) in bare.match_indices(pattern) {
                let number = match lang {
                    Lang::Ko => digits_at(&bare, at + pattern.len()),
                    Lang::En => digits_before(&bare, at),
                };
                if let Some(number) = number
                    && (lang == Lang::En || bare[number.end..].starts_with('번'))
                {
                    found.push((number, fault::typed_par()));
                }
            }
        }
        for (at, address) in addresses(&bare) {
            let ours = self.blocks.iter().any(|block| block.contains(address.into()));
            let followed =
                bare[at.end..].starts_with(['/', '-']) || bare[..at.start].ends_with('-');
            if ours && !followed && !self.written.contains(&address) {
                found.push((at, fault::stale_address(&address.to_string())));
            }
        }
        for (number, reference) in &self.usable {
            for (at, number) in bare.match_indices(number.as_str()) {
                let end = at + number.len();
                let near = |c: char| c.is_ascii_digit() || "./:,-".contains(c);
                let whole = !bare[..at].ends_with(near)
                    && !bare[end..].starts_with(|c: char| c.is_ascii_digit() || "/:-".contains(c));
                if whole {
                    found.push((at..end, fault::typed_number(number, reference)));
                }
            }
        }
        found
    }
}

fn digits_at(text: &str, at: usize) -> Option<Range<usize>> {
    let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    (length > 0).then_some(at..at + length)
}

fn digits_before(text: &str, at: usize) -> Option<Range<usize>> {
    let length = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    (length > 0).then_some(at - length..at)
}

/// The IPv4 addresses of a text.
fn addresses(text: &str) -> impl Iterator<Item = (Range<usize>, Ipv4Addr)> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
            let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
            let word = text[start..start + length].trim_end_matches('.');
            at = start + length;
            if let Ok(address) = word.parse() {
                return Some((start..start + word.len(), address));
            }
        }
    })
}
