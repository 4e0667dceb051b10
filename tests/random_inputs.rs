//! Random keys, clicks, drags, pastes and resizes from a seed, over every screen: nothing panics,
//! nothing is drawn outside or broken, and what was changed can be taken back to the start.
//!
//! `HANULGIL_INPUTS=1000000 cargo test --release --test random_inputs` goes on for longer;
//! `HANULGIL_SEED=7` tries one session again, the one that a failure names.

#[allow(dead_code, reason = "shared with the tests of the other screens")]
#[path = "screens/learner.rs"]
mod learner;

use std::{sync::Arc, time::Duration};

use fastrand::Rng;
use hanulgil::{
    app::{
        Area, Colors, Look, MouseKind, Screen, Target,
        bench::{Bench, Pane, View},
        incident::Incident,
        lab::Lab,
        sandbox::Sandbox,
    },
    cloud::Network,
    course::{Course, LabId, LessonId, Pack, design::Design, incident::Level},
    i18n::Lang,
    ui::Skin,
};
use learner::Learner;

/// How many inputs a session has.
const SESSION: u64 = 400;

/// How many inputs there are when nobody asks for more.
const USUAL: u64 = 2_000;

/// Where a session begins, and where it goes back to when it has wandered off.
#[derive(Debug, Clone)]
enum Place {
    /// The whole program, from home.
    Home,
    /// A lesson.
    Lesson(LessonId),
    /// A lab.
    Lab(LessonId, LabId),
    /// A sandbox over a design, or nothing.
    Sandbox(Option<usize>),
    /// An incident.
    Incident(usize, Level, u64),
}

/// Says which session it was when something panics in it.
struct Session {
    seed: u64,
    place: Place,
    done: Vec<String>,
}

impl Drop for Session {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let from = self.done.len().saturating_sub(25);
            eprintln!(
                "session HANULGIL_SEED={} in {:?}, after {} inputs, the last: {:?}",
                self.seed,
                self.place,
                self.done.len(),
                &self.done[from..]
            );
        }
    }
}

fn any<T: Clone>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())].clone()
}

const KEYS: &str = "Up Up Up Down Down Down Down Left Left Right Right Enter Enter Enter Enter \
    Enter Esc Tab Tab BackTab Space Space Home End PgUp PgDn Backspace Delete \
    n n w w u r c v d x / + - t i p s a h g m l ? k j 1 2 3 4 5 6 7 8 9 \
    F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 C-s C-r C-z C-y C-d C-u ㅓ ㅣ ㅜ 라 한 한 글 e 0 . , @";

const PASTES: [&str; 8] = [
    "10.0.0.0/16",
    "한글을 붙여 넣습니다",
    "\u{1b}[31mred\u{7}",
    "a\u{301}\u{200d}\u{fe0f}",
    "internet",
    "",
    "가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라마바사아자차카타파하",
    "0.0.0.0/0\n10.0.0.0/8\n",
];

fn size(rng: &mut Rng) -> (u16, u16) {
    match rng.u8(..12) {
        0 => (rng.u16(1..60), rng.u16(1..16)),
        1..=3 => (80, 24),
        4..=5 => (120, 36),
        6 => (200, 50),
        7 => (60, 16),
        _ => (rng.u16(60..181), rng.u16(16..56)),
    }
}

/// A cell: mostly of something that can be hit.
fn cell(learner: &Learner, rng: &mut Rng) -> (u16, u16) {
    let hits = &learner.model.seen.hits;
    let (width, height) = learner.model.size;
    if hits.is_empty() || rng.u8(..10) < 2 {
        // Terminals tell of cells that are gone, too.
        return (rng.u16(..width + 2), rng.u16(..height + 2));
    }
    let (area, _) = hits[rng.usize(..hits.len())];
    (area.x + rng.u16(..area.width.max(1)), area.y + rng.u16(..area.height.max(1)))
}

/// One input; answers what it was.
fn step(mut learner: Learner, rng: &mut Rng, keys: &[&str]) -> (Learner, String) {
    match rng.u8(..100) {
        0..62 => {
            let key = any(rng, keys);
            (learner.press(key), key.to_owned())
        }
        62..80 => {
            let (x, y) = cell(&learner, rng);
            (learner.click_at(x, y), format!("click:{x},{y}"))
        }
        80..88 => {
            let (from, to) = (cell(&learner, rng), cell(&learner, rng));
            (learner.hold(from, to).drop_at(to), format!("drag:{from:?}>{to:?}"))
        }
        88..90 => {
            // Pieces of drags that do not go together.
            let kinds = [MouseKind::Down, MouseKind::Drag, MouseKind::Up, MouseKind::Move];
            let (kind, at) = (any(rng, &kinds), cell(&learner, rng));
            learner.mouse(kind, at);
            (learner, format!("{kind:?}:{at:?}"))
        }
        90..94 => {
            let kind = any(rng, &[MouseKind::WheelUp, MouseKind::WheelDown]);
            let at = cell(&learner, rng);
            learner.mouse(kind, at);
            (learner, format!("{kind:?}:{at:?}"))
        }
        94..96 => {
            let (width, height) = size(rng);
            (learner.resize(width, height), format!("resize:{width}x{height}"))
        }
        96..97 => {
            let text = any(rng, &PASTES);
            (learner.paste(text), format!("paste:{text:?}"))
        }
        _ => {
            let time = Duration::from_millis(any(rng, &[1, 40, 83, 400, 5_000]));
            (learner.wait(time), format!("wait:{time:?}"))
        }
    }
}

fn bench(learner: &Learner) -> Option<&Bench> {
    match &learner.model.screen {
        Screen::Lab(lab) => Some(lab.bench()),
        Screen::Sandbox(sandbox) => Some(sandbox.bench()),
        Screen::Incident(incident) => Some(incident.bench()),
        _ => None,
    }
}

/// Goes where a session is to be.
fn go(mut learner: Learner, place: &Place) -> Learner {
    let lesson = |learner: &Learner, id: &LessonId| {
        Arc::new(learner.model.course.lesson(id).0.expect("the lesson is there"))
    };
    let screen = match place {
        Place::Home => return learner,
        Place::Lesson(id) => {
            let lesson = lesson(&learner, id);
            Screen::Lesson(Box::new(hanulgil::app::lesson::Lesson::open(
                lesson,
                0,
                &learner.model.progress,
                &mut Vec::new(),
            )))
        }
        Place::Lab(id, lab) => {
            let lesson = lesson(&learner, id);
            let lab = Lab::open(&lesson, lab, &learner.model.progress);
            Screen::Lab(Box::new(lab.expect("the lab is there")))
        }
        Place::Sandbox(design) => {
            Screen::Sandbox(Box::new(Sandbox::open(*design, &learner.model.progress)))
        }
        Place::Incident(design, level, seed) => {
            let incident = Incident::open(Design::ALL[*design].scene(), *level, *seed);
            Screen::Incident(Box::new(incident.expect("it can be broken")))
        }
    };
    let before = std::mem::replace(&mut learner.model.screen, screen);
    // What one comes back to is home: screens are not to pile up.
    if let Screen::Home(_) = before {
        learner.model.behind = vec![before];
    }
    learner.model.modal = None;
    learner.wait(Duration::ZERO)
}

/// Has the session left its place for good?
fn is_away(learner: &Learner, place: &Place) -> bool {
    match place {
        Place::Home => false,
        Place::Lesson(_) => {
            matches!(learner.model.screen, Screen::Home(_) | Screen::Workshop(_))
        }
        _ => bench(learner).is_none(),
    }
}

/// What the network of a bench was before anything was done to it.
fn start(learner: &Learner) -> Option<Network> {
    match &learner.model.screen {
        Screen::Lab(lab) => Some(lab.lab().scene.network.clone()),
        Screen::Sandbox(sandbox) => match sandbox.of() {
            hanulgil::app::sandbox::Of::Nothing => Some(Network::new()),
            hanulgil::app::sandbox::Of::Design(at) => Some(Design::ALL[*at].scene().network),
            hanulgil::app::sandbox::Of::File(_) => None,
        },
        Screen::Incident(incident) => Some(incident.incident().network.clone()),
        _ => None,
    }
}

/// Is a box open on top of the bench?
fn has_panel(learner: &Learner) -> bool {
    match &learner.model.screen {
        Screen::Lab(lab) => lab.panel().is_some(),
        Screen::Sandbox(sandbox) => sandbox.panel().is_some(),
        Screen::Incident(incident) => incident.panel().is_some(),
        _ => false,
    }
}

/// Takes everything back with the keyboard, and looks whether that is the start.
fn take_back(mut learner: Learner) -> Learner {
    let Some(start) = start(&learner) else { return learner };
    learner = learner.resize(100, 30);
    learner.model.modal = None;
    learner.model.notice = None;
    for _ in 0..12 {
        let Some(here) = bench(&learner) else { return learner };
        let calm = !here.is_asking() && here.board().is_none();
        if calm && !has_panel(&learner) {
            break;
        }
        learner = learner.press("Esc");
    }
    for _ in 0..8 {
        match bench(&learner) {
            Some(here) if here.focus() == Pane::Map => break,
            Some(_) => learner = learner.press("Esc"),
            None => return learner,
        }
    }
    while let Some((done, _)) = bench(&learner).map(Bench::steps) {
        if done == 0 {
            break;
        }
        // A step back may solve a lab again, which says so in a box.
        if has_panel(&learner) {
            learner = learner.press("Esc");
        }
        learner = learner.press("u");
        let after = bench(&learner).map(Bench::steps).map(|(done, _)| done);
        assert_eq!(after, Some(done - 1), "`u` takes no step back:\n{}", learner.screen());
    }
    let here = bench(&learner).expect("one is still there");
    assert!(*here.network() == start, "not the start:\n{}", learner.screen());
    learner
}

/// Every letter is whole and on the screen, so are the cursor and what the mouse may hit.
fn is_whole(learner: &Learner) {
    let buffer = learner.buffer();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(!symbol.chars().any(char::is_control), "{symbol:?} at {x},{y}");
            let cells = hanulgil::text::width::width(symbol).max(1) as u16;
            let fits = x + cells <= buffer.area.width;
            assert!(fits, "{symbol} hangs over the edge at {x},{y}:\n{}", learner.screen());
            x += cells;
        }
    }
    if let Some((x, y)) = learner.cursor() {
        assert!(x < buffer.area.width && y < buffer.area.height, "the cursor is at {x},{y}");
    }
    for (area, target) in &learner.model.seen.hits {
        let fits =
            area.x + area.width <= buffer.area.width && area.y + area.height <= buffer.area.height;
        assert!(fits, "{target:?} at {area:?} is not on the screen:\n{}", learner.screen());
    }
}

/// The borders of boxes and panes have no gaps.
fn is_bordered(learner: &Learner) {
    let hits = &learner.model.seen.hits;
    let skin = Skin::new(learner.model.look, learner.model.lang);
    let glyph = skin.glyph;
    let buffer = learner.buffer();
    let fail = |what: &str, x: u16, y: u16| {
        let found = buffer[(x, y)].symbol();
        panic!("{what} is broken at {x},{y} by {found:?}:\n{}", learner.screen());
    };
    // A box over the screen: all of its border, but for what scrolls.
    let popup = hits.iter().rev().find(|(_, target)| *target == Target::Box).map(|(area, _)| *area);
    if let Some(area) = popup {
        let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
        let corners = [
            (area.x, area.y, glyph.border.top_left),
            (right, area.y, glyph.border.top_right),
            (area.x, bottom, glyph.border.bottom_left),
            (right, bottom, glyph.border.bottom_right),
        ];
        for (x, y, corner) in corners {
            if buffer[(x, y)].symbol() != corner {
                fail("the corner of a box", x, y);
            }
        }
        let marks = [glyph.border.vertical_right, glyph.track, glyph.thumb, glyph.up, glyph.down];
        for y in area.y + 1..bottom {
            if buffer[(area.x, y)].symbol() != glyph.border.vertical_left {
                fail("the left side of a box", area.x, y);
            }
            if !marks.contains(&buffer[(right, y)].symbol()) {
                fail("the right side of a box", right, y);
            }
        }
        return;
    }
    let Some(bench) = bench(learner) else { return };
    if bench.board().is_some() {
        return;
    }
    let seen = &learner.model.seen;
    let map: Option<Area> = hits
        .iter()
        .filter(|(area, target)| *target == Target::Pane(Pane::Map) && area.height > 1)
        .map(|(area, _)| *area)
        .next();
    let Some(mut map) = map else { return };
    // Between the map and what stands beside it.
    if seen.wide {
        for y in map.y..map.y + map.height {
            if buffer[(map.x + map.width, y)].symbol() != glyph.quote {
                fail("the line beside the map", map.x + map.width, y);
            }
        }
    }
    if bench.view() == View::List || bench.is_list(map.width, map.height) {
        return;
    }
    let lit = bench.lights().iter().any(|light| light.now.is_some());
    if lit && map.height >= 8 && !bench.is_flying() {
        map.height -= 1;
    }
    let canvas = bench.canvas(map.width, map.height);
    let at = bench.window(&canvas, map.width, map.height);
    let shift = (
        map.x + map.width.saturating_sub(canvas.width) / 2,
        map.y + map.height.saturating_sub(canvas.height) / 3,
    );
    let signs = [
        glyph.pointer,
        glyph.packet,
        glyph.reply,
        glyph.arrow,
        glyph.arrow_back,
        glyph.up,
        glyph.down,
        glyph.wrong,
        glyph.right,
        glyph.instance,
        glyph.dot,
        glyph.more,
    ];
    let upright: Vec<&str> = [glyph.border, glyph.fence, glyph.zone]
        .iter()
        .flat_map(|set| {
            [
                set.vertical_left,
                set.vertical_right,
                set.top_left,
                set.top_right,
                set.bottom_left,
                set.bottom_right,
            ]
        })
        .chain(glyph.wires)
        .chain(signs)
        .collect();
    for node in canvas.nodes.iter().filter(|node| node.area.width > 2 && node.area.height > 2) {
        let Area { x, y, width, height } = node.area;
        for row in y..y + height {
            for column in [x, x + width - 1] {
                let on = |at: u16, start: u16, cells: u16| {
                    at.checked_sub(start).filter(|it| *it < cells)
                };
                let (Some(column), Some(row)) =
                    (on(column, at.0, map.width), on(row, at.1, map.height))
                else {
                    continue;
                };
                let (x, y) = (shift.0 + column, shift.1 + row);
                if y >= map.y + map.height || x >= map.x + map.width {
                    continue;
                }
                if !upright.contains(&buffer[(x, y)].symbol()) {
                    fail(&format!("the side of {:?}", node.spot), x, y);
                }
            }
        }
    }
}

fn session(seed: u64, inputs: u64, places: &[Place], keys: &[&str]) {
    let mut rng = Rng::with_seed(seed);
    let look = Look {
        colors: any(&mut rng, &[Colors::None, Colors::Sixteen, Colors::Full]),
        light: rng.bool(),
        ascii: rng.u8(..4) == 0,
        motion: rng.u8(..4) > 0,
    };
    let place = places[seed as usize % places.len()].clone();
    let (width, height) = size(&mut rng);
    let lang = if rng.bool() { Lang::Ko } else { Lang::En };
    let mut told = Session { seed, place: place.clone(), done: Vec::new() };
    let mut learner = Learner::with(Pack::builtin(), lang, look, width, height);
    learner = go(learner, &place);
    for _ in 0..inputs {
        let (next, did) = step(learner, &mut rng, keys);
        learner = next;
        told.done.push(did);
        is_whole(&learner);
        is_bordered(&learner);
        learner.has_quit = false;
        if is_away(&learner, &place) {
            told.done.push("go".to_owned());
            learner = go(learner, &place);
        }
    }
    take_back(learner);
}

/// Everywhere a session may begin: the benches more often than the rest.
fn places() -> Vec<Place> {
    let (course, _) = Course::open(Pack::builtin());
    let mut places = vec![Place::Home];
    let mut labs = Vec::new();
    for entry in course.lessons() {
        places.push(Place::Lesson(entry.id.clone()));
        let lesson = course.lesson(&entry.id).0.expect("the lesson is there");
        labs.extend(lesson.labs.iter().map(|lab| Place::Lab(entry.id.clone(), lab.id.clone())));
    }
    let designs = 0..Design::ALL.len();
    let sandboxes = designs.clone().map(|at| Place::Sandbox(Some(at)));
    let sandboxes = sandboxes.chain((0..4).map(|_| Place::Sandbox(None)));
    let sandboxes: Vec<_> = sandboxes.collect();
    let incidents = designs.flat_map(|at| {
        Level::ALL
            .into_iter()
            .enumerate()
            .map(move |(n, level)| Place::Incident(at, level, 11 + n as u64))
    });
    places.extend(labs);
    places.extend(incidents);
    places.extend(sandboxes.iter().cloned());
    places.extend(sandboxes);
    // The order decides what a short run sees: something of everything.
    Rng::with_seed(4).shuffle(&mut places);
    places
}

#[test]
fn nothing_that_one_does_breaks_a_screen_and_all_of_it_can_be_taken_back() {
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let places = places();
    let keys: Vec<&str> = KEYS.split_whitespace().collect();
    if let Some(seed) = number("HANULGIL_SEED") {
        session(seed, SESSION, &places, &keys);
        return;
    }
    let inputs = number("HANULGIL_INPUTS").unwrap_or(USUAL);
    for seed in 0..inputs.div_ceil(SESSION) {
        session(seed, SESSION, &places, &keys);
        // A long run says how far it is.
        let done = (seed + 1) * SESSION;
        if inputs > USUAL && done.is_multiple_of(20_000) {
            eprintln!("{done} inputs");
        }
    }
}
