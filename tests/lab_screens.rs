//! The lab as a learner meets it: looked at, solved, broken, resumed, and shaken.

#[allow(dead_code, reason = "shared with the tests of the other screens")]
#[path = "screens/learner.rs"]
mod learner;

use std::{cell::RefCell, rc::Rc, sync::Arc, time::Duration};

use hanulgil::{
    app::{
        Colors, Key, KeyCode, Look, Mouse, MouseKind, Msg, Screen, Target,
        bench::{
            Bench, Notice, Pane, View,
            board::Turned,
            edit::Edit,
            inspect::{self, Enter},
        },
        lab::{Lab, help::Way},
    },
    cloud::{Change, Network, reach::End},
    course::{Course, LabId, LessonId, Pack, edit},
    i18n::Lang,
    journal::Event,
    ui::{self, Skin, Theme},
};
use learner::Learner;
use proptest::prelude::*;
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

const GATE: (&str, &str) = ("internet-gateway", "lab-02-open-the-gate");
const LOOK: (&str, &str) = ("vpc-the-fence", "lab-00-look-around");

/// A learner in a lab, with its opening box still there.
fn enter(lang: Lang, (width, height): (u16, u16), place: (&str, &str)) -> Learner {
    go(Learner::with(Pack::builtin(), lang, Look::default(), width, height), place)
}

/// Takes a learner into a lab.
fn go(mut learner: Learner, (lesson, lab): (&str, &str)) -> Learner {
    let (lesson, faults) = learner.model.course.lesson(&LessonId(lesson.into()));
    assert_eq!(faults, []);
    let lab = Lab::open(&Arc::new(lesson.unwrap()), &LabId(lab.into()), &learner.model.progress);
    let lab = Screen::Lab(Box::new(lab.unwrap()));
    let home = std::mem::replace(&mut learner.model.screen, lab);
    learner.model.behind.push(home);
    learner.wait(Duration::ZERO)
}

fn lab(learner: &Learner) -> &Lab {
    match &learner.model.screen {
        Screen::Lab(lab) => lab,
        _ => panic!("the learner is not in a lab:\n{}", learner.screen()),
    }
}

fn bench(learner: &Learner) -> &Bench {
    lab(learner).bench()
}

/// Attach the gateway, add the route, give the address: par.
const SOLVE: &str = "Enter Up Enter Enter \
    1 Down Down Down Down Enter Enter Enter Enter \
    1 Up Enter Down Enter";

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

// ---------------------------------------------------------------- pictures

/// Presses the keys and keeps a picture after each of the named stops.
fn album(name: &str, size: (u16, u16), place: (&str, &str), stops: &[(&str, &str)]) {
    for lang in Lang::ALL {
        let mut learner = enter(lang, size, place);
        for (stop, keys) in stops {
            learner = learner.press(keys);
            let (width, height) = size;
            insta::assert_snapshot!(
                format!("{name}-{stop}-{lang}-{width}x{height}"),
                learner.screen()
            );
        }
    }
}

#[test]
fn the_lab_looks_the_same_in_both_languages_and_sizes() {
    for size in SIZES {
        album(
            "lab",
            size,
            GATE,
            &[
                ("brief", ""),
                ("map", "Enter"),
                ("goals", "3"),
                ("hint", "h"),
                ("vpc", "1 Enter"),
                ("instance", "1 Down Down Enter"),
                ("table", "1 Down Enter"),
                ("route-form", "Enter"),
                ("bad-value", "text:x"),
                ("refused", "Backspace Enter Enter"),
            ],
        );
    }
}

#[test]
fn a_flight_looks_the_same_in_both_languages_and_sizes() {
    for size in SIZES {
        album(
            "flight",
            size,
            GATE,
            &[
                ("packets", "Enter Space"),
                ("predict", "Enter"),
                ("where", "3"),
                ("landed", "2 End"),
                ("details", "Tab"),
                ("own", "Esc a"),
            ],
        );
    }
}

#[test]
fn a_solved_lab_says_so_and_shows_the_wires() {
    for size in SIZES {
        album(
            "solved",
            size,
            GATE,
            &[
                ("panel", SOLVE),
                ("map", "2 1"),
                ("way-back", "4 Enter 1 Right Right Right Right Right"),
            ],
        );
    }
}

#[test]
fn a_small_window_gets_a_list() {
    album("small", (60, 16), GATE, &[("list", "Enter t"), ("below", "End"), ("inspect", "Enter")]);
}

// ---------------------------------------------------------------- solving

#[test]
fn three_changes_open_the_gate() {
    for size in SIZES {
        let learner = enter(Lang::Ko, size, GATE).press(SOLVE);
        assert!(lab(&learner).is_solved(), "{}", learner.screen());
        assert_eq!(bench(&learner).cost(), 3);
        let solved: Vec<_> = learner
            .events
            .iter()
            .filter(|event| matches!(event, Event::LabSolved { .. }))
            .collect();
        assert_eq!(solved, [&Event::LabSolved { lab: GATE.1.into(), cost: 3, par: 3, hints: 0 }]);
        let learner = learner.see("해결했습니다").press("Enter");
        assert!(matches!(learner.model.screen, Screen::Home(_)), "{}", learner.screen());
    }
}

#[test]
fn the_mouse_alone_opens_the_gate() {
    let learner = enter(Lang::En, (120, 36), GATE)
        .press("Enter")
        .click("igw")
        .click("Attach igw")
        .click("⇉ pub")
        .click("Add a route")
        .click("[ Apply ]")
        .click("▪ web")
        .click("Associate an Elastic IP");
    assert!(lab(&learner).is_solved(), "{}", learner.screen());
}

#[test]
fn goals_turn_with_every_change_and_back_with_every_undo() {
    let holding =
        |learner: &Learner| lab(learner).goals().iter().filter(|goal| goal.holds()).count();
    let learner = enter(Lang::En, (120, 36), GATE).press(SOLVE).press("2");
    assert_eq!((holding(&learner), bench(&learner).cost()), (3, 3));
    let learner = learner.press("u");
    assert!(holding(&learner) < 3);
    assert_eq!(bench(&learner).cost(), 2, "taking back refunds");
    assert!(!lab(&learner).is_solved());
    let learner = learner.press("r");
    assert_eq!((holding(&learner), bench(&learner).cost()), (3, 3));
}

#[test]
fn what_aws_refuses_changes_nothing_and_is_explained_with_its_code() {
    let learner = enter(Lang::En, (80, 24), GATE).press("Enter Down Down Down Down Enter Enter");
    let before = bench(&learner).network().clone();
    // The gateway is attached to no VPC yet.
    let learner = learner.press("Enter Enter");
    assert_eq!(*bench(&learner).network(), before);
    assert!(matches!(bench(&learner).notice(), Some(Notice::Refused(_))), "{}", learner.screen());
    let learner = learner.see("AWS refuses").see("InvalidParameterValue");
    assert_eq!(bench(&learner).cost(), 0);
    assert!(bench(&learner).form().is_some(), "the form stays, to be mended");
}

#[test]
fn nobody_sends_a_packet_without_saying_what_will_happen() {
    let learner = enter(Lang::En, (80, 24), GATE).press("Enter Space Enter");
    let learner = learner.see("what will become of this packet?").press("Space p s");
    assert!(bench(&learner).flight().travel().is_none() || learner.events.iter().any(predicted));
    let learner = enter(Lang::En, (80, 24), GATE).press("Enter Space Enter 1");
    assert!(learner.events.iter().any(predicted));
    assert!(bench(&learner).flight().travel().is_some());
}

fn predicted(event: &Event) -> bool {
    matches!(event, Event::PredictionCommitted { .. })
}

#[test]
fn a_prediction_is_kept_with_what_happened() {
    let learner = enter(Lang::Ko, (80, 24), GATE).press("Enter Space Enter 3 1");
    let kept = learner.events.iter().find(|event| predicted(event)).unwrap();
    assert_eq!(
        *kept,
        Event::PredictionCommitted {
            scene: GATE.1.into(),
            packet: "client -> web tcp/443".into(),
            predicted: "dropped forward internet 203.0.113.9".into(),
            actual: "dropped forward internet 203.0.113.9".into(),
            matched: true,
        }
    );
}

#[test]
fn a_lab_for_looking_is_solved_by_seeing_each_packet_to_its_end() {
    let learner = enter(Lang::Ko, (80, 24), LOOK).press("Enter 3 Enter 1");
    assert!(!lab(&learner).is_solved());
    let learner = learner.rested();
    assert_eq!(lab(&learner).goals().iter().filter(|goal| goal.holds()).count(), 1);
    let learner = learner.press("3 Enter 1").rested();
    assert!(lab(&learner).is_solved(), "{}", learner.screen());
    // What was seen is not covered by the praise.
    let learner =
        learner.miss("볼 것을 모두 보았습니다").press("Esc").see("볼 것을 모두 보았습니다");
    assert_eq!(bench(&learner).cost(), 0);
}

#[test]
fn a_lab_for_looking_offers_no_change() {
    for way in ["", "Down Down"] {
        let learner = enter(Lang::En, (120, 36), LOOK).press("Enter").press(way);
        let learner = learner.press("Delete").see("does not let you").press("Enter");
        learner.miss("Change").see("This lab is for looking");
    }
}

/// Every lab of the pack: the names of its lesson and its own.
fn every_lab() -> Vec<(String, String)> {
    let (course, _) = Course::open(Pack::builtin());
    let lessons: Vec<_> = course.lessons().map(|entry| entry.id.clone()).collect();
    let labs = lessons.iter().flat_map(|id| {
        let labs = course.lesson(id).0.unwrap().labs;
        labs.into_iter().map(|lab| (id.0.clone(), lab.id.0)).collect::<Vec<_>>()
    });
    labs.collect()
}

#[test]
fn every_lab_of_the_pack_can_be_looked_at_in_every_size() {
    for (lesson, name) in every_lab() {
        for lang in Lang::ALL {
            for size in [(60, 16), (80, 24), (120, 36), (200, 50)] {
                let mut learner = enter(lang, size, (&lesson, &name));
                for keys in ["", "Enter", "2", "3", "4", "Enter", "3", "Down Enter", "End", "Tab"] {
                    learner = learner.press(keys);
                    whole(&learner).unwrap();
                    bordered(&learner).unwrap();
                }
            }
        }
    }
}

#[test]
fn every_solution_of_the_pack_can_be_made_on_the_screen() {
    for (lesson, name) in every_lab() {
        let learner = enter(Lang::En, (80, 24), (&lesson, &name));
        let lab = lab(&learner).lab();
        for solution in &lab.solutions {
            let mut network = lab.scene.network.clone();
            for change in solution {
                let verb = edit::verb(change);
                let offered = network
                    .things()
                    .flat_map(|thing| inspect::rows(&network, thing, &lab.allowed))
                    .flat_map(|row| {
                        let entered = match row.enter {
                            Some(Enter::Edit(edit)) => Some(edit),
                            _ => None,
                        };
                        entered.into_iter().chain(row.delete)
                    })
                    .flat_map(Edit::operations);
                let verbs: Vec<&str> = offered.copied().collect();
                // Going back to the main table is a choice of the form that associates.
                let verb =
                    if verb == "disassociate-route-table" { "associate-route-table" } else { verb };
                assert!(verbs.contains(&verb), "{name}: nothing on the screen does `{verb}`");
                network.apply(change.clone()).unwrap();
            }
        }
    }
}

// ---------------------------------------------------------------- wiring

#[test]
fn dragging_one_thing_onto_another_wires_them() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter");
    // While it is held, the status line says what letting go would do.
    let (from, to) = (learner.find("igw"), learner.find("VPC shop"));
    let learner = learner.hold(from, to).see("attach");
    assert_eq!(bench(&learner).cost(), 0);
    let learner = learner.drop_at(to);
    assert_eq!(bench(&learner).cost(), 1, "{}", learner.screen());
    // A table to the gateway opens the form of a route, filled in.
    let learner = learner.drag("⇉ pub", "igw").see("0.0.0.0/0").see("[ Apply ]").press("Enter");
    assert_eq!(bench(&learner).cost(), 2, "{}", learner.screen());
    // From host to host is a packet, to be predicted.
    let learner = learner.drag("client 203", "▪ web");
    learner.see("what will become of this");
}

#[test]
fn letting_go_elsewhere_cancels() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter");
    let before = bench(&learner).network().clone();
    let from = learner.find("igw");
    let learner = learner.hold(from, (0, 0)).see("anywhere else cancels").drop_at((0, 0));
    assert_eq!(*bench(&learner).network(), before);
    assert!(bench(&learner).drag().is_none());
}

#[test]
fn the_keyboard_wires_by_number() {
    for size in SIZES {
        for lang in Lang::ALL {
            let learner = enter(lang, size, GATE).press("Enter Up w");
            insta::assert_snapshot!(format!("wire-{lang}-{}x{}", size.0, size.1), learner.screen());
            let learner = learner.press("1");
            assert_eq!(bench(&learner).cost(), 1, "{}", learner.screen());
        }
    }
}

#[test]
fn the_palette_and_the_search_look_the_same_in_both_languages_and_sizes() {
    for size in SIZES {
        album("tools", size, GATE, &[("palette", "Enter n"), ("search", "Esc / text:web")]);
    }
}

#[test]
fn a_search_knows_names_addresses_and_initials() {
    let learner = enter(Lang::Ko, (120, 36), GATE).press("Enter / text:10.0.1.10 Enter");
    let found = bench(&learner)
        .subject()
        .map(|thing| bench(&learner).network().name(thing).map(ToString::to_string));
    assert_eq!(found, Some(Some("shop".into())), "the block that holds it comes first");
    let learner = learner.press("/ text:203.0.113 Enter").see("client");
    let learner = learner.press("/ text:ㅇㅌㄴㄱㅇㅌ Enter");
    assert_eq!(bench(&learner).subject(), bench(&learner).network().find("igw").next());
}

#[test]
fn what_is_duplicated_can_be_taken_back_in_one_step() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter / text:subnet Enter");
    let before = bench(&learner).network().clone();
    let learner = learner.press("d").see("pub-a-2");
    assert_eq!(bench(&learner).steps(), (1, 0));
    let learner = learner.press("u");
    assert_eq!(*bench(&learner).network(), before);
    let learner = learner.press("/ text:subnet Enter c");
    let learner = learner.see("Copied pub-a").press("v");
    assert_eq!(bench(&learner).steps(), (1, 0));
}

// ---------------------------------------------------------------- how much is written

/// What a terminal gets.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl std::io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_moving_packet_writes_little_and_seldom() {
    let full = Look { colors: Colors::Full, ..Look::default() };
    for look in [Look::default(), full] {
        let learner = Learner::with(Pack::builtin(), Lang::Ko, look, 120, 36);
        let mut learner = go(learner, GATE).press(SOLVE).press("2 4 Enter 1");
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 120, 36));
        let backend = CrosstermBackend::new(wire.clone());
        let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
        terminal.draw(|frame| drop(ui::draw(&learner.model, frame))).unwrap();
        let (mut frames, mut most) = (0, 0);
        while let Some(time) = learner.model.wakes_in() {
            // At most twelve frames a second.
            assert!(time > Duration::from_millis(83), "{time:?}");
            learner = learner.wait(time);
            wire.0.borrow_mut().clear();
            terminal.draw(|frame| drop(ui::draw(&learner.model, frame))).unwrap();
            most = most.max(wire.0.borrow().len());
            frames += 1;
        }
        assert!(frames > 40, "it did not fly");
        assert!(most <= 4096, "a frame of {most} bytes");
    }
}

// ---------------------------------------------------------------- coming back

#[test]
fn a_killed_lab_comes_back_with_its_changes_and_what_can_be_undone() {
    let learner = enter(Lang::En, (120, 36), GATE).press(SOLVE).press("2 u u h");
    let network = bench(&learner).network().clone();
    let learner = go(learner.restart(), GATE);
    assert_eq!(*bench(&learner).network(), network);
    assert_eq!((bench(&learner).steps(), lab(&learner).hints()), ((1, 2), 1));
    let learner = learner.press("r r");
    assert!(lab(&learner).is_solved());
    let learner = learner.press("2 u u u");
    assert_eq!(*bench(&learner).network(), lab(&learner).lab().scene.network);
}

#[test]
fn starting_over_asks_first() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter Up Enter Enter C-r");
    let learner = learner.see("Start over?").press("Enter");
    assert_eq!(bench(&learner).cost(), 1, "the safe answer is the first");
    let learner = learner.press("C-r Up Enter");
    assert_eq!(bench(&learner).cost(), 0);
    assert_eq!(*bench(&learner).network(), lab(&learner).lab().scene.network);
}

#[test]
fn the_last_hints_name_every_blocker_and_go_along_step_by_step() {
    let mut learner = enter(Lang::En, (120, 36), GATE).press("Enter 2");
    let written = lab(&learner).lab().hints.len();
    for _ in 0..=written {
        learner = learner.press("h");
    }
    // All of them, not the first: no public address, no attachment, no way back.
    let learner = learner.see("Everything that stops");
    let stuck = &lab(&learner).help().unwrap().stuck;
    assert!(stuck.iter().any(|it| it.blockers.len() > 1), "{stuck:?}");
    let mut learner = learner.press("h").see("takes 3 changes");
    for left in (0..3).rev() {
        learner = learner.click("Make the next step together");
        assert_eq!(bench(&learner).steps().0, 3 - left);
    }
    learner.see("Solved with 3 changes");
}

#[test]
fn help_stays_true_after_changes_of_ones_own() {
    let mut learner = enter(Lang::En, (120, 36), GATE).press("Enter");
    for _ in 0..lab(&learner).rungs() {
        learner = learner.press("h");
    }
    let left = |learner: &Learner| -> u32 {
        match &lab(learner).help().unwrap().way {
            Way::Changes(way) => way.iter().map(Change::cost).sum(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(left(&learner), 3);
    let learner = learner.press("1 Up Enter Enter");
    assert_eq!(left(&learner), 2);
    let learner = learner.press("u");
    assert_eq!(left(&learner), 3);
}

#[test]
fn a_solved_lab_says_what_else_would_have_worked() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter").press(&SOLVE["Enter ".len()..]);
    let (others, count) = lab(&learner).others();
    assert!(others.len() <= count);
    let learner = learner.see("Solved with 3 changes");
    if count > 0 {
        learner.see("Other ways with the fewest changes");
    }
}

#[test]
fn the_board_says_who_reaches_whom_and_what_the_last_step_changed() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter 5").see("Who reaches whom?");
    let board = bench(&learner).board().unwrap();
    assert!(board.ends().iter().all(|to| board.passages(End::Internet, *to).is_empty()));
    let learner = learner.see("No packet gets there and is answered.").press("Esc");
    assert!(bench(&learner).board().is_none());
    let learner = learner.press(&SOLVE["Enter ".len()..]).press("Down Enter 5");
    let board = bench(&learner).board().unwrap();
    let web = *board.ends().first().unwrap();
    assert!(!board.passages(End::Internet, web).is_empty());
    assert_eq!(board.turned(End::Internet, web), Turned::Opened);
    learner.see("tcp 443").see("Your last step opened this way.");
}

#[test]
fn packets_that_were_sent_stay_as_lights_and_turn_with_every_change() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter").miss("Sent");
    // Sent once, predicted and watched to its end.
    let learner = learner.press("4 1 3 1").wait(Duration::from_secs(60)).press("End Esc Esc 1");
    let learner = learner.see("Sent").see("✗ https");
    let lights = |learner: &Learner| -> Vec<(bool, bool)> {
        let lights = bench(learner).lights();
        lights.iter().map(|light| (light.now.is_some(), light.was.is_some())).collect()
    };
    assert_eq!(lights(&learner).iter().filter(|light| light.0).count(), 1);
    assert!(lights(&learner).iter().all(|light| !light.1), "nothing has turned yet");
    let learner = learner.press(&SOLVE["Enter ".len()..]);
    assert!(lights(&learner).iter().any(|light| light.1), "{}", learner.screen());
}

#[test]
fn the_language_turns_in_place_even_in_a_form() {
    let learner = enter(Lang::Ko, (80, 24), GATE).press("Enter Down Down Down Down Enter Enter F2");
    let learner = learner.see("Add a route").see("destination").press("F2");
    learner.see("경로 추가").see("목적지");
}

#[test]
fn shortcuts_work_with_the_korean_input_method_on() {
    // ㅕ is u, ㅗ is h.
    let learner = enter(Lang::Ko, (80, 24), GATE).press("Enter Up Enter Enter ㅕ");
    assert_eq!(bench(&learner).cost(), 0);
    let learner = learner.press("ㅗ");
    assert_eq!(lab(&learner).hints(), 1);
}

#[test]
fn letters_and_digits_go_into_a_field_and_nowhere_else() {
    let learner = enter(Lang::En, (80, 24), GATE).press("Enter Down Down Down Down Enter Enter");
    let learner = learner.press("text:123uhq");
    let form = bench(&learner).form().unwrap();
    assert_eq!(form.fields[0].text.value(), "0.0.0.0/0123uhq");
    assert!(!learner.has_quit);
    assert!(learner.cursor().is_some(), "the terminal's cursor stands in the field");
}

// ---------------------------------------------------------------- colour

#[test]
fn a_goal_that_holds_is_told_by_sign_word_and_colour() {
    let learner = enter(Lang::En, (120, 36), GATE).press("Enter");
    let theme = Theme::new(learner.model.look);
    assert_eq!(learner.cell("not yet").style().fg, theme.warn.fg);
    let learner = learner.press(&SOLVE["Enter ".len()..]).press("2");
    assert_eq!(learner.cell("holds").style().fg, theme.good.fg);
    learner.see("✓ holds").miss("not yet");
}

#[test]
fn the_place_where_a_packet_is_dropped_is_marked_in_red_with_a_sign() {
    let learner = enter(Lang::En, (80, 24), GATE).press("Enter Space Enter 1 End");
    let skin = Skin::new(learner.model.look, Lang::En);
    let (x, y) = learner.find("client 203.0.113.9");
    let mark = &learner.buffer()[(x - 2, y)];
    assert_eq!(mark.symbol(), skin.glyph.wrong);
    assert_eq!(mark.style().fg, skin.theme.bad.fg);
}

#[test]
fn the_answer_travels_in_another_sign_and_colour_than_the_request() {
    let learner = enter(Lang::En, (120, 36), GATE).press(SOLVE).press("2 4 Enter 1 Home");
    let skin = Skin::new(learner.model.look, Lang::En);
    let signs = |learner: &Learner| {
        let cells = learner.buffer().content.iter();
        let packets =
            cells.filter(|cell| [skin.glyph.packet, skin.glyph.reply].contains(&cell.symbol()));
        packets.map(|cell| (cell.symbol().to_owned(), cell.style().fg)).collect::<Vec<_>>()
    };
    let request = signs(&learner);
    assert!(request.contains(&(skin.glyph.packet.to_owned(), skin.theme.accent.fg)));
    let learner = learner.press("End");
    assert!(signs(&learner).contains(&(skin.glyph.reply.to_owned(), skin.theme.computed.fg)));
}

#[test]
fn without_motion_a_packet_is_followed_by_steps() {
    let mut learner = enter(Lang::En, (80, 24), GATE).press(SOLVE).press("2 4");
    learner.model.look.motion = false;
    let learner = learner.press("Enter 1");
    let hop = |learner: &Learner| bench(learner).flight().travel().unwrap().hop();
    assert_eq!(hop(&learner), 0);
    let learner = learner.wait(Duration::from_millis(1500));
    assert_eq!(hop(&learner), 1);
    assert_eq!(
        bench(&learner).flight().travel().unwrap().underway(),
        hanulgil::app::flight::FRAMES
    );
}

#[test]
fn nothing_wakes_the_program_when_nothing_moves() {
    let learner = enter(Lang::En, (80, 24), GATE).press("Enter");
    assert_eq!(learner.model.wakes_in(), None);
    let learner = learner.press("Space Enter 1").rested();
    assert_eq!(learner.model.wakes_in(), None);
}

// ---------------------------------------------------------------- shaking

/// Something that a learner, a cat, or a window manager may do.
#[derive(Debug, Clone)]
enum Step {
    Key(KeyCode),
    Click(u16, u16),
    Wheel(bool, u16, u16),
    Resize(u16, u16),
    Wait(u64),
    Target(usize),
    Drag(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Delete,
        KeyCode::Backspace,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageDown,
        KeyCode::Char(' '),
        KeyCode::Char('u'),
        KeyCode::Char('r'),
        KeyCode::Char('h'),
        KeyCode::Char('t'),
        KeyCode::Char('+'),
        KeyCode::Char('-'),
        KeyCode::Char('x'),
        KeyCode::Char('l'),
        KeyCode::Char('가'),
        KeyCode::Char('w'),
        KeyCode::Char('w'),
        KeyCode::Char('n'),
        KeyCode::Char('d'),
        KeyCode::Char('c'),
        KeyCode::Char('v'),
        KeyCode::Char('/'),
        KeyCode::F(9),
        KeyCode::F(10),
        KeyCode::Char('1'),
        KeyCode::Char('2'),
        KeyCode::Char('3'),
        KeyCode::Char('4'),
    ]);
    prop_oneof![
        12 => keys.prop_map(Step::Key),
        1 => Just(Step::Key(KeyCode::Esc)),
        3 => (0..200u16, 0..50u16).prop_map(|(x, y)| Step::Click(x, y)),
        4 => any::<(prop::sample::Index, prop::sample::Index)>()
            .prop_map(|(from, to)| Step::Drag(from.index(1 << 16), to.index(1 << 16))),
        6 => any::<prop::sample::Index>().prop_map(|at| Step::Target(at.index(1 << 16))),
        1 => (any::<bool>(), 0..200u16, 0..50u16).prop_map(|(up, x, y)| Step::Wheel(up, x, y)),
        1 => (1..220u16, 1..60u16).prop_map(|(width, height)| Step::Resize(width, height)),
        2 => (0..3000u64).prop_map(Step::Wait),
    ]
}

fn apply(mut learner: Learner, step: &Step) -> Learner {
    match *step {
        Step::Key(code) => {
            learner.key(Key::plain(code));
            learner
        }
        Step::Click(x, y) => learner.click_at(x, y),
        Step::Wheel(up, x, y) => {
            let kind = if up { MouseKind::WheelUp } else { MouseKind::WheelDown };
            hanulgil::app::update(&mut learner.model, Msg::Mouse(Mouse { kind, x, y }));
            learner.wait(Duration::ZERO)
        }
        Step::Resize(width, height) => learner.resize(width, height),
        Step::Wait(millis) => learner.wait(Duration::from_millis(millis)),
        // One thing onto another, or onto whatever lies there.
        Step::Drag(from, to) => {
            let hits = &learner.model.seen.hits;
            let hit = |index: usize| hits.get(index % hits.len().max(1)).copied();
            match (hit(from), hit(to)) {
                (Some((_, Target::Action(_))) | None, _) | (_, None) => learner,
                (Some((from, _)), Some((to, _))) => {
                    let to = (to.x, to.y);
                    learner.hold((from.x, from.y), to).drop_at(to)
                }
            }
        }
        // A click on something that is there to be clicked.
        Step::Target(index) => {
            let hits = &learner.model.seen.hits;
            match hits.get(index % hits.len().max(1)) {
                Some((_, Target::Action(_))) | None => learner,
                Some((area, _)) => {
                    let (x, y) = (area.x, area.y);
                    learner.click_at(x, y)
                }
            }
        }
    }
}

/// No wide letter is cut in half, nothing that is no letter is on the screen, and the cursor is
/// inside.
fn whole(learner: &Learner) -> Result<(), TestCaseError> {
    let buffer = learner.buffer();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            prop_assert!(!symbol.chars().any(char::is_control), "{symbol:?} at {x},{y}");
            let cells = hanulgil::text::width::width(symbol).max(1) as u16;
            prop_assert!(x + cells <= buffer.area.width, "{symbol} hangs over the edge at {x},{y}");
            x += cells;
        }
    }
    if let Some((x, y)) = learner.cursor() {
        prop_assert!(x < buffer.area.width && y < buffer.area.height);
    }
    for (area, _) in &learner.model.seen.hits {
        prop_assert!(area.x + area.width <= buffer.area.width, "{area:?} is not on the screen");
        prop_assert!(area.y + area.height <= buffer.area.height, "{area:?} is not on the screen");
    }
    Ok(())
}

/// The map's boxes, as far as they are in sight and nothing lies over them, have all corners.
fn bordered(learner: &Learner) -> Result<(), TestCaseError> {
    let Screen::Lab(lab) = &learner.model.screen else { return Ok(()) };
    let bench = lab.bench();
    let (width, height) = learner.model.seen.map;
    if bench.focus() != Pane::Map
        || lab.panel().is_some()
        || bench.is_asking()
        || bench.view() == View::List
        || learner.model.modal.is_some()
        || bench.is_list(width, height)
        || width == 0
    {
        return Ok(());
    }
    let canvas = bench.canvas(width, height);
    if canvas.width > width || canvas.height > height {
        return Ok(());
    }
    let skin = Skin::new(learner.model.look, learner.model.lang);
    let glyph = skin.glyph;
    let corners: Vec<&str> = [glyph.border, glyph.fence, glyph.zone]
        .iter()
        .flat_map(|set| [set.top_left, set.top_right, set.bottom_left, set.bottom_right])
        .collect();
    let shown: usize =
        (learner.buffer().content.iter()).filter(|cell| corners.contains(&cell.symbol())).count();
    // Each VPC and zone has four corners that no wire ever joins.
    let closed = canvas
        .nodes
        .iter()
        .filter(|node| {
            matches!(
                node.spot,
                hanulgil::app::canvas::Spot::Zone(..)
                    | hanulgil::app::canvas::Spot::Thing(hanulgil::cloud::Thing::Vpc(_))
            )
        })
        .count();
    prop_assert!(shown >= 4 * closed, "a border is broken:\n{}", learner.screen());
    Ok(())
}

fn start(learner: &Learner) -> Network {
    lab(learner).lab().scene.network.clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_one_presses_breaks_the_lab(
        steps in prop::collection::vec(step(), 1..160), lang in prop::bool::ANY, looking in prop::bool::weighted(0.2),
    ) {
        let lang = if lang { Lang::Ko } else { Lang::En };
        let place = if looking { LOOK } else { GATE };
        let mut learner = enter(lang, (100, 30), place);
        for step in steps {
            learner = apply(learner, &step);
            whole(&learner)?;
            bordered(&learner)?;
            learner.has_quit = false;
            if !matches!(learner.model.screen, Screen::Lab(_)) {
                learner = go(learner, place);
            }
        }
        // Whatever was done can be taken back, to the very beginning.
        learner = learner.resize(100, 30);
        let mut presses = 0;
        learner.model.modal = None;
        while lab(&learner).panel().is_some() || bench(&learner).is_asking() {
            learner = learner.press("Esc");
            presses += 1;
            prop_assert!(presses < 10, "no way out:\n{}", learner.screen());
        }
        learner = learner.press("Esc Esc Esc");
        if !matches!(learner.model.screen, Screen::Lab(_)) {
            learner = go(learner, place).press("Enter Esc");
            if !matches!(learner.model.screen, Screen::Lab(_)) {
                learner = go(learner, place);
            }
        }
        if lab(&learner).panel().is_some() {
            learner = learner.press("Esc");
        }
        let network = bench(&learner).network().clone();
        // Coming back from the journal gives the same.
        let again = go(learner.restart(), place);
        prop_assert_eq!(bench(&again).network(), &network);
        let mut learner = again;
        if lab(&learner).panel().is_some() {
            learner = learner.press("Enter");
        }
        while bench(&learner).steps().0 > 0 {
            let before = bench(&learner).steps().0;
            learner = learner.press("u");
            prop_assert_eq!(bench(&learner).steps().0, before - 1);
        }
        prop_assert_eq!(bench(&learner).network(), &start(&learner));
    }
}
