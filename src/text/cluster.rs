//! Grapheme clusters and their cells, with a short way for the letters that texts are made of.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One grapheme cluster: what a person takes for one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cluster<'a> {
    /// The cluster as written.
    pub text: &'a str,
    /// Cells; 0 for control characters, which a terminal must not get anyway.
    pub width: usize,
}

/// The clusters of a text, in order.
pub(super) fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text }
}

/// See [`clusters`].
#[derive(Debug, Clone)]
pub(super) struct Clusters<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        // Between two letters of the plain kind there is always a boundary, so the tables of
        // the segmentation crate are asked only around the others. Most text never asks them.
        let known = plain_width(first).filter(|_| chars.next().is_none_or(is_plain));
        let (len, width) = if let Some(width) = known {
            (first.len_utf8(), width)
        } else {
            let cluster = self.rest.graphemes(true).next().unwrap_or(self.rest);
            (cluster.len(), cluster_width(cluster))
        };
        let (text, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(Cluster { text, width })
    }
}

/// Letters that join neither the letter before nor the one after, unless that one is not plain:
/// printable ASCII and composed Hangul.
fn is_plain(letter: char) -> bool {
    plain_width(letter).is_some()
}

fn plain_width(letter: char) -> Option<usize> {
    match letter {
        ' '..='~' => Some(1),
        '가'..='힣' => Some(2),
        _ => None,
    }
}

/// Cells of one cluster.
fn cluster_width(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        return 0;
    }
    if cluster.len() == 1 {
        return 1;
    }
    // The screen library counts the half-width voicing marks of kana once more than the width
    // crate does. A line that the screen takes for too wide would lose its end, so agree with it.
    let marks = cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    cluster.width() + marks
}
