//! How long it takes from the start of the program to its first full frame, in a pseudo-terminal,
//! beside a bare ratatui program that draws one line and does nothing else.
//!
//! Promise: no more than 1.5 times the bare program. Both are started in
//! turns, so that whatever else the machine does happens to both.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    time::{Duration, Instant},
};

use hanulgil::{
    course::Course,
    journal::{Event, Given, Journal, Moment},
};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::{crossterm::event, widgets::Paragraph};

const PROMISED: f64 = 1.5;
const ROUNDS: usize = 60;
/// The last thing of a frame: what the bare program draws, what ours ends its frames with.
const DRAWN: &[u8] = b"bare";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

fn main() {
    if std::env::args().any(|argument| argument == "--bare") {
        return bare();
    }
    // `cargo test --benches` only wants to see that it starts.
    let rounds = if std::env::args().any(|argument| argument == "--bench") { ROUNDS } else { 1 };

    let own = std::env::current_exe().unwrap();
    let fresh = tempfile::tempdir().unwrap();
    let filled = [400, 5_000, 50_000].map(|entries| {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), entries);
        // The first start after an import reads the journal before it shows anything.
        start(dir.path());
        dir
    });
    let unread = tempfile::tempdir().unwrap();
    fill(unread.path(), 400);
    let mut times = [const { Vec::new() }; 6];
    for round in 0..rounds {
        // What one start leaves to be written slows the next one down, so each row follows every
        // other: seven is prime, so a stride visits all six, in another order each time.
        for row in (0..7).map(|at| (at * (round % 6 + 1) + round) % 7).filter(|row| *row < 6) {
            times[row].push(match row {
                0 => first_frame(&own, &["--bare"], DRAWN),
                1 => start(&fresh.path().join(round.to_string())),
                5 => {
                    let _ = fs::remove_file(unread.path().join("glance.json"));
                    start(unread.path())
                }
                row => start(filled[row - 2].path()),
            });
        }
    }
    let [bare, rest @ ..] = times.map(median);
    println!("start to first full frame, median of {rounds}:");
    println!("  bare ratatui program              {bare:>9.1?}");
    let names = [
        "the very first start",
        "after a month (400 entries)",
        "after a year (5,000 entries)",
        "after ten years (50,000 entries)",
    ];
    let ratio = |time: Duration| time.as_secs_f64() / bare.as_secs_f64();
    for (name, time) in names.into_iter().zip(rest) {
        println!("  {name:<32}  {time:>9.1?}   {:.2} times", ratio(time));
    }
    println!("  promised: at most {PROMISED} times");
    let [.., unread] = rest;
    println!(
        "  once, where the journal's glance is gone (400 entries): {:.2} times",
        ratio(unread)
    );
}

fn start(data: &Path) -> Duration {
    let arguments = ["--lang", "ko", "--data", data.to_str().unwrap()];
    first_frame(Path::new(env!("CARGO_BIN_EXE_hanulgil")), &arguments, FRAME_ENDS)
}

/// A journal with so many entries: a usual evening makes about fifteen.
fn fill(data: &Path, entries: u32) {
    let mut memory = Journal::in_memory().unwrap();
    let (course, _) = Course::builtin();
    let lessons: Vec<_> = course.lessons().collect();
    for (n, lesson) in (0..entries).zip(lessons.into_iter().cycle()) {
        let question = lesson.questions.get(n as usize / 7 % 12);
        let event = match question {
            Some(question) if n % 3 > 0 => Event::QuestionAnswered {
                lesson: lesson.id.0.clone(),
                question: question.0.clone(),
                given: Given::Options(vec!["both-ends".into()]),
                right: n % 4 > 0,
                sure: Some(true),
                hinted: false,
                millis: 8_400,
            },
            _ => Event::PageReached { lesson: lesson.id.0.clone(), page: n % 5 },
        };
        memory.append(Moment::utc(jiff::Timestamp::UNIX_EPOCH), event).unwrap();
    }
    let mut lines = Vec::new();
    memory.export(&mut lines).unwrap();
    Journal::open(data).unwrap().journal.import(&lines[..]).unwrap();
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Starts a program and waits for these bytes.
#[expect(clippy::disallowed_methods, reason = "this measures time")]
fn first_frame(program: &Path, arguments: &[&str], until: &[u8]) -> Duration {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    let started = Instant::now();
    let mut child = pair.slave.spawn_command(command).unwrap();
    let (mut heard, mut piece) = (Vec::new(), [0; 1 << 14]);
    while !heard.windows(until.len()).any(|window| window == until) {
        let count = reader.read(&mut piece).unwrap();
        assert!(count > 0, "it ended: {}", heard.escape_ascii());
        heard.extend_from_slice(&piece[..count]);
    }
    let took = started.elapsed();
    pair.master.take_writer().unwrap().write_all(b"q").unwrap();
    child.wait().unwrap();
    took
}

/// The least that a program with a screen does.
fn bare() {
    let mut terminal = ratatui::init();
    terminal.draw(|frame| frame.render_widget(Paragraph::new("bare"), frame.area())).unwrap();
    while !event::read().unwrap().is_key_press() {}
    ratatui::restore();
}
