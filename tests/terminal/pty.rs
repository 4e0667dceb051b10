//! A program in a real pseudo-terminal: press keys, wait for what the screen shows, look.
#![expect(clippy::disallowed_methods, reason = "deadlines are about time")]

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, PtyPair, PtySize, native_pty_system};

/// Nothing here takes so long; a machine that is busy may.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came out of the program so far.
pub struct Output {
    pub parser: vt100::Parser,
    pub bytes: Vec<u8>,
    closed: bool,
}

/// A program under the hands of a person.
pub struct Session {
    pair: PtyPair,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Arc<(Mutex<Output>, Condvar)>,
    modes: String,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

/// Starts `hanulgil` with these arguments, its progress in `data`, in an empty environment.
pub fn hanulgil(data: &Path, arguments: &[&str]) -> Session {
    hanulgil_with(data, arguments, &[], (80, 24))
}

/// The same, with more of the environment and another size.
pub fn hanulgil_with(
    data: &Path,
    arguments: &[&str],
    environment: &[(&str, &str)],
    (columns, rows): (u16, u16),
) -> Session {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hanulgil"));
    command.args(arguments);
    command.arg("--data");
    command.arg(data);
    Session::start(command, environment, columns, rows)
}

impl Session {
    pub fn start(
        mut command: CommandBuilder,
        environment: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", "/nonexistent");
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        for (name, value) in environment {
            command.env(name, value);
        }
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let modes = format!("{:?}", pair.master.get_termios().unwrap());
        let child = pair.slave.spawn_command(command).unwrap();
        let keys = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        let output = Output { parser, bytes: Vec::new(), closed: false };
        let output = Arc::new((Mutex::new(output), Condvar::new()));
        let (mut reader, heard) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&output));
        std::thread::spawn(move || {
            let mut piece = [0; 1 << 14];
            loop {
                let count = reader.read(&mut piece).unwrap_or(0);
                let mut output = heard.0.lock().unwrap_or_else(PoisonError::into_inner);
                output.parser.process(&piece[..count]);
                output.bytes.extend_from_slice(&piece[..count]);
                output.closed = count == 0;
                heard.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self { pair, child, keys, output, modes }
    }

    /// Types these bytes.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Waits until the output is as wanted.
    pub fn until(&self, what: &str, wanted: impl Fn(&Output) -> bool) -> MutexGuard<'_, Output> {
        let (output, news) = &*self.output;
        let end = Instant::now() + PATIENCE;
        let mut output = output.lock().unwrap();
        while !wanted(&output) {
            let left = end.saturating_duration_since(Instant::now());
            let screen = output.parser.screen().contents();
            assert!(!output.closed, "the program ended; waited for {what}; the screen:\n{screen}");
            assert!(!left.is_zero(), "waited in vain for {what}; the screen:\n{screen}");
            output = news.wait_timeout(output, left).unwrap().0;
        }
        output
    }

    /// Waits until the screen shows this text.
    pub fn see(&mut self, text: &str) -> &mut Self {
        drop(self.until(&format!("`{text}`"), |output| shows(output, text)));
        self
    }

    /// Waits until the screen shows this text no more.
    pub fn see_no_more(&mut self, text: &str) -> &mut Self {
        drop(self.until(&format!("`{text}` to go"), |output| !shows(output, text)));
        self
    }

    /// Goes down until this is what is pointed at, one key and one frame after the other.
    pub fn choose(&mut self, text: &str) -> &mut Self {
        // Half a frame may show two pointers; what stands beside the list is not pointed at.
        let pointed = |output: &Output| {
            let whole = output.bytes.ends_with(b"\x1b[?2026l");
            let screen = output.parser.screen().contents();
            let line = screen.lines().find(|line| line.contains('▸')).filter(|_| whole)?;
            line.split('│').next().map(str::to_owned)
        };
        loop {
            let now = pointed(&self.until("a choice", |output| pointed(output).is_some()));
            if now.as_ref().is_some_and(|line| line.contains(text)) {
                return self;
            }
            self.press("\x1b[B");
            drop(
                self.until(&format!("something below {now:?}, on the way to `{text}`"), |output| {
                    pointed(output).is_some_and(|line| Some(&line) != now.as_ref())
                }),
            );
        }
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.output.0.lock().unwrap().parser.screen().contents()
    }

    /// Clicks on the first letter of this text, which the screen shows.
    pub fn click(&mut self, text: &str) -> &mut Self {
        self.see(text);
        let (x, y) = {
            let output = self.output.0.lock().unwrap();
            let screen = output.parser.screen();
            let (rows, columns) = screen.size();
            let places = (0..rows.get()).flat_map(|y| (0..columns.get()).map(move |x| (x, y)));
            places
                .into_iter()
                .find(|(x, y)| screen.contents_between(*y, *x, *y, columns.get()).starts_with(text))
                .unwrap()
        };
        // A press and a release, in cells from 1.
        self.press(&format!("\x1b[<0;{0};{1}M\x1b[<0;{0};{1}m", x + 1, y + 1))
    }

    /// Waits until something outside the terminal is true.
    pub fn until_true(&self, what: &str, wanted: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        let (output, news) = &*self.output;
        let mut output = output.lock().unwrap();
        while !wanted() {
            assert!(Instant::now() < end, "waited in vain for {what}");
            output = news.wait_timeout(output, Duration::from_millis(10)).unwrap().0;
        }
    }

    /// How many bytes have come so far.
    pub fn written(&self) -> usize {
        self.output.0.lock().unwrap().bytes.len()
    }

    /// Everything that has come so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.output.0.lock().unwrap().bytes.clone()
    }

    /// Waits until nothing has come for `time`.
    pub fn settles(&self, time: Duration) {
        let (output, news) = &*self.output;
        let end = Instant::now() + PATIENCE;
        let mut output = output.lock().unwrap();
        loop {
            let before = output.bytes.len();
            assert!(Instant::now() < end, "never stops writing");
            let (now, quiet) =
                news.wait_timeout_while(output, time, |now| now.bytes.len() == before).unwrap();
            if quiet.timed_out() {
                return;
            }
            output = now;
        }
    }

    /// Waits for `time`, and asserts that nothing comes.
    pub fn hears_nothing(&self, time: Duration) {
        let (output, news) = &*self.output;
        let output = output.lock().unwrap();
        let before = output.bytes.len();
        let (output, _) =
            news.wait_timeout_while(output, time, |now| now.bytes.len() == before).unwrap();
        let news = output.bytes[before..].escape_ascii().to_string();
        assert_eq!(news, "", "nothing happened, and yet this was written");
    }

    /// Gives the terminal another size, without waiting.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let mut output = self.output.0.lock().unwrap();
        output.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.pair.master.resize(size(columns, rows)).unwrap();
        drop(output);
        self
    }

    pub fn pid(&self) -> i32 {
        self.child.process_id().unwrap().try_into().unwrap()
    }

    /// Sends a signal.
    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let pid = rustix::process::Pid::from_raw(self.pid()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
        self
    }

    /// Waits for the program to end.
    pub fn ends(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        let (output, news) = &*self.output;
        let mut heard = output.lock().unwrap();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            // There is no event to wait for but the output's last piece, which may come before.
            assert!(Instant::now() < end, "still runs:\n{}", heard.parser.screen().contents());
            heard = news.wait_timeout(heard, Duration::from_millis(10)).unwrap().0;
        }
    }

    /// Asserts that the terminal is as it was before the program started.
    pub fn is_as_before(&self) {
        let modes = format!("{:?}", self.pair.master.get_termios().unwrap());
        assert_eq!(modes, self.modes, "the line's modes");
        let output = self.until("the terminal given back", |output| {
            let screen = output.parser.screen();
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        let screen = output.parser.screen();
        assert!(!screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!((screen.fgcolor(), screen.bold()), (vt100::Color::Default, false));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Only what this session started, and only if a test failed half-way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Is the text on the screen? Breaks in lines do not matter.
pub fn shows(output: &Output, text: &str) -> bool {
    let screen = output.parser.screen().contents();
    screen.contains(text) || screen.split_whitespace().collect::<Vec<_>>().join(" ").contains(text)
}
