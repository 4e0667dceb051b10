//! Where a network comes from: a scene's file, a scene of the pack, or a description of a live AWS
//! account, a file or a folder of them.

use std::{
    fmt::Write as _,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{UNUSABLE, printable, refuse, refuse_faults, trace, why};
use crate::{
    aws::{self, Import, Side, home::Homes},
    cloud::{InterfaceId, Network, Probe, ProbeEnd},
    course::{Fault, Scene, fault::Severity, scene::NamedPacket},
    i18n::Lang,
};

/// Folders are looked into this deep, and so many files of one are read.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 20_000;

/// A network, and how its objects are named.
pub enum Source {
    /// Written by hand.
    Scene(Box<Scene>),
    /// Described by AWS.
    Import(Box<Import>),
}

impl Source {
    /// Reads the network that a person named, and says on the standard error what is wrong with it.
    ///
    /// # Errors
    /// The status to exit with; why was said.
    pub fn open(path: &Path, pack: Option<&Path>, lang: Lang, as_json: bool) -> Result<Self, u8> {
        match files_of(path, lang) {
            Ok(Some((files, others))) => describe(path, &files, others, lang, as_json),
            Ok(None) => {
                let (files, scene, faults) =
                    trace::open(path, pack, lang).map_err(|why| refuse(lang, as_json, &why))?;
                if !faults.is_empty() {
                    refuse_faults(&files, &faults, as_json && scene.is_none(), lang);
                }
                scene.map(|it| Self::Scene(Box::new(it))).ok_or(UNUSABLE)
            }
            Err(why) => Err(refuse(lang, as_json, &why)),
        }
    }

    /// The network.
    pub fn network(&self) -> &Network {
        match self {
            Self::Scene(scene) => &scene.network,
            Self::Import(import) => &import.network,
        }
    }

    /// The packets that it names.
    pub fn packets(&self) -> &[NamedPacket] {
        match self {
            Self::Scene(scene) => &scene.packets,
            Self::Import(_) => &[],
        }
    }

    /// Makes ready for the packets of some lines: a description enters what only they name.
    pub fn asked<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        if let Self::Import(import) = self {
            lines.into_iter().for_each(|it| import.asked(it));
        }
    }

    /// The packet that a line means.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn probe(&self, line: &str, lang: Lang) -> Result<Probe, String> {
        match self {
            Self::Scene(scene) => scene.probe(line).map_err(|slip| sentence(&slip.said, lang)),
            Self::Import(import) => import.probe(line).map_err(|said| sentence(&said, lang)),
        }
    }

    /// The interfaces that a name means: one, or those of something that has one in each zone.
    ///
    /// # Errors
    /// Nothing is called so, several are, or it has none.
    pub fn interfaces(&self, name: &str, lang: Lang) -> Result<Vec<InterfaceId>, String> {
        let end = match self {
            Self::Scene(scene) => scene.end(name).map_err(|slip| sentence(&slip.said, lang))?,
            Self::Import(import) => {
                import.end(name, Side::From).map_err(|said| sentence(&said, lang))?
            }
        };
        let found = match end {
            ProbeEnd::Interface(id) => vec![id],
            ProbeEnd::Named(named) => self.network().interfaces_of(named.into()),
            _ => Vec::new(),
        };
        if found.is_empty() {
            return Err((lang.strings().fix.no_interface)(&printable(name)));
        }
        Ok(found)
    }

    /// The id under which AWS knows what is called so; the name where there is none.
    pub fn id_of(&self, name: &str) -> String {
        match self {
            Self::Scene(_) => name.to_owned(),
            Self::Import(import) => import.id_of(name).to_owned(),
        }
    }

    /// In which account and Region its things are, as far as that is known.
    pub fn homes(&self) -> &Homes {
        match self {
            Self::Scene(_) => Homes::NONE,
            Self::Import(import) => &import.homes,
        }
    }

    /// Names objects by AWS's ids, where they have any, and says how much was not understood; with
    /// `all` every bit of it.
    pub fn finish(&self, object: &mut Value, all: bool, lang: Lang) {
        let Self::Import(import) = self else { return };
        by_id(import, object);
        let mut unread = json!({
            "count": import.unread.len(),
            "may_matter": import.unread.iter().filter(|it| it.matters).count(),
        });
        if all {
            let list = import.unread.iter().map(|it| {
                json!({
                    "file": printable(&it.file),
                    "line": it.line,
                    "path": printable(&it.path),
                    "rule": it.said.rule,
                    "what": printable(it.said.message.get(lang)),
                    "means": it.said.help.as_ref().map(|it| printable(it.get(lang))),
                    "may_matter": it.matters,
                    "count": it.count,
                })
            });
            unread["list"] = list.collect();
        }
        object["unread"] = unread;
    }

    /// How much was not understood, or with `all` every bit of it. Nothing for scenes.
    pub fn unread(&self, all: bool, lang: Lang) -> String {
        let Self::Import(import) = self else { return String::new() };
        let words = &lang.strings().cli;
        let mut text = String::new();
        if all {
            for it in &import.unread {
                let (file, path) = (printable(&it.file), printable(&it.path));
                let times = if it.count > 1 { (words.times)(it.count) } else { String::new() };
                let mark = if it.matters { '!' } else { ' ' };
                let _ = writeln!(text, "{mark} {file}:{} {path}{times}", it.line);
                let _ = writeln!(text, "    {}", printable(it.said.message.get(lang)));
                if let Some(help) = &it.said.help {
                    let _ = writeln!(text, "    {}", printable(help.get(lang)));
                }
            }
        }
        if !import.unread.is_empty() {
            let matter = import.unread.iter().filter(|it| it.matters).count();
            text.push_str(&(words.unread)(import.unread.len(), matter));
            if !all {
                text.push(' ');
                text.push_str(words.unread_how);
            }
            text.push('\n');
        }
        text
    }
}

fn sentence(said: &crate::i18n::fault::Said, lang: Lang) -> String {
    match &said.help {
        Some(help) => {
            let message = said.message.get(lang);
            let end = if message.ends_with('.') { "" } else { "." };
            format!("{message}{end} {}", help.get(lang))
        }
        None => said.message.get(lang).to_owned(),
    }
}

/// Puts AWS's ids in the place of names.
fn by_id(import: &Import, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| by_id(import, it)),
        Value::Object(entries) => entries.values_mut().for_each(|it| by_id(import, it)),
        Value::String(name) => {
            let id = import.id_of(name);
            if id != name {
                *name = id.to_owned();
            }
        }
        _ => {}
    }
}

fn describe(
    path: &Path,
    files: &[aws::File],
    others: Vec<String>,
    lang: Lang,
    as_json: bool,
) -> Result<Source, u8> {
    if files.is_empty() {
        let name = printable(&path.to_string_lossy());
        return Err(refuse(lang, as_json, &(lang.strings().cli.no_json)(&name)));
    }
    match aws::read(files) {
        Ok(mut import) => {
            import.skipped(others);
            Ok(Source::Import(Box::new(import)))
        }
        Err(unusable) => {
            let faults: Vec<Fault> = (unusable.faults.into_iter())
                .map(|it| Fault {
                    severity: Severity::Error,
                    rule: it.said.rule,
                    file: it.file.into(),
                    span: it.span,
                    message: it.said.message,
                    help: it.said.help,
                })
                .collect();
            refuse_faults(&unusable.texts, &faults, as_json, lang);
            Err(UNUSABLE)
        }
    }
}

type Files = (Vec<aws::File>, Vec<String>);

/// The files of a description, and those beside them that are none; `None` when the path leads to a
/// scene, or nowhere.
fn files_of(path: &Path, lang: Lang) -> Result<Option<Files>, String> {
    if path.is_dir() {
        if path.join("pack.toml").exists() {
            return Ok(None);
        }
        let mut paths = Vec::new();
        walk(path, 0, &mut paths, lang)?;
        paths.sort();
        let (json, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(|it| holds_json(it));
        let name = |it: &Path| it.strip_prefix(path).unwrap_or(it).to_string_lossy().into_owned();
        let mut files = Vec::new();
        for it in &json {
            files.push((name(it), bytes(it, lang)?));
        }
        return Ok(Some((files, others.iter().map(|it| name(it)).collect())));
    }
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    if !path.exists() || extension.as_deref() == Some("toml") {
        return Ok(None);
    }
    let bytes = bytes(path, lang)?;
    if extension.as_deref() != Some("json") && !aws::is_description(&bytes) {
        return Ok(None);
    }
    Ok(Some((vec![(path.to_string_lossy().into_owned(), bytes)], Vec::new())))
}

/// Is it a file of JSON? Without an extension that says so, what it begins with counts.
fn holds_json(path: &Path) -> bool {
    const BEGINNING: u64 = 4096;
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("json" | "jsonl" | "ndjson") => true,
        None | Some("txt" | "out" | "log") => {
            let mut beginning = Vec::new();
            let read =
                fs::File::open(path).and_then(|it| it.take(BEGINNING).read_to_end(&mut beginning));
            // The cut may go through a letter.
            let whole = match std::str::from_utf8(&beginning) {
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                _ => beginning.len(),
            };
            read.is_ok() && aws::is_description(&beginning[..whole])
        }
        Some(_) => false,
    }
}

fn bytes(path: &Path, lang: Lang) -> Result<Vec<u8>, String> {
    let words = &lang.strings().cli;
    fs::read(path).map_err(|error| {
        (words.unreadable)(&printable(&path.to_string_lossy()), &why(lang, &error))
    })
}

/// Every file below a folder. What begins with a dot is not looked at, as everywhere.
fn walk(dir: &Path, depth: usize, files: &mut Vec<PathBuf>, lang: Lang) -> Result<(), String> {
    let words = &lang.strings().cli;
    let name = || printable(&dir.to_string_lossy());
    let entries =
        fs::read_dir(dir).map_err(|error| (words.unreadable)(&name(), &why(lang, &error)))?;
    for entry in entries {
        let entry = entry.map_err(|error| (words.unreadable)(&name(), &why(lang, &error)))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            if depth < DEEPEST {
                walk(&path, depth + 1, files, lang)?;
            }
        } else {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            return Err((words.dump_too_large)(&name()));
        }
    }
    Ok(())
}
