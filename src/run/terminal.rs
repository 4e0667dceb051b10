//! The terminal: taken over, drawn on, and given back as it was.
//!
//! What the program writes is collected and goes out in one piece per frame, between the marks of
//! a synchronized update (DEC private mode 2026), so that no half frame is ever seen.

use std::{
    cell::RefCell,
    io::{self, IsTerminal, Write},
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
};

use ratatui::{
    Frame, Terminal,
    backend::CrosstermBackend,
    buffer::{Buffer, CellDiffOption},
    crossterm::terminal,
};

use crate::text::width::width;

/// Alternate screen, bracketed paste.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// All of it back, in the reverse order; harmless when some of it was never on.
const LEAVE: &str = "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Buttons, drags and the wheel, told in decimal. Movement without a button stays untold: it
/// would wake the program for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

const COLOURS_BACK: &[u8] = b"\x1b[0m";

/// Does this process have the terminal now?
static TAKEN: AtomicBool = AtomicBool::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Can a screen be shown and keys be read?
pub fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// What is written until it goes out.
#[derive(Clone, Default)]
struct Outbox(Rc<RefCell<Vec<u8>>>);

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing: the frame goes out whole, in [`Screen::draw`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal, while the program has it. Dropping it gives it back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Outbox>>,
    outbox: Outbox,
    /// What is on the screen now.
    shown: Buffer,
    /// Has anything been drawn that was not there already?
    changed: bool,
    /// What was said about the cursor at the end of the last frame that was shown.
    cursor: Vec<u8>,
}

impl Screen {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste, the mouse if wanted.
    /// From now on a panic gives it back before it says anything.
    ///
    /// # Errors
    /// The terminal refuses; it is as it was.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let outbox = Outbox::default();
        let terminal = Terminal::new(CrosstermBackend::new(outbox.clone()))?;
        give_back_on_panic();
        take(mouse)?;
        Ok(Self { terminal, outbox, shown: Buffer::default(), changed: false, cursor: Vec::new() })
    }

    /// The terminal's size in cells.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Draws a frame and keeps it back until [`Screen::show`]. Gives what drawing answers.
    ///
    /// # Errors
    /// The terminal is gone.
    ///
    /// # Panics
    /// When `picture` does.
    pub fn draw<T>(&mut self, picture: impl FnOnce(&mut Frame<'_>) -> T) -> io::Result<T> {
        let mut answer = None;
        let (shown, changed) = (&mut self.shown, &mut self.changed);
        self.terminal.draw(|frame| {
            answer = Some(picture(frame));
            let next = frame.buffer_mut();
            if *shown != *next {
                *changed = true;
                clear_second_halves(shown, next);
                shown.clone_from(next);
            }
        })?;
        Ok(answer.expect("the picture is drawn once"))
    }

    /// Shows what was drawn, at once.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn show(&mut self) -> io::Result<()> {
        let mut outbox = self.outbox.0.borrow_mut();
        // Every frame ends with colours put back, and then the cursor. A frame that has nothing
        // else to say is not worth a byte.
        let after_colours =
            find_last(&outbox, COLOURS_BACK).map_or(0, |at| at + COLOURS_BACK.len());
        let changed = std::mem::take(&mut self.changed);
        if !changed && outbox[after_colours..] == self.cursor[..] {
            outbox.clear();
            return Ok(());
        }
        self.cursor = outbox[after_colours..].to_vec();
        outbox.splice(0..0, FRAME_BEGINS.iter().copied());
        outbox.extend_from_slice(FRAME_ENDS);
        let sent = send(&outbox);
        outbox.clear();
        sent
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn capture_mouse(&mut self, on: bool) -> io::Result<()> {
        mouse(on)
    }

    /// Gives the terminal back for a while: calls `meanwhile`, then takes it again and draws
    /// everything anew with the next frame.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn lend(&mut self, meanwhile: impl FnOnce()) -> io::Result<()> {
        let with_mouse = MOUSE.load(Ordering::Relaxed);
        give_back();
        meanwhile();
        take(with_mouse)?;
        self.renew()
    }

    /// Takes the terminal again, which somebody else may have had meanwhile. What was typed stays.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn retake(&mut self) -> io::Result<()> {
        // Raw mode is not set where it is thought to be.
        let _ = terminal::disable_raw_mode();
        take(MOUSE.load(Ordering::Relaxed))?;
        self.renew()
    }

    /// Forgets what is on the screen: the next frame is drawn whole.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn renew(&mut self) -> io::Result<()> {
        self.shown = Buffer::default();
        self.changed = true;
        // Not `clear`, which asks the terminal for the cursor's place and waits for the answer.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// Where a wide letter is replaced by a narrow one and an empty cell, has the empty cell written
/// too. The screen library leaves it to the terminal to clear the second half of the wide letter,
/// and not all of them do.
fn clear_second_halves(shown: &Buffer, next: &mut Buffer) {
    if shown.area != next.area {
        return;
    }
    let row = usize::from(next.area.width).max(1);
    for at in 0..shown.content.len() {
        let (old, new) = (&shown.content[at], &next.content[at]);
        let last_in_row = (at + 1) % row == 0;
        if old.symbol() != new.symbol()
            && !last_in_row
            && width(old.symbol()) > 1
            && width(new.symbol()) < 2
        {
            next.content[at + 1].set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(with_mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let taken = send(ENTER.as_bytes()).and_then(|()| if with_mouse { mouse(true) } else { Ok(()) });
    if taken.is_err() {
        give_back();
    }
    taken
}

/// Gives the terminal back as it was. Once: what comes later finds nothing to do.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that is gone cannot be given back; there is nobody to tell either.
    if MOUSE.load(Ordering::Relaxed) {
        let _ = mouse(false);
        // Reports that are on their way would be typed into the shell.
        super::events::discard();
    }
    let _ = send(LEAVE.as_bytes());
    let _ = terminal::disable_raw_mode();
}

fn give_back_on_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let say = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |what| {
            give_back();
            say(what);
        }));
    });
}

fn mouse(on: bool) -> io::Result<()> {
    MOUSE.store(on, Ordering::Relaxed);
    if cfg!(windows) {
        use ratatui::crossterm::{
            event::{DisableMouseCapture, EnableMouseCapture},
            execute,
        };
        return if on {
            execute!(io::stdout(), EnableMouseCapture)
        } else {
            execute!(io::stdout(), DisableMouseCapture)
        };
    }
    send(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
}

/// Writes all of it, also to a terminal that somebody made non-blocking.
fn send(mut bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    while !bytes.is_empty() {
        match out.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => super::events::writable()?,
            Err(error) => return Err(error),
        }
    }
    loop {
        match out.flush() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => super::events::writable()?,
            flushed => return flushed,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn line(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, ratatui::style::Style::new());
        buffer
    }

    #[test]
    fn what_takes_the_place_of_a_wide_letter_covers_both_of_its_cells() {
        for (old, new) in
            [("한국어", "a b c"), ("한국어", ""), (" 한국어", "한국어"), ("가a", "b가")]
        {
            let (old, mut new) = (line(old), line(new));
            clear_second_halves(&old, &mut new);
            let written: Vec<u16> = old.diff(&new).iter().map(|(x, ..)| *x).collect();
            for x in 0..11 {
                let was_wide = width(old[(x, 0)].symbol()) > 1;
                let is_wide = width(new[(x, 0)].symbol()) > 1;
                if was_wide && !is_wide {
                    assert!(written.contains(&(x + 1)), "{old:?} {new:?}");
                }
            }
        }
    }
}
