//! When to ask again: reviews in, due dates out.
//!
//! The model is FSRS-6 with its published default weights: a [`Memory`] has a stability (the
//! days until recall falls to 90 %) and a difficulty (1 to 10), and each review moves both. It
//! was fitted to hundreds of millions of reviews, and predicts well with grades that the program
//! can tell by itself (wrong, right with effort, right), so nobody is asked to grade themselves.
//! The arithmetic is forty lines; the `fsrs` crate brings it with a trainer, a matrix library and
//! a thread pool, so we have our own and hold it to that crate's numbers in the tests.
//! (<https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm>)
//!
//! On top of it, confidence: what a learner was sure of and got wrong comes back first, then
//! what was wrong, then what was right and a guess.
//!
//! Pure: knows no clock, no file, no question; the caller brings times and names.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};

/// One answer to a question, as far as memory is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Review {
    /// When it was given.
    pub at: Timestamp,
    /// How far the local clock was from UTC then.
    pub offset: Offset,
    /// Was it right?
    pub right: bool,
    /// Was the learner sure? `None` when that was not asked.
    pub sure: Option<bool>,
    /// Was it helped by a hint, or slow in coming?
    pub effort: bool,
}

/// How long an answer may take before it counts as slow. Generous: who reads with care, or gets
/// a phone call, is not less able; and being asked again a little early does no harm.
pub const SLOW: SignedDuration = SignedDuration::from_mins(2);

/// The local hour at which a new day of study begins: who studies past midnight is still in the
/// evening, and gets tomorrow's questions after sleeping.
const MORNING: SignedDuration = SignedDuration::from_hours(4);

/// What was wrong comes back no sooner: at once it would only echo what was just read ...
const SOONEST_SURE: SignedDuration = SignedDuration::from_mins(10);
const SOONEST: SignedDuration = SignedDuration::from_mins(20);
/// ... and no later.
const LATEST_WRONG: SignedDuration = SignedDuration::from_hours(24);

/// However well something is known, it is asked once a year.
const MOST_DAYS: f64 = 365.0;

/// The published default weights of FSRS-6.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// The bounds that FSRS keeps stability (in days) and difficulty in.
const STABILITY: (f64, f64) = (0.001, 36_500.0);
const DIFFICULTY: (f64, f64) = (1.0, 10.0);

/// The three of FSRS's four grades that a program can tell without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    Again = 1,
    Hard = 2,
    Good = 3,
}

/// How urgently something is asked again, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Wrong, and the learner was sure: a misconception.
    SureAndWrong,
    /// Wrong.
    Wrong,
    /// Right: time for it again.
    Right,
}

impl Review {
    fn grade(&self) -> Grade {
        match (self.right, self.effort || self.sure == Some(false)) {
            (false, _) => Grade::Again,
            (true, true) => Grade::Hard,
            (true, false) => Grade::Good,
        }
    }

    /// The local day of study.
    fn day(&self) -> Date {
        self.offset.to_datetime(self.at).saturating_sub(MORNING).date()
    }

    /// The morning that many days later.
    fn morning_after(&self, days: f64) -> Timestamp {
        let wait = SignedDuration::from_hours(24 * days as i64);
        let morning = self.day().at(0, 0, 0, 0).saturating_add(MORNING).saturating_add(wait);
        self.offset.to_timestamp(morning).unwrap_or(Timestamp::MAX)
    }
}

/// What is left of one thing in the learner's memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// The days until the chance to recall it has fallen to 90 %.
    pub stability: f64,
    /// How hard it is for this learner, 1 to 10.
    pub difficulty: f64,
    /// The last answer.
    pub last: Review,
}

impl Memory {
    /// The memory after these answers, given in their order; `None` when there are none.
    pub fn of(history: impl IntoIterator<Item = Review>) -> Option<Self> {
        let mut history = history.into_iter();
        let first = Self::first(history.next()?);
        Some(history.fold(first, Self::after))
    }

    fn first(review: Review) -> Self {
        let grade = review.grade();
        let stability = W[grade as usize - 1];
        Self {
            stability,
            difficulty: clamp(first_difficulty(grade as u8), DIFFICULTY),
            last: review,
        }
    }

    fn after(self, review: Review) -> Self {
        let grade = review.grade();
        let days = self.last.day().until(review.day()).map_or(0, |span| span.get_days());
        let stability = if days <= 0 {
            self.stability_the_same_day(grade)
        } else {
            let recall = recall_after(f64::from(days), self.stability);
            match grade {
                Grade::Again => self.stability_when_forgotten(recall),
                Grade::Hard | Grade::Good => self.stability_when_recalled(recall, grade),
            }
        };
        Self {
            stability: clamp(stability, STABILITY),
            difficulty: clamp(self.next_difficulty(grade), DIFFICULTY),
            last: review,
        }
    }

    fn stability_when_recalled(&self, recall: f64, grade: Grade) -> f64 {
        let effort = if grade == Grade::Hard { W[15] } else { 1.0 };
        let growth = W[8].exp()
            * (11.0 - self.difficulty)
            * self.stability.powf(-W[9])
            * (((1.0 - recall) * W[10]).exp() - 1.0);
        self.stability * (1.0 + growth * effort)
    }

    fn stability_when_forgotten(&self, recall: f64) -> f64 {
        let rest = W[11]
            * self.difficulty.powf(-W[12])
            * ((self.stability + 1.0).powf(W[13]) - 1.0)
            * ((1.0 - recall) * W[14]).exp();
        rest.min(self.stability / (W[17] * W[18]).exp())
    }

    fn stability_the_same_day(&self, grade: Grade) -> f64 {
        let factor =
            (W[17] * (f64::from(grade as u8) - 3.0 + W[18])).exp() * self.stability.powf(-W[19]);
        // What was right does not weaken.
        let factor = if grade == Grade::Again { factor } else { factor.max(1.0) };
        self.stability * factor
    }

    fn next_difficulty(&self, grade: Grade) -> f64 {
        let step = -W[6] * (f64::from(grade as u8) - 3.0);
        let damped = self.difficulty + step * (10.0 - self.difficulty) / 9.0;
        // Drawn a little towards the difficulty of something easy.
        W[7] * first_difficulty(4) + (1.0 - W[7]) * damped
    }

    /// The chance, 0 to 1, to recall it at this time.
    pub fn recall(&self, now: Timestamp) -> f64 {
        let days = now.duration_since(self.last.at).as_secs_f64() / 86_400.0;
        recall_after(days.max(0.0), self.stability)
    }

    /// How urgently it is asked again.
    pub fn urgency(&self) -> Urgency {
        match (self.last.right, self.last.sure) {
            (false, Some(true)) => Urgency::SureAndWrong,
            (false, _) => Urgency::Wrong,
            (true, _) => Urgency::Right,
        }
    }

    /// When it should be asked again: what was right on the morning of a later day, when the
    /// chance to recall it has fallen to about 90 %; what was wrong within a day; what was wrong
    /// though the learner was sure, in ten minutes.
    pub fn due(&self) -> Timestamp {
        let wait = match self.urgency() {
            Urgency::SureAndWrong => SOONEST_SURE,
            Urgency::Wrong => SignedDuration::from_secs_f64(self.stability * 86_400.0)
                .clamp(SOONEST, LATEST_WRONG),
            Urgency::Right => {
                return self.last.morning_after(self.stability.round().clamp(1.0, MOST_DAYS));
            }
        };
        self.last.at.saturating_add(wait).unwrap_or(Timestamp::MAX)
    }
}

/// When a question with this history should be asked again; `None` when it was never asked.
pub fn due(history: impl IntoIterator<Item = Review>) -> Option<Timestamp> {
    Memory::of(history).map(|memory| memory.due())
}

/// What to ask now, the most valuable first, and no more than the cap however much is due.
///
/// What was wrong and sure comes first, then what was wrong, then what was right; in each the
/// most forgotten first: with the few hundred things that a course has, that brings recall back
/// soonest after a pause (simulated: 150 things after six weeks away, twenty a day). Among equals
/// the order given decides: give them in the order of the course.
pub fn queue<T>(
    items: impl IntoIterator<Item = (T, Memory)>,
    now: Timestamp,
    cap: usize,
) -> Vec<T> {
    let mut due: Vec<_> = items
        .into_iter()
        .filter(|(_, memory)| memory.due() <= now)
        .map(|(item, memory)| (memory.urgency(), memory.recall(now), item))
        .collect();
    due.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    due.into_iter().take(cap).map(|(.., item)| item).collect()
}

/// The forgetting curve: 90 % after as many days as the stability, slowly falling after that.
fn recall_after(days: f64, stability: f64) -> f64 {
    let scale = 0.9_f64.powf(-1.0 / W[20]) - 1.0;
    (1.0 + scale * days / stability).powf(-W[20])
}

/// The difficulty after the first answer, by its grade (4, too easy to be asked, is only drawn
/// towards).
fn first_difficulty(grade: u8) -> f64 {
    W[4] - (W[5] * f64::from(grade - 1)).exp() + 1.0
}

fn clamp(value: f64, (least, most): (f64, f64)) -> f64 {
    value.clamp(least, most)
}

#[cfg(test)]
mod tests;
