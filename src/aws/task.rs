//! `aws ecs describe-tasks`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{Interface, InterfaceId, InterfaceKind, LaunchType, Listening, Task, Thing},
    i18n::aws as say,
};

impl<'d> Build<'d> {
    /// The tasks that have an interface of their own. The others share their host's, which is
    /// described with the instance.
    pub(super) fn tasks(&mut self) {
        let dump = self.dump;
        for record in dump.all("tasks") {
            let notes = self.notes;
            let id = record.id.rsplit('/').next().unwrap_or(record.id);
            let word = |key| record.get(key).and_then(Item::as_text);
            let group = word("group").map(|it| it.rsplit(':').next().unwrap_or(it));
            let name = match group {
                Some(group) => format!("{} ({})", shown(group), shown(id)),
                None => shown(id),
            };
            if matches!(word("lastStatus"), Some("STOPPED" | "DELETED" | "STOPPING")) {
                notes.gone(record.item(), &name);
                continue;
            }
            let attached = notes.objects(record.get("attachments")).into_iter().find(|it| {
                let kind = it.get("type").and_then(Item::as_text);
                kind.is_some_and(|it| it.eq_ignore_ascii_case("ElasticNetworkInterface"))
            });
            let details = notes.objects(attached.and_then(|it| it.get("details")));
            let detail = |key: &str| {
                let mut found =
                    details.iter().filter(|it| it.get("name").and_then(Item::as_text) == Some(key));
                found.next().and_then(|it| it.get("value")).and_then(Item::as_text)
            };
            let Some(subnet_id) = detail("subnetId") else {
                notes.harmless(record.item(), say::task_on_host(&name));
                continue;
            };
            let Some(&subnet) = self.subnets.get(subnet_id) else {
                notes.left_out(record.item(), &name, &shown(subnet_id));
                continue;
            };
            let known =
                detail("networkInterfaceId").and_then(|it| self.interfaces.get(it).copied());
            let kind = InterfaceKind::Task(self.network.tasks().next_id());
            let interface: InterfaceId = if let Some(interface) = known {
                self.network.update(interface, |it: &mut Interface| it.kind = kind);
                interface
            } else {
                let eni = shown(detail("networkInterfaceId").unwrap_or(id));
                // In a subnet with IPv6 alone it has no other.
                let addresses: Vec<std::net::IpAddr> = ["privateIPv4Address", "privateIPv6Address"]
                    .iter()
                    .filter_map(|it| detail(it)?.parse().ok())
                    .collect();
                if addresses.is_empty() {
                    notes.matters(record.item(), say::lacks(&name, "privateIPv4Address"));
                    continue;
                }
                // Its groups are described with its interface alone.
                notes.matters(record.item(), say::no_groups_of(&name, &eni));
                let interface = self.network.insert(Interface {
                    name: eni.into(),
                    subnet,
                    kind,
                    addresses,
                    public_address: None,
                    further_public: Vec::new(),
                    assigns_public_address: false,
                    security_groups: Vec::new(),
                    source_dest_check: true,
                });
                if let Some(eni) = detail("networkInterfaceId") {
                    self.interfaces.insert(eni, interface);
                    self.ids.insert(shown(eni), Thing::Interface(interface));
                }
                interface
            };
            let launch = match word("launchType") {
                Some("EC2") => LaunchType::Ec2,
                _ => LaunchType::Fargate,
            };
            let listening = Listening::Everywhere;
            let task = Task { name: name.as_str().into(), launch, interface, listening };
            let task = Thing::Task(self.network.insert(task));
            self.remember_task(record, task, &name, id);
            if let Some(group) = group {
                self.tags.entry(shown(group)).or_default().push(task);
            }
        }
    }

    fn remember_task(&mut self, record: &Record<'d>, task: Thing, name: &str, id: &str) {
        self.ids.insert(shown(record.id), task);
        self.ids.insert(shown(id), task);
        self.called.insert(name.into(), shown(id));
    }
}
