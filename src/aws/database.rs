//! `aws rds describe-db-instances`.

use super::{
    Build,
    notes::{Item, Record},
    service_interface::BySubnet,
    shown,
};
use crate::{
    cloud::{
        Database, Interface, InterfaceId, InterfaceKind, SubnetId, Thing, database::listening_on,
    },
    i18n::aws as say,
};

/// In these states a database does not answer.
const SILENT: &[&str] = &["stopped", "stopping", "starting", "creating", "deleting", "failed"];

impl<'d> Build<'d> {
    /// The databases. Their interfaces are described among all others, and do not say whose they
    /// are: the subnet, the groups and who asked for them tell.
    pub(super) fn databases(&mut self) {
        let dump = self.dump;
        if dump.all("DBInstances").is_empty() {
            return;
        }
        let described = self.interfaces_where(|it| {
            let word = |key| it.get(key).and_then(Item::as_text);
            word("RequesterId") == Some("amazon-rds")
                || word("Description") == Some("RDSNetworkInterface")
        });
        for record in dump.all("DBInstances") {
            self.database(record, &described);
        }
    }

    fn database(&mut self, record: &'d Record<'d>, described: &BySubnet<'d>) {
        let notes = self.notes;
        let name = shown(record.id);
        let group = record.get("DBSubnetGroup");
        let mut subnets: Vec<SubnetId> = Vec::new();
        for item in notes.objects(group.and_then(|it| it.get("Subnets"))) {
            let subnet = notes.text(item.get("SubnetIdentifier"));
            let Some(subnet) = subnet else { continue };
            match self.subnets.get(subnet) {
                Some(known) => subnets.push(*known),
                None => notes.harmless(item, say::association(&name, &shown(subnet))),
            }
        }
        let zone = notes.text(record.get("AvailabilityZone"));
        let in_zone = |it: &SubnetId| {
            zone.is_none_or(|zone| {
                let id = self.subnets.iter().find(|(_, subnet)| *subnet == it).map(|it| *it.0);
                let row = id.and_then(|id| self.dump.one("Subnets", id));
                let own = row.and_then(|it| it.get("AvailabilityZone")).and_then(Item::as_text);
                own.is_none_or(|own| own == zone)
            })
        };
        let here: Vec<SubnetId> = subnets.iter().copied().filter(in_zone).collect();
        let Some(&home) = here.first().or(subnets.first()) else {
            let mut named = notes.objects(group.and_then(|it| it.get("Subnets"))).into_iter();
            let first = named.find_map(|it| it.get("SubnetIdentifier")?.as_text());
            let needs = shown(first.unwrap_or("DBSubnetGroup.Subnets"));
            notes.left_out(record.item(), &name, &needs);
            return;
        };
        if let Some(state) = notes.text(record.get("DBInstanceStatus"))
            && (SILENT.contains(&state) || state.starts_with("in"))
        {
            notes.matters(record.item(), say::silent(&name, &shown(state)));
        }
        let vpc = self.network.subnets()[home].vpc;
        let groups = notes.objects(record.get("VpcSecurityGroups"));
        let ids = groups.iter().filter_map(|it| it.get("VpcSecurityGroupId"));
        let groups = self.groups_called(&name, ids, vpc);
        let free: Vec<InterfaceId> = here
            .iter()
            .flat_map(|it| described.get(it).into_iter().flatten())
            .map(|it| it.1)
            .filter(|it| self.carries(*it, &groups))
            .filter(|it| self.network.interfaces()[*it].kind == InterfaceKind::Service)
            .collect();
        if free.len() > 1 {
            notes.matters(record.item(), say::guessed_interface(&name, free.len()));
        }
        let id = self.network.databases().next_id();
        let kind = InterfaceKind::Database(id);
        let interface = match free.first() {
            Some(&it) => {
                self.network.update(it, |it: &mut Interface| it.kind = kind);
                it
            }
            None => match self.made_up_interface(&name, home, groups, kind, record.item()) {
                Some(it) => it,
                None => return,
            },
        };
        // One of the dual network type has an IPv6 address, described or not.
        let dual = notes.text(record.get("NetworkType")) == Some("DUAL");
        let six =
            self.network.interfaces()[interface].addresses.iter().any(std::net::IpAddr::is_ipv6);
        if dual && !six {
            self.made_up_ipv6(interface, record.item());
        }
        let public = notes.flag(record.get("PubliclyAccessible")) == Some(true);
        if public && self.network.interfaces()[interface].public_address.is_none() {
            notes.matters(record.item(), say::public_unknown(&name));
        }
        let endpoint = record.get("Endpoint").and_then(|it| it.get("Port"));
        let port = endpoint.or_else(|| record.get("DbInstancePort"));
        let port = notes.number(port).and_then(|it| u16::try_from(it).ok()).filter(|it| *it > 0);
        let port = port.unwrap_or_else(|| usual_port(notes.text(record.get("Engine"))));
        let database = Database {
            name: name.as_str().into(),
            subnets,
            interface,
            port,
            listening: listening_on(port),
        };
        let id = self.network.insert(database);
        self.remember(record, Thing::Database(id));
        self.call(&name, Thing::Database(id));
    }
}

/// The port that an engine has when nobody chose one
/// (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>).
fn usual_port(engine: Option<&str>) -> u16 {
    match engine.unwrap_or_default() {
        it if it.contains("postgres") => 5432,
        it if it.starts_with("oracle") => 1521,
        it if it.starts_with("sqlserver") => 1433,
        it if it.starts_with("db2") => 50000,
        _ => 3306,
    }
}
