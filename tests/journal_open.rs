//! Opening a journal: what is kept, what is refused, what is told.

use std::{fs, path::Path};

use hanulgil::journal::{Aliases, Error, Event, Journal, Moment, Notice};

fn finished(lesson: &str) -> Event {
    Event::LessonFinished { lesson: lesson.into() }
}

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// Opens a folder in which all is well.
fn open(dir: &Path) -> Journal {
    let opened = Journal::open(dir).unwrap();
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    opened.journal
}

fn lessons(journal: &Journal) -> Vec<String> {
    let entries = journal.entries().unwrap();
    entries
        .into_iter()
        .map(|entry| match entry.event {
            Event::LessonFinished { lesson } => lesson,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let when = moment("2026-07-01T21:00:00.123+09:00");
    let entry = open(dir.path()).append(when, finished("a")).unwrap();
    let journal = open(dir.path());
    assert_eq!(journal.entries().unwrap(), [entry]);
    let (progress, _) = journal.progress(Aliases::default()).unwrap();
    assert_eq!(progress.lesson("a").unwrap().finished(), Some(when.at()));
}

#[test]
fn a_damaged_journal_stays_as_it_is_and_a_fresh_one_continues() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    fs::write(&path, b"not a database, but somebody's bytes").unwrap();
    let mut opened = Journal::open(dir.path()).unwrap();
    assert!(
        matches!(&opened.notices[..], [Notice::SetAside { why: Error::Damaged(_), .. }]),
        "{:?}",
        opened.notices
    );
    opened.journal.append(moment("2026-07-01T21:00:00+09:00"), finished("a")).unwrap();
    drop(opened);
    assert_eq!(lessons(&open(dir.path())), ["a"]);
    assert_eq!(fs::read(&path).unwrap(), b"not a database, but somebody's bytes");
}
