//! What is wrong with a text as such: its register, its language, its particles.

use std::ops::Range;

use crate::i18n::fault::{self, Said};

/// What is wrong with a Korean text, at its bytes. Markdown is fine; quoted speech and code are
/// left alone.
///
/// The course speaks 합니다체: it states with `-니다`, asks with `-니까`, and tells what to do with
/// `-세요`.
pub fn korean(text: &str) -> Vec<(Range<usize>, Said)> {
    let mut found = Vec::new();
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut quote: Option<char> = None;
    let mut code = false;
    for (place, &(at, letter)) in letters.iter().enumerate() {
        // A blank line ends whatever was open.
        if letter == '\n' && letters.get(place + 1).is_some_and(|(_, next)| *next == '\n') {
            (quote, code) = (None, false);
        }
        if letter == '`' {
            code = !code;
        }
        if code {
            continue;
        }
        match (quote, letter) {
            (Some(end), c) if c == end => quote = None,
            (None, '“') => quote = Some('”'),
            (None, '‘') => quote = Some('’'),
            (None, '"') => quote = Some('"'),
            (None, '\'') => quote = Some('\''),
            _ => {}
        }
        if quote.is_some() {
            continue;
        }
        if text[at..].starts_with("당신") {
            found.push((at..at + "당신".len(), fault::register("당신")));
        }
        for marker in ["은(는)", "이(가)", "을(를)", "과(와)", "와(과)", "(으)로"] {
            if text[at..].starts_with(marker) {
                found.push((at..at + marker.len(), fault::open_particle(marker)));
            }
        }
        if matches!(letter, '.' | '?' | '!' | '…') {
            let before = text[..at].trim_end_matches(['*', '_', '”', '’', '"', '\'']);
            if let Some(word) = unfit_ending(before) {
                let start = before.len() - word.len();
                found.push((start..before.len(), fault::register(word)));
            }
        }
    }
    found
}

/// The last word, when it ends a sentence in another register than 합니다체.
fn unfit_ending(before: &str) -> Option<&str> {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| ('가'..='힣').contains(c))
        .last()
        .map(|(at, _)| at)?;
    let word = &before[start..];
    let letters = word.chars().count();
    let ends = |ending: &str| word.ends_with(ending);
    let nouns = ["필요", "중요", "주요", "수요", "소요", "개요", "강요", "동요"];
    let unfit = if ends("요") {
        !ends("세요") && letters > 1 && !nouns.contains(&word)
    } else if ends("다") {
        // 니다, but not 아니다; a lone 다 ("all") is no ending.
        letters > 1 && (!ends("니다") || ends("아니다"))
    } else if ends("까") {
        !ends("니까")
    } else {
        ends("십시오") || ends("시오") || ends("하라") || ends("해라") || ends("하자")
    };
    unfit.then_some(word)
}

/// Is it an English sentence rather than terms and literals: three words or more, one of which
/// only holds the others together? Code is left alone.
fn is_english(text: &str) -> bool {
    const JOINTS: [&str; 18] = [
        "a", "an", "and", "are", "does", "for", "from", "has", "in", "is", "it", "not", "of",
        "that", "the", "to", "with", "you",
    ];
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let words: Vec<String> = outside
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty() && word.chars().all(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect();
    words.len() >= 3 && words.iter().any(|word| JOINTS.contains(&word.as_str()))
}

fn has_hangul(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c) || ('ㄱ'..='ㆎ').contains(&c))
}

/// Is a Korean text really English? Terms and literals alone are fine.
pub fn is_untranslated(korean: &str) -> bool {
    !has_hangul(korean) && is_english(korean)
}

/// Is there Hangul in an English text, outside code?
pub fn has_korean(english: &str) -> bool {
    english.split('`').step_by(2).any(has_hangul)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_registers_are_found_at_their_word() {
        for (text, wanted) in [
            ("패킷이 도착해요.", vec!["도착해요"]),
            ("이것을 보십시오.", vec!["보십시오"]),
            ("당신의 VPC입니다.", vec!["당신"]),
            ("패킷이 도착한다. 끝입니다.", vec!["도착한다"]),
            ("무엇일까?", vec!["무엇일까"]),
            ("그것은 아니다.", vec!["아니다"]),
            ("볼까요?", vec!["볼까요"]),
            ("**도착해요**.", vec!["도착해요"]),
            ("`web`이(가) 있습니다.", vec!["이(가)"]),
            ("도착합니다. 고르세요. 무엇입니까? 모두 다. 10.0.0.0/16입니다.", vec![]),
            ("**\"서버를 둔다.\"** 틀린 말입니다.", vec![]),
            ("“서버를 둔다.”라고 합니다.", vec![]),
            ("`한다.` 그대로입니다.", vec![]),
            ("네 가지가 필요.", vec![]),
            ("VPC (기본)", vec![]),
        ] {
            let found: Vec<&str> = korean(text).into_iter().map(|(at, _)| &text[at]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn terms_need_no_translation_but_sentences_do() {
        assert!(is_untranslated("The packet is dropped at the router."));
        assert!(is_untranslated("Both of them are right."));
        assert!(is_untranslated("There is a gateway here."));
        assert!(!is_untranslated("AZ ID"));
        assert!(!is_untranslated("Amazon VPC Flow Logs"));
        assert!(!is_untranslated("10.0.0.0/16"));
        assert!(!is_untranslated("`attach-internet-gateway igw main now`"));
        assert!(!is_untranslated("패킷 the packet is dropped"));
        assert!(has_korean("The 패킷"));
        assert!(!has_korean("The `패킷`"));
    }
}
