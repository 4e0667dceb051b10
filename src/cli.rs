//! The command line: `hanulgil`, `hanulgil lab`, `hanulgil trace`, `hanulgil fix`, `hanulgil reach`,
//! `hanulgil scene`, `hanulgil draw`, `hanulgil check`.
//!
//! Help and complaints are in the learner's language, like everything else. Answers go to the
//! standard output, everything else to the standard error; a reader that goes away early is no
//! error.

mod arguments;
mod check;
mod draw;
mod fix;
mod lab;
mod look;
mod reach;
mod scene;
mod source;
mod study;
mod trace;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use etcetera::BaseStrategy;

use crate::{
    course::{Fault, Severity, fault},
    i18n::Lang,
    journal::Journal,
    run::terminal,
};

/// All went well: the packet arrived, the pack has no faults.
const FINE: u8 = 0;
/// It did not arrive, there are faults.
const NOT: u8 = 1;
/// The input cannot be used.
const UNUSABLE: u8 = 2;

/// Does what the arguments say (the first one is the program's name), and answers with the
/// status to exit with.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let asked = arguments::early(&arguments);
    // The tutor reads the whole journal, and finds the saved language there.
    let at_first = asked.lang.or_else(locale_language).unwrap_or(Lang::En);
    let study = || match arguments::parse(&arguments, at_first) {
        Ok(arguments::Request::Study(options)) => Some(options),
        _ => None,
    };
    if terminal::is_there()
        && let Some(options) = arguments::brief(&arguments).or_else(study)
    {
        return ExitCode::from(study::study(&options, asked.lang, at_first, None));
    }
    let lang = asked.lang.or_else(|| saved_language(asked.data.as_deref())).unwrap_or(at_first);
    let status = match arguments::parse(&arguments, lang) {
        Ok(arguments::Request::Lab(request)) if terminal::is_there() => {
            match lab::open(&request, lang) {
                Ok(own) => study::study(&request.options, asked.lang, at_first, Some(own)),
                Err(status) => status,
            }
        }
        Ok(arguments::Request::Study(_) | arguments::Request::Lab(_)) => {
            print_error(&format!("{}\n", lang.strings().run.no_terminal));
            UNUSABLE
        }
        Ok(arguments::Request::Trace(request)) => trace::trace(&request, lang),
        Ok(arguments::Request::Fix(request)) => fix::fix(&request, lang),
        Ok(arguments::Request::Reach(request)) => reach::reach(&request, lang),
        Ok(arguments::Request::Draw(request)) => draw::draw(&request, lang),
        Ok(arguments::Request::Scene(request)) => scene::scene(&request, lang),
        Ok(arguments::Request::Check(request)) => check::check(&request, lang),
        Err(arguments::Answer::Print(text)) => {
            print(&text);
            FINE
        }
        Err(arguments::Answer::Complain(text)) => complain(lang, &text),
    };
    ExitCode::from(status)
}

/// The choice saved in the journal.
fn saved_language(data: Option<&Path>) -> Option<Lang> {
    let dir = data.map(Path::to_owned).or_else(data_dir)?;
    Lang::from_code(&Journal::saved_language(&dir)?)
}

fn locale_language() -> Option<Lang> {
    // The first that is set decides, as everywhere: an empty one counts as not set.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
    Lang::from_locale(&locale)
}

/// Where progress is kept, unless `--data` says otherwise.
fn data_dir() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("hanulgil"))
}

/// Prints to the standard output. Nobody reads to the end: no error.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints to the standard error.
fn print_error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Says what is wrong with the input. What it quotes may hold anything.
fn complain(lang: Lang, text: &str) -> u8 {
    let lines: Vec<String> = text.lines().map(printable).collect();
    print_error(&format!("{}: {}\n", lang.strings().cli.error, lines.join("\n")));
    UNUSABLE
}

/// The same, for scripts as `{"error": {"message": ...}}` on the standard output.
fn refuse(lang: Lang, json: bool, text: &str) -> u8 {
    if !json {
        return complain(lang, text);
    }
    let lines: Vec<String> = text.lines().map(printable).collect();
    let error = serde_json::json!({ "message": lines.join("\n") });
    print(&format!("{}\n", serde_json::json!({ "error": error })));
    UNUSABLE
}

/// Says what is wrong with files: as the faults are shown, or for scripts as
/// `{"error": {"faults": [...]}}` on the standard output.
fn refuse_faults(
    files: &BTreeMap<String, impl AsRef<str>>,
    faults: &[Fault],
    json: bool,
    lang: Lang,
) {
    if json {
        let faults: Vec<_> = faults.iter().map(|it| it.to_json(files, lang)).collect();
        print(&format!("{}\n", serde_json::json!({ "error": { "faults": faults } })));
    } else {
        print_error(&tell_faults(files, faults, FAULTS, lang, colour(&io::stderr())));
    }
}

/// May colours be sent to this stream?
fn colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// How many faults are worth reading at once. One slip can cause thousands.
const FAULTS: usize = 20;

/// What is wrong, with the place of each fault: the first ones, errors before warnings when there
/// is no room for all, and how many more there are.
fn tell_faults(
    files: &BTreeMap<String, impl AsRef<str>>,
    faults: &[Fault],
    most: usize,
    lang: Lang,
    colour: bool,
) -> String {
    if faults.len() <= most {
        return fault::render(files, faults, lang, colour);
    }
    let mut first: Vec<Fault> = faults.to_vec();
    first.sort_by_key(|fault| fault.severity != Severity::Error);
    first.truncate(most);
    let more = (lang.strings().cli.more_faults)(faults.len() - most);
    format!("{}{more}\n\n", fault::render(files, &first, lang, colour))
}

/// What a person typed or a file is called, safe to print.
fn printable(text: &str) -> String {
    crate::text::clean::escape(text).into_owned()
}

/// Reads a file as clean text, or says why that cannot be done.
fn read(path: &Path, lang: Lang) -> Result<String, String> {
    let words = &lang.strings().cli;
    let text = std::fs::read_to_string(path).map_err(|error| {
        (words.unreadable)(&printable(&path.to_string_lossy()), &why(lang, &error))
    })?;
    Ok(crate::text::clean::clean(&text))
}

/// Why a file cannot be read, as the end of a sentence.
fn why(lang: Lang, error: &io::Error) -> String {
    let words = &lang.strings().cli;
    match error.kind() {
        io::ErrorKind::NotFound => words.not_found.to_owned(),
        io::ErrorKind::PermissionDenied => words.not_allowed.to_owned(),
        io::ErrorKind::InvalidData => words.not_utf8.to_owned(),
        _ => printable(&error.to_string()),
    }
}
