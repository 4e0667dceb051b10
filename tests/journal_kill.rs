//! A kill loses nothing that was confirmed, and copies of the program that run at the same time do
//! not hurt each other. The writers are this very test program, started again.

use std::{
    env,
    io::{BufRead, BufReader, Lines, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use hanulgil::journal::{Cursor, EntryId, Event, Journal, Moment};

/// Tells the writer which folder to write to; how many entries comes after a colon.
const FOLDER: &str = "HANULGIL_TEST_WRITER";

fn now() -> Moment {
    "2026-07-01T21:00:00+09:00".parse().unwrap()
}

fn event(n: usize) -> Event {
    Event::PageReached { lesson: format!("{}-{n}", "a".repeat(n * 37 % 500)), page: 1 }
}

fn open(dir: &Path) -> Journal {
    let opened = Journal::open(dir).unwrap();
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    opened.journal
}

fn ids(journal: &Journal) -> Vec<EntryId> {
    journal.entries().unwrap().iter().map(|entry| entry.id).collect()
}

/// Not a test of its own: the other process. Writes, and says the id of each entry once it is
/// confirmed.
#[test]
fn writer() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let (number, folder) = folder.to_str().unwrap().split_once(':').unwrap();
    let mut journal = open(Path::new(folder));
    for n in 0..number.parse().unwrap() {
        let entry = journal.append(now(), event(n)).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nconfirmed {}", entry.id).unwrap();
        out.flush().unwrap();
    }
}

struct Writer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Writer {
    fn start(dir: &Path, number: usize) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "writer", "--nocapture"])
            .env(FOLDER, format!("{number}:{}", dir.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, lines }
    }

    /// The next entry that was confirmed; waits for it. `None` at the end.
    fn confirmed(&mut self) -> Option<EntryId> {
        self.lines
            .by_ref()
            .map(|line| line.unwrap())
            .find_map(|line| line.strip_prefix("confirmed ")?.parse().ok())
    }

    /// Kills it in whatever it is doing; what it still said.
    fn kill(mut self) -> Vec<EntryId> {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::iter::from_fn(|| self.confirmed()).collect()
    }

    /// Waits for its end; what it said.
    fn finish(mut self) -> Vec<EntryId> {
        let said = std::iter::from_fn(|| self.confirmed()).collect();
        assert!(self.process.wait().unwrap().success());
        said
    }
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_confirmed() {
    let dir = tempfile::tempdir().unwrap();
    let mut confirmed = Vec::new();
    for round in 0..40 {
        let mut writer = Writer::start(dir.path(), usize::MAX);
        for _ in 0..round * 7 % 23 {
            confirmed.push(writer.confirmed().unwrap());
        }
        // It goes on writing while the signal is on its way.
        confirmed.extend(writer.kill());
        let journal = open(dir.path());
        let there = ids(&journal);
        let lost: Vec<_> = confirmed.iter().filter(|id| !there.contains(id)).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
        // At most one was written and not yet said.
        assert!(there.len() <= confirmed.len() + 1, "round {round}");
        confirmed = there;
    }
    assert!(confirmed.len() > 300, "{}", confirmed.len());
}

#[test]
fn a_kill_in_the_first_moments_leaves_a_journal_that_opens() {
    for round in 0..20 {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::start(dir.path(), usize::MAX);
        if round % 2 == 0 {
            // Wait until the file appears, and not until it is a journal.
            while writer.process.try_wait().unwrap().is_none()
                && !dir.path().join("journal.db").exists()
            {
                std::thread::yield_now();
            }
        } else {
            writer.confirmed().unwrap();
        }
        let confirmed = writer.kill();
        let there = ids(&open(dir.path()));
        assert!(confirmed.iter().all(|id| there.contains(id)), "round {round}");
    }
}

#[test]
fn copies_that_start_together_in_an_empty_folder_write_to_one_journal() {
    for _ in 0..8 {
        let dir = tempfile::tempdir().unwrap();
        let writers = [(); 4].map(|()| Writer::start(dir.path(), 5));
        let said: Vec<_> = writers.into_iter().flat_map(Writer::finish).collect();
        assert_eq!(said.len(), 20);
        let there = ids(&open(dir.path()));
        assert_eq!(there.len(), 20);
        assert!(said.iter().all(|id| there.contains(id)));
        assert!(!dir.path().join("journal-2.db").exists());
    }
}

#[test]
fn copies_that_write_at_the_same_time_lose_nothing_and_see_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut ours = open(dir.path());
    let mut cursor = Cursor::default();
    let mut seen = Vec::new();
    let mut look = |ours: &Journal| {
        let (entries, behind) = ours.changes_since(cursor).unwrap();
        cursor = behind;
        seen.extend(entries.into_iter().map(|entry| entry.id));
    };
    let mut written = Vec::new();
    let mut writers = [(); 3].map(|()| Writer::start(dir.path(), 120));
    // Not before the others are at it.
    for writer in &mut writers {
        written.push(writer.confirmed().unwrap());
    }
    for n in 0..120 {
        written.push(ours.append(now(), event(n)).unwrap().id);
        look(&ours);
    }
    written.extend(writers.into_iter().flat_map(Writer::finish));
    look(&ours);

    assert_eq!(written.len(), 4 * 120);
    written.sort();
    assert_eq!(ids(&ours), written);
    // Arrival and ids are in the same order, so nothing was seen twice or out of turn.
    assert_eq!(seen, written);
}
