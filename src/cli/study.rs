//! `hanulgil`: opens the tutor.

use super::{
    FINE, UNUSABLE, arguments::Options, check, complain, data_dir, look::look, print_error,
    printable,
};
use crate::{
    app::Model,
    course::Course,
    i18n::Lang,
    journal::{Aliases, Journal, Opened},
    run::{self, Ending, terminal},
};

/// Opens the tutor, and answers with the exit status.
pub fn study(options: &Options, lang: Lang) -> u8 {
    let words = lang.strings();
    if !terminal::is_there() {
        print_error(&format!("{}\n", words.run.no_terminal));
        return UNUSABLE;
    }
    let (course, faults) = match check::open(options.pack.as_deref(), lang) {
        Ok(pack) => Course::open(pack),
        Err(why) => return complain(lang, &why),
    };
    let Some(dir) = options.data.clone().or_else(data_dir) else {
        return complain(lang, words.cli.no_home);
    };
    let Opened { journal, notices } = match Journal::open(&dir) {
        Ok(opened) => opened,
        Err(error) => return complain(lang, &error.say(lang)),
    };
    let (progress, cursor) = match journal.progress(aliases(&course)) {
        Ok(read) => read,
        Err(error) => return complain(lang, &error.say(lang)),
    };

    let look = look(options, |name| std::env::var(name).ok());
    let mut model = Model::new(course, progress, lang, look, (80, 24));
    model.mouse &= !options.no_mouse;
    let mut told: Vec<String> = notices.iter().map(|notice| notice.say(lang)).collect();
    if !faults.is_empty() {
        told.push((words.run.pack_faults)(faults.len()));
    }
    model.notice = told.first().cloned();

    let ended = run::study(model, journal, cursor);
    // The status line has little room: said again where there is more.
    for text in &told {
        print_error(&format!("{text}\n"));
    }
    match ended {
        Ok(Ending::Left) => FINE,
        Ok(Ending::Signal(signal)) => 128_u8.saturating_add(signal.try_into().unwrap_or(0)),
        // As if SIGHUP had come.
        Ok(Ending::Gone) => 129,
        Err(error) => complain(lang, &(words.run.terminal_refused)(&printable(&error.to_string()))),
    }
}

/// The names that things of the course had before.
fn aliases(course: &Course) -> Aliases {
    let mut aliases = Aliases::default();
    for lesson in course.modules.iter().flat_map(|module| &module.lessons) {
        for old in &lesson.aliases {
            aliases.rename_lesson(old.clone(), lesson.id.0.clone());
        }
    }
    aliases
}
