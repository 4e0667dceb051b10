use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::json;

use super::*;

const START: &str = "2026-07-01T21:00:00+09:00";

/// The events as entries, one an hour.
fn entries(events: impl IntoIterator<Item = Event>) -> Vec<Entry> {
    let mut when: Moment = START.parse().unwrap();
    let mut newest = None;
    events
        .into_iter()
        .map(|event| {
            let id = EntryId::next(when.at(), newest, 7);
            let entry = Entry { id, when, event };
            newest = Some(id);
            when = Moment::new(when.at() + SignedDuration::from_hours(1), when.offset());
            entry
        })
        .collect()
}

fn follow_from<'a>(aliases: Aliases, entries: impl IntoIterator<Item = &'a Entry>) -> Progress {
    let mut progress = Progress::new(aliases);
    for entry in entries {
        progress.apply(entry);
    }
    progress
}

fn after_all(events: impl IntoIterator<Item = Event>) -> Progress {
    follow_from(Aliases::default(), &entries(events))
}

fn page(lesson: &str, page: u32) -> Event {
    Event::PageReached { lesson: lesson.into(), page }
}

fn finished(lesson: &str) -> Event {
    Event::LessonFinished { lesson: lesson.into() }
}

fn answered(lesson: &str, question: &str, right: bool) -> Event {
    Event::QuestionAnswered {
        lesson: lesson.into(),
        question: question.into(),
        given: Given::Options(vec!["a".into()]),
        right,
        sure: Some(true),
        hinted: false,
        millis: 9_000,
    }
}

fn solved(lab: &str, cost: u32, hints: u32) -> Event {
    Event::LabSolved { lab: lab.into(), cost, par: 2, hints }
}

fn saved(lab: &str, changes: serde_json::Value) -> Event {
    Event::LabSaved { lab: lab.into(), changes }
}

fn reset(scope: Scope) -> Event {
    Event::Reset { scope }
}

#[test]
fn a_lesson_continues_at_the_page_that_was_reached_last() {
    let progress = after_all([page("a", 0), page("a", 3), page("a", 2), page("b", 0)]);
    assert_eq!(progress.lesson("a").unwrap().page(), 2);
    assert!(progress.lesson("a").unwrap().is_open());
    assert_eq!(progress.last_lesson().unwrap().0, "b");
    assert_eq!(progress.lesson("c"), None);
    assert_eq!(after_all([]).last_lesson(), None);
}

#[test]
fn a_finished_lesson_stays_finished_and_is_open_again_when_read_again() {
    let progress = after_all([page("a", 4), finished("a")]);
    let lesson = progress.lesson("a").unwrap();
    assert!(lesson.finished().is_some());
    assert!(!lesson.is_open());
    let progress = after_all([page("a", 4), finished("a"), page("a", 1)]);
    let lesson = progress.lesson("a").unwrap();
    assert!(lesson.finished().is_some());
    assert!(lesson.is_open());
    assert_eq!(lesson.page(), 1);
}

#[test]
fn a_question_remembers_all_its_answers() {
    let progress = after_all([answered("a", "a/q", false), answered("a", "a/q", true)]);
    let question = progress.question("a/q").unwrap();
    assert_eq!(question.history().len(), 2);
    assert!(!question.history()[0].right);
    assert!(question.last().unwrap().right);
    assert_eq!(question.last().unwrap().given, Given::Options(vec!["a".into()]));
}

#[test]
fn a_lab_remembers_its_best_solution_and_its_last_work() {
    let hint = |rung| Event::HintShown { lab: "02".into(), rung };
    let progress = after_all([
        saved("02", json!([1])),
        hint(0),
        hint(1),
        hint(0),
        solved("02", 4, 0),
        solved("02", 2, 2),
        saved("02", json!([1, 2])),
        solved("02", 2, 1),
        solved("02", 3, 0),
    ]);
    let lab = progress.lab("02").unwrap();
    assert_eq!(lab.saved(), Some(&json!([1, 2])));
    assert_eq!((lab.best().unwrap().cost, lab.best().unwrap().hints), (2, 1));
    assert_eq!(lab.solved().len(), 4);
    assert_eq!(lab.hints(), BTreeSet::from([0, 1]));
}

#[test]
fn the_last_setting_wins() {
    let lang = |lang: &str| Event::LanguageChosen { lang: lang.into() };
    let mouse = |value: &str| Event::SettingChanged { key: "mouse".into(), value: value.into() };
    let progress = after_all([lang("ko"), mouse("off"), lang("en"), mouse("on")]);
    assert_eq!(progress.language(), Some("en"));
    assert_eq!(progress.setting("mouse"), Some("on"));
    assert_eq!(progress.setting("motion"), None);
}

#[test]
fn a_day_counts_where_the_learner_was() {
    // 21, 22, 23 o'clock in Seoul, and one after midnight.
    let progress = after_all([page("a", 0), page("a", 1), page("a", 2), page("a", 3)]);
    let days: Vec<String> = progress.days().map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-07-01", "2026-07-02"]);
    let setting = Event::SettingChanged { key: "mouse".into(), value: "on".into() };
    assert_eq!(after_all([setting]).days().len(), 0, "a setting is no study");
}

#[test]
fn starting_a_lesson_again_forgets_its_page_and_answers_and_nothing_else() {
    let before = [page("a", 3), finished("a"), answered("a", "a/q", true), page("b", 1)];
    let rest = [answered("b", "b/q", true), solved("02", 2, 0), reset(Scope::Lesson("a".into()))];
    let progress = after_all(before.into_iter().chain(rest));
    assert_eq!(progress.lesson("a"), None);
    assert_eq!(progress.question("a/q"), None);
    assert_eq!(progress.lesson("b").unwrap().page(), 1);
    assert!(progress.question("b/q").is_some());
    assert!(progress.lab("02").is_some());
}

#[test]
fn starting_a_lab_again_forgets_its_work() {
    let again = reset(Scope::Lab("02".into()));
    let progress = after_all([saved("02", json!([1])), solved("02", 2, 0), again.clone()]);
    assert_eq!(progress.lab("02"), None);
    let progress = after_all([solved("02", 1, 0), again, solved("02", 2, 0)]);
    assert_eq!(progress.lab("02").unwrap().best().unwrap().cost, 2);
}

#[test]
fn starting_everything_again_keeps_the_settings_only() {
    let lang = Event::LanguageChosen { lang: "ko".into() };
    let predicted = Event::PredictionCommitted {
        scene: "s".into(),
        packet: "p".into(),
        predicted: "delivered".into(),
        actual: "delivered".into(),
        matched: true,
    };
    let study = [page("a", 3), answered("a", "a/q", true), solved("02", 2, 0), predicted];
    let events = [lang].into_iter().chain(study).chain([reset(Scope::Everything)]);
    let progress = after_all(events);
    assert_eq!(progress.language(), Some("ko"));
    assert_eq!(progress.last_lesson(), None);
    assert_eq!(progress.questions().count(), 0);
    assert_eq!(progress.predictions(), []);
    assert_eq!(progress.lab("02"), None);
    assert_eq!(progress.days().len(), 0);
}

#[test]
fn what_was_renamed_keeps_its_history() {
    let mut aliases = Aliases::default();
    aliases.rename_lesson("igw", "gateway");
    aliases.rename_lesson("gateway", "internet-gateway");
    aliases.rename_question("igw/q1", "internet-gateway/both-ends");
    aliases.rename_lab("2", "02");
    aliases.rename_scene("old", "new");
    let predicted = Event::PredictionCommitted {
        scene: "old".into(),
        packet: "p".into(),
        predicted: "delivered".into(),
        actual: "refused".into(),
        matched: false,
    };
    let log = entries([
        page("igw", 1),
        page("internet-gateway", 2),
        answered("igw", "igw/q1", false),
        answered("internet-gateway", "internet-gateway/both-ends", true),
        solved("2", 3, 0),
        predicted,
    ]);
    let progress = follow_from(aliases.clone(), &log);
    assert_eq!(progress.lesson("internet-gateway").unwrap().page(), 2);
    assert_eq!(progress.question("internet-gateway/both-ends").unwrap().history().len(), 2);
    assert_eq!(progress.lab("02").unwrap().solved().len(), 1);
    assert_eq!(progress.predictions()[0].scene, "new");
    let again = entries([page("igw", 1), reset(Scope::Lesson("gateway".into()))]);
    assert_eq!(follow_from(aliases, &again).last_lesson(), None);
}

#[test]
fn names_that_lead_in_a_circle_lead_somewhere() {
    let mut aliases = Aliases::default();
    aliases.rename_lesson("a", "b");
    aliases.rename_lesson("b", "a");
    let progress = follow_from(aliases, &entries([page("a", 5)]));
    assert_eq!(progress.last_lesson().unwrap().1.page(), 5);
}

#[test]
fn what_is_due_comes_from_the_answers_the_misconceptions_first() {
    let log = entries([
        answered("a", "right", true),
        answered("a", "wrong", false),
        answered("a", "right too", true),
    ]);
    let progress = follow_from(Aliases::default(), &log);
    let ids = ["never asked", "right", "right too", "wrong"];
    let next_morning = "2026-07-02T09:00:00+09:00".parse::<Moment>().unwrap().at();
    assert_eq!(progress.due(ids, next_morning, 9), ["wrong"]);
    let next_week = "2026-07-08T09:00:00+09:00".parse::<Moment>().unwrap().at();
    assert_eq!(progress.due(ids, next_week, 9), ["wrong", "right", "right too"]);
    assert_eq!(progress.due(ids, next_week, 2), ["wrong", "right"]);

    let evidence = progress.evidence(ids, next_week);
    assert_eq!((evidence.questions, evidence.answered), (4, 3));
    assert_eq!((evidence.right, evidence.sure_and_wrong), (2, 1));
    assert!(evidence.recall > 0.5 && evidence.recall < 0.75, "{evidence:?}");
    assert_eq!(progress.evidence([], next_week), Evidence::default());
}

fn any_event() -> impl Strategy<Value = Event> {
    let lesson = || prop::sample::select(vec!["a", "b", "old-a"]);
    let lab = || prop::sample::select(vec!["01", "02"]);
    let rarely = prop_oneof![
        Just(Scope::Everything),
        lesson().prop_map(|lesson| Scope::Lesson(lesson.into())),
        lab().prop_map(|lab| Scope::Lab(lab.into())),
    ];
    prop_oneof![
        (lesson(), 0..9_u32).prop_map(|(lesson, n)| page(lesson, n)),
        lesson().prop_map(finished),
        (lesson(), 0..4_u8, any::<bool>()).prop_map(|(lesson, n, right)| answered(
            lesson,
            &format!("q{n}"),
            right
        )),
        (lab(), 1..9_u32, 0..3_u32).prop_map(|(lab, cost, hints)| solved(lab, cost, hints)),
        (lab(), 0..9_u32).prop_map(|(lab, n)| saved(lab, json!([n]))),
        (lab(), 0..3_u32).prop_map(|(lab, rung)| Event::HintShown { lab: lab.into(), rung }),
        (lesson(), any::<bool>()).prop_map(|(scene, matched)| Event::PredictionCommitted {
            scene: scene.into(),
            packet: "p".into(),
            predicted: "x".into(),
            actual: "y".into(),
            matched,
        }),
        any::<bool>()
            .prop_map(|ko| Event::LanguageChosen { lang: if ko { "ko" } else { "en" }.into() }),
        (lab(), 0..3_u8).prop_map(|(key, value)| Event::SettingChanged {
            key: key.into(),
            value: value.to_string()
        }),
        Just(Event::Other { json: r#"{"later":1}"#.into() }),
        rarely.prop_map(reset),
    ]
}

proptest! {
    #[test]
    fn names_may_be_learned_late(events in prop::collection::vec(any_event(), 0..40), when: prop::sample::Index) {
        let mut aliases = Aliases::default();
        aliases.rename_lesson("old-a", "a");
        aliases.rename_question("q3", "q1");
        aliases.rename_lab("02", "01");
        aliases.rename_scene("b", "a");
        let log = entries(events);
        let mut late = Progress::default();
        let learned = when.index(log.len() + 1);
        for entry in &log[..learned] {
            late.apply(entry);
        }
        late.learn(aliases.clone());
        for entry in &log[learned..] {
            late.apply(entry);
        }
        prop_assert_eq!(late, follow_from(aliases, &log));
    }

    #[test]
    fn progress_is_the_same_in_whatever_order_and_however_often_entries_arrive(
        events in prop::collection::vec(any_event(), 0..40),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..80),
    ) {
        let mut aliases = Aliases::default();
        aliases.rename_lesson("old-a", "a");
        let log = entries(events);
        let in_order = follow_from(aliases.clone(), &log);
        // Some entries first, in any order and some of them twice; then all of them, backwards.
        let early = order.iter().filter(|_| !log.is_empty()).map(|index| index.get(&log));
        let shuffled = follow_from(aliases, early.chain(log.iter().rev()));
        prop_assert_eq!(shuffled, in_order);
    }

    #[test]
    fn the_digest_tells_the_first_screen_what_the_log_tells_it(
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        let mut aliases = Aliases::default();
        aliases.rename_lesson("old-a", "a");
        aliases.rename_lab("02", "01");
        let whole = follow_from(aliases.clone(), &entries(events));
        let digest = follow_from(aliases, &whole.digest());
        prop_assert_eq!(&digest.lessons, &whole.lessons);
        prop_assert_eq!(digest.language(), whole.language());
        prop_assert_eq!(&digest.settings, &whole.settings);
        let questions = |progress: &Progress| -> Vec<_> {
            let sorts = progress.questions().map(|(id, question)| {
                let history = question.history();
                (id.to_owned(), history[0].clone(), history.iter().any(|answer| answer.right))
            });
            sorts.collect()
        };
        prop_assert_eq!(questions(&digest), questions(&whole));
        for (id, lab) in &whole.labs {
            prop_assert_eq!(digest.lab(id).and_then(LabProgress::best), lab.best());
        }
    }
}
