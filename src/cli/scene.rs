//! `hanulgil scene`: a network as a scene that a person can read and change. What AWS described,
//! and what of it was not understood.

use std::{fs, io, io::Write as _};

use super::{
    FAULTS, FINE, NOT, arguments, colour, print, print_error, printable, refuse, source::Source,
    tell_faults,
};
use crate::{
    course::{Scene, Severity, export::to_toml},
    i18n::Lang,
    text::{clean::clean, line::break_text},
};

/// How wide comments may be.
const WIDE: usize = 96;
/// So many notes are written into the file; `--unread` of the other commands lists all.
const NOTES: usize = 200;

/// Writes the scene, and answers with the exit status.
pub fn scene(request: &arguments::Draft, lang: Lang) -> u8 {
    let words = &lang.strings().cli;
    let source = match Source::open(&request.scene, request.pack.as_deref(), lang, false) {
        Ok(source) => source,
        Err(status) => return status,
    };
    let from = printable(&request.scene.to_string_lossy());
    let (scene, notes) = match source {
        Source::Scene(scene) => (*scene, String::new()),
        Source::Import(import) => {
            let scene =
                Scene { name: "scene".into(), network: import.plain(), packets: Vec::new() };
            (scene, notes(&import.unread, lang))
        }
    };
    let toml = to_toml(&scene);
    let mut text = comment(&(words.scene_from)(&from));
    text.push_str(&notes);
    text.push('\n');
    text.push_str(&toml);
    // What a scene cannot say, such as more than AWS grants without being asked, is told.
    let name = request.to.as_ref().map_or("scene.toml".into(), |it| it.to_string_lossy());
    let (read, faults) = Scene::parse(&name, &text);
    if let Some(path) = &request.to {
        let written = if request.force {
            fs::write(path, &text)
        } else {
            let new = fs::OpenOptions::new().write(true).create_new(true).open(path);
            new.and_then(|mut it| it.write_all(text.as_bytes()))
        };
        if let Err(error) = written {
            let name = printable(&path.to_string_lossy());
            let why = match error.kind() {
                io::ErrorKind::AlreadyExists => (words.already_there)(&name),
                _ => (words.unwritable)(&name, &super::why(lang, &error)),
            };
            return refuse(lang, false, &why);
        }
    } else {
        print(&text);
    }
    if read.is_some() {
        return FINE;
    }
    let faults: Vec<_> = faults.into_iter().filter(|it| it.severity == Severity::Error).collect();
    let files = std::collections::BTreeMap::from([(name.to_string(), text)]);
    print_error(&tell_faults(&files, &faults, FAULTS, lang, colour(&io::stderr())));
    print_error(&format!("{}\n", words.scene_not_whole));
    NOT
}

/// What was not understood, as comments.
fn notes(unread: &[crate::aws::Unread], lang: Lang) -> String {
    let words = &lang.strings().cli;
    if unread.is_empty() {
        return String::new();
    }
    let matter = unread.iter().filter(|it| it.matters).count();
    let mut text = String::from("#\n");
    text.push_str(&comment(&(words.unread)(unread.len(), matter)));
    for it in unread.iter().take(NOTES) {
        let mark = if it.matters { '!' } else { '-' };
        let said = &it.said;
        let help = said.help.as_ref().map_or("", |it| it.get(lang));
        let place = if it.path.is_empty() {
            format!("{}:{}", it.file, it.line)
        } else {
            format!("{}:{} {}", it.file, it.line, it.path)
        };
        let times = if it.count > 1 { (words.times)(it.count) } else { String::new() };
        text.push_str("#\n");
        text.push_str(&comment(&format!("{mark} {place}{times}")));
        text.push_str(&comment(said.message.get(lang)));
        text.push_str(&comment(help));
    }
    if unread.len() > NOTES {
        text.push_str(&comment(&(words.scene_more)(unread.len() - NOTES)));
    }
    text
}

/// A comment of TOML's: nothing of it is read back, whatever it quotes.
fn comment(text: &str) -> String {
    let clean = clean(text);
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = break_text(&line, WIDE);
    let mut out = String::new();
    for line in &lines {
        out.extend(["# ", &printable(line.trim_end()), "\n"]);
    }
    out
}
