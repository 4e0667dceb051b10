//! The map and the inspector of a bench: what they show, and what a frame does not do again.

#[allow(dead_code, reason = "shared with the tests of the other screens")]
#[path = "screens/learner.rs"]
mod learner;

use std::{borrow::Cow, sync::Arc, time::Duration};

use hanulgil::{
    app::{Look, Screen, bench::Bench, lesson::Lesson},
    course::{LessonId, Pack, Scene, design::Design},
    i18n::Lang,
};
use learner::Learner;

const LANGS: [Lang; 2] = [Lang::Ko, Lang::En];

/// What comes in from the internet, and from the office, goes to a firewall first. The firewall has
/// three addresses, two of them public.
const WALL: &str = r#"
[vpc.shop]
cidr = "10.0.0.0/16"
[internet_gateway.igw]
vpc = "shop"
route_table = "edge"
[virtual_private_gateway.vgw]
vpc = "shop"
route_table = "yard"
[route_table.edge]
vpc = "shop"
routes = ["10.0.1.0/24 -> fw"]
[route_table.yard]
vpc = "shop"
routes = ["10.0.1.0/24 -> fw"]
[subnet.wall]
cidr = "10.0.0.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> igw"]
[subnet.front]
cidr = "10.0.1.0/24"
zone = "a"
routes = ["0.0.0.0/0 -> fw"]
[security_group.open]
inbound = ["all from 0.0.0.0/0"]
[instance.fw]
subnet = "wall"
elastic_ip = "198.51.100.7"
further_addresses = ["10.0.0.11 -> 198.51.100.11", "10.0.0.12"]
security_groups = ["open"]
source_dest_check = false
forwarding = "inspects"
[instance.web]
subnet = "front"
elastic_ip = "198.51.100.8"
security_groups = ["open"]
listens = ["tcp 443"]
[host.client]
address = "203.0.113.9"
[packets]
visit = "client -> web tcp/443"
"#;

/// A learner in the sandbox over this scene.
fn over(scene: Scene, lang: Lang, motion: bool, (width, height): (u16, u16)) -> Learner {
    let look = Look { motion, ..Look::default() };
    let mut learner = Learner::with(Pack::builtin(), lang, look, width, height);
    learner.model.work_on(None, scene);
    learner.wait(Duration::ZERO)
}

fn scene(text: &str) -> Scene {
    let (scene, faults) = Scene::parse("wall.scene.toml", text);
    assert_eq!(faults, []);
    scene.unwrap()
}

fn bench(learner: &Learner) -> &Bench {
    match &learner.model.screen {
        Screen::Sandbox(sandbox) => sandbox.bench(),
        _ => panic!("no bench:\n{}", learner.screen()),
    }
}

/// A learner in a lesson, at a page.
fn reading(lesson: &str, page: usize, lang: Lang) -> Learner {
    let mut learner = Learner::with(Pack::builtin(), lang, Look::default(), 120, 36);
    let (lesson, _) = learner.model.course.lesson(&LessonId(lesson.into()));
    let lesson = Arc::new(lesson.unwrap());
    let lesson = Lesson::open(lesson, page, &learner.model.progress, &mut Vec::new());
    let home = std::mem::replace(&mut learner.model.screen, Screen::Lesson(Box::new(lesson)));
    learner.model.behind.push(home);
    learner.wait(Duration::ZERO)
}

/// A snapshot in both languages.
fn check(name: &str, size: (u16, u16), of: impl Fn(Lang) -> Learner) {
    for lang in LANGS {
        let (width, height) = size;
        let name = format!("{name}_{}_{width}x{height}", lang.code());
        insta::assert_snapshot!(name, of(lang).screen());
    }
}

// ---------------------------------------------------------------- what it shows

#[test]
fn the_well_known_designs_fit_beside_what_is_selected() {
    // Three VPCs side by side need more.
    for design in Design::ALL.into_iter().filter(|it| it.id != "hub-and-spoke") {
        let learner = over(design.scene(), Lang::Ko, false, (120, 36));
        let (width, height) = learner.model.seen.map;
        let canvas = bench(&learner).canvas(width, height);
        let fits = canvas.width <= width && canvas.height <= height;
        assert!(fits, "{}: {}x{}", design.id, canvas.width, canvas.height);
    }
}

#[test]
fn the_tables_of_gateways_lead_to_what_stands_behind_them() {
    check("map_edge_tables", (80, 24), |lang| over(scene(WALL), lang, false, (80, 24)));
    check("map_edge_tables", (120, 36), |lang| over(scene(WALL), lang, false, (120, 36)));
}

#[test]
fn what_a_gateway_sends_to_an_appliance_runs_along_the_wire_between_them() {
    let learner = over(scene(WALL), Lang::En, false, (120, 36));
    let learner = learner.press("4 1 Enter Right");
    let (x, y) = learner.find("╮   ║");
    // The lane from the gateway, and the firewall's side.
    let before = learner.buffer()[(x, y)].style();
    let mut learner = learner;
    for _ in 0..3 {
        learner = learner.press("Right");
    }
    assert_ne!(learner.buffer()[(x, y)].style(), before, "{}", learner.screen());
}

#[test]
fn every_public_address_is_told() {
    let learner = over(scene(WALL), Lang::En, false, (120, 36)).see("198.51.100.7 +1");
    learner.press("/ text:fw Enter 2").see("198.51.100.7").see("198.51.100.11");
    let list = over(scene(WALL), Lang::En, false, (120, 36)).press("t");
    list.see("198.51.100.7  ⇅ 198.51.100.11");
}

#[test]
fn what_is_joined_says_what_it_is() {
    let hub = || Design::ALL.into_iter().find(|it| it.id == "hub-and-spoke").unwrap().scene();
    let at = |lang, size| over(hub(), lang, false, size).press("/ text:hub Enter 2");
    check("inspector_transit_gateway", (80, 24), |lang| at(lang, (80, 24)));
    check("inspector_transit_gateway", (120, 36), |lang| at(lang, (120, 36)));
}

// ---------------------------------------------------------------- what a frame does not do again

#[test]
fn while_a_packet_travels_nothing_is_laid_out_and_no_way_is_walked() {
    for size in [(80, 24), (120, 36)] {
        let three = Design::ALL.into_iter().find(|it| it.id == "three-tier").unwrap().scene();
        let mut learner = over(three, Lang::Ko, true, size).press("4 1 1");
        let laid = bench(&learner).layouts();
        let mut frames = 0;
        while learner.model.wakes_in().is_some() && frames < 60 {
            learner = learner.wait(Duration::from_millis(125));
            let (bench, seen) = (bench(&learner), &learner.model.seen);
            for (width, height) in seen.rooms.iter().copied().chain([seen.map]) {
                let canvas = bench.canvas(width, height);
                assert!(matches!(canvas, Cow::Borrowed(_)), "{width}x{height} is laid out anew");
            }
            let canvas = bench.canvas(seen.map.0, seen.map.1);
            let travel = bench.flight().travel().unwrap();
            assert!(matches!(travel.roads(&canvas), Cow::Borrowed(_)), "ways are walked anew");
            frames += 1;
        }
        assert!(frames > 20, "{}", learner.screen());
        assert_eq!(bench(&learner).layouts(), laid);
    }
}

#[test]
fn a_key_lays_out_only_what_is_not_known() {
    let learner = over(scene(WALL), Lang::Ko, false, (120, 36));
    let laid = bench(&learner).layouts();
    let learner = learner.press("Right Down Tab 2 Down 1 Left").wait(Duration::from_secs(3));
    assert_eq!(bench(&learner).layouts(), laid);
    let learner = learner.resize(100, 30);
    assert!(bench(&learner).layouts() > laid);
}

#[test]
fn a_packet_on_a_page_walks_its_way_once() {
    let learner = reading("internet-gateway", 2, Lang::En).press("Tab Enter 1 1");
    let width = learner.model.seen.page;
    let Screen::Lesson(lesson) = &learner.model.screen else { unreachable!() };
    let flight = (0..4).find_map(|piece| lesson.flight(piece)?.travel());
    let travel = flight.unwrap_or_else(|| panic!("{}", learner.screen()));
    let canvas = travel.on_page(width);
    assert!(matches!(canvas, Cow::Borrowed(_)));
    assert!(matches!(travel.roads(&canvas), Cow::Borrowed(_)));
}

// ---------------------------------------------------------------- links

/// The page of a lesson that refers to another one.
fn referring(lang: Lang) -> Learner {
    let mut page = 0;
    loop {
        let learner = reading("vpc-the-fence", page, lang);
        let Screen::Lesson(lesson) = &learner.model.screen else { unreachable!() };
        if !lesson.lessons(lang).is_empty() {
            return learner;
        }
        page += 1;
        assert!(page < lesson.pages(lang).len(), "no page refers to a lesson");
    }
}

fn lesson_on_screen(learner: &Learner) -> &str {
    match &learner.model.screen {
        Screen::Lesson(lesson) => &lesson.lesson.id.0,
        _ => panic!("{}", learner.screen()),
    }
}

#[test]
fn a_lesson_that_a_page_refers_to_opens_by_key_and_by_click() {
    for (lang, title) in [(Lang::Ko, "인터넷 게이트웨이와"), (Lang::En, "Internet gateway and")]
    {
        let learner = referring(lang).press("g").see(title);
        let opened = learner.press("1");
        assert_eq!(lesson_on_screen(&opened), "internet-gateway");
        assert_eq!(lesson_on_screen(&opened.press("Esc")), "vpc-the-fence");
        let opened = referring(lang).press("End").click(title);
        assert_eq!(lesson_on_screen(&opened), "internet-gateway");
        let opened = referring(lang).press("g").click(title);
        assert_eq!(lesson_on_screen(&opened), "internet-gateway");
    }
    check("lesson_refers", (80, 24), |lang| referring(lang).resize(80, 24).press("g"));
}

#[test]
fn a_click_on_a_term_explains_the_terms_of_the_page() {
    for lang in LANGS {
        let learner = reading("vpc-the-fence", 1, lang);
        let underlined = |learner: &Learner, at| {
            let style = learner.buffer()[at].style();
            style.add_modifier.contains(ratatui::style::Modifier::UNDERLINED)
        };
        let words = &lang.strings().lesson;
        let (width, height) = learner.model.size;
        let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let at = all.into_iter().find(|at| underlined(&learner, *at));
        let (x, y) = at.unwrap_or_else(|| panic!("no term:\n{}", learner.screen()));
        learner.click_at(x, y).see(words.terms_title);
    }
}

// ---------------------------------------------------------------- home

#[test]
fn the_mark_that_home_goes_on_covers_no_word() {
    for (lang, minutes) in [(Lang::Ko, "분"), (Lang::En, "min")] {
        let learner = Learner::with(Pack::builtin(), lang, Look::default(), 80, 24);
        let screen = learner.screen();
        let line = screen.lines().find(|line| line.ends_with('▾')).expect(&screen);
        assert!(line.contains(&format!("{minutes} ")), "{screen}");
    }
}
