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
    collections::BTreeSet,
    ffi::OsStr,
    fs,
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, config::DbConfig};

use crate::journal::{
    Error, Event, Journal, Notice,
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
    /// Is there a journal in this folder, in whatever state? Looking makes none.
    pub fn is_in(dir: &Path) -> bool {
        !numbers(dir).is_empty()
    }

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
                let files = numbers(dir).into_iter().map(|number| dir.join(name(number)));
                let rescued = files.filter_map(|path| journal.rescue_from(&path).ok()).sum();
                notices.clear();
                notices.push(Notice::NotSaved { dir: dir.to_owned(), why, rescued });
                Ok(Opened { journal, notices })
            }
        }
    }
}

impl Journal {
    /// The code of the language that was chosen last, in a folder whose journal need not be
    /// opened: what to speak before there is anything to say. Makes and changes nothing.
    pub fn saved_language(dir: &Path) -> Option<String> {
        let files = numbers(dir).into_iter().map(|number| dir.join(name(number)));
        let db = files
            .filter(|path| path.is_file())
            .filter_map(|path| connect(&path).ok())
            .find(|db| is_ours(db).is_ok())?;
        // It is sound: SQLite may put its small files away afterwards.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).ok()?;
        let select = "SELECT event, max(id) FROM log WHERE event GLOB '{\"language_chosen\":*'";
        let json: String = db.query_row(select, [], |row| row.get(0)).ok()?;
        match Event::from_json(&json) {
            Event::LanguageChosen { lang } => Some(lang),
            _ => None,
        }
    }
}

fn open_in(dir: &Path, notices: &mut Vec<Notice>) -> Result<Journal, Error> {
    fs::create_dir_all(dir)?;
    let mut home = None;
    let mut free = None;
    let mut siblings = Vec::new();
    let mut unfit = Vec::new();
    let numbers = numbers(dir);
    for number in 1..=MOST {
        let path = dir.join(name(number));
        if !numbers.contains(&number) {
            free.get_or_insert(path);
        } else if home.is_some() {
            siblings.push(path);
        } else {
            match look(&path).and_then(Journal::over) {
                Ok(journal) => home = Some((path, journal)),
                // Not the file's fault: another one would fare no better.
                Err(Error::Full) => return Err(Error::Full),
                Err(why) => unfit.push((path, why)),
            }
        }
    }
    let (home, mut journal) = match (home, free) {
        (Some(home), _) => home,
        // If another copy of the program makes it first, it is opened.
        (None, Some(path)) => (path.clone(), Journal::over(Connection::open(path)?)?),
        (None, None) => return Err(Error::ReadOnly),
    };
    for path in siblings {
        // What is wrong with one that is not needed will be told when it is.
        if look(&path).is_ok() {
            take_over(&mut journal, &path);
        }
    }
    for (path, why) in unfit {
        let rescued = match why {
            // What is in there is missing and may come back: that is told each time. (The entries
            // of a newer version may mean something that this one does not know.)
            Error::Newer { .. } | Error::Busy | Error::Io(_) => 0,
            _ if is_absorbed(&journal, &path) => continue,
            Error::NotAJournal => remember(&mut journal, &path, 0),
            _ => take_over(&mut journal, &path),
        };
        notices.push(Notice::SetAside { path, why, rescued, continued: home.clone() });
    }
    Ok(journal)
}

fn name(number: u32) -> String {
    if number == 1 { "journal.db".to_owned() } else { format!("journal-{number}.db") }
}

/// Under which numbers there is anything in the folder, even a link to nowhere.
fn numbers(dir: &Path) -> BTreeSet<u32> {
    let all = 1..=MOST;
    match fs::read_dir(dir) {
        Ok(entries) => {
            let found: BTreeSet<_> = entries.flatten().map(|entry| entry.file_name()).collect();
            all.filter(|number| found.contains(OsStr::new(&name(*number)))).collect()
        }
        Err(error) if error.kind() == ErrorKind::NotFound => BTreeSet::new(),
        // A folder that may be entered, but not listed.
        Err(_) => all.filter(|number| stands(&dir.join(name(*number)))).collect(),
    }
}

fn stands(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The state of the journal of a folder, if it is one file that nothing is wrong with as far as can
/// be seen from outside.
pub(super) fn only_state(dir: &Path) -> Option<String> {
    let path = dir.join(name(1));
    let is_only = numbers(dir).into_iter().eq([1]) && fs::symlink_metadata(&path).ok()?.is_file();
    // What stands in a log beside it was left by a kill, or is just being written.
    (is_only && !has_log(&path)).then(|| state(&path).map(|(_, state)| state))?
}

/// Takes over what is not in the journal yet; how many entries that were.
fn take_over(journal: &mut Journal, path: &Path) -> usize {
    if is_absorbed(journal, path) {
        return 0;
    }
    let rescued = journal.rescue_from(path).unwrap_or(0);
    remember(journal, path, rescued)
}

/// Remembers that this file, as it is now, was looked at, and passes on what was rescued.
fn remember(journal: &mut Journal, path: &Path, rescued: usize) -> usize {
    if let Some((file, state)) = state(path) {
        // Only bookkeeping: without it the next start looks again.
        let _ = journal.absorb(&file, &state);
    }
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

/// Opens a file if it is a journal of this version of the program, without changing a byte of it.
pub(super) fn look(path: &Path) -> Result<Connection, Error> {
    // In this order: a log appears after the database has its first page.
    let has_log = has_log(path);
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        return Err(Error::NotAJournal);
    }
    if meta.len() > 0 {
        let header = header(path)?;
        if meta.len() % header.page_size != 0 && !has_log {
            // SQLite would take zeros for what is missing. (With a log beside it, a kill while
            // pages were moved over from there may leave half a page, and the log has it whole.)
            return Err(Error::Damaged("its end is missing".into()));
        }
        if header.application == APPLICATION_ID && header.version > KNOWN.into() && !has_log {
            // SQLite, which would put files beside it, need not be asked.
            return Err(Error::Newer { found: header.version, known: KNOWN.into() });
        }
    }
    let db = connect(path)?;
    match judge(&db) {
        // On a read-only disk SQLite cannot make the small files beside a database.
        Err(Error::ReadOnly) => {
            let db = frozen(path)?;
            judge(&db).map(|()| db)
        }
        verdict => verdict.map(|()| db),
    }
}

fn judge(db: &Connection) -> Result<(), Error> {
    is_ours(db)?;
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}

/// Is it a journal, of a version that this program knows, or empty?
fn is_ours(db: &Connection) -> Result<(), Error> {
    // All at one moment: another copy of the program may be making the file right now.
    let db = Transaction::new_unchecked(db, TransactionBehavior::Deferred)?;
    let number = |pragma| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let (application, found) = (number("application_id")?, number("user_version")?);
    if application == 0 && found == 0 && tables == 0 {
        return Ok(());
    }
    if application != i64::from(APPLICATION_ID) {
        return Err(Error::NotAJournal);
    }
    if found > i64::from(KNOWN) {
        return Err(Error::Newer { found, known: KNOWN.into() });
    }
    Ok(())
}

/// What SQLite says in the first bytes of its files.
/// <https://www.sqlite.org/fileformat.html#the_database_header>
struct Header {
    page_size: u64,
    version: i64,
    application: i32,
}

fn header(path: &Path) -> Result<Header, Error> {
    let mut file = fs::File::open(path)?;
    let mut bytes = [0; 100];
    if file.read_exact(&mut bytes).is_err() || !bytes.starts_with(b"SQLite format 3\0") {
        return Err(Error::Damaged("it is not a database".into()));
    }
    let number =
        |at: usize| i32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let page_size = match u16::from_be_bytes([bytes[16], bytes[17]]) {
        0 | 1 => 65_536,
        size => u64::from(size),
    };
    Ok(Header { page_size, version: number(60).into(), application: number(68) })
}

/// Connects to a file without changing it. That takes the right to write, because SQLite cannot
/// read what a kill left behind without it; where there is none, SQLite makes do by itself.
fn connect(path: &Path) -> Result<Connection, Error> {
    if has_log(path) && fs::metadata(path)?.len() == 0 {
        // SQLite takes an empty database for a new one, and throws the log beside it away.
        return Err(Error::Damaged("it is empty".into()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.pragma_update(None, "query_only", true)?;
    Ok(db)
}

/// Connects to a file, whatever it is, to read what can be read.
pub(super) fn reader(path: &Path) -> Result<Connection, Error> {
    let db = connect(path)?;
    let look = db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match look.map_err(Error::from) {
        // On a read-only or full disk SQLite cannot make the small files beside a database.
        Err(Error::ReadOnly | Error::Full) => frozen(path),
        _ => Ok(db),
    }
}

/// Reads a file as it lies there, without what stands in a log beside it. Good only where nobody
/// can be writing to it.
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
