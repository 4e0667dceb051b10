//! `hanulgil check`: looks a pack over.

use std::{io, path::Path};

use super::{FAULTS, FINE, NOT, arguments, colour, complain, print, printable, tell_faults};
use crate::{
    course::{Course, Pack, Severity, check, pack::PackError},
    i18n::Lang,
};

/// Checks the pack, and answers with the exit status.
pub fn check(request: &arguments::Check, lang: Lang) -> u8 {
    let words = &lang.strings().cli;
    let pack = match open(request.dir.as_deref(), lang) {
        Ok(pack) => pack,
        Err(why) => return complain(lang, &why),
    };
    let faults = check::check(&pack);
    if request.json {
        let lines = faults.iter().map(|fault| format!("{}\n", fault.to_json(&pack.files, lang)));
        print(&lines.collect::<String>());
    } else {
        let most = if request.all { usize::MAX } else { FAULTS };
        let mut text = tell_faults(&pack.files, &faults, most, lang, colour(&io::stdout()));
        let count = |severity| faults.iter().filter(|it| it.severity == severity).count();
        let (course, _) = Course::open(pack);
        text.push_str(&match faults.len() {
            0 => (words.check_fine)(course.lessons().count()),
            _ => (words.check_found)(count(Severity::Error), count(Severity::Warning)),
        });
        text.push('\n');
        print(&text);
    }
    if faults.is_empty() { FINE } else { NOT }
}

/// Opens the pack in this folder, or the built-in one; or says why that cannot be done.
pub fn open(dir: Option<&Path>, lang: Lang) -> Result<Pack, String> {
    let words = &lang.strings().cli;
    let shown = |path: &Path| printable(&path.to_string_lossy());
    let Some(dir) = dir else { return Ok(Pack::builtin()) };
    Pack::from_dir(dir).map_err(|error| match error {
        PackError::Folder { path, source } => {
            (words.unreadable)(&shown(&path), &super::why(lang, &source))
        }
        PackError::NotAFolder(path) => (words.not_a_folder)(&shown(&path)),
        PackError::NoPack(path) => (words.not_a_pack)(&shown(&path)),
        PackError::TooLarge(path) => (words.pack_too_large)(&shown(&path)),
    })
}
