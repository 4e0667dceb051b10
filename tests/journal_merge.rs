//! Journals of two machines become one, as files and as text.

use std::path::Path;

use hanulgil::journal::{Aliases, Cursor, Entry, Error, Event, Journal, Merged, Moment};
use jiff::{SignedDuration, Timestamp, tz::Offset};
use proptest::prelude::*;

fn at(minutes: i64) -> Moment {
    let at = Timestamp::from_second(1_782_907_200).unwrap() + SignedDuration::from_mins(minutes);
    Moment::new(at, Offset::constant(9))
}

fn page(n: u32) -> Event {
    Event::PageReached { lesson: "internet-gateway".into(), page: n }
}

fn in_memory(minutes: &[i64]) -> Journal {
    let mut journal = Journal::in_memory().unwrap();
    for (n, minute) in (0..).zip(minutes) {
        journal.append(at(*minute), page(n)).unwrap();
    }
    journal
}

fn lines(journal: &Journal) -> String {
    let mut lines = Vec::new();
    journal.export(&mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

fn take(journal: &mut Journal, from: &Journal) -> Merged {
    journal.import(lines(from).as_bytes()).unwrap()
}

fn union(journals: &[&Journal]) -> Journal {
    let mut union = Journal::in_memory().unwrap();
    for journal in journals {
        take(&mut union, journal);
    }
    union
}

fn open(dir: &Path) -> Journal {
    let opened = Journal::open(dir).unwrap();
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    opened.journal
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn merging_does_not_care_for_order_grouping_or_repetition(
        a in prop::collection::vec(0..60_i64, 0..8),
        b in prop::collection::vec(0..60_i64, 0..8),
        c in prop::collection::vec(0..60_i64, 0..8),
    ) {
        let (a, b, c) = (in_memory(&a), in_memory(&b), in_memory(&c));
        let abc = lines(&union(&[&a, &b, &c]));
        prop_assert_eq!(&lines(&union(&[&c, &a, &b])), &abc);
        prop_assert_eq!(&lines(&union(&[&union(&[&b, &c]), &a])), &abc);
        prop_assert_eq!(&lines(&union(&[&a, &b, &a, &c, &c, &b])), &abc);
        let number: usize = [&a, &b, &c].iter().map(|one| lines(one).lines().count()).sum();
        prop_assert_eq!(abc.lines().count(), number);

        let progress = |journal: &Journal| journal.progress(Aliases::default()).unwrap().0;
        prop_assert_eq!(progress(&union(&[&a, &b, &c])), progress(&union(&[&c, &b, &a])));
    }
}

#[test]
fn two_machines_files_become_one() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut ours = open(here.path());
    let mut theirs = open(there.path());
    ours.append(at(0), page(1)).unwrap();
    theirs.append(at(1), page(2)).unwrap();
    ours.append(at(2), page(3)).unwrap();
    let (_, cursor) = ours.changes_since(Cursor::default()).unwrap();

    // The other one is open, and its newest entries stand in its log only.
    let other = there.path().join("journal.db");
    assert_eq!(ours.merge_from(&other).unwrap(), Merged { added: 1, known: 0 });
    assert_eq!(ours.merge_from(&other).unwrap(), Merged { added: 0, known: 1 });
    assert_eq!(theirs.merge_from(&here.path().join("journal.db")).unwrap().added, 2);
    assert_eq!(ours.entries().unwrap(), theirs.entries().unwrap());

    // Whoever is reading along gets to know, though the entry is older than what was read.
    let (arrived, _) = ours.changes_since(cursor).unwrap();
    assert_eq!(arrived.iter().map(|entry| &entry.event).collect::<Vec<_>>(), [&page(2)]);
}

#[test]
fn a_journal_merged_with_itself_stays_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = open(dir.path());
    journal.append(at(0), page(1)).unwrap();
    let merged = journal.merge_from(&dir.path().join("journal.db")).unwrap();
    assert_eq!(merged, Merged { added: 0, known: 1 });
}

#[test]
fn what_comes_after_a_merge_is_the_latest_even_when_the_other_clock_was_ahead() {
    let mut ours = in_memory(&[]);
    take(&mut ours, &in_memory(&[60 * 24 * 365]));
    let entry = ours.append(at(0), page(9)).unwrap();
    assert_eq!(entry.when, at(0));
    assert_eq!(ours.entries().unwrap().last(), Some(&entry));
    let (progress, _) = ours.progress(Aliases::default()).unwrap();
    assert_eq!(progress.lesson("internet-gateway").unwrap().page(), 9);
}

#[test]
fn what_is_no_journal_is_not_merged() {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = in_memory(&[1]);
    let path = dir.path().join("other");
    assert!(matches!(journal.merge_from(&path), Err(Error::Io(_))), "nothing there");
    std::fs::write(&path, "x").unwrap();
    assert!(matches!(journal.merge_from(&path), Err(Error::Damaged(_))));
    assert_eq!(journal.entries().unwrap().len(), 1);
}

#[test]
fn an_export_is_a_line_per_entry_that_a_person_can_read() {
    let mut journal = Journal::in_memory().unwrap();
    let entry = journal.append(at(0), page(3)).unwrap();
    assert_eq!(
        lines(&journal),
        format!(
            "{{\"id\":\"{}\",\"at\":\"2026-07-01T21:00:00+09:00\",\"event\":{{\"page_reached\":\
             {{\"lesson\":\"internet-gateway\",\"page\":3}}}}}}\n",
            entry.id
        )
    );
}

#[test]
fn an_event_that_this_version_does_not_know_goes_everywhere_unchanged() {
    let line = "{\"id\":\"019f1da6-4c00-7000-8000-00000000002a\",\"at\":\"2026-07-01T21:00:00+09:00\",\
                \"event\":{\"duel_won\":{\"rate\": 0.10000000000000000555,\"faults\":[3, null]}}}\n";
    let dir = tempfile::tempdir().unwrap();
    let mut journal = open(dir.path());
    journal.import(line.as_bytes()).unwrap();
    let (progress, _) = journal.progress(Aliases::default()).unwrap();
    assert_eq!(progress.last_lesson(), None);
    assert_eq!(lines(&journal), line);

    let mut other = Journal::in_memory().unwrap();
    other.merge_from(&dir.path().join("journal.db")).unwrap();
    assert_eq!(lines(&other), line);
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_nothing_is_taken_over() {
    let good = lines(&in_memory(&[1, 2]));
    let id = "019f1da6-4c00-7000-8000-00000000002a";
    for (bad, reason) in [
        ("nonsense".to_owned(), "expected"),
        ("{}".to_owned(), "missing field"),
        (r#"{"id":"7","at":"2026-07-01T21:00:00Z","event":1}"#.to_owned(), "`7` is no id"),
        (format!(r#"{{"id":"{id}","at":"noon","event":1}}"#), "`noon` is no time"),
        (format!(r#"{{"id":"{id}","at":"2026-07-01T21:00:00Z","event":}}"#), "expected value"),
    ] {
        let mut journal = in_memory(&[5]);
        let text = format!("{good}\n{bad}\n");
        match journal.import(text.as_bytes()) {
            Err(Error::Line { line: 4, reason: said }) => assert!(said.contains(reason), "{said}"),
            other => panic!("{bad}: {other:?}"),
        }
        assert_eq!(journal.entries().unwrap().len(), 1);
    }
}

#[test]
fn an_import_that_is_no_text_is_refused() {
    let mut journal = in_memory(&[5]);
    assert!(matches!(journal.import(&b"\xff\xfe\n"[..]), Err(Error::Line { line: 1, .. })));
}

#[test]
fn an_id_from_the_end_of_time_does_not_keep_others_from_following() {
    let line =
        r#"{"id":"ffffffff-ffff-7fff-bfff-ffffffffffff","at":"2026-07-01T21:00:00Z","event":1}"#;
    let mut journal = in_memory(&[]);
    journal.import(line.as_bytes()).unwrap();
    let entries: Vec<Entry> = (0..3).map(|n| journal.append(at(0), page(n)).unwrap()).collect();
    assert_eq!(journal.entries().unwrap()[..3], entries);
    assert!(entries.is_sorted_by_key(|entry| entry.id));
}
