//! `describe-network-interfaces`.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
};

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        Instance, InstanceId, Interface, InterfaceId, InterfaceKind, MappedAddress, Network,
        PublicAddress, SubnetId, Thing,
    },
    i18n::aws as say,
    net::Cidr,
};

/// Prefixes given to an interface are entered address by address up to this many.
const FEW_ADDRESSES: u128 = 256;

impl<'d> Build<'d> {
    /// The interfaces, each attached to its instance. Those of a service that is not known belong to
    /// that service, which is taken to answer.
    pub(super) fn interfaces(&mut self) {
        let dump = self.dump;
        // By instance: where an interface stands among the others, and which it is.
        let mut attached: Vec<(InstanceId, i64, InterfaceId)> = Vec::new();
        let mut items: BTreeMap<InterfaceId, Item<'d>> = BTreeMap::new();
        for record in dump.all("NetworkInterfaces") {
            for source in &record.sources {
                self.notes.only("NetworkInterfaces", *source, is_known);
            }
            let notes = self.notes;
            let id = shown(record.id);
            let Some(subnet) = self.subnet_of(record, &id) else { continue };
            let attachment = record.get("Attachment");
            let owner = attachment
                .and_then(|it| notes.text(it.get("InstanceId")))
                .and_then(|it| self.instance_of(it, record.item()));
            let device = attachment.and_then(|it| notes.number(it.get("DeviceIndex"))).unwrap_or(0);
            let kind = match owner {
                Some(instance) => InterfaceKind::Instance(instance),
                None if attachment.is_none()
                    && notes.text(record.get("Status")) == Some("available") =>
                {
                    InterfaceKind::Unattached
                }
                // A service's, or nobody says whose: somebody is taken to stand behind it.
                None => InterfaceKind::Service,
            };
            let addresses = self.private_addresses(record, &id, subnet);
            let (public_address, further_public) = self.public_address(record, &addresses);
            let vpc = self.network.subnets()[subnet].vpc;
            let mut security_groups = Vec::new();
            for group in notes.objects(record.get("Groups")) {
                if let Some(name) = notes.text(group.get("GroupId")) {
                    let group = self.group_of(&id, name, vpc, group);
                    if !security_groups.contains(&group) {
                        security_groups.push(group);
                    }
                }
            }
            let interface = self.network.insert(Interface {
                name: Self::name(record, None),
                subnet,
                kind,
                further_public,
                assigns_public_address: public_address.is_some_and(|it| !it.elastic),
                addresses,
                public_address,
                security_groups,
                source_dest_check: notes.flag(record.get("SourceDestCheck")) != Some(false),
            });
            self.large_prefixes(record, interface);
            self.interfaces.insert(record.id, interface);
            self.remember(record, Thing::Interface(interface));
            if let Some(instance) = owner {
                attached.push((instance, device, interface));
                items.insert(interface, record.item());
            }
        }
        attached.sort_by_key(|(_, device, _)| *device);
        for (instance, _, interface) in &attached {
            let interface = *interface;
            self.network.update(*instance, |it: &mut Instance| it.interfaces.push(interface));
        }
        for (instance, _, interface) in attached {
            self.forwarding(instance, items[&interface]);
        }
    }

    fn subnet_of(&self, record: &Record<'d>, id: &str) -> Option<SubnetId> {
        let notes = self.notes;
        let Some(subnet) = notes.text(record.get("SubnetId")) else {
            notes.matters(record.item(), say::lacks(id, "SubnetId"));
            return None;
        };
        let known = self.subnets.get(subnet).copied();
        if known.is_none() {
            notes.left_out(record.item(), id, &shown(subnet));
        }
        known
    }

    /// The private addresses, the primary first, and IPv6 behind them.
    fn private_addresses(&self, record: &Record<'d>, id: &str, subnet: SubnetId) -> Vec<IpAddr> {
        let notes = self.notes;
        let mut addresses: Vec<IpAddr> = Vec::new();
        addresses.extend(notes.address(record.get("PrivateIpAddress")));
        for item in notes.objects(record.get("PrivateIpAddresses")) {
            notes.only("NetworkInterfaces.PrivateIpAddresses", item, |key| {
                matches!(key, "PrivateIpAddress" | "Primary" | "Association" | "PrivateDnsName")
            });
            let Some(address) = notes.address(item.get("PrivateIpAddress")) else { continue };
            if addresses.contains(&address) {
                continue;
            }
            if notes.flag(item.get("Primary")) == Some(true) {
                addresses.insert(0, address);
            } else {
                addresses.push(address);
            }
        }
        for item in notes.objects(record.get("Ipv4Prefixes")) {
            let prefix = notes.cidr(item.get("Ipv4Prefix"));
            addresses.extend(prefix.into_iter().flat_map(|it| self.every_address(id, it, item)));
        }
        for item in notes.objects(record.get("Ipv6Addresses")) {
            addresses.extend(notes.address(item.get("Ipv6Address")));
        }
        if addresses.iter().all(IpAddr::is_ipv4) {
            addresses.extend(notes.address(record.get("Ipv6Address")));
        }
        for item in notes.objects(record.get("Ipv6Prefixes")) {
            let prefix = notes.cidr(item.get("Ipv6Prefix"));
            addresses.extend(prefix.into_iter().flat_map(|it| self.every_address(id, it, item)));
        }
        let place = &self.network.subnets()[subnet];
        for &address in &addresses {
            if !place.contains(address) {
                let said = say::outside(id, &address.to_string(), &place.name);
                notes.matters(record.item(), said);
            }
            if let Some(other) = self.network.interface_in(place.vpc, address) {
                let other = &self.network.interfaces()[other].name;
                notes.matters(record.item(), say::address_twice(id, &address.to_string(), other));
            }
        }
        addresses
    }

    /// Keeps the prefixes of an interface whose addresses are not entered one by one.
    fn large_prefixes(&mut self, record: &Record<'d>, interface: InterfaceId) {
        for (list, key) in [("Ipv4Prefixes", "Ipv4Prefix"), ("Ipv6Prefixes", "Ipv6Prefix")] {
            for item in record.get(list).into_iter().flat_map(Item::items) {
                let prefix = item.get(key).and_then(Item::as_text).and_then(|it| it.parse().ok());
                let large = prefix.filter(|it: &Cidr| it.size() > FEW_ADDRESSES);
                self.prefixes.extend(large.map(|it| (it, interface)));
            }
        }
    }

    fn every_address(&self, id: &str, prefix: Cidr, item: Item<'d>) -> Vec<IpAddr> {
        if prefix.size() > FEW_ADDRESSES {
            self.notes.matters(item, say::delegated_prefix(id, &prefix.to_string()));
            return Vec::new();
        }
        (0..prefix.size()).filter_map(|place| prefix.nth(place)).collect()
    }

    /// The public address of the primary private one, and those of further ones.
    fn public_address(
        &self,
        record: &Record<'d>,
        addresses: &[IpAddr],
    ) -> (Option<PublicAddress>, Vec<MappedAddress>) {
        let notes = self.notes;
        let of = |association: Item<'d>| -> Option<(Ipv4Addr, bool)> {
            notes.only("NetworkInterfaces.Association", association, |key| {
                matches!(
                    key,
                    "PublicIp"
                        | "PublicDnsName"
                        | "IpOwnerId"
                        | "AllocationId"
                        | "AssociationId"
                        | "CarrierIp"
                        | "CustomerOwnedIp"
                )
            });
            for key in ["CarrierIp", "CustomerOwnedIp"] {
                if let Some(other) = association.get(key).filter(|it| !it.is_nothing()) {
                    notes.matters(other, say::unknown_key("NetworkInterfaces.Association", key));
                }
            }
            let address = notes.ipv4(association.get("PublicIp"))?;
            let pool = notes.text(association.get("IpOwnerId")) == Some("amazon");
            let allocated = association.get("AllocationId").is_some();
            Some((address, allocated || !pool))
        };
        let (mut found, mut further) = (None, Vec::new());
        for item in notes.objects(record.get("PrivateIpAddresses")) {
            let Some(association) = item.get("Association") else { continue };
            let Some((public, elastic)) = of(association) else { continue };
            let private = notes.address(item.get("PrivateIpAddress"));
            if private.is_none() || private == addresses.first().copied() {
                found = Some(PublicAddress { address: public, elastic });
            } else if let Some(private) = private {
                further.push(MappedAddress { private, public });
            }
        }
        let primary = found.or_else(|| {
            let (address, elastic) = of(record.get("Association")?)?;
            // It may be the one of a further address, which is known already.
            let known = further.iter().any(|it| it.public == address);
            (!known).then_some(PublicAddress { address, elastic })
        });
        (primary, further)
    }
}

/// Enters an address of a prefix that an interface was given: all of them lead to it
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html>).
pub(super) fn enter_delegated(
    network: &mut Network,
    prefixes: &[(Cidr, InterfaceId)],
    address: IpAddr,
) {
    for &(_, id) in prefixes.iter().filter(|it| it.0.contains(address)) {
        if network.interface_in(network.vpc_of(id), address).is_none() {
            network.update(id, |it: &mut Interface| it.addresses.push(address));
        }
    }
}

fn is_known(key: &str) -> bool {
    // Read.
    matches!(
        key,
        "NetworkInterfaceId"
            | "SubnetId"
            | "VpcId"
            | "Attachment"
            | "Status"
            | "InterfaceType"
            | "RequesterManaged"
            | "RequesterId"
            | "PrivateIpAddress"
            | "PrivateIpAddresses"
            | "Association"
            | "Ipv4Prefixes"
            | "Ipv6Address"
            | "Ipv6Addresses"
            | "Ipv6Prefixes"
            | "Groups"
            | "SourceDestCheck"
    ) || matches!(
        // Decides about no packet.
        key,
        "AvailabilityZone"
            | "AvailabilityZoneId"
            | "MacAddress"
            | "PrivateDnsName"
            | "PublicDnsName"
            | "PublicIpDnsNameOptions"
            | "ConnectionTrackingConfiguration"
            | "DenyAllIgwTraffic"
            | "Ipv6Native"
            | "AssociatedSubnets"
    )
}
