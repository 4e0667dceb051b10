//! What a learner is told of a change before it is made, and of a packet under which the network
//! changed.

#[allow(dead_code, reason = "shared with the tests of the other screens")]
#[path = "screens/learner.rs"]
mod learner;

use std::{sync::Arc, time::Duration};

use hanulgil::{
    app::{
        Look, Screen,
        bench::{
            Bench, Pane,
            outlook::{Comes, Outlook, Turns},
        },
        flight::{Front, Open, Travel},
        incident::Incident,
        lab::Lab,
    },
    cloud::{Rules, Verdict, trace},
    course::{LabId, LessonId, Pack, Scene, design::Design, incident::Level},
    i18n::Lang,
};
use learner::Learner;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];
const GATE: (&str, &str) = ("internet-gateway", "lab-02-open-the-gate");

const SHOP: &str = r#"
[vpc.main]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "main"
[internet_gateway.spare]
[subnet.pub]
cidr = "10.0.0.0/24"
routes = ["0.0.0.0/0 -> igw"]
[security_group.front]
inbound = ["tcp 443 from 0.0.0.0/0"]
[security_group.guard]
inbound = ["tcp 5432 from group front"]
[instance.web]
subnet = "pub"
elastic_ip = "198.51.100.10"
security_groups = ["front"]
listens = ["tcp 443"]
[instance.store]
subnet = "pub"
elastic_ip = "198.51.100.20"
security_groups = ["guard"]
listens = ["tcp 5432"]
[host.client]
address = "203.0.113.9"
[packets]
https = "client -> web tcp/443"
sql = "client -> store tcp/5432"
"#;

/// A learner in the sandbox over this scene.
fn over(text: &str, lang: Lang, (width, height): (u16, u16)) -> Learner {
    let (scene, faults) = Scene::parse("shop.scene.toml", text);
    assert_eq!(faults, []);
    let look = Look { motion: false, ..Look::default() };
    let mut learner = Learner::with(Pack::builtin(), lang, look, width, height);
    learner.model.work_on(None, scene.unwrap());
    learner.wait(Duration::ZERO)
}

/// A learner in a lab, with its opening box read.
fn in_lab((lesson, lab): (&str, &str), lang: Lang, (width, height): (u16, u16)) -> Learner {
    let mut learner = Learner::with(Pack::builtin(), lang, Look::default(), width, height);
    let (lesson, faults) = learner.model.course.lesson(&LessonId(lesson.into()));
    assert_eq!(faults, []);
    let lab = Lab::open(&Arc::new(lesson.unwrap()), &LabId(lab.into()), &learner.model.progress);
    let home = std::mem::replace(&mut learner.model.screen, Screen::Lab(Box::new(lab.unwrap())));
    learner.model.behind.push(home);
    learner.wait(Duration::ZERO).press("Enter")
}

fn bench(learner: &Learner) -> &Bench {
    match &learner.model.screen {
        Screen::Lab(lab) => lab.bench(),
        Screen::Sandbox(sandbox) => sandbox.bench(),
        Screen::Incident(incident) => incident.bench(),
        _ => panic!("no bench:\n{}", learner.screen()),
    }
}

fn outlook(learner: &Learner) -> &Outlook {
    bench(learner).outlook().unwrap_or_else(|| panic!("no outlook:\n{}", learner.screen()))
}

fn turns(learner: &Learner) -> &Turns {
    match &outlook(learner).comes {
        Comes::Turns(turns) => turns,
        other => panic!("{other:?}"),
    }
}

/// The form of a new inbound rule of the group.
fn rule_form(learner: Learner, group: &str) -> Learner {
    let words = &learner.model.lang.strings().lab;
    let learner = learner.press(&format!("/ text:{group} Enter 2"));
    learner.click(words.add_inbound)
}

// ---------------------------------------------------------------- before it is made

#[test]
fn a_form_says_what_it_would_turn_in_a_place_of_its_own() {
    for lang in Lang::ALL {
        for size in SIZES {
            let name = |stop: &str| format!("{stop}-{lang}-{}x{}", size.0, size.1);
            let learner = rule_form(over(SHOP, lang, size), "guard");
            // From everybody, to the database's port.
            let learner = learner.press("Tab Backspace Backspace Backspace text:5432 Tab");
            insta::assert_snapshot!(name("outlook-unsent"), learner.screen());
            let place = learner.find(lang.strings().outlook.apply);
            // Once the packet was sent, it is told by its name.
            let learner = learner.press("Esc 4 Down Enter 3 1 End Esc Esc");
            let learner = rule_form(learner, "guard")
                .press("Tab Backspace Backspace Backspace text:5432 Tab");
            insta::assert_snapshot!(name("outlook-sent"), learner.screen());
            assert_eq!(learner.find(lang.strings().outlook.apply), place);
            let learner = learner.press("BackTab text:x");
            insta::assert_snapshot!(name("outlook-unreadable"), learner.screen());
        }
    }
}

#[test]
fn a_packet_that_was_never_sent_stays_a_secret() {
    let learner = rule_form(over(SHOP, Lang::En, (120, 36)), "guard")
        .press("Tab Backspace Backspace Backspace text:5432");
    let ways = turns(&learner).ways.clone().unwrap();
    assert!(ways.opened > 0 && turns(&learner).packets.is_empty());
    // What would open is what the unsent packet needs: it is counted, and not named.
    assert_eq!(ways.gained, None);
    let learner = learner.press("Esc 4 Down Enter 3 1 End Esc Esc");
    let learner = rule_form(learner, "guard").press("Tab Backspace Backspace Backspace text:5432");
    let turned: Vec<&str> =
        turns(&learner).packets.iter().map(|turn| turn.packet.name.as_str()).collect();
    assert_eq!(turned, ["sql"]);
    assert!(turns(&learner).ways.as_ref().unwrap().gained.is_some());
}

#[test]
fn goals_are_counted_until_their_packets_were_sent_and_then_named() {
    for size in SIZES {
        let learner = in_lab(GATE, Lang::En, size).press("Up Enter Enter");
        let learner = learner.press("1 Down Down Down Down Enter Enter");
        let goals = turns(&learner).goals.clone().unwrap();
        assert_eq!(goals.of, 3);
        let learner = learner.press("Enter");
        assert!(goals.named.is_empty(), "{}", learner.screen());
    }
}

#[test]
fn what_aws_would_refuse_is_said_before_it_is_tried() {
    for size in SIZES {
        let learner = over(SHOP, Lang::En, size).press("/ text:igw Enter x");
        assert!(matches!(outlook(&learner).comes, Comes::Not(_)), "{}", learner.screen());
        let learner = learner.see("DependencyViolation").press("Esc");
        assert!(bench(&learner).form().is_none());
        let learner = learner.press("/ text:spare Enter x");
        assert_eq!(bench(&learner).cost(), 0, "it asks first");
        let learner = learner.see("Nothing turns").press("Enter");
        assert!(bench(&learner).cost() > 0 || bench(&learner).steps().0 == 1);
        learner.miss("[ Apply ]");
    }
}

#[test]
fn letting_go_is_foretold_while_something_is_dragged() {
    for size in SIZES {
        let learner = in_lab(GATE, Lang::Ko, size);
        let (from, to) = (learner.find("igw"), learner.find("VPC shop"));
        let learner = learner.hold(from, to);
        assert!(matches!(outlook(&learner).comes, Comes::Turns(_)));
        let learner = learner.see(Lang::Ko.strings().outlook.let_go).drop_at(to);
        assert_eq!(bench(&learner).cost(), 1);
        assert_eq!(bench(&learner).outlook(), None);
    }
}

#[test]
fn a_list_of_wirings_foretells_the_chosen_one() {
    let learner = in_lab(GATE, Lang::En, (80, 24)).press("Up w");
    assert!(matches!(outlook(&learner).comes, Comes::Turns(_)), "{}", learner.screen());
    learner.see("If chosen");
}

#[test]
fn the_rows_of_the_inspector_foretell_what_enter_or_delete_would_do() {
    let learner = over(SHOP, Lang::En, (120, 36)).press("/ text:guard Enter 2");
    let learner = learner.click("tcp 5432").press("Esc");
    let learner = learner.see("If deleted (x)");
    let ways = turns(&learner).ways.clone().unwrap();
    assert!(ways.shut > 0, "{}", learner.screen());
}

#[test]
fn it_is_computed_once_for_each_different_input() {
    let learner = rule_form(over(SHOP, Lang::En, (120, 36)), "guard");
    let computed = bench(&learner).outlooks();
    let learner = learner.press("Tab Tab BackTab BackTab");
    let learner = learner.wait(Duration::from_secs(5)).resize(100, 30).press("F2 F2");
    assert_eq!(bench(&learner).outlooks(), computed);
    let learner = learner.press("Tab Backspace");
    assert!(bench(&learner).outlooks() > computed);
}

#[test]
fn an_incident_foretells_nothing() {
    let mut learner = over(SHOP, Lang::En, (120, 36));
    let incident = Incident::open(Design::ALL[0].scene(), Level::One, 7).unwrap();
    learner.model.screen = Screen::Incident(Box::new(incident));
    let learner = learner.wait(Duration::ZERO).press("Enter 1 Down Down w");
    assert_eq!(bench(&learner).outlook(), None);
    let learner = learner.press("Esc 2 Down Down Down Enter");
    assert_eq!(bench(&learner).outlook(), None);
    learner.miss(Lang::En.strings().outlook.apply);
}

// ---------------------------------------------------------------- both futures

fn travel(learner: &Learner) -> &Travel {
    bench(learner).flight().travel().unwrap_or_else(|| panic!("{}", learner.screen()))
}

/// The packet was sent and arrived; then the rule that let it in is deleted.
fn forked(lang: Lang, size: (u16, u16), stop: &str) -> Learner {
    let learner = over(SHOP, lang, size).press("4 Enter 1").press(stop);
    learner.press("1 / text:front Enter 2 x 4")
}

#[test]
fn a_change_under_a_packet_shows_both_futures() {
    for lang in Lang::ALL {
        for size in SIZES {
            let name = |stop: &str| format!("{stop}-{lang}-{}x{}", size.0, size.1);
            let learner = forked(lang, size, "End");
            insta::assert_snapshot!(name("both-end"), learner.screen());
            let learner = learner.press("Home Right Right Right");
            insta::assert_snapshot!(name("both-part"), learner.screen());
            let learner = learner.press("Tab");
            insta::assert_snapshot!(name("both-beside"), learner.screen());
            let learner = learner.press("Down");
            assert_eq!(travel(&learner).fork().unwrap().front, Front::Now);
            insta::assert_snapshot!(name("both-now"), learner.screen());
            let learner = learner.press("Up Up");
            assert_eq!(travel(&learner).fork().unwrap().front, Front::Was);
            insta::assert_snapshot!(name("both-was"), learner.screen());
        }
    }
}

#[test]
fn both_futures_are_what_the_packet_meets_before_and_after() {
    let learner = forked(Lang::En, (120, 36), "End");
    let (was, fork) = (travel(&learner), travel(&learner).fork().unwrap());
    assert_eq!(was.trace.verdict, Verdict::Delivered);
    let network = bench(&learner).network();
    assert_eq!(fork.now.trace, trace(network, was.trace.probe, &Rules::AWS));
    // Every hop of both stands in one row, in order.
    let of = |side: fn(&hanulgil::app::flight::Row) -> Option<usize>| -> Vec<usize> {
        fork.rows.iter().filter_map(side).collect()
    };
    assert_eq!(of(|row| row.was), (0..was.trace.hops.len()).collect::<Vec<_>>());
    assert_eq!(of(|row| row.now), (0..fork.now.trace.hops.len()).collect::<Vec<_>>());
    // They part where the group looked.
    let row = fork.rows[fork.parts];
    let (one, other) = (&was.trace.hops[row.was.unwrap()], &fork.now.trace.hops[row.now.unwrap()]);
    assert_eq!(one.place, other.place);
    assert!(one.packet_out != other.packet_out || one.decisive() != other.decisive());
    assert_eq!(other.place, fork.now.trace.verdict.dropped().unwrap().1);
}

#[test]
fn scrubbing_moves_both_and_undo_and_redo_tell_one_future_or_two() {
    let learner = forked(Lang::En, (120, 36), "Right Right");
    let hops = |learner: &Learner| {
        let travel = travel(learner);
        (travel.hop(), travel.fork().map(|fork| fork.now.hop()))
    };
    assert_eq!(hops(&learner), (2, Some(2)));
    let learner = learner.press("Right Right Right");
    assert_eq!(hops(&learner), (5, Some(3)), "the one that was dropped stays where it is");
    let learner = learner.press("u");
    assert_eq!(hops(&learner), (5, None), "{}", learner.screen());
    assert!(!travel(&learner).is_stale());
    let learner = learner.press("r");
    assert_eq!(hops(&learner), (5, Some(3)));
    // Kept, the new one is the only one; undone, the old one is what would be now.
    let learner = learner.press("s");
    assert_eq!(hops(&learner), (3, None));
    assert!(matches!(travel(&learner).trace.verdict, Verdict::Dropped { .. }));
    let learner = learner.press("u");
    let fork = travel(&learner).fork().unwrap();
    assert_eq!(fork.now.trace.verdict, Verdict::Delivered);
    assert_eq!(fork.open, None, "what did not arrive opened nothing");
}

#[test]
fn both_play_to_their_ends_and_land_once() {
    let learner = forked(Lang::En, (120, 36), "Right");
    let learner = learner.press("Enter").rested();
    assert!(travel(&learner).at_end(), "{}", learner.screen());
    assert_eq!(bench(&learner).sent().len(), 1);
}

#[test]
fn what_becomes_of_an_open_connection_is_told_truly() {
    // Let in by a rule for everybody: not remembered, and cut.
    let learner = forked(Lang::En, (120, 36), "End");
    assert_eq!(travel(&learner).fork().unwrap().open, Some(Open::Untracked));
    learner.see("untracked");
    // Let in by a narrower rule: remembered, and alive.
    let narrow = SHOP.replace("tcp 443 from 0.0.0.0/0", "tcp 443 from 203.0.113.0/24");
    let learner = over(&narrow, Lang::En, (120, 36)).press("4 Enter 1 End 1");
    let learner = learner.press("/ text:front Enter 2 x 4");
    assert_eq!(travel(&learner).fork().unwrap().open, Some(Open::LivesOn));
    learner.see("lives on");
    // A table remembers nothing.
    let learner = over(&narrow, Lang::Ko, (120, 36)).press("4 Enter 1 End 1");
    let learner = learner.press("/ text:⇉ Esc / text:pub Down Enter 2");
    let learner = learner.click("0.0.0.0/0").press("Esc x 4");
    let open = travel(&learner).fork().unwrap().open;
    assert!(matches!(open, Some(Open::Forgotten(_))), "{open:?}\n{}", learner.screen());
    learner.see("기억하지");
}

#[test]
fn a_change_that_does_not_touch_the_packet_leaves_it_one_future() {
    let learner = over(SHOP, Lang::En, (120, 36)).press("4 Enter 1 End 1");
    let learner = learner.press("/ text:spare Enter x Enter 4");
    assert!(travel(&learner).fork().is_none() && !travel(&learner).is_stale());
    assert_eq!(bench(&learner).focus(), Pane::Flight);
}

#[test]
fn the_two_ways_are_told_apart_by_sign_and_colour_on_the_map() {
    let learner = forked(Lang::En, (120, 36), "End").press("End");
    let glyph = hanulgil::ui::Glyph::UNICODE;
    let was = learner.cell(glyph.was);
    let now = learner.cell(glyph.wrong);
    assert_ne!(was.fg, now.fg);
}

#[test]
fn the_mouse_keeps_the_new_future() {
    for size in SIZES {
        let learner = forked(Lang::En, size, "End").press("Tab");
        let learner = learner.click(Lang::En.strings().futures.keep);
        assert!(travel(&learner).fork().is_none(), "{}", learner.screen());
        assert!(matches!(travel(&learner).trace.verdict, Verdict::Dropped { .. }));
    }
}

// ---------------------------------------------------------------- a failed zone

const ZONES: (&str, &str) = ("nat-gateway", "lab-11-nat-az-failure");

#[test]
fn a_goal_about_a_failed_zone_sends_its_packet_without_that_zone() {
    for lang in Lang::ALL {
        for size in SIZES {
            let name = |stop: &str| format!("{stop}-{lang}-{}x{}", size.0, size.1);
            let failed = (lang.strings().futures.zone_failed)("a");
            let learner = in_lab(ZONES, lang, size).press("3 Enter");
            insta::assert_snapshot!(name("zone-predict"), learner.screen());
            let learner = learner.see(&failed).press("3 1 End");
            insta::assert_snapshot!(name("zone-landed"), learner.screen());
            let whole = bench(&learner).network().clone();
            let sent = travel(&learner);
            assert_ne!(sent.network, whole);
            assert_eq!(sent.trace, trace(&sent.network, sent.trace.probe, &Rules::AWS));
            assert!(matches!(sent.trace.verdict, Verdict::Dropped { .. }));
            // In the whole network it was not sent, and so it is not lit.
            assert!(bench(&learner).sent().is_empty());
            let kept = learner.events.iter().any(|event| match event {
                hanulgil::journal::Event::PredictionCommitted { packet, .. } => {
                    packet.ends_with(" without a")
                }
                _ => false,
            });
            assert!(kept, "{:?}", learner.events);
            // Elsewhere the network is whole again.
            let learner = learner.press("1");
            assert_eq!(bench(&learner).failed_zone(), None);
            assert_eq!(*bench(&learner).drawn(), whole);
        }
    }
}

// ---------------------------------------------------------------- incidents

fn workshop(lang: Lang, (width, height): (u16, u16)) -> Learner {
    Learner::with(Pack::builtin(), lang, Look::default(), width, height).press("End Enter")
}

fn incident(learner: &Learner) -> &Incident {
    match &learner.model.screen {
        Screen::Incident(incident) => incident,
        _ => panic!("no incident:\n{}", learner.screen()),
    }
}

#[test]
fn an_incident_is_played_again_by_its_number() {
    for lang in Lang::ALL {
        for size in SIZES {
            let learner = workshop(lang, size).press("End Up Up Up Up Up");
            let learner = learner.press("5 1 4 3 9");
            let name = format!("incident-number-{lang}-{}x{}", size.0, size.1);
            insta::assert_snapshot!(name, learner.screen());
            let learner = learner.press("Backspace 6 Enter").see("51436");
            assert_eq!(incident(&learner).seed(), 51436);
            let same = Incident::open(Design::ALL[0].scene(), Level::One, 51436).unwrap();
            assert_eq!(incident(&learner).incident(), same.incident());
        }
    }
    // One that chance has drawn says its number.
    let learner = workshop(Lang::En, (120, 36)).press("End Enter");
    let seed = incident(&learner).seed();
    assert!((11_111..=99_999).contains(&seed), "{seed}");
    let faults = incident(&learner).incident().faults.clone();
    // Given up, it can be had again from its beginning.
    let learner = learner.press("Enter 3 End Enter").see("The same one").press("2");
    assert_eq!((incident(&learner).seed(), &incident(&learner).incident().faults), (seed, &faults));
    assert_eq!(incident(&learner).probes(), 0);
}

/// What counts of an incident.
fn state(learner: &Learner) -> impl PartialEq + std::fmt::Debug + use<> {
    let it = incident(learner);
    let (network, steps) = (it.bench().network().clone(), it.bench().steps());
    (it.seed(), it.probes(), it.seen().to_vec(), network, steps)
}

#[test]
fn an_incident_outlives_the_program() {
    for lang in Lang::ALL {
        let learner = workshop(lang, (80, 24)).press("End Up 7 7 Enter Enter 3 Enter Down Enter");
        let learner = learner.press("1 Down Down Delete Enter").press("3 Down Down Enter");
        let before = state(&learner);
        assert!(incident(&learner).probes() > 1);
        let learner = learner.restart().press("End Enter").see(lang.strings().workshop.resume);
        insta::assert_snapshot!(format!("incident-resume-{lang}"), learner.screen());
        let learner = learner.press("Home Enter");
        assert_eq!(state(&learner), before);
        // Given up, there is nothing to go on with.
        let learner = learner.press("3 End Enter Esc").restart().press("End Enter");
        learner.miss(lang.strings().workshop.resume);
    }
}

#[test]
fn an_incident_of_ones_own_design_outlives_the_program_too() {
    // A sandbox over a design keeps its name, but is not it any more.
    let learner = workshop(Lang::En, (120, 36)).press("Down Enter / text:nat-b Enter Delete Enter");
    let learner = learner.press("3 Down Enter Enter");
    let before = state(&learner);
    let design = incident(&learner).design().network.clone();
    assert_ne!(design, Design::ALL[0].scene().network);
    let learner = learner.press("3 Enter");
    let learner = learner.restart().press("End Enter Home Enter");
    assert_eq!(incident(&learner).design().network, design);
    assert_ne!(state(&learner), before, "it was asked once more");
    assert_eq!(incident(&learner).probes(), 1);
}
