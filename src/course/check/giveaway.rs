//! Options that tell which one is right, to whoever knows nothing: by their length, by a cautious
//! word, by their grammar.

use crate::{
    course::Choice,
    i18n::{
        Lang,
        fault::{self, Said},
    },
    text::width::width,
};

/// Words that leave a way out: writers put them into what is true.
const HEDGES: [&str; 12] = [
    "보통",
    "대체로",
    "일반적으로",
    "대개",
    "경우에 따라",
    "상황에 따라",
    "usually",
    "generally",
    "typically",
    "often",
    "in most cases",
    "it depends",
];

/// Words that leave none: writers put them into what is false.
const ABSOLUTES: [&str; 12] = [
    "항상",
    "언제나",
    "절대",
    "반드시",
    "무조건",
    "전혀",
    "always",
    "never",
    "under no",
    "without exception",
    "impossible",
    "in any case",
];

/// What gives the right options of a choice away in one language; the first thing that does.
pub fn of(choices: &[Choice], lang: Lang) -> Option<Said> {
    let text = |choice: &Choice| choice.text.get(lang).to_owned();
    let right: Vec<String> = choices.iter().filter(|it| it.right).map(text).collect();
    let wrong: Vec<String> = choices.iter().filter(|it| !it.right).map(text).collect();
    if right.is_empty() || wrong.is_empty() {
        return None;
    }
    let cells = |texts: &[String]| {
        let widths = || texts.iter().map(|text| width(text));
        (widths().min().unwrap_or(0), widths().max().unwrap_or(0))
    };
    let ((least, most), (shortest, longest)) = (cells(&right), cells(&wrong));
    if least >= longest + 8 && least * 2 >= longest * 3 {
        return Some(fault::giveaway());
    }
    if shortest >= most + 8 && shortest >= most * 2 {
        return Some(fault::giveaway_short());
    }
    // Of one wrong option nobody can say that it is like the others.
    if wrong.len() < 2 {
        return None;
    }
    let has = |text: &String, words: &[&str]| {
        let text = format!(" {} ", text.to_lowercase());
        words.iter().any(|word| text.contains(word))
    };
    let all = |texts: &[String], words: &[&str]| texts.iter().all(|text| has(text, words));
    let none = |texts: &[String], words: &[&str]| texts.iter().all(|text| !has(text, words));
    for words in [&HEDGES[..], &ABSOLUTES[..]] {
        if all(&right, words) && none(&wrong, words) {
            return Some(fault::giveaway_word());
        }
    }
    if all(&wrong, &ABSOLUTES) && none(&right, &ABSOLUTES) {
        return Some(fault::giveaway_word());
    }
    let shape = |text: &String| Shape::of(text);
    let alike = wrong.iter().all(|text| shape(text) == shape(&wrong[0]));
    let other = right.iter().all(|text| shape(text) != shape(&wrong[0]));
    (alike && other).then(fault::giveaway_grammar)
}

/// How a text is built, as far as one sees it at a glance.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    /// Does it end as sentences do?
    stops: bool,
    /// Does it end with a Korean verb?
    states: bool,
    /// Does it begin with a small letter?
    small: bool,
}

impl Shape {
    fn of(text: &str) -> Self {
        let bare = text.trim().trim_matches(['`', '*']);
        let word = bare.trim_end_matches(['.', '?', '!']);
        Self {
            stops: word.len() < bare.len(),
            states: word.ends_with('다'),
            small: text.trim().starts_with(|first: char| first.is_ascii_lowercase()),
        }
    }
}

/// The right option is strictly the longest one (the shortest one would be as telling, but nobody
/// writes that way).
pub fn is_longest(choices: &[Choice], lang: Lang) -> bool {
    let cells = |choice: &Choice| width(choice.text.get(lang));
    let longest = choices.iter().filter(|it| !it.right).map(cells).max().unwrap_or(0);
    choices.iter().any(|it| it.right && cells(it) > longest)
}
