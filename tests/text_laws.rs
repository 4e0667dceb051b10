//! Laws of the floor `text`: what holds for every text at every width.

use hanulgil::text::answer::{near, same};
use hanulgil::text::clean::{clean, escape, is_clean};
use hanulgil::text::hangul::{finds, initials, keys_of, typed};
use hanulgil::text::line::{Line, Room, Run, break_lines};
use hanulgil::text::particle::{Particle, ending, settle, with};
use hanulgil::text::width::{fit, take_cells, truncate, width, window};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_normalization::UnicodeNormalization;

/// Words as lessons have them, and a few that are there to break things.
const WORDS: &[&str] = &[
    "보안 그룹은",
    "상태(stateful)이고",
    "네트워크",
    "ACL은",
    "상태가",
    "없습니다(stateless).",
    "인터넷",
    "게이트웨이를",
    "`igw-a`",
    "\"web\"은",
    "10.0.0.0/16",
    "subnet-a",
    "https://aws.amazon.com/vpc/",
    "「하늘길」",
    "“열린” ",
    "…",
    "(",
    ")",
    "!",
    "NAT",
    "gateway,",
    "e\u{301}te\u{301}",
    "한글",
    "👩‍💻",
    "🇰🇷",
    "✅",
    "⚠️",
    "→",
    "--from",
    "a",
    "가",
    "0.0.0.0/0 -> igw",
    "?!",
    "( web )",
    "日本語テスト",
    "\u{a0}",
    "80%",
    "subnet-0bb1c79de3EXAMPLE",
    "다만,",
    "supercalifragilisticexpialidocious",
    "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허",
    "\u{1100}\u{1100}\u{1100}",
    "ｶﾞ",
    "़ि",
];

fn mixed() -> impl Strategy<Value = String> {
    let joint = prop::sample::select(vec![" ", " ", " ", "", "  ", "\n"]);
    prop::collection::vec((prop::sample::select(WORDS), joint), 0..40)
        .prop_map(|words| words.into_iter().flat_map(|(word, joint)| [word, joint]).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => mixed(),
        1 => prop::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter),
        1 => "[가-힣ㄱ-ㅣᄀ-ᇿa-c0-9.,()!?/ \u{300}-\u{304}\u{fe0f}\u{200d}\u{1f1e6}-\u{1f1ff}😀❤ﾞ]{0,60}",
    ]
}

/// The text as runs whose style is their number, cut anywhere between letters.
fn runs() -> impl Strategy<Value = Vec<Run<usize>>> {
    (any_text(), prop::collection::vec(any::<prop::sample::Index>(), 0..6)).prop_map(
        |(text, cuts)| {
            let letters: Vec<char> = text.chars().collect();
            let mut cuts: Vec<usize> =
                cuts.iter().map(|cut| cut.index(letters.len() + 1)).collect();
            cuts.extend([0, letters.len()]);
            cuts.sort_unstable();
            cuts.windows(2)
                .enumerate()
                .map(|(at, cut)| Run::new(String::from_iter(&letters[cut[0]..cut[1]]), at % 3))
                .collect()
        },
    )
}

fn whole(runs: &[Run<usize>]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// What the breaker shows of a text that was not cleaned.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    text.replace('\t', " ").chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn is_break_space(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Nothing but spaces and line feeds may be between, before and after the lines.
fn assert_nothing_lost(text: &str, lines: &[Line<usize>]) {
    let mut rest = text;
    for line in lines {
        let line = line.text();
        while !rest.starts_with(&line) {
            let letter = rest.chars().next().expect("the line comes from the text");
            assert!(is_break_space(letter), "{letter:?} is lost from {text:?}");
            rest = &rest[letter.len_utf8()..];
        }
        rest = &rest[line.len()..];
    }
    assert!(rest.chars().all(is_break_space), "{rest:?} is lost from the end of {text:?}");
}

/// Letters that may begin no line, or end none, if there is any other way.
const CLOSING: &str = ".,!?)]}:;…”’」』";
const OPENING: &str = "([{“‘「『";

/// Whether a line that begins with a closing mark could have begun earlier: there is a place in
/// the line before, not at its very start, where the rules allow a break and the rest would fit.
fn could_begin_earlier(before: &str, line: &str, cells: usize) -> bool {
    before.char_indices().skip(1).any(|(at, letter)| {
        let (head, tail) = before.split_at(at);
        let head = head.trim_end();
        !letter.is_whitespace()
            && !head.is_empty()
            && !CLOSING.contains(letter)
            && !head.ends_with(|c| OPENING.contains(c))
            // The mark, and all that must stay with it.
            && width(tail) + 1 + width(line.split(' ').next().unwrap_or_default()) <= cells
    })
}

/// Korean prose without anything strange in it.
fn prose() -> impl Strategy<Value = String> {
    let words = &WORDS[..15];
    let ends = prop::sample::select(vec![" ", " ", ". ", ", ", " (", ") ", "… ", "? ", " “", "” "]);
    prop::collection::vec((prop::sample::select(words), ends), 1..30)
        .prop_map(|words| words.into_iter().flat_map(|(word, end)| [word, end]).collect())
}

proptest! {
    #[test]
    fn no_line_begins_with_a_closing_mark_if_there_is_another_way(text in prose(), cells in 2usize..=200) {
        let lines = break_lines(&[Run::new(text.clone(), 0)], cells);
        for two in lines.windows(2) {
            let (before, line) = (two[0].text(), two[1].text());
            if line.starts_with(|c| CLOSING.contains(c)) {
                prop_assert!(!could_begin_earlier(&before, &line, cells), "{before:?} / {line:?} in {cells}");
            }
            if before.ends_with(|c| OPENING.contains(c)) {
                prop_assert!(before.chars().count() == 1 || cells < 8, "{before:?} / {line:?} in {cells}");
            }
        }
    }

    #[test]
    fn a_word_is_cut_only_if_it_is_wider_than_the_line(
        words in prop::collection::vec(prop::sample::select(&WORDS[..15]), 1..30),
        cells in 2usize..=200,
    ) {
        let words: Vec<&str> = words.iter().flat_map(|words| words.split_whitespace()).collect();
        let mut left = words.iter();
        let lines = break_lines(&[Run::new(words.join(" "), 0)], cells);
        let mut cut = String::new();
        for line in &lines {
            for piece in line.text().split_whitespace() {
                cut.push_str(piece);
                let word = left.as_slice()[0];
                if cut == word {
                    left.next();
                    cut.clear();
                } else {
                    prop_assert!(width(word) > cells, "{word:?} is cut in {cells}");
                }
            }
        }
        prop_assert!(left.next().is_none() && cut.is_empty());
    }

    #[test]
    fn every_cell_of_a_border_is_drawn(runs in runs(), cells in 2u16..=200) {
        let lines = break_lines(&runs, usize::from(cells));
        for line in &lines {
            // What the screen library does with a line between two borders.
            let mut buffer = Buffer::empty(Rect::new(0, 0, cells + 2, 1));
            buffer.set_string(0, 0, "│", ratatui::style::Style::new());
            buffer.set_string(cells + 1, 0, "│", ratatui::style::Style::new());
            let mut x = 1;
            for run in &line.runs {
                let room = usize::from(cells + 1 - x);
                (x, _) = buffer.set_stringn(x, 0, &run.text, room, ratatui::style::Style::new());
            }
            prop_assert_eq!(usize::from(x), 1 + line.width);
            let drawn = Buffer::empty(buffer.area).diff(&buffer).last().map(|(x, _, cell)| {
                (*x, cell.symbol().to_owned())
            });
            prop_assert_eq!(drawn, Some((cells + 1, "│".to_owned())));
        }
    }

    #[test]
    fn every_line_fits_and_nothing_is_lost(runs in runs(), cells in 2usize..=200) {
        let lines = break_lines(&runs, cells);
        for line in &lines {
            prop_assert_eq!(line.width, line.runs.iter().map(|run| width(&run.text)).sum::<usize>());
            prop_assert!(line.width <= cells, "{} in {}: {:?}", line.width, cells, line.text());
            prop_assert!(!line.text().contains(char::is_control));
            prop_assert!(line.runs.iter().all(|run| !run.text.is_empty()));
            prop_assert!(line.runs.windows(2).all(|two| two[0].style != two[1].style));
        }
        let text = shown(&whole(&runs));
        // The only letter of three cells cannot be shown in two.
        if cells > 2 || !text.contains('\u{17d8}') {
            assert_nothing_lost(&text, &lines);
        }
        prop_assert!(lines.len() > text.matches('\n').count());
    }

    #[test]
    fn a_line_that_is_broken_again_stays_one_line(runs in runs(), cells in 0usize..=60) {
        for line in break_lines(&runs, cells) {
            let again = break_lines(&line.runs, cells);
            prop_assert_eq!(&again[..], std::slice::from_ref(&line));
        }
    }

    #[test]
    fn no_room_is_too_small(runs in runs(), cells in 0usize..=2, first in 0usize..9, rest in 0usize..9) {
        for line in break_lines(&runs, Room { width: cells, first, rest }) {
            prop_assert!(line.indent + line.width <= cells);
        }
    }

    #[test]
    fn indents_leave_room(runs in runs(), cells in 2usize..40, first in 0usize..9, rest in 0usize..9) {
        let lines = break_lines(&runs, Room { width: cells, first, rest });
        for (at, line) in lines.iter().enumerate() {
            prop_assert_eq!(line.indent, (if at == 0 { first } else { rest }).min(cells - 2));
            prop_assert!(line.indent + line.width <= cells);
        }
    }

    #[test]
    fn styles_stay_with_their_letters(text in mixed(), cells in 2usize..=80) {
        // One run a letter, its style the letter itself: the lines must agree with themselves.
        let letters = text.chars().filter(|c| !('\u{1100}'..='\u{11ff}').contains(c));
        let runs: Vec<_> = letters.map(|letter| Run::new(letter, letter)).collect();
        let plain = |c: &char| c.is_ascii_graphic() || ('가'..='힣').contains(c);
        for line in break_lines(&runs, cells) {
            for run in &line.runs {
                for letter in run.text.chars().filter(plain) {
                    prop_assert_eq!(letter, run.style);
                }
            }
        }
    }

    #[test]
    fn the_screen_counts_cells_as_we_do(text in any_text()) {
        let area = Rect::new(0, 0, 4000, 1);
        let mut buffer = Buffer::empty(area);
        let (end, _) = buffer.set_stringn(0, 0, &text, 4000, ratatui::style::Style::new());
        prop_assert_eq!(usize::from(end), width(&text));
    }

    #[test]
    fn cuts_never_exceed_their_room(text in any_text(), cells in 0usize..60, from in 0usize..60) {
        prop_assert!(width(take_cells(&text, cells)) <= cells);
        prop_assert!(text.starts_with(take_cells(&text, cells)));
        for ellipsis in ["…", "..", "", "가", "\u{301}"] {
            let short = truncate(&text, cells, ellipsis);
            prop_assert!(width(&short) <= cells, "{short:?}");
            if width(&text) <= cells {
                prop_assert_eq!(&short, &text);
            }
            prop_assert_eq!(width(&fit(&text, cells, ellipsis)), cells);
        }
        prop_assert!(width(&window(&text, from, cells)) <= cells);
    }

    #[test]
    fn a_clean_text_is_clean_for_good(text in any::<String>(), extra in any_text()) {
        for text in [text.clone(), extra.clone(), format!("{extra}\u{1b}[1m{text}\r\n\t")] {
            let once = clean(&text);
            prop_assert!(is_clean(&once), "{once:?}");
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.contains(|c: char| c.is_control() && c != '\n'));
        }
    }

    #[test]
    fn an_escaped_text_shows_everything(text in any_text()) {
        let shown = escape(&text);
        prop_assert!(!shown.contains(char::is_control));
        prop_assert!(!text.is_empty() || shown.is_empty());
    }

    #[test]
    fn the_form_of_the_letters_does_not_change_an_answer(text in any_text(), other in any_text()) {
        let (text, other) = (clean(&text), clean(&other));
        prop_assert!(same(&text, &text));
        prop_assert!(same(&text.nfd().collect::<String>(), &text));
        prop_assert_eq!(same(&text, &other), same(&other, &text));
        prop_assert!(!(same(&text, &other) && near(&text, &other)));
    }

    #[test]
    fn an_answer_is_near_while_its_last_syllable_is_being_typed(answer in "[가-힣]{2,9}") {
        let letters: Vec<char> = answer.chars().collect();
        let (last, before) = letters.split_last().expect("two at least");
        let before = String::from_iter(before);
        let decomposed: Vec<char> = last.to_string().nfd().collect();
        for typed in 0..decomposed.len() {
            let unfinished: String = before.chars().chain(decomposed[..typed].iter().copied()).collect();
            prop_assert!(near(&unfinished, &answer), "{unfinished} {answer}");
        }
        prop_assert!(!near(&answer, &answer));
    }

    #[test]
    fn a_word_is_found_by_what_has_been_typed_of_it(word in "[가-힣]{1,6}", from in 0usize..6) {
        let rest: String = word.chars().skip(from).collect();
        prop_assert!(finds(&word, &rest));
        prop_assert!(finds(&word, &initials(&rest)));
        prop_assert!(finds(&word, &rest.nfd().collect::<String>()));
        prop_assert_eq!(typed(&word), word.chars().filter_map(keys_of).collect::<String>());
    }

    #[test]
    fn any_word_gets_a_particle(word in any_text()) {
        let said = with(&word, Particle::EunNeun);
        let particle = said.strip_prefix(&word).expect("the word comes first");
        prop_assert!(["은", "는", "은(는)"].contains(&particle));
        prop_assert_eq!(ending(&word).is_none(), particle == "은(는)");
        prop_assert_eq!(ending(&word), ending(&word.nfd().collect::<String>()));
        if !word.contains('(') {
            prop_assert_eq!(settle(&word), word);
        }
    }
}
