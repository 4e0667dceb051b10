//! What is wrong with a text as such: its register, its language, its particles.

use std::ops::Range;

use crate::{
    i18n::fault::{self, Said},
    text::{
        hangul,
        particle::{Ending, Particle, ending},
    },
};

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
    found.extend(particles(text));
    found
}

/// Does a phrase without a full stop end in another register: an option, a heading?
pub fn unfit_end(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end().trim_end_matches(['*', '`']);
    let word = unfit_ending(text)?;
    // What is quoted speaks as it speaks; a noun may end like a verb.
    let sure = word.ends_with('다') || word.ends_with('요') || word.ends_with("시오");
    sure.then(|| text.len() - word.len()..text.len())
}

/// Two spaces where one belongs, outside code and tables, behind the first letter of a line.
pub fn double_spaces(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let (at, body) = (start, line.trim_end());
        start += line.len();
        let indent = body.len() - body.trim_start().len();
        if body.trim_start().starts_with('|') {
            continue;
        }
        let mut from = indent;
        while let Some(place) = body[from..].find("  ").map(|place| from + place) {
            let length = body[place..].len() - body[place..].trim_start_matches(' ').len();
            if body[..place].matches('`').count() % 2 == 0 {
                found.push(at + place..at + place + length);
            }
            from = place + length;
        }
    }
    found
}

/// Particles that cannot stand behind what they stand behind: `서브넷를`, `VPC은`, `` `web`가 ``.
fn particles(text: &str) -> Vec<(Range<usize>, Said)> {
    let is_hangul = |c: char| ('가'..='힣').contains(&c);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_hangul).map(|place| at + place) {
        let length = text[start..].find(|c| !is_hangul(c)).unwrap_or(text.len() - start);
        at = start + length;
        let (run, before) = (&text[start..at], &text[..start]);
        let code = before.ends_with('`');
        if code || before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            // What stands between the backticks, or the Latin word.
            let word = if code {
                let inside = &before[..before.len() - 1];
                let open = inside.rfind('`').map_or(0, |open| open + 1);
                &inside[open..]
            } else {
                let part = |c: char| c.is_ascii_alphanumeric() || "./:-".contains(c);
                &before[before.trim_end_matches(part).len()..]
            };
            // One letter, and what is filled in, may be read in more ways than one.
            let plain = word.bytes().all(|c| c.is_ascii_alphabetic())
                || word.bytes().all(|c| c.is_ascii_digit() || b"./".contains(&c));
            if word.len() < 2 || !plain || (code && text[at..].starts_with('`')) {
                continue;
            }
            let kind = match run {
                "은" | "는" => Particle::EunNeun,
                "을" | "를" => Particle::EulReul,
                "과" | "와" => Particle::GwaWa,
                "으로" | "로" => Particle::EuroRo,
                "가" => Particle::IGa,
                _ => continue,
            };
            let wanted = kind.after(word);
            if wanted != run && !wanted.contains('(') {
                let wanted = format!("{word}{wanted}");
                found.push((start..at, fault::wrong_particle(&format!("{word}{run}"), &wanted)));
            }
            continue;
        }
        // The particle of a reference.
        if before.ends_with('|') && text[at..].starts_with("}}") {
            continue;
        }
        let Some(last) = run.chars().next_back() else { continue };
        let stem = &run[..run.len() - last.len_utf8()];
        let Some(read) = stem.chars().next_back().and_then(|_| ending(stem)) else { continue };
        let vowel = read == Ending::Vowel;
        let wanted = match (last, vowel) {
            ('를', false) => "을",
            ('을', true) if !NOUNS_IN_EUL.iter().any(|noun| run.ends_with(noun)) => "를",
            ('와', false) => "과",
            _ => continue,
        };
        let place = start + stem.len();
        found.push((place..at, fault::wrong_particle(run, &format!("{stem}{wanted}"))));
    }
    found
}

/// Nouns and verbs that look as if they had a particle.
const NOUNS_IN_EUL: [&str; 9] =
    ["마을", "가을", "노을", "고을", "그을", "이을", "지을", "나을", "부을"];

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
        let plain = [
            "시오", "하라", "해라", "하자", "보자", "이야", "거야", "했어", "있어", "없어", "었어",
            "았어", "잖아", "거든",
        ];
        let mut letters = word.chars().rev();
        // 뒀어, 갔어, 했어
        let past = matches!(letters.next(), Some('어'))
            && letters.next().and_then(hangul::letters).is_some_and(|it| it.last == Some('ㅆ'));
        past || plain.into_iter().any(ends)
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
            ("그렇게 했어. 이건 서버야.", vec!["했어"]),
            ("서브넷를 VPC은 `web`가 봅니다.", vec!["를", "은", "가"]),
            ("서브넷와 마을을 경로를 봅니다. 효과와 결과를 VPC는 `web`이 봅니다.", vec!["와"]),
        ] {
            let found: Vec<&str> = korean(text).into_iter().map(|(at, _)| &text[at]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn phrases_without_a_full_stop_keep_the_register_too() {
        for text in ["경로를 맨 위로 옮긴다", "**그대로 둬요**"] {
            assert!(unfit_end(text).is_some(), "{text}");
        }
        for text in ["경로를 옮깁니다", "기본 라우팅 테이블", "둘 다", "무엇입니까?"]
        {
            assert!(unfit_end(text).is_none(), "{text}");
        }
    }

    #[test]
    fn two_spaces_are_found_outside_code_and_tables() {
        let text = "- a  b\n| a  | b |\n`a  b` c\n    d  e\n";
        let found: Vec<_> = double_spaces(text).into_iter().map(|at| at.start).collect();
        assert_eq!(found, [3, 32]);
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
