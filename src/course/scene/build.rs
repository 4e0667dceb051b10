//! A network under construction.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr},
    ops::Range,
};

use crate::{
    cloud::{
        Change, Id, InterfaceId, Network, Quota, Reason, Refusal, SubnetId, Thing, Vpc, VpcId,
    },
    course::{
        Faults,
        document::{self, Key, Section, Text},
        grammar::{self, Slip, Token},
        names::{self, Named},
        scene::GONE,
    },
    i18n::{
        Lang, Words,
        fault::{self, Said},
    },
    net::Cidr,
    tell::Teller,
};

/// A network under construction. Everything that AWS has an operation for is made by a [`Change`],
/// so that what AWS would refuse is a fault; states that AWS reaches by itself (a failed NAT
/// gateway, a route whose target is gone) are put in place.
pub(super) struct Build<'f> {
    pub(super) network: Network,
    pub(super) faults: &'f mut Faults,
    /// What was declared but could not be made: who refers to it is not to blame.
    pub(super) failed: BTreeSet<String>,
    /// The addresses that the file names: nothing else is given them.
    claimed: BTreeSet<IpAddr>,
    /// The interfaces whose public address the file names.
    pub(super) public: BTreeSet<InterfaceId>,
}

impl<'f> Build<'f> {
    pub(super) fn new(faults: &'f mut Faults) -> Self {
        Self {
            network: Network::new(),
            faults,
            failed: BTreeSet::new(),
            claimed: BTreeSet::new(),
            public: BTreeSet::new(),
        }
    }

    /// Reads every `[kind.NAME]`.
    pub(super) fn each<D>(
        &mut self,
        root: &mut Section,
        kind: &'static str,
        read: impl Fn(&mut Faults, Key, &mut Section) -> D,
    ) -> Vec<D> {
        let mut drafts = Vec::new();
        for (key, mut section) in root.sections(kind, self.faults) {
            self.good_name(&key);
            drafts.push(read(self.faults, key, &mut section));
            section.close(self.faults);
        }
        drafts
    }

    pub(super) fn good_name(&mut self, key: &Key) {
        if !grammar::is_name(&key.name) {
            self.faults.error(key.span.clone(), fault::bad_name(&key.name));
        } else if grammar::is_reserved(&key.name) {
            self.faults.error(key.span.clone(), fault::reserved_name(&key.name));
        }
    }

    /// Makes a change, or reports AWS's refusal at `span`. What it gives is the object made.
    pub(super) fn make(&mut self, change: Change, span: &Range<usize>) -> Option<Thing> {
        match self.network.apply(change) {
            Ok(applied) => applied.made,
            Err(refusal) => {
                self.refused(&refusal, span);
                None
            }
        }
    }

    /// Reports AWS's refusal at `span`.
    pub(super) fn refused(&mut self, refusal: &Refusal, span: &Range<usize>) {
        let said = self.said(refusal);
        self.faults.error(span.clone(), said);
    }

    /// AWS would refuse this today, but came there by other ways: what it says is a warning.
    pub(super) fn warned(&mut self, refusal: &Refusal, span: &Range<usize>) {
        let said = self.said(refusal);
        self.faults.warning(span.clone(), said);
    }

    fn said(&self, refusal: &Refusal) -> Said {
        let why = Words {
            ko: Teller::new(&self.network, Lang::Ko).reason(&refusal.reason),
            en: Teller::new(&self.network, Lang::En).reason(&refusal.reason),
        };
        let said = fault::refused(refusal.code, &why);
        let raised = Quota::ADJUSTABLE.iter().find(|it| refusal.reason == Reason::Quota(it.0));
        match raised {
            Some((_, key)) => said.help(fault::raise_quota(key)),
            None => said,
        }
    }

    pub(super) fn slip(&mut self, text: &Text, slip: Slip) {
        let word = text.value.get(slip.range.clone()).unwrap_or_default();
        let blameless = slip.said.rule == "unknown-object"
            && word.split('.').any(|part| self.failed.contains(part));
        if !blameless {
            self.faults.error(text.at(slip.range), slip.said);
        }
    }

    pub(super) fn fail(&mut self, key: &Key) {
        self.failed.insert(key.name.clone());
    }

    pub(super) fn cidr(&mut self, text: &Text) -> Option<Cidr> {
        let whole =
            Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: false };
        grammar::cidr(&whole).map_err(|slip| self.slip(text, slip)).ok()
    }

    pub(super) fn address(&mut self, text: &Text) -> Option<IpAddr> {
        let whole =
            Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: false };
        grammar::address(&whole).map_err(|slip| self.slip(text, slip)).ok()
    }

    pub(super) fn address_v4(&mut self, text: &Text) -> Option<Ipv4Addr> {
        match self.address(text)? {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => {
                self.faults.error(text.span.clone(), fault::wants_ipv4(&text.value));
                None
            }
        }
    }

    pub(super) fn find<T: Named>(&mut self, text: &Text) -> Option<Id<T>> {
        let whole =
            Token { text: text.value.trim().into(), range: 0..text.value.len(), quoted: true };
        names::find(&self.network, &whole).map_err(|slip| self.slip(text, slip)).ok()
    }

    /// Who is named, or nobody any more: [`GONE`].
    pub(super) fn find_or_gone<T: Named>(&mut self, text: &Text) -> Option<Id<T>> {
        if text.value.trim() == GONE { Some(Id::LAST) } else { self.find(text) }
    }

    /// The VPC that is named, or the only one.
    pub(super) fn vpc_of(&mut self, text: Option<&Text>, key: &Key) -> Option<VpcId> {
        if let Some(text) = text {
            return self.find::<Vpc>(text);
        }
        let mut vpcs = self.network.vpcs().iter().map(|(id, _)| id);
        match (vpcs.next(), vpcs.next()) {
            (Some(only), None) if self.failed.is_empty() => Some(only),
            (None, _) => None,
            (Some(only), None) => Some(only),
            _ => {
                self.faults.error(key.span.clone(), fault::which_vpc());
                None
            }
        }
    }

    /// Keeps an address for whom it is written.
    pub(super) fn claim(&mut self, written: Option<&Text>) {
        self.claimed.extend(written.and_then(|text| text.value.trim().parse::<IpAddr>().ok()));
    }

    /// The address that is written, or the next one that nothing in the file claims.
    pub(super) fn private_address(
        &mut self,
        written: Option<&Text>,
        subnet: SubnetId,
    ) -> Option<IpAddr> {
        if let Some(text) = written {
            return self.address(text);
        }
        let cidr = self.network.subnets()[subnet].cidr;
        let vpc = self.network.subnets()[subnet].vpc;
        // The first four addresses and the last are AWS's
        // (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html).
        (4..cidr.size().saturating_sub(1).min(4096)).find_map(|offset| {
            let address = cidr.nth(offset)?;
            let free = !self.claimed.contains(&address)
                && self.network.interface_in(vpc, address).is_none();
            free.then_some(address)
        })
    }
}

/// One of a few words; the first is the default.
pub(super) fn choice<T: Copy>(
    section: &mut Section,
    key: &'static str,
    choices: &[(&'static str, T)],
    faults: &mut Faults,
) -> T {
    maybe(section, key, choices, faults).unwrap_or(choices[0].1)
}

/// The same, where nothing written is something of its own.
pub(super) fn maybe<T: Copy>(
    section: &mut Section,
    key: &'static str,
    choices: &[(&'static str, T)],
    faults: &mut Faults,
) -> Option<T> {
    let text = section.text(key, faults)?;
    let found = choices.iter().find(|(word, _)| *word == text.value);
    if found.is_none() {
        let words = document::list(choices.iter().map(|(word, _)| *word));
        faults.error(text.span.clone(), fault::one_of(&text.value, &words));
    }
    found.map(|(_, value)| *value)
}
