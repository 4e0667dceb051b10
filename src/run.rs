//! The loop: draws, sleeps until something happens, hands it to the app, and carries out what the
//! app wants done. The terminal, the clock and the journal meet here and nowhere else.
//!
//! One thread. Two sources wake it: the terminal (with signals, which arrive through a pipe), and
//! the time that the model asks for. While nothing happens nothing runs and nothing is written.

pub mod events;
pub mod keyboard;
pub mod scenes;
pub mod terminal;

use std::{
    io,
    path::PathBuf,
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    app::{self, Effect, Key, Model, Msg, keys},
    i18n::workshop::Workshop,
    journal::{self, Cursor, Journal, Moment, Progress},
    run::{
        events::{Event, Events},
        keyboard::Input,
        terminal::Screen,
    },
    ui,
};

/// How long until what could not be saved is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// How many keys that arrive at once are taken for typed by a person.
const TYPED_AHEAD: usize = 100;

/// How the study ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The learner left.
    Left,
    /// This signal asked for it.
    Signal(i32),
    /// The terminal is gone.
    Gone,
    /// There was no journal to write to.
    NoJournal,
}

/// What there is when the study ends.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub ending: Ending,
    /// What the learner has done by now.
    pub progress: Progress,
}

/// A journal to write to, and what it tells.
#[derive(Debug)]
pub struct Read {
    /// The journal.
    pub journal: Journal,
    /// What follows from its entries.
    pub progress: Progress,
    /// Up to where they were read.
    pub cursor: Cursor,
}

/// What the loop carries around.
struct Run {
    screen: Screen,
    model: Model,
    journal: Journal,
    /// Up to where the journal has been read.
    cursor: Cursor,
    started: Instant,
    /// Where scenes of the learner's own are kept.
    scenes: PathBuf,
}

/// Studies until the learner leaves. `read` is asked for the journal once the first frame is on
/// the screen; the model may know less of it until then. `scenes` is the folder of the learner's own
/// scenes. When this returns, the journal is closed.
///
/// # Errors
/// The terminal cannot be taken over, or the system refuses to wait for it.
pub fn study(
    mut model: Model,
    scenes: PathBuf,
    read: impl FnOnce(&mut Model) -> Option<Read>,
) -> io::Result<Ended> {
    model.began = Some(Timestamp::now());
    let mut events = Events::new()?;
    let screen = Screen::enter(model.mouse)?;
    let nothing = |ending| Ended { ending, progress: Progress::default() };
    match first_frame(screen, model, scenes, read) {
        // Writing to a terminal that was closed.
        Err(error) if is_gone(&error) => Ok(nothing(Ending::Gone)),
        Err(error) => Err(error),
        Ok(None) => Ok(nothing(Ending::NoJournal)),
        Ok(Some(mut run)) => {
            let ending = match run.go_on(&mut events) {
                Err(error) if is_gone(&error) => Ending::Gone,
                ending => ending?,
            };
            run.catch_up();
            Ok(Ended { ending, progress: run.model.progress })
        }
    }
}

/// Shows the first frame, then gets the journal.
fn first_frame(
    mut screen: Screen,
    mut model: Model,
    scenes: PathBuf,
    read: impl FnOnce(&mut Model) -> Option<Read>,
) -> io::Result<Option<Run>> {
    let started = now();
    let (width, height) = screen.size()?;
    let mut early = app::update(&mut model, Msg::Resize(width, height));
    let seen = screen.draw(|frame| ui::draw(&model, frame))?;
    early.extend(app::update(&mut model, Msg::Seen(seen)));
    screen.show()?;
    let Some(Read { journal, progress, cursor }) = read(&mut model) else { return Ok(None) };
    early.extend(app::update(&mut model, Msg::Remembered(Box::new(progress))));
    let mut run = Run { screen, model, journal, cursor, started, scenes };
    run.carry_out(early)?;
    Ok(Some(run))
}

impl Run {
    fn go_on(&mut self, events: &mut Events) -> io::Result<Ending> {
        let mut happened = Vec::new();
        loop {
            self.draw()?;
            self.screen.show()?;
            happened.clear();
            let retry = (self.journal.waiting() > 0).then_some(RETRY);
            let wake = [self.model.wakes_in(), retry].into_iter().flatten().min();
            events.wait(wake, &mut happened)?;
            if retry.is_some() {
                // Fails as it failed before, and was told then.
                let _ = self.journal.flush();
            }
            // Once for all that happened together: its messages share one moment, and one frame.
            if let Some(ending) = self.tell(Msg::Tick(self.started.elapsed()))? {
                return Ok(ending);
            }
            for (number, event) in happened.drain(..).enumerate() {
                // What a key or click means may depend on what the one before it made of the
                // screen. Keys typed ahead get their frames; a flood does not, nobody aims it.
                if (1..=TYPED_AHEAD).contains(&number) {
                    self.draw()?;
                }
                if let Some(ending) = self.react(event)? {
                    return Ok(ending);
                }
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let model = &self.model;
        let seen = self.screen.draw(|frame| ui::draw(model, frame))?;
        self.tell(Msg::Seen(seen)).map(drop)
    }

    fn measure(&mut self) -> io::Result<()> {
        let (width, height) = self.screen.size()?;
        self.tell(Msg::Resize(width, height)).map(drop)
    }

    fn react(&mut self, event: Event) -> io::Result<Option<Ending>> {
        let input = match event {
            Event::Input(input) => input,
            Event::Resized => {
                // Also when the size is the old one: it may have been another one in between, and
                // the terminal has forgotten what did not fit.
                self.screen.renew()?;
                self.measure()?;
                return Ok(None);
            }
            Event::Stopped => {
                self.screen.lend(events::suspend)?;
                self.measure()?;
                return Ok(None);
            }
            Event::Continued => {
                self.screen.retake()?;
                self.measure()?;
                return Ok(None);
            }
            Event::Ended(signal) => return Ok(Some(Ending::Signal(signal))),
            Event::Gone => return Ok(Some(Ending::Gone)),
        };
        match input {
            Input::Key(key) if key == Key::ctrl('z') && self.is_free(key) => {
                self.react(Event::Stopped)
            }
            Input::Key(key) => self.tell(Msg::Key(key)),
            Input::Mouse(mouse) => self.tell(Msg::Mouse(mouse)),
            Input::Paste(text) => self.tell(Msg::Paste(text)),
        }
    }

    /// Does the key mean nothing to the app?
    fn is_free(&self, key: Key) -> bool {
        keys::find(&self.model.scopes(), key).is_none()
    }

    /// Tells the app, and carries out what it wants done; the ending, when that is it.
    fn tell(&mut self, msg: Msg) -> io::Result<Option<Ending>> {
        let effects = app::update(&mut self.model, msg);
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<Option<Ending>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Some(Ending::Left)),
                Effect::CaptureMouse(on) => self.screen.capture_mouse(on)?,
                Effect::Record(event) => self.record(event),
                Effect::ListScenes => {
                    let names = scenes::list(&self.scenes);
                    self.answer(Msg::Scenes(names))?;
                }
                Effect::ReadScene(name) => {
                    let told = match scenes::read(&self.scenes, &name) {
                        Ok((path, text)) => Msg::Opened(path, text),
                        Err(error) => self.failed(|words| words.not_read, &error),
                    };
                    self.answer(told)?;
                }
                Effect::SaveScene { path, name, was, text } => {
                    let told = match scenes::write(&self.scenes, path, &name, &was, &text) {
                        Ok(Some(path)) => Msg::Saved(path),
                        Ok(None) => {
                            let words = &self.model.lang.strings().workshop;
                            Msg::Notice(words.changed_meanwhile.to_owned())
                        }
                        Err(error) => self.failed(|words| words.not_saved, &error),
                    };
                    self.answer(told)?;
                }
            }
        }
        Ok(None)
    }

    /// Tells the app what came of an effect.
    fn answer(&mut self, told: Msg) -> io::Result<()> {
        let effects = app::update(&mut self.model, told);
        self.carry_out(effects).map(drop)
    }

    fn failed(&self, say: fn(&Workshop) -> fn(&str) -> String, error: &io::Error) -> Msg {
        Msg::Notice(say(&self.model.lang.strings().workshop)(&error.to_string()))
    }

    fn record(&mut self, event: journal::Event) {
        match self.journal.append(moment(), event) {
            Ok(entry) => self.recorded(entry),
            Err(unsaved) => {
                let notice = unsaved.say(self.model.lang);
                self.recorded(*unsaved.entry);
                app::update(&mut self.model, Msg::Notice(notice));
            }
        }
        self.catch_up();
    }

    /// Another copy of the program may have written too.
    fn catch_up(&mut self) {
        if let Ok((entries, cursor)) = self.journal.changes_since(self.cursor) {
            self.cursor = cursor;
            for entry in entries {
                self.recorded(entry);
            }
        }
    }

    fn recorded(&mut self, entry: journal::Entry) {
        // Nothing is to be done about what was done.
        app::update(&mut self.model, Msg::Recorded(Box::new(entry)));
    }
}

fn is_gone(error: &io::Error) -> bool {
    // EIO: the other end of a pseudo-terminal was closed.
    error.kind() == io::ErrorKind::BrokenPipe || error.raw_os_error() == Some(5)
}

#[expect(clippy::disallowed_methods, reason = "this is where time enters")]
fn now() -> Instant {
    Instant::now()
}

/// Now, for the journal.
fn moment() -> Moment {
    let now = Timestamp::now();
    Moment::new(now, TimeZone::system().to_offset(now))
}
