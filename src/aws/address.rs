//! `describe-addresses`: Elastic IPs.

use std::net::IpAddr;

use super::{Build, shown};
use crate::{
    cloud::{Interface, MappedAddress, PublicAddress},
    i18n::aws as say,
};

impl Build<'_> {
    /// The interfaces say themselves which public address they have; here it is said which of these
    /// stay, and it counts where the interfaces do not say it.
    pub(super) fn addresses(&mut self) {
        let dump = self.dump;
        for record in dump.all("Addresses") {
            let notes = self.notes;
            for source in &record.sources {
                notes.only("Addresses", *source, |key| {
                    matches!(
                        key,
                        "PublicIp"
                            | "AllocationId"
                            | "AssociationId"
                            | "Domain"
                            | "PtrRecord"
                            | "PtrRecordUpdate"
                            | "InstanceId"
                            | "NetworkInterfaceId"
                            | "NetworkInterfaceOwnerId"
                            | "PrivateIpAddress"
                            | "PublicIpv4Pool"
                            | "NetworkBorderGroup"
                            | "CustomerOwnedIp"
                            | "CustomerOwnedIpv4Pool"
                            | "CarrierIp"
                            | "SubnetId"
                    )
                });
            }
            let Some(address) = notes.ipv4(record.get("PublicIp")) else { continue };
            let interface = notes.text(record.get("NetworkInterfaceId"));
            let by_instance = || {
                let instance = self.instances.get(notes.text(record.get("InstanceId"))?)?;
                self.network.instances()[*instance].interfaces.first().copied()
            };
            let Some(id) =
                interface.and_then(|it| self.interfaces.get(it).copied()).or_else(by_instance)
            else {
                continue;
            };
            let row = &self.network.interfaces()[id];
            let private = notes.address(record.get("PrivateIpAddress"));
            let primary = row.addresses.iter().find(|it| it.is_ipv4()).copied();
            if let Some(private) = private.filter(|it| Some(*it) != primary) {
                if !row.has(private) {
                    let (public, private) = (address.to_string(), IpAddr::to_string(&private));
                    let said = say::further_public(&shown(&row.name), &public, &private);
                    notes.matters(record.item(), said);
                    continue;
                }
                self.network.update(id, |it: &mut Interface| {
                    it.further_public.retain(|it| it.private != private);
                    it.further_public.push(MappedAddress { private, public: address });
                });
                continue;
            }
            self.network.update(id, |it: &mut Interface| {
                it.public_address = Some(PublicAddress { address, elastic: true });
                it.assigns_public_address = false;
            });
        }
    }
}
