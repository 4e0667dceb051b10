//! Draws real screens of the program as SVG pictures: `cargo run --example screens`.
//!
//! The pictures in `assets/` come from here, so that they show what the program shows. Every
//! letter is placed on its cell by itself: Hangul takes two cells whatever font a reader has.

#[path = "../../tests/screens/learner.rs"]
#[expect(dead_code, reason = "it can do more than is needed here")]
mod learner;
mod svg;

use std::{fs, path::Path};

use hanulgil::{
    app::{Colors, Look},
    course::Pack,
    i18n::Lang,
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

const PICTURES: &[Picture] = &[
    ("home", |lang| learner(lang, 100, 30)),
    ("lesson", |lang| in_lesson("vpc-the-fence", "4", lang, 100, 30)),
    ("question", |lang| in_lesson("internet-gateway", "2 Tab Enter 3 Enter", lang, 100, 30)),
    ("flight", |lang| {
        in_lesson("internet-gateway", "5 Tab Enter 1 1 Right Right Right", lang, 100, 38)
    }),
];

fn main() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    fs::create_dir_all(&assets).expect("the folder for pictures can be made");
    for (name, reach) in PICTURES {
        for lang in Lang::ALL {
            let learner = reach(lang).rested();
            let path = assets.join(format!("{name}.{lang}.svg"));
            fs::write(&path, svg::picture(learner.buffer())).expect("the picture can be written");
            println!("{}", path.file_name().unwrap().to_string_lossy());
        }
    }
}
