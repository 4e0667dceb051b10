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
            Bench,
            outlook::{Comes, Outlook, Turns},
        },
        incident::Incident,
        lab::Lab,
    },
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
