//! Questions: the logic once, the words in both languages.

use crate::{
    cloud::{Probe, Trace},
    course::Scene,
    i18n::Words,
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
