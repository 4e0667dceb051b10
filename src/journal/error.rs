//! What can go wrong with a journal, and what a person is told about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::ErrorCode;

use crate::{i18n::Lang, journal::Entry, text::clean::escape};

/// Why a journal could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// The file or its folder may not be written to, or not even opened.
    #[error("the file may not be opened for writing")]
    ReadOnly,
    /// Another program holds the file, and did not let go of it in time.
    #[error("another program holds the file")]
    Busy,
    /// The file is damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The file was written by a newer version of the program.
    #[error("the file has format {found}, newer than {known}")]
    Newer {
        /// The version of the file.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file is a database, and not a journal.
    #[error("the file is not a journal")]
    NotAJournal,
    /// A line of an import cannot be read.
    #[error("line {line} is not an entry of a journal: {reason}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// Reading or writing outside the database failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Anything else that the database says.
    #[error("the database says: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// `SQLITE_IOERR_SHMSIZE`: the small map of the log beside a database could not be made larger.
/// <https://www.sqlite.org/rescode.html#ioerr_shmsize>
const NO_ROOM_FOR_MAP: i32 = 4874;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error().is_some_and(|error| error.extended_code == NO_ROOM_FOR_MAP) {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Database(error.into()),
        }
    }
}

impl From<rusqlite_migration::Error> for Error {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => Self::Database(other.into()),
        }
    }
}

/// The entry is not on the disk yet. The journal keeps it in memory and writes it with the next
/// one ([`Journal::flush`](crate::journal::Journal::flush) tries without one).
#[derive(Debug, thiserror::Error)]
#[error("not saved: {why}")]
pub struct Unsaved {
    /// What was to be written: as good as written for this run of the program.
    pub entry: Box<Entry>,
    /// Why it was not.
    #[source]
    pub why: Error,
}

/// What a person is told after opening: something is not as it should be, and the course opens
/// all the same.
#[derive(Debug)]
pub enum Notice {
    /// A journal cannot be used. It is left where and as it is, and a fresh one beside it
    /// continues.
    SetAside {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: Error,
        /// How many of its entries could be read and were taken over.
        rescued: usize,
        /// The file that continues.
        continued: PathBuf,
    },
    /// What happens now is lost when the program ends.
    NotSaved {
        /// The folder that the journal should be in.
        dir: PathBuf,
        /// Why it cannot.
        why: Error,
        /// How many entries could be read and are shown as progress.
        rescued: usize,
    },
}

impl Error {
    /// What is wrong, as the end of a sentence without its full stop.
    pub fn say(&self, lang: Lang) -> String {
        let words = &lang.strings().journal;
        let phrase = match self {
            Self::Full => words.full,
            Self::ReadOnly => words.read_only,
            Self::Busy => words.busy,
            Self::Damaged(_) => words.damaged,
            Self::Newer { .. } => words.newer,
            Self::NotAJournal => words.not_a_journal,
            Self::Line { line, reason } => {
                return (words.line)(&line.to_string(), &escape(reason));
            }
            Self::Io(error) => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => words.full,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    words.read_only
                }
                io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => words.no_folder,
                _ => return (words.system)(&escape(&error.to_string())),
            },
            Self::Database(error) => return (words.system)(&escape(&error.to_string())),
        };
        phrase.to_owned()
    }
}

impl Unsaved {
    /// What happened, and what is done about it.
    pub fn say(&self, lang: Lang) -> String {
        (lang.strings().journal.unsaved)(&self.why.say(lang))
    }
}

impl Notice {
    /// What happened, and what to do: a sentence or two.
    pub fn say(&self, lang: Lang) -> String {
        let words = &lang.strings().journal;
        match self {
            Self::SetAside { path, why, rescued, continued } => {
                let name = continued.file_name().map_or(continued.as_path(), Path::new);
                let text = (words.set_aside)(&shown(path), &shown(name), &why.say(lang));
                match (why, rescued) {
                    (Error::Newer { .. }, _) => format!("{text} {}", words.newer_will_join),
                    (Error::Damaged(_), 0) => format!("{text} {}", words.nothing_rescued),
                    (_, 0) => text,
                    (_, rescued) => format!("{text} {}", (words.rescued)(*rescued)),
                }
            }
            Self::NotSaved { dir, why, rescued } => {
                let text = (words.not_saved)(&shown(dir), &why.say(lang));
                match rescued {
                    0 => text,
                    rescued => format!("{text} {}", (words.shown_only)(*rescued)),
                }
            }
        }
    }
}

fn shown(path: &Path) -> String {
    escape(&path.to_string_lossy()).into_owned()
}
