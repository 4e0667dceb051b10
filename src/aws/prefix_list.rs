//! `describe-prefix-lists`, `describe-managed-prefix-lists` and
//! `get-managed-prefix-list-entries`.

use super::{
    Build,
    notes::{Item, Record},
    shown,
};
use crate::{
    cloud::{PrefixList, PrefixListId, Thing},
    i18n::aws as say,
    net::Cidr,
};

impl<'d> Build<'d> {
    /// The prefix lists that are described. AWS's own are described twice over; only
    /// `describe-prefix-lists` tells their blocks.
    pub(super) fn prefix_lists(&mut self) {
        let dump = self.dump;
        for noun in ["ManagedPrefixLists", "PrefixLists"] {
            for record in dump.all(noun) {
                for source in &record.sources {
                    self.notes.only(noun, *source, |key| {
                        matches!(
                            key,
                            "PrefixListId"
                                | "PrefixListName"
                                | "AddressFamily"
                                | "Cidrs"
                                | "State"
                                | "StateMessage"
                                | "MaxEntries"
                                | "Version"
                                | "IpamPrefixListResolverSyncEnabled"
                                | "IpamPrefixListResolverTargetId"
                        )
                    });
                }
                if !self.prefix_lists.contains_key(record.id) {
                    self.described_list(record, noun == "PrefixLists");
                }
            }
        }
        for list in dump.loose("Entries") {
            if list.owner("PrefixListId", "pl-").is_none() && !list.item.is_nothing() {
                self.notes.matters(list.item, say::whose_entries());
            }
        }
    }

    fn described_list(&mut self, record: &Record<'d>, of_service: bool) {
        let name = self.notes.text(record.get("PrefixListName"));
        let owner = record.get("OwnerId").and_then(Item::as_text);
        let by_aws = of_service
            || owner == Some("AWS")
            || name.is_some_and(|it| it.starts_with("com.amazonaws."));
        let cidrs = self.entries_of(record.id).unwrap_or_default();
        let name = Self::name(record, name);
        let list = self.network.insert(PrefixList { name, cidrs, by_aws });
        self.prefix_lists.insert(record.id, list);
        self.remember(record, Thing::PrefixList(list));
    }

    /// The blocks of a list; `None` when nobody tells them.
    fn entries_of(&self, id: &str) -> Option<Vec<Cidr>> {
        let notes = self.notes;
        let mut cidrs = Vec::new();
        let mut known = false;
        for list in self.dump.loose("Entries") {
            if list.owner("PrefixListId", "pl-") != Some(id) {
                continue;
            }
            known = true;
            for entry in notes.objects(Some(list.item)) {
                notes.only("Entries", entry, |key| key == "Cidr");
                cidrs.extend(notes.cidr(entry.get("Cidr")));
            }
        }
        for noun in ["PrefixLists", "ManagedPrefixLists"] {
            let Some(record) = self.dump.one(noun, id).filter(|_| !known) else { continue };
            for block in record.get("Cidrs").into_iter().flat_map(Item::items) {
                known = true;
                cidrs.extend(notes.cidr(Some(block)));
            }
        }
        // Pages saved twice say the same twice.
        cidrs.sort();
        cidrs.dedup();
        known.then_some(cidrs)
    }

    /// The prefix list that `by` names at `item`. One that nobody describes is empty.
    pub(super) fn prefix_list(&mut self, id: &'d str, by: &str, item: Item<'d>) -> PrefixListId {
        let known = self.prefix_lists.get(id).copied();
        if known.is_none_or(|it| self.network.prefix_lists()[it].cidrs.is_empty())
            && self.entries_of(id).is_none()
        {
            self.notes.matters(item, say::no_prefix_list(by, &shown(id)));
        }
        if let Some(known) = known {
            return known;
        }
        let cidrs = self.entries_of(id).unwrap_or_default();
        let list = self.network.insert(PrefixList { name: shown(id).into(), cidrs, by_aws: false });
        self.prefix_lists.insert(id, list);
        self.ids.insert(shown(id), Thing::PrefixList(list));
        list
    }
}
