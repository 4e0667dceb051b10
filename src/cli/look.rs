//! What the terminal can do, found out from the environment.

use super::arguments::Options;
use crate::app::{Colors, Look};

/// How the screen may look here.
pub fn look(options: &Options, environment: impl Fn(&str) -> Option<String>) -> Look {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    let terminal = set("TERM").unwrap_or_default();
    let colors = if set("NO_COLOR").is_some() || terminal == "dumb" {
        Colors::None
    } else if set("COLORTERM").is_some_and(|it| it == "truecolor" || it == "24bit") {
        Colors::Full
    } else {
        Colors::Sixteen
    };
    // `COLORFGBG=0;15`: the last number is the background, 7 and 15 are white.
    let light = set("COLORFGBG")
        .and_then(|it| it.rsplit(';').next()?.parse::<u8>().ok())
        .is_some_and(|background| matches!(background, 7 | 15));
    Look {
        colors,
        light: options.light || light,
        // The Linux console's font has no signs beyond its own.
        ascii: options.ascii || terminal == "linux",
        motion: !options.no_motion,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Options = Options {
        pack: None,
        data: None,
        ascii: false,
        light: false,
        no_motion: false,
        no_mouse: false,
    };

    fn here(variables: &[(&str, &str)]) -> Look {
        look(&NOTHING, |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colours_are_those_that_the_terminal_has_and_the_person_wants() {
        assert_eq!(here(&[]).colors, Colors::Sixteen);
        assert_eq!(here(&[("COLORTERM", "truecolor")]).colors, Colors::Full);
        assert_eq!(here(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")]).colors, Colors::None);
        assert_eq!(here(&[("NO_COLOR", "")]).colors, Colors::Sixteen);
        assert_eq!(here(&[("TERM", "dumb")]).colors, Colors::None);
    }

    #[test]
    fn a_light_background_is_noticed() {
        assert!(here(&[("COLORFGBG", "0;15")]).light);
        assert!(here(&[("COLORFGBG", "0;default;7")]).light);
        assert!(!here(&[("COLORFGBG", "15;0")]).light);
        assert!(!here(&[("COLORFGBG", "rubbish")]).light);
    }

    #[test]
    fn the_linux_console_gets_ascii() {
        assert!(here(&[("TERM", "linux")]).ascii);
        assert!(!here(&[("TERM", "xterm-256color")]).ascii);
    }
}
