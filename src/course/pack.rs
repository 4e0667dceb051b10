//! A pack: all its files in memory, read lazily.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    course::{
        Fault, Faults, LabId, Lesson, LessonId, QuestionId, Scene,
        document::{self, Section},
        fault::nearest,
        glossary::Glossary,
        lesson,
    },
    i18n::{Words, fault},
    text::clean,
};

/// The files of a pack, by path relative to its root (`/` between parts on every system).
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// The texts, [clean](crate::text::clean::clean).
    pub files: BTreeMap<String, Cow<'static, str>>,
    /// What was wrong with the files themselves: not text, too large, hidden characters.
    pub faults: Vec<Fault>,
}

/// What the first screen needs of a pack: titles and order. Lessons are read when opened.
#[derive(Debug, Clone)]
pub struct Course {
    /// The files behind it.
    pub pack: Pack,
    /// Its stable name.
    pub id: String,
    /// What it is called.
    pub title: Words,
    /// The modules, in order.
    pub modules: Vec<Module>,
}

/// One module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its folder.
    pub id: String,
    /// What it is called.
    pub title: Words,
    /// What it is about, in a sentence.
    pub summary: Words,
    /// Its lessons, in order.
    pub lessons: Vec<LessonEntry>,
}

/// What is known of a lesson without reading it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonEntry {
    /// Its stable name.
    pub id: LessonId,
    /// Names it had before.
    pub aliases: Vec<String>,
    /// What it is called.
    pub title: Words,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Its folder within the pack.
    pub folder: String,
    /// Its questions, in order.
    pub questions: Vec<QuestionId>,
    /// Its labs, in order.
    pub labs: Vec<LabId>,
}

/// Why a folder is no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The folder is not there or cannot be listed.
    #[error("cannot read the folder `{}`", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is a file.
    #[error("`{}` is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// It has no `pack.toml`.
    #[error("`{}` is not a pack: it has no `pack.toml`", .0.display())]
    NoPack(PathBuf),
    /// There is far too much in it.
    #[error("`{}` holds more than {MAX_FILES} files or {MAX_TOTAL} bytes of text", .0.display())]
    TooLarge(PathBuf),
}

/// A lesson's file longer than this is a mistake.
const MAX_FILE: u64 = 1 << 20;
/// And a pack larger than this.
const MAX_TOTAL: u64 = 64 << 20;
const MAX_FILES: usize = 10_000;
const MAX_DEPTH: usize = 8;

/// Every file of the built-in pack.
static BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

impl Pack {
    /// The pack that is embedded in the binary.
    pub fn builtin() -> Self {
        let files = BUILTIN.iter().map(|(path, text)| ((*path).to_owned(), Cow::Borrowed(*text)));
        Self { files: files.collect(), faults: Vec::new() }
    }

    /// Reads a pack's folder: its `.toml` and `.md` files. Hidden files and editors' backups are
    /// passed over, links to folders are not followed, and what is no text or too large becomes a
    /// fault of the pack.
    ///
    /// # Errors
    /// When it is no folder, cannot be listed, has no `pack.toml`, or is far too large.
    pub fn from_dir(dir: &Path) -> Result<Self, PackError> {
        match fs::metadata(dir) {
            Ok(about) if !about.is_dir() => return Err(PackError::NotAFolder(dir.into())),
            Ok(_) => {}
            Err(source) => return Err(PackError::Folder { path: dir.into(), source }),
        }
        if !dir.join("pack.toml").is_file() {
            return Err(PackError::NoPack(dir.into()));
        }
        let mut pack = Self::default();
        let mut total = 0;
        let mut folders = vec![(dir.to_owned(), String::new(), 0)];
        while let Some((folder, below, depth)) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(source) if depth == 0 => {
                    return Err(PackError::Folder { path: folder, source });
                }
                Err(error) => {
                    pack.fault(&below, fault::unreadable(&error.to_string()));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') || name.ends_with('~') {
                    continue;
                }
                let path = if below.is_empty() { name } else { format!("{below}/{name}") };
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() {
                    if depth < MAX_DEPTH {
                        folders.push((entry.path(), path, depth + 1));
                    } else {
                        pack.fault(&path, fault::too_deep(MAX_DEPTH));
                    }
                } else if [".toml", ".md"].iter().any(|kind| path.ends_with(kind)) {
                    total += pack.read(&entry.path(), path);
                    if total > MAX_TOTAL || pack.files.len() > MAX_FILES {
                        return Err(PackError::TooLarge(dir.into()));
                    }
                }
            }
        }
        Ok(pack)
    }

    /// A pack from texts in memory, cleaned as those of a folder are.
    pub fn from_texts<P, T>(texts: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<String>,
    {
        let mut pack = Self::default();
        for (path, text) in texts {
            pack.add(path.into(), &text.into());
        }
        pack
    }

    /// Reads one file; gives its length.
    fn read(&mut self, file: &Path, path: String) -> u64 {
        // A link may lead anywhere, so what it leads to is looked at first.
        let about = match fs::metadata(file) {
            Ok(about) => about,
            Err(error) => {
                self.fault(&path, fault::unreadable(&error.to_string()));
                return 0;
            }
        };
        if !about.is_file() {
            return 0;
        }
        if about.len() > MAX_FILE {
            self.fault(&path, fault::too_large(MAX_FILE >> 10));
            return 0;
        }
        match fs::read(file) {
            Ok(bytes) => {
                let length = bytes.len() as u64;
                match String::from_utf8(bytes) {
                    Ok(text) => self.add(path, &text),
                    Err(error) => {
                        let valid = error.utf8_error().valid_up_to();
                        let line = String::from_utf8_lossy(&error.as_bytes()[..valid])
                            .matches('\n')
                            .count();
                        self.fault(&path, fault::not_utf8(line + 1));
                    }
                }
                length
            }
            Err(error) => {
                self.fault(&path, fault::unreadable(&error.to_string()));
                0
            }
        }
    }

    fn add(&mut self, path: String, text: &str) {
        // The mark that some editors put before UTF-8.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let kept = clean::clean(text);
        if kept == text {
            self.files.insert(path, kept.into());
            return;
        }
        let mut faults = Faults::new(&path);
        for (at, letter) in text.char_indices() {
            let plain = matches!(letter, '\n' | '\r' | '\t');
            // A letter that cleaning takes away, not one that it composes.
            if !plain && clean::escape(letter.encode_utf8(&mut [0; 4])) != *letter.to_string() {
                let at = clean::clean(&text[..at]).len().min(kept.len());
                faults.error(at..at, fault::control_character(letter.into()));
            }
        }
        self.faults.extend(faults.into_list());
        self.files.insert(path, kept.into());
    }

    fn fault(&mut self, path: &str, said: fault::Said) {
        let mut faults = Faults::new(path);
        faults.error(0..0, said);
        self.faults.extend(faults.into_list());
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| &**text)
    }

    /// The paths directly in a folder.
    pub fn in_folder<'p>(&'p self, folder: &'p str) -> impl Iterator<Item = &'p str> {
        self.files
            .range(folder.to_owned()..)
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(folder))
            .filter(move |path| {
                path.strip_prefix(folder)
                    .and_then(|rest| rest.strip_prefix('/'))
                    .is_some_and(|rest| !rest.contains('/'))
            })
    }

    /// The folders directly in a folder (`""` is the pack itself).
    pub fn folders_in<'p>(&'p self, folder: &'p str) -> std::collections::BTreeSet<&'p str> {
        let inside = |path: &'p str| {
            if folder.is_empty() {
                Some(path)
            } else {
                path.strip_prefix(folder)?.strip_prefix('/')
            }
        };
        let part = |path: &'p String| inside(path)?.split_once('/').map(|(folder, _)| folder);
        self.files.keys().filter_map(part).collect()
    }
}

impl Course {
    /// Reads what the first screen needs: of every lesson only what stands above its first table.
    /// There is always a course; what could not be read of it is not in it, and is a fault.
    pub fn open(pack: Pack) -> (Self, Vec<Fault>) {
        let mut found = pack.faults.clone();
        let mut course =
            Self { pack, id: String::new(), title: Words::default(), modules: Vec::new() };
        let file = "pack.toml";
        let mut faults = Faults::new(file);
        let mut wanted = Vec::new();
        if let Some(text) = course.pack.text(file) {
            let table = document::parse(text, &mut faults);
            let mut root = Section::root(text, &table);
            let id = root.need_text("id", &mut faults);
            let title = root.need_words("title", &mut faults);
            if !root.has("format") {
                root.missing("format", &mut faults);
            }
            if let Some((format, span)) = root.whole("format", 0..=i64::MAX, &mut faults)
                && format != 1
            {
                faults.error(span, fault::unknown_format(format));
            }
            if !root.has("modules") {
                root.missing("modules", &mut faults);
            }
            wanted = root.texts("modules", &mut faults).unwrap_or_default();
            root.close(&mut faults);
            course.id = id.map(|id| id.value).unwrap_or_default();
            course.title = title.to_words();
        } else {
            faults.error(0..0, fault::missing_file(file));
        }
        let mut taken = std::collections::BTreeSet::new();
        for folder in wanted {
            if !taken.insert(folder.value.clone()) {
                faults.error(folder.span.clone(), fault::duplicate_name(&folder.value));
                continue;
            }
            if course.pack.text(&format!("{}/module.toml", folder.value)).is_none() {
                let near = nearest(&folder.value, course.pack.folders_in(""));
                faults.error(
                    folder.span.clone(),
                    fault::no_such_folder(&folder.value, "module.toml").did_you_mean(near),
                );
                continue;
            }
            let module = course.module(&folder.value, &mut found);
            course.modules.push(module);
        }
        let mut all = faults.into_list();
        all.extend(found);
        (course, all)
    }

    fn module(&self, folder: &str, found: &mut Vec<Fault>) -> Module {
        let file = format!("{folder}/module.toml");
        let mut faults = Faults::new(&file);
        let text = self.pack.text(&file).unwrap_or_default();
        let table = document::parse(text, &mut faults);
        let mut root = Section::root(text, &table);
        let title = root.need_words("title", &mut faults).to_words();
        let summary = root.need_words("summary", &mut faults).to_words();
        if !root.has("lessons") {
            root.missing("lessons", &mut faults);
        }
        let wanted = root.texts("lessons", &mut faults).unwrap_or_default();
        root.close(&mut faults);
        let mut lessons: Vec<LessonEntry> = Vec::new();
        let mut taken = std::collections::BTreeSet::new();
        for name in wanted {
            if !taken.insert(name.value.clone()) {
                faults.error(name.span.clone(), fault::duplicate_name(&name.value));
                continue;
            }
            let below = format!("{folder}/{}", name.value);
            if self.pack.text(&format!("{below}/lesson.toml")).is_none() {
                let near = nearest(&name.value, self.pack.folders_in(folder));
                faults.error(
                    name.span.clone(),
                    fault::no_such_folder(&name.value, "lesson.toml").did_you_mean(near),
                );
                continue;
            }
            lessons.extend(lesson::entry(&self.pack, &below, found));
        }
        found.extend(faults.into_list());
        Module { id: folder.to_owned(), title, summary, lessons }
    }

    /// The lessons, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &LessonEntry> {
        self.modules.iter().flat_map(|module| &module.lessons)
    }

    /// What is known of a lesson, by its name or one that it had before.
    pub fn entry(&self, id: &LessonId) -> Option<&LessonEntry> {
        self.lessons()
            .find(|entry| entry.id == *id)
            .or_else(|| self.lessons().find(|entry| entry.aliases.contains(&id.0)))
    }

    /// Reads one lesson whole, by its name or one that it had before. The caller keeps it. There
    /// is a lesson when it has no errors.
    pub fn lesson(&self, id: &LessonId) -> (Option<Lesson>, Vec<Fault>) {
        if let Some(entry) = self.entry(id) {
            lesson::read(&self.pack, entry)
        } else {
            let mut faults = Faults::new("pack.toml");
            let known = self.lessons().map(|entry| entry.id.0.as_str());
            let near = nearest(&id.0, known);
            faults.error(0..0, fault::unknown_lesson(&id.0).did_you_mean(near));
            (None, faults.into_list())
        }
    }

    /// The lesson of a lab, by the lab's name or one that it had before.
    pub fn lesson_of_lab(&self, lab: &LabId) -> Option<&LessonEntry> {
        self.lessons().find(|entry| entry.labs.contains(lab)).or_else(|| {
            self.lessons().find(|entry| {
                let (lesson, _) = lesson::read(&self.pack, entry);
                lesson.is_some_and(|lesson| {
                    lesson.labs.iter().any(|found| found.aliases.contains(&lab.0))
                })
            })
        })
    }

    /// Reads one scene, by its path in the pack: `module/lesson/name`, with or without
    /// `.scene.toml`; a bare name when only one lesson has such a scene.
    pub fn scene(&self, path: &str) -> (Option<Scene>, Vec<Fault>) {
        let wanted = path.strip_suffix(".scene.toml").unwrap_or(path);
        let all = || self.pack.files.keys().filter_map(|file| file.strip_suffix(".scene.toml"));
        let exact = all().find(|scene| *scene == wanted);
        let found = exact.or_else(|| {
            let mut named = all().filter(|scene| {
                scene.strip_suffix(wanted).is_some_and(|before| before.ends_with('/'))
            });
            named.next().filter(|_| named.next().is_none())
        });
        if let Some(scene) = found {
            let file = format!("{scene}.scene.toml");
            Scene::parse(&file, self.pack.text(&file).unwrap_or_default())
        } else {
            let mut faults = Faults::new(path);
            faults.error(0..0, fault::unknown_scene(path).did_you_mean(nearest(wanted, all())));
            (None, faults.into_list())
        }
    }

    /// Reads the glossary.
    pub fn glossary(&self) -> (Glossary, Vec<Fault>) {
        Glossary::read(&self.pack)
    }
}
