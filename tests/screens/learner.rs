//! A learner without a terminal: presses keys, lets time pass, and looks.

use std::time::Duration;

use hanulgil::{
    app::{self, Effect, Key, KeyCode, Look, Model, Mouse, MouseKind, Msg},
    course::{Course, Pack},
    i18n::Lang,
    journal::{Aliases, Event, Journal, Moment},
    ui,
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
};

/// A learner at a screen.
pub struct Learner {
    /// What the program knows.
    pub model: Model,
    /// Everything that was written into the journal, in order.
    pub events: Vec<Event>,
    /// Did the program want to end?
    pub has_quit: bool,
    journal: Journal,
    terminal: Terminal<TestBackend>,
    buffer: Buffer,
    cursor: Option<(u16, u16)>,
    moment: Moment,
}

impl Learner {
    /// A learner of some pack, with some look.
    pub fn with(pack: Pack, lang: Lang, look: Look, width: u16, height: u16) -> Self {
        let (course, _) = Course::open(pack);
        let journal = Journal::in_memory().unwrap();
        let (progress, _) = journal.progress(Aliases::default()).unwrap();
        let moment: Moment = "2026-07-01T09:00:00+09:00".parse().unwrap();
        let mut model = Model::new(course, progress, lang, look, (width, height));
        model.began = Some(moment.at());
        let backend = TestBackend::new(width, height);
        let mut learner = Self {
            model,
            events: Vec::new(),
            has_quit: false,
            journal,
            terminal: Terminal::new(backend).unwrap(),
            buffer: Buffer::default(),
            cursor: None,
            moment,
        };
        learner.draw();
        // What home reads ahead.
        learner.rest();
        learner
    }

    /// Starts the program again, with what the journal kept.
    pub fn restart(self) -> Self {
        self.restart_after(0)
    }

    /// Starts the program again some days later.
    pub fn restart_after(mut self, days: i64) -> Self {
        let later = self.moment.at() + jiff::SignedDuration::from_hours(24 * days);
        self.moment = Moment::new(later, self.moment.offset());
        let (course, _) = Course::open(self.model.course.pack.clone());
        let (progress, _) = self.journal.progress(Aliases::default()).unwrap();
        self.model =
            Model::new(course, progress, self.model.lang, self.model.look, self.model.size);
        self.model.began = Some(self.moment.at());
        self.draw();
        self.rest();
        self
    }

    /// Presses keys: `j Enter 2 Space C-c 라`; `text:...` types it letter by letter.
    pub fn press(mut self, keys: &str) -> Self {
        for step in keys.split_whitespace() {
            if let Some(text) = step.strip_prefix("text:") {
                for letter in text.chars() {
                    self.key(Key::char(if letter == '_' { ' ' } else { letter }));
                }
            } else {
                self.key(key(step));
            }
        }
        self
    }

    /// Presses one key.
    pub fn key(&mut self, key: Key) {
        self.tell(Msg::Tick(self.model.now));
        self.tell(Msg::Key(key));
        self.draw();
    }

    /// Pastes a text.
    pub fn paste(mut self, text: &str) -> Self {
        self.tell(Msg::Paste(text.into()));
        self.draw();
        self
    }

    /// Clicks on the first place where a text stands.
    pub fn click(self, text: &str) -> Self {
        let (x, y) = self.find(text);
        self.click_at(x, y)
    }

    /// Clicks on a cell.
    pub fn click_at(mut self, x: u16, y: u16) -> Self {
        for kind in [MouseKind::Down, MouseKind::Up] {
            self.tell(Msg::Tick(self.model.now));
            self.tell(Msg::Mouse(Mouse { kind, x, y }));
            self.draw();
        }
        self
    }

    /// Drags what stands at one text onto what stands at another.
    #[allow(dead_code, reason = "not everybody drags")]
    pub fn drag(self, from: &str, to: &str) -> Self {
        let (from, to) = (self.find(from), self.find(to));
        self.hold(from, to).drop_at(to)
    }

    /// Presses the button on a cell, and moves to another with the button held.
    #[allow(dead_code, reason = "not everybody drags")]
    pub fn hold(mut self, from: (u16, u16), to: (u16, u16)) -> Self {
        self.mouse(MouseKind::Down, from);
        self.mouse(MouseKind::Drag, (u16::midpoint(from.0, to.0), u16::midpoint(from.1, to.1)));
        self.mouse(MouseKind::Drag, to);
        self
    }

    /// Lets the button go.
    #[allow(dead_code, reason = "not everybody drags")]
    pub fn drop_at(mut self, at: (u16, u16)) -> Self {
        self.mouse(MouseKind::Up, at);
        self
    }

    /// The mouse does this on a cell.
    #[allow(dead_code, reason = "not everybody drags")]
    pub fn mouse(&mut self, kind: MouseKind, (x, y): (u16, u16)) {
        self.tell(Msg::Tick(self.model.now));
        self.tell(Msg::Mouse(Mouse { kind, x, y }));
        self.draw();
    }

    /// Turns the wheel in the middle of the screen.
    pub fn wheel(mut self, kind: MouseKind) -> Self {
        let (x, y) = (self.model.size.0 / 2, self.model.size.1 / 2);
        self.tell(Msg::Mouse(Mouse { kind, x, y }));
        self.draw();
        self
    }

    /// Gives the terminal another size.
    pub fn resize(mut self, width: u16, height: u16) -> Self {
        self.terminal.backend_mut().resize(width, height);
        self.tell(Msg::Resize(width, height));
        self.draw();
        self
    }

    /// Lets time pass.
    pub fn wait(mut self, time: Duration) -> Self {
        self.tell(Msg::Tick(self.model.now + time));
        self.draw();
        self
    }

    /// Lets time pass until nothing moves.
    pub fn rest(&mut self) {
        let mut steps = 0;
        while let Some(time) = self.model.wakes_in() {
            self.tell(Msg::Tick(self.model.now + time));
            self.draw();
            steps += 1;
            assert!(steps < 10_000, "the program never rests");
        }
    }

    /// Lets time pass until nothing moves.
    pub fn rested(mut self) -> Self {
        self.rest();
        self
    }

    fn tell(&mut self, msg: Msg) {
        for effect in app::update(&mut self.model, msg) {
            match effect {
                Effect::Quit => self.has_quit = true,
                // There is no disk: nothing was saved, and what is saved goes nowhere.
                Effect::CaptureMouse(_) | Effect::ReadScene(_) | Effect::SaveScene { .. } => {}
                Effect::ListScenes => self.tell(Msg::Scenes(Vec::new())),
                Effect::Record(event) => {
                    self.events.push(event.clone());
                    let entry = self.journal.append(self.moment, event).unwrap();
                    self.tell(Msg::Recorded(Box::new(entry)));
                }
            }
        }
    }

    fn draw(&mut self) {
        let mut seen = None;
        let model = &self.model;
        let frame = self.terminal.draw(|frame| seen = Some(ui::draw(model, frame))).unwrap();
        self.buffer = frame.buffer.clone();
        let visible = self.terminal.backend().cursor_visible();
        let position = self.terminal.get_cursor_position().unwrap();
        self.cursor = visible.then_some((position.x, position.y));
        self.tell(Msg::Seen(seen.unwrap()));
    }

    /// Where the terminal's cursor is, if it is shown.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        self.cursor
    }

    /// The frame.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// What is on screen, without the spaces at the ends of lines.
    pub fn screen(&self) -> String {
        let mut screen = String::new();
        for y in 0..self.buffer.area.height {
            screen.push_str(self.line(y).trim_end());
            screen.push('\n');
        }
        screen
    }

    /// One line of the screen.
    pub fn line(&self, y: u16) -> String {
        self.cells(y).map(|(_, cell)| cell.symbol()).collect()
    }

    /// The cells of a line that are drawn: not the one behind a wide letter.
    fn cells(&self, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
        let mut behind = 0;
        (0..self.buffer.area.width).filter_map(move |x| {
            if behind > 0 {
                behind -= 1;
                return None;
            }
            let cell = &self.buffer[(x, y)];
            behind = hanulgil::text::width::width(cell.symbol()).saturating_sub(1);
            Some((x, cell))
        })
    }

    /// Is a text on one of the lines?
    pub fn sees(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    /// Insists on seeing a text.
    pub fn see(self, text: &str) -> Self {
        assert!(self.sees(text), "`{text}` is not on the screen:\n{}", self.screen());
        self
    }

    /// Insists on not seeing a text.
    pub fn miss(self, text: &str) -> Self {
        assert!(!self.sees(text), "`{text}` is on the screen:\n{}", self.screen());
        self
    }

    /// The first cell of a text on the screen.
    pub fn find(&self, text: &str) -> (u16, u16) {
        for y in 0..self.buffer.area.height {
            if let Some(at) = self.line(y).find(text) {
                let mut bytes = 0;
                for (x, cell) in self.cells(y) {
                    if bytes == at {
                        return (x, y);
                    }
                    bytes += cell.symbol().len();
                }
            }
        }
        panic!("`{text}` is not on the screen:\n{}", self.screen());
    }

    /// The cell where a text begins.
    pub fn cell(&self, text: &str) -> &Cell {
        &self.buffer[self.find(text)]
    }
}

/// The key of a name.
fn key(name: &str) -> Key {
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        name => {
            if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
                return Key::plain(KeyCode::F(number));
            }
            if let Some(letter) = name.strip_prefix("C-") {
                return Key::ctrl(letter.chars().next().unwrap());
            }
            let mut letters = name.chars();
            let letter = letters.next().unwrap();
            assert!(letters.next().is_none(), "there is no key `{name}`");
            KeyCode::Char(letter)
        }
    };
    Key::plain(code)
}
