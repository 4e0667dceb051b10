//! What happens: keys and mouse, signals, and time going by. One place to wait for all of them.

use std::{io, time::Duration};

use super::keyboard::Input;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody did something.
    Input(Input),
    /// The terminal has another size.
    Resized,
    /// A signal asks the program to end.
    Ended(i32),
    /// A signal asks the program to stop for a while.
    Stopped,
    /// The program was stopped without being asked, and goes on.
    Continued,
    /// The terminal is gone.
    Gone,
}

#[cfg(unix)]
pub use unix::{Events, discard, suspend, writable};
#[cfg(windows)]
pub use windows::{Events, discard, suspend, writable};

#[cfg(unix)]
mod unix {
    use std::{os::fd::AsFd, os::unix::net::UnixStream, time::Instant};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
        iterator::{backend::SignalDelivery, exfiltrator::SignalOnly},
    };

    use super::{Duration, Event, io};
    use crate::run::keyboard::Keyboard;

    /// The sources of events. Signals arrive through a pipe, so that one wait covers everything.
    pub struct Events {
        signals: SignalDelivery<UnixStream, SignalOnly>,
        keyboard: Keyboard,
        /// When the keyboard's unfinished bytes came.
        heard_at: Instant,
        bytes: Vec<u8>,
    }

    impl Events {
        /// Catches the signals.
        ///
        /// # Errors
        /// The system refuses.
        pub fn new() -> io::Result<Self> {
            let (read, write) = UnixStream::pair()?;
            let caught = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
            let signals = SignalDelivery::with_pipe(read, write, SignalOnly, caught)?;
            let (keyboard, bytes) = (Keyboard::default(), vec![0; 1 << 16]);
            Ok(Self { signals, keyboard, heard_at: now(), bytes })
        }

        /// Sleeps until something happens or the time is over (`None`: however long it takes),
        /// and tells everything that happened.
        ///
        /// # Errors
        /// The system refuses.
        pub fn wait(
            &mut self,
            longest: Option<Duration>,
            happened: &mut Vec<Event>,
        ) -> io::Result<()> {
            let mut heard = Vec::new();
            let patience =
                self.keyboard.patience().map(|most| most.saturating_sub(self.heard_at.elapsed()));
            let limit = [longest, patience].into_iter().flatten().min();
            let limit = limit.map(|limit| Timespec {
                tv_sec: limit.as_secs().try_into().unwrap_or(i64::MAX),
                tv_nsec: limit.subsec_nanos().into(),
            });
            let stdin = io::stdin();
            let (keys, signals) = {
                let mut sources = [
                    PollFd::new(&stdin, PollFlags::IN),
                    PollFd::new(self.signals.get_read(), PollFlags::IN),
                ];
                match poll(&mut sources, limit.as_ref()) {
                    Ok(_) => (sources[0].revents(), sources[1].revents()),
                    Err(rustix::io::Errno::INTR) => (PollFlags::empty(), PollFlags::IN),
                    Err(error) => return Err(error.into()),
                }
            };
            if keys.contains(PollFlags::IN) {
                match rustix::io::read(stdin.as_fd(), &mut self.bytes[..]) {
                    Ok(0) => happened.push(Event::Gone),
                    Ok(count) => {
                        self.heard_at = now();
                        self.keyboard.feed(&self.bytes[..count], &mut heard);
                    }
                    Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                    Err(_) => happened.push(Event::Gone),
                }
            } else if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                happened.push(Event::Gone);
            } else if self.keyboard.patience().is_some_and(|most| self.heard_at.elapsed() >= most) {
                self.keyboard.settle(&mut heard);
            }
            happened.extend(heard.into_iter().map(Event::Input));
            if !signals.is_empty() {
                happened.extend(self.signals.pending().map(|signal| match signal {
                    SIGWINCH => Event::Resized,
                    SIGTSTP => Event::Stopped,
                    SIGCONT => Event::Continued,
                    signal => Event::Ended(signal),
                }));
            }
            Ok(())
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is where time enters")]
    fn now() -> Instant {
        Instant::now()
    }

    /// Throws away what was typed and clicked and not read yet.
    pub fn discard() {
        let stdin = io::stdin();
        let mut bytes = [0; 4096];
        for _ in 0..64 {
            let mut source = [PollFd::new(&stdin, PollFlags::IN)];
            let none = Timespec { tv_sec: 0, tv_nsec: 0 };
            let waiting = poll(&mut source, Some(&none)).is_ok_and(|count| count > 0)
                && source[0].revents().contains(PollFlags::IN);
            if !waiting || !matches!(rustix::io::read(stdin.as_fd(), &mut bytes), Ok(1..)) {
                return;
            }
        }
    }

    /// Sleeps until the terminal takes bytes again.
    pub fn writable() -> io::Result<()> {
        let stdout = io::stdout();
        match poll(&mut [PollFd::new(&stdout, PollFlags::OUT)], None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Stops this process until somebody continues it. Does nothing where nobody could: without
    /// a shell in the same session.
    pub fn suspend() {
        use rustix::process::{getppid, getsid};
        let own = getsid(None).ok();
        let shell = getppid().and_then(|parent| getsid(Some(parent)).ok());
        if own.is_some() && own == shell {
            // Refused only for signals that do not exist.
            let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
        }
    }
}

#[cfg(windows)]
mod windows {
    use ratatui::crossterm::event::{
        self, KeyCode as Code, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
    };

    use super::{Duration, Event, io};
    use crate::{
        app::{Key, KeyCode, Mouse, MouseKind},
        run::keyboard::Input,
        text::clean::clean,
    };

    /// The source of events: the console.
    pub struct Events;

    impl Events {
        /// Nothing to prepare.
        ///
        /// # Errors
        /// Never.
        pub fn new() -> io::Result<Self> {
            Ok(Self)
        }

        /// Sleeps until something happens or the time is over (`None`: however long it takes),
        /// and tells everything that happened.
        ///
        /// # Errors
        /// The console refuses.
        pub fn wait(
            &mut self,
            longest: Option<Duration>,
            happened: &mut Vec<Event>,
        ) -> io::Result<()> {
            match longest {
                Some(longest) if !event::poll(longest)? => return Ok(()),
                _ => happened.extend(translate(event::read()?)),
            }
            while event::poll(Duration::ZERO)? {
                happened.extend(translate(event::read()?));
            }
            Ok(())
        }
    }

    fn translate(event: event::Event) -> Option<Event> {
        let input = match event {
            event::Event::Key(key) if key.kind != KeyEventKind::Release => {
                let held = |which| key.modifiers.contains(which);
                let code = match key.code {
                    Code::Char(letter) => KeyCode::Char(letter),
                    Code::Enter => KeyCode::Enter,
                    Code::Esc => KeyCode::Esc,
                    Code::Tab => KeyCode::Tab,
                    Code::BackTab => KeyCode::BackTab,
                    Code::Backspace => KeyCode::Backspace,
                    Code::Delete => KeyCode::Delete,
                    Code::Up => KeyCode::Up,
                    Code::Down => KeyCode::Down,
                    Code::Left => KeyCode::Left,
                    Code::Right => KeyCode::Right,
                    Code::Home => KeyCode::Home,
                    Code::End => KeyCode::End,
                    Code::PageUp => KeyCode::PageUp,
                    Code::PageDown => KeyCode::PageDown,
                    Code::F(number) => KeyCode::F(number),
                    _ => return None,
                };
                Input::Key(Key {
                    code,
                    ctrl: held(KeyModifiers::CONTROL),
                    alt: held(KeyModifiers::ALT),
                    shift: held(KeyModifiers::SHIFT) && !matches!(code, KeyCode::Char(_)),
                })
            }
            event::Event::Mouse(mouse) => {
                let kind = match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => MouseKind::Down,
                    MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
                    MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                    MouseEventKind::ScrollUp => MouseKind::WheelUp,
                    MouseEventKind::ScrollDown => MouseKind::WheelDown,
                    _ => return None,
                };
                Input::Mouse(Mouse { kind, x: mouse.column, y: mouse.row })
            }
            event::Event::Paste(text) => Input::Paste(clean(&text)),
            event::Event::Resize(..) => return Some(Event::Resized),
            _ => return None,
        };
        Some(Event::Input(input))
    }

    /// Throws away what was typed and clicked and not read yet.
    pub fn discard() {
        while event::poll(Duration::ZERO).unwrap_or(false) && event::read().is_ok() {}
    }

    /// The console always takes bytes.
    ///
    /// # Errors
    /// Never.
    pub fn writable() -> io::Result<()> {
        Ok(())
    }

    /// There is no such thing here.
    pub fn suspend() {}
}
