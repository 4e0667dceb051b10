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

use serde::{Deserialize, Serialize};

use crate::journal::{Entry, Progress, lines, open};

/// The digest's file, beside the journal.
const FILE: &str = "glance.jsonl";

/// Its first line.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// The files of the journal, as they were.
    state: String,
    /// How many entries follow.
    entries: usize,
}

/// The entries that the first screen needs, if the digest of this folder is good.
pub fn read(dir: &Path) -> Option<Vec<Entry>> {
    let text = fs::read_to_string(dir.join(FILE)).ok()?;
    let mut lines = text.lines();
    let head: Head = serde_json::from_str(lines.next()?).ok()?;
    if head.state != open::only_state(dir)? {
        return None;
    }
    let entries: Option<Vec<_>> = lines.map(|line| lines::read(line).ok()).collect();
    entries.filter(|entries| entries.len() == head.entries)
}

/// Leaves the digest for the next start. To be called when the journal is closed.
///
/// # Errors
/// The folder cannot be written to. Nothing is lost: the next start reads the journal first.
pub fn write(dir: &Path, progress: &Progress) -> io::Result<()> {
    let Some(state) = open::only_state(dir) else { return Ok(()) };
    let entries = progress.digest();
    let mut text = serde_json::to_string(&Head { state, entries: entries.len() })?;
    text.push('\n');
    for entry in &entries {
        if let Some(line) = lines::write(entry) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    // Half a file has too few lines, and counts for nothing.
    fs::write(dir.join(FILE), text)
}
