//! Opening a journal: what is kept, what is refused, what is told.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use hanulgil::{
    i18n::Lang,
    journal::{Aliases, Entry, Error, Event, Journal, Moment, Notice, Opened, glance},
};
use proptest::prelude::*;
use rusqlite::Connection;

fn finished(lesson: &str) -> Event {
    Event::LessonFinished { lesson: lesson.into() }
}

fn now() -> Moment {
    "2026-07-01T21:00:00.123+09:00".parse().unwrap()
}

/// Opens a folder in which all is well.
fn open(dir: &Path) -> Journal {
    let opened = Journal::open(dir).unwrap();
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    opened.journal
}

fn write(journal: &mut Journal, lessons: &[&str]) {
    for lesson in lessons {
        journal.append(now(), finished(lesson)).unwrap();
    }
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

/// The files of a folder whose name begins so, with their bytes; without those that hold nothing of
/// their own: SQLite's map of the log (`-shm`), and a log that was made and not written to.
fn bytes(dir: &Path, begins: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|file| file.unwrap());
    files
        .map(|file| (file.file_name().into_string().unwrap(), file.path()))
        .filter(|(name, _)| name.starts_with(begins) && !name.ends_with("-shm"))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect()
}

/// What a kill leaves: the files of an open journal, whose newest entries are in the log beside
/// the database only.
fn left_by_a_kill(dir: &Path, lessons: &[&str]) {
    let alive = tempfile::tempdir().unwrap();
    let mut journal = open(alive.path());
    write(&mut journal, lessons);
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(alive.path().join(name), dir.join(name)).unwrap();
    }
    assert!(fs::metadata(dir.join("journal.db-wal")).unwrap().len() > 0);
}

/// A journal from a future version of the program.
fn make_newer(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    db.pragma_update(None, "user_version", 2).unwrap();
    db.execute_batch("CREATE TABLE future (what TEXT) STRICT").unwrap();
    db
}

fn set_aside(opened: &Opened) -> (&PathBuf, &Error, usize) {
    match &opened.notices[..] {
        [Notice::SetAside { path, why, rescued, .. }] => (path, why, *rescued),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("not/made/yet");
    let entry = open(&deep).append(now(), finished("a")).unwrap();
    let journal = open(&deep);
    assert_eq!(journal.entries().unwrap(), [entry]);
    let (progress, _) = journal.progress(Aliases::default()).unwrap();
    assert_eq!(progress.lesson("a").unwrap().finished(), Some(now().at()));
}

#[test]
fn a_journal_that_was_closed_is_a_single_file() {
    let dir = tempfile::tempdir().unwrap();
    write(&mut open(dir.path()), &["a"]);
    drop(open(dir.path()));
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(names, ["journal.db"]);
}

/// What the program leaves beside its journal when it ends.
fn leave_a_digest(dir: &Path) -> Vec<Entry> {
    let (progress, _) = open(dir).progress(Aliases::default()).unwrap();
    glance::write(dir, &progress).unwrap();
    progress.digest()
}

#[test]
fn the_digest_of_a_journal_that_was_closed_is_good_until_somebody_writes() {
    let dir = tempfile::tempdir().unwrap();
    write(&mut open(dir.path()), &["a", "b"]);
    assert_eq!(glance::read(dir.path()), None);
    let digest = leave_a_digest(dir.path());
    assert_eq!(digest.len(), 2);
    assert_eq!(glance::read(dir.path()).as_ref(), Some(&digest));
    // Reading changes nothing.
    drop(open(dir.path()));
    assert_eq!(glance::read(dir.path()).as_ref(), Some(&digest));

    let mut journal = open(dir.path());
    write(&mut journal, &["c"]);
    assert_eq!(glance::read(dir.path()), None, "it stands in the log beside the database");
    drop(journal);
    assert_eq!(glance::read(dir.path()), None, "it stands in the database");
}

#[test]
fn a_torn_or_foreign_digest_counts_for_nothing() {
    let dir = tempfile::tempdir().unwrap();
    write(&mut open(dir.path()), &["a", "b"]);
    leave_a_digest(dir.path());
    let file = dir.path().join("glance.json");
    let text = fs::read(&file).unwrap();
    for cut in 0..text.len() {
        fs::write(&file, &text[..cut]).unwrap();
        assert_eq!(glance::read(dir.path()), None, "cut after {cut} bytes");
    }
    fs::write(&file, text).unwrap();
    assert!(glance::read(dir.path()).is_some());
    // A second journal has something to say too.
    fs::write(dir.path().join("journal-2.db"), "").unwrap();
    assert_eq!(glance::read(dir.path()), None);
}

#[test]
fn the_log_that_a_kill_left_behind_is_read() {
    let dir = tempfile::tempdir().unwrap();
    left_by_a_kill(dir.path(), &["a", "b"]);
    assert_eq!(lessons(&open(dir.path())), ["a", "b"]);
}

#[test]
fn a_journal_of_a_newer_version_is_not_touched_and_flows_together_after_the_update() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    write(&mut open(dir.path()), &["before"]);
    drop(make_newer(&path));
    let before = bytes(dir.path(), "journal.db");

    let mut opened = Journal::open(dir.path()).unwrap();
    let (file, why, rescued) = set_aside(&opened);
    assert_eq!((file, rescued), (&path, 0));
    assert!(matches!(why, Error::Newer { found: 2, known: 1 }), "{why:?}");
    write(&mut opened.journal, &["meanwhile"]);
    drop(opened);
    // Told each time: progress is missing until the update.
    let opened = Journal::open(dir.path()).unwrap();
    assert!(matches!(set_aside(&opened).1, Error::Newer { .. }));
    assert_eq!(lessons(&opened.journal), ["meanwhile"]);
    drop(opened);
    assert!(bytes(dir.path(), "journal.db") == before);

    // The update, which here is the other way round.
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 1).unwrap();
    let mut lessons = lessons(&open(dir.path()));
    lessons.sort(); // written in the same millisecond, in two files
    assert_eq!(lessons, ["before", "meanwhile"]);
}

#[test]
fn a_newer_version_that_stands_in_the_log_only_is_noticed_and_not_touched() {
    let (dir, alive) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(&mut open(alive.path()), &["a"]);
    let db = make_newer(&alive.path().join("journal.db"));
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(alive.path().join(name), dir.path().join(name)).unwrap();
    }
    drop(db);
    let before = bytes(dir.path(), "journal.db");
    let opened = Journal::open(dir.path()).unwrap();
    assert!(matches!(set_aside(&opened).1, Error::Newer { .. }));
    drop(opened);
    assert!(bytes(dir.path(), "journal.db") == before);
}

#[test]
fn what_is_not_a_database_stays_as_it_is_is_told_once_and_a_fresh_journal_continues() {
    let long = [b"SQLite format 3\0".as_slice(), &[b'!'; 9000]].concat();
    for junk in [
        b"SQL".as_slice(),
        b"somebody's shopping list, and not a short one; bread, milk, a \
          router, two subnets, a gateway, butter, cheese",
        &long,
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.db");
        fs::write(&path, junk).unwrap();
        let mut opened = Journal::open(dir.path()).unwrap();
        let (file, why, rescued) = set_aside(&opened);
        assert_eq!((file, rescued), (&path, 0));
        assert!(matches!(why, Error::Damaged(_)), "{why:?}");
        write(&mut opened.journal, &["a"]);
        drop(opened);
        assert_eq!(lessons(&open(dir.path())), ["a"]);
        assert_eq!(fs::read(&path).unwrap(), junk);
    }
}

#[test]
fn a_database_of_another_program_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE log (id BLOB, note TEXT)").unwrap();
    drop(other);
    let before = bytes(dir.path(), "journal.db");
    let opened = Journal::open(dir.path()).unwrap();
    assert!(matches!(set_aside(&opened), (_, Error::NotAJournal, 0)), "{:?}", opened.notices);
    drop(opened);
    assert!(bytes(dir.path(), "journal.db") == before);
}

#[test]
fn a_folder_where_the_file_should_be_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("journal.db")).unwrap();
    let opened = Journal::open(dir.path()).unwrap();
    assert!(matches!(set_aside(&opened), (_, Error::NotAJournal, 0)), "{:?}", opened.notices);
}

#[test]
fn an_empty_file_is_a_journal_not_begun() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("journal.db"), "").unwrap();
    write(&mut open(dir.path()), &["a"]);
    assert_eq!(lessons(&open(dir.path())), ["a"]);
}

#[test]
fn an_empty_file_beside_a_full_log_is_damage_and_the_log_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    left_by_a_kill(dir.path(), &["a"]);
    fs::write(dir.path().join("journal.db"), "").unwrap();
    let before = bytes(dir.path(), "journal.db");
    let opened = Journal::open(dir.path()).unwrap();
    assert!(matches!(set_aside(&opened).1, Error::Damaged(_)));
    drop(opened);
    assert!(bytes(dir.path(), "journal.db") == before);
}

#[test]
fn the_saved_language_is_known_without_opening_or_making_anything() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new");
    assert_eq!(Journal::saved_language(&folder), None);
    assert!(!folder.exists());

    let mut journal = open(&folder);
    assert_eq!(Journal::saved_language(&folder), None);
    for lang in ["ko", "en", "ko"] {
        journal.append(now(), Event::LanguageChosen { lang: lang.into() }).unwrap();
    }
    write(&mut journal, &["a"]);
    assert_eq!(Journal::saved_language(&folder).as_deref(), Some("ko"), "while it is open");
    drop(journal);
    let before = bytes(&folder, "");
    assert_eq!(Journal::saved_language(&folder).as_deref(), Some("ko"));
    assert!(bytes(&folder, "") == before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn asking_for_the_language_does_not_swallow_what_there_is_to_tell() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("journal.db"), "junk").unwrap();
    assert_eq!(Journal::saved_language(dir.path()), None);
    assert_eq!(Journal::open(dir.path()).unwrap().notices.len(), 1);
}

/// Some hundred entries: a database of many pages.
fn large(dir: &Path) -> Vec<String> {
    let mut journal = open(dir);
    let lines: Vec<String> = (0..600)
        .map(|n| {
            let id = format!("019f0000-{n:04x}-7000-8000-000000000000");
            let event = finished(&format!("a-lesson-with-a-rather-long-name-{n}")).to_json();
            format!(r#"{{"id":"{id}","at":"2026-07-01T21:00:00+09:00","event":{event}}}"#)
        })
        .collect();
    journal.import(lines.join("\n").as_bytes()).unwrap();
    lessons(&journal)
}

#[test]
fn a_torn_page_costs_the_entries_on_it_and_the_others_are_rescued() {
    let dir = tempfile::tempdir().unwrap();
    let all = large(dir.path());
    let path = dir.path().join("journal.db");
    let mut torn = fs::read(&path).unwrap();
    let pages = torn.len() / 4096;
    assert!(pages > 20, "{pages}");
    // The page in the middle of the table (its leaves lie in the order of writing, mixed with
    // those of the index): any page that holds entries' words.
    let middle = (pages / 2..pages)
        .find(|page| {
            let page = &torn[page * 4096..(page + 1) * 4096];
            page[0] == 13 && page.windows(13).any(|window| window == b"a-lesson-with")
        })
        .unwrap();
    torn[middle * 4096..(middle + 1) * 4096].fill(0);
    fs::write(&path, &torn).unwrap();

    let opened = Journal::open(dir.path()).unwrap();
    let (_, why, rescued) = set_aside(&opened);
    assert!(matches!(why, Error::Damaged(_)), "{why:?}");
    let kept = lessons(&opened.journal);
    assert_eq!(kept.len(), rescued);
    assert!(rescued > 500 && rescued < 600, "{rescued}");
    assert!(kept.iter().all(|lesson| all.contains(lesson)));
    drop(opened);
    assert!(fs::read(&path).unwrap() == torn);
    assert_eq!(lessons(&open(dir.path())), kept);
}

#[test]
fn a_journal_cut_off_anywhere_is_kept_and_its_beginning_rescued() {
    let dir = tempfile::tempdir().unwrap();
    let all = large(dir.path());
    let whole = fs::read(dir.path().join("journal.db")).unwrap();
    let mut most = 0;
    for cut in [1, 15, 99, 100, 4095, 4096, 5000, 8192, whole.len() / 2, whole.len() - 1] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.db");
        fs::write(&path, &whole[..cut]).unwrap();
        let opened = Journal::open(dir.path()).unwrap();
        let (file, why, rescued) = set_aside(&opened);
        assert_eq!(file, &path);
        assert!(matches!(why, Error::Damaged(_)), "{cut}: {why:?}");
        let kept = lessons(&opened.journal);
        assert!(kept.len() == rescued && kept.iter().all(|lesson| all.contains(lesson)));
        most = most.max(rescued);
        drop(opened);
        assert!(fs::read(&path).unwrap() == whole[..cut], "{cut}");
    }
    assert!(most > 100, "{most}");
}

proptest! {
    // Each makes and syncs some files; more were run when this was written.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_happened_to_the_bytes_the_course_opens_and_a_file_that_is_not_used_stays(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        in_header: bool,
        log: bool,
    ) {
        let dir = tempfile::tempdir().unwrap();
        left_by_a_kill(dir.path(), &["a", "b", "c"]);
        if !log {
            drop(open(dir.path()));
        }
        let path = dir.path().join(if log { "journal.db-wal" } else { "journal.db" });
        let mut hurt = fs::read(&path).unwrap();
        for (place, byte) in &hits {
            let end = if in_header { 100 } else { hurt.len() };
            hurt[place.index(end)] ^= byte;
        }
        fs::write(&path, &hurt).unwrap();
        let before = bytes(dir.path(), "journal.db");
        let mut opened = Journal::open(dir.path()).unwrap();
        let told = opened.notices.len();
        let entry = opened.journal.append(now(), finished("new")).unwrap();
        drop(opened);
        if told > 0 {
            prop_assert!(bytes(dir.path(), "journal.db") == before);
        }
        let entries = Journal::open(dir.path()).unwrap().journal.entries().unwrap();
        prop_assert!(entries.contains(&entry));
    }
}

#[test]
fn where_nothing_can_be_written_the_course_opens_without_saving() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "no folder").unwrap();
    let mut opened = Journal::open(&file).unwrap();
    assert!(
        matches!(&opened.notices[..], [Notice::NotSaved { dir, rescued: 0, .. }] if dir == &file),
        "{:?}",
        opened.notices
    );
    write(&mut opened.journal, &["a"]);
    assert_eq!(lessons(&opened.journal), ["a"]);
    assert_eq!(fs::read(&file).unwrap(), b"no folder");
}

#[test]
fn every_notice_speaks_both_languages_and_names_the_file() {
    let whys = || {
        [
            Error::Full,
            Error::ReadOnly,
            Error::Busy,
            Error::Damaged("page 7".into()),
            Error::Newer { found: 2, known: 1 },
            Error::NotAJournal,
            Error::Line { line: 3, reason: "`x` is no id".into() },
            Error::Io(std::io::Error::other("a loose cable")),
        ]
    };
    let mut said = Vec::new();
    for lang in Lang::ALL {
        for (why, other) in whys().into_iter().zip(whys()) {
            let path = PathBuf::from("/home/민수/\u{1b}journal.db");
            let continued = PathBuf::from("journal-2.db");
            let set_aside = Notice::SetAside { path: path.clone(), why, rescued: 3, continued };
            let not_saved = Notice::NotSaved { dir: path, why: other, rescued: 0 };
            for notice in [set_aside, not_saved] {
                let text = notice.say(lang);
                assert!(text.contains("민수/"), "{text}");
                assert!(!text.contains('\u{1b}'), "{text}");
                assert!(!text.contains(".."), "{text}");
                assert!(text.ends_with('.'), "{text}");
                said.push(text);
            }
        }
    }
    let number = said.len();
    said.sort();
    said.dedup();
    assert_eq!(said.len(), number, "each says something of its own");
}
