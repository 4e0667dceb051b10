//! `describe-instances`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{
        Forwarding, Instance, InstanceId, InstanceState, Interface, InterfaceKind, Listening,
        PublicAddress, Thing,
    },
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The instances, still without interfaces.
    pub(super) fn instances(&mut self) {
        let dump = self.dump;
        for record in dump.all("Instances") {
            let notes = self.notes;
            for source in &record.sources {
                notes.only("Instances", *source, is_known);
            }
            let state = record.get("State").and_then(|it| notes.text(it.get("Name")));
            if matches!(state, Some("terminated" | "shutting-down")) {
                notes.gone(record.item(), &shown(record.id));
                continue;
            }
            if is_classic(record, state) {
                notes.harmless(record.item(), say::classic(&shown(record.id)));
                continue;
            }
            let runs = matches!(state, None | Some("running"));
            let name = Self::name(record, None);
            let instance = self.instance(name, runs);
            self.instances.insert(record.id, instance);
            self.remember(record, Thing::Instance(instance));
        }
    }

    /// Puts an instance. What listens inside is not in any description: everything is taken to.
    fn instance(&mut self, name: crate::cloud::Name, runs: bool) -> InstanceId {
        self.network.insert(Instance {
            name,
            state: if runs { InstanceState::Running } else { InstanceState::Stopped },
            interfaces: Vec::new(),
            listening: Listening::Everywhere,
            forwarding: Forwarding::Off,
        })
    }

    /// The instance that an interface is attached to, described or not.
    pub(super) fn instance_of(&mut self, id: &'d str, item: Item<'d>) -> Option<InstanceId> {
        if let Some(&known) = self.instances.get(id) {
            return Some(known);
        }
        if self.dump.one("Instances", id).is_some() {
            // It is terminated.
            return None;
        }
        self.notes.harmless(item, say::instance_made_up(&shown(id)));
        let made = self.instance(shown(id).into(), true);
        self.instances.insert(id, made);
        self.ids.insert(shown(id), Thing::Instance(made));
        Some(made)
    }

    /// Instances whose interfaces nobody describes have the one that stands in their own entry.
    pub(super) fn instance_interfaces(&mut self) {
        let dump = self.dump;
        for record in dump.all("Instances") {
            let Some(&instance) = self.instances.get(record.id) else { continue };
            if !self.network.instances()[instance].interfaces.is_empty() {
                continue;
            }
            let notes = self.notes;
            let subnet = notes.text(record.get("SubnetId"));
            let subnet = subnet.and_then(|it| self.subnets.get(it).copied());
            let addresses: Vec<_> = ["PrivateIpAddress", "Ipv6Address"]
                .iter()
                .filter_map(|key| notes.address(record.get(key)))
                .collect();
            let Some(subnet) = subnet.filter(|_| !addresses.is_empty()) else {
                notes.matters(record.item(), say::no_interface(&shown(record.id)));
                continue;
            };
            let vpc = self.network.subnets()[subnet].vpc;
            let id = shown(record.id);
            let mut security_groups = Vec::new();
            for group in notes.objects(record.get("SecurityGroups")) {
                if let Some(name) = notes.text(group.get("GroupId")) {
                    security_groups.push(self.group_of(&id, name, vpc, group));
                }
            }
            let public = notes.ipv4(record.get("PublicIpAddress"));
            let name = self.network.instances()[instance].name.clone();
            let source_dest_check = notes.flag(record.get("SourceDestCheck")) != Some(false);
            let interface = self.network.insert(Interface {
                name,
                subnet,
                kind: InterfaceKind::Instance(instance),
                addresses,
                public_address: public.map(|address| PublicAddress { address, elastic: false }),
                further_public: Vec::new(),
                assigns_public_address: public.is_some(),
                security_groups,
                source_dest_check,
            });
            self.network.update(instance, |it: &mut Instance| it.interfaces.push(interface));
            self.forwarding(instance, record.item());
        }
    }

    /// Who turns the source/destination check off means to forward; what exactly is done inside no
    /// description says.
    pub(super) fn forwarding(&mut self, id: InstanceId, item: Item<'d>) {
        let instance = &self.network.instances()[id];
        let mut interfaces = instance.interfaces.iter().map(|it| &self.network.interfaces()[*it]);
        if instance.forwarding != Forwarding::Off
            || interfaces.clone().all(|it| it.source_dest_check)
        {
            return;
        }
        let translates = interfaces.any(|it| it.public_address.is_some());
        let name = instance.name.to_string();
        self.notes.matters(item, say::forwards(&name, translates));
        let forwarding = if translates { Forwarding::Translates } else { Forwarding::Routes };
        self.network.update(id, |it: &mut Instance| it.forwarding = forwarding);
    }
}

/// Is it outside of every VPC, where EC2-Classic was? `describe-classic-link-instances` names one by
/// its groups alone, and the VPC that it was linked to.
fn is_classic(record: &Record, state: Option<&str>) -> bool {
    let link = |it: &&Item| it.get("Groups").is_some() && it.get("ImageId").is_none();
    let own: Vec<&Item> = record.sources.iter().filter(|it| !link(it)).collect();
    let silent = |key: &&str| own.iter().all(|it| it.get(key).is_none_or(Item::is_nothing));
    own.is_empty()
        || state.is_some_and(|it| it != "stopped")
            && ["VpcId", "SubnetId", "NetworkInterfaces"].iter().all(silent)
            && record.get("PrivateIpAddress").is_some()
}

fn is_known(key: &str) -> bool {
    // Read.
    matches!(
        key,
        "InstanceId"
            | "Groups"
            | "State"
            | "NetworkInterfaces"
            | "PrivateIpAddress"
            | "PublicIpAddress"
            | "SubnetId"
            | "VpcId"
            | "SecurityGroups"
            | "SourceDestCheck"
            | "Ipv6Address"
    ) || matches!(
        // Says nothing about packets, or says again what its interfaces say.
        key,
        "AmiLaunchIndex"
            | "Architecture"
            | "BlockDeviceMappings"
            | "BootMode"
            | "CapacityBlockId"
            | "CapacityReservationId"
            | "CapacityReservationSpecification"
            | "CpuOptions"
            | "CurrentInstanceBootMode"
            | "EbsOptimized"
            | "ElasticGpuAssociations"
            | "ElasticInferenceAcceleratorAssociations"
            | "EnaSupport"
            | "EnclaveOptions"
            | "HibernationOptions"
            | "Hypervisor"
            | "IamInstanceProfile"
            | "ImageId"
            | "InstanceLifecycle"
            | "InstanceType"
            | "KernelId"
            | "KeyName"
            | "LaunchTime"
            | "Licenses"
            | "MaintenanceOptions"
            | "MetadataOptions"
            | "Monitoring"
            | "NetworkPerformanceOptions"
            | "Placement"
            | "Platform"
            | "PlatformDetails"
            | "PrivateDnsName"
            | "PrivateDnsNameOptions"
            | "ProductCodes"
            | "PublicDnsName"
            | "RamdiskId"
            | "RootDeviceName"
            | "RootDeviceType"
            | "SpotInstanceRequestId"
            | "SriovNetSupport"
            | "StateReason"
            | "StateTransitionReason"
            | "TpmSupport"
            | "UsageOperation"
            | "UsageOperationUpdateTime"
            | "VirtualizationType"
    )
}
