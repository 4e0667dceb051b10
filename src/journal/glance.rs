//! What the first screen shows of a journal, at hand without opening it.
//!
//! Opening a database and reading all of a long log takes longer than everything else that
//! happens before the first frame. So when the program ends it leaves a digest beside the journal:
//! a few entries from which the first screen comes out the same, and the state of the journal's
//! files. As long as those have not changed since, the digest is good; otherwise (another copy has
//! written, a kill left a log behind, there are several files) it counts for nothing. The journal
//! itself is read right after the first frame in any case: a digest is never written back, merged,
//! or needed.

use std::{fs, io, path::Path};

use jiff::{Timestamp, tz::Offset};
use serde::{Deserialize, Serialize};

use crate::journal::{Entry, EntryId, Event, Moment, Progress, open};

/// The digest's file, beside the journal.
const FILE: &str = "glance.json";

#[derive(Serialize, Deserialize)]
struct Digest {
    /// The files of the journal, as they were.
    state: String,
    entries: Vec<Row>,
}

/// An entry as it is read fastest: its id in two halves, milliseconds since 1970, seconds east of
/// UTC, and what happened.
#[derive(Serialize, Deserialize)]
struct Row(u64, u64, i64, i32, Event);

/// The entries that the first screen needs, if the digest of this folder is good.
pub fn read(dir: &Path) -> Option<Vec<Entry>> {
    let bytes = fs::read(dir.join(FILE)).ok()?;
    let digest: Digest = serde_json::from_slice(&bytes).ok()?;
    if digest.state != open::only_state(dir)? {
        return None;
    }
    digest.entries.into_iter().map(Row::entry).collect()
}

/// Leaves the digest for the next start. To be called when the journal is closed.
///
/// # Errors
/// The folder cannot be written to. Nothing is lost: the next start reads the journal first.
pub fn write(dir: &Path, progress: &Progress) -> io::Result<()> {
    let Some(state) = open::only_state(dir) else { return Ok(()) };
    let entries = progress.digest().into_iter().map(Row::of).collect();
    // Half a file is no JSON, and counts for nothing.
    fs::write(dir.join(FILE), serde_json::to_vec(&Digest { state, entries })?)
}

impl Row {
    fn of(Entry { id, when, event }: Entry) -> Self {
        let id = u128::from_be_bytes(*id.as_bytes());
        let (at, offset) = (when.at().as_millisecond(), when.offset().seconds());
        Self((id >> 64) as u64, id as u64, at, offset, event)
    }

    fn entry(self) -> Option<Entry> {
        let Self(high, low, at, offset, event) = self;
        let id = u128::from(high) << 64 | u128::from(low);
        let at = Timestamp::from_millisecond(at).ok()?;
        let when = Moment::new(at, Offset::from_seconds(offset).ok()?);
        Some(Entry { id: EntryId::from_bytes(id.to_be_bytes())?, when, event })
    }
}
