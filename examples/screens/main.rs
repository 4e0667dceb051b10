//! Draws real screens of the program as SVG pictures: `cargo run --example screens`.
//!
//! The pictures in `assets/` come from here, so that they show what the program shows. Every
//! letter is placed on its cell by itself: Hangul takes two cells whatever font a reader has.

#[path = "../../tests/screens/learner.rs"]
#[expect(dead_code, reason = "it can do more than is needed here")]
mod learner;

use std::{fs, path::Path, sync::Arc, time::Duration};

use hanulgil::{
    app::{Colors, Look, Screen, lab::Lab},
    course::{LabId, LessonId, Pack},
    i18n::Lang,
    ui::svg::{self, Paper},
};
use learner::Learner;

/// A learner on the home screen, without motion: a packet is followed step by step.
fn learner(lang: Lang, width: u16, height: u16) -> Learner {
    let look = Look { colors: Colors::Full, motion: false, ..Look::default() };
    Learner::with(Pack::builtin(), lang, look, width, height)
}

/// A learner in a lesson, who then presses these keys.
fn in_lesson(lesson: &str, keys: &str, lang: Lang, width: u16, height: u16) -> Learner {
    let learner = learner(lang, width, height);
    let at = learner.model.course.lessons().position(|entry| entry.id.0 == lesson);
    let at = at.unwrap_or_else(|| panic!("there is no lesson `{lesson}`"));
    learner.press(&"Down ".repeat(at)).press("Enter").press(keys)
}

/// A name, and how to get there.
type Picture = (&'static str, fn(Lang) -> Learner);

/// A learner in a lab, who then presses these keys.
fn in_lab(lesson: &str, lab: &str, keys: &str, lang: Lang, width: u16, height: u16) -> Learner {
    let mut learner = learner(lang, width, height);
    let (found, _) = learner.model.course.lesson(&LessonId(lesson.into()));
    let found = Arc::new(found.unwrap_or_else(|| panic!("there is no lesson `{lesson}`")));
    let lab = Lab::open(&found, &LabId(lab.into()), &learner.model.progress)
        .unwrap_or_else(|| panic!("there is no lab `{lab}`"));
    let home = std::mem::replace(&mut learner.model.screen, Screen::Lab(Box::new(lab)));
    learner.model.behind.push(home);
    learner.wait(Duration::ZERO).press(keys)
}

/// Attach the gateway, add the route, give the address; then the first packet, nine hops far.
const SOLVED: &str = "Enter Up Enter Enter \
    1 Down Down Down Down Enter Enter Enter Enter \
    1 Up Enter Down Enter \
    2 1 4 Enter 1 Right Right Right Right Right Right";

const PICTURES: &[Picture] = &[
    ("lab", |lang| in_lab("internet-gateway", "lab-02-open-the-gate", SOLVED, lang, 110, 34)),
    ("home", |lang| learner(lang, 100, 30)),
    ("lesson", |lang| in_lesson("vpc-the-fence", "Right Right Right", lang, 100, 30)),
    ("question", |lang| in_lesson("internet-gateway", "Right Tab Enter 3 Enter", lang, 100, 30)),
    ("flight", |lang| {
        let keys = "Right Right Right Right Tab Enter 1 1 Right Right Right";
        in_lesson("internet-gateway", keys, lang, 100, 38)
    }),
];

fn main() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    fs::create_dir_all(&assets).expect("the folder for pictures can be made");
    for (name, reach) in PICTURES {
        for lang in Lang::ALL {
            let learner = reach(lang).rested();
            let path = assets.join(format!("{name}.{lang}.svg"));
            let paper = Paper { window: true, ..Paper::default() };
            fs::write(&path, svg::picture(learner.buffer(), paper, name))
                .expect("the picture can be written");
            println!("{}", path.file_name().unwrap().to_string_lossy());
        }
    }
}
