//! Comparing what a learner typed with what was asked for.
//!
//! A tutor must not be pedantic about how something was typed. What does not matter:
//! - the form of the letters: decomposed Hangul, full-width digits, upper and lower case;
//! - spaces: 인터넷게이트웨이 is 인터넷 게이트웨이;
//! - quotes and backticks anywhere, and `. , ! ? 。` at the end;
//! - hyphens, underscores and middle dots between two letters: on-premises is on premises.
//!
//! Everything else does, above all what stands between digits: `10.0.0.0/16`, `us-east-1`, `-1`.

use unicode_normalization::UnicodeNormalization;

use super::clean::clean;
use super::hangul;

/// Whether the two are the same answer.
///
/// ```
/// # use hanulgil::text::answer::same;
/// assert!(same("인터넷게이트웨이", "인터넷 게이트웨이"));
/// assert!(same("`Stateful`.", "stateful"));
/// assert!(!same("10.0.0.0/16", "10.0.0.0/1"));
/// ```
pub fn same(typed: &str, expected: &str) -> bool {
    folded(typed) == folded(expected)
}

/// Whether `typed` is `expected` but for its last syllable, which is missing or not finished: an
/// input method that had not handed it over when Enter came.
///
/// Such an answer deserves a second look, not a penalty. False for answers that do not end in
/// Hangul, for empty ones, and for those that are the [`same`].
///
/// ```
/// # use hanulgil::text::answer::near;
/// assert!(near("보안 그루", "보안 그룹"));
/// assert!(near("보안 그", "보안 그룹"));
/// assert!(!near("보안", "보안 그룹"));
/// ```
pub fn near(typed: &str, expected: &str) -> bool {
    let expected = folded(expected);
    let Some(last) = expected.chars().next_back().filter(|c| hangul::letters(*c).is_some()) else {
        return false;
    };
    let before = taken_apart(&expected[..expected.len() - last.len_utf8()]);
    let (typed, whole) = (taken_apart(&folded(typed)), taken_apart(&expected));
    // By letters, because the first one of the last syllable may still hang on the one before:
    // 가구 passes through 각.
    !typed.is_empty()
        && typed.len() >= before.len()
        && typed.len() < whole.len()
        && whole.starts_with(&typed)
}

fn taken_apart(text: &str) -> String {
    text.chars().map(|c| hangul::jamo(c).unwrap_or_else(|| c.to_string())).collect()
}

/// What is left of an answer when everything that does not matter is gone.
fn folded(text: &str) -> String {
    let text: String = clean(text).nfkc().flat_map(char::to_uppercase).collect();
    let text: String = text.to_lowercase().nfkc().filter(|c| !is_dropped(*c)).collect();
    let text = text.trim_end_matches(['.', ',', '!', '?', '。']);
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut between = || {
            kept.ends_with(char::is_alphabetic)
                && letters.peek().is_some_and(|next| next.is_alphabetic())
        };
        if is_joint(letter) && between() {
            continue;
        }
        kept.push(letter);
    }
    // Compatibility folding takes lone jamo apart into the conjoining kind; put syllables together.
    kept.nfc().collect()
}

fn is_dropped(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '"' | '\''
                | '`'
                | '´'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '«'
                | '»'
                | '「'
                | '」'
                | '『'
                | '』'
        )
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '_' | '·' | '・' | 'ㆍ' | '‐' | '‑' | '‒' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_it_was_typed_does_not_matter() {
        for (typed, expected) in [
            ("인터넷게이트웨이", "인터넷 게이트웨이"),
            ("인터넷 게이트웨이", "인터넷 게이트웨이"),
            (" Internet  Gateway ", "internet gateway"),
            ("ＮＡＴ　게이트웨이", "NAT 게이트웨이"),
            ("\"보안 그룹\".", "보안 그룹"),
            ("‘web-a’", "web-a"),
            ("on premises", "on-premises"),
            ("egress only internet gateway", "egress-only internet gateway"),
            ("다중·AZ", "다중 AZ"),
            ("１０.0.0.0/16", "10.0.0.0/16"),
            ("STRASSE", "straße"),
            ("", " "),
        ] {
            assert!(same(typed, expected), "{typed:?} {expected:?}");
        }
    }

    #[test]
    fn what_was_typed_matters() {
        for (typed, expected) in [
            ("10.0.0.0/16", "10.0.0.0/1"),
            ("10.0.0.0", "1.0.0.0"),
            ("10.0.0.0", "10000"),
            ("-1", "1"),
            ("80-443", "80443"),
            ("80,443", "80443"),
            ("us-east-1", "us-east1"),
            ("보안 그룹", "보안 그름"),
            ("", "a"),
        ] {
            assert!(!same(typed, expected), "{typed:?} {expected:?}");
        }
    }

    #[test]
    fn an_unfinished_last_syllable_is_near() {
        for (typed, expected) in [
            ("인터넷 게이트웨ㅇ", "인터넷 게이트웨이"),
            ("인터넷 게이트웽", "인터넷 게이트웨이"),
            ("인터넷 게이트웨", "인터넷 게이트웨이"),
            ("서브네", "서브넷"),
            ("서브ㄴ", "서브넷"),
            ("라우팅 테이브", "라우팅 테이블"),
            ("마", "망"),
            ("ㅁ", "망"),
            ("NAT 게이트웨", "nat게이트웨이"),
        ] {
            assert!(near(typed, expected), "{typed} {expected}");
        }
    }

    #[test]
    fn anything_else_is_not_near() {
        for (typed, expected) in [
            ("서브넷", "서브넷"),
            ("서브넷이", "서브넷"),
            ("서", "서브넷"),
            ("서브널", "서브넷"),
            ("", "망"),
            ("stateles", "stateless"),
            ("10.0.0.0/1", "10.0.0.0/16"),
            ("서브넷(subnet", "서브넷(subnet)"),
            ("tjqm", "서브넷"),
        ] {
            assert!(!near(typed, expected), "{typed} {expected}");
        }
    }
}
