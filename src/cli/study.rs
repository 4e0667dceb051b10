//! `hanulgil`, `hanulgil lab FILE`: opens the tutor.

use std::path::PathBuf;

use super::{
    FINE, UNUSABLE, arguments::Options, check, complain, data_dir, look::look, print_error,
    printable,
};
use crate::{
    app::Model,
    course::{Course, Scene},
    i18n::Lang,
    journal::{self, Aliases, Journal, Notice, Opened, Progress, glance},
    run::{self, Ending, Read},
};

/// Opens the tutor in the language that was asked for, else in the saved one, else in the
/// `otherwise`, on a scene of the learner's `own` when there is one; and answers with the exit
/// status.
pub fn study(
    options: &Options,
    asked: Option<Lang>,
    otherwise: Lang,
    own: Option<(Option<PathBuf>, Scene)>,
) -> u8 {
    let lang = asked.unwrap_or(otherwise);
    let (course, faults) = match options.pack.as_deref() {
        None => Course::builtin(),
        dir => match check::open(dir, lang) {
            Ok(pack) => Course::open(pack),
            Err(why) => return complain(lang, &why),
        },
    };
    let Some(dir) = options.data.clone().or_else(data_dir) else {
        return complain(lang, lang.strings().cli.no_home);
    };
    // The first frame does not wait for a database. At the very first start there is nothing to
    // read, later there is a digest; only when that does not hold, all is read before.
    let aliases = aliases(&course);
    let mut read = None;
    let progress = match glance::read(&dir) {
        _ if !Journal::is_in(&dir) => Progress::new(aliases.clone()),
        Some(entries) => {
            let mut progress = Progress::new(aliases.clone());
            for entry in &entries {
                progress.apply(entry);
            }
            progress
        }
        None => match Journal::open(&dir).and_then(|opened| whole(opened, aliases.clone())) {
            Ok(whole) => read.insert(whole).0.progress.clone(),
            Err(error) => return complain(lang, &error.say(lang)),
        },
    };
    let saved = progress.language().and_then(Lang::from_code);
    let lang = asked.or(saved).unwrap_or(otherwise);
    let words = &lang.strings().run;

    let look = look(options, |name| std::env::var(name).ok());
    let mut model = Model::new(course, progress, lang, look, (80, 24));
    model.mouse &= !options.no_mouse;
    if let Some((path, scene)) = own {
        model.work_on(path, scene);
    }

    let mut told = Vec::new();
    let journal = |model: &mut Model| {
        let read = match read {
            Some(read) => Ok(read),
            None => Journal::open(&dir).and_then(|opened| whole(opened, aliases)),
        };
        let (read, notices) = read.map_err(|error| told.push(error.say(lang))).ok()?;
        told.extend(notices.iter().map(|notice| notice.say(lang)));
        if !faults.is_empty() {
            told.push((words.pack_faults)(faults.len()));
        }
        model.notice = told.first().cloned();
        // The digest may have been left by one of two copies, before the other chose a language.
        let saved = read.progress.language().and_then(Lang::from_code);
        model.lang = asked.or(saved).unwrap_or(model.lang);
        Some(read)
    };
    let ended = run::study(model, dir.join("scenes"), journal);
    if let Ok(ended) = &ended {
        // Only a help for the next start.
        let _ = glance::write(&dir, &ended.progress);
    }
    // The status line has little room: said again where there is more.
    for text in &told {
        print_error(&format!("{text}\n"));
    }
    match ended.map(|ended| ended.ending) {
        Ok(Ending::Left) => FINE,
        Ok(Ending::Signal(signal)) => 128_u8.saturating_add(signal.try_into().unwrap_or(0)),
        // As if SIGHUP had come.
        Ok(Ending::Gone) => 129,
        Ok(Ending::NoJournal) => UNUSABLE,
        Err(error) => complain(lang, &(words.terminal_refused)(&printable(&error.to_string()))),
    }
}

/// A journal and all that it tells, with what there is to say about it.
fn whole(opened: Opened, aliases: Aliases) -> Result<(Read, Vec<Notice>), journal::Error> {
    let Opened { journal, notices } = opened;
    let (progress, cursor) = journal.progress(aliases)?;
    Ok((Read { journal, progress, cursor }, notices))
}

/// The names that things of the course had before.
fn aliases(course: &Course) -> Aliases {
    let mut aliases = Aliases::default();
    for lesson in course.lessons() {
        for old in &lesson.aliases {
            aliases.rename_lesson(old.clone(), lesson.id.0.clone());
            for question in &lesson.questions {
                let name = question.0.rsplit('/').next().unwrap_or_default();
                aliases.rename_question(format!("{old}/{name}"), question.0.clone());
            }
        }
    }
    aliases
}
