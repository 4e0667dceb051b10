//! `[network_interface.NAME]`: an interface of a managed service that scenes have no table for, or
//! one that is attached to nothing. And addresses written for interfaces that come with something.

use std::{net::IpAddr, ops::Range};

use crate::{
    cloud::{Change, Interface, InterfaceId, InterfaceKind, PublicAddress, Subnet, Thing},
    course::{
        Faults,
        document::{FlagOrText, Key, Section, Text},
        scene::{
            build::{Build, choice},
            instance::{Further, further},
        },
    },
    i18n::fault,
};

pub(super) struct Draft {
    pub(super) key: Key,
    subnet: Option<Text>,
    pub(super) address: Option<Text>,
    pub(super) further: Vec<Further>,
    ipv6: Option<(FlagOrText, Range<usize>)>,
    public: Option<Text>,
    groups: Option<Vec<Text>>,
    check: Option<(bool, Range<usize>)>,
    kind: InterfaceKind,
}

/// Reads one.
pub(super) fn read(faults: &mut Faults, key: Key, section: &mut Section) -> Draft {
    Draft {
        key,
        subnet: section.need_text("subnet", faults),
        address: section.text("address", faults),
        further: further(&section.texts("further_addresses", faults).unwrap_or_default()),
        ipv6: section.flag_or_text("ipv6", faults),
        public: section.text("public_ip", faults),
        groups: section.texts("security_groups", faults),
        check: section.flag("source_dest_check", faults),
        kind: choice(
            section,
            "of",
            &[("service", InterfaceKind::Service), ("nothing", InterfaceKind::Unattached)],
            faults,
        ),
    }
}

impl Build<'_> {
    pub(super) fn network_interface(&mut self, draft: &Draft) {
        let subnet = draft.subnet.as_ref().and_then(|text| self.find::<Subnet>(text));
        let Some(subnet) = subnet else { return self.fail(&draft.key) };
        let change = Change::CreateInterface {
            name: draft.key.name.as_str().into(),
            subnet,
            address: self.private_address(draft.address.as_ref(), subnet),
            groups: self.groups(draft.groups.as_deref(), subnet),
        };
        let span = draft.address.as_ref().map_or(&draft.key.span, |text| &text.span);
        let Some(Thing::Interface(interface)) = self.make(change, span) else {
            return self.fail(&draft.key);
        };
        self.ipv6(draft.ipv6.as_ref(), interface);
        self.further_addresses(interface, &draft.further);
        if let Some((on, span)) = &draft.check {
            self.make(Change::ModifySourceDestCheck { interface, on: *on }, span);
        }
        // Those of AWS's own may carry none: of transit gateways, for example.
        let bare = draft.kind == InterfaceKind::Service
            && draft.groups.as_ref().is_some_and(Vec::is_empty);
        self.network.update(interface, |row: &mut Interface| {
            row.kind = draft.kind;
            if bare {
                row.security_groups.clear();
            }
        });
        if let Some(text) = &draft.public {
            self.public_at(interface, text);
        }
    }

    /// Gives interfaces that came with something the addresses that are written for them, in their
    /// order.
    pub(super) fn addresses_at(&mut self, interfaces: &[InterfaceId], texts: &[Text]) {
        for (place, text) in texts.iter().enumerate() {
            if let Some(interface) = interfaces.get(place) {
                self.address_at(*interface, text);
            } else {
                let said = fault::address_too_many(interfaces.len());
                self.faults.error(text.span.clone(), said);
            }
        }
    }

    /// Moves an interface to the address that is written, when it can have that one.
    pub(super) fn address_at(&mut self, interface: InterfaceId, text: &Text) {
        let Some(address) = self.address(text) else { return };
        if !self.network.interfaces()[interface].has(address) && self.can_have(interface, text) {
            self.network.update(interface, |row: &mut Interface| match row.addresses.first_mut() {
                Some(first) => *first = address,
                None => row.addresses.push(address),
            });
        }
    }

    /// Moves interfaces that have IPv6 to the IPv6 addresses that are written, in their order.
    pub(super) fn ipv6_at(&mut self, interfaces: &[InterfaceId], texts: &[Text]) {
        for (place, text) in texts.iter().enumerate() {
            let Some(&interface) = interfaces.get(place) else {
                let said = fault::address_too_many(interfaces.len());
                self.faults.error(text.span.clone(), said);
                continue;
            };
            let Some(address) = self.address(text) else { continue };
            let row = &self.network.interfaces()[interface];
            let subnet = &self.network.subnets()[row.subnet];
            let free = self.network.interface_in(subnet.vpc, address).is_none();
            if row.has(address) {
                continue;
            }
            if address.is_ipv4() || !row.addresses.iter().any(IpAddr::is_ipv6) {
                self.faults.error(text.span.clone(), fault::wants_ipv6(&text.value));
            } else if !free || !subnet.contains(address) || subnet.reserved(address).is_some() {
                self.faults.error(text.span.clone(), fault::bad_address(&text.value));
            } else {
                self.network.update(interface, |row: &mut Interface| {
                    if let Some(six) = row.addresses.iter_mut().find(|it| it.is_ipv6()) {
                        *six = address;
                    }
                });
            }
        }
    }

    /// Gives an interface further addresses of its subnet, and these their Elastic IPs.
    pub(super) fn further_addresses(&mut self, interface: InterfaceId, texts: &[Further]) {
        for Further { private: text, elastic } in texts {
            let Some(address) = self.address(text) else { continue };
            if self.can_have(interface, text) {
                self.network.update(interface, |row: &mut Interface| {
                    let last =
                        row.addresses.iter().rposition(|it| it.is_ipv4() == address.is_ipv4());
                    row.addresses.insert(last.map_or(row.addresses.len(), |it| it + 1), address);
                });
                if let Some(elastic) = elastic
                    && let Some(public) = self.address_v4(elastic)
                {
                    let (private, public) = (address, Some(public));
                    let change =
                        Change::AssociateAddressWith { interface, private, address: public };
                    self.make(change, &text.span);
                }
            }
        }
    }

    /// May an interface have this address? As AWS answers when it is asked for a new one there.
    fn can_have(&mut self, interface: InterfaceId, text: &Text) -> bool {
        let Some(address) = self.address(text) else { return false };
        let subnet = self.network.interfaces()[interface].subnet;
        let change = match address {
            IpAddr::V4(_) => {
                let (name, groups) = ("new".into(), Vec::new());
                Change::CreateInterface { name, subnet, address: Some(address), groups }
            }
            IpAddr::V6(address) => {
                let own = self.network.interfaces()[interface].addresses.clone();
                if own.iter().any(IpAddr::is_ipv6) {
                    // A second one is asked for as the first was.
                    return !own.contains(&address.into())
                        && self.network.subnets()[subnet].contains(address.into());
                }
                Change::AssignIpv6Address { interface, address: Some(address) }
            }
        };
        match self.network.apply(change) {
            Ok(applied) => {
                self.network.undo(applied.undo);
                true
            }
            Err(refusal) => {
                self.refused(&refusal, &text.span);
                false
            }
        }
    }

    /// Gives an interface the public address that is written.
    pub(super) fn public_at(&mut self, interface: InterfaceId, text: &Text) {
        let Some(address) = self.address_v4(text) else { return };
        let holder = self.network.public_owner(address.into()).filter(|it| *it != interface);
        if let Some(holder) = holder {
            let kind = self.network.interfaces()[holder].kind;
            let chosen = matches!(
                kind,
                InterfaceKind::Task(_)
                    | InterfaceKind::LoadBalancer(_)
                    | InterfaceKind::Database(_)
            );
            if !chosen || self.public.contains(&holder) {
                return self.faults.error(text.span.clone(), fault::public_taken(&text.value));
            }
            // What AWS chose gives way to what is written.
            let other = self.network.free_public_address();
            self.network.update(holder, |row: &mut Interface| {
                row.public_address = other.map(|address| PublicAddress { address, elastic: false });
            });
        }
        self.public.insert(interface);
        self.network.update(interface, |row: &mut Interface| {
            row.public_address = Some(PublicAddress { address, elastic: false });
        });
    }
}
