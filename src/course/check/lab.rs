//! A lab: is it unsolved at the start, do its solutions solve it, is there a cheaper way?

use std::ops::Range;

use super::Checker;
use crate::{
    course::{
        Allowed, Faults, Lab, edit,
        par::{Certificate, certify},
    },
    i18n::fault,
};

/// How many networks the search for a cheaper solution looks at before it gives up.
pub const SEARCH: usize = 20_000;

impl Checker<'_> {
    pub(super) fn lab(&self, lab: &Lab, faults: &mut Faults) {
        let id = &lab.id.0;
        let span = self.whole.labs.get(id).cloned().unwrap_or_default();
        let start = &lab.scene.network;
        let sent = lab.packets_to_send();
        if self.whole.unsure.contains(id) {
            return;
        }
        if lab.goals.is_empty() {
            faults.error(span.clone(), fault::missing_key("[[goal]]"));
            return;
        }
        let spans = self.whole.goals.get(id).into_iter().flatten();
        let empty: Vec<_> =
            lab.goals.iter().zip(spans).filter(|(goal, _)| goal.checks.is_empty()).collect();
        for (_, span) in &empty {
            faults.error((*span).clone(), fault::empty_goal());
        }
        match lab.hints.len() {
            0 => faults.error(span.clone(), fault::missing_key("hints")),
            1 => faults.warning(span.clone(), fault::one_hint()),
            _ => {}
        }
        if !empty.is_empty() {
            return;
        }
        if lab.solved(start, &[]) {
            faults.error(span.clone(), fault::solved_at_start());
            return;
        }
        let spans = self.whole.goals.get(id).into_iter().flatten();
        for ((goal, span), at) in lab.goals.iter().zip(spans).zip(1..) {
            match (goal.keeps, goal.holds(start, &[])) {
                (false, true) => faults.error(span.clone(), fault::true_at_start(at)),
                (true, false) => faults.error(span.clone(), fault::not_kept(at)),
                _ => {}
            }
        }
        let solutions = self.whole.solutions.get(id).map_or(&[][..], Vec::as_slice);
        if lab.solved(start, &sent) {
            // A lab for looking: sending its packets is all there is to do.
            for solution in solutions.iter().filter(|solution| !solution.changes.is_empty()) {
                faults.error(solution.span.clone(), fault::needless_solution());
            }
            return;
        }
        if solutions.is_empty() {
            faults.error(span, fault::missing_key("solutions"));
            return;
        }
        if lab.allowed == Allowed::Nothing {
            faults.error(span, fault::nothing_allowed());
            return;
        }
        let mut good = true;
        for solution in solutions {
            for (change, span) in solution.changes.iter().zip(&solution.spans) {
                if !lab.allowed.allows(change) {
                    faults.error(span.clone(), fault::forbidden_change(edit::verb(change)));
                    good = false;
                }
            }
            for (goal, at) in lab.goals.iter().zip(1..) {
                if !goal.holds(&solution.end, &sent) {
                    let said = fault::unsolved(at, &goal.sentence);
                    faults.error(first_line(self.text("lesson.toml"), &solution.span), said);
                    good = false;
                }
            }
        }
        if !good {
            return;
        }
        match certify(lab, SEARCH) {
            Certificate::Certified { .. } => {}
            Certificate::Cheaper(ways) => {
                let mut network = start.clone();
                let mut lines = Vec::new();
                for change in ways.into_iter().next().unwrap_or_default() {
                    lines.push(format!("{:?}", edit::print(&network, &change)));
                    // It was applied by the search.
                    let _ = network.apply(change);
                }
                faults.error(span, fault::cheaper(lab.par, &format!("[{}]", lines.join(", "))));
            }
            Certificate::Unsure { cost, .. } => {
                faults.warning(span, fault::par_unsure(lab.par, cost));
            }
        }
    }
}

fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let part = text.get(span.clone()).unwrap_or_default();
    span.start..span.start + part.lines().next().unwrap_or_default().len()
}
