//! `describe-prefix-lists`, `describe-managed-prefix-lists` and
//! `get-managed-prefix-list-entries`.

use super::{Build, notes::Item, shown};
use crate::{i18n::aws as say, net::Cidr};

impl<'d> Build<'d> {
    /// The entries of a prefix list, for `by`, who names it at `item`.
    pub(super) fn entries_of(&self, list: &str, by: &str, item: Item<'d>) -> Vec<Cidr> {
        let notes = self.notes;
        let mut cidrs = Vec::new();
        let mut known = false;
        for (_, entries) in self.dump.entries.iter().filter(|(id, _)| *id == Some(list)) {
            known = true;
            for entry in notes.objects(Some(*entries)) {
                notes.only("Entries", entry, |key| key == "Cidr");
                cidrs.extend(notes.cidr(entry.get("Cidr")));
            }
        }
        if let Some(record) = self.dump.one("PrefixLists", list)
            && !known
        {
            let blocks = record.get("Cidrs").into_iter().flat_map(Item::items);
            for block in blocks {
                known = true;
                cidrs.extend(notes.cidr(Some(block)));
            }
        }
        // Pages saved twice say the same twice.
        cidrs.sort();
        cidrs.dedup();
        if !known {
            notes.matters(item, say::no_prefix_list(by, &shown(list)));
        }
        cidrs
    }
}
