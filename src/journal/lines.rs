//! The journal as text: one entry a line, as JSON, for another machine or for reading.

use std::io::{BufRead, ErrorKind, Write};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::journal::{Entry, EntryId, Error, Journal, Merged, Moment, store};

/// What an import did.
pub type Imported = Merged;

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    id: String,
    at: String,
    #[serde(borrow)]
    event: &'a RawValue,
}

impl Journal {
    /// Writes every entry as a line of JSON, in the order of their ids:
    /// `{"id":"...","at":"2026-07-01T21:00:00.123+09:00","event":{...}}`.
    pub fn export(&self, mut writer: impl Write) -> Result<(), Error> {
        for entry in self.entries()? {
            // No version writes what is no JSON; what it is worth, it can only be worth where it is.
            if let Some(line) = write(&entry) {
                writeln!(writer, "{line}")?;
            }
        }
        writer.flush()?;
        Ok(())
    }

    /// Takes over the entries of an export that are not in this journal yet. Empty lines are
    /// skipped.
    ///
    /// # Errors
    /// [`Error::Line`] names the first line that cannot be read; nothing was taken over then.
    pub fn import(&mut self, reader: impl BufRead) -> Result<Imported, Error> {
        let tx = self.db().transaction()?;
        let mut imported = Imported::default();
        for (index, text) in reader.lines().enumerate() {
            let fault = |reason: String| Error::Line { line: index + 1, reason };
            let text = text.map_err(|error| match error.kind() {
                ErrorKind::InvalidData => fault("it is no text".into()),
                _ => Error::Io(error),
            })?;
            if text.trim().is_empty() {
                continue;
            }
            let (id, when, event) = parts(&text).map_err(fault)?;
            if store::insert(&tx, id, when, event.get())? {
                imported.added += 1;
            } else {
                imported.known += 1;
            }
        }
        tx.commit()?;
        Ok(imported)
    }
}

/// An entry as a line, unless it holds no JSON.
fn write(entry: &Entry) -> Option<String> {
    // Between its words JSON may break lines; an entry must not.
    let json = entry.event.to_json().replace(['\n', '\r'], " ");
    let event = serde_json::from_str::<&RawValue>(&json).ok()?;
    let line = Line { id: entry.id.to_string(), at: entry.when.to_string(), event };
    serde_json::to_string(&line).ok()
}

/// What a line says, or why it cannot be read.
fn parts(text: &str) -> Result<(EntryId, Moment, &RawValue), String> {
    let line: Line<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let id = line.id.parse().map_err(|_| format!("`{}` is no id", line.id))?;
    let when = line.at.parse().map_err(|_| format!("`{}` is no time", line.at))?;
    Ok((id, when, line.event))
}
