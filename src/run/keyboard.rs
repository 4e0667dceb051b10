//! Bytes from the terminal, read as keys, mouse and pastes.
//!
//! Our own reader, because neither of the two that come with the screen library (crossterm 0.29)
//! will do. Never fails: what is not understood is skipped.
//!
//! - The usual one loses a key that arrives together with a resize, and takes an arrow key that a
//!   slow line tears apart for Esc and letters.
//! - The one behind its feature `use-dev-tty` was tried in a pseudo-terminal. It keeps every key
//!   next to a resize (60 of 60), torn pastes come whole. But it reads with the same
//!   parser: a torn arrow (`ESC`, 30 ms, `[A`) is still Esc, `[`, `A`. It reads from a terminal
//!   that blocks: after `ESC [` alone it hangs in `read`, and neither the time that it was given
//!   nor a resize wakes it. With no time to wait it reads nothing at all. It goes on waiting when a
//!   signal arrives and takes no pipe of ours, so that SIGTERM or SIGTSTP would have to be asked
//!   for again and again; here nothing runs while nothing happens. And it adds a dependency
//!   (`filedescriptor`) without taking one away.
//!
//! Sources: ECMA-48 (the shape of sequences), xterm's `ctlseqs` (keys, SGR mouse, bracketed
//! paste), the kitty keyboard protocol (`CSI ... u`, understood when a terminal sends it anyway).

use std::time::Duration;

use crate::{
    app::{Key, KeyCode, Mouse, MouseKind},
    text::clean::clean,
};

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// A paste, free of control characters.
    Paste(String),
}

/// Longer than any sequence that a terminal sends: what does not end by then is skipped.
const LONGEST: usize = 4096;
/// A paste longer than this is cut: nothing here takes more.
const LONGEST_PASTE: usize = 1 << 20;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Reads bytes as they come, in pieces of any size.
#[derive(Debug, Default)]
pub struct Keyboard {
    /// Bytes that begin something unfinished.
    rest: Vec<u8>,
    /// Inside a paste: what came of it so far.
    paste: Option<Vec<u8>>,
}

/// What the bytes begin with.
enum Step {
    /// This, in so many bytes.
    Input(Input, usize),
    /// Nothing of interest, in so many bytes.
    Skip(usize),
    /// Something that is not complete.
    More,
}

impl Keyboard {
    /// Takes bytes, and gives what they say. The same whatever the size of the pieces.
    pub fn feed(&mut self, bytes: &[u8], heard: &mut Vec<Input>) {
        self.rest.extend_from_slice(bytes);
        self.read(false, heard);
    }

    /// How long to wait for the rest of something unfinished, before [`Keyboard::settle`] is to be
    /// called; `None` when nothing is.
    pub fn patience(&self) -> Option<Duration> {
        if self.paste.is_some() {
            Some(Duration::from_secs(1))
        } else if self.rest.is_empty() {
            None
        } else {
            Some(Duration::from_millis(40))
        }
    }

    /// Nothing follows: an Esc that could have begun a sequence is the Esc key, and a paste
    /// without an end is at its end.
    pub fn settle(&mut self, heard: &mut Vec<Input>) {
        self.read(true, heard);
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut self.rest);
            heard.push(pasted(&paste));
        }
    }

    fn read(&mut self, settled: bool, heard: &mut Vec<Input>) {
        let bytes = std::mem::take(&mut self.rest);
        let mut at = 0;
        while at < bytes.len() {
            if let Some(paste) = &mut self.paste {
                let left = &bytes[at..];
                let Some(end) = find(left, PASTE_ENDS) else {
                    // The end may be torn: keep what could begin it.
                    let keep = (1..PASTE_ENDS.len())
                        .rev()
                        .find(|&n| left.ends_with(&PASTE_ENDS[..n]))
                        .unwrap_or(0);
                    extend_up_to(paste, &left[..left.len() - keep], LONGEST_PASTE);
                    at = bytes.len() - keep;
                    break;
                };
                extend_up_to(paste, &left[..end], LONGEST_PASTE);
                at += end + PASTE_ENDS.len();
                let text = self.paste.take().unwrap_or_default();
                heard.push(pasted(&text));
                continue;
            }
            match step(&bytes[at..], settled) {
                Step::Input(input, length) => {
                    heard.push(input);
                    at += length;
                }
                Step::Skip(length) => {
                    if &bytes[at..at + length] == b"\x1b[200~" {
                        self.paste = Some(Vec::new());
                    }
                    at += length;
                }
                Step::More if bytes.len() - at > LONGEST => at = bytes.len(),
                Step::More => break,
            }
        }
        self.rest = bytes[at..].to_vec();
    }
}

fn pasted(bytes: &[u8]) -> Input {
    Input::Paste(clean(&String::from_utf8_lossy(bytes)))
}

fn extend_up_to(all: &mut Vec<u8>, more: &[u8], most: usize) {
    let room = most.saturating_sub(all.len()).min(more.len());
    all.extend_from_slice(&more[..room]);
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn key(code: KeyCode) -> Key {
    Key::plain(code)
}

/// Reads what `bytes` (never empty) begin with. `settled`: nothing follows them.
fn step(bytes: &[u8], settled: bool) -> Step {
    match bytes[0] {
        0x1b => escape(bytes, settled),
        _ => match plain(bytes) {
            Step::More if settled => Step::Skip(1),
            step => step,
        },
    }
}

/// A key that is no sequence.
fn plain(bytes: &[u8]) -> Step {
    let ctrl = |letter: u8| Key { ctrl: true, ..key(KeyCode::Char(char::from(letter))) };
    let heard = match bytes[0] {
        b'\r' | b'\n' => key(KeyCode::Enter),
        b'\t' => key(KeyCode::Tab),
        0x08 | 0x7f => key(KeyCode::Backspace),
        0x1b => key(KeyCode::Esc),
        0 => ctrl(b' '),
        byte @ 0x01..=0x1a => ctrl(byte + b'a' - 1),
        byte @ 0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        byte => return letter(bytes, byte),
    };
    Step::Input(Input::Key(heard), 1)
}

/// A letter in UTF-8.
fn letter(bytes: &[u8], first: u8) -> Step {
    let length = match first {
        0x20..=0x7e => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Skip(1),
    };
    let have = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(have) {
        Ok(text) => match text.chars().next().filter(|letter| !letter.is_control()) {
            Some(letter) => Step::Input(Input::Key(key(KeyCode::Char(letter))), length),
            None => Step::Skip(length),
        },
        // No error length: right so far, and torn.
        Err(error) if error.error_len().is_none() => Step::More,
        Err(_) => Step::Skip(1),
    }
}

fn escape(bytes: &[u8], settled: bool) -> Step {
    let esc = Step::Input(Input::Key(key(KeyCode::Esc)), 1);
    let step = match bytes.get(1) {
        None => Step::More,
        Some(b'[') => control_sequence(bytes),
        Some(b'O') => single_shift(bytes),
        Some(b']' | b'P' | b'_' | b'^' | b'X') => terminal_reply(bytes),
        Some(0x1b) => return esc,
        Some(_) => with_alt(bytes),
    };
    match step {
        Step::More if settled && bytes.len() == 1 => esc,
        // `ESC [` with nothing behind it is Alt+[ .
        Step::More if settled => match with_alt(bytes) {
            Step::More => esc,
            step => step,
        },
        step => step,
    }
}

fn with_alt(bytes: &[u8]) -> Step {
    match plain(&bytes[1..]) {
        Step::Input(Input::Key(key), length) => {
            Step::Input(Input::Key(Key { alt: true, ..key }), length + 1)
        }
        Step::Input(..) | Step::Skip(_) => Step::Input(Input::Key(key(KeyCode::Esc)), 1),
        Step::More => Step::More,
    }
}

/// `ESC O x`: what some terminals send for arrows, F1 to F4 and the number pad.
fn single_shift(bytes: &[u8]) -> Step {
    let Some(&last) = bytes.get(2) else { return Step::More };
    let code = match last {
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b'j'..=b'y' => KeyCode::Char(char::from(last - b'j' + b'*')),
        last => match cursor_key(last) {
            Some(code) => code,
            None => return Step::Skip(3),
        },
    };
    Step::Input(Input::Key(key(code)), 3)
}

fn cursor_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// `ESC ]`, `ESC P` and their kin: a terminal answers something that nobody asked here.
fn terminal_reply(bytes: &[u8]) -> Step {
    for (at, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x07 => return Step::Skip(at + 1),
            0x1b => {
                return match bytes.get(at + 1) {
                    Some(b'\\') => Step::Skip(at + 2),
                    Some(_) => Step::Skip(at),
                    None => Step::More,
                };
            }
            _ => {}
        }
    }
    Step::More
}

/// `ESC [ parameters final`.
fn control_sequence(bytes: &[u8]) -> Step {
    // The Linux console's F1 to F5.
    if bytes.get(2) == Some(&b'[') {
        return match bytes.get(3) {
            None => Step::More,
            Some(&last @ b'A'..=b'E') => {
                Step::Input(Input::Key(key(KeyCode::F(last - b'A' + 1))), 4)
            }
            Some(_) => Step::Skip(3),
        };
    }
    let Some(end) = bytes.iter().skip(2).position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return Step::More;
    };
    let end = end + 2;
    let last = bytes[end];
    if !(0x40..=0x7e).contains(&last) {
        // Torn by something else, which is read on its own.
        return Step::Skip(end);
    }
    let parameters = &bytes[2..end];
    if last == b'M' && parameters.is_empty() {
        // The old way of telling the mouse, in three bytes.
        return match bytes.get(3..6) {
            Some(&[buttons, x, y]) => {
                let place = |byte: u8| u16::from(byte).saturating_sub(32);
                heard_mouse(
                    u16::from(buttons.saturating_sub(32)),
                    place(x),
                    place(y),
                    buttons & 3 == 3,
                    6,
                )
            }
            _ => Step::More,
        };
    }
    let length = end + 1;
    if let Some(mouse) = parameters.strip_prefix(b"<") {
        return match (numbers(mouse)[..].as_ref(), last) {
            ([buttons, x, y], b'M' | b'm') => {
                heard_mouse(buttons[0], x[0], y[0], last == b'm', length)
            }
            _ => Step::Skip(length),
        };
    }
    match heard_key(&numbers(parameters), last) {
        Some(key) => Step::Input(Input::Key(key), length),
        None => Step::Skip(length),
    }
}

/// `1;5:2` as `[[1], [5, 2]]`; what is left out is 0. Every entry has a first number.
fn numbers(parameters: &[u8]) -> Vec<Vec<u16>> {
    let number = |digits: &[u8]| {
        digits.iter().fold(0_u16, |sum, digit| {
            sum.saturating_mul(10).saturating_add(u16::from(digit.wrapping_sub(b'0').min(9)))
        })
    };
    parameters
        .split(|byte| *byte == b';')
        .map(|part| part.split(|byte| *byte == b':').map(number).collect())
        .collect()
}

fn heard_key(numbers: &[Vec<u16>], last: u8) -> Option<Key> {
    let first = numbers.first().map_or(0, |part| part[0]);
    let mut held = numbers.get(1).map_or(&[][..], |part| &part[..]);
    let code = match last {
        b'~' => match first {
            1 | 7 => KeyCode::Home,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            11..=15 => KeyCode::F(first as u8 - 10),
            17..=21 => KeyCode::F(first as u8 - 11),
            23 | 24 => KeyCode::F(first as u8 - 12),
            // xterm's way of telling keys that have no sequence of their own.
            27 => code_point(numbers.get(2)?[0])?,
            _ => return None,
        },
        b'u' => code_point(first)?,
        b'Z' => KeyCode::BackTab,
        // With anything but 1 in front it is a report of the cursor's place.
        b'R' if first > 1 => return None,
        last => cursor_key(last)?,
    };
    if held.get(1) == Some(&3) {
        // Let go of.
        return None;
    }
    held = held.get(..1).unwrap_or(&[]);
    let bits = held.first().map_or(0, |held| held.saturating_sub(1));
    let (shift, alt, ctrl) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0);
    Some(match code {
        KeyCode::Tab if shift => Key { ctrl, alt, ..key(KeyCode::BackTab) },
        KeyCode::Char(letter) if shift => {
            let upper = letter.to_uppercase().next().unwrap_or(letter);
            Key { code: KeyCode::Char(upper), ctrl, alt, shift: false }
        }
        KeyCode::BackTab => Key { ctrl, alt, ..key(code) },
        _ => Key { code, ctrl, alt, shift },
    })
}

fn code_point(number: u16) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        10 | 13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        // Kitty's own block: keys that nothing here uses.
        0xe000..=0xf8ff => return None,
        number => KeyCode::Char(char::from_u32(number.into()).filter(|c| !c.is_control())?),
    })
}

/// `x` and `y` count from 1.
fn heard_mouse(buttons: u16, x: u16, y: u16, released: bool, length: usize) -> Step {
    let kind = match (buttons & 0b1100_0011, buttons & 32 != 0) {
        (64, _) => MouseKind::WheelUp,
        (65, _) => MouseKind::WheelDown,
        (0, true) => MouseKind::Drag,
        (3, true) => MouseKind::Move,
        (0 | 3, false) if released => MouseKind::Up,
        (0, false) => MouseKind::Down,
        _ => return Step::Skip(length),
    };
    let (Some(x), Some(y)) = (x.checked_sub(1), y.checked_sub(1)) else {
        return Step::Skip(length);
    };
    Step::Input(Input::Mouse(Mouse { kind, x, y }), length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Everything the bytes say, when nothing follows.
    fn heard(bytes: &[u8]) -> Vec<Input> {
        let (mut keyboard, mut heard) = (Keyboard::default(), Vec::new());
        keyboard.feed(bytes, &mut heard);
        keyboard.settle(&mut heard);
        heard
    }

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let only_keys = |input| match input {
            Input::Key(key) => key,
            other => panic!("{other:?}"),
        };
        heard(bytes).into_iter().map(only_keys).collect()
    }

    fn pressed(code: KeyCode) -> Vec<Key> {
        vec![key(code)]
    }

    #[test]
    fn keys_come_as_terminals_send_them() {
        for (bytes, code) in [
            (&b"\r"[..], KeyCode::Enter),
            (b"\n", KeyCode::Enter),
            (b"\t", KeyCode::Tab),
            (b"\x7f", KeyCode::Backspace),
            (b"\x1b", KeyCode::Esc),
            (b"\x1b[A", KeyCode::Up),
            (b"\x1bOB", KeyCode::Down),
            (b"\x1b[H", KeyCode::Home),
            (b"\x1b[4~", KeyCode::End),
            (b"\x1b[3~", KeyCode::Delete),
            (b"\x1b[5~", KeyCode::PageUp),
            (b"\x1b[Z", KeyCode::BackTab),
            (b"\x1bOP", KeyCode::F(1)),
            (b"\x1b[[C", KeyCode::F(3)),
            (b"\x1b[15~", KeyCode::F(5)),
            (b"\x1b[24~", KeyCode::F(12)),
            (b"\x1b[13u", KeyCode::Enter),
            (b"\x1b[97u", KeyCode::Char('a')),
            (b"q", KeyCode::Char('q')),
            ("ㅓ".as_bytes(), KeyCode::Char('ㅓ')),
            ("라".as_bytes(), KeyCode::Char('라')),
            ("🦀".as_bytes(), KeyCode::Char('🦀')),
        ] {
            assert_eq!(keys(bytes), pressed(code), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn keys_held_down_are_told() {
        let none = key(KeyCode::Up);
        for (bytes, wanted) in [
            (&b"\x03"[..], Key { ctrl: true, ..key(KeyCode::Char('c')) }),
            (b"\x1bx", Key { alt: true, ..key(KeyCode::Char('x')) }),
            (b"\x1b[1;5A", Key { ctrl: true, ..none }),
            (b"\x1b[1;4A", Key { shift: true, alt: true, ..none }),
            (b"\x1b[27;5;13~", Key { ctrl: true, ..key(KeyCode::Enter) }),
            (b"\x1b[97;2u", key(KeyCode::Char('A'))),
            (b"\x1b[9;2u", key(KeyCode::BackTab)),
        ] {
            assert_eq!(keys(bytes), [wanted], "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn repeats_count_and_releases_do_not() {
        assert_eq!(keys(b"\x1b[97;1:2u"), pressed(KeyCode::Char('a')));
        assert_eq!(keys(b"\x1b[97;1:3u"), []);
    }

    #[test]
    fn esc_is_told_from_the_begin_of_a_sequence() {
        let mut keyboard = Keyboard::default();
        let mut heard = Vec::new();
        keyboard.feed(b"\x1b", &mut heard);
        assert!(heard.is_empty() && keyboard.patience().is_some());
        keyboard.feed(b"[B", &mut heard);
        assert_eq!(heard, [Input::Key(key(KeyCode::Down))]);
        assert_eq!(keyboard.patience(), None);
        assert_eq!(keys(b"\x1b\x1b"), [key(KeyCode::Esc), key(KeyCode::Esc)]);
        assert_eq!(keys(b"\x1b["), [Key { alt: true, ..key(KeyCode::Char('[')) }]);
    }

    #[test]
    fn the_mouse_counts_cells_from_zero() {
        let at = |kind| [Input::Mouse(Mouse { kind, x: 9, y: 4 })];
        assert_eq!(heard(b"\x1b[<0;10;5M"), at(MouseKind::Down));
        assert_eq!(heard(b"\x1b[<0;10;5m"), at(MouseKind::Up));
        assert_eq!(heard(b"\x1b[<32;10;5M"), at(MouseKind::Drag));
        assert_eq!(heard(b"\x1b[<35;10;5M"), at(MouseKind::Move));
        assert_eq!(heard(b"\x1b[<64;10;5M"), at(MouseKind::WheelUp));
        assert_eq!(heard(b"\x1b[<69;10;5M"), at(MouseKind::WheelDown), "with shift held");
        assert_eq!(heard(b"\x1b[M \x2a\x25"), at(MouseKind::Down));
        assert_eq!(heard(b"\x1b[M#\x2a\x25"), at(MouseKind::Up));
        assert_eq!(heard(b"\x1b[<2;10;5M"), [], "the right button");
        assert_eq!(heard(b"\x1b[<0;0;0M"), [], "outside");
    }

    #[test]
    fn a_paste_is_one_thing_and_brings_no_control_characters() {
        let pasted = "\u{1b}[200~q\u{1b}[31m\u{1112}\u{1161}\u{11ab}\r\n\u{7}1\u{1b}[201~x";
        assert_eq!(
            heard(pasted.as_bytes()),
            [Input::Paste("q한\n1".into()), Input::Key(key(KeyCode::Char('x')))]
        );
    }

    #[test]
    fn what_terminals_answer_is_skipped() {
        for bytes in [
            &b"\x1b]11;rgb:0000/0000/0000\x07"[..],
            b"\x1b]11;rgb:0000/0000/0000\x1b\\",
            b"\x1bP1$r0m\x1b\\",
            b"\x1b[24;80R",
            b"\x1b[?62;4c",
            b"\x1b[I\x1b[O",
            b"\x1b[2~",
            b"\xff\xc0",
        ] {
            assert_eq!(heard(bytes), [], "{}", bytes.escape_ascii());
        }
    }

    /// Bytes as terminals send them, and rubbish between.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let part = prop_oneof![
            prop::sample::select(vec![
                &b"\x1b[A"[..],
                b"\x1b[1;5C",
                b"\x1b[<0;3;4M",
                b"\x1b[200~paste\x1b[201~",
                b"\x1b[200~",
                b"\x1b]x\x07",
                b"\x1bOP",
                b"\x1b",
                b"\x1b[M !!",
                "한글".as_bytes(),
                b"\x1b[",
                b"\r",
            ])
            .prop_map(<[u8]>::to_vec),
            prop::collection::vec(any::<u8>(), 0..6),
        ];
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn the_size_of_the_pieces_changes_nothing(
            bytes in stream(),
            cuts in prop::collection::vec(1_usize..5, 1..40),
        ) {
            let (mut keyboard, mut torn) = (Keyboard::default(), Vec::new());
            let (mut left, mut cuts) = (&bytes[..], cuts.iter().cycle());
            while !left.is_empty() {
                let (piece, rest) = left.split_at(left.len().min(*cuts.next().unwrap()));
                keyboard.feed(piece, &mut torn);
                left = rest;
            }
            keyboard.settle(&mut torn);
            prop_assert_eq!(torn, heard(&bytes));
        }

        #[test]
        fn nothing_stays_unread_for_ever(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (mut keyboard, mut heard) = (Keyboard::default(), Vec::new());
            keyboard.feed(&bytes, &mut heard);
            keyboard.settle(&mut heard);
            prop_assert_eq!(keyboard.patience(), None);
        }
    }
}
