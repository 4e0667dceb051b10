//! `aws lambda list-functions` and `get-function-configuration`.

use super::{
    Build,
    notes::{Item, Record},
    service_interface::BySubnet,
    shown,
};
use crate::cloud::{Function, Interface, InterfaceId, InterfaceKind, SubnetId, Thing};

impl<'d> Build<'d> {
    /// The functions, in a VPC or outside.
    pub(super) fn functions(&mut self) {
        let dump = self.dump;
        if dump.all("Functions").is_empty() {
            return;
        }
        let described = self.interfaces_where(|it| {
            let text = it.get("Description").and_then(Item::as_text).unwrap_or_default();
            let kind = it.get("InterfaceType").and_then(Item::as_text);
            kind == Some("lambda") || text.starts_with("AWS Lambda VPC ENI")
        });
        for record in dump.all("Functions") {
            for source in &record.sources {
                self.notes.only("Functions", *source, is_known);
            }
            // Versions of a function stand beside it.
            let base = record.id.rsplit_once(':').map_or("", |it| it.0);
            if record.id.split(':').count() > 7 && dump.one("Functions", base).is_some() {
                continue;
            }
            self.function(record, &described);
        }
    }

    fn function(&mut self, record: &'d Record<'d>, described: &BySubnet<'d>) {
        let notes = self.notes;
        let name = shown(notes.text(record.get("FunctionName")).unwrap_or(record.id));
        let config = record.get("VpcConfig");
        let ipv6 =
            notes.flag(config.and_then(|it| it.get("Ipv6AllowedForDualStack"))) == Some(true);
        let id = self.network.insert(Function {
            name: name.as_str().into(),
            interfaces: Vec::new(),
            ipv6,
        });
        self.functions.insert(record.id, id);
        self.remember(record, Thing::Function(id));
        self.call(&name, Thing::Function(id));
        let subnets = config.and_then(|it| it.get("SubnetIds")).into_iter().flat_map(Item::items);
        let mut found: Vec<(SubnetId, Item<'d>)> = Vec::new();
        for item in subnets {
            let Some(subnet) = notes.text(Some(item)) else { continue };
            match self.subnets.get(subnet) {
                Some(known) => found.push((*known, item)),
                None => notes.without_part(item, &name, &shown(subnet)),
            }
        }
        let Some(&(first, _)) = found.first() else { return };
        let vpc = self.network.subnets()[first].vpc;
        let groups = config.and_then(|it| it.get("SecurityGroupIds"));
        let groups = self.groups_called(&name, groups.into_iter().flat_map(Item::items), vpc);
        let mut interfaces: Vec<InterfaceId> = Vec::new();
        for (subnet, item) in found {
            let mine = described.get(&subnet).into_iter().flatten();
            let mine = mine.filter(|(_, it)| self.carries(*it, &groups)).map(|it| it.1);
            // Functions with the same groups share one; each that is its own is taken first.
            let free =
                |it: &InterfaceId| self.network.interfaces()[*it].kind == InterfaceKind::Service;
            let (free, shared): (Vec<_>, Vec<_>) = mine.partition(free);
            if let Some(&interface) = free.first() {
                self.network.update(interface, |it: &mut Interface| {
                    it.kind = InterfaceKind::Function(id);
                });
                interfaces.push(interface);
            } else if let Some(&interface) = shared.first() {
                interfaces.push(interface);
            } else {
                let kind = InterfaceKind::Function(id);
                let made = self.made_up_interface(&name, subnet, groups.clone(), kind, item);
                if let Some(made) = made.filter(|_| ipv6) {
                    self.made_up_ipv6(made, item);
                }
                interfaces.extend(made);
            }
        }
        self.network.update(id, |it: &mut Function| it.interfaces = interfaces);
    }
}

fn is_known(key: &str) -> bool {
    key.starts_with("State")
        || key.starts_with("LastUpdate")
        || matches!(
            key,
            "FunctionName"
                | "Runtime"
                | "Role"
                | "Handler"
                | "CodeSize"
                | "Timeout"
                | "MemorySize"
                | "LastModified"
                | "CodeSha256"
                | "ConfigSha256"
                | "Version"
                | "VpcConfig"
                | "DeadLetterConfig"
                | "Environment"
                | "TracingConfig"
                | "RevisionId"
                | "Layers"
                | "FileSystemConfigs"
                | "PackageType"
                | "ImageConfigResponse"
                | "Architectures"
                | "EphemeralStorage"
                | "SnapStart"
                | "RuntimeVersionConfig"
                | "LoggingConfig"
                | "TenancyConfig"
                | "CapacityProviderConfig"
                | "DurableConfig"
        )
}
