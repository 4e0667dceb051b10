//! The log in SQLite.

use std::{path::Path, time::Duration};

use jiff::{Timestamp, tz::Offset};
use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior,
    config::DbConfig, params,
};
use rusqlite_migration::{M, Migrations};

use crate::journal::{Aliases, Entry, EntryId, Error, Event, Moment, Progress, Unsaved, open};

/// Says in the file's header that it is a journal of ours: `hnlg`.
pub(super) const APPLICATION_ID: i32 = 0x686e_6c67;

/// How long to wait for another running copy, which holds the file for a millisecond at a time.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How the file came to its shape. A migration that was published is never changed, only
/// followed by another, and each must fail when run twice: of two copies that start together,
/// the second one then finds the work done.
const STEPS: &[M<'static>] = &[M::up(
    "PRAGMA application_id = 0x686e6c67;

     -- `seq` is the order of arrival in this file: where a reader stopped. `id` is the name of
     -- the entry on all machines. `at` is in milliseconds since 1970, `offset` in seconds east
     -- of UTC. `event` is JSON; a CHECK of that would double the time of looking a file over at
     -- each start, so the program sees to it.
     CREATE TABLE log (
         seq INTEGER PRIMARY KEY,
         id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
         at INTEGER NOT NULL,
         offset INTEGER NOT NULL,
         event TEXT NOT NULL
     ) STRICT;
     CREATE TRIGGER log_stays BEFORE UPDATE ON log
         BEGIN SELECT raise(ABORT, 'the log only grows'); END;
     CREATE TRIGGER log_keeps BEFORE DELETE ON log
         BEGIN SELECT raise(ABORT, 'the log only grows'); END;

     -- Other journals in the same folder, and what of them was taken over already.
     CREATE TABLE absorbed (
         file TEXT PRIMARY KEY,
         state TEXT NOT NULL
     ) STRICT, WITHOUT ROWID;",
)];

/// The newest format of the file that this program knows.
pub(super) const KNOWN: u32 = STEPS.len() as u32;

/// The log, in a file or in memory.
#[derive(Debug)]
pub struct Journal {
    db: Connection,
    /// Random, drawn when the journal was opened: tells ids of different writers apart.
    writer: u64,
    /// Written as soon as that is possible again.
    waiting: Vec<Entry>,
}

/// How far a reader has come in a journal. Belongs to one opened journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor(i64);

/// What a merge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// How many entries were new.
    pub added: usize,
    /// How many were there already.
    pub known: usize,
}

impl Journal {
    /// A journal that is gone when the program ends.
    pub fn in_memory() -> Result<Self, Error> {
        Self::over(Connection::open_in_memory()?)
    }

    /// The journal in a database that was found fit ([`open::look`]), or is new.
    pub(super) fn over(mut db: Connection) -> Result<Self, Error> {
        // SQLite opens what it may not write to for reading, without a word.
        if db.is_readonly("main")? {
            return Err(Error::ReadOnly);
        }
        db.pragma_update(None, "query_only", false)?;
        db.busy_timeout(PATIENCE)?;
        match db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            // Another copy is just making the file: it will do this, or the next one. Without it,
            // as on file systems that cannot do it, all is as safe, and a little slower.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
            other => other?,
        }
        // Every commit is on the disk before it is confirmed.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "trusted_schema", "OFF")?;
        db.set_transaction_behavior(TransactionBehavior::Immediate);
        db.set_prepared_statement_cache_capacity(32);
        let migrations = Migrations::from_slice(STEPS);
        if let Err(error) = migrations.to_latest(&mut db)
            && migrations.pending_migrations(&db)? != 0
        {
            return Err(error.into());
        }
        let writer: i64 = db.query_row("SELECT random()", [], |row| row.get(0))?;
        let mut journal = Self { db, writer: writer.cast_unsigned(), waiting: Vec::new() };
        match journal.try_append() {
            // Not the file's fault; the first append will say so if it is still the case.
            Ok(()) | Err(Error::Busy | Error::Full) => {}
            Err(Error::ReadOnly) => return Err(Error::ReadOnly),
            Err(why) => return Err(Error::Damaged(why.to_string())),
        }
        // It is sound: SQLite may put its small files away afterwards.
        journal.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(journal)
    }

    /// Goes the way of an append, and takes it back: damage that shows only then shows here.
    fn try_append(&mut self) -> Result<(), Error> {
        let tx = self.db.transaction()?;
        let now = Moment::utc(Timestamp::UNIX_EPOCH);
        let id = EntryId::next(now.at(), newest_id(&tx, now)?, self.writer);
        insert(&tx, id, now, "{}")?;
        tx.query_row(
            "SELECT seq, id, at, offset, event FROM log WHERE id = ?1",
            [id.as_bytes()],
            |_| Ok(()),
        )?;
        tx.rollback()?;
        Ok(())
    }

    /// Writes an event down. When this returns the entry, it is on the disk.
    ///
    /// # Errors
    /// [`Unsaved`]: it is not on the disk yet, and waits in memory for the next write.
    pub fn append(&mut self, when: Moment, event: Event) -> Result<Entry, Unsaved> {
        match self.write(when, &event) {
            Ok(id) => Ok(Entry { id, when, event }),
            Err(why) => {
                let newest = self.waiting.last().map(|entry| entry.id);
                let newest = newest.max(newest_id(&self.db, when).ok().flatten());
                let id = EntryId::next(when.at(), newest, self.writer);
                let entry = Entry { id, when, event };
                self.waiting.push(entry.clone());
                Err(Unsaved { entry: Box::new(entry), why })
            }
        }
    }

    fn write(&mut self, when: Moment, event: &Event) -> Result<EntryId, Error> {
        let tx = self.db.transaction()?;
        insert_all(&tx, &self.waiting)?;
        let id = EntryId::next(when.at(), newest_id(&tx, when)?, self.writer);
        if !insert(&tx, id, when, &event.to_json())? {
            return Err(Error::Damaged(format!("it has an entry {id} already")));
        }
        tx.commit()?;
        self.waiting.clear();
        Ok(id)
    }

    /// Tries again to write what could not be written.
    pub fn flush(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let tx = self.db.transaction()?;
        insert_all(&tx, &self.waiting)?;
        tx.commit()?;
        self.waiting.clear();
        Ok(())
    }

    /// How many entries are not on the disk yet.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Everything that follows from the log, and how far it goes.
    pub fn progress(&self, aliases: Aliases) -> Result<(Progress, Cursor), Error> {
        let mut progress = Progress::new(aliases);
        let cursor = self.read(Cursor::default(), |entry| progress.apply(&entry))?;
        Ok((progress, cursor))
    }

    /// The entries that arrived after the cursor: from this copy of the program, another one, or
    /// a merge; and the cursor behind them.
    pub fn changes_since(&self, cursor: Cursor) -> Result<(Vec<Entry>, Cursor), Error> {
        let mut entries = Vec::new();
        let cursor = self.read(cursor, |entry| entries.push(entry))?;
        Ok((entries, cursor))
    }

    /// All entries, in the order of their ids.
    pub fn entries(&self) -> Result<Vec<Entry>, Error> {
        let (mut entries, _) = self.changes_since(Cursor::default())?;
        entries.sort_by_key(|entry| entry.id);
        Ok(entries)
    }

    fn read(&self, from: Cursor, mut each: impl FnMut(Entry)) -> Result<Cursor, Error> {
        let mut select = self.db.prepare_cached(
            "SELECT seq, id, at, offset, event FROM log WHERE seq > ?1 ORDER BY seq",
        )?;
        let mut rows = select.query([from.0])?;
        let mut cursor = from;
        while let Some(row) = rows.next()? {
            cursor = Cursor(row.get(0)?);
            if let Some(entry) = entry(row) {
                each(entry);
            }
        }
        Ok(cursor)
    }

    /// Takes over every entry of another journal that is not in this one yet. Merging twice, or
    /// in another order, comes to the same.
    ///
    /// # Errors
    /// The other file is no journal that this program can read; nothing was taken over then.
    pub fn merge_from(&mut self, other: &Path) -> Result<Merged, Error> {
        let other = open::look(other)?;
        let tx = self.db.transaction()?;
        let mut merged = Merged::default();
        copy(&other, &tx, &mut merged, "SELECT seq, id, at, offset, event FROM log ORDER BY id")?;
        tx.commit()?;
        Ok(merged)
    }

    /// Takes over what can still be read of a damaged journal: from its beginning up to the
    /// damage, and from its end back to it.
    pub(super) fn rescue_from(&mut self, other: &Path) -> Result<usize, Error> {
        let other = open::reader(other)?;
        let tx = self.db.transaction()?;
        let mut merged = Merged::default();
        for select in [
            "SELECT seq, id, at, offset, event FROM log NOT INDEXED ORDER BY seq",
            "SELECT seq, id, at, offset, event FROM log NOT INDEXED ORDER BY seq DESC",
        ] {
            // Where it stops is the damage; what came before was copied.
            let _ = copy(&other, &tx, &mut merged, select);
        }
        tx.commit()?;
        Ok(merged.added)
    }

    /// The state of another file of the folder when it was taken over.
    pub(super) fn absorbed(&self, file: &str) -> Result<Option<String>, Error> {
        let mut select = self.db.prepare_cached("SELECT state FROM absorbed WHERE file = ?1")?;
        Ok(select.query_row([file], |row| row.get(0)).optional()?)
    }

    /// Remembers the state of another file of the folder.
    pub(super) fn absorb(&mut self, file: &str, state: &str) -> Result<(), Error> {
        self.db.execute(
            "INSERT INTO absorbed VALUES (?1, ?2) ON CONFLICT DO UPDATE SET state = excluded.state",
            [file, state],
        )?;
        Ok(())
    }

    pub(super) fn db(&mut self) -> &mut Connection {
        &mut self.db
    }
}

impl Drop for Journal {
    /// A last try for what is waiting.
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

/// The newest id that the next one must follow.
fn newest_id(db: &Connection, when: Moment) -> Result<Option<EntryId>, Error> {
    let mut select = db.prepare_cached("SELECT max(id) FROM log WHERE id < ?1")?;
    let horizon = EntryId::horizon(when.at());
    let id: Option<[u8; 16]> = select.query_row([horizon.as_bytes()], |row| row.get(0))?;
    Ok(id.and_then(EntryId::from_bytes))
}

fn insert_all(tx: &Transaction<'_>, entries: &[Entry]) -> Result<(), Error> {
    for Entry { id, when, event } in entries {
        insert(tx, *id, *when, &event.to_json())?;
    }
    Ok(())
}

/// Writes an entry unless it is there; was it new?
pub(super) fn insert(
    tx: &Transaction<'_>,
    id: EntryId,
    when: Moment,
    json: &str,
) -> Result<bool, Error> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO log (id, at, offset, event) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
    )?;
    let (at, offset) = (when.at().as_millisecond(), when.offset().seconds());
    Ok(insert.execute(params![id.as_bytes(), at, offset, json])? == 1)
}

fn copy(
    other: &Connection,
    tx: &Transaction<'_>,
    merged: &mut Merged,
    select: &str,
) -> Result<(), Error> {
    let mut select = other.prepare(select)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let Some((id, when)) = head(row) else { continue };
        let Ok(json) = row.get_ref(4)?.as_str() else { continue };
        if serde_json::from_str::<serde::de::IgnoredAny>(json).is_err() {
            continue;
        }
        if insert(tx, id, when, json)? {
            merged.added += 1;
        } else {
            merged.known += 1;
        }
    }
    Ok(())
}

/// The id and moment of a row; `None` when they are none, which no version of the program writes.
fn head(row: &Row<'_>) -> Option<(EntryId, Moment)> {
    let id = EntryId::from_bytes(row.get(1).ok()?)?;
    let at = Timestamp::from_millisecond(row.get(2).ok()?).ok()?;
    let offset = Offset::from_seconds(row.get(3).ok()?).ok()?;
    Some((id, Moment::new(at, offset)))
}

fn entry(row: &Row<'_>) -> Option<Entry> {
    let (id, when) = head(row)?;
    let json = row.get_ref(4).ok()?.as_str().ok()?;
    Some(Entry { id, when, event: Event::from_json(json) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(lesson: &str) -> Event {
        Event::LessonFinished { lesson: lesson.into() }
    }

    fn now() -> Moment {
        "2026-07-01T21:00:00+09:00".parse().unwrap()
    }

    #[test]
    fn the_migrations_are_valid() {
        Migrations::from_slice(STEPS).validate().unwrap();
    }

    #[test]
    fn the_file_says_what_it_is_and_what_its_format_is() {
        let journal = Journal::in_memory().unwrap();
        let number = |pragma| journal.db.pragma_query_value(None, pragma, |row| row.get(0));
        assert_eq!(number("application_id"), Ok(APPLICATION_ID));
        assert_eq!(number("user_version"), Ok(1));
        assert_eq!(KNOWN, 1);
    }

    #[test]
    fn every_commit_reaches_the_disk_and_the_file_has_a_log_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let journal =
            Journal::over(Connection::open(dir.path().join("journal.db")).unwrap()).unwrap();
        let ask = |pragma| journal.db.pragma_query_value(None, pragma, |row| row.get(0));
        assert_eq!(ask("synchronous"), Ok(rusqlite::types::Value::Integer(2)), "FULL");
        assert_eq!(ask("journal_mode"), Ok("wal".to_owned().into()));
    }

    #[test]
    fn the_log_only_grows() {
        let mut journal = Journal::in_memory().unwrap();
        journal.append(now(), finished("a")).unwrap();
        for change in ["UPDATE log SET at = 0", "DELETE FROM log"] {
            let error = journal.db.execute(change, []).unwrap_err();
            assert!(error.to_string().contains("only grows"), "{error}");
        }
    }

    #[test]
    fn what_does_not_fit_on_the_disk_waits_and_is_written_when_it_does() {
        let mut journal = Journal::in_memory().unwrap();
        let pages: i64 = journal.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        let limit = |journal: &Journal, pages: i64| {
            journal
                .db
                .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
                .unwrap();
        };
        limit(&journal, pages);
        let large = || finished(&"x".repeat(40_000));
        let first = journal.append(now(), large()).unwrap_err();
        let second = journal.append(now(), large()).unwrap_err();
        assert!(matches!(first.why, Error::Full), "{first:?}");
        assert!(second.entry.id > first.entry.id);
        assert!(matches!(journal.flush(), Err(Error::Full)));
        assert_eq!(journal.waiting(), 2);
        assert_eq!(journal.entries().unwrap(), []);

        limit(&journal, 1_000_000);
        let third = journal.append(now(), finished("a")).unwrap();
        assert_eq!(journal.waiting(), 0);
        assert_eq!(journal.entries().unwrap(), [*first.entry, *second.entry, third]);
    }

    #[test]
    fn what_another_program_keeps_from_being_written_is_written_at_the_end() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.db");
        let mut journal = Journal::over(Connection::open(&path).unwrap()).unwrap();
        journal.db.busy_timeout(Duration::ZERO).unwrap();
        let holder = Connection::open(&path).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let unsaved = journal.append(now(), finished("a")).unwrap_err();
        assert!(matches!(unsaved.why, Error::Busy), "{unsaved:?}");
        holder.execute_batch("ROLLBACK").unwrap();
        drop(journal);
        assert_eq!(
            Journal::over(Connection::open(&path).unwrap()).unwrap().entries().unwrap(),
            [*unsaved.entry]
        );
    }
}
