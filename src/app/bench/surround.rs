//! A screen around a bench: what of an input is its own, what is the bench's, and who hears what
//! happened.

use std::collections::VecDeque;

use crate::app::{
    Around, Effect, Go, Input,
    bench::{Bench, Told},
};

/// A screen around a bench.
pub trait Surround {
    /// Its bench.
    fn bench_mut(&mut self) -> &mut Bench;

    /// Does its own part with an input, or hands it to the bench. What the bench tells is heard
    /// afterwards.
    fn take(
        &mut self,
        input: &Input,
        around: Around<'_>,
        told: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go>;

    /// Hears what happened on the bench; what happens through that is heard in its turn.
    fn hear(
        &mut self,
        told: Told,
        around: Around<'_>,
        more: &mut Vec<Told>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go>;

    /// Its rows may be fewer now than the chosen one is far.
    fn settle(&mut self);

    /// Everything was heard: is there something to say, over the bench?
    fn rest(&mut self) {}

    /// Hands an input through: the screen's part, what came of it on the bench, and then everything
    /// that is chosen or in sight is put right.
    fn hand_over(
        &mut self,
        input: &Input,
        around: Around<'_>,
        effects: &mut Vec<Effect>,
    ) -> Option<Go> {
        self.bench_mut().begin(input);
        let mut told = Vec::new();
        let mut go = self.take(input, around, &mut told, effects);
        let mut queue = VecDeque::from(told);
        while let Some(told) = queue.pop_front() {
            let mut more = Vec::new();
            go = self.hear(told, around, &mut more, effects).or(go);
            queue.extend(more);
        }
        if !matches!(input, Input::Tick | Input::Seen) {
            self.bench_mut().settle(around);
            self.settle();
        }
        self.rest();
        self.bench_mut().follow(around);
        go
    }
}
