//! Questions: the logic once, the words in both languages.

mod arrange;

use std::ops::Range;

use crate::{
    cloud::{Probe, Rules, Trace, trace},
    course::{
        Faults, Scene,
        document::{Key, NumberOrText, Phrase, Section, Text, list},
        fault::nearest,
        grammar::{self, Token},
        lab::parse_check,
        reference::{Filled, find, moved},
        suspect,
        wording::{Role, Wording},
    },
    i18n::{Words, fault},
    net::Cidr,
};

/// Names a question; stable for ever, because the journal remembers it: `lesson-id/question-id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub String);

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its stable name.
    pub id: QuestionId,
    /// Names it had before.
    pub aliases: Vec<String>,
    /// The objectives it tests, by id.
    pub objectives: Vec<String>,
    /// What is asked.
    pub prompt: Words,
    /// What is shown after any answer: why the right answer is right.
    pub explanation: Words,
    /// What kind of answer is wanted, and the key.
    pub kind: Kind,
}

/// What kind of answer a question wants, with its key.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Exactly one of these is right.
    Single(Vec<Choice>),
    /// Any number of these are right; all must be found.
    Multiple(Vec<Choice>),
    /// Right or wrong; the `why` answers the wrong click.
    TrueFalse {
        /// Is the statement true?
        key: bool,
        /// What the wrong click is told.
        why: Words,
    },
    /// Typed words; any of the accepted forms, compared leniently. Known wrong answers bring
    /// their own `why`.
    Text {
        /// Every form that is right; the first is the one that is shown.
        accepted: Vec<String>,
        /// Wrong answers that people give, and why each is wrong.
        wrong: Vec<(String, Words)>,
    },
    /// A whole or decimal number, within the tolerance. Known wrong answers bring their `why`.
    Number {
        /// The number.
        key: f64,
        /// How far from it is still right.
        tolerance: f64,
        /// What is counted, shown behind the field; may be empty.
        unit: Words,
        /// Wrong answers that people give, and why each is wrong.
        wrong: Vec<(f64, Words)>,
    },
    /// An address block; all of these must be given, in any order.
    Cidr {
        /// The blocks.
        key: Vec<Cidr>,
        /// Wrong answers that people give, and why each is wrong.
        wrong: Vec<(Cidr, Words)>,
    },
    /// Does this packet arrive, and if not, which component stops it? The key is the trace.
    Packet(Box<PacketQuestion>),
    /// These must be put into order; they stand in the right one.
    Order(Vec<Step>),
    /// Each of the items on the left must be paired with its partner on the right; several may
    /// have the same partner, and some partners may be nobody's.
    Match {
        /// On the left.
        items: Vec<Matched>,
        /// On the right.
        partners: Vec<Partner>,
    },
}

/// One of the things that must be put into order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its stable name, for the journal.
    pub id: String,
    /// What it says.
    pub text: Words,
    /// Why it stands where it stands, for whoever put it elsewhere; computed words are used when
    /// there are none.
    pub why: Option<Words>,
    /// Its place, from 0. Steps with the same rank may stand in either order.
    pub rank: usize,
}

/// One of the things that must be paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Its stable name, for the journal.
    pub id: String,
    /// What it says.
    pub text: Words,
    /// Its partner, by its place among the partners.
    pub partner: usize,
    /// Why that is its partner, for whoever chose another.
    pub why: Option<Words>,
}

/// What things are paired with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its stable name, for the journal.
    pub id: String,
    /// What it says.
    pub text: Words,
}

/// A packet question: everything about the answer is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketQuestion {
    /// The network.
    pub scene: Scene,
    /// The packet.
    pub probe: Probe,
    /// What happens to it: the key.
    pub trace: Trace,
    /// The answers on offer: delivered first, refused where it could be meant, then the
    /// components on the way (or that a learner might blame), in the order of the path.
    pub options: Vec<PacketOption>,
}

/// One answer to a packet question.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketOption {
    /// What it claims.
    pub claim: Claim,
    /// Is it what the simulator found?
    pub right: bool,
    /// Why a wrong one is wrong, from the author; computed words are used when there are none.
    pub why: Option<Words>,
}

/// What an answer to a packet question claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// It arrives, and the answer comes back.
    Delivered,
    /// It arrives, and nobody listens.
    Refused,
    /// It is dropped here, on this leg.
    Dropped(crate::cloud::Leg, crate::cloud::Place),
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its stable name, for the journal.
    pub id: String,
    /// What it says.
    pub text: Words,
    /// Is it right?
    pub right: bool,
    /// Why it is wrong (or, for right ones of a multiple choice, why it belongs).
    pub why: Words,
}

const KINDS: [&str; 9] =
    ["single", "multiple", "true-false", "text", "number", "cidr", "packet", "order", "match"];

/// Reads `[question.ID]`; none when the kind or what it cannot do without is missing.
pub(crate) fn read(
    lesson: &str,
    key: &Key,
    section: &mut Section,
    wording: &mut Wording,
    faults: &mut Faults,
) -> Option<Question> {
    let kind = section.need_text("kind", faults);
    let aliases = section.texts("aliases", faults).unwrap_or_default();
    let objectives = section.texts("objectives", faults);
    if objectives.is_none() {
        section.missing("objectives", faults);
    }
    let prompt = section.need_words("prompt", faults);
    let prompt = wording.say(&prompt, Role::Prompt, faults);
    let explained = section.need_words("explanation", faults);
    let explanation = wording.say(&explained, Role::Explanation, faults);
    let mut reader = Answers { section, wording, faults, explained: &explained };
    let kind_text = kind?;
    let kind = match kind_text.value.as_str() {
        "single" => {
            let (choices, spans) = reader.choices(false);
            reader.one_right(&choices, &spans);
            Some(Kind::Single(choices))
        }
        "multiple" => {
            let (choices, _) = reader.choices(true);
            if !choices.iter().any(|choice| choice.right) {
                reader.faults.error(key.span.clone(), fault::no_right_option());
            }
            Some(Kind::Multiple(choices))
        }
        "true-false" => reader.true_false(),
        "text" => Some(reader.text()),
        "number" => reader.number(),
        "cidr" => reader.cidr(),
        "packet" => reader.packet(),
        "order" => reader.order(),
        "match" => reader.pairs(),
        other => {
            let said = fault::one_of(other, &list(KINDS));
            let said = match nearest(other, KINDS) {
                Some(near) => fault::Said { help: None, ..said }.did_you_mean(Some(near)),
                None => said,
            };
            reader.faults.error(kind_text.span.clone(), said);
            return None;
        }
    };
    Some(Question {
        id: QuestionId(format!("{lesson}/{}", key.name)),
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
        objectives: objectives.unwrap_or_default().into_iter().map(|text| text.value).collect(),
        prompt,
        explanation,
        kind: kind?,
    })
}

/// The keys of a question that its kind decides.
struct Answers<'a, 'd, 'f> {
    section: &'a mut Section<'d>,
    wording: &'a mut Wording<'f>,
    faults: &'a mut Faults,
    /// The explanation as it is written: what it computes should be the key.
    explained: &'a Phrase,
}

impl Answers<'_, '_, '_> {
    fn choices(&mut self, every_why: bool) -> (Vec<Choice>, Vec<Range<usize>>) {
        let (mut choices, mut spans) = (Vec::<Choice>::new(), Vec::new());
        for mut item in self.section.items("option", self.faults) {
            let id = item.need_text("id", self.faults);
            let text = item.need_words("text", self.faults);
            let text = self.wording.say(&text, Role::Option, self.faults);
            let right = item.flag("right", self.faults);
            let why = item.words("why", self.faults);
            let is_right = right.as_ref().is_some_and(|(right, _)| *right);
            if why.is_none() && item.span_of("why").is_none() && (every_why || !is_right) {
                self.faults.error(item.span.clone(), fault::missing_why());
            }
            let why = why.map(|why| self.wording.say(&why, Role::Why, self.faults));
            let place = right.map_or_else(|| item.span.clone(), |(_, span)| span);
            self.holds(&mut item, is_right, &place);
            if let Some(id) = &id {
                if !grammar::is_name(&id.value) {
                    self.faults.error(id.span.clone(), fault::bad_name(&id.value));
                } else if choices.iter().any(|choice| choice.id == id.value) {
                    self.faults.error(id.span.clone(), fault::duplicate_name(&id.value));
                }
            }
            spans.push(item.span.clone());
            item.close(self.faults);
            choices.push(Choice {
                id: id.map(|id| id.value).unwrap_or_default(),
                text,
                right: is_right,
                why: why.unwrap_or_default(),
            });
        }
        if choices.len() < 2 {
            self.faults.error(self.section.span.clone(), fault::too_few_options(choices.len()));
        }
        (choices, spans)
    }

    fn one_right(&mut self, choices: &[Choice], spans: &[Range<usize>]) {
        let right: Vec<usize> = (0..choices.len()).filter(|at| choices[*at].right).collect();
        match right.as_slice() {
            [_] => {}
            [] => self.faults.error(self.section.span.clone(), fault::no_right_option()),
            [_, more @ ..] => {
                for at in more {
                    self.faults.error(spans[*at].clone(), fault::second_right_option());
                }
            }
        }
    }

    /// `holds = ["SCENE PACKET = delivered"]`: what the simulator says must be what the key says.
    fn holds(&mut self, section: &mut Section, key: bool, place: &Range<usize>) {
        let Some(lines) = section.texts("holds", self.faults) else { return };
        let mut all = true;
        for text in &lines {
            let line = text.value.trim_start();
            let start = text.value.len() - line.len();
            let (name, check) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let range = start..start + name.len();
            let token = Token { text: name.into(), range, quoted: false };
            let at = start + name.len() + usize::from(!check.is_empty());
            let checked = self.wording.facts.scene(&token).and_then(|scene| {
                let Some(scene) = scene else { return Ok(None) };
                let check = parse_check(scene, check).map_err(|slip| moved(slip, at))?;
                Ok(Some(check.holds(&scene.network, &[])))
            });
            match checked {
                Ok(Some(holds)) => all &= holds,
                Ok(None) => return,
                Err(slip) => {
                    self.faults.error(text.at(slip.range), slip.said);
                    return;
                }
            }
        }
        if all != key {
            self.faults.error(place.clone(), fault::key_contradicted(all));
        }
    }

    fn true_false(&mut self) -> Option<Kind> {
        let key = self.section.flag("key", self.faults);
        if self.section.span_of("key").is_none() {
            self.section.missing("key", self.faults);
        }
        let why = self.section.need_words("why", self.faults);
        let why = self.wording.say(&why, Role::Why, self.faults);
        let mut lines = Section::clone(self.section);
        self.section.has("holds");
        let (key, span) = key?;
        self.holds(&mut lines, key, &span);
        Some(Kind::TrueFalse { key, why })
    }

    /// The `[[..wrong]]` items: the answer as `read` makes it, and its why.
    fn wrong<T>(
        &mut self,
        mut read: impl FnMut(&mut Self, &mut Section) -> Option<(T, Range<usize>)>,
        is_right: impl Fn(&T) -> bool,
    ) -> Vec<(T, Words)> {
        let mut wrong = Vec::new();
        for mut item in self.section.items("wrong", self.faults) {
            let answer = read(self, &mut item);
            let why = item.need_words("why", self.faults);
            let why = self.wording.say(&why, Role::Why, self.faults);
            item.close(self.faults);
            if let Some((answer, span)) = answer {
                if is_right(&answer) {
                    self.faults.error(span, fault::wrong_is_right());
                }
                wrong.push((answer, why));
            }
        }
        wrong
    }

    fn text(&mut self) -> Kind {
        let texts = self.section.texts("accepted", self.faults);
        if texts.as_ref().is_none_or(Vec::is_empty) {
            self.section.missing("accepted", self.faults);
        }
        let mut accepted = Vec::new();
        for text in texts.unwrap_or_default() {
            let Some(value) = self.wording.value(&text, self.faults) else { continue };
            if value.trim().is_empty() {
                self.faults.error(text.span.clone(), fault::empty_answer());
            }
            accepted.push(value);
        }
        let wrong = self.wrong(
            |reader, item| {
                let text = item.need_text("answer", reader.faults)?;
                Some((reader.wording.value(&text, reader.faults)?, text.span))
            },
            |answer| accepted.iter().any(|right| crate::text::answer::same(answer, right)),
        );
        Kind::Text { accepted, wrong }
    }

    fn number(&mut self) -> Option<Kind> {
        let key = self.section.number_or_text("key", self.faults);
        if self.section.span_of("key").is_none() {
            self.section.missing("key", self.faults);
        }
        let computed = self.section.text("computed", self.faults);
        let tolerance = match self.section.number_or_text("tolerance", self.faults) {
            Some((NumberOrText::Number(tolerance), _)) if tolerance >= 0.0 => tolerance,
            Some((_, span)) => {
                self.faults.error(span, fault::bad_tolerance());
                0.0
            }
            None => 0.0,
        };
        let unit = self.section.words_or_empty("unit", self.faults);
        let unit = unit.map(|unit| self.wording.say(&unit, Role::Unit, self.faults));
        let literal = matches!(key, Some((NumberOrText::Number(_), _)));
        let key = match key {
            Some((NumberOrText::Number(number), span)) => Some((number, span)),
            Some((NumberOrText::Text(text), span)) => self.number_of(&text).map(|n| (n, span)),
            None => None,
        };
        if let (Some((key, span)), Some(text)) = (&key, &computed)
            && let Some(number) = self.number_of(text)
            && (number - key).abs() > tolerance
        {
            self.faults.error(span.clone(), fault::key_is_not(&number.to_string()));
        }
        if let (Some((key, span)), None, true) = (&key, &computed, literal) {
            let numbers: Vec<f64> = self.explained().filter_map(|filled| filled.number).collect();
            if !numbers.is_empty() && !numbers.iter().any(|n| (n - key).abs() <= tolerance) {
                self.faults.warning(span.clone(), fault::key_unexplained());
            }
        }
        let right = key.as_ref().map(|(key, _)| *key);
        let wrong = self.wrong(
            |reader, item| {
                if item.span_of("answer").is_none() {
                    item.missing("answer", reader.faults);
                }
                match item.number_or_text("answer", reader.faults)? {
                    (NumberOrText::Number(number), span) => Some((number, span)),
                    (NumberOrText::Text(text), span) => Some((reader.number_of(&text)?, span)),
                }
            },
            |answer| right.is_some_and(|right| (answer - right).abs() <= tolerance),
        );
        Some(Kind::Number { key: right?, tolerance, unit: unit.unwrap_or_default(), wrong })
    }

    /// What the references of the explanation give.
    fn explained(&self) -> impl Iterator<Item = Filled> {
        let text = &self.explained.ko.value;
        let facts = self.wording.facts;
        find(text).0.into_iter().filter_map(move |reference| {
            facts.fill(text[reference.inside].trim(), crate::i18n::Lang::Ko).ok().flatten()
        })
    }

    /// The number that a single reference gives.
    fn number_of(&mut self, text: &Text) -> Option<f64> {
        let (references, _) = find(&text.value);
        let [reference] = references.as_slice() else {
            self.faults.error(text.span.clone(), fault::not_a_number());
            return None;
        };
        let inside = &text.value[reference.inside.clone()];
        match self.wording.facts.fill(inside, crate::i18n::Lang::En) {
            Ok(None) => None,
            Ok(Some(filled)) if filled.number.is_some() => filled.number,
            Ok(Some(_)) => {
                self.faults.error(text.span.clone(), fault::not_a_number());
                None
            }
            Err(slip) => {
                let slip = moved(slip, reference.inside.start);
                self.faults.error(text.at(slip.range), slip.said);
                None
            }
        }
    }

    fn cidr(&mut self) -> Option<Kind> {
        let texts = self.section.texts("key", self.faults);
        if texts.as_ref().is_none_or(Vec::is_empty) {
            self.section.missing("key", self.faults);
        }
        let mut key = Vec::new();
        for text in texts.unwrap_or_default() {
            let Some(block) = self.block(&text) else { continue };
            key.push(block);
            let told: Vec<Cidr> =
                self.explained().filter_map(|filled| filled.text.parse().ok()).collect();
            if !told.is_empty() && !told.contains(&block) && find(&text.value).0.is_empty() {
                self.faults.warning(text.span.clone(), fault::key_unexplained());
            }
        }
        let wrong = self.wrong(
            |reader, item| {
                let text = item.need_text("answer", reader.faults)?;
                Some((reader.block(&text)?, text.span))
            },
            |answer| key.len() == 1 && key.contains(answer),
        );
        (!key.is_empty()).then_some(Kind::Cidr { key, wrong })
    }

    fn block(&mut self, text: &Text) -> Option<Cidr> {
        let value = self.wording.value(text, self.faults)?;
        match value.parse() {
            Ok(cidr) => Some(cidr),
            Err(why) => {
                self.faults.error(text.span.clone(), fault::bad_cidr(&value, why));
                None
            }
        }
    }

    fn packet(&mut self) -> Option<Kind> {
        let name = self.section.need_text("scene", self.faults);
        let packet = self.section.need_text("packet", self.faults);
        let blame = self.section.texts("blame", self.faults).unwrap_or_default();
        let mut whys: Vec<(Text, Phrase)> = Vec::new();
        for mut item in self.section.items("why", self.faults) {
            let claim = item.need_text("claim", self.faults);
            let text = item.need_words("text", self.faults);
            item.close(self.faults);
            whys.extend(claim.map(|claim| (claim, text)));
        }
        let scene = self.wording.scene(&name?, self.faults)?;
        let packet = packet?;
        let probe = match scene.probe(&packet.value) {
            Ok(probe) => probe,
            Err(slip) => {
                self.faults.error(packet.at(slip.range), slip.said);
                return None;
            }
        };
        let trace = trace(&scene.network, probe, &Rules::AWS);
        let mut suspects = Vec::new();
        for text in &blame {
            match suspect::parse(&scene.network, &text.value) {
                Ok(suspect) => suspects.push(suspect),
                Err(slip) => self.faults.error(text.at(slip.range), slip.said),
            }
        }
        let mut options = suspect::options(&scene.network, &trace, &suspects);
        for (claim, text) in &whys {
            let why = self.wording.say(text, Role::Why, self.faults);
            match suspect::claimed(&scene.network, &claim.value, &options) {
                Ok(meant) => {
                    for at in meant {
                        if options[at].right {
                            self.faults.error(claim.span.clone(), fault::why_of_right());
                        }
                        options[at].why = Some(why.clone());
                    }
                }
                Err(slip) => self.faults.error(claim.at(slip.range), slip.said),
            }
        }
        let scene = scene.clone();
        Some(Kind::Packet(Box::new(PacketQuestion { scene, probe, trace, options })))
    }
}
