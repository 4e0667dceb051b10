//! What of a foreign text may be shown: packs, scenes, imports, names and pastes pass here once,
//! at the border.
//!
//! A terminal obeys control characters, and letters that are not seen let a text say one thing
//! and be another. Both are taken out, so that what is shown is what is there.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What a tab becomes: editors and terminals disagree about stops, so there are none.
const TAB: &str = "    ";

/// The text as it may be shown and kept.
///
/// - Composed (NFC): Hangul that came as loose jamo (macOS file names) becomes syllables.
/// - No control character but the line feed; `\r\n`, `\r` and the Unicode line and paragraph
///   separators become line feeds, a tab becomes four spaces.
/// - A whole escape sequence goes, not its first character only: pasted colours leave no `[31m`.
/// - No letter that is not seen: marks that turn the direction of writing, zero-width spaces
///   and joiners, soft hyphens, Hangul fillers, tags, and the selectors that make terminals
///   disagree about the width of an emoji.
///
/// ```
/// # use hanulgil::text::clean::clean;
/// assert_eq!(clean("\u{1b}[31mweb\u{1b}[0m\u{202e}-a\t1"), "web-a    1");
/// ```
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = escape_sequence(rest);
        if skipped > 0 {
            rest = &rest[skipped..];
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\t' => kept.push_str(TAB),
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            letter if letter != '\n' && is_hidden(letter) => {}
            letter => kept.push(letter),
        }
    }
    kept.nfc().collect()
}

/// Whether [`clean`] would change nothing.
pub fn is_clean(text: &str) -> bool {
    text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n')
        || !text.chars().any(|letter| letter != '\n' && is_hidden(letter)) && is_nfc(text)
}

/// The text with everything that is not seen written out, for messages about the text itself:
/// `\n`, `\t`, `\r`, and `\u{1b}` for the rest.
///
/// ```
/// # use hanulgil::text::clean::escape;
/// assert_eq!(escape("a\u{1b}[0m\n"), r"a\u{1b}[0m\n");
/// ```
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\n' => shown.push_str(r"\n"),
            '\t' => shown.push_str(r"\t"),
            '\r' => shown.push_str(r"\r"),
            letter if is_hidden(letter) => {
                // Writing to a string cannot fail.
                let _ = write!(shown, r"\u{{{:x}}}", u32::from(letter));
            }
            letter => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal would obey this letter, or nobody would see it.
fn is_hidden(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_control();
    }
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// The length of the escape sequence that `text` begins with, 0 if there is none or if it is
/// not finished (then only its first character goes, as a control character).
///
/// ECMA-48, sections 5.3 to 5.6.
fn escape_sequence(text: &str) -> usize {
    let mut chars = text.char_indices();
    let kind = match chars.next().map(|(_, letter)| letter) {
        Some('\u{1b}') => match chars.next() {
            Some((_, kind @ ('[' | ']' | 'P' | 'X' | '^' | '_'))) => kind,
            // Two letters, such as `ESC c` or `ESC ( B`.
            Some((at, ' '..='/')) => match chars.find(|(_, c)| !matches!(c, ' '..='/')) {
                Some((end, '0'..='~')) => return end + 1,
                _ => return at,
            },
            Some((at, '0'..='~')) => return at + 1,
            _ => return 0,
        },
        Some('\u{9b}') => '[',
        Some('\u{9d}') => ']',
        Some('\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}') => 'P',
        _ => return 0,
    };
    if kind == '[' {
        return match chars.find(|(_, letter)| !matches!(letter, ' '..='?')) {
            Some((end, '@'..='~')) => end + 1,
            _ => 0,
        };
    }
    // A string up to its terminator; a line's end or another sequence means it has none.
    match chars.find(|(_, c)| matches!(c, '\u{7}' | '\u{9c}' | '\u{1b}' | '\n')) {
        Some((end, mark @ ('\u{7}' | '\u{9c}'))) => end + mark.len_utf8(),
        Some((end, '\u{1b}')) if text[end + 1..].starts_with('\\') => end + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_jamo_become_syllables() {
        assert_eq!(clean("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"), "한글");
        assert_eq!(clean("e\u{200b}\u{301}"), "é");
    }

    #[test]
    fn what_a_terminal_would_obey_goes() {
        for (dirty, kept) in [
            ("\u{1b}[1;31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{1b}(Bplain\u{1b}c", "plain"),
            ("\u{9b}2Jgone", "gone"),
            ("\u{1b}Pq#0\u{1b}\\six", "six"),
            ("bell\u{7}\u{8}\u{7f}", "bell"),
            ("\u{1b}", ""),
            ("\u{1b}[", "["),
            ("\u{1b}]no end", "]no end"),
            ("\u{1b}]no end\nnext", "]no end\nnext"),
            ("\u{1b}\u{1b}[0mx", "x"),
        ] {
            assert_eq!(clean(dirty), kept, "{}", escape(dirty));
        }
    }

    #[test]
    fn what_nobody_would_see_goes() {
        assert_eq!(clean("ad\u{202e}min\u{202c}"), "admin");
        assert_eq!(clean("\u{feff}10.0\u{200b}.0.0\u{2066}/16"), "10.0.0.0/16");
        assert_eq!(clean("⚠\u{fe0f} 한\u{3164}글"), "⚠ 한글");
    }

    #[test]
    fn lines_end_with_a_line_feed_only() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\u{85}e\n"), "a\nb\nc\nd\ne\n");
        assert_eq!(clean("a\tb"), "a    b");
    }

    #[test]
    fn what_is_clean_stays_as_it_is() {
        for text in
            ["", "보안 그룹은 상태(stateful)를 기억합니다.\n", "non\u{a0}breaking", "✅ ✓ → 가"]
        {
            assert!(is_clean(text), "{text:?}");
            assert_eq!(clean(text), text);
        }
        assert!(!is_clean("\u{1112}\u{1161}"));
        assert!(!is_clean("a\tb"));
    }

    #[test]
    fn a_message_shows_what_is_not_seen() {
        assert_eq!(escape("ok 가"), "ok 가");
        assert_eq!(escape("a\u{202e}b\u{0}"), r"a\u{202e}b\u{0}");
    }
}
