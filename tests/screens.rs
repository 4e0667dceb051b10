//! What the screens show and do, without a terminal.

#[path = "screens/learner.rs"]
mod learner;

use std::{path::Path, time::Duration};

use hanulgil::{
    app::{Colors, Look, MouseKind, Screen},
    course::{Kind, LessonId, Pack},
    i18n::Lang,
    journal::{Event, Given},
    text::width::width,
    ui::{Glyph, Theme},
};
use learner::Learner;
use proptest::prelude::*;
use ratatui::{buffer::Buffer, style::Color};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

/// A small pack with one of everything, which the lessons of the built-in pack do not change.
fn fixture() -> Pack {
    Pack::from_dir(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/pack"))).unwrap()
}

fn learner(lang: Lang, (width, height): (u16, u16)) -> Learner {
    Learner::with(fixture(), lang, Look::default(), width, height)
}

/// A learner in the first lesson, on this page from 1.
fn on_page(page: usize, lang: Lang, size: (u16, u16)) -> Learner {
    learner(lang, size).press("Enter").press(&page.to_string())
}

/// A learner before the nth question, from 1.
fn before_question(number: usize, lang: Lang, size: (u16, u16)) -> Learner {
    let (page, tabs) = if number <= 3 { (3, number) } else { (4, number - 3) };
    on_page(page, lang, size)
        .press("Esc Enter")
        .press(&page.to_string())
        .press(
            // Tab chooses the next one after the focus, which is on the first.
            &"Tab ".repeat(tabs - 1),
        )
        .press("Enter")
}

/// Snapshots of one state in both languages and sizes.
fn shoot(name: &str, reach: impl Fn(Lang, (u16, u16)) -> Learner) {
    for lang in Lang::ALL {
        for (width, height) in SIZES {
            let learner = reach(lang, (width, height));
            sound(learner.buffer());
            insta::assert_snapshot!(format!("{name}-{lang}-{width}x{height}"), learner.screen());
        }
    }
}

/// No letter hangs over an edge, and none is hidden behind a wide one: everything that was drawn
/// is on the terminal.
fn sound(buffer: &Buffer) {
    for y in buffer.area.top()..buffer.area.bottom() {
        for x in buffer.area.left()..buffer.area.right() {
            let cells = width(buffer[(x, y)].symbol()) as u16;
            assert!(x + cells.max(1) <= buffer.area.right(), "a letter hangs over the edge at {y}");
            for behind in x + 1..x + cells.max(1) {
                let symbol = buffer[(behind, y)].symbol();
                assert!(symbol.trim().is_empty(), "`{symbol}` at {behind},{y} is behind a letter");
            }
        }
    }
}

fn answers(learner: &Learner) -> Vec<(&str, &Given, bool)> {
    learner
        .events
        .iter()
        .filter_map(|event| match event {
            Event::QuestionAnswered { question, given, right, .. } => {
                Some((question.as_str(), given, *right))
            }
            _ => None,
        })
        .collect()
}

fn options(ids: &[&str]) -> Given {
    Given::Options(ids.iter().map(|id| (*id).to_owned()).collect())
}

// ---------------------------------------------------------------- what it looks like

#[test]
fn home_greets_whoever_is_new() {
    for lang in Lang::ALL {
        for (width, height) in [(60, 16), (80, 24), (120, 36), (200, 50)] {
            let learner = learner(lang, (width, height));
            sound(learner.buffer());
            insta::assert_snapshot!(format!("home-{lang}-{width}x{height}"), learner.screen());
        }
    }
}

#[test]
fn home_of_a_learner_on_the_way() {
    shoot("home-begun", |lang, size| {
        let learner = before_question(1, lang, size).press("Down Enter Enter Tab Enter 1 Enter");
        learner.press("Enter Esc")
    });
}

#[test]
fn pages_of_prose() {
    shoot("page-scene", |lang, size| on_page(1, lang, size));
    shoot("page-lists", |lang, size| on_page(2, lang, size));
    shoot("page-lists-end", |lang, size| on_page(2, lang, size).press("End"));
    shoot("page-questions", |lang, size| on_page(3, lang, size));
    shoot("page-last", |lang, size| on_page(5, lang, size));
}

#[test]
fn a_scene_within_a_page() {
    shoot("scene-predict", |lang, size| on_page(1, lang, size).press("Enter"));
    shoot("scene-where", |lang, size| on_page(1, lang, size).press("Enter 3"));
    shoot("scene-landed", |lang, size| {
        on_page(1, lang, size).press("Enter 1").rested().press("End")
    });
}

#[test]
fn questions_of_every_kind() {
    let kinds = ["single", "multiple", "truth", "text", "number", "cidr", "packet"];
    for (number, kind) in (1..).zip(kinds) {
        shoot(&format!("question-{kind}"), |lang, size| before_question(number, lang, size));
    }
}

#[test]
fn answers_of_every_kind() {
    let answers = [
        ("single", "1 Enter"),
        ("multiple", "1 Enter"),
        ("truth", "1 Enter"),
        ("text", "text:네트워크_ACL Enter"),
        ("number", "text:256 Enter"),
        ("cidr", "text:10.0.0.0/24 Enter"),
        ("packet", "1 Enter"),
    ];
    for (number, (kind, keys)) in (1..).zip(answers) {
        shoot(&format!("answer-{kind}"), |lang, size| {
            before_question(number, lang, size).press(keys).rested()
        });
    }
}

#[test]
fn boxes_over_a_screen() {
    shoot("help-home", |lang, size| learner(lang, size).press("?"));
    shoot("help-lesson", |lang, size| on_page(2, lang, size).press("?"));
    shoot("menu", |lang, size| learner(lang, size).press("Esc"));
    shoot("terms", |lang, size| on_page(1, lang, size).press("g"));
}

#[test]
fn a_small_window_asks_for_room_down_to_a_single_cell() {
    for lang in Lang::ALL {
        for (width, height) in [(59, 16), (60, 15), (30, 5), (8, 3)] {
            let learner = learner(lang, (width, height));
            sound(learner.buffer());
            insta::assert_snapshot!(format!("room-{lang}-{width}x{height}"), learner.screen());
        }
        for size in [(1, 1), (2, 1), (1, 40), (0, 0)] {
            sound(learner(lang, size).press("Enter").buffer());
        }
    }
}

#[test]
fn the_status_line_gives_way_to_what_stands_at_its_end() {
    for width in 60..=90 {
        for lang in Lang::ALL {
            let page = on_page(1, lang, (width, 40));
            sound(page.buffer());
            assert!(page.line(38).trim_end().ends_with(lang.pick("g 용어 1개", "g 1 term")));
        }
    }
}

// ---------------------------------------------------------------- colour

#[test]
fn right_and_wrong_are_told_by_a_sign_and_a_colour() {
    let look = Look { colors: Colors::Full, ..Look::default() };
    let theme = Theme::new(look);
    let reach = |keys: &str| {
        Learner::with(fixture(), Lang::En, look, 80, 24).press("Enter 3 Enter").press(keys)
    };
    let wrong = reach("1 Enter");
    let sign =
        if wrong.sees("✗ Wrong") { ("✗ Wrong", theme.bad) } else { ("✓ Right", theme.good) };
    assert_eq!(Some(wrong.cell(sign.0).fg), sign.1.fg);
    let numbers = ["1 Enter", "2 Enter", "3 Enter"];
    let right = numbers.iter().map(|keys| reach(keys)).find(|one| one.sees("✓ Right")).unwrap();
    assert_eq!(Some(right.cell("✓ Right").fg), theme.good.fg);
    let wrong = numbers.iter().map(|keys| reach(keys)).find(|one| one.sees("✗ Wrong")).unwrap();
    assert_eq!(Some(wrong.cell("✗ Wrong").fg), theme.bad.fg);
}

#[test]
fn without_colours_nothing_has_a_colour() {
    let look = Look { colors: Colors::None, ..Look::default() };
    for keys in ["", "Enter", "Enter 2", "Enter 3 Enter 1 Enter", "Enter Enter 1", "Esc", "?"] {
        let learner = Learner::with(fixture(), Lang::Ko, look, 120, 36).press(keys).rested();
        for cell in learner.buffer().content() {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{keys}: {cell:?}");
        }
    }
}

#[test]
fn in_ascii_no_other_sign_is_drawn() {
    let look = Look { ascii: true, ..Look::default() };
    let unicode = format!("{:?}", Glyph::UNICODE);
    for keys in ["", "Enter", "Enter 2", "Enter 3", "Enter 3 Enter 1 Enter", "Esc", "?"] {
        let learner = Learner::with(fixture(), Lang::En, look, 120, 36).press(keys).rested();
        for cell in learner.buffer().content() {
            let symbol = cell.symbol();
            // What is left is of the texts.
            let sign = !symbol.is_ascii() && unicode.contains(symbol) && symbol != "한";
            assert!(!sign, "{keys}: `{symbol}` in\n{}", learner.screen());
        }
    }
}

// ---------------------------------------------------------------- keys

#[test]
fn the_keys_work_with_the_korean_input_method_on() {
    for (keys, jamo) in [("j", "ㅓ"), ("j k", "ㅓ ㅏ"), ("l", "ㅣ"), ("?", "?")] {
        let size = (80, 24);
        let english = on_page(2, Lang::Ko, size).press(keys).screen();
        let korean = on_page(2, Lang::Ko, size).press(jamo).screen();
        assert_eq!(english, korean, "{keys}");
    }
    // `ㅇ` means nothing, `ㅓ` goes down: a composed syllable is both.
    let down = on_page(2, Lang::Ko, (80, 24)).press("j").screen();
    assert_eq!(on_page(2, Lang::Ko, (80, 24)).press("어").screen(), down);
    assert!(learner(Lang::Ko, (80, 24)).press("ㅂ").has_quit);
    assert!(before_question(4, Lang::Ko, (80, 24)).press("C-ㅊ").has_quit);
}

#[test]
fn the_footer_and_the_help_say_the_same_keys() {
    let help = on_page(2, Lang::En, (120, 36)).press("?");
    for says in ["scroll", "activity", "page", "back", "help", "quit"] {
        assert!(help.sees(says), "{says}");
    }
    let footer = on_page(1, Lang::En, (120, 36));
    assert!(footer.line(35).contains("Tab activity"), "{}", footer.line(35));
}

#[test]
fn the_footer_shows_no_key_that_does_nothing() {
    let footer = |learner: &Learner| learner.line(23);
    // A page without anything to do on it, one that fits, and one that does not.
    let page = on_page(2, Lang::En, (80, 24));
    assert!(!footer(&page).contains("activity"), "{}", footer(&page));
    assert!(footer(&page).contains("scroll"), "{}", footer(&page));
    let tall = on_page(2, Lang::En, (80, 24)).resize(80, 60);
    assert!(!tall.line(59).contains("scroll"), "{}", tall.line(59));
}

#[test]
fn a_window_of_any_size_at_all_gets_a_sentence_or_nothing() {
    for lang in Lang::ALL {
        for (width, height) in [(0, 0), (0, 10), (10, 0), (1, 1), (2, 1), (1, 2), (7, 3), (59, 15)]
        {
            let mut learner = in_state(STATES[7], lang, Look::default()).resize(width, height);
            sound(learner.buffer());
            // Keys and clicks do no harm there, and everything is back afterwards.
            learner = learner.press("Down Right Tab Enter Esc");
            sound(learner.buffer());
            let words = lang.strings().common.name;
            assert!(learner.resize(80, 24).line(0).contains(words));
        }
    }
}

#[test]
fn a_map_too_wide_for_a_page_is_a_list() {
    // Two VPCs side by side.
    let question = in_state(("vpc-the-fence", ""), Lang::Ko, Look::default());
    let lesson = question.model.course.lesson(&LessonId("vpc-the-fence".into())).0.unwrap();
    let wide = lesson.questions.iter().position(|question| match &question.kind {
        Kind::Packet(packet) => packet.scene.network.vpcs().iter().count() > 1,
        _ => false,
    });
    let scene = match &lesson.questions[wide.unwrap()].kind {
        Kind::Packet(packet) => packet.scene.network.clone(),
        _ => unreachable!(),
    };
    let skin = hanulgil::ui::Skin::new(Look::default(), Lang::Ko);
    for width in 10..160 {
        let mut sheet = hanulgil::ui::sheet::Sheet::new(width);
        hanulgil::ui::flight::draw(&scene, None, &skin, &mut sheet);
        let area = ratatui::layout::Rect::new(0, 0, width, sheet.height());
        let mut buffer = Buffer::empty(area);
        sheet.draw(&mut buffer, area, 0, &mut hanulgil::app::Seen::default());
        sound(&buffer);
        let text: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        if width > 40 {
            // Nothing is cut: both are there, by name.
            for name in ["shop", "bank"] {
                assert!(text.contains(name), "{name} is cut at {width}");
            }
        }
    }
}

#[test]
fn escape_leads_home_and_from_there_to_the_menu_which_can_leave() {
    let mut learner = on_page(2, Lang::En, (80, 24)).press("Esc Esc").see("Menu");
    learner = learner.press("Up Enter");
    assert!(learner.has_quit);
}

#[test]
fn the_menu_reaches_everything_without_a_letter() {
    learner(Lang::Ko, (80, 24))
        .press("Esc Down Enter")
        .see("Welcome")
        .press("F2")
        .see("반갑습니다");
    learner(Lang::Ko, (80, 24)).press("Esc Down Down Down Enter").see("사용할 수 있는 키");
    let mouse = learner(Lang::Ko, (80, 24)).press("Esc Down Down Enter");
    assert!(!mouse.model.mouse);
    assert!(
        mouse.events.contains(&Event::SettingChanged { key: "mouse".into(), value: "off".into() })
    );
}

// ---------------------------------------------------------------- language

#[test]
fn the_language_flips_in_place_and_back() {
    for keys in ["", "Down Down Down", "End", "PgDn Down"] {
        let korean = on_page(2, Lang::Ko, (80, 24)).press(keys);
        let before = korean.screen();
        let flipped = korean.press("L");
        assert_eq!(flipped.model.lang, Lang::En);
        assert_eq!(flipped.press("L").screen(), before, "{keys}");
    }
}

#[test]
fn the_same_block_stays_on_top_when_language_or_width_change() {
    // The table begins the visible part in either language and at any width.
    let mut learner = on_page(2, Lang::Ko, (80, 24));
    while !learner.line(2).contains("네트워크 ACL") {
        learner = learner.press("Down");
    }
    learner = learner.press("L");
    assert!(learner.line(2).contains("Network ACL"), "{}", learner.screen());
    learner = learner.resize(100, 20).resize(64, 30).resize(80, 24);
    assert!(learner.line(2).contains("Network ACL"), "{}", learner.screen());
}

#[test]
fn a_half_given_answer_stays_when_the_language_changes() {
    let english = before_question(2, Lang::En, (80, 24)).press("1 3");
    let Screen::Question(question) = &english.model.screen else { panic!() };
    let (order, marked) = (question.order.clone(), question.marked.clone());
    let korean = english.press("l");
    let Screen::Question(question) = &korean.model.screen else { panic!() };
    assert_eq!((&question.order, &question.marked), (&order, &marked));
    let typed = before_question(4, Lang::En, (80, 24)).press("text:보안 F2");
    assert!(typed.sees("보안"));
    assert!(typed.sees("상태를 기억하는"), "{}", typed.screen());
}

#[test]
fn a_prediction_under_way_stays_when_the_language_changes() {
    let landed = on_page(1, Lang::En, (80, 24)).press("Enter 1").wait(Duration::from_secs(2));
    landed.see("client").press("l").see("들어옴").rested().press("L").see("NO_ROUTE");
}

// ---------------------------------------------------------------- a lesson

#[test]
fn what_stands_behind_a_scene_waits_for_the_packet() {
    let page = on_page(1, Lang::En, (120, 50));
    let page = page.miss("What stands behind").see("To skip that, press Space");
    page.press("Space").see("What stands behind");
    let sent = on_page(1, Lang::En, (120, 50)).press("Enter 1").miss("What stands behind");
    sent.rested().press("Enter").see("What stands behind");
}

#[test]
fn a_packet_that_was_sent_once_holds_nothing_back_the_next_time() {
    let sent = on_page(1, Lang::En, (120, 50)).press("Enter 1").rested();
    assert!(matches!(sent.events.last(), Some(Event::PredictionCommitted { matched: false, .. })));
    sent.restart().press("Enter").see("What stands behind");
}

#[test]
fn a_scene_with_several_packets_wants_them_all_and_offers_the_next_itself() {
    let size = (120, 60);
    let scene =
        learner(Lang::En, size).press("End Up Enter Tab Enter").see("Choose a packet to send");
    // The second first; then the first is offered.
    let first = scene.press("2 1").rested().press("Enter").see("1 of 2 sent");
    let second = first.miss("This is shown once both").see("▸ 1 ssh").press("Enter 1").rested();
    let both = second.press("Enter").see("✓ sent").see("This is shown once both");
    both.restart().press("End Up Enter").see("✓ sent").see("This is shown once both");
}

#[test]
fn the_whole_lesson_can_be_done_without_a_letter_key() {
    for (lang, size) in [(Lang::Ko, (80, 24)), (Lang::En, (120, 36)), (Lang::Ko, (60, 16))] {
        let mut learner = learner(lang, size).press("Enter");
        let mut presses = 0;
        while !learner.events.iter().any(|event| matches!(event, Event::LessonFinished { .. })) {
            let keys = match &learner.model.screen {
                Screen::Question(question) if question.index == 4 => "1 0 Enter",
                Screen::Question(question) if question.typing() => "text:10.0.0.0/8 Enter",
                Screen::Question(_) => "1 Enter",
                Screen::Lab(_) | Screen::Workshop(_) | Screen::Sandbox(_) | Screen::Incident(_) => {
                    "Esc"
                }
                Screen::Lesson(lesson) if lesson.inside().is_some() => {
                    let piece = lesson.inside().unwrap();
                    let flies = lesson.flight(piece).is_some_and(|one| one.travel().is_some());
                    if flies { "Enter" } else { "1" }
                }
                Screen::Lesson(lesson)
                    if lesson
                        .focus(lang, &learner.model.progress, &learner.model.seen)
                        .is_some_and(|at| {
                            matches!(
                                lesson.pieces(lang)[at],
                                hanulgil::app::lesson::Piece::Live(hanulgil::course::Live::Lab(_))
                            )
                        }) =>
                {
                    "Space"
                }
                Screen::Lesson(_) | Screen::Home(_) => "Enter",
            };
            learner = learner.press(keys).rested();
            presses += 1;
            assert!(presses < 200, "still not finished:\n{}", learner.screen());
        }
        assert_eq!(answers(&learner).len(), 7, "{size:?}");
        // Its end leads to the next lesson.
        let next = learner.press("End Tab Enter");
        let Screen::Lesson(lesson) = &next.model.screen else { panic!("{}", next.screen()) };
        assert_eq!(lesson.lesson.id.0, "next");
        next.press("Esc Esc").see("2/3");
    }
}

#[test]
fn the_end_of_a_lesson_leads_to_what_is_not_answered() {
    let end = on_page(5, Lang::En, (80, 24)).press("End");
    let end = end.see("7 questions are not answered yet").press("Tab Enter");
    let Screen::Question(question) = &end.model.screen else { panic!("{}", end.screen()) };
    assert_eq!(question.index, 0);
    assert!(!end.events.iter().any(|event| matches!(event, Event::LessonFinished { .. })));
}

#[test]
fn a_lesson_opens_at_the_page_where_one_left_off() {
    on_page(4, Lang::En, (80, 24)).restart().see("read to page 4").press("Enter").see("page 4/5");
}

#[test]
fn an_answered_question_shows_its_answer_when_it_is_opened_again() {
    let answered = before_question(5, Lang::En, (80, 24)).press("text:256 Enter").rested();
    let again = answered.press("Esc").see("wrong").restart().press("Enter 4 Tab Enter");
    again.see("256").see("AWS keeps five of them").see("The answer: 251 addresses");
}

#[test]
fn the_terms_of_a_page_are_explained_and_the_page_stays_where_it_is() {
    let page = on_page(1, Lang::En, (80, 24)).press("Down Down");
    let before = page.screen();
    let terms = page.see("g 1 term").press("g").see("Terms and sources").see("인터넷 게이트웨이");
    let terms = terms.see("https://docs.aws.amazon.com").press("Down PgDn l");
    assert_eq!(terms.see("용어와 출처").press("l Esc").screen(), before);
}

// ---------------------------------------------------------------- questions

#[test]
fn enter_before_anything_is_chosen_does_not_count() {
    for number in [1, 2, 3, 7] {
        let learner = before_question(number, Lang::En, (80, 24)).press("Enter");
        assert!(learner.sees("Choose an answer first"), "{}", learner.screen());
        assert_eq!(answers(&learner), []);
    }
    let learner = before_question(4, Lang::En, (80, 24)).press("Enter").rested();
    assert!(learner.see("Type an answer first").events.len() < 5);
}

#[test]
fn digits_arrows_and_space_choose() {
    for keys in ["2 Enter", "Down Down Enter", "Up Up Enter", "Down Down Space Enter"] {
        let learner = before_question(1, Lang::En, (80, 24)).press(keys);
        let Screen::Question(question) = &learner.model.screen else { panic!() };
        let ids = ["name", "route", "address"];
        let second = options(&[ids[question.order[1]]]);
        assert_eq!(answers(&learner)[0].1, &second, "{keys}");
    }
    let both = before_question(2, Lang::En, (80, 24)).press("1 Down Space Enter");
    let Given::Options(given) = answers(&both)[0].1 else { panic!() };
    assert_eq!(given.len(), 2);
}

#[test]
fn the_order_of_options_is_the_same_every_time_and_another_at_the_next_try() {
    let order = |learner: &Learner| match &learner.model.screen {
        Screen::Question(question) => question.order.clone(),
        _ => panic!("{}", learner.screen()),
    };
    let first = order(&before_question(1, Lang::En, (80, 24)));
    assert_eq!(order(&before_question(1, Lang::Ko, (120, 36))), first);
    let mut learner = before_question(1, Lang::En, (80, 24));
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(order(&learner));
        learner = learner.press("1 Enter Tab");
    }
    assert!(seen.iter().any(|order| *order != first));
    // True and false, and the places on a way, stay in their order.
    for number in [3, 7] {
        let learner = before_question(number, Lang::En, (80, 24));
        assert!(order(&learner).is_sorted());
    }
}

#[test]
fn the_first_answer_is_the_one_that_counts() {
    let mut learner = before_question(3, Lang::En, (80, 24)).press("1 Enter").see("Wrong");
    learner = learner.press("Tab 2 Enter").see("Right").press("Enter");
    assert_eq!(answers(&learner).iter().map(|one| one.2).collect::<Vec<_>>(), [false, true]);
    learner.see("right later").press("Esc").see("0/7 right");
}

#[test]
fn a_guess_is_remembered_as_one() {
    let learner = before_question(3, Lang::En, (80, 24)).press("Tab 2 Enter");
    assert!(learner.sees("You were not sure, and you were right"));
    assert!(learner.events.iter().any(|event| matches!(
        event,
        Event::QuestionAnswered { sure: Some(false), right: true, .. }
    )));
}

#[test]
fn every_option_of_a_packet_question_is_answered_with_what_the_simulator_saw() {
    let count = match &before_question(7, Lang::En, (80, 24)).model.screen {
        Screen::Question(question) => question.order.len(),
        _ => panic!(),
    };
    let mut right = 0;
    for option in 1..=count {
        for lang in Lang::ALL {
            let learner =
                before_question(7, lang, (120, 60)).press(&option.to_string()).press("Enter");
            let is_right = answers(&learner)[0].2;
            right += usize::from(is_right && lang == Lang::En);
            let place = lang.pick("라우팅 테이블 town-main", "route table town-main");
            assert!(learner.sees(place), "{}", learner.screen());
        }
    }
    assert_eq!(right, 1);
}

// ---------------------------------------------------------------- asked again

#[test]
fn what_was_answered_is_due_again_some_days_later() {
    let answered = before_question(3, Lang::En, (80, 24)).press("1 Enter Enter Tab Enter 1 Enter");
    let home = answered.press("Enter Esc").miss("due again").restart_after(9);
    let home = home.see("questions are due again").press("Home").see("before it is forgotten");
    let first = home.press("Enter").see("again, ").miss("your answer");
    let second = first.press("2 Enter Enter").see("again, the last");
    second.press("1 Enter Enter").see("Nothing is due any more").miss("due again").see("Streets");
}

#[test]
fn a_review_can_be_left_at_any_time() {
    let answered = before_question(3, Lang::En, (80, 24)).press("1 Enter Enter Esc");
    let home = answered.restart_after(9).press("Home Enter").press("Esc");
    home.see("1 question is due again");
}

// ---------------------------------------------------------------- typing

#[test]
fn letters_go_into_the_field_and_mean_nothing_else() {
    let learner = before_question(4, Lang::En, (80, 24)).press("text:qlm?jk");
    assert!(!learner.has_quit);
    assert_eq!(learner.model.lang, Lang::En);
    learner.see("qlm?jk").press("C-u").miss("qlm?jk");
}

#[test]
fn the_cursor_stands_behind_what_was_typed() {
    let empty = before_question(4, Lang::Ko, (80, 24));
    let (x, y) = empty.cursor().expect("a text field shows the cursor");
    for (text, cells) in [("text:보안", 4), ("text:보안_그", 7), ("text:ㅂ", 2)] {
        let learner = before_question(4, Lang::Ko, (80, 24)).press(text);
        assert_eq!(learner.cursor(), Some((x + cells, y)), "{text}");
    }
    let back = before_question(4, Lang::Ko, (80, 24)).press("text:보안 Left");
    assert_eq!(back.cursor(), Some((x + 2, y)));
    // Nowhere else is there anything to type.
    assert_eq!(back.press("Esc").cursor(), None);
    assert_eq!(learner(Lang::Ko, (80, 24)).cursor(), None);
}

#[test]
fn a_long_answer_scrolls_within_its_field() {
    let long = "text:".to_owned() + &"가나다라마바사아자차카타파하".repeat(6);
    let learner = before_question(4, Lang::Ko, (80, 24)).press(&long);
    sound(learner.buffer());
    let (x, _) = learner.cursor().unwrap();
    assert!(x < 78);
    learner.see("하");
}

#[test]
fn the_last_syllable_may_come_after_enter() {
    let learner = before_question(4, Lang::Ko, (80, 24)).press("text:보안_그 Enter");
    assert_eq!(answers(&learner), []);
    let learner = learner.press("룹").rested();
    assert_eq!(answers(&learner).len(), 1, "{}", learner.screen());
    assert!(answers(&learner)[0].2);
}

#[test]
fn an_answer_without_its_last_syllable_is_asked_for_again_and_then_counts() {
    let learner = before_question(4, Lang::Ko, (80, 24)).press("text:보안_그 Enter").rested();
    assert_eq!(answers(&learner), []);
    let learner = learner.see("마지막 글자가 덜 입력된 것 같습니다").press("Enter").rested();
    assert_eq!(answers(&learner).len(), 1);
    assert!(!answers(&learner)[0].2);
}

#[test]
fn a_typed_answer_counts_however_it_was_typed() {
    for text in
        ["보안그룹", "보안_그룹", "\u{1107}\u{1169}\u{110b}\u{1161}\u{11ab}그룹", "Security_Group"]
    {
        let keys = format!("text:{text} Enter");
        let learner = before_question(4, Lang::Ko, (80, 24)).press(&keys).rested();
        assert!(answers(&learner)[0].2, "{text}");
    }
    let pasted = before_question(4, Lang::Ko, (80, 24)).paste("보안\u{1b}[31m\n그룹");
    sound(pasted.buffer());
    let pasted =
        before_question(4, Lang::Ko, (80, 24)).paste("보안 그룹\n").press("Enter").rested();
    assert!(answers(&pasted)[0].2);
}

#[test]
fn what_cannot_be_read_says_what_is_wanted_and_does_not_count() {
    let number = before_question(5, Lang::En, (80, 24)).press("text:many Enter").rested();
    assert_eq!(answers(&number), []);
    number.see("A number is wanted").press("C-u text:251 Enter").rested().see("✓ Right");
    let block = before_question(6, Lang::En, (80, 24)).press("text:10.0.0.0 Enter").rested();
    assert_eq!(answers(&block), []);
    let right = "C-u text:10.0.0.128/25,10.0.0.0/25 Enter";
    block.see("Address and length are wanted").press(right).rested().see("✓ Right");
}

// ---------------------------------------------------------------- the mouse

#[test]
fn lessons_pages_options_and_keys_can_be_clicked() {
    let size = (120, 36);
    let home = learner(Lang::En, size);
    let (x, y) = home.find("The next lesson");
    home.click_at(x, y).see("page 1/1");
    on_page(1, Lang::En, size).click("More questions").see("page 4/5");
    on_page(3, Lang::En, size).click("What makes a subnet").see("question 1/7");
    let option = before_question(1, Lang::En, size).click("A route to a gateway");
    option.click("Enter answer").see("✓ Right").click("Enter go on").see("Question 2");
    learner(Lang::En, size).click("? help").see("Keys").click_at(0, 0).miss("Everywhere");
    on_page(2, Lang::En, (80, 24)).wheel(MouseKind::WheelDown).see("more lines below");
    let sent = on_page(1, Lang::En, size).click("predict and send");
    sent.click("It arrives, and the").rested().press("End").see("NO_ROUTE");
}

#[test]
fn what_lies_under_a_box_cannot_be_clicked() {
    let menu = learner(Lang::En, (80, 24)).press("Esc");
    let (x, y) = menu.find("Menu");
    let menu = menu.click_at(x, y).see("Menu");
    assert!(matches!(menu.model.screen, Screen::Home(_)));
}

// ---------------------------------------------------------------- every size

/// States that show every screen, with the real texts: a lesson, and what is pressed there.
const STATES: [(&str, &str); 12] = [
    ("", ""),
    ("", "Esc"),
    ("vpc-the-fence", "Enter 2 ?"),
    ("vpc-the-fence", "Enter 2"),
    ("vpc-the-fence", "Enter 4 PgDn"),
    ("vpc-the-fence", "Enter Enter 3"),
    ("vpc-the-fence", "Enter Enter 1"),
    ("vpc-the-fence", "Enter 2 Tab Enter"),
    ("vpc-the-fence", "Enter 2 Tab Enter 1 Enter"),
    ("internet-gateway", "Enter 2 Tab Enter"),
    ("internet-gateway", "Enter 2 Tab Enter 1 Enter"),
    ("internet-gateway", "Enter 7 End"),
];

fn in_state((lesson, keys): (&str, &str), lang: Lang, look: Look) -> Learner {
    let learner = Learner::with(Pack::builtin(), lang, look, 120, 40);
    let at = learner.model.course.lessons().position(|entry| entry.id.0 == lesson).unwrap_or(0);
    learner.press(&"Down ".repeat(at)).press(keys).rested()
}

#[test]
fn every_screen_is_whole_at_every_width() {
    for lang in Lang::ALL {
        for state in STATES {
            let mut learner = in_state(state, lang, Look::default());
            for width in (1..=200).step_by(7) {
                learner = learner.resize(width, 16 + width % 19);
                sound(learner.buffer());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_screen_is_whole_at_every_size(
        width in 1_u16..=200,
        height in 1_u16..=60,
        state in 0..STATES.len(),
        korean: bool,
        ascii: bool,
    ) {
        let lang = if korean { Lang::Ko } else { Lang::En };
        let look = Look { ascii, ..Look::default() };
        let learner = in_state(STATES[state], lang, look);
        sound(learner.resize(width, height).buffer());
    }

    #[test]
    fn no_row_of_keys_breaks_a_screen(
        keys in prop::collection::vec(0..KEYS.len(), 1..40),
        sizes in prop::collection::vec((1_u16..=140, 1_u16..=50), 1..4),
    ) {
        let mut learner = learner(Lang::Ko, (80, 24));
        let every = keys.len() / sizes.len() + 1;
        for (at, key) in keys.into_iter().enumerate() {
            learner = learner.press(KEYS[key]);
            if at % every == 0 {
                let (width, height) = sizes[at / every];
                learner = learner.resize(width, height);
            }
            learner = learner.wait(Duration::from_millis(60));
            sound(learner.buffer());
        }
    }
}

const KEYS: [&str; 24] = [
    "Enter",
    "Enter",
    "Enter",
    "Esc",
    "Tab",
    "BackTab",
    "Space",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "1",
    "2",
    "3",
    "9",
    "?",
    "l",
    "ㅣ",
    "라",
    "Backspace",
];
