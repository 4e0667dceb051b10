//! What the screens show and do, without a terminal.

#[path = "screens/learner.rs"]
mod learner;

use hanulgil::i18n::Lang;
use learner::Learner;

#[test]
fn home_greets_whoever_is_new() {
    for lang in Lang::ALL {
        for (width, height) in [(60, 16), (80, 24), (120, 36), (200, 50)] {
            let learner = Learner::at(lang, width, height);
            insta::assert_snapshot!(format!("home-{lang}-{width}x{height}"), learner.screen());
        }
    }
}
