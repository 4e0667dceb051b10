//! What of a lesson meets which of its objectives: something to predict, something to practise,
//! and a question.
//!
//! Someone *predicts* before a scene of the prose or in a packet question. Someone *practises* in a
//! lab, or where an answer has to be made rather than picked: a number, a block, a word, an order,
//! pairs. A question is also what it has one do, but nothing is a prediction and a practice at once:
//! it takes two pieces to meet an objective.

use crate::course::{Block, Kind, Lesson, Live};

/// The ways in which an objective is to be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By saying what will happen, before it does.
    Prediction,
    /// By doing it.
    Practice,
    /// By being asked.
    Question,
}

impl Way {
    /// All of them, as a table shows them.
    pub const ALL: [Self; 3] = [Self::Prediction, Self::Practice, Self::Question];
}

/// Something that meets an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece<'l> {
    /// A scene of the prose.
    Scene(&'l str),
    /// A lab.
    Lab(&'l str),
    /// A question, by its name within the lesson.
    Question(&'l str),
}

impl<'l> Piece<'l> {
    /// What it is called in the pack.
    pub fn name(self) -> &'l str {
        match self {
            Self::Scene(name) | Self::Lab(name) | Self::Question(name) => name,
        }
    }
}

/// How one objective is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met<'l> {
    /// The objective's id.
    pub objective: &'l str,
    /// What could serve each of the [`Way::ALL`].
    pub pieces: [Vec<Piece<'l>>; 3],
    /// The ways for which there is nothing.
    pub missing: Vec<Way>,
}

/// How each objective of a lesson is met, in the lesson's order.
pub fn of(lesson: &Lesson) -> Vec<Met<'_>> {
    lesson.objectives.iter().map(|objective| met(lesson, &objective.id)).collect()
}

fn met<'l>(lesson: &'l Lesson, objective: &'l str) -> Met<'l> {
    let serves = |named: &[String]| named.iter().any(|id| id == objective);
    let mut pieces: [Vec<Piece<'l>>; 3] = Default::default();
    for (scene, named) in &lesson.served {
        if serves(named) && is_placed(lesson, scene) {
            pieces[0].push(Piece::Scene(scene));
        }
    }
    for lab in lesson.labs.iter().filter(|lab| serves(&lab.objectives)) {
        pieces[1].push(Piece::Lab(&lab.id.0));
    }
    for question in lesson.questions.iter().filter(|question| serves(&question.objectives)) {
        let piece = Piece::Question(question.id.0.rsplit('/').next().unwrap_or_default());
        match question.kind {
            Kind::Packet(_) => pieces[0].push(piece),
            Kind::Text { .. }
            | Kind::Number { .. }
            | Kind::Cidr { .. }
            | Kind::Order(_)
            | Kind::Match { .. } => pieces[1].push(piece),
            Kind::Single(_) | Kind::Multiple(_) | Kind::TrueFalse { .. } => {}
        }
        pieces[2].push(piece);
    }
    let missing = Way::ALL.into_iter().zip(&pieces).filter(|(_, pieces)| pieces.is_empty());
    let missing = missing.map(|(way, _)| way).collect();
    Met { objective, pieces, missing }
}

/// Does the prose show the scene?
fn is_placed(lesson: &Lesson, scene: &str) -> bool {
    fn within(blocks: &[Block], scene: &str) -> bool {
        blocks.iter().any(|block| match block {
            Block::Live(Live::Scene(name, _)) => name == scene,
            Block::List(_, items) => items.iter().any(|item| within(item, scene)),
            Block::Quote(blocks) | Block::Callout(_, blocks) => within(blocks, scene),
            _ => false,
        })
    }
    lesson.pages.values().flatten().any(|page| within(&page.blocks, scene))
}
