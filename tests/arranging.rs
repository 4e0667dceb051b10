//! Questions that are answered by putting things into order or pairing them: how they look, what
//! keys and the mouse do, how they are graded, and what the journal keeps.

#![allow(dead_code, reason = "the learner can more than is asked here")]

#[path = "screens/learner.rs"]
mod learner;

use std::{path::Path, sync::Arc};

use hanulgil::{
    app::{
        Look, Screen,
        question::grade::{Grade, Response, given, grade, misplaced, remarks, response},
    },
    course::{Course, Kind, Lesson, LessonId, Pack, Question, check},
    i18n::Lang,
    journal::{Event, Given},
    text::width::width,
};
use learner::Learner;
use proptest::prelude::*;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

const STEPS: usize = 0;
const SIZES_OF: usize = 1;
const WAY: usize = 2;
const RULES: usize = 3;
const LINES: usize = 4;
const WHOSE: usize = 5;
const FATE: usize = 6;

fn fixture() -> Pack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/arranging");
    Pack::from_dir(Path::new(root)).unwrap()
}

fn lesson() -> Lesson {
    Course::open(fixture()).0.lesson(&LessonId("l".into())).0.unwrap()
}

fn question(at: usize) -> Question {
    lesson().questions[at].clone()
}

fn with_look(at: usize, lang: Lang, look: Look, (width, height): (u16, u16)) -> Learner {
    Learner::with(fixture(), lang, look, width, height)
        .press("Enter")
        .press(&"Tab ".repeat(at))
        .press("Enter")
}

/// A learner before a question, from 0.
fn before(at: usize, lang: Lang, size: (u16, u16)) -> Learner {
    with_look(at, lang, Look::default(), size)
}

fn shoot(name: &str, at: usize, keys: &str) {
    for lang in Lang::ALL {
        for (columns, rows) in SIZES {
            let learner = before(at, lang, (columns, rows)).press(keys);
            whole(&learner);
            insta::assert_snapshot!(format!("{name}-{lang}-{columns}x{rows}"), learner.screen());
        }
    }
}

/// No letter hangs over the edge or hides behind a wide one.
fn whole(learner: &Learner) {
    let buffer = learner.buffer();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let cells = u16::try_from(width(buffer[(x, y)].symbol())).unwrap();
            assert!(x + cells.max(1) <= buffer.area.width, "\n{}", learner.screen());
            for behind in x + 1..x + cells.max(1) {
                assert!(buffer[(behind, y)].symbol().trim().is_empty(), "\n{}", learner.screen());
            }
        }
    }
}

fn on_screen(learner: &Learner) -> &hanulgil::app::question::Question {
    match &learner.model.screen {
        Screen::Question(question) => question,
        _ => panic!("{}", learner.screen()),
    }
}

fn answers(learner: &Learner) -> Vec<(Given, bool)> {
    let answer = |event: &Event| match event {
        Event::QuestionAnswered { given, right, .. } => Some((given.clone(), *right)),
        _ => None,
    };
    learner.events.iter().filter_map(answer).collect()
}

/// Puts everything into order with the keys.
fn put_right(mut learner: Learner) -> Learner {
    for rank in 0..on_screen(&learner).order.len() {
        let question = on_screen(&learner);
        let Kind::Order(steps) = &question.question().kind else { panic!() };
        // The first from here on that has the least rank that is left.
        let rest = rank..question.order.len();
        let from = rest.min_by_key(|row| steps[question.order[*row]].rank).unwrap();
        if from != rank {
            learner = learner.press(&format!("{} {}", from + 1, rank + 1));
        }
    }
    learner.press("End Enter")
}

/// Pairs everything as it should be.
fn pair_right(mut learner: Learner) -> Learner {
    for row in 0..on_screen(&learner).order.len() {
        let question = on_screen(&learner);
        let Kind::Match { items, .. } = &question.question().kind else { panic!() };
        let partner = items[question.order[row]].partner;
        let shown = &question.arrangement.partners;
        let at = shown.iter().position(|known| *known == partner).unwrap();
        learner = learner.press(&format!("{} {}", row + 1, at + 1));
    }
    learner.press("End Enter")
}

// ---------------------------------------------------------------- what it looks like

#[test]
fn an_order_being_given() {
    shoot("order-asked", STEPS, "");
    shoot("order-lifted", STEPS, "Down Enter Down");
    shoot("order-nothing-moved", STEPS, "End Enter");
    shoot("order-way", WAY, "Enter Down Down Enter");
    shoot("order-rules", RULES, "");
}

#[test]
fn an_order_that_was_answered() {
    shoot("order-wrong", STEPS, "1 4 End Enter");
    shoot("order-way-wrong", WAY, "1 4 2 3 End Enter");
    for lang in Lang::ALL {
        let learner = put_right(before(LINES, lang, (80, 24)));
        insta::assert_snapshot!(format!("order-right-{lang}-80x24"), learner.screen());
    }
}

#[test]
fn pairs_being_made() {
    shoot("match-asked", WHOSE, "");
    shoot("match-lifted", WHOSE, "1 1 Enter Down");
    shoot("match-open", WHOSE, "1 1 End Enter");
    shoot("match-rules", FATE, "1 2 2");
}

#[test]
fn pairs_that_were_answered() {
    shoot("match-wrong", WHOSE, "1 1 2 1 3 1 Enter");
    for lang in Lang::ALL {
        let learner = pair_right(before(FATE, lang, (80, 24)));
        insta::assert_snapshot!(format!("match-right-{lang}-80x24"), learner.screen());
    }
}

#[test]
fn narrow_windows_stack_what_wide_ones_put_side_by_side() {
    for lang in Lang::ALL {
        for keys in ["", "1", "1 1 2 1 3 1 Enter"] {
            for columns in 60..80 {
                whole(&before(WHOSE, lang, (columns, 20)).press(keys));
            }
        }
        let learner = before(WHOSE, lang, (60, 20)).press("1");
        insta::assert_snapshot!(format!("match-narrow-{lang}-60x20"), learner.screen());
    }
}

#[test]
fn in_ascii_no_other_sign_is_drawn() {
    let look = Look { ascii: true, ..Look::default() };
    for (at, keys) in [(STEPS, "2 Down"), (STEPS, "1 4 End Enter"), (WHOSE, "1 1 2"), (FATE, "")] {
        let learner = with_look(at, Lang::En, look, (80, 24)).press(keys);
        // What is left names the other language.
        let screen = learner.screen().replace("한국어", "");
        assert!(screen.is_ascii(), "{screen}");
    }
}

// ---------------------------------------------------------------- what keys and the mouse do

#[test]
fn every_order_and_every_pair_can_be_given_without_a_letter_key() {
    for at in [STEPS, SIZES_OF, WAY, RULES, LINES] {
        let learner = put_right(before(at, Lang::En, (80, 24)));
        assert!(answers(&learner)[0].1, "{}", learner.screen());
        learner.see("Right");
    }
    for at in [WHOSE, FATE] {
        let learner = pair_right(before(at, Lang::En, (80, 24)));
        assert!(answers(&learner)[0].1, "{}", learner.screen());
    }
}

#[test]
fn arrows_move_what_was_lifted_and_escape_puts_it_back() {
    let start = before(STEPS, Lang::En, (80, 24));
    let first = on_screen(&start).order.clone();
    let moved = start.press("Enter Down Down Space");
    let order = on_screen(&moved).order.clone();
    assert_eq!(order, [first[1], first[2], first[0], first[3]]);
    assert_eq!(on_screen(&moved).cursor, Some(2));
    let back = moved.press("Enter Up Up Esc");
    assert_eq!(on_screen(&back).order, order, "Esc puts it back");
    assert!(on_screen(&back).arrangement.lifted.is_none());
    let undone = back.see("undo").press("u");
    assert_eq!(on_screen(&undone).order, first);
    undone.miss("undo").press("Esc").see("page 1/1");
}

#[test]
fn keys_work_with_the_korean_input_method_on() {
    let start = before(STEPS, Lang::Ko, (80, 24));
    let first = on_screen(&start).order.clone();
    let moved = start.press("Enter ㅓ ㅓ Enter ㅕ");
    assert_eq!(on_screen(&moved).order, first);
    assert_eq!(on_screen(&moved.press("Enter ㅏ")).arrangement.lifted.iter().count(), 1);
}

#[test]
fn the_mouse_drags_or_clicks_twice() {
    let text = |learner: &Learner, row: usize| {
        let question = on_screen(learner);
        let Kind::Order(steps) = &question.question().kind else { panic!() };
        steps[question.order[row]].text.en.clone()
    };
    let start = before(STEPS, Lang::En, (80, 24));
    let first = on_screen(&start).order.clone();
    let wanted = [first[1], first[2], first[3], first[0]];
    let (from, to) = (text(&start, 0), text(&start, 3));
    assert_eq!(on_screen(&start.drag(&from, &to)).order, wanted);
    let clicked = before(STEPS, Lang::En, (80, 24)).click(&from).click(&to);
    assert_eq!(on_screen(&clicked).order, wanted);
    assert!(on_screen(&clicked).arrangement.lifted.is_none());
    let answered = clicked.click("Answer with this order");
    assert_eq!(answers(&answered).len(), 1);

    let pairs = before(WHOSE, Lang::En, (80, 24));
    let pairs = pairs.drag("a network interface", "a security group");
    let pairs = pairs.click("the edge of a subnet").click("a network ACL");
    let pairs = pairs.click("what remembers").click("a security group");
    assert!(answers(&pairs.click("Answer with these pairs"))[0].1);
}

#[test]
fn an_answer_wants_something_to_be_done_first() {
    let order = before(STEPS, Lang::En, (80, 24)).press("End Enter");
    assert_eq!(answers(&order.see("Nothing was moved yet")), []);
    let pairs = before(WHOSE, Lang::En, (80, 24)).press("2 1 End Enter");
    assert_eq!(on_screen(&pairs).cursor, Some(0), "the first that is open is pointed at");
    assert_eq!(answers(&pairs.see("no partner yet")), []);
}

#[test]
fn what_is_half_arranged_stays_when_the_language_changes() {
    let learner = before(WHOSE, Lang::Ko, (80, 24)).press("1 2 2");
    let before = learner.screen();
    let there = learner.press("l").see("Choose its partner");
    assert_eq!(there.press("l").screen(), before);
}

#[test]
fn the_answer_is_shown_again_after_a_restart_and_asked_anew_in_reviews() {
    let wrong = before(STEPS, Lang::En, (80, 24)).press("1 4 End Enter").see("Wrong");
    let shown = wrong.screen();
    let again = wrong.press("Esc").restart().press("Enter BackTab Enter");
    assert_eq!(again.see("Wrong").screen(), shown);
    let right = put_right(before(STEPS, Lang::En, (80, 24)));
    let later = right.press("Esc Esc").restart_after(30);
    let due = later.see("due again").press("Home Enter");
    assert!(on_screen(&due).review.is_some(), "{}", due.screen());
    let first = on_screen(&due).arrangement.is_fresh();
    assert!(first && on_screen(&due).arrangement.lifted.is_none());
    assert_eq!(answers(&put_right(due)).len(), 2);
}

// ---------------------------------------------------------------- keys

#[test]
fn the_simulator_says_the_order() {
    let texts = |at: usize| match question(at).kind {
        Kind::Order(steps) => steps.into_iter().map(|step| step.text.en).collect::<Vec<_>>(),
        _ => panic!(),
    };
    assert_eq!(
        texts(RULES),
        [
            "`100 deny tcp 22 from 0.0.0.0/0`",
            "`110 allow tcp 22 from 198.51.100.0/24`",
            "`120 allow tcp 443 from 0.0.0.0/0`",
        ]
    );
    assert_eq!(
        texts(LINES),
        ["`203.0.113.9/32 -> blackhole`", "`203.0.113.0/24 -> igw`", "`0.0.0.0/0 -> igw`"]
    );
    let way = texts(WAY);
    assert!(way[0].contains("igw") && way[1].contains("edge"), "{way:?}");
    assert_eq!(way[3], "The network ACL, with the answer");
    let Kind::Match { partners, .. } = question(FATE).kind else { panic!() };
    let said: Vec<_> = partners.iter().map(|partner| partner.text.en.as_str()).collect();
    assert!(said.contains(&"`100 deny tcp 22 from 0.0.0.0/0`"), "{said:?}");
    assert!(said.contains(&"`* deny all`"), "{said:?}");
}

#[test]
fn what_has_the_same_rank_may_stand_in_either_order() {
    let question = question(SIZES_OF);
    let Kind::Order(steps) = &question.kind else { panic!() };
    assert_eq!(steps.iter().map(|step| step.rank).collect::<Vec<_>>(), [0, 1, 1, 2]);
    for order in [vec![0, 1, 2, 3], vec![0, 2, 1, 3]] {
        assert_eq!(grade(&question, &Response::Order(order)), Grade::Right);
    }
    assert_eq!(grade(&question, &Response::Order(vec![1, 0, 2, 3])), Grade::Wrong);
}

#[test]
fn one_step_out_of_place_gets_one_remark() {
    for at in [STEPS, WAY, RULES] {
        let question = question(at);
        let Kind::Order(steps) = &question.kind else { panic!() };
        let mut order: Vec<usize> = (0..steps.len()).collect();
        order.rotate_left(1);
        let said = remarks(&question, &Response::Order(order), Lang::Ko);
        assert_eq!(said.iter().map(|it| it.option).collect::<Vec<_>>(), [Some(0)]);
        assert!(!said[0].text.is_empty());
    }
}

#[test]
fn an_answer_survives_new_words_and_is_asked_anew_when_items_come_or_go() {
    let question = question(STEPS);
    let answered = Response::Order(vec![2, 0, 1, 3]);
    let kept = given(&question, &answered);
    let mut reworded = question.clone();
    let Kind::Order(steps) = &mut reworded.kind else { panic!() };
    for step in steps.iter_mut() {
        step.text.en = format!("Another way to say {}", step.id);
    }
    assert_eq!(response(&reworded, &kept), Some(answered));
    let Kind::Order(steps) = &mut reworded.kind else { panic!() };
    steps.pop();
    assert_eq!(response(&reworded, &kept), None);
    assert_eq!(response(&question, &Given::Options(vec!["make".into()])), None);
}

// ---------------------------------------------------------------- laws

fn arranged(at: usize) -> impl Strategy<Value = Vec<usize>> {
    let Kind::Order(steps) = question(at).kind else { panic!() };
    Just((0..steps.len()).collect::<Vec<_>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn moving_the_misplaced_and_no_fewer_puts_an_order_right(
        (at, order) in prop_oneof![Just(STEPS), Just(SIZES_OF), Just(WAY)]
            .prop_flat_map(|at| (Just(at), arranged(at)))
    ) {
        let question = question(at);
        let Kind::Order(steps) = &question.kind else { panic!() };
        let moved = misplaced(steps, &order);
        let right = grade(&question, &Response::Order(order.clone())) == Grade::Right;
        prop_assert_eq!(moved.is_empty(), right);
        let sorted = |left: &[usize]| left.iter().map(|at| steps[*at].rank).is_sorted();
        let kept: Vec<usize> = order.iter().copied().filter(|it| !moved.contains(it)).collect();
        prop_assert!(sorted(&kept));
        // No longer run stands in order.
        for mask in 0_u32..1 << order.len() {
            let run: Vec<usize> = (0..order.len())
                .filter(|at| mask >> at & 1 == 1)
                .map(|at| order[at])
                .collect();
            prop_assert!(!sorted(&run) || run.len() <= kept.len());
        }
        prop_assert_eq!(remarks(&question, &Response::Order(order), Lang::En).len(), moved.len());
    }

    #[test]
    fn an_answer_comes_back_from_the_journal_as_it_was_given(
        order in arranged(STEPS), pairs in proptest::collection::vec(0_usize..3, 3)
    ) {
        let steps = question(STEPS);
        let order = Response::Order(order);
        let kept = given(&steps, &order);
        let json = serde_json::to_string(&kept).unwrap();
        prop_assert_eq!(response(&steps, &serde_json::from_str(&json).unwrap()), Some(order));
        let whose = question(WHOSE);
        let right = grade(&whose, &Response::Pairs(pairs.clone())) == Grade::Right;
        let said = remarks(&whose, &Response::Pairs(pairs.clone()), Lang::Ko);
        prop_assert_eq!(said.is_empty(), right);
        let kept = given(&whose, &Response::Pairs(pairs.clone()));
        prop_assert_eq!(response(&whose, &kept), Some(Response::Pairs(pairs)));
    }

    /// Whatever the question is called and however often it is asked.
    #[test]
    fn the_first_arrangement_never_gives_the_answer_away(
        name in "[a-z]{1,12}", at in 0_usize..7
    ) {
        let mut lesson = lesson();
        lesson.questions[at].id.0 = format!("l/{name}");
        let id = lesson.questions[at].id.clone();
        let lesson = Arc::new(lesson);
        let progress = hanulgil::journal::Progress::default();
        let now = std::time::Duration::ZERO;
        let open = || {
            hanulgil::app::question::Question::open(&lesson, &id, &progress, now).unwrap()
        };
        let asked = open();
        let first = (asked.order.clone(), asked.arrangement.partners.clone());
        let again = open();
        prop_assert_eq!(&first, &(again.order.clone(), again.arrangement.partners.clone()));
        match &asked.question().kind {
            Kind::Order(_) => prop_assert_eq!(
                grade(asked.question(), &Response::Order(asked.order.clone())),
                Grade::Wrong
            ),
            Kind::Match { items, .. } => {
                let across = asked.order.iter().zip(&asked.arrangement.partners);
                prop_assert!(!across.clone().all(|(it, partner)| items[*it].partner == *partner));
            }
            _ => {}
        }
    }

    #[test]
    fn no_row_of_keys_loses_anything_and_undo_leads_back(
        at in prop_oneof![Just(STEPS), Just(WHOSE)],
        keys in proptest::collection::vec(prop_oneof![
            Just("Up"), Just("Down"), Just("Enter"), Just("Space"), Just("1"), Just("2"),
            Just("3"), Just("4"), Just("9"), Just("u"), Just("Home"), Just("End"), Just("Left"),
            Just("Right"), Just("Tab"), Just("l"),
        ], 0..40)
    ) {
        let mut learner = before(at, Lang::En, (80, 24));
        let first = on_screen(&learner).order.clone();
        for key in keys {
            learner = learner.press(key);
            let Screen::Question(question) = &learner.model.screen else { return Ok(()) };
            if matches!(question.stage, hanulgil::app::question::Stage::Answered { .. }) {
                return Ok(());
            }
            let mut order = question.order.clone();
            order.sort_unstable();
            prop_assert!(order.iter().copied().eq(0..first.len()));
        }
        whole(&learner);
        if on_screen(&learner).arrangement.lifted.is_some() {
            learner = learner.press("Esc");
        }
        while !on_screen(&learner).arrangement.is_fresh() {
            learner = learner.press("u");
        }
        prop_assert_eq!(&on_screen(&learner).order, &first);
        prop_assert!(on_screen(&learner).arrangement.pairs.iter().all(Option::is_none));
    }
}

// ---------------------------------------------------------------- what an author gets wrong

/// What is replaced by what in the lesson, and the fault that must be found: rule and place.
const DEFECTS: &[(&str, &str, &str)] = &[
    ("id = \"attach\"", "id = \"make\"", "duplicate-name steps"),
    ("id = \"attach\"\n", "", "missing-key [[question.steps.item]]"),
    ("en = \"Attach the gateway to the VPC\"", "en = \"Create the gateway\"", "same-option steps"),
    (
        "why = { ko = \"길이 있어야 나갑니다.\", en = \"It leaves when there is a way.\" }\n",
        "",
        "missing-why [[question.steps.item]]",
    ),
    (
        ", en = \"Attach the gateway to the VPC\"",
        "",
        "missing-words { ko = \"게이트웨이를 VPC에 연결합니다\" }",
    ),
    ("rank = 1\n", "", "missing-key [[question.sizes.item]]"),
    ("{{size guarded public}}", "{{size guarded pubic}}", "unknown-object pubic"),
    ("by = \"hops guarded https\"", "by = \"hops guarded htps\"", "unknown-packet htps"),
    ("by = \"hops guarded", "by = \"hosp guarded", "bad-value hosp"),
    ("at = \"igw igw\"", "at = \"igw gate\"", "unknown-item \"igw gate\""),
    ("at = \"igw igw\"", "at = \"acl edge in\"", "duplicate-name way"),
    ("at = \"igw igw\"", "", "missing-key [[question.way.item]]"),
    ("at = \"igw igw\"", "at = \"igw igw\"\nrank = 1", "order-computed 1"),
    ("by = \"entries guarded public in\"", "by = \"entries guarded public\"", "bad-line "),
    (
        "by = \"entries guarded public in\"",
        "by = \"entries guarded public out\"",
        "item-count rules",
    ),
    (
        "by = \"routes guarded public 203.0.113.9\"",
        "by = \"routes guarded public 8.8.8.8\"",
        "item-count lines",
    ),
    ("with = \"acl\"", "with = \"alc\"", "unknown-item \"alc\""),
    ("with = \"acl\"", "with = \"group\"", "one-partner whose"),
    ("with = \"acl\"\n", "", "missing-key [[question.whose.item]]"),
    ("gives = \"`{{rule guarded ssh}}`\"", "gives = \"22\"", "wrong-type \"22\""),
    ("{{rule guarded ssh}}", "{{rule guarded ssh at acl public up}}", "bad-line up"),
    ("{{rule guarded https at acl public in}}", "{{rule guarded https}}", "stale-reference https"),
    ("id = \"group\"\ntext", "id = \"acl\"\ntext", "duplicate-name \"acl\""),
];

#[test]
fn every_planted_defect_is_found_at_its_place() {
    assert_eq!(check::check(&fixture()), []);
    let mut missed = Vec::new();
    for (from, to, wanted) in DEFECTS {
        let mut pack = fixture();
        let text = pack.files.get_mut("m/l/lesson.toml").unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once");
        *text = text.replace(from, to).into();
        let told: Vec<String> = check::check(&pack)
            .iter()
            .map(|fault| {
                let text = pack.text(&fault.file).unwrap_or_default();
                format!("{} {}", fault.rule, &text[fault.span.clone()])
            })
            .collect();
        if !told.iter().any(|fault| fault == wanted) {
            missed.push(format!("{to:?}\n  wanted {wanted:?}\n  got    {told:#?}"));
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}
