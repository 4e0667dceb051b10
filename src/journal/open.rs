//! Opening: which file of the folder is used, and what is done about those that cannot be.
//!
//! The journal is `journal.db`. When that is damaged, or from a newer version of the program, or
//! not ours, or may not be written to, it is left exactly where and as it is, and `journal-2.db`
//! continues (then `-3`, and so on). Moving the file aside instead would mean renaming two or
//! three files (a database and its `-wal`), which no system does in one step: a kill in between,
//! or a second copy of the program that judges at the same moment, could part a database from its
//! newest entries, or move the fresh one away. Leaving it alone cannot fail.
//!
//! Whatever else in the folder can be read flows into the journal in use: all of a good file
//! (such as `journal-2.db` after its older sibling was repaired or the program was updated), and
//! of a damaged one what can still be read.

use std::{
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::journal::{
    Error, Journal, Notice,
    store::{APPLICATION_ID, KNOWN, PATIENCE},
};

/// How many files may stand beside each other before the program stops making new ones.
const MOST: u32 = 99;

/// A journal, and what there is to tell about it.
#[derive(Debug)]
pub struct Opened {
    /// The journal to use.
    pub journal: Journal,
    /// What the person should know.
    pub notices: Vec<Notice>,
}

impl Journal {
    /// Opens the journal of this folder, making both as needed. There is always a journal
    /// afterwards: at worst one in memory, with what could be read, and a notice that says so.
    ///
    /// # Errors
    /// Not even a database in memory could be made.
    pub fn open(dir: &Path) -> Result<Opened, Error> {
        let mut notices = Vec::new();
        match open_in(dir, &mut notices) {
            Ok(journal) => Ok(Opened { journal, notices }),
            Err(why) => {
                let mut journal = Self::in_memory()?;
                let rescued = files(dir).filter_map(|path| journal.rescue_from(&path).ok()).sum();
                notices.clear();
                notices.push(Notice::NotSaved { dir: dir.to_owned(), why, rescued });
                Ok(Opened { journal, notices })
            }
        }
    }
}

fn open_in(dir: &Path, notices: &mut Vec<Notice>) -> Result<Journal, Error> {
    fs::create_dir_all(dir)?;
    let mut unfit = Vec::new();
    let mut home = None;
    let mut siblings = Vec::new();
    for path in files(dir) {
        match look(&path) {
            Ok(()) if home.is_some() => siblings.push(path),
            Ok(()) => match Journal::at(&path) {
                Ok(journal) => home = Some((path, journal)),
                Err(why) => unfit.push((path, why)),
            },
            Err(why) => unfit.push((path, why)),
        }
    }
    let (home, mut journal) = match home {
        Some(home) => home,
        None => fresh(dir)?,
    };
    for path in siblings {
        take_over(&mut journal, &path);
    }
    for (path, why) in unfit {
        let rescued = match why {
            // Its entries may mean something that this version does not know, or not be ours.
            Error::Newer { .. } | Error::NotAJournal => 0,
            Error::Damaged(_) if is_absorbed(&journal, &path) => continue, // told already
            _ => take_over(&mut journal, &path),
        };
        notices.push(Notice::SetAside { path, why, rescued, continued: home.clone() });
    }
    Ok(journal)
}

/// A new file beside those that are there.
fn fresh(dir: &Path) -> Result<(PathBuf, Journal), Error> {
    let path = (1..=MOST)
        .map(|number| dir.join(name(number)))
        .find(|path| fs::symlink_metadata(path).is_err_and(|e| e.kind() == io::ErrorKind::NotFound))
        .ok_or(Error::ReadOnly)?;
    let journal = Journal::at(&path)?;
    Ok((path, journal))
}

fn name(number: u32) -> String {
    if number == 1 { "journal.db".to_owned() } else { format!("journal-{number}.db") }
}

/// The journals of a folder, in order.
fn files(dir: &Path) -> impl Iterator<Item = PathBuf> {
    (1..=MOST).map(|number| dir.join(name(number))).filter(|path| path.exists())
}

/// Takes over what is not in the journal yet; how many entries that were.
fn take_over(journal: &mut Journal, path: &Path) -> usize {
    if is_absorbed(journal, path) {
        return 0;
    }
    let Some((file, state)) = state(path) else { return 0 };
    let rescued = journal.rescue_from(path).unwrap_or(0);
    // Only bookkeeping: without it the next start looks again.
    let _ = journal.absorb(&file, &state);
    rescued
}

fn is_absorbed(journal: &Journal, path: &Path) -> bool {
    state(path).is_some_and(|(file, state)| {
        journal.absorbed(&file).is_ok_and(|old| old.as_ref() == Some(&state))
    })
}

/// The name of a file, and what changes when it does: sizes and times of it and its log.
fn state(path: &Path) -> Option<(String, String)> {
    let file = path.file_name()?.to_str()?.to_owned();
    let of = |path: &Path| {
        let meta = fs::metadata(path).ok()?;
        let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(format!("{} bytes at {}", meta.len(), since.as_nanos()))
    };
    let state = format!("{:?}, {:?}", of(path), of(&wal(path)));
    Some((file, state))
}

/// The file beside a database that holds its newest entries.
fn wal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Is there anything in the file beside the database?
fn has_log(path: &Path) -> bool {
    fs::metadata(wal(path)).is_ok_and(|wal| wal.len() > 0)
}

/// Is this a journal that this program may write to? Looks without changing a byte of it.
pub(super) fn look(path: &Path) -> Result<(), Error> {
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        return Err(Error::NotAJournal);
    }
    if meta.len() == 0 {
        // Nothing was ever written, or everything is gone.
        let gone = has_log(path);
        return if gone { Err(Error::Damaged("it is empty".into())) } else { Ok(()) };
    }
    let mut header = [0; 100];
    let mut file = fs::File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => Error::ReadOnly,
        _ => Error::Io(error),
    })?;
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(Error::Damaged("it is not a database".into()));
    }
    if meta.len() % page_size(&header) != 0 && !has_log(path) {
        // SQLite would take zeros for what is missing. (With a log beside it, a kill while pages
        // were moved over from there may leave half a page, and the log still has it whole.)
        return Err(Error::Damaged("its end is missing".into()));
    }
    let in_header = |place: usize| {
        i32::from_be_bytes([header[place], header[place + 1], header[place + 2], header[place + 3]])
    };
    let (application, found) = (in_header(68), i64::from(in_header(60)));
    if application == APPLICATION_ID && found > i64::from(KNOWN) && !has_log(path) {
        // Nothing stands in a log, so SQLite, which would put files beside it, need not be asked.
        return Err(Error::Newer { found, known: KNOWN.into() });
    }
    let db = reader(path)?;
    let number = |pragma| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && found == 0 && tables == 0 {
        // Made a moment ago, by a copy of the program that has not come further yet.
        return Ok(());
    }
    if application != i64::from(APPLICATION_ID) {
        return Err(Error::NotAJournal);
    }
    if found > i64::from(KNOWN) {
        return Err(Error::Newer { found, known: KNOWN.into() });
    }
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}

/// <https://www.sqlite.org/fileformat.html#the_database_header>
fn page_size(header: &[u8; 100]) -> u64 {
    match u64::from(u16::from_be_bytes([header[16], header[17]])) {
        0 | 1 => 65_536,
        size => size,
    }
}

/// Opens a file for reading only. Where not even the small files beside it can be made (a folder
/// or disk that is read-only), it is read as it lies there; no one else can be writing to it then.
pub(super) fn reader(path: &Path) -> Result<Connection, Error> {
    if fs::metadata(path)?.len() == 0 {
        // SQLite takes an empty database for a new one, and throws the log beside it away.
        return Err(Error::Damaged("it is empty".into()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    match db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) => frozen(path),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(db),
    }
}

fn frozen(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let path = path.to_str().ok_or(Error::ReadOnly)?;
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Ok(Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)?)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::journal::{Event, Moment};

    #[test]
    fn a_journal_on_a_read_only_disk_can_be_read() {
        let dir = tempfile::tempdir().unwrap();
        let odd = dir.path().join("100% mine? #1");
        let mut journal = Journal::open(&odd).unwrap().journal;
        let event = Event::LessonFinished { lesson: "a".into() };
        journal.append(Moment::utc(Timestamp::UNIX_EPOCH), event).unwrap();
        drop(journal);
        let before = fs::read_dir(&odd).unwrap().count();
        let db = frozen(&odd.join("journal.db")).unwrap();
        let rows: i64 = db.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
        assert_eq!(fs::read_dir(&odd).unwrap().count(), before);
    }
}
