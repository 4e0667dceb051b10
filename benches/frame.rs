//! How long a frame takes to draw: the promise is that even the heaviest screens stay far below
//! the 16 ms of a screen's own frame, so that a held key scrolls smoothly.

use std::time::Duration;

use divan::Bencher;
use hanulgil::{
    app::{self, Effect, Key, KeyCode, Look, Model, Msg},
    course::{Course, Pack},
    i18n::Lang,
    journal::{Aliases, Journal, Moment},
    ui,
};
use ratatui::{Terminal, backend::TestBackend};

const SIZES: [(u16, u16); 2] = [(120, 36), (200, 50)];

fn main() {
    divan::main();
}

/// A model after these keys (in the lesson on internet gateways, if any), with everything that
/// moved at rest.
fn model(keys: &[KeyCode], (width, height): (u16, u16)) -> (Model, Terminal<TestBackend>) {
    let (course, _) = Course::open(Pack::builtin());
    let lesson = course.lessons().position(|entry| entry.id.0 == "internet-gateway").unwrap();
    let before = if keys.is_empty() { 0 } else { lesson };
    let keys = std::iter::repeat_n(&KeyCode::Down, before).chain(keys);
    let mut journal = Journal::in_memory().unwrap();
    let (progress, _) = journal.progress(Aliases::default()).unwrap();
    let moment: Moment = "2026-07-01T09:00:00+09:00".parse().unwrap();
    let mut model = Model::new(course, progress, Lang::Ko, Look::default(), (width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut tell = |model: &mut Model, msg| {
        for effect in app::update(model, msg) {
            if let Effect::Record(event) = effect {
                let entry = journal.append(moment, event).unwrap();
                app::update(model, Msg::Recorded(Box::new(entry)));
            }
        }
    };
    for key in keys {
        draw(&mut model, &mut terminal);
        tell(&mut model, Msg::Tick(Duration::ZERO));
        tell(&mut model, Msg::Key(Key::plain(*key)));
        while let Some(time) = model.wakes_in() {
            let now = model.now + time;
            tell(&mut model, Msg::Tick(now));
        }
    }
    draw(&mut model, &mut terminal);
    (model, terminal)
}

fn draw(model: &mut Model, terminal: &mut Terminal<TestBackend>) {
    let mut seen = None;
    terminal.draw(|frame| seen = Some(ui::draw(model, frame))).unwrap();
    app::update(model, Msg::Seen(seen.unwrap()));
}

fn bench(bencher: Bencher<'_, '_>, keys: &[KeyCode], size: (u16, u16)) {
    let (mut model, mut terminal) = model(keys, size);
    bencher.bench_local(|| draw(&mut model, &mut terminal));
}

const ENTER: KeyCode = KeyCode::Enter;
const TAB: KeyCode = KeyCode::Tab;

#[divan::bench(args = SIZES)]
fn home(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    bench(bencher, &[], size);
}

/// The page with the most prose.
#[divan::bench(args = SIZES)]
fn prose(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    bench(bencher, &[ENTER, KeyCode::Char('4')], size);
}

/// The page with the largest scene, its packet sent.
#[divan::bench(args = SIZES)]
fn scene(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let keys = [ENTER, KeyCode::Char('3'), TAB, ENTER, ENTER, ENTER];
    bench(bencher, &keys, size);
}

/// A packet question that was answered.
#[divan::bench(args = SIZES)]
fn packet(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let keys = [ENTER, KeyCode::Char('2'), TAB, ENTER, KeyCode::Char('1'), ENTER];
    bench(bencher, &keys, size);
}
