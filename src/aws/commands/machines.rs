//! Instances, interfaces and their addresses.

use super::Script;
use crate::cloud::{Change, InterfaceId, Thing};

impl Script<'_> {
    pub(super) fn interface(&mut self, id: InterfaceId) -> String {
        self.id(Thing::Interface(id))
    }

    /// An Elastic IP that is made on the spot.
    pub(super) fn allocated(&self) -> String {
        format!("\"{}\"", self.answer("ec2 allocate-address --domain vpc", "AllocationId"))
    }

    pub(super) fn machines(&mut self, change: &Change) {
        match change {
            Change::StartInstance { instance } => {
                let id = self.id(Thing::Instance(*instance));
                self.run(&format!("ec2 start-instances --instance-ids {id}"));
            }
            Change::StopInstance { instance } => {
                let id = self.id(Thing::Instance(*instance));
                self.run(&format!("ec2 stop-instances --instance-ids {id}"));
            }
            Change::ModifyInterfaceGroups { interface, groups } => {
                let groups = self.ids(groups, Thing::SecurityGroup);
                let id = self.interface(*interface);
                self.run(&format!(
                    "ec2 modify-network-interface-attribute --network-interface-id {id} --groups {groups}"
                ));
            }
            Change::ModifySourceDestCheck { interface, on } => {
                let (id, no) = (self.interface(*interface), if *on { "" } else { "no-" });
                self.run(&format!(
                    "ec2 modify-network-interface-attribute --network-interface-id {id} --{no}source-dest-check"
                ));
            }
            Change::AssociateAddress { interface, .. } => {
                let id = self.interface(*interface);
                let allocated = self.allocated();
                self.run(&format!(
                    "ec2 associate-address --network-interface-id {id} --allocation-id {allocated}"
                ));
            }
            Change::DisassociateAddress { interface } => {
                let id = self.interface(*interface);
                let association = self.answer(
                    &format!("ec2 describe-network-interfaces --network-interface-ids {id}"),
                    "'NetworkInterfaces[0].Association.AssociationId'",
                );
                self.run(&format!("ec2 disassociate-address --association-id \"{association}\""));
            }
            Change::AssociateAddressWith { interface, private, .. } => {
                let id = self.interface(*interface);
                let allocated = self.allocated();
                self.run(&format!(
                    "ec2 associate-address --network-interface-id {id} --private-ip-address {private} --allocation-id {allocated}"
                ));
            }
            Change::DisassociateAddressOf { interface, private } => {
                let id = self.interface(*interface);
                let query = format!(
                    "\"NetworkInterfaces[0].PrivateIpAddresses[?PrivateIpAddress=='{private}'].Association.AssociationId\""
                );
                let association = self.answer(
                    &format!("ec2 describe-network-interfaces --network-interface-ids {id}"),
                    &query,
                );
                self.run(&format!("ec2 disassociate-address --association-id \"{association}\""));
            }
            Change::AssignPrivateAddress { interface, address } => {
                let id = self.interface(*interface);
                let which = match address {
                    Some(it) => format!("--private-ip-addresses {it}"),
                    None => "--secondary-private-ip-address-count 1".to_owned(),
                };
                self.run(&format!(
                    "ec2 assign-private-ip-addresses --network-interface-id {id} {which}"
                ));
            }
            Change::UnassignPrivateAddress { interface, address } => {
                let id = self.interface(*interface);
                self.run(&format!(
                    "ec2 unassign-private-ip-addresses --network-interface-id {id} --private-ip-addresses {address}"
                ));
            }
            Change::AssignIpv6Address { interface, address } => {
                let id = self.interface(*interface);
                let which = match address {
                    Some(it) => format!("--ipv6-addresses {it}"),
                    None => "--ipv6-address-count 1".to_owned(),
                };
                self.run(&format!("ec2 assign-ipv6-addresses --network-interface-id {id} {which}"));
            }
            Change::UnassignIpv6Address { interface, address } => {
                let id = self.interface(*interface);
                self.run(&format!(
                    "ec2 unassign-ipv6-addresses --network-interface-id {id} --ipv6-addresses {address}"
                ));
            }
            Change::AttachInterface { interface, instance } => {
                let (id, to) = (self.interface(*interface), self.id(Thing::Instance(*instance)));
                self.run(&format!(
                    "ec2 attach-network-interface --network-interface-id {id} --instance-id {to} --device-index 1"
                ));
            }
            _ => {}
        }
    }
}
