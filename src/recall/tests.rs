use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A review at noon in Seoul, so many days after a certain Monday.
fn on_day(day: i64, right: bool) -> Review {
    let at = at("2026-03-02T12:00:00+09:00") + SignedDuration::from_hours(24 * day);
    Review { at, offset: Offset::constant(9), right, sure: None, effort: false }
}

/// Reads `5+ 0~ 90-`: after 5 days right, the same day right with effort, 90 days later wrong.
fn history(text: &str) -> Vec<Review> {
    let mut today = 0;
    text.split_whitespace()
        .map(|word| {
            let (days, grade) = word.split_at(word.len() - 1);
            today += days.parse::<i64>().unwrap();
            Review { effort: grade == "~", ..on_day(today, grade != "-") }
        })
        .collect()
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-3 * theirs.abs()
}

/// Histories, and what version 6.6.2 of the `fsrs` crate makes of them with its default weights:
/// stability, difficulty, and the chance to recall after a week.
const THEIRS: &str = "
    0- 0+ 1+ 3+ 8+ 21+ | 53.62691 6.3574867 0
    0~ 5+ 90+ 3- 2~ 8+ 1+ 1- 5+ 0~ 1+ | 4.0060825 9.706388 0.85735756
    0+ 5- 13- 1~ 1~ 13~ 30+ 2~ 0+ | 10.071218 9.771225 0.92300045
    0+ 5- 400+ 13+ 30+ 1+ 30- 0~ 5- 8~ | 1.7167798 9.843693 0.78028893
    0- 0~ | 0.212 7.60421 0.5822354
    0+ 8+ 8+ 0- 1~ 8+ 0+ 0- | 6.857541 9.402303 0.8985812
    0+ 90~ 3~ 3+ 2+ 90+ 400+ 8+ 2- 0+ | 5.2171354 8.803357 0.8785687
    0~ | 1.2931 5.1121707 0.7527795
    0~ 2- 3+ 1+ 0+ 90+ 30+ 0- 5+ 0~ | 16.290098 9.59789 0.94723463
    0+ 8~ 5~ 5+ | 32.122604 6.490658 0.9705854
    0+ 30~ | 23.424145 4.752858 0.9611549
    0- 13- 0+ 13+ 30+ 0- 400+ 400~ 0+ 2+ 13+ | 41.905594 9.653189 0.97688603
    0+ 0+ 5~ 0- 13~ 8~ 0- 0- 30- 3+ | 1.5225353 9.935937 0.7686843
    0+ 400- | 1.2903439 7.394502 0.75257105
    0~ 0+ 1+ 30~ | 23.996548 6.7273436 0.96195847
    0~ 5+ | 10.129439 5.102287 0.92333245
    0~ 1- 5- 90+ 2+ | 3.3079555 9.4238615 0.8409781
    0+ 5+ 2+ 90+ 90- 30+ 400+ 400+ | 362.91684 7.351274 0.9971156
    0+ 1~ | 5.318793 4.752858 0.880049
    0+ | 2.3065 2.118104 0.8083099
    0+ 90~ 3+ | 38.821682 4.743334 0.975213
    0+ 400~ 90+ 0+ 0- 13+ 30+ | 80.96916 8.228231 0.98753375
    0+ 5+ 90- 8+ 5~ 90+ 0+ 13~ 30+ | 84.113976 8.78999 0.9879793
    0+ 30~ 0+ 2+ 5+ 1+ | 44.475334 4.714818 0.9781166
    0+ 1- 3- | 0.24755533 9.128819 0.5958626
    0+ 0+ 400+ 0+ 30+ 8+ 30+ 2- 3~ | 7.733423 8.24658 0.90669817
    0+ 400~ | 40.37411 4.752858 0.9760845
    0- 2~ 0+ 3+ 400- 90+ 1+ | 11.347002 9.161709 0.92966175
    0+ 8+ 3~ | 29.76603 4.7482843 0.9685163
    0- 400~ 3~ 0+ 0+ 2+ | 9.227985 8.355331 0.91783965
    0+ 90+ 5- 3+ | 7.3984947 7.380074 0.9037584
    0+ 5+ 1- 0+ 30~ 30- 5- 0~ | 0.49256104 9.8464 0.6590986
    0~ 3+ 90+ 1~ 0+ 90~ 0+ 5+ 3+ 8- 1~ | 4.1157737 9.4882555 0.8596042
    0- 30+ | 4.540174 6.402115 0.867622
    0+ 30+ 400- 3+ | 8.798743 7.380074 0.9149298
    0+ | 2.3065 2.118104 0.8083099
    0+ 30+ 400+ | 372.86453 2.1043313 0.9971918
";

#[test]
fn memory_agrees_with_the_library_that_defines_it() {
    for line in THEIRS.lines().filter(|line| !line.trim().is_empty()) {
        let (text, numbers) = line.split_once('|').unwrap();
        let numbers: Vec<f64> =
            numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let memory = Memory::of(history(text)).unwrap();
        assert!(close(memory.stability, numbers[0]), "{line}: {memory:?}");
        assert!(close(memory.difficulty, numbers[1]), "{line}: {memory:?}");
        let recall = memory.recall(memory.last.at + SignedDuration::from_hours(24 * 7));
        assert!(numbers[2] == 0.0 || close(recall, numbers[2]), "{line}: {recall}");
    }
}

#[test]
fn what_was_never_asked_is_not_due() {
    assert_eq!(due([]), None);
    assert_eq!(Memory::of([]), None);
}

#[test]
fn recall_is_90_percent_after_as_many_days_as_the_stability() {
    let memory = Memory::of(history("0+ 2+ 8+")).unwrap();
    let then = memory.last.at + SignedDuration::from_secs_f64(memory.stability * 86_400.0);
    assert!(close(memory.recall(then), 0.9));
    assert!(close(memory.recall(memory.last.at), 1.0));
}

#[test]
fn what_was_right_is_due_on_a_later_morning_and_ever_later() {
    let due_days: Vec<String> = ["0+", "0+ 2+", "0+ 2+ 11+", "0+ 2+ 11+ 46+"]
        .map(|text| due(history(text)).unwrap().to_string())
        .to_vec();
    // Four o'clock in Seoul, after 2, 11, 46 and 163 days.
    let published = [
        "2026-03-03T19:00:00Z",
        "2026-03-14T19:00:00Z",
        "2026-04-29T19:00:00Z",
        "2026-10-09T19:00:00Z",
    ];
    assert_eq!(due_days, published);
}

#[test]
fn an_answer_after_midnight_belongs_to_the_evening_before() {
    let answer = |text: &str| Review { at: at(text), ..on_day(0, true) };
    let evening = due([answer("2026-03-02T23:30:00+09:00")]);
    assert_eq!(due([answer("2026-03-03T00:30:00+09:00")]), evening);
    assert!(due([answer("2026-03-03T04:30:00+09:00")]) > evening);
    // And both are one sitting, not a day apart.
    let sitting = [answer("2026-03-02T23:30:00+09:00"), answer("2026-03-03T00:30:00+09:00")];
    let (sitting, at_once) = (Memory::of(sitting), Memory::of(history("0+ 0+")));
    assert!(close(sitting.unwrap().stability, at_once.unwrap().stability));
}

#[test]
fn a_clock_that_was_set_back_does_no_harm() {
    let backwards = [on_day(9, true), on_day(2, true)];
    let memory = Memory::of(backwards).unwrap();
    assert!(close(memory.stability, Memory::of(history("0+ 0+")).unwrap().stability));
    assert!(close(memory.recall(on_day(0, true).at), 1.0));
}

#[test]
fn a_hint_or_a_slow_answer_brings_it_back_sooner() {
    assert!(due(history("0~ 5~")) < due(history("0+ 5~")));
    assert!(due(history("0+ 5~")) < due(history("0+ 5+")));
}

#[test]
fn the_queue_begins_with_what_was_wrong_though_the_learner_was_sure() {
    let answer = |right, sure| Memory::of([Review { sure, ..on_day(0, right) }]).unwrap();
    let memories = [
        ("right, unsure", answer(true, Some(false))),
        ("right, sure", answer(true, Some(true))),
        ("wrong", answer(false, None)),
        ("wrong, unsure", answer(false, Some(false))),
        ("wrong, sure", answer(false, Some(true))),
    ];
    let now = on_day(30, true).at;
    assert_eq!(
        queue(memories, now, 9),
        ["wrong, sure", "wrong", "wrong, unsure", "right, unsure", "right, sure"]
    );
    assert_eq!(queue(memories, now, 1), ["wrong, sure"]);
    assert_eq!(queue(memories, on_day(0, true).at, 9), [""; 0]);
}

/// Learns 150 things, stays away for six weeks, then answers twenty a day with an honest memory:
/// on which day would nine in ten be recalled again, in the middle of a few such lives? `order`
/// may change what is asked first.
fn days_to_come_back(order: impl Fn(&mut Vec<usize>, &[Memory])) -> i64 {
    let mut lives: Vec<i64> = (1..12_u64)
        .map(|seed| {
            let mut state = seed;
            let mut chance = move || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(seed * 2 + 1);
                f64::from((state >> 32) as u32) / f64::from(u32::MAX)
            };
            let mut memories: Vec<Memory> = (0..150)
                .map(|n| ["0+", "0+ 2+", "0~ 1+", "0+ 2+ 11+", "0- 1+ 3+"][n % 5])
                .map(|text| Memory::of(history(text)).unwrap())
                .collect();
            (0..100)
                .find(|days| {
                    let noon = on_day(45 + days, true).at;
                    let known: f64 = memories.iter().map(|memory| memory.recall(noon)).sum();
                    let mut asked = queue(memories.iter().copied().enumerate(), noon, usize::MAX);
                    order(&mut asked, &memories);
                    for index in asked.into_iter().take(20) {
                        let right = chance() < memories[index].recall(noon);
                        memories[index] = memories[index].after(on_day(45 + days, right));
                    }
                    known >= 0.9 * 150.0
                })
                .unwrap()
        })
        .collect();
    lives.sort_unstable();
    lives[lives.len() / 2]
}

#[test]
fn after_a_long_pause_twenty_answers_a_day_bring_150_things_back_within_a_week() {
    let most_forgotten_first = days_to_come_back(|_, _| ());
    let best_remembered_first = days_to_come_back(|asked, memories| {
        asked.reverse();
        asked.sort_by_key(|index| memories[*index].urgency());
    });
    assert!(most_forgotten_first <= 7, "{most_forgotten_first}");
    assert!(
        most_forgotten_first < best_remembered_first,
        "{most_forgotten_first} {best_remembered_first}"
    );
}

fn any_history() -> impl Strategy<Value = Vec<Review>> {
    let gap = prop_oneof![0..3_i64, 0..40_i64, 0..2_000_i64];
    let answer = (gap, any::<bool>(), any::<Option<bool>>(), any::<bool>());
    prop::collection::vec(answer, 1..40).prop_map(|answers| {
        let mut today = 0;
        let mut reviews = Vec::new();
        for (gap, right, sure, effort) in answers {
            today += gap;
            reviews.push(Review { sure, effort, ..on_day(today, right) });
        }
        reviews
    })
}

proptest! {
    #[test]
    fn memory_stays_within_its_bounds_and_due_comes_later(history in any_history()) {
        let memory = Memory::of(history).unwrap();
        prop_assert!((0.001..=36_500.0).contains(&memory.stability));
        prop_assert!((1.0..=10.0).contains(&memory.difficulty));
        prop_assert!(memory.due() > memory.last.at);
        prop_assert!(memory.due() <= memory.last.at + SignedDuration::from_hours(24 * 366));
    }

    #[test]
    fn whatever_went_before_sure_and_wrong_is_due_before_unsure_and_wrong_before_right(
        history in any_history(),
        wait in 0..2_000_i64,
        effort: bool,
    ) {
        let last = history.last().unwrap().at + SignedDuration::from_hours(24 * wait);
        let due_if = |right, sure| {
            let answer = Review { at: last, right, sure, effort, ..on_day(0, right) };
            due(history.iter().copied().chain([answer])).unwrap()
        };
        prop_assert!(due_if(false, Some(true)) < due_if(false, Some(false)));
        prop_assert_eq!(due_if(false, None), due_if(false, Some(false)));
        prop_assert!(due_if(false, Some(false)) < due_if(true, Some(false)));
        prop_assert!(due_if(true, Some(false)) <= due_if(true, Some(true)));
    }

    #[test]
    fn recall_only_falls_while_time_goes_by(history in any_history(), a in 0..9_000_i64, b in 0..9_000_i64) {
        let memory = Memory::of(history).unwrap();
        let recall = |hours| memory.recall(memory.last.at + SignedDuration::from_hours(hours));
        prop_assert!(recall(a.min(b)) >= recall(a.max(b)));
        prop_assert!((0.0..=1.0).contains(&recall(a)));
    }
}
