//! What the journal promises: an answer is on the disk before a person can notice, and years of
//! study (100,000 entries) are read back while the first frame is being drawn.

use std::path::Path;

use divan::{Bencher, counter::ItemsCount};
use hanulgil::journal::{Aliases, Event, Given, Journal, Moment, Progress};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// What a learner does, over and over: pages, answers, predictions, work on a lab.
fn event(n: usize) -> Event {
    let lesson = format!("lesson-{}", n / 50 % 40);
    match n % 10 {
        0 | 1 => Event::PageReached { lesson, page: (n % 7) as u32 },
        2 => Event::PredictionCommitted {
            scene: format!("{lesson}/open-the-gate"),
            packet: "https".into(),
            predicted: "delivered".into(),
            actual: "dropped at route-table public, forward".into(),
            matched: false,
        },
        3 => Event::LabSaved {
            lab: format!("{:02}", n / 50 % 20),
            changes: serde_json::json!([
                {"create_internet_gateway": {"name": "igw"}},
                {"attach_internet_gateway": {"gateway": "igw", "vpc": "main"}},
                {"create_route": {"table": "public", "destination": "0.0.0.0/0", "target": "igw"}},
            ]),
        },
        4 => Event::LabSolved { lab: format!("{:02}", n / 50 % 20), cost: 3, par: 2, hints: 1 },
        _ => Event::QuestionAnswered {
            question: format!("{lesson}/question-{}", n % 11),
            lesson,
            given: Given::Options(vec!["both-ends".into()]),
            right: !n.is_multiple_of(3),
            sure: Some(n.is_multiple_of(2)),
            hinted: false,
            millis: 8_400,
        },
    }
}

fn moment(n: usize) -> Moment {
    let seconds = 60 * i64::try_from(n).unwrap();
    Moment::utc(Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_782_907_200 + seconds))
}

fn open(dir: &Path) -> Journal {
    Journal::open(dir).unwrap().journal
}

/// A folder with a journal of so many entries.
fn filled(entries: usize) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut lines = Vec::new();
    let mut memory = Journal::in_memory().unwrap();
    for n in 0..entries {
        memory.append(moment(n), event(n)).unwrap();
    }
    memory.export(&mut lines).unwrap();
    open(dir.path()).import(&lines[..]).unwrap();
    dir
}

/// One answer, confirmed when it is on the disk.
#[divan::bench]
fn append(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = open(dir.path());
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        journal.append(moment(n), event(n)).unwrap()
    });
}

/// Looking a file over and opening it, with a usual year in it and with very many.
#[divan::bench(args = [0, 5_000, 100_000], sample_count = 20)]
fn open_file(bencher: Bencher<'_, '_>, entries: usize) {
    let dir = filled(entries);
    bencher.bench_local(|| open(dir.path()));
}

/// From the file to everything that follows from it.
#[divan::bench(args = [5_000, 100_000], sample_count = 20)]
fn replay(bencher: Bencher<'_, '_>, entries: usize) {
    let dir = filled(entries);
    let journal = open(dir.path());
    bencher
        .counter(ItemsCount::new(entries))
        .bench_local(|| journal.progress(Aliases::default()).unwrap());
}

/// The fold alone.
#[divan::bench(sample_count = 20)]
fn fold_100_000_entries(bencher: Bencher<'_, '_>) {
    let dir = filled(100_000);
    let entries = open(dir.path()).entries().unwrap();
    bencher.bench_local(|| {
        let mut progress = Progress::default();
        for entry in &entries {
            progress.apply(entry);
        }
        progress
    });
}

/// Asking whether another running copy wrote something.
#[divan::bench]
fn nothing_new(bencher: Bencher<'_, '_>) {
    let dir = filled(5_000);
    let journal = open(dir.path());
    let (_, cursor) = journal.progress(Aliases::default()).unwrap();
    bencher.bench_local(|| journal.changes_since(cursor).unwrap());
}
