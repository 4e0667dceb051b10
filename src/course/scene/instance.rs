//! `[instance.NAME]` and its further interfaces, `[instance.NAME.interface.NAME]`.

use std::{net::IpAddr, ops::Range};

use crate::{
    cloud::{Change, Forwarding, InstanceId, InterfaceId, Network, PublicAtLaunch, Subnet, Thing},
    course::{
        Faults,
        document::{FlagOrText, Key, Section, Text},
        grammar,
        scene::build::{Build, choice},
    },
    i18n::fault,
};

pub(super) struct Draft {
    pub(super) key: Key,
    subnet: Option<Text>,
    pub(super) address: Option<Text>,
    ipv6: Option<(FlagOrText, Range<usize>)>,
    public: Option<(FlagOrText, Range<usize>)>,
    elastic: Option<(FlagOrText, Range<usize>)>,
    further: Vec<Further>,
    groups: Option<Vec<Text>>,
    listens: Option<Vec<Text>>,
    check: Option<(bool, Range<usize>)>,
    stopped: bool,
    forwarding: Forwarding,
    pub(super) interfaces: Vec<InterfaceDraft>,
}

pub(super) struct InterfaceDraft {
    key: Key,
    subnet: Option<Text>,
    pub(super) address: Option<Text>,
    ipv6: Option<(FlagOrText, Range<usize>)>,
    further: Vec<Further>,
    elastic: Option<(FlagOrText, Range<usize>)>,
    groups: Option<Vec<Text>>,
    check: Option<(bool, Range<usize>)>,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    let mut interfaces = Vec::new();
    for (key, mut part) in section.sections("interface", faults) {
        if !grammar::is_name(&key.name) {
            faults.error(key.span.clone(), fault::bad_name(&key.name));
        }
        interfaces.push(InterfaceDraft {
            key,
            subnet: part.need_text("subnet", faults),
            address: part.text("address", faults),
            ipv6: part.flag_or_text("ipv6", faults),
            further: further(&part.texts("further_addresses", faults).unwrap_or_default()),
            elastic: part.flag_or_text("elastic_ip", faults),
            groups: part.texts("security_groups", faults),
            check: part.flag("source_dest_check", faults),
        });
        part.close(faults);
    }
    Draft {
        key,
        interfaces,
        subnet: section.need_text("subnet", faults),
        address: section.text("address", faults),
        ipv6: section.flag_or_text("ipv6", faults),
        further: further(&section.texts("further_addresses", faults).unwrap_or_default()),
        public: section.flag_or_text("public_ip", faults),
        elastic: section.flag_or_text("elastic_ip", faults),
        groups: section.texts("security_groups", faults),
        listens: section.texts("listens", faults),
        check: section.flag("source_dest_check", faults),
        stopped: choice(section, "state", &[("running", false), ("stopped", true)], faults),
        forwarding: choice(
            section,
            "forwarding",
            &[
                ("off", Forwarding::Off),
                ("routes", Forwarding::Routes),
                ("inspects", Forwarding::Inspects),
                ("translates", Forwarding::Translates),
            ],
            faults,
        ),
    }
}

/// A further address, and the Elastic IP behind an arrow: `10.0.0.11 -> 203.0.113.11`.
pub(super) struct Further {
    pub(super) private: Text,
    pub(super) elastic: Option<Text>,
}

pub(super) fn further(texts: &[Text]) -> Vec<Further> {
    let read = |text: &Text| {
        let all = &text.value;
        let part = |from: usize, to: usize| {
            let start = to - all[from..to].trim_start().len();
            text.part(start..start + all[from..to].trim().len())
        };
        match all.find("->").filter(|it| !all[it + 2..].trim().is_empty()) {
            Some(arrow) => {
                Further { private: part(0, arrow), elastic: Some(part(arrow + 2, all.len())) }
            }
            None => Further { private: text.clone(), elastic: None },
        }
    };
    texts.iter().map(read).collect()
}

impl Draft {
    /// Keeps the addresses that it and its interfaces name.
    pub(super) fn claims(&self, build: &mut Build) {
        let further = self.interfaces.iter().flat_map(|it| &it.further).chain(&self.further);
        for text in self.address.iter().chain(further.map(|it| &it.private)) {
            build.claim(Some(text));
        }
        for extra in &self.interfaces {
            build.claim(extra.address.as_ref());
        }
    }

    /// Which line a refused launch is about: the public address when the launch would be fine
    /// without it, else the private one.
    fn blamed_for(
        &self,
        public: PublicAtLaunch,
        network: &Network,
        change: &Change,
    ) -> Range<usize> {
        if let (PublicAtLaunch::This(_), Some((_, span))) = (public, &self.public) {
            let mut without = change.clone();
            if let Change::RunInstance { public_address, .. } = &mut without {
                *public_address = PublicAtLaunch::No;
            }
            if network.clone().apply(without).is_ok() {
                return span.clone();
            }
        }
        self.address.as_ref().map_or(&self.key.span, |text| &text.span).clone()
    }
}

impl Build<'_> {
    pub(super) fn instance(&mut self, draft: &Draft) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let listening = self.listening(draft.listens.as_deref());
        let public_address = self.public_at_launch(draft);
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let groups = self.groups(draft.groups.as_deref(), subnet);
        let change = Change::RunInstance {
            name: draft.key.name.as_str().into(),
            subnet,
            address: self.private_address(draft.address.as_ref(), subnet),
            public_address,
            groups,
            listening,
        };
        let span = draft.blamed_for(public_address, &self.network, &change);
        let Some(Thing::Instance(instance)) = self.make(change, &span) else {
            return self.fail(&draft.key);
        };
        let Some(&interface) = self.network.instances()[instance].interfaces.first() else {
            return;
        };
        self.ipv6(draft.ipv6.as_ref(), interface);
        self.further_addresses(interface, &draft.further);
        self.elastic_ip(draft.elastic.as_ref(), interface);
        if let Some((on, span)) = &draft.check {
            self.make(Change::ModifySourceDestCheck { interface, on: *on }, span);
        }
        if draft.forwarding != Forwarding::Off {
            let forwarding = Some(draft.forwarding);
            let change = Change::ConfigureInstance { instance, listening: None, forwarding };
            self.make(change, &draft.key.span);
        }
        for extra in &draft.interfaces {
            self.interface(extra, instance);
        }
        if draft.stopped {
            self.make(Change::StopInstance { instance }, &draft.key.span);
        }
    }

    /// The Elastic IP that is written, or the next free one.
    fn elastic_ip(&mut self, written: Option<&(FlagOrText, Range<usize>)>, interface: InterfaceId) {
        match written {
            None | Some((FlagOrText::Flag(false), _)) => {}
            Some((FlagOrText::Flag(true), span)) => {
                self.make(Change::AssociateAddress { interface, address: None }, span);
            }
            Some((FlagOrText::Text(text), span)) => {
                if let Some(address) = self.address_v4(text) {
                    let address = Some(address);
                    self.make(Change::AssociateAddress { interface, address }, span);
                }
            }
        }
    }

    /// The IPv6 address that is written, or the next free one.
    pub(super) fn ipv6(
        &mut self,
        written: Option<&(FlagOrText, Range<usize>)>,
        interface: InterfaceId,
    ) {
        let (address, span) = match written {
            None | Some((FlagOrText::Flag(false), _)) => return,
            Some((FlagOrText::Flag(true), span)) => (None, span),
            Some((FlagOrText::Text(text), span)) => match self.address(text) {
                Some(IpAddr::V6(address)) => (Some(address), span),
                Some(IpAddr::V4(_)) => {
                    return self.faults.error(span.clone(), fault::wants_ipv6(&text.value));
                }
                None => return,
            },
        };
        self.make(Change::AssignIpv6Address { interface, address }, span);
    }

    fn public_at_launch(&mut self, draft: &Draft) -> PublicAtLaunch {
        match (&draft.public, &draft.elastic) {
            (Some(_), Some((_, span))) => {
                self.faults.error(span.clone(), fault::public_and_elastic());
                PublicAtLaunch::AsSubnet
            }
            // An Elastic IP takes its place.
            (None, Some((FlagOrText::Flag(true) | FlagOrText::Text(_), _)))
            | (Some((FlagOrText::Flag(false), _)), None) => PublicAtLaunch::No,
            (None, _) => PublicAtLaunch::AsSubnet,
            (Some((FlagOrText::Flag(true), _)), None) => PublicAtLaunch::Yes,
            (Some((FlagOrText::Text(text), _)), None) => {
                self.address_v4(text).map_or(PublicAtLaunch::AsSubnet, PublicAtLaunch::This)
            }
        }
    }

    fn interface(&mut self, draft: &InterfaceDraft, instance: InstanceId) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let groups = self.groups(draft.groups.as_deref(), subnet);
        let change = Change::CreateInterface {
            name: draft.key.name.as_str().into(),
            subnet,
            address: self.private_address(draft.address.as_ref(), subnet),
            groups,
        };
        let span = draft.address.as_ref().map_or(&draft.key.span, |text| &text.span);
        let Some(Thing::Interface(interface)) = self.make(change, span) else {
            return self.fail(&draft.key);
        };
        self.make(Change::AttachInterface { interface, instance }, &draft.key.span);
        self.ipv6(draft.ipv6.as_ref(), interface);
        self.further_addresses(interface, &draft.further);
        self.elastic_ip(draft.elastic.as_ref(), interface);
        if let Some((on, span)) = &draft.check {
            self.make(Change::ModifySourceDestCheck { interface, on: *on }, span);
        }
    }
}
