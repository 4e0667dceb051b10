//! The workshop as a learner meets it: built in, saved, broken on purpose, mended.

#[allow(dead_code, reason = "shared with the tests of the other screens")]
#[path = "screens/learner.rs"]
mod learner;

use std::{cell::RefCell, path::PathBuf, rc::Rc, time::Duration};

use hanulgil::{
    app::{
        self, Effect, Look, Msg, Screen,
        bench::Pane,
        incident::{Incident, Over, Sight},
        sandbox::Sandbox,
    },
    course::{Pack, Scene, design::Design, incident::Level},
    i18n::Lang,
    ui,
};
use learner::Learner;
use proptest::prelude::*;
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

fn at(lang: Lang, (width, height): (u16, u16)) -> Learner {
    Learner::with(Pack::builtin(), lang, Look::default(), width, height).press("End Enter")
}

fn sandbox(learner: &Learner) -> &Sandbox {
    match &learner.model.screen {
        Screen::Sandbox(sandbox) => sandbox,
        _ => panic!("no sandbox:\n{}", learner.screen()),
    }
}

fn incident(learner: &Learner) -> &Incident {
    match &learner.model.screen {
        Screen::Incident(incident) => incident,
        _ => panic!("no incident:\n{}", learner.screen()),
    }
}

#[test]
fn the_workshop_looks_the_same_in_both_languages_and_sizes() {
    for lang in Lang::ALL {
        for (width, height) in [(80, 24), (120, 36)] {
            let name = |part: &str| format!("{part}-{}-{width}x{height}", lang.code());
            let learner = at(lang, (width, height));
            insta::assert_snapshot!(name("workshop"), learner.screen());
            let learner = learner.press("Down Enter 3");
            insta::assert_snapshot!(name("sandbox"), learner.screen());
        }
    }
}

#[test]
fn every_row_of_the_workshop_opens_something_and_one_comes_back() {
    let rows = 1 + 2 * Design::ALL.len();
    for row in 0..rows {
        let mut learner = at(Lang::En, (120, 36));
        for _ in 0..row {
            learner = learner.press("Down");
        }
        let learner = learner.press("Enter");
        let here = matches!(learner.model.screen, Screen::Sandbox(_) | Screen::Incident(_));
        assert!(here, "row {row}:\n{}", learner.screen());
        let learner = learner.press("Esc Esc Esc");
        assert!(!matches!(learner.model.screen, Screen::Sandbox(_) | Screen::Incident(_)));
    }
}

#[test]
fn what_is_built_in_the_sandbox_can_be_saved_and_is_the_same_when_read() {
    let mut learner = at(Lang::En, (120, 36)).press("Down Enter");
    let effects = {
        let key = app::Key::plain(app::KeyCode::F(4));
        app::update(&mut learner.model, Msg::Key(key))
    };
    let [Effect::SaveScene { path: None, name, text, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(name, "two-zone-web");
    let (scene, faults) = Scene::parse("two-zone-web.scene.toml", text);
    assert_eq!(faults, []);
    let scene = scene.unwrap();
    assert_eq!(scene.network, *sandbox(&learner).bench().network());
    assert_eq!(scene.packets.len(), Design::ALL[0].scene().packets.len());
    // It is told where.
    app::update(&mut learner.model, Msg::Saved(PathBuf::from("my/two-zone-web.scene.toml")));
    learner.wait(std::time::Duration::ZERO).see("Saved to my/two-zone-web.scene.toml");
}

#[test]
fn a_file_is_not_left_with_changes_that_it_does_not_have() {
    let mut learner = at(Lang::En, (120, 36));
    let text = "[vpc.main]\ncidr = \"10.0.0.0/16\"\n\n[internet_gateway.igw]\n".to_owned();
    let path = PathBuf::from("own.scene.toml");
    app::update(&mut learner.model, Msg::Opened(path.clone(), text));
    let learner = learner.wait(std::time::Duration::ZERO);
    assert!(!sandbox(&learner).is_unsaved());
    // The gateway is attached.
    let learner = learner.press("Enter").click("+ Attach igw");
    assert!(sandbox(&learner).is_unsaved(), "{}", learner.screen());
    let mut learner = learner.press("Esc Esc").see("Leave without saving?").press("Enter");
    app::update(&mut learner.model, Msg::Saved(path));
    let learner = learner.wait(std::time::Duration::ZERO);
    assert!(matches!(learner.model.screen, Screen::Workshop(_)), "saved, and left");
}

#[test]
fn a_file_that_is_no_scene_is_said_to_be_none_and_changes_nothing() {
    let mut learner = at(Lang::Ko, (120, 36));
    let text = "[vpc.main]\ncidr = \"10.0.0.0/40\"\n\u{1b}[31m".to_owned();
    app::update(&mut learner.model, Msg::Opened(PathBuf::from("bad.scene.toml"), text));
    let learner = learner.wait(std::time::Duration::ZERO).see("장면을 읽을 수 없습니다");
    assert!(matches!(learner.model.screen, Screen::Workshop(_)));
}

#[test]
fn an_incident_tells_symptoms_counts_probes_and_ends_when_all_works() {
    let mut learner = at(Lang::En, (120, 36));
    let design = Design::ALL[0].scene();
    let started = Incident::open(design, Level::One, 11).unwrap();
    learner.model.screen = Screen::Incident(Box::new(started));
    let learner = learner.wait(std::time::Duration::ZERO).see("These complaints came in:");
    let learner = learner.press("Enter 3 Enter");
    assert_eq!(incident(&learner).probes(), 1);
    assert_ne!(incident(&learner).seen()[0].1, Sight::Stale);
    assert!(incident(&learner).bench().board().is_none());
    assert!(incident(&learner).bench().lights().is_empty());
    // Nothing of the way is shown for a probe; the analyzer shows it, and costs more.
    assert!(incident(&learner).bench().flight().travel().is_none());
    let learner = learner.click("Show the whole way");
    assert_eq!(incident(&learner).probes(), 4);
    assert!(incident(&learner).bench().flight().travel().is_some());
    let mut learner = learner.press("Esc Esc");
    // Mended, taken back, and done again by the learner: over only then.
    let way = incident(&learner).incident().way.clone();
    let Screen::Incident(open) = &mut learner.model.screen else { unreachable!() };
    open.make(&way, &mut Vec::new());
    let learner = learner.press("u");
    assert_eq!(incident(&learner).over(), Over::No);
    let learner = learner.press("r").see("Everything works again").see("Somebody had done this:");
    assert_eq!(incident(&learner).over(), Over::Mended);
}

#[test]
fn whoever_gives_up_is_told_what_was_broken() {
    let mut learner = at(Lang::Ko, (80, 24));
    let started = Incident::open(Design::ALL[1].scene(), Level::Two, 5).unwrap();
    learner.model.screen = Screen::Incident(Box::new(started));
    let learner = learner.wait(std::time::Duration::ZERO).press("Enter 3 End Enter");
    let learner = learner.see("고장은 이것이었습니다");
    assert_eq!(incident(&learner).over(), Over::GivenUp);
    assert_eq!(incident(&learner).bench().focus(), Pane::Task);
}

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
fn a_packet_that_moves_here_writes_little_and_seldom_and_then_nothing_moves() {
    let packet_sent = at(Lang::Ko, (120, 36)).press("Down Enter 4 1 1");
    let mut mending = at(Lang::Ko, (120, 36));
    let started = Incident::open(Design::ALL[0].scene(), Level::One, 11).unwrap();
    mending.model.screen = Screen::Incident(Box::new(started));
    let shown = mending.wait(Duration::ZERO).press("Enter 3 Enter");
    let shown = shown.click("방금 보낸 패킷을 경로 분석기로 보기");
    for mut learner in [packet_sent, shown] {
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 120, 36));
        let backend = CrosstermBackend::new(wire.clone());
        let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
        terminal.draw(|frame| drop(ui::draw(&learner.model, frame))).unwrap();
        let (mut frames, mut most) = (0, 0);
        while let Some(time) = learner.model.wakes_in() {
            assert!(time > Duration::from_millis(83), "{time:?}");
            learner = learner.wait(time);
            wire.0.borrow_mut().clear();
            terminal.draw(|frame| drop(ui::draw(&learner.model, frame))).unwrap();
            most = most.max(wire.0.borrow().len());
            frames += 1;
            assert!(frames < 10_000, "it never rests");
        }
        assert!(frames > 20, "it did not fly:\n{}", learner.screen());
        assert!(most <= 4096, "a frame of {most} bytes");
        // The same frame again is nothing.
        wire.0.borrow_mut().clear();
        terminal.draw(|frame| drop(ui::draw(&learner.model, frame))).unwrap();
        let again = wire.0.borrow().len();
        assert!(again < 64, "{again} bytes for nothing");
    }
}

fn keys() -> impl Strategy<Value = String> {
    let keys =
        "Enter Esc Tab Up Down Left Right 1 2 3 4 5 u r h g t i s x + - End Home F4 F8 Space n w";
    let keys: Vec<&str> = keys.split(' ').collect();
    proptest::collection::vec(proptest::sample::select(keys), 1..40).prop_map(|keys| keys.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_one_presses_breaks_the_workshop(
        row in 0..1 + 2 * Design::ALL.len(),
        keys in keys(),
        ko in any::<bool>(),
        wide in any::<bool>(),
    ) {
        let lang = if ko { Lang::Ko } else { Lang::En };
        let mut learner = at(lang, if wide { (120, 36) } else { (80, 24) });
        for _ in 0..row {
            learner = learner.press("Down");
        }
        // The learner checks every frame: borders, widths, nothing outside.
        learner.press("Enter").press(&keys);
    }
}
