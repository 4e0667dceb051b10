//! Hangul: the letters of a syllable, the keys that typed it, searching by initials.
//!
//! Letters are "compatibility jamo" (`ㄱ`, `ㅏ`), the kind that keyboards send and people type.

use unicode_normalization::UnicodeNormalization;

/// The 19 letters that begin a syllable, in Unicode's order.
const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
/// The 21 vowels.
const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ',
    'ㅟ', 'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
/// The 27 letters, simple and double, that may end a syllable.
const FINALS: [char; 27] = [
    'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ',
    'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// The letters of one syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// How it begins (초성).
    pub initial: char,
    /// Its vowel (중성).
    pub vowel: char,
    /// How it ends (종성), if not with the vowel.
    pub last: Option<char>,
}

/// The letters of a composed syllable; `None` for anything else.
///
/// ```
/// # use hanulgil::text::hangul::letters;
/// let syllable = letters('넷').unwrap();
/// assert_eq!((syllable.initial, syllable.vowel, syllable.last), ('ㄴ', 'ㅔ', Some('ㅅ')));
/// ```
pub fn letters(syllable: char) -> Option<Syllable> {
    // Unicode 3.12: syllables are numbered by initial, then vowel, then final.
    let index = u32::from(syllable).checked_sub(u32::from('가'))? as usize;
    let initial = *INITIALS.get(index / (21 * 28))?;
    let vowel = VOWELS[index / 28 % 21];
    let last = (index % 28).checked_sub(1).map(|at| FINALS[at]);
    Some(Syllable { initial, vowel, last })
}

/// The key that types a letter on the two-set (두벌식) keyboard: `ㅓ` is `j`, and `ㄲ` is `R`, with
/// shift.
///
/// `None` for letters that take two keys (`ㅘ`, `ㄺ`) and for everything that is not a jamo; see
/// [`keys_of`] for those.
pub fn key_of(letter: char) -> Option<char> {
    let key = match simple(letter)? {
        'ㅂ' => 'q',
        'ㅃ' => 'Q',
        'ㅈ' => 'w',
        'ㅉ' => 'W',
        'ㄷ' => 'e',
        'ㄸ' => 'E',
        'ㄱ' => 'r',
        'ㄲ' => 'R',
        'ㅅ' => 't',
        'ㅆ' => 'T',
        'ㅛ' => 'y',
        'ㅕ' => 'u',
        'ㅑ' => 'i',
        'ㅐ' => 'o',
        'ㅒ' => 'O',
        'ㅔ' => 'p',
        'ㅖ' => 'P',
        'ㅁ' => 'a',
        'ㄴ' => 's',
        'ㅇ' => 'd',
        'ㄹ' => 'f',
        'ㅎ' => 'g',
        'ㅗ' => 'h',
        'ㅓ' => 'j',
        'ㅏ' => 'k',
        'ㅣ' => 'l',
        'ㅋ' => 'z',
        'ㅌ' => 'x',
        'ㅊ' => 'c',
        'ㅍ' => 'v',
        'ㅠ' => 'b',
        'ㅜ' => 'n',
        'ㅡ' => 'm',
        _ => return None,
    };
    Some(key)
}

/// The keys, in order, that typed a letter or a syllable on the two-set keyboard.
///
/// An input method sends whole syllables, so one "letter" may be up to five keys. `None` for what
/// that keyboard does not type in Korean mode.
///
/// ```
/// # use hanulgil::text::hangul::keys_of;
/// assert_eq!(keys_of('ㅓ').as_deref(), Some("j"));
/// assert_eq!(keys_of('라').as_deref(), Some("fk"));
/// assert_eq!(keys_of('j'), None);
/// ```
pub fn keys_of(letter: char) -> Option<String> {
    jamo(letter)?.chars().map(key_of).collect()
}

/// The letters of a letter or a syllable as they are typed, one a key: `과` is `ㄱㅗㅏ`.
pub(super) fn jamo(letter: char) -> Option<String> {
    let mut whole = String::new();
    let mut push = |letter| match parts(letter) {
        Some((first, second)) => whole.extend([first, second]),
        None => whole.push(letter),
    };
    match letters(letter) {
        Some(syllable) => {
            push(syllable.initial);
            push(syllable.vowel);
            syllable.last.into_iter().for_each(push);
        }
        None => push(simple(letter)?),
    }
    Some(whole)
}

/// What a text would have been with the input method off: `ㅗ디ㅔ` was `help`.
///
/// Everything that is not Hangul stays.
pub fn typed(text: &str) -> String {
    let mut keys = String::with_capacity(text.len());
    for letter in text.nfc() {
        match keys_of(letter) {
            Some(typed) => keys.push_str(&typed),
            None => keys.push(letter),
        }
    }
    keys
}

/// The two letters of a compound vowel or final.
fn parts(letter: char) -> Option<(char, char)> {
    Some(match letter {
        'ㅘ' => ('ㅗ', 'ㅏ'),
        'ㅙ' => ('ㅗ', 'ㅐ'),
        'ㅚ' => ('ㅗ', 'ㅣ'),
        'ㅝ' => ('ㅜ', 'ㅓ'),
        'ㅞ' => ('ㅜ', 'ㅔ'),
        'ㅟ' => ('ㅜ', 'ㅣ'),
        'ㅢ' => ('ㅡ', 'ㅣ'),
        'ㄳ' => ('ㄱ', 'ㅅ'),
        'ㄵ' => ('ㄴ', 'ㅈ'),
        'ㄶ' => ('ㄴ', 'ㅎ'),
        'ㄺ' => ('ㄹ', 'ㄱ'),
        'ㄻ' => ('ㄹ', 'ㅁ'),
        'ㄼ' => ('ㄹ', 'ㅂ'),
        'ㄽ' => ('ㄹ', 'ㅅ'),
        'ㄾ' => ('ㄹ', 'ㅌ'),
        'ㄿ' => ('ㄹ', 'ㅍ'),
        'ㅀ' => ('ㄹ', 'ㅎ'),
        'ㅄ' => ('ㅂ', 'ㅅ'),
        _ => return None,
    })
}

/// A jamo as the keyboard's kind, from the conjoining kind that macOS and NFD use.
fn simple(letter: char) -> Option<char> {
    let from = |base: char, table: &[char]| {
        let index = u32::from(letter).checked_sub(u32::from(base))? as usize;
        table.get(index).copied()
    };
    match letter {
        'ㄱ'..='ㅣ' => Some(letter),
        '\u{1100}'..='\u{1112}' => from('\u{1100}', &INITIALS),
        '\u{1161}'..='\u{1175}' => from('\u{1161}', &VOWELS),
        '\u{11a8}'..='\u{11c2}' => from('\u{11a8}', &FINALS),
        _ => None,
    }
}

/// The text with every syllable replaced by its initial (초성), for a search by initials.
///
/// ```
/// # use hanulgil::text::hangul::initials;
/// assert_eq!(initials("NAT 게이트웨이"), "NAT ㄱㅇㅌㅇㅇ");
/// ```
pub fn initials(text: &str) -> String {
    text.nfc().map(|letter| letters(letter).map_or(letter, |syllable| syllable.initial)).collect()
}

/// Whether `text` contains what has been typed so far into a search field.
///
/// Spaces and case do not matter, a lone consonant stands for any syllable that begins with it,
/// and the syllable being typed finds what it may become: `ㄱㅇㅌ`, `게이ㅌ` and `게잍` all find
/// `NAT 게이트웨이`. An empty query is in every text.
pub fn finds(text: &str, query: &str) -> bool {
    let text = folded(text);
    let query = folded(query);
    let Some((last, firsts)) = query.split_last() else { return true };
    text.windows(query.len()).enumerate().any(|(at, window)| {
        let next = text.get(at + query.len()).copied();
        window.iter().zip(firsts).all(|(letter, typed)| begins(*letter, *typed))
            && window
                .last()
                .is_some_and(|letter| begins(*letter, *last) || may_become(*last, *letter, next))
    })
}

fn folded(text: &str) -> Vec<char> {
    text.nfc().flat_map(char::to_lowercase).filter(|letter| !letter.is_whitespace()).collect()
}

/// Whether a typed letter, alone or as an initial, is this one.
fn begins(letter: char, typed: char) -> bool {
    letter == typed || letters(letter).is_some_and(|syllable| syllable.initial == typed)
}

/// Whether the syllable being typed may become `letter` followed by `next`.
fn may_become(typed: char, letter: char, next: Option<char>) -> bool {
    if letters(typed).is_none() {
        return false;
    }
    let (Some(typed), Some(mut whole)) = (jamo(typed), jamo(letter)) else { return false };
    whole.extend(next.and_then(jamo));
    whole.starts_with(&typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_is_taken_apart() {
        let of = |syllable| letters(syllable).map(|s| (s.initial, s.vowel, s.last));
        assert_eq!(of('가'), Some(('ㄱ', 'ㅏ', None)));
        assert_eq!(of('힣'), Some(('ㅎ', 'ㅣ', Some('ㅎ'))));
        assert_eq!(of('값'), Some(('ㄱ', 'ㅏ', Some('ㅄ'))));
        assert_eq!(of('웨'), Some(('ㅇ', 'ㅞ', None)));
        assert_eq!(of('ㄱ'), None);
        assert_eq!(of('a'), None);
        assert_eq!(of('\u{d7a4}'), None);
    }

    #[test]
    fn every_letter_key_has_its_jamo() {
        let jamo = "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ";
        let keys: String = jamo.chars().filter_map(key_of).collect();
        assert_eq!(keys, "abcdefghijklmnopqrstuvwxyz");
        let shifted: String = "ㄲㄸㅃㅆㅉㅒㅖ".chars().filter_map(key_of).collect();
        assert_eq!(shifted, "REQTWOP");
    }

    #[test]
    fn a_syllable_is_the_keys_that_typed_it() {
        for (letter, keys) in [
            ('라', "fk"),
            ('과', "rhk"),
            ('닭', "ekfr"),
            ('꿹', "Rnpfr"),
            ('ㅘ', "hk"),
            ('ㄳ', "rt"),
            ('\u{1112}', "g"),
            ('\u{11bb}', "T"),
        ] {
            assert_eq!(keys_of(letter).as_deref(), Some(keys), "{letter}");
        }
        assert_eq!(keys_of('漢'), None);
        assert_eq!(keys_of('ㆍ'), None);
    }

    #[test]
    fn every_syllable_has_keys() {
        assert!(('가'..='힣').all(|letter| keys_of(letter).is_some_and(|keys| keys.len() >= 2)));
    }

    #[test]
    fn a_word_typed_in_the_wrong_mode_is_read_back() {
        assert_eq!(typed("ㅗ디ㅔ"), "help");
        assert_eq!(typed("ㅂㅕㅑㅅ"), "quit");
        assert_eq!(typed("10 ㅔ"), "10 p");
    }

    #[test]
    fn a_search_finds_what_the_typed_may_become() {
        for query in ["", "nat", "ㄱㅇㅌ", "게이ㅌ", "게잍", "게이트웨", "ㅇㅇ", "NAT게이트", "겡"]
        {
            assert!(finds("NAT 게이트웨이", query), "{query}");
        }
        for query in ["ㄱㅌ", "계", "게이트웨이가", "natㅇ"] {
            assert!(!finds("NAT 게이트웨이", query), "{query}");
        }
    }
}
