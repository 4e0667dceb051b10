//! How many cells a text takes, and cutting and filling to so many.
//!
//! All of it works on one line: a line feed and other control characters count as no cell.
//! Nothing here splits a cluster (a letter with its accents, a flag, a syllable of loose jamo),
//! and no result is ever wider than asked for.

use std::borrow::Cow;

use super::cluster::clusters;

/// The cells that `text` takes in a terminal.
///
/// Hangul, Han and most emoji take two; East Asian "ambiguous" letters such as `→` are counted
/// as one, which is what terminals do unless told otherwise.
///
/// ```
/// # use hanulgil::text::width::width;
/// assert_eq!(width("NAT 게이트웨이"), 14);
/// ```
pub fn width(text: &str) -> usize {
    clusters(text).map(|cluster| cluster.width).sum()
}

/// The longest beginning of `text` that takes at most so many cells.
pub fn take_cells(text: &str, cells: usize) -> &str {
    &text[..split_at(text, cells)]
}

/// Where the beginning that fits ends, in bytes.
fn split_at(text: &str, cells: usize) -> usize {
    let mut left = cells;
    let mut end = 0;
    for cluster in clusters(text) {
        if cluster.width > left {
            break;
        }
        left -= cluster.width;
        end += cluster.text.len();
    }
    end
}

/// `text` if it fits, else as much of it as fits before `ellipsis`, without the spaces that
/// would stand before the ellipsis.
///
/// Where not even the ellipsis fits, there is none: the beginning of `text` alone.
///
/// ```
/// # use hanulgil::text::width::truncate;
/// assert_eq!(truncate("인터넷 게이트웨이", 9, "…"), "인터넷…");
/// assert_eq!(truncate("인터넷", 9, "…"), "인터넷");
/// ```
pub fn truncate<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    let fitting = take_cells(text, cells);
    if fitting.len() == text.len() {
        return Cow::Borrowed(text);
    }
    match cells.checked_sub(width(ellipsis)) {
        None => Cow::Borrowed(fitting),
        Some(room) => {
            let kept = take_cells(text, room).trim_end_matches(' ');
            // A mark that begins the ellipsis could join the last letter: never trust the sum.
            let joined = format!("{kept}{ellipsis}");
            if width(&joined) <= cells { Cow::Owned(joined) } else { Cow::Borrowed(fitting) }
        }
    }
}

/// `text` with spaces after it up to so many cells; wider text is left alone.
pub fn pad(text: &str, cells: usize) -> Cow<'_, str> {
    match cells.saturating_sub(width(text)) {
        0 => Cow::Borrowed(text),
        missing => Cow::Owned(format!("{text}{}", " ".repeat(missing))),
    }
}

/// `text` with spaces before it up to so many cells, for numbers that end below each other.
pub fn pad_start(text: &str, cells: usize) -> Cow<'_, str> {
    match cells.saturating_sub(width(text)) {
        0 => Cow::Borrowed(text),
        missing => Cow::Owned(format!("{}{text}", " ".repeat(missing))),
    }
}

/// Exactly so many cells: [`truncate`], then [`pad`].
pub fn fit<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    match truncate(text, cells, ellipsis) {
        Cow::Borrowed(short) => pad(short, cells),
        Cow::Owned(short) => Cow::Owned(pad(&short, cells).into_owned()),
    }
}

/// What is seen of `text` through a window of so many cells that begins at cell `from`, for
/// content that scrolls sideways.
///
/// A wide letter that an edge of the window cuts shows as spaces, so that the rest keeps its
/// columns.
///
/// ```
/// # use hanulgil::text::width::window;
/// assert_eq!(window("가나다라", 1, 4), " 나 ");
/// ```
pub fn window(text: &str, from: usize, cells: usize) -> String {
    let end = from.saturating_add(cells);
    let mut seen = String::new();
    let mut at = 0;
    for cluster in clusters(text) {
        let next = at + cluster.width;
        if at >= end && cluster.width > 0 {
            break;
        }
        if at >= from && next <= end {
            if at > from || cluster.width > 0 {
                seen.push_str(cluster.text);
            }
        } else {
            let hidden = next.min(end).saturating_sub(at.max(from));
            seen.push_str(&" ".repeat(hidden));
        }
        at = next;
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_take_the_cells_that_terminals_give_them() {
        for (text, cells) in [
            ("", 0),
            ("abc", 3),
            ("한글", 4),
            ("한글", 4), // the same, decomposed
            ("→ ● ─", 5),
            ("✓", 1),
            ("✅", 2),
            ("🇰🇷", 2),
            ("👩‍💻", 2),
            ("e\u{301}", 1),
            ("「」", 4),
            ("a\nb", 2),
            ("\u{1b}", 0),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn a_cut_never_splits_a_wide_letter() {
        assert_eq!(take_cells("가나다", 5), "가나");
        assert_eq!(take_cells("가나다", 1), "");
        assert_eq!(take_cells("e\u{301}e\u{301}", 1), "e\u{301}");
    }

    #[test]
    fn the_ellipsis_shows_that_something_is_missing() {
        assert_eq!(truncate("security group", 9, "…"), "security…");
        assert_eq!(truncate("security group", 10, "…"), "security…");
        assert_eq!(truncate("가나다라", 7, ".."), "가나..");
        assert_eq!(truncate("abc", 1, ".."), "a");
        assert_eq!(truncate("가나", 0, "…"), "");
    }

    #[test]
    fn filling_reaches_the_exact_width() {
        assert_eq!(pad("가", 4), "가  ");
        assert_eq!(pad_start("42", 4), "  42");
        assert_eq!(pad("가나다", 4), "가나다");
        assert_eq!(fit("가나다", 4, "…"), "가… ");
        assert_eq!(fit("가", 3, "…"), "가 ");
    }

    #[test]
    fn a_window_blanks_the_letters_that_its_edges_cut() {
        assert_eq!(window("abcdef", 2, 3), "cde");
        assert_eq!(window("가나다라", 2, 4), "나다");
        assert_eq!(window("가나다라", 1, 6), " 나다 ");
        assert_eq!(window("가", 5, 3), "");
        assert_eq!(window("가", 0, 0), "");
    }
}
