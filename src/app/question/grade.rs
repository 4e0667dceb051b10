//! Is an answer right, and what is there to say about it? Knows no screen: whoever asks, a screen
//! or a line of text, is answered the same.

use unicode_normalization::UnicodeNormalization;

use crate::{
    app::flight,
    cloud::{Leg, explanations},
    course::{
        Choice, Kind, Question,
        question::{Claim, Matched, PacketOption, PacketQuestion, Step},
        suspect,
    },
    i18n::Lang,
    journal::Given,
    net::Cidr,
    tell::Teller,
    text::answer,
};

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// These options, by their place in the question. Of true and false, true is the first.
    Options(Vec<usize>),
    /// This text.
    Text(String),
    /// The steps in this order, by their place in the question.
    Order(Vec<usize>),
    /// For each item, the partner, by their places in the question.
    Pairs(Vec<usize>),
}

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// It is the answer.
    Right,
    /// It is another.
    Wrong,
    /// It cannot be read as an answer; nothing counts.
    Unreadable,
    /// It is right but for its last syllable, which may still be on its way; nothing counts.
    Unfinished,
}

/// One thing to say about an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The option that it is about, by its place in the question.
    pub option: Option<usize>,
    /// What is to be said.
    pub text: String,
}

/// What an answer to this question is worth.
pub fn grade(question: &Question, response: &Response) -> Grade {
    let right = match (&question.kind, response) {
        (Kind::Single(choices), Response::Options(picked)) => {
            let [picked] = picked.as_slice() else { return Grade::Unreadable };
            choices.get(*picked).is_some_and(|choice| choice.right)
        }
        (Kind::Multiple(choices), Response::Options(picked)) => {
            if picked.is_empty() {
                return Grade::Unreadable;
            }
            choices.iter().enumerate().all(|(at, choice)| choice.right == picked.contains(&at))
        }
        (Kind::TrueFalse { key, .. }, Response::Options(picked)) => match picked.as_slice() {
            [0] => *key,
            [1] => !*key,
            _ => return Grade::Unreadable,
        },
        (Kind::Packet(packet), Response::Options(picked)) => {
            let [picked] = picked.as_slice() else { return Grade::Unreadable };
            packet.options.get(*picked).is_some_and(|option| option.right)
        }
        (Kind::Text { accepted, wrong }, Response::Text(typed)) => {
            if typed.trim().is_empty() {
                return Grade::Unreadable;
            }
            let is = |known: &str| answer::same(typed, known);
            if accepted.iter().any(|known| is(known)) {
                return Grade::Right;
            }
            let nearly = accepted.iter().any(|known| answer::near(typed, known));
            if nearly && !wrong.iter().any(|(known, _)| is(known)) {
                return Grade::Unfinished;
            }
            false
        }
        (Kind::Number { key, tolerance, .. }, Response::Text(typed)) => match number(typed) {
            Some(number) => is_close(number, *key, *tolerance),
            None => return Grade::Unreadable,
        },
        (Kind::Cidr { key, .. }, Response::Text(typed)) => match cidrs(typed) {
            Some(given) => same_blocks(&given, key),
            None => return Grade::Unreadable,
        },
        (Kind::Order(steps), Response::Order(order)) => {
            let ranks: Option<Vec<usize>> =
                order.iter().map(|at| Some(steps.get(*at)?.rank)).collect();
            match ranks {
                Some(ranks) if ranks.len() == steps.len() => ranks.is_sorted(),
                _ => return Grade::Unreadable,
            }
        }
        (Kind::Match { items, .. }, Response::Pairs(pairs)) => {
            if pairs.len() != items.len() {
                return Grade::Unreadable;
            }
            items.iter().zip(pairs).all(|(item, partner)| item.partner == *partner)
        }
        _ => return Grade::Unreadable,
    };
    if right { Grade::Right } else { Grade::Wrong }
}

/// What there is to say about this answer in particular, before the explanation that every answer
/// gets: why each wrong part of it is wrong.
pub fn remarks(question: &Question, response: &Response, lang: Lang) -> Vec<Remark> {
    let one = |text: &str| vec![Remark { option: None, text: text.to_owned() }];
    match (&question.kind, response) {
        (Kind::Single(choices), Response::Options(picked)) => {
            choice_remarks(choices, lang, |at, choice| !choice.right && picked.contains(&at))
        }
        (Kind::Multiple(choices), Response::Options(picked)) => {
            choice_remarks(choices, lang, |at, choice| choice.right != picked.contains(&at))
        }
        (Kind::TrueFalse { why, .. }, response) if grade(question, response) == Grade::Wrong => {
            one(why.get(lang))
        }
        (Kind::Text { wrong, .. }, Response::Text(typed)) => wrong
            .iter()
            .find(|(known, _)| answer::same(typed, known))
            .map_or(Vec::new(), |(_, why)| one(why.get(lang))),
        (Kind::Number { key, tolerance, wrong, .. }, Response::Text(typed)) => number(typed)
            .filter(|number| !is_close(*number, *key, *tolerance))
            .and_then(|number| wrong.iter().find(|(known, _)| is_close(number, *known, 0.0)))
            .map_or(Vec::new(), |(_, why)| one(why.get(lang))),
        (Kind::Cidr { wrong, .. }, Response::Text(typed)) => cidrs(typed)
            .and_then(|given| wrong.iter().find(|(known, _)| given.contains(known)))
            .map_or(Vec::new(), |(_, why)| one(why.get(lang))),
        (Kind::Packet(packet), Response::Options(picked)) => picked
            .iter()
            .filter_map(|at| Some((*at, packet.options.get(*at)?)))
            .filter(|(_, option)| !option.right)
            .map(|(at, option)| Remark {
                option: Some(at),
                text: packet_remark(packet, option, lang),
            })
            .collect(),
        (Kind::Order(steps), Response::Order(order)) => misplaced(steps, order)
            .into_iter()
            .map(|at| Remark { option: Some(at), text: order_remark(steps, at, lang) })
            .collect(),
        (Kind::Match { items, partners }, Response::Pairs(pairs)) => items
            .iter()
            .zip(pairs)
            .enumerate()
            .filter(|(_, (item, partner))| item.partner != **partner)
            .map(|(at, (item, _))| Remark {
                option: Some(at),
                text: match (&item.why, partners.get(item.partner)) {
                    (Some(why), _) => why.get(lang).to_owned(),
                    (None, Some(partner)) => {
                        let words = &lang.strings().question;
                        (words.belongs_to)(item.text.get(lang), partner.text.get(lang))
                    }
                    (None, None) => String::new(),
                },
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The steps that must be moved to put an answer right, as few as there can be, in their right
/// order: all that are not part of the longest run that stands in order already.
pub fn misplaced(steps: &[Step], order: &[usize]) -> Vec<usize> {
    let rank = |at: usize| steps.get(at).map_or(0, |step| step.rank);
    // For each place, the longest run that ends there, and the place before it in that run.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for (place, at) in order.iter().enumerate() {
        let before = (0..place)
            .filter(|before| rank(order[*before]) <= rank(*at))
            .max_by_key(|before| (runs[*before].0, std::cmp::Reverse(*before)));
        runs.push((before.map_or(0, |before| runs[before].0) + 1, before));
    }
    let mut end = (0..runs.len()).max_by_key(|place| (runs[*place].0, std::cmp::Reverse(*place)));
    let mut stays = Vec::new();
    while let Some(place) = end {
        stays.push(order[place]);
        end = runs[place].1;
    }
    (0..steps.len()).filter(|at| !stays.contains(at)).collect()
}

/// Why a step belongs where it belongs: the author's words, else its neighbours.
fn order_remark(steps: &[Step], at: usize, lang: Lang) -> String {
    let words = &lang.strings().question;
    let step = &steps[at];
    if let Some(why) = &step.why {
        return why.get(lang).to_owned();
    }
    let text = |step: &Step| step.text.get(lang).to_owned();
    let before = steps.iter().rev().find(|other| other.rank < step.rank).map(text);
    let after = steps.iter().find(|other| other.rank > step.rank).map(text);
    match (before, after) {
        (None, _) => (words.belongs_first)(&text(step)),
        (_, None) => (words.belongs_last)(&text(step)),
        (Some(before), Some(after)) => (words.belongs_between)(&text(step), &before, &after),
    }
}

fn choice_remarks(
    choices: &[Choice],
    lang: Lang,
    is_meant: impl Fn(usize, &Choice) -> bool,
) -> Vec<Remark> {
    choices
        .iter()
        .enumerate()
        .filter(|(at, choice)| is_meant(*at, choice) && !choice.why.get(lang).is_empty())
        .map(|(at, choice)| Remark { option: Some(at), text: choice.why.get(lang).to_owned() })
        .collect()
}

/// Why a wrong answer to a packet question is wrong: the author's words, else what the simulator
/// saw at the place that was suspected, and where the packet really ended.
fn packet_remark(packet: &PacketQuestion, option: &PacketOption, lang: Lang) -> String {
    if let Some(why) = &option.why {
        return why.get(lang).to_owned();
    }
    let teller = Teller::new(&packet.scene.network, lang);
    let words = &lang.strings().question;
    let met = match option.claim {
        Claim::Dropped(leg, place) => {
            packet.trace.hops.iter().find(|hop| (hop.leg, hop.place) == (leg, place))
        }
        Claim::Delivered | Claim::Refused => None,
    };
    let first = match (option.claim, met) {
        (_, Some(hop)) => (words.passes_there)(&teller.hop(hop)),
        (Claim::Dropped(_, place), None) => (words.never_comes_there)(&teller.place(place)),
        (Claim::Delivered | Claim::Refused, None) => String::new(),
    };
    let verdict = teller.verdict(&packet.trace);
    let explained = explanations(&packet.scene.network, packet.probe, |trace| {
        suspect::truth(trace) == option.claim
    });
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend((!first.is_empty()).then_some(first));
    sentences.push(verdict);
    sentences.extend(teller.explained(&explained));
    sentences.join(" ")
}

/// What an answer to a packet question says, in words.
pub fn claim_words(packet: &PacketQuestion, claim: Claim, lang: Lang) -> String {
    let teller = Teller::new(&packet.scene.network, lang);
    let words = &lang.strings().question;
    let place = |leg, place| {
        let others = packet.options.iter().filter_map(|option| match option.claim {
            Claim::Dropped(on, place) if on == leg => Some(place),
            _ => None,
        });
        teller.place_among(place, others)
    };
    match claim {
        Claim::Delivered => words.claims_delivered.to_owned(),
        Claim::Refused => words.claims_refused.to_owned(),
        Claim::Dropped(Leg::Forward, at) => (words.claims_dropped)(&place(Leg::Forward, at)),
        Claim::Dropped(Leg::Reply, at) => (words.claims_reply_dropped)(&place(Leg::Reply, at)),
    }
}

/// The right answer of a question where one types, as it is shown; `None` for the others.
pub fn right_answer(question: &Question, lang: Lang) -> Option<String> {
    match &question.kind {
        Kind::Text { accepted, .. } => accepted.first().cloned(),
        Kind::Number { key, unit, .. } => {
            let unit = unit.get(lang);
            let space = if unit.is_empty() || lang == Lang::Ko { "" } else { " " };
            Some(format!("{}{space}{unit}", grouped(*key)))
        }
        Kind::Cidr { key, .. } => {
            let blocks: Vec<String> = key.iter().map(Cidr::to_string).collect();
            Some(blocks.join(", "))
        }
        _ => None,
    }
}

/// `65536` as `65,536`.
fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{rest}")
}

/// An answer as the journal keeps it.
pub fn given(question: &Question, response: &Response) -> Given {
    match response {
        Response::Text(typed) => Given::Text(typed.trim().to_owned()),
        Response::Options(picked) => {
            Given::Options(picked.iter().filter_map(|at| option_id(question, *at)).collect())
        }
        Response::Order(order) => {
            Given::Order(order.iter().filter_map(|at| option_id(question, *at)).collect())
        }
        Response::Pairs(pairs) => {
            let Kind::Match { partners, .. } = &question.kind else {
                return Given::Pairs(Vec::new());
            };
            let pair = |(at, partner): (usize, &usize)| {
                Some((option_id(question, at)?, partners.get(*partner)?.id.clone()))
            };
            Given::Pairs(pairs.iter().enumerate().filter_map(pair).collect())
        }
    }
}

/// The answer that the journal tells of; `None` when the question has changed so much that it
/// cannot be shown.
pub fn response(question: &Question, given: &Given) -> Option<Response> {
    let place = |id: &String| {
        (0..option_count(question)).find(|at| option_id(question, *at).as_ref() == Some(id))
    };
    match given {
        Given::Text(typed) => {
            matches!(question.kind, Kind::Text { .. } | Kind::Number { .. } | Kind::Cidr { .. })
                .then(|| Response::Text(typed.clone()))
        }
        Given::Options(ids) => {
            let arranged = matches!(question.kind, Kind::Order(_) | Kind::Match { .. });
            let picked = ids.iter().map(place).collect::<Option<Vec<_>>>();
            picked.filter(|_| !arranged).map(Response::Options)
        }
        Given::Order(ids) => {
            let order = ids.iter().map(place).collect::<Option<Vec<_>>>()?;
            let whole = (0..option_count(question)).all(|at| order.contains(&at));
            let is_order = matches!(question.kind, Kind::Order(_));
            (is_order && whole && order.len() == option_count(question))
                .then_some(Response::Order(order))
        }
        Given::Pairs(ids) => {
            let Kind::Match { items, partners } = &question.kind else { return None };
            let partner_of = |item: &Matched| {
                let (_, partner) = ids.iter().find(|(id, _)| *id == item.id)?;
                partners.iter().position(|known| known.id == *partner)
            };
            items.iter().map(partner_of).collect::<Option<Vec<_>>>().map(Response::Pairs)
        }
    }
}

/// How many options a question has; none where one types.
pub fn option_count(question: &Question) -> usize {
    match &question.kind {
        Kind::Single(choices) | Kind::Multiple(choices) => choices.len(),
        Kind::TrueFalse { .. } => 2,
        Kind::Packet(packet) => packet.options.len(),
        Kind::Order(steps) => steps.len(),
        Kind::Match { items, .. } => items.len(),
        Kind::Text { .. } | Kind::Number { .. } | Kind::Cidr { .. } => 0,
    }
}

/// The stable name of an option.
fn option_id(question: &Question, at: usize) -> Option<String> {
    match &question.kind {
        Kind::Single(choices) | Kind::Multiple(choices) => Some(choices.get(at)?.id.clone()),
        Kind::TrueFalse { .. } => ["true", "false"].get(at).map(|id| (*id).to_owned()),
        Kind::Packet(packet) => {
            let option = packet.options.get(at)?;
            Some(flight::written(&packet.scene.network, option.claim))
        }
        Kind::Order(steps) => Some(steps.get(at)?.id.clone()),
        Kind::Match { items, .. } => Some(items.get(at)?.id.clone()),
        Kind::Text { .. } | Kind::Number { .. } | Kind::Cidr { .. } => None,
    }
}

/// Is this option right?
pub fn is_right(question: &Question, at: usize) -> bool {
    match &question.kind {
        Kind::Single(choices) | Kind::Multiple(choices) => {
            choices.get(at).is_some_and(|choice| choice.right)
        }
        Kind::TrueFalse { key, .. } => (at == 0) == *key,
        Kind::Packet(packet) => packet.options.get(at).is_some_and(|option| option.right),
        Kind::Text { .. }
        | Kind::Number { .. }
        | Kind::Cidr { .. }
        | Kind::Order(_)
        | Kind::Match { .. } => false,
    }
}

fn is_close(number: f64, key: f64, tolerance: f64) -> bool {
    // A hair more than the tolerance, for what decimals cannot say exactly.
    (number - key).abs() <= tolerance + 1e-9 * key.abs().max(1.0)
}

/// Reads a number as people write it: `1,024`, `65 536`, `２５１`, `251개`, `하나`.
pub fn number(typed: &str) -> Option<f64> {
    let text: String = typed.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    let text = text.to_lowercase();
    let text = text.trim_matches(['`', '"', '\'']);
    if let Some(number) = spelled(text) {
        return Some(f64::from(number));
    }
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && !"+-.,_".contains(letter))
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let digits = digits.trim_end_matches(['.', ',']);
    // A unit may follow, but nothing that could be more of the number.
    if unit.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let digits = digits.replace('_', "");
    let groups: Vec<&str> = digits.split(',').collect();
    let whole = match groups.as_slice() {
        [only] => (*only).to_owned(),
        [first, rest @ ..] => {
            let thousands = !first.is_empty()
                && first.trim_start_matches(['-', '+']).len() <= 3
                && rest.iter().all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
            if !thousands {
                return None;
            }
            groups.concat()
        }
        [] => return None,
    };
    whole.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Small numbers as words, with or without a counter.
fn spelled(text: &str) -> Option<u8> {
    const WORDS: [&[&str]; 11] = [
        &["영", "공", "없음", "zero", "none"],
        &["하나", "한", "일", "one"],
        &["둘", "두", "이", "two"],
        &["셋", "세", "삼", "three"],
        &["넷", "네", "사", "four"],
        &["다섯", "오", "five"],
        &["여섯", "육", "six"],
        &["일곱", "칠", "seven"],
        &["여덟", "팔", "eight"],
        &["아홉", "구", "nine"],
        &["열", "십", "ten"],
    ];
    let bare = text.strip_suffix('개').or(text.strip_suffix('번')).unwrap_or(text);
    (0..).zip(WORDS).find(|(_, words)| words.contains(&bare)).map(|(number, _)| number)
}

/// Reads one or more address blocks, whatever stands between them.
pub fn cidrs(typed: &str) -> Option<Vec<Cidr>> {
    let text: String = typed.nfkc().collect();
    // `10.0.0.0 / 25` is one block.
    let mut joined = String::with_capacity(text.len());
    for part in text.split('/').map(str::trim) {
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.push_str(part);
    }
    let blocks: Option<Vec<Cidr>> = joined
        .split(|letter: char| !letter.is_ascii_hexdigit() && !"./:".contains(letter))
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect();
    blocks.filter(|blocks| !blocks.is_empty())
}

fn same_blocks(given: &[Cidr], key: &[Cidr]) -> bool {
    given.iter().all(|block| key.contains(block)) && key.iter().all(|block| given.contains(block))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{course::QuestionId, i18n::Words};

    fn question(kind: Kind) -> Question {
        Question {
            id: QuestionId("lesson/question".into()),
            aliases: Vec::new(),
            objectives: Vec::new(),
            prompt: Words::default(),
            explanation: Words::default(),
            kind,
        }
    }

    fn words(text: &str) -> Words {
        Words { ko: text.into(), en: text.into() }
    }

    fn choice(id: &str, right: bool) -> Choice {
        Choice { id: id.into(), text: words(id), right, why: words(&format!("why {id}")) }
    }

    fn typed(kind: &Question, text: &str) -> Grade {
        grade(kind, &Response::Text(text.into()))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["1024", "1,024", " 1 024 ", "１０２４", "1_024", "1024개", "1,024 addresses"]
        {
            assert_eq!(number(text), Some(1024.0), "{text}");
        }
        for (text, value) in
            [("하나", 1.0), ("한 개", 1.0), ("Two", 2.0), ("0.5", 0.5), ("-3", -3.0)]
        {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "모름", "10.0.0.0/16", "1,2", "12,34,567", "3 or 4", "."] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn blocks_are_read_whatever_stands_between_them() {
        let two: Vec<Cidr> =
            ["10.0.0.0/25", "10.0.0.128/25"].iter().map(|text| text.parse().unwrap()).collect();
        for text in [
            "10.0.0.0/25, 10.0.0.128/25",
            "10.0.0.0/25와 10.0.0.128/25",
            "10.0.0.0 / 25 10.0.0.128/25.",
            "`10.0.0.0/25` `10.0.0.128/25`",
            "１０.0.0.0／25;10.0.0.128/25",
        ] {
            assert_eq!(cidrs(text), Some(two.clone()), "{text}");
        }
        for text in ["", "10.0.0.0", "ten", "10.0.0.0/33"] {
            assert_eq!(cidrs(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_wrong() {
        let number = question(Kind::Number {
            key: 251.0,
            tolerance: 0.0,
            unit: words("개"),
            wrong: vec![(256.0, words("five are reserved"))],
        });
        assert_eq!(typed(&number, "251"), Grade::Right);
        assert_eq!(typed(&number, "256"), Grade::Wrong);
        assert_eq!(typed(&number, "많이"), Grade::Unreadable);
        let text =
            question(Kind::Text { accepted: vec!["보안 그룹".into()], wrong: Vec::new() });
        assert_eq!(typed(&text, "  "), Grade::Unreadable);
        assert_eq!(grade(&number, &Response::Options(Vec::new())), Grade::Unreadable);
    }

    #[test]
    fn an_answer_that_lacks_its_last_syllable_is_asked_for_again() {
        let text = question(Kind::Text {
            accepted: vec!["보안 그룹".into()],
            wrong: vec![("보안 그".into(), words("no"))],
        });
        assert_eq!(typed(&text, "보안그룹"), Grade::Right);
        assert_eq!(typed(&text, "보안 그루"), Grade::Unfinished);
        assert_eq!(typed(&text, "보안 그"), Grade::Wrong);
        assert_eq!(typed(&text, "네트워크 ACL"), Grade::Wrong);
    }

    #[test]
    fn every_wrong_part_of_an_answer_has_its_reason() {
        let choices = vec![choice("a", true), choice("b", false), choice("c", true)];
        let multiple = question(Kind::Multiple(choices));
        let response = Response::Options(vec![0, 1]);
        assert_eq!(grade(&multiple, &response), Grade::Wrong);
        let about: Vec<_> =
            remarks(&multiple, &response, Lang::En).into_iter().map(|one| one.option).collect();
        assert_eq!(about, [Some(1), Some(2)]);
        assert_eq!(grade(&multiple, &Response::Options(vec![2, 0])), Grade::Right);
        assert_eq!(remarks(&multiple, &Response::Options(vec![2, 0]), Lang::En), []);
    }

    #[test]
    fn a_known_wrong_number_has_its_reason_and_the_right_one_is_shown() {
        let number = question(Kind::Number {
            key: 65_536.0,
            tolerance: 0.0,
            unit: words("addresses"),
            wrong: vec![(256.0, words("that is a /24"))],
        });
        let response = Response::Text("256".into());
        assert_eq!(remarks(&number, &response, Lang::En)[0].text, "that is a /24");
        assert_eq!(right_answer(&number, Lang::En).unwrap(), "65,536 addresses");
    }

    #[test]
    fn an_answer_comes_back_from_the_journal_as_it_was_given() {
        let single = question(Kind::Single(vec![choice("a", true), choice("b", false)]));
        let truth = question(Kind::TrueFalse { key: false, why: words("why") });
        let text = question(Kind::Text { accepted: vec!["a".into()], wrong: Vec::new() });
        for (question, response_) in [
            (&single, Response::Options(vec![1])),
            (&truth, Response::Options(vec![0])),
            (&text, Response::Text("나".into())),
        ] {
            let kept = given(question, &response_);
            assert_eq!(response(question, &kept), Some(response_));
        }
        assert_eq!(response(&single, &Given::Options(vec!["gone".into()])), None);
    }
}
